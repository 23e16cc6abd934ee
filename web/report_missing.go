package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/library"
	"giaoban/org"
	"giaoban/report"
	"giaoban/succession"
)

// storeUpload moves one file of a form from the spool into the store, as a body's.
func storeUpload(tx *db.Tx, by access.Actor, body db.ID, upload Upload) (db.ID, error) {
	if err := upload.Keep(); err != nil {
		return "", err
	}
	file, err := library.Add(tx, by, body, upload.Stored, upload.Name)
	return file.ID, err
}

// absentPage says who has not reported, as a list and as a message to paste.
type absentPage struct {
	Regime    report.Regime
	Period    calendar.Period
	URL       string
	Absence   report.Absence
	Items     []absentLine
	Total     int // that have not reported, or are past their day where only those are asked for
	Folded    int // not due yet, and not shown
	Bound     bound
	Query     string // the filter, for links of the same list
	Here      string // this page of it
	Counts    periodCounts
	Channels  []channel
	MayRemind bool
	MayEnter  bool // a paper report in the body's stead
	MayWaive  bool
	Lines     int // of the message, for the height of its box
	Switch    readingSwitch
	OnlyLate  bool
	Ticked    ticked
	TickAll   bool
	Typed     absentTyped
}

type absentTyped struct{ Channel, Note, Due, Reason, Waive string }

type absentLine struct {
	report.Absent
	Note    string // as it is now: what the body was called, or who answers for it
	Badge   badge
	When    string
	Latest  *reminderLine
	Earlier int // reminders before the latest
}

func (s *site) absentReports(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	data, err := absentFor(tx, by, r)
	return Reply{Page: "report/absent", Data: data}, err
}

// absentFor is the list as the address asks for it.
func absentFor(tx *db.Tx, by access.Actor, r *http.Request) (data absentPage, err error) {
	if err := by.May(access.NoteReminder, by.Body); err != nil {
		if err := by.May(access.GrantReportExtension, by.Body); err != nil { // the commission's leader reads it too
			return data, err
		}
	}
	regime, period, err := regimeAndPeriod(tx, by, r)
	if err != nil {
		return data, err
	}
	reading, err := readingOf(tx, r)
	if err != nil {
		return data, err
	}
	if data, err = absentOf(tx, by, regime, period, reading); err == nil {
		data.cut(r, calendar.OfInstant(tx.Clock()))
	}
	return data, err
}

// mostAbsent keeps the page small where thousands of communes have not reported.
const mostAbsent = 100

// cut shows those past their day first; where they fill a page, the others are counted, with the way to them.
func (p *absentPage) cut(r *http.Request, today calendar.Date) {
	filter := r.FormValue("loc")
	p.OnlyLate, p.TickAll = filter == "qua-han", r.FormValue("chon") == "het"
	timely := func(line absentLine) bool { return !line.Due.Before(today) }
	slices.SortStableFunc(p.Items, func(a, b absentLine) int {
		switch {
		case timely(a) == timely(b):
			return 0
		case timely(b):
			return -1
		}
		return 1
	})
	late := slices.IndexFunc(p.Items, timely)
	p.Total = len(p.Items)
	switch {
	case late < 0:
	case p.OnlyLate:
		p.Items, p.Total = p.Items[:late], late
	case late > 0 && len(p.Items) > mostAbsent && filter != "tat-ca":
		p.Folded, p.Items = len(p.Items)-late, p.Items[:late]
	}
	query := url.Values{}
	for name, value := range map[string]string{"loc": filter, "doc": p.Switch.Query()} {
		if value != "" {
			query.Set(name, value)
		}
	}
	p.Query = query.Encode()
	p.Bound = bound{From: min(int(wholeNumber(r.FormValue("tu"))), len(p.Items)), Total: len(p.Items), Rest: strings.TrimSuffix(p.URL+"?"+p.Query, "?")}
	p.Items = p.Items[p.Bound.From:min(p.Bound.From+mostAbsent, len(p.Items))]
	p.Bound.Shown = len(p.Items)
	if p.Bound.From > 0 {
		query.Set("tu", strconv.Itoa(p.Bound.From))
	}
	p.Here = strings.TrimSuffix(p.URL+"?"+query.Encode(), "?")
	p.Bound.step(mostAbsent, "tu")
}

