package briefing

import (
	"cmp"
	"errors"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/org"
)

// Contribution is a tham luận: what a body registered, and what was noted while it spoke. Version 0: not yet written.
type Contribution struct {
	ID      db.ID      `db:"id"`
	Body    db.ID      `db:"body"`
	Sort    int        `db:"sort"`
	Subject string     `db:"subject"`
	Words   string     `db:"words"`
	Notes   string     `db:"notes"`
	Version int64      `db:"version"`
	At      db.Instant `db:"at"`
}

// Contribute registers or changes the speech of a body: its subject and text. Order and notes stay as they are.
func Contribute(tx *db.Tx, by access.Actor, id, body db.ID, subject, words string, version int64) (Contribution, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return Contribution{}, err
	}
	if err := by.May(access.SpeakAtBriefing, body); err != nil {
		return Contribution{}, err
	}
	if err := open(tx, b); err != nil {
		return Contribution{}, err
	}
	if err := invited(tx, id, body); err != nil {
		return Contribution{}, err
	}
	subject, words = clean(subject), clean(words)
	if err := refuseSecret(subject, words); err != nil {
		return Contribution{}, err
	}
	if subject == "" {
		return Contribution{}, fault.Invalid("subject", "Cần tên tham luận, để xếp vào chương trình.")
	}
	c, err := contributionOf(tx, id, body)
	if err != nil {
		return c, err
	}
	if c.Version != version {
		return c, stale("tham luận này")
	}
	c.Subject, c.Words, c.At = subject, words, tx.Now()
	return c, writeContribution(tx, by, b, c, "contribution")
}

// FindContribution gives one speech with the conference at which it was registered.
func FindContribution(tx *db.Tx, by access.Actor, id db.ID) (Briefing, Contribution, error) {
	missing := fault.Missing("Không có tham luận này.")
	var at db.ID
	if err := tx.Get(&at, "select briefing from briefing_contribution where id = ?", id); errors.Is(err, db.None) {
		return Briefing{}, Contribution{}, missing
	} else if err != nil {
		return Briefing{}, Contribution{}, err
	}
	b, err := Find(tx, by, at)
	if err != nil {
		return b, Contribution{}, err
	}
	all, err := Contributions(tx, by, at)
	for _, c := range all {
		if c.ID == id {
			return b, c, nil
		}
	}
	return Briefing{}, Contribution{}, cmp.Or(err, missing)
}

// Note writes down what a body said and its place in the order of speakers; by the commission while it listens.
func Note(tx *db.Tx, by access.Actor, id, body db.ID, sort int, notes string, version int64) (Contribution, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return Contribution{}, err
	}
	if err := by.May(access.ConcludeBriefing, b.Body); err != nil {
		return Contribution{}, err
	}
	if err := open(tx, b); err != nil {
		return Contribution{}, err
	}
	if err := invited(tx, id, body); err != nil {
		return Contribution{}, err
	}
	notes = clean(notes)
	if err := refuseSecret(notes); err != nil {
		return Contribution{}, err
	}
	c, err := contributionOf(tx, id, body)
	if err != nil {
		return c, err
	}
	if c.Version != version {
		return c, stale("ghi chép này")
	}
	c.Sort, c.Notes, c.At = sort, notes, tx.Now()
	return c, writeContribution(tx, by, b, c, "noted")
}

func contributionOf(tx *db.Tx, id, body db.ID) (Contribution, error) {
	var c Contribution
	err := tx.Get(&c, `
select id, body, sort, subject, words, notes, version, at
from briefing_contribution
where briefing = ? and body = ?`, id, body)
	if errors.Is(err, db.None) {
		return Contribution{Body: body}, nil
	}
	return c, err
}

func writeContribution(tx *db.Tx, by access.Actor, b Briefing, c Contribution, verb string) error {
	if c.Version == 0 {
		c.ID = tx.NewID()
		if c.Sort == 0 { // whoever registers first speaks first, until the office orders it otherwise
			if err := tx.Get(&c.Sort, "select coalesce(max(sort), 0) + 1 from briefing_contribution where briefing = ?", b.ID); err != nil {
				return err
			}
		}
		c.Version = 1
		if err := tx.Insert("briefing_contribution", struct {
			Briefing db.ID `db:"briefing"`
			Contribution
		}{b.ID, c}); err != nil {
			return err
		}
	} else if _, err := tx.Exec(`
update briefing_contribution
set sort = ?, subject = ?, words = ?, notes = ?, version = version + 1, at = ?
where id = ?`, c.Sort, c.Subject, c.Words, c.Notes, c.At, c.ID); err != nil {
		return err
	}
	body, err := org.Find(tx, access.System("giao ban"), c.Body, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return err
	}
	label := "Tham luận của " + body.ShortName
	if c.Subject != "" {
		label += ": " + shortened(c.Subject)
	}
	speech := lineage.Node{Kind: "contribution", ID: c.ID, Label: label}
	if err := lineage.Link(tx, b.Node(), speech, "tham luận tại"); err != nil {
		return err
	}
	// Only its own words: what the commission noted of it is not the body's to read.
	if err := directive.Mention(tx, by, speech, c.Words); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, verb, journal.Subject{Kind: "briefing", ID: b.ID, Body: c.Body}, journal.Details{"contribution": string(c.ID)})
	return err
}

// ContributionsAmong gives those of some speeches that the actor may read on the page of their conference.
func ContributionsAmong(tx *db.Tx, by access.Actor, ids []db.ID) ([]db.ID, error) {
	org := by.Sees(access.ReadBriefing)
	return db.Among[db.ID](tx, ids, `
select c.id
from briefing_contribution c
join briefing b on b.id = c.briefing
where `+visible+`
  and `+ownSpeech+`
  and c.id in `, org, org, org, org)
}

// ownSpeech: a body reads its own. It binds what the actor sees twice.
const ownSpeech = "(cast(? as text) = '' or c.body = ?)"

// Contributions lists the speeches in their order; a body sees its own, without the commission's notes.
func Contributions(tx *db.Tx, by access.Actor, id db.ID) ([]Contribution, error) {
	if _, err := Find(tx, by, id); err != nil {
		return nil, err
	}
	org := by.Sees(access.ReadBriefing)
	var out []Contribution
	err := tx.Select(&out, `
select c.id, c.body, c.sort, c.subject, c.words, c.notes, c.version, c.at
from briefing_contribution c
where c.briefing = ? and `+ownSpeech+`
order by c.sort, c.id`, id, org, org)
	if org != "" {
		for i := range out {
			out[i].Notes = ""
		}
	}
	return out, err
}
