package figure

import "sync"

// units of figures, the longer before the shorter. Days, months, years, ages and grades measure no result.
var units = []string{"tỷ đồng", "tỉ đồng", "triệu đồng", "nghìn đồng", "ngàn đồng", "đồng/người/năm", "nghìn tỷ đồng", "nghìn tỉ đồng", "đồng", "triệu lượt người", "triệu lượt", "triệu người", "nghìn lượt người", "nghìn lượt", "nghìn người", "lượt người", "lượt khách", "lượt", "người", "lao động", "học sinh", "sinh viên", "giáo viên", "học viên", "đại biểu", "cán bộ", "đảng viên", "trẻ em", "trẻ", "em", "cháu",
	"bác sĩ", "bác sỹ", "giường bệnh", "giường", "ca mắc", "ca tử vong", "ca bệnh", "ca", "trường hợp", "bệnh nhân", "liều", "mũi tiêm", "mũi", "hộ nghèo", "hộ gia đình", "hộ", "gia đình", "xã", "phường", "huyện", "thôn", "khu dân cư", "đơn vị", "cơ quan", "doanh nghiệp", "hợp tác xã", "trường", "lớp tập huấn", "lớp", "phòng học", "cơ sở", "trạm y tế", "trạm",
	"đề tài, dự án", "đề tài", "dự án", "nhiệm vụ", "chương trình", "đề án", "sáng kiến", "giải pháp", "mô hình", "sản phẩm", "văn bằng", "bằng sáng chế", "đơn đăng ký", "giấy phép", "hồ sơ", "văn bản", "kế hoạch", "báo cáo", "công văn", "hướng dẫn", "nghị quyết", "chỉ thị", "quyết định", "tin, bài", "tin bài", "tin", "bài viết", "bài", "phóng sự", "chuyên mục", "chuyên đề",
	"hội nghị", "cuộc kiểm tra", "cuộc", "buổi", "đoàn", "đợt", "lễ hội", "giải", "huy chương vàng", "huy chương bạc", "huy chương đồng", "huy chương", "hcv", "hcb", "hcđ", "suất quà", "suất", "phần quà", "nhà", "căn", "km2", "km²", "km", "ha", "hecta", "tấn", "m3", "m²", "kg", "tỷ", "tỉ", "vụ", "đối tượng", "mẫu", "thẻ", "điểm cầu", "điểm", "ý kiến", "lượt truy cập", "thủ tục", "dịch vụ", "máy", "bộ", "cuốn", "ấn phẩm", "cụm", "câu lạc bộ", "tổ", "chi bộ", "tổ chức", "tập thể", "cá nhân", "triệu", "nghìn", "chỉ tiêu", "tiêu chí", "vùng", "khu", "công trình"}

// unitsByFirst finds units by their first word, longest first.
var unitsByFirst = sync.OnceValue(func() map[string][]string {
	by := map[string][]string{}
	for _, u := range units {
		first, _ := NewText(u).Word(0, len(u))
		list := by[first]
		at := 0
		for at < len(list) && len(list[at]) >= len(u) {
			at++
		}
		by[first] = append(list[:at:at], append([]string{u}, list[at:]...)...)
	}
	return by
})
