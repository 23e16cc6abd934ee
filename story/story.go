// Package story plays câu chuyện mẫu: one conference of one province as a public page told of it, from what came before
// it to its papers. Bodies, days, documents and matters are those of the page; the people are invented, and every page
// and paper bears the mark of the sample. What is done is done through the functions that the pages use, by whoever
// would do it, at an hour of its own, so that a story played twice gives the same files.
package story

import (
	"context"
	"fmt"
	"slices"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/id"
	"giaoban/org"
	"giaoban/sample"
)

// First is the story of the sample province, which package sample plays.
const First = "khanh-hoa-2022"

// Names are the stories, the first one first.
func Names() []string {
	names := []string{First}
	for _, p := range plots() {
		names = append(names, p.name)
	}
	return names
}

// plots are the stories that are played here, in the order of their pages.
func plots() []plot { return []plot{quarter2019(), nineMonths2023(), year2020(), konTum2021()} }

// Played is a story that has been told in a database.
type Played struct {
	Name       string
	Officer    access.Actor // who reads it afterwards
	Regime     string       // whose reports the conference looked back on
	Period     calendar.Period
	Conference db.ID
	Programmes []db.ID // of coordination, that the story tells of
	Renewal    db.ID   // the programme of the next term
}

// OfSample is the story that PlayFirst has played: the briefing of its quarter, and the programmes that were signed before.
func OfSample(tx *db.Tx, p *sample.Province, signed []db.ID) (Played, error) {
	b, err := conference.OfPeriod(tx, p.Officer, sample.Quarterly, sample.Quarter)
	return Played{Name: First, Officer: p.Officer, Regime: sample.Quarterly, Period: sample.Quarter, Conference: b.ID, Programmes: signed}, err
}

// Play fills an empty database with one of the stories that are played here. say, when not nil, is told each step.
func Play(ctx context.Context, d *db.DB, name string, say func(sample.Step)) (Played, error) {
	all := plots()
	i := slices.IndexFunc(all, func(p plot) bool { return p.name == name })
	if i < 0 {
		return Played{}, fmt.Errorf("story: no story %s", name)
	}
	s := &stage{plot: all[i], bodies: make(map[string]org.Body), actors: make(map[string]access.Actor)}
	clock := &db.Clock{}
	d.LiveBy(clock.Now, id.Seeded(sample.Seed+", "+name))
	var last time.Time
	for _, a := range s.acts() {
		last = a.at
		clock.Set(a.at)
		if err := d.WriteLong(ctx, func(tx *db.Tx) error { s.told = nil; return a.do(tx) }); err != nil {
			return Played{}, fmt.Errorf("%s, %s, %s: %w", name, db.InstantOf(a.at), a.name, err)
		}
		if say != nil {
			say(sample.Step{At: a.at, Name: a.name, Details: s.told})
		}
	}
	err := d.WriteLong(ctx, func(tx *db.Tx) error {
		return org.Set(tx, access.System("tỉnh mẫu"), org.ClockFrom, calendar.OfInstant(last).Vietnamese())
	})
	played := Played{Name: name, Officer: s.officer(), Regime: s.reports.regime.code, Conference: s.conference, Renewal: s.renewal}
	if s.programme != "" {
		played.Programmes = []db.ID{s.programme}
		return played, err
	}
	played.Period = s.period()
	return played, err
}
