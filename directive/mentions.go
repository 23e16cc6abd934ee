package directive

import (
	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/id"
	"giaoban/lineage"
	"slices"
)

// MentionsOf lists where a document is mentioned, the newest first, in the records that see shows; next is the cursor of
// the page after, "" at the end.
func MentionsOf(tx *db.Tx, by access.Actor, see lineage.See, directive, cursor db.ID) (all []Mentioned, next db.ID, err error) {
	if _, err := Find(tx, by, directive); err != nil {
		return nil, "", err
	}
	for size := perPage; ; size = 10 * perPage { // who sees little looks far
		some, more, err := mentions(tx, "m.directive = ?", []any{directive}, cursor, size)
		if err != nil {
			return nil, "", err
		}
		sources := make([]lineage.Node, len(some))
		for i, m := range some {
			sources[i] = m.Source()
		}
		seen, err := see.These(sources)
		if err != nil {
			return nil, "", err
		}
		for i, m := range some {
			if _, ok := seen[sources[i].Key()]; !ok {
				continue
			}
			if len(all) == perPage {
				return all, all[perPage-1].ID, nil
			}
			all = append(all, m)
		}
		if cursor = more; more == "" {
			return all, "", nil
		}
	}
}

// OpenMentions lists the references that nobody knows the document of, the newest first: the officer's worklist. A
// reference that stands in many records is listed once, for its latest place.
func OpenMentions(tx *db.Tx, by access.Actor, cursor db.ID) (all []Mentioned, next db.ID, err error) {
	if err := by.May(access.RecordDirective, by.Body); err != nil {
		return nil, "", err
	}
	// What was written alike later is listed there.
	return mentions(tx, `m.directive is null and not m.decided
  and not exists (select 1 from directive_mention o where o.ref_key = m.ref_key and o.id > m.id and o.directive is null and not o.decided)`, nil, cursor, perPage)
}

// OpenPlaces counts for each written reference in how many places it stands open.
func OpenPlaces(tx *db.Tx, by access.Actor, of []Mentioned) (map[string]int, error) {
	if err := by.May(access.RecordDirective, by.Body); err != nil {
		return nil, err
	}
	keys := make([]string, len(of))
	for i, m := range of {
		keys[i] = m.RefKey
	}
	places := make(map[string]int, len(of))
	for part := range slices.Chunk(keys, 256) {
		list, args := db.Padded(part)
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

func mentions(tx *db.Tx, where string, args []any, cursor db.ID, most int) (all []Mentioned, next db.ID, err error) {
	if cursor != "" {
		if _, ok := id.Parse(string(cursor)); !ok {
			return nil, "", fault.Invalid("sau", "Dấu trang không đúng; xin mở lại danh sách từ đầu.")
		}
		where, args = where+"\n  and m.id < ?", append(args, string(cursor))
	}
	if err := tx.Select(&all, mentionColumns+"m\nwhere "+where+"\norder by m.id desc\nlimit ?", append(args, most+1)...); err != nil {
		return nil, "", err
	}
	if len(all) > most {
		all = all[:most]
		next = all[most-1].ID
	}
	return all, next, nil
}
