package library

import (
	"bytes"
	"context"
	"time"

	"giaoban/internal/files"
)

// Contents lets the fuzz test reach the readers of packages and PDFs without a disk.
func Contents(name string, stored files.Stored, data []byte) error {
	if stored.Kind == files.PDF {
		return lookIntoPDF(name, bytes.NewReader(data), stored.Size)
	}
	return lookIntoPackage(context.Background(), name, bytes.NewReader(data), stored.Size)
}

// Occupy lets two files be under way for as long as a test needs, and nobody wait long.
func Occupy() (release func()) {
	was := longestWait
	longestWait = 20 * time.Millisecond
	looking <- struct{}{}
	looking <- struct{}{}
	return func() {
		<-looking
		<-looking
		longestWait = was
	}
}
