package table

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/fault"
	"giaoban/internal/packed"
)

var (
	errBroken = fault.Invalid("file", "Tệp không mở được như một bảng tính .xlsx. Xin mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại.")
	errSheet  = fault.Invalid("file", "Bảng tính không có trang nào đọc được. Xin để danh sách ở trang đầu tiên.")
)

// book is a workbook being read: its parts by name and what may still be unpacked of all of them together.
type book struct {
	parts map[string]*zip.File
	left  int64
}

// workbook reads the first sheet that is shown.
func workbook(data io.ReaderAt, size int64) ([]Row, error) {
	b, shared, err := opened(data, size)
	if err != nil {
		return nil, err
	}
	sheets, err := b.sheets()
	if err != nil {
		return nil, err
	}
	for _, sheet := range sheets {
		if !sheet.hidden {
			return b.rows(sheet.file, shared)
		}
	}
	return nil, errSheet
}

// opened finds the parts of a workbook and reads the texts that its sheets share.
func opened(data io.ReaderAt, size int64) (b book, shared []string, err error) {
	z, err := packed.Open(data, size)
	if errors.Is(err, packed.ErrCrowded) {
		return b, nil, errLong
	}
	if err != nil {
		return b, nil, errBroken
	}
	b = book{parts: make(map[string]*zip.File, len(z.File)), left: mostBytes}
	for _, f := range z.File {
		b.parts[strings.TrimPrefix(path.Clean("/"+f.Name), "/")] = f
	}
	if f := b.parts["xl/sharedStrings.xml"]; f != nil {
		shared, err = b.sharedStrings(f)
	}
	return b, shared, err
}

// open unpacks one part, as long as all parts stay within what a list needs.
func (b *book) open(f *zip.File) (*xml.Decoder, io.Closer, error) {
	r, err := f.Open()
	if err != nil {
		return nil, nil, errBroken
	}
	return xml.NewDecoder(&metered{r, &b.left}), r, nil
}

// metered ends a part that is longer when unpacked than any list.
type metered struct {
	io.Reader
	left *int64
}

func (m *metered) Read(p []byte) (int, error) {
	if *m.left <= 0 {
		return 0, errLong
	}
	n, err := m.Reader.Read(p[:min(int64(len(p)), *m.left)])
	*m.left -= int64(n)
	return n, err
}

// told gives a fault as it is and calls everything else a broken file.
func told(err error) error {
	if fault.Of(err) != nil {
		return err
	}
	return errBroken
}

func (b *book) decode(name string, into any) error {
	f := b.parts[name]
	if f == nil {
		return errBroken
	}
	d, closer, err := b.open(f)
	if err != nil {
		return err
	}
	defer closer.Close()
	if err := d.Decode(into); err != nil {
		return told(err)
	}
	return nil
}

// part is a sheet of the workbook, in the order in which sheets are shown.
type part struct {
	name   string
	hidden bool
	file   *zip.File
}

func (b *book) sheets() ([]part, error) {
	var names struct {
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			Rel   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := b.decode("xl/workbook.xml", &names); err != nil {
		return nil, err
	}
	var rels struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := b.decode("xl/_rels/workbook.xml.rels", &rels); err != nil {
		return nil, err
	}
	var all []part
	for _, sheet := range names.Sheets {
		for _, rel := range rels.All {
			target := path.Join("xl", rel.Target)
			if strings.HasPrefix(rel.Target, "/") {
				target = strings.TrimPrefix(path.Clean(rel.Target), "/")
			}
			if f := b.parts[target]; rel.ID == sheet.Rel && f != nil {
				all = append(all, part{sheet.Name, sheet.State == "hidden" || sheet.State == "veryHidden", f})
				break
			}
		}
	}
	return all, nil
}

// words is a text of a cell or of the shared table: plain, or in runs; what explains how it is read aloud stays out.
type words struct {
	Plain string   `xml:"t"`
	Runs  []string `xml:"r>t"`
}

func (w words) text() string { return unescaped(w.Plain + strings.Join(w.Runs, "")) }

func (b *book) sharedStrings(f *zip.File) ([]string, error) {
	d, closer, err := b.open(f)
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	var all []string
	err = each(d, func(at xml.StartElement) error {
		var w words
		if err := d.DecodeElement(&w, &at); err != nil {
			return err
		}
		if len(all) > MostRows*mostColumns {
			return errLong
		}
		all = append(all, w.text())
		return nil
	}, "si")
	return all, err
}

// each runs fn for every element of one of the names.
func each(d *xml.Decoder, fn func(xml.StartElement) error, names ...string) error {
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return told(err)
		}
		if at, ok := token.(xml.StartElement); ok && slices.Contains(names, at.Name.Local) {
			if err := fn(at); err != nil {
				return told(err)
			}
		}
	}
}

