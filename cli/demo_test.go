package cli

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"giaoban/internal/fold"
	"giaoban/sample"
	"giaoban/story"
)

// played runs the demonstration once in a folder of its own and gives what it left.
func played(t *testing.T, args ...string) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	var out, errs bytes.Buffer
	args = append([]string{"demo", "--once", "--data", dir}, args...)
	if code := run(t.Context(), args, &console{in: strings.NewReader(""), out: &out, err: &errs}); code != done {
		t.Fatalf("mã thoát %d: %s", code, errs.String())
	}
	left, err := os.ReadDir(filepath.Join(dir, "out"))
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string][]byte)
	for _, f := range left {
		body, err := os.ReadFile(filepath.Join(dir, "out", f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name()] = body
	}
	if !strings.Contains(out.String(), sample.Mark) {
		t.Error("phần in ra không có dấu bản mẫu")
	}
	return files
}

// playedOnce is what the story of the sample leaves, for tests that only read it.
func playedOnce(t *testing.T) map[string][]byte {
	t.Helper()
	lookedAt.once.Do(func() { lookedAt.files = played(t) })
	return lookedAt.files
}

var lookedAt struct {
	once  sync.Once
	files map[string][]byte
}

func TestEachStoryLeavesItsFiles(t *testing.T) {
	for name, files := range map[string]map[string][]byte{
		story.First:  playedOnce(t),
		"quy-1-2019": played(t, "--story", "quy-1-2019"),
	} {
		want := []string{"bao-cao.docx", "bao-cao.pdf", "giay-moi.docx", "giay-moi.pdf", "su-kien.json", "thong-bao-ket-luan.docx", "thong-bao-ket-luan.pdf"}
		if name == story.First {
			want = []string{"bao-cao-hd05.docx", "bao-cao-hd05.pdf", "bao-cao.docx", "bao-cao.pdf", "su-kien.json", "thong-bao-ket-luan-hd05.docx",
				"thong-bao-ket-luan-hd05.pdf", "thong-bao-ket-luan.docx", "thong-bao-ket-luan.pdf", "tong-hop.json"}
		}
		if got := slices.Sorted(maps.Keys(files)); !slices.Equal(got, want) {
			t.Errorf("%s: %v", name, got)
		}
		var e struct {
			Story  string
			Papers []struct {
				Number string
				File   *string
			}
		}
		if err := json.Unmarshal(files["su-kien.json"], &e); err != nil || e.Story != name {
			t.Errorf("%s: su-kien.json của “%s”, %v", name, e.Story, err)
		}
		for _, p := range e.Papers {
			if p.File != nil && files[*p.File] == nil {
				t.Errorf("%s: su-kien.json nêu tệp %s không có", name, *p.File)
			}
		}
	}
}

func TestAnUnknownStoryIsToldThem(t *testing.T) {
	var out, errs bytes.Buffer
	code := run(t.Context(), []string{"demo", "--once", "--story", "quy-5"}, &console{in: strings.NewReader(""), out: &out, err: &errs})
	if code != wrong || out.Len() > 0 {
		t.Errorf("mã thoát %d, in ra “%s”", code, out.String())
	}
	var help bytes.Buffer
	if code := run(t.Context(), []string{"demo", "--help"}, &console{in: strings.NewReader(""), out: &help, err: &errs}); code != done {
		t.Errorf("mã thoát của --help: %d", code)
	}
	for _, name := range story.Names() {
		if !strings.Contains(errs.String(), name) || !strings.Contains(help.String(), name) {
			t.Errorf("%s không được nêu: “%s”, “%s”", name, errs.String(), help.String())
		}
	}
}

func TestTheDemoLeavesTheSameFilesTwice(t *testing.T) {
	first, second := playedOnce(t), played(t)
	for name := range first {
		if !bytes.Equal(first[name], second[name]) {
			t.Errorf("%s khác nhau giữa hai lần chạy", name)
		}
	}
}

