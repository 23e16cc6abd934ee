package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/deadline"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
)

const holidaysURL = "/thiet-lap/ngay-nghi"

var holidayRoom = room{
	menu: entry{group: officeGroup, name: "Ngày nghỉ, dời hạn", url: holidaysURL},
	pages: []route{
		see(holidaysURL, (*site).showHolidays, access.ManageRegime, access.GrantReportExtension).owing().named("deadline/list", "#doi-han"),
		act(holidaysURL, (*site).addHoliday, access.ManageRegime).
			says("Đã ghi vào lịch.", "Hạn cần dời", "#doi-han"),
		act(holidaysURL+"/bo", (*site).removeHoliday, access.ManageRegime).
			says("Đã bỏ khỏi lịch; điều đã ghi trước vẫn còn trong quá trình.", "Hạn cần dời", "#doi-han"),
		act(holidaysURL+"/doi", (*site).moveDeadlines, access.GrantReportExtension).
			says("Đã dời các hạn đã chọn.", "Bàn làm việc", "/ban-lam-viec"),
		act(holidaysURL+"/xet-lai", (*site).reconsiderDeadline, access.GrantReportExtension).
			says("Đã đưa hạn trở lại danh sách cần dời.", "Hạn cần dời", "#doi-han"),
	},
}

// holidaysPage is the table of one year, what the office said of its days, and the deadlines that wait to be moved.
type holidaysPage struct {
	Year    int
	Years   []option
	Note    []string // what the table of the year rests on
	Days    []dayLine
	Facts   []factLine // what the office said, the newest first
	MayEdit bool
	MayMove bool
	Waiting int // deadlines to be moved, for who only enters days
	Moves   []shiftLine
	Told    []shiftLine // planned again by themselves
	Left    []leftLine  // left where they are by a person's word
	Kinds   []option
	Typed   typedHoliday
	Remove  []option
	Reason  string
	Ready   bool // some of Moves may be moved by this person
}

type typedHoliday struct{ Day, Name, Document, Removed, RemoveDocument string }

type dayLine struct {
	calendar.Day
	When string
}

type factLine struct {
	org.DayFact
	Did string
}

type shiftLine struct {
	deadline.Proposal
	Who    string
	URL    string
	Ticked bool
}

type leftLine struct {
	deadline.Left
	Who, URL string
}

func (s *site) showHolidays(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	today := calendar.OfInstant(tx.Clock())
	p := holidaysPage{Year: today.Year(), MayEdit: by.Can(access.ManageRegime, by.Body), MayMove: by.Can(access.GrantReportExtension, by.Body)}
	if err := by.May(access.ManageRegime, by.Body); err != nil && !p.MayMove {
		return Reply{}, err
	}
	if year, err := strconv.Atoi(r.FormValue("nam")); err == nil && year > 2000 && year < 2200 {
		p.Year = year
	}
	for _, part := range []func(*db.Tx, access.Actor, *http.Request) error{p.table, p.moves, p.form} {
		if err := part(tx, by, r); err != nil {
			return Reply{}, err
		}
	}
	return Reply{Page: "org/holidays", Data: p}, nil
}

// table is the year as it holds, and what the office said.
func (p *holidaysPage) table(tx *db.Tx, _ access.Actor, _ *http.Request) error {
	today := calendar.OfInstant(tx.Clock())
	for year := today.Year() - 1; year <= today.Year()+2; year++ {
		p.Years = append(p.Years, option{strconv.Itoa(year), strconv.Itoa(year), year == p.Year})
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return err
	}
	if note, known := holidays.Year(p.Year); known {
		p.Note = append([]string{"Bảng kèm chương trình: " + note.Source + "."}, note.Pending...)
	} else {
		p.Note = []string{"Năm này chương trình chỉ biết thứ Bảy, Chủ nhật; ngày lễ xin ghi theo thông báo."}
	}
	p.Remove = []option{{"", "Chọn ngày", true}}
	for _, day := range holidays.Days(p.Year) {
		if day.Kind == calendar.Ordinary {
			continue
		}
		p.Days = append(p.Days, dayLine{day, day.Date.WithWeekday()})
		p.Remove = append(p.Remove, option{day.Date.String(), day.Date.WithWeekday() + ": " + day.Kind.Name() + " " + day.Name, false})
	}
	facts, err := org.DayFacts(tx)
	for _, f := range slices.Backward(facts) {
		did := f.Kind.Name() + " " + f.Name
		if f.Removed {
			did = "bỏ “" + f.Name + "”, " + f.Kind.Name()
		}
		p.Facts = append(p.Facts, factLine{f, did})
	}
	return err
}

