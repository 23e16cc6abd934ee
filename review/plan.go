package review

import (
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/journal"
	"giaoban/lineage"
)

// want is a review that something asks for.
type want struct {
	kind   Kind
	source Source
	basis  string
}

// repeated bounds a clause that repeats without end: nobody plans further ahead.
const repeated = 20

// wanted says after how many years which review is due, by the document's clauses or else by the rules. Where two fall on
// one year, tổng kết takes the place of sơ kết.
func wanted(d directive.Directive, rules []Rule, clauses []Clause) map[int]want {
	all := make(map[int]want)
	if d.Date.IsZero() {
		return all
	}
	put := func(years int, w want) {
		if before, ok := all[years]; !ok || before.kind == Mid {
			all[years] = w
		}
	}
	for _, c := range clauses {
		w := want{c.Kind, ByClause, c.Words}
		if !c.Repeats {
			put(c.Years, w)
			continue
		}
		last := d.Date.Year() + repeated
		if c.UntilYear != 0 {
			last = c.UntilYear
		}
		for years := c.Years; d.Date.Year()+years <= last; years += c.Years {
			if !d.ValidTo.IsZero() && after(d.Date, years).After(d.ValidTo) {
				break
			}
			put(years, w)
		}
	}
	if len(clauses) > 0 {
		return all
	}
	for _, r := range rules {
		if r.Applies && r.Fits(d) {
			put(r.Years, want{r.Kind, ByRule, r.Basis})
		}
	}
	return all
}

// Follow enters the reviews that a document of the register is due, and brings those up to date that nobody has worked on.
// Whoever records or revises a document calls it with what the register gave back.
func Follow(tx *db.Tx, by access.Actor, d directive.Directive) error {
	if err := by.May(access.RecordDirective, d.Org); err != nil {
		return err
	}
	return follow(tx, by, d)
}

func follow(tx *db.Tx, by access.Actor, d directive.Directive) error {
	came, went, err := replan(tx, by, []directive.Directive{d})
	if err != nil || came+went == 0 {
		return err
	}
	_, err = journal.Write(tx, by, "reviews_planned", d.About(), journal.Details{"label": d.Label(), "came": came, "went": went})
	return err
}

// standing is as much of a review as planning looks at.
type standing struct {
	ID        db.ID         `db:"id"`
	Directive db.ID         `db:"directive"`
	Years     int           `db:"years"`
	Kind      Kind          `db:"kind"`
	Due       calendar.Date `db:"due"`
	SubmitBy  calendar.Date `db:"submit_by"`
	Source    Source        `db:"source"`
	Basis     string        `db:"basis"`
	Asked     bool          `db:"asked"`
	Confirmed db.Instant    `db:"confirmed_at"`
	DoneOn    calendar.Date `db:"done_on"`
	Facts     int64         `db:"facts"`
}

// replan reads in the same three queries for every five hundred documents.
func replan(tx *db.Tx, by access.Actor, documents []directive.Directive) (came, went int, err error) {
	rules, err := rules(tx)
	if err != nil {
		return 0, 0, err
	}
	for part := range slices.Chunk(documents, 500) {
		ids := make([]db.ID, len(part))
		for i, d := range part {
			ids[i] = d.ID
		}
		in, args := db.In(ids)
		var clauses []Clause
		if err := tx.Select(&clauses, clauseColumns+"where directive in "+in+" and ended_at is null\norder by years, id", args...); err != nil {
			return came, went, err
		}
		var there []standing
		if err := tx.Select(&there, `
select id, directive, years, kind, due, submit_by, source, basis, asked, confirmed_at, done_on, facts
from review
where directive in `+in+`
order by years`, args...); err != nil {
			return came, went, err
		}
		said, has := make(map[db.ID][]Clause), make(map[db.ID][]standing)
		for _, c := range clauses {
			said[c.Directive] = append(said[c.Directive], c)
		}
		for _, s := range there {
			has[s.Directive] = append(has[s.Directive], s)
		}
		for _, d := range part {
			c, w, err := settle(tx, by, d, wanted(d, rules, said[d.ID]), has[d.ID])
			if err != nil {
				return came, went, err
			}
			came, went = came+c, went+w
		}
	}
	return came, went, nil
}

// settle brings the reviews that are there up to what is wanted, and enters those that are not.
func settle(tx *db.Tx, by access.Actor, d directive.Directive, all map[int]want, there []standing) (came, went int, err error) {
	known := make(map[int]bool)
	for _, s := range there {
		known[s.Years] = true
		w, asked := all[s.Years]
		if s.Source == ByChoice && !asked && !d.Date.IsZero() {
			w, asked = want{s.Kind, s.Source, s.Basis}, true
		}
		gone, err := s.follow(tx, d, w, asked)
		if err != nil {
			return came, went, err
		}
		if gone {
			went++
		}
	}
	for years := 1; years <= mostYears; years++ {
		w, ok := all[years]
		if !ok || known[years] {
			continue
		}
		if _, err := insert(tx, by, d, years, w); err != nil {
			return came, went, err
		}
		came++
	}
	return came, went, nil
}

