package succession

import (
	"giaoban/org"
	"giaoban/review"
)

func (p *proposer) reviews() error {
	open, err := review.OpenOf(p.tx, looking, p.from)
	if err != nil {
		return err
	}
	for _, r := range open {
		codes, how := org.FunctionsNamed(p.functions, r.Subject), "trích yếu văn bản nêu"
		if len(p.mine(codes)) == 0 {
			// The sectors are wider than a subject: they help only where the subject names nothing.
			how = "lĩnh vực của văn bản gồm"
			for _, code := range r.Sectors.Codes() {
				codes = append(codes, org.SectorFunctions(p.functions, code, "")...)
			}
		}
		p.add(Item{Kind: Review, Item: r.ID, Title: r.Label(), Due: r.SubmitBy}, codes, how)
	}
	return nil
}
