package org

import (
	"cmp"
	"fmt"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
)

// Announce enters a change: what ends, ends the day before; what begins, begins on the day, each with the document. Nothing
// is rewritten, so that everything dated earlier still reads as it was. Work that is open is not moved: it is proposed to
// the successors, and a person accepts it.
func Announce(tx *db.Tx, by access.Actor, n NewChange) (Change, error) {
	if err := by.May(access.ManageBodies, by.Body); err != nil {
		return Change{}, err
	}
	n.clean()
	if err := n.check(tx); err != nil {
		return Change{}, err
	}
	c := Change{ID: tx.NewID(), Kind: n.Kind, Day: n.Day, Basis: n.Basis, Note: n.Note, Reference: n.Reference, AnnouncedAt: tx.Now(),
		AnnouncedBy: by.Key()}
	if err := tx.Get(&c.Seq, "select coalesce(max(seq), 0) + 1 from org_change"); err != nil {
		return c, err
	}
	if _, err := tx.Exec(`
insert into org_change (id, seq, kind, day, basis, note, reference, announced_at, announced_by)
values (?, ?, ?, ?, ?, ?, ?, ?, ?)`, c.ID, c.Seq, string(c.Kind), c.Day, c.Basis, c.Note, c.Reference, c.AnnouncedAt, c.AnnouncedBy); err != nil {
		return c, err
	}
	e := &effects{tx: tx, change: c}
	if err := n.found(e, by); err != nil {
		return c, err
	}
	for i, p := range n.Parts {
		part := Part{ID: tx.NewID(), Change: c.ID, Kind: c.Kind, Day: c.Day, From: p.From, To: p.To, Function: p.Function, Basis: c.Basis}
		if _, err := tx.Exec("insert into org_change_part (id, change, seq, from_body, to_body, function) values (?, ?, ?, ?, ?, ?)",
			part.ID, c.ID, i+1, part.From, part.To, part.Function); err != nil {
			return c, err
		}
		c.Parts = append(c.Parts, part)
	}
	e.change = c
	if err := e.handOver(); err != nil {
		return c, err
	}
	for _, name := range n.Names {
		if err := e.name(name); err != nil {
			return c, err
		}
	}
	for _, kind := range n.Kinds {
		if err := e.kind(kind); err != nil {
			return c, err
		}
	}
	if c.Kind.Ends() {
		for _, body := range c.Ending() {
			if err := e.end(body); err != nil {
				return c, err
			}
		}
	}
	_, err := journal.Write(tx, by, "announced", journal.Subject{Kind: "change", ID: c.ID}, journal.Details{
		"kind": c.Kind.Name(), "day": c.Day.Vietnamese(), "basis": c.Basis, "parts": len(c.Parts)})
	return c, err
}

// Ending are the bodies that end with the change: those that give in a merger, a split or a dissolution and receive
// nothing in it.
func (c Change) Ending() []db.ID {
	if !c.Kind.Ends() {
		return nil
	}
	var ending []db.ID
	for _, p := range c.Parts {
		receives := slices.ContainsFunc(c.Parts, func(q Part) bool { return q.To == p.From })
		if p.From != "" && !receives && !slices.Contains(ending, p.From) {
			ending = append(ending, p.From)
		}
	}
	return ending
}

func (n *NewChange) clean() {
	n.Basis, n.Note = fold.Tidy(n.Basis), fold.Tidy(n.Note)
	for i := range n.Names {
		m := &n.Names[i]
		m.Name, m.ShortName, m.Symbol, m.Place = fold.Tidy(m.Name), fold.Tidy(m.ShortName), fold.Tidy(m.Symbol), fold.Tidy(m.Place)
	}
	for i := range n.Creates {
		n.Creates[i].ValidFrom, n.Creates[i].Basis = n.Day, n.Basis
		n.Creates[i].Code = fold.Tidy(n.Creates[i].Code)
	}
	// A body that only takes another name, or becomes of another kind, is a part from itself to itself, so that its page
	// and the list tell of the change.
	mentioned := func(body db.ID) bool {
		return slices.ContainsFunc(n.Parts, func(p NewPart) bool { return p.From == body || p.To == body })
	}
	for _, m := range n.Names {
		if !mentioned(m.Body) {
			n.Parts = append(n.Parts, NewPart{From: m.Body, To: m.Body})
		}
	}
	for _, k := range n.Kinds {
		if !mentioned(k.Body) {
			n.Parts = append(n.Parts, NewPart{From: k.Body, To: k.Body})
		}
	}
	for _, b := range n.Creates {
		if !slices.ContainsFunc(n.Parts, func(p NewPart) bool { return p.ToCode == b.Code }) {
			n.Parts = append(n.Parts, NewPart{ToCode: b.Code})
		}
	}
}

