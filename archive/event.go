package archive

import (
	"errors"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/lineage"
)

// Event is a conference of the past as the confirmed fields of one or several files tell it.
type Event struct {
	ID        db.ID           `db:"id"`
	Body      db.ID           `db:"org"`
	Kind      Kind            `db:"kind"`
	Period    calendar.Period `db:"period"`
	HeldOn    calendar.Date   `db:"held_on"`
	Part      string          `db:"part"`
	Launches  calendar.Period `db:"launches"`
	Organiser string          `db:"organiser"`
	Province  string          `db:"province"`
	Place     string          `db:"place"`
	Concluder string          `db:"concluder"`
	SortDay   string          `db:"sort_day"`
	At        db.Instant      `db:"at"`

	// What a person answered where no file names the province, see Answer.
	Answer     Whose      `db:"answer"`
	AnsweredAt db.Instant `db:"answered_at"`
	AnsweredBy string     `db:"answered_by"`

	Whose Whose // derived
	Waits bool  // derived: a province read in its files is not confirmed yet
	Like  db.ID // derived: the conference in the program with its kind and period, or day; its own when it is ours
}

// Name is how a list calls it: "Hội nghị giao ban quý I năm 2019".
func (e Event) Name() string {
	name := e.Kind.Name()
	if e.Kind == YearReview && e.Period.Kind() == calendar.Year {
		return "Tổng kết " + e.Period.Name()
	}
	if !e.Period.IsZero() {
		name += " " + e.Period.Name()
	} else if !e.HeldOn.IsZero() {
		name += " ngày " + e.HeldOn.Vietnamese()
	}
	return name
}

// When says the day with its half: "Chiều 01/4/2022".
func (e Event) When() string {
	switch part := PartName(e.Part); {
	case e.HeldOn.IsZero():
		return ""
	case part != "":
		return part + " " + e.HeldOn.Vietnamese()
	}
	return e.HeldOn.Vietnamese()
}

// Node is the conference in the graph of what came from what.
func (e Event) Node() lineage.Node {
	return lineage.Node{Kind: "event", ID: e.ID, Label: e.Name() + " (tư liệu cũ)"}
}

// head is what the confirmed fields of files say of the conference.
func head(fields []Field) (e Event) {
	for _, f := range fields {
		if !f.State.Taken() {
			continue
		}
		text := f.Kept.Text
		first := func(to *string) {
			if *to == "" {
				*to = text
			}
		}
		switch f.Kind {
		case KindField:
			if e.Kind == "" || !e.Kind.Conference() {
				e.Kind = Kind(text)
			}
		case HeldOnField:
			if e.HeldOn.IsZero() {
				e.HeldOn, _ = calendar.ParseDate(text)
			}
		case PeriodField:
			if e.Period.IsZero() {
				e.Period, _ = calendar.ParsePeriod(text)
			}
		case NextField:
			if e.Launches.IsZero() {
				e.Launches, _ = calendar.ParsePeriod(text)
			}
		case PartField:
			first(&e.Part)
		case OrganiserField:
			first(&e.Organiser)
		case ProvinceField:
			first(&e.Province)
		case PlaceField:
			first(&e.Place)
		case ConcluderField:
			first(&e.Concluder)
		}
	}
	e.SortDay = sortDay(e.HeldOn, e.Period, calendar.Date{})
	return e
}

