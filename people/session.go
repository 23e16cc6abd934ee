package people

import (
	"crypto/subtle"
	"errors"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
)

const (
	// idleLimit spans a working day with its lunch hour, so that nobody types a report into a page that has expired; a
	// machine left open overnight is signed out in the morning.
	idleLimit = 12 * time.Hour
	// longestSession makes everybody sign in once a week, used or not.
	longestSession = 7 * 24 * time.Hour
	// touchEvery spares the writer: a session in use is noted every ten minutes, not at every page.
	touchEvery = 10 * time.Minute
)

// DeviceMemory is how long a machine on which somebody signed in is known to that account.
const DeviceMemory = 180 * 24 * time.Hour

// Session is one sign-in on one machine. The cookie is the only copy of its key; ID is the digest of it.
type Session struct {
	ID        string
	Account   db.ID
	FormToken string     // in every form of the session's pages, beside the cookie
	EndsAt    db.Instant // when it ends if nothing more is done
	LacksCode bool       // the office asks the second step of this role, and the account does not use it yet
	OneTime   bool       // the password is one of a slip: it must be changed before anything else
	old       bool
}

// Valid compares a form's token with the session's, in constant time.
func (s Session) Valid(token string) bool {
	return s.FormToken != "" && subtle.ConstantTimeCompare([]byte(s.FormToken), []byte(token)) == 1
}

// Old reports whether Touch has something to note.
func (s Session) Old() bool { return s.old }

type sessionRow struct {
	ID        string      `db:"id"`
	Account   db.ID       `db:"account"`
	FormToken string      `db:"form_token"`
	SeenAt    db.Instant  `db:"seen_at"`
	EndsAt    db.Instant  `db:"ends_at"`
	Person    db.ID       `db:"person"`
	Name      string      `db:"name"`
	Role      access.Role `db:"role"`
	Body      db.ID       `db:"body"`
	Code      string      `db:"code"`
	Factor    bool        `db:"factor"`
	OneTime   bool        `db:"one_time"`
}

// Actor gives whoever the session cookie belongs to. It is Nobody, without an error, when the cookie is unknown or the
// session has ended, when the account is shut, or when no post is held today: authority follows the post, not the
// session. Of several posts the one begun last counts.
func Actor(tx *db.Tx, cookie string) (access.Actor, Session, error) {
	if len(cookie) != secretLength {
		return access.Nobody, Session{}, nil
	}
	day, now := calendar.OfInstant(tx.Clock()), tx.Now()
	var row sessionRow
	err := tx.Get(&row, `
select s.id, s.account, s.form_token, s.seen_at, s.ends_at, p.id as person, p.name, po.role, po.body, b.code,
	exists (select 1 from second_factor f where f.account = s.account and f.confirmed_at is not null) as factor,
	a.one_time_until is not null as one_time
from session s
join account a on a.id = s.account
join person p on p.id = a.person
join post po on po.person = p.id
join body b on b.id = po.body
where s.id = ?
  and s.ends_at > ?
  and s.seen_at > ?
  and not s.waits
  and a.disabled_at is null
  and po.valid_from <= ? and (po.valid_to is null or po.valid_to >= ?)
  and b.valid_from <= ? and (b.valid_to is null or b.valid_to >= ?)
order by po.valid_from desc, po.id desc
limit 1`, digest(cookie), now, now-span(idleLimit), day, day, day, day)
	if errors.Is(err, db.None) {
		return access.Nobody, Session{}, nil
	}
	if err != nil {
		return access.Nobody, Session{}, err
	}
	s := Session{ID: row.ID, Account: row.Account, FormToken: row.FormToken,
		EndsAt: min(row.EndsAt, row.SeenAt+span(idleLimit)), OneTime: row.OneTime,
		old: row.SeenAt <= now-span(touchEvery)}
	if !row.Factor {
		if s.LacksCode, err = needsCode(tx, row.Role); err != nil {
			return access.Nobody, Session{}, err
		}
	}
	return access.Actor{Person: row.Person, Name: row.Name, Role: row.Role, Body: row.Body, BodyCode: row.Code}, s, nil
}

func span(d time.Duration) db.Instant { return db.Instant(d.Microseconds()) }

// Touch notes that a session is in use; it writes only when the last note is older than ten minutes.
func Touch(tx *db.Tx, s Session) error {
	if s.ID == "" {
		return nil
	}
	_, err := tx.Exec("update session set seen_at = ? where id = ? and ends_at > ? and seen_at <= ?",
		tx.Now(), s.ID, tx.Now(), tx.Now()-span(touchEvery))
	return err
}

// begin writes a session of an account and gives its cookie; device is the machine's mark, "" to forget the machine. One
// that waits is nobody's until EnterCode.
func begin(tx *db.Tx, account db.ID, device string, waits bool) (cookie string, err error) {
	cookie = secret()
	lasts := longestSession
	if waits {
		lasts = waitForCode
	}
	// The rows of ended sessions are the memory of known machines; past that memory they go.
	if _, err := tx.Exec("delete from session where account = ? and ends_at < ?", account, tx.Now()-span(DeviceMemory)); err != nil {
		return "", err
	}
	_, err = tx.Exec(`
insert into session (id, account, device, form_token, created_at, seen_at, ends_at, waits)
values (?, ?, ?, ?, ?, ?, ?, ?)`,
		digest(cookie), account, digest(device), secret(), tx.Now(), tx.Now(), tx.Now()+span(lasts), waits)
	return cookie, err
}

// holder is the account's actor today, whose session begins.
func holder(tx *db.Tx, cookie string) (access.Actor, error) {
	by, _, err := Actor(tx, cookie)
	if err == nil && !by.SignedIn() {
		err = fault.Forbidden("Tài khoản này hiện không gắn với chức vụ nào đang có hiệu lực. Xin báo quản trị cập nhật chức vụ ở trang Tài khoản.")
	}
	return by, err
}

// SignInAs begins a session of a person without a password: for the demonstration and --dev, on this machine only,
// which the door makes sure of.
func SignInAs(tx *db.Tx, personID db.ID) (cookie string, err error) {
	var account db.ID
	err = tx.Get(&account, "select id from account where person = ? and disabled_at is null", string(personID))
	if errors.Is(err, db.None) {
		return "", fault.Missing("Cán bộ này không có tài khoản đang dùng.")
	}
	if err != nil {
		return "", err
	}
	if cookie, err = begin(tx, account, "", false); err != nil {
		return "", err
	}
	by, err := holder(tx, cookie)
	if err != nil {
		return "", err
	}
	_, err = journal.Write(tx, by, "signed_in", journal.Subject{Kind: "account", ID: account, Body: by.Body}, journal.Details{"way": "one_click"})
	return cookie, err
}

// SignOut ends the session of this cookie. A cookie that is nobody's changes nothing.
func SignOut(tx *db.Tx, by access.Actor, cookie string) error {
	var account db.ID
	err := tx.Get(&account, `
select s.account
from session s
join account a on a.id = s.account
where s.id = ? and s.ends_at > ? and a.person = ?`, digest(cookie), tx.Now(), string(by.Person))
	if errors.Is(err, db.None) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := tx.Exec("update session set ends_at = ? where id = ?", tx.Now(), digest(cookie)); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "signed_out", journal.Subject{Kind: "account", ID: account, Body: by.Body}, nil)
	return err
}
