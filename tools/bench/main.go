// Bench measures the program against the least that could do the same work: the same HTTP server and client, the same
// JSON body, one prepared insert of 600 bytes per request, commits in groups, the same disk, the same run. Both run in
// rounds, one after the other, so that a busy machine slows both; the ratio is the median over the rounds.
//
//	go run ./tools/bench [--sizes S,M] [--engines sqlite,postgresql] [--seconds 3] [--bin bin/giaoban]
//
// Or it measures what people wait for against an older program, and fails where something became slower by more than a
// tenth:
//
//	go run ./tools/bench --against OLD-BINARY [--bin bin/giaoban]
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"giaoban/internal/dbtest"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "raw" {
		if err := serveRaw(os.Args[2], os.Args[3]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	sizes := flag.String("sizes", "S,M", "workloads: S (30 bodies), M (400), L (3,300)")
	engines := flag.String("engines", "sqlite,postgresql", "sqlite, postgresql or both")
	seconds := flag.Float64("seconds", 3, "how long each measure of submissions lasts")
	bin := flag.String("bin", "", "the program; built from this folder when empty")
	keep := flag.String("data", "", "keep the workloads in this folder and use those already there")
	old := flag.String("against", "", "compare with this older program instead, on workload S and the sample province")
	flag.Parse()
	if *old != "" {
		os.Exit(compareWith(*old, *bin))
	}
	if err := run(strings.Split(*sizes, ","), strings.Split(*engines, ","), *seconds, *bin, *keep); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(sizes, engines []string, seconds float64, bin, keep string) error {
	dir, err := os.MkdirTemp("", "giaoban-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if keep != "" {
		if err := os.MkdirAll(keep, 0o755); err != nil {
			return err
		}
	} else {
		keep = dir
	}
	if bin, err = built(bin, dir); err != nil {
		return err
	}
	began := time.Now()
	fmt.Printf("%s, %d processors, load %s\n", runtime.Version(), runtime.NumCPU(), load())
	citing()
	for _, engine := range engines {
		var server *dbtest.Server
		if engine == "postgresql" {
			if server, err = dbtest.StartPostgres(true); err != nil {
				fmt.Printf("\nPostgreSQL left out: %v\n", err)
				continue
			}
		} else if engine != "sqlite" {
			return errors.New("engines are sqlite and postgresql, not " + engine)
		}
		for _, size := range sizes {
			if err = measure(place{engine: engine, size: size, bin: bin, dir: dir, keep: keep, postgres: server}, seconds); err != nil {
				break
			}
		}
		if server != nil {
			server.Stop()
		}
		if err != nil {
			return err
		}
	}
	fmt.Printf("\ntook %s, load at the end %s\n", time.Since(began).Round(time.Second), load())
	return nil
}

// built is the program: the one named, or a new one from this folder.
func built(bin, dir string) (string, error) {
	if bin != "" {
		return bin, nil
	}
	bin = filepath.Join(dir, "giaoban")
	build := exec.Command("go", "build", "-trimpath", "-o", bin, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return bin, nil
}

// compareWith prints the comparison and its verdict, and gives the exit status.
func compareWith(old, bin string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	dir, err := os.MkdirTemp("", "giaoban-bench")
	if err == nil {
		defer os.RemoveAll(dir)
		bin, err = built(bin, dir)
	}
	began := time.Now()
	fmt.Printf("%s, %d processors, load %s\n", runtime.Version(), runtime.NumCPU(), load())
	var slower []string
	if err == nil {
		slower, err = against(ctx, bin, old, dir)
	}
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "bench:", err)
		return 1
	case len(slower) > 0:
		fmt.Printf("took %s; slower by more than 10 %%: %s\n", time.Since(began).Round(time.Second), strings.Join(slower, ", "))
		return 1
	}
	fmt.Printf("took %s; nothing is slower by more than 10 %%\n", time.Since(began).Round(time.Second))
	return 0
}

func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(text))[:3], " ")
}
