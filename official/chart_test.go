package official

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
)

// courseOfClasses has a gap, an estimate, a break and a target.
func courseOfClasses() Chart {
	c := Chart{Title: "Số lớp bồi dưỡng (lớp)", Said: "Số lớp bồi dưỡng. Quý I: 12; quý II: chưa có; quý III: 20, có phần ước; quý IV: 31",
		Target: &ChartLevel{30, "chỉ tiêu 30"}, Breaks: []ChartBreak{{3, "01/7/2022"}}, Format: func(v float64) string { return fmt.Sprint(v) }}
	for i, v := range []float64{12, 0, 20, 31, 26} {
		c.Points = append(c.Points, ChartPoint{Label: []string{"I/22", "II/22", "III/22", "IV/22", "I/23"}[i], Value: v, Missing: i == 1, Doubtful: i == 2})
	}
	return c
}

func charted(p Profile) Document {
	d := partyReport(p)
	d.Annexes = []Annex{{Title: "Biểu đồ", Body: []Block{courseOfClasses()}}, {Title: "Biểu đồ ngang", Landscape: true, Body: []Block{courseOfClasses()}}}
	return d
}

// A chart joins two figures only where both are there and can be compared; an estimate is hollow.
func TestAChartShowsGapsBreaksAndEstimates(t *testing.T) {
	d := courseOfClasses().draw(400)
	course := 0
	for _, l := range d.Strokes {
		if l.Thick == 1.6 {
			course++
		}
	}
	if course != 1 { // only from IV/22 to I/23
		t.Errorf("%d stretches are drawn", course)
	}
	if len(d.Dots) != 4 || !d.Dots[1].Hollow || d.Dots[0].Hollow || d.Dots[2].Y >= d.Dots[0].Y {
		t.Errorf("dots %+v", d.Dots)
	}
	words := fmt.Sprint(d.Words)
	for _, want := range []string{"II/22", "01/7/2022", "chỉ tiêu 30"} {
		if !strings.Contains(words, want) {
			t.Errorf("the chart does not say %q", want)
		}
	}
	for _, w := range d.Words {
		if w.X < 0 || w.X+textWidth(w.Text, w.Size, false) > d.Wide+0.1 {
			t.Errorf("%q stands outside of the chart", w.Text)
		}
	}
	if empty := (Chart{Title: "Chưa có số", Points: []ChartPoint{{Missing: true}}}).draw(400); len(empty.Strokes)+len(empty.Dots) > 0 {
		t.Error("a chart without figures is drawn")
	}
}

// The picture in Word is a whole metafile with an alternative text, named by its part; a paper without charts has neither.
func TestAChartInWordIsAVectorPicture(t *testing.T) {
	hd05, _, _ := profiles(t)
	file := fileOf(t, charted(hd05))
	doc := partOf(t, file, "word/document.xml")
	for _, want := range []string{`descr="Số lớp bồi dưỡng. Quý I: 12;`, `r:embed="rIdBieuDo1"`, `r:embed="rIdBieuDo2"`} {
		if !strings.Contains(doc, want) {
			t.Errorf("missing %s", want)
		}
	}
	picture := []byte(partOf(t, file, "word/media/bieudo2.emf"))
	records, at := uint32(0), 0
	for at+8 <= len(picture) {
		size := int(binary.LittleEndian.Uint32(picture[at+4:]))
		if size < 8 || size%4 != 0 {
			t.Fatalf("record of %d bytes at %d", size, at)
		}
		at += size
		records++
	}
	if at != len(picture) || binary.LittleEndian.Uint32(picture[48:]) != uint32(len(picture)) || binary.LittleEndian.Uint32(picture[52:]) != records ||
		string(picture[40:44]) != " EMF" || binary.LittleEndian.Uint32(picture[4:]) != 108 {
		t.Errorf("the metafile of %d bytes and %d records is not whole", len(picture), records)
	}
	if page := pageOf(t, charted(hd05)); strings.Count(page, `<svg class="vb-chart"`) != 2 || !strings.Contains(page, `aria-label="Số lớp`) {
		t.Error("the page does not show the chart")
	}
	pdfOf(t, charted(hd05))
	if strings.Contains(partOf(t, fileOf(t, partyReport(hd05)), "[Content_Types].xml"), "emf") {
		t.Error("a paper without charts names pictures")
	}
}
