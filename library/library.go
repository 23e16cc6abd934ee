// Package library keeps kho tài liệu: the files that came with reports, tasks and papers, and who may read them. The
// bytes lie in internal/files; a row here gives them a name, an owner and what they are attached to.
package library

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/files"
	"giaoban/journal"
)

// File is a tệp.
type File struct {
	ID     db.ID      `db:"id"`
	Body   db.ID      `db:"body"` // who brought it; "" for the system's own
	Name   string     `db:"name"` // cleaned, with its ending
	Kind   string     `db:"kind"` // media type, as found in the content
	Size   int64      `db:"size"` // bytes
	SHA256 string     `db:"sha256"`
	At     db.Instant `db:"at"`
	By     string     `db:"by_actor"`
}

// Use is one thing a file is attached to.
type Use struct {
	File
	Label string `db:"label"` // what the file is there: "Bản ký", "Minh chứng"
}

// Add enters stored content that Refuse has let in, under the name its sender gives it, as body's.
func Add(tx *db.Tx, by access.Actor, body db.ID, stored files.Stored, name string) (File, error) {
	if err := by.May(access.StoreFile, body); err != nil {
		return File{}, err
	}
	f := File{ID: tx.NewID(), Body: body, Name: CleanName(name), Kind: stored.Kind, Size: stored.Size,
		SHA256: stored.SHA256, At: tx.Now(), By: by.Key()}
	if err := tx.Insert("file", f); err != nil {
		return File{}, err
	}
	details := journal.Details{"name": f.Name, "size": f.Size, "sha256": f.SHA256}
	if stored.Confirmed {
		details["confirmed"] = "đã xác nhận không mang dấu mật"
	}
	_, err := journal.Write(tx, by, "stored", subject(f), details)
	return f, err
}

func subject(f File) journal.Subject { return journal.Subject{Kind: "file", ID: f.ID, Body: f.Body} }

// Attach makes a file part of a subject of another room: kind and subject are that room's, body is whose subject it is,
// and so who may read the file beside its owner and the commission. The room that calls it has asked authority for what
// it is doing; here it is only asked whether the actor can see the file. Attaching twice changes nothing.
func Attach(tx *db.Tx, by access.Actor, file db.ID, kind string, about, body db.ID, label string) error {
	f, err := Find(tx, by, file)
	if err != nil {
		return err
	}
	there, err := tx.Exists("select 1 from file_use where file = ? and kind = ? and subject = ?", f.ID, kind, string(about))
	if err != nil || there {
		return err
	}
	_, err = tx.Exec("insert into file_use (id, file, kind, subject, body, label) values (?, ?, ?, ?, ?, ?)",
		tx.NewID(), f.ID, kind, string(about), body, label)
	if err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "attached", journal.Subject{Kind: kind, ID: about, Body: body},
		journal.Details{"file": string(f.ID), "name": f.Name, "label": label, "sha256": f.SHA256})
	return err
}

// Attached lists the files of a subject that the actor may read, in the order they came.
func Attached(tx *db.Tx, by access.Actor, kind string, about db.ID) ([]Use, error) {
	all, err := AttachedAmong(tx, by, kind, []db.ID{about})
	return all[about], err
}

// AttachedAmong lists the files of several subjects of one kind, by subject.
func AttachedAmong(tx *db.Tx, by access.Actor, kind string, about []db.ID) (map[db.ID][]Use, error) {
	org := by.Sees(access.ReadFile)
	found, err := db.Among[subjectUse](tx, about, `
select f.id, f.body, f.name, f.kind, f.size, f.sha256, f.at, f.by_actor, u.label, u.subject, u.id as placed
from file_use u
join file f on f.id = u.file
where u.kind = ?
  and (cast(? as text) = '' or u.body = ? or f.body = ? or exists (`+inherited+`))
  and u.subject in `, kind, org, org, org, org)
	slices.SortFunc(found, func(a, b subjectUse) int { return strings.Compare(string(a.Placed), string(b.Placed)) })
	all := make(map[db.ID][]Use)
	for _, u := range found {
		all[u.Subject] = append(all[u.Subject], u.Use)
	}
	return all, err
}

// subjectUse is a use with whose it is and when it came.
type subjectUse struct {
	Use
	Subject db.ID `db:"subject"`
	Placed  db.ID `db:"placed"`
}

// Find gives one file: the commission sees all, a body its own, what is attached to something of its own, and what it
// took over from the body that could read it.
func Find(tx *db.Tx, by access.Actor, id db.ID) (File, error) {
	found, err := Among(tx, by, []db.ID{id})
	if err == nil && len(found) == 0 {
		err = fault.Missing("Không có tệp này, hoặc tệp không thuộc phạm vi của tài khoản đang dùng.")
	}
	if err != nil {
		return File{}, err
	}
	return found[0], nil
}

// Among gives those of some files that the actor may read.
func Among(tx *db.Tx, by access.Actor, ids []db.ID) ([]File, error) {
	org := by.Sees(access.ReadFile)
	return db.Among[File](tx, ids, `
select f.id, f.body, f.name, f.kind, f.size, f.sha256, f.at, f.by_actor
from file f
where (cast(? as text) = '' or f.body = ? or exists (
	select 1
	from file_use u
	where u.file = f.id and (u.body = ? or exists (`+inherited+`))))
  and f.id in `, org, org, org, org)
}
