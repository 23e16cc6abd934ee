package official

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"io"
	"regexp"
	"strings"
)

var pdfStream = regexp.MustCompile(`stream\r?\n`)

// secretInPDF reads the literal strings of a PDF's page streams and properties. Text in subset fonts
// has no letters here; the caller passes it as extracted text.
func secretInPDF(raw []byte) string {
	budget, level := maxUnpacked, ""
	look := func(b []byte) {
		if got, found := SecretMark(pdfText(b)); found && rank(got) > rank(level) {
			level = got
		}
	}
	outside := 0
	for outside < len(raw) {
		loc := pdfStream.FindIndex(raw[outside:])
		if loc == nil {
			look(raw[outside:])
			break
		}
		from := outside + loc[1]
		look(raw[outside : outside+loc[0]])
		length := bytes.Index(raw[from:], []byte("endstream"))
		if length < 0 {
			length = len(raw) - from
		}
		body := raw[from : from+length]
		var r io.Reader = bytes.NewReader(body)
		if z, err := zlib.NewReader(bytes.NewReader(body)); err == nil {
			r = z
		} else if len(body) > 2 && body[0] == 0x78 {
			r = flate.NewReader(bytes.NewReader(body[2:]))
		}
		// A torn stream still gives what stands before the tear.
		content, _ := io.ReadAll(io.LimitReader(r, int64(min(8<<20, budget))))
		if budget -= len(content); budget <= 0 {
			break
		}
		if bytes.Contains(content, []byte("Tj")) || bytes.Contains(content, []byte("TJ")) || bytes.Contains(content, []byte("/Title")) {
			look(content)
		}
		outside = from + length + min(len("endstream"), len(raw)-from-length)
	}
	return level
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
