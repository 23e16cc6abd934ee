package files

import (
	"bytes"
	"io"
	"strings"

	"giaoban/internal/packed"

	"github.com/gabriel-vasile/mimetype"
)

// Media types of what offices send each other.
const (
	PDF  = "application/pdf"
	DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	ODT  = "application/vnd.oasis.opendocument.text"
	PNG  = "image/png"
	JPEG = "image/jpeg"
	Text = "text/plain"
	CSV  = "text/csv"
	OLE  = "application/x-ole-storage" // .doc, .xls, and every Office file with a password
)

// headBytes is how much of a file tells its kind; packages are opened instead.
const headBytes = 64 << 10

// KindOf finds the media type in the content; the name plays no part.
func KindOf(data io.ReaderAt, size int64) (string, error) {
	head := make([]byte, min(size, headBytes))
	if _, err := io.ReadFull(io.NewSectionReader(data, 0, size), head); err != nil {
		return "", err
	}
	switch {
	case len(head) == 0:
		return "application/x-empty", nil
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return packageKind(data, size), nil
	case bytes.HasPrefix(head, []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}):
		return OLE, nil
	}
	kind, _, _ := strings.Cut(mimetype.Detect(head).String(), ";")
	return kind, nil
}

// packageKind tells a Word file from a sheet by the part that holds the content, wherever it stands in the zip.
func packageKind(data io.ReaderAt, size int64) string {
	z, err := packed.Open(data, size)
	if err != nil {
		return "application/zip"
	}
	for i, f := range z.File {
		switch {
		case f.Name == "word/document.xml":
			return DOCX
		case f.Name == "xl/workbook.xml":
			return XLSX
		case i == 0 && f.Name == "mimetype" && f.UncompressedSize64 < 100:
			r, err := f.Open()
			if err != nil {
				return "application/zip"
			}
			text, _ := io.ReadAll(io.LimitReader(r, 100))
			r.Close()
			if strings.HasPrefix(string(text), "application/vnd.oasis.opendocument.") {
				return strings.TrimSpace(string(text))
			}
		}
	}
	return "application/zip"
}
