// Package intake keeps văn bản đến, the incoming papers: each file is read once, proposed as what it seems to be, entered in
// the book by a person, and led to where it belongs.
package intake

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/document"
	"giaoban/edxml"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/library"
	"giaoban/lineage"
	"giaoban/org"
)

// Kind is what an incoming paper is for this office.
type Kind string

// The kinds; each leads to another room.
const (
	Report   Kind = "report"    // of an agency, for a period that is open
	Result   Kind = "result"    // of a task
	Steering Kind = "directive" // văn bản chỉ đạo
	Old      Kind = "old"       // of earlier years, for the archive
	Other    Kind = "other"
)

// Kinds in the order in which they are offered.
var Kinds = []Kind{Report, Result, Steering, Old, Other}

// Name is the office's word.
func (k Kind) Name() string {
	switch k {
	case Report:
		return "Báo cáo của cơ quan"
	case Result:
		return "Kết quả nhiệm vụ"
	case Steering:
		return "Văn bản chỉ đạo"
	case Old:
		return "Tư liệu cũ"
	case Other:
		return "Văn bản khác"
	}
	return string(k)
}

// State is how far an incoming paper has come.
type State string

// The states.
const (
	Waiting State = "waiting" // read, not yet in the book
	Entered State = "entered" // in the book
	Settled State = "settled" // where it belongs
	Dropped State = "dropped" // sent here by mistake
)

// States in the order of work.
var States = []State{Waiting, Entered, Settled, Dropped}

// Name is the office's word.
func (s State) Name() string {
	switch s {
	case Waiting:
		return "Chờ vào sổ"
	case Entered:
		return "Đã vào sổ"
	case Settled:
		return "Đã chuyển xử lý"
	case Dropped:
		return "Đã bỏ"
	}
	return string(s)
}

// Incoming is a văn bản đến. What stands in it is proposed while it waits, and a person's word once it is entered.
type Incoming struct {
	ID         db.ID         `db:"id"`
	Body       db.ID         `db:"org"`
	Seq        int64         `db:"seq"` // the order in which they came
	File       db.ID         `db:"file"`
	Name       string        `db:"name"`
	Packet     bool          `db:"packet"`
	State      State         `db:"state"`
	Number     string        `db:"number"`
	Year       int64         `db:"year"`
	ArrivedOn  calendar.Date `db:"arrived_on"`
	Sender     db.ID         `db:"sender"`
	SenderName string        `db:"sender_name"`
	Type       string        `db:"type"`
	Symbol     string        `db:"symbol"`
	Date       calendar.Date `db:"date"`
	Subject    string        `db:"subject"`
	Signer     string        `db:"signer"`
	Due        calendar.Date `db:"due"`
	Kind       Kind          `db:"kind"`
	Why        string        `db:"why"`
	LeadsTo    db.ID         `db:"leads_to"`
	MadeKind   string        `db:"made_kind"`
	MadeID     db.ID         `db:"made_id"`
	MadeLabel  string        `db:"made_label"`
	Note       string        `db:"note"`
	At         db.Instant    `db:"at"`
	By         string        `db:"by_actor"`
	ByName     string        `db:"by_name"`
	EnteredBy  string        `db:"entered_by"`
	Version    int64         `db:"version"`
	DocumentID string        `db:"document_id"` // as the sender's system calls it; "" of a file alone
	Purpose    edxml.Purpose `db:"purpose"`     // what the packet does with the paper of About
	About      string        `db:"about"`       // a DocumentID
	Reason     string        `db:"reason"`
}

// Label names the paper as it names itself: "Báo cáo số 128/BC-SYT, ngày 15/3/2022"; the file where it does not.
func (i Incoming) Label() string {
	if i.Symbol == "" {
		if i.Subject != "" {
			return strings.TrimSpace(i.Type + " " + i.Subject)
		}
		return i.Name
	}
	kind := i.Type
	if kind == "" {
		kind = "Văn bản"
	}
	label := kind + " số " + i.Symbol
	if !i.Date.IsZero() {
		label += ", ngày " + i.Date.Vietnamese()
	}
	return label
}

// Node is the paper in the graph of what came from what.
func (i Incoming) Node() lineage.Node {
	return lineage.Node{Kind: "incoming", ID: i.ID, Label: i.Label()}
}

func (i Incoming) subject() journal.Subject {
	return journal.Subject{Kind: "incoming", ID: i.ID, Body: i.Body}
}

const columns = `
select i.id, i.org, i.seq, i.file, i.name, i.packet, i.state, i.number, i.year, i.arrived_on, i.sender, i.sender_name, i.type,
	i.symbol, i.date, i.subject, i.signer, i.due, i.kind, i.why, i.leads_to, i.made_kind, i.made_id, i.made_label, i.note, i.at,
	i.by_actor, i.by_name, i.entered_by, i.version, i.document_id, i.purpose, i.about, i.reason
from incoming i
`

const mayRead = "(cast(? as text) = '' or i.org = ?)"

