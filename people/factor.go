package people

import (
	"bytes"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"encoding/base64"
	"errors"
	"fmt"
	"image/png"
	"strings"
	"time"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/pattern"
	"giaoban/journal"
	"giaoban/org"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
)

// The second step of signing in (xác thực hai bước): a code that a telephone makes of a secret and the time, RFC 6238 as
// every such program does it: six digits, 30 seconds, SHA-1.

const (
	codeSpan      = 30              // seconds
	waitForCode   = 5 * time.Minute // how long a session waits for its code
	recoveryCodes = 10
)

// LeadersNeedCode is the setting that asks the leaders' accounts for a second step too: "1" or "".
const LeadersNeedCode = "leaders_need_code"

// Factor is what an account has of the second step.
type Factor struct {
	Needed      bool       // the office asks it of this role
	ConfirmedAt db.Instant // 0 while it is not in use
	Codes       int        // recovery codes not used yet
}

// On reports whether signing in asks for a code.
func (f Factor) On() bool { return f.ConfirmedAt != 0 }

// Key is a secret to be carried to a telephone: by a picture, by a link, or typed.
type Key struct {
	Secret  string // base32 in groups of four
	Link    string // otpauth://…
	Picture string // the link as a QR code, a PNG as data: URI
}

// FactorOf tells how an account stands: the owner's, or any to who manages accounts.
func FactorOf(tx *db.Tx, by access.Actor, account db.ID) (f Factor, err error) {
	a, err := FindAccount(tx, by, string(account))
	if err != nil {
		return f, err
	}
	if f.Needed, err = needsCode(tx, a.Role); err != nil {
		return f, err
	}
	err = tx.Get(&f.ConfirmedAt, "select coalesce(confirmed_at, 0) from second_factor where account = ?", a.ID)
	if err != nil && !errors.Is(err, db.None) {
		return f, err
	}
	return f, tx.Get(&f.Codes, "select count(*) from recovery_code where account = ? and used_at is null", a.ID)
}

// needsCode reports whether the office asks the second step of this role.
func needsCode(tx *db.Tx, role access.Role) (bool, error) {
	switch role {
	case access.Administrator:
		return true, nil
	case access.CommissionLeader, access.AgencyLeader:
		value, err := org.Setting(tx, LeadersNeedCode)
		return value == "1", err
	}
	return false, nil
}

// BeginFactor makes a new secret for the actor's own account; nothing asks for it until ConfirmFactor. While the second
// step is on it is Conflict: it is turned off first.
func BeginFactor(tx *db.Tx, by access.Actor, account db.ID, office string) (Key, error) {
	a, err := ownFactor(tx, by, account, false)
	if err != nil {
		return Key{}, err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: office, AccountName: a.Login})
	if err != nil {
		return Key{}, err
	}
	if _, err := tx.Exec(`
insert into second_factor (account, secret, made_at, confirmed_at, last_step) values (?, ?, ?, null, 0)
on conflict (account) do update set secret = excluded.secret, made_at = excluded.made_at`, a.ID, key.Secret(), tx.Now()); err != nil {
		return Key{}, err
	}
	if _, err = journal.Write(tx, by, "factor_begun", subject(a), nil); err != nil {
		return Key{}, err
	}
	return shown(key)
}

// BegunFactor shows the secret of BeginFactor again while it waits for its first code; Missing when none does.
func BegunFactor(tx *db.Tx, by access.Actor, account db.ID, office string) (Key, error) {
	a, err := ownFactor(tx, by, account, false)
	if err != nil {
		return Key{}, err
	}
	var secret string
	if err := tx.Get(&secret, "select secret from second_factor where account = ?", a.ID); errors.Is(err, db.None) {
		return Key{}, fault.Missing("Chưa có mã bí mật nào chờ xác nhận. Xin bấm Bật xác thực hai bước.")
	} else if err != nil {
		return Key{}, err
	}
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		return Key{}, err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: office, AccountName: a.Login, Secret: raw})
	if err != nil {
		return Key{}, err
	}
	return shown(key)
}

