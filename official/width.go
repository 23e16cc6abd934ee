package official

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Advance widths of Times, in thousandths of the size, for the characters from space to '~'
// (Adobe font metrics of Times-Roman and Times-Bold; Times New Roman and Liberation Serif share them).
// A Vietnamese letter is as wide as the letter below its marks.
var (
	timesRegular = [95]int{250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278,
		500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444,
		921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611,
		333, 278, 333, 469, 500, 333,
		444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444,
		480, 200, 480, 541}
	timesBold = [95]int{250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278,
		500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 333, 333, 570, 570, 570, 500,
		930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667,
		333, 278, 333, 581, 500, 333,
		500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444,
		394, 220, 394, 520}
)

// hornWidth is what the horn of ơ and ư adds to its letter, regular and bold (measured in Liberation
// Serif 2).
var hornWidth = map[rune][2]int{'u': {42, 44}, 'U': {54, 74}, 'o': {29, 54}, 'O': {0, 0}}

// textWidth measures one line in pt.
func textWidth(s string, size float64, bold bool) float64 {
	table, weight := &timesRegular, 0
	if bold {
		table, weight = &timesBold, 1
	}
	total, letter := 0, rune(0)
	for _, r := range norm.NFD.String(s) {
		if r == 0x31b { // the horn, which NFD sets apart from its letter
			total += hornWidth[letter][weight]
			continue
		}
		switch {
		case r == 'đ':
			r = 'd'
		case r == 'Đ':
			r = 'D'
		case unicode.Is(unicode.Mn, r):
			continue
		}
		letter = r
		if r >= ' ' && r <= '~' {
			total += table[r-' ']
		} else {
			total += 500
		}
	}
	return float64(total) * size / 1000
}

// longestLine breaks text at blanks as a column of that width would and gives the longest line, in pt.
func longestLine(s string, size float64, bold bool, column float64) float64 {
	longest, _ := broken(s, size, bold, column)
	return longest
}

// linesIn counts the lines that a text has in a column.
func linesIn(s string, size float64, bold bool, column float64) int {
	_, lines := broken(s, size, bold, column)
	return lines
}

func broken(s string, size float64, bold bool, column float64) (longest float64, lines int) {
	for _, line := range strings.Split(s, "\n") {
		current := ""
		for _, word := range strings.Fields(line) {
			grown := strings.TrimSpace(current + " " + word)
			if textWidth(grown, size, bold) > column && current != "" {
				longest = max(longest, textWidth(current, size, bold))
				grown = word
				lines++
			}
			current = grown
		}
		longest = max(longest, textWidth(current, size, bold))
		lines++
	}
	return min(longest, column), lines
}
