package people_test

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
	"giaoban/people"
)

var (
	system = access.System("kiểm thử")
	begun  = calendar.On(2021, 1, 1)
	today  = calendar.On(2022, 4, 1)
)

// office is the commission and one department, with an officer in each and an administrator.
type office struct {
	clock            *dbtest.Clock
	btg, syt         db.ID
	ha, mai, root    db.ID // persons
	haAccount, chief db.ID // accounts of ha and root
}

const (
	phrase = "sáng nay trời trong xanh"
	laptop = "10.1.2.3"
)

// phraseHash is made when hashes have become cheap: nearly every test here signs somebody in.
var asInTheOffice, phraseHash = people.SpendLittle(), func() string {
	h, err := people.HashPassword(phrase)
	if err != nil {
		panic(err)
	}
	return h
}()

// each runs the test on both engines, in an office of 01/4/2022.
func each(t *testing.T, test func(t *testing.T, d *db.DB, o *office)) {
	t.Helper()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			o := &office{clock: dbtest.NewClock("2022-04-01")}
			d := e.From(t, "", nil, o.clock.Now)
			write(t, d, func(tx *db.Tx) error { return o.build(tx) })
			test(t, d, o)
		})
	}
}

func (o *office) build(tx *db.Tx) error {
	btg, err := org.Create(tx, system, org.New{Code: "BTGTU", Name: "Ban Tuyên giáo Tỉnh ủy", Kind: org.Commission, ValidFrom: begun})
	if err != nil {
		return err
	}
	syt, err := org.Create(tx, system, org.New{Code: "SYT", Name: "Sở Y tế", Kind: org.Department, ValidFrom: begun})
	if err != nil {
		return err
	}
	o.btg, o.syt = btg.ID, syt.ID
	for _, p := range []struct {
		person, account *db.ID
		name, login     string
		body            db.ID
		role            access.Role
	}{
		{&o.ha, &o.haAccount, "Phạm Thu Hà", "ha.btg", o.btg, access.CommissionOfficer},
		{&o.mai, new(db.ID), "Lê Thị Mai", "mai.syt", o.syt, access.AgencyOfficer},
		{&o.root, &o.chief, "Trần Văn Quản", "quan", o.btg, access.Administrator},
	} {
		if *p.person, err = people.AddPerson(tx, system, p.name, "0258 000 000"); err != nil {
			return err
		}
		if _, err = people.AddPost(tx, system, *p.person, p.body, "Chuyên viên", p.role, people.SignsByTitle, begun, calendar.Date{}); err != nil {
			return err
		}
		if *p.account, err = people.AddAccount(tx, system, *p.person, p.login, phraseHash); err != nil {
			return err
		}
	}
	return nil
}

func write(t *testing.T, d *db.DB, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Write(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// enter does what the sign-in page does.
func enter(t *testing.T, d *db.DB, login, password, device, host string) (cookie, mark string, err error) {
	t.Helper()
	var c people.Candidate
	if err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		c, err = people.Check(tx, login, device, host)
		return err
	}); err != nil {
		return "", "", err
	}
	ok := c.Matches(password)
	err = d.WriteOr(t.Context(), func(tx *db.Tx) (err error) {
		cookie, err = people.SignIn(tx, c, ok, host)
		return err
	}, func(tx *db.Tx, err error) error { return people.NoteFailure(tx, c, host, err) })
	return cookie, c.Device(), err
}

// whois resolves a cookie at the clock's moment.
func whois(t *testing.T, d *db.DB, cookie string) (by access.Actor, s people.Session) {
	t.Helper()
	if err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		by, s, err = people.Actor(tx, cookie)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return by, s
}

func later(o *office, by time.Duration) { o.clock.Set(o.clock.Now().Add(by)) }

