package web_test

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"giaoban/internal/dbtest"
	"giaoban/web"

	"golang.org/x/net/html"
)

// written reports whether a field takes a person's own words, a number or a day.
func written(n *html.Node) bool {
	kind := attr(n, "type")
	return n.Data == "textarea" || n.Data == "input" && kind != "checkbox" && kind != "radio"
}

func valueOf(n *html.Node) string {
	if n.Data == "textarea" {
		var text strings.Builder
		for c := range n.ChildNodes() {
			text.WriteString(c.Data)
		}
		return strings.TrimSpace(text.String())
	}
	return attr(n, "value")
}

// attempt is a form as it is sent, wrong in one way, and what was written into it.
type attempt struct {
	how     string
	form    url.Values
	written url.Values
}

// attempts fills every field of a form with something of its own, and makes the form wrong in one way after the other.
func attempts(form *html.Node) (all []attempt) {
	whole, own := formValues(form), url.Values{}
	whole.Del("form_token") // of the session that looked at the page
	for i, n := range typeable(form) {
		if !written(n) {
			continue
		}
		text := fmt.Sprintf("Dấu %d", 7000+i)
		switch attr(n, "type") {
		case "date":
			text = "2031-07-04"
		case "number":
			text = fmt.Sprint(7000 + i)
		}
		own.Add(attr(n, "name"), text)
	}
	with := func(how string, changes ...string) {
		a := attempt{how, maps.Clone(whole), maps.Clone(own)}
		for i := 0; i < len(changes); i += 2 {
			a.form.Set(changes[i], changes[i+1])
			a.written.Del(changes[i])
		}
		for name, values := range a.written {
			a.form[name] = values
		}
		all = append(all, a)
	}
	if whole.Has("version") {
		with("stale", "version", "999999")
	}
	for _, n := range typeable(form) {
		switch name := attr(n, "name"); {
		case len(all) > 8 || len(own[name]) > 1: // enough, or one of several rows
		case n.Data == "select":
			with("a choice that does not exist: "+name, name, "khong-co")
		case attr(n, "type") == "date":
			with("no day: "+name, name, "2031-13-45")
		case written(n):
			with("empty: "+name, name, "")
		}
	}
	with("words everywhere")
	return all
}

// notGivenBack tells which words of a refused form are not in the page that comes back: in the form's own fields, or to be
// copied where the form cannot be sent any more.
func notGivenBack(path string, a attempt, page *html.Node) (lost []string) {
	given := url.Values{}
	forms := allForms(page, path)
	for _, form := range forms {
		for _, n := range all(form, "input", "textarea") {
			if written(n) {
				given.Add(paragraph(attr(n, "name")), strings.ReplaceAll(valueOf(n), "\r\n", "\n"))
			}
		}
	}
	text := textOf(page)
	for name, values := range a.written {
		for _, value := range values {
			if !slices.Contains(given[paragraph(name)], value) && (len(forms) > 0 || !strings.Contains(text, value)) {
				lost = append(lost, name)
				break
			}
		}
	}
	slices.Sort(lost)
	return lost
}

// paragraph is the name of a field without the number of a paragraph of a paper: where somebody else's words came between, what
// was typed comes back at another number.
func paragraph(name string) string {
	if number, ok := strings.CutPrefix(name, "text-"); ok && strings.Trim(number, "0123456789") == "" {
		return "text-"
	}
	return name
}

// words is how a page begins, for messages.
func words(page *html.Node) string {
	for _, main := range all(page, "main") {
		page = main
	}
	text := []rune(textOf(page))
	return string(text[:min(160, len(text))])
}

// hush writes a mark of secrecy into the first written fields of a form, one after the other, and tells which were refused as
// secret; what then comes back of it, or is not forgotten, is an error.
func hush(t *testing.T, form *html.Node, send func(url.Values) (status int, page string)) (refused []string) {
	t.Helper()
	fields := slices.DeleteFunc(typeable(form), func(n *html.Node) bool { return !written(n) })
	for _, n := range fields[:min(6, len(fields))] {
		name, secret := attr(n, "name"), "Độ mật: TỐI MẬT"
		if n.Data == "textarea" {
			secret = "TỐI MẬT\nchuyện kín"
		}
		values := formValues(form)
		values.Del("form_token")
		values.Set(name, secret)
		status, page := send(values)
		if status != 422 || !strings.Contains(page, "Văn bản mang dấu độ mật") {
			continue
		}
		refused = append(refused, name)
		for _, found := range notHushed(name, page) {
			t.Errorf("%s: %s: %s", attr(form, "action"), name, found)
		}
	}
	return refused
}

