package conference

import (
	"fmt"
	"strings"

	"giaoban/calendar"
)

// Step is one line of the chairing script (kịch bản điều hành): what comes, and what may be said.
type Step struct {
	What  string `json:"what"`
	Words string `json:"words"`
}

// Draft is a conclusion that the pack proposes. It is taken over undecided, and its date is a proposal.
type Draft struct {
	Suggest    Kind          `json:"suggest"`
	Words      string        `json:"words"`
	Product    string        `json:"product"`
	Code       string        `json:"code"`
	Lead       string        `json:"lead"`
	Due        calendar.Date `json:"due"` // proposed
	Why        string        `json:"why"`
	OriginKind string        `json:"origin_kind"`
	OriginID   string        `json:"origin_id"`
}

// drafts proposes conclusions from what the pack has found: each names its reason, none is decided.
func (c *composer) drafts() {
	add := func(d Draft) { c.pack.Drafts = append(c.pack.Drafts, d) }
	after := c.b.HeldOn
	if after.IsZero() {
		after = c.today
	}
	in := func(days int) calendar.Date { return calendar.Default().AddWorkingDays(after, days) }
	for _, m := range c.pack.Reports.Missing {
		if m.Waived != "" || !m.Due.Before(c.today) {
			continue // nobody waits for it any more, or it has its time yet
		}
		add(Draft{Suggest: Task, Words: "Gửi báo cáo " + m.Period + " theo chế độ báo cáo", Product: "Báo cáo " + m.Period, Code: m.Code, Lead: m.Body,
			Due: in(3), Why: "Chưa có báo cáo, hạn " + m.Due.Vietnamese(), OriginKind: "obligation", OriginID: m.Key})
	}
	for _, t := range c.pack.Overdue {
		add(Draft{Suggest: Task, Words: "Hoàn thành việc quá hạn: " + t.Title, Product: t.Product, Code: t.Code, Lead: t.Lead, Due: in(10),
			Why: fmt.Sprintf("Quá hạn %s (hạn %s)", t.Said(), t.Due.Vietnamese()), OriginKind: "task", OriginID: t.ID})
	}
	for _, p := range c.pack.Proposals {
		add(Draft{Suggest: Task, Words: "Trả lời kiến nghị của " + p.Body + ": " + strings.TrimRight(p.Words, ". "), Product: "Văn bản trả lời",
			Code: c.body(c.b.Body).Code, Lead: c.body(c.b.Body).Name, Due: in(10), Why: "Kiến nghị chưa được trả lời", OriginKind: "proposal", OriginID: p.ID})
	}
	for _, r := range []struct{ rule, words string }{{ruleTarget, "Có giải pháp cụ thể đối với các chỉ tiêu chưa đạt: "}, {ruleFall, "Làm rõ nguyên nhân, có giải pháp đối với các chỉ tiêu kém so với cùng kỳ: "}} {
		var names, why []string
		for _, e := range c.pack.Exceptions {
			if e.Rule == r.rule {
				names, why = append(names, e.Name), append(why, e.Name+" "+e.Words)
			}
		}
		if len(names) > 0 {
			add(Draft{Suggest: Guidance, Words: r.words + strings.Join(names, "; "), Why: strings.Join(why, "; ")})
		}
	}
}

// script leads through the agenda with the facts each item needs.
func (c *composer) script() {
	p := &c.pack
	step := func(what, format string, args ...any) {
		p.Script = append(p.Script, Step{what, fmt.Sprintf(format, args...)})
	}
	named, bodies := 0, len(p.Delegates)
	var silent, speakers []string
	for _, d := range p.Delegates {
		if d.Name != "" {
			named++
		} else {
			silent = append(silent, d.Body)
		}
		if d.Contribution != "" {
			speakers = append(speakers, d.Body+" ("+d.Contribution+")")
		}
	}
	opening := fmt.Sprintf("Giới thiệu đại biểu: mời %d cơ quan, %d cơ quan đã cử người dự.", bodies, named)
	if len(silent) > 0 {
		opening += " Chưa báo người dự: " + strings.Join(silent, "; ") + "."
	}
	step("Khai mạc", "%s", opening)
	if p.Results.Last != "" {
		step("Kết quả thực hiện kết luận lần trước", "%d/%d nhiệm vụ của %s đã hoàn thành. Mời các cơ quan còn việc báo cáo nguyên nhân, thời hạn mới.",
			p.Results.Done, len(p.Results.Tasks), p.Results.Last)
		for _, q := range p.Results.Requests {
			step("Đề nghị nhiều cơ quan", "%s", q.Said())
		}
	} else {
		step("Kết quả thực hiện kết luận lần trước", "Chưa có hội nghị trước đó trong chương trình.")
	}
	standing := 0
	for _, s := range p.Results.Shortcomings {
		if s.Mended == "" {
			standing++
		}
	}
	if standing > 0 {
		step("Hạn chế đã nêu", "%d hạn chế các hội nghị trước nêu còn chưa khắc phục. Đề nghị các cơ quan báo cáo.", standing)
	}
	if len(p.Overdue) > 0 {
		var leads []string
		for _, t := range p.Overdue {
			if len(leads) == 0 || leads[len(leads)-1] != t.Lead {
				leads = append(leads, t.Lead)
			}
		}
		step("Việc quá hạn", "%d việc quá hạn. Đề nghị %s báo cáo.", len(p.Overdue), strings.Join(leads, "; "))
	}
	c.reading(step)
	for _, r := range p.Rules {
		if r.Found > 0 {
			step("Trao đổi số liệu", "%s: %d/%d chỉ tiêu.", r.Words, r.Found, r.Of)
		}
	}
	if len(speakers) > 0 {
		step("Tham luận", "Mời lần lượt: %s.", strings.Join(speakers, "; "))
	} else {
		step("Tham luận", "Chưa cơ quan nào đăng ký; mời các cơ quan phát biểu.")
	}
	if len(p.Speeches) > 0 {
		step("Phát biểu của khách mời", "Mời %s phát biểu.", strings.Join(p.Speeches, "; "))
	}
	if len(p.Proposals) > 0 {
		step("Kiến nghị", "%d kiến nghị chưa trả lời. Trả lời tại hội nghị hoặc giao, đề nghị cơ quan trả lời có hạn.", len(p.Proposals))
	}
	step("Kết luận", "%d dự thảo kết luận để chọn. Mỗi kết luận nêu rõ: định hướng hay nhiệm vụ; nhiệm vụ thì ai chủ trì, sản phẩm gì, ngày nào xong.", len(p.Drafts))
}

// reading is the consolidated report, where the conference looks back on reports.
func (c *composer) reading(step func(what, format string, args ...any)) {
	p := &c.pack
	if p.Regime == "" {
		return
	}
	reports := fmt.Sprintf("%d/%d báo cáo đã gửi", p.Reports.Came, p.Reports.Owed)
	if len(p.Reports.Missing) > 0 {
		var missing []string
		for _, m := range p.Reports.Missing {
			missing = append(missing, m.Body)
		}
		reports += "; chưa có báo cáo của " + strings.Join(missing, "; ")
	}
	if !p.Reports.Opened {
		reports = "Chưa mở kỳ báo cáo nào của chế độ " + p.Regime
	}
	step("Báo cáo tổng hợp", "Trình bày báo cáo %s. %s.", c.b.Period.Name(), reports)
}
