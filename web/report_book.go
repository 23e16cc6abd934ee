package web

import (
	"encoding/json"
	"net/http"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/report"
)

// bookPage is where a report goes out as an Excel book and a filled one comes in: what it would do to the draft is shown
// first, and done by a second press.
type bookPage struct {
	sheetPage
	Check *report.BookCheck
	Held  string // the book that was read, as JSON: the second press brings it along
}

// Ready reports whether there is something to keep.
func (p bookPage) Ready() bool { return p.Check != nil && len(p.Check.New)+len(p.Check.Changed) > 0 }

// mayWrite finds the report that somebody may write.
func mayWrite(tx *db.Tx, by access.Actor, r *http.Request) (report.Obligation, error) {
	o, err := report.FindObligation(tx, by, db.ID(r.PathValue("obligation")))
	if err == nil {
		err = by.May(access.DraftReport, o.Holder)
	}
	return o, err
}

func (s *site) showBook(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, err := mayWrite(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	if o.Stage().Locked() {
		return draftReply(tx, by, r, o) // the text stands still
	}
	head, err := sheetHead(tx, by, o)
	return Reply{Page: "report/book", Data: bookPage{sheetPage: head}}, err
}

// bookOut is the book of a report, filled with what stands.
func (s *site) bookOut(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, err := mayWrite(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	book, err := report.Book(tx, by, o)
	return bookReply(book, o, o.Period), err
}

// bookAhead is the book of the period after a report's, which may be filled in before that period is opened.
func (s *site) bookAhead(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, err := mayWrite(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	book, _, err := report.BookFor(tx, by, o.RegimeCode, o.Period.Next(), o.BodyCode)
	return bookReply(book, o, o.Period.Next()), err
}

func bookReply(book []byte, o report.Obligation, period calendar.Period) Reply {
	name := "bieu-" + o.RegimeCode + "-" + period.String() + "-" + o.BodyCode + ".xlsx"
	return Reply{Download: &Download{Name: name, Type: xlsxType, Body: book}}
}

// takeBook reads a filled book, shows what it does to the draft, and keeps its good cells once that was seen.
func (s *site) takeBook(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, err := mayWrite(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	head, err := sheetHead(tx, by, o)
	if err != nil {
		return Reply{}, err
	}
	data := bookPage{sheetPage: head, Held: r.PostFormValue("held")}
	check, err := s.checkBook(tx, by, o, r, &data)
	if err != nil {
		return Reply{Page: "report/book", Data: data}, err
	}
	data.Check = &check
	if r.PostFormValue("act") != "giu" || !data.Ready() {
		return Reply{Page: "report/book", Data: data, Again: true}, nil
	}
	if versionOf(r) != check.Version {
		return Reply{Page: "report/book", Data: data}, fault.Conflict("Bản nháp vừa thay đổi sau khi xem biểu; xin xem lại bảng dưới đây rồi đưa vào.")
	}
	if _, err := report.SaveDraft(tx, by, o, check.Draft, check.Version); err != nil {
		return Reply{Page: "report/book", Data: data}, err
	}
	return Reply{To: "/bao-cao/" + string(o.ID) + "/soan", Said: bookSaid(check)}, nil
}

// checkBook takes the file that was sent, or what the page brought along.
func (s *site) checkBook(tx *db.Tx, by access.Actor, o report.Obligation, r *http.Request, p *bookPage) (c report.BookCheck, err error) {
	if err := refusedUpload(r); err != nil {
		return c, err
	}
	var filled report.FilledBook
	if sent := s.uploads(r, "file"); len(sent) > 0 {
		p.Held = ""
		if filled, err = readBook(sent[0]); err != nil {
			return c, err
		}
		held, err := json.Marshal(filled)
		if err != nil {
			return c, err
		}
		p.Held = string(held)
	} else if p.Held == "" {
		return c, fault.Invalid("file", "Hãy chọn biểu Excel đã điền.")
	} else if json.Unmarshal([]byte(p.Held), &filled) != nil {
		p.Held = ""
		return c, fault.Invalid("file", "Nội dung biểu gửi kèm trang không còn nguyên; hãy chọn lại tệp.")
	}
	return report.CheckBook(tx, by, o, filled)
}

func readBook(sent Upload) (report.FilledBook, error) {
	f, err := sent.Open()
	if err != nil {
		return report.FilledBook{}, err
	}
	defer f.Close()
	return report.ReadBook(f, sent.Size)
}

// mostCells is how many cells the sentence after the act names.
const mostCells = 8

// bookSaid tells what was kept, and once more which cells were not.
func bookSaid(c report.BookCheck) string {
	said := "Đã đưa biểu Excel vào bản nháp: " + c.Sentence()
	var cells []string
	for i, wrong := range c.Wrong {
		if i == mostCells {
			cells = append(cells, "…")
			break
		}
		cells = append(cells, wrong.Sheet+" "+wrong.Cell)
	}
	if len(cells) > 0 {
		said += " (" + strings.Join(cells, ", ") + ")"
	}
	return said + ". Báo cáo chưa gửi."
}
