package api_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/api"
)

// unread counts what is read of a body.
type unread struct{ n int }

func (u *unread) Read(p []byte) (int, error) {
	if u.n += len(p); u.n > 1<<20 { // it is not read for ever where the promise is broken
		return 0, io.EOF
	}
	return copy(p, bytes.Repeat([]byte(" "), len(p))), nil
}

// whoMayFirst judges one operation for one token that has no business there: refused before a byte is read, the
// connection ended, and one line left where the token is somebody's.
func (o *office) whoMayFirst(handler http.Handler, method, path, token string) (wrong []string) {
	body, before := &unread{}, o.denials()
	r := httptest.NewRequest(method, path, body)
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, r)
	status, lines := 401, 0
	for _, known := range o.tokens {
		if token == known {
			status, lines = 403, 1
		}
	}
	if body.n > 0 {
		wrong = append(wrong, fmt.Sprintf("%s %s: %d bytes were read before it was asked who may", method, path, body.n))
	}
	if answer.Code != status || answer.Header().Get("Connection") != "close" {
		wrong = append(wrong, fmt.Sprintf("%s %s: %d, want %d and the connection closed", method, path, answer.Code, status))
	}
	if got := o.denials() - before; got != lines {
		wrong = append(wrong, fmt.Sprintf("%s %s: %d lines of denial, want %d", method, path, got, lines))
	}
	return wrong
}

func TestWhoMayIsAskedBeforeAByteIsRead(t *testing.T) {
	roles := map[string]access.Role{"SYT": access.AgencyOfficer}
	for who, role := range strangers {
		roles[who] = role
	}
	eachOffice(t, func(t *testing.T, o *office) {
		tried, operations := 0, 0
		for _, op := range description().operations {
			if op.method == http.MethodGet {
				continue
			}
			operations++
			path := strings.NewReplacer("{regime}", "thang", "{period}", "2022-03", "{id}", "khong-co").Replace(op.path)
			for _, token := range []string{"", "gb_" + strings.Repeat("x", 43)} {
				tried++
				for _, wrong := range o.whoMayFirst(o.handler, op.method, path, token) {
					t.Errorf("a stranger: %s", wrong)
				}
			}
			for who, role := range roles {
				if reach(api.Acts()[op.id], role) != access.None {
					continue
				}
				tried++
				for range 2 { // once when it is not known, once when it is remembered
					for _, wrong := range o.whoMayFirst(o.handler, op.method, path, o.tokens[who]) {
						t.Errorf("%s: %s", who, wrong)
					}
				}
			}
		}
		t.Logf("%d operations that take something, %d refusals", operations, tried)
		planted := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			io.ReadAll(io.LimitReader(r.Body, 1000))
			o.handler.ServeHTTP(w, r)
		})
		if wrong := o.whoMayFirst(planted, "POST", "/api/v1/briefings", o.tokens["clerk"]); len(wrong) != 1 || !strings.Contains(wrong[0], "bytes were read") {
			t.Errorf("a door that reads first was not found: %v", wrong)
		}
	})
}

