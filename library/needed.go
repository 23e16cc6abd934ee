package library

import "giaoban/internal/db"

// Content is the bytes that one or more files hold.
type Content struct {
	SHA256 string `db:"sha256" json:"sha256"`
	Size   int64  `db:"size" json:"size"`
}

// Needed lists the content that rows refer to, once each: what a copy of the store must hold.
func Needed(tx *db.Tx) (all []Content, err error) {
	err = tx.Select(&all, `
select sha256, max(size) as size
from file
group by sha256
order by sha256`)
	return all, err
}
