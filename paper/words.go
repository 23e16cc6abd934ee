package paper

import (
	"reflect"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/official"
)

// Words are the words of a draft as a form holds them: what may be edited before the signature. Layout, numbers of lists and
// what the issuing body decides are not among them.
type Words struct {
	Subject    string
	Addressed  []string
	FixedTo    bool // Addressed is told by a record, and changed there
	Bases      []string
	Pieces     []Piece
	Recipients []string
	Filing     string

	Read   map[string]string // by the names of Lines: the mark of what was read before typing
	Theirs map[string]string // by the names of Lines: what somebody else saved meanwhile, where both changed it
}

// Lines are the names of what stands around the body.
var Lines = []string{"subject", "addressed", "bases", "recipients", "filing"}

// Line gives one of Lines, a list with one entry a line.
func (w Words) Line(name string) string {
	switch name {
	case "subject":
		return w.Subject
	case "addressed":
		return strings.Join(w.Addressed, "\n")
	case "bases":
		return strings.Join(w.Bases, "\n")
	case "recipients":
		return strings.Join(w.Recipients, "\n")
	}
	return w.Filing
}

// SetLine is the other way of Line.
func (w *Words) SetLine(name, text string) {
	switch name {
	case "subject":
		w.Subject = text
	case "addressed":
		w.Addressed = strings.Split(text, "\n")
	case "bases":
		w.Bases = strings.Split(text, "\n")
	case "recipients":
		w.Recipients = strings.Split(text, "\n")
	case "filing":
		w.Filing = text
	}
}

// PieceKind is what a piece is: a heading, a paragraph, an item of a list with its level, or a table.
type PieceKind string

// The kinds of pieces a person may choose.
const (
	HeadingPiece   PieceKind = "h1"
	SubheadPiece   PieceKind = "h2"
	ParagraphPiece PieceKind = "p"
	ItemPiece      PieceKind = "i1"
	SubitemPiece   PieceKind = "i2"
	DashPiece      PieceKind = "i3"
	ArticlePiece   PieceKind = "d"
	TablePiece     PieceKind = "t" // its cells are edited, its shape stays
	DropPiece      PieceKind = "x" // a place that stays unwritten is taken out
)

// PieceKinds in the order they are offered, with the office's words.
var PieceKinds = []struct {
	Kind PieceKind
	Name string
}{{HeadingPiece, "Mục lớn"}, {SubheadPiece, "Mục nhỏ"}, {ParagraphPiece, "Đoạn văn"}, {ItemPiece, "Ý đánh số"}, {SubitemPiece, "Ý nhỏ"}, {DashPiece, "Gạch đầu dòng"},
	{ArticlePiece, "Điều"}}

// Piece is a block of the body. Text of several lines becomes as many blocks; empty text leaves the block out. Of a table it is
// the caption.
type Piece struct {
	Kind    PieceKind
	Text    string
	Origin  official.Origin // where the words came from; zero when they have none
	Ask     string          // what is still to be written here; "" when something is
	Columns []string        // of a table
	Cells   [][]string
	Fixed   bool     // the words tell what a record keeps, and are changed there
	Fixes   [][]bool // of a table: which cells do

	Was    string   // key of the place it was read from; "" of a piece that was added
	Read   []string // of a table: the marks of its texts as they were read
	Clash  bool     // typed over words that somebody else changed meanwhile; those stand before it
	Theirs []string // of a table: what somebody else saved meanwhile, where both changed a text; "" elsewhere

	at int // of the block it was
}

// WordsOf takes the words out of a document. Page breaks and what is deeper than a form offers stay where they are.
func WordsOf(d official.Document) Words {
	w := Words{Subject: d.Subject, Addressed: d.Addressed, FixedTo: d.FixedTo, Bases: d.Bases, Recipients: d.Recipients, Filing: d.Filing}
	for i, b := range d.Body {
		if p, ok := pieceOf(b); ok {
			p.at = i
			w.Pieces = append(w.Pieces, p)
		}
	}
	w.mark()
	return w
}

func pieceOf(b official.Block) (Piece, bool) {
	level := func(prefix string, n int) PieceKind { return PieceKind(prefix + string(rune('0'+n))) }
	switch b := b.(type) {
	case official.Heading:
		return Piece{Kind: level("h", b.Level), Text: plain(b.Runs)}, true
	case official.Paragraph:
		return Piece{Kind: ParagraphPiece, Text: plain(b.Runs), Origin: b.Origin, Ask: official.Asked(b), Fixed: b.Fixed}, true
	case official.NumberedItem:
		p := Piece{Kind: level("i", b.Level), Text: plain(b.Runs), Origin: b.Origin, Ask: official.Asked(b), Fixed: b.Fixed}
		if b.Article {
			p.Kind = ArticlePiece
		}
		return p, true
	case official.Table:
		p := Piece{Kind: TablePiece, Text: b.Caption}
		for _, c := range b.Columns {
			p.Columns = append(p.Columns, c.Title)
		}
		for _, row := range b.Rows {
			var cells []string
			var fixed []bool
			for _, c := range row {
				cells, fixed = append(cells, plain(c.Runs)), append(fixed, c.Fixed)
			}
			p.Cells, p.Fixes = append(p.Cells, cells), append(p.Fixes, fixed)
		}
		return p, true
	}
	return Piece{}, false
}

func plain(runs []official.Run) string {
	var out strings.Builder
	for _, r := range runs {
		out.WriteString(r.Text)
	}
	return out.String()
}

// edited stands behind the origin of words that were changed.
const edited = ", đã sửa lời"