// Find gives one incoming paper.
func Find(tx *db.Tx, by access.Actor, id db.ID) (Incoming, error) {
	sees := by.Sees(access.ReadIncoming)
	var i Incoming
	err := tx.Get(&i, columns+"where "+mayRead+" and i.id = ?", sees, sees, id)
	if errors.Is(err, db.None) {
		return i, fault.Missing("Không có văn bản đến này.")
	}
	return i, err
}

// Among gives those of some incoming papers that the actor may read.
func Among(tx *db.Tx, by access.Actor, ids []db.ID) ([]Incoming, error) {
	sees := by.Sees(access.ReadIncoming)
	return db.Among[Incoming](tx, ids, columns+"where "+mayRead+" and i.id in ", sees, sees)
}

// Read gives what the file of a paper said when it came; no blocks where nothing could be read.
func Read(tx *db.Tx, by access.Actor, id db.ID) (document.Document, error) {
	if _, err := Find(tx, by, id); err != nil {
		return document.Document{}, err
	}
	var d document.Document
	var text string
	err := tx.Get(&text, "select blocks from incoming_text where incoming = ?", id)
	if errors.Is(err, db.None) {
		return d, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(text), &d)
	}
	return d, err
}

// Files are the files that came with a paper, the one that was read first.
func Files(tx *db.Tx, by access.Actor, id db.ID) ([]library.Use, error) {
	if _, err := Find(tx, by, id); err != nil {
		return nil, err
	}
	return library.Attached(tx, by, "incoming", id)
}

// Original is the file of a paper that stands for it as it was signed: the PDF, or the picture, or the only one there is.
func Original(tx *db.Tx, by access.Actor, id db.ID) (db.ID, error) {
	files, err := Files(tx, by, id)
	if err != nil || len(files) == 0 {
		return "", err
	}
	for _, f := range files {
		if f.Kind == "application/pdf" || strings.HasPrefix(f.Kind, "image/") {
			return f.ID, nil
		}
	}
	return files[0].ID, nil
}

// Filter narrows List; empty fields do not.
type Filter struct {
	State State
	Kind  Kind
	Words string // of the label, the subject, the sender, the number
	After int64  // Seq of the last of the page before; 0 for the first page
	Limit int    // 0: 50
}

// List gives incoming papers, the newest first, and the cursor of the page behind; 0 at the end.
func List(tx *db.Tx, by access.Actor, f Filter) (all []Incoming, next int64, err error) {
	if f.Limit <= 0 || f.Limit > 200 {
		f.Limit = 50
	}
	sees := by.Sees(access.ReadIncoming)
	where, args := "where "+mayRead, []any{sees, sees}
	for _, c := range []struct{ clause, value string }{{"i.state = ?", string(f.State)}, {"i.kind = ?", string(f.Kind)}} {
		if c.value != "" {
			where, args = where+"\n  and "+c.clause, append(args, c.value)
		}
	}
	if f.After > 0 {
		where, args = where+"\n  and i.seq < ?", append(args, f.After)
	}
	if f.Words != "" {
		like := "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(strings.ToLower(f.Words)) + "%"
		where += "\n  and (lower(i.symbol) like ? escape '!' or lower(i.subject) like ? escape '!' or lower(i.sender_name) like ? escape '!' or i.number like ? escape '!')"
		args = append(args, like, like, like, like)
	}
	if err := tx.Select(&all, columns+where+"\norder by i.seq desc\nlimit ?", append(args, f.Limit+1)...); err != nil {
		return nil, 0, err
	}
	if len(all) > f.Limit {
		all = all[:f.Limit]
		next = all[f.Limit-1].Seq
	}
	return all, next, nil
}

// Count tells how many incoming papers stand in each state.
func Count(tx *db.Tx, by access.Actor) (map[State]int, error) {
	sees := by.Sees(access.ReadIncoming)
	var rows []struct {
		State State `db:"state"`
		N     int   `db:"n"`
	}
	err := tx.Select(&rows, "select i.state, count(*) as n from incoming i where "+mayRead+" group by i.state", sees, sees)
	counts := make(map[State]int)
	for _, r := range rows {
		counts[r.State] = r.N
	}
	return counts, err
}

// NextNumber proposes the number after the highest of this year's book.
func NextNumber(tx *db.Tx, by access.Actor) (int, error) {
	book, err := bookOf(tx, by)
	if err != nil {
		return 0, err
	}
	var used []string
	if err := tx.Select(&used, "select number from incoming where org = ? and year = ? and number <> ''", book, calendar.OfInstant(tx.Clock()).Year()); err != nil {
		return 0, err
	}
	highest := 0
	for _, number := range used {
		if n, err := strconv.Atoi(strings.TrimRight(number, "abcdđeABCDĐE")); err == nil {
			highest = max(highest, n)
		}
	}
	return highest + 1, nil
}

// bookOf is whose book the actor keeps.
func bookOf(tx *db.Tx, by access.Actor) (db.ID, error) {
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return "", err
	}
	return commission.ID, by.May(access.KeepIncoming, commission.ID)
}
