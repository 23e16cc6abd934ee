package archive

import (
	"bytes"
	"context"
	"encoding/binary"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/official"
)

// mostBytes of one file; a report with pictures stays far below it.
const mostBytes = 64 << 20

// Readable tells whether the name is of a file that ReadText can read.
func Readable(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".txt", ".html", ".htm", ".docx", ".pdf":
		return true
	}
	return false
}

// ReadText gives the text of a .txt, .html, .docx or .pdf file, a paragraph a line, and the captions that the file
// itself marks as such. Of a saved page only the article is kept, with its title and the day it was put up. The error
// is a sentence for the person who sent the file. Marks of secrecy are looked for by the caller.
func ReadText(name string, content []byte) (text string, captions []string, err error) {
	if len(content) > mostBytes {
		return "", nil, fault.TooLarge("", "Tệp “%s” lớn quá %d MB. Hãy tách tệp hoặc bỏ bớt ảnh rồi gửi lại.", name, mostBytes>>20)
	}
	switch ext := strings.ToLower(filepath.Ext(name)); ext {
	case ".docx":
		text, err = readWord(content)
	case ".pdf":
		text, err = readPDF(context.Background(), name, content)
	case ".html", ".htm":
		if text, err = decode(name, content); err == nil {
			text, captions, err = readPage(text)
		}
	case ".txt":
		if text, err = decode(name, content); err == nil {
			text = unwrap(text)
		}
	default:
		return "", nil, fault.Invalid("", "Tệp “%s” không đọc được ở đây. Hãy lưu lại dạng .txt, .html, .docx hoặc .pdf.", name)
	}
	if err != nil {
		return "", nil, err
	}
	if text = tidy(text); text == "" {
		return "", nil, fault.Invalid("", "Tệp “%s” không có chữ nào để đọc. Nếu là ảnh quét, hãy nhận dạng chữ rồi gửi lại.", name)
	}
	for i := range captions {
		captions[i] = tidy(captions[i])
	}
	return text, captions, nil
}

func readWord(content []byte) (string, error) {
	paragraphs, err := official.ReadDocx(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, p := range paragraphs {
		b.WriteString(p.Text)
		b.WriteByte('\n')
	}
	return b.String(), nil
}

// decode reads UTF-8 and UTF-16. The old Vietnamese encodings look alike, so a text in one of them is refused rather
// than read wrongly.
func decode(name string, content []byte) (string, error) {
	unreadable := fault.Invalid("", "Tệp “%s” không theo mã Unicode (có thể là TCVN3, VNI hoặc VPS). Hãy mở bằng Word hay trình duyệt, lưu lại theo UTF-8 rồi gửi lại.", name)
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(content, []byte{0xEF, 0xBB, 0xBF}):
		content = content[3:]
	case bytes.HasPrefix(content, []byte{0xFF, 0xFE}):
		order = binary.LittleEndian
	case bytes.HasPrefix(content, []byte{0xFE, 0xFF}):
		order = binary.BigEndian
	}
	if order != nil {
		content = content[2:]
		if len(content)%2 != 0 {
			return "", unreadable
		}
		units := make([]uint16, len(content)/2)
		for i := range units {
			units[i] = order.Uint16(content[2*i:])
		}
		return string(utf16.Decode(units)), nil
	}
	if !utf8.Valid(content) || bytes.IndexByte(content, 0) >= 0 {
		return "", unreadable
	}
	return string(content), nil
}

// tidy puts blanks right: one between words, none at the ends of lines, at most one empty line. What is tidy stays.
func tidy(s string) string {
	s = fold.Clean(strings.ReplaceAll(s, "\x00", ""))
	var b strings.Builder
	b.Grow(len(s))
	gap, breaks := false, 0
	for _, r := range s {
		switch {
		case r == '\n':
			gap = false
			breaks++
		case unicode.IsSpace(r):
			gap = true
		default:
			if b.Len() > 0 {
				switch {
				case breaks > 1:
					b.WriteString("\n\n")
				case breaks == 1:
					b.WriteByte('\n')
				case gap:
					b.WriteByte(' ')
				}
			}
			gap, breaks = false, 0
			b.WriteRune(r)
		}
	}
	return b.String()
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
		if next := strings.TrimSpace(lines[i+1]); next != "" && !endsSentence(l) && startsLower(next) {
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
		if next != "" && l != "" && (startsLower(next) || full && !endsSentence(l) && !isBullet(next)) || full && endsSentence(l) && startsLower(next) {
			b.WriteByte(' ')
		} else {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func endsSentence(l string) bool {
	l = strings.TrimRight(l, " \t\"”’)»")
	return strings.HasSuffix(l, ".") || strings.HasSuffix(l, ";") || strings.HasSuffix(l, ":") || strings.HasSuffix(l, "!") ||
		strings.HasSuffix(l, "?") || strings.HasSuffix(l, "…")
}

func startsLower(l string) bool {
	r, _ := utf8.DecodeRuneInString(l)
	return unicode.IsLower(r)
}

// isBullet tells a line of a list: "- …", "• …", "1. …", "a) …", "II. …".
func isBullet(l string) bool { return bulletLength(l) > 0 }

// bulletLength is the number of bytes of the mark and the blank behind it, 0 without one.
func bulletLength(l string) int {
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
