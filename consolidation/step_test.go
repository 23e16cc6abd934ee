package consolidation_test

import (
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/internal/fault"
	"giaoban/paper"
	"giaoban/people"
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

// The chain is a setting: each chair in its turn agrees or sends back, and nobody signs before the last has agreed.
func TestADraftPassesTheChairsOfTheChain(t *testing.T) {
	eachQuarterOffice(t, func(o *quarterOffice) {
		o.usual()
		c := o.consolidate()
		admin := access.System("quản trị")
		commission := o.bodies["BTGTU"].ID
		chair := func(name, title string, role access.Role) access.Actor {
			person, err := people.AddPerson(o.tx, admin, name, "")
			o.ok(err)
			_, err = people.AddPost(o.tx, admin, person, commission, title, role, "", calendar.On(2020, 1, 1), calendar.Date{})
			o.ok(err)
			return access.Actor{Person: person, Name: name, Role: role, Body: commission, BodyCode: "BTGTU"}
		}
		head := chair("Phan Thị Hạnh", "Trưởng phòng Khoa giáo", access.CommissionOfficer)
		form := chair("Đỗ Thị Lan", "Văn thư", access.Clerk)
		o.refused(consolidation.SetChain(o.tx, o.officer, nil), fault.KindForbidden, "")
		o.refused(consolidation.SetChain(o.tx, admin, []string{"Chánh văn phòng"}), fault.KindInvalid, "chưa có ai")
		o.refused(consolidation.SetChain(o.tx, admin, []string{"Văn thư", "", "Văn thư"}), fault.KindInvalid, "hai lần")
		o.ok(consolidation.SetChain(o.tx, admin, []string{"Trưởng phòng Khoa giáo", "", "Văn thư"}))
		agree := func(by access.Actor) error {
			return consolidation.Agree(o.tx, by, c.ID, c.Version, "Nhất trí, rà lại số điện thoại")
		}
		sign := func() error {
			_, err := consolidation.Sign(o.tx, o.leader, c.ID, c.Version, paper.Signature{Signer: "Nguyễn Minh Quân", Title: "Trưởng ban"})
			return err
		}
		stands := func(awaits string, passed int) {
			t.Helper()
			last, _, err := consolidation.LastStep(o.tx, o.officer, c.ID)
			o.ok(err)
			if last.Awaits() != awaits || last.Passed != passed {
				o.t.Errorf("waits for %q after %d, want %q after %d", last.Awaits(), last.Passed, awaits, passed)
			}
		}

		o.refused(agree(head), fault.KindConflict, "chưa được trình ký")
		o.ok(consolidation.PutForward(o.tx, o.officer, c.ID, c.Version))
		stands("Trưởng phòng Khoa giáo", 0)
		o.ok(consolidation.SetChain(o.tx, admin, []string{"Văn thư"})) // for what is put forward later
		o.refused(agree(form), fault.KindForbidden, "chờ ý kiến của Trưởng phòng Khoa giáo")
		o.refused(agree(o.officer), fault.KindForbidden, "không giữ chức vụ này")
		o.refused(agree(o.atHealth), fault.KindMissing, "")
		o.refused(sign(), fault.KindConflict, "chờ ý kiến của Trưởng phòng Khoa giáo")
		o.ok(agree(head))
		stands("Văn thư", 1)
		o.refused(agree(head), fault.KindForbidden, "Văn thư")
		o.refused(consolidation.SendBack(o.tx, head, c.ID, c.Version, "Sửa", nil), fault.KindForbidden, "Văn thư")
		o.ok(consolidation.SendBack(o.tx, form, c.ID, c.Version, "Sai thể thức", nil))
		o.ok(consolidation.PutForward(o.tx, o.officer, c.ID, c.Version))
		stands("Văn thư", 0)
		o.ok(consolidation.SendBack(o.tx, o.leader, c.ID, c.Version, "Thêm số liệu", nil)) // who signs does not wait to send back
		o.ok(consolidation.PutForward(o.tx, o.officer, c.ID, c.Version))
		deputy := chair("Hoàng Thị Mai", "Lưu trữ", access.Clerk)
		o.refused(agree(deputy), fault.KindForbidden, "không giữ chức vụ này")
		today := calendar.OfInstant(o.tx.Clock())
		_, err := o.tx.Exec(`
insert into stand_in (id, person, deputy, valid_from, valid_to, at, by_actor, by_name)
values (?, ?, ?, ?, ?, ?, 'thử', 'thử')`, o.tx.NewID(), form.Person, deputy.Person, today, today, o.tx.Now())
		o.ok(err)
		o.ok(agree(deputy))
		if last, _, err := consolidation.LastStep(o.tx, o.officer, c.ID); err != nil || last.ByName != "Hoàng Thị Mai (thay Đỗ Thị Lan)" {
			o.t.Errorf("%q agreed: %v", last.ByName, err)
		}
		stands("", 1)
		o.refused(agree(form), fault.KindConflict, "đang chờ ký")
		o.ok(sign())

		o.ok(consolidation.SetChain(o.tx, admin, nil))
		var chain []string
		chain, err = consolidation.Chain(o.tx)
		o.ok(err)
		if len(chain) != 0 {
			o.t.Errorf("%q is left", chain)
		}
	})
}
