package archive

import (
	"strings"

	"giaoban/document"
)

// section is what a part of the article tells.
type section uint8

const (
	none section = iota
	results
	difficulties
	shortcomings
	conclusions
	skipped // who was there, what was discussed, praise
	causes
	tasks
	guidance
	proposals
	assessed  // results and shortcomings together: words decide
	attending // who was there, by name
	course    // what was said
)

// proposeItems walks through the article and keeps what was done, what is hard, what is lacking, and what is to be
// done, each as an item of its own.
func (p *page) proposeItems(out *Proposal) {
	current := results
	if out.Kind == Notice {
		current = none
	}
	opened := out.Kind == Notice || out.Kind == Report // the lead is past
	for i, l := range p.lines {
		switch l.kind {
		case heading:
			if s := p.sectionOf(l.Span); s != none {
				current, opened = s, true
			}
			continue
		case body:
		default:
			continue
		}
		if p.told[l.Start] {
			if it, ok := p.bare(Span{l.Start + document.BulletLength(p.text[l.Start:l.End]), l.End}); ok {
				out.Conclusions = append(out.Conclusions, it)
			}
			current, opened = conclusions, true
			continue
		}
		start := current
		in := current
		if in == skipped || in == difficulties || in == shortcomings {
			// A new paragraph of running text goes back to what it was about, a list goes on.
			if !document.IsBullet(p.text[l.Start:l.End]) && !p.headedAbove(i) {
				in = results
				if p.concluded(out) {
					in = conclusions
				}
			}
		}
		for _, s := range p.sentences(l.Span) {
			next, from, plain := p.judge(s, in, opened, out)
			if next == skipped {
				continue
			}
			in = next
			if plain {
				continue
			}
			p.keep(out, in, Span{from, s.End})
		}
		opened = true
		current = in
		if in == results && start == conclusions {
			current = conclusions
		}
	}
	p.dropDoubles(out)
}

// headedAbove reports that a heading stands right above the line's paragraph group.
func (p *page) headedAbove(i int) bool {
	for j := i - 1; j >= 0; j-- {
		switch p.lines[j].kind {
		case heading:
			return p.sectionOf(p.lines[j].Span) != none
		case body:
			if !document.IsBullet(p.text[p.lines[j].Start:p.lines[j].End]) {
				return false
			}
		}
	}
	return false
}

func (p *page) concluded(out *Proposal) bool { return len(out.Conclusions) > 0 }

// sectionOf reads a heading: "II. HẠN CHẾ, KHÓ KHĂN", "Nhiệm vụ trọng tâm quý II".
func (p *page) sectionOf(s Span) section {
	if _, names := p.begins(s.Start, s.End, "tt,", "stt,", "số tt,"); names { // the names of a table's columns
		return none
	}
	switch {
	case p.hasAny(s.Start, s.End, "nhiệm vụ trọng tâm", "phương hướng", "nhiệm vụ", "giải pháp", "kiến nghị", "đề xuất", "thời gian tới", "kết luận") && !p.hasAny(s.Start, s.End, "kết quả thực hiện nhiệm vụ", "kết quả", "tình hình thực hiện"):
		return conclusions
	case p.hasAny(s.Start, s.End, "tồn tại", "hạn chế", "thiếu sót", "yếu kém", "khuyết điểm"):
		return shortcomings
	case p.hasAny(s.Start, s.End, "khó khăn", "vướng mắc"):
		return difficulties
	case p.hasAny(s.Start, s.End, "kết quả", "ưu điểm", "tình hình", "đánh giá"):
		return results
	case p.hasAny(s.Start, s.End, "nguyên nhân", "bài học kinh nghiệm", "thành phần", "chủ trì"):
		return skipped
	}
	return none
}

// outlooks open what is to be done.
var outlooks = []string{"nhiệm vụ trọng tâm", "các nhiệm vụ trọng tâm", "nhiệm vụ, giải pháp", "phương hướng, nhiệm vụ", "phương hướng nhiệm vụ", "trong thời gian tới", "thời gian tới", "tập trung vào", "tập trung thực hiện", "tập trung triển khai", "cần tập trung", "tiếp tục tập trung", "những nhiệm vụ", "nhiệm vụ"}

