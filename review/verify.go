package review

import (
	"fmt"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
)

// Finding is one review that is kept otherwise than the register and its facts say.
type Finding struct {
	Review   db.ID // "" when it is missing
	Sentence string
}

// Verify plans every document of the register again and derives every review again from its facts, and compares with what
// is kept. It is for the program's own check, not for an actor. progress may be nil.
func Verify(tx *db.Tx, progress func(done int)) ([]Finding, error) {
	if progress == nil {
		progress = func(int) {}
	}
	findings, err := verifyPlan(tx)
	if err != nil {
		return nil, err
	}
	for after, done := db.ID(""), 0; ; {
		var rows []struct {
			ID    db.ID         `db:"id"`
			Due   calendar.Date `db:"due"`
			Facts int           `db:"facts"`
			Standing
		}
		if err := tx.Select(&rows, `
select id, due, facts, submit_by, instruction, instruction_directive, instructed_on, listed_at, confirmed_at, removed_at,
	remove_reason, stopped_on, stop_reason, done_on, done_paper, done_file
from review
where id > ?
order by id
limit 500`, string(after)); err != nil || len(rows) == 0 {
			return findings, err
		}
		last := rows[len(rows)-1].ID
		facts, steps, err := between(tx, after, last)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			wrong := func(format string, args ...any) {
				findings = append(findings, Finding{r.ID, fmt.Sprintf("Kỳ sơ kết, tổng kết %s: ", r.ID) + fmt.Sprintf(format, args...)})
			}
			all := facts[r.ID]
			if n := len(all); n != r.Facts || n > 0 && all[n-1].Seq != int64(n) {
				wrong("có %d sự kiện, đúng ra là %d.", n, r.Facts)
			}
			standing, particular := derive(r.Due, all)
			for _, c := range standing.compared(r.Standing) {
				wrong("%s đang ghi “%v”, theo sự kiện là “%v”.", c.what, c.kept, c.right)
			}
			for _, s := range Steps {
				kept := steps[r.ID][s]
				kept.Review = ""
				if kept != particular[s] {
					wrong("bước “%s” đang ghi khác với sự kiện.", s.Name())
				}
			}
		}
		after, done = last, done+len(rows)
		progress(done)
	}
}

// difference is a column that does not follow from the facts.
type difference struct {
	what        string
	kept, right any
}

func (s Standing) compared(kept Standing) []difference {
	all := []difference{
		{"hạn trình", kept.SubmitBy, s.SubmitBy},
		{"văn bản chỉ đạo", kept.Instruction, s.Instruction},
		{"văn bản chỉ đạo trong sổ", kept.InstructionDirective, s.InstructionDirective},
		{"ngày gắn chỉ đạo", kept.InstructedOn, s.InstructedOn},
		{"lúc trình danh mục", kept.ListedAt, s.ListedAt},
		{"lúc duyệt", kept.ConfirmedAt, s.ConfirmedAt},
		{"lúc đưa ra khỏi danh mục", kept.RemovedAt, s.RemovedAt},
		{"lý do đưa ra", kept.RemoveReason, s.RemoveReason},
		{"ngày dừng", kept.StoppedOn, s.StoppedOn},
		{"lý do dừng", kept.StopReason, s.StopReason},
		{"ngày xong", kept.DoneOn, s.DoneOn},
		{"báo cáo", kept.DonePaper, s.DonePaper},
		{"tệp báo cáo", kept.DoneFile, s.DoneFile},
	}
	return slices.DeleteFunc(all, func(d difference) bool { return d.kept == d.right })
}

// verifyPlan names the reviews that did not follow the register.
func verifyPlan(tx *db.Tx) (findings []Finding, err error) {
	by := access.System("đối chiếu sơ kết, tổng kết")
	for after := db.ID(""); ; {
		part, err := directive.Entries(tx, by, "", after)
		if err != nil || len(part) == 0 {
			return findings, err
		}
		after = part[len(part)-1].ID
		all, err := moves(tx, part)
		if err != nil {
			return nil, err
		}
		for _, m := range all {
			what := "sổ đòi kỳ này mà danh mục chưa có"
			switch {
			case m.now == entry{}:
				what = "không còn gì đòi kỳ này mà danh mục vẫn có"
			case m.was != entry{}:
				what = "kỳ này chưa theo đúng sổ, quy tắc hoặc điều khoản"
			}
			findings = append(findings, Finding{m.was.ID, fmt.Sprintf("%s, kỳ %d năm: %s.", m.of.Label(), max(m.was.Years, m.now.Years), what)})
		}
	}
}

// between reads the facts and the kept steps of the reviews after one id up to another.
func between(tx *db.Tx, after, last db.ID) (map[db.ID][]Fact, map[db.ID]map[Step]stepRow, error) {
	var facts []struct {
		Review db.ID `db:"review"`
		Fact
	}
	if err := tx.Select(&facts, `
select review, seq, kind, at, actor, actor_name, note, day, step, task, file, directive, submit_by
from review_fact
where review > ? and review <= ?
order by review, seq`, string(after), last); err != nil {
		return nil, nil, err
	}
	var rows []stepRow
	if err := tx.Select(&rows, stepColumns+"where review > ? and review <= ?", string(after), last); err != nil {
		return nil, nil, err
	}
	factsOf := make(map[db.ID][]Fact)
	for _, f := range facts {
		factsOf[f.Review] = append(factsOf[f.Review], f.Fact)
	}
	return factsOf, byReview(rows), nil
}
