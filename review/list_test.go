package review_test

import (
	"slices"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/review"
	"giaoban/task"
)

// assign gives every review of a year its bodies.
func (o office) assign(t *testing.T, d *db.DB, year int) {
	t.Helper()
	for _, r := range inYear(t, d, o.officer, year) {
		write(t, d, func(tx *db.Tx) error {
			return review.Assign(tx, o.officer, r.ID, r.Version, review.Assignment{Lead: o.soLaoDong, Unit: o.phongKhoaGiao,
				Cooperating: []review.Cooperation{{Body: o.soYTe, Part: "Phần chăm sóc sức khỏe"}}})
		})
	}
}

func seen(all []review.Review) (lines []review.Line) {
	for _, r := range all {
		lines = append(lines, review.Line{ID: r.ID, Version: r.Version})
	}
	return lines
}

func tasksIn(t *testing.T, d *db.DB) (n int) {
	t.Helper()
	read(t, d, func(tx *db.Tx) error { return tx.Get(&n, "select count(*) from task") })
	return n
}

func TestStepsAreTasksOnlyOnceTheLeaderHasConfirmedTheList(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock, o office) {
		o.register(t, d, seeds()...)
		confirm := func(by access.Actor, lines []review.Line) func(tx *db.Tx) error {
			return func(tx *db.Tx) error { _, err := review.Confirm(tx, by, 2022, lines); return err }
		}
		list := func(tx *db.Tx) error { _, err := review.ListYear(tx, o.officer, 2022); return err }
		refused(t, d, fault.KindInvalid, "Tổng kết 10 năm Nghị quyết số 20-NQ/TW, ngày 01/11/2012: chưa phân công cơ quan chủ trì.", list)
		o.assign(t, d, 2022)
		refused(t, d, fault.KindConflict, "không có dòng nào chờ duyệt", confirm(o.leader, seen(inYear(t, d, o.leader, 2022))))
		write(t, d, list)
		waiting := inYear(t, d, o.leader, 2022)
		refused(t, d, fault.KindForbidden, "Duyệt danh mục", confirm(o.officer, seen(waiting)))
		refused(t, d, fault.KindStale, "Xin xem lại cả danh mục", confirm(o.leader, seen(waiting[1:])))
		if tasksIn(t, d) != 0 {
			t.Fatal("tasks before the leader's word")
		}
		write(t, d, confirm(o.leader, seen(waiting)))
		if n := tasksIn(t, d); n != 21 {
			t.Errorf("%d tasks for three reviews of seven steps", n)
		}
		refused(t, d, fault.KindConflict, "không có dòng nào chờ duyệt", confirm(o.leader, seen(inYear(t, d, o.leader, 2022))))

		r := theReview(t, d, o.officer, "20-CT/TW", 10)
		read(t, d, func(tx *db.Tx) error {
			for _, s := range r.Steps {
				one, err := task.Find(tx, o.officer, s.Task)
				if err != nil {
					return err
				}
				lead, mode := o.soLaoDong, task.Requested
				if s.Step == review.StepAppraisal {
					lead, mode = o.phongKhoaGiao, task.Assigned
				}
				if one.Lead != lead || one.Mode != mode || one.Due != s.Day || one.Origin.Kind != "review" || one.Origin.ID != r.ID {
					t.Errorf("%s: %+v", s.Step, one.Task)
				}
				if with := len(one.Sides) - 1; s.Step == review.StepInput && (with != 1 || one.Sides[1].Part != "Phần chăm sóc sức khỏe") || s.Step != review.StepInput && with != 0 {
					t.Errorf("%s: %v", s.Step, one.Sides)
				}
			}
			return nil
		})
		if r.State() != review.Confirmed || r.Steps[0].Standing.State != task.StateOpen {
			t.Errorf("%s %s", r.State(), r.Steps[0].Standing.State)
		}
		// A line that comes later is asked for only after a word of its own.
		o.register(t, d, directive.New{Type: "Kết luận", Symbol: "42-KL/TW", Date: calendar.On(2017, 6, 20), Issuer: "Ban Bí thư"})
		write(t, d, func(tx *db.Tx) error {
			_, _, err := review.SetRule(tx, o.officer, review.Rule{Level: directive.Central, Type: "Kết luận", Years: 5, Kind: review.Mid, Ending: "TW", Applies: true, Basis: "Ban chọn"})
			return err
		})
		late := theReview(t, d, o.officer, "42-KL/TW", 5)
		write(t, d, func(tx *db.Tx) error {
			return review.Assign(tx, o.officer, late.ID, late.Version, review.Assignment{Lead: o.phongKhoaGiao})
		})
		refused(t, d, fault.KindInvalid, "có hạn", list) // its plan should have stood in February
		late = theReview(t, d, o.officer, "42-KL/TW", 5)
		for _, s := range late.Steps {
			if !s.Day.Before(calendar.On(2022, 4, 1)) {
				continue
			}
			version := theReview(t, d, o.officer, "42-KL/TW", 5).Version
			write(t, d, func(tx *db.Tx) error {
				return review.FinishStep(tx, o.officer, late.ID, version, s.Step, calendar.On(2022, 3, 1), "Công văn số 77-CV/BTG, ngày 01/3/2022")
			})
		}
		write(t, d, list)
		before := tasksIn(t, d)
		write(t, d, confirm(o.leader, seen(inYear(t, d, o.leader, 2022))))
		if n := tasksIn(t, d) - before; n < 1 || n > 6 {
			t.Errorf("%d tasks for the steps that are left", n)
		}
		if findings, _, err := verify(t, d); err != nil || len(findings) > 0 {
			t.Errorf("%v %v", findings, err)
		}
	})
}

