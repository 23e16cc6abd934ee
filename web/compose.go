package web

import (
	"net/http"
	"net/url"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/lineage"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/record"
)

// composeURL is where a paper is begun by hand; "tu" names the record it is written from.
const composeURL = "/van-ban/soan"

// composeAt leads from a record's page to the form that begins a paper from it; "" for who writes none, and for pages about
// no record. A page's declaration says which record it shows, the reply where the address does not name it.
func composeAt(at route, by access.Actor, r *http.Request, reply Reply) string {
	if !by.SignedIn() || !by.Can(access.DraftPaper, by.Body) {
		return ""
	}
	n := reply.About
	if n.Kind == "" && record.Kinds[at.name].See != nil { // its own page; what is below it, and what asks once more, have their own to do
		n = lineage.Node{Kind: at.name, ID: db.ID(r.PathValue(firstWildcard(at.path)))}
	}
	if n.Kind == "" || n.ID == "" || record.Kinds[n.Kind].See == nil {
		return ""
	}
	return composeURL + "?tu=" + url.QueryEscape(n.Key())
}

// firstWildcard is the name of what a path leaves open first.
func firstWildcard(path string) string {
	_, rest, _ := strings.Cut(path, "{")
	name, _, _ := strings.Cut(rest, "}")
	return name
}

// Compose is where a paper is begun from the record of this page; "" for none.
func (v *view) Compose() string { return v.compose }

// composePage is the form that begins a paper.
type composePage struct {
	From      lineage.Node // the record it is written from; without kind for none
	URL       string       // of the record
	Kinds     []option
	Subject   string
	Secretary string
	Chair     string
	Signer    signerForm
}

func (s *site) composePaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p := composePage{Subject: r.FormValue("subject"), Secretary: r.FormValue("secretary"), Chair: r.FormValue("chair"), Signer: readSigner(r)}
	if err := by.May(access.DraftPaper, by.Body); err != nil {
		return Reply{}, err
	}
	var err error
	if p.From, err = sourceIn(tx, by, r); err != nil {
		return Reply{}, err
	}
	if p.From.Kind != "" {
		p.URL = address(p.From.Kind, p.From.ID)
	}
	if !r.Form.Has("subject") {
		p.Subject, p.Secretary = record.Subject(p.From), by.Name
	}
	p.Kinds = []option{{"", "Chọn loại", r.FormValue("kind") == ""}}
	for _, k := range paper.Kinds {
		p.Kinds = append(p.Kinds, option{string(k), k.Name(), r.FormValue("kind") == string(k)})
	}
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return Reply{}, err
	}
	p.Signer.MayLeaveOpen = true
	return Reply{Page: "paper/compose", Data: &p}, p.Signer.offer(tx, by, commission.ID, "", "")
}

// sourceIn is the record that the address or the form names, for who may see it.
func sourceIn(tx *db.Tx, by access.Actor, r *http.Request) (lineage.Node, error) {
	text := r.FormValue("tu")
	if text == "" {
		return lineage.Node{}, nil
	}
	kind, id, _ := strings.Cut(text, "/")
	return record.Source(tx, by, kind, db.ID(id))
}

func (s *site) beginPaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	from, err := sourceIn(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	p, err := record.Compose(tx, by, record.Composing{Kind: paper.Kind(r.PostFormValue("kind")), Subject: r.PostFormValue("subject"), From: from,
		Signer: readSigner(r).signature(), Secretary: r.PostFormValue("secretary"), Chair: r.PostFormValue("chair")})
	if f := fault.Of(err); f != nil && f.Kind == fault.KindForbidden {
		return Reply{}, err
	}
	if err != nil {
		return withPage(err, func() (Reply, error) { return s.composePaper(tx, by, r) })
	}
	return Reply{To: "/van-ban/" + string(p.ID) + "/loi-van"}, nil
}
