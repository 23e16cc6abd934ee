// Package goal keeps mục tiêu, chỉ tiêu của văn bản được theo dõi: by which figures a goal of a document is measured, where it
// stands, and whether that is đạt, trên lộ trình or chậm by a rule that is said beside the word. No share of the way is kept or
// typed; the word is worked out whenever it is read.
package goal

import (
	"errors"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/report"
)

// Kind is what a goal is measured by.
type Kind string

// An indicator that bodies report; a figure that the commission enters with its source, because no body of the field owns it
// (GRDP); a grade out of ordered words (cấp độ dịch).
const (
	ByIndicator Kind = "indicator"
	ByHand      Kind = "hand"
	ByGrade     Kind = "grade"
)

// Measure is what a goal is measured by, and where its path begins.
type Measure struct {
	Goal       db.ID            `db:"goal"`
	Directive  db.ID            `db:"directive"`
	Kind       Kind             `db:"kind"`
	Regime     string           `db:"regime"` // code, of an indicator
	Indicator  string           `db:"indicator"`
	Direction  report.Direction `db:"direction"`
	Grades     string           `db:"grades"` // the words, the worst first, one a line
	Aim        string           `db:"aim"`    // the grade to be reached
	Base       string           `db:"base"`   // a decimal or a grade; "" when not known
	BaseYear   int              `db:"base_year"`
	BaseSource string           `db:"base_source"`
	Version    int64            `db:"version"`
	MadeAt     db.Instant       `db:"made_at"`
	MadeBy     string           `db:"made_by"`
}

// Scale are the grades, the worst first.
func (m Measure) Scale() []string { return strings.Split(m.Grades, "\n") }

// grade is the place of a word in the scale, from 0; -1 when it is none of them.
func (m Measure) grade(word string) int {
	return slices.IndexFunc(m.Scale(), func(g string) bool { return fold.Fold(g) == fold.Fold(word) })
}

// Said says in words what the goal is measured by.
func (m Measure) Said() string {
	switch m.Kind {
	case ByIndicator:
		return "số liệu báo cáo, chỉ tiêu " + m.Indicator + " của chế độ " + m.Regime
	case ByHand:
		return "số liệu Ban ghi, có nguồn"
	}
	return "mức xếp theo chữ: " + strings.Join(m.Scale(), " → ")
}

const measures = `
select m.goal, m.directive, m.kind, m.regime, m.indicator, m.direction, m.grades, m.aim, m.base, m.base_year, m.base_source,
	m.version, m.made_at, m.made_by
from goal_measure m
`

// MeasureOf gives what a goal is measured by; one without goal when nobody has said.
func MeasureOf(tx *db.Tx, by access.Actor, goal db.ID) (Measure, error) {
	if err := by.May(access.ReadDirective, by.Body); err != nil {
		return Measure{}, err
	}
	var m Measure
	err := tx.Get(&m, measures+"where m.goal = ?", goal)
	if errors.Is(err, db.None) {
		return Measure{}, nil
	}
	return m, err
}

// BaseText is the beginning of the path as it may be typed again.
func (m Measure) BaseText() string {
	if m.Kind == ByGrade || m.Base == "" {
		return m.Base
	}
	value, err := decimal.Parse(m.Base, places)
	if err != nil {
		return m.Base
	}
	return decimal.FormatTyped(value, places)
}

// longest is how long each of the short texts may be.
const longest = 500

// SetMeasure says what a goal is measured by; Version must be the one that was read, 0 for none. What was entered by hand stays.
func SetMeasure(tx *db.Tx, by access.Actor, m Measure) error {
	g, d, err := directive.FindGoal(tx, by, m.Goal)
	if err != nil {
		return err
	}
	if err := by.May(access.RecordDirective, d.Body); err != nil {
		return err
	}
	old, err := MeasureOf(tx, by, g.ID)
	if err != nil {
		return err
	}
	if old.Version != m.Version {
		return fault.Stale("%s vừa đổi cách đo chỉ tiêu này. Xin xem lại rồi ghi tiếp.", old.MadeBy)
	}
	m.Directive, m.Version, m.MadeAt, m.MadeBy = d.ID, old.Version+1, tx.Now(), by.Name
	if err := m.check(tx, by, g); err != nil {
		return err
	}
	if _, err := tx.Exec("delete from goal_measure where goal = ?", m.Goal); err != nil {
		return err
	}
	if err := tx.Insert("goal_measure", m); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "goal_measured", d.About(), journal.Details{"goal": g.Text, "how": m.Said()})
	return err
}

