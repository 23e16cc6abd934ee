package archive

import (
	"strings"
	"unicode/utf8"
)

// keep adds the items of one sentence, whose matter begins at s.Start.
func (p *page) keep(out *Proposal, in section, s Span) {
	list := map[section]*[]Item{results: &out.Results, difficulties: &out.Difficulties, shortcomings: &out.Shortcomings, conclusions: &out.Conclusions}[in]
	if list == nil {
		return
	}
	for _, part := range p.parts(s, in) {
		part = p.trimmed(part, ",;:-–+•*/ ")
		for part.End > part.Start && strings.HasSuffix(p.text[part.Start:part.End], ".") && !strings.HasSuffix(p.text[part.Start:part.End], "..") {
			part = p.trimmed(Span{part.Start, part.End - 1}, ",;: /")
		}
		part = p.trimmed(part, "“\"")
		if next, ok := p.begins(part.Start, part.End, "đồng thời", "và", "bên cạnh đó", "ngoài ra", "trong đó", "qua đó", "đặc biệt", "thứ nhất", "thứ hai", "thứ ba", "một là", "hai là", "ba là", "bốn là", "năm là", "cùng với đó", "cụ thể", "cụ thể là", "đó là", "trong đó, lưu ý"); ok && in != results {
			part.Start = p.skip(next, part.End, " ,:")
		} else if ok && p.runeAt(p.skip(next, part.End, " ")) == ',' {
			part.Start = p.skip(next, part.End, " ,:")
		}
		runes, words := 15, 4
		if in == shortcomings || in == difficulties { // "thiếu giáo viên"
			runes, words = 10, 3
		}
		if utf8.RuneCountInString(p.text[part.Start:part.End]) < runes || len(strings.Fields(p.text[part.Start:part.End])) < words {
			continue
		}
		*list = append(*list, p.item(part))
	}
}

// documentWords name papers and topics: behind a semicolon they continue a list inside an item.
var documentWords = []string{"nghị quyết", "chỉ thị", "kết luận", "quyết định", "thông báo", "kế hoạch số", "nghị định", "thông tư", "luật"}

// parts cuts a sentence at its semicolons, unless they separate topics inside one item: "các chỉ thị về: a; b",
// "những vấn đề như: a; b". What is quoted or in brackets is never cut.
func (p *page) parts(s Span, in section) []Span {
	cuts := p.semicolons(s)
	if len(cuts) == 0 {
		return []Span{s}
	}
	var all []Span
	start := s.Start
	// The lead-in of a list that opens behind a colon is dropped: "…, thực hiện có hiệu quả: a; b".
	if colon := p.listColon(s, cuts[0]); colon >= 0 {
		if p.nounsAfter(colon+1, cuts[0]) && in == results || p.topics(Span{s.Start, colon + 1}) {
			return []Span{s}
		}
		start = p.skip(colon+1, s.End, " ")
	} else if p.topics(Span{s.Start, cuts[0]}) && in != shortcomings {
		return []Span{s}
	}
	nested := false
	for _, c := range append(cuts, s.End) {
		part := Span{start, c}
		if c < s.End {
			next := p.skip(c+1, s.End, " ")
			_, paper := p.begins(next, s.End, documentWords...)
			if !nested && p.opensTopics(part) {
				nested = true
			}
			if nested && !p.verbAt(next, s.End) || paper || utf8.RuneCountInString(p.text[part.Start:part.End]) < 15 {
				continue
			}
		}
		nested = false
		all = append(all, part)
		start = min(s.End, c+1)
	}
	return all
}

// semicolons outside quotation marks and brackets.
func (v *view) semicolons(s Span) []int {
	var cuts []int
	quoted, depth := false, 0
	for i, r := range v.text[s.Start:s.End] {
		switch {
		case r == '“':
			quoted = true
		case r == '”':
			quoted = false
		case r == '(':
			depth++
		case r == ')' && depth > 0:
			depth--
		case r == ';' && !quoted && depth == 0:
			cuts = append(cuts, s.Start+i)
		}
	}
	return cuts
}

