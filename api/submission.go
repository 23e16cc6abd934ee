package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"reflect"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/report"

	"github.com/danielgtaylor/huma/v2"
)

// submissionBody is what a body hands in.
type submissionBody struct {
	Body      string             `json:"org" minLength:"1" doc:"Mã cơ quan"`
	Values    map[string]*string `json:"values,omitempty" doc:"Mã chỉ tiêu: số thập phân với dấu chấm, hoặc null"`
	Estimates []string           `json:"estimates,omitempty" doc:"Mã những chỉ tiêu là số ước"`
	Sections  []sectionShape     `json:"sections,omitempty"`
	Notes     map[string]string  `json:"notes,omitempty" doc:"Mã chỉ tiêu: lý do của số cách xa kỳ trước và cùng kỳ năm trước"`
	Nil       bool               `json:"nil,omitempty" doc:"Kỳ này không phát sinh; khi đó không kèm số liệu, nội dung"`
	Reason    string             `json:"reason,omitempty" doc:"Ghi chú của báo cáo không phát sinh"`
}

// submissionInput takes the body as bytes: the description's own check would read the JSON once more, and this is the
// one operation that a whole province calls in the same hour.
type submissionInput struct {
	InPeriod
	Key     string `header:"Idempotency-Key" maxLength:"200" doc:"Gửi lại cùng khóa thì nhận lại cùng biên nhận"`
	RawBody []byte `contentType:"application/json"`
}

var submitActs = []access.Act{access.ApproveReport}

func (s *server) submitReport() {
	registry := s.api.OpenAPI().Components.Schemas
	schema := registry.Schema(reflect.TypeFor[submissionBody](), true, "")
	content := &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{}}
	op := huma.Operation{OperationID: "submitReport", Path: "/reports/{regime}/{period}/submissions", Summary: "Gửi một báo cáo",
		RequestBody: content, SkipValidateBody: true, MaxBodyBytes: 4 << 20, BodyReadTimeout: 30 * time.Second}
	huma.Register(s.api, s.admitted(changing(op), submitActs), func(ctx context.Context, in *submissionInput) (*body[receiptShape], error) {
		p, ok := s.remembered(ctx, in)
		if !ok {
			var err error
			if p, err = snapshot(ctx, s, in, func(tx *db.Tx, by access.Actor, in *submissionInput) (report.Prepared, error) {
				period, input, org, err := in.read(registry, schema)
				if err != nil {
					return report.Prepared{}, err
				}
				return report.Prepare(tx, by, in.Regime, period, org, input)
			}); err != nil {
				return nil, problem(ctx, s.DB, err)
			}
		}
		out, err := change(ctx, s, p, submit)
		if err == nil {
			s.known.Remember(p)
		}
		return out, err
	})
	content.Content["application/json"].Schema = schema // registering has described it as mere bytes
}

// remembered prepares a report whose sender and place are known from before, without a snapshot. Whatever is not right
// is left to the snapshot, which says why; whether the token still holds is asked again by the writer.
func (s *server) remembered(ctx context.Context, in *submissionInput) (p report.Prepared, ok bool) {
	c, _ := ctx.Value(callKey{}).(*call)
	if c == nil {
		return p, false
	}
	by, ok := s.callers.of(c.bearer)
	if !ok {
		return p, false
	}
	period, input, org, err := in.read(nil, nil)
	if err != nil {
		return p, false
	}
	p, ok, err = s.known.Prepare(by, in.Regime, period, org, input)
	return p, ok && err == nil
}

// read takes the request apart. Without a schema a body that cannot be read is not explained.
func (in *submissionInput) read(registry huma.Registry, schema *huma.Schema) (period calendar.Period, input report.Input, org string, err error) {
	if err := official.RefuseSecretJSON(in.RawBody); err != nil {
		return period, input, "", err
	}
	b, err := readSubmission(in.RawBody)
	if err != nil {
		if schema != nil {
			err = explain(in.RawBody, err, registry, schema)
		}
		return period, input, "", err
	}
	if period, err = in.period(); err != nil {
		return period, input, "", err
	}
	input = report.Input{Values: b.Values, Estimates: b.Estimates, Notes: b.Notes, Key: in.Key, Nil: b.Nil, Reason: b.Reason}
	if len(b.Sections) > 0 {
		input.Sections = make([]report.SectionText, len(b.Sections))
		for i, section := range b.Sections {
			input.Sections[i] = report.SectionText{Section: section.Section, Sector: section.Sector, Paragraphs: section.Paragraphs}
		}
	}
	return period, input, b.Body, nil
}

// readSubmission takes what the description allows and nothing else.
func readSubmission(text []byte) (submissionBody, error) {
	if err := plainText(text); err != nil {
		return submissionBody{}, err
	}
	if b, ok := scanSubmission(text); ok {
		return b, nil
	}
	return decodeSubmission(text)
}

func decodeSubmission(text []byte) (b submissionBody, err error) {
	if err := eachOnce(text, reflect.TypeFor[submissionBody]()); err != nil {
		return b, err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&b); err != nil {
		return b, err
	}
	if _, err := d.Token(); err != io.EOF {
		return b, errors.New("sau nội dung JSON còn ký tự thừa")
	}
	if b.Body == "" {
		return b, errors.New("thiếu mục org")
	}
	return b, nil
}

// explain holds what could not be read against the description, so that the answer names the place.
func explain(text []byte, err error, registry huma.Registry, schema *huma.Schema) error {
	if fault.Of(err) != nil {
		return err
	}
	var parsed any
	if broken := json.Unmarshal(text, &parsed); broken != nil {
		return huma.NewError(http.StatusBadRequest, "Nội dung gửi lên không phải JSON.", &huma.ErrorDetail{Message: broken.Error(), Location: "body"})
	}
	found := &huma.ValidateResult{}
	path := huma.NewPathBuffer(nil, 0)
	path.Push("body")
	huma.Validate(registry, schema, path, huma.ModeWriteToServer, parsed, found)
	if len(found.Errors) == 0 {
		found.Errors = append(found.Errors, &huma.ErrorDetail{Message: err.Error(), Location: "body"})
	}
	return huma.NewError(http.StatusUnprocessableEntity, "validation failed", found.Errors...)
}

type receiptShape struct {
	ID      string      `json:"id"`
	Number  string      `json:"number"`
	Body    string      `json:"org"`
	Regime  string      `json:"regime"`
	Period  string      `json:"period"`
	Version int64       `json:"version"`
	At      string      `json:"at" format:"date-time"`
	Late    bool        `json:"late"`
	Hash    string      `json:"hash" doc:"SHA-256 của nội dung"`
	Journal journalHead `json:"journal"`
}

type journalHead struct {
	Size int64  `json:"size"`
	Root string `json:"root"`
}

func submit(tx *db.Tx, by access.Actor, p report.Prepared) (*body[receiptShape], error) {
	r, err := report.Submit(tx, by, p)
	if err != nil {
		return nil, err
	}
	return &body[receiptShape]{receiptShape{ID: string(r.ID), Number: r.Number, Body: r.Body, Regime: r.Regime, Period: r.Period.String(),
		Version: r.Version, At: r.At.RFC3339(), Late: r.Late, Hash: r.Hash, Journal: journalHead(r.Journal)}}, nil
}
