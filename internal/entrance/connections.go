// Package entrance (lối vào) stands before all doors of the web: how many connections may wait, how slowly a body may
// come, and whose address a request came from.
package entrance

import (
	"container/list"
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"syscall"
	"time"
)

// Limits say how many connections there may be. One waits while its request has not come whole.
type Limits struct {
	Open       int // in all
	Waiting    int // in all
	PerAddress int // waiting, of one address that is no proxy of ours

	Fresh time.Duration // whoever has waited no longer than this is let be while there is room
}

const (
	mostOpen       = 4096
	mostPerAddress = 256
	mostSpare      = 256 // descriptors left to the database, to files and to other programs
	fresh          = 2 * time.Second
	// breath is taken before the next connection when one had to go that has only just come: whoever connects again at
	// once may not turn out the others faster than they can say what they want.
	breath = 200 * time.Microsecond
)

// LimitsOf fits the limits to the descriptors that the system gives this process: accepting must never be what takes
// the last one. A third of few is left over, a fixed number of many.
func LimitsOf(descriptors uint64) Limits {
	open := mostOpen
	if descriptors < mostOpen+mostSpare {
		open = int(descriptors - min(descriptors/3, mostSpare))
	}
	return Limits{Open: open, Waiting: max(1, open-open/8), PerAddress: mostPerAddress, Fresh: fresh}
}

// Here are the limits of this process.
func Here() Limits {
	var r syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &r); err != nil {
		return LimitsOf(1024)
	}
	return LimitsOf(r.Cur)
}

// Entrance is a listener that keeps to limits. Where they are reached it is not the newcomer who goes but whoever has
// kept most connections waiting: somebody who sends a request is never long a newcomer.
type Entrance struct {
	net.Listener
	limits  Limits
	proxies []netip.Prefix

	mu      sync.Mutex
	open    map[net.Conn]*guest
	hosts   map[netip.Addr]*host
	waiting int
}

type phase uint8

const (
	waiting phase = iota // its request has not come whole
	busy                 // it is being answered
	idle                 // answered, and kept for the next request
)

type guest struct {
	conn    net.Conn
	address netip.Addr
	phase   phase
	since   time.Time
	place   *list.Element // in its host's list of this phase
}

// host is one address; its lists have the oldest first.
type host struct {
	waiting, idle list.List
	watched       bool // somebody will look again whether it has too many waiting
}

// New keeps a listener's connections to limits. proxies are the addresses whose word about a client is taken.
func New(l net.Listener, limits Limits, proxies []netip.Prefix) *Entrance {
	return &Entrance{Listener: l, limits: limits, proxies: proxies, open: make(map[net.Conn]*guest), hosts: make(map[netip.Addr]*host)}
}

// Accept lets the next connection in. When the system has no descriptor left, a waiting or idle connection makes room.
func (e *Entrance) Accept() (net.Conn, error) {
	for {
		c, err := e.Listener.Accept()
		switch {
		case err == nil:
			e.admit(c)
			return c, nil
		case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
			e.makeRoom()
			time.Sleep(5 * time.Millisecond)
		default:
			return nil, err
		}
	}
}

func (e *Entrance) admit(c net.Conn) {
	e.mu.Lock()
	g := &guest{conn: c, address: addressOf(c.RemoteAddr().String()), phase: busy}
	e.open[c] = g
	e.enter(g, waiting)
	gone, pressed := e.overdue(g.address), false
	for e.waiting > e.limits.Waiting {
		at := e.heaviest(func(h *host) int { return h.waiting.Len() }).waiting.Front()
		pressed = pressed || !e.slow(at)
		gone = append(gone, e.dismiss(at))
	}
	for len(e.open) > e.limits.Open && len(e.hosts) > 0 {
		at := e.leastNeeded()
		pressed = pressed || !e.slow(at)
		gone = append(gone, e.dismiss(at))
	}
	e.mu.Unlock()
	for _, c := range gone {
		c.Close()
	}
	if pressed {
		time.Sleep(breath)
	}
}

