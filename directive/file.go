package directive

import (
	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/library"
)

// Who reads the register reads its files: a steering document is addressed to the whole block.
var reader = access.System("đọc tệp của sổ văn bản chỉ đạo")

// Files lists the files of a document: its text as it came, annexes, the signed copy.
func Files(tx *db.Tx, by access.Actor, id db.ID) ([]library.Use, error) {
	d, err := Find(tx, by, id)
	if err != nil {
		return nil, err
	}
	return library.Attached(tx, reader, "directive", d.ID)
}

// FileOf gives one file of a document.
func FileOf(tx *db.Tx, by access.Actor, id, file db.ID) (library.File, error) {
	all, err := Files(tx, by, id)
	if err != nil {
		return library.File{}, err
	}
	for _, u := range all {
		if u.ID == file {
			return u.File, nil
		}
	}
	return library.File{}, fault.Missing("Văn bản này không có tệp ấy.")
}

// AttachFile adds a file to a document; the first one is its text. words are what could be read of it, "" for nothing;
// they are kept when the document has none yet.
func AttachFile(tx *db.Tx, by access.Actor, id, file db.ID, label, text string) error {
	d, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	if err := by.May(access.RecordDirective, d.Body); err != nil {
		return err
	}
	if err := library.Attach(tx, by, file, "directive", d.ID, d.Body, label); err != nil {
		return err
	}
	if d.File == "" {
		if _, err := tx.Exec("update directive set file = ?, version = version + 1 where id = ?", file, d.ID); err != nil {
			return err
		}
	}
	if _, err := journal.Write(tx, by, "filed", d.About(), journal.Details{"label": label, "file": string(file)}); err != nil {
		return err
	}
	standing, err := words(tx, d.ID)
	if err != nil || standing != "" || text == "" {
		return err
	}
	if _, err := tx.Exec("insert into directive_text (directive, text) values (?, ?)", d.ID, text); err != nil {
		return err
	}
	e := entry{Directive: d}
	return e.reread(tx, by, text)
}
