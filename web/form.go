package web

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"

	"giaoban/internal/fault"
	"giaoban/internal/files"
	"giaoban/internal/fold"
	"giaoban/library"
)

const (
	mostFormBytes = 4 << 20  // the text of a form: a long report is some hundred kilobytes
	mostFileBytes = 50 << 20 // one file
	mostFiles     = 20       // in one form
)

// Upload is one file of a form, already on disk and already looked at.
type Upload struct {
	Name   string
	Stored files.Stored
}

type uploadsKey struct{}

// uploads gives the files that came under a form field.
func (s *site) uploads(r *http.Request, field string) []Upload {
	all, _ := r.Context().Value(uploadsKey{}).(map[string][]Upload)
	return all[field]
}

// readForm reads the whole form. Files go to the store one by one while they arrive and are looked at there: a paper
// that must not enter is removed again before any row knows of it. When a file is refused the typed text survives.
func (s *site) readForm(w http.ResponseWriter, r *http.Request) (*http.Request, error) {
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		r.Body = http.MaxBytesReader(w, r.Body, mostFormBytes)
		if err := r.ParseForm(); err != nil {
			return r, tooLargeOr(err)
		}
		return r, cleanForm(r)
	}
	r.Body = http.MaxBytesReader(w, r.Body, mostFormBytes+mostFiles*mostFileBytes)
	reader := multipart.NewReader(r.Body, params["boundary"])
	r.PostForm, r.Form = url.Values{}, r.URL.Query()
	uploads := make(map[string][]Upload)
	count, textBytes := 0, int64(0)
	var refused error
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return r, tooLargeOr(err)
		}
		field, name := part.FormName(), part.FileName()
		if name == "" {
			text, err := io.ReadAll(io.LimitReader(part, mostFormBytes+1-textBytes))
			if err != nil {
				return r, tooLargeOr(err)
			}
			if textBytes += int64(len(text)); textBytes > mostFormBytes {
				return r, tooLarge()
			}
			r.PostForm.Add(field, string(text))
			r.Form.Add(field, string(text))
			continue
		}
		if count++; count > mostFiles {
			return r, fault.TooLarge(field, "Mỗi lần chỉ gửi được %d tệp. Xin chia thành nhiều lần.", mostFiles)
		}
		if count == 1 && !s.look(r).SignedIn() { // nobody fills our disk without an account
			return r, fault.SignIn("Phiên làm việc đã hết. Xin đăng nhập lại rồi gửi tệp.")
		}
		upload, err := s.keep(r.Context(), field, name, part)
		if err != nil {
			if fault.Of(err) == nil {
				return r, err
			}
			refused = err
			continue
		}
		uploads[field] = append(uploads[field], upload)
	}
	if err := cleanForm(r); err != nil {
		return r, err
	}
	ctx := context.WithValue(r.Context(), uploadsKey{}, uploads)
	if refused != nil {
		ctx = context.WithValue(ctx, refusedKey{}, refused)
	}
	return r.WithContext(ctx), nil
}

type refusedKey struct{}

// refusedUpload is why a file of this form was not taken; page functions that take files ask it first.
func refusedUpload(r *http.Request) error {
	err, _ := r.Context().Value(refusedKey{}).(error)
	return err
}

func (s *site) keep(ctx context.Context, field, name string, part io.Reader) (Upload, error) {
	stored, err := s.Files.Keep(part, mostFileBytes)
	if err != nil {
		return Upload{}, err
	}
	f, err := s.Files.Reader(stored.SHA256)
	if err != nil {
		return Upload{}, err
	}
	defer f.Close()
	if err := library.Refuse(ctx, name, stored, f); err != nil {
		if !stored.Known { // an identical file that was taken earlier stays
			if removeErr := s.Files.Remove(stored.SHA256); removeErr != nil {
				return Upload{}, removeErr
			}
		}
		return Upload{}, err
	}
	return Upload{Name: name, Stored: stored}, nil
}

func tooLarge() error {
	return fault.TooLarge("", "Nội dung gửi lên quá lớn. Phần chữ tối đa %d MB, mỗi tệp tối đa %d MB.", mostFormBytes>>20, mostFileBytes>>20)
}

func tooLargeOr(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return tooLarge()
	}
	return fault.Invalid("", "Nội dung gửi lên bị đứt giữa chừng. Xin gửi lại.")
}

// cleanForm refuses what is not text; everything else is normalised once, at the edge.
func cleanForm(r *http.Request) error {
	if field, bad := hasNUL(r.Form); bad {
		return fault.Invalid(field, "Nội dung có ký tự NUL, không phải văn bản. Xin xóa ký tự lạ rồi gửi lại.")
	}
	for _, form := range []url.Values{r.Form, r.PostForm} {
		for field, values := range form {
			if slices.Contains(secretInputs, field) { // a password is what was typed, to the letter
				continue
			}
			for i, v := range values {
				values[i] = fold.Clean(v)
			}
		}
	}
	return nil
}

// secretInputs are neither cleaned nor ever told back.
var secretInputs = []string{"password", "current", "again", "form_token"}

func hasNUL(form url.Values) (field string, bad bool) {
	for field, values := range form {
		if fold.HasNUL(field) {
			return "", true
		}
		for _, v := range values {
			if fold.HasNUL(v) {
				return field, true
			}
		}
	}
	return "", false
}

// mask makes the form token different in every page, so that compression of the page does not give it away.
func mask(token string) string {
	pad := make([]byte, len(token))
	rand.Read(pad)
	out := append([]byte(nil), pad...)
	for i := range pad {
		out = append(out, pad[i]^token[i])
	}
	return base64.RawURLEncoding.EncodeToString(out)
}

func unmask(s string) string {
	both, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(both)%2 != 0 {
		return ""
	}
	n := len(both) / 2
	token := make([]byte, n)
	for i := range token {
		token[i] = both[i] ^ both[n+i]
	}
	return string(token)
}
