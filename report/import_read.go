package report

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/org"
)

// Import is a file of figures that was read and found right, grouped by body and period and packed, ready to be written.
type Import struct {
	Regime Regime
	Values int // figures and empty cells read

	bodies  map[string]db.ID
	forms   map[calendar.Period]*Form
	groups  map[groupKey]*group
	order   []*group
	current *group
	scratch []Value
}

type groupKey struct {
	org    string
	period calendar.Period
}

// group is what one body reported for one period. While lines of it are coming in its values are open; then they are
// packed, which takes a tenth of the memory.
type group struct {
	key      groupKey
	org      db.ID
	form     *Form
	values   []Value // by typed indicator
	given    []bool
	packed   []byte
	sections []SectionText
}

// mostImportProblems bounds how many lines are told; a file in another format would be wrong on every line.
const mostImportProblems = 1000

// NewImport begins an import that a program fills with Put, for instance with the sample.
func NewImport(tx *db.Tx, by access.Actor, regimeCode string) (*Import, error) {
	r, err := FindRegime(tx, by, regimeCode)
	if err != nil {
		return nil, err
	}
	if err := by.May(access.ImportValues, r.Receiver); err != nil {
		return nil, err
	}
	bodies, err := org.Codes(tx)
	if err != nil {
		return nil, err
	}
	return &Import{Regime: r, bodies: bodies, forms: make(map[calendar.Period]*Form), groups: make(map[groupKey]*group)}, nil
}

// formFor gives the form of a period, opened or yet to be opened.
func (im *Import) formFor(tx *db.Tx, period calendar.Period) (*Form, error) {
	if f, ok := im.forms[period]; ok {
		return f, nil
	}
	if period.Kind() != im.Regime.Kind {
		return nil, fault.Invalid("", "Chế độ %s báo cáo theo %s; %s không phải kỳ của chế độ này.", im.Regime.Code, im.Regime.Kind.Name(), period)
	}
	var id db.ID
	err := tx.Get(&id, "select form from opening where regime = ? and period = ?", im.Regime.ID, period)
	var f *Form
	switch {
	case errors.Is(err, db.None):
		f, err = ActiveForm(tx, im.Regime.ID, period)
	case err == nil:
		f, err = formByID(tx, id)
	}
	if err != nil {
		return nil, err
	}
	im.forms[period] = f
	return f, nil
}

// Put adds one body's report: values by typed indicator of the period's form (Form.Typed), and text.
func (im *Import) Put(tx *db.Tx, orgCode string, period calendar.Period, values []Value, sections []SectionText) error {
	g, err := im.enter(tx, groupKey{orgCode, period})
	if err != nil {
		return err
	}
	if len(values) != len(g.form.typed) {
		return fmt.Errorf("report: %d figures for %d indicators", len(values), len(g.form.typed))
	}
	if sections, err = cleanSections(sections); err != nil {
		return err
	}
	g.packed, g.values, g.given, g.sections = packValues(values), nil, nil, sections
	im.current = nil
	im.Values += len(values)
	return nil
}

// Typed lists the indicators that are typed, in the order in which figures are packed.
func (f *Form) Typed() []Indicator {
	list := make([]Indicator, len(f.typed))
	for slot, i := range f.typed {
		list[slot] = f.Indicators[i]
	}
	return list
}

// enter opens a group for lines to come in.
func (im *Import) enter(tx *db.Tx, key groupKey) (*group, error) {
	if g := im.current; g != nil && g.key == key {
		return g, nil
	}
	g := im.groups[key]
	if g == nil {
		org, ok := im.bodies[key.org]
		if !ok {
			return nil, fault.Invalid("", "Không có cơ quan nào mang mã “%s”.", key.org)
		}
		f, err := im.formFor(tx, key.period)
		if err != nil {
			return nil, err
		}
		g = &group{key: key, org: org, form: f}
		im.groups[key] = g
		im.order = append(im.order, g)
	}
	im.close()
	if len(im.scratch) < len(g.form.typed) {
		im.scratch = make([]Value, len(g.form.typed))
	}
	if g.given == nil {
		g.given = make([]bool, len(g.form.typed))
	}
	g.values = im.scratch[:len(g.form.typed)]
	if g.packed == nil {
		clear(g.values)
	} else if _, err := unpackValues(g.values, g.packed); err != nil {
		return nil, err
	}
	im.current = g
	return g, nil
}

// close packs the group that was open.
func (im *Import) close() {
	if g := im.current; g != nil && g.values != nil {
		g.packed, g.values = packValues(g.values), nil
	}
	im.current = nil
}

var importHeader = []byte("org,period,indicator,value,estimate")

