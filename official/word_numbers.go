package official

import (
	"fmt"
	"hash/crc32"
	"strconv"
)

// Headings I. and 1., 1.1. and items 1. are counted by the word processor, so that who puts a paragraph in between gets the
// next number; a) b) c) d) đ) stays text, since no word processor counts by the Vietnamese alphabet. A number that a list would
// not give by itself begins a list of its own at that number: what is printed is always the label of the sheet.

// countedList is a use of one of the two lists of a Word file (w:num): the numbers at which its levels begin.
type countedList struct {
	items  bool
	starts [4]int
}

// mainList is the list of the headings of the text, which their styles name.
const mainList = 1

// listing follows what a word processor counts in one flow of text.
type listing struct {
	s      *sheet
	items  bool
	list   int    // in use, counted from 1; 0: none yet
	counts [4]int // the last number of each level in this list; 0: none since a higher level
}

// lists are the counters of headings or of items, and how many of their levels are counted by the word processor.
func (p Profile) lists(items bool) (levels []Counter) {
	if items {
		return p.Items[:min(1, len(p.Items))]
	}
	return p.Headings
}

// byWord reports whether a word processor counts as this counter does.
func (c Counter) byWord() bool { return c.Format == "I" || c.Format == "1" || c.Format == "1.1" }

// place gives the list that prints number n at a level (from 1); 0 where it must be typed.
func (l *listing) place(level, n int) int {
	counters := l.s.p.lists(l.items)
	if level > len(counters) || !counters[level-1].byWord() || n < 1 {
		return 0
	}
	at := level - 1
	below := at > 0 && l.counts[at-1] > 0 // stands under a number of this list
	goesOn := l.list > 0 && n == l.counts[at]+1 && (l.counts[at] > 0 || below && l.s.lists[l.list-1].starts[at] == 1)
	if !goesOn {
		if counters[at].Format == "1.1" && at > 0 { // a new list would not know the number above
			return 0
		}
		l.begin(at, n)
	}
	l.counts[at] = n
	clear(l.counts[at+1:])
	return l.list
}

// begin takes a list whose level at begins with n.
func (l *listing) begin(at, n int) {
	one := countedList{items: l.items, starts: [4]int{1, 1, 1, 1}}
	one.starts[at] = n
	l.counts = [4]int{}
	if l.s.mainTaken || l.items || one != l.s.lists[mainList-1] {
		l.s.lists = append(l.s.lists, one)
		l.list = len(l.s.lists)
		return
	}
	l.s.mainTaken, l.list = true, mainList
}

// labelled reads a label as the counter writes it; 0 when it is none of its numbers.
func (c Counter) labelled(label string) int {
	for n := 1; n < 1000 && c.Format == "1"; n++ {
		if strconv.Itoa(n)+c.Suffix == label {
			return n
		}
	}
	return 0
}

// countsHeadings reports whether headings of a level (from 1) are counted by the word processor.
func (p Profile) countsHeadings(level int) bool {
	return level <= len(p.Headings) && p.Headings[level-1].byWord()
}

// numberingPart writes both lists and each use of them.
func numberingPart(x *xmlWriter, s sheet, d Document) {
	x.raw(`<w:numbering `, wordSpace, `>`)
	for i, items := range []bool{false, true} {
		// Lists of one name become one list when papers are put together: the name is the paper's own.
		name := crc32.ChecksumIEEE([]byte(fmt.Sprint(s.author, "\n", s.title, "\n", d.numberLine(), "\n", d.dateLine(), "\n", items)))
		x.raw(`<w:abstractNum w:abstractNumId="`, strconv.Itoa(i), `"><w:nsid w:val="`, fmt.Sprintf("%08X", name), `"/><w:multiLevelType w:val="multilevel"/>`)
		for at, c := range s.p.lists(items) {
			x.listLevel(s, c, at, items)
		}
		x.raw(`</w:abstractNum>`)
	}
	for i, l := range s.lists {
		kind := 0
		if l.items {
			kind = 1
		}
		x.raw(`<w:num w:numId="`, strconv.Itoa(i+1), `"><w:abstractNumId w:val="`, strconv.Itoa(kind), `"/>`)
		for at := range s.p.lists(l.items) {
			x.raw(`<w:lvlOverride w:ilvl="`, strconv.Itoa(at), `"><w:startOverride w:val="`, strconv.Itoa(l.starts[at]), `"/></w:lvlOverride>`)
		}
		x.raw(`</w:num>`)
	}
	x.raw(`</w:numbering>`)
}

// listLevel writes how one level is counted. Behind the number stands one blank, and the first line begins where that of the
// style does: both as if it were typed.
func (x *xmlWriter) listLevel(s sheet, c Counter, at int, items bool) {
	format, text, part := "none", "", PartItem
	if !items {
		part = headingPart(at + 1)
	}
	if c.byWord() {
		format, text = "decimal", "%"+strconv.Itoa(at+1)+c.Suffix
		switch c.Format {
		case "I":
			format = "upperRoman"
		case "1.1":
			for i := at; i > 1; i-- { // the roman level is not repeated
				text = "%" + strconv.Itoa(i) + "." + text
			}
		}
	}
	x.raw(`<w:lvl w:ilvl="`, strconv.Itoa(at), `"><w:start w:val="1"/><w:numFmt w:val="`, format, `"/>`)
	if !items && c.byWord() {
		x.raw(`<w:pStyle w:val="`, string(part), `"/>`)
	}
	x.raw(`<w:suff w:val="space"/><w:lvlText w:val="`, escape(text), `"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="`,
		twips(s.p.Parts[part].Indent), `"/></w:pPr></w:lvl>`)
}
