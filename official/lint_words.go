package official

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"giaoban/internal/fold"
	"giaoban/internal/pattern"
)

// subject reads the trích yếu beside the type name that stands above it.
func (l *linter) subject() {
	d := l.d
	said := strings.Join(strings.Fields(d.Subject), " ")
	if said == "" {
		return
	}
	bare, about := said, ""
	for _, lead := range []string{"về việc ", "v/v "} {
		if len(bare) > len(lead) && strings.EqualFold(bare[:len(lead)], lead) {
			about, bare = bare[:len(lead)], bare[len(lead):]
			break
		}
	}
	if d.Kind == Letter && about != "" && strings.TrimSpace(d.Profile.LetterSubject) != "" {
		l.propose("trich-yeu-lap-ve-viec", "Trích yếu", bare, "“%s” đã in sẵn trước trích yếu; bỏ chữ “%s”.", strings.TrimSpace(d.Profile.LetterSubject), strings.TrimSpace(about))
	}
	if rest, repeated := afterWords(bare, d.TypeName); repeated {
		l.propose("ten-loai-lap-lai", "Trích yếu", rest, "Trích yếu nhắc lại tên loại “%s” đã in ở trên.", d.TypeName)
	}
	if last := strings.TrimRight(said, ".;,:"); last != said && !strings.HasSuffix(said, "...") {
		l.propose("trich-yeu-co-dau-cuoi", "Trích yếu", last, "Trích yếu không có dấu ở cuối.")
	}
}

// afterWords is what follows words at the beginning of a text. "Kế hoạch hóa" is a word of its own.
func afterWords(text, words string) (string, bool) {
	if words == "" || len(text) <= len(words) || !strings.EqualFold(text[:len(words)], words) {
		return "", false
	}
	rest, blank := strings.CutPrefix(text[len(words):], " ")
	next, _, _ := strings.Cut(fold.Fold(rest), " ")
	return rest, blank && next != "hoa"
}

// headings finds those with nothing below them.
func (l *linter) headings(in string, blocks []Block) {
	for i, b := range blocks {
		h, ok := b.(Heading)
		if !ok {
			continue
		}
		where, name := fmt.Sprintf("%sĐoạn %d", in, i+1), strings.TrimSpace(plain(h.Runs))
		if name == "" {
			l.add("de-muc-rong", where, "Đề mục chưa có tên.")
			continue
		}
		next := i + 1
		for next < len(blocks) {
			if _, page := blocks[next].(PageBreak); !page {
				break
			}
			next++
		}
		if next == len(blocks) {
			l.add("de-muc-rong", where, "Sau đề mục “%s” chưa có nội dung.", name)
		} else if follows, head := blocks[next].(Heading); head && follows.Level <= h.Level {
			l.add("de-muc-rong", where, "Đề mục “%s” chưa có nội dung, tiếp theo là đề mục “%s”.", name, strings.TrimSpace(plain(follows.Runs)))
		}
	}
}

// items reads lists: each item ends in a mark, and those of one list in the same one but for the last.
func (l *linter) items(in string, blocks []Block) {
	var list []listed
	flush := func() {
		l.list(list)
		list = nil
	}
	for i, b := range blocks {
		item, ok := b.(NumberedItem)
		if !ok || item.Article || Asked(b) != "" {
			flush()
			continue
		}
		list = append(list, listed{fmt.Sprintf("%sĐoạn %d", in, i+1), strings.TrimRight(plain(item.Runs), " \n\t"), itemLevel(item), item.Restart})
	}
	flush()
}

type listed struct {
	where, text string
	level       int
	restart     bool
}

// list reads items that stand together. The marks of one level are compared until a higher level begins anew.
func (l *linter) list(list []listed) {
	var marks [5]string // of the items of each level before this one
	for i, item := range list {
		if item.text == "" {
			l.add("muc-thieu-dau", item.where, "Mục chưa có nội dung.")
			continue
		}
		for below := item.level + 1; below < len(marks); below++ {
			marks[below] = ""
		}
		if item.restart {
			marks[item.level] = ""
		}
		end := endMark(item.text)
		deeper := i+1 < len(list) && list[i+1].level > item.level
		switch {
		case deeper && end == ":":
		case end != "." && end != ";":
			l.add("muc-thieu-dau", item.where, "Mục “%s” chưa có dấu ở cuối; hãy ghi dấu chấm phẩy, mục cuối cùng dấu chấm.", beginning(item.text))
		case i == len(list)-1 && end == ";":
			l.add("muc-lan-dau", item.where, "Mục cuối cùng kết thúc bằng dấu chấm phẩy; hãy ghi dấu chấm.")
		case marks[item.level] == ";" && end == "." && continued(list, i):
			l.add("muc-lan-dau", item.where, "Mục “%s” kết thúc bằng dấu chấm, các mục trước bằng dấu chấm phẩy; hãy dùng một loại dấu.", beginning(item.text))
		case marks[item.level] == "." && end == ";":
			l.add("muc-lan-dau", item.where, "Mục “%s” kết thúc bằng dấu chấm phẩy, các mục trước bằng dấu chấm; hãy dùng một loại dấu.", beginning(item.text))
		default:
			marks[item.level] = end
		}
	}
}

