// Package workplan keeps kế hoạch công tác năm: what the commission and the agencies do in a year, month by month. Most lines are drawn
// from what stands elsewhere, reviews due, lines of programmes, regimes, conferences; how far each has come follows from there.
package workplan

import (
	"fmt"
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
	"giaoban/official"
	"giaoban/org"
	"giaoban/task"
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

func checkYear(year int) error {
	if year < 2000 || year > 2100 {
		return fault.Invalid("nam", "Năm “%d” không có kế hoạch; hãy ghi năm như 2022.", year)
	}
	return nil
}

// keeping asks for the commission's changes of a plan.
func keeping(by access.Actor, year int) error {
	if err := by.May(access.KeepWorkplan, by.Body); err != nil {
		return err
	}
	return checkYear(year)
}

func told(tx *db.Tx, by access.Actor, verb string, year int, details journal.Details) error {
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return err
	}
	_, err = journal.Write(tx, by, verb, journal.Subject{Kind: "workplan", ID: db.ID(strconv.Itoa(year)), Body: commission.ID}, details)
	return err
}

// Own is a line of the office's own, as typed.
type Own struct {
	Sector, Words, Product, Months string
	Due                            calendar.Date
	Lead                           db.ID
	With                           []db.ID
	Guides                         bool
}

// Add enters lines of the office's own; several with the same lead and months may stand one a line.
func Add(tx *db.Tx, by access.Actor, year int, o Own) (int, error) {
	if err := keeping(by, year); err != nil {
		return 0, err
	}
	var wrong fault.List
	months, err := readMonths(o.Months)
	if err := wrong.AddError("months", err); err != nil {
		return 0, err
	}
	if o.Sector != "" && !slices.ContainsFunc(directive.AllSectors, func(s directive.Sector) bool { return s.Code == o.Sector }) {
		wrong.Add("sector", "Hãy chọn một lĩnh vực trong danh sách.")
	}
	if !o.Due.IsZero() {
		if o.Due.Year() != year {
			wrong.Add("due", "Ngày phải trong năm %d.", year)
		}
		if months == "" {
			months = MonthsOf(int(o.Due.Month()))
		}
	}
	o.Product = fold.Tidy(o.Product)
	if len(o.Product) > mostWords {
		wrong.Add("product", "Sản phẩm dài quá %d chữ.", mostWords)
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return 0, err
	}
	for _, id := range append([]db.ID{o.Lead}, o.With...) {
		if id != "" && names[id].ID == "" {
			wrong.Add("lead", "Hãy chọn cơ quan trong danh bạ.")
			break
		}
	}
	var lines []Line
	for words := range strings.Lines(fold.Clean(o.Words)) {
		if words = fold.Tidy(strings.TrimLeft(strings.TrimSpace(words), "-–•+ ")); words == "" {
			continue
		}
		if len(words) > mostWords {
			wrong.Add("words", "Một việc dài quá %d chữ.", mostWords)
		}
		lines = append(lines, Line{Sector: o.Sector, Words: words, Product: o.Product, Lead: o.Lead, With: o.With, Months: months, Due: o.Due, Guides: o.Guides})
	}
	if len(lines) == 0 {
		wrong.Add("words", "Hãy ghi ít nhất một việc, mỗi việc một dòng.")
	}
	if err := wrong.Err(); err != nil {
		return 0, err
	}
	if err := official.RefuseSecret(o.Words, o.Product); err != nil {
		return 0, err
	}
	if err := insert(tx, by, year, lines); err != nil {
		return 0, err
	}
	return len(lines), told(tx, by, "added", year, journal.Details{"lines": len(lines), "words": fold.Cut(lines[0].Words, 120)})
}

// End takes a line out of the plan, with why; what was done of it stays.
func End(tx *db.Tx, by access.Actor, id db.ID, reason string) error {
	l, err := toChange(tx, by, id)
	if err != nil {
		return err
	}
	if reason, err = reasonGiven(reason); err != nil {
		return err
	}
	if _, err := tx.Exec("update workplan_line set ended_at = ?, end_reason = ? where id = ?", tx.Now(), reason, l.ID); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "line_ended", l.about(), journal.Details{"line": l.Node().Label, "reason": reason})
	return err
}

func reasonGiven(reason string) (string, error) {
	reason = fold.Tidy(reason)
	if reason == "" || len(reason) > mostWords {
		return "", fault.Invalid("reason", "Cần lý do, không quá %d chữ.", mostWords)
	}
	return reason, official.RefuseSecret(reason)
}

