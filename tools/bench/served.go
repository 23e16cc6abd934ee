package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// side is one of two programs with what it made for itself: the workload and the sample province, both served.
type side struct {
	name, bin, dir string
	load, sample   *server
	place          place
	leader, chief  *http.Client // the commission's leader and an agency's, before the workload
	visitor        *http.Client // the commission's leader, before the sample province
	random         *rand.Rand
	requests       *submissions
	obligation     string
}

const passphrase = "sóng biển Nha Trang chiều nay"

func (s *side) province() string { return filepath.Join(s.dir, "province") }

// prepare lets the program fill its folders, then serves both and signs people in.
func (s *side) prepare(ctx context.Context) error {
	s.random, s.requests = rand.New(rand.NewPCG(13, 17)), newSubmissions(bodiesOf[againstWorkload])
	s.place = place{engine: "sqlite", size: againstWorkload, bin: s.bin, dir: s.dir, keep: s.dir}
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return err
	}
	out, err := command(ctx, "", s.bin, "sample", "--size", againstWorkload, "--data", s.place.folder())
	if err != nil {
		return err
	}
	lines := strings.Fields(out)
	s.place.token = lines[len(lines)-1]
	if _, err := command(ctx, "", s.bin, "demo", "--once", "--data", s.province()); err != nil {
		return err
	}
	for _, person := range []struct{ login, role, org, folder string }{
		{"ban.do", "commission_leader", "BTGTU", s.place.folder()},
		{"so.do", "agency_leader", "B0001", s.place.folder()},
		{"ban.do", "commission_leader", "BTGTU", s.province()},
	} {
		if _, err := command(ctx, passphrase+"\n", s.bin, "user", "add", person.login, "--name", "Người Đo", "--role", person.role,
			"--org", person.org, "--data", person.folder); err != nil {
			return err
		}
	}
	if s.load, err = s.place.serve(); err != nil {
		return err
	}
	if s.sample, err = begin(s.bin, func(address string) []string { return []string{"serve", "--addr", address, "--data", s.province()} }); err != nil {
		return err
	}
	s.leader, s.chief, s.visitor = newBrowser(), newBrowser(), newBrowser()
	for _, in := range []struct {
		who   *http.Client
		at    *server
		login string
	}{{s.leader, s.load, "ban.do"}, {s.chief, s.load, "so.do"}, {s.visitor, s.sample, "ban.do"}} {
		if _, err := signIn(in.who, in.at, in.login); err != nil {
			return err
		}
	}
	_, text, err := get(s.chief, s.load, "/bao-cao")
	if err != nil {
		return err
	}
	found := obligationLink.FindSubmatch(text)
	if found == nil {
		return errors.New("the leader's page of reports links to no report")
	}
	s.obligation = string(found[1])
	return nil
}

var obligationLink = regexp.MustCompile(`"/bao-cao/([0-9a-zA-Z]{20,})[/"]`)

func (s *side) stop() {
	for _, at := range []*server{s.load, s.sample} {
		if at != nil {
			at.stop()
		}
	}
}

// served is one thing that a person or a program waits for.
type served struct {
	name string
	call func(s *side) (time.Duration, error)
	slow bool // a second or more for one call: few rounds must do
}

func (m served) rounds() int {
	if m.slow {
		return 5
	}
	return mostRounds
}

