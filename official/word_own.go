package official

import (
	"math"
	"strings"
)

// LayoutOn gives the layout with the values that an office chose for itself, as it stands on the day of a paper; parts of
// the day that the paper does not say are 0.
type LayoutOn func(day Day) (Profile, error)

// judge holds a file against a layout, and against the office's own values where they are asked for.
func (w *wordFile) judge(p Profile, own LayoutOn) ([]noted, error) {
	if own == nil {
		return w.lint(p), nil
	}
	p, err := own(w.paper(p).d.Date)
	return w.lint(p), err
}

// ownValues tells where the paper keeps to the source of the layout, but not to what the office chose within it.
func (l *wordLinter) ownValues() {
	source, known := ProfileByCode(l.from.Code)
	if !known {
		return
	}
	tell := func(at []int, name, is, chosen, unit string) {
		l.add("gia-tri-co-quan", name, at[0], "%s %s %s; cơ quan đã chọn %s %s. Hãy đặt theo giá trị của cơ quan.", name, is, unit, chosen, unit)
	}
	paper := l.d.Profile
	is, given, chosen := paper.Page.Margins.sides(), source.Page.Margins.sides(), l.from.Page.Margins.sides()
	low, high := source.Page.Lows.sides(), source.Page.Highs.sides()
	for i, side := range marginSides {
		if chosen[i] != given[i] && is[i] != chosen[i] && is[i] >= low[i] && is[i] <= high[i] {
			tell([]int{-1}, "Lề "+side.name, number(is[i]), number(chosen[i]), "mm")
		}
	}
	for _, part := range allParts {
		want, bounds := l.from.Parts[part], source.Parts[part]
		if want.Size == bounds.Size || part == PartBody {
			continue
		}
		if at, ok := l.measured[part]; ok && paper.Parts[part].Size != want.Size && paper.Parts[part].Size >= bounds.Low && paper.Parts[part].Size <= bounds.High {
			tell([]int{at}, partWords(part)+": cỡ chữ", number(paper.Parts[part].Size), number(want.Size), "pt")
		}
	}
	want, bounds := l.from.Parts[PartBody], source.Parts[PartBody]
	points := func(t wordText, name string) float64 { twips, _ := t.looks.number(name); return twips / 20 }
	for _, c := range []struct {
		name, unit     string
		chosen, source float64
		measure        func(t wordText) float64
		least, most    float64
	}{
		{"Lời văn: cỡ chữ", "pt", want.Size, bounds.Size, wordText.size, bounds.Low, bounds.High},
		{"Lời văn: cách đoạn", "pt", want.Before, bounds.Before, func(t wordText) float64 { return points(t, "spacing.before") + points(t, "spacing.after") }, 6, mostGap},
		{"Lời văn: dãn dòng", "pt", want.LineExact, bounds.LineExact, func(t wordText) float64 { return points(t, "spacing.line") }, 18, 22},
		{"Lời văn: dòng đầu thụt vào", "mm", want.Indent, bounds.Indent, func(t wordText) float64 { return points(t, "ind.firstLine") / 72 * 25.4 }, 9.4, 13.3},
	} {
		if c.chosen == c.source {
			continue
		}
		var other []int
		for _, i := range l.body {
			if v := c.measure(l.file.texts[i]); math.Abs(v-c.chosen) > 0.3 && v >= c.least && v <= c.most {
				other = append(other, i)
			}
		}
		if len(other) > 0 {
			tell(other, c.name, number(math.Round(c.measure(l.file.texts[other[0]])*10)/10), number(c.chosen), c.unit)
		}
	}
	if l.from.NumberPad != source.NumberPad {
		if at, ok := l.measured[PartNumber]; ok {
			if m := wordNumber().FindStringSubmatch(l.line(at)); m != nil {
				if digits := strings.TrimSpace(m[2]); digits != "" && len(digits) < l.from.NumberPad && len(digits) >= source.NumberPad && strings.Trim(digits, "0123456789") == "" {
					tell([]int{at}, "Số của văn bản có", number(float64(len(digits))), number(float64(l.from.NumberPad)), "chữ số")
				}
			}
		}
	}
}

// sides are the margins in the order of marginSides.
func (m Margins) sides() [4]float64 { return [4]float64{m.Top, m.Bottom, m.Left, m.Right} }
