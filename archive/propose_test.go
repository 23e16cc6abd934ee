package archive

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/figure"
)

// seed reads one of the public pages that users sent; they are no part of the program.
func seed(t testing.TB, name string) Proposal {
	t.Helper()
	path := filepath.Join("..", "..", "shared", "seeds", name)
	if _, err := os.Stat(path); err != nil {
		t.Skip("Không có các trang mẫu thật ở đây.")
	}
	return read(t, path)
}

func read(t testing.TB, path string) Proposal {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	w, err := ReadText(t.Context(), filepath.Base(path), content)
	text, captions := w.Text, w.Captions
	if err != nil {
		t.Fatal(err)
	}
	p := proposed(filepath.Base(path), text, nil, captions...)
	checkSpans(t, p)
	return p
}

// proposed reads a text of which no file says anything.
func proposed(name, text string, bodies Matcher, captions ...string) Proposal {
	return propose(name, text, bodies, model{}, captions)
}

// fixture reads a page of our own.
func fixture(t testing.TB, name string) Proposal {
	return read(t, filepath.Join("testdata", "read", name))
}

// checkSpans holds every field against the text it says it came from.
func checkSpans(t testing.TB, p Proposal) {
	t.Helper()
	within := func(what string, s Span) string {
		if s.Start < 0 || s.End < s.Start || s.End > len(p.Text) {
			t.Fatalf("%s: đoạn %v nằm ngoài %d byte", what, s, len(p.Text))
		}
		return p.Text[s.Start:s.End]
	}
	for what, s := range map[string]Span{"main": p.Main, "kind": p.KindSpan, "held_on": p.HeldOnSpan, "part": p.PartSpan, "posted": p.PostedSpan,
		"period": p.PeriodSpan, "next": p.NextPeriodSpan, "province": p.Province.Span, "title": p.Title.Span, "concluder": p.Concluder.Span} {
		within(what, s)
	}
	for what, all := range map[string][]Item{"results": p.Results, "difficulties": p.Difficulties, "shortcomings": p.Shortcomings,
		"conclusions": p.Conclusions, "captions": p.Captions, "one": {p.Organiser, p.Place, p.Author, p.Source}} {
		for _, it := range all {
			if got := within(what, it.Span); got != it.Value {
				t.Fatalf("%s: “%s” không đúng chỗ, ở đó là “%s”", what, it.Value, got)
			}
		}
	}
	for _, c := range p.Chairs {
		if got := within("chairs", c.Span); !strings.Contains(got, c.Name) || !strings.Contains(got, c.Title) {
			t.Fatalf("người chủ trì %v không có trong “%s”", c, got)
		}
	}
	for _, b := range p.Bodies {
		within("bodies", b.Span)
	}
	for _, r := range p.Reviews {
		if got := within("reviews", r.Span); !strings.HasPrefix(figure.Lower(got), r.Kind) {
			t.Fatalf("%v: đoạn “%s” không mở đầu bằng “%s”", r, got, r.Kind)
		}
	}
	for _, f := range p.Figures {
		if got := within("figures", f.Span); got != f.Text {
			t.Fatalf("số liệu “%s” không đúng chỗ", f.Text)
		}
	}
}

// told is what a page states, in the words of the JSON line.
type told struct {
	kind                         Kind
	held, part, period, next     string
	organiser, province          string
	chairs, concluder            string
	author                       string
	difficulties, short, decided int
}

func (w told) check(t *testing.T, p Proposal) {
	t.Helper()
	var chairs []string
	for _, c := range p.Chairs {
		chairs = append(chairs, c.Name+": "+c.Title)
	}
	for _, c := range [][3]string{{"kind", string(w.kind), string(p.Kind)}, {"held_on", w.held, isoDay(p.HeldOn)}, {"part_of_day", w.part, p.PartOfDay},
		{"period", w.period, p.Period.String()}, {"next_period", w.next, p.NextPeriod.String()}, {"organiser", w.organiser, p.Organiser.Value},
		{"province", w.province, p.Province.Value}, {"chairs", w.chairs, strings.Join(chairs, "; ")}, {"concluder", w.concluder, p.Concluder.Value},
		{"author", w.author, p.Author.Value}} {
		if c[1] != c[2] {
			t.Errorf("%s: phải là %q, được %q", c[0], c[1], c[2])
		}
	}
	if len(p.Difficulties) != w.difficulties || len(p.Shortcomings) != w.short || len(p.Conclusions) != w.decided {
		t.Errorf("khó khăn %d, hạn chế %d, việc phải làm %d; phải là %d, %d, %d\n%q", len(p.Difficulties), len(p.Shortcomings), len(p.Conclusions),
			w.difficulties, w.short, w.decided, values(p.Conclusions))
	}
}

