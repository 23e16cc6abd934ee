package conference

import (
	"strconv"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
)

// Beat is one quarter of the cadence: the conference that looked back on it, or on the longer period that ended with
// it (6 tháng, 9 tháng, năm). Conference has no ID when there was none.
type Beat struct {
	Quarter    calendar.Period
	Conference Conference
	State      State
	Sitting    Sitting // what the commission noted in short, where it held none in the program
	Held       bool    // it took place: closed
	Due        bool    // its usual time has passed
	Fact       Fact    // why it is not held, where it was cancelled or joined with another
}

// latestUsual is how many days after the end of a period such conferences have been held at the latest (domain: from 5
// days before to 17 days after).
const latestUsual = 17

// Cadence tells for each quarter of a year whether the conference it should have had was held.
func Cadence(tx *db.Tx, by access.Actor, year int) ([]Beat, error) {
	all, err := List(tx, by)
	if err != nil {
		return nil, err
	}
	noted, err := ownSittings(tx, by, year)
	if err != nil {
		return nil, err
	}
	today := calendar.OfInstant(tx.Clock())
	var out []Beat
	for n := 1; n <= 4; n++ {
		quarter, err := calendar.ParsePeriod(strconv.Itoa(year) + "-Q" + strconv.Itoa(n))
		if err != nil {
			return nil, err
		}
		beat := Beat{Quarter: quarter, Due: today.After(quarter.Last().AddDays(latestUsual))}
		for _, l := range all {
			if l.PeriodEnd == quarter.Last() && l.Period.Kind() != calendar.Month && (beat.Conference.ID == "" || !l.State.Gone()) {
				beat.Conference, beat.State = l.Conference, l.State
				beat.Held = l.State.Over()
				if !l.State.Gone() { // one that was cancelled stands only while there is no other
					break
				}
			}
		}
		for _, s := range noted {
			if s.PeriodEnd == quarter.Last() && beat.Sitting.Outcome != SittingHeld {
				beat.Sitting = s
			}
		}
		if beat.State.Gone() {
			facts, err := factsOf(tx, beat.Conference.ID)
			if err != nil {
				return nil, err
			}
			beat.Fact = lastOf(facts)
		}
		out = append(out, beat)
	}
	return out, nil
}
