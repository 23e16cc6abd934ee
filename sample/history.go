package sample

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/paper"
	"giaoban/report"
)

// history lists what happened from March 2020 on, the last quarter left out: two regimes, eight quarters and their
// months, with what goes wrong in any office.
func (s *stage) history() []event {
	events := []event{{at: on(Begin, 9, 0), name: "lập hai chế độ báo cáo", do: s.regimes}}
	for _, p := range periodsOf(calendar.Month, "2020-04", "2022-03") {
		events = append(events, s.round(Monthly, p)...)
	}
	for _, p := range periodsOf(calendar.Quarter, "2020-Q2", "2021-Q4") {
		events = append(events, s.round(Quarterly, p)...)
	}
	return append(events, s.lastBriefing()...)
}

// cutoffOf and dueOf follow ND09 with two working days, as both regimes do.
func cutoffOf(p calendar.Period) calendar.Date {
	_, to := calendar.ND09.Span(p)
	return to
}

func dueOf(p calendar.Period) calendar.Date {
	return calendar.Due(calendar.Default(), cutoffOf(p), 2).Date
}

// What is out of the ordinary, by regime, period and body.
var (
	never    = map[string]bool{"kg-thang 2021-08 SVHTT": true}
	nothing  = map[string]string{"kg-thang 2020-07 SNV": "Trong tháng không phát sinh nội dung phối hợp."}
	onPaper  = map[string]bool{"kg-quy 2020-Q3 BTGDK": true}
	extended = map[string]int{"kg-quy 2021-Q3 SYT": 6}
	sentBack = map[string]report.Returning{
		"kg-quy 2020-Q4 SKHCN": {Section: report.SectionResults, Sector: "KH", Paragraph: 1, Indicator: "KH15",
			Reason: "Vốn đã giải ngân trong lời văn là số cả năm, trong biểu là số trong quý; đề nghị ghi rõ và thống nhất."},
		"kg-quy 2021-Q2 STNMT": {Section: report.SectionResults, Sector: "MT", Paragraph: 2,
			Reason: "Chưa nêu kết quả xử lý ba điểm mỏ tạm dừng; đề nghị bổ sung để theo dõi đến cùng."},
	}
)

func key(regime string, p calendar.Period, code string) string {
	return regime + " " + p.String() + " " + code
}

// lateBy is how many working days late a report came: about one in twelve was, more in the summer of 2021.
func lateBy(regime string, p calendar.Period, code string) int {
	limit := -0.84
	if n := monthsSince(p); n >= 14 && n <= 17 {
		limit = -0.6
	}
	if c := chance("muộn", regime, p.String(), code); c < limit {
		return 1 + int((c+1)*12)
	}
	return 0
}

// round is one period of a regime from its opening to the acceptance of the last report.
func (s *stage) round(regime string, p calendar.Period) []event {
	due := dueOf(p)
	events := []event{{at: on(cutoffOf(p).AddDays(-9), 8, 10), name: "mở kỳ " + p.String(), do: func(tx *db.Tx) error {
		_, err := report.Open(tx, s.p.Officer, regime, p)
		return err
	}}}
	for i, code := range reportersOf(regime) {
		k := key(regime, p, code)
		if never[k] {
			continue
		}
		at := on(due.AddDays(-(i % 2)), 8+i%8, 7*i%60)
		if due.AddDays(-1).Before(cutoffOf(p).AddDays(1)) {
			at = on(due, 8+i%8, 7*i%60)
		}
		if days, ok := extended[k]; ok {
			events = append(events, s.extension(regime, p, code, due, calendar.Default().AddWorkingDays(due, days))...)
			at = on(calendar.Default().AddWorkingDays(due, days-1), 15, 20)
		} else if days := lateBy(regime, p, code); days > 0 {
			at = on(calendar.Default().AddWorkingDays(due, days), 10, 15)
		}
		events = append(events, event{at: at, name: "báo cáo " + k, do: func(tx *db.Tx) error {
			if reason, ok := nothing[k]; ok {
				o, err := report.ObligationOf(tx, s.p.Officer, regime, p, s.p.Body(code).ID)
				if err != nil {
					return err
				}
				_, err = report.Nil(tx, s.p.AgencyOfficer(s.p.Body(code)), o, reason)
				return err
			}
			if onPaper[k] {
				return s.enter(tx, regime, p, code)
			}
			_, err := s.submit(tx, regime, p, code, nil)
			return err
		}})
		accepted := on(calendar.Default().AddWorkingDays(calendar.OfInstant(at), 2), 16, 30)
		if r, ok := sentBack[k]; ok {
			back := on(calendar.Default().AddWorkingDays(calendar.OfInstant(at), 2), 9, 5)
			again := on(calendar.Default().AddWorkingDays(calendar.OfInstant(at), 4), 10, 40)
			accepted = again.Add(4 * time.Hour)
			r.Due = calendar.OfInstant(again)
			events = append(events,
				event{at: back, name: "đề nghị bổ sung " + k, do: func(tx *db.Tx) error { return s.sendBack(tx, regime, p, code, r) }},
				event{at: again, name: "bổ sung " + k, do: func(tx *db.Tx) error {
					_, err := s.submit(tx, regime, p, code, func(d *report.Draft) {
						last := &d.Sections[0].Paragraphs[max(0, r.Paragraph-1)]
						*last = strings.TrimSuffix(*last, ".") + ", số liệu đã thống nhất với biểu kèm theo."
					})
					return err
				}})
		}
		events = append(events, event{at: accepted, name: "nhận " + k, do: func(tx *db.Tx) error { return s.accept(tx, regime, p, code) }})
	}
	return append(events, event{at: on(calendar.Default().AddWorkingDays(due, 12), 9, 30), name: "trả lời kiến nghị " + p.String(),
		do: func(tx *db.Tx) error { return s.answer(tx, regime, p) }})
}