// words gives the running text of a Word file, folded, with one space between paragraphs and cells.
func words(t *testing.T, docx []byte) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, f := range archive.File {
		if !strings.HasPrefix(f.Name, "word/") || !strings.HasSuffix(f.Name, ".xml") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		d, inText := xml.NewDecoder(r), false
		for {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			switch e := token.(type) {
			case xml.StartElement:
				inText = e.Name.Local == "t"
				if e.Name.Local == "noBreakHyphen" {
					text.WriteByte('-')
				}
			case xml.EndElement:
				inText = false
				if e.Name.Local == "p" || e.Name.Local == "tab" || e.Name.Local == "br" {
					text.WriteByte(' ')
				}
			case xml.CharData:
				if inText {
					text.Write(e)
				}
			}
		}
		r.Close()
	}
	return flat(text.String())
}

func flat(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("–", "-", "“", "", "”", "").Replace(fold.Fold(s))), " ")
}

// fact is one thing that the page of the quarter tells: how it says it, and how our papers do.
type fact struct{ told, written string }

var both = []fact{
	{"quý 1 năm 2022", "quý I"},
	{"Quyết định 238-QĐ/TW của Ban Bí thư khóa XII", "238-QĐ/TW của Ban Bí thư khóa XII"},
	{"Nghị quyết số 09-NQ/TW, ngày 28/1/2022 của Bộ Chính trị về xây dựng, phát triển tỉnh Khánh Hòa đến năm 2030, tầm nhìn đến năm 2045", "="},
	{"Chỉ thị số 20-CT/TW, ngày 05/11/2012 của Bộ Chính trị", "="},
	{"giai đoạn 2022 – 2025", "="},
	{"Ban Cán sự đảng UBND tỉnh", "="},
	{"chăm sóc, giáo dục và bảo vệ trẻ em", "="},
	{"phát triển khoa học và công nghệ phục vụ sự nghiệp công nghiệp hóa, hiện đại hóa trong điều kiện kinh tế thị trường định hướng xã hội chủ nghĩa và hội nhập quốc tế", "="},
	{"Chương trình khoa học và công nghệ phục vụ phát triển kinh tế Biển tỉnh Khánh Hòa giai đoạn 2021-2025", "="},
	{"Chương trình khoa học và công nghệ phục vụ phát triển nông thôn miền núi tỉnh Khánh Hòa giai đoạn 2021-2025", "="},
	{"GRDP của tỉnh ước tăng 4,9% so với cùng kỳ năm trước", "="},
	{"từ cấp 2 xuống cấp 1", "từ cấp 2 về cấp 1"},
	{"chăm sóc sức khỏe Nhân dân", "="},
	{"vắc xin COVID-19", "COVID-19"},
	{"an toàn trường học", "trường học"},
	{"Xuân Nhâm Dần 2022", "="},
	{"an sinh xã hội", "="},
	{"khởi nghiệp", "="},
	{"hướng dẫn công tác khoa giáo, công tác văn hóa văn nghệ năm 2022", "văn hóa văn nghệ năm 2022"},
}

var inReport = []fact{
	{"Khoa học và Công nghệ, Giáo dục và Đào tạo, Y tế, Văn hóa và Thể thao, Tài nguyên và Môi trường, Lao động thương binh và xã hội, Thông tin và Truyền thông",
		"Khoa học và Công nghệ, Giáo dục và Đào tạo, Y tế, Văn hóa và Thể thao, Tài nguyên và Môi trường, Lao động - Thương binh và Xã hội, Thông tin và Truyền thông"},
	{"Chương trình phối hợp công tác giữa Ban Tuyên giáo Tỉnh ủy với Ban Cán sự đảng UBND tỉnh và các cơ quan quản lý nhà nước", "="},
	{"Hội nghị Ký kết", "="},
	{"Sở Nội vụ", "="},
	{"từ độ tuổi 12 trở lên", "từ 12 tuổi trở lên"},
	{"Trang thông tin điện tử Ban Tuyên giáo Tỉnh ủy", "="},
	{"fanpage", "="},
	{"khoa học công nghệ, giáo dục, y tế, an sinh xã hội, lao động, việc làm, môi trường, chuyển đổi số", "="},
}

