package web

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestEveryTemplateParses(t *testing.T) {
	names, err := fs.Glob(pageFiles, "page/*/*.html")
	if err != nil {
		t.Fatal(err)
	}
	var p pages
	for _, name := range names {
		name = strings.TrimSuffix(strings.TrimPrefix(name, "page/"), ".html")
		if strings.Contains(name, "/_") {
			continue
		}
		if _, err := p.find(name); err != nil {
			t.Error(err)
		}
	}
}

func TestNobodyIsSentToAnotherSiteAfterSigningIn(t *testing.T) {
	for to, want := range map[string]string{
		"/nhiem-vu?a=1": "/nhiem-vu?a=1", "//evil.example": "/", "https://evil.example": "/", "/\\evil.example": "/",
		"javascript:alert(1)": "/", "": "/", "/a\r\nSet-Cookie: x": "/", "/%2f/evil": "/%2f/evil",
	} {
		if got := safeBack(to); got != want {
			t.Errorf("%q leads to %q", to, got)
		}
	}
}

func TestMaskedTokensDifferAndComeBack(t *testing.T) {
	a, b := mask("bí mật của phiên"), mask("bí mật của phiên")
	if a == b || unmask(a) != "bí mật của phiên" || unmask(b) != "bí mật của phiên" {
		t.Error("the mask does not hold")
	}
	if unmask("@@") != "" || unmask("") != "" {
		t.Error("noise became a token")
	}
}

func TestOnlyKnownHostNamesAreServed(t *testing.T) {
	guarded := Guard([]string{"giaoban.example"}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {}))
	for host, want := range map[string]int{"giaoban.example": 200, "giaoban.example:8080": 200, "127.0.0.1:99": 200, "[::1]:8080": 200, "evil.example": 421, "": 421} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Host = host
		w := httptest.NewRecorder()
		guarded.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%q: %d", host, w.Code)
		}
	}
}
