package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/table"
)

// TableOptions is what a table does not say itself.
type TableOptions struct {
	Period string       // of a wide table
	Chosen []TableLabel // what its names mean, as somebody chose
	Reason string       // for figures that ask for one
}

// TableReading is how a table was understood, told before anything of it is entered.
type TableReading struct {
	Above          []string     // lines above the names of its columns, not taken
	Heads          int          // lines that name its columns
	Columns, Lines []TableLabel // what it names, with what is taken for each
	Beside         []string     // lines among or below its rows that have no figure
	Asked          []TableLabel // of its names those that somebody must confirm, or has just confirmed
}

// LeftOut lists the names of columns and lines that are not taken.
func (r TableReading) LeftOut() (names []string) {
	for _, one := range slices.Concat(r.Columns, r.Lines) {
		if one.Means == LeftOut && one.Text != "" {
			names = append(names, one.Text)
		}
	}
	return names
}

// IsTable reports whether a text is a table as offices make them, perhaps below its title, and not the file of programs, whose
// first column is org and whose columns have commas between them.
func IsTable(text string) bool {
	text = strings.TrimLeft(strings.TrimPrefix(text, "\uFEFF"), "\r\n ")
	first, _, _ := strings.Cut(text, "\n")
	if strings.HasPrefix(strings.ReplaceAll(strings.ToLower(first), " ", ""), "org,") {
		return false
	}
	for range mostTitles {
		line, rest, _ := strings.Cut(text, "\n")
		if strings.ContainsAny(line, ",;\t") {
			return true
		}
		text = rest
	}
	return false
}

// mostTitles is how many lines above a table are looked at for it.
const mostTitles = 20

// ReadTable reads a table as offices make them: bodies by indicators, either way round, its columns named in one line or in
// groups, or the columns of a file of figures, with figures as people write them. “N/A” and “-” are no figure. While a name is not
// known the import is nil, and the reading says which names somebody must confirm; once it is entered they are remembered.
func ReadTable(tx *db.Tx, by access.Actor, regimeCode string, rows []table.Row, options TableOptions) (*Import, TableReading, error) {
	im, err := NewImport(tx, by, regimeCode)
	if err != nil {
		return nil, TableReading{}, err
	}
	if im.reason, err = cleanReason(options.Reason); err != nil {
		return nil, TableReading{}, err
	}
	r := tableReading{im: im}
	rows = table.Spread(rows)
	for i, row := range rows {
		if columns := longColumns(row); columns != nil {
			r.rows = rows[i:]
			err = r.long(tx, columns)
			return r.end(tx, err)
		}
		if distinctCells(row) > 1 {
			break
		}
	}
	if r.head = tableHeadOf(rows); len(r.head.names) == 0 || len(r.head.rest) == 0 {
		return nil, r.TableReading, fault.Invalid("lines", "Bảng phải có dòng tên cột và ít nhất một dòng số liệu.")
	}
	r.Above, r.Heads = r.head.above, r.head.lines
	return r.end(tx, r.wide(tx, by, options))
}

// end holds what was read against what stands, unless names of it are still to be confirmed.
func (r *tableReading) end(tx *db.Tx, err error) (*Import, TableReading, error) {
	im := r.im
	if err != nil || r.open {
		return nil, r.TableReading, err
	}
	im.close()
	if len(im.order) == 0 && len(im.refused) == 0 {
		return nil, r.TableReading, fault.Invalid("lines", "Bảng không có số liệu nào.")
	}
	for _, one := range r.Asked {
		if !one.Known && !tellsNothing(foldedLabel(one.Text)) {
			im.labels = append(im.labels, one)
		}
	}
	return im, r.TableReading, im.judge(tx)
}

func filledCells(r table.Row) (n int) {
	for _, cell := range r.Cells {
		if cell != "" {
			n++
		}
	}
	return n
}

// longColumns finds the columns of a file of figures; nil for another table.
func longColumns(head table.Row) map[string]int {
	at := make(map[string]int)
	for i, cell := range head.Cells {
		at[strings.ToLower(cell)] = i
	}
	for _, name := range []string{"org", "period", "indicator", "value"} {
		if _, ok := at[name]; !ok {
			return nil
		}
	}
	return at
}

