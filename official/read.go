package official

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"giaoban/internal/fault"
	"giaoban/internal/packed"
)

// Limits on files from outside; a paper of a thousand pages stays far below them.
const (
	maxPart     = 32 << 20  // one part, unpacked
	maxUnpacked = 128 << 20 // all parts that are read, together
	maxDepth    = 400
	maxText     = 8 << 20 // bytes of text kept
)

// errTooLarge says that a file unpacks to more than any paper holds.
var errTooLarge = fault.TooLarge("", "Tệp giải nén ra quá lớn so với một văn bản. Hãy tách tệp hoặc lưu lại bằng Word rồi gửi lại.")

// errBroken says that a file cannot be read, or declares entities, which no paper needs.
var errBroken = fault.Invalid("", "Không đọc được tệp: tệp hỏng hoặc không phải tệp do Word, Excel lưu. Hãy mở bằng Word, lưu lại rồi gửi lại.")

// ReadParagraph is one paragraph of a Word file.
type ReadParagraph struct {
	Text      string
	Style     string   // id of its style
	Bookmarks []string // names of the bookmarks that begin in it
	InTable   bool
}

// ReadDocx gives the paragraphs of a Word file in reading order, tables cell by cell, without headers
// and footers. size is the length of the file in bytes. Sizes are bounded and nothing outside the
// file is followed.
func ReadDocx(file io.ReaderAt, size int64) ([]ReadParagraph, error) {
	z, err := openZip(file, size)
	if err != nil {
		return nil, err
	}
	budget := int64(maxUnpacked)
	if f := mainPart(z.File); f != nil {
		return readPart(f, &budget)
	}
	return nil, errNoWord
}

func openZip(file io.ReaderAt, size int64) (*zip.Reader, error) {
	z, err := packed.Open(file, size)
	switch {
	case errors.Is(err, packed.ErrCrowded):
		return nil, errTooLarge
	case err != nil:
		return nil, errBroken
	}
	return z, nil
}

// readPart reads the paragraphs of one XML part. The sizes a zip declares may lie, so what counts is
// what comes out.
func readPart(f *zip.File, budget *int64) ([]ReadParagraph, error) {
	r, err := f.Open()
	if err != nil {
		return nil, errBroken
	}
	defer r.Close()
	b := &bounded{r: r, left: min(int64(maxPart), *budget)}
	start := b.left
	paragraphs, err := paragraphsOf(b)
	*budget -= start - b.left
	if b.over {
		return nil, errTooLarge
	}
	if err != nil {
		return nil, errBroken
	}
	return paragraphs, nil
}

// bounded stops a reader and remembers that there was more.
type bounded struct {
	r    io.Reader
	left int64
	over bool
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		b.over = true
		return 0, io.EOF
	}
	if int64(len(p)) > b.left {
		p = p[:b.left]
	}
	n, err := b.r.Read(p)
	b.left -= int64(n)
	return n, err
}

// paragraphsOf reads w:p, a:p and text:p alike. A text box stands inside a paragraph: its own
// paragraphs come before the one that holds it.
func paragraphsOf(r io.Reader) ([]ReadParagraph, error) {
	type open struct {
		p    ReadParagraph
		text strings.Builder
	}
	var out []ReadParagraph
	var stack []*open
	var names []string
	tables, kept := 0, 0
	d := xml.NewDecoder(r)
	for {
		token, err := d.Token()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.Directive:
			return nil, errBroken
		case xml.StartElement:
			local := t.Name.Local
			if strings.HasPrefix(t.Name.Space, openDocumentText) {
				local = "odf:" + local
			}
			if names = append(names, local); len(names) > maxDepth {
				return nil, errTooLarge
			}
			switch t.Name.Local {
			case "tbl":
				tables++
			case "p", "h":
				stack = append(stack, &open{p: ReadParagraph{InTable: tables > 0}})
			}
			if len(stack) == 0 {
				continue
			}
			top := stack[len(stack)-1]
			switch t.Name.Local {
			case "pStyle":
				top.p.Style = attribute(t, "val")
			case "bookmarkStart":
				top.p.Bookmarks = append(top.p.Bookmarks, attribute(t, "name"))
			case "br", "cr", "line-break":
				top.text.WriteByte('\n')
			case "tab":
				if len(names) < 2 || names[len(names)-2] != "tabs" {
					top.text.WriteByte('\t')
				}
			case "noBreakHyphen":
				top.text.WriteByte('-')
			case "s":
				top.text.WriteByte(' ')
			}
		case xml.CharData:
			if len(stack) > 0 && holdsText(names) {
				if kept += len(t); kept > maxText {
					return nil, errTooLarge
				}
				stack[len(stack)-1].text.Write(t)
			}
		case xml.EndElement:
			names = names[:len(names)-1]
			switch t.Name.Local {
			case "tbl":
				tables--
			case "p", "h":
				if n := len(stack); n > 0 {
					// A blank that holds two words together says nothing more than a blank.
					stack[n-1].p.Text = strings.ReplaceAll(stack[n-1].text.String(), "\u00a0", " ")
					out = append(out, stack[n-1].p)
					stack = stack[:n-1]
				}
			}
		}
	}
}

const openDocumentText = "urn:oasis:names:tc:opendocument:xmlns:text:"

// holdsText tells text from field codes and formulas' parts: Word keeps text in t (and what a
// reviewer struck out in delText), OpenDocument in the paragraph and its spans.
func holdsText(names []string) bool {
	switch names[len(names)-1] {
	case "t", "delText", "odf:p", "odf:h", "odf:span", "odf:a":
		return true
	}
	return false
}

func attribute(t xml.StartElement, local string) string {
	for _, a := range t.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}
