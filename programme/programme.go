// Package programme keeps chương trình, quy chế phối hợp: who agreed on what for which years, what each line has come to by
// the records that show it, and what goes on into the next term. How far a line has come is derived, never typed.
package programme

import (
	"fmt"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/lineage"
)

// Kind is what was agreed on.
type Kind string

// A programme has lines of work and a term; a regulation (quy chế) lays down who tells whom what, often without an end.
const (
	OfWork     Kind = "programme"
	Regulation Kind = "regulation"
)

// Kinds in the order they are offered.
var Kinds = []Kind{OfWork, Regulation}

// Name is the office's word.
func (k Kind) Name() string {
	switch k {
	case OfWork:
		return "Chương trình phối hợp"
	case Regulation:
		return "Quy chế phối hợp"
	}
	return string(k)
}

// Programme is one of them. A text is "" and a date zero where nobody said it.
type Programme struct {
	ID         db.ID           `db:"id"`
	Body       db.ID           `db:"org"` // the commission
	Kind       Kind            `db:"kind"`
	Subject    string          `db:"subject"`
	Term       calendar.Period `db:"term"` // a term or a year; zero of a regulation without an end
	From       calendar.Date   `db:"from_day"`
	To         calendar.Date   `db:"to_day"` // zero: until another takes its place
	Bases      string          `db:"bases"`  // one a line
	Frame      string          `db:"frame"`  // purpose and principles, a paragraph a line
	Symbol     string          `db:"symbol"` // as the signed paper bears it, where its number was given elsewhere
	Conference db.ID           `db:"conference"`
	Directive  db.ID           `db:"directive"`
	Renews     db.ID           `db:"renews"`
	Imported   bool            `db:"imported"` // signed before the program was there
	EndedOn    calendar.Date   `db:"ended_on"`
	EndReason  string          `db:"end_reason"`
	Version    int64           `db:"version"`
	MadeAt     db.Instant      `db:"made_at"`
	MadeBy     string          `db:"made_by"`

	Signed   int           `db:"signed"`    // parties whose signature was noted
	Parties  int           `db:"parties"`   // all of them, the commission among them
	SignedOn calendar.Date `db:"signed_on"` // the last of the signatures
}

// State is where a programme stands; it follows from signatures and days.
type State string

// The states in the order of a programme's life.
const (
	Drafted State = "draft"
	Signing State = "signing" // some have signed
	InForce State = "in_force"
	Over    State = "over" // its term has ended
	Ended   State = "ended"
)

// Name is the office's word.
func (s State) Name() string {
	return map[State]string{Drafted: "Dự thảo", Signing: "Đang ký", InForce: "Đang thực hiện", Over: "Hết thời hạn", Ended: "Đã kết thúc sớm"}[s]
}

// StateOn derives where the programme stands on a day.
func (p Programme) StateOn(day calendar.Date) State {
	switch {
	case !p.EndedOn.IsZero() && !p.EndedOn.After(day):
		return Ended
	case p.Signed == 0 && !p.Imported:
		return Drafted
	case p.Signed < p.Parties && !p.Imported: // of an old one the copies may be lost
		return Signing
	case !p.To.IsZero() && p.To.Before(day):
		return Over
	}
	return InForce
}

// Label names it in lists and papers: "Chương trình phối hợp giai đoạn 2022 - 2025 (Sở Y tế …)" is its subject with its kind.
func (p Programme) Label() string {
	label := p.Kind.Name()
	if p.Symbol != "" {
		label += " số " + p.Symbol
	}
	subject, _ := strings.CutPrefix(p.Subject, "phối hợp ")
	return label + " " + subject
}

// Years are the years of its term that have begun by a day; of a regulation those since it began.
func (p Programme) Years(day calendar.Date) (years []int) {
	last := day.Year()
	if !p.To.IsZero() {
		last = min(last, p.To.Year())
	}
	for year := max(p.From.Year(), last-mostYears+1); year <= last; year++ {
		years = append(years, year)
	}
	return years
}

// mostYears bounds what is shown of a regulation without an end.
const mostYears = 12

// Node is the programme in the graph of what came from what.
func (p Programme) Node() lineage.Node {
	return lineage.Node{Kind: "programme", ID: p.ID, Label: p.Label()}
}

func (p Programme) about() journal.Subject {
	return journal.Subject{Kind: "programme", ID: p.ID, Body: p.Body}
}

