package report

import (
	"giaoban/access"
	"giaoban/internal/db"
	"io"
)

// ImportValues reads a file and writes it in one go, as tests do: nobody waits there for the writer.
func ImportValues(tx *db.Tx, by access.Actor, regimeCode string, file io.Reader, progress func(done, of int64)) (ImportResult, error) {
	im, err := ReadImport(tx, by, regimeCode, file, "", progress)
	if err != nil {
		return ImportResult{}, err
	}
	return WriteImport(tx, by, im, progress)
}
