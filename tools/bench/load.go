package main

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// sample is what a load came to.
type sample struct {
	times  []time.Duration
	lasted time.Duration
}

func (s sample) perSecond() float64 { return float64(len(s.times)) / s.lasted.Seconds() }

func (s sample) at(share float64) time.Duration {
	if len(s.times) == 0 {
		return 0
	}
	slices.Sort(s.times)
	return s.times[min(len(s.times)-1, int(share*float64(len(s.times))))]
}

func (s *sample) add(other sample) {
	s.times = append(s.times, other.times...)
	s.lasted += other.lasted
}

func newClient(clients int) *http.Client {
	return &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConns: clients, MaxIdleConnsPerHost: clients, DisableCompression: true}}
}

// call sends one request and reads the whole answer.
func call(client *http.Client, method, url, token string, body []byte, want int) (time.Duration, error) {
	r, err := http.NewRequest(method, url, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Authorization", "Bearer "+token)
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	began := time.Now()
	answer, err := client.Do(r)
	if err != nil {
		return 0, err
	}
	text, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	took := time.Since(began)
	if err == nil && answer.StatusCode != want {
		err = fmt.Errorf("%s %s: %d %s", method, url, answer.StatusCode, text[:min(300, len(text))])
	}
	return took, err
}

// submissions are the same requests for the program and for raw: 60 figures of two decimals and one paragraph.
type submissions struct {
	bodies int
	texts  [][]byte
}

func newSubmissions(bodies int) *submissions {
	s := &submissions{bodies: bodies}
	random := rand.New(rand.NewPCG(7, 11))
	for n := range bodies {
		var b bytes.Buffer
		fmt.Fprintf(&b, `{"org":"B%04d","values":{`, n+1)
		for i := range 60 {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, `"I%02d":"%d.%02d"`, i+1, random.IntN(100_000), random.IntN(100))
		}
		fmt.Fprintf(&b, `},"sections":[{"section":"results","sector":"S1","paragraphs":[%q]}]}`,
			strings.Repeat("Đã triển khai kế hoạch của tháng đúng tiến độ. ", 6))
		s.texts = append(s.texts, b.Bytes())
	}
	return s
}

func (s *submissions) send(client *http.Client, address, token string, random *rand.Rand) (time.Duration, error) {
	n := random.IntN(s.bodies)
	url := fmt.Sprintf("http://%s/api/v1/reports/bench/2026-%02d/submissions", address, 1+random.IntN(12))
	return call(client, "POST", url, token, s.texts[n], http.StatusCreated)
}

// press lets so many clients send for so long, each the next request when the last is answered.
func (s *submissions) press(client *http.Client, address, token string, clients int, lasting time.Duration) (sample, error) {
	var group sync.WaitGroup
	parts := make([]sample, clients)
	errs := make([]error, clients)
	began := time.Now()
	for c := range clients {
		group.Go(func() {
			random := rand.New(rand.NewPCG(uint64(c), uint64(began.UnixNano())))
			for time.Since(began) < lasting {
				took, err := s.send(client, address, token, random)
				if err != nil {
					errs[c] = err
					return
				}
				parts[c].times = append(parts[c].times, took)
			}
		})
	}
	group.Wait()
	all := sample{lasted: time.Since(began)}
	for c := range parts {
		if errs[c] != nil {
			return all, errs[c]
		}
		all.times = append(all.times, parts[c].times...)
	}
	return all, nil
}
