// Package sampletest gives tests tỉnh mẫu, the sample province: built once for each hour and engine, copied from then on.
package sampletest

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/files"
	"giaoban/sample"
)

// Open gives a test its own copy of the province as it was at an hour, "2022-03-17 07:15", at the end of a day,
// "2022-03-17", or when the story ended, "", with the clock it lives by.
func Open(t testing.TB, engine dbtest.Engine, when string) *sample.Province {
	t.Helper()
	now := sample.Played
	if strings.Contains(when, " ") {
		var err error
		if now, err = time.ParseInLocation("2006-01-02 15:04", when, db.Vietnam); err != nil {
			t.Fatal(err)
		}
	} else if when != "" {
		day, err := calendar.ParseDate(when)
		if err != nil {
			t.Fatal(err)
		}
		now = day.EndOfDay()
	}
	until := now
	if until.After(sample.Played) {
		until = sample.Played // nothing more is told
	}
	clock := &db.Clock{}
	clock.Set(now)
	d := engine.Copy(t, prepared(t, until), clock.Now)
	p, err := sample.Load(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	p.Clock = clock
	return p
}

// before is when the two years before the last quarter have been told; every later hour begins with a copy of that.
var before = calendar.On(2022, 3, 1).StartOfDay()

func prepared(t testing.TB, until time.Time) dbtest.Prepared {
	t.Helper()
	p := dbtest.Prepared{Name: "sample-" + until.Format("20060102T1504") + "-" + dbtest.Key(t, "giaoban/sample")}
	from := time.Time{}
	if until.After(before) {
		ground := prepared(t, before)
		from, p.On = before, &ground
	}
	p.Build = func(d *db.DB) error {
		dir, err := os.MkdirTemp("", "giaoban-sample")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		store, err := files.Open(dir)
		if err != nil {
			return err
		}
		_, err = sample.BuildUntil(context.Background(), d, store, from, until, nil)
		return err
	}
	return p
}
