package task_test

import (
	"testing"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/people/peopletest"
	"giaoban/task"
)

// released signs, numbers and releases a paper; one that follows another does so.
func released(tx *db.Tx, p province, draft paper.Paper, number int64) (paper.Paper, error) {
	sign := func() (paper.Paper, error) {
		return paper.Sign(tx, p.leader, draft.ID, paper.Signature{Signer: p.leader.Name})
	}
	release := func() (paper.Paper, error) { return paper.Release(tx, p.clerk, draft.ID) }
	if draft.OriginKind == "paper" {
		sign = func() (paper.Paper, error) {
			return paper.SignSuccessor(tx, p.leader, draft, paper.Signature{Signer: p.leader.Name})
		}
		release = func() (paper.Paper, error) { return paper.ReleaseSuccessor(tx, p.clerk, draft) }
	}
	if _, err := sign(); err != nil {
		return draft, err
	}
	if _, err := paper.EnterNumber(tx, p.clerk, draft.ID, number, calendar.OfInstant(tx.Clock())); err != nil {
		return draft, err
	}
	return release()
}

func (p province) notice(tx *db.Tx) (paper.Paper, error) {
	if err := org.Set(tx, setup, org.Superior, "Tỉnh ủy Khánh Hòa"); err != nil {
		return paper.Paper{}, err
	}
	ban, err := org.Find(tx, setup, p.ban, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return paper.Paper{}, err
	}
	if err := org.SetPlace(tx, setup, ban, "Khánh Hòa", ban.ValidFrom); err != nil {
		return paper.Paper{}, err
	}
	if _, err := peopletest.Post(tx, p.leader.Name, p.ban, "Trưởng ban"); err != nil {
		return paper.Paper{}, err
	}
	draft, err := paper.Draft(tx, p.officer, paper.New{Body: p.ban, Kind: paper.ThongBao, To: []db.ID{p.soYTe}, Content: official.Document{Subject: "kết luận hội nghị",
		Body: []official.Block{official.Paragraph{Runs: official.Text("Các cơ quan thực hiện.")}}, Recipients: []string{"Sở Y tế"}, Filing: "Văn phòng Ban"}})
	if err != nil {
		return draft, err
	}
	return released(tx, p, draft, 1)
}

func (p province) follow(tx *db.Tx, old paper.Paper, kind paper.SuccessionKind, number int64) (paper.Paper, error) {
	draft, err := paper.Succeed(tx, p.officer, old.ID, kind, "Ghi nhầm")
	if err != nil {
		return draft, err
	}
	return released(tx, p, draft, number)
}

