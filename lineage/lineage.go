// Package lineage keeps nguồn gốc: which record came from which. A room leaves an edge whenever it creates one thing
// from another; the edges are walked both ways, from any record to what it came from and to what came of it.
package lineage

import (
	"slices"
	"strings"

	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
)

// Node is a record as the edges name it. Who may see it, and what it is called today, is its own room's to say.
type Node struct {
	Kind  string `db:"kind" json:"kind"`
	ID    db.ID  `db:"id" json:"id"`
	Label string `db:"label" json:"label"`
}

// Edge says that To came from From, and by which act ("tổng hợp", "giao từ").
type Edge struct {
	From, To Node
	Verb     string
}

// Key names a record among all; it cannot be mistaken: kinds are words of the program, without a slash.
func (n Node) Key() string { return n.Kind + "/" + string(n.ID) }

// Link notes that to came from from. It is called inside the change that created to. The same edge again changes
// nothing; the labels of both ends are brought up to date.
func Link(tx *db.Tx, from, to Node, verb string) error {
	return LinkAll(tx, []Edge{{from, to, verb}})
}

// LinkAll is Link for many edges in few statements: a consolidation has hundreds.
func LinkAll(tx *db.Tx, edges []Edge) error {
	var nodes []Node
	place := make(map[string]int)
	for _, e := range edges {
		if e.From.Key() == e.To.Key() {
			return fault.Invalid("", "Một hồ sơ không thể là nguồn gốc của chính nó.")
		}
		for _, n := range []Node{e.From, e.To} {
			if n.Kind == "" || n.ID == "" || strings.Contains(n.Kind, "/") {
				return fault.Invalid("", "Nguồn gốc cần rõ loại hồ sơ và mã hồ sơ.")
			}
			n.Label = fold.Clean(n.Label)
			if at, ok := place[n.Key()]; ok {
				nodes[at] = n
				continue
			}
			place[n.Key()] = len(nodes)
			nodes = append(nodes, n)
		}
	}
	// 90 rows of 4 columns stay far below every engine's limit of parameters.
	for part := range slices.Chunk(nodes, 90) {
		args := make([]any, 0, 4*len(part))
		for _, n := range part {
			args = append(args, n.Key(), n.Kind, string(n.ID), n.Label)
		}
		// Only what changed is written, so that a link between old records costs no page of the disk.
		if _, err := tx.Exec(`
insert into lineage_node (key, kind, id, label)
values `+rows(len(part), 4)+`
on conflict (key) do update
set label = excluded.label
where lineage_node.label <> excluded.label`, args...); err != nil {
			return err
		}
	}
	for part := range slices.Chunk(edges, 90) {
		args := make([]any, 0, 4*len(part))
		for _, e := range part {
			args = append(args, e.From.Key(), e.To.Key(), fold.Clean(e.Verb), tx.Now())
		}
		if _, err := tx.Exec(`
insert into lineage_edge (source, target, verb, at)
values `+rows(len(part), 4)+`
on conflict (source, target, verb) do nothing`, args...); err != nil {
			return err
		}
	}
	return nil
}

// Unlink takes an edge away that a person has found wrong: a reference that meant another document, a relation entered
// by mistake. The journal keeps that it was there. Records stay; an edge that is not there is no error.
func Unlink(tx *db.Tx, from, to Node, verb string) error {
	_, err := tx.Exec("delete from lineage_edge where source = ? and target = ? and verb = ?", from.Key(), to.Key(), verb)
	return err
}

// rows gives "(?, ?), (?, ?)".
func rows(n, columns int) string {
	one := "(?" + strings.Repeat(", ?", columns-1) + ")"
	return one + strings.Repeat(", "+one, n-1)
}
