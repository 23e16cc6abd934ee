package record

import (
	"giaoban/access"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/lineage"
	"giaoban/paper"
)

// Succeed drafts the paper that replaces, amends, supplements, corrects or revokes a released one, and notes where it came from.
func Succeed(tx *db.Tx, by access.Actor, id db.ID, kind paper.SuccessionKind, reason string) (paper.Paper, error) {
	if err := by.May(access.DraftPaper, by.Body); err != nil {
		return paper.Paper{}, err
	}
	old, err := paper.Find(tx, by, id)
	if err != nil {
		return old, err
	}
	if err := mayRepeat(old, kind); err != nil {
		return paper.Paper{}, err
	}
	p, err := paper.Succeed(tx, by, id, kind, reason)
	if err != nil {
		return p, err
	}
	return p, linkSuccessor(tx, by, p)
}

// mayRepeat refuses to replace a paper of a conference whose day or place changed since: the new paper would repeat the old ones.
func mayRepeat(old paper.Paper, kind paper.SuccessionKind) error {
	if kind != paper.Replaces || old.RoomWords == "" {
		return nil
	}
	return fault.Conflict("%s. Văn bản thay thế chép lời của văn bản này nên cũng sai; xin soạn văn bản mới ở trang hội nghị.", old.RoomWords)
}

// signSuccessor signs a paper that follows another, unless what it repeats has changed meanwhile.
func signSuccessor(tx *db.Tx, by access.Actor, p paper.Paper, s paper.Signature) (paper.Paper, error) {
	old, f, err := followed(tx, by, p)
	if err != nil {
		return p, err
	}
	if err := mayRepeat(old, f.Kind); err != nil {
		return p, err
	}
	return paper.SignSuccessor(tx, by, p, s)
}

// releaseSuccessor sends out a paper that follows another; one that replaces a paper of a conference is the conference's from
// now on.
func releaseSuccessor(tx *db.Tx, by access.Actor, p paper.Paper) (paper.Paper, error) {
	old, f, err := followed(tx, by, p)
	if err != nil {
		return p, err
	}
	if err := mayRepeat(old, f.Kind); err != nil && p.State != paper.Released {
		return p, err
	}
	if p, err = paper.ReleaseSuccessor(tx, by, p); err != nil {
		return p, err
	}
	if f.Kind == paper.Replaces {
		if err := conference.Adopt(tx, by, old, p); err != nil {
			return p, err
		}
	}
	return p, linkSuccessor(tx, by, p)
}

// followed finds the older paper, and what is done to it.
func followed(tx *db.Tx, by access.Actor, p paper.Paper) (old paper.Paper, s paper.Succession, err error) {
	if s, err = paper.SuccessionOf(tx, by, p.ID); err != nil {
		return old, s, err
	}
	old, err = paper.Find(tx, by, s.Old)
	return old, s, err
}

// linkSuccessor leads from the older paper to the newer one, by what that does to it.
func linkSuccessor(tx *db.Tx, by access.Actor, p paper.Paper) error {
	old, s, err := followed(tx, by, p)
	if err != nil {
		return err
	}
	return lineage.Link(tx, lineage.Node{Kind: "paper", ID: old.ID, Label: old.Label()}, lineage.Node{Kind: "paper", ID: p.ID, Label: p.Label()}, s.Kind.Name())
}
