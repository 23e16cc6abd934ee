package document

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/internal/fold"
)

// collector gathers the blocks of a file and counts what it keeps before it keeps it.
type collector struct {
	blocks   []Block
	problems []string
	old      oldText
	text     int
	cells    int
	kept     int
}

// add keeps a block, its text put right; one without text and cells is left out.
func (c *collector) add(b Block) error {
	if b.Kind != Row {
		if b.Original == "" && b.Changes == nil {
			b.Text, b.Original = c.old.mended(strings.TrimSpace(b.Text))
		}
		b.Text = oneLine(b.Text)
	}
	if strings.Trim(b.Text, "\t\n") == "" {
		return nil
	}
	if b.Cells == nil {
		b.Cells = []string{}
	}
	if err := c.count(len(b.Text)+len(b.Number), len(b.Cells)); err != nil {
		return err
	}
	c.blocks = append(c.blocks, b)
	return nil
}

// count refuses what is more than any paper holds.
func (c *collector) count(text, cells int) error {
	c.text += text
	c.cells += cells
	if c.kept++; c.text > mostText || c.cells > mostCells || c.kept > mostBlocks {
		return errTooLarge
	}
	return nil
}

// say notes a problem once.
func (c *collector) say(sentence string, args ...any) {
	if len(args) > 0 {
		sentence = fmt.Sprintf(sentence, args...)
	}
	if !slices.Contains(c.problems, sentence) && len(c.problems) < 200 {
		c.problems = append(c.problems, sentence)
	}
}

// row makes the block of a row of its cells: their letters in Unicode, their blanks put right.
func (c *collector) row(cells []string) Block {
	original, old := slices.Clone(cells), false
	for i := range cells {
		plain, before := c.old.mended(cells[i])
		if before != "" {
			cells[i], old = plain, true
		}
		original[i] = strings.TrimSpace(original[i])
		cells[i] = strings.ReplaceAll(oneLine(strings.ReplaceAll(cells[i], "\t", " ")), "\t", " ")
	}
	b := Block{Kind: Row, Cells: cells, Text: strings.Join(cells, "\t")}
	if old {
		b.Original = strings.Join(original, "\t")
	}
	return b
}

// oneLine puts blanks right inside a paragraph or a row; the line ends and tabulators that the writer set stay.
func oneLine(s string) string {
	s = fold.Clean(strings.ReplaceAll(s, "\x00", ""))
	var b strings.Builder
	b.Grow(len(s))
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		for j, cell := range strings.Split(line, "\t") {
			if j > 0 {
				b.WriteByte('\t')
			}
			first := true
			for word := range strings.FieldsSeq(cell) {
				if !first {
					b.WriteByte(' ')
				}
				b.WriteString(word)
				first = false
			}
		}
	}
	return strings.Trim(b.String(), "\n\t")
}
