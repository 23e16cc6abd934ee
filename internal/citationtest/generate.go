// Package citationtest writes đoạn văn thử: running Vietnamese paragraphs of the field with viện dẫn in the spellings
// that offices and portals really use, each with what a careful reader would note about them, and measures a reader
// of citations against them. It was written from the rules of the official papers and from how people type, without
// looking at the recogniser; only tests and the bench use it.
package citationtest

import (
	"math/rand/v2"
	"strings"
)

// Open stands in a field of Expected that a careful reader may fill in more than one right way; it is not judged.
const Open = "*"

// Case is one paragraph, the references in it in the order of the text, and the names of the spellings it was made of.
type Case struct {
	Text      string
	Want      []Expected
	Spellings []string
}

// Expected is one reference: bytes of the text, then the values as citation.Reference has them, with the date as
// 2012-11-05. A value the text does not say is "".
type Expected struct {
	Start, End                                       int
	Type, Number, Symbol, Date, Issuer, Term, Spells string
}

// Generate writes n paragraphs. The same seed gives the same paragraphs on every machine.
func Generate(seed int64, n int) []Case {
	r := rand.New(rand.NewPCG(uint64(seed), 0x676961_6f62616e))
	cases := make([]Case, n)
	for i := range cases {
		cases[i] = paragraph(r)
	}
	return cases
}

// paragraph puts three to seven sentences together: about half of them cite, the others only look like it.
func paragraph(r *rand.Rand) Case {
	p := newPage(r)
	if r.IntN(12) == 0 {
		p.heading()
	}
	for range 3 + r.IntN(5) {
		if p.text.Len() > 0 {
			p.between()
		}
		if len(p.want) < 6 && r.IntN(2) == 0 {
			p.cite()
		} else {
			p.distract()
		}
	}
	return p.finish()
}

// cite writes one sentence that names documents.
func (p *page) cite() {
	s := pickWeighted(p.r, citing)
	p.note(s.name)
	s.write(p)
}

// distract writes one sentence that names none, though it has numbers, years, laws of the congress or addresses.
func (p *page) distract() {
	if p.r.IntN(3) == 0 {
		p.put(pick(p.r, plain))
		return
	}
	d := pick(p.r, distractors)
	p.note("không viện dẫn: " + d.name)
	p.put(p.fill(pick(p.r, d.texts)))
}

// heading is a line in capitals, as over a plan or a notice.
func (p *page) heading() {
	p.note("đề mục chữ hoa")
	p.upper = true
	p.put(pick(p.r, []string{"Kế hoạch triển khai ", "Báo cáo kết quả thực hiện ", "Tổng kết việc thực hiện "}))
	d := p.document(anyDocument)
	p.open(d)
	p.word(d.Type)
	p.put(" số ")
	p.symbol(d)
	if p.r.IntN(2) == 0 {
		p.put(" ngày ")
		p.date(slashed)
		p.put(" của ")
		p.issuer()
	}
	p.close()
	p.upper = false
	p.put("\n")
}

// spelling is one way of citing; weight says how often it is met in real texts.
type spelling struct {
	name   string
	weight int
	write  func(p *page)
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

func pickWeighted(r *rand.Rand, from []spelling) spelling {
	total := 0
	for _, s := range from {
		total += s.weight
	}
	at := r.IntN(total)
	for _, s := range from {
		if at -= s.weight; at < 0 {
			return s
		}
	}
	panic("the weights of the spellings do not add up")
}

// fill puts changing numbers into a sentence: # is a digit that is not 0 at the front, @ a year, so that no reader can
// learn the sentences by heart.
func (p *page) fill(s string) string {
	var b strings.Builder
	before := rune(0)
	for _, c := range s {
		switch {
		case c == '#' && before != '#':
			b.WriteByte(byte('1' + p.r.IntN(9)))
		case c == '#':
			b.WriteByte(byte('0' + p.r.IntN(10)))
		case c == '@':
			b.WriteString(pick(p.r, []string{"2016", "2019", "2020", "2021", "2022", "2023", "2024", "2025"}))
		default:
			b.WriteRune(c)
		}
		before = c
	}
	return b.String()
}
