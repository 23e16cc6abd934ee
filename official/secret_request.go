package official

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Field is one value of a form, in the order in which the values came.
type Field struct{ Name, Value string }

// RefuseSecretForm gives a SecretError when a form bears a mark: in a name, in one of its values, in the values of one
// field joined, or in all of them joined, each on its own line. A form without the word costs one pass over its bytes.
func RefuseSecretForm(fields []Field) error {
	worth, size := false, 0
	for _, f := range fields {
		if err := RefuseSecret(f.Name, f.Value); err != nil {
			return err
		}
		if !worth {
			_, _, worth = markAt(f.Value, 0)
			worth = worth || opens(f.Value)
		}
		size += len(f.Value) + 1
	}
	if !worth {
		return nil
	}
	var all strings.Builder
	all.Grow(size)
	for _, f := range fields {
		all.WriteString(f.Value)
		all.WriteByte('\n')
	}
	if err := RefuseSecret(all.String()); err != nil {
		return err
	}
	return refuseJoined(fields)
}

// opens tells whether a value ends with the first letters of a mark, which another value could complete.
func opens(value string) bool {
	end := strings.TrimRightFunc(value[max(0, len(value)-64):], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) })
	last, _ := utf8.DecodeLastRuneInString(end)
	if r := seen(last); !unicode.Is(unicode.Mn, r) && !strings.ContainsRune("MmAaÂâẠạẬậËëÄä", r) {
		return false
	}
	const tail = 48
	var with [tail + len("\nẬT")]byte
	for _, rest := range [...]string{"\nẬT", "\nT"} {
		n := copy(with[:], value[max(0, len(value)-tail):])
		n += copy(with[n:], rest)
		from, _, found := markAt(with[:n], 0)
		if !found {
			continue
		}
		if before, _ := utf8.DecodeLastRune(with[:from]); !unicode.IsLetter(before) {
			return true
		}
	}
	return false
}

// refuseJoined looks at the values of each field alone, where others stand between them.
func refuseJoined(fields []Field) error {
	values := make(map[string][]string)
	for _, f := range fields {
		values[f.Name] = append(values[f.Name], f.Value)
	}
	for _, v := range values {
		if len(v) > 1 {
			if err := RefuseSecret(strings.Join(v, "\n")); err != nil {
				return err
			}
		}
	}
	return nil
}

// RefuseSecretJSON gives a SecretError when a JSON text bears a mark in one of its strings or in all of them joined. The
// usual body, without the word and without escaped letters, costs one pass over its bytes. What is no JSON is left to
// its reader.
func RefuseSecretJSON(raw []byte) error {
	if _, _, found := markAt(raw, 0); !found && !bytes.Contains(raw, []byte(`\u`)) {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var fields []Field
	for {
		token, err := d.Token()
		if err != nil {
			return RefuseSecretForm(fields)
		}
		if s, ok := token.(string); ok {
			fields = append(fields, Field{"", s})
		}
	}
}
