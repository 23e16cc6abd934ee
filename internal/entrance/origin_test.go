package entrance

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestOnlyOurProxiesAreBelieved(t *testing.T) {
	proxies, err := Proxies([]string{"10.0.0.0/8", "127.0.0.1", "fd00::/8"})
	if err != nil {
		t.Fatal(err)
	}
	for _, try := range []struct {
		socket string
		chain  []string
		client string
	}{
		{"203.0.113.9:1", nil, "203.0.113.9"},
		{"203.0.113.9:1", []string{"198.51.100.1"}, "203.0.113.9"}, // whoever is no proxy writes what he likes
		{"10.0.0.7:1", []string{"198.51.100.1"}, "198.51.100.1"},
		{"10.0.0.7:1", []string{"1.2.3.4, 198.51.100.1"}, "198.51.100.1"}, // the left part came from the client
		{"10.0.0.7:1", []string{"1.2.3.4", "198.51.100.1, 10.0.0.8"}, "198.51.100.1"},
		{"10.0.0.7:1", []string{"10.0.0.9, 10.0.0.8"}, "10.0.0.9"},
		{"10.0.0.7:1", []string{"198.51.100.1, nonsense"}, "10.0.0.7"},
		{"127.0.0.1:1", []string{"[2001:db8:1:2:3::4]:443"}, "2001:db8:1:2::/64"},
		{"127.0.0.1:1", []string{"::ffff:198.51.100.1"}, "198.51.100.1"},
		{"[fd00::1]:1", []string{"198.51.100.1:4000"}, "198.51.100.1"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = try.socket
		r.Header["X-Forwarded-For"] = try.chain
		if got := Client(located(r, originOf(proxies, r))); got != try.client {
			t.Errorf("%s %q: %s, want %s", try.socket, try.chain, got, try.client)
		}
	}
	if _, err := Proxies([]string{"10.0.0.0/33"}); err == nil {
		t.Error("a range that is none was taken")
	}
}

func TestHTTPSIsWhatAProxyOfOursSays(t *testing.T) {
	proxies, _ := Proxies([]string{"10.0.0.7"})
	e := New(nil, Limits{}, proxies)
	for socket, secure := range map[string]bool{"10.0.0.7:1": true, "203.0.113.9:1": false} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = socket
		r.Header.Set("X-Forwarded-Proto", "https")
		answer := httptest.NewRecorder()
		e.Before(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			if Secure(r) != secure {
				t.Errorf("%s: secure is %v", socket, Secure(r))
			}
		})).ServeHTTP(answer, r)
		if got := answer.Header().Get("Strict-Transport-Security"); got != "" != secure {
			t.Errorf("%s: %q", socket, got)
		}
	}
}

func TestWhatAProxyPassedOnIsNotFromHere(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	r.RemoteAddr = "127.0.0.1:4000"
	if !FromHere(r) {
		t.Error("this machine is not here")
	}
	for _, name := range []string{"X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "X-Real-Ip"} {
		again := r.Clone(t.Context())
		again.Header.Set(name, "127.0.0.1")
		if FromHere(again) {
			t.Errorf("with %s", name)
		}
	}
	r.RemoteAddr = "203.0.113.9:1"
	if FromHere(r) {
		t.Error("another machine is here")
	}
}
