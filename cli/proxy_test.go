package cli

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/internal/entrance"
)

// Ten wrong passwords of somebody behind the office's proxy: the right one still enters from another address, and from
// the same one when it is not through a proxy of ours that the addresses are told.
func TestBehindAProxyNobodyShutsOthersOut(t *testing.T) {
	dir := t.TempDir()
	for _, login := range []string{"quan.tri", "nguoi.that"} {
		if code, _, errs := typed(t, "sóng biển Nha Trang chiều nay\n", "user", "add", login, "--name", "Kiều Đức Phong", "--role", "administrator",
			"--org", "BTGTU", "--org-name", "Ban Tuyên giáo Tỉnh ủy", "--data", dir); code != done {
			t.Fatal(errs)
		}
	}
	for _, try := range []struct {
		proxies []string
		status  int
		secure  string
	}{{[]string{"127.0.0.0/8"}, 303, "max-age=31536000"}, {nil, 429, ""}} {
		d, store, err := place{Data: dir}.open(t.Context(), false, db.Config{})
		if err != nil {
			t.Fatal(err)
		}
		proxies, err := entrance.Proxies(try.proxies)
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		address, ended := make(chan string, 1), make(chan error, 1)
		go func() {
			ended <- listen(ctx, &console{out: io.Discard, err: io.Discard}, d, store, door{addr: "127.0.0.1:0", proxies: proxies,
				ready: func(url string) { address <- url }})
		}()
		at := <-address
		signIn := func(from, login, password string) *http.Response {
			t.Helper()
			r, _ := http.NewRequestWithContext(ctx, "POST", at+"/dang-nhap", strings.NewReader(url.Values{"login": {login}, "password": {password}}.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("X-Forwarded-For", "1.2.3.4, "+from) // the left part is what the client wrote
			r.Header.Set("X-Forwarded-Proto", "https")
			answer, err := http.DefaultTransport.RoundTrip(r)
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			return answer
		}
		for i := range 12 {
			signIn("203.0.113.9", fmt.Sprintf("doan%d", i), "sai mật khẩu của người khác")
			signIn("203.0.113.9", "nguoi.that", "sai mật khẩu của người khác")
		}
		answer := signIn("198.51.100.1", "nguoi.that", "sóng biển Nha Trang chiều nay")
		if answer.StatusCode != try.status || answer.Header.Get("Strict-Transport-Security") != try.secure {
			t.Errorf("with --proxy %v: %d, %q", try.proxies, answer.StatusCode, answer.Header.Get("Strict-Transport-Security"))
		}
		for _, c := range answer.Cookies() {
			if c.Secure != (try.secure != "") {
				t.Errorf("with --proxy %v the cookie %s is secure: %v", try.proxies, c.Name, c.Secure)
			}
		}
		if r, err := http.DefaultTransport.RoundTrip(mustRequest(t, at+"/metrics")); err != nil || r.StatusCode != 404 {
			t.Errorf("metrics through a proxy: %v %v", r, err)
		} else {
			r.Body.Close()
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		d.Close()
	}
}

func mustRequest(t *testing.T, at string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "GET", at, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Forwarded-Proto", "https")
	return r
}