func verify(t *testing.T, d *db.DB) (f []journal.Finding, h journal.Head, err error) {
	read(t, d, func(tx *db.Tx) (e error) { f, h, err = journal.Verify(tx, nil, nil); return nil })
	return f, h, err
}

func TestAReviewIsTakenOffTheListWithAReasonAndComesBack(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock, o office) {
		o.register(t, d, seeds()...)
		o.assign(t, d, 2022)
		write(t, d, func(tx *db.Tx) error { _, err := review.ListYear(tx, o.officer, 2022); return err })
		r := theReview(t, d, o.officer, "19-CT/TW", 10)
		refused(t, d, fault.KindInvalid, "Cần ghi vì sao", func(tx *db.Tx) error { return review.Remove(tx, o.officer, r.ID, r.Version, "") })
		write(t, d, func(tx *db.Tx) error {
			return review.Remove(tx, o.officer, r.ID, r.Version, "Trung ương tổng kết chung với 37-CT/TW")
		})
		write(t, d, func(tx *db.Tx) error {
			n, err := review.Confirm(tx, o.leader, 2022, seen(inYearTx(t, tx, o.leader, 2022)))
			if n != 14 {
				t.Errorf("%d tasks", n)
			}
			return err
		})
		r = theReview(t, d, o.officer, "19-CT/TW", 10)
		if r.State() != review.Removed || r.RemoveReason == "" {
			t.Errorf("%+v", r)
		}
		write(t, d, func(tx *db.Tx) error { return review.Restore(tx, o.officer, r.ID, r.Version) })
		if r := theReview(t, d, o.officer, "19-CT/TW", 10); r.State() != review.Expected || tasksIn(t, d) != 14 {
			t.Errorf("%s", r.State())
		}
		confirmed := theReview(t, d, o.officer, "20-CT/TW", 10)
		refused(t, d, fault.KindConflict, "đã duyệt", func(tx *db.Tx) error {
			return review.Remove(tx, o.officer, confirmed.ID, confirmed.Version, "Thử")
		})
		refused(t, d, fault.KindConflict, "đã duyệt", func(tx *db.Tx) error {
			return review.Assign(tx, o.officer, confirmed.ID, confirmed.Version, review.Assignment{Lead: o.soYTe})
		})
	})
}

