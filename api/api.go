// Package api is the door for chương trình ngoài, other programs: JSON below /api/v1, described by OpenAPI 3.1, explicit
// shapes, one file per room. Bodies go by their codes, decimals are strings, lists are {items, next}.
package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/files"
	"giaoban/journal"
	"giaoban/report"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// Config is what the API needs from the outside.
type Config struct {
	DB    *db.DB
	Files *files.Store

	Address func(kind string, id db.ID) string // where the pages show a record
}

type server struct {
	Config
	api     huma.API
	known   report.Known
	callers callers
}

// Handler serves everything below /api/.
func Handler(c Config) http.Handler {
	mux := http.NewServeMux()
	newServer(c, mux)
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		answer(w, http.StatusNotFound, "Không có địa chỉ này. Danh sách ở /api/openapi.json.")
	})
	return gate(mux)
}

func newServer(c Config, mux *http.ServeMux) *server {
	config := huma.DefaultConfig("Giao Ban", "1")
	config.OpenAPIPath = "/api/openapi"
	config.DocsPath = "" // the usual viewer is loaded from elsewhere; this program fetches nothing from outside
	config.SchemasPath = ""
	config.CreateHooks = nil
	config.Transformers = nil
	config.Info.Description = "Các cơ quan nộp báo cáo, Ban tổng hợp, giao ban và theo dõi nhiệm vụ. Mọi địa chỉ cần mã truy cập: Authorization: Bearer …"
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"bearer": {Type: "http", Scheme: "bearer"}}
	config.Security = []map[string][]string{{"bearer": {}}}
	config.Formats = map[string]huma.Format{"application/json": plainJSON, "json": plainJSON}
	speakVietnamese()
	s := &server{Config: c, api: humago.New(mux, config)}
	for _, room := range rooms {
		for _, op := range room {
			op.register(s)
		}
	}
	return s
}

// room is what one room offers to other programs, declared once.
type room []operation

// operation is one address and what opens it: any one of its acts. The room's own May is the check that counts; that the
// two say the same is tried in access_test.go.
type operation struct {
	id       string
	acts     []access.Act
	register func(*server)
}

// read declares an operation that changes nothing.
func read[I, O any](op huma.Operation, fn func(tx *db.Tx, by access.Actor, in *I) (*O, error), acts ...access.Act) operation {
	op.Method = http.MethodGet
	return operation{op.OperationID, acts, func(s *server) {
		huma.Register(s.api, described(op), func(ctx context.Context, in *I) (*O, error) {
			out, err := snapshot(ctx, s, in, fn)
			if err != nil {
				return nil, problem(ctx, s.DB, err)
			}
			return out, nil
		})
	}}
}

// addressed is read for an operation that tells where the pages show what it gives.
func addressed[I, O any](op huma.Operation, fn func(s *server, tx *db.Tx, by access.Actor, in *I) (*O, error), acts ...access.Act) operation {
	return operation{op.OperationID, acts, func(s *server) {
		read(op, func(tx *db.Tx, by access.Actor, in *I) (*O, error) { return fn(s, tx, by, in) }).register(s)
	}}
}

// snapshot runs fn for whoever the bearer is, on one moment of the database. What is refused there leaves its trace
// before the answer.
func snapshot[I, O any](ctx context.Context, s *server, in I, fn func(tx *db.Tx, by access.Actor, in I) (O, error)) (out O, err error) {
	var by access.Actor
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		if by, err = s.actor(tx, ctx); err != nil {
			return err
		}
		out, err = fn(tx, by, in)
		return err
	})
	if err != nil && by.Traced(err) {
		if logErr := s.DB.Write(ctx, func(tx *db.Tx) error { return journal.Deny(tx, by, trace(ctx, err)) }); logErr != nil {
			err = logErr // a refusal that leaves no trace is not given
		}
	}
	return out, err
}

// write declares an operation that changes something; it answers after the commit.
func write[I, O any](op huma.Operation, fn func(tx *db.Tx, by access.Actor, in *I) (*O, error), acts ...access.Act) operation {
	return operation{op.OperationID, acts, func(s *server) {
		huma.Register(s.api, s.admitted(changing(op), acts), func(ctx context.Context, in *I) (*O, error) {
			return change(ctx, s, in, func(tx *db.Tx, by access.Actor, in *I) (*O, error) {
				out, err := fn(tx, by, in)
				if err == nil {
					err = askFar(ctx, in, calendar.OfInstant(tx.Clock()))
				}
				return out, err
			})
		})
	}}
}

func change[I, O any](ctx context.Context, s *server, in I, fn func(tx *db.Tx, by access.Actor, in I) (*O, error)) (out *O, err error) {
	var by access.Actor
	err = s.DB.WriteOr(ctx, func(tx *db.Tx) (err error) {
		if by, err = s.actor(tx, ctx); err != nil {
			return err
		}
		out, err = fn(tx, by, in)
		return err
	}, func(tx *db.Tx, err error) error {
		if !by.Traced(err) {
			return nil
		}
		return journal.Deny(tx, by, trace(ctx, err))
	})
	if err != nil {
		return nil, problem(ctx, s.DB, err)
	}
	return out, nil
}

// changing describes an operation that writes: POST unless it says otherwise, 201 when it succeeds.
func changing(op huma.Operation) huma.Operation {
	if op.Method == "" {
		op.Method = http.MethodPost
	}
	if op.DefaultStatus == 0 {
		op.DefaultStatus = http.StatusCreated
	}
	op.Parameters = append(op.Parameters, &confirmHeader)
	return described(op)
}

// described adds what every operation may answer.
func described(op huma.Operation) huma.Operation {
	op.Path = "/api/v1" + op.Path
	op.Errors = append(op.Errors, 401, 403, 404, 422, 500, 503)
	if op.Method != http.MethodGet {
		op.Errors = append(op.Errors, 400, 408, 409, 412, 413, 415)
	}
	return op
}

// problem is the only place where errors become HTTP: problem details, one entry per thing to mend.
func problem(ctx context.Context, d *db.DB, err error) error {
	var already huma.StatusError
	if errors.As(err, &already) {
		return err
	}
	f := fault.Of(err)
	if f == nil {
		if ctx.Err() != nil {
			return huma.NewError(499, "Yêu cầu đã bị hủy.")
		}
		code := strings.ToUpper(string(d.NewID()[18:]))
		slog.Error("api", "door", door(ctx), "code", code, "error", err)
		return huma.NewError(http.StatusInternalServerError, "Hệ thống gặp lỗi. Mã tra cứu "+code+".")
	}
	details := make([]error, len(f.Problems))
	for i, p := range f.Problems {
		details[i] = &huma.ErrorDetail{Message: p.Sentence, Location: p.Field}
	}
	return huma.NewError(f.Kind.Status(), f.Error(), details...)
}

// page is a list with the way to its next part.
type page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next" doc:"Gửi lại trong cursor để lấy phần sau; rỗng là hết."`
}

// body wraps a JSON answer.
type body[T any] struct{ Body T }
