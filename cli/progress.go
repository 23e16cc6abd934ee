package cli

import (
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows how far long work has come: a bar on a terminal, elsewhere a plain line now and then.
type progress struct {
	c    *console
	name string
	bar  *progressbar.ProgressBar
	told time.Time
}

func (c *console) progress(name string) *progress {
	return &progress{c: c, name: name, told: time.Now()}
}

// terminal reports whether notes go to somebody's screen.
func (c *console) terminal() bool {
	f, ok := c.err.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// to notes that done of all is finished; all may be 0 while it is not known.
func (p *progress) to(done, all int64) {
	if !p.c.terminal() {
		if time.Since(p.told) < 5*time.Second {
			return
		}
		p.told = time.Now()
		if all > 0 {
			p.c.note("%s: %d%%", p.name, 100*done/all)
		} else {
			p.c.note("%s: %d", p.name, done)
		}
		return
	}
	if p.bar == nil {
		if all == 0 {
			all = -1
		}
		p.bar = progressbar.NewOptions64(all, progressbar.OptionSetWriter(p.c.err), progressbar.OptionSetDescription(p.name),
			progressbar.OptionSetWidth(30), progressbar.OptionShowCount(), progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish())
	}
	p.bar.Set64(done)
}

// end takes the bar away.
func (p *progress) end() {
	if p.bar != nil {
		p.bar.Finish()
	}
}

// stages shows one bar after the other, for work of several parts.
type stages struct {
	c    *console
	name string
	bar  *progress
}

func (c *console) stages() *stages { return &stages{c: c} }

func (s *stages) to(name string, done, all int64) {
	if name != s.name {
		s.end()
		s.name, s.bar = name, s.c.progress(name)
	}
	s.bar.to(done, all)
}

func (s *stages) end() {
	if s.bar != nil {
		s.bar.end()
	}
}

// tally is one bar for parts that go on side by side: it counts what all of them did.
type tally struct {
	lock sync.Mutex
	bar  *progress
	all  int64
}

func (c *console) tally(name string) *tally { return &tally{bar: c.progress(name)} }

// part gives what one of them calls with the count of what it has done.
func (t *tally) part() func(done int) {
	before := 0
	return func(done int) {
		t.lock.Lock()
		defer t.lock.Unlock()
		t.all += int64(done - before)
		before = done
		t.bar.to(t.all, 0)
	}
}

func (t *tally) end() { t.bar.end() }
