package sample

import (
	"strings"
	"time"

	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/paper"
	"giaoban/report"
)

// Quarter is the quarter that the demonstration plays.
var Quarter = calendar.MustPeriod("2022-Q1")

// quarter lists the last quarter of the sample step by step: reports, consolidation, conference, notice, tasks, and the
// opening of the next one.
func (s *stage) quarter() []event {
	events := []event{s.step(at("2022-03-01", "08:30"), "Mở kỳ báo cáo quý I năm 2022", s.openQuarter)}
	for _, r := range []struct{ day, hour, code string }{
		{"2022-03-15", "09:10", SYT}, {"2022-03-15", "10:00", STTTT}, {"2022-03-15", "14:20", SVHTT}, {"2022-03-15", "15:00", BTGNT},
		{"2022-03-16", "08:40", SKHCN}, {"2022-03-16", "09:30", SGDDT}, {"2022-03-16", "10:10", SLDTBXH}, {"2022-03-16", "13:45", SNV},
		{"2022-03-16", "15:15", BHXH}, {"2022-03-16", "16:20", BTGNH}, {"2022-03-18", "10:15", STNMT},
	} {
		events = append(events, s.step(at(r.day, r.hour), "Báo cáo của "+placeOf(r.code).Name, func(tx *db.Tx) error {
			return s.report(tx, r.code)
		}))
	}
	return append(append(events,
		s.step(at("2022-03-17", "07:15"), "Ai chưa báo cáo", s.chase),
		s.step(at("2022-03-17", "09:15"), "Đề nghị Sở Giáo dục và Đào tạo bổ sung", s.contradiction),
		s.step(at("2022-03-18", "14:05"), "Sở Giáo dục và Đào tạo gửi bản 2", s.mended),
		s.step(at("2022-03-21", "08:30"), "Nhận báo cáo", s.acceptAll),
		s.step(at("2022-03-22", "09:00"), "Tổng hợp", s.consolidate),
		s.step(at("2022-03-23", "15:00"), "Ký báo cáo tổng hợp", s.signReport),
		s.step(at("2022-03-24", "08:30"), "Văn thư vào số, phát hành báo cáo", s.issueReport),
	), s.meet()...)
}

func (s *stage) step(at time.Time, name string, do func(tx *db.Tx) error) event {
	return event{at: at, name: name, step: true, do: do}
}

func (s *stage) openQuarter(tx *db.Tx) error {
	o, err := report.Open(tx, s.p.Officer, Quarterly, Quarter)
	if err != nil {
		return err
	}
	s.tell("Số liệu từ %s đến %s; hạn gửi %s.", o.From.Vietnamese(), o.To.Vietnamese(), o.Due.Vietnamese())
	s.tell("%s", o.DueReason)
	s.tell("%s có nghĩa vụ báo cáo.", counted(len(reportersOf(Quarterly)), "cơ quan"))
	return nil
}

// wrongTotal is what the education department's text says while its table says 503.
const wrongTotal = "516"

func (s *stage) report(tx *db.Tx, code string) error {
	var change func(d *report.Draft)
	if code == SGDDT {
		change = func(d *report.Draft) {
			text := &d.Sections[0].Paragraphs[1]
			*text = strings.Replace(*text, "tổng số 503 trường", "tổng số "+wrongTotal+" trường", 1)
		}
	}
	r, err := s.submit(tx, Quarterly, Quarter, code, change)
	if err != nil {
		return err
	}
	state := "đúng hạn"
	if r.Late {
		state = "muộn, được đánh dấu"
	}
	s.tell("Soạn, lãnh đạo duyệt, gửi. Biên nhận %s lúc %s, bản %d, %s.", r.Number, r.At, r.Version, state)
	s.tell("Mã băm %s…, nhật ký dòng %d.", r.Hash[:16], r.Journal.Size)
	return nil
}

