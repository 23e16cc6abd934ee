package paper

import (
	"cmp"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// Expected is a paper of a pile with the number it would get from its book, or the reason why it gets none.
type Expected struct {
	Paper
	Refused string // "" when it gets its number
}

// ExpectNumbers tells which number each paper of a pile would get on one day: the next of its book, in the order in which
// they were signed. Nothing is written.
func ExpectNumbers(tx *db.Tx, by access.Actor, ids []db.ID, date calendar.Date) ([]Expected, error) {
	if date.IsZero() {
		return nil, fault.Invalid("", "Cần ngày văn bản, nhập cùng với số.")
	}
	if err := calendar.Happened("Ngày văn bản", date, calendar.OfInstant(tx.Clock())); err != nil {
		return nil, err
	}
	var pile []Expected
	for _, id := range ids {
		p, err := open(tx, by, access.NumberPaper, id)
		if err != nil {
			return nil, err
		}
		pile = append(pile, Expected{Paper: p})
	}
	slices.SortStableFunc(pile, func(a, b Expected) int {
		return cmp.Or(cmp.Compare(a.SignedAt, b.SignedAt), cmp.Compare(a.ID, b.ID))
	})
	type shelf struct {
		body db.ID
		kind Kind
		book string
	}
	stands := make(map[shelf]int64) // the next number of each book
	for i := range pile {
		e := &pile[i]
		if e.Refused = e.notInPile(date); e.Refused != "" {
			continue
		}
		book, err := BookOf(tx, e.Family, date)
		if err != nil {
			return nil, err
		}
		at := shelf{e.Body, e.Kind, book}
		if stands[at] == 0 {
			if stands[at], err = e.next(tx, book); err != nil {
				return nil, err
			}
		}
		if err := e.bear(tx, by, book, stands[at], date); err != nil {
			return nil, err
		}
		if e.Warnings, err = e.warnings(tx); err != nil {
			return nil, err
		}
		stands[at]++
	}
	return pile, nil
}

// notInPile says why a paper gets no number with the others; one that has its number is corrected on its own page.
func (p *Paper) notInPile(date calendar.Date) string {
	err := p.takesNumber()
	switch {
	case err == nil && p.State == Numbered:
		return "đã có số " + p.Symbol
	case err == nil:
		err = p.afterSigning(date)
	}
	if err == nil {
		return ""
	}
	return strings.TrimSuffix(err.Error(), ".")
}

// EnterNumbers is vào số for a pile: each paper gets the number that was shown for it. When a book or a paper has moved
// since, no paper gets a number and the sentence says what moved.
func EnterNumbers(tx *db.Tx, by access.Actor, shown []Expected, date calendar.Date) ([]Paper, error) {
	ids, seen := make([]db.ID, len(shown)), make(map[db.ID]int64)
	for i, e := range shown {
		ids[i], seen[e.ID] = e.ID, e.Number
	}
	if len(seen) < len(shown) {
		return nil, fault.Invalid("rows", "Một văn bản được chọn hai lần; hãy mở lại trang.")
	}
	pile, err := ExpectNumbers(tx, by, ids, date)
	if err != nil {
		return nil, err
	}
	for _, e := range pile {
		switch {
		case e.Refused != "":
			return nil, fault.Stale("Chưa văn bản nào được vào số: %s “%s” (%s). Hãy xem lại các số bên dưới.", e.KindName(), e.Subject, e.Refused)
		case e.Number != seen[e.ID]:
			return nil, fault.Stale("Chưa văn bản nào được vào số: từ lúc xem, sổ %s đã khác, %s “%s” nay là số %d, không phải %d. Hãy xem lại các số bên dưới.",
				e.KindName(), e.KindName(), e.Subject, e.Number, seen[e.ID])
		}
	}
	numbered := make([]Paper, len(pile))
	for i, e := range pile {
		if numbered[i], err = EnterNumber(tx, by, e.ID, e.Number, date); err != nil {
			return nil, err
		}
	}
	return numbered, nil
}
