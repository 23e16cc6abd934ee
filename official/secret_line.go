package official

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"giaoban/internal/fold"
	"giaoban/internal/pattern"
)

var gaps = pattern.Of(`\t+| {3,}|\s*[|│┃║]\s*`)

// cells splits a line where two blocks of a head stand beside each other.
func cells(line string) []string {
	if strings.IndexByte(line, '\t') < 0 && strings.IndexByte(line, '|') < 0 && !strings.Contains(line, "   ") &&
		!strings.ContainsAny(line, "│┃║") {
		return nil
	}
	parts := gaps().Split(line, 64)
	if len(parts) < 2 {
		return nil
	}
	return parts
}

var (
	bareLabel = pattern.Of(`^[^\p{L}\p{N}]*(?:dấu |dấu chỉ )?(?:mức độ|cấp độ|độ|mức) (?:bảo )?mật\s*[:=–—-]?\s*$`)
	label     = pattern.Of(`(?:^|[^\p{L}])(?:mức độ|cấp độ|độ|mức) (?:bảo )?mật\s*[:=–—-]+[^\p{L}\p{N}]*(tuyệt mật|tối mật|mật)[^\p{L}\p{N}]*$`)
	labelThen = pattern.Of(`^[^\p{L}\p{N}]*(?:dấu |dấu chỉ )?(?:mức độ|cấp độ|độ|mức) (?:bảo )?mật\s*[:=–—-]+[^\p{L}\p{N}]*(tuyệt mật|tối mật|mật)(?:[^\p{L}\p{N} ]|\s{2}|\s*$)`)
	labelCaps = pattern.Of(`(?i)^[^\p{L}\p{N}]*(?:mức độ|cấp độ|độ|mức|do) (?:mật|mat)[\s:=(–—-]*$`)
	listMark  = pattern.Of(`^\s*(?:[-+•*–—]|\p{L}[).]|\d+[).])\s+`)
)

// gap stands between the letters of one word.
const gap = `[^\p{L}\p{N}]{0,8}`

var degree = pattern.Of(`(?i)(?:(t` + gap + `u` + gap + `[yỵ]` + gap + `(?:ệ|ê|ö|eä|e)` + gap + `t)[^\p{L}\p{N}]{0,8}|` +
	`(t` + gap + `(?:ố|è|oá|o)` + gap + `i)[^\p{L}\p{N}]{0,8})?m` + gap + `(?:ậ|ë|aä|a)` + gap + `t`)

// stamp is a degree as it stands in a line.
type stamp struct {
	from, to int
	level    string
	capitals bool // all its letters
	titled   bool // its first letter
	plain    bool // written without marks
}

// marks finds the degrees in a line, whole words only.
func marks(s string) (all []stamp) {
	for _, m := range degree().FindAllStringSubmatchIndex(s, 64) {
		before, _ := utf8.DecodeLastRuneInString(s[:m[0]])
		after, _ := utf8.DecodeRuneInString(s[m[1]:])
		if unicode.IsLetter(before) || unicode.IsLetter(after) {
			continue
		}
		word := s[m[0]:m[1]]
		first, _ := utf8.DecodeRuneInString(word)
		t := stamp{from: m[0], to: m[1], level: Confidential, capitals: word == strings.ToUpper(word), titled: unicode.IsUpper(first)}
		t.plain = !strings.ContainsAny(word, "ậẬëËäÄ")
		switch {
		case m[2] >= 0:
			t.level = TopSecret
		case m[4] >= 0:
			t.level = Secret
		}
		if t.plain && !t.capitals {
			continue
		}
		all = append(all, t)
	}
	return all
}

// mostInLine is how many degrees of one line are judged one by one.
const mostInLine = 8

// judge reads one line or cell. top: near the head of the paper; labelled: the cell or line before it was "Độ mật:".
func judge(s string, top, labelled, cell bool) (level string) {
	lower := strings.ToLower(s)
	if strings.Contains(lower, "mật") {
		for _, re := range []*regexp.Regexp{label(), labelThen()} {
			if m := re.FindStringSubmatch(lower); m != nil {
				return strings.ToUpper(m[1])
			}
		}
	}
	all := marks(s)
	if len(all) > mostInLine { // a border of stamps, or a text about them
		if slices.ContainsFunc(all, func(t stamp) bool { return !t.capitals || t.plain }) {
			return ""
		}
		return all[0].level
	}
	if offered(s, all) {
		return ""
	}
	for _, t := range all {
		if rank(t.level) > rank(level) && t.bearsMark(s, top, labelled, cell) {
			level = t.level
		}
	}
	return level
}

// offered tells a choice of degrees, as in a form or a guidance: "Mật / Tối mật / Tuyệt mật", "MẬT, TỐI MẬT".
func offered(s string, all []stamp) bool {
	for i := 1; i < len(all); i++ {
		between := strings.ToLower(strings.Trim(s[all[i-1].to:all[i].from], " \"'“”()[]☐□"))
		switch between {
		case ",", ";", "/", "&", "+", "hoặc", "và", ", hoặc", ", và", "hay", ", độ", "độ", "và độ", "”, “":
			return all[i-1].level != all[i].level
		}
	}
	return false
}

