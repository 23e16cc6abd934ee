package archive

import (
	"errors"
	"strings"
	"unicode"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/files"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/library"
	"giaoban/lineage"
	"giaoban/org"
)

// Import is one old file that was brought in.
type Import struct {
	ID        db.ID           `db:"id"`
	Body      db.ID           `db:"org"`
	File      db.ID           `db:"file"`
	SHA256    string          `db:"sha256"`
	Name      string          `db:"name"` // of the file
	Title     string          `db:"title"`
	Kind      Kind            `db:"kind"`    // as confirmed, else as proposed
	HeldOn    calendar.Date   `db:"held_on"` // likewise
	Period    calendar.Period `db:"period"`  // likewise
	Posted    calendar.Date   `db:"posted"`
	SortDay   string          `db:"sort_day"`
	Text      string          `db:"text"`
	MainFirst int             `db:"main_first"`
	MainLast  int             `db:"main_last"`
	Folded    string          `db:"folded"`
	Pending   int             `db:"pending"`
	Decided   int             `db:"decided"`
	Event     db.ID           `db:"event"`
	At        db.Instant      `db:"at"`
	By        string          `db:"by_actor"`
	ByName    string          `db:"by_name"`
}

// Node is the file, as brought in, in the graph of what came from what.
func (i Import) Node() lineage.Node {
	return lineage.Node{Kind: "import", ID: i.ID, Label: "Tư liệu: " + shortTitle(i.Title)}
}

func (i Import) about() journal.Subject {
	return journal.Subject{Kind: "import", ID: i.ID, Body: i.Body}
}

// Main is the article; all of the text when the reader found no frame around it.
func (i Import) Main() Span { return Span{i.MainFirst, i.MainLast} }

// State is how far the confirming of a file has come.
type State string

const (
	Unseen  State = "unseen"
	Begun   State = "begun"
	Settled State = "settled"
)

// States in the order of work.
var States = []State{Unseen, Begun, Settled}

// Name is the office's word.
func (s State) Name() string {
	switch s {
	case Unseen:
		return "Chưa xem"
	case Begun:
		return "Đang xem"
	case Settled:
		return "Xong"
	}
	return string(s)
}

// State derives how far the confirming has come.
func (i Import) State() State {
	switch {
	case i.Pending == 0:
		return Settled
	case i.Decided == 0:
		return Unseen
	}
	return Begun
}

// Prepared is a file that was read before the transaction: stored, looked at, with what it seems to say.
type Prepared struct {
	Name     string
	Stored   files.Stored
	Proposal Proposal
}

// Keep enters files that were read: the file in the library, the text, a row for each field. A content that was brought
// in before is given back as it stands and nothing of it is changed. fresh tells for each whether it is new.
func Keep(tx *db.Tx, by access.Actor, all []Prepared) (kept []Import, fresh []bool, err error) {
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return nil, nil, err
	}
	if err := by.May(access.ImportArchive, commission.ID); err != nil {
		return nil, nil, err
	}
	var texts []directive.Text
	for i := range all {
		p := &all[i]
		there, err := bySum(tx, commission.ID, p.Stored.SHA256)
		if err != nil {
			return nil, nil, err
		}
		if there.ID != "" {
			kept, fresh = append(kept, there), append(fresh, false)
			continue
		}
		made, err := keepOne(tx, by, commission.ID, p)
		if err != nil {
			return nil, nil, err
		}
		kept, fresh = append(kept, made), append(fresh, true)
		texts = append(texts, directive.Text{Source: made.Node(), Text: made.Text[made.MainFirst:made.MainLast]})
	}
	if len(texts) == 0 {
		return kept, fresh, nil
	}
	return kept, fresh, directive.MentionAll(tx, by, texts)
}

func keepOne(tx *db.Tx, by access.Actor, commission db.ID, p *Prepared) (Import, error) {
	f, err := library.Add(tx, by, commission, p.Stored, p.Name)
	if err != nil {
		return Import{}, err
	}
	m := p.Proposal
	i := Import{ID: tx.NewID(), Body: commission, File: f.ID, SHA256: p.Stored.SHA256, Name: f.Name, Title: titleOf(&m, f.Name), Kind: m.Kind,
		HeldOn: m.HeldOn, Period: m.Period, Posted: m.Posted, Text: m.Text, MainFirst: m.Main.Start, MainLast: m.Main.End,
		At: tx.Now(), By: by.Key(), ByName: by.Name}
	if i.Kind == "" {
		i.Kind = Other
	}
	if i.MainFirst >= i.MainLast || i.MainLast > len(i.Text) {
		i.MainFirst, i.MainLast = 0, len(i.Text)
	}
	i.SortDay = sortDay(i.HeldOn, i.Period, i.Posted)
	i.Folded = searched(i.Name + " " + i.Title + " " + i.Text[i.MainFirst:i.MainLast])
	fields := drafts(&m)
	i.Pending = len(fields)
	if err := tx.Insert("archive_import", i); err != nil {
		return i, err
	}
	if err := insertFields(tx, i.ID, fields); err != nil {
		return i, err
	}
	file := lineage.Node{Kind: "file", ID: f.ID, Label: f.Name}
	if err := lineage.Link(tx, file, i.Node(), "đọc từ"); err != nil {
		return i, err
	}
	_, err = journal.Write(tx, by, "imported", i.about(), journal.Details{"name": i.Name, "title": shortTitle(i.Title), "fields": i.Pending, "sha256": i.SHA256})
	return i, err
}

