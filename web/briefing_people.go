package web

import (
	"net/http"
	"strconv"

	"giaoban/access"
	"giaoban/briefing"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
)

// peopleData is who is invited, whom each body sends and who came.
type peopleData struct {
	briefingHead
	Seats []briefing.Seat
	Rows  []personRow
	Body  db.ID // the body a delegate is being named for
	Name  string
	Title string
	Why   string
}

type personRow struct {
	Body       org.Body
	Who        string
	Delegate   briefing.Delegate
	Attendance briefing.Attendance
	Came       badge
	MayName    bool
}

func (s *site) briefingPeople(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "thanh-phan")
	if err != nil {
		return Reply{}, err
	}
	return head.people(tx, by, peopleData{Body: db.ID(r.FormValue("co-quan"))})
}

func (h briefingHead) people(tx *db.Tx, by access.Actor, data peopleData) (Reply, error) {
	data.briefingHead = h
	var err error
	if data.Seats, err = briefing.Seats(tx, by, h.B.ID); err != nil {
		return Reply{}, err
	}
	invitees, err := briefing.Invitees(tx, by, h.B.ID)
	if err != nil {
		return Reply{}, err
	}
	delegates, err := briefing.Delegates(tx, by, h.B.ID)
	if err != nil {
		return Reply{}, err
	}
	came, err := briefing.Attendances(tx, by, h.B.ID)
	if err != nil {
		return Reply{}, err
	}
	for _, v := range invitees {
		row := personRow{Body: h.Bodies[v.Body], Who: v.Who, Delegate: delegates[v.Body], Attendance: came[v.Body], MayName: by.Can(access.SpeakAtBriefing, v.Body) && !h.Closed}
		switch row.Attendance.State {
		case briefing.Present:
			row.Came = badge{"on-time", row.Attendance.State.Name()}
		case briefing.Excused:
			row.Came = badge{"extended", row.Attendance.State.Name()}
		case briefing.Absent:
			row.Came = badge{"missing", row.Attendance.State.Name()}
		}
		data.Rows = append(data.Rows, row)
	}
	if data.Body == "" && len(data.Rows) > 0 {
		data.Body = data.Rows[0].Body.ID
	}
	return Reply{Page: "briefing/people", Data: data}, nil
}

func (s *site) nameDelegate(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "thanh-phan")
	if err != nil {
		return Reply{}, err
	}
	body := db.ID(r.FormValue("body"))
	d := briefing.Delegate{Name: r.FormValue("delegate_name"), Title: r.FormValue("delegate_title"), Reason: r.FormValue("reason")}
	if err := briefing.NameDelegate(tx, by, head.B.ID, body, d); err != nil {
		return withPage(err, func() (Reply, error) {
			return head.people(tx, by, peopleData{Body: body, Name: d.Name, Title: d.Title, Why: d.Reason})
		})
	}
	return Reply{To: address("briefing", head.B.ID) + "/thanh-phan"}, nil
}

// withPage answers an error of a write with the page it came from; a refusal for want of authority stands alone.
func withPage(err error, page func() (Reply, error)) (Reply, error) {
	if fault.Is(err, fault.KindForbidden) || fault.Is(err, fault.KindMissing) || fault.Of(err) == nil {
		return Reply{}, err
	}
	reply, lost := page()
	if lost != nil {
		return Reply{}, err
	}
	return reply, err
}

