package web_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/library"
	"giaoban/paper"
	"giaoban/signature/signaturetest"
	"giaoban/web"
)

// sendFile fills in the form at the address with a file and sends it.
func (v *visitor) sendFile(to, name string, file []byte, form url.Values) {
	v.t.Helper()
	v.get(strings.TrimSuffix(to, "/ban-ky"))
	v.sendFileAs(to, "file", name, file, form)
}

// sendFileAs sends the form of the page that is open with a file in one of its fields.
func (v *visitor) sendFileAs(to, field, name string, file []byte, form url.Values) {
	v.t.Helper()
	var b bytes.Buffer
	parts := multipart.NewWriter(&b)
	for _, input := range all(v.page, "input") {
		if attr(input, "name") == "form_token" {
			form.Set("form_token", attr(input, "value"))
		}
	}
	for typed := range form {
		parts.WriteField(typed, form.Get(typed))
	}
	f, err := parts.CreateFormFile(field, name)
	if err != nil {
		v.t.Fatal(err)
	}
	f.Write(file)
	parts.Close()
	r, err := http.NewRequest(http.MethodPost, v.house.server.URL+to, &b)
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Content-Type", parts.FormDataContentType())
	r.Header.Set("Origin", v.house.server.URL)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	response, err := v.client.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer response.Body.Close()
	v.url, v.status = response.Request.URL, response.StatusCode
	if v.page, err = html.Parse(response.Body); err != nil {
		v.t.Fatal(err)
	}
	v.text = textOf(v.page)
}

// released is a paper that went out to other bodies, and a draft.
func (h *house) papersToAttach(t *testing.T) (released, draft paper.Paper, reader access.Actor) {
	t.Helper()
	system := access.System("thử")
	h.do(t, func(tx *db.Tx) error {
		all, _, err := paper.List(tx, system, paper.Filter{State: paper.Released})
		if err != nil {
			return err
		}
		for _, p := range all {
			to, err := paper.Recipients(tx, system, p.ID)
			if err != nil {
				return err
			}
			for _, body := range to {
				if body == h.SYT.ID {
					released, reader = p, h.AgencyOfficer(h.SYT)
				}
			}
		}
		drafts, _, err := paper.List(tx, system, paper.Filter{State: paper.Drafted})
		if len(drafts) > 0 {
			draft = drafts[0]
		}
		return err
	})
	if released.ID == "" {
		t.Fatal("no paper went out to Sở Y tế")
	}
	return released, draft, reader
}

