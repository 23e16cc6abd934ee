package programme

import (
	"cmp"
	"fmt"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/library"
	"giaoban/official"
	"giaoban/paper"
)

// Mark is what the officer says of a line and a year in which nothing derives.
type Mark string

// The three words.
const (
	MarkDone  Mark = "done"
	MarkGoing Mark = "going"
	MarkNone  Mark = "none"
)

// Marks in the order they are offered.
var Marks = []Mark{MarkDone, MarkGoing, MarkNone}

// Name is the office's word.
func (m Mark) Name() string {
	return map[Mark]string{MarkDone: "đã làm", MarkGoing: "đang làm", MarkNone: "chưa làm"}[m]
}

// Progress is what a line came to in one year: counts of the records that show it, and the officer's word where there are none.
type Progress struct {
	Tasks    int // given or tied, not withdrawn
	Done     int // of these, reported complete or closed
	Late     int // of these, past their day and not complete
	Told     int // paragraphs of reports
	Old      int // paragraphs of old reports, nhập từ lưu trữ
	Others   int // papers and conferences
	Waiting  int // proposals that wait for a person
	Mark     Mark
	Proof    string // of the mark
	MarkedBy string
	MarkedAt db.Instant
}

// Shown is how many records show that something was done.
func (p Progress) Shown() int { return p.Done + p.Told + p.Old + p.Others }

// Derives reports whether the records say how far it is, so that no word of a person is asked for.
func (p Progress) Derives() bool { return p.Tasks+p.Shown() > 0 }

// State is the word for it: derived where records are, else the officer's.
func (p Progress) State() Mark {
	switch {
	case p.Tasks > p.Done:
		return MarkGoing
	case p.Shown() > 0:
		return MarkDone
	case p.Mark != "":
		return p.Mark
	}
	return MarkNone
}

// Touched reports whether anything at all was done.
func (p Progress) Touched() bool { return p.Derives() || p.Mark == MarkDone || p.Mark == MarkGoing }

// Table is the progress of all lines of a programme by line and year.
type Table map[db.ID]map[int]Progress

// At is the progress of a line in a year.
func (t Table) At(line db.ID, year int) Progress { return t[line][year] }

// Over is the progress of a line over its years.
func (t Table) Over(line db.ID) (all Progress) {
	for _, p := range t[line] {
		all.Tasks, all.Done, all.Late = all.Tasks+p.Tasks, all.Done+p.Done, all.Late+p.Late
		all.Told, all.Old, all.Others, all.Waiting = all.Told+p.Told, all.Old+p.Old, all.Others+p.Others, all.Waiting+p.Waiting
		if p.Mark == MarkDone || p.Mark == MarkGoing && all.Mark != MarkDone || all.Mark == "" {
			all.Mark, all.Proof = cmp.Or(p.Mark, all.Mark), cmp.Or(p.Proof, all.Proof)
		}
	}
	return all
}

// ProgressOf derives the progress of every line: one query for the records, one for the words.
func ProgressOf(tx *db.Tx, by access.Actor, id db.ID) (Table, error) {
	if _, err := Find(tx, by, id); err != nil {
		return nil, err
	}
	table := make(Table)
	at := func(line db.ID, year int, change func(*Progress)) {
		if table[line] == nil {
			table[line] = make(map[int]Progress)
		}
		p := table[line][year]
		change(&p)
		table[line][year] = p
	}
	var rows []struct {
		Line db.ID  `db:"line"`
		Year int    `db:"year"`
		Kind string `db:"kind"`
		How  How    `db:"how"`
		Open bool   `db:"open"`
		N    int    `db:"n"`
		Done int    `db:"done"`
		Late int    `db:"late"`
	}
	if err := tx.Select(&rows, `
select e.line, cast(substr(e.day, 1, 4) as integer) as year, e.kind, e.how, e.settled = '' as open,
	sum(case when s.state = 'withdrawn' then 0 else 1 end) as n,
	sum(case when s.state in ('done', 'closed') then 1 else 0 end) as done,
	sum(case when s.live and s.running and s.state <> 'done' and s.due < ? then 1 else 0 end) as late
from programme_evidence e
left join task_side s on e.kind = 'task' and s.task = e.record and s.leads
where e.programme = ? and e.line is not null and e.settled <> 'no'
group by e.line, substr(e.day, 1, 4), e.kind, e.how, e.settled = ''`, day(tx), id); err != nil {
		return nil, err
	}
	for _, r := range rows {
		at(r.Line, r.Year, func(p *Progress) {
			switch {
			case r.Open:
				p.Waiting += r.N
			case r.Kind == "task":
				p.Tasks, p.Done, p.Late = p.Tasks+r.N, p.Done+r.Done, p.Late+r.Late
			case r.How == Archive:
				p.Old += r.N
			case r.Kind == "submission":
				p.Told += r.N
			default:
				p.Others += r.N
			}
		})
	}
	var marks []struct {
		Line  db.ID      `db:"line"`
		Year  int        `db:"year"`
		Mark  Mark       `db:"mark"`
		Proof string     `db:"proof"`
		At    db.Instant `db:"at"`
		By    string     `db:"by_name"`
	}
	err := tx.Select(&marks, `
select m.line, m.year, m.mark, m.proof, m.at, m.by_name
from programme_line l
join programme_mark m on m.line = l.id
where l.programme = ?
order by m.line, m.year, m.seq`, id)
	for _, m := range marks {
		at(m.Line, m.Year, func(p *Progress) { p.Mark, p.Proof, p.MarkedAt, p.MarkedBy = m.Mark, m.Proof, m.At, m.By })
	}
	return table, err
}

