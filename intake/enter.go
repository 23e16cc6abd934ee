package intake

import (
	"slices"
	"strings"
	"unicode"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/org"
	"giaoban/report"
	"giaoban/task"
)

// Entry is what a person enters of an incoming paper: what was proposed, as it stands after the person's look.
type Entry struct {
	Number                            string // số đến
	ArrivedOn                         calendar.Date
	Sender                            db.ID // "" for a sender outside the directory
	SenderName, Type, Symbol, Subject string
	Date                              calendar.Date
	Signer                            string
	Due                               calendar.Date
	Kind                              Kind
	LeadsTo                           db.ID // of a report the obligation, of a result the task
}

// longestText of one field, in bytes.
const longestText = 1000

// Enter puts a waiting paper into the book under its number, or corrects one that is there; version is the one that was
// read. The problems name the fields of Entry as the form does.
func Enter(tx *db.Tx, by access.Actor, id db.ID, version int64, e Entry) (Incoming, error) {
	i, err := open(tx, by, id, version)
	if err != nil {
		return i, err
	}
	if i.State != Waiting && i.State != Entered {
		return i, fault.Conflict("Văn bản này %s; không sửa trong sổ được nữa.", strings.ToLower(i.State.Name()))
	}
	if err := e.check(tx, by, i); err != nil {
		return i, err
	}
	was := i
	i.Number, i.Year, i.ArrivedOn = e.Number, int64(e.ArrivedOn.Year()), e.ArrivedOn
	i.Sender, i.SenderName, i.Type, i.Symbol, i.Date, i.Subject = e.Sender, e.SenderName, e.Type, e.Symbol, e.Date, e.Subject
	i.Signer, i.Due, i.Kind, i.LeadsTo, i.State, i.EnteredBy = e.Signer, e.Due, e.Kind, e.LeadsTo, Entered, by.Name
	if err := i.save(tx); err != nil {
		return i, err
	}
	verb := "entered"
	if was.State == Entered {
		verb = "corrected"
	}
	_, err = journal.Write(tx, by, verb, i.subject(), journal.Details{"number": i.Number, "day": i.ArrivedOn.String(), "label": i.Label(), "kind": i.Kind.Name(),
		"was": was.Number})
	return i, err
}

// check says everything that is wrong with an entry at once.
func (e *Entry) check(tx *db.Tx, by access.Actor, i Incoming) error {
	for _, s := range []*string{&e.Number, &e.SenderName, &e.Type, &e.Symbol, &e.Subject, &e.Signer} {
		*s = fold.Tidy(*s)
	}
	if err := official.RefuseSecret(e.Number, e.SenderName, e.Type, e.Symbol, e.Subject, e.Signer); err != nil {
		return err
	}
	var wrong fault.List
	today := calendar.OfInstant(tx.Clock())
	switch {
	case e.Number == "":
		wrong.Add("number", "Hãy ghi số đến.")
	case len(e.Number) > 12 || !unicode.IsDigit(rune(e.Number[0])):
		wrong.Add("number", "Số đến bắt đầu bằng chữ số, như 128 hoặc 128a.")
	}
	if e.ArrivedOn.IsZero() {
		wrong.Add("arrived_on", "Hãy ghi ngày đến.")
	}
	wrong.AddError("arrived_on", calendar.Happened("Ngày đến", e.ArrivedOn, today))
	wrong.AddError("date", calendar.Happened("Ngày văn bản", e.Date, today))
	wrong.AddError("arrived_on", calendar.NotBefore("Ngày đến", e.ArrivedOn, "ngày văn bản", e.Date))
	for field, s := range map[string]string{"subject": e.Subject, "sender_name": e.SenderName, "symbol": e.Symbol, "type": e.Type, "signer": e.Signer} {
		if len(s) > longestText {
			wrong.Add(field, "Ghi quá dài; tối đa khoảng 300 chữ.")
		}
	}
	if e.Sender == "" && e.SenderName == "" {
		wrong.Add("sender", "Hãy chọn nơi gửi, hoặc ghi tên nơi gửi không có trong danh bạ.")
	}
	if e.Sender != "" {
		b, err := org.Find(tx, by, e.Sender, today)
		if err != nil {
			return err
		}
		if e.SenderName == "" {
			e.SenderName = b.Name
		}
	}
	if e.Subject == "" && e.Symbol == "" {
		wrong.Add("subject", "Hãy ghi trích yếu hoặc số, ký hiệu của văn bản.")
	}
	if err := e.leads(tx, by, &wrong); err != nil {
		return err
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	var same []string
	if err := tx.Select(&same, "select name from incoming where org = ? and year = ? and number = ? and id <> ?", i.Body, e.ArrivedOn.Year(), e.Number, i.ID); err != nil {
		return err
	}
	if len(same) > 0 {
		return fault.Invalid("number", "Số đến %s năm %d đã dùng cho “%s”. Hãy ghi số khác.", e.Number, e.ArrivedOn.Year(), same[0])
	}
	return nil
}

// leads asks that a report or a result belongs to its sender and is still open.
func (e *Entry) leads(tx *db.Tx, by access.Actor, wrong *fault.List) error {
	switch e.Kind {
	case Report, Result:
		if e.LeadsTo == "" {
			return nil // it may be chosen later
		}
		targets, err := Targets(tx, by, e.Sender)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(targets, func(t Target) bool { return t.Kind == e.Kind && t.ID == e.LeadsTo }) {
			wrong.Add("leads_to", "Nơi gửi không có việc này đang mở. Hãy chọn việc khác, hoặc để trống.")
		}
	case Steering, Old, Other:
		e.LeadsTo = ""
	default:
		wrong.Add("kind", "Hãy chọn văn bản thuộc loại nào.")
	}
	return nil
}

// Target is something open that a paper of a sender may be for.
type Target struct {
	Kind Kind // Report or Result
	ID   db.ID
	Name string
}

// Targets are the open reports and tasks of a body, the nearest day first.
func Targets(tx *db.Tx, by access.Actor, sender db.ID) ([]Target, error) {
	if sender == "" {
		return nil, nil
	}
	owed, err := report.Due(tx, by, sender)
	if err != nil {
		return nil, err
	}
	var all []Target
	for _, o := range owed {
		all = append(all, Target{Report, o.ID, o.RegimeName + ", " + o.Period.Name()})
	}
	open, err := task.OpenOf(tx, by, sender, calendar.OfInstant(tx.Clock()))
	for _, t := range open {
		all = append(all, Target{Result, t.ID, t.Title})
	}
	return all, err
}

// Settle says into which record a paper went; the record is made in the same transaction by its own room.
func Settle(tx *db.Tx, by access.Actor, id db.ID, made lineage.Node) error {
	i, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	if err := by.May(access.KeepIncoming, i.Body); err != nil {
		return err
	}
	if i.State != Entered {
		return fault.Conflict("Văn bản đến này %s; hãy vào sổ trước khi chuyển xử lý.", strings.ToLower(i.State.Name()))
	}
	i.State, i.MadeKind, i.MadeID, i.MadeLabel = Settled, made.Kind, made.ID, made.Label
	if err := i.save(tx); err != nil {
		return err
	}
	if err := lineage.Link(tx, i.Node(), made, "chuyển thành"); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "settled", i.subject(), journal.Details{"made": made.Label})
	return err
}

