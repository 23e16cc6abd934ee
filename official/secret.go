package official

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"giaoban/internal/fault"
	"giaoban/internal/pattern"
)

// The three degrees of bí mật nhà nước (Luật Bảo vệ bí mật nhà nước 2018, Điều 8).
const (
	Confidential = "MẬT"
	Secret       = "TỐI MẬT"
	TopSecret    = "TUYỆT MẬT"
)

// SecretError refuses a paper that bears a mark of secrecy. It holds the degree and nothing of the
// paper.
type SecretError struct{ Level string }

// Error tells the person what to do with the paper.
func (e SecretError) Error() string {
	return fmt.Sprintf("Văn bản mang dấu độ mật %s. Hệ thống không nhận và không lưu văn bản mật; hãy gửi qua đường văn thư mật. "+
		"Nếu chữ này không phải dấu độ mật, hãy viết lại dòng đó rồi gửi lại.", e.Level)
}

// Unwrap lets the doors answer as to every refusal: nothing is kept.
func (e SecretError) Unwrap() error { return fault.Refused(e.Error()) }

// RefuseSecret gives a SecretError when one of the texts is marked secret.
func RefuseSecret(parts ...string) error {
	for _, p := range parts {
		if level, found := SecretMark(p); found {
			return SecretError{level}
		}
	}
	return nil
}

const (
	topLines    = 30   // how far down a page a mark is looked for in its weaker forms
	widestLine  = 600  // bytes looked at on either side of a mark in one line
	mostJudged  = 2000 // lines with the word in one text: no paper has so many, and each costs some time
	longestPast = 400  // bytes looked back for the line before
)

// SecretMark looks for a mark of secrecy in running text: a stamp alone on its line or in its cell, however framed or
// spaced; beside an urgency, a number, the name of a paper or of its sender; after a label such as "Độ mật:"; broken
// over lines. A word inside a sentence is none. What is taken for a stamp stands in
// docs/decisions/0024-what-is-taken-for-a-mark-of-secrecy.md. When several marks are present the highest degree is given.
func SecretMark(text string) (level string, found bool) {
	lines := lineCount{text: text}
	judged := 0
	for at := 0; ; {
		from, to, ok := markAt(text, at)
		if !ok {
			return level, level != ""
		}
		if before := text[max(0, from-6):from]; text[from] == 'm' && (strings.HasSuffix(before, "bí ") || strings.HasSuffix(before, "bảo ")) {
			at = to
			continue
		}
		if judged++; judged > mostJudged {
			return Confidential, true
		}
		got, next := judgeAt(text, from, to, &lines)
		if got == Confidential {
			got = raised(text, from)
		}
		if rank(got) > rank(level) {
			level = got
		}
		if level == TopSecret {
			return level, true
		}
		at = max(next, from+1)
	}
}

// judgeAt reads the line around a place that markAt found; next is where to go on.
func judgeAt(text string, from, to int, lines *lineCount) (level string, next int) {
	if strings.ContainsFunc(text[from:to], endsLine) {
		return brokenMark(text, from, to), from + 1
	}
	start, whole := lineStart(text, from)
	end, wholeEnd := lineEnd(text, to)
	line := text[start:end]
	if !whole {
		line = "X" + line // so that it is not taken for a line's beginning
	}
	if !wholeEnd {
		line += "X"
	}
	top := lines.upTo(start) < topLines
	return judgeLine(line, top, afterLabel(text, start)), end
}

// judgeLine looks at the line, and at its cells one by one.
func judgeLine(line string, top, labelled bool) (level string) {
	line, cell := strings.CutPrefix(line, cellMark)
	level = judge(unveil(line), top, labelled, cell)
	for _, cell := range cells(line) {
		s := unveil(cell)
		if got := judge(s, top, labelled, true); rank(got) > rank(level) {
			level = got
		}
		labelled = bareLabel().MatchString(strings.ToLower(s))
	}
	return level
}

