package report

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/org"
)

// Transfer says that some sectors of an assignment are reported by another body from a day on, because their function
// went over to it. The assignment stays as it was; a transfer that was taken back counts no more.
type Transfer struct {
	ID         db.ID         `db:"id"`
	Assignment db.ID         `db:"assignment"`
	Scope      Scope         `db:"sectors"` // "" all of the assignment
	Body       db.ID         `db:"body"`    // who reports them now
	From       calendar.Date `db:"from_day"`
	Basis      string        `db:"basis"`
	EndedAt    db.Instant    `db:"ended_at"` // 0 while it counts
}

// TransferAssignment makes another body report sectors of an assignment in every period whose cut-off lies on or after
// the day. Periods already opened are not touched: what they ask is handed over one by one. Of two transfers of the same
// sector the one of the later day counts, so that what was taken over can be handed on.
func TransferAssignment(tx *db.Tx, by access.Actor, t Transfer) (Transfer, error) {
	if err := by.May(access.AcceptSuccession, t.Body); err != nil {
		return t, err
	}
	a, err := assignmentByID(tx, t.Assignment)
	if err != nil {
		return t, err
	}
	if t.From.IsZero() {
		return t, fault.Invalid("from", "Cần ngày cơ quan mới bắt đầu báo cáo.")
	}
	for _, sector := range t.Scope.Sectors() {
		if !a.Scope.Has(sector) {
			return t, fault.Invalid("sectors", "%s không báo cáo lĩnh vực “%s” nên không chuyển được.", a.BodyCode, sector)
		}
	}
	t.ID, t.Basis, t.EndedAt = tx.NewID(), fold.Clean(t.Basis), 0
	if err := tx.Insert("regime_transfer", t); err != nil {
		return t, err
	}
	to, err := org.CodeOf(tx, t.Body)
	if err != nil {
		return t, err
	}
	_, err = journal.Write(tx, by, "transferred", journal.Subject{Kind: "regime", ID: a.Regime, Body: t.Body}, journal.Details{
		"from": a.BodyCode, "to": to, "sectors": string(t.Scope), "day": t.From.String(), "basis": t.Basis})
	return t, err
}

// EndTransfer takes a transfer back: periods opened from now on ask whom they asked before it.
func EndTransfer(tx *db.Tx, by access.Actor, id db.ID) error {
	var t Transfer
	err := tx.Get(&t, selectTransfer+"where t.id = ?", id)
	if errors.Is(err, db.None) {
		return fault.Missing("Không có việc chuyển lĩnh vực báo cáo này.")
	}
	if err != nil {
		return err
	}
	if err := by.May(access.AcceptSuccession, t.Body); err != nil {
		return err
	}
	if t.EndedAt != 0 {
		return fault.Conflict("Việc chuyển lĩnh vực báo cáo này đã được hoàn tác.")
	}
	a, err := assignmentByID(tx, t.Assignment)
	if err != nil {
		return err
	}
	if _, err := tx.Exec("update regime_transfer set ended_at = ? where id = ?", tx.Now(), id); err != nil {
		return err
	}
	to, err := org.CodeOf(tx, t.Body)
	if err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "transfer_ended", journal.Subject{Kind: "regime", ID: a.Regime, Body: t.Body}, journal.Details{
		"from": a.BodyCode, "to": to, "sectors": string(t.Scope), "day": t.From.String()})
	return err
}

// Reporter is who reports some sectors of an assignment as its transfers stand: the body of the last one that covers the
// first of the sectors, else the assignment's own.
func Reporter(tx *db.Tx, assignment db.ID, scope Scope) (db.ID, error) {
	a, err := assignmentByID(tx, assignment)
	if err != nil {
		return "", err
	}
	var transfers []Transfer
	if err := tx.Select(&transfers, selectTransfer+`
where t.assignment = ? and t.ended_at is null
order by t.from_day desc, t.id desc`, assignment); err != nil {
		return "", err
	}
	first := ""
	if sectors := scope.Sectors(); len(sectors) > 0 {
		first = sectors[0]
	}
	for _, t := range transfers {
		if t.Scope == "" || first != "" && t.Scope.Has(first) {
			return t.Body, nil
		}
	}
	return a.Body, nil
}

