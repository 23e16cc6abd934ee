package api_test

import (
	"slices"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/api"
)

// door is what a stranger types to try an operation: on something of SGDDT, or of the commission. What opens it is
// declared with the operation.
type door struct {
	at   []string // wildcards of the path and what stands there, beside the regime and the month
	body any
}

const march = "/api/v1/reports/thang/2022-03"

// doors has a row for every operation that a bare request does not try.
func doors(o *office) map[string]door {
	o.must(201, "officer", "POST", march+"/opening", nil)
	sent := o.must(201, "SGDDT leader", "POST", march+"/submissions", figures("SGDDT", "800", "44.50", "50")).text("id")
	h := o.briefing()
	open := o.must(201, "officer", "POST", "/api/v1/briefings", m{"regime": "thang", "period": "2022-02"}).text("id")
	signed := []string{"{id}", o.programme()}
	one, conference, drafted := []string{"{id}", sent}, []string{"{id}", open}, []string{"{id}", h.paper}
	draft := []string{"{id}", o.draft()}
	return map[string]door{
		"getAppraisalComments": {at: draft},
		"commentAppraisal":     {at: draft, body: m{"version": 1, "words": "Thử"}},

		"lineage":          {at: []string{"{kind}", "task", "{id}", h.task}},
		"openPeriod":       {at: []string{"{period}", "2022-04"}},
		"submitReport":     {body: figures("SGDDT", "1", "1", "1")},
		"acceptSubmission": {at: one},
		"returnSubmission": {at: one, body: m{"reason": "Thiếu số."}},
		"remind":           {body: m{"org": "SGDDT", "channel": "phone"}},
		"extend":           {body: m{"org": "SGDDT", "due": "2022-05-20", "reason": "Chờ số liệu."}},
		"planBriefing":     {body: m{"regime": "thang", "period": "2022-01"}},
		"getBriefing":      {at: conference},
		"conclude":         {at: conference, body: m{"kind": "guidance", "text": "Tiếp tục."}},
		"closeBriefing":    {at: conference},
		"draftNotice":      {at: conference},

		"planConference": {body: m{"kind": "year_review", "period": "2021", "agenda": []m{{"subject": "Khai mạc", "at": "8:00"}},
			"guests": []m{{"name": "Phan Đức Hòa", "title": "Phó Chủ tịch UBND tỉnh", "as": "directs"}}}},
		"getConference":         {at: conference},
		"concludeConference":    {at: conference, body: m{"kind": "guidance", "text": "Tiếp tục."}},
		"closeConference":       {at: conference},
		"draftConferenceNotice": {at: conference},
		"moveConference":        {at: conference, body: m{"held_on": "2022-04-01"}},
		"postponeConference":    {at: conference, body: m{"reason": " "}},
		"cancelConference":      {at: conference, body: m{"reason": " "}},
		"joinConference":        {at: conference, body: m{"reason": "Thử", "with": "khong-co"}},
		"restoreConference":     {at: conference, body: m{"reason": "Thử"}},
		"getPaper":              {at: drafted},
		"signPaper":             {at: drafted, body: m{"name": "Ai đó"}},
		"numberPaper":           {at: drafted, body: m{"number": 1, "date": "2022-04-05"}},
		"releasePaper":          {at: drafted},
		"succeedPaper":          {at: drafted, body: m{"kind": "correct", "reason": "Ghi nhầm hạn"}},
		"listProgrammeLines":    {at: signed},
	}
}

// reach is how far the best of an operation's acts goes for a role.
func reach(acts []access.Act, role access.Role) access.Reach {
	best := access.None
	for _, act := range acts {
		if r := act.Reach(role); r == access.All || best == access.None {
			best = r
		}
	}
	return best
}

// strangers are all tokens that are not SGDDT's, with their roles. SNV has no part in the report and was not invited.
var strangers = map[string]access.Role{
	"officer": access.CommissionOfficer, "leader": access.CommissionLeader, "clerk": access.Clerk,
	"administrator": access.Administrator, "SNV leader": access.AgencyLeader,
}

