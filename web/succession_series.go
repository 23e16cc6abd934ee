package web

import (
	"net/http"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/report"
	"giaoban/succession"
)

// seriesPage is the course of one indicator over the periods: the total as a line, each body as a row, a break where a
// change of bodies made totals incomparable.
type seriesPage struct {
	Series    consolidation.Series
	Switch    readingSwitch
	N         int
	Choices   []int
	Chart     trendChart
	Periods   []seriesPeriod
	Rows      []seriesRow
	Total     []string
	Stretches []stretchLine
}

type seriesPeriod struct {
	Period calendar.Period
	Short  string
	After  string // the day of the break before it; "" for none
}

type seriesRow struct {
	Name, Note string
	Apart      bool
	Cells      []sourceCell
}

// stretchLine is what comparable periods add up to.
type stretchLine struct {
	From, To calendar.Period
	N        int // periods opened
	Text     string
}

func (s *site) showSeries(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ReadConsolidation, by.Body); err != nil {
		return Reply{}, err
	}
	p := seriesPage{N: 12, Choices: []int{12, 24, 36}}
	if n := int(wholeNumber(r.FormValue("n"))); slices.Contains(p.Choices, n) {
		p.N = n
	}
	var err error
	if p.Switch, err = readingOf(tx, r); err != nil {
		return Reply{}, err
	}
	if p.Series, err = consolidation.SeriesOf(tx, by, r.PathValue("regime"), r.PathValue("indicator"), p.N, p.Switch.Reading()); err != nil {
		return Reply{}, err
	}
	called, err := succession.AllNames(tx)
	if err != nil {
		return Reply{}, err
	}
	p.lay(called, calendar.OfInstant(tx.Clock()))
	return Reply{Page: "succession/series", Data: &p}, nil
}

func (p *seriesPage) lay(called *succession.Names, today calendar.Date) {
	in := p.Series.Indicator
	var periods []calendar.Period
	var values []*int64
	for i, point := range p.Series.Points {
		periods, values = append(periods, point.Period), append(values, point.Value)
		column := seriesPeriod{Period: point.Period, Short: point.Period.Short()}
		for _, b := range p.Series.Breaks {
			if b.At == i {
				column.After = b.Day.Vietnamese()
			}
		}
		p.Periods = append(p.Periods, column)
		p.Total = append(p.Total, amountText(point.Value, in.Decimals))
	}
	p.Chart.Title = in.Name + " (" + in.Unit + ")"
	p.Chart.draw(periods, values, in, p.Series.Goal(), p.Series.Breaks)
	cells := sourcesPage{Indicator: in}
	for _, l := range p.Series.Lines {
		row := seriesRow{Cells: make([]sourceCell, len(periods)), Apart: l.Apart != "", Note: l.Apart}
		last := 0
		for i, c := range l.Cells {
			if len(c.Sources) == 0 {
				continue
			}
			last = i
			row.Cells[i] = cells.cell(c.Value, c.Sources[0])
			if len(c.Sources) > 1 {
				row.Cells[i].URL = ""
				for _, s := range c.Sources {
					one := cells.cell(s.Value, s)
					row.Cells[i].Parts = append(row.Cells[i].Parts, sourcePart{called.On(s.Body.ID, s.Period.Last()).ShortName, one.Text, one.URL})
				}
			}
		}
		day := today
		if !p.Switch.Now || row.Apart {
			day = p.Series.Points[last].To // as it was called in the last period it reported
		}
		row.Name = called.On(l.Body.ID, day).ShortName
		for _, o := range l.Was {
			if row.Note != "" {
				row.Note += ", "
			}
			row.Note += called.On(o.ID, p.Series.Points[0].To).ShortName
		}
		if len(l.Was) > 0 {
			row.Note = formerly(row.Note)
		}
		p.Rows = append(p.Rows, row)
	}
	for _, s := range p.Series.Stretches {
		if s.Value != nil {
			p.Stretches = append(p.Stretches, stretchLine{p.Series.Points[s.From].Period, p.Series.Points[s.To].Period, s.To - s.From + 1, amountText(s.Value, in.Decimals)})
		}
	}
}

// How says how figures of a stretch are put together.
func (p *seriesPage) How() string {
	switch p.Series.Indicator.Aggregation {
	case report.Sum:
		return "Cộng các kỳ trong đoạn"
	case report.Last:
		return "Số của kỳ cuối trong đoạn"
	case report.Average:
		return "Bình quân trong đoạn"
	}
	return "Tổng tử số chia tổng mẫu số trong đoạn"
}
