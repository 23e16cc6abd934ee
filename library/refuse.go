package library

import (
	"context"
	"errors"
	"image"
	_ "image/jpeg" // registers the decoder that looks at the head of a picture
	_ "image/png"
	"io"
	"os"
	"path"
	"strings"
	"time"
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
	files.Text:                  {".txt", ".csv", ".pem", ".crt", ".cer"}, // the last three: certificates as text
	files.CSV:                   {".csv", ".txt"},
	"text/tab-separated-values": {".csv", ".txt"},
}

const acceptedKinds = "Các loại tệp nhận được: PDF, Word (.docx), Excel (.xlsx), OpenDocument (.odt), ảnh PNG hoặc JPEG, văn bản .txt, .csv."

// looking lets two files be looked at together: unpacking is what an attacker would have us do a hundredfold. Whoever
// waits longer than longestWait is told so; nobody's pages wait.
var looking = make(chan struct{}, 2)

var longestWait = 15 * time.Second

// Refuse looks at a file at the entrance, before any row refers to it. nil means that it may be kept; otherwise the
// fault says what is wrong in a sentence, and the caller removes the file from disk. name is what the sender calls it,
// f the stored content. A file with pages that no program here can read gives an error that Unread knows: it may be kept
// only when the sender confirms that it bears no mark of secrecy, and then with Stored.Confirmed.
func Refuse(ctx context.Context, name string, stored files.Stored, f *os.File) error {
	return examine(ctx, name, stored, f, func(limited context.Context, name string) error {
		if err := fits(name, stored.Kind); err != nil {
			return err
		}
		return contents(limited, name, stored, f)
	})
}

// examine waits for its turn, lets the room's own question be asked, and looks for marks of secrecy, all within the time
// that one file may take.
func examine(ctx context.Context, name string, stored files.Stored, f *os.File, fit func(limited context.Context, name string) error) error {
	turn, cancel := context.WithTimeout(ctx, longestWait)
	defer cancel()
	select {
	case looking <- struct{}{}:
		defer func() { <-looking }()
	case <-turn.Done():
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fault.Busy("Đang có nhiều tệp chờ kiểm tra. Tệp chưa được nhận; xin gửi lại sau ít phút.")
	}
	name = CleanName(name)
	if level, found := official.SecretName(name); found {
		return marked(level) // before any sentence that tells the name again
	}
	if stored.Size == 0 {
		return invalid("Tệp “%s” rỗng (0 byte), có thể đã hỏng khi chép. Xin mở lại tệp gốc, lưu và gửi lại.", name)
	}
	limited, done := context.WithTimeout(ctx, official.LookTime)
	defer done()
	err := fit(limited, name)
	if err == nil {
		err = secret(limited, name, stored, f)
	}
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return invalid("Tệp “%s” quá phức tạp, kiểm tra quá lâu. Hãy lưu lại bằng Word, Excel hoặc in lại ra PDF rồi gửi.", name)
	}
	return err
}

// timed is a file that ends with the time its examination may take.
type timed struct {
	context.Context
	io.ReaderAt
}

// ReadAt reads while there is time.
func (t timed) ReadAt(p []byte, off int64) (int, error) {
	if err := t.Err(); err != nil {
		return 0, err
	}
	return t.ReaderAt.ReadAt(p, off)
}

// NoMark is the field of a form by which its sender confirms: the value is "1".
const NoMark = "no_mark"

// Unread tells the refusal of a file whose pages nobody but its sender can read.
func Unread(err error) bool {
	f := fault.Of(err)
	return f != nil && len(f.Problems) == 1 && f.Problems[0].Field == NoMark
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
func contents(ctx context.Context, name string, stored files.Stored, f *os.File) error {
	switch stored.Kind {
	case files.DOCX, files.XLSX, files.ODT:
		return lookIntoPackage(ctx, name, f, stored.Size)
	case files.PDF:
		if err := lookIntoPDF(name, timed{ctx, f}, stored.Size); err != nil {
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
	got, err := official.SecretMarkInFile(ctx, name, f, stored.Size, extracted...)
	switch {
	case err != nil && fault.Of(err) != nil:
		return invalid("Không kiểm tra được tệp “%s”: %s", name, fold.Capital(err.Error()))
	case err != nil:
		return err
	case got.Level != "":
		return marked(got.Level)
	case got.Blind:
		return fault.Invalid(NoMark, "Tệp “%s” có trang là ảnh, chương trình không đọc được nên không tự kiểm tra được dấu độ mật. "+
			"Xin xem lại từng trang; nếu không có dấu mật, đánh dấu vào ô xác nhận, chọn lại tệp rồi gửi.", name)
	}
	return nil
}

// marked refuses a file that bears a mark. Not even its name is told again: it may be the secret itself.
func marked(level string) error {
	return fault.Refused("%s", official.SecretError{Level: level}.Error())
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
