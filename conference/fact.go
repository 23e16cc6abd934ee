package conference

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
)

// FactKind is what became of a planned conference.
type FactKind string

// The kinds of fact. A plan changed while nobody was invited was not moved.
const (
	FactSet       FactKind = "set"
	FactMoved     FactKind = "moved"
	FactPostponed FactKind = "postponed"
	FactCalledOff FactKind = "cancelled"
	FactJoined    FactKind = "joined"
	FactRestored  FactKind = "restored"
)

// Fact is one thing that became of a conference: what was planned before, what is planned from then on, why, who noted it.
// Other is the conference that it was joined with.
type Fact struct {
	Conference db.ID         `db:"conference"`
	N          int           `db:"n"`
	Kind       FactKind      `db:"kind"`
	Reason     string        `db:"reason"`
	FromOn     calendar.Date `db:"from_on"`
	FromAt     string        `db:"from_at"`
	FromPlace  string        `db:"from_place"`
	ToOn       calendar.Date `db:"to_on"`
	ToAt       string        `db:"to_at"`
	ToPlace    string        `db:"to_place"`
	Other      db.ID         `db:"other"`
	At         db.Instant    `db:"at"`
	ByActor    string        `db:"by_actor"`
	By         string        `db:"by_name"`
}

// whenWhere is what a plan says of when and where.
type whenWhere struct {
	on    calendar.Date
	at    string
	place string
}

func (b Conference) whenWhere() whenWhere { return whenWhere{b.HeldOn, b.HeldAt, b.Place} }

func (f Fact) from() whenWhere { return whenWhere{f.FromOn, f.FromAt, f.FromPlace} }

func (f Fact) to() whenWhere { return whenWhere{f.ToOn, f.ToAt, f.ToPlace} }

func (s whenWhere) when() string { return Conference{HeldOn: s.on, HeldAt: s.at}.When() }

// differs reports whether something that was planned is planned otherwise; what was open before may be filled in.
func (s whenWhere) differs(now whenWhere) bool {
	return !s.on.IsZero() && s.on != now.on || s.at != "" && s.at != now.at || s.place != "" && s.place != now.place
}

// NewDay reports whether those invited have to look at their calendars again.
func (f Fact) NewDay() bool { return f.Kind == FactMoved && f.FromOn != f.ToOn }

// Sentence says what became of the conference, with what was planned before.
func (f Fact) Sentence() string {
	before := ""
	if when := f.from().when(); when != "" {
		before = " (trước định " + when + ")"
	}
	switch f.Kind {
	case FactPostponed:
		return "Hoãn, chưa định ngày mới" + before
	case FactCalledOff:
		return "Không tổ chức nữa" + before
	case FactJoined:
		return "Ghép vào hội nghị khác" + before
	case FactRestored:
		return "Vẫn tổ chức" + phrase(" ", f.to().when())
	}
	var parts []string
	if from, to := f.from().when(), f.to().when(); from != to {
		word := "Dời"
		if f.Kind == FactSet {
			word = "Đổi"
		}
		if from == "" {
			parts = append(parts, "Định ngày mới: "+to)
		} else {
			parts = append(parts, word+" từ "+from+" sang "+to)
		}
	}
	if f.FromPlace != "" && f.FromPlace != f.ToPlace {
		parts = append(parts, "chuyển địa điểm từ "+f.FromPlace+" sang "+cmp.Or(f.ToPlace, "nơi chưa định"))
	}
	if len(parts) == 0 { // put off, then held on the same day after all
		return "Vẫn tổ chức" + phrase(" ", f.to().when())
	}
	return fold.Capital(strings.Join(parts, "; "))
}

func phrase(before, words string) string {
	if words == "" {
		return ""
	}
	return before + words
}

const factColumns = `f.conference, f.n, f.kind, f.reason, f.from_on, f.from_at, f.from_place, f.to_on, f.to_at, f.to_place, f.other, f.at, f.by_actor, f.by_name`