func names(p Proposal) []string {
	var all []string
	for _, b := range p.Bodies {
		all = append(all, b.Name)
	}
	return all
}

func TestAQuarterlyBriefingIsReadWithItsSevenDepartments(t *testing.T) {
	p := seed(t, "000_942b434016f942f7.txt")
	told{kind: Briefing, held: "2022-04-01", part: "afternoon", period: "2022-Q1", organiser: "Ban Tuyên giáo Tỉnh ủy", province: "Khánh Hòa",
		chairs:    "Lê Hữu Thọ: Ủy viên Ban Thường vụ Tỉnh ủy, Trưởng ban Tuyên giáo Tỉnh ủy",
		concluder: "Lê Hữu Thọ", author: "DK", decided: 3}.check(t, p)
	for _, name := range []string{"Khoa học và Công nghệ", "Giáo dục và Đào tạo", "Y tế", "Văn hóa và Thể thao", "Tài nguyên và Môi trường",
		"Lao động thương binh và xã hội", "Thông tin và Truyền thông"} {
		at := slices.IndexFunc(p.Bodies, func(b Mentioned) bool { return b.Name == "Sở "+name })
		if at < 0 || p.Text[p.Bodies[at].Start:p.Bodies[at].End] != name {
			t.Errorf("thiếu Sở %s trong %q", name, names(p))
		}
	}
	if len(p.Reviews) != 1 || p.Reviews[0].Symbol != "20-CT/TW" || p.Reviews[0].Kind != "tổng kết" || p.Reviews[0].Years != 10 {
		t.Errorf("mốc tổng kết: %v", p.Reviews)
	}
	if len(p.Figures) != 1 || p.Figures[0].Value != "4.9" || p.Figures[0].Unit != "%" || p.Figures[0].Comparison != "so với cùng kỳ năm trước" || !p.Figures[0].Estimate {
		t.Errorf("số liệu: %+v", p.Figures)
	}
	if len(p.Results) < 12 || len(p.Captions) != 2 {
		t.Errorf("%d kết quả, chú thích %q", len(p.Results), values(p.Captions))
	}
}

func TestShortcomingsAndTasksAreItemsOfTheirOwn(t *testing.T) {
	p := seed(t, "001_4dc4fdf62d633504.txt")
	told{kind: Briefing, held: "2019-04-08", part: "afternoon", period: "2019-Q1", next: "2019-Q2", organiser: "Ban Tuyên giáo Tỉnh ủy",
		chairs: "Trần Đức Thuần: Trưởng ban Tuyên giáo Tỉnh ủy", concluder: "Nguyễn Hải Long",
		author: "Phòng Khoa giáo – Ban Tuyên giáo Tỉnh ủy", short: 3, decided: 4}.check(t, p)
	if p.Posted != calendar.On(2019, 4, 9) {
		t.Errorf("ngày đăng %s", p.Posted)
	}
	var got []string
	for _, r := range p.Reviews {
		got = append(got, strings.Join([]string{r.Symbol, r.Kind, string(rune('0' + r.Years/5*5/5))}, " "))
	}
	if strings.Join(got, "; ") != "36-NQ/TW sơ kết 1; 37-CT/TW sơ kết 1; 38-CT/TW tổng kết 2" {
		t.Errorf("mốc sơ kết, tổng kết: %v", p.Reviews)
	}
}

func TestAfterNineMonthsComesTheLastQuarter(t *testing.T) {
	p := seed(t, "002_2e7310cf2a4f6419.txt")
	told{kind: Briefing, held: "2023-10-06", part: "morning", period: "2023-9M", next: "2023-Q4", organiser: "Ban Tuyên giáo Thành uỷ", province: "Hải Phòng",
		chairs:    "Đào Khánh Hà: Uỷ viên Ban Thường vụ, Trưởng Ban Tuyên giáo Thành uỷ",
		concluder: "Đào Khánh Hà", author: "Phương Mai", decided: 8}.check(t, p)
}

