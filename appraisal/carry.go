package appraisal

import (
	"slices"
	"strings"
)

// How says by what a paragraph of one version was found in the next.
type How string

// The ways, the surest first. Asked: nothing was clear enough, a person says where the place is now.
const (
	Same     How = "same"
	Moved    How = "moved"
	Split    How = "split"
	Joined   How = "joined"
	Reworded How = "reworded"
	Asked    How = "asked"
	ByPerson How = "person"
)

// Name is what is said beside a comment that was carried over.
func (h How) Name() string {
	return map[How]string{Moved: "đoạn đã chuyển chỗ", Split: "đoạn đã tách", Joined: "đoạn đã gộp", Reworded: "đoạn đã sửa lời",
		Asked: "chưa rõ ở đoạn nào của bản mới", ByPerson: "người soạn chỉ chỗ"}[h]
}

// Carried is what became of one paragraph: To are its places in the next version in order, more than one where it was
// split, none where a person is asked. May are the places that come into question then, the likeliest first.
type Carried struct {
	How How
	To  []int
	May []int
}

// Limits of the comparison. They were set so that none of 2,000 random changes is placed wrongly (carry_test.go), and are
// strict on purpose: a comment at a wrong place is worse than a question.
const (
	alikeEnough = 0.50 // two paragraphs between the same neighbours are one that was reworded
	alikeAlone  = 0.62 // the same, of one that has neighbours only on one side, or none
	alikeShort  = 0.80 // the same, of one of few words
	fewWords    = 16
	alikeAhead  = 0.15 // and no other paragraph comes nearer than this
	mayBe       = 0.25 // from here on a paragraph comes into question
	mostMay     = 5
	mostParts   = 6 // into which a paragraph is split, or of which one is made
	leastPart   = 12
)

// carry finds each paragraph of a version in the next one: by its words wherever they stand, then as parts or parts put
// together, then by likeness where nothing else comes near.
func carry(old, now []Paragraph) []Carried {
	c := carrying{old: old, now: now, out: make([]Carried, len(old)), from: make([][]int, len(now))}
	c.same()
	c.split()
	c.joined()
	c.like = likeness{bags(old), bags(now)}
	c.reworded()
	for i := range c.out {
		if c.out[i].How == "" {
			c.out[i] = Carried{How: Asked, May: c.may(i)}
		}
	}
	return c.out
}

type carrying struct {
	old, now []Paragraph
	out      []Carried
	from     [][]int // for each paragraph now, those that it was
	like     likeness
}

func (c *carrying) put(how How, old int, now ...int) {
	c.out[old] = Carried{How: how, To: now}
	for _, n := range now {
		c.from[n] = append(c.from[n], old)
	}
}

// left reports whether a paragraph is not yet found; free whether one of the next version is nobody's.
func (c *carrying) left(i int) bool { return i >= 0 && i < len(c.old) && c.out[i].How == "" }
func (c *carrying) free(j int) bool { return j >= 0 && j < len(c.now) && len(c.from[j]) == 0 }

// same pairs what reads the same. Texts that stand more than once are told apart by what stands around them, and a few words
// ("Tổ chức thực hiện") are taken for the same only beside a neighbour.
func (c *carrying) same() {
	was, is := make(map[string][]int), make(map[string][]int)
	for i, p := range c.old {
		was[p.bare] = append(was[p.bare], i)
	}
	for j, p := range c.now {
		is[p.bare] = append(is[p.bare], j)
	}
	for words, at := range was {
		if words != "" && len(at) == 1 && len(is[words]) == 1 && !c.short(at[0]) {
			c.put(Same, at[0], is[words][0])
		}
	}
	for changed := true; changed; {
		changed = false
		for i, p := range c.old {
			if !c.left(i) || p.bare == "" {
				continue
			}
			fits := -1
			for _, j := range is[p.bare] {
				if c.free(j) && (c.between(i, j) || len(was[p.bare]) == 1 && len(is[p.bare]) == 1 && (c.behind(i, j) || c.before(i, j)) && !c.fragment(i)) {
					fits = j
				}
			}
			if fits >= 0 {
				c.put(Same, i, fits)
				changed = true
			}
		}
	}
	last := -1 // what stands before all that it stood behind was moved
	for i := range c.out {
		if c.out[i].How != Same {
			continue
		}
		if to := c.out[i].To[0]; to < last {
			c.out[i].How = Moved
		} else {
			last = to
		}
	}
}

func (c *carrying) short(i int) bool { return len(strings.Fields(c.old[i].Words())) < fewWords }

// between reports whether both neighbours of an old paragraph became both neighbours of one now. The ends of the draft are
// neighbours too.
func (c *carrying) between(i, j int) bool { return c.behind(i, j) && c.before(i, j) }

func (c *carrying) behind(i, j int) bool {
	if i == 0 || j == 0 {
		return i == j
	}
	return c.ended(i-1) == j-1
}

func (c *carrying) before(i, j int) bool {
	if i == len(c.old)-1 || j == len(c.now)-1 {
		return i == len(c.old)-1 && j == len(c.now)-1
	}
	return c.began(i+1) == j+1
}

// ended and began are where a paragraph ends and begins now; -9 while it is not found.
func (c *carrying) ended(i int) int {
	if to := c.out[i].To; len(to) > 0 {
		return to[len(to)-1]
	}
	return -9
}

func (c *carrying) began(i int) int {
	if to := c.out[i].To; len(to) > 0 {
		return to[0]
	}
	return -9
}