// moves are the deadlines that the calendar moves now.
func (p *holidaysPage) moves(tx *db.Tx, by access.Actor, r *http.Request) (err error) {
	if !p.MayMove {
		p.Waiting, err = deadline.Waiting(tx)
		return err
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return err
	}
	all, left, err := deadline.Survey(tx, by)
	if err != nil {
		return err
	}
	chosen, again := r.PostForm["keys[]"]
	for _, one := range all {
		line := shiftLine{Proposal: one, Who: names[one.Body].ShortName, URL: address(one.Kind, one.ID), Ticked: one.May}
		if one.Many > 0 {
			line.Who = fmt.Sprintf("%d cơ quan chưa gửi", one.Many)
		}
		if again {
			line.Ticked = slices.Contains(chosen, one.Key())
		}
		if one.Told {
			p.Told = append(p.Told, line)
			continue
		}
		p.Moves, p.Ready = append(p.Moves, line), p.Ready || one.May
	}
	for _, one := range left {
		p.Left = append(p.Left, leftLine{one, names[one.Body].ShortName, address(one.Proposal.Kind, one.Proposal.ID)})
	}
	p.Reason, err = deadline.Why(tx)
	if r.PostForm.Has("reason") {
		p.Reason = r.PostFormValue("reason")
	}
	return err
}

func (p *holidaysPage) form(_ *db.Tx, _ access.Actor, r *http.Request) error {
	chosen := r.PostFormValue("kind")
	for k := calendar.Holiday; k < calendar.Ordinary; k++ {
		p.Kinds = append(p.Kinds, option{k.String(), kindWords[k], k.String() == chosen})
	}
	p.Typed = typedHoliday{r.PostFormValue("day"), r.PostFormValue("name"), r.PostFormValue("document"), "", ""}
	if r.PostForm.Has("removed") {
		p.Typed = typedHoliday{Removed: r.PostFormValue("removed"), RemoveDocument: r.PostFormValue("remove_document")}
		for i := range p.Remove {
			p.Remove[i].Selected = p.Remove[i].Value == p.Typed.Removed
		}
	}
	return nil
}

// kindWords name the kinds of days for who enters one.
var kindWords = map[calendar.DayKind]string{
	calendar.Holiday: "Nghỉ lễ, tết", calendar.Compensatory: "Nghỉ bù (lễ trùng ngày nghỉ tuần)",
	calendar.SwapOff: "Nghỉ hoán đổi, làm bù ngày khác", calendar.MakeUp: "Làm bù", calendar.OfficeOff: "Nghỉ riêng của cơ quan",
}

// holidaysAgain shows the page with what was typed and what is wrong.
func (s *site) holidaysAgain(tx *db.Tx, by access.Actor, r *http.Request, problem error) (Reply, error) {
	again, err := s.showHolidays(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	return again, problem
}

// calendarSaid tells what an act on the calendar did, and how many deadlines it leaves to be moved.
func calendarSaid(tx *db.Tx, sentence string) (string, error) {
	n, err := deadline.Waiting(tx)
	switch {
	case err != nil:
		return "", err
	case n == 0:
		return sentence + " Không hạn đang mở nào phải dời.", nil
	}
	return fmt.Sprintf("%s %d hạn đang mở cần dời theo; chưa hạn nào đổi cho đến khi Ban xác nhận.", sentence, n), nil
}

func (s *site) addHoliday(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	var wrong fault.List
	day := calendar.Day{Date: readDay(&wrong, r, "day", "Hãy ghi ngày."), Name: r.PostFormValue("name"), Source: r.PostFormValue("document")}
	kind, err := calendar.ParseDayKind(r.PostFormValue("kind"))
	if err != nil {
		wrong.Add("kind", "Hãy chọn loại ngày.")
	}
	day.Kind = kind
	if err = wrong.Err(); err == nil {
		err = org.AddHoliday(tx, by, day)
	}
	if err != nil {
		return s.holidaysAgain(tx, by, r, err)
	}
	told, err := calendarSaid(tx, "Đã ghi "+day.Date.WithWeekday()+": "+day.Kind.Name()+" "+day.Name+".")
	return Reply{To: holidaysURL + "?nam=" + strconv.Itoa(day.Date.Year()), Said: told}, err
}

func (s *site) removeHoliday(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	var wrong fault.List
	day := readDay(&wrong, r, "removed", "Hãy chọn ngày cần bỏ.")
	err := wrong.Err()
	if err == nil {
		err = refield(org.RemoveHoliday(tx, by, day, r.PostFormValue("remove_document")), map[string]string{"day": "removed", "document": "remove_document"})
	}
	if err != nil {
		return s.holidaysAgain(tx, by, r, err)
	}
	told, err := calendarSaid(tx, "Đã bỏ ngày "+day.Vietnamese()+" khỏi lịch.")
	return Reply{To: holidaysURL + "?nam=" + strconv.Itoa(day.Year()), Said: told}, err
}

// moveDeadlines moves the deadlines that were chosen, or leaves them where they are.
func (s *site) moveDeadlines(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	do, said := deadline.Move, "Đã dời %d hạn; lý do đã ghi vào quá trình của từng việc."
	if r.PostFormValue("act") == "de-nguyen" {
		do, said = deadline.Leave, "Đã để nguyên %d hạn; lịch nghỉ đổi nữa thì hạn lại được nêu ra."
	}
	n, err := do(tx, by, r.PostForm["keys[]"], r.PostFormValue("reason"))
	if err != nil {
		return s.holidaysAgain(tx, by, r, err)
	}
	return Reply{To: holidaysURL, Said: fmt.Sprintf(said, n)}, nil
}

func (s *site) reconsiderDeadline(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := deadline.Reconsider(tx, by, r.PostFormValue("key")); err != nil {
		return s.holidaysAgain(tx, by, r, err)
	}
	return Reply{To: holidaysURL}, nil
}
