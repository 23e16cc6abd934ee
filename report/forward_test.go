package report_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/lineage"
	"giaoban/paper"
	"giaoban/record"
	"giaoban/report"
	"giaoban/sample"
	"giaoban/sample/sampletest"
)

// forwarding is the province on 20/4/2022 with one proposal that nobody has answered.
type forwarding struct {
	t *testing.T
	*sample.Province
	tx   *db.Tx
	open report.Proposal
	asks access.Actor // an officer of the body that made it
}

func eachForwarding(t *testing.T, test func(f *forwarding)) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, "2022-04-20 09:00")
			dbtest.Begin(t, p.DB, func(tx *db.Tx) {
				open, _, err := report.Proposals(tx, p.Officer, report.ProposalFilter{State: report.ProposalOpen, Limit: 500})
				if err != nil || len(open) == 0 {
					t.Fatalf("no open proposal in the sample: %v", err)
				}
				test(&forwarding{t, p, tx, open[0], p.Actor(strings.ToLower(open[0].BodyCode))})
			})
		})
	}
}

func (f *forwarding) ok(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *forwarding) refused(err error, kind fault.Kind, words string) {
	f.t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), words) {
		f.t.Errorf("want kind %d with %q, got %v", kind, words, err)
	}
}

func (f *forwarding) now(by access.Actor) report.Proposal {
	f.t.Helper()
	p, err := report.FindProposal(f.tx, by, f.open.ID)
	f.ok(err)
	return p
}

// draft writes the công văn to the provincial people's committee.
func (f *forwarding) draft() paper.Paper {
	f.t.Helper()
	letter, err := report.DraftForwarding(f.tx, f.Officer, f.open.ID, report.Forwarding{To: "ban can su dang UBND tinh", Note: "Đề nghị bố trí trong dự toán năm 2023."})
	f.ok(err)
	return letter
}

func (f *forwarding) release(letter paper.Paper) paper.Paper {
	f.t.Helper()
	_, err := record.Sign(f.tx, f.Deputy, letter.ID, paper.Signature{Signer: string(f.Deputy.Person)})
	f.ok(err)
	_, err = paper.EnterNumber(f.tx, f.Clerk, letter.ID, 90, calendar.On(2022, 4, 20))
	f.ok(err)
	letter, err = record.Release(f.tx, f.Clerk, letter.ID)
	f.ok(err)
	return letter
}

func TestAProposalIsForwardedWhenItsLetterIsReleased(t *testing.T) {
	eachForwarding(t, func(f *forwarding) {
		letter := f.draft()
		during := f.now(f.Officer)
		if during.State() != report.ProposalOpen || during.Draft != letter.ID || during.Follower != f.Officer.Person {
			f.t.Fatalf("while the công văn is written: %+v", during)
		}
		doc, err := paper.Document(f.tx, f.Officer, letter.ID)
		f.ok(err)
		if doc.Addressed[0] != f.BCSUBND.Name {
			f.t.Errorf("addressed to %q, not as the directory calls it", doc.Addressed[0])
		}
		if findings, err := paper.Lint(f.tx, f.Officer, letter.ID); err != nil || len(findings) > 0 {
			f.t.Errorf("our own công văn departs from the layout: %v %v", findings, err)
		}
		_, err = report.AnswerProposal(f.tx, f.Officer, f.open.ID, report.ProposalAnswer{Kind: report.ProposalAccepted})
		f.refused(err, fault.KindConflict, "đang soạn hoặc trình ký")
		_, err = report.DraftForwarding(f.tx, f.Officer, f.open.ID, report.Forwarding{To: "Bộ Y tế"})
		f.refused(err, fault.KindConflict, "đang soạn hoặc trình ký")

		f.release(letter)
		waits := f.now(f.asks)
		if waits.State() != report.ProposalForwarded || waits.Since() != calendar.On(2022, 4, 20) || waits.LetterSymbol != "90-CV/BTGTU" || waits.Draft != "" {
			f.t.Errorf("after the release: %+v", waits)
		}
		if waits.Overdue(calendar.On(2030, 1, 1)) {
			f.t.Error("those above are late")
		}
		if _, err := paper.Find(f.tx, f.asks, letter.ID); err != nil {
			f.t.Errorf("the body that asks does not read the công văn: %v", err)
		}
	})
}

func TestALetterTakenBackForwardsNothing(t *testing.T) {
	eachForwarding(t, func(f *forwarding) {
		letter := f.draft()
		_, err := paper.Withdraw(f.tx, f.Officer, letter.ID, "Gửi nhầm cơ quan")
		f.ok(err)
		if p := f.now(f.Officer); p.State() != report.ProposalOpen || p.Draft != "" {
			f.t.Errorf("after the draft was taken back: %+v", p)
		}
		f.draft()
	})
}