// judge gives the section of a sentence and where its matter begins; plain sentences change the section but hold no item.
func (p *page) judge(s Span, in section, opened bool, out *Proposal) (next section, from int, plain bool) {
	from = p.pastAgency(s.Start, s.End)
	if n := document.BulletLength(p.text[s.Start:s.End]); n > 0 {
		from += n
	}
	if from >= s.End {
		return skipped, from, false
	}
	if at, ok := p.lacking(from, s.End); ok {
		sec := shortcomings
		if p.hasAny(from, s.End, "khó khăn", "vướng mắc") && !p.hasAny(from, s.End, "hạn chế", "tồn tại", "thiếu sót", "yếu kém") {
			sec = difficulties
		}
		return sec, at, p.onlyAnnounces(at, s.End)
	}
	if at, ok := p.toldAsReached(from, s.End); ok {
		return results, at, false
	}
	if at, ok := p.handedOut(from, s.End, in); ok {
		return conclusions, at, p.onlyAnnounces(at, s.End)
	}
	if strings.HasSuffix(p.text[s.Start:s.End], ":") && p.hasAny(max(from, s.End-90), s.End, "kết luận", "chỉ đạo", "thống nhất") {
		return conclusions, from, true // "đồng chí chủ trì kết luận như sau:"
	}
	if out.HeldOnSpan.End > 0 && out.HeldOnSpan.Start >= s.Start && out.HeldOnSpan.End <= s.End && out.Kind != Report {
		return skipped, from, false // when, where, who: the lead
	}
	if p.process(from, s.End, opened) || strings.HasSuffix(p.text[s.Start:s.End], "như sau:") {
		return skipped, from, false
	}
	if p.toCome(from, s.End, out) {
		return conclusions, from, false
	}
	if in == shortcomings || in == difficulties {
		if from > s.Start || p.hasAny(from, s.End, "chưa", "còn", "thiếu", "chậm", "khó khăn", "hạn chế", "bất cập", "không") {
			return in, from, false
		}
		return skipped, from, false
	}
	if in == none {
		return skipped, from, false
	}
	if in == results && out.Kind == ProgrammeSigning && !p.hasAny(from, s.End, "đã", "đạt được", "trong những năm qua", "thời gian qua") {
		return conclusions, from, false // what the parties undertake
	}
	return in, from, false
}

// pastAgency skips the sign of an agency before a text: "(TTXVN) - ", "(TG)-".
func (p *page) pastAgency(from, to int) int {
	if from < to && p.text[from] == '(' {
		if i := strings.IndexByte(p.text[from:min(to, from+40)], ')'); i > 0 {
			if next := p.skip(from+i+1, to, " -–"); next > from+i+1 && next < to {
				return next
			}
		}
	}
	return from
}

// toldAsReached finds what a meeting or its chair says was reached: "Hội nghị đánh giá công tác … đã đi vào nề nếp", "đồng chí
// A khẳng định: …".
func (p *page) toldAsReached(from, to int) (at int, ok bool) {
	if next, is := p.begins(from, to, "hội nghị đánh giá", "hội nghị khẳng định", "hội nghị nhận định", "báo cáo kết quả đạt được nêu rõ", "hội nghị ghi nhận", "các đại biểu đánh giá", "báo cáo tại hội nghị nêu rõ", "báo cáo tại hội nghị cho thấy", "theo báo cáo tại hội nghị", "theo đánh giá tại hội nghị", "hội nghị thống nhất đánh giá", "đánh giá tại hội nghị", "theo báo cáo", "báo cáo cho thấy"); is {
		at = p.skip(next, to, " ,:")
		if _, talk := p.begins(at, to, "những", "kết quả", "việc", "tình hình", "cao", "về", "và", "đúng"); !talk && p.hasAny(at, to, "đã", "đạt", "được") {
			return at, true
		}
		return 0, false
	}
	if i, word := p.findAny(from, min(to, from+260), "khẳng định:", "nêu rõ:", "cho biết:"); i >= 0 && p.leader(from, i) {
		return p.skip(i+len(word), to, " "), true
	}
	return 0, false
}

