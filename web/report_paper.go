package web

import (
	"cmp"
	"net/http"
	"net/url"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/intake"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/library"
	"giaoban/lineage"
	"giaoban/report"
)

// fromArrival says in an address which paper of the book of incoming papers is entered.
const fromArrival = "den"

func (s *site) showPaperEntry(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if id := db.ID(r.FormValue(fromArrival)); id != "" {
		return arrivedEntry(tx, by, r, id)
	}
	data, err := paperEntryOf(tx, by, db.ID(r.PathValue("obligation")), report.Draft{})
	if err == nil {
		data.Typed.ArrivalDate = calendar.OfInstant(tx.Clock()).String()
	}
	data.turn(nil)
	return Reply{Page: "report/sheet", Data: data}, err
}

// arrivedEntry is the working page with a report from the book of incoming papers laid into it.
func arrivedEntry(tx *db.Tx, by access.Actor, r *http.Request, id db.ID) (Reply, error) {
	o, f, err := formOf(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	i, err := intake.Find(tx, by, id)
	if err != nil {
		return Reply{}, err
	}
	b := broughtPaper{fields: paperFields{Number: i.Symbol, Date: i.Date.Vietnamese(), Signer: i.Signer, ArrivalNumber: i.Number, ArrivalDate: i.ArrivedOn.Vietnamese()}}
	if b.document, err = intake.Read(tx, by, id); err != nil {
		return Reply{}, err
	}
	b.figures = f.FiguresIn(b.document, o.Period)
	if b.original, err = intake.Original(tx, by, id); err != nil {
		return Reply{}, err
	}
	data, err := paperEntryFrom(tx, by, o, f, report.Draft{}, b)
	data.from(id)
	data.turn(nil)
	return Reply{Page: "report/sheet", Data: data}, err
}

// from keeps in the form's address which incoming paper is entered.
func (p *sheetPage) from(arrived db.ID) {
	if arrived != "" {
		p.ToSubmit += "?" + fromArrival + "=" + url.QueryEscape(string(arrived))
	}
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
	if len(typed.Values)+len(typed.Sections)+len(typed.Read) > 0 {
		before, err := report.FiguresBefore(tx, by, o, data.Form)
		if err != nil {
			return data, err
		}
		findings = report.Check(data.Form, typed.WithRead(), before)
	}
	data.Nil = typed.Nil
	data.lay(typed, findings, nil, last, nil)
	return data, nil
}

// broughtPaper is a report that came as a file: what was read of it before the transaction, what is known of the paper and of its
// arrival, and the file that is kept already and will be its original; "" for none.
type broughtPaper struct {
	readReport
	fields   paperFields
	original db.ID
}

// paperEntryFrom is the working page with a report that was read elsewhere laid into what is typed already. Nothing is entered by it.
func paperEntryFrom(tx *db.Tx, by access.Actor, o report.Obligation, f *report.Form, typed report.Draft, b broughtPaper) (sheetPage, error) {
	said := layDocument(&typed, f, onlySector(f, typed, nil, nil), b.readReport)
	data, err := paperEntryOf(tx, by, o.ID, typed)
	if err != nil {
		return data, err
	}
	data.Typed, data.Laid = b.fields, said
	return data, data.withOriginal(tx, by, b.original)
}

// withOriginal names the file that is kept already as the original of the paper.
func (p *sheetPage) withOriginal(tx *db.Tx, by access.Actor, file db.ID) error {
	if file == "" {
		return nil
	}
	f, err := library.Find(tx, by, file)
	p.Original = &f
	return err
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
	if choseReading(r) || s.laysOut(r) {
		d.Unconfirmed()
		return s.paperAgain(tx, by, r, o, f, d)
	}
	d.Confirm()
	receipt, err := s.enterPaper(tx, by, r, o, d)
	if err == nil {
		return Reply{To: address("submission", receipt.ID)}, nil
	}
	return s.paperTyped(tx, by, r, o, d, err)
}

// paperAgain gives the page back with one reading chosen, or with the words laid out; nothing is entered yet.
func (s *site) paperAgain(tx *db.Tx, by access.Actor, r *http.Request, o report.Obligation, f *report.Form, d report.Draft) (Reply, error) {
	if !s.laysOut(r) {
		return s.paperTyped(tx, by, r, o, d, nil)
	}
	if err := by.May(access.EnterPaperReport, o.Holder); err != nil {
		return Reply{}, err
	}
	if read := readReportOf(r); read.err == nil && refusedUpload(r) == nil && r.PostFormValue("bo") == "" {
		data, err := paperEntryFrom(tx, by, o, f, d, broughtPaper{read, readPaperFields(r), db.ID(r.PostFormValue("original"))})
		data.Latest = wholeNumber(r.PostFormValue("latest"))
		data.from(db.ID(r.FormValue(fromArrival)))
		data.turn(nil)
		return Reply{Page: "report/sheet", Data: data, Again: true}, err
	}
	said, problem := s.layInto(r, &d, f, onlySector(f, d, nil, nil))
	reply, err := s.paperTyped(tx, by, r, o, d, problem)
	if data, ok := reply.Data.(sheetPage); ok {
		data.Laid = said
		reply.Data = data
	}
	return reply, err
}

// paperTyped is the page with what was typed, and with what is wrong with it, if anything.
func (s *site) paperTyped(tx *db.Tx, by access.Actor, r *http.Request, o report.Obligation, d report.Draft, problem error) (Reply, error) {
	data, err := paperEntryOf(tx, by, o.ID, d)
	if err == nil {
		err = data.withOriginal(tx, by, db.ID(r.PostFormValue("original")))
	}
	if err != nil {
		return Reply{}, cmp.Or(problem, err)
	}
	data.Typed, data.Latest = readPaperFields(r), wholeNumber(r.PostFormValue("latest"))
	data.from(db.ID(r.FormValue(fromArrival)))
	data.turn(problem)
	return Reply{Page: "report/sheet", Data: data, Again: problem == nil}, anchored(problem)
}

func (s *site) enterPaper(tx *db.Tx, by access.Actor, r *http.Request, o report.Obligation, d report.Draft) (report.Receipt, error) {
	var wrong fault.List
	arrival := report.Arrival{Number: r.PostFormValue("arrival_number"), Date: readDay(&wrong, r, "arrival_date", "")}
	original := report.Original{Number: r.PostFormValue("paper_number"), Signer: r.PostFormValue("signer"), Date: readDay(&wrong, r, "paper_date", ""),
		File: db.ID(r.PostFormValue("original"))}
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
	receipt, err := report.EnterPaper(tx, by, o, d, original, arrival)
	if err != nil {
		return receipt, err
	}
	if arrived := db.ID(r.FormValue(fromArrival)); arrived != "" {
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
