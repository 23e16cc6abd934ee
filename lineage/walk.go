package lineage

import (
	"errors"
	"slices"

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
	Verb     string     `json:"verb"`
	At       db.Instant `json:"at"`
	Hidden   bool       `json:"hidden"`   // its room does not show it to the reader: no id, label or date
	Repeated bool       `json:"repeated"` // shown with its branches elsewhere in the same tree
	Branches []Branch   `json:"branches"`
}

// HiddenLabel stands in for a record that the reader may not see.
const HiddenLabel = "(không thuộc phạm vi xem)"

// Walk gives what the record came from and what came of it, at most depth steps each way (0: 6). What see does not show
// is hidden; several hidden ones side by side, with nothing visible behind them, are shown as one, so that their number
// tells nothing.
func Walk(tx *db.Tx, by access.Actor, see See, kind string, id db.ID, depth int) (Graph, error) {
	g := Graph{Ancestors: []Branch{}, Descendants: []Branch{}}
	if err := by.May(access.ReadLineage, by.Body); err != nil {
		return g, err
	}
	if depth <= 0 {
		depth = defaultDepth
	}
	depth = min(depth, deepest)
	root := Node{Kind: kind, ID: id}
	missing := fault.Missing("Không có hồ sơ này, hoặc hồ sơ chưa có nguồn gốc nào được ghi.")
	err := tx.Get(&root, "select kind, id, label from lineage_node where key = ?", root.Key())
	if errors.Is(err, db.None) {
		return g, missing
	}
	if err != nil {
		return g, err
	}
	shown, err := see(kind, []db.ID{id})
	if err != nil {
		return g, err
	}
	if _, ok := shown[id]; !ok {
		return g, missing
	}
	g.Root = root.as(shown[id])
	up, err := collect(tx, root.Key(), depth, ancestors)
	if err != nil {
		return g, err
	}
	down, err := collect(tx, root.Key(), depth, descendants)
	if err != nil {
		return g, err
	}
	seen, err := see.These(append(up.nodes, down.nodes...))
	if err != nil {
		return g, err
	}
	seen[root.Key()] = shown[id]
	up.seen, down.seen = seen, seen
	g.Ancestors, g.Descendants, g.Cut = up.branches(root.Key()), down.branches(root.Key()), up.cut || down.cut
	return g, nil
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
select e.source as reached, e.target as came, e.verb, e.at, n.kind, n.id, n.label
from lineage_edge e
join lineage_node n on n.key = e.source
where e.target in `
	descendants = `
select e.target as reached, e.source as came, e.verb, e.at, n.kind, n.id, n.label
from lineage_edge e
join lineage_node n on n.key = e.target
where e.source in `
)

// tree is what was found one way, before it is shown.
type tree struct {
	steps map[string][]step // by the record they lead on from
	nodes []Node            // what was reached
	seen  map[string]Shown  // what the reader may see
	grown map[string]bool   // records whose branches are shown already
	cut   bool
}

// collect walks one way, level by level, one query each; a record met again ends its branch there, so a circle ends.
func collect(tx *db.Tx, root string, depth int, way string) (*tree, error) {
	t := &tree{steps: make(map[string][]step), grown: map[string]bool{root: true}}
	level, count := []string{root}, 0
	met := map[string]bool{root: true}
	for n := 0; len(level) > 0; n++ {
		var found []step
		for part := range slices.Chunk(level, 256) {
			list, args := db.Padded(part)
			if err := tx.Select(&found, way+list+"\norder by e.at, e.source, e.target, e.verb\nlimit 601", args...); err != nil {
				return nil, err
			}
		}
		if n == depth { // one level deeper than shown, only to know whether there is more
			t.cut = t.cut || len(found) > 0
			break
		}
		level = nil
		for _, s := range found {
			if count++; count > mostNodes {
				t.cut = true
				break
			}
			t.steps[s.From] = append(t.steps[s.From], s)
			if !met[s.Reached] {
				met[s.Reached] = true
				level, t.nodes = append(level, s.Reached), append(t.nodes, s.Node)
			}
		}
	}
	return t, nil
}

// branches shows what was reached from key. It is never nil, so that JSON always has a list.
func (t *tree) branches(key string) []Branch {
	shown := []Branch{}
	hiddenLeaf := false
	for _, s := range t.steps[key] {
		b := Branch{Verb: s.Verb, At: s.At, Branches: []Branch{}}
		if t.grown[s.Reached] {
			b.Repeated = true
		} else {
			t.grown[s.Reached] = true
			b.Branches = t.branches(s.Reached)
		}
		if seen, ok := t.seen[s.Reached]; ok {
			b.Node = s.Node.as(seen)
		} else {
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
