// Package level keeps các cấp của một cuộc sơ kết, tổng kết: which bodies below hold a review too, the outline and form they
// were sent, and who held theirs, when, with which proof. What they report is an obligation of the room of reports like any
// other: drafted, approved, signed, sent back in part, put together with its sources there.
package level

import (
	"errors"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/report"
	"giaoban/review"
)

// Convenor is who holds the review at the province and so whose report is made of the reports.
type Convenor string

// The tổng kết of a central directive is usually Tỉnh ủy's.
const (
	ByParty      Convenor = "party"
	ByPeople     Convenor = "people"
	ByCommission Convenor = "commission"
)

// Convenors in the order they are offered.
var Convenors = []Convenor{ByParty, ByPeople, ByCommission}

// Name is the office's word.
func (c Convenor) Name() string {
	return map[Convenor]string{ByParty: "Tỉnh ủy", ByPeople: "Ủy ban nhân dân tỉnh", ByCommission: "Ban"}[c]
}

// issuer is how the head of the province's report calls it; "" for the commission itself.
func (c Convenor) issuer(tx *db.Tx) (string, error) {
	switch c {
	case ByParty:
		return org.Setting(tx, org.Superior)
	case ByPeople:
		return paper.PeoplesCommittee(tx)
	}
	return "", nil
}

// Call is the word to the levels below that they hold a review too.
type Call struct {
	Review   db.ID      `db:"review"`
	Regime   db.ID      `db:"regime"`
	Convenor Convenor   `db:"convenor"`
	MadeAt   db.Instant `db:"made_at"`
	MadeBy   string     `db:"made_by"`

	Name    string         `db:"-"` // of the review
	Of      report.Regime  `db:"-"`
	Opening report.Opening `db:"-"`
}

// Holder is who holds it at the province, as papers call it.
func (c Call) Holder() string {
	if c.Of.Issuer != "" {
		return c.Of.Issuer
	}
	return c.Convenor.Name()
}

// New is what an office decides for a call.
type New struct {
	Bodies   []db.ID
	Convenor Convenor
	Signer   string        // the post that signs the province's report: "Phó Bí thư"
	To       calendar.Date // the cut-off of the figures
	Due      calendar.Date
	Figures  string // code of the regime whose indicators of the review's sectors are asked too; "" for none
}

// Ask sends the outline and the form of a confirmed review to bodies below: each owes a report from now on.
func Ask(tx *db.Tx, by access.Actor, id db.ID, n New) (Call, error) {
	r, err := review.Find(tx, by, id)
	if err != nil {
		return Call{}, err
	}
	if err := by.May(access.PlanReview, r.Body); err != nil {
		return Call{}, err
	}
	if there, err := tx.Exists("select 1 from review_call where review = ?", r.ID); err != nil {
		return Call{}, err
	} else if there {
		return Call{}, fault.Conflict("Đề cương của cuộc này đã gửi; muốn thêm cơ quan thì dùng “Gửi thêm”.")
	}
	if r.State() != review.Confirmed {
		return Call{}, fault.Conflict("Cuộc này chưa duyệt, đã xong hoặc đã dừng nên chưa gửi đề cương cho các cấp được.")
	}
	once, err := n.once(tx, by, r)
	if err != nil {
		return Call{}, err
	}
	c := Call{Review: r.ID, Convenor: n.Convenor, MadeAt: tx.Now(), MadeBy: by.Name, Name: r.Label()}
	if c.Of, c.Opening, err = report.AskOnce(tx, by, once); err != nil {
		return c, err
	}
	c.Regime = c.Of.ID
	if err := tx.Insert("review_call", c); err != nil {
		return c, err
	}
	if err := lineage.Link(tx, r.Node(), c.Of.Node(), "gửi đề cương"); err != nil {
		return c, err
	}
	_, err = journal.Write(tx, by, "called", journal.Subject{Kind: "review", ID: r.ID, Body: r.Holder}, journal.Details{
		"label": r.Label(), "bodies": len(n.Bodies), "due": c.Opening.Due.String(), "convenor": c.Holder()})
	return c, err
}

