package report

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/internal/decimal"
	"giaoban/internal/fault"
)

// Before is what a body reported earlier, each in the order of the form's indicators: for the period before and for the
// same period of the year before; nil where there is nothing.
type Before struct{ Last, Year []Value }

// claim is a report as one of the doors has read it — the sheet, nhập thay, the API or a file. The doors differ in how a
// figure is spelled; whether it may stand is asked of judge alone.
type claim struct {
	values   []Value // in the order of the form's indicators; the ratios are computed by judge
	sections []SectionText
	notes    map[string]string // reasons, by Finding.Key or by noteOf
	nothing  bool              // không phát sinh
	found    findings
}

// place finds the indicator that a door has a figure for; ok is false when it takes none, which is then told.
func (c *claim) place(f *Form, code string) (at int, ok bool) {
	at, ok = f.index[code]
	switch {
	case !ok:
		c.found = append(c.found, Finding{Key: "unknown:" + code, Strength: Error, Indicator: code, Sentence: noIndicator(code)})
		return 0, false
	case f.Indicators[at].Aggregation == Ratio:
		c.found.about(f.Indicators[at], Error, "ratio", "%s", computed(f.Indicators[at]))
		return 0, false
	}
	return at, true
}

func noIndicator(code string) string {
	return fmt.Sprintf("Chỉ tiêu %s không có trong biểu mẫu này; hãy bỏ số đã nhập.", code)
}

func computed(in Indicator) string {
	return fmt.Sprintf("%s (%s) được tính từ %s và %s, không nhận số nhập; hãy bỏ số này.", in.Name, in.Code, in.Numerator, in.Denominator)
}

// judge is the one guard of figures. A report is in order when it finds no Error and every Warning has its reason; it
// computes the ratios on the way.
func (c *claim) judge(f *Form, before Before) {
	for i := range f.Indicators {
		in, v := &f.Indicators[i], &c.values[i]
		switch {
		case in.Aggregation == Ratio: // shares looks at them
		case v.Set && !f.scope.Has(in.Sector):
			c.found.about(*in, Error, "scope", "%s thuộc lĩnh vực cơ quan này không báo cáo; hãy bỏ trống ô này.", in.Name)
			*v = Value{}
		case v.Set:
			c.found.bounds(in, *v)
			if v.Over != nil {
				c.found.fraction(*in, *v)
			}
		case in.Required && !c.nothing && f.scope.Has(in.Sector) && !c.found.wrong(in.Code):
			c.found.about(*in, Error, "required", "Chưa có số liệu %s; nếu không phát sinh, hãy nhập 0.", in.Name)
		}
	}
	f.computeRatios(c.values)
	c.found.rules(f, c.values)
	c.found.shares(f, c.values)
	c.text(f)
	c.content()
	c.compare(f, before)
}

// wrong reports whether an Error about an indicator was found.
func (fs findings) wrong(code string) bool {
	return slices.ContainsFunc(fs, func(one Finding) bool { return one.Strength == Error && one.Indicator == code })
}

// text holds the paragraphs against the outline.
func (c *claim) text(f *Form) {
	for _, s := range c.sections {
		if !f.Asks(s.Section, s.Sector) {
			c.found = append(c.found, Finding{Key: "section:" + s.Section + "/" + s.Sector, Strength: Error, Section: s.Section, Sector: s.Sector,
				Sentence: fmt.Sprintf("Đề cương không có phần “%s” (%s) cho lĩnh vực %s.", SectionName(s.Section), s.Section, s.Sector)})
		}
	}
}

// content refuses a report that says nothing: that nothing happened is said in words, by a report of its own kind.
func (c *claim) content() {
	empty := !slices.ContainsFunc(c.values, func(v Value) bool { return v.Set }) && !slices.ContainsFunc(c.sections, SectionText.written)
	switch {
	case c.nothing && !empty:
		c.found = append(c.found, Finding{Key: "nil", Strength: Error,
			Sentence: "Báo cáo không phát sinh thì không kèm số liệu, nội dung; hãy bỏ một trong hai."})
	case !c.nothing && empty && !slices.ContainsFunc(c.found, func(one Finding) bool { return one.Strength == Error }):
		c.found = append(c.found, Finding{Key: "nil", Strength: Error, Sentence: emptyReport})
	}
}

const emptyReport = "Báo cáo chưa có số liệu, chưa có lời văn nào nên chưa gửi được. Nếu trong kỳ không phát sinh, hãy gửi báo cáo Không phát sinh."

func (s SectionText) written() bool {
	return slices.ContainsFunc(s.Paragraphs, func(p string) bool { return p != "" })
}

// compare asks about what only shows beside the figures of other periods.
func (c *claim) compare(f *Form, before Before) {
	if before.Last == nil && before.Year == nil {
		return
	}
	for i := range f.Indicators {
		in := &f.Indicators[i]
		if in.Aggregation == Ratio || !f.scope.Has(in.Sector) {
			continue
		}
		c.far(f, i, before)
		if now, was := c.values[i], valueAt(before.Last, i); now.Set && was.Set && in.Fraction == ThisLast && now.Over != nil && *now.Over != was.Figure {
			c.found.about(*in, Warning, "last", "%s: số kỳ trước ghi trong ô (%s) khác số đã báo cáo (%s).", in.Name,
				decimal.FormatTrimmed(*now.Over, in.Decimals), decimal.FormatTrimmed(was.Figure, in.Decimals))
		}
	}
}

func valueAt(values []Value, i int) Value {
	if i < len(values) {
		return values[i]
	}
	return Value{}
}

// noteOf is the key of a reason that is given for an indicator, whatever is asked about it.
func noteOf(code string) string { return "note:" + code }

// Reason gives what was said to a finding; "" for nothing.
func (one Finding) Reason(notes map[string]string) string {
	if note := strings.TrimSpace(notes[one.Key]); note != "" || one.Indicator == "" {
		return note
	}
	return strings.TrimSpace(notes[noteOf(one.Indicator)])
}

// Field is the finding's place in a form: "value.CODE", "sections.SECTION.SECTOR", or "nil".
func (one Finding) Field() string {
	switch {
	case one.Indicator != "":
		return "value." + one.Indicator
	case one.Section != "":
		return "sections." + one.Section + "." + one.Sector
	}
	return one.Key
}

// problems are what keeps a report from being taken: every Error, and every Warning without a reason under the name that
// the door gives the place for it.
func (c *claim) problems(reason func(Finding) string) fault.List {
	var wrong fault.List
	for _, one := range c.found {
		switch {
		case one.Strength == Error:
			wrong.Add(one.Field(), "%s", one.Sentence)
		case one.Strength == Warning && one.Reason(c.notes) == "":
			wrong.Add(reason(one), "%s", one.Sentence)
		}
	}
	return wrong
}
