package official

import (
	"strings"
	"unicode"

	"giaoban/internal/pattern"
)

var (
	nameSeparators = pattern.Of(`[\[\](){}_\-–—.,;+~!#@=\s]+`)
	nameBracketed  = pattern.Of(`[\[({【]([^\[({【\])}】]{1,60})[\])}】]`)
	nameLabel      = pattern.Of(`(?:^|[^\p{L}])(?:độ|do)[\s_-]*(?:mật|mat)[\s_:=-]+((?:tuyệt|tối|tuyet|toi)?[\s_-]*(?:mật|mat))(?:[^\p{L}]|$)`)
	nameLeading    = pattern.Of(`^(?:[^\p{L}]*)((?:TUYỆT|TỐI|TUYET|TOI)[\s_-]*(?:MẬT|MAT)|MẬT)(?:\s*[_\-–—.:+~!#]|\s*$)`)
	nameSpaces     = strings.NewReplacer("_", " ", "+", " ")
	nameTrailing   = pattern.Of(`[_\-–—+~!#.]\s*((?:TUYỆT|TỐI|TUYET|TOI)[\s_-]*(?:MẬT|MAT)|MẬT)[^\p{L}]*$`)
)

// SecretName looks for a mark in the name of a file: "[MẬT] kế hoạch.docx", "TOI MAT_12.pdf".
func SecretName(name string) (level string, found bool) {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	if len(name) > 4096 {
		name = name[:4096]
	}
	name = unveil(name)
	if i := strings.LastIndexByte(name, '.'); i > 0 && len(name)-i <= 6 {
		name = name[:i]
	}
	lower := strings.ToLower(name)
	var words []string
	for _, m := range nameBracketed().FindAllStringSubmatch(name, 16) {
		words = append(words, m[1], m[1][strings.LastIndexAny(m[1], ":-_")+1:])
	}
	for _, m := range [][]string{nameLabel().FindStringSubmatch(lower), nameLeading().FindStringSubmatch(name), nameTrailing().FindStringSubmatch(name)} {
		if m != nil {
			words = append(words, m[1])
		}
	}
	for _, word := range words {
		word = nameSeparators().ReplaceAllString(word, "")
		if word == "MAT" { // in capitals: a front view is "(mat) truoc.jpg"
			return Confidential, true
		}
		if level := spelled(word); level != "" {
			return level, true
		}
	}
	// The two longer degrees are no part of any other word; only a whole name is looked at.
	if level := spelled(name); level != "" {
		return level, true
	}
	return SecretMark(nameSpaces.Replace(name))
}

// spelled reads the letters of a mark, close together or apart, also as old TCVN3 and VNI fonts store
// them. A text without any mark above its letters counts only for the two longer degrees.
func spelled(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.Is(unicode.Mn, r):
			b.WriteRune(unicode.ToUpper(r))
		case unicode.IsDigit(r), r == ',', r == ';', r == '/', r == '&', r == '+':
			return "" // "MẬT/TỐI MẬT" offers a choice
		}
		if b.Len() > 40 {
			return ""
		}
	}
	switch b.String() {
	case "MẬT", "MËT", "MAÄT":
		return Confidential
	case "TỐIMẬT", "TÈIMËT", "TOÁIMAÄT", "TOIMAT":
		return Secret
	case "TUYỆTMẬT", "TUỴÊTMẬT", "TUYÖTMËT", "TUYEÄTMAÄT", "TUYETMAT":
		return TopSecret
	}
	return ""
}
