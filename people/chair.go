package people

import (
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/org"
)

// Chair is a post of the commission's own house by its name, with who sits there on a day: several may.
type Chair struct {
	Name    string // "Phó Trưởng ban"; in a section "Trưởng phòng, Phòng Khoa giáo"
	Persons []db.ID
	Away    []StandIn // who of them is away that day, and who stands in
}

// Holds reports whether a person may give the chair's word on the day: who sits there, or stands in for one who does. instead
// names the one who is away.
func (c Chair) Holds(person db.ID) (holds bool, instead string) {
	if person == "" || slices.Contains(c.Persons, person) {
		return person != "", ""
	}
	for _, s := range c.Away {
		if s.Deputy == person {
			return true, s.Name
		}
	}
	return false, ""
}

// Chairs lists the posts of the commission and of its office and sections that are held on a day, the commission's first.
func Chairs(tx *db.Tx, by access.Actor, day calendar.Date) (chairs []Chair, err error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return nil, err
	}
	var posts []struct {
		Person db.ID  `db:"person"`
		Title  string `db:"title"`
		Unit   string `db:"unit"` // "" for the commission itself
	}
	err = tx.Select(&posts, `
select po.person, po.title, case when b.kind = ? then n.short_name else '' end as unit
from post po
join person p on p.id = po.person
join body b on b.id = po.body
join body_name n on n.body = b.id and n.valid_from <= ? and (n.valid_to is null or n.valid_to >= ?)
where b.kind in (?, ?) and po.valid_from <= ? and (po.valid_to is null or po.valid_to >= ?)
order by case when b.kind = ? then 1 else 0 end, b.sort, b.code, case when po.role = 'commission_leader' then 0 else 1 end, p.sort_key, po.id`,
		string(org.OwnUnit), day, day, string(org.Commission), string(org.OwnUnit), day, day, string(org.OwnUnit))
	if err != nil {
		return nil, err
	}
	away, err := StandingIn(tx, by, day)
	for _, p := range posts {
		name := p.Title
		if p.Unit != "" {
			name += ", " + p.Unit
		}
		at := slices.IndexFunc(chairs, func(c Chair) bool { return c.Name == name })
		if at < 0 {
			at, chairs = len(chairs), append(chairs, Chair{Name: name})
		}
		chairs[at].Persons = append(chairs[at].Persons, p.Person)
		if s, ok := away[p.Person]; ok {
			chairs[at].Away = append(chairs[at].Away, s)
		}
	}
	return chairs, err
}
