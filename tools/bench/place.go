package main

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/dbtest"
)

// place is one workload on one engine.
type place struct {
	engine, size, bin, dir, keep string
	postgres                     *dbtest.Server
	token                        string
}

func (p *place) folder() string { return filepath.Join(p.keep, p.engine+"-"+p.size) }

func (p *place) where() []string {
	args := []string{"--data", p.folder()}
	if p.postgres != nil {
		args = append(args, "--db", p.url("bench_"+strings.ToLower(p.size)))
	}
	return args
}

func (p *place) url(database string) string {
	return strings.Replace(p.postgres.URL, "/postgres?", "/"+database+"?", 1)
}

// fill makes the workload, or takes the one that is there.
func (p *place) fill() error {
	kept := filepath.Join(p.folder(), "token")
	if p.postgres == nil {
		if text, err := os.ReadFile(kept); err == nil {
			p.token = string(text)
			return nil
		}
	} else {
		admin, err := sql.Open("pgx", p.postgres.URL)
		if err != nil {
			return err
		}
		defer admin.Close()
		for _, name := range []string{"bench_" + strings.ToLower(p.size), "raw_" + strings.ToLower(p.size)} {
			if _, err := admin.Exec("create database " + name); err != nil {
				return err
			}
		}
	}
	began := time.Now()
	cmd := exec.Command(p.bin, append([]string{"sample", "--size", p.size}, p.where()...)...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("giaoban sample: %w\n%s%s", err, out, errs.Bytes())
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	p.token = strings.TrimSpace(lines[len(lines)-1])
	fmt.Printf("workload %s filled in %s\n", p.size, time.Since(began).Round(100*time.Millisecond))
	return os.WriteFile(kept, []byte(p.token), 0o600)
}

// server is a process that answers on loopback.
type server struct {
	address string
	cmd     *exec.Cmd
	started time.Duration // from the start of the process to its first answer
}

func (p *place) serve() (*server, error) {
	return begin(p.bin, func(address string) []string {
		return append([]string{"serve", "--addr", address}, p.where()...)
	})
}

func (p *place) serveRaw() (*server, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	database := filepath.Join(p.folder(), "raw.db")
	if p.postgres != nil {
		database = p.url("raw_" + strings.ToLower(p.size))
	}
	return begin(self, func(address string) []string { return []string{"raw", address, database} })
}

func begin(bin string, args func(address string) []string) (*server, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &server{address: l.Addr().String()}
	l.Close()
	var errs bytes.Buffer
	s.cmd = exec.Command(bin, args(s.address)...)
	s.cmd.Stderr = &errs
	began := time.Now()
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	client := http.Client{Timeout: time.Second}
	for {
		answer, err := client.Get("http://" + s.address + "/healthz")
		if err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				s.started = time.Since(began)
				return s, nil
			}
		}
		if time.Since(began) > 30*time.Second {
			s.stop()
			return nil, errors.New("the server does not answer: " + errs.String())
		}
		time.Sleep(200 * time.Microsecond)
	}
}

func (s *server) stop() {
	s.cmd.Process.Signal(os.Interrupt)
	done := make(chan struct{})
	go func() { s.cmd.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		s.cmd.Process.Kill()
		<-done
	}
}

// peak is the most memory the process ever had in RAM, in MB.
func (s *server) peak() float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kb / 1024
		}
	}
	return 0
}
