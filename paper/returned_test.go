package paper

import (
	"slices"
	"testing"

	"giaoban/official"
)

// What a leader changed in Word comes into the words: origins stay with what was changed and moved, what a record tells and
// the printer's marks stay as they are, what was struck leaves.
func TestWordsTakeWhatCameBack(t *testing.T) {
	from := official.Origin{Ref: "task/1", Label: "Nhiệm vụ 1"}
	d := official.Document{Subject: "x", Body: []official.Block{
		official.Heading{Level: 1, Runs: official.Text("Kết quả")},
		official.Paragraph{Runs: official.Text("Sở Y tế đã hoàn thành"), Origin: from},
		official.PageBreak{},
		official.NumberedItem{Level: 1, Runs: official.Text("Việc thứ nhất")},
		official.NumberedItem{Level: 1, Runs: official.Text("Việc thứ hai"), Origin: official.Origin{Ref: "task/2", Label: "Nhiệm vụ 2"}},
		official.Paragraph{Runs: official.Text("Hạn ngày 15/5/2022"), Fixed: true},
		official.Table{Columns: []official.Column{{Title: "Cơ quan"}, {Title: "Hạn"}},
			Rows: [][]official.Cell{{official.C("Sở Y tế"), {Runs: official.Text("15/5"), Fixed: true}}}},
	}}
	line := func(state official.ReturnedState, block int, old, now string) official.ReturnedLine {
		return official.ReturnedLine{State: state, Block: block, Old: old, New: now}
	}
	fresh := official.ReturnedLine{State: official.LineNew, Block: -1, Behind: 1, New: "Thêm một câu.", Kind: "paragraph"}
	moved := line(official.LineMoved, 4, "Việc thứ hai.", "Việc thứ hai.")
	moved.Behind = 0
	cell := line(official.LineChanged, 6, "Sở Y tế", "Sở Y tế tỉnh")
	cell.Cell = &official.Cellmark{Row: 0, Column: 0}
	fixed := line(official.LineChanged, 6, "15/5", "20/5")
	fixed.Cell = &official.Cellmark{Row: 0, Column: 1}
	w := WordsOf(d)
	got := w.Take([]official.ReturnedLine{
		line(official.LineChanged, 1, "Sở Y tế đã hoàn thành;", "Sở Y tế đã hoàn thành sớm;"),
		line(official.LineStruck, 3, "Việc thứ nhất", ""), fresh, moved, cell, fixed,
		line(official.LineChanged, 5, "Hạn ngày 15/5/2022", "Hạn ngày 20/5/2022"),
	}).Into(d)
	want := []string{"Kết quả", "Việc thứ hai", "Sở Y tế đã hoàn thành sớm", "Thêm một câu.", "", "Hạn ngày 15/5/2022", ""}
	var texts []string
	for _, b := range got.Body {
		texts = append(texts, official.PlainText(b))
	}
	if !slices.Equal(texts, want) {
		t.Fatalf("got %q\nwant %q", texts, want)
	}
	if o := got.Body[1].(official.NumberedItem).Origin; o.Ref != "task/2" || o.Label != "Nhiệm vụ 2" {
		t.Errorf("the moved item has the origin %+v", o)
	}
	if o := got.Body[2].(official.Paragraph).Origin; o.Ref != from.Ref || o.Label != from.Label+edited {
		t.Errorf("the changed paragraph has the origin %+v", o)
	}
	if _, is := got.Body[4].(official.PageBreak); !is {
		t.Errorf("the page break is at %v", got.Body)
	}
	if table := got.Body[6].(official.Table); plain(table.Rows[0][0].Runs) != "Sở Y tế tỉnh" || plain(table.Rows[0][1].Runs) != "15/5" {
		t.Errorf("the table is %+v", table.Rows)
	}
	forged := cell
	forged.Cell = &official.Cellmark{Row: -1, Column: 0}
	for l, takes := range map[string]bool{"no such cell": w.Takes(forged), "fixed": w.Takes(fixed), "outside": w.Takes(line(official.LineChanged, -1, "a", "b"))} {
		if takes {
			t.Errorf("%s can be taken", l)
		}
	}
}
