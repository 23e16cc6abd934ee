package conference

import (
	"cmp"
	"errors"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/library"
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
	subject, words = fold.Tidy(subject), fold.Tidy(words)
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

// AttachTo puts files that a body sent in beforehand beside its speech; the body and the commission read them.
func AttachTo(tx *db.Tx, by access.Actor, id, body db.ID, files []library.File) error {
	if _, err := Find(tx, by, id); err != nil {
		return err
	}
	if err := by.May(access.SpeakAtBriefing, body); err != nil {
		return err
	}
	c, err := contributionOf(tx, id, body)
	if err != nil {
		return err
	}
	var edges []lineage.Edge
	for _, f := range files {
		if err := library.Attach(tx, by, f.ID, c.node().Kind, c.ID, c.Body, "Tham luận"); err != nil {
			return err
		}
		edges = append(edges, lineage.Edge{From: c.node(), To: lineage.Node{Kind: "file", ID: f.ID, Label: f.Name}, Verb: "kèm"})
	}
	return lineage.LinkAll(tx, edges)
}

func (c Contribution) node() lineage.Node {
	return lineage.Node{Kind: "contribution", ID: c.ID, Label: c.Subject}
}

// Noted is what was noted of one speaker in a form of all: Mark is that of the row the form was opened with.
type Noted struct {
	Body  db.ID
	Sort  int
	Notes string
	Mark  string
}

// Says reports whether the row says what is kept; one without a place takes the one it was given.
func (n Noted) Says(c Contribution) bool {
	return fold.Tidy(n.Notes) == c.Notes && (n.Sort == 0 || n.Sort == c.Sort)
}

// Mark tells one version of a row from another, and a row that was touched on a page from one that was not.
func (c Contribution) Mark() string {
	return strconv.FormatInt(c.Version, 10) + "-" + digestOf(strconv.Itoa(c.Sort), c.Notes)
}

// NoteAll writes down what several bodies said. Rows that were not touched on the page, or stand so already, are left alone,
// so that two people at two rows do not stop each other; when both touched one, nothing is written.
func NoteAll(tx *db.Tx, by access.Actor, id db.ID, rows []Noted) error {
	b, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	if err := by.May(access.ConcludeBriefing, b.Body); err != nil {
		return err
	}
	for _, row := range rows {
		c, err := contributionOf(tx, id, row.Body)
		if err != nil {
			return err
		}
		typed := Contribution{Sort: row.Sort, Notes: fold.Tidy(row.Notes)}
		_, seen, _ := strings.Cut(row.Mark, "-")
		if _, touched, _ := strings.Cut(typed.Mark(), "-"); touched == seen || row.Says(c) {
			continue
		}
		if row.Mark != c.Mark() {
			return stale("ghi chép này")
		}
		if _, err := Note(tx, by, id, row.Body, cmp.Or(row.Sort, c.Sort), row.Notes, c.Version); err != nil {
			return err
		}
	}
	return nil
}

// FindContribution gives one speech with the conference at which it was registered.
func FindContribution(tx *db.Tx, by access.Actor, id db.ID) (Conference, Contribution, error) {
	missing := fault.Missing("Không có tham luận này.")
	var at db.ID
	if err := tx.Get(&at, "select conference from conference_contribution where id = ?", id); errors.Is(err, db.None) {
		return Conference{}, Contribution{}, missing
	} else if err != nil {
		return Conference{}, Contribution{}, err
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
	return Conference{}, Contribution{}, cmp.Or(err, missing)
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
	notes = fold.Tidy(notes)
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
from conference_contribution
where conference = ? and body = ?`, id, body)
	if errors.Is(err, db.None) {
		return Contribution{Body: body}, nil
	}
	return c, err
}

func writeContribution(tx *db.Tx, by access.Actor, b Conference, c Contribution, verb string) error {
	if c.Version == 0 {
		c.ID = tx.NewID()
		if c.Sort == 0 { // whoever registers first speaks first, until the office orders it otherwise
			if err := tx.Get(&c.Sort, "select coalesce(max(sort), 0) + 1 from conference_contribution where conference = ?", b.ID); err != nil {
				return err
			}
		}
		c.Version = 1
		if err := tx.Insert("conference_contribution", struct {
			Conference db.ID `db:"conference"`
			Contribution
		}{b.ID, c}); err != nil {
			return err
		}
	} else if _, err := tx.Exec(`
update conference_contribution
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
	speech := c.node()
	speech.Label = label
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
from conference_contribution c
join conference b on b.id = c.conference
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
from conference_contribution c
where c.conference = ? and `+ownSpeech+`
order by c.sort, c.id`, id, org, org)
	if org != "" {
		for i := range out {
			out[i].Notes = ""
		}
	}
	return out, err
}
