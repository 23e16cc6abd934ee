package charge

import (
	"errors"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/org"
	"giaoban/people"
)

// Following is that somebody of the commission follows a body, in all it does or in one sector.
type Following struct {
	ID        db.ID         `db:"id"`
	Person    db.ID         `db:"person"`
	Name      string        `db:"name"`
	Body      db.ID         `db:"body"`
	Sector    string        `db:"sector"` // "": all that the body does
	ValidFrom calendar.Date `db:"valid_from"`
	ValidTo   calendar.Date `db:"valid_to"` // last day; zero while it stands
	At        db.Instant    `db:"at"`
	By        string        `db:"by_name"`
	Deputy    db.ID         `db:"-"` // who stands in for the person today
	Left      bool          `db:"-"` // the person has left the commission meanwhile: nobody follows
}

// Is reports whether a person follows, or stands in today for who does.
func (f Following) Is(person db.ID) bool {
	return person != "" && (f.Person == person || f.Deputy == person)
}

// NewFollowing is what Follow needs to know.
type NewFollowing struct {
	Person, Body db.ID
	Sector       string
	From         calendar.Date
}

// Followers lists who of the commission could follow a body on a day: they hold a post in it or in one of its units.
func Followers(tx *db.Tx, by access.Actor, day calendar.Date) ([]people.Serving, error) {
	if err := by.May(access.AssignFollowers, by.Body); err != nil {
		return nil, err
	}
	return office(tx, by, day)
}

// office are the commission's people, its units' among them.
func office(tx *db.Tx, by access.Actor, day calendar.Date) ([]people.Serving, error) {
	staff, err := people.Office(tx, by, day)
	return slices.DeleteFunc(staff, func(s people.Serving) bool { return !(access.Actor{Role: s.Role}).OfCommission() }), err
}

// Follow lets somebody of the commission follow a body from a day on. Who followed it until then, in the same sector, does
// so until the day before: one at a time.
func Follow(tx *db.Tx, by access.Actor, n NewFollowing) (db.ID, error) {
	if err := by.May(access.AssignFollowers, n.Body); err != nil {
		return "", err
	}
	today := calendar.OfInstant(tx.Clock())
	who, b, err := n.check(tx, by, today)
	if err != nil {
		return "", err
	}
	var standing []Following
	if err := tx.Select(&standing, followingSelect+`
where f.body = ? and f.sector = ? and (f.valid_to is null or f.valid_to >= ?)
order by f.valid_from`, n.Body, n.Sector, n.From); err != nil {
		return "", err
	}
	for _, old := range standing {
		switch {
		case !old.ValidFrom.Before(n.From):
			return "", fault.Invalid("from", "Từ ngày %s đã ghi đồng chí %s theo dõi %s. Xin chọn ngày sau ngày đó, hoặc ghi thôi phân công đó trước.",
				old.ValidFrom.Vietnamese(), old.Name, b.ShortName)
		case old.Person == n.Person && old.ValidTo.IsZero() && who.Since.Before(old.ValidFrom.AddDays(1)):
			return "", fault.Conflict("Đồng chí %s đang theo dõi %s từ ngày %s rồi.", old.Name, b.ShortName, old.ValidFrom.Vietnamese())
		}
		if _, err := tx.Exec("update following set valid_to = ? where id = ?", n.From.AddDays(-1), old.ID); err != nil {
			return "", err
		}
	}
	id := tx.NewID()
	if _, err := tx.Exec(`
insert into following (id, person, body, sector, valid_from, valid_to, at, by_actor, by_name)
values (?, ?, ?, ?, ?, null, ?, ?, ?)`, id, n.Person, n.Body, n.Sector, n.From, tx.Now(), by.Key(), by.Name); err != nil {
		return "", err
	}
	_, err = journal.WritePrivate(tx, by, "followed", journal.Subject{Kind: "following", ID: id, Body: n.Body},
		journal.Details{"body": b.ShortName, "sector": SectorName(n.Sector), "from": n.From.String()}, journal.Details{"who": who.Name})
	return id, err
}

