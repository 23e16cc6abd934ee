package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"giaoban/internal/decimal"
)

// Strength of a finding: an error stops the sending, a warning asks for a reason, a hint only tells.
type Strength string

const (
	Error   Strength = "error"
	Warning Strength = "warning"
	Hint    Strength = "hint"
)

// Finding is one thing the check has to say about a draft.
type Finding struct {
	Key       string // stable within a form: under it the reason for a warning is kept in Draft.Notes
	Strength  Strength
	Indicator string // code, or "" when it is about text
	Section   string
	Sector    string
	Paragraph int // from 1; 0 for the whole section
	Sentence  string
	Readings  []string // how the cell may be written instead, where it has two readings
}

// Check reads a draft as it was typed and tells everything there is to say beside what the body reported before, but for
// one thing: that nothing was typed yet is an error only once it is handed in.
func Check(f *Form, d Draft, before Before) []Finding {
	c := readDraft(f, d)
	c.judge(f, before)
	c.hint(f, d, before.Last)
	return slices.DeleteFunc(c.found, func(one Finding) bool { return one.Key == "nil" })
}

// KeyUnplaced is the key of the finding that pasted text stands under no heading.
const KeyUnplaced = "unplaced"

type findings []Finding

func (fs *findings) about(in Indicator, s Strength, key, sentence string, args ...any) {
	*fs = append(*fs, Finding{Key: key + ":" + in.Code, Strength: s, Indicator: in.Code, Sentence: fmt.Sprintf(sentence, args...)})
}

// readDraft is how the sheet and nhập thay read: figures as people write them.
func readDraft(f *Form, d Draft) claim {
	c := claim{values: make([]Value, len(f.Indicators)), sections: d.Sections, notes: d.Notes, nothing: d.Nil}
	if d.Unplaced != "" { // what was pasted is sent whole or taken out, never left behind
		c.found = append(c.found, Finding{Key: KeyUnplaced, Strength: Error,
			Sentence: "Còn lời văn chưa xếp vào mục nào: chuyển vào mục của đề cương, hoặc xóa khỏi ô “Chưa xếp”, rồi gửi."})
	}
	for _, code := range slices.Sorted(maps.Keys(d.Values)) {
		text := d.Values[code]
		if text == "" {
			continue
		}
		at, ok := c.place(f, code)
		if !ok {
			continue
		}
		in := f.Indicators[at]
		typed, err := decimal.ParseVietnamese(text, in.Decimals)
		if typed.Doubt != "" {
			c.found.doubt(in, text, typed.Doubt)
			continue
		}
		if err != nil {
			c.found.about(in, Error, "number", "%s: %s", in.Name, err.Error())
			continue
		}
		c.values[at] = Value{Set: true, Figure: typed.Value, Estimate: typed.Estimate || d.Estimates[code], Over: typed.Over}
		if typed.Note != "" {
			c.found.about(in, Hint, "reading", "%s: %s", in.Name, typed.Note)
		}
	}
	return c
}

// doubt asks which of its two readings a point before three digits has: no office writes only one of them.
func (fs *findings) doubt(in Indicator, text, token string) {
	var readings []string
	for _, spelled := range []string{strings.Replace(token, ".", ",", 1), strings.Replace(token, ".", "", 1)} {
		whole := strings.Replace(text, token, spelled, 1)
		typed, err := decimal.ParseVietnamese(whole, in.Decimals)
		var wrong findings
		if err == nil && typed.Doubt == "" {
			wrong.bounds(&in, Value{Set: true, Figure: typed.Value})
		}
		if err == nil && len(wrong) == 0 {
			readings = append(readings, whole)
		}
	}
	what := "hãy chọn một cách đọc hoặc gõ lại"
	if len(readings) == 0 {
		what = fmt.Sprintf("cả hai đều không vừa chỉ tiêu này, nhận nhiều nhất %d chữ số thập phân; hãy gõ lại", in.Decimals)
	}
	fs.about(in, Error, "doubt", "%s: %s hay %s? Dấu chấm ở đây có thể là dấu thập phân hoặc dấu ngăn hàng nghìn; %s.", in.Name,
		strings.Replace(token, ".", ",", 1), token, what)
	(*fs)[len(*fs)-1].Readings = readings
}

// fraction reads the second number of a cell.
func (fs *findings) fraction(in Indicator, v Value) {
	a, b := decimal.FormatTrimmed(v.Figure, in.Decimals), decimal.FormatTrimmed(*v.Over, in.Decimals)
	switch in.Fraction {
	case NoFraction:
		fs.about(in, Error, "fraction", "%s chỉ nhận một số, không nhận dạng a/b (%s/%s).", in.Name, a, b)
	case PartTotal:
		if v.Figure > *v.Over {
			fs.about(in, Error, "fraction", "%s: phần (%s) lớn hơn tổng (%s); hãy kiểm tra hai số.", in.Name, a, b)
		}
	case ActualTarget:
		if in.Target != nil && *in.Target != *v.Over {
			fs.about(in, Hint, "fraction", "%s: chỉ tiêu ghi trong ô (%s) khác chỉ tiêu được giao (%s).", in.Name, b,
				decimal.FormatTrimmed(*in.Target, in.Decimals))
		}
	}
}

