package programme

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/paper"
	"giaoban/report"
	"giaoban/task"
)

// How says how a record came to stand under a line.
type How string

// Made: created from the line. Proposed: the program found it and a person agreed. Archive: of a report from before the program.
const (
	Made     How = "made"
	Proposed How = "proposed"
	Archive  How = "archive"
)

// Name is what a page says beside it.
func (h How) Name() string {
	return map[How]string{Made: "tạo từ nội dung này", Proposed: "người của Ban xác nhận", Archive: "nhập từ lưu trữ"}[h]
}

// Evidence is a record, or a paragraph of one, that shows what was done. Line is "" where no line was found for an old paragraph.
type Evidence struct {
	ID        db.ID         `db:"id"`
	Programme db.ID         `db:"programme"`
	Line      db.ID         `db:"line"`
	Sector    string        `db:"sector"`
	Kind      string        `db:"kind"` // as lineage names it; "" for words typed from an old report
	Record    db.ID         `db:"record"`
	Place     string        `db:"place"` // of a paragraph: "results/YT/3"
	Label     string        `db:"label"`
	Words     string        `db:"words"`
	Day       calendar.Date `db:"day"`
	How       How           `db:"how"`
	Why       string        `db:"why"`
	At        db.Instant    `db:"at"`
	By        string        `db:"by_name"`
	Settled   string        `db:"settled"` // yes | no; "" waits for a person
	SettledAt db.Instant    `db:"settled_at"`
	SettledBy string        `db:"settled_by"`
}

// Year is the year it counts in.
func (e Evidence) Year() int { return e.Day.Year() }

// Node is the record it names.
func (e Evidence) Node() lineage.Node {
	return lineage.Node{Kind: e.Kind, ID: e.Record, Label: e.Label}
}

const evidenceColumns = `
select e.id, e.programme, e.line, e.sector, e.kind, e.record, e.place, e.label, e.words, e.day, e.how, e.why, e.at, e.by_name,
	e.settled, e.settled_at, e.settled_by
from programme_evidence e
`

// EvidenceOf lists what stands under the lines of a programme and what waits for a person, oldest first; what was declined is left out.
func EvidenceOf(tx *db.Tx, by access.Actor, id db.ID) (all []Evidence, err error) {
	if _, err = Find(tx, by, id); err != nil {
		return nil, err
	}
	err = tx.Select(&all, evidenceColumns+"where e.programme = ? and e.settled <> 'no'\norder by e.day, e.id", id)
	return all, err
}

// keep enters evidence; the same record under the same line stands once, and a decision about it replaces the one before.
func (e Evidence) keep(tx *db.Tx, by access.Actor) error {
	e.ID, e.At, e.By = tx.NewID(), tx.Now(), by.Name
	if e.Settled != "" {
		e.SettledAt, e.SettledBy = tx.Now(), by.Name
	}
	_, err := tx.Exec(`
insert into programme_evidence (id, programme, line, sector, kind, record, place, label, words, day, how, why, at, by_name, settled,
	settled_at, settled_by)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (programme, kind, record, place, line) do update
set settled = excluded.settled, settled_at = excluded.settled_at, settled_by = excluded.settled_by`,
		e.ID, e.Programme, e.Line, e.Sector, e.Kind, string(e.Record), e.Place, e.Label, e.Words, e.Day, string(e.How), e.Why, e.At, e.By, e.Settled,
		e.SettledAt, e.SettledBy)
	return err
}

// Give asks the lead of a line for what the line says, by a day: a task that is born from the line. The day is the officer's.
func Give(tx *db.Tx, by access.Actor, id db.ID, due calendar.Date) (task.Task, error) {
	l, p, err := lineToKeep(tx, by, id)
	if err != nil {
		return task.Task{}, err
	}
	if err := by.May(access.AssignTask, p.Body); err != nil {
		return task.Task{}, err
	}
	return give(tx, by, p, l, due, "")
}

