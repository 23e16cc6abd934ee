package succession_test

import (
	"slices"
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/report"
	"giaoban/succession"
	"giaoban/task"
)

// what acceptance itself writes beside the holders: the journal, its own rows, and who may read what was handed over.
var own = []string{"journal", "succession_", "regime_transfer", "file_heir"}

func TestEachOpenThingHasOneSuccessorOrIsFlagged(t *testing.T) {
	on(t, func(t *testing.T, p *province) {
		change := p.split(t)
		p.write(t, func(tx *db.Tx) error { _, err := succession.Propose(tx, p.admin, change); return err })
		items := p.items(t, change)
		for _, want := range []struct {
			thing db.ID
			to    db.ID
			says  string
		}{
			{p.child, p.health, "“Trẻ em”; Sở Y tế tiếp nhận"}, {p.vocational, p.education, "“Giáo dục nghề nghiệp”"}, {p.merit, p.interior, "“Người có công”"},
			{p.poverty, p.farming, "“Giảm nghèo”"}, {p.drugs, p.police, "“Cai nghiện"}, {p.silent, "", "Không nêu chức năng nào"},
			{p.two, "", "do nhiều cơ quan tiếp nhận"}, {p.helped, p.health, "“Trẻ em”"},
		} {
			i := of(t, items, succession.Task, want.thing, "")
			if i.To != want.to || !strings.Contains(i.Reason, want.says) || i.State() != succession.Open {
				t.Errorf("“%s” goes to %q because “%s”, want %q because “%s”", i.Title, i.To, i.Reason, want.to, want.says)
			}
		}
		if i := of(t, items, succession.Task, p.two, ""); len(i.CandidateList()) != 5 || !slices.Contains(i.CandidateList()[:2], p.health) {
			t.Errorf("the two that are meant do not come first: %v", i.CandidateList())
		}
		children, quarter := 0, 0
		for _, i := range items {
			switch {
			case i.Kind == succession.Obligation && strings.Contains(i.Title, "trẻ em") && i.To == p.health:
				children++
			case i.Kind == succession.Obligation && i.Flagged():
				quarter++
			}
		}
		if children != 1 || quarter != 2 {
			t.Errorf("%d reports on children go to the Health department, %d that cover several functions are flagged; want 1 and 2", children, quarter)
		}
		for part, to := range map[string]db.ID{"TE": p.health, "NN": p.education, "CC": p.interior, "HN": p.farming, "MT": p.police} {
			if i := of(t, items, succession.Assignment, "", part); i.To != to {
				t.Errorf("the sector %s is proposed to %s, want %s", part, i.To, to)
			}
		}
		if i := of(t, items, succession.Review, p.review, ""); i.To != p.health || !strings.Contains(i.Reason, "“Trẻ em”") {
			t.Errorf("the review of 20-CT/TW goes to %s: %s", i.To, i.Reason)
		}
		p.write(t, func(tx *db.Tx) error {
			again, err := succession.Propose(tx, p.officer, change)
			if len(again) != len(items) {
				t.Errorf("proposing twice makes %d of %d", len(again), len(items))
			}
			return err
		})
		p.refused(t, fault.KindForbidden, "", func(tx *db.Tx) error { _, err := succession.Propose(tx, p.social, change); return err })
	})
}

