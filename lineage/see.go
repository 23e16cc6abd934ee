package lineage

import (
	"cmp"

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
