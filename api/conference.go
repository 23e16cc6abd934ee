package api

import (
	"cmp"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/record"

	"github.com/danielgtaylor/huma/v2"
)

var conferenceRoom = room{
	write(huma.Operation{OperationID: "planConference", Path: "/conferences", Summary: "Lập hội nghị thuộc loại bất kỳ"}, planConference, access.PrepareBriefing),
	read(huma.Operation{OperationID: "listConferences", Path: "/conferences", Summary: "Các hội nghị, mới nhất trước"}, conferences, access.ReadBriefing),
	read(huma.Operation{OperationID: "getConference", Path: "/conferences/{id}", Summary: "Một hội nghị với chương trình và khách mời"}, oneConference, access.ReadBriefing),
	write(huma.Operation{OperationID: "concludeConference", Path: "/conferences/{id}/conclusions",
		Summary: "Ghi một kết luận; có no và mark thì sửa kết luận đã ghi"}, conclude, access.ConcludeBriefing),
	write(huma.Operation{OperationID: "closeConference", Path: "/conferences/{id}/close", Summary: "Kết thúc hội nghị"}, closeBriefing, access.ConcludeBriefing),
	write(huma.Operation{OperationID: "draftConferenceNotice", Path: "/conferences/{id}/notice", Summary: "Soạn thông báo kết luận"}, draftNotice, access.PrepareBriefing),
	write(huma.Operation{OperationID: "moveConference", Path: "/conferences/{id}/move",
		Summary: "Dời ngày, giờ, địa điểm; giấy mời đã phát hành thì cần lý do"}, moveConference, access.PrepareBriefing),
	write(huma.Operation{OperationID: "postponeConference", Path: "/conferences/{id}/postpone", Summary: "Hoãn, chưa định ngày mới"}, postponeConference, access.PrepareBriefing),
	write(huma.Operation{OperationID: "cancelConference", Path: "/conferences/{id}/cancel", Summary: "Hủy, không tổ chức nữa"}, cancelConference, access.PrepareBriefing),
	write(huma.Operation{OperationID: "joinConference", Path: "/conferences/{id}/join", Summary: "Ghép vào hội nghị khác"}, joinConference, access.PrepareBriefing),
	write(huma.Operation{OperationID: "restoreConference", Path: "/conferences/{id}/restore", Summary: "Thôi hủy hoặc thôi ghép: hội nghị vẫn tổ chức"}, restoreConference, access.PrepareBriefing),
}

type guestShape struct {
	Name   string `json:"name" minLength:"1"`
	Title  string `json:"title" minLength:"1" doc:"Chức danh, kèm cơ quan: Phó Chủ tịch UBND tỉnh"`
	Body   string `json:"org,omitempty" doc:"Mã cơ quan, nếu có trong danh bạ"`
	As     string `json:"as,omitempty" enum:"attends,also,directs" doc:"dự, cùng dự, dự và chỉ đạo"`
	Speaks bool   `json:"speaks,omitempty" doc:"Được mời phát biểu"`
}

type aboutShape struct {
	Kind  string `json:"kind" doc:"Loại hồ sơ: directive, consolidation, task…"`
	ID    string `json:"id" minLength:"1"`
	Label string `json:"label,omitempty" readOnly:"true"`
}

type itemShape struct {
	At       string      `json:"at,omitempty" doc:"14:05"`
	Subject  string      `json:"subject,omitempty" doc:"Bỏ trống thì lấy tên hồ sơ ở about"`
	Speaker  string      `json:"speaker,omitempty"`
	About    *aboutShape `json:"about,omitempty"`
	RollsOut bool        `json:"rolls_out,omitempty" doc:"Quán triệt văn bản ở about cho các cơ quan dự"`
}

type conferenceInput struct {
	Body struct {
		Kind      string         `json:"kind,omitempty" doc:"Mã loại hội nghị; bỏ trống là giao ban"`
		Regime    string         `json:"regime,omitempty" doc:"Chế độ báo cáo mà hội nghị xem lại"`
		Period    string         `json:"period,omitempty" doc:"Kỳ mà hội nghị xem lại"`
		Title     string         `json:"title,omitempty" doc:"Bỏ trống thì theo mẫu của loại"`
		Organiser string         `json:"organiser,omitempty" enum:"commission,joint,province_party,people_committee" doc:"Cơ quan triệu tập; bỏ trống là Ban"`
		Conveners []string       `json:"conveners,omitempty" doc:"Mã các cơ quan cùng tổ chức"`
		HeldOn    calendar.Date  `json:"held_on,omitzero" format:"date"`
		HeldAt    string         `json:"held_at,omitempty" doc:"14:00"`
		Place     string         `json:"place,omitempty"`
		Venues    []string       `json:"venues,omitempty" doc:"Điểm cầu trực tuyến"`
		ByPost    bool           `json:"by_post,omitempty" doc:"Xếp khách mời theo chức vụ"`
		Bring     []string       `json:"bring,omitempty" doc:"Tài liệu đề nghị mang theo"`
		ReportDue calendar.Date  `json:"report_due,omitzero" format:"date" doc:"Hạn gửi báo cáo phục vụ hội nghị"`
		Seats     []seatShape    `json:"seats,omitempty"`
		Guests    []guestShape   `json:"guests,omitempty"`
		Agenda    []itemShape    `json:"agenda,omitempty" doc:"Bỏ trống thì theo chương trình thường lệ"`
		Invitees  []inviteeShape `json:"invitees,omitempty"`
	}
}

