package web_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/library"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/people"
	"giaoban/report"
	"giaoban/sample"
	"giaoban/task"
)

// object is one record that an address names: whose it is, and which other bodies may read it.
type object struct {
	about   string            // for messages: the body's code
	path    map[string]string // wildcard of a pattern → what stands there
	org     db.ID
	readers []db.ID
	secrets []string // must reach nobody who may not read it
}

func (o object) readBy(body db.ID) bool {
	if body == o.org {
		return true
	}
	for _, reader := range o.readers {
		if reader == body {
			return true
		}
	}
	return false
}

// world is the province with a record of each kind for each of five bodies: Sở Y tế, a brother, the Party committee
// above both, a commission of a district and a unit of the commission.
type world struct {
	*house
	t       *testing.T
	bodies  []org.Body
	objects map[string][]object
	rule    db.ID // of which drafts must come
}

const matrixRegime = sample.Monthly

func newWorld(t *testing.T, e dbtest.Engine) *world {
	t.Helper()
	h := enter(t, e, "2022-04-20 09:00")
	w := &world{house: h, t: t, objects: make(map[string][]object)}
	w.bodies = []org.Body{h.SYT, h.SGDDT, h.BCSUBND, h.BTGNH, h.PKG}
	w.do(func(tx *db.Tx) error {
		regime, err := report.FindRegime(tx, h.Officer, matrixRegime)
		if err != nil {
			return err
		}
		return report.Assign(tx, h.Officer, regime.ID, []db.ID{h.BCSUBND.ID, h.BTGNH.ID, h.PKG.ID}, calendar.On(2022, 5, 1), "Thử thẩm quyền")
	})
	h.Clock.Set(moment(t, "2022-06-20 09:00"))
	w.do(w.reports)
	w.do(w.tasks)
	w.do(w.papers)
	w.do(w.originals)
	w.do(w.files)
	w.do(w.accounts)
	w.do(w.reviews)
	w.do(w.programmes)
	w.do(w.workplans)
	w.do(w.directives)
	w.do(w.handovers)
	w.do(w.archived)
	w.do(w.arrived)
	w.do(w.ledOn)
	w.do(w.appraised)
	w.do(w.followed)
	w.do(w.away)
	w.do(w.sittings)
	w.do(w.called)
	w.do(func(tx *db.Tx) error {
		_, err := conference.AddType(tx, h.Officer, "Gặp mặt", "Hội nghị gặp mặt …", conference.Nothing)
		return err
	})
	var phrase db.ID
	w.do(func(tx *db.Tx) (err error) {
		phrase, err = paper.AddPhrase(tx, h.Officer, paper.ThongBao, "Các cơ quan trao đổi với {cơ quan}.")
		return err
	})
	form := w.form()
	var owed report.Upward
	w.do(func(tx *db.Tx) error {
		all, err := report.Upwards(tx, h.Officer)
		if err == nil {
			owed = all[0]
		}
		return err
	})
	w.objects[""] = []object{{about: "chung", path: map[string]string{"regime": sample.Quarterly, "period": "2022-Q1", "format": "html",
		"upward": string(owed.ID), "indicator": form.Indicators[0].Code, "form": string(form.ID), "profile": "HD36", "code": "gap_mat", "phrase": string(phrase), "rule": string(w.rule)}, org: h.BTGTU.ID}}
	for _, b := range w.bodies {
		w.objects["body"] = append(w.objects["body"], object{about: b.Code, path: map[string]string{"body": b.Code, "id": string(b.ID)}, org: b.ID})
	}
	return w
}

func (w *world) do(change func(tx *db.Tx) error) {
	w.t.Helper()
	if err := w.DB.WriteLong(w.t.Context(), change); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) add(kind, wildcard string, id db.ID, about string, body db.ID, secrets ...string) {
	w.objects[kind] = append(w.objects[kind], object{about: about, path: map[string]string{wildcard: string(id)}, org: body,
		secrets: append(secrets, string(id))})
	if kind == "accepted" || kind == "task" || kind == "proposal" {
		node := map[string]string{"accepted": "submission"}[kind]
		if node == "" {
			node = kind
		}
		w.objects["origin"] = append(w.objects["origin"], object{about: about + " " + kind,
			path: map[string]string{"kind": node, "id": string(id)}, org: body})
	}
}