// measures reads first and writes afterwards, so that both read the same data.
func measures(ctx context.Context) []served {
	load := func(name, path string) served {
		return served{name: name, call: func(s *side) (time.Duration, error) { return page(s.leader, s.load, path) }}
	}
	sample := func(name, path string) served {
		return served{name: name + ", sample province", call: func(s *side) (time.Duration, error) { return page(s.visitor, s.sample, path) }}
	}
	outside := func(name, path string) served {
		return served{name: name, call: func(s *side) (time.Duration, error) {
			return call(s.leader, "GET", "http://"+s.load.address+path, s.place.token, nil, http.StatusOK)
		}}
	}
	const words = "/tong-hop/kg-quy/" + sampleProvince
	return []served{
		{name: "start-up, to the first answer", call: func(s *side) (time.Duration, error) {
			again, err := s.place.serve()
			if err != nil {
				return 0, err
			}
			again.stop()
			return again.started, nil
		}},
		{name: "sign-in", call: func(s *side) (time.Duration, error) { return signIn(newBrowser(), s.load, "so.do") }},
		{name: "form of a report, 60 figures", call: func(s *side) (time.Duration, error) {
			return page(s.chief, s.load, "/bao-cao/"+s.obligation+"/soan")
		}},
		load("list of reports to receive", "/bao-cao/nhan"),
		{name: "list of reports", call: func(s *side) (time.Duration, error) { return page(s.chief, s.load, "/bao-cao") }},
		load("list of 100,000 tasks", "/nhiem-vu"),
		load("directory", "/danh-ba"),
		load("journal", "/nhat-ky"),
		load("figures of a quarter, consolidated", "/tong-hop/bench/2025-Q4"),
		outside("API: list of overdue tasks", "/api/v1/tasks?lead=B0001&state=overdue&limit=50"),
		outside("API: completeness of 12 periods", "/api/v1/reports/bench/completeness?last=12"),
		outside("API: figures of a quarter", "/api/v1/reports/bench/2025-Q4/consolidation?part=figures"),
		sample("desk", "/ban-lam-viec"),
		sample("register of directives", "/van-ban-chi-dao"),
		sample("reviews of the year", "/so-ket-tong-ket"),
		sample("briefings", "/giao-ban"),
		sample("consolidated figures", words),
		sample("consolidated words", words+"/loi-van"),
		sample("consolidated report as Word", words+"/tai/docx"),
		{name: "submit by page", call: (*side).submitPage},
		{name: "submit by API", call: func(s *side) (time.Duration, error) {
			return s.requests.send(s.leader, s.load.address, s.place.token, s.random)
		}},
		{name: "submit by API, 16 at once, for each", call: func(s *side) (time.Duration, error) {
			all, err := s.requests.press(s.leader, s.load.address, s.place.token, 16, 200*time.Millisecond)
			return all.lasted / time.Duration(max(1, len(all.times))), err
		}},
		{name: "verify, 110,000 lines", slow: true, call: func(s *side) (time.Duration, error) {
			began := time.Now()
			_, err := command(ctx, "", s.bin, "verify", "--data", s.place.folder())
			return time.Since(began), err
		}},
	}
}

// newBrowser keeps cookies and follows no redirect.
func newBrowser() *http.Client {
	c := newClient(16)
	c.Jar, _ = cookiejar.New(nil)
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return c
}

func page(who *http.Client, at *server, path string) (time.Duration, error) {
	took, _, err := get(who, at, path)
	return took, err
}

func get(who *http.Client, at *server, path string) (time.Duration, []byte, error) {
	r, err := http.NewRequest("GET", "http://"+at.address+path, nil)
	if err != nil {
		return 0, nil, err
	}
	return ask(who, r, http.StatusOK)
}

func ask(who *http.Client, r *http.Request, want int) (time.Duration, []byte, error) {
	began := time.Now()
	answer, err := who.Do(r)
	if err != nil {
		return 0, nil, err
	}
	text, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	took := time.Since(began)
	if err == nil && answer.StatusCode != want {
		err = fmt.Errorf("%s %s answers %d, not %d", r.Method, r.URL.Path, answer.StatusCode, want)
	}
	return took, text, err
}

func signIn(who *http.Client, at *server, login string) (time.Duration, error) {
	form := url.Values{"login": {login}, "password": {passphrase}}
	r, err := http.NewRequest("POST", "http://"+at.address+"/dang-nhap", strings.NewReader(form.Encode()))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	took, _, err := ask(who, r, http.StatusSeeOther)
	return took, err
}

// submitPage opens the form, types new figures and measures the sending alone.
func (s *side) submitPage() (time.Duration, error) {
	_, text, err := get(s.chief, s.load, "/bao-cao/"+s.obligation+"/soan")
	if err != nil {
		return 0, err
	}
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	root, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		return 0, err
	}
	for n := range root.Descendants() {
		name := attribute(n, "name")
		switch {
		case name == "version", name == "latest", name == "form_token":
			parts.WriteField(name, attribute(n, "value"))
		case strings.HasPrefix(name, "value."):
			parts.WriteField(name, fmt.Sprintf("%d,%02d", s.random.IntN(100_000), s.random.IntN(100)))
		case n.Data == "textarea" && strings.HasPrefix(name, "sections."): // not the box of a text that stands under no heading
			parts.WriteField(name, strings.Repeat("Đã triển khai kế hoạch của tháng đúng tiến độ. ", 6))
		}
	}
	parts.WriteField("act", "duyet")
	parts.Close()
	r, err := http.NewRequest("POST", "http://"+s.load.address+"/bao-cao/"+s.obligation+"/gui", &body)
	if err != nil {
		return 0, err
	}
	r.Header.Set("Content-Type", parts.FormDataContentType())
	took, _, err := ask(s.chief, r, http.StatusSeeOther)
	return took, err
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
