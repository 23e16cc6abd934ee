package archive

import (
	"testing"

	"giaoban/calendar"
	"giaoban/citation"
)

func TestWaysToReachAPersonAreNoField(t *testing.T) {
	for text, want := range map[string]string{
		"Hoài Thương, 0258.3822333":                    "Hoài Thương, …",
		"Ý kiến gửi về thutin@tinhmau.example":         "Ý kiến gửi về …",
		"Đường dây nóng 0905 123 456 tiếp nhận 12 tin": "Đường dây nóng … tiếp nhận 12 tin",
		"Tiêm 1.204.500 liều, 503 trường, năm 2021":    "Tiêm 1.204.500 liều, 503 trường, năm 2021",
	} {
		if got := withoutContacts(text); got != want {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func TestADocumentCitedOftenInOneFileIsOneField(t *testing.T) {
	day := calendar.On(2012, 11, 5)
	refs := []citation.Reference{
		{Text: "Chỉ thị 20-CT/TW", Type: "Chỉ thị", Symbol: "20-CT/TW", Date: day},
		{Text: "Chỉ thị 20-CT/TW của Bộ Chính trị", Type: "Chỉ thị", Symbol: "20-CT/TW", Date: day, Issuer: "Bộ Chính trị"},
		{Text: "chỉ thị 20-CT/TW", Type: "chỉ thị", Symbol: "20-CT/TW", Date: day, Issuer: "Bộ Chính trị"},
		{Text: "Chỉ thị 20-CT/TW", Type: "Chỉ thị", Symbol: "20-CT/TW"},
		{Text: "Quyết định 20-CT/TW", Type: "Quyết định", Symbol: "20-CT/TW", Date: day},
	}
	got := once(refs)
	if len(got) != 3 || got[0].Issuer != "Bộ Chính trị" || !got[1].Date.IsZero() {
		t.Errorf("%+v", got)
	}
}

func TestTheSubjectIsReadWhereTheTextQuotesIt(t *testing.T) {
	for behind, want := range map[string]string{
		` “về tăng cường sự lãnh đạo của Đảng”; phối hợp`: "Về tăng cường sự lãnh đạo của Đảng",
		` về việc ban hành “Quy chế phối hợp”.`:           "Quy chế phối hợp",
		`, (khóa XI) về phát triển`:                       "",
		` của tỉnh “về”`:                                  "",
		` “chưa đóng`:                                     "",
		``:                                                "",
	} {
		if got := quotedSubject(behind); got != want {
			t.Errorf("%q gives %q", behind, got)
		}
	}
}
