package report

import (
	"cmp"
	"slices"
	"strings"

	"giaoban/calendar"
	"giaoban/document"
	"giaoban/figure"
	"giaoban/internal/decimal"
	"giaoban/internal/pattern"
)

// Said is a figure that a text says of an indicator.
type Said struct {
	Text       string `json:"text"`                 // as it is typed into the cell: "1.915.509", "ước 7,3", "490/503"
	Unit       string `json:"unit"`                 // as the text writes it
	Comparison string `json:"comparison,omitempty"` // what stands beside it: “tăng 7,8% so với cùng kỳ”
	Quote      string `json:"quote"`                // the sentence, or the row
	Place      string `json:"place"`                // “trang 2, bảng 1, hàng 3”
	Undecided  bool   `json:"undecided,omitempty"`  // a change that nobody has decided touches it
}

// FromFile is what a file says of one indicator: one Said for each value, in the order of the file.
type FromFile struct {
	Indicator string `json:"indicator"`
	Said      []Said `json:"said"`
}

// Clear gives the only value, if nothing contradicts it and no change is undecided.
func (r FromFile) Clear() (Said, bool) {
	if len(r.Said) != 1 || r.Said[0].Undecided {
		return Said{}, false
	}
	return r.Said[0], true
}

// FiguresIn looks in a file for the figures that the form asks for. One is taken only where the words of the indicator stand beside
// it and nothing else does, in its unit; what the file plans or proposes is no figure of the period. Two values for one indicator are
// both given, and neither is clear.
func (f *Form) FiguresIn(d document.Document, period calendar.Period) []FromFile {
	r := saying{form: f, names: f.sayable(), light: lightFor(period), period: period, counted: make(map[string]unitCounts), found: make(map[string][]value)}
	for _, in := range f.Indicators {
		r.units = append(r.units, figure.Lower(in.Unit))
	}
	l := newLaying(f.withAllSections(), "")
	var rows []document.Block
	for _, b := range d.Accepted() {
		l.block(b)
		if b.Kind == document.Row && len(b.Cells) > 1 && (len(rows) == 0 || tableOf(rows[0]) == tableOf(b)) {
			rows = append(rows, b)
			continue
		}
		r.table(rows)
		rows = nil
		switch {
		case b.Kind == document.Row && len(b.Cells) > 1:
			rows = []document.Block{b}
		case l.section != SectionNextTasks && l.section != SectionProposals:
			r.text(b)
		}
	}
	r.table(rows)
	var all []FromFile
	for _, in := range f.Indicators {
		if told := r.found[in.Code]; len(told) > 0 {
			one := FromFile{Indicator: in.Code}
			for _, v := range told {
				one.Said = append(one.Said, v.Said)
			}
			all = append(all, one)
		}
	}
	return all
}

// withAllSections is the form with every section that reports have, so that plans are known as such where it asks for none.
func (f *Form) withAllSections() *Form {
	all := &Form{Outline: Outline{Sectors: f.Sectors}, scope: f.scope}
	for _, code := range SectionCodes {
		all.Sections = append(all.Sections, Section{Code: code, Name: f.SectionTitle(code)})
	}
	all.prepare()
	return all
}

// tableOf tells rows of one table from those of another.
func tableOf(b document.Block) string {
	table, _, _ := strings.Cut(b.Place, ", hàng ")
	return table[max(0, strings.LastIndex(table, "bảng ")):]
}

// saying is where the reading of a file for figures stands.
type saying struct {
	form    *Form
	names   []sayable
	units   []string
	counted map[string]unitCounts // by unit
	light   map[string]bool
	period  calendar.Period
	found   map[string][]value
}

// unitCounts is what a unit may count.
type unitCounts struct {
	names []sayable
	words []string // of the unit
}

