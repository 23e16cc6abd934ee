package entrance

import (
	"context"
	"fmt"
	"net/http"
	"net/netip"
	"strings"
)

// origin is where a request came from.
type origin struct {
	client    netip.Addr
	https     bool
	forwarded bool
}

type originKey struct{}

// Proxies reads addresses and ranges: "10.0.0.7", "192.168.1.0/24".
func Proxies(texts []string) (all []netip.Prefix, err error) {
	for _, text := range texts {
		text = strings.TrimSpace(text)
		p, err := netip.ParsePrefix(text)
		if err != nil {
			a, err := netip.ParseAddr(text)
			if err != nil {
				return nil, fmt.Errorf("“%s” không phải địa chỉ hay dải địa chỉ, ví dụ 10.0.0.7 hoặc 192.168.1.0/24", text)
			}
			p = netip.PrefixFrom(a, a.BitLen())
		}
		all = append(all, p.Masked())
	}
	return all, nil
}

func (e *Entrance) trusts(a netip.Addr) bool { return among(e.proxies, a) }

func among(proxies []netip.Prefix, a netip.Addr) bool {
	for _, p := range proxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// originOf believes what a proxy of ours wrote and nobody else: of the chain in X-Forwarded-For the address furthest
// right that is none of ours, since everything before it may have been written by the client.
func originOf(proxies []netip.Prefix, r *http.Request) origin {
	o := origin{client: addressOf(r.RemoteAddr), https: r.TLS != nil, forwarded: forwarded(r.Header)}
	if !o.forwarded || !among(proxies, o.client) {
		return o
	}
	chain := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(chain) - 1; i >= 0; i-- {
		a, ok := forwardedAddress(chain[i])
		if !ok {
			break
		}
		if o.client = a; !among(proxies, a) {
			break
		}
	}
	protocols := strings.Split(strings.Join(r.Header.Values("X-Forwarded-Proto"), ","), ",")
	o.https = o.https || strings.EqualFold(strings.TrimSpace(protocols[len(protocols)-1]), "https")
	return o
}

func forwardedAddress(text string) (netip.Addr, bool) {
	text = strings.TrimSpace(text)
	if ap, err := netip.ParseAddrPort(text); err == nil {
		return ap.Addr().Unmap().WithZone(""), true
	}
	a, err := netip.ParseAddr(strings.Trim(text, "[]"))
	return a.Unmap().WithZone(""), err == nil
}

func forwarded(h http.Header) bool {
	for name := range h {
		if name == "Forwarded" || name == "X-Real-Ip" || strings.HasPrefix(name, "X-Forwarded-") {
			return true
		}
	}
	return false
}

func of(r *http.Request) origin {
	if o, ok := r.Context().Value(originKey{}).(origin); ok {
		return o
	}
	return originOf(nil, r)
}

// Client names who sent the request by what one user of the network can hardly change: the address, and of IPv6 the
// /64 that a line is given.
func Client(r *http.Request) string {
	a := of(r).client
	if !a.IsValid() {
		return r.RemoteAddr
	}
	if a.Is6() {
		p, _ := a.Prefix(64)
		return p.String()
	}
	return a.String()
}

// FromHere reports whether the request was made on this machine itself. It looks at the socket alone, and what any
// proxy passed on is not from here.
func FromHere(r *http.Request) bool {
	return addressOf(r.RemoteAddr).IsLoopback() && !forwarded(r.Header)
}

// Secure reports whether the browser came by https, here or at a proxy of ours.
func Secure(r *http.Request) bool { return of(r).https }

func located(r *http.Request, o origin) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), originKey{}, o))
}
