package official

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"giaoban/document"
)

// A sheet is a Document with every word in its final form: what the two renderers share, so that
// Word and HTML can never say different things.
type sheet struct {
	p                   Profile
	title, author       string
	banner              string
	headLeft, headRight []para // beside each other
	footLeft, footRight []para // number beside date
	opening             []para // type name, subject, addressees
	body                []node
	signing             [][2][]para // rows of the closing block, left and right
	annexes             []annexSheet
	turned              bool // what is being composed stands on a landscape sheet
	lists               []countedList
	drawings            []*drawing
	mainTaken           bool // the text uses the list of its headings
}

type annexSheet struct {
	heading   []para
	body      []node
	landscape bool
}

// node is one of para, *grid, *drawing or pageBreak in the flow of the body.
type node struct {
	para      *para
	grid      *grid
	pageBreak bool
	drawing   *drawing
	drawn     int // which drawing of the paper, from 1
}

type para struct {
	part      Part
	label     string // the number of a heading or item, or the word before an addressee
	runs      []Run
	level     int     // of a heading; 0 otherwise
	list      int     // of the Word file, which prints label by itself; 0: label is typed
	depth     int     // in that list, from 0
	outline   string  // how a list of contents calls it, where that is more than its words
	indent    float64 // mm added for deeper list levels
	rule      float64 // pt, length of the rule below; 0: none
	ruleShare float64 // the same as a share of the text
	keep      bool    // stays with what follows
	gap       float64 // pt above, where the part's own is not meant
	origin    Origin
}

// compose turns content into lines.
func compose(d Document) sheet {
	p := d.Profile
	s := sheet{p: p, lists: []countedList{{starts: [4]int{1, 1, 1, 1}}}, banner: clean(d.Marks.Banner), author: clean(d.Issuer)}
	s.title = strings.TrimSpace(clean(strings.Join(strings.Fields(d.TypeName+" "+d.Subject), " ")))
	if s.title == "" {
		s.title = clean(kinds[d.Kind].name)
	}

	if d.Superior != "" && len(d.Joint) == 0 {
		s.headLeft = append(s.headLeft, s.para(PartSuperior, d.Superior))
	}
	s.headLeft = append(s.headLeft, s.separated(s.para(PartIssuer, d.issuers(" -\n")), p.IssuerSeparator, p.LeftColumn)...)
	for i, n := range p.National {
		l := s.para(n.Part, n.Text)
		if i == len(p.National)-1 {
			s.headRight = append(s.headRight, s.separated(l, p.NationalSeparator, p.RightColumn)...)
		} else {
			s.headRight = append(s.headRight, l)
		}
	}
	if !d.unnumbered() {
		s.footLeft = append(s.footLeft, s.para(PartNumber, d.numberLine()))
	}
	s.footRight = append(s.footRight, s.para(PartPlaceDate, d.dateLine()))
	if d.Kind == Letter && d.Subject != "" {
		s.footLeft = append(s.footLeft, s.para(PartLetterMatter, p.LetterSubject+d.Subject))
	}
	if d.Marks.Draft > 0 {
		s.footLeft = append(s.footLeft, s.para(PartDraft, fmt.Sprintf("%s%d", p.DraftText, d.Marks.Draft)))
	}
	if d.Marks.Urgency != "" {
		s.footLeft = append(s.footLeft, s.para(PartUrgency, string(d.Marks.Urgency)))
	}
	if d.Marks.Conference {
		s.footRight = append(s.footRight, s.para(PartConference, p.ConferenceText))
	}

	if d.Kind != Letter {
		if d.TypeName != "" {
			l := s.para(PartTypeName, d.TypeName)
			l.keep, l.outline = true, s.title
			s.opening = append(s.opening, l)
		}
		if d.Subject != "" {
			l := s.para(PartSubject, d.Subject)
			l.keep = true
			s.opening = append(s.opening, s.separated(l, p.SubjectSeparator, p.textWidth(false))...)
		}
	}
	s.opening = append(s.opening, s.addressees(d)...)
	s.body = append(s.bases(d.Bases), s.resolves(d)...)
	s.body = append(s.body, s.flow(d.Body)...)
	holdLast(s.body)
	s.signing = s.closing(d)
	for i, a := range d.Annexes {
		s.annexes = append(s.annexes, s.annex(d, a, i))
	}
	return s
}

