package archive

import (
	"strings"
	"unicode/utf8"

	"giaoban/calendar"
	"giaoban/document"
	"giaoban/internal/decimal"
	"giaoban/internal/pattern"
	"giaoban/official"
)

func (p *piece) rows() bool { return p.Kind == document.Row }

// aside tells what stands beside the text: notes and captions.
func (p *piece) aside() bool { return p.Kind == document.Note || p.Kind == document.Caption }

// besideTable tells the lines that belong to a table: its name and unit above it, its notes below.
func (r *reader) besideTable(i int) bool {
	p := &r.pieces[i]
	if p.label.rank > 0 {
		return false
	}
	if r.leadsToTable(i) {
		text := r.text[p.words.Start:p.words.End]
		return r.unitLine(p) || !document.EndsSentence(text) && utf8.RuneCountInString(text) <= longestHeading
	}
	_, note := r.begins(r.skip(p.words.Start, p.words.End, "([*“\""), p.words.End, "ghi chú", "nguồn", "chú thích", "cột", "ước")
	return note && i > r.from && (r.pieces[i-1].rows() || r.pieces[i-1].aside())
}

// leadsToTable tells a line right above a table, its name and its unit passed over.
func (s *skeleton) leadsToTable(i int) bool {
	for i++; i < len(s.pieces) && (s.pieces[i].aside() || s.unitLine(&s.pieces[i])); {
		i++
	}
	return i < len(s.pieces) && s.pieces[i].rows()
}

func (s *skeleton) unitLine(p *piece) bool {
	if p.rows() {
		return false
	}
	_, ok := s.begins(s.skip(p.words.Start, p.words.End, "("), p.words.End, "đơn vị tính", "đvt")
	return ok
}

// columns are what the columns of a table hold, -1 for what it has not. values are the others.
type columns struct {
	number, content, lead, with, product, due, unit int
	names                                           []string
	head                                            int // rows that name the columns
}

// tasked tells a table of tasks: what is to be done, and by whom, with which product or by when.
func (c columns) tasked() bool {
	return c.content >= 0 && (c.lead >= 0 || c.due >= 0 || c.product >= 0)
}

// table reads the rows of one table and gives the last of them. What stands in rows below others, as the file places them,
// is one table; on each page of a PDF it goes on with the columns it had.
func (r *reader) table(from int) int {
	end := from + 1
	for end < len(r.pieces) && r.pieces[end].rows() && !strings.HasSuffix(r.pieces[end].Place, "hàng 1") {
		end++
	}
	r.listed, r.tabled = true, true
	rows := r.pieces[from:end]
	c := r.columnsOf(rows)
	if above := r.above; (c.head == 0 || !c.tasked() && above.tasked()) && from > 0 && r.pieces[from-1].rows() && len(above.names) == len(c.names) {
		c = above
		c.head = 0
	}
	r.above = c
	switch {
	case c.tasked() && (r.kind == official.Invitation || r.group == &r.out.Programme):
		for i := c.head; i < len(rows); i++ {
			if it, ok := r.bare(rows[i].cell(c.content)); ok {
				r.out.Programme = append(r.out.Programme, it)
			}
		}
	case c.tasked():
		if r.in != results && r.in != shortcomings && r.in != difficulties { // else they tell how tasks were done
			r.taskRows(rows[c.head:], c)
		}
	default:
		r.figureRows(rows, c, r.unitOf(from))
	}
	return end - 1
}

// cell is the place of a cell, nowhere when the row has no such column.
func (p *piece) cell(column int) Span {
	if column < 0 || column >= len(p.cells) {
		return Span{}
	}
	return p.cells[column]
}

