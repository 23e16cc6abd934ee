package story

import (
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/directive"
	"giaoban/org"
)

// nineMonths2023 is the briefing of 06/10/2023: nine months are looked back on, three launched; a regulation of the city's
// Party committee is made known to those present, and the city's vice-chairman speaks.
func nineMonths2023() plot {
	const place = "Hải Phòng"
	bodies := append(office("Ban Tuyên giáo Thành ủy", place, [6]string{"Đoàn Thị Uyên Nhi", "Quyền Đình Sâm", "Lục Thị Nhàn", "Tiêu Gia Phát",
		"Vương Thị Hồng Khanh", "Trương Bỉnh Nghĩa"}),
		body{New: org.New{Code: "UBND", Kind: org.Authority, Name: "Ủy ban nhân dân thành phố", ShortName: "UBND thành phố", Symbol: "UBND", Place: place,
			Aliases: []string{"UBND thành phố"}}},
		reporting(place, "SYT", org.Department, "Sở Y tế", "Sở Y tế", "YT", "Hứa Thị Kim Thoa", "Bành Quốc Thanh", "Phó Giám đốc"),
		reporting(place, "SGDDT", org.Department, "Sở Giáo dục và Đào tạo", "Sở GD&ĐT", "GD", "Mai Thị Cẩm Vân", "Lưu Đức Hoan", "Phó Giám đốc"),
		reporting(place, "SKHCN", org.Department, "Sở Khoa học và Công nghệ", "Sở KH&CN", "KH", "Thiều Thị Ngân Hà", "Ngô Sĩ Quảng", "Phó Giám đốc"),
		reporting(place, "STTTT", org.Department, "Sở Thông tin và Truyền thông", "Sở TT&TT", "TT", "Đào Duy Khoát", "Nhữ Thị Thanh Trà", "Phó Giám đốc"),
		reporting(place, "SVHTT", org.Department, "Sở Văn hóa và Thể thao", "Sở VH&TT", "VH", "Phan Thị Lệ Quyên", "Cung Văn Triển", "Phó Giám đốc"),
		reporting(place, "STNMT", org.Department, "Sở Tài nguyên và Môi trường", "Sở TN&MT", "MT", "Trịnh Thị Yến Ngọc", "Hàn Công Lập", "Phó Giám đốc"),
		reporting(place, "SLDTBXH", org.Department, "Sở Lao động - Thương binh và Xã hội", "Sở LĐTBXH", "LD", "Tạ Thị Minh Lý", "Khổng Văn Đỉnh", "Phó Giám đốc"))

	nine := regime{code: "kg-9-thang", name: "Báo cáo công tác khoa giáo 9 tháng", kind: calendar.NineMonths, cutoff: calendar.ND09, from: "2022-12-15",
		content: "Kết quả 9 tháng, hạn chế, nhiệm vụ 3 tháng cuối năm; phục vụ hội nghị giao ban", basis: "Quy chế phối hợp công tác khoa giáo"}

	p := plot{name: "hai-phong-2023", begin: "2022-12-19 08:30", province: "thành phố Hải Phòng", superior: "THÀNH ỦY HẢI PHÒNG",
		unheard: []string{unheardPlace, unheardDue}, bodies: bodies,
		documents: []document{{entered: "2023-07-14 09:00", New: directive.New{Type: "Quyết định", Symbol: "1056-QC/TU", Date: date("2023-07-11"),
			Issuer: "Ban Thường vụ Thành ủy", Province: "Hải Phòng", Sectors: "TM", ArrivedNo: "684", ArrivedOn: date("2023-07-14"),
			Subject: "về việc ban hành Quy chế phối hợp và mối quan hệ công tác giữa Ban Tuyên giáo Thành ủy với các sở, ngành, đơn vị trong Khối Khoa giáo"}}},
		reports: round{regime: nine, period: "2023-9M", opened: "2023-09-05 08:00", reminded: "2023-09-19 08:00", accepted: "2023-09-20 15:00", reports: []handed{
			{at: "2023-09-15 09:00", code: "SYT", results: "Khám chữa bệnh, chăm sóc sức khỏe Nhân dân được nâng lên; dịch bệnh được phát hiện và khoanh lại sớm.",
				ahead: "Hoàn thành phần việc về quản lý hoạt động y tế trong các cuộc sơ kết, tổng kết."},
			{at: "2023-09-15 10:00", code: "SGDDT", results: "Năm học mới bắt đầu đúng lịch; giáo dục nghề nghiệp trong trường phổ thông được chú ý hơn.",
				ahead: "Học tập, triển khai chỉ thị về giáo dục nghề nghiệp."},
			{at: "2023-09-15 14:00", code: "SKHCN", results: "Kết quả nghiên cứu được đưa vào sản xuất, dịch vụ cảng và quản lý đô thị.",
				ahead: "Hoàn thành tổng kết văn bản về phát triển khoa học và công nghệ."},
			{at: "2023-09-18 09:00", code: "STTTT", results: "Chuyển đổi số đi vào dịch vụ công, vào từng cơ quan của khối.",
				ahead: "Cùng Ban làm phần chuyển đổi số của lĩnh vực khoa giáo."},
			{at: "2023-09-18 10:00", code: "SVHTT", results: "Thể dục, thể thao quần chúng phát triển; đội tuyển thành phố thi đấu tốt.",
				ahead: "Triển khai chỉ thị về phát triển thể dục, thể thao thành phố."},
			{at: "2023-09-18 14:00", code: "SLDTBXH", results: "An sinh xã hội được bảo đảm; lao động qua đào tạo tăng.", ahead: "Nâng chất lượng giáo dục nghề nghiệp."},
			{at: "2023-09-20 09:00", code: "STNMT", results: "Kiểm tra nguồn thải, xử lý điểm ô nhiễm mà người dân phản ánh.",
				shortcomings: "Báo cáo gửi chậm một ngày.", ahead: "Hoàn thành tổng kết văn bản về bảo vệ môi trường."},
		}},
		report: written{drafted: "2023-09-25 09:00", papers: papers{signed: "2023-09-26 15:00", released: "2023-09-27 08:30", number: 187},
			results: []string{
				"Bộ máy và đội ngũ cán bộ khoa giáo các cấp được kiện toàn thêm; bồi dưỡng nghiệp vụ cho cán bộ cơ sở đi vào nền nếp ở thành phố và một số quận, huyện; hội nghị giao ban được giữ đều.",
				"Ban Thường vụ Thành ủy ban hành Quyết định số 1056-QC/TU ngày 11/7/2023 về quy chế phối hợp giữa Ban và các sở, ngành, đơn vị trong khối.",
			},
			ahead: []string{"Triển khai quy chế phối hợp theo Quyết định số 1056-QC/TU; làm phần chuyển đổi số của lĩnh vực khoa giáo Đảng."},
		},
	}
	p.meeting = meeting{planned: "2023-09-27 10:00", named: "2023-10-04 10:00", shown: "2023-10-05 15:00", began: "2023-10-06 08:00", concluded: "2023-10-06 11:20",
		invitation: papers{signed: "2023-09-28 09:00", released: "2023-09-28 15:00", number: 44},
		title: "Hội nghị giao ban công tác khoa giáo 9 tháng đầu năm 2023, triển khai nhiệm vụ 3 tháng cuối năm 2023 " +
			"và quán triệt Quyết định số 1056-QC/TU của Ban Thường vụ Thành ủy",
		place: "Hội trường Ban Tuyên giáo Thành ủy", bring: "Quyết định số 1056-QC/TU",
		seats: []seat{
			{conference.Chair, head, "Ủy viên Ban Thường vụ, Trưởng Ban Tuyên giáo Thành ủy", "BTGTU"},
			{conference.Concluder, head, "Ủy viên Ban Thường vụ, Trưởng Ban Tuyên giáo Thành ủy", "BTGTU"},
			{conference.Secretary, officer, "Chuyên viên Phòng Khoa giáo", section},
		},
		guests: []guest{{"Thẩm Hoàng Vinh", "Phó Chủ tịch UBND thành phố", "UBND", conference.Also, true}},
		items: []item{
			{at: "08:10", subject: "Báo cáo công tác khoa giáo 9 tháng đầu năm, nhiệm vụ 3 tháng cuối năm 2023", speaker: "Phòng Khoa giáo"},
			{at: "08:40", subject: "Quán triệt Quyết định số 1056-QC/TU", speaker: "Ban Tuyên giáo Thành ủy", symbol: "1056-QC/TU", rollsOut: true},
			{at: "09:20", subject: "Trao đổi của các sở, ngành"},
			{at: "10:30", subject: "Thông tin về công tác khoa giáo của thành phố", speaker: "Phó Chủ tịch UBND thành phố"},
			{at: "11:00", subject: "Kết luận hội nghị"},
		},
		speeches: []speech{
			{"SYT", "Chăm sóc sức khỏe Nhân dân và phòng, chống dịch bệnh", "Kết quả 9 tháng, việc cần các ngành cùng làm."},
			{"STTTT", "Chuyển đổi số trong khối khoa giáo", "Việc đã làm, phần còn thiếu ở cơ sở."},
		},
		course: []string{
			"Phòng Khoa giáo báo cáo 9 tháng; Ban Tuyên giáo Thành ủy quán triệt Quyết định số 1056-QC/TU.",
			"Các sở trao đổi; Phó Chủ tịch UBND thành phố thông tin một số việc của thành phố trong lĩnh vực khoa giáo.",
		},
		assessment: []string{
			"9 tháng đầu năm 2023, khoa giáo thành phố có kết quả rõ ở y tế, chăm sóc sức khỏe Nhân dân, phòng, chống dịch bệnh, ở ứng dụng khoa học công nghệ và chuyển đổi số, góp phần phát triển kinh tế và bảo đảm an sinh xã hội.",
			"Các ngành, các cấp đã rất cố gắng; cán bộ khoa giáo, tuyên giáo tham mưu tốt hơn; nền nếp giao ban được giữ.",
		},
		conclusions: asking(guides(
			"Các đơn vị chủ động hơn nữa trong tham mưu và hướng dẫn quán triệt văn bản, từ Trung ương đến cơ sở.",
			"Mỗi đơn vị tìm cách giải quyết việc phát sinh trong tình hình mới và đề xuất giải pháp của mình, để thành phố có bước đột phá.",
			"Chính sách mới hay đang có đều được truyền thông kỹ hơn; nắm bắt dư luận xã hội mà điều chỉnh cho phù hợp.",
			"Giữ nền nếp giao ban để quyết sách được đưa ra kịp thời.",
		), 2, "Văn bản đề xuất giải pháp", "30/11/2023"),
	}
	for _, b := range bodies[4:] {
		p.meeting.invited = append(p.meeting.invited, invitee{b.Code, "Đại diện lãnh đạo"})
	}
	p.notice = papers{drafted: "2023-10-06 15:00", signed: "2023-10-09 09:00", released: "2023-10-09 15:00", number: 203}
	return p
}
