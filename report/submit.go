package report

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
)

func sortProblems(list fault.List) {
	slices.SortFunc(list, func(a, b fault.Problem) int { return strings.Compare(a.Field, b.Field) })
}

// addressee is what the writer must know of an obligation to take a report.
type addressee struct {
	Obligation db.ID         `db:"id"`
	Due        calendar.Date `db:"due"`
	Drafted    bool          `db:"drafted"`
	Version    int64         `db:"latest_version"`
	Holder     db.ID         `db:"holder"`
}

func (o Obligation) addressee() addressee {
	return addressee{Obligation: o.ID, Due: o.Due, Drafted: o.Drafted, Version: o.Version, Holder: o.Holder}
}

// Submit hands in a prepared report and gives its receipt. The actor approves it by handing it in: the leader of the
// body that answers for it, or a program trusted with any body. The same key and content give the same receipt again;
// the same key with another content is Conflict. A version already there is superseded, never overwritten. Late is
// marked, never blocked.
//
// Statements: one query (one more for a key), the journal's line, the submission, the obligation; the opening's running
// number is read and written once per commit.
func Submit(tx *db.Tx, by access.Actor, p Prepared) (Receipt, error) {
	at, err := addressed(tx, by, p)
	if err != nil {
		return Receipt{}, err
	}
	if err := mayHandIn(by, at.Holder); err != nil {
		return Receipt{}, err
	}
	return at.receive(tx, by, p)
}

func mayHandIn(by access.Actor, body db.ID) error {
	if err := by.May(access.SubmitReport, body); err != nil {
		return err
	}
	return by.May(access.ApproveReport, body)
}

// addressed reads inside the writer what may have changed since the report was prepared.
func addressed(tx *db.Tx, by access.Actor, p Prepared) (addressee, error) {
	var at addressee
	err := tx.Get(&at, `
select id, due, drafted, latest_version, holder
from obligation
where opening = ? and body = ?`, p.opening, p.Body.ID)
	if !errors.Is(err, db.None) {
		return at, err
	}
	if err := mayHandIn(by, p.Body.ID); err != nil {
		return at, err
	}
	return at, notAsked(p.Body.Code, p.Period, p.Regime)
}

// receive hands the report in at its place.
func (at addressee) receive(tx *db.Tx, by access.Actor, p Prepared) (Receipt, error) {
	if p.key != "" {
		if receipt, done, err := replay(tx, p); done || err != nil {
			return receipt, err
		}
	}
	s, err := hold(tx, p.opening)
	if err != nil {
		return Receipt{}, err
	}
	now := tx.Now()
	late := now > db.InstantOf(at.Due.EndOfDay())
	if p.way == WayPaper {
		late = p.arrival.Date.After(at.Due)
	}
	r := submissionRow{ID: tx.NewID(), Obligation: at.Obligation, Opening: p.opening, Body: p.Body.ID, Version: at.Version + 1,
		Number: s.received + 1, At: now, Due: at.Due, Late: late, Nil: p.nothing, Way: p.way, ByActor: by.Key(), ByName: by.Name,
		Figures: p.figures, Sections: p.sections, Notes: p.notes, Hash: p.Hash, Key: nullable(p.key), File: p.original.File,
		PaperNumber: p.original.Number, PaperDate: p.original.Date, Signer: p.original.Signer, ArrivalNumber: p.arrival.Number,
		ArrivalDate: p.arrival.Date}
	// The line comes before the row here: the row keeps the journal's head with this line in it, which the receipt gives.
	head, err := journal.Write(tx, by, "submitted", journal.Subject{Kind: "submission", ID: r.ID, Body: at.Holder}, journal.Details{
		"regime": p.Regime, "period": p.Period.String(), "version": r.Version, "number": r.Number, "hash": r.Hash, "late": late, "way": r.Way})
	if err != nil {
		return Receipt{}, err
	}
	r.JournalSize, r.JournalRoot = head.Size, head.Root
	if err := tx.Insert("submission", &r); err != nil {
		return Receipt{}, err
	}
	drafted := at.Drafted && p.way == WayPaper // what the body itself was typing is not the clerk's to drop
	if at.Drafted && !drafted {
		if _, err := tx.Exec("delete from report_draft where obligation = ?", r.Obligation); err != nil {
			return Receipt{}, err
		}
	}
	if err := keepHandedIn(tx, r, drafted); err != nil {
		return Receipt{}, err
	}
	s.received = r.Number
	s.touch(head.Root)
	return r.receipt(p.Body.Code, p.Regime, p.Period), nil
}

