package document

import (
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mostPlain is how long a text or a saved page may be.
const mostPlain = 16 << 20

// readText decodes a file of letters for its reader.
func readText(name string, data io.ReaderAt, size int64, read func(c *collector, text string) (Document, error)) (Document, error) {
	if size > mostPlain {
		return Document{}, errTooLarge
	}
	content, err := io.ReadAll(io.NewSectionReader(data, 0, size))
	if err != nil {
		return Document{}, err
	}
	text, err := decode(name, content)
	if err != nil {
		return Document{}, err
	}
	c := &collector{}
	d, err := read(c, text)
	if err != nil {
		return Document{}, err
	}
	c.old.say(c)
	d.Blocks, d.Problems = c.blocks, append(d.Problems, c.problems...)
	return d, nil
}

// readPlain reads a text, a paragraph a line; lines that were broken at a width are joined again.
func readPlain(c *collector, text string) (Document, error) {
	n := 0
	for line := range strings.Lines(unwrap(brokenLines(text))) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		n++
		if err := c.add(Block{Kind: Paragraph, Text: line, Place: "đoạn " + strconv.Itoa(n)}); err != nil {
			return Document{}, err
		}
	}
	return Document{}, nil
}

func brokenLines(text string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n\n", "\v", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n").Replace(text)
}

// unwrap joins the lines of a text that was broken at a fixed width, as PDF readers and old mail programs do it. A text
// whose lines are paragraphs already stays as it is.
func unwrap(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	width, broken, long := 0, 0, 0
	for i, l := range lines {
		n := utf8.RuneCountInString(strings.TrimSpace(l))
		if n > 200 { // a paragraph already
			continue
		}
		width = max(width, n)
		if n < 40 || i+1 == len(lines) {
			continue
		}
		long++
		if next := strings.TrimSpace(lines[i+1]); next != "" && !EndsSentence(l) && startsLower(next) {
			broken++
		}
	}
	if long < 4 || 3*broken < long {
		return text
	}
	var b strings.Builder
	for i, l := range lines {
		l = strings.TrimSpace(l)
		b.WriteString(l)
		if i+1 == len(lines) {
			break
		}
		next := strings.TrimSpace(lines[i+1])
		if utf8.RuneCountInString(l) > 200 || utf8.RuneCountInString(next) > 200 {
			b.WriteByte('\n')
			continue
		}
		full := 10*utf8.RuneCountInString(l) >= 7*width
		if next != "" && l != "" && (startsLower(next) || full && !EndsSentence(l) && !IsBullet(next)) || full && EndsSentence(l) && startsLower(next) {
			b.WriteByte(' ')
		} else {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// EndsSentence tells whether a line ends as a sentence or a piece of one does.
func EndsSentence(l string) bool {
	l = strings.TrimRight(l, " \t\"”’)»")
	return strings.HasSuffix(l, ".") || strings.HasSuffix(l, ";") || strings.HasSuffix(l, ":") || strings.HasSuffix(l, "!") ||
		strings.HasSuffix(l, "?") || strings.HasSuffix(l, "…")
}

func startsLower(l string) bool {
	r, _ := utf8.DecodeRuneInString(l)
	return unicode.IsLower(r)
}

// IsBullet tells a line of a list: "- …", "• …", "1. …", "a) …", "II. …".
func IsBullet(l string) bool { return BulletLength(l) > 0 }

// BulletLength is the number of bytes of the mark and the blank behind it, 0 without one.
func BulletLength(l string) int {
	r, n := utf8.DecodeRuneInString(l)
	if strings.ContainsRune("-–—+•*▪●◦‣✓✔►", r) {
		for n < len(l) && l[n] == ' ' {
			n++
		}
		return n
	}
	i := 0
	for i < len(l) && i < 5 && (l[i] >= '0' && l[i] <= '9' || strings.IndexByte("IVXivxabcdeđghk", l[i]) >= 0) {
		i++
	}
	if i == 0 || i+1 >= len(l) || l[i] != '.' && l[i] != ')' {
		return 0
	}
	for l[i] == '.' && i+2 < len(l) && l[i+1] >= '0' && l[i+1] <= '9' && (l[i+2] == '.' || l[i+2] == ' ' || l[i+2] == ')') {
		i += 2
	}
	if i >= len(l) || l[i] != '.' && l[i] != ')' && l[i] != ' ' {
		return 0
	}
	for i++; i < len(l) && l[i] == ' '; i++ {
	}
	return i
}
