// Package document (tệp vào) is one model between a file and the rules: blocks with their level, the number as printed,
// tables with cells, notes, captions, and the place in the file, read from Word, PDF, HTML, Excel and plain text. The reader
// that looks for marks of secrecy is another one and stays apart.
package document

import (
	"encoding/json"
	"slices"
	"strings"

	"giaoban/internal/fault"
	"giaoban/internal/pattern"
)

// Kind is what a block is.
type Kind string

// The kinds of blocks; the words are promised to outside programs.
const (
	Heading   Kind = "heading"
	Paragraph Kind = "paragraph"
	Item      Kind = "item"
	Row       Kind = "row"
	Note      Kind = "note"
	Caption   Kind = "caption"
)

// Change says that a block as a whole is under an undecided change; "" (null in JSON) when it stands.
type Change string

// The changes; the words are promised to outside programs.
const (
	Inserted Change = "inserted"
	Deleted  Change = "deleted"
	Moved    Change = "moved"
)

// MarshalJSON writes null for a block that stands.
func (c Change) MarshalJSON() ([]byte, error) {
	if c == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(c))
}

// Block is a piece of a file in reading order. The text is the accepted one: what was inserted is in it, what was struck is
// not, except in a block that is struck as a whole (Change is Deleted).
type Block struct {
	Kind      Kind     `json:"kind"`
	Level     int      `json:"level"`               // of a heading or a list, from 1; 0 for the others
	Number    string   `json:"number"`              // the automatic number or bullet as printed, not part of the text
	Text      string   `json:"text"`                // of a row: its cells with tabulators between
	Cells     []string `json:"cells"`               // of a row: one for each column; a column that is covered is ""
	Spans     []Span   `json:"spans,omitempty"`     // cells that cover more than one column or row
	Change    Change   `json:"change"`              // null, inserted, deleted, moved
	Changes   []Edit   `json:"changes,omitempty"`   // what is undecided in the block, in the order of the text
	Undecided []string `json:"undecided,omitempty"` // figures that count neither before nor after the changes
	Original  string   `json:"original,omitempty"`  // the text before it was converted from an old Vietnamese encoding
	Marks     []string `json:"marks,omitempty"`     // the origins that a paper of ours says a paragraph has
	Remarks   []Remark `json:"remarks,omitempty"`   // where comments begin
	Page      int      `json:"page,omitempty"`      // where the file tells it
	Place     string   `json:"place"`               // “trang 2, bảng 1, hàng 3”
}

// OriginPrefix begins the names of the bookmarks by which a paper of ours tells where its words came from.
const OriginPrefix = "_gb"

// Before is the text as it stood before what is undecided in the block: what was struck is back, what was inserted is out;
// "" for a block that was put in whole. A block that was moved stood somewhere else, with the same text. Blanks where changes
// begin and end may be other than they were.
func (b Block) Before() string {
	if b.Change == Deleted {
		return b.Text
	}
	text, at := []rune(b.Text), 0
	var out strings.Builder
	for _, e := range b.Changes {
		start := min(max(e.At, at), len(text))
		out.WriteString(string(text[at:start]))
		at = start
		switch {
		case e.Kind == Deleted:
			out.WriteString(" " + e.Text + " ")
		case e.Kind == Inserted, b.Change != Moved:
			at = min(start+len([]rune(e.Text)), len(text))
		}
	}
	out.WriteString(string(text[at:]))
	return strings.Trim(out.String(), " ")
}

// Span is a cell that covers several columns or rows; Column counts from 0.
type Span struct {
	Column  int `json:"column"`
	Columns int `json:"columns"`
	Rows    int `json:"rows"`
}

// Edit is one undecided change inside a block: who made it and when as the file says, and its words. At is where they stand in
// the text, or where struck ones stood, in characters.
type Edit struct {
	Kind Change `json:"kind"`
	Who  string `json:"who"`
	When string `json:"when"`
	Text string `json:"text"`
	At   int    `json:"at"`
}

// Remark is the place of a comment: which one begins in the block, and the words that it is about; "" where it stands at a
// point, or reaches beyond the block.
type Remark struct {
	ID    string `json:"id"`
	Quote string `json:"quote"`
}

// Comment is a remark beside the text. A block says by the ID where it begins.
type Comment struct {
	ID   string `json:"id,omitempty"`
	Who  string `json:"who"`
	When string `json:"when"`
	Text string `json:"text"`
}

