package library

import "giaoban/internal/db"

// inherited asks whether the body bound took over from one that reads file f as used in u.
const inherited = "select 1 from file_heir h where h.body = ? and h.kind = u.kind and h.subject = u.subject and (h.of_body = u.body or h.of_body = f.body)"

// Inherit lets body read the files of a subject as of does, because it answers now for of's part in it; the last one
// named counts, and of itself ends it. The room whose subject it is has asked authority.
func Inherit(tx *db.Tx, kind string, subject, of, body db.ID) error {
	if of == body {
		_, err := tx.Exec("delete from file_heir where kind = ? and subject = ? and of_body = ?", kind, string(subject), of)
		return err
	}
	_, err := tx.Exec(`
insert into file_heir (kind, subject, of_body, body) values (?, ?, ?, ?)
on conflict (kind, subject, of_body) do update set body = excluded.body`, kind, string(subject), of, body)
	return err
}
