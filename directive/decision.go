package directive

import (
	"errors"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/citation"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/org"
)

// Decision is what a person chose for a written reference. It binds in the record it was made in. A reference that says
// date, issuer or term means the same document wherever it is written so, and there the choice binds too; a bare
// "20-NQ/TW" may mean another one in the next record, so there the choice is only offered first.
type Decision struct {
	ID        db.ID      `db:"id"`
	RefKey    string     `db:"ref_key"`
	Kind      string     `db:"kind"`   // of the record; "" when chosen outside any
	Record    string     `db:"record"` // its id
	Directive db.ID      `db:"directive"`
	Written   string     `db:"written"`
	Note      string     `db:"note"`
	At        db.Instant `db:"at"`
	By        string     `db:"by_actor"`
	ByName    string     `db:"by_name"`
	UndoneAt  db.Instant `db:"undone_at"`
	UndoneBy  string     `db:"undone_by"`
}

// bare: the reference says nothing beside its symbol.
func (d Decision) bare() bool { return strings.HasSuffix(d.RefKey, "|||") }

func (d Decision) reason() string {
	return "đã chọn ngày " + d.At.Time().Format("02/01/2006") + " bởi " + d.ByName
}

// SetAside remembers that a written reference need not stand in the register, so that it waits on nobody's list.
func SetAside(tx *db.Tx, by access.Actor, source lineage.Node, ref citation.Reference, note string) error {
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return err
	}
	return decide(tx, by, source, ref, Directive{Body: commission.ID}, note)
}

// DecideIn remembers which document a written reference means in one record. A choice made before for the same
// reference there is replaced; both stay readable.
func DecideIn(tx *db.Tx, by access.Actor, source lineage.Node, ref citation.Reference, directive db.ID, note string) error {
	d, err := Find(tx, by, directive)
	if err != nil {
		return err
	}
	return decide(tx, by, source, ref, d, note)
}

func decide(tx *db.Tx, by access.Actor, source lineage.Node, ref citation.Reference, d Directive, note string) error {
	if err := by.May(access.RecordDirective, d.Body); err != nil {
		return err
	}
	q := ask(ref)
	note = fold.Tidy(note)
	ref.Text = fold.Tidy(ref.Text)
	switch {
	case q.symbol == "" && q.short == "" && q.name == "":
		return fault.Invalid("ky-hieu", "Viện dẫn chưa có ký hiệu hay tên văn bản nên chưa gắn được.")
	case len(note) > mostText || len(ref.Text) > mostText:
		return fault.Invalid("note", "Ghi chú hoặc lời viện dẫn dài quá %d ký tự.", mostText)
	}
	if err := official.RefuseSecret(note, ref.Text); err != nil {
		return err
	}
	kind, record := source.Kind, string(source.ID)
	if _, err := tx.Exec(`
update directive_decision
set undone_at = ?, undone_by = ?
where ref_key = ? and kind = ? and record = ? and undone_at is null`, tx.Now(), by.Name, q.refKey, kind, record); err != nil {
		return err
	}
	if err := tx.Insert("directive_decision", Decision{ID: tx.NewID(), RefKey: q.refKey, Kind: kind, Record: record, Directive: d.ID,
		Written: orElse(ref.Text, ref.Symbol), Note: note, At: tx.Now(), By: by.Key(), ByName: by.Name}); err != nil {
		return err
	}
	verb := "resolved"
	if d.ID == "" {
		verb = "set_aside"
	}
	if _, err := journal.Write(tx, by, verb, d.About(), journal.Details{
		"written": orElse(ref.Text, ref.Symbol), "record": sourceLabel(source), "note": note}); err != nil {
		return err
	}
	return settleKey(tx, by, q.refKey)
}

func sourceLabel(n lineage.Node) string {
	if n.Kind == "" {
		return ""
	}
	return n.Kind + "/" + string(n.ID)
}

// OpenSources lists the records in which a reference is written in the same way and stands open.
func OpenSources(tx *db.Tx, by access.Actor, ref citation.Reference) ([]lineage.Node, error) {
	if err := by.May(access.RecordDirective, by.Body); err != nil {
		return nil, err
	}
	var some []Mentioned
	if err := tx.Select(&some, mentionColumns+"where ref_key = ? and directive is null and not decided\norder by id desc", ask(ref).refKey); err != nil {
		return nil, err
	}
	var sources []lineage.Node
	seen := make(map[string]bool)
	for _, m := range some {
		if key := m.Kind + "/" + m.Record; !seen[key] {
			seen[key] = true
			sources = append(sources, m.Source())
		}
	}
	return sources, nil
}

// DecideAll is DecideIn for every record in which the reference stands open now; records to come are not decided by it.
// It tells how many there were.
func DecideAll(tx *db.Tx, by access.Actor, ref citation.Reference, directive db.ID, note string) (int, error) {
	sources, err := OpenSources(tx, by, ref)
	if err != nil {
		return 0, err
	}
	for _, source := range sources {
		if err := DecideIn(tx, by, source, ref, directive, note); err != nil {
			return 0, err
		}
	}
	return len(sources), nil
}

