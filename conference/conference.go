// Package conference keeps hội nghị: planned, prepared, held, concluded, and what its notice sets in motion.
//
// A briefing looks back on one period of a regime and launches another; other types look back on a year, or on no period. Its pack is frozen when it is shown, its
// conclusions are guidance or tasks, and only the release of the signed notice turns a conclusion into a task.
package conference

import (
	"cmp"
	"errors"
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

// Conference is one conference. HeldAt is "14:00" or "" while only the day is known; Bring holds one item a
// line. Regime, Period and Launches are zero where it looks back on none.
type Conference struct {
	ID        db.ID           `db:"id"`
	Body      db.ID           `db:"org"`
	Type      string          `db:"kind"`  // code of its type
	Title     string          `db:"title"` // in full; "" while a briefing is called by its period
	Organiser Organiser       `db:"organiser"`
	Regime    string          `db:"regime"`
	Period    calendar.Period `db:"period"`
	PeriodEnd calendar.Date   `db:"period_end"`
	Launches  calendar.Period `db:"launches"`
	HeldOn    calendar.Date   `db:"held_on"`
	HeldAt    string          `db:"held_at"`
	Place     string          `db:"place"`
	Venues    string          `db:"venues"` // places that take part on line, one a line
	Bring     string          `db:"bring"`
	ReportDue calendar.Date   `db:"report_due"`
	Agenda    string          `db:"agenda"` // lines of a plan that was last saved before its items were records; read by Items
	Version   int64           `db:"version"`
	MadeAt    db.Instant      `db:"made_at"`
	MadeBy    string          `db:"made_by"`
}

// Node is the conference in the graph of what came from what.
func (b Conference) Node() lineage.Node {
	return lineage.Node{Kind: "briefing", ID: b.ID, Label: b.Name()}
}

func (b Conference) subject() journal.Subject {
	return journal.Subject{Kind: "briefing", ID: b.ID, Body: b.Body}
}

// New is what planning a conference asks for. Regime is the code of the regime whose reports it looks back on.
type New struct {
	Type      string    // code of its type; "": a briefing
	Title     string    // in full; "": as its type has it
	Organiser Organiser // "": the commission
	Conveners []db.ID   // who convenes it with the commission
	Guests    []Guest
	ByPost    bool // the guests are named in the order of their posts
	Regime    string
	Period    calendar.Period
	HeldOn    calendar.Date
	HeldAt    string // "14:00"
	Place     string
	Venues    string // places that take part on line, one a line
	Bring     string
	ReportDue calendar.Date
	Items     []Item // the programme
	Agenda    string // the programme one item a line, where there are no Items; "": the usual one
	Seats     []Seat
	Invitees  []Invitee
	Reason    string // why day, hour or place change, once the invitation is out
}

// Plan begins a conference; one briefing is held for each regime and period. Without an agenda it gets the usual one.
func Plan(tx *db.Tx, by access.Actor, n New) (Conference, error) {
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return Conference{}, err
	}
	if err := by.May(access.PrepareBriefing, commission.ID); err != nil {
		return Conference{}, err
	}
	n.Regime = strings.TrimSpace(n.Regime)
	n.order()
	var wrong fault.List
	kind, err := typeOf(tx, n.Type)
	if err := wrong.AddError("kind", err); err != nil {
		return Conference{}, err
	}
	if kind.EndedAt != 0 {
		wrong.Add("kind", "Loại “%s” đã thôi dùng. Xin chọn loại khác.", kind.Name)
	}
	if kind.Spans == Nothing {
		n.Regime, n.Period = "", calendar.Period{}
	}
	b := Conference{ID: tx.NewID(), Body: commission.ID, Type: kind.Code, Regime: n.Regime, Period: n.Period, Version: 1, MadeAt: tx.Now(), MadeBy: by.Key()}
	if !n.Period.IsZero() {
		b.PeriodEnd, b.Launches = n.Period.Last(), n.Period.Launches()
	}
	if kind.Spans == Reports && n.Regime == "" {
		wrong.Add("regime", "Cần chọn chế độ báo cáo mà hội nghị xem lại, ví dụ Báo cáo quý.")
	}
	switch {
	case kind.Spans == Nothing || kind.Code == "":
	case n.Period.IsZero():
		wrong.Add("period", "Cần ghi kỳ mà hội nghị xem lại, ví dụ quý I năm 2022 hoặc năm 2022.")
	case kind.Spans == Reports && n.Period.Kind() == calendar.Term:
		wrong.Add("period", "Hội nghị giao ban xem lại tháng, quý, 6 tháng, 9 tháng hoặc năm; giai đoạn nhiều năm thuộc hội nghị tổng kết.")
	}
	if err := fits(tx, by, n, &wrong); err != nil {
		return Conference{}, err
	}
	if err := checkItems(tx, by, n.Items, n.HeldOn, &wrong); err != nil {
		return Conference{}, err
	}
	if err := b.fill(n, kind, &wrong); err != nil {
		return Conference{}, err
	}
	if kind.Spans == Reports {
		if _, err := standingBriefing(tx, b); err == nil {
			return Conference{}, fault.Conflict("Đã có hội nghị giao ban %s. Xin mở hội nghị đó để sửa.", b.Period.Name())
		} else if !errors.Is(err, db.None) {
			return Conference{}, err
		}
	}
	if err := tx.Insert("conference", b); err != nil {
		return Conference{}, err
	}
	if err := writeSeats(tx, b, n.Seats); err != nil {
		return Conference{}, err
	}
	if err := writeInvitees(tx, b, n.Invitees); err != nil {
		return Conference{}, err
	}
	if err := writeGuests(tx, b, n); err != nil {
		return Conference{}, err
	}
	if err := writeItems(tx, b, n.programme(b)); err != nil {
		return Conference{}, err
	}
	_, err = journal.Write(tx, by, "planned", b.subject(), journal.Details{"regime": b.Regime, "period": b.Period.String(),
		"held_on": b.HeldOn.String(), "bodies": len(n.Invitees)})
	return b, err
}

