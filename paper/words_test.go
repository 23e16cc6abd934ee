package paper_test

import (
	"testing"

	"giaoban/official"
	"giaoban/paper"
)

func TestEditedWordsKeepTheirOrigin(t *testing.T) {
	from := official.Origin{Ref: "conclusion/1", Label: "Kết luận 1"}
	d := official.Document{Subject: "kết luận", Recipients: []string{"Sở Y tế"}, Body: []official.Block{
		official.Heading{Level: 1, Runs: official.Text("Định hướng")},
		official.NumberedItem{Level: 1, Runs: []official.Run{{Text: "Giữ "}, {Text: "nhịp", Bold: true}}, Origin: from},
		official.PageBreak{},
		official.NumberedItem{Level: 1, Runs: official.Text("Việc thứ hai"), Origin: from},
		official.Table{Caption: "Nhiệm vụ", Columns: []official.Column{{Title: "Nội dung"}, {Title: "Hạn"}},
			Rows: [][]official.Cell{{{Runs: official.Text("Xây dựng kế hoạch"), Origin: from}, official.C("20/5/2022")}}},
		official.Paragraph{Runs: official.Text("Ban thông báo.")},
	}}
	w := paper.WordsOf(d)
	if same := w.Into(d); len(same.Body) != 6 || same.Body[1].(official.NumberedItem).Runs[1].Bold != true {
		t.Errorf("untouched words changed: %+v", same.Body)
	}
	w.Pieces[1].Text = "Giữ nhịp" // the same words, so that their appearance stays
	w.Pieces[2].Text = "Việc thứ hai, rõ hơn\nViệc chen thêm"
	w.Pieces[3].Cells[0][0] = "Xây dựng, ban hành kế hoạch"
	w.Pieces[4].Text = ""
	w.Pieces = append(w.Pieces, paper.Piece{Kind: paper.ParagraphPiece, Text: "Yêu cầu các cơ quan thực hiện."})
	w.Recipients = []string{"Sở Y tế", " ", "Sở Nội vụ"}
	got := w.Into(d)
	if len(got.Body) != 7 || len(got.Recipients) != 2 {
		t.Fatalf("%d blocks, recipients %q", len(got.Body), got.Recipients)
	}
	if _, broken := got.Body[2].(official.PageBreak); !broken {
		t.Errorf("the page break went: %+v", got.Body[2])
	}
	changed, added := got.Body[3].(official.NumberedItem), got.Body[4].(official.NumberedItem)
	if changed.Origin.Ref != from.Ref || changed.Origin.Label != "Kết luận 1, đã sửa lời" || added.Origin != (official.Origin{}) {
		t.Errorf("origins: %+v, %+v", changed.Origin, added.Origin)
	}
	cell := got.Body[5].(official.Table).Rows[0][0]
	if cell.Origin.Label != "Kết luận 1, đã sửa lời" || cell.Runs[0].Text != "Xây dựng, ban hành kế hoạch" {
		t.Errorf("the cell: %+v", cell)
	}
	if was := d.Body[4].(official.Table).Rows[0][0]; was.Runs[0].Text != "Xây dựng kế hoạch" {
		t.Errorf("the document that was edited changed itself: %+v", was)
	}
	if last := got.Body[6].(official.Paragraph); last.Runs[0].Text != "Yêu cầu các cơ quan thực hiện." {
		t.Errorf("the last block: %+v", last)
	}
	again := paper.WordsOf(got)
	again.Pieces[2].Text = "Việc thứ hai, rõ hơn nữa"
	if o := again.Into(got).Body[3].(official.NumberedItem).Origin; o.Label != "Kết luận 1, đã sửa lời" {
		t.Errorf("edited twice: %+v", o)
	}
}
