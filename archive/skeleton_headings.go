package archive

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"giaoban/document"
	"giaoban/internal/fold"
	"giaoban/internal/pattern"
)

// label is the number before a heading or an item. Of two numbers the one with the smaller rank stands above the other.
type label struct {
	rank int // 0: none
	n    int // which of its list, 0 for a dash
}

// The ranks of numbers: A. I. Điều 1. 1. 1.1. a) - +
const (
	lettered = 5
	romanned = 10
	article  = 15
	counted  = 20
	dotted   = 30
	small    = 40
	dashed   = 50
	plussed  = 60
)

var (
	labels = pattern.Of(`^(?:(?:Điều ([0-9]{1,3})[.:]|([IVX]{1,7})[.)]|([A-HK-U])[.)]|([0-9]{1,2}(?:\.[0-9]{1,2}){1,3})[.)]?|([0-9]{1,3})[.)]|\(([0-9]{1,3})\)|([a-zđ]{1,2}\)|[a-zđ]\.))\s+|([-–—•*▪●◦+])\s*)`)
	// smallLetters in the order in which they are counted, by either alphabet.
	smallLetters = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
)

// labelOf reads the number of a block, which the file counts itself or which is typed before the words, and where the words
// begin.
func labelOf(b document.Block, start int) (label, int) {
	if b.Number != "" {
		for _, mark := range []string{"", "."} {
			if l, n := readLabel(b.Number + mark + " Ư"); n > 0 {
				return l, start
			}
		}
		return label{rank: dashed}, start
	}
	if ornament(b.Text) {
		return label{}, start
	}
	l, n := readLabel(b.Text)
	return l, start + n
}

func readLabel(text string) (l label, length int) {
	m := labels().FindStringSubmatchIndex(text)
	if m == nil || m[1] >= len(text) {
		return l, 0
	}
	group := func(n int) string {
		if m[2*n] < 0 {
			return ""
		}
		return text[m[2*n]:m[2*n+1]]
	}
	length = m[1]
	number := func(s string) int {
		n, _ := strconv.Atoi(s)
		return n
	}
	switch {
	case group(1) != "":
		return label{article, number(group(1))}, length
	case group(2) != "":
		return label{romanned, roman(group(2))}, length
	case group(3) != "":
		return label{lettered, int(group(3)[0] - 'A' + 1)}, length
	case group(4) != "":
		// “1.1 Giáo dục” is a number, “1.5 triệu” a figure.
		if next, _ := utf8.DecodeRuneInString(text[length:]); text[m[9]] == ' ' && !unicode.IsUpper(next) {
			return l, 0
		}
		parts := strings.Split(group(4), ".")
		return label{dotted + len(parts), number(parts[len(parts)-1])}, length
	case group(5) != "":
		return label{counted, number(group(5))}, length
	case group(6) != "":
		return label{counted, number(group(6))}, length
	case group(7) != "":
		letters := []rune(strings.TrimRight(group(7), ".)"))
		return label{small, strings.IndexRune(smallLetters, letters[0]) + 100*len(letters)}, length
	case group(8) == "+":
		return label{plussed, 0}, length
	}
	return label{dashed, 0}, length
}

// roman reads I to XXXIX; 0 for anything else.
func roman(s string) int {
	for n := 1; n < 40; n++ {
		if document.Roman(n) == s {
			return n
		}
	}
	return 0
}

// findHeadings says which blocks of the text are headings: those that the file calls so, those in capitals or with Roman
// numbers, and where the file calls none so the numbered lines that are no sentences and stand above something.
func (s *skeleton) findHeadings() {
	called := 0
	for i := s.from; i < s.to; i++ {
		if s.pieces[i].Kind == document.Heading {
			called++
		}
	}
	s.trusted = called > 1
	for i := s.from; i < s.to; i++ {
		s.pieces[i].head = s.heads(i)
	}
	if s.trusted {
		return
	}
	seen := make(map[int]bool)
	for i := s.from; i < s.to; i++ {
		p := &s.pieces[i]
		if p.head || seen[i] || p.label.rank < article || p.label.rank > small {
			continue
		}
		run := s.list(i)
		heads := s.chapters(run)
		for _, j := range run {
			s.pieces[j].head, seen[j] = heads, true
		}
	}
}

// longestHeading in letters.
const longestHeading = 250

// heads tells a heading by itself, without what stands around it.
func (s *skeleton) heads(i int) bool {
	p := &s.pieces[i]
	text := s.text[p.words.Start:p.words.End]
	long := utf8.RuneCountInString(text)
	switch {
	case p.Kind == document.Row, p.Kind == document.Note, p.Kind == document.Caption, long == 0, long > longestHeading, p.told:
		return false
	case p.Kind == document.Heading:
		return !strings.HasSuffix(text, ";")
	case p.label.rank >= dashed:
		return false
	case document.EndsSentence(text):
		return (p.label.rank == romanned || p.label.rank == lettered) && long <= 100 && !strings.HasSuffix(text, ";")
	case fold.Capitals(text, 2), p.label.rank == romanned, p.label.rank == lettered:
		return true
	}
	return p.label.rank == 0 && !s.trusted && long <= 100 && !s.leadsToTable(i) && sectionNamed(s.low[p.words.Start:p.words.End]) != none
}

// list gives the items of the list that begins at i: numbers of one rank that go up, whatever stands below them.
func (s *skeleton) list(i int) []int {
	run, last := []int{i}, s.pieces[i].label
	for j := i + 1; j < s.to; j++ {
		switch p := &s.pieces[j]; {
		case p.head, p.label.rank > 0 && p.label.rank < last.rank:
			return run
		case p.label.rank == last.rank:
			if p.label.n <= last.n {
				return run
			}
			run, last = append(run, j), p.label
		}
	}
	return run
}

// chapters tells whether the members of a list are headings: none is a sentence, and something stands below each.
func (s *skeleton) chapters(run []int) bool {
	for _, i := range run {
		p := &s.pieces[i]
		text := s.text[p.words.Start:p.words.End]
		if p.told || document.EndsSentence(text) || utf8.RuneCountInString(text) > longestHeading || i+1 >= s.to {
			return false
		}
		if next := &s.pieces[i+1]; next.head || next.label.rank > 0 && next.label.rank <= p.label.rank {
			return false
		}
	}
	first, last := run[0], run[len(run)-1]
	if first > s.from && s.asks(s.pieces[first-1].words) {
		return false // what is asked for, full stop or not
	}
	return len(run) > 1 || last+2 < s.to // one line and the words that close the paper are no chapter
}

// rank is where a heading stands among the others.
func (s *skeleton) rank(p *piece) int {
	switch {
	case p.Kind == document.Heading && s.trusted:
		return 10 * p.Level
	case p.label.rank > 0:
		return p.label.rank
	case fold.Capitals(s.text[p.words.Start:p.words.End], 2):
		return romanned
	case p.Kind == document.Heading:
		return 10 * p.Level
	}
	return counted + 5
}
