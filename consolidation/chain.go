package consolidation

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/official"
	"giaoban/org"
	"giaoban/people"
)

// MostStages is how many chairs a draft may pass before the signature.
const MostStages = 5

// Chain is the chairs (people.Chair) that a draft passes between trình and ký, in order; empty where it goes
// straight to the signature.
func Chain(tx *db.Tx) ([]string, error) {
	kept, err := org.Setting(tx, org.SigningChain)
	return lines(kept), err
}

// SetChain says which chairs a draft passes from now on. Somebody sits in each of them today; none stands twice.
func SetChain(tx *db.Tx, by access.Actor, chairs []string) error {
	if err := by.May(access.SetUpOffice, by.Body); err != nil {
		return err
	}
	held, err := people.Chairs(tx, by, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return err
	}
	var chain []string
	for _, name := range chairs {
		if name = strings.TrimSpace(fold.Clean(name)); name == "" {
			continue
		}
		if !sits(held, name) {
			return fault.Invalid("stage", "Hôm nay chưa có ai của Ban giữ chức vụ “%s”. Hãy chọn chức vụ đang có người giữ, hoặc thêm người ở trang Tài khoản trước.", name)
		}
		if slices.Contains(chain, name) {
			return fault.Invalid("stage", "“%s” được chọn hai lần; mỗi chức vụ chỉ cho ý kiến một lần.", name)
		}
		chain = append(chain, name)
	}
	if len(chain) > MostStages {
		return fault.Invalid("stage", "Nhiều nhất %d bước trước khi ký.", MostStages)
	}
	return org.SetChanged(tx, by, org.SigningChain, strings.Join(chain, "\n"))
}

func sits(held []people.Chair, name string) bool {
	return slices.ContainsFunc(held, func(c people.Chair) bool { return c.Name == name })
}

// Awaits is the chair whose word a draft waits for; "" for the signature, or for nothing at all.
func (s Step) Awaits() string {
	if all := lines(s.Stages); s.Waits() && s.Passed < len(all) {
		return all[s.Passed]
	}
	return ""
}

// Way lists the chairs a draft passes, those that have agreed first.
func (s Step) Way() []Stop {
	var way []Stop
	for n, title := range lines(s.Stages) {
		way = append(way, Stop{Chair: title, Agreed: n < s.Passed, Awaited: s.Waits() && n == s.Passed})
	}
	return way
}

// Said is who did the last thing with a draft that waits, and what: "Lê Thị Hoa trình".
func (s Step) Said() string {
	if s.Kind == StepAgreed {
		return s.ByName + " đồng ý"
	}
	return s.ByName + " trình"
}

// Stop is one chair on the way of a draft.
type Stop struct {
	Chair           string
	Agreed, Awaited bool
}

// Considers reports whether the actor sits in the chair whose word the draft waits for.
func (s Step) Considers(tx *db.Tx, by access.Actor, commission db.ID) (bool, error) {
	title := s.Awaits()
	if title == "" || by.Person == "" || !by.Can(access.ConsiderDraft, commission) {
		return false, nil
	}
	held, err := people.Chairs(tx, by, calendar.OfInstant(tx.Clock()))
	return slices.ContainsFunc(held, func(c people.Chair) bool { return c.Name == title && slices.Contains(c.Persons, by.Person) }), err
}

// Agree is đồng ý of the chair whose turn it is: the draft goes on to the next one, or to the signature. note goes with it.
func Agree(tx *db.Tx, by access.Actor, id db.ID, version int64, note string) error {
	e, err := editAs(tx, by, access.ConsiderDraft, id, version)
	if err != nil {
		return err
	}
	last, err := e.considered()
	if err != nil {
		return err
	}
	note = strings.TrimSpace(fold.Clean(note))
	if err := official.RefuseSecret(note); err != nil {
		return err
	}
	return e.step(Step{Kind: StepAgreed, Note: note, Stages: last.Stages, Passed: last.Passed + 1})
}

// considered refuses everybody but the holder of the post whose turn it is.
func (e *editing) considered() (Step, error) {
	last, err := e.waits()
	if err != nil {
		return last, err
	}
	title := last.Awaits()
	if title == "" {
		return last, fault.Conflict("Dự thảo đã qua các bước xem xét, đang chờ ký.")
	}
	mine, err := last.Considers(e.tx, e.by, e.row.Body)
	if err == nil && !mine {
		err = fault.Forbidden("Dự thảo đang chờ ý kiến của %s; đồng chí không giữ chức vụ này.", title)
	}
	return last, err
}

// maySendBack lets who signs send a draft back at any time, and a chair when it is its turn.
func (e *editing) maySendBack() error {
	last, err := e.waits()
	if err != nil {
		return err
	}
	signs := e.by.May(access.SignConsolidation, e.row.Body)
	if signs == nil || last.Awaits() == "" {
		return signs
	}
	_, err = e.considered()
	return err
}

func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}
