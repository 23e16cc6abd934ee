package record

import (
	"cmp"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
)

// Composing is a paper about to be written by hand: from a record, or from nothing.
type Composing struct {
	Kind             paper.Kind
	Subject          string
	From             lineage.Node // without kind: from nothing
	Signer           paper.Signature
	Secretary, Chair string // of minutes
}

// Source finds the record a paper is to be written from, for who may see it.
func Source(tx *db.Tx, by access.Actor, kind string, id db.ID) (lineage.Node, error) {
	if err := by.May(access.DraftPaper, by.Body); err != nil {
		return lineage.Node{}, err
	}
	n := lineage.Node{Kind: kind, ID: id}
	shown, err := See(tx, by, kind, []db.ID{id})
	if err != nil {
		return n, err
	}
	one, ok := shown[id]
	if !ok {
		return n, fault.Missing("Không có hồ sơ này.")
	}
	if n.Label = one.Label; n.Label != "" {
		return n, nil
	}
	g, err := Walk(tx, by, kind, id, 1) // the room leaves it the name it was linked under
	if err != nil && !fault.Is(err, fault.KindMissing) {
		return n, err
	}
	n.Label = cmp.Or(g.Root.Label, Kinds[kind].Name)
	return n, nil
}

// titled are the kinds whose records are called by a name, which keeps its capital inside a sentence.
var titled = []string{"briefing", "sitting", "event", "directive", "consolidation", "submission", "paper", "regime", "body", "review_list"}

// Subject proposes the trích yếu of a paper written from a record.
func Subject(n lineage.Node) string {
	label := strings.TrimRight(strings.TrimSpace(n.Label), ".;,:")
	if label == "" {
		return ""
	}
	if !slices.Contains(titled, n.Kind) {
		label = fold.Uncapital(label)
	}
	return "về " + label
}

// Compose begins a paper of the commission from its kind's skeleton. It has the record as its origin.
func Compose(tx *db.Tx, by access.Actor, c Composing) (paper.Paper, error) {
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return paper.Paper{}, err
	}
	if err := by.May(access.DraftPaper, commission.ID); err != nil {
		return paper.Paper{}, err
	}
	if c.From.Kind != "" {
		if c.From, err = Source(tx, by, c.From.Kind, c.From.ID); err != nil {
			return paper.Paper{}, err
		}
	}
	var wrong fault.List
	if c.Kind == paper.BienBan {
		if strings.TrimSpace(c.Secretary) == "" {
			wrong.Add("secretary", "Biên bản cần họ tên người ghi.")
		}
		if strings.TrimSpace(c.Chair) == "" {
			wrong.Add("chair", "Biên bản cần họ tên người chủ trì.")
		}
		if err := wrong.Err(); err != nil {
			return paper.Paper{}, err
		}
		c.Signer = paper.Signature{}
	} else {
		c.Secretary, c.Chair = "", ""
	}
	p, err := paper.Draft(tx, by, paper.New{Body: commission.ID, Kind: c.Kind, Content: paper.Skeleton(c.Kind, official.Party, c.Subject),
		Origin: paper.Origin{Kind: c.From.Kind, ID: c.From.ID}, From: c.From.Label, Composed: true, Signer: c.Signer, Secretary: c.Secretary, Chair: c.Chair})
	if err != nil || c.From.Kind == "" {
		return p, err
	}
	return p, lineage.Link(tx, c.From, lineage.Node{Kind: "paper", ID: p.ID, Label: p.Label()}, "soạn từ")
}
