package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/official"
)

// Input is a report as a program hands it in: decimals with a point, no spaces.
type Input struct {
	Values    map[string]*string // code → "12.50"; nil: no figure
	Estimates []string
	Sections  []SectionText
	Notes     map[string]string // code → the reason for an unusual figure
	Nil       bool              // nothing happened in the period; then nothing else may be given
	Reason    string            // of a nil report
	Key       string            // idempotency key, "" for none
}

// Prepared is a report that was read and found right, ready for Submit. It costs the writer no parsing.
type Prepared struct {
	Form   *Form
	Regime string
	Period calendar.Period
	Body   Body
	Hash   string // sha256 of the canonical content, hex (see canonical)

	opening  db.ID
	key      string
	nothing  bool
	way      string
	figures  []byte
	sections string
	notes    string
	original Original
	arrival  Arrival
}

// How a submission came in.
const (
	WayProgram = "program" // approved in the program, or handed in by a program for the body
	WaySigned  = "signed"  // the signed PDF is the original
	WayPaper   = "paper"   // nhập thay: entered by the commission from paper
	WayImport  = "import"
)

// Original is the signed paper behind a submission; zero when it was approved in the program.
type Original struct {
	File   db.ID
	Number string
	Date   calendar.Date
	Signer string
}

// Arrival is số đến and ngày đến of a paper that the commission enters for a body.
type Arrival struct {
	Number string
	Date   calendar.Date
}

// target is the place a report goes to, found before the writer; an opening never changes its form.
type target struct {
	Opening db.ID  `db:"opening"`
	Regime  db.ID  `db:"regime"`
	Form    db.ID  `db:"form"`
	Digest  string `db:"digest"`
	Body    db.ID  `db:"body"`
	Holder  db.ID  `db:"holder"`
	Scope   Scope  `db:"sectors"`
}

// Prepare reads and checks a report outside the writer. What it finds wrong comes all at once, with the fields
// "value.CODE", "notes.CODE", "estimates", "sections.SECTION.SECTOR", "nil". A period not opened or a body not obliged is Conflict.
func Prepare(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period, orgCode string, in Input) (Prepared, error) {
	var t target
	err := tx.Get(&t, `
select p.id as opening, p.regime, p.form, f.digest, b.id as body, o.holder, o.sectors
from regime r
join opening p on p.regime = r.id and p.period = ?
join regime_form f on f.id = p.form
join body b on b.code = ?
join obligation o on o.opening = p.id and o.body = b.id
where r.code = ?`, period, orgCode, regimeCode)
	if errors.Is(err, db.None) {
		return Prepared{}, noTarget(tx, by, regimeCode, period, orgCode)
	}
	if err != nil {
		return Prepared{}, err
	}
	if err := by.May(access.SubmitReport, t.Holder); err != nil {
		return Prepared{}, err
	}
	f, err := cachedForm(tx, t.Form, t.Digest)
	if err != nil {
		return Prepared{}, err
	}
	p := Prepared{Form: f.For(t.Scope), Regime: regimeCode, Period: period, Body: Body{t.Body, orgCode}, opening: t.Opening, way: WayProgram}
	var earlier Before
	if p.Form.beside {
		if earlier, _, err = before(tx, p.Form, t.Regime, t.Body, period); err != nil {
			return Prepared{}, err
		}
	}
	return p, p.read(by, in, earlier)
}

// read fills a report whose place is found with what was handed in.
func (p *Prepared) read(by access.Actor, in Input, earlier Before) (err error) {
	p.nothing = in.Nil
	if p.key, err = keyOf(by, in.Key); err != nil {
		return err
	}
	c, wrong, err := readInput(p.Form, in)
	if err != nil {
		return err
	}
	c.judge(p.Form, earlier)
	wrong = append(wrong, c.problems(func(one Finding) string { return "notes." + one.Indicator })...)
	sortProblems(wrong)
	if err := wrong.Err(); err != nil {
		return err
	}
	return p.seal(c.values, c.sections, c.notes)
}

// noTarget says why nothing may be handed in there.
func noTarget(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period, orgCode string) error {
	var org db.ID
	err := tx.Get(&org, "select id from body where code = ?", orgCode)
	if errors.Is(err, db.None) {
		return fault.Invalid("org", "Không có cơ quan nào mang mã “%s”.", orgCode)
	}
	if err != nil {
		return err
	}
	if err := by.May(access.SubmitReport, org); err != nil {
		return err
	}
	if _, err := FindOpening(tx, by, regimeCode, period); err != nil {
		if fault.Is(err, fault.KindMissing) {
			if _, err := FindRegime(tx, by, regimeCode); err != nil {
				return err
			}
			return notOpened(period, regimeCode)
		}
		return err
	}
	return notAsked(orgCode, period, regimeCode)
}

func notOpened(period calendar.Period, regime string) error {
	return fault.Conflict("Kỳ %s của chế độ %s chưa được mở nên chưa nhận báo cáo.", period.Name(), regime)
}

func notAsked(body string, period calendar.Period, regime string) error {
	return fault.Conflict("%s không phải báo cáo %s theo chế độ %s.", body, period.Name(), regime)
}