// rules are checked only where every number of the rule is there.
func (fs *findings) rules(f *Form, values []Value) {
	for n, rule := range f.Rules {
		total := f.Indicators[f.index[rule.Total]]
		whole := values[f.index[rule.Total]]
		places, complete := total.Decimals, whole.Set
		for _, code := range rule.Parts {
			places = max(places, f.Indicators[f.index[code]].Decimals)
			complete = complete && values[f.index[code]].Set
		}
		sum, fits := int64(0), true
		want, ok := decimal.Rescale(whole.Figure, total.Decimals, places)
		fits = fits && ok
		for _, code := range rule.Parts {
			v := values[f.index[code]]
			part, ok := decimal.Rescale(v.Figure, f.Indicators[f.index[code]].Decimals, places)
			fits = fits && ok
			if rule.Kind == PartAtMostTotal && v.Set && whole.Set && fits && part > want {
				fs.about(f.Indicators[f.index[code]], Error, fmt.Sprintf("rule%d", n), "%s (%s) không thể lớn hơn %s (%s).",
					f.Indicators[f.index[code]].Name, decimal.FormatTrimmed(part, places), total.Name, decimal.FormatTrimmed(want, places))
			}
			sum, ok = decimal.Add(sum, part)
			fits = fits && ok
		}
		if rule.Kind == PartsEqualTotal && complete && fits && sum != want {
			fs.about(total, Error, fmt.Sprintf("rule%d", n), "%s là %s nhưng các phần cộng lại được %s; hãy sửa cho khớp.", total.Name,
				decimal.FormatTrimmed(want, places), decimal.FormatTrimmed(sum, places))
		}
	}
}

// hint tells the person who writes what is still empty.
func (c *claim) hint(f *Form, d Draft, last []Value) {
	for i, in := range f.Indicators {
		was := valueAt(last, i)
		if in.Aggregation == Ratio || !f.scope.Has(in.Sector) {
			continue
		}
		if !c.values[i].Set && was.Set && len(d.Values) > 0 { // an untouched sheet needs no telling that it is empty
			c.found.about(in, Hint, "empty", "%s để trống; kỳ trước là %s.", in.Name, decimal.FormatTrimmed(was.Figure, in.Decimals))
		}
		asked := slices.ContainsFunc(c.found, func(one Finding) bool { return one.Strength == Warning && one.Indicator == in.Code })
		if note := c.notes[noteOf(in.Code)]; note != "" && !asked {
			c.found.about(in, Hint, "said", "%s, cơ quan ghi chú: %s", in.Name, note)
		}
	}
	given := make(map[string]bool)
	for _, s := range d.Sections {
		given[s.Section] = given[s.Section] || s.written()
	}
	for _, s := range f.Sections {
		asked := slices.ContainsFunc(f.Sectors, func(sector Sector) bool { return f.Asks(s.Code, sector.Code) })
		if asked && !given[s.Code] {
			c.found = append(c.found, Finding{Key: "text:" + s.Code, Strength: Hint, Section: s.Code,
				Sentence: fmt.Sprintf("Phần “%s” chưa có nội dung.", f.SectionTitle(s.Code))})
		}
	}
}

// computeRatios fills the ratios of one body from its own two numbers.
func (f *Form) computeRatios(values []Value) {
	n := 0
	for i, in := range f.Indicators {
		if in.Aggregation != Ratio {
			continue
		}
		parts := f.ratios[n]
		n++
		a, b := values[f.typed[parts[0]]], values[f.typed[parts[1]]]
		if !a.Set || !b.Set {
			continue
		}
		v, ok := ratio(a.Figure, b.Figure, in, f.Indicators[f.typed[parts[0]]].Decimals, f.Indicators[f.typed[parts[1]]].Decimals)
		values[i] = Value{Set: ok, Figure: v, Estimate: ok && (a.Estimate || b.Estimate)}
	}
}

// all puts a body's typed figures, as packed, into the order of the form's indicators with the ratios computed.
func (f *Form) all(typed []Value) []Value {
	values := make([]Value, len(f.Indicators))
	for slot, i := range f.typed {
		if slot < len(typed) {
			values[i] = typed[slot]
		}
	}
	f.computeRatios(values)
	return values
}

// typedOf is all turned round: what is packed.
func (f *Form) typedOf(values []Value) []Value {
	typed := make([]Value, len(f.typed))
	for slot, i := range f.typed {
		typed[slot] = values[i]
	}
	return typed
}
