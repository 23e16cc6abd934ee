package official

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// noted is a finding with the paragraph it is about, -1: the paper as a whole.
type noted struct {
	Finding
	at int
}

type wordLinter struct {
	*wordPaper
	found []noted
}

func (w *wordFile) lint(p Profile) []noted {
	l := &wordLinter{wordPaper: w.paper(p)}
	for _, f := range Lint(l.d) {
		l.found = append(l.found, noted{f, l.place(f.Where)})
	}
	l.missing()
	l.fonts()
	l.blocks()
	l.authorities()
	l.textLooks()
	l.pageNumber()
	l.ownValues()
	return l.found
}

// place is the paragraph of a part as Lint names it.
func (l *wordLinter) place(where string) int {
	if at, ok := l.at[where]; ok {
		return at
	}
	for part, at := range l.measured {
		if partName(part) == where {
			return at
		}
	}
	return -1
}

func (l *wordLinter) add(rule, where string, at int, sentence string, args ...any) {
	l.found = append(l.found, noted{Finding{Rule: rule, Where: where, Sentence: fmt.Sprintf(sentence, args...)}, at})
}

// missing tells what the head of every paper has.
func (l *wordLinter) missing() {
	for _, n := range l.from.National {
		if _, ok := l.measured[n.Part]; !ok {
			l.add("thieu-quoc-hieu", partName(n.Part), -1, "Không thấy dòng “%s” ở đầu văn bản; hãy ghi ở khối bên phải.", n.Text)
		}
	}
	if _, ok := l.measured[PartNumber]; !ok {
		l.add("thieu-so", "Số, ký hiệu", -1, "Không thấy dòng “%s…” ở đầu văn bản; hãy ghi dưới tên cơ quan ban hành, để trống số nếu chưa cấp.", l.from.NumberLabel)
	}
	if at, ok := l.measured[PartPlaceDate]; ok {
		of := &linter{d: l.d}
		of.days(typed{where: partName(PartPlaceDate), text: l.line(at)})
		for _, f := range of.found {
			l.found = append(l.found, noted{f, at})
		}
	} else {
		l.add("thieu-ngay", "Ngày ban hành", -1, "Không thấy dòng địa danh, ngày tháng năm ở đầu văn bản; hãy ghi ở khối bên phải.")
	}
}

// fonts tells where another font stands, once for each.
func (l *wordLinter) fonts() {
	var order []string
	where := map[string][]int{}
	for i, t := range l.file.texts {
		if font := t.looks["font"]; strings.TrimSpace(t.text) != "" && font != l.from.Font {
			if font == "" {
				font = "không ghi rõ"
			}
			if where[font] == nil {
				order = append(order, font)
			}
			where[font] = append(where[font], i)
		}
	}
	for _, font := range order {
		l.add("phong-chu", l.quoted(where[font]), where[font][0], "Phông chữ là %s; %s dùng %s. Hãy chọn lại phông cho đoạn này.", font, l.from.Name, l.from.Font)
	}
}

// quoted names paragraphs by the beginning of the first one.
func (l *wordLinter) quoted(at []int) string {
	name := "Đoạn “" + beginning(l.line(at[0])) + "”"
	if len(at) > 1 {
		name += fmt.Sprintf(" và %d đoạn khác", len(at)-1)
	}
	return name
}

// blocks tells which parts do not stand in the middle of their column, or in the wrong one.
func (l *wordLinter) blocks() {
	for _, part := range allParts {
		at, ok := l.measured[part]
		if !ok {
			continue
		}
		t := l.file.texts[at]
		if want := l.from.Parts[part].Align; want == Center && t.looks["jc"] != "center" {
			l.add("can-le", partName(part), at, "%s phải canh giữa cột; hãy chọn canh giữa, không dùng dấu cách để đẩy chữ.", partName(part))
		}
		right := slices.Contains([]Part{PartNational, PartMotto, PartPlaceDate}, part)
		left := slices.Contains([]Part{PartSuperior, PartIssuer, PartNumber, PartRecipients}, part)
		if t.table >= 0 && (right && t.cell == 0 || left && t.cell > 0) {
			side := map[bool]string{true: "bên phải", false: "bên trái"}[right]
			l.add("vi-tri", partName(part), at, "%s phải đứng ở khối %s.", partName(part), side)
		}
	}
}

// authorities tells a way of writing them that is not the profile's.
func (l *wordLinter) authorities() {
	for i, t := range l.file.texts {
		m := wordAuthority().FindStringSubmatch(l.line(i))
		if m == nil || t.table < 0 && t.looks["jc"] != "center" {
			continue
		}
		if means := authorityWritten(m[1]); l.from.Authorities[means] != m[1] {
			instead := l.from.Authorities[means]
			if instead == "" {
				l.add("quyen-han-la", "Người ký 1", i, "%s không có hình thức ký “%s”.", l.from.Name, m[1])
				continue
			}
			l.add("quyen-han-lan-lon", "Người ký 1", i, "“%s” không phải cách viết của %s; hãy viết “%s”.", m[1], l.from.Name, instead)
		}
	}
}

