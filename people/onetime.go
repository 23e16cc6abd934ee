package people

import (
	"crypto/rand"
	"math/big"
	"strings"
	"time"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
)

// OneTimeLasts is how long a password on a slip may wait for its owner.
const OneTimeLasts = 30 * 24 * time.Hour

// OneTime is a mật khẩu dùng một lần: what stands on the slip, which is kept nowhere, and what is kept of it.
type OneTime struct{ Password, Hash string }

// readable are letters and digits that nobody takes for another on paper.
const readable = "abcdefghjkmnpqrstuvwxyz23456789"

// NewOneTime makes one: three groups of four characters, 59 bits. Like HashPassword it never runs inside a transaction.
func NewOneTime() (OneTime, error) {
	var b strings.Builder
	for i := range 12 {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(readable))))
		if err != nil {
			return OneTime{}, err
		}
		b.WriteByte(readable[n.Int64()])
	}
	hash, err := HashPassword(b.String())
	return OneTime{b.String(), hash}, err
}

// Slip is a phiếu mật khẩu as it is printed: whose account it opens, and until when.
type Slip struct {
	Account  Account
	Password string
	Until    db.Instant
}

// HandOut gives an account a password that must be changed at the first sign-in. The sessions of the account end.
func HandOut(tx *db.Tx, by access.Actor, accountID db.ID, p OneTime) (Slip, error) {
	if err := by.May(access.ManageAccounts, by.Body); err != nil {
		return Slip{}, err
	}
	a, err := account(tx, string(accountID))
	if err != nil {
		return Slip{}, err
	}
	if a.Disabled() {
		return Slip{}, fault.Conflict("Tài khoản %s đang khóa. Xin mở khóa trước khi in phiếu.", a.Login)
	}
	if a.Person == by.Person {
		return Slip{}, fault.Conflict("Mật khẩu của chính mình thì đổi ở trang Đổi mật khẩu.")
	}
	if _, _, _, err := readPHC(p.Hash); err != nil {
		return Slip{}, err
	}
	until := tx.Now() + span(OneTimeLasts)
	if _, err := tx.Exec("update account set password = ?, one_time_until = ? where id = ?", p.Hash, until, a.ID); err != nil {
		return Slip{}, err
	}
	if err := endSessions(tx, a.ID); err != nil {
		return Slip{}, err
	}
	_, err = journal.Write(tx, by, "password_handed_out", subject(a), nil)
	a.HasPhrase, a.OneTimeUntil = true, until
	return Slip{a, p.Password, until}, err
}

// AwaitSlip lists the accounts that nobody has made their own yet: without a password, or with one from a slip.
func AwaitSlip(tx *db.Tx, by access.Actor) ([]Account, error) {
	all, err := Accounts(tx, by)
	var waiting []Account
	for _, a := range all {
		if !a.Disabled() && a.Role != "" && a.Person != by.Person && (!a.HasPhrase || a.OneTimeUntil != 0) {
			waiting = append(waiting, a)
		}
	}
	return waiting, err
}
