package official

import "fmt"

// typed is one text of a document with the name of its place. head: near the number of the paper,
// where the way of writing numbers is bound.
type typed struct {
	where, text string
	head        bool
}

// texts lists every text that a person typed, in the order of the paper.
func (d Document) texts() []typed {
	out := []typed{{"Cơ quan cấp trên", d.Superior, true}, {"Cơ quan ban hành", d.issuers("\n"), true}, {"Số, ký hiệu", d.TypeSymbol + " " + d.BodySymbol, true},
		{"Địa danh", d.Place, true}, {"Tên loại", d.TypeName, true}, {"Trích yếu", d.Subject, true}}
	for i, s := range d.Addressed {
		out = append(out, typed{fmt.Sprintf("Kính gửi %d", i+1), s, false})
	}
	for i, s := range d.Bases {
		out = append(out, typed{fmt.Sprintf("Căn cứ %d", i+1), s, false})
	}
	out = append(out, blockTexts("", d.Body)...)
	for i, g := range d.Signers {
		where := fmt.Sprintf("Người ký %d", i+1)
		for _, line := range g.Lines {
			out = append(out, typed{where, line.Of, false})
		}
		out = append(out, typed{where, g.Title, false}, typed{where, g.Name, false})
	}
	for _, s := range append(append([]string(nil), d.Recipients...), d.Filing) {
		out = append(out, typed{"Nơi nhận", s, false})
	}
	for i, a := range d.Annexes {
		name := annexPlace(i)
		out = append(append(out, typed{name, a.Title, false}), blockTexts(name+", ", a.Body)...)
	}
	return append(out, typed{"Dòng báo mỗi trang", d.Marks.Banner, false})
}

// annexPlace names the i-th annex as a place of a finding.
func annexPlace(i int) string { return fmt.Sprintf("Phụ lục %d", i+1) }

func blockTexts(in string, blocks []Block) []typed {
	var out []typed
	for i, b := range blocks {
		out = append(out, textsOfBlock(fmt.Sprintf("%sĐoạn %d", in, i+1), b)...)
	}
	return out
}

func textsOfBlock(where string, b Block) []typed {
	var out []typed
	one := func(s string) { out = append(out, typed{where, s, false}) }
	switch b := b.(type) {
	case Heading:
		one(plain(b.Runs))
	case Paragraph:
		one(plain(b.Runs))
	case NumberedItem:
		one(plain(b.Runs))
	case Table:
		one(b.Caption)
		one(b.Unit)
		for _, c := range b.Columns {
			one(c.Title)
		}
		for _, row := range append(append([][]Cell(nil), b.Head...), b.Rows...) {
			for _, c := range row {
				one(plain(c.Runs))
			}
		}
		for _, n := range b.Notes {
			one(n)
		}
	}
	return out
}

// SecretMarkIn looks for a mark of secrecy in everything a document says.
func (d Document) SecretMarkIn() (level string, found bool) {
	for _, t := range d.texts() {
		if level, found = SecretMark(t.text); found {
			return level, true
		}
	}
	return "", false
}