func (m *Measure) check(tx *db.Tx, by access.Actor, g directive.Goal) error {
	m.Aim, m.Base, m.BaseSource = fold.Tidy(m.Aim), fold.Tidy(m.Base), fold.Tidy(m.BaseSource)
	var wrong fault.List
	switch m.Kind {
	case ByIndicator:
		if err := m.indicator(tx, by, g, &wrong); err != nil {
			return err
		}
	case ByHand:
		m.Regime, m.Indicator = "", ""
		if m.Direction != report.Higher && m.Direction != report.Lower {
			wrong.Add("direction", "Hãy chọn chiều tốt: càng cao hay càng thấp.")
		}
	case ByGrade:
		m.scale(&wrong)
	default:
		wrong.Add("kind", "Hãy chọn chỉ tiêu này đo bằng gì.")
		return wrong.Err()
	}
	if m.Kind != ByGrade {
		m.Grades, m.Aim = "", ""
		if g.TargetText() == "" {
			wrong.Add("kind", "Chỉ tiêu này không có số phải đạt; xin ghi số và đơn vị ở phần sửa văn bản, hoặc đo bằng mức xếp theo chữ.")
		}
		if m.Base != "" {
			kept, _, err := figure(m.Base)
			wrong.AddError("base", err)
			m.Base = kept
		}
	}
	m.begins(&wrong, g)
	if err := official.RefuseSecret(m.Grades, m.Aim, m.Base, m.BaseSource); err != nil {
		return err
	}
	return wrong.Err()
}

// indicator asks that the indicator is one of the newest form, in the unit of the goal, and takes its direction over.
func (m *Measure) indicator(tx *db.Tx, by access.Actor, g directive.Goal, wrong *fault.List) error {
	in, err := indicatorOf(tx, by, *m)
	if fault.Is(err, fault.KindMissing) {
		wrong.Add("kind", "%s", err.Error())
		return nil
	}
	if err != nil {
		return err
	}
	if fold.Fold(in.Unit) != fold.Fold(g.Unit) {
		wrong.Add("kind", "Văn bản tính bằng “%s”, số liệu báo cáo tính bằng “%s” nên không so được; xin chọn số liệu khác.", g.Unit, in.Unit)
	}
	if in.Direction != report.NoDirection {
		m.Direction = in.Direction
	}
	if m.Direction != report.Higher && m.Direction != report.Lower {
		wrong.Add("direction", "Chỉ tiêu báo cáo này không ghi chiều tốt; hãy chọn càng cao hay càng thấp.")
	}
	return nil
}

func (m *Measure) scale(wrong *fault.List) {
	m.Regime, m.Indicator, m.Direction = "", "", report.Higher
	var words []string
	for line := range strings.Lines(fold.Clean(m.Grades)) {
		if line = fold.Tidy(line); line != "" {
			words = append(words, line)
		}
	}
	m.Grades = strings.Join(words, "\n")
	switch {
	case len(words) < 2 || len(words) > 20 || len(m.Grades) > longest:
		wrong.Add("grades", "Cần từ 2 đến 20 mức, mỗi dòng một mức, mức kém nhất trước.")
	case m.grade(m.Aim) < 0:
		wrong.Add("aim", "Mức phải đạt phải là một trong các mức đã ghi.")
	case m.Base != "" && m.grade(m.Base) < 0:
		wrong.Add("base", "Mức đầu kỳ phải là một trong các mức đã ghi.")
	}
}

// begins asks that the beginning of the path has a year and a source, or is left out whole.
func (m Measure) begins(wrong *fault.List, g directive.Goal) {
	if m.Base == "" && m.BaseYear == 0 {
		return
	}
	if m.Base == "" {
		wrong.Add("base", "Có năm đầu kỳ thì cần ghi mức đầu kỳ.")
	}
	if m.BaseYear < 1945 || m.BaseYear > 2200 || g.Year != 0 && m.BaseYear >= g.Year {
		wrong.Add("base_year", "Năm đầu kỳ phải trước năm phải đạt.")
	}
	if m.BaseSource == "" || len(m.BaseSource) > longest {
		wrong.Add("base_source", "Cần ghi nguồn của mức đầu kỳ, ví dụ “Báo cáo chính trị Đại hội XVIII”.")
	}
}

// indicatorOf is the indicator as the newest form in use asks it.
func indicatorOf(tx *db.Tx, by access.Actor, m Measure) (report.Indicator, error) {
	r, err := report.FindRegime(tx, by, m.Regime)
	if err != nil {
		return report.Indicator{}, err
	}
	forms, err := report.Forms(tx, by, r.ID)
	if err != nil {
		return report.Indicator{}, err
	}
	for _, f := range forms {
		if in, ok := f.Indicator(m.Indicator); ok && f.Active {
			return in, nil
		}
	}
	return report.Indicator{}, fault.Missing("Chế độ %s không còn chỉ tiêu %s.", m.Regime, m.Indicator)
}

// Entry is a figure or grade that nobody reports, with its source.
type Entry struct {
	ID         db.ID         `db:"id"`
	Goal       db.ID         `db:"goal"`
	Day        calendar.Date `db:"day"`
	Value      string        `db:"value"` // a decimal, or a grade
	Estimated  bool          `db:"estimated"`
	Source     string        `db:"source"`
	MadeAt     db.Instant    `db:"made_at"`
	MadeBy     string        `db:"made_by"`
	DroppedAt  db.Instant    `db:"dropped_at"`
	DropReason string        `db:"drop_reason"`
}

