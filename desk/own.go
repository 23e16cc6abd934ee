package desk

import (
	"slices"
	"strings"

	"giaoban/charge"
	"giaoban/internal/db"
	"giaoban/org"
	"giaoban/people"
	"giaoban/report"
)

// own is what tells this person's work from the body's.
type own struct {
	alone    bool                                   // nobody else of the body has this role: what comes to the role comes to this one
	given    map[charge.Kind]map[db.ID]charge.Given // by kind and record
	followed map[db.ID][]charge.Following           // by body
	without  map[db.ID]bool                         // bodies for which nobody can sign in, for the commission
}

// know finds out what every source asks.
func (b *builder) know() (err error) {
	if b.names, err = org.Names(b.tx, b.Day); err != nil {
		return err
	}
	if b.holidays, err = org.Holidays(b.tx); err != nil {
		return err
	}
	b.Whose = map[org.Kind]string{org.OwnUnit: "Của phòng", org.Commission: "Của Ban"}[b.names[b.by.Body].Kind]
	if b.Whose == "" {
		b.Whose = "Của cơ quan"
	}
	staff, err := people.ServingAt(b.tx, b.by, []db.ID{b.by.Body}, b.Day)
	if err != nil {
		return err
	}
	b.alone = !slices.ContainsFunc(staff, func(s people.Serving) bool { return s.Role == b.by.Role && s.Person != b.by.Person })
	b.given = make(map[charge.Kind]map[db.ID]charge.Given)
	for _, kind := range []charge.Kind{charge.Obligation, charge.Task, charge.Review} {
		if b.given[kind], err = charge.Of(b.tx, b.by, kind); err != nil {
			return err
		}
	}
	if b.by.OfCommission() {
		if b.without, err = people.Unserved(b.tx, b.Day); err != nil {
			return err
		}
	}
	followings, err := charge.FollowingToday(b.tx, b.by)
	b.followed = make(map[db.ID][]charge.Following)
	for _, f := range followings {
		b.followed[f.Body] = append(b.followed[f.Body], f)
	}
	return err
}

// hand says on a line whose the record is that it leads to: mine when it was given to me, or to nobody where I am alone.
func (b *builder) hand(i Item, kind charge.Kind, id db.ID) Item {
	g, given := b.given[kind][id]
	i.asked, i.Mine = true, given && g.Is(b.by.Person) || !given && b.alone
	if given && i.Mine && g.Person != b.by.Person {
		i.Note = strings.TrimSpace("Thay đồng chí " + g.Name + " đang vắng. " + i.Note)
	}
	if given && !i.Mine {
		i.Note = strings.TrimSpace("Đồng chí " + g.Name + " đang làm. " + i.Note)
	}
	return i
}

// from says on a line whose it is when it comes from a body: mine when I follow that body, or nobody does and I am alone.
func (b *builder) from(i Item, body db.ID) Item {
	all := b.followed[body]
	i.asked, i.Mine = true, len(all) == 0 && b.alone
	var others []string
	for _, f := range all {
		i.Mine = i.Mine || f.Is(b.by.Person)
		if !slices.Contains(others, f.Name) {
			others = append(others, f.Name)
		}
	}
	if b.without[body] && i.Room == "task" {
		i.Note = nobody + " cho " + b.short(body) + ". " + i.Note
	}
	if len(all) > 0 && !i.Mine {
		i.Note = strings.TrimSpace("Đồng chí " + strings.Join(others, ", ") + " theo dõi. " + i.Note)
	}
	return i
}

// nobody stands beside a body that owes something which nobody can do.
const nobody = "Chưa ai đăng nhập được"

// mostNamed is how many bodies a line names.
const mostNamed = 5

// mineIn says which of the bodies that I follow stand in a certain way in each period: by the opening.
func (b *builder) mineIn(which report.Standing) (map[db.ID][]string, error) {
	var mine []db.ID
	for body, all := range b.followed {
		if slices.ContainsFunc(all, func(f charge.Following) bool { return f.Is(b.by.Person) }) {
			mine = append(mine, body)
		}
	}
	if len(mine) == 0 {
		return nil, nil
	}
	in, args := db.In(mine)
	var rows []struct {
		Opening db.ID `db:"opening"`
		Holder  db.ID `db:"holder"`
	}
	if err := b.tx.Select(&rows, `
select o.opening, o.holder
from obligation o
where `+string(which)+` and o.holder in `+in+`
order by o.opening, o.n`, args...); err != nil {
		return nil, err
	}
	names := make(map[db.ID][]string)
	for _, r := range rows {
		name := b.short(r.Holder)
		if b.without[r.Holder] {
			name += " (" + nobody + ")"
		}
		names[r.Opening] = append(names[r.Opening], name)
	}
	return names, nil
}

// follow says on the line of a period which of its bodies are mine.
func (b *builder) follow(i Item, names []string) Item {
	i.asked, i.Mine = true, len(names) > 0 || b.alone
	if len(names) > mostNamed {
		names = append(slices.Clone(names[:mostNamed]), "…")
	}
	if len(names) > 0 {
		i.Note = strings.TrimSpace(i.Note + " Đồng chí theo dõi: " + strings.Join(names, ", ") + ".")
	}
	return i
}
