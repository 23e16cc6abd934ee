package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/briefing"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/report"
)

func (s *site) briefingRoutes() {
	s.read("GET /giao-ban", s.briefings)
	s.read("GET /giao-ban/lap", s.newBriefing)
	s.write("POST /giao-ban", s.planBriefing)
	s.read("GET /giao-ban/{id}", s.showBriefing)
	s.read("GET /giao-ban/{id}/sua", s.editBriefing)
	s.write("POST /giao-ban/{id}/sua", s.changeBriefing)
	s.write("POST /giao-ban/{id}/giay-moi", s.inviteToBriefing)
	s.read("GET /giao-ban/{id}/thanh-phan", s.briefingPeople)
	s.write("POST /giao-ban/{id}/dai-bieu", s.nameDelegate)
	s.write("POST /giao-ban/{id}/diem-danh", s.attendBriefing)
	s.read("GET /giao-ban/{id}/ho-so", s.briefingPack)
	s.read("GET /giao-ban/{id}/ho-so.docx", s.downloadPack)
	s.write("POST /giao-ban/{id}/ho-so", s.showPack)
	s.read("GET /giao-ban/{id}/bo-sung", s.briefingAddendum)
	s.read("GET /giao-ban/{id}/dien-bien", s.briefingMinutes)
	s.write("POST /giao-ban/{id}/dien-bien", s.writeMinutes)
	s.write("POST /giao-ban/{id}/tham-luan", s.contributeToBriefing)
	s.write("POST /giao-ban/{id}/ghi", s.noteContribution)
	s.read("GET /giao-ban/{id}/ket-luan", s.briefingConclusions)
	s.write("POST /giao-ban/{id}/ket-luan", s.saveConclusions)
	s.write("POST /giao-ban/{id}/lay-du-thao", s.takeDrafts)
	s.write("POST /giao-ban/{id}/bo-dong", s.dropConclusion)
	s.read("GET /giao-ban/{id}/ket-thuc", s.confirmClose)
	s.write("POST /giao-ban/{id}/ket-thuc", s.closeBriefing)
	s.write("POST /giao-ban/{id}/mo-lai", s.reopenBriefing)
	s.read("GET /giao-ban/{id}/thong-bao", s.briefingNotice)
	s.write("POST /giao-ban/{id}/thong-bao", s.draftNotice)
	s.read("GET /giao-ban/{id}/ket-qua", s.briefingResults)
}

// briefingHead stands on every page of one briefing.
type briefingHead struct {
	B          briefing.Briefing
	State      badge
	Tab        string
	Commission bool // sees the inside: pack, minutes, notice
	MayPrepare bool
	MayWrite   bool // conclusions, attendance, minutes: and the conference is not over
	Closed     bool
	Bodies     map[db.ID]org.Body
}

// Body names a body as on the day of the conference.
func (h briefingHead) Body(id db.ID) org.Body { return h.Bodies[id] }

// Tabs are the parts of the page that this reader has.
func (h briefingHead) Tabs() []navItem {
	var out []navItem
	add := func(key, path, name string) {
		out = append(out, navItem{URL: h.B.URL() + path, Name: name, Current: key == h.Tab})
	}
	add("chuan-bi", "", "Chuẩn bị")
	add("thanh-phan", "/thanh-phan", "Thành phần")
	if h.Commission {
		add("ho-so", "/ho-so", "Hồ sơ")
	}
	add("dien-bien", "/dien-bien", "Diễn biến")
	add("ket-luan", "/ket-luan", "Kết luận")
	if h.Commission {
		add("thong-bao", "/thong-bao", "Thông báo")
	}
	add("ket-qua", "/ket-qua", "Kết quả")
	return out
}

func briefingBadge(state briefing.State) badge {
	class := map[briefing.State]string{briefing.Planned: "draft", briefing.Invited: "waiting", briefing.Shown: "waiting",
		briefing.Closed: "extended", briefing.Noticed: "waiting", briefing.Released: "accepted"}[state]
	return badge{class, state.Name()}
}

