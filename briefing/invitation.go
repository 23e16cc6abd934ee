package briefing

import (
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
)

// The two papers a briefing writes.
const (
	roleInvitation = "invitation"
	roleNotice     = "notice"
)

// Invite drafts the giấy mời; once it is released, those invited see the briefing. It is refused with every reason
// while day, hour, place, chair or those invited are missing.
func Invite(tx *db.Tx, by access.Actor, id db.ID, signer paper.Signature) (paper.Paper, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return paper.Paper{}, err
	}
	if err := by.May(access.PrepareBriefing, b.Body); err != nil {
		return paper.Paper{}, err
	}
	if live, err := livePaper(tx, id, roleInvitation); err != nil || live != "" {
		if err == nil {
			err = fault.Conflict("Giấy mời đã được soạn. Xin mở giấy mời đó; muốn soạn lại thì rút giấy mời cũ trước.")
		}
		return paper.Paper{}, err
	}
	doc, err := invitationDocument(tx, by, b)
	if err != nil {
		return paper.Paper{}, err
	}
	return b.write(tx, by, paper.GiayMoi, roleInvitation, doc, signer)
}

// write drafts a paper of the briefing and leaves its traces.
func (b Briefing) write(tx *db.Tx, by access.Actor, kind paper.Kind, role string, doc official.Document, signer paper.Signature) (paper.Paper, error) {
	var to []db.ID
	if err := tx.Select(&to, "select body from briefing_invitee where briefing = ? order by sort", b.ID); err != nil {
		return paper.Paper{}, err
	}
	p, err := paper.Draft(tx, by, paper.New{Body: b.Body, Kind: kind, Content: doc, Origin: paper.Origin{Kind: "briefing", ID: b.ID}, To: to, Signer: signer})
	if err != nil {
		return p, err
	}
	if _, err := tx.Exec("insert into briefing_paper (paper, briefing, role, at) values (?, ?, ?, ?)", p.ID, b.ID, role, tx.Now()); err != nil {
		return p, err
	}
	if err := lineage.Link(tx, b.Node(), paperNode(p), "soạn từ"); err != nil {
		return p, err
	}
	_, err = journal.Write(tx, by, "drafted_"+role, b.subject(), journal.Details{"paper": string(p.ID)})
	return p, err
}

func paperNode(p paper.Paper) lineage.Node {
	return lineage.Node{Kind: "paper", ID: p.ID, Label: p.Label()}
}

// livePaper gives the paper of a role that has not been withdrawn, "" when there is none.
func livePaper(tx *db.Tx, id db.ID, role string) (db.ID, error) {
	var ids []db.ID
	err := tx.Select(&ids, `
select p.paper
from briefing_paper p
where p.briefing = ? and p.role = ?
  and not exists (select 1 from paper_withdrawal w where w.paper = p.paper)
order by p.at desc
limit 1`, id, role)
	if err != nil || len(ids) == 0 {
		return "", err
	}
	return ids[0], nil
}

func liveNotice(tx *db.Tx, id db.ID) (db.ID, error) { return livePaper(tx, id, roleNotice) }

// Papers gives the invitation and the notice as they stand; one that is not there has no ID.
func Papers(tx *db.Tx, by access.Actor, id db.ID) (invitation, notice paper.Paper, err error) {
	if _, err := Find(tx, by, id); err != nil {
		return invitation, notice, err
	}
	for _, role := range []struct {
		name string
		into *paper.Paper
	}{{roleInvitation, &invitation}, {roleNotice, &notice}} {
		live, err := livePaper(tx, id, role.name)
		if err != nil || live == "" {
			if err != nil {
				return invitation, notice, err
			}
			continue
		}
		p, err := paper.Find(tx, by, live)
		if fault.Is(err, fault.KindMissing) {
			continue // not released yet: not for these eyes
		}
		if err != nil {
			return invitation, notice, err
		}
		*role.into = p
	}
	return invitation, notice, nil
}