func inYearTx(t *testing.T, tx *db.Tx, by access.Actor, year int) []review.Review {
	t.Helper()
	all, err := review.DueIn(tx, by, year)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestATaskThatIsThereAlreadyIsNotAskedTwice(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock, o office) {
		o.register(t, d, seeds()[3])
		o.assign(t, d, 2022)
		var asked task.Task
		write(t, d, func(tx *db.Tx) (err error) {
			asked, err = task.Assign(tx, o.leader, task.New{Mode: task.Requested, Title: "Dự thảo báo cáo tổng kết 10 năm Chỉ thị 20-CT/TW", Product: "Dự thảo", Lead: o.soLaoDong,
				Due: calendar.On(2022, 6, 30), Origin: task.Origin{Kind: "conclusion", ID: o.ban, Label: "Kết luận giao ban"}})
			return err
		})
		r := theReview(t, d, o.officer, "20-CT/TW", 10)
		write(t, d, func(tx *db.Tx) error {
			return review.TieTask(tx, o.officer, r.ID, r.Version, review.StepDraft, asked.ID)
		})
		r = theReview(t, d, o.officer, "20-CT/TW", 10)
		if r.Steps[3].Day != calendar.On(2022, 6, 30) || r.Steps[2].Day.After(r.Steps[3].Day) {
			t.Errorf("%+v", r.Steps)
		}
		refused(t, d, fault.KindInvalid, "đã gắn", func(tx *db.Tx) error {
			return review.TieTask(tx, o.officer, r.ID, r.Version, review.StepPlan, asked.ID)
		})
		write(t, d, func(tx *db.Tx) error { _, err := review.ListYear(tx, o.officer, 2022); return err })
		write(t, d, func(tx *db.Tx) error {
			n, err := review.Confirm(tx, o.leader, 2022, seen(inYearTx(t, tx, o.leader, 2022)))
			if n != 6 {
				t.Errorf("%d tasks beside the one that was there", n)
			}
			return err
		})
		// Stopping withdraws what the list asked for, and not what somebody else did.
		r = theReview(t, d, o.officer, "20-CT/TW", 10)
		write(t, d, func(tx *db.Tx) error {
			return review.Stop(tx, o.officer, r.ID, r.Version, "Trung ương không tổng kết riêng")
		})
		read(t, d, func(tx *db.Tx) error {
			var live int
			if err := tx.Get(&live, "select count(*) from task_side where leads and live"); err != nil {
				return err
			}
			if live != 1 {
				t.Errorf("%d tasks go on", live)
			}
			return nil
		})
		r = theReview(t, d, o.officer, "20-CT/TW", 10)
		write(t, d, func(tx *db.Tx) error {
			return review.Resume(tx, o.officer, r.ID, r.Version, "Có công văn mới")
		})
		if r := theReview(t, d, o.officer, "20-CT/TW", 10); r.State() != review.Expected || !r.Steps[0].Free() || r.Steps[3].Task != asked.ID {
			t.Errorf("%s %+v", r.State(), r.Steps)
		}
	})
}

func TestADoneReviewNamesItsReport(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock, o office) {
		o.register(t, d, seeds()...)
		r := theReview(t, d, o.officer, "36-NQ/TW", 5)
		refused(t, d, fault.KindInvalid, "Cần ghi số, ký hiệu", func(tx *db.Tx) error {
			return review.Finish(tx, o.officer, r.ID, r.Version, review.Result{On: calendar.On(2019, 6, 20)})
		})
		write(t, d, func(tx *db.Tx) error {
			return review.Finish(tx, o.officer, r.ID, r.Version, review.Result{On: calendar.On(2019, 6, 20), Paper: "Báo cáo số 412-BC/TU, ngày 20/6/2019"})
		})
		r = theReview(t, d, o.officer, "36-NQ/TW", 5)
		if r.State() != review.Done {
			t.Error(r.State())
		}
		read(t, d, func(tx *db.Tx) error {
			overdue, older, err := review.Overdue(tx, o.officer, calendar.On(2022, 4, 1))
			if len(overdue) != 0 || older != 6 { // what was due before the register was begun is nobody's fault
				t.Errorf("%v, %d", reviewNames(overdue), older)
			}
			return err
		})
		write(t, d, func(tx *db.Tx) error {
			return review.Reopen(tx, o.officer, r.ID, r.Version, "Ghi nhầm kỳ")
		})
		clock.Set(calendar.On(2022, 12, 1).StartOfDay())
		read(t, d, func(tx *db.Tx) error {
			overdue, _, err := review.Overdue(tx, o.officer, calendar.On(2022, 12, 1))
			if got := reviewNames(overdue); !slices.Equal(got, []string{"19-CT/TW tổng kết 10", "20-CT/TW tổng kết 10", "20-NQ/TW tổng kết 10"}) {
				t.Errorf("%v", got)
			}
			return err
		})
	})
}

