package api_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/appraisal"
	read "giaoban/document"
	"giaoban/internal/db"
	"giaoban/internal/files"
	"giaoban/library"
)

// draft lets SGDDT ask the commission about a draft of two paragraphs.
func (o *office) draft() (id string) {
	o.t.Helper()
	if err := o.db.Write(o.t.Context(), func(tx *db.Tx) error {
		bodies := make(map[string]db.ID)
		for _, code := range []string{"SGDDT", "BTGTU"} {
			var body db.ID
			if err := tx.Get(&body, "select id from body where code = ?", code); err != nil {
				return err
			}
			bodies[code] = body
		}
		by := access.Actor{Person: "p", Name: "Đầu mối", Role: access.AgencyOfficer, Body: bodies["SGDDT"], BodyCode: "SGDDT"}
		f, err := library.Add(tx, by, by.Body, files.Stored{SHA256: strings.Repeat("0", 64), Size: 1, Kind: "application/zip"}, "du thao.docx")
		if err != nil {
			return err
		}
		a, err := appraisal.Submit(tx, by, appraisal.New{Kind: appraisal.Consulted, Form: "Kế hoạch", Subject: "về thư viện trường học", Addressee: appraisal.ToOwn,
			AddresseeName: "Sở Giáo dục và Đào tạo", Days: 5, Asked: []db.ID{bodies["BTGTU"]}, File: appraisal.File{File: f, Read: read.Document{Blocks: []read.Block{
				{Kind: read.Paragraph, Text: "Mỗi trường có một thư viện đạt chuẩn."}, {Kind: read.Paragraph, Text: "Kinh phí do ngân sách bảo đảm."}}}}})
		id = string(a.ID)
		return err
	}); err != nil {
		o.t.Fatal(err)
	}
	return id
}

// A program of an agency that was asked reads the frozen paragraphs, comments by their keys, and others see it when it is signed.
func TestProgramsCommentOnDraftsByTheKeysOfParagraphs(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		id := o.draft()
		all := o.must(200, "officer", "GET", "/api/v1/appraisals", nil).items()
		if len(all) != 1 || all[0]["author"] != "SGDDT" || all[0]["state"] != "reviewing" || all[0]["url"] != address("appraisal", db.ID(id)) {
			t.Errorf("the list says %v", all)
		}
		at := "/api/v1/appraisals/" + id + "/comments"
		sheet := o.must(200, "officer", "GET", at, nil)
		if !strings.Contains(sheet.body, "Kinh phí do ngân sách bảo đảm.") {
			t.Errorf("the draft reads %s", sheet.body)
		}
		key := strings.Split(strings.Split(sheet.body, `"key":"`)[2], `"`)[0]
		o.must(201, "officer", "POST", at, m{"version": 1, "paragraph": key, "words": "Nêu rõ cấp ngân sách."})
		o.must(412, "officer", "POST", at, m{"version": 0, "words": "Bản cũ."})
		o.must(422, "officer", "POST", at, m{"version": 1, "paragraph": "khong-co", "words": "Sai chỗ."})
		if r := o.must(200, "officer", "GET", at, nil); !strings.Contains(r.body, "Nêu rõ cấp ngân sách.") || !strings.Contains(r.body, `"paragraph":"`+key) {
			t.Errorf("the commission reads %s", r.body)
		}
		if r := o.must(200, "SGDDT leader", "GET", at, nil); strings.Contains(r.body, "Nêu rõ") {
			t.Errorf("the author reads what is not signed: %s", r.body)
		}
		o.must(404, "SYT leader", "GET", at, nil)
	})
}