// brokenMark reads a stamp whose letters or words stand on several lines, alone on each of them.
func brokenMark(text string, from, to int) string {
	start, whole := lineStart(text, from)
	end, wholeEnd := lineEnd(text, to)
	if !whole || !wholeEnd {
		return ""
	}
	return spelledCapitals(unveil(strings.Map(func(r rune) rune {
		if endsLine(r) {
			return ' '
		}
		return r
	}, text[start:end])))
}

var higher = pattern.Of(`(?i)(?:^|[^\p{L}])(?:(t` + gap + `u` + gap + `y` + gap + `ệ` + gap + `t)|t` + gap + `ố` + gap + `i)[^\p{L}\p{N}]*$`)

// raised gives the degree whose first word stands on the lines before.
func raised(text string, from int) string {
	before := strings.ToValidUTF8(text[max(0, from-80):from], "")
	switch m := higher().FindStringSubmatch(unveil(before)); {
	case m == nil:
		return Confidential
	case m[1] != "":
		return TopSecret
	}
	return Secret
}

func spelledCapitals(s string) string {
	if s != strings.ToUpper(s) || len(s) > 80 {
		return ""
	}
	m := marks(s)
	if len(m) != 1 || m[0].plain && m[0].level == Confidential {
		return ""
	}
	if ok, _ := companions(s[:m[0].from]); !ok {
		return ""
	}
	if ok, _ := companions(s[m[0].to:]); !ok {
		return ""
	}
	return m[0].level
}

// lineCount counts the lines that are not empty, once over the whole text.
type lineCount struct {
	text  string
	at, n int
}

func (c *lineCount) upTo(at int) int {
	for c.at < at && c.n <= topLines {
		i := strings.IndexByte(c.text[c.at:at], '\n')
		if i < 0 {
			break
		}
		if strings.TrimSpace(c.text[c.at:c.at+i]) != "" {
			c.n++
		}
		c.at += i + 1
	}
	return c.n
}

// endsLine tells every character that begins a new line somewhere.
func endsLine(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', 0x85, 0x2028, 0x2029:
		return true
	}
	return false
}

func lineStart(text string, at int) (start int, whole bool) {
	for at > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:at])
		if endsLine(r) {
			return at, true
		}
		if start += size; start > widestLine {
			return at, false
		}
		at -= size
	}
	return 0, true
}

func lineEnd(text string, at int) (end int, whole bool) {
	for seen := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if endsLine(r) {
			return at, true
		}
		if seen += size; seen > widestLine {
			return at, false
		}
		at += size
	}
	return len(text), true
}

// afterLabel tells whether the line before is "Độ mật:" with nothing behind it.
func afterLabel(text string, start int) bool {
	before := strings.TrimRightFunc(text[max(0, start-longestPast):start], unicode.IsSpace)
	before = before[strings.LastIndexFunc(before, endsLine)+1:]
	if i := strings.LastIndexAny(before, "\t|"); i >= 0 {
		before = before[i+1:]
	}
	return len(before) > 0 && len(before) < 120 && bareLabel().MatchString(strings.ToLower(unveil(before)))
}

func rank(level string) int {
	switch level {
	case Confidential:
		return 1
	case Secret:
		return 2
	case TopSecret:
		return 3
	}
	return 0
}

// lookalikes are letters of other alphabets drawn as those of the mark.
var lookalikes = strings.NewReplacer("М", "M", "Т", "T", "А", "A", "О", "O", "У", "Y", "Е", "E", "І", "I",
	"м", "m", "т", "t", "а", "a", "о", "o", "у", "y", "е", "e", "і", "i",
	"Μ", "M", "Τ", "T", "Α", "A", "Ο", "O", "Υ", "Y", "Ε", "E", "Ι", "I", "ı", "i")

// unveil undoes ways of writing that the eye does not see: compatibility forms, split letters,
// invisible characters, letters of other alphabets.
func unveil(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r), r == 0x34f, r == '\x1f', r >= 0xfe00 && r <= 0xfe0f:
			return -1
		case unicode.IsSpace(r), r == 0xa0:
			return ' '
		}
		return r
	}, s)
	return strings.TrimSpace(norm.NFC.String(lookalikes.Replace(norm.NFKD.String(s))))
}
