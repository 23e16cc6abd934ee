package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/document"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
)

// A draft goes to a leader as a Word file and comes back changed. What is not as it was is shown line by line; a person
// says which of it counts, and nothing of the file is kept but that.

// returnedPage is a Word file that came back, held against the draft it was made from.
type returnedPage struct {
	Title, Base string // address of this page
	Draft       originLink
	Version     int64
	File        string
	Held        string         // the lines, as the form carries them from page to page
	Lines       []returnedLine // that may be taken
	Left        []returnedLine // that are changed somewhere else
	Elsewhere   originLink     // where the words of the whole draft are changed; zero when here
	Same, Asked int
	Comments    []document.Comment
	Problems    []string
	Read        bool // a file was read
	takes       func(official.ReturnedLine) bool
	places      func(l returnedLine) []option
	placedAt    func(behind int) string
}

// returnedLine is one line in the form.
type returnedLine struct {
	official.ReturnedLine
	N      int // in the file
	At     int // on the page, from 1
	Words  []official.Wording
	Choice string // nhan, giu, "" while a person is asked
	Text   string // as it will be written
	Place  string // section.sector
	Places []option
	Rows   int
}

// StateName says what became of the line.
func (l returnedLine) StateName() string {
	switch {
	case l.Cell != nil:
		return "Sửa một ô của bảng"
	case len(l.Joined) > 0:
		return "Gộp hai đoạn"
	case l.State == official.LineChanged && strings.Contains(l.New, "\n"):
		return "Tách đoạn"
	}
	return map[official.ReturnedState]string{official.LineChanged: "Sửa lời", official.LineStruck: "Bỏ đoạn", official.LineNew: "Thêm đoạn",
		official.LineMoved: "Chuyển chỗ"}[l.State]
}

// WhenText is when Word says that it was changed.
func (l returnedLine) WhenText() string {
	date, clock, _ := strings.Cut(l.When, "T")
	parts := strings.Split(date, "-")
	if len(parts) != 3 {
		return ""
	}
	if len(clock) >= 5 {
		clock = ", " + clock[:5]
	}
	return strings.TrimLeft(parts[2], "0") + "/" + strings.TrimLeft(parts[1], "0") + "/" + parts[0] + clock
}

// TakeName is the choice to take the line, in words that say what it does.
func (l returnedLine) TakeName() string {
	switch l.State {
	case official.LineNew:
		return "Thêm đoạn này"
	case official.LineStruck:
		return "Bỏ đoạn này"
	case official.LineMoved:
		return "Chuyển"
	}
	return "Nhận lời mới"
}

// KeepName is the other choice.
func (l returnedLine) KeepName() string {
	switch l.State {
	case official.LineNew:
		return "Không thêm"
	case official.LineStruck:
		return "Giữ đoạn này"
	case official.LineMoved:
		return "Để nguyên chỗ"
	}
	return "Giữ lời cũ"
}

// AfterText is the line behind which a new or a moved one stands.
func (l returnedLine) AfterText() string {
	return short(l.After)
}

// Dropped tells whether taking the line writes no words.
func (l returnedLine) Dropped() bool { return l.State == official.LineStruck }

// Field names a field of the line.
func (l returnedLine) Field(name string) string { return name + "-" + strconv.Itoa(l.N) }

const returnedFile = "ban-word"

// readReturn is what came back with a form, before its transaction.
type readReturn struct {
	name    string
	version int64 // of the draft that it was held against
	official.Returned
	err error
}

// printing finds the draft of an address as it is printed, with its version.
type printing func(*db.Tx, access.Actor, *http.Request) (official.Document, int64, error)

type readReturnKey struct{}

// returning is for a form whose file is a draft that came back.
func (r route) returning(of printing) route {
	r.before = func(s *site, r *http.Request, who visitor) *http.Request {
		sent := s.uploads(r, returnedFile)
		if len(sent) == 0 || !who.session.Valid(unmask(r.FormValue("form_token"))) {
			return r
		}
		return r.WithContext(context.WithValue(r.Context(), readReturnKey{}, s.readReturned(r, who.Actor, sent[0], of)))
	}
	return r
}

func (s *site) readReturned(r *http.Request, by access.Actor, sent Upload, of printing) (read readReturn) {
	read.name = sent.Name
	var d official.Document
	if read.err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		d, read.version, err = of(tx, by, r)
		return err
	}); read.err != nil {
		return read
	}
	back, err := readUpload(r.Context(), sent)
	if err != nil {
		read.err = err
		return read
	}
	written, err := official.WriteReadable(r.Context(), d)
	read.Returned, read.err = official.Return(d, written, back), err
	return read
}

