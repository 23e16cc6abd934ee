package web_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/org"
	"giaoban/report"
	"giaoban/sample"
	"giaoban/succession"
	"giaoban/task"
	"giaoban/web/browser"
)

// monthOf opens one month and lets bodies report single figures: "SYT YT01=100".
func monthOf(t *testing.T, h *house, period string, reports ...string) {
	t.Helper()
	do := func(fn func(tx *db.Tx) error) {
		t.Helper()
		if err := h.DB.WriteLong(t.Context(), fn); err != nil {
			t.Fatal(err)
		}
	}
	do(func(tx *db.Tx) error {
		_, err := report.Open(tx, h.Officer, sample.Monthly, calendar.MustPeriod(period))
		return err
	})
	system := access.System("nộp thử")
	for _, text := range reports {
		fields := strings.Fields(text)
		in := report.Input{Values: make(map[string]*string)}
		for _, f := range fields[1:] {
			code, v, _ := strings.Cut(f, "=")
			in.Values[code] = &v
		}
		do(func(tx *db.Tx) error {
			ready, err := report.Prepare(tx, system, sample.Monthly, calendar.MustPeriod(period), fields[0], in)
			if err != nil {
				return err
			}
			receipt, err := report.Submit(tx, system, ready)
			if err != nil {
				return err
			}
			return report.Accept(tx, h.Officer, receipt.ID)
		})
	}
}

// reorganised is the province in spring 2025: the Labour department has gone into Home affairs on 01/3/2025, with
// children to Health and vocational education to Education; its open work was handed over, March is reported.
func reorganised(t *testing.T, e dbtest.Engine) (h *house, change db.ID) {
	t.Helper()
	h = enter(t, e, "2022-04-01 17:05")
	write := func(fn func(tx *db.Tx) error) {
		t.Helper()
		if err := h.DB.WriteLong(t.Context(), fn); err != nil {
			t.Fatal(err)
		}
	}
	h.Clock.Set(moment(t, "2025-02-17 09:00"))
	monthOf(t, h, "2024-12", "SLDTBXH LD01=1200 LD03=30", "SNV NV01=10", "SYT YT01=52000")
	monthOf(t, h, "2025-01", "SLDTBXH LD01=1250 LD03=31", "SNV NV01=12", "SYT YT01=54000")
	monthOf(t, h, "2025-02", "SLDTBXH LD01=1190 LD03=29", "SNV NV01=11", "SYT YT01=51000")
	write(func(tx *db.Tx) error {
		for _, title := range []string{"Xây dựng kế hoạch Tháng hành động vì trẻ em năm 2025", "Rà soát mạng lưới cơ sở giáo dục nghề nghiệp",
			"Tổ chức thăm hỏi người có công dịp 27/7", "Cử thành viên tham gia đoàn khảo sát", "Phối hợp chăm lo trẻ em và học nghề cho thanh niên"} {
			if _, err := task.Assign(tx, h.Officer, task.New{Mode: task.Requested, Title: title, Product: "Văn bản đã ban hành", Lead: h.SLDTBXH.ID,
				Due: calendar.On(2025, 4, 15)}); err != nil {
				return err
			}
		}
		c, err := org.Announce(tx, h.Admin, org.NewChange{Kind: org.Merged, Day: calendar.On(2025, 3, 1), Basis: "Nghị quyết của HĐND tỉnh tháng 02/2025",
			Parts: []org.NewPart{
				{From: h.SLDTBXH.ID, To: h.SYT.ID, Function: "tre-em"}, {From: h.SLDTBXH.ID, To: h.SYT.ID, Function: "bao-tro-xa-hoi"},
				{From: h.SLDTBXH.ID, To: h.SGDDT.ID, Function: "giao-duc-nghe-nghiep"}, {From: h.SLDTBXH.ID, To: h.SNV.ID}, {From: h.SNV.ID, To: h.SNV.ID},
			}})
		change = c.ID
		if err != nil {
			return err
		}
		_, err = succession.Propose(tx, h.Admin, change)
		return err
	})
	return h, change
}

