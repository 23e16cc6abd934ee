// Package deadline keeps dời hạn: which open deadlines of all rooms fall otherwise since a day off or a day worked to make
// up was entered or taken back, and how a person moves them in one act. Nothing moves by itself.
package deadline

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/org"
	"giaoban/report"
	"giaoban/review"
	"giaoban/task"
)

// Proposal is one deadline that may be moved, whatever room keeps it.
type Proposal struct {
	calendar.Shift
	Kind  string // of the record: opening, obligation, proposal, task, review
	ID    db.ID
	Part  string // the body of a task's side, the step of a review; "" when the record has one deadline
	Title string
	Body  db.ID // who answers for it; "" for many
	Many  int   // how many bodies it concerns; 0 for one
	Told  bool  // it was planned again by itself and binds nobody yet: nothing is to be confirmed
	May   bool  // the actor may move it

	act  access.Act // what moving it needs,
	of   db.ID      // and of which body
	move func(tx *db.Tx, by access.Actor, reason string) error
}

// Key names the proposal as it stands, the two days too: when either changes it is another.
func (p Proposal) Key() string { return key(p.Kind, p.ID, p.Part, p.From, p.To) }

func key(kind string, id db.ID, part string, from, to calendar.Date) string {
	return strings.Join([]string{kind, string(id), part, from.String(), to.String()}, "~")
}

// Proposals lists what the calendar moves now and nobody said to leave, the earliest deadline first; reports before tasks
// before reviews.
func Proposals(tx *db.Tx, by access.Actor) ([]Proposal, error) {
	all, _, err := Survey(tx, by)
	return all, err
}

