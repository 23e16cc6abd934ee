// Package lists takes danh sách mang vào, the lists an office brings along when it begins: bodies, people, indicators and
// steering documents. A list is checked whole before anything of it is written; what the office has already is left as it
// is, so that the same list brought again changes nothing.
package lists

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/internal/table"
)

// List is one kind of list.
type List struct {
	Code    string // as the command calls it: bodies
	Path    string // as addresses call it: co-quan
	Name    string // "Cơ quan"
	Act     access.Act
	Columns []Column
	Sample  [][]string // rows of the template, to be written over
	check   func(c *checking) error
	out     func(c *checking) ([][]string, error)
	follow  func(tx *db.Tx, by access.Actor) (said string, err error) // what entering the list sets in motion; nil for nothing
}

// Column is a cột of a list. The first column of a list is required.
type Column struct {
	Key      string
	Name     string
	Hint     string
	Required bool
	also     []string // other names people give it
}

// All are the lists, in the order in which an office needs them.
var All = []List{bodies, persons, indicators, directives}

// Find gives the list with a code or the word of its address.
func Find(name string) (List, error) {
	for _, l := range All {
		if name == l.Code || name == l.Path {
			return l, nil
		}
	}
	return List{}, fault.Missing("Không có loại danh sách “%s”. Các loại: bodies, people, indicators, directives.", name)
}

// Blank is what an office fills in: the names of the columns and a few rows that show how.
func (l List) Blank() [][]string {
	var names []string
	for _, c := range l.Columns {
		names = append(names, c.Name)
	}
	return append([][]string{names}, l.Sample...)
}

// State says what becomes of a row.
type State string

// What may become of a row.
const (
	Added    State = "added"
	Extended State = "extended" // the office has it; what was missing is added
	There    State = "there"    // the office has it, nothing changes
	Doubled  State = "doubled"  // it stands in the list twice
)

// Name is what a person reads.
func (s State) Name() string {
	switch s {
	case Added:
		return "thêm mới"
	case Extended:
		return "bổ sung"
	case There:
		return "đã có"
	case Doubled:
		return "ghi hai lần"
	}
	return string(s)
}

// Line is one row after it was looked at.
type Line struct {
	No    int
	State State
	Label string // what it is about
	Words string // what the program reads from it, or why nothing is done
	enter func(tx *db.Tx, by access.Actor) error
}

// Problem is something to mend in one row.
type Problem struct {
	Line     int    // 0: of the whole list
	Column   string // its name; "" for the whole row
	Sentence string
}

// String names the line before it says what is wrong.
func (p Problem) String() string {
	switch {
	case p.Line == 0:
		return p.Sentence
	case p.Column == "":
		return fmt.Sprintf("Dòng %d: %s", p.Line, p.Sentence)
	}
	return fmt.Sprintf("Dòng %d, cột %s: %s", p.Line, p.Column, p.Sentence)
}

// Checked is a list that was looked at: what would become of each row, or all that is wrong with it.
type Checked struct {
	List     List
	Lines    []Line
	Problems []Problem
	Notes    []string // how the list was read, where it was not as in the template
	Followed string   // what else entering it did, in sentences
}

// Count is how many rows are in a state.
func (c Checked) Count(s State) int {
	n := 0
	for _, line := range c.Lines {
		if line.State == s {
			n++
		}
	}
	return n
}

// Changes reports whether entering the list would change anything.
func (c Checked) Changes() bool { return c.Count(Added)+c.Count(Extended) > 0 }

// Sentence tells the sum: how many rows become what.
func (c Checked) Sentence() string {
	var parts []string
	for _, s := range []State{Added, Extended, There, Doubled} {
		if n := c.Count(s); n > 0 {
			parts = append(parts, strconv.Itoa(n)+" "+s.Name())
		}
	}
	return c.List.Name + ": " + cmp.Or(strings.Join(parts, ", "), "không có dòng nào") + "." + c.Followed
}

// Err is nil for a list that may be entered, else everything that is wrong with it, by line.
func (c Checked) Err() error {
	var wrong fault.List
	for _, p := range c.Problems {
		wrong.Add("rows", "%s", p.String())
	}
	return wrong.Err()
}

// Options are what some lists ask beside their rows.
type Options struct {
	Regime string // code of the regime to whose form indicators go; "" where the office has only one
}

