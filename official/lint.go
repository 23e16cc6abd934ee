package official

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/internal/pattern"

	"golang.org/x/text/unicode/norm"
)

// Finding is one thing that differs from the thể thức or reads wrongly. Rule is a stable short name, Sentence says
// what is wrong and how to mend it, Where names the part ("Người ký 1", "Đoạn 3"). Proposed is what should stand there,
// where that is certain.
type Finding struct{ Rule, Sentence, Where, Proposed string }

// Lint reads a document against its profile alone; Directory.Lint also against what the office knows.
func Lint(d Document) []Finding { return Directory{}.Lint(d) }

// Lint reads a document and gives what the clerk should look at, layout first, then words in the order of the paper.
// An empty result means nothing was found, not that the paper is right.
func (known Directory) Lint(d Document) []Finding {
	l := &linter{d: d, known: known}
	l.profile()
	l.head()
	l.kind()
	l.asked("", d.Body)
	l.place()
	l.subject()
	l.texts()
	l.headings("", d.Body)
	l.items("", d.Body)
	for i, a := range d.Annexes {
		l.asked(annexPlace(i)+", ", a.Body)
		l.headings(annexPlace(i)+", ", a.Body)
		l.items(annexPlace(i)+", ", a.Body)
	}
	l.abbreviations()
	l.ending()
	l.signers()
	l.receivers()
	return l.found
}

type linter struct {
	d     Document
	known Directory
	found []Finding
}

func (l *linter) add(rule, where, sentence string, args ...any) {
	l.propose(rule, where, "", sentence, args...)
}

func (l *linter) propose(rule, where, instead, sentence string, args ...any) {
	l.found = append(l.found, Finding{Rule: rule, Where: where, Sentence: fmt.Sprintf(sentence, args...), Proposed: instead})
}

// profile compares edited values with the ranges of the source.
func (l *linter) profile() {
	p := l.d.Profile
	source, known := ProfileByCode(p.Code)
	if !known {
		l.add("the-thuc-la", "Thể thức", "Thể thức “%s” không có trong danh mục; hãy chọn HD05, HD36 hoặc ND30.", p.Code)
		return
	}
	if d := l.d.Date; d.Y > 0 && d.valid() {
		if d.D == 0 {
			d.D = 1
		}
		if right := ProfileFor(p.Family, d); right.Code != p.Code {
			l.add("the-thuc-het-hieu-luc", "Thể thức", "Ngày của văn bản thuộc thời gian áp dụng %s, không phải %s; hãy đổi thể thức hoặc ngày.", right.Name, source.Name)
		}
	}
	if p.Font != source.Font {
		l.add("phong-chu", "Thể thức", "Phông chữ là %s; %s dùng %s.", p.Font, source.Name, source.Font)
	}
	if p.Page.Width != source.Page.Width || p.Page.Height != source.Page.Height {
		l.add("kho-giay", "Thể thức", "Khổ giấy %g × %g mm; %s dùng A4 (210 × 297 mm).", p.Page.Width, p.Page.Height, source.Name)
	}
	m, low, high := p.Page.Margins, source.Page.Lows, source.Page.Highs
	for _, side := range []struct {
		name            string
		is, least, most float64
	}{{"trên", m.Top, low.Top, high.Top}, {"dưới", m.Bottom, low.Bottom, high.Bottom}, {"trái", m.Left, low.Left, high.Left}, {"phải", m.Right, low.Right, high.Right}} {
		if side.is < side.least || side.is > side.most {
			l.add("le-trang", "Thể thức", "Lề %s %g mm; %s yêu cầu %s mm.", side.name, side.is, source.Name, between(side.least, side.most))
		}
	}
	for _, part := range allParts {
		is, want := p.Parts[part], source.Parts[part]
		low, high := want.Low, want.High
		if low == 0 {
			low, high = want.Size, want.Size
		}
		if is.Size < low || is.Size > high {
			l.add("co-chu", partName(part), "Cỡ chữ %g; %s yêu cầu %s.", is.Size, source.Name, between(low, high))
		}
		if is.Bold != want.Bold || is.Italic != want.Italic || is.Upper != want.Upper || is.Underline != want.Underline {
			l.add("kieu-chu", partName(part), "Kiểu chữ (hoa, đậm, nghiêng, gạch chân) khác %s; hãy đặt lại theo thể thức.", source.Name)
		}
	}
	if e := p.Parts[PartBody].LineExact; source.Parts[PartBody].LineExact > 0 && (e < 18 || e > 22) {
		l.add("gian-dong", "Thể thức", "Giãn dòng %g pt; %s yêu cầu từ 18 đến 22 pt.", e, source.Name)
	}
	if p.NumberLabel != source.NumberLabel {
		l.add("nhan-so", "Số, ký hiệu", "%s viết “%s” trước số, không viết “%s”.", source.Name, strings.TrimSpace(source.NumberLabel), strings.TrimSpace(p.NumberLabel))
	}
	if p.NumberPad < source.NumberPad {
		l.add("so-khong-du-chu-so", "Số, ký hiệu", "Số nhỏ hơn 10 phải thêm số 0 đứng trước (05).")
	}
}

