package task_test

import (
	"strings"
	"testing"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
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
		return access.Actor{Person: db.ID(name), Name: name, Role: role, Body: org}
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
		Origin: task.Origin{Kind: "conclusion", ID: "c-3", Label: "Kết luận mục 3, giao ban quý I/2022"},
		Mode:   task.Requested, Title: "Xây dựng kế hoạch triển khai Chương trình phối hợp", Product: "Kế hoạch đã ban hành",
		Lead: p.soYTe, Due: calendar.On(2022, 4, 29), ForcePaper: "Chương trình số 03-CTr/BTGTU, ngày 01/4/2022",
		Cooperating: []task.Cooperation{{Body: p.soGDDT, Part: "Cung cấp số liệu y tế trường học", Due: calendar.On(2022, 4, 15)}},
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
