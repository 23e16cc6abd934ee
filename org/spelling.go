package org

import (
	"strings"
	"unicode"

	"giaoban/internal/fold"
)

// spellingKey is how spellings of bodies and functions are compared: folded, "&" said as "và", and blanks for
// everything that is no letter or number, so that "Sở LĐ-TB&XH" and "sở LĐ TB và XH" are one.
func spellingKey(s string) string {
	s = strings.ReplaceAll(fold.Fold(fold.Clean(s)), "&", " va ")
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) }), " ")
}

// tightKey is spellingKey for abbreviations, where even "và" may be left out: "Sở LĐ-TB&XH", "Sở LĐTBXH" and "SLĐTBXH"
// read alike once the blanks are gone.
func tightKey(s string) string {
	return strings.ReplaceAll(spellingKey(strings.ReplaceAll(s, "&", " ")), " ", "")
}
