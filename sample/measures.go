package sample

import (
	"giaoban/internal/decimal"
	"giaoban/report"
)

// measure is an indicator of the sample with the way its figures move: base is the figure of one period of one body at
// the beginning, yearly its growth, season the name of a yearly pattern, wave how strongly the epidemic bends it, noise
// the share of chance. given lists the figures one by one where no pattern would be believable.
type measure struct {
	report.Indicator
	monthly bool
	base    float64
	yearly  float64
	season  string
	wave    float64
	noise   float64
	given   []float64
	over    float64 // the total or target typed behind the slash: 490/503
	guess   bool    // the agency reports an estimate in the running quarter
}

// coordination is the field in which the commission writes for itself; no agency reports on it.
var coordination = report.Sector{Code: "TM", Name: "Công tác tham mưu, phối hợp"}

var sectors = []report.Sector{
	{Code: "YT", Name: "Y tế, chăm sóc sức khỏe Nhân dân"},
	{Code: "GD", Name: "Giáo dục và đào tạo"},
	{Code: "KH", Name: "Khoa học và công nghệ"},
	{Code: "VH", Name: "Văn hóa, thể thao"},
	{Code: "MT", Name: "Tài nguyên và môi trường"},
	{Code: "LD", Name: "Lao động, người có công, xã hội và trẻ em"},
	{Code: "TT", Name: "Thông tin, truyền thông và chuyển đổi số"},
	{Code: "NV", Name: "Đội ngũ và tổ chức bộ máy làm công tác khoa giáo"},
	{Code: "BH", Name: "Bảo hiểm xã hội, bảo hiểm y tế"},
	{Code: "CS", Name: "Công tác khoa giáo ở cơ sở"},
}

func outline(regime string) report.Outline {
	monthly := regime == Monthly
	o := report.Outline{AskFar: true}
	if !monthly {
		o.Sectors = append(o.Sectors, coordination)
	}
	for _, s := range sectors {
		if !monthly || s.Code != "CS" {
			o.Sectors = append(o.Sectors, s)
		}
	}
	codes := report.SectionCodes
	if monthly {
		codes = []string{report.SectionResults, report.SectionDifficulties, report.SectionNextTasks, report.SectionProposals}
	}
	for _, code := range codes {
		o.Sections = append(o.Sections, report.Section{Code: code, Name: report.SectionName(code)})
	}
	for _, m := range measures {
		if m.monthly == monthly {
			o.Indicators = append(o.Indicators, m.Indicator)
		}
	}
	if monthly {
		o.Rules = []report.Rule{{Kind: report.PartAtMostTotal, Total: "TT03", Parts: []string{"TT01"}}}
	} else {
		o.Rules = []report.Rule{
			{Kind: report.PartAtMostTotal, Total: "GD12", Parts: []string{"GD11"}},
			{Kind: report.PartAtMostTotal, Total: "YT14", Parts: []string{"YT15"}},
			{Kind: report.PartAtMostTotal, Total: "LD12", Parts: []string{"LD11"}},
			{Kind: report.PartsEqualTotal, Total: "VH17", Parts: []string{"VH15", "VH18"}},
		}
	}
	return o
}

// ind makes an indicator that is typed.
func ind(code, name, unit string, decimals int, how report.Aggregation, better report.Direction) report.Indicator {
	return report.Indicator{Code: code, Name: name, Sector: code[:2], Unit: unit, Decimals: decimals, Aggregation: how,
		Direction: better, Fraction: report.NoFraction}
}

// share makes an indicator that is computed.
func share(code, name, unit string, decimals int, better report.Direction, numerator, denominator string, factor int64) report.Indicator {
	i := ind(code, name, unit, decimals, report.Ratio, better)
	i.Numerator, i.Denominator, i.Factor = numerator, denominator, factor
	return i
}

func aim(i report.Indicator, target string) report.Indicator {
	v, err := decimal.Parse(target, i.Decimals)
	if err != nil {
		panic("sample: " + i.Code + ": " + err.Error())
	}
	i.Target = &v
	return i
}

func ask(i report.Indicator, meaning report.Fraction) report.Indicator {
	i.Fraction = meaning
	return i
}

func warn(i report.Indicator, percent int) report.Indicator {
	i.Warn = percent
	return i
}

const (
	sum, last, mean  = report.Sum, report.Last, report.Average
	up, down, either = report.Higher, report.Lower, report.NoDirection
)

