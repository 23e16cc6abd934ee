package api_test

import (
	"strings"
	"testing"
)

// A conference of any kind by API: who convenes, guests by name, and a programme whose items name what they are about.
func TestAConferenceOfAnyKindIsPlanned(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		plan := m{"kind": "rollout", "title": "Hội nghị quán triệt Quy chế phối hợp", "held_on": "2022-04-01", "held_at": "8:00", "organiser": "joint", "conveners": []string{"SYT"},
			"seats":  []m{{"role": "chair", "name": "Lò Thị Hoa", "title": "Phó Trưởng ban"}},
			"guests": []m{{"name": "Phan Đức Hòa", "title": "Phó Chủ tịch UBND tỉnh", "as": "directs", "speaks": true}},
			"agenda": []m{{"subject": "Khai mạc", "at": "8h05"}, {"subject": "Quán triệt", "about": m{"kind": "directive", "id": "khong-co"}, "rolls_out": true}}}
		if r := o.must(422, "officer", "POST", "/api/v1/conferences", plan); !strings.Contains(r.body, "Mục 2: không có hồ sơ directive") {
			t.Errorf("an item about nothing: %s", r.body)
		}
		plan["agenda"] = []m{{"subject": "Khai mạc", "at": "8h05", "speaker": "Chánh Văn phòng"}, {"subject": "Quán triệt", "rolls_out": true}}
		if r := o.must(422, "officer", "POST", "/api/v1/conferences", plan); !strings.Contains(r.body, "hãy chọn văn bản được quán triệt") {
			t.Errorf("a rollout of nothing: %s", r.body)
		}
		plan["agenda"] = plan["agenda"].([]m)[:1]
		id := o.must(201, "officer", "POST", "/api/v1/conferences", plan).text("id")
		got := o.must(200, "officer", "GET", "/api/v1/conferences/"+id, nil)
		for _, want := range []string{`"kind":"rollout"`, `"organiser":"joint"`, `"title":"Hội nghị quán triệt Quy chế phối hợp"`,
			`"guests":[{"name":"Phan Đức Hòa","title":"Phó Chủ tịch UBND tỉnh","as":"directs","speaks":true}]`,
			`"agenda":[{"at":"08:05","subject":"Khai mạc","speaker":"Chánh Văn phòng"}]`} {
			if !strings.Contains(got.body, want) {
				t.Errorf("it lacks %s: %s", want, got.body)
			}
		}
		at := "/api/v1/conferences/" + id
		o.must(409, "officer", "POST", at+"/close", nil)
		o.must(201, "officer", "POST", at+"/conclusions", m{"kind": "guidance", "text": "Các cơ quan quán triệt ở đơn vị mình."})
		asked := o.must(201, "officer", "POST", at+"/conclusions", m{"kind": "request", "text": "Đề xuất giải pháp", "product": "Văn bản đề xuất", "due": "2022-05-20",
			"bodies": []m{{"org": "SYT", "product": "Kế hoạch", "due": "2022-04-29"}, {"org": "SGDDT"}}})
		if want := `"bodies":[{"org":"SYT","product":"Kế hoạch","due":"2022-04-29","task":""},{"org":"SGDDT","product":"","due":"","task":""}]`; !strings.Contains(asked.body, want) {
			t.Errorf("the request lacks %s: %s", want, asked.body)
		}
		if got := o.must(201, "officer", "POST", at+"/close", nil); got.text("state") != "closed" {
			t.Errorf("close: %s", got.body)
		}
		o.must(201, "officer", "POST", at+"/notice", m{"signer": m{"name": "Nguyễn Minh Quân", "title": "TRƯỞNG BAN"}})
		if all := o.must(200, "officer", "GET", "/api/v1/conferences", nil); len(all.items()) != 1 {
			t.Errorf("the list: %s", all.body)
		}
		if all := o.must(200, "officer", "GET", "/api/v1/briefings", nil); len(all.items()) != 0 {
			t.Errorf("among the briefings: %s", all.body)
		}
	})
}
