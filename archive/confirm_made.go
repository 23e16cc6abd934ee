package archive

import (
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/citation"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/org"
	"giaoban/review"
	"giaoban/task"
)

// make turns a confirmed field into the record it stands for, or ties it to the one that stands. Fields that only tell
// stay with the file.
func (f Field) make(tx *db.Tx, by access.Actor, i Import, v Value, c Choice) (made, error) {
	switch f.Kind {
	case BodyField:
		return f.nameBody(tx, by, i, v, c)
	case CitationField:
		return f.register(tx, by, i, v, c)
	case ReviewField:
		return noteReview(tx, by, i, v)
	case ConclusionField:
		if v.Task {
			return assign(tx, by, i, v)
		}
	}
	return made{}, nil
}

// nameBody ties a spelling to a body. One that the reader did not know is remembered with the file as its basis.
func (f Field) nameBody(tx *db.Tx, by access.Actor, i Import, v Value, c Choice) (made, error) {
	if v.Body == "" {
		return made{}, fault.Invalid("body", "Chưa rõ “%s” là cơ quan nào. Hãy chọn cơ quan, hoặc Bỏ qua.", v.Text)
	}
	b, err := org.ByCode(tx, by, v.Body, i.day(tx))
	if fault.Is(err, fault.KindMissing) {
		return made{}, fault.Invalid("body", "Không có cơ quan mang mã “%s” trong Danh bạ; xin chọn lại.", v.Body)
	}
	if err != nil {
		return made{}, err
	}
	if v.Body != f.Value.Body && !c.Forget {
		if err := org.LearnAlias(tx, by, b.ID, v.Text, "Tư liệu “"+shortTitle(i.Title)+"”"); err != nil {
			return made{}, err
		}
	}
	return made{kind: "body", id: b.ID, label: b.ShortName}, nil
}

// day is the day the file speaks of, today where it does not say.
func (i Import) day(tx *db.Tx) calendar.Date {
	switch {
	case !i.HeldOn.IsZero():
		return i.HeldOn
	case !i.Period.IsZero():
		return i.Period.Last()
	case !i.Posted.IsZero():
		return i.Posted
	}
	return calendar.OfInstant(tx.Clock())
}

// Meaning is what the register knows of a cited document: the one it is, or those it may be. Others of the same symbol
// that cannot be it, because date or khóa differ, stand apart.
type Meaning struct {
	Meant      db.ID
	Candidates []directive.Candidate
	Others     []directive.Candidate
}

// Meanings looks the citations among some fields up in the register, by field.
func Meanings(tx *db.Tx, by access.Actor, i Import, fields []Field) (map[db.ID]Meaning, error) {
	var refs []citation.Reference
	var of []db.ID
	for _, f := range fields {
		if f.Kind == CitationField && f.State == Pending {
			refs, of = append(refs, f.Value.Reference()), append(of, f.ID)
		}
	}
	out := make(map[db.ID]Meaning, len(of))
	if len(refs) == 0 {
		return out, nil
	}
	found, err := directive.ResolveIn(tx, by, i.Node(), refs)
	if err != nil {
		return nil, err
	}
	province := provinceOf(fields)
	for n, r := range found {
		out[of[n]] = meaning(r, province)
	}
	return out, nil
}

// meaning of a reference in a file that tells of a province: a paper of that province with the same day is the one, also
// when the office itself belongs to another.
func meaning(r directive.Resolution, province string) Meaning {
	m := Meaning{Meant: r.Meant()}
	for _, c := range r.Candidates {
		if c.ID != m.Meant && (differ(r.Date.String(), c.Date.String()) || differ(r.Term, c.Term)) {
			m.Others = append(m.Others, c)
		} else {
			m.Candidates = append(m.Candidates, c)
		}
	}
	if m.Meant != "" || province == "" || r.Date.IsZero() {
		return m
	}
	for _, c := range m.Candidates {
		if c.Date == r.Date && fold.Fold(c.Province) == fold.Fold(province) {
			if m.Meant != "" { // two papers of one day: a person decides
				m.Meant = ""
				return m
			}
			m.Meant = c.ID
		}
	}
	return m
}

// differ compares two texts of which either may be unknown.
func differ(a, b string) bool { return a != "" && b != "" && !strings.EqualFold(a, b) }

// provinceOf is the province that was confirmed for a file.
func provinceOf(fields []Field) string {
	for _, f := range fields {
		if f.Kind == ProvinceField && f.State.Taken() {
			return f.Kept.Text
		}
	}
	return ""
}

// Open reports that a person has to say which document it is.
func (m Meaning) Open() bool { return m.Meant == "" && len(m.Candidates) > 0 }

// register ties a citation to the document it means, or enters the document. Where several may be meant, or one whose
// date nobody gave, a person chooses.
func (f Field) register(tx *db.Tx, by access.Actor, i Import, v Value, c Choice) (made, error) {
	if c.Directive != "" {
		d, err := directive.Find(tx, by, c.Directive)
		if err != nil {
			return made{}, err
		}
		return f.tied(tx, by, i, v, d, false)
	}
	found, err := directive.ResolveIn(tx, by, i.Node(), []citation.Reference{v.Reference()})
	if err != nil {
		return made{}, err
	}
	fields, err := fieldsOf(tx, i.ID)
	if err != nil {
		return made{}, err
	}
	province := provinceOf(fields)
	m := meaning(found[0], province)
	if m.Meant != "" && !c.Another {
		d, err := directive.Find(tx, by, m.Meant)
		if err != nil {
			return made{}, err
		}
		return f.tied(tx, by, i, v, d, false)
	}
	if m.Open() && !c.Another {
		return made{}, fault.Invalid("directive", "Sổ đã có văn bản có thể là %s. Hãy chọn đúng văn bản, hoặc chọn “Văn bản khác”.", v.cited())
	}
	d, err := directive.Record(tx, by, i.directive(v, province, c.Another))
	if err != nil {
		return made{}, err
	}
	if err := review.Follow(tx, by, d); err != nil {
		return made{}, err
	}
	return f.tied(tx, by, i, v, d, true)
}