// columnsOf reads the head of a table.
func (r *reader) columnsOf(rows []piece) columns {
	c := columns{number: -1, content: -1, lead: -1, with: -1, product: -1, due: -1, unit: -1, head: 1}
	if first := rows[0].cell(0); len(rows[0].cells) > 1 && counts().MatchString(r.text[first.Start:first.End]) {
		c.number, c.head, c.names = 0, 0, make([]string, len(rows[0].cells))
		return c // a table that goes on without its head: figures name no columns
	}
	c.head = r.headRows(rows)
	for i := range rows[0].cells {
		c.names = append(c.names, r.columnName(rows[:c.head], i))
	}
	for i, name := range c.names {
		v := newView(name)
		begins := func(words ...string) bool { _, ok := v.begins(0, len(v.low), words...); return ok }
		first := func(at *int, is bool) bool {
			if is && *at < 0 {
				*at = i
			}
			return is
		}
		_ = first(&c.number, begins("tt", "stt", "số tt", "số thứ tự")) ||
			first(&c.with, begins("phối hợp", "cơ quan phối hợp", "đơn vị phối hợp")) ||
			first(&c.lead, begins("chủ trì", "phụ trách", "người thực hiện", "chịu trách nhiệm") || v.hasAny(0, len(v.low), "cơ quan thực hiện", "đơn vị thực hiện", "cơ quan chủ trì", "đơn vị chủ trì")) ||
			first(&c.product, begins("sản phẩm", "kết quả cần đạt", "sản phẩm, kết quả")) ||
			first(&c.due, begins("thời hạn", "hạn", "thời gian", "ngày hoàn thành")) ||
			first(&c.unit, v.low == "đơn vị" || begins("đơn vị tính", "đvt")) ||
			first(&c.content, begins("nội dung", "nhiệm vụ", "công việc", "việc", "tên nhiệm vụ", "hoạt động"))
	}
	if c.content < 0 && c.lead >= 0 && c.due >= 0 {
		for i := range c.names {
			if i != c.number && i != c.lead && i != c.due && i != c.with && i != c.product {
				c.content = i
				break
			}
		}
	}
	if c.content >= 0 && c.lead < 0 { // “Đơn vị” beside tasks is who does them, beside figures what they count
		c.lead, c.unit = c.unit, -1
	}
	return c
}

// headRows counts the rows that name the columns: those that a cell of the first one covers, and before a table that counts
// its rows all that are not counted.
func (r *reader) headRows(rows []piece) int {
	head := 1
	for _, s := range rows[0].Spans {
		head = max(head, s.Rows)
		if s.Columns > 1 {
			head = max(head, 2)
		}
	}
	if len(rows[0].cells) > 0 && len(rows) > 1 && head == 1 {
		first := rows[0].cell(0)
		_, counts := r.begins(first.Start, first.End, "tt", "stt")
		second := rows[1].cell(0)
		if counts && second.Start == second.End && len(r.filled(&rows[1])) > 1 && !r.hasFigure(&rows[1]) {
			head = 2 // of a printed table nothing tells what a cell covers
		}
	}
	return min(head, len(rows))
}

func (r *reader) hasFigure(row *piece) bool {
	for _, at := range row.cells {
		if _, _, ok := cellFigure(r.text[at.Start:at.End]); ok {
			return true
		}
	}
	return false
}

// columnName joins what stands above a column: “Kỳ trước, Số liệu”.
func (r *reader) columnName(head []piece, column int) string {
	var names []string
	for y, row := range head {
		at := row.cell(column)
		if at.Start == at.End && y < len(head)-1 {
			for _, s := range row.Spans { // the heading over several columns
				if s.Column < column && column < s.Column+s.Columns {
					at = row.cell(s.Column)
				}
			}
		}
		if at.Start < at.End {
			names = append(names, strings.Join(strings.Fields(r.text[at.Start:at.End]), " "))
		}
	}
	return strings.Join(names, ", ")
}

var counts = pattern.Of(`^\(?[0-9]{1,3}[.)]?$`)

// taskRows reads each row as a conclusion with who, what and by when.
func (r *reader) taskRows(rows []piece, c columns) {
	for i := range rows {
		row := &rows[i]
		content, ok := r.bare(row.cell(c.content))
		if !ok || counts().MatchString(content.Value) || len(r.filled(row)) < 2 || r.words(row.cell(c.content)) == c.names[c.content] {
			continue // a group, the numbers of the columns, the head once more
		}
		r.out.Figures = append(r.out.Figures, r.page.figuresIn(content.Span)...)
		r.task(Task{Item: content, Lead: r.words(row.cell(c.lead)), Cooperating: r.words(row.cell(c.with)), Product: r.words(row.cell(c.product)),
			Deadline: r.words(row.cell(c.due)), Due: r.day(row.cell(c.due))})
	}
}

// words are the words of a cell on one line, without the mark at their end.
func (s *skeleton) words(at Span) string {
	return strings.TrimRight(strings.Join(strings.Fields(s.text[at.Start:at.End]), " "), ".; ")
}

// day is the day of a deadline; zero when it names none, or two.
func (s *skeleton) day(at Span) calendar.Date {
	d, found, ok := s.dateIn(at.Start, at.End)
	if !ok {
		return calendar.Date{}
	}
	if _, _, more := s.dateIn(found.End, at.End); more {
		return calendar.Date{}
	}
	return d
}

// task keeps a task, which is a conclusion too.
func (r *reader) task(t Task) {
	if t.Lead != "" && r.match != nil {
		if code, ok := r.match(t.Lead, r.out.HeldOn); ok {
			t.Code = code
		}
	}
	r.out.Tasks, r.out.Conclusions = append(r.out.Tasks, t), append(r.out.Conclusions, t.Item)
}