// fits refuses a regime that does not exist and a period that its periods do not add up to.
func fits(tx *db.Tx, by access.Actor, n New, wrong *fault.List) error {
	if len(*wrong) > 0 || n.Regime == "" {
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
func (b *Conference) fill(n New, kind Type, wrong *fault.List) error {
	b.Organiser = cmp.Or(n.Organiser, ByCommission)
	if b.Organiser.Name() == "" {
		wrong.Add("organiser", "Hãy chọn cơ quan triệu tập hội nghị.")
	}
	if b.Organiser == Jointly && len(n.Conveners) == 0 {
		wrong.Add("conveners", "Hội nghị do Ban cùng cơ quan khác tổ chức: hãy chọn ít nhất một cơ quan cùng tổ chức.")
	}
	usual := kind.Title(b.Period)
	b.Title = fold.Tidy(n.Title)
	switch {
	case kind.Code == Briefing && (b.Title == "" || b.Title == usual):
		b.Title = ""
	case b.Title == "" && !kind.Open():
		b.Title = usual
	case b.Title == "" || strings.Contains(b.Title, "…"):
		wrong.Add("title", "Cần ghi đủ tên hội nghị thay cho dấu …, như “%s”.", usual)
	}
	b.HeldOn, b.ReportDue = n.HeldOn, n.ReportDue
	b.Place, b.Venues, b.Bring = fold.Tidy(n.Place), fold.Tidy(n.Venues), fold.Tidy(n.Bring)
	b.HeldAt = readHour(n.HeldAt)
	if b.HeldAt == "" && strings.TrimSpace(n.HeldAt) != "" {
		wrong.Add("held_at", "Giờ “%s” không đọc được; hãy viết như 14:00 hoặc 14 giờ 30.", shortened(n.HeldAt))
	}
	if !b.HeldOn.IsZero() && !b.ReportDue.IsZero() && b.ReportDue.After(b.HeldOn) {
		wrong.Add("report_due", "Hạn gửi báo cáo phải trước hoặc đúng ngày họp (%s).", b.HeldOn.Vietnamese())
	}
	checkSeats(n.Seats, wrong)
	checkGuests(n.Guests, wrong)
	texts := append(linesOf(n.Items), b.Title, b.Place, b.Venues, b.Bring, n.Agenda)
	for _, g := range n.Guests {
		texts = append(texts, g.Name, g.Title)
	}
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
func Change(tx *db.Tx, by access.Actor, id db.ID, n New, version int64) (Conference, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return Conference{}, err
	}
	if err := by.May(access.PrepareBriefing, b.Body); err != nil {
		return Conference{}, err
	}
	if err := open(tx, b); err != nil {
		return Conference{}, err
	}
	n.order()
	var wrong fault.List
	changed := b
	kind, err := typeOf(tx, b.Type)
	if err != nil {
		return Conference{}, err
	}
	if err := checkItems(tx, by, n.Items, n.HeldOn, &wrong); err != nil {
		return Conference{}, err
	}
	if err := changed.fill(n, kind, &wrong); err != nil {
		return Conference{}, err
	}
	if b.Version != version { // before a reason is asked for what somebody else changed
		return b, stale("kế hoạch hội nghị")
	}
	s, err := standingOf(tx, b)
	if err != nil {
		return Conference{}, err
	}
	fact, err := b.moved(s, changed.whenWhere(), n.Reason, &wrong)
	if err != nil {
		return Conference{}, err
	}
	if fact.Kind != "" {
		if err := b.add(tx, by, fact); err != nil {
			return Conference{}, err
		}
	}
	changed.Agenda = ""
	changed.Version = version + 1
	n1, err := tx.Exec(`
update conference
set title = ?, organiser = ?, held_on = ?, held_at = ?, place = ?, venues = ?, bring = ?, report_due = ?, agenda = ?, version = ?
where id = ? and version = ?`, changed.Title, string(changed.Organiser), changed.HeldOn, changed.HeldAt, changed.Place, changed.Venues, changed.Bring, changed.ReportDue,
		changed.Agenda, changed.Version, b.ID, version)
	if err != nil {
		return Conference{}, err
	}
	if n1 == 0 {
		return b, stale("kế hoạch hội nghị")
	}
	if err := writeSeats(tx, b, n.Seats); err != nil {
		return Conference{}, err
	}
	if err := writeInvitees(tx, b, n.Invitees); err != nil {
		return Conference{}, err
	}
	if err := writeGuests(tx, b, n); err != nil {
		return Conference{}, err
	}
	if err := writeItems(tx, b, n.programme(b)); err != nil {
		return Conference{}, err
	}
	if fact.Kind != "" {
		if err := changed.tellPapers(tx, by); err != nil {
			return Conference{}, err
		}
	}
	_, err = journal.Write(tx, by, "replanned", b.subject(), journal.Details{"held_on": changed.HeldOn.String(),
		"held_at": changed.HeldAt, "bodies": len(n.Invitees)})
	return changed, err
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

// shortened cuts what is only named, at the end of a word.
func shortened(s string) string {
	r := []rune(s)
	if len(r) <= 60 {
		return s
	}
	cut := string(r[:60])
	if i := strings.LastIndexByte(cut, ' '); i > 0 && r[60] != ' ' {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:") + "…"
}
