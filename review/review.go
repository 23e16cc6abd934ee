// Package review keeps sơ kết, tổng kết: when a steering document is looked back on, who prepares it by which steps, and
// what became of it. Reviews follow from the register of directives; nobody types them.
package review

import (
	"fmt"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/lineage"
)

// Kind is sơ kết or tổng kết, the word itself.
type Kind string

const (
	Mid   Kind = "sơ kết"   // on the way
	Final Kind = "tổng kết" // looks back over the whole
)

// Kinds in the order they are offered.
var Kinds = []Kind{Mid, Final}

// Known reports whether k is one of Kinds.
func (k Kind) Known() bool { return k == Mid || k == Final }

// Source says what asks for a review.
type Source string

const (
	ByRule   Source = "rule"
	ByClause Source = "clause" // of the document itself
	ByChoice Source = "choice" // of the office
)

// Name says it as a reader understands it.
func (s Source) Name() string {
	switch s {
	case ByRule:
		return "Theo quy tắc của Ban"
	case ByClause:
		return "Theo điều khoản của văn bản"
	case ByChoice:
		return "Do Ban chọn"
	}
	return string(s)
}

// Review is one sơ kết or tổng kết that a document is due.
type Review struct {
	ID        db.ID         `db:"id"`
	Directive db.ID         `db:"directive"`
	Body      db.ID         `db:"org"` // the commission in whose list it stands
	Kind      Kind          `db:"kind"`
	Years     int           `db:"years"`
	Due       calendar.Date `db:"due"` // the date of issue and so many years
	Source    Source        `db:"source"`
	Basis     string        `db:"basis"`
	Asked     bool          `db:"asked"` // false: nothing asks for it any more, it stays because it was worked on
	Lead      db.ID         `db:"lead"`  // "": chưa phân công
	Holder    db.ID         `db:"holder"`
	Unit      db.ID         `db:"unit"` // the commission's own unit that follows it and appraises the draft

	Outline string `db:"outline"` // as kept; Headings gives the lines
	Standing
	Facts   int64      `db:"facts"`
	Version int64      `db:"version"`
	MadeAt  db.Instant `db:"made_at"`
	MadeBy  string     `db:"made_by"`

	// Of the document.
	Level      directive.Level   `db:"level"`
	Type       string            `db:"type"`
	Symbol     string            `db:"symbol"`
	Issued     calendar.Date     `db:"issued"`
	Term       string            `db:"term"`
	Issuer     string            `db:"issuer"`
	Subject    string            `db:"subject"`
	Sectors    directive.Sectors `db:"sectors"`
	ValidTo    calendar.Date     `db:"valid_to"`
	ReplacedOn calendar.Date     `db:"replaced_on"`

	Cooperating []Cooperation `db:"-"`
	Steps       []PlannedStep `db:"-"` // in order
}

// Cooperation is what a body does in a review that another leads.
type Cooperation struct {
	Body db.ID  `db:"body"`
	Part string `db:"part"`
}

// Provisional is dự kiến: nobody above has said yet that the review is to be held.
func (r Review) Provisional() bool { return r.Instruction == "" }

// Document names what is reviewed: "Chỉ thị số 20-CT/TW, ngày 05/11/2012".
func (r Review) Document() string { return r.document().Label() }

func (r Review) document() directive.Directive {
	return directive.Directive{ID: r.Directive, Body: r.Body, Type: r.Type, Symbol: r.Symbol, Subject: r.Subject, Date: r.Issued, Term: r.Term}
}

// What is "Tổng kết 10 năm".
func (r Review) What() string {
	return strings.ToUpper(string(r.Kind)[:1]) + fmt.Sprintf("%s %d năm", string(r.Kind)[1:], r.Years)
}

// Label is "Tổng kết 10 năm thực hiện Chỉ thị số 20-CT/TW, ngày 05/11/2012".
func (r Review) Label() string { return r.What() + " thực hiện " + r.Document() }

// Node is the review in the graph of what came from what.
func (r Review) Node() lineage.Node {
	return lineage.Node{Kind: "review", ID: r.ID, Label: r.Label()}
}

func (r Review) about() journal.Subject {
	return journal.Subject{Kind: "review", ID: r.ID, Body: r.Holder}
}

const columns = `
select r.id, r.directive, r.org, r.kind, r.years, r.due, r.submit_by, r.source, r.basis, r.asked, r.lead, r.holder, r.unit,
	r.instruction, r.instruction_directive, r.instructed_on, r.outline, r.listed_at, r.confirmed_at, r.removed_at,
	r.remove_reason, r.stopped_on, r.stop_reason, r.done_on, r.done_paper, r.done_file, r.facts, r.version, r.made_at, r.made_by,
	d.level, d.type, d.symbol, d.date as issued, d.term, d.issuer, d.subject, d.sectors, d.valid_to, d.replaced_on
from review r
join directive d on d.id = r.directive
`

