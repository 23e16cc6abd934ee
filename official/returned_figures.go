package official

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"giaoban/document"
	"giaoban/internal/fold"
	"giaoban/internal/pattern"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// holdFigures says where a figure that was changed in the words stands in a table as it was, and the other way.
func holdFigures(r *Returned, written, back document.Document) {
	inTables, inWords := map[string]string{}, map[string]string{}
	for _, b := range written.Blocks {
		if b.Kind != document.Row {
			continue
		}
		head := ""
		for _, c := range b.Cells {
			if head == "" && strings.ContainsFunc(c, unicode.IsLetter) {
				head = c
			}
		}
		for _, c := range b.Cells {
			if f := strings.TrimSpace(c); head != "" && wholeFigure().MatchString(f) {
				inTables[f] = cmp.Or(inTables[f], head)
			}
		}
	}
	for _, b := range back.Accepted() {
		if b.Kind == document.Row {
			continue
		}
		for _, f := range anyFigure().FindAllString(b.Text, -1) {
			inWords[f] = cmp.Or(inWords[f], b.Text)
		}
	}
	for i := range r.Lines {
		l := &r.Lines[i]
		was, is := anyFigure().FindAllString(l.Old, -1), anyFigure().FindAllString(l.New, -1)
		var come []string
		for _, f := range is {
			if !slices.Contains(was, f) {
				come = append(come, f)
			}
		}
		for _, f := range was {
			if len(f) < 2 || slices.Contains(is, f) || len(come) == 0 {
				continue
			}
			switch head := inTables[f]; {
			case l.Cell == nil && l.Where == "" && head != "":
				l.Figures = append(l.Figures, fmt.Sprintf("Bảng số liệu vẫn ghi %s ở dòng “%s”; lời sửa ghi %s.", f, head, strings.Join(come, ", ")))
			case (l.Cell != nil || l.Where != "") && inWords[f] != "":
				l.Figures = append(l.Figures, fmt.Sprintf("Lời văn vẫn ghi %s: “%s”.", f, fold.Cut(inWords[f], 90)))
			}
		}
	}
}

var (
	wholeFigure = pattern.Of(`^[0-9]+(?:[.,][0-9]+)*%?$`)
	anyFigure   = pattern.Of(`[0-9]+(?:[.,][0-9]+)*`)
)

// Wording is a piece of a text that was changed: what stands in both (Change is ""), what is new, what was struck.
type Wording struct {
	Text   string
	Change document.Change
}

// Differ gives the words of two texts as one row, word by word.
func Differ(old, now string) (all []Wording) {
	runes, words := map[string]rune{}, []string{}
	of := func(text string) (line []rune) {
		for _, w := range strings.Fields(text) {
			r, known := runes[w]
			if !known {
				r = 0x10000 + rune(len(words))
				runes[w] = r
				words = append(words, w)
			}
			line = append(line, r)
		}
		return line
	}
	for _, d := range diffmatchpatch.New().DiffMainRunes(of(old), of(now), false) {
		var text []string
		for _, r := range d.Text {
			text = append(text, words[r-0x10000])
		}
		change := map[diffmatchpatch.Operation]document.Change{diffmatchpatch.DiffDelete: document.Deleted, diffmatchpatch.DiffInsert: document.Inserted}[d.Type]
		all = append(all, Wording{strings.Join(text, " "), change})
	}
	return all
}
