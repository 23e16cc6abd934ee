package official

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"giaoban/document"
	"giaoban/internal/pattern"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// Returned is a paper as its Word file came back from whoever changed it, held against the paper it was made from.
type Returned struct {
	Lines    []ReturnedLine // what is not as it was, in the order of the file
	Same     int            // paragraphs, items and rows that are
	Comments []document.Comment
	Problems []string // what could not be read of the file
}

// ReturnedState is what became of a line.
type ReturnedState string

// The states of a line.
const (
	LineChanged ReturnedState = "changed"
	LineStruck  ReturnedState = "struck"
	LineNew     ReturnedState = "new"
	LineMoved   ReturnedState = "moved" // and changed, where Old and New differ
)

// ReturnedLine is a paragraph, an item or a cell that is not as it was. Old and New are its words without the number of a
// list; a paragraph that was split has its parts in New, each on a line.
type ReturnedLine struct {
	State     ReturnedState
	Block     int   // of the paper's body; -1 for a new one, and for what stands outside of the body
	Joined    []int // further blocks of the body that were made one with it
	Cell      *Cellmark
	Behind    int // of a new or a moved one: the block of the body behind which it stands, -1 for the top
	Old, New  string
	After     string        // the words behind which a new or a moved one stands in the file
	Kind      document.Kind // of a new one
	Level     int
	Who, When string   // as the file says
	Unsure    string   // why a person must say which words count; "" for a change that is clear
	Figures   []string // sentences that hold changed figures against the tables
	Where     string   // of what stands outside of the body, for people
}

// Cellmark is where a cell stands in a table of the body: its row, its place in the row, both from 0.
type Cellmark struct{ Row, Column int }

// Outside tells whether the line is no part of the paper's body.
func (l ReturnedLine) Outside() bool { return l.Block < 0 && l.State != LineNew }

// Ending is the new text for a place that keeps text: a mark that only the printed paper put at its end stays the printer's.
func (l ReturnedLine) Ending(text string) string {
	now := strings.TrimSpace(l.New)
	if mark := strings.TrimPrefix(strings.TrimSpace(l.Old), strings.TrimSpace(text)); mark != "" && strings.Trim(mark, ".;:/") == "" {
		now = strings.TrimSuffix(now, mark)
	}
	return now
}

// WriteReadable writes the paper as Word and reads it as any file is read: what a file that came back is held against.
func WriteReadable(ctx context.Context, d Document) (document.Document, error) {
	var file bytes.Buffer
	if err := WriteDocx(&file, d); err != nil {
		return document.Document{}, err
	}
	return document.Read(ctx, "van-ban.docx", file.Bytes())
}

