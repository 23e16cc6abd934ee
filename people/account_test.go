package people_test

import (
	"math"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/people"
)

func TestOneClickIsForPersonsWithAnAccount(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o *office) {
		var cookie string
		write(t, d, func(tx *db.Tx) (err error) {
			cookie, err = people.SignInAs(tx, o.mai)
			return err
		})
		if by, _ := whois(t, d, cookie); by.Person != o.mai {
			t.Errorf("%+v", by)
		}
		write(t, d, func(tx *db.Tx) error {
			all, err := people.Everyone(tx, system, today)
			if err != nil || len(all) != 3 || all[2].Body != "Sở Y tế" {
				t.Errorf("%+v %v", all, err)
			}
			if _, err := people.SignInAs(tx, "nobody"); !fault.Is(err, fault.KindMissing) {
				t.Error(err)
			}
			return nil
		})
	})
}

func TestTheCommissionsRolesAreForItsOwnPeople(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o *office) {
		for role, allowed := range map[access.Role]bool{access.CommissionOfficer: false, access.CommissionLeader: false, access.Clerk: false,
			access.AgencyLeader: true, access.Speaker: true, "chief": false} {
			err := d.Write(t.Context(), func(tx *db.Tx) error {
				_, err := people.AddPost(tx, system, o.mai, o.syt, "Phó Giám đốc", role, people.SignsByTitle, today, calendar.Date{})
				return err
			})
			if (err == nil) != allowed {
				t.Errorf("%s in a department: %v", role, err)
			}
		}
	})
}

func TestOnlyAdministratorsManageAccounts(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o *office) {
		for _, role := range access.Roles {
			by := access.Actor{Person: "ai đó", Role: role, Body: o.syt}
			dbtest.Begin(t, d, func(tx *db.Tx) {
				_, accounts := people.Accounts(tx, by)
				_, persons := people.Persons(tx, by)
				_, everyone := people.Everyone(tx, by, today)
				_, tokens := people.Tokens(tx, by)
				_, person := people.AddPerson(tx, by, "Ngô Văn Mới", "")
				_, post := people.AddPost(tx, by, o.mai, o.syt, "Giám đốc", access.AgencyLeader, people.SignsByTitle, today, calendar.Date{})
				_, found := people.FindAccount(tx, by, "ha.btg")
				_, held := people.PostsHeldBy(tx, by, o.ha)
				_, _, token := people.AddToken(tx, by, access.AgencyLeader, "SYT", false, "")
				for i, err := range []error{accounts, persons, everyone, tokens, person, post, found, held, token,
					people.Disable(tx, by, o.haAccount)} {
					if (err == nil) != (role == access.Administrator) {
						t.Errorf("%s, %d: %v", role, i, err)
					}
				}
			})
		}
	})
}

func TestTelephonesAreForWhoMayCall(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o *office) {
		dbtest.Begin(t, d, func(tx *db.Tx) {
			for by, shown := range map[access.Actor]bool{
				{Role: access.CommissionOfficer, Body: o.btg}: true,
				{Role: access.AgencyOfficer, Body: o.syt}:     true,
				{Role: access.AgencyOfficer, Body: "khác"}:    false,
			} {
				posts, err := people.PostsOf(tx, by, o.syt, today)
				if err != nil || len(posts) != 1 || (posts[0].Phone != "") != shown {
					t.Errorf("%s of %s: %+v %v", by.Role, by.Body, posts, err)
				}
			}
			if before, err := people.PostsOf(tx, system, o.syt, begun.AddDays(-1)); err != nil || len(before) != 0 {
				t.Errorf("before the post began: %v %v", before, err)
			}
		})
	})
}

func TestTheJournalNamesWhoSignedInAndNeverAnUnknownLogin(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o *office) {
		typed := "mật khẩu gõ nhầm ô"
		if _, _, err := enter(t, d, typed, phrase, "", laptop); !fault.Is(err, fault.KindInvalid) {
			t.Fatal(err)
		}
		if _, _, err := enter(t, d, "ha.btg", phrase, "", laptop); err != nil {
			t.Fatal(err)
		}
		if err := d.Read(t.Context(), func(tx *db.Tx) error {
			lines, err := journal.Latest(tx, system, journal.Acts, math.MaxInt32, 2)
			if err != nil {
				return err
			}
			if lines[0].Verb != "signed_in" || lines[0].Actor != string(o.ha) || lines[0].Subject != o.haAccount {
				t.Errorf("%+v", lines[0])
			}
			if lines[1].Verb != "sign_in_failed" || lines[1].Subject != "" {
				t.Errorf("%+v", lines[1])
			}
			for _, l := range lines {
				if strings.Contains(l.Details, laptop) || strings.Contains(l.Details+l.Private+string(l.Subject), typed) {
					t.Errorf("personal data in clear: %+v", l)
				}
			}
			found, err := tx.Exists("select 1 from sign_in_failure where login like ?", "%"+typed+"%")
			if found {
				t.Error("what was typed is kept")
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	})
}
