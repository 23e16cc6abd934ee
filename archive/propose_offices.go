package archive

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"giaoban/figure"
)

// officeHeads begin the name of a body.
var officeHeads = []string{"ban tuyên giáo", "ban tuyên huấn", "ban cán sự", "ban thường vụ", "ban chấp hành", "ban dân vận", "ban tổ chức tỉnh ủy", "ban nội chính", "ban chỉ đạo", "ban khoa giáo", "ban", "thường trực", "sở", "ubnd", "ủy ban", "tỉnh ủy", "thành ủy", "huyện ủy", "thị ủy", "quận ủy",
	"đảng ủy", "đảng bộ", "hội đồng", "hội liên hiệp", "hội", "liên hiệp", "liên đoàn", "cụm", "khối", "trường", "trung tâm", "văn phòng", "bộ", "công an", "mặt trận", "mttq", "tỉnh đoàn", "thành đoàn", "huyện đoàn", "báo", "đài", "phòng", "chi cục", "cục", "viện", "bệnh viện", "bảo hiểm xã hội", "bhxh", "hđnd", "học viện", "đoàn"}

// organising verbs end the name of who organised.
var organising = []string{"tổ chức", "phối hợp", "tiến hành", "khai mạc", "họp", "long trọng", "mở", "đã", "vừa", "chủ trì", "triển khai", "tham dự", "đánh giá", "sơ kết", "tổng kết", "ký kết", "có", "cùng", "ban hành"}

// proposeOrganiser reads who held the meeting: the subject of "tổ chức" in lead or title, as written.
func (p *page) proposeOrganiser(out *Proposal, all []statement) {
	order := append(lead(all, 3), opening(all, 0)...)
	for _, s := range order {
		dated := out.HeldOnSpan.End > 0 && s.Start <= out.HeldOnSpan.Start && out.HeldOnSpan.End <= s.End
		if at := p.find("họp", s.Start, s.End); dated && at >= 0 && !p.has("tổ chức", s.Start, at) {
			if who, ok := p.subjectOf(s.Span, at); ok {
				out.Organiser = p.item(who)
				return
			}
		}
		for at := p.find("tổ chức", s.Start, s.End); at >= 0; at = p.find("tổ chức", at+1, s.End) {
			if !dated && !p.hasAny(at, min(s.End, at+260), "hội nghị", "giao ban", "lễ", "họp", "buổi", "tổng kết", "sơ kết", "ký kết", "gặp mặt") {
				continue
			}
			// Behind the day stands who held it; before it perhaps a plan that was carried out.
			if dated && at > out.HeldOnSpan.End {
				if who, ok := p.subjectOf(Span{out.HeldOnSpan.End, s.End}, at); ok {
					out.Organiser = p.item(who)
					return
				}
			}
			if who, ok := p.subjectOf(s.Span, at); ok {
				out.Organiser = p.item(who)
				return
			}
		}
	}
}

// subjectOf gives the body that is the subject of the verb at.
func (p *page) subjectOf(s Span, at int) (Span, bool) {
	// "hội nghị do Ban Tuyên giáo Tỉnh ủy tổ chức"
	if i := p.lastFind("do", s.Start, at); i >= 0 {
		if who, ok := p.officeAt(p.skip(i+len("do"), at, " "), at); ok && who.End >= at-30 {
			return who, true
		}
	}
	before := strings.TrimRight(p.low[s.Start:at], " ")
	if strings.HasSuffix(before, "được") || strings.HasSuffix(before, "công tác") || strings.HasSuffix(before, "ban") || strings.HasSuffix(before, "các") || strings.HasSuffix(before, "việc") {
		return Span{}, false
	}
	// The subject begins at the first office word after the dateline.
	for i := s.Start; i < at; {
		if p.edge(i) && (i == s.Start || !wordRune(lastRune(p.text[:i]))) {
			if _, ok := p.begins(i, at, officeHeads...); ok && p.subjectMayBegin(s.Start, i) {
				return p.officeAt(i, at)
			}
		}
		_, n := utf8.DecodeRuneInString(p.text[i:])
		i += n
	}
	return Span{}, false
}

// subjectMayBegin reports that what stands before i is a dateline, a place or nothing; a person or another verb there
// means that the office is not the subject.
func (p *page) subjectMayBegin(from, i int) bool {
	before := strings.TrimRight(p.low[from:i], " ")
	if before == "" {
		return true
	}
	last := lastRune(before)
	if last != ',' && last != '-' && last != '–' && last != ')' && last != ':' && last != '|' && !(last >= '0' && last <= '9') && !strings.HasSuffix(before, "qua") && !strings.HasSuffix(before, "nay") && !strings.HasSuffix(before, "năm") {
		return false
	}
	return !p.hasAny(from, i, "đồng chí", "đ/c", "thực hiện", "căn cứ", "tại trụ sở của")
}

