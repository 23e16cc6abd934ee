package web_test

import (
	"net/url"

	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/report"
	"giaoban/sample"
)

// round opens what opens by itself by now, as the office's round does.
func (h *house) round(t *testing.T) (opened []report.Opening) {
	t.Helper()
	h.do(t, func(tx *db.Tx) (err error) {
		opened, err = report.OpenComing(tx, access.System("mở kỳ theo quy tắc của chế độ"))
		return err
	})
	return opened
}

// A regime says when its periods open; what will open is seen, confirmed or skipped beforehand; the round opens it on its
// day, nothing overdue and nothing twice; and its công văn is drafted with the outline as annex.
func TestPeriodsOpenByThemselves(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2022-04-21 09:00")
			v := h.visitor(t, h.Officer)
			at := "/che-do/" + sample.Monthly
			v.get(at + "/sua")
			v.typed = url.Values{"opens": {"DAY"}, "opens_n": {"40"}}
			v.submit("Lưu")
			v.see(t, "Hãy ghi mở vào ngày nào của tháng sau kỳ, từ 1 đến 28")
			v.typed = url.Values{"opens": {"BEFORE"}, "opens_n": {"10"}}
			v.submit("Lưu")
			v.see(t, "Tự mở 10 ngày làm việc trước hạn")
			v.get("/che-do/ky-sap-mo")
			v.see(t, "tháng 5 năm 2022", "tháng 6 năm 2022", "Sẽ mở")
			coming := h.coming(t)
			may, june := coming["2022-05"], coming["2022-06"]
			if may.Bodies == 0 || may.Problem != "" {
				t.Fatalf("%+v", may)
			}
			// Skipping needs a reason.
			v.post(at+"/sap-mo", url.Values{"form_token": {tokenOf(v)}, "ky": {"2022-06"}, "act": {"skipped"}})
			v.see(t, "Hãy ghi vì sao bỏ qua kỳ này")
			v.post(at+"/sap-mo", url.Values{"form_token": {tokenOf(v)}, "ky": {"2022-06"}, "act": {"skipped"}, "reason": {"Tháng 6 báo cáo cùng quý II"}})
			v.see(t, "Đã bỏ qua kỳ này", "Tháng 6 báo cáo cùng quý II")
			v.post(at+"/sap-mo", url.Values{"form_token": {tokenOf(v)}, "ky": {"2022-05"}, "act": {"confirmed"}})
			v.see(t, "Đã xác nhận; kỳ sẽ tự mở đúng ngày")

			h.Clock.Set(may.On.AddDays(-1).StartOfDay().Add(9 * 3600e9))
			for _, o := range h.round(t) {
				if o.Period == may.Period {
					t.Errorf("%s opened a day early", o.Period)
				}
			}
			h.Clock.Set(may.On.StartOfDay().Add(9 * 3600e9))
			opened := h.round(t)
			if len(opened) != 1 || opened[0].Period != may.Period || opened[0].Due != may.Due {
				t.Fatalf("%+v", opened)
			}
			if again := h.round(t); len(again) > 0 {
				t.Errorf("opened twice: %+v", again)
			}
			h.Clock.Set(june.On.StartOfDay().Add(9 * 3600e9))
			if skipped := h.round(t); len(skipped) > 0 {
				t.Errorf("skipped, and opened: %+v", skipped)
			}
			// Once overdue it is neither opened nor proposed.
			h.do(t, func(tx *db.Tx) error {
				return report.DecidePeriod(tx, h.Officer, sample.Monthly, june.Period, report.PeriodConfirmed, "")
			})
			h.Clock.Set(june.Due.AddDays(1).StartOfDay().Add(9 * 3600e9))
			for _, o := range h.round(t) {
				if o.Period == june.Period {
					t.Error("a period was opened after its deadline")
				}
			}
			if _, there := h.coming(t)["2022-06"]; there {
				t.Error("an overdue period is proposed")
			}

			h.Clock.Set(may.On.StartOfDay().Add(10 * 3600e9))
			v = h.visitor(t, h.Officer)
			v.get(at)
			v.submit("Soạn công văn đề nghị báo cáo tháng 5 năm 2022")
			v.see(t, "đề nghị báo cáo tháng 5 năm 2022", "Đề cương báo cáo", "Biểu số liệu", "Thời hạn: hết "+may.Due.WithWeekday())
			v.get(at)
			v.see(t, "Công văn đề nghị báo cáo")
			v.post(at+"/2022-05/cong-van", url.Values{"form_token": {tokenOf(v)}})
			v.see(t, "đã có công văn đề nghị báo cáo")
		})
	}
}

func (h *house) coming(t *testing.T) map[string]report.Coming {
	t.Helper()
	found := make(map[string]report.Coming)
	h.do(t, func(tx *db.Tx) error {
		all, err := report.ComingPeriods(tx, h.Officer, calendar.OfInstant(tx.Clock()).AddDays(120))
		for _, c := range all {
			if c.Regime.Code == sample.Monthly {
				found[c.Period.String()] = c
			}
		}
		return err
	})
	return found
}

// tokenOf is the mark of the forms on the page that is open.
func tokenOf(v *visitor) string {
	for _, input := range all(v.page, "input") {
		if attr(input, "name") == "form_token" {
			return attr(input, "value")
		}
	}
	return ""
}