// countedBy gives the indicators that a unit may count.
func (r *saying) countedBy(unit string) unitCounts {
	if known, ok := r.counted[unit]; ok {
		return known
	}
	c := unitCounts{words: plainWords(unit)}
	for _, one := range r.names {
		if one.counts(unit) {
			c.names = append(c.names, one)
		}
	}
	r.counted[unit] = c
	return c
}

// value is a figure with what it comes to.
type value struct {
	Said
	typed decimal.Typed
}

// sayable is an indicator that a text may speak of.
type sayable struct {
	Indicator
	words []string        // that must stand by the figure
	all   map[string]bool // of name and unit
	name  string
}

// sayable are the indicators that are typed by this body.
func (f *Form) sayable() []sayable {
	var all []sayable
	for _, in := range f.Indicators {
		if in.Aggregation == Ratio || !f.scope.Has(in.Sector) {
			continue
		}
		one := sayable{Indicator: in, all: make(map[string]bool), name: figure.Lower(in.Name)}
		for _, word := range plainWords(in.Name) {
			if one.all[word] = true; !slices.Contains(unsaidWords, word) && !slices.Contains(one.words, word) {
				one.words = append(one.words, word)
			}
		}
		for _, word := range plainWords(in.Unit) {
			one.all[word] = true
		}
		if len(one.words) < 2 { // “Tổng số trường” is known by all of it
			one.words = plainWords(in.Name)
		}
		if len(one.words) > 1 {
			all = append(all, one)
		}
	}
	return all
}

// plainWords are the syllables and numbers of a text, in small letters with their marks.
func plainWords(s string) []string {
	return strings.FieldsFunc(usualSpelling.Replace(figure.Lower(s)), func(r rune) bool { return !figure.WordRune(r) && r != '%' })
}

var usualSpelling = strings.NewReplacer("bác sỹ", "bác sĩ", "tỉ ", "tỷ ")

// unsaidWords of a name need not be said beside a figure.
var unsaidWords = strings.Fields("số tổng được đã các và của trong tại ở về có là những kỳ năm cho")

// lightFor are the words that may stand beside a figure and change nothing of what it counts, those of its period with them.
func lightFor(p calendar.Period) map[string]bool {
	light := make(map[string]bool)
	for _, word := range strings.Fields("trong kỳ này nay đã có được là đạt với tổng cộng số toàn tỉnh ngành trên địa bàn của các những cả cho hiện đến hết tính " +
		"thực hiện tổ chức ghi nhận xảy ra phát sinh ước lượt tại ở về chung qua năm quý tháng tỷ lệ tiếp nhận mở duy trì hoạt động") {
		light[word] = true
	}
	for _, word := range plainWords(p.Name()) {
		light[word] = true
	}
	if p.Kind() == calendar.Quarter {
		light[p.String()[len(p.String())-1:]] = true // “quý 1” for “quý I”
	}
	return light
}

// keep notes a value, once; of two ways to write one value the one that says more stays.
func (r *saying) keep(in Indicator, s Said) {
	typed, err := decimal.ParseVietnamese(s.Text, in.Decimals)
	if err != nil {
		return
	}
	for i, before := range r.found[in.Code] {
		if before.typed.Value != typed.Value || before.typed.Over != nil && typed.Over != nil && *before.typed.Over != *typed.Over {
			continue
		}
		if before.Undecided && !s.Undecided || before.Undecided == s.Undecided && (before.typed.Over == nil && typed.Over != nil || !before.typed.Estimate && typed.Estimate) {
			r.found[in.Code][i] = value{s, typed}
		}
		return
	}
	r.found[in.Code] = append(r.found[in.Code], value{s, typed})
}

// text reads the sentences of a block.
func (r *saying) text(b document.Block) {
	t := figure.NewText(b.Text)
	from := 0
	for line := range strings.SplitAfterSeq(b.Text, "\n") {
		for _, sentence := range t.Sentences(document.Range{Start: from, End: from + len(strings.TrimRight(line, "\n"))}) {
			r.sentence(b, t, sentence)
		}
		from += len(line)
	}
}

