package desk_test

import (
	"slices"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/charge"
	"giaoban/desk"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/people"
	"giaoban/report"
	"giaoban/review"
	"giaoban/sample"
	"giaoban/sample/sampletest"
	"giaoban/task"
)

// withColleague is the sample on a day, with a second officer in the health department and a second one in the section.
func withColleague(t *testing.T, day string, test func(tx *db.Tx, p *sample.Province, nurse, colleague access.Actor)) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, day)
			dbtest.Begin(t, p.DB, func(tx *db.Tx) {
				join := func(name, login string, body db.ID, role access.Role) access.Actor {
					id, err := people.AddPerson(tx, p.Admin, name, "")
					if err == nil {
						_, err = people.AddPost(tx, p.Admin, id, body, "Chuyên viên", role, people.SignsNothing, calendar.On(2021, 1, 1), calendar.Date{})
					}
					if err == nil {
						_, err = people.AddAccount(tx, p.Admin, id, login, "")
					}
					if err != nil {
						t.Fatal(err)
					}
					return access.Actor{Person: id, Name: name, Role: role, Body: body}
				}
				test(tx, p, join("Đinh Thị Na", "na.syt", p.SYT.ID, access.AgencyOfficer),
					join("Lò Văn Pao", "pao.btg", p.Officer.Body, access.CommissionOfficer))
			})
		})
	}
}

