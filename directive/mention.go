package directive

import (
	"slices"
	"strings"
	"unicode/utf8"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/citation"
	"giaoban/internal/db"
	"giaoban/lineage"
)

// Mentioned is one reference in a record's text, where it stands and what it means as far as that is known.
type Mentioned struct {
	ID         db.ID         `db:"id"`
	Kind       string        `db:"kind"`   // of the record, lineage's word
	Record     string        `db:"record"` // its id
	Field      string        `db:"field"`
	Label      string        `db:"label"`
	First      int           `db:"first_byte"`
	Last       int           `db:"last_byte"`
	Written    string        `db:"written"`
	Before     string        `db:"before"` // some words on either side
	Behind     string        `db:"behind"`
	Type       string        `db:"type"`
	Number     string        `db:"number"`
	Symbol     string        `db:"symbol"`
	Date       calendar.Date `db:"date"`
	Issuer     string        `db:"issuer"`
	Term       string        `db:"term"`
	Confidence int           `db:"confidence"` // thousandths
	SymbolKey  string        `db:"symbol_key"`
	ShortKey   string        `db:"short_key"`
	NameKey    string        `db:"name_key"`
	RefKey     string        `db:"ref_key"`
	Directive  db.ID         `db:"directive"` // "": open
	Decided    bool          `db:"decided"`   // a person chose it, or set it aside
	At         db.Instant    `db:"at"`
}

// Reference is the mention as it was read.
func (m Mentioned) Reference() citation.Reference {
	return citation.Reference{Start: m.First, End: m.Last, Text: m.Written, Type: m.Type, Number: m.Number, Symbol: m.Symbol, Date: m.Date,
		Issuer: m.Issuer, Term: m.Term, Confidence: float64(m.Confidence) / 1000}
}

// Source is the record whose text it stands in.
func (m Mentioned) Source() lineage.Node {
	return lineage.Node{Kind: m.Kind, ID: db.ID(m.Record), Label: m.Label}
}

// Text is one text of a record; Field tells the texts of one record apart.
type Text struct {
	Source lineage.Node
	Field  string
	Text   string
}

// MentionedVerb is how lineage calls the edge from a document to a record that mentions it.
const MentionedVerb = "được nhắc đến"

// Mention recognises the references of a record's text and notes them; called by the record's room inside its change.
// The same text again changes nothing, another text takes the place of the old one.
func Mention(tx *db.Tx, by access.Actor, source lineage.Node, text string) error {
	return MentionAll(tx, by, []Text{{Source: source, Text: text}})
}

// MentionAll is Mention for many texts in few statements: a report has dozens of paragraphs. Texts of one record that
// are not named keep what was noted of them. Whoever writes a text makes its mentions, so no further authority is asked.
func MentionAll(tx *db.Tx, by access.Actor, texts []Text) error {
	if !by.SignedIn() {
		return by.May(access.ReadDirective, by.Body)
	}
	type where struct{ kind, record, field string }
	var wanted []Mentioned
	named := make(map[where]bool, len(texts))
	for _, t := range texts {
		named[where{t.Source.Kind, string(t.Source.ID), t.Field}] = true
		for _, r := range citation.Find(t.Text) {
			wanted = append(wanted, mentionOf(t, r))
		}
	}
	var standing []Mentioned
	for of := range sourcesOf(texts) {
		list, args := db.Padded(of.ids)
		if err := tx.Select(&standing, mentionColumns+"where kind = ? and record in "+list, append([]any{of.kind}, args...)...); err != nil {
			return err
		}
	}
	known := make(map[Mentioned]bool, len(standing))
	for _, m := range wanted {
		known[m.essence()] = true
	}
	var gone []Mentioned
	for _, m := range standing {
		if !named[where{m.Kind, m.Record, m.Field}] {
			continue
		}
		if known[m.essence()] {
			delete(known, m.essence())
		} else {
			gone = append(gone, m)
		}
	}
	var fresh []Mentioned
	for _, m := range wanted {
		if known[m.essence()] {
			fresh = append(fresh, m)
		}
	}
	if err := forget(tx, gone); err != nil {
		return err
	}
	for i := range fresh {
		fresh[i].ID, fresh[i].At = tx.NewID(), tx.Now()
		if err := tx.Insert("directive_mention", fresh[i]); err != nil {
			return err
		}
	}
	return resettle(tx, by, fresh)
}

// essence is what makes two notes of one place the same.
func (m Mentioned) essence() Mentioned {
	return Mentioned{Kind: m.Kind, Record: m.Record, Field: m.Field, First: m.First, Last: m.Last, Written: m.Written, RefKey: m.RefKey}
}

// around is how many bytes on either side of a reference are kept.
const around = 90

func mentionOf(t Text, r citation.Reference) Mentioned {
	q := ask(r)
	before, behind := t.Text[:r.Start], t.Text[r.End:]
	if len(before) > around {
		at := len(before) - around
		if blank := strings.IndexByte(before[at:], ' '); blank >= 0 {
			at += blank + 1
		}
		for at < len(before) && !utf8.RuneStart(before[at]) {
			at++
		}
		before = before[at:]
	}
	if len(behind) > around {
		at := around
		if blank := strings.LastIndexByte(behind[:at], ' '); blank > 0 {
			at = blank
		}
		for at > 0 && !utf8.RuneStart(behind[at]) {
			at--
		}
		behind = behind[:at]
	}
	return Mentioned{Kind: t.Source.Kind, Record: string(t.Source.ID), Field: t.Field, Label: t.Source.Label,
		First: r.Start, Last: r.End, Written: r.Text, Before: before, Behind: behind, Type: r.Type, Number: r.Number, Symbol: r.Symbol,
		Date: r.Date, Issuer: r.Issuer, Term: r.Term, Confidence: int(r.Confidence*1000 + .5),
		SymbolKey: q.symbol, ShortKey: q.short, NameKey: q.name, RefKey: q.refKey}
}

