package conference

import (
	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
)

// Role is a place at the conference.
type Role string

// The places. The concluder may be somebody else than the chair.
const (
	Chair     Role = "chair"
	CoChair   Role = "co_chair"
	Concluder Role = "concluder"
	Secretary Role = "secretary"
)

// Name is the office's word.
func (r Role) Name() string {
	switch r {
	case Chair:
		return "Chủ trì"
	case CoChair:
		return "Đồng chủ trì"
	case Concluder:
		return "Kết luận"
	case Secretary:
		return "Thư ký"
	}
	return string(r)
}

// Roles in the order papers name them.
var Roles = []Role{Chair, CoChair, Concluder, Secretary}

// Seat is a person in a place, as papers name them. Body is the person's own body, "" when it is not in the directory.
type Seat struct {
	Role  Role   `db:"role"`
	Name  string `db:"name"`
	Title string `db:"title"`
	Body  db.ID  `db:"body"`
}

// Comrade is how a paper of the Party names the person: "đồng chí Nguyễn Văn An, Trưởng ban".
func (s Seat) Comrade() string {
	if s.Title == "" {
		return "đồng chí " + s.Name
	}
	return "đồng chí " + s.Name + ", " + s.Title
}

// Invitee is a body that is invited and whom it is asked to send (thành phần).
type Invitee struct {
	Body db.ID  `db:"body"`
	Who  string `db:"who"`
}

func checkSeats(seats []Seat, wrong *fault.List) {
	chairs, concluders := 0, 0
	for i := range seats {
		s := &seats[i]
		s.Name, s.Title = fold.Tidy(s.Name), fold.Tidy(s.Title)
		if s.Name == "" {
			wrong.Add("seats", "Dòng %d của thành phần chủ trì chưa có họ tên.", i+1)
		}
		switch s.Role {
		case Chair:
			chairs++
		case Concluder:
			concluders++
		case CoChair, Secretary:
		default:
			wrong.Add("seats", "Dòng %d của thành phần chủ trì: hãy chọn chủ trì, đồng chủ trì, kết luận hoặc thư ký.", i+1)
		}
	}
	if chairs > 1 {
		wrong.Add("seats", "Hội nghị có một người chủ trì; những người khác ghi là đồng chủ trì.")
	}
	if concluders > 1 {
		wrong.Add("seats", "Chỉ một người kết luận hội nghị.")
	}
}

func writeSeats(tx *db.Tx, b Conference, seats []Seat) error {
	if _, err := tx.Exec("delete from conference_seat where conference = ?", b.ID); err != nil {
		return err
	}
	for i, s := range seats {
		if err := tx.Insert("conference_seat", struct {
			ID         db.ID `db:"id"`
			Conference db.ID `db:"conference"`
			Sort       int   `db:"sort"`
			Seat
		}{tx.NewID(), b.ID, i + 1, s}); err != nil {
			return err
		}
	}
	return nil
}

// writeInvitees replaces the list; delegates already named stay in their rows and count again if the body comes back.
func writeInvitees(tx *db.Tx, b Conference, invitees []Invitee) error {
	if _, err := tx.Exec("delete from conference_invitee where conference = ?", b.ID); err != nil {
		return err
	}
	seen := make(map[db.ID]bool, len(invitees))
	for i, v := range invitees {
		if v.Body == "" || seen[v.Body] {
			continue
		}
		seen[v.Body] = true
		if _, err := tx.Exec("insert into conference_invitee (conference, body, sort, who) values (?, ?, ?, ?)",
			b.ID, v.Body, i+1, fold.Tidy(v.Who)); err != nil {
			return err
		}
	}
	return nil
}

// Seats lists chairs, co-chairs, the concluder and the secretary.
func Seats(tx *db.Tx, by access.Actor, id db.ID) ([]Seat, error) {
	if _, err := Find(tx, by, id); err != nil {
		return nil, err
	}
	return seatsOf(tx, id)
}

func seatsOf(tx *db.Tx, id db.ID) ([]Seat, error) {
	var seats []Seat
	err := tx.Select(&seats, `
select role, name, title, body
from conference_seat
where conference = ?
order by case role when 'chair' then 1 when 'co_chair' then 2 when 'concluder' then 3 else 4 end, sort`, id)
	return seats, err
}

