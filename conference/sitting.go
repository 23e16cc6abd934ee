package conference

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/org"
)

// Outcome is what became of the conference that a body should have held.
type Outcome string

// What a body notes; missing is that it noted nothing.
const (
	SittingHeld    Outcome = "held"
	SittingAgreed  Outcome = "agreed" // thống nhất không họp: agreed otherwise, with the reason
	SittingPlanned Outcome = "planned"
	SittingMissing Outcome = "missing"
)

// Outcomes are those that are noted, in the order of a form.
var Outcomes = []Outcome{SittingHeld, SittingAgreed, SittingPlanned}

// Name is the office's word.
func (o Outcome) Name() string {
	return map[Outcome]string{SittingHeld: "Đã họp", SittingAgreed: "Thống nhất không họp", SittingPlanned: "Dự kiến họp",
		SittingMissing: "Chưa ghi"}[o]
}

// Line says it with its day, its paper and why none was held.
func (o Outcome) Line(on calendar.Date, paper, reason string) string {
	line := o.Name()
	if !on.IsZero() {
		line += " ngày " + on.Vietnamese()
	}
	if paper != "" {
		line += ", " + paper
	}
	if reason != "" {
		line += ": " + reason
	}
	return line
}

// Check asks that day, paper and reason fit what became of a conference: held_on, notice and reason are the fields.
func (o Outcome) Check(wrong *fault.List, on calendar.Date, notice, reason string, today calendar.Date) {
	switch o {
	case SittingHeld:
		if on.IsZero() {
			wrong.Add("held_on", "Cần ghi ngày đã họp, ví dụ 05/4/2022.")
		}
		if on.After(today) {
			wrong.Add("held_on", "Ngày họp (%s) ở sau hôm nay; nếu chưa họp xin chọn “%s”.", on.Vietnamese(), SittingPlanned.Name())
		}
	case SittingAgreed:
		if reason == "" {
			wrong.Add("reason", "Cần ghi lý do thống nhất không họp, ví dụ “Lồng ghép vào hội nghị tổng kết năm”.")
		}
		if !on.IsZero() {
			wrong.Add("held_on", "Đã thống nhất không họp thì không có ngày họp. Xin xóa ngày, hoặc chọn mục khác.")
		}
	case SittingPlanned:
		if on.IsZero() {
			wrong.Add("held_on", "Cần ghi ngày dự kiến họp.")
		}
		if !on.IsZero() && on.Before(today) {
			wrong.Add("held_on", "Ngày dự kiến (%s) đã qua; nếu đã họp xin chọn “%s”.", on.Vietnamese(), SittingHeld.Name())
		}
	default:
		wrong.Add("outcome", "Hãy chọn: đã họp, thống nhất không họp, hoặc dự kiến họp.")
	}
	if o != SittingHeld && notice != "" {
		wrong.Add("notice", "Chưa họp thì chưa có thông báo. Xin xóa số thông báo, hoặc chọn “%s”.", SittingHeld.Name())
	}
	if o == SittingHeld && reason != "" {
		wrong.Add("reason", "Đã họp thì không ghi lý do không họp. Xin xóa lý do.")
	}
}

// Sitting is a conference of a lower level as it is noted in short (lần họp của cấp dưới): held on a day with its notice, agreed
// not to be held, or planned. What was said there is Words.
type Sitting struct {
	ID         db.ID           `db:"id"`
	Body       db.ID           `db:"org"`
	Unit       db.ID           `db:"unit"` // whom it counts for, see LevelOf
	Period     calendar.Period `db:"period"`
	PeriodEnd  calendar.Date   `db:"period_end"`
	Outcome    Outcome         `db:"outcome"`
	HeldOn     calendar.Date   `db:"held_on"` // the day, or the planned one
	Notice     string          `db:"notice"`  // "05-TB/BTGTU"
	Reason     string          `db:"reason"`
	Version    int64           `db:"version"`
	MadeAt     db.Instant      `db:"made_at"`
	MadeBy     string          `db:"made_by"`
	DroppedAt  db.Instant      `db:"dropped_at"`
	DropReason string          `db:"drop_reason"`
}

func (s Sitting) subject() journal.Subject {
	return journal.Subject{Kind: "sitting", ID: s.ID, Body: s.Body}
}

// Name is how a list calls it.
func (s Sitting) Name() string { return "Hội nghị giao ban " + s.Period.Name() }

