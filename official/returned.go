package official

import (
	"bytes"
	"cmp"
	"context"
	"strings"

	"giaoban/document"
)

// Returned is a paper as its Word file came back from whoever changed it, held against the paper it was made from.
type Returned struct {
	Lines    []ReturnedLine // what is not as it was, in the order of the file
	Same     int            // paragraphs, items and rows that are
	Comments []document.Comment
	Problems []string // what could not be read of the file
	From     []int    `json:"-"` // for each block of the file, the block of the paper's body that it was; -1 for none
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
	a.taken()
	a.parts()
	a.elsewhere()
	a.marks(d)
	a.alike()
	r := Returned{Comments: back.Comments, Problems: back.OtherProblems()}
	a.tell(&r)
	for _, t := range a.theirs {
		from := -1
		if t.from >= 0 {
			from = a.ours[t.from].block
		}
		r.From = append(r.From, from)
	}
	holdFigures(&r, written, back)
	return r
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
	case t.moved:
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