// sees narrows reading. A review is work, so it is seen as work is (access.ReadTask): the commission sees all, a body
// what it leads, answers for or cooperates in.
func sees(by access.Actor) (condition string, args []any) {
	own := by.Sees(access.ReadTask)
	if own == "" {
		return "true", nil
	}
	return `(r.lead = ? or r.holder = ?
	or exists (select 1 from review_cooperation c where c.review = r.id and c.body = ?))`, []any{own, own, own}
}

// read gives reviews with cooperating bodies and steps: four queries, however many there are.
func read(tx *db.Tx, by access.Actor, where, order string, args ...any) ([]Review, error) {
	if err := by.May(access.ReadDirective, by.Body); err != nil {
		return nil, err
	}
	condition, own := sees(by)
	var all []Review
	if err := tx.Select(&all, columns+"where "+where+"\n  and "+condition+"\n"+order, append(args, own...)...); err != nil {
		return nil, err
	}
	return all, complete(tx, by, all)
}

const byDue = "order by r.due, d.symbol, r.id"

// DueIn lists what is due in a year, whatever became of it.
func DueIn(tx *db.Tx, by access.Actor, year int) ([]Review, error) {
	from, to, err := yearSpan(year)
	if err != nil {
		return nil, err
	}
	return read(tx, by, "r.due between ? and ?", byDue, from, to)
}

func yearSpan(year int) (from, to calendar.Date, err error) {
	if from, err = calendar.MakeDate(year, 1, 1); err != nil || year < 1930 || year > 2200 {
		return from, to, fault.Invalid("nam", "Năm “%d” không có trong danh mục; hãy ghi năm như 2022.", year)
	}
	to, err = calendar.MakeDate(year, 12, 31)
	return from, to, err
}

// Find gives one review with its steps.
func Find(tx *db.Tx, by access.Actor, id db.ID) (Review, error) {
	all, err := Among(tx, by, []db.ID{id})
	if err != nil {
		return Review{}, err
	}
	if len(all) == 0 {
		return Review{}, fault.Missing("Không có kỳ sơ kết, tổng kết này, hoặc cơ quan của đồng chí không chủ trì, không phối hợp.")
	}
	return all[0], nil
}

// Among gives those of some reviews that the actor may see.
func Among(tx *db.Tx, by access.Actor, ids []db.ID) ([]Review, error) {
	list, args := db.Padded(ids)
	return read(tx, by, "r.id in "+list, byDue, args...)
}

// Of lists the reviews of one document, the earliest first.
func Of(tx *db.Tx, by access.Actor, document db.ID) ([]Review, error) {
	return read(tx, by, "r.directive = ?", byDue, document)
}

// Overdue lists what was due before a day since its document has stood in the register, and is not done: the
// oldest first. older counts reviews due before their document was registered whose result nobody noted.
func Overdue(tx *db.Tx, by access.Actor, before calendar.Date) (overdue []Review, older int, err error) {
	all, err := read(tx, by, "r.submit_by < ?\n  and r.done_on is null and r.removed_at is null and r.stopped_on is null", byDue, before)
	for _, r := range all {
		switch r.State() {
		case Past:
			older++
		case Stopped:
		default:
			overdue = append(overdue, r)
		}
	}
	return overdue, older, err
}

// Coming lists what is not done and has its next step, or its handing up, within so many days, the nearest first.
func Coming(tx *db.Tx, by access.Actor, day calendar.Date, days int) ([]Review, error) {
	until := day.AddDays(days)
	// Steps are planned back by working days: a year ahead is farther than any plan reaches.
	all, err := read(tx, by, `r.submit_by between ? and ?
  and r.done_on is null and r.removed_at is null and r.stopped_on is null`, byDue, day, until.AddDays(366))
	if err != nil {
		return nil, err
	}
	var coming []Review
	for _, r := range all {
		if s := r.State(); s == Stopped || s == Past {
			continue
		}
		if next, ok := r.NextStep(); ok && !next.Day.After(until) {
			coming = append(coming, r)
		}
	}
	return coming, nil
}

// complete fills in who cooperates and the steps.
func complete(tx *db.Tx, by access.Actor, all []Review) error {
	if len(all) == 0 {
		return nil
	}
	ids := make([]db.ID, len(all))
	at := make(map[db.ID]int, len(all))
	for i, r := range all {
		ids[i], at[r.ID] = r.ID, i
	}
	in, args := db.In(ids)
	var with []struct {
		Review db.ID `db:"review"`
		Cooperation
	}
	if err := tx.Select(&with, `
select c.review, c.body, c.part
from review_cooperation c
join body b on b.id = c.body
where c.review in `+in+`
order by c.review, b.sort, b.code`, args...); err != nil {
		return err
	}
	for _, c := range with {
		r := &all[at[c.Review]]
		r.Cooperating = append(r.Cooperating, c.Cooperation)
	}
	return steps(tx, by, all, at, in, args)
}
