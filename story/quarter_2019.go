package story

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/directive"
	"giaoban/org"
	"giaoban/people"
)

// section is the own unit that follows the field, in every story.
const section = "PKG"

// office is the commission of a story with its office and its section; the head signs directly, the deputy for the head.
func office(name, place string, names [6]string) []body {
	above := name[len("Ban Tuyên giáo "):]
	return []body{
		{New: org.New{Code: "BTGTU", Kind: org.Commission, Name: name, ShortName: name, Symbol: "BTGTU", Place: place},
			people: []person{{head, names[0], "Trưởng ban", access.CommissionLeader, people.SignsAsHead},
				{deputy, names[1], "Phó Trưởng ban", access.CommissionLeader, people.SignsForHead}}},
		{New: org.New{Code: "VPBTG", Kind: org.OwnUnit, Name: "Văn phòng Ban Tuyên giáo " + above, ShortName: "Văn phòng Ban", Symbol: "VPBTG", Place: place},
			people: []person{{clerk, names[2], "Văn thư", access.Clerk, ""},
				{"quantri", names[3], "Chuyên viên công nghệ thông tin", access.Administrator, ""}}},
		{New: org.New{Code: section, Kind: org.OwnUnit, Name: "Phòng Khoa giáo, Ban Tuyên giáo " + above, ShortName: "Phòng Khoa giáo", Symbol: section, Place: place},
			people: []person{{officer, names[4], "Chuyên viên", access.CommissionOfficer, ""},
				{"truongphong", names[5], "Trưởng phòng", access.CommissionOfficer, people.SignsByOrder}}},
	}
}

// reporting is a body of the block with its officer and its leader.
func reporting(place, code string, kind org.Kind, name, short, sector, focal, leader, title string) body {
	login := loginOf(code)
	return body{New: org.New{Code: code, Kind: kind, Name: name, ShortName: short, Symbol: code, Place: place}, sector: sector,
		people: []person{{login, focal, "Chuyên viên Văn phòng", access.AgencyOfficer, ""}, {"lanhdao." + login, leader, title, access.AgencyLeader, ""}}}
}

