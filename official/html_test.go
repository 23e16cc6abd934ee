package official

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func pageOf(t testing.TB, d Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteHTML(&b, d, HTMLOptions{Link: func(o Origin) string { return "/nguon/" + o.Ref }}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestThePageSaysWhatTheWordFileSays(t *testing.T) {
	hd05, _ := ProfileByCode("HD05")
	page := pageOf(t, partyReport(hd05))
	for _, want := range []string{`<html lang="vi">`, "ĐẢNG CỘNG SẢN VIỆT NAM", "Số 05-BC/BTGTU", "BẢN MẪU, SỐ LIỆU GIẢ ĐỊNH", "K/T TRƯỞNG BAN",
		`<th scope="colgroup"`, `<th scope="row"`, `<a class="origin" href="/nguon/submission:2">Sở Y tế</a>`, `data-origin="submission:1"`,
		"size:210mm 297mm;margin:20mm 15mm 20mm 30mm", "- Lưu Văn phòng Ban."} {
		if !strings.Contains(page, want) {
			t.Errorf("thiếu %q", want)
		}
	}
	if strings.Contains(page, "<script") || regexp.MustCompile(`\sid="`).MatchString(page) || strings.Contains(page, "ZgotmplZ") {
		t.Error("trang có script, id hoặc giá trị bị bộ lọc loại")
	}
	if dir := os.Getenv("OFFICIAL_OUT"); dir != "" {
		nd30, notice := pageOf(t, stateReport()), pageOf(t, noticeWithoutNumber(hd05))
		for name, text := range map[string]string{"hd05": page, "nd30": nd30, "notice": notice, "letter": pageOf(t, letterSample(hd05))} {
			if err := os.WriteFile(filepath.Join(dir, name+".html"), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func letterSample(p Profile) Document {
	return Document{Profile: p, Kind: Letter, Superior: "Tỉnh ủy Khánh Hòa", Issuer: "Ban Tuyên giáo", TypeSymbol: p.LetterSymbol, BodySymbol: "BTGTU",
		Number: 12, Place: "Khánh Hòa", Date: DayOf(2022, 4, 5), Subject: "về việc gửi báo cáo quý I", Addressed: []string{"Sở Y tế", "Sở Giáo dục và Đào tạo"},
		Body:    Ended(p, []Block{Paragraph{Runs: Text("Đề nghị các đơn vị gửi báo cáo trước ngày 16/3")}}),
		Signers: []Signer{{Lines: []AuthorityLine{{ByOrder, "Trưởng ban"}}, Title: "Chánh văn phòng", Name: "Phạm Thị Ví Dụ"}}, Recipients: []string{"Như trên"}, Filing: "Văn phòng Ban"}
}

func TestTextCannotBecomeMarkup(t *testing.T) {
	p, _ := ProfileByCode("ND30")
	evil := `</style><script>alert(1)</script>"'&`
	d := stateReport()
	d.Profile = p
	d.Subject, d.Issuer, d.Marks.Banner = evil, evil, evil
	d.Body = append(d.Body, Paragraph{Runs: Text(evil), Origin: Origin{evil, evil}}, Table{Columns: []Column{{Title: evil, Align: Align(evil)}}, Rows: [][]Cell{{C(evil)}}})
	page := pageOf(t, d)
	if strings.Contains(strings.ToLower(page), "<script") || strings.Count(strings.ToLower(page), "</style>") != 1 {
		t.Error("chữ của văn bản thành mã trang")
	}
	frag, err := HTML(d, HTMLOptions{Link: func(Origin) string { return "javascript:alert(1)" }})
	if err != nil || strings.Contains(string(frag), `href="javascript`) {
		t.Errorf("địa chỉ nguy hiểm còn trong trang: %v", err)
	}
}

func TestTheFragmentStandsBelowThePageTitle(t *testing.T) {
	p, _ := ProfileByCode("HD36")
	frag, err := HTML(partyReport(p), HTMLOptions{TopHeading: 2})
	if err != nil {
		t.Fatal(err)
	}
	if s := string(frag); strings.Contains(s, "<h1") || !strings.Contains(s, `<h2 class="vb-title">`) || !strings.Contains(s, `<h3 class="vb-Heading1">`) || strings.Contains(s, `class="origin"`) {
		t.Error("thứ bậc đề mục hoặc liên kết nguồn sai")
	}
}

// The template is laid out for who reads it, and nothing of that stands on the page: no line is longer than a screen, and no
// break of a line comes between the cells of a row or into a tag.
func TestTheLayoutOfTheTemplateLeavesNoTrace(t *testing.T) {
	source, err := os.ReadFile("paper.html")
	if err != nil {
		t.Fatal(err)
	}
	for n, line := range strings.Split(string(source), "\n") {
		if len([]rune(line)) > 120 {
			t.Errorf("line %d of the template has %d columns", n+1, len([]rune(line)))
		}
	}
	broken := regexp.MustCompile(`</t[dh]>\s+<t[dh]|<[a-z][^>]*\n[^>]*>|<t[dh](?: [^>]*)?>\s|\s</t[dh]>`)
	hd05, _ := ProfileByCode("HD05")
	for _, d := range []Document{partyReport(hd05), stateReport(), mergedReport(hd05)} {
		frag, err := HTML(d, HTMLOptions{TopHeading: 2, Link: func(o Origin) string { return "/n/" + o.Ref }})
		if err != nil {
			t.Fatal(err)
		}
		page := strings.NewReplacer("<td class=\"vb-left\"><p", "<td", "</p>\n</td>", "</td>").Replace(string(frag))
		if found := broken.FindString(page); found != "" {
			t.Errorf("%.200q", found)
		}
	}
}