// endMark is the last character; where a sentence ends in another mark, or inside quotes, that is as good as a dot.
func endMark(text string) string {
	last, _ := utf8.DecodeLastRuneInString(text)
	if strings.ContainsRune("…!?", last) {
		return "."
	}
	for _, quoted := range []string{".”", ".)", ".\""} {
		if strings.HasSuffix(text, quoted) {
			return "."
		}
	}
	return string(last)
}

// continued reports whether another item of the same level follows in the list.
func continued(list []listed, i int) bool {
	for _, next := range list[i+1:] {
		if next.level < list[i].level || next.level == list[i].level && next.restart {
			return false
		}
		if next.level == list[i].level {
			return true
		}
	}
	return false
}

// beginning is enough of a text to find it by.
func beginning(text string) string {
	words := strings.Fields(text)
	if len(words) > 6 {
		return strings.Join(words[:6], " ") + "…"
	}
	return strings.Join(words, " ")
}

var (
	doubleMark   = pattern.Of(`,[,;:.]|[;:][,;:.]|\.[,;:.]`)
	harmless     = pattern.Of(`\.\.\.|\./\.|^v\.v|^\p{Lu}\.[,;:]$|://`)
	blankBefore  = pattern.Of(`[\pL\d)”%]+ +[,;:!?](?:\s|$)|[\pL\d)”%]+ +\.(?:\s|$)`)
	noBlankAfter = pattern.Of(`\pL+[,;]\pL+`)
	twoBlanks    = pattern.Of(`[\pL\d,;.:]+  [\pL\d]+`)
)

// marks reads the punctuation of one text; each fault is told once a text.
func (l *linter) marks(t typed) {
	for _, word := range strings.Fields(t.text) {
		if !doubleMark().MatchString(word) || harmless().MatchString(word) {
			continue
		}
		instead := ""
		if bare := strings.TrimRight(word, ",;:."); !doubleMark().MatchString(bare) {
			instead = bare + word[len(word)-1:]
		}
		l.propose("dau-cau-lap", t.where, instead, "Có hai dấu câu liền nhau: “%s”.", word)
		break
	}
	if m := blankBefore().FindString(t.text); m != "" {
		m = strings.TrimSpace(m)
		l.propose("cach-truoc-dau", t.where, strings.ReplaceAll(m, " ", ""), "Có khoảng cách trước dấu câu: “%s”.", m)
	}
	if m := noBlankAfter().FindString(t.text); m != "" {
		i := strings.IndexAny(m, ",;")
		l.propose("thieu-cach-sau-dau", t.where, m[:i+1]+" "+m[i+1:], "Thiếu khoảng cách sau dấu câu: “%s”.", m)
	}
	if m := twoBlanks().FindString(t.text); m != "" {
		l.propose("thua-khoang-cach", t.where, strings.ReplaceAll(m, "  ", " "), "Có hai khoảng cách liền nhau: “%s”.", m)
	}
}

var (
	bareSlashDay = pattern.Of(`(?:^|[^\d/.])([1-9]/\d{1,2}/\d{4})(?:$|[^\d/])`)
	bareDayMonth = pattern.Of(`(?i)ngày ([1-9]/\d{1,2})(?:$|[^\d/])`)
)

// days asks for two figures where a day or a month could be changed by one more: days below 10, months 1 and 2. Between
// slashes the rules bind nothing; there the day below 10 is asked for, and a month such as in 28/1/2022 stays as cited.
func (l *linter) days(t typed) {
	if m := bareDay().FindStringSubmatch(t.text); m != nil {
		l.propose("ngay-khong-du-chu-so", t.where, "ngày 0"+m[1], "Ngày %s phải viết 0%s.", m[1], m[1])
	} else if m := bareMonth().FindStringSubmatch(t.text); m != nil {
		l.propose("ngay-khong-du-chu-so", t.where, "tháng 0"+m[1], "Tháng %s phải viết 0%s.", m[1], m[1])
	}
	for _, form := range []*regexp.Regexp{bareSlashDay(), bareDayMonth()} {
		if m := form.FindStringSubmatch(t.text); m != nil {
			l.propose("ngay-khong-du-chu-so", t.where, padded(m[1]), "Ngày “%s” viết thiếu số 0; hãy viết “%s”.", m[1], padded(m[1]))
			return
		}
	}
}

// padded writes 5/2/2022 as 05/02/2022 and 5/4 as 05/4.
func padded(day string) string {
	parts := strings.Split(day, "/")
	for i, p := range parts[:2] {
		if len(p) == 1 && (i == 0 || p <= "2") {
			parts[i] = "0" + p
		}
	}
	return strings.Join(parts, "/")
}
