package document

import (
	"bytes"
	"encoding/binary"
	"strings"
	"sync"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"giaoban/internal/fault"
)

// encoding is an older way to write Vietnamese, in which its letters stand in the places of Latin-1.
type encoding string

const (
	tcvn3 encoding = "TCVN3"
	vni   encoding = "VNI"
)

// tcvn3Letters are the letters of TCVN 5712:1993 VN3 by their bytes, as the fonts .VnTime and the like hold them.
var tcvn3Letters = sync.OnceValue(func() map[rune]rune {
	m := make(map[rune]rune)
	for from, letters := range map[rune]string{0xA1: "ĂÂÊÔƠƯĐăâêôơưđ", 0xB5: "àảãáạ", 0xBB: "ằẳẵắ", 0xC6: "ặầẩẫấậè", 0xCE: "ẻẽéẹềểễếệìỉ",
		0xDC: "ĩíịò", 0xE1: "ỏõóọồổỗốộờởỡớợù", 0xF1: "ủũúụừửữứựỳỷỹýỵ"} {
		at := from
		for _, r := range letters {
			m[at] = r
			at++
		}
	}
	return m
})

// In VNI a vowel is followed by a letter that stands for its marks; some letters stand for themselves.
var (
	vniMarks = map[rune]string{'ø': "\u0300", 'ù': "\u0301", 'û': "\u0309", 'õ': "\u0303", 'ï': "\u0323", 'â': "\u0302", 'à': "\u0302\u0300",
		'á': "\u0302\u0301", 'å': "\u0302\u0309", 'ã': "\u0302\u0303", 'ä': "\u0302\u0323", 'ê': "\u0306", 'è': "\u0306\u0300", 'é': "\u0306\u0301",
		'ú': "\u0306\u0309", 'ü': "\u0306\u0303", 'ë': "\u0306\u0323"}
	vniLetters = map[rune]rune{'ì': 'ì', 'í': 'í', 'æ': 'ỉ', 'ó': 'ĩ', 'ò': 'ị', 'ô': 'ơ', 'ö': 'ư', 'î': 'ỵ', 'ñ': 'đ'}
)

// unicodeOf writes a text of an older encoding in Unicode.
func (e encoding) unicodeOf(text string) string {
	if e == tcvn3 {
		return strings.Map(func(r rune) rune {
			if r >= 0xF0A1 && r <= 0xF0FE { // as fonts of signs are written
				r -= 0xF000
			}
			if letter, ok := tcvn3Letters()[r]; ok {
				return letter
			}
			return r
		}, text)
	}
	var b strings.Builder
	var vowel rune // which may still be given marks
	for _, r := range text {
		low := unicode.ToLower(r)
		if marks, ok := vniMarks[low]; ok && vowel != 0 && (marks[1] != '\x82' || strings.ContainsRune("aeo", vowel)) &&
			(marks[1] != '\x86' || vowel == 'a') {
			b.WriteString(marks)
			vowel = 0
			continue
		}
		if letter, ok := vniLetters[low]; ok {
			if low = letter; low != r && unicode.IsUpper(r) {
				letter = unicode.ToUpper(letter)
			}
			r = letter
		}
		b.WriteRune(r)
		if vowel = 0; strings.ContainsRune("aeouyơư", low) {
			vowel = low
		}
	}
	return norm.NFC.String(b.String())
}

// fontEncoding tells by its name how a font stores its letters; capital ones show small letters as capitals.
func fontEncoding(font string) (e encoding, capital bool) {
	low := strings.ToLower(font)
	switch {
	case strings.HasPrefix(low, ".vn"):
		return tcvn3, strings.HasSuffix(font, "H")
	case strings.HasPrefix(low, "vni"):
		return vni, false
	}
	return "", false
}

// oldText finds older encodings in the texts of one file, and counts what it found.
type oldText struct {
	fonts, letters map[encoding]int
}

func (o *oldText) note(where *map[encoding]int, e encoding) {
	if *where == nil {
		*where = make(map[encoding]int)
	}
	(*where)[e]++
}

// mended gives a text in Unicode, and the text as it stood when it was in an older encoding.
func (o *oldText) mended(text string) (plain, original string) {
	if e := o.guess(text); e != "" {
		o.note(&o.letters, e)
		return e.unicodeOf(text), text
	}
	return text, ""
}

// guess tells the encoding of a text whose letters are those of Latin-1: in the right one its words are Vietnamese syllables.
// A single word is believed where the file has shown the encoding before.
func (o *oldText) guess(text string) encoding {
	if !strings.ContainsFunc(text, func(r rune) bool { return r > 0xA0 && r <= 0xFF || r >= 0xF0A1 && r <= 0xF0FE }) || modern(text) {
		return ""
	}
	words := oldWords(text)
	already := 0
	for _, w := range words {
		if syllable(w) {
			already++
		}
	}
	for _, e := range []encoding{tcvn3, vni} {
		good := 0
		for _, w := range words {
			if syllable(e.unicodeOf(w)) {
				good++
			}
		}
		enough := good >= 2 || good == 1 && (o.letters[e] > 0 || o.fonts[e] > 0)
		if enough && 10*good >= 7*len(words) && 2*already <= good {
			return e
		}
	}
	return ""
}

