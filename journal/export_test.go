package journal

import (
	"giaoban/internal/db"
)

// Leaf shows the tests the hashed text of one line, so that a root can be recomputed by any RFC 6962 implementation.
func Leaf(tx *db.Tx, seq int64) ([]byte, error) {
	var lines []Line
	if err := tx.Select(&lines, `
select seq, at, actor, actor_name, org, verb, kind, subject, details, private, salt, private_hash, hash
from journal
where seq between ? and ?
order by seq`, seq-1, seq); err != nil {
		return nil, err
	}
	if len(lines) == 0 || lines[len(lines)-1].Seq != seq {
		return nil, db.None
	}
	var previous []byte
	if len(lines) == 2 {
		previous = lines[0].Hash
	}
	return lines[len(lines)-1].leaf(previous), nil
}

// Except puts a column into the list of exceptions, until the test takes it out again.
func Except(table, column string) (back func()) {
	old := exceptions
	exceptions = append(old[:len(old):len(old)], exception{table, column, "thử"})
	return func() { exceptions = old }
}