// Undecide takes a choice back; what followed from it (mentions, edges of lineage) is undone with it.
func Undecide(tx *db.Tx, by access.Actor, decision db.ID) error {
	var d Decision
	err := tx.Get(&d, decisionColumns+"where id = ?", decision)
	if errors.Is(err, db.None) {
		return fault.Missing("Không có lựa chọn này.")
	}
	if err != nil {
		return err
	}
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return err
	}
	of := Directive{ID: d.Directive, Body: commission.ID}
	if err := by.May(access.RecordDirective, of.Body); err != nil {
		return err
	}
	if d.UndoneAt != 0 {
		return fault.Conflict("Lựa chọn này đã được %s bỏ lúc %s.", d.UndoneBy, d.UndoneAt)
	}
	if _, err := tx.Exec("update directive_decision set undone_at = ?, undone_by = ? where id = ?", tx.Now(), by.Name, d.ID); err != nil {
		return err
	}
	if _, err := journal.Write(tx, by, "unresolved", of.About(), journal.Details{"written": d.Written, "record": strings.Trim(d.Kind+"/"+d.Record, "/")}); err != nil {
		return err
	}
	return settleKey(tx, by, d.RefKey)
}

const decisionColumns = `
select id, ref_key, kind, record, directive, written, note, at, by_actor, by_name, undone_at, undone_by
from directive_decision
`

// DecisionsOn lists the standing choices that led to a document, the newest first.
func DecisionsOn(tx *db.Tx, by access.Actor, directive db.ID) ([]Decision, error) {
	if _, err := Find(tx, by, directive); err != nil {
		return nil, err
	}
	var all []Decision
	err := tx.Select(&all, decisionColumns+"where directive = ? and undone_at is null\norder by id desc", directive)
	return all, err
}

// choices are the standing decisions for a batch of references.
type choices struct {
	byKey map[string][]Decision
	fetch []db.ID // chosen documents that are not among the candidates
}

func decisions(tx *db.Tx, keys []string) (*choices, error) {
	c := &choices{byKey: make(map[string][]Decision)}
	any, err := tx.Exists("select 1 from directive_decision where undone_at is null limit 1")
	if err != nil || !any {
		return c, err
	}
	keys = slices.Clone(keys)
	slices.Sort(keys)
	for part := range slices.Chunk(slices.Compact(keys), 512) {
		list, args := db.Padded(part)
		var some []Decision
		if err := tx.Select(&some, decisionColumns+"where undone_at is null and ref_key in "+list+"\norder by id", args...); err != nil {
			return nil, err
		}
		for _, d := range some {
			c.byKey[d.RefKey] = append(c.byKey[d.RefKey], d)
		}
	}
	return c, nil
}

// pick gives the newest choice for a reference, one made in this very record first, and whether it binds here.
func (c *choices) pick(q question) (d Decision, binds, any bool) {
	all := c.byKey[q.refKey]
	for _, one := range all {
		if one.Kind == q.source.Kind && one.Record == string(q.source.ID) && (one.Kind != "" || !one.bare()) {
			return one, true, true
		}
	}
	if len(all) == 0 {
		return d, false, false
	}
	d = all[len(all)-1]
	if d.bare() {
		return d, false, true
	}
	for _, one := range all { // two records that chose differently for the same words: no longer plain
		if one.Directive != d.Directive {
			return d, false, true
		}
	}
	return d, true, true
}

// apply puts the chosen document first and says by whom it was chosen.
func (c *choices) apply(q question, r *Resolution) {
	d, binds, any := c.pick(q)
	if !any {
		return
	}
	r.Decision = d.ID
	if binds {
		r.Decided, r.SetAside = d.Directive, d.Directive == ""
	}
	if d.Directive == "" {
		return
	}
	for i := range r.Candidates {
		if r.Candidates[i].ID == d.Directive {
			first := r.Candidates[i]
			first.Reasons = append([]string{d.reason()}, first.Reasons...)
			r.Candidates = append([]Candidate{first}, slices.Delete(slices.Clone(r.Candidates), i, i+1)...)
			return
		}
	}
	// Chosen although the register writes it otherwise, a misprint for instance: read with all others at the end.
	r.Candidates = append([]Candidate{{Directive: Directive{ID: d.Directive}, Reasons: []string{d.reason()}}}, r.Candidates...)
	c.fetch = append(c.fetch, d.Directive)
}

// complete reads the documents that were chosen without being candidates.
func (c *choices) complete(tx *db.Tx, all []Resolution) error {
	if len(c.fetch) == 0 {
		return nil
	}
	found, err := these(tx, c.fetch)
	if err != nil {
		return err
	}
	for i := range all {
		if first := all[i].Candidates; len(first) > 0 && first[0].MadeAt == 0 {
			if d, ok := found[first[0].ID]; ok {
				first[0].Directive = d
			}
		}
	}
	return nil
}
