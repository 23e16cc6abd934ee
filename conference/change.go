package conference

import (
	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/paper"
)

// Needed is which papers those invited should get next.
type Needed struct {
	Invitation bool
	Replaces   paper.Paper // the invitation that the new one takes the place of; without ID where it is the first
	Change     bool        // the letter that the conference was put off, given up or joined with another
	told       paper.Paper // the invitation that the letter is about
}

// Needs tells which papers should be drafted next, to who may draft them.
func Needs(tx *db.Tx, by access.Actor, id db.ID) (Needed, error) {
	b, err := Find(tx, by, id)
	if err != nil || !by.Can(access.PrepareBriefing, b.Body) {
		return Needed{}, err
	}
	return b.needs(tx, by)
}

func (b Conference) needs(tx *db.Tx, by access.Actor) (Needed, error) {
	s, err := standingOf(tx, b)
	if err != nil || s.state().Over() {
		return Needed{}, err
	}
	invitations, err := papersOf(tx, by, b.ID, roleInvitation)
	if err != nil {
		return Needed{}, err
	}
	letters, err := papersOf(tx, by, b.ID, roleChange)
	if err != nil {
		return Needed{}, err
	}
	if s.state().Gone() || s.state() == Postponed {
		for _, p := range invitations {
			if p.State == paper.Released {
				return Needed{Change: len(letters) == 0 || letters[0].State == paper.Released && letters[0].RoomWords != "", told: p}, nil
			}
		}
		return Needed{}, nil
	}
	if len(invitations) == 0 {
		return Needed{Invitation: true}, nil
	}
	last := invitations[0]
	// After a letter that told of an end, the invitation before it invites nobody.
	revoked := len(letters) > 0 && letters[0].State == paper.Released && letters[0].At > last.At
	if last.State != paper.Released || last.RoomWords == "" && !last.Revoked && !revoked {
		return Needed{}, nil
	}
	return Needed{Invitation: true, Replaces: last}, nil
}

// TellChange drafts the công văn to those who were invited: the conference was put off, given up or joined with another. It
// says what was noted and nothing else.
func TellChange(tx *db.Tx, by access.Actor, id db.ID, signer paper.Signature) (paper.Paper, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return paper.Paper{}, err
	}
	if err := by.May(access.PrepareBriefing, b.Body); err != nil {
		return paper.Paper{}, err
	}
	need, err := b.needs(tx, by)
	if err != nil {
		return paper.Paper{}, err
	}
	if !need.Change {
		return paper.Paper{}, fault.Conflict("Chưa có gì để báo: công văn chỉ soạn khi giấy mời đã phát hành mà hội nghị hoãn, hủy hoặc ghép, và chưa có công văn nào báo điều đó.")
	}
	facts, err := factsOf(tx, id)
	if err != nil {
		return paper.Paper{}, err
	}
	doc, err := changeDocument(tx, b, lastOf(facts), need.told)
	if err != nil {
		return paper.Paper{}, err
	}
	return b.write(tx, by, paper.CongVan, roleChange, doc, signer)
}

func changeDocument(tx *db.Tx, b Conference, f Fact, invited paper.Paper) (official.Document, error) {
	o, err := officeOf(tx, b)
	if err != nil {
		return official.Document{}, err
	}
	var to []db.ID
	if err := tx.Select(&to, "select body from conference_invitee where conference = ? order by sort", b.ID); err != nil {
		return official.Document{}, err
	}
	var addressed []string
	for _, body := range to {
		addressed = append(addressed, o.names[body].Name)
	}
	name := o.convening(" và ")
	was := ""
	if when := f.from().when(); when != "" {
		was = ", họp vào " + when
	}
	begin := "Ngày " + invited.Date.Vietnamese() + ", " + name + " có Giấy mời số " + invited.Symbol + " mời dự " + b.FullName() + was + "."
	subject, now := "hoãn ", name+" hoãn hội nghị nêu trên; ngày họp mới chưa định."
	switch f.Kind {
	case FactCalledOff:
		subject, now = "không tổ chức ", name+" không tổ chức hội nghị nêu trên."
	case FactJoined:
		var with Conference
		if err := tx.Get(&with, "select "+columns+"\nfrom conference b\nwhere b.id = ?", f.Other); err != nil {
			return official.Document{}, err
		}
		subject, now = "ghép ", "Hội nghị nêu trên không họp riêng, được ghép vào "+with.FullName()+phrase(", họp vào ", with.When())+"."
	}
	doc := official.Document{Kind: official.Letter, Subject: subject + b.Name(), Addressed: addressed,
		Body:       []official.Block{stays(say("%s", begin)), stays(say("%s", now)), say("Lý do: %s.", f.Reason), say("%s thông báo để các cơ quan, đơn vị biết.", name)},
		Recipients: []string{"Như trên", "Lãnh đạo Ban"}, Filing: "Văn phòng Ban"}
	o.letterhead(&doc)
	return doc, nil
}
