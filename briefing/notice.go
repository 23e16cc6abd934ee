package briefing

import (
	"fmt"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/task"
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
	// A notice that was signed and then withdrawn confirmed nothing.
	if _, err := tx.Exec("update briefing_conclusion set confirmed_at = null where briefing = ? and task is null", id); err != nil {
		return paper.Paper{}, err
	}
	doc, err := noticeDocument(tx, b, false)
	if err != nil {
		return paper.Paper{}, err
	}
	return b.write(tx, by, paper.ThongBao, roleNotice, doc, signer)
}

// noticeDocument is the text of the notice as the conclusions stand: "(đề xuất)" behind dates that nobody spoke or
// signed. What the issuing body decides (number, date, names) is filled in by the paper.
func noticeDocument(tx *db.Tx, b Briefing, signing bool) (official.Document, error) {
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
	body := append(opening, title("Đánh giá chung"))
	assessment := lines(minutes.Assessment)
	if len(assessment) == 0 {
		assessment = []string{"Hội nghị ghi nhận kết quả của các cơ quan, đơn vị trong khối Khoa giáo " + b.Period.Name() +
			" như báo cáo tổng hợp trình hội nghị."}
	}
	for _, words := range assessment {
		body = append(body, official.Paragraph{Runs: official.Text(sentence(words))})
	}
	var guidance, tasks []Conclusion
	for _, c := range conclusions {
		switch c.Kind {
		case Guidance:
			guidance = append(guidance, c)
		case Task:
			tasks = append(tasks, c)
		}
	}
	if len(guidance) > 0 {
		body = append(body, title("Định hướng công tác "+b.Launches.Name()))
		for _, c := range guidance {
			body = append(body, official.NumberedItem{Level: 1, Runs: official.Text(sentence(c.Words)), Origin: conclusionOrigin(c)})
		}
	}
	if len(tasks) > 0 {
		body = append(body, title("Nhiệm vụ cụ thể"))
		body = append(body, taskBlocks(o, tasks, signing)...)
	}
	body = append(body, say("%s thông báo để các cơ quan, đơn vị biết, thực hiện; báo cáo kết quả về %s trước hội nghị giao ban %s.",
		o.body.Name, o.body.Name, b.Launches.Name()))

	day := official.DayOf(b.HeldOn.Year(), int(b.HeldOn.Month()), b.HeldOn.Day())
	doc := official.ThongBaoKetLuan(official.ProfileFor(official.Party, day), concluder.Comrade(), b.Name(), body...)
	doc.Recipients, err = noticeRecipients(tx, b, o)
	doc.Filing = "Văn phòng Ban"
	return doc, err
}

// openingWords tell time, place, chair and attendance.
func openingWords(tx *db.Tx, b Briefing, o office, seats []Seat, concluder Seat) ([]official.Block, error) {
	var when strings.Builder
	if half := b.HalfDay(); half != "" {
		when.WriteString(half + " ngày " + b.HeldOn.Vietnamese())
	} else {
		when.WriteString("Ngày " + b.HeldOn.Vietnamese())
	}
	words := fmt.Sprintf("%s, %s tổ chức %s, triển khai nhiệm vụ %s", when.String(), o.body.Name, b.Name(), b.Launches.Name())
	if b.Place != "" {
		words += ", tại " + b.Place // last: a hall often bears the name of the body that invites
	}
	words += "."
	concludes := concluder.Comrade()
	if chairs := in(seats, Chair); len(chairs) > 0 {
		words += " " + upperFirst(chairs[0].Comrade()) + " chủ trì Hội nghị."
		if chairs[0].Comrade() == concludes {
			concludes = "đồng chí " + concluder.Name // the titles were just told
		}
	}
	if with := comrades(in(seats, CoChair)); with != "" {
		words += " Cùng chủ trì có " + with + "."
	}
	present, excused, absent, err := presence(tx, b)
	if err != nil {
		return nil, err
	}
	if len(present) > 0 {
		words += " Dự Hội nghị có lãnh đạo Ban, đại diện " + o.list(present) + "."
	}
	if missing := append(excused, absent...); len(missing) > 0 {
		words += " Vắng mặt: " + o.list(missing) + "."
	}
	return []official.Block{
		official.Paragraph{Runs: official.Text(words)},
		say("Sau khi nghe báo cáo tổng hợp và ý kiến của các cơ quan, đơn vị, %s kết luận như sau:", concludes),
	}, nil
}

