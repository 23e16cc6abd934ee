package db_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
)

func counter(t *testing.T, d *db.DB) {
	t.Helper()
	if err := d.Write(t.Context(), func(tx *db.Tx) error {
		if _, err := tx.Exec("create table counter (id text primary key, n bigint not null, data blob)"); err != nil {
			return err
		}
		_, err := tx.Exec("insert into counter (id, n, data) values ('a', 0, ?)", []byte{0, 1, 255})
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, d *db.DB) (n int64) {
	t.Helper()
	if err := d.Read(t.Context(), func(tx *db.Tx) error {
		return tx.Get(&n, "select n from counter where id = ?", "a")
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

func increase(tx *db.Tx) error {
	var n int64
	if err := tx.Get(&n, "select n from counter where id = 'a'"); err != nil {
		return err
	}
	_, err := tx.Exec("update counter set n = ? where id = 'a'", n+1)
	return err
}

func TestReadThenUpdateFromFiftyPlacesLosesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		counter(t, d)
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() {
				for range 20 {
					if err := d.Write(t.Context(), increase); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		if n := read(t, d); n != 1000 {
			t.Errorf("1,000 updates ended at %d", n)
		}
	})
}

func TestACancelledCallerTakesNoNeighbourAlong(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		counter(t, d)
		var all sync.WaitGroup
		var acknowledged atomic.Int64
		for i := range 400 {
			all.Go(func() {
				ctx, cancel := context.WithCancel(t.Context())
				if i%2 == 0 {
					time.AfterFunc(time.Duration(i%7)*100*time.Microsecond, cancel)
				}
				defer cancel()
				err := d.Write(ctx, increase)
				if err == nil {
					acknowledged.Add(1)
				} else if i%2 == 1 || !errors.Is(err, context.Canceled) {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if n := read(t, d); n != acknowledged.Load() || n < 200 {
			t.Errorf("%d acknowledged, %d counted", acknowledged.Load(), n)
		}
	})
}

func TestAFailedWriteUndoesOnlyItself(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		counter(t, d)
		var all sync.WaitGroup
		for i := range 90 {
			all.Go(func() {
				err := d.Write(t.Context(), func(tx *db.Tx) error {
					if err := increase(tx); err != nil {
						return err
					}
					switch i % 6 {
					case 0:
						return fault.Conflict("thôi")
					case 2:
						panic("hỏng")
					case 4:
						runtime.Goexit()
					case 5:
						_, err := tx.Exec("insert into counter (id, n) values ('a', 1)") // a duplicate key
						return err
					}
					return nil
				})
				if failed := i%6 == 0 || i%6 == 2 || i%6 == 4 || i%6 == 5; failed != (err != nil) {
					t.Errorf("%d: %v", i, err)
				}
			})
		}
		all.Wait()
		if n := read(t, d); n != 30 {
			t.Errorf("30 writes succeeded, %d counted", n)
		}
	})
}

func TestASlowWriteIsRefusedBetweenStatements(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		counter(t, d)
		d.SetLimit(20 * time.Millisecond)
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			if err := increase(tx); err != nil {
				return err
			}
			time.Sleep(30 * time.Millisecond)
			return increase(tx)
		})
		if !fault.Is(err, fault.KindBusy) {
			t.Errorf("got %v", err)
		}
		if n := read(t, d); n != 0 {
			t.Errorf("the refused write left %d", n)
		}
	})
}

type tally struct{ n int64 }

func (h *tally) Copy() db.Held { c := *h; return &c }
func (h *tally) Flush(tx *db.Tx) error {
	_, err := tx.Exec("update counter set n = ? where id = 'a'", h.n)
	return err
}

func TestWhatABatchHoldsFollowsItsSavepoints(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		counter(t, d)
		var all sync.WaitGroup
		for i := range 100 {
			all.Go(func() {
				d.Write(t.Context(), func(tx *db.Tx) error {
					h, err := tx.Hold("tally", func(tx *db.Tx) (db.Held, error) {
						var h tally
						return &h, tx.Get(&h.n, "select n from counter where id = 'a'")
					})
					if err != nil {
						return err
					}
					h.(*tally).n++
					if i%4 == 0 {
						return fault.Conflict("thôi")
					}
					return nil
				})
			})
		}
		all.Wait()
		if n := read(t, d); n != 75 {
			t.Errorf("75 of 100 succeeded, %d counted", n)
		}
	})
}

