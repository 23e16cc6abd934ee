package journal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"giaoban/internal/db"
)

// How a column is proven.
const (
	Sealed     = "sealed"     // a digest of it stands under the journal
	Recomputed = "recomputed" // verify computes it again
	Excepted   = "excepted"   // it may change unnoticed, for a reason
)

// Column says how one column of the database is proven.
type Column struct {
	Table  string `json:"table" db:"tbl"`
	Name   string `json:"column" db:"col"`
	How    string `json:"how" db:"-"`
	Reason string `json:"reason" db:"-"`

	Type string `json:"-" db:"type"`
	Key  int    `json:"-" db:"pk"`  // its place in the primary key, from 1; 0 when it is no part of it
	At   int    `json:"-" db:"cid"` // its place in the table, from 0
}

type exception struct{ table, column, reason string }

// exceptions are all columns that may change without a trace. Whatever stands neither here nor in recomputed is sealed, a
// new table too.
var exceptions = []exception{
	{"session", "id", passing},
	{"session", "account", passing},
	{"session", "device", passing},
	{"session", "form_token", passing},
	{"session", "created_at", passing},
	{"session", "seen_at", passing},
	{"session", "ends_at", passing},
	{"session", "waits", passing},
	{"sign_in_failure", "id", forgotten},
	{"sign_in_failure", "login", forgotten},
	{"sign_in_failure", "host", forgotten},
	{"sign_in_failure", "device", forgotten},
	{"sign_in_failure", "at", forgotten},
	{"denial", "address", counted},
	{"denial", "actor", counted},
	{"denial", "actor_name", counted},
	{"denial", "since", counted},
	{"denial", "count", counted},
	{"goose_db_version", "id", "số thứ tự của công cụ cập nhật cấu trúc"},
	{"goose_db_version", "tstamp", "giờ chạy của công cụ cập nhật cấu trúc"},
}

const passing = "phiên đăng nhập không phải hồ sơ và không vào bản sao lưu; mỗi lần đăng nhập đã có một dòng nhật ký"

const counted = "số lần bị từ chối trong phút này, xóa khi đã ghi vào nhật ký"

const forgotten = "số lần nhập sai mật khẩu, tự xóa sau ít giờ; mỗi lần sai đã có một dòng nhật ký"

// recomputed are the tables that prove the others.
var recomputed = map[string]string{
	"journal":          "chuỗi nhật ký được tính lại từ dòng đầu",
	"journal_head":     "đầu nhật ký được tính lại từ mọi dòng",
	"seal":             "mã băm của mỗi dòng niêm nằm trong chuỗi nhật ký",
	"goose_db_version": "so với các bản cấu trúc mà chương trình biết",
}

// Columns lists every column of the database and how it is proven. An exception for a column that does not exist is an
// error: it would hide one that gets its name later.
func Columns(tx *db.Tx) ([]Column, error) {
	all, err := catalogue(tx)
	if err == nil {
		err = classify(all, true)
	}
	return all, err
}

func catalogue(tx *db.Tx) (all []Column, err error) {
	query := `
select m.name as tbl, p.name as col, lower(p.type) as type, p.pk as pk, p.cid as cid
from sqlite_master m, pragma_table_info(m.name) p
where m.type = 'table' and m.name not like 'sqlite%'`
	if tx.Dialect() == db.PostgreSQL {
		query = `
select c.relname as tbl, a.attname as col, format_type(a.atttypid, null) as type,
	coalesce(array_position(k.indkey::int2[], a.attnum) + 1, 0) as pk, a.attnum - 1 as cid
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
left join pg_index k on k.indrelid = c.oid and k.indisprimary
where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace`
	}
	if err := tx.Select(&all, query); err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b Column) int {
		return cmp.Or(strings.Compare(a.Table, b.Table), strings.Compare(a.Name, b.Name))
	})
	return all, nil
}

// classify says how each column is proven. An older schema may lack what an exception names; strict calls that an error.
func classify(all []Column, strict bool) error {
	for i := range all {
		c := &all[i]
		if c.How = Sealed; recomputed[c.Table] != "" {
			c.How, c.Reason = Recomputed, recomputed[c.Table]
		}
	}
	for _, e := range exceptions {
		i := slices.IndexFunc(all, func(c Column) bool { return c.Table == e.table && c.Name == e.column })
		if i < 0 && !strict {
			continue
		}
		if i < 0 {
			return fmt.Errorf("niêm: ngoại lệ %s.%s không có trong cơ sở dữ liệu", e.table, e.column)
		}
		all[i].How, all[i].Reason = Excepted, e.reason
	}
	return nil
}

// table is one whose rows are sealed.
type table struct {
	name    string
	keys    []Column // in the order of the primary key
	columns []Column // sealed, by name
	query   string   // of the rows that a commit changed; on SQLite of one row
}

