package org

import (
	"slices"
	"strings"
	"sync"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// ProvinceRow is a tỉnh or thành phố trực thuộc trung ương for the time it was so. Codes were given to other provinces in
// 2025, so that only code and first day together name one: code 24 was Bắc Giang and is Bắc Ninh from 01/7/2025.
type ProvinceRow struct {
	Code       string        `json:"code"`
	Name       string        `json:"name"` // bare: "Bắc Ninh"
	Type       string        `json:"type"` // tỉnh | thành phố
	From       calendar.Date `json:"from"` // zero: since before 2025
	To         calendar.Date `json:"to"`   // zero: still
	Into       string        `json:"into"` // code of what it became the day after To
	Aliases    []string      `json:"aliases"`
	Seat       string        `json:"seat"` // the former province in which the centre lies; "" where nothing was merged
	Basis      string        `json:"basis"`
	Confidence Confidence    `json:"confidence"`
	Src        []string      `json:"src"`
	Key        string        `json:"-"` // "tinh/24/2025-07-01"
	Decided    Decision      `json:"-"`
}

// FullName is "tỉnh Bắc Ninh", "thành phố Huế".
func (p ProvinceRow) FullName() string { return p.Type + " " + p.Name }

// Sources are the names of the sources of the row.
func (p ProvinceRow) Sources() []string { return sourceNames(p.Src) }

func (p ProvinceRow) title() string {
	switch {
	case !p.To.IsZero():
		return p.FullName() + " (mã " + p.Code + ") đến hết " + p.To.Vietnamese()
	case !p.From.IsZero():
		return p.FullName() + " (mã " + p.Code + ") từ " + p.From.Vietnamese()
	}
	return p.FullName() + " (mã " + p.Code + ")"
}

func (p ProvinceRow) on(day calendar.Date) bool { return within(day, p.From, p.To) }

var shippedProvinces = sync.OnceValue(func() []ProvinceRow {
	var all []ProvinceRow
	read("provinces", &all)
	for i := range all {
		all[i].Key = "tinh/" + all[i].Code + "/" + all[i].From.String()
		if all[i].Confidence != Sourced {
			all[i].Key = "tinh/" + all[i].Code + "/den-" + all[i].To.String()
		}
	}
	return all
})

// Provinces lists the provinces of a day by code: 63 on 30/6/2025, 34 from 01/7/2025.
func Provinces(tx *db.Tx, by access.Actor, day calendar.Date) ([]ProvinceRow, error) {
	all, err := provinces(tx, by)
	return slices.DeleteFunc(all, func(p ProvinceRow) bool { return !p.on(day) }), err
}

// provinces are the rows that count here: those with a source and those the office has confirmed. A confirmed row ends
// what stood before it without a known beginning.
func provinces(tx *db.Tx, by access.Actor) ([]ProvinceRow, error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return nil, err
	}
	decided, err := decisions(tx)
	if err != nil {
		return nil, err
	}
	all := slices.Clone(shippedProvinces())
	for i := range all {
		all[i].Decided = decided[all[i].Key]
		if d := all[i].Decided; d.Kind == Corrected {
			if !d.Day.IsZero() && !all[i].To.IsZero() {
				all[i].To = d.Day
			}
			if d.Name != "" {
				all[i].Name = d.Name
			}
		}
	}
	all = slices.DeleteFunc(all, func(p ProvinceRow) bool { return !p.Decided.fact(p.Confidence) })
	for _, earlier := range all {
		for i, p := range all {
			if p.Code == earlier.Code && p.Key != earlier.Key && p.From.IsZero() && earlier.From.IsZero() && !earlier.To.IsZero() && p.on(earlier.To) {
				all[i].From = earlier.To.AddDays(1)
			}
		}
	}
	return all, nil
}

// ProvinceAt tells which province a code meant on a day.
func ProvinceAt(tx *db.Tx, by access.Actor, code string, day calendar.Date) (ProvinceRow, error) {
	all, err := provinces(tx, by)
	if err != nil {
		return ProvinceRow{}, err
	}
	for _, p := range all {
		if p.Code == code && p.on(day) {
			return p, nil
		}
	}
	return ProvinceRow{}, fault.Missing("Vào ngày %s không có tỉnh, thành phố nào mang mã %s.", day.Vietnamese(), code)
}

// ProvinceNamed finds the provinces that a name may mean on a day, with or without "tỉnh", "thành phố", in any of its
// spellings; the zero day asks for all times.
func ProvinceNamed(tx *db.Tx, by access.Actor, name string, day calendar.Date) ([]ProvinceRow, error) {
	all, err := provinces(tx, by)
	if err != nil {
		return nil, err
	}
	wanted := bareProvince(name)
	return slices.DeleteFunc(all, func(p ProvinceRow) bool {
		return !day.IsZero() && !p.on(day) || bareProvince(p.Name) != wanted &&
			!slices.ContainsFunc(p.Aliases, func(alias string) bool { return bareProvince(alias) == wanted })
	}), nil
}

// SameProvince reports whether two names mean one province, with or without "tỉnh", "thành phố", in any way of writing.
func SameProvince(a, b string) bool { return bareProvince(a) == bareProvince(b) }

func bareProvince(name string) string {
	key := spellingKey(name)
	for _, word := range []string{"tinh ", "thanh pho ", "tp "} {
		key = strings.TrimPrefix(key, word)
	}
	return strings.ReplaceAll(key, " ", "")
}

// ProvinceSuccessor is what a province became the day after it ended; ok is false while it goes on.
func ProvinceSuccessor(tx *db.Tx, by access.Actor, p ProvinceRow) (next ProvinceRow, ok bool, err error) {
	if p.To.IsZero() {
		return next, false, nil
	}
	next, err = ProvinceAt(tx, by, p.Into, p.To.AddDays(1))
	return next, err == nil, err
}

// ProvincePredecessors are the provinces that became this one on its first day.
func ProvincePredecessors(tx *db.Tx, by access.Actor, p ProvinceRow) ([]ProvinceRow, error) {
	if p.From.IsZero() {
		return nil, nil
	}
	all, err := provinces(tx, by)
	return slices.DeleteFunc(all, func(q ProvinceRow) bool { return q.Into != p.Code || q.To != p.From.AddDays(-1) }), err
}