// What was really signed is kept as it came, stands first on the paper's page for whoever reads the paper, and its four
// answers are those of the bytes that are kept.
func TestTheSignedOriginalStandsFirst(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2022-04-20 09:00")
			released, draft, reader := h.papersToAttach(t)
			at := "/van-ban/" + string(released.ID)
			office := signaturetest.NewOffice(t, released.Signer)
			signed := signaturetest.NewPaper("Thong bao ket luan").Sign(t, office.Leader, signaturetest.How{}).Bytes

			clerk := h.visitor(t, h.Clerk)
			clerk.get(at)
			clerk.see(t, "Đính bản gốc đã ký")
			clerk.sendFile(at+"/ban-ky", "thong bao da ky.pdf", signed, url.Values{"differs": {"Số và ngày viết tay"}})
			if clerk.status != http.StatusOK {
				t.Fatalf("attached: %d %.600s", clerk.status, clerk.text)
			}
			clerk.see(t, "Thay bản gốc đã ký", "Số và ngày viết tay")

			them := h.visitor(t, reader)
			them.get(at)
			them.see(t, "Bản gốc đã ký", "Phần đã ký không bị sửa", "Ký toàn bộ tệp", released.Signer+" (Ban Tuyên giáo Tỉnh ủy)",
				"Chưa nạp chứng thư gốc nào", "chưa kiểm, vì không hỏi qua mạng", "ca.gov.vn")
			if strings.Contains(them.text, "khác người ký") || strings.Contains(them.text, "Đính bản gốc") {
				t.Errorf("%.900s", them.text)
			}
			if strings.Index(them.text, "Bản gốc đã ký") > strings.Index(them.text, "Nội dung trong chương trình") {
				t.Error("the original stands behind the words of the program")
			}
			response, err := them.client.Get(h.server.URL + at + "/ban-ky")
			if err != nil {
				t.Fatal(err)
			}
			served, _ := io.ReadAll(response.Body)
			response.Body.Close()
			if !bytes.Equal(served, signed) || response.Header.Get("Content-Type") != "application/pdf" {
				t.Errorf("served are %d bytes of %s, kept were %d", len(served), response.Header.Get("Content-Type"), len(signed))
			}

			admin := h.visitor(t, h.Admin)
			admin.get("/thiet-lap/chung-thu-goc")
			admin.see(t, "Chưa nạp chứng thư gốc nào")
			admin.sendFile("/thiet-lap/chung-thu-goc", "goc.pem", []byte(office.Root.PEM()), url.Values{})
			admin.see(t, "Gốc thử nghiệm", "Đã nạp chứng thư gốc")
			them.get(at)
			them.see(t, "Chứng thư dẫn về một chứng thư gốc đã nạp")
			admin.typed.Set("reason", "Nhà cấp đã thay gốc")
			admin.submit("Bỏ chứng thư Gốc thử nghiệm")
			admin.see(t, "Chưa nạp chứng thư gốc nào", "Nhà cấp đã thay gốc")
			them.get(at)
			them.see(t, "Chưa nạp chứng thư gốc nào")

			other := signaturetest.NewPaper("Thong bao").Sign(t, office.Sub.Issue(t, "Người Khác Hẳn", signaturetest.Curve(t)), signaturetest.How{}).Bytes
			clerk.sendFile(at+"/ban-ky", "khac.pdf", append(other, "\n% them\n"...), url.Values{})
			clerk.see(t, "Người Khác Hẳn", "khác người ký", "Có phần thêm vào tệp sau chữ ký này")

			var picture bytes.Buffer
			png.Encode(&picture, image.NewGray(image.Rect(0, 0, 3, 3)))
			officer := h.visitor(t, h.Officer)
			officer.sendFile(at+"/ban-ky", "ban quet.png", picture.Bytes(), url.Values{})
			if officer.see(t, "không có dấu mật"); officer.status != http.StatusUnprocessableEntity {
				t.Errorf("a scan is taken without its sender's word: %d", officer.status)
			}
			officer.sendFile(at+"/ban-ky", "ban quet.png", picture.Bytes(), url.Values{"no_mark": {"1"}})
			officer.see(t, "không có chữ ký số")
			officer.sendFile(at+"/ban-ky", "ghi chu.txt", []byte("Một tệp chữ"), url.Values{})
			if officer.see(t, "Bản ký là tệp PDF"); officer.status != http.StatusUnprocessableEntity {
				t.Errorf("a text is taken as the original: %d", officer.status)
			}
			if draft.ID != "" {
				officer.sendFile("/van-ban/"+string(draft.ID)+"/ban-ky", "a.pdf", signed, url.Values{})
				if officer.status != http.StatusConflict {
					t.Errorf("a draft has a signed original: %d", officer.status)
				}
			}
			clerk.sendFile(at+"/ban-ky", "mat.pdf", signaturetest.NewPaper("TOI MAT - MẬT").Bytes, url.Values{"differs": {"Độ mật: TỐI MẬT"}})
			if clerk.status != http.StatusUnprocessableEntity {
				t.Errorf("a mark of secrecy goes in: %d", clerk.status)
			}
		})
	}
}

// The page of a report shows the original that the agency signed; bytes that changed in the store are told.
func TestASignedReportShowsItsSignature(t *testing.T) {
	h := enter(t, dbtest.Engines(t)[0], "2022-04-20 09:00")
	id := h.accepted(t, h.SYT)
	office := signaturetest.NewOffice(t, "Trần Văn Bảy")
	signed := signaturetest.NewPaper("Bao cao quy I").Sign(t, office.Leader, signaturetest.How{}).Bytes
	h.do(t, func(tx *db.Tx) error {
		stored, err := h.store.Keep(bytes.NewReader(signed), 1<<20)
		if err != nil {
			return err
		}
		f, err := library.Add(tx, h.AgencyOfficer(h.SYT), h.SYT.ID, stored, "bao cao.pdf")
		if err != nil {
			return err
		}
		_, err = tx.Exec("update submission set file = ?, paper_number = '12/BC-SYT', signer = 'Trần Văn Bảy' where id = ?", f.ID, id)
		return err
	})
	v := h.visitor(t, h.Officer)
	v.get("/ban-bao-cao/" + string(id))
	v.see(t, "Bản gốc đã ký", "Trần Văn Bảy (Ban Tuyên giáo Tỉnh ủy)", "Phần đã ký không bị sửa", "Ký toàn bộ tệp")
	sum := sha256.Sum256(signed)
	name := hex.EncodeToString(sum[:])
	path := filepath.Join(h.folder, name[:2], name)
	os.Chmod(path, 0o600)
	if err := os.WriteFile(path, bytes.Replace(signed, []byte("quy I"), []byte("quy X"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(web.Handler(web.Config{DB: h.DB, Files: h.store, Dev: true})) // nothing of the file is known to it
	t.Cleanup(server.Close)
	h.server = server
	v = h.visitor(t, h.Officer)
	v.get("/ban-bao-cao/" + string(id))
	v.see(t, "không còn khớp mã băm")
}
