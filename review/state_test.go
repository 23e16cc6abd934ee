package review_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/review"
	"giaoban/task"
)

// change runs a verb on a review in its newest version.
func (o office) change(t *testing.T, d *db.DB, symbol string, years int, verb func(tx *db.Tx, id db.ID, version int64) error) {
	t.Helper()
	r := theReview(t, d, o.officer, symbol, years)
	write(t, d, func(tx *db.Tx) error { return verb(tx, r.ID, r.Version) })
}

func (o office) list(t *testing.T, d *db.DB, year int) {
	t.Helper()
	write(t, d, func(tx *db.Tx) error { _, err := review.ListYear(tx, o.officer, year); return err })
}

func (o office) confirm(t *testing.T, d *db.DB, year int) {
	t.Helper()
	write(t, d, func(tx *db.Tx) error {
		_, err := review.Confirm(tx, o.leader, year, seen(inYearTx(t, tx, o.leader, year)))
		return err
	})
}

// restless lets everything happen to the reviews of 2022 that may be taken back, and takes it back.
func (o office) restless(t *testing.T, d *db.DB, clock *dbtest.Clock) {
	t.Helper()
	o.register(t, d, seeds()...)
	o.assign(t, d, 2022)
	ct20 := func(verb func(tx *db.Tx, id db.ID, version int64) error) {
		t.Helper()
		o.change(t, d, "20-CT/TW", 10, verb)
	}
	ct20(func(tx *db.Tx, id db.ID, v int64) error {
		return review.Instruct(tx, o.officer, id, v, review.Instruction{Text: "Công văn số 512-CV/BTGTW, ngày 15/02/2022", SubmitBy: calendar.On(2022, 10, 14)})
	})
	ct20(func(tx *db.Tx, id db.ID, v int64) error {
		return review.MoveStep(tx, o.officer, id, v, review.StepConference, calendar.On(2022, 9, 30), "Thường trực chọn ngày")
	})
	ct20(func(tx *db.Tx, id db.ID, v int64) error {
		return review.MoveStep(tx, o.officer, id, v, review.StepDraft, calendar.On(2022, 8, 31), "Sớm hơn")
	})
	ct20(func(tx *db.Tx, id db.ID, v int64) error {
		return review.FreeStep(tx, o.officer, id, v, review.StepDraft, "Thôi")
	})
	ct20(func(tx *db.Tx, id db.ID, v int64) error {
		return review.FinishStep(tx, o.officer, id, v, review.StepPlan, calendar.On(2022, 3, 1), "Kế hoạch số 77-KH/BTG, ngày 01/3/2022")
	})
	var other task.Task
	write(t, d, func(tx *db.Tx) (err error) {
		other, err = task.Assign(tx, o.leader, task.New{Mode: task.Requested, Title: "Gửi đề cương", Product: "Văn bản", Lead: o.soLaoDong, Due: calendar.On(2022, 6, 30),
			Origin: task.Origin{Kind: "conclusion", ID: o.ban, Label: "Kết luận giao ban"}})
		return err
	})
	ct20(func(tx *db.Tx, id db.ID, v int64) error {
		return review.TieTask(tx, o.officer, id, v, review.StepOutline, other.ID)
	})
	o.change(t, d, "19-CT/TW", 10, func(tx *db.Tx, id db.ID, v int64) error {
		return review.Remove(tx, o.officer, id, v, "Tổng kết chung")
	})
	o.list(t, d, 2022)
	o.confirm(t, d, 2022)
	o.change(t, d, "19-CT/TW", 10, func(tx *db.Tx, id db.ID, v int64) error { return review.Restore(tx, o.officer, id, v) })
	clock.Set(calendar.On(2022, 5, 4).StartOfDay())
	r := theReview(t, d, o.officer, "20-CT/TW", 10)
	for _, step := range []int{3, 5} { // the draft followed the rules, the conference stood on a day of its own
		write(t, d, func(tx *db.Tx) error { return task.Withdraw(tx, o.leader, r.Steps[step].Task, "Đổi cơ quan", "") })
	}
	ct20(func(tx *db.Tx, id db.ID, v int64) error { return review.Relist(tx, o.officer, id, v, "Giao lại") })
	o.list(t, d, 2022)
	o.confirm(t, d, 2022)
	clock.Set(calendar.On(2022, 6, 1).StartOfDay())
	o.change(t, d, "20-NQ/TW", 10, func(tx *db.Tx, id db.ID, v int64) error {
		return review.Stop(tx, o.officer, id, v, "Trung ương không tổng kết riêng")
	})
	o.change(t, d, "20-NQ/TW", 10, func(tx *db.Tx, id db.ID, v int64) error {
		return review.Resume(tx, o.officer, id, v, "Có công văn mới")
	})
	ct20(func(tx *db.Tx, id db.ID, v int64) error {
		return review.Finish(tx, o.officer, id, v, review.Result{On: calendar.On(2022, 5, 30), Paper: "Báo cáo số 215-BC/TU, ngày 30/5/2022"})
	})
	ct20(func(tx *db.Tx, id db.ID, v int64) error { return review.Reopen(tx, o.officer, id, v, "Ghi nhầm") })
	ct20(func(tx *db.Tx, id db.ID, v int64) error {
		return review.Uninstruct(tx, o.officer, id, v, "Gắn nhầm văn bản")
	})
}

