package document

import (
	"bytes"
	"context"
	"io"
	"path/filepath"
	"strings"

	"giaoban/internal/fault"
)

// format is what a file is, by what stands in it before its name is asked.
type format string

const (
	wordFile  format = ".docx"
	bookFile  format = ".xlsx"
	pdfFile   format = ".pdf"
	pageFile  format = ".html"
	plainFile format = ".txt"
	otherFile format = "other" // what LibreOffice turns into .docx
	noFile    format = ""
)

// Readable tells whether the name is of a file that Read can read.
func Readable(name string) bool { return formatOf(name) != noFile }

// Slow tells whether another program must open the file first, which takes seconds.
func Slow(name string) bool { return formatOf(name) == otherFile }

func formatOf(name string) format {
	switch ext := strings.ToLower(filepath.Ext(name)); ext {
	case ".docx", ".xlsx", ".pdf", ".html", ".txt":
		return format(ext)
	case ".docm":
		return wordFile
	case ".xlsm":
		return bookFile
	case ".htm":
		return pageFile
	case ".odt", ".doc", ".rtf":
		return otherFile
	}
	return noFile
}

// looksLike tells a file by its first bytes and, of a package, by its parts: what office programs themselves go by. Nothing
// is told of a text; there the name decides.
func looksLike(name string, data io.ReaderAt, size int64) format {
	head := make([]byte, min(size, 1024))
	if n, _ := data.ReadAt(head, 0); n < len(head) {
		head = head[:n]
	}
	switch named := formatOf(name); {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		p, err := openParcel(data, size)
		switch {
		case err != nil:
			return named
		case p.parts["xl/workbook.xml"] != nil:
			return bookFile
		case p.parts["mimetype"] != nil && p.parts["content.xml"] != nil:
			return otherFile
		}
		return wordFile
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0")), bytes.HasPrefix(head, []byte(`{\rtf`)):
		return otherFile
	case bytes.Contains(head, []byte("%PDF-")):
		return pdfFile
	case named == otherFile: // a .doc that is a saved page, as many programs of the office write it
		if bytes.Contains(bytes.ToLower(head), []byte("<html")) {
			return pageFile
		}
		return otherFile
	default:
		return named
	}
}

// readHere reads a file in this process.
func readHere(name string, data io.ReaderAt, size int64, nested int) (d Document, err error) {
	switch looksLike(name, data, size) {
	case wordFile:
		d, err = readWord(data, size, nested)
	case bookFile:
		d, err = readBook(data, size)
	case pageFile:
		d, err = readText(name, data, size, readPage)
	case plainFile:
		d, err = readText(name, data, size, readPlain)
	default:
		err = fault.Invalid("", "Tệp “%s” không đọc được ở đây. %s", name, instead)
	}
	return ended(name, d, err)
}

const instead = "Hãy lưu lại dạng .docx, .pdf, .html, .txt hoặc .xlsx."

// ended says what is wrong with the letters, and refuses a file in which nothing can be read.
func ended(name string, d Document, err error) (Document, error) {
	if err != nil {
		return Document{}, err
	}
	if len(d.Blocks) == 0 {
		return Document{}, fault.Invalid("", "Tệp “%s” không có chữ nào để đọc. Nếu là ảnh quét, hãy nhận dạng chữ rồi gửi lại.", name)
	}
	mend(&d)
	if d.Problems == nil {
		d.Problems = []string{}
	}
	return d, nil
}

// Read reads a file in a process of its own, whose memory and time are bounded. The error is a sentence for the person who
// sent the file. Marks of secrecy are looked for by the caller.
func Read(ctx context.Context, name string, content []byte) (Document, error) {
	if len(content) > MostBytes {
		return Document{}, fault.TooLarge("", "Tệp “%s” lớn quá %d MB. Hãy tách tệp hoặc bỏ bớt ảnh rồi gửi lại.", name, MostBytes>>20)
	}
	data, size := bytes.NewReader(content), int64(len(content))
	kind := looksLike(name, data, size)
	if kind == noFile {
		return Document{}, fault.Invalid("", "Tệp “%s” không đọc được ở đây. %s", name, instead)
	}
	if kind == otherFile {
		return readOther(ctx, name, content)
	}
	return readAlone(ctx, name, content, kind)
}

// readAlone reads a file in a folder of its own.
func readAlone(ctx context.Context, name string, content []byte, kind format) (Document, error) {
	desk, err := newDesk(content)
	if err != nil {
		return Document{}, err
	}
	defer desk.clear()
	if kind == pdfFile {
		return desk.readPDF(ctx, name)
	}
	return desk.readApart(ctx, name, desk.file)
}
