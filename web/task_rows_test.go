package web_test

import (
	"net/http"
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/task"

	"golang.org/x/net/html"
)

// titles are the tasks of a list as a page shows them.
func (w *world) titles(handler http.Handler, who caller, path string) (found []string) {
	w.t.Helper()
	answer := ask(handler, who, "GET", path, "", nil)
	if answer.Code != http.StatusOK {
		w.t.Fatalf("%s: %d", path, answer.Code)
	}
	page, err := html.Parse(answer.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, a := range all(page, "a") {
		if strings.HasPrefix(attr(a, "href"), "/nhiem-vu/") && a.Parent.Data == "th" {
			found = append(found, textOf(a))
		}
	}
	return found
}

func TestTasksAreFoundByWordsAndSortedByColumn(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			w := newWorld(t, e)
			_, handler, _ := w.served()
			officer := w.signIn(handler, "khoagiao")
			marked, bare := w.titles(handler, officer, "/nhiem-vu?trang-thai=&tim=Việc+riêng"), w.titles(handler, officer, "/nhiem-vu?trang-thai=&tim=rieng+viec")
			if len(marked) != len(w.bodies) || strings.Join(marked, "|") != strings.Join(bare, "|") {
				t.Errorf("with marks %v, without %v", marked, bare)
			}
			up, down := w.titles(handler, officer, "/nhiem-vu?trang-thai=&tim=viec+rieng&xep=viec"), w.titles(handler, officer, "/nhiem-vu?trang-thai=&tim=viec+rieng&xep=-viec")
			if len(up) < 3 || up[0] != down[len(down)-1] || up[0] != own(w.bodies[2]) {
				t.Errorf("sorted %v and back %v", up, down)
			}
			agency := w.signIn(handler, "syt")
			if seen := w.titles(handler, agency, "/nhiem-vu?trang-thai=&tim=viec+rieng"); len(seen) != 1 || seen[0] != own(w.SYT) {
				t.Errorf("an agency finds %v", seen)
			}
		})
	}
}

// An agency takes on several tasks with one press; what is another's stays shut, and what was taken on before is named.
func TestSeveralTasksAreTakenOnInOneForm(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			w := newWorld(t, e)
			_, handler, _ := w.served()
			agency := w.signIn(handler, "syt")
			mine, others := w.objects["task"][0].path["id"], w.objects["task"][1].path["id"]
			second := ""
			w.do(func(tx *db.Tx) error {
				made, err := task.Assign(tx, w.Officer, task.New{Mode: task.Requested, Title: "Việc thứ hai", Product: "Báo cáo", Lead: w.SYT.ID,
					Due: calendar.On(2022, 7, 15), Origin: task.Origin{Kind: "matter", ID: w.BTGTU.ID, Label: "Thử"}})
				second = string(made.ID)
				if err != nil {
					return err
				}
				return task.Receive(tx, w.Actor("syt"), made.ID)
			})
			if page := ask(handler, agency, "POST", "/nhiem-vu", "act=tiep-nhan&rows[]="+mine+"&rows[]="+others, nil); page.Code != 404 && page.Code != 403 {
				t.Errorf("another's task: %d", page.Code)
			}
			answer := ask(handler, agency, "POST", "/nhiem-vu", "act=tiep-nhan&rows[]="+mine+"&rows[]="+second, nil)
			if answer.Code != http.StatusSeeOther {
				t.Fatalf("%d %s", answer.Code, sentence(answer.Body.String()))
			}
			if said := told(handler, agency, answer); !strings.Contains(said, "Đã tiếp nhận 1 nhiệm vụ. Để nguyên 1: ") || !strings.Contains(said, "đã tiếp nhận phần việc này rồi") {
				t.Errorf("the answer says %.200s", between(said, `class="answer`, "</div>"))
			}
			again := ask(handler, agency, "POST", "/nhiem-vu", "act=tiep-nhan&rows[]="+mine, nil)
			if again.Code != http.StatusConflict || !strings.Contains(again.Body.String(), "checked") {
				t.Errorf("taken on twice: %d", again.Code)
			}
		})
	}
}

func between(s, from, to string) string {
	_, s, _ = strings.Cut(s, from)
	s, _, _ = strings.Cut(s, to)
	return s
}
