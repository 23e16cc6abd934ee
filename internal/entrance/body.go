package entrance

import (
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"time"
)

const (
	grace     = 10 * time.Second // before the least rate counts
	leastRate = 2 << 10          // bytes a second
	longest   = 30 * time.Minute // for any body
)

// Before goes before all doors: it finds out where a request came from, and waits for its body no longer than the rate
// allows.
func (e *Entrance) Before(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		o := originOf(e.proxies, r)
		r = located(r, o)
		if o.https {
			w.Header().Set("Strict-Transport-Security", "max-age=31536000")
		}
		if r.Body == nil || r.Body == http.NoBody || r.ContentLength == 0 {
			next.ServeHTTP(w, r)
			return
		}
		c, _ := r.Context().Value(connKey{}).(net.Conn)
		e.move(c, waiting)
		whole := func() { e.move(c, busy) }
		defer whole()
		b := &body{ReadCloser: r.Body, connection: http.NewResponseController(w), began: time.Now(), within: longest, whole: whole}
		// Also for a body that nobody asks for: the server reads a little of it to keep the connection.
		b.connection.SetReadDeadline(b.began.Add(grace))
		r.Body = b
		next.ServeHTTP(w, r)
	})
}

// Within says how long the whole body of a request may take.
func Within(r *http.Request, d time.Duration) {
	if b, ok := r.Body.(*body); ok {
		b.within = d
	}
}

// body is read no slower than the least rate.
type body struct {
	io.ReadCloser
	connection *http.ResponseController
	began      time.Time
	within     time.Duration
	read       int64
	whole      func()
}

func (b *body) Read(p []byte) (int, error) {
	patience := grace + time.Duration(b.read)*time.Second/leastRate
	b.connection.SetReadDeadline(b.began.Add(min(patience, b.within)))
	n, err := b.ReadCloser.Read(p)
	b.read += int64(n)
	if errors.Is(err, io.EOF) {
		// From here on the connection is only watched for its end, however long the answer takes.
		b.connection.SetReadDeadline(time.Time{})
		b.whole()
	}
	return n, err
}

// Slow reports whether a body was given up because it came too slowly.
func Slow(err error) bool { return errors.Is(err, os.ErrDeadlineExceeded) }
