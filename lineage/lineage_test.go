package lineage_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/lineage"
	"giaoban/org"
)

var (
	system  = access.System("thử")
	officer = access.Actor{Person: "ha", Name: "Phạm Thu Hà", Role: access.CommissionOfficer}
)

type people struct {
	commission, health, culture org.Body
	atHealth                    access.Actor // the focal point of the health department
}

func office(t *testing.T, tx *db.Tx) people {
	t.Helper()
	body := func(code, name string, kind org.Kind) org.Body {
		b, err := org.Create(tx, system, org.New{Code: code, Name: name, Kind: kind, ValidFrom: calendar.On(2015, 1, 1)})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	p := people{
		commission: body("BTGTU", "Ban Tuyên giáo Tỉnh ủy", org.Commission),
		health:     body("SYT", "Sở Y tế", org.Department),
		culture:    body("SVHTT", "Sở Văn hóa và Thể thao", org.Department),
	}
	p.atHealth = access.Actor{Person: "an", Name: "Lê Thị An", Role: access.AgencyOfficer, Org: p.health.ID}
	return p
}

func node(kind, id, label string, of db.ID) lineage.Node {
	return lineage.Node{Kind: kind, ID: db.ID(id), Label: label, Org: of, URL: "/" + kind + "/" + id}
}

func link(t *testing.T, tx *db.Tx, from, to lineage.Node, verb string) {
	t.Helper()
	if err := lineage.Link(tx, from, to, verb); err != nil {
		t.Fatal(err)
	}
}

func walk(t *testing.T, tx *db.Tx, by access.Actor, n lineage.Node, depth int) lineage.Graph {
	t.Helper()
	g, err := lineage.Walk(tx, by, n.Kind, n.ID, depth)
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

func each(t *testing.T, test func(t *testing.T, tx *db.Tx, p people)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dbtest.Begin(t, d, func(tx *db.Tx) { test(t, tx, office(t, tx)) })
	})
}

func TestATaskLeadsBackToTheReportItBeganWith(t *testing.T) {
	each(t, func(t *testing.T, tx *db.Tx, p people) {
		health := node("submission", "s1", "Báo cáo của Sở Y tế", p.health.ID)
		culture := node("submission", "s2", "Báo cáo của Sở Văn hóa", p.culture.ID)
		merged := node("consolidation", "c1", "Tổng hợp quý I", p.commission.ID)
		briefing := node("briefing", "b1", "Giao ban quý I", p.commission.ID)
		task := node("task", "t1", "Tổng kết Chỉ thị 20", p.health.ID)
		for range 2 { // the second round changes nothing
			link(t, tx, health, merged, "tổng hợp")
			link(t, tx, culture, merged, "tổng hợp")
			link(t, tx, merged, briefing, "đưa vào hội nghị")
			link(t, tx, briefing, task, "giao")
		}
		g := walk(t, tx, officer, task, 0)
		if got := shape(g.Ancestors); got != "Giao ban quý I(Tổng hợp quý I(Báo cáo của Sở Y tế, Báo cáo của Sở Văn hóa))" {
			t.Errorf("ancestors: %s", got)
		}
		if len(g.Descendants) != 0 || g.Cut {
			t.Errorf("descendants: %s, cut %v", shape(g.Descendants), g.Cut)
		}
		if got := shape(walk(t, tx, officer, health, 0).Descendants); got != "Tổng hợp quý I(Giao ban quý I(Tổng kết Chỉ thị 20))" {
			t.Errorf("descendants of the report: %s", got)
		}
		near := walk(t, tx, officer, health, 1)
		if shape(near.Descendants) != "Tổng hợp quý I" || !near.Cut {
			t.Errorf("one step: %s, cut %v", shape(near.Descendants), near.Cut)
		}
		if text, err := json.Marshal(g); err != nil || !strings.Contains(string(text), `"descendants":[]`) {
			t.Errorf("json: %s %v", text, err)
		}
	})
}

