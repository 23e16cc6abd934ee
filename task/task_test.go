package task_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/internal/files"
	"giaoban/library"
	"giaoban/lineage"
	"giaoban/task"
)

func TestATaskGoesFromTheConclusionToItsAcceptance(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock, p province) {
		id := assign(t, d, p, p.plan())
		due := calendar.On(2022, 4, 29)
		stands(t, d, p, id, calendar.On(2022, 4, 2), task.StateOpen, due)

		write(t, d, func(tx *db.Tx) error { return task.Receive(tx, p.doctor, id) })
		stands(t, d, p, id, calendar.On(2022, 4, 2), task.StateAccepted, due)
		refused(t, d, fault.KindConflict, "đã tiếp nhận", func(tx *db.Tx) error { return task.Receive(tx, p.head, id) })

		write(t, d, func(tx *db.Tx) error {
			return task.Progress(tx, p.doctor, id, task.Evidence{Note: "Đã xin ý kiến các phòng."})
		})
		clock.Set(noon("2022-04-28"))
		refused(t, d, fault.KindInvalid, "Cần minh chứng", func(tx *db.Tx) error {
			return task.Complete(tx, p.doctor, id, task.Evidence{Note: "Đã ban hành."})
		})
		write(t, d, func(tx *db.Tx) error {
			return task.Complete(tx, p.doctor, id, task.Evidence{Note: "Đã ban hành.", Paper: "Kế hoạch số 45/KH-SYT, ngày 27/4/2022"})
		})
		stands(t, d, p, id, calendar.On(2022, 4, 28), task.StateDone, due)

		write(t, d, func(tx *db.Tx) error { return task.Accept(tx, p.leader, id, "Đạt yêu cầu.") })
		stands(t, d, p, id, calendar.On(2022, 5, 9), task.StateClosed, due)
		refused(t, d, fault.KindConflict, "đã nghiệm thu", func(tx *db.Tx) error {
			return task.Progress(tx, p.doctor, id, task.Evidence{Note: "Làm thêm."})
		})
		r := find(t, d, p.doctor, id)
		if len(r.Facts) != 4 || r.Facts[2].Paper == "" || r.Facts[3].ByName != p.leader.Name {
			t.Errorf("the story of the task: %+v", r.Facts)
		}
	})
}

func TestWorkHandedInByItsDayIsNotLateWhileItWaitsForJudgement(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock, p province) {
		due, later := calendar.On(2022, 4, 29), calendar.On(2022, 5, 20)
		inTime, tooLate := assign(t, d, p, p.plan()), assign(t, d, p, p.plan())
		clock.Set(due.EndOfDay().Add(-time.Minute))
		write(t, d, func(tx *db.Tx) error {
			return task.Complete(tx, p.doctor, inTime, task.Evidence{Note: "Xong.", Paper: "45/KH-SYT"})
		})
		stands(t, d, p, inTime, later, task.StateDone, due)
		clock.Set(noon("2022-05-04"))
		stands(t, d, p, tooLate, calendar.On(2022, 5, 4), task.StateOverdue, due)
		write(t, d, func(tx *db.Tx) error {
			return task.Complete(tx, p.doctor, tooLate, task.Evidence{Note: "Xong.", Paper: "46/KH-SYT"})
		})
		stands(t, d, p, tooLate, later, task.StateOverdue, due)
		read(t, d, func(tx *db.Tx) error {
			waiting, err := task.ToJudge(tx, p.officer, 10)
			if len(waiting) != 2 {
				t.Errorf("%d tasks wait for judgement, want both", len(waiting))
			}
			return err
		})
	})
}

