package review

import (
	"errors"
	"fmt"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/official"
)

// Clause is what a document itself says of its reviews; it wins over the rules of the office.
type Clause struct {
	ID        db.ID      `db:"id"`
	Directive db.ID      `db:"directive"`
	Kind      Kind       `db:"kind"`
	Years     int        `db:"years"`
	Repeats   bool       `db:"repeats"`    // every so many years, not once after them
	UntilYear int        `db:"until_year"` // of an interval; 0 when not said
	Words     string     `db:"words"`
	MadeAt    db.Instant `db:"made_at"`
	MadeBy    string     `db:"made_by"`
}

// Sentence says what the clause makes.
func (c Clause) Sentence() string {
	what := Review{Kind: c.Kind, Years: c.Years}.What()
	kind := what[:len(string(c.Kind))]
	switch {
	case c.Repeats && c.Years == 1:
		what = kind + " hằng năm"
	case c.Repeats:
		what = fmt.Sprintf("%s %d năm một lần", kind, c.Years)
	default:
		what = fmt.Sprintf("%s sau %d năm", kind, c.Years)
	}
	if c.Repeats && c.UntilYear != 0 {
		what += fmt.Sprintf(", đến năm %d", c.UntilYear)
	}
	return what
}

const clauseColumns = `
select id, directive, kind, years, repeats, until_year, words, made_at, made_by
from review_clause
`

// Clauses lists what a document says of its reviews.
func Clauses(tx *db.Tx, by access.Actor, document db.ID) ([]Clause, error) {
	if _, err := directive.Find(tx, by, document); err != nil {
		return nil, err
	}
	return clausesOf(tx, document)
}

func clausesOf(tx *db.Tx, document db.ID) ([]Clause, error) {
	var all []Clause
	err := tx.Select(&all, clauseColumns+"where directive = ? and ended_at is null\norder by years, id", document)
	return all, err
}

