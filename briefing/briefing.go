// Package briefing keeps hội nghị giao ban: planned, prepared, held, concluded, and what its notice sets in motion.
//
// A briefing looks back on one period of a regime and launches another. Its pack is frozen when it is shown, its
// conclusions are guidance or tasks, and only the release of the signed notice turns a conclusion into a task.
package briefing

import (
	"errors"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/org"
	"giaoban/report"
)

// Briefing is one conference. HeldAt is "14:00" or "" while only the day is known; Bring and Agenda hold one item a
// line.
type Briefing struct {
	ID        db.ID           `db:"id"`
	Body      db.ID           `db:"org"`
	Regime    string          `db:"regime"`
	Period    calendar.Period `db:"period"`
	PeriodEnd calendar.Date   `db:"period_end"`
	Launches  calendar.Period `db:"launches"`
	HeldOn    calendar.Date   `db:"held_on"`
	HeldAt    string          `db:"held_at"`
	Place     string          `db:"place"`
	Bring     string          `db:"bring"`
	ReportDue calendar.Date   `db:"report_due"`
	Agenda    string          `db:"agenda"`
	Version   int64           `db:"version"`
	MadeAt    db.Instant      `db:"made_at"`
	MadeBy    string          `db:"made_by"`
}

// Name is how papers call the conference: "Hội nghị giao ban công tác khoa giáo quý I năm 2022".
func (b Briefing) Name() string {
	return "Hội nghị giao ban công tác khoa giáo " + b.Period.Name()
}

// AgendaItems and BringItems are the lines of the two lists.
func (b Briefing) AgendaItems() []string { return lines(b.Agenda) }

// BringItems are the papers to bring.
func (b Briefing) BringItems() []string { return lines(b.Bring) }

// When says day and hour as an invitation does: "14 giờ 00, thứ Sáu, ngày 01/4/2022"; "" while no day is fixed.
func (b Briefing) When() string {
	if b.HeldOn.IsZero() {
		return ""
	}
	day := b.HeldOn.WithWeekday()
	if i := strings.LastIndexByte(day, ' '); i > 0 { // "thứ Sáu 01/4/2022"
		day = strings.TrimSuffix(day[:i], ",") + ", ngày " + day[i+1:]
	}
	if hour, minute, ok := strings.Cut(b.HeldAt, ":"); ok {
		return hour + " giờ " + minute + ", " + day
	}
	return day
}

// HalfDay is "Sáng" or "Chiều", "" while no hour is fixed.
func (b Briefing) HalfDay() string {
	switch {
	case b.HeldAt == "":
		return ""
	case b.HeldAt < "12:00":
		return "Sáng"
	}
	return "Chiều"
}

// Node is the conference in the graph of what came from what.
func (b Briefing) Node() lineage.Node {
	return lineage.Node{Kind: "briefing", ID: b.ID, Label: b.Name()}
}

func (b Briefing) subject() journal.Subject {
	return journal.Subject{Kind: "briefing", ID: b.ID, Body: b.Body}
}

// New is what planning a briefing asks for. Regime is the code of the regime whose reports it looks back on.
type New struct {
	Regime    string
	Period    calendar.Period
	HeldOn    calendar.Date
	HeldAt    string // "14:00"
	Place     string
	Bring     string
	ReportDue calendar.Date
	Agenda    string // "": the usual agenda
	Seats     []Seat
	Invitees  []Invitee
}

// Plan begins a briefing on a period; there is one for each regime and period. Without an agenda it gets the usual one.
func Plan(tx *db.Tx, by access.Actor, n New) (Briefing, error) {
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return Briefing{}, err
	}
	if err := by.May(access.PrepareBriefing, commission.ID); err != nil {
		return Briefing{}, err
	}
	n.Regime = strings.TrimSpace(n.Regime)
	b := Briefing{ID: tx.NewID(), Body: commission.ID, Regime: n.Regime, Period: n.Period, PeriodEnd: n.Period.Last(),
		Launches: n.Period.Launches(), Version: 1, MadeAt: tx.Now(), MadeBy: by.Key()}
	var wrong fault.List
	if n.Regime == "" {
		wrong.Add("regime", "Cần chọn chế độ báo cáo mà hội nghị xem lại, ví dụ kg-quy.")
	}
	if n.Period.IsZero() {
		wrong.Add("period", "Cần chọn kỳ mà hội nghị xem lại, ví dụ 2022-Q1.")
	} else if n.Period.Kind() == calendar.Term {
		wrong.Add("period", "Hội nghị giao ban xem lại tháng, quý, 6 tháng, 9 tháng hoặc năm; giai đoạn nhiều năm thuộc hội nghị tổng kết.")
	}
	if err := fits(tx, by, n, &wrong); err != nil {
		return Briefing{}, err
	}
	if err := b.fill(n, &wrong); err != nil {
		return Briefing{}, err
	}
	taken, err := tx.Exists("select 1 from briefing where org = ? and regime = ? and period = ?", b.Body, b.Regime, b.Period)
	if err != nil {
		return Briefing{}, err
	}
	if taken {
		return Briefing{}, fault.Conflict("Đã có hội nghị giao ban %s. Xin mở hội nghị đó để sửa.", b.Period.Name())
	}
	if b.Agenda == "" {
		b.Agenda = usualAgenda(b)
	}
	if err := tx.Insert("briefing", b); err != nil {
		return Briefing{}, err
	}
	if err := writeSeats(tx, b, n.Seats); err != nil {
		return Briefing{}, err
	}
	if err := writeInvitees(tx, b, n.Invitees); err != nil {
		return Briefing{}, err
	}
	_, err = journal.Write(tx, by, "planned", b.subject(), journal.Details{"regime": b.Regime, "period": b.Period.String(),
		"held_on": b.HeldOn.String(), "bodies": len(n.Invitees)})
	return b, err
}

