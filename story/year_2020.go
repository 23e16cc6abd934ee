package story

import (
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/directive"
	"giaoban/org"
)

// year2020 is the year's review of 12/01/2021: two people of two bodies chaired, and the vice-chairman of UBND was there.
// Its page tells neither the hour nor who concluded.
func year2020() plot {
	const place = "Điện Biên"
	bodies := append(office("Ban Tuyên giáo Tỉnh ủy", place, [6]string{"Sái Công Hiến", "Lò Thị Ngọc Diễn", "Quàng Thị Hương Lê", "Vừ A Thắng",
		"Cà Thị Minh Nguyệt", "Khoàng Văn Hưởng"}),
		reporting(place, "SGDDT", org.Department, "Sở Giáo dục và Đào tạo", "Sở GD&ĐT", "GD", "Tòng Thị Vân Khánh", "Mùa Đình Quyết", "Phó Giám đốc"),
		reporting(place, "SYT", org.Department, "Sở Y tế", "Sở Y tế", "YT", "Giàng Thị Thu Thảo", "Lường Quốc Việt", "Phó Giám đốc"),
		reporting(place, "SKHCN", org.Department, "Sở Khoa học và Công nghệ", "Sở KH&CN", "KH", "Bạc Cầm Tuân", "Hờ Thị Kim Oanh", "Phó Giám đốc"),
		reporting(place, "SLDTBXH", org.Department, "Sở Lao động - Thương binh và Xã hội", "Sở LĐTBXH", "LD", "Thào Thị Hồng Diệp", "Điêu Chính Nhân", "Phó Giám đốc"),
		reporting(place, "STNMT", org.Department, "Sở Tài nguyên và Môi trường", "Sở TN&MT", "MT", "Sùng Thị Mai Phương", "Lù Văn Kiểm", "Phó Giám đốc"),
		reporting(place, "SVHTTDL", org.Department, "Sở Văn hóa, Thể thao và Du lịch", "Sở VHTTDL", "VH", "Chang Thị Thùy Linh", "Hoàng Cầm Bằng", "Phó Giám đốc"),
		reporting(place, "BHXH", org.Agency, "Bảo hiểm xã hội tỉnh", "BHXH tỉnh", "BH", "Lý Thị Hải Vân", "Mào Duy Trường", "Giám đốc"))

	year := regime{code: "kg-nam", name: "Báo cáo công tác khoa giáo hằng năm", kind: calendar.Year, cutoff: calendar.ND09, from: "2019-12-15",
		content: "Kết quả, hạn chế của năm, nhiệm vụ năm sau; phục vụ hội nghị tổng kết", basis: "Quy chế phối hợp công tác khoa giáo"}

	p := plot{name: "dien-bien-2020", begin: "2019-12-16 08:30", province: "tỉnh Điện Biên", superior: "TỈNH ỦY ĐIỆN BIÊN",
		unheard: []string{unheardHour, unheardPlace, unheardConcluder, unheardDue}, bodies: bodies,
		documents: []document{{entered: "2020-11-16 09:00", New: directive.New{Type: "Nghị quyết", Date: date("2020-10-16"), Issuer: "Đại hội đại biểu Đảng bộ tỉnh",
			Term: "XIV", Sectors: "TM", Subject: "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XIV"}}},
		reports: round{regime: year, period: "2020", opened: "2020-12-01 08:00", reminded: "2020-12-17 08:00", accepted: "2020-12-18 15:00", reports: []handed{
			{at: "2020-12-15 09:00", code: "SGDDT",
				results: "Năm học 2019 - 2020 hoàn thành đúng kế hoạch dù có thời gian học sinh phải nghỉ vì Covid-19; trường, lớp được sắp xếp gọn lại mà chất lượng giữ vững.",
				ahead:   "Nâng chất lượng dạy học ở vùng cao, huy động xã hội góp sức cho trường học."},
			{at: "2020-12-15 10:00", code: "SYT",
				results: "Phòng, chống Covid-19 được đặt lên đầu; khám chữa bệnh và chăm sóc sức khỏe ở tuyến xã không gián đoạn.",
				ahead:   "Giữ vững thành quả chống dịch, chú trọng dân số, sức khỏe bà mẹ, trẻ em."},
			{at: "2020-12-15 14:00", code: "SKHCN", results: "Nhiều đề tài ứng dụng đi vào sản xuất, nhất là cây trồng, vật nuôi hợp với từng vùng.",
				ahead: "Ưu tiên đề tài có địa chỉ ứng dụng."},
			{at: "2020-12-16 09:00", code: "SLDTBXH",
				results: "Hình thức đào tạo nghề phong phú hơn, người học dễ chọn; tỷ lệ lao động qua đào tạo tăng.\nTư vấn việc làm đến học sinh, sinh viên; vận động người dân đi làm việc ở nước ngoài, tự tạo việc làm.",
				ahead:   "Gắn đào tạo nghề với doanh nghiệp."},
			{at: "2020-12-16 10:00", code: "STNMT", results: "Cùng các ngành, đoàn thể làm tốt hơn việc thu gom rác, giữ nguồn nước ở bản, xã.",
				ahead: "Đưa bảo vệ môi trường vào quy ước của bản."},
			{at: "2020-12-16 14:00", code: "SVHTTDL", results: "Hoạt động văn hóa, thể thao chuyển sang quy mô nhỏ để phòng dịch; gìn giữ văn hóa các dân tộc.",
				ahead: "Chuẩn bị các ngày lễ lớn năm 2021."},
			{at: "2020-12-17 10:30", code: "BHXH",
				results:      "Truyền thông chính sách bảo hiểm xã hội, bảo hiểm y tế đến tận bản; thêm nhiều người tự nguyện tham gia.",
				shortcomings: "Ở vùng khó khăn, người dân còn ít hiểu về bảo hiểm xã hội tự nguyện.", ahead: "Mở rộng bảo hiểm xã hội tự nguyện."},
		}},
		report: written{drafted: "2020-12-24 09:00", papers: papers{signed: "2020-12-25 15:00", released: "2020-12-28 08:30", number: 248},
			results: []string{
				"Quy chế phối hợp giữa Ban và các sở, ngành, đơn vị trong khối được thực hiện đều, nhờ đó công tác khoa giáo vẫn tiến lên trong năm có dịch.",
				"Ban giúp Thường trực Tỉnh ủy chỉ đạo cấp ủy từ tỉnh đến cơ sở sơ kết, tổng kết chỉ thị, nghị quyết, kết luận của Đảng về khoa giáo.",
			},
			ahead: []string{"Đưa phần khoa giáo của Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XIV vào chương trình công tác năm 2021."},
		},
	}
	p.meeting = meeting{planned: "2020-12-28 10:00", named: "2021-01-08 10:00", shown: "2021-01-11 15:00", began: "2021-01-12 08:00", concluded: "2021-01-12 11:15",
		invitation: papers{signed: "2021-01-04 09:00", released: "2021-01-04 15:00", number: 2},
		kind:       "year_review", organiser: conference.Jointly, conveners: []string{"BHXH"},
		place: "Hội trường Ban Tuyên giáo Tỉnh ủy", bring: "Tham luận đã đăng ký",
		seats: []seat{
			{conference.Chair, deputy, "Phó Trưởng ban Tuyên giáo Tỉnh ủy", "BTGTU"},
			{conference.CoChair, "lanhdao.bhxh", "Giám đốc Bảo hiểm xã hội tỉnh", "BHXH"},
			{conference.Secretary, officer, "Chuyên viên Phòng Khoa giáo", section},
		},
		guests: []guest{{"Chẩu Hải Đăng", "Ủy viên Ban Thường vụ Tỉnh ủy, Phó Chủ tịch UBND tỉnh", "UBND", conference.Attends, false}},
		items: []item{
			{at: "08:10", subject: "Báo cáo tổng kết công tác khoa giáo năm 2020, nhiệm vụ năm 2021", speaker: "Ban Tuyên giáo Tỉnh ủy"},
			{at: "08:50", subject: "Tham luận về đề tài ứng dụng, việc làm, bảo vệ môi trường", speaker: "Các sở, ngành"},
			{at: "10:00", subject: "Truyền thông, vận động tham gia bảo hiểm xã hội, bảo hiểm y tế", speaker: "Bảo hiểm xã hội tỉnh"},
			{at: "10:45", subject: "Kết luận hội nghị"},
		},
		speeches: []speech{
			{"SKHCN", "Đề tài nghiên cứu đi vào sản xuất", "Cách chọn đề tài, người hưởng lợi."},
			{"SLDTBXH", "Tư vấn việc làm cho học sinh, sinh viên và đưa lao động đi làm việc ở nước ngoài", "Kết quả và điều còn vướng."},
			{"STNMT", "Phối hợp bảo vệ môi trường ở cơ sở", "Mô hình của các xã."},
			{"BHXH", "Đưa chính sách bảo hiểm đến vùng khó khăn", "Cách vận động người dân tự nguyện tham gia."},
		},
		course: []string{
			"Ban Tuyên giáo Tỉnh ủy trình bày báo cáo tổng kết năm 2020.",
			"Lãnh đạo bốn cơ quan nói rõ hiệu quả đề tài ứng dụng, tư vấn việc làm, bảo vệ môi trường, vận động tham gia bảo hiểm.",
		},
		assessment: []string{
			"Năm 2020 dịch bệnh Covid-19 diễn biến phức tạp, nhưng Ban và các sở, ngành, đơn vị trong khối giữ đúng quy chế phối hợp nên công tác khoa giáo có chuyển biến tốt.",
			"Ngành Giáo dục hoàn thành nhiệm vụ năm học 2019 - 2020; giáo dục nghề nghiệp đa dạng hơn; bảo vệ, chăm sóc sức khỏe nhân dân có nhiều kết quả; chính sách bảo hiểm xã hội, bảo hiểm y tế đến với nhiều người hơn.",
		},
		conclusions: guides(
			"Phấn đấu đạt các mục tiêu về khoa giáo mà chỉ thị, nghị quyết của Trung ương và Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XIV đã nêu.",
			"Giữ và làm tốt hơn nữa quy chế phối hợp giữa Ban với các cơ quan trong khối.",
			"Ban và các cơ quan gắn với nhau hơn nữa để tham mưu có chất lượng, giúp cấp ủy quán triệt và cụ thể hóa chỉ thị, nghị quyết.",
			"Vận động toàn dân cùng góp sức: xã hội hóa giáo dục, y tế, dân số, gia đình, trẻ em, khoa học, công nghệ, môi trường.",
		),
	}
	for _, b := range bodies[3:] {
		p.meeting.invited = append(p.meeting.invited, invitee{b.Code, "Đại diện lãnh đạo"})
	}
	p.notice = papers{drafted: "2021-01-12 14:00", signed: "2021-01-13 09:00", released: "2021-01-13 14:30", number: 7}
	return p
}
