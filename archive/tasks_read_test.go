package archive_test

import (
	"bytes"
	"slices"
	"testing"

	"giaoban/archive"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/official"
	"giaoban/task"
)

// A row of a notice's table stands on its card with lead, product and day as they were written. Taken unseen it is kept as
// guidance; it becomes a task when a person says so, without anything being typed again.
func TestARowOfATableIsATaskWhenAPersonSaysSo(t *testing.T) {
	in(t, func(t *testing.T, o *office) {
		profile := official.ProfileFor(official.Party, official.DayOf(2022, 4, 6))
		d := official.ThongBaoKetLuan(profile, "đồng chí Lê Hữu Mẫu, Trưởng ban Tuyên giáo Tỉnh ủy", "Hội nghị giao ban công tác khoa giáo quý I năm 2022",
			official.Say("Ngày 01/4/2022, Ban Tuyên giáo Tỉnh ủy tổ chức Hội nghị giao ban công tác khoa giáo quý I năm 2022. Sau khi nghe các ý kiến, đồng chí chủ trì kết luận như sau:"),
			official.Heading{Level: 1, Runs: official.Text("Hạn chế cần khắc phục")},
			official.NumberedItem{Level: 1, Runs: official.Text("Báo cáo tháng của hai ngành còn chậm.")},
			official.Heading{Level: 1, Runs: official.Text("Nhiệm vụ cụ thể")},
			official.Table{Columns: []official.Column{{Title: "TT", Width: 1}, {Title: "Nội dung", Width: 5}, {Title: "Chủ trì", Width: 3}, {Title: "Sản phẩm", Width: 3}, {Title: "Thời hạn", Width: 2}},
				Rows: [][]official.Cell{{official.C("1"), official.C("Hoàn thành kế hoạch tiêm chủng mở rộng."), official.C("Sở Y tế"), official.C("Kế hoạch đã ban hành"), official.C("30/4/2022")}}},
			official.Heading{Level: 1, Runs: official.Text("Kiến nghị")},
			official.NumberedItem{Level: 1, Runs: official.Text("Bổ sung kinh phí mua trang thiết bị.")})
		d.Superior, d.Issuer, d.BodySymbol, d.Place, d.Date, d.Number = "Tỉnh ủy Mẫu", "Ban Tuyên giáo", "BTGTU", "Mẫu", official.DayOf(2022, 4, 6), 12
		d.Signers, d.Recipients = []official.Signer{{Title: "Trưởng ban", Name: "Lê Hữu Mẫu"}}, []string{"Các đơn vị dự hội nghị"}
		var file bytes.Buffer
		if err := official.WriteDocx(&file, d); err != nil {
			t.Fatal(err)
		}
		if _, err := o.feed(o.officer, []string{"thong-bao.docx"}, map[string]string{"thong-bao.docx": file.String()}); err != nil {
			t.Fatal(err)
		}
		i, fields := o.file("thong-bao")
		conclusions := of(fields, archive.ConclusionField)
		if len(conclusions) != 2 || len(of(fields, archive.ShortcomeField)) != 1 {
			t.Fatalf("%d conclusions, %d shortcomings", len(conclusions), len(of(fields, archive.ShortcomeField)))
		}
		row, asked := conclusions[0], conclusions[1]
		if v := row.Value; v.Lead != "SYT" || v.Product != "Kế hoạch đã ban hành" || v.Due != "2022-04-30" || v.Task || v.Text != "Hoàn thành kế hoạch tiêm chủng mở rộng" {
			t.Errorf("%+v", v)
		}
		if asked.Sure || asked.Value.Remark == "" {
			t.Errorf("a proposal is taken unseen for a conclusion: %+v", asked)
		}
		tasks := func() (all []task.Task) {
			o.read(func(tx *db.Tx) (err error) {
				all, _, err = task.List(tx, o.officer, task.Filter{Day: calendar.On(2024, 1, 15)})
				return err
			})
			return all
		}
		o.sure("thong-bao")
		if all := tasks(); len(all) != 0 {
			t.Errorf("%d tasks came of accepting", len(all))
		}
		_, fields = o.file("thong-bao")
		if at := slices.IndexFunc(fields, func(f archive.Field) bool { return f.ID == asked.ID }); fields[at].State != archive.Pending {
			t.Errorf("the proposal is %s", fields[at].State)
		}
		o.write(func(tx *db.Tx) error {
			f, err := archive.Reopen(tx, o.officer, row.ID, 1)
			if err != nil {
				return err
			}
			v := row.Value
			v.Task = true
			_, err = archive.Accept(tx, o.officer, f.ID, f.Version, v, archive.Choice{})
			return err
		})
		if all := tasks(); len(all) != 1 || all[0].Lead != o.soYTe || all[0].Origin.ID != i.ID || all[0].Due != calendar.On(2022, 4, 30) {
			t.Errorf("%+v", all)
		}
	})
}