// Document is a file as read. Problems are sentences that say what could not be read, or was read otherwise than it stands.
type Document struct {
	Blocks   []Block   `json:"blocks"`
	Problems []string  `json:"problems"`
	Comments []Comment `json:"comments,omitempty"`
	Heads    []string  `json:"heads,omitempty"` // running heads and feet, apart from the text
	Feet     []string  `json:"feet,omitempty"`
	Site     string    `json:"site,omitempty"` // whose page it is, as a saved page says
}

// Limits on what is kept of one file; a paper of a thousand pages stays far below them.
const (
	MostBytes  = 64 << 20 // of one file
	mostText   = 8 << 20  // bytes of text kept
	mostBlocks = 200_000
	mostCells  = 400_000
	mostDepth  = 400 // of elements within each other
)

var errTooLarge = fault.TooLarge("", "Tệp giải nén ra quá lớn so với một văn bản. Hãy tách tệp hoặc lưu lại bằng Word rồi gửi lại.")

// Accepted are the blocks without those that are struck as a whole.
func (d Document) Accepted() []Block {
	var kept []Block
	for _, b := range d.Blocks {
		if b.Change != Deleted {
			kept = append(kept, b)
		}
	}
	return kept
}

// changesSaid ends the sentence that counts undecided changes.
const changesSaid = " sửa đổi chưa được chấp nhận hay từ chối; chữ đọc được là khi chấp nhận hết, số liệu nằm trong sửa đổi không được tính."

// OtherProblems are the problems for who is shown the undecided changes one by one.
func (d Document) OtherProblems() (all []string) {
	for _, p := range d.Problems {
		if !strings.HasSuffix(p, changesSaid) {
			all = append(all, p)
		}
	}
	return all
}

// Captions are the texts that the file itself marks as captions.
func (d Document) Captions() (all []string) {
	for _, b := range d.Accepted() {
		if b.Kind == Caption {
			all = append(all, b.Text)
		}
	}
	return all
}

// Range is a piece of a text, in bytes; End is beyond the last.
type Range struct{ Start, End int }

// Words are all texts of the file, struck ones, running heads and comments too: what is looked through for marks of secrecy.
func (d Document) Words() []string {
	var all strings.Builder
	for _, b := range d.Blocks {
		all.WriteString(b.Text + "\n")
		for _, e := range b.Changes {
			all.WriteString(e.Text + "\n")
		}
	}
	words := append([]string{all.String()}, d.Heads...)
	words = append(words, d.Feet...)
	for _, c := range d.Comments {
		words = append(words, c.Text)
	}
	return words
}

// UndecidedAt gives the places of the figures in the text that a change touches.
func (b Block) UndecidedAt() (all []Range) {
	if b.Change == "" && len(b.Changes) == 0 {
		return nil
	}
	for _, at := range figure().FindAllStringIndex(b.Text, -1) {
		f := Range{at[0], at[1]}
		if b.Change == Inserted || slices.ContainsFunc(b.Changes, func(e Edit) bool { return e.touches(b.Text, f) }) {
			all = append(all, f)
		}
	}
	return all
}

var figure = pattern.Of(`[0-9]+(?:[.,][0-9]+)*%?`)

// touches tells whether the change makes a figure of the text another one.
func (e Edit) touches(text string, f Range) bool {
	start := bytesOf(text, e.At)
	switch e.Kind {
	case Inserted:
		return start < f.End && start+len(e.Text) > f.Start
	case Deleted:
		return start > f.Start && start < f.End || start == f.Start && endsInFigure().MatchString(e.Text) ||
			start == f.End && beginsFigure().MatchString(e.Text)
	}
	return false
}

var (
	endsInFigure = pattern.Of(`[0-9][.,]?$`)
	beginsFigure = pattern.Of(`^(?:[.,]?[0-9]|%)`)
)

// bytesOf is how many bytes a number of characters takes.
func bytesOf(text string, characters int) int {
	for i := range text {
		if characters == 0 {
			return i
		}
		characters--
	}
	return len(text)
}

// noteUndecided lists the figures that count in neither reading: those of the text that a change touches, and the struck ones.
func (b *Block) noteUndecided() {
	for _, r := range b.UndecidedAt() {
		b.Undecided = append(b.Undecided, b.Text[r.Start:r.End])
	}
	if b.Change == Deleted {
		b.Undecided = append(b.Undecided, figure().FindAllString(b.Text, -1)...)
		return
	}
	for _, e := range b.Changes {
		if e.Kind == Deleted {
			b.Undecided = append(b.Undecided, figure().FindAllString(e.Text, -1)...)
		}
	}
}