// conclude keeps a conclusion. In a part of tasks it is one; elsewhere it is one where it says so behind its words, as minutes
// do: “… Chủ trì: Sở Y tế; sản phẩm: kế hoạch; thời hạn: 30/4/2022.”
func (r *reader) conclude(in section, it Item) {
	at, word := r.findAny(it.Start, it.End, "chủ trì:", "thực hiện:", "cơ quan:")
	if at > it.Start && strings.HasSuffix(strings.TrimRight(r.text[it.Start:at], " "), ".") {
		content, ok := r.bare(Span{it.Start, at})
		t := Task{Item: content}
		parts := map[string]*string{"phối hợp:": &t.Cooperating, "sản phẩm:": &t.Product, "thời hạn:": &t.Deadline}
		into := &t.Lead
		for _, part := range r.cut(Span{at + len(word), it.End}) {
			for key, to := range parts {
				if next, is := r.begins(part.Start, part.End, key); is {
					into, part.Start = to, next
					if key == "thời hạn:" {
						t.Due = r.day(part)
					}
				}
			}
			*into = strings.TrimPrefix(*into+"; "+r.words(part), "; ")
		}
		switch {
		case ok && word != "cơ quan:":
			r.task(t)
			return
		case ok:
			it = content
		}
	}
	if in == tasks {
		r.task(Task{Item: it})
		return
	}
	r.out.Conclusions = append(r.out.Conclusions, it)
}

// cut parts words at their semicolons.
func (s *skeleton) cut(at Span) (parts []Span) {
	start := at.Start
	for _, c := range append(s.semicolons(at), at.End) {
		if part := s.trimmed(Span{start, c}, ""); part.Start < part.End {
			parts = append(parts, part)
		}
		start = min(c+1, at.End)
	}
	return parts
}

// unitOf is the unit that stands above a table for all its figures: “Đơn vị tính: người”.
func (r *reader) unitOf(from int) string {
	for i := from - 1; i >= 0 && i >= from-3; i-- {
		p := &r.pieces[i]
		if at, _ := r.findAny(p.words.Start, p.words.End, "đơn vị tính:", "đvt:"); !p.rows() && at >= 0 {
			_, unit, _ := strings.Cut(r.text[at:p.words.End], ":")
			return strings.Trim(unit, " ().")
		}
		if p.rows() || p.head {
			break
		}
	}
	return ""
}

// figureRows reads the figures of a table, each with the names of its row and column.
func (r *reader) figureRows(rows []piece, c columns, unit string) {
	name := 0
	if c.number == 0 {
		name = 1
	}
	for i := c.head; i < len(rows); i++ {
		row := &rows[i]
		for column := range row.cells {
			if column == c.number || column == name || column == c.unit || column >= len(c.names) || !figured(c.names[column]) {
				continue
			}
			at := row.cell(column)
			value, estimate, ok := cellFigure(r.text[at.Start:at.End])
			if !ok {
				continue
			}
			f := Figure{Text: r.text[row.all.Start:row.all.End], Span: row.all, Value: value, Estimate: estimate, Unit: r.words(row.cell(c.unit)),
				Row: r.words(row.cell(name)), Column: c.names[column], cell: at}
			switch {
			case strings.Contains(r.text[at.Start:at.End], "%") || strings.Contains(f.Column, "%"):
				f.Unit = "%"
			case f.Unit == "":
				f.Unit = unit
			}
			r.out.Figures = append(r.out.Figures, f)
		}
	}
}

// figured tells a column of figures from one of days, years, numbers of papers or telephones.
func figured(column string) bool {
	v := newView(column)
	_, no := v.begins(0, len(v.low), "ngày", "năm", "tháng", "số, ký hiệu", "số ký hiệu", "ghi chú", "điện thoại", "số điện thoại", "thời hạn", "hạn", "thời gian", "mã")
	return !no || v.hasAny(0, len(v.low), "thực hiện", "kế hoạch", "kết quả", "so với")
}

var noteMark = pattern.Of(` ?\[[0-9]{1,2}\]$|\*+$`)

// cellFigure reads a cell that holds a figure and nothing else.
func cellFigure(cell string) (value string, estimate, ok bool) {
	cell = noteMark().ReplaceAllString(strings.TrimSpace(cell), "")
	if top, bottom, pair := strings.Cut(cell, "/"); pair && len(bottom) == 4 && len(top) <= 2 {
		return "", false, false // a month
	}
	if strings.HasPrefix(cell, "0") && len(strings.Trim(cell, "0123456789. ")) == 0 && len(cell) >= 9 {
		return "", false, false // a telephone
	}
	t, err := decimal.ParseVietnamese(cell, figureDecimals)
	if err != nil {
		return "", false, false
	}
	plain := decimal.Format(t.Value, figureDecimals)
	return strings.TrimSuffix(strings.TrimRight(plain, "0"), "."), t.Estimate, true
}
