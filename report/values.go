package report

import (
	"encoding/binary"
	"errors"
)

// Value is one figure of one body.
type Value struct {
	Set      bool   // false: nothing was reported
	Figure   int64  // scaled by the indicator's decimals
	Estimate bool   // "ước"
	Over     *int64 // b of `a/b`, scaled alike; what it means is the indicator's Fraction
}

// Figures of one submission are packed into one blob, in the order of the form's typed indicators (ratios are never
// stored):
//
//	byte    1, the version of this format
//	uvarint n, how many indicators
//	byte    bit 0: there are estimates; bit 1: there are second numbers
//	⌈n/8⌉   bit i of byte i/8: indicator i has a figure
//	⌈n/8⌉   when bit 0: indicator i is an estimate
//	⌈n/8⌉   when bit 1: indicator i has a second number
//	varints zigzag, the figures that are there, then the second numbers
//
// One row per figure was tried and costs ten times as much to write and to add up.
const packedVersion = 1

var errPacked = errors.New("report: a packed row cannot be read")

func packValues(values []Value) []byte {
	n := len(values)
	width := (n + 7) / 8
	var flags byte
	for _, v := range values {
		if v.Set && v.Estimate {
			flags |= 1
		}
		if v.Set && v.Over != nil {
			flags |= 2
		}
	}
	b := make([]byte, 0, 8+3*width+5*n)
	b = append(b, packedVersion)
	b = binary.AppendUvarint(b, uint64(n))
	b = append(b, flags)
	b = appendBits(b, values, width, func(v Value) bool { return v.Set })
	if flags&1 != 0 {
		b = appendBits(b, values, width, func(v Value) bool { return v.Set && v.Estimate })
	}
	if flags&2 != 0 {
		b = appendBits(b, values, width, func(v Value) bool { return v.Set && v.Over != nil })
	}
	for _, v := range values {
		if v.Set {
			b = binary.AppendVarint(b, v.Figure)
		}
	}
	if flags&2 != 0 {
		for _, v := range values {
			if v.Set && v.Over != nil {
				b = binary.AppendVarint(b, *v.Over)
			}
		}
	}
	return b
}

func appendBits(b []byte, values []Value, width int, is func(Value) bool) []byte {
	start := len(b)
	for range width {
		b = append(b, 0)
	}
	for i, v := range values {
		if is(v) {
			b[start+i/8] |= 1 << (i % 8)
		}
	}
	return b
}

// unpackValues reads a packed row into dst, which is used again when it is large enough.
func unpackValues(dst []Value, b []byte) ([]Value, error) {
	r := reader{b: b}
	if r.byte() != packedVersion {
		return nil, errPacked
	}
	count := r.uvarint()
	flags := r.byte()
	if r.bad || count > mostIndicators || flags > 3 {
		return nil, errPacked
	}
	n := int(count)
	width := (n + 7) / 8
	set := r.take(width)
	var estimate, over []byte
	if flags&1 != 0 {
		estimate = r.take(width)
	}
	if flags&2 != 0 {
		over = r.take(width)
	}
	if r.bad {
		return nil, errPacked
	}
	if cap(dst) < n {
		dst = make([]Value, n)
	}
	dst = dst[:n]
	for i := range dst {
		bit := byte(1) << (i % 8)
		v := Value{Set: set[i/8]&bit != 0}
		if v.Set {
			v.Figure = r.varint()
			v.Estimate = estimate != nil && estimate[i/8]&bit != 0
		} else if estimate != nil && estimate[i/8]&bit != 0 {
			return nil, errPacked
		}
		dst[i] = v
	}
	if over != nil {
		for i := range dst {
			if over[i/8]&(1<<(i%8)) == 0 {
				continue
			}
			if !dst[i].Set {
				return nil, errPacked
			}
			second := r.varint()
			dst[i].Over = &second
		}
	}
	if !r.end() {
		return nil, errPacked
	}
	return dst, nil
}

// reader takes a packed row apart; once something does not fit it stays bad.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) byte() byte {
	if len(r.b) == 0 {
		r.bad = true
		return 0
	}
	c := r.b[0]
	r.b = r.b[1:]
	return c
}

func (r *reader) take(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.bad = true
		return make([]byte, max(n, 0))
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.bad = true
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) varint() int64 {
	v, n := binary.Varint(r.b)
	if n <= 0 {
		r.bad = true
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) end() bool { return !r.bad && len(r.b) == 0 }
