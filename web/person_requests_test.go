package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/net/html"
)

// byRequests is a person whose browser is this file: no script, no picture, every form as it is sent.
type byRequests struct {
	*visitor
	fields map[string]string // id → typed
	files  map[string]string // id → path
}

func (b *byRequests) open(path string) {
	b.get(path)
	b.fields, b.files = map[string]string{}, map[string]string{}
}

func (b *byRequests) click(words string) {
	b.t.Helper()
	b.visitor.click(words)
	b.fields, b.files = map[string]string{}, map[string]string{}
}

func (b *byRequests) unfold(words string) {
	b.t.Helper()
	for _, s := range all(b.visitor.page, "summary") {
		if strings.Contains(textOf(s), words) {
			return
		}
	}
	b.t.Fatalf("no “%s” to unfold on %s: %s", words, b.url, b.text)
}

func (b *byRequests) fill(field, text string) { b.t.Helper(); b.set(field, text) }
func (b *byRequests) tick(field string)       { b.t.Helper(); b.set(field, "\x00") }
func (b *byRequests) attach(field, file string) {
	b.t.Helper()
	b.field(field)
	b.files[field] = file
}

func (b *byRequests) choose(field, option string) {
	b.t.Helper()
	for _, o := range all(b.field(field), "option") {
		if attr(o, "value") == option || textOf(o) == option {
			b.set(field, attr(o, "value"))
			return
		}
	}
	b.t.Fatalf("no choice “%s” in %s on %s", option, field, b.url)
}

func (b *byRequests) set(field, text string) {
	b.t.Helper()
	b.field(field)
	b.fields[field] = text
}

func (b *byRequests) field(field string) *html.Node {
	b.t.Helper()
	if n := fieldOf(b.visitor.page, field); n != nil {
		return n
	}
	b.t.Fatalf("no field %s on %s: %s", field, b.url, b.text)
	return nil
}

func fieldOf(in *html.Node, field string) *html.Node {
	for _, key := range []string{"id", "name"} {
		for _, n := range all(in, "input", "textarea", "select") {
			if attr(n, key) == field {
				return n
			}
		}
	}
	return nil
}

func (b *byRequests) column(values map[string]string, order []string) {
	b.t.Helper()
	for _, field := range order {
		b.fill(field, values[field])
	}
}

func (b *byRequests) keep(button, sentence string) {
	b.t.Helper()
	b.press(button)
	mustSee(b.t, b, sentence)
}

func (b *byRequests) page() *html.Node { return b.visitor.page }
func (b *byRequests) where() string    { return b.url.Path }

func (b *byRequests) press(words string) {
	b.t.Helper()
	for _, exact := range []bool{true, false} {
		for _, form := range all(b.visitor.page, "form") {
			for _, button := range all(form, "button") {
				said := textOf(button)
				if "#"+attr(button, "id") == words || said == words || !exact && strings.Contains(said+" "+attr(button, "aria-label"), words) {
					b.send(form, button)
					return
				}
			}
		}
	}
	b.t.Fatalf("no button “%s” on %s (%d): %s", words, b.url, b.status, b.text)
}

// send is what a browser does with a form whose button was pressed.
func (b *byRequests) send(form, button *html.Node) {
	b.t.Helper()
	values := formValues(form)
	for field, typed := range b.fields {
		n := fieldOf(form, field)
		switch {
		case n == nil:
		case typed == "\x00":
			values.Add(attr(n, "name"), attr(n, "value"))
		default:
			values.Set(attr(n, "name"), typed)
		}
	}
	if name := attr(button, "name"); name != "" {
		values.Set(name, attr(button, "value"))
	}
	action := attr(form, "action")
	if to := attr(button, "formaction"); to != "" {
		action = to
	}
	files := map[string][]string{}
	for field, path := range b.files {
		if n := fieldOf(form, field); n != nil {
			files[attr(n, "name")] = []string{path}
		}
	}
	b.fields, b.files = map[string]string{}, map[string]string{}
	switch {
	case !strings.EqualFold(attr(form, "method"), "post"):
		b.get(action + "?" + values.Encode())
	case attr(form, "enctype") == "multipart/form-data":
		b.upload(action, values, files)
	default:
		b.post(action, values)
	}
	if strings.EqualFold(attr(form, "method"), "post") {
		b.mustBeAnswered(action)
	}
}

// mustBeAnswered: what went well says so, unless the page shows the form again, with what is wrong or what it would do.
func (b *byRequests) mustBeAnswered(action string) {
	b.t.Helper()
	for _, n := range all(b.visitor.page, "div", "section") {
		if attr(n, "id") == "loi" || attr(n, "id") == "ket-qua" || has(n, "data-answers") {
			return
		}
	}
	b.t.Errorf("%s is answered by no sentence on %s (%d)", action, b.url.Path, b.status)
}

func (b *byRequests) upload(to string, values url.Values, files map[string][]string) {
	b.t.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for name, all := range values {
		for _, value := range all {
			parts.WriteField(name, value)
		}
	}
	for name, paths := range files {
		for _, path := range paths {
			content, err := os.ReadFile(path)
			if err != nil {
				b.t.Fatal(err)
			}
			w, err := parts.CreateFormFile(name, filepath.Base(path))
			if err != nil {
				b.t.Fatal(err)
			}
			w.Write(content)
		}
	}
	parts.Close()
	u, err := b.url.Parse(to)
	if err != nil {
		b.t.Fatal(err)
	}
	r, err := http.NewRequest(http.MethodPost, u.String(), &body)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", parts.FormDataContentType())
	r.Header.Set("Origin", b.house.server.URL)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	response, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer response.Body.Close()
	b.url, b.status = response.Request.URL, response.StatusCode
	if b.visitor.page, err = html.Parse(response.Body); err != nil {
		b.t.Fatal(err)
	}
	b.text = textOf(b.visitor.page)
}
