package people

import (
	"errors"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/org"
)

// tokenPrefix makes a token that leaked into a file easy to find.
const tokenPrefix = "gb_"

// Token is a mã truy cập: how an outside program signs in, with one role for one body.
type Token struct {
	ID        db.ID       `db:"id"`
	Name      string      `db:"name"` // what it is for
	Role      access.Role `db:"role"`
	Body      db.ID       `db:"body"`
	BodyCode  string      `db:"code"`
	AnyBody   bool        `db:"any_body"` // may hand in reports of every body
	CreatedAt db.Instant  `db:"created_at"`
	RevokedAt db.Instant  `db:"revoked_at"` // 0 while it may be used
}

const tokenSelect = `
select t.id, t.name, t.role, t.body, b.code, t.any_body, t.created_at, t.revoked_at
from token t
join body b on b.id = t.body
`

// AddToken makes a token; secret is shown once and never kept. orgCode may be "" for the commission's own roles.
func AddToken(tx *db.Tx, by access.Actor, role access.Role, orgCode string, anyBody bool, name string) (secretText string, id db.ID, err error) {
	if err := by.May(access.ManageAccounts, by.Body); err != nil {
		return "", "", err
	}
	day := calendar.OfInstant(tx.Clock())
	var wrong fault.List
	if !role.Known() {
		wrong.Add("role", "Vai trò “%s” không có trong bảng Phân quyền.", string(role))
	}
	if name = line(name); name == "" {
		name = "Chương trình ngoài"
	}
	if len([]rune(name)) > longest {
		wrong.Add("name", "Tên mã truy cập dài tối đa %d ký tự.", longest)
	}
	if err := wrong.Err(); err != nil {
		return "", "", err
	}
	var b org.Body
	switch actor := (access.Actor{Role: role}); {
	case strings.TrimSpace(orgCode) != "":
		if b, err = org.ByCode(tx, by, strings.TrimSpace(orgCode), day); err != nil {
			return "", "", err
		}
	case actor.OfCommission() || role == access.Administrator:
		if b, err = org.TheCommission(tx, day); err != nil {
			return "", "", err
		}
	default:
		return "", "", fault.Invalid("org", "Vai trò “%s” chỉ có quyền trong một cơ quan, nên cần mã cơ quan, ví dụ SYT.", role.Name())
	}
	if err := fits(role, b); err != nil {
		return "", "", err
	}
	if anyBody && !(access.Actor{Role: role}).OfCommission() {
		return "", "", fault.Invalid("any_body", "Chỉ mã truy cập của Ban mới được gửi báo cáo thay mọi cơ quan.")
	}
	secretText, id = tokenPrefix+secret(), tx.NewID()
	if _, err := tx.Exec(`
insert into token (id, hash, name, role, body, any_body, created_at, revoked_at)
values (?, ?, ?, ?, ?, ?, ?, null)`,
		id, digest(secretText), name, string(role), b.ID, anyBody, tx.Now()); err != nil {
		return "", "", err
	}
	_, err = journal.Write(tx, by, "created", journal.Subject{Kind: "token", ID: id, Body: b.ID},
		journal.Details{"name": name, "role": string(role), "body": b.Code, "any_body": anyBody})
	return secretText, id, err
}

// TokenActor gives whoever a bearer token belongs to; Nobody, without an error, when it is unknown or revoked, or when
// its body no longer exists.
func TokenActor(tx *db.Tx, bearer string) (access.Actor, error) {
	if len(bearer) != len(tokenPrefix)+secretLength || !strings.HasPrefix(bearer, tokenPrefix) {
		return access.Nobody, nil
	}
	day := calendar.OfInstant(tx.Clock())
	var t Token
	err := tx.Get(&t, tokenSelect+`
where t.hash = ? and t.revoked_at is null and b.valid_from <= ? and (b.valid_to is null or b.valid_to >= ?)`,
		digest(bearer), day, day)
	if errors.Is(err, db.None) {
		return access.Nobody, nil
	}
	if err != nil {
		return access.Nobody, err
	}
	return access.Actor{Name: t.Name, Role: t.Role, Body: t.Body, BodyCode: t.BodyCode, Token: t.ID, AnyBody: t.AnyBody}, nil
}

// Tokens lists all tokens, those in use first, the newest first.
func Tokens(tx *db.Tx, by access.Actor) ([]Token, error) {
	if err := by.May(access.ManageAccounts, by.Body); err != nil {
		return nil, err
	}
	var all []Token
	err := tx.Select(&all, tokenSelect+"order by case when t.revoked_at is null then 0 else 1 end, t.id desc")
	return all, err
}

// RevokeToken ends a token at once, named by its id or by the secret itself.
func RevokeToken(tx *db.Tx, by access.Actor, idOrSecret string) error {
	if err := by.May(access.ManageAccounts, by.Body); err != nil {
		return err
	}
	idOrSecret = strings.TrimSpace(idOrSecret)
	var t Token
	err := tx.Get(&t, tokenSelect+"where t.id = ? or t.hash = ?", idOrSecret, digest(idOrSecret))
	if errors.Is(err, db.None) {
		return fault.Missing("Không có mã truy cập này. Xem danh sách ở trang Tài khoản.")
	}
	if err != nil {
		return err
	}
	if t.RevokedAt != 0 {
		return fault.Conflict("Mã truy cập “%s” đã thu hồi lúc %s.", t.Name, t.RevokedAt)
	}
	if _, err := tx.Exec("update token set revoked_at = ? where id = ?", tx.Now(), t.ID); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "revoked", journal.Subject{Kind: "token", ID: t.ID, Body: t.Body}, journal.Details{"name": t.Name})
	return err
}
