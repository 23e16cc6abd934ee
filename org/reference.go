package org

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// Confidence says how sure a shipped row is (docs/sources/sap-xep-2025.md).
type Confidence string

const (
	Sourced  Confidence = "source"        // found in the sources named: a fact
	Likely   Confidence = "memory-high"   // generally known, no source opened
	Doubtful Confidence = "memory-medium" // to be checked before use
	Guessed  Confidence = "memory-low"    // may be wrong
)

// Name is what a person reads.
func (c Confidence) Name() string {
	switch c {
	case Sourced:
		return "có nguồn"
	case Likely:
		return "tin cậy, chưa có nguồn"
	case Doubtful:
		return "cần kiểm tra"
	case Guessed:
		return "phỏng đoán"
	}
	return string(c)
}

// Groups of shipped rows, in the order they are shown.
const (
	OfDepartments = "department"
	OfParty       = "party"
	OfDistricts   = "district"
	OfCentral     = "central"
	OfProvinces   = "province"
	OfAuthorities = "authority"
)

// ReferenceGroups in the order they are shown, with what they are called.
var ReferenceGroups = []struct{ Code, Name string }{
	{OfDepartments, "Sở, ngành cấp tỉnh"}, {OfParty, "Cơ quan của Đảng, đoàn thể"}, {OfDistricts, "Cấp huyện"},
	{OfCentral, "Bộ, ngành trung ương"}, {OfProvinces, "Tỉnh, thành phố"}, {OfAuthorities, "Cơ quan ban hành văn bản"},
}

// Named is a body as a shipped row calls it.
type Named struct {
	Name   string `json:"name"`
	Symbol string `json:"symbol"`
}

// Move is a function that a shipped row says went its own way.
type Move struct {
	Functions  []string   `json:"functions"` // codes
	From       string     `json:"from"`      // symbol of the giver; "" the body of the row that ends
	To         string     `json:"to"`        // symbol of the receiver
	Confidence Confidence `json:"confidence"`
	Src        []string   `json:"src"`
	Key        string     `json:"-"` // of its own, for deciding on it apart from the row
	Decided    Decision   `json:"-"`
}

// Reference is a shipped row of the reorganisation of 2025: what happened everywhere, to be compared with what the office
// knows of its own province.
type Reference struct {
	Key        string        `json:"key"`
	Group      string        `json:"group"`
	Kind       string        `json:"kind"` // merge | absorb | replace | rename_expand | continue_expand | end | unchanged
	From       []Named       `json:"from"`
	To         []Named       `json:"to"`
	Day        calendar.Date `json:"day"`      // zero where it differs from province to province
	Earliest   calendar.Date `json:"earliest"` // … and then between these
	Latest     calendar.Date `json:"latest"`
	Basis      string        `json:"basis"`
	Note       string        `json:"note"`
	Confidence Confidence    `json:"confidence"`
	Src        []string      `json:"src"`
	Moves      []Move        `json:"moves"`
	Decided    Decision      `json:"-"` // the last word of the office; zero when it has said nothing
}

// Sources are the names of the sources of the row.
func (r Reference) Sources() []string { return sourceNames(r.Src) }

// Fact reports whether the row may be relied on here: it has a source, or the office has confirmed it, and the office has
// not said that it does not hold here.
func (r Reference) Fact() bool { return r.Decided.fact(r.Confidence) }

// KindName is what a person reads.
func (r Reference) KindName() string {
	switch r.Kind {
	case "merge":
		return "Hợp nhất"
	case "absorb":
		return "Sáp nhập vào"
	case "replace":
		return "Thay bằng"
	case "rename_expand":
		return "Đổi tên, thêm nhiệm vụ"
	case "continue_expand":
		return "Giữ, thêm nhiệm vụ"
	case "end":
		return "Kết thúc hoạt động"
	case "unchanged":
		return "Giữ nguyên"
	}
	return r.Kind
}

// Title names the row in one line: "Sở Nông nghiệp và Phát triển nông thôn, Sở Tài nguyên và Môi trường → Sở Nông nghiệp và
// Môi trường".
func (r Reference) Title() string {
	names := func(all []Named) string {
		words := make([]string, len(all))
		for i, n := range all {
			words[i] = n.Name
		}
		return strings.Join(words, ", ")
	}
	if len(r.To) == 0 || slices.Equal(r.From, r.To) {
		return names(r.From)
	}
	return names(r.From) + " → " + names(r.To)
}

var shippedRows = sync.OnceValue(func() []Reference {
	var all []Reference
	read("succession", &all)
	for i := range all {
		for j := range all[i].Moves {
			m := &all[i].Moves[j]
			m.Key = all[i].Key + "#" + string(rune('1'+j))
			m.Confidence = cmp.Or(m.Confidence, all[i].Confidence)
		}
	}
	return all
})

