package review

import (
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/org"
	"giaoban/task"
)

// Assignment is who does a review.
type Assignment struct {
	Lead        db.ID // "": chưa phân công
	Unit        db.ID // the commission's own unit that follows it and appraises the draft; the lead where that is one
	Cooperating []Cooperation
}

// PlanReview says who leads, who follows it in the commission and who cooperates.
func Assign(tx *db.Tx, by access.Actor, id db.ID, version int64, p Assignment) error {
	r, err := working(tx, by, id, version)
	if err != nil {
		return err
	}
	if err := r.running(); err != nil {
		return err
	}
	if r.ConfirmedAt != 0 {
		return fault.Conflict("Danh mục đã duyệt và các bước đã giao; muốn đổi cơ quan thì rút nhiệm vụ của bước đó rồi trình lại bước đã rút.")
	}
	names, err := p.check(tx, by)
	if err != nil {
		return err
	}
	holder := r.Holder
	if p.Lead != r.Lead {
		holder = p.Lead
	}
	if _, err := tx.Exec("update review set lead = ?, holder = ?, unit = ? where id = ?", p.Lead, holder, p.Unit, r.ID); err != nil {
		return err
	}
	if _, err := tx.Exec("delete from review_cooperation where review = ?", r.ID); err != nil {
		return err
	}
	var with []string
	for _, c := range p.Cooperating {
		if _, err := tx.Exec("insert into review_cooperation (review, body, part) values (?, ?, ?)", r.ID, c.Body, c.Part); err != nil {
			return err
		}
		with = append(with, names[c.Body])
	}
	r.Lead, r.Holder, r.Unit, r.Cooperating = p.Lead, holder, p.Unit, p.Cooperating
	said := "Chưa phân công cơ quan chủ trì"
	if p.Lead != "" {
		said = names[p.Lead] + " chủ trì"
	}
	if len(with) > 0 {
		said += "; phối hợp: " + strings.Join(with, ", ")
	}
	return r.happened(tx, by, journal.Details{"lead": names[p.Lead], "unit": names[p.Unit], "cooperating": len(with)}, Fact{Kind: factAssigned, Note: said})
}

// check asks that every body is there today and is named once; names are those of the bodies.
func (p *Assignment) check(tx *db.Tx, by access.Actor) (map[db.ID]string, error) {
	var wrong fault.List
	today := calendar.OfInstant(tx.Clock())
	names := make(map[db.ID]string)
	body := func(field string, id db.ID) (org.Body, bool) {
		b, err := org.Find(tx, by, id, today)
		switch {
		case err != nil:
			wrong.Add(field, "Không có cơ quan này trong Danh bạ; xin chọn lại.")
			return b, false
		case !b.ValidTo.IsZero() && b.ValidTo.Before(today):
			wrong.Add(field, "%s đã kết thúc hoạt động ngày %s; xin chọn cơ quan kế nhiệm.", b.ShortName, b.ValidTo.Vietnamese())
			return b, false
		}
		names[id] = b.ShortName
		return b, true
	}
	if p.Lead != "" {
		lead, ok := body("lead", p.Lead)
		if ok && lead.Kind == org.Commission {
			wrong.Add("lead", "Ban chủ trì thì xin chọn rõ đơn vị thuộc Ban làm việc này.")
		}
		if p.Unit == "" && lead.Kind == org.OwnUnit {
			p.Unit = p.Lead
		}
	}
	if p.Unit != "" {
		if unit, ok := body("unit", p.Unit); ok && unit.Kind != org.OwnUnit {
			wrong.Add("unit", "%s không phải đơn vị thuộc Ban; xin chọn phòng hoặc văn phòng của Ban.", unit.ShortName)
		}
	}
	seen := map[db.ID]bool{p.Lead: true}
	for i := range p.Cooperating {
		c := &p.Cooperating[i]
		c.Part = line(c.Part)
		if err := official.RefuseSecret(c.Part); err != nil {
			return nil, err
		}
		b, ok := body("cooperating", c.Body)
		if !ok {
			continue
		}
		if seen[c.Body] {
			wrong.Add("cooperating", "%s được ghi hai lần; mỗi cơ quan chỉ chủ trì hoặc phối hợp một lần.", b.ShortName)
		}
		seen[c.Body] = true
		if len(c.Part) > mostText {
			wrong.Add("cooperating", "Phần việc của %s dài quá %d ký tự.", b.ShortName, mostText)
		}
	}
	return names, wrong.Err()
}

