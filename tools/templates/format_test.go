package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/internal/markup"
)

// What the page says stays: taken out and put back, the layout of every template is what it was.
func TestEveryTemplateComesBackFromOneLine(t *testing.T) {
	for path, source := range templates(t) {
		squeezed, err := markup.Squeeze(source)
		if err != nil {
			t.Fatal(path, err)
		}
		again, err := Format(squeezed)
		if err != nil {
			t.Fatal(path, err)
		}
		for _, fault := range compare(path, again, source) {
			t.Error(fault)
		}
		if back, err := markup.Squeeze(again); err != nil || back != squeezed {
			t.Errorf("%s says something else, %v", path, err)
		}
	}
}

func TestFormattingTwiceChangesNothing(t *testing.T) {
	for path, source := range templates(t) {
		for range 2 {
			again, err := Format(source)
			if err != nil {
				t.Fatal(path, err)
			}
			for _, fault := range compare(path, source, again) {
				t.Error(fault)
			}
			source = again
		}
	}
}

func TestALayoutTellsWhatIsInALine(t *testing.T) {
	long := strings.Repeat("chữ ", 25)
	for _, c := range []struct{ source, want string }{
		{`<ul><li><a href="/">Một</a></li></ul>`, "<ul>\n\t<li>\n\t\t<a href=\"/\">Một</a>\n\t</li>\n</ul>\n"},
		{`<p>Hạn <b>1</b>, chờ <b>2</b> nữa</p>`, "<p>\n\tHạn <b>1</b>,\n\tchờ <b>2</b> nữa\n</p>\n"},
		{`<p><b>1</b> <b>2</b></p>`, "<p>\n\t<b>1</b>{{\" \"}}\n\t<b>2</b>\n</p>\n"},
		{`<p>{{if .A}}<b>1</b>{{else}}<i>2</i>{{end}}, rồi</p>`,
			"<p>\n\t{{if .A}}\n\t\t<b>1</b>\n\t{{else}}\n\t\t<i>2</i>\n\t{{end}}, rồi\n</p>\n"},
		{`<p>` + long + long + `</p>`, "<p>\n\t" + strings.Repeat("chữ ", 29) + "chữ\n\t" + strings.Repeat("chữ ", 19) + "chữ\n</p>\n"},
		{`<input id="` + strings.Repeat("a", 100) + `"{{if .A}} checked{{end}} name="b">`,
			"<input\n\tid=\"" + strings.Repeat("a", 100) + "\"\n\t{{if .A}} checked{{end}}\n\tname=\"b\"\n>\n"},
		{`{{template "x" dict "a" "` + long + `" "b" (print .B "c")}}`,
			"{{template \"x\" dict\n\t\"a\" \"" + long + "\"\n\t\"b\" (print .B \"c\")}}\n"},
		{"<textarea name=\"a\">\n{{.A}} </textarea>", "<textarea name=\"a\">\n{{.A}} </textarea>\n"},
		{`{{if .A}}<div>{{else}}<form>{{end}}x`, "{{if .A}}\n\t<div>\n{{else}}\n\t<form>\n{{end}}\nx\n"},
		{`{{define "a"}}1{{end}}{{/* b: two */}}{{define "b"}}2{{end}}`, "{{define \"a\"}}1{{end}}\n\n{{/* b: two */}}\n{{define \"b\"}}2{{end}}\n"},
	} {
		got, err := Format(c.source)
		if err != nil || got != c.want {
			t.Errorf("%s\nis laid out %v\n%s\nwant\n%s", c.source, err, got, c.want)
			continue
		}
		if again, err := Format(got); err != nil || again != got {
			t.Errorf("%s\nbecomes the second time %v\n%s", got, err, again)
		}
	}
}

func TestTheLintNamesTheLine(t *testing.T) {
	folder := t.TempDir()
	write := func(source string) {
		if err := os.WriteFile(filepath.Join(folder, "a.html"), []byte(source), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for source, want := range map[string]string{
		"<ul>\n\t<li>1</li><li>2</li>\n</ul>\n":     "a.html:2: mỗi dòng một phần tử",
		"<p>1</p>\n<p>\n\tmột\n</p>\n":              "a.html:2: mỗi dòng một phần tử",
		"<p>" + strings.Repeat("a ", 60) + "</p>\n": "a.html:1: dòng dài 127 cột, quá 120",
		"<p>1</p>": "a.html:1: thiếu dòng ở cuối",
	} {
		write(source)
		faults, err := walk(folder, false)
		if err != nil || len(faults) == 0 || !strings.Contains(faults[0], want) {
			t.Errorf("%q: %q, %v", source, faults, err)
		}
		if _, err := walk(folder, true); err != nil {
			t.Fatal(err)
		}
		if faults, err := walk(folder, false); err != nil || len(faults) > 0 {
			t.Errorf("%q, written anew: %q, %v", source, faults, err)
		}
	}
	write("<p>{{if .A}}</p>")
	if _, err := walk(folder, false); err == nil || !strings.Contains(err.Error(), "a.html") {
		t.Errorf("an {{if}} without an end: %v", err)
	}
}

func templates(t *testing.T) map[string]string {
	t.Helper()
	all := make(map[string]string)
	if err := filepath.WalkDir("../../web/page", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".html" {
			return err
		}
		source, err := os.ReadFile(path)
		all[path] = string(source)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if len(all) < 50 {
		t.Fatalf("only %d templates are here", len(all))
	}
	return all
}
