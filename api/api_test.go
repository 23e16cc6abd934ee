package api_test

import (
	"strings"
	"testing"
)

func TestDescriptionIsOpenAPI31(t *testing.T) {
	d := description()
	if !strings.HasPrefix(d.version, "3.1") || len(d.operations) < 20 {
		t.Errorf("OpenAPI %s with %d operations", d.version, len(d.operations))
	}
	for _, op := range d.operations {
		for _, status := range []string{"401", "403", "404", "422", "500", "503"} {
			if op.responses[status] == nil {
				t.Errorf("%s does not say that it may answer %s", op.id, status)
			}
		}
		if op.method == "POST" && (op.responses["201"] == nil || op.responses["409"] == nil) {
			t.Errorf("%s writes, but does not describe 201 and 409", op.id)
		}
	}
}

func TestAnAddressThatIsNoneSaysWhereTheListIs(t *testing.T) {
	o := &office{t: t, handler: newHandler(), tokens: map[string]string{"x": "x"}}
	if r := o.must(404, "x", "GET", "/api/v1/nothing", nil); !strings.Contains(r.body, "/api/openapi.json") {
		t.Errorf("%s", r.body)
	}
	o.must(401, "", "GET", "/api/v1/nothing", nil)
}
