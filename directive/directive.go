// Package directive keeps sổ văn bản chỉ đạo: the steering documents an office works by, whether they still hold, what
// came of them at each level and who was made acquainted with them.
package directive

import (
	"errors"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/lineage"
)

// Level says from how high a document comes.
type Level string

const (
	Central  Level = "central"  // …/TW, /QĐ-TTg, NĐ-CP, ministries, the National Assembly
	Province Level = "province" // TU, UBND and HĐND of the province
	Agency   Level = "agency"   // the commission, departments, other bodies of the province
	Local    Level = "local"    // districts, communes
)

// Levels from above to below.
var Levels = []Level{Central, Province, Agency, Local}

// Name is the office's word.
func (l Level) Name() string {
	switch l {
	case Central:
		return "Trung ương"
	case Province:
		return "Tỉnh"
	case Agency:
		return "Cơ quan, sở, ngành"
	case Local:
		return "Cấp dưới"
	}
	return string(l)
}

// Known reports whether l is one of Levels.
func (l Level) Known() bool { return l == Central || l == Province || l == Agency || l == Local }

// Directive is one document of the register. A text is "" and a date zero when the document, or whoever registered it,
// did not say.
type Directive struct {
	ID         db.ID         `db:"id"`
	Body       db.ID         `db:"org"` // whose register it stands in: the commission
	Level      Level         `db:"level"`
	Type       string        `db:"type"`   // "Chỉ thị", as the document calls itself
	Number     string        `db:"number"` // digits as written
	Symbol     string        `db:"symbol"` // whole: "20-CT/TW"; "" for a document without a number
	Date       calendar.Date `db:"date"`
	Term       string        `db:"term"`   // khóa: "XI"
	Issuer     string        `db:"issuer"` // as written
	IssuerBody db.ID         `db:"issuer_body"`
	Province   string        `db:"province"` // "Khánh Hòa", where the same symbol is used in every province; "" for central ones
	Subject    string        `db:"subject"`
	Sectors    Sectors       `db:"sectors"`
	ArrivedNo  string        `db:"arrived_no"` // số đến
	ArrivedOn  calendar.Date `db:"arrived_on"`
	ValidFrom  calendar.Date `db:"valid_from"`
	ValidTo    calendar.Date `db:"valid_to"`    // last day, when the document itself says so
	ReplacedOn calendar.Date `db:"replaced_on"` // the day a later document took its place; follows from the confirmed relations
	File       db.ID         `db:"file"`        // the text as it came; further files are attached in the library
	Version    int64         `db:"version"`
	MadeAt     db.Instant    `db:"made_at"`
	MadeBy     string        `db:"made_by"`
}

// New is what is typed in when a document is registered or corrected.
type New struct {
	Level      Level // "": derived from the symbol and the issuer
	Type       string
	Number     string // "": taken from the symbol
	Symbol     string
	Date       calendar.Date
	Term       string
	Issuer     string
	IssuerBody db.ID // "": the body that the issuer's spelling means on that day, where there is exactly one
	Province   string
	Subject    string
	Sectors    Sectors
	ArrivedNo  string
	ArrivedOn  calendar.Date
	ValidFrom  calendar.Date
	ValidTo    calendar.Date
	File       db.ID
	Text       string // the document's own words, as far as they are at hand
	Goals      []Goal
	Parent     db.ID        // the document this one carries out: "tạo từ"; "" for none
	Source     lineage.Node // what it was read from; zero when typed by hand
	Distinct   bool         // a person has said that it is another document than those that look alike
}

// Goal is a chỉ tiêu a document sets. The target is exact: Target 9525 with 2 Decimals is 95,25.
type Goal struct {
	ID       db.ID  `db:"id"`
	Text     string `db:"text"`
	Unit     string `db:"unit"`
	Target   int64  `db:"target"`
	Decimals int    `db:"decimals"`
	Year     int    `db:"target_year"` // the year by which; 0 when not said
}

// Label names the document as offices cite it: "Chỉ thị số 20-CT/TW, ngày 05/11/2012".
func (d Directive) Label() string {
	label := d.Type
	if label == "" {
		label = "Văn bản"
	}
	switch {
	case d.Symbol != "":
		label += " số " + d.Symbol
	case d.Subject != "" && !strings.HasPrefix(strings.ToLower(d.Subject), strings.ToLower(label)):
		label += " " + d.Subject
	case d.Subject != "":
		label = d.Subject
	}
	switch {
	case !d.Date.IsZero():
		label += ", ngày " + d.Date.Vietnamese()
	case d.Term != "":
		label += " khóa " + d.Term
	}
	return label
}

// State is whether a document still holds.
type State string

const (
	InForce  State = "in_force"
	Replaced State = "replaced"
	Expired  State = "expired"
)

// States in the order they are offered.
var States = []State{InForce, Replaced, Expired}

// Name is the office's word.
func (s State) Name() string {
	switch s {
	case InForce:
		return "Còn hiệu lực"
	case Replaced:
		return "Đã thay thế"
	case Expired:
		return "Hết hiệu lực"
	}
	return string(s)
}

// StateOn derives whether the document holds on a day.
func (d Directive) StateOn(day calendar.Date) State {
	switch {
	case !d.ReplacedOn.IsZero() && !d.ReplacedOn.After(day):
		return Replaced
	case !d.ValidTo.IsZero() && d.ValidTo.Before(day):
		return Expired
	}
	return InForce
}

// Node is the document in the graph of what came from what.
func (d Directive) Node() lineage.Node {
	return lineage.Node{Kind: "directive", ID: d.ID, Label: d.Label()}
}

// About is the document as the subject of a line in the journal.
func (d Directive) About() journal.Subject {
	return journal.Subject{Kind: "directive", ID: d.ID, Body: d.Body}
}

const columns = `
select d.id, d.org, d.level, d.type, d.number, d.symbol, d.date, d.term, d.issuer, d.issuer_body, d.province, d.subject,
	d.sectors, d.arrived_no, d.arrived_on, d.valid_from, d.valid_to, d.replaced_on, d.file, d.version, d.made_at, d.made_by
from directive d
`

// mayRead binds what the actor sees twice.
const mayRead = "(cast(? as text) = '' or d.org = ?)"

// Find gives one document of the register.
func Find(tx *db.Tx, by access.Actor, id db.ID) (Directive, error) {
	var d Directive
	sees := by.Sees(access.ReadDirective)
	err := tx.Get(&d, columns+"where d.id = ?\n  and "+mayRead, id, sees, sees)
	if errors.Is(err, db.None) {
		return d, fault.Missing("Không có văn bản này trong sổ văn bản chỉ đạo.")
	}
	return d, err
}

// Among gives those of some documents that the actor may read.
func Among(tx *db.Tx, by access.Actor, ids []db.ID) ([]Directive, error) {
	sees := by.Sees(access.ReadDirective)
	return db.Among[Directive](tx, ids, columns+"where "+mayRead+"\n  and d.id in ", sees, sees)
}

// Goals lists what the document sets to reach, in its order.
func Goals(tx *db.Tx, by access.Actor, id db.ID) ([]Goal, error) {
	if _, err := Find(tx, by, id); err != nil {
		return nil, err
	}
	var goals []Goal
	err := tx.Select(&goals, goalColumns+"where directive = ?\norder by seq", id)
	return goals, err
}
