package directive

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/official"
)

// Advice is a paper drafted for somebody above to issue (tham mưu): drafted, sent, then issued or not.
type Advice struct {
	ID              db.ID         `db:"id"`
	Body            db.ID         `db:"org"`         // who drafted it
	Form            string        `db:"form"`        // kind of paper: "Kế hoạch"
	Subject         string        `db:"subject"`     //
	Source          db.ID         `db:"source"`      // the document of the register that asked for it; "" for none
	SourceText      string        `db:"source_text"` // as cited, when it is not in the register
	ForWhom         string        `db:"for_whom"`    // who is to issue it: "Ban Thường vụ Tỉnh ủy"
	DraftedOn       calendar.Date `db:"drafted_on"`
	SentOn          calendar.Date `db:"sent_on"`
	Issued          string        `db:"issued"` // symbol under which it came out
	IssuedOn        calendar.Date `db:"issued_on"`
	IssuedDirective db.ID         `db:"issued_directive"` // the paper as it stands in the register; "" while it does not
	DeclinedOn      calendar.Date `db:"declined_on"`
	Declined        string        `db:"declined"` // why it was not issued
	Version         int64         `db:"version"`
	MadeAt          db.Instant    `db:"made_at"`
	MadeBy          string        `db:"made_by"`
}

// AdviceForms are the kinds of paper usually drafted; others may be typed.
var AdviceForms = []string{"Nghị quyết", "Chỉ thị", "Kết luận", "Quyết định", "Quy chế", "Chương trình", "Kế hoạch", "Đề án", "Hướng dẫn", "Thông báo", "Báo cáo", "Tờ trình", "Công văn"}

// State says where it stands, in a word.
func (a Advice) State() string {
	switch {
	case !a.IssuedOn.IsZero():
		return "Đã ban hành"
	case !a.DeclinedOn.IsZero():
		return "Không ban hành"
	case !a.SentOn.IsZero():
		return "Đã trình"
	}
	return "Đang soạn"
}

const adviceColumns = `
select id, org, form, subject, source, source_text, for_whom, drafted_on, sent_on, issued, issued_on, issued_directive, declined_on,
	declined, version, made_at, made_by
from directive_advice
`

// NoteAdvice enters a piece of advice, or brings the one whose ID is given up to date (its Version must be the one that
// was read).
func NoteAdvice(tx *db.Tx, by access.Actor, a Advice) (Advice, error) {
	var old Advice
	if a.ID != "" {
		var err error
		if old, err = FindAdvice(tx, by, a.ID); err != nil {
			return a, err
		}
		a.Body = old.Body
	}
	if a.Body == "" {
		a.Body = by.Body
	}
	if err := by.May(access.NoteAdvice, a.Body); err != nil {
		return a, err
	}
	if a.ID != "" && old.Version != a.Version {
		return a, fault.Stale("Việc tham mưu này vừa được người khác sửa. Xin xem lại rồi sửa tiếp.")
	}
	source, err := a.check(tx, by)
	if err != nil {
		return a, err
	}
	a.Version, a.MadeAt, a.MadeBy = old.Version+1, tx.Now(), by.Name
	if a.ID == "" {
		a.ID = tx.NewID()
		err = tx.Insert("directive_advice", a)
	} else {
		_, err = tx.Exec(`
update directive_advice
set form = ?, subject = ?, source = ?, source_text = ?, for_whom = ?, drafted_on = ?, sent_on = ?, issued = ?, issued_on = ?,
	issued_directive = ?, declined_on = ?, declined = ?, version = ?, made_at = ?, made_by = ?
where id = ?`, a.Form, a.Subject, a.Source, a.SourceText, a.ForWhom, a.DraftedOn, a.SentOn, a.Issued, a.IssuedOn,
			a.IssuedDirective, a.DeclinedOn, a.Declined, a.Version, a.MadeAt, a.MadeBy, a.ID)
	}
	if err != nil {
		return a, err
	}
	if source.ID != "" {
		if err := lineage.Link(tx, source.Node(), a.Node(), "tham mưu"); err != nil {
			return a, err
		}
	}
	if old.Source != "" && old.Source != a.Source {
		if err := lineage.Unlink(tx, Directive{ID: old.Source}.Node(), a.Node(), "tham mưu"); err != nil {
			return a, err
		}
	}
	_, err = journal.Write(tx, by, "advised", journal.Subject{Kind: "advice", ID: a.ID, Body: a.Body}, journal.Details{
		"form": a.Form, "subject": a.Subject, "stage": a.State(), "was": stageBefore(old), "issued": a.Issued, "reason": a.Declined})
	return a, err
}

func stageBefore(old Advice) string {
	if old.ID == "" {
		return ""
	}
	return old.State()
}

// Node is the advice in the graph of what came from what.
func (a Advice) Node() lineage.Node {
	return lineage.Node{Kind: "advice", ID: a.ID, Label: a.Form + " " + a.Subject}
}

