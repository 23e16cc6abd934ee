package backup

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
)

// The password of the server stands in no argument, where everybody on the machine could read it.
func TestThePasswordTravelsInTheEnvironment(t *testing.T) {
	for _, c := range [][3]string{
		{"postgres://giaoban:rat%20kin@may-chu:5433/giaoban?sslmode=require", "postgres://giaoban@may-chu:5433/giaoban?sslmode=require", "rat kin"},
		{"postgres:///giaoban?host=/run/postgresql&password=kin&statement_cache_capacity=9", "postgres:///giaoban?host=%2Frun%2Fpostgresql", "kin"},
		{"postgres://giaoban@127.0.0.1/giaoban", "postgres://giaoban@127.0.0.1/giaoban", ""},
	} {
		if bare, password, err := withoutPassword(c[0]); err != nil || bare != c[1] || password != c[2] {
			t.Errorf("%s: %s %s %v", c[0], bare, password, err)
		}
	}
	bin := t.TempDir()
	if err := os.WriteFile(filepath.Join(bin, "pg_dump"), []byte("#!/bin/sh\necho \"$@ $PGPASSWORD\"\necho hỏng >&2\nexit $MA\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+":"+os.Getenv("PATH"))
	t.Setenv("MA", "0")
	var said strings.Builder
	if err := postgres(t.Context(), "pg_dump", "postgres://giaoban:kin@may-chu/x", &said, "--format=custom"); err != nil ||
		said.String() != "--no-password --dbname=postgres://giaoban@may-chu/x --format=custom kin\n" {
		t.Errorf("%q %v", said.String(), err)
	}
	if err := postgres(t.Context(), "pg_dump", "postgres://x/x", full{}); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("a full disk is told as %v", err)
	}
	t.Setenv("MA", "1")
	if err := postgres(t.Context(), "pg_dump", "postgres://x/x", io.Discard); err == nil || !strings.Contains(err.Error(), "hỏng") {
		t.Error(err)
	}
	t.Setenv("PATH", t.TempDir())
	if err := postgres(t.Context(), "pg_dump", "postgres://x/x", io.Discard); !fault.Is(err, fault.KindConflict) || !strings.Contains(err.Error(), "postgresql-client") {
		t.Error(err)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

// What fails while it is loaded leaves the database as empty as it was.
func TestADumpThatIsNoneLeavesTheDatabaseEmpty(t *testing.T) {
	for _, e := range dbtest.Engines(t)[1:] {
		t.Run(e.Name, func(t *testing.T) {
			address := dbtest.NewPostgres(t)
			name := filepath.Join(t.TempDir(), dumpFile)
			if err := os.WriteFile(name, []byte("không phải bản chép"), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := load(t.Context(), address, name); err == nil {
				t.Error("it was loaded")
			}
			if _, err := vacant(t.Context(), Target{Data: filepath.Join(t.TempDir(), "moi"), URL: address}); err != nil {
				t.Error(err)
			}
		})
	}
}
