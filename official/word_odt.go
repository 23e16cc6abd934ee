package official

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"

	"giaoban/document"
	"giaoban/internal/fault"
)

// MostLinted is how many bytes a file may have that is held against a layout.
const MostLinted = 20 << 20

// LintFile holds a file of anybody, .docx or .odt by its name, against a profile: sheet, margins, letters, the parts of the
// head and of the closing, and then the words as Lint does. An empty result means nothing was found, not that the paper is right:
// annexes and tables are looked at for their font only.
func LintFile(ctx context.Context, name string, content []byte, p Profile, own LayoutOn) ([]Finding, error) {
	w, _, err := readFile(ctx, name, content)
	if err != nil {
		return nil, err
	}
	notes, err := w.judge(p, own)
	if err != nil {
		return nil, err
	}
	var out []Finding
	for _, n := range notes {
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
		if content, err = document.AsWord(ctx, ".odt", content); err != nil {
			return nil, nil, err
		}
	default:
		return nil, nil, fault.Invalid("file", "Tệp “%s” phải là .docx hoặc .odt. Hãy mở bằng Word hoặc LibreOffice, lưu lại rồi kiểm.", name)
	}
	w, err := readWord(bytes.NewReader(content), int64(len(content)))
	return w, content, err
}
