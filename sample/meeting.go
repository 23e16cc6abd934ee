package sample

import (
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/paper"
	"giaoban/record"
	"giaoban/report"
	"giaoban/task"
)

// meet lists the briefing of the quarter, from the plan to the tasks on the desks and the opening of the next quarter.
func (s *stage) meet() []event {
	return []event{
		s.step(at("2022-03-21", "10:00"), "Lập kế hoạch hội nghị giao ban", s.plan),
		s.step(at("2022-03-24", "10:30"), "Phát hành giấy mời", s.invite),
		s.step(at("2022-03-29", "16:00"), "Các cơ quan cử người dự, đăng ký tham luận", s.delegates),
		s.step(at("2022-03-31", "15:00"), "Trình hồ sơ giao ban", s.show),
		s.step(at("2022-04-01", "13:45"), "Người dự thay", s.substitute),
		s.step(at("2022-04-01", "14:00"), "Hội nghị giao ban", s.attend),
		s.step(at("2022-04-01", "15:30"), "Kết luận hội nghị", s.conclude),
		s.step(at("2022-04-01", "15:50"), "Trả lời kiến nghị", s.reply),
		s.step(at("2022-04-01", "16:10"), "Kết thúc hội nghị", s.close),
		s.step(at("2022-04-01", "16:20"), "Dự thảo thông báo kết luận", s.draftNotice),
		s.step(at("2022-04-01", "16:35"), "Ký thông báo kết luận", s.signNotice),
		s.step(at("2022-04-01", "16:45"), "Vào số, phát hành thông báo", s.releaseNotice),
		s.step(at("2022-04-01", "16:55"), "Mở kỳ tiếp theo", s.openNext),
		s.step(at("2022-04-01", "17:00"), "Hội nghị quý II mở đầu bằng kết quả quý I", s.planNext),
	}
}

// invited lists the bodies asked to the briefings: the parties of the programme and those who report beside them.
func (s *stage) invited() []conference.Invitee {
	var all []conference.Invitee
	for _, code := range append(Programme.Parties[1:len(Programme.Parties):len(Programme.Parties)], SNV, BHXH, BTGNT, BTGNH, BTGDK) {
		all = append(all, conference.Invitee{Body: s.p.Body(code).ID, Who: "Đại diện lãnh đạo"})
	}
	return all
}

func (s *stage) chairs() []conference.Seat {
	return []conference.Seat{
		{Role: conference.Chair, Name: s.p.Leader.Name, Title: "Ủy viên Ban Thường vụ, Trưởng ban Tuyên giáo Tỉnh ủy", Body: s.p.BTGTU.ID},
		{Role: conference.CoChair, Name: s.p.Deputy.Name, Title: "Phó Trưởng ban Tuyên giáo Tỉnh ủy", Body: s.p.BTGTU.ID},
		{Role: conference.Secretary, Name: s.p.Officer.Name, Title: "Chuyên viên Phòng Khoa giáo", Body: s.p.PKG.ID},
	}
}

func (s *stage) plan(tx *db.Tx) error {
	b, err := conference.Plan(tx, s.p.Officer, conference.New{Regime: Quarterly, Period: Quarter, HeldOn: End, HeldAt: "14:00",
		Place: "Hội trường Ban Tuyên giáo Tỉnh ủy", Bring: "Báo cáo quý I năm 2022 của cơ quan\nTham luận đã đăng ký",
		ReportDue: date("2022-03-30"), Seats: s.chairs(), Invitees: s.invited()})
	if err == nil {
		s.tell("%s, %s, tại %s; mời %s.", b.Name(), b.When(), b.Place, counted(len(s.invited()), "cơ quan"))
	}
	return err
}

// meeting finds the briefing of a period.
func (s *stage) meeting(tx *db.Tx, p calendar.Period) (conference.Conference, error) {
	return conference.OfPeriod(tx, s.p.Officer, Quarterly, p)
}

func (s *stage) invite(tx *db.Tx) error {
	b, err := s.meeting(tx, Quarter)
	if err != nil {
		return err
	}
	p, err := s.sendInvitation(tx, b, 31)
	if err == nil {
		s.tell("%s; các cơ quan được mời thấy hội nghị từ lúc này.", p.Label())
	}
	return err
}