// What readers of JSON do not agree on is refused on every operation that takes JSON, in whatever shape.
func TestOnlyPlainJSONIsTaken(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		o.must(201, "officer", "POST", march+"/opening", nil)
		for name, text := range map[string]string{
			"a name twice":                     `{"org":"SYT","org":"SGDDT","values":{}}`,
			"a figure twice":                   `{"org":"SYT","values":{"KHAM":"1","KHAM":"2"}}`,
			"a figure twice, escaped":          `{"org":"SYT","values":{"KHAM":"1","KHA\u004d":"2"}}`,
			"a name in capitals":               `{"ORG":"SYT","values":{}}`,
			"a name twice but for capitals":    `{"org":"SYT","Org":"SGDDT","values":{}}`,
			"a name inside in capitals":        `{"org":"SYT","sections":[{"Section":"results","paragraphs":["a"]}]}`,
			"half a pair":                      `{"org":"SYT","reason":"a\ud800b","nil":true}`,
			"the second half of a pair":        `{"org":"SYT","reason":"a\udc00b","nil":true}`,
			"two first halves":                 `{"org":"SYT","reason":"a\ud800\ud800b","nil":true}`,
			"a direction mark":                 "{\"org\":\"SYT\",\"reason\":\"a\u202eb\",\"nil\":true}",
			"a direction mark, escaped":        `{"org":"SYT","reason":"a\u2067b","nil":true}`,
			"a direction mark in a usual text": "{\"org\":\"SYT\",\"values\":{},\"reason\":\"\u200f\"}",
			"no UTF-8":                         "{\"org\":\"SYT\",\"reason\":\"\xed\xa0\x80\",\"nil\":true}",
			"NUL":                              `{"org":"SYT","reason":"a\u0000b","nil":true}`,
		} {
			if r := o.call("SYT leader", "POST", march+"/submissions", text); r.status != 422 || !strings.Contains(r.body, "hãy") {
				t.Errorf("a report with %s: %d %s", name, r.status, short(r.body))
			}
		}
		for name, text := range map[string]string{
			"a name twice":                  `{"org":"SYT","channel":"phone","org":"SGDDT"}`,
			"a name in capitals":            `{"Org":"SYT","channel":"phone"}`,
			"a name twice but for capitals": `{"org":"SYT","ORG":"SGDDT","channel":"phone"}`,
			"half a pair":                   `{"org":"SYT","channel":"phone","note":"\udfff"}`,
			"a direction mark":              `{"org":"SYT","channel":"phone","note":"\u202E"}`,
			"no UTF-8":                      "{\"org\":\"SYT\",\"channel\":\"phone\",\"note\":\"\xff\"}",
		} {
			if r := o.call("officer", "POST", march+"/reminders", text); r.status != 422 {
				t.Errorf("a reminder with %s: %d %s", name, r.status, short(r.body))
			}
		}
		if n := o.count("select count(*) from submission"); n != 0 {
			t.Errorf("%d reports", n)
		}
		// Backslashes, a whole pair and ordinary quotes are text like any other.
		o.must(201, "officer", "POST", march+"/reminders", `{"org":"SYT","channel":"phone","note":"“a” \\ud800 \ud83d\ude00 – \\\\u0000"}`)
	})
}

// Whatever is sent, the answer names some of what is wrong and says how much more there is.
func TestAnswersAreBounded(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		o.must(201, "officer", "POST", march+"/opening", nil)
		many := func(n int, item string) string {
			var b strings.Builder
			for i := range n {
				fmt.Fprintf(&b, item, i)
			}
			return strings.TrimSuffix(b.String(), ",")
		}
		long := strings.Repeat("ế", 100_000)
		for name, try := range map[string][2]string{
			"unknown names":          {"submissions", `{"org":"SYT",` + many(250_000, `"a%d":1,`) + `}`},
			"some unknown names":     {"submissions", `{"org":"SYT",` + many(5_000, `"a%d":1,`) + `}`},
			"unknown figures":        {"submissions", `{"org":"SYT","values":{` + many(5_000, `"a%d":"1",`) + `}}`},
			"a long name":            {"submissions", `{"org":"SYT","` + long + `":1}`},
			"a long figure":          {"submissions", `{"org":"SYT","values":{"` + long + `":"` + long + `"}}`},
			"a long body":            {"submissions", `{"org":"` + long + `"}`},
			"wrong items":            {"submissions", `{"org":"SYT","sections":[` + many(20_000, `{"a":%d},`) + `]}`},
			"unknown names to an op": {"reminders", `{"org":"SYT",` + many(10_000, `"a%d":1,`) + `}`},
		} {
			who := "SYT leader"
			if try[0] == "reminders" {
				who = "officer"
			}
			r := o.call(who, "POST", march+"/"+try[0], try[1])
			if r.status < 400 || r.status >= 500 || len(r.body) > 64<<10 {
				t.Errorf("%s (%d bytes): %d with %d bytes: %s", name, len(try[1]), r.status, len(r.body), short(r.body))
			}
			if strings.Contains(name, "some") && !strings.Contains(r.body, "chỗ nữa") {
				t.Errorf("%s: it is not said that there is more: %s", name, short(r.body))
			}
		}
	})
}