func deskOf(t *testing.T, tx *db.Tx, by access.Actor) desk.Desk {
	t.Helper()
	d, err := desk.For(tx, by)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// side tells on which side of a desk the one line with these words stands.
func side(t *testing.T, d desk.Desk, words ...string) string {
	t.Helper()
	if line(t, d.Items, words...).Mine {
		return "mine"
	}
	return "all"
}

func TestWhatWasHandedToSomebodyIsMineAndOtherwiseTheBodys(t *testing.T) {
	withColleague(t, "2022-03-14", func(tx *db.Tx, p *sample.Province, nurse, _ access.Actor) {
		officer := p.Actor("syt")
		owed, err := report.ObligationOf(tx, access.System("thử"), sample.Quarterly, sample.Quarter, p.SYT.ID)
		if err != nil {
			t.Fatal(err)
		}
		hand := func(to db.ID) {
			t.Helper()
			if err := charge.Hand(tx, officer, "obligation", owed.ID, to); err != nil {
				t.Fatal(err)
			}
		}
		is := func(who access.Actor, want string) {
			t.Helper()
			if got := side(t, deskOf(t, tx, who), owed.RegimeName, owed.Period.Name()); got != want {
				t.Errorf("on %s's desk the report is %s, want %s", who.Name, got, want)
			}
		}
		is(officer, "all")
		hand(nurse.Person)
		is(officer, "all")
		is(nurse, "mine")
		line(t, deskOf(t, tx, officer).Items, owed.Period.Name(), "Đồng chí Đinh Thị Na đang làm.")
		hand(officer.Person)
		is(officer, "mine")
		is(nurse, "all")
		hand("")
		is(officer, "all")
		hand(nurse.Person)
		posts, err := people.PostsHeldBy(tx, p.Admin, nurse.Person)
		if err != nil {
			t.Fatal(err)
		}
		if err := people.EndPost(tx, p.Admin, posts[0].ID, calendar.On(2022, 3, 13)); err != nil {
			t.Fatal(err)
		}
		is(officer, "mine") // there is nobody else any more, and nobody has it
		if d := deskOf(t, tx, officer); d.Whose != "Của cơ quan" {
			t.Errorf("the body's side is called %q", d.Whose)
		}
	})
}

func TestWhoFollowsABodyFindsWhatItSendsAsMine(t *testing.T) {
	withColleague(t, "2022-03-17", func(tx *db.Tx, p *sample.Province, _, colleague access.Actor) {
		round := []string{"Báo cáo", "chờ Ban nhận"}
		if got := side(t, deskOf(t, tx, p.Officer), round...); got != "all" {
			t.Errorf("nobody follows, two could: %s", got)
		}
		if _, err := charge.Follow(tx, p.Leader, charge.NewFollowing{Person: colleague.Person, Body: p.SYT.ID, From: calendar.On(2022, 3, 1)}); err != nil {
			t.Fatal(err)
		}
		if got := side(t, deskOf(t, tx, colleague), append(round, "Đồng chí theo dõi: Sở Y tế")...); got != "mine" {
			t.Errorf("the follower's: %s", got)
		}
		if got := side(t, deskOf(t, tx, p.Officer), round...); got != "all" {
			t.Errorf("the other's: %s", got)
		}
	})
}

// A line that belongs to a sector goes to who follows that sector of the body, one without a sector to everybody who
// follows the body.
func TestWhoFollowsOneSectorFindsItsLinesOnly(t *testing.T) {
	withColleague(t, "2022-03-17", func(tx *db.Tx, p *sample.Province, _, colleague access.Actor) {
		reviews, err := review.DueIn(tx, p.Officer, 2022)
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(reviews, func(r review.Review) bool {
			return r.Symbol == "20-CT/TW" && r.Holder == p.SLDTBXH.ID && r.Sectors.Has("LD")
		})
		if at < 0 {
			t.Fatal("the labour department prepares no review of its sector")
		}
		for _, n := range []task.New{{Title: "Dự thảo đề cương", Origin: task.Origin{Kind: "review", ID: reviews[at].ID, Label: reviews[at].Label()}},
			{Title: "Việc không rõ lĩnh vực"}} {
			n.Mode, n.Product, n.Lead, n.Due = task.Requested, "Văn bản", p.SLDTBXH.ID, calendar.On(2022, 3, 30)
			made, err := task.Assign(tx, p.Officer, n)
			if err == nil {
				err = task.AskExtension(tx, p.Actor("sldtbxh"), made.ID, calendar.On(2022, 4, 15), "Chờ số liệu")
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		lines := map[string][]string{"report": {"Báo cáo công tác khoa giáo hằng quý – quý I", "chờ Ban nhận"}, "task": {"Dự thảo đề cương"},
			"no sector": {"Việc không rõ lĩnh vực"}}
		mine := func(sector string, from calendar.Date, want string) {
			t.Helper()
			if _, err := charge.Follow(tx, p.Leader, charge.NewFollowing{Person: colleague.Person, Body: p.SLDTBXH.ID, Sector: sector, From: from}); err != nil {
				t.Fatal(err)
			}
			d := deskOf(t, tx, colleague)
			var found []string
			for kind, words := range lines {
				if side(t, d, words...) == "mine" {
					found = append(found, kind)
				}
			}
			slices.Sort(found)
			if got := strings.Join(found, ", "); got != want {
				t.Errorf("who follows sector %q finds %s, want %s", sector, got, want)
			}
		}
		mine("GD", calendar.On(2022, 3, 1), "no sector")
		mine("LD", calendar.On(2022, 3, 2), "no sector, report, task")
	})
}

func TestAReviewIsOfWhoFollowsItsSector(t *testing.T) {
	withColleague(t, "2022-04-04", func(tx *db.Tx, p *sample.Province, _, colleague access.Actor) {
		for i, want := range []struct{ sector, side string }{{"GD", "all"}, {"LD", "mine"}} {
			if _, err := charge.Follow(tx, p.Leader, charge.NewFollowing{Person: colleague.Person, Body: p.SLDTBXH.ID, Sector: want.sector,
				From: calendar.On(2022, 4, 1+i)}); err != nil {
				t.Fatal(err)
			}
			if got := side(t, deskOf(t, tx, colleague), "Tổng kết 10 năm thực hiện Chỉ thị số 20-CT/TW"); got != want.side {
				t.Errorf("who follows sector %s finds the review as %s", want.sector, got)
			}
		}
	})
}

// What is long past is one line for each regime, and no flood: the officer's and the agency's desk three years later.
func TestOldDelaysAreOneLineForEachKind(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		for range 30 {
			o.assign(t, o.soYTe, "Việc cũ", calendar.On(2022, 4, 15))
		}
		o.write(t, func(tx *db.Tx) error {
			for i, period := range []string{"2021-Q3", "2021-Q4"} {
				n := string(rune('a' + i))
				for _, statement := range []string{
					`insert into opening (id, regime, period, form, from_day, to_day, due, due_reason, opened_at, received, mark)
values ('p` + n + `', 'r', '` + period + `', 'f', '2021-06-15', '2021-09-14', '2021-09-16', 'x', 1, 0, '')`,
					`insert into obligation (id, opening, body, holder, n, sectors, due, drafted, extended, returned, owed, latest, latest_version, latest_at, late, nil_report)
values ('o` + n + `', 'p` + n + `', '` + string(o.soYTe) + `', '` + string(o.soYTe) + `', 0, '', '2021-09-16', false, false, false, true, null, 0, null, false, false)`,
				} {
					if _, err := tx.Exec(statement); err != nil {
						return err
					}
				}
			}
			return nil
		})
		o.clock.Set(calendar.On(2025, 4, 15).StartOfDay())
		o.assign(t, o.soYTe, "Việc mới", calendar.On(2025, 4, 25))
		for _, who := range []access.Actor{o.officer, o.doctor} {
			d := o.desk(t, who)
			p := d.Part(true)
			if len(p.Old) != 2 {
				t.Fatalf("%s has %d old lines: %+v", who.Name, len(p.Old), p.Old)
			}
			told := 0
			for _, g := range p.Old {
				if g.Title == "Báo cáo khoa giáo quý" && len(g.Under) == 3 && strings.Contains(g.Why, "3 việc quá hạn từ lâu") {
					told++
				}
				if g.Room == "task" && len(g.Under) == 0 && g.Count == 30 && g.Holds == 30 {
					told++
				}
			}
			if told != 2 {
				t.Errorf("%s: %+v", who.Name, p.Old)
			}
		}
		if p := o.desk(t, o.doctor).Part(true); len(p.Ahead) != 1 || p.Ahead[0].Title != "Việc mới" {
			t.Errorf("ahead: %+v", p.Ahead)
		}
	})
}

func TestADeskIsNarrowed(t *testing.T) {
	day := calendar.On(2022, 3, 14)
	d := desk.Desk{Day: day, Items: []desk.Item{
		{Room: "task", Title: "muộn", Due: day.AddDays(-1), Past: true, Mine: true},
		{Room: "task", Title: "sắp đến", Due: day.AddDays(14)},
		{Room: "report", Title: "xa", Due: day.AddDays(15), Mine: true},
		{Room: "paper", Title: "chờ ký", Awaited: true},
	}, Waiting: []desk.Item{{Room: "report", Title: "nơi khác"}}}
	for f, want := range map[desk.Filter]string{
		{}:                             "muộn, sắp đến, xa, chờ ký; nơi khác",
		{Whose: "mine"}:                "muộn, xa; nơi khác",
		{Whose: "all", Room: "paper"}:  "chờ ký; ",
		{When: "late"}:                 "muộn; ",
		{When: "ahead"}:                "sắp đến; ",
		{Room: "report"}:               "xa; nơi khác",
		{Whose: "mine", Room: "paper"}: "; ",
	} {
		var titles [2][]string
		left := d.Only(f)
		for i, items := range [][]desk.Item{left.Items, left.Waiting} {
			for _, item := range items {
				titles[i] = append(titles[i], item.Title)
			}
		}
		if got := strings.Join(titles[0], ", ") + "; " + strings.Join(titles[1], ", "); got != want {
			t.Errorf("%+v leaves %q, want %q", f, got, want)
		}
	}
	p := d.Part(false)
	if len(p.Now) != 1 || p.Now[0].Title != "chờ ký" || len(p.Ahead) != 1 {
		t.Errorf("what others wait for stands first: %+v", p)
	}
}
