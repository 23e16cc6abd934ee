// Package people keeps cán bộ: persons with their dated posts, the accounts and sessions they sign in with, and the
// tokens of outside programs. From each of them follows an access.Actor.
package people

import (
	"errors"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/org"
)

// Person is one official. The name is personal data: it stands in the journal only where it can be erased.
type Person struct {
	ID    db.ID  `db:"id"`
	Name  string `db:"name"`
	Phone string `db:"phone"` // of the office; "" when not given or not for these eyes
}

// longest is how many characters a name, a title or a telephone number may have.
const longest = 200

// AddPerson enters an official; phone is the one at the office and may be "".
func AddPerson(tx *db.Tx, by access.Actor, name, phone string) (db.ID, error) {
	if err := by.May(access.ManageAccounts, by.Body); err != nil {
		return "", err
	}
	if err := CheckPerson(name, phone); err != nil {
		return "", err
	}
	name, phone = line(name), line(phone)
	id := tx.NewID()
	if _, err := tx.Exec("insert into person (id, name, sort_key, phone) values (?, ?, ?, ?)",
		id, name, fold.PersonKey(name), phone); err != nil {
		return "", err
	}
	_, err := journal.WritePrivate(tx, by, "created", journal.Subject{Kind: "person", ID: id}, nil, journal.Details{"name": name})
	return id, err
}

// CheckPerson says what is wrong with how an official is written.
func CheckPerson(name, phone string) error {
	var wrong fault.List
	name, phone = line(name), line(phone)
	if name == "" {
		wrong.Add("name", "Cần họ và tên của cán bộ.")
	}
	if len([]rune(name)) > longest || len([]rune(phone)) > longest {
		wrong.Add("name", "Họ tên và số điện thoại dài tối đa %d ký tự.", longest)
	}
	return wrong.Err()
}

// Persons lists all officials by given name; only for who manages accounts.
func Persons(tx *db.Tx, by access.Actor) ([]Person, error) {
	if err := by.May(access.ManageAccounts, by.Body); err != nil {
		return nil, err
	}
	var all []Person
	err := tx.Select(&all, "select id, name, phone from person order by sort_key, id")
	return all, err
}

// FindPerson gives one official. The telephone is for who may call: the commission, the administrator, oneself.
func FindPerson(tx *db.Tx, by access.Actor, id db.ID) (Person, error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return Person{}, err
	}
	p, err := person(tx, id)
	if err == nil && !by.OfCommission() && by.Role != access.Administrator && by.Person != id {
		p.Phone = ""
	}
	return p, err
}

func person(tx *db.Tx, id db.ID) (Person, error) {
	var p Person
	err := tx.Get(&p, "select id, name, phone from person where id = ?", string(id))
	if errors.Is(err, db.None) {
		return p, fault.Missing("Không có cán bộ này. Xin chọn lại từ trang Tài khoản.")
	}
	return p, err
}

// Post is a chức vụ: who holds which title in which body, from when to when.
type Post struct {
	ID        db.ID         `db:"id"`
	Person    db.ID         `db:"person"`
	Name      string        `db:"name"` // of the person
	Phone     string        `db:"phone"`
	Body      db.ID         `db:"body"`
	Title     string        `db:"title"`
	Role      access.Role   `db:"role"`
	Signs     Signing       `db:"signs"` // how it signs papers
	ValidFrom calendar.Date `db:"valid_from"`
	ValidTo   calendar.Date `db:"valid_to"` // last day; zero while it is held
}