func (n NewFollowing) check(tx *db.Tx, by access.Actor, today calendar.Date) (who people.Serving, b org.Body, err error) {
	var wrong fault.List
	if n.From.IsZero() {
		wrong.Add("from", "Cần ngày bắt đầu theo dõi.")
	}
	if n.Sector != "" && SectorName(n.Sector) == "" {
		wrong.Add("sector", "Lĩnh vực này không có trong danh sách; xin chọn lại.")
	}
	b, err = org.Find(tx, by, n.Body, today)
	switch {
	case fault.Is(err, fault.KindMissing):
		wrong.Add("body", "Xin chọn cơ quan được theo dõi trong danh sách.")
	case err != nil:
		return who, b, err
	case b.Kind == org.Commission || b.Kind == org.Authority:
		wrong.Add("body", "%s không phải cơ quan để theo dõi; xin chọn một cơ quan của khối.", b.ShortName)
	case !b.ValidTo.IsZero() && b.ValidTo.Before(today):
		wrong.Add("body", "%s đã kết thúc hoạt động ngày %s; xin chọn cơ quan kế nhiệm.", b.ShortName, b.ValidTo.Vietnamese())
	}
	staff, err := office(tx, by, today)
	if err != nil {
		return who, b, err
	}
	at := slices.IndexFunc(staff, func(s people.Serving) bool { return s.Person == n.Person })
	switch {
	case n.Person == "":
		wrong.Add("person", "Xin chọn người của Ban theo dõi cơ quan này.")
	case at < 0:
		wrong.Add("person", "Người theo dõi phải là người của Ban, đang giữ chức vụ và có tài khoản đang dùng. Xin chọn lại.")
	default:
		if who = staff[at]; !n.From.IsZero() && n.From.Before(who.Since) {
			wrong.Add("from", "Đồng chí %s công tác ở Ban liên tục từ ngày %s; ngày theo dõi phải từ ngày đó trở đi.", who.Name, who.Since.Vietnamese())
		}
	}
	return who, b, wrong.Err()
}

// SectorName is a sector's name, "" for none.
func SectorName(code string) string {
	for _, s := range org.AllSectors {
		if s.Code == code {
			return s.Name
		}
	}
	return ""
}

// EndFollowing notes the last day on which somebody follows a body.
func EndFollowing(tx *db.Tx, by access.Actor, id db.ID, last calendar.Date) error {
	f, err := FindFollowing(tx, by, id)
	if err != nil {
		return err
	}
	if err := by.May(access.AssignFollowers, f.Body); err != nil {
		return err
	}
	switch {
	case !f.ValidTo.IsZero():
		return fault.Conflict("Phân công này đã ghi thôi sau ngày %s.", f.ValidTo.Vietnamese())
	case last.IsZero():
		return fault.Invalid("to", "Cần ngày cuối cùng theo dõi.")
	case last.Before(f.ValidFrom.AddDays(-1)): // the day before the first: it was entered by mistake
		return fault.Invalid("to", "Ngày cuối cùng phải từ ngày bắt đầu theo dõi (%s) trở đi.", f.ValidFrom.Vietnamese())
	}
	if _, err := tx.Exec("update following set valid_to = ? where id = ?", last, f.ID); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "follow_ended", journal.Subject{Kind: "following", ID: f.ID, Body: f.Body}, journal.Details{"last": last.String()})
	return err
}

const followingSelect = `
select f.id, f.person, p.name, f.body, f.sector, f.valid_from, f.valid_to, f.at, f.by_name
from following f
join person p on p.id = f.person
`

// FindFollowing gives one; for who assigns them.
func FindFollowing(tx *db.Tx, by access.Actor, id db.ID) (Following, error) {
	if err := by.May(access.AssignFollowers, by.Body); err != nil {
		return Following{}, err
	}
	var f Following
	err := tx.Get(&f, followingSelect+"where f.id = ?", id)
	if errors.Is(err, db.None) {
		return f, fault.Missing("Không có phân công theo dõi này. Xin tải lại trang Người theo dõi.")
	}
	return f, err
}

// Followings lists who follows which body and who did, by body, the newest first; for who assigns them.
func Followings(tx *db.Tx, by access.Actor) ([]Following, error) {
	if err := by.May(access.AssignFollowers, by.Body); err != nil {
		return nil, err
	}
	return followings(tx, by, followingSelect+`
join body b on b.id = f.body
order by b.sort, b.code, f.sector, f.valid_from desc, f.id desc`)
}

// FollowingToday lists who of the commission follows which body today, for the commission.
func FollowingToday(tx *db.Tx, by access.Actor) ([]Following, error) {
	if !by.OfCommission() {
		return nil, nil
	}
	today := calendar.OfInstant(tx.Clock())
	all, err := db.Once(tx, followingOn{today}, func() ([]Following, error) {
		all, err := followings(tx, by, followingSelect+`
where f.valid_from <= ? and (f.valid_to is null or f.valid_to >= ?)
order by f.valid_from, f.id`, today, today)
		return slices.DeleteFunc(all, func(f Following) bool { return f.Left }), err
	})
	return slices.Clone(all), err
}

// followingOn is the key of FollowingToday for db.Once.
type followingOn struct{ day calendar.Date }

// followings reads some and says of each whether its person still serves the commission: with the post it falls back.
func followings(tx *db.Tx, by access.Actor, query string, args ...any) (all []Following, err error) {
	if err := tx.Select(&all, query, args...); err != nil || len(all) == 0 {
		return nil, err
	}
	today := calendar.OfInstant(tx.Clock())
	staff, err := office(tx, by, today)
	if err != nil {
		return nil, err
	}
	away, err := people.StandingIn(tx, by, today)
	for i, f := range all {
		all[i].Left, all[i].Deputy = !serves(f.Person, f.ValidFrom, staff), away[f.Person].Deputy
	}
	return all, err
}
