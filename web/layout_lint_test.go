package web_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/official"
	"giaoban/paper"
	"giaoban/signature"
)

// A clerk gets a file from anywhere, sees what is to be mended in it and takes the marked copy; nothing of it stays here.
func TestAFileIsHeldAgainstALayout(t *testing.T) {
	h := enter(t, dbtest.Engines(t)[0], "2022-04-20 09:00")
	hd36, _ := official.ProfileByCode("HD36")
	d := official.BaoCao(hd36, "kết quả công tác quý I", official.Paragraph{Runs: official.Text("Đã thực hiện xong.")})
	d.Issuer, d.BodySymbol, d.Place, d.Date = "Ban Tuyên giáo", "BTGTU", "Khánh Hòa", official.DayOf(2022, 4, 5)
	d.Profile.Font = "Arial"
	var file bytes.Buffer
	if err := official.WriteDocx(&file, d); err != nil {
		t.Fatal(err)
	}
	const at = "/the-thuc/kiem-tra"
	clerk := h.visitor(t, h.Clerk)
	clerk.get("/the-thuc")
	clerk.see(t, "Kiểm thể thức một tệp")
	clerk.sendFile(at, "bao cao.docx", file.Bytes(), url.Values{"profile": {"HD36"}, "act": {"xem"}})
	clerk.see(t, "bao cao.docx", "chỗ cần xem lại theo Hướng dẫn 36-HD/VPTW", "Phông chữ là Arial", "Chưa ghi người ký.")
	clerk.sendFile(at, "bao cao.docx", file.Bytes(), url.Values{"profile": {"HD36"}, "act": {"tep"}})
	if clerk.status != http.StatusOK || !strings.HasPrefix(clerk.text, "PK") {
		t.Errorf("the marked copy: %d %.80q", clerk.status, clerk.text)
	}
	for name, sent := range map[string][]byte{"hong.docx": []byte("PK\x03\x04 nửa tệp"), "bao cao.pdf": []byte("%PDF-1.4\n%%EOF"), "mat.docx": []byte("x")} {
		clerk.sendFile(at, name, sent, url.Values{"profile": {"HD36"}, "act": {"xem"}})
		if clerk.status != http.StatusUnprocessableEntity || strings.Contains(clerk.text, "chỗ cần xem lại") {
			t.Errorf("%s: %d", name, clerk.status)
		}
	}
	h.do(t, func(tx *db.Tx) error {
		return paper.EnterLayoutValue(tx, h.Clerk, paper.LayoutValue{Profile: "HD36", Key: "Parts.ThanVan.Size", Value: "15", Source: "Quy chế văn thư", From: calendar.On(2022, 4, 21)})
	})
	for day, judged := range map[int]bool{20: false, 21: true} { // the values of the paper's day, not of today
		d.Date = official.DayOf(2022, 4, day)
		file.Reset()
		if err := official.WriteDocx(&file, d); err != nil {
			t.Fatal(err)
		}
		clerk.sendFile(at, "bao cao.docx", file.Bytes(), url.Values{"profile": {"HD36"}, "act": {"xem"}, "own": {"1"}})
		if clerk.see(t, "với giá trị cơ quan đã chọn"); strings.Contains(clerk.text, "cơ quan đã chọn 15 pt") != judged {
			t.Errorf("a paper of day %d: judged by the office's size: %v", day, !judged)
		}
	}
	clerk.sendFile(at, "bao cao.docx", file.Bytes(), url.Values{"profile": {"HD36"}, "act": {"xem"}})
	if strings.Contains(clerk.text, "cơ quan đã chọn 15 pt") {
		t.Error("the office's values are asked for by nobody")
	}
	clerk.sendFile(at, "bao cao.docx", file.Bytes(), url.Values{"profile": {"XX"}, "act": {"xem"}})
	clerk.see(t, "Hãy chọn thể thức để đối chiếu.")
}

// A signed paper is downloaded as a PDF, with a code when that is asked for, is taken for what it is by whoever reads
// signatures, and comes back as the original.
func TestAPaperIsAPDFToBeSigned(t *testing.T) {
	h := enter(t, dbtest.Engines(t)[0], "2022-04-20 09:00")
	released, draft, _ := h.papersToAttach(t)
	at := "/van-ban/" + string(released.ID)
	clerk := h.visitor(t, h.Clerk)
	clerk.get(at)
	clerk.see(t, "PDF có mã QR")
	plain, _, status, _ := clerk.read(at + "/tai/pdf")
	coded, _, again, _ := clerk.read(at + "/tai/pdf?ma-qr=1")
	if status != http.StatusOK || again != http.StatusOK || !strings.HasPrefix(plain, "%PDF-1.7") || len(coded) <= len(plain) {
		t.Fatalf("%d %d, %d and %d bytes", status, again, len(plain), len(coded))
	}
	signatures, err := signature.Read(t.Context(), []byte(coded), nil)
	if err != nil || len(signatures) > 0 {
		t.Errorf("a file to be signed has %d signatures, %v", len(signatures), err)
	}
	clerk.sendFile(at+"/ban-ky", "da ky.pdf", []byte(coded), url.Values{"differs": {""}})
	if clerk.status != http.StatusOK {
		t.Errorf("our own PDF is not taken back: %d %.600s", clerk.status, clerk.text)
	}
	if draft.ID != "" {
		_, _, plain, _ := clerk.read("/van-ban/" + string(draft.ID) + "/tai/pdf")
		_, _, coded, _ := clerk.read("/van-ban/" + string(draft.ID) + "/tai/pdf?ma-qr=1")
		if plain != http.StatusOK || coded != http.StatusConflict {
			t.Errorf("a draft: %d, with a code %d", plain, coded)
		}
	}
}
