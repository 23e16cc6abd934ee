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

// withoutRefused takes out of a page that comes back what it still holds of the refused fields, wherever its template put
// it: in a field, in a sentence, line by line.
func withoutRefused(page []byte, r *http.Request, names []string) []byte {
	whole := slices.Contains(names, wholeForm)
	var pieces []string
	for name, values := range r.PostForm {
		if !slices.Contains(secretInputs, name) && (whole || slices.Contains(names, name)) {
			for _, value := range values {
				pieces = append(pieces, oneLine(value))
				for line := range strings.Lines(value) {
					pieces = append(pieces, oneLine(line))
				}
			}
		}
	}
	pieces = slices.DeleteFunc(pieces, func(piece string) bool { return piece == "" })
	marks := slices.DeleteFunc(slices.Clone(pieces), func(piece string) bool { return !marked(piece) })
	clean := func(text string, written bool) string {
		if marked(text) || written && slices.Contains(pieces, oneLine(text)) {
			return ""
		}
		for _, mark := range marks {
			text = strings.ReplaceAll(text, mark, "…")
		}
		return text
	}
	var out bytes.Buffer
	z := html.NewTokenizer(bytes.NewReader(page))
	ours := false // inside the form that was sent
	for z.Next() != html.ErrorToken {
		raw := slices.Clone(z.Raw())
		switch t := z.Token(); t.Type {
		case html.TextToken:
			if text := clean(t.Data, !whole || ours); text != t.Data {
				raw = []byte(html.EscapeString(text))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			if t.Data == "form" {
				ours = attribute(t, "action") == r.URL.Path
			}
			kind := attribute(t, "type")
			for i, a := range t.Attr {
				written := t.Data == "input" && a.Key == "value" && (kind == "" || kind == "text")
				if text := clean(a.Val, written && (!whole || ours)); text != a.Val {
					t.Attr[i].Val = text
					raw = []byte(t.String())
				}
			}
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
