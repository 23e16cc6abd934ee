package official

import (
	"bytes"
	"compress/zlib"
	"io"
	"strings"
	"unicode"
)

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

// scattered gives the marks that stand across the pages of a PDF: a reader of PDFs gives the letters of a watermark one or two
// a line, among the lines they lie over, from the top down.
func scattered(extracted string) string {
	var marks strings.Builder
	for page := range strings.SplitSeq(extracted, "\f") {
		falling, rising := "", ""
		for line := range strings.Lines(page) {
			if line = strings.TrimSpace(line); len(line) <= mostScattered && strings.Trim(line, "TUYỆỐIMẬ ") == "" {
				falling, rising = falling+line, line+rising
			}
		}
		for _, read := range []string{falling, rising} {
			before, _, found := strings.Cut(strings.ReplaceAll(read, " ", ""), "MẬT")
			switch {
			case found && strings.HasSuffix(before, "TUYỆT"):
				marks.WriteString("TUYỆT MẬT\n")
			case found && strings.HasSuffix(before, "TỐI"):
				marks.WriteString("TỐI MẬT\n")
			case found:
				marks.WriteString("MẬT\n")
			}
		}
	}
	return marks.String()
}

const mostScattered = 8 // bytes: two letters, of three bytes each, with a space between

// pdf reads the literal strings of a PDF's page streams and properties. Text in subset fonts has no letters here; the
// caller passes it as extracted text.
func (l *look) pdf(w *window) error {
	var unpack io.ReadCloser
	for outside := int64(0); outside < w.size; {
		begin := w.find(outside, "stream")
		if begin < 0 {
			return l.stringsIn(w, outside, w.size)
		}
		if err := l.stringsIn(w, outside, begin); err != nil {
			return err
		}
		// What stands before a stream says whether it holds objects: titles, comments, fields.
		objects := bytes.Contains(w.at(max(outside, begin-longestHead), int(min(longestHead, begin-outside))), []byte("/ObjStm"))
		begin += int64(len("stream"))
		for n := 0; n < 2 && begin < w.size && bytes.ContainsAny(w.at(begin, 1), "\r\n"); n++ {
			begin++
		}
		end := w.find(begin, "endstream")
		if end < 0 {
			end = w.size
		}
		outside = min(end+int64(len("endstream")), w.size)
		if head := w.at(begin, 2); len(head) == 2 && head[0]&0x0f == 8 && end-begin > 2 {
			body := io.NewSectionReader(w.data, begin, end-begin)
			var err error
			// One reader for all streams: each of its own costs forty kilobytes, and a file may have a million.
			if unpack == nil {
				unpack, err = zlib.NewReader(body)
			} else {
				err = unpack.(zlib.Resetter).Reset(body, nil)
			}
			if err == nil {
				if err := l.unpackedStream(unpack, objects); err != nil {
					return err
				}
				continue
			}
			unpack = nil
		}
		if isMetadata(w.at(begin, 256)) {
			if err := l.markup(io.NewSectionReader(w.data, begin, end-begin), true, false, make(map[string]bool)); err != nil {
				return err
			}
			continue
		}
		if err := l.stringsIn(w, begin, end); err != nil {
			return err
		}
	}
	return l.over()
}

// longestHead is how far before a stream its own dictionary is looked for.
const longestHead = 1 << 10

// isMetadata knows the XML in which a PDF says its title and subject once more, or only there.
func isMetadata(stream []byte) bool {
	first := stream[:min(len(stream), 256)]
	return bytes.Contains(first, []byte("<?xpacket")) || bytes.Contains(first, []byte("<x:xmpmeta"))
}

// unpackedStream looks at what one stream unpacks to; a torn one still gives what stands before the tear.
func (l *look) unpackedStream(r io.Reader, objects bool) error {
	l.content.Reset()
	l.content.ReadFrom(io.LimitReader(l.metered(r), mostStream))
	stream := l.content.Bytes()
	if isMetadata(stream) {
		return l.markup(bytes.NewReader(stream), true, false, make(map[string]bool))
	}
	if objects || bytes.Contains(stream, []byte("Tj")) || bytes.Contains(stream, []byte("TJ")) ||
		bytes.Contains(stream, []byte("/Title")) {
		return l.strings(stream)
	}
	return l.over()
}

func (l *look) stringsIn(w *window, from, to int64) error {
	for from < to {
		piece := w.at(from, int(min(to-from, windowSize)))
		if len(piece) == 0 {
			return l.over()
		}
		if err := l.strings(piece); err != nil {
			return err
		}
		from += int64(len(piece))
	}
	return nil
}

// window is a large file of which only a piece lies in memory.
type window struct {
	*look
	data       io.ReaderAt
	size, from int64
	piece      []byte
}

const windowSize = 1 << 20

// at gives n bytes, fewer at the end of the file. They are good until the next call.
func (w *window) at(from int64, n int) []byte {
	if end := min(from+int64(n), w.size); from < w.from || end > w.from+int64(len(w.piece)) {
		if w.over() != nil {
			return nil
		}
		if w.piece == nil {
			w.piece = make([]byte, windowSize)
		}
		w.piece = w.piece[:min(int64(cap(w.piece)), w.size-from)]
		read, _ := w.data.ReadAt(w.piece, from)
		w.piece, w.from = w.piece[:read], from
	}
	have := w.piece[from-w.from:]
	return have[:min(n, len(have))]
}

// find gives where the text stands next, -1 when it does not.
func (w *window) find(from int64, text string) int64 {
	for from < w.size {
		if have := w.at(from, len(text)); len(have) < len(text) {
			return -1
		}
		have := w.piece[from-w.from:]
		if i := bytes.Index(have, []byte(text)); i >= 0 {
			return from + int64(i)
		}
		from += int64(len(have) - len(text) + 1)
	}
	return -1
}

// mostStream is what is looked at of one stream; a page's text is a hundredth of it.
const mostStream = 4 << 20

// strings looks at the strings of a piece, so many bytes at a time.
func (l *look) strings(b []byte) error {
	for len(b) > 0 {
		if err := l.over(); err != nil {
			return err
		}
		n := min(len(b), mostGather/4)
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