func (v *view) lastFind(phrase string, from, to int) int {
	last := -1
	for i := v.find(phrase, from, to); i >= 0; i = v.find(phrase, i+1, to) {
		last = i
	}
	return last
}

// officeAt reads a body's name at i until a comma or a verb.
func (p *page) officeAt(i, to int) (Span, bool) {
	head, ok := p.begins(i, to, officeHeads...)
	if !ok || !unicode.IsUpper(p.runeAt(i)) {
		return Span{}, false
	}
	end := to
	if at, _ := p.findAny(head, to, organising...); at >= 0 {
		end = at
	}
	s := p.trimmed(Span{i, end}, ",-–(:")
	if cut := strings.IndexAny(p.text[s.Start:s.End], "(;:"); cut >= 0 {
		s = p.trimmed(Span{s.Start, s.Start + cut}, ",-–")
	}
	for i := s.Start; i < s.End; i++ {
		if p.text[i] != ',' {
			continue
		}
		// "Ban Tuyên giáo các tỉnh ủy, thành ủy", "Sở Văn hóa, Thể thao và Du lịch" go on behind the comma; another office,
		// a place or a clause does not.
		next := p.skip(i, s.End, ", ")
		_, office := p.begins(next, s.End, officeHeads...)
		_, kin := p.begins(next, s.End, "thành ủy", "đảng ủy", "huyện ủy", "thị ủy")
		if !kin && (office || !unicode.IsUpper(p.runeAt(next))) {
			s.End = i
		}
	}
	if n := utf8.RuneCountInString(p.text[s.Start:s.End]); n < 4 || n > 140 {
		return Span{}, false
	}
	return s, true
}

// proposePlace reads where the meeting was: "tại Hội trường Tỉnh ủy".
func (p *page) proposePlace(out *Proposal, all []statement) {
	for _, s := range lead(all, 2) {
		for at := p.find("tại", s.Start, s.End); at >= 0; at = p.find("tại", at+1, s.End) {
			from := p.skip(at+len("tại"), s.End, " ")
			if !unicode.IsUpper(p.runeAt(from)) && !p.placeWord(from, s.End) {
				continue
			}
			if _, no := p.begins(from, s.End, "hội nghị", "quyết định", "nghị quyết", "chỉ thị", "kế hoạch", "đại hội", "điểm cầu"); no {
				continue
			}
			end := s.End
			if stop := strings.IndexAny(p.text[from:end], ",;.("); stop >= 0 {
				end = from + stop
			}
			if verb, _ := p.findAny(from, end, "tổ chức", "diễn ra", "đã", "ban tuyên giáo tỉnh ủy tổ chức", "do"); verb >= 0 {
				end = verb
			}
			place := p.trimmed(Span{from, end}, "-–")
			if n := utf8.RuneCountInString(p.text[place.Start:place.End]); n >= 4 && n <= 80 {
				out.Place = p.item(place)
				return
			}
		}
	}
}

func (p *page) placeWord(i, to int) bool {
	_, ok := p.begins(i, to, "hội trường", "trung tâm", "trụ sở", "nhà khách", "phòng họp", "thành phố", "thị xã", "huyện")
	return ok
}

// provinces are those of before and of after 01/7/2025; old pages name the old ones.
var provinces = strings.Split("An Giang,Bà Rịa - Vũng Tàu,Bạc Liêu,Bắc Giang,Bắc Kạn,Bắc Ninh,Bến Tre,Bình Dương,Bình Định,Bình Phước,Bình Thuận,Cà Mau,Cao Bằng,Cần Thơ,Đà Nẵng,Đắk Lắk,Đắk Nông,Điện Biên,Đồng Nai,Đồng Tháp,"+
	"Gia Lai,Hà Giang,Hà Nam,Hà Nội,Hà Tĩnh,Hải Dương,Hải Phòng,Hậu Giang,Hòa Bình,Hồ Chí Minh,Huế,Hưng Yên,Khánh Hòa,Kiên Giang,Kon Tum,Lai Châu,Lâm Đồng,Lạng Sơn,Lào Cai,Long An,Nam Định,Nghệ An,Ninh Bình,Ninh Thuận,"+
	"Phú Thọ,Phú Yên,Quảng Bình,Quảng Nam,Quảng Ngãi,Quảng Ninh,Quảng Trị,Sóc Trăng,Sơn La,Tây Ninh,Thái Bình,Thái Nguyên,Thanh Hóa,Thừa Thiên Huế,Tiền Giang,Trà Vinh,Tuyên Quang,Vĩnh Long,Vĩnh Phúc,Yên Bái", ",")

var provinceKeys = func() map[string]string { // lowered → as it is written
	keys := map[string]string{}
	for _, name := range provinces {
		keys[figure.Lower(name)] = name
	}
	keys["đắc lắc"], keys["đăk lăk"], keys["đắc nông"], keys["đăk nông"], keys["bà rịa-vũng tàu"], keys["bà rịa – vũng tàu"] = "Đắk Lắk", "Đắk Lắk", "Đắk Nông", "Đắk Nông", "Bà Rịa - Vũng Tàu", "Bà Rịa - Vũng Tàu"
	return keys
}()