func TestAnOfficialSignsInAndOut(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o *office) {
		cookie, _, err := enter(t, d, " Ha.BTG ", phrase, "", laptop)
		if err != nil {
			t.Fatal(err)
		}
		by, s := whois(t, d, cookie)
		if by.Person != o.ha || by.Role != access.CommissionOfficer || by.Body != o.btg || by.BodyCode != "BTGTU" || by.Name != "Phạm Thu Hà" {
			t.Errorf("%+v", by)
		}
		if !s.Valid(s.FormToken) || s.Valid("") || s.Valid(s.FormToken[1:]) || (people.Session{}).Valid("") {
			t.Error("the form token is not compared as it should be")
		}
		other, _, err := enter(t, d, "mai.syt", phrase, "", laptop)
		if err != nil {
			t.Fatal(err)
		}
		mai, _ := whois(t, d, other)
		write(t, d, func(tx *db.Tx) error { return people.SignOut(tx, mai, cookie) })
		if still, _ := whois(t, d, cookie); !still.SignedIn() {
			t.Error("somebody else ended the session")
		}
		write(t, d, func(tx *db.Tx) error { return people.SignOut(tx, by, cookie) })
		if still, _ := whois(t, d, cookie); still != access.Nobody {
			t.Errorf("after signing out: %+v", still)
		}
		for _, forged := range []string{"", "x", strings.Repeat("A", 43), s.ID} {
			if who, _ := whois(t, d, forged); who != access.Nobody {
				t.Errorf("cookie %q is %+v", forged, who)
			}
		}
	})
}

func TestTheCookieIsNowhereInTheDatabase(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o *office) {
		cookie, mark, err := enter(t, d, "ha.btg", phrase, "", laptop)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Read(t.Context(), func(tx *db.Tx) error {
			var kept []string
			if err := tx.Select(&kept, "select id || device || form_token from session"); err != nil {
				return err
			}
			for _, row := range kept {
				if strings.Contains(row, cookie) || strings.Contains(row, mark) {
					t.Error("a secret is kept in clear")
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
}

func TestAnIdleSessionEndsAfterTwelveHours(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o *office) {
		cookie, _, err := enter(t, d, "ha.btg", phrase, "", laptop)
		if err != nil {
			t.Fatal(err)
		}
		later(o, 11*time.Hour)
		by, s := whois(t, d, cookie)
		if !by.SignedIn() || !s.Old() {
			t.Fatalf("%+v %+v", by, s)
		}
		write(t, d, func(tx *db.Tx) error { return people.Touch(tx, s) })
		later(o, 11*time.Hour)
		if by, _ := whois(t, d, cookie); !by.SignedIn() {
			t.Error("a session in use ended")
		}
		later(o, time.Hour+time.Minute)
		if by, _ := whois(t, d, cookie); by.SignedIn() {
			t.Error("an idle session goes on")
		}
	})
}

func TestNoSessionOutlivesAWeek(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o *office) {
		cookie, _, err := enter(t, d, "ha.btg", phrase, "", laptop)
		if err != nil {
			t.Fatal(err)
		}
		for range 16 {
			later(o, 10*time.Hour+25*time.Minute)
			by, s := whois(t, d, cookie)
			if !by.SignedIn() {
				t.Fatal("ended early")
			}
			write(t, d, func(tx *db.Tx) error { return people.Touch(tx, s) })
		}
		later(o, 90*time.Minute) // 7 days have passed
		if by, _ := whois(t, d, cookie); by.SignedIn() {
			t.Error("the session goes on")
		}
	})
}

func TestAMovedOfficialLosesAuthorityAtOnce(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o *office) {
		cookie, _, err := enter(t, d, "mai.syt", phrase, "", laptop)
		if err != nil {
			t.Fatal(err)
		}
		write(t, d, func(tx *db.Tx) error {
			posts, err := people.PostsHeldBy(tx, system, o.mai)
			if err != nil {
				return err
			}
			return people.EndPost(tx, system, posts[0].ID, today.AddDays(-1))
		})
		if by, _ := whois(t, d, cookie); by != access.Nobody {
			t.Fatalf("still %+v", by)
		}
		if _, _, err := enter(t, d, "mai.syt", phrase, "", laptop); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("without a post: %v", err)
		}
		write(t, d, func(tx *db.Tx) error {
			_, err := people.AddPost(tx, system, o.mai, o.btg, "Chuyên viên", access.Clerk, people.SignsByTitle, today, calendar.Date{})
			return err
		})
		if by, _ := whois(t, d, cookie); by.Role != access.Clerk || by.Body != o.btg {
			t.Errorf("in the new post: %+v", by)
		}
	})
}

