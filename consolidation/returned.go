package consolidation

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/journal"
	"giaoban/official"
)

// Printed is where a paragraph of the draft stands in the body of its paper, with the words that the paper puts before and
// behind it.
type Printed struct {
	Block           int // of official.Document.Body
	Paragraph       db.ID
	Section, Sector string
	Lead, Tail      string
}

// printing gathers what body prints, in its order.
type printing []Printed

func (c Consolidation) note(p Paragraph, lead, tail string) {
	if c.printing != nil {
		*c.printing = append(*c.printing, Printed{Paragraph: p.ID, Lead: lead, Tail: tail})
	}
}

// Printed says where the paragraphs stand in the body of the paper.
func (c Consolidation) Printed() []Printed {
	var all printing
	c.printing = &all
	body := c.body()
	texts := map[db.ID]Printed{}
	kept := map[db.ID]string{}
	for _, g := range c.Groups {
		for _, p := range g.Paragraphs {
			texts[p.ID], kept[p.ID] = Printed{Section: g.Section, Sector: g.Sector}, p.Text
		}
	}
	n := 0
	for block, b := range body {
		if n == len(all) {
			break
		}
		p := &all[n]
		if text := official.PlainText(b); text == p.Lead+kept[p.Paragraph] || text == p.Lead+strings.TrimRight(kept[p.Paragraph], " .;")+p.Tail {
			p.Block, p.Section, p.Sector = block, texts[p.Paragraph].Section, texts[p.Paragraph].Sector
			n++
		}
	}
	return all[:n]
}

// Takes tells whether a line of a file that came back is one of the draft's paragraphs, or a new one.
func Takes(printed []Printed, l official.ReturnedLine) bool {
	if l.State == official.LineNew {
		return l.Where == ""
	}
	for _, block := range l.Joined {
		if at(printed, block) < 0 { // what the program writes stays where it is
			return false
		}
	}
	return at(printed, l.Block) >= 0
}

func at(printed []Printed, block int) int {
	return slices.IndexFunc(printed, func(p Printed) bool { return block >= 0 && p.Block == block })
}

// own takes away what the paper prints around a paragraph.
func (p Printed) own(text string) string {
	text = strings.TrimPrefix(strings.TrimSpace(text), p.Lead)
	if p.Tail != "" && strings.HasSuffix(text, strings.TrimSpace(p.Tail)) {
		text = strings.TrimSpace(strings.TrimSuffix(text, strings.TrimSpace(p.Tail))) + "."
	}
	return text
}

// Taken is a line that came back and is taken into the draft; a new or a moved one goes under a heading and a sector.
type Taken struct {
	official.ReturnedLine
	Section, Sector string
}

// TakeReturned takes lines of a Word file that came back into the draft, all or none. Changed and moved paragraphs keep
// their origins, struck ones stay listed as left out with who struck them, new ones are the commission's own.
func TakeReturned(tx *db.Tx, by access.Actor, id db.ID, version int64, file string, lines []Taken) (int64, error) {
	e, err := edit(tx, by, id, version)
	if err != nil {
		return 0, err
	}
	c, err := ByID(tx, by, id)
	if err != nil {
		return 0, err
	}
	r := returning{tx: tx, by: by, id: id, printed: c.Printed()}
	if r.version, err = e.done("took_word", journal.Details{"file": file, "lines": len(lines)}); err != nil {
		return 0, err
	}
	var placed []Taken
	for _, l := range lines {
		if !Takes(r.printed, l.ReturnedLine) {
			continue
		}
		if l.State == official.LineNew || l.State == official.LineMoved {
			placed = append(placed, l)
		}
		if l.State == official.LineNew {
			continue
		}
		if err := r.rewrite(l); err != nil {
			return 0, err
		}
	}
	for _, l := range slices.Backward(placed) { // those behind one place keep their order
		if err := r.place(l); err != nil {
			return 0, err
		}
	}
	return r.version, nil
}

type returning struct {
	tx      *db.Tx
	by      access.Actor
	id      db.ID
	version int64
	printed []Printed
}

func (r *returning) after(version int64, err error) error {
	r.version = version
	return err
}

// rewrite takes the words of a paragraph that stands.
func (r *returning) rewrite(l Taken) error {
	p := r.printed[at(r.printed, l.Block)]
	if l.State == official.LineStruck {
		reason := "Bỏ trong tệp Word trả về"
		if l.Who != "" {
			reason += " (" + l.Who + ")"
		}
		return r.after(DropParagraph(r.tx, r.by, r.id, r.version, p.Paragraph, reason))
	}
	for _, block := range l.Joined {
		if n := at(r.printed, block); n >= 0 {
			if err := r.after(MergeParagraphs(r.tx, r.by, r.id, r.version, p.Paragraph, r.printed[n].Paragraph)); err != nil {
				return err
			}
		}
	}
	parts := strings.Split(p.own(l.New), "\n")
	for i := len(parts) - 1; i > 0; i-- { // from the end: each split leaves the first part where it is
		if err := r.after(SplitParagraph(r.tx, r.by, r.id, r.version, p.Paragraph, strings.Join(parts[:i], " "), parts[i])); err != nil {
			return err
		}
	}
	return r.after(EditParagraph(r.tx, r.by, r.id, r.version, p.Paragraph, parts[0]))
}

// place puts a new or a moved paragraph behind the one that it stands behind in the file.
func (r *returning) place(l Taken) error {
	behind := db.ID("")
	for _, p := range r.printed {
		if l.Behind >= 0 && p.Block <= l.Behind && p.Section == l.Section && p.Sector == l.Sector {
			behind = p.Paragraph
		}
	}
	n := at(r.printed, l.Block)
	if n < 0 {
		return r.after(AddParagraph(r.tx, r.by, r.id, r.version, l.Section, l.Sector, behind, l.New))
	}
	return r.after(move(r.tx, r.by, r.id, r.version, r.printed[n].Paragraph, l.Section, l.Sector, putAfter{behind}))
}