// toCome reports a sentence of what will be done: it opens with the period launched, or says "sẽ".
func (p *page) toCome(from, to int, out *Proposal) bool {
	at := from
	if next, ok := p.begins(at, to, "trong"); ok {
		at = p.skip(next, to, " ")
	}
	if _, ok := p.begins(at, to, "từ nay đến cuối năm", "thời gian tới", "những tháng cuối năm", "các tháng cuối năm", "giai đoạn tiếp theo", "quý tới", "năm tới", "thời gian đến"); ok {
		return true
	}
	for _, m := range p.periods(at, min(to, at+60)) {
		if m.Start > at+3 {
			break
		}
		next := m.period(out.NextPeriod.Year())
		if !next.IsZero() && next == out.NextPeriod {
			return true
		}
		if p.hasAny(m.End, min(to, m.End+70), "cần", "sẽ", "phấn đấu", "tiếp tục tập trung", "sẽ tiếp tục") {
			return true
		}
	}
	will := p.find("sẽ", from, min(to, from+140))
	return will >= 0 && !p.hasAny(from, will, "đã", "nếu", "hội nghị", "giúp")
}

// process tells sentences about the meeting itself: who held it, who came, what was discussed.
func (p *page) process(from, to int, opened bool) bool {
	if _, ok := p.begins(from, to, "dự", "tham dự", "cùng dự", "đến dự", "tới dự", "chủ trì", "đồng chủ trì", "tham gia hội nghị", "dự hội nghị", "về dự", "tham dự hội nghị", "hội nghị có", "phát biểu", "kết luận", "kết thúc hội nghị", "nguyên nhân", "nhân dịp", "dịp này", "tiếp đó", "thành phần", "đây là", "ban tổ chức hội nghị", "trực tiếp", "hoạt động này nhằm", "việc ký kết nhằm", "hội nghị nhằm", "chương trình nhằm"); ok {
		return true
	}
	if !opened && p.hasAny(from, to, "tổ chức hội nghị", "tổ chức giao ban", "chủ trì hội nghị", "tổ chức tổng kết", "tổ chức sơ kết", "tổ chức lễ", "tổ chức họp", "tổ chức cuộc họp", "đã diễn ra", "diễn ra hội nghị", "chủ trì cuộc họp", "hội nghị giao ban", "ký kết chương trình", "ký kết quy chế", "ký kết phối hợp", "tổ chức họp", "tổ chức phiên họp", "họp phiên", "tổ chức hội thảo", "tổ chức buổi") {
		return true
	}
	if p.has("chủ trì", from, to) && p.hasAny(from, to, personIntroductions...) || p.hasAny(from, to, "thông báo để các", "thông báo đến các", "để các đơn vị biết", "dự và chỉ đạo", "chỉ đạo hội nghị", "diễn ra bằng hình thức", "diễn ra tại", "được tổ chức bằng", "được tổ chức theo hình thức") {
		return true
	}
	if r := p.runeAt(from); r == '“' || r == '"' {
		return true // what somebody is quoted with
	}
	if _, next := p.number(from, to); next > from && next+2 < to && p.low[next] == 'h' && (p.text[next+1] == ' ' || p.text[next+1] == ':' || p.text[next+1] >= '0' && p.text[next+1] <= '9') {
		return true // "8h00: …" of a live page
	}
	if p.hasAny(from, to, "chủ trì hội nghị", "chủ trì cuộc họp", "chủ trì buổi", "đồng chủ trì", "tham dự hội nghị", "dự hội nghị") {
		return true
	}
	// A person or the participants speak.
	speakers := []string{"đồng chí", "đ/c", "các đồng chí", "các đại biểu", "đại biểu", "đại diện", "các ý kiến", "ý kiến", "hội nghị", "tại hội nghị", "tại buổi", "cuộc họp", "tại cuộc họp", "ông", "bà", "phát biểu", "thay mặt", "lãnh đạo", "trên cơ sở", "sau khi", "cũng tại hội nghị"}
	if _, ok := p.begins(from, to, speakers...); ok {
		return p.hasAny(from, to, "thảo luận", "trao đổi", "nghe", "phát biểu", "tham luận", "thông tin", "làm rõ", "báo cáo", "trình bày", "đánh giá cao", "ghi nhận", "biểu dương", "cảm ơn", "đánh giá", "cho ý kiến", "quán triệt", "thông báo", "thông qua", "giới thiệu", "được nghe", "tiếp thu", "phản ánh", "khẳng định", "cho biết", "chia sẻ", "tổ chức", "nhấn mạnh", "cho rằng", "ký kết", "kiến nghị", "đề xuất", "tập trung vào các nội dung", "thống nhất")
	}
	return false
}
