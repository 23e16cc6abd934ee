package conference

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/org"
	"giaoban/task"
)

// groups are the words that stand for several of the bodies invited, folded as they are compared.
var groups = func() map[string]func(org.Kind) bool {
	out := make(map[string]func(org.Kind) bool)
	every := func(org.Kind) bool { return true }
	kinds := func(in ...org.Kind) func(org.Kind) bool {
		return func(k org.Kind) bool { return slices.Contains(in, k) }
	}
	for _, g := range []struct {
		words string
		of    func(org.Kind) bool
	}{
		{"tất cả|mọi cơ quan|các cơ quan|mỗi cơ quan|các đơn vị|mỗi đơn vị", every},
		{"các sở|mỗi sở|mọi sở", kinds(org.Department)},
		{"các xã|mỗi xã|các xã phường", kinds(org.Commune)},
		{"các ban cấp dưới|mỗi ban cấp dưới", kinds(org.LowerCommission)},
		{"các phòng|mỗi phòng", kinds(org.OwnUnit)},
	} {
		for words := range strings.SplitSeq(g.words, "|") {
			out[fold.Fold(words)] = g.of
		}
	}
	return out
}()

// group are the bodies invited that a word such as "các sở" stands for; the commission itself is not asked by such a word.
func (d bodies) group(spelling string) (ids []db.ID, ok bool) {
	of, ok := groups[fold.Fold(fold.Tidy(spelling))]
	if !ok {
		return nil, false
	}
	for _, id := range d.invited {
		if b := d.byID[id]; b.Kind != org.Commission && b.ID != "" && of(b.Kind) {
			ids = append(ids, id)
		}
	}
	return ids, true
}

// named turns lines as typed into bodies, each once and in the order of the lines, or, where a word stands for many, in that
// of the invitation. What is said of a body by its name goes before what a word for many says. lead is left out.
func (d bodies) named(entries []named, lead db.ID) (all []Cooperation) {
	said, grouped := map[db.ID]bool{lead: true}, false
	for _, byName := range []bool{true, false} {
		for _, e := range entries {
			ids, many := d.group(e.body)
			if many == byName {
				continue
			}
			grouped = grouped || many
			if !many {
				id, ok := d.match(e.body)
				if !ok {
					continue
				}
				ids = []db.ID{id}
			}
			for _, id := range ids {
				if !said[id] {
					said[id] = true
					all = append(all, Cooperation{Body: id, Part: e.part, Due: e.due})
				}
			}
		}
	}
	if grouped {
		place := make(map[db.ID]int, len(d.invited))
		for i, id := range d.invited {
			place[id] = i - len(d.invited) // who was not invited comes last
		}
		slices.SortStableFunc(all, func(a, b Cooperation) int { return place[a.Body] - place[b.Body] })
	}
	return all
}

// Asks reports whether something is to be done by somebody: a task, or a request to several bodies.
func (k Kind) Asks() bool { return k == Task || k == Request }

// dueOf is the day of one body that was asked: its own, else the one said of all.
func (c Conclusion) dueOf(k Cooperation) calendar.Date {
	if k.Due.IsZero() {
		return c.Due
	}
	return k.Due
}

// productOf is what one body that was asked has to bring: its own product, else the one said of all.
func (c Conclusion) productOf(k Cooperation) string {
	if k.Part == "" {
		return c.Product
	}
	return k.Part
}

// lacking says what a request still lacks: bodies, and for each of them a product and a date.
func (d bodies) lacking(list *fault.List, b Conference, c Conclusion, field func(string) string) {
	switch len(c.Cooperating) {
	case 0:
		list.Add(field("cooperation"), "Kết luận %d đề nghị nhiều cơ quan nhưng chưa ghi cơ quan nào; mỗi dòng một cơ quan, hoặc “các sở”, “tất cả”.", c.No)
	case 1:
		list.Add(field("kind"), "Kết luận %d chỉ đề nghị %s; một cơ quan thì chọn loại Nhiệm vụ.", c.No, d.byID[c.Cooperating[0].Body].ShortName)
	}
	var product, due []string
	for _, k := range c.Cooperating {
		if c.productOf(k) == "" {
			product = append(product, d.byID[k.Body].ShortName)
		}
		switch day := c.dueOf(k); {
		case day.IsZero():
			due = append(due, d.byID[k.Body].ShortName)
		case !b.HeldOn.IsZero() && day.Before(b.HeldOn):
			list.Add(field("due"), "Hạn của %s ở kết luận %d (%s) trước ngày họp (%s).", d.byID[k.Body].ShortName, c.No, day.Vietnamese(), b.HeldOn.Vietnamese())
		}
	}
	if product != nil {
		list.Add(field("product"), "Kết luận %d chưa ghi sản phẩm của %s; ghi một sản phẩm chung, hoặc sau tên từng cơ quan.", c.No, strings.Join(product, ", "))
	}
	if c.DueTyped != "" {
		list.Add(field("due"), "Hạn “%s” của kết luận %d không phải là ngày; hãy viết ngày/tháng/năm như 20/5/2022.", c.DueTyped, c.No)
	} else if due != nil {
		list.Add(field("due"), "Kết luận %d chưa có hạn của %s; ghi một hạn chung, hoặc sau tên từng cơ quan.", c.No, strings.Join(due, ", "))
	}
	d.misnamed(list, c, field)
}

