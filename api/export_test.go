package api

import (
	"context"
	"net/http"

	"giaoban/access"
	"giaoban/calendar"

	"github.com/danielgtaylor/huma/v2"
)

// Acts tells of every declared operation what opens it.
func Acts() map[string][]access.Act {
	all := make(map[string][]access.Act)
	for _, room := range rooms {
		for _, op := range room {
			all[op.id] = op.acts
		}
	}
	return all
}

// Careless serves one more operation, which takes any day that is sent.
func Careless(c Config) http.Handler {
	mux := http.NewServeMux()
	s := newServer(c, mux)
	type input struct {
		Body struct {
			Due calendar.Date `json:"due" format:"date"`
		}
	}
	huma.Register(s.api, huma.Operation{OperationID: "careless", Method: http.MethodPost, Path: "/api/v1/careless"},
		func(ctx context.Context, in *input) (*body[input], error) { return &body[input]{*in}, nil })
	return gate(mux)
}
