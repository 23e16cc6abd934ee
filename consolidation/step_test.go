package consolidation_test

import (
	"testing"

	"giaoban/consolidation"
	"giaoban/internal/fault"
)

// A draft stands still while it waits for the signature; comments come back beside their paragraphs.
func TestADraftWaitsOnlyWhenItWasPutForward(t *testing.T) {
	eachQuarterOffice(t, func(o *quarterOffice) {
		o.usual()
		c := o.consolidate()
		underway := func(want ...consolidation.StepKind) {
			t.Helper()
			all, err := consolidation.AllUnderway(o.tx, o.leader)
			o.ok(err)
			if len(all) != len(want) || len(want) == 1 && all[0].Kind != want[0] {
				o.t.Errorf("%+v is under way, want %v", all, want)
			}
		}
		words := paragraphOf(c, "Cấp độ")
		back := func(note string, said ...consolidation.Comment) error {
			return consolidation.SendBack(o.tx, o.leader, c.ID, c.Version, note, said)
		}
		underway()
		o.refused(back("Sửa"), fault.KindConflict, "chưa được trình ký")
		o.refused(consolidation.TakeBack(o.tx, o.officer, c.ID), fault.KindConflict, "chưa được trình ký")
		o.refused(consolidation.PutForward(o.tx, o.leader, c.ID, c.Version), fault.KindForbidden, "Soạn báo cáo tổng hợp")
		o.ok(consolidation.PutForward(o.tx, o.officer, c.ID, c.Version))
		underway(consolidation.StepPutForward)
		_, err := consolidation.EditParagraph(o.tx, o.officer, c.ID, c.Version, words.ID, "sửa trong khi chờ")
		o.refused(err, fault.KindConflict, "Rút lại để sửa")
		o.refused(consolidation.PutForward(o.tx, o.officer, c.ID, c.Version), fault.KindConflict, "đã trình ký")
		o.ok(consolidation.TakeBack(o.tx, o.officer, c.ID))
		underway()
		c.Version, err = consolidation.EditParagraph(o.tx, o.officer, c.ID, c.Version, words.ID, "Cấp độ dịch, đã sửa.")
		o.ok(err)
		o.ok(consolidation.PutForward(o.tx, o.officer, c.ID, c.Version))
		o.refused(consolidation.SendBack(o.tx, o.officer, c.ID, c.Version, "Sửa", nil), fault.KindForbidden, "Ký báo cáo tổng hợp")
		o.refused(back(" ", consolidation.Comment{Paragraph: words.ID, Words: " "}), fault.KindInvalid, "ít nhất một đoạn")
		o.refused(back("TỐI MẬT"), fault.KindRefused, "")
		o.ok(back("", consolidation.Comment{Paragraph: words.ID, Words: "Cấp nào?"}))
		underway(consolidation.StepSentBack)
		last, said, err := consolidation.LastStep(o.tx, o.officer, c.ID)
		o.ok(err)
		if last.Waits() || len(said.Comments) != 1 || said.Comments[0].Quote != "Cấp độ dịch, đã sửa." || said.Comments[0].Words != "Cấp nào?" {
			o.t.Errorf("%+v, %+v", last, said)
		}
	})
}
