package web

import (
	"fmt"
	"net/http"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/people"
)

// chainPage says which chairs the commission's own report passes before it is signed.
type chainPage struct {
	Stages []chainStage
	Chain  []string // as it stands
}

type chainStage struct {
	ID, Label string
	Chairs    []option
}

func (s *site) showChain(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.SetUpOffice, by.Body); err != nil {
		return Reply{}, err
	}
	held, err := people.Chairs(tx, by, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return Reply{}, err
	}
	var chairs []string
	for _, c := range held {
		chairs = append(chairs, c.Name)
	}
	p := chainPage{}
	if p.Chain, err = consolidation.Chain(tx); err != nil {
		return Reply{}, err
	}
	chosen := p.Chain
	if r.Method == http.MethodPost {
		chosen = stagesOf(r)
	}
	for _, chair := range chosen { // a chair that stands empty today is still named
		if chair != "" && !slices.Contains(chairs, chair) {
			chairs = append(chairs, chair)
		}
	}
	for n := range consolidation.MostStages {
		id := "stage"
		if n > 0 {
			id = fmt.Sprintf("stage%d", n+1)
		}
		stage := chainStage{ID: id, Label: fmt.Sprintf("Bước %d", n+1), Chairs: []option{{Text: "(không có)"}}}
		for _, chair := range chairs {
			stage.Chairs = append(stage.Chairs, option{Value: chair, Text: chair, Selected: n < len(chosen) && chosen[n] == chair})
		}
		p.Stages = append(p.Stages, stage)
	}
	return Reply{Page: "consolidation/chain", Data: p}, nil
}

func (s *site) saveChain(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := consolidation.SetChain(tx, by, stagesOf(r)); err != nil {
		again, problem := s.showChain(tx, by, r)
		if problem != nil {
			return again, problem
		}
		return again, err
	}
	return Reply{To: "/thiet-lap/trinh-ky"}, nil
}

// stagesOf reads the chairs as they were chosen, in the order of the form.
func stagesOf(r *http.Request) []string {
	chairs := []string{r.PostFormValue("stage")}
	for n := 2; n <= consolidation.MostStages; n++ {
		chairs = append(chairs, r.PostFormValue(fmt.Sprintf("stage%d", n)))
	}
	return chairs
}
