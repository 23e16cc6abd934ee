package report

import (
	"giaoban/document"
	"giaoban/internal/decimal"
	"giaoban/internal/pattern"
)

// Held is a typed figure that the signed paper does not bear out: Said is what the paper says of the indicator instead, empty
// where the figure stands nowhere in it.
type Held struct {
	Indicator Indicator
	Typed     string
	Said      []Said
}

// HeldFigures are the figures of a report held against its signed paper.
type HeldFigures struct {
	Others []Held // in the order of the form
	Borne  int    // stand in the paper, and nothing there says another value of the indicator
	Short  int    // of one digit: such a figure stands somewhere in any paper and tells nothing
}

// HeldAgainst holds the typed figures against the words and tables of the signed paper.
func (s Submission) HeldAgainst(paper document.Document) (h HeldFigures) {
	var written []string
	for _, b := range paper.Accepted() {
		written = append(written, anyFigure().FindAllString(b.Text, -1)...)
	}
	there := map[int]map[int64]bool{} // by decimals
	stands := func(figure int64, decimals int) bool {
		if there[decimals] == nil {
			there[decimals] = map[int64]bool{}
			for _, f := range written {
				for _, one := range readings(f, decimals) {
					there[decimals][one] = true
				}
			}
		}
		return there[decimals][figure]
	}
	says := map[string][]Said{}
	for _, one := range s.Form.FiguresIn(paper, s.Period) {
		says[one.Indicator] = one.Said
	}
	for i, v := range s.Values {
		in := s.Form.Indicators[i]
		if !v.Set || in.Aggregation == Ratio {
			continue
		}
		one := Held{Indicator: in, Typed: decimal.FormatVietnamese(v.Figure, in.Decimals)}
		borne := stands(v.Figure, in.Decimals)
		if v.Over != nil {
			one.Typed += "/" + decimal.FormatVietnamese(*v.Over, in.Decimals)
			borne = borne && stands(*v.Over, in.Decimals)
		}
		agrees := false
		for _, said := range says[in.Code] {
			switch read, err := decimal.ParseVietnamese(said.Text, in.Decimals); {
			case said.Undecided || err != nil:
			case read.Value == v.Figure && (read.Over == nil || v.Over != nil && *read.Over == *v.Over):
				agrees = true
			default:
				one.Said = append(one.Said, said)
			}
		}
		switch {
		case !borne, len(one.Said) > 0 && !agrees:
			h.Others = append(h.Others, one)
		case len(one.Typed) == 1:
			h.Short++
		default:
			h.Borne++
		}
	}
	return h
}

var anyFigure = pattern.Of(`[0-9]+(?:[.,][0-9]+)*`)

// readings are the values that a figure of the paper may stand for: 1.500 is fifteen hundred, or one and a half in a table
// of another program.
func readings(f string, decimals int) (all []int64) {
	if read, err := decimal.ParseVietnamese(f, decimals); err == nil {
		all = append(all, read.Value)
	}
	if foreign, err := decimal.Parse(f, decimals); err == nil {
		all = append(all, foreign)
	}
	return all
}
