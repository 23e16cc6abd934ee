// Package workplan keeps kế hoạch công tác năm: what the commission and the agencies do in a year, month by month. Most lines are drawn
// from what stands elsewhere, reviews due, lines of programmes, regimes, conferences; how far each has come follows from there.
package workplan

import (
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/org"
)

// Line is one line of a year's plan. Lead is "" where the commission does it; Months is empty for the whole year.
type Line struct {
	ID         db.ID         `db:"id"`
	Body       db.ID         `db:"org"`
	Year       int           `db:"year"`
	N          int           `db:"n"`
	Sector     string        `db:"sector"`
	Words      string        `db:"words"`
	Product    string        `db:"product"`
	Lead       db.ID         `db:"lead"`
	Months     Months        `db:"months"`
	Due        calendar.Date `db:"due"`
	Guides     bool          `db:"guides"`
	SourceKind string        `db:"source_kind"`
	SourceID   db.ID         `db:"source_id"`
	Carried    db.ID         `db:"carried"`
	CarriedWhy string        `db:"carried_why"`
	EndedAt    db.Instant    `db:"ended_at"`
	EndReason  string        `db:"end_reason"`
	Said       string        `db:"said"`
	SaidProof  string        `db:"said_proof"`
	SaidAt     db.Instant    `db:"said_at"`
	SaidBy     string        `db:"said_by"`
	With       []db.ID       `db:"-"`
}

// Months are numbers from 1 to 12 with a blank between; "" is the whole year.
type Months string

// MonthsOf joins months in order, each once.
func MonthsOf(all ...int) Months {
	slices.Sort(all)
	var text []string
	for _, m := range slices.Compact(all) {
		text = append(text, strconv.Itoa(m))
	}
	return Months(strings.Join(text, " "))
}

// All are the months as numbers.
func (m Months) All() (all []int) {
	for _, text := range strings.Fields(string(m)) {
		n, _ := strconv.Atoi(text)
		all = append(all, n)
	}
	return all
}

// Has reports whether a month is among them; the whole year has none of its own.
func (m Months) Has(month int) bool { return slices.Contains(m.All(), month) }

// Said is "tháng 3, 6, 9, 12", "cả năm".
func (m Months) Said() string {
	if m == "" {
		return "cả năm"
	}
	return "tháng " + strings.ReplaceAll(string(m), " ", ", ")
}

// readMonths reads "3, 6, 9", "tháng 5", "quý II", "cả năm".
func readMonths(typed string) (Months, error) {
	folded := fold.Fold(typed)
	if folded == "" || strings.Contains(folded, "ca nam") || strings.Contains(folded, "thuong xuyen") {
		return "", nil
	}
	for i, quarter := range []string{"quy iv", "quy iii", "quy ii", "quy i"} {
		if strings.Contains(folded, quarter) {
			last := 12 - 3*i
			return MonthsOf(last-2, last-1, last), nil
		}
	}
	var all []int
	for _, text := range strings.FieldsFunc(folded, func(r rune) bool { return r < '0' || r > '9' }) {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 12 {
			return "", fault.Invalid("months", "Tháng “%s” không đọc được; hãy ghi như 3, 6, 9 hoặc quý II, hoặc để trống là cả năm.", fold.Cut(typed, 30))
		}
		all = append(all, n)
	}
	if len(all) == 0 {
		return "", fault.Invalid("months", "Tháng “%s” không đọc được; hãy ghi như 3, 6, 9 hoặc quý II, hoặc để trống là cả năm.", fold.Cut(typed, 30))
	}
	return MonthsOf(all...), nil
}

// Node is the line in the graph of what came from what.
func (l Line) Node() lineage.Node {
	return lineage.Node{Kind: "workplan_line", ID: l.ID, Label: fold.Cut(l.Words, 160)}
}

// SectorName is the name of its sector.
func (l Line) SectorName() string { return sectorName(l.Sector) }

func sectorName(code string) string {
	if code == "" {
		return "Công tác chung"
	}
	return directive.SectorName(code)
}

// Source is the record it was drawn from; zero of a line of the office's own.
func (l Line) Source() lineage.Node {
	return lineage.Node{Kind: l.SourceKind, ID: l.SourceID, Label: l.Words}
}

func (l Line) about() journal.Subject {
	return journal.Subject{Kind: "workplan", ID: db.ID(strconv.Itoa(l.Year)), Body: l.Body}
}