// misnamed says which bodies and dates of the lines typed were not understood.
func (d bodies) misnamed(list *fault.List, c Conclusion, field func(string) string) {
	entries, wrong := readCooperation(c.Cooperation)
	if unknown := d.unknown(entries); len(unknown) > 0 {
		list.Add(field("cooperation"), "Kết luận %d: không nhận ra cơ quan “%s”; hãy viết mã như ở trang Danh bạ.", c.No, strings.Join(unknown, "”, “"))
	}
	seen := make(map[db.ID]bool)
	for _, e := range entries {
		id, ok := d.match(e.body)
		if ok && seen[id] {
			list.Add(field("cooperation"), "Kết luận %d: %s được ghi hai lần; hãy gộp thành một dòng, một sản phẩm, một hạn.", c.No, d.byID[id].ShortName)
		}
		seen[id] = ok
	}
	for _, day := range wrong {
		list.Add(field("cooperation"), "Kết luận %d: hạn “%s” không phải là ngày.", c.No, shortened(day))
	}
}

// asked are the tasks that a conclusion makes and that are not made yet: one of a task, one for each body of a request.
func (c Conclusion) asked(names map[db.ID]org.Body) (all []task.New) {
	n := task.New{Title: c.Words, Product: c.Product, ForcePaper: c.ForcePaper}
	switch {
	case c.Kind == Task && c.Task == "":
		n.Mode, n.Lead, n.Due = c.Mode, c.Lead, c.Due
		for _, k := range c.Cooperating {
			one := task.Cooperation{Body: k.Body, Part: k.Part, Due: c.dueOf(k)} // without a day of its own it is held to the common one
			if one.Part == "" {
				one.Part = "Phối hợp thực hiện theo thông báo kết luận"
			}
			n.Cooperating = append(n.Cooperating, one)
		}
		return []task.New{n}
	case c.Kind == Request:
		for _, k := range c.Cooperating {
			if k.Task == "" {
				n.Mode, n.Lead, n.Product, n.Due = task.ModeFor(names[k.Body].Kind), k.Body, c.productOf(k), c.dueOf(k)
				all = append(all, n)
			}
		}
	}
	return all
}

// made notes which task came of a conclusion for a body.
func (c Conclusion) made(tx *db.Tx, t task.Task) error {
	query, args := "update conference_conclusion set task = ? where id = ? and task is null", []any{t.ID, c.ID}
	if c.Kind == Request {
		query, args = "update conference_cooperation set task = ? where conclusion = ? and body = ? and task is null", []any{t.ID, c.ID, t.Lead}
	}
	_, err := tx.Exec(query, args...)
	return err
}

// Requested is what was asked of several bodies under one number, and where each stands.
type Requested struct {
	No    int
	Words string
	Sides []Result
	Done  int // how many have reported it done or been accepted
}

// Missing are the sides that are not done.
func (r Requested) Missing() (left []Result) {
	for _, s := range r.Sides {
		if !s.Finished() {
			left = append(left, s)
		}
	}
	return left
}

// Count is "5/7".
func (r Requested) Count() string { return fmt.Sprintf("%d/%d", r.Done, len(r.Sides)) }

// Apart tells the tasks of one body from the requests to several.
func Apart(results []Result) (single []Result, many []Requested) {
	for _, r := range results {
		if !r.OfRequest {
			single = append(single, r)
			continue
		}
		if n := len(many); n == 0 || many[n-1].No != r.No {
			many = append(many, Requested{No: r.No, Words: r.Task.Title})
		}
		last := &many[len(many)-1]
		last.Sides = append(last.Sides, r)
		if r.Finished() {
			last.Done++
		}
	}
	return single, many
}
