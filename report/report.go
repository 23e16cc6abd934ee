// Package report keeps chế độ báo cáo: a regime says who reports what by when; a period opened under it makes one
// obligation for every body assigned; a body answers with submissions, versions 1, 2, 3…; the commission accepts or
// asks for more; and the accepted figures add up, kept ready in the same transaction.
package report

import (
	"giaoban/calendar"
	"giaoban/internal/db"
)

// Body names a body where many are listed: its row and its business code. Codes never change.
type Body struct {
	ID   db.ID
	Code string
}

// Aggregation says how an indicator adds up over bodies and over time.
type Aggregation string

// The four ways. Over bodies every one of them is summed, except Average and Ratio.
const (
	Sum     Aggregation = "sum"     // over time: the sum
	Last    Aggregation = "last"    // over time: the last sub-period only, never carried forward
	Average Aggregation = "average" // the mean of the body-months that have a figure
	Ratio   Aggregation = "ratio"   // Σ numerators / Σ denominators × factor; computed, never typed
)

// Name is the office's word.
func (a Aggregation) Name() string {
	switch a {
	case Sum:
		return "cộng dồn"
	case Last:
		return "lấy kỳ cuối"
	case Average:
		return "bình quân"
	case Ratio:
		return "tỷ lệ"
	}
	return string(a)
}

// Direction says which way is better.
type Direction string

// Higher or lower is better; NoDirection is only watched.
const (
	Higher      Direction = "higher"
	Lower       Direction = "lower"
	NoDirection Direction = "none"
)

// Fraction says what `a/b` typed in a cell means.
type Fraction string

// The meanings of `a/b`; with NoFraction it is refused. The first number is always the figure.
const (
	ActualTarget Fraction = "actual_target"
	PartTotal    Fraction = "part_total"
	ThisLast     Fraction = "this_last"
	NoFraction   Fraction = "none"
)

// Include says which submissions count.
type Include string

// Only accepted versions count; Submitted is a preview with what was received but not yet accepted or sent back.
const (
	Accepted  Include = "accepted"
	Submitted Include = "submitted"
)

// Obligation is what one body owes for one period.
type Obligation struct {
	ID         db.ID           `db:"id"`
	Opening    db.ID           `db:"opening"`
	Regime     db.ID           `db:"regime"`
	RegimeCode string          `db:"regime_code"`
	RegimeName string          `db:"regime_name"`
	Period     calendar.Period `db:"period"`
	Form       db.ID           `db:"form"`
	Body       db.ID           `db:"body"` // who was asked
	BodyCode   string          `db:"body_code"`
	Holder     db.ID           `db:"holder"`     // who answers for it now; Body until it was handed over
	N          int             `db:"n"`          // place in the opening's roster
	Scope      Scope           `db:"sectors"`    // which sectors it is asked for
	Due        calendar.Date   `db:"due"`        // the day in force, after extensions
	FirstDue   calendar.Date   `db:"first_due"`  // the day the period was opened with
	Reason     string          `db:"due_reason"` // how the first day was found
	Drafted    bool            `db:"drafted"`
	DraftStep  StepKind        `db:"draft_step"` // what was done with the draft last; Stage tells where it stands
	Extended   bool            `db:"extended"`
	Returned   bool            `db:"returned"` // the latest version was sent back
	Owed       bool            `db:"owed"`     // something is still to be handed in
	Latest     db.ID           `db:"latest"`   // newest version; "" for none
	Version    int64           `db:"latest_version"`
	At         db.Instant      `db:"latest_at"` // when the newest version was received
	Late       bool            `db:"late"`
	NoContent  bool            `db:"nil_report"`
	Accepted   db.ID           `db:"accepted"` // the version that counts; "" for none
}

// Moved reports whether another body answers for the report than the one that was asked.
func (o Obligation) Moved() bool { return o.Holder != o.Body }
