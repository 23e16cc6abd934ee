package official

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"giaoban/internal/fault"
	"giaoban/internal/pattern"
)

// SecretMarkInFile looks for a mark of secrecy in a file's name and content: Word, Excel, PowerPoint and OpenDocument
// packages with all their parts and the files inside them, PDF streams, old Office files, HTML, rich and plain text.
// extracted is text that was taken from the file by other means, a form feed between pages (a PDF's). Only the degree is
// given; nothing is kept. An error means that the file could not be judged and must not be accepted; what takes longer
// than the context allows could not.
func SecretMarkInFile(ctx context.Context, name string, data io.ReaderAt, size int64, extracted ...string) (Examined, error) {
	if level, found := SecretName(name); found {
		return Examined{Level: level}, nil
	}
	l := &look{ctx: ctx, left: mostRead}
	for _, text := range extracted {
		l.text(text)
		l.text(scattered(text))
	}
	if l.level != "" {
		return Examined{Level: l.level}, nil
	}
	head := make([]byte, 8)
	n, err := data.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return Examined{}, fmt.Errorf("không đọc được tệp: %w", err)
	}
	switch head = head[:n]; {
	case bytes.HasPrefix(head, []byte("PK")):
		err = l.pack(data, size)
	case pictured(head) && !strings.EqualFold(path.Ext(name), ".txt"):
		return Examined{Blind: true}, nil
	default:
		err = l.unpacked(name, head, data, size, extracted)
	}
	if err != nil {
		return Examined{}, err
	}
	return Examined{Level: l.level, Blind: l.pictures && l.letters < fewestWords}, nil
}

func (l *look) unpacked(name string, head []byte, data io.ReaderAt, size int64, extracted []string) error {
	first := make([]byte, min(size, 1024))
	if _, err := data.ReadAt(first, 0); err != nil && err != io.EOF {
		return fmt.Errorf("không đọc được tệp: %w", err)
	}
	if bytes.Contains(first, []byte("%PDF-")) {
		w := &window{look: l, data: data, size: size}
		l.pictures = len(extracted) > 0 && unreadPages(extracted[0], w.find(0, "/Image") >= 0)
		return l.pdf(w)
	}
	raw, err := l.whole(io.NewSectionReader(data, 0, size), mostWhole)
	if err != nil {
		return err
	}
	if bytes.HasPrefix(head, []byte{0xd0, 0xcf, 0x11, 0xe0}) {
		return l.compound(raw)
	}
	l.letters = fewestWords
	return l.bytes(name, raw)
}

func isFault(err error) bool { return fault.Of(err) != nil }

// bytes reads HTML, rich text, plain text, and tables whose cells commas or semicolons part.
func (l *look) bytes(name string, raw []byte) error {
	text := decodeText(raw)
	if strings.HasPrefix(text, `{\rtf`) {
		if strings.Contains(text, `\objdata`) {
			return errInside
		}
		text = richText(text)
	}
	if i := strings.IndexByte(text[:min(len(text), 4096)], '<'); i >= 0 {
		capital := make(map[string]bool)
		if err := l.markup(strings.NewReader(text), true, true, capital); err != nil {
			return err
		}
	}
	l.text(text)
	if strings.HasSuffix(strings.ToLower(name), ".csv") {
		l.text(strings.NewReplacer(";", "\t", ",", "\t", `"`, "").Replace(text))
	}
	return l.over()
}

var (
	rtfUnicode = pattern.Of(`\\u(-?\d{1,6}) ?(?:\\'[0-9a-fA-F]{2}|\?)?`)
	rtfBreak   = pattern.Of(`\\(?:pard?|line|cell|row|sect|page)\b ?`)
	rtfWord    = pattern.Of(`\\[a-z]+-?\d* ?|[{}]|\\\*`)
)

// richText gives the words of an RTF file, one paragraph a line.
func richText(s string) string {
	s = rtfUnicode().ReplaceAllStringFunc(s, func(m string) string {
		n, _ := strconv.Atoi(rtfUnicode().FindStringSubmatch(m)[1])
		return string(rune(uint16(n)))
	})
	return rtfWord().ReplaceAllString(rtfBreak().ReplaceAllString(s, "\n"), "")
}

func decodeText(raw []byte) string {
	switch {
	case bytes.HasPrefix(raw, []byte{0xff, 0xfe}):
		return wide(raw[2:], binary.LittleEndian)
	case bytes.HasPrefix(raw, []byte{0xfe, 0xff}):
		return wide(raw[2:], binary.BigEndian)
	case utf8.Valid(raw):
		return string(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")))
	}
	// Bytes of an older code page: one character each, which is how TCVN3 and VNI texts are recognised.
	var b strings.Builder
	for _, c := range raw {
		b.WriteRune(rune(c))
	}
	return b.String()
}

// wide scans an old Office file (.doc, .xls) for UTF-16 text at either alignment; control characters end a line.
func (l *look) wide(r io.Reader) error {
	in := bufio.NewReaderSize(l.metered(r), 64<<10)
	var lines [2][]uint16
	var previous byte
	end := func(i int) {
		if n := len(lines[i]); n >= 3 && n <= 200 && slices.ContainsFunc(lines[i], func(u uint16) bool { return u|0x20 == 'm' }) {
			l.text(cellMark + string(utf16.Decode(lines[i])))
		}
		lines[i] = lines[i][:0]
	}
	for at := 0; ; at++ {
		c, err := in.ReadByte()
		if err != nil {
			end(0)
			end(1)
			return l.over()
		}
		if at > 0 {
			unit, i := uint16(previous)|uint16(c)<<8, at%2
			if unit < 0x20 || unit > 0x2100 {
				end(i)
			} else if len(lines[i]) <= 200 {
				lines[i] = append(lines[i], unit)
			}
		}
		previous = c
	}
}
