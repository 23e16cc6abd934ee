package web_test

import (
	"net/url"
	"testing"

	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/goal"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/report"
	"giaoban/sample"
	"giaoban/web"
)

// goalsOfCongress enters the resolution of a congress with three goals, none of them measured.
func (h *house) goalsOfCongress(t *testing.T) (document db.ID, goals []directive.Goal) {
	t.Helper()
	h.do(t, func(tx *db.Tx) error {
		d, err := directive.Record(tx, h.Officer, directive.New{Type: "Nghị quyết Đại hội", Term: "XVIII", Issuer: "Đại hội Đảng bộ tỉnh", Date: calendar.On(2020, 10, 14),
			Subject: "Nghị quyết Đại hội Đảng bộ tỉnh", Goals: []directive.Goal{{Text: "Tăng trưởng GRDP", Unit: "%", Target: 75, Decimals: 1, Year: 2025},
				{Text: "Bác sĩ trên một vạn dân", Unit: "bác sĩ", Target: 80, Decimals: 1, Year: 2025}, {Text: "Cấp độ dịch về cấp 1", Year: 2022}}})
		if err != nil {
			return err
		}
		document = d.ID
		goals, err = directive.Goals(tx, h.Officer, d.ID)
		return err
	})
	return document, goals
}

// A figure that no body reports is entered with its source, a reported one chosen by its name, and the word stands beside the rule.
func TestAGoalIsMeasuredAndItsWordSaysItsRule(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2022-04-20 09:00")
			document, _ := h.goalsOfCongress(t)
			v := h.visitor(t, h.Officer)
			v.get(web.Address("directive", document))
			v.click("Tăng trưởng GRDP")
			v.typed = url.Values{"kind": {"Số Ban ghi, có nguồn (không cơ quan nào của khối báo cáo)"}, "direction": {"Càng cao càng tốt"}, "base": {"5"}, "base_year": {"2020"}}
			v.submit("Lưu cách đo")
			v.see(t, "Cần ghi nguồn của mức đầu kỳ")
			v.typed = url.Values{"base_source": {"Báo cáo chính trị"}}
			v.submit("Lưu cách đo")
			v.see(t, "Đo bằng số liệu Ban ghi, có nguồn.", "Chưa có số liệu nào")
			v.typed = url.Values{"value": {"5,4"}, "day": {"31/12/2021"}, "source": {"Niên giám thống kê 2021"}, "estimated": {"1"}}
			v.submit("Ghi số liệu")
			v.see(t, "Chậm", "Theo số chưa chắc", "Trên lộ trình khi từ 5,5 % trở lên ngày 31/12/2021", "Niên giám thống kê 2021", "số ước")

			v.get(web.Address("directive", document))
			v.click("Bác sĩ trên một vạn dân")
			v.typed = url.Values{"kind": {sample.Quarterly + "/YT13"}, "base": {"6,5"}, "base_year": {"2020"}, "base_source": {"Báo cáo chính trị"}}
			v.submit("Lưu cách đo")
			v.see(t, "Trên lộ trình", "7,2 bác sĩ", "theo đường thẳng từ 6,5 bác sĩ cuối năm 2020 đến 8,0 bác sĩ cuối năm 2025")
			v.get(web.Address("directive", document))
			v.see(t, "Chậm", "Trên lộ trình", "Chưa chọn chỉ tiêu này đo bằng gì")
			v.get("/muc-tieu")
			v.see(t, "Chậm 1", "Trên lộ trình 1", "Nghị quyết Đại hội")

			mine := h.visitor(t, h.AgencyOfficer(h.Body(sample.SYT)))
			mine.get(web.Address("directive", document))
			mine.see(t, "Tăng trưởng GRDP", "do Ban xem")
			if mine.get("/muc-tieu"); mine.status != 403 {
				t.Errorf("an agency reads all goals: %d", mine.status)
			}
		})
	}
}

// measured measures the goals of the congress by hand and by grades, for pages to be looked at.
func measured(tx *db.Tx, p *sample.Province, goals []directive.Goal) error {
	if err := goal.SetMeasure(tx, p.Officer, goal.Measure{Goal: goals[0].ID, Kind: goal.ByHand, Direction: report.Higher, Base: "5", BaseYear: 2020,
		BaseSource: "Báo cáo chính trị"}); err != nil {
		return err
	}
	if _, err := goal.Enter(tx, p.Officer, goal.Entry{Goal: goals[0].ID, Value: "ước 5,4", Day: calendar.On(2021, 12, 31), Source: "Niên giám thống kê 2021"}); err != nil {
		return err
	}
	return goal.SetMeasure(tx, p.Officer, goal.Measure{Goal: goals[2].ID, Kind: goal.ByGrade, Grades: "cấp 2\ncấp 1", Aim: "cấp 1"})
}
