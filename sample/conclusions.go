package sample

import (
	"strings"

	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/paper"
	"giaoban/record"
	"giaoban/task"
)

// conclusions of the quarter's briefing: most are guidance; the reviews of documents and the plans of the programme are
// tasks, with a date that was spoken or one that is only proposed.
func (s *stage) conclusions() []conference.Typed {
	guide := func(words string) conference.Typed { return conference.Typed{Kind: conference.Guidance, Words: words} }
	all := []conference.Typed{
		guide("Mỗi cơ quan rà lại phần việc của mình trong các nhiệm vụ, giải pháp công tác khoa giáo của Nghị quyết số 09-NQ/TW, ngày 28/1/2022 của Bộ Chính trị về xây dựng, phát triển tỉnh Khánh Hòa đến năm 2030, tầm nhìn đến năm 2045 và dồn sức thực hiện ngay từ quý II."),
		{Kind: conference.Task, Lead: s.p.SLDTBXH.ID, Due: "30/6/2022", DueSpoken: true,
			Words:       "Phối hợp tham mưu tổng kết 10 năm thực hiện Chỉ thị số 20-CT/TW, ngày 05/11/2012 của Bộ Chính trị về chăm sóc, giáo dục và bảo vệ trẻ em",
			Product:     "Dự thảo báo cáo tổng kết trình Ban Thường vụ Tỉnh ủy",
			Cooperation: "SNV: số liệu mười năm về tổ chức bộ máy, đội ngũ làm công tác trẻ em, hạn 15/5/2022\nSYT: đánh giá phần chăm sóc sức khỏe trẻ em, hạn 20/5/2022"},
		{Kind: conference.Task, Lead: s.p.SKHCN.ID, Due: "31/8/2022",
			Words:       "Phối hợp tham mưu tổng kết nghị quyết về phát triển khoa học và công nghệ phục vụ sự nghiệp công nghiệp hóa, hiện đại hóa trong điều kiện kinh tế thị trường định hướng xã hội chủ nghĩa và hội nhập quốc tế",
			Product:     "Dự thảo báo cáo tổng kết và phụ lục số liệu",
			Cooperation: "SGDDT: phần đào tạo nhân lực khoa học"},
		{Kind: conference.Task, Lead: s.p.PKG.ID, Due: "29/4/2022", DueSpoken: true,
			Words:       "Cụ thể hóa chương trình phối hợp công tác giữa Ban Tuyên giáo Tỉnh ủy với Ban Cán sự đảng UBND tỉnh và các cơ quan quản lý nhà nước giai đoạn 2022 – 2025, thực hiện Quyết định số 238-QĐ/TW của Ban Bí thư khóa XII",
			Product:     "Kế hoạch năm 2022 thực hiện chương trình phối hợp",
			Cooperation: "VPBTG: lịch làm việc với từng cơ quan, hạn 22/4/2022"},
		{Kind: conference.Task, Lead: s.p.BCSUBND.ID, Due: "20/5/2022",
			Words:       "Chỉ đạo bảy sở thành viên xây dựng kế hoạch phối hợp công tác của từng cơ quan",
			Product:     "Kế hoạch phối hợp năm 2022 của bảy sở",
			ForcePaper:  "Chương trình phối hợp công tác đã ký kết",
			Cooperation: "SKHCN, SGDDT, SYT, SVHTT, STNMT, SLDTBXH, STTTT"},
		{Kind: conference.Task, Lead: s.p.BTGDK.ID, Due: "08/4/2022", DueSpoken: true,
			Words: "Gửi báo cáo công tác khoa giáo quý I năm 2022 còn thiếu và nêu nguyên nhân", Product: "Báo cáo quý I năm 2022"},
		guide("Với những vấn đề khoa giáo đang được Nhân dân quan tâm, công tác tư tưởng đi trước một bước: định hướng dư luận bằng thông tin đủ và đúng để tạo sự đồng thuận xã hội."),
		guide("Vấn đề quản lý tài nguyên, môi trường: cung cấp thông tin sớm, thống nhất; trả lời đến cùng các phản ánh của Nhân dân."),
		guide("Công tác phòng, chống dịch COVID-19: thích ứng an toàn, không chủ quan; giải thích kỹ về tiêm chủng cho trẻ em."),
		guide("Công tác tuyển sinh vào lớp 10 và thi tốt nghiệp THPT quốc gia, phân luồng học sinh sau THCS, THPT: công bố phương án sớm, tư vấn đến từng trường."),
		guide("Thúc đẩy thị trường khoa học công nghệ, hệ sinh thái khởi nghiệp sáng tạo; giới thiệu hai chương trình khoa học và công nghệ mới ban hành."),
		guide("Chuyển đổi số trên địa bàn tỉnh: lấy thuận tiện của người dân làm thước đo, phát huy tổ công nghệ số cộng đồng."),
	}
	for i := range all {
		all[i].No = i + 1
	}
	return all
}

