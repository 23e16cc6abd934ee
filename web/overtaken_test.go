package web_test

import (
	"fmt"
	"html"
	"net/http"
	"slices"
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/paper"
	"giaoban/record"
	"giaoban/task"
	"giaoban/web"
)

// asSigned are the pages that give a paper as it was signed: nothing is written on it.
var asSigned = map[string]bool{"/van-ban/{id}/xem": true, "/van-ban/{id}/tai/{format}": true}

// givesFile tells the addresses that give a file and no page: making one takes longer than many pages.
func givesFile(path string) bool {
	return strings.Contains(path, "/tai/") || strings.HasSuffix(path, ".docx") || strings.HasSuffix(path, ".pdf")
}

// unsaid are the papers that a page leads to, or is of, without saying what they no longer say.
func unsaid(page, path string, overtaken []paper.Paper) (wrong []string, met int) {
	for _, p := range overtaken {
		at := "/van-ban/" + string(p.ID)
		if path != at && !strings.Contains(page, `"`+at+`"`) {
			continue
		}
		met++
		if !strings.Contains(html.UnescapeString(page), p.Words) {
			wrong = append(wrong, fmt.Sprintf("%s does not say “%s” of %s", path, p.Words, p.Label()))
		}
	}
	return wrong, met
}

// moving is an officer who plans conferences, has people invited to them and then changes the plan.
type moving struct {
	*world
	month int
}

// plan is one more conference to which all bodies of the world are invited.
func (m *moving) plan(tx *db.Tx) (conference.Conference, error) {
	m.month++
	n := conference.New{Type: "rollout", Title: fmt.Sprintf("Hội nghị quán triệt văn bản thứ %d", m.month), HeldOn: calendar.On(2022, 7, m.month), HeldAt: "14:00",
		Place: "Hội trường", Seats: []conference.Seat{{Role: conference.Chair, Name: "Đinh Trọng Hoài", Title: "Trưởng ban"}}}
	for _, b := range m.bodies {
		n.Invitees = append(n.Invitees, conference.Invitee{Body: b.ID})
	}
	return conference.Plan(tx, m.Officer, n)
}

// upTo takes a draft as far as a state.
func (m *moving) upTo(tx *db.Tx, state paper.State, p paper.Paper, err error) error {
	if err != nil {
		return err
	}
	if state == paper.Drafted {
		return record.PutForward(tx, m.Officer, p.ID, p.Version)
	}
	leader, clerk := m.Actor("truongban"), m.Actor("vanthu")
	if _, err := record.Sign(tx, leader, p.ID, paper.Signature{Signer: string(leader.Person)}); err != nil || state == paper.Signed {
		return err
	}
	day := calendar.OfInstant(tx.Clock())
	n, err := paper.NextNumber(tx, clerk, p.ID, day)
	if err != nil {
		return err
	}
	if _, err := paper.EnterNumber(tx, clerk, p.ID, n, day); err != nil || state == paper.Numbered {
		return err
	}
	_, err = record.Release(tx, clerk, p.ID)
	return err
}

func (m *moving) invited(tx *db.Tx, b conference.Conference, state paper.State) error {
	p, err := conference.Invite(tx, m.Officer, b.ID, paper.Signature{})
	return m.upTo(tx, state, p, err)
}

func (m *moving) moved(tx *db.Tx, b conference.Conference, day int) error {
	_, err := conference.Move(tx, m.Officer, b.ID, calendar.On(2022, 8, day), "8:00", "Hội trường", "Trùng lịch")
	return err
}

// succeeded lets every paper of the sample that went out be followed: corrected, supplemented, then amended, replaced or revoked
// in turn, and one more draft begun where that is still possible.
func (m *moving) succeeded(tx *db.Tx) error {
	all, _, err := paper.List(tx, m.Officer, paper.Filter{State: paper.Released, Limit: 200})
	last := []paper.SuccessionKind{paper.Replaces, paper.Revokes, paper.Amends}
	n := 0
	for _, old := range all {
		if old.Words != "" || old.OriginKind == "paper" {
			continue
		}
		n++
		for _, kind := range []paper.SuccessionKind{paper.Corrects, paper.Supplements, last[n%len(last)]} {
			p, err := record.Succeed(tx, m.Officer, old.ID, kind, "Ghi nhầm một chỗ")
			if err != nil {
				return err
			}
			if kind == paper.Supplements || kind == paper.Amends {
				content, err := paper.Content(tx, m.Officer, p.ID)
				if err != nil {
					return err
				}
				words := paper.WordsOf(content)
				words.Pieces[len(words.Pieces)-1].Text = "Giữ nhịp giao ban hằng quý."
				if p, err = paper.Rewrite(tx, m.Officer, p.ID, p.Version, words); err != nil {
					return err
				}
			}
			if err := m.upTo(tx, paper.Released, p, nil); err != nil {
				return fmt.Errorf("%s %s: %w", kind, old.Label(), err)
			}
		}
		if last[n%len(last)] == paper.Amends {
			if _, err := record.Succeed(tx, m.Officer, old.ID, paper.Replaces, "Làm lại cả văn bản"); err != nil {
				return err
			}
		}
	}
	if n < 3 && err == nil {
		err = fmt.Errorf("only %d papers of the sample went out", n)
	}
	return err
}