// Into puts edited words back into the document they were taken from: each piece over the place it was read from, an added one
// where it stands; what a record tells stays. What was not changed keeps its appearance and its
// origin; changed words keep the origin and say that they were changed; new ones have none.
func (w Words) Into(d official.Document) official.Document {
	d.Subject, d.Filing = fold.Tidy(w.Subject), fold.Tidy(w.Filing)
	d.Bases, d.Recipients = tidyLines(w.Bases), tidyLines(w.Recipients)
	if !d.FixedTo {
		d.Addressed = tidyLines(w.Addressed)
	}
	known := make(map[string]Piece)
	for _, p := range WordsOf(d).Pieces {
		known[p.Was] = p
	}
	var body []official.Block
	next := 0 // of the blocks of d that are in the body already
	for _, p := range w.Pieces {
		was, stands := known[p.Was]
		if !stands || was.at < next {
			body = append(body, p.over(Piece{}, nil)...)
			continue
		}
		body = append(body, d.Body[next:was.at]...) // page breaks before it
		next = was.at + 1
		body = append(body, p.over(was, d.Body[was.at])...)
	}
	d.Body = append(body, d.Body[next:]...)
	return d
}

// over gives the blocks that a piece makes in the place of the block it was.
func (p Piece) over(was Piece, block official.Block) (out []official.Block) {
	if t, ok := block.(official.Table); ok {
		return []official.Block{p.table(t)}
	}
	if was.Fixed {
		return []official.Block{block}
	}
	lines := tidyLines(strings.Split(p.Text, "\n"))
	if was.Ask != "" && len(lines) == 0 && p.Kind != DropPiece {
		return []official.Block{block}
	}
	for n, line := range lines {
		if n == 0 && p.Kind == was.Kind && line == strings.TrimSpace(was.Text) {
			out = append(out, block)
			continue
		}
		origin := official.Origin{}
		if n == 0 && block == nil {
			origin = p.Origin // it was moved here
		}
		if n == 0 && was.Origin.Ref != "" {
			origin = was.Origin
			if line != strings.TrimSpace(was.Text) {
				origin.Label = strings.TrimSuffix(origin.Label, edited) + edited
			}
		}
		if item, ok := block.(official.NumberedItem); ok && n == 0 && p.Kind == was.Kind {
			item.Runs, item.Origin, item.Ask = official.Text(line), origin, "" // its label stays
			out = append(out, item)
			continue
		}
		out = append(out, p.Kind.block(line, origin))
	}
	return out
}

func (k PieceKind) block(text string, origin official.Origin) official.Block {
	runs := official.Text(text)
	level := 1
	if len(k) == 2 && k[1] >= '1' && k[1] <= '4' {
		level = int(k[1] - '0')
	}
	switch {
	case k == ArticlePiece:
		return official.NumberedItem{Level: 1, Runs: runs, Article: true, Origin: origin}
	case strings.HasPrefix(string(k), "h"):
		return official.Heading{Level: level, Runs: runs}
	case strings.HasPrefix(string(k), "i"):
		return official.NumberedItem{Level: level, Runs: runs, Origin: origin}
	}
	return official.Paragraph{Runs: runs, Origin: origin}
}

// table is a table with the cells as edited; rows and columns stay.
func (p Piece) table(t official.Table) official.Table {
	t.Caption = fold.Tidy(p.Text)
	rows := make([][]official.Cell, len(t.Rows))
	for r, row := range t.Rows {
		rows[r] = append([]official.Cell(nil), row...)
		for c := range row {
			if r >= len(p.Cells) || c >= len(p.Cells[r]) || row[c].Fixed {
				continue
			}
			if text := fold.Tidy(p.Cells[r][c]); text != strings.TrimSpace(plain(row[c].Runs)) {
				rows[r][c].Runs = official.Text(text)
				if o := &rows[r][c].Origin; o.Ref != "" && !strings.HasSuffix(o.Label, edited) {
					o.Label += edited
				}
			}
		}
	}
	t.Rows = rows
	return t
}

func tidyLines(lines []string) (out []string) {
	for _, line := range lines {
		if line = fold.Tidy(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// Rewrite saves edited words of a draft. version is the one that was read; when another was faster, the answer is Stale
// and nothing changes. Words that are as they were change nothing.
func Rewrite(tx *db.Tx, by access.Actor, id db.ID, version int64, w Words) (Paper, error) {
	p, err := open(tx, by, access.DraftPaper, id)
	if err != nil {
		return Paper{}, err
	}
	content, err := contentOf(tx, id)
	if err != nil {
		return Paper{}, err
	}
	for _, piece := range w.Pieces {
		if !piece.Kind.known() {
			return Paper{}, fault.Invalid("pieces", "Không có loại đoạn “%s”.", string(piece.Kind))
		}
	}
	changed := w.Into(content)
	if version == p.Version && reflect.DeepEqual(changed, content) {
		return p, nil
	}
	return Revise(tx, by, id, version, changed)
}

func (k PieceKind) known() bool {
	switch k {
	case ParagraphPiece, ArticlePiece, TablePiece, DropPiece, "h1", "h2", "h3", "h4", "i1", "i2", "i3", "i4":
		return true
	}
	return false
}

// Content is what was drafted, without what the issuing body decides: the words that may be edited.
func Content(tx *db.Tx, by access.Actor, id db.ID) (official.Document, error) {
	if _, err := Find(tx, by, id); err != nil {
		return official.Document{}, err
	}
	return contentOf(tx, id)
}
