package people

import (
	"errors"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/pattern"
	"giaoban/journal"
)

// Account is what a person signs in with, and the post it stands on today.
type Account struct {
	ID         db.ID      `db:"id"`
	Person     db.ID      `db:"person"`
	Name       string     `db:"name"`
	Login      string     `db:"login"`
	CreatedAt  db.Instant `db:"created_at"`
	DisabledAt db.Instant `db:"disabled_at"` // 0 while it may be used
	LastSeen   db.Instant `db:"last_seen"`   // to the ten minutes; 0 when never
	HasPhrase  bool       `db:"has_phrase"`  // a password is set
	// OneTimeUntil is until when the password of a slip may be used; 0 for one that its owner chose.
	OneTimeUntil db.Instant  `db:"one_time_until"`
	Role         access.Role `db:"role"` // of the post held today; "" without one
	Title        string      `db:"title"`
	Body         db.ID       `db:"body"`
	BodyCode     string      `db:"body_code"`
}

// Disabled reports whether the account is shut.
func (a Account) Disabled() bool { return a.DisabledAt != 0 }

// accountSelect binds the day twice.
const accountSelect = `
select a.id, a.person, p.name, a.login, a.created_at, a.disabled_at, a.password <> '' as has_phrase, a.one_time_until,
	coalesce((select max(s.seen_at) from session s where s.account = a.id), 0) as last_seen,
	coalesce(po.role, '') as role, coalesce(po.title, '') as title, po.body, coalesce(b.code, '') as body_code
from account a
join person p on p.id = a.person
left join post po on po.id = ` + actsBy + `
left join body b on b.id = po.body
`

var loginForm = pattern.Of(`^[a-z0-9][a-z0-9._@-]{2,63}$`)

// readLogin gives a login as it is kept: people type it with capitals and spaces around it.
func readLogin(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// CheckLogin says what is wrong with a name to sign in with.
func CheckLogin(login string) error {
	if !loginForm().MatchString(readLogin(login)) {
		return fault.Invalid("login", "Tên đăng nhập gồm 3 đến 64 chữ không dấu, chữ số hoặc . - _ @, ví dụ nva.syt.")
	}
	return nil
}

// AddAccount lets a person sign in. passwordHash comes from HashPassword; "" for an account without a password.
func AddAccount(tx *db.Tx, by access.Actor, personID db.ID, login, passwordHash string) (db.ID, error) {
	if err := by.May(access.ManageAccounts, by.Body); err != nil {
		return "", err
	}
	if _, err := person(tx, personID); err != nil {
		return "", err
	}
	if err := CheckLogin(login); err != nil {
		return "", err
	}
	login = readLogin(login)
	if passwordHash != "" {
		if _, _, _, err := readPHC(passwordHash); err != nil {
			return "", err
		}
	}
	taken, err := tx.Exists("select 1 from account where login = ?", login)
	if err != nil {
		return "", err
	}
	if taken {
		return "", fault.Invalid("login", "Tên đăng nhập %s đã có người dùng. Xin chọn tên khác.", login)
	}
	open, err := tx.Exists("select 1 from account where person = ? and disabled_at is null", string(personID))
	if err != nil {
		return "", err
	}
	if open {
		return "", fault.Conflict("Cán bộ này đã có tài khoản đang dùng. Mỗi người chỉ dùng một tài khoản; hãy đặt lại mật khẩu của tài khoản đó.")
	}
	id := tx.NewID()
	if _, err := tx.Exec("insert into account (id, person, login, password, created_at, disabled_at) values (?, ?, ?, ?, ?, null)",
		id, personID, login, passwordHash, tx.Now()); err != nil {
		return "", err
	}
	_, err = journal.WritePrivate(tx, by, "created", journal.Subject{Kind: "account", ID: id}, nil, journal.Details{"login": login})
	return id, err
}

// Accounts lists all accounts by given name.
func Accounts(tx *db.Tx, by access.Actor) ([]Account, error) {
	if err := by.May(access.ManageAccounts, by.Body); err != nil {
		return nil, err
	}
	day := calendar.OfInstant(tx.Clock())
	var all []Account
	err := tx.Select(&all, accountSelect+"order by p.sort_key, a.id", day, day)
	return all, err
}

// FindAccount gives one account by its id or its login; for who manages accounts and for its owner.
func FindAccount(tx *db.Tx, by access.Actor, idOrLogin string) (Account, error) {
	a, err := account(tx, idOrLogin)
	if err == nil && (by.Person == "" || by.Person != a.Person) {
		err = by.May(access.ManageAccounts, by.Body)
	} else if fault.Is(err, fault.KindMissing) {
		if may := by.May(access.ManageAccounts, by.Body); may != nil { // which logins exist is not for everybody
			err = may
		}
	}
	if err != nil {
		return Account{}, err
	}
	return a, nil
}

func account(tx *db.Tx, idOrLogin string) (Account, error) {
	day := calendar.OfInstant(tx.Clock())
	var a Account
	err := tx.Get(&a, accountSelect+"where a.id = ? or a.login = ?", day, day, idOrLogin, readLogin(idOrLogin))
	if errors.Is(err, db.None) {
		return a, fault.Missing("Không có tài khoản này. Xem tên đăng nhập ở trang Tài khoản.")
	}
	return a, err
}

// SetPassword puts a new password, hashed by HashPassword outside the transaction, and ends all sessions of the
// account: whoever knew the old one is out. The owner and who manages accounts may do it.
func SetPassword(tx *db.Tx, by access.Actor, accountID db.ID, passwordHash string) error {
	a, err := FindAccount(tx, by, string(accountID))
	if err != nil {
		return err
	}
	if a.Disabled() {
		return fault.Conflict("Tài khoản %s đang khóa. Xin mở khóa trước khi đặt mật khẩu.", a.Login)
	}
	if _, _, _, err := readPHC(passwordHash); err != nil {
		return err
	}
	if _, err := tx.Exec("update account set password = ?, one_time_until = null where id = ?", passwordHash, a.ID); err != nil {
		return err
	}
	if err := endSessions(tx, a.ID); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "password_set", subject(a), journal.Details{"own": by.Person == a.Person})
	return err
}