func TestWhatIsTakenBackStaysWrittenWithWhoAndWhen(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock, o office) {
		o.restless(t, d, clock)
		r := theReview(t, d, o.officer, "20-CT/TW", 10)
		// Uninstructed once its steps were given: it is expected again, and keeps the day they were planned from.
		if r.State() != review.Confirmed || !r.Provisional() || !r.DoneOn.IsZero() || r.SubmitBy != calendar.On(2022, 10, 14) {
			t.Errorf("%s %+v", r.State(), r.Standing)
		}
		if r.Steps[0].DoneOn != calendar.On(2022, 3, 1) || r.Steps[1].Task == "" || r.Steps[5].ByHand || r.Steps[5].Task == "" {
			t.Errorf("%+v", r.Steps)
		}
		if nq := theReview(t, d, o.officer, "20-NQ/TW", 10); nq.State() != review.Expected || nq.ConfirmedAt != 0 || !nq.Steps[0].Free() {
			t.Errorf("%s %+v", nq.State(), nq.Standing)
		}
		if ct19 := theReview(t, d, o.officer, "19-CT/TW", 10); ct19.State() != review.Confirmed || ct19.RemovedAt != 0 {
			t.Errorf("%s %+v", ct19.State(), ct19.Standing)
		}
		var all []string
		read(t, d, func(tx *db.Tx) error {
			return tx.Select(&all, `
select f.kind || case when f.step = '' then '' else ' ' || f.step end || ' ' || f.actor_name || ' ' || coalesce(f.day, '-') || ' ' || f.note
from review_fact f
where f.review = ? and (f.kind in ('done', 'reopened', 'uninstructed', 'step_dropped', 'step_freed') or f.step = 'conference')
order by f.seq`, r.ID)
		})
		want := []string{"step_moved conference Phạm Thu Hà 2022-09-30 Thường trực chọn ngày", "step_freed draft Phạm Thu Hà - Thôi",
			"step_asked conference Lê Minh Đức 2022-09-30 Ban đặt hết thứ Sáu 30/9/2022: Thường trực chọn ngày.",
			"step_dropped draft Phạm Thu Hà - ", "step_dropped conference Phạm Thu Hà - ",
			"step_asked conference Lê Minh Đức", "done Phạm Thu Hà 2022-05-30 Báo cáo số 215-BC/TU, ngày 30/5/2022",
			"reopened Phạm Thu Hà - Ghi nhầm", "uninstructed Phạm Thu Hà 2022-10-14 Gắn nhầm văn bản"}
		if !slices.EqualFunc(all, want, strings.HasPrefix) {
			t.Errorf("%s", strings.Join(all, "\n"))
		}
		// The tasks that were withdrawn are still known as the steps they were.
		var lost int
		read(t, d, func(tx *db.Tx) error {
			return tx.Get(&lost, "select count(*) from task t where t.origin_kind = 'review' and not exists (select 1 from review_fact f where f.task = t.id)")
		})
		if lost != 0 {
			t.Errorf("%d tasks of reviews are no step any more", lost)
		}
	})
}

// Facts as they were kept before steps had some of their own give the same reviews and the same story.
func TestFactsOfOldAreCarriedOver(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock, o office) {
		o.restless(t, d, clock)
		stories := func() (all []string) {
			for _, r := range inYear(t, d, o.officer, 2022) {
				read(t, d, func(tx *db.Tx) error {
					story, err := review.Story(tx, o.officer, r.ID)
					for _, f := range story {
						all = append(all, fmt.Sprint(r.Label(), f.At, f.Name(), f.Note, f.Day, f.ByName))
					}
					return err
				})
			}
			return all
		}
		told, kept := stories(), inYear(t, d, o.officer, 2022)
		write(t, d, func(tx *db.Tx) error { return before(tx) })
		text, err := os.ReadFile("../schema/0015_review.sql")
		if err != nil {
			t.Fatal(err)
		}
		write(t, d, func(tx *db.Tx) error {
			for statement := range strings.SplitSeq(strings.TrimSpace(string(text)), ";\n") {
				if _, err := tx.Exec(statement); err != nil {
					return err
				}
			}
			return nil
		})
		if now := stories(); !slices.Equal(told, now) {
			t.Errorf("told before:\n%s\n\nnow:\n%s", strings.Join(told, "\n"), strings.Join(now, "\n"))
		}
		for i, r := range inYear(t, d, o.officer, 2022) {
			if r.Standing != kept[i].Standing || !slices.Equal(r.Steps, kept[i].Steps) {
				t.Errorf("%+v\nwas\n%+v", r, kept[i])
			}
		}
		o.change(t, d, "20-CT/TW", 10, func(tx *db.Tx, id db.ID, v int64) error { // and life goes on
			return review.Stop(tx, o.officer, id, v, "Thử")
		})
	})
}

