package conference

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
)

// DraftNotice drafts the thông báo kết luận of a closed conference. signer is who will sign, often T/L or K/T and not
// the concluder; it may be left empty until the signature.
func DraftNotice(tx *db.Tx, by access.Actor, id db.ID, signer paper.Signature) (paper.Paper, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return paper.Paper{}, err
	}
	if err := by.May(access.PrepareBriefing, b.Body); err != nil {
		return paper.Paper{}, err
	}
	s, err := standingOf(tx, b)
	if err != nil {
		return paper.Paper{}, err
	}
	if s.ClosedAt == 0 {
		return paper.Paper{}, fault.Conflict("Hội nghị chưa kết thúc nên chưa soạn được thông báo kết luận.")
	}
	if err := b.held(tx, "soạn thông báo kết luận"); err != nil {
		return paper.Paper{}, err
	}
	if s.NoticedAt != 0 {
		return paper.Paper{}, fault.Conflict("Thông báo kết luận đã được soạn. Xin mở thông báo đó; muốn soạn lại thì rút thông báo cũ trước.")
	}
	if err := forgetStopped(tx, id); err != nil {
		return paper.Paper{}, err
	}
	// A notice that was signed and then withdrawn confirmed nothing.
	if _, err := tx.Exec("update conference_conclusion set confirmed_at = null where conference = ? and task is null", id); err != nil {
		return paper.Paper{}, err
	}
	doc, err := noticeDocument(tx, b)
	if err != nil {
		return paper.Paper{}, err
	}
	return b.write(tx, by, paper.ThongBao, roleNotice, doc, signer)
}

// forgetStopped lets a notice that is drafted anew after one was revoked give the tasks again that were stopped; those that run
// are not given twice.
func forgetStopped(tx *db.Tx, id db.ID) error {
	const stopped = "select f.task from task_fact f where f.kind = 'withdrawn'"
	if _, err := tx.Exec("update conference_conclusion set task = null where conference = ? and task in ("+stopped+")", id); err != nil {
		return err
	}
	_, err := tx.Exec(`
update conference_cooperation
set task = null
where conclusion in (select id from conference_conclusion where conference = ?)
  and task in (`+stopped+")", id)
	return err
}

// noticeDocument is the text of the notice as the conclusions stand: "(đề xuất)" behind dates that nobody spoke or
// signed. What the issuing body decides (number, date, names) is filled in by the paper.
func noticeDocument(tx *db.Tx, b Conference) (official.Document, error) {
	seats, err := seatsOf(tx, b.ID)
	if err != nil {
		return official.Document{}, err
	}
	concluder, ok := ConcluderOf(seats)
	if !ok {
		return official.Document{}, fault.Conflict("Chưa ghi ai chủ trì, ai kết luận hội nghị. Xin bổ sung ở phần Thành phần.")
	}
	if b.HeldOn.IsZero() {
		return official.Document{}, fault.Conflict("Chưa ghi ngày họp. Xin bổ sung ở phần Chuẩn bị.")
	}
	o, err := officeOf(tx, b)
	if err != nil {
		return official.Document{}, err
	}
	minutes, err := minutesOf(tx, b.ID)
	if err != nil {
		return official.Document{}, err
	}
	conclusions, err := conclusionsOf(tx, b.ID)
	if err != nil {
		return official.Document{}, err
	}
	opening, err := openingWords(tx, b, o, seats, concluder)
	if err != nil {
		return official.Document{}, err
	}
	body := opening
	assessment := lines(minutes.Assessment)
	if len(assessment) > 0 {
		body = append(body, title("Đánh giá chung"))
	}
	for _, words := range assessment {
		body = append(body, official.Paragraph{Runs: official.Text(sentence(words))})
	}
	var guidance, tasks, requests, shortcomings []Conclusion
	for _, c := range conclusions {
		switch c.Kind {
		case Guidance:
			guidance = append(guidance, c)
		case Task:
			tasks = append(tasks, c)
		case Request:
			requests = append(requests, c)
		case Shortcoming:
			shortcomings = append(shortcomings, c)
		}
	}
	if len(shortcomings) > 0 {
		body = append(body, title("Hạn chế cần khắc phục"))
	}
	for _, c := range shortcomings {
		words := strings.TrimRight(c.Words, ". ")
		if c.Lead != "" {
			words += " (" + o.names[c.Lead].Name + ")"
		}
		body = append(body, official.NumberedItem{Level: 1, Runs: official.Text(sentence(words)), Origin: conclusionOrigin(c)})
	}
	if len(guidance) > 0 {
		body = append(body, title(strings.TrimSpace("Định hướng công tác "+b.Ahead())))
		for _, c := range guidance {
			body = append(body, official.NumberedItem{Level: 1, Runs: official.Text(sentence(c.Words)), Origin: conclusionOrigin(c)})
		}
	}
	if len(tasks)+len(requests) > 0 {
		body = append(body, title("Nhiệm vụ cụ thể"))
		body = append(body, taskBlocks(o, tasks, requests)...)
	}
	body = append(body, official.Say("%s thông báo để các cơ quan, đơn vị biết, thực hiện.", o.body.Name))

	layout, err := paper.LayoutFor(tx, official.Party, b.HeldOn)
	if err != nil {
		return official.Document{}, err
	}
	doc := official.ThongBaoKetLuan(layout, concluder.Comrade(), b.Name(), body...)
	o.letterhead(&doc)
	doc.Recipients, err = noticeRecipients(tx, b, o)
	doc.Filing = "Văn phòng Ban"
	return doc, err
}