// modern tells letters that only Unicode has.
func modern(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return r >= 0x1EA0 && r <= 0x1EF9 || strings.ContainsRune("ĂăĐđĨĩŨũƠơƯư\u0300\u0301\u0303\u0309\u0323", r)
	})
}

// oldWords are the words of a text that hold letters beyond ASCII, which in older encodings may look like signs.
func oldWords(text string) []string {
	var kept []string
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r <= 0x7F && !unicode.IsLetter(r) || r == 0xA0 }) {
		if strings.ContainsFunc(word, func(r rune) bool { return r > 0xA0 && r != '«' && r != '»' && (r < 0x2010 || r > 0x203A) }) {
			kept = append(kept, word)
		}
	}
	return kept
}

// convert writes the pieces of a paragraph in Unicode: by their fonts first, then by their letters.
func (o *oldText) convert(pieces []piece) (converted []piece, original string) {
	var raw strings.Builder
	byFont, later := false, false
	for _, p := range pieces {
		if e, _ := fontEncoding(p.font); e != "" && !later {
			byFont, later = true, modern(string(p.text))
		}
		if !p.gone {
			raw.Write(p.text)
		}
	}
	text := raw.String()
	if byFont && !later { // Unicode typed in such a font stays
		changed := false
		for i, p := range pieces {
			e, capital := fontEncoding(p.font)
			if e == "" {
				continue
			}
			plain := e.unicodeOf(string(p.text))
			if capital {
				plain = strings.ToUpper(plain)
			}
			if plain != string(p.text) {
				changed = true
				o.note(&o.fonts, e)
				pieces[i].text = []byte(plain)
			}
		}
		if changed {
			return pieces, text
		}
		return pieces, ""
	}
	e := o.guess(text)
	if e == "" {
		return pieces, ""
	}
	o.note(&o.letters, e)
	for i := range pieces {
		pieces[i].text = []byte(e.unicodeOf(string(pieces[i].text)))
	}
	return pieces, text
}

// say tells what was converted.
func (o *oldText) say(c *collector) {
	for _, e := range []encoding{tcvn3, vni} {
		if n := o.fonts[e]; n > 0 {
			c.say("Có %d chỗ viết bằng phông %s đã được đổi sang Unicode; chữ gốc ghi kèm bên cạnh.", n,
				map[encoding]string{tcvn3: ".VnTime (mã TCVN3)", vni: "VNI"}[e])
		}
		if n := o.letters[e]; n > 0 {
			c.say("Có %d chỗ chữ theo mã %s đã được đổi sang Unicode; chữ gốc ghi kèm bên cạnh.", n, e)
		}
	}
}

// decode gives the letters of a text file: UTF-8, UTF-16, or bytes of an older encoding, one letter each, which are
// converted where the blocks are made.
func decode(name string, content []byte) (string, error) {
	unreadable := fault.Invalid("", "Tệp “%s” không theo mã nào đọc được (Unicode, TCVN3, VNI). Hãy mở bằng Word hay trình duyệt, lưu lại theo UTF-8 rồi gửi lại.", name)
	switch {
	case bytes.HasPrefix(content, []byte{0xFF, 0xFE}):
		return wide(content[2:], binary.LittleEndian, unreadable)
	case bytes.HasPrefix(content, []byte{0xFE, 0xFF}):
		return wide(content[2:], binary.BigEndian, unreadable)
	}
	content = bytes.TrimPrefix(content, []byte("\xEF\xBB\xBF"))
	if bytes.IndexByte(content, 0) >= 0 {
		if n := bytes.Count(content, []byte{0}); 3*n > len(content) && len(content) > 3 { // UTF-16 without its mark
			if content[0] == 0 {
				return wide(content, binary.BigEndian, unreadable)
			}
			return wide(content, binary.LittleEndian, unreadable)
		}
		return "", unreadable
	}
	if utf8.Valid(content) {
		return string(content), nil
	}
	latin := string([]rune(latin1(content)))
	for _, text := range []string{latin, norm.NFC.String(charmapText(content))} {
		o := oldText{}
		words, good := 0, 0
		for line := range strings.Lines(text) {
			all := oldWords(line)
			words += len(all)
			if o.guess(line) != "" {
				good += len(all)
				continue
			}
			for _, w := range all {
				if modern(text) && syllable(w) {
					good++
				}
			}
		}
		if good >= 2 && 10*good >= 7*words {
			return text, nil
		}
	}
	return "", unreadable
}

func latin1(content []byte) []rune {
	all := make([]rune, len(content))
	for i, c := range content {
		all[i] = rune(c)
	}
	return all
}

// charmapText reads Windows-1258, in which tones follow their vowels.
func charmapText(content []byte) string {
	text, err := charmap.Windows1258.NewDecoder().Bytes(content)
	if err != nil {
		return ""
	}
	return string(text)
}

func wide(content []byte, order binary.ByteOrder, unreadable error) (string, error) {
	if len(content)%2 != 0 {
		return "", unreadable
	}
	units := make([]uint16, len(content)/2)
	for i := range units {
		units[i] = order.Uint16(content[2*i:])
	}
	return string(utf16.Decode(units)), nil
}
