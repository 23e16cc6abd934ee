package journal_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/journal"
	"giaoban/sample/sampletest"
)

// trials is how many tamperings are tried on each engine; GIAOBAN_TAMPER=2000 tries more.
func trials(t *testing.T) int {
	n := 300
	if typed := os.Getenv("GIAOBAN_TAMPER"); typed != "" {
		var err error
		if n, err = strconv.Atoi(typed); err != nil {
			t.Fatal(err)
		}
	}
	return n
}

// tampering is one change by hand in a transaction that is taken back: random row by random column, a row taken out, a
// row put in.
type tampering struct {
	t    *testing.T
	tx   *db.Tx
	dice *rand.Rand
	all  map[string][]journal.Column
}

// done is what was done to which row, and whose name must be told.
type done struct{ table, id, what string }

// Whatever is changed, taken out or put in by hand, in whichever table and column, is found, and the row named.
func TestEveryTamperingOfARowIsFoundAndNamed(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, "")
			seed := rand.Uint64()
			t.Logf("seed %d", seed)
			dice := rand.New(rand.NewPCG(seed, 26))
			ways := make(map[string]int)
			for left := trials(t); left > 0; {
				dbtest.Begin(t, p.DB, func(tx *db.Tx) {
					h := enter(t, tx, dice)
					var all []done
					for _, name := range h.tables(journal.Sealed) {
						all = append(all, h.tamper(name, min(left, 4))...)
					}
					for _, d := range all {
						ways[d.what]++
					}
					left -= len(all)
					h.compare(all)
				})
			}
			t.Logf("found and named: %v", ways)
		})
	}
}

// The tables that prove the others are no exception.
func TestEveryTamperingOfJournalAndSealsIsFoundAndNamed(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, "")
			dice := rand.New(rand.NewPCG(rand.Uint64(), 27))
			found, missed := make(map[string]int), 0
			for left := trials(t) / 10; left > 0; {
				for _, name := range []string{"journal", "journal_head", "seal"} {
					dbtest.Begin(t, p.DB, func(tx *db.Tx) {
						h := enter(t, tx, dice)
						all := h.tamper(name, 3)
						named := h.named()
						for _, d := range all {
							if left--; named[d.table+" "+d.id] {
								found[d.table]++
							} else if missed++; missed < 10 {
								t.Errorf("%s %s: %s was not named", d.table, d.id, d.what)
							}
						}
					})
				}
			}
			t.Logf("found and named: %v", found)
		})
	}
}

// The controls: what may change without a trace is what the list says, and nothing else.
func TestExceptedColumnsChangeUnnoticed(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, "")
			if err := p.DB.Write(t.Context(), func(tx *db.Tx) error {
				if _, err := tx.Exec(`
insert into session (id, account, device, form_token, created_at, seen_at, ends_at)
select 'phien', min(id), 'may', 'dau', 1, 1, 2 from account`); err != nil {
					return err
				}
				if _, err := tx.Exec("insert into denial (address, actor, actor_name, since, count) values ('a', 'b', 'c', 1, 1)"); err != nil {
					return err
				}
				_, err := tx.Exec("insert into sign_in_failure (id, login, host, device, at) values ('sai', 'a', 'b', '', 1)")
				return err
			}); err != nil {
				t.Fatal(err)
			}
			dbtest.Begin(t, p.DB, func(tx *db.Tx) {
				h := enter(t, tx, rand.New(rand.NewPCG(1, 2)))
				var changed []string
				for table, columns := range h.all {
					for _, c := range columns {
						if c.How != journal.Excepted || table == "goose_db_version" {
							continue
						}
						h.change(table, h.rows(table, 1)[0], c)
						changed = append(changed, table+"."+c.Name)
					}
				}
				if problems, err := journal.VerifySeals(tx, nil); err != nil || len(problems) > 0 || len(changed) < 6 {
					t.Errorf("%v %v after %v", problems, err, changed)
				}
				slices.Sort(changed)
				t.Log(strings.Join(changed, ", "))
			})
		})
	}
}

func enter(t *testing.T, tx *db.Tx, dice *rand.Rand) *tampering {
	t.Helper()
	h := &tampering{t: t, tx: tx, dice: dice, all: make(map[string][]journal.Column)}
	columns, err := journal.Columns(tx)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range columns {
		h.all[c.Table] = append(h.all[c.Table], c)
	}
	// Whoever tampers is not held up by references between tables.
	loose := "pragma defer_foreign_keys = on"
	if tx.Dialect() == db.PostgreSQL {
		loose = "set local session_replication_role = replica"
	}
	h.exec(loose)
	return h
}

func (h *tampering) exec(query string, args ...any) {
	h.t.Helper()
	if _, err := h.tx.Exec(query, args...); err != nil {
		h.t.Fatal(err)
	}
}

