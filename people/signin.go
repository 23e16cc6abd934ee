package people

import (
	"errors"
	"math"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
)

// Signing in takes three steps, so that the slow one holds nobody up: Check reads, Matches hashes outside any
// transaction, SignIn writes the outcome.

// bound is how many failures count within a while before guesses are no longer looked at.
type bound struct {
	most   int
	within time.Duration
}

var (
	// perAccount: ten a minute lets a clumsy typist on, and a hundred an hour makes 2,400 guesses a day, which no
	// password of twelve characters fears.
	perAccount = []bound{{10, time.Minute}, {100, time.Hour}}
	// perAccountAndHost leaves the real user, who comes from another address, a part of the account's budget.
	perAccountAndHost = []bound{{8, time.Minute}, {60, time.Hour}}
	// perHost bounds spraying over many accounts from one address. An office behind one address has known devices.
	perHost = []bound{{10, time.Minute}, {200, time.Hour}}
	// perDevice is the budget of a machine on which the account has signed in before; nobody else can use it up.
	perDevice = []bound{{10, time.Minute}}
)

const failureMemory = time.Hour // no bound looks back further

// Candidate is somebody at the sign-in page: what is stored of the login that was typed, or of nobody's.
type Candidate struct {
	login   string // digest of what was typed
	account db.ID  // "" when the login is unknown or the account is shut
	hash    string
	device  string // the machine's mark
	known   bool   // the account has signed in on this machine before
	busy    *bool
}

// Device is the mark for the browser to keep after a successful sign-in, for DeviceMemory: with it the real user still
// enters while somebody else is guessing. It signs nobody in.
func (c Candidate) Device() string { return c.device }

// Check looks a login up. device is the mark this browser has kept, or ""; host the address the request came from. A
// TooMany fault when so many guesses failed that no more are looked at.
func Check(tx *db.Tx, login, device, host string) (Candidate, error) {
	login = readLogin(login)
	c := Candidate{login: digest(login), busy: new(bool)}
	var row struct {
		ID       db.ID  `db:"id"`
		Password string `db:"password"`
	}
	err := tx.Get(&row, "select id, password from account where login = ? and disabled_at is null", login)
	if err != nil && !errors.Is(err, db.None) {
		return c, err
	}
	c.account, c.hash = row.ID, row.Password
	if c.account != "" && len(device) == secretLength {
		if c.known, err = tx.Exists("select 1 from session where account = ? and device = ? and created_at > ? and not waits",
			c.account, digest(device), tx.Now()-span(DeviceMemory)); err != nil {
			return c, err
		}
	}
	if c.device = device; !c.known {
		c.device = secret() // a mark that the account does not know is never taken over
	}
	return c, c.bounded(tx, hostKey(host))
}

// Matches hashes the password and compares; the work is the same when there is no such account. It waits for its turn:
// two hashes run at a time in the process.
func (c Candidate) Matches(password string) bool {
	if !hashing.enter(10 * time.Second) {
		*c.busy = true
		return false
	}
	defer hashing.leave()
	return same(c.compared(), password) && c.hash != "" && c.account != ""
}

// compared is the hash that a guess is compared with: an unknown login costs what a known one does.
func (c Candidate) compared() string {
	if c.account == "" || c.hash == "" {
		return nobodysHash()
	}
	return c.hash
}

// SignIn writes the outcome of Matches. On success it gives the session's cookie, of a session that Waits for a code where
// the account uses the second step; a wrong login or password is a fault
// that NoteFailure must put on record in the same commit (db.WriteOr), or guessing would cost nothing. TooMany and Busy
// mean that the guess was not looked at, whatever ok says.
func SignIn(tx *db.Tx, c Candidate, ok bool, host string) (cookie string, err error) {
	if *c.busy {
		return "", errBusy()
	}
	// Looked at again here, where all writes stand in one line: a thousand guesses sent at once are still ten.
	if err := c.bounded(tx, hostKey(host)); err != nil {
		return "", err
	}
	if !ok || c.account == "" {
		return "", errWrong
	}
	// Between the reading and now the account may have been shut or its password changed.
	var until db.Instant
	err = tx.Get(&until, "select one_time_until from account where id = ? and password = ? and disabled_at is null", c.account, c.hash)
	switch {
	case errors.Is(err, db.None):
		return "", errWrong
	case err != nil:
		return "", err
	case until != 0 && until < tx.Now():
		return "", fault.Invalid("password", "Mật khẩu trên phiếu đã hết hạn từ %s. Xin quản trị in phiếu mới.", until)
	}
	waits, err := tx.Exists("select 1 from second_factor where account = ? and confirmed_at is not null", c.account)
	if err != nil {
		return "", err
	}
	if cookie, err = begin(tx, c.account, c.device, waits); err != nil || waits {
		return cookie, err
	}
	by, err := holder(tx, cookie)
	if err != nil {
		return "", err
	}
	_, err = journal.WritePrivate(tx, by, "signed_in", journal.Subject{Kind: "account", ID: c.account, Body: by.Body},
		journal.Details{"way": "password", "known_device": c.known}, journal.Details{"host": hostKey(host)})
	return cookie, err
}

