package archive

import (
	"strings"

	"giaoban/calendar"
)

// forwardWords stand before the period whose work is handed out.
var forwardWords = []string{"triển khai nhiệm vụ", "triển khai phương hướng", "phương hướng", "nhiệm vụ", "triển khai công tác", "triển khai kế hoạch", "trọng tâm công tác", "chương trình công tác", "kế hoạch công tác", "kế hoạch hoạt động", "xây dựng kế hoạch", "đề ra nhiệm vụ", "định hướng", "giải pháp", "triển khai", "bàn", "thời gian tới"}

// backwardWords stand before the period that is looked back on.
var backwardWords = []string{"giao ban", "tổng kết", "sơ kết", "đánh giá", "kết quả", "báo cáo"}

// forward reports that the last word before a period is one that looks ahead.
func (p *page) forward(from, at int) bool {
	look := func(words []string) int {
		last := -1
		for _, w := range words {
			for i := p.find(w, from, at); i >= 0; i = p.find(w, i+1, at) {
				last = max(last, i+len(w))
			}
		}
		return last
	}
	ahead, back := look(forwardWords), look(backwardWords)
	if ahead > back {
		return true
	}
	if ahead < 0 {
		return false
	}
	// "tổng kết việc thực hiện nhiệm vụ năm 2020", "đánh giá kết quả thực hiện nhiệm vụ quý I"
	return false
}

// looksBack reports that a forward word is itself what is looked back on: "đánh giá kết quả thực hiện nhiệm vụ quý I".
func (p *page) looksBack(from, at int) bool {
	cut := from
	for _, sep := range []string{";", ","} {
		if i := strings.LastIndex(p.text[from:at], sep); i >= 0 {
			cut = max(cut, from+i)
		}
	}
	for _, word := range []string{" và triển khai", " và phương hướng", " và nhiệm vụ", "triển khai nhiệm vụ", "phương hướng"} {
		if i := strings.LastIndex(p.low[cut:at], word); i >= 0 {
			cut += i
		}
	}
	return p.hasAny(cut, at, "thực hiện nhiệm vụ", "tổng kết", "sơ kết", "đánh giá", "kết quả", "giao ban") && !p.hasAny(cut, at, "triển khai nhiệm vụ", "phương hướng", "triển khai phương hướng")
}

type roleOfPeriod struct {
	periodMention
	ahead bool
}

func (p *page) periodRoles(s Span) []roleOfPeriod {
	var all []roleOfPeriod
	from := s.Start
	cited := p.schoolYears(s)
	for _, m := range p.periods(s.Start, s.End) {
		if cited(m.Start) {
			continue
		}
		ahead := p.forward(from, m.Start) && !p.looksBack(from, m.Start)
		all = append(all, roleOfPeriod{m, ahead})
	}
	return all
}

// schoolYears tells the years of documents and congresses, which are no reporting periods.
func (p *page) schoolYears(s Span) func(int) bool {
	return func(at int) bool {
		before := strings.TrimRight(p.low[max(s.Start, at-60):at], " ,")
		for _, word := range []string{"năm học", "ngày", "đến", "trong", "từ", "tầm nhìn đến", "nguyên đán", "xuân", "khóa", "nhiệm kỳ", "luật", "hiến pháp"} {
			if strings.HasSuffix(before, word) && !(word == "trong") {
				return true
			}
		}
		// "ngày 21 tháng 4 năm 2009"
		if i := strings.LastIndex(before, "tháng"); i >= 0 {
			rest := strings.TrimSpace(before[i+len("tháng"):])
			if rest != "" && len(rest) <= 2 && rest[0] >= '0' && rest[0] <= '9' {
				return true
			}
		}
		return false
	}
}