// para makes a line of a part in its written case, clean.
func (s *sheet) para(part Part, text string) para {
	return para{part: part, runs: cleanRuns(Text(text), s.p.Parts[part].Upper)}
}

// separated adds what the profile draws below a text: a rule or a line of its own.
func (s *sheet) separated(l para, sep Separator, columnMM float64) []para {
	style := s.p.Parts[l.part]
	if sep.Rule > 0 {
		l.ruleShare = sep.Rule
		l.rule = sep.Rule * longestLine(plain(l.runs), style.Size, style.Bold, points(columnMM))
	}
	out := []para{l}
	if sep.Text != "" {
		out = append(out, s.para(PartSeparator, sep.Text))
	}
	return out
}

// unnumbered: minutes stay with their meeting and need no number.
func (d Document) unnumbered() bool { return d.Kind == Minutes && d.Number == 0 && d.BodySymbol == "" }

// numberLine is "Số 05-BC/BTGTU" or "Số: 05/BC-SGDĐT"; a blank stands for a number not yet given.
func (d Document) numberLine() string {
	p, n := d.Profile, d.Profile.NumberBlank
	if d.Number > 0 {
		n = fmt.Sprintf("%0*d", p.NumberPad, d.Number)
	}
	symbol := d.TypeSymbol
	if d.BodySymbol != "" {
		if symbol != "" {
			symbol += p.BetweenSymbols
		}
		symbol += d.BodySymbol
	}
	return p.NumberLabel + n + p.AfterNumber + symbol
}

func (d Document) dateLine() string {
	written := d.Date.written(d.Profile.DayBlank)
	if d.Place == "" {
		return written
	}
	return d.Place + ", " + written
}

// addresseeIndent is how far several addressees stand in from the word before them, in mm.
const addresseeIndent = 12

// addressees puts one addressee beside the label, several below it as a list.
func (s *sheet) addressees(d Document) []para {
	to := d.Addressed
	if len(to) == 0 {
		return nil
	}
	label := para{part: PartAddressLabel, label: s.p.AddressLabel, gap: rowGap}
	if d.Kind == Petition {
		label.label = s.p.PetitionLabel
	}
	if len(to) == 1 {
		label.runs = cleanRuns(Text(to[0]), false)
		return []para{label}
	}
	out := []para{label}
	for i, name := range to {
		end := s.p.RecipientSeparator
		if i == len(to)-1 {
			end = s.p.RecipientEnd
		}
		l := s.para(PartAddressLabel, s.p.RecipientPrefix+name+end)
		l.indent, l.gap = addresseeIndent, 0
		out = append(out, l)
	}
	return out
}

func (s *sheet) bases(bases []string) []node {
	var out []node
	for i, b := range bases {
		end := s.p.BasisSeparator
		if i == len(bases)-1 {
			end = s.p.BasisEnd
		}
		l := s.para(PartBasis, s.p.BasisPrefix+strings.TrimRight(b, " ;,.")+end)
		out = append(out, node{para: &l})
	}
	return out
}

// resolves is the word that stands between the bases of a quyết định and what it decides.
func (s *sheet) resolves(d Document) []node {
	if d.Kind != Decision {
		return nil
	}
	l := s.para(PartAuthority, kinds[Decision].name+":")
	l.keep, l.gap = true, rowGap
	return []node{{para: &l}}
}

