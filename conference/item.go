package conference

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/lineage"
)

// Item is one item of the programme (mục chương trình). About is zero for one that is about no record; the door that names
// the record has looked whether the actor may see it.
type Item struct {
	At         string `db:"at"` // "14:05", "" while the hour is open
	Subject    string `db:"subject"`
	Speaker    string `db:"speaker"`
	AboutKind  string `db:"about_kind"`
	AboutID    db.ID  `db:"about_id"`
	AboutLabel string `db:"about_label"`
	RollsOut   bool   `db:"rolls_out"` // the directive it is about is made known to those present
}

// About is the record the item is about.
func (i Item) About() lineage.Node {
	return lineage.Node{Kind: i.AboutKind, ID: i.AboutID, Label: i.AboutLabel}
}

// Line is the item as a programme prints it: “14 giờ 05: Báo cáo kết quả quý I (Sở Y tế)”.
func (i Item) Line() string {
	line := i.Subject
	if i.Speaker != "" {
		line += " (" + i.Speaker + ")"
	}
	if hour, minute, ok := strings.Cut(i.At, ":"); ok {
		line = hour + " giờ " + minute + ": " + line
	}
	return line
}

// programme are the items of a plan: those given, or the lines typed, or the usual ones.
func (n New) programme(b Conference) []Item {
	if len(n.Items) > 0 {
		return n.Items
	}
	typed := lines(fold.Tidy(n.Agenda))
	if len(typed) == 0 {
		typed = usualAgenda(b)
	}
	var items []Item
	for _, line := range typed {
		items = append(items, Item{Subject: line})
	}
	return items
}

// linesOf are the items as papers print them.
func linesOf(items []Item) (all []string) {
	for _, i := range items {
		all = append(all, i.Line())
	}
	return all
}

// mostItems is how many items a programme holds.
const mostItems = 200

// checkItems mends what was typed, in place; on is the day of the conference.
func checkItems(tx *db.Tx, by access.Actor, items []Item, on calendar.Date, wrong *fault.List) error {
	if len(items) > mostItems {
		wrong.Add("agenda", "Chương trình có %d mục; nhiều nhất là %d.", len(items), mostItems)
		return nil
	}
	for i := range items {
		it := &items[i]
		it.Subject, it.Speaker = strings.TrimLeft(fold.Tidy(it.Subject), "-–•+ "), fold.Tidy(it.Speaker)
		if typed := fold.Tidy(it.At); typed != "" {
			if it.At = readHour(typed); it.At == "" {
				wrong.Add("agenda", "Mục %d: giờ “%s” không đọc được; hãy viết như 14:05.", i+1, shortened(typed))
			}
		}
		if it.RollsOut && it.AboutKind != "directive" {
			wrong.Add("agenda", "Mục %d: để ghi là quán triệt, hãy chọn văn bản được quán triệt.", i+1)
			continue
		}
		if it.AboutKind == "directive" {
			d, err := directive.Find(tx, by, it.AboutID)
			if fault.Is(err, fault.KindMissing) {
				wrong.Add("agenda", "Mục %d: văn bản không có trong sổ văn bản chỉ đạo.", i+1)
				continue
			} else if err != nil {
				return err
			}
			it.AboutLabel = d.Label()
			if it.RollsOut && !on.IsZero() && d.Date.After(on) {
				wrong.Add("agenda", "Mục %d: %s ban hành ngày %s, sau ngày họp %s.", i+1, d.Label(), d.Date.Vietnamese(), on.Vietnamese())
			}
		}
		switch {
		case it.Subject != "":
		case it.RollsOut:
			it.Subject = "Quán triệt " + it.AboutLabel
		case it.AboutLabel != "":
			it.Subject = it.AboutLabel
		default:
			wrong.Add("agenda", "Mục %d chưa có nội dung.", i+1)
		}
	}
	return nil
}

func writeItems(tx *db.Tx, b Conference, items []Item) error {
	if _, err := tx.Exec("delete from conference_item where conference = ?", b.ID); err != nil {
		return err
	}
	for i, it := range items {
		if err := tx.Insert("conference_item", struct {
			ID         db.ID `db:"id"`
			Conference db.ID `db:"conference"`
			N          int   `db:"n"`
			Item
		}{tx.NewID(), b.ID, i + 1, it}); err != nil {
			return err
		}
	}
	return nil
}

// Items lists the programme.
func Items(tx *db.Tx, by access.Actor, id db.ID) ([]Item, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return nil, err
	}
	return itemsOf(tx, b)
}

func itemsOf(tx *db.Tx, b Conference) (items []Item, err error) {
	err = tx.Select(&items, `
select at, subject, speaker, about_kind, about_id, about_label, rolls_out
from conference_item
where conference = ?
order by n`, b.ID)
	if err == nil && len(items) == 0 { // planned before items were records
		for _, line := range lines(b.Agenda) {
			items = append(items, Item{Subject: line})
		}
	}
	return items, err
}

// rollOut notes, when the conference ends, which documents were made known to which bodies.
func rollOut(tx *db.Tx, by access.Actor, b Conference) error {
	items, err := itemsOf(tx, b)
	if err != nil {
		return err
	}
	items = slices.DeleteFunc(items, func(i Item) bool { return !i.RollsOut })
	if len(items) == 0 {
		return nil
	}
	var present []db.ID
	if err := tx.Select(&present, "select body from conference_attendance where conference = ? and state = ? order by body", b.ID, string(Present)); err != nil {
		return err
	}
	for _, i := range items {
		if err := directive.NoteSession(tx, by, directive.Session{Directive: i.AboutID, Source: b.Node(), HeldOn: b.HeldOn, Bodies: present}); err != nil {
			return err
		}
	}
	return nil
}
