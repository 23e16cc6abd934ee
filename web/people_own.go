package web

import (
	"net/http"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/entrance"
	"giaoban/internal/fault"
	"giaoban/people"
)

// ownPasswordPage lets everybody change the own password.
type ownPasswordPage struct {
	Login    string
	Shortest int
	OneTime  bool // the password is one of a slip
}

func (s *site) showOwnPassword(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	a, err := ownAccount(tx, by, r)
	return Reply{Page: "people/own", Data: ownPasswordPage{a.Login, people.ShortestPassword, a.OneTimeUntil != 0}}, err
}

// ownAccount is the account of the session that asks; a token has none.
func ownAccount(tx *db.Tx, by access.Actor, r *http.Request) (people.Account, error) {
	cookie, err := r.Cookie(cookieName)
	if err != nil {
		return people.Account{}, fault.SignIn("Xin đăng nhập để tiếp tục.")
	}
	_, session, err := people.Actor(tx, cookie.Value)
	if err != nil {
		return people.Account{}, err
	}
	return people.FindAccount(tx, by, string(session.Account))
}

func (s *site) changeOwnPassword(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.showOwnPassword(tx, by, r)
	if err != nil {
		return again, err
	}
	h := hashedOf(r)
	if h.err != nil {
		return again, h.err
	}
	a, err := ownAccount(tx, by, r)
	if err != nil {
		return again, err
	}
	if err := people.SetPassword(tx, by, a.ID, h.hash); err != nil {
		return again, err
	}
	// All sessions end with the old password, this one too.
	return Reply{To: "/dang-nhap", Cookie: s.cookie(r, "")}, nil
}

// checkCurrent asks for the password in use, under the same bounds as signing in: an open session on an unwatched
// machine must not be a way to guess it.
func (s *site) checkCurrent(r *http.Request, who visitor) (login string, err error) {
	var c people.Candidate
	err = s.DB.Read(r.Context(), func(tx *db.Tx) error {
		a, err := people.FindAccount(tx, who.Actor, string(who.session.Account))
		if err != nil {
			return err
		}
		login = a.Login
		c, err = people.Check(tx, login, deviceOf(r), entrance.Client(r))
		return err
	})
	if err != nil {
		return login, err
	}
	if c.Matches(r.FormValue("current")) {
		return login, nil
	}
	err = s.DB.WriteOr(r.Context(), func(tx *db.Tx) error {
		_, err := people.SignIn(tx, c, false, entrance.Client(r))
		return err
	}, func(tx *db.Tx, err error) error { return people.NoteFailure(tx, c, entrance.Client(r), err) })
	if fault.Is(err, fault.KindInvalid) {
		err = fault.Invalid("current", "Mật khẩu đang dùng không đúng. Xin gõ lại.")
	}
	return login, err
}
