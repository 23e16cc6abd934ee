package consolidation

import (
	"encoding/json"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/report"
)

// Shape is the shape in which outside programs read a consolidation; its names are stable. Decimals are
// strings, bodies are codes.
type Shape struct {
	Regime     string            `json:"regime"`
	Period     calendar.Period   `json:"period"`
	Missing    []MissingJSON     `json:"missing"`
	Indicators []IndicatorJSON   `json:"indicators"`
	Sections   []SectionTextJSON `json:"sections"`
}

// MissingJSON is a body and the sub-periods it has no accepted report for.
type MissingJSON struct {
	Body    string            `json:"org"`
	Periods []calendar.Period `json:"periods"`
}

// IndicatorJSON is what one indicator adds up to.
type IndicatorJSON struct {
	Code        string   `json:"code"`
	Sector      string   `json:"sector"`
	Value       *string  `json:"value"`
	Previous    *string  `json:"previous"`
	LastYear    *string  `json:"last_year"`
	Target      *string  `json:"target"`
	Met         *bool    `json:"met"`
	Estimated   []string `json:"estimated" doc:"Cơ quan có số ước"`
	Lacking     int      `json:"lacking" doc:"Bao nhiêu cơ quan thiếu số này"`
	LackingAlso []string `json:"lacking_also" doc:"Cơ quan thiếu số này mà không có trong missing"`
	// Incomparable names the comparisons that a change of bodies forbids: previous, last_year.
	Incomparable []string `json:"incomparable" doc:"So sánh không dùng được vì cơ quan báo cáo đã sắp xếp lại: previous, last_year"`
}

func incomparable(previous, lastYear bool) []string {
	out := []string{}
	if previous {
		out = append(out, "previous")
	}
	if lastYear {
		out = append(out, "last_year")
	}
	return out
}

// SectionTextJSON is one heading for one sector.
type SectionTextJSON struct {
	Section    string          `json:"section"`
	Sector     string          `json:"sector"`
	Paragraphs []ParagraphJSON `json:"paragraphs"`
}

// ParagraphJSON is a paragraph and where it came from: the newest of its reports when there are several, nothing when
// the commission wrote it itself.
type ParagraphJSON struct {
	Text       string `json:"text"`
	Body       string `json:"org"`
	Submission db.ID  `json:"submission"`
	Version    int64  `json:"version"`
}

// Shape gives the consolidation as outside programs read it.
func (c Consolidation) Shape() Shape {
	out := Shape{Regime: c.RegimeCode, Period: c.Period, Missing: []MissingJSON{},
		Indicators: make([]IndicatorJSON, 0, len(c.Indicators)), Sections: []SectionTextJSON{}}
	for _, m := range c.Missing {
		out.Missing = append(out.Missing, MissingJSON(m))
	}
	for _, f := range c.Indicators {
		out.Indicators = append(out.Indicators, IndicatorJSON{Code: f.Code, Sector: f.Sector, Value: decimalText(f.Value, f.Decimals),
			Previous: decimalText(f.Previous, f.Decimals), LastYear: decimalText(f.LastYear, f.Decimals), Target: decimalText(f.Target, f.Decimals),
			Met: f.Met, Estimated: listed(f.Estimated), Lacking: f.Lacking, LackingAlso: listed(f.LackingAlso),
			Incomparable: incomparable(f.BrokePrev, f.BrokeYear)})
	}
	for _, g := range c.Groups {
		s := SectionTextJSON{Section: g.Section, Sector: g.Sector, Paragraphs: []ParagraphJSON{}}
		for _, p := range g.Kept() {
			one := ParagraphJSON{Text: p.Text}
			if n := len(p.Origins); n > 0 {
				o := p.Origins[n-1]
				one.Body, one.Submission, one.Version = o.Body, o.Submission, o.Version
			}
			s.Paragraphs = append(s.Paragraphs, one)
		}
		if len(s.Paragraphs) > 0 {
			out.Sections = append(out.Sections, s)
		}
	}
	return out
}

// JSON writes Shape as a file, the same bytes for the same consolidation.
func (c Consolidation) JSON() ([]byte, error) {
	text, err := json.MarshalIndent(c.Shape(), "", "  ")
	return append(text, '\n'), err
}

// Shape gives sums as outside programs read them: who is missing, and each indicator in the form's order. previous and
// lastYear are what Incomparable found.
func (f Figures) Shape(previous, lastYear map[string]Break) ([]MissingJSON, []IndicatorJSON) {
	codes := func(orgs []report.Body) []string {
		out := make([]string, len(orgs))
		for i, o := range orgs {
			out[i] = o.Code
		}
		return out
	}
	absent := make([]MissingJSON, 0, len(f.Missing))
	for _, m := range f.Missing {
		absent = append(absent, MissingJSON{m.Body.Code, m.Periods})
	}
	sums := make([]IndicatorJSON, 0, len(f.Figures))
	for _, one := range f.Figures {
		in := one.Indicator
		_, brokePrev := previous[in.Sector]
		_, brokeYear := lastYear[in.Sector]
		sums = append(sums, IndicatorJSON{Code: in.Code, Sector: in.Sector, Value: decimalText(one.Value, in.Decimals),
			Previous: decimalText(one.Previous, in.Decimals), LastYear: decimalText(one.LastYear, in.Decimals), Target: decimalText(in.Target, in.Decimals),
			Met: one.Met, Estimated: codes(one.Estimated), Lacking: one.Lacking, LackingAlso: codes(one.LackingAlso),
			Incomparable: incomparable(brokePrev, brokeYear)})
	}
	return absent, sums
}

func decimalText(v *int64, decimals int) *string {
	if v == nil {
		return nil
	}
	s := decimal.Format(*v, decimals)
	return &s
}

// listed is never null in JSON.
func listed(codes []string) []string {
	if codes == nil {
		return []string{}
	}
	return codes
}
