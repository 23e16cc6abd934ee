package report_test

import (
	"strings"
	"testing"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/report"
)

// proposing is the small province on 05/4/2022, inside one transaction; the health department owes its first quarter.
type proposing struct {
	*office
	t        *testing.T
	tx       *db.Tx
	atHealth access.Actor
}

func eachProposing(t *testing.T, test func(o *proposing)) {
	each(t, func(t *testing.T, o *office) {
		o.clock.Set(dbtest.NewClock("2022-04-05").Now())
		o.open(t, "2022-Q1")
		dbtest.Begin(t, o.d, func(tx *db.Tx) { test(&proposing{o, t, tx, o.focal(0)}) })
	})
}

func (o *proposing) ok(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *proposing) refused(err error, kind fault.Kind, words string) {
	o.t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), words) {
		o.t.Errorf("want kind %d with %q, got %v", kind, words, err)
	}
}

func (o *proposing) sends(paragraphs ...string) db.ID {
	o.t.Helper()
	receipt, err := o.tryit(o.tx, "2022-Q1", 0, report.Input{Sections: []report.SectionText{{Section: report.SectionProposals, Sector: "yte", Paragraphs: paragraphs}}})
	o.ok(err)
	return receipt.ID
}

func (o *proposing) accepted(paragraphs ...string) db.ID {
	o.t.Helper()
	id := o.sends(paragraphs...)
	o.ok(report.Accept(o.tx, o.officer, id))
	return id
}

func (o *proposing) proposals(by access.Actor, f report.ProposalFilter) []report.Proposal {
	o.t.Helper()
	found, _, err := report.Proposals(o.tx, by, f)
	o.ok(err)
	return found
}

func TestAnAcceptedProposalIsAnAnswerOwed(t *testing.T) {
	eachProposing(t, func(o *proposing) {
		sent := o.sends("Bổ sung biên chế cho trạm y tế.", "Cấp kinh phí mua vắc xin.")
		if found := o.proposals(o.officer, report.ProposalFilter{}); len(found) != 0 {
			o.t.Fatalf("a report not yet accepted proposes: %+v", found)
		}
		o.ok(report.Accept(o.tx, o.officer, sent))
		open := o.proposals(o.officer, report.ProposalFilter{State: report.ProposalOpen})
		if len(open) != 2 || open[0].BodyCode != "SYT" || open[0].Period.String() != "2022-Q1" || open[1].N != 2 || open[0].Due != calendar.On(2022, 4, 27) {
			o.t.Fatalf("open: %+v", open)
		}
		if mine := o.proposals(o.atHealth, report.ProposalFilter{}); len(mine) != 2 {
			o.t.Errorf("the department sees %d of its own", len(mine))
		}
		other := o.atHealth
		other.Body = o.bodies[1].ID
		if theirs := o.proposals(other, report.ProposalFilter{}); len(theirs) != 0 {
			o.t.Errorf("another department sees %d", len(theirs))
		}

		_, err := report.AnswerProposal(o.tx, o.atHealth, open[0].ID, report.ProposalAnswer{Kind: report.ProposalAccepted})
		o.refused(err, fault.KindForbidden, "Trả lời kiến nghị")
		_, err = report.AnswerProposal(o.tx, o.officer, open[0].ID, report.ProposalAnswer{Kind: report.ProposalForwarded})
		o.refused(err, fault.KindInvalid, "cần một công văn")
		_, err = report.AnswerProposal(o.tx, o.officer, open[0].ID, report.ProposalAnswer{Kind: report.ProposalDeclined})
		o.refused(err, fault.KindInvalid, "lý do")
		_, err = report.AnswerProposal(o.tx, o.officer, open[0].ID, report.ProposalAnswer{Kind: report.ProposalDeclined, Reason: "Chưa có nguồn"})
		o.ok(err)
		answered, err := report.AnswerProposal(o.tx, o.chief, open[0].ID, report.ProposalAnswer{Kind: report.ProposalAccepted, Reason: "Đưa vào kế hoạch quý II"})
		o.ok(err)
		if seen, err := report.FindProposal(o.tx, o.atHealth, open[0].ID); err != nil || seen.State() != report.ProposalAccepted || seen.AnsweredBy != "Trưởng ban" || seen.AnsweredAt != answered.AnsweredAt {
			o.t.Errorf("the newest answer counts: %+v, %v", seen, err)
		}
		if left := o.proposals(o.officer, report.ProposalFilter{State: report.ProposalOpen}); len(left) != 1 {
			o.t.Errorf("%d still open", len(left))
		}
		o.clock.Set(time.Date(2022, 4, 28, 9, 0, 0, 0, db.Vietnam))
		if late := o.proposals(o.officer, report.ProposalFilter{State: report.ProposalOpen, DueBefore: calendar.On(2022, 4, 28)}); len(late) != 1 || !late[0].Overdue(calendar.On(2022, 4, 28)) {
			o.t.Errorf("overdue: %+v", late)
		}
	})
}

func TestANewVersionKeepsTheAnswersOfWhatItRepeats(t *testing.T) {
	eachProposing(t, func(o *proposing) {
		o.accepted("Bổ sung biên chế.", "Cấp kinh phí.", "Mua xe cứu thương.")
		for _, p := range o.proposals(o.officer, report.ProposalFilter{}) {
			if p.N == 1 {
				_, err := report.AnswerProposal(o.tx, o.officer, p.ID, report.ProposalAnswer{Kind: report.ProposalAccepted})
				o.ok(err)
			}
		}
		second := o.accepted("Cấp  kinh phí.", "Bổ sung biên chế.", "Đào tạo bác sĩ.")
		state := make(map[string]report.ProposalState)
		for _, p := range o.proposals(o.officer, report.ProposalFilter{}) {
			state[p.Text] = p.State()
			if p.Submission != second {
				o.t.Errorf("%s still stands in the first version", p.Text)
			}
		}
		if len(state) != 3 || state["Bổ sung biên chế."] != report.ProposalAccepted || state["Cấp kinh phí."] != report.ProposalOpen || state["Đào tạo bác sĩ."] != report.ProposalOpen {
			o.t.Errorf("%v", state)
		}
		withdrawn := o.proposals(o.officer, report.ProposalFilter{Withdrawn: true})
		if len(withdrawn) != 4 {
			o.t.Fatalf("%d with the withdrawn one", len(withdrawn))
		}
		for _, p := range withdrawn {
			if p.WithdrawnAt != 0 {
				_, err := report.AnswerProposal(o.tx, o.officer, p.ID, report.ProposalAnswer{Kind: report.ProposalAccepted})
				o.refused(err, fault.KindConflict, "đã rút kiến nghị")
			}
		}
	})
}
