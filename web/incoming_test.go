package web_test

import (
	"bytes"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/edxml"
	"giaoban/intake"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/official"
	"giaoban/paper"
	"giaoban/report"
	"giaoban/sample"
	"giaoban/task"
	"giaoban/web"

	"golang.org/x/net/html"
)

// ownReport is the quarterly report of Sở Tài nguyên và Môi trường as its office wrote it in Word.
func ownReport(t *testing.T) []byte {
	t.Helper()
	return writtenReport(t, "Sở Tài nguyên và Môi trường", "STNMT", 128)
}

// writtenReport is the quarterly report of an office.
func writtenReport(t *testing.T, issuer, symbol string, number int) []byte {
	t.Helper()
	nd30, _ := official.ProfileByCode("ND30")
	d := official.BaoCao(nd30, "Kết quả công tác khoa giáo quý I năm 2022", official.Paragraph{Runs: official.Text("Thu gom 90% rác thải.")})
	d.Issuer, d.Number, d.BodySymbol, d.Place, d.Date = issuer, number, symbol, "Khánh Hòa", official.DayOf(2022, 3, 15)
	var file bytes.Buffer
	if err := official.WriteDocx(&file, d); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// drop lets an officer drop files on the page of incoming papers.
func drop(t *testing.T, p *byRequests, names ...string) {
	t.Helper()
	p.open("/van-ban-den")
	for _, form := range all(p.page(), "form") {
		if attr(form, "enctype") == "multipart/form-data" {
			p.upload("/van-ban-den", url.Values{"form_token": {formValues(form).Get("form_token")}}, map[string][]string{"files": names})
			return
		}
	}
	t.Fatalf("no form for files on %s", p.where())
}

// formTo is the form of a page that is sent to an address which holds these words.
func formTo(t *testing.T, p *byRequests, words string) *html.Node {
	t.Helper()
	for _, form := range all(p.page(), "form") {
		if attr(form, "method") == "post" && strings.Contains(attr(form, "action"), words) {
			return form
		}
	}
	t.Fatalf("no form to %q on %s: %.1000s", words, p.where(), textOf(p.page()))
	return nil
}

// Files that came together are proposed as what they are, entered in the book by one press, and led on: a report becomes one,
// a document of the Party goes into the register. What each became leads back to the file.
func TestWhatArrivesIsEnteredOnceAndLedOn(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2022-03-16 08:00")
			folder := t.TempDir()
			write := func(name string, content []byte) string {
				at := filepath.Join(folder, name)
				if err := os.WriteFile(at, content, 0o600); err != nil {
					t.Fatal(err)
				}
				return at
			}
			word := write("bao cao quy I.docx", ownReport(t))
			steering := write("chi thi.txt", []byte("BAN BÍ THƯ\nSố 95-CT/TW\nĐẢNG CỘNG SẢN VIỆT NAM\nHà Nội, ngày 05 tháng 3 năm 2022\nCHỈ THỊ\nvề công tác thư viện\n\nThư viện là nơi học.\n"))
			var packet bytes.Buffer
			if err := edxml.Write(&packet, edxml.Packet{From: edxml.Organ{ID: "SGDDT", Name: "Sở Giáo dục và Đào tạo"}, To: []edxml.Organ{{ID: "BTGTU", Name: "Ban Tuyên giáo"}},
				DocumentID: "SGDDT,2022/03/15,77/SGDDT-VP", Symbol: "77/SGDDT-VP", Number: "77", Notation: "SGDDT-VP", Place: "Nha Trang", Kind: "Công văn", Subject: "mời dự hội thảo",
				Date: calendar.On(2022, 3, 15), Files: []edxml.File{{Name: "moi.txt", Type: "text/plain", Content: []byte("Kính mời dự hội thảo.\n")}}}, h.Clock.Now()); err != nil {
				t.Fatal(err)
			}
			p := &byRequests{visitor: h.visitor(t, h.Officer)}
			drop(t, p, word, steering, write("thu.edxml", packet.Bytes()), write("hong.docx", []byte("PK\x03\x04 nửa tệp")))
			mustSee(t, p, "Đã đọc 3 văn bản", "Không nhận", "hong.docx", "Chờ vào sổ: 3 văn bản", "Báo cáo của cơ quan: văn bản nói quý I năm 2022",
				"Văn bản chỉ đạo: Chỉ thị của BAN BÍ THƯ", "thu.edxml")
			p.press("Vào sổ các văn bản đã tích")
			mustSee(t, p, "Đã vào sổ 3 văn bản, số đến 1, 2, 3", "Nhập thay báo cáo", "Vào sổ chỉ đạo")
			drop(t, p, word)
			mustSee(t, p, "đã có từ trước")

			p.open("/van-ban-den?trang-thai=entered")
			p.click("Nhập thay báo cáo")
			if form := formValues(formTo(t, p, "nhap-thay")); form.Get("arrival_number") != "1" || form.Get("paper_number") != "128/BC-STNMT" || form.Get("paper_date") != "15/3/2022" {
				t.Errorf("the report is entered with %v", form)
			}
			p.open("/van-ban-den?trang-thai=entered")
			p.click("Vào sổ chỉ đạo")
			p.press("Vào sổ")
			mustSee(t, p, "95-CT/TW", "chi thi.txt")
			p.open("/van-ban-den?trang-thai=settled")
			mustSee(t, p, "95-CT/TW", "Đã chuyển xử lý")

			secret := write("mat.txt", []byte("TỈNH ỦY KHÁNH HÒA\nTỐI MẬT\n\nBÁO CÁO\n\nNội dung"))
			drop(t, p, secret)
			if p.status != http.StatusForbidden && p.status != http.StatusUnprocessableEntity || strings.Contains(p.text, "mat.txt") {
				t.Errorf("a secret paper: %d", p.status)
			}
			agency := &byRequests{visitor: h.visitor(t, h.AgencyOfficer(h.SYT))}
			if agency.open("/van-ban-den"); agency.status != http.StatusForbidden {
				t.Errorf("an agency sees the book: %d", agency.status)
			}
		})
	}
}

