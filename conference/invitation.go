package conference

import (
	"cmp"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
)

// The papers a conference writes.
const (
	roleInvitation = "invitation"
	roleNotice     = "notice"
	roleMinutes    = "minutes"
	roleChange     = "change" // the letter that it was put off, given up or joined with another
)

// Invite drafts the giấy mời; once it is released, those invited see the conference. One that names another day than what
// holds is replaced by the new one. It is refused with every reason while day, hour, place, chair or those invited are missing.
func Invite(tx *db.Tx, by access.Actor, id db.ID, signer paper.Signature) (paper.Paper, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return paper.Paper{}, err
	}
	if err := by.May(access.PrepareBriefing, b.Body); err != nil {
		return paper.Paper{}, err
	}
	if b.Organiser == ByProvince || b.Organiser == ByCommittee {
		return paper.Paper{}, fault.Conflict("Hội nghị này do %s triệu tập nên giấy mời là văn bản của nơi đó, không soạn ở đây. Ban vẫn ghi người dự, diễn biến, kết luận.",
			strings.ToLower(b.Organiser.Name()))
	}
	if err := open(tx, b); err != nil {
		return paper.Paper{}, err
	}
	need, err := b.needs(tx, by)
	if err != nil {
		return paper.Paper{}, err
	}
	if !need.Invitation {
		return paper.Paper{}, fault.Conflict("Giấy mời đã được soạn. Xin mở giấy mời đó; muốn soạn lại thì rút giấy mời cũ trước.")
	}
	doc, err := invitationDocument(tx, by, b, need.Replaces)
	if err != nil {
		return paper.Paper{}, err
	}
	return b.write(tx, by, paper.GiayMoi, roleInvitation, doc, signer)
}

// write drafts a paper of the conference and leaves its traces.
func (b Conference) write(tx *db.Tx, by access.Actor, kind paper.Kind, role string, doc official.Document, signer paper.Signature) (paper.Paper, error) {
	to, err := invitedTo(tx, b.ID)
	if err != nil {
		return paper.Paper{}, err
	}
	return b.draft(tx, by, role, paper.New{Kind: kind, Content: doc, To: to, Signer: signer})
}