// regimes makes the two regimes as an officer does, from the outline to the activation.
func (s *stage) regimes(tx *db.Tx) error {
	var month db.ID
	for _, r := range []report.NewRegime{
		{Code: Monthly, Name: "Báo cáo công tác khoa giáo hằng tháng", Kind: calendar.Month,
			Content: "Kết quả nổi bật trong tháng, khó khăn, nhiệm vụ tháng tới và các chỉ tiêu chính theo lĩnh vực"},
		{Code: Quarterly, Name: "Báo cáo công tác khoa giáo hằng quý", Kind: calendar.Quarter,
			Content: "Kết quả, khó khăn, hạn chế, nguyên nhân, nhiệm vụ kỳ tới, kiến nghị và chỉ tiêu theo lĩnh vực; phục vụ hội nghị giao ban"},
	} {
		r.Receiver, r.Cutoff, r.WorkingDays, r.FeedsFrom = s.p.BTGTU.ID, calendar.ND09, 2, month
		r.Channel = "Gửi trong chương trình; bản ký số hoặc bản giấy gửi Văn phòng Ban"
		r.Basis = Programme.Basis + " và quy chế phối hợp giữa Ban Tuyên giáo Tỉnh ủy với các cơ quan trong khối Khoa giáo"
		made, err := report.CreateRegime(tx, s.p.Officer, r)
		if err != nil {
			return err
		}
		if _, err := report.SaveForm(tx, s.p.Officer, made.ID, outline(r.Code), 0); err != nil {
			return err
		}
		for _, code := range reportersOf(r.Code) { // each for its own field
			if err := report.AssignScope(tx, s.p.Officer, made.ID, []db.ID{s.p.Body(code).ID}, report.ScopeOf(placeOf(code).sector),
				date("2020-03-15"), "Quy chế phối hợp công tác khoa giáo"); err != nil {
				return err
			}
		}
		first := calendar.MustPeriod("2020-04")
		if r.Kind == calendar.Quarter {
			first = calendar.MustPeriod("2020-Q2")
		} else {
			month = made.ID
		}
		if err := report.Activate(tx, s.p.Officer, made.ID, first); err != nil {
			return err
		}
	}
	return nil
}

// written is what a body writes in a period.
func written(code string, p calendar.Period) report.Draft {
	b := placeOf(code)
	cells, words := figures(code, b.sector, p)
	return report.Draft{Values: cells, Sections: told(b, p, words)}
}

func placeOf(code string) place {
	all := places()
	return all[slices.IndexFunc(all, func(p place) bool { return p.Code == code })]
}

// submit drafts, gives the reasons that warnings ask for, has the leader approve and sends. change is what is different
// from the usual report; nil for nothing.
func (s *stage) submit(tx *db.Tx, regime string, p calendar.Period, code string, change func(d *report.Draft)) (report.Receipt, error) {
	body := s.p.Body(code)
	focal, leader := s.p.AgencyOfficer(body), s.p.AgencyLeader(body)
	o, err := report.ObligationOf(tx, focal, regime, p, body.ID)
	if err != nil {
		return report.Receipt{}, err
	}
	d := written(code, p)
	if change != nil {
		change(&d)
	}
	saved, err := report.SaveDraft(tx, focal, o, d, 0)
	if err != nil {
		return report.Receipt{}, err
	}
	form, err := report.Fill(tx, focal, o.ID)
	if err != nil {
		return report.Receipt{}, err
	}
	for _, f := range form.Findings {
		if f.Strength == report.Warning {
			if d.Notes == nil {
				d.Notes = make(map[string]string)
			}
			d.Notes[f.Key] = "Do diễn biến dịch bệnh trong kỳ; số liệu đã đối chiếu với các đơn vị trực thuộc."
		}
	}
	if d.Notes != nil {
		if saved, err = report.SaveDraft(tx, focal, o, d, saved.Version); err != nil {
			return report.Receipt{}, err
		}
	}
	if err := report.PutForward(tx, focal, o, saved.Version); err != nil {
		return report.Receipt{}, err
	}
	if err := report.Approve(tx, leader, o, saved.Version); err != nil {
		return report.Receipt{}, err
	}
	return report.SubmitDraft(tx, focal, o, saved.Version, report.Original{})
}

