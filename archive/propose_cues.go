package archive

import (
	"strings"
	"unicode/utf8"
)

// lacking finds a sentence that says what is lacking or hard, and where that begins. "Hạn chế đơn thư" is a verb,
// "tháo gỡ khó khăn" is work, "thảo luận những hạn chế" is talk.
func (p *page) lacking(from, to int) (at int, ok bool) {
	if p.hasAny(from, to, "thảo luận", "trao đổi về", "đề nghị", "yêu cầu", "nhiệm vụ trọng tâm") {
		return 0, false
	}
	opening := from
	if next, is := p.begins(from, to, "tuy nhiên", "bên cạnh đó", "bên cạnh những kết quả", "song", "mặc dù vậy", "dù vậy", "tuy vậy", "bên cạnh kết quả", "bên cạnh những kết quả đạt được", "bên cạnh những ưu điểm", "ngoài những kết quả", "ngoài ra", "hội nghị cũng", "về hạn chế", "hạn chế", "tồn tại", "những hạn chế", "một số hạn chế", "một số tồn tại", "những tồn tại", "khó khăn", "một số khó khăn", "những khó khăn"); is {
		opening = next
	}
	for _, cue := range []string{"hạn chế", "tồn tại", "thiếu sót", "yếu kém", "bất cập", "khó khăn", "vướng mắc", "khuyết điểm"} {
		for i := p.find(cue, from, to); i >= 0; i = p.find(cue, i+1, to) {
			if !p.statesLack(from, i, i+len(cue), to) {
				continue
			}
			end := i + len(cue)
			if colon := strings.IndexByte(p.text[end:min(to, end+60)], ':'); colon >= 0 && !strings.ContainsAny(p.text[end:end+colon], ".;") {
				return p.skip(end+colon+1, to, " "), true
			}
			if next, is := p.begins(p.skip(end, to, " ,"), to, "như", "đó là", "là"); is && to-next > 20 {
				return p.skip(next, to, " :"), true
			}
			return p.withoutConnection(from, to), true
		}
	}
	if opening > from && p.hasAny(opening, to, "chưa", "còn chậm", "còn thiếu", "còn thấp", "còn yếu", "không đạt") && !p.hasAny(from, opening, "ngoài ra", "hội nghị cũng", "song") && !p.hasAny(from, opening, "bên cạnh đó") {
		return p.withoutConnection(from, to), true
	}
	if opening > from && p.hasAny(from, opening, "tuy nhiên", "tuy vậy", "dù vậy", "mặc dù vậy") && p.hasAny(opening, to, "hạn chế", "khuyết điểm", "bất cập", "thiếu", "chậm") {
		return p.withoutConnection(from, to), true
	}
	return 0, false
}

// statesLack looks at the words around "hạn chế", "khó khăn" and the like.
func (p *page) statesLack(from, i, end, to int) bool {
	before := strings.TrimRight(p.low[from:i], " ")
	for _, word := range []string{"khắc phục", "tháo gỡ", "khắc phục những", "hoàn cảnh", "đặc biệt", "vùng", "gặp", "giảm thiểu", "và", "được", "để", "nhằm", "hộ", "đối tượng", "học sinh", "bị", "trừ", "xử lý", "chỉ ra những", "nêu", "chỉ rõ", "giải quyết những", "giải quyết", "tháo gỡ những", "vượt qua", "vượt", "vượt qua mọi", "vượt qua những", "trong điều kiện", "mặc dù gặp nhiều", "mặc dù còn nhiều", "mặc dù", "nhiều"} {
		if strings.HasSuffix(before, " "+word) || before == word {
			if (word == "gặp" || word == "nhiều" || word == "và" || word == "bị" || word == "nêu" || word == "được") && p.hasAny(from, i, "còn gặp", "vẫn gặp", "còn nhiều", "vẫn còn", "còn bị") {
				continue
			}
			if strings.HasPrefix(word, "chỉ") && p.hasAny(end, min(to, end+70), "như", "là") {
				return true // "chỉ ra những hạn chế như …"
			}
			return false
		}
	}
	if p.hasAny(from, i, "mặc dù", "dù còn", "tháo gỡ", "khắc phục", "hỗ trợ") {
		return false
	}
	short := utf8.RuneCountInString(p.text[from:i]) <= 60
	after := p.skip(end, to, " ")
	colon := strings.IndexByte(p.text[end:min(to, end+60)], ':') >= 0
	switch {
	case p.hasAny(from, i, "còn", "vẫn còn", "vẫn có", "còn có", "vẫn gặp", "gặp", "còn một số", "tồn tại", "bộc lộ"):
		return true
	case short && colon:
		return true
	case short && p.hasAny(from, i, "một số", "những", "bên cạnh", "tuy nhiên"):
		_, is := p.begins(after, to, "là", "như", "đó là", "trong", "về", "cần")
		return is || colon
	case i == from && colon:
		return true
	}
	return false
}