func TestAProposalIsNotForwardedByNothing(t *testing.T) {
	eachForwarding(t, func(f *forwarding) {
		elsewhere := func(by access.Actor, w report.Forwarding) error {
			_, err := report.ForwardElsewhere(f.tx, by, f.open.ID, w)
			return err
		}
		day := calendar.On(2022, 4, 19)
		f.refused(elsewhere(f.asks, report.Forwarding{To: "Bộ Y tế", Symbol: "58-CV/BTGTU", Day: day}), fault.KindForbidden, "Trả lời kiến nghị")
		f.refused(elsewhere(f.Officer, report.Forwarding{To: "Bộ Y tế"}), fault.KindInvalid, "số, ký hiệu")
		f.refused(elsewhere(f.Officer, report.Forwarding{To: "Bộ Y tế", Symbol: "công văn", Day: day}), fault.KindInvalid, "số, ký hiệu")
		f.refused(elsewhere(f.Officer, report.Forwarding{Symbol: "58-CV/BTGTU", Day: day}), fault.KindInvalid, "đến cơ quan nào")
		f.refused(elsewhere(f.Officer, report.Forwarding{To: "Bộ Y tế", Symbol: "58-CV/BTGTU", Day: calendar.On(2022, 4, 21)}), fault.KindInvalid, "chưa xảy ra")
		f.refused(elsewhere(f.Officer, report.Forwarding{To: "Bộ Y tế", Symbol: "58-CV/BTGTU", Day: calendar.On(2021, 4, 21)}), fault.KindInvalid, "không thể trước")
		sent, err := report.FindSubmission(f.tx, f.Officer, f.open.Submission)
		f.ok(err)
		before := calendar.OfInstant(sent.At.Time()).AddDays(-1)
		if before.Before(f.open.Period.First()) {
			f.t.Errorf("nothing is tried: sent on %s", sent.At)
		}
		f.refused(elsewhere(f.Officer, report.Forwarding{To: "Bộ Y tế", Symbol: "58-CV/BTGTU", Day: before}), fault.KindInvalid, "ngày nhận báo cáo có kiến nghị")
		f.refused(elsewhere(f.Officer, report.Forwarding{To: f.BTGTU.Name, Symbol: "58-CV/BTGTU", Day: day}), fault.KindInvalid, "chính mình")
		f.refused(elsewhere(f.Officer, report.Forwarding{To: "Bộ Y tế", Symbol: "58-CV/BTGTU", Day: day, Follower: f.asks.Person}), fault.KindInvalid, "người theo dõi")
		f.refused(elsewhere(f.Officer, report.Forwarding{To: "Bộ Y tế", Symbol: "58-CV/BTGTU", Day: day, Note: "Độ mật: TUYỆT MẬT"}), fault.KindRefused, "mật")
		_, err = report.DraftForwarding(f.tx, f.Deputy, f.open.ID, report.Forwarding{To: "Bộ Y tế"})
		f.refused(err, fault.KindForbidden, "Soạn văn bản")

		f.ok(elsewhere(f.Deputy, report.Forwarding{To: "Bộ Y tế", Symbol: " 58-CV/BTGTU ", Day: day, Follower: f.Officer.Person}))
		p := f.now(f.asks)
		if p.State() != report.ProposalForwarded || p.Since() != day || p.LetterName() != "công văn số 58-CV/BTGTU ngày 19/4/2022" || p.FollowerName != f.Officer.Name {
			f.t.Errorf("%+v", p)
		}
	})
}

func TestWhatWasForwardedBeforeWithoutALetterWaitsToo(t *testing.T) {
	eachForwarding(t, func(f *forwarding) {
		for _, q := range []string{`insert into proposal_answer (id, proposal, n, kind, reason, forwarded_to, at, by_actor, by_name)
			select 'cu', id, 1, 'forwarded', '', 'UBND tỉnh', at, 'x', 'Chuyên viên cũ' from proposal where id = ?`, "update proposal set answered = true where id = ?"} {
			_, err := f.tx.Exec(q, f.open.ID)
			f.ok(err)
		}
		p := f.now(f.Officer)
		if want := "Đã chuyển UBND tỉnh, không ghi công văn; đang chờ ý kiến, từ ngày "; !strings.HasPrefix(p.Standing(), want) {
			f.t.Errorf("%q", p.Standing())
		}
		f.ok(report.FollowProposal(f.tx, f.Deputy, f.open.ID, f.Officer.Person))
		if now := f.now(f.Officer); now.Follower != f.Officer.Person {
			f.t.Errorf("followed by %q", now.FollowerName)
		}
		_, err := report.EnterReply(f.tx, f.Officer, f.open.ID, report.ProposalReply{ReplyHow: "điện thoại", Received: calendar.On(2022, 4, 20)}, "Đồng ý.")
		f.ok(err)
		if got := f.now(f.asks); got.State() != report.ProposalReplied {
			f.t.Errorf("%+v", got)
		}
	})
}

