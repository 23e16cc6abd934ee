package journal_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/journal"

	"golang.org/x/mod/sumdb/tlog"
)

var officer = access.Actor{Person: "p", Name: "Phạm Thu Hà", Role: access.CommissionOfficer, Body: "btg"}

// fill writes n lines from many goroutines, some of which fail after having written theirs.
func fill(t *testing.T, d *db.DB, n int) {
	t.Helper()
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			d.Write(t.Context(), func(tx *db.Tx) error {
				_, err := journal.WritePrivate(tx, officer, "accepted",
					journal.Subject{Kind: "submission", ID: db.ID(fmt.Sprint(i))}, journal.Details{"i": i}, journal.Details{"name": "Lê Văn Tám"})
				if err == nil && i%5 == 0 {
					return fault.Conflict("thôi")
				}
				return err
			})
		})
	}
	all.Wait()
}

func verify(t *testing.T, d *db.DB, known ...journal.Head) (findings []journal.Finding, head journal.Head) {
	t.Helper()
	if err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		findings, head, err = journal.Verify(tx, known, nil)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return findings, head
}

func TestLinesAreNumberedWithoutGapsAndVerify(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		_, before := verify(t, d)
		fill(t, d, 100)
		findings, head := verify(t, d)
		if len(findings) > 0 || head.Size != before.Size+80 {
			t.Errorf("%d lines after %d, findings %v", head.Size, before.Size, findings)
		}
		fill(t, d, 50)
		if findings, _ := verify(t, d, head); len(findings) > 0 {
			t.Errorf("an earlier head no longer fits: %v", findings)
		}
	})
}

// The root must be the one that any RFC 6962 implementation computes, or an office could not check it elsewhere.
func TestRootIsTheOneOfRFC6962(t *testing.T) {
	d := dbtest.Engines(t)[0].Open(t)
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			out[i] = stored[index]
		}
		return out, nil
	})
	_, first := verify(t, d) // the rows that the schema brings are sealed
	for n := range int64(70) {
		head := first
		if err := d.Write(t.Context(), func(tx *db.Tx) (err error) {
			if n >= first.Size {
				head, err = journal.Write(tx, officer, "opened", journal.Subject{Kind: "period"}, nil)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		var leaf []byte
		if err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
			leaf, err = journal.Leaf(tx, n+1)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		more, err := tlog.StoredHashes(n, leaf, reader)
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, more...)
		root, err := tlog.TreeHash(n+1, reader)
		if err != nil || root.String() != head.Root {
			t.Fatalf("after %d lines: %s, want %s (%v)", n+1, head.Root, root, err)
		}
	}
}

func TestEveryTamperingIsFound(t *testing.T) {
	ways := map[string]string{
		"details changed":          "update journal set details = '{\"i\":999}' where seq = %d",
		"actor changed":            "update journal set actor = 'p2' where seq = %d",
		"time changed":             "update journal set at = at + 1 where seq = %d",
		"private changed":          "update journal set private = '{}' where seq = %d",
		"deleted":                  "delete from journal where seq = %d",
		"end cut off":              "delete from journal where seq >= %d",
		"hash replaced":            "update journal set hash = private_hash where seq = %d",
		"subject changed":          "update journal set subject = 'x' where seq = %d",
		"head shortened":           "update journal_head set size = %d",
		"head with its lines gone": "delete from journal_head where size > %d - 1000",
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d, 60)
		for name, way := range ways {
			seq := 2 + rand.IntN(40)
			dbtest.Begin(t, d, func(tx *db.Tx) {
				if _, err := tx.Exec(fmt.Sprintf(way, seq)); err != nil {
					t.Fatal(err)
				}
				findings, _, err := journal.Verify(tx, nil, nil)
				if err != nil || len(findings) == 0 {
					t.Errorf("%s at %d was not found (%v)", name, seq, err)
				}
			})
		}
	})
}

// Whoever may write to the database can recompute the whole chain; only a head kept elsewhere catches that, from whichever
// line it was rewritten or cut off.
func TestARecomputedChainDoesNotFitAnEarlierHead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d, 60)
		_, kept := verify(t, d)
		for from := int64(1); from <= kept.Size; from++ {
			for _, cut := range []bool{false, true} {
				if cut && from == kept.Size {
					continue // nothing is cut off
				}
				dbtest.Begin(t, d, func(tx *db.Tx) {
					if err := journal.Forge(tx, from, cut); err != nil {
						t.Fatal(err)
					}
					if findings, _, err := journal.Verify(tx, nil, nil); err != nil || len(findings) > 0 {
						t.Fatalf("the forged chain is no chain: %v %v", findings, err)
					}
					if findings, _, err := journal.Verify(tx, []journal.Head{kept}, nil); err != nil || len(findings) == 0 {
						t.Errorf("rewritten from %d (cut off: %v) fits the head kept earlier (%v)", from, cut, err)
					}
				})
			}
		}
	})
}

func TestPersonalPartMayBeErasedAndTheChainStands(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d, 20)
		dbtest.Begin(t, d, func(tx *db.Tx) {
			if _, err := tx.Exec("update journal set private = '', salt = null where seq = 3"); err != nil {
				t.Fatal(err)
			}
			if findings, _, err := journal.Verify(tx, nil, nil); err != nil || len(findings) > 0 {
				t.Errorf("%v %v", findings, err)
			}
		})
	})
}

func TestOnlyWhoMayReadsTheJournal(t *testing.T) {
	d := dbtest.Engines(t)[0].Open(t)
	fill(t, d, 5)
	for role, want := range map[access.Role]bool{access.Administrator: true, access.CommissionLeader: true, access.AgencyLeader: false, "": false} {
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			_, err := journal.Read(tx, access.Actor{Role: role, Body: "syt"}, journal.Acts, 0, 10)
			return err
		})
		if (err == nil) != want {
			t.Errorf("%q: %v", role, err)
		}
	}
}
