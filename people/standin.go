package people

import (
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/org"
)

// StandIn is that somebody stands in for another who is away for some days. It gives no authority: a deputy has the role of
// who is away. What was handed to the one who is away, and that one's word on a draft, are the deputy's on these days.
type StandIn struct {
	ID         db.ID         `db:"id"`
	Person     db.ID         `db:"person"` // who is away
	Name       string        `db:"name"`
	Deputy     db.ID         `db:"deputy"`
	DeputyName string        `db:"deputy_name"`
	ValidFrom  calendar.Date `db:"valid_from"` // first day
	ValidTo    calendar.Date `db:"valid_to"`   // last day
	At         db.Instant    `db:"at"`
	By         string        `db:"by_name"`
}

// NewStandIn is what StandInFor needs to know.
type NewStandIn struct {
	Person, Deputy db.ID
	From, To       calendar.Date
}

// mostAway is how many days somebody may be away: for longer the post goes to another.
const mostAway = 183

// Leads reports whether the actor may say it for others of the house.
func Leads(by access.Actor) bool {
	return by.Can(access.StateAbsence, by.Body) && (by.Role == access.CommissionLeader || by.Role == access.AgencyLeader || by.Person == "")
}

// House lists whom the actor's house has on a day: the people of the body, of the commission with its office and sections.
func House(tx *db.Tx, by access.Actor, day calendar.Date) ([]Serving, error) {
	if by.OfCommission() {
		return Office(tx, by, day)
	}
	return ServingAt(tx, by, []db.ID{by.Body}, day)
}

// Office lists the people of the commission, its office and sections among them, on a day.
func Office(tx *db.Tx, by access.Actor, day calendar.Date) ([]Serving, error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return nil, err
	}
	staff, err := db.Once(tx, officeOn{day}, func() ([]Serving, error) {
		var bodies []db.ID
		if err := tx.Select(&bodies, "select id from body where kind in (?, ?)", string(org.Commission), string(org.OwnUnit)); err != nil {
			return nil, err
		}
		return ServingAt(tx, by, bodies, day)
	})
	return slices.Clone(staff), err
}

// officeOn is the key of Office for db.Once.
type officeOn struct{ day calendar.Date }

// StandInFor writes down who stands in for whom. Everybody may say it of oneself, a leader of everybody in the house.
func StandInFor(tx *db.Tx, by access.Actor, n NewStandIn) (db.ID, error) {
	if err := by.May(access.StateAbsence, by.Body); err != nil {
		return "", err
	}
	if n.Person != by.Person && !Leads(by) {
		return "", fault.Invalid("person", "Đồng chí ghi người thay cho mình; ghi thay người khác là việc của lãnh đạo.")
	}
	away, deputy, err := n.check(tx, by)
	if err != nil {
		return "", err
	}
	s := StandIn{ID: tx.NewID(), At: tx.Now(), By: by.Name}
	if _, err := tx.Exec(`
insert into stand_in (id, person, deputy, valid_from, valid_to, at, by_actor, by_name)
values (?, ?, ?, ?, ?, ?, ?, ?)`, s.ID, n.Person, n.Deputy, n.From, n.To, s.At, by.Key(), s.By); err != nil {
		return "", err
	}
	_, err = journal.WritePrivate(tx, by, "stands_in", journal.Subject{Kind: "stand_in", ID: s.ID, Body: by.Body},
		journal.Details{"from": n.From.String(), "to": n.To.String()}, journal.Details{"who": away.Name, "deputy": deputy.Name})
	return s.ID, err
}

func (n NewStandIn) check(tx *db.Tx, by access.Actor) (away, deputy Serving, err error) {
	var wrong fault.List
	today := calendar.OfInstant(tx.Clock())
	switch {
	case n.From.IsZero():
		wrong.Add("from", "Cần ngày đầu tiên vắng mặt.")
	case n.To.IsZero():
		wrong.Add("to", "Cần ngày cuối cùng vắng mặt.")
	case n.To.Before(n.From):
		wrong.Add("to", "Ngày cuối phải từ ngày đầu (%s) trở đi.", n.From.Vietnamese())
	case n.To.Before(today):
		wrong.Add("to", "Những ngày này đã qua; người thay ghi cho những ngày từ hôm nay.")
	case n.To.After(n.From.AddDays(mostAway)):
		wrong.Add("to", "Vắng quá %d ngày thì ghi thôi chức vụ và giao chức vụ cho người khác.", mostAway)
	}
	staff, err := House(tx, by, today)
	if err != nil {
		return away, deputy, err
	}
	find := func(person db.ID) (Serving, bool) {
		at := slices.IndexFunc(staff, func(s Serving) bool { return s.Person == person })
		if at < 0 {
			return Serving{}, false
		}
		return staff[at], true
	}
	var ok bool
	if away, ok = find(n.Person); !ok {
		wrong.Add("person", "Xin chọn người của cơ quan, đang giữ chức vụ và có tài khoản đang dùng.")
	}
	if deputy, ok = find(n.Deputy); !ok || n.Deputy == n.Person {
		wrong.Add("deputy", "Xin chọn người thay là người khác của cơ quan, đang giữ chức vụ và có tài khoản đang dùng.")
	} else if away.Role != "" && deputy.Role != away.Role {
		wrong.Add("deputy", "Đồng chí %s là %s, còn đồng chí %s là %s: người thay phải cùng vai trò, vì ghi người thay không thêm quyền.",
			deputy.Name, deputy.Role.Name(), away.Name, away.Role.Name())
	}
	if err := wrong.Err(); err != nil {
		return away, deputy, err
	}
	var others []StandIn
	if err := tx.Select(&others, standInSelect+`
where s.valid_from <= ? and s.valid_to >= ? and s.valid_to >= s.valid_from and (s.person in (?, ?) or s.deputy = ?)
order by s.valid_from`, n.To, n.From, n.Person, n.Deputy, n.Person); err != nil {
		return away, deputy, err
	}
	for _, o := range others {
		wrong.Add("from", "Từ %s đến %s đã ghi đồng chí %s thay đồng chí %s. Xin chọn ngày khác hoặc người khác, hoặc ghi thôi lần đó trước.",
			o.ValidFrom.Vietnamese(), o.ValidTo.Vietnamese(), o.DeputyName, o.Name)
		break
	}
	return away, deputy, wrong.Err()
}