// handOver accepts what was proposed and gives the department's sector to Home affairs, then lets March be reported.
func handOver(t *testing.T, h *house, change db.ID) {
	t.Helper()
	h.Clock.Set(moment(t, "2025-03-17 09:00"))
	if err := h.DB.WriteLong(t.Context(), func(tx *db.Tx) error {
		if _, err := succession.AcceptAll(tx, h.Officer, change); err != nil {
			return err
		}
		items, err := succession.Items(tx, h.Officer, change)
		for _, i := range items {
			if i.Kind == succession.Assignment && i.State() == succession.Open {
				if err := succession.Choose(tx, h.Leader, i.ID, h.SNV.ID, "Sở Nội vụ tổng hợp lĩnh vực lao động, xã hội của các sở"); err != nil {
					return err
				}
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	monthOf(t, h, "2025-03", "SNV LD01=1010 NV01=13", "SYT YT01=53000")
}

func TestTheSamePagesAsItWasAndAsItIsNow(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h, change := reorganised(t, e)
			handOver(t, h, change)
			v := h.visitor(t, h.Officer)
			for _, c := range []struct {
				path      string
				see, miss []string
			}{
				{"/nhiem-vu", []string{"Như hiện nay", "Sở LĐTBXH nay Sở Y tế thực hiện"}, []string{"nhận từ"}},
				{"/nhiem-vu?doc=nhu-nay", []string{"Sở Y tế nhận từ Sở LĐTBXH"}, []string{"nay Sở Y tế thực hiện"}},
				{"/nhiem-vu?chu-tri=SLDTBXH&trang-thai=unfinished", []string{"Tháng hành động vì trẻ em"}, nil},
				{"/nhiem-vu?chu-tri=SLDTBXH&trang-thai=unfinished&doc=nhu-nay", []string{"Phối hợp chăm lo trẻ em và học nghề"}, []string{"Tháng hành động vì trẻ em"}},
				{"/nhiem-vu?chu-tri=SYT&trang-thai=unfinished&doc=nhu-nay", []string{"Tháng hành động vì trẻ em"}, nil},
				{"/bao-cao/kg-thang/ma-tran?n=4", []string{"Sở LĐTBXH"}, []string{"nay thuộc"}},
				{"/bao-cao/kg-thang/ma-tran?n=4&doc=nhu-nay", []string{"nay thuộc Sở Nội vụ", "không chia số"}, nil},
				{"/tong-hop/kg-thang/2025-03", []string{"Không so sánh được: từ 01/3/2025, Sở LĐTBXH sắp xếp lại", "không so"}, nil},
				{"/tong-hop/kg-thang/2025-03?doc=nhu-nay", []string{"Không so sánh được: từ 01/3/2025"}, nil},
				{"/che-do/kg-thang", []string{"do Sở Nội vụ báo cáo từ 01/3/2025"}, nil},
				{"/tong-hop/kg-thang/2025-03/tai/json", []string{`"incomparable": [ "previous"`}, nil},
				{"/tong-hop/kg-thang/2025-03/tai/html", []string{"Không so sánh được: từ 01/3/2025"}, nil},
				{"/tong-hop/kg-thang/2025-Q1/chi-tieu/LD01", []string{"Sở Lao động - Thương binh và Xã hội", "Không so sánh được"}, nil},
				{"/tong-hop/kg-thang/2025-Q1/chi-tieu/LD01?doc=nhu-nay", []string{"Sở Nội vụ trước đây là Sở LĐTBXH"}, []string{"đã chia cho nhiều"}},
				{"/tong-hop/kg-thang/2025-Q1/chi-tieu/LD03?doc=nhu-nay", []string{"đã chia cho nhiều cơ quan, không có số để chia"}, nil},
				{"/chuoi-so-lieu/kg-thang/LD01", []string{"Không so sánh được: từ 01/3/2025", "Sở LĐTBXH", "Cộng các kỳ trong đoạn", "1.010"}, []string{"đã chia cho nhiều"}},
				{"/chuoi-so-lieu/kg-thang/LD01?doc=nhu-nay", []string{"Không so sánh được: từ 01/3/2025", "Sở Nội vụ trước đây là Sở LĐTBXH"}, nil},
				{"/chuoi-so-lieu/kg-thang/LD03?doc=nhu-nay", []string{"đã chia cho nhiều cơ quan"}, nil},
				{"/chuoi-so-lieu/kg-thang/YT01?n=12", []string{"53.000"}, []string{"Không so sánh được"}},
			} {
				v.get(c.path)
				if v.status != 200 {
					t.Errorf("%s: %d %s", c.path, v.status, v.text)
					continue
				}
				for _, words := range c.see {
					if !strings.Contains(v.text, words) {
						t.Errorf("%s does not say “%s”: %s", c.path, words, v.text)
					}
				}
				for _, words := range c.miss {
					if strings.Contains(v.text, words) {
						t.Errorf("%s says “%s”", c.path, words)
					}
				}
			}
			doctor := h.visitor(t, h.AgencyOfficer(h.SYT))
			doctor.get("/ban-lam-viec")
			doctor.click("Tiếp nhận: Xây dựng kế hoạch Tháng hành động vì trẻ em")
			if !strings.Contains(doctor.text, "Sở Y tế (nhận từ Sở LĐTBXH) chủ trì") {
				t.Errorf("the task does not say from whom it came: %s", doctor.text)
			}
			doctor.submit("Tiếp nhận")
			if doctor.status != 200 || !strings.Contains(doctor.text, "Đang thực hiện") {
				t.Errorf("the Health department cannot take it in hand: %d %s", doctor.status, doctor.text)
			}
		})
	}
}

func TestAnOfficerHandsOverOnOnePage(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h, change := reorganised(t, e)
			v := h.visitor(t, h.Officer)
			page := "/sap-xep/" + string(change) + "/ban-giao"
			see := func(words ...string) {
				t.Helper()
				for _, w := range words {
					if !strings.Contains(v.text, w) {
						t.Fatalf("the page does not say “%s” (%d): %s", w, v.status, v.text)
					}
				}
			}
			v.get(page)
			see("Bàn giao công việc của Sở LĐTBXH", "Đến ngày 01/3/2025 mới bàn giao được", "Sở Y tế tiếp nhận", "Cần người quyết định")
			h.Clock.Set(moment(t, "2025-03-03 09:00"))
			v = h.visitor(t, h.Officer) // the session of a fortnight ago has ended
			v.get(page)
			v.submit("Bàn giao: Xây dựng kế hoạch Tháng hành động vì trẻ em")
			see("Đã bàn giao")
			v.submit("Bàn giao cho cơ quan đã chọn: Phối hợp chăm lo trẻ em")
			if v.status != 422 {
				t.Errorf("nobody was chosen, and it answers %d", v.status)
			}
			see("Hãy chọn cơ quan tiếp nhận")
			v.typed.Set("to", string(h.SYT.ID))
			v.submit("Bàn giao cho cơ quan đã chọn: Phối hợp chăm lo trẻ em")
			see("Cần ghi vì sao chọn cơ quan này")
			v.typed.Set("reason", "Phần chính là trẻ em")
			v.submit("Bàn giao cho cơ quan đã chọn: Phối hợp chăm lo trẻ em")
			see("Phần chính là trẻ em")
			v.submit("Để nguyên, không bàn giao: Cử thành viên")
			see("Cần ghi vì sao không bàn giao")
			v.typed.Set("reason", "Đoàn khảo sát đã xong")
			v.submit("Để nguyên, không bàn giao: Cử thành viên")
			see("Không bàn giao (1)")
			v.submit("việc cho Sở Y tế")
			see("Đã bàn giao")
			v.submit("Bàn giao tất cả")
			if v.status != 200 || strings.Contains(v.text, "Bàn giao tất cả") {
				t.Errorf("something proposed is left: %d %s", v.status, v.text)
			}
			v.submit("Hoàn tác tất cả")
			see("0 việc đã bàn giao")
		})
	}
}

