package archive

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/org"
)

// Whose says to which province a conference of the past belongs (của tỉnh nào).
type Whose string

// What is known of it. Unknown asks a person.
const (
	Ours    Whose = "ours"
	Foreign Whose = "foreign"
	Unknown Whose = "unknown"
)

// Name is the office's word.
func (w Whose) Name() string {
	return map[Whose]string{Ours: "Của tỉnh mình", Foreign: "Của tỉnh khác", Unknown: "Chưa rõ của tỉnh nào"}[w]
}

// ourselves are the names under which files tell of the office's own province.
type ourselves struct {
	name   string
	former []string // of provinces that became part of it: an article of theirs may be an inheritance or not, so it asks
}

// ourselvesOn is the key of we for db.Once: which provinces are part of ours depends on the day.
type ourselvesOn struct{ day calendar.Date }

// we reads them once in a transaction.
func we(tx *db.Tx, by access.Actor) (ourselves, error) {
	today := calendar.OfInstant(tx.Clock())
	return db.Once(tx, ourselvesOn{today}, func() (ourselves, error) {
		var own ourselves
		var err error
		if own.name, err = org.Setting(tx, org.Province); err != nil || own.name == "" {
			return own, err
		}
		found, err := org.ProvinceNamed(tx, by, own.name, today)
		if err != nil {
			return own, err
		}
		for _, p := range found {
			before, err := org.ProvincePredecessors(tx, by, p)
			if err != nil {
				return own, err
			}
			for _, q := range before {
				if !org.SameProvince(q.Name, own.name) {
					own.former = append(own.former, q.Name)
				}
			}
		}
		return own, nil
	})
}

// whose decides by the province that a person has confirmed, else by what a person answered.
func (own ourselves) whose(e Event) Whose {
	former := func(name string) bool { return org.SameProvince(name, e.Province) }
	switch {
	case e.Province != "" && own.name != "" && org.SameProvince(e.Province, own.name):
		return Ours
	case e.Province != "" && own.name != "" && !slices.ContainsFunc(own.former, former):
		return Foreign
	case e.Answer != "":
		return e.Answer
	}
	return Unknown
}

// together reports whether what a file says and a conference may be told as one: both our own, or both of one other province.
// What nobody has placed yet joins only what nobody has placed either, of the same words.
func (own ourselves) together(e, said Event) bool {
	a, b := own.whose(e), own.whose(said)
	switch {
	case a != b:
		return said.Kind == Notice && b == Unknown && said.Province == "" && a == Ours // an office keeps its own notices
	case a == Ours:
		return true
	}
	return strings.EqualFold(e.Province, said.Province) || e.Province != "" && said.Province != "" && org.SameProvince(e.Province, said.Province)
}

// twin is a column: the conference in the program of which an event tells, if the event is our own. Kinds have the same words in
// both rooms. A period has one conference of a kind, so its day may be told otherwise; without a period the day decides. What was
// called off, or held together with another, was not held and is told of by nothing.
const twin = `(
	select c.id
	from conference c
	where c.org = e.org
	  and c.kind = e.kind
	  and (c.period = e.period or c.held_on = e.held_on and (c.period is null or e.period is null))
	  and not exists (
		select 1
		from conference_fact f
		where f.conference = c.id
		  and f.kind in ('cancelled', 'joined')
		  and f.n = (select max(l.n) from conference_fact l where l.conference = c.id)
	)
	order by case when c.held_on = e.held_on then 0 else 1 end, c.id
	limit 1
)`

// waits is a column: 1 while a province was read in a file of the event and waits for a person's word.
const waits = `case when exists (
	select 1
	from archive_import i
	join archive_field f on f.import = i.id
	where i.event = e.id and f.kind = 'province' and f.state = 'pending'
) then 1 else 0 end`

// eventRow is an event as it is read.
type eventRow struct {
	Event
	Twin  db.ID `db:"twin"`
	Waits int   `db:"waits"`
}

// placed derives whose some events are, and which of the program's conferences they tell of.
func placed(tx *db.Tx, by access.Actor, rows []eventRow) ([]Event, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	own, err := we(tx, by)
	if err != nil {
		return nil, err
	}
	all := make([]Event, len(rows))
	for n, r := range rows {
		all[n] = r.Event
		all[n].Whose, all[n].Like, all[n].Waits = own.whose(r.Event), r.Twin, r.Waits == 1
	}
	return all, nil
}

// Asks reports whether a person has to say whose it was: nothing that a file states is left to be confirmed first.
func (e Event) Asks() bool { return e.Whose == Unknown && !e.Waits }

// Conference is the one in the program whose source this is; "" for what stands by itself.
func (e Event) Conference() db.ID {
	if e.Whose == Ours {
		return e.Like
	}
	return ""
}

// SourcesOf lists the conferences of the past that tell of one in the program: they are its sources and no second conference.
func SourcesOf(tx *db.Tx, by access.Actor, id db.ID) ([]Event, error) {
	c, err := conference.Find(tx, by, id)
	if err != nil {
		return nil, err
	}
	var rows []eventRow
	sees := by.Sees(access.ReadBriefing)
	if err := tx.Select(&rows, eventColumns+`
where `+mayReadEvent+`
  and e.org = ? and e.kind = ? and (e.period = ? or e.held_on = ?)
order by e.sort_day desc, e.id desc`, sees, sees, c.Body, c.Type, c.Period, c.HeldOn); err != nil {
		return nil, err
	}
	all, err := placed(tx, by, rows)
	return slices.DeleteFunc(all, func(e Event) bool { return e.Conference() != id }), err
}