// presence sorts the invited bodies by how they were represented, in the order of the invitation.
func presence(tx *db.Tx, b Briefing) (present, excused, absent []db.ID, err error) {
	var rows []struct {
		Body  db.ID    `db:"body"`
		State Presence `db:"state"`
	}
	if err := tx.Select(&rows, `
select a.body, a.state
from briefing_attendance a
left join briefing_invitee v on v.briefing = a.briefing and v.body = a.body
where a.briefing = ?
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

// taskBlocks are the tables of tasks: what is assigned first, then what is requested of bodies that the commission does
// not direct. The numbers run through both.
func taskBlocks(o office, tasks []Conclusion, signing bool) []official.Block {
	var out []official.Block
	n := 0
	for _, group := range []struct {
		mode    task.Mode
		caption string
	}{{task.Assigned, "Giao các đơn vị thuộc Ban và Ban cấp dưới"}, {task.Requested, "Đề nghị các cơ quan, đơn vị"}} {
		table := official.Table{Caption: group.caption, Columns: []official.Column{
			{Title: "TT", Width: 0.9, Align: official.Center}, {Title: "Nội dung", Width: 4.55}, {Title: "Chủ trì", Width: 2.8},
			{Title: "Phối hợp", Width: 3.7}, {Title: "Sản phẩm", Width: 2.3}, {Title: "Thời hạn", Width: 2.35, Align: official.Center}}}
		for _, c := range tasks {
			if c.Mode != group.mode {
				continue
			}
			n++
			due := c.Due.Vietnamese()
			if !signing && c.Proposed() {
				due = c.DueWords()
				table.Notes = []string{"Thời hạn ghi “đề xuất” chưa được nêu tại hội nghị; chỉ thành hạn khi thông báo này được ký."}
			}
			words := strings.TrimRight(c.Words, ". ")
			if c.ForcePaper != "" {
				words += " (theo " + c.ForcePaper + ")"
			}
			content := official.C(sentence(words))
			content.Origin = conclusionOrigin(c)
			table.Rows = append(table.Rows, []official.Cell{official.C(fmt.Sprint(n)), content, official.C(o.names[c.Lead].Name),
				official.C(o.cooperating(c)), official.C(c.Product), official.C(due)})
		}
		if len(table.Rows) > 0 {
			out = append(out, table)
		}
	}
	return out
}

// cooperating names who works with the lead, with its part and, where it has its own, its date: mere names in one row,
// parts one a line.
func (o office) cooperating(c Conclusion) string {
	var with []string
	between := "; "
	for _, k := range c.Cooperating {
		one := o.names[k.Body].Name
		if k.Part != "" {
			one, between = one+": "+k.Part, ";\n"
		}
		if !k.Due.IsZero() && k.Due != c.Due {
			one += " (trước ngày " + k.Due.Vietnamese() + ")"
		}
		with = append(with, one)
	}
	return strings.Join(with, between)
}

func conclusionOrigin(c Conclusion) official.Origin {
	return official.Origin{Ref: "conclusion/" + string(c.ID), Label: fmt.Sprintf("Kết luận %d", c.No)}
}

func noticeRecipients(tx *db.Tx, b Briefing, o office) ([]string, error) {
	superior, err := org.Setting(tx, org.Superior)
	if err != nil {
		return nil, err
	}
	var out []string
	if superior != "" {
		out = append(out, "Thường trực "+committee(superior)+" (để báo cáo)")
	}
	var bodies []db.ID
	if err := tx.Select(&bodies, "select body from briefing_invitee where briefing = ? order by sort", b.ID); err != nil {
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
	return upperFirst(strings.Join(words, " "))
}

// signNotice fixes the notice: the text is made once more from the conclusions, now without "(đề xuất)", because with
// the signature a proposed date becomes the date. Who signs is as in the draft when s names nobody.
func (b Briefing) signNotice(tx *db.Tx, by access.Actor, p paper.Paper, s paper.Signature) (paper.Paper, error) {
	if err := by.May(access.SignPaper, b.Body); err != nil {
		return paper.Paper{}, err
	}
	if err := b.held(tx, "ký thông báo kết luận"); err != nil {
		return paper.Paper{}, err
	}
	doc, err := noticeDocument(tx, b, true)
	if err != nil {
		return paper.Paper{}, err
	}
	s.Content = &doc
	if p, err = paper.Sign(tx, by, p.ID, s); err != nil {
		return p, err
	}
	_, err = tx.Exec(`
update briefing_conclusion
set confirmed_at = ?
where briefing = ? and kind = 'task' and dropped_at is null`, tx.Now(), b.ID)
	return p, err
}

func title(words string) official.Block {
	return official.Heading{Level: 1, Runs: official.Text(words)}
}

func say(format string, args ...any) official.Block {
	return official.Paragraph{Runs: official.Text(fmt.Sprintf(format, args...))}
}

func item(format string, args ...any) official.Block {
	return official.NumberedItem{Level: 1, Runs: official.Text(fmt.Sprintf(format, args...))}
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

func upperFirst(s string) string {
	for _, r := range s {
		return strings.ToUpper(string(r)) + s[len(string(r)):]
	}
	return s
}