// tableReading puts the cells of a table into an import; each is a line of it, with the name by which its sender finds it.
type tableReading struct {
	TableReading
	im   *Import
	rows []table.Row // of a file of figures
	head tableHead
	open bool
}

// place makes a line of the import for a cell.
func (r *tableReading) place(name string) int {
	if len(r.im.places) == 0 {
		r.im.places = []string{""} // lines count from 1
	}
	r.im.places = append(r.im.places, name)
	return len(r.im.places) - 1
}

// tableCell is one figure of a body as it was typed.
type tableCell struct {
	code, text, note string
	estimate         bool
	line             int
}

// body enters the figures of one body, read as people write them.
func (r *tableReading) body(tx *db.Tx, key groupKey, cells []tableCell) error {
	if len(cells) == 0 {
		return nil
	}
	g, err := r.im.enter(tx, key)
	if err != nil {
		if fault.Of(err) != nil {
			r.im.refuse(cells[0].line, err.Error())
			return nil
		}
		return err
	}
	d := Draft{Values: make(map[string]string, len(cells)), Estimates: make(map[string]bool)}
	refuse := func(c tableCell, sentence string) {
		g.Refused++
		r.im.refuse(c.line, sentence)
	}
	kept := cells[:0:0]
	for _, c := range cells {
		slot := g.form.slotOf(c.code)
		_, twice := d.Values[c.code]
		switch {
		case slot < 0:
			sentence := noIndicator(c.code)
			if in, ok := g.form.Indicator(c.code); ok {
				sentence = computed(in)
			}
			refuse(c, sentence)
		case twice || g.lines[slot] != 0:
			refuse(c, fmt.Sprintf("%s, %s, %s đã có ở trên.", key.org, key.period, c.code))
		default:
			d.Values[c.code], d.Estimates[c.code] = c.text, c.estimate
			kept = append(kept, c)
		}
	}
	read := readDraft(g.form, d)
	for _, c := range kept {
		slot := g.form.slotOf(c.code)
		g.lines[slot] = int32(c.line)
		if at := slices.IndexFunc(read.found, func(one Finding) bool { return one.Indicator == c.code && one.Strength == Error }); at >= 0 {
			refuse(c, read.found[at].Sentence)
			continue
		}
		g.values[slot] = read.values[g.form.typed[slot]]
		if c.note != "" {
			if g.notes == nil {
				g.notes = make(map[string]string)
			}
			g.notes[c.code] = c.note
		}
	}
	return nil
}

// long reads the columns of a file of figures, however they are set apart.
func (r *tableReading) long(tx *db.Tx, at map[string]int) error {
	cell := func(row table.Row, name string) string {
		i, ok := at[name]
		if !ok || i >= len(row.Cells) {
			return ""
		}
		return row.Cells[i]
	}
	for _, row := range r.rows[1:] {
		line := r.place(fmt.Sprintf("Dòng %d", row.No))
		period, err := calendar.ParsePeriod(cell(row, "period"))
		if err != nil {
			r.im.refuse(line, err.Error())
			continue
		}
		text := cell(row, "value")
		if noFigure(text) {
			continue
		}
		note, err := cleanReason(cell(row, "note"))
		if err != nil {
			return err
		}
		estimate := strings.ToLower(cell(row, "estimate"))
		one := tableCell{code: cell(row, "indicator"), text: text, note: note, line: line,
			estimate: estimate == "1" || estimate == "x" || estimate == "true" || estimate == estimateWord}
		if err := r.body(tx, groupKey{cell(row, "org"), period}, []tableCell{one}); err != nil {
			return err
		}
	}
	return nil
}