// tablesOf makes the sealed tables of all columns, by name.
func tablesOf(all []Column) ([]*table, error) {
	var tables []*table
	for of := range chunksByTable(all) {
		t := &table{name: of[0].Table}
		for _, c := range of {
			if c.Key > 0 {
				t.keys = append(t.keys, c)
			}
			if c.How == Sealed {
				t.columns = append(t.columns, c)
			}
		}
		if len(t.columns) == 0 {
			continue
		}
		if len(t.keys) == 0 || len(t.keys) > mostKeys {
			return nil, fmt.Errorf("niêm: bảng %s có %d cột khóa, phải từ 1 đến %d", t.name, len(t.keys), mostKeys)
		}
		slices.SortFunc(t.keys, func(a, b Column) int { return a.Key - b.Key })
		tables = append(tables, t)
	}
	return tables, nil
}

func chunksByTable(all []Column) func(yield func([]Column) bool) {
	return func(yield func([]Column) bool) {
		for len(all) > 0 {
			n := slices.IndexFunc(all, func(c Column) bool { return c.Table != all[0].Table })
			if n < 0 {
				n = len(all)
			}
			if !yield(all[:n]) {
				return
			}
			all = all[n:]
		}
	}
}

// mostKeys is how many columns a primary key may have.
const mostKeys = 6

// shape is a short hash of what is sealed of the table.
func (t *table) shape() string {
	var parts []string
	for _, c := range slices.Concat(t.keys, t.columns) {
		parts = append(parts, c.Name)
	}
	return db.Fingerprint(parts...)[:8]
}

// list names columns of the row that alias stands for. SQLite would turn what is kept in a boolean column into true or
// false, whatever it is; behind a plus sign it says what is there.
func (t *table) list(dialect db.Dialect, alias string) string {
	var b strings.Builder
	for i, c := range slices.Concat(t.keys, t.columns) {
		if i > 0 {
			b.WriteString(", ")
		}
		if dialect == db.SQLite {
			b.WriteByte('+')
		}
		b.WriteString(alias + `."` + c.Name + `"`)
	}
	return b.String()
}

// changedRows is the query of PostgreSQL of the rows that stand in seal_changed, with their keys first; a row that is gone
// has nulls.
func (t *table) changedRows() string {
	var names, on []string
	for i, k := range t.keys {
		name := fmt.Sprintf("k%d", i+1)
		names = append(names, name)
		kept := "c." + name
		if k.Type != "text" {
			kept = "cast(c." + name + " as bigint)"
		}
		on = append(on, fmt.Sprintf(`r."%s" = %s`, k.Name, kept))
	}
	return fmt.Sprintf(`
select c.%s, %s
from (select distinct %s from seal_changed where tbl = '%s') c
left join "%s" r on %s`,
		strings.Join(names, ", c."), t.list(db.PostgreSQL, "r"), strings.Join(names, ", "), t.name, t.name, strings.Join(on, " and "))
}

// oneRow is the query of SQLite of the row that has these keys.
func (t *table) oneRow() string {
	var where []string
	for _, k := range t.keys {
		where = append(where, fmt.Sprintf(`r."%s" = ?`, k.Name))
	}
	return t.allRows(db.SQLite) + " where " + strings.Join(where, " and ")
}

// allRows is the query of all rows, with their keys first.
func (t *table) allRows(dialect db.Dialect) string {
	return fmt.Sprintf(`select %s from "%s" r`, t.list(dialect, "r"), t.name)
}

// noted are the columns and values of a line in seal_changed.
func (t *table) noted(row string) string {
	columns, values := "tbl", "'"+t.name+"'"
	for i, k := range t.keys {
		columns += fmt.Sprintf(", k%d", i+1)
		values += fmt.Sprintf(`, %s."%s"`, row, k.Name)
	}
	return "(" + columns + ") values (" + values + ")"
}

func (t *table) moved() string {
	var all []string
	for _, k := range t.keys {
		all = append(all, fmt.Sprintf(`new."%[1]s" is distinct from old."%[1]s"`, k.Name))
	}
	return "(" + strings.Join(all, " or ") + ")"
}

func names(columns []Column) string {
	var all []string
	for _, c := range columns {
		all = append(all, `"`+c.Name+`"`)
	}
	return strings.Join(all, ", ")
}

func keyColumns() string {
	var b strings.Builder
	for i := range mostKeys {
		fmt.Fprintf(&b, ", k%d text", i+1)
	}
	return b.String()
}

// watchPostgres makes a connection of PostgreSQL the one whose changes the triggers note.
func watchPostgres() []string {
	return []string{
		"create temp table if not exists seal_changed (tbl text not null" + keyColumns() + ") on commit delete rows",
		"set giaoban.seals = 'on'",
	}
}

// triggers are the statements that let a table of PostgreSQL note what sessions with giaoban.seals change.
func (t *table) triggers() []string {
	return []string{
		fmt.Sprintf(`
create or replace function seal_%[1]s() returns trigger language plpgsql as $$
begin
	if tg_op <> 'DELETE' then
		insert into seal_changed %[2]s;
	end if;
	if tg_op = 'DELETE' or tg_op = 'UPDATE' and %[3]s then
		insert into seal_changed %[4]s;
	end if;
	return null;
end $$`, t.name, t.noted("new"), t.moved(), t.noted("old")),
		fmt.Sprintf(`drop trigger if exists seal on "%s"`, t.name),
		fmt.Sprintf(`
create trigger seal after insert or delete or update of %s on "%s"
for each row when (current_setting('giaoban.seals', true) = 'on') execute function seal_%s()`, names(t.columns), t.name, t.name),
	}
}
