package task_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/task"
)

// crowd is a database with n tasks of 400 bodies, written in SQL, most of them closed, as after years of work.
func crowd(t testing.TB, e dbtest.Engine, n int) *db.DB {
	statements := []string{`
insert into body (id, code, kind, sort, valid_from)
with recursive n(i) as (select 0 union all select i + 1 from n where i < 399)
select '0000000000000000' || cast(20000000 + i as text), 'B' || cast(i as text), 'department', i, '2010-01-01' from n`, `
insert into task (id, origin_kind, origin_label, mode, title, product, lead, force_paper, assigned_at,
	assigned_by, assigned_name, facts)
with recursive n(i) as (select 0 union all select i + 1 from n where i < ` + fmt.Sprint(n-1) + `)
select '0000000000000000' || cast(30000000 + i as text), '', '', 'de_nghi', 'Rà soát văn bản số ' || cast(i as text),
	'Báo cáo rà soát', '0000000000000000' || cast(20000000 + i % 400 as text), '', 1640995200000000, 'system', 'mẫu', 0 from n`, `
insert into task_side (task, org, holder, leads, part, first_due, due, state, live, running, asking, done_on)
select id, lead, lead, true, '', due, due, state, state <> 'closed', state in ('open', 'accepted', 'returned'), false,
	case when state in ('done', 'closed') then due end
from (
	select id, lead, '2022-' || substr('010203040506070809101112', cast(1 + 2 * (i / 400 % 12) as integer), 2) || '-' ||
		substr('0102030405060708091011121314151617181920', cast(1 + 2 * (i / 7 % 20) as integer), 2) as due,
		case i / 400 % 20 when 4 then 'open' when 9 then 'accepted' when 14 then 'done' when 19 then 'returned' else 'closed' end as state
	from (select id, lead, cast(substr(id, 17) as integer) - 30000000 as i from task) numbered
) dated`, "analyze"}
	return e.From(t, "task-"+db.Fingerprint(statements...), func(d *db.DB) error {
		for _, statement := range statements {
			if err := d.WriteLong(context.Background(), func(tx *db.Tx) error {
				_, err := tx.Exec(statement)
				return err
			}); err != nil {
				return err
			}
		}
		return nil
	}, nil)
}

var (
	oneBody = db.ID("000000000000000020000199")
	looker  = access.Actor{Person: "p", Name: "Phạm Thu Hà", Role: access.CommissionOfficer, Body: "ban"}
)

func TestPagesOfAListMissNothingAndDoubleNothing(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			d := crowd(t, e, 20000)
			day := calendar.On(2022, 6, 10)
			for _, f := range []task.Filter{
				{Lead: oneBody}, {Body: oneBody}, {Lead: oneBody, State: task.StateOverdue}, {Body: oneBody, State: task.StateClosed},
				{State: task.StateReturned}, {State: task.StateOverdue}, {Lead: oneBody, State: task.StateUnfinished},
				{Lead: oneBody, AsWas: true}, {Body: oneBody, AsWas: true, State: task.StateOverdue},
			} {
				f.Day = day
				var whole []task.Task
				pages, last := 0, ""
				read(t, d, func(tx *db.Tx) error {
					counts, err := task.Count(tx, looker, f)
					if err != nil {
						return err
					}
					want := counts.Total()
					switch f.State {
					case "":
					case task.StateUnfinished:
						want -= counts[task.StateClosed] + counts[task.StateWithdrawn]
					default:
						want = counts[f.State]
					}
					f.Limit = want/7 + 3
					for {
						list, next, err := task.List(tx, looker, f)
						if err != nil {
							return err
						}
						whole = append(whole, list...)
						if pages++; next == "" {
							break
						}
						f.Cursor = next
					}
					if len(whole) != want || want == 0 {
						t.Errorf("%+v: %d pages give %d tasks, counted %d", f, pages, len(whole), want)
					}
					return nil
				})
				for _, one := range whole {
					key := one.Due.String() + string(one.ID)
					if key <= last {
						t.Fatalf("%+v: out of order after %s: %s", f, last, key)
					}
					last = key
					if f.State != "" && f.State != task.StateUnfinished && one.StateOn(day) != f.State {
						t.Fatalf("%+v gives a task that is %s", f, one.StateOn(day))
					}
				}
			}
		})
	}
}

