package lineage

import (
	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fold"
)

// Unlink takes an edge away that a person has found wrong: a reference that meant another document, a relation entered
// by mistake. The journal keeps that it was there. Records stay; an edge that is not there is no error.
func Unlink(tx *db.Tx, from, to Node, verb string) error {
	_, err := tx.Exec("delete from lineage_edge where source = ? and target = ? and verb = ?", from.key(), to.key(), verb)
	return err
}

// Relabel brings a record's label, body and address up to date wherever it stands in the graph; one that is not there is
// left alone.
func Relabel(tx *db.Tx, n Node) error {
	_, err := tx.Exec("update lineage_node set label = ?, org = ?, url = ? where key = ?", fold.Clean(n.Label), n.Org, n.URL, n.key())
	return err
}

// Sees tells how far an actor sees records of a kind: "" all of them, "-" none, else only those of the body named and
// those shared with it.
func Sees(by access.Actor, kind string) string {
	if k, ok := kinds[kind]; ok {
		return by.Sees(k.act)
	}
	return by.Narrow()
}

// Kinds lists every kind of record that may stand in lineage.
func Kinds() []string {
	all := make([]string, 0, len(kinds))
	for kind := range kinds {
		all = append(all, kind)
	}
	return all
}
