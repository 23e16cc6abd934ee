package appraisal

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/document"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/library"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/org"
	"giaoban/review"
)

// Forms are the kinds of draft usually sent; others may be typed.
var Forms = []string{"Nghị quyết", "Chỉ thị", "Kết luận", "Quyết định", "Quy định", "Quy chế", "Chương trình", "Kế hoạch", "Đề án", "Hướng dẫn", "Báo cáo", "Tờ trình"}

const (
	mostText    = 4000
	mostDays    = 60
	mostAsked   = 60    // bodies at once
	mostFrozen  = 3_000 // paragraphs of a draft
	mostComment = 2_000 // comments that one body makes on one version
)

// File is a draft as it came: kept by the library, and read.
type File struct {
	library.File
	Read document.Document
}

// New is a draft about to be sent.
type New struct {
	Kind          Kind
	Form          string
	Subject       string
	Addressee     Addressee
	AddresseeName string
	Sector        string // code; "" when none is named
	SubmitOn      calendar.Date
	Days          int     // working days for opinions; of a formal appraisal the rule says them
	Asked         []db.ID // bodies; of a formal appraisal the commission asks them
	Review        db.ID   // whose step it is
	Advice        db.ID   // the tham mưu that drafted it; "" for none
	Note          string
	File          File
}

