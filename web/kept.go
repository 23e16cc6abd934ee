package web

import (
	"bytes"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"giaoban/official"

	"golang.org/x/net/html"
)

// What the server does so that nothing typed is lost, and nothing secret kept; web/assets/js/keep.js does the rest.

// backTo is where a form that was sent here can be opened again: the page it came from, else the nearest page above its
// address.
func (s *site) backTo(r *http.Request) string {
	if from, err := url.Parse(r.Referer()); err == nil && from.Host == r.Host && s.shows(from.RequestURI()) {
		return from.RequestURI()
	}
	for at := r.URL.Path; at != ""; at = at[:strings.LastIndexByte(at, '/')] {
		if s.shows(at) {
			return at
		}
	}
	return "/"
}

// shows reports whether a page stands at an address.
func (s *site) shows(to string) bool {
	r, err := http.NewRequest(http.MethodGet, to, nil)
	if err != nil || safeBack(to) != to {
		return false
	}
	_, pattern := s.mux.Handler(r)
	_, declared := s.routes[pattern]
	return declared && strings.HasPrefix(pattern, http.MethodGet)
}

// wholeForm stands for all fields of a form where none of them bears a mark of secrecy by itself.
const wholeForm = "*"

// refusedFields names what nobody may keep of a form that was refused as secret. Where a file was refused, the words
// beside it stay.
func refusedFields(r *http.Request) (names []string) {
	for name, values := range r.PostForm {
		if slices.ContainsFunc(values, marked) {
			names = append(names, name)
		}
	}
	if len(names) == 0 && refusedUpload(r) == nil {
		return []string{wholeForm}
	}
	slices.Sort(names)
	return names
}

// lostWords are what somebody wrote in a form that was refused and the page does not show, as when the form itself is
// gone because somebody else acted meanwhile. A value of one word may be a choice, and is not told back.
func lostWords(page []byte, r *http.Request, forget []string) (lost []string) {
	if slices.Contains(forget, wholeForm) {
		return nil
	}
	shown := oneLine(html.UnescapeString(string(page)))
	for _, name := range slices.Sorted(maps.Keys(r.PostForm)) {
		if slices.Contains(secretInputs, name) || slices.Contains(forget, name) {
			continue
		}
		for _, value := range r.PostForm[name] {
			if words := oneLine(value); strings.Contains(words, " ") && !strings.Contains(shown, words) {
				lost = append(lost, strings.TrimSpace(value))
			}
		}
	}
	return lost
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func marked(text string) bool {
	_, found := official.SecretMark(text)
	return found
}

// withoutRefused empties what a page that comes back still holds of the refused fields, wherever its template put it.
func withoutRefused(page []byte, r *http.Request, names []string) []byte {
	var typed []string
	if slices.Contains(names, wholeForm) {
		for _, values := range r.PostForm {
			typed = append(typed, values...)
		}
	}
	var out bytes.Buffer
	z := html.NewTokenizer(bytes.NewReader(page))
	ours, inArea := false, false
	goes := func(text string, field bool) bool {
		return marked(text) || field && ours && slices.Contains(typed, strings.TrimSpace(text))
	}
	for z.Next() != html.ErrorToken {
		raw := slices.Clone(z.Raw())
		switch t := z.Token(); t.Type {
		case html.TextToken:
			if goes(t.Data, inArea) {
				raw = nil
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			kind := attribute(t, "type")
			if t.Data == "form" {
				ours = attribute(t, "action") == r.URL.Path
			}
			inArea = t.Data == "textarea"
			for i, a := range t.Attr {
				if goes(a.Val, t.Data == "input" && a.Key == "value" && (kind == "" || kind == "text")) {
					t.Attr[i].Val = ""
					raw = []byte(t.String())
				}
			}
		case html.EndTagToken:
			inArea = false
		}
		out.Write(raw)
	}
	return out.Bytes()
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