// Line says all of it: "Đã họp ngày 05/4/2022, thông báo 05-TB/BTGTU".
func (s Sitting) Line() string {
	notice := s.Notice
	if notice != "" {
		notice = "thông báo " + notice
	}
	return s.Outcome.Line(s.HeldOn, notice, s.Reason)
}

// SittingPeriods are the periods of a year that a body may note, in the order in which they end.
func SittingPeriods(year int) []calendar.Period {
	var all []calendar.Period
	for _, part := range []string{"-Q1", "-Q2", "-H1", "-Q3", "-9M", "-Q4", "-H2", ""} {
		if p, err := calendar.ParsePeriod(strconv.Itoa(year) + part); err == nil {
			all = append(all, p)
		}
	}
	return all
}

const sittings = `
select s.id, s.org, s.unit, s.period, s.period_end, s.outcome, s.held_on, s.notice, s.reason, s.version, s.made_at, s.made_by,
	s.dropped_at, s.drop_reason
from conference_sitting s
`

// mayReadSitting binds what the actor sees three times: the commission sees that conferences were held, a body its own.
const mayReadSitting = "(cast(? as text) = '' or s.org = ? or s.unit = ?)"

// NoteSitting enters a conference in short, or corrects the one whose ID is given (its Version must be the one that was read).
// A body notes its own, the commission everybody's.
func NoteSitting(tx *db.Tx, by access.Actor, s Sitting) (Sitting, error) {
	var old Sitting
	if s.ID != "" {
		var err error
		if old, err = FindSitting(tx, by, s.ID); err != nil {
			return s, err
		}
		s.Body, s.Period = old.Body, old.Period
	}
	if err := by.May(access.NoteSitting, s.Body); err != nil {
		return s, err
	}
	if old.DroppedAt != 0 {
		return s, fault.Conflict("Lần họp này đã được bỏ; xin ghi lần mới.")
	}
	if old.Version != s.Version && s.ID != "" {
		return s, fault.Stale("%s vừa sửa lần họp này thành “%s”. Xin xem lại rồi ghi tiếp.", old.MadeBy, old.Line())
	}
	if err := s.check(tx, by); err != nil {
		return s, err
	}
	s.Version, s.MadeAt, s.MadeBy = old.Version+1, tx.Now(), by.Name
	if s.ID != "" {
		if _, err := tx.Exec(`
update conference_sitting
set outcome = ?, held_on = ?, notice = ?, reason = ?, version = ?, made_at = ?, made_by = ?
where id = ?`, string(s.Outcome), s.HeldOn, s.Notice, s.Reason, s.Version, s.MadeAt, s.MadeBy, s.ID); err != nil {
			return s, err
		}
	} else {
		if err := s.free(tx); err != nil {
			return s, err
		}
		s.ID = tx.NewID()
		if err := tx.Insert("conference_sitting", s); err != nil {
			return s, err
		}
	}
	if s.Outcome == SittingAgreed {
		if err := s.unshare(tx, by); err != nil {
			return s, err
		}
	}
	_, err := journal.Write(tx, by, "noted", s.subject(), journal.Details{"period": s.Period.Name(), "outcome": strings.ToLower(s.Outcome.Name()),
		"held_on": s.HeldOn.String(), "notice": s.Notice})
	return s, err
}

// free refuses a period that was noted before: by the body itself, or by the other one that counts for the same unit, which alone
// corrects what it noted.
func (s Sitting) free(tx *db.Tx) error {
	var before Sitting
	err := tx.Get(&before, sittings+"where s.unit = ? and s.period = ? and s.dropped_at is null", s.Unit, s.Period)
	switch {
	case errors.Is(err, db.None):
		return nil
	case err != nil:
		return err
	case before.Body == s.Body:
		return fault.Conflict("Kỳ %s đã được ghi. Xin mở lần họp đó để sửa.", s.Period.Name())
	}
	names, err := org.Names(tx, s.PeriodEnd)
	if err != nil {
		return err
	}
	return fault.Conflict("Kỳ %s đã được %s ghi; chỉ cơ quan đó sửa được. Nếu ghi chưa đúng, xin báo cơ quan đó.", s.Period.Name(), names[before.Body].ShortName)
}

// longestLine of what is noted in short.
const longestLine = 500

