package archive

import (
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
)

// Filter narrows the list of files.
type Filter struct {
	State State
	Kind  Kind
	Year  string // of the day it was held, of the period, else of its posting: "2022"
	Words string // with or without marks; each must begin a word of name, title or article
	Batch db.ID
	After string // cursor: the Next of the page before
	Limit int    // 0: 50
}

// Listed is one file in the list, with what its confirmed fields made.
type Listed struct {
	Import
	Fields   int
	Made     Made
	Sentence string // what it made, in words; "" for nothing yet
}

// Made counts what came of the confirmed fields of a file.
type Made struct {
	Directives, Tasks, Bodies, Guidance, Results, Figures, Reviews int
}

// String says it in words: "3 văn bản, 1 nhiệm vụ".
func (m Made) String() string {
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{m.Directives, "văn bản"}, {m.Reviews, "sơ kết, tổng kết"}, {m.Tasks, "nhiệm vụ"}, {m.Guidance, "định hướng"}, {m.Bodies, "cơ quan"},
		{m.Results, "kết quả, hạn chế"}, {m.Figures, "số liệu"}} {
		if p.n > 0 {
			parts = append(parts, strconv.Itoa(p.n)+" "+p.what)
		}
	}
	return strings.Join(parts, " · ")
}

func (m *Made) count(kind FieldKind, made string, n int) {
	switch {
	case made == "task":
		m.Tasks += n
	case kind == ConclusionField:
		m.Guidance += n
	case kind == CitationField:
		m.Directives += n
	case kind == ReviewField:
		m.Reviews += n
	case kind == BodyField:
		m.Bodies += n
	case kind == FigureField:
		m.Figures += n
	case kind == ResultField || kind == DifficultyField || kind == ShortcomeField:
		m.Results += n
	}
}

// List gives files, the latest in time first; next is the cursor of the page behind, "" at the end.
func List(tx *db.Tx, by access.Actor, f Filter) (all []Listed, next string, err error) {
	if f.Limit <= 0 {
		f.Limit = 50
	}
	where, args := f.where(by)
	if f.After != "" {
		day, id, _ := strings.Cut(f.After, "~")
		where += "\n  and (i.sort_day < ? or i.sort_day = ? and i.id < ?)"
		args = append(args, day, day, id)
	}
	var found []Import
	// The text stays where it is: a page of fifty would read a megabyte for nothing.
	columns := strings.Replace(strings.Replace(importColumns, "i.text,", "'' as text,", 1), "i.folded,", "'' as folded,", 1)
	if err := tx.Select(&found, columns+where+"\norder by i.sort_day desc, i.id desc\nlimit ?", append(args, f.Limit+1)...); err != nil {
		return nil, "", err
	}
	if len(found) > f.Limit {
		found = found[:f.Limit]
		last := found[f.Limit-1]
		next = last.SortDay + "~" + string(last.ID)
	}
	made, err := madeBy(tx, found)
	if err != nil {
		return nil, "", err
	}
	for _, i := range found {
		m := made[i.ID]
		all = append(all, Listed{Import: i, Fields: i.Pending + i.Decided, Made: m, Sentence: m.String()})
	}
	return all, next, nil
}

func (f Filter) where(by access.Actor) (string, []any) {
	sees := by.Sees(access.ImportArchive)
	where, args := "where (cast(? as text) = '' or i.org = ?)", []any{sees, sees}
	add := func(condition string, values ...any) {
		where += "\n  and " + condition
		args = append(args, values...)
	}
	switch f.State {
	case Unseen:
		add("i.decided = 0 and i.pending > 0")
	case Begun:
		add("i.decided > 0 and i.pending > 0")
	case Settled:
		add("i.pending = 0")
	}
	if f.Kind != "" {
		add("i.kind = ?", string(f.Kind))
	}
	if f.Year != "" {
		add("i.sort_day >= ? and i.sort_day <= ?", f.Year+"-01-01", f.Year+"-12-31")
	}
	for _, word := range strings.Fields(searched(f.Words)) {
		add("i.folded like ? escape '!'", "% "+strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(word)+"%")
	}
	if f.Batch != "" {
		add("i.id in (select l.import from archive_batch_line l where l.batch = ? and l.import is not null)", f.Batch)
	}
	return where, args
}

