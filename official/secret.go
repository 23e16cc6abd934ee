package official

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"giaoban/internal/fault"
)

// The three degrees of bí mật nhà nước (Luật Bảo vệ bí mật nhà nước 2018, Điều 8).
const (
	Confidential = "MẬT"
	Secret       = "TỐI MẬT"
	TopSecret    = "TUYỆT MẬT"
)

// SecretError refuses a paper that bears a mark of secrecy. It holds the degree and nothing of the
// paper.
type SecretError struct{ Level string }

// Error tells the person what to do with the paper.
func (e SecretError) Error() string {
	return fmt.Sprintf("Văn bản mang dấu độ mật %s. Hệ thống không nhận và không lưu văn bản mật; hãy gửi qua đường văn thư mật. "+
		"Nếu chữ này không phải dấu độ mật, hãy viết lại dòng đó rồi gửi lại.", e.Level)
}

// Unwrap lets the doors answer as to every refusal: nothing is kept.
func (e SecretError) Unwrap() error { return fault.Refused(e.Error()) }

// RefuseSecret gives a SecretError when one of the texts is marked secret.
func RefuseSecret(parts ...string) error {
	for _, p := range parts {
		if level, found := SecretMark(p); found {
			return SecretError{level}
		}
	}
	return nil
}

// topLines is how far down a page a mark is looked for in its weaker forms.
const topLines = 30

// SecretMark looks for a mark of secrecy in running text: the word alone on its line or in its cell,
// however framed or spaced, or after a label such as "Độ mật:". A word inside a sentence is none.
// When several marks are present the highest degree is given.
func SecretMark(text string) (level string, found bool) {
	n, afterLabel := 0, false
	for text != "" {
		var whole string
		whole, text = nextLine(text)
		if strings.TrimSpace(whole) == "" {
			continue
		}
		n++
		segments := append([]string{whole}, cells(whole)...)
		labelled := false
		for i, s := range segments {
			if len(s) > 600 || long(s) && !strings.ContainsAny(s, "ậẬ\u0323") {
				continue
			}
			s = unveil(s)
			got := markIn(s, n <= topLines, afterLabel || labelled && i > 0)
			if rank(got) > rank(level) {
				level = got
			}
			labelled = labelled || bareLabel.MatchString(strings.ToLower(s))
		}
		afterLabel = labelled
		if level == TopSecret {
			break
		}
	}
	return level, level != ""
}

// long tells lines that hold more letters than any stamp with its copy number; only a label at their
// end could still matter.
func long(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			if letters++; letters > 60 {
				return true
			}
		}
	}
	return false
}

func rank(level string) int {
	switch level {
	case Confidential:
		return 1
	case Secret:
		return 2
	case TopSecret:
		return 3
	}
	return 0
}

// nextLine cuts at every character that begins a new line somewhere.
func nextLine(s string) (line, rest string) {
	i := strings.IndexAny(s, "\n\r\v\f\u0085\u2028\u2029")
	if i < 0 {
		return s, ""
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return s[:i], s[i+size:]
}

var gaps = regexp.MustCompile(`\t+| {3,}|\s*[|│┃║]\s*`)

// cells splits a line where two blocks of a head stand beside each other.
func cells(line string) []string {
	if !strings.ContainsAny(line, "\t|│┃║") && !strings.Contains(line, "   ") {
		return nil
	}
	parts := gaps.Split(line, 64)
	if len(parts) < 2 {
		return nil
	}
	return parts
}

// lookalikes are letters of other alphabets drawn as those of the mark.
var lookalikes = strings.NewReplacer("М", "M", "Т", "T", "А", "A", "О", "O", "У", "Y", "Е", "E", "І", "I",
	"Μ", "M", "Τ", "T", "Α", "A", "Ο", "O", "Υ", "Y", "Ε", "E", "Ι", "I", "ı", "i")

// unveil undoes ways of writing that the eye does not see: compatibility forms, split letters,
// invisible characters, letters of other alphabets.
func unveil(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r), r == 0x34f, r >= 0xfe00 && r <= 0xfe0f:
			return -1
		case unicode.IsSpace(r), r == 0xa0:
			return ' '
		}
		return r
	}, s)
	return strings.TrimSpace(norm.NFC.String(lookalikes.Replace(norm.NFKD.String(s))))
}