// before puts the facts back into the shape they had.
func before(tx *db.Tx) error {
	names := "case step"
	for _, s := range review.Steps {
		names += fmt.Sprintf(" when '%s' then '%s: '", s, s.Name())
	}
	for _, statement := range []string{`
create table review_fact_then (
	review text not null references review (id), seq bigint not null, kind text not null, at bigint not null, actor text not null,
	actor_name text not null, note text not null, day text, primary key (review, seq)
)`, `
insert into review_fact_then (review, seq, kind, at, actor, actor_name, note, day)
select review, row_number() over (partition by review order by seq), kind, at, actor, actor_name, ` + names + ` else '' end || note, day
from review_fact
where kind not in ('step_asked', 'step_dropped')`,
		"drop table review_fact", "alter table review_fact_then rename to review_fact",
		"update review set facts = (select count(*) from review_fact f where f.review = review.id)"} {
		if _, err := tx.Exec(statement); err != nil {
			return err
		}
	}
	return nil
}

func TestVerifyNamesWhatDoesNotFollow(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock, o office) {
		o.restless(t, d, clock)
		r := theReview(t, d, o.officer, "20-CT/TW", 10)
		if findings := verified(t, d); len(findings) > 0 {
			t.Fatal(findings)
		}
		for _, planted := range []struct{ sql, said string }{
			{"update review set done_on = '2022-02-03' where id = ?", string(r.ID) + ": ngày xong đang ghi “2022-02-03”, theo sự kiện là “”."},
			{"update review set confirmed_at = null where id = ?", ": lúc duyệt đang ghi “"},
			{"update review set submit_by = '2022-12-31' where id = ?", ": hạn trình đang ghi “2022-12-31”, theo sự kiện là “2022-10-14”."},
			{"update review_step set done_note = 'Khác' where step = 'plan' and review = ?", ": bước “Ban hành kế hoạch” đang ghi khác với sự kiện."},
			{"delete from review_step where step = 'draft' and review = ?", ": bước “Dự thảo báo cáo” đang ghi khác với sự kiện."},
			{"delete from review_fact where seq = 3 and review = ?", "sự kiện, đúng ra là"},
			{"update review set asked = false where id = ?", "ngày 05/11/2012, kỳ 10 năm: kỳ này chưa theo đúng sổ, quy tắc hoặc điều khoản."},
			{"delete from review where facts = 0 and directive in (select directive from review where id = ?)", "ngày 05/11/2012, kỳ 5 năm: sổ đòi kỳ này mà danh mục chưa có."},
			{"update directive set date = null where id in (select directive from review where id = ?)", "kỳ 5 năm: không còn gì đòi kỳ này mà danh mục vẫn có."},
		} {
			err := d.Write(t.Context(), func(tx *db.Tx) error {
				if _, err := tx.Exec(planted.sql, r.ID); err != nil {
					return err
				}
				findings, err := review.Verify(tx, nil)
				if !slices.ContainsFunc(findings, func(f review.Finding) bool { return strings.Contains(f.Sentence, planted.said) }) {
					t.Errorf("%s: %v does not say %q", planted.sql, findings, planted.said)
				}
				if err == nil {
					err = errTakenBack
				}
				return err
			})
			if err != errTakenBack {
				t.Error(err)
			}
		}
	})
}

var errTakenBack = fmt.Errorf("taken back")

// A document that is recorded and forgotten is named, and so is one whose date was corrected.
func TestVerifyNamesADocumentWhoseReviewsDidNotFollow(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock, o office) {
		var made directive.Directive
		write(t, d, func(tx *db.Tx) (err error) { made, err = directive.Record(tx, o.officer, seeds()[3]); return err })
		if findings := verified(t, d); len(findings) != 2 || !strings.Contains(findings[0].Sentence, "Chỉ thị số 20-CT/TW, ngày 05/11/2012, kỳ 5 năm: sổ đòi kỳ này") {
			t.Errorf("%v", findings)
		}
		write(t, d, func(tx *db.Tx) error { return review.Follow(tx, o.officer, made) })
		n := seeds()[3]
		n.Date = calendar.On(2013, 11, 5)
		write(t, d, func(tx *db.Tx) (err error) {
			made, err = directive.Revise(tx, o.officer, made.ID, made.Version, n)
			return err
		})
		if findings := verified(t, d); len(findings) != 2 || !strings.Contains(findings[1].Sentence, "kỳ 10 năm: kỳ này chưa theo đúng sổ") {
			t.Errorf("%v", findings)
		}
		write(t, d, func(tx *db.Tx) error { return review.Follow(tx, o.officer, made) })
	})
}
