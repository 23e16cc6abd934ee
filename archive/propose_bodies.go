package archive

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"giaoban/calendar"
	"giaoban/figure"
)

// departments are the fields of the sở, as they are written in full and in short; the key is the full name.
var departments = map[string][]string{
	"khoa học và công nghệ":               {"khoa học - công nghệ", "khoa học, công nghệ", "khoa học công nghệ", "kh&cn", "kh-cn", "khcn", "kh và cn", "kh - cn"},
	"giáo dục và đào tạo":                 {"giáo dục - đào tạo", "giáo dục-đào tạo", "giáo dục, đào tạo", "giáo dục đào tạo", "giáo dục & đào tạo", "gd&đt", "gd-đt", "gdđt", "gd - đt", "gd và đt", "gd & đt", "giáo dục"},
	"y tế":                                nil,
	"văn hóa và thể thao":                 {"văn hóa - thể thao", "văn hóa, thể thao", "vh&tt", "vhtt", "vh-tt"},
	"văn hóa, thể thao và du lịch":        {"văn hóa - thể thao và du lịch", "văn hóa- thể thao và du lịch", "văn hóa-thể thao và du lịch", "văn hóa, thể thao và du lịch", "văn hóa thể thao và du lịch", "văn hóa thể thao du lịch", "văn hóa, thể thao, du lịch", "văn hóa - thể thao - du lịch", "văn hóa, thể thao & du lịch", "vh,tt&dl", "vhtt&dl", "vhttdl", "vh, tt&dl", "vh-tt&dl", "vh-tt-dl", "vhtt và dl", "vhtt-dl"},
	"tài nguyên và môi trường":            {"tài nguyên - môi trường", "tài nguyên- môi trường", "tài nguyên-môi trường", "tài nguyên, môi trường", "tài nguyên môi trường", "tn&mt", "tn-mt", "tnmt", "tn và mt"},
	"lao động - thương binh và xã hội":    {"lao động, thương binh và xã hội", "lao động thương binh và xã hội", "lao động - thương binh xã hội", "lao động – thương binh và xã hội", "lao động-thương binh và xã hội", "lao động - thương binh - xã hội", "lao động thương binh xã hội", "lđ-tb&xh", "lđ-tbxh", "lđtb&xh", "lđtbxh", "lđ - tb&xh", "lđ -tb&xh", "lđ, tb&xh", "lđ-tb và xh", "lđ-tb-xh", "lđ–tb&xh"},
	"thông tin và truyền thông":           {"thông tin - truyền thông", "thông tin-truyền thông", "thông tin, truyền thông", "thông tin truyền thông", "tt&tt", "tt-tt", "tttt", "tt và tt"},
	"nội vụ":                              nil,
	"tài chính":                           nil,
	"tư pháp":                             nil,
	"kế hoạch và đầu tư":                  {"kế hoạch - đầu tư", "kh&đt", "kh-đt", "khđt"},
	"công thương":                         {"công thương"},
	"nông nghiệp và phát triển nông thôn": {"nn&ptnt", "nn-ptnt", "nnptnt", "nông nghiệp & ptnt", "nông nghiệp và ptnt"},
	"nông nghiệp và môi trường":           {"nn&mt", "nnmt"},
	"giao thông vận tải":                  {"giao thông - vận tải", "gtvt"},
	"xây dựng":                            nil,
	"du lịch":                             nil,
	"ngoại vụ":                            nil,
	"dân tộc và tôn giáo":                 nil,
	"khoa học, công nghệ và môi trường":   nil,
}

type spelling struct{ written, full string }

// departmentSpellings by their first word, longest first.
var departmentSpellings = func() map[string][]spelling {
	by := map[string][]spelling{}
	add := func(s, full string) {
		first, _ := newView(s).word(0, len(s))
		list := by[first]
		at := 0
		for at < len(list) && len(list[at].written) >= len(s) {
			at++
		}
		by[first] = append(list[:at:at], append([]spelling{{s, full}}, list[at:]...)...)
	}
	for full, others := range departments {
		add(full, full)
		for _, s := range others {
			if s != full {
				add(s, full)
			}
		}
	}
	return by
}()

// departmentAt reads a department's field at i.
func (v *view) departmentAt(i, to int) (full string, end int) {
	first, _ := v.word(i, to)
	for _, s := range departmentSpellings[first] {
		if i+len(s.written) <= to && v.low[i:i+len(s.written)] == s.written && v.edge(i+len(s.written)) {
			return s.full, i + len(s.written)
		}
	}
	return "", i
}

