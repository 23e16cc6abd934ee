// Package web is the door for people: trang, pages that work without JavaScript, one file per room.
package web

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync/atomic"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/entrance"
	"giaoban/internal/fault"
	"giaoban/internal/files"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/paper"
	"giaoban/people"
)

// Config is what the pages need from the outside.
type Config struct {
	DB    *db.DB
	Files *files.Store
	Dev   bool // one-click sign-in, from this machine only; demo and --dev
	// Backups tells the age of the newest backup and whether that is good; nil where nobody asks.
	Backups func() (sentence string, good bool)
}

type site struct {
	Config
	mux    *http.ServeMux
	routes map[string]route // by pattern, as ServeMux knows it
	menu   []entry
	pages  pages

	filled [needs]atomic.Bool // what the office has by now, see office_state.go
	signed signatureCache
}

// Reply is what a page function wants sent; nothing is sent before its transaction has been committed.
type Reply struct {
	To       string       // redirect there (303)
	Said     string       // what the act did, where the declaration's sentence says too little
	Again    bool         // nothing was changed: the form is shown again, as its button asked
	About    lineage.Node // the record that the page shows, where its address does not name it
	Page     string       // template below page/, such as "task/show"
	Data     any          // the template's .Data: one struct per page
	Status   int          // 0: 200, or what the fault says
	Download *Download    // a file instead of a page
	JSON     any          // for the page's own scripts
	Paper    string       // a whole HTML document, such as a printed report
	Cookie   *http.Cookie
}

// Download is a file to keep; it is always sent as an attachment.
type Download struct {
	Name string
	Type string
	Body []byte
	Open func() (io.ReadCloser, error)
}

// downloaded is a paper to keep.
func downloaded(file paper.Rendered) Reply {
	return Reply{Download: &Download{Name: file.Name, Type: file.Type, Body: file.Body}}
}

// endingOf is the kind of file that an address ends in: docx, pdf.
func endingOf(r *http.Request) string { return strings.TrimPrefix(path.Ext(r.URL.Path), ".") }

// ownAddress is where the reader reached this server, to be printed on paper.
func ownAddress(r *http.Request) string {
	if entrance.Secure(r) {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// Handler serves all pages.
func Handler(c Config) http.Handler { return handler(c, rooms) }

func handler(c Config, rooms []room) http.Handler {
	s := newSite(c, rooms)
	protect := http.NewCrossOriginProtection()
	protect.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.forged(w, r)
	}))
	return compress(harden(protect.Handler(s.mux)))
}

func newSite(c Config, rooms []room) *site {
	gatherPlaces()
	s := &site{Config: c, mux: http.NewServeMux()}
	s.open(rooms)
	s.mux.HandleFunc("GET /static/", serveStatic)
	s.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.refuse(w, r, fault.Missing("Không có trang này. Xin kiểm tra lại địa chỉ hoặc quay về Bàn làm việc."))
	})
	return s
}

// read serves a page that changes nothing.
func (s *site) read(at route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			s.refuse(w, r, fault.Invalid("", "Địa chỉ trang có phần không đọc được."))
			return
		}
		if text, bad := hasNUL(r.Form); bad {
			s.refuse(w, r, fault.Invalid(text, "Địa chỉ trang có ký tự không phải văn bản."))
			return
		}
		var reply Reply
		var who visitor
		err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
			if who, err = s.visitor(tx, r); err != nil {
				return err
			}
			if !who.SignedIn() && !slices.Contains(at.acts, Everybody) { // an expired session leads to signing in, and back
				return fault.SignIn("Xin đăng nhập để tiếp tục.")
			}
			if to := s.owes(who, at); to != "" {
				reply = Reply{To: to}
				return nil
			}
			if err := s.tellsOf(tx, at, &who); err != nil {
				return err
			}
			if reply, err = at.page(s, tx, who.Actor, r); err == nil && reply.Page != "" {
				who.compose = composeAt(at, who.Actor, r, reply)
				who.hand, err = handOf(tx, at, who.Actor, r)
			}
			if err != nil {
				return err
			}
			reply, err = s.asFile(tx, at, who, r, reply)
			return err
		})
		if err != nil && who.Traced(err) {
			if logErr := s.DB.Write(r.Context(), func(tx *db.Tx) error {
				return journal.Deny(tx, who.Actor, trace(r, err))
			}); logErr != nil {
				err = logErr // a refusal that leaves no trace is not given
			}
		}
		if who.session.Old() {
			if touchErr := s.DB.Write(r.Context(), func(tx *db.Tx) error { return people.Touch(tx, who.session) }); touchErr != nil {
				slog.Warn("session not renewed", "error", touchErr)
			}
		}
		s.send(w, r, who, reply, err)
	}
}

