package archive

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// units of figures, the longer before the shorter. Days, months, years, ages and grades measure no result.
var units = []string{"tỷ đồng", "tỉ đồng", "triệu đồng", "nghìn đồng", "ngàn đồng", "đồng/người/năm", "nghìn tỷ đồng", "nghìn tỉ đồng", "đồng", "triệu lượt người", "triệu lượt", "triệu người", "nghìn lượt người", "nghìn lượt", "nghìn người", "lượt người", "lượt khách", "lượt", "người", "lao động", "học sinh", "sinh viên", "giáo viên", "học viên", "đại biểu", "cán bộ", "đảng viên", "trẻ em", "trẻ", "em", "cháu",
	"bác sĩ", "bác sỹ", "giường bệnh", "giường", "ca mắc", "ca tử vong", "ca bệnh", "ca", "trường hợp", "bệnh nhân", "liều", "mũi tiêm", "mũi", "hộ nghèo", "hộ gia đình", "hộ", "gia đình", "xã", "phường", "huyện", "thôn", "khu dân cư", "đơn vị", "cơ quan", "doanh nghiệp", "hợp tác xã", "trường", "lớp tập huấn", "lớp", "phòng học", "cơ sở", "trạm y tế", "trạm",
	"đề tài, dự án", "đề tài", "dự án", "nhiệm vụ", "chương trình", "đề án", "sáng kiến", "giải pháp", "mô hình", "sản phẩm", "văn bằng", "bằng sáng chế", "đơn đăng ký", "giấy phép", "hồ sơ", "văn bản", "kế hoạch", "báo cáo", "công văn", "hướng dẫn", "nghị quyết", "chỉ thị", "quyết định", "tin, bài", "tin bài", "tin", "bài viết", "bài", "phóng sự", "chuyên mục", "chuyên đề",
	"hội nghị", "cuộc kiểm tra", "cuộc", "buổi", "đoàn", "đợt", "lễ hội", "giải", "huy chương vàng", "huy chương bạc", "huy chương đồng", "huy chương", "hcv", "hcb", "hcđ", "suất quà", "suất", "phần quà", "nhà", "căn", "km2", "km²", "km", "ha", "hecta", "tấn", "m3", "m²", "kg", "tỷ", "tỉ", "vụ", "đối tượng", "mẫu", "thẻ", "điểm cầu", "điểm", "ý kiến", "lượt truy cập", "thủ tục", "dịch vụ", "máy", "bộ", "cuốn", "ấn phẩm", "cụm", "câu lạc bộ", "tổ", "chi bộ", "tổ chức", "tập thể", "cá nhân", "triệu", "nghìn", "chỉ tiêu", "tiêu chí", "vùng", "khu", "công trình"}

// unitsByFirst finds units by their first word, longest first.
var unitsByFirst = func() map[string][]string {
	by := map[string][]string{}
	for _, u := range units {
		first, _ := newView(u).word(0, len(u))
		list := by[first]
		at := 0
		for at < len(list) && len(list[at]) >= len(u) {
			at++
		}
		by[first] = append(list[:at:at], append([]string{u}, list[at:]...)...)
	}
	return by
}()

// findFigures reads the numbers of the article that have a unit: no dates, symbols, ages, grades or lengths of time.
func (p *page) findFigures() (all []Figure) {
	for _, l := range p.lines {
		if l.kind == body {
			all = append(all, p.figuresIn(l.Span)...)
		}
	}
	return all
}

// figuresIn reads the figures of a line or a cell.
func (p *page) figuresIn(l Span) (all []Figure) {
	next := sort.Search(len(p.cited), func(i int) bool { return p.cited[i].End > l.Start })
	for i := l.Start; i < l.End; i++ {
		if p.text[i] < '0' || p.text[i] > '9' {
			continue
		}
		for next < len(p.cited) && p.cited[next].End <= i {
			next++
		}
		start := i
		value, end := p.quantity(i, l.End)
		i = end - 1
		if value == "" || next < len(p.cited) && start >= p.cited[next].Start || !p.standsAlone(l.Start, start) {
			continue
		}
		if f, ok := p.figureAt(l, start, end, value); ok {
			all = append(all, f)
		}
	}
	return all
}

// quantity reads 1.915.509, 4,9, 02; a point groups thousands, a comma is the decimal mark.
func (p *page) quantity(i, to int) (value string, end int) {
	digits := func(j int) int {
		for j < to && p.text[j] >= '0' && p.text[j] <= '9' {
			j++
		}
		return j
	}
	end = digits(i)
	whole := p.text[i:end]
	grouped := false
	for end+3 < to+1 && end < to && p.text[end] == '.' && digits(end+1) == end+4 && len(whole) <= 3 || grouped && end < to && p.text[end] == '.' && digits(end+1) == end+4 {
		whole += p.text[end+1 : end+4]
		end += 4
		grouped = true
	}
	fraction := ""
	if end < to && (p.text[end] == ',' || p.text[end] == '.' && !grouped) {
		if j := digits(end + 1); j > end+1 && j <= end+4 {
			fraction = p.text[end+1 : j]
			end = j
		}
	}
	if len(whole) > 15 {
		return "", end
	}
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		return whole + "." + fraction, end
	}
	return whole, end
}

