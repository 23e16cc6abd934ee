package report_test

import (
	"testing"
	"time"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/report"
)

// A draft goes its way: only what was put forward is on the leader's desk, and after every act the row says what follows
// from the facts.
func TestADraftIsPutForwardTakenBackSentBackApprovedAndSent(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		texts := []report.SectionText{{Section: "results", Sector: "yte", Paragraphs: []string{"Tiêm 86%."}}}
		typed := report.Draft{Values: map[string]string{"kham": "12"}, Sections: texts}
		var saved report.SavedDraft
		save := func(tx *db.Tx, ob report.Obligation) (err error) {
			saved, err = report.SaveDraft(tx, o.focal(0), ob, typed, saved.Version)
			return err
		}
		forward := func(tx *db.Tx, ob report.Obligation) error {
			return report.PutForward(tx, o.focal(0), ob, saved.Version)
		}
		takeBack := func(tx *db.Tx, ob report.Obligation) error { return report.TakeBackDraft(tx, o.focal(0), ob) }
		approve := func(tx *db.Tx, ob report.Obligation) error { return report.Approve(tx, o.leader(0), ob, saved.Version) }
		send := func(tx *db.Tx, ob report.Obligation) error {
			_, err := report.SubmitDraft(tx, o.focal(0), ob, saved.Version, report.Original{})
			return err
		}
		sendBack := func(note string, comments ...report.Comment) func(tx *db.Tx, ob report.Obligation) error {
			return func(tx *db.Tx, ob report.Obligation) error {
				return report.SendDraftBack(tx, o.leader(0), ob, saved.Version, note, comments)
			}
		}
		comments := []report.Comment{{Indicator: "kham", Words: "Thiếu tuyến xã."},
			{Section: "results", Sector: "yte", Paragraph: 1, Words: "86 hay 68?"}, {Section: "results", Sector: "yte", Paragraph: 1, Words: " "}}
		paper := func(tx *db.Tx, ob report.Obligation) error { // what the body was typing stays where it stands
			_, err := report.EnterPaper(tx, o.clerk, ob, report.Draft{Values: map[string]string{"kham": "2"}}, report.Original{},
				report.Arrival{Number: "9", Date: calendar.OfInstant(tx.Clock())})
			return err
		}
		for n, step := range []struct {
			act     func(tx *db.Tx, ob report.Obligation) error
			refused fault.Kind // 0 when it is done
			stage   report.Stage
			waiting int // reports that wait for the leader
		}{
			{takeBack, fault.KindConflict, "", 0},
			{save, 0, report.StageWriting, 0},
			{approve, fault.KindConflict, report.StageWriting, 0},
			{sendBack("Sửa"), fault.KindConflict, report.StageWriting, 0},
			{send, fault.KindConflict, report.StageWriting, 0},
			{forward, 0, report.StagePutForward, 1},
			{forward, fault.KindConflict, report.StagePutForward, 1},
			{save, fault.KindConflict, report.StagePutForward, 1},
			{send, fault.KindConflict, report.StagePutForward, 1},
			{takeBack, 0, report.StageWriting, 0},
			{save, 0, report.StageWriting, 0},
			{forward, 0, report.StagePutForward, 1},
			{sendBack(" "), fault.KindInvalid, report.StagePutForward, 1},
			{sendBack("", report.Comment{Indicator: "khong-co", Words: "?"}), fault.KindInvalid, report.StagePutForward, 1},
			{sendBack("TỐI MẬT"), fault.KindRefused, report.StagePutForward, 1},
			{sendBack("", comments...), 0, report.StageSentBack, 0},
			{save, 0, report.StageSentBack, 0},
			{forward, 0, report.StagePutForward, 1},
			{paper, 0, report.StagePutForward, 1},
			{approve, 0, report.StageApproved, 0},
			{approve, fault.KindConflict, report.StageApproved, 0},
			{save, fault.KindConflict, report.StageApproved, 0},
			{takeBack, 0, report.StageWriting, 0},
			{forward, 0, report.StagePutForward, 1},
			{approve, 0, report.StageApproved, 0},
			{send, 0, "", 0},
		} {
			o.clock.Set(o.clock.Now().Add(time.Second))
			ob := o.obligation(t, "2022-Q1", 0)
			before := saved
			if step.refused != 0 {
				o.refused(t, step.refused, func(tx *db.Tx) error { return step.act(tx, ob) })
				saved = before
			} else {
				o.write(t, func(tx *db.Tx) error { return step.act(tx, ob) })
			}
			if got := o.obligation(t, "2022-Q1", 0).Stage(); got != step.stage {
				t.Fatalf("step %d: %q, want %q", n+1, got, step.stage)
			}
			o.read(t, func(tx *db.Tx) error {
				waiting, err := report.PutForwardTo(tx, o.leader(0), o.bodies[0].ID)
				if err != nil || len(waiting) != step.waiting {
					t.Errorf("step %d: %d wait, want %d, %v", n+1, len(waiting), step.waiting, err)
				}
				sheet, err := report.Fill(tx, o.focal(0), ob.ID)
				if err != nil {
					return err
				}
				if step.stage == report.StageSentBack {
					if c := sheet.SentBack.Comments; len(c) != 2 || c[0].Quote != "12" || c[1].Quote != "Tiêm 86%." {
						t.Errorf("step %d: %+v", n+1, c)
					}
				}
				return nil
			})
			o.verified(t)
		}
	})
}

// Whom the draft does not concern may do nothing with it, and learns nothing.
func TestADraftIsTheBodysOwn(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		ob := o.obligation(t, "2022-Q1", 0)
		var saved report.SavedDraft
		o.write(t, func(tx *db.Tx) (err error) {
			if saved, err = report.SaveDraft(tx, o.focal(0), ob, report.Draft{Values: map[string]string{"kham": "1"}}, 0); err != nil {
				return err
			}
			return report.PutForward(tx, o.focal(0), ob, saved.Version)
		})
		o.refused(t, fault.KindForbidden, func(tx *db.Tx) error { return report.Approve(tx, o.focal(0), ob, saved.Version) })
		o.refused(t, fault.KindForbidden, func(tx *db.Tx) error { return report.Approve(tx, o.leader(1), ob, saved.Version) })
		o.refused(t, fault.KindForbidden, func(tx *db.Tx) error { return report.TakeBackDraft(tx, o.focal(1), ob) })
		o.refused(t, fault.KindForbidden, func(tx *db.Tx) error { return report.PutForward(tx, o.officer, ob, saved.Version) })
		o.refused(t, fault.KindForbidden, func(tx *db.Tx) error {
			return report.SendDraftBack(tx, o.focal(0), ob, saved.Version, "Sửa", nil)
		})
		o.refused(t, fault.KindStale, func(tx *db.Tx) error { return report.Approve(tx, o.leader(0), ob, saved.Version+1) })
		o.read(t, func(tx *db.Tx) error {
			if waiting, err := report.PutForwardTo(tx, o.leader(1), ob.Body); err != nil || len(waiting) > 0 {
				t.Errorf("another body's leader sees %d, %v", len(waiting), err)
			}
			return nil
		})
	})
}
