package conference

import (
	_ "embed"
	"strings"
	"sync"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/internal/pattern"
	"giaoban/journal"
	"giaoban/org"
)

// Spans says what a conference of a type looks back on.
type Spans string

// What a type may look back on.
const (
	Reports Spans = "reports" // a period of a regime: there is one conference for each
	Period  Spans = "period"  // a period, with or without the reports of a regime
	Nothing Spans = "none"
)

// Name is what a page says.
func (s Spans) Name() string {
	return map[Spans]string{Reports: "kỳ của một chế độ báo cáo", Period: "một kỳ", Nothing: "không theo kỳ"}[s]
}

// Briefing is the code of the type that looks back on the reports of a period, giao ban.
const Briefing = "briefing"

// Type is a kind of conference (loại hội nghị): how one is called, and what it looks back on. Those of the program stand in
// types.txt, others are the office's own.
type Type struct {
	Code    string     `db:"code"`
	Name    string     `db:"name"`
	Pattern string     `db:"pattern"` // “Hội nghị tổng kết công tác khoa giáo {kỳ}, triển khai nhiệm vụ {kỳ tới}”; “…” is left to whoever plans
	Spans   Spans      `db:"spans"`
	MadeAt  db.Instant `db:"made_at"` // 0 for those of the program
	MadeBy  string     `db:"made_by"`
	EndedAt db.Instant `db:"ended_at"` // 0 while it is offered
}

// Own reports whether the office added it.
func (t Type) Own() bool { return t.MadeAt != 0 }

// Open reports whether whoever plans has to write on.
func (t Type) Open() bool { return strings.Contains(t.Pattern, "…") }

// Title is how a conference of this type on a period is called; what the planner has to write is left as “…”.
func (t Type) Title(period calendar.Period) string {
	if period.IsZero() {
		return t.Pattern
	}
	return strings.NewReplacer("{kỳ}", period.Name(), "{kỳ tới}", period.Ahead()).Replace(t.Pattern)
}

//go:embed types.txt
var shippedTypes string

var builtIn = sync.OnceValue(func() (all []Type) {
	for line := range strings.Lines(shippedTypes) {
		part := strings.Split(strings.TrimSpace(line), " | ")
		if len(part) == 4 && !strings.HasPrefix(line, "#") {
			all = append(all, Type{Code: part[0], Name: part[1], Pattern: part[2], Spans: Spans(part[3])})
		}
	}
	return all
})

// Types lists those of the program, then the office's own as they were added, those no longer offered too.
func Types(tx *db.Tx, by access.Actor) ([]Type, error) {
	if err := by.May(access.ReadBriefing, by.Body); err != nil {
		return nil, err
	}
	return types(tx)
}

func types(tx *db.Tx) ([]Type, error) {
	var own []Type
	err := tx.Select(&own, `
select code, name, pattern, spans, made_at, made_by, ended_at
from conference_kind
order by sort`)
	return append(builtIn()[:len(builtIn()):len(builtIn())], own...), err
}

// typeOf finds one by its code; "" is a briefing.
func typeOf(tx *db.Tx, code string) (Type, error) {
	if code == "" {
		code = Briefing
	}
	all, err := types(tx)
	if err != nil {
		return Type{}, err
	}
	for _, t := range all {
		if t.Code == code {
			return t, nil
		}
	}
	return Type{}, fault.Invalid("kind", "Không có loại hội nghị “%s”. Xem các loại ở trang Loại hội nghị.", shortened(code))
}

// variables are what a pattern may hold between braces.
var variables = pattern.Of(`\{[^}]*\}`)

// AddType adds a type of the office's own. Its code is made from its name.
func AddType(tx *db.Tx, by access.Actor, name, pattern string, spans Spans) (Type, error) {
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return Type{}, err
	}
	if err := by.May(access.PrepareBriefing, commission.ID); err != nil {
		return Type{}, err
	}
	t := Type{Name: fold.Tidy(name), Pattern: fold.Tidy(pattern), Spans: spans, MadeAt: tx.Now(), MadeBy: by.Key()}
	t.Code = strings.ReplaceAll(fold.Fold(t.Name), " ", "_")
	var wrong fault.List
	if t.Name == "" {
		wrong.Add("name", "Cần ghi tên của loại, ví dụ Gặp mặt.")
	}
	if t.Pattern == "" {
		wrong.Add("pattern", "Cần ghi tên hội nghị, ví dụ Hội nghị gặp mặt {kỳ}; chỗ viết tiếp khi lập thì để dấu ….")
	}
	for _, v := range variables().FindAllString(t.Pattern, -1) {
		switch {
		case v != "{kỳ}" && v != "{kỳ tới}":
			wrong.Add("pattern", "Không có từ thay %s; chỉ có {kỳ} và {kỳ tới}.", shortened(v))
		case spans == Nothing:
			wrong.Add("pattern", "Loại không theo kỳ thì tên không dùng được %s.", v)
		}
	}
	if spans.Name() == "" {
		wrong.Add("spans", "Hãy chọn hội nghị xem lại gì.")
	}
	all, err := types(tx)
	if err != nil {
		return Type{}, err
	}
	for _, other := range all {
		if other.Code == t.Code && t.Name != "" {
			wrong.Add("name", "Đã có loại “%s”. Xin đặt tên khác.", other.Name)
		}
	}
	if err := refuseSecret(t.Name, t.Pattern); err != nil {
		return Type{}, err
	}
	if err := wrong.Err(); err != nil {
		return Type{}, err
	}
	if _, err := tx.Exec("insert into conference_kind (code, name, pattern, spans, sort, made_at, made_by) values (?, ?, ?, ?, ?, ?, ?)",
		t.Code, t.Name, t.Pattern, string(t.Spans), len(all)+1, t.MadeAt, t.MadeBy); err != nil {
		return Type{}, err
	}
	_, err = journal.Write(tx, by, "added", journal.Subject{Kind: "conference_kind", ID: db.ID(t.Code), Body: commission.ID}, journal.Details{"name": t.Name})
	return t, err
}

// EndType takes a type of the office's own out of what is offered; conferences of it stay.
func EndType(tx *db.Tx, by access.Actor, code string) error {
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return err
	}
	if err := by.May(access.PrepareBriefing, commission.ID); err != nil {
		return err
	}
	n, err := tx.Exec("update conference_kind set ended_at = ? where code = ? and ended_at is null", tx.Now(), code)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Conflict("Loại hội nghị này là loại có sẵn, hoặc đã thôi dùng.")
	}
	_, err = journal.Write(tx, by, "ended", journal.Subject{Kind: "conference_kind", ID: db.ID(code), Body: commission.ID}, nil)
	return err
}

// Organiser is who convenes a conference.
type Organiser string

// Who may convene; for others the commission drafts the papers.
const (
	ByCommission Organiser = "commission"
	ByProvince   Organiser = "province_party"   // Tỉnh ủy
	ByCommittee  Organiser = "people_committee" // UBND
	Jointly      Organiser = "joint"            // the commission together with other bodies
)

// Organisers in the order of a form.
var Organisers = []Organiser{ByCommission, Jointly, ByProvince, ByCommittee}

// Name is the office's word.
func (o Organiser) Name() string {
	return map[Organiser]string{ByCommission: "Ban", Jointly: "Ban cùng cơ quan khác", ByProvince: "Cấp ủy tỉnh", ByCommittee: "Ủy ban nhân dân tỉnh"}[o]
}