func (s *site) attendBriefing(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "thanh-phan")
	if err != nil {
		return Reply{}, err
	}
	var rows []briefing.Attendance
	typed := make(map[db.ID]briefing.Attendance)
	for _, id := range r.Form["attend[]"] {
		version, _ := strconv.ParseInt(r.FormValue("version-"+id), 10, 64)
		a := briefing.Attendance{Body: db.ID(id), State: briefing.Presence(r.FormValue("state-" + id)), Name: r.FormValue("name-" + id),
			Title: r.FormValue("title-" + id), Reason: r.FormValue("reason-" + id), Version: version}
		typed[a.Body] = a
		if a.State != "" || a.Name+a.Title+a.Reason != "" { // else not yet ticked off
			rows = append(rows, a)
		}
	}
	if err := briefing.Attend(tx, by, head.B.ID, rows); err != nil {
		return withPage(err, func() (Reply, error) {
			reply, lost := head.people(tx, by, peopleData{})
			if data, ok := reply.Data.(peopleData); ok { // what was typed stays, but for the rows that somebody else has changed
				for i := range data.Rows {
					if a := typed[data.Rows[i].Body.ID]; a.Version == data.Rows[i].Attendance.Version {
						data.Rows[i].Attendance = a
					}
				}
			}
			return reply, lost
		})
	}
	return Reply{To: address("briefing", head.B.ID) + "/thanh-phan"}, nil
}

// minutesData is diễn biến: what is written while the conference runs, and the speeches.
type minutesData struct {
	briefingHead
	Minutes  briefing.Minutes
	Theirs   *briefing.Minutes // what somebody else wrote meanwhile
	Speeches []speechRow
	Contents contents // the course of the conference, then who speaks
}

// show puts one part in sight: the one asked for, or the one whose form came back.
func (d *minutesData) show(r *http.Request) {
	at := -1
	if d.Commission {
		line := contentsPart{Title: "Diễn biến", Note: "chưa ghi"}
		if d.Minutes.Course+d.Minutes.Assessment != "" {
			line.Note, line.Done = "đã ghi", true
		}
		d.Contents.Parts = append(d.Contents.Parts, line)
	}
	for i := range d.Speeches {
		row := &d.Speeches[i]
		row.Part = len(d.Contents.Parts)
		line := contentsPart{Title: row.Body.ShortName, Note: "chưa có"}
		if row.Words+row.Notes+row.Subject != "" {
			line.Note, line.Done = "đã có", true
		}
		if id := r.FormValue("body"); id != "" && string(row.Contribution.Body) == id {
			at = row.Part
		}
		d.Contents.Parts = append(d.Contents.Parts, line)
	}
	d.Contents.open(address("briefing", d.B.ID)+"/dien-bien", r, at)
}

type speechRow struct {
	briefing.Contribution
	Body     org.Body
	Order    string // as typed
	Part     int    // its place in the contents
	MaySpeak bool
}

func (s *site) briefingMinutes(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "dien-bien")
	if err != nil {
		return Reply{}, err
	}
	return head.minutes(tx, by, r, nil, nil)
}

func (h briefingHead) minutes(tx *db.Tx, by access.Actor, r *http.Request, typed, theirs *briefing.Minutes) (Reply, error) {
	data := minutesData{briefingHead: h, Theirs: theirs}
	var err error
	if h.Commission {
		if data.Minutes, err = briefing.MinutesOf(tx, by, h.B.ID); err != nil {
			return Reply{}, err
		}
	}
	if typed != nil {
		data.Minutes = *typed
	}
	invitees, err := briefing.Invitees(tx, by, h.B.ID)
	if err != nil {
		return Reply{}, err
	}
	speeches, err := briefing.Contributions(tx, by, h.B.ID)
	if err != nil {
		return Reply{}, err
	}
	spoken := make(map[db.ID]bool)
	add := func(c briefing.Contribution) {
		spoken[c.Body] = true
		data.Speeches = append(data.Speeches, speechRow{Contribution: c, Body: h.Bodies[c.Body], Order: orderText(c.Sort),
			MaySpeak: by.Can(access.SpeakAtBriefing, c.Body) && !h.Closed})
	}
	for _, c := range speeches {
		add(c)
	}
	for _, v := range invitees {
		if !spoken[v.Body] {
			add(briefing.Contribution{Body: v.Body})
		}
	}
	data.show(r)
	return Reply{Page: "briefing/minutes", Data: data}, nil
}

// autosaved is what the autosave of a form is answered.
type autosaved struct {
	At      string `json:"saved_at"`
	Version string `json:"version"`
}

func savedAt(tx *db.Tx, version string) Reply {
	return Reply{JSON: autosaved{tx.Now().RFC3339(), version}}
}

