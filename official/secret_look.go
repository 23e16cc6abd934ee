package official

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"time"
	"unicode"

	"giaoban/internal/fault"
)

// What one file may cost. Everything that is read of it, by whatever reader, counts against the same budget, and the time
// is over for all of them at once.
const (
	LookTime    = 1700 * time.Millisecond // for all readers of one file together
	mostRead    = 128 << 20               // bytes unpacked
	mostNested  = 3                       // files in files
	mostTag     = 1 << 20                 // bytes of one XML tag with its attributes
	mostGather  = 1 << 20                 // bytes of text gathered before they are looked at
	mostWhole   = 8 << 20                 // bytes of what is read whole: a text, a page of HTML, a file inside another
	fewestWords = 40                      // letters on a page that can be said to have been read
)

var (
	errSlow   = fault.Invalid("", "Tệp quá phức tạp, kiểm tra quá lâu. Hãy lưu lại bằng Word, Excel hoặc in lại ra PDF rồi gửi.")
	errInside = fault.Invalid("", "Tệp có tệp khác nhúng bên trong mà chương trình không đọc được. Hãy gửi riêng từng tệp.")
)

// Examined is what a look into a file gave.
type Examined struct {
	Level string // the degree of the mark found; "" for none
	Blind bool   // it has pages of which no text could be read: a scan, a picture
}

// look is one examination with what is left of its budget.
type look struct {
	ctx      context.Context
	left     int64
	nested   int
	level    string
	letters  int  // of the text that is shown
	pictures bool // it holds some
	content  bytes.Buffer
}

// text looks at a text that was read, piece by piece while there is time.
func (l *look) text(s string) {
	for s != "" && l.over() == nil {
		piece := s
		if len(s) > mostGather {
			end := strings.LastIndexByte(s[:mostGather], '\n') + 1
			if end == 0 {
				end = mostGather
			}
			piece = s[:end]
		}
		s = s[len(piece):]
		if got, found := SecretMark(piece); found && rank(got) > rank(l.level) {
			l.level = got
		}
	}
}

func (l *look) count(s []byte) {
	if l.letters >= fewestWords {
		return
	}
	for _, r := range string(s) {
		if unicode.IsLetter(r) {
			l.letters++
		}
	}
}

// over gives why the examination has to end, nil while it may go on.
func (l *look) over() error {
	switch {
	case errors.Is(l.ctx.Err(), context.DeadlineExceeded):
		return errSlow
	case l.ctx.Err() != nil:
		return l.ctx.Err()
	case l.left < 0:
		return errTooLarge
	}
	return nil
}

// metered counts what is read.
func (l *look) metered(r io.Reader) io.Reader { return &meter{l, r} }

type meter struct {
	l *look
	r io.Reader
}

func (m *meter) Read(p []byte) (int, error) {
	if err := m.l.over(); err != nil {
		return 0, err
	}
	n, err := m.r.Read(p)
	m.l.left -= int64(n)
	return n, err
}

// whole reads at most limit bytes; what is longer cannot be judged.
func (l *look) whole(r io.Reader, limit int) ([]byte, error) {
	var b bytes.Buffer
	n, err := b.ReadFrom(io.LimitReader(l.metered(r), int64(limit)+1))
	if err == nil && n > int64(limit) {
		err = errTooLarge
	}
	return b.Bytes(), err
}
