package appraisal

import (
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/org"
)

// Rule says which drafts must come to the commission first, and within how many working days it answers.
type Rule struct {
	ID        db.ID         `db:"id"`
	Body      db.ID         `db:"org"`
	Form      string        `db:"form"` // "" for any
	Addressee Addressee     `db:"addressee"`
	Sector    string        `db:"sector"` // "" for any
	Days      int           `db:"days"`
	Basis     string        `db:"basis"` // the regulation, as cited
	From      calendar.Date `db:"valid_from"`
	To        calendar.Date `db:"valid_to"` // the last day
	At        db.Instant    `db:"at"`
	By        string        `db:"by_name"`
}

// Covers reports whether a draft of a day falls under the rule.
func (r Rule) Covers(form string, to Addressee, sector string, day calendar.Date) bool {
	return r.Addressee == to && (r.Form == "" || fold.Fold(r.Form) == fold.Fold(form)) && (r.Sector == "" || r.Sector == sector) &&
		!day.Before(r.From) && (r.To.IsZero() || !day.After(r.To))
}

// narrow is how much a rule says: of two that cover a draft the narrower one counts.
func (r Rule) narrow() (n int) {
	if r.Form != "" {
		n += 2
	}
	if r.Sector != "" {
		n++
	}
	return n
}

const ruleColumns = "select id, org, form, addressee, sector, days, basis, valid_from, valid_to, at, by_name\nfrom appraisal_rule\n"

// Rules are those that hold today or will, to everybody who sends or reads drafts.
func Rules(tx *db.Tx, by access.Actor) ([]Rule, error) {
	if err := by.May(access.ReadAppraisal, by.Body); err != nil {
		return nil, err
	}
	all, err := rules(tx)
	today := calendar.OfInstant(tx.Clock())
	var living []Rule
	for _, r := range all {
		if r.To.IsZero() || !r.To.Before(today) {
			living = append(living, r)
		}
	}
	return living, err
}

func rules(tx *db.Tx) (all []Rule, err error) {
	return all, tx.Select(&all, ruleColumns+"order by addressee, form, sector, valid_from, id")
}

// must finds the rule that a draft of today falls under; without ID when none does.
func must(tx *db.Tx, form string, to Addressee, sector string, day calendar.Date) (found Rule, err error) {
	all, err := rules(tx)
	for _, r := range all {
		if r.Covers(form, to, sector, day) && (found.ID == "" || r.narrow() > found.narrow()) {
			found = r
		}
	}
	return found, err
}

// AddRule notes which drafts must come.
func AddRule(tx *db.Tx, by access.Actor, r Rule) error {
	if err := by.May(access.ConductAppraisal, by.Body); err != nil {
		return err
	}
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return err
	}
	r.Form, r.Basis = fold.Tidy(r.Form), fold.Tidy(r.Basis)
	var wrong fault.List
	if r.Addressee != ToParty && r.Addressee != ToGovernment {
		wrong.Add("rule_addressee", "Xin chọn dự thảo trình cấp nào.")
	}
	if r.Basis == "" {
		wrong.Add("basis", "Cần ghi quy định nào nêu điều này, ví dụ “Quy chế làm việc số 01-QC/TU, ngày 15/01/2021”.")
	}
	if len(r.Basis) > mostText || len(r.Form) > mostText {
		wrong.Add("basis", "Phần này dài quá %d ký tự; xin ghi ngắn gọn.", mostText)
	}
	if r.Days < 1 || r.Days > mostDays {
		wrong.Add("rule_days", "Xin ghi thời hạn thẩm định theo quy định, từ 1 đến %d ngày làm việc.", mostDays)
	}
	if r.From.IsZero() {
		wrong.Add("from", "Cần ghi quy định áp dụng từ ngày nào.")
	}
	if !known(r.Sector) {
		wrong.Add("rule_sector", "Không có lĩnh vực “%s”; xin chọn trong danh sách.", r.Sector)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := official.RefuseSecret(r.Form, r.Basis); err != nil {
		return err
	}
	r.ID, r.Body, r.To, r.At, r.By = tx.NewID(), commission.ID, calendar.Date{}, tx.Now(), by.Name
	if err := tx.Insert("appraisal_rule", r); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "added", journal.Subject{Kind: "appraisal_rule", ID: r.ID, Body: r.Body},
		journal.Details{"rule": r.What(), "days": r.Days, "basis": r.Basis})
	return err
}

func known(sector string) bool {
	return sector == "" || strings.Contains(" "+strings.Join(org.SectorCodes(), " ")+" ", " "+sector+" ")
}

// What says which drafts the rule is about.
func (r Rule) What() string {
	what := "Mọi dự thảo"
	if r.Form != "" {
		what = r.Form
	}
	what += map[Addressee]string{ToParty: " trình cấp ủy", ToGovernment: " trình Ủy ban nhân dân, Hội đồng nhân dân"}[r.Addressee]
	for _, s := range org.AllSectors {
		if s.Code == r.Sector && r.Sector != "" {
			what += " về " + fold.Uncapital(s.Name)
		}
	}
	return what
}

// EndRule ends a rule with today.
func EndRule(tx *db.Tx, by access.Actor, id db.ID) error {
	if err := by.May(access.ConductAppraisal, by.Body); err != nil {
		return err
	}
	var found []Rule
	if err := tx.Select(&found, ruleColumns+"where id = ?", id); err != nil {
		return err
	}
	switch {
	case len(found) == 0:
		return fault.Missing("Không có quy định này.")
	case !found[0].To.IsZero():
		return fault.Conflict("Quy định này đã thôi áp dụng sau ngày %s.", found[0].To.Vietnamese())
	}
	last := calendar.OfInstant(tx.Clock())
	if last.Before(found[0].From) {
		last = found[0].From
	}
	if _, err := tx.Exec("update appraisal_rule set valid_to = ? where id = ?", last, id); err != nil {
		return err
	}
	_, err := journal.Write(tx, by, "ended", journal.Subject{Kind: "appraisal_rule", ID: id, Body: found[0].Body},
		journal.Details{"rule": found[0].What(), "last": last.Vietnamese()})
	return err
}