func (s *stage) chase(tx *db.Tx) error {
	absent, err := report.Missing(tx, s.p.Officer, Quarterly, Quarter)
	if err != nil {
		return err
	}
	for line := range strings.Lines(absent.Text) {
		s.tell("%s", strings.TrimSpace(line))
	}
	for _, b := range absent.Items {
		note := "Đã gọi đầu mối; hẹn gửi ngày 18/3/2022."
		if b.BodyCode == BTGDK {
			note = "Đã gọi đầu mối; cán bộ phụ trách đang điều trị, chưa hẹn được ngày."
		}
		if err := report.Remind(tx, s.p.Officer, b.ID, "phone", note); err != nil {
			return err
		}
	}
	s.tell("Đã ghi %s đôn đốc qua điện thoại.", counted(len(absent.Items), "lần"))
	return nil
}

func (s *stage) contradiction(tx *db.Tx) error {
	r := report.Returning{Section: report.SectionResults, Sector: "GD", Paragraph: 2, Due: date("2022-03-21"),
		Reason: "Lời văn ghi tổng số " + wrongTotal + " trường, biểu số liệu ghi 503. Đề nghị thống nhất; phần còn lại giữ nguyên."}
	s.tell("Phần Kết quả, đoạn 2: %s Hạn mới %s.", r.Reason, r.Due.Vietnamese())
	return s.sendBack(tx, Quarterly, Quarter, SGDDT, r)
}

func (s *stage) mended(tx *db.Tx) error {
	r, err := s.submit(tx, Quarterly, Quarter, SGDDT, nil)
	if err == nil {
		s.tell("Biên nhận %s, bản %d; bản 1 vẫn giữ nguyên trong hồ sơ.", r.Number, r.Version)
	}
	return err
}

func (s *stage) acceptAll(tx *db.Tx) error {
	n := 0
	for _, code := range reportersOf(Quarterly) {
		o, err := report.ObligationOf(tx, s.p.Officer, Quarterly, Quarter, s.p.Body(code).ID)
		if err != nil {
			return err
		}
		if o.Latest == "" {
			s.tell("Thiếu báo cáo của %s; các tổng có liên quan sẽ ghi rõ.", s.p.Body(code).Name)
			continue
		}
		if err := report.Accept(tx, s.p.Officer, o.Latest); err != nil {
			return err
		}
		n++
	}
	s.tell("Đã nhận %s.", counted(n, "báo cáo"))
	return nil
}

// ownWords are what the commission writes of its own work in the consolidated report.
func (s *stage) ownWords() []string {
	var parties []string
	for _, code := range Programme.Parties[2:] {
		parties = append(parties, strings.TrimPrefix(s.p.Body(code).Name, "Sở "))
	}
	return []string{
		"Trong ba tháng đầu năm, Ban giúp Ban Thường vụ Tỉnh ủy ra các văn bản chỉ đạo tổng kết nghị quyết, chỉ thị của Đảng ở hai mảng: công tác chăm sóc, giáo dục và bảo vệ trẻ em; phát triển khoa học và công nghệ phục vụ sự nghiệp công nghiệp hóa, hiện đại hóa trong điều kiện kinh tế thị trường định hướng xã hội chủ nghĩa và hội nhập quốc tế. Hướng dẫn công tác khoa giáo và hướng dẫn công tác văn hóa văn nghệ năm 2022 cũng đã được gửi đến cơ sở.",
		"Theo " + Programme.Basis + ", tại Hội nghị Ký kết do Ban phối hợp tổ chức, chín bên đã ký " + Programme.Name + " " + Programme.Term + ": Ban Tuyên giáo Tỉnh ủy, Ban Cán sự đảng UBND tỉnh và các sở " + strings.Join(parties, ", ") + ".",
		"Ngay sau lễ ký, Ban cùng Sở Lao động - Thương binh và Xã hội, Sở Nội vụ chuẩn bị tổng kết 10 năm thực hiện Chỉ thị số 20-CT/TW, ngày 05/11/2012 của Bộ Chính trị về việc tăng cường sự lãnh đạo của Đảng đối với công tác chăm sóc, giáo dục và bảo vệ trẻ em trong tình hình mới; cùng Sở Y tế, Sở Thông tin và Truyền thông giữ nhịp công tác phòng, chống dịch COVID-19. Trang thông tin điện tử Ban Tuyên giáo Tỉnh ủy và các trang fanpage của Ban đăng thường xuyên tin, bài về khoa học công nghệ, giáo dục, y tế, an sinh xã hội, lao động, việc làm, môi trường, chuyển đổi số.",
		"Nhìn chung, khối Khoa giáo đã góp sức phục hồi và phát triển kinh tế - xã hội: cấp độ dịch trên địa bàn tỉnh từ cấp 2 về cấp 1, GRDP của tỉnh ước tăng 4,9% so với cùng kỳ năm trước.",
	}
}

