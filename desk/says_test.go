package desk_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/desk"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/org"
	"giaoban/sample/sampletest"
)

// silent gives the roles whose desk says nothing to its reader: no line, not why none comes, not what would come.
func silent(t *testing.T, tx *db.Tx, body db.ID) (roles []string) {
	t.Helper()
	for _, role := range access.Roles {
		if !deskOf(t, tx, access.Actor{Person: "ai-do", Name: "Ai đó", Role: role, Body: body}).Says() {
			roles = append(roles, string(role))
		}
	}
	return roles
}

// ages are an office on its first day, and the sample in the middle of a quarter, after it, and three years later.
func ages(t *testing.T, test func(t *testing.T, tx *db.Tx, body db.ID)) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name+" empty", func(t *testing.T) {
			d := e.From(t, "", nil, dbtest.NewClock("2022-04-01").Now)
			dbtest.Begin(t, d, func(tx *db.Tx) {
				b, err := org.Create(tx, access.System("dựng"), org.New{Code: "BTG", Name: "Ban", ShortName: "Ban", Kind: org.Commission, ValidFrom: calendar.On(2010, 1, 1)})
				if err != nil {
					t.Fatal(err)
				}
				test(t, tx, b.ID)
			})
		})
		for _, day := range []string{"2022-03-17", "2022-04-20"} {
			t.Run(e.Name+" "+day, func(t *testing.T) {
				p := sampletest.Open(t, e, day)
				dbtest.Begin(t, p.DB, func(tx *db.Tx) {
					for _, body := range []db.ID{p.BTGTU.ID, p.SYT.ID, p.BTGDK.ID} {
						test(t, tx, body)
					}
				})
			})
		}
	}
}

func TestEveryDeskSaysWhatThereIs(t *testing.T) {
	asked := 0
	ages(t, func(t *testing.T, tx *db.Tx, body db.ID) {
		asked += len(access.Roles)
		if roles := silent(t, tx, body); len(roles) > 0 {
			t.Errorf("these desks say nothing: %s. Give each its sources and its quiet sentence in desk.desks", strings.Join(roles, ", "))
		}
	})
	t.Logf("%d desks were asked", asked)
}

// A role that somebody forgot to give a desk is told, in an office of any age.
func TestASilentDeskIsTold(t *testing.T) {
	defer desk.Silence(access.Clerk)()
	ages(t, func(t *testing.T, tx *db.Tx, body db.ID) {
		if roles := strings.Join(silent(t, tx, body), ", "); roles != "clerk" {
			t.Errorf("the planted silence is told as %q", roles)
		}
	})
}
