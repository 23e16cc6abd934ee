package charge_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/charge"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/people"
	"giaoban/report"
	"giaoban/sample"
	"giaoban/sample/sampletest"
	"giaoban/task"
)

var system = access.System("thử")

// office is the sample in March, with the health department's report still owed.
type office struct {
	*sample.Province
	t    *testing.T
	tx   *db.Tx
	owed report.Obligation
}

func on(t *testing.T, test func(o *office)) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, "2022-03-14")
			dbtest.Begin(t, p.DB, func(tx *db.Tx) {
				owed, err := report.ObligationOf(tx, system, sample.Quarterly, sample.Quarter, p.SYT.ID)
				if err != nil {
					t.Fatal(err)
				}
				test(&office{p, t, tx, owed})
			})
		})
	}
}

func (o *office) whose(by access.Actor) db.ID {
	o.t.Helper()
	w, err := charge.Find(o.tx, by, "obligation", o.owed.ID)
	if err != nil {
		o.t.Fatal(err)
	}
	g, err := charge.Whose(o.tx, by, w)
	if err != nil {
		o.t.Fatal(err)
	}
	all, err := charge.Of(o.tx, by)
	if err != nil || all[o.owed.ID].Person != g.Person {
		o.t.Errorf("the list says %v, the record %v (%v)", all, g, err)
	}
	return g.Person
}

func (o *office) refused(err error, words string) {
	o.t.Helper()
	if fault.Of(err) == nil || !strings.Contains(err.Error(), words) {
		o.t.Errorf("%v, want a refusal with “%s”", err, words)
	}
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) post(person db.ID) people.Post {
	o.t.Helper()
	posts, err := people.PostsHeldBy(o.tx, o.Admin, person)
	o.must(err)
	return posts[0]
}

func TestAReportIsHandedOnAndBackAndFallsBackWithThePost(t *testing.T) {
	on(t, func(o *office) {
		officer, leader := o.Actor("syt"), o.Actor("lanhdao.syt")
		hand := func(by access.Actor, person db.ID) error {
			return charge.Hand(o.tx, by, "obligation", o.owed.ID, person)
		}
		if got := o.whose(officer); got != "" {
			t.Fatalf("somebody has it: %s", got)
		}
		o.refused(hand(leader, ""), "đang là việc chung")
		o.must(hand(leader, officer.Person))
		if got := o.whose(officer); got != officer.Person {
			t.Errorf("it is %q's", got)
		}
		o.refused(hand(leader, officer.Person), "đang làm việc này")
		o.must(hand(officer, leader.Person))
		o.must(hand(leader, ""))
		if got := o.whose(officer); got != "" {
			t.Errorf("it is still %q's", got)
		}
		o.must(hand(leader, officer.Person))

		// Promoted without a day between: it stays with the officer. Gone: it is the body's, and stays so.
		today := calendar.OfInstant(o.tx.Clock())
		old := o.post(officer.Person)
		o.must(people.EndPost(o.tx, o.Admin, old.ID, today.AddDays(-1)))
		if got := o.whose(leader); got != "" {
			t.Errorf("the post has ended, and it is %q's", got)
		}
		o.refused(hand(leader, officer.Person), "hôm nay không giữ chức vụ nào")
		_, err := people.AddPost(o.tx, o.Admin, officer.Person, o.SYT.ID, "Phó Trưởng phòng", access.AgencyOfficer, people.SignsNothing, today, calendar.Date{})
		o.must(err)
		if got := o.whose(leader); got != officer.Person {
			t.Errorf("promoted, and it is %q's", got)
		}
		a, err := people.FindAccount(o.tx, o.Admin, "syt")
		o.must(err)
		o.must(people.Disable(o.tx, o.Admin, a.ID))
		if got := o.whose(leader); got != "" {
			t.Errorf("nobody signs in by that account, and it is %q's", got)
		}
		o.refused(hand(leader, officer.Person), "tài khoản đang khóa")
		if w, err := charge.Find(o.tx, leader, "obligation", o.owed.ID); err != nil {
			t.Error(err)
		} else if story, err := charge.Story(o.tx, leader, w); err != nil || len(story) != 4 {
			t.Errorf("the history has %d lines, want 4 (%v)", len(story), err)
		}
	})
}

