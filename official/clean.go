package official

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// clean gives text that Word, a browser and a printer read alike: NFC, without characters that XML
// 1.0 forbids and without marks that turn the direction of reading (a way to show one number and
// store another). Line breaks and tabs stay.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if printable(r) {
			return r
		}
		return -1
	}, strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"))
	return norm.NFC.String(s)
}

func printable(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return true
	case r == utf8.RuneError, r < 0x20, r >= 0x7f && r < 0xa0, r == 0xfffe, r == 0xffff, r > unicode.MaxRune:
		return false
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0xfeff:
		return false
	case r&0xfffe == 0xfffe:
		return false
	}
	return true
}

// cleanRuns cleans and joins neighbours of the same look, so that a letter and its tone that were
// typed in two runs compose.
func cleanRuns(runs []Run, upper bool) []Run {
	var out []Run
	for _, r := range runs {
		if upper {
			r.Text = strings.ToUpper(r.Text)
		}
		if n := len(out); n > 0 && out[n-1].Bold == r.Bold && out[n-1].Italic == r.Italic && out[n-1].Underline == r.Underline {
			out[n-1].Text += r.Text
			continue
		}
		out = append(out, r)
	}
	kept := out[:0]
	for _, r := range out {
		if r.Text = clean(r.Text); r.Text != "" {
			kept = append(kept, r)
		}
	}
	return kept
}

// plain joins the text of runs.
func plain(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}
