package archive

import (
	"errors"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/official"
)

// Choice is what a person has chosen beside the value.
type Choice struct {
	Directive db.ID // of a citation: the document of the register that is meant
	Another   bool  // of a citation: none of those that look alike, enter it
	Forget    bool  // of a body: do not remember the spelling
}

// made is the record a field led to. With new it did not stand before.
type made struct {
	kind, label string
	id          db.ID
	new         bool
}

// Accept confirms a field as it is typed; it counts as corrected when that differs from what was read. version is what
// was read of the field: who comes second is told what the first has decided.
func Accept(tx *db.Tx, by access.Actor, field db.ID, version int, v Value, c Choice) (Field, error) {
	f, i, err := open(tx, by, field, version)
	if err != nil {
		return f, err
	}
	if f.State.Taken() {
		return f, fault.Conflict("Phần này đã được xác nhận. Chọn Xem lại trước khi sửa.")
	}
	v.Confidence, v.Remark = f.Value.Confidence, f.Value.Remark
	if err := ready(f.Kind, &v); err != nil {
		return f, err
	}
	m, err := f.make(tx, by, i, v, c)
	if err != nil {
		return f, err
	}
	if err := f.take(tx, by, v, m); err != nil {
		return f, err
	}
	if err := settle(tx, by, i); err != nil {
		return f, err
	}
	_, err = journal.Write(tx, by, string(f.State), i.about(), journal.Details{"field": f.Kind.Name(), "text": shortTitle(f.Kind.Line(v)), "made": m.label})
	return f, err
}

// Skip says that a field does not count.
func Skip(tx *db.Tx, by access.Actor, field db.ID, version int) (Field, error) {
	f, i, err := open(tx, by, field, version)
	if err != nil {
		return f, err
	}
	if f.State != Pending {
		return f, fault.Conflict("Phần này đã có quyết định (%s). Chọn Xem lại trước khi bỏ qua.", strings.ToLower(f.State.Name()))
	}
	if err := f.skip(tx, by, i); err != nil {
		return f, err
	}
	if err := settle(tx, by, i); err != nil {
		return f, err
	}
	_, err = journal.Write(tx, by, "skipped", i.about(), journal.Details{"field": f.Kind.Name(), "text": shortTitle(f.Kind.Line(f.Value))})
	return f, err
}

// Reopen takes a decision back, so that another can be made. Records that were made stay: a document of the register, a
// spelling. A task must be withdrawn where tasks are.
func Reopen(tx *db.Tx, by access.Actor, field db.ID, version int) (Field, error) {
	f, i, err := open(tx, by, field, version)
	if err != nil {
		return f, err
	}
	switch {
	case f.State == Pending:
		return f, fault.Conflict("Phần này đang chờ xác nhận, chưa có gì để xem lại.")
	case f.MadeKind == "task":
		return f, fault.Conflict("Phần này đã thành nhiệm vụ. Hãy rút nhiệm vụ ở trang của nhiệm vụ đó nếu giao nhầm.")
	}
	if f.MadeKind == "review" {
		if err := lineage.Unlink(tx, i.Node(), lineage.Node{Kind: f.MadeKind, ID: f.MadeID}, reviewVerb); err != nil {
			return f, err
		}
	}
	was := f.State
	if err := f.decide(tx, by, Pending, "reopened", "", made{}); err != nil {
		return f, err
	}
	if err := settle(tx, by, i); err != nil {
		return f, err
	}
	_, err = journal.Write(tx, by, "reopened", i.about(), journal.Details{"field": f.Kind.Name(), "text": shortTitle(f.Kind.Line(f.Value)), "was": was.Name()})
	return f, err
}

