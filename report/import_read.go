package report

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/official"
	"giaoban/org"
)

// Import is a file of figures that was read, grouped by body and period and packed, and held against what stands: what
// it would add and change. Nothing is written before WriteImport.
type Import struct {
	Regime Regime
	File   string // its name, told in the origin of what it changes

	reason  string // given for every figure that asks for one and has none of its own
	bodies  map[string]db.ID
	forms   map[calendar.Period]*Form
	groups  map[groupKey]*group
	order   []*group
	current *group
	scratch []Value
	refused fault.List
	more    int // problems beyond those that are told
	judged  bool
	places  []string     // of a table: how its sender finds each line; nil where lines are lines
	labels  []TableLabel // of a table: what its names mean, to be remembered
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
	lines    []int32 // by typed indicator: where it stands in the file, 0 where it does not
	packed   []byte
	sections []SectionText
	text     bool              // it came with text
	notes    map[string]string // code → reason; once judged, as they are kept
	Change
	was held // what stood when it was judged
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
	for slot := range g.lines {
		g.lines[slot] = 1
	}
	g.packed, g.values, g.sections, g.text = packValues(values), nil, sections, len(sections) > 0
	im.current = nil
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
	if g.lines == nil {
		g.lines = make([]int32, len(g.form.typed))
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

// importColumns are the columns of a file; the last may be left out.
const importColumns = "org,period,indicator,value,estimate,note"

// ReadImport reads a CSV file with the columns org, period, indicator, value, estimate and, if there are reasons, note:
// codes, a period such as 2022-03, a decimal with a point (empty: the file says nothing of it), and 1, true or x for an
// estimate; it is then held against what stands. reason is given for every figure that asks for one and has no note.
// What is wrong waits in the import, each with its line, for its preview; the error is for what is no such file. The
// database is only read. progress gets the bytes read, of 0 when the size is not known; it may be nil.
func ReadImport(tx *db.Tx, by access.Actor, regimeCode string, file io.Reader, reason string, progress func(done, of int64)) (*Import, error) {
	im, err := NewImport(tx, by, regimeCode)
	if err != nil {
		return nil, err
	}
	if im.reason, err = cleanReason(reason); err != nil {
		return nil, err
	}
	if err := im.read(tx, file, progress); err != nil {
		return nil, err
	}
	return im, im.judge(tx)
}

func cleanReason(reason string) (string, error) {
	reason = fold.Tidy(reason)
	if len(reason) > mostNote {
		return "", fault.Invalid("reason", "Lý do dài nhất %d byte.", mostNote)
	}
	return reason, official.RefuseSecret(reason)
}

// refuse notes a line that is not taken.
func (im *Import) refuse(line int, sentence string) {
	if len(im.refused) < mostImportProblems {
		place := fmt.Sprintf("Dòng %d", line)
		if line < len(im.places) {
			place = im.places[line]
		}
		im.refused.Add(fmt.Sprintf("line.%d", line), "%s: %s", place, sentence)
	} else {
		im.more++
	}
}

func (im *Import) read(tx *db.Tx, file io.Reader, progress func(done, of int64)) error {
	in := bufio.NewReaderSize(file, 1<<20)
	var cells [6][]byte
	columns := 0
	var read int64
	var kept groupKey // the text of the last line's body and period, so that equal lines make no new strings
	var keptPeriod []byte
	next := 0 // the place after the last indicator: files are usually in the form's order
	for line := 1; ; line++ {
		text, err := in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			return fault.Invalid(fmt.Sprintf("line.%d", line), "Dòng %d quá dài, không phải tệp số liệu.", line)
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		ended := err != nil
		read += int64(len(text))
		if progress != nil && line%65536 == 0 {
			progress(read, 0)
		}
		text = bytes.TrimRight(text, "\r\n")
		if line == 1 {
			text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
			head := strings.ReplaceAll(strings.ToLower(string(text)), " ", "")
			if head != importColumns && head != strings.TrimSuffix(importColumns, ",note") {
				return fault.Invalid("line.1", "Dòng 1 phải là tên cột: org,period,indicator,value,estimate, sau đó có thể có cột note ghi lý do.")
			}
			columns = strings.Count(head, ",") + 1
		} else if len(text) > 0 {
			err := splitLine(text, cells[:columns])
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
				next, err = g.line(cells[:columns], next, line)
			}
			if err != nil {
				if fault.Of(err) == nil {
					return err
				}
				im.refuse(line, err.Error())
				if g != nil {
					g.Refused++
				}
			}
		}
		if ended {
			break
		}
	}
	im.close()
	if len(im.refused) == 0 && len(im.order) == 0 {
		return fault.Invalid("", "Tệp không có dòng số liệu nào.")
	}
	return nil
}

// splitLine cuts a line at its commas; quoted cells are left to the csv package.
func splitLine(text []byte, cells [][]byte) error {
	if bytes.IndexByte(text, '"') >= 0 {
		record, err := csv.NewReader(bytes.NewReader(text)).Read()
		if err != nil || len(record) != len(cells) {
			return fault.Invalid("", "cần đúng %d cột, chữ trong ngoặc kép phải đóng ngoặc.", len(cells))
		}
		for i, cell := range record {
			cells[i] = []byte(strings.TrimSpace(cell)) // what a spreadsheet must not take for a day has white space before it
		}
		return nil
	}
	for i := range len(cells) - 1 {
		at := bytes.IndexByte(text, ',')
		if at < 0 {
			return fault.Invalid("", "cần đúng %d cột, cách nhau bằng dấu phẩy.", len(cells))
		}
		cells[i], text = text[:at], text[at+1:]
	}
	if bytes.IndexByte(text, ',') >= 0 {
		return fault.Invalid("", "cần đúng %d cột; số thập phân viết bằng dấu chấm.", len(cells))
	}
	cells[len(cells)-1] = text
	return nil
}

// line is how a file reads: figures as programs write them, one a line.
func (g *group) line(cells [][]byte, next, number int) (int, error) {
	slot := -1
	if next < len(g.form.typed) && g.form.Indicators[g.form.typed[next]].Code == string(cells[2]) {
		slot = next
	} else if i, ok := g.form.index[string(cells[2])]; !ok {
		return 0, fault.Invalid("", "%s", noIndicator(string(cells[2])))
	} else if slot = g.form.slot[i]; slot < 0 {
		return 0, fault.Invalid("", "%s", computed(g.form.Indicators[i]))
	}
	next = slot + 1
	if next == len(g.form.typed) {
		next = 0
	}
	if g.lines[slot] != 0 {
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
	g.lines[slot] = int32(number)
	if len(cells[3]) == 0 {
		if estimate {
			return next, fault.Invalid("", "ghi là số ước nhưng không có số.")
		}
		return next, nil
	}
	in := g.form.Indicators[g.form.typed[slot]]
	v, err := fromFile(string(cells[3]), in)
	if err != nil {
		return next, fault.Invalid("", "%s: %s", in.Code, err.Error())
	}
	v.Estimate = estimate
	g.values[slot] = v
	if len(cells) > 5 && len(cells[5]) > 0 {
		note, err := cleanReason(string(cells[5]))
		if err != nil {
			return next, err
		}
		if g.notes == nil {
			g.notes = make(map[string]string)
		}
		g.notes[in.Code] = note
	}
	return next, nil
}