const selectTransfer = `
select t.id, t.assignment, t.sectors, t.body, t.from_day, t.basis, t.ended_at
from regime_transfer t
`

// Transfers lists the transfers of a regime that count, by day.
func Transfers(tx *db.Tx, by access.Actor, regime db.ID) ([]Transfer, error) {
	if err := by.May(access.ReadRegime, by.Body); err != nil {
		return nil, err
	}
	var all []Transfer
	err := tx.Select(&all, selectTransfer+`
join regime_assignment a on a.id = t.assignment
where a.regime = ? and t.ended_at is null
order by t.from_day, t.id`, regime)
	return all, err
}

func assignmentByID(tx *db.Tx, id db.ID) (Assignment, error) {
	var a Assignment
	err := tx.Get(&a, selectAssignment+"where a.id = ?", id)
	if errors.Is(err, db.None) {
		return a, fault.Missing("Không có phân công báo cáo này.")
	}
	return a, err
}

// Lasting is what a body reports under a regime from a day on, sector by sector.
type Lasting struct {
	Assignment
	RegimeCode string
	RegimeName string
	Sectors    []Sector // of the newest form, that it reports of this assignment; sectors transferred to others are not in it
	parted     bool     // some are reported by another body
}

// Whole is the scope of all of it: "" where the assignment asks for every sector and none went elsewhere.
func (l Lasting) Whole() string {
	if !l.parted {
		return string(l.Scope)
	}
	codes := make([]string, len(l.Sectors))
	for i, s := range l.Sectors {
		codes[i] = s.Code
	}
	return string(ScopeOf(codes...))
}

// AssignmentsFrom lists what a body reports in the periods to come: its assignments that last until the day or longer,
// and what was transferred to it, without what went over to others.
func AssignmentsFrom(tx *db.Tx, by access.Actor, body db.ID, day calendar.Date) ([]Lasting, error) {
	if err := by.May(access.ReadRegime, by.Body); err != nil {
		return nil, err
	}
	var rows []struct {
		Assignment
		RegimeCode string `db:"regime_code"`
		RegimeName string `db:"regime_name"`
	}
	if err := tx.Select(&rows, `
select a.id, a.regime, a.body, b.code as body_code, a.valid_from, a.valid_to, a.basis, a.sectors, r.code as regime_code, r.name as regime_name
from regime_assignment a
join body b on b.id = a.body
join regime r on r.id = a.regime
where (a.valid_to is null or a.valid_to >= ?) and r.ended_at is null
  and (a.body = ? or a.id in (select t.assignment from regime_transfer t where t.body = ? and t.ended_at is null))
order by r.code, a.valid_from`, day, body, body); err != nil {
		return nil, err
	}
	var all []Lasting
	for _, row := range rows {
		var form db.ID
		err := tx.Get(&form, "select id from regime_form where regime = ? order by number desc limit 1", row.Regime)
		if errors.Is(err, db.None) {
			continue // nothing can be asked yet
		}
		if err != nil {
			return nil, err
		}
		f, err := formByID(tx, form)
		if err != nil {
			return nil, err
		}
		var transfers []Transfer
		if err := tx.Select(&transfers, selectTransfer+`
where t.assignment = ? and t.ended_at is null
order by t.from_day desc, t.id desc`, row.ID); err != nil {
			return nil, err
		}
		l := Lasting{Assignment: row.Assignment, RegimeCode: row.RegimeCode, RegimeName: row.RegimeName}
		for _, s := range f.Sectors {
			if !row.Scope.Has(s.Code) {
				continue
			}
			holder := row.Body
			if i := slices.IndexFunc(transfers, func(t Transfer) bool { return t.Scope.Has(s.Code) }); i >= 0 {
				holder = transfers[i].Body
			}
			if holder == body {
				l.Sectors = append(l.Sectors, s)
			} else {
				l.parted = true
			}
		}
		if len(l.Sectors) > 0 {
			all = append(all, l)
		}
	}
	return all, nil
}

// SectorsAsked names the sectors of a form that a scope asks for.
func SectorsAsked(tx *db.Tx, by access.Actor, form db.ID, scope Scope) ([]Sector, error) {
	if err := by.May(access.ReadRegime, by.Body); err != nil {
		return nil, err
	}
	f, err := formByID(tx, form)
	if err != nil {
		return nil, err
	}
	return f.For(scope).Sectors, nil
}