func madeBy(tx *db.Tx, found []Import) (map[db.ID]Made, error) {
	ids := make([]db.ID, len(found))
	for n, i := range found {
		ids[n] = i.ID
	}
	list, args := db.In(ids)
	var rows []struct {
		Import db.ID     `db:"import"`
		Kind   FieldKind `db:"kind"`
		Made   string    `db:"made_kind"`
		N      int       `db:"n"`
	}
	if err := tx.Select(&rows, `
select import, kind, made_kind, count(*) as n
from archive_field
where import in `+list+`
  and state in ('accepted', 'corrected')
group by import, kind, made_kind`, args...); err != nil {
		return nil, err
	}
	made := make(map[db.ID]Made, len(ids))
	for _, r := range rows {
		m := made[r.Import]
		m.count(r.Kind, r.Made, r.N)
		made[r.Import] = m
	}
	return made, nil
}

// Counts says how many files stand where, and of which years there are some.
type Counts struct {
	Unseen, Begun, Settled int
	Years                  []string // the latest first
}

// Total is how many files there are.
func (c Counts) Total() int { return c.Unseen + c.Begun + c.Settled }

// Count counts the files by state.
func Count(tx *db.Tx, by access.Actor) (Counts, error) {
	var c Counts
	sees := by.Sees(access.ImportArchive)
	var row struct {
		Unseen  int `db:"unseen"`
		Begun   int `db:"begun"`
		Settled int `db:"settled"`
	}
	if err := tx.Get(&row, `
select coalesce(sum(case when pending > 0 and decided = 0 then 1 else 0 end), 0) as unseen,
	coalesce(sum(case when pending > 0 and decided > 0 then 1 else 0 end), 0) as begun,
	coalesce(sum(case when pending = 0 then 1 else 0 end), 0) as settled
from archive_import
where cast(? as text) = '' or org = ?`, sees, sees); err != nil {
		return c, err
	}
	c.Unseen, c.Begun, c.Settled = row.Unseen, row.Begun, row.Settled
	err := tx.Select(&c.Years, `
select distinct substr(sort_day, 1, 4) as year
from archive_import
where sort_day <> ''
  and (cast(? as text) = '' or org = ?)
order by 1 desc`, sees, sees)
	return c, err
}

// Beside gives the neighbours of a file in the order of work: the one before it, the one behind it, and the next one that
// still waits for a decision; "" where there is none.
func Beside(tx *db.Tx, by access.Actor, i Import) (before, behind, waiting db.ID, err error) {
	sees := by.Sees(access.ImportArchive)
	find := func(to *db.ID, where, order string, args ...any) {
		if err != nil {
			return
		}
		var ids []db.ID
		err = tx.Select(&ids, "select id from archive_import\nwhere (cast(? as text) = '' or org = ?)\n  and "+where+"\norder by "+order+"\nlimit 1", append([]any{sees, sees}, args...)...)
		if len(ids) > 0 {
			*to = ids[0]
		}
	}
	find(&before, "(sort_day > ? or sort_day = ? and id > ?)", "sort_day, id", i.SortDay, i.SortDay, i.ID)
	find(&behind, "(sort_day < ? or sort_day = ? and id < ?)", "sort_day desc, id desc", i.SortDay, i.SortDay, i.ID)
	find(&waiting, "pending > 0 and (sort_day < ? or sort_day = ? and id < ?)", "sort_day desc, id desc", i.SortDay, i.SortDay, i.ID)
	if waiting == "" {
		find(&waiting, "pending > 0 and id <> ?", "sort_day desc, id desc", i.ID)
	}
	return before, behind, waiting, err
}

// Waiting gives the file with which the confirming goes on: one that was begun, else the latest; "" when all is settled.
func Waiting(tx *db.Tx, by access.Actor) (db.ID, error) {
	var ids []db.ID
	sees := by.Sees(access.ImportArchive)
	err := tx.Select(&ids, `
select id
from archive_import
where pending > 0
  and (cast(? as text) = '' or org = ?)
order by case when decided > 0 then 0 else 1 end, sort_day desc, id desc
limit 1`, sees, sees)
	if len(ids) == 0 {
		return "", err
	}
	return ids[0], err
}