// proposePeriods reads the period looked back on and the one launched, from title and lead; the text itself is asked
// only where they are silent.
func (p *page) proposePeriods(out *Proposal, all []statement) {
	first := opening(all, 3)
	var roles []roleOfPeriod
	for _, s := range first {
		roles = append(roles, p.periodRoles(s.Span)...)
	}
	year := p.yearOf(out, roles)
	term := out.Kind == ProgrammeReview || out.Kind == ProgrammeSigning
	for _, r := range roles {
		if r.toCome || r.ahead && !(term && r.kind == calendar.Term) {
			continue
		}
		if (r.kind == calendar.Term) != term {
			continue
		}
		if out.Kind == YearReview && r.kind != calendar.Year || out.Kind == Other && !p.ofMeeting(first, r) {
			continue
		}
		if (out.Kind == Briefing) && r.kind == calendar.Year {
			continue
		}
		if period := r.period(p.yearFor(r, year, out)); !period.IsZero() && p.plausible(period, out) {
			out.Period, out.PeriodSpan = period, r.Span
			break
		}
	}
	if out.Period.IsZero() && (out.Kind == Briefing || out.Kind == Notice || out.Kind == Report) {
		p.periodOfText(out, all, year)
	}
	if out.Period.IsZero() && (out.Kind == Notice || out.Kind == Report || out.Kind == Briefing) {
		for _, r := range roles { // a yearly report, a briefing at the end of the year
			if r.kind == calendar.Year && !r.ahead && p.plausible(r.period(0), out) {
				out.Period, out.PeriodSpan = r.period(0), r.Span
				break
			}
		}
	}
	if out.Kind != Other || !out.Period.IsZero() {
		p.proposeNext(out, roles, all, year)
	}
}

// ofMeeting reports that a period names a meeting of no known kind: "phiên họp thường kỳ tháng 5/2023".
func (p *page) ofMeeting(first []statement, r roleOfPeriod) bool {
	if r.kind == calendar.Year {
		return false
	}
	for _, s := range first {
		if r.Start < s.Start || r.End > s.End {
			continue
		}
		at := max(p.lastFind("hội nghị", s.Start, r.Start), p.lastFind("phiên họp", s.Start, r.Start), p.lastFind("họp", s.Start, r.Start), p.lastFind("sơ kết", s.Start, r.Start))
		return at >= 0 && r.Start-at < 140 && !p.hasAny(at, r.Start, ",", ";", "tình hình", "nghe")
	}
	return false
}

// plausible reports that a period can have ended when the meeting was held.
func (p *page) plausible(period calendar.Period, out *Proposal) bool {
	if out.HeldOn.IsZero() || period.Kind() == calendar.Term {
		return true
	}
	return !period.Last().After(out.HeldOn.AddDays(60)) && !out.HeldOn.After(period.Last().AddDays(200))
}

// yearOf gives the one year that title and lead name, 0 when there are several or none.
func (p *page) yearOf(out *Proposal, roles []roleOfPeriod) int {
	year := 0
	for _, r := range roles {
		if r.year == 0 || r.kind == calendar.Term {
			continue
		}
		if year != 0 && year != r.year {
			return 0
		}
		year = r.year
	}
	return year
}

// yearFor completes a period without a year: by the year the title names, else by the day of the meeting.
func (p *page) yearFor(r roleOfPeriod, year int, out *Proposal) int {
	if r.year != 0 {
		return r.year
	}
	day := out.HeldOn
	if day.IsZero() {
		day = out.Posted
	}
	if year != 0 {
		if period := r.period(year); day.IsZero() || p.plausible(period, out) {
			return year
		}
	}
	if day.IsZero() || r.ahead {
		return 0
	}
	for _, y := range []int{day.Year(), day.Year() - 1} {
		period := r.period(y)
		if !period.IsZero() && !period.Last().AddDays(-45).After(day) && !day.After(period.Last().AddDays(75)) {
			return y
		}
	}
	return 0
}

