package api_test

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"giaoban/access"
	"giaoban/api"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/journal"
	"giaoban/org"
	"giaoban/report"
)

// childDatabase tells a process started by the test which database to serve, until it is killed.
const childDatabase = "GIAOBAN_API_TEST_DATABASE"

func configOf(place string) db.Config {
	if strings.HasPrefix(place, "postgres") {
		return db.Config{URL: place}
	}
	return db.Config{Path: place}
}

func serveUntilKilled() {
	d, err := db.Open(context.Background(), configOf(os.Getenv(childDatabase)))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := journal.KeepSeals(context.Background(), d); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(l.Addr())
	http.Serve(l, api.Handler(api.Config{DB: d}))
	os.Exit(1)
}

// ledger is what the callers were told, and what they do not know the end of.
type ledger struct {
	mu       sync.Mutex
	receipts map[string]string // idempotency key → id of the submission
	accepted map[string]bool   // id of the submission
	tried    map[string]bool   // keys that were sent at least once
}

func TestSIGKILLLosesAndDoublesNothing(t *testing.T) {
	for _, e := range []struct {
		name         string
		kills, brief int
		place        func(t *testing.T) string
	}{{"SQLite", 100, 10, func(t *testing.T) string { return filepath.Join(t.TempDir(), "giaoban.db") }}, {"PostgreSQL", 20, 3, ownPostgres}} {
		t.Run(e.name, func(t *testing.T) {
			kills := e.kills
			if testing.Short() {
				kills = e.brief
			}
			killed(t, e.place(t), kills)
		})
	}
}

// ownPostgres makes an empty database on the tests' server.
func ownPostgres(t *testing.T) string {
	base := os.Getenv("GIAOBAN_TEST_POSTGRES")
	if base == "" {
		base = dbtest.Postgres(t).URL
	}
	admin, err := sql.Open("pgx", base)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("kill_%d", os.Getpid())
	if _, err := admin.Exec("create database " + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		admin.Exec("drop database if exists " + name + " with (force)")
		admin.Close()
	})
	return strings.Replace(base, "/postgres?", "/"+name+"?", 1)
}

const writers = 8

func killed(t *testing.T, place string, kills int) {
	d, err := db.Open(t.Context(), configOf(place))
	if err != nil {
		t.Fatal(err)
	}
	if err := journal.Migrate(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	var tokens map[string]string
	if err := d.Write(t.Context(), func(tx *db.Tx) (err error) {
		if tokens, err = furnish(tx); err != nil {
			return err
		}
		return moreBodies(tx)
	}); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	l := &ledger{receipts: map[string]string{}, accepted: map[string]bool{}, tried: map[string]bool{}}
	var slowest time.Duration
	for n := range kills {
		began := time.Now()
		address, kill := start(t, place)
		slowest = max(slowest, time.Since(began))
		var group sync.WaitGroup
		for w := range writers {
			group.Go(func() { l.write(address, tokens["any"], w) })
		}
		time.Sleep(time.Duration(5+rand.IntN(90)) * time.Millisecond)
		kill()
		group.Wait()
		l.compare(t, place, n)
		if t.Failed() {
			return
		}
	}
	// Whoever was cut off asks again with the same key and learns how it ended.
	address, kill := start(t, place)
	for key := range maps.Clone(l.tried) {
		if _, known := l.receipts[key]; !known {
			l.submit(address, tokens["any"], key)
		}
	}
	kill()
	l.compare(t, place, kills)
	d, err = db.Open(t.Context(), configOf(place))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var rows int
	if err := d.Read(t.Context(), func(tx *db.Tx) error { return tx.Get(&rows, "select count(*) from submission") }); err != nil {
		t.Fatal(err)
	}
	if rows != len(l.tried) || len(l.receipts) != len(l.tried) {
		t.Errorf("%d keys were sent, %d receipts given, %d reports kept", len(l.tried), len(l.receipts), rows)
	}
	t.Logf("%d kills, %d reports acknowledged, %d acceptances; slowest restart %s", kills, len(l.receipts), len(l.accepted), slowest.Round(time.Millisecond))
}

// moreBodies gives every writer a body of its own that reports.
func moreBodies(tx *db.Tx) error {
	system := access.System("thử")
	r, err := report.FindRegime(tx, system, "thang")
	if err != nil {
		return err
	}
	period, err := calendar.ParsePeriod("2022-01")
	if err != nil {
		return err
	}
	for w := range writers {
		b, err := org.Create(tx, system, org.New{Code: fmt.Sprintf("K%d", w), Name: fmt.Sprintf("Sở thứ %d", w), Kind: org.Department, ValidFrom: calendar.On(2015, 1, 1)})
		if err != nil {
			return err
		}
		if err := report.Assign(tx, system, r.ID, []db.ID{b.ID}, calendar.On(2021, 1, 1), "Kế hoạch mẫu"); err != nil {
			return err
		}
		if err := report.Admit(tx, system, "thang", period, b.ID); err != nil {
			return err
		}
	}
	return nil
}

func start(t *testing.T, place string) (address string, kill func()) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDatabase+"="+place)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the server did not start: %v", err)
	}
	return strings.TrimSpace(line), func() {
		cmd.Process.Kill()
		cmd.Wait()
	}
}

