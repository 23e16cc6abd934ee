package table

import (
	"archive/zip"
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"giaoban/internal/fold"
	"giaoban/internal/pattern"
)

// Kind is what a cell of a workbook holds.
type Kind uint8

// The kinds of cells.
const (
	Nothing Kind = iota // a formula that nobody has calculated
	Words
	Number
	Truth
	Failure // #N/A, #DIV/0!
)

// Looks is how a number is shown, where that changes what is read.
type Looks uint8

// The looks of numbers: a count of days is shown as a day, 0.965 as 96,5 %.
const (
	Plain Looks = iota
	Percent
	Day
)

// Cell is one cell of a workbook that holds something.
type Cell struct {
	Column  int    // from 0
	Text    string // its words with their lines; a number as stored, with a point and perhaps an exponent
	Kind    Kind
	Looks   Looks
	Formula bool // Text is what the formula gave when the file was saved
}

// SheetRow is one row of a sheet with its number there; only cells that hold something stand in it.
type SheetRow struct {
	No    int
	Cells []Cell
}

// At is the cell of a column; the zero Cell where nothing stands.
func (r SheetRow) At(column int) Cell {
	for _, c := range r.Cells {
		if c.Column == column {
			return c
		}
	}
	return Cell{Column: column}
}

// Sheet is one sheet of a workbook.
type Sheet struct {
	Name   string
	Hidden bool
	Rows   []SheetRow
}

// Address names a cell as spreadsheets do: column 3 of row 12 is D12.
func Address(column, row int) string {
	name := ""
	for n := column; n >= 0; n = n/26 - 1 {
		name = string(rune('A'+n%26)) + name
	}
	return name + strconv.Itoa(row)
}

// What a workbook may have that is read whole.
const (
	mostSheets = 20
	mostLong   = 32767 // characters of one cell; no spreadsheet keeps more
)

