package directive

import (
	"cmp"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/org"
)

// Link is one document of a chain with what carries it out (Down) or what it carries out (Up).
type Link struct {
	Directive
	Day   calendar.Date // from which day the relation holds
	Again bool          // shown with its branches elsewhere in the same tree
	Links []Link
}

// Chain is a document between what it carries out and what carries it out, and who of those asked has no plan yet.
type Chain struct {
	Up, Down []Link
	// Without are the bodies that answer for one of its sectors (all departments and agencies when none was named) and
	// have issued nothing to carry it out. Empty when nothing of the kind is expected.
	Without []org.Body
}

// deepest bounds a chain; real ones have three or four links.
const deepest = 12

// ChainOf walks the confirmed relations both ways, one query for each step.
func ChainOf(tx *db.Tx, by access.Actor, id db.ID) (Chain, error) {
	var c Chain
	d, err := Find(tx, by, id)
	if err != nil {
		return c, err
	}
	if c.Up, _, err = walk(tx, d.ID, "source", "target"); err != nil {
		return c, err
	}
	var issued map[db.ID]bool
	if c.Down, issued, err = walk(tx, d.ID, "target", "source"); err != nil {
		return c, err
	}
	if d.Level == Agency || d.Level == Local || d.StateOn(calendar.OfInstant(tx.Clock())) != InForce {
		return c, nil
	}
	asked, err := concerned(tx, by, d)
	for _, b := range asked {
		if !issued[b.ID] {
			c.Without = append(c.Without, b)
		}
	}
	return c, err
}

func walk(tx *db.Tx, root db.ID, from, to string) ([]Link, map[db.ID]bool, error) {
	type step struct {
		From db.ID         `db:"came"`
		To   db.ID         `db:"reached"`
		Day  calendar.Date `db:"day"`
	}
	steps, seen := make(map[db.ID][]step), map[db.ID]bool{root: true}
	level := []db.ID{root}
	for n := 0; n < deepest && len(level) > 0; n++ {
		var found []step
		for part := range slices.Chunk(level, 256) {
			list, args := db.Padded(part)
			if err := tx.Select(&found, `
select `+from+` as came, `+to+` as reached, day
from directive_relation
where `+from+` in `+list+` and kind = 'carries_out' and confirmed_at is not null and ended_at is null
order by day, id`, args...); err != nil {
				return nil, nil, err
			}
		}
		level = nil
		for _, s := range found {
			steps[s.From] = append(steps[s.From], s)
			if !seen[s.To] {
				seen[s.To] = true
				level = append(level, s.To)
			}
		}
	}
	delete(seen, root)
	ids := make([]db.ID, 0, len(seen))
	for id := range seen {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	all, err := these(tx, ids)
	if err != nil {
		return nil, nil, err
	}
	issued := make(map[db.ID]bool)
	for _, d := range all {
		issued[d.IssuerBody] = true
	}
	grown := map[db.ID]bool{root: true}
	var branch func(id db.ID) []Link
	branch = func(id db.ID) []Link {
		var links []Link
		for _, s := range steps[id] {
			l := Link{Directive: all[s.To], Day: s.Day, Again: grown[s.To]}
			if !l.Again {
				grown[s.To] = true
				l.Links = branch(s.To)
			}
			links = append(links, l)
		}
		slices.SortStableFunc(links, func(a, b Link) int { return cmp.Compare(rank(a.Level), rank(b.Level)) })
		return links
	}
	return branch(root), issued, nil
}

// concerned are the bodies of the block that a document asks something of: those that answer for one of its sectors.
// Where no sector, or no body of the sector, is known it is every department and agency.
func concerned(tx *db.Tx, by access.Actor, d Directive) ([]org.Body, error) {
	today := calendar.OfInstant(tx.Clock())
	all, err := org.At(tx, by, today)
	if err != nil {
		return nil, err
	}
	var holders []db.ID
	if codes := d.Sectors.Codes(); len(codes) > 0 {
		list, args := db.Padded(codes)
		if err := tx.Select(&holders, `
select distinct body
from body_sector
where valid_from <= ? and (valid_to is null or valid_to >= ?) and sector in `+list, append([]any{today, today}, args...)...); err != nil {
			return nil, err
		}
	}
	var asked, block []org.Body
	for _, b := range all {
		if b.Kind != org.Department && b.Kind != org.Agency {
			continue
		}
		block = append(block, b)
		if slices.Contains(holders, b.ID) {
			asked = append(asked, b)
		}
	}
	if len(asked) == 0 {
		return block, nil
	}
	return asked, nil
}
