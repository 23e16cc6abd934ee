package api

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/entrance"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/people"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"
)

// call is what the gate knows of a request beside its input.
type call struct {
	bearer, door, from string
	meant              []string // far days that the caller says are meant
}

type callKey struct{}

// gate lets through what can be a request of this API: with a bearer, in text that both databases can hold. It looks
// before any body is read.
func gate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		if !plain(r) {
			answer(w, http.StatusUnprocessableEntity, "Địa chỉ hoặc tiêu đề có ký tự không phải văn bản UTF-8.")
			return
		}
		if err := official.RefuseSecretForm([]official.Field{{Value: r.URL.Path}, {Value: unescaped(r.URL.RawQuery)},
			{Value: r.Header.Get("Idempotency-Key")}}); err != nil {
			h.Set("Connection", "close")
			answer(w, http.StatusUnprocessableEntity, err.Error())
			return
		}
		bearer, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		bearer = strings.TrimSpace(bearer)
		if bearer == "" && strings.HasPrefix(r.URL.Path, "/api/v1/") {
			h.Set("WWW-Authenticate", "Bearer")
			h.Set("Connection", "close") // nothing of a stranger's body is read
			answer(w, http.StatusUnauthorized, noBearer)
			return
		}
		entrance.Within(r, bodyPatience)
		c := &call{bearer, r.Method + " " + r.URL.Path, entrance.Client(r),
			strings.FieldsFunc(r.Header.Get(confirmDates), func(c rune) bool { return c == ',' || c == ' ' })}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), callKey{}, c)))
	})
}

// bodyPatience is for any body; an operation may allow less.
const bodyPatience = 30 * time.Second

const noBearer = "Cần mã truy cập: gửi kèm Authorization: Bearer … (lập bằng lệnh giaoban token add)."

func plain(r *http.Request) bool {
	for _, text := range []string{r.URL.Path, unescaped(r.URL.RawQuery), r.Header.Get("Idempotency-Key")} {
		if strings.IndexByte(text, 0) >= 0 || !utf8.ValidString(text) {
			return false
		}
	}
	return true
}

func unescaped(query string) string {
	if strings.Contains(query, "%") {
		if text, err := url.QueryUnescape(query); err == nil {
			return text
		}
	}
	return query
}

// answer is a problem before any operation was chosen.
func answer(w http.ResponseWriter, status int, sentence string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(newError(status, sentence))
}

// bearer is a token's actor as the writers of one commit share it: what is revoked in that same commit was still in
// force when the others began.
type bearer struct{ by access.Actor }

func (b bearer) Copy() db.Held       { return b }
func (bearer) Flush(tx *db.Tx) error { return nil }

// actor resolves the bearer, again in the writer: a token may have been revoked since the snapshot.
func (s *server) actor(tx *db.Tx, ctx context.Context) (access.Actor, error) {
	c, _ := ctx.Value(callKey{}).(*call)
	if c == nil || c.bearer == "" {
		return access.Nobody, fault.SignIn(noBearer)
	}
	by, err := access.Nobody, error(nil)
	if tx.ReadOnly() {
		by, err = people.TokenActor(tx, c.bearer)
	} else {
		var held db.Held
		if held, err = tx.Hold("api.bearer:"+c.bearer, func(tx *db.Tx) (db.Held, error) {
			by, err := people.TokenActor(tx, c.bearer)
			return bearer{by}, err
		}); err == nil {
			by = held.(bearer).by
		}
	}
	if err == nil && !by.SignedIn() {
		s.callers.forget(c.bearer)
		return by, fault.SignIn("Mã truy cập không đúng hoặc đã thu hồi.")
	}
	if err == nil {
		s.callers.remember(c.bearer, by)
	}
	return by, err
}

// callers remembers whose bearer was whose. It only serves to read and check a report before the writer asks anew.
type callers struct {
	mu    sync.RWMutex
	known map[string]access.Actor
}

// mostCallers is more than a province has programs.
const mostCallers = 10_000

func (c *callers) of(bearer string) (access.Actor, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	by, ok := c.known[bearer]
	return by, ok
}

