package web

import (
	"net/http"

	"giaoban/access"
	"giaoban/conference"
	"giaoban/internal/db"
)

// typesPage lists the types of conferences, with the form for one of the office's own as typed.
type typesPage struct {
	Types         []conference.Type
	May           bool
	Name, Pattern string
	Spans         []option
}

func (s *site) conferenceTypes(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	all, err := conference.Types(tx, by)
	data := typesPage{Types: all, May: by.Can(access.PrepareBriefing, by.Body), Name: r.PostFormValue("name"), Pattern: r.PostFormValue("pattern")}
	for _, one := range []conference.Spans{conference.Nothing, conference.Period, conference.Reports} {
		data.Spans = append(data.Spans, option{string(one), one.Name(), r.PostFormValue("spans") == string(one)})
	}
	return Reply{Page: "briefing/types", Data: data}, err
}

func (s *site) addConferenceType(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.conferenceTypes(tx, by, r)
	if err != nil {
		return again, err
	}
	if _, err := conference.AddType(tx, by, r.PostFormValue("name"), r.PostFormValue("pattern"), conference.Spans(r.PostFormValue("spans"))); err != nil {
		return again, err
	}
	return Reply{To: "/giao-ban/loai"}, nil
}

func (s *site) endConferenceType(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := conference.EndType(tx, by, r.PathValue("code")); err != nil {
		again, lost := s.conferenceTypes(tx, by, r)
		if lost != nil {
			return Reply{}, err
		}
		return again, err
	}
	return Reply{To: "/giao-ban/loai"}, nil
}