// ready says what still stands in the way of making tasks of a review, a sentence each.
func (r Review) ready(wrong *fault.List, today calendar.Date) {
	name := r.What() + " " + r.Document()
	if r.Holder == "" {
		wrong.Add("", "%s: chưa phân công cơ quan chủ trì.", name)
	}
	if r.Unit == "" {
		wrong.Add("", "%s: chưa chọn đơn vị của Ban theo dõi, thẩm định.", name)
	}
	for _, s := range r.Steps {
		if s.Free() && s.Day.Before(today) {
			wrong.Add("", "%s: bước “%s” có hạn %s đã qua; xin ghi là đã xong hoặc đặt ngày khác.", name, s.Step.Name(), s.Day.Vietnamese())
		}
	}
}

// ListYear lays a year's list before the leader: every review that waits and is not yet in it. What is lacking is said
// for all lines at once.
func ListYear(tx *db.Tx, by access.Actor, year int) (laid int, err error) {
	all, commission, err := listOf(tx, by, year, access.PlanReview)
	if err != nil {
		return 0, err
	}
	today := calendar.OfInstant(tx.Clock())
	var wrong fault.List
	for _, r := range all {
		if r.State() == Expected {
			r.ready(&wrong, today)
			laid++
		}
	}
	if err := wrong.Err(); err != nil {
		return 0, err
	}
	if laid == 0 {
		return 0, fault.Conflict("Danh mục năm %d không có dòng nào mới để trình.", year)
	}
	for i := range all {
		if r := &all[i]; r.State() == Expected {
			if err := r.happened(tx, by, journal.Details{"year": year, "label": r.Label()}, Fact{Kind: factListed}); err != nil {
				return 0, err
			}
		}
	}
	_, err = journal.Write(tx, by, "listed", journal.Subject{Kind: "review_list", Body: commission}, journal.Details{"year": year, "lines": laid})
	return laid, err
}

func listOf(tx *db.Tx, by access.Actor, year int, act access.Act) ([]Review, db.ID, error) {
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return nil, "", err
	}
	if err := by.May(act, commission.ID); err != nil {
		return nil, "", err
	}
	all, err := DueIn(tx, by, year)
	return all, commission.ID, err
}

// Line is one review of a list as somebody read it.
type Line struct {
	ID      db.ID
	Version int64
}

// ConfirmReviews is the leader's word on a year's list. Only now every step that is not done and not a task yet becomes
// one, each once. seen are the lines the leader read: all that wait, in the versions they have now.
func Confirm(tx *db.Tx, by access.Actor, year int, seen []Line) (tasks int, err error) {
	all, commission, err := listOf(tx, by, year, access.ConfirmReviews)
	if err != nil {
		return 0, err
	}
	versions := make(map[db.ID]int64, len(seen))
	for _, l := range seen {
		versions[l.ID] = l.Version
	}
	today := calendar.OfInstant(tx.Clock())
	var wrong fault.List
	var waiting []*Review
	for i := range all {
		r := &all[i]
		if r.State() != Listed {
			continue
		}
		if versions[r.ID] != r.Version {
			return 0, fault.Stale("Danh mục vừa có thay đổi (%s). Xin xem lại cả danh mục rồi duyệt.", lower(r.What())+" "+r.Document())
		}
		r.ready(&wrong, today)
		waiting = append(waiting, r)
	}
	if err := wrong.Err(); err != nil {
		return 0, err
	}
	if len(waiting) == 0 {
		return 0, fault.Conflict("Danh mục năm %d không có dòng nào chờ duyệt.", year)
	}
	names, err := org.Names(tx, today)
	if err != nil {
		return 0, err
	}
	for _, r := range waiting {
		n, err := r.confirm(tx, by, names)
		if err != nil {
			return 0, err
		}
		tasks += n
	}
	_, err = journal.Write(tx, by, "confirmed", journal.Subject{Kind: "review_list", Body: commission},
		journal.Details{"year": year, "lines": len(waiting), "tasks": tasks})
	return tasks, err
}

// confirm makes tasks of the steps of one review, and keeps their days as they are now.
func (r *Review) confirm(tx *db.Tx, by access.Actor, names map[db.ID]org.Body) (made int, err error) {
	facts := []Fact{{Kind: factConfirmed}}
	for _, s := range r.Steps {
		if !s.Free() || s.Task != "" {
			continue
		}
		t, err := task.Assign(tx, by, r.work(s, names))
		if err != nil {
			return made, err
		}
		made++
		facts = append(facts, Fact{Kind: factStepAsked, Step: s.Step, Note: s.Explained, Day: s.Day, Task: t.ID})
	}
	return made, r.happened(tx, by, journal.Details{"label": r.Label(), "tasks": made}, facts...)
}

