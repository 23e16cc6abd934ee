package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/desk"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/report"
	"giaoban/task"
)

type office struct {
	d                      *db.DB
	clock                  *dbtest.Clock
	ban, soYTe, soGDDT     db.ID
	officer, leader, clerk access.Actor
	doctor, head, teacher  access.Actor
	admin                  access.Actor
}

// on gives a small province on 01/4/2022 in which the quarter's report is open: the health department has not reported,
// the education department has.
func on(t *testing.T, test func(t *testing.T, o *office)) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			o := &office{clock: dbtest.NewClock("2022-04-01")}
			o.d = e.From(t, "", nil, o.clock.Now)
			o.write(t, func(tx *db.Tx) error {
				for i, b := range []struct {
					to   *db.ID
					code string
					kind org.Kind
				}{{&o.ban, "BTG", org.Commission}, {&o.soYTe, "SYT", org.Department}, {&o.soGDDT, "SGDDT", org.Department}} {
					made, err := org.Create(tx, access.System("dựng"), org.New{Code: b.code, Name: "Cơ quan " + b.code, ShortName: b.code,
						Kind: b.kind, Sort: i, ValidFrom: calendar.On(2010, 1, 1)})
					if err != nil {
						return err
					}
					*b.to = made.ID
				}
				for _, statement := range []string{
					`insert into regime (id, code, name, content, kind, cutoff, working_days, channel, basis, created_at, version)
values ('r', 'kg-quy', 'Báo cáo khoa giáo quý', 'x', 'quarter', 'ND09', 2, '', '', 1, 1)`,
					`insert into regime_form (id, regime, number, content, digest, version) values ('f', 'r', 1, '{}', '', 1)`,
					`insert into opening (id, regime, period, form, from_day, to_day, due, due_reason, opened_at, received, mark)
values ('p', 'r', '2022-Q1', 'f', '2021-12-15', '2022-03-14', '2022-03-16', 'Chốt số liệu 14/3, thêm 2 ngày làm việc', 1, 0, '')`,
					`insert into obligation (id, opening, body, holder, n, sectors, due, drafted, extended, returned, owed, latest, latest_version, latest_at, late, nil_report)
values ('o1', 'p', '` + string(o.soYTe) + `', '` + string(o.soYTe) + `', 0, '', '2022-03-16', true, false, false, true, null, 0, null, false, false)`,
					`insert into obligation (id, opening, body, holder, n, sectors, due, drafted, extended, returned, owed, latest, latest_version, latest_at, late, nil_report)
values ('o2', 'p', '` + string(o.soGDDT) + `', '` + string(o.soGDDT) + `', 1, '', '2022-03-16', true, false, false, false, 's2', 1, 1647424800000000, false, false)`,
					`insert into report_draft (obligation, content, version, saved_at, saved_by, saved_name)
values ('o1', '{}', 3, 1, '', 'Trần Bích Ngọc')`,
				} {
					if _, err := tx.Exec(statement); err != nil {
						return err
					}
				}
				return nil
			})
			actor := func(name string, role access.Role, org db.ID) access.Actor {
				return access.Actor{Person: db.ID(name), Name: name, Role: role, Body: org}
			}
			o.officer, o.leader = actor("Phạm Thu Hà", access.CommissionOfficer, o.ban), actor("Lê Minh Đức", access.CommissionLeader, o.ban)
			o.clerk, o.admin = actor("Võ Mai Lan", access.Clerk, o.ban), actor("Hồ Anh Tú", access.Administrator, o.ban)
			o.doctor, o.head = actor("Trần Bích Ngọc", access.AgencyOfficer, o.soYTe), actor("Nguyễn Văn Khoa", access.AgencyLeader, o.soYTe)
			o.teacher = actor("Đỗ Hải Yến", access.AgencyOfficer, o.soGDDT)
			test(t, o)
		})
	}
}

