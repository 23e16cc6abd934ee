package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/record"
	"giaoban/task"
)

// followers is what a paper's page tells of the papers before and after it.
type followers struct {
	Follows      paper.Succession // what the paper does to an older one; zero when it follows none
	Old          paper.Paper      // that one; without ID where this reader has none
	After        []paper.Follower
	Waiting      []paper.Follower // of those, the ones that are not released
	MayFollow    bool
	Kinds        []option // for the form of the next one
	Why          string
	Inside       bool // the reader belongs to the office that issued the paper, and reads the reasons
	Consequences []consequenceLine
	Open         int // of them, how many wait for a decision
	MayConfirm   bool
}

// Sets reports whether the release leaves tasks to be confirmed.
func (f followers) Sets() bool { return f.Follows.Kind.Unsettles() }

// consequenceLine is one task that an older paper set in motion.
type consequenceLine struct {
	task.Consequence
	LeadName string
	Badges   []badge
	Choice   []option
	N        int    // its place in the form, from 1
	Typed    string // the new day
	Chosen   task.Decision
}

// chosenIn is what a form says of a task: the form counts its lines, and says which task each is; decided ones have no line.
func chosenIn(r *http.Request, id db.ID) (d task.Decision, due string) {
	for field := range r.PostForm {
		if n, ok := strings.CutPrefix(field, "task-"); ok && r.PostForm.Get(field) == string(id) {
			return task.Decision(r.PostForm.Get("do-" + n)), strings.TrimSpace(r.PostForm.Get("due-" + n))
		}
	}
	return "", ""
}

// follow fills in the papers around one, and what the older one set in motion; typed holds the form as it was sent.
func (f *followers) follow(tx *db.Tx, by access.Actor, p paper.Paper, r *http.Request) (err error) {
	if f.Follows, err = paper.SuccessionOf(tx, by, p.ID); err != nil {
		return err
	}
	if f.Follows.Old != "" {
		if f.Old, err = paper.Find(tx, by, f.Follows.Old); err != nil && !fault.Is(err, fault.KindMissing) {
			return err
		}
	}
	if f.After, err = paper.Followers(tx, by, p.ID); err != nil {
		return err
	}
	for _, after := range f.After {
		if after.New.State != paper.Released {
			f.Waiting = append(f.Waiting, after)
		}
	}
	f.Inside = by.Sees(access.ReadPaper) == "" || by.Body == p.Body
	f.MayFollow = p.State == paper.Released && by.Can(access.DraftPaper, p.Body) && p.Successor == "" && !p.Revoked
	chosen := paper.SuccessionKind("")
	if r != nil {
		chosen, f.Why = paper.SuccessionKind(r.PostFormValue("kind")), r.PostFormValue("why")
	}
	f.Kinds = []option{{"", "Chọn", chosen == ""}}
	for _, k := range paper.SuccessionKinds {
		f.Kinds = append(f.Kinds, option{string(k), fold.Capital(k.Name()), k == chosen})
	}
	if !f.Sets() || p.State != paper.Released || !by.Can(access.JudgeTask, by.Body) {
		return nil
	}
	f.MayConfirm = true
	return f.consequences(tx, by, p, r)
}

func (f *followers) consequences(tx *db.Tx, by access.Actor, p paper.Paper, r *http.Request) error {
	all, err := task.Consequences(tx, by, p.ID)
	if err != nil {
		return err
	}
	day := calendar.OfInstant(tx.Clock())
	names, err := org.Names(tx, day)
	if err != nil {
		return err
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return err
	}
	for _, c := range all {
		line := consequenceLine{Consequence: c, LeadName: names[c.LeadHolder].ShortName, Badges: standingBadges(c.Task, holidays, day)}
		if r != nil {
			line.Chosen, line.Typed = chosenIn(r, c.Task.ID)
		}
		line.Choice = []option{{"", "Chưa xác nhận", line.Chosen == ""}}
		for _, d := range task.Decisions {
			line.Choice = append(line.Choice, option{string(d), d.Name(), d == line.Chosen})
		}
		if c.Open() {
			f.Open++
		}
		line.N = len(f.Consequences) + 1
		f.Consequences = append(f.Consequences, line)
	}
	return nil
}

