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

// Chain is the titles of the commission's posts that a draft passes between trình and ký, in order; empty where it goes
// straight to the signature.
func Chain(tx *db.Tx) ([]string, error) {
	kept, err := org.Setting(tx, org.SigningChain)
	return lines(kept), err
}

// SetChain says which chairs a draft passes from now on. Each is the title of a post that somebody of the commission holds
// today; none stands twice.
func SetChain(tx *db.Tx, by access.Actor, commission db.ID, titles []string) error {
	if err := by.May(access.SetUpOffice, by.Body); err != nil {
		return err
	}
	held, err := titlesHeld(tx, by, commission)
	if err != nil {
		return err
	}
	var chain []string
	for _, title := range titles {
		if title = strings.TrimSpace(fold.Clean(title)); title == "" {
			continue
		}
		if !slices.Contains(held, title) {
			return fault.Invalid("stage", "Hôm nay chưa có ai của Ban giữ chức vụ “%s”. Hãy chọn chức vụ đang có người giữ, hoặc thêm người ở trang Cán bộ trước.", title)
		}
		if slices.Contains(chain, title) {
			return fault.Invalid("stage", "“%s” được chọn hai lần; mỗi chức vụ chỉ cho ý kiến một lần.", title)
		}
		chain = append(chain, title)
	}
	if len(chain) > MostStages {
		return fault.Invalid("stage", "Nhiều nhất %d bước trước khi ký.", MostStages)
	}
	return org.SetChanged(tx, by, org.SigningChain, strings.Join(chain, "\n"))
}

// Titles lists the titles that somebody of the commission holds today, leaders' first: what a chain is made of.
func Titles(tx *db.Tx, by access.Actor, commission db.ID) ([]string, error) {
	if err := by.May(access.SetUpOffice, by.Body); err != nil {
		return nil, err
	}
	return titlesHeld(tx, by, commission)
}

func titlesHeld(tx *db.Tx, by access.Actor, commission db.ID) (titles []string, err error) {
	posts, err := people.PostsOf(tx, by, commission, calendar.OfInstant(tx.Clock()))
	for _, p := range posts {
		if !slices.Contains(titles, p.Title) {
			titles = append(titles, p.Title)
		}
	}
	return titles, err
}

// Awaits is the title of the post whose word a draft waits for; "" for the signature, or for nothing at all.
func (s Step) Awaits() string {
	if all := lines(s.Stages); s.Waits() && s.Passed < len(all) {
		return all[s.Passed]
	}
	return ""
}

// Way lists the chairs a draft passes, those that have agreed first.
func (s Step) Way() []Chair {
	var way []Chair
	for n, title := range lines(s.Stages) {
		way = append(way, Chair{Title: title, Agreed: n < s.Passed, Awaited: s.Waits() && n == s.Passed})
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

// Chair is one stop of a draft on its way.
type Chair struct {
	Title           string
	Agreed, Awaited bool
}

// Considers reports whether the actor holds the post whose word the draft waits for.
func (s Step) Considers(tx *db.Tx, by access.Actor, commission db.ID) (bool, error) {
	title := s.Awaits()
	if title == "" || by.Person == "" || !by.Can(access.ConsiderDraft, commission) {
		return false, nil
	}
	posts, err := people.PostsOf(tx, by, commission, calendar.OfInstant(tx.Clock()))
	return slices.ContainsFunc(posts, func(p people.Post) bool { return p.Person == by.Person && p.Title == title }), err
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
