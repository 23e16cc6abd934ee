package report

import (
	"slices"
	"strings"
	"unicode"

	"giaoban/document"
	"giaoban/internal/fold"
	"giaoban/internal/pattern"
)

// Laid is a whole text put under the headings of a form. Nothing of it is lost: what found no place is in Rest, in its order,
// with its headings.
type Laid struct {
	Placed   []SectionText // in the order of the form
	Rest     []string      // paragraphs that a person puts in their place
	Headings []string      // of the text, for which the form's own stand
	Frame    []string      // of a file: letterhead, title, addressees and closing, for which the program prints its own
}

// LayOut puts a report that was written elsewhere, one paragraph a line, under the headings of the form as body writes them:
// numbered (I, 1, a), in capitals or bold (a line between two pairs of asterisks). A heading is known by its words, not by its
// number. Where the form asks several sectors a text needs the heading of one; only is the single sector of who asks, if any.
func (f *Form) LayOut(text, only string) Laid {
	l := newLaying(f, only)
	for line := range strings.Lines(strings.ReplaceAll(fold.Clean(text), "\r", "\n")) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			h, ok := headingIn(line)
			l.take(plainLine(line), h, ok)
		}
	}
	return l.laid()
}

// laying is where the reading of a text stands. A heading ends what headings of its own level and below had said.
type laying struct {
	form            *Form
	only            string
	section, sector string // said by the headings above; "" for none that is known
	sectionAt       int    // the level of the heading that said it
	sectorAt        int
	outers, inners  []rune // the ways of numbering, in the order in which the text begins them
	begun           bool   // a heading of the form was met
	titled          int    // lines since “BÁO CÁO” stood alone, while its title goes on; 0 for none
	ended           bool
	texts           map[[2]string][]string
	rest            []string
	headings        []string
	file            bool // a paper with its letterhead and its closing, not words that were pasted
	annexed         bool // below the closing annexes have begun
	frame           []string
}

func newLaying(f *Form, only string) *laying {
	return &laying{form: f, only: only, texts: make(map[[2]string][]string)}
}

func (l *laying) laid() Laid {
	laid := Laid{Rest: l.rest, Headings: l.headings, Frame: l.frame}
	for _, section := range l.form.Sections {
		for _, sector := range l.form.Sectors {
			if paragraphs := l.texts[[2]string{section.Code, sector.Code}]; len(paragraphs) > 0 {
				laid.Placed = append(laid.Placed, SectionText{Section: section.Code, Sector: sector.Code, Paragraphs: paragraphs})
			}
		}
	}
	return laid
}

// take puts a line where it belongs; h is what it says as a heading, if it may be one.
func (l *laying) take(text string, h heading, mayHead bool) {
	if l.ends(text) {
		if l.closes(text) {
			l.frame = append(l.frame, text)
		} else {
			l.rest = append(l.rest, text)
		}
		return
	}
	title := l.ofTitle(text, h, mayHead)
	if mayHead && !title && l.under(h) {
		l.headings = append(l.headings, text)
		return
	}
	if l.file && !l.begun && (title || opens(text)) {
		l.frame = append(l.frame, text)
		return
	}
	l.put(text)
}

// ends reports whether the text of the report is over. Above its first heading stands no end: “Kính gửi” opens some papers.
func (l *laying) ends(line string) bool {
	l.ended = l.ended || l.begun && closing(line)
	return l.ended
}

// ofTitle reports whether a line still belongs to the title below “BÁO CÁO”: that goes on to the first numbered heading or to
// the first sentence.
func (l *laying) ofTitle(text string, h heading, mayHead bool) bool {
	if strings.Join(wordsOf(text), " ") == "bao cao" && !l.begun {
		l.titled = 1
		return true
	}
	if l.titled == 0 {
		return false
	}
	if l.titled++; document.EndsSentence(text) || mayHead && (h.numbered || h.styled && l.titled > 2) {
		l.titled = 0
		return false
	}
	return true
}

// under goes to where a heading leads, and reports whether it says nothing else, so that the form's own heading is enough.
func (l *laying) under(h heading) bool {
	l.weigh(&h)
	if h.level <= l.sectionAt {
		l.section, l.sectionAt = "", 0
	}
	if h.level <= l.sectorAt {
		l.sector, l.sectorAt = "", 0
	}
	section, first := l.form.sectionSaid(h.words)
	if l.section != "" && !first { // “2. Khó khăn” changes the section, “2. Tuyển sinh, kết quả thi” does not
		section = ""
	}
	sector := l.form.sectorSaid(h.words)
	if section != "" {
		l.section, l.sectionAt = section, h.level
	}
	if (section != "" || h.named) && sector != "" && l.form.scope.Has(sector) {
		l.sector, l.sectorAt = sector, h.level
	}
	l.begun = l.begun || l.section != "" || l.sector != ""
	switch {
	case section == "" && (sector == "" || !h.named): // “SỞ Y TẾ” above the text is no heading of it
		return false
	case section != "" && h.top && !h.goesOn:
		return true
	}
	return l.form.saysNoMore(h.words, section, sector)
}

