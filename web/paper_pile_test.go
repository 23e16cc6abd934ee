package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/paper"
	"giaoban/sample"
	"giaoban/web"

	"golang.org/x/net/html"
)

// signedPile is n notices that the deputy head signed; their keys.
func (w *world) signedPile(n int) (ids []string) {
	w.t.Helper()
	w.do(func(tx *db.Tx) error {
		for i := range n {
			p, err := draftOf(tx, w.Province, i)
			if err == nil {
				_, err = paper.Sign(tx, w.Deputy, p.ID, paper.Signature{Signer: string(w.Deputy.Person)})
			}
			if err != nil {
				return err
			}
			ids = append(ids, string(p.ID))
		}
		return nil
	})
	return ids
}

// draftOf is the draft of a notice, the i-th of a pile.
func draftOf(tx *db.Tx, p *sample.Province, i int) (paper.Paper, error) {
	return paper.Draft(tx, p.Officer, paper.New{Body: p.BTGTU.ID, Kind: paper.ThongBao, To: []db.ID{p.SYT.ID},
		Content: official.Document{Subject: fmt.Sprintf("Chồng văn bản %02d", i+1), Recipients: []string{"Các sở"}, Filing: "Văn phòng",
			Body: []official.Block{official.Paragraph{Runs: official.Text("Các cơ quan triển khai thực hiện.")}}}})
}

// typedIn are the fields that a form of the page would send, without its buttons.
func typedIn(t *testing.T, page string) url.Values {
	t.Helper()
	document, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	values := make(url.Values)
	for _, n := range all(all(document, "main")[0], "input") {
		if attr(n, "type") != "checkbox" || has(n, "checked") {
			values.Add(attr(n, "name"), attr(n, "value"))
		}
	}
	values.Del("tim")
	values.Del("form_token")
	return values
}