// Answer says of a conference that no file places whether it was held in our own province. It may be said otherwise later; what
// a file states is changed at its field. seen is when the answer was given that the person saw, 0 for none.
func Answer(tx *db.Tx, by access.Actor, id db.ID, whose Whose, seen db.Instant) error {
	if whose != Ours && whose != Foreign {
		return fault.Invalid("act", "Cần chọn “%s” hoặc “%s”.", Ours.Name(), Foreign.Name())
	}
	e, err := findEvent(tx, by, id)
	if err != nil {
		return err
	}
	if err := by.May(access.ImportArchive, e.Body); err != nil {
		return err
	}
	own, err := we(tx, by)
	if err != nil {
		return err
	}
	unanswered := e
	unanswered.Answer = ""
	switch {
	case own.whose(unanswered) != Unknown:
		return fault.Conflict("Tư liệu đã ghi rõ tỉnh %s. Nếu đọc sai, xin xem lại phần Tỉnh của tư liệu.", e.Province)
	case e.Waits:
		return fault.Conflict("Tư liệu có ghi tên tỉnh, đang chờ xác nhận. Xin xác nhận phần Tỉnh của tư liệu trước.")
	case e.Answer == whose:
		return fault.Conflict("%s đã xác nhận “%s” từ trước.", e.AnsweredBy, whose.Name())
	case e.AnsweredAt != seen:
		return fault.Stale("%s vừa xác nhận %s là “%s”. Nếu không phải vậy, xin mở hội nghị đó rồi xác nhận lại.", e.AnsweredBy, e.Name(), e.Answer.Name())
	}
	files, err := filesOf(tx, id)
	if err != nil {
		return err
	}
	if err := unlinkSource(tx, files, e.Conference()); err != nil {
		return err
	}
	if _, err := tx.Exec("update archive_event set answer = ?, answered_at = ?, answered_by = ? where id = ?", string(whose), tx.Now(), by.Name, id); err != nil {
		return err
	}
	if _, err := journal.Write(tx, by, "placed", journal.Subject{Kind: "event", ID: e.ID, Body: e.Body},
		journal.Details{"name": e.Name(), "whose": strings.ToLower(whose.Name())}); err != nil {
		return err
	}
	if e, err = findEvent(tx, by, id); err != nil {
		return err
	}
	if e, err = merged(tx, by, own, e, files); err != nil {
		return err
	}
	if err := linkSource(tx, by, files, e.Conference()); err != nil || e.Whose != Ours {
		return err
	}
	return joinNotices(tx, by, e)
}

// joinNotices lets the notices of its day or period find a conference that has turned out to be our own.
func joinNotices(tx *db.Tx, by access.Actor, e Event) error {
	var waiting []Import
	if err := tx.Select(&waiting, importColumns+"where i.org = ? and i.kind = ? and i.event is null and (i.held_on = ? or i.period = ?)",
		e.Body, string(Notice), e.HeldOn, e.Period); err != nil {
		return err
	}
	for _, i := range waiting {
		if err := settle(tx, by, i); err != nil {
			return err
		}
	}
	return nil
}

// merged puts the files of an event to another one that tells of the same conference, if there is one.
func merged(tx *db.Tx, by access.Actor, own ourselves, e Event, files []Import) (Event, error) {
	if e.Whose != Ours {
		return e, nil
	}
	others, err := alike(tx, e.Body, e)
	if err != nil {
		return e, err
	}
	for _, o := range others {
		if o.ID == e.ID || !o.fits(e) || own.whose(o) != Ours {
			continue
		}
		for _, i := range files {
			if err := lineage.Unlink(tx, i.Node(), e.Node(), eventVerb); err != nil {
				return e, err
			}
			if err := lineage.Link(tx, i.Node(), o.Node(), eventVerb); err != nil {
				return e, err
			}
		}
		if _, err := tx.Exec("update archive_import set event = ? where event = ?", o.ID, e.ID); err != nil {
			return e, err
		}
		for _, id := range []db.ID{e.ID, o.ID} {
			if err := refresh(tx, id); err != nil {
				return e, err
			}
		}
		return findEvent(tx, by, o.ID)
	}
	return e, nil
}

func filesOf(tx *db.Tx, event db.ID) (all []Import, err error) {
	err = tx.Select(&all, importColumns+"where i.event = ?\norder by i.at, i.id", event)
	return all, err
}

const sourceVerb = "tư liệu của"

// linkSource leaves the edges from files to the conference in the program that they tell of.
func linkSource(tx *db.Tx, by access.Actor, files []Import, id db.ID) error {
	if id == "" {
		return nil
	}
	c, err := conference.Find(tx, by, id)
	if err != nil {
		return err
	}
	for _, i := range files {
		if err := lineage.Link(tx, i.Node(), c.Node(), sourceVerb); err != nil {
			return err
		}
	}
	return nil
}

func unlinkSource(tx *db.Tx, files []Import, id db.ID) error {
	for _, i := range files {
		if id == "" {
			break
		}
		if err := lineage.Unlink(tx, i.Node(), lineage.Node{Kind: "briefing", ID: id}, sourceVerb); err != nil {
			return err
		}
	}
	return nil
}
