package official

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"giaoban/internal/child"
	"giaoban/internal/fault"
)

// MostLinted is how many bytes a file may have that is held against a layout.
const MostLinted = 20 << 20

// office bounds LibreOffice on somebody else's file.
var office = child.Limits{Program: "soffice", Memory: 6 << 20, CPU: 60, Time: time.Minute, Output: 1 << 16}

// converting is held by the one file that LibreOffice reads: each takes a processor and some 200 MB for seconds.
var converting = make(chan struct{}, 1)

// LintFile holds a file of anybody, .docx or .odt by its name, against a profile: sheet, margins, letters, the parts of the
// head and of the closing, and then the words as Lint does. An empty result means nothing was found, not that the paper is right:
// annexes and tables are looked at for their font only.
func LintFile(ctx context.Context, name string, content []byte, p Profile) ([]Finding, error) {
	w, _, err := readFile(ctx, name, content)
	if err != nil {
		return nil, err
	}
	var out []Finding
	for _, n := range w.lint(p) {
		out = append(out, n.Finding)
	}
	return out, nil
}

// readFile reads the layout of a file and gives it as the Word file it was read from.
func readFile(ctx context.Context, name string, content []byte) (*wordFile, []byte, error) {
	if len(content) > MostLinted {
		return nil, nil, fault.TooLarge("file", "Tệp lớn hơn 20 MB. Hãy bỏ bớt hình rồi kiểm lại.")
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".docx":
	case ".odt":
		if _, err := openZip(bytes.NewReader(content), int64(len(content))); err != nil {
			return nil, nil, err // LibreOffice would take anything for a text
		}
		var err error
		if content, err = asWord(ctx, content); err != nil {
			return nil, nil, err
		}
	default:
		return nil, nil, fault.Invalid("file", "Tệp “%s” phải là .docx hoặc .odt. Hãy mở bằng Word hoặc LibreOffice, lưu lại rồi kiểm.", name)
	}
	w, err := readWord(bytes.NewReader(content), int64(len(content)))
	return w, content, err
}

// asWord has LibreOffice write an OpenDocument text as a Word file, in a folder that is gone afterwards.
func asWord(ctx context.Context, content []byte) ([]byte, error) {
	dir, err := os.MkdirTemp("", "giaoban-odt-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	select {
	case converting <- struct{}{}:
		defer func() { <-converting }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	from := filepath.Join(dir, "van-ban.odt")
	if err := os.WriteFile(from, content, 0o600); err != nil {
		return nil, err
	}
	_, _, err = child.Output(ctx, office, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "lo")), "--headless",
		"--convert-to", "docx", "--outdir", dir, from)
	switch {
	case errors.Is(err, child.ErrAbsent):
		return nil, fault.Invalid("file", "Máy chủ chưa cài LibreOffice nên chưa đọc được tệp .odt. Hãy cài thêm, hoặc lưu tệp dạng .docx.")
	case errors.Is(err, child.ErrSlow):
		return nil, fault.Invalid("file", "Đọc tệp .odt quá lâu. Hãy lưu tệp dạng .docx rồi kiểm lại.")
	case err != nil:
		return nil, err
	}
	word, err := os.ReadFile(filepath.Join(dir, "van-ban.docx"))
	if errors.Is(err, os.ErrNotExist) {
		return nil, errBroken
	}
	return word, err
}