// in gives those in one place.
func in(seats []Seat, role Role) []Seat {
	var out []Seat
	for _, s := range seats {
		if s.Role == role {
			out = append(out, s)
		}
	}
	return out
}

// ConcluderOf is who concluded: the one seated for it, or the chair. ok is false while neither is known.
func ConcluderOf(seats []Seat) (s Seat, ok bool) {
	for _, role := range []Role{Concluder, Chair} {
		if found := in(seats, role); len(found) > 0 {
			return found[0], true
		}
	}
	return Seat{}, false
}

// Invitees lists the bodies invited; a body sees only its own line.
func Invitees(tx *db.Tx, by access.Actor, id db.ID) ([]Invitee, error) {
	if _, err := Find(tx, by, id); err != nil {
		return nil, err
	}
	org := by.Sees(access.ReadBriefing)
	var out []Invitee
	err := tx.Select(&out, `
select body, who
from conference_invitee
where conference = ? and (cast(? as text) = '' or body = ?)
order by sort`, id, org, org)
	return out, err
}

// invitedTo lists the bodies invited to a conference, in their order, whoever asks.
func invitedTo(tx *db.Tx, id db.ID) (bodies []db.ID, err error) {
	err = tx.Select(&bodies, "select body from conference_invitee where conference = ? order by sort", id)
	return bodies, err
}

// invited refuses a body that is not on the list.
func invited(tx *db.Tx, id, body db.ID) error {
	ok, err := tx.Exists("select 1 from conference_invitee where conference = ? and body = ?", id, string(body))
	if err == nil && !ok {
		err = fault.Missing("Cơ quan này không có trong thành phần mời của hội nghị.")
	}
	return err
}

// Delegate is whom a body sends. A substitute stands in for somebody named before; earlier rows stay.
type Delegate struct {
	Body       db.ID      `db:"body"`
	Name       string     `db:"name"`
	Title      string     `db:"title"`
	Substitute bool       `db:"substitute"`
	Reason     string     `db:"reason"`
	At         db.Instant `db:"at"`
}

// Line is "Trần Thị Bình, Phó Giám đốc".
func (d Delegate) Line() string {
	if d.Title == "" {
		return d.Name
	}
	return d.Name + ", " + d.Title
}

