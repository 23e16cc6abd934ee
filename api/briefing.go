package api

import (
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/record"
	"giaoban/task"

	"github.com/danielgtaylor/huma/v2"
)

var briefingRoom = room{
	write(huma.Operation{OperationID: "planBriefing", Path: "/briefings", Summary: "Lập hội nghị giao ban"}, planBriefing, access.PrepareBriefing),
	read(huma.Operation{OperationID: "listBriefings", Path: "/briefings", Summary: "Các hội nghị giao ban, kỳ mới nhất trước"}, briefings, access.ReadBriefing),
	read(huma.Operation{OperationID: "getBriefing", Path: "/briefings/{id}", Summary: "Một hội nghị với kết luận, giấy mời, thông báo"}, oneBriefing, access.ReadBriefing),
	write(huma.Operation{OperationID: "conclude", Path: "/briefings/{id}/conclusions",
		Summary: "Ghi một kết luận; có no và mark thì sửa kết luận đã ghi"}, conclude, access.ConcludeBriefing),
	write(huma.Operation{OperationID: "closeBriefing", Path: "/briefings/{id}/close", Summary: "Kết thúc hội nghị"}, closeBriefing, access.ConcludeBriefing),
	write(huma.Operation{OperationID: "draftNotice", Path: "/briefings/{id}/notice", Summary: "Soạn thông báo kết luận"}, draftNotice, access.PrepareBriefing),
}

type seatShape struct {
	Role  string `json:"role" enum:"chair,co_chair,concluder,secretary"`
	Name  string `json:"name" minLength:"1"`
	Title string `json:"title,omitempty" doc:"Chức vụ"`
	Body  string `json:"org,omitempty" doc:"Mã cơ quan, nếu có trong danh bạ"`
}

type inviteeShape struct {
	Body string `json:"org" minLength:"1"`
	Who  string `json:"who,omitempty" doc:"Thành phần được mời"`
}

type briefingInput struct {
	Body struct {
		Regime    string         `json:"regime" minLength:"1" doc:"Chế độ báo cáo mà hội nghị xem lại"`
		Period    string         `json:"period" doc:"Kỳ mà hội nghị xem lại"`
		HeldOn    calendar.Date  `json:"held_on,omitzero" format:"date"`
		HeldAt    string         `json:"held_at,omitempty" doc:"14:00"`
		Place     string         `json:"place,omitempty"`
		Bring     []string       `json:"bring,omitempty" doc:"Tài liệu đề nghị mang theo"`
		ReportDue calendar.Date  `json:"report_due,omitzero" format:"date" doc:"Hạn gửi báo cáo phục vụ hội nghị"`
		Agenda    []string       `json:"agenda,omitempty" doc:"Bỏ trống thì theo chương trình thường lệ"`
		Seats     []seatShape    `json:"seats,omitempty"`
		Invitees  []inviteeShape `json:"invitees,omitempty"`
	}
}

type BriefingShape struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Regime    string `json:"regime"`
	Period    string `json:"period"`
	Launches  string `json:"launches" doc:"Kỳ mà hội nghị triển khai"`
	State     string `json:"state" enum:"planned,invited,shown,closed,noticed,released,postponed,cancelled,joined"`
	HeldOn    string `json:"held_on" doc:"2022-04-01; rỗng là chưa định ngày"`
	HeldAt    string `json:"held_at"`
	Place     string `json:"place"`
	ReportDue string `json:"report_due"`
	Version   int64  `json:"version"`
}

func briefingOf(b conference.Conference, state conference.State) BriefingShape {
	return BriefingShape{ID: string(b.ID), Name: b.Name(), Regime: b.Regime, Period: b.Period.String(), Launches: b.Launches.String(),
		State: string(state), HeldOn: b.HeldOn.String(), HeldAt: b.HeldAt, Place: b.Place, ReportDue: b.ReportDue.String(), Version: b.Version}
}