// One body's tasks must be found without reading everybody's.
func TestNoQuestionReadsAllTasks(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			d := crowd(t, e, 20000)
			cursor := ""
			read(t, d, func(tx *db.Tx) (err error) {
				_, cursor, err = task.List(tx, looker, task.Filter{Lead: oneBody, Limit: 2})
				return err
			})
			states := append([]task.State{"", task.StateUnfinished}, task.States...)
			for _, state := range states {
				for _, f := range []task.Filter{{Lead: oneBody}, {Body: oneBody}, {}, {Lead: oneBody, AsWas: true}, {Body: oneBody, AsWas: true}} {
					for _, at := range []string{"", cursor} {
						f.State, f.Cursor, f.Day, f.Limit = state, at, calendar.On(2022, 6, 10), 50
						query, args, err := task.Query(f)
						if err != nil {
							t.Fatal(err)
						}
						plan := explain(t, d, query, args)
						if strings.Contains(plan, "SCAN") && !strings.Contains(plan, "USING INDEX") && !strings.Contains(plan, "USING COVERING") ||
							strings.Contains(plan, "Seq Scan on task_side") || strings.Contains(plan, "Seq Scan on task ") {
							t.Errorf("%+v reads all rows:\n%s", f, plan)
						}
					}
				}
			}
		})
	}
}

func explain(t *testing.T, d *db.DB, query string, args []any) (plan string) {
	t.Helper()
	read(t, d, func(tx *db.Tx) error {
		if tx.Dialect() == db.SQLite {
			var rows []struct {
				ID      int    `db:"id"`
				Parent  int    `db:"parent"`
				NotUsed int    `db:"notused"`
				Detail  string `db:"detail"`
			}
			err := tx.Select(&rows, "explain query plan "+query, args...)
			for _, row := range rows {
				plan += row.Detail + "\n"
			}
			return err
		}
		var rows []string
		err := tx.Select(&rows, "explain "+query, args...)
		plan = strings.Join(rows, "\n")
		return err
	})
	return plan
}

func FuzzCursor(f *testing.F) {
	f.Add("")
	f.Add("MjAyMi0wNC0yOTAwMDAwMDAwMDAwMDAwMDAyMDAwMDE5OQ")
	f.Add("2022-04-29")
	f.Fuzz(func(t *testing.T, s string) {
		due, last, err := task.ReadCursor(s)
		if err != nil {
			if !fault.Is(err, fault.KindInvalid) {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		if back := task.Cursor(due, last); !slices.Equal([]byte(back), []byte(s)) {
			due2, last2, err := task.ReadCursor(back)
			if err != nil || due2 != due || last2 != last {
				t.Fatalf("%q came back as %q", s, back)
			}
		}
	})
}

// make bench prints this beside the raw write; it is a benchmark and never a test.
func BenchmarkOverdueOfOneBodyAmong100000(b *testing.B) {
	for _, e := range dbtest.Engines(b) {
		b.Run(e.Name, func(b *testing.B) {
			d := crowd(b, e, 100000)
			f := task.Filter{Lead: oneBody, State: task.StateOverdue, Day: calendar.On(2022, 6, 10), Limit: 50}
			n := 0
			for b.Loop() {
				if err := d.Read(context.Background(), func(tx *db.Tx) error {
					list, _, err := task.List(tx, looker, f)
					n = len(list)
					return err
				}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n), "tasks")
		})
	}
}

func BenchmarkCountOf100000(b *testing.B) {
	for _, e := range dbtest.Engines(b) {
		b.Run(e.Name, func(b *testing.B) {
			d := crowd(b, e, 100000)
			for b.Loop() {
				if err := d.Read(context.Background(), func(tx *db.Tx) error {
					_, err := task.Count(tx, looker, task.Filter{Day: calendar.On(2022, 6, 10)})
					return err
				}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
