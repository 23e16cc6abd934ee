package org

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
)

// Answers tells which bodies answer for a function on a day, called as on that day, in the office's order. function is a
// code, or words as people say them: "trẻ em", "day nghe". No body when nobody answers.
func Answers(tx *db.Tx, by access.Actor, function string, day calendar.Date) ([]Body, error) {
	meant, err := FunctionsMeant(tx, by, function)
	if err != nil || len(meant) == 0 {
		return nil, err
	}
	codes := make([]string, len(meant))
	for i, f := range meant {
		codes[i] = f.Code
	}
	in, args := db.In(codes)
	var found []Body
	err = tx.Select(&found, asOf+`
where b.valid_from <= ? and (b.valid_to is null or b.valid_to >= ?)
  and b.id in (
	select h.body
	from body_function h
	where h.function in `+in+`
	  and h.valid_from <= ?
	  and (h.valid_to is null or h.valid_to >= ?)
  )
order by b.sort, b.code`, append(days(day, append([]any{day, day}, args...)...), day, day)...)
	return found, err
}

// FunctionsMeant are the functions that a code or words mean: the one of that code, those called exactly so, else those
// whose name or words contain what was asked, or are contained in it.
func FunctionsMeant(tx *db.Tx, by access.Actor, asked string) ([]Function, error) {
	all, err := Functions(tx, by)
	if err != nil {
		return nil, err
	}
	key := spellingKey(asked)
	if key == "" {
		return nil, nil
	}
	var exact, near []Function
	for _, f := range all {
		if f.Code == strings.TrimSpace(asked) {
			return []Function{f}, nil
		}
		words := append([]string{f.Name}, f.Words...)
		switch {
		case slices.ContainsFunc(words, func(w string) bool { return spellingKey(w) == key }):
			exact = append(exact, f)
		case slices.ContainsFunc(words, func(w string) bool {
			k := spellingKey(w)
			return len(key) >= 3 && (strings.Contains(" "+k+" ", " "+key+" ") || strings.Contains(" "+key+" ", " "+k+" "))
		}):
			near = append(near, f)
		}
	}
	if len(exact) > 0 {
		return exact, nil
	}
	if in := functionsIn(asked); len(in) > 0 {
		return in, nil
	}
	return near, nil
}

// Give notes that a body answers for a function from a day on, by hand; basis is the document. A change hands functions
// over by itself.
func Give(tx *db.Tx, by access.Actor, body db.ID, function string, from calendar.Date, basis string) error {
	return hold(tx, by, body, "body_function", "function", function, from, basis)
}

// GiveSector notes that a body answers for a sector of the report forms from a day on.
func GiveSector(tx *db.Tx, by access.Actor, body db.ID, sector string, from calendar.Date, basis string) error {
	return hold(tx, by, body, "body_sector", "sector", sector, from, basis)
}

func hold(tx *db.Tx, by access.Actor, body db.ID, table, column, what string, from calendar.Date, basis string) error {
	if err := by.May(access.EnterBodies, body); err != nil {
		return err
	}
	b, err := find(tx, "b.id = ?", string(body), from)
	if err != nil {
		return err
	}
	if err := official.RefuseSecret(basis); err != nil {
		return err
	}
	var wrong fault.List
	if from.IsZero() || from.Before(b.ValidFrom) {
		wrong.Add("from", "Ngày bắt đầu phải từ khi cơ quan hoạt động (%s).", b.ValidFrom.Vietnamese())
	}
	if table == "body_function" {
		codes, err := functionCodes(tx)
		if err != nil {
			return err
		}
		if !codes[what] {
			wrong.Add("function", "Danh mục không có chức năng mang mã “%s”.", what)
		}
	} else if what == "" {
		wrong.Add("sector", "Cần mã lĩnh vực, như trong biểu mẫu báo cáo.")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	has, err := tx.Exists(`
select 1
from `+table+`
where body = ?
  and `+column+` = ?
  and (valid_to is null or valid_to >= ?)
  and (valid_to is null or valid_to >= valid_from)`, body, what, from)
	if err != nil || has {
		return err
	}
	if _, err := tx.Exec("insert into "+table+" (id, body, "+column+", valid_from, valid_to, basis, change) values (?, ?, ?, ?, ?, ?, null)",
		tx.NewID(), body, what, from, b.ValidTo, fold.Tidy(basis)); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "answers", subject(b), journal.Details{column: what, "from": from.Vietnamese()})
	return err
}

// AddFunction adds a function to the office's catalogue; its words are how people ask for it.
func AddFunction(tx *db.Tx, by access.Actor, f Function) error {
	if err := by.May(access.ManageBodies, by.Body); err != nil {
		return err
	}
	f.Code, f.Name = fold.Tidy(f.Code), fold.Tidy(f.Name)
	if err := official.RefuseSecret(append([]string{f.Name}, f.Words...)...); err != nil {
		return err
	}
	known, err := functionCodes(tx)
	if err != nil {
		return err
	}
	var wrong fault.List
	switch {
	case f.Code == "" || strings.ContainsFunc(f.Code, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' }):
		wrong.Add("code", "Mã chức năng gồm chữ thường không dấu, số và gạch nối, ví dụ tre-em.")
	case known[f.Code]:
		wrong.Add("code", "Danh mục đã có chức năng mang mã %s.", f.Code)
	}
	if f.Name == "" {
		wrong.Add("name", "Cần tên chức năng.")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	words := make([]string, 0, len(f.Words))
	for _, w := range f.Words {
		if w = fold.Tidy(w); w != "" {
			words = append(words, w)
		}
	}
	if err := tx.Insert("org_function", functionRow{Code: f.Code, Name: f.Name, Words: strings.Join(words, "\n"), Sector: fold.Tidy(f.Sector)}); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "function_added", journal.Subject{Kind: "reference"}, journal.Details{"code": f.Code, "name": f.Name})
	return err
}
