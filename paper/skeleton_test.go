package paper_test

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"

	"giaoban/official"
	"giaoban/official/officialtest"
	"giaoban/paper"
)

// dressed gives a skeleton what the issuing body and the clerk give.
func dressed(k paper.Kind, p official.Profile) official.Document {
	d := paper.Skeleton(k, p.Family, "về thử nghiệm")
	d.Profile, d.TypeName, d.TypeSymbol = p, k.Name(), p.Symbols[k.Name()]
	if k == paper.CongVan {
		d.TypeName, d.TypeSymbol = "", p.LetterSymbol
	}
	d.Issuer, d.BodySymbol, d.Place, d.Number = "Ban Tuyên giáo", "BTGTU", "Khánh Hòa", 7
	d.Date = official.DayOf(2022, 4, 5)
	if p.From.Y > 2022 {
		d.Date = official.DayOf(2026, 6, 5)
	}
	d.Signers = []official.Signer{{Title: "Trưởng ban", Name: "Nguyễn Văn Mẫu"}}
	if k == paper.BienBan {
		d.Signers = []official.Signer{{Title: "Người ghi biên bản", Name: "Trần Thị Ghi"}, {Title: "Chủ trì hội nghị", Name: "Nguyễn Văn Mẫu"}}
	}
	return d
}

func ruled(findings []official.Finding, rule string) (n int) {
	for _, f := range findings {
		if f.Rule == rule {
			n++
		}
	}
	return n
}