// weigh gives the level of a heading whose kind stands above another one when the text begins it first: PHẦN, A and I among each
// other, bold lines and 1, 2, 3.
func (l *laying) weigh(h *heading) {
	if h.outer != 0 {
		h.level = placeIn(&l.outers, h.outer) + 1
	}
	if h.inner != 0 && placeIn(&l.inners, h.inner) > 0 && h.inner == 'B' {
		h.level = 9
	}
}

// placeIn is where a kind stands in the order in which they came; a new one comes last.
func placeIn(order *[]rune, kind rune) int {
	at := slices.Index(*order, kind)
	if at < 0 {
		at = len(*order)
		*order = append(*order, kind)
	}
	return at
}

func (l *laying) put(paragraph string) {
	sector := l.sector
	if sector == "" {
		sector = l.alone()
	}
	if l.section == "" || sector == "" || !l.form.Asks(l.section, sector) {
		l.rest = append(l.rest, paragraph)
		return
	}
	at := [2]string{l.section, sector}
	l.texts[at] = append(l.texts[at], paragraph)
}

// alone is the only sector that may be meant where no heading says one.
func (l *laying) alone() string {
	if l.only != "" {
		return l.only
	}
	found := ""
	for _, s := range l.form.Sectors {
		if l.form.Asks(l.section, s.Code) {
			if found != "" {
				return ""
			}
			found = s.Code
		}
	}
	return found
}

// heading is a line that names what follows.
type heading struct {
	named    bool // by a number, by bold letters or by its style, not by capitals alone
	numbered bool
	styled   bool     // the file itself says that it is one
	top      bool     // of the whole report, in capitals or bold: the form's own stands for it whatever else it says
	goesOn   bool     // something is said behind a colon
	outer    rune     // P, A or I; 0 for none
	inner    rune     // B for bold letters, D for digits; 0 for none
	level    int      // 1 to 3 for PHẦN, A, I and capitals; 4 for bold; 5 for 1, 6 for 1.1 …; 9 for bold within those; 10 for a)
	words    []string // folded, without the number
}

var (
	partNumber   = pattern.Of(`^(?:(?i:phần\s+(?:thứ\s+)?)\S+?|[IVX]{1,5}|[A-HĐ])\s*[.:)/–-]\s*`)
	digitNumber  = pattern.Of(`^\d{1,2}(?:\.\d{1,2}){0,3}\s*[.:)/–-]?\s+|^\d{1,2}(?:\.\d{1,2}){0,3}[.)]\s*`)
	letterNumber = pattern.Of(`^[a-hđ]\s*[.)]\s*`)
)

// mostHeading is how long a heading may be; longer lines are sentences.
const mostHeading = 140

func headingIn(line string) (heading, bool) {
	bold := strings.HasPrefix(line, "**") && strings.HasSuffix(line, "**")
	text := plainLine(line)
	if len([]rune(text)) > mostHeading {
		return heading{}, false
	}
	h := heading{named: true}
	text = h.takeNumber(text)
	h.top = h.top && (bold || fold.Capitals(text, 4))
	if !h.numbered {
		switch {
		case fold.Capitals(text, 4):
			h.level, h.named, h.top = 1, bold, true
		case bold:
			h.level, h.inner = 4, 'B'
		default:
			return h, false
		}
	}
	if strings.HasSuffix(text, ".") && !fold.Capitals(text, 4) || strings.HasSuffix(text, ";") { // a sentence, or one of a list
		return h, false
	}
	return h, h.read(text)
}

// takeNumber takes the number off a heading, and says its level by it.
func (h *heading) takeNumber(text string) string {
	switch {
	case partNumber().MatchString(text):
		h.outer, h.level, h.top = 'A', 1, true
		if strings.HasPrefix(strings.ToLower(text), "phần") {
			h.outer = 'P'
		} else if strings.ContainsAny(text[:1], "IVX") {
			h.outer = 'I'
		}
		text = partNumber().ReplaceAllString(text, "")
	case digitNumber().MatchString(text):
		h.inner = 'D'
		h.level = 5 + strings.Count(strings.TrimRight(digitNumber().FindString(text), " .)"), ".")
		text = digitNumber().ReplaceAllString(text, "")
	case letterNumber().MatchString(text):
		h.level, text = 10, letterNumber().ReplaceAllString(text, "")
	default:
		return text
	}
	h.numbered = true
	return text
}