func (s *Sitting) check(tx *db.Tx, by access.Actor) error {
	var wrong fault.List
	today := calendar.OfInstant(tx.Clock())
	s.Notice, s.Reason = fold.Tidy(s.Notice), fold.Tidy(s.Reason)
	if !slices.Contains(SittingPeriods(s.Period.Year()), s.Period) {
		wrong.Add("period", "Cần chọn kỳ: quý, 6 tháng, 9 tháng hoặc năm.")
		return wrong.Err()
	}
	s.PeriodEnd = s.Period.Last()
	level, unit, err := LevelOf(tx, by, s.Body, earlier(today, s.PeriodEnd))
	if err != nil {
		return err
	}
	if level == "" {
		wrong.Add("body", "Nề nếp hội nghị được ghi cho Ban, ban cấp dưới và xã, phường, đặc khu; cơ quan này không thuộc các cấp đó.")
	}
	if s.Unit = unit; s.Unit == "" {
		s.Unit = s.Body
	}
	s.Outcome.Check(&wrong, s.HeldOn, s.Notice, s.Reason, today)
	wrong.AddError("held_on", calendar.NotBefore("Ngày họp", s.HeldOn, "ngày đầu kỳ", s.Period.First()))
	if len(s.Notice) > longestLine || len(s.Reason) > longestLine {
		wrong.Add("reason", "Mỗi ô ghi nhiều nhất %d ký tự.", longestLine)
	}
	if err := refuseSecret(s.Notice, s.Reason); err != nil {
		return err
	}
	return wrong.Err()
}

func earlier(a, b calendar.Date) calendar.Date {
	if a.Before(b) {
		return a
	}
	return b
}

// DropSitting takes back what was noted by mistake; the row stays with the reason.
func DropSitting(tx *db.Tx, by access.Actor, id db.ID, reason string) error {
	s, err := FindSitting(tx, by, id)
	if err != nil {
		return err
	}
	if err := by.May(access.NoteSitting, s.Body); err != nil {
		return err
	}
	if s.DroppedAt != 0 {
		return fault.Conflict("Lần họp này đã được bỏ.")
	}
	if reason = fold.Tidy(reason); reason == "" {
		return fault.Invalid("drop_reason", "Cần ghi lý do bỏ, ví dụ “Ghi nhầm kỳ”.")
	}
	if err := refuseSecret(reason); err != nil {
		return err
	}
	if _, err := tx.Exec("update conference_sitting set dropped_at = ?, drop_reason = ?, version = version + 1 where id = ?", tx.Now(), reason, s.ID); err != nil {
		return err
	}
	if err := s.unshare(tx, by); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "dropped", s.subject(), journal.Details{"period": s.Period.Name(), "reason": reason})
	return err
}

// FindSitting gives one, to the commission and to the body that held it.
func FindSitting(tx *db.Tx, by access.Actor, id db.ID) (Sitting, error) {
	sees := by.Sees(access.ReadBriefing)
	var s Sitting
	err := tx.Get(&s, sittings+"where s.id = ? and "+mayReadSitting, string(id), sees, sees, sees)
	if errors.Is(err, db.None) {
		return s, fault.Missing("Không có lần họp này. Xin xem danh sách ở trang Hội nghị.")
	}
	return s, err
}

// SittingsAmong gives those of some that the actor may see.
func SittingsAmong(tx *db.Tx, by access.Actor, ids []db.ID) ([]Sitting, error) {
	sees := by.Sees(access.ReadBriefing)
	return db.Among[Sitting](tx, ids, sittings+"where "+mayReadSitting+" and s.id in ", sees, sees, sees)
}

// SittingsOf lists what counts for a body in a year, in the order of the periods.
func SittingsOf(tx *db.Tx, by access.Actor, body db.ID, year int) ([]Sitting, error) {
	sees := by.Sees(access.ReadBriefing)
	var all []Sitting
	err := tx.Select(&all, sittings+`
where (s.org = ? or s.unit = ?) and s.dropped_at is null and s.period_end >= ? and s.period_end <= ? and `+mayReadSitting+`
order by s.period_end, s.period`, body, body, calendar.On(year, 1, 1), calendar.On(year, 12, 31), sees, sees, sees)
	return all, err
}

// ownSittings are what the commission itself noted of a year, where it held none in the program.
func ownSittings(tx *db.Tx, by access.Actor, year int) ([]Sitting, error) {
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return nil, err
	}
	return SittingsOf(tx, by, commission.ID, year)
}