func shown(key *otp.Key) (Key, error) {
	const pixels = 240
	picture, err := key.Image(pixels, pixels)
	if err != nil {
		return Key{}, err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		return Key{}, err
	}
	var groups []string
	for rest := key.Secret(); rest != ""; {
		n := min(4, len(rest))
		groups, rest = append(groups, rest[:n]), rest[n:]
	}
	return Key{Secret: strings.Join(groups, " "), Link: key.URL(), Picture: "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes())}, nil
}

// ConfirmFactor turns the second step on with a first right code and gives the recovery codes, which are shown once.
func ConfirmFactor(tx *db.Tx, by access.Actor, account db.ID, code string) (recovery []string, err error) {
	a, err := ownFactor(tx, by, account, false)
	if err != nil {
		return nil, err
	}
	if right, err := takeCode(tx, a.ID, code); err != nil || !right {
		return nil, orWrong(err)
	}
	if _, err := tx.Exec("update second_factor set confirmed_at = ? where account = ?", tx.Now(), a.ID); err != nil {
		return nil, err
	}
	if _, err := journal.Write(tx, by, "factor_on", subject(a), nil); err != nil {
		return nil, err
	}
	return newCodes(tx, a.ID)
}

// RenewCodes makes new recovery codes; the old ones serve no longer.
func RenewCodes(tx *db.Tx, by access.Actor, account db.ID, code string) (recovery []string, err error) {
	a, err := ownFactor(tx, by, account, true)
	if err != nil {
		return nil, err
	}
	if right, err := takeCode(tx, a.ID, code); err != nil || !right {
		return nil, orWrong(err)
	}
	if _, err := journal.Write(tx, by, "codes_renewed", subject(a), nil); err != nil {
		return nil, err
	}
	return newCodes(tx, a.ID)
}

// DropFactor turns the second step off: the owner with a right code, unless the office asks it of the role; who manages
// accounts for somebody else whose telephone is lost. It is asked for again at the next sign-in of whoever needs it.
func DropFactor(tx *db.Tx, by access.Actor, account db.ID, code string) error {
	a, err := FindAccount(tx, by, string(account))
	if err != nil {
		return err
	}
	if own := by.Person == a.Person; own {
		if needed, err := needsCode(tx, a.Role); err != nil {
			return err
		} else if needed {
			return fault.Conflict("Cơ quan yêu cầu vai trò này xác thực hai bước nên không tắt được. Đổi điện thoại: xin quản trị khác bỏ rồi bật lại.")
		}
		if right, err := takeCode(tx, a.ID, code); err != nil || !right {
			return orWrong(err)
		}
	} else if err := by.May(access.ManageAccounts, by.Body); err != nil {
		return err
	}
	n, err := tx.Exec("delete from second_factor where account = ?", a.ID)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Conflict("Tài khoản %s không dùng xác thực hai bước.", a.Login)
	}
	if _, err := tx.Exec("delete from recovery_code where account = ?", a.ID); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "factor_off", subject(a), nil)
	return err
}

// ownFactor finds the actor's own account, whose second step must be on or off.
func ownFactor(tx *db.Tx, by access.Actor, account db.ID, on bool) (Account, error) {
	a, err := FindAccount(tx, by, string(account))
	if err != nil {
		return a, err
	}
	if by.Person != a.Person {
		return a, fault.Forbidden("Xác thực hai bước do chính chủ tài khoản bật.")
	}
	confirmed, err := tx.Exists("select 1 from second_factor where account = ? and confirmed_at is not null", a.ID)
	switch {
	case err != nil:
		return a, err
	case on && !confirmed:
		return a, fault.Conflict("Tài khoản này chưa bật xác thực hai bước.")
	case !on && confirmed:
		return a, fault.Conflict("Tài khoản này đã bật xác thực hai bước.")
	}
	return a, nil
}

func newCodes(tx *db.Tx, account db.ID) (codes []string, err error) {
	if _, err := tx.Exec("delete from recovery_code where account = ?", account); err != nil {
		return nil, err
	}
	for range recoveryCodes {
		code := strings.ToLower(rand.Text()[:16]) // 80 bits: the digest alone gives nothing away
		code = strings.Join([]string{code[:4], code[4:8], code[8:12], code[12:]}, "-")
		if _, err := tx.Exec("insert into recovery_code (account, hash, used_at) values (?, ?, null)", account, digest(code)); err != nil {
			return nil, err
		}
		codes = append(codes, code)
	}
	return codes, nil
}