func invitationDocument(tx *db.Tx, by access.Actor, b Briefing) (official.Document, error) {
	seats, err := seatsOf(tx, b.ID)
	if err != nil {
		return official.Document{}, err
	}
	invitees, err := Invitees(tx, by, b.ID)
	if err != nil {
		return official.Document{}, err
	}
	office, err := officeOf(tx, b)
	if err != nil {
		return official.Document{}, err
	}
	var lacking fault.List
	if b.HeldOn.IsZero() {
		lacking.Add("held_on", "Chưa có ngày họp.")
	}
	if b.HeldAt == "" {
		lacking.Add("held_at", "Chưa có giờ họp.")
	}
	if b.Place == "" {
		lacking.Add("place", "Chưa có địa điểm họp.")
	}
	chairs := in(seats, Chair)
	if len(chairs) == 0 {
		lacking.Add("seats", "Chưa có người chủ trì.")
	}
	if len(invitees) == 0 {
		lacking.Add("invitees", "Chưa có cơ quan nào được mời.")
	}
	if len(lacking) > 0 {
		return official.Document{}, &fault.Error{Kind: fault.KindConflict, Problems: lacking}
	}
	name := office.body.Name
	body := []official.Block{
		say("%s trân trọng kính mời các đồng chí dự %s, triển khai nhiệm vụ %s, cụ thể như sau:", name, b.Name(), b.Launches.Name()),
		item("Thành phần mời:"),
	}
	for _, v := range invitees {
		o := office.names[v.Body]
		who := v.Who
		if who == "" {
			who = "Đại diện lãnh đạo"
		}
		body = append(body, dash("%s %s", who, o.Name))
	}
	body = append(body, item("Chủ trì: %s", chairs[0].Comrade()))
	if with := comrades(in(seats, CoChair)); with != "" {
		body = append(body, item("Đồng chủ trì: %s", with))
	}
	body = append(body, item("Thời gian: %s", b.When()), item("Địa điểm: %s", b.Place), item("Nội dung:"))
	for _, line := range b.AgendaItems() {
		body = append(body, dash("%s", line))
	}
	if bring := b.BringItems(); len(bring) > 0 {
		body = append(body, item("Tài liệu đại biểu mang theo:"))
		for _, line := range bring {
			body = append(body, dash("%s", line))
		}
	}
	if !b.ReportDue.IsZero() {
		body = append(body, say("Đề nghị các cơ quan, đơn vị gửi báo cáo, tham luận và danh sách đại biểu về %s trước ngày %s.", name, b.ReportDue.Vietnamese()))
	}
	body = append(body, say("%s kính mời các đồng chí dự họp đúng thành phần, thời gian.", name))
	doc := official.Document{Kind: official.Invitation, TypeName: "Giấy mời",
		Subject: "dự " + b.Name() + ",\ntriển khai nhiệm vụ " + b.Launches.Name(), Body: body,
		Recipients: []string{"Như thành phần mời", "Lãnh đạo Ban"}, Filing: "Văn phòng Ban"}
	return doc, nil
}

// office is what papers of a briefing name: the commission and all bodies as they were called on its day.
type office struct {
	body  org.Body
	names map[db.ID]org.Body
}

func officeOf(tx *db.Tx, b Briefing) (office, error) {
	day := b.HeldOn
	if day.IsZero() {
		day = calendar.OfInstant(tx.Clock())
	}
	names, err := org.Names(tx, day)
	return office{names[b.Body], names}, err
}

// list names bodies as a sentence does.
func (o office) list(ids []db.ID) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = o.names[id].Name
	}
	return strings.Join(words, "; ")
}

func comrades(seats []Seat) string {
	words := make([]string, len(seats))
	for i, s := range seats {
		words[i] = s.Comrade()
	}
	return strings.Join(words, "; ")
}