func TestNothingIsRewrittenAndUndoingIsExact(t *testing.T) {
	on(t, func(t *testing.T, p *province) {
		bodies := []string{"body", "org_"}
		untouched := p.dump(t, append(bodies, own...)...)
		change := p.split(t)
		p.write(t, func(tx *db.Tx) error { _, err := succession.Propose(tx, p.officer, change); return err })
		same(t, "proposed", untouched, p.dump(t, append(bodies, own...)...), false)
		readers := p.dump(t, "journal", "succession_", "regime_transfer")

		p.refused(t, fault.KindConflict, "Đến ngày 01/3/2025 mới bàn giao", func(tx *db.Tx) error {
			_, err := succession.AcceptAll(tx, p.officer, change)
			return err
		})
		p.at("2025-03-03")
		p.write(t, func(tx *db.Tx) error {
			n, err := succession.AcceptAll(tx, p.officer, change)
			if n < 12 {
				t.Errorf("%d items accepted", n)
			}
			return err
		})
		flagged := of(t, p.items(t, change), succession.Task, p.silent, "")
		p.refused(t, fault.KindConflict, "chưa có cơ quan tiếp nhận", func(tx *db.Tx) error { return succession.Accept(tx, p.officer, []db.ID{flagged.ID}) })
		p.refused(t, fault.KindInvalid, "vì sao chọn", func(tx *db.Tx) error { return succession.Choose(tx, p.officer, flagged.ID, p.interior, "") })
		p.write(t, func(tx *db.Tx) error {
			return succession.Choose(tx, p.leader, flagged.ID, p.interior, "Văn phòng Sở chuyển về Sở Nội vụ")
		})
		two := of(t, p.items(t, change), succession.Task, p.two, "")
		p.write(t, func(tx *db.Tx) error {
			return succession.Decline(tx, p.officer, two.ID, "Chờ ý kiến lãnh đạo Ban")
		})
		same(t, "accepted", untouched, p.dump(t, append(bodies, own...)...), true)
		p.sound(t)
		p.refused(t, fault.KindConflict, "Hãy hoàn tác các việc đó", func(tx *db.Tx) error { return succession.UndoChange(tx, p.admin, change, "Nhầm") })

		p.write(t, func(tx *db.Tx) error { _, err := succession.UndoAll(tx, p.officer, change); return err })
		same(t, "undone", untouched, p.dump(t, append(bodies, own...)...), false)
		same(t, "undone", readers, p.dump(t, "journal", "succession_", "regime_transfer"), false)
		p.sound(t)
		p.write(t, func(tx *db.Tx) error { return succession.UndoChange(tx, p.admin, change, "Công bố nhầm") })
		for _, i := range p.items(t, change) {
			if i.State() != succession.Gone {
				t.Fatalf("“%s” is still %s though the change was undone", i.Title, i.State())
			}
		}
		p.refused(t, fault.KindConflict, "đã được hoàn tác", func(tx *db.Tx) error {
			return succession.Accept(tx, p.officer, []db.ID{of(t, p.items(t, change), succession.Task, p.child, "").ID})
		})
	})
}

func TestTheSuccessorWorksOnAndThePredecessorStillReads(t *testing.T) {
	on(t, func(t *testing.T, p *province) {
		change := p.split(t)
		p.write(t, func(tx *db.Tx) error { _, err := succession.Propose(tx, p.officer, change); return err })
		p.write(t, func(tx *db.Tx) error { return task.Receive(tx, p.social, p.child) })
		p.refused(t, fault.KindMissing, "Không có nhiệm vụ", func(tx *db.Tx) error { return task.Receive(tx, p.doctor, p.child) })
		p.at("2025-03-03")
		items := p.items(t, change)
		child, help := of(t, items, succession.Task, p.child, ""), of(t, items, succession.Task, p.helped, "")
		p.write(t, func(tx *db.Tx) error { return succession.Accept(tx, p.officer, []db.ID{child.ID, help.ID}) })

		p.write(t, func(tx *db.Tx) error {
			return task.Progress(tx, p.doctor, p.child, task.Evidence{Note: "Sở Y tế đã tiếp nhận hồ sơ"})
		})
		p.refused(t, fault.KindForbidden, "Thực hiện nhiệm vụ", func(tx *db.Tx) error {
			return task.Progress(tx, p.social, p.child, task.Evidence{Note: "Vẫn làm"})
		})
		p.read(t, func(tx *db.Tx) error {
			mine, err := task.OpenOf(tx, p.doctor, p.health, calendar.On(2025, 3, 3))
			if err != nil || len(mine) != 2 || mine[0].Body != p.labour || mine[0].Holder != p.health || !mine[0].Moved() {
				t.Errorf("the Health department's list: %+v %v", mine, err)
			}
			left, err := task.OpenOf(tx, p.social, p.labour, calendar.On(2025, 3, 3))
			if err != nil || slices.ContainsFunc(left, func(x task.Task) bool { return x.ID == p.child }) {
				t.Errorf("the Labour department's list still holds it: %v", err)
			}
			was, _, err := task.List(tx, p.social, task.Filter{AsWas: true})
			if err != nil || !slices.ContainsFunc(was, func(x task.Task) bool { return x.ID == p.child }) {
				t.Errorf("as it was, the Labour department had it: %v", err)
			}
			asked, _, err := task.List(tx, p.officer, task.Filter{AsWas: true, Lead: p.labour})
			now, _, err2 := task.List(tx, p.officer, task.Filter{Lead: p.labour})
			if len(asked) != 7 || len(now) != 6 {
				t.Errorf("%d tasks were asked of the Labour department, %d are led by it now; want 7 and 6; %v %v", len(asked), len(now), err, err2)
			}
			record, err := task.Find(tx, p.social, p.child)
			if err != nil || record.Facts[len(record.Facts)-1].Body != p.labour {
				t.Errorf("who was asked no longer reads it, or the facts changed side: %v", err)
			}
			return err
		})
		p.write(t, func(tx *db.Tx) error { return succession.Undo(tx, p.leader, child.ID) })
		p.refused(t, fault.KindMissing, "Không có nhiệm vụ", func(tx *db.Tx) error {
			return task.Progress(tx, p.doctor, p.child, task.Evidence{Note: "Nữa"})
		})
		p.sound(t)
	})
}

