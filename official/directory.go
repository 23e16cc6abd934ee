package official

import (
	"slices"
	"strings"

	"giaoban/internal/fold"
	"giaoban/internal/pattern"
)

// Directory is what the office knows on the day of a paper, so that Lint can tell where the paper says otherwise.
// What is empty is not compared.
type Directory struct {
	Place  string   // địa danh of the issuing body
	Body   string   // its full name: "Ban Tuyên giáo Tỉnh ủy"
	People []Person // who holds which post on that day
}

// Person is one post of a person: whoever holds two stands twice.
type Person struct{ Name, Title, Body string }

// place compares what stands before the day.
func (l *linter) place() {
	said := strings.TrimSpace(l.d.Place)
	if said != "" && l.known.Place != "" && fold.SortKey(said) != fold.SortKey(l.known.Place) {
		l.propose("dia-danh-khac", "Địa danh", l.known.Place, "Địa danh ghi “%s”; địa danh của cơ quan là “%s”.", said, l.known.Place)
	}
}

// signerKnown compares the name and title under a signature with who holds which post. The minutes are signed by what
// somebody was at that meeting.
func (l *linter) signerKnown(where string, g Signer) {
	name, title := strings.TrimSpace(g.Name), strings.TrimSpace(g.Title)
	if name == "" || len(l.known.People) == 0 {
		return
	}
	posts := l.known.postsOf(name)
	if len(posts) == 0 {
		if p, ok := l.known.meant(name, title); ok {
			l.propose("ho-ten-khac-danh-ba", where, p.Name, "Họ tên ghi “%s”; danh bạ ghi “%s”.", name, p.Name)
		} else if len(l.d.Signers) == 1 {
			l.add("ho-ten-khac-danh-ba", where, "Danh bạ không có %s giữ chức vụ nào trong ngày của văn bản; hãy xem lại họ tên hoặc bổ sung danh bạ.", name)
		}
		return
	}
	if l.d.Kind == Minutes || title == "" || slices.ContainsFunc(posts, func(p Person) bool { return saysTitle(title, p) }) {
		return
	}
	l.propose("chuc-vu-khac-danh-ba", where, posts[0].shortTitle(), "Chức vụ của %s ghi “%s”; danh bạ ghi “%s”.", name, title, titles(posts))
}

// The words with which a title begins; a name never begins with one of them, and what follows a name is a title only
// when it does.
var titleWord = pattern.Of(`^(?i:phó|trưởng|quyền|q\.|giám đốc|chủ tịch|chủ nhiệm|bí thư|chánh|ủy viên|uỷ viên|thư ký|chuyên viên|tổng|hiệu trưởng|viện trưởng|nguyên|đại biểu|thường trực)(?:\P{L}|$)`)

var called = pattern.Of(`(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à) (\p{Lu}\pL*(?: \p{Lu}\pL*){1,5})`)

// mentions compares names with titles in running text: "đồng chí Lê Văn Ví Dụ, Trưởng ban …".
func (l *linter) mentions(t typed) {
	if len(l.known.People) == 0 {
		return
	}
	found := called().FindAllStringSubmatchIndex(t.text, -1)
	for i, m := range found {
		name := t.text[m[2]:m[3]]
		if titleWord().MatchString(name) {
			continue
		}
		rest := t.text[m[3]:]
		if i+1 < len(found) {
			rest = t.text[m[3]:found[i+1][0]]
		}
		title, has := strings.CutPrefix(rest, ", ")
		if has = has && titleWord().MatchString(title); !has {
			title = ""
		}
		if end := strings.IndexAny(title, ";.:()\n"); end >= 0 {
			title = title[:end]
		}
		posts := l.known.postsOf(name)
		if len(posts) == 0 {
			if p, ok := l.known.meant(name, title); ok {
				l.propose("ho-ten-khac-danh-ba", t.where, p.Name, "Họ tên ghi “%s”; danh bạ ghi “%s”.", name, p.Name)
			}
			continue
		}
		if has && !slices.ContainsFunc(posts, func(p Person) bool { return saysTitle(title, p) }) {
			first, _, _ := strings.Cut(title, ",")
			l.propose("chuc-vu-khac-danh-ba", t.where, posts[0].Title, "Chức vụ của %s ghi “%s”; danh bạ ghi “%s”.", name, strings.TrimSpace(first), titles(posts))
		}
	}
}