// Return holds a file that came back against the paper: written is the paper as WriteReadable gives it.
func Return(d Document, written, back document.Document) Returned {
	a := aligned{ours: writtenLines(d, written), theirs: returnedLines(back)}
	a.exact()
	a.parts()
	a.marks(d)
	a.elsewhere()
	a.alike()
	r := Returned{Comments: back.Comments, Problems: back.OtherProblems()}
	a.tell(&r)
	holdFigures(&r, written, back)
	return r
}

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
				at := t + i
				return keyAt(a.theirs, at), at < len(a.theirs) && a.theirs[at].from < 0
			}); n > 1 {
				a.pair(o, t)
				for i := 1; i < n; i++ {
					a.theirs[t+i].from, a.theirs[t+i].part = o, true
				}
				break
			}
			if n := spell(a.theirs[t].key, func(i int) (string, bool) {
				at := o + i
				return keyOfOurs(a.ours, at), at < len(a.ours) && a.ours[at].to < 0 && a.ours[at].joined < 0
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

func keyAt(all []backLine, i int) string {
	if i < len(all) {
		return all[i].key
	}
	return ""
}

func keyOfOurs(all []wasLine, i int) string {
	if i < len(all) {
		return all[i].key
	}
	return ""
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

// What a person is asked about a line that is not clear.
const (
	untracked = "Chỗ này khác bản trên máy mà Word không ghi ai sửa: có thể người sửa tắt theo dõi thay đổi, hoặc bản trên máy đã được sửa sau khi tải tệp."
	overtaken = "Bản trên máy không còn là bản mà tệp Word được sửa từ đó."
	vanished  = "Tệp trả về không còn đoạn này mà Word không ghi ai xóa."
	appeared  = "Đoạn này không có ở bản trên máy mà Word không ghi ai thêm."
	unlike    = "Lời mới khác hẳn lời cũ: có thể đây là một đoạn khác."
)

// tell says what is not as it was, in the order of the file; what is gone stands where it stood.
func (a *aligned) tell(r *Returned) {
	said := make([]bool, len(a.ours))
	behind, next, after := -1, 0, ""
	gone := func(until int) {
		for ; next < until; next++ {
			if l := a.ours[next]; l.to < 0 && !said[next] {
				said[next] = true
				r.Lines = append(r.Lines, l.line(ReturnedLine{State: LineStruck, Unsure: vanished}))
			}
		}
	}
	for i := 0; i < len(a.theirs); i++ {
		t := a.theirs[i]
		if t.part {
			continue
		}
		if t.from < 0 {
			if t.Change != document.Deleted {
				l := a.fresh(t, behind)
				l.After, after = after, t.Text
				r.Lines = append(r.Lines, l)
			}
			continue
		}
		if !t.moved {
			gone(t.from)
		}
		was := a.ours[t.from]
		lines := a.compare(i, was)
		if len(lines) == 0 {
			r.Same++
		}
		for _, l := range lines {
			if l.Behind = behind; l.State == LineMoved {
				l.After = after
			}
			r.Lines = append(r.Lines, l)
		}
		if was.block >= 0 && t.Change != document.Deleted {
			behind = was.block
		}
		if t.Change != document.Deleted {
			after = t.Text
		}
	}
	gone(len(a.ours))
}

// line gives a line the place and the words of what it was.
func (w wasLine) line(l ReturnedLine) ReturnedLine {
	l.Block, l.Old, l.Where = w.block, cmp.Or(l.Old, w.text), w.where
	return l
}

// fresh is a line that the paper does not have.
func (a *aligned) fresh(t backLine, behind int) ReturnedLine {
	l := ReturnedLine{State: LineNew, Block: -1, Behind: behind, New: unlabelled(t.Text), Kind: t.Kind, Level: t.Level}
	if t.Kind == document.Row {
		l.New = strings.Join(t.Cells, " | ")
		l.Where = "Bảng số liệu"
	}
	l.by(t.Block)
	if t.Change != document.Inserted {
		l.Unsure = appeared
	}
	return l
}

func (l *ReturnedLine) by(b document.Block) {
	for _, e := range b.Changes {
		if l.Who == "" {
			l.Who, l.When = e.Who, e.When
		}
	}
}

// compare says how a line that is in both is another one now.
func (a *aligned) compare(i int, was wasLine) []ReturnedLine {
	t := a.theirs[i]
	if t.Kind == document.Row {
		return a.compareRow(t, was)
	}
	l := was.line(ReturnedLine{State: LineChanged, New: unlabelled(t.Text)})
	l.by(t.Block)
	before := t.key
	changed := len(t.Changes) > 0
	for j := i + 1; j < len(a.theirs) && a.theirs[j].part && a.theirs[j].from == t.from; j++ {
		l.New += "\n" + unlabelled(a.theirs[j].Text)
		before += a.theirs[j].key
		l.by(a.theirs[j].Block)
		changed = true
	}
	for o := t.from + 1; o < len(a.ours) && a.ours[o].joined == t.from; o++ {
		// Word leaves no blank where it takes the end of a paragraph away.
		end, begin := tail(l.Old), head(a.ours[o].text)
		l.New = strings.Replace(l.New, end+begin, end+" "+begin, 1)
		l.Old += "\n" + a.ours[o].text
		l.Joined = append(l.Joined, a.ours[o].block)
		changed = true
	}
	if t.Change == document.Deleted {
		l.State, l.New = LineStruck, ""
	}
	whole := bare(was.text) == before || len(l.Joined) > 0 || strings.Contains(l.New, "\n")
	switch {
	case t.moved || t.Change == document.Moved:
		l.State = LineMoved
		if t.Change != document.Moved {
			l.Unsure = untracked
		}
	case whole && !changed && l.State != LineStruck:
		return nil
	case !changed && l.State != LineStruck:
		l.Unsure = untracked
	case !whole && bare(l.New) == bare(l.Old):
		return nil
	case !whole:
		l.Unsure = overtaken
	}
	if l.Unsure == "" && l.New != "" && likeness(l.Old, l.New) < unlikeBelow {
		l.Unsure = unlike
	}
	if l.State == LineChanged && len(l.Joined) == 0 && bare(l.New) == bare(l.Old) && !strings.Contains(l.New, "\n") {
		return nil // blanks and marks at the end alone
	}
	return []ReturnedLine{l}
}

const mostEdge = 12 // letters by which the end and the beginning of a paragraph are known

func tail(text string) string { r := []rune(text); return string(r[max(0, len(r)-mostEdge):]) }
func head(text string) string { r := []rune(text); return string(r[:min(mostEdge, len(r))]) }

// compareRow says which cells of a row are others now.
func (a *aligned) compareRow(t backLine, was wasLine) (all []ReturnedLine) {
	if t.Change == document.Deleted {
		l := was.line(ReturnedLine{State: LineStruck, Old: strings.Join(was.cells, " | ")})
		l.by(t.Block)
		return []ReturnedLine{l}
	}
	for column := range max(len(was.cells), len(t.Cells)) {
		old, now := cellAt(was.cells, column), cellAt(t.Cells, column)
		if bare(old) == bare(now) {
			continue
		}
		l := was.line(ReturnedLine{State: LineChanged, Old: old, New: now})
		l.by(t.Block)
		if was.block >= 0 && len(was.cells) == len(t.Cells) {
			l.Cell = &Cellmark{was.row, column}
		}
		if len(t.Changes) == 0 {
			l.Unsure = untracked
		}
		all = append(all, l)
	}
	return all
}

func cellAt(cells []string, i int) string {
	if i < len(cells) {
		return cells[i]
	}
	return ""
}

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
				l.Figures = append(l.Figures, fmt.Sprintf("Lời văn vẫn ghi %s: “%s”.", f, cut(inWords[f], 90)))
			}
		}
	}
}

func cut(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
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
