package web

import (
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/lineage"
	"giaoban/record"
)

var lineageRoom = room{
	pages: []route{
		see("/nguon-goc/{kind}/{id}", (*site).showLineage, access.ReadLineage).of("origin"),
	},
}

// lineageData is a record between what it came from and what came of it.
type lineageData struct {
	lineage.Graph
	KindName string
	Above    []treeBranch
	Below    []treeBranch
}

// treeBranch is a branch as the page draws it: an address to go on from, and the branches below.
type treeBranch struct {
	lineage.Branch
	KindName string
	Here     string // the lineage page of this record; "" when it is hidden
	Branches []treeBranch
}

func (s *site) showLineage(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	g, err := record.Walk(tx, by, r.PathValue("kind"), db.ID(r.PathValue("id")), 0)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Page: "lineage/show", About: g.Root, Data: lineageData{Graph: g, KindName: kindName(g.Root.Kind), Above: treeOf(g.Ancestors), Below: treeOf(g.Descendants)}}, nil
}

// kindName is what a kind of record is called where it stands alone.
func kindName(kind string) string { return fold.Capital(record.Kinds[kind].Name) }

// originOf is where a record's origins are shown to this actor, "" while nothing is linked with it.
func originOf(tx *db.Tx, by access.Actor, n lineage.Node) (string, error) {
	if !by.Can(access.ReadLineage, by.Body) {
		return "", nil
	}
	if found, err := linked(tx, by, n.Kind, n.ID); !found || err != nil {
		return "", err
	}
	return lineageURL(n), nil
}

// linked reports whether a record has a page of origins to lead to.
func linked(tx *db.Tx, by access.Actor, kind string, id db.ID) (bool, error) {
	_, err := record.Walk(tx, by, kind, id, 1)
	if fault.Is(err, fault.KindMissing) {
		return false, nil
	}
	return err == nil, err
}

// treeOf leaves out a regime that stands elsewhere in the tree: every report came from it. Siblings of one moment stand
// by their names.
func treeOf(branches []lineage.Branch) []treeBranch {
	var out []treeBranch
	branches = slices.Clone(branches)
	slices.SortStableFunc(branches, func(a, b lineage.Branch) int {
		if a.At != b.At || a.Node.Kind != b.Node.Kind {
			return 0
		}
		return strings.Compare(fold.SortKey(a.Node.Label), fold.SortKey(b.Node.Label))
	})
	for _, b := range branches {
		if b.Repeated && b.Node.Kind == "regime" {
			continue
		}
		t := treeBranch{Branch: b, KindName: kindName(b.Node.Kind), Branches: treeOf(b.Branches)}
		if !b.Hidden {
			t.Here = lineageURL(b.Node)
		}
		out = append(out, t)
	}
	return out
}
