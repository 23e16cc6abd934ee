// Package id makes khóa của dòng, the keys of all rows: 24 characters, ordered by time, made in Go so that both engines agree.
package id

import (
	"crypto/rand"
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	mathrand "math/rand/v2"
	"sync"
	"time"
)

// ID is 24 characters of Crockford's base 32 in lower case: 10 for the millisecond, 14 of chance. "" is no row, and
// NULL in the database, so that an optional reference needs no other type.
type ID string

// alphabet leaves out i, l, o, u: an id read aloud over the telephone stays what it is.
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

// Length of every ID.
const Length = 24

// Source makes IDs. The zero Source draws from the system's randomness.
type Source struct {
	mu     sync.Mutex
	seeded *mathrand.ChaCha8
}

// Seeded makes a Source whose chance part follows from seed: the sample province is the same on every machine.
func Seeded(seed string) *Source {
	var s [32]byte
	copy(s[:], seed)
	return &Source{seeded: mathrand.NewChaCha8(s)}
}

// New makes the next ID for this instant.
func (s *Source) New(at time.Time) ID {
	var chance [9]byte
	if s.seeded == nil {
		rand.Read(chance[:]) // never fails since Go 1.24
	} else {
		s.mu.Lock()
		var words [16]byte
		binary.LittleEndian.PutUint64(words[:8], s.seeded.Uint64())
		binary.LittleEndian.PutUint64(words[8:], s.seeded.Uint64())
		s.mu.Unlock()
		copy(chance[:], words[:])
	}
	var out [Length]byte
	ms := uint64(at.UnixMilli())
	for i := 9; i >= 0; i-- {
		out[i] = alphabet[ms&31]
		ms >>= 5
	}
	// 14 characters are 70 bits: 64 from the first eight bytes, 6 more from the ninth.
	high, low := binary.BigEndian.Uint64(chance[:8]), chance[8]
	for i := 10; i < 22; i++ {
		out[i] = alphabet[high&31]
		high >>= 5
	}
	out[22] = alphabet[low&31]
	out[23] = alphabet[(high&3)<<3|uint64(low>>5)]
	return ID(out[:])
}

// Parse accepts what New makes; anything else is no ID.
func Parse(s string) (ID, bool) {
	if len(s) != Length {
		return "", false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < '0' || c > 'z' || (c > '9' && c < 'a') || c == 'i' || c == 'l' || c == 'o' || c == 'u' {
			return "", false
		}
	}
	return ID(s), true
}

// Scan reads text or NULL.
func (i *ID) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*i = ""
	case string:
		*i = ID(v)
	case []byte:
		*i = ID(v)
	default:
		return fmt.Errorf("id: %T is no id", v)
	}
	return nil
}

// Value writes text, or NULL for "".
func (i ID) Value() (driver.Value, error) {
	if i == "" {
		return nil, nil
	}
	return string(i), nil
}