// Close says what was done with a paper that goes into no other record.
func Close(tx *db.Tx, by access.Actor, id db.ID, version int64, note string) error {
	return end(tx, by, id, version, Entered, Settled, "closed", note, "Hãy ghi đã xử lý thế nào, ví dụ: chuyển Phòng Khoa giáo, lưu.")
}

// Drop takes a file out of the waiting list that was sent here by mistake; it stays with its reason.
func Drop(tx *db.Tx, by access.Actor, id db.ID, version int64, reason string) error {
	return end(tx, by, id, version, Waiting, Dropped, "dropped", reason, "Hãy ghi lý do bỏ tệp này.")
}

func end(tx *db.Tx, by access.Actor, id db.ID, version int64, from, to State, verb, note, missing string) error {
	i, err := open(tx, by, id, version)
	if err != nil {
		return err
	}
	if i.State != from {
		return fault.Conflict("Văn bản đến này %s.", strings.ToLower(i.State.Name()))
	}
	if note = fold.Tidy(note); note == "" {
		return fault.Invalid("note", "%s", missing)
	}
	if len(note) > longestText {
		return fault.Invalid("note", "Ghi quá dài; tối đa khoảng 300 chữ.")
	}
	if err := official.RefuseSecret(note); err != nil {
		return err
	}
	i.State, i.Note = to, note
	if err := i.save(tx); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, verb, i.subject(), journal.Details{"note": note})
	return err
}

// open finds a paper that the actor may work on, as it was read.
func open(tx *db.Tx, by access.Actor, id db.ID, version int64) (Incoming, error) {
	i, err := Find(tx, by, id)
	if err != nil {
		return i, err
	}
	if err := by.May(access.KeepIncoming, i.Body); err != nil {
		return i, err
	}
	if i.Version != version {
		return i, fault.Stale("Văn bản đến này vừa được người khác ghi. Xin xem lại rồi ghi tiếp.")
	}
	return i, nil
}

// save writes what may change and counts the version.
func (i *Incoming) save(tx *db.Tx) error {
	i.Version++
	_, err := tx.Exec(`
update incoming
set state = ?, number = ?, year = ?, arrived_on = ?, sender = ?, sender_name = ?, type = ?, symbol = ?, date = ?, subject = ?, signer = ?,
	due = ?, kind = ?, leads_to = ?, made_kind = ?, made_id = ?, made_label = ?, note = ?, entered_by = ?, version = ?
where id = ?`, string(i.State), i.Number, i.Year, i.ArrivedOn, i.Sender, i.SenderName, i.Type, i.Symbol, i.Date, i.Subject, i.Signer,
		i.Due, string(i.Kind), i.LeadsTo, i.MadeKind, i.MadeID, i.MadeLabel, i.Note, i.EnteredBy, i.Version, i.ID)
	return err
}
