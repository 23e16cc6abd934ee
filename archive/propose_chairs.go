package archive

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"giaoban/figure"
)

// chairsWithin is how far into an article its chairs are looked for, in bytes; further down others chair other things.
const chairsWithin = 6000

// findChairs reads who chaired: "Đồng chí A, … chủ trì hội nghị", "Chủ trì hội nghị có các đồng chí: …", "do đồng chí A chủ trì".
func (p *page) findChairs(sentences []statement) []Person {
	var all []Person
	for _, s := range sentences {
		if s.kind == body && s.Start > p.main.Start+chairsWithin {
			continue
		}
		for at := p.find("chủ trì", s.Start, s.End); at >= 0; at = p.find("chủ trì", at+1, s.End) {
			for _, chair := range p.chairsAt(s.Span, at) {
				all = addPerson(all, chair)
			}
		}
		for at := p.find("chủ tọa", s.Start, s.End); at >= 0; at = p.find("chủ tọa", at+1, s.End) {
			for _, chair := range p.chairsAt(s.Span, at) {
				all = addPerson(all, chair)
			}
		}
		if len(all) >= 6 {
			break
		}
	}
	return all
}

func addPerson(all []Person, one Person) []Person {
	for i, p := range all {
		if lettersOf(p.Name) == lettersOf(one.Name) {
			if p.Title == "" {
				all[i] = one
			}
			return all
		}
	}
	return append(all, one)
}

func (p *page) chairsAt(s Span, at int) []Person {
	after := p.skip(at+len("chủ trì"), s.End, " ")
	if _, ok := p.begins(after, s.End, ", phối hợp", "phối hợp", "xây dựng", "tham mưu", "nghiên cứu", "soạn thảo", "thực hiện", "triển khai", "việc", "biên soạn", "thẩm định"); ok {
		return nil
	}
	if _, ok := p.begins(after, s.End, "của"); ok { // dưới sự chủ trì của đồng chí A
		return p.persons(after, s.End)
	}
	from := p.chairClause(s.Start, at)
	if from >= 0 {
		return p.persons(from, at)
	}
	if p.hasAny(s.Start, at, "đồng chí", "đ/c") {
		return nil
	}
	// "Chủ trì hội nghị có Phó Chủ tịch A; đồng chí B", "Chủ trì tại điểm cầu Trung ương có …"
	if p.shortBefore(s.Start, at) {
		if in, word := p.findAny(after, min(s.End, after+70), "có", "gồm", "gồm có", "là"); in >= 0 {
			k := p.introduced(in+len(word), s.End)
			if _, named := p.nameAt(k, s.End); named || p.postAt(k, s.End) {
				if all := p.persons(k, s.End); len(all) > 0 {
					return all
				}
			}
		}
	}
	// "Chủ trì hội nghị có đồng chí A", "Tham dự và chủ trì hội nghị: đồng chí A"
	if in, _ := p.findAny(after, min(s.End, after+120), personIntroductions...); in >= 0 && p.shortBefore(s.Start, at) {
		end := s.End
		if dot := p.find("cùng dự", in, end); dot > 0 {
			end = dot
		}
		return p.persons(in, end)
	}
	return nil
}

// shortBefore reports that little stands before the verb, so that it opens the sentence.
func (p *page) shortBefore(from, at int) bool {
	return utf8.RuneCountInString(p.text[from:at]) <= 40 || p.hasAny(from, at, "do", "dưới sự")
}

