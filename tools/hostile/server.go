package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// server is the program under attack, in a process of its own.
type server struct {
	address string
	cmd     *exec.Cmd
	watched chan struct{}
	peak    atomic.Int64
}

// begin serves; with descriptors the system gives the process no more than so many.
func begin(ctx context.Context, bin, data string, descriptors int) (*server, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &server{address: l.Addr().String(), watched: make(chan struct{})}
	l.Close()
	limit := "true"
	if descriptors > 0 {
		limit = fmt.Sprintf("ulimit -n %d", descriptors)
	}
	s.cmd = exec.CommandContext(ctx, "sh", "-c", limit+` && exec "$0" serve --addr "$1" --data "$2"`, bin, s.address, data)
	var errs bytes.Buffer
	s.cmd.Stderr = &errs
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		if answer, err := http.Get("http://" + s.address + "/readyz"); err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				break
			}
		}
		if time.Since(began) > 30*time.Second {
			s.stop()
			return nil, errors.New("the server does not answer: " + errs.String())
		}
	}
	go s.watch()
	return s, nil
}

func (s *server) stop() {
	close(s.watched)
	s.cmd.Process.Signal(os.Interrupt)
	time.AfterFunc(5*time.Second, func() { s.cmd.Process.Kill() })
	s.cmd.Wait()
}

// watch keeps the most memory that was in use since it was last asked.
func (s *server) watch() {
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-s.watched:
			return
		case <-ticker.C:
			if now := s.memory(); now > s.peak.Load() {
				s.peak.Store(now)
			}
		}
	}
}

// memory is what the process holds of the machine's, in bytes.
func (s *server) memory() int64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	return resident(string(text))
}

func resident(status string) int64 {
	for line := range strings.Lines(status) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			n, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return n << 10
		}
	}
	return 0
}

// onDisk adds up what lies in a folder.
func onDisk(dir string) (total int64) {
	filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if info, err := d.Info(); err == nil {
				total += info.Size()
			}
		}
		return nil
	})
	return total
}

// signIn gives the browser of somebody who has signed in, without connections kept from before.
func (s *server) signIn(login string) (*http.Client, error) {
	jar, _ := cookiejar.New(nil)
	who := &http.Client{Jar: jar, Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := who.PostForm("http://"+s.address+"/dang-nhap", url.Values{"login": {login}, "password": {passphrase}})
	if err != nil {
		return nil, err
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusSeeOther {
		return nil, fmt.Errorf("%s does not get in: %s", login, answer.Status)
	}
	return who, nil
}
