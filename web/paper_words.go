package web

import (
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/record"
)

// wordsPage is the form in which the words of a draft are edited, above the sheet as it is kept.
type wordsPage struct {
	Paper   paper.Paper
	Version int64
	Words   paper.Words
	Pieces  []pieceLine
	New     pieceLine // the one that is added at the end
	Phrases []phraseLine
	Sheet   template.HTML
	Style   string
}

// pieceLine is one piece in the form.
type pieceLine struct {
	paper.Piece
	N     int
	Kinds []option
	Rows  int
	Wide  int // of a table: how many cells a row has
}

// phraseLine is a sentence offered, not ticked.
type phraseLine struct {
	N     int
	Words string
	On    bool
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
	return s.wordsPage(tx, by, p, paper.WordsOf(content), p.Version, nil)
}

// wordsPage builds the form; ticked are the phrases chosen when saving failed.
func (s *site) wordsPage(tx *db.Tx, by access.Actor, p paper.Paper, w paper.Words, version int64, ticked []string) (Reply, error) {
	data := wordsPage{Paper: p, Version: version, Words: w}
	doc, err := paper.Document(tx, by, p.ID)
	if err != nil {
		return Reply{}, err
	}
	data.Style = styleOf(p, doc.Profile)
	if data.Sheet, err = official.HTML(doc, official.HTMLOptions{TopHeading: 2}); err != nil {
		return Reply{}, err
	}
	for n, piece := range w.Pieces {
		data.Pieces = append(data.Pieces, lineOf(piece, n))
	}
	data.New = lineOf(paper.Piece{Kind: paper.ParagraphPiece}, len(w.Pieces))
	phrases, err := phrasesFor(tx, by, p)
	for n, words := range phrases {
		data.Phrases = append(data.Phrases, phraseLine{n, words, slices.Contains(ticked, words)})
	}
	return Reply{Page: "paper/words", Data: data}, err
}

func lineOf(p paper.Piece, n int) pieceLine {
	line := pieceLine{Piece: p, N: n, Rows: max(1, len([]rune(p.Text))/90+1), Wide: len(p.Columns)}
	known := false
	for _, k := range paper.PieceKinds {
		line.Kinds = append(line.Kinds, option{string(k.Kind), k.Name, k.Kind == p.Kind})
		known = known || k.Kind == p.Kind
	}
	if p.Ask != "" {
		line.Kinds = append(line.Kinds, option{string(paper.DropPiece), "Bỏ ô này", p.Kind == paper.DropPiece})
	} else if !known && p.Kind != paper.TablePiece {
		line.Kinds = append(line.Kinds, option{string(p.Kind), "Cấp " + string(p.Kind[1:]), true})
	}
	return line
}

// phrasesFor are the standing texts of the paper's kind as they would stand in it.
func phrasesFor(tx *db.Tx, by access.Actor, p paper.Paper) (words []string, err error) {
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return nil, err
	}
	all, err := paper.Phrases(tx, by)
	for _, one := range all {
		if one.Kind == p.Kind {
			words = append(words, one.For(names[p.Body].Name, p.Subject))
		}
	}
	return words, err
}

func (s *site) savePaperWords(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, content, err := reworded(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	version, _ := strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	typed, ticked := readWords(r, paper.WordsOf(content)), r.PostForm["phrase[]"]
	saved := typed
	saved.Pieces = withPhrases(typed.Pieces, ticked)
	if version != p.Version {
		err = fault.Stale("Người khác vừa sửa văn bản này; bản của họ ở dưới, chữ đang gõ còn nguyên ở trên. Lưu lần nữa là chọn bản đang gõ.")
	} else {
		_, err = paper.Rewrite(tx, by, p.ID, version, saved)
	}
	if err != nil {
		return withPage(err, func() (Reply, error) { return s.wordsPage(tx, by, p, typed, p.Version, ticked) })
	}
	return Reply{To: "/van-ban/" + string(p.ID)}, nil
}

// readWords takes the form over the words as they are kept: what the form did not send stays.
func readWords(r *http.Request, w paper.Words) paper.Words {
	text := func(name, kept string) string {
		if _, sent := r.PostForm[name]; !sent {
			return kept
		}
		return unixLines(r.PostFormValue(name))
	}
	lines := func(name string, kept []string) []string {
		if _, sent := r.PostForm[name]; !sent {
			return kept
		}
		return strings.Split(unixLines(r.PostFormValue(name)), "\n")
	}
	w.Subject, w.Filing = text("subject", w.Subject), text("filing", w.Filing)
	w.Addressed, w.Bases, w.Recipients = lines("addressed", w.Addressed), lines("bases", w.Bases), lines("recipients", w.Recipients)
	for n := range w.Pieces {
		p := &w.Pieces[n]
		p.Text = text(fmt.Sprintf("text-%d", n), p.Text)
		if p.Kind != paper.TablePiece {
			p.Kind = paper.PieceKind(text(fmt.Sprintf("kind-%d", n), string(p.Kind)))
		}
		for row := range p.Cells {
			for c := range p.Cells[row] {
				p.Cells[row][c] = text(fmt.Sprintf("cell-%d-%d-%d", n, row, c), p.Cells[row][c])
			}
		}
	}
	if added := text(fmt.Sprintf("text-%d", len(w.Pieces)), ""); strings.TrimSpace(added) != "" {
		w.Pieces = append(w.Pieces, paper.Piece{Kind: paper.PieceKind(text(fmt.Sprintf("kind-%d", len(w.Pieces)), "p")), Text: added})
	}
	return w
}

// withPhrases puts the sentences that were ticked before the last paragraph, which closes a paper.
func withPhrases(pieces []paper.Piece, ticked []string) []paper.Piece {
	if len(ticked) == 0 {
		return pieces
	}
	pieces = slices.Clone(pieces)
	words := strings.Join(ticked, "\n")
	if last := len(pieces) - 1; last >= 0 && pieces[last].Kind == paper.ParagraphPiece {
		pieces[last].Text = words + "\n" + pieces[last].Text
		return pieces
	}
	return append(pieces, paper.Piece{Kind: paper.ParagraphPiece, Text: words})
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
