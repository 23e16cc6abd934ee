package people_test

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/people"
)

// try takes the steps of a sign-in without the cost of hashing: right says whether the password was.
func try(t *testing.T, d *db.DB, login, device, host string, right bool) (mark string, err error) {
	t.Helper()
	var c people.Candidate
	if err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		c, err = people.Check(tx, login, device, host)
		return err
	}); err != nil {
		return "", err
	}
	return c.Device(), d.WriteOr(t.Context(), func(tx *db.Tx) error {
		_, err := people.SignIn(tx, c, right, host)
		return err
	}, func(tx *db.Tx, err error) error { return people.NoteFailure(tx, c, host, err) })
}

func TestNoMoreThanTenGuessesAMinuteAreLookedAt(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o *office) {
		looked := 0
		for i := range 300 {
			// A new address each time, as a network of hijacked machines has.
			_, err := try(t, d, "ha.btg", "", fmt.Sprintf("10.9.%d.%d", i/250, i%250), false)
			switch {
			case fault.Is(err, fault.KindInvalid):
				looked++
			case !fault.Is(err, fault.KindTooMany):
				t.Fatal(err)
			case !strings.Contains(err.Error(), " giây"):
				t.Fatalf("no waiting time: %v", err)
			}
		}
		if looked != 10 {
			t.Errorf("%d guesses were looked at", looked)
		}
		if _, err := try(t, d, "ha.btg", "", laptop, true); !fault.Is(err, fault.KindTooMany) {
			t.Errorf("the right password told itself apart: %v", err)
		}
		later(o, time.Minute+time.Second)
		if _, err := try(t, d, "ha.btg", "", laptop, true); err != nil {
			t.Errorf("after the wait: %v", err)
		}
	})
}

func TestAThousandGuessesAtOnceFromOneAddressAreStillEight(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o *office) {
		var c people.Candidate
		if err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
			c, err = people.Check(tx, "ha.btg", "", laptop)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		var looked atomic.Int32
		var all sync.WaitGroup
		for range 200 {
			all.Go(func() {
				err := d.WriteOr(t.Context(), func(tx *db.Tx) error {
					_, err := people.SignIn(tx, c, false, laptop)
					return err
				}, func(tx *db.Tx, err error) error { return people.NoteFailure(tx, c, laptop, err) })
				if fault.Is(err, fault.KindInvalid) {
					looked.Add(1)
				}
			})
		}
		all.Wait()
		if looked.Load() != 8 {
			t.Errorf("%d were looked at", looked.Load())
		}
	})
}

// Whoever guesses from one address does not shut out the real user, who comes from another.
func TestGuessesFromOneAddressLeaveTheUserHisPart(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o *office) {
		for range 30 {
			try(t, d, "ha.btg", "", "203.0.113.9", false)
		}
		if _, err := try(t, d, "ha.btg", "", "203.0.113.9", true); !fault.Is(err, fault.KindTooMany) {
			t.Errorf("there the right password is looked at: %v", err)
		}
		if _, err := try(t, d, "ha.btg", "", "198.51.100.1", true); err != nil {
			t.Errorf("the real user is shut out: %v", err)
		}
	})
}

func TestSprayingOverManyAccountsIsBoundedByAddress(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o *office) {
		looked := 0
		for i := range 100 {
			// One line of the network has a whole /64 of addresses.
			if _, err := try(t, d, fmt.Sprintf("canbo%d", i), "", fmt.Sprintf("2001:db8::%x", i), false); fault.Is(err, fault.KindInvalid) {
				looked++
			}
		}
		if looked != 10 {
			t.Errorf("%d guesses were looked at", looked)
		}
		if _, err := try(t, d, "mai.syt", "", "2001:db9::1", true); err != nil {
			t.Errorf("from elsewhere: %v", err)
		}
	})
}

func TestTheRealUserOnAKnownDeviceStillEnters(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o *office) {
		mark, err := try(t, d, "ha.btg", "", laptop, true)
		if err != nil {
			t.Fatal(err)
		}
		for range 12 {
			try(t, d, "ha.btg", "", laptop, false)
			try(t, d, "mai.syt", "", laptop, false)
		}
		if _, err := try(t, d, "ha.btg", "", laptop, true); !fault.Is(err, fault.KindTooMany) {
			t.Fatalf("the account is not under guard: %v", err)
		}
		again, err := try(t, d, "ha.btg", mark, laptop, true)
		if err != nil || again != mark {
			t.Errorf("on the known device: %v", err)
		}
		if _, err := try(t, d, "mai.syt", mark, laptop, true); !fault.Is(err, fault.KindTooMany) {
			t.Errorf("the mark of one account let another in: %v", err)
		}
		looked := 0
		for range 30 {
			if _, err := try(t, d, "ha.btg", mark, laptop, false); fault.Is(err, fault.KindInvalid) {
				looked++
			}
		}
		if looked != 10 {
			t.Errorf("on a stolen device %d guesses were looked at", looked)
		}
	})
}

func TestAPlantedMarkIsNotTakenOver(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o *office) {
		planted := strings.Repeat("x", 43)
		mark, err := try(t, d, "ha.btg", planted, laptop, true)
		if err != nil || mark == planted {
			t.Errorf("the mark is the planted one (%v)", err)
		}
	})
}

