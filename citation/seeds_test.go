package citation_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"giaoban/citation"
)

// seeds reads the office's sample pages, which stand beside the repository where it is built.
func seeds(t *testing.T) []string {
	t.Helper()
	names, _ := filepath.Glob("../../shared/seeds/*.txt")
	if len(names) == 0 {
		t.Skip("Không có các trang mẫu thật ở đây.")
	}
	var pages []string
	for _, n := range names {
		body, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, string(body))
	}
	return pages
}

func TestEveryNumberedDocumentOfTheSamplePagesIsFound(t *testing.T) {
	want := [][]string{
		{"238-QĐ/TW", "20-CT/TW", "09-NQ/TW", "238-QĐ/TW"},
		{"36-NQ/TW", "37-CT/TW", "38-CT/TW"},
		{"1056-QC/TU", "1056-QC/TU", "1056-QC/TU"},
		{"29-NQ/TW", "20-NQ/TW", "20-NQ/TW", "20-CT/TW", "19-CT/TW", "HD.51.BTGTU", "72.TW", "77.TU", "2303-CV/BTGTU", "HD.50.BTGTU"},
		nil,
	}
	for i, page := range seeds(t) {
		var got []string
		for _, r := range citation.Find(page) {
			got = append(got, r.Symbol)
		}
		if !slices.Equal(got, want[i]) {
			t.Errorf("page %d gave %v, want %v", i, got, want[i])
		}
	}
}

func TestTwoResolutionsWithOneSymbolStayApart(t *testing.T) {
	var dates []string
	for _, r := range citation.Find(seeds(t)[3]) {
		if r.Symbol == "20-NQ/TW" {
			dates = append(dates, r.Date.String()+" "+r.Term)
		}
	}
	if !slices.Equal(dates, []string{"2012-11-01 XI", " "}) {
		t.Errorf("%q", dates)
	}
}

func TestThePageOfTheCityKeepsTheTypeOfTheWord(t *testing.T) {
	for _, r := range citation.Find(seeds(t)[2]) {
		if r.Type != "Quyết định" || !strings.Contains(strings.Join(r.Notes, " "), "QC (Quy chế)") || r.Issuer != "Ban Thường vụ Thành ủy" {
			t.Errorf("%+v", r)
		}
	}
}