// A report that was dropped is entered with the file as its original, and the book says what it became.
func TestADroppedReportBecomesOne(t *testing.T) {
	t.Parallel()
	h := enter(t, dbtest.Engines(t)[0], "2022-03-16 08:00")
	at := filepath.Join(t.TempDir(), "bao cao.docx")
	if err := os.WriteFile(at, ownReport(t), 0o600); err != nil {
		t.Fatal(err)
	}
	p := &byRequests{visitor: h.visitor(t, h.Officer)}
	drop(t, p, at)
	p.press("Vào sổ các văn bản đã tích")
	p.click("Nhập thay báo cáo")
	mustSee(t, p, "Thu gom 90% rác thải.", "bao cao.docx")
	p.press("Bỏ phần chưa xếp") // the words stand under no heading, as does the letterhead
	p.fill("sections.results.MT", "Thu gom 90% rác thải.")
	p.press("Ghi nhận báo cáo")
	mustSee(t, p, "128/BC-STNMT")
	if err := h.DB.Read(t.Context(), func(tx *db.Tx) error {
		all, _, err := intake.List(tx, h.Officer, intake.Filter{})
		if err != nil || len(all) != 1 || all[0].State != intake.Settled || all[0].MadeKind != "submission" {
			t.Errorf("the book says %+v %v", all, err)
			return err
		}
		o, err := report.ObligationOf(tx, h.Officer, sample.Quarterly, sample.Quarter, h.STNMT.ID)
		if err != nil || o.Latest != all[0].MadeID {
			t.Errorf("the report is %s, the book says %s: %v", o.Latest, all[0].MadeID, err)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// A paper that answers one of ours is the proof of the task it gave; one of earlier years goes to the archive.
func TestAnAnswerIsTheProofOfItsTask(t *testing.T) {
	t.Parallel()
	h := enter(t, dbtest.Engines(t)[0], "2022-04-20 09:00")
	var open task.Task
	var notice paper.Paper
	if err := h.DB.Read(t.Context(), func(tx *db.Tx) error {
		all, err := task.OpenOf(tx, h.Officer, h.SLDTBXH.ID, calendar.On(2022, 4, 20))
		for _, one := range all {
			if one.FromPaper != "" {
				open = one
			}
		}
		if err != nil {
			return err
		}
		notice, err = paper.Find(tx, h.Officer, open.FromPaper)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	write := func(name, text string) string {
		at := filepath.Join(folder, name)
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return at
	}
	answer := write("ket qua.txt", "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI\nSố: 501/SLĐTBXH-VP\nV/v kết quả thực hiện "+notice.Label()+"\nKhánh Hòa, ngày 18 tháng 4 năm 2022\n\nSở đã hoàn thành.\n")
	old := write("nam cu.txt", "SỞ Y TẾ\nSố: 9/TB-SYT\nKhánh Hòa, ngày 02 tháng 5 năm 2017\nTHÔNG BÁO\nKết luận hội nghị giao ban\n\n1. Sở Giáo dục và Đào tạo rà soát 490 trường.\n")
	p := &byRequests{visitor: h.visitor(t, h.Officer)}
	drop(t, p, answer, old)
	mustSee(t, p, "Kết quả nhiệm vụ: trả lời "+notice.Label(), "Tư liệu cũ: văn bản năm 2017")
	for _, i := range h.arrivals(t) { // the notice gave several: which one is for a person to say
		if i.Kind == intake.Result {
			p.choose("leads_to-"+string(i.ID), open.Title)
		}
	}
	p.press("Vào sổ các văn bản đã tích")
	for _, i := range h.arrivals(t) {
		p.open(web.Address("incoming", i.ID))
		if i.Kind == intake.Result {
			form := formTo(t, p, "ket-qua")
			values := formValues(form)
			p.post(attr(form, "action"), values)
			mustSee(t, p, "Cần ghi kết quả đã đạt được.")
			values.Set("result", "Đã hoàn thành theo thông báo.")
			p.post(attr(form, "action"), values)
			mustSee(t, p, "Đã ghi kết quả vào nhiệm vụ")
			p.open(web.Address("task", open.ID))
			mustSee(t, p, "Đã hoàn thành theo thông báo.", "501/SLĐTBXH-VP", "ket qua.txt")
			continue
		}
		form := formTo(t, p, "tu-lieu")
		p.post(attr(form, "action"), formValues(form))
		mustSee(t, p, "Đã đọc vào tư liệu")
	}
	for _, i := range h.arrivals(t) {
		if i.State != intake.Settled {
			t.Errorf("%s stands as %s", i.Name, i.State)
		}
	}
}

// arrivals are the rows of the book of incoming papers.
func (h *house) arrivals(t *testing.T) (all []intake.Incoming) {
	t.Helper()
	if err := h.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
		all, _, err = intake.List(tx, h.Officer, intake.Filter{})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return all
}