func (b Conference) draft(tx *db.Tx, by access.Actor, role string, n paper.New) (paper.Paper, error) {
	n.Body, n.Origin = b.Body, paper.Origin{Kind: "briefing", ID: b.ID}
	p, err := paper.Draft(tx, by, n)
	if err != nil {
		return p, err
	}
	facts, err := factsOf(tx, b.ID)
	if err != nil {
		return p, err
	}
	if _, err := tx.Exec("insert into conference_paper (paper, conference, role, at, facts) values (?, ?, ?, ?, ?)", p.ID, b.ID, role, tx.Now(), len(facts)); err != nil {
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

// live narrows papers p of a conference to those that hold. Of invitations only those that were withdrawn are left out: who was
// invited is told of each.
const live = "not exists (select 1 from paper_withdrawal w where w.paper = p.paper) and (p.role = 'invitation' or " + holds + ")"

// livePapers gives the live papers of a role, the newest first.
func livePapers(tx *db.Tx, id db.ID, role string) ([]db.ID, error) {
	var ids []db.ID
	err := tx.Select(&ids, `
select p.paper
from conference_paper p
where p.conference = ? and p.role = ? and `+live+`
order by p.at desc, p.paper desc`, id, role)
	return ids, err
}

func liveNotice(tx *db.Tx, id db.ID) (db.ID, error) {
	ids, err := livePapers(tx, id, roleNotice)
	if err != nil || len(ids) == 0 {
		return "", err
	}
	return ids[0], nil
}

// Papers gives the invitation and the notice as they stand; one that is not there has no ID.
func Papers(tx *db.Tx, by access.Actor, id db.ID) (invitation, notice paper.Paper, err error) {
	if _, err := Find(tx, by, id); err != nil {
		return invitation, notice, err
	}
	all, err := papersAmong(tx, by, []db.ID{id}, roleInvitation, roleNotice)
	return newest(all[filed{id, roleInvitation}]), newest(all[filed{id, roleNotice}]), err
}

func newest(all []paper.Paper) paper.Paper {
	if len(all) == 0 {
		return paper.Paper{}
	}
	return all[0]
}

// Correspondence gives all that those invited were written before the conference, the newest first: invitations, one of which
// may have taken the place of another, and letters about a change.
func Correspondence(tx *db.Tx, by access.Actor, id db.ID) ([]paper.Paper, error) {
	if _, err := Find(tx, by, id); err != nil {
		return nil, err
	}
	papers, err := papersAmong(tx, by, []db.ID{id}, roleInvitation, roleChange)
	all := append(papers[filed{id, roleChange}], papers[filed{id, roleInvitation}]...)
	slices.SortStableFunc(all, func(a, b paper.Paper) int { return cmp.Compare(b.At, a.At) })
	return all, err
}

// filed is where a paper lies: with which conference, in which role.
type filed struct {
	Conference db.ID  `db:"conference"`
	Role       string `db:"role"`
}

// papersAmong gives the live papers in some roles that the actor may read, the newest of each first; what is not released yet
// is not for everybody's eyes.
func papersAmong(tx *db.Tx, by access.Actor, ids []db.ID, roles ...string) (map[filed][]paper.Paper, error) {
	in, args := db.In(roles)
	rows, err := db.Among[struct {
		filed
		Paper db.ID      `db:"paper"`
		At    db.Instant `db:"at"`
	}](tx, ids, `
select p.conference, p.role, p.paper, p.at
from conference_paper p
where p.role in `+in+` and `+live+`
  and p.conference in `, args...)
	if err != nil {
		return nil, err
	}
	drafted, papers := make(map[db.ID]int, len(rows)), make([]db.ID, len(rows))
	for n, r := range rows {
		drafted[r.Paper], papers[n] = n, r.Paper
	}
	found, err := paper.Among(tx, by, papers)
	slices.SortFunc(found, func(a, b paper.Paper) int {
		return cmp.Or(cmp.Compare(rows[drafted[b.ID]].At, rows[drafted[a.ID]].At), cmp.Compare(b.ID, a.ID))
	})
	all := make(map[filed][]paper.Paper)
	for _, p := range found {
		place := rows[drafted[p.ID]].filed
		all[place] = append(all[place], p)
	}
	return all, err
}

func invitationDocument(tx *db.Tx, by access.Actor, b Conference, before paper.Paper) (official.Document, error) {
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
	name := office.convening(" và ")
	body := []official.Block{official.Say("%s trân trọng kính mời các đồng chí dự %s, cụ thể như sau:", name, b.FullName())}
	if before.ID != "" {
		body = append([]official.Block{official.Say("Giấy mời này thay %s.", before.Label())}, body...)
	}
	body = append(body, item("Thành phần mời:"))
	guests, err := guestsOf(tx, b.ID)
	if err != nil {
		return official.Document{}, err
	}
	for _, g := range guests {
		body = append(body, dash("%s", fold.Capital(g.Comrade())))
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
	body = append(body, stays(item("Thời gian: %s", b.When())), stays(item("Địa điểm: %s", b.Where())))
	for _, venue := range b.VenueItems() {
		body = append(body, stays(dash("Điểm cầu %s", venue)))
	}
	body = append(body, item("Nội dung:"))
	items, err := itemsOf(tx, b)
	if err != nil {
		return official.Document{}, err
	}
	for _, line := range linesOf(items) {
		body = append(body, dash("%s", line))
	}
	if bring := b.BringItems(); len(bring) > 0 {
		body = append(body, item("Tài liệu đại biểu mang theo:"))
		for _, line := range bring {
			body = append(body, dash("%s", line))
		}
	}
	if !b.ReportDue.IsZero() {
		body = append(body, stays(official.Say("Đề nghị các cơ quan, đơn vị gửi báo cáo, tham luận và danh sách đại biểu về %s trước ngày %s.", name, b.ReportDue.Vietnamese())))
	}
	body = append(body, official.Say("%s kính mời các đồng chí dự họp đúng thành phần, thời gian.", name))
	doc := official.Document{Kind: official.Invitation, TypeName: "Giấy mời",
		Subject: "dự " + b.spread(), Body: official.Listed(body),
		Recipients: []string{"Như thành phần mời", "Lãnh đạo Ban"}, Filing: "Văn phòng Ban"}
	office.letterhead(&doc)
	return doc, nil
}

// office is what papers of a conference name: the commission and all bodies as they were called on its day.
type office struct {
	body      org.Body
	names     map[db.ID]org.Body
	conveners []org.Body // with the commission, where it convenes jointly
}

func officeOf(tx *db.Tx, b Conference) (office, error) {
	day := b.HeldOn
	if day.IsZero() {
		day = calendar.OfInstant(tx.Clock())
	}
	names, err := org.Names(tx, day)
	if err != nil {
		return office{}, err
	}
	o := office{body: names[b.Body], names: names}
	together, err := convenersOf(tx, b.ID)
	for _, id := range together {
		o.conveners = append(o.conveners, names[id])
	}
	return o, err
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