// measures are the indicators of both forms: first those reported by the month, then those of the quarter.
var measures = []measure{
	{Indicator: warn(ind("YT01", "Lượt khám bệnh", "lượt", 0, sum, either), 60), monthly: true, base: 150800, yearly: 0.078, season: "clinic", wave: -0.34, noise: 0.03},
	{Indicator: ind("YT02", "Lượt người bệnh điều trị nội trú", "lượt", 0, sum, either), monthly: true, base: 10150, yearly: -0.029, season: "clinic", wave: -0.28, noise: 0.03},
	{Indicator: ind("YT03", "Mũi vắc xin COVID-19 đã tiêm", "mũi", 0, sum, up), monthly: true,
		given: []float64{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1260, 5840, 9120, 31450, 128730, 402160, 468900, 391240, 214380, 176520, 231870, 168340, 97610}},
	{Indicator: ind("YT04", "Ca mắc COVID-19 ghi nhận", "ca", 0, sum, down), monthly: true,
		given: []float64{4, 0, 0, 0, 1, 0, 0, 1, 2, 3, 1, 0, 0, 3, 118, 1204, 4632, 2875, 1560, 6840, 21730, 16420, 22950, 30310}},
	{Indicator: ind("GD01", "Học sinh bỏ học", "em", 0, sum, down), monthly: true, base: 58, yearly: -0.08, season: "tet", noise: 0.12},
	{Indicator: ind("GD02", "Lượt giáo viên dự bồi dưỡng", "lượt", 0, sum, up), monthly: true, base: 930, yearly: 0.10, season: "school", noise: 0.15},
	{Indicator: ind("KH01", "Nhiệm vụ khoa học và công nghệ được thẩm định", "nhiệm vụ", 0, sum, up), monthly: true, base: 4.4, yearly: 0.05, wave: -0.4, noise: 0.3},
	{Indicator: ind("KH02", "Đơn đăng ký sở hữu công nghiệp", "đơn", 0, sum, up), monthly: true, base: 19, yearly: 0.09, wave: -0.3, noise: 0.2},
	{Indicator: ind("VH01", "Buổi biểu diễn, chiếu phim phục vụ Nhân dân", "buổi", 0, sum, up), monthly: true, base: 96, yearly: 0.02, season: "tet", wave: -0.82, noise: 0.08},
	{Indicator: ind("VH02", "Lượt người đến thư viện, bảo tàng", "lượt", 0, sum, up), monthly: true, base: 21400, yearly: 0.04, season: "summer", wave: -0.86, noise: 0.06},
	{Indicator: ind("MT01", "Báo cáo đánh giá tác động môi trường được thẩm định", "báo cáo", 0, sum, either), monthly: true, base: 5.4, yearly: 0.04, wave: -0.3, noise: 0.25},
	{Indicator: ind("MT02", "Quyết định xử phạt về môi trường", "quyết định", 0, sum, either), monthly: true, base: 6.3, yearly: 0.02, wave: -0.4, noise: 0.25},
	{Indicator: ind("MT03", "Số tiền phạt về môi trường", "tỷ đồng", 2, sum, either), monthly: true, base: 0.494, yearly: 0.03, wave: -0.4, noise: 0.22},
	{Indicator: ind("LD01", "Lao động được giải quyết việc làm", "người", 0, sum, up), monthly: true, base: 2480, yearly: 0.02, season: "work", wave: -0.55, noise: 0.05},
	{Indicator: aim(ind("LD02", "Lao động được tuyển mới đào tạo nghề", "người", 0, sum, up), "24000"), monthly: true, base: 2002, yearly: 0.01, season: "school", wave: -0.5, noise: 0.06},
	{Indicator: warn(ind("LD03", "Lượt người khó khăn do dịch được hỗ trợ", "lượt", 0, sum, either), 900), monthly: true,
		given: []float64{61200, 34800, 8200, 2100, 4300, 1900, 1200, 5400, 2600, 900, 1100, 800, 700, 1300, 8900, 96400, 214700, 187300, 88200, 41600, 23500, 18900, 12400, 9700}},
	{Indicator: ind("TT01", "Hồ sơ nộp trực tuyến mức độ 3, 4", "hồ sơ", 0, sum, up), monthly: true, base: 11600, yearly: 0.92, wave: 0.25, noise: 0.04},
	{Indicator: share("TT02", "Tỷ lệ hồ sơ nộp trực tuyến", "%", 1, up, "TT01", "TT03", 100), monthly: true},
	{Indicator: ind("TT03", "Tổng số hồ sơ thủ tục hành chính tiếp nhận", "hồ sơ", 0, sum, either), monthly: true, base: 58300, yearly: 0.03, wave: -0.22, noise: 0.03},
	{Indicator: ind("TT04", "Tin, bài về khoa giáo trên báo, đài, trang thông tin", "tin, bài", 0, sum, up), monthly: true, base: 214, yearly: 0.06, wave: 0.45, noise: 0.07},
	{Indicator: ind("BH01", "Người có thẻ bảo hiểm y tế", "người", 0, last, up), monthly: true, base: 905800, yearly: 0.013, noise: 0.001},
	{Indicator: ind("BH02", "Chi khám chữa bệnh bảo hiểm y tế", "tỷ đồng", 2, sum, either), monthly: true, base: 92.4, yearly: 0.05, season: "clinic", wave: -0.3, noise: 0.03},
	{Indicator: ind("NV01", "Lượt cán bộ, công chức, viên chức được bồi dưỡng", "lượt", 0, sum, up), monthly: true, base: 310, yearly: 0.08, season: "school", wave: -0.6, noise: 0.15},

	{Indicator: ind("YT11", "Số bác sĩ", "người", 0, last, up), base: 861, yearly: 0.026, noise: 0.001},
	{Indicator: ind("YT12", "Dân số bình quân", "người", 0, last, either), base: 1240300, yearly: 0.006},
	{Indicator: aim(share("YT13", "Bác sĩ trên một vạn dân", "bác sĩ", 1, up, "YT11", "YT12", 10000), "6.2")},
	{Indicator: ind("YT14", "Trẻ dưới 5 tuổi được cân, đo", "trẻ", 0, last, up), base: 88400, yearly: 0.004, noise: 0.004},
	{Indicator: ind("YT15", "Trẻ dưới 5 tuổi suy dinh dưỡng thể nhẹ cân", "trẻ", 0, last, down), base: 18320, yearly: -0.016, noise: 0.004},
	{Indicator: aim(share("YT16", "Tỷ lệ trẻ dưới 5 tuổi suy dinh dưỡng", "%", 1, down, "YT15", "YT14", 100), "20.0")},
	{Indicator: ask(ind("YT17", "Trạm y tế xã đạt tiêu chí quốc gia", "trạm", 0, last, up), report.PartTotal), base: 129, yearly: 0.02, over: 139},
	{Indicator: aim(ind("YT18", "Trẻ dưới 1 tuổi tiêm chủng đầy đủ", "%", 1, mean, up), "95.0"), base: 94.9, wave: -0.06, noise: 0.006, guess: true},
	{Indicator: ask(ind("GD11", "Trường đạt chuẩn quốc gia", "trường", 0, last, up), report.PartTotal), base: 471, yearly: 0.023, over: 503},
	{Indicator: ind("GD12", "Tổng số trường", "trường", 0, last, either), base: 503},
	{Indicator: aim(share("GD13", "Tỷ lệ trường đạt chuẩn quốc gia", "%", 1, up, "GD11", "GD12", 100), "97.0")},
	{Indicator: ask(ind("GD14", "Xã, phường, thị trấn đạt chuẩn phổ cập giáo dục", "đơn vị", 0, last, up), report.PartTotal), base: 139, over: 139},
	{Indicator: aim(ind("GD15", "Học sinh tốt nghiệp trung học cơ sở vào học nghề", "%", 1, mean, up), "30.0"), base: 21.8, yearly: 0.05, noise: 0.02, guess: true},
	{Indicator: ind("GD16", "Trẻ 5 tuổi ra lớp", "%", 1, mean, up), base: 99.2, wave: -0.03, noise: 0.002},
	{Indicator: ind("KH11", "Nhiệm vụ khoa học và công nghệ đang thực hiện", "nhiệm vụ", 0, last, either), base: 41, yearly: 0.06, noise: 0.06},
	{Indicator: ind("KH12", "Nhiệm vụ khoa học và công nghệ nghiệm thu", "nhiệm vụ", 0, sum, up), base: 7, yearly: 0.05, wave: -0.3, noise: 0.25},
	{Indicator: ind("KH13", "Doanh nghiệp được hỗ trợ đổi mới, nâng cao năng suất", "doanh nghiệp", 0, sum, up), base: 13, yearly: 0.15, wave: -0.4, noise: 0.2},
	{Indicator: ind("KH14", "Dự án khởi nghiệp sáng tạo được hỗ trợ", "dự án", 0, sum, up), base: 9, yearly: 0.3, wave: -0.35, noise: 0.2},
	{Indicator: aim(ind("KH15", "Vốn sự nghiệp khoa học và công nghệ đã giải ngân", "tỷ đồng", 2, sum, up), "42.00"), base: 9.6, yearly: 0.06, wave: -0.3, noise: 0.1, guess: true},
	{Indicator: aim(ind("VH11", "Gia đình đạt danh hiệu văn hóa", "%", 1, mean, up), "85.0"), base: 73.6, yearly: 0.011, noise: 0.006},
	{Indicator: ask(ind("VH14", "Thôn, tổ dân phố văn hóa", "đơn vị", 0, last, up), report.PartTotal), base: 842, yearly: 0.012, over: 983, noise: 0.003},
	{Indicator: ind("VH15", "Huy chương tại giải quốc gia", "chiếc", 0, sum, up), base: 41, yearly: 0.08, wave: -0.75, noise: 0.2},
	{Indicator: ind("VH18", "Huy chương tại giải quốc tế", "chiếc", 0, sum, up), base: 5, wave: -0.9, noise: 0.3},
	{Indicator: ind("VH17", "Tổng số huy chương", "chiếc", 0, sum, up)},
	{Indicator: aim(ind("MT11", "Chất thải rắn sinh hoạt được thu gom, xử lý", "%", 1, mean, up), "90.0"), base: 86.2, yearly: 0.015, noise: 0.006, guess: true},
	{Indicator: ind("MT12", "Hộ nông thôn dùng nước hợp vệ sinh", "%", 1, mean, up), base: 94.8, yearly: 0.006, noise: 0.002},
	{Indicator: ask(ind("MT13", "Khu, cụm công nghiệp có xử lý nước thải tập trung", "khu, cụm", 0, last, up), report.ActualTarget), base: 4, yearly: 0.25, over: 6},
	{Indicator: ind("MT14", "Đơn phản ánh về môi trường chưa giải quyết xong", "đơn", 0, last, down), base: 16, yearly: -0.1, wave: 0.3, noise: 0.2},
	{Indicator: ind("LD11", "Hộ nghèo", "hộ", 0, last, down), base: 7420, yearly: -0.12, noise: 0.01},
	{Indicator: ind("LD12", "Tổng số hộ dân cư", "hộ", 0, last, either), base: 338600, yearly: 0.009},
	{Indicator: aim(share("LD13", "Tỷ lệ hộ nghèo", "%", 2, down, "LD11", "LD12", 100), "2.00")},
	{Indicator: aim(ind("LD14", "Trẻ em có hoàn cảnh đặc biệt được chăm sóc, trợ giúp", "%", 1, mean, up), "92.0"), base: 90.4, yearly: 0.01, noise: 0.005},
	{Indicator: ind("LD15", "Vụ việc trẻ em bị xâm hại được phát hiện", "vụ", 0, sum, down), base: 11, yearly: -0.05, wave: 0.2, noise: 0.25},
	{Indicator: ask(ind("LD17", "Xã, phường phù hợp với trẻ em", "đơn vị", 0, last, up), report.PartTotal), base: 118, yearly: 0.03, over: 139},
	{Indicator: aim(ind("TT11", "Hộ gia đình có cáp quang", "%", 1, mean, up), "75.0"), base: 64.5, yearly: 0.07, noise: 0.005},
	{Indicator: ind("TT13", "Xã, phường có đài truyền thanh thông minh", "đơn vị", 0, last, up), given: []float64{0, 2, 4, 9, 12, 15, 21, 27}},
	{Indicator: ind("TT14", "Tổ công nghệ số cộng đồng", "tổ", 0, last, up), given: []float64{0, 0, 0, 0, 18, 46, 212, 574}},
	{Indicator: ind("NV11", "Cán bộ các cấp được phân công theo dõi khoa giáo", "người", 0, last, either), base: 318, yearly: -0.01, noise: 0.005},
	{Indicator: aim(share("BH11", "Tỷ lệ bao phủ bảo hiểm y tế", "%", 2, up, "BH12", "BH13", 100), "80.30")},
	{Indicator: ind("BH12", "Người tham gia bảo hiểm y tế", "người", 0, last, up), base: 905800, yearly: 0.013, noise: 0.001},
	{Indicator: ind("BH13", "Dân số tính bao phủ", "người", 0, last, either), base: 1240300, yearly: 0.006},
	{Indicator: ind("BH14", "Người tham gia bảo hiểm xã hội tự nguyện", "người", 0, last, up), base: 5230, yearly: 0.31, noise: 0.01},
	{Indicator: ind("CS11", "Hội nghị báo cáo viên", "hội nghị", 0, sum, up), base: 6, wave: -0.5, noise: 0.2},
	{Indicator: ind("CS12", "Lượt người được thông tin, tuyên truyền", "lượt", 0, sum, up), base: 5400, yearly: 0.05, wave: -0.35, noise: 0.1},
	{Indicator: ind("CS13", "Lớp tập huấn công tác khoa giáo", "lớp", 0, sum, up), base: 2.4, wave: -0.6, noise: 0.2},
	{Indicator: aim(ind("CS14", "Đảng viên học tập nghị quyết", "%", 2, mean, up), "97.00"), base: 97.1, wave: -0.01, noise: 0.008, guess: true},
}
