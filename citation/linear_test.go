package citation

import (
	"strings"
	"testing"
)

// hard are pieces that make a careless reader go over the text again and again.
var hard = []string{"1-A ", "1-NQ/TW, ", "18, ", "Nghị quyết ", "Nghị quyết số 1, ", "ngày 05/11/2012 ", "của Ban ", "Ban Chỉ đạo a ", "“1-NQ/TW ", "( 1-NQ/TW ", "Luật A 2016 ",
	"1-", "1/2020/", "HD.51.", "a", "9", "số ", "....", "\u0301", "1-NQ/TW về a a a a a của b ", "ban hành ", "1-NQ/TU ngày …", "1-NQ/TWngày"}

func TestWorkGrowsWithTheTextAndNoFaster(t *testing.T) {
	for _, piece := range hard {
		work := func(n int) int {
			f := finder{reader: reader{text: strings.Repeat(piece, n)}}
			f.run()
			return f.looks + f.steps
		}
		small, large := work(2000), work(16000)
		if large > 9*small+1000 {
			t.Errorf("%q: %d looks for 2000, %d for 16000", piece, small, large)
		}
		if most := 400 * 16000 * (len(piece) + 1); large > most {
			t.Errorf("%q: %d looks, more than %d", piece, large, most)
		}
	}
}
