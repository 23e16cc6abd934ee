package conference

import (
	"errors"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// columns of a conference, in one place for every query.
const columns = `
b.id, b.org, b.kind, b.title, b.organiser, b.regime, b.period, b.period_end, b.launches, b.held_on, b.held_at, b.place, b.venues, b.bring, b.report_due, b.agenda,
	b.version, b.made_at, b.made_by`

// visible narrows conferences: a body sees one it was invited to, once the invitation or the notice is out. It binds the
// result of by.Sees twice.
const visible = `
(cast(? as text) = '' or exists (
	select 1
	from conference_invitee v
	join conference_paper p on p.conference = v.conference
	join paper_release r on r.paper = p.paper
	where v.body = ? and v.conference = b.id))`

// Find gives one conference, to the commission or to a body whose invitation has been released.
func Find(tx *db.Tx, by access.Actor, id db.ID) (Conference, error) {
	org := by.Sees(access.ReadBriefing)
	var b Conference
	err := tx.Get(&b, "select "+columns+`
from conference b
where b.id = ? and `+visible, string(id), org, org)
	if errors.Is(err, db.None) {
		return b, fault.Missing("Không có hội nghị này. Xin xem danh sách ở trang Hội nghị.")
	}
	return b, err
}

// Among gives those of some conferences that the actor may see.
func Among(tx *db.Tx, by access.Actor, ids []db.ID) ([]Conference, error) {
	org := by.Sees(access.ReadBriefing)
	return db.Among[Conference](tx, ids, "select "+columns+`
from conference b
where `+visible+`
  and b.id in `, org, org)
}

// OfPeriod gives the conference on a period of a regime.
func OfPeriod(tx *db.Tx, by access.Actor, regime string, period calendar.Period) (Conference, error) {
	org := by.Sees(access.ReadBriefing)
	var b Conference
	err := tx.Get(&b, "select "+columns+`
from conference b
where b.kind = 'briefing' and b.regime = ? and b.period = ? and `+visible+`
order by case when `+fate+` in ('cancelled', 'joined') then 1 else 0 end, b.id desc
limit 1`, regime, period, org, org)
	if errors.Is(err, db.None) {
		return b, fault.Missing("Chưa có hội nghị giao ban %s.", period.Name())
	}
	return b, err
}

// Line is a conference in a list, with where it stands.
type Line struct {
	Conference
	State State
}

// List gives the conferences, the latest period first; a body sees those it was invited to.
func List(tx *db.Tx, by access.Actor) ([]Line, error) {
	org := by.Sees(access.ReadBriefing)
	all, err := db.Once(tx, listFor{org}, func() ([]Line, error) { return list(tx, org) })
	return slices.Clone(all), err
}

// listFor is the key of List for db.Once: whose conferences, "" for all.
type listFor struct{ org string }

func list(tx *db.Tx, org string) ([]Line, error) {
	var rows []struct {
		Conference
		standing
	}
	if err := tx.Select(&rows, "select "+columns+","+standingColumns+`
from conference b
where `+visible+`
order by coalesce(b.held_on, b.period_end) desc, b.id desc`, org, org); err != nil {
		return nil, err
	}
	out := make([]Line, len(rows))
	for i, r := range rows {
		out[i] = Line{r.Conference, r.standing.state()}
	}
	return out, nil
}
