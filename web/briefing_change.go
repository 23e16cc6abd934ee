package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/paper"
)

// fate fills in why a conference is not held, and what it is held together with.
func (h *briefingHead) fate(tx *db.Tx, by access.Actor, state conference.State) error {
	var err error
	if h.With, err = conference.With(tx, by, h.B.ID); err != nil {
		return err
	}
	if !state.Gone() && state != conference.Postponed {
		return nil
	}
	facts, err := conference.Facts(tx, by, h.B.ID)
	if err != nil {
		return err
	}
	h.Fact = facts[len(facts)-1]
	h.Into, err = conferenceSeen(tx, by, h.Fact.Other)
	return err
}

// conferenceSeen gives a conference if there is one and the actor may see it.
func conferenceSeen(tx *db.Tx, by access.Actor, id db.ID) (*conference.Conference, error) {
	if id == "" {
		return nil, nil
	}
	b, err := conference.Find(tx, by, id)
	if fault.Is(err, fault.KindMissing) {
		return nil, nil
	}
	return &b, err
}

// changes fills in what became of the conference, who knows it, and which paper comes next.
func (data *prepareData) changes(tx *db.Tx, by access.Actor) error {
	var err error
	id := data.B.ID
	if data.Needs, err = conference.Needs(tx, by, id); err != nil {
		return err
	}
	if data.Facts, err = conference.Facts(tx, by, id); err != nil {
		return err
	}
	slices.Reverse(data.Facts)
	if data.Closed { // nobody has to know any more
		return nil
	}
	told := slices.ContainsFunc(data.Facts, func(f conference.Fact) bool { return f.Kind != conference.FactSet })
	if out, err := conference.Out(tx, by, id); err != nil {
		return err
	} else if data.MayPrepare && told && out {
		if data.Known, data.Unknown, err = conference.HeardBy(tx, by, id); err != nil {
			return err
		}
	}
	news, err := conference.Unheard(tx, by)
	if err != nil {
		return err
	}
	data.News = news[id]
	delegates, err := conference.Delegates(tx, by, id)
	data.Named = delegates[by.Body].Name != ""
	return err
}

// Dated reports whether a calendar has something to take: a day, or one that is no more.
func (data prepareData) Dated() bool { return !data.B.HeldOn.IsZero() || !data.Fact.FromOn.IsZero() }

// WhoKnows says which invited bodies have not said that they know what became of the conference.
func (data prepareData) WhoKnows() string {
	words := fmt.Sprintf("%d cơ quan đã báo là biết", data.Known)
	names := make([]string, len(data.Unknown))
	for i, id := range data.Unknown {
		names[i] = data.Body(id).ShortName
	}
	if len(names) > 0 {
		words += "; chưa báo: " + strings.Join(names, ", ")
	}
	return words + "."
}

// fatePage is where a conference is put off, given up, joined with another, or held after all.
type fatePage struct {
	briefingHead
	Known  int // facts that the form was filled in over
	Fates  []option
	Others []option
	Reason string
}

func (s *site) briefingChange(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return fateReply(tx, by, r)
}

// fateReply shows the form with what was typed.
func fateReply(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "chuan-bi")
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.PrepareBriefing, head.B.Body); err != nil {
		return Reply{}, err
	}
	data := fatePage{briefingHead: head, Reason: r.FormValue("reason")}
	facts, err := conference.Facts(tx, by, head.B.ID)
	if err != nil {
		return Reply{}, err
	}
	data.Known = len(facts)
	typed := r.FormValue("fate")
	offer := func(kind conference.FactKind, words string) {
		data.Fates = append(data.Fates, option{string(kind), words, string(kind) == typed})
	}
	if head.Closed {
		return Reply{Page: "briefing/change", Data: data}, nil
	}
	if head.Open {
		if head.Fact.Kind != conference.FactPostponed {
			offer(conference.FactPostponed, "Hoãn, chưa định ngày mới")
		}
		offer(conference.FactCalledOff, "Không tổ chức nữa (hủy)")
		offer(conference.FactJoined, "Ghép vào hội nghị khác")
	} else {
		offer(conference.FactRestored, "Vẫn tổ chức, thôi hủy hoặc ghép")
	}
	all, err := conference.Joinable(tx, by, head.B.ID)
	if err != nil {
		return Reply{}, err
	}
	data.Others = []option{{"", "Chọn hội nghị", false}}
	for _, b := range all {
		name := b.Name()
		if when := b.When(); when != "" {
			name += ", " + when
		}
		data.Others = append(data.Others, option{string(b.ID), name, string(b.ID) == r.FormValue("other")})
	}
	return Reply{Page: "briefing/change", Data: data}, nil
}

func (s *site) changeFate(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id, reason := db.ID(r.PathValue("id")), r.FormValue("reason")
	err := newsSince(tx, by, id, r.FormValue("known"))
	if err != nil {
		return withPage(err, func() (Reply, error) { return fateReply(tx, by, r) })
	}
	switch conference.FactKind(r.FormValue("fate")) {
	case conference.FactPostponed:
		_, err = conference.Postpone(tx, by, id, reason)
	case conference.FactCalledOff:
		_, err = conference.CallOff(tx, by, id, reason)
	case conference.FactJoined:
		_, err = conference.Join(tx, by, id, db.ID(r.FormValue("other")), reason)
	case conference.FactRestored:
		_, err = conference.Restore(tx, by, id, reason)
	default:
		err = fault.Invalid("fate", "Hãy chọn điều xảy ra với hội nghị.")
		if _, lost := conference.Find(tx, by, id); lost != nil {
			err = lost
		}
	}
	if err != nil {
		return withPage(err, func() (Reply, error) { return fateReply(tx, by, r) })
	}
	return Reply{To: address("briefing", id)}, nil
}

// newsSince refuses a form that was opened before the last fact of a conference was noted.
func newsSince(tx *db.Tx, by access.Actor, id db.ID, known string) error {
	facts, err := conference.Facts(tx, by, id)
	if err != nil {
		return err
	}
	if n, err := strconv.Atoi(known); err == nil && n == len(facts) || len(facts) == 0 || !by.Can(access.PrepareBriefing, by.Body) {
		return nil
	}
	last := facts[len(facts)-1]
	return fault.Stale("%s vừa ghi: “%s”. Xin xem lại rồi ghi tiếp; phần đang gõ vẫn còn trên trang.", last.By, last.Sentence())
}

func (s *site) tellChange(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "chuan-bi")
	if err != nil {
		return Reply{}, err
	}
	p, err := conference.TellChange(tx, by, head.B.ID, paper.Signature{})
	if err != nil {
		return withPage(err, func() (Reply, error) { return head.prepare(tx, by) })
	}
	return drafted(tx, by, r, p)
}

func (s *site) hearChange(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id := db.ID(r.PathValue("id"))
	if err := conference.Hear(tx, by, id, db.ID(r.FormValue("body"))); err != nil {
		return withPage(err, func() (Reply, error) { return s.showBriefing(tx, by, r) })
	}
	return Reply{To: address("briefing", id)}, nil
}
