package web

import (
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/library"
	"giaoban/org"
	"giaoban/report"
)

// storeUpload keeps one file of a form as a body's.
func storeUpload(tx *db.Tx, by access.Actor, body db.ID, upload Upload) (db.ID, error) {
	file, err := library.Add(tx, by, body, upload.Stored, upload.Name)
	return file.ID, err
}

// absentPage says who has not reported, as a list and as a message to paste.
type absentPage struct {
	Regime    report.Regime
	Period    calendar.Period
	Absence   report.Absence
	Items     []absentLine
	Counts    periodCounts
	Channels  []channel
	MayRemind bool
	MayEnter  bool // a paper report in the body's stead
	MayWaive  bool
	Lines     int // of the message, for the height of its box
}

type absentLine struct {
	report.Absent
	Badge    badge
	When     string
	Reminded []reminderLine
	Waivable bool   // nothing counts yet
	Typed    string // a reason that was refused
}

func (s *site) absentReports(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.NoteReminder, by.Org); err != nil {
		if err := by.May(access.GrantReportExtension, by.Org); err != nil { // the commission's leader reads it too
			return Reply{}, err
		}
	}
	regime, period, err := regimeAndPeriod(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	data, err := absentOf(tx, by, regime, period)
	return Reply{Page: "report/absent", Data: data}, err
}

func absentOf(tx *db.Tx, by access.Actor, regime report.Regime, period calendar.Period) (data absentPage, err error) {
	data = absentPage{Regime: regime, Period: period, Channels: channels(), MayRemind: by.Can(access.NoteReminder, by.Org),
		MayEnter: by.Can(access.EnterPaperReport, by.Org), MayWaive: by.Can(access.GrantReportExtension, by.Org)}
	if data.Absence, err = report.Missing(tx, by, regime.Code, period); err != nil {
		return data, err
	}
	holidays, err := report.Holidays(tx)
	if err != nil {
		return data, err
	}
	today := calendar.OfInstant(tx.Clock())
	for _, item := range data.Absence.Items {
		data.Items = append(data.Items, absentLine{Absent: item, Badge: obligationBadge(item.Obligation), When: dueWords(holidays, item.Due, today),
			Reminded: remindersOf(item.Reminders), Waivable: data.MayWaive && item.Accepted == ""})
	}
	items, err := report.CompletenessOf(tx, by, regime.Code, []calendar.Period{period})
	if err != nil {
		return data, err
	}
	for _, item := range items {
		data.Counts.add(item)
	}
	data.Lines = min(20, 4+len(data.Items))
	return data, nil
}

// waiveReport stops waiting for one report; what is refused is shown where the reason was typed.
func (s *site) waiveReport(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, err := report.FindObligation(tx, by, db.ID(r.PathValue("obligation")))
	if err != nil {
		return Reply{}, err
	}
	to := "/bao-cao/" + o.RegimeCode + "/" + o.Period.String() + "/chua-nop"
	if err = report.Waive(tx, by, o.ID, r.PostFormValue("reason")); err == nil {
		return Reply{To: to + "#" + o.OrgCode}, nil
	}
	f := fault.Of(err)
	if f == nil || f.Kind != fault.KindInvalid && f.Kind != fault.KindConflict {
		return Reply{}, err
	}
	regime, again := report.FindRegime(tx, by, o.RegimeCode)
	if again != nil {
		return Reply{}, err
	}
	data, again := absentOf(tx, by, regime, o.Period)
	if again != nil {
		return Reply{}, err
	}
	for i := range data.Items {
		if data.Items[i].ID == o.ID {
			data.Items[i].Typed = r.PostFormValue("reason")
		}
	}
	for i := range f.Problems {
		if f.Problems[i].Field != "" {
			f.Problems[i].Field = "thoi-" + o.OrgCode
		}
	}
	return Reply{Page: "report/absent", Data: data}, err
}

// matrixPage is body × period: how complete, how timely.
type matrixPage struct {
	Regime  report.Regime
	N       int
	Choices []int
	Periods []matrixPeriod
	Rows    []matrixRow
	Legend  []badge
	Waived  []waivedCell
}

// waivedCell is a report that the commission waits for no more; it stays missing.
type waivedCell struct {
	ID     db.ID
	Body   string
	Period calendar.Period
	Reason string
}

type matrixPeriod struct {
	Period calendar.Period
	Short  string
	Counts periodCounts
}

type matrixRow struct {
	Body    org.Body
	Cells   []matrixCell
	OnTime  int
	Due     int // periods whose day has passed, or that were received
	Percent string
}

