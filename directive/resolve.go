package directive

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/citation"
	"giaoban/internal/db"
	"giaoban/internal/fold"
	"giaoban/lineage"
	"giaoban/org"
)

// Candidate is a document of the register that a reference may mean.
type Candidate struct {
	Directive
	Reasons []string // what speaks for and against it: "cùng ký hiệu", "chưa rõ ngày trong viện dẫn"
	Certain bool     // it is the only one that fits and nothing contradicts
}

// Resolution is what the register knows of one reference.
type Resolution struct {
	citation.Reference
	Candidates []Candidate // the likeliest first
	Decided    db.ID       // what a person has chosen, where the choice binds here; "" otherwise
	SetAside   bool        // a person has said that it need not stand in the register
	Decision   db.ID       // the choice that was found, binding or not; "" for none
}

// Meant is the document the reference stands for: the one that was chosen, else the certain one; "" when it is open.
func (r Resolution) Meant() db.ID {
	if r.Decided != "" {
		return r.Decided
	}
	for _, c := range r.Candidates {
		if c.Certain {
			return c.ID
		}
	}
	return ""
}

// Resolve looks many references up in the register at once.
func Resolve(tx *db.Tx, by access.Actor, refs []citation.Reference) ([]Resolution, error) {
	return ResolveIn(tx, by, lineage.Node{}, refs)
}

// ResolveIn is Resolve for references that stand in one record: what was chosen for that record binds.
func ResolveIn(tx *db.Tx, by access.Actor, source lineage.Node, refs []citation.Reference) ([]Resolution, error) {
	if err := by.May(access.ReadDirective, by.Body); err != nil {
		return nil, err
	}
	sources := make([]lineage.Node, len(refs))
	for i := range sources {
		sources[i] = source
	}
	return resolve(tx, sources, refs)
}

// lookup is by what a reference can be found: its symbol, the little that shorthand says (number and place, or number and
// type), or the name of a law.
type lookup struct{ symbol, short, name string }

func lookupOf(r citation.Reference) lookup {
	switch {
	case r.Symbol != "":
		return lookup{symbolKey(r.Symbol), shortKey(r.Symbol), ""}
	case r.Number != "":
		return lookup{"", numberKey(r.Number, r.Type), ""}
	}
	return lookup{"", "", nameKey(r.Type, named(r))}
}

// named is how a reference without a symbol calls its document.
func named(r citation.Reference) string {
	return strings.TrimSpace(strings.TrimPrefix(fold.Fold(r.Text), fold.Fold(r.Type)))
}

