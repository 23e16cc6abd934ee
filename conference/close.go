package conference

import (
	"fmt"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
)

// Problems lists what keeps the conference from being closed, one sentence for each item; the field is the item's
// place on the sheet, "words-3".
func Problems(tx *db.Tx, by access.Actor, id db.ID) ([]fault.Problem, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return nil, err
	}
	all, err := Conclusions(tx, by, id)
	if err != nil {
		return nil, err
	}
	d, err := directory(tx, b)
	if err != nil {
		return nil, err
	}
	return d.problems(b, all), nil
}

func (d bodies) problems(b Conference, all []Conclusion) []fault.Problem {
	var list fault.List
	if len(all) == 0 {
		list.Add("", "Chưa có kết luận nào. Hội nghị kết thúc khi đã ghi ít nhất một kết luận.")
	}
	for _, c := range all {
		field := func(name string) string { return fmt.Sprintf("%s-%d", name, c.No) }
		if c.Words == "" {
			list.Add(field("words"), "Kết luận %d chưa có nội dung; hãy ghi nội dung hoặc bỏ dòng này.", c.No)
		}
		switch c.Kind {
		case Undecided:
			list.Add(field("kind"), "Kết luận %d (“%s”) chưa quyết là định hướng hay nhiệm vụ.", c.No, shortened(c.Words))
		case Task:
			d.incomplete(&list, b, c, field)
		case Request:
			d.lacking(&list, b, c, field)
		}
	}
	return list
}

// incomplete says what a task still lacks: an owner, a product, a date.
func (d bodies) incomplete(list *fault.List, b Conference, c Conclusion, field func(string) string) {
	if c.Lead == "" {
		list.Add(field("lead"), "Kết luận %d là nhiệm vụ nhưng chưa có cơ quan chủ trì.", c.No)
	}
	if c.Product == "" {
		list.Add(field("product"), "Kết luận %d là nhiệm vụ nhưng chưa ghi sản phẩm phải có (báo cáo, kế hoạch, văn bản …).", c.No)
	}
	switch {
	case c.DueTyped != "":
		list.Add(field("due"), "Hạn “%s” của kết luận %d không phải là ngày; hãy viết ngày/tháng/năm như 20/5/2022.", c.DueTyped, c.No)
	case c.Due.IsZero():
		list.Add(field("due"), "Kết luận %d là nhiệm vụ nhưng chưa có hạn. Nếu hội nghị không nêu, hãy ghi ngày đề xuất; ngày đó chỉ thành hạn khi thông báo được ký.", c.No)
	case !b.HeldOn.IsZero() && c.Due.Before(b.HeldOn):
		list.Add(field("due"), "Hạn của kết luận %d (%s) trước ngày họp (%s).", c.No, c.Due.Vietnamese(), b.HeldOn.Vietnamese())
	}
	d.misnamed(list, c, field)
	for _, k := range c.Cooperating {
		if !k.Due.IsZero() && !c.Due.IsZero() && k.Due.After(c.Due) {
			list.Add(field("cooperation"), "Kết luận %d: hạn phối hợp của %s (%s) sau hạn của nhiệm vụ (%s).", c.No,
				d.byID[k.Body].ShortName, k.Due.Vietnamese(), c.Due.Vietnamese())
		}
	}
}

// held refuses what can only be done of a conference that took place: from its day on. The hour is not asked, because
// conferences begin early.
func (b Conference) held(tx *db.Tx, what string) error {
	s, err := standingOf(tx, b)
	if err != nil {
		return err
	}
	if s.state() == Postponed {
		return fault.Conflict("Hội nghị đang hoãn, chưa định ngày nên chưa %s được. Xin ghi ngày mới ở kế hoạch hội nghị.", what)
	}
	if !b.HeldOn.After(calendar.OfInstant(tx.Clock())) {
		return nil
	}
	return fault.Conflict("Hội nghị họp ngày %s, hôm nay (%s) chưa %s được. Nếu đã họp sớm hơn, xin sửa ngày họp ở phần Chuẩn bị.",
		b.HeldOn.Vietnamese(), calendar.OfInstant(tx.Clock()).Vietnamese(), what)
}

// Close ends the conference. It is refused, with every reason, while an item is undecided or a task lacks its lead,
// product or date.
func Close(tx *db.Tx, by access.Actor, id db.ID) error {
	b, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	if err := by.May(access.ConcludeBriefing, b.Body); err != nil {
		return err
	}
	s, err := standingOf(tx, b)
	if err != nil {
		return err
	}
	if s.ClosedAt != 0 {
		return fault.Conflict("Hội nghị đã kết thúc lúc %s.", s.ClosedAt)
	}
	if err := s.goesOn(); err != nil {
		return err
	}
	if err := b.held(tx, "kết thúc"); err != nil {
		return err
	}
	all, err := conclusionsOf(tx, id)
	if err != nil {
		return err
	}
	d, err := directory(tx, b)
	if err != nil {
		return err
	}
	if problems := d.problems(b, all); len(problems) > 0 {
		return &fault.Error{Kind: fault.KindConflict, Problems: problems}
	}
	later, err := addendumText(tx, by, b)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`
insert into conference_close (id, conference, at, by_actor, reopened_at, reopened_by, reason, addendum)
values (?, ?, ?, ?, null, '', '', ?)`, tx.NewID(), id, tx.Now(), by.Key(), later); err != nil {
		return err
	}
	if err := mentionConclusions(tx, by, b, all); err != nil {
		return err
	}
	if err := rollOut(tx, by, b); err != nil {
		return err
	}
	counts := map[Kind]int{}
	for _, c := range all {
		counts[c.Kind]++
	}
	_, err = journal.Write(tx, by, "closed", b.subject(), journal.Details{"guidance": counts[Guidance], "tasks": counts[Task], "requests": counts[Request],
		"shortcomings": counts[Shortcoming]})
	return err
}

// Reopen lets the conclusions be changed again, for a stated reason, as long as neither notice nor minutes of them have been drafted.
func Reopen(tx *db.Tx, by access.Actor, id db.ID, reason string) error {
	b, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	if err := by.May(access.ConcludeBriefing, b.Body); err != nil {
		return err
	}
	s, err := standingOf(tx, b)
	if err != nil {
		return err
	}
	if s.ClosedAt == 0 {
		return fault.Conflict("Hội nghị chưa kết thúc.")
	}
	if live, err := liveNotice(tx, id); err != nil {
		return err
	} else if live != "" {
		return fault.Conflict("Thông báo kết luận đã được soạn. Xin hủy bản thảo thông báo trước khi mở lại hội nghị.")
	}
	if minutes, err := livePapers(tx, id, roleMinutes); err != nil {
		return err
	} else if len(minutes) > 0 {
		return fault.Conflict("Biên bản đã được soạn. Xin rút biên bản trước khi mở lại hội nghị.")
	}
	reason = fold.Tidy(reason)
	if reason == "" {
		return fault.Invalid("reason", "Cần lý do mở lại hội nghị.")
	}
	if err := refuseSecret(reason); err != nil {
		return err
	}
	if _, err := tx.Exec(`
update conference_close
set reopened_at = ?, reopened_by = ?, reason = ?
where conference = ? and reopened_at is null`, tx.Now(), by.Key(), reason, id); err != nil {
		return err
	}
	if err := directive.WithdrawSessions(tx, by, b.Node()); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "reopened", b.subject(), journal.Details{"reason": reason})
	return err
}
