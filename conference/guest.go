package conference

import (
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/official"
	"giaoban/org"
)

// As is the word with which papers tell that a guest was there; it is chosen, because it says who leads whom.
type As string

// The words.
const (
	Attends As = "attends"
	Also    As = "also"
	Directs As = "directs"
)

// AllAs in the order in which papers name them.
var AllAs = []As{Directs, Attends, Also}

// Name is the word: “dự và chỉ đạo”.
func (a As) Name() string {
	return map[As]string{Directs: "dự và chỉ đạo", Attends: "dự", Also: "cùng dự"}[a]
}

// Guest comes by name and title, and owes the conference nothing: from a body above, beside or outside the block.
type Guest struct {
	Name   string `db:"name"`
	Title  string `db:"title"` // with the body: “Phó Chủ tịch UBND tỉnh”
	Body   db.ID  `db:"body"`  // "" where it is not in the directory
	As     As     `db:"attends"`
	Speaks bool   `db:"speaks"` // the script calls on the guest
}

// Comrade is how a paper of the Party names the guest.
func (g Guest) Comrade() string { return Seat{Name: g.Name, Title: g.Title}.Comrade() }

func checkGuests(guests []Guest, wrong *fault.List) {
	for i := range guests {
		g := &guests[i]
		g.Name, g.Title = fold.Tidy(g.Name), fold.Tidy(g.Title)
		if g.As == "" {
			g.As = Attends
		}
		if g.Name == "" {
			wrong.Add("guests", "Khách mời thứ %d chưa có họ tên.", i+1)
		}
		if g.Title == "" {
			wrong.Add("guests", "Khách mời thứ %d chưa có chức danh; giấy mời và thông báo nêu cả họ tên, chức danh.", i+1)
		}
		if g.As.Name() == "" {
			wrong.Add("guests", "Khách mời thứ %d: hãy chọn dự, cùng dự hoặc dự và chỉ đạo.", i+1)
		}
	}
}

// writeGuests replaces who convenes and who comes as a guest.
func writeGuests(tx *db.Tx, b Conference, n New) error {
	for _, table := range []string{"conference_convener", "conference_guest"} {
		if _, err := tx.Exec("delete from "+table+" where conference = ?", b.ID); err != nil {
			return err
		}
	}
	if b.Organiser == Jointly {
		for i, body := range n.Conveners {
			if _, err := tx.Exec("insert into conference_convener (conference, body, sort) values (?, ?, ?)", b.ID, body, i+1); err != nil {
				return err
			}
		}
	}
	for i, g := range n.Guests {
		if err := tx.Insert("conference_guest", struct {
			ID         db.ID `db:"id"`
			Conference db.ID `db:"conference"`
			Sort       int   `db:"sort"`
			Guest
		}{tx.NewID(), b.ID, i + 1, g}); err != nil {
			return err
		}
	}
	return nil
}

// Guests lists who comes by name, in the order of protocol that the office gave.
func Guests(tx *db.Tx, by access.Actor, id db.ID) ([]Guest, error) {
	if _, err := Find(tx, by, id); err != nil {
		return nil, err
	}
	return guestsOf(tx, id)
}

func guestsOf(tx *db.Tx, id db.ID) ([]Guest, error) {
	var guests []Guest
	err := tx.Select(&guests, `
select name, title, body, attends, speaks
from conference_guest
where conference = ?
order by sort`, id)
	return guests, err
}

// Conveners lists who convenes it together with the commission.
func Conveners(tx *db.Tx, by access.Actor, id db.ID) ([]db.ID, error) {
	if _, err := Find(tx, by, id); err != nil {
		return nil, err
	}
	return convenersOf(tx, id)
}

func convenersOf(tx *db.Tx, id db.ID) ([]db.ID, error) {
	var conveners []db.ID
	err := tx.Select(&conveners, "select body from conference_convener where conference = ? order by sort", id)
	return conveners, err
}

// convened says who held it, as a sentence goes on: “Ban Tuyên giáo Tỉnh ủy phối hợp với Bảo hiểm xã hội tỉnh tổ chức”.
func (b Conference) convened(tx *db.Tx, o office) (string, error) {
	switch b.Organiser {
	case ByProvince, ByCommittee:
		above, err := b.above(tx)
		return above + " tổ chức", err
	}
	return o.convening(" phối hợp với ") + " tổ chức", nil
}

// convening names the commission, and joins to it those who convene with it.
func (o office) convening(join string) string {
	words := o.body.Name
	for i, one := range o.conveners {
		if i > 0 {
			join = ", "
		}
		words += join + one.Name
	}
	return words
}

// letterhead puts all who convene over a paper, and into its symbol those that have one of their own.
func (o office) letterhead(d *official.Document) {
	symbols := []string{o.body.Symbol}
	for _, one := range o.conveners {
		d.Joint = append(d.Joint, one.Name)
		if one.Symbol != "" {
			symbols = append(symbols, one.Symbol)
		}
	}
	if len(o.conveners) > 0 {
		d.BodySymbol = strings.Join(symbols, "-")
	}
}

// above is who convenes it above the commission: “Tỉnh ủy”, “Ủy ban nhân dân tỉnh”.
func (b Conference) above(tx *db.Tx) (string, error) {
	superior, err := org.Setting(tx, org.Superior)
	if err != nil || b.Organiser == ByProvince {
		return committee(superior), err
	}
	if strings.HasPrefix(committee(superior), "Thành") {
		return "Ủy ban nhân dân thành phố", nil
	}
	return "Ủy ban nhân dân tỉnh", nil
}

// welcomed tells who came by name, one sentence for each word: “Đồng chí … dự và chỉ đạo Hội nghị.”
func welcomed(guests []Guest) string {
	var out strings.Builder
	for _, as := range AllAs {
		var names []string
		for _, g := range guests {
			if g.As == as {
				names = append(names, g.Comrade())
			}
		}
		if len(names) > 0 {
			out.WriteString(" " + fold.Capital(as.Name()) + " Hội nghị có " + strings.Join(names, "; ") + ".")
		}
	}
	return out.String()
}
