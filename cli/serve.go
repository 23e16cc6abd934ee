package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"giaoban/api"
	"giaoban/internal/db"
	"giaoban/internal/entrance"
	"giaoban/internal/files"
	"giaoban/org"
	"giaoban/sample"
	"giaoban/web"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

type serve struct {
	place
	Addr string   `help:"Địa chỉ nghe." placeholder:"MÁY:CỔNG" default:"127.0.0.1:8080"`
	Host []string `help:"Tên miền được phục vụ, ghi nhiều lần nếu có nhiều tên." placeholder:"TÊN"`
	Dev  bool     `help:"Đăng nhập một chạm cho từng vai trò; chỉ trên máy này."`
	backups
	headDirs

	Proxy []string `help:"Địa chỉ hay dải địa chỉ của máy trung gian (proxy) của cơ quan; chỉ lời của các máy này về địa chỉ người dùng được tin." placeholder:"DẢI" env:"GIAOBAN_PROXY"`
}

func (s *serve) Run(ctx context.Context, c *console) error {
	if s.Dev && !loopback(s.Addr) {
		return misuse{"--dev cho đăng nhập không mật khẩu nên chỉ nghe trên máy này: dùng --addr 127.0.0.1:8080."}
	}
	proxies, err := entrance.Proxies(s.Proxy)
	if err != nil {
		return misuse{"--proxy: " + err.Error() + "."}
	}
	keepSets, err := s.backups.work()
	if err != nil {
		return err
	}
	d, store, err := s.open(ctx, true, db.Config{Now: c.now})
	if err != nil {
		return err
	}
	defer d.Close()
	if err := s.tighten(); err != nil {
		return err
	}
	if nothing, err := empty(ctx, d); err != nil {
		return err
	} else if nothing {
		c.note("Danh bạ còn trống. Tạo Ban và người quản trị đầu tiên:\n  giaoban user add quantri --name \"Họ tên\" --role administrator --org BTGTU --org-name \"Ban Tuyên giáo Tỉnh ủy\" --data %s", s.Data)
	}
	if s.Dev {
		if err := resume(ctx, c, d); err != nil {
			return err
		}
	}
	background := startRounds(ctx, d, store, s.with(s.place), rounds)
	defer background()
	if keepSets != nil { // beside the others: a long copy must not hold them up
		copying := startRounds(ctx, d, store, s.place, []work{*keepSets})
		defer copying()
	}
	return listen(ctx, c, d, store, door{data: s.Data, addr: s.Addr, hosts: s.Host, proxies: proxies, dev: s.Dev})
}

// resume lets a sample province live on from its last line, not from today: its deadlines are of its own time.
func resume(ctx context.Context, c *console, d *db.DB) error {
	var from string
	var last db.Instant
	if err := d.Read(ctx, func(tx *db.Tx) (err error) {
		if from, err = org.Setting(tx, org.ClockFrom); err != nil {
			return err
		}
		return tx.Get(&last, "select coalesce(max(at), 0) from journal where kind <> 'seal'")
	}); err != nil || from == "" {
		return err
	}
	start := last.Time().Truncate(time.Minute).Add(time.Minute)
	d.LiveBy(sample.From(start), nil)
	c.note("Dữ liệu này là bản mẫu: đồng hồ chạy tiếp từ %s.", db.InstantOf(start))
	return nil
}

// loopback reports whether an address can only be reached from this machine.
func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// limits of the server: what no browser of an office needs is not waited for.
const (
	headerPatience = 10 * time.Second
	idlePatience   = 2 * time.Minute
	mostHeader     = 32 << 10
	lastRequests   = 20 * time.Second
)

// door is where and to whom the pages are served.
type door struct {
	data    string // the folder, whose newest backup the administrator's desk tells of
	addr    string
	hosts   []string
	proxies []netip.Prefix
	dev     bool
	ready   func(url string) // is told the address; it may be nil
}

// listen serves until ctx ends, then lets the requests under way finish.
func listen(ctx context.Context, c *console, d *db.DB, store *files.Store, at door) error {
	l, err := net.Listen("tcp", at.addr)
	if err != nil {
		return fmt.Errorf("không nghe được ở %s (cổng đang có chương trình khác dùng, hoặc địa chỉ không thuộc máy này): %w", at.addr, err)
	}
	hosts := at.hosts
	if host, _, err := net.SplitHostPort(at.addr); err == nil && host != "" {
		hosts = append(hosts[:len(hosts):len(hosts)], host)
	}
	front := entrance.New(l, entrance.Here(), at.proxies)
	server := &http.Server{Handler: front.Before(web.Guard(hosts, handler(d, store, at.data, at.dev))), ReadHeaderTimeout: headerPatience,
		IdleTimeout: idlePatience, MaxHeaderBytes: mostHeader, ConnState: front.State, ConnContext: front.ConnContext,
		ErrorLog: slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn)}
	url := "http://" + l.Addr().String()
	c.say("Giao Ban đang chạy ở %s (Ctrl+C để dừng).", url)
	if at.ready != nil {
		at.ready(url)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(front) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	c.note("Đang dừng: chờ các yêu cầu dở dang, tối đa %d giây.", int(lastRequests.Seconds()))
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastRequests)
	defer cancel()
	if err := server.Shutdown(patience); err != nil {
		server.Close()
		return fmt.Errorf("còn yêu cầu chưa xong đã bị ngắt: %w", err)
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// handler joins the doors and what watches over them.
func handler(d *db.DB, store *files.Store, data string, dev bool) http.Handler {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	requests := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "giaoban_http_requests_total", Help: "Requests by door, method and status."}, []string{"door", "method", "code"})
	duration := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "giaoban_http_duration_seconds", Help: "Time to answer by door.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5}}, []string{"door"})
	registry.MustRegister(requests, duration)
	watched := func(door string, next http.Handler) http.Handler {
		name := prometheus.Labels{"door": door}
		return promhttp.InstrumentHandlerDuration(duration.MustCurryWith(name), promhttp.InstrumentHandlerCounter(requests.MustCurryWith(name), next))
	}
	mux := http.NewServeMux()
	mux.Handle("/", watched("web", web.Handler(web.Config{DB: d, Files: store, Dev: dev, Backups: backupsOf(data, dev)})))
	// Describing the API takes longer than all pages together: the first request to it waits for that, not the first page.
	described := sync.OnceValue(func() http.Handler { return api.Handler(api.Config{DB: d, Files: store, Address: web.Address}) })
	mux.Handle("/api/", watched("api", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { described().ServeHTTP(w, r) })))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) { plain(w, http.StatusOK, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
		defer cancel()
		if err := d.Read(ctx, func(tx *db.Tx) error { _, err := tx.Exists("select 1 from journal_head"); return err }); err != nil {
			slog.Warn("readyz", "error", err)
			plain(w, http.StatusServiceUnavailable, "cơ sở dữ liệu chưa trả lời")
			return
		}
		plain(w, http.StatusOK, "ok")
	})
	metrics := promhttp.HandlerFor(registry, promhttp.HandlerOpts{})
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		// How busy an office is is nobody else's business: only this machine, and nobody through a proxy on it.
		if !entrance.FromHere(r) {
			http.NotFound(w, r)
			return
		}
		metrics.ServeHTTP(w, r)
	})
	return mux
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	fmt.Fprintln(w, strings.TrimSpace(text))
}
