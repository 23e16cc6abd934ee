package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// BookProblem is a cell that is not taken, and why.
type BookProblem struct {
	Sheet   string `json:"sheet"`
	Cell    string `json:"cell"`
	Problem string `json:"problem"`
}

// BookChange is a cell, or the words of a heading, that a book has otherwise than what stands: Was is "" for what is new.
type BookChange struct{ Sheet, Cell, What, Was, Now string }

// BookCheck is a filled book held against what a body has: how many of its cells are good, which are not, and what the
// draft becomes. Nothing is kept before SaveDraft is given Draft and Version.
type BookCheck struct {
	Obligation Obligation
	Good       int
	Wrong      []BookProblem
	Same       int // good, and as they stand already
	New        []BookChange
	Changed    []BookChange
	Formulas   []BookChange // good cells whose figure a formula gave
	Note       string       // that the form has a newer version, "" where not
	Draft      Draft
	Version    int64
}

// CheckBookOf finds the report that a book was made for and checks it; for a period that was not opened yet, by the form that
// will be in force, and Note says that it cannot be kept yet.
func CheckBookOf(tx *db.Tx, by access.Actor, b FilledBook) (BookCheck, error) {
	period, err := calendar.ParsePeriod(b.Period)
	if err != nil {
		return BookCheck{}, errNoBook
	}
	is, err := opened(tx, b.Regime, period)
	if err != nil {
		return BookCheck{}, err
	}
	if !is {
		sheet, err := sheetAhead(tx, by, b.Regime, period, b.Body)
		if err != nil {
			return BookCheck{}, err
		}
		c, err := checkCells(sheet, b)
		c.Note = strings.TrimSpace(heldBack(period) + " " + c.Note)
		return c, err
	}
	o, err := ObligationByCode(tx, by, b.Regime, period, b.Body)
	if err != nil {
		return BookCheck{}, err
	}
	return CheckBook(tx, by, o, b)
}

// CheckBook holds a filled book against the draft, or what was sent, of the report it must be made for. The guard says
// what may stand. A cell that is empty says nothing, and one that is wrong leaves what stood.
func CheckBook(tx *db.Tx, by access.Actor, o Obligation, b FilledBook) (BookCheck, error) {
	if err := by.May(access.DraftReport, o.Holder); err != nil {
		return BookCheck{}, err
	}
	if err := b.of(o); err != nil {
		period, wrong := calendar.ParsePeriod(b.Period)
		if b.Regime != o.RegimeCode || b.Body != o.BodyCode || wrong != nil {
			return BookCheck{}, err
		}
		if is, other := opened(tx, b.Regime, period); other != nil {
			return BookCheck{}, other
		} else if !is {
			return BookCheck{}, fault.Conflict("Biểu Excel này là của %s, không phải của %s. %s", period.Name(), o.Period.Name(), heldBack(period))
		}
		return BookCheck{}, err
	}
	sheet, err := Fill(tx, by, o.ID)
	if err != nil {
		return BookCheck{}, err
	}
	return checkCells(sheet, b)
}

// checkCells holds a filled book against a sheet.
func checkCells(sheet Sheet, b FilledBook) (BookCheck, error) {
	if len(b.Cells) > mostIndicators+mostParagraphs {
		return BookCheck{}, fault.TooLarge("file", "Biểu Excel có quá nhiều ô; xin tải lại biểu và chỉ điền các ô nền vàng.")
	}
	c := checkingBook{BookCheck: BookCheck{Obligation: sheet.Obligation, Version: sheet.Draft.Version}, form: sheet.Form, stood: sheet.Draft.Draft, before: sheet.Before}
	if b.FormID != string(sheet.Form.ID) {
		c.Note = fmt.Sprintf("Biểu Excel lập theo biểu mẫu số %s, báo cáo này theo biểu mẫu số %d: các ô được xếp theo mã chỉ tiêu.", b.Form, sheet.Form.Number)
	}
	c.take(b.Cells)
	c.judge()
	c.compare()
	return c.BookCheck, c.Draft.clean()
}

type checkingBook struct {
	BookCheck
	form    *Form
	before  Before
	stood   Draft
	figures map[string]BookCell // code → its cell, while it is good
	words   map[string][]BookCell
	keys    []string        // of words, in their order
	dropped map[string]bool // codes and keys of which a cell is wrong
}

