package record

import (
	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/lineage"
	"giaoban/paper"
)

// Succeed drafts the paper that replaces, amends, supplements, corrects or revokes a released one, and notes where it came from.
func Succeed(tx *db.Tx, by access.Actor, id db.ID, kind paper.SuccessionKind, reason string) (paper.Paper, error) {
	if err := by.May(access.DraftPaper, by.Body); err != nil {
		return paper.Paper{}, err
	}
	p, err := paper.Succeed(tx, by, id, kind, reason)
	if err != nil {
		return p, err
	}
	return p, linkSuccessor(tx, by, p)
}

// releaseSuccessor sends out a paper that follows another.
func releaseSuccessor(tx *db.Tx, by access.Actor, p paper.Paper) (paper.Paper, error) {
	p, err := paper.ReleaseSuccessor(tx, by, p)
	if err != nil {
		return p, err
	}
	return p, linkSuccessor(tx, by, p)
}

// linkSuccessor leads from the older paper to the newer one, by what that does to it.
func linkSuccessor(tx *db.Tx, by access.Actor, p paper.Paper) error {
	s, err := paper.SuccessionOf(tx, by, p.ID)
	if err != nil {
		return err
	}
	old, err := paper.Find(tx, by, s.Old)
	if err != nil {
		return err
	}
	return lineage.Link(tx, lineage.Node{Kind: "paper", ID: old.ID, Label: old.Label()}, lineage.Node{Kind: "paper", ID: p.ID, Label: p.Label()}, s.Kind.Name())
}