func (c *callers) remember(bearer string, by access.Actor) {
	if was, ok := c.of(bearer); ok && was == by {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil || len(c.known) >= mostCallers {
		c.known = make(map[string]access.Actor)
	}
	c.known[bearer] = by
}

func (c *callers) forget(bearer string) {
	if _, ok := c.of(bearer); !ok {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.known, bearer)
}

func door(ctx context.Context) string {
	if c, _ := ctx.Value(callKey{}).(*call); c != nil {
		return c.door
	}
	return ""
}

// trace is what a refusal leaves in the journal.
func trace(ctx context.Context, err error) journal.Refusal {
	t := journal.Refusal{Door: door(ctx), Reason: err.Error()}
	if c, _ := ctx.Value(callKey{}).(*call); c != nil {
		t.From = c.from
	}
	return t
}

// admitted goes before an operation that takes a body: who sends it, and whether anybody of that role may at all, is
// asked before a byte of it is read. The room's own May, on the record, stays the check that counts.
func (s *server) admitted(op huma.Operation, acts []access.Act) huma.Operation {
	op.Middlewares = append(op.Middlewares, func(hc huma.Context, next func(huma.Context)) {
		ctx := hc.Context()
		if c, _ := ctx.Value(callKey{}).(*call); c != nil {
			if by, ok := s.callers.of(c.bearer); ok && open(by, acts) == nil {
				next(hc)
				return
			}
		}
		if _, err := snapshot(ctx, s, acts, func(tx *db.Tx, by access.Actor, acts []access.Act) (none struct{}, err error) {
			return none, open(by, acts)
		}); err != nil {
			hc.SetHeader("Connection", "close")
			refused := problem(ctx, s.DB, err)
			if known, ok := errors.AsType[*huma.ErrorModel](refused); ok {
				huma.WriteErr(s.api, hc, known.Status, known.Detail)
			}
			return
		}
		next(hc)
	})
	return op
}

// open says whether anybody of this role may do one of acts for any body.
func open(by access.Actor, acts []access.Act) (refused error) {
	for _, act := range acts {
		err := by.May(act, by.Body)
		if err == nil {
			return nil
		}
		refused = cmp.Or(refused, err)
	}
	return refused
}

// newError makes problem details without giving back what was sent: a text that was refused stays out of every log.
func newError(status int, sentence string, errs ...error) huma.StatusError {
	switch { // the framework's own words
	case status == http.StatusBadRequest && refusedText(errs):
		status = http.StatusUnprocessableEntity
		sentence = "Nội dung gửi lên có chỗ không được nhận."
	case sentence == "validation failed":
		sentence = "Nội dung gửi lên không đúng mô tả ở /api/openapi.json."
	case sentence == "request body is required":
		sentence = "Cần nội dung JSON theo mô tả ở /api/openapi.json."
	case status == http.StatusRequestEntityTooLarge:
		sentence = "Nội dung gửi lên quá lớn; hãy chia nhỏ."
	case status == http.StatusRequestTimeout:
		sentence = "Chờ nội dung gửi lên quá lâu; hãy gửi lại."
	}
	details := make([]*huma.ErrorDetail, 0, min(len(errs), mostProblems+1))
	for i, err := range errs {
		if i == mostProblems {
			details = append(details, &huma.ErrorDetail{Message: fmt.Sprintf("và %d chỗ nữa", len(errs)-i)})
			break
		}
		detail := &huma.ErrorDetail{Message: err.Error()}
		if d, ok := err.(huma.ErrorDetailer); ok {
			detail.Message, detail.Location = d.ErrorDetail().Message, d.ErrorDetail().Location
		}
		detail.Message, detail.Location = fold.Cut(detail.Message, longestMessage), fold.Cut(detail.Location, longestPlace)
		details = append(details, detail)
	}
	return &huma.ErrorModel{Status: status, Title: http.StatusText(status), Detail: fold.Cut(sentence, longestDetail), Errors: details}
}

// refusedText tells text that was refused from text that is no JSON: the framework knows only one status for both.
func refusedText(errs []error) bool {
	for _, err := range errs {
		if d, ok := err.(*huma.ErrorDetail); ok {
			if text, ok := d.Value.(string); ok && d.Location == "body" && refuseText([]byte(text), nil) != nil {
				return true
			}
		}
	}
	return false
}

// An answer is bounded, whatever was sent: so many problems, and so many runes of each.
const (
	mostProblems   = 50
	longestDetail  = 2000
	longestMessage = 500
	longestPlace   = 200
)

// plainJSON is JSON that means the same to every reader.
var plainJSON = huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: func(text []byte, v any) error {
	if err := refuseText(text, reflect.TypeOf(v)); err != nil {
		return err
	}
	if err := official.RefuseSecretJSON(text); err != nil {
		return err
	}
	return json.Unmarshal(text, v)
}}

// speakVietnamese gives the framework, which is one for the whole process, the words of its checks.
var speakVietnamese = sync.OnceFunc(func() {
	huma.NewError = newError
	huma.ValidateStrictCasing = true
	validation.MsgUnexpectedProperty = "không có mục này; hãy bỏ đi"
	validation.MsgExpectedRFC3339Date = "cần ngày dạng 2022-03-16"
	validation.MsgExpectedBoolean = "cần true hoặc false"
	validation.MsgExpectedNumber = "cần số"
	validation.MsgExpectedInteger = "cần số nguyên"
	validation.MsgExpectedString = "cần văn bản trong dấu nháy kép"
	validation.MsgExpectedArray = "cần danh sách"
	validation.MsgExpectedObject = "cần một đối tượng {…}"
	validation.MsgExpectedOneOf = "chỉ nhận một trong: \"%s\""
	validation.MsgExpectedMinimumNumber = "nhỏ nhất là %v"
	validation.MsgExpectedMaximumNumber = "lớn nhất là %v"
	validation.MsgExpectedMinLength = "ngắn nhất %d ký tự"
	validation.MsgExpectedMaxLength = "dài nhất %d ký tự"
	validation.MsgExpectedMinItems = "cần ít nhất %d mục"
	validation.MsgExpectedMaxItems = "nhiều nhất %d mục"
	validation.MsgExpectedRequiredProperty = "thiếu mục %s"
})
