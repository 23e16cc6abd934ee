package api_test

import (
	"fmt"
	"strings"
	"testing"

	"giaoban/calendar"
)

type m = map[string]any

// report of a body with its three typed figures.
func figures(org, kham, tiem, tre string) m {
	values := m{"KHAM": kham, "TIEM": tiem, "TRE": tre}
	for code, v := range values {
		if v == "" {
			values[code] = nil
		}
	}
	return m{"org": org, "values": values, "sections": []m{{"section": "results", "sector": "YTE", "paragraphs": []string{"Tổ chức tiêm chủng cho trẻ em tại các xã."}}}}
}

func TestAWholeCycleOverTheAPI(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		const march = "/api/v1/reports/thang/2022-03"
		if o.must(200, "SYT", "GET", "/api/v1/orgs?on=2022-03-16", nil).items()[0]["code"] == "" {
			t.Error("a body without a code")
		}
		regimes := o.must(200, "officer", "GET", "/api/v1/regimes", nil).items()
		if len(regimes) != 1 || len(regimes[0]["indicators"].([]any)) != 4 {
			t.Errorf("regimes: %v", regimes)
		}
		if got := o.must(201, "officer", "POST", march+"/opening", nil); got.text("to") != "2022-03-31" || got.text("due") == "" {
			t.Errorf("opening: %s", got.body)
		}
		// Waiting for reports.
		o.must(201, "officer", "POST", march+"/reminders", m{"org": "SYT", "channel": "phone", "note": "Đã gọi đồng chí đầu mối."})
		if got := o.must(201, "SYT leader", "POST", march+"/extensions", m{"org": "SYT", "due": "2022-04-08", "reason": "Chờ số liệu của huyện."}); got.text("state") != "asked" {
			t.Errorf("extension: %s", got.body)
		}
		if got := o.must(201, "leader", "POST", march+"/extensions", m{"org": "SGDDT", "due": "2022-04-08", "reason": "Chờ số liệu của huyện."}); got.text("state") != "granted" {
			t.Errorf("extension: %s", got.body)
		}
		absent := o.must(200, "clerk", "GET", march+"/missing", nil)
		if len(absent.items()) != 2 || absent.text("text") == "" || len(absent.items()[1]["reminders"].([]any)) != 1 {
			t.Errorf("missing: %s", absent.body)
		}
		// Reports: one accepted, one sent back and sent again.
		syt := o.must(201, "SYT leader", "POST", march+"/submissions", figures("SYT", "1200", "95.50", "100.00"))
		o.must(201, "officer", "POST", march+"/submissions/"+syt.text("id")+"/acceptance", nil)
		first := o.must(201, "any", "POST", march+"/submissions", figures("SGDDT", "800", "", "50"))
		if got := o.must(201, "officer", "POST", march+"/submissions/"+first.text("id")+"/return", m{"reason": "Thiếu số trẻ tiêm đủ.", "indicator": "TIEM", "due": "2022-04-11"}); got.text("state") != "returned" {
			t.Errorf("return: %s", got.body)
		}
		second := o.must(201, "SGDDT leader", "POST", march+"/submissions", figures("SGDDT", "800", "44.50", "50"))
		if second.json["version"] != 2.0 || second.json["late"] != false {
			t.Errorf("second version: %s", second.body)
		}
		list := o.must(200, "officer", "GET", march+"/submissions?limit=2", nil)
		rest := o.must(200, "officer", "GET", march+"/submissions?limit=2&cursor="+list.text("next"), nil)
		if len(list.items()) != 2 || len(rest.items()) != 1 || rest.text("next") != "" {
			t.Errorf("pages: %s %s", list.body, rest.body)
		}
		// Only accepted versions count.
		sum := o.must(200, "leader", "GET", march+"/consolidation", nil)
		if got := sum.json["indicators"].([]any)[0].(m); got["value"] != "1200" || got["lacking"] != 1.0 {
			t.Errorf("before the second is accepted: %v", got)
		}
		o.must(201, "officer", "POST", march+"/submissions/"+second.text("id")+"/acceptance", nil)
		sum = o.must(200, "leader", "GET", march+"/consolidation?part=figures", nil)
		rate := sum.json["indicators"].([]any)[3].(m)
		if rate["value"] != "93.33" || rate["met"] != false || rate["target"] != "95.50" || rate["previous"] != nil {
			t.Errorf("rate: %v", rate)
		}
		quarter := o.must(200, "leader", "GET", "/api/v1/reports/thang/2022-Q1/consolidation?include=submitted", nil)
		if len(quarter.json["missing"].([]any)) != 2 || len(quarter.json["sections"].([]any)) != 1 {
			t.Errorf("quarter: %s", quarter.body)
		}
		states := map[any]any{}
		for _, item := range o.must(200, "officer", "GET", "/api/v1/reports/thang/completeness?last=1", nil).items() {
			states[item["org"]] = item["state"]
		}
		if states["SYT"] != "accepted" || states["SGDDT"] != "accepted" || len(states) != 2 {
			t.Errorf("completeness: %v", states)
		}
		o.briefing()
		lines := o.must(200, "leader", "GET", "/api/v1/journal?limit=5", nil)
		if all := lines.items(); len(all) != 5 || lines.text("next") != fmt.Sprint(all[4]["seq"]) {
			t.Errorf("journal: %s", lines.body)
		}
		chain := o.must(200, "leader", "GET", "/api/v1/journal?limit=1000&seals=true", nil).items()
		for i, line := range chain { // nobody could compute the chain without the lines that seal
			if line["seq"] != float64(i+1) {
				t.Fatalf("line %d: %v", i+1, line)
			}
		}
	})
}

