package web

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/consolidation"
	"giaoban/internal/db"
)

// sinceBox stands beside a signed report: what was done since, by whom and when, and what would be other today.
type sinceBox struct {
	Events  []sinceLine
	Differs []sinceLine
}

type sinceLine struct {
	consolidation.Event
	URL string
}

// Signed reports whether the pages show what was signed: they do unless a preview was asked for.
func (h consolidationHead) Signed() bool { return h.SignedAt != 0 && !h.Preview }

func (h consolidationHead) since(tx *db.Tx, by access.Actor, signed consolidation.Consolidation) (sinceBox, error) {
	since, err := signed.ChangesSince(tx, by)
	var box sinceBox
	for _, e := range since.Events {
		box.Events = append(box.Events, sinceLine{e, address(e.Kind, e.ID)})
	}
	for _, d := range since.Differs {
		line := sinceLine{Event: consolidation.Event{Sentence: d.Sentence}}
		if d.Indicator != "" {
			line.URL = h.Base + "/chi-tieu/" + d.Indicator
		}
		box.Differs = append(box.Differs, line)
	}
	return box, err
}

// laySigned shows the figures as they were frozen, with the names of then: nothing is added up again.
func (p *figuresPage) laySigned(c consolidation.Consolidation) {
	p.columns(c.NotOpened)
	p.Breaks = c.Breaks
	named := func(codes []string) string {
		names := make([]string, len(codes))
		for i, code := range codes {
			names[i] = nameIn(c, code)
		}
		return strings.Join(names, ", ")
	}
	for _, m := range c.Missing {
		p.lacks(nameIn(c, m.Body), m.Body, m.Periods, len(c.Parts))
	}
	for _, f := range c.Indicators {
		silent := f.Awaited[:len(f.Awaited)-len(f.LackingAlso)] // those that left it empty come last
		empty := slices.DeleteFunc(slices.Clone(f.LackingAlso), func(code string) bool { return slices.Contains(f.Asked, code) })
		lacking := lackingWords(named(silent), named(empty), named(f.Asked))
		p.put(f, func(code string) string { return sectorIn(c, code) }, named(f.Estimated), lacking)
	}
}

func nameIn(c consolidation.Consolidation, code string) string {
	if name := c.Names[code]; name != "" {
		return name
	}
	return code
}

func sectorIn(c consolidation.Consolidation, code string) string {
	for _, s := range c.Sectors {
		if s.Code == code {
			return s.Name
		}
	}
	return code
}
