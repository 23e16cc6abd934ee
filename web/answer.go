package web

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"giaoban/internal/entrance"
)

// answer is the sentence that a page shows after an act that went well: what happened, what comes next, and a link that
// leads there.
type answer struct {
	Said      string
	Next, URL string // words and address of the link; "" for none
	Of        string // the address that was posted: what was typed for it is kept no longer
}

// says declares the sentence that answers the act, and the link to what comes next: words and an address of these pages,
// whose wildcards are those of the act's own, or an anchor of the page that follows. A page function that knows more
// says it in Reply.Said.
func (r route) says(sentence, next, at string) route {
	r.answer = answer{Said: sentence, Next: next, URL: at}
	return r
}

// answered gives the answer to a request that went well.
func (r route) answered(req *http.Request, reply Reply) answer {
	a := r.answer
	a.Said = cmp.Or(reply.Said, a.Said)
	a.Of = req.URL.EscapedPath() // as the browser writes it
	for strings.Contains(a.URL, "{") {
		before, rest, _ := strings.Cut(a.URL, "{")
		name, after, _ := strings.Cut(rest, "}")
		a.URL = before + url.PathEscape(req.PathValue(name)) + after
	}
	return a
}

// carried is an answer on its way to the page that follows a redirect. It travels in a cookie, so that showing it writes
// nothing and two processes need not know of each other. What the declaration does not say word by word is shown only when
// the session's secret proves that this program wrote it.
type carried struct {
	answer
	Act   string // the route that was posted, as ServeMux knows it
	To    string // the address that shows it
	Proof []byte `json:",omitempty"`
}

const (
	answerCookie = "giaoban_loi_dap"
	answerAge    = 120   // seconds: long enough for a slow page
	mostAnswer   = 3_000 // bytes of the cookie; browsers drop one over 4 KB
)

func (c carried) proof(secret string) []byte {
	if secret == "" {
		return nil
	}
	mac := hmac.New(sha256.New, []byte("lời đáp "+secret))
	for _, part := range []string{c.Said, c.Next, c.URL, c.Of, c.Act, c.To} {
		mac.Write([]byte(part))
		mac.Write([]byte{0})
	}
	return mac.Sum(nil)
}

// genuine reports whether this program said so: to this session, or to everybody.
func (s *site) genuine(c carried, who visitor) bool {
	if proof := c.proof(who.session.FormToken); proof != nil && hmac.Equal(proof, c.Proof) {
		return true
	}
	declared := s.routes[c.Act].answer
	declared.Of = c.Of
	return c.Said != "" && c.answer == declared
}

// carry sends the answer along with the redirect.
func carry(w http.ResponseWriter, r *http.Request, who visitor, c carried, to string) {
	u, err := url.Parse(to)
	if err != nil {
		return
	}
	c.To = u.RequestURI() // a browser keeps the anchor to itself
	c.Proof = c.proof(who.session.FormToken)
	text, err := json.Marshal(c)
	if err != nil || len(text) > mostAnswer {
		return // what the page shows must do
	}
	http.SetCookie(w, answerIn(r, base64.RawURLEncoding.EncodeToString(text), answerAge))
}

// arrived gives what this page is to show of the act before it.
func (s *site) arrived(r *http.Request, who visitor) (c carried, ok bool) {
	cookie, err := r.Cookie(answerCookie)
	if err != nil {
		return c, false
	}
	text, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	ok = err == nil && json.Unmarshal(text, &c) == nil && c.To == r.URL.RequestURI() && s.genuine(c, who)
	return c, ok
}

// answer shows what the act did: on this page, or on the one that the reply leads to.
func (s *site) answer(w http.ResponseWriter, r *http.Request, who visitor, reply Reply) answer {
	at := s.routes[r.Pattern]
	c, ok := carried{answer: at.answered(r, reply), Act: r.Pattern}, at.answer.Said != "" && !reply.Again
	if !writes(r) {
		c, ok = s.arrived(r, who)
	}
	switch {
	case !ok || reply.JSON != nil:
		return answer{}
	case reply.To != "":
		carry(w, r, who, c, reply.To)
		return answer{}
	case !writes(r):
		http.SetCookie(w, answerIn(r, "", -1))
		if c.URL == r.URL.Path { // the reader is there already
			c.Next, c.URL = "", ""
		}
	}
	return c.answer
}

func answerIn(r *http.Request, value string, age int) *http.Cookie {
	return &http.Cookie{Name: answerCookie, Value: value, Path: "/", MaxAge: age, HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: entrance.Secure(r)}
}