// ReadImport reads and checks a CSV file with the columns org, period, indicator, value, estimate: codes, a period such
// as 2022-03, a decimal with a point (empty: no figure), and 1, true or x for an estimate. All problems come together,
// each with its line as the field. It reads the database only to know bodies and forms, so it needs no writer. progress
// gets the bytes read, of 0 when the size is not known; it may be nil.
func ReadImport(tx *db.Tx, by access.Actor, regimeCode string, file io.Reader, progress func(done, of int64)) (*Import, error) {
	im, err := NewImport(tx, by, regimeCode)
	if err != nil {
		return nil, err
	}
	in := bufio.NewReaderSize(file, 1<<20)
	var wrong fault.List
	var cells [5][]byte
	var read int64
	var kept groupKey // the text of the last line's body and period, so that equal lines make no new strings
	var keptPeriod []byte
	next := 0 // the place after the last indicator: files are usually in the form's order
	more := 0
	for line := 1; ; line++ {
		text, err := in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			return nil, fault.Invalid(fmt.Sprintf("line.%d", line), "Dòng %d quá dài, không phải tệp số liệu.", line)
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		ended := err != nil
		read += int64(len(text))
		if progress != nil && line%65536 == 0 {
			progress(read, 0)
		}
		text = bytes.TrimRight(text, "\r\n")
		if line == 1 {
			text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
			if !bytes.Equal(bytes.ReplaceAll(bytes.ToLower(text), []byte(" "), nil), importHeader) {
				return nil, fault.Invalid("line.1", "Dòng 1 phải là tên cột: org,period,indicator,value,estimate.")
			}
		} else if len(text) > 0 {
			err := splitLine(text, &cells)
			if err == nil {
				if !bytes.Equal(cells[1], keptPeriod) {
					keptPeriod = append(keptPeriod[:0], cells[1]...)
					kept.period, err = calendar.ParsePeriod(string(cells[1]))
				}
				if kept.org != string(cells[0]) {
					kept.org = string(cells[0])
				}
			}
			if err == nil && kept.period.IsZero() {
				_, err = calendar.ParsePeriod(string(cells[1]))
			}
			var g *group
			if err == nil {
				g, err = im.enter(tx, kept)
			}
			if err == nil {
				next, err = g.line(&cells, next)
			}
			if err != nil {
				if fault.Of(err) == nil {
					return nil, err
				}
				if len(wrong) < mostImportProblems {
					wrong.Add(fmt.Sprintf("line.%d", line), "Dòng %d: %s", line, err.Error())
				} else {
					more++
				}
			}
			im.Values++
		}
		if ended {
			break
		}
	}
	im.close()
	if more > 0 {
		wrong.Add("", "Còn %d dòng sai khác.", more)
	}
	if len(wrong) == 0 && len(im.order) == 0 {
		wrong.Add("", "Tệp không có dòng số liệu nào.")
	}
	return im, wrong.Err()
}

// splitLine cuts a line at its commas; quoted cells are left to the csv package.
func splitLine(text []byte, cells *[5][]byte) error {
	if bytes.IndexByte(text, '"') >= 0 {
		record, err := csv.NewReader(bytes.NewReader(text)).Read()
		if err != nil || len(record) != 5 {
			return fault.Invalid("", "cần đúng 5 cột, chữ trong ngoặc kép phải đóng ngoặc.")
		}
		for i, cell := range record {
			cells[i] = []byte(cell)
		}
		return nil
	}
	for i := range 4 {
		at := bytes.IndexByte(text, ',')
		if at < 0 {
			return fault.Invalid("", "cần đúng 5 cột, cách nhau bằng dấu phẩy.")
		}
		cells[i], text = text[:at], text[at+1:]
	}
	if bytes.IndexByte(text, ',') >= 0 {
		return fault.Invalid("", "cần đúng 5 cột; số thập phân viết bằng dấu chấm.")
	}
	cells[4] = text
	return nil
}

func (g *group) line(cells *[5][]byte, next int) (int, error) {
	slot := -1
	if next < len(g.form.typed) && g.form.Indicators[g.form.typed[next]].Code == string(cells[2]) {
		slot = next
	} else if i, ok := g.form.index[string(cells[2])]; !ok {
		return 0, fault.Invalid("", "không có chỉ tiêu “%s” trong biểu mẫu.", cells[2])
	} else if slot = g.form.slot[i]; slot < 0 {
		return 0, fault.Invalid("", "chỉ tiêu %s được tính, không nhập.", cells[2])
	}
	next = slot + 1
	if next == len(g.form.typed) {
		next = 0
	}
	if g.given[slot] {
		return next, fault.Invalid("", "%s, %s, %s đã có ở dòng trên.", g.key.org, g.key.period, cells[2])
	}
	estimate := false
	switch string(cells[4]) {
	case "", "0", "false":
	case "1", "true", "x":
		estimate = true
	default:
		return next, fault.Invalid("", "cột estimate chỉ nhận 1, true, x hoặc để trống.")
	}
	g.given[slot] = true
	if len(cells[3]) == 0 {
		if estimate {
			return next, fault.Invalid("", "ghi là số ước nhưng không có số.")
		}
		return next, nil
	}
	v, err := decimal.Parse(string(cells[3]), g.form.Indicators[g.form.typed[slot]].Decimals)
	if err != nil {
		return next, fault.Invalid("", "%s", err.Error())
	}
	g.values[slot] = Value{Set: true, Figure: v, Estimate: estimate}
	return next, nil
}
