package review

import (
	"maps"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/journal"
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
	if err := by.May(access.RecordDirective, d.Body); err != nil {
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

// entry is as much of a review as planning looks at.
type entry struct {
	ID        db.ID         `db:"id"`
	Directive db.ID         `db:"directive"`
	Years     int           `db:"years"`
	Kind      Kind          `db:"kind"`
	Due       calendar.Date `db:"due"`
	Source    Source        `db:"source"`
	Basis     string        `db:"basis"`
	Asked     bool          `db:"asked"`
	Confirmed db.Instant    `db:"confirmed_at"`
	DoneOn    calendar.Date `db:"done_on"`
	Facts     int64         `db:"facts"`
}

// move is what planning does with one review of a document: it comes (was is empty), goes (now is empty) or changes.
type move struct {
	of       directive.Directive
	was, now entry
}

// moves says what is to be done so that the reviews are those that are asked for. It reads in the same three queries for at
// most five hundred documents.
func moves(tx *db.Tx, documents []directive.Directive) (all []move, err error) {
	rules, err := rules(tx)
	if err != nil {
		return nil, err
	}
	ids := make([]db.ID, len(documents))
	for i, d := range documents {
		ids[i] = d.ID
	}
	in, args := db.In(ids)
	var clauses []Clause
	if err := tx.Select(&clauses, clauseColumns+"where directive in "+in+" and ended_at is null\norder by years, id", args...); err != nil {
		return nil, err
	}
	var there []entry
	if err := tx.Select(&there, `
select id, directive, years, kind, due, source, basis, asked, confirmed_at, done_on, facts
from review
where directive in `+in+`
order by years`, args...); err != nil {
		return nil, err
	}
	said, has := make(map[db.ID][]Clause), make(map[db.ID][]entry)
	for _, c := range clauses {
		said[c.Directive] = append(said[c.Directive], c)
	}
	for _, e := range there {
		has[e.Directive] = append(has[e.Directive], e)
	}
	for _, d := range documents {
		asked := wanted(d, rules, said[d.ID])
		for _, was := range has[d.ID] {
			w, ok := asked[was.Years]
			delete(asked, was.Years)
			if was.Source == ByChoice && !ok && !d.Date.IsZero() {
				w, ok = want{was.Kind, was.Source, was.Basis}, true
			}
			if now := was.follow(d, w, ok); now != was {
				all = append(all, move{d, was, now})
			}
		}
		for _, years := range slices.Sorted(maps.Keys(asked)) {
			w := asked[years]
			all = append(all, move{of: d, now: entry{Directive: d.ID, Years: years, Kind: w.kind, Due: after(d.Date, years), Source: w.source, Basis: w.basis, Asked: true}})
		}
	}
	return all, nil
}

// follow is the review as it is asked for now. What nobody worked on goes when nothing asks for it; what is confirmed or
// done keeps its day and its kind.
func (e entry) follow(d directive.Directive, w want, asked bool) entry {
	if !asked && e.Facts == 0 {
		return entry{}
	}
	e.Asked = asked
	if asked && e.Confirmed == 0 && e.DoneOn.IsZero() {
		e.Kind, e.Source, e.Basis, e.Due = w.kind, w.source, w.basis, after(d.Date, e.Years)
	}
	return e
}

// replan makes the moves for at most five hundred documents, and tells how many reviews came and went.
func replan(tx *db.Tx, by access.Actor, documents []directive.Directive) (came, went int, err error) {
	all, err := moves(tx, documents)
	for _, m := range all {
		if err != nil {
			break
		}
		switch {
		case m.was == entry{}:
			_, err = insert(tx, by, m.of, m.now.Years, want{m.now.Kind, m.now.Source, m.now.Basis})
			came++
		case m.now == entry{}:
			_, err = tx.Exec("delete from review where id = ?", m.was.ID)
			went++
		default:
			err = m.now.keep(tx)
		}
	}
	return came, went, err
}

func (e entry) keep(tx *db.Tx) error {
	if _, err := tx.Exec(`
update review
set kind = ?, source = ?, basis = ?, due = ?, asked = ?, version = version + 1
where id = ?`, string(e.Kind), string(e.Source), e.Basis, e.Due, e.Asked, e.ID); err != nil {
		return err
	}
	var facts []Fact
	if e.Facts > 0 {
		var err error
		if facts, err = factsOf(tx, e.ID); err != nil {
			return err
		}
	}
	_, err := restate(tx, e.ID, e.Due, facts)
	return err
}

func insert(tx *db.Tx, by access.Actor, d directive.Directive, years int, w want) (db.ID, error) {
	id, due := tx.NewID(), after(d.Date, years)
	_, err := tx.Exec(`
insert into review (id, directive, org, kind, years, due, submit_by, source, basis, asked, lead, holder, unit, instruction,
	instruction_directive, instructed_on, outline, listed_at, confirmed_at, removed_at, remove_reason, stopped_on, stop_reason, done_on,
	done_paper, done_file, facts, version, made_at, made_by)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, null, null, '', null, null, '', null, null, null, '', null, '', null, '', null, 0, 1, ?, ?)`,
		id, d.ID, d.Body, string(w.kind), years, due, due, string(w.source), w.basis, true, tx.Now(), by.Name)
	return id, err
}
