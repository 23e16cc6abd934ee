package web

import (
	"net/http"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/paper"
	"giaoban/task"
)

// packData is the pack: as it was shown, or as it stands now while it was not.
type packData struct {
	briefingHead
	Pack   conference.Pack
	Frozen bool
	Shown  conference.ShownPack
	Later  int // changes since it was shown
	May    bool
}

func (s *site) briefingPack(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "ho-so")
	if err != nil {
		return Reply{}, err
	}
	data := packData{briefingHead: head, May: head.MayPrepare && head.Open}
	if data.Pack, data.Shown, data.Frozen, err = packOf(tx, by, head.B.ID); err != nil {
		return Reply{}, err
	}
	if data.Frozen {
		changes, err := conference.Addendum(tx, by, head.B.ID)
		if err != nil {
			return Reply{}, err
		}
		data.Later = len(changes)
	}
	return Reply{Page: "briefing/pack", Data: data}, nil
}

func packOf(tx *db.Tx, by access.Actor, id db.ID) (conference.Pack, conference.ShownPack, bool, error) {
	shown, frozen, err := conference.Frozen(tx, by, id)
	if err != nil || frozen {
		return shown.Pack, shown, frozen, err
	}
	pack, err := conference.Compose(tx, by, id)
	return pack, shown, false, err
}

func (s *site) downloadPack(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	b, err := conference.Find(tx, by, db.ID(r.PathValue("id")))
	if err != nil {
		return Reply{}, err
	}
	doc, err := conference.PackDocument(tx, by, b.ID)
	if err != nil {
		return Reply{}, err
	}
	file, err := paper.File(doc, "Hồ sơ "+b.Short(), endingOf(r), official.HTMLOptions{})
	return downloaded(file), err
}

func (s *site) showPack(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "ho-so")
	if err != nil {
		return Reply{}, err
	}
	if _, err := conference.Show(tx, by, head.B.ID); err != nil {
		return withPage(err, func() (Reply, error) {
			data := packData{briefingHead: head}
			var lost error
			data.Pack, data.Shown, data.Frozen, lost = packOf(tx, by, head.B.ID)
			return Reply{Page: "briefing/pack", Data: data}, lost
		})
	}
	return Reply{To: address("briefing", head.B.ID) + "/ho-so"}, nil
}

// addendumData is the one page beside the frozen pack.
type addendumData struct {
	briefingHead
	Shown   conference.ShownPack
	Groups  []changeGroup
	Nothing bool
}

type changeGroup struct {
	Title string
	Words []string
}

func (s *site) briefingAddendum(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "ho-so")
	if err != nil {
		return Reply{}, err
	}
	data := addendumData{briefingHead: head}
	var frozen bool
	if data.Shown, frozen, err = conference.Frozen(tx, by, head.B.ID); err != nil {
		return Reply{}, err
	}
	if !frozen {
		return Reply{To: address("briefing", head.B.ID) + "/ho-so"}, nil
	}
	changes, err := conference.Addendum(tx, by, head.B.ID)
	if err != nil {
		return Reply{}, err
	}
	for _, kind := range []struct{ key, title string }{{"agenda", "Thời gian, địa điểm"}, {"delegate", "Đại biểu, tham luận"},
		{"report", "Báo cáo"}, {"task", "Nhiệm vụ"}, {"proposal", "Kiến nghị"}} {
		g := changeGroup{Title: kind.title}
		for _, c := range changes {
			if c.Kind == kind.key {
				g.Words = append(g.Words, c.Words)
			}
		}
		if len(g.Words) > 0 {
			data.Groups = append(data.Groups, g)
		}
	}
	data.Nothing = len(data.Groups) == 0
	return Reply{Page: "briefing/addendum", Data: data}, nil
}

// noticeData is the notice of conclusions and where its paper stands.
type noticeData struct {
	briefingHead
	Paper    paper.Paper
	Badge    badge
	Signer   signerForm
	Proposed int
	Preview  int // conclusions that go in
}

func (s *site) briefingNotice(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "thong-bao")
	if err != nil {
		return Reply{}, err
	}
	return head.notice(tx, by, signerForm{})
}

func (h briefingHead) notice(tx *db.Tx, by access.Actor, signer signerForm) (Reply, error) {
	data := noticeData{briefingHead: h, Signer: signer}
	if !h.Commission {
		return Reply{}, fault.Forbidden("Thông báo kết luận đang soạn ở Ban; khi phát hành, cơ quan đọc ở trang Văn bản.")
	}
	var err error
	if _, data.Paper, err = conference.Papers(tx, by, h.B.ID); err != nil {
		return Reply{}, err
	}
	data.Badge = paperBadge(data.Paper)
	data.Signer.MayLeaveOpen = true
	if err := data.Signer.offer(tx, by, h.B.Body, "", ""); err != nil {
		return Reply{}, err
	}
	all, err := conference.Conclusions(tx, by, h.B.ID)
	for _, c := range all {
		data.Preview++
		if c.Proposed() {
			data.Proposed++
		}
	}
	return Reply{Page: "briefing/notice", Data: data}, err
}