// own are words that only the body itself and the commission may read.
func own(b org.Body) string { return "Việc riêng của " + b.Code + "." }

// reports opens two months: in May each body has handed in, June is still owed.
func (w *world) reports(tx *db.Tx) error {
	system := access.System("thử thẩm quyền")
	for _, p := range []string{"2022-05", "2022-06"} {
		if _, err := report.Open(tx, w.Officer, matrixRegime, calendar.MustPeriod(p)); err != nil {
			return err
		}
	}
	for _, b := range w.bodies {
		may, err := report.ObligationOf(tx, system, matrixRegime, calendar.MustPeriod("2022-05"), b.ID)
		if err != nil {
			return err
		}
		receipt, err := report.Nil(tx, system, may, own(b))
		if err != nil {
			return err
		}
		w.add("submission", "submission", receipt.ID, b.Code, b.ID, own(b))
		june, err := report.ObligationOf(tx, system, matrixRegime, calendar.MustPeriod("2022-06"), b.ID)
		if err != nil {
			return err
		}
		w.add("obligation", "obligation", june.ID, b.Code, b.ID)
		if err := report.GrantExtension(tx, w.Officer, june.ID, calendar.On(2022, 7, 1), own(b)); err != nil {
			return err
		}
		if quarter, err := report.ObligationOf(tx, system, sample.Quarterly, calendar.MustPeriod("2022-Q1"), b.ID); err == nil && quarter.Accepted != "" {
			w.add("accepted", "submission", quarter.Accepted, b.Code, b.ID)
		}
		proposals, _, err := report.Proposals(tx, system, report.ProposalFilter{Body: b.ID, Limit: 1})
		if err != nil {
			return err
		}
		for _, p := range proposals {
			w.add("proposal", "proposal", p.ID, b.Code, b.ID, p.Text)
			reply, err := w.replied(tx, p.ID)
			if err != nil {
				return err
			}
			w.add("reply", "reply", reply, b.Code, b.ID)
		}
	}
	return nil
}

// replied lets those above answer a proposal.
func (w *world) replied(tx *db.Tx, proposal db.ID) (reply db.ID, err error) {
	day := calendar.On(2022, 6, 17)
	if _, err := report.ForwardElsewhere(tx, w.Officer, proposal, report.Forwarding{To: "Bộ Y tế", Symbol: "58-CV/BTGTU", Day: day}); err != nil {
		return "", err
	}
	if _, err := report.EnterReply(tx, w.Officer, proposal, report.ProposalReply{ReplyHow: "điện thoại", Received: day}, "Đồng ý."); err != nil {
		return "", err
	}
	return reply, tx.Get(&reply, "select id from proposal_reply where proposal = ?", proposal)
}

func (w *world) tasks(tx *db.Tx) error {
	for _, b := range w.bodies {
		n := task.New{Mode: task.Requested, Title: own(b), Product: "Báo cáo", Lead: b.ID, Due: calendar.On(2022, 7, 15),
			Origin: task.Origin{Kind: "matter", ID: w.BTGTU.ID, Label: "Thử thẩm quyền"}}
		if b.Kind.Own() {
			n.Mode = task.Assigned
		}
		made, err := task.Assign(tx, w.Officer, n)
		if err != nil {
			return err
		}
		w.add("task", "id", made.ID, b.Code, b.ID, own(b))
	}
	return nil
}