func (s *site) writeMinutes(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "dien-bien")
	if err != nil {
		return Reply{}, err
	}
	version, _ := strconv.ParseInt(r.FormValue("version"), 10, 64)
	typed := briefing.Minutes{Course: r.FormValue("course"), Assessment: r.FormValue("assessment"), EndedAt: r.FormValue("ended_at"), Version: version}
	kept, err := briefing.WriteMinutes(tx, by, head.B.ID, typed)
	switch {
	case err == nil && r.Header.Get("X-Autosave") != "":
		return savedAt(tx, strconv.FormatInt(kept.Version, 10)), nil
	case err == nil:
		return Reply{To: address("briefing", head.B.ID) + "/dien-bien" + samePart(r)}, nil
	}
	return withPage(err, func() (Reply, error) {
		var theirs *briefing.Minutes
		if fault.Is(err, fault.KindStale) {
			theirs, typed.Version = &kept, kept.Version
		}
		return head.minutes(tx, by, r, &typed, theirs)
	})
}

func (s *site) contributeToBriefing(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "dien-bien")
	if err != nil {
		return Reply{}, err
	}
	version, _ := strconv.ParseInt(r.FormValue("version"), 10, 64)
	c, err := briefing.Contribute(tx, by, head.B.ID, db.ID(r.FormValue("body")), r.FormValue("subject"), r.FormValue("words"), version)
	return head.afterSpeech(tx, by, r, c, err)
}

func (s *site) noteContribution(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "dien-bien")
	if err != nil {
		return Reply{}, err
	}
	version, _ := strconv.ParseInt(r.FormValue("version"), 10, 64)
	if err := by.May(access.ConcludeBriefing, head.B.Body); err != nil {
		return Reply{}, err
	}
	body, order := db.ID(r.FormValue("body")), 0
	if text := r.FormValue("sort"); text != "" {
		if order, err = strconv.Atoi(text); err != nil {
			err = fault.Invalid("sort-"+head.Bodies[body].Code, "Thứ tự phát biểu “%s” không phải một số; hãy ghi như 3, hoặc để trống.", short(text))
			return head.afterSpeech(tx, by, r, briefing.Contribution{}, err)
		}
	}
	c, err := briefing.Note(tx, by, head.B.ID, body, order, r.FormValue("notes"), version)
	return head.afterSpeech(tx, by, r, c, err)
}

// orderText is the order of speaking in its field; 0 is none.
func orderText(order int) string {
	if order == 0 {
		return ""
	}
	return strconv.Itoa(order)
}

func (h briefingHead) afterSpeech(tx *db.Tx, by access.Actor, r *http.Request, c briefing.Contribution, err error) (Reply, error) {
	switch {
	case err == nil && r.Header.Get("X-Autosave") != "":
		return savedAt(tx, strconv.FormatInt(c.Version+1, 10)), nil
	case err == nil:
		return Reply{To: address("briefing", h.B.ID) + "/dien-bien" + samePart(r) + "#tham-luan-" + h.Bodies[c.Body].Code}, nil
	}
	return withPage(err, func() (Reply, error) {
		reply, lost := h.minutes(tx, by, r, nil, nil)
		if data, ok := reply.Data.(minutesData); ok { // what was typed stays in its row
			for i := range data.Speeches {
				if row := &data.Speeches[i]; string(row.Contribution.Body) == r.FormValue("body") {
					if r.Form.Has("notes") {
						row.Notes, row.Order = r.FormValue("notes"), r.FormValue("sort")
					} else {
						row.Subject, row.Words = r.FormValue("subject"), r.FormValue("words")
					}
				}
			}
		}
		return reply, lost
	})
}

// contributionByID leads to what a body said at a conference.
func (s *site) contributionByID(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	b, c, err := briefing.FindContribution(tx, by, db.ID(r.PathValue("id")))
	if err != nil {
		return Reply{}, err
	}
	body, err := org.Find(tx, by, c.Body, b.HeldOn)
	return Reply{To: address("briefing", b.ID) + "/dien-bien#tham-luan-" + body.Code}, err
}