// Facts lists what became of a conference, the first one first. Changes of a plan that nobody was invited to are the
// commission's own.
func Facts(tx *db.Tx, by access.Actor, id db.ID) ([]Fact, error) {
	if _, err := Find(tx, by, id); err != nil {
		return nil, err
	}
	all, err := factsOf(tx, id)
	if by.Sees(access.ReadBriefing) == "" || err != nil {
		return all, err
	}
	var told []Fact
	for _, f := range all {
		if f.Kind != FactSet {
			f.By, f.ByActor = "", ""
			told = append(told, f)
		}
	}
	return told, nil
}

func factsOf(tx *db.Tx, id db.ID) ([]Fact, error) {
	var all []Fact
	err := tx.Select(&all, "select "+factColumns+"\nfrom conference_fact f\nwhere f.conference = ?\norder by f.n", id)
	return all, err
}

// note adds a fact to those of the conference and changes the plan with it; the conference's version grows, so that
// calendars take the change.
func (b *Conference) note(tx *db.Tx, by access.Actor, f Fact) error {
	if err := b.add(tx, by, f); err != nil {
		return err
	}
	b.HeldOn, b.HeldAt, b.Place, b.Version = f.ToOn, f.ToAt, f.ToPlace, b.Version+1
	_, err := tx.Exec("update conference set held_on = ?, held_at = ?, place = ?, version = ? where id = ?",
		b.HeldOn, b.HeldAt, b.Place, b.Version, b.ID)
	return err
}

// add writes the fact down.
func (b Conference) add(tx *db.Tx, by access.Actor, f Fact) error {
	var n int
	if err := tx.Get(&n, "select coalesce(max(n), 0) + 1 from conference_fact where conference = ?", b.ID); err != nil {
		return err
	}
	f.Conference, f.N, f.At, f.ByActor, f.By = b.ID, n, tx.Now(), by.Key(), by.Name
	if f.FromOn.IsZero() {
		f.FromOn, f.FromAt, f.FromPlace = b.HeldOn, b.HeldAt, b.Place
	}
	if err := tx.Insert("conference_fact", struct {
		ID db.ID `db:"id"`
		Fact
	}{tx.NewID(), f}); err != nil {
		return err
	}
	_, err := journal.Write(tx, by, string(f.Kind), b.subject(), journal.Details{"from": f.from().when(), "to": f.to().when(),
		"from_place": f.FromPlace, "to_place": f.ToPlace, "other": string(f.Other), "reason": f.Reason})
	return err
}

// changing finds a conference whose fate is about to change, and asks whether it may and can.
func changing(tx *db.Tx, by access.Actor, id db.ID) (Conference, standing, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return b, standing{}, err
	}
	if err := by.May(access.PrepareBriefing, b.Body); err != nil {
		return b, standing{}, err
	}
	if err := open(tx, b); err != nil {
		return b, standing{}, err
	}
	s, err := standingOf(tx, b)
	return b, s, err
}

// reasoned tidies a reason, which has to be there.
func reasoned(reason, sentence string) (string, error) {
	reason = strings.TrimRight(fold.Tidy(reason), ".")
	if reason == "" {
		return "", fault.Invalid("reason", "%s", sentence)
	}
	return reason, refuseSecret(reason)
}

