package programme

import (
	"strings"

	"giaoban/access"
	"giaoban/appraisal"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/report"
)

// DutyKind is what a duty asks for.
type DutyKind string

// Telling is information at any time; a report comes by a regime; an appraisal asks for drafts.
const (
	ToReport   DutyKind = "report"
	ToAppraise DutyKind = "appraisal"
	ToTell     DutyKind = "telling"
	byParties           = "parties"
	byOffice            = "commission"
)

// Name is the office's word.
func (k DutyKind) Name() string {
	return map[DutyKind]string{ToReport: "Báo cáo", ToAppraise: "Gửi dự thảo thẩm định, góp ý", ToTell: "Cung cấp thông tin"}[k]
}

// Duty is what a regulation lays down: who owes what by when, and what was made of it.
type Duty struct {
	ID        db.ID      `db:"id"`
	Programme db.ID      `db:"programme"`
	N         int        `db:"n"`
	OwedBy    string     `db:"owed_by"` // parties | commission
	Words     string     `db:"words"`
	Time      string     `db:"time"`
	Kind      DutyKind   `db:"kind"`
	MadeKind  string     `db:"made_kind"`
	MadeID    db.ID      `db:"made_id"`
	MadeAt    db.Instant `db:"made_at"`
}

// ByCommission reports whether the commission owes it.
func (d Duty) ByCommission() bool { return d.OwedBy == byOffice }

// Duties lists what a programme lays down, in the order of the paper.
func Duties(tx *db.Tx, by access.Actor, id db.ID) (all []Duty, err error) {
	if _, err = Find(tx, by, id); err != nil {
		return nil, err
	}
	return dutiesOf(tx, id)
}

func dutiesOf(tx *db.Tx, id db.ID) (all []Duty, err error) {
	err = tx.Select(&all, `
select id, programme, n, owed_by, words, time, kind, made_kind, made_id, made_at
from programme_duty
where programme = ?
order by n`, id)
	return all, err
}

// readDuties reads duties a line each: "Các cơ quan: báo cáo tháng; thời gian: trước ngày 20" or "Ban: trả lời kiến nghị; thời gian: 15
// ngày". What begins with neither is owed by the parties.
func readDuties(typed string) (all []Duty) {
	for line := range strings.Lines(fold.Clean(typed)) {
		words, _, _, _, time := clauses(unnumbered(line))
		if words == "" {
			continue
		}
		d := Duty{OwedBy: byParties, Words: words, Time: time}
		if head, rest, ok := strings.Cut(words, ":"); ok {
			switch folded := fold.Fold(head); {
			case strings.HasPrefix(folded, "ban"):
				d.OwedBy, d.Words = byOffice, strings.TrimSpace(rest)
			case strings.HasPrefix(folded, "cac co quan"), strings.HasPrefix(folded, "cac so"), strings.HasPrefix(folded, "co quan"):
				d.Words = strings.TrimSpace(rest)
			}
		}
		switch folded := fold.Fold(d.Words); {
		case strings.Contains(folded, "tham dinh"), strings.Contains(folded, "gop y"), strings.Contains(folded, "du thao"):
			d.Kind = ToAppraise
		case strings.Contains(folded, "bao cao"):
			d.Kind = ToReport
		default:
			d.Kind = ToTell
		}
		all = append(all, d)
	}
	return all
}

func (p Programme) addDuties(tx *db.Tx, all []Duty) error {
	if len(all) > mostLines {
		return fault.Invalid("duties", "Nhiều nhất %d trách nhiệm.", mostLines)
	}
	for i, d := range all {
		if len(d.Words) > 4000 || len(d.Time) > 300 {
			return fault.Invalid("duties", "Trách nhiệm thứ %d dài quá 4.000 chữ.", i+1)
		}
		if _, err := tx.Exec(`
insert into programme_duty (id, programme, n, owed_by, words, time, kind, made_kind, made_id, made_at)
values (?, ?, ?, ?, ?, ?, ?, '', '', null)`, tx.NewID(), p.ID, i+1, d.OwedBy, d.Words, d.Time, string(d.Kind)); err != nil {
			return err
		}
	}
	return nil
}

