package succession

import (
	"errors"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/org"
	"giaoban/report"
	"giaoban/review"
	"giaoban/task"
)

// Accept hands the items over as they were proposed, from the day of the change on. All of them or none.
func Accept(tx *db.Tx, by access.Actor, ids []db.ID) error {
	if len(ids) == 0 {
		return fault.Invalid("items", "Hãy chọn ít nhất một việc để bàn giao.")
	}
	for _, id := range ids {
		i, err := Find(tx, by, id)
		if err != nil {
			return err
		}
		if i.Flagged() {
			return fault.Conflict("“%s” chưa có cơ quan tiếp nhận được đề xuất; hãy chọn cơ quan cho việc này.", i.Title)
		}
		if err := i.hand(tx, by, i.To, ""); err != nil {
			return err
		}
	}
	return nil
}

// AcceptAll hands over everything of a change that has one proposed successor and no decision yet, and tells how many.
func AcceptAll(tx *db.Tx, by access.Actor, change db.ID) (n int, err error) {
	all, err := Items(tx, by, change)
	if err != nil {
		return 0, err
	}
	for _, i := range all {
		if i.State() != Open || i.Flagged() {
			continue
		}
		if err := i.hand(tx, by, i.To, ""); err != nil {
			return 0, err
		}
		n++
	}
	if n == 0 {
		return 0, fault.Conflict("Không còn việc nào có cơ quan tiếp nhận được đề xuất mà chưa bàn giao.")
	}
	return n, nil
}

// Choose hands an item over to a body that a person names, with the reason: for what could not be proposed, or was
// proposed to another.
func Choose(tx *db.Tx, by access.Actor, id, to db.ID, reason string) error {
	i, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	if to == "" {
		return fault.Invalid("to", "Hãy chọn cơ quan tiếp nhận.")
	}
	reason, err = reasonOf(reason, to != i.To, "Cần ghi vì sao chọn cơ quan này.")
	if err != nil {
		return err
	}
	return i.hand(tx, by, to, reason)
}

// Decline leaves an item where it is, with the reason.
func Decline(tx *db.Tx, by access.Actor, id db.ID, reason string) error {
	i, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	if err := i.undecided(); err != nil {
		return err
	}
	reason, err = reasonOf(reason, true, "Cần ghi vì sao không bàn giao việc này.")
	if err != nil {
		return err
	}
	if err := i.decide(tx, by, false, "", "", "", reason); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "succession_declined", subject(i.Change), journal.Details{"item": i.Title, "reason": reason})
	return err
}

func reasonOf(reason string, asked bool, missing string) (string, error) {
	reason = fold.Tidy(reason)
	if asked && reason == "" {
		return "", fault.Invalid("reason", "%s", missing)
	}
	if len(reason) > 2000 {
		return "", fault.Invalid("reason", "Lý do dài quá 2.000 ký tự; xin ghi ngắn gọn.")
	}
	return reason, official.RefuseSecret(reason)
}

func (i Item) undecided() error {
	switch i.State() {
	case Accepted:
		return fault.Conflict("“%s” đã bàn giao rồi; muốn đổi thì hoàn tác trước.", i.Title)
	case Declined:
		return fault.Conflict("“%s” đã quyết định không bàn giao; muốn đổi thì hoàn tác trước.", i.Title)
	case Gone:
		return fault.Conflict("Lần sắp xếp này đã được hoàn tác nên không bàn giao nữa.")
	}
	return nil
}

// hand is the one place where work goes over: the item's own room notes who answers now, then the decision is kept.
func (i Item) hand(tx *db.Tx, by access.Actor, to db.ID, reason string) error {
	if err := by.May(access.AcceptSuccession, to); err != nil {
		return err
	}
	if err := i.undecided(); err != nil {
		return err
	}
	c, err := org.FindChange(tx, by, i.Change)
	if err != nil {
		return err
	}
	today := calendar.OfInstant(tx.Clock())
	if today.Before(c.Day) {
		return fault.Conflict("Đến ngày %s mới bàn giao; trước ngày đó cơ quan cũ vẫn thực hiện.", c.Day.Vietnamese())
	}
	if to == i.From {
		return fault.Invalid("to", "Cơ quan này đang thực hiện việc đó; nếu để nguyên, hãy chọn “Không bàn giao”.")
	}
	body, err := org.Find(tx, by, to, today)
	if fault.Is(err, fault.KindMissing) {
		return fault.Invalid("to", "Không có cơ quan này trong Danh bạ; xin chọn lại.")
	}
	if err != nil {
		return err
	}
	if body.ValidFrom.After(today) || !body.ValidTo.IsZero() && body.ValidTo.Before(today) {
		return fault.Invalid("to", "%s không còn hoạt động; hãy chọn cơ quan khác.", body.ShortName)
	}
	held, err := i.held(tx)
	if err != nil {
		return err
	}
	if held != i.From {
		return fault.Conflict("“%s” đã do cơ quan khác thực hiện từ lần bàn giao khác.", i.Title)
	}
	var transfer db.ID
	switch i.Kind {
	case Task:
		err = task.HandOver(tx, by, i.Item, db.ID(i.Part), to)
	case Obligation:
		err = report.HandOver(tx, by, i.Item, to)
	case Review:
		err = review.HandOver(tx, by, i.Item, to)
	case Assignment:
		var t report.Transfer
		t, err = report.TransferAssignment(tx, by, report.Transfer{Assignment: i.Item, Scope: report.Scope(i.Part), Body: to, From: c.Day, Basis: c.Basis})
		transfer = t.ID
	}
	if err != nil {
		return err
	}
	if err := i.decide(tx, by, true, to, held, transfer, reason); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "succession_accepted", journal.Subject{Kind: "change", ID: i.Change, Body: to}, journal.Details{
		"kind": i.Kind.Name(), "item": i.Title, "to": body.ShortName, "reason": reason})
	return err
}

