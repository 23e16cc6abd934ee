package archive

import (
	"sort"

	"giaoban/document"
)

// findFigures reads the numbers of the article that have a unit, but for those of references.
func (p *page) findFigures() (all []Figure) {
	for _, l := range p.lines {
		if l.kind == body {
			all = append(all, p.figuresIn(l.Span)...)
		}
	}
	return all
}

// figuresIn reads the figures of a line or a cell.
func (p *page) figuresIn(l Span) (all []Figure) {
	next := sort.Search(len(p.cited), func(i int) bool { return p.cited[i].End > l.Start })
	for _, f := range p.words.Figures(document.Range(l)) {
		for next < len(p.cited) && p.cited[next].End <= f.Number.Start {
			next++
		}
		if next < len(p.cited) && f.Number.Start >= p.cited[next].Start {
			continue
		}
		all = append(all, Figure{Text: p.text[f.Clause.Start:f.Clause.End], Value: f.Value, Unit: f.Unit, Comparison: f.Comparison,
			Estimate: f.Estimate, Span: Span(f.Clause)})
	}
	return all
}
