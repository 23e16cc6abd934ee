package report

import (
	"sync"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
)

// Known remembers where reports went, for one database, so that the next report to the same place is read and checked
// without asking the database. Nothing in it can become wrong: the code of a regime with open periods, the form of an
// opening and the code of a body never change. Whether the body is obliged and the actor may is asked by Submit.
type Known struct {
	mu     sync.RWMutex
	places map[knownKey]knownPlace
}

type knownKey struct {
	regime string
	period calendar.Period
	org    string
}

type knownPlace struct {
	opening, org db.ID
	form         *Form
}

// mostKnown bounds memory to about 10 MB: the months of a year for 3,300 bodies, and as many again.
const mostKnown = 80_000

// Remember keeps the place of a report that Submit has taken.
func (k *Known) Remember(p Prepared) {
	key := knownKey{p.Regime, p.Period, p.Body.Code}
	k.mu.RLock()
	_, there := k.places[key]
	k.mu.RUnlock()
	if there {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.places == nil || len(k.places) >= mostKnown {
		k.places = make(map[knownKey]knownPlace)
	}
	k.places[key] = knownPlace{p.opening, p.Body.ID, p.Form}
}

// Prepare is the function Prepare for a place that is remembered; ok is false when it is not.
func (k *Known) Prepare(by access.Actor, regimeCode string, period calendar.Period, orgCode string, in Input) (p Prepared, ok bool, err error) {
	k.mu.RLock()
	place, ok := k.places[knownKey{regimeCode, period, orgCode}]
	k.mu.RUnlock()
	if !ok || place.form.beside {
		return p, false, nil // what the figures are held against is in the database
	}
	if !by.Can(access.SubmitReport, place.org) {
		return p, false, nil // the body may have taken the report over: the database is asked
	}
	p = Prepared{Form: place.form, Regime: regimeCode, Period: period, Body: Body{place.org, orgCode}, opening: place.opening, way: WayProgram}
	return p, true, p.read(by, in, Before{})
}
