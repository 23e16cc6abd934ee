package citationtest

import (
	"fmt"
	"strings"
	"unicode"

	"giaoban/citation"

	"golang.org/x/text/unicode/norm"
)

// Score is what a reader of citations got right. Ratios are between 0 and 1; a ratio of nothing is 1.
type Score struct {
	Cases, Wanted, Found, Right int // paragraphs; references expected; references given; given and expected, same document
	Symbols                     Part
	Dates, Issuers, Types       Part // among the right ones
	Terms, Numbers              Part
	Misses                      []string // one line each, what was expected and what was given, with the words around
}

// Part counts how many of how many.
type Part struct{ Good, All int }

// Ratio is Good of All.
func (p Part) Ratio() float64 {
	if p.All == 0 {
		return 1
	}
	return float64(p.Good) / float64(p.All)
}

func (p *Part) judge(good bool) bool {
	p.All++
	if good {
		p.Good++
	}
	return good
}

// Recall is how many of the expected references were given.
func (s Score) Recall() float64 { return Part{s.Right, s.Wanted}.Ratio() }

// Precision is how many of the given references were expected.
func (s Score) Precision() float64 { return Part{s.Right, s.Found}.Ratio() }

func (s Score) String() string {
	return fmt.Sprintf("%d đoạn, %d viện dẫn: tìm được %.4f, đúng %.4f, ký hiệu %.4f, ngày %.4f, cơ quan %.4f, loại %.4f, khóa %.4f, số %.4f",
		s.Cases, s.Wanted, s.Recall(), s.Precision(), s.Symbols.Ratio(), s.Dates.Ratio(), s.Issuers.Ratio(), s.Types.Ratio(), s.Terms.Ratio(), s.Numbers.Ratio())
}

// Measure reads every case with find and compares. A reference is right when it lies over the expected place and has
// its symbol, or its number where there is no symbol, or the word for a law where there is neither. Types, issuers and
// khóa are compared without regard to capitals, blanks and the old place of the tone mark, since those stay as written.
func Measure(cases []Case, find func(string) []citation.Reference) Score {
	s := Score{Cases: len(cases)}
	for _, c := range cases {
		s.read(c, find(c.Text))
	}
	return s
}

func (s *Score) read(c Case, given []citation.Reference) {
	s.Wanted += len(c.Want)
	s.Found += len(given)
	used := make([]bool, len(given))
	for _, w := range c.Want {
		at := match(w, given, used)
		if w.Symbol != "" {
			s.Symbols.judge(at >= 0)
		}
		if at < 0 {
			s.miss(c, w.Start, w.End, w.Spells, "không thấy %s %s %s", w.Type, w.Number, w.Symbol)
			continue
		}
		used[at] = true
		s.Right++
		s.compare(c, w, given[at])
	}
	for i, g := range given {
		if !used[i] {
			s.miss(c, g.Start, g.End, "thừa", "thừa %s %s %s", g.Type, g.Number, g.Symbol)
		}
	}
}

func (s *Score) compare(c Case, w Expected, g citation.Reference) {
	check := func(part *Part, what, want, got string, same bool) {
		if want != Open && !part.judge(same) {
			s.miss(c, w.Start, w.End, w.Spells, "%s của %s%s: phải là %q, lại là %q", what, w.Number, w.Symbol, want, got)
		}
	}
	date := ""
	if !g.Date.IsZero() {
		date = g.Date.String()
	}
	check(&s.Dates, "ngày", w.Date, date, w.Date == date)
	check(&s.Issuers, "cơ quan", w.Issuer, g.Issuer, sameIssuer(w.Issuer, g.Issuer))
	check(&s.Types, "loại", w.Type, g.Type, plainly(w.Type) == plainly(g.Type))
	check(&s.Terms, "khóa", w.Term, g.Term, plainly(w.Term) == plainly(g.Term))
	check(&s.Numbers, "số", w.Number, g.Number, w.Number == g.Number)
}

// match finds the given reference that is w: over the same place, and the same document.
func match(w Expected, given []citation.Reference, used []bool) int {
	for i, g := range given {
		if used[i] || g.End <= w.Start || w.End <= g.Start {
			continue
		}
		switch {
		case w.Symbol != "":
			if strings.EqualFold(w.Symbol, g.Symbol) {
				return i
			}
		case w.Number != "":
			if g.Symbol == "" && w.Number == g.Number {
				return i
			}
		case g.Symbol == "" && g.Number == "":
			return i
		}
	}
	return -1
}

// sameIssuer lets the plenum stand before the committee that met, or not.
func sameIssuer(want, got string) bool {
	want, got = plainly(want), plainly(got)
	if want == got {
		return true
	}
	return want != "" && strings.HasPrefix(got, "hội nghị ") && strings.HasSuffix(got, want)
}

func plainly(s string) string {
	s = strings.ReplaceAll(strings.ToLower(norm.NFC.String(s)), "ð", "đ")
	s = newTone.Replace(s)
	return strings.Join(strings.FieldsFunc(s, unicode.IsSpace), " ")
}

var newTone = strings.NewReplacer("uỷ", "ủy", "khoá", "khóa", "hoá", "hóa", "hoà", "hòa")

// miss writes one line about a place of c with forty bytes of its surroundings.
func (s *Score) miss(c Case, start, end int, spells, format string, args ...any) {
	from, to := max(0, start-40), min(len(c.Text), end+60)
	around := strings.ToValidUTF8(c.Text[from:to], "")
	s.Misses = append(s.Misses, fmt.Sprintf("[%s] %s | …%s…", spells, fmt.Sprintf(format, args...), strings.ReplaceAll(around, "\n", "⏎")))
}
