// Package lineage keeps nguồn gốc: which record came from which. A room leaves an edge whenever it creates one thing
// from another; the edges are walked both ways, from any record to what it came from and to what came of it.
package lineage

import (
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
)

// Node is a record as lineage shows it. URL is its page in the program, "" when it has none of its own.
type Node struct {
	Kind  string `db:"kind" json:"kind"`
	ID    db.ID  `db:"id" json:"id"`
	Label string `db:"label" json:"label"`
	Org   db.ID  `db:"org" json:"org"` // the body concerned; "" when none
	URL   string `db:"url" json:"url"`
}

// Edge says that To came from From, and by which act ("tổng hợp", "giao từ").
type Edge struct {
	From, To Node
	Verb     string
}

// key cannot be mistaken: kinds are words of the program, without a slash.
func (n Node) key() string { return n.Kind + "/" + string(n.ID) }

// kinds says what each kind is called and which act lets one read it. A kind that is not here is read by who sees
// every body.
var kinds = map[string]struct {
	name string
	act  access.Act
}{
	"regime":        {"Chế độ báo cáo", access.ReadRegime},
	"obligation":    {"Kỳ phải báo cáo", access.ReadReport},
	"submission":    {"Báo cáo", access.ReadReport},
	"paragraph":     {"Đoạn báo cáo", access.ReadReport},
	"proposal":      {"Kiến nghị", access.ReadReport},
	"consolidation": {"Báo cáo tổng hợp", access.ReadConsolidation},
	"briefing":      {"Hội nghị giao ban", access.ReadBriefing},
	"event":         {"Hội nghị giao ban", access.ReadBriefing},
	"contribution":  {"Ý kiến tại hội nghị", access.ReadBriefing},
	"conclusion":    {"Kết luận", access.ReadBriefing},
	"paper":         {"Văn bản", access.ReadPaper},
	"task":          {"Nhiệm vụ", access.ReadTask},
	"file":          {"Tệp", access.ReadFile},
	"directive":     {"Văn bản chỉ đạo", access.ReadDirective},
	"review":        {"Sơ kết, tổng kết", access.ReadDirective},
	"advice":        {"Việc tham mưu", access.ReadDirective},
	"change":        {"Sắp xếp cơ quan", access.ReadOrg},
	"import":        {"Tư liệu nhập", access.ImportArchive},
}

// KindName is the office's word for a kind of record.
func KindName(kind string) string {
	if k, ok := kinds[kind]; ok {
		return k.name
	}
	return kind
}

// Link notes that to came from from. It is called inside the change that created to. The same edge again changes
// nothing; labels, bodies and addresses of both ends are brought up to date.
func Link(tx *db.Tx, from, to Node, verb string) error {
	return LinkAll(tx, []Edge{{from, to, verb}})
}

// LinkAll is Link for many edges in few statements: a consolidation has hundreds.
func LinkAll(tx *db.Tx, edges []Edge) error {
	var nodes []Node
	place := make(map[string]int)
	for _, e := range edges {
		if e.From.key() == e.To.key() {
			return fault.Invalid("", "Một hồ sơ không thể là nguồn gốc của chính nó.")
		}
		for _, n := range []Node{e.From, e.To} {
			if n.Kind == "" || n.ID == "" || strings.Contains(n.Kind, "/") {
				return fault.Invalid("", "Nguồn gốc cần rõ loại hồ sơ và mã hồ sơ.")
			}
			n.Label = fold.Clean(n.Label)
			if at, ok := place[n.key()]; ok {
				nodes[at] = n
				continue
			}
			place[n.key()] = len(nodes)
			nodes = append(nodes, n)
		}
	}
	// 90 rows of 6 columns stay far below every engine's limit of parameters.
	for part := range chunks(nodes, 90) {
		args := make([]any, 0, 6*len(part))
		for _, n := range part {
			args = append(args, n.key(), n.Kind, string(n.ID), n.Label, n.Org, n.URL)
		}
		// Only what changed is written, so that a link between old records costs no page of the disk.
		if _, err := tx.Exec(`
insert into lineage_node (key, kind, id, label, org, url)
values `+rows(len(part), 6)+`
on conflict (key) do update
set label = excluded.label, org = excluded.org, url = excluded.url
where lineage_node.label <> excluded.label
	or lineage_node.url <> excluded.url
	or coalesce(lineage_node.org, '') <> coalesce(excluded.org, '')`, args...); err != nil {
			return err
		}
	}
	for part := range chunks(edges, 90) {
		args := make([]any, 0, 4*len(part))
		for _, e := range part {
			args = append(args, e.From.key(), e.To.key(), fold.Clean(e.Verb), tx.Now())
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

// Share lets further bodies read a record that is already linked: a released paper belongs to the body that issued
// it, and its recipients may read it. A record without links is left alone.
func Share(tx *db.Tx, kind string, id db.ID, with []db.ID) error {
	key := Node{Kind: kind, ID: id}.key()
	known, err := tx.Exists("select 1 from lineage_node where key = ?", key)
	if err != nil || !known {
		return err
	}
	for _, body := range with {
		if _, err := tx.Exec("insert into lineage_reader (node, body) values (?, ?) on conflict (node, body) do nothing", key, body); err != nil {
			return err
		}
	}
	return nil
}

// Unshare takes back from one body what Share gave it.
func Unshare(tx *db.Tx, kind string, id, from db.ID) error {
	_, err := tx.Exec("delete from lineage_reader where node = ? and body = ?", Node{Kind: kind, ID: id}.key(), from)
	return err
}

// rows gives "(?, ?), (?, ?)".
func rows(n, columns int) string {
	one := "(?" + strings.Repeat(", ?", columns-1) + ")"
	return one + strings.Repeat(", "+one, n-1)
}

func chunks[T any](all []T, size int) func(yield func([]T) bool) {
	return func(yield func([]T) bool) {
		for len(all) > 0 {
			n := min(size, len(all))
			if !yield(all[:n]) {
				return
			}
			all = all[n:]
		}
	}
}
