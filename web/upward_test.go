package web_test

import (
	"net/url"
	"testing"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/report"
	"giaoban/sample"
)

// What the commission owes upward: its day counts back to the agencies', the signed consolidated report answers it, the
// clerk types number and day of the receipt; a day off on the way is proposed as every other.
func TestAReportUpwardCountsBack(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2022-04-21 09:00")
			v := h.visitor(t, h.Officer)
			v.get("/bao-cao-cap-tren")
			v.see(t, "quý I năm 2022", "05/4/2022", "Số 1203, ngày 25/3/2022", "Cấp trên đã nhận")
			v.typed = url.Values{"reason": {"Tỉnh ủy đổi hạn"}}
			v.submit("Kết thúc báo cáo này")
			v.get("/bao-cao-cap-tren/moi?che-do=" + sample.Quarterly)
			v.typed = url.Values{"name": {"Báo cáo công tác khoa giáo hằng quý"}, "day": {"1"}, "lead": {"40"}, "after": {"0"}}
			v.submit("Ghi báo cáo cấp trên")
			v.see(t, "không sau ngày chốt số liệu (14/6/2022)")
			v.typed = url.Values{"day": {"25"}, "lead": {"4"}, "after": {"1"}, "basis": {"Quy định số 12-QĐ/TU"}}
			v.submit("Ghi báo cáo cấp trên")
			v.see(t, "hạn của các kỳ mở từ nay tính lùi", "quý I năm 2022", "25/4/2022", "quý II năm 2022", "25/7/2022", "Đã ký, chờ số tiếp nhận")
			v.get("/tong-hop/" + sample.Quarterly + "/2022-Q1")
			v.see(t, "gửi TỈNH ỦY KHÁNH HÒA, hạn 25/4/2022", "Số tiếp nhận của cấp trên")
			v.get("/che-do/" + sample.Quarterly)
			v.see(t, "ngày 25 của tháng sau kỳ", "cơ quan gửi trước 4 ngày làm việc")

			// The period opened from now on is due four working days before the commission's own.
			v.get("/che-do/" + sample.Quarterly + "/mo-ky?ky=2022-Q3")
			v.see(t, "hạn 19/10/2022", "là hết thứ Ba 25/10/2022; hạn của cơ quan là ngày làm việc thứ 4 trước đó, hết thứ Tư 19/10/2022")
			v.submit("Mở quý III năm 2022")
			h.do(t, func(tx *db.Tx) error {
				o, err := report.FindOpening(tx, h.Officer, sample.Quarterly, calendar.MustPeriod("2022-Q3"))
				if o.Due != calendar.On(2022, 10, 19) || o.Days != -4 {
					t.Errorf("%+v", o)
				}
				return err
			})
			v.get("/thiet-lap/ngay-nghi")
			v.typed = url.Values{"day": {"21/10/2022"}, "kind": {"office"}, "name": {"Ngày hội"}, "document": {"TB 60-TB/VPTU"}}
			v.submit("Ghi vào lịch")
			v.see(t, "18/10/2022")
			v.submit("Dời các hạn đã chọn")
			v.see(t, "Đã dời 1 hạn")

			// Only the clerk notes the receipt, of what is signed, not of a day to come, nor before the signature.
			if v.get("/bao-cao-cap-tren"); len(all(v.page, "summary")) == 0 {
				t.Error("the rule cannot be ended")
			}
			clerk := h.visitor(t, h.Clerk)
			clerk.get("/bao-cao-cap-tren")
			for _, wrong := range []struct{ number, day, says string }{{"", "21/4/2022", "Hãy ghi số đến"}, {"315", "30/4/2022", "ở sau hôm nay"},
				{"315", "01/3/2022", "ngày ký báo cáo tổng hợp"}} {
				clerk.typed = url.Values{"number": {wrong.number}, "day": {wrong.day}}
				clerk.submit("Ghi số tiếp nhận")
				clerk.see(t, wrong.says)
			}
			clerk.typed = url.Values{"number": {"315"}, "day": {"21/4/2022"}}
			clerk.submit("Ghi số tiếp nhận")
			clerk.see(t, "Số 315, ngày 21/4/2022", "Cấp trên đã nhận")
			clerk.typed = url.Values{"number": {"316"}, "day": {"21/4/2022"}}
			clerk.submit("Ghi số tiếp nhận")
			clerk.see(t, "Số 316, ngày 21/4/2022")
			if other := h.visitor(t, h.Actor("syt")); other.status == 200 {
				if other.get("/bao-cao-cap-tren"); other.status != 403 && other.status != 404 {
					t.Errorf("an agency reads what the commission owes: %d", other.status)
				}
			}

			v.get("/bao-cao-cap-tren")
			v.submit("Kết thúc báo cáo này")
			v.see(t, "Hãy ghi lý do kết thúc")
			v.typed = url.Values{"reason": {"Tỉnh ủy thôi yêu cầu"}}
			v.submit("Kết thúc báo cáo này")
			v.see(t, "đã kết thúc", "Tỉnh ủy thôi yêu cầu")
		})
	}
}
