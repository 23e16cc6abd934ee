package web

import (
	"context"
	"io"
	"net/http"
	"path/filepath"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/paper"
)

const lintURL = "/the-thuc/kiem-tra"

// lintPage holds one file of anybody against a layout. Nothing of the file is kept.
type lintPage struct {
	Profiles []option
	Name     string // of the file that was looked at
	By       string // the layout's name
	Own      bool   // with the office's own values
	Found    []official.Finding
}

// linted is what was found in the file of a form, before its transaction.
type linted struct {
	name   string
	found  []official.Finding
	marked []byte
	err    error
}

type lintedKey struct{}

// lintSent goes before the transaction: reading somebody's file, let alone through LibreOffice, takes too long for the
// writer. It is done for nobody but an account with a page of ours.
func (s *site) lintSent(r *http.Request, who visitor) *http.Request {
	if !who.session.Valid(unmask(r.FormValue("form_token"))) {
		return r
	}
	return r.WithContext(context.WithValue(r.Context(), lintedKey{}, s.lintUpload(r)))
}

func (s *site) lintUpload(r *http.Request) (l linted) {
	profile, ok := official.ProfileByCode(r.FormValue("profile"))
	sent := s.uploads(r, "file")
	switch {
	case !ok:
		l.err = fault.Invalid("profile", "Hãy chọn thể thức để đối chiếu.")
		return l
	case len(sent) == 0:
		l.err = fault.Invalid("file", "Hãy chọn tệp .docx hoặc .odt cần kiểm.")
		return l
	}
	f, err := sent[0].Open()
	if err != nil {
		l.err = err
		return l
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, official.MostLinted+1))
	if err != nil {
		l.err = err
		return l
	}
	l.name = sent[0].Name
	if l.marked, l.found, l.err = official.MarkedCopy(r.Context(), l.name, content, profile, s.ownLayout(r, profile.Code)); l.err != nil {
		l.err = fieldOf("file", l.err)
	}
	return l
}

// ownLayout reads the office's own values where the form asks for them; nil for the layout as its source has it.
func (s *site) ownLayout(r *http.Request, code string) official.LayoutOn {
	if r.FormValue("own") == "" {
		return nil
	}
	return func(day official.Day) (p official.Profile, err error) {
		err = s.DB.Read(r.Context(), func(tx *db.Tx) error {
			p, err = paper.OwnLayout(tx, code, day)
			return err
		})
		return p, err
	}
}

func (s *site) lintForm(_ *db.Tx, _ access.Actor, r *http.Request) (Reply, error) {
	p := &lintPage{Own: r.FormValue("own") != ""}
	for _, profile := range official.Profiles() {
		chosen := profile.Code == r.FormValue("profile")
		p.Profiles = append(p.Profiles, option{profile.Code, profile.Name, chosen})
		if chosen {
			p.By = profile.Name
		}
	}
	return Reply{Page: "paper/lint", Data: p}, nil
}

// lintFile shows what was found, or gives the copy in which it is marked.
func (s *site) lintFile(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.lintForm(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	if err := refusedUpload(r); err != nil {
		return again, fieldOf("file", err)
	}
	l, _ := r.Context().Value(lintedKey{}).(linted)
	if l.err != nil {
		return again, l.err
	}
	if r.PostFormValue("act") == "tep" {
		name := strings.TrimSuffix(filepath.Base(l.name), filepath.Ext(l.name)) + " (đánh dấu).docx"
		return Reply{Download: &Download{Name: name, Type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Body: l.marked}}, nil
	}
	p := again.Data.(*lintPage)
	p.Name, p.Found = l.name, l.found
	again.Again = true
	return again, nil
}
