package lineage_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/lineage"
)

var (
	officer = access.Actor{Person: "ha", Name: "Phạm Thu Hà", Role: access.CommissionOfficer}
	focal   = access.Actor{Person: "an", Name: "Lê Thị An", Role: access.AgencyOfficer, Body: "so-y-te"}
)

// every is the sight of who may read every record.
func every(_ string, ids []db.ID) (map[db.ID]lineage.Shown, error) {
	shown := make(map[db.ID]lineage.Shown)
	for _, id := range ids {
		shown[id] = lineage.Shown{}
	}
	return shown, nil
}

// only is the sight of who may read the records named.
func only(nodes ...lineage.Node) lineage.See {
	return func(kind string, ids []db.ID) (map[db.ID]lineage.Shown, error) {
		shown := make(map[db.ID]lineage.Shown)
		for _, n := range nodes {
			if n.Kind == kind && slices.Contains(ids, n.ID) {
				shown[n.ID] = lineage.Shown{}
			}
		}
		return shown, nil
	}
}

func node(kind, id, label string) lineage.Node {
	return lineage.Node{Kind: kind, ID: db.ID(id), Label: label}
}

func link(t *testing.T, tx *db.Tx, from, to lineage.Node, verb string) {
	t.Helper()
	if err := lineage.Link(tx, from, to, verb); err != nil {
		t.Fatal(err)
	}
}