func (o *office) write(t *testing.T, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := o.d.Write(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func (o *office) desk(t *testing.T, by access.Actor) (d desk.Desk) {
	t.Helper()
	if err := o.d.Read(t.Context(), func(tx *db.Tx) (err error) {
		d, err = desk.For(tx, by)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return d
}

func (o *office) assign(t *testing.T, lead db.ID, title string, due calendar.Date) (id db.ID) {
	t.Helper()
	o.write(t, func(tx *db.Tx) error {
		made, err := task.Assign(tx, o.officer, task.New{Mode: task.Requested, Title: title, Product: "Báo cáo", Lead: lead, Due: due})
		id = made.ID
		return err
	})
	return id
}

// line finds the one line whose title and why contain the words.
func line(t *testing.T, items []desk.Item, words ...string) desk.Item {
	t.Helper()
	for _, i := range items {
		all := true
		for _, w := range words {
			all = all && strings.Contains(i.Title+" "+i.Why+" "+i.Note+" "+i.Action, w)
		}
		if all {
			return i
		}
	}
	t.Errorf("no line with %q in %+v", words, items)
	return desk.Item{}
}

func TestTheFocalPointSeesWhatIsDueWhyAndHowLate(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		o.assign(t, o.soYTe, "Rà soát 10 năm thực hiện Chỉ thị", calendar.On(2022, 4, 3))
		d := o.desk(t, o.doctor)
		report := line(t, d.Items, "Báo cáo khoa giáo quý", "chưa gửi", "Chốt số liệu 14/3")
		if report.Late != 12 || report.To != (desk.Target{Kind: "obligation", ID: "o1", Step: "sheet"}) ||
			report.Nil != (desk.Target{Kind: "obligation", ID: "o1", Step: "nil"}) || d.Items[0] != report {
			t.Errorf("the report stands as %+v, first is %+v", report, d.Items[0])
		}
		work := line(t, d.Items, "Rà soát 10 năm", "Được đề nghị chủ trì; chưa tiếp nhận")
		if !work.Soon || work.Late != 0 {
			t.Errorf("the task stands as %+v", work)
		}
		if d.Total() != 2 || !report.Past || work.Past {
			t.Errorf("counted %d: %+v", d.Total(), d.Items)
		}
		d = o.desk(t, o.teacher)
		if len(d.Items) != 0 || len(d.Waiting) != 1 {
			t.Errorf("who has reported only waits: %+v", d)
		}
	})
}

func TestTheAgencysLeaderSeesWhatWaitsForHisApproval(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		if n := len(o.desk(t, o.head).Items); n != 1 { // it is late, which the leader answers for
			t.Errorf("%d lines", n)
		}
		line(t, o.desk(t, o.head).Items, "Đầu mối đang soạn, chưa trình")
		step := func(n int, kind report.StepKind, who string) {
			o.write(t, func(tx *db.Tx) error {
				if err := tx.Insert("report_step", report.Step{ID: tx.NewID(), Obligation: "o1", N: n, Draft: 3, Kind: kind, At: tx.Now(), ByName: who}); err != nil {
					return err
				}
				_, err := tx.Exec("update obligation set draft_step = ? where id = 'o1'", string(kind))
				return err
			})
		}
		step(1, report.StepPutForward, "Trần Bích Ngọc")
		line(t, o.desk(t, o.head).Items, "Trần Bích Ngọc trình lúc", "chờ đồng chí duyệt")
		line(t, o.desk(t, o.doctor).Items, "Đã trình lãnh đạo cơ quan")
		step(2, report.StepSentBack, "Nguyễn Văn Khoa")
		line(t, o.desk(t, o.head).Items, "chờ đầu mối sửa")
		line(t, o.desk(t, o.doctor).Items, "Nguyễn Văn Khoa trả lại kèm nhận xét")
		step(3, report.StepApproved, "Nguyễn Văn Khoa")
		line(t, o.desk(t, o.head).Items, "chờ đầu mối gửi")
		line(t, o.desk(t, o.doctor).Items, "đã duyệt, chỉ còn gửi")
	})
}

