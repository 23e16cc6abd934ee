package workplan

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/org"
	"giaoban/task"
)

func checkYear(year int) error {
	if year < 2000 || year > 2100 {
		return fault.Invalid("nam", "Năm “%d” không có kế hoạch; hãy ghi năm như 2022.", year)
	}
	return nil
}

// keeping asks for the commission's changes of a plan.
func keeping(by access.Actor, year int) error {
	if err := by.May(access.KeepWorkplan, by.Body); err != nil {
		return err
	}
	return checkYear(year)
}

func told(tx *db.Tx, by access.Actor, verb string, year int, details journal.Details) error {
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return err
	}
	_, err = journal.Write(tx, by, verb, journal.Subject{Kind: "workplan", ID: db.ID(strconv.Itoa(year)), Body: commission.ID}, details)
	return err
}

// Own is a line of the office's own, as typed.
type Own struct {
	Sector, Words, Product, Months string
	Due                            calendar.Date
	Lead                           db.ID
	With                           []db.ID
	Guides                         bool
}

// Add enters lines of the office's own; several with the same lead and months may stand one a line.
func Add(tx *db.Tx, by access.Actor, year int, o Own) (int, error) {
	if err := keeping(by, year); err != nil {
		return 0, err
	}
	var wrong fault.List
	months, err := readMonths(o.Months)
	if err := wrong.AddError("months", err); err != nil {
		return 0, err
	}
	if o.Sector != "" && !slices.ContainsFunc(directive.AllSectors, func(s directive.Sector) bool { return s.Code == o.Sector }) {
		wrong.Add("sector", "Hãy chọn một lĩnh vực trong danh sách.")
	}
	if !o.Due.IsZero() {
		if o.Due.Year() != year {
			wrong.Add("due", "Ngày phải trong năm %d.", year)
		}
		if months == "" {
			months = MonthsOf(int(o.Due.Month()))
		}
	}
	o.Product = fold.Tidy(o.Product)
	if len(o.Product) > mostWords {
		wrong.Add("product", "Sản phẩm dài quá %d chữ.", mostWords)
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return 0, err
	}
	for _, id := range append([]db.ID{o.Lead}, o.With...) {
		if id != "" && names[id].ID == "" {
			wrong.Add("lead", "Hãy chọn cơ quan trong danh bạ.")
			break
		}
	}
	var lines []Line
	for words := range strings.Lines(fold.Clean(o.Words)) {
		if words = fold.Tidy(strings.TrimLeft(strings.TrimSpace(words), "-–•+ ")); words == "" {
			continue
		}
		if len(words) > mostWords {
			wrong.Add("words", "Một việc dài quá %d chữ.", mostWords)
		}
		lines = append(lines, Line{Sector: o.Sector, Words: words, Product: o.Product, Lead: o.Lead, With: o.With, Months: months, Due: o.Due, Guides: o.Guides})
	}
	if len(lines) == 0 {
		wrong.Add("words", "Hãy ghi ít nhất một việc, mỗi việc một dòng.")
	}
	if err := wrong.Err(); err != nil {
		return 0, err
	}
	if err := official.RefuseSecret(o.Words, o.Product); err != nil {
		return 0, err
	}
	if err := insert(tx, by, year, lines); err != nil {
		return 0, err
	}
	return len(lines), told(tx, by, "added", year, journal.Details{"lines": len(lines), "words": fold.Cut(lines[0].Words, 120)})
}

// End takes a line out of the plan, with why; what was done of it stays.
func End(tx *db.Tx, by access.Actor, id db.ID, reason string) error {
	l, err := toChange(tx, by, id)
	if err != nil {
		return err
	}
	if reason, err = reasonGiven(reason); err != nil {
		return err
	}
	if _, err := tx.Exec("update workplan_line set ended_at = ?, end_reason = ? where id = ?", tx.Now(), reason, l.ID); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "line_ended", l.about(), journal.Details{"line": l.Node().Label, "reason": reason})
	return err
}

func reasonGiven(reason string) (string, error) {
	reason = fold.Tidy(reason)
	if reason == "" || len(reason) > mostWords {
		return "", fault.Invalid("reason", "Cần lý do, không quá %d chữ.", mostWords)
	}
	return reason, official.RefuseSecret(reason)
}

