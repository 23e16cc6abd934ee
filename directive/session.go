package directive

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/journal"
	"giaoban/lineage"
)

// Session is a meeting above the bodies at which a document was made known to several of them (quán triệt ở cấp tỉnh). What
// each body then does among its own people is its Rollout, which a session does not replace.
type Session struct {
	Directive db.ID
	Source    lineage.Node // the meeting
	HeldOn    calendar.Date
	Bodies    []db.ID // who was there; a body sees itself alone, and only sessions at which it was
}

// NoteSession enters a session that a meeting held.
func NoteSession(tx *db.Tx, by access.Actor, s Session) error {
	d, err := Find(tx, by, s.Directive)
	if err != nil {
		return err
	}
	if err := by.May(access.ConcludeBriefing, d.Body); err != nil {
		return err
	}
	id := tx.NewID()
	if _, err := tx.Exec(`
insert into directive_session (id, directive, source_kind, source_id, source_label, held_on, noted_at, noted_by, withdrawn_at)
values (?, ?, ?, ?, ?, ?, ?, ?, null)`, id, d.ID, s.Source.Kind, s.Source.ID, s.Source.Label, s.HeldOn, tx.Now(), by.Key()); err != nil {
		return err
	}
	for _, body := range s.Bodies {
		if _, err := tx.Exec("insert into directive_session_body (session, body) values (?, ?)", id, body); err != nil {
			return err
		}
	}
	if err := lineage.Link(tx, d.Node(), s.Source, "quán triệt"); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "session", journal.Subject{Kind: "directive", ID: d.ID, Body: d.Body}, journal.Details{
		"label": d.Label(), "held": s.HeldOn.String(), "bodies": len(s.Bodies)})
	return err
}

// WithdrawSessions takes back what a meeting had noted: it was opened again.
func WithdrawSessions(tx *db.Tx, by access.Actor, meeting lineage.Node) error {
	var noted []struct {
		ID        db.ID `db:"id"`
		Directive db.ID `db:"directive"`
	}
	if err := tx.Select(&noted, `
select id, directive
from directive_session
where source_kind = ? and source_id = ? and withdrawn_at is null`, meeting.Kind, meeting.ID); err != nil {
		return err
	}
	for _, s := range noted {
		d, err := Find(tx, by, s.Directive)
		if err != nil {
			return err
		}
		if err := by.May(access.ConcludeBriefing, d.Body); err != nil {
			return err
		}
		if _, err := tx.Exec("update directive_session set withdrawn_at = ? where id = ?", tx.Now(), s.ID); err != nil {
			return err
		}
		if _, err := journal.Write(tx, by, "session_withdrawn", journal.Subject{Kind: "directive", ID: d.ID, Body: d.Body},
			journal.Details{"label": d.Label()}); err != nil {
			return err
		}
	}
	return nil
}

// Sessions lists the sessions of a document, the earliest first: all to the commission, to a body those it was at.
func Sessions(tx *db.Tx, by access.Actor, directive db.ID) ([]Session, error) {
	d, err := Find(tx, by, directive)
	if err != nil {
		return nil, err
	}
	own := by.Sees(access.NoteRollout)
	if own == "-" && by.OfCommission() {
		own = "" // who may not note may still look, as leaders do
	}
	var rows []struct {
		ID     db.ID         `db:"id"`
		Kind   string        `db:"source_kind"`
		Source db.ID         `db:"source_id"`
		Label  string        `db:"source_label"`
		HeldOn calendar.Date `db:"held_on"`
		Body   db.ID         `db:"body"`
	}
	if err := tx.Select(&rows, `
select s.id, s.source_kind, s.source_id, s.source_label, s.held_on, b.body
from directive_session s
left join directive_session_body b on b.session = s.id
where s.directive = ? and s.withdrawn_at is null and (cast(? as text) = '' or b.body = ?)
order by s.held_on, s.id, b.body`, d.ID, own, own); err != nil {
		return nil, err
	}
	var sessions []Session
	last := db.ID("")
	for _, r := range rows {
		if r.ID != last {
			last = r.ID
			sessions = append(sessions, Session{Directive: d.ID, Source: lineage.Node{Kind: r.Kind, ID: r.Source, Label: r.Label}, HeldOn: r.HeldOn})
		}
		if r.Body != "" {
			s := &sessions[len(sessions)-1]
			s.Bodies = append(s.Bodies, r.Body)
		}
	}
	return sessions, nil
}
