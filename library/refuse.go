package library

import (
	"context"
	"image"
	_ "image/jpeg" // registers the decoder that looks at the head of a picture
	_ "image/png"
	"os"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"giaoban/internal/fault"
	"giaoban/internal/files"
	"giaoban/internal/fold"
	"giaoban/official"
)

// taken says which endings each kind of content may have. Everything else is refused: what may be taken is listed, not
// what may not.
var taken = map[string][]string{
	files.PDF:                   {".pdf"},
	files.DOCX:                  {".docx"},
	files.XLSX:                  {".xlsx"},
	files.ODT:                   {".odt"},
	files.PNG:                   {".png"},
	files.JPEG:                  {".jpg", ".jpeg"},
	files.Text:                  {".txt", ".csv"},
	files.CSV:                   {".csv", ".txt"},
	"text/tab-separated-values": {".csv", ".txt"},
}

const acceptedKinds = "Các loại tệp nhận được: PDF, Word (.docx), Excel (.xlsx), OpenDocument (.odt), ảnh PNG hoặc JPEG, văn bản .txt, .csv."

// looking lets two files be looked at together: unpacking is what an attacker would have us do a hundredfold.
var looking = make(chan struct{}, 2)

// Refuse looks at a file at the entrance, before any row refers to it. nil means that it may be kept; otherwise the
// fault says what is wrong in a sentence, and the caller removes the file from disk. name is what the sender calls it,
// f the stored content.
func Refuse(ctx context.Context, name string, stored files.Stored, f *os.File) error {
	select {
	case looking <- struct{}{}:
		defer func() { <-looking }()
	case <-ctx.Done():
		return ctx.Err()
	}
	name = CleanName(name)
	if stored.Size == 0 {
		return invalid("Tệp “%s” rỗng (0 byte), có thể đã hỏng khi chép. Xin mở lại tệp gốc, lưu và gửi lại.", name)
	}
	if err := fits(name, stored.Kind); err != nil {
		return err
	}
	if err := contents(name, stored, f); err != nil {
		return err
	}
	return secret(ctx, name, stored, f)
}

func invalid(sentence string, args ...any) error { return fault.Invalid("", sentence, args...) }

// fits compares the name's ending with what the content is: whoever opens the file goes by the ending.
func fits(name, kind string) error {
	ending := strings.ToLower(path.Ext(name))
	switch ending {
	case ".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".xlam", ".pptm":
		return invalid("Tệp “%s” là loại có macro, không được nhận. Hãy lưu lại dạng .docx hoặc .xlsx rồi gửi.", name)
	case ".doc", ".xls", ".ppt", ".rtf":
		return invalid("Tệp “%s” thuộc định dạng Office cũ. Hãy mở bằng Word hoặc Excel, lưu thành .docx hoặc .xlsx rồi gửi lại.", name)
	}
	if kind == files.OLE {
		return invalid("Tệp “%s” có mật khẩu hoặc thuộc định dạng Office cũ. Hãy bỏ mật khẩu, lưu thành .docx hoặc .xlsx rồi gửi lại.", name)
	}
	endings, ok := taken[kind]
	if !ok {
		return invalid("Tệp “%s” không thuộc loại được nhận. %s", name, acceptedKinds)
	}
	for _, e := range endings {
		if e == ending {
			return nil
		}
	}
	if ending == "" {
		return invalid("Tên tệp “%s” thiếu phần đuôi. Nội dung là tệp %s; hãy đổi tên rồi gửi lại.", name, endings[0])
	}
	return invalid("Tên tệp “%s” không khớp nội dung: nội dung thật là %s. Hãy gửi đúng tệp, hoặc lưu lại bằng phần mềm đã tạo ra nó.", name, endings[0])
}

// contents looks inside by kind.
func contents(name string, stored files.Stored, f *os.File) error {
	switch stored.Kind {
	case files.DOCX, files.XLSX, files.ODT:
		return lookIntoPackage(name, f, stored.Size)
	case files.PDF:
		if err := lookIntoPDF(name, f, stored.Size); err != nil {
			return err
		}
	case files.PNG, files.JPEG:
		if _, err := f.Seek(0, 0); err != nil {
			return err
		}
		c, _, err := image.DecodeConfig(f)
		if err != nil {
			return invalid("Ảnh “%s” bị hỏng, không đọc được. Xin chụp hoặc lưu lại ảnh rồi gửi.", name)
		}
		if c.Width*c.Height > mostPixels {
			return invalid("Ảnh “%s” quá lớn (%d × %d điểm). Xin thu nhỏ rồi gửi lại.", name, c.Width, c.Height)
		}
	}
	// A picture or a PDF that is a zip file as well would be something else in other hands.
	if isAlsoZip(f, stored.Size) {
		return invalid("Tệp “%s” chứa một tệp nén giấu bên trong nên không được nhận. Hãy xuất lại tệp từ phần mềm gốc.", name)
	}
	return nil
}

const mostPixels = 100_000_000 // an A3 page scanned at 600 dpi has 70 million

// secret refuses papers under the law on state secrets; nothing of them may stay in a system like this one.
func secret(ctx context.Context, name string, stored files.Stored, f *os.File) error {
	extracted := []string{}
	if stored.Kind == files.PDF {
		text, err := pdfText(ctx, name, f)
		if err != nil {
			return err
		}
		extracted = append(extracted, text)
	}
	level, found, err := official.SecretMarkInFile(name, f, stored.Size, extracted...)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return invalid("Không kiểm tra được tệp “%s”: %s", name, capital(err.Error()))
	}
	if found {
		// Not even the name is told again: it may be the secret itself.
		return fault.Refused("%s", official.SecretError{Level: level}.Error())
	}
	return nil
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// longestName in characters; file systems end at 255 bytes, and a Vietnamese letter takes up to three.
const longestName = 80

// CleanName gives a file's name as it is shown and sent: no folders, nothing invisible, nothing a file system or a
// shell would read differently, not too long, the ending kept.
func CleanName(name string) string {
	name = fold.Clean(name)
	if i := strings.LastIndexAny(name, `/\`); i >= 0 { // some browsers send the whole path
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if unicode.IsControl(r) || strings.ContainsRune(`<>:"|?*`, r) || r == utf8.RuneError {
			return '_'
		}
		return r
	}, name)
	name = strings.Trim(strings.Join(strings.Fields(name), " "), ". ")
	ending := path.Ext(name)
	if len([]rune(ending)) > 10 {
		ending = ""
	}
	stem := []rune(strings.TrimSuffix(name, ending))
	if len(stem) > longestName {
		stem = stem[:longestName]
	}
	kept := strings.TrimRight(string(stem), ". ")
	if kept == "" {
		kept = "tep"
	}
	return kept + ending
}