func (a *Advice) check(tx *db.Tx, by access.Actor) (source Directive, err error) {
	for _, s := range []*string{&a.Form, &a.Subject, &a.SourceText, &a.ForWhom, &a.Issued, &a.Declined} {
		*s = fold.Tidy(*s)
	}
	var wrong fault.List
	today := calendar.OfInstant(tx.Clock())
	if a.Form == "" {
		wrong.Add("form", "Cần ghi hình thức văn bản tham mưu, ví dụ “Kế hoạch”.")
	}
	if a.Subject == "" {
		wrong.Add("subject", "Cần ghi nội dung tham mưu.")
	}
	for _, f := range []struct{ field, value string }{{"form", a.Form}, {"subject", a.Subject}, {"source_text", a.SourceText}, {"for_whom", a.ForWhom}, {"issued", a.Issued}, {"declined", a.Declined}} {
		if len(f.value) > mostText {
			wrong.Add(f.field, "Phần này dài quá %d ký tự; xin ghi ngắn gọn.", mostText)
		}
	}
	if a.DraftedOn.IsZero() && a.SentOn.IsZero() && a.IssuedOn.IsZero() {
		wrong.Add("drafted_on", "Cần ghi ít nhất một ngày: bắt đầu soạn, trình hoặc ban hành.")
	}
	for _, f := range []struct {
		field, name string
		day         calendar.Date
	}{{"drafted_on", "Ngày soạn", a.DraftedOn}, {"sent_on", "Ngày trình", a.SentOn}, {"issued_on", "Ngày ban hành", a.IssuedOn}, {"declined_on", "Ngày trả lời không ban hành", a.DeclinedOn}} {
		wrong.AddError(f.field, calendar.Happened(f.name, f.day, today))
	}
	wrong.AddError("sent_on", calendar.NotBefore("Ngày trình", a.SentOn, "ngày soạn", a.DraftedOn))
	if !a.IssuedOn.IsZero() && (a.IssuedOn.Before(a.SentOn) || a.IssuedOn.Before(a.DraftedOn)) {
		wrong.Add("issued_on", "Ngày ban hành (%s) trước ngày soạn hoặc ngày trình.", a.IssuedOn.Vietnamese())
	}
	if !a.IssuedOn.IsZero() != (a.Issued != "") {
		wrong.Add("issued", "Văn bản đã ban hành cần cả số, ký hiệu và ngày ban hành.")
	}
	if !a.DeclinedOn.IsZero() != (a.Declined != "") {
		wrong.Add("declined", "Văn bản không được ban hành cần cả ngày và lý do.")
	}
	if !a.IssuedOn.IsZero() && !a.DeclinedOn.IsZero() {
		wrong.Add("declined", "Một văn bản chỉ có thể đã ban hành hoặc không ban hành.")
	}
	if a.Source != "" {
		if source, err = Find(tx, by, a.Source); fault.Is(err, fault.KindMissing) {
			wrong.Add("source", "Văn bản nguồn không có trong sổ; xin chọn lại.")
		} else if err != nil {
			return source, err
		}
	}
	if err := wrong.Err(); err != nil {
		return source, err
	}
	return source, official.RefuseSecret(a.Form, a.Subject, a.SourceText, a.ForWhom, a.Issued, a.Declined)
}

// FindAdvice gives one piece of advice; a body sees its own.
func FindAdvice(tx *db.Tx, by access.Actor, id db.ID) (Advice, error) {
	found, err := AdviceAmong(tx, by, []db.ID{id})
	if err == nil && len(found) == 0 {
		err = fault.Missing("Không có việc tham mưu này.")
	}
	if err != nil {
		return Advice{}, err
	}
	return found[0], nil
}

// AdviceAmong gives those of some pieces of advice that the actor may read.
func AdviceAmong(tx *db.Tx, by access.Actor, ids []db.ID) ([]Advice, error) {
	own := seesAdvice(by)
	return db.Among[Advice](tx, ids, adviceColumns+"where (cast(? as text) = '' or org = ?)\n  and id in ", own, own)
}

// seesAdvice: the whole commission looks over all of it, although only its officers write it.
func seesAdvice(by access.Actor) string {
	if by.OfCommission() {
		return ""
	}
	return by.Sees(access.NoteAdvice)
}

// AdviceFilter narrows Advices; empty fields do not.
type AdviceFilter struct {
	Body     db.ID
	Source   db.ID
	From, To calendar.Date // something happened to it between these days
}

// mostAdvice is how much advice is listed at once.
const mostAdvice = 300

