package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"giaoban/internal/db"
	"giaoban/internal/files"
	"giaoban/library"
)

const (
	evidence      = 3_000   // files in the store
	evidenceBytes = 120_000 // in each, a scanned page
)

// backups measures a first set while four clients submit, a second one, and the way back into an empty place.
func (p *place) backups(requests *submissions, ours *server) error {
	if err := p.keepFiles(); err != nil {
		return err
	}
	dest, restored := filepath.Join(p.dir, "sets-"+p.engine+p.size), filepath.Join(p.dir, "restored-"+p.engine+p.size)
	client := newClient(4)
	defer client.CloseIdleConnections()
	quiet, err := requests.press(client, ours.address, p.token, 4, 2*time.Second)
	if err != nil {
		return err
	}
	first := make(chan error, 1)
	var took time.Duration
	began := time.Now()
	go func() {
		err := p.command("backup", dest)
		took = time.Since(began)
		first <- err
	}()
	var busy sample
	for done := false; !done; {
		s, err := requests.press(client, ours.address, p.token, 4, 200*time.Millisecond)
		if err != nil {
			return err
		}
		busy.add(s)
		select {
		case err := <-first:
			if err != nil {
				return err
			}
			done = true
		default:
		}
	}
	fmt.Printf(row, "first backup, 4 clients submitting", "", show(took), "", "", "", "", "",
		fmt.Sprintf("%d files of %d kB; submit meanwhile p50 %s, p99 %s; before %s, %s", evidence, evidenceBytes/1000, show(busy.at(0.5)), show(busy.at(0.99)), show(quiet.at(0.5)), show(quiet.at(0.99))))
	began = time.Now()
	if err := p.command("backup", dest); err != nil {
		return err
	}
	fmt.Printf(row, "second backup", "", show(time.Since(began)), "", "", "", "", "", "no new file")
	args := []string{"restore", dest, "--data", restored}
	if p.postgres != nil {
		admin, err := sql.Open("pgx", p.postgres.URL)
		if err != nil {
			return err
		}
		defer admin.Close()
		name := "restored_" + strings.ToLower(p.size)
		if _, err := admin.Exec("create database " + name); err != nil {
			return err
		}
		args = append(args, "--db", p.url(name))
	}
	began = time.Now()
	out, err := exec.Command(p.bin, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("giaoban restore: %w\n%s", err, out[:min(800, len(out))])
	}
	said, _, _ := strings.Cut(string(out), ": bản lập")
	fmt.Printf(row, "restore with verification", "", show(time.Since(began)), "", "", "", "", "", "≤ 10 min at L; without verification: "+said[strings.LastIndex(said, "trong ")+len("trong "):])
	return os.RemoveAll(restored)
}

func (p *place) command(words ...string) error {
	out, err := exec.Command(p.bin, append(words, p.where()...)...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("giaoban %s: %w\n%s", words[0], err, out[:min(800, len(out))])
	}
	return nil
}

// keepFiles gives the workload its files, once.
func (p *place) keepFiles() error {
	d, err := p.open()
	if err != nil {
		return err
	}
	defer d.Close()
	store, err := files.Open(filepath.Join(p.folder(), "files"))
	if err != nil {
		return err
	}
	return d.WriteLong(context.Background(), func(tx *db.Tx) error {
		if there, err := tx.Exists("select 1 from file"); err != nil || there {
			return err
		}
		content := make([]byte, evidenceBytes)
		for range evidence {
			rand.Read(content)
			kept, err := store.Keep(strings.NewReader(string(content)), evidenceBytes)
			if err != nil {
				return err
			}
			if _, err := library.Add(tx, officer, "", kept, "minh-chung.pdf"); err != nil {
				return err
			}
		}
		return nil
	})
}