// AddClause enters what a document says: Kind, Years, Repeats, UntilYear and Words of c. From then on the rules of the
// office make nothing for this document.
func AddClause(tx *db.Tx, by access.Actor, document db.ID, c Clause) error {
	d, err := planned(tx, by, document)
	if err != nil {
		return err
	}
	var wrong fault.List
	c.Words = line(c.Words)
	if !c.Kind.Known() {
		wrong.Add("kind", "Cần chọn sơ kết hoặc tổng kết.")
	}
	checkYears(&wrong, "years", c.Years)
	if c.Words == "" {
		wrong.Add("words", "Cần chép lời của văn bản, ví dụ “Hằng năm sơ kết, 5 năm tổng kết việc thực hiện”.")
	}
	if c.UntilYear != 0 && (!c.Repeats || c.UntilYear < d.Date.Year() || c.UntilYear > d.Date.Year()+mostYears) {
		wrong.Add("until", "Năm cuối chỉ ghi cho việc lặp lại, và phải sau năm ban hành (%d).", d.Date.Year())
	}
	if err := official.RefuseSecret(c.Words); err != nil {
		return err
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	c.ID, c.Directive = tx.NewID(), d.ID
	if _, err := tx.Exec(`
insert into review_clause (id, directive, kind, years, repeats, until_year, words, made_at, made_by, ended_at, ended_by, end_reason)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, null, '', '')`,
		c.ID, c.Directive, string(c.Kind), c.Years, c.Repeats, c.UntilYear, c.Words, tx.Now(), by.Name); err != nil {
		return err
	}
	if _, err := journal.Write(tx, by, "clause_added", d.About(), journal.Details{"clause": c.Sentence(), "words": c.Words}); err != nil {
		return err
	}
	return follow(tx, by, d)
}

// EndClause takes a clause back that was typed wrongly. Without any clause the rules count again.
func EndClause(tx *db.Tx, by access.Actor, id db.ID, reason string) error {
	var c Clause
	err := tx.Get(&c, clauseColumns+"where id = ? and ended_at is null", id)
	if errors.Is(err, db.None) {
		return fault.Missing("Không có điều khoản này, hoặc đã được bỏ.")
	}
	if err != nil {
		return err
	}
	d, err := planned(tx, by, c.Directive)
	if err != nil {
		return err
	}
	if reason, err = why(reason, "Cần ghi vì sao bỏ điều khoản."); err != nil {
		return err
	}
	if _, err := tx.Exec("update review_clause set ended_at = ?, ended_by = ?, end_reason = ? where id = ?", tx.Now(), by.Name, reason, id); err != nil {
		return err
	}
	if _, err := journal.Write(tx, by, "clause_ended", d.About(), journal.Details{"clause": c.Sentence(), "reason": reason}); err != nil {
		return err
	}
	return follow(tx, by, d)
}

// Choose enters a review that neither rule nor clause asks for: the choice of the office, with the reason.
func Choose(tx *db.Tx, by access.Actor, document db.ID, kind Kind, years int, reason string) (db.ID, error) {
	d, err := planned(tx, by, document)
	if err != nil {
		return "", err
	}
	var wrong fault.List
	if !kind.Known() {
		wrong.Add("kind", "Cần chọn sơ kết hoặc tổng kết.")
	}
	checkYears(&wrong, "years", years)
	if reason, err = why(reason, "Cần ghi vì sao Ban chọn thêm kỳ này."); err != nil {
		if err := wrong.AddError("reason", err); err != nil {
			return "", err
		}
	}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	standing, err := tx.Exists("select 1 from review where directive = ? and years = ?", d.ID, years)
	if err != nil {
		return "", err
	}
	if standing {
		return "", fault.Conflict("Văn bản này đã có kỳ %d năm trong danh mục; xin mở kỳ đó.", years)
	}
	id, err := insert(tx, by, d, years, want{kind, ByChoice, reason})
	if err != nil {
		return "", err
	}
	r, err := Find(tx, by, id)
	if err != nil {
		return "", err
	}
	return id, r.happened(tx, by, journal.Details{"label": r.Label(), "reason": reason}, Fact{Kind: factChosen, Note: reason, Day: r.Due})
}

// planned finds a document for who may plan its reviews; one without a date has none.
func planned(tx *db.Tx, by access.Actor, document db.ID) (directive.Directive, error) {
	d, err := directive.Find(tx, by, document)
	if err != nil {
		return d, err
	}
	if err := by.May(access.PlanReview, d.Body); err != nil {
		return d, err
	}
	if d.Date.IsZero() {
		return d, fault.Conflict("%s", undated)
	}
	return d, nil
}

const undated = "Văn bản chưa ghi ngày ban hành nên chưa tính được kỳ sơ kết, tổng kết; xin bổ sung ngày ở phần sửa văn bản."

// WhyNone says why a document has no reviews; "" when it has some.
func WhyNone(tx *db.Tx, by access.Actor, d directive.Directive) (string, error) {
	if err := by.May(access.ReadDirective, by.Body); err != nil {
		return "", err
	}
	some, err := tx.Exists("select 1 from review where directive = ?", d.ID)
	if err != nil || some {
		return "", err
	}
	if d.Date.IsZero() {
		return undated, nil
	}
	rules, err := rules(tx)
	if err != nil {
		return "", err
	}
	for _, r := range rules {
		if r.Fits(d) {
			return "Quy tắc của Ban cho loại văn bản này đang tắt; có thể ghi điều khoản của văn bản hoặc chọn thêm một kỳ.", nil
		}
	}
	return "Ban chưa đặt quy tắc sơ kết, tổng kết cho loại văn bản này; có thể ghi điều khoản của văn bản hoặc chọn thêm một kỳ.", nil
}

// why takes a reason, which must be there.
func why(reason, missing string) (string, error) {
	reason = line(reason)
	if reason == "" {
		return "", fault.Invalid("reason", "%s", missing)
	}
	if len(reason) > mostText {
		return "", fault.Invalid("reason", "Lý do dài quá %d ký tự; xin ghi ngắn gọn.", mostText)
	}
	return reason, official.RefuseSecret(reason)
}

// after is the same day so many years later. 29/02 falls on 28/02 of a year without it: a term of years ends in its month.
func after(day calendar.Date, years int) calendar.Date {
	if d, err := calendar.MakeDate(day.Year()+years, day.Month(), day.Day()); err == nil {
		return d
	}
	return calendar.On(day.Year()+years, day.Month(), day.Day()-1)
}
