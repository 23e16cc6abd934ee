package document

import "strings"

// Letters of fonts of signs, by their places in the font; files write them there or 0xF000 above.
var (
	symbolLetters = signs(`!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼`, 0x21)
	symbolSigns   = signs(`€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑`, 0xA0)
	wingdings     = map[rune]rune{0x28: '☎', 0x4C: '☹', 0x4A: '☺', 0x6C: '●', 0x6D: '❍', 0x6E: '■', 0x6F: '□', 0x71: '❑', 0x72: '❒', 0x73: '⬧', 0x74: '⧫',
		0x75: '◆', 0x76: '❖', 0x77: '⬥', 0x9E: '·', 0x9F: '•', 0xA1: '○', 0xA4: '◉', 0xA7: '▪', 0xA8: '◻', 0xAB: '★', 0xD8: '➢', 0xDC: '➔', 0xE0: '→', 0xDF: '←',
		0xE1: '↑', 0xE2: '↓', 0xE8: '➔', 0xF0: '⇨', 0xFB: '✗', 0xFC: '✓', 0xFD: '☒', 0xFE: '☑'}
	wingdings2 = map[rune]rune{0x4F: '✗', 0x50: '✓', 0x51: '☒', 0x52: '☑', 0x54: '☒', 0x97: '●', 0xA2: '□', 0xA3: '☐', 0xAE: '◆'}
)

func signs(all string, from rune) map[rune]rune {
	m := make(map[rune]rune)
	for _, r := range all {
		m[from] = r
		from++
	}
	return m
}

// signFont tells the fonts in which letters are signs.
func signFont(font string) bool {
	switch strings.ToLower(font) {
	case "symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings":
		return true
	}
	return false
}

// sign is what a letter of a font of signs shows; ok is false where nobody knows.
func sign(font string, r rune) (shown rune, ok bool) {
	if r >= 0xF000 && r <= 0xF0FF {
		r -= 0xF000
	}
	if r == ' ' {
		return r, true
	}
	switch strings.ToLower(font) {
	case "symbol":
		if shown, ok = symbolLetters[r]; !ok {
			shown, ok = symbolSigns[r]
		}
	case "wingdings":
		shown, ok = wingdings[r]
	case "wingdings 2":
		shown, ok = wingdings2[r]
	default:
		shown, ok = r, r < 0x80 || r > 0xFF
	}
	if !ok {
		return '□', false
	}
	return shown, true
}

// bullet is the mark before an item as it is seen; a sign that nobody knows is a dot.
func bullet(text, font string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case signFont(font) || r >= 0xF000 && r <= 0xF0FF:
			f := font
			if !signFont(f) {
				f = "Symbol"
			}
			shown, ok := sign(f, r)
			if !ok {
				shown = '•'
			}
			b.WriteRune(shown)
		case r == 'o' && strings.HasPrefix(strings.ToLower(font), "courier"):
			b.WriteRune('◦')
		default:
			b.WriteRune(r)
		}
	}
	return strings.TrimSpace(b.String())
}
