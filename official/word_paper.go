package official

import (
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/pattern"
)

// wordPaper is a paper as it was found in a Word file: its parts by their words, with the profile as it was measured.
type wordPaper struct {
	file *wordFile
	from Profile // the profile it is held against
	d    Document
	// at says in which paragraph a part stands, named as the findings of Lint name it.
	at       map[string]int
	measured map[Part]int // the paragraph that each part was found in
	body     []int        // paragraphs of the text
}

var (
	wordNumber    = pattern.Of(`^(Số\s*:?\s*)([\d….\s]*?)\s*[-/]\s*(\p{Lu}.*)$`)
	wordDate      = pattern.Of(`^(.*?),?\s*ngày\s*([\d….\s]*)\s*tháng\s*([\d….\s]*)\s*năm\s*([\d….\s]*)$`)
	wordAuthority = pattern.Of(`^(T/M|K/T|T/L|TM\.|KT\.|TL\.|TUQ\.|Q\.)\s*(.*)$`)
	wordArticle   = pattern.Of(`^Điều \d+[.:]\s*`)
	wordBasis     = pattern.Of(`^-?\s*Căn cứ\P{L}`)
	wordStroke    = pattern.Of(`^[\s*_\-–—=.]*$`)
)

// maxHead is how many paragraphs the head of a paper may have: below it stands the text.
const maxHead = 40

// paper finds the parts of a paper by their words and places.
func (w *wordFile) paper(p Profile) *wordPaper {
	f := &wordPaper{file: w, from: p, at: map[string]int{}, measured: map[Part]int{}}
	f.d.Profile = p
	number := f.headLines()
	open := f.opening(number)
	closing := f.closing(open)
	f.text(open, closing)
	f.measure()
	return f
}

// line is the text of a paragraph in one line.
func (f *wordPaper) line(i int) string {
	return strings.Join(strings.Fields(f.file.texts[i].text), " ")
}

func (f *wordPaper) found(part Part, where string, i int) {
	if _, ok := f.measured[part]; !ok {
		f.measured[part] = i
	}
	if _, ok := f.at[where]; !ok && where != "" {
		f.at[where] = i
	}
}

// headLines finds number, date, national title and bodies. It gives the last paragraph of the head.
func (f *wordPaper) headLines() (last int) {
	last = -1
	for i := 0; i < min(len(f.file.texts), maxHead); i++ {
		line := f.line(i)
		if m := wordNumber().FindStringSubmatch(line); m != nil && f.at["Số, ký hiệu"] == 0 {
			f.found(PartNumber, "Số, ký hiệu", i)
			f.d.Number, _ = strconv.Atoi(strings.TrimSpace(m[2]))
			f.d.TypeSymbol, f.d.BodySymbol = "", m[3]
			if kind, body, ok := strings.Cut(m[3], f.from.BetweenSymbols); ok {
				f.d.TypeSymbol, f.d.BodySymbol = kind, body
			}
			if digits := strings.TrimSpace(m[2]); f.d.Number > 0 {
				f.d.Profile.NumberPad = min(f.from.NumberPad, len(digits))
			}
			f.d.Profile.NumberLabel = "Số "
			if strings.Contains(m[1], ":") {
				f.d.Profile.NumberLabel = "Số: "
			}
			last = max(last, i)
		}
		if m := wordDate().FindStringSubmatch(line); m != nil && f.d.Date == (Day{}) && m[1] != "" && f.file.texts[i].looks["jc"] != "both" {
			f.found(PartPlaceDate, "Ngày ban hành", i)
			f.found(PartPlaceDate, "Địa danh", i)
			day, _ := strconv.Atoi(strings.TrimSpace(m[2]))
			month, _ := strconv.Atoi(strings.TrimSpace(m[3]))
			year, _ := strconv.Atoi(strings.TrimSpace(m[4]))
			f.d.Place, f.d.Date = m[1], DayOf(year, month, day)
			last = max(last, i)
		}
		for _, national := range f.from.National {
			if strings.EqualFold(line, national.Text) {
				f.found(national.Part, string(national.Part), i)
				last = max(last, i)
			}
		}
	}
	if number, ok := f.measured[PartNumber]; ok {
		f.bodies(number)
	}
	return last
}