// cities governed by the centre; "thành phố Vĩnh Long" is a town of a province.
var cities = map[string]bool{"Hà Nội": true, "Hải Phòng": true, "Đà Nẵng": true, "Cần Thơ": true, "Hồ Chí Minh": true, "Huế": true}

// owners stand before the name of a province whose page or office it is.
var provinceOwners = []string{"tỉnh ủy", "thành ủy", "đảng bộ tỉnh", "đảng bộ thành phố", "ubnd tỉnh", "ubnd thành phố", "ubnd tp", "ủy ban nhân dân tỉnh", "ủy ban nhân dân thành phố", "hđnd tỉnh", "hđnd thành phố", "hội đồng nhân dân tỉnh", "báo", "tỉnh", "thành phố", "tp", "tp.", "đài phát thanh - truyền hình", "đài ptth"}

type provinceMention struct {
	name  string
	at    Span
	owner string
	main  bool
}

// proposeProvince takes the province of the organiser, else the one that the page calls its own, else the only one that
// the article names as "tỉnh …". Several, or a place that is visited, leave it open.
func (p *page) proposeProvince(out *Proposal) {
	var all []provinceMention
	for i := 0; i < len(p.low); i++ {
		if c := p.low[i]; c != 't' && c != 'u' && c != 'h' && c != 'b' && c != 's' && c != 0xC4 && c != 0xE1 || !p.edge(i) {
			continue
		}
		next, ok := p.begins(i, len(p.low), provinceOwners...)
		if after, office := p.begins(i, len(p.low), "sở"); office { // "Sở Y tế Thanh Hóa"
			if full, end := p.departmentAt(p.skip(after, len(p.low), " "), len(p.low)); full != "" {
				next, ok = end, true
			}
		}
		if !ok || next >= len(p.low) {
			continue
		}
		owner := p.low[i:next]
		at := p.skip(next, len(p.low), " .:")
		name, end := p.provinceAt(at)
		if name == "" || (strings.HasSuffix(owner, "thành phố") || strings.HasPrefix(owner, "tp") || owner == "thành ủy") && !cities[name] || (strings.HasSuffix(owner, "tỉnh") || owner == "tỉnh ủy") && cities[name] && name != "Huế" && name != "Cần Thơ" {
			continue
		}
		if p.elsewhere(i) {
			continue
		}
		all = append(all, provinceMention{name, Span{at, end}, owner, i >= p.main.Start && i < p.main.End})
		i = end - 1
	}
	take := func(fits func(provinceMention) bool) bool {
		var found provinceMention
		for _, m := range all {
			if !fits(m) {
				continue
			}
			if found.name != "" && found.name != m.name {
				return false
			}
			if found.name == "" {
				found = m
			}
		}
		if found.name == "" {
			return false
		}
		out.Province = Item{Value: found.name, Span: found.at}
		return true
	}
	organiser := out.Organiser.Span
	_ = take(func(m provinceMention) bool { return m.at.Start >= organiser.Start && m.at.End <= organiser.End }) ||
		take(func(m provinceMention) bool {
			return !m.main && m.owner != "tỉnh" && m.owner != "tp" && m.owner != "tp."
		}) ||
		take(func(m provinceMention) bool { return m.main }) ||
		take(func(m provinceMention) bool { return m.main && m.owner != "tỉnh" }) ||
		!p.hasMain(all) && take(func(m provinceMention) bool { return true })
}

func (p *page) hasMain(all []provinceMention) bool {
	for _, m := range all {
		if m.main {
			return true
		}
	}
	return false
}

func (v *view) provinceAt(i int) (name string, end int) {
	if i >= len(v.low) || !unicode.IsUpper(v.runeAt(i)) {
		return "", i
	}
	first, _ := v.word(i, len(v.low))
	for _, key := range provincesByFirst[first] {
		if i+len(key) > end && strings.HasPrefix(v.low[i:], key) && v.edge(i+len(key)) {
			name, end = provinceKeys[key], i+len(key)
		}
	}
	return name, end
}

var provincesByFirst = func() map[string][]string {
	by := map[string][]string{}
	for key := range provinceKeys {
		first, _ := newView(key).word(0, len(key))
		by[first] = append(by[first], key)
	}
	return by
}()

// elsewhere reports that a province is named as another place: visited, compared with, one of several.
func (p *page) elsewhere(i int) bool {
	from := max(0, i-60)
	for from < i && !utf8.RuneStart(p.text[from]) {
		from++
	}
	if line := strings.LastIndexByte(p.text[from:i], '\n'); line >= 0 {
		from += line
	}
	return p.hasAny(from, i, "học tập kinh nghiệm", "ngoài tỉnh", "như", "các tỉnh", "với tỉnh", "đoàn công tác", "giáp", "đến từ", "điểm cầu", "ngành của tỉnh", "tại")
}
