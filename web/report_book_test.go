package web_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/report"

	"github.com/xuri/excelize/v2"
)

// rowsOfBook opens a book and gives the row of each code of its first sheet.
func rowsOfBook(t *testing.T, content []byte) (f *excelize.File, at map[string]string) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("Số liệu")
	if err != nil {
		t.Fatal(err)
	}
	at = make(map[string]string)
	for i, row := range rows {
		if len(row) > 0 {
			at[row[0]] = fmt.Sprintf("D%d", i+1)
		}
	}
	return f, at
}

func bytesOf(t *testing.T, f *excelize.File) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// download gives the file at an address.
func (v *visitor) download(to string) []byte {
	v.t.Helper()
	response, err := v.client.Get(v.house.server.URL + to)
	if err != nil {
		v.t.Fatal(err)
	}
	defer response.Body.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(response.Body); err != nil || response.StatusCode != http.StatusOK {
		v.t.Fatalf("%s: %d, %v", to, response.StatusCode, err)
	}
	return b.Bytes()
}

// A focal point fills the book in and brings it back: what is wrong is named by its address, what replaces a figure of the
// draft is shown before it is kept, and a draft saved meanwhile asks to be looked at again.
func TestABookIsSeenBeforeItIsKept(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2022-04-20 09:00")
			v := h.visitor(t, h.AgencyOfficer(h.SYT))
			var due []report.Obligation
			h.do(t, func(tx *db.Tx) (err error) {
				due, err = report.Due(tx, h.AgencyOfficer(h.SYT), h.SYT.ID)
				return err
			})
			if len(due) == 0 {
				t.Fatal("SYT owes nothing")
			}
			at := "/bao-cao/" + string(due[0].ID)
			v.get(at + "/soan")
			v.see(t, "Tải biểu Excel", "Đưa biểu Excel vào")
			f, cells := rowsOfBook(t, v.download(at+"/bieu-excel/tai"))
			defer f.Close()
			codes := []string{}
			for code, cell := range cells {
				if editable, _ := f.GetCellValue("Số liệu", cell); editable == "" && strings.HasPrefix(code, "YT") && len(codes) < 2 {
					codes = append(codes, code)
				}
			}
			if len(codes) < 2 {
				t.Fatalf("no two empty figures: %v", cells)
			}
			good, bad := cells[codes[0]], cells[codes[1]]
			f.SetCellValue("Số liệu", good, 12)
			f.SetCellValue("Số liệu", bad, "mười hai")
			v.sendFile(at+"/bieu-excel", "bieu.xlsx", bytesOf(t, f), url.Values{"act": {"xem"}})
			v.see(t, "1 ô chưa nhận được", "Số liệu, ô "+bad, "không đọc được thành số", "1 chỗ mới")
			first := v.page
			v.submit("Đưa các ô nhận được vào bản nháp")
			if v.see(t, "Đã đưa biểu Excel vào bản nháp", "Số liệu "+bad); !strings.HasSuffix(v.url.Path, "/soan") {
				t.Errorf("at %s", v.url)
			}
			v.page = first
			v.submit("Đưa các ô nhận được vào bản nháp")
			v.see(t, "Không có gì mới so với bản nháp")

			f.SetCellValue("Số liệu", good, 15)
			v.sendFile(at+"/bieu-excel", "bieu.xlsx", bytesOf(t, f), url.Values{"act": {"xem"}})
			v.see(t, "Thay số, lời văn đang có trong bản nháp", "12 → 15")
			form := formValues(all(v.page, "form")[len(all(v.page, "form"))-1])
			form.Set("version", "0")
			form.Set("act", "giu")
			v.post(at+"/bieu-excel", form)
			v.see(t, "Bản nháp vừa thay đổi sau khi xem biểu", "12 → 15")
			v.submit("Đưa các ô nhận được vào bản nháp")
			v.see(t, "Đã đưa biểu Excel vào bản nháp")

			f.SetCellValue("Lời văn", "D5", "MẬT")
			v.sendFile(at+"/bieu-excel", "bieu.xlsx", bytesOf(t, f), url.Values{"act": {"xem"}})
			v.see(t, "dấu độ mật")
			v.sendFile(at+"/bieu-excel", "bieu.csv", []byte("org,period\n"), url.Values{"act": {"xem"}})
			v.see(t, "không phải biểu báo cáo")

			early, cells := rowsOfBook(t, v.download(at+"/bieu-excel/ky-sau"))
			defer early.Close()
			early.SetCellValue("Số liệu", cells[codes[0]], 7)
			v.sendFile(at+"/bieu-excel", "bieu.xlsx", bytesOf(t, early), url.Values{"act": {"xem"}})
			v.see(t, "chưa mở nên biểu chưa đưa vào báo cáo được. Xin giữ tệp")

			other := h.visitor(t, h.AgencyOfficer(h.SGDDT))
			if other.get(at + "/bieu-excel/tai"); other.status != http.StatusNotFound {
				t.Errorf("another body gets %d", other.status)
			}
		})
	}
}
