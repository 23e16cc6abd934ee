package sample

import (
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/review"
	"giaoban/task"
)

// register are the documents the province works by: symbols, days and issuers are real, subjects are said shortly where
// they are long. The numbers and days of arrival are assumed.
func register() []directive.New {
	document := func(typ, symbol, day, issuer, term, subject, sectors string) directive.New {
		n := directive.New{Type: typ, Symbol: symbol, Issuer: issuer, Term: term, Subject: subject, Sectors: directive.Sectors(sectors)}
		if day != "" {
			n.Date = date(day)
		}
		return n
	}
	const (
		centre, politburo, secretariat = "Ban Chấp hành Trung ương Đảng", "Bộ Chính trị", "Ban Bí thư"
	)
	return []directive.New{
		document("Chỉ thị", "38-CT/TW", "2009-09-07", secretariat, "X", "về đẩy mạnh công tác bảo hiểm y tế trong tình hình mới", "BH"),
		document("Nghị quyết", "20-NQ/TW", "2012-11-01", centre, "XI", "về phát triển khoa học và công nghệ phục vụ công nghiệp hóa, hiện đại hóa", "KH"),
		document("Chỉ thị", "19-CT/TW", "2012-11-05", secretariat, "XI", "về tăng cường sự lãnh đạo của Đảng đối với công tác dạy nghề cho lao động nông thôn", "LD"),
		document("Chỉ thị", "20-CT/TW", "2012-11-05", politburo, "XI", "về việc tăng cường sự lãnh đạo của Đảng đối với công tác chăm sóc, giáo dục và bảo vệ trẻ em trong tình hình mới", "LD"),
		document("Nghị quyết", "24-NQ/TW", "2013-06-03", centre, "XI", "về chủ động ứng phó với biến đổi khí hậu, quản lý tài nguyên và bảo vệ môi trường", "MT"),
		document("Nghị quyết", "29-NQ/TW", "2013-11-04", centre, "XI", "về đổi mới căn bản, toàn diện giáo dục và đào tạo", "GD"),
		document("Chỉ thị", "37-CT/TW", "2014-06-06", secretariat, "XI", "về tăng cường sự lãnh đạo của Đảng đối với công tác đào tạo nhân lực có tay nghề cao", "LD"),
		document("Nghị quyết", "33-NQ/TW", "2014-06-09", centre, "XI", "về xây dựng và phát triển văn hóa, con người Việt Nam", "VH"),
		document("Nghị quyết", "36-NQ/TW", "2014-07-01", politburo, "XI", "về đẩy mạnh ứng dụng, phát triển công nghệ thông tin", "TT"),
		document("Nghị quyết", "20-NQ/TW", "2017-10-25", centre, "XII", "về tăng cường công tác bảo vệ, chăm sóc và nâng cao sức khỏe nhân dân", "YT"),
		document("Nghị quyết", "52-NQ/TW", "2019-09-27", politburo, "XII", "về chủ trương, chính sách chủ động tham gia cuộc Cách mạng công nghiệp lần thứ tư", "KH TT"),
		document("Quyết định", "238-QĐ/TW", "", secretariat, "XII", "về phối hợp công tác giữa ban tuyên giáo cấp ủy và cơ quan quản lý nhà nước", "TM"),
	}
}

// newResolution came while the province was in the program.
var newResolution = directive.New{Type: "Nghị quyết", Symbol: "09-NQ/TW", Date: date("2022-01-28"), Issuer: "Bộ Chính trị", Term: "XIII",
	Subject: "về xây dựng, phát triển tỉnh Khánh Hòa đến năm 2030, tầm nhìn đến năm 2045", Sectors: "TM", ArrivedNo: "96", ArrivedOn: date("2022-02-09")}

// directives lists how the register is begun and kept, who made a new resolution known, and how the list of reviews of
// 2022 is prepared. The leader has not confirmed it when the story ends: what the briefing asked for is only tied to it.
func (s *stage) directives() []event {
	return []event{
		{at: on(Begin, 9, 30), name: "lập sổ văn bản chỉ đạo", do: s.beginRegister},
		{at: at("2022-01-17", "09:00"), name: "phân công sơ kết, tổng kết năm 2022", do: s.assignReviews},
		{at: at("2022-01-20", "15:30"), name: "trình danh mục sơ kết, tổng kết năm 2022", do: func(tx *db.Tx) error {
			_, err := review.ListYear(tx, s.p.Officer, reviewYear)
			return err
		}},
		{at: at("2022-02-09", "08:15"), name: "vào sổ Nghị quyết số 09-NQ/TW", do: func(tx *db.Tx) error {
			return enterDirective(tx, s.p.Clerk, newResolution)
		}},
		{at: at("2022-02-28", "16:40"), name: "quán triệt Nghị quyết số 09-NQ/TW", do: s.rollout},
		{at: at("2022-03-14", "10:20"), name: "ghi việc tham mưu trong quý", do: s.advise},
		{at: at("2022-04-01", "16:50"), name: "gắn nhiệm vụ tổng kết với danh mục", do: s.tieReviews},
	}
}

const reviewYear = 2022

func (s *stage) beginRegister(tx *db.Tx) error {
	for _, n := range register() {
		if err := enterDirective(tx, s.p.Officer, n); err != nil {
			return err
		}
	}
	return nil
}

func enterDirective(tx *db.Tx, by access.Actor, n directive.New) error {
	d, err := directive.Record(tx, by, n)
	if err != nil {
		return err
	}
	return review.Follow(tx, by, d)
}

