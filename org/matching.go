package org

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
)

// meaning is one body that a spelling may stand for, while it does.
type meaning struct {
	body     db.ID
	from, to calendar.Date // of the name or alias, inside the life of the body; zero: open
	begins   calendar.Date // the life of the body
	ends     calendar.Date
}

func within(day, from, to calendar.Date) bool {
	return !from.After(day) && (to.IsZero() || !to.Before(day))
}

// spellings are all ways in which bodies are written, loaded once and then asked thousands of times.
type spellings struct {
	byKey map[string][]meaning
	code  map[db.ID]string
}

// loadSpellings reads names, codes and aliases of the bodies of the block, or of the authorities.
func loadSpellings(tx *db.Tx, authorities bool) (*spellings, error) {
	s := &spellings{byKey: make(map[string][]meaning), code: make(map[db.ID]string)}
	is := "<>"
	if authorities {
		is = "="
	}
	var bodies []Body
	if err := tx.Select(&bodies, "select id, code, valid_from, valid_to from body where kind "+is+" ? and (valid_to is null or valid_to >= valid_from)",
		string(Authority)); err != nil {
		return nil, err
	}
	life := make(map[db.ID]Body, len(bodies))
	for _, b := range bodies {
		life[b.ID] = b
		s.code[b.ID] = b.Code
		s.add(b, b.Code, calendar.Date{}, calendar.Date{})
	}
	var names []struct {
		Body      db.ID         `db:"body"`
		Name      string        `db:"name"`
		ShortName string        `db:"short_name"`
		ValidFrom calendar.Date `db:"valid_from"`
		ValidTo   calendar.Date `db:"valid_to"`
	}
	if err := tx.Select(&names, "select body, name, short_name, valid_from, valid_to from body_name where valid_to is null or valid_to >= valid_from"); err != nil {
		return nil, err
	}
	for _, n := range names {
		if b, ok := life[n.Body]; ok {
			s.add(b, n.Name, n.ValidFrom, n.ValidTo)
			if n.ShortName != n.Name {
				s.add(b, n.ShortName, n.ValidFrom, n.ValidTo)
			}
		}
	}
	var aliases []struct {
		Body      db.ID         `db:"body"`
		Alias     string        `db:"alias"`
		ValidFrom calendar.Date `db:"valid_from"`
		ValidTo   calendar.Date `db:"valid_to"`
	}
	err := tx.Select(&aliases, "select body, alias, valid_from, valid_to from body_alias")
	for _, a := range aliases {
		if b, ok := life[a.Body]; ok {
			s.add(b, a.Alias, a.ValidFrom, a.ValidTo)
		}
	}
	return s, err
}

// add enters a spelling under its key, its tight key, and both without the word "Sở".
func (s *spellings) add(b Body, spelling string, from, to calendar.Date) {
	m := meaning{body: b.ID, from: from, to: to, begins: b.ValidFrom, ends: b.ValidTo}
	if from == b.ValidFrom {
		m.from = calendar.Date{} // the first name is also what the body was called by those who wrote earlier
	}
	full := spellingKey(spelling)
	keys := []string{full, tightKey(spelling)}
	if bare, ok := strings.CutPrefix(full, "so "); ok {
		keys = append(keys, bare, strings.TrimPrefix(tightKey(spelling), "so"))
	}
	slices.Sort(keys)
	for _, key := range slices.Compact(keys) {
		if key != "" && !slices.Contains(s.byKey[key], m) {
			s.byKey[key] = append(s.byKey[key], m)
		}
	}
}

// bodies are those that a spelling means on a day. The zero day asks for all it ever meant.
func (s *spellings) bodies(spelling string, day calendar.Date) []db.ID {
	means := s.byKey[spellingKey(spelling)]
	if len(means) == 0 {
		means = s.byKey[tightKey(spelling)]
	}
	var now, once []db.ID
	for _, m := range means {
		switch {
		case day.IsZero() || within(day, m.begins, m.ends) && within(day, m.from, m.to):
			if !slices.Contains(now, m.body) {
				now = append(now, m.body)
			}
		// An office goes on being called by its old name for years; that counts where nothing bears it now.
		case within(day, m.begins, m.ends) && !m.to.IsZero() && m.to.Before(day):
			if !slices.Contains(once, m.body) {
				once = append(once, m.body)
			}
		}
	}
	if len(now) == 0 {
		return once
	}
	return now
}

// Matching finds the bodies of the block that a spelling may mean on a day: code, name, short name or alias, folded.
func Matching(tx *db.Tx, by access.Actor, spelling string, day calendar.Date) ([]Body, error) {
	all, err := At(tx, by, day)
	if err != nil {
		return nil, err
	}
	s, err := loadSpellings(tx, false)
	if err != nil {
		return nil, err
	}
	ids := s.bodies(spelling, day)
	var found []Body
	for _, b := range all {
		if slices.Contains(ids, b.ID) {
			found = append(found, b)
		}
	}
	return found, nil
}

// Matcher loads all spellings of the bodies of the block once and gives a pure function from a spelling and a day to the
// code of the one body it means. ok is false when it means none or several. The zero day asks whether it ever meant
// exactly one. A lookup costs some microseconds.
func Matcher(tx *db.Tx, by access.Actor) (func(spelling string, day calendar.Date) (code string, ok bool), error) {
	return matcher(tx, by, false)
}

// IssuerMatcher is Matcher for whoever issues documents: the authorities outside the block.
func IssuerMatcher(tx *db.Tx, by access.Actor) (func(spelling string, day calendar.Date) (code string, ok bool), error) {
	return matcher(tx, by, true)
}

func matcher(tx *db.Tx, by access.Actor, authorities bool) (func(string, calendar.Date) (string, bool), error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return nil, err
	}
	s, err := loadSpellings(tx, authorities)
	if err != nil {
		return nil, err
	}
	return func(spelling string, day calendar.Date) (string, bool) {
		ids := s.bodies(spelling, day)
		if len(ids) != 1 {
			return "", false
		}
		return s.code[ids[0]], true
	}, nil
}