const entries = `
select e.id, e.goal, e.day, e.value, e.estimated, e.source, e.made_at, e.made_by, e.dropped_at, e.drop_reason
from goal_entry e
`

// Enter notes a figure or grade of a goal that is measured by hand: Goal, Day, Value, Estimated and Source of e.
func Enter(tx *db.Tx, by access.Actor, e Entry) (Entry, error) {
	g, d, err := directive.FindGoal(tx, by, e.Goal)
	if err != nil {
		return e, err
	}
	if err := by.May(access.RecordDirective, d.Body); err != nil {
		return e, err
	}
	m, err := MeasureOf(tx, by, g.ID)
	if err != nil {
		return e, err
	}
	if m.Kind != ByHand && m.Kind != ByGrade {
		return e, fault.Conflict("Chỉ tiêu này không đo bằng số ghi tay; số của nó lấy từ báo cáo của các cơ quan.")
	}
	if err := e.check(tx, m); err != nil {
		return e, err
	}
	there, err := tx.Exists("select 1 from goal_entry where goal = ? and day = ? and dropped_at is null", g.ID, e.Day)
	if err != nil {
		return e, err
	}
	if there {
		return e, fault.Conflict("Ngày %s đã có số; số ghi sai thì bỏ, ghi lý do, rồi ghi lại.", e.Day.Vietnamese())
	}
	e.ID, e.MadeAt, e.MadeBy = tx.NewID(), tx.Now(), by.Name
	if err := tx.Insert("goal_entry", e); err != nil {
		return e, err
	}
	_, err = journal.Write(tx, by, "goal_entered", d.About(), journal.Details{"goal": g.Text, "value": e.said(g), "day": e.Day.String(), "source": e.Source})
	return e, err
}

// said is the value as it is printed: "5,4 %".
func (e Entry) said(g directive.Goal) string {
	value, err := decimal.Parse(e.Value, places)
	if err != nil { // a grade
		return e.Value
	}
	return strings.TrimSpace(decimal.FormatTrimmed(value, places) + " " + g.Unit)
}

func (e *Entry) check(tx *db.Tx, m Measure) error {
	e.Value, e.Source = fold.Tidy(e.Value), fold.Tidy(e.Source)
	var wrong fault.List
	if m.Kind == ByGrade {
		at := m.grade(e.Value)
		if at < 0 {
			wrong.Add("value", "Hãy chọn một trong các mức: %s.", strings.Join(m.Scale(), ", "))
		} else {
			e.Value = m.Scale()[at]
		}
	} else {
		kept, estimated, err := figure(e.Value)
		wrong.AddError("value", err)
		e.Value, e.Estimated = kept, e.Estimated || estimated
	}
	if e.Day.IsZero() {
		wrong.Add("day", "Cần ghi số này là của ngày nào, ví dụ 31/12/2021.")
	}
	wrong.AddError("day", calendar.Happened("Ngày của số liệu", e.Day, calendar.OfInstant(tx.Clock())))
	if e.Source == "" || len(e.Source) > longest {
		wrong.Add("source", "Cần ghi nguồn, ví dụ “Niên giám thống kê 2021, Cục Thống kê tỉnh”.")
	}
	if err := official.RefuseSecret(e.Value, e.Source); err != nil {
		return err
	}
	return wrong.Err()
}

// figure reads one number as an office types it, and gives it as it is kept: a decimal.
func figure(text string) (kept string, estimated bool, err error) {
	typed, err := decimal.ParseVietnamese(text, places)
	if err == nil && typed.Over != nil {
		err = fault.Invalid("", "Chỉ ghi một số, không ghi dạng a/b.")
	}
	if err != nil {
		return text, false, err
	}
	return decimal.Format(typed.Value, places), typed.Estimate, nil
}

// Drop takes a figure back that was entered by mistake; the row stays with the reason.
func Drop(tx *db.Tx, by access.Actor, goal, entry db.ID, reason string) error {
	g, d, err := directive.FindGoal(tx, by, goal)
	if err != nil {
		return err
	}
	if err := by.May(access.RecordDirective, d.Body); err != nil {
		return err
	}
	if reason = fold.Tidy(reason); reason == "" {
		return fault.Invalid("drop_reason", "Cần ghi lý do bỏ, ví dụ “Ghi nhầm năm”.")
	}
	if err := official.RefuseSecret(reason); err != nil {
		return err
	}
	n, err := tx.Exec("update goal_entry set dropped_at = ?, drop_reason = ? where id = ? and goal = ? and dropped_at is null", tx.Now(), reason, entry, g.ID)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Conflict("Số này không còn; có thể vừa có người bỏ.")
	}
	_, err = journal.Write(tx, by, "goal_dropped", d.About(), journal.Details{"goal": g.Text, "reason": reason})
	return err
}