func TestAnAgencySeesOnlyItsOwnOnTheWay(t *testing.T) {
	each(t, func(t *testing.T, tx *db.Tx, p people) {
		health := node("submission", "s1", "Báo cáo của Sở Y tế", p.health.ID)
		merged := node("consolidation", "c1", "Tổng hợp quý I", p.commission.ID)
		task := node("task", "t1", "Tổng kết Chỉ thị 20", p.health.ID)
		paper := node("paper", "p1", "Thông báo kết luận", p.commission.ID)
		link(t, tx, health, merged, "tổng hợp")
		for i := range 5 {
			link(t, tx, node("submission", fmt.Sprint("x", i), "Báo cáo của Sở Văn hóa", p.culture.ID), merged, "tổng hợp")
		}
		link(t, tx, merged, task, "giao")
		link(t, tx, paper, task, "giao theo")
		g := walk(t, tx, p.atHealth, task, 0)
		want := lineage.HiddenLabel + "(Báo cáo của Sở Y tế, " + lineage.HiddenLabel + "), " + lineage.HiddenLabel
		if got := shape(g.Ancestors); got != want {
			t.Errorf("ancestors:\n%s\nwant\n%s", got, want)
		}
		if text, _ := json.Marshal(g); strings.Contains(string(text), "c1") || strings.Contains(string(text), "Văn hóa") || strings.Contains(string(text), string(p.commission.ID)) {
			t.Errorf("something hidden is told: %s", text)
		}
		for _, other := range []lineage.Node{merged, node("submission", "x1", "", ""), node("task", "none", "", "")} {
			if _, err := lineage.Walk(tx, p.atHealth, other.Kind, other.ID, 0); !fault.Is(err, fault.KindMissing) {
				t.Errorf("%s: %v", other.ID, err)
			}
		}
		if _, err := lineage.Walk(tx, access.Nobody, task.Kind, task.ID, 0); !fault.Is(err, fault.KindSignIn) {
			t.Errorf("a visitor: %v", err)
		}
		if err := lineage.Share(tx, "paper", "p1", []db.ID{p.health.ID}); err != nil {
			t.Fatal(err)
		}
		if got := shape(walk(t, tx, p.atHealth, task, 0).Ancestors); !strings.HasSuffix(got, ", Thông báo kết luận") {
			t.Errorf("a shared paper: %s", got)
		}
	})
}

func TestACircleEndsAndABroadTreeIsCut(t *testing.T) {
	each(t, func(t *testing.T, tx *db.Tx, p people) {
		a, b, c := node("task", "a", "A", p.health.ID), node("task", "b", "B", p.health.ID), node("task", "c", "C", p.health.ID)
		link(t, tx, a, b, "giao")
		link(t, tx, b, c, "giao")
		link(t, tx, c, a, "giao")
		if got := shape(walk(t, tx, officer, a, 0).Descendants); got != "B(C(A*))" {
			t.Errorf("circle: %s", got)
		}
		if err := lineage.Link(tx, a, a, "giao"); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("a record from itself: %v", err)
		}
		var edges []lineage.Edge
		root := node("regime", "r", "Chế độ", "")
		for i := range 900 {
			edges = append(edges, lineage.Edge{From: root, To: node("obligation", fmt.Sprintf("o%03d", i), fmt.Sprint(i), p.health.ID), Verb: "mở kỳ"})
		}
		if err := lineage.LinkAll(tx, edges); err != nil {
			t.Fatal(err)
		}
		g := walk(t, tx, officer, root, 0)
		if len(g.Descendants) != 600 || !g.Cut {
			t.Errorf("%d shown, cut %v", len(g.Descendants), g.Cut)
		}
		// The label of a record follows its newest link.
		link(t, tx, root, node("obligation", "o000", "Tháng 3", p.health.ID), "mở kỳ")
		if got := walk(t, tx, officer, root, 0).Descendants[0].Node.Label; got != "Tháng 3" {
			t.Errorf("label: %s", got)
		}
	})
}