// follow brings one review up to what is asked now. What nobody worked on goes when nothing asks for it; what is confirmed
// or done keeps its day and its kind.
func (s standing) follow(tx *db.Tx, d directive.Directive, w want, asked bool) (gone bool, err error) {
	if !asked {
		if s.Facts == 0 {
			_, err = tx.Exec("delete from review where id = ?", s.ID)
			return err == nil, err
		}
		if s.Asked {
			_, err = tx.Exec("update review set asked = ?, version = version + 1 where id = ?", false, s.ID)
		}
		return false, err
	}
	now := s
	now.Asked = true
	if s.Confirmed == 0 && s.DoneOn.IsZero() {
		now.Kind, now.Source, now.Basis, now.Due = w.kind, w.source, w.basis, after(d.Date, s.Years)
		if s.SubmitBy == s.Due {
			now.SubmitBy = now.Due
		}
	}
	if now == s {
		return false, nil
	}
	_, err = tx.Exec(`
update review
set kind = ?, source = ?, basis = ?, due = ?, submit_by = ?, asked = ?, version = version + 1
where id = ?`, string(now.Kind), string(now.Source), now.Basis, now.Due, now.SubmitBy, now.Asked, s.ID)
	return false, err
}

func insert(tx *db.Tx, by access.Actor, d directive.Directive, years int, w want) (db.ID, error) {
	id, due := tx.NewID(), after(d.Date, years)
	_, err := tx.Exec(`
insert into review (id, directive, org, kind, years, due, submit_by, source, basis, asked, lead, holder, unit, instruction,
	instruction_directive, instructed_on, outline, listed_at, confirmed_at, removed_at, remove_reason, stopped_on, stop_reason, done_on,
	done_paper, done_file, facts, version, made_at, made_by)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, null, null, '', null, null, '', null, null, null, '', null, '', null, '', null, 0, 1, ?, ?)`,
		id, d.ID, d.Org, string(w.kind), years, due, due, string(w.source), w.basis, true, tx.Now(), by.Name)
	return id, err
}

// Fact is one thing that happened to a review.
type Fact struct {
	Seq    int64         `db:"seq"`
	Kind   string        `db:"kind"`
	At     db.Instant    `db:"at"`
	By     string        `db:"actor"`
	ByName string        `db:"actor_name"`
	Note   string        `db:"note"`
	Day    calendar.Date `db:"day"`
}

// Name says what happened.
func (f Fact) Name() string {
	if name, ok := factNames[f.Kind]; ok {
		return name
	}
	return f.Kind
}

var factNames = map[string]string{
	"chosen": "Ban chọn thêm kỳ này", "assigned": "Phân công", "outlined": "Sửa đề cương", "listed": "Trình danh mục của năm",
	"removed": "Đưa ra khỏi danh mục", "restored": "Đưa trở lại danh mục", "confirmed": "Lãnh đạo Ban duyệt, giao việc", "relisted": "Trình lại bước đã rút",
	"instructed": "Gắn chỉ đạo của cấp trên", "uninstructed": "Gỡ chỉ đạo của cấp trên", "stopped": "Dừng", "resumed": "Làm tiếp",
	"step_moved": "Đặt ngày cho bước", "step_freed": "Trả bước về ngày theo quy tắc", "step_done": "Ghi bước đã xong",
	"step_task": "Gắn bước với nhiệm vụ đã có", "done": "Hoàn thành", "reopened": "Mở lại",
}

// Story lists what happened to a review, the oldest first.
func Story(tx *db.Tx, by access.Actor, id db.ID) ([]Fact, error) {
	if _, err := Find(tx, by, id); err != nil {
		return nil, err
	}
	var all []Fact
	err := tx.Select(&all, `
select seq, kind, at, actor, actor_name, note, day
from review_fact
where review = ?
order by seq`, id)
	return all, err
}

// note is the end of every change of a review: the dated fact, the next version, the line of the journal. The first one ties
// the review to its document in the graph of what came from what.
func (r *Review) note(tx *db.Tx, by access.Actor, kind, note string, day calendar.Date, details journal.Details) error {
	if r.Facts == 0 {
		of := directive.Directive{ID: r.Directive, Type: r.Type, Symbol: r.Symbol, Subject: r.Subject, Date: r.Issued, Term: r.Term, Org: r.Org}
		if err := lineage.Link(tx, of.Node(), r.Node(), "đến hạn"); err != nil {
			return err
		}
	}
	r.Facts, r.Version = r.Facts+1, r.Version+1
	if _, err := tx.Exec(`
insert into review_fact (review, seq, kind, at, actor, actor_name, note, day) values (?, ?, ?, ?, ?, ?, ?, ?)`,
		r.ID, r.Facts, kind, tx.Now(), by.Key(), by.Name, note, day); err != nil {
		return err
	}
	if _, err := tx.Exec("update review set facts = ?, version = ? where id = ?", r.Facts, r.Version, r.ID); err != nil {
		return err
	}
	_, err := journal.Write(tx, by, kind, r.about(), details)
	return err
}