// lacks says what a line needs before it can be a task; "" when nothing.
func (l Line) lacks() string {
	switch {
	case l.Lead == "":
		return "cơ quan chủ trì"
	case l.Product == "":
		return "sản phẩm"
	}
	return ""
}

func give(tx *db.Tx, by access.Actor, p Programme, l Line, due calendar.Date, from db.ID) (task.Task, error) {
	if lacks := l.lacks(); lacks != "" {
		return task.Task{}, fault.Conflict("Nội dung “%s” chưa có %s nên chưa thành nhiệm vụ được.", fold.Cut(l.Words, 80), lacks)
	}
	if due.IsZero() {
		return task.Task{}, fault.Invalid("due", "Cần hạn hoàn thành; nhiệm vụ phải có ngày.")
	}
	if l.EndedAt != 0 {
		return task.Task{}, fault.Conflict("Nội dung này đã thôi thực hiện.")
	}
	mode, err := modeFor(tx, by, l.Lead)
	if err != nil {
		return task.Task{}, err
	}
	n := task.New{Origin: task.Origin{Kind: "programme_line", ID: l.ID, Label: l.Node().Label + " — " + p.Label()}, Mode: mode, Title: fold.Cut(l.Words, 400),
		Product: l.Product, Lead: l.Lead, Due: due, ForcePaper: p.Label(), FromPaper: from}
	for _, body := range l.With {
		n.Cooperating = append(n.Cooperating, task.Cooperation{Body: body, Part: "phối hợp thực hiện theo chương trình", Due: due})
	}
	t, err := task.Assign(tx, by, n)
	if err != nil {
		return t, err
	}
	e := Evidence{Programme: p.ID, Line: l.ID, Sector: l.Sector, Kind: "task", Record: t.ID, Label: t.Title, Day: due, How: Made, Settled: "yes"}
	if err := e.keep(tx, by); err != nil {
		return t, err
	}
	return t, lineage.Link(tx, l.Node(), t.Node(), t.Mode.Name())
}

// Place is where a paragraph of a report stands: the part and its sector, and its number from 1.
func placeOf(section, sector string, n int) string {
	return fmt.Sprintf("%s/%s/%d", section, sector, n)
}

// Decision is a person's word on a paragraph that may speak of a line; Line is "" where it speaks of none.
type Decision struct {
	Submission db.ID
	Place      string
	Line       db.ID
	Speaks     bool // it speaks of the line
	Why        string
}

// mostDecided is how many paragraphs one form decides about.
const mostDecided = 500

// Decide keeps what a person said of paragraphs: those that speak of a line stand under it from now on.
func Decide(tx *db.Tx, by access.Actor, id db.ID, all []Decision) (taken int, err error) {
	p, err := keeping(tx, by, id)
	if err != nil {
		return 0, err
	}
	if len(all) > mostDecided {
		return 0, fault.Invalid("", "Mỗi lần xác nhận nhiều nhất %d đoạn.", mostDecided)
	}
	lines, err := linesOf(tx, p.ID)
	if err != nil {
		return 0, err
	}
	var edges []lineage.Edge
	for _, d := range all {
		at := slices.IndexFunc(lines, func(l Line) bool { return l.ID == d.Line })
		if at < 0 {
			return 0, fault.Invalid("", "Một đoạn được gắn vào nội dung không có trong chương trình này.")
		}
		l := lines[at]
		s, err := report.FindSubmission(tx, by, d.Submission)
		if err != nil {
			return 0, err
		}
		words, ok := paragraphAt(s.Sections, d.Place)
		if !ok {
			return 0, fault.Invalid("", "Báo cáo không có đoạn này.")
		}
		e := Evidence{Programme: p.ID, Line: l.ID, Sector: l.Sector, Kind: "submission", Record: s.ID, Place: d.Place, Words: words, Label: reportLabel(s),
			Day: s.Period.Last(), How: Proposed, Why: fold.Cut(fold.Tidy(d.Why), 300), Settled: "no"}
		if d.Speaks {
			e.Settled = "yes"
			taken++
			edges = append(edges, lineage.Edge{From: l.Node(), To: e.Node(), Verb: "báo cáo trong"})
		}
		if err := e.keep(tx, by); err != nil {
			return 0, err
		}
	}
	if err := lineage.LinkAll(tx, edges); err != nil {
		return 0, err
	}
	_, err = journal.Write(tx, by, "evidence_decided", p.about(), journal.Details{"taken": taken, "left": len(all) - taken})
	return taken, err
}