// reviewed says who does which review of 2022, by symbol and term of years.
var reviewed = []struct {
	symbol string
	years  int
	lead   string
	with   []directiveHand
}{
	{"20-CT/TW", 10, SLDTBXH, []directiveHand{{SNV, "Tổ chức bộ máy, đội ngũ làm công tác trẻ em"}, {SYT, "Chăm sóc sức khỏe trẻ em"}}},
	{"19-CT/TW", 10, SLDTBXH, []directiveHand{{SGDDT, "Phân luồng, hướng nghiệp ở vùng nông thôn"}}},
	{"20-NQ/TW", 10, SKHCN, []directiveHand{{SGDDT, "Đào tạo nhân lực khoa học"}, {STTTT, ""}}},
	{"20-NQ/TW", 5, SYT, []directiveHand{{BHXH, "Bao phủ bảo hiểm y tế"}}},
}

type directiveHand struct{ code, part string }

func (s *stage) assignReviews(tx *db.Tx) error {
	all, err := review.DueIn(tx, s.p.Officer, reviewYear)
	if err != nil {
		return err
	}
	for _, r := range all {
		for _, plan := range reviewed {
			if plan.symbol != r.Symbol || plan.years != r.Years {
				continue
			}
			p := review.Assignment{Lead: s.p.Body(plan.lead).ID, Unit: s.p.PKG.ID}
			for _, hand := range plan.with {
				p.Cooperating = append(p.Cooperating, review.Cooperation{Body: s.p.Body(hand.code).ID, Part: hand.part})
			}
			if err := review.Assign(tx, s.p.Officer, r.ID, r.Version, p); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *stage) rollout(tx *db.Tx) error {
	found, _, err := directive.List(tx, s.p.Officer, directive.Filter{Text: newResolution.Symbol})
	if err != nil || len(found) == 0 {
		return err
	}
	for _, meeting := range []struct {
		code string
		held string
		n    int64
		way  string
	}{
		{SGDDT, "2022-02-25", 186, "Hội nghị trực tuyến"}, {SYT, "2022-02-24", 142, "Hội nghị trực tuyến"},
		{SKHCN, "2022-02-28", 64, "Hội nghị trực tiếp"}, {BTGNT, "", 0, "Hội nghị trực tiếp"},
	} {
		r := directive.Rollout{Directive: found[0].ID, Body: s.p.Body(meeting.code).ID, PlannedOn: date("2022-03-10"), Way: meeting.way}
		if meeting.held != "" {
			r.PlannedOn, r.HeldOn, r.People = date(meeting.held), date(meeting.held), meeting.n
		}
		if _, err := directive.NoteRollout(tx, s.p.AgencyOfficer(s.p.Body(meeting.code)), r); err != nil {
			return err
		}
	}
	return nil
}

// advise notes what the commission drafted in the quarter for others to issue: two papers came out, one is still there.
func (s *stage) advise(tx *db.Tx) error {
	for _, a := range []struct {
		source string
		issued calendar.Date // of the source, which tells two 20-NQ/TW apart
		directive.Advice
	}{
		{"", calendar.Date{}, directive.Advice{Form: "Hướng dẫn", Subject: "công tác khoa giáo năm 2022", ForWhom: "Ban Tuyên giáo Tỉnh ủy",
			DraftedOn: date("2022-01-10"), SentOn: date("2022-01-14"), Issued: "15-HD/BTGTU", IssuedOn: date("2022-01-21")}},
		{"20-CT/TW", date("2012-11-05"), directive.Advice{Form: "Kế hoạch", Subject: "tổng kết 10 năm thực hiện Chỉ thị số 20-CT/TW", ForWhom: "Ban Thường vụ Tỉnh ủy",
			DraftedOn: date("2022-02-14"), SentOn: date("2022-02-18"), Issued: "86-KH/TU", IssuedOn: date("2022-03-04")}},
		{"20-NQ/TW", date("2012-11-01"), directive.Advice{Form: "Kế hoạch", Subject: "tổng kết 10 năm thực hiện Nghị quyết số 20-NQ/TW về khoa học và công nghệ",
			ForWhom: "Ban Thường vụ Tỉnh ủy", DraftedOn: date("2022-03-02"), SentOn: date("2022-03-11")}},
	} {
		if a.source != "" {
			found, _, err := directive.List(tx, s.p.Officer, directive.Filter{Text: a.source})
			if err != nil {
				return err
			}
			for _, d := range found {
				if d.Date == a.issued {
					a.Source = d.ID
				}
			}
		}
		if _, err := directive.NoteAdvice(tx, s.p.Officer, a.Advice); err != nil {
			return err
		}
	}
	return nil
}

// tieReviews finds in the list what the briefing has just asked for, so that the list will not ask for it again.
func (s *stage) tieReviews(tx *db.Tx) error {
	all, err := review.DueIn(tx, s.p.Officer, reviewYear)
	if err != nil {
		return err
	}
	for _, asked := range []struct {
		symbol, lead string
		years        int
	}{{"20-CT/TW", SLDTBXH, 10}, {"20-NQ/TW", SKHCN, 10}} {
		tasks, _, err := task.List(tx, s.p.Officer, task.Filter{Lead: s.p.Body(asked.lead).ID, State: task.StateUnfinished, Day: calendar.OfInstant(tx.Clock())})
		if err != nil {
			return err
		}
		i := slices.IndexFunc(tasks, func(t task.Task) bool { return t.Origin.Kind == "conclusion" })
		at := slices.IndexFunc(all, func(r review.Review) bool { return r.Symbol == asked.symbol && r.Years == asked.years })
		if i < 0 || at < 0 {
			continue
		}
		if err := review.TieTask(tx, s.p.Officer, all[at].ID, all[at].Version, review.StepDraft, tasks[i].ID); err != nil {
			return err
		}
	}
	return nil
}
