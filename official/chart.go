package official

import (
	"math"
	"slices"
	"strings"
)

// Chart (biểu đồ) is the course of one figure over periods: a line, which a gap or a break interrupts, with its target. It is
// drawn from lines and letters, never from dots, in Word, PDF and HTML alike; what cannot be compared or is not whole is marked.
type Chart struct {
	Title  string
	Said   string // what a reader who does not see it is told
	Points []ChartPoint
	Target *ChartLevel // nil: none
	Breaks []ChartBreak
	Format func(v float64) string // writes the figures of the scale
}

// ChartPoint is the figure of one period. A Doubtful one (an estimate, or without all bodies) is drawn hollow.
type ChartPoint struct {
	Label    string
	Value    float64
	Missing  bool
	Doubtful bool
}

// ChartLevel is a height with its words.
type ChartLevel struct {
	Value float64
	Text  string
}

// ChartBreak stands before the point At: figures on its two sides cannot be compared.
type ChartBreak struct {
	At   int
	Text string
}

func (Chart) block() {}

// drawing is a chart in lines, dots and words, in pt from its upper left corner.
type drawing struct {
	Said       string
	Wide, High float64
	Strokes    []drawnLine
	Dots       []drawnDot
	Words      []drawnWord
}

type drawnLine struct {
	X1, Y1, X2, Y2, Thick float64
	Grey                  bool
}

type drawnDot struct {
	X, Y, Radius float64
	Hollow       bool
}

// drawnWord is a text in upright letters with its left end at x and standing on y.
type drawnWord struct {
	X, Y, Size float64
	Text       string
}

// The measures of a chart in pt: room on the left for the figures of the scale, below for the periods and the breaks.
const (
	chartHigh, chartLeft, chartTop, chartFoot = 190.0, 62.0, 14.0, 40.0
	chartLetters, chartDot                    = 10.0, 3.0
)

// draw lays a chart out in a width.
func (c Chart) draw(wide float64) *drawing {
	d := &drawing{Said: clean(c.Said), Wide: wide, High: chartHigh}
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range c.Points {
		if !p.Missing {
			low, high = min(low, p.Value), max(high, p.Value)
		}
	}
	if math.IsInf(low, 1) {
		return d
	}
	if c.Target != nil {
		low, high = min(low, c.Target.Value), max(high, c.Target.Value)
	}
	low, high, step := ChartScale(low, high)
	foot := chartHigh - chartFoot
	y := func(v float64) float64 { return foot - (v-low)/(high-low)*(foot-chartTop) }
	for at := low; at <= high+step/2; at += step {
		d.line(chartLeft, y(at), wide, y(at), 0.4, true)
		if c.Format != nil {
			d.word(chartLeft-6, y(at)+3, 1, c.Format(at))
		}
	}
	d.line(chartLeft, chartTop, chartLeft, foot, 0.8, false)
	d.line(chartLeft, foot, wide, foot, 0.8, false)
	apart := (wide - chartLeft) / float64(len(c.Points))
	x := func(i float64) float64 { return chartLeft + apart*(i+0.5) }
	if c.Target != nil {
		d.dashed(chartLeft, y(c.Target.Value), wide, y(c.Target.Value), 6)
		d.word(wide, y(c.Target.Value)-3, 1, c.Target.Text)
	}
	for _, b := range c.Breaks {
		at := x(float64(b.At) - 0.5)
		d.dashed(at, chartTop-8, at, foot, 2)
		d.word(at, foot+30, 0.5, b.Text)
	}
	every := 1 + int(textWidth(strings.Repeat("0", 7), chartLetters, false)/apart) // of labels that would run into each other
	for i, p := range c.Points {
		at := x(float64(i))
		if (len(c.Points)-1-i)%every == 0 {
			d.word(at, foot+15, 0.5, p.Label)
		}
		if p.Missing {
			continue
		}
		broken := slices.ContainsFunc(c.Breaks, func(b ChartBreak) bool { return b.At == i })
		if i > 0 && !c.Points[i-1].Missing && !broken {
			d.line(x(float64(i-1)), y(c.Points[i-1].Value), at, y(p.Value), 1.6, false)
		}
		d.Dots = append(d.Dots, drawnDot{at, y(p.Value), chartDot, p.Doubtful})
	}
	return d
}

func (d *drawing) line(x1, y1, x2, y2, thick float64, grey bool) {
	d.Strokes = append(d.Strokes, drawnLine{x1, y1, x2, y2, thick, grey})
}

// dashed draws a level or an upright line in pieces as long as the gaps between them.
func (d *drawing) dashed(x1, y1, x2, y2, piece float64) {
	long := x2 - x1 + y2 - y1
	for at := 0.0; at < long; at += 2 * piece {
		from, to := at/long, min(at+piece, long)/long
		d.line(x1+from*(x2-x1), y1+from*(y2-y1), x1+to*(x2-x1), y1+to*(y2-y1), 1, false)
	}
}

// word places a text so that a share of its width stands left of x.
func (d *drawing) word(x, y, left float64, text string) {
	text = clean(text)
	wide := textWidth(text, chartLetters, false)
	d.Words = append(d.Words, drawnWord{max(0, min(x-left*wide, d.Wide-wide)), y, chartLetters, text})
}

// ChartScale widens a range to steps of 1, 2 or 5 times a power of ten, about four of them; figures that are never negative
// keep an axis that is not either.
func ChartScale(low, high float64) (from, to, step float64) {
	positive := low >= 0
	if high == low {
		low, high = low-math.Max(1, math.Abs(low)/10), high+math.Max(1, math.Abs(high)/10)
	}
	rough := (high - low) / 4
	power := math.Pow(10, math.Floor(math.Log10(rough)))
	step = power * 10
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

// chart gives the nodes of a chart: its title and the drawing, which stay together.
func (s *sheet) chart(c Chart) []node {
	title := s.para(PartTableTitle, c.Title)
	title.keep = true
	d := c.draw(points(s.p.textWidth(s.turned)))
	s.drawings = append(s.drawings, d)
	return []node{{para: &title}, {drawing: d, drawn: len(s.drawings)}}
}