// chairClause gives where the people begin who are the subject of the verb at; -1 when nobody is.
func (p *page) chairClause(from, at int) int {
	list := -1
	for i := p.find("các đồng chí", from, at); i >= 0; i = p.find("các đồng chí", i+1, at) {
		list = i
	}
	last, first := -1, -1
	for _, word := range append([]string{"đồng chí", "đ/c", "ông", "bà"}, honorifics...) {
		for i := p.find(word, from, at); i >= 0; i = p.find(word, i+1, at) {
			if k := p.introduced(i, at); k < at {
				if _, named := p.person(Span{k, at}); named {
					last = max(last, i)
					if first < 0 || i < first {
						first = i
					}
				}
			}
		}
	}
	if list >= 0 && !p.hasAny(list+len("các đồng chí"), at, "dự hội nghị", "tham dự hội nghị", "tham dự có", "dự có", "cùng dự") && !p.has("do", list, at) {
		if opened, _ := p.findAny(from, list, "dự hội nghị", "tham dự", "cùng dự", "dự có", "đến dự"); (opened < 0 || last <= list+len("các ")) && len(p.persons(list, at)) > 0 {
			return list
		}
	}
	if last < 0 {
		// A post without "đồng chí": "Trưởng ban Tuyên giáo Tỉnh ủy Lê Hữu Thọ chủ trì hội nghị".
		for i := at; i > from; {
			cut := strings.LastIndexByte(p.text[from:i], ',')
			start := from
			if cut >= 0 {
				start = from + cut + 1
			}
			start = p.skip(start, at, " ")
			if !p.postAt(start, at) {
				break
			}
			if people := p.persons(start, at); len(people) > 0 && people[0].Title != "" {
				last = start
			}
			if cut < 0 {
				break
			}
			i = from + cut
		}
		return last
	}
	// "đồng chí A, … và đồng chí B, … đồng chủ trì": all that are joined before.
	before := strings.TrimRight(p.low[from:at], " ")
	if strings.HasSuffix(before, "đồng") || strings.HasSuffix(before, "cùng") || strings.HasSuffix(before, "cùng đồng") {
		if !p.hasAny(from, first, "dự", "tham dự", "cùng dự") {
			if post := p.postJoined(from, first); post >= 0 {
				return post
			}
			return first
		}
	}
	if i := p.joinedBefore(from, last); i >= 0 {
		return i
	}
	return last
}

// postJoined gives where "Phó Bí thư Tỉnh ủy Trần Văn Chín và" begins before "đồng chí B"; -1 when it is not so.
func (p *page) postJoined(from, at int) int {
	if before := strings.TrimRight(p.low[from:at], " "); !strings.HasSuffix(before, " và") && !strings.HasSuffix(before, " cùng") {
		return -1
	}
	start := from
	if comma := strings.LastIndexByte(p.text[from:at], ','); comma >= 0 {
		start = p.skip(from+comma+1, at, " ")
	}
	if !p.postAt(start, at) || len(p.persons(start, p.lastFind("và", start, at))) != 1 {
		return -1
	}
	return start
}

// joinedBefore steps from "và đồng chí B" back to "đồng chí A" where both are subjects: nothing else has a verb there.
func (p *page) joinedBefore(from, last int) int {
	before := strings.TrimRight(p.low[from:last], " ")
	if !strings.HasSuffix(before, " và") && !strings.HasSuffix(before, " cùng") {
		return -1
	}
	first, _ := p.findAny(from, last, "đồng chí", "đ/c")
	if first < 0 || p.hasAny(from, last, "dự", "tham dự", "cùng dự", "chủ trì", "có", "tổ chức") {
		return -1
	}
	return first
}

// findConcluder reads who concluded, by name; a post without a name counts where one chair alone holds it.
func (p *page) findConcluder(sentences []statement, chairs []Person) Item {
	for _, s := range sentences {
		for at := p.find("kết luận", s.Start, s.End); at >= 0; at = p.find("kết luận", at+1, s.End) {
			if name, ok := p.concluderAt(s.Span, at, chairs); ok {
				return name
			}
		}
	}
	return Item{}
}

var gatherings = []string{"hội nghị", "buổi", "cuộc họp", "giao ban", "phiên họp", "tại hội nghị", "tại buổi", "tại cuộc họp", "nội dung", "và chỉ đạo", "phiên"}