func TestABodySeesTheReviewsItHasAHandIn(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock, o office) {
		o.register(t, d, seeds()...)
		r := theReview(t, d, o.officer, "20-CT/TW", 10)
		write(t, d, func(tx *db.Tx) error {
			return review.Assign(tx, o.officer, r.ID, r.Version, review.Assignment{Lead: o.soLaoDong, Cooperating: []review.Cooperation{{Body: o.soYTe}}})
		})
		for _, who := range []struct {
			access.Actor
			want int
		}{{o.caretaker, 1}, {o.doctor, 1}, {o.teacher, 0}, {o.speaker, 0}, {o.leader, 3}, {o.clerk, 3}} {
			if got := inYear(t, d, who.Actor, 2022); len(got) != who.want {
				t.Errorf("%s sees %v", who.Name, reviewNames(got))
			}
		}
		for _, who := range []access.Actor{o.teacher, o.speaker} {
			refused(t, d, fault.KindMissing, "Không có kỳ", func(tx *db.Tx) error { _, err := review.Find(tx, who, r.ID); return err })
		}
		for _, who := range []access.Actor{o.administrator, access.Nobody} {
			if err := d.Read(t.Context(), func(tx *db.Tx) error { _, err := review.DueIn(tx, who, 2022); return err }); err == nil {
				t.Errorf("%s reads the list", who.Name)
			}
		}
		// The body that answers for it now sees it too.
		write(t, d, func(tx *db.Tx) error {
			_, err := tx.Exec("update review set holder = ? where id = ?", o.soGDDT, r.ID)
			return err
		})
		if got := inYear(t, d, o.teacher, 2022); len(got) != 1 {
			t.Errorf("%v", reviewNames(got))
		}
	})
}

// A body that cannot do its part: its task is withdrawn, the step goes to the leader again, everything else goes on.
func TestAWithdrawnStepIsAskedAgainOnlyAfterAnotherWord(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock, o office) {
		o.register(t, d, seeds()[3])
		o.assign(t, d, 2022)
		write(t, d, func(tx *db.Tx) error { _, err := review.ListYear(tx, o.officer, 2022); return err })
		confirm := func(want int) {
			t.Helper()
			write(t, d, func(tx *db.Tx) error {
				n, err := review.Confirm(tx, o.leader, 2022, seen(inYearTx(t, tx, o.leader, 2022)))
				if n != want {
					t.Errorf("%d tasks, not %d", n, want)
				}
				return err
			})
		}
		confirm(7)
		r := theReview(t, d, o.officer, "20-CT/TW", 10)
		refused(t, d, fault.KindConflict, "không có bước nào đã rút", func(tx *db.Tx) error {
			return review.Relist(tx, o.officer, r.ID, r.Version, "Thử")
		})
		write(t, d, func(tx *db.Tx) error { return task.Withdraw(tx, o.leader, r.Steps[5].Task, "Đổi cơ quan", "") })
		write(t, d, func(tx *db.Tx) error {
			return review.Relist(tx, o.officer, r.ID, r.Version, "Sở Y tế tổ chức hội nghị")
		})
		r = theReview(t, d, o.officer, "20-CT/TW", 10)
		write(t, d, func(tx *db.Tx) error {
			return review.Assign(tx, o.officer, r.ID, r.Version, review.Assignment{Lead: o.soYTe, Unit: o.phongKhoaGiao})
		})
		write(t, d, func(tx *db.Tx) error { _, err := review.ListYear(tx, o.officer, 2022); return err })
		confirm(1)
		r = theReview(t, d, o.officer, "20-CT/TW", 10)
		if r.Steps[5].Lead != o.soYTe || r.Steps[6].Lead != o.soLaoDong || r.State() != review.Confirmed {
			t.Errorf("%+v", r.Steps)
		}
	})
}

func TestTheOfficeMayChooseAReviewThatNothingAsksFor(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock, o office) {
		id := o.register(t, d, seeds()[3])[0]
		refused(t, d, fault.KindConflict, "đã có kỳ 10 năm", func(tx *db.Tx) error {
			_, err := review.Choose(tx, o.officer, id, review.Final, 10, "Nhắc lại")
			return err
		})
		write(t, d, func(tx *db.Tx) error {
			_, err := review.Choose(tx, o.officer, id, review.Final, 15, "Tỉnh đăng ký làm điểm")
			return err
		})
		if r := theReview(t, d, o.officer, "20-CT/TW", 15); r.Source != review.ByChoice || r.Due != calendar.On(2027, 11, 5) {
			t.Errorf("%+v", r)
		}
	})
}
