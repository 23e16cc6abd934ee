package archive

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	captionOpenings = []string{"quang cảnh", "toàn cảnh", "ảnh:", "ảnh", "hình ảnh", "một góc", "các đại biểu", "đại biểu", "các đồng chí đại biểu", "lãnh đạo các đơn vị", "đại diện lãnh đạo các đơn vị ký kết", "lễ ký kết", "tập thể", "chụp ảnh"}
	speaking        = []string{"phát biểu", "chủ trì", "trao", "tặng", "trình bày", "báo cáo", "thông tin", "điều hành", "kết luận", "khai mạc", "bế mạc", "quán triệt", "tham luận", "ký kết", "trao đổi", "triển khai", "chỉ đạo", "tham dự", "dự hội nghị", "thảo luận", "yêu cầu"}
	personOpenings  = []string{"đồng chí", "đ/c", "các đồng chí", "ông", "bà", "phó chủ tịch", "chủ tịch", "trưởng ban", "phó trưởng ban", "phó ban", "giám đốc", "phó giám đốc", "bí thư", "phó bí thư", "lãnh đạo", "đại diện", "phó trưởng ban thường trực", "ts", "pgs", "gs"}
)

// captionLike reports that a short line names what a picture shows.
func (p *page) captionLike(l line) bool {
	if l.runes > 220 || strings.HasSuffix(p.text[l.Start:l.End], ":") || strings.HasSuffix(p.text[l.Start:l.End], ";") {
		return false
	}
	if n := len(p.sentences(l.Span)); n > 1 {
		return false
	}
	start := p.skip(l.Start, l.End, "(*-–\"“ ")
	if next, ok := p.begins(start, l.End, captionOpenings...); ok {
		rest, _ := p.begins(next, l.End, ":")
		return rest > 0 || !l.finished || l.runes <= 140
	}
	if _, ok := p.begins(start, l.End, personOpenings...); ok {
		return l.runes <= 160 && p.hasAny(l.Start, l.End, speaking...) && (!l.finished || l.runes <= 120 && !p.hasAny(l.Start, l.End, "đề nghị", "yêu cầu", "nhấn mạnh", "ghi nhận"))
	}
	return !l.finished && p.hasAny(l.Start, l.End, "ảnh:", "(ảnh", "chụp ảnh lưu niệm")
}

var bylineCues = []string{"bài ảnh", "bài, ảnh", "bài và ảnh", "bài & ảnh", "tin ảnh", "tin, ảnh", "tin và ảnh", "tin & ảnh", "tin, bài", "tin bài", "tin:", "bài:", "tác giả", "người viết", "thực hiện:", "nguồn", "theo", "tin bài và ảnh", "tin, bài, ảnh", "ct:", "biên tập", "nguồn tin", "bài viết:", "ảnh:"}

// bylineLike reports that a line names who wrote: "Tin, ảnh: Gia Kiên", "DK", "Phòng Khoa giáo – Ban Tuyên giáo Tỉnh ủy".
func (p *page) bylineLike(l line) bool {
	if l.runes > 90 {
		return false
	}
	text := p.text[l.Start:l.End]
	if _, ok := p.begins(p.skip(l.Start, l.End, "(*-– "), l.End, bylineCues...); ok {
		return true
	}
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, ":") || strings.HasSuffix(text, ";") || strings.HasSuffix(text, ",") {
		return false
	}
	if cut := strings.IndexAny(text, "(-–"); cut > 3 && (strings.HasSuffix(text, ")") || strings.Contains(text, " - ") || strings.Contains(text, " – ")) {
		// "Ngọc Lê (Bộ CHQS tỉnh)", "Lữ Hương - Đảng ủy Khối"
		if nameLike(strings.TrimSpace(text[:cut])) && !p.hasAny(l.Start, l.End, genre...) {
			return true
		}
	}
	return nameLike(text) || p.officeLine(l)
}

// officeLine reports a line that is only the name of an office, as under an article.
func (p *page) officeLine(l line) bool {
	_, ok := p.begins(l.Start, l.End, "phòng", "ban tuyên giáo", "văn phòng", "btg", "bbt", "ban biên tập")
	return ok && !p.hasAny(l.Start, l.End, "hội nghị", "tổ chức", "triển khai", "giao ban")
}

