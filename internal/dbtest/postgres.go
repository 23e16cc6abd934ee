package dbtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"giaoban/internal/db"
	"giaoban/internal/id"
)

var errNoPostgres = errors.New("PostgreSQL is not installed")

// postgresURL gives a server for tests: the one in GIAOBAN_TEST_POSTGRES, or one started by this process and
// stopped with it.
var postgresURL = sync.OnceValues(func() (string, error) {
	if url := os.Getenv("GIAOBAN_TEST_POSTGRES"); url != "" {
		return url, nil
	}
	server, err := StartPostgres(true)
	if err != nil {
		return "", err
	}
	return server.URL, nil
})

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
	bin, err := postgresBin()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "giaoban-pg")
	if err != nil {
		return nil, err
	}
	attr := &syscall.SysProcAttr{Setpgid: true}
	if withParent {
		attr.Pdeathsig = syscall.SIGINT
	}
	if os.Geteuid() == 0 {
		u, err := user.Lookup("postgres")
		if err != nil {
			return nil, fmt.Errorf("%w: no user to run it as: %w", errNoPostgres, err)
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		if err := os.Chown(dir, uid, gid); err != nil {
			return nil, err
		}
		attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	run := func(name string, args ...string) *exec.Cmd {
		cmd := exec.Command(filepath.Join(bin, name), args...)
		cmd.Dir = dir
		cmd.SysProcAttr = attr
		cmd.Env = append(os.Environ(), "HOME="+dir, "LC_ALL=C.UTF-8")
		return cmd
	}
	data := filepath.Join(dir, "data")
	if out, err := run("initdb", "-D", data, "-U", "giaoban", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	port := l.Addr().(*net.TCPAddr).Port
	l.Close()
	cmd := run("postgres", "-D", data, "-h", "127.0.0.1", "-p", strconv.Itoa(port), "-k", dir,
		"-c", "max_connections=200", "-c", "shared_buffers=128MB")
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		return nil, err
	}
	cmd.Stdout, cmd.Stderr = log, log
	started := make(chan error, 1)
	go func() {
		// The death signal follows the thread that started the process, so that thread stays.
		runtime.LockOSThread()
		started <- cmd.Start()
		if withParent {
			select {}
		}
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	s := &Server{URL: fmt.Sprintf("postgres://giaoban@127.0.0.1:%d/postgres?sslmode=disable", port), dir: dir, cmd: cmd}
	pool, err := sql.Open("pgx", s.URL)
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	for deadline := time.Now().Add(30 * time.Second); ; {
		if err = pool.Ping(); err == nil {
			return s, nil
		}
		if time.Now().After(deadline) {
			s.Stop()
			return nil, err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// Stop ends the server and removes its files.
func (s *Server) Stop() {
	s.cmd.Process.Signal(syscall.SIGINT)
	s.cmd.Wait()
	os.RemoveAll(s.dir)
}

func postgresBin() (string, error) {
	dirs, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	for i := len(dirs) - 1; i >= 0; i-- {
		if _, err := os.Stat(filepath.Join(dirs[i], "initdb")); err == nil {
			return dirs[i], nil
		}
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	return "", errNoPostgres
}

var databases atomic.Int64

func openPostgres(t testing.TB, name string, build func(d *db.DB) error, clock func() time.Time, ids *id.Source) *db.DB {
	t.Helper()
	base, err := postgresURL()
	if err != nil {
		t.Fatal(err)
	}
	admin, err := sql.Open("pgx", base)
	if err != nil {
		t.Fatal(err)
	}
	admin.SetMaxOpenConns(1)
	defer admin.Close()
	if name == "" {
		name = "empty"
	}
	template := "t_" + db.Fingerprint(cache(), name)
	buildPostgres(t, admin, base, template, build)
	own := fmt.Sprintf("d_%d_%d", os.Getpid(), databases.Add(1))
	if _, err := admin.Exec(`create database "` + own + `" template "` + template + `"`); err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(context.Background(), db.Config{URL: withDatabase(base, own), Now: clock, IDs: ids})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		d.Close()
		if admin, err := sql.Open("pgx", base); err == nil {
			admin.Exec(`drop database if exists "` + own + `" with (force)`)
			admin.Close()
		}
	})
	return d
}

// buildPostgres makes the template once, whichever package comes first: an advisory lock lets the others wait.
func buildPostgres(t testing.TB, admin *sql.DB, base, template string, build func(d *db.DB) error) {
	t.Helper()
	if _, err := admin.Exec("select pg_advisory_lock(7305)"); err != nil {
		t.Fatal(err)
	}
	defer admin.Exec("select pg_advisory_unlock(7305)")
	var there bool
	if err := admin.QueryRow("select exists (select 1 from pg_database where datname = $1)", template).Scan(&there); err != nil {
		t.Fatal(err)
	}
	if there {
		return
	}
	making := template + "_making"
	admin.Exec(`drop database if exists "` + making + `" with (force)`)
	if _, err := admin.Exec(`create database "` + making + `"`); err != nil {
		t.Fatal(err)
	}
	fill(t, db.Config{URL: withDatabase(base, making)}, build)
	if _, err := admin.Exec(`alter database "` + making + `" rename to "` + template + `"`); err != nil {
		t.Fatal(err)
	}
}

func withDatabase(base, name string) string {
	u, err := url.Parse(base)
	if err != nil {
		panic(err)
	}
	u.Path = "/" + name
	return u.String()
}
