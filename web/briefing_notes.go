package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
)

// notesData is one form for what all speakers said: while the meeting runs nobody goes from page to page.
type notesData struct {
	briefingHead
	Rows    []noteRow
	Version string // of all rows
}

// noteRow is one body as typed.
type noteRow struct {
	Body    org.Body
	Subject string
	Order   string
	Notes   string
	Theirs  string // what somebody else saved meanwhile
	mark    string // of the row that was typed over
}

func (s *site) briefingNotes(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "dien-bien")
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.ConcludeBriefing, head.B.Body); err != nil {
		return Reply{}, err
	}
	return head.notes(tx, by, nil)
}

// notes builds the form, in the order of speaking; typed is what a refused form held, by body.
func (h briefingHead) notes(tx *db.Tx, by access.Actor, typed map[db.ID]noteRow) (Reply, error) {
	data := notesData{briefingHead: h}
	speeches, err := conference.Contributions(tx, by, h.B.ID)
	if err != nil {
		return Reply{}, err
	}
	invitees, err := conference.Invitees(tx, by, h.B.ID)
	if err != nil {
		return Reply{}, err
	}
	seen := make(map[db.ID]bool)
	add := func(c conference.Contribution) {
		if seen[c.Body] {
			return
		}
		seen[c.Body] = true
		row := noteRow{Body: h.Bodies[c.Body], Subject: c.Subject, Order: orderText(c.Sort), Notes: c.Notes}
		if t, ok := typed[c.Body]; ok {
			if row.Notes != t.Notes && c.Mark() != t.mark {
				row.Theirs = row.Notes // saving again is a decision now, with both in view
			}
			row.Order, row.Notes = t.Order, t.Notes
		}
		data.Rows = append(data.Rows, row)
		data.Version += row.Body.Code + "=" + c.Mark() + " "
	}
	for _, c := range speeches {
		add(c)
	}
	for _, v := range invitees {
		add(conference.Contribution{Body: v.Body})
	}
	return Reply{Page: "briefing/notes", Data: data}, nil
}

func (s *site) saveNotes(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "dien-bien")
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.ConcludeBriefing, head.B.Body); err != nil {
		return Reply{}, err
	}
	invitees, err := conference.Invitees(tx, by, head.B.ID)
	if err != nil {
		return Reply{}, err
	}
	rows, typed, err := head.readNotes(r, invitees)
	if err == nil {
		err = conference.NoteAll(tx, by, head.B.ID, rows)
	}
	switch {
	case err != nil:
		return withPage(err, func() (Reply, error) { return head.notes(tx, by, typed) })
	case r.Header.Get("X-Autosave") != "":
		marks, err := head.noteMarks(tx, by, rows)
		return savedAt(tx, marks), err
	}
	return Reply{To: fmt.Sprintf("%s/dien-bien", address("briefing", head.B.ID))}, nil
}

// readNotes takes the form; typed is what stood in it, by body.
func (h briefingHead) readNotes(r *http.Request, invitees []conference.Invitee) (rows []conference.Noted, typed map[db.ID]noteRow, err error) {
	marks := make(map[string]string) // by code: of the row that the page was opened with
	for _, mark := range strings.Fields(r.PostFormValue("version")) {
		code, of, _ := strings.Cut(mark, "=")
		marks[code] = of
	}
	var wrong fault.List
	typed = make(map[db.ID]noteRow)
	for _, v := range invitees {
		code := h.Bodies[v.Body].Code
		if _, sent := r.PostForm["notes-"+code]; !sent {
			continue
		}
		t := noteRow{Order: strings.TrimSpace(r.PostFormValue("sort-" + code)), Notes: unixLines(r.PostFormValue("notes-" + code)), mark: marks[code]}
		typed[v.Body] = t
		row := conference.Noted{Body: v.Body, Notes: t.Notes, Mark: marks[code]}
		if t.Order != "" {
			if row.Sort, err = strconv.Atoi(t.Order); err != nil || row.Sort < 1 {
				wrong.Add("sort-"+code, "Thứ tự phát biểu “%s” không phải một số; hãy ghi như 3, hoặc để trống.", short(t.Order))
			}
		}
		rows = append(rows, row)
	}
	return rows, typed, wrong.Err()
}

// noteMarks are those that the page goes on with: of what it holds that of the row as it is kept now; a row that somebody else
// changed and this page did not keeps the one it was read with, so that a later change of it here is noticed.
func (h briefingHead) noteMarks(tx *db.Tx, by access.Actor, rows []conference.Noted) (string, error) {
	kept, err := conference.Contributions(tx, by, h.B.ID)
	if err != nil {
		return "", err
	}
	now := make(map[db.ID]conference.Contribution)
	for _, c := range kept {
		now[c.Body] = c
	}
	var marks []string
	for _, row := range rows {
		mark := row.Mark
		if c := now[row.Body]; row.Says(c) {
			mark = c.Mark()
		}
		marks = append(marks, h.Bodies[row.Body].Code+"="+mark)
	}
	return strings.Join(marks, " "), nil
}
