package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/consolidation"
	"giaoban/document"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/paper"
	"giaoban/record"
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

// AfterText is the line behind which a new or a moved one stands.
func (l returnedLine) AfterText() string {
	if r := []rune(l.After); len(r) > 120 {
		return string(r[:120]) + "…"
	}
	return l.After
}

// Dropped tells whether taking the line writes no words.
func (l returnedLine) Dropped() bool { return l.State == official.LineStruck }

// Field names a field of the line.
func (l returnedLine) Field(name string) string { return name + "-" + strconv.Itoa(l.N) }

const returnedFile = "ban-word"

// readReturn is what came back with a form, before its transaction.
type readReturn struct {
	name string
	official.Returned
	err error
}

type readReturnKey struct{}

// returning is for a form whose file is a draft that came back; of finds the draft as it is printed.
func (r route) returning(of func(*db.Tx, access.Actor, *http.Request) (official.Document, error)) route {
	r.before = func(s *site, r *http.Request, who visitor) *http.Request {
		sent := s.uploads(r, returnedFile)
		if len(sent) == 0 || !who.session.Valid(unmask(r.FormValue("form_token"))) {
			return r
		}
		read := readReturn{name: sent[0].Name}
		read.Returned, read.err = s.readReturned(r, who.Actor, sent[0], of)
		return r.WithContext(context.WithValue(r.Context(), readReturnKey{}, read))
	}
	return r
}

func (s *site) readReturned(r *http.Request, by access.Actor, sent Upload, of func(*db.Tx, access.Actor, *http.Request) (official.Document, error)) (official.Returned, error) {
	var d official.Document
	if err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		d, err = of(tx, by, r)
		return err
	}); err != nil {
		return official.Returned{}, err
	}
	back, err := readUpload(r.Context(), sent)
	if err != nil {
		return official.Returned{}, err
	}
	written, err := official.WriteReadable(r.Context(), d)
	if err != nil {
		return official.Returned{}, err
	}
	return official.Return(d, written, back), nil
}