// withoutConnection drops "Tuy nhiên," and "Bên cạnh những kết quả đạt được," before what is said.
func (p *page) withoutConnection(from, to int) int {
	if _, ok := p.begins(from, to, "tuy nhiên", "bên cạnh", "song", "mặc dù vậy", "dù vậy", "tuy vậy", "ngoài những", "ngoài ra"); ok {
		if comma := strings.IndexByte(p.text[from:min(to, from+160)], ','); comma > 0 {
			return p.skip(from+comma+1, to, " ")
		}
		if next, ok := p.begins(from, to, "tuy nhiên", "song", "tuy vậy", "dù vậy"); ok {
			return p.skip(next, to, " ,")
		}
	}
	return from
}

// onlyAnnounces reports a sentence that names a list and gives nothing of it: "… còn một số hạn chế." "… như sau:"
func (p *page) onlyAnnounces(at, to int) bool {
	rest := strings.TrimRight(p.text[at:to], " .:")
	if utf8.RuneCountInString(rest) < 12 {
		return true
	}
	low := p.low[at:to]
	if strings.HasSuffix(p.text[at:to], ":") || p.hasAny(at, min(to, at+90), "chỉ ra", "nêu ra", "chỉ rõ") && !strings.ContainsAny(p.text[at:to], ":;") {
		return true
	}
	for _, end := range []string{"một số hạn chế", "những hạn chế", "một số tồn tại, hạn chế", "một số hạn chế, tồn tại", "một số khó khăn", "một số khó khăn, vướng mắc", "nhiều khó khăn", "hạn chế nhất định", "một số hạn chế nhất định", "hạn chế, khó khăn", "khó khăn, hạn chế", "một số khó khăn, hạn chế"} {
		if strings.HasSuffix(strings.TrimRight(low, " ."), end) && utf8.RuneCountInString(low) < 120 {
			return true
		}
	}
	return false
}

// handedOut finds a sentence that says what is to be done, and where that begins.
func (p *page) handedOut(from, to int, in section) (at int, ok bool) {
	if _, is := p.begins(from, to, "các ý kiến", "ý kiến", "các đại biểu", "đại biểu", "đại diện", "một số đại biểu", "hội nghị đã nghe", "các đơn vị đề nghị"); is {
		return 0, false
	}
	if i, word := p.directive(from, to); i >= 0 && !p.hasAny(from, i, "thảo luận", "trao đổi") {
		end := i + len(word)
		// "nhấn mạnh: …", "yêu cầu một số nội dung trọng tâm, cụ thể: …"
		if colon := strings.IndexByte(p.text[end:min(to, end+140)], ':'); colon >= 0 && !strings.ContainsAny(p.text[end:end+colon], ".;") && !p.nounsAfter(end+colon+1, to) {
			return p.skip(end+colon+1, to, " "), true
		}
		return p.skip(end, to, " ,:"), true
	}
	low := min(to, from+170)
	if i, word := p.findAny(from, low, outlooks...); i >= 0 {
		if p.looksBackOn(from, i, to) {
			return 0, false
		}
		end := i + len(word)
		if in == conclusions && !p.announced(from, i) {
			return from, true
		}
		if !p.announced(from, i) && word == "nhiệm vụ" {
			return 0, false
		}
		if colon := strings.IndexByte(p.text[end:min(to, end+160)], ':'); colon >= 0 && !strings.ContainsAny(p.text[end:end+colon], ".;") && !p.nounsAfter(end+colon+1, to) {
			return p.skip(end+colon+1, to, " "), true
		}
		if is, copula := p.findAny(end, min(to, end+90), "đó là", "là", "gồm"); is >= 0 && strings.Contains(word, "nhiệm vụ") {
			return p.skip(is+len(copula), to, " :"), true
		}
		if p.announced(from, i) || word == "trong thời gian tới" || word == "thời gian tới" {
			if strings.HasPrefix(word, "tập trung") || strings.Contains(word, "tập trung") {
				return i, true
			}
			return from, true
		}
	}
	return from, in == conclusions && !p.process(from, to, true)
}