// bodies are the lines above the number in its column: the bold one issues the paper, those above it are its superiors.
func (f *wordPaper) bodies(number int) {
	of := f.file.texts[number]
	var superior, issuer []string
	for i := range number {
		t := f.file.texts[i]
		if t.table != of.table || t.cell != of.cell || wordStroke().MatchString(t.text) || f.isNational(i) {
			continue
		}
		if _, dated := f.measured[PartPlaceDate]; dated && f.measured[PartPlaceDate] == i {
			continue
		}
		if t.looks.on("b") {
			issuer = append(issuer, f.line(i))
			f.found(PartIssuer, "Cơ quan ban hành", i)
		} else {
			superior = append(superior, f.line(i))
			f.found(PartSuperior, "Cơ quan cấp trên", i)
		}
	}
	if len(issuer) == 0 && len(superior) > 0 { // nothing is bold, so the last one issues it
		last := len(superior) - 1
		superior, issuer = superior[:last], superior[last:]
		f.found(PartIssuer, "Cơ quan ban hành", f.measured[PartSuperior]+last)
		if last == 0 {
			delete(f.measured, PartSuperior)
		}
	}
	f.d.Superior, f.d.Issuer = strings.Join(superior, "\n"), strings.Join(issuer, "\n")
}

func (f *wordPaper) isNational(i int) bool {
	return slices.ContainsFunc(f.from.National, func(n NationalLine) bool { return strings.EqualFold(f.line(i), n.Text) })
}

// opening finds the type name, the subject and the addressees after the head. It gives the first paragraph of the text.
func (f *wordPaper) opening(head int) (next int) {
	next = head + 1
	for i := next; i < min(len(f.file.texts), head+12); i++ {
		kind, name := kindCalled(f.from, f.line(i))
		if name == "" || f.file.texts[i].table >= 0 && i <= head {
			continue
		}
		f.d.Kind, f.d.TypeName = kind, name
		f.found(PartTypeName, "Tên loại", i)
		next = f.subjectFrom(i + 1)
		break
	}
	if f.d.TypeName == "" {
		f.letter(head)
	}
	for ; next < len(f.file.texts); next++ {
		line := f.line(next)
		after, ok := strings.CutPrefix(line, "Kính gửi:")
		if !ok {
			after, ok = strings.CutPrefix(line, "Kính trình:")
		}
		switch {
		case ok:
			f.found(PartAddressLabel, "Kính gửi 1", next)
			if after = strings.TrimSpace(after); after != "" {
				f.d.Addressed = append(f.d.Addressed, after)
			}
		case f.at["Kính gửi 1"] > 0 && strings.HasPrefix(line, "- ") && f.file.texts[next].looks["jc"] != "both":
			f.d.Addressed = append(f.d.Addressed, strings.TrimRight(strings.TrimPrefix(line, "- "), ";,. "))
		case line == "" || f.file.texts[next].table >= 0 && f.d.TypeName == "":
		default:
			return next
		}
	}
	return next
}

// kindCalled is the type of paper that a line names, written as the profile does.
func kindCalled(p Profile, line string) (Kind, string) {
	for kind, about := range kinds {
		if kind != Letter && strings.EqualFold(line, about.name) {
			return kind, about.name
		}
	}
	for name := range p.Symbols {
		if strings.EqualFold(line, name) {
			return "", name
		}
	}
	return "", ""
}

// subjectFrom reads the centred lines below the type name.
func (f *wordPaper) subjectFrom(i int) (next int) {
	var lines []string
	for ; i < len(f.file.texts) && f.file.texts[i].looks["jc"] == "center"; i++ {
		switch line := f.line(i); {
		case wordStroke().MatchString(line):
		case strings.HasPrefix(line, "Kính "):
			return i
		default:
			f.found(PartSubject, "Trích yếu", i)
			lines = append(lines, line)
		}
	}
	f.d.Subject = strings.Join(lines, " ")
	return i
}

// letter reads the subject of a công văn, which stands below its number.
func (f *wordPaper) letter(head int) {
	number, ok := f.measured[PartNumber]
	if !ok {
		return
	}
	f.d.Kind = Letter
	if f.d.TypeSymbol == "" && f.from.LetterSymbol != "" {
		f.d.TypeSymbol = f.from.LetterSymbol
	}
	of := f.file.texts[number]
	for i := number + 1; i < len(f.file.texts) && i <= max(head, number)+6; i++ {
		if t := f.file.texts[i]; t.table == of.table && t.cell == of.cell && t.looks["jc"] != "both" && !wordStroke().MatchString(t.text) {
			f.found(PartLetterMatter, "Trích yếu", i)
			f.d.Subject = strings.TrimPrefix(strings.TrimPrefix(f.line(i), "V/v "), strings.TrimSpace(f.from.LetterSubject)+" ")
			return
		}
	}
}

