package report

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"giaoban/internal/fold"
)

// Laid is a whole text put under the headings of a form. Nothing of it is lost: what found no place is in Rest, in its order,
// with its headings.
type Laid struct {
	Placed []SectionText // in the order of the form
	Rest   []string      // paragraphs that a person puts in their place
}

// LayOut puts a report that was written elsewhere, one paragraph a line, under the headings of the form as body writes them:
// numbered (I, 1, a), in capitals or bold (a line between two pairs of asterisks). A heading is known by its words, not by its
// number. Where the form asks several sectors a text needs the heading of one; only is the single sector of who asks, if any.
func (f *Form) LayOut(text, only string) Laid {
	l := laying{form: f, only: only, texts: make(map[[2]string][]string)}
	for line := range strings.Lines(strings.ReplaceAll(fold.Clean(text), "\r", "\n")) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			l.take(line)
		}
	}
	laid := Laid{Rest: l.rest}
	for _, section := range f.Sections {
		for _, sector := range f.Sectors {
			if paragraphs := l.texts[[2]string{section.Code, sector.Code}]; len(paragraphs) > 0 {
				laid.Placed = append(laid.Placed, SectionText{Section: section.Code, Sector: sector.Code, Paragraphs: paragraphs})
			}
		}
	}
	return laid
}

// laying is where the reading of a text stands. A heading ends what headings of its own level and below had said.
type laying struct {
	form            *Form
	only            string
	section, sector string // said by the headings above; "" for none that is known
	sectionAt       int    // the level of the heading that said it
	sectorAt        int
	ended           bool
	texts           map[[2]string][]string
	rest            []string
}

func (l *laying) take(line string) {
	if l.ended = l.ended || closing(line); l.ended {
		l.rest = append(l.rest, plainLine(line))
		return
	}
	if h, ok := headingIn(line); ok && l.under(h) {
		return
	}
	l.put(plainLine(line))
}

// under goes to where a heading leads, and reports whether it says nothing else, so that the form's own heading is enough.
func (l *laying) under(h heading) bool {
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
	switch {
	case section == "" && (sector == "" || !h.named): // “SỞ Y TẾ” above the text is no heading of it
		return false
	case section != "" && h.level == 1:
		return true
	}
	return l.form.saysNoMore(h.words, section, sector)
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
	named bool     // by a number or by bold letters, not by capitals alone
	level int      // 1 for I, A, PHẦN and capitals; 2 for 1 and bold; 3 for 1.1 …; 6 for a)
	words []string // folded, without the number
}

var (
	partNumber   = regexp.MustCompile(`^(?:(?i:phần)\s+(?:thứ\s+)?\S+?|[IVX]{1,5}|[A-HĐ])\s*[.:)/–-]\s*`)
	digitNumber  = regexp.MustCompile(`^\d{1,2}(?:\.\d{1,2}){0,3}\s*[.:)/–-]?\s+|^\d{1,2}(?:\.\d{1,2}){0,3}[.)]\s*`)
	letterNumber = regexp.MustCompile(`^[a-hđ]\s*[.)]\s*`)
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
	switch {
	case partNumber.MatchString(text):
		h.level, text = 1, partNumber.ReplaceAllString(text, "")
	case digitNumber.MatchString(text):
		h.level = 2 + strings.Count(strings.TrimRight(digitNumber.FindString(text), " .)"), ".")
		text = digitNumber.ReplaceAllString(text, "")
	case letterNumber.MatchString(text):
		h.level, text = 6, letterNumber.ReplaceAllString(text, "")
	case capitals(text):
		h.level, h.named = 1, bold
	case bold:
		h.level = 2
	default:
		return h, false
	}
	if strings.HasSuffix(text, ".") && !capitals(text) || strings.HasSuffix(text, ";") { // a sentence, or one of a list
		return h, false
	}
	h.words = wordsOf(text)
	if len(h.words) > 1 && h.words[0] == "bao" && h.words[1] == "cao" { // the title of the whole
		return h, false
	}
	return h, len(h.words) > 0
}

func plainLine(line string) string { return strings.TrimSpace(strings.ReplaceAll(line, "**", "")) }

func capitals(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters > 3
}

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