// EnterCode lets a session that waits in, by a code of the telephone or by a recovery code, which serves once. A wrong
// one must be put on record by NoteWrongCode in the same commit (db.WriteOr). The bounds of signing in hold.
func EnterCode(tx *db.Tx, cookie, device, code, host string) error {
	w, err := waitingFor(tx, cookie, device)
	if err != nil {
		return err
	}
	if err := w.bounded(tx, hostKey(host)); err != nil {
		return err
	}
	right, err := takeCode(tx, w.account, code)
	way := "code"
	if err == nil && !right {
		way = "recovery_code"
		var n int64
		n, err = tx.Exec("update recovery_code set used_at = ? where account = ? and hash = ? and used_at is null", tx.Now(), w.account, digest(typedCode(code)))
		right = n == 1
	}
	if err != nil || !right {
		return orWrong(err)
	}
	if _, err := tx.Exec("update session set waits = ?, ends_at = ? where id = ?", false, tx.Now()+span(longestSession), digest(cookie)); err != nil {
		return err
	}
	by, err := holder(tx, cookie)
	if err != nil {
		return err
	}
	_, err = journal.WritePrivate(tx, by, "signed_in", journal.Subject{Kind: "account", ID: w.account, Body: by.Body},
		journal.Details{"way": way, "known_device": w.known}, journal.Details{"host": hostKey(host)})
	return err
}

// Waits reports whether the cookie's session waits for a code.
func Waits(tx *db.Tx, cookie string) (bool, error) {
	if len(cookie) != secretLength {
		return false, nil
	}
	return tx.Exists("select 1 from session where id = ? and waits and ends_at > ?", digest(cookie), tx.Now())
}

// waitingFor gives the candidate whose session waits.
func waitingFor(tx *db.Tx, cookie, device string) (c Candidate, err error) {
	var row struct {
		Account db.ID  `db:"account"`
		Login   string `db:"login"`
	}
	err = tx.Get(&row, `
select s.account, a.login
from session s
join account a on a.id = s.account
where s.id = ? and s.waits and s.ends_at > ? and a.disabled_at is null`, digest(cookie), tx.Now())
	if errors.Is(err, db.None) {
		return c, fault.Conflict("Đã quá thời gian chờ mã xác thực. Xin đăng nhập lại.")
	}
	if err != nil {
		return c, err
	}
	c = Candidate{login: digest(row.Login), account: row.Account, device: device}
	// Who knows the password alone makes no machine known.
	c.known, err = tx.Exists("select 1 from session where account = ? and device = ? and created_at > ? and not waits",
		c.account, digest(device), tx.Now()-span(DeviceMemory))
	return c, err
}

// NoteWrongCode puts a wrong code on record as a failed sign-in.
func NoteWrongCode(tx *db.Tx, cookie, device, host string, err error) error {
	if !errors.Is(err, errWrongCode) {
		return nil
	}
	c, lost := waitingFor(tx, cookie, device)
	if lost != nil {
		return lost
	}
	return NoteFailure(tx, c, host, errWrong)
}

var errWrongCode = fault.Invalid("code", "Mã không đúng hoặc đã dùng. Xin xem mã đang hiện trên điện thoại rồi gõ lại.")

func orWrong(err error) error {
	if err != nil {
		return err
	}
	return errWrongCode
}

var sixDigits = pattern.Of(`^[0-9]{6}$`)

// typedCode is a code without what people type around it.
func typedCode(code string) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimSpace(code), " ", ""))
}

// takeCode compares a code with those of now and of half a minute before and after, and uses it up.
func takeCode(tx *db.Tx, account db.ID, code string) (bool, error) {
	if code = typedCode(code); !sixDigits().MatchString(code) {
		return false, nil
	}
	var row struct {
		Secret string `db:"secret"`
		Last   int64  `db:"last_step"`
	}
	if err := tx.Get(&row, "select secret, last_step from second_factor where account = ?", account); errors.Is(err, db.None) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	now := tx.Clock().Unix() / codeSpan
	for step := now - 1; step <= now+1; step++ {
		right, err := totp.GenerateCode(row.Secret, time.Unix(step*codeSpan, 0))
		if err != nil {
			return false, fmt.Errorf("second factor: %w", err)
		}
		if step > row.Last && subtle.ConstantTimeCompare([]byte(right), []byte(code)) == 1 {
			_, err := tx.Exec("update second_factor set last_step = ? where account = ?", step, account)
			return err == nil, err
		}
	}
	return false, nil
}