func TestAnUnknownLoginTakesAsLongAsAKnownOne(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o *office) {
		spent := func(login string) string {
			var c people.Candidate
			if err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
				c, err = people.Check(tx, login, "", laptop)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			hash := c.Hash()
			if c.Matches("không phải mật khẩu") {
				t.Fatal("a wrong password matches")
			}
			cost, _, found := strings.Cut(strings.TrimPrefix(hash, "$argon2id$v=19$"), "$")
			if !found {
				t.Fatalf("%s is compared with %q", login, hash)
			}
			return cost
		}
		// What a guess costs stands in the hash it is compared with: memory, passes, threads. No clock is asked.
		if known, unknown := spent("ha.btg"), spent("khong.co.ai"); known != unknown {
			t.Errorf("known %s, unknown %s", known, unknown)
		}
	})
}

func TestWeakPasswordsAreNamed(t *testing.T) {
	for password, good := range map[string]bool{
		"ngắn quá": false, "123456789012": false, "matkhau@2024": false, "Mật khẩu 12345": false, "adminadmin99": false,
		"qwertyuiop[]": false, "aaaaaaaaaaaa": false, "abc1abc1abc1": false, "ha.btg.12345": false, "anhyeuem123456": false,
		"VietNam@2025!": false, "tuyengiao2022": false, "có ký tự\x00lạ đấy": false,
		phrase: true, "correct horse battery staple": true, "Cá rô kho tộ 3 bát": true, "x7#Kq2!vLm9$": true,
	} {
		if err := people.CheckPassword(password, "ha.btg"); (err == nil) != good {
			t.Errorf("%q: %v", password, err)
		}
	}
	if err := people.CheckPassword(strings.Repeat("dài quá ", 200), ""); err == nil {
		t.Error("a kilobyte was taken")
	}
}

// OWASP's password storage cheat sheet: argon2id with at least 19 MiB and two passes.
func TestAGuessCostsTheGuesserMemoryAndTime(t *testing.T) {
	defer func() { people.SpendLittle() }()
	asInTheOffice()
	h, err := people.HashPassword(phrase)
	if err != nil || !strings.HasPrefix(h, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("%s %v", h, err)
	}
}

func TestAPasswordIsTheSameComposedAndDecomposed(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o *office) {
		if _, _, err := enter(t, d, "ha.btg", "sa\u0301ng nay trơ\u0300i trong xanh", "", laptop); err != nil {
			t.Error(err)
		}
	})
}

func FuzzStoredHashesNeverStopTheProgram(f *testing.F) {
	f.Add(phraseHash)
	f.Add("$argon2id$v=19$m=4294967295,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA")
	f.Add("$argon2id$v=19$m=19456,t=2,p=0$$")
	f.Fuzz(func(t *testing.T, phc string) {
		if err := people.ReadableHash(phc); err == nil && !strings.HasPrefix(phc, "$argon2id$v=19$") {
			t.Error(phc)
		}
	})
}

func TestATokenActsForItsRoleUntilItIsRevoked(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, o *office) {
		var secret, any string
		var id db.ID
		write(t, d, func(tx *db.Tx) (err error) {
			if secret, id, err = people.AddToken(tx, system, access.AgencyLeader, "SYT", false, "Phần mềm của Sở Y tế"); err != nil {
				return err
			}
			any, _, err = people.AddToken(tx, system, access.CommissionOfficer, "", true, "")
			return err
		})
		resolve := func(bearer string) (by access.Actor) {
			if err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
				by, err = people.TokenActor(tx, bearer)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return by
		}
		if len(secret) != 46 || !strings.HasPrefix(secret, "gb_") {
			t.Errorf("token %q", secret)
		}
		by := resolve(secret)
		if by.Role != access.AgencyLeader || by.Body != o.syt || by.BodyCode != "SYT" || by.Token != id || by.AnyBody {
			t.Errorf("%+v", by)
		}
		if by := resolve(any); !by.AnyBody || by.Body != o.btg || !by.Can(access.SubmitReport, o.syt) {
			t.Errorf("%+v", by)
		}
		for _, forged := range []string{"", "gb_", strings.Replace(secret, "gb_", "gb-", 1), "gb_" + strings.Repeat("A", 43)} {
			if resolve(forged) != access.Nobody {
				t.Errorf("%q acts", forged)
			}
		}
		write(t, d, func(tx *db.Tx) error { return people.RevokeToken(tx, system, secret) })
		if resolve(secret) != access.Nobody {
			t.Error("a revoked token acts")
		}
		err := d.Write(t.Context(), func(tx *db.Tx) error { return people.RevokeToken(tx, system, string(id)) })
		if !fault.Is(err, fault.KindConflict) {
			t.Error(err)
		}
		for _, wrong := range []struct {
			role access.Role
			org  string
			any  bool
		}{{"chief", "", false}, {access.AgencyOfficer, "", false}, {access.AgencyOfficer, "SYT", true}, {access.CommissionOfficer, "SYT", false}, {access.AgencyOfficer, "XXX", false}} {
			if err := d.Write(t.Context(), func(tx *db.Tx) error {
				_, _, err := people.AddToken(tx, system, wrong.role, wrong.org, wrong.any, "")
				return err
			}); fault.Of(err) == nil {
				t.Errorf("%+v was given: %v", wrong, err)
			}
		}
	})
}
