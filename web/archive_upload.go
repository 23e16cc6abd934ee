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
	result, err := s.feedOldFiles(r)
	if err != nil {
		w.Header().Set("Connection", "close") // there may be more to come
	}
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

func (s *site) feedOldFiles(r *http.Request) (archive.Result, error) {
	at := s.routes[r.Pattern]
	text := limited(r, at)
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		typed, err := readFields(r, text.left)
		if err == nil {
			err = refuseMarked(r, typed)
		}
		if err != nil {
			return archive.Result{}, err
		}
		if err := s.mayFeed(r, r.PostFormValue("form_token"), nil); err != nil {
			return archive.Result{}, err
		}
		return archive.Result{}, errNoOldFiles
	}
	text.left += aheadBytes
	all := &counted{most: mostOldBytes}
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
			return archive.Result{}, text.broke(err)
		}
		text.left -= fieldBytes
		if part.FileName() == "" {
			switch part.FormName() {
			case library.NoMark:
				feeding.Confirmed = true
			case "form_token":
				sent, err := io.ReadAll(io.LimitReader(part, 4096))
				if err != nil {
					return archive.Result{}, text.broke(err)
				}
				token = string(sent)
			}
			continue
		}
		if !asked { // before the first byte is stored
			if err := s.mayFeed(r, token, nil); err != nil {
				return archive.Result{}, err
			}
			asked = true
		}
		if count++; count > at.takes {
			feeding.Refuse(part.FileName(), fault.Invalid("", "Mỗi lần gửi được %d tệp; tệp này chưa nhập. Xin gửi tiếp lần nữa, hoặc dùng lệnh giaoban import với cả thư mục.", at.takes))
			continue
		}
		all.Reader = file{part, text}
		if err := feeding.Take(r.Context(), part.FileName(), all); err != nil {
			return archive.Result{}, text.broke(err)
		}
	}
	if count == 0 {
		if err := s.mayFeed(r, token, nil); err != nil {
			return archive.Result{}, err
		}
		return archive.Result{}, errNoOldFiles
	}
	return feeding.Finish()
}

var errNoOldFiles = fault.Invalid("files", "Chưa chọn tệp nào. Hãy chọn các tệp .txt, .html, .docx hoặc .pdf.")

// counted lets through the files of a form as long as all of them together are no more than most.
type counted struct {
	io.Reader
	most int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if c.most -= int64(n); c.most < 0 {
		return n, tooLarge()
	}
	return n, err
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
			return errSignedOut
		}
		if !who.session.Valid(unmask(token)) {
			return errOldPage
		}
		if err := who.May(access.ImportArchive, who.Body); err != nil || fn == nil {
			return err
		}
		return fn(tx, who.Actor)
	}, func(tx *db.Tx, err error) error {
		if !who.Traced(err) {
			return nil
		}
		return journal.Deny(tx, who.Actor, trace(r, err))
	})
}
