package archive

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// titleWords begin a post; a name ends before them.
var titleWords = []string{"ủy viên", "phó", "trưởng ban", "trưởng phòng", "trưởng đoàn", "bí thư", "chủ tịch", "chủ nhiệm", "giám đốc", "tổng giám đốc", "thường trực",
	"tỉnh ủy viên", "thành ủy viên", "huyện ủy viên", "quận ủy viên", "thị ủy viên", "chánh văn phòng", "chánh thanh tra", "vụ trưởng", "cục trưởng", "viện trưởng", "hiệu trưởng", "thứ trưởng", "bộ trưởng",
	"tổng biên tập", "tổng thư ký", "đại tá", "thượng tá", "trung tá", "thiếu tướng", "tiến sĩ", "tiến sỹ", "thạc sĩ", "gs", "pgs", "ts", "ths", "bác sĩ", "nhà báo", "nguyên", "quyền", "lãnh đạo", "chỉ huy trưởng", "trưởng", "uvbtv", "ubtv", "uvtv", "uv btv", "uvtw", "uv", "đại diện", "trưởng đoàn", "chính ủy", "tư lệnh"}

// honorifics stand before a name and are no post.
var honorifics = []string{"đại tướng", "thượng tướng", "trung tướng", "thiếu tướng", "đại tá", "thượng tá", "trung tá", "thiếu tá", "tiến sĩ", "tiến sỹ", "thạc sĩ", "thạc sỹ", "bác sĩ", "bác sỹ", "giáo sư", "phó giáo sư", "ts", "ths", "pgs", "gs", "bs", "nhà báo", "bs.cki", "bs.ckii", "nhà giáo ưu tú", "thầy thuốc ưu tú", "kỹ sư"}

// familyNames tell a person's name at the end of a post: "Phó Bí thư Tỉnh ủy Nguyễn Đình Trung". The commonest of the
// Kinh and of the peoples of the highlands, as they occur among officers.
var familyNames = map[string]bool{}

func init() {
	for _, name := range strings.Fields(`nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh lâm đoàn trịnh mai trương đào hà cao tô tạ thái lương
		vàng giàng lò quàng cà triệu nông chu la tống kiều thạch kim sơn y a rơ siu ksor hứa lục ma bế hầu sùng thào mùa lầu bạch quách phùng từ tăng khương nghiêm ninh âu vi vương tôn hàn
		đàm đồng điểu danh châu diệp doãn giáp lữ lưu mạc nhữ phí quan thân trà tòng tráng ung văn viên thiều hoa cù chử đậu lại liễu mã ông sầm thẩm tiêu trang lường hờ vừ chang chá cứ mua
		hoả hỏa khổng khuất kha khúc cầm bàn đường đới giang hạ k h kră krông niê nay rah rmah rcom bh a alăng hôih arất zơrâm brao coor hiah pơloong bling riah thị phù sử tào thi thang tiếp trượng tưởng vưu vòng xa yên`) {
		familyNames[name] = true
	}
}

// personIntroductions stand before a name.
var personIntroductions = []string{"các đồng chí", "đồng chí", "đ/c", "các đ/c", "ông", "bà", "các ông", "các bà"}

// nameAt reads a person's name: two to six words with capitals, until a comma, a dash or a post.
func (v *view) nameAt(i, to int) (Span, bool) {
	start := i
	end, words := i, 0
	for i < to && words < 7 {
		j := i
		for j < to {
			r, n := utf8.DecodeRuneInString(v.text[j:])
			if !unicode.IsLetter(r) && r != '\'' && r != '’' && r != '`' {
				break
			}
			j += n
		}
		if j == i {
			break
		}
		first, _ := utf8.DecodeRuneInString(v.text[i:])
		if !unicode.IsUpper(first) {
			break
		}
		if words > 0 {
			if _, post := v.begins(i, to, titleWords...); post && !v.partOfName(i, j, to) {
				break
			}
			if _, office := v.begins(i, to, "tỉnh ủy", "thành ủy", "huyện ủy", "ban tuyên giáo", "ban thường vụ", "ubnd", "hđnd", "mttq", "sở"); office {
				break
			}
		}
		end, words = j, words+1
		if j >= to || v.text[j] != ' ' {
			break
		}
		i = j + 1
	}
	if words < 2 || words > 6 {
		return Span{}, false
	}
	return Span{start, end}, true
}

// partOfName keeps names such as "Lê Quyền" or "Trần Phó" whole where the word ends the name.
func (v *view) partOfName(i, j, to int) bool {
	word := v.low[i:j]
	if word != "quyền" && word != "nguyên" && word != "trưởng" {
		return false
	}
	return j >= to || v.text[j] != ' ' || !unicode.IsLower(v.runeAt(j+1)) && word != "trưởng"
}