// bodyNames are bodies other than the sở, with what may stand behind the head.
var bodyNames = []struct {
	head  string
	tails []string
}{
	{"ban tuyên giáo và dân vận", []string{"tỉnh ủy", "thành ủy", "trung ương"}},
	{"ban tuyên giáo", []string{"tỉnh ủy", "thành ủy", "trung ương", "tw", "t.ư", "huyện ủy", "thị ủy", "quận ủy", "đảng ủy khối"}},
	{"ban cán sự đảng", []string{"ubnd tỉnh", "ubnd thành phố", "ủy ban nhân dân tỉnh", "ubnd"}},
	{"ban cán sự", []string{"ubnd tỉnh", "ubnd thành phố", "đảng ubnd tỉnh", "ubnd"}},
	{"ban thường vụ", []string{"tỉnh ủy", "thành ủy"}},
	{"thường trực", []string{"tỉnh ủy", "thành ủy", "hđnd tỉnh"}},
	{"ban dân vận", []string{"tỉnh ủy", "thành ủy"}},
	{"ban tổ chức", []string{"tỉnh ủy", "thành ủy"}},
	{"ban nội chính", []string{"tỉnh ủy", "thành ủy"}},
	{"ủy ban kiểm tra", []string{"tỉnh ủy", "thành ủy"}},
	{"văn phòng", []string{"tỉnh ủy", "thành ủy", "ubnd tỉnh", "ubnd thành phố"}},
	{"đảng ủy khối", []string{"các cơ quan và doanh nghiệp tỉnh", "các cơ quan tỉnh", "doanh nghiệp tỉnh", "các cơ quan"}},
	{"ubnd", []string{"tỉnh", "thành phố"}},
	{"ủy ban nhân dân", []string{"tỉnh", "thành phố"}},
	{"hđnd", []string{"tỉnh", "thành phố"}},
	{"hội đồng nhân dân", []string{"tỉnh", "thành phố"}},
	{"ủy ban mttq việt nam", []string{"tỉnh", "thành phố"}}, {"ủy ban mttq", []string{"tỉnh", "việt nam tỉnh"}}, {"ủy ban mặt trận tổ quốc việt nam", []string{"tỉnh", "thành phố"}},
	{"bảo hiểm xã hội", []string{"tỉnh", "thành phố"}}, {"bhxh", []string{"tỉnh", "thành phố"}},
	{"tỉnh đoàn", []string{""}}, {"thành đoàn", []string{""}},
	{"hội liên hiệp phụ nữ", []string{"tỉnh", "thành phố"}}, {"liên đoàn lao động", []string{"tỉnh", "thành phố"}}, {"hội nông dân", []string{"tỉnh"}}, {"hội cựu chiến binh", []string{"tỉnh"}},
	{"hội khuyến học", []string{"tỉnh", "thành phố", ""}}, {"hội đông y", []string{"tỉnh", "thành phố", ""}}, {"hội chữ thập đỏ", []string{"tỉnh", "thành phố", ""}},
	{"liên hiệp các hội khoa học và kỹ thuật", []string{"tỉnh", "thành phố", ""}}, {"liên hiệp các hội khoa học kỹ thuật", []string{"tỉnh", ""}}, {"liên hiệp các hội kh&kt", []string{"tỉnh", ""}}, {"hội văn học nghệ thuật", []string{"tỉnh", ""}},
	{"công an", []string{"tỉnh", "thành phố"}}, {"bộ chỉ huy quân sự", []string{"tỉnh"}}, {"bộ chỉ huy bộ đội biên phòng", []string{"tỉnh"}},
	{"trường chính trị", []string{"tỉnh", ""}}, {"đài phát thanh - truyền hình", []string{"tỉnh", ""}}, {"đài phát thanh- truyền hình", []string{"tỉnh", ""}}, {"đài phát thanh và truyền hình", []string{"tỉnh", ""}},
	{"ban dân tộc", []string{"tỉnh", ""}}, {"cục thống kê", []string{"tỉnh", ""}}, {"ban quản lý khu kinh tế", []string{"tỉnh", ""}},
}

// bodiesByFirst finds entries of bodyNames by the first word.
var bodiesByFirst = func() map[string][]int {
	by := map[string][]int{}
	for i, b := range bodyNames {
		first, _, _ := strings.Cut(b.head, " ")
		by[first] = append(by[first], i)
	}
	return by
}()

