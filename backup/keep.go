package backup

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/db"
	"giaoban/internal/pattern"
)

// Rule (quy tắc giữ) says how many backups of the past stay: all of so many days, the last of each week for so many
// weeks, the last of each month for so many months.
type Rule struct{ Days, Weeks, Months int }

// Usual is the rule where nobody gave one.
var Usual = Rule{7, 8, 24}

// String is the form ReadRule reads.
func (r Rule) String() string { return fmt.Sprintf("%dd,%dw,%dm", r.Days, r.Weeks, r.Months) }

var ruleForm = pattern.Of(`^([0-9]{1,4})([dwm])$`)

// ReadRule reads a rule such as "7d,8w,24m"; a part that is not named keeps nothing.
func ReadRule(text string) (r Rule, err error) {
	for part := range strings.SplitSeq(text, ",") {
		found := ruleForm().FindStringSubmatch(strings.TrimSpace(part))
		if found == nil {
			return r, fmt.Errorf("quy tắc giữ “%s” không đúng dạng; ghi như 7d,8w,24m: mọi bản của 7 ngày, mỗi tuần một bản trong 8 tuần, mỗi tháng một bản trong 24 tháng", text)
		}
		n, err := strconv.Atoi(found[1])
		if err != nil {
			return r, err
		}
		switch found[2] {
		case "d":
			r.Days = n
		case "w":
			r.Weeks = n
		case "m":
			r.Months = n
		}
	}
	return r, nil
}

// youngest is the age before which no set goes, whatever the rule.
const youngest = 24 * time.Hour

// gone picks the sets that a rule lets go; all stands from the oldest to the newest. The last of a week or month stays
// the last of it whenever it is asked, so that thinning every day ends where thinning once would.
func (r Rule) gone(all []Set, now time.Time) (gone []Set) {
	for i, s := range all {
		last := func(same func(a, b time.Time) bool) bool {
			return i == len(all)-1 || !same(s.At.In(db.Vietnam), all[i+1].At.In(db.Vietnam))
		}
		switch {
		case i == len(all)-1, now.Sub(s.At) < youngest:
		case s.At.After(now.AddDate(0, 0, -r.Days)):
		case s.At.After(now.AddDate(0, 0, -7*r.Weeks)) && last(sameWeek):
		case s.At.After(now.AddDate(0, -r.Months, 0)) && last(sameMonth):
		default:
			gone = append(gone, s)
		}
	}
	return gone
}

func sameWeek(a, b time.Time) bool {
	aYear, aWeek := a.ISOWeek()
	bYear, bWeek := b.ISOWeek()
	return aYear == bYear && aWeek == bWeek
}

func sameMonth(a, b time.Time) bool { return a.Year() == b.Year() && a.Month() == b.Month() }
