package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/report"
)

// sourcesPage is where one figure comes from: body × sub-period, each leading to its report.
type sourcesPage struct {
	Head      consolidationHead
	Indicator report.Indicator
	Figure    consolidation.Figure
	Value     string
	Parts     []calendar.Period
	Rows      []sourceRow
	Chart     trendChart
	How       string
	MayAsk    bool
	Signed    string // what was signed, where it is another figure than today's
}

type sourceRow struct {
	Name  string
	Note  string // as it is now: whose reports these were, or why they stand apart
	Cells []sourceCell
}

type sourceCell struct {
	Text, URL string
	Version   int64
	Imported  bool   // the version came in a file
	Partly    bool   // something else of the version was asked for again
	Ask       string // where this figure is asked for again
	Estimate  bool
	Parts     []sourcePart // what was added, where whole bodies became one
}

// sourcePart is one body's share in a figure that was added.
type sourcePart struct{ Name, Text, URL string }

func (s *site) showSources(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := headOf(tx, by, r, "")
	if err != nil {
		return Reply{}, err
	}
	figures, err := consolidation.AddUp(tx, by, head.Regime.Code, head.Period, head.include())
	if err != nil {
		return Reply{}, err
	}
	code := r.PathValue("indicator")
	at := slices.IndexFunc(figures.Figures, func(f consolidation.Figure) bool { return f.Indicator.Code == code })
	if at < 0 {
		return Reply{}, fault.Missing("Kỳ này không có chỉ tiêu %s.", code)
	}
	figure := figures.Figures[at]
	data := sourcesPage{Head: head, Figure: figure, Indicator: figure.Indicator, Value: amountText(figure.Value, figure.Indicator.Decimals), Parts: figures.Parts,
		How: howAdded(figures.Form, figure.Indicator), MayAsk: by.Can(access.ReturnReport, head.Regime.Receiver)}
	if err := data.signed(tx, by); err != nil {
		return Reply{}, err
	}
	sources, err := consolidation.Sources(tx, by, head.Regime.Code, head.Period, code)
	if err != nil {
		return Reply{}, err
	}
	names, err := namesFor(tx, head)
	if err != nil {
		return Reply{}, err
	}
	missing := slices.DeleteFunc(figures.Missing, func(m consolidation.MissingBody) bool { return !m.Scope.Has(figure.Indicator.Sector) })
	if head.Switch.Now {
		err = data.layNow(tx, by, sources, missing, figure, figures.Form, names)
	} else {
		data.lay(sources, missing, figure.LackingAlso, names)
	}
	if err != nil {
		return Reply{}, err
	}
	if data.Chart, err = trendOf(tx, by, head, figure.Indicator); err != nil {
		return Reply{}, err
	}
	return Reply{Page: "consolidation/sources", Data: data}, nil
}

// signed tells what was signed where the reports of today add up to another figure.
func (p *sourcesPage) signed(tx *db.Tx, by access.Actor) error {
	c, err := consolidation.Find(tx, by, p.Head.Regime.Code, p.Head.Period)
	if fault.Is(err, fault.KindMissing) {
		return nil
	}
	if err != nil || c.SignedAt == 0 {
		return err
	}
	for _, f := range c.Indicators {
		if was := cmp.Or(amountText(f.Value, f.Decimals), "chưa có số"); f.Code == p.Indicator.Code && was != cmp.Or(p.Value, "chưa có số") {
			p.Signed = was
		}
	}
	return nil
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

// layNow lays the sources out by who answers today for the indicator's sector.
func (p *sourcesPage) layNow(tx *db.Tx, by access.Actor, sources []consolidation.Source, missing []consolidation.MissingBody, figure consolidation.Figure,
	form *report.Form, names map[db.ID]org.Body) error {
	d, err := org.DescentTo(tx, by, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return err
	}
	then, err := org.Names(tx, p.Head.Period.Last())
	if err != nil {
		return err
	}
	sector := report.Sector{Code: p.Indicator.Sector}
	if form != nil {
		sector.Name = form.SectorName(sector.Code)
	}
	shown := make(map[db.ID]bool)
	for _, l := range consolidation.LinesAsNow(sources, p.Parts, p.Indicator, sector, d, func(id db.ID) string { return names[id].Code }) {
		row := sourceRow{Name: nameOrCode(names, l.Body), Note: lineNote(l, then), Cells: make([]sourceCell, len(p.Parts))}
		shown[l.Body.ID] = true
		for i, c := range l.Cells {
			if len(c.Sources) > 0 {
				row.Cells[i] = p.cell(c.Value, c.Sources[0])
			}
			if len(c.Sources) > 1 {
				row.Cells[i].URL = ""
				for _, s := range c.Sources {
					one := p.cell(s.Value, s)
					row.Cells[i].Parts = append(row.Cells[i].Parts, sourcePart{then[s.Body.ID].ShortName, one.Text, one.URL})
				}
			}
		}
		p.Rows = append(p.Rows, row)
	}
	lacking := figure.LackingAlso
	for _, m := range missing {
		lacking = append(lacking, m.Body)
	}
	if err := renameHeirs(tx, by, names, lacking, []report.Sector{sector}); err != nil {
		return err
	}
	for _, o := range lacking {
		if !shown[o.ID] {
			shown[o.ID] = true
			p.Rows = append(p.Rows, sourceRow{Name: nameOrCode(names, o), Cells: make([]sourceCell, len(p.Parts))})
		}
	}
	return nil
}

func nameOrCode(names map[db.ID]org.Body, o report.Body) string {
	if name := names[o.ID].Name; name != "" {
		return name
	}
	return o.Code
}

// lineNote says whose reports a row holds, or why it stands apart.
func lineNote(l consolidation.Line, then map[db.ID]org.Body) string {
	if l.Apart != "" {
		return l.Apart
	}
	var was []string
	for _, o := range l.Was {
		was = append(was, then[o.ID].ShortName)
	}
	return formerly(strings.Join(was, ", "))
}

func (p *sourcesPage) cell(v report.Value, s consolidation.Source) sourceCell {
	text := v.Text(p.Indicator.Decimals)
	switch {
	case s.Asked:
		text = "chờ bổ sung"
	case text == "":
		text = "để trống"
	}
	ask := ""
	if p.MayAsk && !s.Asked {
		ask = askAddress(s.Submission, "so."+p.Indicator.Code)
	}
	return sourceCell{Text: text, Partly: s.Partly && !s.Asked, Ask: ask, Version: s.Version, Imported: s.Way == report.WayImport, Estimate: v.Estimate,
		URL: address("submission", s.Submission) + "#" + anchor("value."+p.Indicator.Code)}
}

func (p *sourcesPage) lay(sources []consolidation.Source, missing []consolidation.MissingBody, also []report.Body, names map[db.ID]org.Body) {
	column := make(map[calendar.Period]int, len(p.Parts))
	for i, part := range p.Parts {
		column[part] = i
	}
	row := make(map[db.ID]int)
	at := func(o report.Body) *sourceRow {
		i, ok := row[o.ID]
		if !ok {
			i = len(p.Rows)
			row[o.ID] = i
			p.Rows = append(p.Rows, sourceRow{Name: nameOrCode(names, o), Cells: make([]sourceCell, len(p.Parts))})
		}
		return &p.Rows[i]
	}
	for _, source := range sources {
		at(source.Body).Cells[column[source.Period]] = p.cell(source.Value, source)
	}
	for _, m := range missing {
		at(m.Body)
	}
	for _, o := range also {
		at(o)
	}
}
