package official

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"giaoban/document"
	"giaoban/official/officialtest"
)

// jumping is a paper whose numbers begin elsewhere, leave levels out and are partly typed by a person.
func jumping(p Profile) Document {
	n := 0
	text := func() []Run {
		n++
		return Text(fmt.Sprintf("Nội dung số %02d của văn bản.", n))
	}
	head := func(level int) Block { return Heading{Level: level, Runs: text()} }
	item := func(level int, label string) Block { return NumberedItem{Level: level, Label: label, Runs: text()} }
	d := partyReport(p)
	d.Body = []Block{head(2), head(2), item(1, ""), item(1, ""), head(1), head(3), head(2), head(3), head(3), head(2), head(3), head(4), head(4),
		Heading{Level: 1, Unnumbered: true, Runs: Text("Phần không đánh số")}, head(1), head(2), item(1, "4."), item(1, "5."), item(1, "7."), item(1, ""), item(2, ""), item(2, ""),
		item(1, ""), item(1, "b)"), item(1, "2.3."), NumberedItem{Level: 1, Restart: true, Runs: text()}, item(1, ""), head(1), item(1, "1."), Say("Một đoạn."), item(1, "")}
	d.Annexes = []Annex{{Title: "Kế hoạch", Body: []Block{head(1), head(2), item(1, ""), head(2), head(1), head(2)}}, {Title: "Danh mục", Body: []Block{head(2), item(1, ""), head(1)}}}
	return d
}

// printed are the headings and items of a paper with their numbers.
func printed(d Document) (all []string) {
	s := compose(d)
	flows := [][]node{s.body}
	for _, a := range s.annexes {
		flows = append(flows, a.body)
	}
	for _, nodes := range flows {
		for _, n := range nodes {
			if n.para != nil && n.para.label != "" {
				all = append(all, n.para.label+" "+plain(n.para.runs))
			}
		}
	}
	return all
}

// Whatever the numbers of a paper are, Word prints those of the paper and we read them back.
func TestWordPrintsTheNumbersOfThePaper(t *testing.T) {
	typed := regexp.MustCompile(`>([IVX]+\.|\d+(\.\d+)*\.) <`)
	for _, p := range Profiles() {
		for name, d := range map[string]Document{"jumping": jumping(p), "merged": mergedReport(p), "report": partyReport(p)} {
			want := printed(d)
			if len(want) < 8 {
				t.Fatalf("%s: %q", name, want)
			}
			texts := textsOf(t, d)
			read, err := document.Read(t.Context(), "a.docx", fileOf(t, d))
			if err != nil {
				t.Fatal(err)
			}
			var again []string
			for _, b := range read.Blocks {
				again = append(again, strings.TrimSpace(b.Number+" "+b.Text))
			}
			for _, lines := range [][]string{texts, again} {
				next := 0
				for _, w := range want {
					at := slices.Index(lines[next:], w)
					if at < 0 {
						t.Errorf("%s, %s: %q is not printed in its place", p.Code, name, w)
						break
					}
					next += at + 1
				}
			}
			for _, l := range texts {
				if strings.HasSuffix(l, "Phần không đánh số") && l != "Phần không đánh số" && !strings.HasPrefix(l, "PHẦN") {
					t.Errorf("%s: a heading without number is %q", name, l)
				}
			}
			if found := typed.FindAllString(partOf(t, fileOf(t, d), "word/document.xml"), -1); name != "jumping" && len(found) > 0 {
				t.Errorf("%s, %s: typed numbers %q", p.Code, name, found)
			}
		}
	}
}

// Who puts a heading or an item in between in Word gets the next number, and the later ones move on up to the next list.
func TestAParagraphPutInBetweenTakesTheNextNumber(t *testing.T) {
	hd05, _, _ := profiles(t)
	doc := partOf(t, fileOf(t, partyReport(hd05)), "word/document.xml")
	for _, text := range []string{"Y tế", "Hoàn thành báo cáo tổng kết trước ngày 15/6."} {
		at := strings.Index(doc, ">"+text+"<")
		from, to := strings.LastIndex(doc[:at], "<w:p>"), at+strings.Index(doc[at:], "</w:p>")+len("</w:p>")
		doc = doc[:to] + strings.Replace(doc[from:to], text, "Đoạn chèn thêm", 1) + doc[to:]
	}
	parts := map[string]string{"word/document.xml": doc}
	for _, name := range []string{"word/numbering.xml", "word/styles.xml"} {
		parts[name] = partOf(t, fileOf(t, partyReport(hd05)), name)
	}
	read, err := officialtest.Paragraphs(zipParts(t, parts))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, p := range read {
		all = append(all, p.Text)
	}
	got := strings.Join(all, "\n")
	for _, want := range []string{"2. Y tế\n3. Đoạn chèn thêm", "3.1. Khám, chữa bệnh", "II. HẠN CHẾ", "1. Hoàn thành báo cáo tổng kết trước ngày 15/6.\n2. Đoạn chèn thêm\na) Cơ quan chủ trì", "3. Chuẩn bị hội nghị"} {
		if !strings.Contains(got, want) {
			t.Errorf("missing %q", want)
		}
	}
	if !strings.Contains(doc, ">a) <") {
		t.Error("a điểm is not text")
	}
}