// settle brings a file's row and the conference it tells of up to date after decisions.
func settle(tx *db.Tx, by access.Actor, i Import) error {
	fields, err := fieldsOf(tx, i.ID)
	if err != nil {
		return err
	}
	i.Pending, i.Decided = 0, 0
	for _, f := range fields {
		if f.State == Pending {
			i.Pending++
		} else {
			i.Decided++
		}
	}
	confirmed := head(fields)
	for n := range fields { // until a person says otherwise the list shows what was read
		if fields[n].State == Pending {
			fields[n].State, fields[n].Kept = Accepted, fields[n].Value
		}
	}
	shown := head(fields)
	i.Kind, i.HeldOn, i.Period = shown.Kind, shown.HeldOn, shown.Period
	if i.Kind == "" {
		i.Kind = Other
	}
	i.SortDay = sortDay(i.HeldOn, i.Period, i.Posted)
	was := i.Event
	if was != "" {
		before, err := findEvent(tx, by, was)
		if err != nil {
			return err
		}
		if err := unlinkSource(tx, []Import{i}, before.Conference()); err != nil {
			return err
		}
		confirmed.Answer, confirmed.AnsweredAt, confirmed.AnsweredBy = before.Answer, before.AnsweredAt, before.AnsweredBy
	}
	if i.Event, err = eventOf(tx, by, i, confirmed); err != nil {
		return err
	}
	if _, err := tx.Exec(`
update archive_import
set kind = ?, held_on = ?, period = ?, sort_day = ?, pending = ?, decided = ?, event = ?
where id = ?`, string(i.Kind), i.HeldOn, i.Period, i.SortDay, i.Pending, i.Decided, i.Event, i.ID); err != nil {
		return err
	}
	if was != "" && was != i.Event {
		if err := lineage.Unlink(tx, i.Node(), Event{ID: was}.Node(), eventVerb); err != nil {
			return err
		}
		if err := refresh(tx, was); err != nil {
			return err
		}
	}
	if i.Event == "" {
		return nil
	}
	if err := refresh(tx, i.Event); err != nil {
		return err
	}
	e, err := findEvent(tx, by, i.Event)
	if err != nil {
		return err
	}
	if err := lineage.Link(tx, i.Node(), e.Node(), eventVerb); err != nil {
		return err
	}
	return linkSource(tx, by, []Import{i}, e.Conference())
}

const eventVerb = "xác nhận từ"

// eventOf finds the conference that the confirmed fields of a file tell of, or begins it. Files tell of the same one when
// kind and day, or kind and period, agree and nothing differs. A notice joins the conference of its day or period.
func eventOf(tx *db.Tx, by access.Actor, i Import, said Event) (db.ID, error) {
	if !said.Kind.Conference() && said.Kind != Notice || said.HeldOn.IsZero() && said.Period.IsZero() {
		return "", nil
	}
	all, err := alike(tx, i.Body, said)
	if err != nil {
		return "", err
	}
	own, err := we(tx, by)
	if err != nil {
		return "", err
	}
	alone := false
	if i.Event != "" {
		others, err := tx.Exists("select 1 from archive_import where event = ? and id <> ?", i.Event, i.ID)
		if err != nil {
			return "", err
		}
		alone = !others
	}
	for _, e := range all { // who is told of together with others stays there while nothing says otherwise
		if e.ID == i.Event && !alone && e.fits(said) && (said.Province == "" || own.together(e, said)) {
			return e.ID, nil
		}
	}
	for _, e := range all {
		if e.ID != i.Event && e.fits(said) && own.together(e, said) {
			return e.ID, nil
		}
	}
	switch {
	case said.Kind == Notice:
		return "", nil
	case alone:
		return i.Event, nil
	}
	said.ID, said.Body, said.At = tx.NewID(), i.Body, tx.Now()
	return said.ID, tx.Insert("archive_event", said)
}

func (e Event) fits(said Event) bool {
	return (e.Kind == said.Kind || said.Kind == Notice && e.Kind == Briefing) &&
		(e.Period == said.Period || e.Period.IsZero() || said.Period.IsZero()) &&
		(e.HeldOn == said.HeldOn || e.HeldOn.IsZero() || said.HeldOn.IsZero())
}

// alike are the conferences of the day or of the period of one.
func alike(tx *db.Tx, body db.ID, said Event) ([]Event, error) {
	var rows []eventRow
	err := tx.Select(&rows, eventColumns+"where e.org = ?\n  and (e.held_on = ? or e.period = ?)\norder by e.at, e.id", body, said.HeldOn, said.Period)
	all := make([]Event, len(rows))
	for n, r := range rows {
		all[n] = r.Event
	}
	return all, err
}