func planBriefing(tx *db.Tx, by access.Actor, in *briefingInput) (*body[BriefingShape], error) {
	b := in.Body
	period, err := calendar.ParsePeriod(b.Period)
	if err != nil {
		return nil, err
	}
	n := conference.New{Regime: b.Regime, Period: period, HeldOn: b.HeldOn, HeldAt: b.HeldAt, Place: b.Place,
		Bring: strings.Join(b.Bring, "\n"), ReportDue: b.ReportDue, Agenda: strings.Join(b.Agenda, "\n")}
	if n.Seats, err = seatsIn(tx, by, b.Seats); err != nil {
		return nil, err
	}
	if n.Invitees, err = inviteesIn(tx, by, b.Invitees); err != nil {
		return nil, err
	}
	planned, err := conference.Plan(tx, by, n)
	if err != nil {
		return nil, err
	}
	return &body[BriefingShape]{briefingOf(planned, conference.Planned)}, nil
}

func seatsIn(tx *db.Tx, by access.Actor, shapes []seatShape) (seats []conference.Seat, err error) {
	for _, s := range shapes {
		org, err := bodyOf(tx, by, "seats", s.Body)
		if err != nil {
			return nil, err
		}
		seats = append(seats, conference.Seat{Role: conference.Role(s.Role), Name: s.Name, Title: s.Title, Body: org})
	}
	return seats, nil
}

func inviteesIn(tx *db.Tx, by access.Actor, shapes []inviteeShape) (invitees []conference.Invitee, err error) {
	for _, i := range shapes {
		org, err := bodyOf(tx, by, "invitees", i.Body)
		if err != nil {
			return nil, err
		}
		invitees = append(invitees, conference.Invitee{Body: org, Who: i.Who})
	}
	return invitees, nil
}

func briefings(tx *db.Tx, by access.Actor, _ *struct{}) (*body[page[BriefingShape]], error) {
	all, err := conference.List(tx, by)
	if err != nil {
		return nil, err
	}
	out := &body[page[BriefingShape]]{page[BriefingShape]{Items: []BriefingShape{}}}
	for _, l := range all {
		if l.Type == conference.Briefing {
			out.Body.Items = append(out.Body.Items, briefingOf(l.Conference, l.State))
		}
	}
	return out, nil
}

type InBriefing struct {
	ID string `path:"id"`
}

type cooperationShape struct {
	Body string `json:"org"`
	Part string `json:"part" doc:"Phần việc"`
	Due  string `json:"due" doc:"Hạn riêng; rỗng là theo hạn chung"`
}

type conclusionShape struct {
	No          int                `json:"no"`
	ID          string             `json:"id"`
	Mark        string             `json:"mark" doc:"Gửi lại cùng no khi sửa; người khác đã sửa thì nhận 412"`
	Kind        string             `json:"kind" enum:"undecided,guidance,task,request,shortcoming"`
	Mode        string             `json:"mode" enum:",giao,de_nghi"`
	Text        string             `json:"text"`
	Product     string             `json:"product"`
	Lead        string             `json:"lead"`
	Due         string             `json:"due"`
	Proposed    bool               `json:"proposed" doc:"Hạn mới chỉ là đề xuất: hội nghị không nêu, thông báo chưa ký"`
	ForcePaper  string             `json:"force_paper"`
	Cooperating []cooperationShape `json:"cooperating"`
	Bodies      []askedShape       `json:"bodies,omitempty" doc:"Của request: từng cơ quan được đề nghị"`
	Task        string             `json:"task" doc:"Nhiệm vụ đã thành; rỗng cho đến khi phát hành thông báo"`
}

