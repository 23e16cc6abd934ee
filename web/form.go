package web

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"giaoban/edxml"
	"giaoban/internal/entrance"
	"giaoban/internal/fault"
	"giaoban/internal/files"
	"giaoban/internal/fold"
	"giaoban/library"
	"giaoban/official"
)

const (
	mostOpenBytes = 16 << 10 // a form that is open to everybody
	mostFormBytes = 4 << 20  // the text of a form: a long report is some hundred kilobytes
	mostFileBytes = 50 << 20 // one file
	mostFiles     = 20       // in one form, where a form takes files

	// fieldBytes is what a field costs beside its text, so that a form of empty fields is no larger than one of text.
	fieldBytes = 420
	// aheadBytes may have been read of a file before it is known to be one.
	aheadBytes = 64 << 10

	openPatience = 30 * time.Second
	formPatience = 5 * time.Minute
	filePatience = 30 * time.Minute
)

// Upload is one file of a form: it has arrived and was looked at, and lies outside the store until a page takes it.
type Upload struct {
	Name string
	*files.Spooled
	unread error // it waits for the word of its sender

	packet     *edxml.Packet // that it came in; nil for a file alone
	packetName string
}

// sent is what came with a form beside its text.
type sent struct {
	uploads map[string][]Upload
	refused []error          // why files were not taken
	typed   []official.Field // the form's text as it came
}

type sentKey struct{}

// uploads gives the files that came under a form field.
func (s *site) uploads(r *http.Request, field string) []Upload { return sentWith(r).uploads[field] }

// refusedUpload is why a file of this form was not taken; page functions that take files ask it first.
func refusedUpload(r *http.Request) error {
	if refused := refusedUploads(r); len(refused) > 0 {
		return refused[len(refused)-1]
	}
	return nil
}

// refusedUploads are the reasons for all files that were not taken, for a page that takes the others.
func refusedUploads(r *http.Request) []error { return slices.Clone(sentWith(r).refused) }

func sentWith(r *http.Request) *sent {
	if with, ok := r.Context().Value(sentKey{}).(*sent); ok {
		return with
	}
	return &sent{}
}

// end empties the spool. What a page took stays only when its changes do; when nobody knows whether they do, it is left
// to the round that drops what no row refers to.
func (with *sent) end(err error) {
	f := fault.Of(err)
	for _, uploads := range with.uploads {
		for _, u := range uploads {
			if err != nil && (f == nil || f.Kind != fault.KindBusy) {
				err = errors.Join(err, u.TakeBack())
			}
			if lost := u.Discard(); lost != nil {
				slog.Warn("spool", "error", lost)
			}
		}
	}
}

// meter counts the text of a form as it comes: names, values, heads of parts and what stands between them.
type meter struct {
	io.ReadCloser
	left int64
}

var errOver = errors.New("web: the form is larger than its limit")

func (m *meter) Read(p []byte) (int, error) {
	if m.left < 0 {
		return 0, errOver
	}
	n, err := m.ReadCloser.Read(p[:min(int64(len(p)), m.left+1)])
	if m.left -= int64(n); m.left < 0 {
		return n, errOver
	}
	return n, err
}

// broke says why a form did not come whole: beyond its limit the reader of parts tells of torn parts.
func (m *meter) broke(err error) error {
	if m.left < 0 && fault.Of(err) == nil {
		return tooLarge()
	}
	return brokenOff(err)
}

// file is a part whose bytes are not the form's text.
type file struct {
	io.Reader
	of *meter
}

func (f file) Read(p []byte) (int, error) {
	n, err := f.Reader.Read(p)
	f.of.left += int64(n)
	return n, err
}

// limited sets what may be sent to a route before anything of it is read.
func limited(r *http.Request, at route) *meter {
	m := &meter{ReadCloser: r.Body, left: mostFormBytes}
	patience := formPatience
	switch {
	case slices.Contains(at.acts, Everybody):
		m.left, patience = mostOpenBytes, openPatience
	case at.takes > 0:
		patience = filePatience
	}
	entrance.Within(r, patience)
	if at.takes == 0 && r.ContentLength > m.left {
		m.left = -1
	}
	r.Body, r.PostForm, r.Form = m, url.Values{}, r.URL.Query()
	return m
}

// readForm reads the whole form within the route's limit. Files wait in the spool and are looked at there; when one is
// refused the typed text survives. Whoever calls it ends what was sent when the answer is known.
func (s *site) readForm(r *http.Request, at route, who visitor) (*http.Request, *sent, error) {
	with := &sent{uploads: make(map[string][]Upload)}
	m := limited(r, at)
	r = r.WithContext(context.WithValue(r.Context(), sentKey{}, with))
	var err error
	switch kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind {
	case "multipart/form-data":
		m.left += aheadBytes * int64(min(at.takes, 1))
		err = s.readParts(r, multipart.NewReader(r.Body, params["boundary"]), m, at, who, with)
	case "application/x-www-form-urlencoded":
		with.typed, err = readFields(r, m.left)
	}
	if err == nil {
		err = refuseMarked(r, with.typed)
	}
	if err == nil {
		err = cleanForm(r)
	}
	if err == nil {
		err = with.confirm(r.PostForm.Get(library.NoMark) == "1")
	}
	return r, with, err
}