func (r *saying) sentence(b document.Block, t *figure.Text, at document.Range) {
	figures := t.Figures(at, r.units...)
	if len(figures) == 0 {
		return
	}
	if !slices.ContainsFunc(figures, func(one figure.Figure) bool { return len(r.countedBy(one.Unit).names) > 0 }) {
		return
	}
	low := r.joined(t.Low()[at.Start:at.End])
	before := 0 // where the words of the next figure may begin
	for i, one := range figures {
		one.Number.Start, one.Number.End, one.End = one.Number.Start-at.Start, one.Number.End-at.Start, one.End-at.Start
		next := len(low)
		if i+1 < len(figures) {
			next = figures[i+1].Number.Start - at.Start
		}
		left, right := leftEdge(low, before, one.Number.Start), rightEdge(low, one.End, next)
		if in, ok := r.meant(low[left:one.Number.Start]+" "+low[one.Number.End:right], one.Unit); ok && !planned(low[:one.Number.Start]) && !partly(low[before:left], in) && !roughly(low[left:one.Number.Start]) {
			number := b.Text[at.Start+one.Number.Start : at.Start+one.Number.End]
			if in.Fraction == NoFraction {
				number, _, _ = strings.Cut(number, "/")
			}
			if one.Estimate {
				number = "ước " + number
			}
			r.keep(in.Indicator, Said{Text: number, Unit: one.Unit, Quote: b.Text[at.Start:at.End], Place: b.Place,
				Comparison: cmp.Or(comparedBehind(b.Text[at.Start+right:at.End]), one.Comparison),
				Undecided:  touched(b, at.Start+one.Number.Start, at.Start+one.Number.End)})
		}
		before = right
	}
}

// joined blanks the commas and the “và” inside the names of indicators, so that a name is one piece.
func (r *saying) joined(low string) string {
	for _, one := range r.names {
		if !strings.ContainsAny(one.name, ",;") && !strings.Contains(one.name, " và ") || !strings.Contains(low, one.name) {
			continue
		}
		low = strings.ReplaceAll(low, one.name, strings.NewReplacer(",", " ", ";", " ", " và ", "     ").Replace(one.name))
	}
	return low
}

// leftEdge is where the piece before a figure begins: behind the last comma, point or “và”.
func leftEdge(low string, from, to int) int {
	for i := to - 1; i >= from; i-- {
		if strings.IndexByte(",;.()\n", low[i]) >= 0 {
			return i + 1
		}
		if low[i] == ' ' {
			for _, word := range partings {
				if strings.HasPrefix(low[i+1:to], word) && i+1+len(word) <= to {
					return i + 1 + len(word)
				}
			}
		}
	}
	return from
}

// rightEdge is where the piece behind a figure ends.
func rightEdge(low string, from, to int) int {
	for i := from; i < to; i++ {
		if strings.IndexByte(",;.():\n", low[i]) >= 0 {
			return i
		}
		if low[i] == ' ' {
			for _, word := range slices.Concat(partings, comparing) {
				if strings.HasPrefix(low[i+1:], word) {
					return i
				}
			}
		}
	}
	return to
}

var (
	partings  = []string{"và ", "trong đó ", "gồm ", "cùng với "}
	comparing = []string{"so với ", "so cùng kỳ", "tăng ", "giảm ", "bằng ", "chiếm ", "đạt tỷ lệ ", "vượt "}
)

// comparedBehind is what follows a figure and holds it against another one.
func comparedBehind(rest string) string {
	rest, _, _ = strings.Cut(strings.TrimLeft(rest, " ,("), ";")
	low := figure.Lower(rest)
	if !slices.ContainsFunc(comparing, func(word string) bool { return strings.HasPrefix(low, word) }) {
		return ""
	}
	for _, end := range []string{"), ", ").", ", ", ". "} {
		rest, _, _ = strings.Cut(rest, end)
	}
	return strings.TrimRight(rest, ".)/ ")
}