func TestAPostingDateIsNotTheDayOfAMeeting(t *testing.T) {
	p := seed(t, "003_3cca4c2774d7178e.txt")
	told{kind: ProgrammeReview, period: "2017..2021", next: "2021..2025", province: "Kon Tum", author: "Trần Kim Sơn", decided: 8}.check(t, p)
	if p.Posted != calendar.On(2021, 10, 12) {
		t.Errorf("ngày đăng %s", p.Posted)
	}
	for _, it := range slices.Concat(p.Results, p.Conclusions) {
		for _, word := range []string{"Lượt xem", "Giấy phép", "HD.51", "Đăng nhập", "Thăm dò", "Đại hội Đảng các cấp, Cuộc thi"} {
			if strings.Contains(it.Value, word) {
				t.Errorf("mục lấy từ khung trang: %s", it.Value)
			}
		}
	}
}

func TestTwoChairsOfAYearReview(t *testing.T) {
	p := seed(t, "004_f47a10f7454882cd.txt")
	told{kind: YearReview, held: "2021-01-12", period: "2020", next: "2021", organiser: "Ban Tuyên giáo Tỉnh ủy",
		chairs: "Vàng Thị Bình: Phó Trưởng ban Tuyên giáo Tỉnh ủy; Trần Minh Tuấn: Giám đốc Bảo hiểm xã hội tỉnh",
		author: "Gia Kiên", decided: 4}.check(t, p)
}

func TestASavedPageKeepsTheArticleOnly(t *testing.T) {
	p := fixture(t, "cong-thong-tin.html")
	told{kind: Briefing, held: "2019-07-09", part: "afternoon", period: "2019-H1", next: "2019-H2", organiser: "Ban Tuyên giáo Tỉnh ủy", province: "Phú Yên",
		chairs:    "Nguyễn Thị Hạnh: Phó Trưởng ban Thường trực Ban Tuyên giáo Tỉnh ủy; Lê Văn Tám: Tỉnh ủy viên, Giám đốc Sở Y tế",
		concluder: "Nguyễn Thị Hạnh", author: "Thu Ba", difficulties: 2, short: 2, decided: 3}.check(t, p)
	for _, word := range []string{"Trang chủ", "Giấy phép", "Bạn đọc An", "Tin liên quan", "bình chọn", "không ai đọc", "Facebook"} {
		if strings.Contains(p.Text, word) {
			t.Errorf("còn giữ “%s”", word)
		}
	}
	if len(p.Captions) != 2 || p.Place.Value != "Hội trường Tỉnh ủy" || p.Title.Value != "Khối khoa giáo nhìn lại sáu tháng, bàn việc cuối năm" {
		t.Errorf("chú thích %q, nơi họp %q, đầu đề %q", values(p.Captions), p.Place.Value, p.Title.Value)
	}
	if len(p.Figures) != 3 || p.Figures[0].Value != "812300" || p.Figures[0].Unit != "lượt người" || p.Figures[1].Comparison != "so với cùng kỳ năm 2018" || !p.Figures[2].Estimate {
		t.Errorf("số liệu %+v", p.Figures)
	}
}

func TestAnOldPortalOfTablesIsRead(t *testing.T) {
	p := fixture(t, "trang-bang.html")
	told{kind: YearReview, held: "2017-01-11", period: "2016", next: "2017", organiser: "Ban Tuyên giáo Tỉnh ủy",
		chairs: "Trần Văn Bảy: Ủy viên Ban Thường vụ, Trưởng Ban Tuyên giáo Tỉnh ủy", short: 2, decided: 3}.check(t, p)
	if p.Title.Value != "Tổng kết công tác khoa giáo năm 2016" || p.Source.Value != "Bản tin Thông báo nội bộ" {
		t.Errorf("đầu đề %q, nguồn %q", p.Title.Value, p.Source.Value)
	}
}