// AddPost gives an official a title and a role in a body, and says how the post signs. to is the last day, zero while open.
func AddPost(tx *db.Tx, by access.Actor, personID, body db.ID, title string, role access.Role, signs Signing, from, to calendar.Date) (db.ID, error) {
	if err := by.May(access.ManageAccounts, body); err != nil {
		return "", err
	}
	if _, err := person(tx, personID); err != nil {
		return "", err
	}
	b, err := org.Find(tx, by, body, from)
	if err != nil {
		return "", err
	}
	var wrong fault.List
	title = line(title)
	signs, err = CheckPost(b, title, role, signs)
	if err := wrong.AddError("title", err); err != nil {
		return "", err
	}
	if from.IsZero() {
		wrong.Add("from", "Cần ngày bắt đầu giữ chức vụ.")
	}
	if !to.IsZero() && to.Before(from) {
		wrong.Add("to", "Ngày thôi giữ chức vụ phải từ ngày bắt đầu (%s) trở đi.", from.Vietnamese())
	}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	if err := aloneAtTheHead(tx, b, signs, from, to); err != nil {
		return "", err
	}
	id := tx.NewID()
	if _, err := tx.Exec("insert into post (id, person, body, title, role, signs, valid_from, valid_to) values (?, ?, ?, ?, ?, ?, ?, ?)",
		id, personID, body, title, string(role), string(signs), from, to); err != nil {
		return "", err
	}
	_, err = journal.Write(tx, by, "appointed", journal.Subject{Kind: "person", ID: personID, Body: body},
		journal.Details{"post": string(id), "title": title, "role": string(role), "signs": signs.Name(), "body": b.Code, "from": from.String(), "to": to.String()})
	return id, err
}

// CheckPost says what is wrong with a post in a body, whoever holds it and since when, and how the post signs.
func CheckPost(b org.Body, title string, role access.Role, signs Signing) (Signing, error) {
	var wrong fault.List
	title = line(title)
	if title == "" {
		wrong.Add("title", "Cần chức vụ, ghi như in dưới chữ ký, ví dụ Phó Trưởng Ban.")
	}
	if len([]rune(title)) > longest {
		wrong.Add("title", "Chức vụ dài tối đa %d ký tự.", longest)
	}
	wrong.AddError("role", fits(role, b))
	if !slices.Contains(Signings, signs) {
		wrong.Add("signs", "Quyền ký “%s” không có trong danh sách; xin chọn lại.", string(signs))
	}
	if signs == SignsByTitle {
		signs = readSigning(title, role, b.Kind)
	}
	return signs, wrong.Err()
}

// fits refuses a role that would look over all bodies to whoever is not of the commission.
func fits(role access.Role, b org.Body) error {
	if !role.Known() {
		return fault.Invalid("role", "Vai trò “%s” không có trong bảng Phân quyền.", string(role))
	}
	ours := b.Kind == org.Commission || b.Kind == org.OwnUnit
	if (access.Actor{Role: role}).OfCommission() && !ours {
		return fault.Invalid("role", "Vai trò “%s” xem được báo cáo của mọi cơ quan nên chỉ dành cho người của Ban, không dành cho %s.",
			role.Name(), b.ShortName)
	}
	return nil
}

// EndPost notes the last day of a post; authority ends with that day, in sessions that are open too.
func EndPost(tx *db.Tx, by access.Actor, postID db.ID, last calendar.Date) error {
	if err := by.May(access.ManageAccounts, by.Body); err != nil {
		return err
	}
	p, err := post(tx, postID)
	if err != nil {
		return err
	}
	if last.IsZero() {
		return fault.Invalid("to", "Cần ngày cuối cùng giữ chức vụ.")
	}
	if last.Before(p.ValidFrom.AddDays(-1)) { // the day before the first: the post was entered by mistake
		return fault.Invalid("to", "Ngày cuối cùng phải từ ngày bắt đầu giữ chức vụ (%s) trở đi.", p.ValidFrom.Vietnamese())
	}
	if _, err := tx.Exec("update post set valid_to = ? where id = ?", last, string(postID)); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "post_ended", journal.Subject{Kind: "person", ID: p.Person, Body: p.Body},
		journal.Details{"post": string(postID), "title": p.Title, "last": last.String()})
	return err
}

