package sample

import (
	"context"
	"embed"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"testing"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/files"
)

//go:embed *.go text/*.txt
var source embed.FS

// fingerprint changes with the story and with the program that plays it, so that no test meets a province that other
// rooms' newer code would have built differently.
var fingerprint = sync.OnceValue(func() string {
	parts := []string{}
	fs.WalkDir(source, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			text, _ := source.ReadFile(name)
			parts = append(parts, name, string(text))
		}
		return err
	})
	if info, ok := debug.ReadBuildInfo(); ok {
		parts = append(parts, info.Main.Version)
	}
	return db.Fingerprint(append(parts, rooms()...)...)
})

// rooms are the sources of the rooms that the story goes through; outside a checkout there are none to read.
func rooms() []string {
	var parts []string
	root, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		if filepath.Dir(root) == root {
			return nil
		}
		root = filepath.Dir(root)
	}
	for _, room := range []string{"org", "people", "report", "paper", "briefing", "task", "lineage", "journal", "official", "calendar"} {
		names, _ := filepath.Glob(filepath.Join(root, room, "*.go"))
		for _, name := range names {
			text, _ := os.ReadFile(name)
			parts = append(parts, name, string(text))
		}
	}
	return parts
}

// Open gives a test its own copy of the province as it was at an hour, "2022-03-17 07:15", at the end of a day,
// "2022-03-17", or when the story ended, "", with the clock it lives by. The province is built once for each hour and
// engine and copied from then on.
func Open(t testing.TB, engine dbtest.Engine, when string) *Province {
	t.Helper()
	now := Played
	if day, hour, ok := strings.Cut(when, " "); ok {
		now = at(day, hour)
	} else if when != "" {
		now = date(when).EndOfDay()
	}
	until := now
	if until.After(Played) {
		until = Played // nothing more is told
	}
	clock := &Clock{}
	clock.Set(now)
	name := "sample-" + until.Format("20060102T1504") + "-" + fingerprint()
	d := engine.From(t, name, func(d *db.DB) error {
		dir, err := os.MkdirTemp("", "giaoban-sample")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		store, err := files.Open(dir)
		if err != nil {
			return err
		}
		_, err = BuildUntil(context.Background(), d, store, until, nil)
		return err
	}, clock.Now)
	p, err := Load(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	p.Clock = clock
	return p
}

// At moves the province's clock to nine o'clock of a day; what is dated later than the day the province was built for
// has not happened.
func (p *Province) At(day string) calendar.Date {
	to := date(day)
	p.Clock.Set(on(to, 9, 0))
	return to
}