func TestAnExtensionIsAskedAndAnswered(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock, p province) {
		id := assign(t, d, p, p.plan())
		due, asked, given := calendar.On(2022, 4, 29), calendar.On(2022, 5, 31), calendar.On(2022, 5, 16)
		ask := func(tx *db.Tx) error {
			return task.AskExtension(tx, p.doctor, id, asked, "Chờ số liệu của các huyện.")
		}
		refused(t, d, fault.KindInvalid, "phải sau hạn hiện nay (29/4/2022)", func(tx *db.Tx) error {
			return task.AskExtension(tx, p.doctor, id, due, "Chờ số liệu.")
		})
		refused(t, d, fault.KindInvalid, "lý do", func(tx *db.Tx) error { return task.AskExtension(tx, p.doctor, id, asked, " ") })
		refused(t, d, fault.KindConflict, "Không có đề nghị gia hạn", func(tx *db.Tx) error {
			return task.GrantExtension(tx, p.officer, id, "", given, "Đồng ý.")
		})
		write(t, d, ask)
		refused(t, d, fault.KindConflict, "chưa được trả lời", ask)
		r := find(t, d, p.officer, id)
		if day, reason, ok := r.RequestedDue(p.soYTe); !ok || day != asked || reason != "Chờ số liệu của các huyện." {
			t.Errorf("asked for %s because %q (%t)", day, reason, ok)
		}
		// The date stands until the answer.
		stands(t, d, p, id, calendar.On(2022, 5, 4), task.StateOverdue, due)
		refused(t, d, fault.KindForbidden, "Nghiệm thu", func(tx *db.Tx) error {
			return task.GrantExtension(tx, p.head, id, "", given, "Tự cho phép.")
		})
		write(t, d, func(tx *db.Tx) error {
			return task.GrantExtension(tx, p.officer, id, "", given, "Số liệu chậm do Cục Thống kê.")
		})
		stands(t, d, p, id, calendar.On(2022, 5, 4), task.StateOpen, given)
		stands(t, d, p, id, calendar.On(2022, 5, 17), task.StateOverdue, given)

		write(t, d, ask)
		write(t, d, func(tx *db.Tx) error {
			return task.DeclineExtension(tx, p.leader, id, "", "Đã gia hạn một lần.")
		})
		stands(t, d, p, id, calendar.On(2022, 5, 17), task.StateOverdue, given)
	})
}

func TestWorkSentBackHasAReasonAndANewDay(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock, p province) {
		id := assign(t, d, p, p.plan())
		again := calendar.On(2022, 5, 10)
		refused(t, d, fault.KindConflict, "chưa báo hoàn thành", func(tx *db.Tx) error { return task.Accept(tx, p.leader, id, "") })
		write(t, d, func(tx *db.Tx) error {
			return task.Complete(tx, p.doctor, id, task.Evidence{Note: "Xong.", Paper: "45/KH-SYT"})
		})
		refused(t, d, fault.KindInvalid, "điều chưa đạt", func(tx *db.Tx) error { return task.SendBack(tx, p.officer, id, "", "", again) })
		refused(t, d, fault.KindInvalid, "hạn mới", func(tx *db.Tx) error {
			return task.SendBack(tx, p.officer, id, "", "Thiếu kinh phí.", calendar.Date{})
		})
		write(t, d, func(tx *db.Tx) error {
			return task.SendBack(tx, p.officer, id, "", "Kế hoạch chưa có phần kinh phí.", again)
		})
		stands(t, d, p, id, calendar.On(2022, 5, 10), task.StateReturned, again)
		stands(t, d, p, id, calendar.On(2022, 5, 11), task.StateOverdue, again)
		write(t, d, func(tx *db.Tx) error {
			return task.Complete(tx, p.doctor, id, task.Evidence{Note: "Đã bổ sung.", Paper: "50/KH-SYT"})
		})
		stands(t, d, p, id, calendar.On(2022, 5, 20), task.StateDone, again)
	})
}

// The proof stands beside the fact, leads to the task both ways, and belongs to who may read it.
func TestTheProofIsAFileThatLeadsToTheTask(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock, p province) {
		id := assign(t, d, p, p.plan())
		var own, foreign library.File
		write(t, d, func(tx *db.Tx) (err error) {
			stored := files.Stored{SHA256: strings.Repeat("a", 64), Size: 1200, Kind: "application/pdf"}
			if own, err = library.Add(tx, p.doctor, p.soYTe, stored, "ke-hoach-45.pdf"); err != nil {
				return err
			}
			foreign, err = library.Add(tx, p.district, p.huyenA, stored, "cua-huyen.pdf")
			return err
		})
		proof := func(f library.File) task.Evidence {
			return task.Evidence{Note: "Đã ban hành.", Files: []task.File{{ID: f.ID, Name: f.Name}, {ID: f.ID, Name: f.Name}}}
		}
		refused(t, d, fault.KindMissing, "tệp", func(tx *db.Tx) error { return task.Complete(tx, p.doctor, id, proof(foreign)) })
		write(t, d, func(tx *db.Tx) error { return task.Complete(tx, p.doctor, id, proof(own)) })
		r := find(t, d, p.officer, id)
		if len(r.Facts) != 1 || len(r.Facts[0].Files) != 1 || r.Facts[0].Files[0] != own.ID {
			t.Errorf("the proof: %+v", r.Facts)
		}
		read(t, d, func(tx *db.Tx) error {
			uses, err := library.Attached(tx, p.officer, "task", id)
			if len(uses) != 1 || uses[0].Name != "ke-hoach-45.pdf" {
				t.Errorf("attached: %+v", uses)
			}
			if err != nil {
				return err
			}
			graph, err := lineage.Walk(tx, p.officer, every, "task", id, 3)
			if text := fmt.Sprint(graph); !strings.Contains(text, "Kết luận mục 3") || !strings.Contains(text, "ke-hoach-45.pdf") {
				t.Errorf("what came from what: %s", text)
			}
			return err
		})
	})
}

