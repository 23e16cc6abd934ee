package conference

import (
	"slices"

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
	invited    paper.Paper // the invitation that the letter is about
}

// Needs tells which papers should be drafted next, to who may draft them.
func Needs(tx *db.Tx, by access.Actor, id db.ID) (Needed, error) {
	b, err := Find(tx, by, id)
	if err != nil || !by.Can(access.PrepareBriefing, b.Body) {
		return Needed{}, err
	}
	return b.needs(tx, by)
}

// NeedsAmong tells it of those of some conferences for which the actor may draft papers.
func NeedsAmong(tx *db.Tx, by access.Actor, some []Line) (map[db.ID]Needed, error) {
	var ids []db.ID
	for _, l := range some {
		if by.Can(access.PrepareBriefing, l.Body) {
			ids = append(ids, l.ID)
		}
	}
	all, err := papersAmong(tx, by, ids, roleInvitation, roleChange)
	needs := make(map[db.ID]Needed, len(ids))
	for _, l := range some {
		if slices.Contains(ids, l.ID) {
			needs[l.ID] = l.State.needs(all[filed{l.ID, roleInvitation}], all[filed{l.ID, roleChange}])
		}
	}
	return needs, err
}

func (b Conference) needs(tx *db.Tx, by access.Actor) (Needed, error) {
	s, err := standingOf(tx, b)
	if err != nil {
		return Needed{}, err
	}
	all, err := papersAmong(tx, by, []db.ID{b.ID}, roleInvitation, roleChange)
	return s.state().needs(all[filed{b.ID, roleInvitation}], all[filed{b.ID, roleChange}]), err
}

// needs derives it from the invitations and the letters about a change, the newest of each first.
func (s State) needs(invitations, letters []paper.Paper) Needed {
	switch {
	case s.Over():
		return Needed{}
	case s.Gone(), s == Postponed:
		at := slices.IndexFunc(invitations, func(p paper.Paper) bool { return p.State == paper.Released })
		if at < 0 {
			return Needed{}
		}
		return Needed{Change: len(letters) == 0 || outdated(letters[0]) || letters[0].At < invitations[at].At && letters[0].State == paper.Released,
			invited: invitations[at]}
	case len(invitations) == 0:
		return Needed{Invitation: true}
	}
	last := invitations[0]
	// After a letter that told of an end, the invitation before it invites nobody.
	ended := len(letters) > 0 && letters[0].State == paper.Released && letters[0].At > last.At
	if !outdated(last) && !(ended && last.State == paper.Released) {
		return Needed{}
	}
	return Needed{Invitation: true, Replaces: last}
}

// outdated reports whether those who got a paper have to be told otherwise.
func outdated(p paper.Paper) bool {
	return p.State == paper.Released && (p.RoomWords != "" || p.Revoked)
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
	doc, err := changeDocument(tx, b, lastOf(facts), need.invited)
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
	to, err := invitedTo(tx, b.ID)
	if err != nil {
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
		Body:       []official.Block{stays(official.Say("%s", begin)), stays(official.Say("%s", now)), official.Say("Lý do: %s.", f.Reason), official.Say("%s thông báo để các cơ quan, đơn vị biết.", name)},
		Recipients: []string{"Như trên", "Lãnh đạo Ban"}, Filing: "Văn phòng Ban"}
	o.letterhead(&doc)
	return doc, nil
}
