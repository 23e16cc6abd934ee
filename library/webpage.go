package library

import (
	"context"
	"os"
	"path"
	"strings"

	"giaoban/internal/files"
)

// RefuseOld is Refuse for old files that are only read and kept as evidence: saved web pages are taken as well. They are
// never shown as pages again, only sent back as an attachment.
func RefuseOld(ctx context.Context, name string, stored files.Stored, f *os.File) error {
	switch strings.ToLower(path.Ext(CleanName(name))) {
	case ".html", ".htm":
	default:
		return Refuse(ctx, name, stored, f)
	}
	return examine(ctx, name, stored, f, func(_ context.Context, name string) error {
		switch stored.Kind {
		case "text/html", "application/xhtml+xml", "text/xml", "application/xml", files.Text:
			return nil
		}
		return invalid("Tệp “%s” có đuôi của trang web nhưng nội dung không phải trang web. Hãy mở lại trang bằng trình duyệt, chọn Lưu trang rồi gửi tệp .html.", name)
	})
}