const columns = `
select l.id, l.org, l.year, l.n, l.sector, l.words, l.product, l.lead, l.months, l.due, l.guides, l.source_kind, l.source_id, l.carried,
	l.carried_why, l.ended_at, l.end_reason, l.said, l.said_proof, l.said_at, l.said_by
from workplan_line l
`

// Lines are those of a year, by sector in the order of the field, then as they were entered; those that ended are left out.
func Lines(tx *db.Tx, by access.Actor, year int) ([]Line, error) {
	if err := by.May(access.ReadWorkplan, by.Body); err != nil {
		return nil, err
	}
	return read(tx, "l.year = ? and l.ended_at is null", year)
}

func read(tx *db.Tx, where string, args ...any) (all []Line, err error) {
	if err = tx.Select(&all, columns+"where "+where+"\norder by l.n, l.id", args...); err != nil || len(all) == 0 {
		return nil, err
	}
	order := map[string]int{}
	for i, s := range directive.AllSectors {
		order[s.Code] = i + 1
	}
	slices.SortStableFunc(all, func(a, b Line) int { return order[a.Sector] - order[b.Sector] })
	at := make(map[db.ID]int, len(all))
	ids := make([]db.ID, len(all))
	for i, l := range all {
		at[l.ID], ids[i] = i, l.ID
	}
	var with []struct {
		Line db.ID `db:"line"`
		Body db.ID `db:"body"`
	}
	in, bound := db.Padded(ids)
	err = tx.Select(&with, "select line, body from workplan_with where line in "+in+" order by line, n", bound...)
	for _, w := range with {
		all[at[w.Line]].With = append(all[at[w.Line]].With, w.Body)
	}
	return all, err
}

// LinesAmong gives those of some lines that the actor may see.
func LinesAmong(tx *db.Tx, by access.Actor, ids []db.ID) ([]Line, error) {
	if by.Sees(access.ReadWorkplan) != "" {
		return nil, nil
	}
	in, args := db.Padded(ids)
	return read(tx, "l.id in "+in, args...)
}

// Find gives one line.
func Find(tx *db.Tx, by access.Actor, id db.ID) (Line, error) {
	all, err := LinesAmong(tx, by, []db.ID{id})
	if err == nil && len(all) == 0 {
		err = fault.Missing("Không có dòng kế hoạch này, hoặc không thuộc phạm vi xem.")
	}
	if err != nil {
		return Line{}, err
	}
	return all[0], nil
}

// mostLines bounds a year's plan; mostWords what one field holds.
const (
	mostLines = 600
	mostWords = 2000
)

// insert enters lines behind those of their year.
func insert(tx *db.Tx, by access.Actor, year int, lines []Line) error {
	if len(lines) == 0 {
		return nil
	}
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return err
	}
	var last int
	if err := tx.Get(&last, "select coalesce(max(n), 0) from workplan_line where year = ?", year); err != nil {
		return err
	}
	if last+len(lines) > mostLines {
		return fault.Invalid("lines", "Kế hoạch năm có nhiều nhất %d dòng.", mostLines)
	}
	var edges []lineage.Edge
	for i := range lines {
		l := &lines[i]
		l.ID, l.Body, l.Year, l.N = tx.NewID(), commission.ID, year, last+i+1
		if _, err := tx.Exec(`
insert into workplan_line (id, org, year, n, sector, words, product, lead, months, due, guides, source_kind, source_id, carried, carried_why,
	ended_at, end_reason, said, said_proof, said_at, said_by, made_at, made_by)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, '', '', '', null, '', ?, ?)`, l.ID, l.Body, year, l.N, l.Sector, l.Words, l.Product, l.Lead,
			string(l.Months), l.Due, l.Guides, l.SourceKind, string(l.SourceID), l.Carried, l.CarriedWhy, tx.Now(), by.Name); err != nil {
			return err
		}
		for n, body := range l.With {
			if _, err := tx.Exec("insert into workplan_with (line, body, n) values (?, ?, ?)", l.ID, body, n+1); err != nil {
				return err
			}
		}
		if l.SourceKind != "" {
			edges = append(edges, lineage.Edge{From: l.Source(), To: l.Node(), Verb: "đưa vào kế hoạch năm"})
		}
		if l.Carried != "" {
			edges = append(edges, lineage.Edge{From: lineage.Node{Kind: "workplan_line", ID: l.Carried, Label: l.Words}, To: l.Node(), Verb: "chuyển sang năm sau"})
		}
	}
	return lineage.LinkAll(tx, edges)
}