// briefingOf finds the briefing of the address.
func briefingOf(tx *db.Tx, by access.Actor, r *http.Request, tab string) (briefingHead, error) {
	b, err := briefing.Find(tx, by, db.ID(r.PathValue("id")))
	if err != nil {
		return briefingHead{}, err
	}
	state, err := briefing.StateOf(tx, by, b)
	if err != nil {
		return briefingHead{}, err
	}
	day := b.HeldOn
	if day.IsZero() {
		day = calendar.OfInstant(tx.Clock())
	}
	bodies, err := org.Names(tx, day)
	closed := state == briefing.Closed || state == briefing.Noticed || state == briefing.Released
	return briefingHead{B: b, State: briefingBadge(state), Tab: tab, Commission: by.Sees(access.ReadBriefing) == "",
		MayPrepare: by.Can(access.PrepareBriefing, b.Org), MayWrite: by.Can(access.ConcludeBriefing, b.Org) && !closed,
		Closed: closed, Bodies: bodies}, err
}

// briefingsPage lists the conferences and tells whether each quarter had its own.
type briefingsPage struct {
	Lines   []briefingLine
	Year    int
	Cadence []beatLine
	MayPlan bool
}

type briefingLine struct {
	briefing.Line
	Badge badge
}

type beatLine struct {
	briefing.Beat
	Badge badge
}

func (s *site) briefings(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	list, err := briefing.List(tx, by)
	if err != nil {
		return Reply{}, err
	}
	if !by.SignedIn() {
		return Reply{}, fault.SignIn("Xin đăng nhập để xem hội nghị giao ban.")
	}
	data := briefingsPage{Year: calendar.OfInstant(tx.Clock()).Year(), MayPlan: by.Can(access.PrepareBriefing, by.Org)}
	for _, l := range list {
		data.Lines = append(data.Lines, briefingLine{l, briefingBadge(l.State)})
	}
	if year, err := strconv.Atoi(r.FormValue("nam")); err == nil && year > 1990 && year < 2200 {
		data.Year = year
	}
	if by.Sees(access.ReadBriefing) == "" {
		beats, err := briefing.Cadence(tx, by, data.Year)
		if err != nil {
			return Reply{}, err
		}
		for _, b := range beats {
			line := beatLine{b, badge{"draft", "Chưa đến kỳ"}}
			switch {
			case b.Held:
				line.Badge = badge{"on-time", "Đã họp"}
			case b.Briefing.ID != "":
				line.Badge = briefingBadge(b.State)
			case b.Due:
				line.Badge = badge{"missing", "Không có hội nghị"}
			}
			data.Cadence = append(data.Cadence, line)
		}
	}
	return Reply{Page: "briefing/list", Data: data}, nil
}

// planForm is the plan as typed.
type planForm struct {
	ID                                    db.ID
	Version                               string
	Regime, Period, HeldOn, HeldAt, Place string
	Bring, ReportDue, Agenda              string
	Seats                                 []seatForm
	Bodies                                []inviteeForm
	Regimes                               []report.Regime
	Head                                  *briefingHead
	Kept                                  *briefing.Briefing // what somebody else saved meanwhile
}

type seatForm struct {
	N           int
	Role        briefing.Role
	Name, Title string
}

type inviteeForm struct {
	Body    org.Body
	Invited bool
	Who     string
}

const seatRows = 6

func (s *site) newBriefing(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.PrepareBriefing, commission.ID); err != nil {
		return Reply{}, err
	}
	quarter := calendar.QuarterOf(calendar.OfInstant(tx.Clock()))
	if previous, ok := quarter.Previous(); ok && calendar.OfInstant(tx.Clock()).Sub(quarter.First()) < 45 {
		quarter = previous // early in a quarter the conference looks back on the one before
	}
	f := planForm{Period: quarter.String(), Regime: r.FormValue("che-do"), Seats: []seatForm{{Role: briefing.Chair}, {Role: briefing.CoChair}, {Role: briefing.Concluder}, {Role: briefing.Secretary}}}
	if p := r.FormValue("ky"); p != "" {
		f.Period = p
	}
	return f.reply(tx, by, "briefing/plan")
}

