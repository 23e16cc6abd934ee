package official

import (
	"fmt"
	"strings"
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
}

type annexSheet struct {
	heading   []para
	body      []node
	landscape bool
}

// node is one of para, *grid or pageBreak in the flow of the body.
type node struct {
	para      *para
	grid      *grid
	pageBreak bool
}

type para struct {
	part      Part
	label     string // the number of a heading or item, or the word before an addressee
	runs      []Run
	level     int     // of a heading; 0 otherwise
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
	s := sheet{p: p, banner: clean(d.Marks.Banner), author: clean(d.Issuer)}
	s.title = strings.TrimSpace(clean(strings.Join(strings.Fields(d.TypeName+" "+d.Subject), " ")))
	if s.title == "" {
		s.title = clean(kinds[d.Kind].name)
	}

	if d.Superior != "" {
		s.headLeft = append(s.headLeft, s.para(PartSuperior, d.Superior))
	}
	s.headLeft = append(s.headLeft, s.separated(s.para(PartIssuer, d.Issuer), p.IssuerSeparator, p.LeftColumn)...)
	for i, n := range p.National {
		l := s.para(n.Part, n.Text)
		if i == len(p.National)-1 {
			s.headRight = append(s.headRight, s.separated(l, p.NationalSeparator, p.RightColumn)...)
		} else {
			s.headRight = append(s.headRight, l)
		}
	}
	s.footLeft = append(s.footLeft, s.para(PartNumber, d.numberLine()))
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
			l.keep = true
			s.opening = append(s.opening, l)
		}
		if d.Subject != "" {
			l := s.para(PartSubject, d.Subject)
			l.keep = true
			s.opening = append(s.opening, s.separated(l, p.SubjectSeparator, p.textWidth(false))...)
		}
	}
	s.opening = append(s.opening, s.addressees(d)...)
	s.body = append(s.bases(d.Bases), s.flow(d.Body)...)
	holdLast(s.body)
	s.signing = s.closing(d)
	for i, a := range d.Annexes {
		s.annexes = append(s.annexes, s.annex(a, i, len(d.Annexes)))
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
		l.indent, l.gap = 12, 0
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

// flow numbers and places the blocks of a body.
func (s *sheet) flow(blocks []Block) []node {
	var out []node
	var heads, items numbering
	for _, b := range blocks {
		switch b := b.(type) {
		case Heading:
			l := para{part: headingPart(b.Level), level: min(max(b.Level, 1), 4), keep: true}
			l.runs = cleanRuns(b.Runs, s.p.Parts[l.part].Upper)
			if !b.Unnumbered {
				l.label = heads.next(s.p.Headings, l.level)
			}
			items = numbering{}
			out = append(out, node{para: &l})
		case Paragraph:
			out = append(out, node{para: &para{part: PartBody, runs: cleanRuns(b.Runs, false), origin: b.Origin}})
		case NumberedItem:
			level := min(max(b.Level, 1), 4)
			if b.Restart {
				items.restart(level)
			}
			l := para{part: PartItem, runs: cleanRuns(b.Runs, false), origin: b.Origin, label: clean(b.Label)}
			if l.label == "" {
				l.label = items.next(s.p.Items, level)
			}
			out = append(out, node{para: &l})
		case Table:
			out = append(out, s.table(b)...)
		case PageBreak:
			out = append(out, node{pageBreak: true})
		}
	}
	return out
}

func (s *sheet) annex(a Annex, i, of int) annexSheet {
	name := s.p.AnnexName
	if of > 1 {
		name += " " + roman(i+1)
	}
	heading := s.para(PartAnnex, name)
	title := s.para(PartAnnexTitle, a.Title)
	heading.keep, title.keep = true, true
	s.turned = a.Landscape
	defer func() { s.turned = false }()
	return annexSheet{heading: []para{heading, title}, body: s.flow(a.Body), landscape: a.Landscape}
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

// closing builds the block of signatures and recipients.
func (s *sheet) closing(d Document) [][2][]para {
	receivers := s.recipients(d)
	if len(d.Signers) <= 1 {
		var right []para
		if len(d.Signers) == 1 {
			right = s.signer(d.Signers[0])
		}
		if len(receivers) == 0 && len(right) == 0 {
			return nil
		}
		return [][2][]para{{receivers, right}}
	}
	var rows [][2][]para
	signers := d.Signers
	for len(signers) > 1 {
		rows = append(rows, [2][]para{s.signer(signers[0]), s.signer(signers[1])})
		signers = signers[2:]
	}
	if len(signers) == 1 {
		return apart(append(rows, [2][]para{receivers, s.signer(signers[0])}))
	}
	if len(receivers) > 0 {
		rows = append(rows, [2][]para{receivers, nil})
	}
	return apart(rows)
}

// rowGap separates one row of signatures from the next, and the head of a letter from its addressees, in pt.
const rowGap = 14

func apart(rows [][2][]para) [][2][]para {
	for _, row := range rows[1:] {
		for _, side := range row {
			if len(side) > 0 {
				side[0].gap = rowGap
			}
		}
	}
	return rows
}

// SignatureLines gives a signature as it is printed, line by line: authority, title, name.
func SignatureLines(p Profile, g Signer) []string {
	var lines []string
	for _, l := range (&sheet{p: p}).signer(g) {
		if text := plain(l.runs); text != "" {
			lines = append(lines, text)
		}
	}
	return lines
}

func (s *sheet) signer(g Signer) []para {
	var out []para
	for _, l := range g.Lines {
		out = append(out, s.para(PartAuthority, s.p.authority(l)))
	}
	if g.Title != "" {
		out = append(out, s.para(PartSignerTitle, g.Title))
	}
	name := s.para(PartSignerName, g.Name)
	name.gap = s.p.SignatureGap
	return append(out, name)
}

// authority writes quyền hạn as the profile does: T/M or TM.
func (p Profile) authority(l AuthorityLine) string {
	return strings.TrimSpace(p.Authorities[l.Authority] + " " + l.Of)
}

func (s *sheet) recipients(d Document) []para {
	if len(d.Recipients) == 0 && d.Filing == "" {
		return nil
	}
	lines := append([]string(nil), d.Recipients...)
	if d.Filing != "" {
		lines = append(lines, s.p.FilingPrefix+d.Filing)
	}
	out := []para{s.para(PartRecipients, s.p.RecipientsLabel)}
	for i, l := range lines {
		end := s.p.RecipientSeparator
		if i == len(lines)-1 {
			end = s.p.RecipientEnd
		}
		out = append(out, s.para(PartRecipient, s.p.RecipientPrefix+strings.TrimRight(l, " ;,.")+end))
	}
	return out
}

func points(mm float64) float64 { return mm * 72 / 25.4 }