func TestTheAnswerFromAboveIsKeptWithEachStep(t *testing.T) {
	eachForwarding(t, func(f *forwarding) {
		reply := func(r report.ProposalReply, text string) error {
			_, err := report.EnterReply(f.tx, f.Officer, f.open.ID, r, text)
			return err
		}
		good := report.ProposalReply{ReplySymbol: "123/UBND-VX", ReplyDay: calendar.On(2022, 4, 20), Received: calendar.On(2022, 4, 20)}
		f.refused(reply(good, "Đồng ý"), fault.KindConflict, "chưa được chuyển")
		letter := f.release(f.draft())
		f.refused(reply(report.ProposalReply{Received: good.Received}, "Đồng ý"), fault.KindInvalid, "số, ký hiệu văn bản trả lời")
		f.refused(reply(report.ProposalReply{ReplySymbol: "1", ReplyDay: calendar.On(2022, 4, 1), Received: good.Received}, "x"), fault.KindInvalid, "không thể trước")
		f.refused(reply(report.ProposalReply{ReplyHow: "điện thoại", Received: calendar.On(2022, 4, 21)}, "x"), fault.KindInvalid, "chưa xảy ra")
		f.refused(reply(good, "MẬT: đồng ý\nĐộ mật: TỐI MẬT"), fault.KindRefused, "mật")
		_, err := report.EnterReply(f.tx, f.asks, f.open.ID, good, "Đồng ý")
		f.refused(err, fault.KindForbidden, "Trả lời kiến nghị")
		f.ok(reply(good, "Giao Sở Tài chính cân đối."))
		good.ReplySymbol = "124/UBND-VX"
		f.ok(reply(good, "Giao Sở Tài chính cân đối trong quý III."))

		p := f.now(f.asks)
		if p.State() != report.ProposalReplied || p.Reason != "Giao Sở Tài chính cân đối trong quý III." || p.Letter != letter.ID {
			f.t.Errorf("%+v", p)
		}
		steps := func(by access.Actor) (out []string) {
			story, err := report.ProposalStory(f.tx, by, f.open.ID)
			f.ok(err)
			for _, s := range story {
				out = append(out, s.What)
			}
			return out
		}
		if got := strings.Join(steps(f.asks), " "); got != "sent received followed forwarded replied replied" {
			f.t.Errorf("the body sees %s", got)
		}
		if got := strings.Join(steps(f.Officer), " "); got != "sent received drafted followed forwarded replied replied" {
			f.t.Errorf("the commission sees %s", got)
		}
		f.cameOf(letter)
	})
}

// cameOf walks from the proposal by its công văn to the answers, with the eyes of the body that asked.
func (f *forwarding) cameOf(letter paper.Paper) {
	f.t.Helper()
	graph, err := record.Walk(f.tx, f.asks, "proposal", f.open.ID, 3)
	f.ok(err)
	var kinds []string
	var down func(b []lineage.Branch)
	down = func(b []lineage.Branch) {
		for _, one := range b {
			kinds = append(kinds, one.Node.Kind)
			down(one.Branches)
		}
	}
	down(graph.Descendants)
	if got := strings.Join(kinds, " "); got != "paper reply reply" {
		f.t.Errorf("of the proposal came %s, not its công văn %s and the answers", got, letter.Symbol)
	}
}

func TestTheNextReportOpensWithTheAnswers(t *testing.T) {
	eachForwarding(t, func(f *forwarding) {
		next, err := report.ObligationOf(f.tx, f.Officer, f.open.RegimeCode, f.open.Period.Next(), f.open.Body)
		f.ok(err)
		told := func() (words string) {
			all, err := report.AnswersFor(f.tx, f.asks, next)
			f.ok(err)
			for _, p := range all {
				if p.ID == f.open.ID {
					words = p.Standing()
				}
			}
			return words
		}
		if got := told(); got != "" {
			f.t.Errorf("an open proposal is told as answered: %s", got)
		}
		f.release(f.draft())
		if got := told(); !strings.Contains(got, "bằng công văn số 90-CV/BTGTU ngày 20/4/2022; đang chờ ý kiến, từ ngày 20/4/2022") {
			f.t.Errorf("%q", got)
		}
		_, err = report.EnterReply(f.tx, f.Officer, f.open.ID, report.ProposalReply{ReplySymbol: "123/UBND-VX", ReplyDay: calendar.On(2022, 4, 20), Received: calendar.On(2022, 4, 20)}, "Đồng ý.")
		f.ok(err)
		if got := told(); !strings.HasSuffix(got, "đã có ý kiến (văn bản số 123/UBND-VX ngày 20/4/2022, nhận ngày 20/4/2022): Đồng ý.") {
			f.t.Errorf("%q", got)
		}
	})
}