// papersOvertaken makes papers that no longer say what holds, at each point of their lives, and gives them.
func papersOvertaken(w *world) (overtaken []paper.Paper) {
	m := &moving{world: w}
	for _, state := range []paper.State{paper.Drafted, paper.Signed, paper.Numbered, paper.Released} {
		w.do(func(tx *db.Tx) error {
			b, err := m.plan(tx)
			if err != nil {
				return err
			}
			if err := m.invited(tx, b, state); err != nil {
				return err
			}
			return m.moved(tx, b, m.month)
		})
	}
	w.do(func(tx *db.Tx) error { // two invitations, the second taking the place of the first, then one more day
		b, err := m.plan(tx)
		if err != nil {
			return err
		}
		for day := 10; day < 12; day++ {
			if err := m.invited(tx, b, paper.Released); err != nil {
				return err
			}
			if err := m.moved(tx, b, day); err != nil {
				return err
			}
		}
		return nil
	})
	for _, fate := range []func(*db.Tx, db.ID) error{
		func(tx *db.Tx, id db.ID) error {
			_, err := conference.Postpone(tx, m.Officer, id, "Chủ trì đi công tác")
			return err
		},
		func(tx *db.Tx, id db.ID) error {
			_, err := conference.CallOff(tx, m.Officer, id, "Phòng, chống dịch")
			return err
		},
	} {
		w.do(func(tx *db.Tx) error {
			b, err := m.plan(tx)
			if err != nil {
				return err
			}
			if err := m.invited(tx, b, paper.Released); err != nil {
				return err
			}
			return fate(tx, b.ID)
		})
	}
	w.do(func(tx *db.Tx) error { // a letter that it is not held, and then it is
		b, err := m.plan(tx)
		if err != nil {
			return err
		}
		if err := m.invited(tx, b, paper.Released); err != nil {
			return err
		}
		if _, err := conference.CallOff(tx, m.Officer, b.ID, "Phòng, chống dịch"); err != nil {
			return err
		}
		letter, err := conference.TellChange(tx, m.Officer, b.ID, paper.Signature{})
		if err := m.upTo(tx, paper.Released, letter, err); err != nil {
			return err
		}
		_, err = conference.Restore(tx, m.Officer, b.ID, "Hết dịch")
		return err
	})
	w.do(m.succeeded)
	w.do(func(tx *db.Tx) error {
		all, _, err := paper.List(tx, w.Officer, paper.Filter{Limit: 200})
		for _, p := range all {
			if p.Words == "" {
				continue
			}
			overtaken = append(overtaken, p)
			o := object{about: string(p.State), path: map[string]string{"id": string(p.ID), "format": "docx"}, org: p.Body}
			w.objects["paper"] = append(w.objects["paper"], o)
			if p.OriginKind == "briefing" {
				w.objects["briefing"] = append(w.objects["briefing"], object{about: p.Words, path: map[string]string{"id": p.OriginID}, org: p.Body})
			}
			for _, node := range []map[string]string{{"kind": "paper", "id": string(p.ID)}, {"kind": p.OriginKind, "id": p.OriginID}} {
				w.objects["origin"] = append(w.objects["origin"], object{about: p.Words, path: node, org: p.Body})
			}
		}
		if err != nil {
			return err
		}
		tasks, _, err := task.List(tx, w.Officer, task.Filter{Limit: 500})
		for _, one := range tasks { // a task that such a paper assigned
			if slices.ContainsFunc(overtaken, func(p paper.Paper) bool { return p.ID == one.FromPaper }) {
				w.objects["task"] = append(w.objects["task"], object{about: one.Title, path: map[string]string{"id": string(one.ID)}, org: one.Lead})
				break
			}
		}
		return err
	})
	return overtaken
}

// Wherever a paper is shown that no longer says what holds, the page says so: on every page of every role, in every state of
// the paper. A page that leads to one without a word is told. What is asked here are the templates: the statements of the same
// pages run on both engines for the table of authority.
func TestAPaperThatNoLongerHoldsSaysSoWhereverItIsShown(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t)[:1] {
		t.Run(e.Name, func(t *testing.T) {
			w := newWorld(t, e)
			overtaken := papersOvertaken(w)
			if len(overtaken) < 9 {
				t.Fatalf("only %d papers no longer say what holds", len(overtaken))
			}
			config, handler, callers := w.served()
			places, pages, met := make(map[string]int), 0, 0
			for _, one := range w.trials(callers) {
				if one.route.Method != http.MethodGet || asSigned[one.route.Path] || givesFile(one.route.Path) || one.who.Role == "" {
					continue
				}
				answer := ask(handler, one.who, "GET", one.path, "", nil)
				if answer.Code != http.StatusOK || !strings.HasPrefix(answer.Header().Get("Content-Type"), "text/html") {
					continue
				}
				pages++
				wrong, n := unsaid(answer.Body.String(), one.path, overtaken)
				for _, sentence := range wrong {
					t.Errorf("%s: %s", one.who, sentence)
				}
				if n > 0 {
					met, places[one.route.Path] = met+n, places[one.route.Path]+n
				}
			}
			for _, path := range []string{"/van-ban", "/van-ban/{id}", "/giao-ban/{id}", "/nguon-goc/{kind}/{id}", "/ban-lam-viec", "/nhiem-vu/{id}", "/tong-hop/{regime}/{period}"} {
				if places[path] == 0 {
					t.Errorf("no paper was met on %s", path)
				}
			}
			t.Logf("%d papers, met %d times on %d pages: %v", len(overtaken), met, pages, places)
			planted, path := web.ForgetsWhatHolds(config, overtaken[0].ID)
			page := ask(planted, w.signIn(planted, "khoagiao"), "GET", path, "", nil).Body.String()
			if wrong, _ := unsaid(page, path, overtaken); len(wrong) != 1 || !strings.Contains(wrong[0], overtaken[0].Words) {
				t.Errorf("the planted page was not told: %q", slices.Concat(wrong, []string{page[:min(len(page), 300)]}))
			}
		})
	}
}