// announced reports that what stands before i looks ahead: a coming period, "trên cơ sở", "trong thời gian tới", or that
// the sentence opens there.
func (p *page) announced(from, i int) bool {
	if p.hasAny(from, i, "thời gian tới", "trên cơ sở", "cuối năm", "những tháng", "trong năm tới", "quý tới", "để thực hiện tốt") {
		return true
	}
	if utf8.RuneCountInString(p.text[from:i]) <= 25 {
		return true
	}
	return false
}

// looksBackOn reports that the work spoken of is done already: "đã hoàn thành nhiệm vụ", "triển khai các nhiệm vụ khoa giáo".
func (p *page) looksBackOn(from, i, to int) bool {
	if p.hasAny(from, i, "đã", "hoàn thành", "thực hiện nhiệm vụ", "kết quả", "sau hội nghị", "việc") && !p.hasAny(from, i, "trên cơ sở", "thời gian tới", "cuối năm") {
		return true
	}
	before := strings.TrimRight(p.low[from:i], " ")
	for _, word := range []string{"thực hiện", "hoàn thành", "triển khai", "chức năng", "kế hoạch", "thực hiện các", "triển khai các", "thực hiện tốt"} {
		if strings.HasSuffix(before, word) {
			return true
		}
	}
	return false
}

// directive finds the verb by which a leader hands out work: a person, "lãnh đạo" or "hội nghị" is its subject. "Yêu
// cầu" in "đáp ứng yêu cầu" is a noun.
func (p *page) directive(from, to int) (int, string) {
	for _, word := range []string{"đề nghị", "yêu cầu", "giao nhiệm vụ"} {
		for i := p.find(word, from, to); i >= 0; i = p.find(word, i+1, to) {
			before := strings.TrimRight(p.low[from:i], " ")
			noun := false
			for _, w := range []string{"đáp ứng", "theo", "các", "những", "đúng", "một số", "với", "trước", "nhằm", "kịp thời", "phù hợp", "mục tiêu,", "mục đích,", "tốt", "được"} {
				noun = noun || strings.HasSuffix(before, w)
			}
			if !noun && p.leader(from, i) {
				if other := p.find("yêu cầu", i+len(word), min(to, i+len(word)+4)); other >= 0 { // "đề nghị, yêu cầu"
					return other, "yêu cầu"
				}
				return i, word
			}
		}
	}
	for _, word := range []string{"nhấn mạnh", "lưu ý", "định hướng", "chỉ đạo", "gợi ý"} {
		i := p.find(word, from, to)
		if i < 0 || !p.leader(from, i) || utf8.RuneCountInString(p.text[from:i]) > 400 {
			continue
		}
		// Views are no work, unless what is needed follows.
		if word != "lưu ý" && !p.hasAny(i, to, "cần", "phải", "tiếp tục", "tập trung", "tăng cường") {
			continue
		}
		if word == "chỉ đạo" && !p.hasAny(i, min(to, i+60), "các đơn vị", "các ngành", "các sở", "các cơ quan") {
			continue
		}
		return i, word
	}
	return -1, ""
}

// leader reports that somebody who may hand out work is the subject before i.
func (p *page) leader(from, i int) bool {
	if p.hasAny(from, i, "đồng chí", "đ/c", "ông", "bà", "lãnh đạo", "trưởng ban", "phó trưởng ban", "chủ tịch", "bí thư", "kết luận", "phát biểu", "hội nghị", "ban tuyên giáo") {
		return !p.hasAny(from, i, "đại diện", "đáp ứng", "các ý kiến") && !strings.HasSuffix(strings.TrimRight(p.low[from:i], " "), "đáp ứng")
	}
	return utf8.RuneCountInString(p.text[from:i]) <= 2
}

// nounsAfter reports that behind a colon topics follow, no clauses: then the colon does not open a list of items.
func (p *page) nounsAfter(i, to int) bool {
	i = p.skip(i, to, " “\"-")
	_, ok := p.begins(i, to, "vấn đề", "công tác", "việc", "lĩnh vực", "giáo dục", "y tế", "khoa học", "văn hóa", "chỉ thị", "nghị quyết", "kết luận", "quyết định", "kế hoạch", "môi trường")
	return ok
}