// read keeps the words of a heading; false where they are none, or the title of the whole.
func (h *heading) read(text string) bool {
	h.words = wordsOf(text)
	_, more, _ := strings.Cut(text, ":")
	h.goesOn = strings.TrimSpace(more) != ""
	return len(h.words) > 0 && !(len(h.words) > 1 && h.words[0] == "bao" && h.words[1] == "cao")
}

func plainLine(line string) string { return strings.TrimSpace(strings.ReplaceAll(line, "**", "")) }

func wordsOf(s string) []string {
	return strings.FieldsFunc(fold.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// closing begins what stands below the text of a report: the recipients and the signature.
func closing(line string) bool {
	said := " " + strings.Join(wordsOf(line), " ") + " "
	return strings.HasPrefix(said, " noi nhan ") || strings.HasPrefix(said, " tren day la ") || strings.HasPrefix(said, " kinh gui ")
}

// sectionWords are what offices write over each section; the first that stands in a heading says it; folded.
var sectionWords = []struct {
	section string
	words   []string
}{
	{SectionProposals, []string{"kien nghi", "de xuat"}},
	{SectionNextTasks, []string{"nhiem vu trong tam", "phuong huong", "ke hoach cong tac", "nhiem vu thang", "nhiem vu quy", "nhiem vu nam", "nhiem vu 3 thang", "nhiem vu giai phap", "nhiem vu thoi gian toi", "nhiem vu ky toi", "trong tam"}},
	{SectionCauses, []string{"nguyen nhan"}},
	{SectionShortcomings, []string{"han che", "ton tai", "thieu sot", "khuyet diem", "yeu kem"}},
	{SectionDifficulties, []string{"kho khan", "vuong mac", "bat cap"}},
	{SectionResults, []string{"ket qua", "tinh hinh", "uu diem", "viec da lam"}},
}

// sectionSaid is the section of the form that a heading names first; first tells that the heading begins with it.
func (f *Form) sectionSaid(words []string) (section string, first bool) {
	said := " " + strings.Join(words, " ") + " "
	best := -1
	for _, s := range f.Sections {
		for _, word := range f.wordsFor(s.Code) {
			if at := strings.Index(said, " "+word+" "); at >= 0 && (best < 0 || at < best) {
				best, section = at, s.Code
			}
		}
	}
	if best < 0 {
		return "", false
	}
	for _, word := range strings.Fields(said[:best]) {
		if !slices.Contains(filling, word) {
			return section, false
		}
	}
	return section, true
}

// wordsFor are the words by which a section is known: the form's own title, and what offices write.
func (f *Form) wordsFor(section string) []string {
	words := []string{strings.Join(wordsOf(f.SectionTitle(section)), " ")}
	for _, known := range sectionWords {
		if known.section == section {
			words = append(words, known.words...)
		}
	}
	return words
}

// filling are words of a heading that add nothing to the section and the sector it names.
var filling = strings.Fields("cong tac linh vuc ve ket qua tinh hinh mot so nhung cac cua trong thuc hien nganh va chung quy thang nam ky toi khac " +
	"nhiem vu giai phap chinh chu yeu noi bat dat duoc so lieu nguyen nhan ton tai han che kho khan vuong mac kien nghi de xuat")

// saysNoMore reports whether a heading holds only the names of its section and sector: else it is kept with the text.
func (f *Form) saysNoMore(words []string, section, sector string) bool {
	known := filling
	if section != "" {
		known = slices.Concat(known, wordsOf(strings.Join(f.wordsFor(section), " ")))
	}
	if sector != "" {
		known = slices.Concat(known, wordsOf(f.SectorName(sector)))
	}
	return !slices.ContainsFunc(words, func(word string) bool {
		return !slices.Contains(known, word) && strings.Trim(word, "0123456789ivx") != ""
	})
}

// sectorSaid is the sector whose name a heading holds, the longest; part of a name with several fields is enough: “Công tác y
// tế” for “Y tế, dân số”. "" where none or two are as good.
func (f *Form) sectorSaid(words []string) string {
	said := " " + strings.Join(words, " ") + " "
	best, length, twice := "", 0, false
	for _, s := range f.Sectors {
		longest := 0
		whole := strings.Join(wordsOf(s.Name), " ")
		if strings.Contains(said, " "+whole+" ") {
			longest = 100 + len(whole)
		}
		for _, part := range strings.FieldsFunc(s.Name, func(r rune) bool { return r == ',' || r == ';' }) {
			if name := strings.TrimPrefix(strings.Join(wordsOf(part), " "), "va "); name != "" && strings.Contains(said, " "+name+" ") {
				longest = max(longest, len(name))
			}
		}
		switch {
		case longest > length:
			best, length, twice = s.Code, longest, false
		case longest == length && longest > 0:
			twice = true
		}
	}
	if twice {
		return ""
	}
	return best
}
