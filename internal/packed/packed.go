// Package packed (tệp nén) opens the zip files that others send: Word, Excel and OpenDocument packages.
package packed

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
)

// MostParts is how many parts a package may have. Books of the office have some hundred.
const MostParts = 4000

// ErrCrowded is given for a package with more parts.
var ErrCrowded = errors.New("packed: more parts than any paper has")

// Open is zip.NewReader for a file that may be hostile: each entry of the table of contents costs eight times its bytes in
// memory, so they are counted before it is read, as they stand in the file and not as its end says.
func Open(data io.ReaderAt, size int64) (*zip.Reader, error) {
	signature := []byte("PK\x01\x02")
	r := io.NewSectionReader(data, 0, size)
	piece := make([]byte, 64<<10)
	entries, kept := 0, 0
	for {
		n, err := r.Read(piece[kept:])
		have := piece[:kept+n]
		if entries += bytes.Count(have, signature); entries > MostParts {
			return nil, ErrCrowded
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		kept = min(len(have), len(signature)-1) // a signature may lie over two pieces
		copy(piece, have[len(have)-kept:])
	}
	return zip.NewReader(data, size)
}
