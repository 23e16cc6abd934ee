package calendar

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzFoldedLinesCanBeUnfolded(f *testing.F) {
	f.Add("Trình báo cáo: tổng kết 10 năm; Chỉ thị số 20-CT/TW, ngày 05/11/2012\nhai dòng")
	f.Add(strings.Repeat("ữ", 200))
	f.Add(`\`)
	f.Fuzz(func(t *testing.T, words string) {
		if !utf8.ValidString(words) {
			return // texts are made valid at the edge
		}
		out := &ICS{}
		out.Text("SUMMARY", words)
		file := out.out.String()
		for l := range strings.SplitSeq(strings.TrimSuffix(file, "\r\n"), "\r\n") {
			if len(l) > 75 || !utf8.ValidString(l) || strings.ContainsAny(l, "\r\n") {
				t.Fatalf("%q", l)
			}
		}
		if whole := strings.ReplaceAll(file, "\r\n ", ""); whole != "SUMMARY:"+text.Replace(words)+"\r\n" {
			t.Fatalf("%q", whole)
		}
	})
}
