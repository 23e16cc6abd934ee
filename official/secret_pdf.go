package official

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"strings"
	"unicode"
)

var pdfStream = regexp.MustCompile(`stream\r?\n`)

// unreadPages tells whether a PDF has pages whose text nobody could read: without any letters at all, or with hardly any
// where the file holds pictures.
func unreadPages(extracted string, pictures bool) bool {
	whole, unread := 0, false
	for page := range strings.SplitSeq(strings.TrimSuffix(extracted, "\f"), "\f") {
		n := 0
		for _, r := range page {
			if unicode.IsLetter(r) {
				n++
			}
		}
		whole += n
		unread = unread || n < fewestWords
	}
	return whole == 0 || pictures && unread
}

// pdf reads the literal strings of a PDF's page streams and properties. Text in subset fonts has no letters here; the
// caller passes it as extracted text.
func (l *look) pdf(raw []byte) error {
	var unpack io.ReadCloser
	var content bytes.Buffer
	for outside := 0; outside < len(raw); {
		if err := l.over(); err != nil {
			return err
		}
		loc := pdfStream.FindIndex(raw[outside:])
		if loc == nil {
			return l.strings(raw[outside:])
		}
		from := outside + loc[1]
		if err := l.strings(raw[outside : outside+loc[0]]); err != nil {
			return err
		}
		length := bytes.Index(raw[from:], []byte("endstream"))
		if length < 0 {
			length = len(raw) - from
		}
		body := raw[from : from+length]
		outside = from + length + min(len("endstream"), len(raw)-from-length)
		stream := body
		if len(body) > 2 && body[0]&0x0f == 8 {
			var err error
			// One reader for all streams: each of its own costs forty kilobytes, and a file may have a million.
			if unpack == nil {
				unpack, err = zlib.NewReader(bytes.NewReader(body))
			} else {
				err = unpack.(zlib.Resetter).Reset(bytes.NewReader(body), nil)
			}
			if err != nil {
				unpack = nil
			} else {
				content.Reset()
				// A torn stream still gives what stands before the tear.
				content.ReadFrom(io.LimitReader(l.metered(unpack), mostStream))
				stream = content.Bytes()
			}
		}
		if err := l.over(); err != nil {
			return err
		}
		if bytes.Contains(stream, []byte("Tj")) || bytes.Contains(stream, []byte("TJ")) || bytes.Contains(stream, []byte("/Title")) {
			if err := l.strings(stream); err != nil {
				return err
			}
		}
	}
	return nil
}

// mostStream is what is looked at of one stream; a page's text is a hundredth of it.
const mostStream = 8 << 20

// strings looks at the strings of a piece, so many bytes at a time.
func (l *look) strings(b []byte) error {
	for len(b) > 0 {
		if err := l.over(); err != nil {
			return err
		}
		n := min(len(b), mostGather)
		l.text(pdfText(b[:n]))
		b = b[n:]
	}
	return nil
}

// pdfText joins the strings that one operator shows and puts each on a line.
func pdfText(b []byte) string {
	var out, array strings.Builder
	inArray := false
	emit := func(s string) {
		if inArray {
			array.WriteString(s)
		} else if s != "" {
			out.WriteString(s + "\n")
		}
	}
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '[':
			inArray = true
		case ']':
			if inArray {
				inArray = false
				emit(array.String())
				array.Reset()
			}
		case '(':
			s, next := pdfLiteral(b, i+1)
			emit(pdfString(s))
			i = next
		case '<':
			if i+1 < len(b) && b[i+1] == '<' {
				i++
				continue
			}
			s, next := pdfHex(b, i+1)
			emit(pdfString(s))
			i = next
		}
	}
	emit(array.String())
	return out.String()
}

func pdfLiteral(b []byte, i int) ([]byte, int) {
	var s []byte
	for depth := 1; i < len(b); i++ {
		switch c := b[i]; c {
		case '\\':
			if i++; i >= len(b) {
				return s, i
			}
			if b[i] >= '0' && b[i] <= '7' {
				v := 0
				for n := 0; n < 3 && i < len(b) && b[i] >= '0' && b[i] <= '7'; n++ {
					v = v*8 + int(b[i]-'0')
					i++
				}
				i--
				s = append(s, byte(v))
				continue
			}
			s = append(s, b[i])
		case '(':
			depth++
			s = append(s, c)
		case ')':
			if depth--; depth == 0 {
				return s, i
			}
			s = append(s, c)
		default:
			s = append(s, c)
		}
	}
	return s, i
}

func pdfHex(b []byte, i int) ([]byte, int) {
	var digits []byte
	for ; i < len(b) && b[i] != '>'; i++ {
		c := b[i]
		switch {
		case c >= '0' && c <= '9':
			digits = append(digits, c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			digits = append(digits, c|0x20-'a'+10)
		}
	}
	s := make([]byte, 0, len(digits)/2)
	for n := 0; n+1 < len(digits); n += 2 {
		s = append(s, digits[n]<<4|digits[n+1])
	}
	return s, i
}

func pdfString(s []byte) string {
	if len(s) > 4096 {
		return ""
	}
	return decodeText(s)
}
