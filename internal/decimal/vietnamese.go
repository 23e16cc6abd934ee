package decimal

import (
	"strings"
	"unicode"

	"giaoban/internal/fold"
)

// Typed is what a person wrote in one cell.
type Typed struct {
	Value    int64  // scaled by 10^decimals; of "a/b" this is a
	Estimate bool   // written with "ước"
	Over     *int64 // b of "a/b", scaled alike; nil when there was no "/"
	Percent  bool   // written with "%"; the value is not divided
	Note     string // how an unusual or ambiguous spelling was read; "" when there was no doubt
	Doubt    string // the part that may be read two ways: "96.125", where the indicator has decimals
}

// ParseVietnamese reads what people type or paste from a spreadsheet: "1.915.509",
// "73,76", "1 234", "02", "+7,8%", "ước 4,9", "490/503".
//
// A comma is the decimal mark. Points group thousands when every group after the
// first has exactly three digits, so "1.234" is always 1234; a single point followed
// by another count of digits ("8.5"), after more than three digits or after a lone
// zero, is a decimal point. Where decimals are possible, "1.234" is told in Doubt as
// well, so that a person can be asked. The English "1,234.56" and "1,234,567" admit one
// reading only and are taken. Each of these readings is told in Note. Zeros beyond
// the indicator's decimals are dropped, unless the comma could have meant thousands.
func ParseVietnamese(s string, decimals int) (Typed, error) {
	var t Typed
	if err := allowed(decimals); err != nil {
		return t, err
	}
	if len(s) > 200 {
		return t, refuse(Malformed, "%s quá dài, không phải là một số.", quote(s))
	}
	text := strings.TrimSpace(strings.ToLower(fold.Clean(s)))
	text, t.Estimate = cutEstimate(text)
	if text == "" {
		if t.Estimate {
			return t, refuse(Empty, "Đã ghi “ước” nhưng chưa có số.")
		}
		return t, refuse(Empty, "Chưa có số.")
	}
	top, bottom, pair := strings.Cut(text, "/")
	var err error
	if t.Value, err = t.one(top, s, decimals); err != nil {
		return Typed{}, err
	}
	if pair {
		over, err := t.one(bottom, s, decimals)
		if err != nil {
			return Typed{}, err
		}
		t.Over = &over
	}
	return t, nil
}

// cutEstimate takes "ước", "ước đạt", "ước tính", "ước thực hiện" off the front or
// "(ước)" off the end.
func cutEstimate(s string) (string, bool) {
	if rest, ok := strings.CutSuffix(s, "(ước)"); ok {
		return strings.TrimSpace(rest), true
	}
	rest, ok := strings.CutPrefix(s, "ước")
	if !ok {
		return s, false
	}
	rest = strings.TrimSpace(rest)
	for _, verb := range []string{"đạt", "tính", "thực hiện", "khoảng"} {
		if r, ok := strings.CutPrefix(rest, verb); ok {
			rest = strings.TrimSpace(r)
			break
		}
	}
	return strings.TrimSpace(strings.TrimPrefix(rest, ":")), true
}

func (t *Typed) one(text, original string, decimals int) (int64, error) {
	text = strings.TrimSpace(text)
	if rest, ok := strings.CutSuffix(text, "%"); ok {
		text, t.Percent = strings.TrimSpace(rest), true
	}
	negative := false
	for _, sign := range []string{"-", "\u2212", "–", "+"} {
		if rest, ok := strings.CutPrefix(text, sign); ok {
			text, negative = strings.TrimSpace(rest), sign != "+"
			break
		}
	}
	whole, fraction, note, ok := split(text)
	if !ok {
		return 0, refuse(Malformed, "%s không đọc được thành số; hãy viết như 1.915.509 hoặc 73,76 và để đơn vị tính ra ngoài ô.", quote(original))
	}
	if note != "" {
		t.Note = note
	}
	if decimals > 0 && t.Doubt == "" && doubtful(text) {
		t.Doubt = text
	}
	if len(fraction) > decimals {
		// "1,500" for a count is more likely fifteen hundred than one and a half.
		if len(fraction) == 3 && len(strings.TrimLeft(whole, "0")) > 0 {
			return 0, refuse(TooManyDecimals, "%s đang được đọc có ba chữ số thập phân, nhiều hơn chỉ tiêu cho phép; nếu dấu phẩy để ngăn hàng nghìn, hãy viết %s.%s.", quote(original), whole, fraction)
		}
		if strings.Trim(fraction[decimals:], "0") != "" {
			return 0, tooMany(original, decimals)
		}
		fraction = fraction[:decimals]
	}
	var v uint64
	for _, part := range [2]string{whole, fraction} {
		for i := 0; i < len(part); i++ {
			var ok bool
			if v, ok = push(v, part[i]); !ok {
				return 0, overflow(original)
			}
		}
	}
	return finish(original, v, decimals-len(fraction), negative)
}

// split takes the separators out: the digits before and after the decimal mark.
func split(s string) (whole, fraction, note string, ok bool) {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) { // no-break and thin spaces group thousands too
			return ' '
		}
		return r
	}, s)
	points, commas := strings.Count(s, "."), strings.Count(s, ",")
	mark := ""
	switch {
	case commas == 0 && points == 1:
		before, after, _ := strings.Cut(s, ".")
		if len(after) == 3 && len(before) <= 3 && strings.Trim(before, "0") != "" {
			whole, ok = ungroup(s, ".")
			return whole, "", "Đã đọc " + s + " là " + before + after + " (dấu chấm ngăn hàng nghìn).", ok
		}
		mark, note = ".", "Đã đọc dấu chấm trong "+s+" là dấu thập phân; cách viết tiếng Việt là dấu phẩy."
	case commas == 1 && points <= 1 && strings.IndexByte(s, ',') < strings.IndexByte(s, '.'),
		commas > 1 && points <= 1 && !strings.Contains(s[:strings.LastIndexByte(s, ',')], "."):
		note = "Đã đọc dấu phẩy trong " + s + " là dấu ngăn hàng nghìn (cách viết tiếng Anh)."
		before, after, decimal := strings.Cut(s, ".")
		if decimal && !digits(after) {
			return "", "", "", false
		}
		whole, ok = ungroup(before, ",")
		return whole, after, note, ok
	case commas == 1:
		mark = ","
	}
	before := s
	if mark != "" {
		if before, fraction, _ = strings.Cut(s, mark); !digits(fraction) {
			return "", "", "", false
		}
	}
	switch {
	case strings.Contains(before, "."):
		whole, ok = ungroup(before, ".")
	case strings.Contains(before, " "):
		whole, ok = ungroup(before, " ")
	default:
		whole, ok = before, digits(before)
	}
	return whole, fraction, note, ok
}

// doubtful is one point with one to three digits before it, not all zero, and three after it.
func doubtful(s string) bool {
	before, after, one := strings.Cut(s, ".")
	return one && digits(before) && digits(after) && len(before) <= 3 && len(after) == 3 && strings.Trim(before, "0") != ""
}

// ungroup joins "1.915.509": one to three digits, then groups of exactly three.
func ungroup(s, separator string) (string, bool) {
	groups := strings.Split(s, separator)
	for i, g := range groups {
		if !digits(g) || len(g) > 3 || i > 0 && len(g) != 3 {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