func (s *stage) sendInvitation(tx *db.Tx, b conference.Conference, number int64) (paper.Paper, error) {
	p, err := conference.Invite(tx, s.p.Officer, b.ID, s.deputySigns())
	if err != nil {
		return p, err
	}
	if _, err := paper.Sign(tx, s.p.Deputy, p.ID, s.deputySigns()); err != nil {
		return p, err
	}
	if _, err := paper.EnterNumber(tx, s.p.Clerk, p.ID, number, calendar.OfInstant(tx.Clock())); err != nil {
		return p, err
	}
	return record.Release(tx, s.p.Clerk, p.ID)
}

// titleOf is the title of a body's leader, as a delegate's line has it.
func titleOf(code string) string {
	people := placeOf(code).people
	return people[len(people)-1].title
}

func (s *stage) delegates(tx *db.Tx) error {
	b, err := s.meeting(tx, Quarter)
	if err != nil {
		return err
	}
	return s.nameDelegates(tx, b, s.tell)
}

func (s *stage) nameDelegates(tx *db.Tx, b conference.Conference, tell func(string, ...any)) error {
	for _, v := range s.invited() {
		code := s.codeOf(v.Body)
		body := s.p.Body(code)
		if code == BTGDK {
			continue
		}
		if err := conference.NameDelegate(tx, s.p.AgencyOfficer(body), b.ID, body.ID, conference.Delegate{
			Name: s.p.AgencyLeader(body).Name, Title: titleOf(code)}); err != nil {
			return err
		}
	}
	for _, c := range []struct{ code, subject, words string }{
		{SYT, "Chiến dịch tiêm chủng mùa xuân và chuẩn bị tiêm cho trẻ từ 5 đến dưới 12 tuổi", "Kết quả từng huyện, việc cần báo chí nói rõ với phụ huynh, đề xuất phối hợp quý II."},
		{SKHCN, "Hai chương trình khoa học và công nghệ giai đoạn 2021-2025: kinh tế biển, nông thôn miền núi", "Nội dung chính, cách đặt hàng nhiệm vụ, kế hoạch giới thiệu tới doanh nghiệp và hợp tác xã."},
		{SLDTBXH, "Chuẩn bị tổng kết 10 năm thực hiện Chỉ thị số 20-CT/TW", "Tiến độ, số liệu còn thiếu ở cấp huyện, phân công với Sở Nội vụ."},
	} {
		body := s.p.Body(c.code)
		if _, err := conference.Contribute(tx, s.p.AgencyOfficer(body), b.ID, body.ID, c.subject, c.words, 0); err != nil {
			return err
		}
		tell("Tham luận của %s: %s.", body.Name, c.subject)
	}
	return nil
}

func (s *stage) codeOf(id db.ID) string {
	for code, b := range s.p.bodies {
		if b.ID == id {
			return code
		}
	}
	return ""
}

func (s *stage) show(tx *db.Tx) error {
	b, err := s.meeting(tx, Quarter)
	if err != nil {
		return err
	}
	pack, err := conference.Show(tx, s.p.Officer, b.ID)
	if err != nil {
		return err
	}
	s.tell("Hồ sơ tự soạn: %d cơ quan chưa báo cáo, %d báo cáo muộn, %d nhiệm vụ quá hạn, %d điểm bất thường, %d kiến nghị chưa trả lời.",
		len(pack.Reports.Missing), len(pack.Reports.Late), len(pack.Overdue), len(pack.Exceptions), len(pack.Proposals))
	s.tell("Đã khóa bản trình, mã băm %s….", pack.SHA256[:16])
	return nil
}

func (s *stage) substitute(tx *db.Tx) error {
	b, err := s.meeting(tx, Quarter)
	if err != nil {
		return err
	}
	if err := conference.NameDelegate(tx, s.p.AgencyOfficer(s.p.STNMT), b.ID, s.p.STNMT.ID, conference.Delegate{
		Name: "Lò Thị Phương Uyên", Title: "Trưởng phòng Bảo vệ môi trường", Reason: "Phó Giám đốc đi kiểm tra hiện trường theo yêu cầu của UBND tỉnh"}); err != nil {
		return err
	}
	changes, err := conference.Addendum(tx, s.p.Officer, b.ID)
	if err != nil {
		return err
	}
	s.tell("Bản đã trình giữ nguyên; phụ lục bổ sung có %s:", counted(len(changes), "thay đổi"))
	for _, c := range changes {
		s.tell("- %s", c.Words)
	}
	return nil
}

