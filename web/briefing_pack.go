package web

import (
	"net/http"

	"giaoban/access"
	"giaoban/briefing"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/paper"
	"giaoban/task"
)

// packData is the pack: as it was shown, or as it stands now while it was not.
type packData struct {
	briefingHead
	Pack   briefing.Pack
	Frozen bool
	Shown  briefing.ShownPack
	Later  int // changes since it was shown
	May    bool
}

func (s *site) briefingPack(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "ho-so")
	if err != nil {
		return Reply{}, err
	}
	data := packData{briefingHead: head, May: head.MayPrepare && !head.Closed}
	if data.Pack, data.Shown, data.Frozen, err = packOf(tx, by, head.B.ID); err != nil {
		return Reply{}, err
	}
	if data.Frozen {
		changes, err := briefing.Addendum(tx, by, head.B.ID)
		if err != nil {
			return Reply{}, err
		}
		data.Later = len(changes)
	}
	return Reply{Page: "briefing/pack", Data: data}, nil
}

func packOf(tx *db.Tx, by access.Actor, id db.ID) (briefing.Pack, briefing.ShownPack, bool, error) {
	shown, frozen, err := briefing.Frozen(tx, by, id)
	if err != nil || frozen {
		return shown.Pack, shown, frozen, err
	}
	pack, err := briefing.Compose(tx, by, id)
	return pack, shown, false, err
}

func (s *site) downloadPack(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	b, err := briefing.Find(tx, by, db.ID(r.PathValue("id")))
	if err != nil {
		return Reply{}, err
	}
	doc, err := briefing.PackDocument(tx, by, b.ID)
	if err != nil {
		return Reply{}, err
	}
	file, err := paper.File(doc, "Hồ sơ giao ban "+b.Period.Name(), "docx", official.HTMLOptions{})
	if err != nil {
		return Reply{}, err
	}
	return Reply{Download: &Download{Name: file.Name, Type: file.Type, Body: file.Body}}, nil
}

func (s *site) showPack(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "ho-so")
	if err != nil {
		return Reply{}, err
	}
	if _, err := briefing.Show(tx, by, head.B.ID); err != nil {
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
	Shown   briefing.ShownPack
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
	if data.Shown, frozen, err = briefing.Frozen(tx, by, head.B.ID); err != nil {
		return Reply{}, err
	}
	if !frozen {
		return Reply{To: address("briefing", head.B.ID) + "/ho-so"}, nil
	}
	changes, err := briefing.Addendum(tx, by, head.B.ID)
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
	if _, data.Paper, err = briefing.Papers(tx, by, h.B.ID); err != nil {
		return Reply{}, err
	}
	data.Badge = paperBadge(data.Paper.State)
	data.Signer.MayLeaveOpen = true
	if err := data.Signer.offer(tx, by, h.B.Body, "", ""); err != nil {
		return Reply{}, err
	}
	all, err := briefing.Conclusions(tx, by, h.B.ID)
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
	p, err := briefing.DraftNotice(tx, by, head.B.ID, f.signature())
	if err != nil {
		return withPage(err, func() (Reply, error) { return head.notice(tx, by, f) })
	}
	return Reply{To: "/van-ban/" + string(p.ID)}, nil
}

// resultsData is the last conference's tasks, and what became of this one's.
type resultsData struct {
	briefingHead
	Last        briefing.Briefing
	Results     []resultLine
	Own         []resultLine
	Done        int
	DoneOfOwn   int
	NoneOfTasks bool
}

type resultLine struct {
	briefing.Result
	Lead  string
	Badge badge
}

func (s *site) briefingResults(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "ket-qua")
	if err != nil {
		return Reply{}, err
	}
	data := resultsData{briefingHead: head}
	last, results, err := briefing.Results(tx, by, head.B.ID)
	if err != nil {
		return Reply{}, err
	}
	data.Last = last
	own, err := briefing.Tasks(tx, by, head.B.ID)
	if err != nil {
		return Reply{}, err
	}
	lines := func(results []briefing.Result, done *int) (out []resultLine) {
		for _, t := range results {
			if t.Finished() {
				*done++
			}
			out = append(out, resultLine{t, head.Bodies[t.Task.Lead].Name, briefingTaskBadge(t)})
		}
		return out
	}
	data.Results, data.Own = lines(results, &data.Done), lines(own, &data.DoneOfOwn)
	return Reply{Page: "briefing/results", Data: data}, nil
}

func briefingTaskBadge(t briefing.Result) badge {
	class := map[task.State]string{task.StateOpen: "draft", task.StateAccepted: "waiting", task.StateDone: "on-time", task.StateClosed: "accepted",
		task.StateReturned: "returned", task.StateWithdrawn: "nil", task.StateOverdue: "late"}[t.State]
	text := t.State.Name()
	if t.DaysLate > 0 {
		text += " " + calendar.WorkingDays(t.DaysLate)
	}
	return badge{class, text}
}
