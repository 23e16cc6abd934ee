package web

import (
	"net/http"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/org"
	"giaoban/people"
)

// tokensPage lists the tokens of outside programs. Secret is there only right after one was made.
type tokensPage struct {
	Tokens       []people.Token
	Name, Secret string
	AnyBody      bool
	Bodies       []option
	Roles        []option
}

func (s *site) listTokens(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	tokens, err := people.Tokens(tx, by)
	if err != nil {
		return Reply{}, err
	}
	p := tokensPage{Tokens: tokens, Name: r.FormValue("name"), AnyBody: r.FormValue("any_body") != ""}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return Reply{}, err
	}
	p.Bodies = []option{{"", "Ban (cho vai trò của Ban)", r.FormValue("org") == ""}}
	for _, o := range bodyOptions(names, calendar.OfInstant(tx.Clock()), "") {
		code := names[db.ID(o.Value)].Code
		p.Bodies = append(p.Bodies, option{code, o.Text, code == r.FormValue("org")})
	}
	p.Roles = []option{{"", "Chọn vai trò", r.FormValue("role") == ""}}
	for _, role := range access.Roles {
		p.Roles = append(p.Roles, option{string(role), role.Name(), string(role) == r.FormValue("role")})
	}
	return Reply{Page: "people/tokens", Data: &p}, nil
}

// addToken answers with the page itself instead of leading to it: the secret is shown this once and kept nowhere.
func (s *site) addToken(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.listTokens(tx, by, r)
	if err != nil {
		return again, err
	}
	if r.FormValue("role") == "" {
		return again, fieldProblem("role", "Xin chọn vai trò.")
	}
	secret, _, err := people.AddToken(tx, by, access.Role(r.FormValue("role")), r.FormValue("org"), r.FormValue("any_body") != "", r.FormValue("name"))
	if err != nil {
		return again, err
	}
	done, err := s.listTokens(tx, by, r)
	if err != nil {
		return done, err
	}
	p := done.Data.(*tokensPage)
	p.Secret, p.Name, p.AnyBody = secret, "", false
	return done, nil
}

func (s *site) revokeToken(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.listTokens(tx, by, r)
	if err != nil {
		return again, err
	}
	again.To = "/ma-truy-cap"
	return again, people.RevokeToken(tx, by, r.PathValue("token"))
}
