package web_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/lineage"
	"giaoban/record"
	"giaoban/sample"
	"giaoban/web"
)

// tables say where the records of a kind stand, when that is not a table of its own name.
var tables = map[string]string{"briefing": "conference", "contribution": "conference_contribution", "conclusion": "conference_conclusion", "advice": "directive_advice",
	"import": "archive_import", "event": "archive_event", "change": "org_change", "reply": "proposal_reply", "sitting": "conference_sitting"}

// ownKinds are seen by whom they concern: of each the world must have some that Sở Y tế sees and some that it does not.
var ownKinds = []string{"obligation", "submission", "proposal", "reply", "briefing", "contribution", "conclusion", "task", "paper", "advice", "review", "file"}

// records are some of a kind: the newest, and those the world made for each of its bodies.
func (w *world) records(kind string) (ids []db.ID) {
	table := tables[kind]
	if table == "" {
		table = kind
	}
	err := w.DB.Read(w.t.Context(), func(tx *db.Tx) error {
		return tx.Select(&ids, "select id from "+table+" order by id desc limit 12")
	})
	if err != nil || len(ids) == 0 {
		w.t.Errorf("no %s to look at: make one in newWorld (web/matrix_world_test.go), or say in tables (web/matrix_lineage_test.go) where they stand (%v)", kind, err)
	}
	for _, o := range w.objects[kind] {
		if id := db.ID(o.path[kind]); id != "" && kind != "body" && !slices.Contains(ids, id) { // a body's page is named by its code
			ids = append(ids, id)
		}
	}
	return ids
}

// Who sees a record in lineage is who may open its own page: each kind, each role, the own record and another's. What is
// hidden does not even show its id, and what record.See answers, which the audit page asks, is the same.
func TestLineageShowsWhatTheOwnersPageShows(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) { newWorld(t, e).lineageFitsThePages() })
	}
}

func (w *world) lineageFitsThePages() {
	t := w.t
	handler := web.Handler(web.Config{DB: w.DB, Files: w.store, Dev: true})
	all, hub := make(map[string][]db.ID), lineage.Node{Kind: "regime", Label: "Chế độ để thử"}
	w.do(func(tx *db.Tx) error {
		return tx.Get(&hub.ID, "select id from regime where code = ?", matrixRegime)
	})
	w.do(w.planned)
	for _, kind := range record.Order {
		if record.Kinds[kind].See == nil {
			continue
		}
		all[kind] = w.records(kind)
		w.do(func(tx *db.Tx) error {
			for _, id := range all[kind] {
				if n := (lineage.Node{Kind: kind, ID: id, Label: "Hồ sơ " + string(id)}); n.Key() != hub.Key() {
					if err := lineage.Link(tx, hub, n, "thử"); err != nil {
						return err
					}
				}
			}
			return nil
		})
	}
	for _, c := range w.callers(handler) {
		tree := ask(handler, c, "GET", "/nguon-goc/"+hub.Key(), "", nil)
		if c.Role == "" || access.ReadLineage.Reach(c.Role) == access.None {
			if tree.Code == 200 {
				t.Errorf("%s opens lineage", c)
			}
		}
		for kind, ids := range all {
			opened := 0
			for _, id := range ids {
				page := w.opens(handler, c, web.Address(kind, id))
				if page {
					opened++
				}
				name := fmt.Sprintf("%s %s, %s", kind, id, c)
				if seen := w.sees(c, kind, id); seen != page {
					t.Errorf("%s: record.See says %v, the page %s says %v", name, seen, web.Address(kind, id), page)
				}
				if tree.Code != 200 || kind == hub.Kind && id == hub.ID {
					continue
				}
				if shown := strings.Contains(tree.Body.String(), `"/nguon-goc/`+kind+"/"+string(id)+`"`); shown != page {
					t.Errorf("%s: lineage shows it: %v, the page %s says %v", name, shown, web.Address(kind, id), page)
				}
				if told := strings.Contains(tree.Body.String(), string(id)); told && !page {
					t.Errorf("%s: lineage tells the id of what it hides", name)
				}
				root := ask(handler, c, "GET", "/nguon-goc/"+kind+"/"+string(id), "", nil).Code
				if want := map[bool]int{true: 200, false: 404}[page]; root != want {
					t.Errorf("%s: its page of origins answers %d, want %d", name, root, want)
				}
			}
			if c.login == "syt" && slices.Contains(ownKinds, kind) && (opened == 0 || opened == len(ids)) {
				t.Errorf("of %d records of kind %s Sở Y tế may open %d: own and foreign ones must both be tried", len(ids), kind, opened)
			}
		}
	}
}

// planned is a conference that nobody is invited to yet, with a conclusion written in advance.
func (w *world) planned(tx *db.Tx) error {
	b, err := conference.Plan(tx, w.Officer, conference.New{Regime: sample.Quarterly, Period: calendar.MustPeriod("2022-9M")})
	if err != nil {
		return err
	}
	_, err = conference.Conclude(tx, w.Officer, b.ID, []conference.Typed{{No: 1, Kind: conference.Guidance, Words: "Chưa kết luận"}})
	return err
}

// opens follows an address to its page.
func (w *world) opens(handler http.Handler, c caller, address string) bool {
	w.t.Helper()
	for range 3 {
		answer := ask(handler, c, "GET", address, "", nil)
		to := answer.Header().Get("Location")
		if to == "" || strings.HasPrefix(to, "/dang-nhap") {
			if answer.Code >= 500 {
				w.t.Errorf("%s breaks for %s", address, c)
			}
			return answer.Code == 200
		}
		address, _, _ = strings.Cut(to, "#")
	}
	w.t.Errorf("%s leads nowhere for %s", address, c)
	return false
}

func (w *world) sees(c caller, kind string, id db.ID) (seen bool) {
	w.t.Helper()
	err := w.DB.Read(w.t.Context(), func(tx *db.Tx) error {
		shown, err := record.See(tx, c.Actor, kind, []db.ID{id})
		_, seen = shown[id]
		return err
	})
	if err != nil && c.Role != "" {
		w.t.Error(err)
	}
	return seen
}

// Whatever a room of the sample province names is a kind that the house knows.
func TestEveryKindThatIsNamedIsKnown(t *testing.T) {
	h := enter(t, dbtest.Engines(t)[0], "")
	err := h.DB.Read(t.Context(), func(tx *db.Tx) error {
		for _, from := range []string{"kind from lineage_node", "kind from journal", "kind from directive_mention", "kind from directive_decision",
			"origin_kind from paper", "origin_kind from task", "origin_kind from conference_conclusion", "made_kind from archive_field",
			"kind from file_use", "kind from file_heir", "kind from succession_item"} {
			var kinds []string
			if err := tx.Select(&kinds, "select distinct "+from); err != nil {
				return err
			}
			for _, kind := range kinds {
				if _, ok := record.Kinds[kind]; !ok && kind != "" {
					t.Errorf("“%s” (%s) is no kind of record: add it to a list of record/", kind, from)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
