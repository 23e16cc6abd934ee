// Package org keeps cơ quan: bodies with dated names, dated parents and the spellings people use for them. Nothing is
// moved or deleted when bodies change; a new row begins and the old one ends.
package org

import (
	"database/sql"
	"errors"
	"maps"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
)

// Kind says what a body is to the commission. Own units and lower commissions are assigned work (giao); all others are
// requested (đề nghị).
type Kind string

const (
	Commission      Kind = "commission"       // the commission itself
	OwnUnit         Kind = "own_unit"         // its office and sections
	LowerCommission Kind = "lower_commission" // commissions of districts, later communes
	Commune         Kind = "commune"          // xã, phường, đặc khu
	PartyCommittee  Kind = "party_committee"  // Ban cán sự đảng, đảng bộ
	Department      Kind = "department"       // sở
	Agency          Kind = "agency"           // social insurance, associations, press
	Authority       Kind = "authority"        // issues documents from outside the block: Bộ Chính trị, Chính phủ, a ministry
)

// Kinds of the block, in the order a person is offered them; authorities are shipped, not entered.
var Kinds = []Kind{Commission, OwnUnit, LowerCommission, PartyCommittee, Department, Agency, Commune}

// Name is the office's word.
func (k Kind) Name() string {
	switch k {
	case Commission:
		return "Ban của Tỉnh ủy"
	case OwnUnit:
		return "Đơn vị thuộc Ban"
	case LowerCommission:
		return "Ban cấp dưới"
	case Commune:
		return "Xã, phường, đặc khu"
	case PartyCommittee:
		return "Tổ chức đảng"
	case Department:
		return "Sở"
	case Agency:
		return "Cơ quan, đoàn thể"
	case Authority:
		return "Cơ quan ban hành"
	}
	return string(k)
}

// Own reports whether the body is of the commission itself: it may be assigned (giao) work, all others are requested
// (đề nghị), and its results are judged, those of others noted.
func (k Kind) Own() bool { return k == Commission || k == OwnUnit }

// OfParty reports whether such a body writes papers of the Party.
func (k Kind) OfParty() bool { return k.Own() || k == LowerCommission || k == PartyCommittee }

// Body is a body as it was called on one day.
type Body struct {
	ID        db.ID         `db:"id"`
	Code      string        `db:"code"`
	Kind      Kind          `db:"kind"`
	Sort      int           `db:"sort"`
	ValidFrom calendar.Date `db:"valid_from"`
	ValidTo   calendar.Date `db:"valid_to"`
	Name      string        `db:"name"`
	ShortName string        `db:"short_name"`
	Symbol    string        `db:"symbol"`
	Place     string        `db:"place"`
	Parent    db.ID         `db:"parent"`
}

// New is what Create needs to know of a body.
type New struct {
	Code, Name, ShortName, Symbol, Place string
	Kind                                 Kind
	Sort                                 int
	Parent                               db.ID // "" for none
	ValidFrom                            calendar.Date
	ValidTo                              calendar.Date // zero while it exists
	Basis                                string
	Aliases                              []string
	Functions                            []string // codes of what it answers for from its first day on
	Sectors                              []string // codes of the sectors of the report forms
}