type ConferenceShape struct {
	BriefingShape
	Kind      string `json:"kind"`
	Title     string `json:"title"`
	Organiser string `json:"organiser" enum:"commission,joint,province_party,people_committee"`
}

func conferenceOf(b conference.Conference, state conference.State) ConferenceShape {
	return ConferenceShape{BriefingShape: briefingOf(b, state), Kind: b.Type, Title: b.FullName(), Organiser: string(b.Organiser)}
}

func planConference(tx *db.Tx, by access.Actor, in *conferenceInput) (*body[ConferenceShape], error) {
	b := in.Body
	n := conference.New{Type: b.Kind, Title: b.Title, Organiser: conference.Organiser(b.Organiser), Regime: b.Regime, HeldOn: b.HeldOn, HeldAt: b.HeldAt,
		Place: b.Place, Venues: strings.Join(b.Venues, "\n"), ByPost: b.ByPost, Bring: strings.Join(b.Bring, "\n"), ReportDue: b.ReportDue}
	var err error
	if b.Period != "" {
		if n.Period, err = calendar.ParsePeriod(b.Period); err != nil {
			return nil, err
		}
	}
	for _, code := range b.Conveners {
		org, err := bodyOf(tx, by, "conveners", code)
		if err != nil {
			return nil, err
		}
		n.Conveners = append(n.Conveners, org)
	}
	if n.Seats, err = seatsIn(tx, by, b.Seats); err != nil {
		return nil, err
	}
	if n.Invitees, err = inviteesIn(tx, by, b.Invitees); err != nil {
		return nil, err
	}
	for _, g := range b.Guests {
		org, err := bodyOf(tx, by, "guests", g.Body)
		if err != nil {
			return nil, err
		}
		n.Guests = append(n.Guests, conference.Guest{Name: g.Name, Title: g.Title, Body: org, As: conference.As(g.As), Speaks: g.Speaks})
	}
	if n.Items, err = itemsIn(tx, by, b.Agenda); err != nil {
		return nil, err
	}
	planned, err := conference.Plan(tx, by, n)
	if err != nil {
		return nil, err
	}
	return &body[ConferenceShape]{conferenceOf(planned, conference.Planned)}, nil
}

// itemsIn are the items of a programme; what they are about must be there for the caller to see.
func itemsIn(tx *db.Tx, by access.Actor, agenda []itemShape) (items []conference.Item, err error) {
	for n, i := range agenda {
		item := conference.Item{At: i.At, Subject: i.Subject, Speaker: i.Speaker, RollsOut: i.RollsOut}
		if i.About != nil {
			seen, err := record.See(tx, by, i.About.Kind, []db.ID{db.ID(i.About.ID)})
			if err != nil {
				return nil, err
			}
			shown, ok := seen[db.ID(i.About.ID)]
			if !ok {
				return nil, fault.Invalid("agenda", "Mục %d: không có hồ sơ %s %q.", n+1, i.About.Kind, i.About.ID)
			}
			item.AboutKind, item.AboutID, item.AboutLabel = i.About.Kind, db.ID(i.About.ID), cmp.Or(shown.Label, record.Kinds[i.About.Kind].Name)
		}
		items = append(items, item)
	}
	return items, nil
}

func conferences(tx *db.Tx, by access.Actor, _ *struct{}) (*body[page[ConferenceShape]], error) {
	all, err := conference.List(tx, by)
	if err != nil {
		return nil, err
	}
	out := &body[page[ConferenceShape]]{page[ConferenceShape]{Items: []ConferenceShape{}}}
	for _, l := range all {
		out.Body.Items = append(out.Body.Items, conferenceOf(l.Conference, l.State))
	}
	return out, nil
}

type wholeConference struct {
	ConferenceShape
	Facts  []factShape  `json:"facts" doc:"Những gì đã xảy ra với kế hoạch, từ đầu"`
	Guests []guestShape `json:"guests"`
	Agenda []itemShape  `json:"agenda"`
}

func oneConference(tx *db.Tx, by access.Actor, in *InBriefing) (*body[wholeConference], error) {
	b, state, err := in.found(tx, by)
	if err != nil {
		return nil, err
	}
	guests, err := conference.Guests(tx, by, b.ID)
	if err != nil {
		return nil, err
	}
	items, err := record.Programme(tx, by, b.ID)
	if err != nil {
		return nil, err
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return nil, err
	}
	facts, err := factsOf(tx, by, b.ID)
	if err != nil {
		return nil, err
	}
	out := wholeConference{ConferenceShape: conferenceOf(b, state), Facts: facts, Guests: []guestShape{}, Agenda: []itemShape{}}
	for _, g := range guests {
		out.Guests = append(out.Guests, guestShape{g.Name, g.Title, names[g.Body].Code, string(g.As), g.Speaks})
	}
	for _, i := range items {
		shape := itemShape{At: i.At, Subject: i.Subject, Speaker: i.Speaker, RollsOut: i.RollsOut}
		if i.AboutKind != "" {
			shape.About = &aboutShape{i.AboutKind, string(i.AboutID), i.AboutLabel}
		}
		out.Agenda = append(out.Agenda, shape)
	}
	return &body[wholeConference]{out}, nil
}
