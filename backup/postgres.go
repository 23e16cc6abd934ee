package backup

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"strings"

	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// dump lets pg_dump see the very snapshot of tx and writes what it gives.
func dump(tx *db.Tx, address, into string, without []string, told func(done, all int64)) error {
	var snapshot string
	if err := tx.Get(&snapshot, "select pg_export_snapshot()"); err != nil {
		return err
	}
	var size int64 // of the database: the dump is smaller, but nobody knows by how much
	if err := tx.Get(&size, "select pg_database_size(current_database())"); err != nil {
		return err
	}
	args := []string{"--format=custom", "--no-owner", "--no-privileges", "--snapshot=" + snapshot}
	for _, table := range without {
		args = append(args, "--exclude-table-data="+table)
	}
	f, err := os.OpenFile(into, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	return postgres(tx.Context(), "pg_dump", address, io.MultiWriter(f, &counter{all: size, told: told}), args...)
}

// load fills an empty database from a dump, wholly or not at all.
func load(ctx context.Context, address, from string) error {
	return postgres(ctx, "pg_restore", address, io.Discard, "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", from)
}

// postgres runs one of the server's own programs. Its password travels in the environment: arguments are everybody's to
// read.
func postgres(ctx context.Context, program, address string, out io.Writer, args ...string) error {
	path, err := exec.LookPath(program)
	if err != nil {
		return fault.Conflict("Máy này không có %s. Cài gói postgresql-client cùng bản với máy chủ PostgreSQL rồi chạy lại.", program)
	}
	bare, password, err := withoutPassword(address)
	if err != nil {
		return err
	}
	var said bytes.Buffer
	written := &remembering{Writer: out}
	cmd := exec.CommandContext(ctx, path, append([]string{"--no-password", "--dbname=" + bare}, args...)...)
	cmd.Stdout, cmd.Stderr = written, &said
	cmd.Env = append(os.Environ(), "PGAPPNAME=giaoban "+program)
	if password != "" {
		cmd.Env = append(cmd.Env, "PGPASSWORD="+password)
	}
	err = cmd.Run()
	if written.err != nil { // the program only knows that nobody listens any more
		return written.err
	}
	if _, failed := errors.AsType[*exec.ExitError](err); failed && ctx.Err() == nil {
		return fmt.Errorf("%s không xong: %s", program, lastLines(said.String(), 3))
	}
	return errors.Join(ctx.Err(), err)
}

// remembering keeps why writing failed.
type remembering struct {
	io.Writer
	err error
}

func (r *remembering) Write(p []byte) (int, error) {
	n, err := r.Writer.Write(p)
	if err != nil {
		r.err = err
	}
	return n, err
}

// withoutPassword takes the password out of an address, and the words that only our driver understands.
func withoutPassword(address string) (bare, password string, err error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", "", fault.Invalid("", "Địa chỉ PostgreSQL không đọc được.") // the address itself may hold a password
	}
	values := u.Query()
	password = values.Get("password")
	for _, name := range []string{"password", "default_query_exec_mode", "statement_cache_capacity", "description_cache_capacity"} {
		values.Del(name)
	}
	u.RawQuery = values.Encode()
	if u.User != nil {
		if p, set := u.User.Password(); set {
			password = p
		}
		u.User = url.User(u.User.Username())
	}
	return u.String(), password, nil
}

func lastLines(text string, n int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], " ")
}