func partName(p Part) string {
	if name, ok := partNames[p]; ok {
		return strings.TrimPrefix(name, "VB ")
	}
	return "Đề mục"
}

func between(low, high float64) string {
	if low == high {
		return fmt.Sprintf("%g", low)
	}
	return fmt.Sprintf("từ %g đến %g", low, high)
}

func (l *linter) head() {
	d := l.d
	if strings.TrimSpace(d.Issuer) == "" {
		l.add("thieu-co-quan", "Cơ quan ban hành", "Chưa ghi cơ quan ban hành.")
	}
	if strings.TrimSpace(d.Subject) == "" {
		l.add("thieu-trich-yeu", "Trích yếu", "Chưa ghi trích yếu; hãy tóm tắt nội dung trong một câu.")
	}
	if d.Kind != Letter && strings.TrimSpace(d.TypeName) == "" {
		l.add("thieu-ten-loai", "Tên loại", "Chưa ghi tên loại văn bản.")
	}
	if d.BodySymbol == "" && !d.unnumbered() {
		l.add("thieu-ky-hieu", "Số, ký hiệu", "Chưa ghi ký hiệu của cơ quan ban hành.")
	}
	if d.Number < 0 {
		l.add("so-sai", "Số, ký hiệu", "Số văn bản phải từ 1 trở lên.")
	}
	switch {
	case d.Number > 0 && d.Date.D == 0:
		l.add("co-so-chua-co-ngay", "Ngày ban hành", "Văn bản đã có số nhưng chưa có ngày; hãy ghi ngày ban hành khi cấp số.")
	case d.Number == 0 && d.Date.D > 0 && d.Marks.Draft == 0 && !d.unnumbered():
		l.add("co-ngay-chua-co-so", "Số, ký hiệu", "Văn bản đã có ngày nhưng chưa có số.")
	}
	if d.Date != (Day{}) && !d.Date.valid() {
		l.add("ngay-sai", "Ngày ban hành", "Ngày %d/%d/%d không có trong lịch.", d.Date.D, d.Date.M, d.Date.Y)
	}
	if strings.TrimSpace(d.Place) == "" {
		l.add("thieu-dia-danh", "Địa danh", "Chưa ghi địa danh trước ngày ban hành.")
	}
}

var (
	slashAuthority = pattern.Of(`(?:^|[^\p{L}\p{N}/])([TK]/[MTL])(?:$|[^\p{L}\p{N}/])`)
	dotAuthority   = pattern.Of(`(?:^|[^\p{L}\p{N}])((?:TM|KT|TL|TUQ)\.)(?:$|[^\p{L}\p{N}.])`)
	colonNumber    = pattern.Of(`(?i)(?:^|[^\p{L}])số:\s*[\d…. ]*[-/]`)
	bareNumber     = pattern.Of(`(?i)(?:^|[^\p{L}])số:?\s*([1-9])[-/]\p{Lu}`)
	bareDay        = pattern.Of(`(?i)ngày ([1-9]) tháng`)
	bareMonth      = pattern.Of(`(?i)tháng ([12]) năm \d`)
	comrade        = pattern.Of(`(?i)(?:đồng chí|\bđ/c )`)
	missingLetters = pattern.Of(`[\x{2011}☐☑☒✓✔]`)
)

// texts looks at every text a person typed.
func (l *linter) texts() {
	d := l.d
	for _, t := range d.texts() {
		if !norm.NFC.IsNormalString(t.text) {
			l.add("khong-phai-nfc", t.where, "Chữ có dấu gõ rời (Unicode tổ hợp); bản in sẽ được đổi sang dựng sẵn, nên gõ lại bằng bảng mã dựng sẵn.")
		}
		if m := missingLetters().FindString(t.text); m != "" {
			l.add("ky-tu-thieu-trong-phong", t.where, "Ký tự “%s” (U+%04X) không có trong phông chữ của văn bản; hãy dùng gạch nối thường hoặc viết bằng chữ.", m, []rune(m)[0])
		}
		for _, r := range t.text {
			if !printable(r) && r != '\r' {
				l.add("ky-tu-an", t.where, "Có ký tự ẩn U+%04X; ký tự này bị bỏ khi in.", r)
				break
			}
		}
		if level, found := SecretMark(t.text); found {
			l.add("dau-mat", t.where, "Có dấu độ mật %s; hệ thống không nhận văn bản mật.", level)
		}
		if m := slashAuthority().FindStringSubmatch(t.text); m != nil && d.Profile.Family == State {
			l.add("quyen-han-lan-lon", t.where, "“%s” là cách viết của văn bản Đảng; văn bản này viết dấu chấm (%s).", m[1], d.Profile.Authorities[OnBehalf])
		}
		if m := dotAuthority().FindStringSubmatch(t.text); m != nil && d.Profile.Family == Party {
			l.add("quyen-han-lan-lon", t.where, "“%s” là cách viết của văn bản Nhà nước; văn bản này viết gạch chéo (%s).", m[1], d.Profile.Authorities[OnBehalf])
		}
		if m := comrade().FindString(t.text); m != "" && d.Profile.Family == State {
			l.add("xung-ho", t.where, "Văn bản Nhà nước gọi người là ông, bà; “%s” là cách gọi của văn bản Đảng.", strings.TrimSpace(m))
		}
		if t.head {
			if d.Profile.Family == Party && colonNumber().MatchString(t.text) {
				l.add("nhan-so", t.where, "Văn bản Đảng không có dấu hai chấm sau chữ “Số”.")
			}
			if m := bareNumber().FindStringSubmatch(t.text); m != nil {
				l.add("so-khong-du-chu-so", t.where, "Số %s phải viết 0%s.", m[1], m[1])
			}
		}
		l.days(t)
		l.marks(t)
		l.mentions(t)
	}
}