// listColon gives the colon that opens the list before the first semicolon, -1 when there is none.
func (p *page) listColon(s Span, first int) int {
	quoted := false
	for i, r := range p.text[s.Start:first] {
		switch {
		case r == '“':
			quoted = true
		case r == '”':
			quoted = false
		case r == ':' && !quoted:
			return s.Start + i
		}
	}
	return -1
}

// topics reports that a span ends in, or turns on, words that introduce topics: "các chỉ thị … về", "trên các lĩnh vực:".
func (p *page) topics(s Span) bool {
	low := strings.TrimRight(p.low[s.Start:s.End], " :")
	for _, w := range []string{"về", "gồm", "các sở", "các ngành", "lĩnh vực", "các đồng chí", "các cơ quan", "các đơn vị", "gồm có", "chủ đề", "chuyên đề"} {
		if strings.HasSuffix(low, w) {
			return true
		}
	}
	for _, many := range []string{"các chỉ thị", "các nghị quyết", "các kết luận", "những vấn đề", "các vấn đề", "các lĩnh vực", "các văn bản", "các chủ trương", "các nội dung", "một số nội dung", "các chuyên đề", "nghị quyết, chỉ thị", "chỉ thị, nghị quyết"} {
		if i := p.lastFind(many, s.Start, s.End); i >= 0 {
			if about := p.find("về", i, s.End); about >= 0 && !p.verbBetween(about, s.End) {
				return true
			}
		}
	}
	return false
}

func (p *page) verbBetween(from, to int) bool {
	return p.hasAny(from, to, "được", "đã", "đạt", "tiếp tục")
}

// opensTopics reports a colon inside a part behind which topics follow.
func (p *page) opensTopics(s Span) bool {
	colon := p.listColon(s, s.End)
	return colon >= 0 && (p.nounsAfter(colon+1, s.End) || p.topics(Span{s.Start, colon + 1}))
}

// workVerbs begin a clause of work; a topic begins with a noun.
var workVerbs = []string{"phối hợp", "tham mưu", "tăng cường", "tập trung", "tổ chức", "triển khai", "xây dựng", "đẩy mạnh", "nâng cao", "thực hiện", "chỉ đạo", "hướng dẫn", "tuyên truyền", "nắm", "duy trì", "kịp thời", "chủ động", "tiếp tục", "quan tâm", "làm tốt", "chuẩn bị", "kiểm tra", "đổi mới", "phát huy", "ban hành", "hoàn thành", "thường xuyên", "bám sát", "theo dõi", "quán triệt", "cung cấp", "rà soát", "đảm bảo", "bảo đảm", "thẩm định", "sơ kết", "tổng kết"}

func (p *page) verbAt(i, to int) bool {
	_, ok := p.begins(i, to, workVerbs...)
	return ok
}

// dropDoubles removes items that say again what another of the same list holds, as portals and writers do.
func (p *page) dropDoubles(out *Proposal) {
	for _, list := range []*[]Item{&out.Results, &out.Difficulties, &out.Shortcomings, &out.Conclusions} {
		if len(*list) > 300 { // a long report; comparing everything with everything would take its time
			continue
		}
		keys := make([]string, len(*list))
		for i, it := range *list {
			keys[i] = lettersOf(it.Value)
		}
		kept := (*list)[:0]
		for i, it := range *list {
			own, double := keys[i], false
			for j, other := range keys {
				if j != i && len(own) >= 25 && (len(other) > len(own) && strings.Contains(other, tail(own)) || other == own && j < i) {
					double = true
					break
				}
			}
			if !double {
				kept = append(kept, it)
			}
		}
		*list = kept
	}
}

// tail of an item's letters: who says it may differ, what is said stands at the end.
func tail(letters string) string { return letters[len(letters)/5:] }
