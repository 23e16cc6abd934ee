package api_test

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/journal"
	"giaoban/people"
	"giaoban/report"
)

func (o *office) revoke(who string) {
	o.t.Helper()
	if err := o.db.Write(o.t.Context(), func(tx *db.Tx) error { return people.RevokeToken(tx, access.System("thử"), o.tokens[who]) }); err != nil {
		o.t.Fatal(err)
	}
}

func TestAHundredIdenticalPostsAreOneReport(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		o.must(201, "officer", "POST", march+"/opening", nil)
		var group sync.WaitGroup
		receipts := make([]reply, 100)
		for i := range receipts {
			group.Go(func() {
				receipts[i] = o.call("SYT leader", "POST", march+"/submissions", figures("SYT", "5", "1.25", "2"), "Idempotency-Key", "nút gửi 1")
			})
		}
		group.Wait()
		for _, r := range receipts {
			if r.status != 201 || r.body != receipts[0].body {
				t.Fatalf("%d %s, the first was %s", r.status, r.body, receipts[0].body)
			}
		}
		if n := o.count("select count(*) from submission"); n != 1 {
			t.Errorf("%d reports", n)
		}
		if n := o.count("select count(*) from journal where verb = 'submitted'"); n != 1 {
			t.Errorf("%d lines in the journal", n)
		}
		if r := o.call("SYT leader", "POST", march+"/submissions", figures("SYT", "6", "1.25", "2"), "Idempotency-Key", "nút gửi 1"); r.status != 409 {
			t.Errorf("the same key with another body: %d %s", r.status, r.body)
		}
		// Without a key a live version is superseded, and the key still gives the receipt of the first.
		if r := o.must(201, "SYT leader", "POST", march+"/submissions", figures("SYT", "6", "1.25", "2")); r.json["version"] != 2.0 {
			t.Errorf("second version: %s", r.body)
		}
		if r := o.must(201, "SYT leader", "POST", march+"/submissions", figures("SYT", "5", "1.25", "2"), "Idempotency-Key", "nút gửi 1"); r.body != receipts[0].body {
			t.Errorf("replayed: %s", r.body)
		}
		// Another office's key of the same name is another key.
		o.must(201, "SGDDT leader", "POST", march+"/submissions", figures("SGDDT", "5", "1.25", "2"), "Idempotency-Key", "nút gửi 1")
		o.sound()
	})
}

// sound holds the database against its own journal and totals.
func (o *office) sound() {
	o.t.Helper()
	o.read(func(tx *db.Tx) error {
		findings, _, err := journal.Verify(tx, nil, nil)
		if err != nil || len(findings) > 0 {
			return fmt.Errorf("journal: %v %w", findings, err)
		}
		unsealed, err := journal.VerifySeals(tx, nil)
		if err != nil || len(unsealed) > 0 {
			return fmt.Errorf("seals: %v %w", unsealed, err)
		}
		differences, err := report.Verify(tx)
		if err == nil && len(differences) > 0 {
			return fmt.Errorf("totals: %v", differences)
		}
		return err
	})
}

func TestAReceiptTellsEverything(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		r := o.must(201, "SYT leader", "POST", "/api/v1/reports/thang/2022-02/submissions", figures("SYT", "5", "1.25", ""))
		if r.text("org") != "SYT" || r.text("regime") != "thang" || r.text("period") != "2022-02" || r.json["version"] != 1.0 || r.json["late"] != true ||
			len(r.text("hash")) != 64 || r.text("number") == "" || !strings.HasPrefix(r.text("at"), "2022-04-05T09:00:00") {
			t.Errorf("%s", r.body)
		}
		head, _ := r.json["journal"].(m)
		if head["size"] == 0.0 || head["root"] == "" {
			t.Errorf("journal: %v", head)
		}
		item := o.must(200, "SYT", "GET", "/api/v1/reports/thang/2022-02/submissions", nil).items()[0]
		values := item["values"].(m)
		if values["KHAM"] != "5" || values["TIEM"] != "1.25" || values["TRE"] != nil || values["TYLE"] != nil || item["state"] != "received" {
			t.Errorf("%v", item)
		}
		none := o.must(201, "SGDDT leader", "POST", "/api/v1/reports/thang/2022-02/submissions", m{"org": "SGDDT", "nil": true, "reason": "Nghỉ Tết."})
		if none.json["version"] != 1.0 {
			t.Errorf("%s", none.body)
		}
	})
}