// takeRead puts what was read into the page, or what the form carried along.
func (p *returnedPage) takeRead(r *http.Request) error {
	if read, ok := r.Context().Value(readReturnKey{}).(readReturn); ok {
		if read.err != nil {
			return fieldOf(returnedFile, read.err)
		}
		p.File, p.Read = read.name, true
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

// Of a paper whose words are edited on its own page.

func printedPaper(tx *db.Tx, by access.Actor, r *http.Request) (official.Document, error) {
	p, err := draftedPaper(tx, by, r)
	if err != nil {
		return official.Document{}, err
	}
	return paper.Document(tx, by, p.ID)
}

func draftedPaper(tx *db.Tx, by access.Actor, r *http.Request) (paper.Paper, error) {
	p, err := paper.Find(tx, by, db.ID(r.PathValue("id")))
	if err != nil {
		return p, err
	}
	if err := by.May(access.DraftPaper, p.Body); err != nil {
		return p, err
	}
	return p, p.Writable()
}

func returnedOfPaper(tx *db.Tx, by access.Actor, r *http.Request) (*returnedPage, paper.Paper, error) {
	p, err := draftedPaper(tx, by, r)
	if err != nil {
		return nil, p, err
	}
	ahead, err := record.Ahead(tx, by, p.ID)
	if err != nil {
		return nil, p, err
	}
	url := "/van-ban/" + string(p.ID)
	data := &returnedPage{Title: "Bản Word trả về của " + p.KindName(), Base: url + "/ban-word", Draft: originLink{url, p.KindName()}, Version: p.Version}
	if ahead.Elsewhere {
		data.takes = func(official.ReturnedLine) bool { return false }
		data.Elsewhere, err = writtenFor(tx, by, p)
		return data, p, err
	}
	content, err := paper.Content(tx, by, p.ID)
	data.takes = paper.WordsOf(content).Takes
	return data, p, err
}

func (s *site) returnedPaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	data, _, err := returnedOfPaper(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	return data.answer(r, nil)
}

func (s *site) takeReturnedPaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	data, p, err := returnedOfPaper(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	if err := refusedUpload(r); err != nil {
		return data.answer(r, fieldOf(returnedFile, err))
	}
	if err := data.takeRead(r); err != nil || r.PostFormValue("act") != "nhan" {
		return data.answer(r, err)
	}
	chosen, err := data.chosen()
	if err != nil {
		return data.answer(r, err)
	}
	var lines []official.ReturnedLine
	for _, l := range chosen {
		lines = append(lines, l.ReturnedLine)
	}
	if _, err := paper.TakeReturned(tx, by, p.ID, versionOf(r), data.File, lines); err != nil {
		return data.answer(r, err)
	}
	return Reply{To: data.Draft.URL}, nil
}

// Of a consolidated report, whose paragraphs keep where they came from.

func printedText(tx *db.Tx, by access.Actor, r *http.Request) (official.Document, error) {
	_, c, err := draftedText(tx, by, r)
	if err != nil {
		return official.Document{}, err
	}
	return consolidation.Document(tx, by, c, "")
}

func draftedText(tx *db.Tx, by access.Actor, r *http.Request) (consolidationHead, consolidation.Consolidation, error) {
	head, err := headOf(tx, by, r, "loi-van")
	if err != nil {
		return head, consolidation.Consolidation{}, err
	}
	if err := by.May(access.DraftConsolidation, head.Regime.Receiver); err != nil {
		return head, consolidation.Consolidation{}, err
	}
	c, err := consolidation.Find(tx, by, head.Regime.Code, head.Period)
	if err == nil {
		err = head.take(tx, by, c)
	}
	if err == nil && !head.Forward() {
		err = fault.Conflict("Báo cáo tổng hợp này không ở bước sửa lời văn: đã trình ký hoặc đã ký.")
	}
	return head, c, err
}

func returnedOfText(tx *db.Tx, by access.Actor, r *http.Request) (*returnedPage, consolidation.Consolidation, error) {
	head, c, err := draftedText(tx, by, r)
	if err != nil {
		return nil, c, err
	}
	printed := c.Printed()
	data := &returnedPage{Title: "Bản Word trả về của báo cáo tổng hợp", Base: head.Base + "/ban-word",
		Draft: originLink{head.Base + "/loi-van", "Lời văn tổng hợp, " + head.Period.Name()}, Version: c.Version}
	data.takes = func(l official.ReturnedLine) bool { return consolidation.Takes(printed, l) }
	data.placedAt = func(behind int) string {
		for _, p := range printed {
			if p.Block == behind {
				return p.Section + "." + p.Sector
			}
		}
		return ""
	}
	text := textPage{Draft: c, Head: head, Editable: true}
	text.lay()
	data.places = func(l returnedLine) (all []option) {
		for _, place := range text.Places {
			all = append(all, option{place.Code, place.Name, place.Code == l.Place})
		}
		return append([]option{{"", "(chọn mục, lĩnh vực)", l.Place == ""}}, all...)
	}
	return data, c, nil
}

func (s *site) returnedText(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	data, _, err := returnedOfText(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	return data.answer(r, nil)
}

func (s *site) takeReturnedText(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	data, c, err := returnedOfText(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	if err := refusedUpload(r); err != nil {
		return data.answer(r, fieldOf(returnedFile, err))
	}
	if err := data.takeRead(r); err != nil || r.PostFormValue("act") != "nhan" {
		return data.answer(r, err)
	}
	chosen, err := data.chosen()
	if err != nil {
		return data.answer(r, err)
	}
	var lines []consolidation.Taken
	for _, l := range chosen {
		section, sector, _ := strings.Cut(l.Place, ".")
		lines = append(lines, consolidation.Taken{ReturnedLine: l.ReturnedLine, Section: section, Sector: sector})
	}
	if _, err := consolidation.TakeReturned(tx, by, c.ID, versionOf(r), data.File, lines); err != nil {
		return data.answer(r, err)
	}
	return Reply{To: data.Draft.URL}, nil
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