func (v *view) runeAt(i int) rune {
	r, _ := utf8.DecodeRuneInString(v.text[min(i, len(v.text)):])
	return r
}

// nameAtEnd reads a name at the end of a post: the last run of capitals that opens with a family name.
func (v *view) nameAtEnd(from, to int) (Span, bool) {
	s := v.trimmed(Span{from, to}, ",-–:")
	at := -1
	for i, words := s.End, 0; i > s.Start && words < 6; words++ {
		j := i
		for j > s.Start {
			r, n := utf8.DecodeLastRuneInString(v.text[:j])
			if !unicode.IsLetter(r) && r != '\'' {
				break
			}
			j -= n
		}
		if j == i || !unicode.IsUpper(v.runeAt(j)) {
			break
		}
		if words >= 1 && familyNames[v.low[j:i]] {
			at = j
			if name, ok := v.nameAt(j, s.End); !ok || name.End != s.End {
				at = -1
			}
		}
		if at >= 0 && words >= 2 {
			break
		}
		if j <= s.Start || v.text[j-1] != ' ' {
			break
		}
		i = j - 1
	}
	return Span{at, s.End}, at >= 0
}

// persons reads "đồng chí A, post; đồng chí B, post" between from and to.
func (v *view) persons(from, to int) []Person {
	var all []Person
	for _, c := range v.personChunks(from, to) {
		if p, ok := v.person(c); ok {
			all = append(all, p)
		}
	}
	return all
}

func (v *view) personChunks(from, to int) []Span {
	var cuts []int
	depth := 0
	for i := from; i < to; i++ {
		switch v.text[i] {
		case '(':
			depth++
		case ')':
			depth--
		case ';':
			cuts = append(cuts, i)
		case ' ', ',':
			if depth > 0 {
				continue
			}
			j := v.skip(i, to, " ,")
			next, and := v.begins(j, to, "và", "cùng")
			if and {
				j = v.skip(next, to, " ")
			}
			_, introduced := v.begins(j, to, personIntroductions...)
			_, ranked := v.begins(j, to, honorifics...)
			if (introduced || ranked && and) && j > from+2 {
				// "ông", "bà" may be words of a sentence; a name must follow.
				k := v.introduced(j, to)
				if _, named := v.nameAt(k, to); named || v.postAt(k, to) {
					cuts = append(cuts, i)
					i = j
				}
			} else if and && v.text[i] == ' ' && v.postAt(j, to) && v.postWithName(j, to) {
				cuts = append(cuts, i)
				i = j
			} else if and && v.text[i] == ' ' {
				if name, ok := v.nameAt(j, to); ok && name.End < to && strings.IndexByte(",-(", v.text[v.skip(name.End, to, " ")%len(v.text)]) >= 0 {
					if word, _ := v.word(j, to); familyNames[word] {
						cuts = append(cuts, i)
					}
				}
			}
		}
	}
	var all []Span
	start := from
	for _, c := range append(cuts, to) {
		if c > start {
			all = append(all, Span{start, c})
		}
		start = c
	}
	return all
}

// postWithName reports a post with its holder's name behind it: "Bộ trưởng Bộ Y tế Nguyễn Quốc Triệu".
func (v *view) postWithName(i, to int) bool {
	if stop := strings.IndexAny(v.text[i:to], ",;"); stop >= 0 {
		to = i + stop
	}
	name, ok := v.nameAtEnd(i, to)
	return ok && name.Start > i
}

// introduced skips "và", "có", "các đồng chí:", "đồng chí" before a name.
func (v *view) introduced(i, to int) int {
	for {
		i = v.skip(i, to, " ,;:-–")
		next, ok := v.begins(i, to, beforeNames...)
		if !ok {
			return i
		}
		if i = next; i < to && v.text[i] == '.' {
			i++
		}
	}
}

var beforeNames = append(append([]string{"và", "có", "gồm", "gồm có", "là", "cùng", "với", "của", "do", "sự", "thay mặt", "còn có"}, personIntroductions...), honorifics...)

func (v *view) postAt(i, to int) bool {
	_, ok := v.begins(i, to, titleWords...)
	return ok
}

func (v *view) person(c Span) (Person, bool) {
	start := v.introduced(c.Start, c.End)
	if v.postAt(start, c.End) {
		// "các đồng chí Ủy viên Ban Thường vụ: Ngô Gia Tự, Phó Chủ tịch …"
		if colon := strings.IndexByte(v.text[start:c.End], ':'); colon >= 0 {
			if name, ok := v.nameAt(v.skip(start+colon+1, c.End, " "), c.End); ok {
				return v.withTitle(name, Span{name.End, c.End}), true
			}
		}
		// "Phó Bí thư Tỉnh ủy Nguyễn Đình Trung", perhaps with more after a comma.
		end := c.End
		for {
			if name, ok := v.nameAtEnd(start, end); ok && name.Start > start {
				p := v.withTitle(name, Span{start, name.Start})
				if p.Title != "" {
					return p, true
				}
			}
			cut := strings.LastIndexByte(v.text[start:end], ',')
			if cut < 0 {
				return Person{}, false
			}
			end = start + cut
		}
	}
	name, ok := v.nameAt(start, c.End)
	if !ok {
		return Person{}, false
	}
	return v.withTitle(name, Span{name.End, c.End}), true
}

