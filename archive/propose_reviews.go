package archive

import (
	"strings"
	"unicode/utf8"
)

// findReviews reads "tổng kết 10 năm thực hiện Chỉ thị số 20-CT/TW …": the word governs the documents that follow in
// the same sentence until another verb takes over.
func (p *page) findReviews() []Review {
	var all []Review
	for _, l := range p.lines {
		if l.kind != body && l.kind != title && l.kind != heading {
			continue
		}
		for _, s := range p.sentences(l.Span) {
			all = p.reviewsIn(s, all)
		}
	}
	return all
}

func (p *page) reviewsIn(s Span, all []Review) []Review {
	kind, years, at, reach := "", 0, 0, s.Start
	for _, r := range p.cited {
		if r.Start < s.Start || r.End > s.End || r.Symbol == "" || r.Start < reach {
			continue
		}
		gap := Span{reach, r.Start}
		if word, n, from, ok := p.reviewWord(gap); ok {
			kind, years, at = word, n, from
		} else if kind != "" && !p.listed(gap) {
			kind = ""
		}
		reach = r.End
		if kind == "" {
			continue
		}
		one := Review{Symbol: r.Symbol, Kind: kind, Years: years, Span: Span{at, r.End}}
		known := false
		for i, a := range all {
			if a.Symbol == one.Symbol && a.Kind == one.Kind && (a.Years == one.Years || one.Years == 0 || a.Years == 0) {
				if known = true; a.Years == 0 && one.Years != 0 {
					all[i] = one
				}
				break
			}
		}
		if !known {
			all = append(all, one)
		}
	}
	return all
}

// reviewWord finds the last "sơ kết" or "tổng kết" of the gap before a document; "sơ kết, tổng kết" says not which.
func (p *page) reviewWord(gap Span) (kind string, years, at int, ok bool) {
	so, tong := p.lastFind("sơ kết", gap.Start, gap.End), p.lastFind("tổng kết", gap.Start, gap.End)
	at = max(so, tong)
	if at < 0 {
		return "", 0, 0, false
	}
	kind = "sơ kết"
	if tong > so {
		kind = "tổng kết"
	}
	from := at + len(kind)
	if so >= 0 && tong > so && strings.Trim(p.low[so+len("sơ kết"):tong], " ,và/") == "" || p.hasAny(max(gap.Start, at-6), at, "sơ,") {
		return "", 0, 0, false
	}
	// Between the word and the document only "N năm thực hiện", "việc triển khai" and the like may stand.
	between := p.outsideQuotes(Span{from, gap.End})
	if utf8.RuneCountInString(between) > 90 || strings.ContainsAny(between, ";:.") {
		return "", 0, 0, false
	}
	i := p.skip(from, gap.End, " ")
	if n, next := p.number(i, gap.End); next > i && next <= i+2 {
		if _, ok := p.begins(p.skip(next, gap.End, " "), gap.End, "năm"); ok {
			years = n
		}
	} else if word, next := p.word(i, gap.End); next > i {
		if n := map[string]int{"một": 1, "hai": 2, "ba": 3, "năm": 5, "mười": 10}[word]; n > 0 {
			if more, over := p.word(p.skip(next, gap.End, " "), gap.End); word == "mười" && more == "lăm" {
				n, next = 15, over
			}
			if _, ok := p.begins(p.skip(next, gap.End, " "), gap.End, "năm"); ok {
				years = n
			}
		}
	}
	return kind, years, at, true
}

// listed reports that a gap between two documents only joins them: a quoted title, "về …", "và", a comma.
func (p *page) listed(gap Span) bool {
	between := p.outsideQuotes(gap)
	if utf8.RuneCountInString(between) > 220 || p.hasAny(gap.Start, gap.End, "phối hợp", "tham mưu", "xây dựng", "ban hành", "tuyên truyền", "tổ chức triển khai", "quán triệt", "theo", "tại") {
		return false
	}
	t := strings.TrimRight(between, " \n")
	return t == "" || strings.HasSuffix(t, "và") || strings.HasSuffix(t, ",") || strings.HasSuffix(t, ";") || strings.HasSuffix(t, "các")
}

func (p *page) outsideQuotes(s Span) string {
	var b strings.Builder
	quoted := false
	for _, r := range p.low[s.Start:s.End] {
		switch {
		case r == '“':
			quoted = true
		case r == '”':
			quoted = false
		case r == '"':
			quoted = !quoted
		case !quoted:
			b.WriteRune(r)
		}
	}
	return b.String()
}