func walk(t *testing.T, tx *db.Tx, see lineage.See, n lineage.Node, depth int) lineage.Graph {
	t.Helper()
	g, err := lineage.Walk(tx, officer, see, n.Kind, n.ID, depth)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// shape writes a tree on one line: "a(b(c), d)".
func shape(branches []lineage.Branch) string {
	var parts []string
	for _, b := range branches {
		text := b.Node.Label
		if b.Repeated {
			text += "*"
		}
		if inner := shape(b.Branches); inner != "" {
			text += "(" + inner + ")"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}

func each(t *testing.T, test func(t *testing.T, tx *db.Tx)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dbtest.Begin(t, d, func(tx *db.Tx) { test(t, tx) })
	})
}

func TestATaskLeadsBackToTheReportItBeganWith(t *testing.T) {
	each(t, func(t *testing.T, tx *db.Tx) {
		health := node("submission", "s1", "Báo cáo của Sở Y tế")
		culture := node("submission", "s2", "Báo cáo của Sở Văn hóa")
		merged := node("consolidation", "c1", "Tổng hợp quý I")
		briefing := node("briefing", "b1", "Giao ban quý I")
		task := node("task", "t1", "Tổng kết Chỉ thị 20")
		for range 2 { // the second round changes nothing
			link(t, tx, health, merged, "tổng hợp")
			link(t, tx, culture, merged, "tổng hợp")
			link(t, tx, merged, briefing, "đưa vào hội nghị")
			link(t, tx, briefing, task, "giao")
		}
		g := walk(t, tx, every, task, 0)
		if got := shape(g.Ancestors); got != "Giao ban quý I(Tổng hợp quý I(Báo cáo của Sở Y tế, Báo cáo của Sở Văn hóa))" {
			t.Errorf("ancestors: %s", got)
		}
		if len(g.Descendants) != 0 || g.Cut {
			t.Errorf("descendants: %s, cut %v", shape(g.Descendants), g.Cut)
		}
		if got := shape(walk(t, tx, every, health, 0).Descendants); got != "Tổng hợp quý I(Giao ban quý I(Tổng kết Chỉ thị 20))" {
			t.Errorf("descendants of the report: %s", got)
		}
		near := walk(t, tx, every, health, 1)
		if shape(near.Descendants) != "Tổng hợp quý I" || !near.Cut {
			t.Errorf("one step: %s, cut %v", shape(near.Descendants), near.Cut)
		}
		if text, err := json.Marshal(g); err != nil || !strings.Contains(string(text), `"descendants":[]`) {
			t.Errorf("json: %s %v", text, err)
		}
	})
}

func TestAnAgencySeesOnlyItsOwnOnTheWay(t *testing.T) {
	each(t, func(t *testing.T, tx *db.Tx) {
		health := node("submission", "s1", "Báo cáo của Sở Y tế")
		merged := node("consolidation", "c1", "Tổng hợp quý I")
		task := node("task", "t1", "Tổng kết Chỉ thị 20")
		paper := node("paper", "p1", "Thông báo kết luận")
		link(t, tx, health, merged, "tổng hợp")
		for i := range 5 {
			link(t, tx, node("submission", fmt.Sprint("x", i), "Báo cáo của Sở Văn hóa"), merged, "tổng hợp")
		}
		link(t, tx, merged, task, "giao")
		link(t, tx, paper, task, "giao theo")
		his := only(health, task)
		g := walk(t, tx, his, task, 0)
		want := lineage.HiddenLabel + "(Báo cáo của Sở Y tế, " + lineage.HiddenLabel + "), " + lineage.HiddenLabel
		if got := shape(g.Ancestors); got != want {
			t.Errorf("ancestors:\n%s\nwant\n%s", got, want)
		}
		if text, _ := json.Marshal(g); strings.Contains(string(text), "c1") || strings.Contains(string(text), "Văn hóa") {
			t.Errorf("something hidden is told: %s", text)
		}
		for _, other := range []lineage.Node{merged, node("submission", "x1", ""), node("task", "none", "")} {
			if _, err := lineage.Walk(tx, focal, his, other.Kind, other.ID, 0); !fault.Is(err, fault.KindMissing) {
				t.Errorf("%s: %v", other.ID, err)
			}
		}
		if _, err := lineage.Walk(tx, access.Nobody, every, task.Kind, task.ID, 0); !fault.Is(err, fault.KindSignIn) {
			t.Errorf("a visitor: %v", err)
		}
		if got := shape(walk(t, tx, only(health, task, paper), task, 0).Ancestors); !strings.HasSuffix(got, ", Thông báo kết luận") {
			t.Errorf("a paper that the reader received: %s", got)
		}
	})
}

// A room is asked once for all its records on the way, and what it calls one today is what is read.
func TestTheRoomIsAskedOnceAndNamesItsRecords(t *testing.T) {
	each(t, func(t *testing.T, tx *db.Tx) {
		task := node("task", "t1", "Tổng kết")
		for i := range 5 {
			link(t, tx, node("paper", fmt.Sprint("p", i), "Thông báo (dự thảo)"), task, "giao theo")
			link(t, tx, task, node("paper", fmt.Sprint("q", i), "Báo cáo (dự thảo)"), "báo cáo")
		}
		asked := make(map[string]int)
		g := walk(t, tx, func(kind string, ids []db.ID) (map[db.ID]lineage.Shown, error) {
			asked[kind]++
			shown, _ := every(kind, ids)
			if _, ok := shown["p1"]; ok {
				shown["p1"] = lineage.Shown{Label: "Thông báo số 5-TB/BTGTU"}
			}
			return shown, nil
		}, task, 0)
		if asked["paper"] != 1 || asked["task"] != 1 {
			t.Errorf("asked %v", asked)
		}
		if got := shape(g.Ancestors[:2]); got != "Thông báo (dự thảo), Thông báo số 5-TB/BTGTU" {
			t.Errorf("ancestors: %s", got)
		}
	})
}

func TestAnEdgeFoundWrongIsTakenAwayAndTheRecordsStay(t *testing.T) {
	each(t, func(t *testing.T, tx *db.Tx) {
		above, below := node("directive", "chi-thi", "Chỉ thị số 20-CT/TW"), node("submission", "bao-cao", "Báo cáo quý I")
		link(t, tx, above, below, "được nhắc đến")
		if err := lineage.Unlink(tx, above, below, "được nhắc đến"); err != nil {
			t.Fatal(err)
		}
		if g := walk(t, tx, every, above, 1); len(g.Descendants) != 0 || g.Root.Label != above.Label {
			t.Errorf("graph %+v", g)
		}
	})
}

func TestACircleEndsAndABroadTreeIsCut(t *testing.T) {
	each(t, func(t *testing.T, tx *db.Tx) {
		a, b, c := node("task", "a", "A"), node("task", "b", "B"), node("task", "c", "C")
		link(t, tx, a, b, "giao")
		link(t, tx, b, c, "giao")
		link(t, tx, c, a, "giao")
		if got := shape(walk(t, tx, every, a, 0).Descendants); got != "B(C(A*))" {
			t.Errorf("circle: %s", got)
		}
		if err := lineage.Link(tx, a, a, "giao"); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("a record from itself: %v", err)
		}
		var edges []lineage.Edge
		root := node("regime", "r", "Chế độ")
		for i := range 900 {
			edges = append(edges, lineage.Edge{From: root, To: node("obligation", fmt.Sprintf("o%03d", i), fmt.Sprint(i)), Verb: "mở kỳ"})
		}
		if err := lineage.LinkAll(tx, edges); err != nil {
			t.Fatal(err)
		}
		g := walk(t, tx, every, root, 0)
		if len(g.Descendants) != 600 || !g.Cut {
			t.Errorf("%d shown, cut %v", len(g.Descendants), g.Cut)
		}
		// The label of a record follows its newest link.
		link(t, tx, root, node("obligation", "o000", "Tháng 3"), "mở kỳ")
		if got := walk(t, tx, every, root, 0).Descendants[0].Node.Label; got != "Tháng 3" {
			t.Errorf("label: %s", got)
		}
	})
}