var sourceName = sync.OnceValue(func() map[string]string {
	var all []struct{ Key, Name string }
	read("sources", &all)
	names := make(map[string]string, len(all))
	for _, s := range all {
		names[s.Key] = s.Name
	}
	return names
})

func sourceNames(keys []string) []string {
	names := make([]string, 0, len(keys))
	for _, key := range keys {
		names = append(names, sourceName()[key])
	}
	return names
}

// References lists the shipped rows about bodies, each with what the office has said of it.
func References(tx *db.Tx, by access.Actor) ([]Reference, error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return nil, err
	}
	decided, err := decisions(tx)
	if err != nil {
		return nil, err
	}
	all := slices.Clone(shippedRows())
	for i := range all {
		r := &all[i]
		r.Decided = decided[r.Key]
		if r.Decided.Kind == Corrected {
			if !r.Decided.Day.IsZero() {
				r.Day = r.Decided.Day
			}
			r.Basis = cmp.Or(r.Decided.Basis, r.Basis)
			if r.Decided.Name != "" && len(r.To) > 0 {
				r.To = slices.Clone(r.To)
				r.To[0].Name = r.Decided.Name
			}
		}
		r.Moves = slices.Clone(r.Moves)
		for j := range r.Moves {
			r.Moves[j].Decided = decided[r.Moves[j].Key]
		}
	}
	return all, nil
}

// FindReference gives one shipped row about bodies.
func FindReference(tx *db.Tx, by access.Actor, key string) (Reference, error) {
	all, err := References(tx, by)
	if err != nil {
		return Reference{}, err
	}
	for _, r := range all {
		if r.Key == key {
			return r, nil
		}
	}
	return Reference{}, fault.Missing("Không có dòng tham chiếu “%s”. Xem danh sách ở trang Sắp xếp cơ quan.", key)
}

// Waiting is a shipped row without a source of which the office has said nothing yet.
type Waiting struct {
	Key, Group, Title string
	Confidence        Confidence
}

// Unconfirmed lists the shipped rows that wait for the office's word, by group.
func Unconfirmed(tx *db.Tx, by access.Actor) ([]Waiting, error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return nil, err
	}
	decided, err := decisions(tx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(doubtful(), func(w Waiting) bool { return !decided[w.Key].open(w.Confidence) }), nil
}

// doubtful are all shipped rows without a source.
func doubtful() []Waiting {
	var all []Waiting
	add := func(key, group, title string, c Confidence) {
		if c != Sourced {
			all = append(all, Waiting{key, group, title, c})
		}
	}
	for _, r := range shippedRows() {
		add(r.Key, r.Group, r.Title(), r.Confidence)
		for _, m := range r.Moves {
			if r.Confidence == Sourced { // else the row stands for its moves
				add(m.Key, r.Group, moveTitle(r, m), m.Confidence)
			}
		}
	}
	for _, p := range shippedProvinces() {
		add(p.Key, OfProvinces, p.title(), p.Confidence)
	}
	for _, a := range shippedAuthorities() {
		add(a.key(), OfAuthorities, a.Name+" ("+a.Symbol+")", a.Confidence)
	}
	slices.SortStableFunc(all, func(a, b Waiting) int { return cmp.Compare(groupRank(a.Group), groupRank(b.Group)) })
	return all
}

func groupRank(code string) int {
	return slices.IndexFunc(ReferenceGroups, func(g struct{ Code, Name string }) bool { return g.Code == code })
}

func moveTitle(r Reference, m Move) string {
	var names []string
	for _, code := range m.Functions {
		for _, f := range catalogue() {
			if f.Code == code {
				names = append(names, f.Name)
			}
		}
	}
	return strings.Join(names, ", ") + ": " + r.From[0].Name + " → " + BodyOfSymbol(m.To)
}

// BodyOfSymbol is the full name of the body that a shipped row writes by its symbol.
func BodyOfSymbol(symbol string) string {
	for _, r := range shippedRows() {
		for _, n := range append(slices.Clone(r.From), r.To...) {
			if n.Symbol == symbol {
				return n.Name
			}
		}
	}
	if symbol == policeSymbol {
		return "Công an tỉnh"
	}
	return symbol
}

// The provincial police appears in the shipped rows only as a receiver.
const policeSymbol = "CAT"

// titleOf names any shipped row by its key.
func titleOf(key string) (string, bool) {
	for _, r := range shippedRows() {
		if r.Key == key {
			return r.Title(), true
		}
		for _, m := range r.Moves {
			if m.Key == key {
				return moveTitle(r, m), true
			}
		}
	}
	for _, p := range shippedProvinces() {
		if p.Key == key {
			return p.title(), true
		}
	}
	for _, a := range shippedAuthorities() {
		if a.key() == key {
			return a.Name, true
		}
	}
	return "", false
}