const columns = `
select p.id, p.org, p.kind, p.subject, p.term, p.from_day, p.to_day, p.bases, p.frame, p.symbol, p.conference, p.directive, p.renews,
	p.imported, p.ended_on, p.end_reason, p.version, p.made_at, p.made_by,
	(select count(*) from programme_party y where y.programme = p.id and y.valid_to is null) as parties,
	(select count(*) from programme_party y where y.programme = p.id and y.valid_to is null and y.signed_on is not null) as signed,
	(select max(y.signed_on) from programme_party y where y.programme = p.id) as signed_on
from programme p
`

// sees narrows reading: the commission sees all, a body those that it agreed on, and those that bodies whose place it took
// agreed on, as far as their lines are its work now.
func sees(by access.Actor) (condition string, args []any) {
	own := by.Sees(access.ReadProgramme)
	if own == "" {
		return "true", nil
	}
	return `(exists (select 1 from programme_party y where y.programme = p.id and y.body = ?)
	or exists (
		select 1
		from org_change_part c
		join org_change g on g.id = c.change and g.undone_at is null
		join programme_party y on y.body = c.from_body
		where c.to_body = ? and y.programme = p.id))`, []any{own, own}
}

func read(tx *db.Tx, by access.Actor, where string, args ...any) (all []Programme, err error) {
	condition, own := sees(by)
	err = tx.Select(&all, columns+"where "+where+"\n  and "+condition+"\norder by p.from_day desc, p.id desc", append(args, own...)...)
	return all, err
}

// MostListed is how many a list gives at most; a province has some dozens in twenty years.
const MostListed = 500

// List gives the programmes that the actor may see, the latest first; more tells that there are others.
func List(tx *db.Tx, by access.Actor) (all []Programme, more bool, err error) {
	condition, args := sees(by)
	err = tx.Select(&all, columns+"where "+condition+"\norder by p.from_day desc, p.id desc\nlimit ?", append(args, MostListed+1)...)
	if len(all) > MostListed {
		all, more = all[:MostListed], true
	}
	return all, more, err
}

// Find gives one programme.
func Find(tx *db.Tx, by access.Actor, id db.ID) (Programme, error) {
	all, err := read(tx, by, "p.id = ?", id)
	if err == nil && len(all) == 0 {
		err = fault.Missing("Không có chương trình, quy chế này, hoặc cơ quan của đồng chí không tham gia.")
	}
	if err != nil {
		return Programme{}, err
	}
	return all[0], nil
}

// Among gives those of some programmes that the actor may see.
func Among(tx *db.Tx, by access.Actor, ids []db.ID) ([]Programme, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	list, args := db.Padded(ids)
	return read(tx, by, "p.id in "+list, args...)
}

// RenewedBy gives the programme of the next term, where one was begun.
func RenewedBy(tx *db.Tx, by access.Actor, id db.ID) ([]Programme, error) {
	return read(tx, by, "p.renews = ?", id)
}

// OfConference are the programmes that a ceremony signed.
func OfConference(tx *db.Tx, by access.Actor, conference db.ID) ([]Programme, error) {
	return read(tx, by, "p.conference = ?", conference)
}

// keeping finds a programme for one of the commission's changes.
func keeping(tx *db.Tx, by access.Actor, id db.ID) (Programme, error) {
	p, err := Find(tx, by, id)
	if err != nil {
		return p, err
	}
	return p, by.May(access.KeepProgramme, p.Body)
}

// changed counts the version up when the writer has read the one that stands.
func (p *Programme) changed(tx *db.Tx, version int64) error {
	if version != p.Version {
		return fault.Stale("Người khác vừa sửa %s. Xin xem lại bản mới rồi ghi lại phần của đồng chí.", strings.ToLower(p.Kind.Name()[:1])+p.Kind.Name()[1:])
	}
	p.Version++
	_, err := tx.Exec("update programme set version = ? where id = ?", p.Version, p.ID)
	return err
}

// drafting refuses what may be changed only before anybody has signed.
func (p Programme) drafting() error {
	if p.Signed > 0 || p.Imported {
		return fault.Conflict("%s đã có chữ ký: nội dung đã ký không sửa. Nội dung không làm nữa thì kết thúc kèm lý do; nội dung mới thì thêm với căn cứ.", p.Kind.Name())
	}
	return nil
}

// day is today as the transaction has it.
func day(tx *db.Tx) calendar.Date { return calendar.OfInstant(tx.Clock()) }

func yearSaid(year int) string { return fmt.Sprintf("năm %d", year) }
