package web_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// redsOf are the red buttons that a page shows at once: one says what is to be done next, two say nothing. What is folded
// away does not count.
func redsOf(t *testing.T, page string) (reds []string) {
	t.Helper()
	document, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for _, main := range all(document, "main") {
		for _, n := range all(main, "button", "a", "summary") {
			if strings.Contains(" "+attr(n, "class")+" ", " primary ") && !foldedAway(n) {
				reds = append(reds, textOf(n))
			}
		}
	}
	return reds
}

func foldedAway(n *html.Node) bool {
	for above := range n.Ancestors() {
		if above.Data == "details" && !has(above, "open") {
			return true
		}
		if strings.Contains(" "+attr(above, "class")+" ", " visually-hidden ") {
			return true
		}
	}
	return strings.Contains(attr(n, "class"), "visually-hidden")
}

// A second red button is told, wherever it stands; one that is folded away, or read aloud only, is none.
func TestASecondRedButtonIsTold(t *testing.T) {
	page := func(second string) string {
		return `<main><a class="button primary" href="/">Lập</a><form>` + second + `</form></main>`
	}
	for second, want := range map[string]int{
		`<button class="primary">Lưu</button>`:                               2,
		`<details open><button class="small primary">Lưu</button></details>`: 2,
		`<details><button class="primary">Lưu</button></details>`:            1,
		`<button class="primary visually-hidden">Lưu</button>`:               1,
		`<button>Lưu</button>`:                                               1,
	} {
		if reds := redsOf(t, page(second)); len(reds) != want {
			t.Errorf("%s: %q, want %d", second, reds, want)
		}
	}
}