type sources struct {
	kind string
	ids  []string
}

// sourcesOf groups the records of texts by kind, in parts that a query takes.
func sourcesOf(texts []Text) func(yield func(sources) bool) {
	byKind := make(map[string][]string)
	var kinds []string
	for _, t := range texts {
		if byKind[t.Source.Kind] == nil {
			kinds = append(kinds, t.Source.Kind)
		}
		byKind[t.Source.Kind] = append(byKind[t.Source.Kind], string(t.Source.ID))
	}
	return func(yield func(sources) bool) {
		for _, kind := range kinds {
			slices.Sort(byKind[kind])
			for part := range slices.Chunk(slices.Compact(byKind[kind]), 256) {
				if !yield(sources{kind, part}) {
					return
				}
			}
		}
	}
}

const mentionColumns = `
select id, kind, record, field, label, first_byte, last_byte, written, before, behind, type, number, symbol, date, issuer,
	term, confidence, symbol_key, short_key, name_key, ref_key, directive, decided, at
from directive_mention
`

// forget removes notes of a text that has changed, with the edges nothing else holds.
func forget(tx *db.Tx, gone []Mentioned) error {
	for _, m := range gone {
		if _, err := tx.Exec("delete from directive_mention where id = ?", m.ID); err != nil {
			return err
		}
	}
	return unlink(tx, gone)
}

// unlink takes away the edges of mentions that no longer stand, unless another mention of the record holds them.
func unlink(tx *db.Tx, gone []Mentioned) error {
	for _, m := range gone {
		if m.Directive == "" {
			continue
		}
		held, err := tx.Exists("select 1 from directive_mention where kind = ? and record = ? and directive = ?", m.Kind, m.Record, m.Directive)
		if err != nil {
			return err
		}
		if held {
			continue
		}
		if err := lineage.Unlink(tx, Directive{ID: m.Directive}.Node(), m.Source(), MentionedVerb); err != nil {
			return err
		}
	}
	return nil
}

// settle looks again at every mention that a newly registered or corrected document may concern: open ones may be
// certain now, certain ones may have become doubtful.
func settle(tx *db.Tx, by access.Actor, keys []lookup) error {
	for _, k := range keys {
		for _, found := range []struct{ column, key string }{{"symbol_key", k.symbol}, {"short_key", k.short}, {"name_key", k.name}} {
			if found.key == "" {
				continue
			}
			if err := again(tx, by, "where "+found.column+" = ?", found.key); err != nil {
				return err
			}
		}
	}
	return nil
}

// settleKey looks again at the mentions written in one way.
func settleKey(tx *db.Tx, by access.Actor, refKey string) error {
	return again(tx, by, "where ref_key = ?", refKey)
}

func again(tx *db.Tx, by access.Actor, where, key string) error {
	after := db.ID("")
	for {
		var some []Mentioned
		if err := tx.Select(&some, mentionColumns+where+"\n  and id > ?\norder by id\nlimit 500", key, string(after)); err != nil || len(some) == 0 {
			return err
		}
		if err := resettle(tx, by, some); err != nil {
			return err
		}
		after = some[len(some)-1].ID
	}
}

// resettle finds out what mentions mean now and brings rows, edges and proposed relations up to date.
func resettle(tx *db.Tx, by access.Actor, all []Mentioned) error {
	if len(all) == 0 {
		return nil
	}
	refs, from := make([]citation.Reference, len(all)), make([]lineage.Node, len(all))
	for i, m := range all {
		refs[i], from[i] = m.Reference(), m.Source()
	}
	resolved, err := resolve(tx, from, refs)
	if err != nil {
		return err
	}
	var gone, mine []Mentioned
	var edges []lineage.Edge
	for i, m := range all {
		r := resolved[i]
		meant, decided := r.Meant(), r.Decided != "" || r.SetAside
		if r.SetAside || m.Kind == "directive" && string(meant) == m.Record { // a document that names itself
			meant = ""
			decided = true
		}
		if meant == m.Directive && decided == m.Decided && meant == "" {
			continue
		}
		if meant != m.Directive || decided != m.Decided {
			if _, err := tx.Exec("update directive_mention set directive = ?, decided = ? where id = ?", meant, decided, m.ID); err != nil {
				return err
			}
		}
		if meant != m.Directive && m.Directive != "" {
			gone = append(gone, m)
		}
		if meant == "" {
			continue
		}
		m.Directive = meant
		for _, c := range r.Candidates {
			if c.ID == meant {
				edges = append(edges, lineage.Edge{From: c.Node(), To: m.Source(), Verb: MentionedVerb})
				if m.Kind == "directive" {
					mine = append(mine, m)
				}
			}
		}
	}
	if err := unlink(tx, gone); err != nil {
		return err
	}
	if len(edges) > 0 {
		if err := lineage.LinkAll(tx, edges); err != nil {
			return err
		}
	}
	return proposeRelations(tx, by, mine)
}
