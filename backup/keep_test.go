package backup

import (
	"strings"
	"testing"
	"time"

	"giaoban/internal/db"
)

func setsAt(days ...string) (all []Set) {
	for _, day := range days {
		at, err := time.ParseInLocation("2006-01-02 15:04", day, db.Vietnam)
		if err != nil {
			panic(err)
		}
		all = append(all, Set{at.Format(stamp), at})
	}
	return all
}

func TestTheRuleLetsGoWhatNoPartOfItKeeps(t *testing.T) {
	now := setsAt("2026-08-19 09:00")[0].At // a Wednesday
	for _, c := range []struct {
		name string
		rule Rule
		all  []string
		gone string
	}{
		{"nothing there", Usual, nil, ""},
		{"all of seven days stay", Usual, []string{"2026-08-13 01:00", "2026-08-13 13:00", "2026-08-18 01:00", "2026-08-19 01:00"}, ""},
		{"of an older week the last", Usual, []string{"2026-08-03 01:00", "2026-08-05 01:00", "2026-08-09 01:00", "2026-08-19 01:00"}, "2026-08-03 2026-08-05"},
		{"Sunday ends a week", Rule{0, 8, 0}, []string{"2026-08-02 01:00", "2026-08-03 01:00", "2026-08-19 01:00"}, ""},
		{"of an older month the last", Usual, []string{"2026-03-30 01:00", "2026-03-31 01:00", "2026-04-01 01:00", "2026-08-19 01:00"}, "2026-03-30"},
		{"after 24 months none", Usual, []string{"2024-07-31 01:00", "2024-08-31 01:00", "2026-08-19 01:00"}, "2024-07-31"},
		{"the newest never", Rule{0, 0, 0}, []string{"2020-01-01 01:00"}, ""},
		{"none younger than a day", Rule{0, 0, 0}, []string{"2026-08-18 08:59", "2026-08-18 09:01", "2026-08-19 01:00"}, "2026-08-18"},
		{"a clock that was set back lets nothing go", Rule{0, 0, 0}, []string{"2026-08-20 01:00", "2027-01-01 01:00"}, ""},
		{"a day is Vietnam's", Rule{0, 0, 24}, []string{"2026-06-30 23:30", "2026-07-01 00:30", "2026-08-19 01:00"}, ""},
	} {
		var gone []string
		for _, s := range c.rule.gone(setsAt(c.all...), now) {
			gone = append(gone, s.At.Format("2006-01-02"))
		}
		if got := strings.Join(gone, " "); got != c.gone {
			t.Errorf("%s: %q goes, not %q", c.name, got, c.gone)
		}
	}
}

// Whether the rule is asked every day or once, the same sets are left: the last of a week is not thinned away before its
// month ends.
func TestThinningEveryDayEndsWhereThinningOnceWould(t *testing.T) {
	start := setsAt("2023-01-01 02:00")[0].At
	var daily, once []Set
	for day := range 1200 {
		now := start.AddDate(0, 0, day)
		s := Set{now.Format(stamp), now}
		daily, once = append(daily, s), append(once, s)
		daily = without(daily, Usual.gone(daily, now))
	}
	once = without(once, Usual.gone(once, start.AddDate(0, 0, 1199)))
	if len(daily) != len(once) {
		t.Errorf("%d are left when thinned daily, %d when once", len(daily), len(once))
	}
	for i := range min(len(daily), len(once)) {
		if daily[i] != once[i] {
			t.Errorf("%s is left, not %s", daily[i].Folder, once[i].Folder)
		}
	}
	if n := len(daily); n < 7+7+22 || n > 8+9+25 {
		t.Errorf("%d sets are left of 1,200", n)
	}
}

func without(all, gone []Set) (left []Set) {
	lost := make(map[string]bool)
	for _, s := range gone {
		lost[s.Folder] = true
	}
	for _, s := range all {
		if !lost[s.Folder] {
			left = append(left, s)
		}
	}
	return left
}

func TestARuleIsReadAsItIsPrinted(t *testing.T) {
	for text, want := range map[string]Rule{"7d,8w,24m": Usual, "3d": {3, 0, 0}, "12m, 1d": {1, 0, 12}, "0d": {}} {
		if got, err := ReadRule(text); err != nil || got != want {
			t.Errorf("%s: %v %v", text, got, err)
		}
	}
	if again, err := ReadRule(Usual.String()); err != nil || again != Usual {
		t.Errorf("%v %v", again, err)
	}
	for _, text := range []string{"", "7", "7d 8w", "-1d", "7x", "99999d", "d"} {
		if r, err := ReadRule(text); err == nil {
			t.Errorf("%q is read as %v", text, r)
		}
	}
}

func TestTheAgeOfABackupIsSaidAndJudged(t *testing.T) {
	now := setsAt("2026-08-19 09:00")[0].At
	day := 24 * time.Hour
	for _, c := range []struct {
		state State
		good  bool
		says  string
	}{
		{State{}, false, "Chưa có bản sao lưu nào."},
		{State{Last: now.Add(-12 * time.Hour), Every: day, Dest: "/mnt/luu"}, true, "Bản sao lưu gần nhất: 21:00 ngày 18/8/2026 (12 giờ trước), ở /mnt/luu."},
		{State{Last: now.Add(-47 * time.Hour)}, true, "47 giờ trước"},
		{State{Last: now.Add(-49 * time.Hour)}, false, "2 ngày trước"},
		{State{Last: now.Add(-3 * time.Hour), Every: time.Hour}, false, "giaoban backup"},
		{State{Last: now.Add(-time.Hour), Every: day, FailedAt: now, Problem: "Đĩa đầy."}, false, "không xong: Đĩa đầy."},
		{State{Last: now.Add(-time.Hour), Every: day, Missing: 2}, false, "2 tệp"},
	} {
		if said, good := c.state.Words(now); good != c.good || !strings.Contains(said, c.says) {
			t.Errorf("%+v: %v %q", c.state, good, said)
		}
	}
	for _, c := range []struct {
		state State
		due   bool
	}{
		{State{}, true},
		{State{Last: now.Add(-23 * time.Hour)}, false},
		{State{Last: now.Add(-24 * time.Hour)}, true},
		{State{Last: now.Add(-25 * time.Hour), FailedAt: now.Add(-30 * time.Minute)}, false}, // not every minute
		{State{Last: now.Add(-25 * time.Hour), FailedAt: now.Add(-61 * time.Minute)}, true},
		{State{Last: now.Add(time.Hour)}, true}, // the clock was wrong then
	} {
		if due := c.state.Due(day, now); due != c.due {
			t.Errorf("%+v: %v", c.state, due)
		}
	}
}
