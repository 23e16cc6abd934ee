package conference

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/internal/decimal"
	"giaoban/report"
)

// fallLimit is the stated limit of the second rule, in per cent.
const fallLimit = 10

// Rule is one of the stated rules by which something is an exception: its words, how many items it was applied to
// (the denominator) and how many it found.
type Rule struct {
	Key   string `json:"key"`
	Words string `json:"words"`
	Of    int    `json:"of"`
	Found int    `json:"found"`
}

// The rules, in the order they are printed.
const (
	ruleTarget  = "target"
	ruleFall    = "fall"
	ruleLacking = "lacking"
	ruleMissing = "missing"
)

// Exception is an indicator that a rule found.
type Exception struct {
	Rule     string   `json:"rule"`
	Code     string   `json:"code"`
	Name     string   `json:"name"`
	Unit     string   `json:"unit"`
	Value    string   `json:"value"`
	Against  string   `json:"against"` // target, or the figure of the same period
	Words    string   `json:"words"`
	Bodies   []string `json:"bodies"`   // those without a figure
	Estimate bool     `json:"estimate"` // an estimate is among what was added up
}

// report brings the consolidated report and applies the rules to its figures, so that the exceptions are always those
// of the report that is shown.
func (c *composer) report() error {
	r, err := consolidation.For(c.tx, c.by, c.b.Regime, c.b.Period, report.Accepted)
	if absent(err) {
		c.pack.Source = "Chưa có báo cáo nào được nhận cho kỳ này."
		return nil
	}
	if err != nil {
		return err
	}
	switch {
	case r.SignedAt != 0:
		c.pack.Source = "Báo cáo tổng hợp đã ký lúc " + r.SignedAt.String()
	case r.ID != "":
		c.pack.Source = fmt.Sprintf("Dự thảo báo cáo tổng hợp của Ban, bản %d", r.Version)
	default:
		c.pack.Source = "Chương trình ghép từ các báo cáo đã nhận; Ban chưa soạn báo cáo tổng hợp"
	}
	c.pack.Consolidation = string(r.ID)
	c.pack.Report = sections(r)
	gone, err := c.gone()
	if err != nil {
		return err
	}
	c.pack.Rules, c.pack.Exceptions = judge(r, gone)
	return nil
}

// gone tells, for each indicator, which bodies gave a figure in the same period last year; silent are those of them
// that have an accepted report now without it. An agency fills only the indicators of its own field, so that "no
// figure" alone would blame every agency for every other field.
type gone struct{ before, silent map[string][]string }

func (c *composer) gone() (gone, error) {
	g := gone{before: map[string][]string{}, silent: map[string][]string{}}
	same, ok := c.b.Period.LastYear()
	if !ok {
		return g, nil
	}
	now, reported, err := c.supplied(c.b.Period)
	if err != nil {
		return g, err
	}
	then, _, err := c.supplied(same)
	if err != nil {
		return g, err
	}
	for code, bodies := range then {
		for body := range bodies {
			g.before[code] = append(g.before[code], body)
			if reported[body] && !now[code][body] {
				g.silent[code] = append(g.silent[code], body)
			}
		}
		slices.Sort(g.silent[code])
	}
	return g, nil
}

// supplied lists which bodies gave a figure for which indicator in the accepted reports of a period, and which bodies
// have such a report at all.
func (c *composer) supplied(period calendar.Period) (figures map[string]map[string]bool, reported map[string]bool, err error) {
	figures, reported = map[string]map[string]bool{}, map[string]bool{}
	regime, err := report.FindRegime(c.tx, c.by, c.b.Regime)
	if err != nil {
		return nil, nil, err
	}
	parts, err := period.Parts(regime.Kind)
	if err != nil {
		return figures, reported, nil
	}
	for _, part := range parts {
		all, err := report.Submissions(c.tx, c.by, c.b.Regime, part)
		if absent(err) {
			continue // that period was never opened
		}
		if err != nil {
			return nil, nil, err
		}
		for _, s := range all {
			if !s.Accepted || s.Form == nil {
				continue
			}
			reported[s.Body.Code] = true
			for i, v := range s.Values {
				if code := s.Form.Indicators[i].Code; v.Set {
					if figures[code] == nil {
						figures[code] = map[string]bool{}
					}
					figures[code][s.Body.Code] = true
				}
			}
		}
	}
	return figures, reported, nil
}

// sections are the headings of the report with their paragraphs, those that are empty left out.
func sections(r consolidation.Consolidation) []PackSection {
	sector := make(map[string]string, len(r.Sectors))
	for _, s := range r.Sectors {
		sector[s.Code] = s.Name
	}
	var out []PackSection
	for _, heading := range r.Outline {
		for _, g := range r.Groups {
			kept := g.Kept()
			if g.Section != heading.Code || len(kept) == 0 {
				continue
			}
			s := PackSection{Title: heading.Name}
			if name := sector[g.Sector]; name != "" {
				s.Title += " — " + name
			}
			for _, p := range kept {
				from := "Ban"
				if len(p.Origins) > 0 {
					from = r.Names[p.Origins[0].Body]
					if from == "" {
						from = p.Origins[0].Body
					}
				}
				s.Paragraphs = append(s.Paragraphs, PackParagraph{Words: p.Text, From: from})
			}
			out = append(out, s)
		}
	}
	return out
}

