package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/appraisal"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/paper"
)

// onDraft does one act about the draft of the address, and leads back to the place where it was done.
func (s *site) onDraft(tx *db.Tx, by access.Actor, r *http.Request, at string, do func(id db.ID) error) (Reply, error) {
	id := db.ID(r.PathValue("appraisal"))
	if err := do(id); err != nil {
		return withPage(err, func() (Reply, error) { return s.showAppraisal(tx, by, r) })
	}
	return Reply{To: address("appraisal", id) + at}, nil
}

// calledHere gives a field of the room the name that it has on this page, where several forms stand.
func calledHere(field, here string) func(string) string {
	return func(one string) string {
		if one == field {
			return here
		}
		return one
	}
}

func (s *site) askReviewers(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.onDraft(tx, by, r, "#co-quan", func(id db.ID) error {
		var bodies []db.ID
		for _, one := range r.PostForm["asked[]"] {
			bodies = append(bodies, db.ID(one))
		}
		err := appraisal.Ask(tx, by, id, bodies, int(wholeNumber(r.PostFormValue("ask_days"))))
		return renamedFields(err, calledHere("days", "ask_days"))
	})
}

func (s *site) commentDraft(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	at := "#du-thao"
	if key := r.PostFormValue("paragraph"); key != "" {
		at = "#doan-" + url.PathEscape(key)
	}
	return s.onDraft(tx, by, r, at, func(id db.ID) error {
		return appraisal.Say(tx, by, id, int(versionOf(r)), appraisal.NewComment{Paragraph: r.PostFormValue("paragraph"), Words: r.PostFormValue("words"), Wording: r.PostFormValue("wording")})
	})
}

func (s *site) dropComment(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.onDraft(tx, by, r, "#du-thao", func(id db.ID) error { return appraisal.Drop(tx, by, id, db.ID(r.PostFormValue("comment"))) })
}

func (s *site) takeComments(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	taken := 0
	reply, err := s.onDraft(tx, by, r, "#du-thao", func(id db.ID) error {
		if _, err := appraisal.Find(tx, by, id); err != nil {
			return err
		}
		var wrong fault.List
		f, err := s.draftSent(tx, by, r, &wrong)
		if err == nil {
			err = wrong.Err()
		}
		if err != nil {
			return err
		}
		taken, err = appraisal.TakeFile(tx, by, id, int(versionOf(r)), appraisal.Returned(f))
		return err
	})
	if err == nil {
		reply.Said = fmt.Sprintf("Đã đọc %d góp ý từ tệp, đặt ở từng đoạn. Xem lại, bỏ ý không dùng, rồi trình lãnh đạo cơ quan ký.", taken)
	}
	return reply, err
}

func (s *site) signOpinion(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.onDraft(tx, by, r, "", func(id db.ID) error {
		return appraisal.SignOpinion(tx, by, id, int(versionOf(r)), appraisal.Opinion(r.PostFormValue("says")), r.PostFormValue("note"))
	})
}

func (s *site) disposeComments(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	var comments []db.ID
	for _, one := range tickedIn(r).Rows {
		comments = append(comments, db.ID(one))
	}
	reply, err := s.onDraft(tx, by, r, "#tiep-thu", func(id db.ID) error {
		return appraisal.Dispose(tx, by, id, comments, appraisal.Disposal{Kind: appraisal.DisposalKind(r.PostFormValue("disposal")), Wording: r.PostFormValue("new_wording"), Reason: r.PostFormValue("reason")})
	})
	if err == nil {
		reply.Said = fmt.Sprintf("Đã ghi “%s” với %d góp ý.", appraisal.DisposalKind(r.PostFormValue("disposal")).Name(), len(comments))
	}
	return reply, err
}