// FindPost gives one post; for who manages accounts.
func FindPost(tx *db.Tx, by access.Actor, id db.ID) (Post, error) {
	if err := by.May(access.ManageAccounts, by.Body); err != nil {
		return Post{}, err
	}
	return post(tx, id)
}

func post(tx *db.Tx, id db.ID) (Post, error) {
	var p Post
	err := tx.Get(&p, postSelect+"where po.id = ?", string(id))
	if errors.Is(err, db.None) {
		return p, fault.Missing("Không có chức vụ này. Xin tải lại trang Tài khoản.")
	}
	return p, err
}

const postSelect = `
select po.id, po.person, p.name, p.phone, po.body, po.title, po.role, po.signs, po.valid_from, po.valid_to
from post po
join person p on p.id = po.person
`

// PostsOf lists who held which post of a body on a day, leaders first: signers, delegates, whom to call.
func PostsOf(tx *db.Tx, by access.Actor, body db.ID, day calendar.Date) ([]Post, error) {
	if err := by.May(access.ReadBodies, body); err != nil {
		return nil, err
	}
	var posts []Post
	err := tx.Select(&posts, postSelect+`
where po.body = ? and po.valid_from <= ? and (po.valid_to is null or po.valid_to >= ?)
order by case when po.role in ('commission_leader', 'agency_leader') then 0 else 1 end, p.sort_key, po.id`,
		string(body), day, day)
	if !by.OfCommission() && by.Role != access.Administrator && by.Body != body {
		for i := range posts {
			posts[i].Phone = ""
		}
	}
	return posts, err
}

// PostsOn lists every post that is held on a day; for who manages accounts.
func PostsOn(tx *db.Tx, by access.Actor, day calendar.Date) ([]Post, error) {
	if err := by.May(access.ManageAccounts, by.Body); err != nil {
		return nil, err
	}
	var posts []Post
	err := tx.Select(&posts, postSelect+`
where po.valid_from <= ? and (po.valid_to is null or po.valid_to >= ?)
order by po.body, p.sort_key, po.id`, day, day)
	return posts, err
}

// PostsHeldBy lists the posts of one person, the newest first; for who manages accounts and for oneself.
func PostsHeldBy(tx *db.Tx, by access.Actor, personID db.ID) ([]Post, error) {
	if by.Person != personID || personID == "" {
		if err := by.May(access.ManageAccounts, by.Body); err != nil {
			return nil, err
		}
	}
	var posts []Post
	err := tx.Select(&posts, postSelect+"where po.person = ? order by po.valid_from desc, po.id desc", string(personID))
	return posts, err
}

// Listed is one person as the sign-in page of a demonstration shows them: who, and in which chair.
type Listed struct {
	ID    db.ID       `db:"id"` // of the person
	Name  string      `db:"name"`
	Title string      `db:"title"`
	Body  string      `db:"body"` // its short name on that day
	Role  access.Role `db:"role"`
	Kind  org.Kind    `db:"kind"` // of the body
}

// Everyone lists who can sign in on a day, in the order of the bodies, leaders first; for who manages accounts.
func Everyone(tx *db.Tx, by access.Actor, day calendar.Date) ([]Listed, error) {
	if err := by.May(access.ManageAccounts, by.Body); err != nil {
		return nil, err
	}
	var all []Listed
	err := tx.Select(&all, `
select p.id, p.name, po.title, n.short_name as body, po.role, b.kind
from account a
join person p on p.id = a.person
join post po on po.person = p.id and po.valid_from <= ? and (po.valid_to is null or po.valid_to >= ?)
join body b on b.id = po.body and b.valid_from <= ? and (b.valid_to is null or b.valid_to >= ?)
join body_name n on n.body = b.id and n.valid_from <= ? and (n.valid_to is null or n.valid_to >= ?)
where a.disabled_at is null
order by b.sort, b.code, case when po.role in ('commission_leader', 'agency_leader') then 0 else 1 end, p.sort_key, p.id`,
		day, day, day, day, day, day)
	return all, err
}
