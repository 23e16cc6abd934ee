package review

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/org"
)

// Rule says which documents are reviewed after how many years (docs/sources/so-ket-tong-ket.md).
type Rule struct {
	Level   directive.Level `db:"level"`
	Type    string          `db:"type"`
	Years   int             `db:"years"`
	Kind    Kind            `db:"kind"`
	Ending  string          `db:"ending"` // only symbols that end so: "TW"; "" any
	Applies bool            `db:"applies"`
	Basis   string          `db:"basis"`
}

// Sentence says what the rule makes.
func (r Rule) Sentence() string {
	level := strings.ToLower(r.Level.Name())
	if r.Level == directive.Central {
		level = r.Level.Name()
	}
	what := r.Type + " cấp " + level
	if r.Ending != "" {
		what += " có ký hiệu kết thúc bằng " + r.Ending
	}
	if !r.Applies {
		return fmt.Sprintf("%s: không tự sinh %s %d năm; chỉ có khi điều khoản của văn bản yêu cầu hoặc Ban chọn.", what, r.Kind, r.Years)
	}
	return fmt.Sprintf("%s: tự sinh %s %d năm, đến hạn đúng ngày ban hành sau %d năm.", what, r.Kind, r.Years, r.Years)
}

// Fits reports whether the rule is about such a document.
func (r Rule) Fits(d directive.Directive) bool {
	if r.Level != d.Level || fold.Fold(r.Type) != fold.Fold(d.Type) {
		return false
	}
	return r.Ending == "" || d.EndsIn(r.Ending)
}

// Rules lists the rules, the most distant levels and shortest terms first.
func Rules(tx *db.Tx, by access.Actor) ([]Rule, error) {
	if err := by.May(access.ReadDirective, by.Body); err != nil {
		return nil, err
	}
	return rules(tx)
}

func rules(tx *db.Tx) ([]Rule, error) {
	var all []Rule
	err := tx.Select(&all, `
select level, type, years, kind, ending, applies, basis
from review_rule
order by case level when 'central' then 1 when 'province' then 2 when 'agency' then 3 else 4 end, type desc, years`)
	return all, err
}

// SetRule adds a rule or changes the one of the same level, type and years, and plans anew what nobody has worked
// on yet. It tells how many reviews came and went.
func SetRule(tx *db.Tx, by access.Actor, r Rule) (came, went int, err error) {
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return 0, 0, err
	}
	if err := by.May(access.PlanReview, commission.ID); err != nil {
		return 0, 0, err
	}
	if err := r.check(); err != nil {
		return 0, 0, err
	}
	if _, err := tx.Exec(`
insert into review_rule (level, type, years, kind, ending, applies, basis) values (?, ?, ?, ?, ?, ?, ?)
on conflict (level, type, years) do update
set kind = excluded.kind, ending = excluded.ending, applies = excluded.applies, basis = excluded.basis`,
		string(r.Level), r.Type, r.Years, string(r.Kind), r.Ending, r.Applies, r.Basis); err != nil {
		return 0, 0, err
	}
	for after := db.ID(""); ; {
		part, err := directive.Entries(tx, by, r.Level, after)
		if err != nil {
			return came, went, err
		}
		if len(part) == 0 {
			break
		}
		after = part[len(part)-1].ID
		part = slices.DeleteFunc(part, func(d directive.Directive) bool { return fold.Fold(d.Type) != fold.Fold(r.Type) })
		c, w, err := replan(tx, by, part)
		if err != nil {
			return came, went, err
		}
		came, went = came+c, went+w
	}
	_, err = journal.Write(tx, by, "rule_set", journal.Subject{Kind: "review_rule", Body: commission.ID}, journal.Details{
		"rule": r.Sentence(), "basis": r.Basis, "came": came, "went": went})
	return came, went, err
}

func (r *Rule) check() error {
	var wrong fault.List
	r.Type, r.Ending, r.Basis = line(r.Type), strings.ToUpper(line(r.Ending)), line(r.Basis)
	if !r.Level.Known() {
		wrong.Add("level", "Cần chọn cấp ban hành.")
	}
	if r.Type == "" {
		wrong.Add("type", "Cần ghi loại văn bản, ví dụ “Kết luận”.")
	}
	if !r.Kind.Known() {
		wrong.Add("kind", "Cần chọn sơ kết hoặc tổng kết.")
	}
	checkYears(&wrong, "years", r.Years)
	if r.Basis == "" {
		wrong.Add("basis", "Cần ghi căn cứ của quy tắc, để người sau hiểu vì sao có.")
	}
	if err := official.RefuseSecret(r.Type, r.Basis); err != nil {
		return err
	}
	return wrong.Err()
}

// mostText bounds what is typed into one field.
const mostText = 4000

// line is what was typed, on one line.
func line(s string) string { return strings.Join(strings.Fields(fold.Clean(s)), " ") }

// mostYears is how long after its issue a document is still reviewed.
const mostYears = 50

func checkYears(wrong *fault.List, field string, years int) {
	if years < 1 || years > mostYears {
		wrong.Add(field, "Số năm phải từ 1 đến %d.", mostYears)
	}
}

// StepRule is how many working days lie between the last day of a step and that of the next.
type StepRule struct {
	Step Step `db:"step"`
	Days int  `db:"days"`
}

// Sentence says what the duration makes.
func (s StepRule) Sentence() string {
	next := s.Step.next()
	return fmt.Sprintf("%s xong trước khi %s %d ngày làm việc.", s.Step.Name(), strings.ToLower(next.Name()[:1])+next.Name()[1:], s.Days)
}

// StepRules lists the durations, in the order of the steps.
func StepRules(tx *db.Tx, by access.Actor) ([]StepRule, error) {
	if err := by.May(access.ReadDirective, by.Body); err != nil {
		return nil, err
	}
	days, err := stepDays(tx)
	if err != nil {
		return nil, err
	}
	var all []StepRule
	for _, s := range Steps {
		if s != StepSubmitted {
			all = append(all, StepRule{s, days[s]})
		}
	}
	return all, nil
}

func stepDays(tx *db.Tx) (map[Step]int, error) {
	var rows []StepRule
	if err := tx.Select(&rows, "select step, days from review_step_rule"); err != nil {
		return nil, err
	}
	days := make(map[Step]int, len(rows))
	for _, row := range rows {
		days[row.Step] = row.Days
	}
	return days, nil
}

// SetStepRules changes the durations of all steps at once. Reviews whose list is confirmed keep their days.
func SetStepRules(tx *db.Tx, by access.Actor, rules []StepRule) error {
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return err
	}
	if err := by.May(access.PlanReview, commission.ID); err != nil {
		return err
	}
	var wrong fault.List
	said := journal.Details{}
	for _, r := range rules {
		if !r.Step.known() || r.Step == StepSubmitted {
			wrong.Add("", "Không có bước “%s”.", string(r.Step))
			continue
		}
		if r.Days < 0 || r.Days > 250 {
			wrong.Add("days-"+string(r.Step), "Số ngày làm việc của bước “%s” phải từ 0 đến 250.", r.Step.Name())
		}
		said[string(r.Step)] = r.Days
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	for _, r := range rules {
		if _, err := tx.Exec(`
insert into review_step_rule (step, days) values (?, ?)
on conflict (step) do update set days = excluded.days`, string(r.Step), r.Days); err != nil {
			return err
		}
	}
	_, err = journal.Write(tx, by, "steps_set", journal.Subject{Kind: "review_rule", Body: commission.ID}, said)
	return err
}
