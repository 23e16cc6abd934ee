package archive

import (
	"giaoban/document"
)

// findFigures reads the numbers of the article that have a unit, but for those of references.
func (p *page) findFigures() []Figure {
	var all []Figure
	next := 0
	for _, l := range p.lines {
		if l.kind != body {
			continue
		}
		for _, f := range p.words.Figures(document.Range(l.Span)) {
			for next < len(p.cited) && p.cited[next].End <= f.Number.Start {
				next++
			}
			if next < len(p.cited) && f.Number.Start >= p.cited[next].Start {
				continue
			}
			all = append(all, Figure{Text: p.text[f.Clause.Start:f.Clause.End], Value: f.Value, Unit: f.Unit, Comparison: f.Comparison,
				Estimate: f.Estimate, Span: Span(f.Clause)})
		}
	}
	return all
}
