package programme

import (
	"slices"
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
)

// Line is a nội dung phối hợp. Lead is "" where the commission does it with all parties; Due is zero where its words tell no day.
type Line struct {
	ID        db.ID         `db:"id"`
	Programme db.ID         `db:"programme"`
	N         int           `db:"n"`
	Sector    string        `db:"sector"` // code; "" for the whole field
	Words     string        `db:"words"`
	Product   string        `db:"product"`
	Time      string        `db:"time"` // as written
	Frequency Frequency     `db:"frequency"`
	Due       calendar.Date `db:"due"`
	Lead      db.ID         `db:"lead"`
	Common    bool          `db:"common"`
	Origin    db.ID         `db:"origin"` // the line of the term before
	Ahead     Onward        `db:"ahead"`
	AheadNote string        `db:"ahead_note"`
	EndedAt   db.Instant    `db:"ended_at"`
	EndReason string        `db:"end_reason"`
	With      []db.ID       `db:"-"` // who cooperates
}

// Frequency is how often a line is done; "" once, or nobody said.
type Frequency string

// The frequencies that the words of a time tell.
const (
	Monthly    Frequency = "month"
	Quarterly  Frequency = "quarter"
	HalfYearly Frequency = "half"
	Yearly     Frequency = "year"
)

// Name is the office's word, "" for once.
func (f Frequency) Name() string {
	return map[Frequency]string{Monthly: "hằng tháng", Quarterly: "hằng quý", HalfYearly: "6 tháng một lần", Yearly: "hằng năm"}[f]
}

// Onward is what becomes of a line in the next term; "" while undecided.
type Onward string

// What a person decides at the end of a term.
const (
	Continues Onward = "continues"
	Ends      Onward = "ends"
)

// Name is the office's word.
func (a Onward) Name() string {
	return map[Onward]string{Continues: "Tiếp tục", Ends: "Không tiếp tục"}[a]
}

// Node is the line in the graph of what came from what.
func (l Line) Node() lineage.Node {
	return lineage.Node{Kind: "programme_line", ID: l.ID, Label: fold.Cut(l.Words, 160)}
}

// SectorName is the name of its sector; "Chung" where it is for the whole field.
func (l Line) SectorName() string { return sectorName(l.Sector) }

func sectorName(code string) string {
	if code == "" {
		return "Nội dung chung"
	}
	return directive.SectorName(code)
}

const lineColumns = `
select l.id, l.programme, l.n, l.sector, l.words, l.product, l.time, l.frequency, l.due, l.lead, l.common, l.origin, l.ahead, l.ahead_note,
	l.ended_at, l.end_reason
from programme_line l
`

// Lines are those of a programme by sector, in the order of the field and then of the paper.
func Lines(tx *db.Tx, by access.Actor, id db.ID) ([]Line, error) {
	if _, err := Find(tx, by, id); err != nil {
		return nil, err
	}
	return linesOf(tx, id)
}

func linesOf(tx *db.Tx, id db.ID) (all []Line, err error) {
	if err = tx.Select(&all, lineColumns+"where l.programme = ?\norder by l.n, l.id", id); err != nil {
		return nil, err
	}
	order := make(map[string]int)
	for i, s := range directive.AllSectors {
		order[s.Code] = i + 1
	}
	slices.SortStableFunc(all, func(a, b Line) int { return order[a.Sector] - order[b.Sector] })
	var with []struct {
		Line db.ID `db:"line"`
		Body db.ID `db:"body"`
	}
	if err = tx.Select(&with, `
select w.line, w.body
from programme_line l
join programme_line_with w on w.line = l.id
where l.programme = ?
order by w.line, w.n`, id); err != nil {
		return nil, err
	}
	at := make(map[db.ID]int, len(all))
	for i, l := range all {
		at[l.ID] = i
	}
	for _, w := range with {
		all[at[w.Line]].With = append(all[at[w.Line]].With, w.Body)
	}
	return all, nil
}

