package web

import (
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/paper"
	"giaoban/record"
)

// wordsPage is the form in which the words of a draft are edited, above the sheet as it is kept.
type wordsPage struct {
	Paper   paper.Paper
	Words   paper.Words
	Pieces  []pieceLine
	New     pieceLine // the one that is added at the end
	Phrases []phraseLine
	Fixed   bool       // some of the words are told by a record
	Origin  originLink // which they are changed in
	Sheet   template.HTML
	Style   string
}

// pieceLine is one piece in the form.
type pieceLine struct {
	paper.Piece
	N      int
	Kinds  []option
	Rows   int
	Marks  string       // of a table, as the form sends them back
	Fields [][]cellLine // of a table, in place of its cells
	Theirs string       // what somebody else saved as the name of a table
}

// cellLine is one cell of a table in the form.
type cellLine struct {
	Name, Title, Text, Theirs string
	Fixed                     bool
}

// phraseLine is a sentence offered, not ticked.
type phraseLine struct {
	paper.Phrase
	On bool
}

// reworded finds the draft of the address for who may edit its words here; those of a paper that another page keeps are
// edited there.
func reworded(tx *db.Tx, by access.Actor, r *http.Request) (p paper.Paper, content official.Document, err error) {
	if p, err = paper.Find(tx, by, db.ID(r.PathValue("id"))); err != nil {
		return p, content, err
	}
	if err = by.May(access.DraftPaper, p.Body); err != nil {
		return p, content, err
	}
	ahead, err := record.Ahead(tx, by, p.ID)
	if err != nil {
		return p, content, err
	}
	if ahead.Elsewhere {
		return p, content, fault.Conflict("Nội dung văn bản này được soạn và sửa ở trang đã lập ra nó.")
	}
	content, err = paper.Content(tx, by, p.ID)
	return p, content, err
}

