package citationtest

// plain sentences of the field, with nothing that could be taken for a document.
var plain = []string{
	"Phòng chuyên môn đã gửi dự thảo cho các sở góp ý.",
	"Công tác phối hợp giữa các ngành ngày càng chặt chẽ.",
	"Đồng chí Trưởng ban đề nghị các đơn vị nêu rõ nguyên nhân và cách khắc phục.",
	"Tình hình tư tưởng trong Nhân dân cơ bản ổn định.",
	"Một số cơ quan chưa gửi số liệu đúng hạn, gây khó cho việc tổng hợp.",
	"Đội ngũ làm công tác khoa giáo ở cơ sở phần lớn kiêm nhiệm.",
	"Hội nghị thống nhất giao Sở Y tế theo dõi vấn đề này đến khi có kết quả cuối cùng.",
	"Việc học tập nghị quyết được tổ chức theo hình thức trực tiếp kết hợp trực tuyến.",
}

// distractors look like references and are none. # is any digit, @ any year.
var distractors = []struct {
	name  string
	texts []string
}{
	{"nghị quyết đại hội", []string{
		"Cụ thể hóa Nghị quyết Đại hội XIII của Đảng và Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVII.",
		"Đảng bộ quyết tâm hoàn thành các chỉ tiêu của Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII.",
	}},
	{"nghị quyết trung ương", []string{
		"Tiếp tục thực hiện Nghị quyết Trung ương 4 (khóa XI) và Nghị quyết Trung ương 4 khóa XII về xây dựng Đảng.",
		"Gắn với việc kiểm điểm theo Nghị quyết Trung ương # (khóa XII).",
	}},
	{"khoảng năm", []string{
		"Kế hoạch giai đoạn 2021-2025 và tầm nhìn đến năm 2030 đã được phổ biến.",
		"Nhiệm kỳ 2020 – 2025, Đảng bộ có nhiều đổi mới.", "Chương trình mục tiêu quốc gia giai đoạn 2021 - 2030 được triển khai đồng bộ.",
	}},
	{"năm học", []string{"Năm học 2022-2023 toàn ngành vượt khó.", "Kế hoạch năm học 2019 - 2020 được điều chỉnh theo tình hình dịch."}},
	{"khoảng thời gian", []string{"Sau 10 năm thực hiện, nhận thức của cấp ủy được nâng lên.", "Chỉ thị ra đời đã 15 năm nhưng vẫn còn nguyên giá trị."}},
	{"phân số", []string{
		"Toàn tỉnh có 490/503 trường đạt chuẩn, 32/32 xã hoàn thành phổ cập.", "Đã đạt 15/20 chỉ tiêu, trong đó ##/## chỉ tiêu vượt kế hoạch.",
		"Chương trình đạt 18/20 chỉ tiêu; kế hoạch đạt 7/9 nội dung.",
	}},
	{"giấy phép", []string{
		"Giấy phép số 01/GP-TTĐT ngày 28 tháng 8 năm 2020.", "Trang thông tin điện tử hoạt động theo Giấy phép số ##/GP-STTTT cấp ngày 12/5/@.",
		"Giấy phép xuất bản số ###/GP-BTTTT do Cục Báo chí cấp.",
	}},
	{"điện thoại", []string{"Điện thoại: 0260.3862301; Fax: 0260. 3865464.", "Đường dây nóng 0913.###.###, gặp đồng chí trực ban.", "Số điện thoại (0258) 3 822 ###."}},
	{"tỷ lệ và số liệu", []string{
		"Tỷ lệ bao phủ bảo hiểm y tế đạt 73,76%, tăng 7,8% so với cùng kỳ.", "Có 1.915.509 lượt khám bệnh và ##.### lượt điều trị nội trú.",
		"Xử phạt 74 quyết định với số tiền 5,93 tỷ đồng.", "Trong quý đã ban hành ## kế hoạch, ## công văn và 02 báo cáo.",
	}},
	{"địa chỉ mạng", []string{
		"Góp ý gửi về hộp thư khoagiao.tinh@example.vn trước giờ làm việc.", "Tài liệu đăng tại https://tuyengiao.example.vn/van-ban/12-2022/ke-hoach-15.",
		"Xem thêm tại www.example.gov.vn/chi-thi/20/2012.",
	}},
	{"ngày đứng một mình", []string{
		"Chiều ngày 01/4/2022, Ban Tuyên giáo Tỉnh ủy họp giao ban.", "Hội nghị diễn ra ngày 12 tháng 01 năm @.", "Thứ Ba, 12/01/2021 17:53, lượt xem: ####.",
		"Ngày 28/7/@, Hội đồng nhân dân tỉnh thông qua nghị quyết về đầu tư công.",
	}},
	{"kỳ báo cáo", []string{
		"Kết quả quý 1/2022 được các sở gửi đủ.", "Nhiệm vụ quý II/2019 và 6 tháng cuối năm đã được thống nhất.", "Báo cáo tháng 9/@ phải nộp đúng hạn.",
		"Kế hoạch 9 tháng đầu năm và chương trình công tác quý III/@ còn chậm.", "Kế hoạch năm @ có ## nhiệm vụ.",
	}},
	{"dịch bệnh và tên gọi có số", []string{
		"Dịch Covid-19 làm chậm nhiều hoạt động; biến thể SARS-CoV-2 lan nhanh.", "Chương trình lớp 10 và kỳ thi vào lớp 6 được đổi mới.",
		"Đoàn khảo sát gồm 12 người, làm việc tại 5/9 huyện.", "Báo cáo dài ## trang, kèm 3 phụ lục.",
	}},
	{"quyết định chung chung", []string{
		"Các nghị quyết, chỉ thị, kết luận của Trung ương được quán triệt kịp thời.", "Quyết định của Thủ tướng Chính phủ về chuyển đổi số được phổ biến rộng rãi.",
		"Kế hoạch của Ban Thường vụ Tỉnh ủy đã được gửi ngày 05/3/@.", "Nghị định của Chính phủ và thông tư của Bộ Y tế đang được lấy ý kiến.",
	}},
	{"điều khoản", []string{"Theo khoản 2 Điều 15, cơ quan chủ trì phải trả lời.", "Mẫu số 02 và Phụ lục 3 được gửi kèm.", "Biểu số 05, cột 7 còn trống."}},
}