func TestASigningNamesTheTermAndBothChairs(t *testing.T) {
	p := fixture(t, "ky-ket.txt")
	told{kind: ProgrammeSigning, held: "2022-02-16", part: "morning", period: "2022..2025", organiser: "Ban Tuyên giáo Thành ủy Đà Nẵng", province: "Đà Nẵng",
		chairs:    "Trần Văn Chín: Phó Bí thư Thường trực Thành ủy; Lê Thị Mười: Trưởng ban Tuyên giáo Thành ủy",
		concluder: "Lê Thị Mười", author: "N.T.B", decided: 3}.check(t, p)
	if got := names(p); !slices.Contains(got, "Sở KH&CN") || !slices.Contains(got, "Sở GD&ĐT") || !slices.Contains(got, "Sở Y tế") {
		t.Errorf("cơ quan: %q", got)
	}
}

func TestAReportIsReadByItsHeadings(t *testing.T) {
	p := fixture(t, "bao-cao.txt")
	told{kind: Report, period: "2021-9M", next: "2021-Q4", difficulties: 1, short: 2, decided: 2}.check(t, p)
	if len(p.Results) != 3 {
		t.Errorf("kết quả: %q", values(p.Results))
	}
}

func TestLeadsOfOtherHandsAreRead(t *testing.T) {
	for name, w := range map[string]told{
		"theo-ke-hoach.txt": {kind: Briefing, held: "2022-04-05", part: "morning", period: "2022-Q1", next: "2022-Q2", organiser: "Ban Tuyên giáo Tỉnh ủy Bình Định",
			province: "Bình Định", chairs: "Nguyễn Văn An: Phó Trưởng ban Tuyên giáo Tỉnh ủy", concluder: "Nguyễn Văn An", decided: 2},
		"cap-huyen.txt": {kind: Briefing, held: "2020-12-15", period: "2020", next: "2021", organiser: "Ban Tuyên giáo Huyện ủy Cư Jút",
			chairs: "Trần Thị B: Trưởng ban Tuyên giáo Huyện ủy", difficulties: 1},
		"khong-nguoi-to-chuc.txt": {kind: Briefing, held: "2021-07-08", part: "afternoon", period: "2021-H1", next: "2021-H2",
			chairs: "Lò Thị C: Phó Trưởng ban Thường trực Ban Tuyên giáo Tỉnh ủy", concluder: "Lò Thị C", decided: 3},
		"thong-bao.txt": {kind: Notice, held: "2022-10-07", period: "2022-Q3", next: "2022-Q4", province: "Gia Lai",
			chairs: "Nguyễn Thị Thanh Mẫu: Phó Chủ tịch UBND tỉnh", concluder: "Nguyễn Thị Thanh Mẫu", short: 1, decided: 2},
	} {
		t.Run(name, func(t *testing.T) { w.check(t, fixture(t, name)) })
	}
}

func TestAMatcherHearsOfTheDayOfTheMeeting(t *testing.T) {
	text := "Ngày 28/02/2025, Ban Tuyên giáo Tỉnh ủy tổ chức Hội nghị giao ban công tác khoa giáo quý IV năm 2024. Dự hội nghị có Sở LĐ-TB&XH, Sở Y tế."
	p := proposed("a.txt", text, func(spelling string, day calendar.Date) (string, bool) {
		if day != calendar.On(2025, 2, 28) {
			t.Errorf("ngày %s", day)
		}
		return "SLDTBXH", spelling == "Sở LĐ-TB&XH"
	})
	at := slices.IndexFunc(p.Bodies, func(b Mentioned) bool { return b.Code == "SLDTBXH" })
	if at < 0 || p.Bodies[at].Name != "Sở LĐ-TB&XH" {
		t.Errorf("cơ quan: %+v", p.Bodies)
	}
}

func TestWhatIsUnsureStaysEmpty(t *testing.T) {
	for name, text := range map[string]string{
		"thăm hỏi":      "Đoàn công tác tỉnh Đồng Nai và đoàn công tác tỉnh Bình Dương đã trao đổi kinh nghiệm về công tác tuyên giáo trong nhiều năm qua tại địa phương.",
		"không năm":     "Sáng 16/7, Ban Tuyên giáo Tỉnh ủy tổ chức hội nghị báo cáo viên, nhiều nội dung được thông tin đến các đại biểu dự hội nghị.",
		"chỉ dự":        "Ngày 05/4/2022, Ban Tuyên giáo Tỉnh ủy tổ chức họp mặt. Dự họp mặt có đồng chí Nguyễn Văn Mẫu, Bí thư Tỉnh ủy và các đồng chí nguyên lãnh đạo.",
		"chủ trì ngành": "Sở Y tế chủ trì, phối hợp với các sở, ngành xây dựng kế hoạch phòng, chống dịch, trình cấp có thẩm quyền xem xét, quyết định theo quy định.",
	} {
		p := proposed(name, text, nil)
		if len(p.Chairs) > 0 || p.Concluder.Value != "" || p.Province.Value != "" || !p.Period.IsZero() || name == "không năm" && !p.HeldOn.IsZero() {
			t.Errorf("%s: %v %q %q %s %s", name, p.Chairs, p.Concluder.Value, p.Province.Value, p.Period, p.HeldOn)
		}
	}
}