// leftOvers stand between the last post and the verb.
var leftOvers = []string{"dự và", "đến dự và", "tới dự và", "tham dự và", "cùng dự và", "dự", "đến dự", "tham dự", "đã", "đồng", "cùng", "và", "là", "dự,", "trực tiếp", "đến", "tới", "cùng đồng", "làm", "sẽ", "chỉ đạo và", "chỉ đạo", "phát biểu", "có bài", "đã có bài", "phát biểu và"}

func (v *view) withTitle(name, post Span) Person {
	post = v.trimmed(post, ",;:-–—().")
	for again := true; again; {
		again = false
		for _, word := range leftOvers {
			if s := v.low[post.Start:post.End]; s == word || strings.HasSuffix(s, " "+word) {
				post = v.trimmed(Span{post.Start, post.End - len(word)}, ",;:-–—()")
				again = true
			}
		}
	}
	p := Person{Name: v.text[name.Start:name.End], Span: name}
	if post.Start < post.End && !v.hasAny(post.Start, post.End, "hội nghị", "phát biểu", "tổ chức", "tham dự", "đại biểu") {
		p.Title = v.text[post.Start:post.End]
		p.Span = Span{min(name.Start, post.Start), max(name.End, post.End)}
	} else if cut := v.titleUntilVerb(post); cut.Start < cut.End {
		p.Title = v.text[cut.Start:cut.End]
		p.Span = Span{min(name.Start, cut.Start), max(name.End, cut.End)}
	}
	return p
}

// titleUntilVerb keeps the comma parts of a post that come before the sentence goes on.
func (v *view) titleUntilVerb(post Span) Span {
	at, _ := v.findAny(post.Start, post.End, "hội nghị", "phát biểu", "tổ chức", "tham dự", "đại biểu", "đã", "ghi nhận", "đề nghị", "yêu cầu", "nhấn mạnh", "dự")
	if at < 0 {
		return post
	}
	cut := strings.LastIndexByte(v.text[post.Start:at], ',')
	if !v.postAt(post.Start, at) {
		return Span{}
	}
	if cut < 0 {
		return v.trimmed(Span{post.Start, at}, ",-–")
	}
	return v.trimmed(Span{post.Start, post.Start + cut}, ",-–")
}

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
	if next, ok := p.begins(after, s.End, ", phối hợp", "phối hợp", "xây dựng", "tham mưu", "nghiên cứu", "soạn thảo", "thực hiện", "triển khai", "việc", "biên soạn", "thẩm định"); ok {
		_ = next
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
				if _, named := p.nameAt(k, at); named || p.postAt(k, at) {
					last = max(last, i)
					if first < 0 || i < first {
						first = i
					}
				}
			}
		}
	}
	if list >= 0 && !p.hasAny(p.skipPast(list, at), at, "dự hội nghị", "tham dự hội nghị", "tham dự có", "dự có", "cùng dự") && !p.has("do", list, at) {
		if opened, _ := p.findAny(from, list, "dự hội nghị", "tham dự", "cùng dự", "dự có", "đến dự"); opened < 0 || last <= list+len("các ") {
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
			if people := p.persons(start, at); len(people) == 1 && people[0].Title != "" {
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

func (p *page) skipPast(i, to int) int { return min(to, i+len("các đồng chí")) }

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
	if next, of := p.begins(after, s.End, "của đồng chí", "của đ/c"); of && (before == "" || strings.HasSuffix(before, "thông báo")) {
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
			if !p.postAt(in, s.End) {
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
	stop, _ := p.findAny(start, end, "đề nghị", "yêu cầu", "nhấn mạnh", "ghi nhận", "biểu dương", "đánh giá", "đã", "chỉ đạo", "khẳng định", "cho rằng", "cho biết", "lưu ý", "giao", "thống nhất", "đồng tình", "đồng ý", "tiếp thu", "cảm ơn", "đặc biệt", "mong muốn", "cơ bản")
	if stop < 0 {
		stop = end
	}
	if !p.postAt(start, stop) {
		// "đồng chí Thọ": a given name that one chair bears.
		word, after := p.word(start, stop)
		var found []Person
		for _, c := range chairs {
			if words := strings.Fields(lowered(c.Name)); len(words) > 0 && words[len(words)-1] == word {
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