func reportLabel(s report.Submission) string {
	return fmt.Sprintf("Báo cáo %s của %s", s.Period.Name(), s.Body.Code)
}

func paragraphAt(sections []report.SectionText, place string) (string, bool) {
	for _, part := range sections {
		for i, words := range part.Paragraphs {
			if placeOf(part.Section, part.Sector, i+1) == place {
				return words, true
			}
		}
	}
	return "", false
}

// Tie puts a record of another room under a line because a person says that it shows what was done: a task, a paper, a conference.
func Tie(tx *db.Tx, by access.Actor, line db.ID, kind string, record db.ID) error {
	l, p, err := lineToKeep(tx, by, line)
	if err != nil {
		return err
	}
	e := Evidence{Programme: p.ID, Line: l.ID, Sector: l.Sector, Kind: kind, Record: record, How: Proposed, Settled: "yes"}
	switch kind {
	case "task":
		t, err := task.Find(tx, by, record)
		if err != nil {
			return err
		}
		e.Label, e.Day = t.Title, t.FirstDue
	case "paper":
		one, err := paper.Find(tx, by, record)
		if err != nil {
			return err
		}
		if one.State != paper.Released {
			return fault.Conflict("Văn bản này chưa phát hành nên chưa là kết quả.")
		}
		e.Label, e.Day = one.Label(), one.Date
	case "briefing":
		c, err := conference.Find(tx, by, record)
		if err != nil {
			return err
		}
		if c.HeldOn.IsZero() || c.HeldOn.After(day(tx)) {
			return fault.Conflict("Hội nghị này chưa tổ chức nên chưa là kết quả.")
		}
		e.Label, e.Day = c.Name(), c.HeldOn
	default:
		return fault.Invalid("record", "Hãy chọn một nhiệm vụ, văn bản hoặc hội nghị.")
	}
	if err := e.keep(tx, by); err != nil {
		return err
	}
	if err := lineage.Link(tx, l.Node(), e.Node(), "kết quả ở"); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "evidence_tied", p.about(), journal.Details{"line": l.Node().Label, "record": e.Label})
	return err
}

// Untie takes evidence away that a person has found wrong; what was made from the line stays.
func Untie(tx *db.Tx, by access.Actor, id db.ID) error {
	var found []Evidence
	if err := tx.Select(&found, evidenceColumns+"where e.id = ?", id); err != nil {
		return err
	}
	if len(found) == 0 {
		return fault.Invalid("evidence", "Kết quả này không còn; xin mở lại trang.")
	}
	e := found[0]
	p, err := keeping(tx, by, e.Programme)
	if err != nil {
		return err
	}
	if e.How == Made {
		return fault.Conflict("“%s” tạo từ nội dung này nên luôn đứng ở đây; không làm nữa thì rút nhiệm vụ.", e.Label)
	}
	if _, err := tx.Exec("update programme_evidence set settled = 'no', settled_at = ?, settled_by = ? where id = ?", tx.Now(), by.Name, e.ID); err != nil {
		return err
	}
	if e.Line != "" && e.Kind != "" {
		for _, verb := range []string{"báo cáo trong", "kết quả ở"} {
			if err := lineage.Unlink(tx, lineage.Node{Kind: "programme_line", ID: e.Line}, e.Node(), verb); err != nil {
				return err
			}
		}
	}
	_, err = journal.Write(tx, by, "evidence_untied", p.about(), journal.Details{"record": strings.TrimSpace(e.Label + " " + fold.Cut(e.Words, 80))})
	return err
}
