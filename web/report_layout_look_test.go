package web_test

import (
	"strings"
	"testing"

	"giaoban/sample"
	"giaoban/web/browser"
)

// A report written in Word is pasted whole: bold headings survive the paste, the text is laid out before anything is kept, and
// what found no place stays in its box.
func TestAReportFromWordIsLaidOut(t *testing.T) {
	t.Parallel()
	browser.Missing(t)
	w := watch(t, "2022-03-16 08:00")
	for _, scripts := range []bool{true, false} {
		w.scripts = scripts
		body := w.house.Body(map[bool]string{true: sample.STNMT, false: sample.SKHCN}[scripts])
		sector := map[bool]string{true: "MT", false: "KH"}[scripts]
		at, tab := w.owed(body), w.sit(w.house.AgencyOfficer(body))
		tab.Open(at + "/soan")
		if scripts {
			tab.Click("Dán cả báo cáo, chương trình xếp theo tiêu đề")
			tab.Focus("#toan-van")
			tab.Eval(`(() => {
				const data = new DataTransfer();
				data.setData("text/html", "<p><b>Kết quả</b></p><p>Thu gom 90% rác.</p><p><strong>Kiến nghị</strong></p><p>Cấp thêm <b>hai</b> xe.</p><p><b>Công tác Đảng</b></p><p>Kết nạp một đảng viên.</p>");
				return document.querySelector("#toan-van").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
			})()`)
		} else {
			tab.Click("Dán cả báo cáo, chương trình xếp theo tiêu đề")
			tab.Fill("#toan-van", "I. Kết quả\nThu gom 90% rác.\nII. Kiến nghị\nCấp thêm hai xe.\nIII. Công tác Đảng\nKết nạp một đảng viên.")
		}
		tab.Click(`button[formaction*="/xep"]`)
		tab.WaitFor("[role=status]", "2 đoạn chưa rõ chỗ")
		tab.WaitFor("#gia-han", "")
		want := map[string]string{"#sections-results-" + sector: "Thu gom 90% rác.", "#sections-proposals-" + sector: "Cấp thêm hai xe."}
		for box, text := range want {
			if got := tab.Value(box); got != text {
				t.Errorf("scripts %v: %s holds %q, want %q", scripts, box, got, text)
			}
		}
		if strings.Contains(tab.Text("main"), "Khôi phục bản đang gõ") {
			t.Error("what was laid out is offered again as it was before")
		}
		w.judge(tab, "xep")
		tab.Click(`#luu`)
		tab.WaitFor("[role=status]", "Đã lưu bản nháp")
		tab.WaitFor("#gia-han", "") // the page is there to its end
		for box, text := range want {
			if got := tab.Value(box); got != text {
				t.Errorf("scripts %v: after saving %s holds %q", scripts, box, got)
			}
		}
		tab.Click(`button[formaction$="/trinh"]`)   // what was pasted is not left behind
		tab.WaitFor("#loi", "chưa xếp vào mục nào") // the page before says so too, but not there
		tab.WaitFor(`a[href="#toan-van"]`, "chưa xếp vào mục nào")
		tab.WaitFor("#gia-han", "")
		tab.Click(`button[name="bo"]`)
		tab.WaitFor("[role=status]", "Đã bỏ phần chưa xếp")
		tab.WaitFor("#gia-han", "")
		tab.Click(`button[formaction$="/trinh"]`)
		tab.WaitFor("[role=status]", "Đã trình lãnh đạo")
	}
}
