package web

import (
	"fmt"
	"net/http"
	"strings"

	"giaoban/access"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// closeData asks once before the conference is closed.
type closeData struct {
	briefingHead
	Blocking []fault.Problem
	Counts   map[conference.Kind]int
	Asked    int           // bodies of the requests to several
	Requests []requestSaid // of each who is asked, because "các sở" was typed
	Proposed int
}

// requestSaid is one request and the bodies it goes to.
type requestSaid struct {
	No     int
	Bodies string
}

// Concluded is what was concluded, in words: of each kind only what there is.
func (d closeData) Concluded() string {
	var parts []string
	for _, one := range []struct {
		kind  conference.Kind
		words string
	}{{conference.Guidance, "định hướng"}, {conference.Task, "nhiệm vụ"}, {conference.Request, fmt.Sprintf("đề nghị với %d cơ quan", d.Asked)},
		{conference.Shortcoming, "hạn chế cần khắc phục"}} {
		if n := d.Counts[one.kind]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, one.words))
		}
	}
	return strings.Join(parts, ", ")
}

func (s *site) confirmClose(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "ket-luan")
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.ConcludeBriefing, head.B.Body); err != nil {
		return Reply{}, err
	}
	return head.closing(tx, by)
}

func (h briefingHead) closing(tx *db.Tx, by access.Actor) (Reply, error) {
	data := closeData{briefingHead: h, Counts: make(map[conference.Kind]int)}
	var err error
	if data.Blocking, err = conference.Problems(tx, by, h.B.ID); err != nil {
		return Reply{}, err
	}
	all, err := conference.Conclusions(tx, by, h.B.ID)
	for _, c := range all {
		data.Counts[c.Kind]++
		if c.Kind == conference.Request {
			var names []string
			for _, k := range c.Cooperating {
				names = append(names, h.Bodies[k.Body].ShortName)
			}
			data.Asked += len(names)
			data.Requests = append(data.Requests, requestSaid{c.No, strings.Join(names, ", ")})
		}
		if c.Proposed() {
			data.Proposed++
		}
	}
	return Reply{Page: "briefing/close", Data: data}, err
}

func (s *site) closeBriefing(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "ket-luan")
	if err != nil {
		return Reply{}, err
	}
	if err := conference.Close(tx, by, head.B.ID); err != nil {
		return withPage(err, func() (Reply, error) { return head.conclusions(tx, by, nil) })
	}
	return Reply{To: address("briefing", head.B.ID) + "/thong-bao"}, nil
}

func (s *site) reopenBriefing(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "thong-bao")
	if err != nil {
		return Reply{}, err
	}
	if err := conference.Reopen(tx, by, head.B.ID, r.FormValue("reason")); err != nil {
		return withPage(err, func() (Reply, error) { return head.notice(tx, by, signerForm{}) })
	}
	return Reply{To: address("briefing", head.B.ID) + "/ket-luan"}, nil
}
