package web

import (
	"strings"
	"testing"
)

func TestCitedTextIsEscapedAndItsReferencesAreLinked(t *testing.T) {
	got := string(cited(`<b>Thực hiện</b> Chỉ thị số 20-CT/TW, ngày 05/11/2012 của Bộ Chính trị & "các" văn bản`, "submission", "abc"))
	for _, want := range []string{`&lt;b&gt;Thực hiện&lt;/b&gt; <a class="cited" href="/vien-dan?`, `ky-hieu=20-CT%2FTW`, `ngay=2012-11-05`, `nguon-id=abc`,
		`>Chỉ thị số 20-CT/TW, ngày 05/11/2012 của Bộ Chính trị</a> &amp; &#34;các&#34; văn bản`} {
		if !strings.Contains(got, want) {
			t.Errorf("%s\nlacks %s", got, want)
		}
	}
}

func FuzzCitedKeepsEveryWordAndNoMarkup(f *testing.F) {
	f.Add("Nghị quyết số 20-NQ/TW, ngày 25/10/2017 <script>")
	f.Fuzz(func(t *testing.T, text string) {
		got := string(cited(text))
		if strings.Count(got, "<") != 2*strings.Count(got, `<a class="cited"`) {
			t.Errorf("markup came through: %q", got)
		}
	})
}