// reply fills what the form offers: regimes, bodies, empty rows.
func (f planForm) reply(tx *db.Tx, by access.Actor, page string) (Reply, error) {
	var err error
	if f.Regimes, err = report.Regimes(tx, by); err != nil {
		return Reply{}, err
	}
	all, err := org.At(tx, by, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return Reply{}, err
	}
	typed := make(map[db.ID]inviteeForm, len(f.Bodies))
	for _, b := range f.Bodies {
		typed[b.Body.ID] = b
	}
	f.Bodies = nil
	for _, o := range all {
		row := typed[o.ID]
		row.Body = o
		if o.Kind != org.Commission {
			f.Bodies = append(f.Bodies, row)
		}
	}
	for len(f.Seats) < seatRows {
		f.Seats = append(f.Seats, seatForm{Role: briefing.CoChair})
	}
	for i := range f.Seats {
		f.Seats[i].N = i + 1
	}
	return Reply{Page: page, Data: f}, nil
}

// readPlan takes the form; wrong collects what cannot be read.
func readPlan(r *http.Request) (f planForm, n briefing.New, err error) {
	var wrong fault.List
	f = planForm{Version: r.FormValue("version"), Regime: r.FormValue("regime"), Period: strings.TrimSpace(r.FormValue("period")), HeldOn: r.FormValue("held_on"),
		HeldAt: r.FormValue("held_at"), Place: r.FormValue("place"), Bring: r.FormValue("bring"), ReportDue: r.FormValue("report_due"), Agenda: r.FormValue("agenda")}
	n = briefing.New{Regime: f.Regime, HeldAt: f.HeldAt, Place: f.Place, Bring: f.Bring, Agenda: f.Agenda}
	if f.Period != "" {
		var perr error
		n.Period, perr = calendar.ParsePeriod(f.Period)
		if err := wrong.AddError("period", perr); err != nil {
			return f, n, err
		}
	}
	for _, day := range []struct {
		field, typed string
		into         *calendar.Date
	}{{"held_on", f.HeldOn, &n.HeldOn}, {"report_due", f.ReportDue, &n.ReportDue}} {
		if strings.TrimSpace(day.typed) == "" {
			continue
		}
		read, derr := calendar.ReadDate(day.typed)
		if err := wrong.AddError(day.field, derr); err != nil {
			return f, n, err
		}
		*day.into = read
	}
	for i := 1; i <= seatRows; i++ {
		row := seatForm{N: i, Role: briefing.Role(r.FormValue(fmt.Sprintf("seat-role-%d", i))), Name: r.FormValue(fmt.Sprintf("seat-name-%d", i)), Title: r.FormValue(fmt.Sprintf("seat-title-%d", i))}
		f.Seats = append(f.Seats, row)
		if strings.TrimSpace(row.Name) != "" || strings.TrimSpace(row.Title) != "" {
			n.Seats = append(n.Seats, briefing.Seat{Role: row.Role, Name: row.Name, Title: row.Title})
		}
	}
	for _, id := range r.Form["body[]"] {
		who := r.FormValue("who-" + id)
		f.Bodies = append(f.Bodies, inviteeForm{Body: org.Body{ID: db.ID(id)}, Invited: true, Who: who})
		n.Invitees = append(n.Invitees, briefing.Invitee{Body: db.ID(id), Who: who})
	}
	return f, n, wrong.Err()
}

func (s *site) planBriefing(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	f, n, err := readPlan(r)
	var b briefing.Briefing
	if err == nil {
		if b, err = briefing.Plan(tx, by, n); err == nil {
			return Reply{To: b.URL()}, nil
		}
	}
	return f.withError(tx, by, "briefing/plan", err)
}

