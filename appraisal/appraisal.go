// Package appraisal keeps góp ý, thẩm định dự thảo: a draft before it goes up, what each body says on a frozen version of it,
// and what its author makes of every comment. For drafts of the Party committee the commission appraises; for those of the
// people's committee it gives an opinion, which never stands for the appraisal that the law asks of the justice body.
package appraisal

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/org"
)

// Kind is what is asked for.
type Kind string

// Formal is thẩm định by the commission, Consulted is góp ý by whomever the author asks.
const (
	Formal    Kind = "tham_dinh"
	Consulted Kind = "gop_y"
)

// Name is the office's word.
func (k Kind) Name() string {
	return map[Kind]string{Formal: "Thẩm định", Consulted: "Góp ý"}[k]
}

// Addressee is who is to issue the draft; by it go the words of the result.
type Addressee string

// The addressees.
const (
	ToParty      Addressee = "party"      // Ban Thường vụ, Thường trực Tỉnh ủy
	ToGovernment Addressee = "government" // Ủy ban nhân dân, Hội đồng nhân dân
	ToOwn        Addressee = "own"        // the author itself
)

// Addressees in the order they are offered.
var Addressees = []Addressee{ToParty, ToGovernment, ToOwn}

// Name is the office's word.
func (a Addressee) Name() string {
	return map[Addressee]string{ToParty: "Cấp ủy (Tỉnh ủy, Ban Thường vụ, Thường trực)", ToGovernment: "Ủy ban nhân dân, Hội đồng nhân dân",
		ToOwn: "Cơ quan soạn thảo tự ban hành"}[a]
}

func (a Addressee) known() bool { return slices.Contains(Addressees, a) }

// State is where an appraisal stands.
type State string

// The states.
const (
	Reviewing State = "reviewing"
	Stopped   State = "stopped"   // the clock stands
	Concluded State = "concluded" // the latest version has its result
	Closed    State = "closed"    // every comment is disposed of, nothing follows
	Withdrawn State = "withdrawn"
)

// Name is the office's word.
func (s State) Name() string {
	return map[State]string{Reviewing: "Đang lấy ý kiến", Stopped: "Tạm dừng", Concluded: "Đã có kết quả", Closed: "Đã kết thúc",
		Withdrawn: "Đã rút"}[s]
}

// Appraisal is one draft on its way, as its latest version stands.
type Appraisal struct {
	ID            db.ID         `db:"id"`
	Body          db.ID         `db:"org"` // who wrote it
	Kind          Kind          `db:"kind"`
	Form          string        `db:"form"`
	Subject       string        `db:"subject"`
	Addressee     Addressee     `db:"addressee"`
	AddresseeName string        `db:"addressee_name"`
	Sector        string        `db:"sector"`
	SubmitOn      calendar.Date `db:"submit_on"`
	Rule          db.ID         `db:"rule"`
	Review        db.ID         `db:"review"`
	At            db.Instant    `db:"at"`
	By            string        `db:"by_name"`

	N         int           `db:"n"` // of the latest version
	SentAt    db.Instant    `db:"sent_at"`
	FirstDue  calendar.Date `db:"due"`
	FirstHow  string        `db:"explained"`
	DayCount  int           `db:"days"`
	Standing  `db:"-"`
	Reviewers []Reviewer `db:"-"` // of the latest version
}

// Standing is what follows from the facts.
type Standing struct {
	State     State
	Due       calendar.Date
	Explained string
	StopOn    calendar.Date // from when the clock stands, and why
	StopWhy   string
	Stops     int           // working days that the clock stood at this version
	ResultOn  calendar.Date // of the result on this version
	Says      Result
	Paper     db.ID // the result
	EndedOn   calendar.Date
	EndWhy    string
}

// Reviewer is a body that was asked about a version, and its opinion; Says is "" while it has not answered.
type Reviewer struct {
	Appraisal db.ID         `db:"appraisal"`
	N         int           `db:"n"`
	Body      db.ID         `db:"org"`
	Due       calendar.Date `db:"due"`
	Explained string        `db:"explained"`
	Says      Opinion       `db:"says"`
	Note      string        `db:"note"`
	Paper     db.ID         `db:"paper"`
	SignedAt  db.Instant    `db:"signed_at"`
	SignedBy  string        `db:"signed_by"`
}

// Opinion is what a body says on a draft as a whole.
type Opinion string

// The opinions.
const (
	Agree      Opinion = "agree"
	Supplement Opinion = "supplement"
	Reconsider Opinion = "reconsider"
)

// Opinions in the order they are offered.
var Opinions = []Opinion{Agree, Supplement, Reconsider}

// Name is the office's word; silence is said too.
func (o Opinion) Name() string {
	if o == "" {
		return "Chưa trả lời"
	}
	return map[Opinion]string{Agree: "Nhất trí", Supplement: "Đề nghị bổ sung", Reconsider: "Đề nghị xem xét lại"}[o]
}

// Result is what the commission says of a draft for the Party committee.
type Result string