// write serves a page that changes something: its form is read whole before the transaction, so that a slow client
// never holds the writer; the reply is sent after the commit.
func (s *site) write(at route) http.HandlerFunc {
	return s.admitted(at, func(w http.ResponseWriter, r *http.Request, who visitor) {
		r, with, err := s.readForm(r, at, who)
		defer func() { with.end(err) }()
		if err != nil {
			s.turnAway(w, r, who, err)
			return
		}
		if at.before != nil {
			r = at.before(s, r, who)
		}
		var reply Reply
		err = s.DB.WriteOr(r.Context(), func(tx *db.Tx) (err error) {
			reply = Reply{}
			if who, err = s.sender(tx, r); err != nil {
				return err
			}
			if !who.SignedIn() {
				return errSignedOut
			}
			if !who.session.Valid(unmask(r.FormValue("form_token"))) {
				return errOldPage
			}
			if err := s.tellsOf(tx, at, &who); err != nil {
				return err
			}
			if reply, err = at.page(s, tx, who.Actor, r); err != nil {
				if reply.Page != "" {
					who.hand, _ = handOf(tx, at, who.Actor, r) // the page comes back with what is wrong
				}
				return err
			}
			ask, err := s.askFar(tx, r)
			if err != nil {
				reply = ask
			}
			return err
		}, func(tx *db.Tx, err error) error {
			if !who.Traced(err) {
				return nil
			}
			return journal.Deny(tx, who.Actor, trace(r, err))
		})
		s.send(w, r, who, reply, err)
	})
}

var errSignedOut = fault.SignIn("Phiên làm việc đã hết. Xin đăng nhập lại; nội dung đang gõ vẫn còn trên máy này.")

// admitted goes before every form: who sends it, and whether anybody of that role may at all, is asked before a byte of
// it is read. The room's own May, on the record, stays the check that counts.
func (s *site) admitted(at route, next func(http.ResponseWriter, *http.Request, visitor)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var who visitor
		err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
			if who, err = s.sender(tx, r); err != nil {
				return err
			}
			return at.open(who.Actor)
		})
		if err != nil {
			s.turnAway(w, r, who, err)
			return
		}
		if to := s.owes(who, at); to != "" {
			s.send(w, r, who, Reply{To: to, Again: true}, nil)
			return
		}
		next(w, r, who)
	}
}

// factorURL is where an account turns the second step on.
const factorURL = "/xac-thuc"

// owes is the page that must come before any other: a password from a slip is changed first, then comes the second step
// that is asked of the role. People who come in by one click to try the program have no telephone.
func (s *site) owes(who visitor, at route) string {
	switch {
	case at.early:
		return ""
	case who.session.OneTime:
		return passwordURL
	case who.session.LacksCode && !s.Dev:
		return factorURL
	}
	return ""
}

// passwordURL is where everybody changes the own password.
const passwordURL = "/mat-khau"

// turnAway refuses a form that was not read to its end: the refusal leaves its trace, and the connection ends with it.
func (s *site) turnAway(w http.ResponseWriter, r *http.Request, who visitor, err error) {
	w.Header().Set("Connection", "close")
	_, secret := errors.AsType[official.SecretError](err)
	if who.Traced(err) || secret && who.SignedIn() { // of a mark only its degree is written down
		if logErr := s.DB.Write(r.Context(), func(tx *db.Tx) error {
			return journal.Deny(tx, who.Actor, trace(r, err))
		}); logErr != nil {
			err = logErr // a refusal that leaves no trace is not given
		}
	}
	s.send(w, r, who, Reply{}, err)
}

// trace is what a refusal leaves in the journal.
func trace(r *http.Request, err error) journal.Refusal {
	return journal.Refusal{Door: r.Method + " " + r.URL.Path, Reason: err.Error(), From: entrance.Client(r)}
}

func writes(r *http.Request) bool { return r.Method != http.MethodGet && r.Method != http.MethodHead }

// visitor is whoever sends the request.
type visitor struct {
	access.Actor
	session people.Session
	look
}

// look is what every page shows beside its own content.
type look struct {
	office, superior, banner, clockFrom string
	hours                               string // when the office works
	now                                 db.Instant
	first                               firstStep
	unserved                            map[string]bool // by id and by name; only on pages that say who owes
	compose                             string          // where a paper is begun from the record of the page
	hand                                *handBox        // only on pages of records that are handed to a person
}

const cookieName = "giaoban"

// visitor finds who asks, and what a page of hers shows beside its own content.
func (s *site) visitor(tx *db.Tx, r *http.Request) (visitor, error) {
	who, err := s.sender(tx, r)
	if err == nil {
		who.look, err = lookOf(tx)
	}
	return who, err
}

// sender finds who sends a form; most forms are answered without a page, so its look is not read before one is drawn.
func (s *site) sender(tx *db.Tx, r *http.Request) (who visitor, err error) {
	cookie, err := r.Cookie(cookieName)
	if err != nil {
		return who, nil // no cookie: a visitor
	}
	who.Actor, who.session, err = people.Actor(tx, cookie.Value)
	return who, err
}

// look tells who asks, outside a page function, for replies to requests that never reached one.
func (s *site) look(r *http.Request) (who visitor) {
	s.DB.Read(context.WithoutCancel(r.Context()), func(tx *db.Tx) (err error) {
		who, err = s.visitor(tx, r)
		return err
	})
	return who
}

// lookNow is the look of a page that is drawn after a form; one of nothing when the database cannot be read.
func (s *site) lookNow(r *http.Request) (l look) {
	s.DB.Read(context.WithoutCancel(r.Context()), func(tx *db.Tx) (err error) {
		l, err = lookOf(tx)
		return err
	})
	return l
}

// forged answers a form that another site sent in somebody's name; whose session it came with is written down.
func (s *site) forged(w http.ResponseWriter, r *http.Request) {
	s.turnAway(w, r, s.look(r), fault.Forbidden("Yêu cầu này đến từ một trang khác nên không được nhận. Xin mở lại trang và gửi từ đó."))
}

func (s *site) refuse(w http.ResponseWriter, r *http.Request, err error) {
	s.send(w, r, s.look(r), Reply{}, err)
}
