package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"unicode/utf8"

	"giaoban/citation"
	"giaoban/internal/fault"
	"giaoban/official"
)

// cite prints the references to official documents of text files, one JSON line each, in the order of the text.
type cite struct {
	Files []string `arg:"" optional:"" help:"Tệp văn bản UTF-8; “-” hoặc để trống là đọc từ đầu vào chuẩn." placeholder:"TỆP"`
}

func (k *cite) Run(c *console) error {
	files := k.Files
	if len(files) == 0 {
		files = []string{"-"}
	}
	broken := 0
	for _, name := range files {
		text, err := c.plainText(name)
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

// plainText reads a file that is UTF-8 text and bears no mark of secrecy. Its error is a sentence that names the file.
func (c *console) plainText(name string) (string, error) {
	var body []byte
	var err error
	if name == "-" {
		body, err = io.ReadAll(c.in)
	} else {
		body, err = os.ReadFile(name)
	}
	if err != nil {
		return "", fault.Invalid("", "Tệp %s: không đọc được; hãy kiểm tra tên và quyền đọc.", name)
	}
	if !utf8.Valid(body) {
		return "", fault.Invalid("", "Tệp %s: không phải văn bản UTF-8; hãy lưu lại thành UTF-8, hoặc dùng giaoban import với tệp .docx, .pdf.", name)
	}
	if err := official.RefuseSecret(string(body)); err != nil {
		return "", fault.Invalid("", "Tệp %s: %s", name, err)
	}
	return string(body), nil
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
