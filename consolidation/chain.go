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
		if name = fold.Tidy(name); name == "" {
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

// Said is who did the last thing with a draft that waits, and what: "Lê Thị Hoa trình ký".
func (s Step) Said() string {
	if s.Kind == StepAgreed {
		return s.ByName + " đồng ý"
	}
	return s.ByName + " trình ký"
}

// Stop is one chair on the way of a draft.
type Stop struct {
	Chair           string
	Agreed, Awaited bool
}

// Considers reports whether the actor sits in the chair whose word the draft waits for, or stands in for who does.
func (s Step) Considers(tx *db.Tx, by access.Actor, commission db.ID) (bool, error) {
	mine, _, err := s.considers(tx, by, commission)
	return mine, err
}

// considers is Considers with the name of the one who is away, where the actor stands in.
func (s Step) considers(tx *db.Tx, by access.Actor, commission db.ID) (mine bool, instead string, err error) {
	awaited := s.Awaits()
	if awaited == "" || by.Person == "" || !by.Can(access.ConsiderDraft, commission) {
		return false, "", nil
	}
	chairs, err := people.Chairs(tx, by, calendar.OfInstant(tx.Clock()))
	for _, c := range chairs {
		if c.Name == awaited {
			mine, instead = c.Holds(by.Person)
		}
	}
	return mine, instead, err
}

// Agree is đồng ý of the chair whose turn it is: the draft goes on to the next one, or to the signature. note goes with it.
func Agree(tx *db.Tx, by access.Actor, id db.ID, version int64, note string) error {
	e, err := editAs(tx, by, access.ConsiderDraft, id, version)
	if err != nil {
		return err
	}
	last, instead, err := e.considered()
	if err != nil {
		return err
	}
	note = fold.Tidy(note)
	if err := official.RefuseSecret(note); err != nil {
		return err
	}
	return e.step(Step{Kind: StepAgreed, Note: note, Stages: last.Stages, Passed: last.Passed + 1, ByName: inPlaceOf(by, instead)})
}

// considered refuses everybody but who sits in the chair whose turn it is, or stands in; instead names who is away then.
func (e *editing) considered() (last Step, instead string, err error) {
	if last, err = e.waits(); err != nil {
		return last, "", err
	}
	chair := last.Awaits()
	if chair == "" {
		return last, "", fault.Conflict("Dự thảo đã qua các bước xem xét, đang chờ ký.")
	}
	mine, instead, err := last.considers(e.tx, e.by, e.row.Body)
	if err == nil && !mine {
		err = fault.Forbidden("Dự thảo đang chờ ý kiến của %s; đồng chí không giữ chức vụ này.", chair)
	}
	return last, instead, err
}

// inPlaceOf is how a step names who did it: “Cao Minh Đạt (thay Lương Thị Thu Ngân)”.
func inPlaceOf(by access.Actor, instead string) string {
	if instead == "" {
		return by.Name
	}
	return by.Name + " (thay " + instead + ")"
}

// maySendBack lets who signs send a draft back at any time, and a chair when it is its turn; instead is who is away.
func (e *editing) maySendBack() (instead string, err error) {
	last, err := e.waits()
	if err != nil {
		return "", err
	}
	signs := e.by.May(access.SignConsolidation, e.row.Body)
	if signs == nil || last.Awaits() == "" {
		return "", signs
	}
	_, instead, err = e.considered()
	return instead, err
}

func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}