func TestDurationsAgesAndSymbolsAreNoFigures(t *testing.T) {
	text := "Trong quý I năm 2022, ngành đã tổng kết 10 năm thực hiện Chỉ thị số 20-CT/TW, tiêm cho trẻ từ 12 tuổi, tuyển sinh lớp 10, kỷ niệm 92 năm Ngày truyền thống, cấp độ dịch giảm từ cấp 2 xuống cấp 1, năm học 2021 - 2022, COVID-19."
	if p := proposed("a", text, nil); len(p.Figures) > 0 {
		t.Errorf("%+v", p.Figures)
	}
}

func TestTheLineHasNullsForWhatIsUnknownAndNoNullLists(t *testing.T) {
	line, err := json.Marshal(proposed("a.txt", "Một dòng.", nil))
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(line, &got); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"held_on", "part_of_day", "period", "next_period", "organiser", "province", "concluder", "paper", "symbol", "issued"} {
		if v, there := got[key]; !there || v != nil {
			t.Errorf("%s: %v", key, v)
		}
	}
	for _, key := range []string{"chairs", "bodies", "citations", "reviews", "results", "difficulties", "shortcomings", "conclusions", "figures", "tasks", "guidance", "causes", "proposals",
		"programme", "invited", "present", "absent", "signers"} {
		if _, list := got[key].([]any); !list {
			t.Errorf("%s không phải danh sách: %v", key, got[key])
		}
	}
	if len(got) != 30 || !bytes.HasPrefix(line, []byte(`{"file":"a.txt","kind":"other","held_on":null`)) {
		t.Errorf("%s", line)
	}
}

func FuzzPropose(f *testing.F) {
	for _, name := range []string{"bao-cao.txt", "ky-ket.txt"} {
		content, err := os.ReadFile(filepath.Join("testdata", "read", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(content))
	}
	f.Add("Chiều 8/4, đồng chí Lê A, Bí thư và đồng chí Y B đồng chủ trì. Kết luận hội nghị, đồng chí A đề nghị: a; b; c.\nẢnh: X\nTin khác")
	f.Add("sơ kết 5 năm “Chỉ thị 20-CT/TW; tổng kết mười lăm năm\x00 6 tháng đầu năm 9 tháng 490/503 trường 1.234.567,89% so với")
	f.Fuzz(func(t *testing.T, text string) {
		p := proposed("a.txt", text, nil)
		checkSpans(t, p)
		if again := proposed("a.txt", p.Text, nil); again.Text != p.Text {
			t.Fatalf("đọc lại thành văn bản khác: %q, %q", p.Text, again.Text)
		}
		if _, err := json.Marshal(p); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkPropose(b *testing.B) {
	content, err := os.ReadFile(filepath.Join("testdata", "read", "cong-thong-tin.html"))
	if err != nil {
		b.Fatal(err)
	}
	w, err := ReadText(b.Context(), "a.html", content)
	text, captions := w.Text, w.Captions
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		proposed("a.html", text, nil, captions...)
	}
}

func TestATextThatTellsOfNoWorkHasNoResults(t *testing.T) {
	p := proposed("ghi-chep.txt", "Thực hiện Quyết định số 11-QĐ/TU ngày 05/3/2021 của Ban Thường vụ Tỉnh ủy và các văn bản kèm theo.", nil)
	if p.Kind != Other || len(p.Results) != 0 || len(p.Citations) != 1 {
		t.Errorf("%s, kết quả %v, viện dẫn %v", p.Kind, p.Results, p.Citations)
	}
}