func (h *tampering) tables(how string) (names []string) {
	for name, columns := range h.all {
		if slices.ContainsFunc(columns, func(c journal.Column) bool { return c.How == how }) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// rows picks some rows at random: their values by the order of the columns.
func (h *tampering) rows(table string, n int) (picked [][]any) {
	h.t.Helper()
	var names []string
	for _, c := range h.all[table] {
		plus := map[bool]string{true: "+"}[h.tx.Dialect() == db.SQLite]
		names = append(names, plus+`"`+c.Name+`"`)
	}
	var size int
	if err := h.tx.Get(&size, `select count(*) from "`+table+`"`); err != nil {
		h.t.Fatal(err)
	}
	var order []string
	for _, k := range h.keys(table) {
		order = append(order, `"`+k.Name+`"`)
	}
	places := h.dice.Perm(size)
	for _, place := range places[:min(n, size)] {
		if err := h.tx.Each(func(row *sql.Rows) error {
			values, into := make([]any, len(names)), make([]any, len(names))
			for i := range values {
				into[i] = &values[i]
			}
			picked = append(picked, values)
			return row.Scan(into...)
		}, fmt.Sprintf(`select %s from "%s" order by %s limit 1 offset %d`, strings.Join(names, ", "), table, strings.Join(order, ", "), place)); err != nil {
			h.t.Fatal(err)
		}
	}
	return picked
}

func (h *tampering) keys(table string) (keys []journal.Column) {
	for _, c := range h.all[table] {
		if c.Key > 0 {
			keys = append(keys, c)
		}
	}
	slices.SortFunc(keys, func(a, b journal.Column) int { return a.Key - b.Key })
	return keys
}

func (h *tampering) value(table string, row []any, name string) any {
	return row[slices.IndexFunc(h.all[table], func(c journal.Column) bool { return c.Name == name })]
}

// where finds a row by its key, and id is that key as verify names it.
func (h *tampering) where(table string, row []any) (clause, id string, args []any) {
	var parts, ids []string
	for _, k := range h.keys(table) {
		v := h.value(table, row, k.Name)
		parts, args = append(parts, `"`+k.Name+`" = ?`), append(args, v)
		ids = append(ids, fmt.Sprint(v))
	}
	return " where " + strings.Join(parts, " and "), strings.Join(ids, "~"), args
}

// tamper does something to at most n rows of a table.
func (h *tampering) tamper(table string, n int) (all []done) {
	h.t.Helper()
	for _, row := range h.rows(table, n) {
		where, id, args := h.where(table, row)
		switch way := h.dice.IntN(10); {
		case way == 0 && table != "journal_head":
			h.exec(`delete from "`+table+`"`+where, args...)
			all = append(all, done{table, id, "taken out"})
		case way == 1 && table != "journal_head":
			all = append(all, done{table, h.putIn(table, row), "put in"})
		default:
			var open []journal.Column
			for _, c := range h.all[table] {
				if c.How != journal.Excepted {
					open = append(open, c)
				}
			}
			c := open[h.dice.IntN(len(open))]
			h.change(table, row, c)
			all = append(all, done{table, id, "column changed"})
		}
	}
	return all
}

func (h *tampering) change(table string, row []any, c journal.Column) {
	h.t.Helper()
	where, _, args := h.where(table, row)
	h.exec(`update "`+table+`" set "`+c.Name+`" = ?`+where, append([]any{h.other(c, h.value(table, row, c.Name))}, args...)...)
}

// putIn copies a row under another key; everything that may have to be unique is another too.
func (h *tampering) putIn(table string, row []any) (id string) {
	h.t.Helper()
	row = slices.Clone(row)
	var names []string
	for i, c := range h.all[table] {
		names = append(names, `"`+c.Name+`"`)
		if c.Type == "text" && row[i] != nil || c.Key > 0 {
			row[i] = h.other(c, row[i])
		}
	}
	list, args := db.In(row)
	h.exec(`insert into "`+table+`" (`+strings.Join(names, ", ")+") values "+list, args...)
	_, id, _ = h.where(table, row)
	return id
}

// other is a value of the column that is not the one that stands there.
func (h *tampering) other(c journal.Column, v any) any {
	switch c.Type {
	case "text":
		if s, ok := v.(string); ok && len(s) > 1 && c.Key == 0 && h.dice.IntN(2) == 0 {
			at := h.dice.IntN(len(s))
			if b := s[at]; b < 0x7f && b >= ' ' { // one letter
				return s[:at] + string(rune('a'+(b-' '+1)%26)) + "~" + s[at+1:]
			}
		}
		return fmt.Sprintf("%v%x", map[bool]any{true: "", false: v}[v == nil], h.dice.Uint64())
	case "boolean":
		if b, ok := v.(bool); ok {
			return !b
		}
		return 1 - v.(int64)
	case "blob":
		b, _ := v.([]byte)
		if len(b) == 0 {
			return []byte{byte(h.dice.IntN(256))}
		}
		b = slices.Clone(b)
		b[h.dice.IntN(len(b))] ^= byte(1 + h.dice.IntN(255))
		return b
	}
	n, _ := v.(int64)
	return n + 1 + int64(h.dice.IntN(1<<20))
}

func (h *tampering) named() map[string]bool {
	h.t.Helper()
	named := make(map[string]bool)
	findings, _, err := journal.Verify(h.tx, nil, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	problems, err := journal.VerifySeals(h.tx, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, f := range findings {
		problems = append(problems, f.Problem())
	}
	for _, p := range problems {
		named[p.Table+" "+p.ID] = true
	}
	return named
}

// compare holds that all of these rows are named, and of other rows only what a changed key became.
func (h *tampering) compare(all []done) {
	h.t.Helper()
	named := h.named()
	touched := make(map[string]int)
	for _, d := range all {
		touched[d.table]++
		if !named[d.table+" "+d.id] {
			h.t.Errorf("%s %s: %s was not named", d.table, d.id, d.what)
		}
	}
	for name := range named {
		table, _, _ := strings.Cut(name, " ")
		touched[table]--
	}
	for table, n := range touched {
		if n < -4 { // each changed key names the row that is gone and the one that came
			h.t.Errorf("%s: %d more rows are named than were touched", table, -n)
		}
	}
}
