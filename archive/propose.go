package archive

import (
	"strings"

	"giaoban/calendar"
	"giaoban/citation"
)

// Matcher gives the code of the body that a spelling meant on a day; the day is zero when the text states none.
type Matcher func(spelling string, day calendar.Date) (code string, ok bool)

// mostText that is read of one file; a yearly report of a province has a tenth of it.
const mostText = 2 << 20

// statement is a sentence of the article with the line it stands in.
type statement struct {
	Span
	line int
	kind lineKind
}

// model is what a file says of its text beside the words.
type model struct {
	paper *skeleton    // nil: no official paper
	told  map[int]bool // lines that are items behind “… yêu cầu:”, by their first byte
}

// propose reads what a text seems to say. It is pure: the same text gives the same proposal. bodies may be nil;
// captions are the lines that the file itself marks as captions.
func propose(name, text string, bodies Matcher, m model, captions []string) Proposal {
	if len(text) > mostText {
		text = text[:mostText]
	}
	text = tidy(strings.ToValidUTF8(text, ""))
	page := newPage(text, captions, m)
	p := Proposal{File: name, Text: text, Main: page.main, Kind: Other}
	if page.main.Start >= page.main.End {
		return p
	}
	all := page.statements()
	page.cited = page.citations()
	p.Citations = page.cited
	if m.paper != nil {
		m.paper.head(&p)
	} else {
		page.proposeTitle(&p)
		page.proposeBylines(&p)
	}
	page.proposeKind(&p, all)
	page.proposeDay(&p, all)
	page.proposePeriods(&p, all)
	page.proposeOrganiser(&p, all)
	page.proposePlace(&p, all)
	page.proposeProvince(&p)
	p.Chairs = page.findChairs(all)
	p.Concluder = page.findConcluder(all, p.Chairs)
	p.Reviews = page.findReviews()
	if m.paper != nil {
		m.paper.read(page, &p, bodies)
	} else {
		page.proposeItems(&p)
	}
	p.Bodies = page.findBodies(p.HeldOn, bodies)
	if m.paper == nil && p.Kind == Other && p.HeldOn.IsZero() && p.Period.IsZero() && p.Organiser.Value == "" {
		p.Results = nil // whose results, of when: a text that tells neither tells of no work
	}
	p.Figures = append(page.findFigures(), p.Figures...)
	return p
}

// citations are those of the article; what a portal lists beside it is not cited by it.
func (p *page) citations() []citation.Reference {
	var in []citation.Reference
	for _, r := range citation.Find(p.text) {
		if r.Start >= p.main.Start && r.End <= p.main.End && r.Start <= r.End {
			in = append(in, r)
		}
	}
	return in
}

// statements are the sentences of the article in order; captions come too, they often name the chair.
func (p *page) statements() []statement {
	var all []statement
	for i, l := range p.lines {
		if l.kind == title || l.kind == body || l.kind == caption || l.kind == heading {
			for _, s := range p.sentences(l.Span) {
				all = append(all, statement{s, i, l.kind})
			}
		}
	}
	return all
}

func (p *page) proposeTitle(out *Proposal) {
	for _, l := range p.lines {
		if l.kind != title {
			continue
		}
		if out.Title.Value != "" && l.Start > out.Title.End+2 {
			break
		}
		if out.Title.Value == "" {
			out.Title = p.item(l.Span)
			continue
		}
		joined := Span{out.Title.Start, l.End}
		out.Title = Item{Value: strings.Join(strings.Fields(p.text[joined.Start:joined.End]), " "), Span: joined}
	}
}

func (p *page) proposeBylines(out *Proposal) {
	for i, l := range p.lines {
		switch l.kind {
		case posted:
			// Beside the day it was put up, a page may show what day it is now; the hour stands with the former.
			if day, at, ok := p.dateIn(l.Start, l.End); ok && (out.Posted.IsZero() || p.hourIn(l.Start, l.End) && !p.hourIn(out.PostedSpan.Start, p.lineEnd(out.PostedSpan.End))) {
				out.Posted, out.PostedSpan = day, at
			}
		case caption:
			out.Captions = append(out.Captions, p.item(l.Span))
		case byline:
			s := p.trimmed(l.Span, "*-–_.")
			if !strings.Contains(p.text[s.Start+1:s.End], "(") {
				s = p.trimmed(s, "()*-–_.")
			}
			next, cued := p.begins(s.Start, s.End, bylineCues...)
			from := s
			if cued {
				from = p.trimmed(Span{next, s.End}, ":-– ,&")
				if colon := strings.IndexByte(p.text[next:s.End], ':'); colon >= 0 {
					from = p.trimmed(Span{next + colon + 1, s.End}, " .")
				}
			}
			if from.Start >= from.End || i == 0 {
				continue
			}
			if _, source := p.begins(s.Start, s.End, "nguồn", "theo", "nguồn tin"); source {
				if out.Source.Value == "" {
					out.Source = p.item(from)
				}
			} else if out.Author.Value == "" {
				out.Author = p.item(from)
			}
		}
	}
	// "… bền vững./. Lê Hương": the author behind the last sentence.
	if out.Author.Value == "" {
		for i := len(p.lines) - 1; i >= 0; i-- {
			if p.lines[i].kind != body {
				continue
			}
			all := p.sentences(p.lines[i].Span)
			if last := all[len(all)-1]; len(all) > 1 && nameLike(p.text[last.Start:last.End]) {
				out.Author = p.item(last)
			}
			break
		}
	}
}