// every is the sight of who may read every record.
func every(_ string, ids []db.ID) (map[db.ID]lineage.Shown, error) {
	shown := make(map[db.ID]lineage.Shown)
	for _, id := range ids {
		shown[id] = lineage.Shown{}
	}
	return shown, nil
}

func TestACooperatingBodyHasItsOwnPartAndDay(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock, p province) {
		id := assign(t, d, p, p.plan())
		write(t, d, func(tx *db.Tx) error { return task.Receive(tx, p.teacher, id) })
		day := calendar.On(2022, 4, 20)
		side := func() task.Side {
			s, ok := find(t, d, p.teacher, id).Mine(p.teacher)
			if !ok {
				t.Fatal("the cooperating body has no side")
			}
			return s
		}
		if s := side(); s.StateOn(day) != task.StateOverdue || s.Due != calendar.On(2022, 4, 15) || s.DaysLate(calendar.Default(), day) != 3 {
			t.Errorf("its part stands at %+v", s)
		}
		stands(t, d, p, id, day, task.StateOpen, calendar.On(2022, 4, 29)) // the lead has not received it
		clock.Set(noon("2022-04-20"))
		read(t, d, func(tx *db.Tx) error {
			list, err := task.OpenOf(tx, p.teacher, p.soGDDT, day)
			if len(list) != 1 || list[0].Body != p.soGDDT || list[0].Leads || list[0].Lead != p.soYTe {
				t.Errorf("the desk of the cooperating body: %+v", list)
			}
			return err
		})
		write(t, d, func(tx *db.Tx) error {
			return task.AskExtension(tx, p.teacher, id, calendar.On(2022, 4, 22), "Trường học chưa gửi đủ.")
		})
		write(t, d, func(tx *db.Tx) error {
			return task.GrantExtension(tx, p.officer, id, p.soGDDT, calendar.On(2022, 4, 22), "Đồng ý.")
		})
		write(t, d, func(tx *db.Tx) error {
			return task.Complete(tx, p.teacher, id, task.Evidence{Note: "Đã gửi số liệu.", Paper: "12/BC-SGDĐT"})
		})
		if s := side(); s.State != task.StateDone || s.StateOn(calendar.On(2022, 5, 30)) != task.StateDone {
			t.Errorf("its part stands at %+v", s)
		}
		write(t, d, func(tx *db.Tx) error {
			return task.Complete(tx, p.doctor, id, task.Evidence{Note: "Xong.", Paper: "45/KH-SYT"})
		})
		write(t, d, func(tx *db.Tx) error { return task.Accept(tx, p.officer, id, "") })
		if s := side(); s.State != task.StateClosed || s.Live {
			t.Errorf("the end of the task did not end its part: %+v", s)
		}
		sound(t, d)
	})
}

// A lead is reminded as often as need be; where the task stands is not changed by it.
func TestALeadIsReminded(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock, p province) {
		id := assign(t, d, p, p.plan())
		due := calendar.On(2022, 4, 29)
		remind := func(by access.Actor, note string) func(tx *db.Tx) error {
			return func(tx *db.Tx) error { return task.Remind(tx, by, id, note) }
		}
		refused(t, d, fault.KindForbidden, "", remind(p.doctor, "Tự nhắc."))
		refused(t, d, fault.KindInvalid, "bằng cách nào", remind(p.officer, " "))
		refused(t, d, fault.KindRefused, "", remind(p.officer, "TỐI MẬT"))
		write(t, d, remind(p.officer, "Gọi điện; hẹn 05/5."))
		write(t, d, remind(p.leader, "Gọi lại."))
		stands(t, d, p, id, calendar.On(2022, 5, 4), task.StateOverdue, due)
		if r := find(t, d, p.doctor, id); len(r.Facts) != 2 || r.Facts[0].Kind != task.Reminded || r.Facts[0].Note != "Gọi điện; hẹn 05/5." {
			t.Errorf("the story of the task: %+v", r.Facts)
		}
		write(t, d, func(tx *db.Tx) error {
			return task.Complete(tx, p.doctor, id, task.Evidence{Note: "Xong.", Paper: "1/KH"})
		})
		refused(t, d, fault.KindConflict, "chờ Ban xem kết quả", remind(p.officer, "Gọi nữa."))
		sound(t, d)
	})
}

