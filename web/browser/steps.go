package browser

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
)

// Steps is what a walk cost a person: presses of the mouse, of the keys, and the time since Began.
type Steps struct {
	Clicks, Keys int
	Began        time.Time
	Took         time.Duration
}

// String says it as a report does.
func (s Steps) String() string {
	return fmt.Sprintf("%d lần bấm, %d phím, %.1f giây", s.Clicks, s.Keys, s.Took.Seconds())
}

// StartCounting begins a walk; Counted ends it.
func (p *Page) StartCounting() { p.steps = Steps{Began: time.Now()} }

// Counted answers what was done since StartCounting. Time is the machine's, without a person's reading.
func (p *Page) Counted() Steps {
	s := p.steps
	s.Took = time.Since(s.Began)
	return s
}

// Complaints answers what the browser's console objected to so far: refused scripts (CSP), missing files, exceptions.
func (p *Page) Complaints() []string { return p.errors.all() }

type shared struct {
	mu    sync.Mutex
	lines []string
}

func (s *shared) hear(event any) {
	line := ""
	switch e := event.(type) {
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			line = strings.TrimSpace(e.Entry.Text + " " + e.Entry.URL)
		}
	case *runtime.EventExceptionThrown:
		line = e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			line += " " + e.ExceptionDetails.Exception.Description
		}
	}
	if line == "" {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = append(s.lines, line)
}

func (s *shared) all() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.lines...)
}
