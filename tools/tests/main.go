// Command tests runs go test with the arguments after --, shows what failed and go test's own line for each package,
// and names the ten slowest tests. With -all a skipped test is a failure too: whoever ran it has every tool.
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// event is a line of go test -json (go doc test2json).
type event struct {
	Action     string
	Package    string
	ImportPath string // of build-output
	Test       string
	Output     string
	Elapsed    float64 // seconds
}

// mayskip is in the reason of the skips that want no tool: real pages of the office are no part of the repository.
const mayskip = "Không có các trang mẫu thật ở đây."

// slowest is how many tests are named at the end.
const slowest = 10

// most is how many lines of one failed test are shown.
const most = 200

func main() {
	all := flag.Bool("all", false, "bài thử bị bỏ qua cũng là chưa đạt")
	flag.Parse()
	c := exec.Command("go", append([]string{"test", "-json"}, flag.Args()...)...)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "Không chạy được go test:", err)
		os.Exit(1)
	}
	good := report(out, os.Stdout, *all)
	if err := c.Wait(); err != nil || !good {
		os.Exit(1)
	}
}

// report reads the events of go test, and answers whether everything passed.
func report(events io.Reader, out io.Writer, all bool) bool {
	said := make(map[string][]string) // by package and test
	var packages []string             // go test's own lines
	times := make(map[string]float64) // seconds
	var skipped []string
	good := true
	lines := bufio.NewReader(events)
	for {
		text, err := lines.ReadString('\n')
		if text == "" && err != nil {
			break
		}
		var e event
		if json.Unmarshal([]byte(text), &e) != nil {
			fmt.Fprint(out, text) // go itself speaks
			continue
		}
		name := strings.TrimPrefix(e.Package, "giaoban/") + " " + e.Test
		switch e.Action {
		case "build-output":
			fmt.Fprint(out, e.Output)
		case "output":
			if e.Test == "" && isLineOfPackage(e.Output) {
				packages = append(packages, e.Output)
				continue
			}
			said[name] = append(said[name], e.Output)
		case "pass", "skip":
			if e.Test == "" {
				continue
			}
			if e.Action == "skip" && !slices.ContainsFunc(said[name], func(s string) bool { return strings.Contains(s, mayskip) }) {
				skipped = append(skipped, name+": "+reason(said[name]))
			}
			delete(said, name)
		case "fail", "build-fail":
			good = false
			show(out, said[name])
			delete(said, name)
			if e.Action == "fail" && e.Test == "" {
				// A panic or an end by time leaves tests without an end of their own.
				for open, words := range said {
					if strings.HasPrefix(open, name) {
						show(out, words)
						delete(said, open)
					}
				}
			}
		}
		if e.Test != "" && (e.Action == "pass" || e.Action == "fail") {
			// A test does not count the time its parallel parts took, so the longest of them speaks for it.
			whole, _, _ := strings.Cut(e.Test, "/")
			whole = strings.TrimPrefix(e.Package, "giaoban/") + " " + whole
			times[whole] = max(times[whole], e.Elapsed)
		}
	}
	tests := slices.SortedFunc(maps.Keys(times), func(a, b string) int {
		return cmp.Or(cmp.Compare(times[b], times[a]), cmp.Compare(a, b))
	})
	fmt.Fprintf(out, "Chậm nhất:\n")
	for _, t := range tests[:min(slowest, len(tests))] {
		fmt.Fprintf(out, "  %7.2f giây  %s\n", times[t], t)
	}
	if len(skipped) > 0 {
		fmt.Fprintf(out, "Bỏ qua:\n  %s\n", strings.Join(skipped, "\n  "))
	}
	fmt.Fprint(out, strings.Join(packages, ""))
	if all && len(skipped) > 0 {
		fmt.Fprintf(out, "Có %d bài thử bị bỏ qua. Hãy chạy make deps để có đủ công cụ, rồi chạy lại.\n", len(skipped))
		return false
	}
	return good
}

// isLineOfPackage reports a line such as "ok  	giaoban/web	1.2s"; packages without tests say nothing.
func isLineOfPackage(line string) bool {
	return strings.HasPrefix(line, "ok  \t") || strings.HasPrefix(line, "FAIL\t")
}

func show(out io.Writer, words []string) {
	if len(words) > most {
		words = append(words[:most:most], fmt.Sprintf("… và %d dòng nữa\n", len(words)-most))
	}
	fmt.Fprint(out, strings.Join(words, ""))
}

// reason is what a skipped test said, without the lines of go test.
func reason(words []string) string {
	for _, w := range words {
		if !strings.HasPrefix(w, "===") && !strings.HasPrefix(strings.TrimSpace(w), "---") {
			return strings.TrimSpace(w)
		}
	}
	return ""
}
