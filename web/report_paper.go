package web

import (
	"net/http"
	"net/url"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/intake"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/lineage"
	"giaoban/report"
)

func (s *site) showPaperEntry(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	data, err := paperEntryOf(tx, by, db.ID(r.PathValue("obligation")), report.Draft{})
	if err == nil {
		err = data.arrived(tx, by, db.ID(r.FormValue(fromArrival)))
	}
	data.turn(nil)
	return Reply{Page: "report/sheet", Data: data}, err
}

// fromArrival says in an address which paper of the book of incoming papers is entered.
const fromArrival = "den"

// arrived fills what is known of the paper from the book of incoming papers, and keeps it in the form's address.
func (p *sheetPage) arrived(tx *db.Tx, by access.Actor, id db.ID) error {
	if id == "" {
		return nil
	}
	i, err := intake.Find(tx, by, id)
	if err != nil {
		return err
	}
	p.Typed = paperFields{Number: i.Symbol, Date: i.Date.Vietnamese(), Signer: i.Signer, ArrivalNumber: i.Number, ArrivalDate: i.ArrivedOn.Vietnamese()}
	p.ToSubmit += "?" + fromArrival + "=" + url.QueryEscape(string(id))
	return nil
}

// paperEntryOf is the working page for a report that came on paper; there is no draft, what is typed is entered at once.
func paperEntryOf(tx *db.Tx, by access.Actor, id db.ID, typed report.Draft) (sheetPage, error) {
	o, err := report.FindObligation(tx, by, id)
	if err != nil {
		return sheetPage{}, err
	}
	if err := by.May(access.EnterPaperReport, o.Holder); err != nil {
		return sheetPage{}, err
	}
	data, err := sheetHead(tx, by, o)
	if err != nil {
		return data, err
	}
	whole, err := report.FormByID(tx, by, o.Form)
	if err != nil {
		return data, err
	}
	data.Form = whole.For(o.Scope)
	data.Paper, data.Source, data.ToSubmit = true, "empty", "/bao-cao/"+string(id)+"/nhap-thay"
	data.Typed = paperFields{ArrivalDate: calendar.OfInstant(tx.Clock()).String()}
	var last *report.LastValue
	values, _, err := periodBefore(tx, by, report.Submission{Regime: o.RegimeCode, Period: o.Period, Body: report.Body{ID: o.Body}, Form: data.Form})
	if err != nil {
		return data, err
	}
	if values != nil {
		last = &report.LastValue{Values: values}
		previous, _ := o.Period.Previous()
		data.LastName, data.LastColumn = previous.Name(), columnPeriod(previous)
	}
	var findings []report.Finding
	if len(typed.Values)+len(typed.Sections) > 0 {
		before, err := report.FiguresBefore(tx, by, o, data.Form)
		if err != nil {
			return data, err
		}
		findings = report.Check(data.Form, typed, before)
	}
	data.Nil = typed.Nil
	data.lay(typed, findings, nil, last, nil)
	return data, nil
}

func (s *site) enterPaperReport(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, f, err := formOf(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	if again, err := s.sentBefore(tx, by, r, o); again.To != "" || err != nil {
		return again, err
	}
	d := readDraft(r, f)
	if choseReading(r) {
		data, err := paperEntryOf(tx, by, o.ID, d)
		if err == nil {
			err = data.arrived(tx, by, db.ID(r.FormValue(fromArrival)))
		}
		data.Typed, data.Latest = readPaperFields(r), wholeNumber(r.PostFormValue("latest"))
		data.turn(nil)
		return Reply{Page: "report/sheet", Data: data, Again: true}, err
	}
	receipt, err := s.enterPaper(tx, by, r, o, d)
	if err == nil {
		return Reply{To: address("submission", receipt.ID)}, nil
	}
	data, again := paperEntryOf(tx, by, o.ID, d)
	if again == nil {
		again = data.arrived(tx, by, db.ID(r.FormValue(fromArrival)))
	}
	if again != nil {
		return Reply{}, err
	}
	data.Typed, data.Latest = readPaperFields(r), wholeNumber(r.PostFormValue("latest"))
	data.turn(err)
	return Reply{Page: "report/sheet", Data: data}, anchored(err)
}

func (s *site) enterPaper(tx *db.Tx, by access.Actor, r *http.Request, o report.Obligation, d report.Draft) (report.Receipt, error) {
	var wrong fault.List
	arrival := report.Arrival{Number: r.PostFormValue("arrival_number"), Date: readDay(&wrong, r, "arrival_date", "")}
	original := report.Original{Number: r.PostFormValue("paper_number"), Signer: r.PostFormValue("signer"), Date: readDay(&wrong, r, "paper_date", "")}
	if err := wrong.Err(); err != nil {
		return report.Receipt{}, err
	}
	if len(s.uploads(r, "file")) > 0 || refusedUpload(r) != nil {
		// The scan is the original: it is kept under the body that signed it.
		file, err := s.scan(tx, by, r, o)
		if err != nil {
			return report.Receipt{}, err
		}
		original.File = file
	}
	arrived := db.ID(r.FormValue(fromArrival))
	if arrived != "" && original.File == "" {
		file, err := intake.Original(tx, by, arrived)
		if err != nil {
			return report.Receipt{}, err
		}
		original.File = file
	}
	receipt, err := report.EnterPaper(tx, by, o, d, original, arrival)
	if err != nil {
		return receipt, err
	}
	if arrived != "" {
		made := lineage.Node{Kind: "submission", ID: receipt.ID, Label: "Báo cáo " + o.Period.Name() + " của " + o.BodyCode + ", " + report.VersionName(receipt.Version)}
		if err := intake.Settle(tx, by, arrived, made); err != nil {
			return receipt, err
		}
	}
	return receipt, s.attach(tx, by, r, o, receipt, original)
}

func (s *site) scan(tx *db.Tx, by access.Actor, r *http.Request, o report.Obligation) (db.ID, error) {
	if err := refusedUpload(r); err != nil {
		return "", err
	}
	files := s.uploads(r, "file")
	if len(files) > 1 {
		return "", fault.Invalid("file", "Mỗi báo cáo có một bản ký; các tệp khác đính vào ô Tệp kèm.")
	}
	return storeUpload(tx, by, o.Holder, files[0])
}