// enter is a report that came on paper and is typed by the clerk.
func (s *stage) enter(tx *db.Tx, regime string, p calendar.Period, code string) error {
	body := s.p.Body(code)
	o, err := report.ObligationOf(tx, s.p.Clerk, regime, p, body.ID)
	if err != nil {
		return err
	}
	today := calendar.OfInstant(tx.Clock())
	_, err = report.EnterPaper(tx, s.p.Clerk, o, written(code, p),
		report.Original{Number: "37-BC/" + body.Symbol, Date: today.AddDays(-1), Signer: s.p.AgencyLeader(body).Name},
		report.Arrival{Number: "412", Date: today})
	return err
}

func (s *stage) accept(tx *db.Tx, regime string, p calendar.Period, code string) error {
	o, err := report.ObligationOf(tx, s.p.Officer, regime, p, s.p.Body(code).ID)
	if err != nil || o.Latest == "" || o.Latest == o.Accepted {
		return err
	}
	return report.Accept(tx, s.p.Officer, o.Latest)
}

func (s *stage) sendBack(tx *db.Tx, regime string, p calendar.Period, code string, r report.Returning) error {
	o, err := report.ObligationOf(tx, s.p.Officer, regime, p, s.p.Body(code).ID)
	if err != nil {
		return err
	}
	return report.Return(tx, s.p.Officer, o.Latest, r)
}

func (s *stage) extension(regime string, p calendar.Period, code string, due, until calendar.Date) []event {
	var asked report.Extension
	return []event{
		{at: on(due.AddDays(-1), 9, 50), name: "xin gia hạn " + code, do: func(tx *db.Tx) error {
			focal := s.p.AgencyOfficer(s.p.Body(code))
			o, err := report.ObligationOf(tx, focal, regime, p, s.p.Body(code).ID)
			if err != nil {
				return err
			}
			asked, err = report.AskExtension(tx, focal, o.ID, until, "Toàn ngành đang dồn lực cho xét nghiệm, điều trị; chưa tổng hợp đủ số liệu tuyến dưới.")
			return err
		}},
		{at: on(due.AddDays(-1), 15, 10), name: "cho gia hạn " + code, do: func(tx *db.Tx) error {
			return report.AnswerExtension(tx, s.p.Deputy, asked.ID, until, "Đồng ý, ưu tiên chống dịch.")
		}},
	}
}

// answer settles the proposals of a period: most are accepted, some passed on, a few declined with the reason.
func (s *stage) answer(tx *db.Tx, regime string, p calendar.Period) error {
	open, _, err := report.Proposals(tx, s.p.Officer, report.ProposalFilter{State: report.ProposalOpen, RegimeCode: regime, Period: p, Limit: 500})
	if err != nil {
		return err
	}
	if err := s.heard(tx); err != nil {
		return err
	}
	today := calendar.OfInstant(tx.Clock())
	for i, one := range open {
		a := report.ProposalAnswer{Kind: report.ProposalAccepted}
		switch i % 4 {
		case 1, 2:
			if _, err := report.ForwardElsewhere(tx, s.p.Officer, one.ID, report.Forwarding{To: "Ban Cán sự đảng UBND tỉnh",
				Note: "Nội dung thuộc thẩm quyền của UBND tỉnh.", Symbol: fmt.Sprintf("%d-CV/BTGTU", 20*int(today.Month())+i), Day: today}); err != nil {
				return err
			}
			continue
		case 3:
			a = report.ProposalAnswer{Kind: report.ProposalDeclined, Reason: "Chưa có nguồn trong dự toán năm; đề nghị nêu lại khi xây dựng dự toán năm sau."}
		}
		if _, err := report.AnswerProposal(tx, s.p.Officer, one.ID, a); err != nil {
			return err
		}
	}
	return nil
}

// heard enters what those above have answered by now to what was forwarded with the periods before.
func (s *stage) heard(tx *db.Tx) error {
	waiting, _, err := report.Proposals(tx, s.p.Officer, report.ProposalFilter{State: report.ProposalForwarded, Limit: 500})
	if err != nil {
		return err
	}
	today := calendar.OfInstant(tx.Clock())
	for i, p := range waiting {
		r := report.ProposalReply{ReplySymbol: fmt.Sprintf("%d-CV/BCSĐUBND", 10+10*int(today.Month())+i), ReplyDay: today.AddDays(-3), Received: today}
		if _, err := report.EnterReply(tx, s.p.Officer, p.ID, r, "Giao cơ quan chuyên môn xem xét, đưa vào kế hoạch năm sau."); err != nil {
			return err
		}
	}
	return nil
}

// deputySigns is how the deputy signs for the head.
func (s *stage) deputySigns() paper.Signature {
	return paper.Signature{Signer: string(s.p.Deputy.Person)}
}

func counted(n int, what string) string { return fmt.Sprintf("%d %s", n, what) }
