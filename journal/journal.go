// Package journal keeps nhật ký: one line for every change, chained so that none can be altered or removed unnoticed.
// The audit page, the activity of a subject and the notices are three readings of it.
package journal

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"giaoban/access"
	"giaoban/internal/db"

	"golang.org/x/mod/sumdb/tlog"
)

// Subject is the thing a line is about.
type Subject struct {
	Kind string // the room's word for it: "submission", "task", …
	ID   db.ID
	Body db.ID // the body concerned, for readers who see only their own; "" for none
}

// Line is one line of the journal.
type Line struct {
	Seq         int64      `db:"seq"`
	At          db.Instant `db:"at"`
	Actor       string     `db:"actor"`
	ActorName   string     `db:"actor_name"`
	Body        string     `db:"org"`
	Verb        string     `db:"verb"`
	Kind        string     `db:"kind"`
	Subject     db.ID      `db:"subject"`
	Details     string     `db:"details"`
	Private     string     `db:"private"`
	Salt        []byte     `db:"salt"`
	PrivateHash []byte     `db:"private_hash"`
	Hash        []byte     `db:"hash"`
}

// Details are what a line tells beside its verb: short values by name, nothing personal.
type Details map[string]any

// Write is the last line of every change, in its transaction. It returns the head with this line in it.
func Write(tx *db.Tx, by access.Actor, verb string, about Subject, details Details) (Head, error) {
	return write(tx, by, verb, about, details, nil)
}

// WritePrivate is Write for a line that must hold personal data: the chain knows only a salted hash of private, so
// that the text can be erased on request and the chain still verifies.
func WritePrivate(tx *db.Tx, by access.Actor, verb string, about Subject, details, private Details) (Head, error) {
	return write(tx, by, verb, about, details, private)
}

func write(tx *db.Tx, by access.Actor, verb string, about Subject, details, private Details) (Head, error) {
	return writeLine(tx, Line{Actor: by.Key(), ActorName: by.Name, Body: string(about.Body), Verb: verb, Kind: about.Kind,
		Subject: about.ID}, details, private)
}

func writeLine(tx *db.Tx, e Line, details, private Details) (Head, error) {
	held, err := tx.Hold("journal", loadHead)
	if err != nil {
		return Head{}, err
	}
	h := held.(*head)
	e.Seq, e.At, e.Details = h.size+1, tx.Now(), "{}"
	if len(details) > 0 {
		text, err := json.Marshal(details)
		if err != nil {
			return Head{}, fmt.Errorf("journal %s %s: %w", e.Verb, e.Kind, err)
		}
		e.Details = string(text)
	}
	if len(private) > 0 {
		text, err := json.Marshal(private)
		if err != nil {
			return Head{}, fmt.Errorf("journal %s %s: %w", e.Verb, e.Kind, err)
		}
		e.Private, e.Salt = string(text), make([]byte, 16)
		rand.Read(e.Salt)
		e.PrivateHash = privateHash(e.Salt, e.Private)
	}
	leaf := e.leaf(h.last)
	sum := sha256.Sum256(leaf)
	e.Hash = sum[:]
	subject := string(e.Subject)
	if _, err := tx.Exec(`
insert into journal (seq, at, actor, actor_name, org, verb, kind, subject, details, private, salt, private_hash, hash)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.Seq, e.At, e.Actor, e.ActorName, e.Body, e.Verb, e.Kind, subject, e.Details, e.Private, e.Salt, e.PrivateHash,
		e.Hash); err != nil {
		return Head{}, err
	}
	h.add(tlog.RecordHash(leaf))
	h.last = e.Hash
	return Head{Size: h.size, Root: h.root().String()}, nil
}

func privateHash(salt []byte, private string) []byte {
	h := sha256.New()
	h.Write(salt)
	h.Write([]byte(private))
	return h.Sum(nil)
}

type headRow struct {
	Size     int64  `db:"size"`
	Hash     []byte `db:"hash"`
	Root     []byte `db:"root"`
	Frontier []byte `db:"frontier"`
}

func loadHead(tx *db.Tx) (db.Held, error) {
	var row headRow
	err := tx.Get(&row, "select size, hash, root, frontier from journal_head where id = 1")
	if errors.Is(err, db.None) {
		return &head{}, nil
	}
	if err != nil {
		return nil, err
	}
	f, ok := frontierOf(row.Size, row.Frontier)
	if !ok {
		return nil, errors.New("journal: the head does not fit its size")
	}
	return &head{frontier: f, last: row.Hash}, nil
}

// Current reads where the chain stands.
func Current(tx *db.Tx) (Head, error) {
	held, err := loadHead(tx)
	if err != nil {
		return Head{}, err
	}
	h := held.(*head)
	return Head{Size: h.size, Root: h.root().String()}, nil
}

// Activity lists what happened to one subject, the newest first.
func Activity(tx *db.Tx, by access.Actor, kind string, subject db.ID, limit int) ([]Line, error) {
	org := by.Narrow()
	var lines []Line
	err := tx.Select(&lines, `
select seq, at, actor, actor_name, org, verb, kind, subject, details, private, salt, private_hash, hash
from journal
where kind = ? and subject = ? and (? = '' or org = ?)
order by seq desc
limit ?`, kind, string(subject), org, org, limit)
	return lines, err
}

// Sealing says whether a list has the lines that only seal.
type Sealing bool

// What lists are of.
const (
	Acts      Sealing = false // what people and outside programs did
	WithSeals Sealing = true  // every line of the chain
)

// Read lists lines after a number, for outside readers. Only who may read the journal.
func Read(tx *db.Tx, by access.Actor, of Sealing, after int64, limit int) ([]Line, error) {
	if err := by.May(access.ReadJournal, by.Body); err != nil {
		return nil, err
	}
	var lines []Line
	err := tx.Select(&lines, `
select seq, at, actor, actor_name, org, verb, kind, subject, details, private, salt, private_hash, hash
from journal
where seq > ? and (? or kind <> '`+SealKind+`')
order by seq
limit ?`, min(after, math.MaxInt32), bool(of), limit)
	return lines, err
}

// Latest lists the newest lines before a number (0: from the end), for the audit page.
func Latest(tx *db.Tx, by access.Actor, of Sealing, before int64, limit int) ([]Line, error) {
	if err := by.May(access.ReadJournal, by.Body); err != nil {
		return nil, err
	}
	if before <= 0 {
		before = math.MaxInt32 // the column's type on PostgreSQL
	}
	var lines []Line
	err := tx.Select(&lines, `
select seq, at, actor, actor_name, org, verb, kind, subject, details, private, salt, private_hash, hash
from journal
where seq < ? and (? or kind <> '`+SealKind+`')
order by seq desc
limit ?`, before, bool(of), limit)
	return lines, err
}
