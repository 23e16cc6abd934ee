package story

import (
	"fmt"

	"giaoban/directive"
	"giaoban/org"
)

// konTum2021 is the look back of 12/10/2021 on the programme of coordination of 2017 to 2021, sector by sector, with the tasks of the years
// until 2025. Its page tells of no conference, of no number of the programme and of no single year: the years are the play's.
func konTum2021() plot {
	const place = "Kon Tum"
	bodies := append(office("Ban Tuyên giáo Tỉnh ủy", place, [6]string{"A Kông Thiên Lập", "Y Phương Dung", "Đinh Thị Thu Hoài", "Siu Quốc Khải",
		"Rơ Mah Thị Loan", "Ngô Trần Đăng Lưu"}),
		reporting(place, "SGDDT", org.Department, "Sở Giáo dục và Đào tạo", "Sở GD&ĐT", "GD", "Y Thị Hồng Sen", "Kpă Văn Trí", "Giám đốc"),
		reporting(place, "SKHCN", org.Department, "Sở Khoa học và Công nghệ", "Sở KH&CN", "KH", "Phạm Vũ Thục Anh", "Đồng Quốc Hưng", "Giám đốc"),
		reporting(place, "SYT", org.Department, "Sở Y tế", "Sở Y tế", "YT", "Lê Phan Nhã Ca", "Trịnh Công Bảo", "Giám đốc"),
		reporting(place, "SVHTTDL", org.Department, "Sở Văn hóa, Thể thao và Du lịch", "Sở VHTTDL", "VH", "Y Bích Ngân", "A Tuấn Hùng", "Giám đốc"),
		reporting(place, "SLDTBXH", org.Department, "Sở Lao động - Thương binh và Xã hội", "Sở LĐTBXH", "LD", "Vương Thị Kim Chi", "Từ Ngọc Thạch", "Giám đốc"),
		reporting(place, "STNMT", org.Department, "Sở Tài nguyên và Môi trường", "Sở TN&MT", "MT", "Mạc Thị Diễm", "Chế Viết Thành", "Giám đốc"))

	c := cooperation{entered: "2021-08-03 09:00", old: "2021-08-10 14:00", confirmed: "2021-08-12 09:00", renewed: "2021-09-20 10:00",
		term: "2017..2021", next: "2021..2025",
		parties: []string{"SGDDT", "SKHCN", "SYT", "SVHTTDL", "SLDTBXH", "STNMT"},
		frame:   "Phối hợp chặt chẽ trong chỉ đạo, triển khai việc hai bên đã ký.\nHằng năm Ban hướng dẫn, các ngành báo cáo, đánh giá kết quả phối hợp.",
		lines: linesBySector(
			[2]string{"GD", "Hướng dẫn, tuyên truyền đổi mới giáo dục theo Nghị quyết số 29-NQ/TW, ngày 04/11/2013 của Ban Chấp hành Trung ương khóa XI; chủ trì: SGDDT; thời gian: hằng năm\n" +
				"Bồi dưỡng chính trị hè cho cán bộ quản lý, giáo viên; chủ trì: SGDDT; thời gian: hằng năm"},
			[2]string{"KH", "Phổ biến Nghị quyết số 20-NQ/TW, ngày 01/11/2012 của Ban Chấp hành Trung ương khóa XI về khoa học và công nghệ; chủ trì: SKHCN; thời gian: hằng năm\n" +
				"Tuyên truyền ứng dụng công nghệ sinh học, nông nghiệp công nghệ cao; chủ trì: SKHCN; thời gian: hằng năm"},
			[2]string{"YT", "Giáo dục chính trị, y đức cho đội ngũ y, bác sĩ, nhân viên y tế; chủ trì: SYT; thời gian: hằng năm\n" +
				"Thông tin, tuyên truyền phòng, chống dịch bệnh, nhất là Covid-19; chủ trì: SYT; thời gian: hằng năm"},
			[2]string{"VH", "Bảo vệ nền tảng tư tưởng của Đảng, phản bác thông tin xấu, độc trên lĩnh vực văn hóa; chủ trì: SVHTTDL; thời gian: hằng năm\n" +
				"Quản lý hoạt động lễ hội, phát triển văn hóa đọc trong cộng đồng; chủ trì: SVHTTDL; thời gian: hằng năm"},
			[2]string{"LD", "Tuyên truyền thực hiện Chỉ thị số 20-CT/TW, ngày 05/11/2012 của Bộ Chính trị về trẻ em; chủ trì: SLDTBXH; thời gian: hằng năm\n" +
				"Dạy nghề cho lao động nông thôn theo Chỉ thị số 19-CT/TW, ngày 05/11/2012 của Ban Bí thư; chủ trì: SLDTBXH; thời gian: hằng năm"},
			[2]string{"MT", "Định hướng, tuyên truyền việc giải quyết tranh chấp đất đai, khai thác khoáng sản trái phép; chủ trì: STNMT; thời gian: hằng năm\n" +
				"Vận động toàn dân tham gia bảo vệ môi trường, giảm ô nhiễm môi trường; chủ trì: STNMT; thời gian: hằng năm"}),
		tasks: "Chung\nPhối hợp thực hiện mục tiêu về khoa giáo của Nghị quyết Đại hội XIII của Đảng và Nghị quyết Đại hội XVI Đảng bộ tỉnh\n" +
			"Tham mưu Thường trực, Ban Thường vụ Tỉnh ủy sơ kết, tổng kết các chỉ thị, nghị quyết về khoa giáo giai đoạn 2021 - 2025\n" +
			"Cập nhật, trao đổi thông tin, nắm chắc thực tiễn để tham mưu cấp ủy kịp thời\n" +
			"Tăng cường kiểm tra, giám sát việc thực hiện chỉ thị, nghị quyết, chính sách, pháp luật về khoa giáo\n" +
			"Cung cấp tài liệu, tập huấn, bồi dưỡng nghiệp vụ cho báo cáo viên, tuyên truyền viên và cán bộ tuyên giáo của các ngành\n" +
			"Duy trì chế độ báo cáo hằng tháng, hằng quý\n" +
			"Cung cấp thông tin hai chiều về vấn đề nóng, nhạy cảm mà báo chí phản ánh, dư luận quan tâm\n" +
			"Phối hợp lập đoàn khảo sát nắm tình hình, phát hiện sớm vấn đề nổi cộm",
		review: papers{drafted: "2021-10-04 09:00", signed: "2021-10-06 15:00", released: "2021-10-07 08:30", number: 86},
	}
	words := map[string][2]string{
		"GD": {"Tuyên truyền đổi mới giáo dục theo Nghị quyết số 29-NQ/TW tới cán bộ, giáo viên, học sinh, sinh viên.", "Mở lớp bồi dưỡng chính trị hè cho cán bộ quản lý, giáo viên trong tỉnh."},
		"KH": {"Phổ biến Nghị quyết số 20-NQ/TW, ngày 01/11/2012 và kết quả khoa học phục vụ sản xuất.", "Giới thiệu mô hình nông nghiệp công nghệ cao, ứng dụng công nghệ sinh học trong trồng trọt."},
		"YT": {"Giáo dục chính trị, y đức cho đội ngũ y, bác sĩ ở tuyến tỉnh và tuyến xã.", "Thông tin, tuyên truyền phòng, chống dịch bệnh tới từng thôn, làng."},
		"VH": {"Phản bác thông tin xấu, độc, bảo vệ nền tảng tư tưởng của Đảng trên lĩnh vực văn hóa.", "Nền nếp trong quản lý hoạt động lễ hội; phong trào văn hóa đọc lan tới cộng đồng."},
		"LD": {"Truyền thông Chỉ thị số 20-CT/TW tới cấp ủy, chính quyền cơ sở.", "Gắn dạy nghề cho lao động nông thôn theo Chỉ thị số 19-CT/TW với xây dựng nông thôn mới."},
		"MT": {"Định hướng tuyên truyền khi có tranh chấp đất đai, khai thác khoáng sản trái phép.", "Vận động toàn dân tham gia bảo vệ môi trường ở khu dân cư."},
	}
	for year := 2017; year <= 2021; year++ {
		for _, code := range []string{"GD", "KH", "YT", "VH", "LD", "MT"} {
			c.years = append(c.years, oldYear{year, code, fmt.Sprintf("Báo cáo công tác khoa giáo năm %d", year), words[code][year%2] + "\n" + words[code][(year+1)%2]})
		}
	}
	return plot{name: "kon-tum-2021", begin: "2021-08-02 08:30", province: "tỉnh Kon Tum", superior: "TỈNH ỦY KON TUM", bodies: bodies, cooperation: c,
		documents: []document{
			{New: directive.New{Type: "Nghị quyết", Symbol: "29-NQ/TW", Date: date("2013-11-04"), Issuer: "Ban Chấp hành Trung ương", Term: "XI", Sectors: "GD", Subject: "về đổi mới căn bản, toàn diện giáo dục và đào tạo"}},
			{New: directive.New{Type: "Nghị quyết", Symbol: "20-NQ/TW", Date: date("2012-11-01"), Issuer: "Ban Chấp hành Trung ương", Term: "XI", Sectors: "KH", Subject: "về phát triển khoa học và công nghệ"}},
			{New: directive.New{Type: "Chỉ thị", Symbol: "20-CT/TW", Date: date("2012-11-05"), Issuer: "Bộ Chính trị", Sectors: "LD", Subject: "về chăm sóc, giáo dục và bảo vệ trẻ em"}},
			{New: directive.New{Type: "Chỉ thị", Symbol: "19-CT/TW", Date: date("2012-11-05"), Issuer: "Ban Bí thư", Sectors: "LD", Subject: "về dạy nghề cho lao động nông thôn"}},
		}}
}
