package web_test

import (
	"net/url"
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/programme"
	"giaoban/web"
	"giaoban/web/browser"
)

// A programme by hand, from the pasted table to the draft of the next term; every page of it is clean for those who read it: HTML, axe
// in light and dark, 320 px, one red button.
func TestAProgrammeByHandAndItsPages(t *testing.T) {
	t.Parallel()
	browser.Missing(t)
	h := enter(t, dbtest.Engines(t)[0], "")
	v := h.visitor(t, h.Officer)
	v.at = "programme"
	v.get("/chuong-trinh-phoi-hop/moi")
	v.typed = url.Values{"term": {"2022-2025"}, "bases": {"Quyết định số 238-QĐ/TW của Ban Bí thư"}, "frame": {"Phối hợp thường xuyên, kịp thời."},
		"body[]": {string(h.SYT.ID), string(h.SGDDT.ID), string(h.SLDTBXH.ID)},
		"lines": {"Lĩnh vực Y tế\n1\tTuyên truyền phòng, chống dịch Covid-19 tới từng hộ gia đình\tSở Y tế\tSở GD&ĐT\tBáo cáo kết quả\thằng quý\n" +
			"Lao động, xã hội, trẻ em\nTổng kết 10 năm Chỉ thị số 20-CT/TW; chủ trì: SLDTBXH; sản phẩm: Báo cáo tổng kết; thời gian: trước ngày 30/11/2022\n" +
			"Chung\nCung cấp thông tin hai chiều; thời gian: thường xuyên"},
		"duties": {"Các cơ quan: báo cáo quý; thời gian: trước ngày 15 tháng cuối quý\nBan: trả lời kiến nghị; thời gian: 15 ngày"}}
	v.submit("Lập")
	if !strings.Contains(v.text, "Đã lập dự thảo") || !strings.Contains(v.text, "3 nội dung: 0 đã làm, 0 đang làm, 3 chưa làm") {
		t.Fatalf("%d %s", v.status, v.text)
	}
	one := v.url.Path
	v.typed = url.Values{"signed_on": {"10/3/2022"}}
	v.submit("Ghi chữ ký")
	if !strings.Contains(v.text, "Đang thực hiện") {
		t.Fatalf("%d %s", v.status, v.text)
	}
	var id db.ID
	var lines []programme.Line
	h.do(t, func(tx *db.Tx) error {
		all, _, err := programme.List(tx, h.Officer)
		if err != nil {
			return err
		}
		id = all[0].ID
		lines, err = programme.Lines(tx, h.Officer, id)
		if err != nil {
			return err
		}
		_, _, err = programme.EnterOld(tx, h.Officer, id, programme.Old{Year: 2022, Sector: "YT", Source: "Báo cáo số 12-BC/BTGTU ngày 05/01/2022",
			Words: "Tuyên truyền phòng, chống dịch Covid-19 tới hộ gia đình ở 32 xã.\nKhám bệnh cho người cao tuổi."})
		return err
	})
	of := func(words string) programme.Line {
		for _, l := range lines {
			if strings.Contains(l.Words, words) {
				return l
			}
		}
		t.Fatal(words)
		return lines[0]
	}
	v.get(one + "/nam/2022")
	v.submit("Lưu kế hoạch năm")
	v.get(web.Address("programme_line", of("20-CT/TW").ID))
	v.typed = url.Values{"due": {"30/9/2022"}}
	v.submit("Giao nhiệm vụ")
	if !strings.Contains(v.text, "0/1 nhiệm vụ xong") {
		t.Errorf("%d %s", v.status, v.text)
	}
	v.get(web.Address("programme_line", of("hai chiều").ID))
	v.typed = url.Values{"mark": {"done"}}
	v.submit("Ghi tình trạng")
	if v.status != 422 || !strings.Contains(v.text, "Cần ghi căn cứ") {
		t.Errorf("%d %s", v.status, v.text)
	}
	v.typed = url.Values{"mark": {"done"}, "proof": {"12 bản tin đã gửi"}}
	v.submit("Ghi tình trạng")
	v.get(one + "/tong-ket")
	v.submit("Xác nhận 2 đoạn")
	v.typed = url.Values{"next-" + string(of("hai chiều").ID): {"continues"}}
	v.submit("Lưu nội dung tiếp tục")
	v.typed = url.Values{"term": {"2026-2030"}, "lines": {"Chuyển đổi số trong công tác khoa giáo"}}
	v.submit("Lập dự thảo giai đoạn sau")
	if !strings.Contains(v.text, "giai đoạn 2026 - 2030") || !strings.Contains(v.text, "Cung cấp thông tin hai chiều") {
		t.Errorf("%d %s", v.status, v.text)
	}
	screen, markup := browser.Start(t), make(map[string]string)
	for login, paths := range map[string][]string{
		"khoagiao": {"/chuong-trinh-phoi-hop", "/chuong-trinh-phoi-hop/moi", one, one + "/nam/2022", one + "/tong-ket", web.Address("programme_line", lines[0].ID)},
		"syt":      {"/chuong-trinh-phoi-hop", one, web.Address("programme_line", lines[0].ID)},
	} {
		v := h.visitor(t, h.Actor(login))
		var pages []seen
		for _, path := range paths {
			body, _, status, at := v.read(path)
			if reds := redsOf(t, body); status != 200 || len(reds) > 1 {
				t.Errorf("%s %s: %d, %d red buttons", login, path, status, len(reds))
			}
			for _, glued := range gluedOf(t, body) {
				t.Errorf("%s %s: words run together: %s", login, path, glued)
			}
			pages = append(pages, seen{login, patternOf()(path), at, body})
			markup[login+" "+path] = body
		}
		look(t, screen.Another(), h, login, pages)
	}
	for _, found := range browser.HTMLValidate(t, markup) {
		t.Error(found)
	}
}
