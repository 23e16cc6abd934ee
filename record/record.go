// Package record keeps what the house knows of hồ sơ, bản ghi, the records of every room: what each kind is called, who
// sees one, how its journal speaks, and what the signature and the release of its papers set in motion. The rule of
// sight is the owner's own; it is only found here.
package record

import (
	"giaoban/access"
	"giaoban/conference"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/lineage"
	"giaoban/paper"
)

// Kind is what the house knows about one kind of record, wherever it appears.
type Kind struct {
	Name string // the office's word for it

	// Verbs say what was done, by the verb of the journal. {name} stands for a detail of the line; a part in square
	// brackets is said only when all its details are there, and a detail behind a question mark is only asked for.
	Verbs map[string]string

	// See gives those of some records that the actor may see on the owner's own page; nil: it has no page.
	See func(tx *db.Tx, by access.Actor, ids []db.ID) (map[db.ID]lineage.Shown, error)

	// What happens to a paper that was written for such a record; nil: nothing beyond the paper itself.
	Ahead   func(tx *db.Tx, by access.Actor, p paper.Paper) (paper.Ahead, error)
	Sign    func(tx *db.Tx, by access.Actor, p paper.Paper, s paper.Signature) (paper.Paper, error)
	Release func(tx *db.Tx, by access.Actor, p paper.Paper) (paper.Paper, error)
}

// entry is a kind under the word that tables and other rooms keep.
type entry struct {
	word string
	Kind
}

// Kinds are all kinds by their word; Order is the order in which lists offer them.
var Kinds, Order = index(ofReports, ofWork, ofProgrammes, ofPapers, ofOffice)

func index(groups ...[]entry) (map[string]Kind, []string) {
	kinds, order := make(map[string]Kind), []string(nil)
	for _, group := range groups {
		for _, e := range group {
			kinds[e.word], order = e.Kind, append(order, e.word)
		}
	}
	return kinds, order
}

// See gives those of some records of one kind that the actor may see, with what they are called today.
func See(tx *db.Tx, by access.Actor, kind string, ids []db.ID) (map[db.ID]lineage.Shown, error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil { // everybody with an account sees something
		return nil, err
	}
	see := Kinds[kind].See
	if see == nil {
		return nil, nil
	}
	shown, err := see(tx, by, ids)
	if fault.Is(err, fault.KindForbidden) {
		return nil, nil
	}
	return shown, err
}

// sight is See for who asks of many kinds.
func sight(tx *db.Tx, by access.Actor) lineage.See {
	return func(kind string, ids []db.ID) (map[db.ID]lineage.Shown, error) { return See(tx, by, kind, ids) }
}

// SeeAll is See for records of many kinds; it answers by their keys.
func SeeAll(tx *db.Tx, by access.Actor, nodes []lineage.Node) (map[string]lineage.Shown, error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return nil, err
	}
	return sight(tx, by).These(nodes)
}

// Walk gives what a record came from and what came of it, as far as the actor sees the records on the way.
func Walk(tx *db.Tx, by access.Actor, kind string, id db.ID, depth int) (lineage.Graph, error) {
	return lineage.Walk(tx, by, sight(tx, by), kind, id, depth)
}

// MentionsOf lists where a document is mentioned, in the records that the actor sees.
func MentionsOf(tx *db.Tx, by access.Actor, document, cursor db.ID) ([]directive.Mentioned, db.ID, error) {
	return directive.MentionsOf(tx, by, sight(tx, by), document, cursor)
}

// wrote is the kind of record whose room has its part in what becomes of a paper: none in one that was written by hand.
func wrote(p paper.Paper) Kind {
	if p.Composed {
		return Kind{}
	}
	return Kinds[p.OriginKind]
}

// Ahead tells what signing and releasing a paper will do in the room that wrote it.
func Ahead(tx *db.Tx, by access.Actor, id db.ID) (paper.Ahead, error) {
	p, err := paper.Find(tx, by, id)
	if ahead := wrote(p).Ahead; err == nil && ahead != nil {
		return ahead(tx, by, p)
	}
	return paper.Ahead{}, err
}