// FindLine gives one line with its programme.
func FindLine(tx *db.Tx, by access.Actor, id db.ID) (l Line, p Programme, err error) {
	missing := fault.Missing("Không có nội dung phối hợp này, hoặc cơ quan của đồng chí không tham gia.")
	var found []db.ID
	if err = tx.Select(&found, "select programme from programme_line where id = ?", id); err != nil || len(found) == 0 {
		if err == nil {
			err = missing
		}
		return l, p, err
	}
	if p, err = Find(tx, by, found[0]); err != nil {
		return l, p, err
	}
	all, err := linesOf(tx, p.ID)
	if err != nil {
		return l, p, err
	}
	return all[slices.IndexFunc(all, func(one Line) bool { return one.ID == id })], p, nil
}

// LinesAmong gives those of some lines that the actor may see.
func LinesAmong(tx *db.Tx, by access.Actor, ids []db.ID) ([]Line, error) {
	condition, args := sees(by)
	return db.Among[Line](tx, ids, lineColumns+"join programme p on p.id = l.programme\nwhere "+condition+"\n  and l.id in ", args...)
}

// Brothers gives, for lines of the frame of a ceremony, the lines that say the same in its other programmes: by line the whole family
// with itself, the oldest first. A line of one programme alone is its own family.
func Brothers(tx *db.Tx, by access.Actor, lines []Line) (map[db.ID][]Line, error) {
	families := make(map[db.ID][]Line, len(lines))
	var ids []db.ID
	for _, l := range lines {
		families[l.ID] = []Line{l}
		if l.Common {
			ids = append(ids, l.ID)
		}
	}
	if len(ids) == 0 {
		return families, nil
	}
	var pairs []struct {
		Of      db.ID `db:"of_line"`
		Brother db.ID `db:"brother"`
	}
	in, args := db.Padded(ids)
	if err := tx.Select(&pairs, `
select l.id as of_line, b.id as brother
from programme_line l
join programme p on p.id = l.programme
join programme q on q.conference = p.conference and q.made_at = p.made_at
join programme_line b on b.programme = q.id and b.common and b.n = l.n and b.words = l.words
where l.id in `+in+`
order by l.id, b.id`, args...); err != nil {
		return nil, err
	}
	var all []db.ID
	for _, p := range pairs {
		all = append(all, p.Brother)
	}
	seen, err := LinesAmong(tx, by, all)
	known := make(map[db.ID]Line, len(seen))
	for _, l := range seen {
		known[l.ID] = l
	}
	for _, id := range ids {
		families[id] = nil
	}
	for _, p := range pairs {
		if l, ok := known[p.Brother]; ok {
			families[p.Of] = append(families[p.Of], l)
		}
	}
	return families, err
}

// AddLines adds lines to a draft; to a signed one only with the paper that agreed on them.
func AddLines(tx *db.Tx, by access.Actor, id db.ID, version int64, typed, basis string) (int, error) {
	p, err := keeping(tx, by, id)
	if err != nil {
		return 0, err
	}
	basis = fold.Tidy(basis)
	var wrong fault.List
	if p.Signed > 0 && basis == "" {
		wrong.Add("basis", "%s đã có chữ ký: cần văn bản thống nhất bổ sung nội dung này.", p.Kind.Name())
	}
	if len(basis) > 1000 {
		wrong.Add("basis", "Căn cứ dài quá 1.000 chữ.")
	}
	if err := official.RefuseSecret(typed, basis); err != nil {
		return 0, err
	}
	lines, err := readLines(tx, by, typed, p)
	if err := wrong.AddError("lines", err); err != nil {
		return 0, err
	}
	if err == nil && len(lines) == 0 {
		wrong.Add("lines", "Hãy ghi ít nhất một nội dung, mỗi nội dung một dòng.")
	}
	if err := wrong.Err(); err != nil {
		return 0, err
	}
	if err := p.changed(tx, version); err != nil {
		return 0, err
	}
	if err := p.addLines(tx, by, lines, false); err != nil {
		return 0, err
	}
	_, err = journal.Write(tx, by, "lines_added", p.about(), journal.Details{"lines": len(lines), "basis": basis})
	return len(lines), err
}