// refresh reads a conference anew from all its files; without any it is no longer there.
func refresh(tx *db.Tx, id db.ID) error {
	fields, err := eventFields(tx, id)
	if err != nil {
		return err
	}
	if len(fields) == 0 {
		_, err := tx.Exec("delete from archive_event where id = ?", id)
		return err
	}
	e := head(fields)
	_, err = tx.Exec(`
update archive_event
set kind = ?, period = ?, held_on = ?, part = ?, launches = ?, organiser = ?, province = ?, place = ?, concluder = ?, sort_day = ?
where id = ?`, string(e.Kind), e.Period, e.HeldOn, e.Part, e.Launches, e.Organiser, e.Province, e.Place, e.Concluder, e.SortDay, id)
	return err
}

// eventFields are the confirmed fields of all files of a conference, the first file's first.
func eventFields(tx *db.Tx, id db.ID) ([]Field, error) {
	var rows []fieldRow
	if err := tx.Select(&rows, fieldColumns+`
join archive_import i on i.id = f.import
where i.event = ?
  and f.state in ('accepted', 'corrected')
order by i.at, i.id, f.seq`, id); err != nil {
		return nil, err
	}
	all := make([]Field, len(rows))
	for n, r := range rows {
		all[n] = r.field()
	}
	return all, nil
}

const eventColumns = `
select e.id, e.org, e.kind, e.period, e.held_on, e.part, e.launches, e.organiser, e.province, e.place, e.concluder, e.sort_day, e.at,
	e.answer, e.answered_at, e.answered_by, ` + twin + ` as twin, ` + waits + ` as waits
from archive_event e
`

// mayReadEvent binds what the actor sees twice.
const mayReadEvent = "(cast(? as text) = '' or e.org = ?)"

// EventsAmong gives those of some conferences of the past that the actor may see.
func EventsAmong(tx *db.Tx, by access.Actor, ids []db.ID) ([]Event, error) {
	sees := by.Sees(access.ReadBriefing)
	rows, err := db.Among[eventRow](tx, ids, eventColumns+"where "+mayReadEvent+"\n  and e.id in ", sees, sees)
	if err != nil {
		return nil, err
	}
	return placed(tx, by, rows)
}

func findEvent(tx *db.Tx, by access.Actor, id db.ID) (Event, error) {
	var row eventRow
	sees := by.Sees(access.ReadBriefing)
	err := tx.Get(&row, eventColumns+"where e.id = ?\n  and "+mayReadEvent, id, sees, sees)
	if errors.Is(err, db.None) {
		return Event{}, fault.Missing("Không có hội nghị này trong tư liệu cũ.")
	}
	if err != nil {
		return Event{}, err
	}
	all, err := placed(tx, by, []eventRow{row})
	if err != nil {
		return Event{}, err
	}
	return all[0], nil
}

// Told is a conference with everything that its files tell and a person has confirmed.
type Told struct {
	Event
	Fields  []Field // in the order of confirming, each thing once
	Sources []Import
}

// Of lists the confirmed fields of one kind.
func (t Told) Of(kind FieldKind) (some []Field) {
	for _, f := range t.Fields {
		if f.Kind == kind {
			some = append(some, f)
		}
	}
	return some
}

// FindEvent gives a conference of the past with its files.
func FindEvent(tx *db.Tx, by access.Actor, id db.ID) (Told, error) {
	e, err := findEvent(tx, by, id)
	if err != nil {
		return Told{}, err
	}
	t := Told{Event: e}
	all, err := eventFields(tx, id)
	if err != nil {
		return t, err
	}
	seen := make(map[string]bool)
	for _, kind := range FieldKinds {
		for _, f := range all {
			key := string(kind) + fold.Fold(kind.Line(f.Kept)) + f.Kept.Body
			if f.Kind == kind && !seen[key] { // an article and a notice say much the same
				seen[key] = true
				t.Fields = append(t.Fields, f)
			}
		}
	}
	t.Sources, err = filesOf(tx, id)
	return t, err
}

// Events lists the conferences of the past, the latest first. Kind "" gives all.
func Events(tx *db.Tx, by access.Actor, kind Kind) ([]Event, error) {
	var rows []eventRow
	sees := by.Sees(access.ReadBriefing)
	if err := tx.Select(&rows, eventColumns+`
where `+mayReadEvent+`
  and (cast(? as text) = '' or e.kind = ?)
order by e.sort_day desc, e.id desc`, sees, sees, string(kind), string(kind)); err != nil {
		return nil, err
	}
	return placed(tx, by, rows)
}
