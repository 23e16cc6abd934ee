package web

import (
	"net/http"
	"slices"

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
	Absence   report.Absence
	Items     []absentLine
	Counts    periodCounts
	Channels  []channel
	MayRemind bool
	MayEnter  bool // a paper report in the body's stead
	MayWaive  bool
	Lines     int // of the message, for the height of its box
	Switch    readingSwitch
	OnlyLate  bool
}

type absentLine struct {
	report.Absent
	Note     string // as it is now: what the body was called, or who answers for it
	Badge    badge
	When     string
	Reminded []reminderLine
	Waivable bool   // nothing counts yet
	Typed    string // a reason that was refused
}

func (s *site) absentReports(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.NoteReminder, by.Body); err != nil {
		if err := by.May(access.GrantReportExtension, by.Body); err != nil { // the commission's leader reads it too
			return Reply{}, err
		}
	}
	regime, period, err := regimeAndPeriod(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	reading, err := readingOf(tx, r)
	if err != nil {
		return Reply{}, err
	}
	data, err := absentOf(tx, by, regime, period, reading)
	if data.OnlyLate = r.FormValue("loc") == "qua-han"; data.OnlyLate {
		today := calendar.OfInstant(tx.Clock())
		data.Items = slices.DeleteFunc(data.Items, func(line absentLine) bool { return !line.Due.Before(today) })
	}
	return Reply{Page: "report/absent", Data: data}, err
}

func absentOf(tx *db.Tx, by access.Actor, regime report.Regime, period calendar.Period, reading readingSwitch) (data absentPage, err error) {
	data = absentPage{Switch: reading, Regime: regime, Period: period, Channels: channels(), MayRemind: by.Can(access.NoteReminder, by.Body),
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
		data.Items = append(data.Items, absentLine{Absent: item, Badge: obligationBadge(item.Obligation, today), When: dueWords(holidays, item.Due, today),
			Reminded: remindersOf(item.Reminders), Waivable: data.MayWaive && item.Accepted == ""})
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
	regime, again := report.FindRegime(tx, by, o.RegimeCode)
	if again != nil {
		return Reply{}, err
	}
	data, again := absentOf(tx, by, regime, o.Period, readingSwitch{})
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
			f.Problems[i].Field = "thoi-" + o.BodyCode
		}
	}
	return Reply{Page: "report/absent", Data: data}, err
}
