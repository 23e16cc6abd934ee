// Package charge keeps phụ trách: to which of its own people a body handed a report, a task or a review, and who of the
// commission follows which body. Whose something is on a day follows from dated facts and from the posts held; nothing here
// counts or compares people.
package charge

import (
	"cmp"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/people"
	"giaoban/report"
	"giaoban/review"
	"giaoban/task"
)

// Kind is the kind of a record that is handed to a person.
type Kind string

// The kinds, by the words of package record.
const (
	Obligation Kind = "obligation"
	Task       Kind = "task"
	Review     Kind = "review"
)

// Work is a record that a body answers for, as seen from one body.
type Work struct {
	Kind Kind
	ID   db.ID
	Body db.ID // whose people may be given it
	Open bool  // something is still to be done
}

// Given is one time that a body handed a record to one of its people, or back to all.
type Given struct {
	ID     db.ID      `db:"id"`
	Kind   Kind       `db:"kind"`
	Record db.ID      `db:"record"`
	Body   db.ID      `db:"body"`
	N      int        `db:"n"`
	Person db.ID      `db:"person"` // "": nobody in particular
	Name   string     `db:"name"`
	At     db.Instant `db:"at"`
	By     string     `db:"by_name"`
	Deputy db.ID      `db:"-"` // who stands in today for the one it was given to
	Stands string     `db:"-"` // the deputy's name
}

// Is reports whether it is a person's own today: given to that one, or to one for whom that one stands in.
func (g Given) Is(person db.ID) bool {
	return person != "" && (g.Person == person || g.Deputy == person)
}

// Find gives a record as work of the actor's body; for whose body does not answer for it, as work of the body that does.
func Find(tx *db.Tx, by access.Actor, kind Kind, id db.ID) (Work, error) {
	w := Work{Kind: kind, ID: id}
	switch kind {
	case Obligation:
		o, err := report.FindObligation(tx, by, id)
		w.Body, w.Open = o.Holder, o.Owed
		return w, err
	case Task:
		t, err := task.Find(tx, by, id)
		if err != nil {
			return w, err
		}
		side, ok := t.Mine(by)
		if !ok {
			side = t.Sides[0]
		}
		w.Body, w.Open = side.Holder, side.Live && side.State != task.StateDone
		return w, nil
	case Review:
		r, err := review.Find(tx, by, id)
		w.Body, w.Open = r.Holder, r.Live()
		if r.Unit != "" && r.Unit == by.Body {
			w.Body = r.Unit // it follows the review and appraises the draft
		}
		return w, err
	}
	return w, fault.Missing("Loại hồ sơ này không giao cho từng người.")
}

// Candidates are those of a body who may be given a record of a kind on a day: they hold a post there, can sign in, and
// their role can do the work.
func Candidates(tx *db.Tx, by access.Actor, w Work, day calendar.Date) ([]people.Serving, error) {
	if err := by.May(access.HandToPerson, w.Body); err != nil {
		return nil, err
	}
	staff, err := people.ServingAt(tx, by, []db.ID{w.Body}, day)
	return slices.DeleteFunc(staff, func(s people.Serving) bool { // speakers and administrators read no work
		return !(access.Actor{Role: s.Role, Body: s.Body}).Can(access.ReadTask, w.Body)
	}), err
}

// Hand gives a record to one of its body's people, on to another, or with "" back to nobody in particular.
func Hand(tx *db.Tx, by access.Actor, kind Kind, id, person db.ID) error {
	w, err := Find(tx, by, kind, id)
	if err != nil {
		return err
	}
	if err := by.May(access.HandToPerson, cmp.Or(w.Body, by.Body)); err != nil {
		return err
	}
	if w.Body == "" {
		return fault.Conflict("Việc này chưa có cơ quan chủ trì nên chưa giao cho người nào được; xin phân công chủ trì trước.")
	}
	today := calendar.OfInstant(tx.Clock())
	candidates, err := Candidates(tx, by, w, today)
	if err != nil {
		return err
	}
	story, err := Story(tx, by, w)
	if err != nil {
		return err
	}
	now, err := whose(tx, by, w, story)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(candidates, func(s people.Serving) bool { return s.Person == person })
	switch {
	case !w.Open:
		return fault.Conflict("Việc này đã xong hoặc không còn phải làm nên không cần giao cho người nào.")
	case person == now.Person && person == "":
		return fault.Conflict("Việc này đang là việc chung của cơ quan. Muốn giao cho ai, xin chọn tên trong danh sách.")
	case person == now.Person:
		return fault.Conflict("Đồng chí %s đang làm việc này. Muốn giao cho người khác, xin chọn tên khác.", now.Name)
	case person != "" && at < 0:
		return refusal(tx, by, w, person, today)
	}
	g := Given{ID: tx.NewID(), Kind: kind, Record: id, Body: w.Body, N: len(story) + 1, Person: person, At: tx.Now(), By: by.Name}
	if _, err := tx.Exec(`
insert into charge (id, kind, record, body, n, person, at, by_actor, by_name)
values (?, ?, ?, ?, ?, ?, ?, ?, ?)`, g.ID, string(g.Kind), g.Record, g.Body, g.N, g.Person, g.At, by.Key(), g.By); err != nil {
		return err
	}
	if person == "" {
		_, err = journal.Write(tx, by, "handed_to_all", journal.Subject{Kind: string(w.Kind), ID: id, Body: w.Body}, nil)
		return err
	}
	_, err = journal.WritePrivate(tx, by, "handed_to_person", journal.Subject{Kind: string(w.Kind), ID: id, Body: w.Body}, nil, journal.Details{"to": candidates[at].Name})
	return err
}