// meant is the indicator of which all words stand beside a figure in its unit, and nothing that would make it another one: that
// with the most words, none where two are as good.
func (r *saying) meant(piece, unit string) (best sayable, ok bool) {
	counted := r.countedBy(unit)
	if len(counted.names) == 0 || len(piece) > mostPiece {
		return best, false
	}
	beside := plainWords(piece)
	heavy := slices.DeleteFunc(slices.Clone(beside), func(word string) bool { return r.light[word] || slices.Contains(counted.words, word) })
	for _, one := range counted.names {
		if slices.ContainsFunc(heavy, func(word string) bool { return !one.all[word] }) ||
			slices.ContainsFunc(one.words, func(word string) bool { return !slices.Contains(beside, word) }) {
			continue
		}
		switch {
		case len(one.words) > len(best.words):
			best, ok = one, true
		case len(one.words) == len(best.words):
			ok = false
		}
	}
	return best, ok
}

// mostPiece is how long, in bytes, the words beside a figure may be that name its indicator.
const mostPiece = 400

// counts reports whether a unit is that of the indicator. People, things and cases may be counted by their own name, measures not.
func (s sayable) counts(unit string) bool {
	said, own := strings.Join(plainWords(unit), " "), strings.Join(plainWords(s.Unit), " ")
	if said == own {
		return said != ""
	}
	for _, word := range slices.Concat(strings.Fields(said), strings.Fields(own)) {
		if slices.Contains(measures, word) {
			return false
		}
	}
	return said != "" && !slices.ContainsFunc(strings.Fields(said), func(word string) bool { return !s.all[word] })
}

var measures = strings.Fields("% tỷ triệu nghìn ngàn trăm đồng ha hecta km km2 km² m2 m² m3 tấn kg")

// planned reports whether a sentence has spoken of what is to be reached, of another period or of parts.
func planned(low string) bool {
	low = comparedWith().ReplaceAllString(low, "")
	return slices.ContainsFunc(plannedWords, func(word string) bool { return strings.Contains(low, word) })
}

// comparedWith is what another figure was held against.
var comparedWith = pattern.Of(`so (?:với|cùng kỳ|kế hoạch)[^,;.()]*`)

var plannedWords = []string{"phấn đấu", "mục tiêu", "chỉ tiêu", "dự kiến", "kế hoạch", "đề nghị", "sẽ ", "cùng kỳ", "năm trước", "kỳ trước", "quý trước", "tháng trước", "lũy kế", "trong đó", "bao gồm"}

// partly reports whether the words before the piece narrow it to a part of the whole that the name of the indicator does not speak of.
func partly(low string, in sayable) bool {
	return slices.ContainsFunc(partWords, func(word string) bool {
		return strings.Contains(low, word) && !strings.Contains(in.name, strings.TrimSpace(word))
	})
}

var partWords = []string{"riêng", "cấp ", "bậc ", "huyện", "thị xã", "thành phố", "mầm non", "tiểu học", "trung học", "khu vực", "miền núi", "nông thôn", "khối ", "nhóm "}

// roughly reports whether a figure is only near: “trên 95%”, “hơn 1.600”.
func roughly(low string) bool {
	words := plainWords(low)
	return len(words) > 0 && slices.Contains(roughWords, words[len(words)-1])
}

var roughWords = strings.Fields("trên hơn gần dưới ngoài quá nhất thiểu đa khoảng chừng từ đến thêm tăng giảm")

// touched reports whether a figure of a block is under a change that nobody has decided.
func touched(b document.Block, from, to int) bool {
	for _, one := range b.UndecidedAt() {
		if one.Start < to && one.End > from {
			return true
		}
	}
	return b.Kind == document.Note && len(b.Undecided) > 0
}
