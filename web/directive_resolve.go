package web

import (
	"net/http"
	"net/url"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/citation"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/lineage"
	"giaoban/org"
)

// resolvePage shows what a reference may mean; one document that is certain is opened at once instead.
type resolvePage struct {
	Reference  citation.Reference
	Day        string // ISO
	Kind       string // the record it stands in
	Record     string
	Candidates []candidateLine
	Decision   db.ID // a choice that stands
	SetAside   bool
	MayDecide  bool
	Places     []lineage.Node // records in which it is written so and stands open
	Enter      string         // address of the form, filled in
	Note       string
}

type candidateLine struct {
	directive.Candidate
	Badge badge
}

func (s *site) resolveReference(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ReadDirective, by.Body); err != nil {
		return Reply{}, err
	}
	ref, source, err := referenceOf(r)
	if err != nil {
		return Reply{}, err
	}
	p, meant, err := resolveOf(tx, by, ref, source)
	if err != nil {
		return Reply{}, err
	}
	if meant != "" && r.FormValue("xem") == "" {
		return Reply{To: "/van-ban-chi-dao/" + string(meant)}, nil
	}
	return Reply{Page: "directive/resolve", Data: p}, nil
}

func resolveOf(tx *db.Tx, by access.Actor, ref citation.Reference, source lineage.Node) (*resolvePage, db.ID, error) {
	all, err := directive.ResolveIn(tx, by, source, []citation.Reference{ref})
	if err != nil {
		return nil, "", err
	}
	found := all[0]
	p := &resolvePage{Reference: ref, Day: ref.Date.String(), Kind: source.Kind, Record: string(source.ID), Decision: found.Decision, SetAside: found.SetAside,
		MayDecide: by.Can(access.RecordDirective, by.Body)}
	today := calendar.OfInstant(tx.Clock())
	for _, c := range found.Candidates {
		p.Candidates = append(p.Candidates, candidateLine{c, directiveBadge(c.StateOn(today))})
	}
	if p.MayDecide {
		if p.Places, err = directive.OpenSources(tx, by, ref); err != nil {
			return nil, "", err
		}
	}
	q, _ := url.ParseQuery(strings.TrimPrefix(citedURL(ref, source), "/vien-dan?"))
	p.Enter = "/van-ban-chi-dao/them?" + q.Encode()
	return p, found.Meant(), nil
}

// decided runs a choice about the reference in the form and goes on: to the chosen document, or back to the worklist.
func decided(tx *db.Tx, by access.Actor, r *http.Request, choose func(ref citation.Reference, source lineage.Node) (string, error)) (Reply, error) {
	ref, source, err := referenceOf(r)
	if err != nil {
		return Reply{}, err
	}
	to, err := choose(ref, source)
	if err == nil {
		return Reply{To: to}, nil
	}
	return withPage(err, func() (Reply, error) {
		p, _, err := resolveOf(tx, by, ref, source)
		if err != nil {
			return Reply{}, err
		}
		p.Note = r.PostFormValue("note")
		return Reply{Page: "directive/resolve", Data: p}, nil
	})
}

func (s *site) chooseReference(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return decided(tx, by, r, func(ref citation.Reference, source lineage.Node) (string, error) {
		chosen := db.ID(r.PostFormValue("directive"))
		if r.PostFormValue("moi-noi") != "" {
			_, err := directive.DecideAll(tx, by, ref, chosen, r.PostFormValue("note"))
			return "/vien-dan/cho", err
		}
		return "/van-ban-chi-dao/" + string(chosen), directive.DecideIn(tx, by, source, ref, chosen, r.PostFormValue("note"))
	})
}

func (s *site) setReferenceAside(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return decided(tx, by, r, func(ref citation.Reference, source lineage.Node) (string, error) {
		return "/vien-dan/cho", directive.SetAside(tx, by, source, ref, r.PostFormValue("note"))
	})
}

func (s *site) undecideReference(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := directive.Undecide(tx, by, db.ID(r.PostFormValue("decision"))); err != nil {
		return Reply{}, err
	}
	if back := r.PostFormValue("directive"); back != "" {
		return Reply{To: "/van-ban-chi-dao/" + url.PathEscape(back)}, nil
	}
	return Reply{To: "/vien-dan/cho"}, nil
}

// openPage is the officer's worklist: references of which nobody knows the document.
type openPage struct {
	Lines []openLine
	Next  string
}

type openLine struct {
	directive.Mentioned
	Places int    // how often it is written so
	Find   string // the page that shows what it may be
	Enter  string // the form, filled in
}

func (s *site) openReferences(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	all, next, err := directive.OpenMentions(tx, by, db.ID(r.FormValue("sau")))
	if err != nil {
		return Reply{}, err
	}
	places, err := directive.OpenPlaces(tx, by, all)
	if err != nil {
		return Reply{}, err
	}
	p := &openPage{}
	for _, m := range all {
		ref := m.Reference()
		find := citedURL(ref, m.Source())
		p.Lines = append(p.Lines, openLine{Mentioned: m, Places: places[m.RefKey], Find: find, Enter: "/van-ban-chi-dao/them" + strings.TrimPrefix(find, "/vien-dan")})
	}
	if next != "" {
		p.Next = withQuery(r, "sau", string(next))
	}
	return Reply{Page: "directive/open", Data: p}, nil
}

// namedDirective finds the one document that somebody named by its citation or symbol.
func namedDirective(tx *db.Tx, by access.Actor, typed string) (directive.Directive, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return directive.Directive{}, fault.Invalid("", "Cần ghi văn bản, ví dụ “Chỉ thị số 20-CT/TW, ngày 05/11/2012”.")
	}
	refs := citation.Find(typed)
	if len(refs) == 0 {
		refs = []citation.Reference{{Symbol: typed, Text: typed}}
	}
	found, err := directive.Resolve(tx, by, refs[:1])
	if err != nil {
		return directive.Directive{}, err
	}
	meant, all := found[0].Meant(), found[0].Candidates
	if meant == "" && len(all) == 1 {
		meant = all[0].ID
	}
	switch {
	case meant != "":
		return directive.Find(tx, by, meant)
	case len(all) == 0:
		return directive.Directive{}, fault.Invalid("", "Sổ chưa có văn bản “%s”. Xin vào sổ văn bản đó trước.", short(typed))
	}
	var labels []string
	for _, c := range all {
		labels = append(labels, c.Label())
	}
	return directive.Directive{}, fault.Invalid("", "“%s” có thể là nhiều văn bản: %s. Xin ghi thêm ngày hoặc khóa.", short(typed), strings.Join(labels, "; "))
}

// issuersOffered are the names of those who issue documents, for the form's list.
func issuersOffered(tx *db.Tx, by access.Actor) ([]string, error) {
	today := calendar.OfInstant(tx.Clock())
	var names []string
	for _, load := range []func(*db.Tx, access.Actor, calendar.Date) ([]org.Body, error){org.Authorities, org.At} {
		bodies, err := load(tx, by, today)
		if err != nil {
			return nil, err
		}
		for _, b := range bodies {
			names = append(names, b.Name)
		}
	}
	return names, nil
}