func toChange(tx *db.Tx, by access.Actor, id db.ID) (Line, error) {
	l, err := Find(tx, by, id)
	if err != nil {
		return l, err
	}
	if err := by.May(access.KeepWorkplan, l.Body); err != nil {
		return l, err
	}
	if l.EndedAt != 0 {
		return l, fault.Conflict("Việc này đã đưa ra khỏi kế hoạch.")
	}
	return l, nil
}

// Give asks the lead of a line for its product by a day: a task born from the line.
func Give(tx *db.Tx, by access.Actor, id db.ID, due calendar.Date) (task.Task, error) {
	l, err := toChange(tx, by, id)
	if err != nil {
		return task.Task{}, err
	}
	if err := by.May(access.AssignTask, l.Body); err != nil {
		return task.Task{}, err
	}
	if l.Lead == "" || l.Product == "" {
		return task.Task{}, fault.Conflict("Việc này chưa có cơ quan chủ trì hoặc sản phẩm nên chưa thành nhiệm vụ được.")
	}
	if due.IsZero() {
		due = l.Due
	}
	lead, err := org.Find(tx, by, l.Lead, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return task.Task{}, err
	}
	label := fmt.Sprintf("Kế hoạch công tác năm %d", l.Year)
	n := task.New{Origin: task.Origin{Kind: "workplan_line", ID: l.ID, Label: l.Node().Label + " — " + label}, Mode: task.ModeFor(lead.Kind), Title: fold.Cut(l.Words, 400),
		Product: l.Product, Lead: l.Lead, Due: due, ForcePaper: label}
	for _, body := range l.With {
		n.Cooperating = append(n.Cooperating, task.Cooperation{Body: body, Part: "phối hợp thực hiện theo kế hoạch năm", Due: due})
	}
	t, err := task.Assign(tx, by, n)
	if err != nil {
		return t, err
	}
	return t, lineage.Link(tx, l.Node(), t.Node(), t.Mode.Name())
}

// Say notes what was done of a line that no record tells of, with what proves it.
func Say(tx *db.Tx, by access.Actor, id db.ID, said, proof string) error {
	l, err := toChange(tx, by, id)
	if err != nil {
		return err
	}
	standings, err := ProgressOf(tx, by, l.Year)
	if err != nil {
		return err
	}
	proof = fold.Tidy(proof)
	switch {
	case said != "done" && said != "going":
		return fault.Invalid("said", "Hãy chọn đã làm hoặc đang làm.")
	case proof == "" || len(proof) > mostWords:
		return fault.Invalid("proof", "Cần ghi căn cứ: văn bản, ngày, việc đã làm.")
	case standings[l.ID].Derived:
		return fault.Conflict("Tình trạng của việc này tính từ hồ sơ gắn với nó; không ghi tay.")
	}
	if err := official.RefuseSecret(proof); err != nil {
		return err
	}
	if _, err := tx.Exec("update workplan_line set said = ?, said_proof = ?, said_at = ?, said_by = ? where id = ?", said, proof, tx.Now(), by.Name, l.ID); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "said", l.about(), journal.Details{"line": l.Node().Label, "said": map[string]string{"done": "đã làm", "going": "đang làm"}[said], "proof": proof})
	return err
}

// Carry takes lines of a year into the next one, with why; each is led to from the line before.
func Carry(tx *db.Tx, by access.Actor, year int, ids []db.ID, reason string) (int, error) {
	if err := keeping(by, year+1); err != nil {
		return 0, err
	}
	reason, err := reasonGiven(reason)
	if err != nil {
		return 0, err
	}
	all, err := Lines(tx, by, year)
	if err != nil {
		return 0, err
	}
	there, err := Lines(tx, by, year+1)
	if err != nil {
		return 0, err
	}
	var lines []Line
	for _, l := range all {
		carried := slices.ContainsFunc(there, func(t Line) bool { return t.Carried == l.ID })
		if !slices.Contains(ids, l.ID) || carried {
			continue
		}
		lines = append(lines, Line{Sector: l.Sector, Words: l.Words, Product: l.Product, Lead: l.Lead, With: l.With, Guides: l.Guides, Carried: l.ID, CarriedWhy: reason})
	}
	if len(lines) == 0 {
		return 0, fault.Invalid("line", "Hãy chọn ít nhất một việc chưa chuyển.")
	}
	if err := insert(tx, by, year+1, lines); err != nil {
		return 0, err
	}
	return len(lines), told(tx, by, "carried", year, journal.Details{"lines": len(lines), "to": year + 1, "reason": reason})
}
