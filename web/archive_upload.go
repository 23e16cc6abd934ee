package web

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"

	"giaoban/access"
	"giaoban/archive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/library"
)

const (
	mostOldFiles = 200 // in one form
	mostOldBytes = 600 << 20
)

// takeOldFiles takes many files in one form. They are stored, looked at and read while they arrive, outside any
// transaction, and entered in chunks; one that is refused stops none of the others.
func (s *site) takeOldFiles(w http.ResponseWriter, r *http.Request) {
	who := s.look(r)
	result, err := s.feedOldFiles(w, r)
	reply := Reply{}
	switch {
	case err != nil && fault.Is(err, fault.KindInvalid):
		// The page with the form again, and what is wrong above it.
		if lost := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
			reply, err = s.oldFiles(tx, who.Actor, &http.Request{Method: http.MethodGet, URL: r.URL})
			return err
		}); lost != nil {
			reply = Reply{}
		}
	case err == nil && result.Batch != "":
		reply.To = address("batch", result.Batch)
	case err == nil:
		reply = Reply{Page: "archive/batch", Data: batchPage{Batch: archive.Batch{Found: len(result.Lines), Read: len(result.Lines),
			Known: result.Known, Refused: result.Refused}, Lines: result.Lines}}
		if result.Known == 0 {
			reply.Status = http.StatusUnprocessableEntity
		}
	}
	s.send(w, r, who, reply, err)
}

func (s *site) feedOldFiles(w http.ResponseWriter, r *http.Request) (archive.Result, error) {
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		r.Body = http.MaxBytesReader(w, r.Body, mostFormBytes)
		if err := r.ParseForm(); err != nil {
			return archive.Result{}, tooLargeOr(err)
		}
		if err := refuseMarked(r, typedFields(r.PostForm.Encode())); err != nil {
			return archive.Result{}, err
		}
		if err := s.mayFeed(r, r.PostFormValue("form_token"), nil); err != nil {
			return archive.Result{}, err
		}
		return archive.Result{}, fault.Invalid("files", "Chưa chọn tệp nào. Hãy chọn các tệp .txt, .html, .docx hoặc .pdf.")
	}
	r.Body = http.MaxBytesReader(w, r.Body, mostOldBytes)
	reader := multipart.NewReader(r.Body, params["boundary"])
	token, asked, count := "", false, 0
	feeding := &archive.Feeding{Store: s.Files, Door: "page",
		Read: func(fn func(tx *db.Tx, by access.Actor) error) error {
			return s.DB.Read(r.Context(), func(tx *db.Tx) error {
				who, err := s.visitor(tx, r)
				if err != nil {
					return err
				}
				return fn(tx, who.Actor)
			})
		},
		Write: func(fn func(tx *db.Tx, by access.Actor) error) error { return s.mayFeed(r, token, fn) },
	}
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return archive.Result{}, tooLargeOr(err)
		}
		if part.FileName() == "" {
			switch part.FormName() {
			case library.NoMark:
				feeding.Confirmed = true
			case "form_token":
				text, err := io.ReadAll(io.LimitReader(part, 4096))
				if err != nil {
					return archive.Result{}, tooLargeOr(err)
				}
				token = string(text)
			}
			continue
		}
		if !asked { // before the first byte is stored
			if err := s.mayFeed(r, token, nil); err != nil {
				return archive.Result{}, err
			}
			asked = true
		}
		if count++; count > mostOldFiles {
			feeding.Refuse(part.FileName(), fault.Invalid("", "Mỗi lần gửi được %d tệp; tệp này chưa nhập. Xin gửi tiếp lần nữa, hoặc dùng lệnh giaoban import với cả thư mục.", mostOldFiles))
			continue
		}
		if err := feeding.Take(r.Context(), part.FileName(), part); err != nil {
			return archive.Result{}, err
		}
	}
	if count == 0 {
		if err := s.mayFeed(r, token, nil); err != nil {
			return archive.Result{}, err
		}
		return archive.Result{}, fault.Invalid("files", "Chưa chọn tệp nào. Hãy chọn các tệp .txt, .html, .docx hoặc .pdf.")
	}
	return feeding.Finish()
}

// mayFeed asks who sends the form and whether they may, as every form is asked, and runs fn; fn may be nil. A refusal
// leaves its trace.
func (s *site) mayFeed(r *http.Request, token string, fn func(tx *db.Tx, by access.Actor) error) error {
	var who visitor
	return s.DB.WriteOr(r.Context(), func(tx *db.Tx) (err error) {
		if who, err = s.visitor(tx, r); err != nil {
			return err
		}
		if !who.SignedIn() {
			return fault.SignIn("Phiên làm việc đã hết. Xin đăng nhập lại rồi gửi tệp.")
		}
		if !who.session.Valid(unmask(token)) {
			return fault.Forbidden("Trang đã mở quá lâu nên không còn hợp lệ. Xin tải lại trang rồi gửi lại.")
		}
		if err := who.May(access.ImportArchive, who.Body); err != nil || fn == nil {
			return err
		}
		return fn(tx, who.Actor)
	}, func(tx *db.Tx, err error) error {
		if !who.Traced(err) {
			return nil
		}
		return journal.Deny(tx, who.Actor, r.Method+" "+r.URL.Path, err.Error())
	})
}
