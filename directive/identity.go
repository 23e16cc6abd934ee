package directive

import (
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
)

// unique refuses what the register has. Two documents are surely one when symbol, type and date agree; they may be one
// when nothing that both say differs.
func (e *entry) unique(tx *db.Tx, distinct bool) error {
	standing, err := e.alike(tx)
	if err != nil {
		return err
	}
	for _, s := range standing {
		if s.same {
			return fault.Conflict("Sổ đã có văn bản này: %s%s. Xin mở văn bản đó; nếu ghi sai thì sửa ở đó.", s.Label(), s.where())
		}
	}
	if distinct || len(standing) == 0 {
		return nil
	}
	return fault.Conflict("Sổ đã có %s%s, có thể chính là văn bản này. Nếu đúng là văn bản khác, xin đánh dấu “Đây là văn bản khác” rồi ghi lại.",
		standing[0].Label(), standing[0].where())
}

// likeness is a standing entry that looks like a new one; same when it surely is it.
type likeness struct {
	Directive
	same bool
}

func (l likeness) where() string {
	if l.Issuer == "" {
		return ""
	}
	return " của " + l.Issuer
}

func (e *entry) alike(tx *db.Tx) ([]likeness, error) {
	column, key := "symbol_key", e.SymbolKey
	if key == "" {
		column, key = "name_key", e.NameKey
	}
	var others []Directive
	if err := tx.Select(&others, columns+"where d."+column+" = ?\n  and d.id <> ?\norder by d.id", key, e.ID); err != nil {
		return nil, err
	}
	var found []likeness
	for _, o := range others {
		other := entry{Directive: o}
		other.derive()
		if other.Identity == e.Identity {
			return []likeness{{o, true}}, nil
		}
		if provinceKey(o.Province) != provinceKey(e.Province) || fold.Fold(o.Type) != fold.Fold(e.Type) {
			continue
		}
		dates := agree(o.Date.String(), e.Date.String())
		switch issuers := sameIssuer(other.IssuerKey, e.IssuerKey); {
		case dates == equal:
			found = append(found, likeness{o, issuers != different})
		case dates == different || issuers == different || agree(o.Term, e.Term) == different:
		default:
			found = append(found, likeness{o, false})
		}
	}
	return found, nil
}

// agree compares two texts of which either may be unknown.
func agree(a, b string) agreement {
	switch {
	case a == "" || b == "":
		return unclear
	case strings.EqualFold(a, b):
		return equal
	}
	return different
}

// Look checks a document as Record does and changes nothing. identity tells two documents of one list from each other;
// known means that the register surely has it. One that may well be in it is a conflict, as for Record.
func Look(tx *db.Tx, by access.Actor, n New) (identity string, known bool, err error) {
	if err := by.May(access.RecordDirective, by.Body); err != nil {
		return "", false, err
	}
	e, err := (Directive{ID: tx.NewID()}).take(tx, &n)
	if err != nil {
		return "", false, err
	}
	standing, err := e.alike(tx)
	if err != nil {
		return "", false, err
	}
	for _, s := range standing {
		if s.same {
			return e.Identity, true, nil
		}
	}
	return e.Identity, false, e.unique(tx, n.Distinct)
}
