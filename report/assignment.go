package report

import (
	"errors"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/org"
)

// Assignment says that a body reports under a regime between two days.
type Assignment struct {
	ID        db.ID         `db:"id"`
	Regime    db.ID         `db:"regime"`
	Body      db.ID         `db:"body"`
	BodyCode  string        `db:"body_code"`
	ValidFrom calendar.Date `db:"valid_from"`
	ValidTo   calendar.Date `db:"valid_to"` // last day; zero while it lasts
	Basis     string        `db:"basis"`
	Scope     Scope         `db:"sectors"` // which sectors it reports
}

// Assign makes bodies report every sector from a day on; basis is the document that says so.
func Assign(tx *db.Tx, by access.Actor, regime db.ID, bodies []db.ID, from calendar.Date, basis string) error {
	return AssignScope(tx, by, regime, bodies, "", from, basis)
}

// AssignScope makes bodies report some sectors of the form from a day on.
func AssignScope(tx *db.Tx, by access.Actor, regime db.ID, bodies []db.ID, scope Scope, from calendar.Date, basis string) error {
	r, err := RegimeByID(tx, by, regime)
	if err != nil {
		return err
	}
	if err := by.May(access.ManageRegime, r.Receiver); err != nil {
		return err
	}
	if from.IsZero() || len(bodies) == 0 {
		return fault.Invalid("bodies", "Hãy chọn cơ quan báo cáo và ngày bắt đầu.")
	}
	if err := scope.check(tx, r.ID); err != nil {
		return err
	}
	basis = fold.Clean(basis)
	for _, body := range bodies {
		code, err := org.CodeOf(tx, body)
		if errors.Is(err, db.None) {
			return fault.Invalid("bodies", "Một cơ quan đã chọn không có trong danh bạ. Xin chọn lại.")
		}
		if err != nil {
			return err
		}
		already, err := tx.Exists(`
select 1
from regime_assignment
where regime = ? and body = ? and (valid_to is null or valid_to >= ?)`, r.ID, body, from)
		if err != nil {
			return err
		}
		if already {
			return fault.Conflict("%s đã được giao báo cáo theo chế độ này vào ngày %s hoặc sau đó.", code, from.Vietnamese())
		}
		if _, err := tx.Exec(`
insert into regime_assignment (id, regime, body, valid_from, valid_to, basis, sectors) values (?, ?, ?, ?, null, ?, ?)`,
			tx.NewID(), r.ID, body, from, basis, string(scope)); err != nil {
			return err
		}
	}
	_, err = journal.Write(tx, by, "assigned", regimeSubject(r), journal.Details{
		"bodies": len(bodies), "from": from.String(), "basis": basis, "sectors": string(scope)})
	return err
}

// check holds the sectors against the newest form, where there is one.
func (s Scope) check(tx *db.Tx, regime db.ID) error {
	var id db.ID
	err := tx.Get(&id, "select id from regime_form where regime = ? order by number desc limit 1", regime)
	if errors.Is(err, db.None) || s == "" {
		return nil
	}
	if err != nil {
		return err
	}
	f, err := formByID(tx, id)
	if err != nil {
		return err
	}
	for _, code := range s.Sectors() {
		if !slices.ContainsFunc(f.Sectors, func(sector Sector) bool { return sector.Code == code }) {
			return fault.Invalid("sectors", "Biểu mẫu không có lĩnh vực mang mã “%s”.", code)
		}
	}
	return nil
}

// Unassign ends a body's duty; periods whose cut-off lies after lastDay no longer ask it.
func Unassign(tx *db.Tx, by access.Actor, regime, body db.ID, lastDay calendar.Date, basis string) error {
	r, err := RegimeByID(tx, by, regime)
	if err != nil {
		return err
	}
	if err := by.May(access.ManageRegime, r.Receiver); err != nil {
		return err
	}
	n, err := tx.Exec(`
update regime_assignment
set valid_to = ?
where regime = ? and body = ? and valid_to is null and valid_from <= ?`, lastDay, r.ID, body, lastDay)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Conflict("Cơ quan này không được giao báo cáo theo chế độ %s vào ngày %s.", r.Code, lastDay.Vietnamese())
	}
	_, err = journal.Write(tx, by, "unassigned", journal.Subject{Kind: "regime", ID: r.ID, Body: body}, journal.Details{
		"last_day": lastDay.String(), "basis": fold.Clean(basis)})
	return err
}

// RegimeOf gives the regime under which an assignment lets a body report.
func RegimeOf(tx *db.Tx, by access.Actor, assignment db.ID) (Regime, error) {
	return regimeWhere(tx, by, "where id = (select regime from regime_assignment where id = ?)", string(assignment))
}

// Assignments lists who reports and reported, by code.
func Assignments(tx *db.Tx, by access.Actor, regime db.ID) ([]Assignment, error) {
	if err := by.May(access.ReadRegime, by.Body); err != nil {
		return nil, err
	}
	var all []Assignment
	err := tx.Select(&all, selectAssignment+`
where a.regime = ?
order by b.sort, b.code, a.valid_from`, regime)
	return all, err
}

const selectAssignment = `
select a.id, a.regime, a.body, b.code as body_code, a.valid_from, a.valid_to, a.basis, a.sectors
from regime_assignment a
join body b on b.id = a.body
`
