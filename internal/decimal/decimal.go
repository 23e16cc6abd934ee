// Package decimal giữ số liệu chính xác: a figure is an int64 counted in units of
// 10^-decimals, where decimals (0 to 6) belongs to its indicator and is kept by the
// caller. Nothing here is a floating point number, and nothing is rounded except by
// MulDiv and Rescale, half away from zero.
package decimal

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
	"strconv"
	"strings"

	"giaoban/internal/fold"
)

// MaxDecimals is the largest number of decimals an indicator may have.
const MaxDecimals = 6

var pow10 = [19]uint64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18}

// Kind says why a number was refused.
type Kind uint8

// The reasons for which a number is refused.
const (
	Empty           Kind = iota + 1 // nothing was written
	Malformed                       // not a number in the expected form
	TooManyDecimals                 // more decimals than the indicator has
	Overflow                        // beyond what an int64 holds
)

// Error is a refused number with the sentence for the person who wrote it.
type Error struct {
	Kind     Kind
	Sentence string
}

func (e *Error) Error() string { return e.Sentence }

// Is compares kinds, so that errors.Is(err, &Error{Kind: Overflow}) works.
func (e *Error) Is(target error) bool {
	var t *Error
	return errors.As(target, &t) && t.Kind == e.Kind
}

func refuse(k Kind, format string, args ...any) error {
	return &Error{Kind: k, Sentence: fmt.Sprintf(format, args...)}
}

// Parse reads the form of the API and of CSV files: an optional "-", digits, and at
// most `decimals` digits after a point: "12.50", "-3", "0.5". No spaces, groups,
// plus sign or exponent. It returns the value scaled by 10^decimals.
func Parse(s string, decimals int) (int64, error) {
	if err := allowed(decimals); err != nil {
		return 0, err
	}
	if s == "" {
		return 0, refuse(Empty, "Chưa có số.")
	}
	rest, negative := s, false
	if rest[0] == '-' {
		rest, negative = rest[1:], true
	}
	whole, point, fraction := len(rest), false, 0
	var v uint64
	for i := 0; i < len(rest); i++ {
		c := rest[i]
		if c == '.' && !point && i > 0 {
			whole, point = i, true
			continue
		}
		if c < '0' || c > '9' {
			return 0, malformed(s)
		}
		if point {
			if fraction++; fraction > decimals {
				continue // a malformed tail is still reported as malformed
			}
		}
		var ok bool
		if v, ok = push(v, c); !ok {
			return 0, overflow(s)
		}
	}
	if whole == 0 || point && fraction == 0 {
		return 0, malformed(s)
	}
	if fraction > decimals {
		return 0, tooMany(s, decimals)
	}
	return finish(s, v, decimals-fraction, negative)
}

func allowed(decimals int) error {
	if decimals < 0 || decimals > MaxDecimals {
		return refuse(Malformed, "Chỉ tiêu chỉ được có từ 0 đến %d chữ số thập phân.", MaxDecimals)
	}
	return nil
}

func push(v uint64, digit byte) (uint64, bool) {
	d := uint64(digit - '0')
	if v > (math.MaxUint64-d)/10 {
		return 0, false
	}
	return v*10 + d, true
}

// finish multiplies by the missing power of ten and applies the sign.
func finish(s string, v uint64, missing int, negative bool) (int64, error) {
	high, v := bits.Mul64(v, pow10[missing])
	r, ok := signed(v, negative)
	if high != 0 || !ok {
		return 0, overflow(s)
	}
	return r, nil
}

func signed(v uint64, negative bool) (int64, bool) {
	if negative {
		return int64(-v), v <= 1<<63
	}
	return int64(v), v <= math.MaxInt64
}

func magnitude(v int64) uint64 {
	if v < 0 {
		return -uint64(v)
	}
	return uint64(v)
}

func malformed(s string) error {
	return refuse(Malformed, "%s không phải là số viết đúng mẫu; hãy viết như 12.50 hoặc -3, dấu chấm trước phần thập phân.", quote(s))
}

