package task

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// Record is a task with all its sides and everything that happened.
type Record struct {
	Task
	Sides []Side // the lead's first, then as they were named
	Facts []Fact // the oldest first
}

const columns = `
select t.id, t.origin_kind, t.origin_id, t.origin_label, t.mode, t.title, t.product, t.lead, t.force_paper,
	t.from_paper, t.assigned_at, t.assigned_by, t.assigned_name, t.facts, t.noted,
	(select l.holder from task_side l where l.task = s.task and l.leads) as lead_holder,
	s.org, s.holder, s.leads, s.part, s.first_due, s.due, s.state, s.live, s.running, s.asking, s.done_on
from task_side s
join task t on t.id = s.task
`

// mayRead: a body sees the tasks in which it was asked, also after it handed its part over, and those in which it answers
// for a part now. It binds what the actor sees three times.
const mayRead = `(cast(? as text) = '' or exists (select 1 from task_side m where m.task = t.id and (m.org = ? or m.holder = ?)))`

// Among gives those of some tasks that the actor may see, from their lead's side.
func Among(tx *db.Tx, by access.Actor, ids []db.ID) ([]Task, error) {
	own := by.Sees(access.ReadTask)
	return db.Among[Task](tx, ids, columns+"where s.leads\n  and "+mayRead+"\n  and s.task in ", own, own, own)
}

// Find gives a task with its sides and facts; for who may not see it, it is not there.
func Find(tx *db.Tx, by access.Actor, id db.ID) (Record, error) {
	var r Record
	found, err := Among(tx, by, []db.ID{id})
	if err == nil && len(found) == 0 {
		err = missing()
	}
	if err != nil {
		return r, err
	}
	r.Task = found[0]
	if err := tx.Select(&r.Sides, `
select org, holder, leads, part, first_due, due, state, live, running, asking, done_on
from task_side
where task = ?
order by case when leads then 0 else 1 end, due, org`, id); err != nil {
		return r, err
	}
	if err := tx.Select(&r.Facts, `
select seq, org, kind, at, actor, actor_name, note, due, moved_from, paper
from task_fact
where task = ?
order by seq`, id); err != nil {
		return r, err
	}
	return r, r.attach(tx)
}

// attach puts the files beside the facts they prove.
func (r *Record) attach(tx *db.Tx) error {
	var evidence []struct {
		Seq  int64 `db:"seq"`
		File db.ID `db:"file"`
	}
	if err := tx.Select(&evidence, "select seq, file from task_evidence where task = ? order by seq, file", r.ID); err != nil {
		return err
	}
	for _, e := range evidence {
		for i := range r.Facts {
			if r.Facts[i].Seq == e.Seq {
				r.Facts[i].Files = append(r.Facts[i].Files, e.File)
			}
		}
	}
	return nil
}

func missing() error {
	return fault.Missing("Không có nhiệm vụ này, hoặc cơ quan của đồng chí không chủ trì, không phối hợp.")
}

func (r Record) side(org db.ID) (Side, bool) {
	for _, s := range r.Sides {
		if s.Body == org {
			return s, true
		}
	}
	return Side{}, false
}

// Mine is the side that the actor works on: one its body answers for. Of several, which a body has that took over
// another's part, it is the first that still has to be done, the lead's before the others. false when it has none.
func (r Record) Mine(by access.Actor) (Side, bool) {
	var mine Side
	found := false
	for _, s := range r.Sides {
		if s.Holder != by.Body || found && (mine.State != StateDone || s.State == StateDone) {
			continue
		}
		mine, found = s, true
	}
	return mine, found
}

// RequestedDue is the day a side asked for and was not yet answered, with the reason.
func (r Record) RequestedDue(org db.ID) (day calendar.Date, reason string, ok bool) {
	s, found := r.side(org)
	if !found || !s.Asking {
		return day, "", false
	}
	for _, f := range r.Facts {
		if f.Body == org && f.Kind == Asked {
			day, reason = f.Due, f.Note
		}
	}
	return day, reason, true
}

// add writes one fact, brings the sides up to date and gives the fact its number. The facts of r include it then.
func (r *Record) add(tx *db.Tx, by access.Actor, f Fact) error {
	f.Seq, f.At, f.By, f.ByName = r.Task.Facts+1, tx.Now(), by.Key(), by.Name
	if _, err := tx.Exec(`
insert into task_fact (task, seq, org, kind, at, actor, actor_name, note, due, moved_from, paper)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.ID, f.Seq, f.Body, string(f.Kind), f.At, f.By, f.ByName, f.Note, f.Due, f.From, f.Paper); err != nil {
		return err
	}
	for _, file := range f.Files {
		if _, err := tx.Exec("insert into task_evidence (task, seq, file) values (?, ?, ?)", r.ID, f.Seq, file); err != nil {
			return err
		}
	}
	if _, err := tx.Exec("update task set facts = ? where id = ?", f.Seq, r.ID); err != nil {
		return err
	}
	r.Task.Facts, r.Facts = f.Seq, append(r.Facts, f)
	return restate(tx, r.ID, r.Sides, r.Facts)
}
