package task_test

import (
	"fmt"
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
	"giaoban/org"
	"giaoban/task"
)

// province is the smallest one in which work can be handed out.
type province struct {
	ban, soYTe, soGDDT, huyenA           db.ID
	officer, leader, clerk, doctor, head access.Actor // of the commission; of the health department
	teacher, district                    access.Actor
}

var setup = access.System("dựng tỉnh mẫu")

func settle(t *testing.T, tx *db.Tx) (p province) {
	t.Helper()
	for i, b := range []struct {
		to   *db.ID
		code string
		kind org.Kind
	}{
		{&p.ban, "BTG", org.Commission}, {&p.soYTe, "SYT", org.Department}, {&p.soGDDT, "SGDDT", org.Department},
		{&p.huyenA, "BTGHA", org.LowerCommission},
	} {
		made, err := org.Create(tx, setup, org.New{Code: b.code, Name: "Cơ quan " + b.code, ShortName: b.code, Kind: b.kind,
			Sort: i, ValidFrom: calendar.On(2010, 1, 1)})
		if err != nil {
			t.Fatal(err)
		}
		*b.to = made.ID
	}
	actor := func(name string, role access.Role, org db.ID) access.Actor {
		return access.Actor{Person: db.ID(name), Name: name, Role: role, Org: org}
	}
	p.officer = actor("Phạm Thu Hà", access.CommissionOfficer, p.ban)
	p.leader = actor("Lê Minh Đức", access.CommissionLeader, p.ban)
	p.clerk = actor("Võ Thị Sáu Mươi", access.Clerk, p.ban)
	p.doctor = actor("Trần Bích Ngọc", access.AgencyOfficer, p.soYTe)
	p.head = actor("Nguyễn Văn Khoa", access.AgencyLeader, p.soYTe)
	p.teacher = actor("Đỗ Hải Yến", access.AgencyOfficer, p.soGDDT)
	p.district = actor("Bùi Quang Huy", access.AgencyOfficer, p.huyenA)
	return p
}

// on runs the test on both engines in a small province on 01/4/2022; the clock can be moved between transactions.
func on(t *testing.T, test func(t *testing.T, d *db.DB, clock *dbtest.Clock, p province)) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			clock := dbtest.NewClock("2022-04-01")
			d := e.From(t, "", nil, clock.Now)
			var p province
			write(t, d, func(tx *db.Tx) error { p = settle(t, tx); return nil })
			test(t, d, clock, p)
		})
	}
}

func write(t *testing.T, d *db.DB, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Write(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// refused runs a change that must fail in this way and with this sentence.
func refused(t *testing.T, d *db.DB, kind fault.Kind, sentence string, fn func(tx *db.Tx) error) {
	t.Helper()
	err := d.Write(t.Context(), fn)
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), sentence) {
		t.Errorf("got %v, want a fault of kind %d saying %q", err, kind, sentence)
	}
}

