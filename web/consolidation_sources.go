package web

import (
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/report"
)

// sourcesPage is where one figure comes from: body × sub-period, each leading to its report.
type sourcesPage struct {
	Head      consolidationHead
	Indicator report.Indicator
	Figure    report.Figure
	Value     string
	Parts     []calendar.Period
	Rows      []sourceRow
	Chart     trendChart
	How       string
}

type sourceRow struct {
	Name  string
	Cells []sourceCell
}

type sourceCell struct {
	Text, URL string
	Version   int64
	Estimate  bool
}

func (s *site) showSources(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := headOf(tx, by, r, "")
	if err != nil {
		return Reply{}, err
	}
	figures, err := report.AddUp(tx, by, head.Regime.Code, head.Period, head.include())
	if err != nil {
		return Reply{}, err
	}
	code := r.PathValue("indicator")
	at := slices.IndexFunc(figures.Figures, func(f report.Figure) bool { return f.Indicator.Code == code })
	if at < 0 {
		return Reply{}, fault.Missing("Kỳ này không có chỉ tiêu %s.", code)
	}
	figure := figures.Figures[at]
	data := sourcesPage{Head: head, Figure: figure, Indicator: figure.Indicator, Value: amountText(figure.Value, figure.Indicator.Decimals), Parts: figures.Parts,
		How: howAdded(figures.Form, figure.Indicator)}
	sources, err := report.Sources(tx, by, head.Regime.Code, head.Period, code)
	if err != nil {
		return Reply{}, err
	}
	names, err := org.Names(tx, head.Period.Last())
	if err != nil {
		return Reply{}, err
	}
	missing := slices.DeleteFunc(figures.Missing, func(m report.MissingBody) bool { return !m.Scope.Has(figure.Indicator.Sector) })
	data.lay(sources, missing, figure.LackingAlso, names)
	if data.Chart, err = trendOf(tx, by, head, figure.Indicator); err != nil {
		return Reply{}, err
	}
	return Reply{Page: "consolidation/sources", Data: data}, nil
}

// howAdded says in a sentence how the figure was computed.
func howAdded(f *report.Form, in report.Indicator) string {
	switch in.Aggregation {
	case report.Sum:
		return "Cộng các cơ quan và các kỳ con."
	case report.Last:
		return "Cộng các cơ quan ở kỳ con cuối cùng; cơ quan chưa có số kỳ đó là thiếu, không lấy số cũ thay."
	case report.Average:
		return "Bình quân các số có báo cáo của mọi cơ quan, mọi kỳ con."
	}
	if f == nil {
		return "Tổng tử số chia tổng mẫu số."
	}
	return "Tổng tử số chia tổng mẫu số: " + strings.TrimPrefix(howTyped(f, in), "Tự tính: ") + "; làm tròn một lần ở cuối."
}

func (p *sourcesPage) lay(sources []report.Source, missing []report.MissingBody, also []report.Org, names map[db.ID]org.Body) {
	column := make(map[calendar.Period]int, len(p.Parts))
	for i, part := range p.Parts {
		column[part] = i
	}
	row := make(map[db.ID]int)
	at := func(o report.Org) *sourceRow {
		i, ok := row[o.ID]
		if !ok {
			i = len(p.Rows)
			row[o.ID] = i
			name := names[o.ID].Name
			if name == "" {
				name = o.Code
			}
			p.Rows = append(p.Rows, sourceRow{Name: name, Cells: make([]sourceCell, len(p.Parts))})
		}
		return &p.Rows[i]
	}
	for _, source := range sources {
		text := figureText(source.Value, p.Indicator.Decimals)
		if text == "" {
			text = "để trống"
		}
		at(source.Org).Cells[column[source.Period]] = sourceCell{Text: text, Version: source.Version, Estimate: source.Value.Estimate,
			URL: report.SubmissionURL(source.Submission) + "#" + anchor("value."+p.Indicator.Code)}
	}
	for _, m := range missing {
		at(m.Org)
	}
	for _, o := range also {
		at(o)
	}
}
