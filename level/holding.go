package level

import (
	"errors"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/report"
)

// Holding is what a body noted of its own sơ kết, tổng kết: held on a day, agreed not to be held, or planned.
type Holding struct {
	ID         db.ID              `db:"id"`
	Review     db.ID              `db:"review"`
	Body       db.ID              `db:"body"`
	Outcome    conference.Outcome `db:"outcome"`
	HeldOn     calendar.Date      `db:"held_on"` // the day, or the planned one
	Notice     string             `db:"notice"`  // what was issued there: "12-BC/HU"
	Reason     string             `db:"reason"`
	Version    int64              `db:"version"`
	MadeAt     db.Instant         `db:"made_at"`
	MadeBy     string             `db:"made_by"`
	MadeFor    bool               `db:"made_for"` // by the commission in the body's stead
	DroppedAt  db.Instant         `db:"dropped_at"`
	DropReason string             `db:"drop_reason"`
}

// Line says all of it: "Đã họp ngày 12/9/2022, văn bản 45/BC-SYT".
func (h Holding) Line() string {
	notice := h.Notice
	if notice != "" {
		notice = "văn bản " + notice
	}
	return h.Outcome.Line(h.HeldOn, notice, h.Reason)
}

const holdings = `
select h.id, h.review, h.body, h.outcome, h.held_on, h.notice, h.reason, h.version, h.made_at, h.made_by, h.made_for, h.dropped_at,
	h.drop_reason
from review_holding h
`

// longestLine of what is noted in short.
const longestLine = 500

// Note enters what became of a body's own holding, or corrects it: Version must be the one that was read, 0 for none. A body
// notes its own, the commission everybody's and the province's.
func Note(tx *db.Tx, by access.Actor, h Holding) (Holding, error) {
	c, holder, err := holderOf(tx, by, h.Review, h.Body)
	if err != nil {
		return h, err
	}
	if err := by.May(access.NoteSitting, holder); err != nil {
		return h, err
	}
	old, err := current(tx, h.Review, h.Body)
	if err != nil {
		return h, err
	}
	if old.Version != h.Version {
		return h, fault.Stale("%s vừa ghi “%s”. Xin xem lại rồi ghi tiếp.", old.MadeBy, old.Line())
	}
	if err := h.check(tx, c); err != nil {
		return h, err
	}
	h.Version, h.MadeAt, h.MadeBy, h.MadeFor = old.Version+1, tx.Now(), by.Name, by.Body != holder && by.OfCommission()
	if old.ID != "" {
		h.ID = old.ID
		_, err = tx.Exec(`
update review_holding
set outcome = ?, held_on = ?, notice = ?, reason = ?, version = ?, made_at = ?, made_by = ?, made_for = ?
where id = ?`, string(h.Outcome), h.HeldOn, h.Notice, h.Reason, h.Version, h.MadeAt, h.MadeBy, h.MadeFor, h.ID)
	} else {
		h.ID = tx.NewID()
		err = tx.Insert("review_holding", h)
	}
	if err != nil {
		return h, err
	}
	_, err = journal.Write(tx, by, "held", journal.Subject{Kind: "review", ID: h.Review, Body: holder}, journal.Details{"label": c.Name,
		"line": h.Line()})
	return h, err
}

func (h *Holding) check(tx *db.Tx, c Call) error {
	var wrong fault.List
	h.Notice, h.Reason = fold.Tidy(h.Notice), fold.Tidy(h.Reason)
	h.Outcome.Check(&wrong, h.HeldOn, h.Notice, h.Reason, calendar.OfInstant(tx.Clock()))
	wrong.AddError("held_on", calendar.NotBefore("Ngày họp", h.HeldOn, "ngày ban hành văn bản", c.Opening.From))
	if len(h.Notice) > longestLine || len(h.Reason) > longestLine {
		wrong.Add("reason", "Mỗi ô ghi nhiều nhất %d ký tự.", longestLine)
	}
	if err := official.RefuseSecret(h.Notice, h.Reason); err != nil {
		return err
	}
	return wrong.Err()
}

// Drop takes back what was noted by mistake; the row stays with the reason.
func Drop(tx *db.Tx, by access.Actor, review, body db.ID, version int64, reason string) error {
	c, holder, err := holderOf(tx, by, review, body)
	if err != nil {
		return err
	}
	if err := by.May(access.NoteSitting, holder); err != nil {
		return err
	}
	old, err := current(tx, review, body)
	if err != nil {
		return err
	}
	if old.ID == "" {
		return fault.Conflict("Chưa ghi gì nên không có gì để bỏ.")
	}
	if old.Version != version {
		return fault.Stale("%s vừa ghi “%s”. Xin xem lại rồi bỏ.", old.MadeBy, old.Line())
	}
	if reason = fold.Tidy(reason); reason == "" {
		return fault.Invalid("drop_reason", "Cần ghi lý do bỏ, ví dụ “Ghi nhầm cơ quan”.")
	}
	if err := official.RefuseSecret(reason); err != nil {
		return err
	}
	if _, err := tx.Exec("update review_holding set dropped_at = ?, drop_reason = ? where id = ?", tx.Now(), reason, old.ID); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "holding_dropped", journal.Subject{Kind: "review", ID: review, Body: holder}, journal.Details{
		"label": c.Name, "reason": reason})
	return err
}

// holderOf gives the call and the body that answers for another's part of it now: the commission for the province's.
func holderOf(tx *db.Tx, by access.Actor, review, body db.ID) (Call, db.ID, error) {
	c, err := Find(tx, by, review)
	if err != nil {
		return c, "", err
	}
	if body == c.Of.Receiver {
		return c, body, nil
	}
	o, err := report.ObligationOf(tx, by, c.Of.Code, c.Opening.Period, body)
	if fault.Is(err, fault.KindConflict) {
		err = fault.Missing("Cơ quan này không được gửi đề cương của cuộc này.")
	}
	return c, o.Holder, err
}

// current is what stands of a body; one without ID and with version 0 when nothing does.
func current(tx *db.Tx, review, body db.ID) (Holding, error) {
	var h Holding
	err := tx.Get(&h, holdings+"where h.review = ? and h.body = ? and h.dropped_at is null", review, body)
	if errors.Is(err, db.None) {
		return Holding{}, nil
	}
	return h, err
}