func (s *stage) attend(tx *db.Tx) error {
	b, err := s.meeting(tx, Quarter)
	if err != nil {
		return err
	}
	var rows []conference.Attendance
	for _, v := range s.invited() {
		a := conference.Attendance{Body: v.Body, State: conference.Present}
		if s.codeOf(v.Body) == BTGDK {
			a.State, a.Reason = conference.Excused, "Cán bộ phụ trách đang điều trị"
		}
		rows = append(rows, a)
	}
	if err := conference.Attend(tx, s.p.Officer, b.ID, rows); err != nil {
		return err
	}
	s.tell("%s chủ trì; có mặt %d trên %d cơ quan được mời.", s.p.Leader.Name, len(rows)-1, len(rows))
	contributions, err := conference.Contributions(tx, s.p.Officer, b.ID)
	if err != nil {
		return err
	}
	for i, c := range contributions {
		if _, err := conference.Note(tx, s.p.Officer, b.ID, c.Body, i+1, "Trình bày theo tham luận đã gửi; lãnh đạo Ban hỏi thêm về tiến độ và số liệu cấp huyện.", c.Version); err != nil {
			return err
		}
	}
	return nil
}

func (s *stage) conclude(tx *db.Tx) error {
	b, err := s.meeting(tx, Quarter)
	if err != nil {
		return err
	}
	all, err := conference.Conclude(tx, s.p.Officer, b.ID, s.conclusions())
	if err != nil {
		return err
	}
	for _, c := range all {
		switch {
		case c.Kind == conference.Guidance:
			s.tell("%d. Định hướng: %s", c.No, c.Words)
		default:
			s.tell("%d. %s %s, hạn %s: %s", c.No, c.Mode.Name(), s.p.Body(s.codeOf(c.Lead)).ShortName, c.DueWords(), c.Words)
		}
	}
	return nil
}

// reply answers the proposals of the quarter, as the conference did.
func (s *stage) reply(tx *db.Tx) error {
	open, _, err := report.Proposals(tx, s.p.Officer, report.ProposalFilter{State: report.ProposalOpen, Limit: 500})
	if err != nil {
		return err
	}
	for i, p := range open {
		if i%3 == 2 {
			continue // stays owed, and opens the next briefing
		}
		if p.BodyCode == BHXH || p.BodyCode == STNMT {
			if err := s.forward(tx, p); err != nil {
				return err
			}
			continue
		}
		a := report.ProposalAnswer{Kind: report.ProposalAccepted, Reason: "Đưa vào kế hoạch thông tin, tuyên truyền quý II của Ban."}
		if _, err := report.AnswerProposal(tx, s.p.Officer, p.ID, a); err != nil {
			return err
		}
		s.tell("%s: %s", s.p.Body(p.BodyCode).ShortName, a.Reason)
	}
	return nil
}

// forward passes a proposal on to those who decide, by a công văn of the same day.
func (s *stage) forward(tx *db.Tx, p report.Proposal) error {
	letter, err := report.DraftForwarding(tx, s.p.Officer, p.ID, report.Forwarding{To: "Ban Cán sự đảng UBND tỉnh", Note: "Nội dung này thuộc thẩm quyền của UBND tỉnh."})
	if err != nil {
		return err
	}
	if _, err := record.Sign(tx, s.p.Deputy, letter.ID, s.deputySigns()); err != nil {
		return err
	}
	number, err := paper.NextNumber(tx, s.p.Clerk, letter.ID, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return err
	}
	if _, err := paper.EnterNumber(tx, s.p.Clerk, letter.ID, number, calendar.OfInstant(tx.Clock())); err != nil {
		return err
	}
	if letter, err = record.Release(tx, s.p.Clerk, letter.ID); err == nil {
		s.tell("%s: %s.", s.p.Body(p.BodyCode).ShortName, letter.Label())
	}
	return err
}

