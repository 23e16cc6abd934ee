package web_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/library"
	"giaoban/official"
	"giaoban/report"
	"giaoban/sample"
)

// wordReport is a report as an agency writes it in Word, with numbered headings, a list and a table.
func wordReport(t *testing.T, more ...official.Block) []byte {
	t.Helper()
	nd30, ok := official.ProfileByCode("ND30")
	if !ok {
		t.Fatal("no layout")
	}
	d := official.BaoCao(nd30, "kết quả công tác quý I năm 2022", append([]official.Block{
		official.Paragraph{Runs: official.Text("Sở báo cáo kết quả như sau:")},
		official.Heading{Level: 1, Runs: official.Text("KẾT QUẢ THỰC HIỆN")},
		official.Paragraph{Runs: official.Text("Toàn tỉnh có 490/503 trường đạt chuẩn quốc gia. Tỷ lệ trẻ 5 tuổi ra lớp đạt 99,2%, tăng 0,3% so với cùng kỳ.")},
		official.Paragraph{Runs: official.Text("Tổng số trường là 503 trường.")},
		official.Table{Columns: []official.Column{{Title: "Chỉ tiêu", Width: 4}, {Title: "Đơn vị tính", Width: 1}, {Title: "Thực hiện", Width: 1}},
			Rows: [][]official.Cell{{official.C("Tổng số trường"), official.C("trường"), official.C("516")}}},
		official.Heading{Level: 1, Runs: official.Text("KHÓ KHĂN, VƯỚNG MẮC")},
		official.Paragraph{Runs: official.Text("Thiếu giáo viên tiếng Anh ở hai huyện miền núi.")},
	}, more...)...)
	d.Issuer, d.BodySymbol, d.Place, d.Date = "Sở Giáo dục và Đào tạo", "SGDĐT", "Khánh Hòa", official.DayOf(2022, 3, 15)
	var file bytes.Buffer
	if err := official.WriteDocx(&file, d); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// A focal point gives the Word file: its words stand under the headings, its figures beside their cells, marked and with their
// sentence, until a person saves them; what contradicts itself or the draft is chosen by a button.
func TestAReportIsReadFromItsFile(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2022-03-16 08:00")
			by := h.AgencyOfficer(h.SGDDT)
			var owed report.Obligation
			h.do(t, func(tx *db.Tx) (err error) {
				owed, err = report.ObligationOf(tx, by, sample.Quarterly, sample.Quarter, h.SGDDT.ID)
				return err
			})
			draft := func() (d report.SavedDraft) {
				h.do(t, func(tx *db.Tx) (err error) {
					o, err := report.FindObligation(tx, by, owed.ID)
					if err == nil {
						d, err = report.FindDraft(tx, by, o)
					}
					return err
				})
				return d
			}
			at := "/bao-cao/" + string(owed.ID)
			v := h.visitor(t, by)
			v.get(at + "/soan")
			v.see(t, "…hoặc chọn tệp Word, PDF")
			file := wordReport(t)
			typed := func() url.Values {
				f := sheetForm(t, v)
				f.Set("value.GD16", "98,0")
				f.Set("sections.proposals.GD", "Đề nghị thêm biên chế.")
				f.Set("tep", "1")
				return f
			}
			for name, refused := range map[string][]byte{"hong.docx": []byte("PK\x03\x04 nửa tệp"), "khong.docx": {}, "anh.png": []byte("\x89PNG"),
				"mat.docx": wordReport(t, official.Paragraph{Runs: official.Text("MẬT")})} {
				if v.sendFileAs(at+"/xep", "tep-bao-cao", name, refused, typed()); v.status < 400 || !strings.Contains(v.text, "Đề nghị thêm biên chế.") {
					t.Errorf("%s: %d", name, v.status)
				}
			}
			if d := draft(); d.Version != 0 {
				t.Errorf("a refused file has left a draft: %+v", d)
			}
			v.sendFileAs(at+"/xep", "tep-bao-cao", "bao cao.docx", file, typed())
			v.see(t, "Đã xếp vào: Kết quả thực hiện", "Khó khăn, vướng mắc", "Phần đầu và phần ký của văn bản", "2 số liệu đọc từ tệp chờ đối chiếu, 1 chỉ tiêu tệp nói chưa rõ",
				"Đọc từ tệp, xin đối chiếu", "Tệp nói 2 số khác nhau, xin chọn", "Là 503", "Là 516", "Tệp nói khác số trong ô", "Là 99,2", "Giữ 98,0")
			shown := sheetForm(t, v)
			for field, want := range map[string]string{"value.GD11": "490/503", "value.GD12": "", "value.GD16": "98,0",
				"sections.difficulties.GD": "Thiếu giáo viên tiếng Anh ở hai huyện miền núi./."} {
				if got := shown.Get(field); got != want {
					t.Errorf("%s shows %q, want %q", field, got, want)
				}
			}
			for _, words := range []string{"Toàn tỉnh có 490/503 trường", "Tổng số trường | trường | 516"} {
				if !strings.Contains(shown.Get("sections.results.GD"), words) {
					t.Errorf("%q is not in %q", words, shown.Get("sections.results.GD"))
				}
			}
			if d := draft(); d.Values["GD11"] != "" || len(d.Read) != 3 {
				t.Errorf("what nobody confirmed is kept as typed: %v, %v", d.Values, d.Read)
			}
			v.post(at+"/luu-nhap", shown)
			if d := draft(); v.status != http.StatusOK || d.Values["GD11"] != "" || d.Values["GD16"] != "98,0" || len(d.Read) != 3 {
				t.Errorf("%d: saving by itself has confirmed: %v, %v", v.status, d.Values, d.Read)
			}
			v.get(at + "/soan")
			v.submit("Là 516")
			if d := draft(); d.Values["GD12"] != "516" || d.Values["GD11"] != "" || len(d.Read) != 2 {
				t.Errorf("one cell was chosen: %v, %v", d.Values, d.Read)
			}
			v.submit("Là 99,2")
			v.submit("Lưu nháp")
			if d := draft(); d.Values["GD11"] != "490/503" || d.Values["GD16"] != "99,2" || len(d.Read) != 0 || strings.Contains(v.text, "Đọc từ tệp") {
				t.Errorf("a person has saved: %v, %v", d.Values, d.Read)
			}
			again := sheetForm(t, v)
			again.Set("tep", "1")
			v.sendFileAs(at+"/xep", "tep-bao-cao", "bao cao.docx", file, again)
			if got := sheetForm(t, v); got.Get("sections.results.GD") != shown.Get("sections.results.GD") || got.Get("toan-van") != shown.Get("toan-van") {
				t.Errorf("the same file was laid out twice: %q", got.Get("sections.results.GD"))
			}

			stale := sheetForm(t, v)
			stale.Set("version", "1")
			stale.Set("tep", "1")
			stale.Set("value.GD16", "")
			v.sendFileAs(at+"/xep", "tep-bao-cao", "bao cao.docx", file, stale)
			v.see(t, "Hai người cùng soạn")
			v.submit("Lưu bản đã chọn")
			if d := draft(); d.Values["GD11"] != "490/503" || d.Values["GD16"] != "" || len(d.Read) != 2 {
				t.Errorf("after choosing between two drafts: %v, %v", d.Values, d.Read)
			}
			v.get(at + "/soan")
			v.see(t, "Đọc từ tệp, xin đối chiếu")

			officer := h.visitor(t, h.Officer)
			officer.get(at + "/nhap-thay")
			officer.sendFileAs(at+"/nhap-thay", "tep-bao-cao", "bao cao.docx", file, url.Values{"tep": {"1"}, "arrival_number": {"77"}, "latest": {"0"}})
			officer.see(t, "Đã xếp vào: Kết quả thực hiện", "Đọc từ tệp, xin đối chiếu", "Là 503", "không đưa vào lời văn")
			if form := sheetForm(t, officer); form.Get("arrival_number") != "77" || form.Get("value.GD11") != "490/503" {
				t.Errorf("%q, %q", form.Get("arrival_number"), form.Get("value.GD11"))
			}
			officer.submit("Là 503")
			form := sheetForm(t, officer)
			if form.Get("value.GD12") != "503" || form.Get("value.GD11") != "490/503" || form.Get("toan-van") != "" {
				t.Errorf("%q %q %q", form.Get("value.GD12"), form.Get("value.GD11"), form.Get("toan-van"))
			}
			var kept db.ID // a file that came with the paper
			h.do(t, func(tx *db.Tx) error {
				spooled, err := h.store.Spool(bytes.NewReader(file), int64(len(file)))
				if err == nil {
					err = spooled.Keep()
				}
				if err != nil {
					return err
				}
				came, err := library.Add(tx, h.Officer, h.Officer.Body, spooled.Stored, "bao cao.docx")
				kept = came.ID
				return err
			})
			for name, value := range map[string]string{"original": string(kept), "arrival_date": "16/3/2022", "paper_number": "12/BC-SGDĐT", "paper_date": "15/3/2022", "signer": "Nguyễn Văn Mẫu"} {
				form.Set(name, value)
			}
			for name := range form {
				if key, ok := strings.CutPrefix(name, "note."); ok {
					form.Set("note."+key, "Đã kiểm tra, số đúng.")
				}
			}
			if officer.post(at+"/nhap-thay", form); officer.status != http.StatusOK || !strings.Contains(officer.url.Path, "/ban-bao-cao/") {
				t.Fatalf("%d at %s: %s", officer.status, officer.url, officer.text)
			}
			h.do(t, func(tx *db.Tx) error {
				s, err := report.FindSubmission(tx, h.Officer, db.ID(officer.url.Path[len("/ban-bao-cao/"):]))
				if err == nil && (s.Original.File != kept || s.Arrival.Number != "77") {
					t.Errorf("the paper's original is %s, arrived as %s", s.Original.File, s.Arrival.Number)
				}
				return err
			})
		})
	}
}

// sheetForm is what the working page of a report would send.
func sheetForm(t *testing.T, v *visitor) url.Values {
	t.Helper()
	for _, form := range all(v.page, "form") {
		if strings.HasPrefix(attr(form, "action"), "/bao-cao/") && len(all(form, "textarea")) > 0 {
			return formValues(form)
		}
	}
	t.Fatalf("no sheet on %s (%d): %s", v.url, v.status, v.text)
	return nil
}