func (p Programme) addLines(tx *db.Tx, by access.Actor, lines []Line, common bool) error {
	var last int
	if err := tx.Get(&last, "select coalesce(max(n), 0) from programme_line where programme = ?", p.ID); err != nil {
		return err
	}
	if last+len(lines) > mostLines {
		return fault.Invalid("lines", "Một chương trình có nhiều nhất %d nội dung.", mostLines)
	}
	var edges []lineage.Edge
	var texts []directive.Text
	for i := range lines {
		l := &lines[i]
		l.ID, l.Programme, l.N = tx.NewID(), p.ID, last+i+1
		if _, err := tx.Exec(`
insert into programme_line (id, programme, n, sector, words, product, time, frequency, due, lead, common, origin, ahead, ahead_note,
	ended_at, end_reason, made_at, made_by)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', null, '', ?, ?)`, l.ID, p.ID, l.N, l.Sector, l.Words, l.Product, l.Time, string(l.Frequency), l.Due,
			l.Lead, common, l.Origin, tx.Now(), by.Name); err != nil {
			return err
		}
		for n, body := range l.With {
			if _, err := tx.Exec("insert into programme_line_with (line, body, n) values (?, ?, ?)", l.ID, body, n+1); err != nil {
				return err
			}
		}
		edges = append(edges, lineage.Edge{From: p.Node(), To: l.Node(), Verb: "nội dung"})
		texts = append(texts, directive.Text{Source: l.Node(), Text: l.Words})
	}
	if len(lines) == 0 {
		return nil
	}
	if err := lineage.LinkAll(tx, edges); err != nil {
		return err
	}
	if err := directive.MentionAll(tx, by, texts); err != nil {
		return err
	}
	return p.linkDirectives(tx, by, lines)
}

// linkDirectives leads from the documents that a line cites, where the register knows exactly one, to the line.
func (p Programme) linkDirectives(tx *db.Tx, by access.Actor, lines []Line) error {
	var edges []lineage.Edge
	for _, l := range lines {
		cited, err := citedBy(tx, by, l.Words)
		if err != nil {
			return err
		}
		for _, d := range cited {
			edges = append(edges, lineage.Edge{From: d.Node(), To: l.Node(), Verb: "thực hiện bằng"})
		}
	}
	return lineage.LinkAll(tx, edges)
}

// EndLine says that a line is done no more, with why; what was done stays.
func EndLine(tx *db.Tx, by access.Actor, id db.ID, reason string) error {
	l, p, err := lineToKeep(tx, by, id)
	if err != nil {
		return err
	}
	reason = fold.Tidy(reason)
	if reason == "" || len(reason) > 2000 {
		return fault.Invalid("reason", "Cần lý do, không quá 2.000 chữ.")
	}
	if err := official.RefuseSecret(reason); err != nil {
		return err
	}
	if l.EndedAt != 0 {
		return fault.Conflict("Nội dung này đã thôi thực hiện.")
	}
	if _, err := tx.Exec("update programme_line set ended_at = ?, end_reason = ? where id = ?", tx.Now(), reason, l.ID); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "line_ended", p.about(), journal.Details{"line": l.Node().Label, "reason": reason})
	return err
}

// lineToKeep finds a line for one of the commission's changes.
func lineToKeep(tx *db.Tx, by access.Actor, id db.ID) (Line, Programme, error) {
	l, p, err := FindLine(tx, by, id)
	if err != nil {
		return l, p, err
	}
	return l, p, by.May(access.KeepProgramme, p.Body)
}

// Bodies are those that a line names: its lead, then who cooperates.
func (l Line) Bodies() []db.ID {
	if l.Lead == "" {
		return l.With
	}
	return append([]db.ID{l.Lead}, l.With...)
}

// When says the time of a line in a paper: as written, else as derived.
func (l Line) When() string {
	switch {
	case l.Time != "":
		return l.Time
	case !l.Due.IsZero():
		return "trước ngày " + l.Due.Vietnamese()
	}
	return l.Frequency.Name()
}

// said is the line with who does it, as a paper prints it.
func (l Line) said(names map[db.ID]org.Body) string {
	parts := []string{}
	if l.Lead != "" {
		parts = append(parts, names[l.Lead].Name+" chủ trì")
	}
	var with []string
	for _, body := range l.With {
		with = append(with, names[body].Name)
	}
	if len(with) > 0 {
		parts = append(parts, joined(with)+" phối hợp")
	}
	if l.Product != "" {
		parts = append(parts, "sản phẩm: "+l.Product)
	}
	if when := l.When(); when != "" {
		parts = append(parts, "thời gian: "+when)
	}
	words := strings.TrimRight(l.Words, ". ;")
	if len(parts) > 0 {
		words += " (" + strings.Join(parts, "; ") + ")"
	}
	return words + "."
}
