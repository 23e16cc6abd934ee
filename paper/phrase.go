package paper

import (
	_ "embed"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/org"
)

//go:embed phrases.txt
var phraseLines string

// Phrase is a standing text (câu thường dùng): a sentence that papers of a kind may have. None is ever put into a paper by
// itself.
type Phrase struct {
	ID    db.ID  `db:"id"` // "" for those that come with the program
	Kind  Kind   `db:"kind"`
	Words string `db:"words"`
	By    string `db:"by_name"`
	Said  string `db:"-"` // as it would stand in the paper it is offered for
}

// phraseWords are what stands for something of the paper in a phrase.
var phraseWords = []string{"{cơ quan}", "{trích yếu}"}

// For gives the sentence as it would stand in a paper: the words of its variables from what is known of it.
func (p Phrase) For(issuer, subject string) string {
	return fold.Capital(strings.NewReplacer(phraseWords[0], issuer, phraseWords[1], subject).Replace(p.Words))
}

// Phrases lists the standing texts that are offered, those of the program first, then the office's own.
func Phrases(tx *db.Tx, by access.Actor) ([]Phrase, error) {
	if err := by.May(access.ReadPaper, by.Body); err != nil {
		return nil, err
	}
	var all, own []Phrase
	for line := range strings.Lines(phraseLines) {
		kind, words, ok := strings.Cut(line, "|")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		all = append(all, Phrase{Kind: Kind(strings.TrimSpace(kind)), Words: strings.TrimSpace(words)})
	}
	err := tx.Select(&own, "select id, kind, words, by_name from paper_phrase where ended_at is null order by kind, at, id")
	return append(all, own...), err
}

// Offered lists the standing texts of the paper's kind that its words do not say yet, as they would stand among them.
func Offered(tx *db.Tx, by access.Actor, p Paper, w Words) ([]Phrase, error) {
	all, err := Phrases(tx, by)
	if err != nil {
		return nil, err
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	var out []Phrase
	for _, one := range all {
		one.Said = one.For(names[p.Body].Name, w.Subject)
		if one.Kind == p.Kind && !w.say(one.Said) {
			out = append(out, one)
		}
	}
	return out, err
}

// say reports whether a sentence stands among the words, whatever its end mark.
func (w Words) say(sentence string) bool {
	sentence = strings.TrimRight(strings.Join(strings.Fields(sentence), " "), "./;")
	return slices.ContainsFunc(w.Pieces, func(p Piece) bool {
		return strings.Contains(strings.Join(strings.Fields(p.Text), " "), sentence)
	})
}

// Insert puts standing texts, chosen by their words in the list, each as a paragraph of its own before the last paragraph,
// which closes a paper. Those that the words say already are not said twice; what is in no list is refused.
func Insert(tx *db.Tx, by access.Actor, p Paper, w Words, chosen []string) (Words, error) {
	all, err := Phrases(tx, by)
	if err != nil || len(chosen) == 0 {
		return w, err
	}
	for _, words := range chosen {
		if !slices.ContainsFunc(all, func(one Phrase) bool { return one.Kind == p.Kind && one.Words == words }) {
			return w, fault.Invalid("phrase", "Câu “%s” không có trong danh sách câu thường dùng của %s; xin chọn câu đang có trong danh sách.", words, strings.ToLower(p.KindName()))
		}
	}
	offered, err := Offered(tx, by, p, w)
	at := len(w.Pieces)
	if at > 0 && w.Pieces[at-1].Kind == ParagraphPiece {
		at--
	}
	w.Pieces = slices.Clone(w.Pieces)
	for _, one := range offered {
		if slices.Contains(chosen, one.Words) {
			w.Pieces = slices.Insert(w.Pieces, at, Piece{Kind: ParagraphPiece, Text: one.Said})
			at++
		}
	}
	return w, err
}

// AddPhrase adds a standing text of the office and gives its id.
func AddPhrase(tx *db.Tx, by access.Actor, kind Kind, words string) (db.ID, error) {
	if err := by.May(access.DraftPaper, by.Body); err != nil {
		return "", err
	}
	words = fold.Tidy(words)
	var wrong fault.List
	if !kind.Known() {
		wrong.Add("kind", "Hãy chọn loại văn bản.")
	}
	if words == "" || len(words) > 2000 {
		wrong.Add("words", "Cần ghi câu, dài nhất 2.000 ký tự.")
	}
	rest := words
	for _, known := range phraseWords {
		rest = strings.ReplaceAll(rest, known, "")
	}
	if strings.ContainsAny(rest, "{}") {
		wrong.Add("words", "Chỉ dùng được %s làm chữ thay.", strings.Join(phraseWords, ", "))
	}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	if err := official.RefuseSecret(words); err != nil {
		return "", err
	}
	all, err := Phrases(tx, by)
	if err != nil {
		return "", err
	}
	for _, p := range all {
		if p.Kind == kind && p.Words == words {
			return "", fault.Conflict("Câu này đã có trong danh sách.")
		}
	}
	id := tx.NewID()
	if _, err := tx.Exec("insert into paper_phrase (id, kind, words, at, by_actor, by_name, ended_at) values (?, ?, ?, ?, ?, ?, null)",
		id, string(kind), words, tx.Now(), by.Key(), by.Name); err != nil {
		return "", err
	}
	_, err = journal.Write(tx, by, "phrase_added", journal.Subject{Kind: "paper_phrase", ID: id}, journal.Details{"kind": string(kind), "words": words})
	return id, err
}

// EndPhrase offers a standing text no more; papers that have it keep it.
func EndPhrase(tx *db.Tx, by access.Actor, id db.ID) error {
	if err := by.May(access.DraftPaper, by.Body); err != nil {
		return err
	}
	n, err := tx.Exec("update paper_phrase set ended_at = ? where id = ? and ended_at is null", tx.Now(), id)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Missing("Không có câu này, hoặc đã thôi dùng.")
	}
	_, err = journal.Write(tx, by, "phrase_ended", journal.Subject{Kind: "paper_phrase", ID: id}, journal.Details{})
	return err
}
