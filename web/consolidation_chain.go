package web

import (
	"fmt"
	"net/http"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/org"
)

// chainPage says which chairs the commission's own report passes before it is signed.
type chainPage struct {
	Stages []chainStage
	Chain  []string // as it stands
}

type chainStage struct {
	ID, Label string
	Titles    []option
}

func (s *site) showChain(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return Reply{}, err
	}
	titles, err := consolidation.Titles(tx, by, commission.ID)
	if err != nil {
		return Reply{}, err
	}
	p := chainPage{}
	if p.Chain, err = consolidation.Chain(tx); err != nil {
		return Reply{}, err
	}
	chosen := p.Chain
	if r.Method == http.MethodPost {
		chosen = stagesOf(r)
	}
	for _, title := range chosen { // a chair that stands empty today is still named
		if title != "" && !slices.Contains(titles, title) {
			titles = append(titles, title)
		}
	}
	for n := range consolidation.MostStages {
		id := "stage"
		if n > 0 {
			id = fmt.Sprintf("stage%d", n+1)
		}
		stage := chainStage{ID: id, Label: fmt.Sprintf("Bước %d", n+1), Titles: []option{{Text: "(không có)"}}}
		for _, title := range titles {
			stage.Titles = append(stage.Titles, option{Value: title, Text: title, Selected: n < len(chosen) && chosen[n] == title})
		}
		p.Stages = append(p.Stages, stage)
	}
	return Reply{Page: "consolidation/chain", Data: p}, nil
}

func (s *site) saveChain(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return Reply{}, err
	}
	if err := consolidation.SetChain(tx, by, commission.ID, stagesOf(r)); err != nil {
		again, problem := s.showChain(tx, by, r)
		if problem != nil {
			return again, problem
		}
		return again, err
	}
	return Reply{To: "/thiet-lap/trinh-ky"}, nil
}

// stagesOf reads the titles as they were chosen, in the order of the form.
func stagesOf(r *http.Request) []string {
	titles := []string{r.PostFormValue("stage")}
	for n := 2; n <= consolidation.MostStages; n++ {
		titles = append(titles, r.PostFormValue(fmt.Sprintf("stage%d", n)))
	}
	return titles
}