// The results.
const (
	Ready   Result = "ready"
	Mended  Result = "mended"
	Unready Result = "unready"
)

// Results in the order they are offered.
var Results = []Result{Ready, Mended, Unready}

// Name is the office's word.
func (r Result) Name() string {
	return map[Result]string{Ready: "Đủ điều kiện trình", Mended: "Trình sau khi sửa", Unready: "Chưa đủ điều kiện trình"}[r]
}

// Fact is one thing that happened to an appraisal beside versions, opinions and comments.
type Fact struct {
	Appraisal db.ID         `db:"appraisal"`
	Seq       int           `db:"seq"`
	N         int           `db:"n"`
	Kind      FactKind      `db:"kind"`
	Day       calendar.Date `db:"day"`
	Says      Result        `db:"says"`
	Note      string        `db:"note"`
	Due       calendar.Date `db:"due"`
	Explained string        `db:"explained"`
	Paper     db.ID         `db:"paper"`
	At        db.Instant    `db:"at"`
	ByActor   string        `db:"by_actor"`
	By        string        `db:"by_name"`
}

// FactKind says what happened; the texts are the verbs of the journal.
type FactKind string

// The facts.
const (
	factStopped   FactKind = "stopped"
	factResumed   FactKind = "resumed"
	factConcluded FactKind = "concluded"
	factClosed    FactKind = "closed"
	factWithdrawn FactKind = "withdrawn"
)

// Name says what happened.
func (f Fact) Name() string {
	return map[FactKind]string{factStopped: "Tạm dừng", factResumed: "Tiếp tục", factConcluded: "Kết quả: " + f.Says.Name(), factClosed: "Kết thúc",
		factWithdrawn: "Rút dự thảo"}[f.Kind]
}

// derive is the one place where it is said how an appraisal stands. A stop and a result belong to the version they were made
// on: a new version begins anew.
func (a Appraisal) derive(facts []Fact, h calendar.Holidays) Standing {
	s := Standing{State: Reviewing, Due: a.FirstDue, Explained: a.FirstHow}
	for _, f := range facts {
		switch {
		case f.Kind == factClosed:
			s.State, s.EndedOn = Closed, f.Day
		case f.Kind == factWithdrawn:
			s.State, s.EndedOn, s.EndWhy = Withdrawn, f.Day, f.Note
		case f.N != a.N:
		case f.Kind == factStopped:
			s.State, s.StopOn, s.StopWhy = Stopped, f.Day, f.Note
		case f.Kind == factResumed:
			s.Stops += stood(h, s.StopOn, f.Day)
			s.State, s.StopOn, s.StopWhy, s.Due, s.Explained = Reviewing, calendar.Date{}, "", f.Due, f.Explained
		case f.Kind == factConcluded:
			s.State, s.ResultOn, s.Says, s.Paper = Concluded, f.Day, f.Says, f.Paper
		}
	}
	return s
}

// stood is how many working days the clock stood: from the day it was stopped up to the day before it went on.
func stood(h calendar.Holidays, from, until calendar.Date) (n int) {
	for d := from; d.Before(until); d = d.AddDays(1) {
		if working, _ := h.WorkingDay(d); working {
			n++
		}
	}
	return n
}

// Over reports whether nothing follows.
func (a Appraisal) Over() bool { return a.State == Closed || a.State == Withdrawn }

// Open reports whether those who were asked see what the others said.
func (a Appraisal) Open() bool { return a.State == Closed || a.State == Concluded }

// Label names the appraisal in lists and links.
func (a Appraisal) Label() string { return a.Kind.Name() + " dự thảo " + a.What() }

// What names the draft.
func (a Appraisal) What() string {
	first, rest, _ := strings.Cut(a.Form, " ")
	return strings.TrimSpace(strings.ToLower(first)+" "+rest) + " " + a.Subject
}

// Node is the appraisal in the graph of what came from what.
func (a Appraisal) Node() lineage.Node {
	return lineage.Node{Kind: "appraisal", ID: a.ID, Label: a.Label()}
}

func (a Appraisal) about() journal.Subject {
	return journal.Subject{Kind: "appraisal", ID: a.ID, Body: a.Body}
}

// Asked gives the row of a body that was asked about the latest version.
func (a Appraisal) Asked(body db.ID) (Reviewer, bool) {
	at := slices.IndexFunc(a.Reviewers, func(r Reviewer) bool { return r.Body == body })
	if at < 0 {
		return Reviewer{}, false
	}
	return a.Reviewers[at], true
}

const columns = `
select a.id, a.org, a.kind, a.form, a.subject, a.addressee, a.addressee_name, a.sector, a.submit_on, a.rule, a.review, a.at, a.by_name,
	v.n, v.at as sent_at, v.due, v.explained, v.days
from appraisal a
join appraisal_version v on v.appraisal = a.id and v.n = (select max(n) from appraisal_version where appraisal = a.id)
`

// mayRead: the commission, the author, and who was asked about any version.
const mayRead = `(cast(? as text) = '' or a.org = ? or exists (select 1 from appraisal_reviewer r where r.appraisal = a.id and r.org = ?))`