func TestAReportHandedOverIsSentByTheSuccessor(t *testing.T) {
	on(t, func(t *testing.T, p *province) {
		change := p.split(t)
		p.write(t, func(tx *db.Tx) error { _, err := succession.Propose(tx, p.officer, change); return err })
		p.at("2025-03-03")
		var owed db.ID
		for _, i := range p.items(t, change) {
			if i.Kind == succession.Obligation && i.To == p.health {
				owed = i.Item
				p.write(t, func(tx *db.Tx) error { return succession.Accept(tx, p.officer, []db.ID{i.ID}) })
			}
		}
		february := calendar.MustPeriod("2025-02")
		p.read(t, func(tx *db.Tx) error {
			due, err := report.Due(tx, p.doctor, p.health)
			if err != nil || !slices.ContainsFunc(due, func(o report.Obligation) bool { return o.ID == owed && o.Body == p.labour }) {
				t.Errorf("the report is not on the Health department's desk: %v", err)
			}
			absent, err := report.Missing(tx, p.officer, "te-thang", february)
			if err != nil || !strings.Contains(absent.Text, "Tên đầy đủ Sở Y tế (nhận từ Sở LĐTBXH)") {
				t.Errorf("the reminder goes to %q: %v", absent.Text, err)
			}
			return err
		})
		value := "90"
		p.write(t, func(tx *db.Tx) error {
			ready, err := report.Prepare(tx, p.doctorsHead, "te-thang", february, "SLDTBXH", report.Input{Values: map[string]*string{"tro_giup": &value}})
			if err != nil {
				return err
			}
			_, err = report.Submit(tx, p.doctorsHead, ready)
			return err
		})
		p.read(t, func(tx *db.Tx) error {
			for who, by := range map[string]db.ID{"the successor": p.doctor.Body, "who was asked": p.social.Body} {
				actor := p.doctor
				actor.Body = by
				sent, err := report.History(tx, actor, owed)
				if err != nil || len(sent) != 1 || sent[0].Body.ID != p.labour {
					t.Errorf("%s does not read what was sent: %v %v", who, sent, err)
				}
			}
			return nil
		})
	})
}