// write hands in reports for one body until the server is gone.
func (l *ledger) write(address, token string, w int) {
	for {
		key := fmt.Sprintf("K%d-%d", w, rand.Int64())
		id, ok := l.submit(address, token, key)
		if !ok {
			return
		}
		if rand.IntN(2) == 0 {
			continue
		}
		status, _, err := post(address, token, "/api/v1/reports/thang/2022-01/submissions/"+id+"/acceptance", "", "")
		if err != nil {
			return
		}
		if status == 201 {
			l.mu.Lock()
			l.accepted[id] = true
			l.mu.Unlock()
		}
	}
}

func (l *ledger) submit(address, token, key string) (id string, ok bool) {
	l.mu.Lock()
	l.tried[key] = true
	l.mu.Unlock()
	body, who, _ := strings.Cut(key, "-")
	status, answer, err := post(address, token, "/api/v1/reports/thang/2022-01/submissions", key,
		fmt.Sprintf(`{"org":%q,"values":{"KHAM":"%s","TIEM":"1.25","TRE":"2.00"}}`, body, who[:min(6, len(who))]))
	if err != nil || status != 201 {
		return "", false
	}
	var r struct{ ID string }
	if json.Unmarshal(answer, &r) != nil || r.ID == "" {
		return "", false
	}
	l.mu.Lock()
	l.receipts[key] = r.ID
	l.mu.Unlock()
	return r.ID, true
}

func post(address, token, path, key, body string) (int, []byte, error) {
	r, err := http.NewRequest("POST", "http://"+address+path, bytes.NewReader([]byte(body)))
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Authorization", "Bearer "+token)
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return answer.StatusCode, text, err
}

// compare holds what the callers were told against what is on disk.
func (l *ledger) compare(t *testing.T, place string, n int) {
	t.Helper()
	d, err := db.Open(t.Context(), configOf(place))
	if err != nil {
		t.Fatalf("after kill %d: %v", n, err)
	}
	defer d.Close()
	o := &office{t: t, db: d}
	if d.Dialect == db.SQLite {
		o.read(func(tx *db.Tx) error {
			var answer string
			if err := tx.Get(&answer, "pragma integrity_check"); err != nil || answer != "ok" {
				return fmt.Errorf("integrity: %s %w", answer, err)
			}
			return nil
		})
	}
	o.sound()
	kept := map[string]string{}
	o.read(func(tx *db.Tx) error {
		return tx.Each(func(row *sql.Rows) error {
			var key, id string
			if err := row.Scan(&key, &id); err != nil {
				return err
			}
			_, key, _ = strings.Cut(key, " ")
			if kept[key] != "" {
				t.Errorf("after kill %d: %s was kept twice", n, key)
			}
			kept[key] = id
			return nil
		}, "select key, id from submission")
	})
	for key, id := range l.receipts {
		if kept[key] != id {
			t.Errorf("after kill %d: %s was acknowledged as %s, on disk is %q", n, key, id, kept[key])
		}
	}
	for key := range kept {
		if !l.tried[key] {
			t.Errorf("after kill %d: %s was never sent", n, key)
		}
	}
	accepted := map[string]bool{}
	o.read(func(tx *db.Tx) error {
		return tx.Each(func(row *sql.Rows) error {
			var id string
			err := row.Scan(&id)
			accepted[id] = true
			return err
		}, "select submission from report_acceptance")
	})
	for id := range l.accepted {
		if !accepted[id] {
			t.Errorf("after kill %d: the acceptance of %s is lost", n, id)
		}
	}
	lines := o.count("select count(*) from journal where verb = 'submitted'")
	if lines != len(kept) {
		t.Errorf("after kill %d: %d reports, %d lines in the journal", n, len(kept), lines)
	}
}
