package org

import (
	"cmp"
	"slices"
	"sync"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/journal"
)

// authority is a shipped body that issues documents from outside the block.
type authority struct {
	Code       string        `json:"code"`
	Name       string        `json:"name"`
	Symbol     string        `json:"symbol"`
	Aliases    []string      `json:"aliases"`
	From       calendar.Date `json:"from"`
	To         calendar.Date `json:"to"`
	Now        string        `json:"now"` // code of what it became; "" where it went to several
	Confidence Confidence    `json:"confidence"`
}

func (a authority) key() string { return "ban-hanh/" + a.Code }

var shippedAuthorities = sync.OnceValue(func() []authority {
	var all []authority
	read("authorities", &all)
	return all
})

// authoritySort puts authorities behind the bodies of the block wherever both are listed.
const authoritySort = 100000

// EnterReference enters the shipped authorities among the bodies, so that documents can name them as issuers. What is
// there already stays as it is; running it again does nothing. The other shipped rows are read where they are.
func EnterReference(tx *db.Tx, by access.Actor) error {
	if err := by.May(access.ManageBodies, by.Body); err != nil {
		return err
	}
	codes, err := Codes(tx)
	if err != nil {
		return err
	}
	entered := 0
	for i, a := range shippedAuthorities() {
		if _, there := codes[a.Code]; there {
			continue
		}
		// Nothing in the register is older than the Party's first years.
		from := cmp.Or(a.From, calendar.On(1945, 1, 1))
		id := tx.NewID()
		if _, err := tx.Exec("insert into body (id, code, kind, sort, valid_from, valid_to) values (?, ?, ?, ?, ?, ?)",
			id, a.Code, string(Authority), authoritySort+i, from, a.To); err != nil {
			return err
		}
		if _, err := tx.Exec(`
insert into body_name (id, body, name, short_name, symbol, place, valid_from, valid_to, basis)
values (?, ?, ?, ?, ?, '', ?, ?, ?)`, tx.NewID(), id, a.Name, a.Name, a.Symbol, from, a.To, "Danh mục kèm theo chương trình"); err != nil {
			return err
		}
		for _, alias := range a.Aliases {
			if err := insertAlias(tx, id, alias, "", calendar.Date{}, calendar.Date{}); err != nil {
				return err
			}
		}
		entered++
	}
	if entered == 0 {
		return nil
	}
	_, err = journal.Write(tx, by, "entered", journal.Subject{Kind: "reference"}, journal.Details{"authorities": entered})
	return err
}

// ReferenceEntered reports whether every shipped authority is among the bodies.
func ReferenceEntered(tx *db.Tx) (bool, error) {
	codes, err := Codes(tx)
	return err == nil && !slices.ContainsFunc(shippedAuthorities(), func(a authority) bool { return codes[a.Code] == "" }), err
}

// NowOf is the authority that took the place of an ended one, called as on the day; ok is false where it goes on, or went
// to several.
func NowOf(tx *db.Tx, by access.Actor, b Body, day calendar.Date) (now Body, ok bool, err error) {
	for _, a := range shippedAuthorities() {
		if a.Code == b.Code && a.Now != "" && !a.To.IsZero() && a.To.Before(day) {
			now, err = ByCode(tx, by, a.Now, day)
			return now, err == nil, err
		}
	}
	return now, false, nil
}