// Disable shuts an account; its sessions end at once.
func Disable(tx *db.Tx, by access.Actor, accountID db.ID) error {
	if err := by.May(access.ManageAccounts, by.Body); err != nil {
		return err
	}
	a, err := account(tx, string(accountID))
	if err != nil {
		return err
	}
	if a.Disabled() {
		return fault.Conflict("Tài khoản %s đã khóa từ %s.", a.Login, a.DisabledAt)
	}
	if a.Person == by.Person {
		return fault.Conflict("Không thể tự khóa tài khoản của mình; việc này phải do quản trị khác làm.")
	}
	if _, err := tx.Exec("update account set disabled_at = ? where id = ?", tx.Now(), a.ID); err != nil {
		return err
	}
	if err := endSessions(tx, a.ID); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "disabled", subject(a), nil)
	return err
}

// Enable opens a shut account again.
func Enable(tx *db.Tx, by access.Actor, accountID db.ID) error {
	if err := by.May(access.ManageAccounts, by.Body); err != nil {
		return err
	}
	a, err := account(tx, string(accountID))
	if err != nil {
		return err
	}
	if !a.Disabled() {
		return fault.Conflict("Tài khoản %s đang dùng được, không cần mở khóa.", a.Login)
	}
	other, err := tx.Exists("select 1 from account where person = ? and disabled_at is null", string(a.Person))
	if err != nil {
		return err
	}
	if other {
		return fault.Conflict("Cán bộ này đã có tài khoản khác đang dùng. Mỗi người chỉ dùng một tài khoản.")
	}
	if _, err := tx.Exec("update account set disabled_at = null where id = ?", a.ID); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "enabled", subject(a), nil)
	return err
}

func subject(a Account) journal.Subject {
	return journal.Subject{Kind: "account", ID: a.ID, Body: a.Body}
}

func endSessions(tx *db.Tx, account db.ID) error {
	_, err := tx.Exec("update session set ends_at = ? where account = ? and ends_at > ?", tx.Now(), account, tx.Now())
	return err
}