// work is the task that a step becomes: giao to own units and lower commissions, đề nghị to all others.
func (r *Review) work(s PlannedStep, names map[db.ID]org.Body) task.New {
	lead := r.Holder
	if s.Step == StepAppraisal {
		lead = r.Unit // nobody appraises what it wrote itself, unless the commission writes it
	}
	n := task.New{Mode: task.ModeFor(names[lead].Kind), Lead: lead, Due: s.Day, Title: s.Step.title(*r), Product: s.Step.product(*r),
		ForcePaper: r.Instruction,
		Origin:     task.Origin{Kind: "review", ID: r.ID, Label: r.Label()}}
	if s.Step == StepInput {
		for _, c := range r.Cooperating {
			part := c.Part
			if part == "" {
				part = "Báo cáo kết quả thực hiện của cơ quan theo đề cương"
			}
			n.Cooperating = append(n.Cooperating, task.Cooperation{Body: c.Body, Part: part, Due: s.Day})
		}
	}
	return n
}

// Remove takes a review off the year's list before it is confirmed, with the reason.
func Remove(tx *db.Tx, by access.Actor, id db.ID, version int64, reason string) error {
	r, err := working(tx, by, id, version)
	if err != nil {
		return err
	}
	if err := r.running(); err != nil {
		return err
	}
	if r.ConfirmedAt != 0 {
		return fault.Conflict("Kỳ này đã duyệt; không làm nữa thì dừng, ghi lý do.")
	}
	if reason, err = why(reason, "Cần ghi vì sao đưa kỳ này ra khỏi danh mục."); err != nil {
		return err
	}
	return r.happened(tx, by, journal.Details{"label": r.Label(), "reason": reason}, Fact{Kind: factRemoved, Note: reason})
}

// Restore puts it back; it has to be laid before the leader again.
func Restore(tx *db.Tx, by access.Actor, id db.ID, version int64) error {
	r, err := working(tx, by, id, version)
	if err != nil {
		return err
	}
	if r.RemovedAt == 0 {
		return fault.Conflict("Kỳ này đang ở trong danh mục.")
	}
	return r.happened(tx, by, journal.Details{"label": r.Label()}, Fact{Kind: factRestored})
}

// Relist lays the steps of a confirmed review before the leader again whose tasks were withdrawn: to another body, or
// for another day. The other steps go on as they are.
func Relist(tx *db.Tx, by access.Actor, id db.ID, version int64, reason string) error {
	r, err := working(tx, by, id, version)
	if err != nil {
		return err
	}
	if err := r.running(); err != nil {
		return err
	}
	if !r.HasWithdrawn() {
		return fault.Conflict("Kỳ này không có bước nào đã rút để trình lại.")
	}
	if reason, err = why(reason, "Cần ghi vì sao trình lại các bước đã rút."); err != nil {
		return err
	}
	return r.happened(tx, by, journal.Details{"label": r.Label(), "reason": reason}, append([]Fact{{Kind: factRelisted, Note: reason}}, r.withdrawn()...)...)
}

// HasWithdrawn reports whether the review is confirmed and a step of it was withdrawn and is nobody's task any more.
func (r Review) HasWithdrawn() bool {
	return r.ConfirmedAt != 0 && len(r.withdrawn()) > 0
}

// withdrawn are the facts that take the steps back whose tasks were withdrawn.
func (r Review) withdrawn() (facts []Fact) {
	for _, s := range r.Steps {
		if s.Task != "" && s.Standing.State == task.StateWithdrawn {
			facts = append(facts, Fact{Kind: factStepDropped, Step: s.Step, Task: s.Task})
		}
	}
	return facts
}

// WaitingList is how many reviews of a year's list wait for the leader.
type WaitingList struct {
	Year  int
	Lines int
}

// WaitingLists counts them, the earliest year first.
func WaitingLists(tx *db.Tx, by access.Actor) ([]WaitingList, error) {
	all, err := read(tx, by, "r.listed_at is not null and r.confirmed_at is null and r.removed_at is null", byDue)
	var waiting []WaitingList
	for _, r := range all {
		if r.State() != Listed {
			continue
		}
		if n := len(waiting); n == 0 || waiting[n-1].Year != r.Due.Year() {
			waiting = append(waiting, WaitingList{Year: r.Due.Year()})
		}
		waiting[len(waiting)-1].Lines++
	}
	return waiting, err
}
