package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
)

// changesPage is what happened here, and what the shipped rows say happened everywhere.
type changesPage struct {
	Changes   []changeLine
	Groups    []groupTab
	Group     string
	Rows      []referenceLine
	Unchanged []referenceLine // rows that say that nothing happened, told in one list
	Provinces []provinceLine
	Others    []org.Waiting // authorities that wait for a word
	Waiting   int
	MayEdit   bool
	Day       calendar.Date // of the list of provinces
}

type groupTab struct {
	Code, Name string
	Waiting    int
	Here       bool
}

// referenceLine is one shipped row with what may be done with it.
type referenceLine struct {
	org.Reference
	Badge    badge
	Said     string // what the office has said
	Moves    []moveLine
	Applied  calendar.Date
	MayApply bool
}

type moveLine struct {
	What, To string
	Badge    badge
	Key      string
	Open     bool
}

type provinceLine struct {
	org.ProvinceRow
	Before []org.ProvinceRow
	Now    org.ProvinceRow // what it has become; zero while it goes on
	Badge  badge
}

// sureness is a confidence as a badge: whether one may rely on it, in a word.
func sureness(c org.Confidence, d org.Decision) badge {
	switch {
	case d.Kind == org.Rejected:
		return badge{"nil", "Không áp dụng"}
	case d.Kind == org.Confirmed:
		return badge{"accepted", "Đã xác nhận"}
	case d.Kind == org.Corrected:
		return badge{"accepted", "Đã sửa theo địa phương"}
	case c == org.Sourced:
		return badge{"on-time", "Có nguồn"}
	case c == org.Likely:
		return badge{"waiting", "Cần xác nhận: chưa có nguồn"}
	}
	return badge{"late", "Cần kiểm tra trước khi dùng"}
}

func (s *site) listChanges(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p := changesPage{Group: cmp.Or(r.FormValue("nhom"), org.OfDepartments), MayEdit: by.Can(access.ManageBodies, by.Body),
		Day: calendar.OfInstant(tx.Clock())}
	var wrong error
	if text := r.FormValue("ngay"); text != "" {
		if day, err := calendar.ReadDate(text); err != nil {
			wrong = fieldOf("ngay", err)
		} else {
			p.Day = day
		}
	}
	reader, err := readerOfChanges(tx, by)
	if err != nil {
		return Reply{}, err
	}
	changes, err := org.Changes(tx, by)
	if err != nil {
		return Reply{}, err
	}
	for _, c := range changes {
		l, err := reader.line(c)
		if err != nil {
			return Reply{}, err
		}
		p.Changes = append(p.Changes, l)
	}
	waiting, err := org.Unconfirmed(tx, by)
	if err != nil {
		return Reply{}, err
	}
	p.Waiting = len(waiting)
	for _, g := range org.ReferenceGroups {
		tab := groupTab{Code: g.Code, Name: g.Name, Here: g.Code == p.Group}
		for _, w := range waiting {
			if w.Group == g.Code {
				tab.Waiting++
			}
		}
		p.Groups = append(p.Groups, tab)
	}
	switch p.Group {
	case org.OfProvinces:
		err = p.provinces(tx, by)
	case org.OfAuthorities:
		p.Others = slices.DeleteFunc(waiting, func(w org.Waiting) bool { return w.Group != org.OfAuthorities })
	default:
		err = p.references(tx, by, reader)
	}
	return Reply{Page: "org/changes", Data: &p}, errors.Join(err, wrong)
}

func (p *changesPage) references(tx *db.Tx, by access.Actor, reader *changeReader) error {
	all, err := org.References(tx, by)
	if err != nil {
		return err
	}
	for _, row := range all {
		if row.Group != p.Group {
			continue
		}
		l := referenceLine{Reference: row, Badge: sureness(row.Confidence, row.Decided), Said: row.Decided.Note}
		for _, m := range row.Moves {
			var names []string
			for _, code := range m.Functions {
				names = append(names, reader.function(code))
			}
			c := m.Confidence
			l.Moves = append(l.Moves, moveLine{What: joinWords(names), To: org.BodyOfSymbol(m.To), Badge: sureness(c, m.Decided), Key: m.Key,
				Open: c != org.Sourced && m.Decided.Kind == "" && row.Confidence == org.Sourced})
		}
		if l.Applied, err = org.AppliedOn(tx, by, row.Key); err != nil {
			return err
		}
		l.MayApply = p.MayEdit && l.Applied.IsZero() && row.Kind != "unchanged" && row.Group != org.OfCentral && row.Decided.Kind != org.Rejected
		if row.Kind == "unchanged" {
			p.Unchanged = append(p.Unchanged, l)
			continue
		}
		p.Rows = append(p.Rows, l)
	}
	return nil
}