func TestTheCommissionsOfficerSeesEachThingOnce(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		for range 11 {
			o.assign(t, o.soYTe, "Việc sắp quá hạn", calendar.On(2022, 4, 2))
		}
		asking := o.assign(t, o.soYTe, "Việc xin gia hạn", calendar.On(2022, 4, 2))
		finished := o.assign(t, o.soGDDT, "Việc đã xong", calendar.On(2022, 4, 2))
		o.write(t, func(tx *db.Tx) error {
			// The commission's own work, late too, is on the officer's desk as work and not as something to press others for.
			_, err := task.Assign(tx, o.leader, task.New{Mode: task.Assigned, Title: "Việc của Ban", Product: "Kế hoạch", Lead: o.ban, Due: calendar.On(2022, 4, 2)})
			return err
		})
		o.write(t, func(tx *db.Tx) error {
			return task.AskExtension(tx, o.doctor, asking, calendar.On(2022, 4, 20), "Chờ số liệu")
		})
		o.clock.Set(calendar.On(2022, 4, 5).StartOfDay().Add(9e12))
		o.write(t, func(tx *db.Tx) error {
			return task.Complete(tx, o.teacher, finished, task.Evidence{Note: "Xong", Paper: "12/BC-SGDĐT"})
		})
		d := o.desk(t, o.officer)
		line(t, d.Items, "1/2 cơ quan chưa gửi đủ", "1 đã quá hạn")
		line(t, d.Items, "1/2 báo cáo đã gửi", "nhận")
		line(t, d.Items, "SYT xin gia hạn")
		line(t, d.Items, "Việc đã xong", "chờ ghi nhận")
		if rest := line(t, d.Items, "Còn 3 nhiệm vụ quá hạn khác"); rest.Count != 3 || rest.To != (desk.Target{Kind: "task", State: "overdue"}) {
			t.Errorf("the rest is %+v", rest)
		}
		// 1 missing, 1 to receive, 11 late, 1 asking, 1 to judge, 1 of the commission's own.
		if d.Total() != 16 {
			t.Errorf("%d things on the desk, want 16: %+v", d.Total(), d.Items)
		}
		seen := make(map[string]bool)
		for _, i := range d.Items {
			if key := i.Title + fmt.Sprint(i.To); seen[key] {
				t.Errorf("twice on the desk: %s", key)
			} else {
				seen[key] = true
			}
		}
	})
}

func TestTheLeaderSeesOnlyExceptionsWithTheirDenominator(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		o.assign(t, o.soYTe, "Việc còn hạn", calendar.On(2022, 6, 30))
		line(t, o.desk(t, o.leader).Items, "1/2 cơ quan quá hạn báo cáo")
		o.assign(t, o.soYTe, "Việc quá hạn", calendar.On(2022, 4, 1))
		o.clock.Set(calendar.On(2022, 4, 3).StartOfDay())
		d := o.desk(t, o.leader)
		line(t, d.Items, "1/2 nhiệm vụ chưa xong đã quá hạn", "SYT 1")
		if len(d.Items) != 2 {
			t.Errorf("an inventory instead of exceptions: %+v", d.Items)
		}
	})
}

func TestEveryRoleHasADeskAndNobodyHasNone(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		for _, by := range []access.Actor{o.clerk, o.admin, {Role: access.Speaker, Name: "Báo cáo viên", Body: o.ban}, access.System("kiểm tra")} {
			o.desk(t, by)
		}
		line(t, o.desk(t, o.clerk).Waiting, "nhập thay")
		err := o.d.Read(t.Context(), func(tx *db.Tx) error {
			_, err := desk.For(tx, access.Nobody)
			return err
		})
		if !fault.Is(err, fault.KindSignIn) {
			t.Errorf("nobody's desk: %v", err)
		}
	})
}
