// Package fault (lỗi nói với người dùng) carries what went wrong to the doors: a kind, perhaps the field, and a
// sentence a person can act on. Everything that is not a fault is an internal error: it is logged and shown as a code.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says how a door answers.
type Kind uint8

const (
	KindInvalid   Kind = iota + 1 // what was typed is not acceptable: 422
	KindMissing                   // not there, or not for these eyes: 404
	KindForbidden                 // signed in, but not allowed: 403
	KindConflict                  // the state of things does not permit it: 409
	KindStale                     // somebody else wrote first: 412
	KindTooLarge                  // 413
	KindRefused                   // a paper that must not enter: 422, nothing kept
	KindSignIn                    // no account: sign-in page or 401
	KindTooMany                   // too many attempts: 429
	KindBusy                      // the disk or the database does not answer just now: 503
	KindSlow                      // what was sent came too slowly: 408
)

// Status is the HTTP status that both doors of the web answer with.
func (k Kind) Status() int {
	return map[Kind]int{KindInvalid: 422, KindMissing: 404, KindForbidden: 403, KindConflict: 409, KindStale: 412,
		KindTooLarge: 413, KindRefused: 422, KindSignIn: 401, KindTooMany: 429, KindBusy: 503, KindSlow: 408}[k]
}

// Problem is one thing to mend: the field's name in the form ("" for the whole) and a Vietnamese sentence.
type Problem struct {
	Field    string
	Sentence string
}

// Error is what rooms return when a person can do something about it.
type Error struct {
	Kind     Kind
	Problems []Problem
}

// Error joins the sentences.
func (e *Error) Error() string {
	sentences := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		sentences[i] = p.Sentence
	}
	return strings.Join(sentences, " ")
}

func one(kind Kind, field, sentence string, args []any) error {
	if len(args) > 0 {
		sentence = fmt.Sprintf(sentence, args...)
	}
	return &Error{Kind: kind, Problems: []Problem{{field, sentence}}}
}

// Invalid says what is wrong with one field and how to mend it; field is the form's name for it, or "".
func Invalid(field, sentence string, args ...any) error {
	return one(KindInvalid, field, sentence, args)
}

// Missing says that the thing is not there, or not for these eyes; the two are never told apart.
func Missing(sentence string, args ...any) error { return one(KindMissing, "", sentence, args) }

// Forbidden says who may do it instead.
func Forbidden(sentence string, args ...any) error { return one(KindForbidden, "", sentence, args) }

// Conflict says which state stands in the way.
func Conflict(sentence string, args ...any) error { return one(KindConflict, "", sentence, args) }

// Stale says that another person saved first.
func Stale(sentence string, args ...any) error { return one(KindStale, "", sentence, args) }

// TooLarge says the limit.
func TooLarge(field, sentence string, args ...any) error {
	return one(KindTooLarge, field, sentence, args)
}

// Refused is for papers that must not enter; the caller keeps nothing of them.
func Refused(sentence string, args ...any) error { return one(KindRefused, "", sentence, args) }

// SignIn asks for an account.
func SignIn(sentence string, args ...any) error { return one(KindSignIn, "", sentence, args) }

// TooMany says how long to wait.
func TooMany(sentence string, args ...any) error { return one(KindTooMany, "", sentence, args) }

// Busy says that it may be tried again.
func Busy(sentence string, args ...any) error { return one(KindBusy, "", sentence, args) }

// Slow says that what was sent came too slowly to be waited for.
func Slow(sentence string, args ...any) error { return one(KindSlow, "", sentence, args) }

// List gathers problems so that a form shows all of them at once.
type List []Problem

// Add notes one problem.
func (l *List) Add(field, sentence string, args ...any) {
	if len(args) > 0 {
		sentence = fmt.Sprintf(sentence, args...)
	}
	*l = append(*l, Problem{field, sentence})
}

// AddError takes over the problems of err when it is an Invalid fault, under field unless they name their own; any
// other error is given back.
func (l *List) AddError(field string, err error) error {
	if err == nil {
		return nil
	}
	var e *Error
	if !errors.As(err, &e) || e.Kind != KindInvalid {
		return err
	}
	for _, p := range e.Problems {
		if p.Field == "" {
			p.Field = field
		}
		*l = append(*l, p)
	}
	return nil
}

// Err is nil when nothing was added, else one Invalid fault with everything.
func (l List) Err() error {
	if len(l) == 0 {
		return nil
	}
	return &Error{Kind: KindInvalid, Problems: l}
}

// Is reports whether err carries a fault of this kind.
func Is(err error, kind Kind) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == kind
}

// Of gives the fault inside err, or nil for an internal error.
func Of(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}
