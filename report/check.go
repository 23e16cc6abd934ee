package report

import (
	"fmt"
	"slices"

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
}

// Check reads a draft as it was typed and tells everything there is to say. last are the body's figures of the period
// before, in the order of the form's indicators; nil when there are none.
func Check(f *Form, d Draft, last []Value) []Finding {
	_, findings := readDraft(f, d)
	return findings.compare(f, d, last)
}

type findings []Finding

func (fs *findings) about(in Indicator, s Strength, key, sentence string, args ...any) {
	*fs = append(*fs, Finding{Key: key + ":" + in.Code, Strength: s, Indicator: in.Code, Sentence: fmt.Sprintf(sentence, args...)})
}

// readDraft turns what was typed into figures, one for each indicator of the form with the ratios computed, and tells
// what is wrong without looking at other periods.
func readDraft(f *Form, d Draft) ([]Value, findings) {
	var found findings
	values := make([]Value, len(f.Indicators))
	for code := range d.Values {
		if _, ok := f.index[code]; !ok && d.Values[code] != "" {
			found = append(found, Finding{Key: "unknown:" + code, Strength: Error, Indicator: code,
				Sentence: fmt.Sprintf("Chỉ tiêu %s không có trong biểu mẫu này; hãy bỏ số đã nhập.", code)})
		}
	}
	slices.SortFunc(found, func(a, b Finding) int { return compareText(a.Key, b.Key) })
	for i, in := range f.Indicators {
		text := d.Values[in.Code]
		if !f.scope.Has(in.Sector) {
			if text != "" {
				found.about(in, Error, "scope", "%s thuộc lĩnh vực cơ quan này không báo cáo; hãy bỏ trống ô này.", in.Name)
			}
			continue
		}
		if in.Aggregation == Ratio {
			if text != "" {
				found.about(in, Error, "ratio", "%s được tính từ %s và %s, không nhập tay; hãy bỏ trống ô này.", in.Name, in.Numerator, in.Denominator)
			}
			continue
		}
		if text == "" {
			if in.Required {
				found.about(in, Error, "required", "Chưa có số liệu %s; nếu không phát sinh, hãy nhập 0.", in.Name)
			}
			continue
		}
		typed, err := decimal.ParseVietnamese(text, in.Decimals)
		if err != nil {
			found.about(in, Error, "number", "%s: %s", in.Name, err.Error())
			continue
		}
		values[i] = Value{Set: true, Figure: typed.Value, Estimate: typed.Estimate || d.Estimates[in.Code], Over: typed.Over}
		if typed.Note != "" {
			found.about(in, Hint, "reading", "%s: %s", in.Name, typed.Note)
		}
		found.fraction(in, values[i])
	}
	f.computeRatios(values)
	found.rules(f, values)
	return values, found
}

func compareText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func (fs *findings) fraction(in Indicator, v Value) {
	if v.Over == nil {
		return
	}
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

// compare adds what only shows beside the period before, and what the text lacks.
func (fs findings) compare(f *Form, d Draft, last []Value) []Finding {
	values, _ := readDraft(f, d)
	for i, in := range f.Indicators {
		if i >= len(last) || in.Aggregation == Ratio || !f.scope.Has(in.Sector) {
			continue
		}
		now, was := values[i], last[i]
		if !now.Set && was.Set && len(d.Values) > 0 { // an untouched sheet needs no telling that it is empty
			fs.about(in, Hint, "empty", "%s để trống; kỳ trước là %s.", in.Name, decimal.FormatTrimmed(was.Figure, in.Decimals))
		}
		if !now.Set || !was.Set {
			continue
		}
		if in.Fraction == ThisLast && now.Over != nil && *now.Over != was.Figure {
			fs.about(in, Warning, "last", "%s: số kỳ trước ghi trong ô (%s) khác số đã báo cáo (%s).", in.Name,
				decimal.FormatTrimmed(*now.Over, in.Decimals), decimal.FormatTrimmed(was.Figure, in.Decimals))
		}
		if in.Warn > 0 && changedMoreThan(was.Figure, now.Figure, in.Warn) {
			fs.about(in, Warning, "change", "%s thay đổi quá %d%% so với kỳ trước (%s → %s); hãy kiểm tra hoặc ghi lý do.", in.Name, in.Warn,
				decimal.FormatTrimmed(was.Figure, in.Decimals), decimal.FormatTrimmed(now.Figure, in.Decimals))
		}
	}
	given := make(map[string]bool)
	for _, s := range d.Sections {
		key := s.Section + "\x00" + s.Sector
		if !f.section[key] || !f.scope.Has(s.Sector) {
			fs = append(fs, Finding{Key: "section:" + s.Section + "/" + s.Sector, Strength: Error, Section: s.Section, Sector: s.Sector,
				Sentence: fmt.Sprintf("Đề cương không có phần “%s” cho lĩnh vực %s.", SectionName(s.Section), s.Sector)})
		}
		for _, p := range s.Paragraphs {
			if p != "" {
				given[s.Section] = true
			}
		}
	}
	for _, s := range f.Sections {
		asked := slices.ContainsFunc(f.Sectors, func(sector Sector) bool { return f.Asks(s.Code, sector.Code) })
		if asked && !given[s.Code] {
			fs = append(fs, Finding{Key: "text:" + s.Code, Strength: Hint, Section: s.Code,
				Sentence: fmt.Sprintf("Phần “%s” chưa có nội dung.", f.SectionTitle(s.Code))})
		}
	}
	return fs
}

// changedMoreThan compares in 128 bits, so that no bound and no figure is too large: |b−a| × 100 > |a| × percent.
func changedMoreThan(a, b int64, percent int) bool {
	if a == 0 {
		return b != 0
	}
	ratio, ok := decimal.MulDiv(b, 10000, a)
	if !ok {
		return true
	}
	change := ratio - 10000
	if change < 0 {
		change = -change
	}
	return change > int64(percent)*100
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