func joinWords(words []string) string {
	out := ""
	for i, w := range words {
		if i > 0 {
			out += "; "
		}
		out += w
	}
	return out
}

func (p *changesPage) provinces(tx *db.Tx, by access.Actor) error {
	all, err := org.Provinces(tx, by, p.Day)
	if err != nil {
		return err
	}
	for _, row := range all {
		before, err := org.ProvincePredecessors(tx, by, row)
		if err != nil {
			return err
		}
		now, _, err := org.ProvinceSuccessor(tx, by, row)
		if err != nil {
			return err
		}
		p.Provinces = append(p.Provinces, provinceLine{ProvinceRow: row, Before: before, Now: now, Badge: sureness(row.Confidence, row.Decided)})
	}
	waiting, err := org.Unconfirmed(tx, by)
	for _, w := range waiting {
		if w.Group == org.OfProvinces {
			p.Others = append(p.Others, w)
		}
	}
	return err
}

// correctionPage is the form that says how a shipped row is here.
type correctionPage struct {
	org.Reference
	Badge                         badge
	TypedDay, Paper, Called, Word string
}

func (s *site) editReference(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ManageBodies, by.Body); err != nil {
		return Reply{}, err
	}
	if r.FormValue("dong") == "" {
		return Reply{To: "/sap-xep"}, nil
	}
	return correction(tx, by, r.FormValue("dong"), r)
}

func correction(tx *db.Tx, by access.Actor, key string, r *http.Request) (Reply, error) {
	row, err := org.FindReference(tx, by, key)
	if err != nil {
		return Reply{}, err
	}
	p := correctionPage{Reference: row, Badge: sureness(row.Confidence, row.Decided), TypedDay: r.PostFormValue("day"), Paper: r.PostFormValue("basis"),
		Called: r.PostFormValue("name"), Word: r.PostFormValue("note")}
	if r.Method == http.MethodGet {
		if !row.Day.IsZero() {
			p.TypedDay = row.Day.Vietnamese()
		}
		p.Paper, p.Word = row.Basis, row.Decided.Note
		if len(row.To) > 0 {
			p.Called = row.To[0].Name
		}
	}
	return Reply{Page: "org/correction", Data: &p}, nil
}

func (s *site) decideReference(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ManageBodies, by.Body); err != nil {
		return Reply{}, err
	}
	if r.PostFormValue("group") != "" { // the whole group at once
		return s.confirmGroup(tx, by, r.PostFormValue("group"))
	}
	key := r.PostFormValue("row")
	d := org.Decision{Kind: org.DecisionKind(r.PostFormValue("decision")), Basis: r.PostFormValue("basis"), Name: r.PostFormValue("name"), Note: r.PostFormValue("note")}
	back := Reply{To: "/sap-xep?nhom=" + url.QueryEscape(r.PostFormValue("back"))}
	if d.Kind != org.Corrected {
		return back, org.Decide(tx, by, key, d)
	}
	again, err := correction(tx, by, key, r)
	if err != nil {
		return again, err
	}
	var wrong fault.List
	if r.PostFormValue("day") != "" {
		d.Day, err = calendar.ReadDate(r.PostFormValue("day"))
		wrong.AddError("day", err)
	}
	row := again.Data.(*correctionPage).Reference
	if d.Basis == row.Basis {
		d.Basis = ""
	}
	if len(row.To) > 0 && d.Name == row.To[0].Name {
		d.Name = ""
	}
	if err := wrong.Err(); err != nil {
		return again, err
	}
	if err := org.Decide(tx, by, key, d); err != nil {
		return again, err
	}
	return Reply{To: "/sap-xep?nhom=" + row.Group}, nil
}

// confirmGroup confirms all rows of a group that still wait.
func (s *site) confirmGroup(tx *db.Tx, by access.Actor, group string) (Reply, error) {
	waiting, err := org.Unconfirmed(tx, by)
	if err != nil {
		return Reply{}, err
	}
	for _, w := range waiting {
		if w.Group != group {
			continue
		}
		if err := org.Decide(tx, by, w.Key, org.Decision{Kind: org.Confirmed, Note: "Xác nhận cả nhóm"}); err != nil {
			return Reply{}, err
		}
	}
	return Reply{To: "/sap-xep?nhom=" + url.QueryEscape(group)}, nil
}