func conclusionOf(c conference.Conclusion, names map[db.ID]org.Body) conclusionShape {
	shape := conclusionShape{No: c.No, ID: string(c.ID), Mark: c.Mark(), Kind: string(c.Kind), Mode: string(c.Mode), Text: c.Words,
		Product: c.Product, Lead: names[c.Lead].Code, Due: c.Due.String(), Proposed: c.Proposed(), ForcePaper: c.ForcePaper,
		Cooperating: []cooperationShape{}, Task: string(c.Task)}
	for _, k := range c.Cooperating {
		if c.Kind == conference.Request {
			shape.Bodies = append(shape.Bodies, askedShape{names[k.Body].Code, k.Part, k.Due.String(), string(k.Task)})
			continue
		}
		shape.Cooperating = append(shape.Cooperating, cooperationShape{names[k.Body].Code, k.Part, k.Due.String()})
	}
	return shape
}

type askedShape struct {
	Body    string `json:"org"`
	Product string `json:"product" doc:"Của riêng cơ quan này; rỗng là sản phẩm chung"`
	Due     string `json:"due" doc:"Của riêng cơ quan này; rỗng là hạn chung"`
	Task    string `json:"task" doc:"Nhiệm vụ đã thành; rỗng cho đến khi phát hành thông báo"`
}

type askedInput struct {
	Body    string        `json:"org" minLength:"1" doc:"Mã cơ quan"`
	Product string        `json:"product,omitempty"`
	Due     calendar.Date `json:"due,omitzero" format:"date"`
}

type wholeBriefing struct {
	BriefingShape
	Conclusions []conclusionShape `json:"conclusions"`
	Invitation  *paperShape       `json:"invitation,omitempty"`
	Notice      *paperShape       `json:"notice,omitempty" doc:"Thông báo kết luận"`
}

// found is the conference of the address and where it stands.
func (in *InBriefing) found(tx *db.Tx, by access.Actor) (b conference.Conference, state conference.State, err error) {
	if b, err = conference.Find(tx, by, db.ID(in.ID)); err == nil {
		state, err = conference.StateOf(tx, by, b)
	}
	return b, state, err
}

func oneBriefing(tx *db.Tx, by access.Actor, in *InBriefing) (*body[wholeBriefing], error) {
	b, state, err := in.found(tx, by)
	if err != nil {
		return nil, err
	}
	conclusions, err := conference.Conclusions(tx, by, b.ID)
	if err != nil {
		return nil, err
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return nil, err
	}
	invitation, notice, err := conference.Papers(tx, by, b.ID)
	if err != nil {
		return nil, err
	}
	out := wholeBriefing{BriefingShape: briefingOf(b, state), Conclusions: []conclusionShape{}}
	for _, c := range conclusions {
		out.Conclusions = append(out.Conclusions, conclusionOf(c, names))
	}
	for _, p := range []struct {
		from paper.Paper
		into **paperShape
	}{{invitation, &out.Invitation}, {notice, &out.Notice}} {
		if p.from.ID != "" {
			shape := paperOf(p.from)
			*p.into = &shape
		}
	}
	return &body[wholeBriefing]{out}, nil
}

type conclusionInput struct {
	InBriefing
	Body struct {
		No          int                `json:"no,omitempty" minimum:"0" maximum:"999" doc:"Bỏ trống là kết luận mới, số kế tiếp"`
		Mark        string             `json:"mark,omitempty"`
		Kind        string             `json:"kind" enum:"undecided,guidance,task,request,shortcoming" doc:"guidance: định hướng, không thành nhiệm vụ; request: đề nghị nhiều cơ quan, mỗi cơ quan một sản phẩm, một hạn"`
		Mode        string             `json:"mode,omitempty" enum:",giao,de_nghi" doc:"Bỏ trống thì theo cơ quan chủ trì"`
		Text        string             `json:"text" minLength:"1"`
		Product     string             `json:"product,omitempty"`
		Lead        string             `json:"lead,omitempty" doc:"Mã cơ quan chủ trì"`
		Due         calendar.Date      `json:"due,omitzero" format:"date"`
		DueSpoken   bool               `json:"due_spoken,omitempty" doc:"Hạn được nêu tại hội nghị; nếu không, hạn là đề xuất cho đến khi ký"`
		ForcePaper  string             `json:"force_paper,omitempty" doc:"Văn bản làm căn cứ"`
		Cooperating []cooperatingInput `json:"cooperating,omitempty"`
		Bodies      []askedInput       `json:"bodies,omitempty" doc:"Của request: các cơ quan được đề nghị"`
	}
}