// bearsMark decides whether the degree is the stamp of the paper or a word of its text.
func (t stamp) bearsMark(s string, top, labelled, cell bool) bool {
	before, after := s[:t.from], s[t.to:]
	nearBefore, nearAfter := letters(before), letters(after)
	alone := nearBefore == "" && nearAfter == "" && !digits(before+after)
	if alone {
		return t.alone(s, top, labelled, cell)
	}
	if labelCaps().MatchString(before) && t.capitals && nearAfter == "" {
		return true
	}
	if neighbour(before, after) {
		return false
	}
	before, after = strings.TrimSpace(before), strings.TrimSpace(after)
	apart := set(before, after)
	if ok, beside := companionsOf(before, after); ok {
		return t.besides(s, beside, apart)
	}
	if t.plain {
		return false
	}
	secrets := aboutSecrets(before, apart)
	switch {
	case !t.capitals:
		return t.titled && t.level != Confidential && apart == framed && !secrets
	case secrets:
		return false
	case apart == framed && (nearBefore == "" || nearAfter == ""), apart == dashed && !foods(s):
		return !sentence(s, t)
	case t.level != Confidential:
		return s == strings.ToUpper(s)
	}
	return t.afterSender(s, before, after)
}

// alone judges a degree that has its line or cell for itself.
func (t stamp) alone(s string, top, labelled, cell bool) bool {
	before := strings.TrimSpace(s[:t.from])
	listed := listMark().MatchString(s) && strings.ContainsAny(s[len(s)-1:], ";,.")
	opened := before != "" && strings.ContainsRune("[(*=<{#【", firstRune(before))
	switch {
	case t.plain && t.level == Confidential:
		return false
	case labelled:
		return true
	case listed: // an item that names a degree, as in a guidance on stamps
		return false
	case t.capitals:
		return true
	case t.level == Confidential && !opened:
		// "Mật" alone may be honey in a price list; at the head of a paper it is a stamp.
		return top && t.titled && !cell
	}
	return top || opened
}

// besides judges a degree that stands with nothing but what stands beside stamps.
func (t stamp) besides(s string, beside company, apart separation) bool {
	switch {
	case t.plain:
		return beside.urgency || beside.number && apart == framed || t.level != Confidential
	case t.capitals:
		return true
	}
	return t.titled && (beside.urgency || beside.number && apart != joined)
}

// afterSender takes MẬT for a stamp at the end of a line of capitals that begins like a head: "TỈNH ỦY … MẬT".
func (t stamp) afterSender(s, before, after string) bool {
	if before == "" && dated().MatchString(fold.Fold(after)) {
		return true
	}
	if ok, beside := companions(before); ok && beside.paper {
		word, _, _ := strings.Cut(fold.Fold(after), " ")
		return word == "ve" || word == "v/v" || word == "cua"
	}
	return after == "" && s == strings.ToUpper(s) && !foods(s) && senders().MatchString(fold.Fold(before))
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// letters gives what is left of a text without signs and digits.
func letters(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
}

func digits(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }

// separation is what parts a stamp from the words beside it.
type separation uint8

const (
	joined separation = iota
	dashed            // " - MẬT", "MẬT: …", three blanks
	framed            // "(MẬT)"
)

func set(before, after string) separation {
	last, _ := utf8.DecodeLastRuneInString(before)
	first := firstRune(after)
	switch {
	case before != "" && strings.ContainsRune("([{【<“*#=", last) && after != "" && strings.ContainsRune(")]}】>”*#=", first):
		return framed
	case before != "" && strings.ContainsRune("-–—:_*|", last), before == "" && strings.ContainsRune("-–—:_*|", first) && after != "":
		return dashed
	}
	return joined
}

// neighbour tells words that make another word of MẬT: bí mật, mật ong.
func neighbour(before, after string) bool {
	if last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, " ")); unicode.IsLetter(last) {
		words := strings.Fields(strings.ToLower(before))
		switch words[len(words)-1] {
		case "bí", "bảo", "thân", "cơ", "cẩn", "túi", "gan", "ong", "ống", "đường", "sỏi", "dịch", "lấy", "quay", "rỉ", "giải", "độ", "nuôi",
			"ngọt", "tuần", "trăng", "mía", "dấu", "chữ", "loại", "cấp", "mức", "hướng", "kín", "trấn", "đượm", "hút", "vắt", "là":
			return len(words) > 1 || words[0] != "dấu" && words[0] != "loại"
		}
	}
	if unicode.IsLetter(firstRune(strings.TrimLeft(after, " "))) {
		word, _, _ := strings.Cut(strings.TrimLeft(strings.ToLower(after), " "), " ")
		switch strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) {
		case "ong", "độ", "khẩu", "mã", "thiết", "vụ", "hiệu", "thư", "mía", "gấu", "danh", "nghị", "ước", "lệnh", "ngữ", "tập", "hoa", "ngọt",
			"đường", "bài", "tông", "phục", "đàm", "báo", "nhà", "bằng", "bang":
			return true
		}
	}
	return false
}

