package archive

import (
	"strings"
	"unicode/utf8"

	"giaoban/calendar"
)

// gathering words show that a sentence tells of the meeting itself.
var meeting = []string{"tổ chức", "hội nghị", "giao ban", "chủ trì", "diễn ra", "cuộc họp", "họp", "ký kết", "tổng kết", "sơ kết", "khai mạc", "buổi làm việc", "lễ"}

// proposeDay reads the day from the beginning of the sentence that tells of the meeting.
func (p *page) proposeDay(out *Proposal, all []statement) {
	for _, s := range lead(all, 4) {
		if !p.hasAny(s.Start, s.End, meeting...) {
			continue
		}
		for _, d := range p.days(s.Start, s.End) {
			if !p.dateline(s.Span, d) {
				continue
			}
			date := d.date()
			if d.year == 0 {
				if date = p.withYear(d, out, all); date.IsZero() {
					continue
				}
			}
			if date.IsZero() {
				continue
			}
			out.HeldOn, out.HeldOnSpan = date, d.Span
			out.PartOfDay, out.PartSpan = p.partBefore(s.Start, d.Start)
			return
		}
		// "Sáng nay" is the day the page was put up.
		if at, word := p.findAny(s.Start, min(s.End, s.Start+60), "sáng nay", "chiều nay", "tối nay"); at >= 0 {
			out.PartOfDay, out.PartSpan = p.partBefore(s.Start, at+len(word))
			if !out.Posted.IsZero() {
				out.HeldOn, out.HeldOnSpan = out.Posted, Span{at, at + len(word)}
			}
			return
		}
	}
}

// dateline reports that the day stands where a lead says when: near its beginning, or after "được tổ chức vào".
func (p *page) dateline(s Span, d dayMention) bool {
	before := p.trimmed(Span{s.Start, d.Start}, " (,:")
	low := p.low[before.Start:before.End]
	if i := strings.LastIndexAny(low, "–"); i >= 0 && utf8.RuneCountInString(low[:i]) <= 25 {
		low = low[i+len("–"):]
	}
	if i := strings.LastIndex(low, "- "); i >= 0 && utf8.RuneCountInString(low[:i]) <= 25 {
		low = low[i+2:]
	} else if strings.HasPrefix(low, "(") {
		if i := strings.IndexByte(low, ')'); i > 0 && i < 40 {
			low = low[i+1:]
		}
	}
	low = strings.Trim(low, " -–,:")
	for low != "" {
		cut := false
		for _, word := range []string{"ngày", "sáng", "chiều", "tối", "trưa", "vào", "buổi", "hôm", "nay", "qua", "vừa", "trong", "hai", "2", "từ", "thứ", "ba", "tư", "năm", "sáu", "bảy", "chủ nhật", "vừa qua", ",", "(", "các", "và", "đến", "những ngày", "mới đây", "hôm qua"} {
			if strings.HasSuffix(low, word) {
				low, cut = strings.TrimRight(low[:len(low)-len(word)], " ,("), true
			}
		}
		if !cut {
			if n := len(low); low[n-1] >= '0' && low[n-1] <= '9' {
				low = strings.TrimRight(low[:n-1], " ,")
				continue
			}
			break
		}
	}
	if low == "" {
		return true
	}
	// "Thực hiện Kế hoạch số 12-KH/BTGTU, ngày 05/4/2022, Ban Tuyên giáo … tổ chức": a clause before, a comma behind, and
	// no document that bears the date.
	if _, clause := p.begins(s.Start, s.End, "thực hiện", "theo", "căn cứ", "nhằm", "để", "trong khuôn khổ", "triển khai", "hướng tới", "tiếp tục"); clause {
		after := p.skip(d.End, s.End, " ")
		_, place := p.begins(after, s.End, "tại")
		if (place || after < s.End && p.text[after] == ',') && p.has("tổ chức", d.End, min(s.End, d.End+220)) && strings.Contains(p.low[max(s.Start, d.Start-30):d.Start], ",") {
			for _, r := range p.cited {
				if r.Start <= d.Start && d.End <= r.End {
					return false
				}
			}
			return true
		}
	}
	// A place before: "Tại Hội trường Tỉnh ủy, ngày 05/4/2022, …"
	if strings.HasPrefix(low, "tại") && utf8.RuneCountInString(low) <= 90 && p.has("ngày", d.Start-12, d.Start) {
		return true
	}
	for _, verb := range []string{"được tổ chức", "tổ chức", "diễn ra", "khai mạc", "đã tổ chức"} {
		if strings.HasSuffix(low, verb) {
			return true
		}
	}
	return false
}

func (p *page) partBefore(from, at int) (string, Span) {
	from = max(from, at-40)
	for from < at && !utf8.RuneStart(p.text[from]) {
		from++
	}
	part, span := "", Span{}
	for word, name := range map[string]string{"sáng": "morning", "chiều": "afternoon", "tối": "evening"} {
		if i := p.find(word, from, at); i >= 0 && i >= span.Start {
			part, span = name, Span{i, i + len(word)}
		}
	}
	return part, span
}

// withYear gives a day its year from what stands nearby: the day the page was put up, else the period that the title or
// the lead names. Where both are silent the day stays unknown.
func (p *page) withYear(d dayMention, out *Proposal, all []statement) calendar.Date {
	in := func(year int) calendar.Date {
		d.year = year
		return d.date()
	}
	if !out.Posted.IsZero() {
		for _, year := range []int{out.Posted.Year(), out.Posted.Year() - 1} {
			date := in(year)
			if !date.IsZero() && !date.After(out.Posted) && !out.Posted.After(date.AddDays(60)) {
				return date
			}
		}
		return calendar.Date{}
	}
	first := opening(all, 2)
	year := 0
	for _, s := range first {
		for _, m := range p.periodRoles(s.Span) {
			if m.year != 0 && m.kind != calendar.Term {
				if year != 0 && year != m.year {
					year = -1
				} else {
					year = m.year
				}
			}
		}
	}
	var found calendar.Date
	for _, s := range first {
		for _, m := range p.periodRoles(s.Span) {
			period := m.period(max(year, 0))
			if period.IsZero() || m.kind == calendar.Term {
				continue
			}
			// A meeting looks back soon after a period, and hands out work as the next one begins.
			turn := period.Last()
			if m.ahead {
				turn = period.First()
			}
			for _, y := range []int{period.Year() - 1, period.Year(), period.Year() + 1} {
				date := in(y)
				if date.IsZero() || turn.AddDays(-45).After(date) || date.After(turn.AddDays(90)) {
					continue
				}
				if !found.IsZero() && found != date {
					return calendar.Date{}
				}
				found = date
			}
		}
	}
	return found
}
