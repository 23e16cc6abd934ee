package web

import (
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"path"
	"strings"
	"sync"
)

//go:embed all:static all:assets
var staticFiles embed.FS

type asset struct {
	body, packed []byte
	kind, tag    string
}

// loadAsset takes what the build made, or our own source of it when nothing was built: pages work either way.
var loadAsset = func() func(name string) (asset, bool) {
	var cache sync.Map
	return func(name string) (asset, bool) {
		if a, ok := cache.Load(name); ok {
			return a.(asset), true
		}
		body, err := staticFiles.ReadFile("static/" + name)
		if err != nil {
			body, err = staticFiles.ReadFile("assets/" + name)
		}
		if err != nil || name == "placeholder.txt" {
			return asset{}, false
		}
		sum := sha256.Sum256(body)
		a := asset{body: body, kind: mime.TypeByExtension(path.Ext(name)), tag: hex.EncodeToString(sum[:6])}
		var packed strings.Builder
		z, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
		z.Write(body)
		z.Close()
		a.packed = []byte(packed.String())
		cache.Store(name, a)
		return a, true
	}
}()

// assetURL names a static file with its content's hash, so that it may be kept for a year; "" when it was not built.
func assetURL(name string) string {
	a, ok := loadAsset(name)
	if !ok {
		return ""
	}
	return "/static/" + name + "?" + a.tag
}

func serveStatic(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/static/")
	a, ok := asset{}, false
	if fs.ValidPath(name) {
		a, ok = loadAsset(name)
	}
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	body := a.body
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = a.packed
	}
	w.Write(body)
}

// harden sets what every response carries; no inline script or style is ever needed.
func harden(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("X-Frame-Options", "DENY")
		next.ServeHTTP(w, r)
	})
}

// Guard answers only requests for a known host name: a page that another name points at this machine learns nothing.
// hosts are names without port; the loopback names always count.
func Guard(hosts []string, next http.Handler) http.Handler {
	known := map[string]bool{"localhost": true, "127.0.0.1": true, "::1": true}
	for _, h := range hosts {
		known[strings.ToLower(h)] = true
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		if !known[strings.ToLower(strings.Trim(host, "[]"))] {
			http.Error(w, "Máy chủ này không phục vụ tên miền đó.", http.StatusMisdirectedRequest)
			return
		}
		if r.ContentLength >= 0 && len(r.TransferEncoding) > 0 {
			// Two lengths at once are how requests are smuggled past a proxy.
			w.Header().Set("Connection", "close")
			http.Error(w, "Yêu cầu có hai độ dài.", http.StatusBadRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

var zippers = sync.Pool{New: func() any { z, _ := gzip.NewWriterLevel(nil, 5); return z }}

// compress packs pages; form tokens are masked in each page, so that their length of compression tells nothing.
func compress(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") || strings.HasPrefix(r.URL.Path, "/static/") {
			next.ServeHTTP(w, r)
			return
		}
		p := &packer{ResponseWriter: w}
		defer p.close()
		next.ServeHTTP(p, r)
	})
}

type packer struct {
	http.ResponseWriter
	z       *gzip.Writer
	decided bool
}

func (p *packer) WriteHeader(status int) {
	if !p.decided {
		p.decided = true
		h := p.Header()
		kind := h.Get("Content-Type")
		if (strings.HasPrefix(kind, "text/") || strings.HasPrefix(kind, "application/json")) && h.Get("Content-Length") == "" &&
			status != http.StatusNoContent && status != http.StatusNotModified {
			h.Set("Content-Encoding", "gzip")
			h.Add("Vary", "Accept-Encoding")
			p.z = zippers.Get().(*gzip.Writer)
			p.z.Reset(p.ResponseWriter)
		}
	}
	p.ResponseWriter.WriteHeader(status)
}

func (p *packer) Write(b []byte) (int, error) {
	if !p.decided {
		p.WriteHeader(http.StatusOK)
	}
	if p.z != nil {
		return p.z.Write(b)
	}
	return p.ResponseWriter.Write(b)
}

func (p *packer) close() {
	if p.z != nil {
		p.z.Close()
		zippers.Put(p.z)
	}
}
