package web

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/report"
)

// twoDraftsPage shows what two people wrote at the same time; nothing is lost, each difference is chosen.
type twoDraftsPage struct {
	Obligation  report.Obligation
	BodyName    string
	Version     int64 // of the draft saved by the other: saving on top of it is what this page does
	SavedBy     string
	SavedAt     db.Instant
	Differences []difference
	Same        []typedField // what agrees goes along unseen
}

type typedField struct{ Name, Value string }

// bothShown marks the form of this page: it shows no figure of a file, and so confirms none.
const bothShown = "hai-ban"

// difference is one cell or text that two drafts have otherwise.
type difference struct {
	Name, Label  string
	Mine, Theirs string
}

func twoDrafts(tx *db.Tx, by access.Actor, o report.Obligation, mine report.Draft, theirs report.SavedDraft) (twoDraftsPage, error) {
	f, err := report.FormByID(tx, by, o.Form)
	if err != nil {
		return twoDraftsPage{}, err
	}
	name, err := reporterName(tx, by, o, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return twoDraftsPage{}, err
	}
	data := twoDraftsPage{Obligation: o, BodyName: name, Version: theirs.Version, SavedBy: theirs.SavedBy, SavedAt: theirs.SavedAt}
	data.Differences = differences(mine, theirs.Draft)
	differs := make(map[string]bool, len(data.Differences))
	for i, d := range data.Differences {
		differs[d.Name] = true
		data.Differences[i].Label = fieldLabel(f, d.Name)
	}
	for name, value := range fieldsOf(mine) {
		if !differs[name] {
			data.Same = append(data.Same, typedField{name, value})
		}
	}
	if held := holdFigures(openFigures(mine)); held != "" { // of a file, and confirmed by nobody yet
		data.Same = append(data.Same, typedField{figuresHeld, held}, typedField{bothShown, "1"})
	}
	slices.SortFunc(data.Same, func(a, b typedField) int { return strings.Compare(a.Name, b.Name) })
	return data, nil
}

// fieldsOf is a draft as its form's fields.
func fieldsOf(d report.Draft) map[string]string {
	fields := textsOf(d.Sections)
	for code, text := range d.Values {
		fields["value."+code] = text
	}
	for code, yes := range d.Estimates {
		if yes {
			fields["estimate."+code] = "1"
		}
	}
	for key, note := range d.Notes {
		fields["note."+key] = note
	}
	if d.Unplaced != "" {
		fields[wordText] = d.Unplaced
	}
	return fields
}

func differences(mine, theirs report.Draft) []difference {
	a, b := fieldsOf(mine), fieldsOf(theirs)
	var all []difference
	for name, text := range a {
		if b[name] != text {
			all = append(all, difference{Name: name, Mine: text, Theirs: b[name]})
		}
	}
	for name, text := range b {
		if _, both := a[name]; !both && text != "" {
			all = append(all, difference{Name: name, Theirs: text})
		}
	}
	slices.SortFunc(all, func(x, y difference) int { return strings.Compare(x.Name, y.Name) })
	return all
}

// fieldLabel says in words which field of the working page is meant.
func fieldLabel(f *report.Form, name string) string {
	kind, rest, _ := strings.Cut(name, ".")
	switch kind {
	case wordText:
		return "Lời văn chưa xếp"
	case "value":
		return placeName(f, "", "", 0, rest)
	case "estimate":
		return placeName(f, "", "", 0, rest) + ", đánh dấu ước"
	case "note":
		_, code, _ := strings.Cut(rest, ":")
		return "Lý do của cảnh báo, " + placeName(f, "", "", 0, code)
	}
	section, sector, _ := strings.Cut(rest, ".")
	return placeName(f, section, sector, 0, "")
}
