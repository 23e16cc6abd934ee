package archive

import (
	"errors"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// Batch is one act of bringing files in.
type Batch struct {
	ID      db.ID      `db:"id"`
	Body    db.ID      `db:"org"`
	Door    string     `db:"door"`  // "page" | "command"
	Found   int        `db:"found"` // files there were
	At      db.Instant `db:"at"`
	By      string     `db:"by_actor"`
	ByName  string     `db:"by_name"`
	Read    int        `db:"done"` // files of which something is known by now
	New     int        `db:"fresh"`
	Known   int        `db:"known"`
	Refused int        `db:"refused"`
}

// Unread is how many files are still to be read.
func (b Batch) Unread() int { return max(0, b.Found-b.Read) }

func beginBatch(tx *db.Tx, by access.Actor, commission db.ID, door string, found int) (db.ID, error) {
	id := tx.NewID()
	_, err := tx.Exec("insert into archive_batch (id, org, door, found, at, by_actor, by_name) values (?, ?, ?, ?, ?, ?, ?)",
		id, commission, door, found, tx.Now(), by.Key(), by.Name)
	return id, err
}

func addLines(tx *db.Tx, batch db.ID, lines []Line, found int) error {
	for from := 0; from < len(lines); from += 80 {
		part := lines[from:min(len(lines), from+80)]
		args := make([]any, 0, 6*len(part))
		for _, l := range part {
			args = append(args, batch, l.Seq, l.Name, l.Outcome, l.Sentence, l.Import)
		}
		if _, err := tx.Exec(`
insert into archive_batch_line (batch, seq, name, outcome, sentence, import)
values (?, ?, ?, ?, ?, ?)`+strings.Repeat(", (?, ?, ?, ?, ?, ?)", len(part)-1), args...); err != nil {
			return err
		}
	}
	_, err := tx.Exec("update archive_batch set found = ? where id = ?", found, batch)
	return err
}

const batchColumns = `
select b.id, b.org, b.door, b.found, b.at, b.by_actor, b.by_name,
	(select count(*) from archive_batch_line l where l.batch = b.id) as done,
	(select count(*) from archive_batch_line l where l.batch = b.id and l.outcome = 'new') as fresh,
	(select count(*) from archive_batch_line l where l.batch = b.id and l.outcome = 'known') as known,
	(select count(*) from archive_batch_line l where l.batch = b.id and l.outcome = 'refused') as refused
from archive_batch b
`

// FindBatch gives one batch with what became of its files, in the order they came.
func FindBatch(tx *db.Tx, by access.Actor, id db.ID) (Batch, []Line, error) {
	var b Batch
	sees := by.Sees(access.ImportArchive)
	err := tx.Get(&b, batchColumns+"where b.id = ?\n  and (cast(? as text) = '' or b.org = ?)", id, sees, sees)
	if errors.Is(err, db.None) {
		return b, nil, fault.Missing("Không có đợt nhập này.")
	}
	if err != nil {
		return b, nil, err
	}
	var lines []Line
	err = tx.Select(&lines, "select seq, name, outcome, sentence, import from archive_batch_line where batch = ? order by seq", id)
	return b, lines, err
}

// Batches lists the newest batches.
func Batches(tx *db.Tx, by access.Actor, most int) ([]Batch, error) {
	var all []Batch
	sees := by.Sees(access.ImportArchive)
	err := tx.Select(&all, batchColumns+"where cast(? as text) = '' or b.org = ?\norder by b.id desc\nlimit ?", sees, sees, most)
	return all, err
}
