package dbtest

import (
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// sharedServer is the one PostgreSQL of all tests that run at a time, of every package.
type sharedServer struct {
	url   string
	admin *sql.DB
	using *os.File // locked as long as this process lives
}

// shared gives the server in GIAOBAN_TEST_POSTGRES, or one of our own: whichever process comes first starts it, and it
// ends with all that is in it some seconds after the last process that used it.
var shared = sync.OnceValues(func() (*sharedServer, error) {
	s := &sharedServer{url: os.Getenv("GIAOBAN_TEST_POSTGRES")}
	if s.url == "" {
		if err := s.join(filepath.Join(roomy(), fmt.Sprintf("giaoban-test-postgres-%d", os.Getuid()))); err != nil {
			return nil, err
		}
	}
	var err error
	s.admin, err = sql.Open("pgx", s.url)
	return s, err
})

// roomy is the folder in memory where there is one with room: a database is eight hundred files, and making them takes
// longer on a disk than most tests do.
func roomy() string {
	const memory = "/dev/shm"
	var room syscall.Statfs_t
	if err := syscall.Statfs(memory, &room); err == nil && room.Bavail*uint64(room.Bsize) > 2<<30 {
		return memory
	}
	return os.TempDir()
}

func (s *sharedServer) join(dir string) (err error) {
	if _, err := postgresBin(); err != nil {
		return err
	}
	if _, err := exec.LookPath("flock"); err != nil {
		return fmt.Errorf("the tests' PostgreSQL needs flock of util-linux: %w", err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if s.using, err = lock(filepath.Join(dir, "using"), syscall.LOCK_SH); err != nil {
		return err
	}
	starting, err := lock(filepath.Join(dir, "starting"), syscall.LOCK_EX)
	if err != nil {
		return err
	}
	defer starting.Close()
	address := filepath.Join(dir, "url")
	if url, err := os.ReadFile(address); err == nil && reachable(string(url), 0) == nil {
		s.url = string(url)
		return nil
	}
	if err := os.RemoveAll(filepath.Join(dir, "data")); err != nil {
		return err
	}
	c, err := newCluster(dir)
	if err != nil {
		return err
	}
	// Nothing here must survive a power cut; tests of what survives start a server with StartPostgres.
	options := append(c.options(), "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
	if err := c.start(c.command("sh", append([]string{"-c", untilUnused, "sh", filepath.Join(c.bin, "postgres")}, options...)...), false); err != nil {
		return err
	}
	if err := reachable(c.url(), 30*time.Second); err != nil {
		return err
	}
	s.url = c.url()
	return os.WriteFile(address, []byte(s.url), 0o644)
}

// untilUnused runs a server until its folder's lock has been free for twenty seconds: no process uses it then, and none
// can begin while it stops. flock comes with every Debian (util-linux).
const untilUnused = `
"$@" & server=$!
exec 9<using
free=0
while sleep 1 && kill -0 $server; do
	if ! flock -n 9; then
		free=0
		continue
	fi
	free=$((free + 1))
	if [ $free -lt 20 ]; then
		flock -u 9
		continue
	fi
	kill -INT $server
	wait $server
	rm -rf data
	exit
done
`
