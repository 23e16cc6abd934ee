package citation

import "strings"

// provinces are the names of provinces and cities before and after 01/7/2025 (Nghị quyết 202/2025/QH15): after them a
// body's name is whole, and what follows with a capital is a person or another sentence.
var provinces = newSetOfPhrases(strings.Split("An Giang|Bà Rịa - Vũng Tàu|Bà Rịa Vũng Tàu|Bạc Liêu|Bắc Kạn|Bắc Giang|Bắc Ninh|Bến Tre|Bình Dương|Bình Định|"+
	"Bình Phước|Bình Thuận|Cà Mau|Cao Bằng|Cần Thơ|Đà Nẵng|Đắk Lắk|Đắk Nông|Điện Biên|Đồng Nai|Đồng Tháp|Gia Lai|Hà Giang|Hà Nam|Hà Nội|Hà Tĩnh|"+
	"Hải Dương|Hải Phòng|Hậu Giang|Hòa Bình|Hưng Yên|Khánh Hòa|Kiên Giang|Kon Tum|Lai Châu|Lạng Sơn|Lào Cai|Lâm Đồng|Long An|Nam Định|Nghệ An|"+
	"Ninh Bình|Ninh Thuận|Phú Thọ|Phú Yên|Quảng Bình|Quảng Nam|Quảng Ngãi|Quảng Ninh|Quảng Trị|Sóc Trăng|Sơn La|Tây Ninh|Thái Bình|Thái Nguyên|"+
	"Thanh Hóa|Thừa Thiên Huế|Tiền Giang|Hồ Chí Minh|Trà Vinh|Tuyên Quang|Vĩnh Long|Vĩnh Phúc|Yên Bái|Huế|Đắc Lắc|Đăk Lăk|Đắc Nông|Đăk Nông", "|")...)