type cooperatingInput struct {
	Body string        `json:"org" minLength:"1"`
	Part string        `json:"part,omitempty"`
	Due  calendar.Date `json:"due,omitzero" format:"date"`
}

func conclude(tx *db.Tx, by access.Actor, in *conclusionInput) (*body[conclusionShape], error) {
	c := in.Body
	lead, err := bodyOf(tx, by, "lead", c.Lead)
	if err != nil {
		return nil, err
	}
	typed := conference.Typed{No: c.No, Mark: c.Mark, Kind: conference.Kind(c.Kind), Mode: task.Mode(c.Mode), Words: c.Text, Product: c.Product,
		Lead: lead, Due: c.Due.Vietnamese(), DueSpoken: c.DueSpoken, ForcePaper: c.ForcePaper}
	var lines []string
	for _, k := range c.Bodies {
		c.Cooperating = append(c.Cooperating, cooperatingInput{k.Body, k.Product, k.Due})
	}
	for _, k := range c.Cooperating {
		if _, err := bodyOf(tx, by, "cooperating", k.Body); err != nil {
			return nil, err
		}
		line := k.Body + ": " + strings.ReplaceAll(k.Part, "\n", " ")
		if !k.Due.IsZero() {
			line += ", hạn " + k.Due.Vietnamese()
		}
		lines = append(lines, line)
	}
	typed.Cooperation = strings.Join(lines, "\n")
	var kept conference.Conclusion
	if c.No == 0 {
		kept, err = conference.AddConclusion(tx, by, db.ID(in.ID), typed)
	} else {
		kept, err = reword(tx, by, db.ID(in.ID), typed)
	}
	if err != nil {
		return nil, err
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return nil, err
	}
	return &body[conclusionShape]{conclusionOf(kept, names)}, nil
}

func reword(tx *db.Tx, by access.Actor, id db.ID, typed conference.Typed) (conference.Conclusion, error) {
	all, err := conference.Conclude(tx, by, id, []conference.Typed{typed})
	if err != nil {
		return conference.Conclusion{}, err
	}
	for _, c := range all {
		if c.No == typed.No {
			return c, nil
		}
	}
	return conference.Conclusion{}, fault.Missing("Không có kết luận số %d.", typed.No)
}

func closeBriefing(tx *db.Tx, by access.Actor, in *InBriefing) (*body[BriefingShape], error) {
	if err := conference.Close(tx, by, db.ID(in.ID)); err != nil {
		return nil, err
	}
	b, err := conference.Find(tx, by, db.ID(in.ID))
	if err != nil {
		return nil, err
	}
	return &body[BriefingShape]{briefingOf(b, conference.Closed)}, nil
}

type noticeInput struct {
	InBriefing
	Body *struct {
		Signer SignerShape `json:"signer"`
	}
}

func draftNotice(tx *db.Tx, by access.Actor, in *noticeInput) (*body[paperShape], error) {
	var signer paper.Signature
	if in.Body != nil {
		signer = in.Body.Signer.signature()
	}
	p, err := conference.DraftNotice(tx, by, db.ID(in.ID), signer)
	if err != nil {
		return nil, err
	}
	// A program drafts what was decided elsewhere: its notice is before the leader, as it always was.
	if err := record.PutForward(tx, by, p.ID, p.Version); err != nil {
		return nil, err
	}
	return &body[paperShape]{paperOf(p)}, nil
}
