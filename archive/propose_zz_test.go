package archive

import (
	"strings"
	"testing"
	"time"
)

func TestZZSlow(t *testing.T) {
	for _, u := range []string{"đồng chí Lê Văn A chủ trì hội nghị tổ chức kết luận ", "tổ chức ", "Ban Tuyên giáo ", "a; b; ", "các sở: Y tế, ", "1.234,5% so với ", "quý I năm 2020 ", "“", "( ", ":", "tỉnh Hà Nam ", "Một dòng.\n", "Nghị quyết số 1-NQ/TW và ", "- a\n", "hạn chế ", "tổng kết 20-CT/TW ", "đề nghị ", "và đồng chí ", "ngày 1/1/2020 "} {
		text := strings.Repeat(u, 1<<20/len(u))
		b := time.Now()
		Propose("a", text, nil)
		if d := time.Since(b); d > 500*time.Millisecond {
			t.Logf("%q %v", u, d)
		}
	}
	page := strings.Repeat("<div class=menu>a ", 300) + strings.Repeat("<p>"+sentence+"</p>", 8000)
	b := time.Now()
	ReadText("a.html", []byte(page))
	t.Log("html", time.Since(b))
}
