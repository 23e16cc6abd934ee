package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

	"giaoban/calendar"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
)

// Change is what a file means for one body and period: how many of its figures are new, changed, as they stand already,
// or refused. Replaces is the version that it makes a new one of, 0 where none stands; Waiting says that this one was not
// accepted yet, and is accepted with what the file changes.
type Change struct {
	New, Changed, Unchanged, Refused int

	Replaces int64
	Waiting  bool
	Figures  []FigureChange // those changed
}

// Counts says the numbers: "3 mới, 1 thay đổi, 0 giữ nguyên, 0 không nhận".
func (c Change) Counts() string {
	return fmt.Sprintf("%d mới, %d thay đổi, %d giữ nguyên, %d không nhận", c.New, c.Changed, c.Unchanged, c.Refused)
}

// Becomes says in words what the body's report becomes.
func (c Change) Becomes() string {
	switch {
	case c.Refused > 0:
		return "không nhập được"
	case c.Replaces == 0:
		return "báo cáo mới"
	case c.New+c.Changed == 0:
		return "giữ nguyên " + VersionName(c.Replaces)
	case c.Waiting:
		return fmt.Sprintf("%s thay %s đang chờ nhận, được nhận luôn", VersionName(c.Replaces+1), VersionName(c.Replaces))
	}
	return fmt.Sprintf("%s thay %s đã nhận", VersionName(c.Replaces+1), VersionName(c.Replaces))
}

// FigureChange is one figure that a file has otherwise than the report that stands.
type FigureChange struct {
	Indicator Indicator
	Was, Now  Value
}

// Sentence tells the change: "Số bác sĩ: 861 → 870".
func (c FigureChange) Sentence() string {
	spell := func(v Value) string {
		text := decimal.FormatTrimmed(v.Figure, c.Indicator.Decimals)
		if v.Estimate {
			text = "ước " + text
		}
		return text
	}
	return fmt.Sprintf("%s: %s → %s", c.Indicator.Name, spell(c.Was), spell(c.Now))
}

// Preview is what an import would do, before anything is written.
type Preview struct {
	Bodies  []BodyChange
	Opens   []calendar.Period // past periods that it would open
	Refused []fault.Problem   // by line
	More    int               // problems beyond those listed
	Total   Change
}

// BodyChange is what an import means for one body and period.
type BodyChange struct {
	Code   string
	Period calendar.Period
	Change
}

// Preview tells what the import would do.
func (im *Import) Preview() Preview {
	p := Preview{Refused: im.refused, More: im.more}
	opens := make(map[calendar.Period]bool)
	for _, g := range im.order {
		p.Bodies = append(p.Bodies, BodyChange{g.key.org, g.key.period, g.Change})
		p.Total.New += g.New
		p.Total.Changed += g.Changed
		p.Total.Unchanged += g.Unchanged
		p.Total.Refused += g.Refused
		if g.was.Obligation == "" && g.Refused == 0 {
			opens[g.key.period] = true
		}
	}
	p.Opens = slices.SortedFunc(maps.Keys(opens), calendar.Period.Compare)
	return p
}

// Err is nil when every line of the file may stand.
func (im *Import) Err() error {
	wrong := im.refused
	if im.more > 0 {
		wrong = append(slices.Clone(wrong), fault.Problem{Sentence: fmt.Sprintf("Còn %d dòng sai khác.", im.more)})
	}
	return wrong.Err()
}

// Digest is of everything the import would write and of what it was held against: equal digests do the same.
func (im *Import) Digest() string {
	h := sha256.New()
	for _, g := range im.order {
		fmt.Fprintf(h, "%s %s %s %d %d %d %x\n", g.key.org, g.key.period, g.was.Latest, g.New, g.Changed, g.Refused, g.packed)
	}
	return hex.EncodeToString(h.Sum(nil))
}