func TestAPostEndsWithItsLastDay(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o *office) {
		cookie, _, err := enter(t, d, "mai.syt", phrase, "", laptop)
		if err != nil {
			t.Fatal(err)
		}
		write(t, d, func(tx *db.Tx) error {
			posts, err := people.PostsHeldBy(tx, system, o.mai)
			if err != nil {
				return err
			}
			return people.EndPost(tx, system, posts[0].ID, today)
		})
		later(o, 8*time.Hour)
		_, s := whois(t, d, cookie)
		write(t, d, func(tx *db.Tx) error { return people.Touch(tx, s) })
		o.clock.Set(today.EndOfDay().Add(-time.Second))
		if by, _ := whois(t, d, cookie); !by.SignedIn() {
			t.Error("the post ended before its last day was over")
		}
		o.clock.Set(today.AddDays(1).StartOfDay())
		if by, _ := whois(t, d, cookie); by.SignedIn() {
			t.Error("the post goes on after its last day")
		}
	})
}

func TestAShutAccountIsOutAtOnceAndAnewOnlyByPassword(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o *office) {
		cookie, mark, err := enter(t, d, "ha.btg", phrase, "", laptop)
		if err != nil {
			t.Fatal(err)
		}
		root := access.Actor{Person: o.root, Role: access.Administrator, Body: o.btg}
		write(t, d, func(tx *db.Tx) error { return people.Disable(tx, root, o.haAccount) })
		if by, _ := whois(t, d, cookie); by != access.Nobody {
			t.Errorf("still %+v", by)
		}
		if _, _, err := enter(t, d, "ha.btg", phrase, mark, laptop); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("a shut account: %v", err)
		}
		write(t, d, func(tx *db.Tx) error { return people.Enable(tx, root, o.haAccount) })
		if by, _ := whois(t, d, cookie); by != access.Nobody {
			t.Error("the old session came back")
		}
		if _, _, err := enter(t, d, "ha.btg", phrase, mark, laptop); err != nil {
			t.Error(err)
		}
		if err := d.Write(t.Context(), func(tx *db.Tx) error { return people.Disable(tx, root, o.chief) }); !fault.Is(err, fault.KindConflict) {
			t.Errorf("an administrator shut himself out: %v", err)
		}
	})
}

func TestANewPasswordEndsAllSessions(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o *office) {
		cookie, _, err := enter(t, d, "ha.btg", phrase, "", laptop)
		if err != nil {
			t.Fatal(err)
		}
		fresh, err := people.HashPassword("chiều nay có mưa rào nhẹ")
		if err != nil {
			t.Fatal(err)
		}
		mai := access.Actor{Person: o.mai, Role: access.AgencyOfficer, Body: o.syt}
		if err := d.Write(t.Context(), func(tx *db.Tx) error { return people.SetPassword(tx, mai, o.haAccount, fresh) }); !fault.Is(err, fault.KindForbidden) {
			t.Fatalf("a stranger's password: %v", err)
		}
		by, _ := whois(t, d, cookie)
		write(t, d, func(tx *db.Tx) error { return people.SetPassword(tx, by, o.haAccount, fresh) })
		if by, _ := whois(t, d, cookie); by.SignedIn() {
			t.Error("the session goes on")
		}
		if _, _, err := enter(t, d, "ha.btg", phrase, "", laptop); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("the old password: %v", err)
		}
		if _, _, err := enter(t, d, "ha.btg", "chiều nay có mưa rào nhẹ", "", laptop); err != nil {
			t.Error(err)
		}
	})
}