// periodOfText looks for "Trong quý I năm 2022, …" at the beginning of a sentence.
func (p *page) periodOfText(out *Proposal, all []statement, year int) {
	n := 0
	for _, s := range all {
		if s.kind != body {
			continue
		}
		if n++; n > 12 {
			return
		}
		from := s.Start
		if next, ok := p.begins(from, s.End, "trong", "qua", "theo báo cáo, trong", "theo báo cáo"); ok {
			from = p.skip(next, s.End, " ,")
		}
		for _, m := range p.periods(from, min(s.End, from+80)) {
			if m.Start > from+3 || m.toCome || m.kind == calendar.Term {
				break
			}
			if m.kind == calendar.Year && out.Kind == Briefing {
				break
			}
			r := roleOfPeriod{m, false}
			if period := m.period(p.yearFor(r, year, out)); !period.IsZero() && p.plausible(period, out) && !p.hasAny(m.End, min(s.End, m.End+60), "nhiệm vụ trọng tâm", "tập trung vào") {
				out.Period, out.PeriodSpan = period, m.Span
				return
			}
			break
		}
	}
}

func (p *page) proposeNext(out *Proposal, roles []roleOfPeriod, all []statement, year int) {
	accept := func(m periodMention, year int) bool {
		next := m.period(year)
		if m.toCome && !out.Period.IsZero() {
			switch out.Period.Kind() {
			case calendar.Half, calendar.NineMonths:
				if y := m.year; y == 0 || y == out.Period.Year() {
					next = out.Period.Launches()
				}
			case calendar.Quarter:
				if out.Period.Launches().String() == itoa4(out.Period.Year())+"-Q4" {
					next = out.Period.Launches()
				}
			}
			if next.Year() != out.Period.Year() {
				next = calendar.Period{}
			}
		}
		if next.IsZero() || next == out.Period || next.Kind() == calendar.Term && !p.has("giai đoạn", m.Start, m.End) {
			return false
		}
		if !out.Period.IsZero() {
			switch {
			case next.Kind() == calendar.Term || out.Period.Kind() == calendar.Term:
				if next.Kind() != out.Period.Kind() || next.Year() <= out.Period.Year() {
					return false
				}
			case next.First() != out.Period.Last().AddDays(1):
				return false
			}
		} else if !out.HeldOn.IsZero() && next.Last().Before(out.HeldOn) {
			return false
		}
		out.NextPeriod, out.NextPeriodSpan = next, m.Span
		return true
	}
	guess := func(m periodMention) int {
		switch {
		case m.year != 0:
			return m.year
		case out.Period.IsZero():
			return year
		case m.kind == calendar.Quarter && m.n == 1 || m.kind == calendar.Month && m.n == 1 || m.kind == calendar.Half && m.n == 1:
			return out.Period.Last().AddDays(1).Year()
		}
		return out.Period.Year()
	}
	for _, r := range roles {
		if (r.ahead || r.toCome) && accept(r.periodMention, guess(r.periodMention)) {
			return
		}
	}
	// "Năm 2021, nhiệm vụ trọng tâm …", "Nhiệm vụ trọng tâm quý II/2022 là …"
	for _, s := range all {
		if s.kind != body && s.kind != heading || s.Start == out.PeriodSpan.Start {
			continue
		}
		for _, r := range p.periodRoles(s.Span) {
			near := p.hasAny(max(s.Start, r.Start-90), r.Start, "nhiệm vụ", "phương hướng", "đề nghị", "yêu cầu", "thời gian tới", "tiếp tục", "tập trung") ||
				r.Start-s.Start < 60 && p.hasAny(r.End, min(s.End, r.End+90), "nhiệm vụ trọng tâm", "tập trung", "tiếp tục", "đề nghị", "các nhiệm vụ", "cần")
			if near && !p.looksBack(s.Start, r.Start) && r.Start-s.Start < 260 && !out.Period.IsZero() && accept(r.periodMention, guess(r.periodMention)) {
				return
			}
		}
	}
}
