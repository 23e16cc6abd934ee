package web

import (
	"net/http"
	"strconv"

	"giaoban/access"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/library"
	"giaoban/org"
	"giaoban/paper"
)

// peopleData is who is invited, whom each body sends and who came.
type peopleData struct {
	briefingHead
	Seats []conference.Seat
	Rows  []personRow
	Body  db.ID // the body a delegate is being named for
	Name  string
	Title string
	Why   string
}

type personRow struct {
	Body       org.Body
	Who        string
	Delegate   conference.Delegate
	Attendance conference.Attendance
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
	if data.Seats, err = conference.Seats(tx, by, h.B.ID); err != nil {
		return Reply{}, err
	}
	invitees, err := conference.Invitees(tx, by, h.B.ID)
	if err != nil {
		return Reply{}, err
	}
	delegates, err := conference.Delegates(tx, by, h.B.ID)
	if err != nil {
		return Reply{}, err
	}
	came, err := conference.Attendances(tx, by, h.B.ID)
	if err != nil {
		return Reply{}, err
	}
	for _, v := range invitees {
		row := personRow{Body: h.Bodies[v.Body], Who: v.Who, Delegate: delegates[v.Body], Attendance: came[v.Body], MayName: by.Can(access.SpeakAtBriefing, v.Body) && h.Open}
		switch row.Attendance.State {
		case conference.Present:
			row.Came = badge{"on-time", row.Attendance.State.Name()}
		case conference.Excused:
			row.Came = badge{"extended", row.Attendance.State.Name()}
		case conference.Absent:
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
	d := conference.Delegate{Name: r.FormValue("delegate_name"), Title: r.FormValue("delegate_title"), Reason: r.FormValue("reason")}
	if err := conference.NameDelegate(tx, by, head.B.ID, body, d); err != nil {
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
	var rows []conference.Attendance
	typed := make(map[db.ID]conference.Attendance)
	for _, id := range r.Form["attend[]"] {
		version, _ := strconv.ParseInt(r.FormValue("version-"+id), 10, 64)
		a := conference.Attendance{Body: db.ID(id), State: conference.Presence(r.FormValue("state-" + id)), Name: r.FormValue("name-" + id),
			Title: r.FormValue("title-" + id), Reason: r.FormValue("reason-" + id), Version: version}
		typed[a.Body] = a
		if a.State != "" || a.Name+a.Title+a.Reason != "" { // else not yet ticked off
			rows = append(rows, a)
		}
	}
	if err := conference.Attend(tx, by, head.B.ID, rows); err != nil {
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
	Minutes  conference.Minutes
	Theirs   *conference.Minutes // what somebody else wrote meanwhile
	Speeches []speechRow
	Contents contents // the course of the conference, then who speaks

	Paper     paper.Paper // the biên bản, once it is drafted
	Badge     badge
	Secretary string // who is to sign it first
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
	conference.Contribution
	Body     org.Body
	Theirs   *conference.Contribution // what somebody else of the body sent in meanwhile
	Part     int                      // its place in the contents
	MaySpeak bool
	Files    []library.Use
}

func (s *site) briefingMinutes(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "dien-bien")
	if err != nil {
		return Reply{}, err
	}
	return head.minutes(tx, by, r, nil, nil)
}

func (h briefingHead) minutes(tx *db.Tx, by access.Actor, r *http.Request, typed, theirs *conference.Minutes) (Reply, error) {
	data := minutesData{briefingHead: h, Theirs: theirs}
	var err error
	if h.Commission {
		if data.Minutes, err = conference.MinutesOf(tx, by, h.B.ID); err != nil {
			return Reply{}, err
		}
	}
	if typed != nil {
		data.Minutes = *typed
	}
	invitees, err := conference.Invitees(tx, by, h.B.ID)
	if err != nil {
		return Reply{}, err
	}
	speeches, err := conference.Contributions(tx, by, h.B.ID)
	if err != nil {
		return Reply{}, err
	}
	spoken := make(map[db.ID]bool)
	add := func(c conference.Contribution) {
		spoken[c.Body] = true
		data.Speeches = append(data.Speeches, speechRow{Contribution: c, Body: h.Bodies[c.Body],
			MaySpeak: by.Can(access.SpeakAtBriefing, c.Body) && h.Open})
	}
	for _, c := range speeches {
		add(c)
	}
	for _, v := range invitees {
		if !spoken[v.Body] {
			add(conference.Contribution{Body: v.Body})
		}
	}
	if h.Commission && h.Closed {
		if err := data.paper(tx, by, r); err != nil {
			return Reply{}, err
		}
	}
	var registered []db.ID
	for _, row := range data.Speeches {
		if row.Contribution.ID != "" {
			registered = append(registered, row.Contribution.ID)
		}
	}
	files, err := library.AttachedAmong(tx, by, "contribution", registered)
	if err != nil {
		return Reply{}, err
	}
	for i := range data.Speeches {
		data.Speeches[i].Files = files[data.Speeches[i].Contribution.ID]
	}
	data.show(r)
	return Reply{Page: "briefing/minutes", Data: data}, nil
}

// paper finds the biên bản, or who would sign it first.
func (d *minutesData) paper(tx *db.Tx, by access.Actor, r *http.Request) (err error) {
	if d.Paper, err = conference.MinutesPaper(tx, by, d.B.ID); err != nil || d.Paper.ID != "" {
		d.Badge = paperBadge(d.Paper)
		return err
	}
	seats, err := conference.Seats(tx, by, d.B.ID)
	d.Secretary = by.Name
	for _, seat := range seats {
		if seat.Role == conference.Secretary {
			d.Secretary = seat.Name
		}
	}
	if r.Form.Has("secretary") {
		d.Secretary = r.FormValue("secretary")
	}
	return err
}

func (s *site) draftMinutes(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "dien-bien")
	if err != nil {
		return Reply{}, err
	}
	p, err := conference.DraftMinutes(tx, by, head.B.ID, r.PostFormValue("secretary"))
	if err != nil {
		return withPage(err, func() (Reply, error) { return head.minutes(tx, by, r, nil, nil) })
	}
	return Reply{To: "/van-ban/" + string(p.ID)}, nil
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
	typed := conference.Minutes{Course: r.FormValue("course"), Assessment: r.FormValue("assessment"), EndedAt: r.FormValue("ended_at"), Version: version}
	kept, err := conference.WriteMinutes(tx, by, head.B.ID, typed)
	switch {
	case err == nil && r.Header.Get("X-Autosave") != "":
		return savedAt(tx, strconv.FormatInt(kept.Version, 10)), nil
	case err == nil:
		return Reply{To: address("briefing", head.B.ID) + "/dien-bien" + samePart(r)}, nil
	}
	return withPage(err, func() (Reply, error) {
		var theirs *conference.Minutes
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
	if err := refusedUpload(r); err != nil {
		return head.afterSpeech(tx, by, r, conference.Contribution{}, err)
	}
	c, err := conference.Contribute(tx, by, head.B.ID, db.ID(r.FormValue("body")), r.FormValue("subject"), r.FormValue("words"), version)
	if err == nil {
		err = s.attachSpeech(tx, by, r, head.B.ID, c.Body)
	}
	return head.afterSpeech(tx, by, r, c, err)
}

// attachSpeech stores the files that came with a speech and puts them beside it.
func (s *site) attachSpeech(tx *db.Tx, by access.Actor, r *http.Request, id, body db.ID) error {
	var files []library.File
	for _, upload := range s.uploads(r, "files") {
		file, err := storeUpload(tx, by, body, upload)
		if err != nil {
			return err
		}
		files = append(files, library.File{ID: file, Name: upload.Name})
	}
	return conference.AttachTo(tx, by, id, body, files)
}

// orderText is the order of speaking in its field; 0 is none.
func orderText(order int) string {
	if order == 0 {
		return ""
	}
	return strconv.Itoa(order)
}

func (h briefingHead) afterSpeech(tx *db.Tx, by access.Actor, r *http.Request, c conference.Contribution, err error) (Reply, error) {
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
					if fault.Is(err, fault.KindStale) {
						theirs := row.Contribution
						row.Theirs = &theirs
					}
					row.Subject, row.Words = r.FormValue("subject"), r.FormValue("words")
				}
			}
		}
		return reply, lost
	})
}

// contributionByID leads to what a body said at a conference.
func (s *site) contributionByID(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	b, c, err := conference.FindContribution(tx, by, db.ID(r.PathValue("id")))
	if err != nil {
		return Reply{}, err
	}
	body, err := org.Find(tx, by, c.Body, b.HeldOn)
	return Reply{To: address("briefing", b.ID) + "/dien-bien#tham-luan-" + body.Code}, err
}