// matrixCell is empty where the body was not obliged.
type matrixCell struct {
	Item  report.CompletenessItem
	Badge badge
	Asked bool
	Why   string // the commission waits no more, because
}

func (s *site) reportMatrix(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	regime, err := report.FindRegime(tx, by, r.PathValue("regime"))
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.ReadReport, by.Org); err != nil {
		return Reply{}, err
	}
	data := matrixPage{Regime: regime, N: 12, Choices: []int{4, 8, 12, 24}}
	if n := int(wholeNumber(r.FormValue("n"))); slices.Contains(data.Choices, n) {
		data.N = n
	}
	items, err := report.Completeness(tx, by, regime.Code, data.N)
	if err != nil {
		return Reply{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	names, err := org.Names(tx, today)
	if err != nil {
		return Reply{}, err
	}
	waivers, err := report.Waivers(tx, by, regime.ID)
	if err != nil {
		return Reply{}, err
	}
	data.fill(items, names, waivers, today)
	return Reply{Page: "report/matrix", Data: data}, nil
}

func (p *matrixPage) fill(items []report.CompletenessItem, names map[db.ID]org.Body, waivers map[db.ID]report.Waiver, today calendar.Date) {
	column, row := make(map[calendar.Period]int), make(map[db.ID]int)
	for _, item := range items {
		if _, ok := column[item.Period]; !ok {
			column[item.Period] = 0
			p.Periods = append(p.Periods, matrixPeriod{Period: item.Period, Short: shortPeriod(item.Period)})
		}
	}
	slices.SortFunc(p.Periods, func(a, b matrixPeriod) int { return a.Period.Compare(b.Period) })
	for i, m := range p.Periods {
		column[m.Period] = i
	}
	seen := make(map[badge]bool)
	for _, item := range items {
		i, ok := row[item.Org.ID]
		if !ok {
			i = len(p.Rows)
			row[item.Org.ID] = i
			body := names[item.Org.ID]
			if body.Name == "" {
				body.Name = item.Org.Code
			}
			p.Rows = append(p.Rows, matrixRow{Body: body, Cells: make([]matrixCell, len(p.Periods))})
		}
		b := matrixBadge(item)
		p.Rows[i].Cells[column[item.Period]] = matrixCell{Item: item, Badge: b, Asked: true, Why: waivers[item.ID].Reason}
		if item.Waived {
			p.Waived = append(p.Waived, waivedCell{item.ID, p.Rows[i].Body.ShortName, item.Period, waivers[item.ID].Reason})
		}
		p.Periods[column[item.Period]].Counts.add(item)
		if item.At != 0 || item.Due.Before(today) {
			p.Rows[i].Due++
			if item.At != 0 && !item.Late {
				p.Rows[i].OnTime++
			}
		}
		if !seen[b] {
			seen[b] = true
			p.Legend = append(p.Legend, b)
		}
	}
	slices.SortStableFunc(p.Rows, func(a, b matrixRow) int { return a.Body.Sort - b.Body.Sort })
	slices.SortFunc(p.Legend, func(a, b badge) int { return legendPlace(a) - legendPlace(b) })
}

// matrixBadge tells timeliness first: an accepted report that came late shows as late.
func matrixBadge(item report.CompletenessItem) badge {
	switch {
	case item.State == report.StateAccepted && item.Late:
		return badge{"late", "Đã nhận, gửi muộn"}
	case item.State == report.StateNil && item.Late:
		return badge{"late", "Không phát sinh, gửi muộn"}
	}
	return badge{stateClass(item.State), item.State.Name()}
}

var legendOrder = []string{"accepted", "on-time", "late", "returned", "nil", "extended", "draft", "missing"}

func legendPlace(b badge) int { return slices.Index(legendOrder, b.Class)*2 + len(b.Text)%2 }

// columnPeriod fits the head of a wide table: Quý IV/2021.
func columnPeriod(p calendar.Period) string {
	return strings.ReplaceAll(capital(p.Name()), " năm ", "/")
}

// shortPeriod fits the head of a column: 3/22, I/22, 6T đầu 22.
func shortPeriod(p calendar.Period) string {
	name, year := p.String(), p.String()[2:4]
	switch p.Kind() {
	case calendar.Month:
		return name[5:] + "/" + year
	case calendar.Quarter:
		return [...]string{"I", "II", "III", "IV"}[name[6]-'1'] + "/" + year
	case calendar.Half:
		return "6T" + name[6:] + "/" + year
	case calendar.NineMonths:
		return "9T/" + year
	}
	return name
}