// openingWords tell time, place, chair and attendance.
func openingWords(tx *db.Tx, b Conference, o office, seats []Seat, concluder Seat) ([]official.Block, error) {
	var when strings.Builder
	if half := b.HalfDay(); half != "" {
		when.WriteString(half + " ngày " + b.HeldOn.Vietnamese())
	} else {
		when.WriteString("Ngày " + b.HeldOn.Vietnamese())
	}
	convened, err := b.convened(tx, o)
	if err != nil {
		return nil, err
	}
	guests, err := guestsOf(tx, b.ID)
	if err != nil {
		return nil, err
	}
	words := fmt.Sprintf("%s, %s %s", when.String(), convened, b.FullName())
	if b.Place != "" {
		words += ", tại " + b.Where() // last: a hall often bears the name of the body that invites
	}
	words += "."
	concludes := concluder.Comrade()
	if chairs := in(seats, Chair); len(chairs) > 0 {
		words += " " + fold.Capital(chairs[0].Comrade()) + " chủ trì Hội nghị."
		if chairs[0].Comrade() == concludes {
			concludes = "đồng chí " + concluder.Name // the titles were just told
		}
	}
	if with := comrades(in(seats, CoChair)); with != "" {
		words += " Cùng chủ trì có " + with + "."
	}
	words += welcomed(guests)
	present, excused, absent, err := presence(tx, b)
	if err != nil {
		return nil, err
	}
	if len(present) > 0 {
		words += " " + besides(guests) + " lãnh đạo Ban, đại diện " + o.list(present) + "."
	}
	if missing := append(excused, absent...); len(missing) > 0 {
		words += " Vắng mặt: " + o.list(missing) + "."
	}
	items, err := itemsOf(tx, b)
	if err != nil {
		return nil, err
	}
	var known []string
	for _, i := range items {
		if i.RollsOut {
			known = append(known, i.AboutLabel)
		}
	}
	if len(known) > 0 {
		words += " Hội nghị đã quán triệt " + strings.Join(known, "; ") + "."
	}
	return []official.Block{
		official.Paragraph{Runs: official.Text(words)},
		official.Say("Sau khi nghe %s của các cơ quan, đơn vị, %s kết luận như sau:", heard(b), concludes),
	}, nil
}

