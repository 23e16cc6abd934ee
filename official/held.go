package official

import (
	"html/template"
	"strings"

	"giaoban/internal/pattern"
)

// What a line must not part: "2022 – 2025", "quý II", "điểm %", and a dash inside a name from the
// word before it ("Lao động - Thương binh"), so that no line begins with a mark.
var (
	heldYears   = pattern.Of(`(\d) ([–-]) (\d)`)
	heldQuarter = pattern.Of(`(quý|Quý|QUÝ) ([IV])`)
	heldDash    = pattern.Of(`(\pL) ([–-]) `)
	heldSymbol  = pattern.Of(`\d+(?:/\d{4})?[-/]\p{Lu}[\p{L}\d]*(?:(?:[-/&]|&amp;)\p{L}[\p{L}\d]*)+`)
	markupText  = pattern.Of(`>[^<]+`)
)

// noBreakHyphen stands for a hyphen at which a line may not end. The fonts lack it: Word has an element of its own.
const noBreakHyphen = '\u2011'

// HoldSymbols is heldSymbols for a paper as markup, whose text stays as it is for who copies or searches it: the symbol
// stands in an element that does not break. The line of the paper's own number is held by the stylesheet.
func HoldSymbols(sheet template.HTML) template.HTML {
	page := string(sheet)
	from := max(strings.Index(page, "<article"), 0) // before it stand a title and a stylesheet, which hold text alone
	return template.HTML(page[:from] + markupText().ReplaceAllStringFunc(page[from:], func(text string) string {
		if strings.HasPrefix(text, ">Số") {
			return text
		}
		return heldSymbol().ReplaceAllString(text, `<span class="vb-symbol">$0</span>`)
	}))
}

// heldSymbols keeps numbers of papers whole: no line ends inside 20-CT/TW.
func heldSymbols(s string) string {
	if !strings.ContainsAny(s, "-/") { // most texts have none, and looking for a pattern costs more than writing them
		return s
	}
	return heldSymbol().ReplaceAllStringFunc(s, func(symbol string) string {
		return strings.ReplaceAll(symbol, "-", string(noBreakHyphen))
	})
}

// held writes the blanks at those places as blanks that do not break. Lengths in letters stay.
func held(s string) string {
	const blank = "\u00a0"
	if strings.Contains(s, "uý ") || strings.Contains(s, "UÝ ") {
		s = heldQuarter().ReplaceAllString(s, "${1}"+blank+"${2}")
	}
	s = strings.ReplaceAll(s, "điểm %", "điểm"+blank+"%")
	if !strings.Contains(s, " - ") && !strings.Contains(s, " – ") {
		return s
	}
	s = heldYears().ReplaceAllString(s, "${1}"+blank+"${2}"+blank+"${3}")
	return heldDash().ReplaceAllString(s, "${1}"+blank+"${2} ")
}
