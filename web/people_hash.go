package web

import (
	"context"
	"net/http"
	"strings"

	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/people"
)

// hashed is a new password that was checked and hashed before the transaction began.
type hashed struct {
	hash string
	err  error // what is wrong with it
}

type hashedKey struct{}

func hashedOf(r *http.Request) hashed {
	h, _ := r.Context().Value(hashedKey{}).(hashed)
	return h
}

// hash goes before the transaction of a form with a new password: hashing takes too long for the writer, so it is done
// first, and only for somebody whose form it is.
func (s *site) hash(r *http.Request, who visitor) *http.Request {
	if !who.session.Valid(unmask(r.FormValue("form_token"))) {
		return r
	}
	var h hashed
	if h.err = s.checkNew(r, who); h.err == nil {
		h.hash, h.err = people.HashPassword(r.FormValue("password"))
	}
	return r.WithContext(context.WithValue(r.Context(), hashedKey{}, h))
}

// checkNew looks at the password that was typed, and at the login it is for.
func (s *site) checkNew(r *http.Request, who visitor) error {
	login := r.FormValue("login")
	switch {
	case r.URL.Path == passwordURL:
		var err error
		if login, err = s.checkCurrent(r, who); err != nil {
			return err
		}
	case login == "":
		s.DB.Read(r.Context(), func(tx *db.Tx) error {
			id := strings.TrimSuffix(strings.TrimPrefix(r.URL.Path, "/tai-khoan/"), "/mat-khau")
			a, err := people.FindAccount(tx, who.Actor, id)
			login = a.Login
			return err // a stranger is refused by the page itself
		})
	}
	password := r.FormValue("password")
	if fold.Clean(password) != r.FormValue("again") { // the form is cleaned, but for the password itself
		return fault.Invalid("again", "Hai lần gõ mật khẩu không giống nhau. Xin gõ lại cả hai.")
	}
	if password == r.FormValue("current") {
		return fault.Invalid("password", "Mật khẩu mới phải khác mật khẩu đang dùng.")
	}
	return people.CheckPassword(password, login)
}

// mostSlips is how many passwords are made for one form: each takes some 40 ms.
const mostSlips = 100

type dealtKey struct{}

// dealt are the passwords that deal has made, in the order of the accounts.
func dealt(r *http.Request) []people.OneTime {
	made, _ := r.Context().Value(dealtKey{}).([]people.OneTime)
	return made
}

// deal makes one password for each account of the form, before its transaction.
func (s *site) deal(r *http.Request, who visitor) *http.Request {
	if !who.session.Valid(unmask(r.FormValue("form_token"))) {
		return r
	}
	var made []people.OneTime
	for range min(len(r.PostForm["accounts[]"]), mostSlips) {
		p, err := people.NewOneTime()
		if err != nil {
			break // the page says that it could not make enough
		}
		made = append(made, p)
	}
	return r.WithContext(context.WithValue(r.Context(), dealtKey{}, made))
}
