package api

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
)

type slotShape struct {
	HeldOn string `json:"held_on" doc:"Rỗng là không có ngày"`
	HeldAt string `json:"held_at"`
	Place  string `json:"place"`
}

type factShape struct {
	Kind   string    `json:"kind" enum:"set,moved,postponed,cancelled,joined,restored"`
	Reason string    `json:"reason"`
	From   slotShape `json:"from"`
	To     slotShape `json:"to"`
	With   string    `json:"with" doc:"Hội nghị mà hội nghị này ghép vào; rỗng nếu không ghép hoặc người gọi không được xem"`
	At     string    `json:"at"`
	By     string    `json:"by" doc:"Người ghi; rỗng với cơ quan được mời"`
}

// factsOf are what became of a conference, as the caller may see it.
func factsOf(tx *db.Tx, by access.Actor, id db.ID) ([]factShape, error) {
	facts, err := conference.Facts(tx, by, id)
	if err != nil {
		return nil, err
	}
	var others []db.ID
	for _, f := range facts {
		if f.Other != "" {
			others = append(others, f.Other)
		}
	}
	seen, err := conference.Among(tx, by, others)
	if err != nil {
		return nil, err
	}
	out := make([]factShape, len(facts))
	for i, f := range facts {
		out[i] = factShape{Kind: string(f.Kind), Reason: f.Reason, From: slotShape{f.FromOn.String(), f.FromAt, f.FromPlace},
			To: slotShape{f.ToOn.String(), f.ToAt, f.ToPlace}, At: f.At.RFC3339(), By: f.By}
		for _, b := range seen {
			if b.ID == f.Other {
				out[i].With = string(b.ID)
			}
		}
	}
	return out, nil
}

type ReasonShape struct {
	Reason string `json:"reason" minLength:"1" doc:"Lý do, nơi được mời đọc được"`
}

type reasonInput struct {
	InBriefing
	Body ReasonShape
}

type moveInput struct {
	InBriefing
	Body struct {
		HeldOn calendar.Date `json:"held_on" format:"date"`
		HeldAt *string       `json:"held_at,omitempty" doc:"14:00; bỏ trống thì giữ giờ cũ"`
		Place  *string       `json:"place,omitempty" doc:"Bỏ trống thì giữ địa điểm cũ"`
		Reason string        `json:"reason,omitempty" doc:"Bắt buộc khi giấy mời đã phát hành"`
	}
}

type joinInput struct {
	InBriefing
	Body struct {
		With string `json:"with" minLength:"1" doc:"Hội nghị ghép vào"`
		ReasonShape
	}
}

func moveConference(tx *db.Tx, by access.Actor, in *moveInput) (*body[wholeConference], error) {
	b, err := conference.Find(tx, by, db.ID(in.ID))
	if err != nil {
		return nil, err
	}
	at, place := b.HeldAt, b.Place
	if in.Body.HeldAt != nil {
		at = *in.Body.HeldAt
	}
	if in.Body.Place != nil {
		place = *in.Body.Place
	}
	_, err = conference.Move(tx, by, b.ID, in.Body.HeldOn, at, place, in.Body.Reason)
	return in.after(tx, by, err)
}

func postponeConference(tx *db.Tx, by access.Actor, in *reasonInput) (*body[wholeConference], error) {
	_, err := conference.Postpone(tx, by, db.ID(in.ID), in.Body.Reason)
	return in.after(tx, by, err)
}

func cancelConference(tx *db.Tx, by access.Actor, in *reasonInput) (*body[wholeConference], error) {
	_, err := conference.CallOff(tx, by, db.ID(in.ID), in.Body.Reason)
	return in.after(tx, by, err)
}

func joinConference(tx *db.Tx, by access.Actor, in *joinInput) (*body[wholeConference], error) {
	_, err := conference.Join(tx, by, db.ID(in.ID), db.ID(in.Body.With), in.Body.Reason)
	return in.after(tx, by, err)
}

func restoreConference(tx *db.Tx, by access.Actor, in *reasonInput) (*body[wholeConference], error) {
	_, err := conference.Restore(tx, by, db.ID(in.ID), in.Body.Reason)
	return in.after(tx, by, err)
}

// after is the conference as it stands once something became of it.
func (in *InBriefing) after(tx *db.Tx, by access.Actor, err error) (*body[wholeConference], error) {
	if err != nil {
		return nil, err
	}
	return oneConference(tx, by, in)
}