func (s *stage) close(tx *db.Tx) error {
	b, err := s.meeting(tx, Quarter)
	if err != nil {
		return err
	}
	if _, err := conference.WriteMinutes(tx, s.p.Officer, b.ID, conference.Minutes{Course: s.course(), Assessment: s.assessment(), EndedAt: "16:10"}); err != nil {
		return err
	}
	if err := conference.Close(tx, s.p.Officer, b.ID); err != nil {
		return err
	}
	s.tell("Mọi kết luận đã rõ là định hướng hay nhiệm vụ; hội nghị kết thúc lúc 16 giờ 10.")
	return nil
}

func (s *stage) draftNotice(tx *db.Tx) error {
	b, err := s.meeting(tx, Quarter)
	if err != nil {
		return err
	}
	p, err := conference.DraftNotice(tx, s.p.Officer, b.ID, s.deputySigns())
	if err == nil {
		s.tell("%s; ngày chưa nêu tại hội nghị ghi “đề xuất”.", p.Label())
	}
	return err
}

// Notice gives the thông báo kết luận of a quarter's briefing.
func (p *Province) Notice(tx *db.Tx, period calendar.Period) (paper.Paper, error) {
	b, err := conference.OfPeriod(tx, p.Officer, Quarterly, period)
	if err != nil {
		return paper.Paper{}, err
	}
	_, notice, err := conference.Papers(tx, p.Officer, b.ID)
	return notice, err
}

func (s *stage) signNotice(tx *db.Tx) error {
	p, err := s.p.Notice(tx, Quarter)
	if err != nil {
		return err
	}
	if _, err := record.Sign(tx, s.p.Deputy, p.ID, s.deputySigns()); err != nil {
		return err
	}
	s.tell("%s ký thay Trưởng ban; ngày đề xuất thành hạn.", s.p.Deputy.Name)
	return nil
}

func (s *stage) releaseNotice(tx *db.Tx) error {
	p, err := s.p.Notice(tx, Quarter)
	if err != nil {
		return err
	}
	if _, err := paper.EnterNumber(tx, s.p.Clerk, p.ID, 146, calendar.OfInstant(tx.Clock())); err != nil {
		return err
	}
	if p, err = record.Release(tx, s.p.Clerk, p.ID); err != nil {
		return err
	}
	s.tell("%s. Nhiệm vụ đã ở trên bàn làm việc:", p.Label())
	b, err := s.meeting(tx, Quarter)
	if err != nil {
		return err
	}
	results, err := conference.Tasks(tx, s.p.Officer, b.ID)
	if err != nil {
		return err
	}
	for _, r := range results {
		s.tell("- %s %s, hạn %s: %s", r.Task.Mode.Name(), s.p.Body(s.codeOf(r.Task.Lead)).ShortName, r.Task.Due.Vietnamese(), r.Task.Product)
	}
	return nil
}

func (s *stage) openNext(tx *db.Tx) error {
	for _, next := range []struct {
		regime string
		period calendar.Period
	}{{Quarterly, Quarter.Next()}, {Monthly, calendar.MustPeriod("2022-04")}} {
		o, err := report.Open(tx, s.p.Officer, next.regime, next.period)
		if err != nil {
			return err
		}
		s.tell("%s %s: hạn %s.", next.regime, next.period.Name(), o.Due.Vietnamese())
	}
	tasks, err := task.OpenOf(tx, s.p.AgencyOfficer(s.p.SLDTBXH), s.p.SLDTBXH.ID, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return err
	}
	for _, t := range tasks {
		if err := task.Receive(tx, s.p.AgencyOfficer(s.p.SLDTBXH), t.ID); err != nil {
			return err
		}
		s.tell("Sở LĐTBXH nhận nhiệm vụ: %s.", t.Product)
	}
	return nil
}

func (s *stage) planNext(tx *db.Tx) error {
	b, err := conference.Plan(tx, s.p.Officer, conference.New{Regime: Quarterly, Period: Quarter.Next(), Seats: s.chairs(), Invitees: s.invited()})
	if err != nil {
		return err
	}
	last, results, err := conference.Results(tx, s.p.Officer, b.ID)
	if err != nil {
		return err
	}
	s.tell("Nội dung đầu tiên: kết quả %s, %s.", last.Name(), counted(len(results), "nhiệm vụ"))
	return nil
}