// Check looks at a list and changes nothing. The error is for who may not and for what has broken; what is wrong with the
// list stands in Checked.
func Check(tx *db.Tx, by access.Actor, l List, rows []table.Row, o Options) (Checked, error) {
	if err := by.May(l.Act, by.Body); err != nil {
		return Checked{}, err
	}
	c := &checking{tx: tx, by: by, options: o, today: calendar.OfInstant(tx.Clock()), at: make(map[string]int)}
	c.List = l
	if c.rows = c.head(rows); len(c.rows) == 0 && len(c.Problems) == 0 {
		c.wrong(0, "", "Danh sách chưa có dòng nào. Hãy dán từ Excel, mỗi dòng một %s, hoặc chọn tệp .xlsx, .csv.", strings.ToLower(l.Name))
	}
	if len(c.Problems) > 0 {
		return c.Checked, nil
	}
	c.required()
	err := l.check(c)
	slices.SortStableFunc(c.Problems, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
	return c.Checked, err
}

// Enter checks a list and, where nothing is wrong with it, enters it whole. What a room refuses only while it is entered
// is told by line like everything else, and nothing of the list stays.
func Enter(tx *db.Tx, by access.Actor, l List, rows []table.Row, o Options) (Checked, error) {
	c, err := Check(tx, by, l, rows, o)
	if err != nil {
		return c, err
	}
	if err := c.Err(); err != nil {
		return c, err
	}
	for _, line := range c.Lines {
		if line.enter == nil {
			continue
		}
		err := line.enter(tx, by)
		if f := fault.Of(err); f != nil && f.Kind != fault.KindForbidden && f.Kind != fault.KindRefused {
			for _, p := range f.Problems {
				c.Problems = append(c.Problems, Problem{Line: line.No, Sentence: p.Sentence})
			}
			continue
		}
		if err != nil {
			return c, err
		}
	}
	if err := c.Err(); err != nil || l.follow == nil || !c.Changes() {
		return c, err
	}
	said, err := l.follow(tx, by)
	c.Followed = strings.TrimRight(" "+said, " ")
	return c, err
}

// checking is a list while it is looked at.
type checking struct {
	Checked
	tx      *db.Tx
	by      access.Actor
	options Options
	today   calendar.Date
	rows    []table.Row
	at      map[string]int // key of a column → its place in the rows
}

func (c *checking) wrong(line int, column, sentence string, args ...any) {
	name := ""
	for _, known := range c.List.Columns {
		if known.Key == column {
			name = "“" + known.Name + "”"
		}
	}
	c.Problems = append(c.Problems, Problem{line, name, fmt.Sprintf(sentence, args...)})
}

// take takes over what a room said is wrong with a row; any other error is given back.
func (c *checking) take(line int, column string, err error) error {
	f := fault.Of(err)
	if f == nil || f.Kind == fault.KindForbidden || f.Kind == fault.KindRefused {
		return err
	}
	for _, p := range f.Problems {
		c.wrong(line, column, "%s", p.Sentence)
	}
	return nil
}

// head finds out which column is where. A list without the names of columns is read in the order of the template.
func (c *checking) head(rows []table.Row) []table.Row {
	if len(rows) == 0 {
		return nil
	}
	var unused []string
	for i, cell := range rows[0].Cells {
		key := c.List.columnNamed(cell)
		_, twice := c.at[key]
		switch {
		case key != "" && twice:
			c.wrong(rows[0].No, key, "Cột này ghi hai lần.")
		case key != "":
			c.at[key] = i
		case cell != "":
			unused = append(unused, "“"+cell+"”")
		}
	}
	if len(c.at) == 0 {
		for i, column := range c.List.Columns {
			c.at[column.Key] = i
		}
		c.Notes = append(c.Notes, "Dòng đầu không phải tên cột nên các cột được đọc theo thứ tự của bản mẫu.")
		return rows
	}
	for _, column := range c.List.Columns {
		if _, ok := c.at[column.Key]; column.Required && !ok {
			c.wrong(rows[0].No, "", "Thiếu cột “%s”.", column.Name)
		}
	}
	if len(unused) > 0 {
		c.Notes = append(c.Notes, "Không dùng đến cột "+strings.Join(unused, ", ")+".")
	}
	return rows[1:]
}

func (l List) columnNamed(cell string) string {
	said := fold.Fold(strings.Trim(cell, " *:"))
	for _, column := range l.Columns {
		if said == column.Key || said == fold.Fold(column.Name) || slices.Contains(column.also, said) {
			return column.Key
		}
	}
	return ""
}

// of is what a row says in a column.
func (c *checking) of(row table.Row, key string) string {
	i, ok := c.at[key]
	if !ok || i >= len(row.Cells) {
		return ""
	}
	return row.Cells[i]
}

// required names every row that leaves a required column empty.
func (c *checking) required() {
	for _, row := range c.rows {
		for _, column := range c.List.Columns {
			if column.Required && c.of(row, column.Key) == "" {
				c.wrong(row.No, column.Key, "còn trống.")
			}
		}
	}
}

// day reads a date, or usual where none is given. A workbook keeps a day as the number of days since 30/12/1899.
func (c *checking) day(row table.Row, key string, usual calendar.Date) calendar.Date {
	typed := c.of(row, key)
	if typed == "" {
		return usual
	}
	if serial, err := strconv.Atoi(typed); err == nil && serial > 3653 && serial < 109_575 { // 1910 to 2199
		return calendar.On(1899, 12, 30).AddDays(serial)
	}
	d, err := calendar.ReadDate(typed)
	if err != nil {
		c.take(row.No, key, err)
	}
	return d
}

// choice reads one of some words, as people shorten them.
func choice[T any](c *checking, row table.Row, key string, all []T, names func(T) []string) (T, bool) {
	var none T
	typed := fold.Fold(c.of(row, key))
	if typed == "" {
		return none, false
	}
	var known []string
	for _, one := range all {
		for _, name := range names(one) {
			if fold.Fold(name) == typed {
				return one, true
			}
		}
		known = append(known, "“"+names(one)[0]+"”")
	}
	c.wrong(row.No, key, "không có “%s” trong danh sách; hãy ghi một trong: %s.", c.of(row, key), strings.Join(known, ", "))
	return none, false
}

// several splits a cell that holds more than one thing.
func several(cell string) []string {
	var all []string
	for part := range strings.FieldsFuncSeq(cell, func(r rune) bool { return r == ';' || r == '|' }) {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}
