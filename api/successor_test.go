package api_test

import (
	"strings"
	"testing"
)

// A program drafts the paper that follows a released one; from its release on the older one says so.
func TestAPaperIsSucceededByAPI(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		o.must(201, "officer", "POST", march+"/opening", nil)
		old := "/api/v1/papers/" + o.briefing().paper
		o.must(422, "officer", "POST", old+"/successor", m{"kind": "erase", "reason": "Nhầm"})
		o.must(422, "officer", "POST", old+"/successor", m{"kind": "correct", "reason": " "})
		o.must(403, "leader", "POST", old+"/successor", m{"kind": "correct", "reason": "Nhầm"})
		next := o.must(201, "officer", "POST", old+"/successor", m{"kind": "replace", "reason": "Ghi lại cho đủ"})
		if next.text("kind") != "TB" || next.text("state") != "draft" {
			t.Errorf("drafted: %s", next.body)
		}
		if got := o.must(200, "SYT", "GET", old, nil); got.text("overtaken") != "" || got.text("successor") != "" {
			t.Errorf("a draft marks the older paper: %s", got.body)
		}
		at := "/api/v1/papers/" + next.text("id")
		o.must(201, "leader", "POST", at+"/signature", m{"name": "Nguyễn Minh Quân"})
		o.must(201, "clerk", "POST", at+"/number", m{"number": 22, "date": "2022-04-12"})
		o.must(201, "clerk", "POST", at+"/release", nil)
		got := o.must(200, "SYT", "GET", old, nil)
		if !strings.HasPrefix(got.text("overtaken"), "Đã được thay thế bởi Thông báo số 22-TB/") || got.text("successor") != next.text("id") {
			t.Errorf("replaced: %s", got.body)
		}
		o.must(409, "officer", "POST", old+"/successor", m{"kind": "revoke", "reason": "Muộn"})
	})
}
