package citation

// A name of a body is read piece by piece. Each piece of this table says what it may do.
const (
	head   = 1 << iota // may begin a name
	opens              // another name may follow: Chủ tịch | UBND tỉnh
	part               // continues a name: Giáo dục
	soft               // may be written small inside a name: tỉnh
	small              // may begin a name though written small: ban thường vụ
	place              // a place's name follows: tỉnh Khánh Hòa
	ends               // nothing but the Party, the country or a term follows: Bộ Chính trị
	joins              // its fields are joined by commas, dashes and "và": Bộ Giáo dục và Đào tạo
	counts             // a number may follow: Ban Chỉ đạo 35
	finely             // its fields may be written small: Cục Quản lý môi trường y tế
	serves             // its purpose may follow, written small: Ban Chỉ đạo phòng, chống dịch
)

// names are the pieces: grammar of the names, not a list of bodies.
var names = func() *phrases {
	p := newPhrases()
	add := func(class int, pieces ...string) {
		for _, s := range pieces {
			p.addClass(s, class)
		}
	}
	add(head|ends|small, "Bộ Chính trị", "Ban Bí thư", "Thủ tướng Chính phủ", "Thủ tướng", "Chính phủ")
	add(head|part|ends|small|soft, "Quốc hội")
	add(head|ends, "BCT", "BBT", "Chủ tịch nước", "Tổng Bí thư", "Nhà nước", "Chủ tịch Quốc hội")
	add(head|opens|small, "Ban Chấp hành", "Ban Thường vụ", "Ban cán sự đảng", "Ban cán sự", "Đảng đoàn", "Thường trực", "Ban Thường trực")
	add(head|opens, "Thường vụ", "BCH", "BTV", "BCHTW", "BCHTƯ", "BTVTU", "Trưởng Ban", "Trưởng ban", "Chủ tịch", "Bộ trưởng", "Thống đốc", "Chánh án", "Viện trưởng", "Tổng cục trưởng", "Giám đốc",
		"Chủ nhiệm", "Văn phòng", "Thanh tra", "Phó Thủ tướng", "Đoàn Chủ tịch", "Bí thư", "Liên ngành", "Liên bộ", "Hiệu trưởng", "Cục trưởng", "Tổng Giám đốc",
		"Phó Chủ tịch", "Thứ trưởng", "Tổng Thanh tra", "Tổng Kiểm toán", "Phòng", "Tổ", "Trung tâm", "Chánh Văn phòng", "Ban Chủ nhiệm")
	add(head|opens|place|small|soft|part, "Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy", "Đảng ủy", "Đảng bộ", "Chi bộ", "Chi ủy", "Quân ủy")
	add(head|opens|place|small|soft|part, "Ủy ban nhân dân", "Hội đồng nhân dân", "UBND", "HĐND", "UB MTTQ", "MTTQ", "UBMTTQ", "HĐND và UBND")
	add(head|opens|joins|counts, "Ban", "Ủy ban", "Hội đồng", "Tiểu ban", "Ban Tổ chức", "Ban Chỉ huy", "Ban Quản lý", "Ban Chủ nhiệm", "Ban Biên tập")
	add(head|opens|joins|counts|serves, "Ban Chỉ đạo", "Ban chỉ đạo", "Trưởng Ban Chỉ đạo", "Trưởng ban Chỉ đạo", "BCĐ", "Tổ công tác")
	add(head|joins, "Bộ", "Sở", "Tổng cục", "Cục", "Vụ", "Viện", "Học viện", "Trường", "Đại học", "Hội", "Đoàn", "Liên đoàn", "Tổng Liên đoàn", "Liên hiệp",
		"Liên minh", "Kho bạc", "Ngân hàng", "Tòa án", "Viện Kiểm sát", "Kiểm toán", "Bộ Tư lệnh", "Bộ Chỉ huy", "Tổng công ty", "Tập đoàn", "Công ty", "Chi cục",
		"Bảo hiểm", "BHXH", "Công an", "Quân khu", "Quân chủng", "Bệnh viện", "Báo", "Đài", "Tạp chí", "Hiệp hội", "Nhà xuất bản", "Đảng", "Mặt trận", "LĐLĐ", "Thông tấn xã")
	add(head|opens|part|soft|ends|small, "Trung ương Đảng", "Trung ương", "TW Đảng", "TW", "T.Ư")
	add(head|joins, "Bảo hiểm xã hội", "Mặt trận Tổ quốc", "Kho bạc Nhà nước", "Viện Kiểm sát nhân dân", "Tòa án nhân dân")
	add(head|joins|finely, "Cục", "Vụ", "Chi cục", "Tổng cục", "Viện", "Phòng", "Trung tâm", "Ban Quản lý", "Cục trưởng")
	add(head|opens|joins|part|soft, "Trung ương Đoàn", "Trung ương Hội", "Trung ương MTTQ", "TW Đoàn", "TW Hội")
	add(head|opens, "Đại hội")
	// Levels and places.
	add(part|soft|place, "tỉnh", "thành phố", "TP", "huyện", "quận", "thị xã", "thị trấn", "xã", "phường", "đặc khu", "cấp tỉnh", "cấp huyện", "cấp xã", "khu vực")
	add(part|soft, "nhân dân", "cán sự đảng", "đảng", "nhà nước", "quốc gia", "tối cao", "cơ sở", "chuyên trách", "lâm thời", "toàn quốc", "cấp cao", "liên ngành", "công lập", "chuyên nghiệp")
	add(part|soft|joins|opens, "Khối các cơ quan và doanh nghiệp", "Khối các cơ quan", "Khối các trường", "Khối doanh nghiệp", "Khối", "các cơ quan", "các cơ quan Đảng", "các tổ chức", "đại biểu")
	// Fields.
	for _, f := range fields {
		p.addClass(f, part)
	}
	return p
}()

