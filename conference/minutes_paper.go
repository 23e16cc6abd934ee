package conference

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/official"
	"giaoban/paper"
)

// MinutesPaper is the biên bản of a conference; without ID while there is none.
func MinutesPaper(tx *db.Tx, by access.Actor, id db.ID) (paper.Paper, error) {
	if _, err := Find(tx, by, id); err != nil {
		return paper.Paper{}, err
	}
	all, err := papersAmong(tx, by, []db.ID{id}, roleMinutes)
	return newest(all[filed{id, roleMinutes}]), err
}

// DraftMinutes drafts the biên bản of a closed conference from what was written down while it ran. It stays with the
// commission, and has two signatures: of the secretary, "" for the one who is seated as such, and of the chair.
func DraftMinutes(tx *db.Tx, by access.Actor, id db.ID, secretary string) (paper.Paper, error) {
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
		return paper.Paper{}, fault.Conflict("Hội nghị chưa kết thúc nên chưa soạn được biên bản.")
	}
	if err := b.held(tx, "soạn biên bản"); err != nil {
		return paper.Paper{}, err
	}
	there, err := livePapers(tx, id, roleMinutes)
	if err != nil {
		return paper.Paper{}, err
	}
	if len(there) > 0 {
		return paper.Paper{}, fault.Conflict("Biên bản đã được soạn. Xin mở biên bản đó; muốn soạn lại thì rút bản cũ trước.")
	}
	seats, err := seatsOf(tx, id)
	if err != nil {
		return paper.Paper{}, err
	}
	chairs, secretary := in(seats, Chair), fold.Tidy(secretary)
	if written := in(seats, Secretary); secretary == "" && len(written) > 0 {
		secretary = written[0].Name
	}
	var lacking fault.List
	if len(chairs) == 0 {
		lacking.Add("", "Chưa ghi ai chủ trì hội nghị. Xin bổ sung ở phần Thành phần.")
	}
	if secretary == "" {
		lacking.Add("secretary", "Cần họ tên người ghi biên bản.")
	}
	if err := lacking.Err(); err != nil {
		return paper.Paper{}, err
	}
	doc, err := minutesDocument(tx, by, b, seats, secretary)
	if err != nil {
		return paper.Paper{}, err
	}
	return b.draft(tx, by, roleMinutes, paper.New{Kind: paper.BienBan, Content: doc, Secretary: secretary, Chair: chairs[0].Name})
}

// minutesDocument tells what was written down. What nobody wrote is a place to be filled; a date that nobody spoke is not
// told.
func minutesDocument(tx *db.Tx, by access.Actor, b Conference, seats []Seat, secretary string) (official.Document, error) {
	o, err := officeOf(tx, b)
	if err != nil {
		return official.Document{}, err
	}
	m, err := minutesOf(tx, b.ID)
	if err != nil {
		return official.Document{}, err
	}
	body := []official.Block{title("Thời gian, địa điểm")}
	body = append(body, recorded("Bắt đầu: ", b.When(), "giờ, ngày bắt đầu"), recorded("Địa điểm: ", b.Place, "nơi họp"), title("Thành phần"))
	who, err := b.attendance(tx, o, seats, secretary)
	if err != nil {
		return official.Document{}, err
	}
	body = append(append(body, who...), title("Diễn biến"))
	course, err := b.course(tx, by, o, m)
	if err != nil {
		return official.Document{}, err
	}
	body = append(append(body, course...), title("Kết luận"))
	concluded, err := b.concluded(tx, o, m)
	if err != nil {
		return official.Document{}, err
	}
	ended := ""
	if hour, minute, ok := strings.Cut(m.EndedAt, ":"); ok {
		ended = fmt.Sprintf("%s giờ %s cùng ngày", hour, minute)
	}
	body = append(append(body, concluded...), title("Kết thúc"), recorded("Hội nghị kết thúc lúc ", ended, "giờ kết thúc"))
	doc := official.Document{Kind: official.Minutes, TypeName: paper.BienBan.Name(), Subject: b.spread(), Body: official.Listed(body)}
	o.letterhead(&doc)
	return doc, nil
}

// recorded is a sentence about what was written down, or the place where it is still to be written.
func recorded(lead, words, ask string) official.Block {
	if words == "" {
		return official.Paragraph{Ask: ask}
	}
	return official.Paragraph{Runs: official.Text(sentence(lead + words))}
}

