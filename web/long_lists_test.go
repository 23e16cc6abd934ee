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
	"giaoban/internal/table"
	"giaoban/lists"
	"giaoban/report"
	"giaoban/sample"
)

// mostPageBytes is what a list may weigh, whatever the number of bodies.
const mostPageBytes = 400_000

// country brings so many communes into the sample, all asked for two months of which no report has come.
func country(t *testing.T, e dbtest.Engine, communes int) (*world, http.Handler) {
	t.Helper()
	w := &world{house: enter(t, e, "2022-06-20 09:00"), t: t}
	rows := []table.Row{{No: 1, Cells: []string{"Tên cơ quan", "Loại", "Hoạt động từ ngày"}}}
	for i := range communes {
		rows = append(rows, table.Row{No: i + 2, Cells: []string{fmt.Sprintf("Xã Suối Mây %04d", i+1), "Xã, phường, đặc khu", "01/01/2020"}})
	}
	w.do(func(tx *db.Tx) error {
		if _, err := lists.Enter(tx, w.Admin, lists.All[0], rows, lists.Options{}); err != nil {
			return err
		}
		regime, err := report.FindRegime(tx, w.Officer, sample.Monthly)
		if err != nil {
			return err
		}
		var ids []db.ID
		if err := tx.Select(&ids, "select id from body where kind = 'commune'"); err != nil {
			return err
		}
		if err := report.Assign(tx, w.Officer, regime.ID, ids, calendar.On(2022, 1, 1), "Thử trang dài"); err != nil {
			return err
		}
		for _, p := range []string{"2022-05", "2022-06"} {
			if _, err := report.Open(tx, w.Officer, sample.Monthly, calendar.MustPeriod(p)); err != nil {
				return err
			}
		}
		return nil
	})
	_, handler, _ := w.served()
	return w, handler
}

// Three thousand bodies make no page of megabytes: what is wrong comes first, the rest is counted and led to, and a file
// holds all of it.
func TestAPageOfThousandsOfBodiesIsSmall(t *testing.T) {
	t.Parallel()
	for _, communes := range []int{400, 3300} {
		if communes > 400 && testing.Short() {
			continue
		}
		t.Run(fmt.Sprint(communes), func(t *testing.T) {
			w, handler := country(t, dbtest.Engines(t)[0], communes)
			officer := w.signIn(handler, "khoagiao")
			for _, path := range []string{"/bao-cao/" + sample.Monthly + "/ma-tran?n=12", "/bao-cao/" + sample.Monthly + "/ma-tran?n=24&loc=tat-ca",
				"/bao-cao/" + sample.Monthly + "/2022-05/chua-nop", "/bao-cao/" + sample.Monthly + "/2022-06/chua-nop?loc=tat-ca"} {
				answer := ask(handler, officer, "GET", path, "", nil)
				page := answer.Body.String()
				t.Logf("%s at %d bodies: %d bytes", path, communes, len(page))
				if answer.Code != http.StatusOK || len(page) > mostPageBytes {
					t.Errorf("%s: %d, %d bytes", path, answer.Code, len(page))
				}
				if !strings.Contains(page, "Hiện 100") || !strings.Contains(page, "Trang sau") {
					t.Errorf("%s does not say how much it shows of how much", path)
				}
				bare, _, _ := strings.Cut(path, "?")
				query, _ := url.ParseQuery(strings.TrimPrefix(path, bare+"?"))
				query.Set("tep", "csv")
				rows, err := fileRows(ask(handler, officer, "GET", bare+"?"+query.Encode(), "", nil).Body.Bytes())
				if err != nil || len(rows) < communes {
					t.Errorf("the file of %s has %d rows, %v", path, len(rows), err)
				}
			}
		})
	}
}

// Several bodies are reminded in one form; those where it is not right are left and named, the others are done.
func TestSeveralBodiesAreRemindedInOneForm(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			w := newWorld(t, e)
			_, handler, _ := w.served()
			officer, path := w.signIn(handler, "khoagiao"), "/bao-cao/"+sample.Monthly+"/2022-06/chua-nop"
			var rows []string
			for _, o := range w.objects["obligation"] {
				rows = append(rows, "rows[]="+o.path["obligation"])
			}
			w.do(func(tx *db.Tx) error {
				return report.Waive(tx, w.Officer, db.ID(w.objects["obligation"][0].path["obligation"]), "Cơ quan không còn")
			})
			if page := ask(handler, officer, "POST", path, "act=nhac&channel=phone", nil); page.Code != 422 || !strings.Contains(page.Body.String(), "Chưa chọn dòng nào") {
				t.Errorf("nothing ticked: %d", page.Code)
			}
			if page := ask(handler, officer, "POST", path, "act=gia-han&due=mai&reason=a&"+rows[1], nil); page.Code != 422 ||
				!strings.Contains(page.Body.String(), `value="mai"`) || strings.Count(page.Body.String(), " checked") != 1 {
				t.Errorf("a form that was refused forgets what was typed and ticked: %d", page.Code)
			}
			answer := ask(handler, officer, "POST", path, "act=nhac&channel=phone&note=Đã+gọi&"+strings.Join(rows, "&"), nil)
			if answer.Code != http.StatusSeeOther {
				t.Fatalf("%d %s", answer.Code, sentence(answer.Body.String()))
			}
			told := told(handler, officer, answer)
			if !strings.Contains(told, fmt.Sprintf("Đã ghi đôn đốc %d cơ quan. Để nguyên 1: Sở Y tế", len(rows)-1)) {
				t.Errorf("the answer says %q", told)
			}
			for i, o := range w.objects["obligation"] {
				w.do(func(tx *db.Tx) error {
					all, err := report.Reminders(tx, w.Officer, db.ID(o.path["obligation"]))
					if want := min(i, 1); len(all) != want {
						t.Errorf("%s was reminded %d times", o.about, len(all))
					}
					return err
				})
			}
		})
	}
}

// told is what the page after an act says of it.
func told(handler http.Handler, who caller, answer interface{ Result() *http.Response }) string {
	result := answer.Result()
	head := map[string]string{"Cookie": strings.SplitN(who.cookie, ";", 2)[0]}
	for _, cookie := range result.Cookies() {
		head["Cookie"] += "; " + cookie.Name + "=" + cookie.Value
	}
	path, _, _ := strings.Cut(result.Header.Get("Location"), "#")
	return ask(handler, who, "GET", path, "", head).Body.String()
}
