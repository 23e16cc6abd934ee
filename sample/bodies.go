package sample

import (
	"giaoban/access"
	"giaoban/org"
	"giaoban/people"
)

// Mark stands on every page and paper of the sample province.
const Mark = "BẢN MẪU, SỐ LIỆU GIẢ ĐỊNH"

// Codes of the bodies of the province.
const (
	BTGTU   = "BTGTU"
	VPB     = "VPBTG"
	PKG     = "PKG"
	BCSUBND = "BCSUBND"
	SKHCN   = "SKHCN"
	SGDDT   = "SGDDT"
	SYT     = "SYT"
	SVHTT   = "SVHTT"
	STNMT   = "STNMT"
	SLDTBXH = "SLDTBXH"
	STTTT   = "STTTT"
	SNV     = "SNV"
	BHXH    = "BHXH"
	BTGNT   = "BTGNT"
	BTGNH   = "BTGNH"
	BTGDK   = "BTGDK"
)

// Programme is the chương trình phối hợp of the sample: nine parties for one term.
var Programme = struct {
	Name, Term, Basis string
	Parties           []string
}{
	Name:    "Chương trình phối hợp công tác giữa Ban Tuyên giáo Tỉnh ủy với Ban Cán sự đảng UBND tỉnh và các cơ quan quản lý nhà nước",
	Term:    "giai đoạn 2022 – 2025",
	Basis:   "Quyết định số 238-QĐ/TW của Ban Bí thư khóa XII",
	Parties: []string{BTGTU, BCSUBND, SKHCN, SGDDT, SYT, SVHTT, STNMT, SLDTBXH, STTTT},
}

// place is a body of the sample with the people who work there. The names of the people are invented.
type place struct {
	org.New
	sector string // the field it reports on; "" when it does not report
	named  string // how its reports call the district
	people []person
}

// person is one post with its account.
type person struct {
	login, name, title string
	role               access.Role
	phone              string
	signs              people.Signing // "": by the title
}