// hourIn reports a time of day such as 14:38.
func (p *page) hourIn(from, to int) bool {
	for i := from + 1; i+2 < to; i++ {
		if p.text[i] == ':' && p.text[i-1] >= '0' && p.text[i-1] <= '9' && p.text[i+1] >= '0' && p.text[i+1] <= '5' {
			return true
		}
	}
	return false
}

func (p *page) lineEnd(i int) int {
	if end := strings.IndexByte(p.text[i:], '\n'); end >= 0 {
		return i + end
	}
	return len(p.text)
}

// lead gives the first sentences of the article, the title not among them.
func lead(all []statement, n int) []statement {
	var first []statement
	for _, s := range all {
		if s.kind == body {
			if first = append(first, s); len(first) == n {
				break
			}
		}
	}
	return first
}

// opening gives title and lead, in which a page says what it tells of.
func opening(all []statement, n int) []statement {
	var out []statement
	for _, s := range all {
		if s.kind == title {
			out = append(out, s)
		}
	}
	return append(out, lead(all, n)...)
}

func (p *page) proposeKind(out *Proposal, all []statement) {
	if out.Kind != Other || out.Paper != "" && !tellsOfMeeting(out.Paper) {
		return
	}
	if kind, at, ok := p.paperKind(); ok {
		out.Kind, out.KindSpan = kind, at
		return
	}
	for i, s := range opening(all, 3) {
		if kind, at, ok := p.kindIn(s.Span, s.kind == title || i < 2); ok {
			out.Kind, out.KindSpan = kind, at
			return
		}
	}
}

// paperKind tells official papers by the word on a line of its own above the text.
func (p *page) paperKind() (Kind, Span, bool) {
	numbered := false
	for i, l := range p.lines {
		if i > 40 || l.Start > p.main.Start+2000 {
			break
		}
		word := strings.Trim(p.low[l.Start:l.End], " *-–.:")
		if next, ok := p.begins(l.Start, l.End, "số"); ok && l.runes < 60 && strings.ContainsAny(p.text[next:l.End], "-/") {
			numbered = true
		}
		upper := strings.HasPrefix(p.text[l.Start:l.End], "THÔNG BÁO") || strings.HasPrefix(p.text[l.Start:l.End], "BÁO CÁO")
		switch {
		case word == "thông báo" || word == "thông báo kết luận" || upper && word != "báo cáo" && strings.HasPrefix(word, "thông báo") && numbered:
			return Notice, l.Span, true
		case word == "báo cáo" && l.runes < 20 || upper && strings.HasPrefix(word, "báo cáo") && numbered:
			return Report, l.Span, true
		case strings.HasPrefix(word, "thông báo kết luận") && l.kind == title:
			return Notice, l.Span, true
		}
	}
	return "", Span{}, false
}

func (p *page) kindIn(s Span, first bool) (Kind, Span, bool) {
	programme, word := p.findAny(s.Start, s.End, "chương trình phối hợp", "quy chế phối hợp", "kế hoạch phối hợp", "chương trình công tác phối hợp", "phối hợp công tác", "phối hợp hoạt động", "kế hoạch liên tịch", "chương trình liên tịch")
	signing := p.find("ký kết", s.Start, s.End)
	giaoBan := p.find("giao ban", s.Start, s.End)
	if giaoBan >= 0 && (programme < 0 || giaoBan < programme) {
		if year, ok := p.yearReviewed(s); ok && year.Start < giaoBan {
			return YearReview, year, true
		}
		return Briefing, Span{giaoBan, giaoBan + len("giao ban")}, true
	}
	if programme >= 0 {
		at := Span{programme, programme + len(word)}
		if review, _ := p.findAny(s.Start, programme, "tổng kết", "sơ kết", "kết quả", "đánh giá", "nhìn lại"); review >= 0 && (signing < 0 || review < signing) {
			return ProgrammeReview, Span{review, at.End}, true
		}
		if signing >= 0 && signing < programme {
			return ProgrammeSigning, Span{signing, at.End}, true
		}
		if p.has("ký", s.Start, programme) {
			return ProgrammeSigning, at, true
		}
	}
	if year, ok := p.yearReviewed(s); ok {
		return YearReview, year, true
	}
	if at := p.find("sơ kết", s.Start, s.End); at >= 0 && first {
		for _, m := range p.periods(at, s.End) {
			if (m.kind == calendar.Half || m.kind == calendar.NineMonths || m.kind == calendar.Quarter) && m.Start-at < 120 {
				return Briefing, Span{at, m.End}, true
			}
		}
	}
	return "", Span{}, false
}

// yearReviewed finds "tổng kết công tác … năm 2020".
func (p *page) yearReviewed(s Span) (Span, bool) {
	for _, word := range []string{"tổng kết", "đánh giá kết quả", "kết quả"} {
		for at := p.find(word, s.Start, s.End); at >= 0; at = p.find(word, at+1, s.End) {
			periods := p.periods(at, s.End)
			if len(periods) == 0 {
				continue
			}
			if m := periods[0]; m.kind == calendar.Year && m.Start-at < 160 &&
				!p.hasAny(at, m.Start, "thực hiện nghị quyết", "chỉ thị", "đề án", "chương trình", ";", "triển khai nhiệm vụ") {
				return Span{at, m.End}, true
			}
		}
	}
	return Span{}, false
}