// flow numbers and places the blocks of a body; what is still to be written leaves no trace.
func (s *sheet) flow(blocks []Block) []node {
	var out []node
	var heads, items numbering
	headList, itemList := listing{s: s}, listing{s: s, items: true}
	articles := 0
	for _, b := range blocks {
		if Asked(b) != "" {
			continue
		}
		switch b := b.(type) {
		case Heading:
			l := para{part: headingPart(b.Level), level: min(max(b.Level, 1), 4), keep: true}
			l.runs = cleanRuns(b.Runs, s.p.Parts[l.part].Upper)
			if !b.Unnumbered {
				l.label = heads.next(s.p.Headings, l.level)
				l.list, l.depth = headList.place(l.level, heads[l.level-1]), l.level-1
			}
			items = numbering{}
			out = append(out, node{para: &l})
		case Paragraph:
			out = append(out, node{para: &para{part: PartBody, runs: cleanRuns(b.Runs, false), origin: b.Origin}})
		case NumberedItem:
			if b.Article {
				articles++
				items = numbering{}
				runs := append([]Run{{Text: fmt.Sprintf("Điều %d. ", articles), Bold: true}}, b.Runs...)
				out = append(out, node{para: &para{part: PartItem, runs: cleanRuns(runs, false), origin: b.Origin}})
				continue
			}
			level := min(max(b.Level, 1), 4)
			if b.Restart {
				items.restart(level)
			}
			l := para{part: PartItem, runs: cleanRuns(b.Runs, false), origin: b.Origin, label: clean(b.Label)}
			if l.label == "" {
				l.label = items.next(s.p.Items, level)
				l.list = itemList.place(level, items[level-1])
			} else if level == 1 && len(s.p.Items) > 0 {
				l.list = itemList.place(1, s.p.Items[0].labelled(l.label))
			}
			out = append(out, node{para: &l})
		case Table:
			out = append(out, s.table(b)...)
		case Chart:
			out = append(out, s.chart(b)...)
		case PageBreak:
			out = append(out, node{pageBreak: true})
		}
	}
	return out
}

func (s *sheet) annex(d Document, a Annex, i int) annexSheet {
	name := s.p.AnnexName
	if len(d.Annexes) > 1 {
		name += " " + document.Roman(i+1)
	}
	heading := s.para(PartAnnex, name)
	title := s.para(PartAnnexTitle, a.Title)
	heading.keep, title.keep = true, true
	heading.outline = strings.TrimSuffix(plain(heading.runs)+". "+plain(title.runs), ". ")
	lines := []para{heading, title}
	if of := cmp.Or(a.Of, d.annexOf()); of != "" {
		line := s.para(PartAnnexOf, of)
		line.keep = true
		lines = append(lines, line)
	}
	s.turned = a.Landscape
	defer func() { s.turned = false }()
	return annexSheet{heading: lines, body: s.flow(a.Body), landscape: a.Landscape}
}

// issuers are the names of all bodies that issue the paper, the leading one first.
func (d Document) issuers(between string) string {
	return strings.Join(append([]string{d.Issuer}, d.Joint...), between)
}

// annexOf says under the title of an annex to which paper it belongs, so that a loose sheet is still found.
func (d Document) annexOf() string {
	if strings.TrimSpace(d.Issuer) == "" {
		return ""
	}
	name := d.TypeName
	if name == "" {
		name = kinds[d.Kind].name
	}
	number := strings.TrimPrefix(d.numberLine(), d.Profile.NumberLabel)
	issuer := strings.ReplaceAll(d.issuers(" và "), "\n", " ")
	if d.Profile.Family == Party && len(d.Joint) == 0 && d.Superior != "" && partOfSuperior(d.Issuer) {
		issuer += " " + asSaid(d.Superior)
	}
	return fmt.Sprintf("(Kèm theo %s số %s %s của %s)", name, number, d.Date.written(d.Profile.DayBlank), issuer)
}

// asSaid writes the name of a cấp ủy that was entered in capitals as it stands in a sentence: Tỉnh ủy Khánh Hòa.
func asSaid(name string) string {
	if name != strings.ToUpper(name) {
		return name
	}
	words := strings.Fields(strings.ToLower(name))
	for i, word := range words {
		if i != 1 { // the second word is the ủy of Tỉnh ủy
			first, size := utf8.DecodeRuneInString(word)
			words[i] = string(unicode.ToUpper(first)) + word[size:]
		}
	}
	return strings.Join(words, " ")
}

// partOfSuperior: bodies of a cấp ủy are named with it, Ban Tuyên giáo Tỉnh ủy.
func partOfSuperior(issuer string) bool {
	for _, kind := range []string{"Ban ", "Văn phòng", "Phòng ", "Ủy ban Kiểm tra"} {
		if strings.HasPrefix(issuer, kind) {
			return true
		}
	}
	return false
}

// holdLast keeps the end of the text with the signature, which must never stand alone on a page.
func holdLast(body []node) {
	if len(body) == 0 {
		return
	}
	switch last := body[len(body)-1]; {
	case last.para != nil:
		last.para.keep = true
	case last.grid != nil:
		last.grid.holdEnd = true
	}
}

func points(mm float64) float64 { return mm * 72 / 25.4 }