// held reads who answers now.
func (i Item) held(tx *db.Tx) (holder db.ID, err error) {
	switch i.Kind {
	case Task:
		err = tx.Get(&holder, "select holder from task_side where task = ? and org = ?", i.Item, i.Part)
	case Obligation:
		err = tx.Get(&holder, "select holder from obligation where id = ?", i.Item)
	case Review:
		err = tx.Get(&holder, "select holder from review where id = ?", i.Item)
	case Assignment:
		return report.Reporter(tx, i.Item, report.Scope(i.Part))
	}
	if errors.Is(err, db.None) {
		return "", fault.Missing("“%s” không còn.", i.Title)
	}
	return holder, err
}

func (i Item) decide(tx *db.Tx, by access.Actor, accepted bool, to, held, transfer db.ID, reason string) error {
	_, err := tx.Exec(`
insert into succession_decision (id, item, accepted, to_body, held_by, transfer, reason, at, by_actor, by_name, undone_at, undone_by, undone_name)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, '', '')`, tx.NewID(), i.ID, accepted, to, held, transfer, reason, tx.Now(), by.Key(), by.Name)
	return err
}

// Undo takes the decision on an item back: who answered before it answers again, exactly. What was handed on since must
// be taken back first.
func Undo(tx *db.Tx, by access.Actor, id db.ID) error {
	i, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	return i.undo(tx, by)
}

func (i Item) undo(tx *db.Tx, by access.Actor) error {
	if err := by.May(access.AcceptSuccession, i.From); err != nil {
		return err
	}
	if i.DecisionID == "" {
		return fault.Conflict("“%s” chưa có quyết định nào để hoàn tác.", i.Title)
	}
	if i.WasAccepted {
		held, err := i.held(tx)
		if err != nil {
			return err
		}
		if held != i.Holder {
			return fault.Conflict("“%s” đã được bàn giao tiếp cho cơ quan khác; hãy hoàn tác lần bàn giao sau trước.", i.Title)
		}
		switch i.Kind {
		case Task:
			err = task.TakeBack(tx, by, i.Item, db.ID(i.Part), i.HeldBy)
		case Obligation:
			err = report.TakeBack(tx, by, i.Item, i.HeldBy)
		case Review:
			err = review.TakeBack(tx, by, i.Item, i.HeldBy)
		case Assignment:
			err = report.EndTransfer(tx, by, i.Transfer)
		}
		if err != nil {
			return err
		}
	}
	if _, err := tx.Exec("update succession_decision set undone_at = ?, undone_by = ?, undone_name = ? where id = ?",
		tx.Now(), by.Key(), by.Name, i.DecisionID); err != nil {
		return err
	}
	_, err := journal.Write(tx, by, "succession_undone", journal.Subject{Kind: "change", ID: i.Change, Body: i.From}, journal.Details{
		"kind": i.Kind.Name(), "item": i.Title})
	return err
}

// UndoAll takes back every decision about a change, the last one first, and tells how many.
func UndoAll(tx *db.Tx, by access.Actor, change db.ID) (n int, err error) {
	all, err := Items(tx, by, change)
	if err != nil {
		return 0, err
	}
	slices.SortStableFunc(all, func(a, b Item) int { return strings.Compare(string(b.DecisionID), string(a.DecisionID)) })
	for _, i := range all {
		if i.DecisionID == "" {
			continue
		}
		if err := i.undo(tx, by); err != nil {
			return 0, err
		}
		n++
	}
	if n == 0 {
		return 0, fault.Conflict("Chưa có quyết định nào để hoàn tác.")
	}
	return n, nil
}

// UndoChange takes a change of bodies back with its open proposals. It is refused while work is handed over because of
// it: that must be taken back first, so that nothing is left with a body that never took it over.
func UndoChange(tx *db.Tx, by access.Actor, change db.ID, reason string) error {
	if err := by.May(access.ManageBodies, by.Body); err != nil {
		return err
	}
	all, err := itemsOf(tx, change)
	if err != nil {
		return err
	}
	n := 0
	for _, i := range all {
		if i.State() == Accepted {
			n++
		}
	}
	if n > 0 {
		return fault.Conflict("Đã bàn giao %d việc theo lần sắp xếp này. Hãy hoàn tác các việc đó ở trang Bàn giao trước.", n)
	}
	return org.Undo(tx, by, change, reason)
}
