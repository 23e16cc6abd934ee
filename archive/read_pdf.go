package archive

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"giaoban/internal/fault"
)

const (
	pdfTime = 20 * time.Second
	pdfText = 8 << 20 // bytes of text
)

// readPDF runs pdftotext in a process of its own, with bounded time and memory: the reader of other people's PDFs must
// be able to fail alone.
func readPDF(ctx context.Context, name string, content []byte) (string, error) {
	if !bytes.Contains(content[:min(len(content), 1024)], []byte("%PDF-")) {
		return "", fault.Invalid("", "Tệp “%s” hỏng hoặc không phải PDF. Hãy in lại ra PDF rồi gửi lại.", name)
	}
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		return "", fault.Invalid("", "Máy chủ chưa cài pdftotext (gói poppler-utils) nên chưa đọc được tệp PDF “%s”. Hãy cài thêm, hoặc lưu tệp dạng .docx.", name)
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
	limited, cancel := context.WithTimeout(ctx, pdfTime)
	defer cancel()
	// ulimit -v is in KiB, -t in seconds of processor time.
	cmd := exec.CommandContext(limited, "/bin/sh", "-c", `ulimit -v 400000 && ulimit -t 20 && exec "$0" -q -enc UTF-8 -l 500 "$1" -`, program, f.Name())
	cmd.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"}
	cmd.WaitDelay = time.Second
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	text, _ := io.ReadAll(io.LimitReader(out, pdfText))
	stopped := limited.Err()
	cancel() // what comes after eight megabytes of text is not waited for
	failed := cmd.Wait()
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case stopped != nil:
		return "", fault.Invalid("", "Tệp “%s” quá phức tạp, đọc quá lâu. Hãy in lại ra PDF rồi gửi lại.", name)
	case failed != nil && len(text) == 0:
		return "", fault.Invalid("", "Không đọc được tệp PDF “%s”: tệp hỏng hoặc có mật khẩu. Hãy bỏ bảo vệ, in lại ra PDF rồi gửi lại.", name)
	}
	return unwrap(strings.ReplaceAll(string(text), "\f", "\n\n")), nil
}