// notHushed tells what a page does wrong that answers a field refused as secret.
func notHushed(name, page string) (found []string) {
	for _, words := range []string{"chuyện kín", "Độ mật: TỐI MẬT"} {
		if strings.Contains(page, words) {
			found = append(found, "the page that comes back still holds “"+words+"”")
		}
	}
	_, forget, _ := strings.Cut(page, ` data-forget="`)
	forget, _, _ = strings.Cut(forget, `"`)
	if !slices.Contains(strings.Fields(html.UnescapeString(forget)), name) {
		found = append(found, fmt.Sprintf("the browser is told to forget %q", forget))
	}
	return found
}

// allForms are the forms of a page that send to an address, by themselves or by one of their buttons.
func allForms(page *html.Node, path string) (forms []*html.Node) {
	for _, form := range all(page, "form") {
		if attr(form, "action") == path || slices.ContainsFunc(all(form, "button"), func(b *html.Node) bool { return attr(b, "formaction") == path }) {
			forms = append(forms, form)
		}
	}
	return forms
}

// A form that is refused comes back with what was written, without any script; of what was refused as secret nothing does.
func TestARefusedFormComesBackFilled(t *testing.T) {
	t.Parallel()
	w := newWorld(t, dbtest.Engines(t)[0])
	handler := web.Handler(web.Config{DB: w.DB, Files: w.store, Dev: true})
	refused, tried, hushed, fields := make(map[string]bool), make(map[string]int), make(map[string]bool), 0
	for _, c := range w.callers(handler)[1:] {
		for _, p := range follow(t, w.house, c.login, func(string, string, int) {}) {
			document, err := html.Parse(strings.NewReader(p.html))
			if err != nil {
				t.Fatal(err)
			}
			for _, form := range all(document, "form") {
				path := attr(form, "action")
				act := postPattern()(path)
				if act == "" || refused[act] || tried[act] > 2 || !slices.ContainsFunc(typeable(form), written) || !strings.EqualFold(attr(form, "method"), "post") {
					continue
				}
				tried[act]++
				for _, field := range hush(t, form, func(values url.Values) (int, string) {
					answer := ask(handler, c, "POST", path, values.Encode(), nil)
					return answer.Code, answer.Body.String()
				}) {
					hushed[act+" "+field] = true
				}
				for _, a := range attempts(form) {
					answer := ask(handler, c, "POST", path, a.form.Encode(), nil)
					if answer.Code != 422 && answer.Code != 409 && answer.Code != 412 {
						continue
					}
					page, err := html.Parse(answer.Body)
					if err != nil {
						t.Fatal(err)
					}
					refused[act] = true
					fields += len(a.written)
					if lost := notGivenBack(path, a, page); len(lost) > 0 {
						t.Errorf("%s %s, %s: %d, and %v do not come back: %s", c.login, path, a.how, answer.Code, lost, words(page))
					}
				}
			}
		}
	}
	never := slices.DeleteFunc(slices.Sorted(maps.Keys(tried)), func(act string) bool { return refused[act] })
	if len(refused) < 55 || len(hushed) < 40 {
		t.Errorf("only %d acts were refused at least once, and %d fields as secret", len(refused), len(hushed))
	}
	t.Logf("%d fields were refused as secret: %s", len(hushed), strings.Join(slices.Sorted(maps.Keys(hushed)), ", "))
	t.Logf("%d acts have forms to write into, %d were refused at least once (never: %s), %d fields looked for", len(tried), len(refused),
		strings.Join(never, ", "), fields)
}

// A page that forgets a field of the form it gives back is found by the same judge, and so is one without the form.
func TestAFormThatComesBackEmptyIsFound(t *testing.T) {
	a := attempt{written: url.Values{"note": {"Đang làm"}, "paper": {"1-BC"}}}
	for answer, want := range map[string][]string{
		`<form action="/x"><textarea name="note">Đang làm</textarea><input name="paper" value="1-BC"></form>`: nil,
		`<form action="/x"><textarea name="note">Đang làm</textarea><input name="paper"></form>`:              {"paper"},
		`<details><p>Đang làm</p></details>`: {"paper"},
		`<p>Chưa thực hiện được</p>`:         {"note", "paper"},
	} {
		page, err := html.Parse(strings.NewReader(answer))
		if err != nil {
			t.Fatal(err)
		}
		if lost := notGivenBack("/x", a, page); !slices.Equal(lost, want) {
			t.Errorf("%s: %q are said to be lost, want %q", answer, lost, want)
		}
	}
}

// A page that gives a refused paper back, or does not tell the browser to forget it, is found by the same judge.
func TestASecretThatComesBackIsFound(t *testing.T) {
	for page, want := range map[string]int{
		`<main data-forget="note"><textarea name="note"></textarea>`:  0,
		`<main data-forget="other"><textarea name="note"></textarea>`: 1,
		"<main><textarea name=note>TỐI MẬT\nchuyện kín</textarea>":    2,
	} {
		if found := notHushed("note", page); len(found) != want {
			t.Errorf("%s: %q", page, found)
		}
	}
}