func TestAWithdrawnTaskIsNoLongerOwed(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock, p province) {
		id := assign(t, d, p, p.plan())
		refused(t, d, fault.KindForbidden, "", func(tx *db.Tx) error { return task.Withdraw(tx, p.head, id, "Không làm.", "") })
		write(t, d, func(tx *db.Tx) error {
			return task.Withdraw(tx, p.officer, id, "Đã lồng vào kế hoạch của UBND tỉnh.", "")
		})
		stands(t, d, p, id, calendar.On(2023, 1, 1), task.StateWithdrawn, calendar.On(2022, 4, 29))
		refused(t, d, fault.KindConflict, "đã được rút", func(tx *db.Tx) error { return task.Receive(tx, p.doctor, id) })
	})
}

func TestGuidanceIsNotATask(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock, p province) {
		try := func(sentence string, change func(n *task.New)) {
			t.Helper()
			n := p.plan()
			change(&n)
			refused(t, d, fault.KindInvalid, sentence, func(tx *db.Tx) error {
				_, err := task.Assign(tx, p.officer, n)
				return err
			})
		}
		try("Định hướng không phải là nhiệm vụ", func(n *task.New) { n.Mode = "guidance" })
		try("Ban đề nghị chứ không giao", func(n *task.New) { n.Mode, n.ForcePaper = task.Assigned, "" })
		try("Ban đề nghị chứ không giao", func(n *task.New) { n.Lead, n.Mode, n.ForcePaper = p.huyenA, task.Assigned, "" })
		try("xin dùng “giao”", func(n *task.New) { n.Lead = p.ban })
		try("Việc không có sản phẩm là định hướng", func(n *task.New) { n.Product = " " })
		try("Việc chưa có hạn là định hướng", func(n *task.New) { n.Due = calendar.Date{} })
		try("cơ quan chủ trì", func(n *task.New) { n.Lead = "" })
		try("phải từ ngày giao (01/4/2022)", func(n *task.New) { n.Due = calendar.On(2022, 3, 31) })
		try("Không có cơ quan này", func(n *task.New) { n.Lead = "khong-co" })
		try("hai lần", func(n *task.New) { n.Cooperating[0].Body = p.soYTe })
		try("không được sau hạn chung", func(n *task.New) { n.Cooperating[0].Due = calendar.On(2022, 5, 1) })
		refused(t, d, fault.KindForbidden, "", func(tx *db.Tx) error {
			_, err := task.Assign(tx, p.head, p.plan())
			return err
		})
		refused(t, d, fault.KindRefused, "", func(tx *db.Tx) error {
			n := p.plan()
			n.Title = "TUYỆT MẬT\n" + n.Title
			_, err := task.Assign(tx, p.officer, n)
			return err
		})
		n := p.plan()
		n.Lead, n.Mode = p.huyenA, task.Assigned // the plan cites the paper of Tỉnh ủy that gives force
		assign(t, d, p, n)
		// A date spoken at the conference stands, even when the notice goes out after it.
		n.Cooperating, n.Due, n.Said = nil, calendar.On(2022, 3, 31), calendar.On(2022, 3, 28)
		assign(t, d, p, n)
	})
}