// closing finds the recipients and, beside them, who signs. It gives the first paragraph of that block.
func (f *wordPaper) closing(from int) (first int) {
	label := -1
	for i := from; i < len(f.file.texts); i++ {
		if strings.EqualFold(strings.TrimRight(f.line(i), ": "), "Nơi nhận") {
			label = i
			break
		}
	}
	if label < 0 {
		return len(f.file.texts)
	}
	f.found(PartRecipients, "Nơi nhận", label)
	of := f.file.texts[label]
	if of.table < 0 {
		f.receive(label+1, func(t wordText) bool { return t.table < 0 })
		return label
	}
	f.receive(label+1, func(t wordText) bool { return t.table == of.table && t.cell == of.cell })
	first = label
	signatures, order := map[[2]int][]int{}, [][2]int{}
	for i := from; i < len(f.file.texts); i++ {
		t := f.file.texts[i]
		if t.table != of.table {
			continue
		}
		first = min(first, i)
		at := [2]int{t.row, t.cell}
		if at == [2]int{of.row, of.cell} || f.line(i) == "" || t.row > of.row {
			continue
		}
		if signatures[at] == nil {
			order = append(order, at)
		}
		signatures[at] = append(signatures[at], i)
	}
	for _, at := range order {
		f.signer(signatures[at])
	}
	return first
}

func (f *wordPaper) receive(from int, same func(wordText) bool) {
	for i := from; i < len(f.file.texts) && same(f.file.texts[i]); i++ {
		line := strings.TrimRight(strings.TrimLeft(f.line(i), "-–+ "), ";,. ")
		if line == "" {
			continue
		}
		f.found(PartRecipient, "", i)
		if after, ok := strings.CutPrefix(line, "Lưu"); ok {
			f.d.Filing = strings.TrimLeft(after, ": ")
			return
		}
		f.d.Recipients = append(f.d.Recipients, line)
	}
}

// signer reads the lines of a signature: authorities, title, name.
func (f *wordPaper) signer(lines []int) {
	var g Signer
	f.at["Người ký "+strconv.Itoa(len(f.d.Signers)+1)] = lines[0]
	for n, i := range lines {
		line := f.line(i)
		switch m := wordAuthority().FindStringSubmatch(line); {
		case m != nil:
			f.found(PartAuthority, "", i)
			g.Lines = append(g.Lines, AuthorityLine{authorityWritten(m[1]), m[2]})
		case n == len(lines)-1 && line != strings.ToUpper(line):
			f.found(PartSignerName, "", i)
			g.Name = line
		default:
			f.found(PartSignerTitle, "", i)
			g.Title = strings.TrimSpace(g.Title + " " + line)
		}
	}
	f.d.Signers = append(f.d.Signers, g)
}

// authorityWritten is what an abbreviation before a title means in any of the profiles.
func authorityWritten(short string) Authority {
	for _, p := range Profiles() {
		for authority, written := range p.Authorities {
			if written == short {
				return authority
			}
		}
	}
	return ""
}

// text gathers what stands between opening and closing.
func (f *wordPaper) text(from, to int) {
	for i := from; i < to; i++ {
		t, line := f.file.texts[i], f.line(i)
		if t.table >= 0 || line == "" || wordStroke().MatchString(line) || f.besideTable(i) {
			continue
		}
		where := "Đoạn " + strconv.Itoa(len(f.d.Body)+1)
		switch {
		case len(f.d.Body) == 0 && (wordBasis().MatchString(line) || f.d.Kind == Decision && !wordArticle().MatchString(line)):
			f.d.Bases = append(f.d.Bases, strings.TrimRight(strings.TrimLeft(line, "- "), ";,. "))
			f.found("", "Căn cứ "+strconv.Itoa(len(f.d.Bases)), i)
			continue
		case wordArticle().MatchString(line):
			f.d.Body = append(f.d.Body, NumberedItem{Article: true, Runs: Text(wordArticle().ReplaceAllString(line, ""))})
		default:
			f.d.Body = append(f.d.Body, Paragraph{Runs: Text(line)})
		}
		f.at[where], f.at["Cuối nội dung"] = i, i
		f.body = append(f.body, i)
	}
}

var wordNote = pattern.Of(`^(?:Ghi chú|Nguồn|\(|\*)`)

var lowLetters = pattern.Of(`\p{Ll}`)
