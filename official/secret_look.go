package official

import (
	"context"
	"errors"
	"io"
	"time"
	"unicode"

	"giaoban/internal/fault"
)

// What one file may cost. Everything that is read of it, by whatever reader, counts against the same budget, and the time
// is over for all of them at once.
const (
	LookTime    = 1800 * time.Millisecond // for all readers of one file together
	mostRead    = 128 << 20               // bytes unpacked
	mostNested  = 3                       // files in files
	mostTag     = 1 << 20                 // bytes of one XML tag with its attributes
	mostGather  = 1 << 20                 // bytes of text gathered before they are looked at
	mostWhole   = 16 << 20                // bytes of a part that is read whole: an embedded file, a page of HTML
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
}

// text looks at a text that was read, as much of it as there is.
func (l *look) text(s string) {
	if got, found := SecretMark(s); found && rank(got) > rank(l.level) {
		l.level = got
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
	raw, err := io.ReadAll(io.LimitReader(l.metered(r), int64(limit)+1))
	if err == nil && len(raw) > limit {
		err = errTooLarge
	}
	return raw, err
}
