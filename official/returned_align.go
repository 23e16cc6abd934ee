package official

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"giaoban/document"
	"giaoban/internal/pattern"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// wasLine is one line of the paper as it was written into the file.
type wasLine struct {
	key, text  string
	cells      []string
	block, row int    // in the body; -1 outside
	where      string // outside
	to         int    // the line of theirs that it became; -1 for none
	joined     int    // the line of ours that it was made one with; -1
}

// backLine is one line of the file that came back.
type backLine struct {
	document.Block
	before []string // the cells of a row, or the text alone, as they stood before the changes
	key    string   // of before; "" for what was put in
	from   int      // the line of ours that it was; -1 for none
	part   bool     // a further part of the line before
	moved  bool
}

// bare is a text by which two writings of the same line are one: no blanks, no number before it, no mark behind it.
func bare(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u200b' || r == '\u00ad' {
			return -1
		}
		return r
	}, listLabel().ReplaceAllString(strings.TrimSpace(clean(text)), ""))
	return strings.TrimRight(text, ".;:,/")
}

var listLabel = pattern.Of(`^(?:(?:[IVXLC]{1,7}|[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}|[a-zđ])[.)]|Điều [0-9]{1,3}\.|[-–+•*])\s+`)

func unlabelled(text string) string { return listLabel().ReplaceAllString(strings.TrimSpace(text), "") }

// writtenLines are the lines of our own file with the places that they have in the body.
func writtenLines(d Document, written document.Document) []wasLine {
	all := make([]wasLine, len(written.Blocks))
	for i, b := range written.Blocks {
		all[i] = wasLine{key: keyOf(b, b.Cells, b.Text), text: unlabelled(b.Text), cells: b.Cells, block: -1, row: -1, to: -1, joined: -1}
	}
	next := 0
	find := func(key string) int {
		for i := next; i < len(all); i++ {
			if all[i].key == key {
				next = i + 1
				return i
			}
		}
		return -1
	}
	first := len(all)
	place := func(key string, block, row int) {
		if i := find(key); i >= 0 {
			all[i].block, all[i].row = block, row
			first = min(first, i)
		}
	}
	for n, b := range d.Body {
		if text := bare(PlainText(b)); text != "" {
			place(text, n, -1)
		}
		if t, is := b.(Table); is {
			for r, row := range t.Rows {
				var cells []string
				for _, c := range row {
					cells = append(cells, plain(c.Runs))
				}
				place(rowKey(cells), n, r)
			}
		}
	}
	for i := range all {
		switch {
		case all[i].block >= 0:
		case i < first:
			all[i].where = "Phần đầu văn bản"
		case i >= next:
			all[i].where = "Nơi nhận, người ký, phụ lục"
		default:
			all[i].where = "Bảng số liệu"
		}
	}
	return all
}

// keyOf tells a row from a text.
func keyOf(b document.Block, cells []string, text string) string {
	if b.Kind == document.Row {
		return rowKey(cells)
	}
	return bare(text)
}

func rowKey(cells []string) string {
	var key strings.Builder
	for _, c := range cells {
		if c = bare(c); c != "" {
			key.WriteString("|" + c)
		}
	}
	return cmp.Or(key.String(), "|")
}

func returnedLines(back document.Document) []backLine {
	all := make([]backLine, len(back.Blocks))
	for i, b := range back.Blocks {
		l := backLine{Block: b, from: -1, before: []string{b.Before()}}
		if b.Kind == document.Row {
			l.before = strings.Split(b.Before(), "\t")
		}
		if strings.TrimSpace(strings.Join(l.before, "")) != "" {
			l.key = keyOf(b, l.before, l.before[0])
		}
		all[i] = l
	}
	return all
}

// aligned are the lines of the paper and of the file, each with what it became or was.
type aligned struct {
	ours   []wasLine
	theirs []backLine
}

func (a *aligned) pair(ours, theirs int) { a.ours[ours].to, a.theirs[theirs].from = theirs, ours }

// exact pairs the lines that read the same in the same order.
func (a *aligned) exact() {
	runes := map[string]rune{"": 0x10000}
	of := func(key string) rune {
		r, known := runes[key]
		if !known {
			r = 0x10000 + rune(len(runes))
			runes[key] = r
		}
		return r
	}
	var was, is []rune
	for _, l := range a.ours {
		was = append(was, of(l.key))
	}
	var at []int // lines that were put in have no counterpart
	for i, l := range a.theirs {
		if l.key != "" && l.Change != document.Moved {
			is, at = append(is, of(l.key)), append(at, i)
		}
	}
	o, t := 0, 0
	for _, d := range diffmatchpatch.New().DiffMainRunes(was, is, false) {
		n := len([]rune(d.Text))
		switch d.Type {
		case diffmatchpatch.DiffEqual:
			for range n {
				a.pair(o, at[t])
				o, t = o+1, t+1
			}
		case diffmatchpatch.DiffDelete:
			o += n
		case diffmatchpatch.DiffInsert:
			t += n
		}
	}
}

// taken pairs what the paper has by now where the file puts it: a file that is read twice tells nothing twice.
func (a *aligned) taken() {
	next := 0 // the first line of ours behind those that are paired
	for t := range a.theirs {
		l := &a.theirs[t]
		if l.from >= 0 {
			next = l.from + 1
			continue
		}
		if l.Change != document.Inserted && l.Change != document.Moved {
			continue
		}
		now := keyOf(l.Block, l.Cells, l.Text)
		for o := next; o < len(a.ours) && a.ours[o].to < 0; o++ {
			if a.ours[o].key == now {
				a.pair(o, t)
				next = o + 1
				break
			}
		}
	}
}