func TestWhatCannotBeAReportIsRefusedWithItsPlace(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		for _, c := range []struct {
			name, who, path string
			body            any
			status          int
			words           string
		}{
			{"a code that no form has", "SYT leader", "2022-02", m{"org": "SYT", "values": m{"LA": "1"}}, 422, "LA"},
			{"a number in Vietnamese writing", "SYT leader", "2022-02", m{"org": "SYT", "values": m{"TIEM": "1.234,5"}}, 422, "TIEM"},
			{"a number that is not in quotes", "SYT leader", "2022-02", m{"org": "SYT", "values": m{"TIEM": 12.5}}, 422, "body.values.TIEM"},
			{"too many decimals", "SYT leader", "2022-02", m{"org": "SYT", "values": m{"TIEM": "1.234"}}, 422, "TIEM"},
			{"a ratio typed by hand", "SYT leader", "2022-02", m{"org": "SYT", "values": m{"TYLE": "1"}}, 422, "TYLE"},
			{"an estimate without a figure", "SYT leader", "2022-02", m{"org": "SYT", "values": m{"TIEM": nil}, "estimates": []string{"TIEM"}}, 422, "TIEM"},
			{"a heading that no outline has", "SYT leader", "2022-02", m{"org": "SYT", "values": m{}, "sections": []m{{"section": "tho", "sector": "YTE", "paragraphs": []string{"x"}}}}, 422, "tho"},
			{"a field that is not described", "SYT leader", "2022-02", m{"org": "SYT", "values": m{}, "accepted": true}, 422, "body.accepted"},
			{"no body's code", "SYT leader", "2022-02", m{"values": m{}}, 422, "org"},
			{"an empty code", "SYT leader", "2022-02", m{"org": "", "values": m{}}, 422, "org"},
			{"a body that does not exist", "any", "2022-02", m{"org": "KHONG", "values": m{}}, 422, "KHONG"},
			{"a body that is not obliged", "any", "2022-02", figures("SNV", "1", "1", "1"), 409, "SNV"},
			{"a period that was not opened", "SYT leader", "2022-05", figures("SYT", "1", "1", "1"), 409, "chưa được mở"},
			{"a period that is none", "SYT leader", "2022-13", figures("SYT", "1", "1", "1"), 422, "2022-13"},
			{"a key that is too long", "SYT leader", "2022-02", figures("SYT", "1", "1", "1"), 422, "Idempotency-Key"},
			{"not JSON", "SYT leader", "2022-02", `{"org":"SYT",`, 400, "JSON"},
			{"two values", "SYT leader", "2022-02", `{"org":"SYT","values":{}}{}`, 400, "body"},
			{"nothing", "SYT leader", "2022-02", "", 400, ""},
			{"NUL in a paragraph", "SYT leader", "2022-02", `{"org":"SYT","values":{},"sections":[{"section":"results","sector":"YTE","paragraphs":["a\u0000b"]}]}`, 422, "NUL"},
			{"a paper marked secret", "SYT leader", "2022-02", m{"org": "SYT", "values": m{}, "sections": []m{{"section": "results", "sector": "YTE", "paragraphs": []string{"TUYỆT MẬT", "Nội dung"}}}}, 422, "MẬT"},
		} {
			var headers []string
			if strings.HasPrefix(c.name, "a key") {
				headers = []string{"Idempotency-Key", strings.Repeat("k", 201)}
			}
			r := o.call(c.who, "POST", "/api/v1/reports/thang/"+c.path+"/submissions", c.body, headers...)
			if r.status != c.status || !strings.Contains(r.body, c.words) {
				t.Errorf("%s: %d %s, want %d with %q", c.name, r.status, short(r.body), c.status, c.words)
			}
		}
		if n := o.count("select count(*) from submission"); n != 0 {
			t.Errorf("%d reports were kept", n)
		}
	})
}