func TestComingPeriodsAskTheSuccessor(t *testing.T) {
	on(t, func(t *testing.T, p *province) {
		change := p.split(t)
		p.write(t, func(tx *db.Tx) error { _, err := succession.Propose(tx, p.officer, change); return err })
		p.at("2025-03-17")
		p.write(t, func(tx *db.Tx) error { _, err := succession.AcceptAll(tx, p.officer, change); return err })
		p.write(t, func(tx *db.Tx) error {
			_, err := report.Open(tx, p.officer, "kg-thang", calendar.MustPeriod("2025-03"))
			return err
		})
		scopes := func(period string) map[string]report.Scope {
			found := make(map[string]report.Scope)
			p.read(t, func(tx *db.Tx) error {
				o, err := report.FindOpening(tx, p.officer, "kg-thang", calendar.MustPeriod(period))
				if err != nil {
					return err
				}
				all, err := report.StandingIn(tx, p.officer, report.Owed, o.ID, 0, 0)
				for _, ob := range all {
					found[ob.BodyCode] = ob.Scope
				}
				return err
			})
			return found
		}
		march := scopes("2025-03")
		want := map[string]report.Scope{"SNV": "CC", "SYT": "TE YT", "SGDDT": "NN", "SNNMT": "HN", "CAT": "MT"}
		if len(march) != len(want) {
			t.Errorf("March asks %v", march)
		}
		for code, scope := range want {
			got := march[code].Sectors()
			slices.Sort(got)
			if strings.Join(got, " ") != string(scope) {
				t.Errorf("March asks %s for %q, want %q", code, march[code], scope)
			}
		}
		if february := scopes("2025-02"); february["SLDTBXH"] != "TE NN CC HN MT" || len(february) != 2 {
			t.Errorf("what was opened before has changed: %v", february)
		}
		p.write(t, func(tx *db.Tx) error {
			for _, i := range p.items(t, change) {
				if i.Kind == succession.Assignment {
					if err := succession.Undo(tx, p.officer, i.ID); err != nil {
						return err
					}
				}
			}
			return nil
		})
		p.at("2025-04-16")
		p.write(t, func(tx *db.Tx) error {
			_, err := report.Open(tx, p.officer, "kg-thang", calendar.MustPeriod("2025-04"))
			return err
		})
		if april := scopes("2025-04"); len(april) != 1 || april["SYT"] != "YT" {
			t.Errorf("after undoing, April asks %v: the ended body is asked no more, and nobody in its stead", april)
		}
	})
}

func TestWhoAnswersForChildrenChangesOnTheDay(t *testing.T) {
	on(t, func(t *testing.T, p *province) {
		p.split(t)
		p.read(t, func(tx *db.Tx) error {
			for day, code := range map[calendar.Date]string{calendar.On(2025, 2, 28): "SLDTBXH", calendar.On(2025, 3, 1): "SYT"} {
				found, err := org.Answers(tx, p.doctor, "trẻ em", day)
				if err != nil || len(found) != 1 || found[0].Code != code {
					t.Errorf("on %s children are answered for by %v, want %s; %v", day, found, code, err)
				}
			}
			return nil
		})
	})
}

func TestWhatWasHandedOnMustComeBackInOrder(t *testing.T) {
	on(t, func(t *testing.T, p *province) {
		first := p.split(t)
		p.write(t, func(tx *db.Tx) error { _, err := succession.Propose(tx, p.officer, first); return err })
		p.at("2025-03-03")
		child := of(t, p.items(t, first), succession.Task, p.child, "")
		sector := of(t, p.items(t, first), succession.Assignment, "", "TE")
		p.write(t, func(tx *db.Tx) error { return succession.Accept(tx, p.officer, []db.ID{child.ID, sector.ID}) })
		var second db.ID
		p.at("2025-05-05")
		p.write(t, func(tx *db.Tx) error {
			c, err := org.Announce(tx, p.admin, org.NewChange{Kind: org.Moved, Day: calendar.On(2025, 5, 1), Basis: "Quyết định 5",
				Parts: []org.NewPart{{From: p.health, To: p.education, Function: "tre-em"}}})
			second = c.ID
			if err != nil {
				return err
			}
			_, err = succession.Propose(tx, p.officer, second)
			return err
		})
		items := p.items(t, second)
		again, sectorAgain := of(t, items, succession.Task, p.child, ""), of(t, items, succession.Assignment, sector.Item, "TE")
		if again.From != p.health || again.To != p.education || sectorAgain.To != p.education || slices.ContainsFunc(items, func(i succession.Item) bool { return i.Part == "YT" }) {
			t.Errorf("of the moved function only its own work is proposed: %+v", items)
		}
		p.write(t, func(tx *db.Tx) error { return succession.Accept(tx, p.officer, []db.ID{again.ID, sectorAgain.ID}) })
		p.refused(t, fault.KindConflict, "hoàn tác lần bàn giao sau trước", func(tx *db.Tx) error { return succession.Undo(tx, p.officer, child.ID) })
		p.refused(t, fault.KindConflict, "hoàn tác lần bàn giao sau trước", func(tx *db.Tx) error { return succession.Undo(tx, p.officer, sector.ID) })
		p.sound(t)
		p.write(t, func(tx *db.Tx) error { return succession.Undo(tx, p.officer, again.ID) })
		p.write(t, func(tx *db.Tx) error { return succession.Undo(tx, p.officer, child.ID) })
		p.sound(t)
	})
}