// Sign signs a paper through the room that wrote it, because a signature may change what its records say.
func Sign(tx *db.Tx, by access.Actor, id db.ID, s paper.Signature) (paper.Paper, error) {
	p, err := paper.Find(tx, by, id)
	if err != nil {
		return p, err
	}
	if sign := wrote(p).Sign; sign != nil {
		return sign(tx, by, p, s)
	}
	return paper.Sign(tx, by, id, s)
}

// PutForward puts the draft of a paper before who is to sign it; one whose text is kept elsewhere is put forward there.
func PutForward(tx *db.Tx, by access.Actor, id db.ID, version int64) error {
	if err := by.May(access.DraftPaper, by.Body); err != nil {
		return err
	}
	ahead, err := Ahead(tx, by, id)
	if err == nil && ahead.Elsewhere {
		err = fault.Conflict("Nội dung văn bản này được soạn ở trang khác và trình ký ở trang đó.")
	}
	if err == nil {
		_, err = paper.PutForward(tx, by, id, version)
	}
	return err
}

// Release sends a paper out through the room that wrote it, which does its part in the same transaction.
func Release(tx *db.Tx, by access.Actor, id db.ID) (paper.Paper, error) {
	p, err := paper.Find(tx, by, id)
	if err != nil {
		return p, err
	}
	if release := wrote(p).Release; release != nil {
		return release(tx, by, p)
	}
	return paper.Release(tx, by, id)
}

// writtenElsewhere is for papers whose text stays with its record until it is signed there.
func writtenElsewhere(_ *db.Tx, _ access.Actor, p paper.Paper) (paper.Ahead, error) {
	return paper.Ahead{Elsewhere: p.State == paper.Drafted}, nil
}

// named makes a See of a room's own answer to which of some records an actor may see.
func named[T any](among func(*db.Tx, access.Actor, []db.ID) ([]T, error), name func(T) (db.ID, string)) func(*db.Tx, access.Actor, []db.ID) (map[db.ID]lineage.Shown, error) {
	return func(tx *db.Tx, by access.Actor, ids []db.ID) (map[db.ID]lineage.Shown, error) {
		found, err := among(tx, by, ids)
		shown := make(map[db.ID]lineage.Shown, len(found))
		for _, f := range found {
			id, label := name(f)
			shown[id] = lineage.Shown{Label: label}
		}
		return shown, err
	}
}

// node names a record as its room does in lineage; asLinked leaves it the name it was linked under.
func node[T interface{ Node() lineage.Node }](t T) (db.ID, string) {
	n := t.Node()
	return n.ID, n.Label
}

func asLinked(id db.ID) (db.ID, string) { return id, "" }

// each makes a See of a room's find, for kinds of which few stand together.
func each[T any](find func(*db.Tx, access.Actor, db.ID) (T, error), name func(T) string) func(*db.Tx, access.Actor, []db.ID) (map[db.ID]lineage.Shown, error) {
	return func(tx *db.Tx, by access.Actor, ids []db.ID) (map[db.ID]lineage.Shown, error) {
		shown := make(map[db.ID]lineage.Shown, len(ids))
		for _, id := range ids {
			found, err := find(tx, by, id)
			if fault.Is(err, fault.KindMissing) || fault.Is(err, fault.KindForbidden) {
				continue
			}
			if err != nil {
				return nil, err
			}
			shown[id] = lineage.Shown{Label: name(found)}
		}
		return shown, nil
	}
}

// Programme is the programme of a conference as the actor may see it: an item about a record that is hidden names none.
func Programme(tx *db.Tx, by access.Actor, id db.ID) ([]conference.Item, error) {
	items, err := conference.Items(tx, by, id)
	if err != nil {
		return nil, err
	}
	var about []lineage.Node
	for _, i := range items {
		if i.AboutKind != "" {
			about = append(about, i.About())
		}
	}
	seen, err := SeeAll(tx, by, about)
	for n := range items {
		if _, ok := seen[items[n].About().Key()]; !ok {
			items[n].AboutKind, items[n].AboutID, items[n].AboutLabel = "", "", ""
		}
	}
	return items, err
}
