package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"unicode/utf8"

	"giaoban/citation"
	"giaoban/document"
	"giaoban/internal/fault"
	"giaoban/official"
)

// cite prints the references to official documents of text files, one JSON line each, in the order of the text.
type cite struct {
	Files []string `arg:"" optional:"" help:"Tệp .txt, .docx, .pdf, .html, .xlsx …; “-” hoặc để trống là đọc từ đầu vào chuẩn." placeholder:"TỆP"`
}

func (k *cite) Run(ctx context.Context, c *console) error {
	files := k.Files
	if len(files) == 0 {
		files = []string{"-"}
	}
	broken := 0
	for _, name := range files {
		text, err := c.plainText(ctx, name)
		if err != nil {
			c.note("%s", err)
			broken++
			continue
		}
		lines, err := citationLines(name, text)
		if err != nil {
			return fmt.Errorf("ghi viện dẫn của %s: %w", name, err)
		}
		if _, err := c.out.Write(lines); err != nil {
			return err
		}
	}
	if broken > 0 {
		return fault.Invalid("file", "Có %d trên %d tệp chưa đọc được; các tệp còn lại đã xong.", broken, len(files))
	}
	return nil
}

// plainText reads a file that bears no mark of secrecy: a text as it is, so that the places count in the file, any other by
// its words as they are printed. Its error is a sentence that names the file.
func (c *console) plainText(ctx context.Context, name string) (string, error) {
	var body []byte
	var err error
	if name == "-" {
		body, err = io.ReadAll(io.LimitReader(c.in, document.MostBytes))
	} else {
		body, err = readBounded(name)
	}
	if err != nil {
		return "", fault.Invalid("", "Tệp %s: không đọc được; hãy kiểm tra tên và quyền đọc.", name)
	}
	if text := filepath.Ext(name) == ".txt" || !document.Readable(name); text && utf8.Valid(body) {
		if err := official.RefuseSecret(string(body)); err != nil {
			return "", fault.Invalid("", "Tệp %s: %s", name, err)
		}
		return string(body), nil
	}
	d, err := readOpen(ctx, filepath.Base(name), body)
	if err != nil {
		return "", fault.Invalid("", "Tệp %s: %s", name, err)
	}
	text, _ := d.Text()
	return text, nil
}

// citationLines writes a line for each reference, the file's name first. Signs such as & stay as they are.
func citationLines(file, text string) ([]byte, error) {
	var b bytes.Buffer
	plain := json.NewEncoder(&b)
	plain.SetEscapeHTML(false)
	for _, r := range citation.Find(text) {
		b.WriteString(`{"file":`)
		if err := plain.Encode(file); err != nil {
			return nil, err
		}
		b.Truncate(b.Len() - 1) // the encoder ends with a line
		line, err := r.MarshalJSON()
		if err != nil {
			return nil, err
		}
		b.WriteByte(',')
		b.Write(line[1:])
		b.WriteByte('\n')
	}
	return b.Bytes(), nil
}