// quarter2019 is the briefing of 08/4/2019: monthly reports came irregularly, drafts were hardly appraised, and the deputy
// concluded. Its page does not name the province, so that of the story is invented.
func quarter2019() plot {
	const place = "An Hòa"
	bodies := append(office("Ban Tuyên giáo Tỉnh ủy", place, [6]string{"Khúc Đình Lãm", "Mẫn Đăng Khiêm", "Bế Thị Lan Chi", "Ngạc Văn Thuấn",
		"Cù Thị Mai Khuê", "Lều Quang Toại"}),
		reporting(place, "SYT", org.Department, "Sở Y tế", "Sở Y tế", "YT", "Đàm Thị Ngọc Sương", "Nghiêm Xuân Bách", "Phó Giám đốc"),
		reporting(place, "SGDDT", org.Department, "Sở Giáo dục và Đào tạo", "Sở GD&ĐT", "GD", "Tống Thị Thu Yến", "Lỗ Thế Hiển", "Phó Giám đốc"),
		reporting(place, "SKHCN", org.Department, "Sở Khoa học và Công nghệ", "Sở KH&CN", "KH", "Viên Đình Thảo", "Kha Thị Minh Tâm", "Phó Giám đốc"),
		reporting(place, "SVHTTDL", org.Department, "Sở Văn hóa, Thể thao và Du lịch", "Sở VHTTDL", "VH", "Mạch Thị Hà My", "Ứng Văn Lễ", "Phó Giám đốc"),
		reporting(place, "STNMT", org.Department, "Sở Tài nguyên và Môi trường", "Sở TN&MT", "MT", "Giang Thị Tố Nga", "Cát Huy Đoàn", "Phó Giám đốc"),
		reporting(place, "SLDTBXH", org.Department, "Sở Lao động - Thương binh và Xã hội", "Sở LĐTBXH", "LD", "Thân Thị Bích Hợp", "Tăng Doãn Phúc", "Phó Giám đốc"),
		reporting(place, "STTTT", org.Department, "Sở Thông tin và Truyền thông", "Sở TT&TT", "TT", "Phí Anh Khôi", "Triệu Thị Thanh Dung", "Phó Giám đốc"),
		reporting(place, "BHXH", org.Agency, "Bảo hiểm xã hội tỉnh", "BHXH tỉnh", "BH", "Lương Thị Nhã Uyên", "Bùi Trọng Nghiệp", "Phó Giám đốc"))

	month := regime{code: "kg-thang", name: "Báo cáo công tác khoa giáo hằng tháng", kind: calendar.Month, cutoff: calendar.Calendar, from: "2019-01-01",
		content: "Việc nổi bật trong tháng, việc cần phối hợp", basis: "Quy chế phối hợp công tác khoa giáo"}
	quarter := regime{code: "kg-quy", name: "Báo cáo công tác khoa giáo hằng quý", kind: calendar.Quarter, cutoff: calendar.Calendar, from: "2019-01-01",
		content: "Kết quả, hạn chế, nhiệm vụ quý tới; phục vụ hội nghị giao ban", basis: "Quy chế phối hợp công tác khoa giáo"}

	p := plot{name: "quy-1-2019", begin: "2018-12-17 08:30", province: "tỉnh An Hòa", superior: "TỈNH ỦY AN HÒA",
		unheard: []string{unheardPlace, unheardDue}, bodies: bodies,
		documents: []document{
			{New: directive.New{Type: "Nghị quyết", Symbol: "36-NQ/TW", Date: date("2014-07-01"), Issuer: "Bộ Chính trị", Term: "XI", Sectors: "TT",
				Subject: "về đẩy mạnh ứng dụng, phát triển công nghệ thông tin đáp ứng yêu cầu phát triển bền vững và hội nhập quốc tế"}},
			{New: directive.New{Type: "Chỉ thị", Symbol: "37-CT/TW", Date: date("2014-06-06"), Issuer: "Ban Bí thư", Term: "XI", Sectors: "LD",
				Subject: "về tăng cường sự lãnh đạo của Đảng đối với công tác đào tạo nhân lực có tay nghề cao"}},
			{New: directive.New{Type: "Chỉ thị", Symbol: "38-CT/TW", Date: date("2009-09-07"), Issuer: "Ban Bí thư", Term: "X", Sectors: "BH",
				Subject: "về đẩy mạnh công tác bảo hiểm y tế trong tình hình mới"}},
		},
		reviews: reviews{year: 2019, assigned: "2019-01-08 09:00", listed: "2019-01-09 15:00",
			leads: map[string]string{"36-NQ/TW": "STTTT", "37-CT/TW": "SLDTBXH", "38-CT/TW": "BHXH"}},
		before:  months2019(month),
		reports: reports2019(quarter),
		report: written{drafted: "2019-04-04 09:00", papers: papers{signed: "2019-04-04 16:00", released: "2019-04-05 08:30", number: 34},
			results: []string{
				"Trong quý, tuyên giáo các cấp cùng các ngành giúp Thường trực cấp ủy chỉ đạo việc thực hiện chỉ thị, nghị quyết về khoa giáo; kế hoạch công tác khoa giáo năm 2019 đã có, tập huấn được đưa về tận cơ sở.",
				"Ba cuộc nhìn lại văn bản của Trung ương đang được chuẩn bị: sơ kết 5 năm Nghị quyết số 36-NQ/TW, ngày 01/7/2014 về công nghệ thông tin; sơ kết 5 năm Chỉ thị số 37-CT/TW, ngày 06/6/2014 về đào tạo nhân lực có tay nghề cao; tổng kết 10 năm Chỉ thị số 38-CT/TW, ngày 07/9/2009 về bảo hiểm y tế.",
			},
			shortcomings: []string{
				"Báo cáo tháng của một số ngành khi có khi không; tháng 01 thiếu hai, tháng 2 thiếu ba cơ quan.",
				"Có dự thảo văn bản đến Thường trực Tỉnh ủy, UBND tỉnh mà Ban chưa được cùng thẩm định; phối hợp giữa Ban và các ngành ở những việc đó còn lỏng.",
			},
			ahead: []string{"Hoàn thành đề cương ba cuộc sơ kết, tổng kết và hướng dẫn các địa phương báo cáo."},
		},
	}
	p.meeting = meeting{planned: "2019-04-01 10:00", named: "2019-04-05 10:00", shown: "2019-04-05 16:00", began: "2019-04-08 14:00", concluded: "2019-04-08 16:40",
		invitation: papers{signed: "2019-04-02 15:00", released: "2019-04-02 16:30", number: 12},
		place:      "Phòng họp Ban Tuyên giáo Tỉnh ủy", bring: "Báo cáo quý I năm 2019 của cơ quan", reportDue: "2019-04-05",
		seats: []seat{
			{conference.Chair, head, "Trưởng ban Tuyên giáo Tỉnh ủy", "BTGTU"},
			{conference.Concluder, deputy, "Phó Trưởng ban Tuyên giáo Tỉnh ủy", "BTGTU"},
			{conference.Secretary, officer, "Chuyên viên Phòng Khoa giáo", section},
		},
		guests: []guest{{"Đồng Thị Hải Lý", "Chánh Văn phòng Ban Tuyên giáo Tỉnh ủy", "VPBTG", conference.Also, false}},
		items: []item{
			{at: "14:05", subject: "Báo cáo công tác khoa giáo quý I, nhiệm vụ quý II năm 2019", speaker: "Phòng Khoa giáo"},
			{at: "14:30", subject: "Chuẩn bị sơ kết 5 năm thực hiện Nghị quyết số 36-NQ/TW", speaker: "Sở Thông tin và Truyền thông", symbol: "36-NQ/TW"},
			{at: "14:45", subject: "Chuẩn bị sơ kết 5 năm thực hiện Chỉ thị số 37-CT/TW", speaker: "Sở Lao động - Thương binh và Xã hội", symbol: "37-CT/TW"},
			{at: "15:00", subject: "Chuẩn bị tổng kết 10 năm thực hiện Chỉ thị số 38-CT/TW", speaker: "Bảo hiểm xã hội tỉnh", symbol: "38-CT/TW"},
			{at: "15:15", subject: "Trao đổi về chế độ báo cáo tháng và việc thẩm định dự thảo văn bản"},
			{at: "16:20", subject: "Kết luận hội nghị"},
		},
		speeches: []speech{
			{"SLDTBXH", "Đào tạo nghề chất lượng cao sau 5 năm", "Việc đã làm theo Chỉ thị 37-CT/TW, phần còn vướng ở cơ sở đào tạo."},
			{"BHXH", "Mở rộng người tham gia bảo hiểm y tế", "Cách làm ở các huyện sau 10 năm Chỉ thị 38-CT/TW."},
		},
		course: []string{
			"Phòng Khoa giáo trình bày báo cáo tổng hợp quý I và việc chuẩn bị quý II.",
			"Ba cơ quan nêu tiến độ sơ kết, tổng kết; các ngành bàn cách giữ đều báo cáo tháng và gửi dự thảo để thẩm định.",
		},
		assessment: []string{
			"Quý I năm 2019, tuyên giáo các cấp và các ngành trong khối đã giúp cấp ủy chỉ đạo kịp thời; việc sơ kết Nghị quyết số 36-NQ/TW, Chỉ thị số 37-CT/TW, tổng kết Chỉ thị số 38-CT/TW được chuẩn bị kỹ; các ngành bám kế hoạch chuyên môn và có nhiều kết quả.",
			"Điều chưa được: có ngành gửi thông tin, báo cáo còn thất thường; Ban và các ngành chưa gắn với nhau trong thẩm định văn bản trước khi trình; chuyên môn của từng ngành còn chỗ hạn chế.",
		},
		conclusions: guides(
			"Các ngành tự giác trao đổi, cung cấp thông tin với Ban; báo cáo tháng gửi đủ, đúng quy định.",
			"Dự thảo văn bản tham mưu về khoa giáo được Ban cùng thẩm định trước khi trình Thường trực Tỉnh ủy, UBND tỉnh.",
			"Theo sát tình hình tư tưởng của cán bộ, đảng viên và nhân dân, chú ý việc mới nảy sinh khi triển khai nhiệm vụ khoa giáo.",
			"Đưa thông tin khoa giáo đến người dân nhiều hơn: tại kỳ họp báo cáo viên của tỉnh, trên Bản tin Thông báo nội bộ và báo, đài.",
		),
	}
	for _, b := range bodies[3:] {
		p.meeting.invited = append(p.meeting.invited, invitee{b.Code, "Đại diện lãnh đạo"})
	}
	p.meeting.invited = append(p.meeting.invited, invitee{section, "Cán bộ"})
	p.notice = papers{drafted: "2019-04-09 08:30", signed: "2019-04-09 15:00", released: "2019-04-10 09:00", number: 41}
	return p
}

