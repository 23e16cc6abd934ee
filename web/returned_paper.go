package web

import (
	"net/http"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/official"
	"giaoban/paper"
	"giaoban/record"
)

// Of a paper whose words are edited on its own page.

func printedPaper(tx *db.Tx, by access.Actor, r *http.Request) (d official.Document, version int64, err error) {
	p, err := draftedPaper(tx, by, r)
	if err == nil {
		d, err = paper.Document(tx, by, p.ID)
	}
	return d, p.Version, err
}

func draftedPaper(tx *db.Tx, by access.Actor, r *http.Request) (paper.Paper, error) {
	p, err := paper.Find(tx, by, db.ID(r.PathValue("id")))
	if err != nil {
		return p, err
	}
	if err := by.May(access.DraftPaper, p.Body); err != nil {
		return p, err
	}
	return p, p.Writable()
}

func returnedOfPaper(tx *db.Tx, by access.Actor, r *http.Request) (*returnedPage, paper.Paper, error) {
	p, err := draftedPaper(tx, by, r)
	if err != nil {
		return nil, p, err
	}
	ahead, err := record.Ahead(tx, by, p.ID)
	if err != nil {
		return nil, p, err
	}
	url := "/van-ban/" + string(p.ID)
	data := &returnedPage{Title: "Bản Word trả về của " + p.KindName(), Base: url + "/ban-word", Draft: originLink{url, p.KindName()}, Version: p.Version}
	if ahead.Elsewhere {
		data.takes = func(official.ReturnedLine) bool { return false }
		data.Elsewhere, err = writtenFor(tx, by, p)
		return data, p, err
	}
	content, err := paper.Content(tx, by, p.ID)
	data.takes = paper.WordsOf(content).Takes
	return data, p, err
}

func (s *site) returnedPaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	data, _, err := returnedOfPaper(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	return data.answer(r, nil)
}

func (s *site) takeReturnedPaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	data, p, err := returnedOfPaper(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	return data.taken(r, func(chosen []returnedLine) error {
		var lines []official.ReturnedLine
		for _, l := range chosen {
			lines = append(lines, l.ReturnedLine)
		}
		_, err := paper.TakeReturned(tx, by, p.ID, versionOf(r), data.File, lines)
		return err
	})
}
