package official

import (
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

// placedWord is a word on the first page, in mm from the upper left corner.
type placedWord struct {
	text        string
	left, right float64
	middle      float64
}

var wordBox = regexp.MustCompile(`<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*)</word>`)

func wordsOnFirstPage(t *testing.T, file string) []placedWord {
	t.Helper()
	out, err := exec.Command("pdftotext", "-bbox", "-l", "1", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	var words []placedWord
	for _, m := range wordBox.FindAllStringSubmatch(string(out), -1) {
		at := [4]float64{}
		for i := range at {
			pt, _ := strconv.ParseFloat(m[i+1], 64)
			at[i] = pt * 25.4 / 72
		}
		words = append(words, placedWord{m[5], at[0], at[2], (at[1] + at[3]) / 2})
	}
	return words
}

// What a clerk opens as a PDF and what stands in Word are one paper: each word of the first page, from the national title
// to the signer, stands within a millimetre of where a word processor puts it.
func TestAPDFStandsWhereAWordProcessorPutsThePaper(t *testing.T) {
	papers := papersOfAllKinds()
	hd36, _ := ProfileByCode("HD36")
	papers["letter"], papers["waiting"] = letterSample(hd36), noticeWithoutNumber(hd36)
	dir := officePDF(t, papers)
	for name, d := range papers {
		own := filepath.Join(dir, name+"-own.pdf")
		if err := os.WriteFile(own, pdfOf(t, d), 0o600); err != nil {
			t.Fatal(err)
		}
		standAlike(t, name, wordsOnFirstPage(t, filepath.Join(dir, name+".pdf")), wordsOnFirstPage(t, own))
	}
}

// standAlike holds the words of a page against those of the same page made in another way.
func standAlike(t *testing.T, name string, theirs, ours []placedWord) {
	t.Helper()
	if len(theirs) < 60 || len(theirs) != len(ours) {
		t.Errorf("%s: %d từ, bản kia có %d", name, len(ours), len(theirs))
	}
	worst, signer := 0.0, false
	for _, w := range theirs {
		off, near := math.Inf(1), placedWord{}
		for _, o := range ours {
			if by := max(math.Abs(o.left-w.left), math.Abs(o.right-w.right), math.Abs(o.middle-w.middle)); o.text == w.text && by < off {
				off, near = by, o
			}
		}
		if off > 1 {
			t.Errorf("%s: %q ở (%.1f, %.1f) mm, bản kia (%.1f, %.1f)", name, w.text, near.left, near.middle, w.left, w.middle)
		}
		worst = max(worst, off)
		signer = signer || w.text == "Thí" || w.text == "Mẫu" || w.text == "Dụ"
	}
	if !signer {
		t.Errorf("%s: người ký không đứng ở trang đầu", name)
	}
	t.Logf("%s: lệch nhiều nhất %.2f mm", name, worst)
}