// takeRead puts what was read into the page, or what the form carried along.
func (p *returnedPage) takeRead(r *http.Request) error {
	if read, ok := r.Context().Value(readReturnKey{}).(readReturn); ok {
		if read.err != nil {
			return fieldOf(returnedFile, read.err)
		}
		p.File, p.Read, p.Version = read.name, true, read.version
		p.lay(read.Returned, nil)
		return nil
	}
	if r.Method != http.MethodPost {
		return nil
	}
	var held official.Returned
	if json.Unmarshal([]byte(r.PostFormValue("giu")), &held) != nil || r.PostFormValue("act") == "doc" {
		return fault.Invalid(returnedFile, "Hãy chọn tệp Word lãnh đạo đã sửa rồi bấm “Đọc tệp”.")
	}
	p.File, p.Read, p.Version = r.PostFormValue("tep"), true, versionOf(r) // the lines are told of that one
	p.lay(held, r)
	return nil
}

// lay makes the lines of the form; a person has chosen where the request says so.
func (p *returnedPage) lay(read official.Returned, r *http.Request) {
	p.Same, p.Comments, p.Problems = read.Same, read.Comments, read.Problems
	held, _ := json.Marshal(read) // texts and numbers only
	p.Held = string(held)
	for n, l := range read.Lines {
		line := returnedLine{ReturnedLine: l, N: n, Words: official.Differ(l.Old, l.New), Text: l.New, Rows: max(1, len([]rune(l.New))/90+1)}
		if !p.takes(l) {
			p.Left = append(p.Left, line)
			continue
		}
		if l.Unsure == "" && len(l.Figures) == 0 {
			line.Choice = "nhan"
		}
		if p.placedAt != nil && (l.State == official.LineNew || l.State == official.LineMoved) {
			line.Place = p.placedAt(l.Behind)
		}
		if r != nil {
			line.Choice, line.Text = r.PostFormValue(line.Field("chon")), unixLines(r.PostFormValue(line.Field("loi")))
			if r.PostForm.Has(line.Field("noi")) {
				line.Place = r.PostFormValue(line.Field("noi"))
			}
		}
		if p.places != nil && (l.State == official.LineNew || l.State == official.LineMoved) {
			line.Places = p.places(line)
		}
		if line.Choice == "" {
			p.Asked++
		}
		line.At = len(p.Lines) + 1
		p.Lines = append(p.Lines, line)
	}
}

// chosen are the lines that a person takes, with the words as they stand in the form.
func (p *returnedPage) chosen() ([]returnedLine, error) {
	var wrong fault.List
	var all []returnedLine
	for _, l := range p.Lines {
		switch l.Choice {
		case "nhan":
			if l.New = strings.TrimSpace(l.Text); l.New == "" && !l.Dropped() && l.Cell == nil {
				wrong.Add(l.Field("loi"), "Lời sẽ ghi đang trống; muốn bỏ đoạn, hãy giữ đoạn này rồi bỏ ở trang sửa lời văn.")
				continue
			}
			if len(l.Places) > 0 && l.Place == "" {
				wrong.Add(l.Field("noi"), "Hãy chọn mục và lĩnh vực mà đoạn này thuộc về.")
				continue
			}
			all = append(all, l)
		case "giu":
		default:
			wrong.Add(l.Field("chon"), "Chỗ này chưa rõ: hãy chọn nhận hay giữ như trên máy.")
		}
	}
	if err := wrong.Err(); err != nil || len(all) > 0 {
		return all, err
	}
	return nil, fault.Invalid("", "Đồng chí giữ nguyên mọi chỗ như trên máy; không có gì để nhận.")
}

func (p *returnedPage) answer(r *http.Request, problem error) (Reply, error) {
	return Reply{Page: "paper/returned", Data: p, Again: r.Method == http.MethodPost && problem == nil}, problem
}

// taken answers the form: what came back is shown, or what a person has chosen is taken into the draft.
func (p *returnedPage) taken(r *http.Request, take func(chosen []returnedLine) error) (Reply, error) {
	if err := refusedUpload(r); err != nil {
		return p.answer(r, fieldOf(returnedFile, err))
	}
	if err := p.takeRead(r); err != nil || r.PostFormValue("act") != "nhan" {
		return p.answer(r, err)
	}
	chosen, err := p.chosen()
	if err == nil {
		err = take(chosen)
	}
	if err != nil {
		return p.answer(r, err)
	}
	return Reply{To: p.Draft.URL}, nil
}

// Summary says how much is as it was, and how much is not.
func (p *returnedPage) Summary() string {
	n := len(p.Lines) + len(p.Left)
	if n == 0 {
		return "Không có chỗ nào khác bản trên máy."
	}
	said := fmt.Sprintf("%d đoạn, dòng bảng giữ nguyên; %d chỗ khác", p.Same, n)
	if p.Asked > 0 {
		said += fmt.Sprintf(", %d chỗ cần đồng chí chọn", p.Asked)
	}
	return said + "."
}