// Add enters what the reader had not seen, as confirmed. Where the words stand in the text the place is kept.
func Add(tx *db.Tx, by access.Actor, id db.ID, kind FieldKind, v Value, c Choice) (Field, error) {
	i, err := Find(tx, by, id)
	if err != nil {
		return Field{}, err
	}
	if err := by.May(access.ImportArchive, i.Body); err != nil {
		return Field{}, err
	}
	if !kind.Known() {
		return Field{}, fault.Invalid("kind", "Cần chọn phần muốn thêm.")
	}
	if err := ready(kind, &v); err != nil {
		return Field{}, err
	}
	all, err := Fields(tx, by, id)
	if err != nil {
		return Field{}, err
	}
	f := Field{ID: tx.NewID(), Import: i.ID, Seq: len(all) + 1, Kind: kind, Value: v, Added: true, State: Pending}
	for _, other := range all {
		if other.Kind == kind && kind.Single() && other.State.Taken() {
			return f, fault.Conflict("%s đã được xác nhận là “%s”. Chọn Xem lại ở phần đó rồi sửa.", kind.Name(), kind.Line(other.Kept))
		}
	}
	if at := strings.Index(i.Text[i.MainFirst:i.MainLast], v.Text); v.Text != "" && at >= 0 {
		f.Span = Span{i.MainFirst + at, i.MainFirst + at + len(v.Text)}
	}
	if _, err := tx.Exec(`
insert into archive_field (id, import, seq, kind, first_byte, last_byte, value, sure, added, state, kept, version, made_kind,
	made_id, made_label)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		f.ID, f.Import, f.Seq, string(f.Kind), f.Start, f.End, v.json(), false, true, string(Pending), "", 0, "", "", ""); err != nil {
		return f, err
	}
	m, err := f.make(tx, by, i, v, c)
	if err != nil {
		return f, err
	}
	if err := f.take(tx, by, v, m); err != nil {
		return f, err
	}
	if err := settle(tx, by, i); err != nil {
		return f, err
	}
	_, err = journal.Write(tx, by, "added", i.about(), journal.Details{"field": kind.Name(), "text": shortTitle(kind.Line(v)), "made": m.label})
	return f, err
}

// open finds a field for a decision.
func open(tx *db.Tx, by access.Actor, field db.ID, version int) (Field, Import, error) {
	f, err := FindField(tx, by, field)
	if err != nil {
		return f, Import{}, err
	}
	i, err := Find(tx, by, f.Import)
	if err != nil {
		return f, i, err
	}
	if err := by.May(access.ImportArchive, i.Body); err != nil {
		return f, i, err
	}
	if f.Version != version {
		last, err := lastDecision(tx, f.ID)
		if err != nil {
			return f, i, err
		}
		what := last.verdict()
		if f.State.Taken() {
			what += ": “" + shortTitle(f.Kind.Line(f.Kept)) + "”"
		}
		return f, i, fault.Stale("%s vừa %s lúc %s. Xin xem lại quyết định đó; phần đồng chí gõ vẫn còn trên trang.", last.ByName, what, last.At)
	}
	return f, i, nil
}

// ready cleans and checks a value, and refuses what must not be kept.
func ready(kind FieldKind, v *Value) error {
	var wrong fault.List
	kind.check(v, &wrong)
	if err := wrong.Err(); err != nil {
		return err
	}
	return refusal(official.RefuseSecret(v.Text, v.Title, v.Type, v.Symbol, v.Issuer, v.Subject, v.Product))
}

// take writes that a field was confirmed with a value, and what came of it.
func (f *Field) take(tx *db.Tx, by access.Actor, v Value, m made) error {
	state := Accepted
	if !f.Added && !f.Kind.same(f.Value, v) {
		state = Corrected
	}
	f.Kept = v
	return f.decide(tx, by, state, string(state), v.json(), m)
}

// same reports whether a person left a field as it was read; what they had to choose beside it is no correction.
func (k FieldKind) same(read, kept Value) bool {
	for _, v := range []*Value{&read, &kept} {
		v.Confidence, v.Remark, v.Task, v.Lead, v.Product, v.Due = 0, "", false, "", "", ""
		if k == BodyField {
			v.Body = ""
		}
		v.Text = strings.Join(strings.Fields(v.Text), " ")
	}
	return read == kept
}

func (f *Field) skip(tx *db.Tx, by access.Actor, i Import) error {
	if f.Kind == CitationField {
		if err := setAside(tx, by, i, *f); err != nil {
			return err
		}
	}
	return f.decide(tx, by, Skipped, "skipped", "", made{})
}

// decide writes the dated fact and what follows from it.
func (f *Field) decide(tx *db.Tx, by access.Actor, state FieldState, verdict, kept string, m made) error {
	f.Version++
	f.State, f.MadeKind, f.MadeID, f.MadeLabel = state, m.kind, m.id, m.label
	if _, err := tx.Exec(`
insert into archive_decision (id, field, no, verdict, kept, made_new, made_id, at, by_actor, by_name)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		tx.NewID(), f.ID, f.Version, verdict, kept, m.new, string(m.id), tx.Now(), by.Key(), by.Name); err != nil {
		return err
	}
	_, err := tx.Exec(`
update archive_field
set state = ?, kept = ?, version = ?, made_kind = ?, made_id = ?, made_label = ?
where id = ?`, string(state), kept, f.Version, m.kind, string(m.id), m.label, f.ID)
	return err
}

