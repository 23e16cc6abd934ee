package report

import (
	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/lineage"
	"giaoban/org"
)

// leaveOrigin leaves the edges regime → obligation → submission, and from the signed original to the submission, when a
// report is accepted: what was never taken in came to nothing. Imports leave none; their submissions name their period.
func (s received) leaveOrigin(tx *db.Tx, by access.Actor) error {
	var names struct {
		Name   string `db:"name"`
		Once   bool   `db:"once"`
		Regime db.ID  `db:"regime"`
		File   db.ID  `db:"file"`
		Label  string `db:"label"`
	}
	if err := tx.Get(&names, `
select r.name, r.once, r.id as regime, s.file, coalesce(f.name, '') as label
from submission s
join opening p on p.id = s.opening
join regime r on r.id = p.regime
left join file f on f.id = s.file
where s.id = ?`, s.ID); err != nil {
		return err
	}
	body, err := org.Find(tx, by, s.Body, s.Period.Last())
	if err != nil {
		return err
	}
	who := body.Name
	regime := Regime{ID: names.Regime, Name: names.Name, Once: names.Once}.Node()
	duty := lineage.Node{Kind: "obligation", ID: s.Obligation, Label: "Kỳ báo cáo " + s.Period.Name() + " của " + who}
	sent := lineage.Node{Kind: "submission", ID: s.ID, Label: "Báo cáo " + s.Period.Name() + " của " + who + ", " + VersionName(s.Version)}
	edges := []lineage.Edge{{From: regime, To: duty, Verb: "mở kỳ"}, {From: duty, To: sent, Verb: "báo cáo"}}
	if names.File != "" {
		edges = append(edges, lineage.Edge{From: lineage.Node{Kind: "file", ID: names.File, Label: names.Label}, To: sent, Verb: "bản ký"})
	}
	if err := s.mention(tx, by, sent); err != nil {
		return err
	}
	return lineage.LinkAll(tx, edges)
}