// hostile bodies, addresses and headers of any operation: never an error of the program, never a hanging database.
func TestNoInputBreaksAnyOperation(t *testing.T) {
	long := strings.Repeat("ế", 5<<20)
	bodies := []string{"", "{", "[]", "null", "0", `"x"`, "{}", `{"org":null}`, `{"org":"\u0000"}`, `{"org":["a"]}`, `{"\u0000":1}`,
		`{"org":"SYT","values":{"\u0000":"1"}}`, `{"org":"SYT","values":{"KHAM":"` + strings.Repeat("9", 5000) + `"}}`,
		`{"reason":"\u0000","text":"\u0000","kind":"task","name":"\u0000","regime":"\u0000","period":"2022-03"}`,
		`{"reason":"a\u0000"}`, `{"kind":"guidance","text":"a\u0000b"}`, `{"kind":"task","text":"a","lead":"\u0000"}`, `{"name":"a\u0000b"}`,
		`{"org":"SYT","channel":"phone","note":"a\u0000b"}`, `{"org":"SYT","due":"2022-05-20","reason":"a\u0000b"}`,
		`{"regime":"thang\u0000","period":"2022-01","place":"\u0000"}`, `{"regime":"thang","period":"2022-01","place":"a\u0000","held_at":"\u0000","agenda":["\u0000"]}`,
		`{"number":99999999999999999999,"date":"2022-04-05"}`, `{"number":1,"date":"2022-02-31"}`, `{"number":-1,"date":"0000-00-00"}`,
		"{\"org\":\"\xff\xfe\"}", strings.Repeat(`{"a":`, 20000), `{"name":"` + long + `"}`, `{"org":"` + long + `","values":{}}`}
	ids := []string{"%00", "%ff", "x", "%F0%9F%98%80", strings.Repeat("a", 3000), "..%2f..%2fetc", "'%20or%201=1--", "2022-Q9", "-1"}
	eachOffice(t, func(t *testing.T, o *office) {
		if testing.Short() {
			bodies = bodies[:8]
		}
		o.must(201, "officer", "POST", march+"/opening", nil)
		b := o.must(201, "officer", "POST", "/api/v1/briefings", m{"regime": "thang", "period": "2022-03"}).text("id")
		try := func(op *operation, path string, body string, headers ...string) {
			r := httptest.NewRequest(op.method, "http://x/", bytes.NewReader([]byte(body)))
			r.URL.Path, r.URL.RawPath, r.URL.RawQuery = "", "", ""
			u, err := r.URL.Parse(path)
			if err != nil {
				t.Fatal(err)
			}
			r.URL = u
			r.Header.Set("Authorization", "Bearer "+o.tokens["any"])
			for i := 0; i+1 < len(headers); i += 2 {
				r.Header.Set(headers[i], headers[i+1])
			}
			w := httptest.NewRecorder()
			o.handler.ServeHTTP(w, r)
			if w.Code >= 500 {
				t.Errorf("%s %s %s: %d %s", op.method, short(path), short(body), w.Code, short(w.Body.String()))
			}
		}
		for _, op := range description().operations {
			usual := strings.NewReplacer("{regime}", "thang", "{period}", "2022-03", "{id}", b, "{kind}", "briefing").Replace(op.path)
			if op.method == "GET" {
				for _, q := range []string{"limit=0", "limit=abc", "limit=99999999999999999999", "cursor=%00", "cursor=x", "after=-1", "on=31/02", "on=%00",
					"last=0", "lead=%00", "lead=x", "state=%00", "state=x", "include=x", "part=%ff", "kind=x", "cursor=%ff", "%zz", ";", "cursor=" + strings.Repeat("a", 5000)} {
					try(op, usual+"?"+q, "")
				}
			} else {
				for _, body := range bodies {
					try(op, usual, body)
				}
				try(op, usual, "{}", "Content-Type", "text/xml")
				try(op, usual, "{}", "Idempotency-Key", "a\x00b")
				try(op, usual, "{}", "Idempotency-Key", "\xff\xfe")
			}
			for _, id := range ids {
				for _, name := range []string{"{regime}", "{period}", "{id}", "{kind}"} {
					if strings.Contains(op.path, name) {
						path := strings.ReplaceAll(op.path, name, id)
						try(op, strings.NewReplacer("{regime}", "thang", "{period}", "2022-03", "{id}", b, "{kind}", "briefing").Replace(path), `{"kind":"guidance","text":"x","reason":"x","name":"x","org":"SYT"}`)
					}
				}
			}
		}
		o.sound()
	})
}