// fits refuses a regime that does not exist and a period that its periods do not add up to.
func fits(tx *db.Tx, by access.Actor, n New, wrong *fault.List) error {
	if len(*wrong) > 0 {
		return nil
	}
	regime, err := report.FindRegime(tx, by, n.Regime)
	if fault.Is(err, fault.KindMissing) {
		wrong.Add("regime", "Không có chế độ báo cáo “%s”. Xem mã ở trang Chế độ báo cáo.", shortened(n.Regime))
		return nil
	}
	if err != nil || regime.Kind == 0 {
		return err
	}
	if _, err := n.Period.Parts(regime.Kind); err != nil {
		return wrong.AddError("period", err)
	}
	return nil
}

// fill takes over what may be changed later and checks it together with what was found wrong before.
func (b *Briefing) fill(n New, wrong *fault.List) error {
	b.HeldOn, b.ReportDue = n.HeldOn, n.ReportDue
	b.Place, b.Bring, b.Agenda = clean(n.Place), clean(n.Bring), clean(n.Agenda)
	b.HeldAt = readHour(n.HeldAt)
	if b.HeldAt == "" && strings.TrimSpace(n.HeldAt) != "" {
		wrong.Add("held_at", "Giờ “%s” không đọc được; hãy viết như 14:00 hoặc 14 giờ 30.", shortened(n.HeldAt))
	}
	if !b.HeldOn.IsZero() && !b.ReportDue.IsZero() && b.ReportDue.After(b.HeldOn) {
		wrong.Add("report_due", "Hạn gửi báo cáo phải trước hoặc đúng ngày họp (%s).", b.HeldOn.Vietnamese())
	}
	checkSeats(n.Seats, wrong)
	texts := []string{b.Place, b.Bring, b.Agenda}
	for _, s := range n.Seats {
		texts = append(texts, s.Name, s.Title)
	}
	for _, i := range n.Invitees {
		texts = append(texts, i.Who)
	}
	if err := refuseSecret(texts...); err != nil {
		return err
	}
	return wrong.Err()
}

// Change replaces day, place, agenda, seats and those invited. version is the one the form was opened with.
func Change(tx *db.Tx, by access.Actor, id db.ID, n New, version int64) (Briefing, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return Briefing{}, err
	}
	if err := by.May(access.PrepareBriefing, b.Body); err != nil {
		return Briefing{}, err
	}
	if err := open(tx, b); err != nil {
		return Briefing{}, err
	}
	var wrong fault.List
	changed := b
	if err := changed.fill(n, &wrong); err != nil {
		return Briefing{}, err
	}
	if changed.Agenda == "" {
		changed.Agenda = usualAgenda(b)
	}
	changed.Version = version + 1
	n1, err := tx.Exec(`
update briefing
set held_on = ?, held_at = ?, place = ?, bring = ?, report_due = ?, agenda = ?, version = ?
where id = ? and version = ?`, changed.HeldOn, changed.HeldAt, changed.Place, changed.Bring, changed.ReportDue,
		changed.Agenda, changed.Version, b.ID, version)
	if err != nil {
		return Briefing{}, err
	}
	if n1 == 0 {
		return b, stale("kế hoạch hội nghị")
	}
	if err := writeSeats(tx, b, n.Seats); err != nil {
		return Briefing{}, err
	}
	if err := writeInvitees(tx, b, n.Invitees); err != nil {
		return Briefing{}, err
	}
	_, err = journal.Write(tx, by, "replanned", b.subject(), journal.Details{"held_on": changed.HeldOn.String(),
		"held_at": changed.HeldAt, "bodies": len(n.Invitees)})
	return changed, err
}