// keyOf ties an idempotency key to who sent it: two offices may both call theirs "1".
func keyOf(by access.Actor, key string) (string, error) {
	if key == "" {
		return "", nil
	}
	if len(key) > 200 || fold.HasNUL(key) {
		return "", fault.Invalid("Idempotency-Key", "Khóa chống gửi trùng dài nhất 200 ký tự.")
	}
	return by.Key() + " " + key, nil
}

// mostNote bounds the reason for one figure, in bytes.
const mostNote = 2000

// readInput is how the API reads: figures as programs write them. What it says is wrong beside the findings has no cell.
func readInput(f *Form, in Input) (c claim, wrong fault.List, err error) {
	c = claim{values: make([]Value, len(f.Indicators)), notes: make(map[string]string, len(in.Notes)), nothing: in.Nil}
	for code, text := range in.Values {
		at, ok := c.place(f, code)
		if !ok || text == nil {
			continue
		}
		v, err := decimal.Parse(*text, f.Indicators[at].Decimals)
		if err != nil {
			c.found.about(f.Indicators[at], Error, "number", "%s: %s", code, err.Error())
			continue
		}
		c.values[at] = Value{Set: true, Figure: v}
	}
	for _, code := range in.Estimates {
		at, ok := f.index[code]
		if !ok || !c.values[at].Set {
			wrong.Add("estimates", "Chỉ tiêu %s được ghi là số ước nhưng không có số.", code)
			continue
		}
		c.values[at].Estimate = true
	}
	for code, note := range in.Notes {
		if _, ok := f.index[code]; !ok || len(note) > mostNote {
			wrong.Add("notes."+code, "Ghi chú cần đi với một chỉ tiêu của biểu mẫu và dài nhất %d byte.", mostNote)
			continue
		}
		c.notes[noteOf(code)] = fold.Tidy(note)
	}
	if in.Nil {
		c.notes["nil"] = fold.Tidy(in.Reason)
	}
	if err := official.RefuseSecret(slices.Collect(maps.Values(c.notes))...); err != nil {
		return c, nil, err
	}
	c.sections, err = cleanSections(in.Sections)
	return c, wrong, err
}

// seal packs what was read and fixes its hash.
func (p *Prepared) seal(values []Value, sections []SectionText, notes map[string]string) error {
	typed := p.Form.typedOf(values)
	p.figures = packValues(typed)
	p.sections = "[]"
	if len(sections) > 0 {
		text, err := json.Marshal(sections)
		if err != nil {
			return err
		}
		p.sections = string(text)
	}
	for key, note := range notes {
		if note == "" {
			delete(notes, key)
		}
	}
	if len(notes) > 0 {
		text, err := json.Marshal(notes)
		if err != nil {
			return err
		}
		p.notes = string(text)
	}
	sum := sha256.Sum256(p.canonical(typed, sections))
	p.Hash = hex.EncodeToString(sum[:])
	return nil
}

// canonical is the text whose sha256 a receipt gives, one thing a line, so that an office can compute it again:
//
//	giaoban report 1
//	regime, period, code of the body
//	"nil" for a nil report
//	CODE=12.50 for each figure in the form's order, "~" after an estimate, "/13.00" after that for a second number
//	[section/sector] and under it each paragraph as its length in bytes, ":", the text
//	{notes} the reasons as JSON with sorted keys
//	original, arrival: file, number, date, signer; số đến, ngày đến
func (p *Prepared) canonical(typed []Value, sections []SectionText) []byte {
	b := make([]byte, 0, 64+14*len(typed)+len(p.sections)+len(p.notes))
	b = append(b, "giaoban report 1\n"...)
	for _, s := range []string{p.Regime, p.Period.String(), p.Body.Code} {
		b = append(append(b, s...), '\n')
	}
	if p.nothing {
		b = append(b, "nil\n"...)
	}
	for slot, v := range typed {
		if !v.Set {
			continue
		}
		in := &p.Form.Indicators[p.Form.typed[slot]]
		b = append(append(b, in.Code...), '=')
		b = decimal.Append(b, v.Figure, in.Decimals)
		if v.Estimate {
			b = append(b, '~')
		}
		if v.Over != nil {
			b = decimal.Append(append(b, '/'), *v.Over, in.Decimals)
		}
		b = append(b, '\n')
	}
	for _, s := range sections {
		b = append(append(append(append(append(b, '['), s.Section...), '/'), s.Sector...), ']', '\n')
		for _, paragraph := range s.Paragraphs {
			b = strconv.AppendInt(b, int64(len(paragraph)), 10)
			b = append(append(append(b, ':'), paragraph...), '\n')
		}
	}
	if p.notes != "" {
		b = append(append(b, p.notes...), '\n')
	}
	if p.original != (Original{}) {
		b = append(b, "original "+string(p.original.File)+" "+p.original.Number+" "+p.original.Date.String()+" "+p.original.Signer+"\n"...)
	}
	if p.arrival != (Arrival{}) {
		b = append(b, "arrival "+p.arrival.Number+" "+p.arrival.Date.String()+"\n"...)
	}
	return b
}
