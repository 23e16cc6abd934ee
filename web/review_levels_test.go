package web_test

import (
	"fmt"
	"net/url"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/level"
	"giaoban/org"
	"giaoban/review"
	"giaoban/sample"
	"giaoban/web"
)

// below makes five communes and confirms the reviews of 2022; it gives that of Chỉ thị 20-CT/TW.
func (h *house) below(t *testing.T) (id db.ID) {
	t.Helper()
	h.do(t, func(tx *db.Tx) error {
		for i, name := range []string{"Diên Sơn", "Diên Lâm", "Suối Tiên", "Vĩnh Phương", "Vĩnh Thạnh"} {
			if _, err := org.Create(tx, access.System("dựng tỉnh mẫu"), org.New{Code: fmt.Sprintf("XA%d", i+1), Kind: org.Commune, Name: "Xã " + name,
				ShortName: "Xã " + name, Sort: 900 + i, ValidFrom: calendar.On(2000, 1, 1)}); err != nil {
				return err
			}
		}
		all, err := review.DueIn(tx, h.Leader, 2022)
		if err != nil {
			return err
		}
		var seen []review.Line
		for _, r := range all {
			seen = append(seen, review.Line{ID: r.ID, Version: r.Version})
			if r.Symbol == "20-CT/TW" && r.Years == 10 {
				id = r.ID
			}
		}
		_, err = review.Confirm(tx, h.Leader, 2022, seen)
		return err
	})
	return id
}

// Eight departments and five communes get the outline by two ticks and one press; a department notes its day on its own report, a
// commune without an account is noted in its stead, and the province reads who held theirs.
func TestTheLevelsOfAReviewAreCalledByTwoTicksAndAPress(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2022-04-04 09:00")
			id := h.below(t)
			v := h.visitor(t, h.Officer)
			v.get(web.Address("review", id))
			v.click("Gửi đề cương cho các cấp")
			v.submit("Gửi đề cương")
			v.see(t, "Cần ghi chức vụ người ký báo cáo của Tỉnh ủy")
			v.typed = url.Values{"group[]": {"department", "commune"}, "signer": {"Phó Bí thư"}, "closes": {"31/3/2022"}, "figures": {"kg-quy"}}
			v.submit("Gửi đề cương")
			v.see(t, "TỈNH ỦY KHÁNH HÒA chủ trì, Phó Bí thư ký", "Sở: 0/8 cơ quan đã họp, 0/8 báo cáo đã nhận", "Xã, phường, đặc khu: 0/5 cơ quan", "Dự kiến")
			at := v.url.Path
			v.submit("Soạn công văn gửi đề cương")
			v.see(t, "đề nghị báo cáo tổng kết 10 năm thực hiện Chỉ thị số 20-CT/TW")

			mine := h.visitor(t, h.AgencyOfficer(h.Body(sample.SYT)))
			mine.get("/bao-cao")
			mine.click("Tổng kết 10 năm thực hiện Chỉ thị số 20-CT/TW")
			mine.see(t, "Bài học kinh nghiệm", "Đánh giá chung", "ghi ngày tổ chức")
			mine.click("ghi ngày tổ chức")
			mine.typed = url.Values{"held_on": {"1/4/2022"}, "notice": {"45/BC-SYT"}}
			mine.submit("Ghi")
			mine.see(t, "Đã họp ngày 01/4/2022, văn bản 45/BC-SYT.")
			mine.get(at)
			if mine.status != 403 {
				t.Errorf("a department reads of all levels: %d", mine.status)
			}
			mine.get(at + "/SGDDT")
			if mine.status != 404 {
				t.Errorf("a department reads of another: %d", mine.status)
			}

			v.get(at)
			v.see(t, "Sở: 1/8 cơ quan đã họp", "văn bản 45/BC-SYT")
			v.get(at + "/XA1")
			v.typed = url.Values{"outcome": {"agreed"}, "reason": {"Lồng ghép vào hội nghị 6 tháng"}}
			v.submit("Ghi")
			v.see(t, "Thống nhất không họp: Lồng ghép vào hội nghị 6 tháng (Ban ghi thay)")
			v.get(at + "/XA1")
			v.submit("Bỏ")
			v.see(t, "Cần ghi lý do bỏ")
			for _, file := range []string{".docx", ".pdf"} {
				if _, _, status, _ := v.read(at + file); status != 200 {
					t.Errorf("%s: %d", file, status)
				}
			}
			v.get(at)
			v.click("Tổng hợp theo đề cương")
			v.see(t, "Tổng hợp Tổng kết 10 năm thực hiện Chỉ thị số 20-CT/TW", "Bắt đầu dự thảo của Ban")
			v.submit("Bắt đầu dự thảo của Ban")
			if v.status != 200 {
				t.Errorf("the draft: %d %s", v.status, v.text)
			}
			mine.get("/bao-cao")
			mine.see(t, "Giai đoạn 2012 - 2022")
			regime := ""
			h.do(t, func(tx *db.Tx) error {
				c, err := level.Find(tx, h.Officer, id)
				regime = c.Of.Code
				return err
			})
			for _, path := range []string{"/che-do/" + regime, "/bao-cao/" + regime + "/ma-tran", "/bao-cao/" + regime + "/2012..2022/chua-nop",
				"/tong-hop/" + regime + "/2012..2022", "/tong-hop/" + regime + "/2012..2022/khung", "/tong-hop/" + regime + "/2012..2022/tai/docx",
				"/tong-hop/" + regime + "/2012..2022/phu-luc/docx", "/bao-cao/nhan?che-do=" + regime + "&ky=2012..2022", "/che-do", "/tong-hop", "/bao-cao"} {
				if _, _, status, _ := v.read(path); status != 200 {
					t.Errorf("%s: %d", path, status)
				}
			}
			v.get("/so-ket-tong-ket/" + string(id))
			v.see(t, "Sở: 1/8 cơ quan đã họp", "Ai đã tổ chức")
			v.typed = url.Values{"reason": {"Cấp trên hoãn tổng kết"}}
			v.submit("Dừng kỳ này")
			v.get(at)
			v.see(t, "Cuộc này không làm nữa", "Sở: 1/8 cơ quan đã họp")
		})
	}
}
