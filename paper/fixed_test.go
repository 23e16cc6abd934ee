package paper_test

import (
	"reflect"
	"testing"

	"giaoban/internal/db"
	"giaoban/official"
	"giaoban/paper"
)

// What a record tells stays as the record has it, whatever a form sends; the words beside it are changed. In a paper that
// replaces another the cells of its tables may be changed again.
func TestWhatARecordTellsIsNotEditedAsWords(t *testing.T) {
	due := official.C("20/5/2022")
	due.Fixed = true
	d := official.Document{Subject: "thử", Addressed: []string{"Ban cán sự đảng"}, FixedTo: true, Body: []official.Block{
		official.NumberedItem{Level: 1, Runs: official.Text("Thời gian: 8 giờ 00"), Fixed: true},
		official.Table{Columns: []official.Column{{Title: "Nội dung"}, {Title: "Thời hạn"}}, Rows: [][]official.Cell{{official.C("Xây dựng kế hoạch"), due}}},
		official.Paragraph{Runs: official.Text("Sở Y tế báo cáo trước ngày 20/5/2022."), Fixed: true},
	}}
	kept, err := paper.Encode(d)
	check(t, err)
	if back, err := paper.Decode(kept); err != nil || !reflect.DeepEqual(back.Body, d.Body) || !back.FixedTo {
		t.Errorf("kept otherwise: %+v %v", back, err)
	}
	w := paper.WordsOf(d)
	w.Addressed = []string{"Nơi khác"}
	w.Pieces[0].Text, w.Pieces[2].Text, w.Pieces[2].Kind = "Thời gian: 14 giờ 00", "", paper.DropPiece
	w.Pieces[1].Cells[0] = []string{"Xây dựng, ban hành kế hoạch", "01/01/2030"}
	got := w.Into(d)
	if got.Addressed[0] != "Ban cán sự đảng" || len(got.Body) != 3 || !reflect.DeepEqual(got.Body[0], d.Body[0]) || !reflect.DeepEqual(got.Body[2], d.Body[2]) {
		t.Errorf("changed: %+v", got)
	}
	if row := got.Body[1].(official.Table).Rows[0]; row[0].Runs[0].Text != "Xây dựng, ban hành kế hoạch" || row[1].Runs[0].Text != "20/5/2022" {
		t.Errorf("the row is %+v", row)
	}
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		content := notice("kết luận hội nghị")
		content.Body = append(d.Body[1:2:2], text("Các cơ quan thực hiện."))
		p, err := paper.Draft(tx, o.officer, paper.New{Body: o.commission.ID, Kind: paper.ThongBao, Content: content})
		check(t, err)
		p = out(t, tx, o, p, 7, false)
		next, err := paper.Succeed(tx, o.officer, p.ID, paper.Replaces, "Đổi hạn")
		check(t, err)
		words, err := paper.Content(tx, o.officer, next.ID)
		check(t, err)
		for _, piece := range paper.WordsOf(words).Pieces {
			if piece.Kind == paper.TablePiece && piece.Fixes[0][1] {
				t.Error("a replacement may not say another day")
			}
		}
	})
}
