package archive

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"log/slog"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/document"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/files"
	"giaoban/library"
	"giaoban/official"
	"giaoban/org"
)

// Feeding brings files in one after the other: each is stored, looked at and read outside any transaction, and what was
// read is entered in chunks. The door lends its way into the database; Write may be called many times.
type Feeding struct {
	Store *files.Store
	Read  func(fn func(tx *db.Tx, by access.Actor) error) error
	Write func(fn func(tx *db.Tx, by access.Actor) error) error
	Door  string // "page" | "command"
	Found int    // how many files there are; 0 while it is not known

	// Confirmed is the sender's word that no page which only an eye can read bears a mark of secrecy.
	Confirmed bool

	batch   db.ID
	match   Matcher
	under   []*reading // being looked at
	waiting []Prepared
	lines   []Line // in the order the files came
	written int    // how many of them stand in the batch
	at      []int  // where in lines each of waiting stands
}

// Line is what became of one file.
type Line struct {
	Seq      int    `db:"seq"`
	Name     string `db:"name"` // "" for a paper that must not be named
	Outcome  string `db:"outcome"`
	Sentence string `db:"sentence"`
	Import   db.ID  `db:"import"`
}

// What became of a file.
const (
	New     = "new"
	Repeat  = "known"
	Refused = "refused"
)

// chunk is how many files are entered in one transaction: little is lost when the machine stops, and nobody waits long.
const chunk = 25

// Result is what became of all files. Batch is "" when nothing was new: then nothing was written either.
type Result struct {
	Batch               db.ID
	Lines               []Line
	New, Known, Refused int
}

// Take brings one file in. What becomes of it is known when its chunk is entered; a file that is refused is then a line of
// the result. The error is for what stops all.
func (f *Feeding) Take(ctx context.Context, name string, content io.Reader) error {
	if f.match == nil {
		if err := f.Read(func(tx *db.Tx, by access.Actor) (err error) {
			if err = by.May(access.ImportArchive, by.Body); err != nil {
				return err
			}
			f.match, err = org.Matcher(tx, by)
			return err
		}); err != nil {
			return err
		}
	}
	name = library.CleanName(name)
	body, err := io.ReadAll(io.LimitReader(content, document.MostBytes+1))
	if err != nil {
		return err
	}
	j := &reading{line: len(f.lines), done: make(chan struct{})}
	f.lines = append(f.lines, Line{Seq: len(f.lines) + 1, Name: name, Outcome: Repeat})
	f.under = append(f.under, j)
	atOnce <- struct{}{}
	go func() {
		defer func() {
			if r := recover(); r != nil { // one file may not take the program with it
				slog.Error("reading an old file", "panic", r, "stack", string(debug.Stack()))
				j.err = fault.Invalid("", "Tệp “%s” có nội dung mà chương trình chưa đọc được. Hãy mở tệp, lưu lại dạng .docx hoặc .txt rồi gửi.", name)
			}
			<-atOnce
			close(j.done)
		}()
		j.file, j.known, j.err = f.prepare(ctx, name, body)
	}()
	if len(f.under) < chunk {
		return nil
	}
	return f.flush()
}

// reading is one file while it is looked at.
type reading struct {
	line  int
	file  Prepared
	known bool
	err   error
	done  chan struct{}
}

// atOnce bounds how many files are looked at together: the disk takes several at a time, memory does not.
var atOnce = make(chan struct{}, 4)

// Refuse notes a file that could not even be opened.
func (f *Feeding) Refuse(name string, err error) {
	f.lines = append(f.lines, Line{Seq: len(f.lines) + 1, Name: library.CleanName(name), Outcome: Refused, Sentence: err.Error()})
}

// gather waits for the files under way and sorts them into those to enter and those that are refused.
func (f *Feeding) gather() error {
	under := f.under
	f.under = nil
	var stopped error
	for _, j := range under {
		<-j.done
		line := &f.lines[j.line]
		switch {
		case j.err != nil && fault.Of(j.err) == nil:
			stopped = j.err
		case j.err != nil:
			line.Outcome, line.Sentence = Refused, j.err.Error()
			if fault.Is(j.err, fault.KindRefused) {
				line.Name = "" // the name may be the secret itself
			}
		case !j.known:
			f.waiting, f.at = append(f.waiting, j.file), append(f.at, j.line)
		}
	}
	return stopped
}