var aboutPapers = pattern.Of(`(?:bao ve|danh muc|quan ly|sao,? chup|tieu huy|giao nhan|so dang ky|so|dong dau|mau dau|xu ly|luu giu|soan thao|` +
	`xac dinh|phan loai|gui|nhan|chuyen|in|dang ky|kiem tra|pho bien)[a-z, ]{0,24} (?:tai lieu|van ban|ho so|cong van|vat)[a-z, ]{0,20}$`)

// aboutSecrets tells a title about the protection of secrets from a stamp: DANH MỤC TÀI LIỆU MẬT, BÍ MẬT NHÀ NƯỚC ĐỘ MẬT.
func aboutSecrets(before string, apart separation) bool {
	plain := strings.TrimRight(fold.Fold(before), " -([{<*:“\"")
	words := strings.Fields(strings.ToLower(strings.TrimRight(before, " -–—([{<*:“\"")))
	if len(words) > 0 {
		switch words[len(words)-1] {
		case "dấu", "độ", "chữ", "mức", "cấp":
			return true
		}
	}
	return apart != dashed && (aboutPapers().MatchString(plain) || apart == joined && strings.Contains(plain, "bi mat"))
}

// foods tells lines in which mật is honey, syrup or gall.
func foods(s string) bool {
	for _, word := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch word {
		case "ong", "mía", "gan", "túi", "đường", "sữa", "hoa", "sỏi", "phấn", "quả":
			return true
		}
	}
	return false
}

// sentence tells running text: much of it, with a full stop at its end or small letters on both sides of the word.
func sentence(s string, t stamp) bool {
	return strings.HasSuffix(strings.TrimRight(s, " "), ".") || small(s[:t.from]) && small(s[t.to:])
}

func small(s string) bool { return strings.ContainsFunc(s, unicode.IsLower) }

// company is what stands beside a stamp in the same line.
type company struct {
	urgency bool
	number  bool // of a paper or a copy: "Số: 12-BC/TU"
	paper   bool
}

func companionsOf(before, after string) (bool, company) {
	ok, a := companions(before)
	if !ok {
		return false, a
	}
	if dated().MatchString(fold.Fold(after)) {
		return true, company{a.urgency, true, a.paper}
	}
	ok, b := companions(after)
	return ok, company{a.urgency || b.urgency, a.number || b.number, a.paper || b.paper}
}

var (
	urgencies = pattern.Of(`^(?:hoa toc(?: hen gio)?|thuong khan|khan)$`)
	numbers   = pattern.Of(`^(?:(?:ban |bo )?so|ban|ngay|gio|[\d.…/]+|[\d/]*\d\S*|[a-z]{1,6}/[a-z/]+|ban so|bo so|hen)$`)
	papers    = pattern.Of(`^(?:tai lieu|van ban|ho so|cong van|dau|loai|thuoc loai|bao cao|ke hoach|to trinh|nghi quyet|quyet dinh|chi thi|` +
		`thong bao|thong tri|ket luan|bien ban|phuong an|de an|huong dan|chuong trinh|dien|cong dien|phu luc|ban do|ban sao|khong pho bien|khong sao chup)$`)
	dated   = pattern.Of(`^[a-z. ]{2,40},? ngay \S+ thang \S+ nam \S*$`)
	senders = pattern.Of(`^(?:dang cong san|cong hoa xa hoi|tinh uy|thanh uy|huyen uy|quan uy|thi uy|dang uy|dang bo|dang doan|ban |bo |so |` +
		`uy ban|ubnd|hoi dong|hdnd|van phong|cong an|quan khu|mat tran|vien |toa an|cuc |tong cuc|doan |hoi )`)
)

// mostBeside is how many words stand beside a stamp at most: a kind of paper, a number, a date, an urgency.
const mostBeside = 20

// companions tells whether a text is made only of what stands beside stamps: urgency, number, name of a kind of paper.
func companions(s string) (ok bool, c company) {
	words := strings.FieldsFunc(fold.Fold(s), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("()[]{}【】<>*=#:,;.|“”\"'_–—-+&!~", r)
	})
	if len(words) > mostBeside {
		return false, c
	}
	for len(words) > 0 {
		taken := 0
		for n := min(4, len(words)); n > 0; n-- {
			phrase := strings.Join(words[:n], " ")
			switch {
			case urgencies().MatchString(phrase):
				c.urgency = true
			case numbers().MatchString(phrase) || n == 1 && digits(phrase):
				c.number = c.number || strings.HasSuffix(phrase, "so") || strings.Contains(phrase, "/")
			case papers().MatchString(phrase):
				c.paper = true
			default:
				continue
			}
			taken = n
			break
		}
		if taken == 0 {
			return false, c
		}
		words = words[taken:]
	}
	return true, c
}