// Sheets reads all sheets of a workbook, those that are hidden too. Formulas are not calculated.
func Sheets(data io.ReaderAt, size int64) ([]Sheet, error) {
	b, shared, err := opened(data, size)
	if err != nil {
		return nil, err
	}
	parts, err := b.sheets()
	if err != nil {
		return nil, err
	}
	if len(parts) == 0 || len(parts) > mostSheets {
		return nil, errSheet
	}
	looks, err := b.looks()
	if err != nil {
		return nil, err
	}
	all := make([]Sheet, 0, len(parts))
	rows := 0
	for _, p := range parts {
		s := Sheet{Name: fold.Clean(p.name), Hidden: p.hidden}
		if err := b.cells(p.file, shared, looks, nil, func(line SheetRow) error {
			if len(line.Cells) == 0 {
				return nil
			}
			if rows++; rows > MostRows {
				return errLong
			}
			s.Rows = append(s.Rows, line)
			return nil
		}); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// cells gives the rows of a sheet one after the other, then to merged, unless it is nil, the address of each merged cell.
func (b *book) cells(f *zip.File, shared []string, looks []Looks, merged func(ref string) error, fn func(SheetRow) error) error {
	d, closer, err := b.open(f)
	if err != nil {
		return err
	}
	defer closer.Close()
	line := 0
	return each(d, func(at xml.StartElement) error {
		if at.Name.Local == "mergeCell" {
			for _, a := range at.Attr {
				if a.Name.Local == "ref" && merged != nil {
					return merged(a.Value)
				}
			}
			return nil
		}
		var row struct {
			No    int       `xml:"r,attr"`
			Cells []xmlCell `xml:"c"`
		}
		if err := d.DecodeElement(&row, &at); err != nil {
			return err
		}
		if line++; row.No > 0 {
			line = row.No
		}
		read := SheetRow{No: line}
		next := 0
		for _, c := range row.Cells {
			cell, err := c.read(shared, looks)
			if err != nil {
				return err
			}
			if cell.Column = next; c.Ref != "" {
				cell.Column = columnOf(c.Ref)
			}
			if cell.Kind == Nothing && !cell.Formula { // only its colours reach so far
				next = max(next, min(cell.Column+1, mostColumns))
				continue
			}
			if cell.Column < next || cell.Column >= mostColumns {
				return errWide
			}
			next = cell.Column + 1
			read.Cells = append(read.Cells, cell)
		}
		return fn(read)
	}, "row", "mergeCell")
}

type xmlCell struct {
	Ref     string    `xml:"r,attr"`
	Type    string    `xml:"t,attr"`
	Style   int       `xml:"s,attr"`
	Formula *struct{} `xml:"f"`
	Value   string    `xml:"v"`
	Text    words     `xml:"is"`
}

func (c xmlCell) read(shared []string, looks []Looks) (Cell, error) {
	cell := Cell{Formula: c.Formula != nil, Kind: Words}
	switch c.Type {
	case "s":
		i, err := strconv.Atoi(c.Value)
		if err != nil || i < 0 || i >= len(shared) {
			return cell, errBroken
		}
		cell.Text = shared[i]
	case "str":
		cell.Text = unescaped(c.Value)
	case "inlineStr":
		cell.Text = c.Text.text()
	case "b":
		cell.Kind, cell.Text = Truth, c.Value
	case "e":
		cell.Kind, cell.Text = Failure, c.Value
	case "d":
		cell.Kind, cell.Text, cell.Looks = Number, c.Value, Day
	default:
		cell.Kind, cell.Text = Number, c.Value
		if c.Style > 0 && c.Style < len(looks) {
			cell.Looks = looks[c.Style]
		}
	}
	if fold.HasNUL(cell.Text) {
		return cell, errBytes
	}
	if len(cell.Text) > 4*mostLong {
		return cell, errLong
	}
	if cell.Text == "" {
		cell.Kind = Nothing
	}
	return cell, nil
}

// typed is the cell as people type it here.
func (c Cell) typed() string {
	if c.Kind == Number {
		return number(c.Text)
	}
	return c.Text
}

// escape is how workbooks write characters that XML has none for.
var escape = pattern.Of(`_x[0-9A-Fa-f]{4}_`)

// Escaped is a text as a workbook keeps it: what only looks like an escape stays what it is.
func Escaped(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escape().ReplaceAllString(s, "_x005F$0")
}

func unescaped(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escape().ReplaceAllStringFunc(s, func(e string) string {
		n, _ := strconv.ParseUint(e[2:6], 16, 16)
		return string(rune(n))
	})
}

// looks reads how the numbers of each style are shown.
func (b *book) looks() ([]Looks, error) {
	if b.parts["xl/styles.xml"] == nil {
		return nil, nil
	}
	var styles struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Styles []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := b.decode("xl/styles.xml", &styles); err != nil {
		return nil, err
	}
	own := make(map[int]Looks, len(styles.Formats))
	for _, f := range styles.Formats {
		own[f.ID] = looksOf(f.Code)
	}
	all := make([]Looks, len(styles.Styles))
	for i, s := range styles.Styles {
		look, ok := own[s.Format]
		switch n := s.Format; {
		case ok:
			all[i] = look
		case n == 9 || n == 10:
			all[i] = Percent
		case n >= 14 && n <= 22 || n >= 27 && n <= 36 || n >= 45 && n <= 47 || n >= 50 && n <= 58: // days and hours, ECMA-376 18.8.30
			all[i] = Day
		}
	}
	return all, nil
}

// quotedFormat is what a format shows as it stands: words, colours, money, a language.
var quotedFormat = pattern.Of(`"[^"]*"|\\.|_.|\*.|\[[^\]]*\]`)

func looksOf(format string) Looks {
	first, _, _ := strings.Cut(strings.ToLower(quotedFormat().ReplaceAllString(format, "")), ";")
	switch {
	case strings.Contains(first, "general"):
		return Plain
	case strings.Contains(first, "%"):
		return Percent
	case strings.ContainsAny(first, "dmyhs"):
		return Day
	}
	return Plain
}