// assessment opens the notice.
func (s *stage) assessment() string {
	return strings.Join([]string{
		"Quý I năm 2022, Ban và các cơ quan liên quan đã giúp Ban Thường vụ Tỉnh ủy chỉ đạo việc tổng kết nghị quyết, chỉ thị của Đảng về chăm sóc, giáo dục và bảo vệ trẻ em, về phát triển khoa học và công nghệ; có hướng dẫn công tác khoa giáo, công tác văn hóa văn nghệ năm 2022; ký kết chương trình phối hợp giai đoạn 2022 – 2025.",
		"Các cơ quan quản lý nhà nước trong khối giữ vững chăm sóc sức khỏe Nhân dân, tiêm xong chiến dịch mùa xuân phòng COVID-19; trường học an toàn; Xuân Nhâm Dần 2022 vui và tiết kiệm; an sinh xã hội được chăm lo; có Chương trình khoa học và công nghệ phục vụ phát triển kinh tế Biển tỉnh Khánh Hòa giai đoạn 2021-2025 và Chương trình khoa học và công nghệ phục vụ phát triển nông thôn miền núi tỉnh Khánh Hòa giai đoạn 2021-2025; thúc đẩy khởi nghiệp, đổi mới sáng tạo.",
		"Những kết quả đó góp phần phục hồi và phát triển kinh tế - xã hội: cấp độ dịch từ cấp 2 về cấp 1, GRDP của tỉnh ước tăng 4,9% so với cùng kỳ năm trước.",
		"Hạn chế cần khắc phục: còn báo cáo gửi muộn và một đơn vị chưa báo cáo; số liệu trong lời văn và trong biểu của một báo cáo chưa khớp ngay từ đầu; một số phản ánh về môi trường trả lời chậm.",
	}, "\n")
}

func (s *stage) course() string {
	return strings.Join([]string{
		"Phòng Khoa giáo báo cáo kết quả thực hiện kết luận hội nghị quý IV năm 2021 và báo cáo tổng hợp quý I năm 2022.",
		"Ba cơ quan trình bày tham luận; các đại biểu trao đổi về tuyển sinh lớp 10, quản lý môi trường ven vịnh, tiêm chủng cho trẻ em.",
		"Lãnh đạo Ban trao đổi, trả lời kiến nghị và kết luận hội nghị.",
	}, "\n")
}

