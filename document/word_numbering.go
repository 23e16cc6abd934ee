package document

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// level is how one level of a list is numbered.
type level struct {
	start   int
	format  string // "decimal", "upperRoman", "bullet" …
	text    string // "%1.%2."
	font    string // of a bullet
	legal   bool   // all numbers in digits
	restart int    // after which level it starts again, counted from 1; 0 never, -1 after any higher one
	style   string // the style of paragraphs that is numbered so
	hidden  bool
}

// list is an abstract numbering, its levels from the highest.
type list struct {
	levels [9]level
	link   string // style that holds the levels instead
	counts [9]int
	begun  [9]bool
}

// num is a use of a list with what it sets otherwise.
type num struct {
	list   string
	starts map[int]int
	levels map[int]level
	used   bool
}

type numbering struct {
	lists  map[string]*list
	nums   map[string]*num
	linked map[string]string // the style that a list defines → the list
}

func readNumbering(p *parcel, part string) (*numbering, error) {
	n := &numbering{lists: make(map[string]*list), nums: make(map[string]*num), linked: make(map[string]string)}
	err := p.read(part, func(w *walker, _ xml.StartElement) error {
		return w.children(func(e xml.StartElement) error {
			switch name(e) {
			case "abstractNum":
				return n.readList(w, attr(e, "abstractNumId"))
			case "num":
				return n.readNum(w, attr(e, "numId"))
			}
			return w.skip()
		})
	})
	return n, err
}

func newLevel() level { return level{start: 0, format: "decimal", restart: -1} }

func (n *numbering) readList(w *walker, id string) error {
	l := &list{}
	for i := range l.levels {
		l.levels[i] = newLevel()
	}
	if len(n.lists) < 5000 {
		n.lists[id] = l
	}
	return w.children(func(e xml.StartElement) error {
		switch name(e) {
		case "lvl":
			i := small(attr(e, "ilvl"), 8)
			l.levels[i] = newLevel()
			return l.levels[i].read(w)
		case "numStyleLink":
			l.link = val(e)
		case "styleLink":
			n.linked[val(e)] = id
		}
		return w.skip()
	})
}

func (l *level) read(w *walker) error {
	return w.children(func(e xml.StartElement) error {
		switch name(e) {
		case "start":
			l.start = small(val(e), 1_000_000)
		case "numFmt":
			l.format = val(e)
		case "lvlText":
			l.text = val(e)
		case "isLgl":
			l.legal = on(e)
		case "lvlRestart":
			l.restart = small(val(e), 9)
		case "pStyle":
			l.style = val(e)
		case "rPr":
			look := noLook()
			err := runLook(w, &look)
			l.font, l.hidden = look.font, look.hidden != nil && *look.hidden
			return err
		}
		return w.skip()
	})
}

func (n *numbering) readNum(w *walker, id string) error {
	one := &num{starts: make(map[int]int), levels: make(map[int]level)}
	if len(n.nums) < 20_000 {
		n.nums[id] = one
	}
	return w.children(func(e xml.StartElement) error {
		switch name(e) {
		case "abstractNumId":
			one.list = val(e)
		case "lvlOverride":
			i := small(attr(e, "ilvl"), 8)
			return w.children(func(e xml.StartElement) error {
				switch name(e) {
				case "startOverride":
					one.starts[i] = small(val(e), 1_000_000)
				case "lvl":
					l := newLevel()
					err := l.read(w)
					one.levels[i] = l
					return err
				}
				return w.skip()
			})
		}
		return w.skip()
	})
}

// levelOf finds the level of a list that belongs to a style of paragraphs; a style need not name it itself.
func (n *numbering) levelOf(id, style string) int {
	one := n.nums[id]
	if one == nil || n.lists[one.list] == nil {
		return 0
	}
	for i, l := range n.lists[one.list].levels {
		if l.style != "" && l.style == style {
			return i
		}
	}
	return 0
}

// next counts and writes the number of a paragraph; ok is false where there is no such list.
func (n *numbering) next(id string, at int, s *styles) (number string, ok bool) {
	one := n.nums[id]
	if one == nil || n.lists[one.list] == nil {
		return "", false
	}
	l := n.lists[one.list]
	if l.link != "" {
		if other := n.lists[n.linked[l.link]]; other != nil {
			l = other
		} else if through := n.nums[s.of(l.link).num]; through != nil && n.lists[through.list] != nil {
			l = n.lists[through.list]
		}
	}
	if !one.used { // an own start counts once, when the use begins
		one.used = true
		for i := range one.starts {
			l.counts[i], l.begun[i] = 0, false
		}
	}
	l.count(one, at)
	level := one.level(l, at)
	if level.hidden {
		return "", true
	}
	if level.format == "bullet" {
		return bullet(level.text, level.font), true
	}
	return l.write(one, level, at), true
}

func (one *num) level(l *list, i int) level {
	if own, ok := one.levels[i]; ok {
		return own
	}
	return l.levels[i]
}

func (l *list) count(one *num, at int) {
	for i := range at { // a level that was left out counts as begun
		if !l.begun[i] {
			l.begun[i], l.counts[i] = true, one.first(l, i)
		}
	}
	if l.begun[at] {
		l.counts[at]++
	} else {
		l.begun[at], l.counts[at] = true, one.first(l, at)
	}
	for i := at + 1; i < len(l.levels); i++ {
		if restart := one.level(l, i).restart; restart < 0 || restart > at {
			l.begun[i] = false
		}
	}
}

func (one *num) first(l *list, i int) int {
	if start, ok := one.starts[i]; ok {
		return start
	}
	return one.level(l, i).start
}

func (l *list) write(one *num, at level, own int) string {
	var b strings.Builder
	for i := 0; i < len(at.text); i++ {
		if c := at.text[i]; c == '%' && i+1 < len(at.text) && at.text[i+1] >= '1' && at.text[i+1] <= '9' {
			n := int(at.text[i+1] - '1')
			format := one.level(l, n).format
			if at.legal && format != "bullet" && format != "none" {
				format = "decimal"
			}
			if n <= own {
				b.WriteString(counted(l.counts[n], format))
			}
			i++
		} else {
			b.WriteByte(c)
		}
	}
	return strings.TrimSpace(b.String())
}

// counted writes a number as a format of Word says (ECMA-376 part 1, 17.18.59).
func counted(n int, format string) string {
	switch format {
	case "none", "bullet":
		return ""
	case "upperRoman":
		return Roman(n)
	case "lowerRoman":
		return strings.ToLower(Roman(n))
	case "upperLetter":
		return strings.ToUpper(letters(n))
	case "lowerLetter":
		return letters(n)
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "vietnameseCounting":
		if small := []string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"}; n >= 0 && n < len(small) {
			return small[n]
		}
	case "numberInDash":
		return "- " + strconv.Itoa(n) + " -"
	case "decimalEnclosedParen":
		return "(" + strconv.Itoa(n) + ")"
	}
	return strconv.Itoa(n)
}

// letters are a to z, then aa to zz, as Word counts: đ is none of them.
func letters(n int) string {
	if n < 1 || n > 26*30 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(rune('a'+(n-1)%26)), (n-1)/26+1)
}

// Roman writes 1 to 3999; anything else in digits.
func Roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, step := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= step.value; n -= step.value {
			b.WriteString(step.sign)
		}
	}
	return b.String()
}