func read(t *testing.T, d *db.DB, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Read(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func noon(day string) time.Time {
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" 12:00", db.Vietnam)
	if err != nil {
		panic(err)
	}
	return at
}

func (p province) plan() task.New {
	return task.New{
		Origin: task.Origin{Kind: "conclusion", ID: "c-3", Label: "Kết luận mục 3, giao ban quý I/2022", URL: "/giao-ban/q1#c-3", Owner: p.ban},
		Mode:   task.Requested, Title: "Xây dựng kế hoạch triển khai Chương trình phối hợp", Product: "Kế hoạch đã ban hành",
		Lead: p.soYTe, Due: calendar.On(2022, 4, 29), ForcePaper: "Chương trình số 03-CTr/BTGTU, ngày 01/4/2022",
		Cooperating: []task.Cooperation{{Org: p.soGDDT, Part: "Cung cấp số liệu y tế trường học", Due: calendar.On(2022, 4, 15)}},
	}
}

func assign(t *testing.T, d *db.DB, p province, n task.New) (id db.ID) {
	t.Helper()
	write(t, d, func(tx *db.Tx) error {
		made, err := task.Assign(tx, p.officer, n)
		id = made.ID
		return err
	})
	return id
}

func find(t *testing.T, d *db.DB, by access.Actor, id db.ID) (r task.Record) {
	t.Helper()
	read(t, d, func(tx *db.Tx) (err error) {
		r, err = task.Find(tx, by, id)
		return err
	})
	return r
}

// stands checks the state, the date and that the kept columns follow from the facts.
func stands(t *testing.T, d *db.DB, p province, id db.ID, day calendar.Date, state task.State, due calendar.Date) {
	t.Helper()
	r := find(t, d, p.officer, id)
	if got := r.StateOn(day); got != state || r.Due != due {
		t.Errorf("on %s the task is %s, due %s; want %s, due %s", day, got, r.Due, state, due)
	}
	sound(t, d)
}

func sound(t *testing.T, d *db.DB) {
	t.Helper()
	read(t, d, func(tx *db.Tx) error {
		findings, err := task.Verify(tx, nil)
		if len(findings) > 0 {
			t.Errorf("the kept state is not what the facts say: %v", findings)
		}
		return err
	})
}

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
		due, asked, given := calendar.On(2022, 4, 29), calendar.On(2022, 5, 31), calendar.On(2022, 5, 15)
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
		stands(t, d, p, id, calendar.On(2022, 5, 16), task.StateOverdue, given)

		write(t, d, ask)
		write(t, d, func(tx *db.Tx) error {
			return task.DeclineExtension(tx, p.leader, id, "", "Đã gia hạn một lần.")
		})
		stands(t, d, p, id, calendar.On(2022, 5, 16), task.StateOverdue, given)
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
			graph, err := lineage.Walk(tx, p.officer, "task", id, 3)
			if text := fmt.Sprint(graph); !strings.Contains(text, "Kết luận mục 3") || !strings.Contains(text, "ke-hoach-45.pdf") {
				t.Errorf("what came from what: %s", text)
			}
			return err
		})
	})
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
		if s := side(); s.StateOn(day) != task.StateOverdue || s.Due != calendar.On(2022, 4, 15) || s.DaysLate(day) != 5 {
			t.Errorf("its part stands at %+v", s)
		}
		stands(t, d, p, id, day, task.StateOpen, calendar.On(2022, 4, 29)) // the lead has not received it
		clock.Set(noon("2022-04-20"))
		read(t, d, func(tx *db.Tx) error {
			list, err := task.OpenOf(tx, p.teacher, p.soGDDT, day)
			if len(list) != 1 || list[0].Org != p.soGDDT || list[0].Leads || list[0].Lead != p.soYTe {
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
		try("xin dùng “đề nghị”", func(n *task.New) { n.Mode = task.Assigned })
		try("xin dùng “giao”", func(n *task.New) { n.Lead = p.huyenA })
		try("Việc không có sản phẩm là định hướng", func(n *task.New) { n.Product = " " })
		try("Việc chưa có hạn là định hướng", func(n *task.New) { n.Due = calendar.Date{} })
		try("cơ quan chủ trì", func(n *task.New) { n.Lead = "" })
		try("phải từ ngày giao (01/4/2022)", func(n *task.New) { n.Due = calendar.On(2022, 3, 31) })
		try("Không có cơ quan này", func(n *task.New) { n.Lead = "khong-co" })
		try("hai lần", func(n *task.New) { n.Cooperating[0].Org = p.soYTe })
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
		n.Lead, n.Mode = p.huyenA, task.Assigned
		assign(t, d, p, n)
	})
}

// What a body may not see is not there: neither on its list nor under its number.
func TestABodySeesOnlyTheTasksItHasAHandIn(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock, p province) {
		id := assign(t, d, p, p.plan())
		day := calendar.On(2022, 6, 1)
		for _, by := range []access.Actor{p.district, access.Nobody, {Role: access.Speaker, Org: p.soYTe}} {
			read(t, d, func(tx *db.Tx) error {
				if _, err := task.Find(tx, by, id); !fault.Is(err, fault.KindMissing) {
					t.Errorf("%s sees the task: %v", by.Role, err)
				}
				for _, f := range []task.Filter{{}, {Lead: p.soYTe}, {Org: p.soYTe}, {State: task.StateOverdue, Day: day}} {
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
