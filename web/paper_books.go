package web

import (
	"net/http"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/paper"
)

// booksPage is where the commission's books of papers stand today.
type booksPage struct {
	Name  string // "2025-2030"
	Lines []bookLine
	Said  bool // somebody has said where they stand, or papers were numbered here
}

type bookLine struct {
	paper.Book
	Field string
	Typed string
}

// booksOf reads the books of the commission, with what was typed over them.
func booksOf(tx *db.Tx, by access.Actor, r *http.Request) (p booksPage, err error) {
	today := calendar.OfInstant(tx.Clock())
	commission, err := org.TheCommission(tx, today)
	if err != nil {
		return p, err
	}
	books, err := paper.Books(tx, by, commission, today)
	for _, b := range books {
		line := bookLine{Book: b, Field: "next-" + string(b.Kind), Typed: strconv.FormatInt(b.Next, 10)}
		if r.PostForm.Has(line.Field) {
			line.Typed = r.PostFormValue(line.Field)
		}
		p.Name, p.Said = b.Name, p.Said || b.Said || b.Used > 0
		p.Lines = append(p.Lines, line)
	}
	return p, err
}

func (s *site) showBooks(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, err := booksOf(tx, by, r)
	return Reply{Page: "paper/books", Data: p}, err
}

func (s *site) saveBooks(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, err := booksOf(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	again := Reply{Page: "paper/books", Data: p, To: "/van-ban/so"}
	today := calendar.OfInstant(tx.Clock())
	commission, err := org.TheCommission(tx, today)
	if err != nil {
		return again, err
	}
	var wrong fault.List
	for _, line := range p.Lines {
		typed := strings.ReplaceAll(strings.TrimSpace(line.Typed), ".", "")
		if typed == "" {
			continue
		}
		number, err := strconv.ParseInt(typed, 10, 64)
		if err != nil {
			wrong.Add(line.Field, "Số tiếp theo của sổ "+line.Kind.Name()+" là số nguyên, ví dụ 27.")
			continue
		}
		if err := wrong.AddError(line.Field, paper.SetNext(tx, by, commission, line.Kind, number, today)); err != nil {
			return again, err
		}
	}
	if settingUp, err := org.SettingUp(tx); err == nil && settingUp && by.Can(access.SetUpOffice, by.Body) {
		again.To = "/thiet-lap"
	}
	return again, wrong.Err()
}