// Move gives a conference another day, hour or place. Once the invitation is out it asks why.
func Move(tx *db.Tx, by access.Actor, id db.ID, on calendar.Date, at, place, reason string) (Conference, error) {
	b, s, err := changing(tx, by, id)
	if err != nil {
		return b, err
	}
	if on.IsZero() {
		return b, fault.Invalid("held_on", "Cần ngày họp mới. Nếu chưa định được, hãy ghi hoãn.")
	}
	to := whenWhere{on, readHour(at), fold.Tidy(place)}
	var wrong fault.List
	if to.at == "" && strings.TrimSpace(at) != "" {
		wrong.Add("held_at", "Giờ “%s” không đọc được; hãy viết như 14:00 hoặc 14 giờ 30.", shortened(at))
	}
	if to == b.whenWhere() {
		wrong.Add("held_on", "Ngày, giờ, địa điểm vẫn như cũ nên không có gì để dời.")
	}
	if b.ReportDue.After(on) {
		wrong.Add("report_due", "Hạn gửi báo cáo (%s) sau ngày họp mới (%s). Xin sửa cả hai ở kế hoạch hội nghị.", b.ReportDue.Vietnamese(), on.Vietnamese())
	}
	items, err := itemsOf(tx, b)
	if err != nil {
		return b, err
	}
	if err := checkItems(tx, by, items, on, &wrong); err != nil {
		return b, err
	}
	f, err := b.moved(s, to, reason, &wrong)
	if err != nil {
		return b, err
	}
	f.Kind = cmp.Or(f.Kind, FactSet) // only what was open is filled in
	if err := b.note(tx, by, f); err != nil {
		return b, err
	}
	return b, b.tellPapers(tx, by)
}

// moved is the fact of another day, hour or place, together with what was found wrong before. Kind is "" where nothing that
// stood changes.
func (b Conference) moved(s standing, to whenWhere, reason string, wrong *fault.List) (Fact, error) {
	f := Fact{Kind: FactSet, Reason: strings.TrimRight(fold.Tidy(reason), "."), ToOn: to.on, ToAt: to.at, ToPlace: to.place}
	postponed := s.Fate == FactPostponed
	switch {
	case postponed && to.on.IsZero(), !postponed && !b.whenWhere().differs(to):
		f.Kind = ""
	case to.on.IsZero() && s.InvitedAt != 0:
		wrong.Add("held_on", "Giấy mời đã phát hành nên không bỏ trống ngày họp. Nếu chưa định được ngày mới, hãy ghi hoãn ở trang “Hoãn, hủy, ghép”.")
	case s.InvitedAt != 0:
		f.Kind = FactMoved
		if f.Reason == "" && !postponed { // why it was put off has been told
			wrong.Add("reason", "Giấy mời đã phát hành với ngày, giờ, địa điểm cũ. Cần lý do đổi, để nơi nhận được biết.")
		}
	}
	if err := wrong.Err(); err != nil {
		return f, err
	}
	return f, refuseSecret(f.Reason)
}

// Postpone leaves a conference without a day until a new one is found.
func Postpone(tx *db.Tx, by access.Actor, id db.ID, reason string) (Conference, error) {
	b, s, err := changing(tx, by, id)
	if err != nil {
		return b, err
	}
	if s.Fate == FactPostponed {
		return b, fault.Conflict("Hội nghị đang hoãn.")
	}
	if b.HeldOn.IsZero() {
		return b, fault.Conflict("Hội nghị chưa định ngày họp nên không có gì để hoãn.")
	}
	if reason, err = reasoned(reason, "Cần lý do hoãn, để nơi được mời biết."); err != nil {
		return b, err
	}
	if err := b.note(tx, by, Fact{Kind: FactPostponed, Reason: reason, ToPlace: b.Place}); err != nil {
		return b, err
	}
	return b, b.tellPapers(tx, by)
}

// CallOff gives a conference up.
func CallOff(tx *db.Tx, by access.Actor, id db.ID, reason string) (Conference, error) {
	return end(tx, by, id, FactCalledOff, "", reason)
}