// marks pairs what still bears the mark of an origin that one line alone has, however much of it was written anew.
func (a *aligned) marks(d Document) {
	ours := map[string][]int{}
	for i, l := range a.ours {
		if l.to >= 0 || l.block < 0 || l.row >= 0 {
			continue
		}
		if o := originOf(d.Body[l.block]); o.Ref != "" {
			ours[OriginMark(o.Ref)] = append(ours[OriginMark(o.Ref)], i)
		}
	}
	for i, l := range a.theirs {
		for _, mark := range l.Marks {
			name := mark[:max(strings.LastIndexByte(mark, '_'), 0)]
			if at := ours[name]; l.from < 0 && a.theirs[i].from < 0 && len(at) == 1 && a.ours[at[0]].to < 0 && l.Change != document.Inserted {
				a.pair(at[0], i)
				a.theirs[i].moved = l.Change == document.Moved
			}
		}
	}
}

func originOf(b Block) Origin {
	switch b := b.(type) {
	case Paragraph:
		return b.Origin
	case NumberedItem:
		return b.Origin
	}
	return Origin{}
}

// elsewhere pairs the lines that read the same at another place: they were moved.
func (a *aligned) elsewhere() {
	left := map[string][]int{}
	for i, l := range a.ours {
		if l.to < 0 && l.key != "" && l.key != "|" {
			left[l.key] = append(left[l.key], i)
		}
	}
	for i, l := range a.theirs {
		if at := left[l.key]; l.from < 0 && l.key != "" && len(at) > 0 {
			a.pair(at[0], i)
			a.theirs[i].moved = true
			left[l.key] = at[1:]
		}
	}
}

// mostParts is how many lines one line is split into, or made of.
const mostParts = 6

// parts pairs a line that was split, and lines that were made one.
func (a *aligned) parts() {
	for o := range a.ours {
		if a.ours[o].to >= 0 || a.ours[o].key == "" {
			continue
		}
		for t := a.after(o); t < len(a.theirs) && a.theirs[t].from < 0; t++ {
			if n := spell(a.ours[o].key, func(i int) (string, bool) {
				if at := t + i; at < len(a.theirs) && a.theirs[at].from < 0 {
					return a.theirs[at].key, true
				}
				return "", false
			}); n > 1 {
				a.pair(o, t)
				for i := 1; i < n; i++ {
					a.theirs[t+i].from, a.theirs[t+i].part = o, true
				}
				break
			}
			if n := spell(a.theirs[t].key, func(i int) (string, bool) {
				if at := o + i; at < len(a.ours) && a.ours[at].to < 0 {
					return a.ours[at].key, true
				}
				return "", false
			}); n > 1 {
				a.pair(o, t)
				for i := 1; i < n; i++ {
					a.ours[o+i].joined, a.ours[o+i].to = o, t
				}
				break
			}
		}
	}
}

// spell says of how many parts in a row the whole is made; 0 when they do not make it.
func spell(whole string, part func(i int) (string, bool)) int {
	if whole == "" || strings.HasPrefix(whole, "|") {
		return 0
	}
	rest := whole
	for i := range mostParts {
		key, is := part(i)
		if !is || key == "" {
			return 0
		}
		if rest = strings.TrimLeft(rest, ".;:,/"); !strings.HasPrefix(rest, key) {
			return 0
		}
		if rest = strings.TrimLeft(rest[len(key):], ".;:,/"); rest == "" {
			return i + 1
		}
	}
	return 0
}

// after is the first line of theirs behind what the lines of ours before o became.
func (a *aligned) after(o int) int {
	for i := o - 1; i >= 0; i-- {
		if t := a.ours[i].to; t >= 0 && !a.theirs[t].moved {
			for t++; t < len(a.theirs) && a.theirs[t].part; t++ {
			}
			return t
		}
	}
	return 0
}

// Likeness from which two lines are taken for one that was changed, and below which a person is asked whether they are one.
const (
	likeEnough  = 0.3
	unlikeBelow = 0.2
)

// alike pairs what is left between two pairs by the words that both have, the most alike first.
func (a *aligned) alike() {
	type couple struct {
		ours, theirs int
		like         float64
	}
	var found []couple
	for o := 0; o < len(a.ours); o++ {
		if a.ours[o].to >= 0 {
			continue
		}
		from := a.after(o)
		for t := from; t < len(a.theirs) && t < from+400; t++ {
			b := a.theirs[t]
			if b.from >= 0 {
				if !b.moved && !b.part && a.ours[b.from].to == t && b.from > o {
					break
				}
				continue
			}
			if (b.Kind == document.Row) != strings.HasPrefix(a.ours[o].key, "|") {
				continue
			}
			text := strings.Join(b.before, " ")
			if b.key == "" {
				continue
			}
			if like := likeness(a.ours[o].text, text); like >= likeEnough {
				found = append(found, couple{o, t, like})
			}
		}
	}
	slices.SortStableFunc(found, func(x, y couple) int { return cmp.Compare(y.like, x.like) })
	for _, c := range found {
		if a.ours[c.ours].to < 0 && a.theirs[c.theirs].from < 0 {
			a.pair(c.ours, c.theirs)
		}
	}
}

// likeness of two texts, from 0 to 1: the share of words that both have.
func likeness(a, b string) float64 {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x)+len(y) == 0 {
		return 0
	}
	count := map[string]int{}
	for _, w := range x {
		count[w]++
	}
	both := 0
	for _, w := range y {
		if count[w] > 0 {
			count[w]--
			both++
		}
	}
	return 2 * float64(both) / float64(len(x)+len(y))
}