// replay gives the receipt again when this key was used before; for another report it is a Conflict.
func replay(tx *db.Tx, p Prepared) (receipt Receipt, done bool, err error) {
	var before struct {
		ID   db.ID  `db:"id"`
		Hash string `db:"hash"`
	}
	err = tx.Get(&before, "select id, hash from submission where key = ?", p.key)
	if errors.Is(err, db.None) {
		return receipt, false, nil
	}
	if err != nil {
		return receipt, false, err
	}
	// The hash covers the regime, the period and the body, so equal hashes are the same request.
	if before.Hash != p.Hash {
		return receipt, false, fault.Conflict("Khóa chống gửi trùng này đã dùng cho một báo cáo khác; hãy dùng khóa mới.")
	}
	receipt, err = receiptByID(tx, before.ID)
	return receipt, true, err
}

func nullable(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// SubmitDraft sends the draft as it stands at version, for an obligation found in this transaction. Errors stop it; every
// warning needs a reason under its key in Draft.Notes. Two doors are equal: the leader approved it here, earlier or by
// sending it now; or the signed original is attached with number, date and signer.
func SubmitDraft(tx *db.Tx, by access.Actor, o Obligation, version int64, original Original) (Receipt, error) {
	if err := by.May(access.SubmitReport, o.Holder); err != nil {
		return Receipt{}, err
	}
	d, err := draftAt(tx, o, version)
	if err != nil {
		return Receipt{}, err
	}
	way := WayProgram
	switch {
	case original.given():
		way = WaySigned
		if err := original.check(tx); err != nil {
			return Receipt{}, err
		}
	case d.Stage() == StageApproved:
	case !by.Can(access.ApproveReport, o.Holder):
		return Receipt{}, fault.Conflict("Báo cáo cần lãnh đạo cơ quan duyệt: bấm “Trình lãnh đạo duyệt”; hoặc đính kèm bản đã ký (tệp PDF, số, ngày, người ký).")
	case !d.mayApprove(by):
		return Receipt{}, notPutForward(d)
	}
	f, err := formByID(tx, o.Form)
	if err != nil {
		return Receipt{}, err
	}
	p := o.prepared(f, way)
	p.original = original
	if err := p.readDraft(tx, o, d.Draft); err != nil {
		return Receipt{}, err
	}
	at := o.addressee()
	at.Drafted = true // it may have been saved after the obligation was found
	return at.receive(tx, by, p)
}

func (o Original) given() bool {
	return o.File != "" || o.Number != "" || o.Signer != "" || !o.Date.IsZero()
}

func (o *Original) check(tx *db.Tx) error {
	o.Number, o.Signer = fold.Tidy(o.Number), fold.Tidy(o.Signer)
	var wrong fault.List
	if o.File == "" {
		wrong.Add("file", "Hãy đính kèm tệp PDF của bản đã ký.")
	} else if there, err := tx.Exists("select 1 from file where id = ?", o.File); err != nil {
		return err
	} else if !there {
		wrong.Add("file", "Tệp đính kèm không còn; hãy tải lại.")
	}
	if o.Number == "" {
		wrong.Add("paper_number", "Hãy ghi số văn bản đã ký.")
	}
	if o.Date.IsZero() {
		wrong.Add("paper_date", "Hãy ghi ngày văn bản đã ký.")
	}
	wrong.AddError("paper_date", calendar.Happened("Ngày văn bản đã ký", o.Date, calendar.OfInstant(tx.Clock())))
	if o.Signer == "" {
		wrong.Add("signer", "Hãy ghi người ký.")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return official.RefuseSecret(o.Number, o.Signer)
}

// prepared begins a report to the place of an obligation.
func (o Obligation) prepared(f *Form, way string) Prepared {
	return Prepared{Form: f.For(o.Scope), Regime: o.RegimeCode, Period: o.Period, Body: Body{o.Body, o.BodyCode}, opening: o.Opening, way: way}
}

// readDraft asks the guard about a draft as a whole and fills the report with it.
func (p *Prepared) readDraft(tx *db.Tx, o Obligation, d Draft) error {
	earlier, _, err := before(tx, p.Form, o.Regime, o.Body, o.Period)
	if err != nil {
		return err
	}
	c := readDraft(p.Form, d)
	c.judge(p.Form, earlier)
	if err := c.problems(func(one Finding) string { return "note." + one.Key }).Err(); err != nil {
		return err
	}
	p.nothing = d.Nil
	return p.seal(c.values, c.sections, maps.Clone(c.notes))
}

// Nil says in one step that nothing happened in the period. The focal point may do it: it commits the body to no figure.
func Nil(tx *db.Tx, by access.Actor, o Obligation, reason string) (Receipt, error) {
	if err := by.May(access.SubmitReport, o.Holder); err != nil {
		return Receipt{}, err
	}
	reason = fold.Tidy(reason)
	if err := official.RefuseSecret(reason); err != nil {
		return Receipt{}, err
	}
	f, err := formByID(tx, o.Form)
	if err != nil {
		return Receipt{}, err
	}
	p := o.prepared(f, WayProgram)
	p.nothing = true
	if err := p.seal(make([]Value, len(f.Indicators)), nil, map[string]string{"nil": reason}); err != nil {
		return Receipt{}, err
	}
	return o.addressee().receive(tx, by, p)
}

// EnterPaper is nhập thay: the commission's officer or clerk types a report that came on paper or through e-office. The
// day it arrived decides whether it was late.
func EnterPaper(tx *db.Tx, by access.Actor, o Obligation, d Draft, original Original, arrival Arrival) (Receipt, error) {
	if err := by.May(access.EnterPaperReport, o.Holder); err != nil {
		return Receipt{}, err
	}
	arrival.Number = fold.Tidy(arrival.Number)
	original.Number, original.Signer = fold.Tidy(original.Number), fold.Tidy(original.Signer)
	var wrong fault.List
	if arrival.Number == "" {
		wrong.Add("arrival_number", "Hãy ghi số đến.")
	}
	if arrival.Date.IsZero() {
		wrong.Add("arrival_date", "Hãy ghi ngày đến.")
	}
	today := calendar.OfInstant(tx.Clock())
	wrong.AddError("arrival_date", calendar.Happened("Ngày đến", arrival.Date, today))
	wrong.AddError("paper_date", calendar.Happened("Ngày văn bản", original.Date, today))
	wrong.AddError("arrival_date", calendar.NotBefore("Ngày đến", arrival.Date, "ngày văn bản", original.Date))
	if err := wrong.Err(); err != nil {
		return Receipt{}, err
	}
	if err := official.RefuseSecret(arrival.Number, original.Number, original.Signer); err != nil {
		return Receipt{}, err
	}
	if err := d.clean(); err != nil {
		return Receipt{}, err
	}
	f, err := formByID(tx, o.Form)
	if err != nil {
		return Receipt{}, err
	}
	p := o.prepared(f, WayPaper)
	p.original, p.arrival = original, arrival
	if err := p.readDraft(tx, o, d); err != nil {
		return Receipt{}, err
	}
	return o.addressee().receive(tx, by, p)
}
