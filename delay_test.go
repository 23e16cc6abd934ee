package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// countsDelay is a delay counted by hand: days taken from the day on which something was due.
var countsDelay = regexp.MustCompile(`\.Sub\([^)\n]*(Due|SubmitBy|due|deadline)\b|(WorkingDaysBetween)\([^,\n]*([dD]ue|SubmitBy|deadline)[^,\n]*, *(today|day|now|[\w.]*Day)\)`)

// delays gives the lines of a source that count one.
func delays(source string) (lines []string) {
	for line := range strings.Lines(source) {
		if countsDelay.MatchString(line) {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return lines
}

// A delay is counted in one place, calendar.DaysLate: two ways gave one report two delays.
func TestADelayIsCountedInOnePlace(t *testing.T) {
	read := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "calendar/") {
			return err
		}
		source, err := os.ReadFile(path)
		read++
		for _, line := range delays(string(source)) {
			t.Errorf("%s counts a delay by itself: %s\nuse calendar.Holidays.DaysLate", path, line)
		}
		return err
	})
	if err != nil || read < 100 {
		t.Errorf("%d files were read (%v)", read, err)
	}
}

func TestASecondWayOfCountingIsTold(t *testing.T) {
	for _, planted := range []string{"days := today.Sub(o.Due)", "n := b.Day.Sub(i.Due)", "today.Sub(r.SubmitBy)", "h.WorkingDaysBetween(ob.Due, today)"} {
		if len(delays(planted)) != 1 {
			t.Errorf("%q was not told", planted)
		}
	}
	for _, fine := range []string{"h.DaysLate(o.Due, today)", "h.WorkingDaysBetween(today, o.Due)", "now.Sub(s.At) < youngest"} {
		if len(delays(fine)) != 0 {
			t.Errorf("%q counts no delay", fine)
		}
	}
}