// besides begins the sentence of the bodies behind that of the guests, whose words it does not say again.
func besides(guests []Guest) string {
	switch {
	case slices.ContainsFunc(guests, func(g Guest) bool { return g.As == Also }):
		return "Dự Hội nghị còn có"
	case len(guests) > 0:
		return "Cùng dự Hội nghị có"
	}
	return "Dự Hội nghị có"
}

// heard is what was reported before the discussion; nothing is told of a report where none was asked for.
func heard(b Conference) string {
	if b.Period.IsZero() {
		return "ý kiến"
	}
	return "báo cáo tổng hợp và ý kiến"
}

// presence sorts the invited bodies by how they were represented, in the order of the invitation.
func presence(tx *db.Tx, b Conference) (present, excused, absent []db.ID, err error) {
	var rows []struct {
		Body  db.ID    `db:"body"`
		State Presence `db:"state"`
	}
	if err := tx.Select(&rows, `
select a.body, a.state
from conference_attendance a
left join conference_invitee v on v.conference = a.conference and v.body = a.body
where a.conference = ?
order by v.sort, a.body`, b.ID); err != nil {
		return nil, nil, nil, err
	}
	for _, r := range rows {
		switch r.State {
		case Present:
			present = append(present, r.Body)
		case Excused:
			excused = append(excused, r.Body)
		default:
			absent = append(absent, r.Body)
		}
	}
	return present, excused, absent, nil
}

func noticeRecipients(tx *db.Tx, b Conference, o office) ([]string, error) {
	superior, err := org.Setting(tx, org.Superior)
	if err != nil {
		return nil, err
	}
	var out []string
	if superior != "" {
		out = append(out, "Thường trực "+committee(superior)+" (để báo cáo)")
	}
	bodies, err := invitedTo(tx, b.ID)
	if err != nil {
		return nil, err
	}
	for _, id := range bodies {
		if id != b.Body {
			out = append(out, o.names[id].Name)
		}
	}
	return append(out, "Lãnh đạo Ban"), nil
}

// committee turns "TỈNH ỦY KHÁNH HÒA" into the "Tỉnh ủy" of running text.
func committee(superior string) string {
	words := strings.Fields(strings.ToLower(superior))
	if len(words) > 2 {
		words = words[:2]
	}
	return fold.Capital(strings.Join(words, " "))
}

// signNotice fixes the notice as it was shown. Who signs is as in the draft when s names nobody.
func (b Conference) signNotice(tx *db.Tx, by access.Actor, p paper.Paper, s paper.Signature) (paper.Paper, error) {
	if err := by.May(access.SignPaper, b.Body); err != nil {
		return paper.Paper{}, err
	}
	if err := b.held(tx, "ký thông báo kết luận"); err != nil {
		return paper.Paper{}, err
	}
	s.Settle = settle
	var err error
	if p, err = paper.Sign(tx, by, p.ID, s); err != nil {
		return p, err
	}
	_, err = tx.Exec(`
update conference_conclusion
set confirmed_at = ?
where conference = ? and kind in ('task', 'request') and dropped_at is null`, tx.Now(), b.ID)
	return p, err
}

func title(words string) official.Block {
	return official.Heading{Level: 1, Runs: official.Text(words)}
}

func item(format string, args ...any) official.Block {
	return official.NumberedItem{Level: 1, Runs: official.Text(fmt.Sprintf(format, args...))}
}

// stays marks a block that tells a day or a place of the conference: it changes with the conference only.
func stays(b official.Block) official.Block {
	switch b := b.(type) {
	case official.Paragraph:
		b.Fixed = true
		return b
	case official.NumberedItem:
		b.Fixed = true
		return b
	}
	return b
}

func dash(format string, args ...any) official.Block {
	return official.NumberedItem{Level: 3, Runs: official.Text(fmt.Sprintf(format, args...))}
}

// sentence ends a text with a full stop unless it ends with a mark already.
func sentence(words string) string {
	words = strings.TrimSpace(words)
	if words == "" || strings.ContainsAny(words[len(words)-1:], ".;:?!") || strings.HasSuffix(words, "…") {
		return words
	}
	return words + "."
}
