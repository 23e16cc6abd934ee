package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"
)

// serveRaw is the yardstick: it reads a body, inserts 600 bytes with whoever else is waiting, commits, answers with as
// many bytes as a receipt has. It checks nothing, knows nobody and keeps no journal.
func serveRaw(address, place string) error {
	engine, begin, insert := "sqlite", "begin immediate", "insert into raw (data) values (?)"
	dsn := (&url.URL{Scheme: "file", Path: place}).String() + "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
		"&_pragma=temp_store(MEMORY)&_pragma=cache_size(-16384)&_pragma=wal_autocheckpoint(4000)"
	create := "create table if not exists raw (id integer primary key, data blob not null)"
	if strings.HasPrefix(place, "postgres") {
		engine, begin, insert, dsn = "pgx", "begin", "insert into raw (data) values ($1)", place
		create = "create table if not exists raw (id bigserial primary key, data bytea not null)"
	}
	pool, err := sql.Open(engine, dsn)
	if err != nil {
		return err
	}
	ctx := context.Background()
	conn, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, create); err != nil {
		return err
	}
	statement, err := conn.PrepareContext(ctx, insert)
	if err != nil {
		return err
	}
	jobs := make(chan chan error, 128)
	data := make([]byte, 600)
	rand.Read(data)
	go func() {
		for first := range jobs {
			batch := []chan error{first}
		gather:
			for len(batch) < cap(jobs) {
				select {
				case job := <-jobs:
					batch = append(batch, job)
				default:
					break gather
				}
			}
			_, err := conn.ExecContext(ctx, begin)
			for range batch {
				if err == nil {
					_, err = statement.ExecContext(ctx, data)
				}
			}
			if err == nil {
				_, err = conn.ExecContext(ctx, "commit")
			}
			for _, job := range batch {
				job <- err
			}
		}
	}()
	receipt := []byte(`{"receipt":"` + strings.Repeat("x", 360) + `"}`)
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/v1/reports/{regime}/{period}/submissions", func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		job := make(chan error, 1)
		jobs <- job
		if err := <-job; err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		w.Write(receipt)
	})
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "ok") })
	l, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	return http.Serve(l, mux)
}