func (i Import) directive(v Value, province string, distinct bool) directive.New {
	day, _ := calendar.ParseDate(v.Date)
	subject := v.Subject
	if v.Symbol == "" && subject == "" {
		subject = v.Text
	}
	return directive.New{Type: v.Type, Symbol: v.Symbol, Date: day, Term: v.Term, Issuer: v.Issuer, Province: province, Subject: subject,
		Source: i.Node(), Distinct: distinct}
}

// tied remembers in this file which document the words mean, where the register would not find it by itself.
func (f Field) tied(tx *db.Tx, by access.Actor, i Import, v Value, d directive.Directive, fresh bool) (made, error) {
	written := f.Value.Reference()
	if f.Added {
		written = v.Reference()
	}
	found, err := directive.ResolveIn(tx, by, i.Node(), []citation.Reference{written})
	if err != nil {
		return made{}, err
	}
	if found[0].Meant() != d.ID {
		if err := directive.DecideIn(tx, by, i.Node(), written, d.ID, "Xác nhận khi nhập tư liệu"); err != nil {
			return made{}, err
		}
	}
	return made{kind: "directive", id: d.ID, label: d.Label(), new: fresh}, nil
}

// setAside keeps a citation that a person skipped from waiting in the register.
func setAside(tx *db.Tx, by access.Actor, i Import, f Field) error {
	r := f.Value.Reference()
	if r.Symbol == "" || !by.Can(access.RecordDirective, i.Body) {
		return nil
	}
	found, err := directive.ResolveIn(tx, by, i.Node(), []citation.Reference{r})
	if err != nil || found[0].Meant() != "" {
		return err
	}
	return directive.SetAside(tx, by, i.Node(), r, "Bỏ qua khi nhập tư liệu")
}

// noteReview ties a review that a file tells of to that of the document: the one that a citation of this file was
// confirmed as, else the one the register is certain of.
func noteReview(tx *db.Tx, by access.Actor, i Import, v Value) (made, error) {
	fields, err := fieldsOf(tx, i.ID)
	if err != nil {
		return made{}, err
	}
	key := citation.SymbolKey(v.Symbol)
	for _, f := range fields {
		if f.Kind != CitationField || citation.SymbolKey(f.Now().Symbol) != key {
			continue
		}
		if f.State == Pending {
			return made{}, fault.Conflict("Hãy xác nhận văn bản %s ở phần Văn bản viện dẫn trước.", v.Symbol)
		}
		if f.MadeKind == "directive" {
			return reviewOf(tx, by, i, v, made{kind: f.MadeKind, id: f.MadeID, label: f.MadeLabel})
		}
	}
	found, err := directive.ResolveIn(tx, by, i.Node(), []citation.Reference{{Text: v.Symbol, Symbol: v.Symbol}})
	if err != nil {
		return made{}, err
	}
	if id := found[0].Meant(); id != "" {
		d, err := directive.Find(tx, by, id)
		if err != nil {
			return made{}, err
		}
		return reviewOf(tx, by, i, v, made{kind: "directive", id: d.ID, label: d.Label()})
	}
	return made{}, nil
}

const reviewVerb = "nói đến"

// reviewOf is the review of the document that the file tells of, with an edge from the file; the document itself where
// the year's rules know of no such review.
func reviewOf(tx *db.Tx, by access.Actor, i Import, v Value, of made) (made, error) {
	all, err := review.Of(tx, by, of.id)
	if err != nil {
		return made{}, err
	}
	for _, r := range all {
		if string(r.Kind) == v.Review && r.Years == v.Years {
			return made{kind: "review", id: r.ID, label: r.Label()}, i.link(tx, r.Node(), reviewVerb)
		}
	}
	return of, nil
}

// assign turns a conclusion into a task; what an old page asks is counted from the day it was asked.
func assign(tx *db.Tx, by access.Actor, i Import, v Value) (made, error) {
	var wrong fault.List
	today := calendar.OfInstant(tx.Clock())
	var lead org.Body
	if v.Lead == "" {
		wrong.Add("lead", "Cần chọn cơ quan chủ trì. Việc không có người chịu trách nhiệm là định hướng, không phải nhiệm vụ.")
	} else {
		var err error
		lead, err = org.ByCode(tx, by, v.Lead, today)
		if fault.Is(err, fault.KindMissing) {
			err = fault.Invalid("lead", "Không có cơ quan này trong Danh bạ; xin chọn lại.")
		}
		if err := wrong.AddError("lead", err); err != nil {
			return made{}, err
		}
	}
	if v.Product == "" {
		wrong.Add("product", "Cần ghi sản phẩm phải có khi xong, ví dụ “Kế hoạch đã ban hành”.")
	}
	if err := wrong.Err(); err != nil {
		return made{}, err
	}
	due, err := calendar.ParseDate(v.Due)
	if err != nil {
		return made{}, err
	}
	t, err := task.Assign(tx, by, task.New{
		Origin: task.Origin{Kind: "import", ID: i.ID, Label: i.Node().Label},
		Mode:   task.ModeFor(lead.Kind), Title: v.Text, Product: v.Product, Lead: lead.ID, Due: due, Said: i.HeldOn,
	})
	return made{kind: "task", id: t.ID, label: t.Title, new: true}, err
}
