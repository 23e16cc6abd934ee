package web

import (
	"context"
	"io"
	"net/http"
	"strconv"

	"giaoban/access"
	"giaoban/appraisal"
	"giaoban/document"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/library"
	"giaoban/official"
	"giaoban/paper"
)

// draftFile is the field of a draft, and of a reviewer's file.
const draftFile = "file"

type readDraftKey struct{}

// draftRead is the file of a form as it was read before its transaction.
type draftRead struct {
	Upload
	document document.Document
	err      error
}

// readingDraft is for a form whose file is a draft in Word.
func (r route) readingDraft() route {
	r.before = func(s *site, r *http.Request, who visitor) *http.Request {
		sent := s.uploads(r, draftFile)
		if len(sent) == 0 || !who.session.Valid(unmask(r.FormValue("form_token"))) {
			return r
		}
		one := draftRead{Upload: sent[0]}
		one.document, one.err = readUpload(r.Context(), sent[0])
		return r.WithContext(context.WithValue(r.Context(), readDraftKey{}, one))
	}
	return r
}

// draftSent keeps the file of the form; what is wrong with it stands among the other problems of the form. Without a file it
// is empty, and the room says that one is needed.
func (s *site) draftSent(tx *db.Tx, by access.Actor, r *http.Request, wrong *fault.List) (f appraisal.File, err error) {
	if err := refusedUpload(r); err != nil {
		return f, fieldOf(draftFile, err)
	}
	read, ok := r.Context().Value(readDraftKey{}).(draftRead)
	if !ok {
		return f, nil
	}
	if read.err != nil {
		return f, wrong.AddError(draftFile, read.err)
	}
	if err := read.Keep(); err != nil {
		return f, err
	}
	if f.File, err = library.Add(tx, by, by.Body, read.Stored, read.Name); err != nil {
		return f, err
	}
	f.Read = read.document
	return f, nil
}

// sendDraftFile gives the file of a version as it came, for who comments in Word.
func (s *site) sendDraftFile(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	n, _ := strconv.Atoi(r.PathValue("n"))
	f, err := appraisal.FileOf(tx, by, db.ID(r.PathValue("appraisal")), n)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Download: &Download{Name: f.Name, Type: f.Kind, Open: func() (io.ReadCloser, error) { return s.Files.Reader(f.SHA256) }}}, nil
}

// appraisalTable gives what the author made of the comments, as Word or PDF.
func (s *site) appraisalTable(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	d, err := appraisal.Table(tx, by, db.ID(r.PathValue("appraisal")))
	if err != nil {
		return Reply{}, err
	}
	file, err := paper.File(d, "bang tong hop tiep thu giai trinh", r.PathValue("format"), official.HTMLOptions{})
	return downloaded(file), err
}
