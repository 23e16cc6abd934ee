package citationtest

import (
	"math/rand/v2"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// page is the paragraph being typed, with the bad habits of the one who types it.
type page struct {
	r     *rand.Rand
	text  strings.Builder
	want  []Expected
	names []string

	now  Expected // the reference being written
	doc  document // and its document
	from int

	upper     bool // a heading
	decompose bool // NFD, as some keyboards and copied PDFs give
	eth       bool // Ð instead of Đ, from old fonts
	nbsp      bool
	breaks    bool // lines broken in the middle, as copied from a PDF
	lower     bool // the word for the type never has a capital
	oldTone   bool // uỷ, khoá, hoà
	dash      string
	gap       func(r *rand.Rand, sign string) string // blanks round the signs of a symbol
}

func newPage(r *rand.Rand) *page {
	p := &page{r: r, dash: "-", gap: func(_ *rand.Rand, sign string) string { return sign }}
	p.oldTone = r.IntN(4) == 0
	p.lower = r.IntN(10) == 0
	if p.lower {
		p.note("loại viết thường")
	}
	switch r.IntN(16) {
	case 0:
		p.decompose = true
		p.note("dấu rời NFD")
	case 1:
		p.eth = true
		p.note("chữ Ð của phông cũ")
	case 2:
		p.nbsp = true
		p.note("dấu cách không ngắt")
	case 3:
		p.breaks = true
		p.note("ngắt dòng giữa chừng")
	case 4:
		p.dash = "–"
		p.note("gạch ngang dài")
	case 5:
		p.dash = pick(r, []string{"−", "‑", "‐"})
		p.note("dấu trừ thay gạch nối")
	case 6:
		p.gap = func(r *rand.Rand, sign string) string {
			return pick(r, []string{" " + sign + " ", " " + sign, sign + " "})
		}
		p.note("cách quanh gạch nối và gạch chéo")
	case 7:
		p.dash = " – "
		p.note("gạch dài có dấu cách")
	}
	return p
}

func (p *page) note(name string) { p.names = append(p.names, name) }

// typed is s as this person types it.
func (p *page) typed(s string) string {
	if p.oldTone {
		s = oldTone.Replace(s)
	}
	if p.upper {
		s = strings.ToUpper(s)
	}
	if p.eth {
		s = strings.ReplaceAll(s, "Đ", "Ð")
	}
	if p.decompose {
		s = norm.NFD.String(s)
	}
	return s
}

var oldTone = strings.NewReplacer("ủy", "uỷ", "Ủy", "Uỷ", "khóa", "khoá", "Khóa", "Khoá", "hóa", "hoá", "Hòa", "Hoà")

// put types running words.
func (p *page) put(s string) {
	for _, c := range p.typed(s) {
		switch {
		case c == ' ' && p.nbsp && p.r.IntN(3) == 0:
			c = '\u00a0'
		case c == ' ' && p.breaks && p.r.IntN(7) == 0:
			c = '\n'
		}
		p.text.WriteRune(c)
	}
}

// between sets two sentences apart: on one line mostly, as the points of a list sometimes.
func (p *page) between() {
	p.put(pick(p.r, []string{" ", " ", " ", "\n", "\n\n", "\n- ", "\n+ "}))
}

// open begins a reference to d where the text now stands; close notes it, with what was written in between.
func (p *page) open(d document) {
	p.doc, p.from, p.now = d, p.text.Len(), Expected{}
}

func (p *page) close() {
	p.now.Start, p.now.End = p.from, p.text.Len()
	p.now.Spells = p.names[len(p.names)-1]
	p.want = append(p.want, p.now)
}

// word types the type, which is then the type as written: in sentence case whatever the capitals.
func (p *page) word(typ string) {
	p.now.Type = typ
	if p.lower {
		typ = strings.ToLower(typ)
	}
	p.put(typ)
}

// symbol types the symbol of d with the blanks and dashes of this page and expects it without them.
func (p *page) symbol(d document) {
	p.now.Number, p.now.Symbol = d.Number, d.symbol()
	p.raw(d.symbol())
}

// raw types a symbol or a part of one.
func (p *page) raw(s string) {
	s = p.typed(s)
	for _, c := range s {
		switch c {
		case '-':
			p.text.WriteString(p.gap(p.r, p.dash))
		case '/':
			p.text.WriteString(p.gap(p.r, "/"))
		default:
			p.text.WriteRune(c)
		}
	}
}

// issuer types the body that signed, and its khóa when the document has one.
func (p *page) issuer() { p.issuerFor(len(p.want)) }

// issuerFor does so for the reference being written and for those noted since first: they share it.
func (p *page) issuerFor(first int) {
	p.put(p.doc.Issuer)
	p.now.Issuer, p.now.Term = p.doc.Issuer, p.doc.Term
	switch {
	case p.doc.Term == "":
	case p.r.IntN(2) == 0:
		p.put(" (khóa " + p.doc.Term + ")")
	default:
		p.put(" khóa " + p.doc.Term)
	}
	for i := first; i < len(p.want); i++ {
		p.want[i].Issuer, p.want[i].Term = p.now.Issuer, p.now.Term
	}
}

// date types the day of the document in the given way.
func (p *page) date(way dateForm) { p.dateFor(way, len(p.want)) }

// dateFor does so for the reference being written and those noted since first.
func (p *page) dateFor(way dateForm, first int) {
	p.now.Date = ""
	if way.complete {
		p.now.Date = p.doc.Date.String()
	}
	p.put(way.text(p.r, p.doc.Date))
	for i := first; i < len(p.want); i++ {
		p.want[i].Date = p.now.Date
	}
}

func (p *page) finish() Case {
	slices.SortStableFunc(p.want, func(a, b Expected) int { return a.Start - b.Start })
	return Case{Text: p.text.String(), Want: p.want, Spellings: p.names}
}