// months2019 are the monthly reports before the briefing: some bodies leave out a month.
func months2019(month regime) []round {
	january := round{regime: month, period: "2019-01", opened: "2019-01-25 08:00", reminded: "2019-02-13 08:00", accepted: "2019-02-13 16:00", reports: []handed{
		{at: "2019-01-31 09:00", code: "SYT", results: "Kiểm tra an toàn thực phẩm trước Tết; trực dịch đủ bốn cấp."},
		{at: "2019-01-31 10:00", code: "SGDDT", results: "Sơ kết học kỳ I, cho học sinh nghỉ Tết đúng lịch."},
		{at: "2019-01-31 14:00", code: "SVHTTDL", results: "Chương trình văn nghệ mừng Đảng, mừng Xuân về các huyện."},
		{at: "2019-02-01 09:00", code: "SLDTBXH", results: "Quà Tết đến gia đình người có công và hộ nghèo."},
		{at: "2019-02-01 10:00", code: "STTTT", results: "Lập đề cương sơ kết Nghị quyết số 36-NQ/TW."},
		{at: "2019-02-01 15:00", code: "BHXH", results: "Rà người chưa tham gia bảo hiểm y tế theo từng xã."},
	}}
	february := round{regime: month, period: "2019-02", opened: "2019-02-25 08:00", reminded: "2019-03-06 08:00", accepted: "2019-03-08 16:00", reports: []handed{
		{at: "2019-03-01 09:00", code: "SYT", results: "Khám sức khỏe đầu năm cho người cao tuổi; theo dõi dịch cúm, sởi."},
		{at: "2019-03-01 14:00", code: "SGDDT", results: "Ôn tập cho học sinh lớp 9, lớp 12."},
		{at: "2019-03-04 10:00", code: "SLDTBXH", results: "Hội nghị với các trường nghề về nhân lực có tay nghề cao."},
		{at: "2019-03-04 15:00", code: "STTTT", results: "Hướng dẫn các huyện báo cáo theo đề cương sơ kết."},
		{at: "2019-03-08 10:00", code: "BHXH", results: "Họp với Sở Y tế về đề cương tổng kết Chỉ thị số 38-CT/TW."},
	}}
	return []round{january, february}
}