func TestEveryOperationIsOpenToWhomItIsDeclared(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		all := doors(o)
		var letIn []func() // tried when all refusals are over: these change something
		for _, op := range description().operations {
			// A list answers everybody, with only what may be seen; one of what belongs to a record is as hidden as the record.
			d, list := all[op.id], op.lists() && !strings.Contains(op.path, "{id}")
			path := strings.NewReplacer(append(d.at, "{regime}", "thang", "{period}", "2022-03")...).Replace(op.path)
			if strings.Contains(path, "{") {
				t.Errorf("%s: nothing to put into %s; write in doors (api/access_test.go) %q: {at: []string{\"{id}\", …}}", op.id, path, op.id)
				continue
			}
			for _, token := range []string{"", "gb_" + strings.Repeat("x", 40), "Bearer", "' or 1=1 --"} {
				if r := o.send(token, op.method, path, d.body); r.status != 401 {
					t.Errorf("%s with token %q: %d, want 401", op.id, token, r.status)
				}
			}
			for who, role := range strangers {
				reach := reach(api.Acts()[op.id], role)
				if reach == access.All {
					letIn = append(letIn, func() {
						if r := o.call(who, op.method, path, d.body); r.status == 403 || r.status == 404 {
							t.Errorf("%s as %s: %d, must be let in, by the acts it is declared with: %s", op.id, who, r.status, short(r.body))
						}
					})
					continue
				}
				denied := o.denials()
				r := o.call(who, op.method, path, d.body)
				if list && reach == access.Own {
					if r.status != 200 || strings.Contains(r.body, "SGDDT") && op.id != "listOrgs" {
						t.Errorf("%s as %s shows what is another body's: %d %s", op.id, who, r.status, short(r.body))
					}
					continue
				}
				if list && r.status == 200 && len(r.items()) == 0 {
					continue // whoever may read nothing gets an empty list
				}
				if r.status != 403 && r.status != 404 {
					t.Errorf("%s as %s: %d, want a refusal, by the acts it is declared with; doors (api/access_test.go) says what is sent: %s", op.id, who, r.status, short(r.body))
				}
				if got := o.denials() - denied; got != 1 {
					t.Errorf("%s as %s left %d lines of denial, want 1", op.id, who, got)
				}
				if strings.Contains(r.body, "Thiếu số") || strings.Contains(r.body, "44.50") {
					t.Errorf("%s as %s tells content: %s", op.id, who, r.body)
				}
			}
		}
		for _, try := range letIn {
			try()
		}
		for id := range all {
			if !slices.ContainsFunc(description().operations, func(op *operation) bool { return op.id == id }) {
				t.Errorf("%s is no operation any more", id)
			}
		}
	})
}

func (o *office) denials() int { return o.count("select count(*) from journal where verb = 'denied'") }

func TestABodySeesOnlyItsOwnInLists(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		o.must(201, "officer", "POST", march+"/opening", nil)
		o.must(201, "SGDDT leader", "POST", march+"/submissions", figures("SGDDT", "800", "44.50", "50"))
		own := o.must(201, "SYT leader", "POST", march+"/submissions", figures("SYT", "1", "1", "1")).text("id")
		for _, path := range []string{march + "/submissions", "/api/v1/reports/thang/completeness", march + "/missing", "/api/v1/tasks?lead=SGDDT"} {
			if r := o.must(200, "SYT", "GET", path, nil); strings.Contains(r.body, "SGDDT") {
				t.Errorf("%s tells SYT of SGDDT: %s", path, r.body)
			}
		}
		if r := o.call("SYT leader", "POST", march+"/submissions/"+own+"/acceptance", nil); r.status != 403 {
			t.Errorf("a body accepts its own report: %d", r.status)
		}
		if r := o.call("SYT", "POST", march+"/submissions", figures("SYT", "2", "2", "2")); r.status != 403 {
			t.Errorf("an officer approves in the leader's place: %d", r.status)
		}
		// The address must be the submission's own.
		if r := o.call("officer", "POST", "/api/v1/reports/thang/2022-02/submissions/"+own+"/acceptance", nil); r.status != 404 {
			t.Errorf("accepted under another period: %d", r.status)
		}
	})
}

func TestARevokedTokenIsWorthNothing(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		const january = "/api/v1/reports/thang/2022-01/submissions"
		o.must(200, "SYT leader", "GET", "/api/v1/orgs", nil)
		o.must(201, "SYT leader", "POST", january, figures("SYT", "1", "1", "1"))
		o.must(201, "SYT leader", "POST", january, figures("SYT", "2", "1", "1"))
		o.revoke("SYT leader")
		if r := o.call("SYT leader", "GET", "/api/v1/orgs", nil); r.status != 401 {
			t.Errorf("reads: %d", r.status)
		}
		for range 2 { // once while it is remembered, once when it is not
			if r := o.call("SYT leader", "POST", january, figures("SYT", "3", "1", "1")); r.status != 401 {
				t.Errorf("reports: %d %s", r.status, r.body)
			}
		}
		if n := o.count("select count(*) from submission"); n != 2 {
			t.Errorf("%d reports", n)
		}
	})
}