const standInSelect = `
select s.id, s.person, p.name, s.deputy, d.name as deputy_name, s.valid_from, s.valid_to, s.at, s.by_name
from stand_in s
join person p on p.id = s.person
join person d on d.id = s.deputy
`

// StandIns lists who stood, stands and will stand in for whom in the actor's house, the latest first; those that were taken
// back are left out.
func StandIns(tx *db.Tx, by access.Actor) ([]StandIn, error) {
	if err := by.May(access.StateAbsence, by.Body); err != nil {
		return nil, err
	}
	staff, err := House(tx, by, calendar.OfInstant(tx.Clock()))
	if err != nil || len(staff) == 0 {
		return nil, err
	}
	var persons []db.ID
	for _, s := range staff {
		persons = append(persons, s.Person)
	}
	in, args := db.In(persons)
	var all []StandIn
	err = tx.Select(&all, standInSelect+"where s.valid_to >= s.valid_from and s.person in "+in+"\norder by s.valid_from desc, s.id desc", args...)
	return all, err
}

// FindStandIn gives one of the actor's house.
func FindStandIn(tx *db.Tx, by access.Actor, id db.ID) (StandIn, error) {
	all, err := StandIns(tx, by)
	if err != nil {
		return StandIn{}, err
	}
	if at := slices.IndexFunc(all, func(s StandIn) bool { return s.ID == id }); at >= 0 {
		return all[at], nil
	}
	return StandIn{}, fault.Missing("Không có lần ghi người thay này. Xin tải lại trang Người thay.")
}

// EndStandIn notes that who was away is back: last is the last day away, the day before the first where it is taken back.
func EndStandIn(tx *db.Tx, by access.Actor, id db.ID, last calendar.Date) error {
	if err := by.May(access.StateAbsence, by.Body); err != nil {
		return err
	}
	s, err := FindStandIn(tx, by, id)
	if err != nil {
		return err
	}
	today := calendar.OfInstant(tx.Clock())
	switch {
	case s.Person != by.Person && !Leads(by):
		return fault.Conflict("Đồng chí sửa được lần ghi của mình; sửa của người khác là việc của lãnh đạo.")
	case s.ValidTo.Before(today):
		return fault.Conflict("Lần thay này đã hết từ ngày %s.", s.ValidTo.Vietnamese())
	case last.IsZero():
		return fault.Invalid("to", "Cần ngày cuối cùng vắng mặt.")
	case last.Before(s.ValidFrom.AddDays(-1)) || last.After(s.ValidTo):
		return fault.Invalid("to", "Ngày cuối cùng ở trong khoảng %s–%s; chưa vắng ngày nào thì ghi ngày %s.", s.ValidFrom.Vietnamese(), s.ValidTo.Vietnamese(), s.ValidFrom.AddDays(-1).Vietnamese())
	case last.Before(today.AddDays(-1)) && !s.ValidFrom.After(today):
		return fault.Invalid("to", "Những ngày đã qua giữ nguyên; ngày cuối cùng sớm nhất là hôm qua, %s.", today.AddDays(-1).Vietnamese())
	}
	if _, err := tx.Exec("update stand_in set valid_to = ? where id = ?", last, s.ID); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "stand_in_ended", journal.Subject{Kind: "stand_in", ID: s.ID, Body: by.Body}, journal.Details{"last": last.String()})
	return err
}

// StandingIn lists who stands in for whom on a day, by who is away.
func StandingIn(tx *db.Tx, by access.Actor, day calendar.Date) (map[db.ID]StandIn, error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return nil, err
	}
	var all []StandIn
	err := tx.Select(&all, standInSelect+"where s.valid_from <= ? and s.valid_to >= ?\norder by s.at", day, day)
	away := make(map[db.ID]StandIn, len(all))
	for _, s := range all {
		away[s.Person] = s
	}
	return away, err
}
