package main

import (
	"strings"
	"testing"
)

// What go test says when a test passes, one is left out for want of a tool, one for want of pages, and one fails.
const some = `{"Action":"start","Package":"giaoban/paper"}
{"Action":"output","Package":"giaoban/paper","Test":"TestFast","Output":"=== RUN   TestFast\n"}
{"Action":"pass","Package":"giaoban/paper","Test":"TestFast","Elapsed":0.5}
{"Action":"output","Package":"giaoban/paper","Test":"TestSlow","Output":"    a_test.go:3: chữ\n"}
{"Action":"pass","Package":"giaoban/paper","Test":"TestSlow/SQLite","Elapsed":7.5}
{"Action":"pass","Package":"giaoban/paper","Test":"TestSlow","Elapsed":0.1}
{"Action":"output","Package":"giaoban/paper","Test":"TestSeeds","Output":"    a_test.go:4: Không có các trang mẫu thật ở đây.\n"}
{"Action":"skip","Package":"giaoban/paper","Test":"TestSeeds","Elapsed":0}
`

const left = `{"Action":"output","Package":"giaoban/paper","Test":"TestTool","Output":"=== RUN   TestTool\n"}
{"Action":"output","Package":"giaoban/paper","Test":"TestTool","Output":"    a_test.go:5: không thấy node\n"}
{"Action":"skip","Package":"giaoban/paper","Test":"TestTool","Elapsed":0}
`

const fine = `{"Action":"output","Package":"giaoban/paper","Output":"PASS\n"}
{"Action":"output","Package":"giaoban/paper","Output":"ok  \tgiaoban/paper\t8.0s\n"}
{"Action":"pass","Package":"giaoban/paper","Elapsed":8}
`

const bad = `{"Action":"output","Package":"giaoban/web","Test":"TestBad","Output":"    b_test.go:9: sai\n"}
{"Action":"fail","Package":"giaoban/web","Test":"TestBad","Elapsed":1}
{"Action":"output","Package":"giaoban/web","Test":"TestOpen","Output":"panic: dừng giữa chừng\n"}
{"Action":"output","Package":"giaoban/web","Output":"--- FAIL: page/a.html was never shown by any test\n"}
{"Action":"output","Package":"giaoban/web","Output":"FAIL\tgiaoban/web\t1.0s\n"}
{"Action":"fail","Package":"giaoban/web","Elapsed":1}
`

func TestTheReportTellsWhatMatters(t *testing.T) {
	for _, c := range []struct {
		name, events string
		all, good    bool
		says, hides  []string
	}{
		{"all is well", some + fine, true, true,
			[]string{"Chậm nhất:\n     7.50 giây  paper TestSlow\n     0.50 giây  paper TestFast\nok  \tgiaoban/paper\t8.0s\n"}, []string{"chữ", "Bỏ qua", "SQLite"}},
		{"one was left out", some + left + fine, true, false,
			[]string{"Bỏ qua:\n  paper TestTool: a_test.go:5: không thấy node\n", "Có 1 bài thử bị bỏ qua"}, []string{"TestSeeds"}},
		{"one may be left out", some + left + fine, false, true, []string{"TestTool"}, []string{"Có 1 bài thử"}},
		{"one failed", some + fine + bad, false, false,
			[]string{"b_test.go:9: sai\n", "panic: dừng giữa chừng\n", "never shown", "ok  \tgiaoban/paper\t8.0s\nFAIL\tgiaoban/web\t1.0s\n"}, []string{"chữ"}},
		{"one does not build", `{"ImportPath":"giaoban/org","Action":"build-output","Output":"org/a.go:1: lỗi\n"}
{"ImportPath":"giaoban/org","Action":"build-fail"}
{"Action":"output","Package":"giaoban/org","Output":"FAIL\tgiaoban/org [build failed]\n"}
{"Action":"fail","Package":"giaoban/org","Elapsed":0,"FailedBuild":"giaoban/org"}
`, false, false, []string{"org/a.go:1: lỗi\n", "FAIL\tgiaoban/org [build failed]\n"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out strings.Builder
			if good := report(strings.NewReader(c.events), &out, c.all); good != c.good {
				t.Errorf("it says %v", good)
			}
			for _, words := range c.says {
				if !strings.Contains(out.String(), words) {
					t.Errorf("%q is not in\n%s", words, out.String())
				}
			}
			for _, words := range c.hides {
				if strings.Contains(out.String(), words) {
					t.Errorf("%q is in\n%s", words, out.String())
				}
			}
		})
	}
}
