package web

import (
	"net/http"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/official"
	"giaoban/paper"
	"giaoban/people"
)

// signerForm is who is to sign: one of those whose post may, with how the signature will read. Title and authority come
// from the post; what a program says of them in a form is only compared.
type signerForm struct {
	Who, Title, Authority, Of string
	Choices                   []signerChoice
	MayLeaveOpen              bool // a draft may wait for its signer
}

type signerChoice struct {
	Person, Name, Reads string
	Chosen              bool
}

func readSigner(r *http.Request) signerForm {
	return signerForm{Who: r.FormValue("signer"), Title: r.FormValue("title"), Authority: r.FormValue("authority"), Of: r.FormValue("of")}
}

func (f signerForm) signature() paper.Signature {
	s := paper.Signature{Signer: strings.TrimSpace(f.Who), Title: f.Title}
	if f.Authority != "" {
		s.Authority = []official.AuthorityLine{{Authority: official.Authority(f.Authority), Of: f.Of}}
	}
	return s
}

// offer lists who may sign the papers of a body today; proposed is chosen while nobody was, else the first.
func (f *signerForm) offer(tx *db.Tx, by access.Actor, body db.ID, profile string, proposed db.ID) error {
	all, layout, err := paper.Signers(tx, by, body, profile)
	if f.Who == "" && !f.MayLeaveOpen {
		f.Who = string(proposed)
	}
	if f.Who == "" && !f.MayLeaveOpen && len(all) > 0 {
		f.Who = string(all[0].Post.Person)
	}
	told := make(map[db.ID]bool)
	for _, s := range all {
		if told[s.Post.Person] {
			continue // who holds two posts signs from the higher one
		}
		told[s.Post.Person] = true
		f.Choices = append(f.Choices, signerChoice{string(s.Post.Person), s.Post.Name, people.Reads(layout, s.Block),
			string(s.Post.Person) == f.Who || s.Post.Name == f.Who})
	}
	return err
}
