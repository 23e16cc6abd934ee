package report

import (
	"slices"
	"strings"
	"sync"
)

// Scope is which sectors (lĩnh vực) of a form a body reports: their codes with a blank between, "" for all. A department
// is asked only for its own field, so it is never shown, nor said to lack, what another one reports.
type Scope string

// ScopeOf writes sectors as a Scope.
func ScopeOf(sectors ...string) Scope { return Scope(strings.Join(sectors, " ")) }

// Sectors lists the codes; nil for all.
func (s Scope) Sectors() []string { return strings.Fields(string(s)) }

// Has reports whether a sector is in it.
func (s Scope) Has(sector string) bool {
	if s == "" {
		return true
	}
	for code := range strings.FieldsSeq(string(s)) {
		if code == sector {
			return true
		}
	}
	return false
}

// mask is the scope as one bit for each sector of the form, in its order; 0 for all.
func (s Scope) mask(f *Form) uint64 {
	var m uint64
	for i, sector := range f.Sectors {
		if s != "" && s.Has(sector.Code) {
			m |= 1 << i
		}
	}
	if s != "" && m == 0 {
		return 1 << mostSectors // of this form nothing is asked
	}
	return m
}

// mostSectors of one form: the places of a roster's masks.
const mostSectors = 60

var scoped sync.Map // digest and scope → *Form

// For is the form as a body of this scope sees it: only its sectors, all places of indicators unchanged.
func (f *Form) For(s Scope) *Form {
	if s == "" {
		return f
	}
	key := string(f.ID) + f.digest + "\x00" + string(s)
	if f.Active && f.digest != "" {
		if known, ok := scoped.Load(key); ok {
			return known.(*Form)
		}
	}
	c := *f
	c.scope = s
	c.Sectors = slices.DeleteFunc(slices.Clone(f.Sectors), func(sector Sector) bool { return !s.Has(sector.Code) })
	if f.Active && f.digest != "" {
		scoped.Store(key, &c)
	}
	return &c
}

// Reports reports whether this body is asked for a sector.
func (f *Form) Reports(sector string) bool { return f.scope.Has(sector) }