func tooMany(s string, decimals int) error {
	if decimals == 0 {
		return refuse(TooManyDecimals, "%s có phần thập phân, chỉ tiêu này chỉ nhận số nguyên.", quote(s))
	}
	return refuse(TooManyDecimals, "%s có quá nhiều chữ số thập phân; chỉ tiêu này nhận nhiều nhất %d chữ số.", quote(s), decimals)
}

func overflow(s string) error {
	return refuse(Overflow, "%s lớn hơn mức ghi được; hãy kiểm tra đơn vị tính.", quote(s))
}

// quote keeps a pasted page from becoming part of the sentence.
func quote(s string) string {
	return "“" + fold.Cut(s, 40) + "”"
}

// Format writes the API form with exactly `decimals` decimals: Format(1250, 2) = "12.50".
func Format(v int64, decimals int) string {
	return string(Append(make([]byte, 0, 24), v, decimals))
}

// Append is Format for a buffer.
func Append(dst []byte, v int64, decimals int) []byte {
	if v < 0 {
		dst = append(dst, '-')
	}
	u := magnitude(v)
	dst = strconv.AppendUint(dst, u/pow10[decimals], 10)
	if decimals == 0 {
		return dst
	}
	dst = append(dst, '.')
	return appendFraction(dst, u%pow10[decimals], decimals)
}

func appendFraction(dst []byte, f uint64, decimals int) []byte {
	for d := decimals - 1; d >= 0; d-- {
		dst = append(dst, byte('0'+f/pow10[d]%10))
	}
	return dst
}

// FormatVietnamese writes what people read, with exactly `decimals` decimals:
// "1.915.509", "73,76", "-2,90".
func FormatVietnamese(v int64, decimals int) string { return vietnamese(v, decimals, false) }

// FormatTrimmed is FormatVietnamese without zeros at the end: "73,7", "12".
func FormatTrimmed(v int64, decimals int) string { return vietnamese(v, decimals, true) }

// FormatTyped is FormatTrimmed as it may be read back without a doubt: "96.125,0" where decimals are possible.
func FormatTyped(v int64, decimals int) string {
	text := FormatTrimmed(v, decimals)
	if decimals > 0 && doubtful(strings.TrimPrefix(text, "-")) {
		return FormatVietnamese(v, decimals)
	}
	return text
}

func vietnamese(v int64, decimals int, trim bool) string {
	u := magnitude(v)
	whole, fraction := u/pow10[decimals], u%pow10[decimals]
	out := make([]byte, 0, 32)
	if v < 0 {
		out = append(out, '-')
	}
	var room [20]byte
	digits := strconv.AppendUint(room[:0], whole, 10)
	for i, c := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out = append(out, '.')
		}
		out = append(out, c)
	}
	for trim && decimals > 0 && fraction%10 == 0 {
		fraction, decimals = fraction/10, decimals-1
	}
	if decimals == 0 {
		return string(out)
	}
	return string(appendFraction(append(out, ','), fraction, decimals))
}

// Add returns a+b, and false when it does not fit.
func Add(a, b int64) (int64, bool) {
	s := a + b
	return s, (s > a) == (b > 0)
}

// MulDiv returns a × factor ÷ den, exact in 128 bits, rounded once, half away from
// zero. False when den is 0 or the result does not fit.
func MulDiv(a, factor, den int64) (int64, bool) {
	if den == 0 {
		return 0, false
	}
	negative := (a < 0) != (factor < 0) != (den < 0)
	high, low := bits.Mul64(magnitude(a), magnitude(factor))
	d := magnitude(den)
	if high >= d {
		return 0, false
	}
	q, r := bits.Div64(high, low, d)
	if r >= d-r { // r*2 >= d without overflow
		if q++; q == 0 {
			return 0, false
		}
	}
	return signed(q, negative)
}

// Rescale changes the number of decimals of v from `from` to `to` (0 to 18), rounding
// half away from zero when digits are lost. False when the result does not fit.
func Rescale(v int64, from, to int) (int64, bool) {
	if to >= from {
		return MulDiv(v, int64(pow10[to-from]), 1)
	}
	return MulDiv(v, 1, int64(pow10[from-to]))
}
