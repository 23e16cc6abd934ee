package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync/atomic"
	"time"
)

const (
	pages    = 300 // of the normal user
	trickle  = time.Second
	again    = 100 * time.Millisecond // then a dropped connection is opened anew, but in a storm
	settling = 3 * time.Second
)

func mustURL(text string) *url.URL {
	u, err := url.Parse(text)
	if err != nil {
		panic(err)
	}
	return u
}

// slow are so many connections, half of them in the head of a request and half in its body, a byte a second. One that is
// dropped comes again after a while; in a storm at once.
type slow struct {
	kind                     string
	connections, descriptors int
	again                    time.Duration
}

func (a slow) String() string {
	name := fmt.Sprintf("%d slow connections", a.connections)
	if a.again == 0 {
		name += " that come again at once"
	}
	if a.descriptors > 0 {
		name += fmt.Sprintf(" under %d descriptors", a.descriptors)
	}
	return name
}

// run lets a normal user work meanwhile, on a new connection each time and on a kept one.
func (a slow) run(ctx context.Context, bin, data string) (broken []string, err error) {
	s, err := begin(ctx, bin, data, a.descriptors)
	if err != nil {
		return nil, err
	}
	defer s.stop()
	user, err := s.signIn("nguoi.thuong")
	if err != nil {
		return nil, err
	}
	alone, _ := work(user, s.address, pages)
	before := s.memory()
	s.peak.Store(0)
	attack, end := context.WithCancel(ctx)
	defer end()
	var open, dropped atomic.Int64
	for i := range a.connections {
		text := "POST /dang-nhap HTTP/1.1\r\nHost: " + s.address + "\r\nX-"
		if i%2 == 0 {
			text = "POST /dang-nhap HTTP/1.1\r\nHost: " + s.address + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\nlogin="
		}
		go a.hang(attack, s.address, text, &open, &dropped)
	}
	time.Sleep(settling)
	held := open.Load()
	waits, failed := work(user, s.address, pages)
	growth := s.peak.Load() - before
	p95 := waits[len(waits)*95/100]
	fmt.Printf("%s: %d held, %d times one was dropped; desk page p95 %s (%s alone), longest %s, %d of %d failed; memory grew by %d MB\n",
		a, held, dropped.Load(), p95.Round(time.Millisecond), alone[len(alone)*95/100].Round(time.Millisecond),
		waits[len(waits)-1].Round(time.Millisecond), failed, pages, growth>>20)
	if p95 > mostWait || failed > 0 {
		broken = append(broken, fmt.Sprintf("%s: p95 %s, %d failed", a, p95, failed))
	}
	if growth > mostGrowth {
		broken = append(broken, fmt.Sprintf("%s: memory grew by %d MB", a, growth>>20))
	}
	return broken, nil
}

// hang keeps one connection open and opens it again whenever it is dropped.
func (a slow) hang(ctx context.Context, address, text string, open, dropped *atomic.Int64) {
	for ctx.Err() == nil {
		c, err := (&net.Dialer{Timeout: 5 * time.Second}).DialContext(ctx, "tcp", address)
		if err != nil {
			time.Sleep(trickle)
			continue
		}
		open.Add(1)
		io.WriteString(c, text)
		for ctx.Err() == nil {
			c.SetReadDeadline(time.Now().Add(trickle))
			if _, err := c.Read(make([]byte, 512)); err != nil {
				if wait, ok := err.(net.Error); ok && wait.Timeout() {
					io.WriteString(c, "a")
					continue
				}
				break
			}
		}
		open.Add(-1)
		dropped.Add(1)
		c.Close()
		time.Sleep(a.again)
	}
}

// work opens the desk page again and again; every other time on a new connection.
func work(user *http.Client, address string, times int) (waits []time.Duration, failed int) {
	fresh := *user
	fresh.Transport = &http.Transport{DisableKeepAlives: true}
	for i := range times {
		who := user
		if i%2 == 0 {
			who = &fresh
		}
		began := time.Now()
		answer, err := who.Get("http://" + address + "/ban-lam-viec")
		if err == nil {
			_, err = io.Copy(io.Discard, answer.Body)
			answer.Body.Close()
		}
		if err != nil || answer.StatusCode != http.StatusOK {
			failed++
		}
		waits = append(waits, time.Since(began))
	}
	slices.Sort(waits)
	return waits, failed
}