// split finds a paragraph in several that follow each other and have all of its words and no others.
func (c *carrying) split() {
	for i := range c.old {
		if !c.left(i) {
			continue
		}
		var found [][]int
		for j := range c.now {
			if parts := spelled(c.old[i].bare, j, len(c.now), func(n int) (string, bool) { return c.now[n].bare, c.free(n) }); parts != nil {
				found = append(found, parts)
			}
		}
		if len(found) == 1 {
			c.put(Split, i, found[0]...)
		}
	}
}

// joined finds several paragraphs in one that has all of their words and no others.
func (c *carrying) joined() {
	for j := range c.now {
		if !c.free(j) {
			continue
		}
		var found [][]int
		for i := range c.old {
			if parts := spelled(c.now[j].bare, i, len(c.old), func(n int) (string, bool) { return c.old[n].bare, c.left(n) }); parts != nil {
				found = append(found, parts)
			}
		}
		if len(found) == 1 {
			for _, i := range found[0] {
				c.put(Joined, i, j)
			}
		}
	}
}

// spelled says which parts in a row, from the first on, make the whole; nil when they do not.
func spelled(whole string, first, end int, part func(n int) (text string, may bool)) (parts []int) {
	rest := whole
	for n := first; n < end && len(parts) < mostParts; n++ {
		text, may := part(n)
		if !may || len(text) < leastPart {
			return nil
		}
		if rest = strings.TrimLeft(rest, ".;:,/"); !strings.HasPrefix(rest, text) {
			return nil
		}
		parts = append(parts, n)
		if rest = strings.TrimLeft(rest[len(text):], ".;:,/"); rest == "" {
			if len(parts) > 1 {
				return parts
			}
			return nil
		}
	}
	return nil
}

// reworded pairs what is left by likeness, as long as something new is found: each pair is the neighbour of the next.
func (c *carrying) reworded() {
	for changed := true; changed; {
		changed = false
		for i := range c.old {
			if !c.left(i) {
				continue
			}
			j, best, second := -1, 0.0, 0.0
			for n := range c.now {
				if !c.free(n) {
					continue
				}
				switch l := c.like.of(i, n); {
				case l > best:
					j, best, second = n, l, best
				case l > second:
					second = l
				}
			}
			if j < 0 || best < alikeEnough || best-second < alikeAhead {
				continue
			}
			rival := 0.0 // the same asked from the other side
			for n := range c.old {
				if n != i && c.left(n) {
					rival = max(rival, c.like.of(n, j))
				}
			}
			if best-rival < alikeAhead || best < c.enough(i, j) {
				continue
			}
			if c.short(i) && c.fragment(i) || !c.between(i, j) && c.crowded(i, best) {
				continue
			}
			c.put(Reworded, i, j)
			changed = true
		}
	}
}

// crowded reports whether a paragraph reads so much like others of its version that words alone do not tell it from them.
func (c *carrying) crowded(i int, best float64) bool {
	for n := range c.old {
		if n != i && best-alike(c.like.old[i], c.like.old[n]) < alikeAhead {
			return true
		}
	}
	return false
}

// fragment reports whether the words of a paragraph stand within another one, before or now.
func (c *carrying) fragment(i int) bool {
	words := c.old[i].bare
	return slices.ContainsFunc(slices.Concat(c.old, c.now), func(p Paragraph) bool {
		return len(p.bare) > len(words) && strings.Contains(p.bare, words)
	})
}

// enough is how alike two paragraphs must be to be taken for one.
func (c *carrying) enough(i, j int) float64 {
	switch {
	case c.between(i, j):
		return alikeEnough
	case c.short(i) || len(strings.Fields(c.now[j].Words())) < fewWords:
		return alikeShort
	}
	return alikeAlone
}

// may are the places that come into question, the likeliest first: what stands between its neighbours, and what is alike.
func (c *carrying) may(i int) []int {
	var all []int
	var by []float64
	for j := range c.now {
		l := c.like.of(i, j)
		if c.free(j) {
			l += 0.1
			if i > 0 && c.ended(i-1) == j-1 || i+1 < len(c.old) && c.began(i+1) == j+1 {
				l += 0.3
			}
		}
		if l < mayBe {
			continue
		}
		at := len(by)
		for at > 0 && by[at-1] < l {
			at--
		}
		all, by = append(all[:at], append([]int{j}, all[at:]...)...), append(by[:at], append([]float64{l}, by[at:]...)...)
	}
	return all[:min(len(all), mostMay)]
}

// likeness of paragraphs: the share of words and of pairs of words that two have in common, from 0 to 1.
type likeness struct{ old, now []map[string]int }

func bags(all []Paragraph) []map[string]int {
	out := make([]map[string]int, len(all))
	for i, p := range all {
		out[i] = bag(p.Words())
	}
	return out
}

func bag(text string) map[string]int {
	all := make(map[string]int)
	before := ""
	for _, w := range strings.Fields(strings.ToLower(text)) {
		if w = strings.Trim(w, ".,;:()“”\""); w == "" {
			continue
		}
		all[w]++
		if before != "" {
			all[before+" "+w]++
		}
		before = w
	}
	return all
}

func (l likeness) of(i, j int) float64 { return alike(l.old[i], l.now[j]) }

func alike(a, b map[string]int) float64 {
	both, sum := 0, 0
	for w, n := range a {
		both += min(n, b[w])
		sum += n
	}
	for _, n := range b {
		sum += n
	}
	if sum == 0 {
		return 0
	}
	return 2 * float64(both) / float64(sum)
}
