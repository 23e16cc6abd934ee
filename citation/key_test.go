package citation_test

import (
	"testing"

	"giaoban/citation"
)

func TestSpellingsOfOneSymbolHaveOneKey(t *testing.T) {
	for _, spellings := range [][]string{
		{"20-CT/TW", "20 – ct/tw", "20-CT/T.Ư", "20-CT/TƯ", "20\u00A0-\u00A0CT / T.W", "20CT/TW"},
		{"238-QĐ/TW", "238-QÐ/TW", "238 - QĐ/TW"},
		{"HD.51.BTGTU", "hd.51.btgtu"},
		{"3-KH/BTG&DVTU", "3-KH/BTG & DVTU", "3-KH/BTGDVTU"},
	} {
		for _, s := range spellings {
			if got, want := citation.SymbolKey(s), citation.SymbolKey(spellings[0]); got != want {
				t.Errorf("%q has the key %q, %q has %q", s, got, spellings[0], want)
			}
		}
	}
	for _, s := range []string{"2J.TU", "TT.HĐND", "HD.51.BTGTU", "30a/2008/NQ-CP", "20CT/TW", "5-.A"} {
		if k := citation.SymbolKey(s); citation.SymbolKey(k) != k {
			t.Errorf("the key of %q is not settled: %q", s, k)
		}
	}
	for _, pair := range [][2]string{{"20-CT/TW", "20-CT/TU"}, {"20-CT/TW", "20/CT-TW"}, {"20-CT/TW", "20-NQ/TW"}, {"1/23-KH", "12/3-KH"}} {
		if citation.SymbolKey(pair[0]) == citation.SymbolKey(pair[1]) {
			t.Errorf("%q and %q are two documents", pair[0], pair[1])
		}
	}
}
