package official

// What a line must not part: "2022 – 2025", "quý II", "điểm %", and a dash inside a name from the
// word before it ("Lao động - Thương binh"), so that no line begins with a mark.
var (
	heldYears   = onUse(`(\d) ([–-]) (\d)`)
	heldQuarter = onUse(`(quý|Quý|QUÝ) ([IV])`)
	heldPercent = onUse(`điểm %`)
	heldDash    = onUse(`(\pL) ([–-]) `)
)

// held writes the blanks at those places as blanks that do not break. Lengths in letters stay.
func held(s string) string {
	const blank = "\u00a0"
	s = heldYears().ReplaceAllString(s, "${1}"+blank+"${2}"+blank+"${3}")
	s = heldQuarter().ReplaceAllString(s, "${1}"+blank+"${2}")
	s = heldPercent().ReplaceAllString(s, "điểm"+blank+"%")
	return heldDash().ReplaceAllString(s, "${1}"+blank+"${2} ")
}