// nameLike reports one to five words that are all capitalised, or initials: a person.
func nameLike(s string) bool {
	s = strings.Trim(s, " ()*-–_")
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '.' || r == '-' || r == '–' || r == ',' || r == '&' })
	if len(words) == 0 || len(words) > 7 || utf8.RuneCountInString(s) > 45 {
		return false
	}
	upper := 0
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(first) {
			return false
		}
		for _, r := range w {
			if !unicode.IsLetter(r) {
				return false
			}
		}
		if w == strings.ToUpper(w) {
			upper++
		}
	}
	return len(words) > 1 && upper < len(words) || utf8.RuneCountInString(s) <= 6 || len(words) <= 4 && upper == len(words) && utf8.RuneCountInString(s) <= 12
}

// findTitle takes the best short line above the text, or just below a lead that stands first.
func (p *page) findTitle(first int) {
	best, score := -1, 0
	for i := max(0, first-10); i < len(p.lines) && i < first+4; i++ {
		l := p.lines[i]
		if i >= first && l.kind != heading && l.kind != repeat || l.runes < 15 || l.runes > 300 || p.cue(l, endings) || p.cue(l, asides) || p.dayLine(l) || p.captionLike(l) {
			continue
		}
		if i >= first && strings.HasSuffix(p.text[l.Start:l.End], ":") || p.headOfPaper(l) {
			continue
		}
		s := 10 - (first - i)
		if i > first {
			s = 3 - (i - first)
		}
		if _, slogan := p.begins(p.skip(l.Start, l.End, "-–*• "), l.End, "chúc mừng", "mừng", "chào mừng", "nhiệt liệt", "chào đón", "kính chúc", "chủ đề công tác"); slogan {
			continue
		}
		if p.hasAny(l.Start, l.End, genre...) {
			s += 6
		}
		for j := range p.lines {
			if j != i && j < first+4 && p.lines[j].letters == l.letters {
				if s += 5; i < first {
					s += 3
				}
				break
			}
		}
		if l.finished {
			s -= 4
		}
		if len(strings.Fields(p.text[l.Start:l.End])) < 4 {
			s -= 6
		}
		if i >= first && l.kind == repeat && (p.paragraph(l) || l.runes > 200) {
			continue
		}
		if best < 0 || s > score {
			best, score = i, s
		}
	}
	if best >= 0 && score > 0 {
		p.lines[best].kind = title
		// "THÔNG BÁO" or "BÁO CÁO" alone on its line, its subject below.
		if best > 0 && p.paperWord(p.lines[best-1]) {
			p.lines[best-1].kind = title
		}
		if p.paperWord(p.lines[best]) && best+1 < len(p.lines) && best+1 < first {
			p.lines[best+1].kind = title
		}
	}
}

// headOfPaper reports the lines at the head of an official paper that are no title.
func (p *page) headOfPaper(l line) bool {
	return p.hasAny(l.Start, l.End, "kính gửi", "độc lập - tự do", "đảng cộng sản việt nam", "cộng hòa xã hội chủ nghĩa")
}

func (p *page) paperWord(l line) bool {
	switch strings.Trim(p.low[l.Start:l.End], " *-–.:") {
	case "thông báo", "báo cáo", "kế hoạch", "công văn", "kết luận", "thông báo kết luận":
		return true
	}
	return false
}

// dayLine reports a short line whose only matter is a date.
func (p *page) dayLine(l line) bool {
	if l.runes > 160 || l.finished && l.runes > 60 {
		return false
	}
	d, at, ok := p.dateIn(l.Start, l.End)
	if !ok || d.IsZero() {
		return false
	}
	rest := lettersOf(p.text[l.Start:at.Start] + p.text[at.End:l.End])
	if len(rest) > 60 || p.hasAny(l.Start, l.End, "giấy phép", "hội nghị", "giao ban", "số") {
		return false
	}
	// "Khánh Hòa, ngày 05 tháng 4 năm 2022" dates a paper.
	before := strings.TrimSpace(p.low[l.Start:at.Start])
	return !strings.HasSuffix(before, ", ngày") || strings.HasPrefix(before, "thứ") || strings.HasPrefix(before, "chủ nhật")
}

func (p *page) findPosted(first int) {
	for i := 0; i < len(p.lines) && i < first+4; i++ {
		if l := &p.lines[i]; (i < first || l.kind == heading || l.kind == byline || l.kind == caption) && p.dayLine(*l) {
			l.kind = posted
		}
	}
}
