package entrance

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

// serve opens an entrance on loopback.
func serve(t *testing.T, l net.Listener, limits Limits, next http.HandlerFunc) (e *Entrance, address string) {
	t.Helper()
	if l == nil {
		var err error
		if l, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			t.Fatal(err)
		}
	}
	e = New(l, limits, nil)
	server := &http.Server{Handler: e.Before(next), ConnState: e.State, ConnContext: e.ConnContext}
	go server.Serve(e)
	t.Cleanup(func() { server.Close() })
	return e, l.Addr().String()
}

func whole(w http.ResponseWriter, r *http.Request) {
	io.Copy(io.Discard, r.Body)
	fmt.Fprint(w, "ok")
}

// dial opens a connection and sends text, which may be half a request. from is an address of this machine.
func dial(t *testing.T, address, from, text string) net.Conn {
	t.Helper()
	c, err := (&net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}).Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	io.WriteString(c, text)
	return c
}

const (
	halfHead = "POST / HTTP/1.1\r\nHost: x\r\nX-"
	halfBody = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf"
	request  = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
)

// closed counts the connections that were given up.
func closed(all []net.Conn) (n int) {
	for _, c := range all {
		c.SetReadDeadline(time.Now().Add(5 * time.Millisecond))
		if _, err := c.Read(make([]byte, 1)); err != nil && !Slow(err) {
			n++
		}
	}
	return n
}

func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for range 200 {
		if done() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("never: %s", what)
}

func (e *Entrance) counts() (all, slow int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.open), e.waiting
}

func answered(t *testing.T, c net.Conn) bool {
	t.Helper()
	c.SetReadDeadline(time.Now().Add(3 * time.Second))
	r, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return false
	}
	io.Copy(io.Discard, r.Body)
	return r.StatusCode == 200
}

func TestWhoKeepsConnectionsWaitingLosesTheOldest(t *testing.T) {
	for name, text := range map[string]string{"half a head": halfHead, "half a body": halfBody, "nothing": ""} {
		t.Run(name, func(t *testing.T) {
			e, address := serve(t, nil, Limits{Open: 100, Waiting: 100, PerAddress: 8, Fresh: 300 * time.Millisecond}, whole)
			var slow []net.Conn
			for range 20 {
				slow = append(slow, dial(t, address, "127.0.0.2", text))
			}
			other := dial(t, address, "127.0.0.3", text)
			until(t, "all are let in", func() bool { _, n := e.counts(); return n == 21 })
			if n := closed(slow); n != 0 {
				t.Errorf("%d were closed that had only just come", n)
			}
			until(t, "eight wait", func() bool { _, n := e.counts(); return n == 9 })
			// Those that came within the same moment may be heard one before the other.
			if all, old := closed(slow), closed(slow[:8]); all != 12 || old != 8 {
				t.Errorf("%d were closed, %d of the eight oldest", all, old)
			}
			if n := closed(append(slow[16:], other)); n != 0 {
				t.Errorf("%d of those within the limit were closed", n)
			}
			if !answered(t, dial(t, address, "127.0.0.2", request)) {
				t.Error("a whole request from there is not answered")
			}
		})
	}
}

func TestTheHeaviestAddressMakesRoom(t *testing.T) {
	e, address := serve(t, nil, Limits{Open: 30, Waiting: 20, PerAddress: 18}, whole)
	quiet := dial(t, address, "127.0.0.3", halfHead)
	kept := dial(t, address, "127.0.0.4", request)
	if !answered(t, kept) {
		t.Fatal("no answer")
	}
	var many []net.Conn
	for i := range 60 {
		many = append(many, dial(t, address, []string{"127.0.0.5", "127.0.0.6"}[i%2], halfHead))
	}
	// Some may still be on their way in while twenty wait.
	until(t, "41 of 60 are closed, and twenty wait", func() bool { _, n := e.counts(); return n == 20 && closed(many) == 41 })
	if n := closed([]net.Conn{quiet, kept}); n != 0 {
		t.Errorf("%d of those who keep little were closed", n)
	}
	io.WriteString(kept, request)
	if !answered(t, kept) {
		t.Error("the kept connection is not answered any more")
	}
}

func TestIdleConnectionsMakeRoomForNewOnes(t *testing.T) {
	e, address := serve(t, nil, Limits{Open: 10, Waiting: 10, PerAddress: 10, Fresh: time.Second}, whole)
	for i := range 30 {
		if !answered(t, dial(t, address, "127.0.0.2", request)) {
			t.Fatalf("request %d was not answered", i)
		}
	}
	until(t, "no more than ten are open", func() bool { n, _ := e.counts(); return n <= 10 })
}

// starved is a listener whose system has no descriptor left every second time.
type starved struct {
	net.Listener
	n int
}

func (s *starved) Accept() (net.Conn, error) {
	if s.n++; s.n%2 == 0 {
		return nil, &net.OpError{Op: "accept", Err: syscall.EMFILE}
	}
	return s.Listener.Accept()
}

func TestWithoutDescriptorsTheOthersAreStillServed(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, address := serve(t, &starved{Listener: l}, LimitsOf(300), whole)
	dial(t, address, "127.0.0.2", halfHead)
	for i := range 20 {
		if !answered(t, dial(t, address, "127.0.0.3", request)) {
			t.Fatalf("request %d was not answered", i)
		}
	}
}

func TestLimitsLeaveDescriptorsToOthers(t *testing.T) {
	for descriptors, open := range map[uint64]int{300: 200, 1024: 768, 1 << 20: mostOpen} {
		l := LimitsOf(descriptors)
		if l.Open != open || l.Waiting >= l.Open || l.PerAddress < 256 {
			t.Errorf("%d: %+v", descriptors, l)
		}
	}
}

func TestASlowBodyIsGivenUp(t *testing.T) {
	failed := make(chan error, 1)
	_, address := serve(t, nil, LimitsOf(1000), func(w http.ResponseWriter, r *http.Request) {
		Within(r, 200*time.Millisecond)
		_, err := io.Copy(io.Discard, r.Body)
		failed <- err
	})
	c := dial(t, address, "127.0.0.1", halfBody)
	select {
	case err := <-failed:
		if !Slow(err) {
			t.Errorf("%v", err)
		}
	case <-time.After(5 * time.Second):
		t.Error("it is still waited for")
	}
	c.Close()
}

// A body that came in time leaves its request as long as it needs.
func TestAfterTheBodyNobodyHurries(t *testing.T) {
	_, address := serve(t, nil, LimitsOf(1000), func(w http.ResponseWriter, r *http.Request) {
		Within(r, 100*time.Millisecond)
		io.Copy(io.Discard, r.Body)
		select {
		case <-r.Context().Done():
			w.WriteHeader(http.StatusGone)
		case <-time.After(400 * time.Millisecond):
			fmt.Fprint(w, "ok")
		}
	})
	if !answered(t, dial(t, address, "127.0.0.1", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n"+strings.Repeat("a", 4))) {
		t.Error("the answer was cut off")
	}
}