// standsAlone reports that a number is not part of a word, a date, a fraction or a symbol: "COVID-19", "20/11", "K12".
func (p *page) standsAlone(from, i int) bool {
	if i == from {
		return true
	}
	before := p.text[from:i]
	r := lastRune(before)
	if wordRune(r) || r == '/' || r == '.' || r == ',' {
		return false
	}
	if (r == '-' || r == '–') && len(before) > 1 {
		if prior, _ := utf8.DecodeLastRuneInString(before[:len(before)-utf8.RuneLen(r)]); prior != ' ' && prior != '(' {
			return false
		}
	}
	low := strings.TrimRight(p.low[from:i], " ")
	for _, w := range []string{"số", "năm", "tháng", "ngày", "quý", "khóa", "lần thứ", "thứ", "lớp", "cấp", "điều", "khoản", "chương", "điểm", "tập", "phần", "hạng", "loại", "mức", "trang", "kỳ", "quốc lộ", "đường", "vòng", "nhóm", "từ đủ", "kỷ niệm", "xếp thứ", "top", "covid", "phiên bản", "dịch", "độ tuổi"} {
		if strings.HasSuffix(low, w) && p.edge(from+len(low)-len(w)) {
			return false
		}
	}
	return true
}

func (p *page) figureAt(l Span, start, end int, value string) (Figure, bool) {
	unit, over := "", end
	at := p.skip(end, l.End, " ")
	switch {
	case at < l.End && p.text[at] == '%':
		unit, over = "%", at+1
	case end < l.End && p.text[end] == '/':
		// "490/503 trường": the first is what was reached; the clause shows both.
		second, after := p.quantity(end+1, l.End)
		if second == "" || after == end+1 {
			return Figure{}, false
		}
		at = p.skip(after, l.End, " ")
		if u := p.unitAt(at, l.End); u != "" {
			unit, over = u, at+len(u)
		} else {
			return Figure{}, false
		}
	default:
		if unit = p.unitAt(at, l.End); unit == "" {
			return Figure{}, false
		}
		over = at + len(unit)
	}
	clause := p.clause(l, start, over)
	f := Figure{Value: value, Unit: p.text[over-len(unit) : over], Span: clause, Text: p.text[clause.Start:clause.End]}
	if unit == "%" {
		f.Unit = "%"
	}
	f.Comparison = p.comparison(over, l.End)
	if f.Comparison != "" {
		if i := strings.Index(p.text[over:l.End], f.Comparison); i >= 0 {
			f.Span.End = max(f.Span.End, over+i+len(f.Comparison))
			f.Text = p.text[f.Span.Start:f.Span.End]
		}
	}
	near := start - 40
	if near < clause.Start {
		near = clause.Start
	}
	for near < start && !utf8.RuneStart(p.text[near]) {
		near++
	}
	f.Estimate = p.hasAny(near, start, "ước", "ước đạt", "ước tính", "ước tăng", "khoảng", "gần", "ước thực hiện")
	return f, true
}

func (p *page) unitAt(i, to int) string {
	first, _ := p.word(i, to)
	for _, u := range unitsByFirst[first] {
		if i+len(u) <= to && p.low[i:i+len(u)] == u && p.edge(i+len(u)) {
			return u
		}
	}
	return ""
}

// clauseReach is how far from a figure its clause may reach, in bytes.
const clauseReach = 500

// near bounds to by the reach of a figure that ends at from.
func (p *page) near(from, to int) int { return p.runeStart(min(to, from+clauseReach)) }

func (p *page) runeStart(i int) int {
	for i > 0 && i < len(p.text) && !utf8.RuneStart(p.text[i]) {
		i--
	}
	return i
}

// clause is what stands between commas, semicolons and ends of sentences around a figure.
func (p *page) clause(l Span, start, end int) Span {
	from, to := start, end
	l.Start, l.End = p.runeStart(max(l.Start, start-clauseReach)), p.near(end, l.End)
	for from > l.Start {
		c := p.text[from-1]
		if c == ';' || c == ':' || c == '(' || (c == ',' || c == '.') && from < len(p.text) && p.text[from] == ' ' {
			break
		}
		from--
	}
	for to < l.End {
		c := p.text[to]
		if c == ';' || c == ')' || (c == ',' || c == '.') && (to+1 >= l.End || p.text[to+1] == ' ' || p.text[to+1] == '/') {
			break
		}
		to++
	}
	return p.trimmed(Span{from, to}, ",;-–")
}

// comparison reads "so với cùng kỳ năm trước", "kế hoạch" behind a figure.
func (p *page) comparison(from, to int) string {
	to = p.near(from, to)
	if end := strings.IndexAny(p.text[from:to], ";"); end >= 0 {
		to = from + end
	}
	limit := to
	for i := from; i+1 < limit; i++ {
		if p.text[i] == '.' && p.text[i+1] == ' ' {
			limit = i
		}
		if p.text[i] >= '0' && p.text[i] <= '9' && !p.has("so với", from, i) && p.text[from:i] != "" && !p.has("năm", max(from, i-8), i) {
			limit = i // the next figure has its own comparison
		}
	}
	if i, _ := p.findAny(from, limit, "so với", "so cùng kỳ", "so kế hoạch"); i >= 0 && i-from <= 60 {
		end := i
		for end < to && strings.IndexByte(",;)", p.text[end]) < 0 && !(p.text[end] == '.' && (end+1 >= to || p.text[end+1] == ' ' || p.text[end+1] == '/' || p.text[end+1] == '.')) {
			end++
		}
		s := p.trimmed(Span{i, end}, ".")
		return p.text[s.Start:s.End]
	}
	at := p.skip(from, limit, " ")
	if next, ok := p.begins(at, limit, "kế hoạch", "chỉ tiêu", "dự toán", "kế hoạch năm", "kế hoạch đề ra", "chỉ tiêu kế hoạch", "chỉ tiêu nghị quyết", "dự toán giao", "chỉ tiêu giao"); ok {
		return p.text[at:next]
	}
	return ""
}