// refusal says why somebody cannot be given work of a body.
func refusal(tx *db.Tx, by access.Actor, w Work, person db.ID, today calendar.Date) error {
	p, err := people.FindPerson(tx, by, person)
	if fault.Is(err, fault.KindMissing) {
		return fault.Invalid("person", "Không có cán bộ này. Xin chọn lại trong danh sách.")
	}
	if err != nil {
		return err
	}
	posts, err := people.PostsOf(tx, by, w.Body, today)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(posts, func(o people.Post) bool { return o.Person == person }) {
		return fault.Invalid("person", "Đồng chí %s hôm nay chưa nhận được việc này: tài khoản đang khóa, chưa có, hoặc vai trò không làm được việc này. Xin chọn người khác.", p.Name)
	}
	return fault.Invalid("person", "Đồng chí %s hôm nay không giữ chức vụ nào ở cơ quan đang chịu trách nhiệm việc này. Chỉ giao cho người của chính cơ quan; xin chọn lại.", p.Name)
}

// Whose gives by which hand a record is somebody's today; without a person it is the body's.
func Whose(tx *db.Tx, by access.Actor, w Work) (Given, error) {
	story, err := Story(tx, by, w)
	if err != nil {
		return Given{}, err
	}
	return whose(tx, by, w, story)
}

func whose(tx *db.Tx, by access.Actor, w Work, story []Given) (Given, error) {
	if len(story) == 0 {
		return Given{}, nil
	}
	staff, err := people.ServingAt(tx, by, []db.ID{w.Body}, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return Given{}, err
	}
	away, err := people.StandingIn(tx, by, calendar.OfInstant(tx.Clock()))
	return standing(story[len(story)-1], staff, away), err
}

// standing is the one place that says whose something is: who was given it last, as long as that one has served without a
// break since and can sign in; else nobody's in particular. staff are the body's people of the day that is asked about, away
// those who are not there, by their key.
func standing(last Given, staff []people.Serving, away map[db.ID]people.StandIn) Given {
	since := calendar.OfInstant(last.At.Time())
	if !serves(last.Person, since, staff) {
		return Given{}
	}
	if s, ok := away[last.Person]; ok {
		last.Deputy, last.Stands = s.Deputy, s.DeputyName
	}
	return last
}

func serves(person db.ID, since calendar.Date, staff []people.Serving) bool {
	return person != "" && slices.ContainsFunc(staff, func(s people.Serving) bool {
		return s.Person == person && !s.Since.After(since)
	})
}

const givenSelect = `
select c.id, c.kind, c.record, c.body, c.n, c.person, coalesce(p.name, '') as name, c.at, c.by_name
from charge c
left join person p on p.id = c.person
`

// Story lists every time that a record was handed to somebody of its body, the first first; for that body.
func Story(tx *db.Tx, by access.Actor, w Work) (all []Given, err error) {
	if err := by.May(access.HandToPerson, w.Body); err != nil {
		return nil, err
	}
	err = tx.Select(&all, givenSelect+"where c.kind = ? and c.record = ? and c.body = ?\norder by c.n", string(w.Kind), w.ID, w.Body)
	return all, err
}

// Of says whose the records are that the actor's body answers for: by the record; those that are nobody's in particular are
// left out.
func Of(tx *db.Tx, by access.Actor) (map[db.ID]Given, error) {
	if by.Body == "" || !by.Can(access.HandToPerson, by.Body) {
		return nil, nil
	}
	var newest []Given
	if err := tx.Select(&newest, givenSelect+`
where c.body = ?
  and not exists (
	select 1
	from charge l
	where l.kind = c.kind and l.record = c.record and l.body = c.body and l.n > c.n)`,
		by.Body); err != nil || len(newest) == 0 {
		return nil, err
	}
	today := calendar.OfInstant(tx.Clock())
	staff, err := people.ServingAt(tx, by, []db.ID{by.Body}, today)
	if err != nil {
		return nil, err
	}
	away, err := people.StandingIn(tx, by, today)
	whose := make(map[db.ID]Given, len(newest))
	for _, g := range newest {
		if now := standing(g, staff, away); now.Person != "" {
			whose[g.Record] = now
		}
	}
	return whose, err
}
