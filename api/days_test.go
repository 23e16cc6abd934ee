package api_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"giaoban/api"
)

// days are the fields of a body that the description calls dates.
func (op *operation) days() (names []string) {
	schema, _ := op.request.(map[string]any)
	if ref, ok := schema["$ref"].(string); ok {
		schema, _ = op.doc.schemas[strings.TrimPrefix(ref, "#/components/schemas/")].(map[string]any)
	}
	properties, _ := schema["properties"].(map[string]any)
	for name, p := range properties {
		if p, _ := p.(map[string]any); p["format"] == "date" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Every field that the description calls a date, with a day of the year 9999 and of 2122: none is taken without the
// header that says it is meant, whatever body it comes in.
func TestNoFarDayIsTakenWithoutAsking(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		all := doors(o)
		fields, asked := 0, 0
		for _, op := range description().operations {
			d, days := all[op.id], op.days()
			path := strings.NewReplacer(append(d.at, "{regime}", "thang", "{period}", "2022-03")...).Replace(op.path)
			for _, name := range days {
				fields++
				for _, day := range []string{"9999-12-31", "2122-01-01"} {
					body := m{}
					if typed, ok := d.body.(m); ok {
						body = maps.Clone(typed)
					}
					body[name] = day
					r := o.call("officer", op.method, path, body)
					if complaint := takesFar(r); complaint != "" {
						t.Errorf("%s with %s %s: %s", op.id, name, day, complaint)
					}
					if strings.Contains(r.body, "Confirm-Dates: "+day) {
						asked++
						if !strings.Contains(r.body, "body."+name) {
							t.Errorf("%s does not say which field is asked about: %s", op.id, r.body)
						}
					}
				}
			}
		}
		if fields < 6 || asked < fields {
			t.Errorf("%d fields, asked %d times", fields, asked)
		}
		t.Logf("%d fields of dates, %d questions", fields, asked)

		meant := m{"regime": "thang", "period": "2022-01", "held_on": "2031-01-07"}
		o.must(422, "officer", "POST", "/api/v1/briefings", meant)
		if r := o.call("officer", "POST", "/api/v1/briefings", meant, "Confirm-Dates", "2031-01-08"); r.status != 422 {
			t.Errorf("another day's confirmation counts: %d %s", r.status, r.body)
		}
		if r := o.call("officer", "POST", "/api/v1/briefings", meant, "Confirm-Dates", "2030-12-31, 2031-01-07"); r.status != 201 {
			t.Errorf("a day that is meant: %d %s", r.status, r.body)
		}
		o.handler = api.Careless(api.Config{DB: o.db, Address: address})
		if complaint := takesFar(o.call("officer", "POST", "/api/v1/careless", m{"due": "9999-12-31"})); complaint == "" {
			t.Error("an operation that takes any day is not found")
		} else {
			t.Log("planted: " + complaint)
		}
	})
}

func takesFar(r reply) string {
	if r.status < 400 || r.status >= 500 {
		return "a far day is taken without asking: " + short(r.body)
	}
	return ""
}
