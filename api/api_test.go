package api_test

import (
	"encoding/json"
	"testing"

	"giaoban/api"
)

func TestDescriptionIsOpenAPI31(t *testing.T) {
	text, err := json.Marshal(api.Description())
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		OpenAPI string                    `json:"openapi"`
		Paths   map[string]map[string]any `json:"paths"`
	}
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	if d.OpenAPI[:3] != "3.1" || len(d.Paths) < 5 {
		t.Errorf("OpenAPI %s with %d paths", d.OpenAPI, len(d.Paths))
	}
}