// prepare does all that is slow. What is refused leaves nothing on disk, what is known is not stored again.
func (f *Feeding) prepare(ctx context.Context, name string, content []byte) (p Prepared, known bool, err error) {
	if level, found := official.SecretName(name); found {
		return p, false, fault.Refused("%s", official.SecretError{Level: level}.Error())
	}
	if !document.Readable(name) {
		return p, false, fault.Invalid("", "Tệp “%s” không đọc được ở đây. Hãy lưu lại dạng .txt, .html, .docx hoặc .pdf.", name)
	}
	sum := sha256.Sum256(content)
	if known, err = f.known(hex.EncodeToString(sum[:])); err != nil || known {
		return p, known, err
	}
	stored, err := f.Store.Keep(bytes.NewReader(content), document.MostBytes)
	if err != nil {
		return p, false, err
	}
	p = Prepared{Name: name, Stored: stored}
	if p.Proposal, err = f.look(ctx, name, &p.Stored, content); err != nil && !stored.Known {
		if gone := f.Store.Remove(stored.SHA256); gone != nil {
			return p, false, gone
		}
	}
	return p, false, err
}

func (f *Feeding) known(sum string) (known bool, err error) {
	err = f.Read(func(tx *db.Tx, by access.Actor) error {
		found, err := Known(tx, by, []string{sum})
		known = found[sum]
		return err
	})
	return known, err
}

func (f *Feeding) look(ctx context.Context, name string, stored *files.Stored, content []byte) (Proposal, error) {
	file, err := f.Store.Reader(stored.SHA256)
	if err != nil {
		return Proposal{}, err
	}
	defer file.Close()
	if err := library.RefuseOld(ctx, name, *stored, file); err != nil {
		if !f.Confirmed || !library.Unread(err) {
			return Proposal{}, err
		}
		stored.Confirmed = true
	}
	return Read(ctx, name, content, f.match)
}

// Read gives what a file seems to say: its text, its marked captions, its proposal. Papers under the law on state
// secrets are refused by the marks in their text. Figures in a change that nobody has decided are none.
func Read(ctx context.Context, name string, content []byte, match Matcher) (Proposal, error) {
	w, err := ReadText(ctx, name, content)
	if err != nil {
		return Proposal{}, err
	}
	return proposeWords(name, w, match)
}

// ProposeRead is Read for a file that was read before.
func ProposeRead(name string, d document.Document, match Matcher) (Proposal, error) {
	w, err := wordsOf(name, d)
	if err != nil {
		return Proposal{}, err
	}
	return proposeWords(name, w, match)
}

func proposeWords(name string, w Words, match Matcher) (Proposal, error) {
	if err := official.RefuseSecret(w.Text, strings.Join(w.Captions, "\n")); err != nil {
		return Proposal{}, refusal(err)
	}
	p := propose(filepath.Base(name), w.Text, match, w.model, w.Captions)
	p.Figures = slices.DeleteFunc(p.Figures, func(f Figure) bool {
		at := f.Span
		if f.Row != "" || f.Column != "" {
			at = f.cell
		}
		return slices.ContainsFunc(w.Undecided, func(r document.Range) bool { return r.Start < at.End && r.End > at.Start })
	})
	return p, nil
}

// refusal makes sure that a mark of secrecy is answered as one.
func refusal(err error) error {
	if err != nil && fault.Of(err) == nil {
		return fault.Refused("%s", err.Error())
	}
	return err
}

// flush enters what waits, and what became of the files so far when the batch has something new.
func (f *Feeding) flush() error {
	if err := f.gather(); err != nil {
		return err
	}
	if len(f.waiting) == 0 && (f.batch == "" || f.written == len(f.lines)) {
		return nil
	}
	var kept []Import
	var fresh []bool
	batch := f.batch
	err := f.Write(func(tx *db.Tx, by access.Actor) (err error) {
		batch = f.batch // the engine may run this twice
		if kept, fresh, err = Keep(tx, by, f.waiting); err != nil {
			return err
		}
		lines := f.lines[f.written:]
		for n, i := range kept {
			line := &f.lines[f.at[n]]
			if line.Import, line.Outcome = i.ID, Repeat; fresh[n] {
				line.Outcome = New
				if batch == "" {
					if batch, err = beginBatch(tx, by, i.Body, f.Door, max(f.Found, len(f.lines))); err != nil {
						return err
					}
				}
			}
		}
		if batch == "" {
			return nil
		}
		return addLines(tx, batch, lines, max(f.Found, len(f.lines)))
	})
	if err != nil {
		return err
	}
	f.waiting, f.at, f.batch = nil, nil, batch
	if batch != "" {
		f.written = len(f.lines)
	}
	return nil
}

// Finish enters what is left and says what became of everything.
func (f *Feeding) Finish() (Result, error) {
	f.Found = len(f.lines)
	if err := f.flush(); err != nil {
		return Result{}, err
	}
	r := Result{Batch: f.batch, Lines: f.lines}
	for _, l := range f.lines {
		switch l.Outcome {
		case New:
			r.New++
		case Repeat:
			r.Known++
		default:
			r.Refused++
		}
	}
	return r, nil
}