func (c *checkingBook) refuse(cell BookCell, sentence string) {
	c.Wrong = append(c.Wrong, BookProblem{cell.Sheet, cell.Cell, sentence})
}

// take sorts the cells by what they are about; a place that is named twice is wrong the second time.
func (c *checkingBook) take(cells []BookCell) {
	c.figures, c.words, c.dropped = make(map[string]BookCell), make(map[string][]BookCell), make(map[string]bool)
	for _, cell := range cells {
		if in, ok := c.form.Indicator(cell.Code); ok && in.Aggregation == Ratio && cell.Formula {
			continue // the book's own, for who fills it
		}
		key := wordsKey(cell.Section, cell.Sector)
		if cell.Wrong != "" {
			c.refuse(cell, cell.Wrong)
			c.dropped[cmp.Or(cell.Code, key)] = true
			continue
		}
		if cell.Code == "" {
			if c.words[key] == nil {
				c.keys = append(c.keys, key)
			}
			c.words[key] = append(c.words[key], cell)
			continue
		}
		if before, twice := c.figures[cell.Code]; twice {
			c.refuse(cell, fmt.Sprintf("Chỉ tiêu %s đã có ở ô %s.", cell.Code, before.Cell))
			continue
		}
		c.figures[cell.Code] = cell
	}
	for _, key := range c.keys {
		if c.dropped[key] { // half the words of a heading would take the place of all
			c.dropWords(key, "Mục này có ô chưa nhận được nên lời văn của cả mục giữ như đã có; sửa ô ấy rồi đưa lại.")
		}
	}
}

func (c *checkingBook) dropWords(key, sentence string) {
	for _, cell := range c.words[key] {
		c.refuse(cell, sentence)
	}
	delete(c.words, key)
}

// judge asks the guard: first of each cell by itself, then, without those that are wrong, of what must fit together. What
// stood wrong before is not the book's fault, and an empty cell is not wrong in a draft.
func (c *checkingBook) judge() {
	for _, together := range []bool{false, true} {
		for _, one := range Check(c.form, c.typed(), c.before) {
			kind, _, _ := strings.Cut(one.Key, ":")
			if one.Strength != Error || kind == "required" || !together && (strings.HasPrefix(kind, "rule") || kind == "share") {
				continue
			}
			c.drop(one)
		}
	}
	slices.SortStableFunc(c.Wrong, func(a, b BookProblem) int {
		if a.Sheet != b.Sheet {
			return strings.Compare(a.Sheet, b.Sheet)
		}
		return compareCells(a.Cell, b.Cell)
	})
}