func TestOnlyABodyHandsItsOwnWorkToItsOwnPeople(t *testing.T) {
	on(t, func(o *office) {
		officer, brother := o.Actor("syt"), o.Actor("sgddt")
		o.refused(charge.Hand(o.tx, officer, "obligation", o.owed.ID, brother.Person), "không giữ chức vụ nào")
		o.refused(charge.Hand(o.tx, officer, "obligation", o.owed.ID, "khong-co"), "Không có cán bộ này")
		o.refused(charge.Hand(o.tx, brother, "obligation", o.owed.ID, brother.Person), "Không có báo cáo này")
		o.refused(charge.Hand(o.tx, o.Officer, "obligation", o.owed.ID, officer.Person), "không có quyền")
		o.refused(charge.Hand(o.tx, o.Actor("vanthu"), "obligation", o.owed.ID, officer.Person), "không có quyền")
		o.refused(charge.Hand(o.tx, officer, "submission", o.owed.ID, officer.Person), "không giao cho từng người")

		// A task has as many sides as bodies: each hands out its own, and sees nothing of the other's.
		made, err := task.Assign(o.tx, o.Officer, task.New{Mode: task.Requested, Title: "Rà soát", Product: "Báo cáo", Lead: o.SYT.ID, Due: calendar.On(2022, 4, 15),
			Cooperating: []task.Cooperation{{Body: o.SGDDT.ID, Part: "Số liệu trường học", Due: calendar.On(2022, 4, 8)}}})
		o.must(err)
		for _, one := range []access.Actor{officer, brother} {
			o.must(charge.Hand(o.tx, one, "task", made.ID, one.Person))
			all, err := charge.Of(o.tx, one)
			if err != nil || len(all) != 1 || all[made.ID].Person != one.Person {
				t.Errorf("%s sees %v (%v)", one.Name, all, err)
			}
		}
		o.must(task.Withdraw(o.tx, o.Officer, made.ID, "Thôi", ""))
		o.refused(charge.Hand(o.tx, officer, "task", made.ID, ""), "không còn phải làm")
	})
}

// follows counts the bodies and sectors that somebody follows today.
func (o *office) follows(who access.Actor) (n int) {
	o.t.Helper()
	all, err := charge.FollowingToday(o.tx, o.Officer)
	o.must(err)
	for _, f := range all {
		if f.Person == who.Person {
			n++
		}
	}
	return n
}

func TestABodyHasOneFollowerAtATimeAndKeepsWhoFollowedIt(t *testing.T) {
	on(t, func(o *office) {
		day := func(d int) calendar.Date { return calendar.On(2022, 3, d) }
		follow := func(by access.Actor, person db.ID, body db.ID, sector string, from calendar.Date) error {
			_, err := charge.Follow(o.tx, by, charge.NewFollowing{Person: person, Body: body, Sector: sector, From: from})
			return err
		}
		o.must(follow(o.Leader, o.Officer.Person, o.SYT.ID, "", day(1)))
		o.refused(follow(o.Leader, o.Officer.Person, o.SYT.ID, "", day(2)), "đang theo dõi")
		o.refused(follow(o.Leader, o.Leader.Person, o.SYT.ID, "", day(1)), "Xin chọn ngày sau ngày đó")
		o.must(follow(o.Leader, o.Leader.Person, o.SYT.ID, "BH", day(1))) // one sector beside the whole
		o.must(follow(o.Leader, o.Leader.Person, o.SYT.ID, "", day(14)))
		all, err := charge.Followings(o.tx, o.Officer)
		if err != nil || len(all) != 3 || all[0].Person != o.Leader.Person || all[1].ValidTo != day(13) {
			t.Errorf("%+v (%v)", all, err)
		}
		if n := o.follows(o.Officer); n != 0 {
			t.Errorf("the officer still follows %d", n)
		}
		if n := o.follows(o.Leader); n != 2 {
			t.Errorf("the leader follows %d", n)
		}
		for person, words := range map[db.ID]string{o.Actor("syt").Person: "phải là người của Ban", "": "Xin chọn người"} {
			o.refused(follow(o.Leader, person, o.SGDDT.ID, "", day(14)), words)
		}
		o.refused(follow(o.Leader, o.Officer.Person, o.BTGTU.ID, "", day(14)), "không phải cơ quan để theo dõi")
		o.refused(follow(o.Leader, o.Officer.Person, o.SGDDT.ID, "XX", day(14)), "Lĩnh vực này không có")
		o.refused(follow(o.Leader, o.Officer.Person, o.SGDDT.ID, "", calendar.On(1990, 1, 1)), "liên tục từ ngày")
		o.refused(follow(o.Actor("syt"), o.Officer.Person, o.SGDDT.ID, "", day(14)), "không có quyền")

		o.must(charge.EndFollowing(o.tx, o.Officer, all[0].ID, day(13))) // entered by mistake: it never stood
		o.refused(charge.EndFollowing(o.tx, o.Officer, all[0].ID, day(20)), "đã ghi thôi")
		o.must(follow(o.Leader, o.Officer.Person, o.SGDDT.ID, "", day(14)))
		o.must(people.EndPost(o.tx, o.Admin, o.post(o.Officer.Person).ID, day(13)))
		if n := o.follows(o.Officer); n != 0 {
			t.Errorf("the post has ended, and the officer follows %d", n)
		}
	})
}