// errWrong never says which of the two was wrong.
var errWrong = fault.Invalid("password", "Tên đăng nhập hoặc mật khẩu không đúng. Xin gõ lại; nếu quên mật khẩu, báo quản trị đặt lại.")

// NoteFailure puts a failed sign-in on record: the failure counts against the account and the address, and the journal
// has a line. err is what SignIn gave; for any other error than a wrong login or password it does nothing.
func NoteFailure(tx *db.Tx, c Candidate, host string, err error) error {
	if !errors.Is(err, errWrong) {
		return nil
	}
	if _, err := tx.Exec("delete from sign_in_failure where at < ?", tx.Now()-span(failureMemory)); err != nil {
		return err
	}
	device := ""
	if c.known {
		device = digest(c.device)
	}
	if _, err := tx.Exec("insert into sign_in_failure (id, login, host, device, at) values (?, ?, ?, ?, ?)",
		tx.NewID(), c.login, hostKey(host), device, tx.Now()); err != nil {
		return err
	}
	// What was typed stays out of the journal: it may be a password in the wrong field.
	_, err = journal.WritePrivate(tx, access.Nobody, "sign_in_failed", journal.Subject{Kind: "account", ID: c.account},
		journal.Details{"known_login": c.account != ""}, journal.Details{"host": hostKey(host)})
	return err
}

// bounded refuses when a budget is used up.
func (c Candidate) bounded(tx *db.Tx, host string) error {
	if c.known {
		return within(tx, perDevice, "login = ? and device = ?", c.login, digest(c.device))
	}
	if err := within(tx, perAccount, "login = ? and device = ''", c.login); err != nil {
		return err
	}
	if err := within(tx, perAccountAndHost, "login = ? and host = ? and device = ''", c.login, host); err != nil {
		return err
	}
	return within(tx, perHost, "host = ? and device = ''", host)
}

func within(tx *db.Tx, bounds []bound, where string, args ...any) error {
	for _, b := range bounds {
		var failures []db.Instant
		if err := tx.Select(&failures, "select at from sign_in_failure where "+where+" and at > ? order by at desc limit ?",
			append(append([]any(nil), args...), tx.Now()-span(b.within), b.most)...); err != nil {
			return err
		}
		if len(failures) == b.most {
			wait := time.Duration(failures[b.most-1]+span(b.within)-tx.Now()) * time.Microsecond
			return fault.TooMany("Đã thử sai quá nhiều lần. Xin chờ %s rồi đăng nhập lại; máy đã từng đăng nhập tài khoản này không phải chờ.", waiting(wait))
		}
	}
	return nil
}

func waiting(d time.Duration) string {
	if d > 90*time.Second {
		return strconv.Itoa(int(math.Ceil(d.Minutes()))) + " phút"
	}
	return strconv.Itoa(max(1, int(math.Ceil(d.Seconds())))) + " giây"
}

// hostKey is what one user of the network can hardly change: the address, and of IPv6 the /64 a line is given.
func hostKey(host string) string {
	if ap, err := netip.ParseAddrPort(host); err == nil {
		host = ap.Addr().String()
	}
	a, err := netip.ParseAddr(strings.Trim(host, "[]"))
	if err != nil {
		return host
	}
	a = a.Unmap().WithZone("")
	if a.Is6() {
		p, _ := a.Prefix(64)
		return p.String()
	}
	return a.String()
}