// judge applies the rules to figures. Every rule counts what it could be applied to, so that "2 of 14" is never read
// as "2 of 40"; an indicator without a figure is judged by the last two rules only.
func judge(r consolidation.Consolidation, gone gone) ([]Rule, []Exception) {
	target := Rule{Key: ruleTarget, Words: "Chưa đạt chỉ tiêu: kết quả kém hơn chỉ tiêu giao, theo chiều tốt của chỉ tiêu"}
	fall := Rule{Key: ruleFall, Words: fmt.Sprintf("Kém đi quá %d%% so với cùng kỳ năm trước, theo chiều tốt của chỉ tiêu", fallLimit)}
	lacking := Rule{Key: ruleLacking, Words: "Cùng kỳ cơ quan có số liệu, kỳ này đã báo cáo nhưng không có"}
	missing := Rule{Key: ruleMissing, Words: "Thiếu số liệu vì cơ quan chưa có báo cáo được nhận"}
	named := func(codes []string) (names []string) {
		for _, code := range codes {
			name := r.Names[code]
			if name == "" {
				name = code
			}
			names = append(names, name)
		}
		return names
	}
	if len(r.Missing) > 0 {
		var codes []string
		for _, m := range r.Missing {
			codes = append(codes, m.Body)
		}
		missing.Words += " (" + strings.Join(named(codes), "; ") + ")"
	}
	var found []Exception
	for _, f := range r.Indicators {
		in := f.Indicator
		one := Exception{Code: in.Code, Name: in.Name, Unit: in.Unit, Value: shown(f.Value, in.Decimals), Estimate: len(f.Estimated) > 0}
		if f.Met != nil && in.Target != nil && f.Value != nil {
			target.Of++
			if !*f.Met {
				target.Found++
				e := one
				e.Rule, e.Against = ruleTarget, shown(in.Target, in.Decimals)
				e.Words = fmt.Sprintf("đạt %s, chỉ tiêu %s %s", e.Value, e.Against, in.Unit)
				found = append(found, e)
			}
		}
		if f.Value != nil && f.LastYear != nil && *f.LastYear != 0 && in.Direction != report.NoDirection && in.Direction != "" {
			fall.Of++
			if change := changeOf(*f.Value, *f.LastYear); worse(change, in.Direction) {
				fall.Found++
				e := one
				e.Rule, e.Against = ruleFall, shown(f.LastYear, in.Decimals)
				word := "giảm"
				if change > 0 {
					word = "tăng"
				}
				e.Words = fmt.Sprintf("%s %s%% so với cùng kỳ (%s → %s %s)", word, decimal.FormatVietnamese(abs(change), 1), e.Against, e.Value, in.Unit)
				found = append(found, e)
			}
		}
		// What a body without any report lacks is told once, as a count: it would hide the rest of the list.
		if len(gone.before[in.Code]) > 0 {
			lacking.Of++
		}
		if silent := gone.silent[in.Code]; len(silent) > 0 {
			lacking.Found++
			e := one
			e.Rule, e.Bodies = ruleLacking, named(silent)
			e.Words = "cùng kỳ có số liệu, kỳ này không có"
			found = append(found, e)
		}
		missing.Of++ // told once, as a count: row by row it would hide the rest of the list
		if len(r.Missing) > 0 && f.Lacking > len(f.LackingAlso) {
			missing.Found++
		}
	}
	return []Rule{target, fall, lacking, missing}, found
}

func shown(v *int64, decimals int) string {
	if v == nil {
		return "chưa có"
	}
	return decimal.FormatVietnamese(*v, decimals)
}

// changeOf is the change against before in tenths of a per cent, exact and rounded half away from zero.
func changeOf(now, before int64) int64 {
	n := new(big.Int).Mul(new(big.Int).Sub(big.NewInt(now), big.NewInt(before)), big.NewInt(1000))
	d := new(big.Int).Abs(big.NewInt(before))
	negative := n.Sign() < 0
	n.Abs(n)
	n.Add(n.Mul(n, big.NewInt(2)), d).Quo(n, new(big.Int).Mul(d, big.NewInt(2)))
	if !n.IsInt64() {
		n.SetInt64(1 << 62)
	}
	if negative {
		return -n.Int64()
	}
	return n.Int64()
}

func worse(change int64, d report.Direction) bool {
	if d == report.Lower {
		return change > fallLimit*10
	}
	return change < -fallLimit*10
}

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}