// Decision is one dated fact about a field.
type Decision struct {
	No      int        `db:"no"`
	Verdict string     `db:"verdict"`
	At      db.Instant `db:"at"`
	ByName  string     `db:"by_name"`
}

func (d Decision) verdict() string {
	return map[string]string{"accepted": "nhận phần này", "corrected": "sửa và nhận phần này", "skipped": "bỏ qua phần này", "reopened": "mở lại phần này"}[d.Verdict]
}

func lastDecision(tx *db.Tx, field db.ID) (d Decision, err error) {
	err = tx.Get(&d, "select no, verdict, at, by_name from archive_decision where field = ? order by no desc limit 1", field)
	if errors.Is(err, db.None) {
		return d, nil
	}
	return d, err
}

// fieldRow is a field as it lies in its row.
type fieldRow struct {
	Field
	First int    `db:"first_byte"`
	Last  int    `db:"last_byte"`
	Read  string `db:"value"`
	Keep  string `db:"kept"`
}

func (r fieldRow) field() Field {
	f := r.Field
	f.Span, f.Value, f.Kept = Span{r.First, r.Last}, valueOf(r.Read), valueOf(r.Keep)
	return f
}

const fieldColumns = `
select f.id, f.import, f.seq, f.kind, f.first_byte, f.last_byte, f.value, f.sure, f.added, f.state, f.kept, f.version, f.made_kind,
	f.made_id, f.made_label
from archive_field f
`

// FindField gives one field.
func FindField(tx *db.Tx, by access.Actor, id db.ID) (Field, error) {
	var row fieldRow
	sees := by.Sees(access.ImportArchive)
	err := tx.Get(&row, fieldColumns+"join archive_import i on i.id = f.import\nwhere f.id = ?\n  and (cast(? as text) = '' or i.org = ?)", id, sees, sees)
	if errors.Is(err, db.None) {
		return Field{}, fault.Missing("Không có phần này trong tư liệu.")
	}
	return row.field(), err
}

// Fields lists what a file says, in the order of confirming; what was added stands behind its kind.
func Fields(tx *db.Tx, by access.Actor, id db.ID) ([]Field, error) {
	if _, err := Find(tx, by, id); err != nil {
		return nil, err
	}
	return fieldsOf(tx, id)
}

func fieldsOf(tx *db.Tx, id db.ID) ([]Field, error) {
	var rows []fieldRow
	if err := tx.Select(&rows, fieldColumns+"where f.import = ?\norder by f.seq", id); err != nil {
		return nil, err
	}
	all := make([]Field, 0, len(rows))
	for _, kind := range FieldKinds {
		for _, r := range rows {
			if r.Kind == kind {
				all = append(all, r.field())
			}
		}
	}
	return all, nil
}

// link leaves the edge from the file to what was made of it.
func (i Import) link(tx *db.Tx, to lineage.Node, verb string) error {
	return lineage.Link(tx, i.Node(), to, verb)
}

// LastDecision gives the newest decision on a field; zero when there is none.
func LastDecision(tx *db.Tx, by access.Actor, field db.ID) (Decision, error) {
	if _, err := FindField(tx, by, field); err != nil {
		return Decision{}, err
	}
	return lastDecision(tx, field)
}

// MadeOf counts what came of the confirmed fields of one file.
func MadeOf(fields []Field) (m Made) {
	for _, f := range fields {
		if f.State.Taken() {
			m.count(f.Kind, f.MadeKind, 1)
		}
	}
	return m
}
