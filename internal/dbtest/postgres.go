package dbtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"giaoban/internal/db"
	"giaoban/internal/id"
)

// Server is a PostgreSQL server of our own.
type Server struct {
	URL string
	dir string
	cmd *exec.Cmd
}

// Postgres gives a test a server of its own. Where PostgreSQL cannot start the test is left out, in CI it fails.
func Postgres(t testing.TB) *Server {
	t.Helper()
	server, err := StartPostgres(true)
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skipf("Bỏ qua phần thử trên PostgreSQL: %v", err)
	}
	t.Cleanup(server.Stop)
	return server
}

// StartPostgres makes a cluster in a temporary folder and starts it on a free loopback port, as the user postgres when
// we are root: the server refuses to run as root. withParent stops it when this process ends.
func StartPostgres(withParent bool) (*Server, error) {
	dir, err := os.MkdirTemp("", "giaoban-pg")
	if err != nil {
		return nil, err
	}
	c, err := newCluster(dir)
	if err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	if withParent {
		c.attr.Pdeathsig = syscall.SIGINT
	}
	cmd := c.command(filepath.Join(c.bin, "postgres"), c.options()...)
	if err := c.start(cmd, withParent); err != nil {
		return nil, err
	}
	s := &Server{URL: c.url(), dir: dir, cmd: cmd}
	if err := reachable(s.URL, 30*time.Second); err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

// Stop ends the server and removes its files.
func (s *Server) Stop() {
	s.cmd.Process.Signal(syscall.SIGINT)
	s.cmd.Wait()
	os.RemoveAll(s.dir)
}

// databases numbers the databases of this process; born sets them apart from those of a process that was killed.
var (
	databases atomic.Int64
	born      = time.Now().UnixMilli()
)

// NewPostgres gives the address of a new database on the shared server, without any table, for what opens it itself.
func NewPostgres(t testing.TB) string {
	t.Helper()
	s, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	own := fmt.Sprintf("n_%d_%d_%d", os.Getpid(), born, databases.Add(1))
	if _, err := s.admin.Exec(`create database "` + own + `" template template0 strategy file_copy`); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.admin.Exec(`drop database if exists "` + own + `" with (force)`) })
	return withDatabase(s.url, own)
}

func openPostgres(t testing.TB, from Prepared, clock func() time.Time, ids *id.Source) *db.DB {
	t.Helper()
	s, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	template := s.prepare(t, from)
	own := fmt.Sprintf("d_%d_%d_%d", os.Getpid(), born, databases.Add(1))
	if _, err := s.admin.Exec(`create database "` + own + `" template "` + template + `" strategy file_copy`); err != nil {
		t.Fatal(err)
	}
	d := sealed(t, db.Config{URL: withDatabase(s.url, own), Now: clock, IDs: ids})
	t.Cleanup(func() {
		d.Close()
		s.admin.Exec(`drop database if exists "` + own + `" with (force)`)
	})
	return d
}

// prepare makes the template once, whichever package comes first: an advisory lock lets the others wait. It answers its
// name.
func (s *sharedServer) prepare(t testing.TB, p Prepared) string {
	t.Helper()
	template := "t_" + db.Fingerprint(nameOf(t, p.Name))
	there := func() (there bool) {
		if err := s.admin.QueryRow("select exists (select 1 from pg_database where datname = $1)", template).Scan(&there); err != nil {
			t.Fatal(err)
		}
		return there
	}
	if there() {
		return template
	}
	ground := "template1"
	if p.On != nil {
		ground = s.prepare(t, *p.On)
	}
	admin, err := s.admin.Conn(context.Background()) // the lock is the connection's
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	run := func(statement string) {
		if _, err := admin.ExecContext(context.Background(), statement); err != nil {
			t.Fatal(err)
		}
	}
	run("select pg_advisory_lock(7305)")
	defer run("select pg_advisory_unlock(7305)")
	if there() {
		return template
	}
	making := template + "_making"
	run(`drop database if exists "` + making + `" with (force)`)
	run(`create database "` + making + `" template "` + ground + `" strategy file_copy`)
	fill(t, db.Config{URL: withDatabase(s.url, making)}, p.Build)
	run(`alter database "` + making + `" rename to "` + template + `"`)
	return template
}

func withDatabase(base, name string) string {
	u, err := url.Parse(base)
	if err != nil {
		panic(err)
	}
	u.Path = "/" + name
	return u.String()
}
