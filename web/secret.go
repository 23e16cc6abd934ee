package web

import (
	"net/http"
	"net/url"
	"strings"

	"giaoban/internal/fold"
	"giaoban/official"
)

// unchecked are fields whose value is never stored as it was typed.
func unchecked(field string) bool {
	switch field {
	case "password", "current", "again", "form_token":
		return true
	}
	return false
}

// typedFields gives the values of an urlencoded body in the order in which they came; what cannot be read is left to the
// one who reads the form.
func typedFields(body string) (all []official.Field) {
	for body != "" {
		var pair string
		pair, body, _ = strings.Cut(body, "&")
		name, value, _ := strings.Cut(pair, "=")
		name, errName := url.QueryUnescape(name)
		value, errValue := url.QueryUnescape(value)
		if errName == nil && errValue == nil {
			all = append(all, official.Field{Name: name, Value: value})
		}
	}
	return all
}

// refuseMarked looks for marks of secrecy in the address and the form as they came and as they will be kept. Every form of
// every page passes here; no room needs to remember which of its fields are typed.
func refuseMarked(r *http.Request, fields []official.Field) error {
	raw := append([]official.Field{{Value: r.URL.Path}}, typedFields(r.URL.RawQuery)...)
	for _, f := range fields {
		if !unchecked(f.Name) {
			raw = append(raw, f)
		}
	}
	if err := official.RefuseSecretForm(raw); err != nil {
		return err
	}
	changed := false
	for i, f := range raw {
		raw[i].Value = fold.Clean(f.Value)
		changed = changed || raw[i].Value != f.Value
	}
	if !changed {
		return nil
	}
	return official.RefuseSecretForm(raw)
}

// confirm takes the files whose pages only an eye can read when their sender says that they bear no mark of secrecy; it is
// asked when the whole form is there, for the box may come after the files. What is not confirmed is gone.
func (with *sent) confirm(word bool) error {
	for field, all := range with.uploads {
		kept := all[:0]
		for _, u := range all {
			if u.unread != nil {
				if u.Confirmed = word; !word {
					with.refused = append(with.refused, u.unread)
					if err := u.Discard(); err != nil {
						return err
					}
					continue
				}
			}
			kept = append(kept, u)
		}
		with.uploads[field] = kept
	}
	return nil
}
