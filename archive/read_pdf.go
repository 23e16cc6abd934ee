package archive

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"

	"giaoban/internal/child"
	"giaoban/internal/fault"
	"giaoban/library"
)

// readPDF gives the text of an old PDF, its lines joined to paragraphs again.
func readPDF(ctx context.Context, name string, content []byte) (string, error) {
	if !bytes.Contains(content[:min(len(content), 1024)], []byte("%PDF-")) {
		return "", fault.Invalid("", "Tệp “%s” hỏng hoặc không phải PDF. Hãy in lại ra PDF rồi gửi lại.", name)
	}
	f, err := os.CreateTemp("", "giaoban-*.pdf")
	if err != nil {
		return "", err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(content)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return "", err
	}
	text, failed, err := library.TextOfPDF(ctx, f.Name())
	switch {
	case errors.Is(err, child.ErrAbsent):
		return "", fault.Invalid("", "Máy chủ chưa cài pdftotext (gói poppler-utils) nên chưa đọc được tệp PDF “%s”. Hãy cài thêm, hoặc lưu tệp dạng .docx.", name)
	case errors.Is(err, child.ErrSlow):
		return "", fault.Invalid("", "Tệp “%s” quá phức tạp, đọc quá lâu. Hãy in lại ra PDF rồi gửi lại.", name)
	case err != nil:
		return "", err
	case failed != nil && text == "":
		return "", fault.Invalid("", "Không đọc được tệp PDF “%s”: tệp hỏng hoặc có mật khẩu. Hãy bỏ bảo vệ, in lại ra PDF rồi gửi lại.", name)
	}
	return unwrap(strings.ReplaceAll(text, "\f", "\n\n")), nil
}
