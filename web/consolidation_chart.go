package web

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/official"
	"giaoban/report"
)

// trendChart is the course of one indicator over periods of one kind: a line, its points, the target, and the same as
// a table. Places are in the units of a 640 × 240 picture.
type trendChart struct {
	Title  string
	Said   string // what a reader who does not see the line is told
	Line   string
	Points []trendPoint
	Grid   []gridLine
	Target *gridLine
	Breaks []chartBreak
}

// chartBreak is where totals stop being comparable.
type chartBreak struct{ X, Day, Sentence string }

type trendPoint struct {
	Period calendar.Period
	Short  string
	Text   string
	X, Y   string
	Empty  bool
	Label  string // Short, or nothing where there is no room for every period
}

type gridLine struct{ Y, Text string }

func trendOf(tx *db.Tx, by access.Actor, head consolidationHead, in report.Indicator) (trendChart, error) {
	chart := trendChart{Title: in.Name + " (" + in.Unit + ")"}
	t, err := consolidation.CourseOf(tx, by, head.Regime.Code, head.Period, head.include(), in)
	if err != nil {
		return chart, err
	}
	var periods []calendar.Period
	var values []*int64
	for _, p := range t.Points {
		periods, values = append(periods, p.Period), append(values, p.Value)
	}
	chart.draw(periods, values, in, t.Goal, t.Breaks)
	return chart, nil
}

// The picture's own measures: room on the left for figures, below for the periods.
const (
	chartLeft, chartRight, chartTop, chartBottom = 84.0, 620.0, 16.0, 196.0
)

// draw lays the points out. The line ends at every break, which stands between two points.
func (c *trendChart) draw(periods []calendar.Period, values []*int64, in report.Indicator, goal *int64, breaks []consolidation.Break) {
	low, high := math.Inf(1), math.Inf(-1)
	take := func(v *int64) {
		if v != nil {
			low, high = min(low, float64(*v)), max(high, float64(*v))
		}
	}
	for _, v := range values {
		take(v)
	}
	take(goal)
	if math.IsInf(low, 1) {
		return
	}
	low, high, step := official.ChartScale(low, high)
	y := func(v float64) string {
		return fmt.Sprintf("%.1f", chartBottom-(v-low)/(high-low)*(chartBottom-chartTop))
	}
	for at := low; at <= high+step/2; at += step {
		c.Grid = append(c.Grid, gridLine{y(at), decimal.FormatTrimmed(int64(math.Round(at)), in.Decimals)})
	}
	if goal != nil {
		c.Target = &gridLine{y(float64(*goal)), decimal.FormatTrimmed(*goal, in.Decimals)}
	}
	var line strings.Builder
	pen := "M"
	place := func(i float64) float64 {
		if len(values) < 2 {
			return (chartLeft + chartRight) / 2
		}
		return chartLeft + 24 + (chartRight-chartLeft-48)*i/float64(len(values)-1)
	}
	for _, b := range breaks {
		c.Breaks = append(c.Breaks, chartBreak{fmt.Sprintf("%.1f", place(float64(b.At)-0.5)), b.Day.Vietnamese(), b.Sentence})
	}
	for i, v := range values {
		x := place(float64(i))
		if slices.ContainsFunc(breaks, func(b consolidation.Break) bool { return b.At == i }) {
			pen = "M"
		}
		point := trendPoint{Period: periods[i], Short: periods[i].Short(), Text: amountText(v, in.Decimals), X: fmt.Sprintf("%.1f", x), Empty: v == nil}
		if len(values) <= mostLabels || (len(values)-1-i)%2 == 0 {
			point.Label = point.Short
		}
		if v == nil {
			pen = "M" // a gap stays a gap
		} else {
			point.Y = y(float64(*v))
			fmt.Fprintf(&line, "%s%s %s", pen, point.X, point.Y)
			pen = "L"
		}
		c.Points = append(c.Points, point)
	}
	c.Line = line.String()
	c.Said = said(c.Points)
}

// mostLabels fit below the line; of more every other one is written.
const mostLabels = 13

func said(points []trendPoint) string {
	var parts []string
	for _, p := range points {
		text := p.Text
		if p.Empty {
			text = "chưa có"
		}
		parts = append(parts, p.Short+": "+text)
	}
	return strings.Join(parts, "; ")
}
