package desk

import (
	"slices"
	"strings"

	"giaoban/charge"
	"giaoban/internal/db"
	"giaoban/org"
	"giaoban/people"
	"giaoban/report"
	"giaoban/review"
	"giaoban/task"
)

// own is what tells this person's work from the body's.
type own struct {
	alone    bool                         // nobody else of the body has this role: what comes to the role comes to this one
	given    map[db.ID]charge.Given       // by record
	followed map[db.ID][]charge.Following // by body
	without  map[db.ID]bool               // bodies for which nobody can sign in, for the commission
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
	if b.alone, err = people.Alone(b.tx, b.by, b.Day); err != nil {
		return err
	}
	if b.given, err = charge.Of(b.tx, b.by); err != nil {
		return err
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
func (b *builder) hand(i Item, id db.ID) Item {
	g, given := b.given[id]
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
// Of a line that belongs to sectors these are who follows one of them, or all that the body does.
func (b *builder) from(i Item, body db.ID, sectors ...string) Item {
	all := b.followers(body, sectors)
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

// followers are who follows what a body does in some sectors; in all it does where no sector is known.
func (b *builder) followers(body db.ID, sectors []string) []charge.Following {
	if len(sectors) == 0 {
		return b.followed[body]
	}
	return slices.DeleteFunc(slices.Clone(b.followed[body]), func(f charge.Following) bool {
		return f.Sector != "" && !slices.Contains(sectors, f.Sector)
	})
}

// sectorsOf are those of the tasks that came of a review: its directive's. Nothing else says a task's sector.
func (b *builder) sectorsOf(tasks []task.Task) (map[db.ID][]string, error) {
	var reviews []db.ID
	for _, t := range tasks {
		if t.Origin.Kind == "review" && len(b.followed) > 0 {
			reviews = append(reviews, t.Origin.ID)
		}
	}
	if len(reviews) == 0 {
		return nil, nil
	}
	found, err := review.Among(b.tx, b.by, reviews)
	sectors := make(map[db.ID][]string)
	for _, t := range tasks {
		for _, r := range found {
			if t.Origin.Kind == "review" && t.Origin.ID == r.ID {
				sectors[t.ID] = r.Sectors.Codes()
			}
		}
	}
	return sectors, err
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
	var rows []asked
	if err := b.tx.Select(&rows, `
select o.opening, o.holder, o.sectors, p.form
from obligation o
join opening p on p.id = o.opening
where `+string(which)+` and o.holder in `+in+`
order by o.opening, o.n`, args...); err != nil {
		return nil, err
	}
	forms, err := b.sectorsAsked(rows)
	if err != nil {
		return nil, err
	}
	names := make(map[db.ID][]string)
	for _, r := range rows {
		follows := func(f charge.Following) bool { return f.Is(b.by.Person) }
		if !slices.ContainsFunc(b.followers(r.Holder, r.in(forms)), follows) {
			continue
		}
		name := b.short(r.Holder)
		if b.without[r.Holder] {
			name += " (" + nobody + ")"
		}
		names[r.Opening] = append(names[r.Opening], name)
	}
	return names, nil
}

// asked is a body in a period, with the sectors that it was asked for: those of its assignment, or the form's.
type asked struct {
	Opening db.ID        `db:"opening"`
	Holder  db.ID        `db:"holder"`
	Scope   report.Scope `db:"sectors"`
	Form    db.ID        `db:"form"`
}

func (a asked) in(forms map[db.ID][]string) []string {
	if a.Scope != "" {
		return a.Scope.Sectors()
	}
	return forms[a.Form]
}

// sectorsAsked are the sectors of the forms under which bodies were asked for everything.
func (b *builder) sectorsAsked(all []asked) (map[db.ID][]string, error) {
	var forms []db.ID
	for _, a := range all {
		if len(b.followed) > 0 && a.Scope == "" && !slices.Contains(forms, a.Form) {
			forms = append(forms, a.Form)
		}
	}
	return report.FormSectors(b.tx, forms)
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
