package library

import (
	"bytes"
	"context"

	"giaoban/internal/files"
)

// Contents lets the fuzz test reach the readers of packages and PDFs without a disk.
func Contents(name string, stored files.Stored, data []byte) error {
	if stored.Kind == files.PDF {
		return lookIntoPDF(name, bytes.NewReader(data), stored.Size)
	}
	return lookIntoPackage(context.Background(), name, bytes.NewReader(data), stored.Size)
}