// withError gives the form back as it was typed together with what is wrong.
func (f planForm) withError(tx *db.Tx, by access.Actor, page string, err error) (Reply, error) {
	reply, lost := f.reply(tx, by, page)
	if lost != nil || fault.Is(err, fault.KindForbidden) {
		return Reply{}, err
	}
	return reply, err
}

// prepareData is the first page of a briefing.
type prepareData struct {
	briefingHead
	Seats      []briefing.Seat
	Invitees   []briefing.Invitee
	Invitation paper.Paper
	Lacking    []string // what the invitation still waits for
}

func (s *site) showBriefing(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "chuan-bi")
	if err != nil {
		return Reply{}, err
	}
	return head.prepare(tx, by)
}

func (h briefingHead) prepare(tx *db.Tx, by access.Actor) (Reply, error) {
	data := prepareData{briefingHead: h}
	var err error
	if data.Seats, err = briefing.Seats(tx, by, h.B.ID); err != nil {
		return Reply{}, err
	}
	if data.Invitees, err = briefing.Invitees(tx, by, h.B.ID); err != nil {
		return Reply{}, err
	}
	data.Invitation, _, err = briefing.Papers(tx, by, h.B.ID)
	return Reply{Page: "briefing/prepare", Data: data}, err
}

func (s *site) editBriefing(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "chuan-bi")
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.PrepareBriefing, head.B.Org); err != nil {
		return Reply{}, err
	}
	f := planForm{ID: head.B.ID, Version: strconv.FormatInt(head.B.Version, 10), Regime: head.B.Regime, Period: head.B.Period.String(),
		HeldOn: head.B.HeldOn.Vietnamese(), HeldAt: head.B.HeldAt, Place: head.B.Place, Bring: head.B.Bring,
		ReportDue: head.B.ReportDue.Vietnamese(), Agenda: head.B.Agenda, Head: &head}
	seats, err := briefing.Seats(tx, by, head.B.ID)
	if err != nil {
		return Reply{}, err
	}
	for _, seat := range seats {
		f.Seats = append(f.Seats, seatForm{Role: seat.Role, Name: seat.Name, Title: seat.Title})
	}
	invitees, err := briefing.Invitees(tx, by, head.B.ID)
	if err != nil {
		return Reply{}, err
	}
	for _, v := range invitees {
		f.Bodies = append(f.Bodies, inviteeForm{Body: org.Body{ID: v.Body}, Invited: true, Who: v.Who})
	}
	return f.reply(tx, by, "briefing/edit")
}

func (s *site) changeBriefing(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "chuan-bi")
	if err != nil {
		return Reply{}, err
	}
	f, n, err := readPlan(r)
	f.ID, f.Head = head.B.ID, &head
	f.Regime, f.Period = head.B.Regime, head.B.Period.String()
	if err == nil {
		version, _ := strconv.ParseInt(f.Version, 10, 64)
		if _, err = briefing.Change(tx, by, head.B.ID, n, version); err == nil {
			return Reply{To: head.B.URL()}, nil
		}
	}
	if fault.Is(err, fault.KindStale) {
		f.Kept, f.Version = &head.B, strconv.FormatInt(head.B.Version, 10)
	}
	return f.withError(tx, by, "briefing/edit", err)
}

func (s *site) inviteToBriefing(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "chuan-bi")
	if err != nil {
		return Reply{}, err
	}
	p, err := briefing.Invite(tx, by, head.B.ID, official.Signer{})
	if err != nil {
		reply, lost := head.prepare(tx, by)
		if lost != nil {
			return Reply{}, err
		}
		return reply, err
	}
	return Reply{To: "/van-ban/" + string(p.ID)}, nil
}

// roles are the choices of a seat, in the form's order.
func (f planForm) Roles() []briefing.Role { return briefing.Roles }

// Chosen reports whether the regime is the one typed.
func (f planForm) Chosen(code string) bool { return f.Regime == code }