// insertFields writes many rows a statement: a file has dozens of fields, a folder thousands of files.
func insertFields(tx *db.Tx, of db.ID, all []draft) error {
	const columns, most = 15, 40
	for from := 0; from < len(all); from += most {
		part := all[from:min(len(all), from+most)]
		args := make([]any, 0, columns*len(part))
		for n, d := range part {
			args = append(args, tx.NewID(), of, from+n+1, string(d.kind), d.span.Start, d.span.End, d.value.json(), d.sure, false,
				string(Pending), "", 0, "", "", "")
		}
		if _, err := tx.Exec(`
insert into archive_field (id, import, seq, kind, first_byte, last_byte, value, sure, added, state, kept, version,
	made_kind, made_id, made_label)
values (?`+strings.Repeat(", ?", columns-1)+")"+strings.Repeat(", (?"+strings.Repeat(", ?", columns-1)+")", len(part)-1), args...); err != nil {
			return err
		}
	}
	return nil
}

// searched is a text as the search reads it: words without marks, a blank before each.
func searched(text string) string {
	words := strings.FieldsFunc(fold.Fold(text), func(r rune) bool {
		return r != '-' && r != '/' && r != '&' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	return " " + strings.Join(words, " ")
}

func titleOf(p *Proposal, name string) string {
	if p.Title.Value != "" {
		return p.Title.Value
	}
	text := p.Text
	if p.Main.Start < p.Main.End && p.Main.End <= len(text) {
		text = text[p.Main.Start:p.Main.End]
	}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			return shortTitle(line)
		}
	}
	return name
}

// shortTitle is a title as lists show it.
func shortTitle(s string) string {
	const most = 140
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	cut := string(r[:most])
	if at := strings.LastIndexByte(cut, ' '); at > 0 {
		cut = cut[:at]
	}
	return strings.TrimRight(cut, " ,;:.") + "…"
}

// sortDay is where a file or a conference stands in time.
func sortDay(held calendar.Date, p calendar.Period, posted calendar.Date) string {
	switch {
	case !held.IsZero():
		return held.String()
	case !p.IsZero():
		return p.Last().String()
	case !posted.IsZero():
		return posted.String()
	}
	return ""
}

const importColumns = `
select i.id, i.org, i.file, i.sha256, i.name, i.title, i.kind, i.held_on, i.period, i.posted, i.sort_day, i.text, i.main_first,
	i.main_last, i.folded, i.pending, i.decided, i.event, i.at, i.by_actor, i.by_name
from archive_import i
`

func bySum(tx *db.Tx, commission db.ID, sum string) (i Import, err error) {
	err = tx.Get(&i, importColumns+"where i.org = ? and i.sha256 = ?", commission, sum)
	if errors.Is(err, db.None) {
		return i, nil
	}
	return i, err
}

// Known tells which contents were brought in before, so that they need not be read again.
func Known(tx *db.Tx, by access.Actor, sums []string) (map[string]bool, error) {
	sees := by.Sees(access.ImportArchive)
	list, args := db.In(sums)
	var found []string
	if err := tx.Select(&found, "select sha256 from archive_import\nwhere sha256 in "+list+"\n  and (cast(? as text) = '' or org = ?)", append(args, sees, sees)...); err != nil {
		return nil, err
	}
	known := make(map[string]bool, len(found))
	for _, sum := range found {
		known[sum] = true
	}
	return known, nil
}

// mayRead binds what the actor sees twice.
const mayRead = "(cast(? as text) = '' or i.org = ?)"

// Among gives those of some files brought in that the actor may see.
func Among(tx *db.Tx, by access.Actor, ids []db.ID) ([]db.ID, error) {
	sees := by.Sees(access.ImportArchive)
	return db.Among[db.ID](tx, ids, "select i.id from archive_import i where "+mayRead+" and i.id in ", sees, sees)
}

// Find gives one file that was brought in.
func Find(tx *db.Tx, by access.Actor, id db.ID) (Import, error) {
	var i Import
	sees := by.Sees(access.ImportArchive)
	err := tx.Get(&i, importColumns+"where i.id = ?\n  and "+mayRead, id, sees, sees)
	if errors.Is(err, db.None) {
		return i, fault.Missing("Không có tư liệu này, hoặc tư liệu không thuộc phạm vi của tài khoản đang dùng.")
	}
	return i, err
}
