package api_test

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"time"

	"giaoban/api"
)

// document is the OpenAPI file as a stranger reads it: nothing here knows how the program made it.
type document struct {
	version    string
	operations []*operation
	schemas    map[string]any
}

type operation struct {
	id, method, path string
	segments         []string
	responses        map[string]any
	request          any // schema of the body; nil for none
	doc              *document
}

var description = sync.OnceValue(func() *document {
	w := httptest.NewRecorder()
	api.Handler(api.Config{}).ServeHTTP(w, httptest.NewRequest("GET", "/api/openapi.json", nil))
	var d struct {
		OpenAPI    string                               `json:"openapi"`
		Paths      map[string]map[string]map[string]any `json:"paths"`
		Components struct {
			Schemas map[string]any `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil {
		panic(fmt.Sprintf("%d %s: %v", w.Code, w.Body.String(), err))
	}
	out := &document{version: d.OpenAPI, schemas: d.Components.Schemas}
	for path, methods := range d.Paths {
		for method, op := range methods {
			responses, _ := op["responses"].(map[string]any)
			id, _ := op["operationId"].(string)
			body, _ := op["requestBody"].(map[string]any)
			content, _ := body["content"].(map[string]any)
			media, _ := content["application/json"].(map[string]any)
			out.operations = append(out.operations, &operation{id: id, method: strings.ToUpper(method), path: path,
				segments: strings.Split(path, "/"), responses: responses, request: media["schema"], doc: out})
		}
	}
	slices.SortFunc(out.operations, func(a, b *operation) int { return strings.Compare(a.id, b.id) })
	return out
})

// lists reports whether the operation answers with a list that is read part by part.
func (op *operation) lists() bool {
	ok, _ := op.responses["200"].(map[string]any)
	content, _ := ok["content"].(map[string]any)
	media, _ := content["application/json"].(map[string]any)
	schema, _ := media["schema"].(map[string]any)
	ref, _ := schema["$ref"].(string)
	shape, _ := op.doc.schemas[strings.TrimPrefix(ref, "#/components/schemas/")].(map[string]any)
	properties, _ := shape["properties"].(map[string]any)
	return properties["items"] != nil && properties["next"] != nil
}

func (d *document) find(method, path string) *operation {
	segments := strings.Split(path, "/")
	for _, op := range d.operations {
		if op.method != method || len(op.segments) != len(segments) {
			continue
		}
		fits := true
		for i, s := range op.segments {
			fits = fits && (s == segments[i] || strings.HasPrefix(s, "{"))
		}
		if fits {
			return op
		}
	}
	return nil
}

// check holds an answer against what the description says of its status, and gives what does not fit.
func (op *operation) check(status int, contentType string, body []byte) []string {
	response, ok := op.responses[fmt.Sprint(status)].(map[string]any)
	if !ok {
		if response, ok = op.responses["default"].(map[string]any); !ok {
			return []string{"the description does not know this status"}
		}
	}
	content, _ := response["content"].(map[string]any)
	kind, _, _ := strings.Cut(contentType, ";")
	media, ok := content[kind].(map[string]any)
	if !ok {
		return []string{"the description does not know the type " + contentType}
	}
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return []string{err.Error()}
	}
	var wrong []string
	op.doc.hold(media["schema"], value, "$", &wrong)
	return wrong
}

// checkRequest holds a body that was accepted against the description.
func (op *operation) checkRequest(body []byte) []string {
	if len(body) == 0 {
		return nil
	}
	if op.request == nil {
		return []string{"the description knows no body"}
	}
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return []string{err.Error()}
	}
	var wrong []string
	op.doc.hold(op.request, value, "body", &wrong)
	return wrong
}

// hold compares a value with a schema: the part of JSON Schema that this description uses.
func (d *document) hold(schema, value any, at string, wrong *[]string) {
	add := func(format string, args ...any) { *wrong = append(*wrong, at+": "+fmt.Sprintf(format, args...)) }
	s, ok := schema.(map[string]any)
	if !ok {
		if schema != true {
			add("no schema")
		}
		return
	}
	if ref, ok := s["$ref"].(string); ok {
		d.hold(d.schemas[strings.TrimPrefix(ref, "#/components/schemas/")], value, at, wrong)
		return
	}
	var types []string
	switch t := s["type"].(type) {
	case string:
		types = []string{t}
	case []any:
		for _, one := range t {
			types = append(types, one.(string))
		}
	}
	if len(types) > 0 && !slices.Contains(types, typeOf(value)) && !(typeOf(value) == "integer" && slices.Contains(types, "number")) {
		add("is %s, described as %v", typeOf(value), types)
		return
	}
	if enum, ok := s["enum"].([]any); ok && value != nil && !slices.Contains(enum, value) {
		add("%v is none of %v", value, enum)
	}
	switch v := value.(type) {
	case string:
		switch s["format"] {
		case "date":
			if _, err := time.Parse(time.DateOnly, v); err != nil {
				add("%q is no date", v)
			}
		case "date-time":
			if _, err := time.Parse(time.RFC3339Nano, v); err != nil {
				add("%q is no instant", v)
			}
		}
	case []any:
		for i, item := range v {
			d.hold(s["items"], item, fmt.Sprintf("%s[%d]", at, i), wrong)
		}
	case map[string]any:
		properties, _ := s["properties"].(map[string]any)
		required, _ := s["required"].([]any)
		for _, name := range required {
			if _, ok := v[name.(string)]; !ok {
				add("lacks %v", name)
			}
		}
		for name, item := range v {
			if property, ok := properties[name]; ok {
				d.hold(property, item, at+"."+name, wrong)
			} else if extra, ok := s["additionalProperties"].(map[string]any); ok {
				d.hold(extra, item, at+"."+name, wrong)
			} else if s["additionalProperties"] == false {
				add("has %s, which is not described", name)
			}
		}
	}
}

func typeOf(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case float64:
		if v == math.Trunc(v) {
			return "integer"
		}
		return "number"
	case []any:
		return "array"
	}
	return "object"
}
