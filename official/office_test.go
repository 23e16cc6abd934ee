package official

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"giaoban/internal/officetest"
)

// officePDF converts papers with LibreOffice and gives the folder of name.docx and name.pdf.
func officePDF(t *testing.T, papers map[string]Document) (dir string) {
	t.Helper()
	officetest.Needs(t, "soffice", "pdftotext")
	dir = os.Getenv("OFFICIAL_OUT") // set to look at the papers
	if dir == "" {
		dir = t.TempDir()
	}
	args := []string{"--convert-to", "pdf", "--outdir", dir}
	for name, d := range papers {
		f, err := os.Create(filepath.Join(dir, name+".docx"))
		if err != nil {
			t.Fatal(err)
		}
		if err := WriteDocx(f, d); err != nil {
			t.Fatal(err)
		}
		f.Close()
		args = append(args, f.Name())
	}
	officetest.Run(t, args...)
	return dir
}

// asPDF converts papers with LibreOffice and gives the text of each.
func asPDF(t *testing.T, papers map[string]Document) map[string]string {
	t.Helper()
	dir, texts := officePDF(t, papers), map[string]string{}
	for name := range papers {
		text, err := exec.Command("pdftotext", "-layout", filepath.Join(dir, name+".pdf"), "-").Output()
		if err != nil {
			t.Fatalf("pdftotext %s: %v", name, err)
		}
		texts[name] = string(text)
	}
	return texts
}

func TestPapersOpenInLibreOfficeWithTheirWords(t *testing.T) {
	hd05, _ := ProfileByCode("HD05")
	hd36, _ := ProfileByCode("HD36")
	texts := asPDF(t, map[string]Document{
		"hd05": partyReport(hd05), "hd36-notice": noticeWithoutNumber(hd36), "nd30": stateReport(), "merged": mergedReport(hd36),
		"letter": letterSample(hd05), "programme": programme(hd05), "charted": charted(hd05), "jumping-hd05": jumping(hd05), "jumping-nd30": jumping(ProfileFor(State, DayOf(2022, 4, 5))),
	})
	for name, d := range map[string]Document{"jumping-hd05": jumping(hd05), "jumping-nd30": jumping(ProfileFor(State, DayOf(2022, 4, 5)))} {
		for _, line := range printed(d) {
			if !regexp.MustCompile(`(?m)^\s*` + regexp.QuoteMeta(line) + `$`).MatchString(texts[name]) {
				t.Errorf("%s: LibreOffice does not print %q", name, line)
			}
		}
	}
	for name, wants := range map[string][]string{
		"hd05":        {"ĐẢNG CỘNG SẢN VIỆT NAM", "BAN TUYÊN GIÁO", "Số 05-BC/BTGTU", "ngày 05 tháng 4 năm 2022", "BÁO CÁO", "K/T TRƯỞNG BAN", "Lưu Văn phòng Ban."},
		"hd36-notice": {"-TB/BTGTU", "tháng 4 năm 2022", "Dự thảo lần 2", "KHẨN", "TÀI LIỆU HỘI NGHỊ"},
		"nd30":        {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 05/BC-SGDĐT", "KT. GIÁM ĐỐC", "Lưu: VT, KHTC.", "./."},
		"letter":      {"Số 12-CV/BTGTU", "Kính gửi:", "T/L TRƯỞNG BAN", "CHÁNH VĂN PHÒNG"},
		"programme":   {"T/M BAN TUYÊN GIÁO", "T/M SỞ Y TẾ", "Lưu Văn phòng Ban."},
		"merged":      {"XL. NGUỒN THỨ 40", "Phụ lục I", "Nguồn thứ 1"},
	} {
		for _, want := range wants {
			if !strings.Contains(strings.ToUpper(texts[name]), strings.ToUpper(want)) {
				t.Errorf("%s: thiếu %q", name, want)
			}
		}
	}
	for name, text := range texts {
		if name == "hd36-notice" || name == "letter" {
			continue // bear no banner
		}
		for i, page := range strings.Split(strings.TrimSuffix(text, "\f"), "\f") {
			if !strings.Contains(page, "BẢN MẪU, SỐ LIỆU GIẢ ĐỊNH") {
				t.Errorf("%s, trang %d: thiếu dòng báo", name, i+1)
			}
		}
	}
}