// The clerk's pile: ten signed papers get their numbers and go out by six presses from the desk.
func TestAPileOfPapersIsNumberedAndReleasedInOneForm(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, e)
			_, handler, _ := w.served()
			ids := w.signedPile(10)
			clerk := w.signIn(handler, "vanthu")
			state := func(id string) (p paper.Paper) {
				w.do(func(tx *db.Tx) (err error) { p, err = paper.Find(tx, w.Clerk, db.ID(id)); return err })
				return p
			}

			list := ask(handler, clerk, "GET", "/van-ban?trang-thai=signed&chon=het&tim=chong+van+ban", "", nil).Body.String()
			ticked := typedIn(t, list)
			if len(ticked["rows[]"]) != len(ids) {
				t.Fatalf("%d of %d are ticked", len(ticked["rows[]"]), len(ids))
			}
			ticked.Set("act", "xem-so")
			shown := ask(handler, clerk, "POST", "/van-ban", ticked.Encode(), nil)
			if shown.Code != http.StatusOK || state(ids[0]).Symbol != "" {
				t.Fatalf("the numbers are shown before they are entered: %d, %s", shown.Code, state(ids[0]).Symbol)
			}
			page := shown.Body.String()
			if reds := redsOf(t, page); len(reds) != 1 || reds[0] != "Vào số 10 văn bản" {
				t.Errorf("red buttons: %q", reds)
			}
			offered := typedIn(t, page)
			offered.Set("act", "vao-so")

			// Another paper takes the first of these numbers meanwhile.
			taken := w.signedPile(1)[0]
			w.do(func(tx *db.Tx) error {
				day := calendar.OfInstant(tx.Clock())
				next, err := paper.NextNumber(tx, w.Clerk, db.ID(taken), day)
				if err == nil {
					_, err = paper.EnterNumber(tx, w.Clerk, db.ID(taken), next, day)
				}
				return err
			})
			moved := ask(handler, clerk, "POST", "/van-ban", offered.Encode(), nil)
			if moved.Code != http.StatusPreconditionFailed || !strings.Contains(moved.Body.String(), "Chưa văn bản nào được vào số") || state(ids[0]).Symbol != "" {
				t.Fatalf("a book that moved: %d %s", moved.Code, sentence(moved.Body.String()))
			}
			offered = typedIn(t, moved.Body.String())
			offered.Set("act", "vao-so")
			wrong := typedIn(t, moved.Body.String())
			wrong.Set("act", "vao-so")
			wrong.Set("date", "1/1/2031")
			if answer := ask(handler, clerk, "POST", "/van-ban", wrong.Encode(), nil); answer.Code != http.StatusUnprocessableEntity ||
				len(typedIn(t, answer.Body.String())["rows[]"]) != len(ids) {
				t.Errorf("a day to come: %d", answer.Code)
			}

			entered := ask(handler, clerk, "POST", "/van-ban", offered.Encode(), nil)
			if entered.Code != http.StatusSeeOther {
				t.Fatalf("%d %s", entered.Code, sentence(entered.Body.String()))
			}
			for i, id := range offered["rows[]"] { // the order of the page is that of the book
				if p := state(id); p.Number != state(taken).Number+int64(i)+1 || offered.Get("number-"+id) != fmt.Sprint(p.Number) {
					t.Errorf("paper %d got number %d, shown %s", i, p.Number, offered.Get("number-"+id))
				}
			}
			next := entered.Header().Get("Location")
			ready := typedIn(t, ask(handler, clerk, "GET", next, "", nil).Body.String())
			if len(ready["rows[]"]) != len(ids) {
				t.Fatalf("%d of %d stand ticked for the release", len(ready["rows[]"]), len(ids))
			}

			// One of them is withdrawn meanwhile: it is named, the others go out.
			w.do(func(tx *db.Tx) error {
				_, err := paper.Withdraw(tx, w.Clerk, db.ID(ids[3]), "In sai")
				return err
			})
			ready.Set("act", "phat-hanh")
			released := ask(handler, clerk, "POST", "/van-ban", ready.Encode(), nil)
			said := told(handler, clerk, released)
			if released.Code != http.StatusSeeOther || !strings.Contains(said, "Đã phát hành 9 văn bản") || !strings.Contains(said, "Để nguyên 1: "+state(ids[3]).Symbol) {
				t.Errorf("%d %.300s", released.Code, between(said, `class="answer`, "</div>"))
			}
			for i, id := range ids {
				if want := map[bool]paper.State{true: paper.Withdrawn, false: paper.Released}[i == 3]; state(id).State != want {
					t.Errorf("paper %d is %s", i, state(id).State)
				}
			}
			agency := w.signIn(handler, "syt")
			if page := ask(handler, agency, "GET", "/van-ban?tim=chong+van+ban", "", nil).Body.String(); strings.Count(page, "Chồng văn bản") < 9 || strings.Contains(page, `name="rows[]"`) {
				t.Errorf("the body that received them reads %d of them, or is offered acts it has not", strings.Count(page, "Chồng văn bản"))
			}
			if again := ask(handler, clerk, "POST", "/van-ban", ready.Encode(), nil); again.Code != http.StatusConflict && again.Code != http.StatusUnprocessableEntity {
				t.Errorf("released twice: %d", again.Code)
			}
		})
	}
}

// A row that is refused when half of it was written stops the whole form: planted here, because no room does so.
func TestARowThatWasHalfDoneStopsAllRows(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			w := newWorld(t, e)
			w.do(func(tx *db.Tx) error {
				plant := func(id db.ID) (string, error) {
					if id == "b" {
						if _, err := tx.Exec("update paper set subject = subject where id = ?", id); err != nil {
							return "", err
						}
					}
					return "dòng " + string(id), map[bool]error{true: fault.Conflict("Không được.")}[id != "a"]
				}
				if _, err := web.EachTicked(tx, []string{"a", "b"}, plant); !fault.Is(err, fault.KindConflict) || !strings.Contains(err.Error(), "dòng b: Không được. Chưa làm dòng nào") {
					t.Errorf("half a row was kept: %v", err)
				}
				said, err := web.EachTicked(tx, []string{"a", "c"}, plant)
				if err != nil || said != "Đã làm 1. Để nguyên 1: dòng c (Không được)." {
					t.Errorf("a row that wrote nothing is left as it is: %q %v", said, err)
				}
				return nil
			})
		})
	}
}
