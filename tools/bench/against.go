package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Two programs are compared through what they serve, in rounds of one call each, so that whatever else the machine does
// slows both.
const (
	againstWorkload = "S"
	sampleProvince  = "2022-Q1" // the quarter that giaoban demo plays
	worse           = 1.10      // slower than this is told, and fails the run
	slot            = 3 * time.Second
	fewestRounds    = 9
	mostRounds      = 400
	mostTime        = 2 * time.Minute  // after so much measuring nothing is measured again
	longest         = 10 * time.Minute // then the machine is too busy to compare anything
)

const againstRow = "%-52s %12s %12s %8s %7s\n"

// notCompared is what bench measures and a program does not serve.
var notCompared = []string{
	"references in running text, the register of 50,000 documents and its references (they run inside bench)",
	"imports (a folder can be imported once only)",
	"memory, and everything on PostgreSQL",
}

// comparison is what one measure came to.
type comparison struct {
	name          string
	olds, news    []time.Duration
	ratios        []float64
	notComparable error
}

func (c *comparison) ratio() float64 { return float64(median(c.news)) / float64(median(c.olds)) }

// slower believes a difference that the medians show, most rounds, and the rounds that were disturbed least: a busy
// machine brings about one without the others.
func (c *comparison) slower() bool {
	return min(c.ratio(), median(c.ratios), float64(quarter(c.news))/float64(quarter(c.olds))) > worse
}

// quarter is what a quarter of the rounds stayed below.
func quarter(all []time.Duration) time.Duration {
	return slices.Sorted(slices.Values(all))[len(all)/4]
}

// against measures the current program beside an old one and gives the measures that became slower.
func against(ctx context.Context, current, old, dir string) (slower []string, err error) {
	began := time.Now()
	sides := [2]*side{{name: "old", bin: old, dir: filepath.Join(dir, "old")}, {name: "new", bin: current, dir: filepath.Join(dir, "new")}}
	defer func() {
		for _, s := range sides {
			s.stop()
		}
	}()
	if err := both(sides, func(s *side) error { return s.prepare(ctx) }); err != nil {
		return nil, err
	}
	fmt.Printf("both filled in %s: workload %s (%d bodies × 60 months × 60 indicators, 100,000 tasks) and the sample province, each by its own program\n",
		time.Since(began).Round(time.Second), againstWorkload, bodiesOf[againstWorkload])
	fmt.Printf("SQLite, over HTTP on loopback and by command, one call of each a round; medians and their ratio\n\n")
	fmt.Printf(againstRow, "", "old", "new", "ratio", "rounds")
	began = time.Now()
	for _, m := range measures(ctx) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c, err := compare(sides, m)
		for range 2 { // looked at again before anybody is blamed
			if err == nil && c.notComparable == nil && c.slower() && time.Since(began) < mostTime {
				err = c.measure(sides, m)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.name, err)
		}
		if c.notComparable != nil {
			fmt.Printf("%-52s not compared: %v\n", c.name, c.notComparable)
			continue
		}
		fmt.Printf(againstRow, c.name, show(median(c.olds)), show(median(c.news)), fmt.Sprintf("%.2f×", c.ratio()), fmt.Sprint(len(c.ratios)))
		if c.slower() {
			slower = append(slower, fmt.Sprintf("%s (%.2f×)", c.name, c.ratio()))
		}
	}
	fmt.Printf("\nnot compared: %s\n", strings.Join(notCompared, "; "))
	return slower, nil
}

// both does something with both sides at once.
func both(sides [2]*side, fn func(s *side) error) error {
	var group sync.WaitGroup
	var errs [2]error
	for i, s := range sides {
		group.Go(func() {
			if errs[i] = fn(s); errs[i] != nil {
				errs[i] = fmt.Errorf("the %s program: %w", s.name, errs[i])
			}
		})
	}
	group.Wait()
	return errors.Join(errs[:]...)
}

// compare warms both up and measures them. What the old program cannot do is not compared; what the new one cannot do is
// an error.
func compare(sides [2]*side, m served) (*comparison, error) {
	c := &comparison{name: m.name}
	for _, s := range sides {
		for range 2 {
			if _, err := m.call(s); err != nil {
				if s.name == "new" {
					return nil, fmt.Errorf("the new program: %w", err)
				}
				c.notComparable = fmt.Errorf("the old program: %w", err)
				return c, nil
			}
		}
	}
	return c, c.measure(sides, m)
}

// measure lets both be called in turn, the first changing from round to round.
func (c *comparison) measure(sides [2]*side, m served) error {
	began := time.Now()
	for n := 0; n < mostRounds && (n < min(fewestRounds, m.rounds()) || time.Since(began) < slot); n++ {
		var took [2]time.Duration
		order := []int{0, 1}
		if n%2 == 1 {
			slices.Reverse(order)
		}
		for _, i := range order {
			var err error
			if took[i], err = m.call(sides[i]); err != nil {
				return fmt.Errorf("the %s program: %w", sides[i].name, err)
			}
		}
		c.olds, c.news = append(c.olds, took[0]), append(c.news, took[1])
		c.ratios = append(c.ratios, float64(took[1])/float64(took[0]))
	}
	return nil
}

// command runs a program with arguments and what is typed into it, and gives what it printed.
func command(ctx context.Context, typed, bin string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, bin, args...)
	cmd.Stdin = strings.NewReader(typed)
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		said := errs.String()
		return "", fmt.Errorf("giaoban %s: %w\n%s", strings.Join(args[:min(2, len(args))], " "), err, said[max(0, len(said)-600):])
	}
	return string(out), nil
}
