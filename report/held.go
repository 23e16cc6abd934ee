package report

import (
	"strings"

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
	there := map[string]bool{}
	for _, b := range paper.Accepted() {
		for _, f := range anyFigure().FindAllString(b.Text, -1) {
			for _, one := range readings(f) {
				there[one] = true
			}
		}
	}
	says := map[string]FromFile{}
	for _, one := range s.Form.FiguresIn(paper, s.Period) {
		says[one.Indicator] = one
	}
	for i, v := range s.Values {
		in := s.Form.Indicators[i]
		if !v.Set || in.Aggregation == Ratio {
			continue
		}
		parts := []string{bareFigure(decimal.FormatVietnamese(v.Figure, in.Decimals))}
		typed := decimal.FormatVietnamese(v.Figure, in.Decimals)
		if v.Over != nil {
			over := decimal.FormatVietnamese(*v.Over, in.Decimals)
			parts, typed = append(parts, bareFigure(over)), typed+"/"+over
		}
		borne := true
		for _, p := range parts {
			borne = borne && there[p]
		}
		other := Held{Indicator: in, Typed: typed}
		for _, said := range says[in.Code].Said {
			if !said.Undecided && !sameFigure(said.Text, parts) {
				other.Said = append(other.Said, said)
			}
		}
		switch {
		case len(other.Said) > 0 && !(borne && len(other.Said) < len(says[in.Code].Said)): // one of its sayings is the typed one
			h.Others = append(h.Others, other)
		case !borne:
			h.Others = append(h.Others, other)
		case len(strings.Join(parts, "")) == 1:
			h.Short++
		default:
			h.Borne++
		}
	}
	return h
}

var (
	anyFigure     = pattern.Of(`[0-9]+(?:[.,][0-9]+)*`)
	inThousands   = pattern.Of(`^[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?$`)
	foreignPoint  = pattern.Of(`^[0-9]+\.[0-9]+$`)
	foreignCommas = pattern.Of(`^[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$`)
)

// readings are the figures that a writing may stand for: 1.500 is fifteen hundred, or one and a half in a foreign table.
func readings(f string) []string {
	all := []string{bareFigure(f)}
	if foreignPoint().MatchString(f) {
		all = append(all, bareDecimals(strings.Replace(f, ".", ",", 1)))
	}
	if foreignCommas().MatchString(f) {
		all = append(all, bareDecimals(strings.Replace(strings.ReplaceAll(f, ",", ""), ".", ",", 1)))
	}
	return all
}

// bareFigure writes a Vietnamese figure without marks between thousands and zeros at the end of its decimals.
func bareFigure(f string) string {
	if inThousands().MatchString(f) {
		f = strings.ReplaceAll(f, ".", "")
	}
	return bareDecimals(f)
}

func bareDecimals(f string) string {
	if whole, decimals, has := strings.Cut(f, ","); has {
		return strings.TrimSuffix(whole+","+strings.TrimRight(decimals, "0"), ",")
	}
	return f
}

// sameFigure tells whether a text as typed into a cell has these figures.
func sameFigure(text string, parts []string) bool {
	found := anyFigure().FindAllString(text, -1)
	if len(found) == 0 || len(found) > len(parts) {
		return false
	}
	for i, f := range found { // “503” bears out 490/503 no more than 490
		if bareFigure(f) != parts[i] {
			return false
		}
	}
	return true
}