// SectorList writes sectors as a list of names.
func SectorList(sectors []Sector) string {
	names := make([]string, len(sectors))
	for i, s := range sectors {
		names[i] = s.Name
	}
	return strings.Join(names, "; ")
}

// asked is a body that reports on a day, and which sectors.
type asked struct {
	Body
	sort  int
	Scope Scope
}

// living is a body with its life, as the roster of a period needs it.
type living struct {
	ID   db.ID         `db:"body"`
	Code string        `db:"body_code"`
	Sort int           `db:"sort"`
	From calendar.Date `db:"valid_from"`
	To   calendar.Date `db:"valid_to"`
}

func (b living) on(day calendar.Date) bool {
	return !b.From.After(day) && (b.To.IsZero() || !b.To.Before(day))
}

// askedOn lists who reports what under a regime on a day, in the office's order: the assignments, with every sector
// under the body to which it was transferred last. A body that had ended is not asked.
func askedOn(tx *db.Tx, regime db.ID, f *Form, day calendar.Date) ([]asked, error) {
	var assignments []struct {
		ID    db.ID `db:"id"`
		Scope Scope `db:"sectors"`
		living
	}
	if err := tx.Select(&assignments, `
select a.id, a.sectors, a.body, b.code as body_code, b.sort, b.valid_from, b.valid_to
from regime_assignment a
join body b on b.id = a.body
where a.regime = ? and a.valid_from <= ? and (a.valid_to is null or a.valid_to >= ?)`, regime, day, day); err != nil {
		return nil, err
	}
	var transfers []struct {
		Assignment db.ID `db:"assignment"`
		Scope      Scope `db:"sectors"`
		living
	}
	if err := tx.Select(&transfers, `
select t.assignment, t.sectors, t.body, b.code as body_code, b.sort, b.valid_from, b.valid_to
from regime_transfer t
join regime_assignment a on a.id = t.assignment
join body b on b.id = t.body
where a.regime = ? and t.from_day <= ? and t.ended_at is null
order by t.from_day desc, t.id desc`, regime, day); err != nil {
		return nil, err
	}
	found := make(map[db.ID]*asked)
	ask := func(b living, scope Scope) {
		if !b.on(day) {
			return
		}
		if have := found[b.ID]; have != nil {
			have.Scope = have.Scope.and(scope)
			return
		}
		found[b.ID] = &asked{Body{b.ID, b.Code}, b.Sort, scope}
	}
	for _, a := range assignments {
		went := make(map[string]living)
		for _, sector := range a.Scope.in(f) {
			for _, t := range transfers { // the latest first
				if t.Assignment == a.ID && t.Scope.Has(sector) {
					went[sector] = t.living
					break
				}
			}
		}
		if len(went) == 0 {
			ask(a.living, a.Scope)
			continue
		}
		for _, sector := range a.Scope.in(f) {
			if to, ok := went[sector]; ok {
				ask(to, ScopeOf(sector))
			} else {
				ask(a.living, ScopeOf(sector))
			}
		}
	}
	all := make([]asked, 0, len(found))
	for _, a := range found {
		if len(transfers) > 0 && a.Scope != "" && !slices.ContainsFunc(f.Sectors, func(s Sector) bool { return !a.Scope.Has(s.Code) }) {
			a.Scope = "" // every sector of the form
		}
		all = append(all, *a)
	}
	slices.SortFunc(all, func(a, b asked) int { return cmp.Or(cmp.Compare(a.sort, b.sort), cmp.Compare(a.Code, b.Code)) })
	return all, nil
}

// in lists the sectors of a scope as single codes; "" is all of the form.
func (s Scope) in(f *Form) []string {
	if s != "" {
		return s.Sectors()
	}
	all := make([]string, len(f.Sectors))
	for i, sector := range f.Sectors {
		all[i] = sector.Code
	}
	return all
}

// and joins two scopes; all with anything is all.
func (s Scope) and(other Scope) Scope {
	if s == "" || other == "" {
		return ""
	}
	both := s.Sectors()
	for _, sector := range other.Sectors() {
		if !s.Has(sector) {
			both = append(both, sector)
		}
	}
	return Scope(strings.Join(both, " "))
}