// findBodies gives each spelling of a body once, in the order of the text.
func (p *page) findBodies(day calendar.Date, match Matcher) []Mentioned {
	var all []Mentioned
	seen := map[string]bool{}
	add := func(name string, s Span) {
		key := figure.Lower(name)
		if seen[key] {
			return
		}
		seen[key] = true
		m := Mentioned{Name: name, Span: s}
		if match != nil {
			if code, ok := match(name, day); ok {
				m.Code = code
			}
		}
		all = append(all, m)
	}
	next := 0
	for _, l := range p.lines {
		if l.kind != body && l.kind != title && l.kind != caption && l.kind != heading && l.kind != byline && l.kind != beside {
			continue
		}
		for i := l.Start; i < l.End; {
			r, n := utf8.DecodeRuneInString(p.text[i:])
			if !unicode.IsLetter(r) || !p.edge(i) {
				i += n
				continue
			}
			for next < len(p.cited) && p.cited[next].End <= i {
				next++
			}
			if strings.HasPrefix(p.text[max(l.Start, i-len("“")):], "“") {
				// What stands between quotation marks is the title of a document.
				if close := strings.Index(p.text[i:l.End], "”"); close >= 0 && close < 500 {
					i += close
					continue
				}
			}
			word, end := p.word(i, l.End)
			switch {
			case r == unicode.ToLower(r) && word != "sở" && word != "tỉnh" && word != "ngành":
			case next < len(p.cited) && i >= p.cited[next].Start: // who issued a document is not thereby named
			case word == "sở" || word == "ngành":
				if to := p.departmentsAt(i, end, l.End, word, add); to > end {
					end = to
				}
			default:
				if s, ok := p.namedBody(i, l.End, word); ok {
					add(p.text[s.Start:s.End], s)
					end = s.End
				}
			}
			i = max(end, i+n)
		}
	}
	return all
}

// namedBody reads one of bodyNames at i. A post ("Trưởng ban Tuyên giáo Tỉnh ủy") is no mention of the body.
func (p *page) namedBody(i, to int, word string) (Span, bool) {
	before := strings.TrimRight(p.low[max(0, i-12):i], " ")
	if word == "ban" && (strings.HasSuffix(before, "trưởng") || strings.HasSuffix(before, "phó") || strings.HasSuffix(before, "viên")) ||
		word == "thường" && (strings.HasSuffix(before, "thư") || strings.HasSuffix(before, "tịch") || strings.HasSuffix(before, "ban")) {
		return Span{}, false
	}
	best := i
	for _, n := range bodiesByFirst[word] {
		b := bodyNames[n]
		head, ok := p.begins(i, to, b.head)
		if !ok || b.head != "tỉnh đoàn" && b.head != "thành đoàn" && !unicode.IsUpper(p.runeAt(i)) {
			continue
		}
		for _, tail := range b.tails {
			if tail == "" {
				best = max(best, head)
			} else if end, ok := p.begins(p.skip(head, to, " -–"), to, tail); ok {
				if name, over := p.provinceAt(p.skip(end, to, " ")); name != "" && p.skip(end, to, " ") < to && over <= to {
					end = over
				}
				best = max(best, end)
			}
		}
	}
	return Span{i, best}, best > i
}

// departmentsAt reads "Sở Y tế", "Sở LĐ-TB&XH", "các sở: A, B, C và D" and adds each with its head word.
func (p *page) departmentsAt(i, after, to int, word string, add func(string, Span)) int {
	before := strings.TrimRight(p.low[max(0, i-16):i], " ")
	list := strings.HasSuffix(before, "các")
	if word == "ngành" && !list {
		return after
	}
	at := p.skip(after, to, " ")
	// "các sở, ngành: A, B", "các Sở, ban, ngành gồm: A"
	for list {
		next, ok := p.begins(p.skip(at, to, " ,"), to, "ban", "ngành", "đơn vị", "cơ quan", "gồm", "như", "liên quan", "gồm có", "của tỉnh", "bao gồm")
		if !ok {
			break
		}
		at = next
	}
	colon := p.skip(at, to, " ")
	if list && colon < to && p.text[colon] == ':' {
		at = p.skip(colon+1, to, " ")
	} else {
		at = p.skip(at, to, " ")
	}
	end := after
	for first := true; at < to; first = false {
		s := at
		if next, ok := p.begins(at, to, "sở"); ok && !first {
			at = p.skip(next, to, " ")
		}
		full, over := p.departmentAt(at, to)
		if full == "" || !unicode.IsUpper(p.runeAt(at)) {
			break
		}
		if word == "ngành" && !list {
			break
		}
		name := "Sở " + p.text[at:over]
		if first && !list {
			name, s = p.text[i:over], i
		}
		if s != at && s != i {
			name = p.text[s:over]
		}
		if word != "ngành" || p.text[colon] == ':' {
			add(name, Span{s, over})
		}
		end = over
		// On to the next of a list: ", B", " và B", "; B".
		at = p.skip(over, to, " ")
		if at < to && (p.text[at] == ',' || p.text[at] == ';') {
			at = p.skip(at+1, to, " ")
		} else if at == over || p.text[at] == '.' {
			break
		}
		if next, ok := p.begins(at, to, "và"); ok {
			at = p.skip(next, to, " ")
		} else if at == p.skip(over, to, " ") {
			break
		}
	}
	return end
}

// bodyKey is the same for the spellings of one department.
func bodyKey(name string) string {
	v := newView(name)
	if next, ok := v.begins(0, len(name), "sở"); ok {
		if full, end := v.departmentAt(v.skip(next, len(name), " "), len(name)); full != "" && end == len(name) {
			return "sở " + full
		}
	}
	return lettersOf(name)
}