// once is the call as something that is reported one time.
func (n New) once(tx *db.Tx, by access.Actor, r review.Review) (report.Once, error) {
	var wrong fault.List
	issuer, err := n.Convenor.issuer(tx)
	if err != nil {
		return report.Once{}, err
	}
	switch {
	case n.Convenor.Name() == "":
		wrong.Add("convenor", "Hãy chọn cấp nào chủ trì tổng kết ở tỉnh.")
	case n.Convenor != ByCommission && issuer == "":
		wrong.Add("convenor", "Thiết lập cơ quan chưa ghi tên Tỉnh ủy, Thành ủy nên chưa lập được phần đầu báo cáo; xin ghi ở Thiết lập.")
	case n.Convenor != ByCommission && n.Signer == "":
		wrong.Add("signer", "Cần ghi chức vụ người ký báo cáo của %s, ví dụ Phó Bí thư.", n.Convenor.Name())
	}
	if n.To.After(n.Due) && !n.Due.IsZero() {
		wrong.Add("closes", "Ngày chốt số liệu phải trước hạn gửi (%s).", n.Due.Vietnamese())
	}
	if n.Due.After(r.SubmitBy) {
		wrong.Add("due", "Hạn gửi phải trước hạn trình báo cáo của tỉnh (%s).", r.SubmitBy.Vietnamese())
	}
	if err := wrong.Err(); err != nil {
		return report.Once{}, err
	}
	period, err := calendar.ParsePeriod(span(r))
	if err != nil {
		return report.Once{}, err
	}
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return report.Once{}, err
	}
	o := report.Once{Code: codeOf(r), Name: r.Label(), Receiver: commission.ID, Issuer: issuer, Period: period, From: r.Issued, To: n.To,
		Due: n.Due, Bodies: n.Bodies, Basis: basis(r), Channel: "Gửi trong chương trình; bản ký số hoặc bản giấy gửi Văn phòng Ban"}
	if issuer != "" {
		o.Signer = n.Signer
	}
	sector := sectorOf(r)
	o.Outline.Sectors = []report.Sector{sector}
	o.Content = "Báo cáo " + string(r.Kind)
	annexes := ""
	if o.Outline.Sections, annexes = sections(r.Headings()); annexes != "" {
		o.Content += ", " + fold.Uncapital(annexes)
	}
	if n.Figures != "" {
		o.Outline.Indicators, o.Outline.Rules, err = report.IndicatorsFor(tx, by, n.Figures, r.Sectors.Codes(), sector.Code)
	}
	return o, err
}

// AskMore sends what was sent to further bodies, and gives how many of them had it not yet.
func AskMore(tx *db.Tx, by access.Actor, id db.ID, bodies []db.ID) (added int, err error) {
	r, err := review.Find(tx, by, id)
	if err != nil {
		return 0, err
	}
	if err := by.May(access.PlanReview, r.Body); err != nil {
		return 0, err
	}
	c, err := Find(tx, by, r.ID)
	if err != nil {
		return 0, err
	}
	if !r.Live() {
		return 0, fault.Conflict("Cuộc này đã xong hoặc đã dừng; muốn gửi thêm thì mở lại trước.")
	}
	if len(bodies) == 0 {
		return 0, fault.Invalid("bodies", "Hãy chọn ít nhất một cơ quan.")
	}
	if added, err = report.AskOnceMore(tx, by, c.Regime, bodies); err != nil {
		return 0, err
	}
	if added == 0 {
		return 0, fault.Conflict("Các cơ quan đã chọn đều có đề cương từ trước.")
	}
	_, err = journal.Write(tx, by, "called_more", journal.Subject{Kind: "review", ID: r.ID, Body: r.Holder}, journal.Details{"bodies": added})
	return added, err
}

const calls = `
select c.review, c.regime, c.convenor, c.made_at, c.made_by
from review_call c
`

// Find gives the call of a review, to who looks over all reports and to the bodies that were called; Missing when nobody was.
func Find(tx *db.Tx, by access.Actor, id db.ID) (Call, error) {
	return where(tx, by, "c.review = ?", id)
}

// OfRegime gives the call whose reports a regime asks for; Missing for any other regime.
func OfRegime(tx *db.Tx, by access.Actor, regime db.ID) (Call, error) {
	return where(tx, by, "c.regime = ?", regime)
}

func where(tx *db.Tx, by access.Actor, condition string, id db.ID) (c Call, err error) {
	sees := by.Sees(access.ReadReport)
	err = tx.Get(&c, calls+"where "+condition+` and (cast(? as text) = '' or exists (
	select 1
	from obligation o
	join opening p on p.id = o.opening
	where p.regime = c.regime and ? in (o.body, o.holder)))`, string(id), sees, sees)
	if errors.Is(err, db.None) {
		return c, fault.Missing("Cuộc sơ kết, tổng kết này chưa gửi đề cương cho các cấp, hoặc cơ quan của đồng chí không được gửi.")
	}
	if err != nil {
		return c, err
	}
	if c.Of, err = report.RegimeByID(tx, by, c.Regime); err != nil {
		return c, err
	}
	c.Name = c.Of.Name
	c.Opening, err = report.OnlyOpening(tx, by, c.Of)
	return c, err
}
