package web_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/official/officialtest"
	"giaoban/report"
)

// An agency's own report stands below its governing body, is signed by a post of the agency, says where it is kept, and
// names no sector where there is only one.
func TestAnAgencysReportLooksLikeItsPaper(t *testing.T) {
	h := enter(t, dbtest.Engines(t)[0], "2022-04-20 09:00")
	officer := h.Actor("khoagiao")
	var sub report.Submission
	if err := h.DB.Read(t.Context(), func(tx *db.Tx) error {
		var id db.ID
		if err := tx.Get(&id, "select max(id) from submission where body = ?", string(h.SYT.ID)); err != nil {
			return err
		}
		var err error
		sub, err = report.FindSubmission(tx, officer, id)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	v := h.visitor(t, officer)
	v.get("/ban-bao-cao/" + string(sub.ID) + "/in")
	for _, want := range []string{"ỦY BAN NHÂN DÂN", "TỈNH KHÁNH HÒA", "SỞ Y TẾ", "BÁO CÁO công tác khoa giáo", "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC", "Lưu: VT."} {
		if !strings.Contains(v.text, want) {
			t.Errorf("the report does not show %q: %s", want, v.text[:min(900, len(v.text))])
		}
	}
	if strings.Contains(v.text, sub.ByName) { // an officer, whose post signs nothing
		t.Errorf("the report is signed by %s", sub.ByName)
	}
	if strings.Contains(v.text, "THỦ TRƯỞNG") || strings.Contains(v.text, "1. Y tế, chăm sóc") {
		t.Error("a general title or a lone sector stands in the report")
	}
	v.get("/ban-bao-cao/" + string(sub.ID))
	if !strings.Contains(v.text, "Word (.docx)") {
		t.Error("the report is not offered for Word")
	}
	r, err := v.client.Get(fmt.Sprintf("%s/ban-bao-cao/%s/tai/docx", h.server.URL, sub.ID))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	var file bytes.Buffer
	if _, err := file.ReadFrom(r.Body); err != nil || r.StatusCode != http.StatusOK {
		t.Fatalf("%d, %v", r.StatusCode, err)
	}
	read, err := officialtest.Paragraphs(file.Bytes())
	if err != nil || !strings.Contains(fmt.Sprint(read), "Lưu: VT.") {
		t.Errorf("the Word file: %v", err)
	}
	if v.get("/ban-bao-cao/" + string(sub.ID) + "/tai/pdf"); v.status != http.StatusOK {
		t.Errorf("the PDF: %d", v.status)
	}
	v.get("/ban-bao-cao/" + string(sub.ID) + "/tai/rtf")
	if v.status != http.StatusUnprocessableEntity {
		t.Errorf("an unknown format: %d", v.status)
	}
}
