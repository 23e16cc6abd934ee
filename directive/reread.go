package directive

import (
	"errors"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fold"
)

// reread recognises what the document itself cites: its subject and, where its words are at hand, its text.
func (e *entry) reread(tx *db.Tx, by access.Actor, text string) error {
	if text == "" {
		var err error
		if text, err = words(tx, e.ID); err != nil {
			return err
		}
	}
	return MentionAll(tx, by, []Text{{e.Node(), "trích yếu", e.Subject}, {e.Node(), "toàn văn", text}})
}

func words(tx *db.Tx, id db.ID) (string, error) {
	var text string
	err := tx.Get(&text, "select text from directive_text where directive = ?", id)
	if errors.Is(err, db.None) {
		return "", nil
	}
	return text, err
}

// Words gives the text of a document, as far as it is at hand.
func Words(tx *db.Tx, by access.Actor, id db.ID) (string, error) {
	if _, err := Find(tx, by, id); err != nil {
		return "", err
	}
	return words(tx, id)
}

// proposeRelations reads relations between documents from how one cites the other; a person confirms them.
func proposeRelations(tx *db.Tx, by access.Actor, all []Mentioned) error {
	for _, m := range all {
		s, err := Find(tx, access.System("đọc viện dẫn"), db.ID(m.Record))
		if err != nil {
			return err
		}
		t, err := Find(tx, access.System("đọc viện dẫn"), m.Directive)
		if err != nil {
			return err
		}
		kind, ok := relationRead(m, s, t)
		if !ok {
			continue
		}
		note := strings.TrimSpace(m.Before + m.Written)
		if err := relate(tx, by, kind, s, t, s.Date, note, false); err != nil {
			return err
		}
	}
	return nil
}

// relationRead tells what the words before a citation say of the two documents. "thay thế Kế hoạch số …" replaces,
// "sửa đổi, bổ sung … của" amends, "thực hiện", "triển khai", "căn cứ" carry out what comes from the same level or above.
func relationRead(m Mentioned, s, t Directive) (RelationKind, bool) {
	if !s.Date.IsZero() && !t.Date.IsZero() && s.Date.Before(t.Date) {
		return "", false // what came later cannot be carried out or replaced by what came before
	}
	before := fold.Fold(m.Before)
	last := func(words ...string) int {
		at := -1
		for _, w := range words {
			at = max(at, strings.LastIndex(before, w))
		}
		return at
	}
	replaces, amends := last("thay the", "bai bo"), last("sua doi", "bo sung")
	carries := last("thuc hien", "trien khai", "can cu", "quan triet", "cu the hoa")
	switch {
	case replaces >= 0 && replaces > carries && replaces > amends:
		return Replaces, true
	case amends >= 0 && amends > carries:
		return Amends, true
	case carries >= 0 && rank(t.Level) <= rank(s.Level):
		return CarriesOut, true
	}
	return "", false
}

func rank(l Level) int {
	for i, one := range Levels {
		if one == l {
			return i
		}
	}
	return len(Levels)
}