// actOnAbsent reminds, gives more time to, or stops waiting for, the bodies that are ticked.
func (s *site) actOnAbsent(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	data, err := absentFor(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	data.Ticked = tickedIn(r)
	data.Typed = absentTyped{r.PostFormValue("channel"), r.PostFormValue("note"), r.PostFormValue("due"), r.PostFormValue("reason"),
		r.PostFormValue("waive_reason")}
	again := Reply{Page: "report/absent", Data: data}
	said, act := "Đã ghi đôn đốc %d cơ quan.", func(id db.ID) error {
		return report.Remind(tx, by, id, data.Typed.Channel, data.Typed.Note)
	}
	switch r.PostFormValue("act") {
	case "gia-han":
		day, err := calendar.ReadDate(data.Typed.Due)
		if err != nil {
			return again, fieldOf("due", err)
		}
		said, act = "Đã gia hạn cho %d cơ quan, đến "+day.Vietnamese()+".", func(id db.ID) error {
			return report.GrantExtension(tx, by, id, day, data.Typed.Reason)
		}
	case "thoi-cho":
		said, act = "Thôi chờ báo cáo của %d cơ quan; lý do hiện trong báo cáo tổng hợp.", func(id db.ID) error {
			return report.Waive(tx, by, id, data.Typed.Waive)
		}
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return Reply{}, err
	}
	err = data.Ticked.each(tx, func(id db.ID) (string, error) {
		o, err := report.FindObligation(tx, by, id)
		if err != nil {
			return "", err
		}
		return names[o.Holder].Name, act(id)
	})
	again.Data = data
	if err != nil {
		return again, err
	}
	return Reply{To: strings.TrimSuffix(data.URL+"?"+data.Query, "?"), Said: data.Ticked.Said(said)}, nil
}

func absentOf(tx *db.Tx, by access.Actor, regime report.Regime, period calendar.Period, reading readingSwitch) (data absentPage, err error) {
	data = absentPage{Switch: reading, Regime: regime, Period: period, URL: "/bao-cao/" + regime.Code + "/" + period.String() + "/chua-nop", Channels: channels(), MayRemind: by.Can(access.NoteReminder, by.Body),
		MayEnter: by.Can(access.EnterPaperReport, by.Body), MayWaive: by.Can(access.GrantReportExtension, by.Body)}
	if data.Absence, err = report.Missing(tx, by, regime.Code, period); err != nil {
		return data, err
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return data, err
	}
	today := calendar.OfInstant(tx.Clock())
	for _, item := range data.Absence.Items {
		line := absentLine{Absent: item, Badge: obligationBadge(item.Obligation, today), When: dueWords(holidays, item.Due, today)}
		if n := len(item.Reminders); n > 0 {
			line.Latest, line.Earlier = &remindersOf(item.Reminders[n-1:])[0], n-1
		}
		data.Items = append(data.Items, line)
	}
	items, err := report.CompletenessOf(tx, by, regime.Code, []calendar.Period{period})
	if err != nil {
		return data, err
	}
	for _, item := range items {
		data.Counts.add(item)
	}
	if reading.Now {
		if err := data.readNow(tx, by, items); err != nil {
			return data, err
		}
	}
	data.Lines = min(20, 4+len(data.Items))
	return data, nil
}

// readNow calls every line by whom it concerns today.
func (p *absentPage) readNow(tx *db.Tx, by access.Actor, items []report.CompletenessItem) error {
	today := calendar.OfInstant(tx.Clock())
	d, err := org.DescentTo(tx, by, today)
	if err != nil {
		return err
	}
	placed, err := report.PlaceNow(tx, by, p.Regime.Code, items, d)
	if err != nil {
		return err
	}
	called, err := succession.AllNames(tx)
	if err != nil {
		return err
	}
	for i := range p.Items {
		at := slices.IndexFunc(placed, func(item report.Placed) bool { return item.ID == p.Items[i].Obligation.ID })
		if at >= 0 {
			var row matrixRow
			row.name(placed[at], true, called, today)
			p.Items[i].Name, p.Items[i].Note = row.Body.Name, row.Note
		}
	}
	return nil
}

// waiveReport stops waiting for one report; what is refused is shown where the reason was typed.
func (s *site) waiveReport(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, err := report.FindObligation(tx, by, db.ID(r.PathValue("obligation")))
	if err != nil {
		return Reply{}, err
	}
	to := "/bao-cao/" + o.RegimeCode + "/" + o.Period.String() + "/chua-nop"
	if err = report.Waive(tx, by, o.ID, r.PostFormValue("reason")); err == nil {
		return Reply{To: to + "#" + o.BodyCode}, nil
	}
	f := fault.Of(err)
	if f == nil || f.Kind != fault.KindInvalid && f.Kind != fault.KindConflict {
		return Reply{}, err
	}
	data, again := obligationOf(tx, by, o)
	if again != nil {
		return Reply{}, err
	}
	data.Waive = r.PostFormValue("reason")
	for i := range f.Problems {
		if f.Problems[i].Field != "" {
			f.Problems[i].Field = "thoi-" + o.BodyCode
		}
	}
	return Reply{Page: "report/obligation", Data: data}, err
}