func read(tx *db.Tx, by access.Actor, where, tail string, args ...any) ([]Appraisal, error) {
	sees := by.Sees(access.ReadAppraisal)
	var all []Appraisal
	if err := tx.Select(&all, columns+"where "+mayRead+"\n  and "+where+"\n"+tail, append([]any{sees, sees, sees}, args...)...); err != nil {
		return nil, err
	}
	err := complete(tx, all)
	for i := range all {
		all[i].Reviewers = all[i].answersTo(by, all[i].Reviewers)
	}
	return all, err
}

// answersTo leaves who was asked and what they said as a reader may know it: one who was asked reads of itself alone until the
// version has its result.
func (a Appraisal) answersTo(by access.Actor, all []Reviewer) []Reviewer {
	if by.OfCommission() || by.Body == a.Body || a.Open() {
		return all
	}
	return slices.DeleteFunc(all, func(r Reviewer) bool { return r.Body != by.Body })
}

// complete fills in how some appraisals stand and who is asked, in a fixed number of queries.
func complete(tx *db.Tx, all []Appraisal) error {
	if len(all) == 0 {
		return nil
	}
	h, err := org.Holidays(tx)
	if err != nil {
		return err
	}
	ids := make([]db.ID, len(all))
	for i, a := range all {
		ids[i] = a.ID
	}
	in, args := db.In(ids)
	var facts []Fact
	if err := tx.Select(&facts, "select "+factColumns+"\nfrom appraisal_fact\nwhere appraisal in "+in+"\norder by appraisal, seq", args...); err != nil {
		return err
	}
	of := make(map[db.ID][]Fact)
	for _, f := range facts {
		of[f.Appraisal] = append(of[f.Appraisal], f)
	}
	var reviewers []Reviewer
	if err := tx.Select(&reviewers, reviewerColumns+"where r.appraisal in "+in+"\norder by r.appraisal, r.n, b.sort, b.code", args...); err != nil {
		return err
	}
	for i := range all {
		all[i].Standing = all[i].derive(of[all[i].ID], h)
		for _, r := range reviewers {
			if r.Appraisal != all[i].ID || r.N != all[i].N {
				continue
			}
			if n := all[i].Stops; n > 0 {
				r.Due = h.AddWorkingDays(r.Due, n)
				r.Explained = strings.TrimSuffix(r.Explained, ".") + "; cộng " + calendar.WorkingDays(n) + " tạm dừng."
			}
			all[i].Reviewers = append(all[i].Reviewers, r)
		}
	}
	return nil
}

const factColumns = "appraisal, seq, n, kind, day, says, note, due, explained, paper, at, by_actor, by_name"

const reviewerColumns = `
select r.appraisal, r.n, r.org, r.due, r.explained, coalesce(o.says, '') as says, coalesce(o.note, '') as note, o.paper, o.at as signed_at,
	coalesce(o.by_name, '') as signed_by
from appraisal_reviewer r
join body b on b.id = r.org
left join appraisal_opinion o on o.appraisal = r.appraisal and o.n = r.n and o.org = r.org
`

// Find gives one appraisal, if the actor may see it.
func Find(tx *db.Tx, by access.Actor, id db.ID) (Appraisal, error) {
	all, err := read(tx, by, "a.id = ?", "", id)
	if err == nil && len(all) == 0 {
		err = fault.Missing("Không có hồ sơ góp ý, thẩm định này, hoặc dự thảo không gửi đến cơ quan của đồng chí.")
	}
	if err != nil {
		return Appraisal{}, err
	}
	return all[0], nil
}

// Among gives those of some appraisals that the actor may see.
func Among(tx *db.Tx, by access.Actor, ids []db.ID) ([]Appraisal, error) {
	in, args := db.Padded(ids)
	return read(tx, by, "a.id in "+in, "", args...)
}

// mostListed is how many appraisals are listed at once.
const mostListed = 50

// List gives appraisals, the newest first, and the cursor of the next page ("" at the end).
func List(tx *db.Tx, by access.Actor, cursor db.ID) (all []Appraisal, next db.ID, err error) {
	where, args := "1 = 1", []any{}
	if cursor != "" {
		where, args = "a.id < ?", append(args, cursor)
	}
	if all, err = read(tx, by, where, "order by a.id desc\nlimit ?", append(args, mostListed+1)...); err != nil || len(all) <= mostListed {
		return all, "", err
	}
	return all[:mostListed], all[mostListed-1].ID, nil
}

// OfReview gives the appraisals opened for a review's step, the newest first.
func OfReview(tx *db.Tx, by access.Actor, review db.ID) ([]Appraisal, error) {
	return read(tx, by, "a.review = ?", "order by a.id desc", review)
}

// sideOf is in whose name the actor speaks: all of the commission speak for it.
func sideOf(tx *db.Tx, by access.Actor) (db.ID, error) {
	if !by.OfCommission() {
		return by.Body, nil
	}
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	return commission.ID, err
}