func (known Directory) postsOf(name string) (posts []Person) {
	key := fold.SortKey(name)
	for _, p := range known.People {
		if fold.SortKey(p.Name) == key {
			posts = append(posts, p)
		}
	}
	return posts
}

// meant finds whom a name in no post was meant for: the same letters with other marks, or one letter amiss in the
// name of somebody who holds the title that is said.
func (known Directory) meant(name, title string) (Person, bool) {
	folded := fold.Fold(name)
	for _, p := range known.People {
		other := fold.Fold(p.Name)
		if folded == other || title != "" && saysTitle(title, p) && oneLetterApart([]rune(folded), []rune(other)) {
			return p, true
		}
	}
	return Person{}, false
}

func oneLetterApart(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i < len(a) && slices.Equal(a[i+1:], b[i+1:])
	}
	return slices.Equal(a[i:], b[i+1:])
}

// saysTitle reports whether a text names the post's title, with or without its body, and not one that only holds the
// same words: a phó trưởng ban is no trưởng ban.
func saysTitle(text string, p Person) bool {
	said, title := " "+fold.Fold(text)+" ", fold.Fold(p.shortTitle())
	for at := 0; title != ""; {
		i := strings.Index(said[at:], " "+title)
		if i < 0 {
			break
		}
		at += i + 1
		after := said[at+len(title):]
		if (after[0] == ' ' || after[0] == ',') && !strings.HasSuffix(said[:at], " pho ") {
			return true
		}
	}
	return false
}

// shortTitle is the title without its body's name.
func (p Person) shortTitle() string {
	if short, cut := withoutBody(p.Title, p.Body); cut {
		return short
	}
	return p.Title
}

func titles(posts []Person) string {
	words := make([]string, len(posts))
	for i, p := range posts {
		words[i] = p.Title
	}
	return strings.Join(words, ", ")
}

// headed are the kinds of bodies whose name is part of the title of their head: trưởng ban, chánh văn phòng.
var headed = [][]string{{"ban"}, {"phong"}, {"khoa"}, {"tram"}, {"doan"}, {"chi", "cuc"}, {"van", "phong"}, {"thanh", "tra"}, {"to"}, {"tieu", "ban"}}

// withoutBody takes a body's name from the end of a title: "Trưởng ban Tuyên giáo Tỉnh ủy" is "Trưởng ban". cut says
// whether it was there.
func withoutBody(title, body string) (short string, cut bool) {
	words, names := strings.Fields(title), strings.Fields(fold.Fold(body))
	folded := make([]string, len(words))
	for i, w := range words {
		folded[i] = fold.Fold(strings.Trim(w, ",.;"))
	}
	people := len(names) > 3 && strings.Join(names[:4], " ") == "uy ban nhan dan"
	for i := 1; i < len(words); i++ {
		if people && folded[i] == "ubnd" {
			return strings.Join(words[:i], " "), true
		}
		keep := 0
		if before := folded[i-1]; before == "truong" || before == "chanh" {
			for _, kind := range headed {
				if len(names) >= len(kind) && slices.Equal(names[:len(kind)], kind) {
					keep = len(kind)
				}
			}
		}
		same := 0
		for same < len(names) && i+same < len(folded) && folded[i+same] == names[same] {
			same++
		}
		if same > max(keep, 1) {
			return strings.Join(words[:i+keep], " "), true
		}
	}
	return title, false
}

// titleWithoutBody tells a signer's title, or the title signed for, that names the body once more. Who sign together for
// several bodies each name their own.
func (l *linter) titleWithoutBody(where, title string) {
	if len(l.d.Signers) > 1 {
		return
	}
	for _, body := range []string{l.known.Body, l.d.Issuer} {
		if short, cut := withoutBody(title, strings.ReplaceAll(body, "\n", " ")); cut {
			l.propose("chuc-vu-co-ten-co-quan", where, short, "Chức vụ “%s” nhắc lại tên cơ quan; chỉ ghi “%s”.", title, short)
			return
		}
	}
}