func (s *site) paperWords(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, content, err := reworded(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	if err := p.Writable(); err != nil {
		return Reply{}, err
	}
	return s.wordsPage(tx, by, p, paper.WordsOf(content), nil)
}

// wordsPage builds the form; ticked are the phrases chosen when saving failed.
func (s *site) wordsPage(tx *db.Tx, by access.Actor, p paper.Paper, w paper.Words, ticked []string) (Reply, error) {
	data := wordsPage{Paper: p, Words: w}
	doc, err := paper.Document(tx, by, p.ID)
	if err != nil {
		return Reply{}, err
	}
	data.Style = styleOf(p, doc.Profile)
	if data.Sheet, err = official.HTML(doc, official.HTMLOptions{TopHeading: 2}); err != nil {
		return Reply{}, err
	}
	data.Fixed = w.FixedTo
	for n, piece := range w.Pieces {
		data.Pieces = append(data.Pieces, lineOf(piece, n))
		data.Fixed = data.Fixed || piece.Fixed || slices.ContainsFunc(piece.Fixes, func(row []bool) bool { return slices.Contains(row, true) })
	}
	if data.Origin, err = writtenFor(tx, by, p); err != nil {
		return Reply{}, err
	}
	data.New = lineOf(paper.Piece{Kind: paper.ParagraphPiece}, len(w.Pieces))
	phrases, err := paper.Offered(tx, by, p, w)
	for _, one := range phrases {
		data.Phrases = append(data.Phrases, phraseLine{one, slices.Contains(ticked, one.Words)})
	}
	return Reply{Page: "paper/words", Data: data}, err
}

func lineOf(p paper.Piece, n int) pieceLine {
	line := pieceLine{Piece: p, N: n, Rows: max(1, len([]rune(p.Text))/90+1)}
	if p.Kind == paper.TablePiece {
		line.table()
		return line
	}
	known := false
	for _, k := range paper.PieceKinds {
		line.Kinds = append(line.Kinds, option{string(k.Kind), k.Name, k.Kind == p.Kind})
		known = known || k.Kind == p.Kind
	}
	if p.Ask != "" {
		line.Kinds = append(line.Kinds, option{string(paper.DropPiece), "Bỏ ô này", p.Kind == paper.DropPiece})
	} else if !known {
		line.Kinds = append(line.Kinds, option{string(p.Kind), "Cấp " + string(p.Kind[1:]), true})
	}
	return line
}

// table makes the fields of a table.
func (line *pieceLine) table() {
	line.Marks = strings.Join(line.Read, " ")
	theirs := func(i int) string {
		if i < len(line.Piece.Theirs) {
			return line.Piece.Theirs[i]
		}
		return ""
	}
	line.Theirs = theirs(0)
	i := 0
	for r, row := range line.Cells {
		var fields []cellLine
		for c, text := range row {
			i++
			one := cellLine{Name: fmt.Sprintf("cell-%d-%d-%d", line.N, r, c), Text: text, Theirs: theirs(i), Fixed: line.Fixes[r][c]}
			if c < len(line.Columns) {
				one.Title = line.Columns[c]
			}
			fields = append(fields, one)
		}
		line.Fields = append(line.Fields, fields)
	}
}

func (s *site) savePaperWords(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, content, err := reworded(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	version, _ := strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	typed, ticked := readWords(r, paper.WordsOf(content), version == p.Version), r.PostForm["phrase[]"]
	switch err = p.Writable(); {
	case err != nil:
	case version != p.Version:
		typed = typed.Over(paper.WordsOf(content))
		err = fault.Stale("Người khác vừa lưu văn bản này. Chỗ chỉ một người sửa đã ghép lại; chỗ cả hai cùng sửa thì chữ của hai bên đứng cạnh nhau dưới đây: xin giữ một, rồi lưu lại.")
	default:
		var whole paper.Words
		if whole, err = paper.Insert(tx, by, p, typed, ticked); err == nil {
			_, err = paper.Rewrite(tx, by, p.ID, version, whole)
		}
	}
	if err != nil {
		return withPage(err, func() (Reply, error) { return s.wordsPage(tx, by, p, typed, ticked) })
	}
	return Reply{To: "/van-ban/" + string(p.ID)}, nil
}

// readWords takes the form over the words as they are kept: what it did not send stays. A piece is known by its key, never by its
// place in the form; only a form that names no keys and is fresh counts.
func readWords(r *http.Request, known paper.Words, fresh bool) paper.Words {
	sent := func(format string, args ...any) (string, bool) {
		name := fmt.Sprintf(format, args...)
		_, is := r.PostForm[name]
		return unixLines(r.PostFormValue(name)), is
	}
	w := known
	for _, name := range paper.Lines {
		if text, is := sent("%s", name); is {
			w.SetLine(name, text)
		}
		if read, is := sent("was-%s", name); is {
			w.Read[name] = read
		}
	}
	w.Pieces = nil
	for n := 0; ; n++ {
		text, is := sent("text-%d", n)
		was, named := sent("was-%d", n)
		p := paper.Piece{Kind: paper.ParagraphPiece, Was: was}
		switch at := slices.IndexFunc(known.Pieces, func(one paper.Piece) bool { return one.Was == was }); {
		case at >= 0:
			p = known.Pieces[at]
		case !named && fresh && n < len(known.Pieces):
			p = known.Pieces[n]
		case !is && !named && n >= len(known.Pieces):
			return w
		case !is, strings.TrimSpace(text) == "" && was == "":
			continue
		}
		if is {
			p.Text = text
		}
		if kind, is := sent("kind-%d", n); is && p.Kind != paper.TablePiece {
			p.Kind = paper.PieceKind(kind)
		}
		if read, _ := sent("read-%d", n); len(strings.Fields(read)) == len(p.Read) {
			p.Read = strings.Fields(read)
		}
		for row := range p.Cells {
			for c := range p.Cells[row] {
				if text, is := sent("cell-%d-%d-%d", n, row, c); is {
					p.Cells[row][c] = text
				}
			}
		}
		w.Pieces = append(w.Pieces, p)
	}
}

// phrasesPage lists the standing texts, with the form for one more as typed.
type phrasesPage struct {
	All   []paper.Phrase
	May   bool
	Words string
	Kind  []option
}

func (s *site) paperPhrases(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	data := phrasesPage{May: by.Can(access.DraftPaper, by.Body), Words: r.PostFormValue("words")}
	for _, k := range paper.Kinds {
		data.Kind = append(data.Kind, option{string(k), k.Name(), r.PostFormValue("kind") == string(k)})
	}
	var err error
	data.All, err = paper.Phrases(tx, by)
	return Reply{Page: "paper/phrases", Data: data}, err
}

func (s *site) addPaperPhrase(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if _, err := paper.AddPhrase(tx, by, paper.Kind(r.PostFormValue("kind")), r.PostFormValue("words")); err != nil {
		return withPage(err, func() (Reply, error) { return s.paperPhrases(tx, by, r) })
	}
	return Reply{To: "/van-ban/cau"}, nil
}

func (s *site) endPaperPhrase(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := paper.EndPhrase(tx, by, db.ID(r.PathValue("phrase"))); err != nil {
		return withPage(err, func() (Reply, error) { return s.paperPhrases(tx, by, r) })
	}
	return Reply{To: "/van-ban/cau"}, nil
}
