package markup

import (
	"html/template"
	"io"
	"strings"
	"testing"
)

func TestSqueezeTakesOutTheWhiteSpaceOfLayoutOnly(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{"<p>\n\tMột câu\n\tdài\n</p>\n", "<p>Một câu dài</p>"},
		{"<b>a</b> <i>b</i>\n<i>c</i>", "<b>a</b> <i>b</i><i>c</i>"},
		{"<b>a</b>{{\" \"}}\n<i>b</i>", "<b>a</b> <i>b</i>"},
		{"<input\n\tid=\"a\"\n\t{{if .B}} checked{{end}}\n\tvalue=\"{{.C}}\n\t\td\n\te\"\n>",
			"<input id=\"a\"{{\n\nif .B}} checked{{end}} value=\"{{\n.C}}d e\">"},
		{"<textarea>\n {{.A}}\n</textarea>\n<pre>a\n b</pre>", "<textarea>\n {{.A}}\n</textarea><pre>a\n b</pre>"},
		{"{{/* a > b\n */}}\n<p>{{if eq .A \"}}\"}}x{{end}}</p>", "{{/* a > b\n */}}<p>{{\nif eq .A \"}}\"}}x{{end}}</p>"},
		{"<a title=\"1 > 0\"\n\thref=\"/\">\n\ta < b\n</a>", "<a title=\"1 > 0\" href=\"/\">a < b</a>"},
	} {
		got, err := Squeeze(c.source)
		if err != nil || got != c.want {
			t.Errorf("%q\n gives %q, %v\n want  %q", c.source, got, err, c.want)
		}
	}
}

func TestAFaultInASqueezedTemplateNamesItsLine(t *testing.T) {
	text, err := Squeeze("<p>\n\t{{.A}}\n</p>\n<p>\n\t{{.Nothing}}\n</p>\n")
	if err != nil {
		t.Fatal(err)
	}
	page, err := template.New("trang").Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	err = page.Execute(io.Discard, struct{ A int }{})
	if err == nil || !strings.Contains(err.Error(), "trang:5:") {
		t.Fatalf("the fault is in line 5: %v", err)
	}
}

func TestWhatIsNotClosedIsNamed(t *testing.T) {
	for _, source := range []string{"a\n<p", "a\n{{if", "a\n<textarea>"} {
		if _, err := Split(source); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%q: %v", source, err)
		}
	}
}
