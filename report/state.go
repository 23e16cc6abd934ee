package report

import (
	"fmt"
	"strings"

	"giaoban/calendar"
	"giaoban/internal/db"
)

// State of an obligation, derived from its facts by Obligation.State.
type State string

// The states, stable texts of the API.
const (
	StateMissing  State = "missing"
	StateDraft    State = "draft"
	StateExtended State = "extended"
	StateOnTime   State = "on_time"
	StateLate     State = "late"
	StateReturned State = "returned"
	StateAccepted State = "accepted"
	StateNil      State = "nil"
)

// Name is the office's word.
func (s State) Name() string {
	switch s {
	case StateMissing:
		return "Chưa báo cáo"
	case StateDraft:
		return "Đang soạn"
	case StateExtended:
		return "Được gia hạn"
	case StateOnTime:
		return "Đã gửi đúng hạn"
	case StateLate:
		return "Đã gửi muộn"
	case StateReturned:
		return "Đề nghị bổ sung"
	case StateAccepted:
		return "Đã nhận"
	case StateNil:
		return "Không phát sinh"
	}
	return string(s)
}

// State derives the one word of completeness from the facts: what was received last decides, then an extension, then
// a draft. A late report that was accepted is "accepted"; Late still tells.
func (o Obligation) State() State {
	switch {
	case o.Latest != "" && o.Returned:
		return StateReturned
	case o.Latest != "" && o.NoContent:
		return StateNil
	case o.Latest != "" && o.Latest == o.Accepted:
		return StateAccepted
	case o.Latest != "" && o.Late:
		return StateLate
	case o.Latest != "":
		return StateOnTime
	case o.Extended:
		return StateExtended
	case o.Drafted:
		return StateDraft
	}
	return StateMissing
}

// Waived reports whether the commission stopped waiting. No column says so: nothing is owed although nothing was handed
// in, or what was handed in was sent back, only after a waiver.
func (o Obligation) Waived() bool { return !o.Owed && (o.Latest == "" || o.Returned) }

// follows is what an obligation's row keeps beside the facts, so that a matrix or a desk reads one row for each, and the
// one place where it comes from:
//
//	latest …   the newest version handed in: a submission
//	returned   a report_return of that version
//	accepted   the newest version with a report_acceptance, unless that one was sent back as a whole
//	drafted    a report_draft, which goes when the body hands in
//	draft_step the last report_step of that draft, "" for none
//	extended   a report_extension that gave a day and was not taken back by a report_extension_change
//	due        the day that an extension, a return or a report_shift of its own gave last, else the opening's
//	owed       nothing stands (no version, or it was sent back), and no report_waiver came after the last of those
//
// holder is no such thing: it changes hands by an act of its own, which succession.Verify proves.
const follows = `
select f.id, f.opening, f.n, f.due, f.drafted, f.draft_step, f.extended, f.returned, (f.latest is null or f.returned) and not f.waived as owed, f.latest,
	f.latest_version, f.latest_at, f.late, f.nil_report, f.accepted
from (
	select o.id, o.opening, o.n, l.id as latest, coalesce(l.version, 0) as latest_version, l.at as latest_at,
		coalesce(l.late, false) as late, coalesce(l.nil_report, false) as nil_report,
		exists (select 1 from report_return t where t.submission = l.id) as returned,
		case when exists (select 1 from report_return t where t.submission = a.id and not t.keeps) then null else a.id end as accepted,
		exists (select 1 from report_draft d where d.obligation = o.id) as drafted,
		coalesce((
			select s.kind
			from report_step s
			join report_draft d on d.obligation = s.obligation and s.draft >= d.begun
			where s.obligation = o.id
			order by s.n desc
			limit 1
		), '') as draft_step,
		exists (
			select 1
			from report_extension e
			where e.obligation = o.id and e.due is not null
			  and not exists (select 1 from report_extension_change c where c.extension = e.id and c.due is null)
		) as extended,
		coalesce((select g.due from (` + again + `) g where g.due is not null order by g.at desc, g.id desc limit 1), p.due) as due,
		exists (
			select 1
			from report_waiver w
			where w.obligation = o.id and not exists (select 1 from (` + again + `) g where g.at > w.at or g.at = w.at and g.id > w.id)
		) as waived
	from obligation o
	join opening p on p.id = o.opening
	left join submission l on l.obligation = o.id
		and l.version = (select max(s.version) from submission s where s.obligation = o.id)
	left join submission a on a.obligation = o.id
		and a.version = (select max(s.version) from submission s join report_acceptance c on c.submission = s.id where s.obligation = o.id)
) f
`

// again is when the commission was made to wait again, and until which day.
const again = `
select e.id, coalesce((select max(c.at) from report_extension_change c where c.extension = e.id), e.decided_at) as at,
	coalesce((select c.due from report_extension_change c where c.extension = e.id order by c.at desc, c.id desc limit 1), e.due) as due
from report_extension e
where e.obligation = o.id and e.due is not null
  and not exists (select 1 from report_extension_change c where c.extension = e.id and c.due is null)
union all
select t.id, t.at, t.due
from report_return t
join submission s on s.id = t.submission
where s.obligation = o.id
union all
select h.id, h.at, h.due
from report_shift h
where h.obligation = o.id
  and not exists (
	select 1
	from report_extension_change c
	join report_extension e on e.id = c.extension
	where e.obligation = o.id and c.due is null and c.at >= h.at)
`

