package task

import (
	"fmt"

	"giaoban/internal/db"
)

// Finding is one task whose kept columns do not follow from its facts.
type Finding struct {
	Task, Body db.ID
	Sentence   string
}

// Verify derives every side of every task again and compares: the columns that are kept for speed must be what the
// facts say. It is for the program's own check, not for an actor. progress may be nil.
func Verify(tx *db.Tx, progress func(done int)) ([]Finding, error) {
	var findings []Finding
	after, done := db.ID("-"), 0 // "-" sorts before every id
	for {
		var heads []struct {
			ID    db.ID `db:"id"`
			Facts int64 `db:"facts"`
			Lead  db.ID `db:"lead"`
		}
		if err := tx.Select(&heads, "select id, facts, lead from task where id > ? order by id limit 500", string(after)); err != nil {
			return nil, err
		}
		if len(heads) == 0 {
			return findings, nil
		}
		last := heads[len(heads)-1].ID
		sides, facts, err := between(tx, after, last)
		if err != nil {
			return nil, err
		}
		for _, h := range heads {
			all := facts[h.ID]
			if n := int64(len(all)); n != h.Facts || n > 0 && all[n-1].Seq != n {
				findings = append(findings, Finding{h.ID, "", fmt.Sprintf("Nhiệm vụ %s có %d sự kiện, đúng ra là %d.", h.ID, n, h.Facts)})
			}
			leads := 0
			for _, s := range sides[h.ID] {
				if s.Leads && s.Body == h.Lead {
					leads++
				}
				if want := derive(s, all); want != s.Standing {
					findings = append(findings, Finding{h.ID, s.Body, fmt.Sprintf(
						"Nhiệm vụ %s, cơ quan %s: đang ghi “%s” hạn %s, theo sự kiện là “%s” hạn %s.",
						h.ID, s.Body, s.State.Name(), s.Due.Vietnamese(), want.State.Name(), want.Due.Vietnamese())})
				}
			}
			if leads != 1 {
				findings = append(findings, Finding{h.ID, "", fmt.Sprintf("Nhiệm vụ %s có %d cơ quan chủ trì, đúng ra là một.", h.ID, leads)})
			}
		}
		after, done = last, done+len(heads)
		if progress != nil {
			progress(done)
		}
	}
}

func between(tx *db.Tx, after, last db.ID) (map[db.ID][]Side, map[db.ID][]Fact, error) {
	var sides []struct {
		Task db.ID `db:"task"`
		Side
	}
	if err := tx.Select(&sides, `
select task, org, holder, leads, part, first_due, due, state, live, running, asking, done_on
from task_side
where task > ? and task <= ?`, string(after), last); err != nil {
		return nil, nil, err
	}
	var facts []struct {
		Task db.ID `db:"task"`
		Fact
	}
	if err := tx.Select(&facts, `
select task, seq, org, kind, at, actor, actor_name, note, due, moved_from, paper
from task_fact
where task > ? and task <= ?
order by task, seq`, string(after), last); err != nil {
		return nil, nil, err
	}
	sidesOf, factsOf := make(map[db.ID][]Side), make(map[db.ID][]Fact)
	for _, s := range sides {
		sidesOf[s.Task] = append(sidesOf[s.Task], s.Side)
	}
	for _, f := range facts {
		factsOf[f.Task] = append(factsOf[f.Task], f.Fact)
	}
	return sidesOf, factsOf, nil
}