// SayOf notes the officer's word on a line and a year in which no record says how far it is, with what proves it.
func SayOf(tx *db.Tx, by access.Actor, line db.ID, year int, mark Mark, proof string, file db.ID) error {
	l, p, err := lineToKeep(tx, by, line)
	if err != nil {
		return err
	}
	table, err := ProgressOf(tx, by, p.ID)
	if err != nil {
		return err
	}
	proof = fold.Tidy(proof)
	var wrong fault.List
	if !slices.Contains(Marks, mark) {
		wrong.Add("mark", "Hãy chọn đã làm, đang làm hoặc chưa làm.")
	}
	if !slices.Contains(p.Years(day(tx)), year) {
		wrong.Add("year", "Năm %d không thuộc thời hạn, hoặc chưa đến.", year)
	}
	if (mark == MarkDone || mark == MarkGoing) && proof == "" {
		wrong.Add("proof", "Cần ghi căn cứ: văn bản, ngày, việc đã làm.")
	}
	if len(proof) > 4000 {
		wrong.Add("proof", "Căn cứ dài quá 4.000 chữ.")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := official.RefuseSecret(proof); err != nil {
		return err
	}
	if table.At(line, year).Derives() {
		return fault.Conflict("Năm %d nội dung này đã có kết quả gắn vào nên tình trạng tính từ đó; không ghi tay.", year)
	}
	if signed, err := AssessmentSigned(tx, by, p.ID, year); err != nil {
		return err
	} else if signed {
		return fault.Conflict("Bản đánh giá %s đã ký nên không ghi thêm; có gì mới thì ghi ở năm sau.", yearSaid(year))
	}
	if file != "" {
		if err := library.Attach(tx, by, file, "programme", p.ID, p.Body, fmt.Sprintf("Căn cứ %d: %s", year, fold.Cut(l.Words, 80))); err != nil {
			return err
		}
	}
	var last int
	if err := tx.Get(&last, "select coalesce(max(seq), 0) from programme_mark where line = ? and year = ?", line, year); err != nil {
		return err
	}
	if _, err := tx.Exec("insert into programme_mark (line, year, seq, mark, proof, file, at, by_name) values (?, ?, ?, ?, ?, ?, ?, ?)",
		line, year, last+1, string(mark), proof, file, tx.Now(), by.Name); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "marked", p.about(), journal.Details{"line": l.Node().Label, "year": year, "mark": mark.Name(), "proof": proof})
	return err
}

// AssessmentSigned reports whether the evaluation of a year bears its signature: one signature stands on the whole.
func AssessmentSigned(tx *db.Tx, by access.Actor, id db.ID, year int) (bool, error) {
	one, err := PaperOf(tx, by, id, RoleAssessment, year)
	return err == nil && one.ID != "" && one.State != paper.Drafted, err
}

// Count says how many lines are in each state, without a percentage.
type Count struct{ Lines, Done, Going, None int }

// Counted counts lines by a state.
func Counted(lines []Line, state func(Line) Mark) (c Count) {
	for _, l := range lines {
		c.Lines++
		switch state(l) {
		case MarkDone:
			c.Done++
		case MarkGoing:
			c.Going++
		default:
			c.None++
		}
	}
	return c
}

// Said is "7 nội dung: 4 đã làm, 2 đang làm, 1 chưa làm".
func (c Count) Said() string {
	return fmt.Sprintf("%d nội dung: %d đã làm, %d đang làm, %d chưa làm", c.Lines, c.Done, c.Going, c.None)
}

// yearSpan is the first and last day of a year.
func yearSpan(year int) (from, to calendar.Date) {
	return calendar.On(year, 1, 1), calendar.On(year, 12, 31)
}
