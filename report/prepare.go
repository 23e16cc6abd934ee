package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
)

// Input is a report as a program hands it in: decimals with a point, no spaces.
type Input struct {
	Values    map[string]*string // code → "12.50"; nil: no figure
	Estimates []string
	Sections  []SectionText
	Nil       bool   // nothing happened in the period; then nothing else may be given
	Reason    string // of a nil report
	Key       string // idempotency key, "" for none
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
	Form    db.ID  `db:"form"`
	Digest  string `db:"digest"`
	Body    db.ID  `db:"body"`
	Holder  db.ID  `db:"holder"`
	Scope   Scope  `db:"sectors"`
}

// Prepare reads and checks a report outside the writer. What it finds wrong comes all at once, with the fields
// "value.CODE", "estimates", "sections.SECTION.SECTOR". A period not opened or a body not obliged is Conflict.
func Prepare(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period, orgCode string, in Input) (Prepared, error) {
	var t target
	err := tx.Get(&t, `
select p.id as opening, p.form, f.digest, b.id as body, o.holder, o.sectors
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
	return p, p.read(by, in)
}

// read fills a report whose place is found with what was handed in.
func (p *Prepared) read(by access.Actor, in Input) (err error) {
	p.nothing = in.Nil
	if p.key, err = keyOf(by, in.Key); err != nil {
		return err
	}
	values, err := readInput(p.Form, in)
	if err != nil {
		return err
	}
	sections, err := cleanSections(in.Sections)
	if err != nil {
		return err
	}
	notes := map[string]string{}
	if in.Nil {
		notes["nil"] = strings.TrimSpace(fold.Clean(in.Reason))
	}
	return p.seal(values, sections, notes)
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
			return fault.Conflict("Kỳ %s của chế độ %s chưa được mở nên chưa nhận báo cáo.", period.Name(), regimeCode)
		}
		return err
	}
	return fault.Conflict("%s không phải báo cáo %s theo chế độ %s.", orgCode, period.Name(), regimeCode)
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

func readInput(f *Form, in Input) ([]Value, error) {
	var wrong fault.List
	values := make([]Value, len(f.Indicators))
	if in.Nil && (len(in.Values) > 0 || len(in.Sections) > 0) {
		wrong.Add("nil", "Báo cáo không phát sinh thì không kèm số liệu, nội dung; hãy bỏ một trong hai.")
	}
	for code, text := range in.Values {
		i, ok := f.index[code]
		switch {
		case !ok:
			wrong.Add("value."+code, "Không có chỉ tiêu %s trong biểu mẫu này.", code)
		case text == nil:
		case !f.scope.Has(f.Indicators[i].Sector):
			wrong.Add("value."+code, "Chỉ tiêu %s thuộc lĩnh vực mà cơ quan này không báo cáo.", code)
		case f.Indicators[i].Aggregation == Ratio:
			wrong.Add("value."+code, "Chỉ tiêu %s được tính từ %s và %s, không nhận số nhập.", code, f.Indicators[i].Numerator, f.Indicators[i].Denominator)
		default:
			v, err := decimal.Parse(*text, f.Indicators[i].Decimals)
			if err != nil {
				wrong.Add("value."+code, "%s: %s", code, err.Error())
				continue
			}
			values[i] = Value{Set: true, Figure: v}
		}
	}
	for _, code := range in.Estimates {
		i, ok := f.index[code]
		if !ok || !values[i].Set {
			if len(wrong) == 0 || ok {
				wrong.Add("estimates", "Chỉ tiêu %s được ghi là số ước nhưng không có số.", code)
			}
			continue
		}
		values[i].Estimate = true
	}
	for _, s := range in.Sections {
		if !f.Asks(s.Section, s.Sector) {
			wrong.Add("sections."+s.Section+"."+s.Sector, "Đề cương không có phần %s cho lĩnh vực %s.", s.Section, s.Sector)
		}
	}
	if !in.Nil && len(wrong) == 0 {
		for i, in := range f.Indicators {
			if in.Required && in.Aggregation != Ratio && !values[i].Set && f.scope.Has(in.Sector) {
				wrong.Add("value."+in.Code, "Chưa có số liệu %s; nếu không phát sinh, hãy ghi 0.", in.Name)
			}
		}
		f.computeRatios(values)
		var found findings
		found.rules(f, values)
		for _, finding := range found {
			wrong.Add("value."+finding.Indicator, "%s", finding.Sentence)
		}
	}
	sortProblems(wrong)
	return values, wrong.Err()
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
