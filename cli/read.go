package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"giaoban/document"
	"giaoban/edxml"
	"giaoban/official"
)

// readFile prints what stands in one file as the program reads it: its blocks with numbers, tables and places.
type readFile struct {
	File string `arg:"" help:"Tệp .docx, .pdf, .html, .txt, .xlsx, .edxml; .odt, .doc, .rtf khi máy có LibreOffice." placeholder:"TỆP"`
	JSON bool   `name:"json" help:"In một đối tượng JSON: blocks và problems; của gói .edxml thêm package."`
}

func (k *readFile) Run(ctx context.Context, c *console) error {
	content, err := readBounded(k.File)
	if err != nil {
		return err
	}
	if strings.EqualFold(filepath.Ext(k.File), edxml.Ending) {
		return k.packet(ctx, c, content)
	}
	d, err := readOpen(ctx, filepath.Base(k.File), content)
	if err != nil {
		return err
	}
	if k.JSON {
		return printJSON(c, d)
	}
	k.print(c, d)
	return nil
}

// print says the blocks a line each, then what is wrong.
func (k *readFile) print(c *console, d document.Document) {
	for _, b := range d.Blocks {
		c.say("%s", shownBlock(b))
	}
	for _, p := range d.Problems {
		c.note("%s", p)
	}
}

func printJSON(c *console, of any) error {
	e := json.NewEncoder(c.out)
	e.SetEscapeHTML(false)
	return e.Encode(of)
}

// shownBlock is a block on a line: its place, then its number and text; what is struck says so.
func shownBlock(b document.Block) string {
	line := strings.TrimSpace(b.Number + " " + strings.NewReplacer("\t", " | ", "\n", " / ").Replace(b.Text))
	if b.Change == document.Deleted {
		line += " (đã bị xóa, chưa chấp nhận)"
	}
	return fmt.Sprintf("%s: %s", b.Place, line)
}

// readOpen reads a file that bears no mark of secrecy, in its bytes or in the words read out of it.
func readOpen(ctx context.Context, name string, content []byte) (document.Document, error) {
	got, err := official.SecretMarkInFile(ctx, name, bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return document.Document{}, err
	}
	if got.Level != "" {
		return document.Document{}, official.SecretError{Level: got.Level}
	}
	d, err := document.Read(ctx, name, content)
	if err != nil {
		return document.Document{}, err
	}
	if err := official.RefuseSecret(d.Words()...); err != nil {
		return document.Document{}, err
	}
	return d, nil
}