// overdue dismisses the slow ones of an address that has too many waiting, and looks again while others may become so.
func (e *Entrance) overdue(address netip.Addr) (gone []net.Conn) {
	h := e.hosts[address]
	if e.trusts(address) {
		return nil
	}
	for h != nil && h.waiting.Len() > e.limits.PerAddress && e.slow(h.waiting.Front()) {
		gone = append(gone, e.dismiss(h.waiting.Front()))
	}
	if h != nil && h.waiting.Len() > e.limits.PerAddress && !h.watched {
		h.watched = true
		time.AfterFunc(e.limits.Fresh, func() {
			e.mu.Lock()
			var late []net.Conn
			if e.hosts[address] == h {
				h.watched = false
				late = e.overdue(address)
			}
			e.mu.Unlock()
			for _, c := range late {
				c.Close()
			}
		})
	}
	return gone
}

// slow reports whether a connection is idle or has had its time.
func (e *Entrance) slow(at *list.Element) bool {
	g := at.Value.(*guest)
	return g.phase == idle || time.Since(g.since) >= e.limits.Fresh
}

// makeRoom closes what is slow or idle; whoever has only just come is served first.
func (e *Entrance) makeRoom() {
	e.mu.Lock()
	var c net.Conn
	if len(e.hosts) > 0 {
		at := e.leastNeeded()
		if e.slow(at) {
			c = e.dismiss(at)
		}
	}
	e.mu.Unlock()
	if c != nil {
		c.Close()
	}
}

// leastNeeded is a connection of the address that keeps most: one that is slow, else one that is idle, else the one
// that has waited longest.
func (e *Entrance) leastNeeded() *list.Element {
	h := e.heaviest(func(h *host) int { return h.waiting.Len() + h.idle.Len() })
	first, idle := h.waiting.Front(), h.idle.Front()
	if first == nil || idle != nil && !e.slow(first) {
		return idle
	}
	return first
}

func (e *Entrance) heaviest(weight func(*host) int) (most *host) {
	for _, h := range e.hosts {
		if most == nil || weight(h) > weight(most) {
			most = h
		}
	}
	return most
}

func (e *Entrance) dismiss(at *list.Element) net.Conn {
	g := at.Value.(*guest)
	e.leave(g)
	delete(e.open, g.conn)
	return g.conn
}

// enter puts a guest into a phase; hosts holds only addresses with somebody waiting or idle.
func (e *Entrance) enter(g *guest, p phase) {
	e.leave(g)
	g.phase, g.since = p, time.Now()
	if p == busy {
		return
	}
	h := e.hosts[g.address]
	if h == nil {
		h = &host{}
		e.hosts[g.address] = h
	}
	if p == idle {
		g.place = h.idle.PushBack(g)
		return
	}
	g.place = h.waiting.PushBack(g)
	e.waiting++
}

func (e *Entrance) leave(g *guest) {
	if g.place == nil {
		return
	}
	h := e.hosts[g.address]
	if g.phase == waiting {
		h.waiting.Remove(g.place)
		e.waiting--
	} else {
		h.idle.Remove(g.place)
	}
	g.place = nil
	if h.waiting.Len()+h.idle.Len() == 0 {
		delete(e.hosts, g.address)
	}
}

func (e *Entrance) move(c net.Conn, p phase) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if g := e.open[c]; g != nil {
		e.enter(g, p)
	}
}

// State is the server's ConnState.
func (e *Entrance) State(c net.Conn, s http.ConnState) {
	switch s {
	case http.StateActive: // the head of a request has come; Before looks whether there is more to wait for
		e.move(c, busy)
	case http.StateIdle:
		e.move(c, idle)
	case http.StateClosed, http.StateHijacked:
		e.mu.Lock()
		defer e.mu.Unlock()
		if g := e.open[c]; g != nil {
			e.leave(g)
			delete(e.open, c)
		}
	}
}

type connKey struct{}

// ConnContext is the server's: it tells Before on which connection a request came.
func (e *Entrance) ConnContext(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, c)
}

func addressOf(hostPort string) netip.Addr {
	ap, err := netip.ParseAddrPort(hostPort)
	if err != nil {
		return netip.Addr{}
	}
	return ap.Addr().Unmap().WithZone("")
}
