package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"unicode/utf8"

	"giaoban/internal/fault"
	"giaoban/internal/fold"
)

var (
	errNUL       = fault.Invalid("body", "Nội dung có ký tự NUL, không phải văn bản; hãy xóa ký tự lạ rồi gửi lại.")
	errEncoding  = fault.Invalid("body", "Nội dung có chỗ không phải UTF-8 hoặc nửa cặp thay thế (\\ud800–\\udfff); hãy mã hóa lại rồi gửi.")
	errDirection = fault.Invalid("body", "Nội dung có ký tự đổi chiều chữ, làm chữ hiện khác với chữ được lưu; hãy xóa ký tự lạ rồi gửi lại.")
	errManyNames = fault.Invalid("body", "Nội dung có quá nhiều mục; hãy chia nhỏ.")
)

// mostNames are the names of all objects of one body together: ten times what the largest form has.
const mostNames = 20_000

// refuseText is the one question before any JSON is read into a value.
func refuseText(text []byte, into reflect.Type) error {
	if err := plainText(text); err != nil {
		return err
	}
	return eachOnce(text, into)
}

// plainText refuses what no text of an office has and what databases, pages or programs read differently: NUL, halves of
// surrogate pairs, marks that turn the direction of writing, written out or escaped.
func plainText(text []byte) error {
	if !utf8.Valid(text) {
		return errEncoding
	}
	if turns(text) {
		return errDirection
	}
	for at := 0; ; {
		i := bytes.IndexByte(text[at:], '\\')
		if i < 0 {
			return nil
		}
		at += i
		r, ok := escaped(text[at:])
		if !ok {
			at += 2
			if at > len(text) {
				return nil // no JSON; its reader says so
			}
			continue
		}
		at += 6
		switch {
		case r == 0:
			return errNUL
		case direction(r):
			return errDirection
		case r >= 0xdc00 && r <= 0xdfff:
			return errEncoding
		case r >= 0xd800 && r <= 0xdbff:
			if low, ok := escaped(text[at:]); !ok || low < 0xdc00 || low > 0xdfff {
				return errEncoding
			}
			at += 6
		}
	}
}

// escaped reads \u and four digits.
func escaped(text []byte) (r rune, ok bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	for _, c := range text[2:6] {
		digit := strings.IndexByte("0123456789abcdef", c|0x20)
		if digit < 0 || c < '0' {
			return 0, false
		}
		r = r<<4 | rune(digit)
	}
	return r, true
}

// direction reports whether r turns the direction of writing (Unicode Standard Annex 9, explicit and implicit marks).
func direction(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f || r == 0x061c
}

// turns looks for direction marks by the first bytes they share, which text in Vietnamese has little of.
func turns(text []byte) bool {
	for _, lead := range []string{"\xe2\x80", "\xe2\x81", "\xd8\x9c"} {
		for rest := text; ; {
			i := bytes.Index(rest, []byte(lead))
			if i < 0 {
				break
			}
			if r, _ := utf8.DecodeRune(rest[i:]); direction(r) {
				return true
			}
			rest = rest[i+len(lead):]
		}
	}
	return false
}

// eachOnce refuses an object that has one name twice, or twice but for capitals, and a name that differs from that of
// into's field by capitals alone: readers do not agree on which of them counts. into may be nil or an interface.
func eachOnce(text []byte, into reflect.Type) error {
	w := names{d: json.NewDecoder(bytes.NewReader(text)), left: mostNames}
	w.d.UseNumber()
	err := w.value(into)
	if errors.Is(err, errNotJSON) || errors.Is(err, io.EOF) {
		return nil // the reader that comes after says what is wrong
	}
	return err
}

var errNotJSON = errors.New("api: no JSON")

type names struct {
	d    *json.Decoder
	left int
}

func (w *names) value(into reflect.Type) error {
	for into != nil && into.Kind() == reflect.Pointer {
		into = into.Elem()
	}
	token, err := w.d.Token()
	if err != nil {
		return errNotJSON
	}
	switch token {
	case json.Delim('{'):
		err = w.object(into)
	case json.Delim('['):
		var item reflect.Type
		if into != nil && (into.Kind() == reflect.Slice || into.Kind() == reflect.Array) {
			item = into.Elem()
		}
		for err == nil && w.d.More() {
			err = w.value(item)
		}
	default:
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := w.d.Token(); err != nil { // its end
		return errNotJSON
	}
	return nil
}

func (w *names) object(into reflect.Type) error {
	fields := fieldsOf(into)
	seen := make(map[string]bool)
	for w.d.More() {
		token, err := w.d.Token()
		name, ok := token.(string)
		if err != nil || !ok {
			return errNotJSON
		}
		if w.left--; w.left < 0 {
			return errManyNames
		}
		key := name
		if fields != nil {
			key = strings.ToLower(name)
		}
		if seen[key] {
			return fault.Invalid("body", "Mục “%s” xuất hiện hai lần; hãy giữ một.", fold.Cut(name, longestPlace))
		}
		seen[key] = true
		field, known := fields[key]
		if known && field.name != name {
			return fault.Invalid("body", "Mục “%s” viết sai chữ hoa, chữ thường; hãy viết là “%s”.", fold.Cut(name, longestPlace), field.name)
		}
		next := field.kind
		if into != nil && into.Kind() == reflect.Map {
			next = into.Elem()
		}
		if err := w.value(next); err != nil {
			return err
		}
	}
	return nil
}

type field struct {
	name string
	kind reflect.Type
}

// fieldsOf gives a struct's names in JSON by their small letters; nil for what is no struct.
func fieldsOf(t reflect.Type) map[string]field {
	if t == nil || t.Kind() != reflect.Struct {
		return nil
	}
	all := make(map[string]field)
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name != "" && name != "-" {
			all[strings.ToLower(name)] = field{name, f.Type}
		}
	}
	return all
}
