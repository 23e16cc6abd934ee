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
		hoả hỏa khổng khuất kha khúc cầm bàn đường đới giang hạ k h kră krông niê nay rah rmah rcom bh a alăng hôih arất zơrâm brao coor hiah pơloong bling riah phù sử tào thi thang tiếp trượng tưởng vưu vòng xa yên`) {
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
	for i, words := s.End, 0; i > s.Start && words < 4; words++ {
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
			// "Thành ủy Hà Nội Đinh Tiến Dũng": a province is no family.
			if province, _ := v.provinceAt(j); province == "" || at < 0 {
				if name, ok := v.nameAt(j, s.End); ok && name.End == s.End {
					at = j
				}
			}
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
			} else if v.text[i] == ',' && v.nameWithPost(j, to) {
				cuts = append(cuts, i)
				i = j
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

// nameWithPost reports a name with its post behind a comma, as in lists whose members commas part.
func (v *view) nameWithPost(i, to int) bool {
	if word, _ := v.word(i, to); !familyNames[word] {
		return false
	}
	name, ok := v.nameAt(i, to)
	return ok && name.End < to && v.text[name.End] == ',' && v.postAt(v.skip(name.End, to, " ,"), to)
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
	c.End = max(c.Start, v.withoutLeftOvers(c).End)
	start := v.introduced(c.Start, c.End)
	if _, place := v.begins(start, c.End, "tại điểm cầu", "tại đầu cầu", "ở điểm cầu"); place {
		if has := v.find("có", start, c.End); has >= 0 { // "tại điểm cầu Thành ủy có …"
			start = v.introduced(has, c.End)
		}
	}
	if with, _ := v.findAny(start, c.End, "cùng lãnh đạo", "cùng các", "cùng đại diện", "cùng một số"); with > start {
		c.End = with
	}
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

func (v *view) withoutLeftOvers(s Span) Span {
	s = v.trimmed(s, ",;:-–—().")
	for again := true; again; {
		again = false
		for _, word := range leftOvers {
			if t := v.low[s.Start:s.End]; t == word || strings.HasSuffix(t, " "+word) {
				s = v.trimmed(Span{s.Start, s.End - len(word)}, ",;:-–—()")
				again = true
			}
		}
	}
	return s
}

func (v *view) withTitle(name, post Span) Person {
	post = v.withoutLeftOvers(post)
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