// words is everything of a change that a person may have typed.
func (n *NewChange) words() []string {
	all := []string{n.Basis, n.Note}
	for _, m := range n.Names {
		all = append(all, m.Name, m.ShortName, m.Symbol, m.Place)
	}
	return all
}

// check tells everything that is wrong with what was typed.
func (n *NewChange) check(tx *db.Tx) error {
	var wrong fault.List
	if !slices.Contains(ChangeKinds, n.Kind) {
		wrong.Add("kind", "Xin chọn loại thay đổi: hợp nhất, chia tách, chuyển chức năng, đổi tên, thành lập, kết thúc hoặc chuyển loại.")
	}
	if n.Day.IsZero() {
		wrong.Add("day", "Cần ngày bắt đầu theo tổ chức mới, ví dụ 01/3/2025.")
	}
	if len(n.Parts) == 0 {
		wrong.Add("parts", "Cần ít nhất một dòng: cơ quan nào, bàn giao gì, cho cơ quan nào.")
	}
	if err := official.RefuseSecret(n.words()...); err != nil {
		return err
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	lives, err := livesOf(tx)
	if err != nil {
		return err
	}
	codes := make(map[string]bool)
	for _, b := range n.Creates {
		if codes[b.Code] {
			wrong.Add("creates", "Mã %s ghi hai lần trong các cơ quan thành lập mới.", b.Code)
		}
		codes[b.Code] = true
	}
	functions, err := functionCodes(tx)
	if err != nil {
		return err
	}
	seen := make(map[NewPart]bool)
	rest := make(map[db.ID]int)
	for i, p := range n.Parts {
		line := fmt.Sprintf("Dòng %d: ", i+1)
		one := NewPart{From: p.From, Function: p.Function}
		switch {
		case p.From == "" && p.To == "" && p.ToCode == "":
			wrong.Add("parts", line+"cần cơ quan bàn giao hoặc cơ quan tiếp nhận.")
		case p.ToCode != "" && !codes[p.ToCode]:
			wrong.Add("parts", line+"cơ quan tiếp nhận mã “%s” chưa được khai báo thành lập trong lần sắp xếp này.", p.ToCode)
		case p.Function != "" && !functions[p.Function]:
			wrong.Add("parts", line+"danh mục không có chức năng mang mã “%s”.", p.Function)
		case p.From != "" && p.Function != "" && seen[one]:
			wrong.Add("parts", line+"chức năng này đã ghi ở dòng khác; một chức năng chỉ có một nơi tiếp nhận.")
		case n.Kind == Moved && p.Function == "" && p.From != p.To:
			wrong.Add("parts", line+"chuyển chức năng thì phải chọn chức năng nào.")
		}
		seen[one] = true
		if p.From != "" && p.Function == "" {
			if rest[p.From]++; rest[p.From] == 2 {
				wrong.Add("parts", line+"phần còn lại của một cơ quan chỉ có một nơi tiếp nhận; phần nào đi nơi khác, hãy ghi theo chức năng.")
			}
		}
		if p.From != "" {
			lives.check(&wrong, line, p.From, n.Day, true, n.Kind)
		}
		if p.To != "" && p.To != p.From {
			lives.check(&wrong, line, p.To, n.Day, false, n.Kind)
		}
	}
	for _, m := range n.Names {
		if m.Name == "" {
			wrong.Add("name", "Cần tên mới của cơ quan.")
		}
		if err := n.checkName(tx, &wrong, m); err != nil {
			return err
		}
	}
	for _, k := range n.Kinds {
		if k.Kind.Name() == string(k.Kind) {
			wrong.Add("new_kind", "Xin chọn loại cơ quan trong danh sách.")
		}
	}
	if n.Kind == Renamed && len(n.Names) == 0 {
		wrong.Add("name", "Đổi tên thì cần tên mới của cơ quan.")
	}
	if n.Kind == Reclassified && len(n.Kinds) == 0 {
		wrong.Add("new_kind", "Chuyển loại thì cần loại mới của cơ quan.")
	}
	if n.Kind == Created && len(n.Creates) == 0 {
		wrong.Add("creates", "Thành lập thì cần mã và tên của cơ quan mới.")
	}
	return wrong.Err()
}

// checkName refuses a name before one that already follows.
func (n *NewChange) checkName(tx *db.Tx, wrong *fault.List, m NewName) error {
	later, err := tx.Exists(`
select 1 from body_name
where body = ?
  and valid_from >= ?
  and (valid_to is null or valid_to >= valid_from)`, m.Body, n.Day)
	if later {
		wrong.Add("day", "Cơ quan đã có tên khác từ ngày %s hoặc sau đó; xin chọn ngày muộn hơn.", n.Day.Vietnamese())
	}
	return err
}

// life is when a body lived, and what changes that count have taken from it.
type life struct {
	ID        db.ID         `db:"id"`
	Code      string        `db:"code"`
	ValidFrom calendar.Date `db:"valid_from"`
	ValidTo   calendar.Date `db:"valid_to"`
	Gave      calendar.Date `db:"gave"`     // the last day on which a change took something from it
	GaveAll   calendar.Date `db:"gave_all"` // … took the rest from it
}

type lives map[db.ID]life

func livesOf(tx *db.Tx) (lives, error) {
	var all []life
	err := tx.Select(&all, `
select b.id, b.code, b.valid_from, b.valid_to, (
	select max(c.day)
	from org_change_part p
	join org_change c on c.id = p.change
	where p.from_body = b.id
	  and p.to_body is distinct from p.from_body
	  and c.undone_at is null
	) as gave, (
	select max(c.day)
	from org_change_part p
	join org_change c on c.id = p.change
	where p.from_body = b.id
	  and p.function = ''
	  and p.to_body is distinct from p.from_body
	  and c.undone_at is null
	) as gave_all
from body b`)
	byID := make(lives, len(all))
	for _, l := range all {
		byID[l.ID] = l
	}
	return byID, err
}

// check holds one body of a part against its life. Whoever gives must have been there the day before; whoever receives
// must be there on the day.
func (l lives) check(wrong *fault.List, line string, body db.ID, day calendar.Date, gives bool, kind ChangeKind) {
	b, ok := l[body]
	before := day.AddDays(-1)
	switch {
	case !ok:
		wrong.Add("parts", line+"không có cơ quan này trong danh bạ.")
	case gives && b.Gave.After(day) || b.GaveAll.After(day):
		wrong.Add("parts", line+"%s đã có thay đổi từ ngày %s. Hãy hoàn tác lần đó trước rồi ghi lại theo thứ tự thời gian.", b.Code, b.Gave.Vietnamese())
	case gives && b.ValidFrom.After(before):
		wrong.Add("parts", line+"%s mới hoạt động từ ngày %s nên không thể bàn giao vào ngày %s.", b.Code, b.ValidFrom.Vietnamese(), day.Vietnamese())
	case gives && !b.ValidTo.IsZero() && b.ValidTo.Before(day) && !(kind.Ends() && b.ValidTo == before && b.Gave.IsZero()):
		wrong.Add("parts", line+"%s đã kết thúc hoạt động ngày %s.", b.Code, b.ValidTo.Vietnamese())
	case !gives && (b.ValidFrom.After(day) || !b.ValidTo.IsZero() && b.ValidTo.Before(day)):
		wrong.Add("parts", line+"%s không hoạt động vào ngày %s nên không thể tiếp nhận.", b.Code, day.Vietnamese())
	}
}

// found creates the bodies that begin with the change and puts their ids into the parts.
func (n *NewChange) found(e *effects, by access.Actor) error {
	for _, b := range n.Creates {
		if err := n.settle(e.tx, &b); err != nil {
			return err
		}
		made, err := Create(e.tx, by, b)
		if err != nil {
			var list fault.List
			if other := list.AddError("creates", err); other != nil {
				return other
			}
			return list.Err()
		}
		if err := e.made("body", made.ID); err != nil {
			return err
		}
		for i := range n.Parts {
			if n.Parts[i].ToCode == b.Code {
				n.Parts[i].To, n.Parts[i].ToCode = made.ID, ""
			}
		}
	}
	return nil
}

// settle puts a founded body where the first that hands over to it stood: in the same place of the office's order, below
// the same parent, signing in the same town.
func (n *NewChange) settle(tx *db.Tx, b *New) error {
	at := slices.IndexFunc(n.Parts, func(p NewPart) bool { return p.ToCode == b.Code && p.From != "" })
	if at < 0 {
		if b.Sort == 0 {
			b.Sort = lastSort
		}
		return nil
	}
	before, err := find(tx, "b.id = ?", string(n.Parts[at].From), n.Day.AddDays(-1))
	if err != nil {
		return err
	}
	b.Sort, b.Parent, b.Place = cmp.Or(b.Sort, before.Sort), cmp.Or(b.Parent, before.Parent), cmp.Or(b.Place, before.Place)
	return nil
}

// lastSort stands behind every body whose place is known.
const lastSort = 1000