func (p *page) concluderAt(s Span, at int, chairs []Person) (Item, bool) {
	after := p.skip(at+len("kết luận"), s.End, " ")
	_, gathering := p.begins(after, s.End, gatherings...)
	before := strings.TrimRight(p.low[s.Start:at], " ")
	spoken := strings.HasSuffix(before, "phát biểu") || strings.HasSuffix(before, "phát biểu chỉ đạo và") || strings.HasSuffix(before, "phát biểu và") || strings.HasSuffix(before, "chủ trì và") || strings.HasSuffix(before, "chỉ đạo,")
	opening := before == "" || before == "tại" || before == "-" || spoken && utf8.RuneCountInString(before) <= 40 && !p.hasAny(s.Start, at, personIntroductions...)
	if next, of := p.begins(after, s.End, "của đồng chí", "của đ/c"); of && (before == "" || spoken || strings.HasSuffix(before, "thông báo")) {
		return p.concluderNamed(next, s.End, chairs) // the subject of a notice
	}
	if len(chairs) == 1 && (strings.HasSuffix(before, "đồng chí chủ trì") || strings.HasSuffix(before, "đồng chí chủ trì hội nghị") || strings.HasSuffix(before, "đồng chí chủ trì đã")) {
		return Item{Value: chairs[0].Name, Span: Span{at, at + len("kết luận")}}, true
	}
	if strings.HasSuffix(before, "thực hiện") || strings.HasSuffix(before, "thông báo") || strings.HasSuffix(before, "các") || strings.HasSuffix(before, "triển khai") {
		return Item{}, false
	}
	if opening {
		if !gathering && !spoken && p.runeAt(after) != ',' {
			return Item{}, false
		}
		in, _ := p.findAny(after, min(s.End, after+150), "đồng chí", "đ/c", "ông", "bà")
		if in < 0 {
			comma := strings.IndexByte(p.text[after:s.End], ',')
			if comma < 0 {
				return Item{}, false
			}
			in = p.skip(after+comma+1, s.End, " ")
			if word, _ := p.word(in, s.End); !p.postAt(in, s.End) && !familyNames[word] {
				return Item{}, false
			}
		}
		return p.concluderNamed(in, s.End, chairs)
	}
	if !gathering && !spoken {
		return Item{}, false
	}
	if in := p.chairClause(s.Start, at); in >= 0 {
		people := p.persons(in, at)
		if len(people) == 1 {
			return nameItem(p, people[0]), true
		}
	}
	return Item{}, false
}

func nameItem(p *page, one Person) Item {
	i := strings.Index(p.text[one.Start:one.End], one.Name)
	return Item{Value: one.Name, Span: Span{one.Start + i, one.Start + i + len(one.Name)}}
}

// concluderNamed reads the person introduced at in, whose sentence goes on to end.
func (p *page) concluderNamed(in, end int, chairs []Person) (Item, bool) {
	start := p.introduced(in, end)
	if name, ok := p.nameAt(start, end); ok {
		return Item{Value: p.text[name.Start:name.End], Span: name}, true
	}
	stop, _ := p.findAny(start, end, "đề nghị", "yêu cầu", "nhấn mạnh", "ghi nhận", "biểu dương", "đánh giá", "đã", "chỉ đạo", "khẳng định", "cho rằng", "cho biết", "lưu ý", "giao", "thống nhất", "đồng tình", "đồng ý", "tiếp thu", "cảm ơn", "đặc biệt", "mong muốn", "cơ bản", "tại", "phát biểu")
	if stop < 0 {
		stop = end
	}
	if !p.postAt(start, stop) {
		// "đồng chí Thọ": a given name that one chair bears.
		word, after := p.word(start, stop)
		var found []Person
		for _, c := range chairs {
			if words := strings.Fields(figure.Lower(c.Name)); len(words) > 0 && words[len(words)-1] == word {
				found = append(found, c)
			}
		}
		if len(found) == 1 && unicode.IsUpper(p.runeAt(start)) {
			return Item{Value: found[0].Name, Span: Span{start, after}}, true
		}
		return Item{}, false
	}
	for cut := stop; cut > start; {
		if name, ok := p.nameAtEnd(start, cut); ok && name.Start > start {
			return Item{Value: p.text[name.Start:name.End], Span: name}, true
		}
		i := strings.LastIndexByte(p.text[start:cut], ',')
		if i < 0 {
			break
		}
		cut = start + i
	}
	post := lettersOf(p.text[start:stop])
	var found []Person
	for _, c := range chairs {
		if len(post) > 6 && strings.HasSuffix(lettersOf(c.Title), post) {
			found = append(found, c)
		}
	}
	if len(found) == 1 {
		s := p.trimmed(Span{start, stop}, ",")
		return Item{Value: found[0].Name, Span: s}, true
	}
	return Item{}, false
}
