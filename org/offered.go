package org

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// office is a shipped body of a province as it is called since the reorganisation; the row of the reorganisation says
// since when, by what and how surely.
type office struct {
	Row       string   `json:"row"`
	Name      string   `json:"name"`
	Symbol    string   `json:"symbol"`
	Kind      Kind     `json:"kind"`
	Functions []string `json:"functions"`
	Some      bool     `json:"some"`  // only some provinces have it
	Local     bool     `json:"local"` // the row tells of the body at the centre; here it is the province's
}

var shippedOffices = sync.OnceValue(func() []office {
	var all []office
	read("offices", &all)
	return all
})

// Offered is a body that the shipped reference knows in every province of today, as setting up offers it.
type Offered struct {
	New
	Confidence Confidence
	Note       string // what to look at before it is taken
	There      bool   // the directory has it
	Usual      bool   // it answers for something in the office's sectors, and every province has it
}

// Offers lists the bodies that a new office is offered for its directory, those of its field first. Names, days and
// grounds are the reorganisation's; nothing is written.
func Offers(tx *db.Tx, by access.Actor) ([]Offered, error) {
	rows, err := References(tx, by)
	if err != nil {
		return nil, err
	}
	sectors, err := OfficeSectors(tx)
	if err != nil {
		return nil, err
	}
	known, err := loadSpellings(tx, false)
	if err != nil {
		return nil, err
	}
	codes, err := Codes(tx)
	if err != nil {
		return nil, err
	}
	today := calendar.OfInstant(tx.Clock())
	province, err := ownProvince(tx, by, today)
	if err != nil {
		return nil, err
	}
	var all []Offered
	for i, o := range shippedOffices() {
		at := slices.IndexFunc(rows, func(r Reference) bool { return r.Key == o.Row })
		if at < 0 || rows[at].Decided.Kind == Rejected || rows[at].Day.After(today) {
			continue
		}
		r := rows[at]
		offer := Offered{Note: r.Note, Confidence: r.Confidence, New: New{Code: plain(o.Symbol), Name: o.here(province), Symbol: o.Symbol,
			Kind: o.Kind, Sort: 10 + i, Functions: o.Functions, ValidFrom: since(r, province), Basis: r.Basis}}
		offer.Sectors = sectorsOf(o.Functions)
		if offer.ValidFrom.After(today) {
			continue
		}
		_, byCode := codes[offer.Code]
		offer.There = byCode || len(known.bodies(offer.Name, today)) > 0
		offer.Usual = !o.Some && slices.ContainsFunc(offer.Sectors, func(code string) bool { return slices.Contains(sectors, code) })
		if o.Some {
			offer.Note = cmp.Or(offer.Note, "Chỉ một số tỉnh, thành phố có.")
		}
		all = append(all, offer)
	}
	slices.SortStableFunc(all, func(a, b Offered) int { return boolCompare(b.Usual, a.Usual) })
	return all, nil
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// here is the name as this province writes it: a city has no "tỉnh" and no "Tỉnh ủy".
func (o office) here(province ProvinceRow) string {
	if province.Code == "" || province.Type == "tỉnh" {
		return o.Name
	}
	name := strings.ReplaceAll(o.Name, "Tỉnh ủy", "Thành ủy")
	if rest, ok := strings.CutSuffix(name, " tỉnh"); ok {
		name = rest + " thành phố"
	}
	return name
}

// since is the day from which the body is offered: the row's, the first day of a province that came to be later, or the
// day on which the departments of all provinces were set anew.
func since(r Reference, province ProvinceRow) calendar.Date {
	day := cmp.Or(r.Day, r.Latest, calendar.On(2025, 3, 1))
	if province.From.After(day) {
		return province.From
	}
	return day
}

// sectorsOf are the sectors of a body's main function and no others: what it took over from elsewhere goes by function.
func sectorsOf(functions []string) []string {
	for _, code := range functions {
		for _, f := range catalogue() {
			if f.Code == code {
				return []string{f.Sector}
			}
		}
	}
	return nil
}

func ownProvince(tx *db.Tx, by access.Actor, day calendar.Date) (ProvinceRow, error) {
	code, err := Setting(tx, ProvinceCode)
	if err != nil || code == "" {
		return ProvinceRow{}, err
	}
	p, err := ProvinceAt(tx, by, code, day)
	if fault.Is(err, fault.KindMissing) {
		return ProvinceRow{}, nil
	}
	return p, err
}

// TakeOffers enters the offered bodies with these codes; those that the directory has already are left as they are. It
// tells how many were entered.
func TakeOffers(tx *db.Tx, by access.Actor, codes []string) (entered int, err error) {
	if err := by.May(access.EnterBodies, by.Body); err != nil {
		return 0, err
	}
	all, err := Offers(tx, by)
	if err != nil {
		return 0, err
	}
	for _, code := range codes {
		at := slices.IndexFunc(all, func(o Offered) bool { return o.Code == code })
		if at < 0 {
			return entered, fault.Invalid("bodies[]", "Danh sách đề xuất không có cơ quan mã “%s”; xin tải lại trang.", code)
		}
		if all[at].There {
			continue
		}
		if _, err := Create(tx, by, all[at].New); err != nil {
			return entered, err
		}
		entered++
	}
	return entered, nil
}
