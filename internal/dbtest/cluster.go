package dbtest

import (
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"time"
)

var errNoPostgres = errors.New("PostgreSQL is not installed")

// cluster is a folder of PostgreSQL data and how its programs are run.
type cluster struct {
	bin, dir string
	port     int
	attr     *syscall.SysProcAttr
}

// newCluster makes the data in dir and finds a free loopback port.
func newCluster(dir string) (*cluster, error) {
	bin, err := postgresBin()
	if err != nil {
		return nil, err
	}
	c := &cluster{bin: bin, dir: dir, attr: &syscall.SysProcAttr{Setpgid: true}}
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
		c.attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	initdb := c.command(filepath.Join(bin, "initdb"), "-D", c.data(), "-U", "giaoban", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	defer l.Close()
	c.port = l.Addr().(*net.TCPAddr).Port
	return c, nil
}

func (c *cluster) data() string { return filepath.Join(c.dir, "data") }

func (c *cluster) url() string {
	return fmt.Sprintf("postgres://giaoban@127.0.0.1:%d/postgres?sslmode=disable", c.port)
}

func (c *cluster) options() []string {
	return []string{"-D", c.data(), "-h", "127.0.0.1", "-p", strconv.Itoa(c.port), "-k", c.dir,
		"-c", "max_connections=200", "-c", "shared_buffers=128MB"}
}

func (c *cluster) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = c.dir
	cmd.SysProcAttr = c.attr
	cmd.Env = append(os.Environ(), "HOME="+c.dir, "LC_ALL=C.UTF-8")
	return cmd
}

// start runs a program that keeps its log in the folder.
func (c *cluster) start(cmd *exec.Cmd, withParent bool) error {
	log, err := os.Create(filepath.Join(c.dir, "log"))
	if err != nil {
		return err
	}
	defer log.Close()
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
	return <-started
}

// reachable waits until the server answers.
func reachable(url string, patience time.Duration) error {
	pool, err := sql.Open("pgx", url)
	if err != nil {
		return err
	}
	defer pool.Close()
	for deadline := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		if err = pool.Ping(); err == nil || time.Now().After(deadline) {
			return err
		}
	}
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