// MakeRegime makes the regime that a duty lays down: a draft with the parties in it, which the officer completes and activates.
func MakeRegime(tx *db.Tx, by access.Actor, id, duty db.ID, code string, kind calendar.Kind) (report.Regime, error) {
	p, err := keeping(tx, by, id)
	if err != nil {
		return report.Regime{}, err
	}
	all, err := dutiesOf(tx, p.ID)
	if err != nil {
		return report.Regime{}, err
	}
	for _, d := range all {
		if d.ID != duty {
			continue
		}
		switch {
		case d.Kind != ToReport || d.ByCommission():
			return report.Regime{}, fault.Conflict("Chế độ báo cáo chỉ lập từ trách nhiệm báo cáo của các cơ quan.")
		case d.MadeID != "":
			return report.Regime{}, fault.Conflict("Trách nhiệm này đã thành chế độ báo cáo.")
		case p.StateOn(day(tx)) != InForce:
			return report.Regime{}, fault.Conflict("%s chưa đủ chữ ký hoặc đã hết hiệu lực nên chưa đặt ra trách nhiệm.", p.Kind.Name())
		}
		return p.makeRegime(tx, by, d, code, kind)
	}
	return report.Regime{}, fault.Invalid("duty", "Trách nhiệm này không có trong quy chế; xin mở lại trang.")
}

// MakeRule makes the rule that a duty lays down: which drafts come to the commission first, and in how many working days it answers.
func MakeRule(tx *db.Tx, by access.Actor, id, duty db.ID, to appraisal.Addressee, days int) error {
	p, err := keeping(tx, by, id)
	if err != nil {
		return err
	}
	all, err := dutiesOf(tx, p.ID)
	if err != nil {
		return err
	}
	for _, d := range all {
		if d.ID != duty {
			continue
		}
		switch {
		case d.Kind != ToAppraise || d.ByCommission():
			return fault.Conflict("Quy định gửi dự thảo chỉ lập từ trách nhiệm gửi dự thảo của các cơ quan.")
		case d.MadeID != "":
			return fault.Conflict("Trách nhiệm này đã thành quy định gửi dự thảo.")
		case p.StateOn(day(tx)) != InForce:
			return fault.Conflict("%s chưa đủ chữ ký hoặc đã hết hiệu lực nên chưa đặt ra trách nhiệm.", p.Kind.Name())
		}
		if err := appraisal.AddRule(tx, by, appraisal.Rule{Addressee: to, Days: days, Basis: p.Label(), From: day(tx)}); err != nil {
			return err
		}
		if _, err := tx.Exec("update programme_duty set made_kind = 'appraisal_rule', made_id = ?, made_at = ? where id = ?", d.ID, tx.Now(), d.ID); err != nil {
			return err
		}
		_, err := journal.Write(tx, by, "duty_made", p.about(), journal.Details{"duty": fold.Cut(d.Words, 120), "made": "quy định gửi dự thảo"})
		return err
	}
	return fault.Invalid("duty", "Trách nhiệm này không có trong quy chế; xin mở lại trang.")
}

func (p Programme) makeRegime(tx *db.Tx, by access.Actor, d Duty, code string, kind calendar.Kind) (report.Regime, error) {
	r, err := report.CreateRegime(tx, by, report.NewRegime{Code: code, Name: fold.Capital(fold.Cut(d.Words, 120)), Kind: kind, Content: d.Words, Receiver: p.Body,
		Basis: p.Label()})
	if err != nil {
		return r, err
	}
	parties, err := partiesOf(tx, p.ID)
	if err != nil {
		return r, err
	}
	var bodies []db.ID
	for _, party := range parties {
		if party.N > 0 && party.ValidTo.IsZero() {
			bodies = append(bodies, party.Body)
		}
	}
	if err := report.Assign(tx, by, r.ID, bodies, day(tx), p.Label()); err != nil {
		return r, err
	}
	if _, err := tx.Exec("update programme_duty set made_kind = 'regime', made_id = ?, made_at = ? where id = ?", r.ID, tx.Now(), d.ID); err != nil {
		return r, err
	}
	if err := lineage.Link(tx, p.Node(), lineage.Node{Kind: "regime", ID: r.ID, Label: "Chế độ báo cáo " + r.Name}, "đặt ra"); err != nil {
		return r, err
	}
	_, err = journal.Write(tx, by, "duty_made", p.about(), journal.Details{"duty": fold.Cut(d.Words, 120), "made": "chế độ báo cáo " + r.Name})
	return r, err
}
