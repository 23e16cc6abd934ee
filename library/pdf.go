package library

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"giaoban/document"
	"giaoban/internal/child"
	"giaoban/official"
)

// refusedNames are the PDF names (ISO 32000-2) that make a file run something, hide other files or close its content.
var refusedNames = map[string]string{
	"Encrypt":      "Tệp “%s” có mật khẩu hoặc bị khóa. Hãy bỏ bảo vệ rồi gửi lại.",
	"JavaScript":   "Tệp “%s” có mã JavaScript nên không được nhận. Hãy in lại ra PDF rồi gửi.",
	"JS":           "Tệp “%s” có mã JavaScript nên không được nhận. Hãy in lại ra PDF rồi gửi.",
	"Launch":       "Tệp “%s” có lệnh mở chương trình khác nên không được nhận. Hãy in lại ra PDF rồi gửi.",
	"RichMedia":    "Tệp “%s” có nội dung đa phương tiện nhúng nên không được nhận. Hãy in lại ra PDF rồi gửi.",
	"EmbeddedFile": "Tệp “%s” có tệp khác đính kèm bên trong, không kiểm tra được. Hãy gửi riêng từng tệp.",
}

const (
	mostObjects  = 32 << 20 // bytes unpacked from object streams
	longestDict  = 64 << 10 // what is kept of the dictionary before a stream
	longestToken = 128
)

// lookIntoPDF walks over the tokens of a PDF outside its streams, and inside its object streams, where names may hide.
// What is in other streams is pixels, fonts and letters, in which any name may occur by chance.
func lookIntoPDF(name string, f io.ReaderAt, size int64) error {
	r := bufio.NewReaderSize(io.NewSectionReader(f, 0, size), 64<<10)
	left := int64(mostObjects)
	found, err := scanPDF(r, &left)
	if err != nil {
		return err
	}
	if found != "" {
		return invalid(refusedNames[found], name)
	}
	return nil
}

// scanPDF gives the first refused name, "" when there is none.
func scanPDF(r *bufio.Reader, left *int64) (string, error) {
	var dict []byte // since the last "obj": what the coming stream is
	var token []byte
	inString, depth := false, 0
	for {
		c, err := r.ReadByte()
		if err == io.EOF {
			return refused(token), nil
		}
		if err != nil {
			return "", err
		}
		if len(dict) < longestDict {
			dict = append(dict, c)
		}
		if inString { // names in a text are letters
			switch c {
			case '\\':
				r.ReadByte()
			case '(':
				depth++
			case ')':
				if depth--; depth == 0 {
					inString = false
				}
			}
			continue
		}
		if !delimiter(c) {
			if len(token) < longestToken {
				token = append(token, c)
			}
			continue
		}
		if name := refused(token); name != "" {
			return name, nil
		}
		switch string(token) {
		case "obj":
			dict = dict[:0]
		case "stream":
			packed := bytes.Contains(dict, []byte("ObjStm"))
			if name, err := skipStream(r, c, packed, left); name != "" || err != nil {
				return name, err
			}
			dict = dict[:0]
			c = ' '
		}
		token = token[:0]
		switch c {
		case '/':
			token = append(token, c)
		case '(':
			inString, depth = true, 1
		case '%':
			if _, err := r.ReadSlice('\n'); err != nil && !errors.Is(err, bufio.ErrBufferFull) && err != io.EOF {
				return "", err
			}
		}
	}
}

func delimiter(c byte) bool {
	return strings.IndexByte("\x00\t\n\f\r ()<>[]{}/%", c) >= 0
}

// refused undoes the #xx of a name, by which its letters can be disguised.
func refused(token []byte) string {
	if len(token) < 2 || token[0] != '/' {
		return ""
	}
	var plain []byte
	for i := 1; i < len(token); i++ {
		if token[i] == '#' && i+2 < len(token) {
			if hi, lo := hexDigit(token[i+1]), hexDigit(token[i+2]); hi >= 0 && lo >= 0 {
				plain = append(plain, byte(hi<<4|lo))
				i += 2
				continue
			}
		}
		plain = append(plain, token[i])
	}
	if _, ok := refusedNames[string(plain)]; ok {
		return string(plain)
	}
	return ""
}

func hexDigit(c byte) int { return strings.IndexByte("0123456789abcdef", c|0x20) }

// skipStream reads to the end of a stream; an object stream is unpacked and walked over.
func skipStream(r *bufio.Reader, after byte, packed bool, left *int64) (string, error) {
	if after == '\r' {
		if next, err := r.Peek(1); err == nil && next[0] == '\n' {
			r.Discard(1)
		}
	}
	var body bytes.Buffer
	const end = "endstream"
	var last [len(end)]byte
	for {
		piece, err := r.ReadSlice('m') // the one m of "endstream" is its last letter
		if packed && int64(body.Len()) < *left {
			body.Write(piece)
		}
		n := min(len(piece), len(last))
		copy(last[:], last[n:])
		copy(last[len(last)-n:], piece[len(piece)-n:])
		if string(last[:]) == end {
			break
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			if err == io.EOF {
				break
			}
			return "", err
		}
	}
	if !packed {
		return "", nil
	}
	z, err := zlib.NewReader(&body)
	if err != nil {
		return "", nil // another filter: viewers that read it are hardly in use
	}
	content, _ := io.ReadAll(io.LimitReader(z, max(0, *left))) // a torn stream still shows what stands before the tear
	*left -= int64(len(content))
	none := int64(0)
	return scanPDF(bufio.NewReader(bytes.NewReader(content)), &none)
}

// pdfText gives the text of a PDF that is looked at for secret marks. A file that no program here can read is not taken:
// its own strings are letters of fonts that only a reader of PDFs knows. Lines are read across the page as they are seen: what
// stands in a row of a table is no line of its own.
func pdfText(ctx context.Context, name string, f *os.File) (string, error) {
	const most = 8 << 20
	printed, _, err := child.Output(ctx, child.Limits{Program: document.PDFReader, Memory: 400_000, CPU: 2, Time: official.LookTime, Output: most},
		"-q", "-layout", "-enc", "UTF-8", f.Name(), "-")
	tooMuch := invalid("Tệp “%s” quá phức tạp, không kiểm tra được nội dung. Hãy in lại ra PDF rồi gửi.", name)
	switch {
	case errors.Is(err, child.ErrAbsent):
		return "", invalid("Máy chủ chưa cài chương trình đọc PDF (pdftotext, gói poppler-utils) nên không kiểm tra được dấu độ mật trong tệp “%s” và "+
			"không nhận tệp. Xin báo người quản trị cài thêm, hoặc gửi tệp dạng .docx.", name)
	case errors.Is(err, child.ErrSlow), errors.Is(err, context.DeadlineExceeded):
		return "", tooMuch
	case err == nil && len(printed) >= most:
		return "", tooMuch
	}
	return string(printed), err
}