// papers takes the sample's papers and conferences, one of them still being planned, and drafts a paper that nobody
// outside may see.
func (w *world) papers(tx *db.Tx) error {
	system := access.System("thử thẩm quyền")
	draft := official.BaoCao(official.ProfileFor(official.Party, official.DayOf(2022, 6, 20)), "bản chưa phát hành", official.Paragraph{Runs: official.Text("Chưa phát hành.")})
	draft.Issuer, draft.BodySymbol, draft.Place = w.BTGTU.Name, w.BTGTU.Symbol, w.BTGTU.Place
	if _, err := paper.Draft(tx, w.Officer, paper.New{Body: w.BTGTU.ID, Kind: paper.Kinds[0], Content: draft, To: []db.ID{w.SYT.ID}}); err != nil {
		return err
	}
	all, _, err := paper.List(tx, system, paper.Filter{Limit: 100})
	if err != nil {
		return err
	}
	for _, p := range all {
		o := object{about: string(p.State), path: map[string]string{"id": string(p.ID), "format": "docx"}, org: p.Body, secrets: []string{string(p.ID)}}
		if p.State == paper.Released {
			if o.readers, err = paper.Recipients(tx, system, p.ID); err != nil {
				return err
			}
		}
		w.objects["paper"] = append(w.objects["paper"], o)
		if p.State == paper.Released {
			w.objects["paper-released"] = append(w.objects["paper-released"], o)
		}
		if p.Signer != "" {
			origin := o
			origin.path = map[string]string{"kind": "paper", "id": string(p.ID)}
			w.objects["origin"] = append(w.objects["origin"], origin)
		}
	}
	conferences, err := conference.List(tx, system)
	if err != nil {
		return err
	}
	for _, b := range conferences {
		o := object{about: b.Period.String(), path: map[string]string{"id": string(b.ID)}, org: b.Body, secrets: []string{string(b.ID)}}
		invitation, notice, err := conference.Papers(tx, system, b.ID)
		if err != nil {
			return err
		}
		if invitation.State == paper.Released || notice.State == paper.Released {
			invitees, err := conference.Invitees(tx, system, b.ID)
			if err != nil {
				return err
			}
			for _, v := range invitees {
				o.readers = append(o.readers, v.Body)
			}
		}
		w.objects["briefing"] = append(w.objects["briefing"], o)
		if len(o.readers) > 0 && len(w.objects["seat"]) == 0 {
			for _, body := range w.bodies {
				w.objects["seat"] = append(w.objects["seat"], object{about: o.about + " " + body.Code, path: o.path, org: body.ID})
			}
		}
	}
	return nil
}

func (w *world) files(tx *db.Tx) error {
	for _, b := range w.bodies {
		stored, err := w.store.Keep(strings.NewReader("%PDF-1.4\n% tệp của "+b.Code+"\n%%EOF\n"), 1<<20)
		if err != nil {
			return err
		}
		f, err := library.Add(tx, access.System("thử thẩm quyền"), b.ID, stored, own(b)+"pdf")
		if err != nil {
			return err
		}
		w.add("file", "file", f.ID, b.Code, b.ID, own(b))
	}
	return nil
}

// accounts that the trials may shut: of people who take no part in them.
func (w *world) accounts(tx *db.Tx) error {
	a, err := people.FindAccount(tx, w.Admin, "btgdk")
	if err != nil {
		return err
	}
	w.add("account", "account", a.ID, "btgdk", w.BTGDK.ID)
	posts, err := people.PostsHeldBy(tx, w.Admin, a.Person)
	if err != nil {
		return err
	}
	w.add("post", "post", posts[0].ID, "btgdk", w.BTGDK.ID)
	_, token, err := people.AddToken(tx, w.Admin, access.AgencyOfficer, "BTGDK", false, "thử")
	w.add("token", "token", token, "btgdk", w.BTGDK.ID)
	return err
}

// fill puts an object into a pattern; what the object does not name comes from the objects open to all.
func (w *world) fill(text string, o object) string {
	for _, from := range []map[string]string{o.path, w.objects[""][0].path, {"org": string(o.org)}} {
		for name, value := range from {
			text = strings.ReplaceAll(text, "{"+name+"}", value)
		}
	}
	if strings.Contains(text, "{") && !strings.Contains(text, "{$}") {
		w.t.Fatalf("nothing to put into %s", text)
	}
	return strings.ReplaceAll(text, "{$}", "")
}

// form is the quarterly form that serves the first quarter.
func (w *world) form() (f *report.Form) {
	w.do(func(tx *db.Tx) error {
		regime, err := report.FindRegime(tx, w.Officer, sample.Quarterly)
		if err != nil {
			return err
		}
		f, err = report.ActiveForm(tx, regime.ID, calendar.MustPeriod("2022-Q1"))
		return err
	})
	return f
}

// denials counts the traces of refusals, and all lines that tell an act.
func (w *world) denials() (denied, lines int) {
	w.t.Helper()
	err := w.DB.Read(w.t.Context(), func(tx *db.Tx) error {
		if err := tx.Get(&denied, "select count(*) from journal where verb = 'denied'"); err != nil {
			return err
		}
		return tx.Get(&lines, "select count(*) from journal where kind <> 'seal'")
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return denied, lines
}