var inNotice = []fact{
	{"Chiều ngày 01/4/2022", "="},
	{"Ủy viên Ban Thường vụ Tỉnh ủy, Trưởng ban Tuyên giáo Tỉnh ủy", "Ủy viên Ban Thường vụ, Trưởng ban Tuyên giáo Tỉnh ủy"},
	{"quản lý tài nguyên, môi trường", "="},
	{"phòng, chống dịch COVID-19", "="},
	{"tuyển sinh vào lớp 10 và thi tốt nghiệp THPT quốc gia, phân luồng học sinh sau THCS, THPT", "="},
	{"thị trường khoa học công nghệ, hệ sinh thái khởi nghiệp sáng tạo", "="},
	{"chuyển đổi số trên địa bàn tỉnh", "="},
	{"định hướng dư luận", "="},
	{"đồng thuận xã hội", "="},
	{"Khoa học và Công nghệ", "Sở Khoa học và Công nghệ"}, {"Giáo dục và Đào tạo", "Sở Giáo dục và Đào tạo"}, {"Y tế", "Sở Y tế"},
	{"Văn hóa và Thể thao", "Sở Văn hóa và Thể thao"}, {"Tài nguyên và Môi trường", "Sở Tài nguyên và Môi trường"},
	{"Sở Lao động - Thương binh và Xã hội", "="}, {"Thông tin và Truyền thông", "Sở Thông tin và Truyền thông"},
}

func TestTheFactsOfTheQuarterStandInTheWordFiles(t *testing.T) {
	files := playedOnce(t)
	told := ""
	if found, _ := filepath.Glob("../../shared/seeds/000_*.txt"); len(found) == 1 {
		text, err := os.ReadFile(found[0])
		if err != nil {
			t.Fatal(err)
		}
		told = flat(string(text))
	} else {
		t.Log("không có trang nguồn ở cạnh kho mã: chỉ kiểm tra tệp Word")
	}
	for _, paper := range []struct {
		files []string
		facts []fact
	}{
		{[]string{"bao-cao.docx", "bao-cao-hd05.docx"}, append(both[:len(both):len(both)], inReport...)},
		{[]string{"thong-bao-ket-luan.docx", "thong-bao-ket-luan-hd05.docx"}, append(both[:len(both):len(both)], inNotice...)},
	} {
		for _, f := range paper.facts {
			if told != "" && !strings.Contains(told, flat(f.told)) {
				t.Errorf("trang nguồn không nói %q", f.told)
			}
			want := f.written
			if want == "=" {
				want = f.told
			}
			for _, name := range paper.files {
				if !strings.Contains(words(t, files[name]), flat(want)) {
					t.Errorf("%s thiếu %q", name, want)
				}
			}
		}
		for _, name := range paper.files {
			text := words(t, files[name])
			for _, want := range []string{sample.Mark, "Ban Tuyên giáo", "BTGTU", "Tỉnh ủy Khánh Hòa", "năm 2022"} {
				if !strings.Contains(text, flat(want)) {
					t.Errorf("%s thiếu %q", name, want)
				}
			}
			if strings.Contains(text, flat("Lê Hữu Thọ")) {
				t.Errorf("%s có tên người thật", name)
			}
		}
	}
}

func TestTheConsolidationOfTheDemoNamesWhoIsMissing(t *testing.T) {
	var c struct {
		Regime  string
		Period  string
		Missing []struct {
			Org     string
			Periods []string
		}
		Indicators []struct {
			Code, Sector string
			Value        *string
		}
	}
	if err := json.Unmarshal(playedOnce(t)["tong-hop.json"], &c); err != nil {
		t.Fatal(err)
	}
	if c.Regime != sample.Quarterly || c.Period != "2022-Q1" || len(c.Missing) != 1 || c.Missing[0].Org != sample.BTGDK || len(c.Indicators) < 40 {
		t.Errorf("%s %s thiếu %v, %d chỉ tiêu", c.Regime, c.Period, c.Missing, len(c.Indicators))
	}
	for _, i := range c.Indicators {
		if i.Value == nil {
			t.Errorf("%s không có số", i.Code)
		}
	}
}