// readFields reads a form that brings no files, and gives its text as it came.
func readFields(r *http.Request, most int64) ([]official.Field, error) {
	text, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, brokenOff(err)
	}
	fields := int64(bytes.Count(text, []byte("&")) + 1)
	if int64(len(text))+(fields-1)*fieldBytes > most {
		return nil, tooLarge()
	}
	form, err := url.ParseQuery(string(text))
	if err != nil {
		return nil, brokenOff(err)
	}
	for field, values := range form {
		r.PostForm[field] = values
		r.Form[field] = slices.Concat(values, r.Form[field])
	}
	return typedFields(string(text)), nil
}

func (s *site) readParts(r *http.Request, reader *multipart.Reader, m *meter, at route, who visitor, with *sent) error {
	count := 0
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return m.broke(err)
		}
		m.left -= fieldBytes
		field, name := part.FormName(), part.FileName()
		if name == "" {
			text, err := io.ReadAll(part)
			if err != nil {
				return m.broke(err)
			}
			with.typed = append(with.typed, official.Field{Name: field, Value: string(text)})
			r.PostForm.Add(field, string(text))
			r.Form[field] = slices.Insert(r.Form[field], len(r.PostForm[field])-1, string(text))
			continue
		}
		if count++; count == 1 {
			if err := mayBringFiles(r, at, who); err != nil {
				return err
			}
		}
		if count > at.takes {
			return fault.TooLarge(field, "Mỗi lần chỉ gửi được %d tệp. Xin chia thành nhiều lần.", at.takes)
		}
		uploads, err := s.received(r.Context(), at, name, file{part, m})
		switch {
		case err == nil:
			with.uploads[field] = append(with.uploads[field], uploads...)
		case fault.Of(err) == nil || fault.Is(err, fault.KindBusy):
			return m.broke(err)
		default:
			with.refused = append(with.refused, err)
		}
	}
}

// mayBringFiles asks before the first byte of a file: nobody fills our disk without an account and a page of ours.
func mayBringFiles(r *http.Request, at route, who visitor) error {
	switch {
	case !who.SignedIn():
		return fault.SignIn("Phiên làm việc đã hết. Xin đăng nhập lại rồi gửi tệp.")
	case !who.session.Valid(unmask(r.PostFormValue("form_token"))):
		return errOldPage
	case at.takes == 0:
		return fault.Invalid("", "Biểu mẫu này không nhận tệp. Xin bỏ tệp ra rồi gửi lại.")
	}
	return nil
}

var errOldPage = fault.Forbidden("Trang đã mở quá lâu nên không còn hợp lệ. Xin tải lại trang rồi gửi lại.")

// received takes what came under one name: a file, or where the form takes packets the files of one.
func (s *site) received(ctx context.Context, at route, name string, part io.Reader) ([]Upload, error) {
	if at.packets && strings.EqualFold(path.Ext(name), edxml.Ending) {
		return s.receivePacket(ctx, name, part)
	}
	upload, err := s.receive(ctx, name, part)
	return []Upload{upload}, err
}

// receive takes a file into the spool and looks at it there.
func (s *site) receive(ctx context.Context, name string, part io.Reader) (Upload, error) {
	spooled, err := s.Files.Spool(part, mostFileBytes)
	if err != nil {
		return Upload{}, err
	}
	f, err := spooled.Open()
	if err == nil {
		defer f.Close()
		err = library.Refuse(ctx, name, spooled.Stored, f)
	}
	if library.Unread(err) {
		return Upload{Name: name, Spooled: spooled, unread: err}, nil
	}
	if err != nil {
		return Upload{}, errors.Join(err, spooled.Discard())
	}
	return Upload{Name: name, Spooled: spooled}, nil
}

func tooLarge() error {
	return fault.TooLarge("", "Nội dung gửi lên quá lớn. Phần chữ tối đa %d MB, mỗi tệp tối đa %d MB.", mostFormBytes>>20, mostFileBytes>>20)
}

// brokenOff says why a form did not come whole.
func brokenOff(err error) error {
	switch {
	case fault.Of(err) != nil:
		return err
	case errors.Is(err, errOver), errors.Is(err, multipart.ErrMessageTooLarge):
		return tooLarge()
	case entrance.Slow(err):
		return fault.Slow("Nội dung gửi lên đến quá chậm nên đã dừng; chưa có gì được ghi. Xin kiểm tra đường truyền rồi gửi lại.")
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