// moves reads what the calendar moves, whatever was said of it.
func moves(tx *db.Tx, by access.Actor) ([]Proposal, error) {
	if err := by.May(access.GrantReportExtension, by.Body); err != nil {
		return nil, err
	}
	said, err := said(tx)
	if err != nil {
		return nil, err
	}
	var all []Proposal
	for _, room := range []func(*db.Tx, access.Actor, []calendar.Date) ([]Proposal, error){ofReports, ofTasks, ofReviews} {
		found, err := room(tx, by, said)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	for i, p := range all {
		all[i].May = !p.Told && by.Can(p.act, p.of)
	}
	slices.SortStableFunc(all, func(a, b Proposal) int { return a.From.Compare(b.From) })
	return all, nil
}

// said are the days of which the office said something, each once.
func said(tx *db.Tx) ([]calendar.Date, error) {
	facts, err := org.DayFacts(tx)
	var days []calendar.Date
	for _, f := range facts {
		if !slices.Contains(days, f.Day) {
			days = append(days, f.Day)
		}
	}
	return days, err
}

func ofReports(tx *db.Tx, by access.Actor, said []calendar.Date) ([]Proposal, error) {
	shifts, err := report.Shifts(tx, by, said)
	var all []Proposal
	for _, s := range shifts {
		p := Proposal{Shift: s.Shift, Body: s.Body, act: access.GrantReportExtension, of: s.Body, move: s.Move}
		switch {
		case s.Opening != "":
			p.Kind, p.ID, p.Body, p.Many = "opening", s.Opening, "", s.Owed
			p.Title = fmt.Sprintf("%s, %s", s.Regime, s.Period.Name())
		case s.Obligation != "":
			p.Kind, p.ID = "obligation", s.Obligation
			p.Title = fmt.Sprintf("%s, %s: hạn riêng", s.Regime, s.Period.Name())
		default:
			p.Kind, p.ID, p.Title = "proposal", s.Proposal, "Trả lời kiến nghị: "+s.Text
		}
		all = append(all, p)
	}
	return all, err
}

func ofTasks(tx *db.Tx, by access.Actor, said []calendar.Date) ([]Proposal, error) {
	shifts, err := task.Shifts(tx, by, said)
	var all []Proposal
	for _, s := range shifts {
		title := s.Title
		if !s.Leads {
			title += " (phối hợp: " + s.Side.Part + ")"
		}
		all = append(all, Proposal{Shift: s.Shift, Kind: "task", ID: s.ID, Part: string(s.Body), Title: title, Body: s.Holder,
			act: access.JudgeTask, of: s.Holder, move: s.Move})
	}
	return all, err
}

func ofReviews(tx *db.Tx, by access.Actor, said []calendar.Date) ([]Proposal, error) {
	shifts, err := review.Shifts(tx, by, said)
	var all []Proposal
	for _, s := range shifts {
		all = append(all, Proposal{Shift: s.Shift, Kind: "review", ID: s.Review.ID, Part: string(s.Step), Body: s.Review.Holder, Told: s.Planned,
			Title: s.Review.Label() + ": " + s.Step.Name(), act: access.PlanReview, of: s.Review.Body, move: s.Move})
	}
	return all, err
}

// Move moves the proposals named by their keys, all or none, each with the reason in its own history and journal. One that
// is no longer proposed as it was seen refuses the act.
func Move(tx *db.Tx, by access.Actor, keys []string, reason string) (moved int, err error) {
	chosen, reason, err := choose(tx, by, keys, reason, "Hãy ghi căn cứ dời hạn, ví dụ số, ngày của văn bản về ngày nghỉ.")
	if err != nil {
		return 0, err
	}
	for _, p := range chosen {
		if err := p.move(tx, by, reason); err != nil {
			return 0, err
		}
	}
	return len(chosen), nil
}

// choose finds the proposals that are meant, as they were seen, for an act on them with a reason.
func choose(tx *db.Tx, by access.Actor, keys []string, reason, lacking string) ([]Proposal, string, error) {
	if err := by.May(access.GrantReportExtension, by.Body); err != nil {
		return nil, "", err
	}
	var wrong fault.List
	if len(keys) == 0 {
		wrong.Add("keys", "Hãy chọn ít nhất một hạn.")
	}
	if reason = fold.Tidy(reason); reason == "" {
		wrong.Add("reason", "%s", lacking)
	}
	if err := wrong.Err(); err != nil {
		return nil, "", err
	}
	all, err := Proposals(tx, by)
	if err != nil {
		return nil, "", err
	}
	proposed := make(map[string]Proposal, len(all))
	for _, p := range all {
		if !p.Told {
			proposed[p.Key()] = p
		}
	}
	chosen := make([]Proposal, len(keys))
	for i, key := range keys {
		p, ok := proposed[key]
		if !ok {
			return nil, "", fault.Stale("Có hạn vừa được đổi, đã dời hoặc đã để nguyên rồi. Xin xem lại danh sách rồi xác nhận.")
		}
		chosen[i] = p
	}
	return chosen, reason, nil
}

// Waiting counts the deadlines that wait for a person to move them, for whoever enters days off and sees none of the work.
func Waiting(tx *db.Tx) (int, error) {
	all, err := Open(tx, access.System("đếm hạn chờ dời"))
	return len(all), err
}

// Open lists the proposals that wait for a person, without those that are only told.
func Open(tx *db.Tx, by access.Actor) ([]Proposal, error) {
	all, err := Proposals(tx, by)
	return slices.DeleteFunc(all, func(p Proposal) bool { return p.Told }), err
}

// Why is the reason that is proposed for a move: the documents of what the office said last of days that lie ahead.
func Why(tx *db.Tx) (string, error) {
	facts, err := org.DayFacts(tx)
	if err != nil {
		return "", err
	}
	today := calendar.OfInstant(tx.Clock())
	var documents []string
	for _, f := range facts {
		if !f.Day.Before(today) && f.Source != "" && !slices.Contains(documents, f.Source) {
			documents = append(documents, f.Source)
		}
	}
	return strings.Join(documents, "; "), nil
}
