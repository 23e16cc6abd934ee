package lineage

import (
	"cmp"
	"slices"

	"giaoban/internal/db"
)

// Shown is a record as its own room shows it to one reader.
type Shown struct {
	Label string // what it is called today; "": as when it was linked
}

// See asks the rooms: of these records of one kind it gives those that the reader may see.
type See func(kind string, ids []db.ID) (map[db.ID]Shown, error)

// These asks once for each kind, however often a record is named, and answers by key.
func (see See) These(nodes []Node) (map[string]Shown, error) {
	wanted, met := make(map[string][]db.ID), make(map[string]bool, len(nodes))
	for _, n := range nodes {
		if !met[n.Key()] {
			met[n.Key()] = true
			wanted[n.Kind] = append(wanted[n.Kind], n.ID)
		}
	}
	seen := make(map[string]Shown, len(met))
	for kind, ids := range wanted {
		shown, err := see(kind, ids)
		if err != nil {
			return nil, err
		}
		for id, s := range shown {
			seen[Node{Kind: kind, ID: id}.Key()] = s
		}
	}
	return seen, nil
}

func (n Node) as(s Shown) Node {
	n.Label = cmp.Or(s.Label, n.Label)
	return n
}

// Node makes a plain row of id and label what Show takes.
func (n Node) Node() Node { return n }

// Show answers for a room: query is the room's own rule of sight and ends where the list of ids begins, "… and t.id in ".
func Show[T interface{ Node() Node }](tx *db.Tx, ids []db.ID, query string, args ...any) (map[db.ID]Shown, error) {
	shown := make(map[db.ID]Shown, len(ids))
	for part := range chunks(ids, 256) {
		list, some := padded(part)
		var found []T
		if err := tx.Select(&found, query+list, slices.Concat(args, some)...); err != nil {
			return nil, err
		}
		for _, f := range found {
			n := f.Node()
			shown[n.ID] = Shown{n.Label}
		}
	}
	return shown, nil
}

// ShowAll answers for a room whose records of a kind the reader sees all or none of.
func ShowAll(ids []db.ID, may bool) map[db.ID]Shown {
	shown := make(map[db.ID]Shown, len(ids))
	for _, id := range ids {
		if may {
			shown[id] = Shown{}
		}
	}
	return shown
}

// padded makes the list's length a power of two by repeating its last item, so that few statements are prepared.
func padded[T any](items []T) (string, []any) {
	size := 1
	for size < len(items) {
		size *= 2
	}
	all := append(make([]T, 0, size), items...)
	for len(all) > 0 && len(all) < size {
		all = append(all, items[len(items)-1])
	}
	return db.In(all)
}
