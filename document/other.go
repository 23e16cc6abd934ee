package document

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"giaoban/internal/child"
	"giaoban/internal/fault"
)

// office bounds LibreOffice on somebody else's file.
var office = child.Limits{Program: "soffice", Memory: 6 << 20, CPU: 60, Time: 90 * time.Second, Output: 64 << 10}

// converting is held by the one file that LibreOffice reads: each takes a processor and some 200 MB for seconds.
var converting = make(chan struct{}, 1)

// AsWord lets LibreOffice, where it is installed, write a file of another program (.odt, .doc, .rtf by ending) as a Word file.
// It runs in a folder with a profile of its own, which are gone afterwards. The error is a sentence for who sent the file.
func AsWord(ctx context.Context, ending string, content []byte) ([]byte, error) {
	select {
	case converting <- struct{}{}:
		defer func() { <-converting }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	d, err := newDesk(content)
	if err != nil {
		return nil, err
	}
	defer d.clear()
	from := d.file + ending
	if err := os.Rename(d.file, from); err != nil {
		return nil, err
	}
	out := filepath.Join(d.dir, "out")
	_, _, err = child.Output(ctx, office, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(d.dir, "profile")), "--headless", "--norestore",
		"--convert-to", "docx:MS Word 2007 XML", "--outdir", out, from)
	switch {
	case errors.Is(err, child.ErrAbsent):
		return nil, fault.Invalid("file", "Máy chủ chưa cài LibreOffice nên chưa đọc được tệp %s. Hãy cài thêm, hoặc lưu tệp dạng .docx.", ending)
	case errors.Is(err, child.ErrSlow):
		return nil, fault.Invalid("file", "Tệp quá phức tạp, đọc quá lâu. Hãy mở bằng Word, lưu lại dạng .docx rồi gửi lại.")
	case err != nil:
		return nil, err
	}
	word, err := os.ReadFile(filepath.Join(out, "file.docx"))
	if errors.Is(err, os.ErrNotExist) {
		return nil, fault.Invalid("file", "LibreOffice không mở được tệp: tệp hỏng hoặc có mật khẩu. Hãy mở bằng Word, lưu lại dạng .docx rồi gửi lại.")
	}
	return word, err
}

// readOther reads a file through the Word file that LibreOffice makes of it.
func readOther(ctx context.Context, name string, content []byte) (Document, error) {
	ending := strings.ToLower(filepath.Ext(name))
	switch formatOf(name) {
	case wordFile, bookFile: // Office hides what has a password in an older package
		return Document{}, fault.Invalid("", "Tệp “%s” có mật khẩu hoặc không đúng loại mà tên nó nói. Hãy mở bằng Office, bỏ mật khẩu, lưu lại rồi gửi lại.", name)
	case otherFile:
	default:
		ending = ".doc"
	}
	word, err := AsWord(ctx, ending, content)
	if err != nil {
		return Document{}, err
	}
	return readAlone(ctx, name, word, wordFile)
}