func places() []place {
	body := func(code string, kind org.Kind, name, short, symbol string, aliases ...string) org.New {
		return org.New{Code: code, Kind: kind, Name: name, ShortName: short, Symbol: symbol, Place: "Khánh Hòa",
			ValidFrom: date("2000-01-01"), Aliases: aliases}
	}
	// answering is what a body of the block answered for from the beginning.
	answering := func(n org.New, sector string, functions ...string) org.New {
		n.Sectors, n.Functions = []string{sector}, functions
		return n
	}
	// Districts were abolished from 01/7/2025, their commissions with them.
	lower := func(code, name, short, symbol string, aliases ...string) org.New {
		n := body(code, org.LowerCommission, name, short, symbol, aliases...)
		n.ValidTo, n.Basis = date("2025-06-30"), "Kết thúc hoạt động của cấp huyện từ ngày 01/7/2025"
		return n
	}
	const (
		officer, leader = access.AgencyOfficer, access.AgencyLeader
	)
	return []place{
		{New: answering(body(BTGTU, org.Commission, "Ban Tuyên giáo Tỉnh ủy", "Ban Tuyên giáo Tỉnh ủy", "BTGTU", "BTG Tỉnh ủy", "Ban TGTU", "Ban Tuyên giáo Tỉnh uỷ"), "TM", "tuyen-giao", "tham-muu"),
			people: []person{
				{"truongban", "Đinh Trọng Hoài", "Trưởng ban", access.CommissionLeader, "0258.000.0001", people.SignsAsHead},
				{"photruongban", "Lương Thị Thu Ngân", "Phó Trưởng ban", access.CommissionLeader, "0258.000.0002", people.SignsForHead},
			}},
		{New: body(VPB, org.OwnUnit, "Văn phòng Ban Tuyên giáo Tỉnh ủy", "Văn phòng Ban", "VPBTG", "VP Ban", "Văn phòng BTGTU"),
			people: []person{
				{"vanthu", "Ngô Thị Lệ Giang", "Văn thư", access.Clerk, "0258.000.0010", ""},
				{"quantri", "Kiều Đức Phong", "Chuyên viên công nghệ thông tin", access.Administrator, "0258.000.0011", ""},
			}},
		{New: body(PKG, org.OwnUnit, "Phòng Khoa giáo, Ban Tuyên giáo Tỉnh ủy", "Phòng Khoa giáo", "PKG", "Phòng KG"),
			people: []person{
				{"khoagiao", "Tạ Thị Hoài Thương", "Chuyên viên", access.CommissionOfficer, "0258.000.0020", ""},
				{"khoagiao2", "Cao Minh Đạt", "Trưởng phòng", access.CommissionOfficer, "0258.000.0021", people.SignsByOrder},
				{"baocaovien", "Hứa Bích Phượng", "Báo cáo viên cấp tỉnh", access.Speaker, "", ""},
			}},
		{New: body(BCSUBND, org.PartyCommittee, "Ban Cán sự đảng UBND tỉnh", "Ban Cán sự đảng UBND tỉnh", "BCSĐ", "BCSĐ UBND tỉnh", "Ban cán sự đảng Ủy ban nhân dân tỉnh", "Ban Cán sự UBND tỉnh"),
			people: []person{
				{"bcs", "Phùng Khắc Tú", "Chuyên viên giúp việc Ban Cán sự", officer, "0258.000.0030", ""},
				{"lanhdao.bcs", "Trịnh Bá Lộc", "Ủy viên Ban Cán sự đảng", leader, "0258.000.0031", ""},
			}},
		{New: answering(body(SKHCN, org.Department, "Sở Khoa học và Công nghệ", "Sở KH&CN", "SKHCN", "Sở KHCN", "Sở KH-CN", "Khoa học và Công nghệ"), "KH", "khoa-hoc", "so-huu-tri-tue"), sector: "KH",
			people: []person{
				{"skhcn", "Lại Thế Vinh", "Chuyên viên Văn phòng Sở", officer, "0258.000.0101", ""},
				{"lanhdao.skhcn", "Đặng Thụy Vy", "Phó Giám đốc", leader, "0258.000.0102", ""},
			}},
		{New: answering(body(SGDDT, org.Department, "Sở Giáo dục và Đào tạo", "Sở GD&ĐT", "SGDĐT", "Sở GDĐT", "Sở Giáo dục - Đào tạo", "Giáo dục và Đào tạo"), "GD", "giao-duc", "khuyen-hoc"), sector: "GD",
			people: []person{
				{"sgddt", "Chu Thị Mộc Miên", "Chuyên viên Phòng Chính trị tư tưởng", officer, "0258.000.0111", ""},
				{"lanhdao.sgddt", "Khuất Hữu Tường", "Phó Giám đốc", leader, "0258.000.0112", ""},
			}},
		{New: answering(body(SYT, org.Department, "Sở Y tế", "Sở Y tế", "SYT", "Y tế", "Ngành Y tế"), "YT", "y-te", "dan-so", "an-toan-thuc-pham"), sector: "YT",
			people: []person{
				{"syt", "Mạc Thị Ánh Tuyết", "Chuyên viên Văn phòng Sở", officer, "0258.000.0121", ""},
				{"lanhdao.syt", "Thái Doãn Kiên", "Phó Giám đốc", leader, "0258.000.0122", ""},
			}},
		{New: answering(body(SVHTT, org.Department, "Sở Văn hóa và Thể thao", "Sở VH&TT", "SVHTT", "Sở VHTT", "Sở Văn hoá và Thể thao", "Văn hóa và Thể thao"), "VH", "van-hoa", "gia-dinh", "the-thao"), sector: "VH",
			people: []person{
				{"svhtt", "Ông Thị Trúc Ly", "Chuyên viên Văn phòng Sở", officer, "0258.000.0131", ""},
				{"lanhdao.svhtt", "Giáp Văn Sơn", "Phó Giám đốc", leader, "0258.000.0132", ""},
			}},
		{New: answering(body(STNMT, org.Department, "Sở Tài nguyên và Môi trường", "Sở TN&MT", "STNMT", "Sở TNMT", "Sở Tài nguyên - Môi trường", "Tài nguyên và Môi trường"), "MT", "moi-truong", "dat-dai", "khoang-san-nuoc", "bien-doi-khi-hau"), sector: "MT",
			people: []person{
				{"stnmt", "Tôn Nữ Diệu Hằng", "Chuyên viên Văn phòng Sở", officer, "0258.000.0141", ""},
				{"lanhdao.stnmt", "Vi Quốc Trung", "Phó Giám đốc", leader, "0258.000.0142", ""},
			}},
		{New: answering(body(SLDTBXH, org.Department, "Sở Lao động - Thương binh và Xã hội", "Sở LĐTBXH", "SLĐTBXH", "Sở LĐ-TB&XH", "Lao động thương binh và xã hội", "Sở Lao động thương binh và xã hội"), "LD", "lao-dong", "an-toan-lao-dong", "nguoi-co-cong", "binh-dang-gioi", "tre-em", "bao-tro-xa-hoi",
			"te-nan-xa-hoi", "giao-duc-nghe-nghiep", "giam-ngheo", "cai-nghien"), sector: "LD",
			people: []person{
				{"sldtbxh", "Nông Thị Hạ Vi", "Chuyên viên Phòng Trẻ em", officer, "0258.000.0151", ""},
				{"lanhdao.sldtbxh", "Sầm Công Thành", "Phó Giám đốc", leader, "0258.000.0152", ""},
			}},
		{New: answering(body(STTTT, org.Department, "Sở Thông tin và Truyền thông", "Sở TT&TT", "STTTT", "Sở TTTT", "Sở Thông tin - Truyền thông", "Thông tin và Truyền thông"), "TT", "bao-chi", "chuyen-doi-so", "buu-chinh-vien-thong", "an-toan-thong-tin"), sector: "TT",
			people: []person{
				{"stttt", "La Gia Bách", "Chuyên viên Phòng Thông tin", officer, "0258.000.0161", ""},
				{"lanhdao.stttt", "Quách Thị Tâm Đan", "Phó Giám đốc", leader, "0258.000.0162", ""},
			}},
		{New: answering(body(SNV, org.Department, "Sở Nội vụ", "Sở Nội vụ", "SNV", "Nội vụ"), "NV", "to-chuc-bo-may", "ton-giao"), sector: "NV",
			people: []person{
				{"snv", "Diệp Thị Khánh Hân", "Chuyên viên Văn phòng Sở", officer, "0258.000.0171", ""},
				{"lanhdao.snv", "Ninh Thế Cường", "Phó Giám đốc", leader, "0258.000.0172", ""},
			}},
		{New: answering(body(BHXH, org.Agency, "Bảo hiểm xã hội tỉnh", "BHXH tỉnh", "BHXH", "Bảo hiểm xã hội", "BHXH tỉnh Khánh Hòa"), "BH", "bao-hiem"), sector: "BH",
			people: []person{
				{"bhxh", "Văn Thị Yên Chi", "Chuyên viên Phòng Truyền thông", officer, "0258.000.0181", ""},
				{"lanhdao.bhxh", "Từ Hoàng Duy", "Phó Giám đốc", leader, "0258.000.0182", ""},
			}},
		{New: lower(BTGNT, "Ban Tuyên giáo Thành ủy Nha Trang", "BTG Thành ủy Nha Trang", "BTGThU", "Ban Tuyên giáo Nha Trang"), sector: "CS", named: "thành phố Nha Trang",
			people: []person{
				{"btgnt", "Hoa Minh Triết", "Chuyên viên", officer, "0258.000.0191", ""},
				{"lanhdao.btgnt", "Âu Thị Mỹ Dung", "Phó Trưởng ban", leader, "0258.000.0192", ""},
			}},
		{New: lower(BTGNH, "Ban Tuyên giáo Thị ủy Ninh Hòa", "BTG Thị ủy Ninh Hòa", "BTGThU", "Ban Tuyên giáo Ninh Hoà"), sector: "CS", named: "thị xã Ninh Hòa",
			people: []person{
				{"btgnh", "Lục Thị Cẩm Nhung", "Chuyên viên", officer, "0258.000.0201", ""},
				{"lanhdao.btgnh", "Thạch Ngọc Sang", "Trưởng ban", leader, "0258.000.0202", ""},
			}},
		{New: lower(BTGDK, "Ban Tuyên giáo Huyện ủy Diên Khánh", "BTG Huyện ủy Diên Khánh", "BTGHU", "Ban Tuyên giáo Diên Khánh"), sector: "CS", named: "huyện Diên Khánh",
			people: []person{
				{"btgdk", "Uông Thị Hồng Gấm", "Chuyên viên", officer, "0258.000.0211", ""},
				{"lanhdao.btgdk", "Doãn Tiến Lực", "Trưởng ban", leader, "0258.000.0212", ""},
			}},
	}
}

// Monthly and Quarterly are the codes of the two regimes.
const (
	Monthly   = "kg-thang"
	Quarterly = "kg-quy"
)

// reportersOf lists the bodies that report under a regime: the lower commissions report by the quarter only.
func reportersOf(regime string) []string {
	var codes []string
	for _, p := range places() {
		if p.sector != "" && (regime == Quarterly || p.Kind != org.LowerCommission) {
			codes = append(codes, p.Code)
		}
	}
	return codes
}