// What a body may not see is not there: neither on its list nor under its number.
func TestABodySeesOnlyTheTasksItHasAHandIn(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock, p province) {
		id := assign(t, d, p, p.plan())
		day := calendar.On(2022, 6, 1)
		for _, by := range []access.Actor{p.district, access.Nobody, {Role: access.Speaker, Body: p.soYTe}} {
			read(t, d, func(tx *db.Tx) error {
				if _, err := task.Find(tx, by, id); !fault.Is(err, fault.KindMissing) {
					t.Errorf("%s sees the task: %v", by.Role, err)
				}
				for _, f := range []task.Filter{{}, {Lead: p.soYTe}, {Body: p.soYTe}, {State: task.StateOverdue, Day: day}} {
					if list, _, err := task.List(tx, by, f); err != nil || len(list) > 0 {
						t.Errorf("%s lists %d tasks with %+v: %v", by.Role, len(list), f, err)
					}
					if n, err := task.Count(tx, by, f); err != nil || n.Total() > 0 {
						t.Errorf("%s counts %v with %+v: %v", by.Role, n, f, err)
					}
				}
				if list, err := task.ToJudge(tx, by, 9); err != nil || len(list) > 0 {
					t.Errorf("%s: %d to judge, %v", by.Role, len(list), err)
				}
				if loads, err := task.Loads(tx, by, day); err != nil || len(loads) > 0 {
					t.Errorf("%s: loads %v, %v", by.Role, loads, err)
				}
				return nil
			})
			refused(t, d, fault.KindMissing, "", func(tx *db.Tx) error { return task.Receive(tx, by, id) })
		}
		for _, by := range []access.Actor{p.officer, p.leader, p.clerk, p.doctor, p.head, p.teacher} {
			read(t, d, func(tx *db.Tx) error {
				list, _, err := task.List(tx, by, task.Filter{})
				if len(list) != 1 {
					t.Errorf("%s lists %d tasks", by.Name, len(list))
				}
				return err
			})
		}
		// Who looks over all bodies still does not do their work.
		refused(t, d, fault.KindForbidden, "Thực hiện nhiệm vụ", func(tx *db.Tx) error { return task.Receive(tx, p.officer, id) })
	})
}

// Whatever is tried, in whatever order, by whomever: the kept columns are what the facts say, and nothing fails but
// with a sentence.
func TestWhateverHappensTheKeptStateFollowsFromTheFacts(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock, p province) {
		r := rand.New(rand.NewPCG(7, 11))
		ids := []db.ID{assign(t, d, p, p.plan()), assign(t, d, p, p.plan()), assign(t, d, p, p.plan())}
		actors := []access.Actor{p.officer, p.leader, p.doctor, p.head, p.teacher, p.teacher, p.doctor}
		bodies := []db.ID{"", p.soYTe, p.soGDDT, p.huyenA}
		day, done := calendar.On(2022, 4, 1), 0
		for range 300 {
			day = day.AddDays(r.IntN(2))
			clock.Set(day.StartOfDay().Add(8 * time.Hour))
			id, by, org, due := ids[r.IntN(3)], actors[r.IntN(len(actors))], bodies[r.IntN(4)], day.AddDays(r.IntN(40)-5)
			act := r.IntN(20)
			err := d.Write(t.Context(), func(tx *db.Tx) error {
				switch {
				case act < 2:
					return task.Receive(tx, by, id)
				case act < 5:
					return task.Progress(tx, by, id, task.Evidence{Note: "Đang làm."})
				case act < 9:
					return task.AskExtension(tx, by, id, due, "Chờ số liệu.")
				case act < 12:
					return task.GrantExtension(tx, by, id, org, due, "Đồng ý.")
				case act < 13:
					return task.DeclineExtension(tx, by, id, org, "Không.")
				case act < 16:
					return task.Complete(tx, by, id, task.Evidence{Note: "Xong.", Paper: "1/KH"})
				case act < 19:
					return task.SendBack(tx, by, id, org, "Thiếu.", due)
				case r.IntN(6) == 0:
					return task.Accept(tx, by, id, "")
				}
				return nil
			})
			if err == nil {
				done++
			} else if fault.Of(err) == nil {
				t.Fatalf("act %d failed without a sentence: %v", act, err)
			}
		}
		if done < 30 {
			t.Errorf("only %d acts did anything", done)
		}
		sound(t, d)
		// What was altered behind the program's back is found.
		write(t, d, func(tx *db.Tx) error {
			_, err := tx.Exec("update task_side set due = '2030-01-01' where task = ? and leads", ids[0])
			return err
		})
		read(t, d, func(tx *db.Tx) error {
			findings, err := task.Verify(tx, nil)
			if len(findings) != 1 || findings[0].Task != ids[0] || !strings.Contains(findings[0].Sentence, "01/01/2030") {
				t.Errorf("an altered date was not found: %v", findings)
			}
			return err
		})
	})
}
