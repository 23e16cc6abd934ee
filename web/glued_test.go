package web_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// inSentences are the elements that stand within a sentence. The white space that only lays a template out is taken away, so
// one that stands on a line of its own sticks to the word before it unless the template says otherwise.
var inSentences = []string{"a", "strong", "em", "b", "i", "code", "small"}

// verbatim are the elements whose text is no sentence of a page.
var verbatim = []string{"textarea", "script", "style", "code", "pre", "option"}

// stuck is a mark between a word and what comes next without a blank: “quán triệt,392 lượt”.
var stuck = regexp.MustCompile(`\p{L}{2,}[,;!?][\p{L}\d]+`)

// gluedOf lists the places of a page where two words run together at the edge of an element.
func gluedOf(t *testing.T, page string) (found []string) {
	t.Helper()
	document, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for _, main := range all(document, "main") {
		for n := range main.Descendants() {
			if n.Type == html.TextNode && !slices.Contains(verbatim, n.Parent.Data) {
				found = append(found, stuck.FindAllString(n.Data, -1)...)
			}
		}
		for _, n := range all(main, inSentences...) {
			if before := n.PrevSibling; before != nil && before.Type == html.TextNode && sticks(before.Data, textOf(n)) {
				found = append(found, strings.TrimSpace(before.Data)+"|"+textOf(n))
			}
			if after := n.NextSibling; after != nil && after.Type == html.TextNode && unicode.IsLetter(first(after.Data)) && unicode.IsLetter(last(textOf(n))) {
				found = append(found, textOf(n)+"|"+strings.TrimSpace(after.Data))
			}
		}
	}
	return found
}

// sticks reports whether the second text goes on where the first ends, as no sentence does.
func sticks(before, here string) bool {
	end := last(before)
	return (unicode.IsLetter(end) || unicode.IsDigit(end) || strings.ContainsRune(".,;:!?…”)", end)) && unicode.IsLetter(first(here))
}

func first(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }
func last(s string) rune  { r, _ := utf8.DecodeLastRuneInString(s); return r }

func TestWordsThatRunTogetherAreFound(t *testing.T) {
	page := `<main><p>Chưa có kỳ nào.<a href="/">Mở kỳ</a></p><p>Xem <a href="/">Văn bản</a>(2), <strong>lưu ý</strong>rằng</p>
<p>3/11 cơ quan đã quán triệt,392 lượt; 1.392,5 và 8h,9h</p><p>Có “<a href="/">Mở kỳ</a>”, <a href="/">Sổ</a> và (<a href="/">xem</a>).</p></main>`
	if got, want := gluedOf(t, page), []string{"triệt,392", "Chưa có kỳ nào.|Mở kỳ", "lưu ý|rằng"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}