// columns of a briefing, in one place for every query.
const columns = `
b.id, b.org, b.regime, b.period, b.period_end, b.launches, b.held_on, b.held_at, b.place, b.bring, b.report_due, b.agenda,
	b.version, b.made_at, b.made_by`

// visible narrows briefings: a body sees one it was invited to, once the invitation or the notice is out. It binds the
// result of by.Sees twice.
const visible = `
(cast(? as text) = '' or exists (
	select 1
	from briefing_invitee v
	join briefing_paper p on p.briefing = v.briefing
	join paper_release r on r.paper = p.paper
	where v.body = ? and v.briefing = b.id))`

// Find gives one briefing, to the commission or to a body whose invitation has been released.
func Find(tx *db.Tx, by access.Actor, id db.ID) (Briefing, error) {
	org := by.Sees(access.ReadBriefing)
	var b Briefing
	err := tx.Get(&b, "select "+columns+`
from briefing b
where b.id = ? and `+visible, string(id), org, org)
	if errors.Is(err, db.None) {
		return b, fault.Missing("Không có hội nghị giao ban này. Xin xem danh sách ở trang Giao ban.")
	}
	return b, err
}

// Among gives those of some briefings that the actor may see.
func Among(tx *db.Tx, by access.Actor, ids []db.ID) ([]Briefing, error) {
	org := by.Sees(access.ReadBriefing)
	return db.Among[Briefing](tx, ids, "select "+columns+`
from briefing b
where `+visible+`
  and b.id in `, org, org)
}

// OfPeriod gives the briefing on a period of a regime.
func OfPeriod(tx *db.Tx, by access.Actor, regime string, period calendar.Period) (Briefing, error) {
	org := by.Sees(access.ReadBriefing)
	var b Briefing
	err := tx.Get(&b, "select "+columns+`
from briefing b
where b.regime = ? and b.period = ? and `+visible, regime, period, org, org)
	if errors.Is(err, db.None) {
		return b, fault.Missing("Chưa có hội nghị giao ban %s.", period.Name())
	}
	return b, err
}

// Line is a briefing in a list, with where it stands.
type Line struct {
	Briefing
	State State
}

// List gives the briefings, the latest period first; a body sees those it was invited to.
func List(tx *db.Tx, by access.Actor) ([]Line, error) {
	org := by.Sees(access.ReadBriefing)
	var rows []struct {
		Briefing
		standing
	}
	if err := tx.Select(&rows, "select "+columns+","+standingColumns+`
from briefing b
where `+visible+`
order by b.period_end desc, b.id desc`, org, org); err != nil {
		return nil, err
	}
	out := make([]Line, len(rows))
	for i, r := range rows {
		out[i] = Line{r.Briefing, r.standing.state()}
	}
	return out, nil
}

// refuseSecret turns away marked papers before anything of them is kept.
func refuseSecret(texts ...string) error {
	err := official.RefuseSecret(texts...)
	if err != nil && fault.Of(err) == nil {
		return fault.Refused("%s", err.Error())
	}
	return err
}

func stale(what string) error {
	return fault.Stale("Có người khác vừa sửa %s. Xin xem bản của họ bên cạnh bản đang gõ rồi lưu lại.", what)
}

// readHour reads "14:00", "14h30", "14 giờ", "8 giờ 00 phút" into "14:00"; "" when it is none of these.
func readHour(s string) string {
	s = strings.NewReplacer("phút", "", "phut", "", "’", "", "'", "").Replace(strings.ToLower(fold.Clean(s)))
	for _, word := range []string{"giờ", "gio", "h", "."} {
		s = strings.Replace(s, word, ":", 1)
	}
	hour, minute, _ := strings.Cut(s, ":")
	minute = strings.TrimSpace(minute)
	if minute == "" {
		minute = "0"
	}
	h, err := strconv.ParseUint(strings.TrimSpace(hour), 10, 8)
	m, err2 := strconv.ParseUint(minute, 10, 8)
	if err != nil || err2 != nil || h > 23 || m > 59 {
		return ""
	}
	return pad(h) + ":" + pad(m)
}

func pad(n uint64) string {
	if n < 10 {
		return "0" + strconv.FormatUint(n, 10)
	}
	return strconv.FormatUint(n, 10)
}

func clean(s string) string { return strings.TrimSpace(fold.Clean(s)) }

// lines splits a text that holds one item a line, without dashes typed in front.
func lines(s string) []string {
	var out []string
	for _, l := range strings.Split(s, "\n") {
		if l = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(l), "-–•+ ")); l != "" {
			out = append(out, l)
		}
	}
	return out
}

func shortened(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