func wordFile(t *testing.T, d official.Document) (lines []string) {
	t.Helper()
	var out bytes.Buffer
	if err := official.WriteDocx(&out, d); err != nil {
		t.Fatal(err)
	}
	read, err := officialtest.Paragraphs(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range read {
		lines = append(lines, p.Text)
	}
	return lines
}

// Every kind under every profile: a skeleton says nothing of its own, each of its places stands in the way until it is
// written or dropped, and what was written is in the Word file, on the page, and in what is kept.
func TestASkeletonIsFilledOrStandsInTheWay(t *testing.T) {
	papers, filled := 0, 0
	for _, p := range official.Profiles() {
		for _, k := range paper.Kinds {
			papers++
			d := dressed(k, p)
			name := p.Code + " " + k.Name()
			words := paper.WordsOf(d)
			asked := 0
			for _, piece := range words.Pieces {
				if piece.Ask != "" {
					asked++
				}
			}
			if asked == 0 || ruled(official.Lint(d), "cho-chua-ghi") != asked {
				t.Errorf("%s asks for %d places, lint for %d", name, asked, ruled(official.Lint(d), "cho-chua-ghi"))
			}
			empty := wordFile(t, d)
			for _, piece := range words.Pieces {
				if piece.Ask != "" && slices.ContainsFunc(empty, func(line string) bool { return strings.Contains(line, piece.Ask) && line != piece.Ask }) {
					t.Errorf("%s prints what is only asked: %s", name, piece.Ask)
				}
			}
			if again := words.Into(d); !reflect.DeepEqual(again.Body, d.Body) {
				t.Errorf("%s: words that were not touched changed the places", name)
			}
			var typed []string
			for i, piece := range words.Pieces {
				if piece.Ask != "" {
					typed = append(typed, "Nội dung thử số "+string(rune('A'+i)))
					words.Pieces[i].Text = typed[len(typed)-1]
				}
			}
			words.Bases, words.Addressed = []string{"Quy định về tổ chức", "Đề nghị của phòng"}, []string{"Sở Y tế"}
			d = words.Into(d)
			d.Body = official.Ended(p, d.Body)
			filled += len(typed)
			for _, f := range official.Lint(d) {
				if !slices.Contains([]string{"thieu-noi-nhan", "thieu-quyet-dinh-ban-hanh"}, f.Rule) {
					t.Errorf("%s, filled: %s: %s", name, f.Rule, f.Sentence)
				}
			}
			page, err := official.HTML(d, official.HTMLOptions{TopHeading: 2})
			if err != nil {
				t.Fatal(err)
			}
			text := strings.Join(wordFile(t, d), "\n")
			for _, one := range append(typed, "Quy định về tổ chức;", "Đề nghị của phòng.") {
				if !strings.Contains(text, one) || !strings.Contains(string(page), strings.TrimRight(one, ";.")) {
					t.Errorf("%s lost “%s”", name, one)
				}
			}
			kept, err := paper.Encode(d)
			if err != nil {
				t.Fatal(err)
			}
			if back, err := paper.Decode(kept); err != nil || !reflect.DeepEqual(paper.WordsOf(back), paper.WordsOf(d)) {
				t.Errorf("%s is kept otherwise: %v", name, err)
			}
		}
	}
	t.Logf("%d papers, %d places filled", papers, filled)
}

// A place may be dropped; an article keeps its number when its words change.
func TestAPlaceIsDroppedAndArticlesCount(t *testing.T) {
	p, _ := official.ProfileByCode("HD36")
	d := dressed(paper.QuyetDinh, p)
	w := paper.WordsOf(d)
	w.Bases = []string{"Quy chế làm việc"}
	w.Pieces[0].Text, w.Pieces[1].Kind, w.Pieces[2].Text = "Thành lập tổ biên tập.", paper.DropPiece, "Các phòng thi hành."
	d = w.Into(d)
	w = paper.WordsOf(d)
	w.Pieces[1].Text = "Các phòng, đơn vị thi hành."
	text := strings.Join(wordFile(t, w.Into(d)), "\n")
	for _, want := range []string{"QUYẾT ĐỊNH:", "Điều 1. Thành lập tổ biên tập.", "Điều 2. Các phòng, đơn vị thi hành.", "- Quy chế làm việc."} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if strings.Contains(text, "Điều 3") {
		t.Error("the place that was dropped is counted")
	}
}

// What a kind cannot be without is named; the symbols are those of the profile.
func TestAKindIsAskedForWhatItNeeds(t *testing.T) {
	hd, _ := official.ProfileByCode("HD36")
	nd, _ := official.ProfileByCode("ND30")
	for _, c := range []struct {
		kind paper.Kind
		p    official.Profile
		rule string
		n    int
	}{
		{paper.QuyetDinh, hd, "thieu-can-cu", 1}, {paper.KeHoach, hd, "thieu-can-cu", 0}, {paper.ToTrinh, hd, "thieu-kinh-gui", 1},
		{paper.PhieuChuyen, hd, "thieu-kinh-gui", 1}, {paper.CongVan, nd, "thieu-kinh-gui", 1}, {paper.ThongBao, nd, "thieu-kinh-gui", 0},
		{paper.QuyChe, nd, "thieu-quyet-dinh-ban-hanh", 1}, {paper.ChuongTrinh, nd, "thieu-quyet-dinh-ban-hanh", 1},
		{paper.QuyChe, hd, "thieu-quyet-dinh-ban-hanh", 0}, {paper.BienBan, hd, "thieu-noi-nhan", 0}, {paper.BienBan, hd, "thieu-luu", 0},
		{paper.KeHoach, hd, "thieu-luu", 0}, {paper.KeHoach, hd, "thieu-noi-nhan", 1},
	} {
		if got := ruled(official.Lint(dressed(c.kind, c.p)), c.rule); got != c.n {
			t.Errorf("%s %s: %s is told %d times, want %d", c.p.Code, c.kind.Name(), c.rule, got, c.n)
		}
	}
	d := dressed(paper.QuyetDinh, hd)
	d.Body = []official.Block{official.Paragraph{Runs: official.Text("Thành lập tổ.")}}
	if ruled(official.Lint(d), "thieu-dieu") != 1 {
		t.Error("a decision without articles passes")
	}
	for _, k := range paper.Kinds {
		for _, p := range official.Profiles() {
			want := string(k)
			if k == paper.CongVan {
				want = p.LetterSymbol
			}
			if got := dressed(k, p).TypeSymbol; got != want {
				t.Errorf("%s %s: symbol %q, want %q", p.Code, k.Name(), got, want)
			}
		}
	}
}