// succeedPaper drafts the paper that follows a released one.
func (s *site) succeedPaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	next, err := record.Succeed(tx, by, db.ID(r.PathValue("id")), paper.SuccessionKind(r.PostFormValue("kind")), r.PostFormValue("why"))
	if err != nil {
		return withPage(renamed(err, "reason", "why"), func() (Reply, error) {
			p, err := paper.Find(tx, by, db.ID(r.PathValue("id")))
			if err != nil {
				return Reply{}, err
			}
			return s.paperPage(tx, by, p, paperData{Form: r})
		})
	}
	return Reply{To: "/van-ban/" + string(next.ID)}, nil
}

// renamed gives the problems of one field under the name it has on a page with several forms.
func renamed(err error, from, to string) error {
	f := fault.Of(err)
	if f == nil {
		return err
	}
	out := *f
	out.Problems = slices.Clone(f.Problems)
	for i := range out.Problems {
		if out.Problems[i].Field == from {
			out.Problems[i].Field = to
		}
	}
	return &out
}

// consequencesPage lists what older papers set in motion, each to be confirmed.
type consequencesPage struct {
	Paper paper.Paper
	followers
}

func (s *site) paperConsequences(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.JudgeTask, by.Body); err != nil {
		return Reply{}, err
	}
	p, err := paper.Find(tx, by, db.ID(r.PathValue("id")))
	if err != nil {
		return Reply{}, err
	}
	data := consequencesPage{Paper: p}
	err = data.follow(tx, by, p, r)
	return Reply{Page: "paper/consequences", Data: &data}, err
}

// confirmConsequences does what was chosen for each line. A line that its room refuses is named with the reason and the others
// are done; what was typed wrong stands at its line, and nothing is done before it is right.
func (s *site) confirmConsequences(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.paperConsequences(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	data, _ := again.Data.(*consequencesPage)
	var wrong fault.List
	var refused []string
	done := 0
	all := make([]task.Consequence, len(data.Consequences))
	for n, line := range data.Consequences {
		all[n] = line.Consequence
	}
	for _, line := range data.Consequences {
		if line.Chosen == "" {
			continue
		}
		before := tx.Writes()
		err := line.confirm(tx, by, data.Paper, all)
		switch f := fault.Of(err); {
		case err == nil:
			done++
		case f == nil || f.Kind == fault.KindForbidden || f.Kind == fault.KindMissing:
			return Reply{}, err
		case f.Kind == fault.KindInvalid || tx.Writes() > before:
			wrong.Add(fmt.Sprintf("due-%d", line.N), "%s", f.Error())
		default:
			refused = append(refused, fmt.Sprintf("“%s”: %s", short(line.Title), f.Error()))
		}
	}
	switch {
	case len(wrong) > 0:
		return again, wrong.Err()
	case len(refused) > 0 && done == 0:
		return again, fault.Conflict("%s", strings.Join(refused, " "))
	case done == 0:
		return again, fault.Conflict("Chưa chọn dòng nào; hãy chọn giữ nguyên, đổi hạn hay thôi ở từng dòng.")
	}
	said := fmt.Sprintf("Đã xác nhận %d nhiệm vụ.", done)
	if len(refused) > 0 {
		said += " Để nguyên " + strings.Join(refused, " ")
	}
	return Reply{To: "/van-ban/" + string(data.Paper.ID) + "/he-qua", Said: said}, nil
}

func (l consequenceLine) confirm(tx *db.Tx, by access.Actor, p paper.Paper, all []task.Consequence) (err error) {
	var due calendar.Date
	if l.Chosen != task.Moved && l.Typed != "" {
		return fault.Invalid("", "Có ghi hạn mới %s mà chọn “%s”; hãy chọn “%s”, hoặc bỏ ngày.", short(l.Typed), l.Chosen.Name(), task.Moved.Name())
	}
	if l.Chosen == task.Moved {
		if due, err = calendar.ReadDate(l.Typed); err != nil {
			return err
		}
	}
	return task.Confirm(tx, by, p, all, l.Task.ID, l.Chosen, due)
}