// resolve answers in a handful of queries whatever the number of references: every document that any of them may mean
// is read once.
func resolve(tx *db.Tx, sources []lineage.Node, refs []citation.Reference) ([]Resolution, error) {
	asked := make([]question, len(refs))
	var symbols, shorts, names, keys []string
	for i, r := range refs {
		q := ask(r)
		q.source = sources[i]
		asked[i] = q
		symbols, shorts, names = append(symbols, q.symbol), append(shorts, q.short), append(names, q.name)
		keys = append(keys, q.refKey)
	}
	bySymbol, err := readBy(tx, "symbol_key", symbols)
	if err != nil {
		return nil, err
	}
	// Shorthand is looked up only for symbols nobody has registered in full.
	for i, q := range asked {
		if len(bySymbol[q.symbol]) > 0 {
			shorts[i] = ""
		}
	}
	numbers := make([]string, len(shorts))
	for i, short := range shorts {
		if strings.HasPrefix(short, "#") {
			numbers[i], shorts[i] = short, ""
		}
	}
	byShort, err := readBy(tx, "short_key", shorts)
	if err != nil {
		return nil, err
	}
	byNumber, err := readBy(tx, "number_key", numbers)
	if err != nil {
		return nil, err
	}
	byName, err := readBy(tx, "name_key", names)
	if err != nil {
		return nil, err
	}
	chosen, err := decisions(tx, keys)
	if err != nil {
		return nil, err
	}
	own, err := org.Setting(tx, org.Province)
	if err != nil {
		return nil, err
	}
	own = provinceKey(own)
	out := make([]Resolution, len(refs))
	for i, q := range asked {
		q.province = orElse(q.province, own)
		found, loose := bySymbol[q.symbol], false
		if q.symbol == "" {
			found = byName[q.name]
		}
		if len(found) == 0 && q.short != "" {
			if found, loose = byShort[q.short], true; strings.HasPrefix(q.short, "#") {
				found = byNumber[q.short]
			}
		}
		out[i] = Resolution{Reference: refs[i], Candidates: q.weigh(found, loose)}
		chosen.apply(q, &out[i])
	}
	return out, chosen.complete(tx, out)
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// question is a reference with what it is compared by.
type question struct {
	citation.Reference
	lookup
	source   lineage.Node // the record it stands in; zero for none
	refKey   string
	typeKey  string
	issuer   string
	province string
}

func ask(r citation.Reference) question {
	q := question{Reference: r, lookup: lookupOf(r), typeKey: fold.Fold(r.Type)}
	q.issuer, q.province = issuer(r.Issuer)
	q.refKey = refKey(q)
	return q
}

// refKey is a written reference whatever its spelling: a choice is remembered for it. Where the text does not say date,
// issuer or term, neither does the key, so that an undated 20-NQ/TW is not the dated one.
func refKey(q question) string {
	key := q.symbol
	switch {
	case key == "" && q.name != "":
		key = "~" + q.name
		if year := yearIn(q.Text); year != 0 && q.Date.IsZero() {
			key += fmt.Sprintf(" %d", year)
		}
	case key == "":
		key = q.short
	}
	return strings.Join([]string{key, q.Date.String(), q.issuer, strings.ToUpper(q.Term)}, "|")
}

// stored is a document with the columns that comparing needs.
type stored struct {
	Directive
	issuerKey, typeKey, province string
	carriesYear                  bool
}

// readBy reads the documents whose column is one of the keys.
func readBy(tx *db.Tx, column string, keys []string) (map[string][]*stored, error) {
	keys = slices.Clone(keys)
	slices.Sort(keys)
	keys = slices.Compact(keys)
	if len(keys) > 0 && keys[0] == "" {
		keys = keys[1:]
	}
	found := make(map[string][]*stored, len(keys))
	for part := range slices.Chunk(keys, 512) {
		list, args := db.Padded(part)
		if err := tx.Each(func(row *sql.Rows) error {
			var s stored
			var key string
			d := &s.Directive
			if err := row.Scan(&key, &s.issuerKey, &d.ID, &d.Body, &d.Level, &d.Type, &d.Number, &d.Symbol, &d.Date, &d.Term, &d.Issuer, &d.IssuerBody,
				&d.Province, &d.Subject, &d.Sectors, &d.ValidFrom, &d.ValidTo, &d.ReplacedOn, &d.Version); err != nil {
				return err
			}
			s.typeKey, s.province, s.carriesYear = fold.Fold(d.Type), provinceKey(d.Province), normative(d.Symbol)
			found[key] = append(found[key], &s)
			return nil
		}, `
select `+column+`, issuer_key, id, org, level, type, number, symbol, date, term, issuer, issuer_body, province, subject,
	sectors, valid_from, valid_to, replaced_on, version
from directive
where `+column+` in `+list+`
order by `+column+`, sort_day, id`, args...); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// weighed is a candidate with how much speaks for it.
type weighed struct {
	Candidate
	score        int
	pinned       bool // date, term or issuer agree, or the symbol carries its year
	dated        bool // the dates agree
	contradicted bool
}

// weigh compares the reference with each document. Certain is the only one that fits: its symbol and at least one of
// date, term and issuer agree, nothing differs, and no other document fits as well.
func (q question) weigh(found []*stored, loose bool) []Candidate {
	if len(found) == 0 {
		return nil
	}
	all := make([]weighed, 0, len(found))
	fits := 0
	for _, s := range found {
		w := q.compare(s, loose)
		if loose && w.contradicted {
			continue // number and place alone are too little for a hint
		}
		if !w.contradicted {
			fits++
		}
		all = append(all, w)
	}
	slices.SortStableFunc(all, func(a, b weighed) int { return b.score - a.score })
	if len(all) > 0 && !all[0].contradicted && all[0].pinned {
		// A date that agrees outweighs documents of which the register does not know the date.
		others := fits - 1
		if all[0].dated && (len(all) == 1 || !all[1].dated) {
			others = 0
		}
		all[0].Certain = others == 0
	}
	out := make([]Candidate, len(all))
	for i, w := range all {
		out[i] = w.Candidate
	}
	return out
}

func (q question) compare(s *stored, loose bool) weighed {
	w := weighed{Candidate: Candidate{Directive: s.Directive}}
	say := func(score int, reason string) {
		w.score += score
		w.Reasons = append(w.Reasons, reason)
	}
	against := func(reason string) {
		w.contradicted = true
		say(-10, reason)
	}
	typeKey := q.typeKey
	switch {
	case loose && q.symbol == "":
		say(1, "cùng loại và số, viện dẫn không ghi ký hiệu")
	case loose:
		say(1, "cùng số và nơi ban hành, ký hiệu viết tắt")
		typeKey = orElse(typeKey, typeIn(q.Symbol))
	case q.symbol == "":
		say(2, "cùng tên")
		if year := yearIn(q.Text); year != 0 && q.Date.IsZero() && !s.Date.IsZero() {
			if year == s.Date.Year() {
				say(4, fmt.Sprintf("cùng năm %d", year))
				w.pinned = true
			} else {
				against(fmt.Sprintf("khác năm: viện dẫn ghi %d, sổ ghi %d", year, s.Date.Year()))
			}
		}
	default:
		say(2, "cùng ký hiệu")
		w.pinned = s.carriesYear
	}
	switch {
	case q.Date.IsZero():
		w.Reasons = append(w.Reasons, "chưa rõ ngày trong viện dẫn")
	case s.Date.IsZero():
		w.Reasons = append(w.Reasons, "sổ chưa ghi ngày văn bản")
	case q.Date == s.Date:
		say(8, "cùng ngày "+s.Date.Vietnamese())
		w.pinned, w.dated = true, true
	default:
		against(fmt.Sprintf("khác ngày: viện dẫn ghi %s, sổ ghi %s", q.Date.Vietnamese(), s.Date.Vietnamese()))
	}
	switch sameIssuer(q.issuer, s.issuerKey) {
	case equal:
		say(3, "cùng cơ quan ban hành")
		// A number alone begins anew every year: the issuer does not pin it.
		w.pinned = w.pinned || !(loose && q.symbol == "")
	case different:
		if w.dated { // who issued it is the part most often written wrong
			say(-1, "khác cơ quan ban hành: viện dẫn ghi "+q.Issuer)
		} else {
			against("khác cơ quan ban hành: viện dẫn ghi " + q.Issuer)
		}
	}
	switch agree(q.Term, s.Term) {
	case equal:
		say(3, "cùng khóa "+s.Term)
		w.pinned = true
	case different:
		against("khác khóa: viện dẫn ghi khóa " + q.Term + ", sổ ghi khóa " + s.Term)
	}
	if typeKey != "" && typeKey != s.typeKey {
		if w.dated && !loose { // "Quyết định số 1056-QC/TU": the type is said one way here, another way there
			say(-1, "khác loại văn bản: viện dẫn ghi "+q.Type+", sổ ghi "+s.Type)
		} else {
			against("khác loại văn bản: viện dẫn ghi " + q.Type + ", sổ ghi " + s.Type)
		}
	} else if loose && typeKey == "" {
		against("viện dẫn không ghi loại văn bản")
	}
	if s.Level != Central && s.province != "" && q.province != s.province {
		against("khác tỉnh: sổ ghi " + s.Province)
	}
	return w
}

// normative symbols carry their year (09/2019/NĐ-CP), which pins them as a date would.
func normative(symbol string) bool {
	all := parts(symbol)
	return len(all) > 2 && digits(all[0]) && digits(all[1]) && len(all[1]) == 4
}
