package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

var bodiesOf = map[string]int{"S": 30, "M": 400, "L": 3300}

const (
	rounds = 5
	row    = "%-34s %11s %11s %11s   %11s %11s %11s   %6s  %s\n"
)

// measure prints the table of one workload on one engine.
func measure(p place, seconds float64) error {
	bodies, ok := bodiesOf[p.size]
	if !ok {
		return fmt.Errorf("sizes are S, M and L, not %s", p.size)
	}
	fmt.Printf("\n%s, workload %s: %d bodies × 60 months × 60 indicators, load %s\n", p.engine, p.size, bodies, load())
	if err := p.fill(); err != nil {
		return err
	}
	fmt.Printf(row, "", "ours/s", "p50", "p99", "raw/s", "p50", "p99", "ratio", "aim")
	ours, raw, err := p.cold()
	if err != nil {
		return err
	}
	defer func() { ours.stop(); raw.stop() }()
	requests := newSubmissions(bodies)
	var alone time.Duration // what raw takes for one request of one client
	for _, clients := range []int{1, 16, 64} {
		if alone, err = p.submit(requests, ours, raw, clients, seconds, alone); err != nil {
			return err
		}
	}
	for _, read := range []struct{ name, path, aim string }{
		{"consolidation of a quarter, figures", "/api/v1/reports/bench/2025-Q4/consolidation?part=figures", "≤ 10 ms at M, ≤ 15 ms at L"},
		{"completeness of 12 periods", "/api/v1/reports/bench/completeness?last=12", "≤ 5 ms at M, ≤ 20 ms at L"},
		{"one body's overdue of 100,000 tasks", "/api/v1/tasks?lead=B0001&state=overdue&limit=50", "≤ 1 ms"},
	} {
		if err := p.read(ours, alone, read.name, read.path, read.aim); err != nil {
			return err
		}
	}
	fmt.Printf(row, "peak memory", fmt.Sprintf("%.0f MB", ours.peak()), "", "", fmt.Sprintf("%.0f MB", raw.peak()), "", "",
		fmt.Sprintf("%.1f×", ours.peak()/raw.peak()), "≤ 300 MB under 64 clients")
	if err := p.importYear(bodies, alone); err != nil {
		return err
	}
	if err := p.backups(requests, ours); err != nil {
		return err
	}
	if p.size != "S" { // a register does not grow with the number of bodies
		return nil
	}
	return p.office(alone)
}

// cold starts both several times and leaves the last running.
func (p *place) cold() (ours, raw *server, err error) {
	var ourTimes, rawTimes []time.Duration
	for n := range rounds {
		if n > 0 {
			ours.stop()
			raw.stop()
		}
		if ours, err = p.serve(); err != nil {
			return nil, nil, err
		}
		if raw, err = p.serveRaw(); err != nil {
			ours.stop()
			return nil, nil, err
		}
		ourTimes, rawTimes = append(ourTimes, ours.started), append(rawTimes, raw.started)
	}
	o, r := median(ourTimes), median(rawTimes)
	fmt.Printf(row, "cold start, to the first answer", "", show(o), "", "", show(r), "", ratio(o, r), "≤ 50 ms at M")
	return ours, raw, nil
}

// submit measures both in rounds and gives raw's time for one client.
func (p *place) submit(requests *submissions, ours, raw *server, clients int, seconds float64, alone time.Duration) (time.Duration, error) {
	client := newClient(clients)
	defer client.CloseIdleConnections()
	part := time.Duration(seconds / rounds * float64(time.Second))
	var o, r sample
	var rates, halves []float64
	for n := range rounds + 1 {
		a, err := requests.press(client, raw.address, p.token, clients, part)
		if err != nil {
			return 0, err
		}
		b, err := requests.press(client, ours.address, p.token, clients, part)
		if err != nil {
			return 0, err
		}
		if n == 0 {
			continue // the first round only warms both up
		}
		o.add(b)
		r.add(a)
		rates = append(rates, b.perSecond()/a.perSecond())
		halves = append(halves, float64(b.at(0.5))/float64(a.at(0.5)))
	}
	word, aim := fmt.Sprintf("%.0f %%", 100*median(rates)), "submit ≥ 50 % of raw"
	switch clients {
	case 1:
		word, aim, alone = fmt.Sprintf("%.2f×", median(halves)), "p50 ≤ 3 × raw", r.at(0.5)
	case 64:
		aim = ""
	}
	fmt.Printf(row, fmt.Sprintf("submit, %d clients", clients), count(o.perSecond()), show(o.at(0.5)), show(o.at(0.99)),
		count(r.perSecond()), show(r.at(0.5)), show(r.at(0.99)), word, aim)
	return alone, nil
}

// read measures a question that one client asks again and again; the first answer is told apart.
func (p *place) read(ours *server, alone time.Duration, name, path, aim string) error {
	client := newClient(1)
	defer client.CloseIdleConnections()
	var s sample
	var first time.Duration
	for began := time.Now(); time.Since(began) < time.Second || len(s.times) < 20; {
		took, err := call(client, "GET", "http://"+ours.address+path, p.token, nil, http.StatusOK)
		if err != nil {
			return err
		}
		if first == 0 {
			first = took
			continue
		}
		s.times, s.lasted = append(s.times, took), s.lasted+took
	}
	fmt.Printf(row, name, count(s.perSecond()), show(s.at(0.5)), show(s.at(0.99)), "", show(alone), "", ratio(s.at(0.5), alone),
		aim+"; first answer "+show(first))
	return nil
}

// importYear reads a file with all figures of 2026 as the command does, from the start of the process to its end.
func (p *place) importYear(bodies int, alone time.Duration) error {
	var b bytes.Buffer
	b.WriteString("org,period,indicator,value,estimate\n")
	random := rand.New(rand.NewPCG(3, 5))
	values := 0
	for n := range bodies {
		for month := range 12 {
			for i := range 60 {
				fmt.Fprintf(&b, "B%04d,2026-%02d,I%02d,%d.%02d,\n", n+1, month+1, i+1, random.IntN(100_000), random.IntN(100))
				values++
			}
		}
	}
	file := filepath.Join(p.dir, "year.csv")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		return err
	}
	began := time.Now()
	cmd := exec.Command(p.bin, append([]string{"import-values", "--regime", "bench", "--yes", file}, p.where()...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		fmt.Printf(row, "import of a year", "—", "", "", "", "", "", "", fmt.Sprintf("%v: %s", err, out[:min(200, len(out))]))
		return nil
	}
	took := time.Since(began)
	perSecond := float64(values) / took.Seconds()
	// Raw writes one row for the 60 figures of a report.
	rawPerSecond := 60 / alone.Seconds()
	fmt.Printf(row, "import of a year, values", count(perSecond), show(took), "", count(rawPerSecond), "", "",
		fmt.Sprintf("%.1f×", perSecond/rawPerSecond), "≥ 300,000 a second")
	return nil
}

func median[T int64 | float64 | time.Duration](all []T) T {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[len(sorted)/2]
}

func show(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000) }

func ratio(a, b time.Duration) string {
	if b == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f×", float64(a)/float64(b))
}

func count(perSecond float64) string { return fmt.Sprintf("%.0f", perSecond) }
