package library

import (
	"bytes"
	"context"
	"os"
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

// LookForMark is the part of Refuse that looks for marks of secrecy, for files of kinds that the entrance does not take.
func LookForMark(ctx context.Context, name string, stored files.Stored, f *os.File) error {
	return secret(ctx, name, stored, f)
}
