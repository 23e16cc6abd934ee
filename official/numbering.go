package official

import (
	"strconv"
	"strings"

	"giaoban/document"
)

// The numbers of a paper are counted here, once for Word, PDF and HTML. Which of them a word processor prints by itself, and that
// it prints the same, is the matter of listing.

// numbering counts up to four levels; a higher level starts the lower ones again.
type numbering [4]int

func (n *numbering) restart(level int) {
	for i := level - 1; i < len(n); i++ {
		n[i] = 0
	}
}

// next counts at a level (1 to 4) and writes the number.
func (n *numbering) next(counters []Counter, level int) string {
	if level > len(counters) {
		return ""
	}
	n[level-1]++
	for i := level; i < len(n); i++ {
		n[i] = 0
	}
	c := counters[level-1]
	switch c.Format {
	case "I":
		return document.Roman(n[level-1]) + c.Suffix
	case "1":
		return strconv.Itoa(n[level-1]) + c.Suffix
	case "1.1":
		var parts []string
		for i := 1; i < level; i++ { // the roman level is not repeated: 2.1, not II.2.1
			parts = append(parts, strconv.Itoa(max(n[i], 1)))
		}
		if len(parts) == 0 {
			parts = []string{strconv.Itoa(n[0])}
		}
		return strings.Join(parts, ".") + c.Suffix
	case "a":
		return letter(n[level-1]) + c.Suffix
	}
	return c.Suffix
}

// letter writes the n-th letter of điểm in the order of the Vietnamese alphabet without marked
// vowels (a b c d đ e g h i …); after the last one letters double.
func letter(n int) string {
	letters := []rune("abcdđeghiklmnopqrstuvxy")
	if n < 1 {
		return ""
	}
	return strings.Repeat(string(letters[(n-1)%len(letters)]), (n-1)/len(letters)+1)
}
