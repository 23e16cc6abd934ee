package paper

import (
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/org"
)

// Book is a sổ văn bản of a body: papers of one kind, numbered through a year or a term.
type Book struct {
	Kind Kind
	Name string // "2025-2030", "2026"
	Used int64  // the largest number given in the program; 0 for none
	Next int64  // what the clerk is suggested
	Said bool   // somebody has said where the book stands
}

// next is the number after the largest one used, or the one at which the book was said to stand.
func next(tx *db.Tx, body db.ID, kind Kind, book string) (int64, error) {
	var number int64
	err := tx.Get(&number, `
select coalesce(max(n), 1)
from (
	select number + 1 as n
	from paper_number
	where org = ? and kind = ? and book = ?
	union all
	select next as n
	from paper_book
	where org = ? and kind = ? and book = ?
) as stands`, body, string(kind), book, body, string(kind), book)
	return number, err
}

// Books are the books in which the body's papers are numbered on a day, in the order of Kinds.
func Books(tx *db.Tx, by access.Actor, body org.Body, day calendar.Date) ([]Book, error) {
	if err := by.May(access.ManageBooks, body.ID); err != nil {
		return nil, err
	}
	name, err := BookOf(tx, familyOf(body.Kind), day)
	if err != nil {
		return nil, err
	}
	var used []struct {
		Kind Kind  `db:"kind"`
		Used int64 `db:"used"`
	}
	if err := tx.Select(&used, "select kind, max(number) as used from paper_number where org = ? and book = ? group by kind", body.ID, name); err != nil {
		return nil, err
	}
	var said []Kind
	if err := tx.Select(&said, "select kind from paper_book where org = ? and book = ?", body.ID, name); err != nil {
		return nil, err
	}
	all := make([]Book, len(Kinds))
	for i, kind := range Kinds {
		all[i] = Book{Kind: kind, Name: name, Said: slices.Contains(said, kind)}
		for _, u := range used {
			if u.Kind == kind {
				all[i].Used = u.Used
			}
		}
		if all[i].Next, err = next(tx, body.ID, kind, name); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// SetNext says at which number a book goes on: the office numbered papers before it had the program, and numbers others
// beside it. A number that was given in the program is not given again.
func SetNext(tx *db.Tx, by access.Actor, body org.Body, kind Kind, number int64, day calendar.Date) error {
	if err := by.May(access.ManageBooks, body.ID); err != nil {
		return err
	}
	books, err := Books(tx, by, body, day)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(books, func(b Book) bool { return b.Kind == kind })
	field := "next-" + string(kind)
	switch {
	case at < 0:
		return fault.Invalid(field, "Không có sổ nào cho loại văn bản “%s”.", kind)
	case number < 1 || number > mostNumber:
		return fault.Invalid(field, "Số tiếp theo là số nguyên từ 1 đến 99.999.")
	case number <= books[at].Used:
		return fault.Invalid(field, "Sổ %s năm, khóa %s đã dùng đến số %d; số tiếp theo phải lớn hơn.", kind.Name(), books[at].Name, books[at].Used)
	case books[at].Said && number == books[at].Next:
		return nil
	}
	if _, err := tx.Exec(`
insert into paper_book (org, kind, book, next, at, by_actor) values (?, ?, ?, ?, ?, ?)
on conflict (org, kind, book) do update set next = excluded.next, at = excluded.at, by_actor = excluded.by_actor`,
		body.ID, string(kind), books[at].Name, number, tx.Now(), by.Key()); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "book_set", journal.Subject{Kind: "body", ID: body.ID, Body: body.ID}, journal.Details{
		"kind": kind.Name(), "book": books[at].Name, "next": number})
	return err
}

// insisted is the layout that new papers of a body take unless they ask for another: the commission may have said one.
func insisted(tx *db.Tx, body org.Body, asked string) (string, error) {
	if asked != "" || body.Kind != org.Commission {
		return asked, nil
	}
	code, err := org.Setting(tx, org.Profile)
	if err != nil {
		return "", err
	}
	if p, known := official.ProfileByCode(code); !known || p.Family != familyOf(body.Kind) {
		return "", nil
	}
	return code, nil
}