// rows reads a sheet as a list: every cell as people would have typed it.
func (b *book) rows(f *zip.File, shared []string) ([]Row, error) {
	var rows []Row
	merge := func(ref string) error {
		from, to, _ := strings.Cut(ref, ":")
		m, no := Merged{Column: columnOf(from)}, rowOf(from)
		if m.Columns = min(columnOf(to)+1, mostColumns) - m.Column; m.Columns < 2 {
			return nil
		}
		if at, ok := slices.BinarySearchFunc(rows, no, func(r Row, no int) int { return r.No - no }); ok {
			if len(rows[at].Merged) == mostColumns {
				return errWide
			}
			rows[at].Merged = append(rows[at].Merged, m)
		}
		return nil
	}
	err := b.cells(f, shared, nil, merge, func(line SheetRow) (err error) {
		read := Row{No: line.No}
		for _, c := range line.Cells {
			read.Cells = append(read.Cells, make([]string, c.Column-len(read.Cells))...)
			read.Cells = append(read.Cells, c.typed())
		}
		rows, err = add(rows, read)
		return err
	})
	return rows, err
}

// columnOf reads the letters of "AB12"; a column beyond all is mostColumns.
func columnOf(ref string) int {
	n := 0
	for _, r := range ref {
		if r < 'A' || r > 'Z' {
			break
		}
		if n = n*26 + int(r-'A'+1); n > mostColumns {
			return mostColumns
		}
	}
	return max(0, n-1)
}

// rowOf reads the digits of "AB12"; 0 where there are none.
func rowOf(ref string) int {
	n, _ := strconv.Atoi(strings.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	return n
}

// number writes a stored number as people type it here: a workbook keeps 96,125 as 96.125.
func number(stored string) string {
	if !strings.ContainsAny(stored, ".eE") {
		return stored
	}
	f, err := strconv.ParseFloat(stored, 64)
	if err != nil {
		return stored
	}
	return strings.ReplaceAll(strconv.FormatFloat(f, 'f', -1, 64), ".", ",")
}

// XLSX writes a workbook of one sheet whose first row names the columns; every cell is text.
func XLSX(w io.Writer, sheet string, rows [][]string) error {
	z := zip.NewWriter(w)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` +
			`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
		{"_rels/.rels", relations(`officeDocument" Target="xl/workbook.xml`)},
		{"xl/_rels/workbook.xml.rels", relations(`worksheet" Target="worksheets/sheet1.xml`, `styles" Target="styles.xml`)},
		{"xl/workbook.xml", `<workbook xmlns="` + spreadsheet + `" xmlns:r="` + relationship + `"><sheets><sheet name="` + escaped(sheet) +
			`" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		// Format 49 is text: what is typed stays as it is, 0258… keeps its nought and 1/3 does not become a day.
		{"xl/styles.xml", `<styleSheet xmlns="` + spreadsheet + `"><fonts count="2"><font><sz val="11"/><name val="Times New Roman"/></font>` +
			`<font><b/><sz val="11"/><name val="Times New Roman"/></font></fonts>` +
			`<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>` +
			`<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/>` +
			`<xf numFmtId="49" applyNumberFormat="1" xfId="0"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1" xfId="0"/></cellXfs></styleSheet>`},
		{"xl/worksheets/sheet1.xml", sheetText(rows)},
	} {
		f, err := z.Create(part.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, xml.Header+part.text); err != nil {
			return err
		}
	}
	return z.Close()
}

const (
	spreadsheet  = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

func relations(all ...string) string {
	text := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	for i, rel := range all {
		text += fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/%s"/>`, i+1, relationship, rel)
	}
	return text + `</Relationships>`
}

func sheetText(rows [][]string) string {
	columns := 0
	for _, row := range rows {
		columns = max(columns, len(row))
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<worksheet xmlns="%s"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>`+
		`<cols><col min="1" max="%d" width="26" style="1" customWidth="1"/></cols><sheetData>`, spreadsheet, max(1, columns))
	for i, row := range rows {
		style := 1
		if i == 0 {
			style = 2
		}
		b.WriteString("<row>")
		for _, cell := range row {
			fmt.Fprintf(&b, `<c s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, style, escaped(cell))
		}
		b.WriteString("</row>")
	}
	b.WriteString("</sheetData></worksheet>")
	return b.String()
}

func escaped(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(Escaped(s)))
	return b.String()
}
