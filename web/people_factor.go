package web

import (
	"html/template"
	"net/http"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/entrance"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/people"
)

// factorPage is the second step of signing in as its owner sees it.
type factorPage struct {
	people.Factor
	Key     people.Key   // to be carried to the telephone; empty unless it waits for its first code
	Picture template.URL // of the key
	Codes   []string     // recovery codes, this once
}

func (s *site) showFactor(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	a, err := ownAccount(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	p := &factorPage{}
	if p.Factor, err = people.FactorOf(tx, by, a.ID); err != nil {
		return Reply{}, err
	}
	if !p.On() {
		err := p.key(people.BegunFactor(tx, by, a.ID, officeOf(tx)))
		if err != nil && !fault.Is(err, fault.KindMissing) {
			return Reply{}, err
		}
	}
	return Reply{Page: "people/factor", Data: p}, nil
}

func (p *factorPage) key(k people.Key, err error) error {
	p.Key, p.Picture = k, template.URL(k.Picture) // a picture of our own making
	return err
}

// officeOf names the program on the telephone, among those of other offices.
func officeOf(tx *db.Tx) string {
	if look, err := lookOf(tx); err == nil && look.office != "" {
		return "Giao Ban – " + look.office
	}
	return "Giao Ban"
}

// factorDo runs one act on the own second step; refused, the page comes back.
func (s *site) factorDo(tx *db.Tx, by access.Actor, r *http.Request, do func(account db.ID) (codes []string, err error)) (Reply, error) {
	a, err := ownAccount(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	codes, wrong := do(a.ID)
	if wrong == nil && codes == nil {
		return Reply{To: "/xac-thuc"}, nil
	}
	reply, err := s.showFactor(tx, by, r)
	if err != nil {
		return reply, err
	}
	reply.Data.(*factorPage).Codes = codes
	return reply, wrong
}

func (s *site) beginFactor(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.factorDo(tx, by, r, func(account db.ID) ([]string, error) {
		_, err := people.BeginFactor(tx, by, account, officeOf(tx))
		return nil, err
	})
}

func (s *site) confirmFactor(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.factorDo(tx, by, r, func(account db.ID) ([]string, error) {
		return people.ConfirmFactor(tx, by, account, r.PostFormValue("code"))
	})
}

func (s *site) renewCodes(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.factorDo(tx, by, r, func(account db.ID) ([]string, error) {
		return people.RenewCodes(tx, by, account, r.PostFormValue("code"))
	})
}

func (s *site) dropOwnFactor(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.factorDo(tx, by, r, func(account db.ID) ([]string, error) {
		return nil, people.DropFactor(tx, by, account, r.PostFormValue("code"))
	})
}

// dropFactor is for an official whose telephone is lost.
func (s *site) dropFactor(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	a, err := people.FindAccount(tx, by, r.PathValue("account"))
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.ManageAccounts, by.Body); err != nil {
		return Reply{}, err
	}
	if err := people.DropFactor(tx, by, a.ID, r.PostFormValue("code")); err != nil {
		return withPage(err, func() (Reply, error) { return s.showAccount(tx, by, r) })
	}
	return Reply{To: "/tai-khoan/" + string(a.ID)}, nil
}

// setLeadersCode asks the second step of leaders too, or no longer.
func (s *site) setLeadersCode(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ManageAccounts, by.Body); err != nil {
		return Reply{}, err
	}
	return Reply{To: "/tai-khoan"}, org.Set(tx, by, people.LeadersNeedCode, r.PostFormValue("leaders"))
}

// codePage asks for the code after the password was right.
type codePage struct{ Back string }

func (s *site) askCode(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	waits, err := people.Waits(tx, cookieOf(r))
	if err != nil {
		return Reply{}, err
	}
	if !waits {
		return s.signInPage(tx, by, r)
	}
	return Reply{Page: "site/code", Data: codePage{safeBack(r.FormValue("ve"))}}, nil
}

func cookieOf(r *http.Request) string {
	if c, err := r.Cookie(cookieName); err == nil {
		return c.Value
	}
	return ""
}

// enterCode lets a session in that waits for its code.
func (s *site) enterCode(w http.ResponseWriter, r *http.Request) {
	who := s.look(r)
	r, _, err := s.readForm(r, s.routes[r.Pattern], who)
	if err != nil {
		s.turnAway(w, r, who, err)
		return
	}
	back := safeBack(r.FormValue("ve"))
	cookie, device, host := cookieOf(r), deviceOf(r), entrance.Client(r)
	err = s.DB.WriteOr(r.Context(), func(tx *db.Tx) error {
		return people.EnterCode(tx, cookie, device, r.FormValue("code"), host)
	}, func(tx *db.Tx, err error) error {
		return people.NoteWrongCode(tx, cookie, device, host, err)
	})
	if err != nil {
		again := Reply{Page: "site/code", Data: codePage{back}}
		if fault.Is(err, fault.KindConflict) {
			again = Reply{Page: "site/signin", Data: signInPage{Back: back}}
		}
		s.send(w, r, s.look(r), again, err)
		return
	}
	s.welcome(w, r, cookie, back)
}

// sessionsPage shows when the own account was signed in to, and where it still is.
type sessionsPage struct {
	Now  string // the session that asks
	Open []people.OpenSession
	Past []people.SignedIn
}

// Way says how somebody came in.
func (p sessionsPage) Way(one people.SignedIn) string {
	switch one.Way {
	case "":
		return "Không vào được: sai mật khẩu hoặc mã"
	case "password":
		return "Bằng mật khẩu"
	case "code":
		return "Bằng mật khẩu và mã xác thực"
	case "recovery_code":
		return "Bằng mật khẩu và mã dự phòng"
	}
	return "Vào thử"
}

func (s *site) showSessions(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	a, err := ownAccount(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	_, session, err := people.Actor(tx, cookieOf(r))
	if err != nil {
		return Reply{}, err
	}
	p := sessionsPage{Now: session.ID}
	if p.Open, err = people.OpenSessions(tx, by, a.ID); err != nil {
		return Reply{}, err
	}
	p.Past, err = people.SignIns(tx, by, a.ID, 50)
	return Reply{Page: "people/sessions", Data: p}, err
}

func (s *site) signOutEverywhere(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	a, err := ownAccount(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	return Reply{To: "/dang-nhap", Cookie: s.cookie(r, "")}, people.SignOutEverywhere(tx, by, a.ID)
}