// ending checks the end mark of the text.
func (l *linter) ending() {
	if !slices.ContainsFunc(l.d.Body, func(b Block) bool { return Asked(b) != "" || says(b) }) {
		l.add("thieu-noi-dung", "Nội dung", "Văn bản chưa có nội dung; đề mục và bảng để trống chưa phải nội dung.")
		return
	}
	if Asked(l.d.Body[len(l.d.Body)-1]) != "" {
		return // told as a place to be written
	}
	var text string
	switch last := l.d.Body[len(l.d.Body)-1].(type) {
	case Paragraph:
		text = plain(last.Runs)
	case NumberedItem:
		text = plain(last.Runs)
	default:
		return
	}
	text, end := strings.TrimRight(text, " \n\t"), l.d.Profile.TextEnd
	if !strings.HasSuffix(text, end) || end == "." && strings.HasSuffix(text, "./.") {
		l.add("ket-thuc", "Cuối nội dung", "Nội dung phải kết thúc bằng “%s”.", end)
	}
}

// says reports whether a block tells anything: a heading only announces, and a table whose cells are blank says nothing.
func says(b Block) bool {
	written := func(runs []Run) bool { return strings.TrimSpace(plain(runs)) != "" }
	switch b := b.(type) {
	case Paragraph:
		return written(b.Runs)
	case NumberedItem:
		return written(b.Runs)
	case Table:
		return slices.ContainsFunc(b.Rows, func(row []Cell) bool {
			return slices.ContainsFunc(row, func(c Cell) bool { return written(c.Runs) })
		})
	}
	return false
}

var academic = pattern.Of(`^(?:GS|PGS|TS|ThS|BS|CN|KS|NGND|NGƯT)\.`)

func (l *linter) signers() {
	if len(l.d.Signers) == 0 {
		l.add("thieu-nguoi-ky", "Người ký", "Chưa ghi người ký.")
	}
	for i, g := range l.d.Signers {
		where := fmt.Sprintf("Người ký %d", i+1)
		acting, collective, deputy := false, false, false
		for _, line := range g.Lines {
			acting = acting || line.Authority == Acting
			collective = collective || line.Authority == OnBehalf
			deputy = deputy || line.Authority == ForHead && collective
			if _, known := l.d.Profile.Authorities[line.Authority]; !known {
				l.add("quyen-han-la", where, "%s không có hình thức ký này.", l.d.Profile.Name)
			}
			if line.Authority != OnBehalf {
				l.titleWithoutBody(where, line.Of)
			}
			if strings.TrimSpace(line.Of) == "" {
				l.add("quyen-han-thieu", where, "Sau “%s” phải ghi tập thể hoặc chức vụ được ký thay.", l.d.Profile.Authorities[line.Authority])
			}
		}
		if strings.TrimSpace(g.Title) == "" && !acting {
			l.add("thieu-chuc-vu", where, "Chưa ghi chức vụ của người ký.")
		}
		if strings.TrimSpace(g.Name) == "" {
			l.add("thieu-ho-ten", where, "Chưa ghi họ tên của người ký.")
		}
		if deputy && !l.d.Profile.DeputyUnderBody {
			l.add("ky-thay-duoi-thay-mat", where, "Văn bản Đảng không ghi %s dưới %s; hãy bỏ một trong hai.", l.d.Profile.Authorities[ForHead], l.d.Profile.Authorities[OnBehalf])
		}
		l.titleWithoutBody(where, g.Title)
		if academic().MatchString(strings.TrimSpace(g.Name)) {
			l.add("hoc-ham", where, "Không ghi học hàm, học vị trước họ tên người ký.")
		} else {
			l.signerKnown(where, g)
		}
	}
}

// receivers: minutes go to nobody, they stay with the meeting.
func (l *linter) receivers() {
	if l.d.Kind == Minutes {
		return
	}
	if len(l.d.Recipients) == 0 {
		l.add("thieu-noi-nhan", "Nơi nhận", "Chưa ghi nơi nhận.")
	}
	if strings.TrimSpace(l.d.Filing) == "" {
		l.add("thieu-luu", "Nơi nhận", "Nơi nhận phải kết thúc bằng dòng “Lưu …”.")
	}
}