func TestADenialIsKeptWhenWhatWasTriedIsNot(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		counter(t, d)
		err := d.WriteOr(t.Context(), func(tx *db.Tx) error {
			if _, err := tx.Exec("insert into counter (id, n) values ('tried', 1)"); err != nil {
				return err
			}
			return fault.Forbidden("không được")
		}, func(tx *db.Tx, err error) error {
			_, insertErr := tx.Exec("insert into counter (id, n) values (?, 1)", fmt.Sprint("denied: ", err))
			return insertErr
		})
		if !fault.Is(err, fault.KindForbidden) {
			t.Fatal(err)
		}
		var ids []string
		d.Read(t.Context(), func(tx *db.Tx) error { return tx.Select(&ids, "select id from counter order by id") })
		if fmt.Sprint(ids) != "[a denied: không được]" {
			t.Errorf("left: %q", ids)
		}
	})
}

func TestReadersSeeOneMomentAndCannotWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		counter(t, d)
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			var before, after int64
			if err := tx.Get(&before, "select n from counter where id = 'a'"); err != nil {
				return err
			}
			if err := d.Write(t.Context(), increase); err != nil {
				return err
			}
			if err := tx.Get(&after, "select n from counter where id = 'a'"); err != nil {
				return err
			}
			if before != after {
				t.Errorf("the snapshot moved from %d to %d", before, after)
			}
			var data []byte
			if err := tx.Get(&data, "select data from counter where id = 'a'"); err != nil || string(data) != "\x00\x01\xff" {
				t.Errorf("bytes came back as %x, %v", data, err)
			}
			if _, err := tx.Exec("update counter set n = 9"); err == nil {
				t.Error("a reader wrote")
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestNULIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		counter(t, d)
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec("update counter set id = ?", "a\x00b")
			return err
		})
		if !fault.Is(err, fault.KindInvalid) {
			t.Errorf("got %v", err)
		}
	})
}

func TestMoreReadersThanConnectionsTakeTurns(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		counter(t, d)
		var all sync.WaitGroup
		for range 64 {
			all.Go(func() {
				for range 5 {
					if err := d.Read(t.Context(), func(tx *db.Tx) error {
						var n int64
						return tx.Get(&n, "select n from counter where id = 'a'")
					}); err != nil {
						t.Error(err)
					}
					if err := d.Write(t.Context(), increase); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		if n := read(t, d); n != 320 {
			t.Errorf("320 writes, %d counted", n)
		}
	})
}

// What is loaded once is kept until something is committed, by whomever, and loaded each time by one that writes. PostgreSQL tells
// what is over in the whole cluster: what a neighbour's database commits in between is one load more, so a round that was
// disturbed is played again.
func TestOnceHoldsUntilSomethingIsCommitted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		counter(t, d)
		off := loads(t, d)
		for range 4 {
			if off == "" || d.Dialect == db.SQLite {
				break
			}
			off = loads(t, d)
		}
		if off != "" {
			t.Error(off)
		}
	})
}

// loads plays one round from 0, and says where it was loaded more or less often than it should.
func loads(t *testing.T, d *db.DB) (off string) {
	t.Helper()
	loaded := 0
	ask := func(tx *db.Tx) (n int64, err error) {
		return db.Once(tx, struct{ key string }{"counter"}, func() (n int64, err error) {
			loaded++
			err = tx.Get(&n, "select n from counter where id = 'a'")
			return n, err
		})
	}
	sees := func(want int64, times int) {
		t.Helper()
		if err := d.Read(t.Context(), func(tx *db.Tx) error {
			ask(tx)
			n, err := ask(tx)
			if n != want {
				t.Errorf("a reading sees %d, want %d", n, want)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if loaded != times && off == "" {
			off = fmt.Sprintf("it was loaded %d times, want %d", loaded, times)
		}
	}
	set := func(n int64) func(tx *db.Tx) error {
		return func(tx *db.Tx) error { _, err := tx.Exec("update counter set n = ? where id = 'a'", n); return err }
	}
	if err := d.Write(t.Context(), set(0)); err != nil {
		t.Fatal(err)
	}
	sees(0, 1)
	sees(0, 1)
	if err := d.Write(t.Context(), set(3)); err != nil {
		t.Fatal(err)
	}
	sees(3, 2)
	if err := d.Rest(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Raw().ExecContext(t.Context(), "update counter set n = 5 where id = 'a'"); err != nil { // past the committer, as another process does
		t.Fatal(err)
	}
	sees(5, 3)
	if err := d.Write(t.Context(), func(tx *db.Tx) error {
		ask(tx)
		if err := set(7)(tx); err != nil {
			return err
		}
		if n, err := ask(tx); n != 7 || err != nil {
			t.Errorf("a writing transaction sees %d, %v", n, err)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	sees(7, 6)

	// A snapshot that was there before a commit goes on to see what it saw.
	if err := d.Read(t.Context(), func(tx *db.Tx) error {
		if _, err := tx.Exists("select 1 from counter"); err != nil {
			return err
		}
		if err := d.Write(t.Context(), set(9)); err != nil {
			return err
		}
		if n, err := ask(tx); n != 7 || err != nil {
			t.Errorf("the snapshot sees %d, %v", n, err)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	sees(9, 7)
	return off
}
