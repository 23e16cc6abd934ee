package document

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"giaoban/internal/child"
	"giaoban/internal/fault"
)

// apart is the word by which a process of this program knows that it is there to read one file and to end.
const apart = "read-one-file-apart"

// Whatever program holds this room can be the reader's process: the program itself and the tests of every room that reads
// files. So it is asked here, before anything else of the program begins.
func init() {
	if len(os.Args) == 4 && os.Args[1] == apart {
		debug.SetGCPercent(100) // not what the program that serves gives itself
		debug.SetMemoryLimit(softMemory)
		os.Exit(answer(os.Args[2], os.Args[3]))
	}
}

const (
	softMemory = 96 << 20  // at which the collector begins to hurry
	hardMemory = 500_000   // KiB that may be written to
	addresses  = 4_000_000 // KiB of address space, most of which a Go program only reserves
	mostAnswer = 64 << 20
	readTime   = 30 * time.Second
)

// answered is what the reader's process prints.
type answered struct {
	Document
	Fault string     `json:"fault,omitempty"`
	Kind  fault.Kind `json:"kind,omitempty"`
}

// answer reads one file and prints what it read.
func answer(name, path string) int {
	var a answered
	err := func() (err error) {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			return err
		}
		if filepath.Ext(path) == printedPDF {
			a.Document, err = readPrinted(name, f)
			return err
		}
		a.Document, err = readHere(name, f, info.Size(), 0)
		return err
	}()
	if f := fault.Of(err); f != nil {
		a = answered{Fault: f.Error(), Kind: f.Kind}
	} else if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if err := json.NewEncoder(os.Stdout).Encode(a); err != nil {
		return 1
	}
	return 0
}

// desk is a folder in which one file is read.
type desk struct{ dir, file string }

func newDesk(content []byte) (desk, error) {
	dir, err := os.MkdirTemp("", "giaoban-")
	if err != nil {
		return desk{}, err
	}
	d := desk{dir, filepath.Join(dir, "file")}
	if err := os.WriteFile(d.file, content, 0o600); err != nil {
		d.clear()
		return desk{}, err
	}
	return d, nil
}

func (d desk) clear() { os.RemoveAll(d.dir) }

// readApart lets another process of this program read the file at path.
func (d desk) readApart(ctx context.Context, name, path string) (Document, error) {
	self, err := os.Executable()
	if err != nil {
		return Document{}, err
	}
	limits := child.Limits{Program: self, Memory: addresses, Data: hardMemory, CPU: 20, Time: readTime, Output: mostAnswer}
	printed, failed, err := child.Output(ctx, limits, apart, name, path)
	if errors.Is(err, child.ErrSlow) {
		return Document{}, fault.Invalid("", "Tệp “%s” quá phức tạp, đọc quá lâu. Hãy tách tệp hoặc lưu lại bằng Word rồi gửi lại.", name)
	}
	if err != nil {
		return Document{}, err
	}
	var a answered
	if failed != nil || json.Unmarshal(printed, &a) != nil { // it ran out of memory or of time
		return Document{}, fault.TooLarge("", "Tệp “%s” quá lớn hoặc quá phức tạp nên chưa đọc được. Hãy tách tệp hoặc lưu lại bằng Word rồi gửi lại.", name)
	}
	if a.Fault != "" {
		return Document{}, &fault.Error{Kind: a.Kind, Problems: []fault.Problem{{Sentence: a.Fault}}}
	}
	return a.Document, nil
}