const keep = `
update obligation
set (due, drafted, draft_step, extended, returned, owed, latest, latest_version, latest_at, late, nil_report, accepted) = (
	select k.due, k.drafted, k.draft_step, k.extended, k.returned, k.owed, k.latest, k.latest_version, k.latest_at, k.late, k.nil_report, k.accepted
	from (` + follows + `) k
	where k.id = obligation.id
)
`

// keepState writes into an obligation's row what follows from its facts; every act calls it after it wrote its own.
func keepState(tx *db.Tx, obligation db.ID) error {
	_, err := tx.Exec(keep+"where id = ?", obligation)
	return err
}

// keepHandedIn is keepState where the only new fact is a version handed in, and perhaps a draft that went with it: the
// days, the extensions and the version accepted follow from older facts and stand. Every agency comes this way in the hour
// of the deadline; working out all that follows would cost it a fifth more.
func keepHandedIn(tx *db.Tx, r submissionRow, drafted bool) error {
	step := ""
	if !drafted {
		step = "draft_step = '', "
	}
	_, err := tx.Exec(`
update obligation
set `+step+`drafted = ?, returned = ?, owed = ?, latest = ?, latest_version = ?, latest_at = ?, late = ?, nil_report = ?
where id = ?`, drafted, false, false, r.ID, r.Version, r.At, r.Late, r.Nil, r.Obligation)
	return err
}

// keepStates is keepState for a whole period.
func keepStates(tx *db.Tx, opening db.ID) error {
	_, err := tx.Exec(keep+"where opening = ?", opening)
	return err
}

// kept is what follows gives, and what the row says.
type kept struct {
	Due      calendar.Date `db:"due"`
	Drafted  bool          `db:"drafted"`
	Step     StepKind      `db:"draft_step"`
	Extended bool          `db:"extended"`
	Returned bool          `db:"returned"`
	Owed     bool          `db:"owed"`
	Latest   db.ID         `db:"latest"`
	Version  int64         `db:"latest_version"`
	At       db.Instant    `db:"latest_at"`
	Late     bool          `db:"late"`
	Nil      bool          `db:"nil_report"`
	Accepted db.ID         `db:"accepted"`
}

// unlike tells where a row differs from its facts.
func (k kept) unlike(facts kept) []string {
	var told []string
	tell := func(what string, is, should any) {
		if is != should {
			told = append(told, fmt.Sprintf("%s đang ghi %v, theo sự kiện là %v", what, is, should))
		}
	}
	yes := map[bool]string{true: "có", false: "không"}
	tell("hạn", k.Due.Vietnamese(), facts.Due.Vietnamese())
	tell("có bản nháp", yes[k.Drafted], yes[facts.Drafted])
	tell("bước của bản nháp", string(k.Step), string(facts.Step))
	tell("được gia hạn", yes[k.Extended], yes[facts.Extended])
	tell("đề nghị bổ sung", yes[k.Returned], yes[facts.Returned])
	tell("còn phải báo cáo", yes[k.Owed], yes[facts.Owed])
	tell("bản mới nhất", string(k.Latest), string(facts.Latest))
	tell("số thứ tự bản mới nhất", k.Version, facts.Version)
	tell("lúc nhận bản mới nhất", k.At, facts.At)
	tell("gửi muộn", yes[k.Late], yes[facts.Late])
	tell("không phát sinh", yes[k.Nil], yes[facts.Nil])
	tell("bản được nhận", string(k.Accepted), string(facts.Accepted))
	return told
}

// verifyStates tells of every obligation of a period whose row is not what follows from its facts.
func verifyStates(tx *db.Tx, opening db.ID, tell func(table string, id db.ID, sentence string, args ...any)) error {
	var rows []struct {
		kept
		ID   db.ID  `db:"id"`
		Body string `db:"body_code"`
	}
	if err := tx.Select(&rows, `
select o.id, b.code as body_code, o.due, o.drafted, o.draft_step, o.extended, o.returned, o.owed, o.latest, o.latest_version,
	o.latest_at, o.late, o.nil_report, o.accepted
from obligation o
join body b on b.id = o.body
where o.opening = ?
order by o.n`, opening); err != nil {
		return err
	}
	var facts []kept
	if err := tx.Select(&facts, `
select k.due, k.drafted, k.draft_step, k.extended, k.returned, k.owed, k.latest, k.latest_version, k.latest_at, k.late, k.nil_report, k.accepted
from (`+follows+`) k
where k.opening = ?
order by k.n`, opening); err != nil {
		return err
	}
	for i, row := range rows {
		if row.kept != facts[i] {
			tell("obligation", row.ID, "nghĩa vụ của %s: %s.", row.Body, strings.Join(row.unlike(facts[i]), "; "))
		}
	}
	return nil
}