// The pages that exist only after bodies have changed are as clean as the others: before the work is handed over and after.
func TestThePagesAfterAChangeAreClean(t *testing.T) {
	t.Parallel()
	browser.Missing(t)
	e := dbtest.Engines(t)[0]
	screen := browser.Start(t)
	markup := make(map[string]string)
	for _, handed := range []bool{false, true} {
		h, change := reorganised(t, e)
		h.Clock.Set(moment(t, "2025-03-17 09:00"))
		paths := []string{"/sap-xep/" + string(change) + "/ban-giao"}
		if handed {
			handOver(t, h, change)
			for _, path := range []string{"/nhiem-vu", "/bao-cao/kg-thang/ma-tran?n=8", "/tong-hop/kg-thang/2025-03", "/chuoi-so-lieu/kg-thang/LD01",
				"/tong-hop/kg-thang/2025-Q1/chi-tieu/LD01", "/bao-cao/kg-thang/2025-02/chua-nop"} {
				doc := "?doc=nhu-nay"
				if strings.Contains(path, "?") {
					doc = "&doc=nhu-nay"
				}
				paths = append(paths, path, path+doc)
			}
		}
		v := h.visitor(t, h.Officer)
		var pages []seen
		for _, path := range paths {
			body, _, status, _ := v.read(path)
			if status != 200 {
				t.Errorf("%s answers %d", path, status)
			}
			pages = append(pages, seen{"khoagiao", strings.ReplaceAll(path, "?", "_"), path, body})
			markup[path] = body
		}
		look(t, screen.Another(), h, "khoagiao", pages)
	}
	for _, found := range browser.HTMLValidate(t, markup) {
		t.Error(found)
	}
}