// textLooks holds each paragraph of the text against the profile and tells each kind of difference once.
func (l *wordLinter) textLooks() {
	body := l.from.Parts[PartBody]
	low, high := body.Low, body.High
	var small, side, indent, leading, gap []int
	for _, i := range l.body {
		t := l.file.texts[i]
		long := utf8.RuneCountInString(t.text) > 90 // longer than a line
		if size := t.size(); size < low || size > high {
			small = append(small, i)
		}
		if long && t.looks["jc"] != string(Justify) && t.looks["jc"] != "distribute" {
			side = append(side, i)
		}
		if t.looks["jc"] != string(Center) && !l.indented(t) {
			indent = append(indent, i)
		}
		if long && !l.leaded(t) {
			leading = append(leading, i)
		}
		before, _ := t.looks.number("spacing.before")
		after, _ := t.looks.number("spacing.after")
		if i != l.body[0] && before+after < 20*6 && !t.looks.on("spacing.beforeAutospacing") && !t.looks.on("spacing.afterAutospacing") {
			gap = append(gap, i)
		}
	}
	tell := func(rule string, at []int, sentence string, args ...any) {
		if len(at) > 0 {
			l.add(rule, l.quoted(at), at[0], sentence, args...)
		}
	}
	if len(small) > 0 {
		tell("co-chu", small, "Cỡ chữ %g; %s yêu cầu lời văn cỡ %s.", l.file.texts[small[0]].size(), l.from.Name, between(low, high))
	}
	tell("can-le", side, "Lời văn phải canh đều hai bên; hãy chọn canh đều (Ctrl+J).")
	tell("thut-dau-dong", indent, "Dòng đầu của đoạn phải thụt vào %s; hãy đặt thụt dòng đầu (First line) trong hộp Paragraph.", l.indents())
	if l.from.Family == Party {
		tell("gian-dong", leading, "%s yêu cầu dãn dòng chính xác (Exactly) từ 18 đến 22 pt.", l.from.Name)
	} else {
		tell("gian-dong", leading, "%s yêu cầu dãn dòng từ 1 đến 1,5 dòng.", l.from.Name)
	}
	tell("cach-doan", gap, "Giữa các đoạn phải cách ít nhất 6 pt; hãy đặt cách đoạn (Before hoặc After).")
}

// indents are the first lines that the profile allows, in words.
func (l *wordLinter) indents() string {
	if l.from.Family == State {
		return "10 hoặc 12,7 mm"
	}
	return fmt.Sprintf("%g mm", l.from.Parts[PartBody].Indent)
}

// indented reports whether the first line of a paragraph is drawn in as the profile asks.
func (l *wordLinter) indented(t wordText) bool {
	if strings.HasPrefix(t.text, "\t") {
		return true
	}
	twips, _ := t.looks.number("ind.firstLine")
	first := twips / 1440 * 25.4
	near := func(mm float64) bool { return math.Abs(first-mm) <= 0.6 }
	return near(l.from.Parts[PartBody].Indent) || l.from.Family == State && near(10)
}

// leaded reports whether the lines of a paragraph are as far apart as the profile asks.
func (l *wordLinter) leaded(t wordText) bool {
	line, ok := t.looks.number("spacing.line")
	if !ok {
		line = 240
	}
	exact := t.looks["spacing.lineRule"] == "exact"
	if l.from.Family == Party {
		return exact && line >= 18*20 && line <= 22*20
	}
	if exact || t.looks["spacing.lineRule"] == "atLeast" {
		return line/20 >= t.size() && line/20 <= 1.5*1.2*t.size()
	}
	return line >= 240 && line <= 360
}

// pageNumber looks for the number above the pages, where the text is longer than a page.
func (l *wordLinter) pageNumber() {
	letters := 0
	for _, i := range l.body {
		letters += len(l.file.texts[i].text)
	}
	if len(l.file.sections) == 0 || letters < 4500 {
		return
	}
	first := l.file.sections[0]
	number := func(kind string) (found wordText, ok bool) {
		for _, t := range l.file.headers[first.headers[kind]] {
			if strings.Contains(t.text, pageField) {
				return t, true
			}
		}
		return found, false
	}
	shown, ok := number("default")
	style := l.from.Parts[PartPageNumber]
	switch _, onFirst := number("first"); {
	case !ok:
		l.add("so-trang", "Số trang", -1, "Văn bản nhiều trang chưa có số trang ở giữa, phía trên; hãy chèn số trang vào đầu trang (Header).")
		return
	case !first.firstOwn || onFirst:
		l.add("so-trang", "Số trang", -1, "Trang thứ nhất không ghi số trang; hãy chọn Different First Page.")
	}
	if shown.looks["jc"] != "center" {
		l.add("so-trang", "Số trang", -1, "Số trang phải ở giữa, phía trên trang giấy.")
	}
	low, high := style.Low, style.High
	if low == 0 {
		low, high = style.Size, style.Size
	}
	if size := shown.size(); size < low || size > high {
		l.add("co-chu", "Số trang", -1, "Cỡ chữ %g; %s yêu cầu %s.", size, l.from.Name, between(low, high))
	}
}
