package org

import (
	"cmp"
	"strings"
	"unicode"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
)

// Founding is what an office says of itself when it begins. Only the name is needed; what is left out follows from the
// province and the name, or is asked on the page Thiết lập.
type Founding struct {
	Province string // "Khánh Hòa", with or without "tỉnh"
	Name     string // of the commission, as it is called today
	Code     string // "": as the symbol, without marks
	Symbol   string // "": the first letters of the name
	Superior string // as in the head of papers
	Place    string // as before the day of papers
}

// firstDay is from when on a commission is kept: nothing that this program takes in is older.
var firstDay = calendar.On(2000, 1, 1)

// Proposed fills in what is known once the province is.
func (f Founding) Proposed(tx *db.Tx, by access.Actor) (Founding, error) {
	f.Province, f.Name, f.Place = fold.Tidy(f.Province), fold.Tidy(f.Name), fold.Tidy(f.Place)
	if f.Province != "" {
		row, err := provinceOf(tx, by, f.Province)
		if err != nil {
			return f, err
		}
		committee := "Tỉnh ủy"
		if row.Type != "tỉnh" {
			committee = "Thành ủy"
		}
		f.Province = row.FullName()
		f.Name = cmp.Or(f.Name, "Ban Tuyên giáo và Dân vận "+committee)
		f.Superior = cmp.Or(fold.Tidy(f.Superior), strings.ToUpper(committee+" "+row.Name))
		f.Place = cmp.Or(f.Place, row.Name)
	}
	f.Symbol = cmp.Or(fold.Tidy(f.Symbol), initials(f.Name))
	f.Code = cmp.Or(fold.Tidy(f.Code), plain(f.Symbol))
	return f, nil
}

// provinceOf finds the one province of today that a name means.
func provinceOf(tx *db.Tx, by access.Actor, name string) (ProvinceRow, error) {
	today := calendar.OfInstant(tx.Clock())
	found, err := ProvinceNamed(tx, by, name, today)
	if err != nil {
		return ProvinceRow{}, err
	}
	if len(found) == 1 {
		return found[0], nil
	}
	before, err := ProvinceNamed(tx, by, name, calendar.Date{})
	if err != nil {
		return ProvinceRow{}, err
	}
	for _, p := range before {
		if next, ok, err := ProvinceSuccessor(tx, by, p); err == nil && ok {
			return ProvinceRow{}, fault.Invalid("province", "%s không còn từ %s; nay thuộc %s. Xin ghi tên hiện nay.",
				fold.Capital(p.FullName()), p.To.AddDays(1).Vietnamese(), next.FullName())
		}
	}
	return ProvinceRow{}, fault.Invalid("province", "Không có tỉnh, thành phố nào tên “%s”. Ghi tên như “Khánh Hòa”, “Huế”.", name)
}

// initials are the first letters of a name's words, as symbols are made: "Ban Tuyên giáo và Dân vận Tỉnh ủy" is BTGDVTU.
func initials(name string) string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == '-' || r == ',' }) {
		if fold.Fold(word) == "va" {
			continue
		}
		for _, r := range word {
			r = unicode.ToUpper(r)
			if r != 'Đ' {
				r = unicode.ToUpper([]rune(fold.Fold(string(r)) + " ")[0])
			}
			b.WriteRune(r)
			break
		}
	}
	return b.String()
}

// plain is a symbol as a code: outside programs type it.
func plain(symbol string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, fold.Fold(symbol)))
}

// Found begins an office in an empty directory: the commission under its name of today, what it has said of itself, and
// those who issue documents. From here on setting up is the administrator's desk, until FinishSetup.
func Found(tx *db.Tx, by access.Actor, f Founding) (Body, error) {
	if err := by.May(access.SetUpOffice, by.Body); err != nil {
		return Body{}, err
	}
	some, err := tx.Exists("select 1 from body")
	if err != nil {
		return Body{}, err
	}
	if some {
		return Body{}, fault.Conflict("Nơi này đã có cơ quan; không lập lại từ đầu được. Xem trang Thiết lập để sửa.")
	}
	if f, err = f.Proposed(tx, by); err != nil {
		return Body{}, err
	}
	b, err := Create(tx, by, New{Code: f.Code, Name: f.Name, Symbol: f.Symbol, Place: f.Place, Kind: Commission, Sort: 1, ValidFrom: firstDay,
		Sectors: []string{"TM"}, Functions: commissionFunctions(f.Name)})
	if err != nil {
		return b, err
	}
	code := ""
	if f.Province != "" {
		row, err := provinceOf(tx, by, f.Province)
		if err != nil {
			return b, err
		}
		code = row.Code
	}
	today := calendar.OfInstant(tx.Clock()).String()
	for _, s := range [][2]string{{Province, f.Province}, {ProvinceCode, code}, {Superior, f.Superior}, {SetupBegun, today}} {
		if s[1] == "" {
			continue
		}
		if err := Set(tx, by, s[0], s[1]); err != nil {
			return b, err
		}
	}
	return b, EnterReference(tx, by)
}

// commissionFunctions are what a commission of this name answers for.
func commissionFunctions(name string) []string {
	all := []string{"tuyen-giao", "tham-muu"}
	if strings.Contains(fold.Fold(name), "dan van") {
		all = append(all, "dan-van")
	}
	return all
}

// SettingUp reports whether the office is still being set up. Offices that are older than this question are not.
func SettingUp(tx *db.Tx) (bool, error) {
	return tx.Exists(`
select 1
from setting
where name = ?
  and not exists (select 1 from setting where name = ?)`, SetupBegun, SetupDone)
}

// FinishSetup ends setting up: the page stays, but it is no longer the administrator's desk.
func FinishSetup(tx *db.Tx, by access.Actor) error {
	return Set(tx, by, SetupDone, calendar.OfInstant(tx.Clock()).String())
}
