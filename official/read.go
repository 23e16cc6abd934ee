package official

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"

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

func attribute(t xml.StartElement, local string) string {
	for _, a := range t.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}