// end notes that a conference will not be held by itself. Its plan stays, in case it is held after all.
func end(tx *db.Tx, by access.Actor, id db.ID, kind FactKind, other db.ID, reason string) (Conference, error) {
	b, s, err := changing(tx, by, id)
	if err != nil {
		return b, err
	}
	if reason, err = reasoned(reason, "Cần lý do, để nơi được mời biết và để nề nếp giao ban ghi rõ vì sao không họp."); err != nil {
		return b, err
	}
	f := Fact{Kind: kind, Reason: reason, ToOn: b.HeldOn, ToAt: b.HeldAt, ToPlace: b.Place, Other: other}
	if s.Fate == FactPostponed { // calendars have the day from which it was put off
		facts, err := factsOf(tx, id)
		if err != nil {
			return b, err
		}
		last := lastOf(facts)
		f.FromOn, f.FromAt, f.FromPlace = last.FromOn, last.FromAt, last.FromPlace
	}
	if err := b.note(tx, by, f); err != nil {
		return b, err
	}
	if err := b.takeAlong(tx, by, f); err != nil {
		return b, err
	}
	return b, b.tellPapers(tx, by)
}

// Restore takes back that a conference was cancelled or joined: it is held as it was planned, or put off as it was before.
func Restore(tx *db.Tx, by access.Actor, id db.ID, reason string) (Conference, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return b, err
	}
	if err := by.May(access.PrepareBriefing, b.Body); err != nil {
		return b, err
	}
	facts, err := factsOf(tx, id)
	if err != nil {
		return b, err
	}
	last := lastOf(facts)
	if last.Kind != FactCalledOff && last.Kind != FactJoined {
		return b, fault.Conflict("Hội nghị không bị hủy, không ghép vào hội nghị khác nên không có gì để thôi.")
	}
	if reason, err = reasoned(reason, "Cần lý do hội nghị vẫn tổ chức."); err != nil {
		return b, err
	}
	if err := b.alone(tx); err != nil {
		return b, err
	}
	if err := b.note(tx, by, Fact{Kind: FactRestored, Reason: reason, ToOn: b.HeldOn, ToAt: b.HeldAt, ToPlace: b.Place}); err != nil {
		return b, err
	}
	if last.Kind == FactJoined {
		if err := b.part(tx, last.Other); err != nil {
			return b, err
		}
	}
	if was := beforeTheEnd(facts); was.Kind == FactPostponed {
		if err := b.note(tx, by, Fact{Kind: FactPostponed, Reason: was.Reason, FromOn: was.FromOn, FromAt: was.FromAt, FromPlace: was.FromPlace,
			ToPlace: b.Place}); err != nil {
			return b, err
		}
	}
	return b, b.tellPapers(tx, by)
}

// beforeTheEnd is the fact that stood before a conference was cancelled or joined.
func beforeTheEnd(facts []Fact) Fact {
	return lastOf(slices.DeleteFunc(slices.Clone(facts), func(f Fact) bool {
		return f.Kind == FactCalledOff || f.Kind == FactJoined || f.Kind == FactRestored
	}))
}

// lastOf is the fact that stands; one without kind where there is none.
func lastOf(facts []Fact) Fact {
	if len(facts) == 0 {
		return Fact{}
	}
	return facts[len(facts)-1]
}

// alone refuses a briefing for whose period there is another one that is held.
func (b Conference) alone(tx *db.Tx) error {
	if b.Regime == "" {
		return nil
	}
	kind, err := typeOf(tx, b.Type)
	if err != nil || kind.Spans != Reports {
		return err
	}
	other, err := standingBriefing(tx, b)
	if errors.Is(err, db.None) {
		return nil
	}
	if err == nil {
		err = fault.Conflict("Đã có %s khác cho kỳ này, không hủy. Xin làm tiếp ở hội nghị đó.", other.Name())
	}
	return err
}

// standingBriefing finds the conference on the same period that was neither cancelled nor joined with another.
func standingBriefing(tx *db.Tx, b Conference) (other Conference, err error) {
	err = tx.Get(&other, "select "+columns+`
from conference b
where b.org = ? and b.kind = ? and b.regime = ? and b.period = ? and b.id <> ?
  and `+fate+` not in ('cancelled', 'joined')
limit 1`, b.Body, b.Type, b.Regime, b.Period, b.ID)
	return other, err
}