// fields are what ministries, departments and commissions answer for, one piece each.
var fields = []string{"Chấp hành", "Thường vụ", "Chính trị", "Tuyên giáo", "Dân vận", "Tổ chức", "Nội chính", "Kiểm tra", "Kinh tế", "Đối ngoại",
	"Giáo dục", "Đào tạo", "Y tế", "Khoa học", "Công nghệ", "Kỹ thuật", "Văn hóa", "Thể thao", "Du lịch", "Thể dục", "Gia đình", "Lao động", "Thương binh", "Xã hội",
	"Thông tin", "Truyền thông", "Tài nguyên", "Môi trường", "Nông nghiệp", "Phát triển", "nông thôn", "Nông thôn", "Kế hoạch", "Đầu tư", "Tài chính", "Tư pháp",
	"Nội vụ", "Ngoại vụ", "Ngoại giao", "Quốc phòng", "Công an", "Công Thương", "Công nghiệp", "Thương mại", "Xây dựng", "Giao thông", "vận tải", "Vận tải",
	"Dân tộc", "Tôn giáo", "Thanh tra", "Bảo hiểm xã hội", "Bảo hiểm", "xã hội", "Mặt trận Tổ quốc", "Tổ quốc", "Phụ nữ", "Nông dân", "Cựu chiến binh", "Thanh niên",
	"Cộng sản", "Khuyến học", "Đông y", "Chữ thập đỏ", "Luật gia", "Nhà báo", "Nhà văn", "Văn học", "Nghệ thuật", "Lý luận", "Cán sự đảng", "Hồ Chí Minh", "Việt Nam",
	"Chính sách", "chiến lược", "Chiến lược", "Đảng", "Đảng viên", "Thi đua", "Khen thưởng", "Phòng", "chống", "tham nhũng", "lãng phí", "tiêu cực", "Dân số", "Kế hoạch hóa",
	"Trẻ em", "Bình đẳng giới", "An toàn", "giao thông", "Phối hợp", "phổ biến", "giáo dục", "pháp luật", "Pháp luật", "Chuyển đổi số", "Cải cách hành chính",
	"Kiểm sát", "Quân sự", "Biên phòng", "Bộ đội", "Thống kê", "Hải quan", "Thuế", "Kho bạc", "Nhà nước", "Nhà giáo", "Giáo dục nghề nghiệp", "Việc làm", "An toàn thực phẩm",
	"Quản lý", "Khu kinh tế", "Khu công nghiệp", "khu kinh tế", "khu công nghiệp", "Dân quân", "Xuất bản", "Báo chí", "Lịch sử", "Hàn lâm", "Tổng hợp", "Sinh viên", "Công đoàn",
	"Công chức", "Tham mưu", "Hậu cần", "Bí thư", "Kiểm lâm", "Dược", "Y học", "dự phòng", "Khám", "chữa bệnh", "Điều dưỡng", "Thú y", "Thủy sản", "Thủy lợi", "Dự trữ",
	"Sở hữu trí tuệ", "Tiêu chuẩn", "Đo lường", "chất lượng", "Chất lượng", "Nhân dân", "Trung ương", "Quốc gia", "Ngân sách", "Đô thị", "Trường học", "Hành chính", "Chuyên trách",
	"Xây dựng Đảng", "Chỉ đạo", "Chủ nghĩa", "xã hội chủ nghĩa", "Thành phố", "Tỉnh", "Huyện", "Liên hiệp", "Các", "các Hội", "Hội", "Tối cao"}

// peoples and persons before a body make the sentence speak of a person: "Trưởng Ban Tuyên giáo", "đồng chí Chủ tịch".
var persons = set("trưởng", "phó", "viên", "chí", "ông", "bà", "đốc", "chánh", "với", "cùng", "lãnh", "đạo")

// stops never continue a name: verbs and small words of the sentence.
var stops = set("về", "của", "đã", "đang", "sẽ", "và", "là", "có", "cho", "để", "với", "trong", "tại", "trên", "theo", "từ", "đến", "do", "bằng", "ban", "triển",
	"tổ", "quy", "yêu", "chỉ", "hướng", "phê", "quán", "nhằm", "khi", "như", "cũng", "được", "bị", "phải", "cần", "nêu", "gồm", "thì", "mà", "này", "đó", "nói", "nhất",
	"gắn", "một", "các", "những", "mỗi", "vừa", "vẫn", "ra", "ký", "thông", "công", "giao", "đề", "đối", "đạt", "vào", "qua", "gắn", "tới", "lên", "xuống", "sau", "trước",
	"ngày", "tháng", "năm", "khóa", "nhiệm", "lần", "thứ", "không", "chưa", "còn", "rất", "thuộc", "đồng", "tiếp", "tập", "tăng", "thực", "xây", "phối", "chủ", "tham", "giúp",
	"liên", "quan", "kèm", "nay", "bởi", "vì", "nên", "hay", "hoặc", "rằng", "tham", "dự", "gửi", "lãnh", "luôn", "kịp", "đúng", "nghiêm", "đưa", "mới", "hết", "quyết", "bãi",
	"sửa", "bổ", "thay", "số", "khẳng", "xác", "đánh", "nhận", "giải", "thống", "đảm", "bảo", "tạo", "làm", "trình", "cùng", "đẩy", "khai", "hằng", "hàng", "nhân", "bước")
