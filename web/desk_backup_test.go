package web_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/internal/dbtest"
	"giaoban/web"
)

// Who answers for the machine reads on the desk how old the newest backup is; nobody else is told.
func TestTheAdministratorsDeskTellsTheAgeOfTheBackup(t *testing.T) {
	t.Parallel()
	w := newWorld(t, dbtest.Engines(t)[0])
	for _, good := range []bool{true, false} {
		said := "Bản sao lưu gần nhất: 02:15 ngày 04/8/2026"
		handler := web.Handler(web.Config{DB: w.DB, Files: w.store, Dev: true, Backups: func() (string, bool) { return said, good }})
		told := 0
		for _, c := range w.callers(handler) {
			page := ask(handler, c, "GET", "/ban-lam-viec", "", nil).Body.String()
			if strings.Contains(page, said) != (c.Role == access.Administrator) {
				t.Errorf("good %v: %s is told: %v", good, c, strings.Contains(page, said))
			}
			if strings.Contains(page, said) {
				told++
				if warned := strings.Contains(page, `<p class="notice warn">`+said); warned == good {
					t.Errorf("good %v: warned %v", good, warned)
				}
			}
		}
		if told == 0 {
			t.Error("no administrator was asked")
		}
	}
	without := web.Handler(web.Config{DB: w.DB, Files: w.store, Dev: true})
	for _, c := range w.callers(without) {
		if strings.Contains(ask(without, c, "GET", "/ban-lam-viec", "", nil).Body.String(), "ản sao lưu") {
			t.Errorf("%s reads of backups where nobody asks for any", c)
		}
	}
}