// Submit sends a draft: to the commission for its appraisal, or to bodies for their opinion.
func Submit(tx *db.Tx, by access.Actor, n New) (Appraisal, error) {
	side, err := sideOf(tx, by)
	if err != nil {
		return Appraisal{}, err
	}
	if err := by.May(access.SubmitDraft, side); err != nil {
		return Appraisal{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	for _, s := range []*string{&n.Form, &n.Subject, &n.AddresseeName, &n.Note} {
		*s = fold.Tidy(*s)
	}
	paragraphs := frozen(n.File.Read)
	var wrong fault.List
	n.check(&wrong, today, paragraphs)
	if err := wrong.Err(); err != nil {
		return Appraisal{}, err
	}
	if err := official.RefuseSecret(n.Form, n.Subject, n.AddresseeName, n.Note); err != nil {
		return Appraisal{}, err
	}
	a := Appraisal{ID: tx.NewID(), Body: side, Kind: n.Kind, Form: n.Form, Subject: n.Subject, Addressee: n.Addressee,
		AddresseeName: n.AddresseeName, Sector: n.Sector, SubmitOn: n.SubmitOn, Review: n.Review, At: tx.Now(), By: by.Name}
	var step review.Review
	if n.Review != "" {
		if step, err = review.Find(tx, by, n.Review); err != nil {
			return a, err
		}
	}
	rule, err := must(tx, n.Form, n.Addressee, n.Sector, today)
	if err != nil {
		return a, err
	}
	if n.Kind == Formal {
		a.Rule = rule.ID
		if n.Days = rule.Days; n.Days == 0 && n.SubmitOn.IsZero() {
			return a, fault.Invalid("submit_on", "Cần ghi ngày dự kiến trình: quy định chưa nêu thời hạn thẩm định cho loại dự thảo này.")
		}
	}
	if _, err := tx.Exec(`
insert into appraisal (id, org, kind, form, subject, addressee, addressee_name, sector, submit_on, rule, review, at, by_actor, by_name)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.ID, a.Body, string(a.Kind), a.Form, a.Subject, string(a.Addressee), a.AddresseeName, a.Sector, a.SubmitOn, a.Rule, a.Review, a.At,
		by.Key(), by.Name); err != nil {
		return a, err
	}
	if err := a.freeze(tx, by, n.File, paragraphs, n.Days, n.Note); err != nil {
		return a, err
	}
	asked := n.Asked
	if n.Kind == Formal {
		commission, err := org.TheCommission(tx, today)
		if err != nil {
			return a, err
		}
		asked = []db.ID{commission.ID}
	}
	if err := a.ask(tx, by, asked, a.FirstDue, a.FirstHow); err != nil {
		return a, err
	}
	if n.Advice != "" {
		advice, err := directive.FindAdvice(tx, by, n.Advice)
		if err != nil {
			return a, err
		}
		if err := lineage.Link(tx, advice.Node(), a.Node(), "lấy ý kiến"); err != nil {
			return a, err
		}
	}
	if step.ID != "" {
		if err := lineage.Link(tx, step.Node(), a.Node(), "là bước “"+review.StepAppraisal.Name()+"”"); err != nil {
			return a, err
		}
	}
	if _, err := journal.Write(tx, by, "sent", a.about(), journal.Details{"kind": a.Kind.Name(), "draft": a.What(), "due": a.FirstDue.Vietnamese()}); err != nil {
		return a, err
	}
	return Find(tx, by, a.ID)
}

func (n *New) check(wrong *fault.List, today calendar.Date, paragraphs []Paragraph) {
	if n.Kind != Formal && n.Kind != Consulted {
		wrong.Add("kind", "Xin chọn đề nghị thẩm định hay lấy góp ý.")
	}
	if n.Form == "" {
		wrong.Add("form", "Cần ghi loại văn bản, ví dụ “Nghị quyết”.")
	}
	if n.Subject == "" {
		wrong.Add("subject", "Cần ghi trích yếu của dự thảo.")
	}
	if !n.Addressee.known() {
		wrong.Add("addressee", "Xin chọn cấp ban hành.")
	}
	if n.Kind == Formal && n.Addressee.known() && n.Addressee != ToParty {
		wrong.Add("kind", "Ban thẩm định dự thảo trình cấp ủy; dự thảo trình Ủy ban nhân dân thì lấy góp ý, ý kiến ấy không thay thẩm định của cơ quan tư pháp.")
	}
	if n.AddresseeName == "" {
		wrong.Add("addressee_name", "Cần ghi trình ai, ví dụ “Ban Thường vụ Tỉnh ủy”.")
	}
	for _, f := range []struct{ field, value string }{{"form", n.Form}, {"subject", n.Subject}, {"addressee_name", n.AddresseeName}, {"note", n.Note}} {
		if len(f.value) > mostText {
			wrong.Add(f.field, "Phần này dài quá %d ký tự; xin ghi ngắn gọn.", mostText)
		}
	}
	if n.Sector != "" && !slices.Contains(org.SectorCodes(), n.Sector) {
		wrong.Add("sector", "Không có lĩnh vực “%s”; xin chọn trong danh sách.", n.Sector)
	}
	if !n.SubmitOn.IsZero() && n.SubmitOn.Before(today) {
		wrong.Add("submit_on", "Ngày dự kiến trình (%s) đã qua.", n.SubmitOn.Vietnamese())
	}
	if n.Kind == Consulted {
		checkDays(wrong, n.Days)
		if len(n.Asked) == 0 {
			wrong.Add("asked", "Xin chọn ít nhất một cơ quan để lấy ý kiến.")
		}
	}
	checkFile(wrong, n.File, paragraphs)
}

func checkDays(wrong *fault.List, days int) {
	if days < 1 || days > mostDays {
		wrong.Add("days", "Xin ghi số ngày làm việc để trả lời, từ 1 đến %d.", mostDays)
	}
}

func checkFile(wrong *fault.List, f File, paragraphs []Paragraph) {
	switch {
	case f.ID == "":
		wrong.Add("file", "Hãy chọn tệp Word (.docx) của dự thảo.")
	case len(paragraphs) == 0:
		wrong.Add("file", "Tệp “%s” không có chữ nào đọc được.", f.Name)
	case len(paragraphs) > mostFrozen:
		wrong.Add("file", "Dự thảo có quá %d đoạn; xin tách phụ lục thành tệp riêng.", mostFrozen)
	}
}

// freeze keeps the next version of the draft, with the day until which opinions are given: so many working days from today,
// or the day of submission where nobody has said how many.
func (a *Appraisal) freeze(tx *db.Tx, by access.Actor, f File, paragraphs []Paragraph, days int, note string) error {
	h, err := org.Holidays(tx)
	if err != nil {
		return err
	}
	today := calendar.OfInstant(tx.Clock())
	due := calendar.DueSince(h, "Dự thảo gửi", today, days)
	if days == 0 {
		due = calendar.Fixed(h, a.SubmitOn)
	}
	text, err := packParagraphs(paragraphs)
	if err != nil {
		return err
	}
	a.N, a.SentAt, a.FirstDue, a.FirstHow, a.DayCount = a.N+1, tx.Now(), due.Date, due.Explain(), days
	a.Standing = Standing{State: Reviewing, Due: a.FirstDue, Explained: a.FirstHow}
	if _, err := tx.Exec(`
insert into appraisal_version (appraisal, n, file, name, paragraphs, problems, note, due, explained, days, at, by_actor, by_name)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.ID, a.N, f.ID, f.Name, text, strings.Join(f.Read.Problems, "\n"), note, a.FirstDue, a.FirstHow, days, tx.Now(), by.Key(), by.Name); err != nil {
		return err
	}
	return library.Attach(tx, by, f.ID, "appraisal", a.ID, a.Body, fmt.Sprintf("Dự thảo lần %d", a.N))
}

// ask puts bodies among those who are asked about the latest version.
func (a *Appraisal) ask(tx *db.Tx, by access.Actor, bodies []db.ID, due calendar.Date, explained string) error {
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return err
	}
	if len(bodies) > mostAsked {
		return fault.Invalid("asked", "Mỗi lần lấy ý kiến nhiều nhất %d cơ quan.", mostAsked)
	}
	for _, id := range bodies {
		b, ok := names[id]
		switch {
		case !ok || b.Kind == org.Authority:
			return fault.Invalid("asked", "Có cơ quan không còn trong danh bạ; xin chọn lại.")
		case id == a.Body:
			return fault.Invalid("asked", "%s là cơ quan soạn thảo, không tự góp ý.", b.Name)
		case b.Kind == org.OwnUnit:
			return fault.Invalid("asked", "%s là đơn vị thuộc Ban: người của Ban góp ý dưới tên Ban.", b.Name)
		}
		if _, err := tx.Exec(`
insert into appraisal_reviewer (appraisal, n, org, due, explained, at, by_actor, by_name)
values (?, ?, ?, ?, ?, ?, ?, ?)
on conflict (appraisal, n, org) do nothing`, a.ID, a.N, id, due, explained, tx.Now(), by.Key(), by.Name); err != nil {
			return err
		}
	}
	return nil
}

// Ask asks further bodies about the latest version: the commission at a formal appraisal, else the author. They answer within
// so many working days, and not after the day until which opinions are given.
func Ask(tx *db.Tx, by access.Actor, id db.ID, bodies []db.ID, days int) error {
	a, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	if err := a.conducts(tx, by); err != nil {
		return err
	}
	if err := a.underway(); err != nil {
		return err
	}
	var wrong fault.List
	checkDays(&wrong, days)
	if len(bodies) == 0 {
		wrong.Add("asked", "Xin chọn ít nhất một cơ quan để lấy ý kiến.")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	h, err := org.Holidays(tx)
	if err != nil {
		return err
	}
	due := calendar.DueSince(h, "Hỏi ý kiến", calendar.OfInstant(tx.Clock()), days)
	if due.Date.After(a.Due) {
		return fault.Invalid("days", "Hạn trả lời (%s) sau hạn chung của dự thảo (%s); xin ghi ít ngày hơn.", due.Date.Vietnamese(), a.Due.Vietnamese())
	}
	if err := a.ask(tx, by, bodies, due.Date, due.Explain()); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "asked", a.about(), journal.Details{"bodies": len(bodies), "due": due.Date.Vietnamese()})
	return err
}

// conducts asks whether the actor is who leads the asking: the commission at a formal appraisal, else the author.
func (a Appraisal) conducts(tx *db.Tx, by access.Actor) error {
	if a.Kind == Formal {
		return by.May(access.ConductAppraisal, a.Body)
	}
	return a.authored(tx, by)
}

// authored asks whether the actor speaks for the author. The commission sees all drafts and does nothing in another one's stead.
func (a Appraisal) authored(tx *db.Tx, by access.Actor) error {
	if err := by.May(access.SubmitDraft, a.Body); err != nil {
		return err
	}
	side, err := sideOf(tx, by)
	if err == nil && side != a.Body {
		err = fault.Conflict("Việc này của cơ quan soạn thảo; Ban không làm thay.")
	}
	return err
}

// underway refuses what is over, or stands still.
func (a Appraisal) underway() error {
	switch a.State {
	case Closed:
		return fault.Conflict("Hồ sơ này đã kết thúc ngày %s.", a.EndedOn.Vietnamese())
	case Withdrawn:
		return fault.Conflict("Dự thảo này đã rút ngày %s.", a.EndedOn.Vietnamese())
	case Stopped:
		return fault.Conflict("Việc lấy ý kiến đang tạm dừng từ ngày %s: %s.", a.StopOn.Vietnamese(), strings.TrimSuffix(a.StopWhy, "."))
	case Concluded:
		return fault.Conflict("Bản này đã có kết quả ngày %s; muốn lấy ý kiến tiếp thì gửi bản mới.", a.ResultOn.Vietnamese())
	}
	return nil
}