func (s *site) draftNotice(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "thong-bao")
	if err != nil {
		return Reply{}, err
	}
	f := readSigner(r)
	p, err := conference.DraftNotice(tx, by, head.B.ID, f.signature())
	if err != nil {
		return withPage(err, func() (Reply, error) { return head.notice(tx, by, f) })
	}
	return drafted(tx, by, r, p)
}

// resultsData is the last conference's tasks, and what became of this one's.
type resultsData struct {
	briefingHead
	Last    conference.Conference
	Results resultsPart
	Own     resultsPart
	Stood   []stoodLine
	MayMend bool
	Failed  db.ID // the shortcoming whose form was refused, and what was typed into it
	Typed   map[string]string
}

// stoodLine is a shortcoming that a conference named.
type stoodLine struct {
	conference.Stood
	Body  string
	Badge badge
}

// resultsPart is what became of one conference's conclusions.
type resultsPart struct {
	Lines    []resultLine
	Done     int
	Requests []requestLine
}

// requestLine is what several bodies were asked for: one line, a side for each.
type requestLine struct {
	conference.Requested
	Sides []resultLine
	Whole bool // the reader sees every side, so that they can be counted
}

type resultLine struct {
	conference.Result
	Lead  string
	Badge badge
}

func (s *site) briefingResults(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "ket-qua")
	if err != nil {
		return Reply{}, err
	}
	data, err := head.resultsPage(tx, by)
	return Reply{Page: "briefing/results", Data: data}, err
}

func (h briefingHead) resultsPage(tx *db.Tx, by access.Actor) (resultsData, error) {
	data := resultsData{briefingHead: h, MayMend: by.Can(access.ConcludeBriefing, h.B.Body)}
	last, results, err := conference.Results(tx, by, h.B.ID)
	if err != nil {
		return data, err
	}
	data.Last = last
	own, err := conference.Tasks(tx, by, h.B.ID)
	if err != nil {
		return data, err
	}
	data.Results, data.Own = h.resultsOf(results), h.resultsOf(own)
	stood, err := conference.Shortcomings(tx, by, h.B.ID)
	for _, s := range stood {
		line := stoodLine{s, h.Bodies[s.Lead].ShortName, badge{"waiting", "Chưa khắc phục"}}
		if s.Mended() {
			line.Badge = badge{"accepted", "Đã khắc phục"}
		}
		data.Stood = append(data.Stood, line)
	}
	return data, err
}

func (s *site) mendShortcoming(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.onShortcoming(tx, by, r, func(id db.ID) error {
		return conference.Mend(tx, by, id, r.PostFormValue("note"), r.PostFormValue("paper"))
	})
}

func (s *site) unmendShortcoming(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.onShortcoming(tx, by, r, func(id db.ID) error { return conference.Unmend(tx, by, id, r.PostFormValue("reason")) })
}

// onShortcoming does something to a shortcoming on the page of results; when it is refused the page comes back as typed.
func (s *site) onShortcoming(tx *db.Tx, by access.Actor, r *http.Request, do func(id db.ID) error) (Reply, error) {
	head, err := briefingOf(tx, by, r, "ket-qua")
	if err != nil {
		return Reply{}, err
	}
	id := db.ID(r.PostFormValue("conclusion"))
	if err := do(id); err != nil {
		return withPage(err, func() (Reply, error) {
			data, err := head.resultsPage(tx, by)
			data.Failed, data.Typed = id, map[string]string{}
			for _, name := range []string{"note", "paper", "reason"} {
				data.Typed[name] = r.PostFormValue(name)
			}
			return Reply{Page: "briefing/results", Data: data}, err
		})
	}
	return Reply{To: address("briefing", head.B.ID) + "/ket-qua#han-che"}, nil
}

func (h briefingHead) resultsOf(results []conference.Result) (p resultsPart) {
	line := func(t conference.Result) resultLine {
		return resultLine{t, h.Bodies[t.Task.Lead].Name, briefingTaskBadge(t)}
	}
	single, many := conference.Apart(results)
	for _, t := range single {
		if t.Finished() {
			p.Done++
		}
		p.Lines = append(p.Lines, line(t))
	}
	for _, q := range many {
		one := requestLine{Requested: q, Whole: h.Commission}
		for _, t := range q.Sides {
			one.Sides = append(one.Sides, line(t))
		}
		p.Requests = append(p.Requests, one)
	}
	return p
}

func briefingTaskBadge(t conference.Result) badge {
	class := map[task.State]string{task.StateOpen: "draft", task.StateAccepted: "waiting", task.StateDone: "on-time", task.StateClosed: "accepted",
		task.StateReturned: "returned", task.StateWithdrawn: "nil", task.StateOverdue: "late"}[t.State]
	text := t.State.Of(t.Task)
	if t.DaysLate > 0 {
		text += " " + calendar.WorkingDays(t.DaysLate)
	}
	return badge{class, text}
}
