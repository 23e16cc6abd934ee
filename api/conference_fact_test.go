package api_test

import (
	"strings"
	"testing"
)

// What became of a conference is told by API, and comes back with its reason, old and new day, and who noted it.
func TestWhatBecameOfAConferenceIsToldByAPI(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		plan := func(title, heldOn string) string {
			return "/api/v1/conferences/" + o.must(201, "officer", "POST", "/api/v1/conferences", m{"kind": "rollout", "title": title, "held_on": heldOn,
				"held_at": "8:00", "place": "Hội trường"}).text("id")
		}
		at, other := plan("Hội nghị quán triệt Quy chế phối hợp", "2022-04-01"), plan("Hội nghị chuyên đề chuyển đổi số", "2022-05-20")
		moved := o.must(201, "officer", "POST", at+"/move", m{"held_on": "2022-04-05", "reason": "Trùng lịch"})
		for _, want := range []string{`"held_on":"2022-04-05","held_at":"08:00","place":"Hội trường"`, `"kind":"set","reason":"Trùng lịch","from":{"held_on":"2022-04-01","held_at":"08:00","place":"Hội trường"}`} {
			if !strings.Contains(moved.body, want) {
				t.Errorf("it lacks %s: %s", want, moved.body)
			}
		}
		o.must(422, "officer", "POST", at+"/postpone", m{"reason": " "})
		for _, step := range []struct {
			path, state string
			body        m
		}{
			{"/postpone", "postponed", m{"reason": "Chủ trì đi công tác"}},
			{"/move", "planned", m{"held_on": "2022-04-12", "held_at": "8:30"}},
			{"/cancel", "cancelled", m{"reason": "Phòng, chống dịch"}},
			{"/restore", "planned", m{"reason": "Hết dịch"}},
			{"/join", "joined", m{"reason": "Gộp hai cuộc", "with": strings.TrimPrefix(other, "/api/v1/conferences/")}},
		} {
			if got := o.must(201, "officer", "POST", at+step.path, step.body); got.text("state") != step.state || !strings.Contains(got.body, `"by":"`) {
				t.Errorf("%s: %s", step.path, got.body)
			}
		}
		if got := o.must(200, "officer", "GET", at, nil); strings.Count(got.body, `"reason":"`) != 6 || !strings.Contains(got.body, `"with":"`+strings.TrimPrefix(other, "/api/v1/conferences/")) {
			t.Errorf("the facts: %s", got.body)
		}
		o.must(409, "officer", "POST", at+"/close", nil)
	})
}