func (s *stage) consolidate(tx *db.Tx) error {
	c, err := consolidation.Draft(tx, s.p.Officer, Quarterly, Quarter)
	if err != nil {
		return err
	}
	paragraphs := 0
	for _, g := range c.Groups {
		paragraphs += len(g.Kept())
	}
	s.tell("Dự thảo từ %s của %s; mỗi đoạn giữ cơ quan, báo cáo và phiên bản.", counted(paragraphs, "đoạn"), counted(c.Reporting, "cơ quan"))
	version, behind := c.Version, db.ID("")
	for _, text := range s.ownWords() {
		if version, err = consolidation.AddParagraph(tx, s.p.Officer, c.ID, version, report.SectionResults, coordination.Code, behind, text); err != nil {
			return err
		}
	}
	if version, err = consolidation.AddParagraph(tx, s.p.Officer, c.ID, version, report.SectionNextTasks, coordination.Code, "",
		"Soạn kế hoạch thực hiện phần công tác khoa giáo nêu trong Nghị quyết số 09-NQ/TW, ngày 28/1/2022 của Bộ Chính trị về xây dựng, phát triển tỉnh Khánh Hòa đến năm 2030, tầm nhìn đến năm 2045; cụ thể hóa chương trình phối hợp giai đoạn 2022 – 2025 thành kế hoạch từng năm."); err != nil {
		return err
	}
	w := c.Wording
	w.Bases = []string{"Căn cứ " + Programme.Basis, "Căn cứ " + Programme.Name + " " + Programme.Term}
	w.Recipients = []string{"Thường trực Tỉnh ủy (để báo cáo)", "Ban Cán sự đảng UBND tỉnh", "Các cơ quan trong khối Khoa giáo", "Lãnh đạo Ban"}
	if _, err := consolidation.Reword(tx, s.p.Officer, c.ID, version, w); err != nil {
		return err
	}
	for _, m := range c.Missing {
		s.tell("Thiếu: %s.", c.Names[m.Body])
	}
	s.tell("Ban viết thêm %s của mình; biểu có %s, kèm quý trước và cùng kỳ.", counted(len(s.ownWords())+1, "đoạn"), counted(len(c.Indicators), "chỉ tiêu"))
	return nil
}

func (s *stage) signReport(tx *db.Tx) error {
	c, err := consolidation.Find(tx, s.p.Leader, Quarterly, Quarter)
	if err != nil {
		return err
	}
	if err := consolidation.PutForward(tx, s.p.Officer, c.ID, c.Version); err != nil {
		return err
	}
	if _, err := consolidation.Sign(tx, s.p.Leader, c.ID, c.Version, s.deputySigns()); err != nil {
		return err
	}
	s.tell("%s ký thay Trưởng ban; lời văn, nguồn và số liệu được khóa.", s.p.Deputy.Name)
	return nil
}

func (s *stage) issueReport(tx *db.Tx) error {
	c, err := consolidation.Find(tx, s.p.Clerk, Quarterly, Quarter)
	if err != nil {
		return err
	}
	if _, err := paper.EnterNumber(tx, s.p.Clerk, c.Paper, 57, calendar.OfInstant(tx.Clock())); err != nil {
		return err
	}
	p, err := paper.Release(tx, s.p.Clerk, c.Paper)
	if err == nil {
		s.tell("%s.", p.Label())
	}
	return err
}