// compareCells orders addresses by their row, then by their column.
func compareCells(a, b string) int {
	digits := func(cell string) string { return strings.TrimLeft(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") }
	if x, y := digits(a), digits(b); len(x) != len(y) {
		return len(x) - len(y)
	} else if x != y {
		return strings.Compare(x, y)
	}
	return strings.Compare(a, b)
}

// drop takes out the cell that a finding speaks of.
func (c *checkingBook) drop(one Finding) {
	if cell, ok := c.figures[one.Indicator]; ok && cell.Text != "" {
		c.refuse(cell, one.Sentence)
		delete(c.figures, one.Indicator)
		c.dropped[one.Indicator] = true
	}
	if one.Section != "" {
		c.dropWords(wordsKey(one.Section, one.Sector), one.Sentence)
	}
}

// typed is the draft with the book laid over it. What stands in the place of a wrong figure is not held against the others.
func (c *checkingBook) typed() Draft {
	d := c.over()
	for code := range c.dropped {
		delete(d.Values, code)
	}
	return d
}

// over lays the good cells over what stood.
func (c *checkingBook) over() Draft {
	d := c.stood
	d.Values, d.Estimates, d.Notes = cloned(d.Values), cloned(d.Estimates), cloned(d.Notes)
	for code, cell := range c.figures {
		if cell.Note != "" && cell.Note != c.stood.reasonFor(code) {
			one := claim{notes: d.Notes}
			one.explain(code, cell.Note, "")
		}
		if cell.Text == "" || c.same(cell) {
			continue
		}
		d.Values[code] = cell.Text
		delete(d.Estimates, code)
		if cell.Estimate {
			d.Estimates[code] = true
		}
	}
	for _, key := range c.keys {
		if given := c.section(key); len(given.Paragraphs) > 0 {
			d.Sections = withSections(d.Sections, []SectionText{given})
		}
	}
	return d
}

func cloned[V any](m map[string]V) map[string]V {
	if m == nil {
		return make(map[string]V)
	}
	return maps.Clone(m)
}

// section is what a book says under one heading: a paragraph a line.
func (c *checkingBook) section(key string) SectionText {
	section, sector, _ := strings.Cut(key, "/")
	s := SectionText{Section: section, Sector: sector}
	for _, cell := range c.words[key] {
		for line := range strings.SplitSeq(strings.ReplaceAll(cell.Text, "\r", "\n"), "\n") {
			if line = strings.TrimSpace(line); line != "" {
				s.Paragraphs = append(s.Paragraphs, line)
			}
		}
	}
	return s
}

// same reports whether a cell means what the draft has, however each is spelled.
func (c *checkingBook) same(cell BookCell) bool {
	in, ok := c.form.Indicator(cell.Code)
	if !ok || c.stood.Values[in.Code] == "" {
		return false
	}
	now := Draft{Values: map[string]string{in.Code: cell.Text}, Estimates: map[string]bool{in.Code: cell.Estimate}}
	was, old := c.stood.typedIn(c.form, in)
	is, _ := now.typedIn(c.form, in)
	if !was.Set || !is.Set {
		return old == cell.Text && c.stood.Estimates[in.Code] == cell.Estimate
	}
	return was.Figure == is.Figure && was.Estimate == is.Estimate && (was.Over == nil) == (is.Over == nil) && (was.Over == nil || *was.Over == *is.Over)
}

// compare counts the good cells and tells what is new and what is other than before.
func (c *checkingBook) compare() {
	c.Draft = c.over()
	for _, in := range c.form.Indicators {
		if cell, ok := c.figures[in.Code]; ok {
			c.tellFigure(in, cell)
		}
	}
	stood := make(map[string][]string)
	for _, s := range c.stood.Sections {
		stood[wordsKey(s.Section, s.Sector)] = s.Paragraphs
	}
	for _, key := range c.keys {
		cells := c.words[key]
		if len(cells) == 0 {
			continue
		}
		c.Good += len(cells)
		s := c.section(key)
		was, now := stood[key], s.Paragraphs
		c.tell(BookChange{cells[0].Sheet, cells[0].Cell, c.form.SectionTitle(s.Section) + ", " + c.form.SectorName(s.Sector), strings.Join(was, "\n"), strings.Join(now, "\n")},
			slices.Equal(was, now), len(cells))
	}
}

func (c *checkingBook) tellFigure(in Indicator, cell BookCell) {
	c.Good++
	spelled := func(text string, estimate bool) string {
		if estimate && text != "" && !strings.HasPrefix(text, estimateWord) {
			return estimateWord + " " + text
		}
		return text
	}
	now := BookChange{cell.Sheet, cell.Cell, in.Name, spelled(c.stood.Values[in.Code], c.stood.Estimates[in.Code]), spelled(cell.Text, cell.Estimate)}
	if cell.Formula {
		c.Formulas = append(c.Formulas, now)
	}
	same := cell.Text == "" || c.same(cell)
	if note := c.stood.reasonFor(in.Code); same && cell.Note != "" && cell.Note != note {
		now.What, now.Was, now.Now, same = in.Name+", lý do", note, cell.Note, false
	}
	c.tell(now, same, 1)
}

func (c *checkingBook) tell(change BookChange, same bool, cells int) {
	switch {
	case same:
		c.Same += cells
	case change.Was == "":
		c.New = append(c.New, change)
	default:
		c.Changed = append(c.Changed, change)
	}
}

// Sentence says the numbers: "60 ô nhận được (3 mới, 1 thay đổi, 56 giữ nguyên), 5 ô chưa nhận".
func (c BookCheck) Sentence() string {
	return fmt.Sprintf("%d ô nhận được: %d chỗ mới, %d chỗ thay đổi, %d ô giữ nguyên; %d ô chưa nhận", c.Good, len(c.New), len(c.Changed), c.Same, len(c.Wrong))
}
