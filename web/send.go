package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"giaoban/internal/entrance"
	"giaoban/internal/fault"
)

// send is the only place that writes a response: the reply, or what went wrong in its stead.
func (s *site) send(w http.ResponseWriter, r *http.Request, who visitor, reply Reply, err error) {
	status := reply.Status
	var problems []fault.Problem
	var forget []string
	if err != nil {
		if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
			return // nobody waits for the answer any more
		}
		f := fault.Of(err)
		if f == nil {
			code := s.DB.NewID()[18:]
			slog.Error("page", "method", r.Method, "path", r.URL.Path, "code", string(code), "error", err)
			f = &fault.Error{Problems: []fault.Problem{{Sentence: fmt.Sprintf("Hệ thống gặp lỗi. Mã tra cứu %s.", strings.ToUpper(string(code)))}}}
			status = http.StatusInternalServerError
			reply.Page = ""
		}
		if f.Kind == fault.KindSignIn && r.Method == http.MethodGet && r.Header.Get("X-Autosave") == "" {
			http.Redirect(w, r, "/dang-nhap?ve="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
			return
		}
		problems = f.Problems
		if status == 0 {
			status = f.Kind.Status()
		}
		reply.To, reply.Download, reply.Paper = "", nil, ""
		if writes(r) && f.Kind == fault.KindRefused {
			forget = refusedFields(r)
		}
		if !writes(r) && (f.Kind == fault.KindForbidden || f.Kind == fault.KindMissing) {
			reply.Page = "" // what may not be seen is not shown half
		}
		if r.Header.Get("X-Autosave") != "" {
			if reply.JSON == nil {
				reply.JSON = map[string]any{"sentence": f.Error(), "url": r.URL.Path, "forget": forget}
			}
		} else {
			reply.JSON = nil
		}
	}
	if status == 0 {
		status = http.StatusOK
	}
	if reply.Cookie != nil {
		http.SetCookie(w, reply.Cookie)
	}
	var told answer
	if err == nil && status < http.StatusBadRequest {
		told = s.answer(w, r, who, reply)
	}
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	switch {
	case reply.JSON != nil:
		h.Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(status)
		json.NewEncoder(w).Encode(reply.JSON)
	case reply.To != "":
		http.Redirect(w, r, reply.To, http.StatusSeeOther)
	case reply.Download != nil:
		s.sendFile(w, r, reply.Download)
	case reply.Paper != "":
		// A document carries its own style sheet for paper; it has no script.
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'")
		h.Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(status)
		io.WriteString(w, reply.Paper)
	default:
		name := reply.Page
		if name == "" {
			name = "site/problem"
		}
		at := s.routes[r.Pattern]
		if who.now == 0 {
			told := who.look // what its page function's transaction found stays
			who.look = s.lookNow(r)
			who.first, who.unserved, who.hand = told.first, told.unserved, told.hand
		}
		v := s.viewOf(r, who, at, reply)
		v.Problems, v.Status, v.Forget, v.Again, v.Answer = problems, status, forget, reply.Again && err == nil, told
		if writes(r) && (who.SignedIn() || status == http.StatusUnauthorized) {
			v.Back = s.backTo(r)
		}
		if who.SignedIn() {
			v.FormToken = mask(who.session.FormToken)
		}
		var body bytes.Buffer
		if err := s.pages.render(&body, name, v); err != nil {
			slog.Error("template", "page", name, "error", err)
			http.Error(w, "Hệ thống gặp lỗi khi dựng trang.", http.StatusInternalServerError)
			return
		}
		if v.Back != "" && len(problems) > 0 {
			if v.Lost = lostWords(body.Bytes(), r, forget); len(v.Lost) > 0 {
				body.Reset()
				s.pages.render(&body, name, v) // it went well a moment ago
			}
		}
		h.Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(status)
		if len(forget) > 0 {
			w.Write(withoutRefused(body.Bytes(), r, forget))
			return
		}
		w.Write(withFiles(body.Bytes(), r))
	}
}

// viewOf is what a page shows beside its own content.
func (s *site) viewOf(r *http.Request, who visitor, at route, reply Reply) *view {
	return &view{visitor: who, Data: reply.Data, Title: s.titleOf(at), Dev: s.Dev, route: at, menu: s.menu,
		dev: s.Dev && entrance.FromHere(r)}
}

func (s *site) sendFile(w http.ResponseWriter, r *http.Request, d *Download) {
	body := io.NopCloser(bytes.NewReader(d.Body))
	if d.Open != nil {
		var err error
		if body, err = d.Open(); err != nil {
			s.refuse(w, r, err)
			return
		}
	}
	defer body.Close()
	h := w.Header()
	h.Set("Content-Type", d.Type)
	h.Set("Content-Disposition", "attachment; filename*=UTF-8''"+strings.ReplaceAll(url.PathEscape(d.Name), "'", "%27"))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	if d.Open == nil {
		h.Set("Content-Length", fmt.Sprint(len(d.Body)))
	}
	io.Copy(w, body)
}
