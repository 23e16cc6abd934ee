package main

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/cli"
)

// asProgram in the environment makes the test binary the program itself, which it holds anyway.
const asProgram = "GIAOBAN_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(cli.Run(os.Args[1:]))
	}
	os.Exit(m.Run())
}

// Whoever types what the README prints, in its order, on a fresh machine, gets what it says. Both languages print the
// same commands.
func TestEveryCommandOfTheReadmeRuns(t *testing.T) {
	makefile, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	var printed [2][]string
	for i, name := range []string{"README.md", "README.vi.md"} {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			o := freshOffice(t)
			printed[i] = commandsIn(string(text))
			for _, line := range printed[i] {
				words := wordsOf(line)
				switch words[0] {
				case "make":
					makes(t, makefile, words[1])
				case "giaoban":
					o.run(line, words[1:])
				default:
					t.Errorf("%s: neither make nor giaoban", line)
				}
			}
			for _, found := range mentioned.FindAllStringSubmatch(string(text), -1) {
				if words := strings.Fields(found[2]); found[1] == "make" {
					makes(t, makefile, words[0])
				} else {
					o.run(found[0], append(words, "--help"))
				}
			}
		})
	}
	if !slices.Equal(printed[0], printed[1]) {
		t.Errorf("README.md prints\n%s\nand README.vi.md\n%s", strings.Join(printed[0], "\n"), strings.Join(printed[1], "\n"))
	}
	if len(printed[0]) < 5 {
		t.Errorf("only %d commands were found", len(printed[0]))
	}
}

var mentioned = regexp.MustCompile("`(make|giaoban) ([a-z -]+)`")

func makes(t *testing.T, makefile []byte, target string) {
	t.Helper()
	if !regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(target) + `:`).Match(makefile) {
		t.Errorf("the Makefile makes no %s", target)
	}
}

// commandsIn gives the lines of indented and fenced blocks, without remarks, with continued lines joined.
func commandsIn(text string) (all []string) {
	fenced := false
	for line := range strings.Lines(strings.ReplaceAll(text, "\\\n", " ")) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
			continue
		}
		if !fenced && !strings.HasPrefix(line, "    ") {
			continue
		}
		line, _, _ = strings.Cut(line, " # ")
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// wordsOf splits a line as a shell does, as far as the README needs it.
func wordsOf(line string) (all []string) {
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			all = append(all, part)
		} else {
			all = append(all, strings.Fields(part)...)
		}
	}
	return all
}

// office is a machine on which nothing was typed yet.
type office struct {
	t   *testing.T
	dir string
}

func freshOffice(t *testing.T) *office {
	o := &office{t, t.TempDir()}
	for name, text := range map[string]string{
		"srv/tu-lieu-cu/giao-ban-quy-1.txt": "Sáng ngày 11/4/2019, Ban Tuyên giáo Tỉnh ủy tổ chức Hội nghị giao ban công tác khoa giáo quý I năm 2019.",
		"bao-cao.txt":                       "Thực hiện Chỉ thị số 20-CT/TW, ngày 05/11/2012 của Bộ Chính trị.",
	} {
		name = filepath.Join(o.dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

// run types one command; a password is typed where one is asked for, and what serves is asked for its page and stopped.
func (o *office) run(line string, args []string) {
	o.t.Helper()
	ctx, stop := context.WithTimeout(o.t.Context(), time.Minute)
	defer stop()
	serves := args[0] == "serve" && args[len(args)-1] != "--help"
	host := "127.0.0.1"
	for i, word := range args {
		args[i] = strings.Replace(word, "/srv/", filepath.Join(o.dir, "srv")+"/", 1)
		switch word {
		case "127.0.0.1:8080": // somebody's own may run there
			args[i] = "127.0.0.1:0"
		case "--host":
			host = args[i+1]
		}
	}
	self, err := os.Executable()
	if err != nil {
		o.t.Fatal(err)
	}
	cmd := exec.CommandContext(ctx, self, args...)
	cmd.Dir, cmd.Env = o.dir, append(os.Environ(), asProgram+"=1")
	cmd.Stdin = strings.NewReader("sóng biển Nha Trang chiều nay\n")
	var remarks strings.Builder
	cmd.Stderr = &remarks
	out, err := cmd.StdoutPipe()
	if err != nil {
		o.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		o.t.Fatal(err)
	}
	said := ""
	for lines := bufio.NewScanner(out); lines.Scan(); {
		said += lines.Text() + "\n"
		if address := listening.FindString(lines.Text()); serves && address != "" {
			o.ask(line, address, host)
			cmd.Process.Signal(os.Interrupt)
		}
	}
	if err := cmd.Wait(); err != nil || said == "" {
		o.t.Errorf("%s: %v\n%s%s", line, err, said, remarks.String())
	}
}

var listening = regexp.MustCompile(`127\.0\.0\.1:[0-9]+`)

// ask opens the page by which everybody enters, under the name that the office gave it.
func (o *office) ask(line, address, host string) {
	o.t.Helper()
	client := &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{DisableKeepAlives: true,
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, address)
		}}}
	answer, err := client.Get("http://" + host + "/dang-nhap")
	if err != nil {
		o.t.Errorf("%s: %v", line, err)
		return
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK || !strings.Contains(string(page), "Đăng nhập") {
		o.t.Errorf("%s: the page answers %d %v", line, answer.StatusCode, err)
	}
}