func TestWhatAnOlderPaperSetInMotionIsConfirmedLineByLine(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock, p province) {
		var old, new paper.Paper
		write(t, d, func(tx *db.Tx) (err error) { old, err = p.notice(tx); return err })
		plan := p.plan()
		plan.FromPaper = old.ID
		kept, earlier, later, stopped, ended := assign(t, d, p, plan), assign(t, d, p, plan), assign(t, d, p, plan), assign(t, d, p, plan), assign(t, d, p, plan)
		assign(t, d, p, p.plan()) // another paper's
		write(t, d, func(tx *db.Tx) error { return task.Withdraw(tx, p.officer, ended, "Trùng", "") })
		clock.Set(noon("2022-04-04"))
		open := func(want int) {
			t.Helper()
			read(t, d, func(tx *db.Tx) error {
				all, err := task.AllUnconfirmed(tx, p.officer)
				n := 0
				for _, u := range all {
					n += u.Tasks
				}
				if n != want {
					t.Errorf("%d lines wait, want %d", n, want)
				}
				return err
			})
		}
		write(t, d, func(tx *db.Tx) error { _, err := p.follow(tx, old, paper.Corrects, 1); return err })
		open(0)
		write(t, d, func(tx *db.Tx) (err error) { new, err = p.follow(tx, old, paper.Replaces, 2); return err })
		open(4)
		stands(t, d, p, stopped, calendar.On(2022, 4, 4), task.StateOpen, calendar.On(2022, 4, 29))

		confirm := func(by string, id db.ID, what task.Decision, due calendar.Date) func(tx *db.Tx) error {
			actor := p.officer
			if by == "agency" {
				actor = p.doctor
			}
			return func(tx *db.Tx) error {
				all, err := task.Consequences(tx, p.officer, new.ID)
				if err != nil {
					return err
				}
				return task.Confirm(tx, actor, new, all, id, what, due)
			}
		}
		refused(t, d, fault.KindForbidden, "", confirm("agency", kept, task.Kept, calendar.Date{}))
		refused(t, d, fault.KindConflict, "kết thúc trước khi", confirm("", ended, task.Kept, calendar.Date{}))
		refused(t, d, fault.KindInvalid, "Cần ghi hạn mới", confirm("", later, task.Moved, calendar.Date{}))
		refused(t, d, fault.KindInvalid, "từ hôm nay", confirm("", later, task.Moved, calendar.On(2022, 4, 1)))
		write(t, d, func(tx *db.Tx) error { // the list that was read once knows what was decided since
			all, err := task.Consequences(tx, p.officer, new.ID)
			if err != nil {
				return err
			}
			if err := task.Confirm(tx, p.officer, new, all, kept, task.Kept, calendar.Date{}); err != nil {
				return err
			}
			if err := task.Confirm(tx, p.officer, new, all, kept, task.Stopped, calendar.Date{}); !fault.Is(err, fault.KindConflict) {
				t.Errorf("decided twice in one form: %v", err)
			}
			return nil
		})
		write(t, d, confirm("", later, task.Moved, calendar.On(2022, 5, 6)))
		write(t, d, confirm("", earlier, task.Moved, calendar.On(2022, 4, 15)))
		write(t, d, confirm("", stopped, task.Stopped, calendar.Date{}))
		refused(t, d, fault.KindConflict, "Đã xác nhận", confirm("", kept, task.Stopped, calendar.Date{}))
		open(0)
		day := calendar.On(2022, 4, 5)
		stands(t, d, p, kept, day, task.StateOpen, calendar.On(2022, 4, 29))
		stands(t, d, p, later, day, task.StateOpen, calendar.On(2022, 5, 6))
		stands(t, d, p, earlier, day, task.StateOpen, calendar.On(2022, 4, 15))
		r := find(t, d, p.officer, stopped)
		if last := r.Facts[len(r.Facts)-1]; last.Kind != task.TakenBack || last.Paper != new.Label() || last.Note != "Theo "+new.Label() {
			t.Errorf("stopped as %+v", last)
		}
		r = find(t, d, p.officer, later)
		if len(r.Facts) != 2 || r.Facts[0].Kind != task.Granted || r.Facts[0].Note != "Theo "+new.Label() || r.Facts[1].Body != p.soGDDT || r.Facts[1].Due != calendar.On(2022, 4, 20) {
			t.Errorf("moved as %+v", r.Facts)
		}
		read(t, d, func(tx *db.Tx) error {
			wrong, err := task.Verify(tx, nil)
			if len(wrong) > 0 {
				t.Errorf("%v", wrong)
			}
			return err
		})

		// What still runs is asked about again when the paper that took the place is revoked.
		write(t, d, func(tx *db.Tx) (err error) { new, err = p.follow(tx, new, paper.Revokes, 2); return err })
		open(3)
		write(t, d, func(tx *db.Tx) error { return task.Withdraw(tx, p.officer, kept, "Thôi", "") })
		open(2)
		refused(t, d, fault.KindConflict, "không cần xác nhận", confirm("", kept, task.Kept, calendar.Date{}))
		read(t, d, func(tx *db.Tx) error {
			all, err := task.Consequences(tx, p.officer, new.ID)
			if len(all) != 3 {
				t.Errorf("%d lines, want the one that ended since too", len(all))
			}
			return err
		})
	})
}
