package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// flood is one kind of request that means harm, sent so many times at once.
type flood struct {
	name    string
	times   int
	path    string
	head    string // of the body, then again until size
	again   string
	size    int64
	speaker bool
}

const floodParts = "multipart/form-data; boundary=x"

func floodsOf(size int64) []flood {
	part := func(bytes int64) string {
		head := "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"
		return head + strings.Repeat("a", int(bytes)-len(head)-2) + "\r\n"
	}
	token := "--x\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\nsai\r\n"
	file := "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.4\n"
	return []flood{
		{name: "900 MB in 117,000 parts to the sign-in page", times: 1, path: "/dang-nhap", again: part(900 * size / 117_000), size: 900 * size},
		{name: "… by sixteen at once", times: 16, path: "/dang-nhap", again: part(900 * size / 117_000), size: 900 * size},
		{name: "100 MB by a speaker with a wrong token", times: 1, path: "/nhiem-vu/x/tien-do", head: token + file, again: "aaaaaaaaaaaaaaaa", size: 100 * size, speaker: true},
		{name: "… where a speaker may post", times: 16, path: "/dang-xuat", head: token + file, again: "aaaaaaaaaaaaaaaa", size: 100 * size, speaker: true},
		{name: "a text of 100 MB where a speaker may post", times: 16, path: "/dang-xuat", head: token + "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n", again: "aaaaaaaaaaaaaaaa", size: 100 * size, speaker: true},
		{name: "100 MB of empty parts where a speaker may post", times: 16, path: "/dang-xuat", again: part(60), size: 100 * size, speaker: true},
	}
}

// floods sends each kind and looks at memory and disk.
func floods(ctx context.Context, bin, data string, rest time.Duration) (broken []string, err error) {
	s, err := begin(ctx, bin, data, 0)
	if err != nil {
		return nil, err
	}
	defer s.stop()
	speaker, err := s.signIn("ke.pha")
	if err != nil {
		return nil, err
	}
	cookies := ""
	for _, c := range speaker.Jar.Cookies(mustURL("http://" + s.address)) {
		cookies += c.String() + "; "
	}
	fmt.Printf("%-52s %6s %10s %10s %10s %8s %8s\n", "", "times", "sent", "growth", "after", "stored", "status")
	for _, f := range floodsOf(1 << 20) {
		cookie := ""
		if f.speaker {
			cookie = cookies
		}
		before, stored := s.memory(), onDisk(data+"/files")
		s.peak.Store(0)
		sent, status := f.send(ctx, s.address, cookie)
		growth, after := s.peak.Load()-before, s.memory()-before
		for began := time.Now(); after > mostGrowth/4 && time.Since(began) < rest; time.Sleep(500 * time.Millisecond) {
			after = s.memory() - before
		}
		kept := onDisk(data+"/files") - stored
		fmt.Printf("%-52s %6d %7d MB %7d MB %7d MB %5d MB %8s\n", f.name, f.times, sent>>20, growth>>20, after>>20, kept>>20, status)
		if growth > mostGrowth {
			broken = append(broken, fmt.Sprintf("%s: memory grew by %d MB", f.name, growth>>20))
		}
		if after > mostGrowth/4 {
			broken = append(broken, fmt.Sprintf("%s: %d MB are still held after %s", f.name, after>>20, rest))
		}
		if kept > 0 {
			broken = append(broken, fmt.Sprintf("%s: %d bytes were stored", f.name, kept))
		}
	}
	b, err := refusals(s, speaker, data)
	return append(broken, b...), err
}

// send gives how much the server took of it all, and what it answered.
func (f flood) send(ctx context.Context, address, cookie string) (sent int64, status string) {
	var all sync.WaitGroup
	var mu sync.Mutex
	for range f.times {
		all.Go(func() {
			n, answer := f.once(ctx, address, cookie)
			mu.Lock()
			defer mu.Unlock()
			sent += n
			status = answer
		})
	}
	all.Wait()
	return sent, status
}

// once writes by hand: a client that is refused stops sending, and this one is to go on as long as it can.
func (f flood) once(ctx context.Context, address, cookie string) (sent int64, status string) {
	c, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
	if err != nil {
		return 0, err.Error()
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(2 * time.Minute))
	answered := make(chan string, 1)
	go func() {
		answer, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil {
			answered <- "cut off"
			return
		}
		answered <- answer.Status[:3]
	}()
	fmt.Fprintf(c, "POST %s HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nCookie: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n", f.path, address, address, cookie, floodParts, f.size)
	block := f.head + f.again
	for sent < f.size {
		n, err := io.WriteString(c, block[:min(int64(len(block)), f.size-sent)])
		if sent += int64(n); err != nil {
			break
		}
		block = strings.Repeat(f.again, 1+(64<<10)/len(f.again))
	}
	return sent, <-answered
}

// refusals asks 447 times for what a speaker may not see, with as long an address as a request may have.
func refusals(s *server, speaker *http.Client, data string) (broken []string, err error) {
	before, began := onDisk(data), time.Now()
	for range 447 {
		answer, err := speaker.Get("http://" + s.address + "/nhiem-vu/" + strings.Repeat("x", 24<<10))
		if err != nil {
			return nil, err
		}
		answer.Body.Close()
	}
	grown := onDisk(data) - before
	fmt.Printf("447 refused requests of 24 KB: the data grew by %d KB in %s\n", grown>>10, time.Since(began).Round(time.Millisecond))
	if grown > 8<<20 { // the write-ahead log, which is written over and over, is the greater part
		broken = append(broken, fmt.Sprintf("refused requests left %d KB", grown>>10))
	}
	return broken, nil
}
