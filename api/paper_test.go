package api_test

import (
	"slices"
	"testing"

	"giaoban/paper"
)

// enumOf are the values that the description allows a field to have.
func enumOf(schema map[string]any) (all []string) {
	values, _ := schema["enum"].([]any)
	for _, v := range values {
		all = append(all, v.(string))
	}
	return all
}

// The description knows every kind and every state that a paper may have, in the room's own order, and filters by each.
func TestTheDescriptionKnowsEveryKindOfPaper(t *testing.T) {
	var kinds, states []string
	for _, k := range paper.Kinds {
		kinds = append(kinds, string(k))
	}
	for _, s := range paper.States {
		states = append(states, string(s))
	}
	shape, _ := description().schemas["PaperShape"].(map[string]any)
	fields, _ := shape["properties"].(map[string]any)
	for name, want := range map[string][]string{"kind": kinds, "state": states} {
		field, _ := fields[name].(map[string]any)
		if got := enumOf(field); !slices.Equal(got, want) {
			t.Errorf("a paper's %s is described as one of %q, the room has %q", name, got, want)
		}
	}
	eachOffice(t, func(t *testing.T, o *office) {
		for _, query := range []string{"", "?kind=", "?kind=QĐ", "?kind=PC&state=kept", "?state=withdrawn"} {
			o.must(200, "officer", "GET", "/api/v1/papers"+query, nil)
		}
		o.must(422, "officer", "GET", "/api/v1/papers?kind=XX", nil)
	})
}
