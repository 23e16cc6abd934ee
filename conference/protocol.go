package conference

import (
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/fold"
)

// posts are the words of titles in the order in which an office names people, folded; the first line that a title holds
// counts, and who is deputy of a post is looked for before the post.
var posts = func() (lines [][]string) {
	for _, line := range []string{"phó bí thư|2", "bí thư|1", "phó chủ tịch|5", "chủ tịch|3", "ủy viên ban thường vụ|4", "ủy viên ban chấp hành|6", "tỉnh ủy viên|6",
		"thành ủy viên|6", "phó trưởng|8", "phó giám đốc|8", "phó chánh|8", "phó hiệu trưởng|8", "trưởng|7", "giám đốc|7", "chánh|7"} {
		words, rank, _ := strings.Cut(line, "|")
		lines = append(lines, []string{fold.Fold(words), rank})
	}
	return lines
}()

// protocol is where a title stands among those present: "1" first, "9" where nothing of it is known. Of several posts the
// highest counts.
func protocol(title string) string {
	rank := "9"
	rest := " " + strings.NewReplacer(",", " ", ";", " ").Replace(fold.Fold(title)) + " "
	for _, p := range posts {
		if strings.Contains(rest, " "+p[0]+" ") {
			rank = min(rank, p[1])
			rest = strings.ReplaceAll(rest, " "+p[0]+" ", "  ")
		}
	}
	return rank
}

// order sets the guests in the order of their posts where that was asked for; those of one rank stay as they were typed.
func (n *New) order() {
	if n.ByPost {
		n.Guests = slices.Clone(n.Guests)
		slices.SortStableFunc(n.Guests, func(a, b Guest) int { return strings.Compare(protocol(a.Title), protocol(b.Title)) })
	}
}

// VenueItems are the places that take part on line.
func (b Conference) VenueItems() []string { return lines(b.Venues) }

// Where is the hall, and how many places take part on line.
func (b Conference) Where() string {
	words := b.Place
	if n := len(b.VenueItems()); n > 0 {
		words += ", kết nối trực tuyến đến " + strconv.Itoa(n) + " điểm cầu"
	}
	return strings.TrimPrefix(words, ", ")
}