// Advices lists the advice given, the latest first, and tells whether there is more than it gives.
func Advices(tx *db.Tx, by access.Actor, f AdviceFilter) (all []Advice, more bool, err error) {
	query, args := adviceColumns+"where 1 = 1", []any{}
	and := func(condition string, more ...any) {
		query, args = query+"\n  and "+condition, append(args, more...)
	}
	if own := seesAdvice(by); own != "" {
		and("org = ?", own)
	}
	if f.Body != "" {
		and("org = ?", f.Body)
	}
	if f.Source != "" {
		and("source = ?", f.Source)
	}
	if !f.To.IsZero() {
		and("(drafted_on between ? and ? or sent_on between ? and ? or issued_on between ? and ? or declined_on between ? and ?)",
			f.From, f.To, f.From, f.To, f.From, f.To, f.From, f.To)
	}
	if err := tx.Select(&all, query+"\norder by id desc\nlimit ?", append(args, mostAdvice+1)...); err != nil || len(all) <= mostAdvice {
		return all, false, err
	}
	return all[:mostAdvice], true, nil
}

// Tally is a number with what was counted.
type Tally struct {
	Name string // form of paper, or the source document
	ID   db.ID  // of the source document; "" otherwise
	N    int
}

// AdviceCounts is the advice of one stretch of time.
type AdviceCounts struct {
	Issued   int // came out in these days
	ByForm   []Tally
	BySource []Tally
	Sent     int // sent in these days and not yet answered
	Declined int // answered with no in these days
}

// AdviceCount counts advice between two days, both included. What came out is counted on the day it was issued, by form
// and by the document that asked for it; org "" counts every body the actor sees.
func AdviceCount(tx *db.Tx, by access.Actor, body db.ID, from, to calendar.Date) (c AdviceCounts, err error) {
	narrow, args := "", []any{}
	if own := seesAdvice(by); own != "" {
		narrow, args = narrow+" and org = ?", append(args, own)
	}
	if body != "" {
		narrow, args = narrow+" and org = ?", append(args, body)
	}
	window := append([]any{from, to}, args...)
	var rows []Advice
	if err := tx.Select(&rows, adviceColumns+"where issued_on between ? and ?"+narrow, window...); err != nil {
		return c, err
	}
	var sources []db.ID
	for _, a := range rows {
		if a.Source != "" {
			sources = append(sources, a.Source)
		}
	}
	cited, err := these(tx, sources)
	if err != nil {
		return c, err
	}
	forms, bySource := make(map[string]*Tally), make(map[string]*Tally)
	for _, a := range rows {
		count(forms, fold.Fold(a.Form), Tally{Name: a.Form})
		switch {
		case a.Source != "":
			count(bySource, string(a.Source), Tally{Name: cited[a.Source].Label(), ID: a.Source})
		case a.SourceText != "":
			count(bySource, fold.Fold(a.SourceText), Tally{Name: a.SourceText})
		default:
			count(bySource, "", Tally{Name: "Theo nhiệm vụ thường xuyên"})
		}
	}
	c.Issued, c.ByForm, c.BySource = len(rows), sorted(forms), sorted(bySource)
	if err := tx.Get(&c.Sent, "select count(*) from directive_advice where sent_on between ? and ? and issued_on is null and declined_on is null"+narrow, window...); err != nil {
		return c, err
	}
	return c, tx.Get(&c.Declined, "select count(*) from directive_advice where declined_on between ? and ?"+narrow, window...)
}

func count(in map[string]*Tally, key string, t Tally) {
	if in[key] == nil {
		in[key] = &t
	}
	in[key].N++
}

func sorted(of map[string]*Tally) []Tally {
	var all []Tally
	for _, t := range of {
		all = append(all, *t)
	}
	slices.SortFunc(all, func(a, b Tally) int {
		if a.N != b.N {
			return b.N - a.N
		}
		return strings.Compare(fold.SortKey(a.Name), fold.SortKey(b.Name))
	})
	return all
}

// Sentence is the paragraph a report takes over; when names the time: "Trong quý I năm 2022".
func (c AdviceCounts) Sentence(when string) string {
	if c.Issued == 0 {
		return when + ", chưa có văn bản tham mưu nào được ban hành" + c.rest() + "."
	}
	var parts []string
	for _, t := range c.ByForm {
		parts = append(parts, fmt.Sprintf("%02d %s", t.N, fold.Uncapital(t.Name)))
	}
	text := fmt.Sprintf("%s, đã tham mưu ban hành %02d văn bản: %s", when, c.Issued, strings.Join(parts, ", "))
	var from []string
	for _, t := range c.BySource {
		if t.ID != "" {
			from = append(from, fmt.Sprintf("%02d văn bản thực hiện %s", t.N, t.Name))
		}
	}
	if len(from) > 0 {
		text += "; trong đó " + strings.Join(from, ", ")
	}
	return text + c.rest() + "."
}

func (c AdviceCounts) rest() string {
	var rest []string
	if c.Sent > 0 {
		rest = append(rest, fmt.Sprintf("%02d văn bản đã trình, chờ ban hành", c.Sent))
	}
	if c.Declined > 0 {
		rest = append(rest, fmt.Sprintf("%02d văn bản không được ban hành", c.Declined))
	}
	if len(rest) == 0 {
		return ""
	}
	return "; " + strings.Join(rest, "; ")
}