// held is what a conference leaves behind.
type held struct{ briefing, paper, task string }

// briefing holds the conference on March and sends its notice out.
func (o *office) briefing() held {
	t := o.t
	b := o.must(201, "officer", "POST", "/api/v1/briefings", m{"regime": "thang", "period": "2022-03", "held_on": "2022-04-01", "held_at": "14:00",
		"place": "Phòng họp số 1", "report_due": "2022-03-28", "bring": []string{"Báo cáo tháng 3"},
		"seats": []m{{"role": "chair", "name": "Nguyễn Minh Quân", "title": "Trưởng ban", "org": "BTGTU"},
			{"role": "concluder", "name": "Nguyễn Minh Quân", "title": "Trưởng ban", "org": "BTGTU"}},
		"invitees": []m{{"org": "SYT", "who": "Lãnh đạo Sở"}, {"org": "SGDDT", "who": "Lãnh đạo Sở"}}})
	if b.text("state") != "planned" || b.text("launches") != "2022-04" {
		t.Errorf("briefing: %s", b.body)
	}
	at := "/api/v1/briefings/" + b.text("id")
	o.must(409, "officer", "POST", at+"/close", nil)
	guidance := o.must(201, "leader", "POST", at+"/conclusions", m{"kind": "undecided", "text": "Tiếp tục tuyên truyền phòng, chống dịch."})
	o.must(409, "officer", "POST", at+"/close", nil)
	change := m{"no": guidance.json["no"], "mark": guidance.text("mark"), "kind": "guidance", "text": "Tiếp tục tuyên truyền về phòng, chống dịch."}
	o.must(201, "officer", "POST", at+"/conclusions", change)
	change["text"] = "Một câu khác."
	o.must(412, "leader", "POST", at+"/conclusions", change)
	o.must(422, "officer", "POST", at+"/conclusions", m{"kind": "task", "mode": "giao", "text": "Rà soát trường học", "lead": "SGDDT"})
	asked := o.must(201, "officer", "POST", at+"/conclusions", m{"kind": "task", "text": "Rà soát văn bản về tiêm chủng", "product": "Báo cáo rà soát",
		"lead": "SYT", "due": "2022-05-20", "force_paper": "Kế hoạch số 12-KH/TU ngày 14/02/2022",
		"cooperating": []m{{"org": "SGDDT", "part": "Cung cấp số liệu trường học", "due": "2022-05-10"}}})
	if asked.text("mode") != "de_nghi" || asked.json["proposed"] != true || len(asked.json["cooperating"].([]any)) != 1 {
		t.Errorf("task: %s", asked.body)
	}
	o.must(201, "officer", "POST", at+"/conclusions", m{"kind": "task", "text": "Soạn kế hoạch tuyên truyền tháng 4", "product": "Kế hoạch",
		"lead": "VPB", "due": "2022-04-08", "due_spoken": true})
	if got := o.must(201, "officer", "POST", at+"/close", nil); got.text("state") != "closed" {
		t.Errorf("close: %s", got.body)
	}
	o.must(409, "officer", "POST", at+"/conclusions", m{"kind": "guidance", "text": "Muộn rồi"})
	notice := o.must(201, "officer", "POST", at+"/notice", m{"signer": m{"name": "Nguyễn Minh Quân", "title": "TRƯỞNG BAN"}})
	paper := "/api/v1/papers/" + notice.text("id")
	o.must(409, "clerk", "POST", paper+"/release", nil)
	signed := o.must(201, "leader", "POST", paper+"/signature", m{"name": "Nguyễn Minh Quân", "title": "TRƯỞNG BAN"})
	if signed.text("state") != "signed" || signed.text("sha256") == "" {
		t.Errorf("signed: %s", signed.body)
	}
	o.must(201, "clerk", "POST", paper+"/number", m{"number": 21, "date": "2022-04-05"})
	if n := o.must(200, "SYT", "GET", "/api/v1/tasks", nil); len(n.items()) != 0 {
		t.Errorf("tasks before the release: %s", n.body)
	}
	if got := o.must(201, "clerk", "POST", paper+"/release", nil); got.text("state") != "released" || !strings.HasPrefix(got.text("symbol"), "21-TB/") {
		t.Errorf("release: %s", got.body)
	}
	o.clock.Set(calendar.On(2022, 4, 12).StartOfDay())
	if got := o.must(200, "officer", "GET", "/api/v1/tasks?state=overdue&lead=VPB", nil); len(got.items()) != 1 {
		t.Errorf("overdue: %s", got.body)
	}
	page := o.must(200, "officer", "GET", "/api/v1/tasks?limit=1", nil)
	next := o.must(200, "officer", "GET", "/api/v1/tasks?limit=1&cursor="+page.text("next"), nil)
	if len(page.items()) != 1 || len(next.items()) != 1 || next.text("next") != "" || page.items()[0]["id"] == next.items()[0]["id"] {
		t.Errorf("tasks: %s %s", page.body, next.body)
	}
	whole := o.must(200, "SYT", "GET", at, nil)
	if whole.text("state") != "released" || whole.json["notice"] == nil || len(whole.json["conclusions"].([]any)) != 3 {
		t.Errorf("as an invited body sees it: %s", whole.body)
	}
	if got := o.must(200, "SYT", "GET", "/api/v1/briefings", nil); len(got.items()) != 1 {
		t.Errorf("briefings: %s", got.body)
	}
	task := o.must(200, "SYT", "GET", "/api/v1/tasks?state=open", nil).items()[0]["id"].(string)
	from := o.must(200, "SYT", "GET", "/api/v1/lineage/task/"+task, nil)
	if len(from.json["from"].([]any)) == 0 {
		t.Errorf("lineage: %s", from.body)
	}
	o.must(200, "SYT", "GET", paper, nil)
	if got := o.must(200, "SYT", "GET", "/api/v1/papers?kind=TB", nil); len(got.items()) != 1 {
		t.Errorf("papers: %s", got.body)
	}
	return held{b.text("id"), notice.text("id"), task}
}