// Create enters a body with its first name, parent and spellings.
func Create(tx *db.Tx, by access.Actor, n New) (Body, error) {
	if err := by.May(access.EnterBodies, n.Parent); err != nil {
		return Body{}, err
	}
	if err := n.check(tx); err != nil {
		return Body{}, err
	}
	b := Body{ID: tx.NewID(), Code: n.Code, Kind: n.Kind, Sort: n.Sort, ValidFrom: n.ValidFrom, ValidTo: n.ValidTo,
		Name: n.Name, ShortName: n.ShortName, Symbol: n.Symbol, Place: n.Place, Parent: n.Parent}
	if _, err := tx.Exec("insert into body (id, code, kind, sort, valid_from, valid_to) values (?, ?, ?, ?, ?, ?)",
		b.ID, b.Code, string(b.Kind), b.Sort, b.ValidFrom, b.ValidTo); err != nil {
		return Body{}, err
	}
	if _, err := tx.Exec(`
insert into body_name (id, body, name, short_name, symbol, place, valid_from, valid_to, basis)
values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		tx.NewID(), b.ID, b.Name, b.ShortName, b.Symbol, b.Place, b.ValidFrom, b.ValidTo, n.Basis); err != nil {
		return Body{}, err
	}
	if b.Parent != "" {
		if _, err := tx.Exec(`
insert into body_parent (id, body, parent, valid_from, valid_to, basis) values (?, ?, ?, ?, ?, ?)`,
			tx.NewID(), b.ID, b.Parent, b.ValidFrom, b.ValidTo, n.Basis); err != nil {
			return Body{}, err
		}
	}
	for _, alias := range n.Aliases {
		if err := insertAlias(tx, b.ID, alias, n.Basis, calendar.Date{}, calendar.Date{}); err != nil {
			return Body{}, err
		}
	}
	if err := n.begin(tx, b.ID, "body_function", "function", n.Functions); err != nil {
		return Body{}, err
	}
	if err := n.begin(tx, b.ID, "body_sector", "sector", n.Sectors); err != nil {
		return Body{}, err
	}
	_, err := journal.Write(tx, by, "created", subject(b), journal.Details{"code": b.Code, "name": b.Name})
	return b, err
}

// begin notes what the body answers for from its first day on.
func (n *New) begin(tx *db.Tx, body db.ID, table, column string, all []string) error {
	for _, what := range all {
		if _, err := tx.Exec("insert into "+table+" (id, body, "+column+", valid_from, valid_to, basis, change) values (?, ?, ?, ?, ?, ?, null)",
			tx.NewID(), body, what, n.ValidFrom, n.ValidTo, n.Basis); err != nil {
			return err
		}
	}
	return nil
}

func (n *New) check(tx *db.Tx) error {
	var wrong fault.List
	n.Code, n.Name, n.ShortName = fold.Tidy(n.Code), fold.Tidy(n.Name), fold.Tidy(n.ShortName)
	if err := official.RefuseSecret(n.Name, n.ShortName, n.Symbol, n.Place, n.Basis); err != nil {
		return err
	}
	if n.Code == "" && n.Name != "" {
		codes, err := Codes(tx)
		if err != nil {
			return err
		}
		n.Code = CodeFor(n.Name, n.Symbol, func(code string) bool { return codes[code] != "" })
	}
	if n.Name == "" {
		wrong.Add("name", "Cơ quan cần có tên đầy đủ.")
	}
	if n.ShortName == "" {
		n.ShortName = n.Name
	}
	if n.Symbol == "" {
		n.Symbol = n.Code
	}
	if len(n.Functions) > 0 {
		known, err := functionCodes(tx)
		if err != nil {
			return err
		}
		for _, code := range n.Functions {
			if !known[code] {
				wrong.Add("functions", "Danh mục không có chức năng mang mã “%s”.", code)
			}
		}
	}
	if n.ValidFrom.IsZero() {
		wrong.Add("valid_from", "Cần ngày bắt đầu hoạt động của cơ quan.")
	}
	taken, err := tx.Exists("select 1 from body where code = ?", n.Code)
	if err != nil {
		return err
	}
	if taken {
		wrong.Add("code", "Mã %s đã có cơ quan khác dùng; mỗi mã chỉ dùng cho một cơ quan.", n.Code)
	}
	return wrong.Err()
}

func subject(b Body) journal.Subject { return journal.Subject{Kind: "body", ID: b.ID, Body: b.ID} }

// asOf selects bodies as they were called on a day; the day is bound twice.
const asOf = `
select b.id, b.code, coalesce(k.kind, b.kind) as kind, b.sort, b.valid_from, b.valid_to, n.name, n.short_name, n.symbol, n.place, p.parent
from body b
join body_name n on n.body = b.id and n.valid_from <= ? and (n.valid_to is null or n.valid_to >= ?)
left join body_parent p on p.body = b.id and p.valid_from <= ? and (p.valid_to is null or p.valid_to >= ?)
left join body_kind k on k.body = b.id and k.valid_from <= ? and (k.valid_to is null or k.valid_to >= ?)
`

func days(day calendar.Date, more ...any) []any {
	return append([]any{day, day, day, day, day, day}, more...)
}

// At lists the bodies of the block that existed on a day, in the office's order; authorities outside it are not among them.
func At(tx *db.Tx, by access.Actor, day calendar.Date) ([]Body, error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return nil, err
	}
	var all []Body
	err := tx.Select(&all, asOf+`
where b.valid_from <= ? and (b.valid_to is null or b.valid_to >= ?)
  and b.kind <> ?
order by b.sort, b.code`, days(day, day, day, string(Authority))...)
	return all, err
}

// Authorities lists those who issue documents from outside the block, as they were called on a day, from above to below.
func Authorities(tx *db.Tx, by access.Actor, day calendar.Date) ([]Body, error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return nil, err
	}
	var all []Body
	err := tx.Select(&all, asOf+`
where b.valid_from <= ? and (b.valid_to is null or b.valid_to >= ?)
  and b.kind = ?
order by b.sort, b.code`, days(day, day, day, string(Authority))...)
	return all, err
}

// Find gives one body as it was called on a day; a body that had ended is called by its last name.
func Find(tx *db.Tx, by access.Actor, id db.ID, day calendar.Date) (Body, error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return Body{}, err
	}
	return find(tx, "b.id = ?", string(id), day)
}

// ByCode gives the body with this code, called as on the day.
func ByCode(tx *db.Tx, by access.Actor, code string, day calendar.Date) (Body, error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return Body{}, err
	}
	return find(tx, "b.code = ?", code, day)
}

func find(tx *db.Tx, where, key string, day calendar.Date) (Body, error) {
	var b Body
	err := tx.Get(&b, asOf+"where "+where, days(day, key)...)
	if !errors.Is(err, db.None) {
		return b, err
	}
	// Outside its life a body keeps the name nearest to the day.
	err = tx.Get(&b, `
select b.id, b.code, coalesce((
		select k.kind
		from body_kind k
		where k.body = b.id
		  and k.valid_from <= ?
		  and (k.valid_to is null or k.valid_to >= k.valid_from)
		order by k.valid_from desc
		limit 1
	), b.kind) as kind, b.sort, b.valid_from, b.valid_to, n.name, n.short_name, n.symbol, n.place,
	cast(null as text) as parent
from body b
join body_name n on n.body = b.id
where `+where+`
  and (n.valid_to is null or n.valid_to >= n.valid_from or b.valid_to < b.valid_from)
order by case when n.valid_from <= ? then 0 else 1 end, case when n.valid_from <= ? then n.valid_from end desc, n.valid_from
limit 1`, day, key, day, day)
	if errors.Is(err, db.None) {
		return b, fault.Missing("Không có cơ quan nào mang mã “%s”. Xem mã ở trang Danh bạ.", key)
	}
	return b, err
}

// namesOn is the key of Names in a transaction.
type namesOn struct{ day calendar.Date }

// Names gives how every body that ever existed is called on a day, by id; for pages with many bodies in one query. The map
// is the caller's own.
func Names(tx *db.Tx, day calendar.Date) (map[db.ID]Body, error) {
	names, err := db.Once(tx, namesOn{day}, func() (map[db.ID]Body, error) { return namesAt(tx, day) })
	return maps.Clone(names), err
}

func namesAt(tx *db.Tx, day calendar.Date) (map[db.ID]Body, error) {
	var all []Body
	// The rows come nearest name last, so that the last one written into the map stays.
	if err := tx.Select(&all, `
select b.id, b.code, coalesce(k.kind, b.kind) as kind, b.sort, b.valid_from, b.valid_to, n.name, n.short_name, n.symbol, n.place,
	cast(null as text) as parent
from body b
join body_name n on n.body = b.id and (n.valid_to is null or n.valid_to >= n.valid_from or b.valid_to < b.valid_from)
left join body_kind k on k.body = b.id and k.valid_from <= ? and (k.valid_to is null or k.valid_to >= ?)
order by case when n.valid_from <= ? then 1 else 0 end, case when n.valid_from <= ? then n.valid_from end, n.valid_from desc`,
		day, day, day, day); err != nil {
		return nil, err
	}
	names := make(map[db.ID]Body, len(all))
	for _, b := range all {
		names[b.ID] = b
	}
	return names, nil
}

// TheCommission is the body whose program this is.
func TheCommission(tx *db.Tx, day calendar.Date) (Body, error) {
	return db.Once(tx, commissionOn{day}, func() (Body, error) { return theCommission(tx, day) })
}

// commissionOn is the key of TheCommission for db.Once.
type commissionOn struct{ day calendar.Date }

func theCommission(tx *db.Tx, day calendar.Date) (Body, error) {
	var id db.ID
	err := tx.Get(&id, "select id from body where kind = ? order by valid_from limit 1", string(Commission))
	if errors.Is(err, db.None) {
		return Body{}, fault.Missing("Chưa có cơ quan chủ trì. Quản trị cần khai báo Ban trong Danh bạ.")
	}
	if err != nil {
		return Body{}, err
	}
	return find(tx, "b.id = ?", string(id), day)
}

// Codes maps every code to its body's id, for imports.
func Codes(tx *db.Tx) (map[string]db.ID, error) {
	codes := make(map[string]db.ID)
	err := tx.Each(func(row *sql.Rows) error {
		var code string
		var id db.ID
		if err := row.Scan(&code, &id); err != nil {
			return err
		}
		codes[code] = id
		return nil
	}, "select code, id from body")
	return codes, err
}

// CodeOf gives a body's code; db.None when there is no such body.
func CodeOf(tx *db.Tx, body db.ID) (code string, err error) {
	err = tx.Get(&code, "select code from body where id = ?", body)
	return code, err
}
