package report

import (
	"slices"
	"strings"

	"giaoban/document"
	"giaoban/internal/fold"
)

// LayOutDocument puts a report that was read from a file under the headings of the form, as LayOut does with a text: what is
// accepted of it, not what is struck. The file says by style, level and number what a heading is, before its words are asked. Items
// keep their number or bullet, a row of a table is a paragraph of all its cells, a note follows what it belongs to.
func (f *Form) LayOutDocument(d document.Document, only string) Laid {
	l := newLaying(f, only)
	l.file = true
	for _, b := range d.Accepted() {
		l.block(b)
	}
	return l.laid()
}

// cellMark stands between the cells of a row.
const cellMark = " | "

func (l *laying) block(b document.Block) {
	switch {
	case b.Kind == document.Row && len(b.Cells) > 1:
		l.row(b)
	case b.Kind == document.Row: // a frame around text is no table
		l.lines(b)
	case b.Kind == document.Note:
		l.take(numberedText("["+b.Number+"]", oneLine(b.Text)), heading{}, false)
	default:
		l.lines(b)
	}
}

// lines takes a block line by line; a heading may stand on a line of its own within it.
func (l *laying) lines(b document.Block) {
	number := b.Number
	for line := range strings.SplitSeq(b.Text, "\n") {
		line = oneLine(line)
		if line == "" {
			continue
		}
		line, number = numberedText(number, line), ""
		h, ok := headingIn(line)
		switch b.Kind {
		case document.Caption:
			ok = false
		case document.Heading:
			if !ok {
				h, ok = styledHeading(line, b.Level)
			}
			h.styled, h.top = ok, h.top || b.Level == 1
		case document.Paragraph:
			if !ok {
				h, ok = l.form.bareHeading(line)
			}
		}
		l.take(line, h, ok)
	}
	if number != "" { // an item of which only the number is left
		l.take(number, heading{}, false)
	}
}

// row keeps every cell; below the text of the report each side of the closing is looked at.
func (l *laying) row(b document.Block) {
	cells := make([]string, len(b.Cells))
	for i, cell := range b.Cells {
		var lines []string
		for line := range strings.SplitSeq(cell, "\n") {
			if line = oneLine(line); line != "" {
				lines = append(lines, line)
				l.ends(line)
			}
		}
		cells[i] = strings.Join(lines, "; ")
	}
	l.annexed = l.annexed || l.ended && len(cells) > 2
	l.take(numberedText(b.Number, strings.Join(cells, cellMark)), heading{}, false)
}

// longestFrame is how long, in bytes, a line of a letterhead or of a closing is at most.
const longestFrame = 400

// opens tells what stands above the text of a paper: its letterhead, its addressees, the words that lead to what follows.
func opens(text string) bool {
	if len(text) > longestFrame {
		return false
	}
	said := " " + strings.Join(wordsOf(text), " ") + " "
	for _, words := range []string{" cong hoa xa hoi chu nghia viet nam ", " dang cong san viet nam ", " doc lap tu do hanh phuc "} {
		if strings.Contains(said, words) {
			return true
		}
	}
	return fold.Capitals(text, 4) && slices.ContainsFunc(issuers, func(word string) bool { return strings.HasPrefix(said, " "+word+" ") }) || closing(text) || strings.HasPrefix(said, " so ") && strings.ContainsAny(text, "/-") && len(text) < 120 ||
		strings.HasSuffix(strings.TrimSpace(text), "như sau:") || strings.Contains(said, " ngay ") && strings.Contains(said, " thang ") && len(text) < 60
}

// issuers begin the names that stand in capitals at the top of a paper.
var issuers = []string{"so", "ubnd", "uy ban nhan dan", "tinh uy", "thanh uy", "thi uy", "huyen uy", "dang uy", "ban", "bao hiem", "lien hiep", "hoi", "truong", "benh vien", "cong an", "van phong", "vien", "trung tam"}

// closes tells what stands below the text of a paper, down to its annexes: recipients, authority, names.
func (l *laying) closes(text string) bool {
	said := strings.Join(wordsOf(text), " ") + " "
	for _, word := range []string{"phu luc ", "bieu ", "bang ", "danh sach "} {
		l.annexed = l.annexed || strings.HasPrefix(said, word)
	}
	return l.file && !l.annexed && len(text) <= longestFrame
}

func numberedText(number, text string) string {
	return strings.TrimSpace(strings.TrimPrefix(number, "[]") + " " + text)
}

// styledHeading is a heading because the file says so, whatever stands before its words.
func styledHeading(line string, level int) (heading, bool) {
	h := heading{named: true, level: min(max(level, 1), 3), top: level <= 1}
	if len([]rune(line)) > mostHeading {
		return h, false
	}
	text := h.takeNumber(line)
	return h, h.read(text)
}

// bareHeading is a line that says nothing but the name of a section: its bold letters are not known from a file.
func (f *Form) bareHeading(line string) (heading, bool) {
	h := heading{named: true, inner: 'B', level: 4}
	if len([]rune(line)) > mostHeading || document.EndsSentence(line) && !strings.HasSuffix(line, ":") || !h.read(line) {
		return h, false
	}
	section, first := f.sectionSaid(h.words)
	return h, first && f.saysNoMore(h.words, section, "")
}
