package access_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/internal/fault"
	"giaoban/internal/id"
)

// The table is read by people before it is trusted: a change of authority shows as a change of this file.
func TestAuthorityIsWhatWasAgreed(t *testing.T) {
	var out strings.Builder
	out.WriteString("a: mọi cơ quan · o: cơ quan mình · -: không\n\n")
	for _, row := range access.Table {
		fmt.Fprintf(&out, "%s\n", row.Name)
		for i, role := range access.Roles {
			if row.Reach[i] != '-' {
				fmt.Fprintf(&out, "\t%c %s\n", row.Reach[i], role.Name())
			}
		}
	}
	const golden = "testdata/authority.txt"
	if os.Getenv("UPDATE") != "" {
		os.MkdirAll("testdata", 0o777)
		if err := os.WriteFile(golden, []byte(out.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	agreed, err := os.ReadFile(golden)
	if err != nil || string(agreed) != out.String() {
		t.Errorf("authority changed (%v); read the difference, then UPDATE=1 go test ./access", err)
	}
}

func TestTableHasOneRowForEveryActInOrder(t *testing.T) {
	for i, row := range access.Table {
		if int(row.Act) != i || len(row.Reach) != len(access.Roles) || strings.Trim(row.Reach, "-oa") != "" || row.Name == "" {
			t.Errorf("row %d is %+v", i, row)
		}
	}
	if len(access.Table) != access.Acts {
		t.Errorf("%d rows for %d acts", len(access.Table), access.Acts)
	}
}

func TestOwnReachesNoOtherBody(t *testing.T) {
	leader := access.Actor{Person: "p", Role: access.AgencyLeader, Body: "syt", Name: "Lê Thị Mai"}
	if err := leader.May(access.SubmitReport, "syt"); err != nil {
		t.Error(err)
	}
	for _, foreign := range []id.ID{"sgddt", ""} {
		if err := leader.May(access.SubmitReport, foreign); err == nil {
			t.Errorf("an agency's leader acted for %q", foreign)
		}
	}
	if err := leader.May(access.AcceptReport, "syt"); !fault.Is(err, fault.KindForbidden) {
		t.Errorf("an agency accepted its own report: %v", err)
	}
	if leader.Sees(access.ReadReport) != "syt" || leader.Sees(access.ReadJournal) != "-" {
		t.Error("an agency reads more than its own")
	}
}

func TestNobodyMayNothing(t *testing.T) {
	for _, row := range access.Table {
		if err := access.Nobody.May(row.Act, "syt"); !fault.Is(err, fault.KindSignIn) {
			t.Errorf("nobody may %s: %v", row.Name, err)
		}
		if access.Nobody.Sees(row.Act) != "-" {
			t.Errorf("nobody sees %s", row.Name)
		}
	}
}

func TestATokenForAnyBodyHandsInReportsAndNothingMore(t *testing.T) {
	token := access.Actor{Token: "t", Role: access.CommissionOfficer, Body: "btg", AnyBody: true}
	if err := token.May(access.SubmitReport, "syt"); err != nil {
		t.Error(err)
	}
	if err := token.May(access.SignPaper, "btg"); err == nil {
		t.Error("the token signed a paper")
	}
}
