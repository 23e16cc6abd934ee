package workplan

import (
	"fmt"
	"strings"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/internal/pattern"
	"giaoban/journal"
	"giaoban/library"
	"giaoban/official"
	"giaoban/org"
)

// DayKind tells an anniversary from a topic of study.
type DayKind string

// The two kinds.
const (
	Anniversary DayKind = "anniversary"
	Topic       DayKind = "topic"
)

// DayKinds in the order they are offered.
var DayKinds = []DayKind{Anniversary, Topic}

// Name is the office's word.
func (k DayKind) Name() string {
	return map[DayKind]string{Anniversary: "Ngày kỷ niệm", Topic: "Chuyên đề học tập, sinh hoạt"}[k]
}

// Day is one entry of the year's calendar. Day is 0 where the month as a whole is meant; Outline is the file that goes out with it.
type Day struct {
	ID      db.ID   `db:"id"`
	Body    db.ID   `db:"org"`
	Year    int     `db:"year"`
	Kind    DayKind `db:"kind"`
	Month   int     `db:"month"`
	Day     int     `db:"day"`
	Words   string  `db:"words"`
	Outline db.ID   `db:"outline"`
}

// When is "03/02" or "tháng 2".
func (d Day) When() string {
	if d.Day == 0 {
		return fmt.Sprintf("tháng %d", d.Month)
	}
	return fmt.Sprintf("%02d/%02d", d.Day, d.Month)
}

// Days are the entries of a year in its order.
func Days(tx *db.Tx, by access.Actor, year int) (all []Day, err error) {
	if err := by.May(access.ReadWorkplan, by.Body); err != nil {
		return nil, err
	}
	err = tx.Select(&all, `
select id, org, year, kind, month, day, words, outline
from workplan_day
where year = ? and ended_at is null
order by month, day, id`, year)
	return all, err
}

// dated is how a line of the calendar begins: "03/02:", "3-2 ", "tháng 5:".
var dated = pattern.Of(`^\s*[-–•+]?\s*(?:(\d{1,2})\s*[/.-]\s*(\d{1,2})|[Tt]háng\s+(\d{1,2}))\s*[:\t–-]?\s*`)

// AddDays enters entries as typed, a line each: "03/02: Kỷ niệm 92 năm Ngày thành lập Đảng", "tháng 5: chuyên đề …".
func AddDays(tx *db.Tx, by access.Actor, year int, kind DayKind, typed string, outline db.ID) (int, error) {
	if err := keeping(by, year); err != nil {
		return 0, err
	}
	if kind.Name() == "" {
		return 0, fault.Invalid("kind", "Hãy chọn ngày kỷ niệm hay chuyên đề.")
	}
	if err := official.RefuseSecret(typed); err != nil {
		return 0, err
	}
	var wrong fault.List
	var days []Day
	n := 0
	for line := range strings.Lines(fold.Clean(typed)) {
		n++
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		found := dated().FindStringSubmatch(line)
		if found == nil {
			wrong.Add("days", "Dòng %d chưa có ngày; hãy viết như “03/02: …” hoặc “tháng 5: …”.", n)
			continue
		}
		d := Day{Kind: kind, Year: year, Words: strings.TrimSpace(line[len(found[0]):])}
		fmt.Sscan(found[1], &d.Day)
		fmt.Sscan(found[2]+found[3], &d.Month)
		if d.Month < 1 || d.Month > 12 {
			wrong.Add("days", "Dòng %d: tháng %d không có.", n, d.Month)
			continue
		}
		if d.Day != 0 {
			if _, err := calendar.MakeDate(year, time.Month(d.Month), d.Day); err != nil {
				wrong.Add("days", "Dòng %d: ngày %d/%d/%d không có.", n, d.Day, d.Month, year)
			}
		}
		if d.Words == "" || len(d.Words) > mostWords {
			wrong.Add("days", "Dòng %d cần nội dung, không quá %d chữ.", n, mostWords)
		}
		days = append(days, d)
	}
	if n == 0 || len(days) == 0 && len(wrong) == 0 {
		wrong.Add("days", "Hãy ghi ít nhất một ngày, mỗi ngày một dòng.")
	}
	if len(days) > mostLines {
		wrong.Add("days", "Nhiều nhất %d ngày mỗi lần.", mostLines)
	}
	if err := wrong.Err(); err != nil {
		return 0, err
	}
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return 0, err
	}
	for _, d := range days {
		id := tx.NewID()
		if _, err := tx.Exec(`
insert into workplan_day (id, org, year, kind, month, day, words, outline, ended_at, made_at, made_by)
values (?, ?, ?, ?, ?, ?, ?, ?, null, ?, ?)`, id, commission.ID, year, string(kind), d.Month, d.Day, d.Words, outline, tx.Now(), by.Name); err != nil {
			return 0, err
		}
		if outline != "" {
			if err := library.Attach(tx, by, outline, "workplan_day", id, commission.ID, "Đề cương"); err != nil {
				return 0, err
			}
		}
	}
	return len(days), told(tx, by, "days_added", year, journal.Details{"days": len(days)})
}

// EndDay takes an entry out that was entered by mistake.
func EndDay(tx *db.Tx, by access.Actor, year int, id db.ID) error {
	if err := keeping(by, year); err != nil {
		return err
	}
	n, err := tx.Exec("update workplan_day set ended_at = ? where id = ? and year = ? and ended_at is null", tx.Now(), id, year)
	if err == nil && n == 0 {
		err = fault.Invalid("day", "Ngày này không còn trong lịch; xin mở lại trang.")
	}
	if err != nil {
		return err
	}
	return told(tx, by, "day_ended", year, nil)
}
