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

// readOther lets LibreOffice, where it is installed, turn an .odt, .doc or .rtf into the .docx that is then read. It runs
// with a profile of its own, which lies with the file and goes with it.
func (d desk) readOther(ctx context.Context, name string) (Document, error) {
	if named := formatOf(name); named == wordFile || named == bookFile { // Office hides what has a password in an older package
		return Document{}, fault.Invalid("", "Tệp “%s” có mật khẩu hoặc không đúng loại mà tên nó nói. Hãy mở bằng Office, bỏ mật khẩu, lưu lại rồi gửi lại.", name)
	}
	ending := strings.ToLower(filepath.Ext(name))
	if formatOf(name) != otherFile {
		ending = ".doc"
	}
	from := d.file + ending
	if err := os.Rename(d.file, from); err != nil {
		return Document{}, err
	}
	limits := child.Limits{Program: "soffice", Memory: 3_000_000, CPU: 60, Time: 90 * time.Second, Output: 64 << 10}
	_, _, err := child.Output(ctx, limits, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(d.dir, "profile")), "--headless", "--norestore",
		"--convert-to", "docx:MS Word 2007 XML", "--outdir", filepath.Join(d.dir, "out"), from)
	switch {
	case errors.Is(err, child.ErrAbsent):
		return Document{}, fault.Invalid("", "Máy chủ chưa cài LibreOffice nên chưa đọc được tệp “%s”. Hãy cài thêm, hoặc lưu tệp dạng .docx.", name)
	case errors.Is(err, child.ErrSlow):
		return Document{}, fault.Invalid("", "Tệp “%s” quá phức tạp, đọc quá lâu. Hãy mở bằng Word, lưu lại dạng .docx rồi gửi lại.", name)
	case err != nil:
		return Document{}, err
	}
	made := filepath.Join(d.dir, "out", "file.docx")
	if _, err := os.Stat(made); err != nil {
		return Document{}, fault.Invalid("", "LibreOffice không mở được tệp “%s”: tệp hỏng hoặc có mật khẩu. Hãy mở bằng Word, lưu lại dạng .docx rồi gửi lại.", name)
	}
	return d.readApart(ctx, name, made)
}