// wide reads bodies by indicators.
func (r *tableReading) wide(tx *db.Tx, by access.Actor, options TableOptions) error {
	period, err := calendar.ParsePeriod(options.Period)
	if err != nil {
		return fault.Invalid("ky", "Bảng cơ quan × chỉ tiêu không ghi kỳ: hãy chọn kỳ của số liệu.")
	}
	f, err := r.im.formFor(tx, period)
	if err != nil {
		return err
	}
	l, err := newLabels(tx, by, r.im.Regime, f, period.Last(), options.Chosen)
	if err != nil {
		return err
	}
	first := r.labelColumn()
	columns, lines := LabelIndicator, LabelBody
	if r.count(l, LabelBody, first) > r.count(l, LabelIndicator, first) { // the other way round
		columns, lines = LabelBody, LabelIndicator
	}
	names := r.head.names
	meaning := make([]string, len(names))
	for i := first + 1; i < len(names); i++ {
		one := l.of(columns, names[i])
		r.Columns, meaning[i] = append(r.Columns, one), one.Means
	}
	type placed struct {
		org string
		tableCell
	}
	var cells []placed
	for _, row := range r.head.rest {
		name := rowName(row, first)
		figures := slices.ContainsFunc(row.Cells[min(first+1, len(row.Cells)):], isCellFigure)
		if name == "" && figures {
			r.im.refuse(r.place(fmt.Sprintf("Dòng %d", row.No)), "có số liệu nhưng không có tên; xin ghi tên, dòng tổng thì ghi “Cộng”, rồi đưa lại.")
			continue
		}
		if !figures && l.named(lines, name, foldedLabel(name)) == "" || name == "" {
			r.Beside = append(r.Beside, lineOfRow(row))
			continue
		}
		one := l.of(lines, name)
		r.Lines = append(r.Lines, one)
		if one.Means == LeftOut || one.Means == "" {
			continue
		}
		for i := first + 1; i < len(row.Cells) && i < len(names); i++ {
			text := row.Cells[i]
			if meaning[i] == LeftOut || meaning[i] == "" || noFigure(text) {
				continue
			}
			at := placed{one.Means, tableCell{code: meaning[i], text: text, line: r.place(fmt.Sprintf("Dòng %d, cột “%s”", row.No, names[i]))}}
			if columns == LabelBody {
				at.org, at.code = at.code, at.org
			}
			cells = append(cells, at)
		}
	}
	r.Columns, r.Lines = distinct(r.Columns), distinct(r.Lines)
	if r.Asked, r.open = l.asked(slices.Concat(r.Columns, r.Lines)); r.open {
		return nil
	}
	slices.SortStableFunc(cells, func(a, b placed) int { return cmp.Compare(a.org, b.org) })
	for begin := 0; begin < len(cells); {
		end := begin
		var mine []tableCell
		for ; end < len(cells) && cells[end].org == cells[begin].org; end++ {
			mine = append(mine, cells[end].tableCell)
		}
		if err := r.body(tx, groupKey{cells[begin].org, period}, mine); err != nil {
			return err
		}
		begin = end
	}
	return nil
}

func distinct(order []TableLabel) (all []TableLabel) {
	seen := make(map[TableLabel]bool)
	for _, one := range order {
		if !seen[one] {
			seen[one] = true
			all = append(all, one)
		}
	}
	return all
}

// rowName is the name of a row: in the column of names, or before it where cells were merged, as in lines of sums.
func rowName(row table.Row, first int) string {
	for i := min(first, len(row.Cells)-1); i >= 0; i-- {
		if cell := row.Cells[i]; cell != "" && (i == first || !isOrdinal(cell)) {
			return cell
		}
	}
	return ""
}

// labelColumn is the first column that does not only count the rows.
func (r *tableReading) labelColumn() int {
	for i, name := range r.head.names {
		if label := foldedLabel(name); label != "stt" && label != "tt" && label != "so tt" && label != "so thu tu" {
			return i
		}
	}
	return 0
}

// count says how many names of the columns, or parts of them, are of a kind.
func (r *tableReading) count(l *labels, kind LabelKind, first int) (n int) {
	for _, name := range r.head.names[min(first+1, len(r.head.names)):] {
		one := l.of(kind, name)
		if one.Known && one.Means != LeftOut || !one.Known && l.byPart(kind, name) != "" {
			n++
		}
	}
	return n
}
