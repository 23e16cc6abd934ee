package document

import (
	"encoding/xml"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/pattern"

	"github.com/xuri/excelize/v2"
)

// sheet is a page of a workbook, and what its part says beside the values.
type sheet struct {
	name, part string
	hidden     bool
	spans      map[int][]Span // by the row, from 1
	closed     map[int]bool   // hidden columns, from 0
	uncounted  int            // formulas whose result is not in the file
	numbers    []uint64       // cells that are stored as numbers, by place, sorted
}

// cellAt is a cell by its row and column, both from 0, in the order of the sheet.
func cellAt(row, column int) uint64 { return uint64(row)<<16 | uint64(column) }

// mostRows a sheet may have, by its program.
const mostRows = 1 << 20

// readBook reads a workbook sheet by sheet, a row a block. Numbers and days stand as they are shown here: 1.234,5 and
// 31/12/2026.
func readBook(data io.ReaderAt, size int64) (Document, error) {
	p, err := openParcel(data, size)
	if err != nil {
		return Document{}, err
	}
	c := &collector{}
	sheets, err := sheetsOf(p)
	if err != nil {
		return Document{}, err
	}
	for _, s := range sheets { // first, since it is cheap and refuses what is too large
		if s.hidden {
			continue
		}
		p.text = s.part
		if err := s.look(p); err != nil {
			return Document{}, err
		}
	}
	f, err := excelize.OpenReader(io.NewSectionReader(data, 0, size), excelize.Options{UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: 16 << 20,
		ShortDatePattern: "dd/mm/yyyy", LongDatePattern: "dd/mm/yyyy"})
	if err != nil {
		if strings.Contains(err.Error(), "size") {
			return Document{}, errTooLarge
		}
		return Document{}, errBroken
	}
	defer f.Close()
	for _, s := range sheets {
		if s.hidden {
			c.say("Trang tính “%s” bị ẩn; trang ẩn không được đọc.", s.name)
			continue
		}
		if err := s.read(f, c); err != nil {
			return Document{}, err
		}
	}
	for part := range p.parts {
		if strings.HasPrefix(part, "xl/charts/chart") {
			c.say("Tệp có biểu đồ; chữ trong biểu đồ không được đọc.")
		}
	}
	c.old.say(c)
	return Document{Blocks: c.blocks, Problems: c.problems}, nil
}

// sheetsOf lists the sheets in the order in which they are shown.
func sheetsOf(p *parcel) (all []*sheet, err error) {
	const book = "xl/workbook.xml"
	relations, err := p.relations(book)
	if err != nil {
		return nil, err
	}
	err = p.read(book, func(w *walker, _ xml.StartElement) error {
		return w.children(func(e xml.StartElement) error {
			if e.Name.Local != "sheets" {
				return w.skip()
			}
			return w.children(func(e xml.StartElement) error {
				s := &sheet{name: attr(e, "name"), spans: make(map[int][]Span), closed: make(map[int]bool)}
				s.hidden = attr(e, "state") == "hidden" || attr(e, "state") == "veryHidden"
				for _, a := range e.Attr {
					if a.Name.Local == "id" && a.Name.Space != "" {
						s.part = path.Clean(relations[a.Value].target)
					}
				}
				if len(all) < 1000 {
					all = append(all, s)
				}
				return w.skip()
			})
		})
	})
	return all, err
}

// look notes merged cells, hidden columns, which cells are numbers, and formulas without results.
func (s *sheet) look(p *parcel) error {
	merged, cells, row, column := 0, 0, -1, -1
	defer func() { slices.Sort(s.numbers) }()
	return p.read(s.part, func(w *walker, _ xml.StartElement) error {
		var into func(e xml.StartElement) error
		into = func(e xml.StartElement) error {
			switch e.Name.Local {
			case "row":
				if row, column = row+1, -1; attr(e, "r") != "" {
					row = small(attr(e, "r"), mostRows) - 1
				}
				return w.children(into)
			case "sheetData", "cols", "mergeCells":
				return w.children(into)
			case "col":
				if hidden := attr(e, "hidden"); hidden == "1" || hidden == "true" {
					for i := small(attr(e, "min"), mostColumns); i <= small(attr(e, "max"), mostColumns); i++ {
						s.closed[i-1] = true
					}
				}
			case "mergeCell":
				if merged++; merged > mostCells {
					return errTooLarge
				}
				s.merge(attr(e, "ref"))
			case "c":
				if cells++; cells > mostCells {
					return errTooLarge
				}
				if column++; attr(e, "r") != "" {
					if at, _, err := excelize.CellNameToCoordinates(attr(e, "r")); err == nil {
						column = at - 1
					}
				}
				if kind := attr(e, "t"); kind == "" || kind == "n" {
					s.numbers = append(s.numbers, cellAt(row, column))
				}
				formula, value := false, false
				err := w.children(func(e xml.StartElement) error {
					formula, value = formula || e.Name.Local == "f", value || e.Name.Local == "v" || e.Name.Local == "is"
					return w.skip()
				})
				if formula && !value {
					s.uncounted++
				}
				return err
			}
			return w.skip()
		}
		return w.children(into)
	})
}

func (s *sheet) merge(ref string) {
	from, to, _ := strings.Cut(ref, ":")
	column, row, err := excelize.CellNameToCoordinates(from)
	right, bottom, err2 := excelize.CellNameToCoordinates(to)
	if err != nil || err2 != nil || right < column || bottom < row {
		return
	}
	s.spans[row] = append(s.spans[row], Span{Column: column - 1, Columns: right - column + 1, Rows: bottom - row + 1})
}

// read gives the rows as their formats show them.
func (s *sheet) read(f *excelize.File, c *collector) error {
	rows, err := f.Rows(s.name)
	if err != nil {
		return nil // a sheet of charts alone
	}
	defer rows.Close()
	if s.uncounted > 0 {
		c.say("Trang tính “%s” có %d công thức chưa được tính; ô ấy để trống. Hãy mở bằng Excel, lưu lại rồi gửi lại.", s.name, s.uncounted)
	}
	for n := 1; rows.Next(); n++ {
		texts, err := rows.Columns()
		if err != nil {
			return errBroken
		}
		if len(texts) == 0 {
			continue
		}
		if len(texts) > mostColumns || c.cells+len(texts) > mostCells {
			return errTooLarge
		}
		if rows.GetRowOpts().Hidden {
			c.say("Trang tính “%s” có hàng ẩn; hàng ẩn không được đọc.", s.name)
			continue
		}
		for i := range texts {
			if s.closed[i] && texts[i] != "" {
				texts[i] = ""
				c.say("Trang tính “%s” có cột ẩn; cột ẩn không được đọc.", s.name)
			}
			if _, number := slices.BinarySearch(s.numbers, cellAt(n-1, i)); number {
				texts[i] = asShownHere(texts[i])
			}
		}
		b := c.row(texts)
		b.Place = "trang tính “" + s.name + "”, hàng " + strconv.Itoa(n)
		b.Spans = s.spans[n]
		if err := c.add(b); err != nil {
			return err
		}
	}
	return nil
}

var shownNumber = pattern.Of(`^[^0-9/:]*[0-9][0-9,]*(\.[0-9]+)?[^0-9/:]*$`)

// asShownHere turns the points and commas of a stored number round; days stay as their formats show them.
func asShownHere(text string) string {
	if !shownNumber().MatchString(text) {
		return text
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case '.':
			return ','
		case ',':
			return '.'
		}
		return r
	}, text)
}