// NameDelegate notes whom a body sends; naming somebody again makes the new one a substitute. Agencies name their own
// from the release of the invitation on; an officer of the commission may note what was told by telephone.
func NameDelegate(tx *db.Tx, by access.Actor, id, body db.ID, d Delegate) error {
	b, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	if err := by.May(access.SpeakAtBriefing, body); err != nil {
		return err
	}
	if err := open(tx, b); err != nil {
		return err
	}
	if err := invited(tx, id, body); err != nil {
		return err
	}
	d.Body, d.Name, d.Title, d.Reason, d.At = body, fold.Tidy(d.Name), fold.Tidy(d.Title), fold.Tidy(d.Reason), tx.Now()
	if err := refuseSecret(d.Name, d.Title, d.Reason); err != nil {
		return err
	}
	var wrong fault.List
	if d.Name == "" {
		wrong.Add("delegate_name", "Cần họ tên người dự họp.")
	}
	if d.Title == "" {
		wrong.Add("delegate_title", "Cần chức vụ người dự họp, để ghi thẻ đại biểu và biên bản.")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	d.Substitute, err = tx.Exists("select 1 from conference_delegate where conference = ? and body = ?", id, body)
	if err != nil {
		return err
	}
	if err := tx.Insert("conference_delegate", struct {
		ID         db.ID `db:"id"`
		Conference db.ID `db:"conference"`
		Delegate
		ByActor string `db:"by_actor"`
	}{tx.NewID(), id, d, by.Key()}); err != nil {
		return err
	}
	if _, err := b.hear(tx, by, body); err != nil { // who names somebody knows for which day
		return err
	}
	// Who it is stays in the row, which can be erased; the journal cannot.
	_, err = journal.Write(tx, by, "delegate", journal.Subject{Kind: "briefing", ID: id, Body: body}, journal.Details{"substitute": d.Substitute})
	return err
}

// Delegates gives the delegate each body sends now; a body sees only its own.
func Delegates(tx *db.Tx, by access.Actor, id db.ID) (map[db.ID]Delegate, error) {
	if _, err := Find(tx, by, id); err != nil {
		return nil, err
	}
	org := by.Sees(access.ReadBriefing)
	var rows []Delegate
	if err := tx.Select(&rows, `
select body, name, title, substitute, reason, at
from conference_delegate
where conference = ? and (cast(? as text) = '' or body = ?)
order by at, id`, id, org, org); err != nil {
		return nil, err
	}
	out := make(map[db.ID]Delegate, len(rows))
	for _, d := range rows {
		out[d.Body] = d // the last one named counts
	}
	return out, nil
}

// Presence is how a body was represented.
type Presence string

// The three presences.
const (
	Present Presence = "present"
	Excused Presence = "excused"
	Absent  Presence = "absent"
)

// Name is the office's word.
func (p Presence) Name() string {
	switch p {
	case Present:
		return "Có mặt"
	case Excused:
		return "Vắng có lý do"
	case Absent:
		return "Vắng không lý do"
	}
	return ""
}

// Attendance is who came for a body, or why nobody did.
type Attendance struct {
	Body    db.ID      `db:"body"`
	State   Presence   `db:"state"`
	Name    string     `db:"name"`
	Title   string     `db:"title"`
	Reason  string     `db:"reason"`
	Version int64      `db:"version"`
	At      db.Instant `db:"at"`
}

// Attend writes down who came. A present body without a name is represented by the delegate it named. Each row carries
// the version it was read with; all rows that do not fit are told at once and nothing is written.
func Attend(tx *db.Tx, by access.Actor, id db.ID, rows []Attendance) error {
	b, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	if err := by.May(access.ConcludeBriefing, b.Body); err != nil {
		return err
	}
	if err := open(tx, b); err != nil {
		return err
	}
	delegates, err := Delegates(tx, by, id)
	if err != nil {
		return err
	}
	counts := map[Presence]int{}
	for i := range rows {
		a := &rows[i]
		a.Name, a.Title, a.Reason = fold.Tidy(a.Name), fold.Tidy(a.Title), fold.Tidy(a.Reason)
		if err := refuseSecret(a.Name, a.Title, a.Reason); err != nil {
			return err
		}
		if a.State.Name() == "" {
			return fault.Invalid("attendance", "Mỗi cơ quan cần ghi có mặt, vắng có lý do hoặc vắng không lý do.")
		}
		if a.State != Excused { // who cannot come says so before the day
			if err := b.held(tx, "điểm danh"); err != nil {
				return err
			}
		}
		if a.State == Excused && a.Reason == "" {
			return fault.Invalid("attendance", "Vắng có lý do thì cần ghi lý do.")
		}
		if err := invited(tx, id, a.Body); err != nil {
			return err
		}
		if d, ok := delegates[a.Body]; ok && a.State == Present && a.Name == "" {
			a.Name, a.Title = d.Name, d.Title
		}
		n, err := tx.Exec(`
insert into conference_attendance (conference, body, state, name, title, reason, version, at, by_actor)
values (?, ?, ?, ?, ?, ?, 1, ?, ?)
on conflict (conference, body) do update
set state = excluded.state, name = excluded.name, title = excluded.title, reason = excluded.reason,
	version = conference_attendance.version + 1, at = excluded.at, by_actor = excluded.by_actor
where conference_attendance.version = ?`, id, a.Body, string(a.State), a.Name, a.Title, a.Reason, tx.Now(), by.Key(), a.Version)
		if err != nil {
			return err
		}
		if n == 0 {
			return stale("điểm danh")
		}
		counts[a.State]++
	}
	_, err = journal.Write(tx, by, "attended", b.subject(), journal.Details{"present": counts[Present],
		"excused": counts[Excused], "absent": counts[Absent]})
	return err
}

// Attendances gives what was written down for each body; a body sees only its own row.
func Attendances(tx *db.Tx, by access.Actor, id db.ID) (map[db.ID]Attendance, error) {
	if _, err := Find(tx, by, id); err != nil {
		return nil, err
	}
	org := by.Sees(access.ReadBriefing)
	var rows []Attendance
	if err := tx.Select(&rows, `
select body, state, name, title, reason, version, at
from conference_attendance
where conference = ? and (cast(? as text) = '' or body = ?)`, id, org, org); err != nil {
		return nil, err
	}
	out := make(map[db.ID]Attendance, len(rows))
	for _, a := range rows {
		out[a.Body] = a
	}
	return out, nil
}