// reports2019 are those of the quarter.
func reports2019(quarter regime) round {
	return round{regime: quarter, period: "2019-Q1", opened: "2019-03-25 08:00", reminded: "2019-04-03 08:00", accepted: "2019-04-03 16:30", reports: []handed{
		{at: "2019-04-01 09:00", code: "SYT", results: "Phòng bệnh mùa xuân, khám chữa bệnh giữ ổn định; kiểm tra an toàn thực phẩm ở lễ hội.",
			ahead: "Cùng Bảo hiểm xã hội tỉnh hoàn thành phần việc về khám chữa bệnh trong tổng kết Chỉ thị số 38-CT/TW."},
		{at: "2019-04-01 10:00", code: "SGDDT", results: "Kết thúc học kỳ I theo kế hoạch; chuẩn bị tuyển sinh lớp 10 và kỳ thi trung học phổ thông.",
			ahead: "Công bố phương án tuyển sinh, tập huấn cán bộ coi thi."},
		{at: "2019-04-01 14:00", code: "SKHCN", results: "Xét chọn nhiệm vụ khoa học năm 2019, nghiệm thu các đề tài hết hạn.",
			shortcomings: "Hai tháng đầu năm chưa gửi báo cáo tháng vì chưa phân công người làm."},
		{at: "2019-04-01 15:00", code: "SVHTTDL", results: "Lễ hội đầu xuân an toàn, tiết kiệm; phong trào văn nghệ, thể thao cơ sở sôi nổi.",
			ahead: "Kiểm tra hoạt động văn hóa, du lịch hè."},
		{at: "2019-04-02 09:00", code: "SLDTBXH", results: "Khảo sát mười cơ sở đào tạo nghề để sơ kết Chỉ thị số 37-CT/TW.",
			ahead: "Gửi dự thảo báo cáo sơ kết Chỉ thị số 37-CT/TW để Ban thẩm định."},
		{at: "2019-04-02 10:00", code: "STTTT", results: "Mười một huyện, thành phố đã báo cáo theo đề cương sơ kết Nghị quyết số 36-NQ/TW.",
			shortcomings: "Dự thảo kế hoạch ứng dụng công nghệ thông tin trình UBND tỉnh khi chưa lấy ý kiến thẩm định của Ban."},
		{at: "2019-04-02 14:00", code: "BHXH", results: "Đề cương tổng kết 10 năm Chỉ thị số 38-CT/TW đã gửi các huyện; bảo hiểm y tế hộ gia đình tiếp tục mở rộng.",
			ahead: "Tổng hợp báo cáo của các huyện, viết dự thảo tổng kết."},
		{at: "2019-04-03 14:30", code: "STNMT", results: "Thanh tra nguồn thải ở các cụm công nghiệp; trả lời phản ánh của cử tri về bãi rác.",
			shortcomings: "Báo cáo gửi chậm một ngày; hai tháng đầu năm chưa gửi báo cáo tháng."},
	}}
}
