// Package signature reads chữ ký số, the digital signatures of a PDF: whether what was signed is unchanged, how much of
// the file was signed, who signed, and whether the certificate held at the time that the signer declares. The four
// answers stand apart, and nothing is asked of the network: the certificates at the top are those which the
// administrator entered.
package signature

import (
	"bytes"
	"cmp"
	"context"
	"crypto/x509"
	"slices"
	"strconv"
	"time"

	"giaoban/internal/fault"
	"giaoban/internal/pattern"
)

// Answer is what can be said of one question about a signature.
type Answer string

// A question that cannot be answered here is not answered with no.
const (
	Yes       Answer = "yes"
	No        Answer = "no"
	Unchecked Answer = "unchecked"
)

// Chain says whether the certificate of the signer leads to one that the administrator entered.
type Chain string

// Without any such certificate nothing is known of a chain.
const (
	Trusted   Chain = "trusted"
	Unknown   Chain = "unknown"
	Untrusted Chain = "untrusted"
)

// Signature is one chữ ký số of a file.
type Signature struct {
	Intact  Answer // what was signed is as it was
	Whole   Answer // it covers the file to its end
	Covers  int64  // bytes from the beginning of the file, those of the signature itself among them
	Follows string // of one that is not whole: who signed the whole file after it; "" for nobody

	Signer string // CN of the certificate
	From   string // O
	Issuer string // CN of who issued it
	Serial string
	Chain  Chain

	At      time.Time // as declared; zero when nothing is
	Stamped bool      // At is that of a trusted time stamp, not of the signer's machine
	Valid   Answer    // the certificate held at that time

	Fault string // why it is not intact or cannot be checked
}

// What one file may ask of the machine.
const (
	MostBytes  = 64 << 20
	mostRanges = 20
	mostHole   = 1 << 20 // hexadecimal digits of one signature
)

// Read finds every signature of a PDF, in the order in which they were made, and answers for each. It looks for them in
// the bytes and not in the form that lists them: such a list can hide one.
func Read(ctx context.Context, file []byte, roots []*x509.Certificate) ([]Signature, error) {
	if len(file) > MostBytes {
		return nil, fault.Invalid("file", "Tệp lớn quá %d MB nên chưa kiểm được chữ ký.", MostBytes>>20)
	}
	if !bytes.HasPrefix(file, []byte("%PDF-")) {
		return nil, fault.Invalid("file", "Tệp không phải PDF nên không có chữ ký số nào để kiểm.")
	}
	places := placesOf(file)
	if len(places) > mostRanges {
		return nil, fault.Invalid("file", "Tệp khai quá %d chữ ký nên không kiểm.", mostRanges)
	}
	var found []Signature
	for _, at := range places {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		found = append(found, readOne(file, at, roots))
	}
	slices.SortStableFunc(found, func(a, b Signature) int { return cmp.Compare(a.Covers, b.Covers) })
	if n := len(found); n > 0 && found[n-1].Intact == Yes && found[n-1].Whole == Yes {
		for i := range found[:n-1] {
			if found[i].Whole == No && found[i].Intact != No {
				found[i].Follows = cmp.Or(found[n-1].Signer, "người ký sau")
			}
		}
	}
	return found, nil
}

// name is what a signature's dictionary calls the ranges that it covers.
var name = []byte("/ByteRange")

func placesOf(file []byte) (places []int) {
	for at := 0; len(places) <= mostRanges; {
		next := bytes.Index(file[at:], name)
		if next < 0 {
			break
		}
		places = append(places, at+next)
		at += next + len(name)
	}
	return places
}

var fourNumbers = pattern.Of(`^\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]`)

// span is what one signature covers: the file from its beginning to hole, and from rest to end. Between them stands the
// signature itself.
type span struct{ hole, rest, end int }

// spanOf reads the ranges at a place. fits is false when they are none that a signer may write: what is not covered must
// be the signature and nothing else.
func spanOf(file []byte, at int) (s span, fits bool) {
	after := at + len(name)
	found := fourNumbers().FindSubmatch(file[after:min(len(file), after+200)])
	if found == nil {
		return s, false
	}
	var n [4]int
	for i := range n {
		n[i], _ = strconv.Atoi(string(found[i+1])) // ten digits are a number
	}
	s = span{n[1], n[2], n[2] + n[3]}
	switch {
	case n[0] != 0 || s.hole >= s.rest-1 || s.end > len(file) || s.rest-s.hole > mostHole+2:
		return s, false
	case at > s.end || at > s.hole && at < s.rest: // a signature that does not cover its own words
		return s, false
	}
	hole := file[s.hole:s.rest]
	return s, hole[0] == '<' && hole[len(hole)-1] == '>'
}

// readOne answers for the signature at a place.
func readOne(file []byte, at int, roots []*x509.Certificate) Signature {
	one := Signature{Intact: No, Whole: No, Chain: Unknown, Valid: Unchecked}
	s, fits := spanOf(file, at)
	one.Covers = int64(s.end)
	if !fits {
		one.Fault = "Phạm vi ký khai trong tệp không đúng: tệp bị cắt, bị ghép hoặc bị sửa."
		return one
	}
	if s.end == len(file) {
		one.Whole = Yes
	}
	message, ok := hexOf(file[s.hole+1 : s.rest-1])
	if !ok {
		one.Fault = "Không đọc được chữ ký: các byte của chữ ký đã hỏng hoặc đã bị xóa."
		return one
	}
	content := slices.Concat(file[:s.hole], file[s.rest:s.end])
	one.At = declared(file, at, s)
	one.check(message, content, roots)
	return one
}

// hexOf reads the digits of a signature; white space among them is nothing, and one digit left over is followed by 0.
func hexOf(digits []byte) ([]byte, bool) {
	out := make([]byte, 0, len(digits)/2+1)
	half, have := byte(0), false
	for _, c := range digits {
		v := byte(0)
		switch {
		case c >= '0' && c <= '9':
			v = c - '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			v = c | 0x20 - 'a' + 10
		case bytes.IndexByte([]byte(" \t\r\n\f\x00"), c) >= 0:
			continue
		default:
			return nil, false
		}
		if have {
			out = append(out, half<<4|v)
		}
		half, have = v, !have
	}
	if have {
		out = append(out, half<<4)
	}
	return out, true
}

var dictionaryTime = pattern.Of(`/M\s*\(D:(\d{14})(?:([+-])(\d\d)'?(\d\d)?'?|Z)?`)

// declared is the time that the signature's dictionary gives. CAdES signatures carry it there and not in the message.
func declared(file []byte, at int, s span) time.Time {
	const near = 4096
	before := file[max(0, at-near):at]
	if begins := bytes.LastIndex(before, []byte("obj")); begins >= 0 {
		before = before[begins:]
	}
	after := file[at:min(len(file), at+near)]
	if s.hole > at {
		after = slices.Concat(file[at:min(s.hole, at+near)], file[s.rest:min(s.end, s.rest+near)])
	}
	after, _, _ = bytes.Cut(after, []byte("endobj"))
	found := dictionaryTime().FindSubmatch(slices.Concat(before, after))
	if found == nil {
		return time.Time{}
	}
	written, zone := string(found[1])+"+0000", "20060102150405-0700"
	if len(found[2]) > 0 {
		written = string(found[1]) + string(found[2]) + string(found[3]) + cmp.Or(string(found[4]), "00")
	}
	when, err := time.Parse(zone, written)
	if err != nil {
		return time.Time{}
	}
	return when
}