func (s *site) submitVersion(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.onDraft(tx, by, r, "", func(id db.ID) error {
		if _, err := appraisal.Find(tx, by, id); err != nil {
			return err
		}
		var wrong fault.List
		f, err := s.draftSent(tx, by, r, &wrong)
		if err == nil {
			err = wrong.Err()
		}
		if err != nil {
			return err
		}
		err = appraisal.SubmitVersion(tx, by, id, appraisal.NewVersion{Seen: int(versionOf(r)), File: f, Note: r.PostFormValue("note"),
			Days: int(wholeNumber(r.PostFormValue("days"))), Again: r.PostFormValue("again") == "1"})
		return renamedFields(err, calledHere("note", "ban-moi-note"))
	})
}

func (s *site) placeComments(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	placed := 0
	reply, err := s.onDraft(tx, by, r, "#du-thao", func(id db.ID) error {
		for name, values := range r.PostForm {
			comment, is := strings.CutPrefix(name, "place-")
			if !is || values[0] == "" {
				continue
			}
			if err := appraisal.PlaceComment(tx, by, id, db.ID(comment), strings.TrimPrefix(values[0], "-")); err != nil {
				return fieldOf(name, err)
			}
			placed++
		}
		if placed == 0 {
			return appraisal.PlaceComment(tx, by, id, "", "")
		}
		return nil
	})
	if err == nil {
		reply.Said = fmt.Sprintf("Đã ghi chỗ của %d góp ý trong bản này.", placed)
	}
	return reply, err
}

func (s *site) stopAppraisal(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.onDraft(tx, by, r, "#tam-dung", func(id db.ID) error {
		return renamedFields(appraisal.Stop(tx, by, id, r.PostFormValue("reason")), calledHere("reason", "dung-reason"))
	})
}

func (s *site) resumeAppraisal(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.onDraft(tx, by, r, "", func(id db.ID) error { return appraisal.Resume(tx, by, id) })
}

func (s *site) withdrawDraft(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.onDraft(tx, by, r, "", func(id db.ID) error {
		return renamedFields(appraisal.Withdraw(tx, by, id, r.PostFormValue("reason")), calledHere("reason", "rut-reason"))
	})
}

func (s *site) closeAppraisal(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.onDraft(tx, by, r, "", func(id db.ID) error { return appraisal.Close(tx, by, id) })
}

func (s *site) draftResult(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	var made paper.Paper
	reply, err := s.onDraft(tx, by, r, "", func(id db.ID) (err error) {
		made, err = appraisal.DraftResult(tx, by, id, appraisal.NewResult{Says: r.PostFormValue("result"), Kind: paper.Kind(r.PostFormValue("paper_kind"))})
		return renamedFields(err, calledHere("says", "result"))
	})
	if err == nil {
		reply.To = address("paper", made.ID)
	}
	return reply, err
}

// comparePage tells two versions apart, word by word.
type comparePage struct {
	appraisal.Appraisal
	From, To int
	Versions []appraisal.Version
	Lines    []appraisal.Compared
	Same     int
	AllShown bool
}

func (s *site) compareDrafts(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id := db.ID(r.PathValue("appraisal"))
	a, err := appraisal.Find(tx, by, id)
	if err != nil {
		return Reply{}, err
	}
	p := &comparePage{Appraisal: a, From: max(a.N-1, 1), To: a.N, AllShown: r.FormValue("ca") == "1"}
	if n, err := strconv.Atoi(r.FormValue("tu")); err == nil {
		p.From = n
	}
	if n, err := strconv.Atoi(r.FormValue("den")); err == nil {
		p.To = n
	}
	if p.Versions, err = appraisal.Versions(tx, by, id); err != nil {
		return Reply{}, err
	}
	if p.Lines, err = appraisal.Compare(tx, by, id, p.From, p.To); err != nil {
		return Reply{}, err
	}
	all := p.Lines
	p.Lines = slices.DeleteFunc(slices.Clone(all), func(c appraisal.Compared) bool { return c.How == appraisal.Same && !p.AllShown })
	p.Same = len(slices.DeleteFunc(all, func(c appraisal.Compared) bool { return c.How != appraisal.Same }))
	return Reply{Page: "appraisal/compare", Data: p}, nil
}