// lastBriefing is the briefing of the quarter before, in few steps: its tasks are what the played one opens with, one
// done, one done and accepted, one overdue.
func (s *stage) lastBriefing() []event {
	q4 := calendar.MustPeriod("2021-Q4")
	started := func(day, hour, name string, do func(tx *db.Tx, b conference.Conference) error) event {
		return event{at: at(day, hour), name: name, do: func(tx *db.Tx) error {
			b, err := s.meeting(tx, q4)
			if err != nil {
				return err
			}
			return do(tx, b)
		}}
	}
	done := func(day, hour string, who func() (agency string, note, product string)) event {
		return event{at: at(day, hour), name: "báo hoàn thành", do: func(tx *db.Tx) error {
			code, note, product := who()
			body := s.p.Body(code)
			by := s.p.Officer
			if body.Code != PKG {
				by = s.p.AgencyOfficer(body)
			}
			tasks, err := task.OpenOf(tx, by, body.ID, calendar.OfInstant(tx.Clock()))
			if err != nil || len(tasks) == 0 {
				return err
			}
			if err := task.Receive(tx, by, tasks[0].ID); err != nil {
				return err
			}
			if err := task.Complete(tx, by, tasks[0].ID, task.Evidence{Note: note, Paper: product}); err != nil {
				return err
			}
			return task.Accept(tx, s.p.Deputy, tasks[0].ID, "Đạt yêu cầu.")
		}}
	}
	return []event{
		{at: at("2021-12-20", "09:00"), name: "kế hoạch giao ban quý IV", do: func(tx *db.Tx) error {
			_, err := conference.Plan(tx, s.p.Officer, conference.New{Regime: Quarterly, Period: q4, HeldOn: date("2022-01-05"), HeldAt: "08:00",
				Place: "Hội trường Ban Tuyên giáo Tỉnh ủy", Bring: "Báo cáo năm 2021 của cơ quan", Seats: s.chairs(), Invitees: s.invited()})
			return err
		}},
		started("2021-12-27", "10:00", "giấy mời quý IV", func(tx *db.Tx, b conference.Conference) error {
			_, err := s.sendInvitation(tx, b, 26)
			return err
		}),
		started("2022-01-05", "11:00", "kết luận quý IV", func(tx *db.Tx, b conference.Conference) error {
			var rows []conference.Attendance
			for _, v := range s.invited() {
				rows = append(rows, conference.Attendance{Body: v.Body, State: conference.Present, Name: s.p.AgencyLeader(s.p.Body(s.codeOf(v.Body))).Name,
					Title: titleOf(s.codeOf(v.Body))})
			}
			if err := conference.Attend(tx, s.p.Officer, b.ID, rows); err != nil {
				return err
			}
			if _, err := conference.Conclude(tx, s.p.Officer, b.ID, []conference.Typed{
				{No: 1, Kind: conference.Guidance, Words: "Bước vào năm 2022, các cơ quan chuyển sang thích ứng an toàn, mở lại hoạt động theo cấp độ dịch, thông tin kịp thời cho Nhân dân trước Tết."},
				{No: 2, Kind: conference.Task, Lead: s.p.SYT.ID, Due: "28/01/2022", DueSpoken: true, Words: "Xây dựng kế hoạch tiêm chủng mùa xuân cho người từ 12 tuổi trở lên", Product: "Kế hoạch đã ban hành"},
				{No: 3, Kind: conference.Task, Lead: s.p.STTTT.ID, Due: "15/3/2022", DueSpoken: true, Words: "Rà soát, đề xuất quy trình trả lời thông tin sai sự thật về tiêm chủng trên mạng xã hội", Product: "Quy trình được ban hành"},
				{No: 4, Kind: conference.Task, Lead: s.p.PKG.ID, Due: "28/02/2022", DueSpoken: true, Words: "Hoàn chỉnh dự thảo chương trình phối hợp giai đoạn 2022 – 2025 để tổ chức ký kết", Product: "Dự thảo chương trình đã được các bên thống nhất"},
			}); err != nil {
				return err
			}
			if _, err := conference.WriteMinutes(tx, s.p.Officer, b.ID, conference.Minutes{EndedAt: "11:00",
				Assessment: "Năm 2021 các cơ quan trong khối vừa chống dịch vừa giữ nhịp công tác khoa giáo; báo cáo quý còn đơn vị gửi muộn."}); err != nil {
				return err
			}
			return conference.Close(tx, s.p.Officer, b.ID)
		}),
		started("2022-01-07", "15:00", "thông báo quý IV", func(tx *db.Tx, b conference.Conference) error {
			p, err := conference.DraftNotice(tx, s.p.Officer, b.ID, s.deputySigns())
			if err != nil {
				return err
			}
			if _, err := record.Sign(tx, s.p.Deputy, p.ID, s.deputySigns()); err != nil {
				return err
			}
			if _, err := paper.EnterNumber(tx, s.p.Clerk, p.ID, 112, calendar.OfInstant(tx.Clock())); err != nil {
				return err
			}
			_, err = record.Release(tx, s.p.Clerk, p.ID)
			return err
		}),
		done("2022-01-26", "14:00", func() (string, string, string) {
			return SYT, "Đã ban hành kế hoạch và giao chỉ tiêu cho tám huyện, thị xã, thành phố.", "Kế hoạch số 214/KH-SYT, ngày 25/01/2022"
		}),
		done("2022-02-25", "16:00", func() (string, string, string) {
			return PKG, "Các bên đã góp ý và thống nhất dự thảo.", "Tờ trình số 18-TTr/BTGTU, ngày 24/02/2022"
		}),
	}
}
