package directive

import (
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/id"
	"giaoban/lineage"
)

// MentionsOf lists where a document is mentioned, the newest first, as far as the actor may see the records; next is
// the cursor of the page after, "" at the end.
func MentionsOf(tx *db.Tx, by access.Actor, directive db.ID, cursor db.ID) (all []Mentioned, next db.ID, err error) {
	if _, err := Find(tx, by, directive); err != nil {
		return nil, "", err
	}
	seen, args := seenBy(by)
	return mentions(tx, "m.directive = ?\n  and "+seen, append([]any{directive}, args...), cursor)
}

// OpenMentions lists the references that nobody knows the document of, the newest first: the officer's worklist. A
// reference that stands in many records is listed once, for its latest place.
func OpenMentions(tx *db.Tx, by access.Actor, cursor db.ID) (all []Mentioned, next db.ID, err error) {
	if err := by.May(access.RecordDirective, by.Org); err != nil {
		return nil, "", err
	}
	// What was written alike later is listed there.
	return mentions(tx, `m.directive is null and not m.decided
  and not exists (select 1 from directive_mention o where o.ref_key = m.ref_key and o.id > m.id and o.directive is null and not o.decided)`, nil, cursor)
}

// OpenPlaces counts for each written reference in how many places it stands open.
func OpenPlaces(tx *db.Tx, by access.Actor, of []Mentioned) (map[string]int, error) {
	if err := by.May(access.RecordDirective, by.Org); err != nil {
		return nil, err
	}
	keys := make([]string, len(of))
	for i, m := range of {
		keys[i] = m.RefKey
	}
	places := make(map[string]int, len(of))
	for part := range chunks(keys, 256) {
		list, args := padded(part)
		var rows []struct {
			Key string `db:"ref_key"`
			N   int    `db:"n"`
		}
		if err := tx.Select(&rows, "select ref_key, count(*) as n from directive_mention where ref_key in "+list+" and directive is null and not decided group by ref_key", args...); err != nil {
			return nil, err
		}
		for _, r := range rows {
			places[r.Key] = r.N
		}
	}
	return places, nil
}

// perPage is how many mentions a page shows.
const perPage = 50

func mentions(tx *db.Tx, where string, args []any, cursor db.ID) (all []Mentioned, next db.ID, err error) {
	if cursor != "" {
		if _, ok := id.Parse(string(cursor)); !ok {
			return nil, "", fault.Invalid("sau", "Dấu trang không đúng; xin mở lại danh sách từ đầu.")
		}
		where, args = where+"\n  and m.id < ?", append(args, string(cursor))
	}
	if err := tx.Select(&all, mentionColumns+"m\nwhere "+where+"\norder by m.id desc\nlimit ?", append(args, perPage+1)...); err != nil {
		return nil, "", err
	}
	if len(all) > perPage {
		all = all[:perPage]
		next = all[perPage-1].ID
	}
	return all, next, nil
}

// seenBy is the condition under which the actor may see the record of a mention, kind by kind as lineage does.
func seenBy(by access.Actor) (string, []any) {
	var all, own []string
	for _, kind := range lineage.Kinds() {
		switch lineage.Sees(by, kind) {
		case "":
			all = append(all, kind)
		case "-":
		default:
			own = append(own, kind)
		}
	}
	var either []string
	var args []any
	if len(all) > 0 {
		list, kinds := db.In(all)
		either, args = append(either, "m.kind in "+list), append(args, kinds...)
	}
	if len(own) > 0 {
		list, kinds := db.In(own)
		either = append(either, "m.kind in "+list+" and (m.org = ? or exists (select 1 from lineage_reader r where r.node = m.kind || '/' || m.record and r.body = ?))")
		args = append(append(args, kinds...), by.Org, by.Org)
	}
	if len(either) == 0 {
		return "1 = 0", nil
	}
	return "(" + strings.Join(either, " or ") + ")", args
}