func toChange(tx *db.Tx, by access.Actor, id db.ID) (Line, error) {
	l, err := Find(tx, by, id)
	if err != nil {
		return l, err
	}
	if err := by.May(access.KeepWorkplan, l.Body); err != nil {
		return l, err
	}
	if l.EndedAt != 0 {
		return l, fault.Conflict("Việc này đã đưa ra khỏi kế hoạch.")
	}
	return l, nil
}

// Give asks the lead of a line for its product by a day: a task born from the line.
func Give(tx *db.Tx, by access.Actor, id db.ID, due calendar.Date) (task.Task, error) {
	l, err := toChange(tx, by, id)
	if err != nil {
		return task.Task{}, err
	}
	if err := by.May(access.AssignTask, l.Body); err != nil {
		return task.Task{}, err
	}
	if l.Lead == "" || l.Product == "" {
		return task.Task{}, fault.Conflict("Việc này chưa có cơ quan chủ trì hoặc sản phẩm nên chưa thành nhiệm vụ được.")
	}
	if due.IsZero() {
		due = l.Due
	}
	lead, err := org.Find(tx, by, l.Lead, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return task.Task{}, err
	}
	label := fmt.Sprintf("Kế hoạch công tác năm %d", l.Year)
	n := task.New{Origin: task.Origin{Kind: "workplan_line", ID: l.ID, Label: l.Node().Label + " — " + label}, Mode: task.ModeFor(lead.Kind), Title: fold.Cut(l.Words, 400),
		Product: l.Product, Lead: l.Lead, Due: due, ForcePaper: label}
	for _, body := range l.With {
		n.Cooperating = append(n.Cooperating, task.Cooperation{Body: body, Part: "phối hợp thực hiện theo kế hoạch năm", Due: due})
	}
	t, err := task.Assign(tx, by, n)
	if err != nil {
		return t, err
	}
	return t, lineage.Link(tx, l.Node(), t.Node(), t.Mode.Name())
}

// Say notes what was done of a line that no record tells of, with what proves it.
func Say(tx *db.Tx, by access.Actor, id db.ID, said, proof string) error {
	l, err := toChange(tx, by, id)
	if err != nil {
		return err
	}
	standings, err := ProgressOf(tx, by, l.Year)
	if err != nil {
		return err
	}
	proof = fold.Tidy(proof)
	switch {
	case said != "done" && said != "going":
		return fault.Invalid("said", "Hãy chọn đã làm hoặc đang làm.")
	case proof == "" || len(proof) > mostWords:
		return fault.Invalid("proof", "Cần ghi căn cứ: văn bản, ngày, việc đã làm.")
	case standings[l.ID].Derived:
		return fault.Conflict("Tình trạng của việc này tính từ hồ sơ gắn với nó; không ghi tay.")
	}
	if err := official.RefuseSecret(proof); err != nil {
		return err
	}
	if _, err := tx.Exec("update workplan_line set said = ?, said_proof = ?, said_at = ?, said_by = ? where id = ?", said, proof, tx.Now(), by.Name, l.ID); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "said", l.about(), journal.Details{"line": l.Node().Label, "said": map[string]string{"done": "đã làm", "going": "đang làm"}[said], "proof": proof})
	return err
}

// Carry takes lines of a year into the next one, with why; each is led to from the line before.
func Carry(tx *db.Tx, by access.Actor, year int, ids []db.ID, reason string) (int, error) {
	if err := keeping(by, year+1); err != nil {
		return 0, err
	}
	reason, err := reasonGiven(reason)
	if err != nil {
		return 0, err
	}
	all, err := Lines(tx, by, year)
	if err != nil {
		return 0, err
	}
	there, err := Lines(tx, by, year+1)
	if err != nil {
		return 0, err
	}
	var lines []Line
	for _, l := range all {
		carried := slices.ContainsFunc(there, func(t Line) bool { return t.Carried == l.ID })
		if !slices.Contains(ids, l.ID) || carried {
			continue
		}
		lines = append(lines, Line{Sector: l.Sector, Words: l.Words, Product: l.Product, Lead: l.Lead, With: l.With, Guides: l.Guides, Carried: l.ID, CarriedWhy: reason})
	}
	if len(lines) == 0 {
		return 0, fault.Invalid("line", "Hãy chọn ít nhất một việc chưa chuyển.")
	}
	if err := insert(tx, by, year+1, lines); err != nil {
		return 0, err
	}
	return len(lines), told(tx, by, "carried", year, journal.Details{"lines": len(lines), "to": year + 1, "reason": reason})
}