var (
	bareLabel = regexp.MustCompile(`^[^\p{L}\p{N}]*(?:dấu |dấu chỉ )?(?:mức độ|cấp độ|độ|mức) (?:bảo )?mật\s*[:=–—-]?\s*$`)
	label     = regexp.MustCompile(`(?:^|[^\p{L}])(?:mức độ|cấp độ|độ|mức) (?:bảo )?mật\s*[:=–—-]+[^\p{L}\p{N}]*(tuyệt mật|tối mật|mật)[^\p{L}\p{N}]*$`)
	labelThen = regexp.MustCompile(`^[^\p{L}\p{N}]*(?:dấu |dấu chỉ )?(?:mức độ|cấp độ|độ|mức) (?:bảo )?mật\s*[:=–—-]+[^\p{L}\p{N}]*(tuyệt mật|tối mật|mật)(?:[^\p{L}\p{N} ]|\s{2}|\s*$)`)
	// A stamp is often followed or led by the number of the copy.
	copyNumber = regexp.MustCompile(`(?i)[\s(\[–—.,;:-]*(?:bản|bộ) số\s*[:.]?\s*[\d.…_ /]*[)\]]?\s*$|^\s*(?:bản|bộ) số\s*[:.]?\s*[\d.…_ /]+[\s–—-]*`)
	// Words that make a line of capitals a stamp: TÀI LIỆU MẬT, VĂN BẢN TỐI MẬT.
	stampWords = regexp.MustCompile(`^(?:TÀI LIỆU|VĂN BẢN|HỒ SƠ|CÔNG VĂN|DẤU|LOẠI|THUỘC LOẠI) `)
	listMark   = regexp.MustCompile(`^\s*(?:[-+•*–—]|\p{L}[).]|\d+[).])\s+`)
)

// markIn reads one line or cell. top: near the head of the paper; labelled: the cell or line before it
// was "Độ mật:".
func markIn(s string, top, labelled bool) string {
	lower := strings.ToLower(s)
	for _, re := range []*regexp.Regexp{label, labelThen} {
		if !strings.Contains(lower, "mật") {
			break
		}
		if m := re.FindStringSubmatch(lower); m != nil {
			return strings.ToUpper(m[1])
		}
	}
	bare := s
	if strings.Contains(lower, "số") {
		bare = strings.TrimSpace(copyNumber.ReplaceAllString(s, ""))
	}
	inner := strings.TrimFunc(bare, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	inner = strings.TrimPrefix(inner, stampWords.FindString(inner))
	level := spelled(inner)
	if level == "" {
		return ""
	}
	capitals := inner == strings.ToUpper(inner)
	framed := strings.HasPrefix(bare, "[") || strings.HasPrefix(bare, "(") || strings.HasPrefix(bare, "*") ||
		strings.HasPrefix(bare, "=") || strings.HasPrefix(bare, "<") || strings.HasPrefix(bare, "{") || strings.HasPrefix(bare, "#") || strings.HasPrefix(bare, "【")
	listed := listMark.MatchString(s) && strings.ContainsAny(s[len(s)-1:], ";,.")
	switch {
	case labelled:
		return level
	case listed: // an item that names a degree, as in a guidance on stamps
		return ""
	case capitals:
		return level
	case level == Confidential && !framed:
		// "Mật" alone may be honey in a price list; at the head of a paper it is a stamp.
		if top && strings.HasPrefix(inner, "M") {
			return level
		}
		return ""
	case top || framed:
		return level
	}
	return ""
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

var (
	nameSeparators = regexp.MustCompile(`[\[\](){}_\-–—.,;+~!#@=\s]+`)
	nameBracketed  = regexp.MustCompile(`[\[({【]([^\[({【\])}】]{1,60})[\])}】]`)
	nameLabel      = regexp.MustCompile(`(?:^|[^\p{L}])(?:độ|do)[\s_-]*(?:mật|mat)[\s_:=-]+((?:tuyệt|tối|tuyet|toi)?[\s_-]*(?:mật|mat))(?:[^\p{L}]|$)`)
	nameLeading    = regexp.MustCompile(`^(?:[^\p{L}]*)((?:TUYỆT|TỐI|TUYET|TOI)[\s_-]*(?:MẬT|MAT)|MẬT)(?:\s*[_\-–—.:+~!#]|\s*$)`)
	nameTrailing   = regexp.MustCompile(`[_\-–—+~!#.]\s*((?:TUYỆT|TỐI|TUYET|TOI)[\s_-]*(?:MẬT|MAT)|MẬT)[^\p{L}]*$`)
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
	for _, m := range nameBracketed.FindAllStringSubmatch(lower, 16) {
		words = append(words, m[1], m[1][strings.LastIndexAny(m[1], ":-_")+1:])
	}
	for _, m := range [][]string{nameLabel.FindStringSubmatch(lower), nameLeading.FindStringSubmatch(name), nameTrailing.FindStringSubmatch(name)} {
		if m != nil {
			words = append(words, m[1])
		}
	}
	for _, word := range words {
		word = nameSeparators.ReplaceAllString(strings.ToUpper(word), "")
		if word == "MAT" {
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
	return "", false
}