// attendance names who led, wrote, came as a guest, was there and was not.
func (b Conference) attendance(tx *db.Tx, o office, seats []Seat, secretary string) ([]official.Block, error) {
	body := []official.Block{item("Chủ trì: %s", comrades(in(seats, Chair)))}
	if with := comrades(in(seats, CoChair)); with != "" {
		body = append(body, item("Đồng chủ trì: %s", with))
	}
	body = append(body, item("Người ghi biên bản: đồng chí %s", secretary))
	guests, err := guestsOf(tx, b.ID)
	if err != nil {
		return nil, err
	}
	for _, as := range AllAs {
		var names []string
		for _, g := range guests {
			if g.As == as {
				names = append(names, g.Comrade())
			}
		}
		if len(names) > 0 {
			body = append(body, item("%s: %s", fold.Capital(as.Name()), strings.Join(names, "; ")))
		}
	}
	present, excused, absent, err := presence(tx, b)
	if err != nil {
		return nil, err
	}
	for _, group := range []struct {
		words  string
		bodies []db.ID
	}{{"Có mặt", present}, {"Vắng mặt có lý do", excused}, {"Vắng mặt", absent}} {
		if len(group.bodies) > 0 {
			body = append(body, item("%s: đại diện %s", group.words, o.list(group.bodies)))
		}
	}
	if len(present)+len(excused)+len(absent) == 0 {
		body = append(body, official.NumberedItem{Level: 1, Ask: "cơ quan có mặt, vắng mặt"})
	}
	return body, nil
}

// course is the programme, what was written while it ran, and what each body said.
func (b Conference) course(tx *db.Tx, by access.Actor, o office, m Minutes) (body []official.Block, err error) {
	items, err := itemsOf(tx, b)
	if err != nil {
		return nil, err
	}
	if len(items) > 0 {
		body = append(body, official.Say("Chương trình hội nghị:"))
	}
	for _, line := range linesOf(items) {
		body = append(body, dash("%s", line))
	}
	for _, words := range lines(m.Course) {
		body = append(body, official.Paragraph{Runs: official.Text(sentence(words))})
	}
	if len(lines(m.Course)) == 0 {
		body = append(body, official.Paragraph{Ask: "diễn biến hội nghị"})
	}
	speeches, err := Contributions(tx, by, b.ID)
	for _, c := range speeches {
		for n, words := range lines(c.Notes) {
			if n == 0 {
				words = o.names[c.Body].Name + ": " + words
			}
			body = append(body, official.Paragraph{Runs: official.Text(sentence(words)),
				Origin: official.Origin{Ref: "contribution/" + string(c.ID), Label: "Ý kiến của " + o.names[c.Body].ShortName}})
		}
	}
	return body, err
}

// concluded are the assessment and the conclusions as the conference closed them.
func (b Conference) concluded(tx *db.Tx, o office, m Minutes) (body []official.Block, err error) {
	for _, words := range lines(m.Assessment) {
		body = append(body, official.Paragraph{Runs: official.Text(sentence(words))})
	}
	all, err := conclusionsOf(tx, b.ID)
	for _, c := range all {
		words := strings.TrimRight(c.Words, ". ")
		unspoken := !c.DueSpoken // also when a signature has made it a date since
		if unspoken {            // minutes tell what was said, and nobody said a date: neither that of all nor one body's
			c.Due, c.Cooperating = calendar.Date{}, slices.Clone(c.Cooperating)
			for i := range c.Cooperating {
				c.Cooperating[i].Due = calendar.Date{}
			}
		}
		who, product, due := o.names[c.Lead].Name, c.Product, c.Due.Vietnamese()
		if c.Kind == Request {
			who, _, due = o.asked(c)
			who = strings.ReplaceAll(who, ";\n", "; ")
		}
		if unspoken {
			due = ""
		}
		if !c.Kind.Asks() { // typed while the line was a task: nothing is to be brought by nobody
			product, due = "", ""
		}
		does := map[Kind]string{Task: "chủ trì: ", Request: "thực hiện: "}[c.Kind]
		var more []string
		for _, part := range [][2]string{{cmp.Or(does, "cơ quan: "), who}, {"phối hợp: ", o.cooperatingIn(c)}, {"sản phẩm: ", product}, {"thời hạn: ", due}} {
			if part[1] != "" {
				more = append(more, part[0]+part[1])
			}
		}
		if len(more) > 0 {
			words += ". " + fold.Capital(strings.Join(more, "; "))
		}
		body = append(body, official.NumberedItem{Level: 1, Runs: official.Text(sentence(words)), Origin: conclusionOrigin(c)})
	}
	if len(body) == 0 {
		body = append(body, official.Paragraph{Ask: "kết luận của chủ trì"})
	}
	return body, err
}

// cooperatingIn names who works with the lead in a running sentence.
func (o office) cooperatingIn(c Conclusion) string {
	if c.Kind == Request {
		return ""
	}
	return strings.ReplaceAll(o.cooperating(c), ";\n", "; ")
}
