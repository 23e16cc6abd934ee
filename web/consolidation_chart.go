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
	"giaoban/internal/fault"
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

// trendPeriods is how far back the line goes; periods without a predecessor compare years.
const trendPeriods = 8

func trendOf(tx *db.Tx, by access.Actor, head consolidationHead, in report.Indicator) (trendChart, error) {
	chart := trendChart{Title: in.Name + " (" + in.Unit + ")"}
	periods := []calendar.Period{head.Period}
	for len(periods) < trendPeriods {
		before, ok := periods[len(periods)-1].Previous()
		if !ok {
			if before, ok = periods[len(periods)-1].LastYear(); !ok {
				break
			}
		}
		periods = append(periods, before)
	}
	slices.Reverse(periods)
	var values []*int64
	for _, p := range periods {
		figures, err := consolidation.AddUp(tx, by, head.Regime.Code, p, head.include())
		if fault.Of(err) != nil {
			values = append(values, nil) // the regime had no form then
			continue
		}
		if err != nil {
			return chart, err
		}
		var v *int64
		for _, f := range figures.Figures {
			if f.Indicator.Code == in.Code {
				v = f.Value
			}
		}
		values = append(values, v)
	}
	for len(values) > 1 && values[0] == nil {
		values, periods = values[1:], periods[1:]
	}
	breaks, err := consolidation.BreaksAmong(tx, by, head.Regime.Code, periods, in.Sector)
	if err != nil {
		return chart, err
	}
	chart.draw(periods, values, in, breaks)
	return chart, nil
}

// The picture's own measures: room on the left for figures, below for the periods.
const (
	chartLeft, chartRight, chartTop, chartBottom = 84.0, 620.0, 16.0, 196.0
)

// draw lays the points out. The line ends at every break, which stands between two points.
func (c *trendChart) draw(periods []calendar.Period, values []*int64, in report.Indicator, breaks []consolidation.Break) {
	low, high := math.Inf(1), math.Inf(-1)
	take := func(v *int64) {
		if v != nil {
			low, high = min(low, float64(*v)), max(high, float64(*v))
		}
	}
	for _, v := range values {
		take(v)
	}
	// The goal of a year says nothing about the sum of a month or a quarter.
	goal := in.Target
	if in.Aggregation == report.Sum && len(periods) > 0 && periods[0].Kind() != calendar.Year {
		goal = nil
	}
	take(goal)
	if math.IsInf(low, 1) {
		return
	}
	low, high, step := roundScale(low, high)
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
		point := trendPoint{Period: periods[i], Short: shortPeriod(periods[i]), Text: amountText(v, in.Decimals), X: fmt.Sprintf("%.1f", x), Empty: v == nil}
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

// roundScale widens a range to steps of 1, 2 or 5 times a power of ten, about four of them; figures that are never
// negative keep an axis that is not either.
func roundScale(low, high float64) (float64, float64, float64) {
	positive := low >= 0
	if high == low {
		low, high = low-math.Max(1, math.Abs(low)/10), high+math.Max(1, math.Abs(high)/10)
	}
	rough := (high - low) / 4
	power := math.Pow(10, math.Floor(math.Log10(rough)))
	step := power * 10
	for _, m := range []float64{1, 2, 5} {
		if rough <= m*power {
			step = m * power
			break
		}
	}
	step = math.Max(1, step)
	low, high = math.Floor(low/step)*step, math.Ceil(high/step)*step
	if positive {
		low = math.Max(0, low)
	}
	return low, high, step
}
