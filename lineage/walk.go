package lineage

import (
	"errors"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// Bounds of one walk: a page of a thousand records is read by nobody.
const (
	defaultDepth = 6
	deepest      = 12
	mostNodes    = 600
)

// Graph is what Walk found: two trees with the record at their common root.
type Graph struct {
	Root        Node     `json:"root"`
	Ancestors   []Branch `json:"ancestors"`   // what it came from, and what those came from
	Descendants []Branch `json:"descendants"` // what came of it, and of those
	Cut         bool     `json:"cut"`         // there is more than the bounds let through
}

// Branch is one record of a tree with the edge that leads to it.
type Branch struct {
	Node     Node       `json:"node"`
	KindName string     `json:"kind_name"`
	Verb     string     `json:"verb"`
	At       db.Instant `json:"at"`
	Hidden   bool       `json:"hidden"`   // outside what the reader may see: no id, label, body or address
	Repeated bool       `json:"repeated"` // shown with its branches elsewhere in the same tree
	Branches []Branch   `json:"branches"`
}

// HiddenLabel stands in for a record that the reader may not see.
const HiddenLabel = "(không thuộc phạm vi xem)"

// Walk gives what the record came from and what came of it, at most depth steps each way (0: 6). Records of bodies
// the actor may not see are hidden; several hidden ones side by side, with nothing visible behind them, are shown as
// one, so that their number tells nothing.
func Walk(tx *db.Tx, by access.Actor, kind string, id db.ID, depth int) (Graph, error) {
	g := Graph{Ancestors: []Branch{}, Descendants: []Branch{}}
	if err := by.May(access.ReadLineage, by.Org); err != nil {
		return g, err
	}
	if depth <= 0 {
		depth = defaultDepth
	}
	depth = min(depth, deepest)
	root := Node{Kind: kind, ID: id}
	missing := fault.Missing("Không có hồ sơ này, hoặc hồ sơ chưa có nguồn gốc nào được ghi.")
	err := tx.Get(&root, "select kind, id, label, org, url from lineage_node where key = ?", root.key())
	if errors.Is(err, db.None) {
		return g, missing
	}
	if err != nil {
		return g, err
	}
	shared, err := sharedWith(tx, by, []string{root.key()})
	if err != nil {
		return g, err
	}
	if !visible(by, root, shared) {
		return g, missing
	}
	g.Root = root
	up, cutUp, err := collect(tx, by, root.key(), depth, ancestors)
	if err != nil {
		return g, err
	}
	down, cutDown, err := collect(tx, by, root.key(), depth, descendants)
	if err != nil {
		return g, err
	}
	g.Ancestors, g.Descendants, g.Cut = up, down, cutUp || cutDown
	return g, nil
}

// visible: one sees a record when one sees records of its kind of every body, or it concerns the own body, or it was
// shared with it.
func visible(by access.Actor, n Node, shared map[string]bool) bool {
	sees := by.Narrow() // for a kind the table of acts does not know
	if k, ok := kinds[n.Kind]; ok {
		sees = by.Sees(k.act)
	}
	switch sees {
	case "":
		return true
	case "-":
		return false
	}
	return string(n.Org) == sees || shared[n.key()]
}

// sharedWith tells which of the nodes the actor's body was let into.
func sharedWith(tx *db.Tx, by access.Actor, keys []string) (map[string]bool, error) {
	shared := make(map[string]bool)
	if by.Org == "" || by.OfCommission() {
		return shared, nil
	}
	list, args := padded(keys)
	var found []string
	if err := tx.Select(&found, "select node from lineage_reader where body = ? and node in "+list, append([]any{by.Org}, args...)...); err != nil {
		return nil, err
	}
	for _, key := range found {
		shared[key] = true
	}
	return shared, nil
}

// padded makes the list's length a power of two by repeating its last item, so that few statements are prepared.
func padded(keys []string) (string, []any) {
	size := 1
	for size < len(keys) {
		size *= 2
	}
	all := append(make([]string, 0, size), keys...)
	for len(all) > 0 && len(all) < size {
		all = append(all, keys[len(keys)-1])
	}
	return db.In(all)
}

// step is one row of a level: the record found, and the one it was reached from.
type step struct {
	Reached string     `db:"reached"`
	From    string     `db:"came"`
	Verb    string     `db:"verb"`
	At      db.Instant `db:"at"`
	Node
}

// Both queries are one look-up per level in an index that begins with the bound column.
const (
	ancestors = `
select e.source as reached, e.target as came, e.verb, e.at, n.kind, n.id, n.label, n.org, n.url
from lineage_edge e
join lineage_node n on n.key = e.source
where e.target in `
	descendants = `
select e.target as reached, e.source as came, e.verb, e.at, n.kind, n.id, n.label, n.org, n.url
from lineage_edge e
join lineage_node n on n.key = e.target
where e.source in `
)

// collect walks one way, level by level, one query each; a record met again ends its branch there, so a circle ends.
func collect(tx *db.Tx, by access.Actor, root string, depth int, way string) ([]Branch, bool, error) {
	t := tree{by: by, steps: make(map[string][]step), grown: map[string]bool{root: true}}
	keys, level, cut := []string{root}, []string{root}, false
	seen := map[string]bool{root: true}
	for n := 0; len(level) > 0; n++ {
		var found []step
		for part := range chunks(level, 256) {
			list, args := padded(part)
			if err := tx.Select(&found, way+list+"\norder by e.at, e.source, e.target, e.verb\nlimit 601", args...); err != nil {
				return nil, false, err
			}
		}
		if n == depth { // one level deeper than shown, only to know whether there is more
			cut = cut || len(found) > 0
			break
		}
		level = nil
		for _, s := range found {
			if t.count++; t.count > mostNodes {
				cut = true
				break
			}
			t.steps[s.From] = append(t.steps[s.From], s)
			if !seen[s.Reached] {
				seen[s.Reached] = true
				keys, level = append(keys, s.Reached), append(level, s.Reached)
			}
		}
	}
	t.shared = make(map[string]bool)
	for part := range chunks(keys, 256) {
		some, err := sharedWith(tx, by, part)
		if err != nil {
			return nil, false, err
		}
		for key := range some {
			t.shared[key] = true
		}
	}
	return t.branches(root), cut, nil
}

// tree is what one walk found, before it is shown.
type tree struct {
	by     access.Actor
	steps  map[string][]step // by the record they lead on from
	shared map[string]bool
	grown  map[string]bool // records whose branches are shown already
	count  int
}

// branches shows what was reached from key. It is never nil, so that JSON always has a list.
func (t *tree) branches(key string) []Branch {
	shown := []Branch{}
	hiddenLeaf := false
	for _, s := range t.steps[key] {
		b := Branch{Node: s.Node, KindName: KindName(s.Kind), Verb: s.Verb, At: s.At, Branches: []Branch{}}
		if t.grown[s.Reached] {
			b.Repeated = true
		} else {
			t.grown[s.Reached] = true
			b.Branches = t.branches(s.Reached)
		}
		if !visible(t.by, s.Node, t.shared) {
			b.Hidden, b.Node = true, Node{Kind: s.Kind, Label: HiddenLabel}
			b.At, b.Verb = 0, ""
			if len(b.Branches) == 0 || allHiddenLeaves(b.Branches) {
				b.Branches, b.Repeated = []Branch{}, false
				if hiddenLeaf {
					continue
				}
				hiddenLeaf = true
			}
		}
		shown = append(shown, b)
	}
	return shown
}

func allHiddenLeaves(branches []Branch) bool {
	for _, b := range branches {
		if !b.Hidden || len(b.Branches) > 0 {
			return false
		}
	}
	return true
}
