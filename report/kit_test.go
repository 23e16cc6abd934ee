package report_test

import (
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/report"
)

func TestEveryKitIsAWholeRegime(t *testing.T) {
	kinds := map[string]calendar.Kind{"kg-thang": calendar.Month, "kg-quy": calendar.Quarter, "kg-9-thang": calendar.NineMonths, "kg-nam": calendar.Year}
	for _, k := range report.Kits() {
		if kinds[k.Code] != k.Kind {
			t.Errorf("%s is reported by the %s", k.Code, k.Kind)
		}
		delete(kinds, k.Code)
		if len(k.Outline.Indicators) < 40 || len(k.Outline.Sections) < 4 {
			t.Errorf("%s has %d indicators and %d sections", k.Code, len(k.Outline.Indicators), len(k.Outline.Sections))
		}
		if !k.Outline.Clone().AskFar {
			t.Errorf("%s takes figures far from the last ones without asking", k.Code)
		}
		of := make(map[string]int)
		for _, in := range k.Outline.Indicators {
			of[in.Sector]++
		}
		for _, s := range k.Outline.Sectors {
			if s.Code != "TM" && of[s.Code] < 2 {
				t.Errorf("%s asks %d figures of %s", k.Code, of[s.Code], s.Name)
			}
		}
		if (k.Conference != nil) != (k.Kind == calendar.Quarter) {
			t.Errorf("%s: conference %v", k.Code, k.Conference)
		}
	}
	if len(kinds) > 0 {
		t.Errorf("no kit for %v", kinds)
	}
	if k, err := report.FindKit("9-thang"); err != nil || k.Code != "kg-9-thang" {
		t.Errorf("9-thang is %s, %v", k.Code, err)
	}
	if _, err := report.FindKit("tuan"); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("a kit of the week: %v", err)
	}
}

// emptyOffice has the commission, one of its units and nothing else.
func emptyOffice(t *testing.T, e dbtest.Engine) (o *office, officer access.Actor) {
	t.Helper()
	o = &office{d: e.From(t, "", nil, dbtest.NewClock("2026-11-30").Now)}
	o.write(t, func(tx *db.Tx) error {
		b, err := org.Create(tx, access.System("thử"), org.New{Code: "BTG", Name: "Ban Tuyên giáo và Dân vận Tỉnh ủy", Kind: org.Commission, ValidFrom: calendar.On(2025, 2, 1)})
		officer = access.Actor{Person: "officer", Name: "Chuyên viên", Role: access.CommissionOfficer, Body: b.ID, BodyCode: b.Code}
		return err
	})
	return o, officer
}

func enterBody(t *testing.T, o *office, code, name string, kind org.Kind, sectors, functions []string) {
	t.Helper()
	o.write(t, func(tx *db.Tx) error {
		_, err := org.Create(tx, access.System("thử"), org.New{Code: code, Name: name, Kind: kind, ValidFrom: calendar.On(2025, 3, 1), Sectors: sectors, Functions: functions})
		return err
	})
}

func use(t *testing.T, o *office, by access.Actor, kit string, parts ...string) (used report.UsedKit) {
	t.Helper()
	o.write(t, func(tx *db.Tx) (err error) {
		used, err = report.UseKit(tx, by, kit, parts)
		return err
	})
	return used
}

func TestAKitIsUsedInOneStepAndAddsOnlyWhatIsMissingLater(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			o, officer := emptyOffice(t, e)
			first := use(t, o, officer, "quy")
			if !first.Made || first.Indicators < 40 || len(first.Assigned) > 0 || !first.From.IsZero() {
				t.Fatalf("in an empty office: %+v", first)
			}
			enterBody(t, o, "SYT", "Sở Y tế", org.Department, []string{"YT"}, nil)
			enterBody(t, o, "SNV", "Sở Nội vụ", org.Department, nil, []string{"lao-dong", "to-chuc-bo-may"})
			enterBody(t, o, "BTGNT", "Ban Tuyên giáo và Dân vận Nha Trang", org.LowerCommission, nil, nil)
			enterBody(t, o, "BAO", "Báo Khánh Hòa", org.Agency, nil, nil)
			second := use(t, o, officer, "kg-quy")
			if second.Made || len(second.Assigned) != 3 || second.From != calendar.MustPeriod("2026-Q4") {
				t.Fatalf("with three bodies: %+v", second)
			}
			o.read(t, func(tx *db.Tx) error {
				all, err := report.Assignments(tx, officer, second.Regime.ID)
				got := make(map[string]report.Scope)
				for _, a := range all {
					got[a.BodyCode] = a.Scope
				}
				if got["SYT"] != "YT" || got["SNV"] != "LD NV" || got["BTGNT"] != "CS" || len(got) != 3 {
					t.Errorf("assigned %v", got)
				}
				return err
			})
			if third := use(t, o, officer, "quy"); third.Changed() {
				t.Errorf("a second run changes %+v", third)
			}
			o.write(t, func(tx *db.Tx) error {
				_, err := report.Open(tx, officer, "kg-quy", calendar.MustPeriod("2026-Q4"))
				return err
			})
		})
	}
}

func TestEachPartOfAKitMayBeLeftOut(t *testing.T) {
	for _, k := range report.Kits() {
		for _, left := range k.Parts() {
			o, officer := emptyOffice(t, dbtest.Engines(t)[0])
			enterBody(t, o, "SYT", "Sở Y tế", org.Department, []string{"YT", "GD"}, nil)
			var parts []string
			for _, p := range k.Parts() {
				if p.Code != left.Code {
					parts = append(parts, p.Code)
				}
			}
			used := use(t, o, officer, k.Code, parts...)
			o.read(t, func(tx *db.Tx) error {
				forms, err := report.Forms(tx, officer, used.Regime.ID)
				if err != nil {
					return err
				}
				f := forms[0]
				if left.Code == report.KitOutline && (len(f.Sections) > 0 || !used.From.IsZero()) {
					t.Errorf("%s without outline: %d sections, from %s", k.Code, len(f.Sections), used.From)
				}
				if left.Code == report.KitReporters && len(used.Assigned) > 0 {
					t.Errorf("%s without reporters: %d are asked", k.Code, len(used.Assigned))
				}
				for _, in := range f.Indicators {
					if in.Sector == left.Code {
						t.Errorf("%s without %s asks %s", k.Code, left.Code, in.Code)
					}
				}
				return nil
			})
		}
	}
}

// Where months are reported, the quarter shows their figures and asks for the rest.
func TestALongerKitDoesNotAskWhatAShorterOneHas(t *testing.T) {
	o, officer := emptyOffice(t, dbtest.Engines(t)[0])
	month := use(t, o, officer, "thang")
	quarter := use(t, o, officer, "quy")
	if quarter.Regime.FeedsFrom != month.Regime.ID || quarter.Indicators == 0 || quarter.Indicators >= 40 {
		t.Errorf("the quarter is fed from %q and asks %d figures", quarter.Regime.FeedsFrom, quarter.Indicators)
	}
	all, _ := report.FindKit("nam")
	var parts []string
	for _, p := range all.Parts() {
		if p.Code != report.KitFeed {
			parts = append(parts, p.Code)
		}
	}
	if year := use(t, o, officer, "nam", parts...); year.Regime.FeedsFrom != "" || year.Indicators != len(all.Outline.Indicators) {
		t.Errorf("the year by itself is fed from %q and asks %d", year.Regime.FeedsFrom, year.Indicators)
	}
}

func TestOnlyWhoManagesRegimesUsesAKit(t *testing.T) {
	o, officer := emptyOffice(t, dbtest.Engines(t)[0])
	officer.Role = access.AgencyOfficer
	err := o.d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := report.UseKit(tx, officer, "quy", nil)
		return err
	})
	if !fault.Is(err, fault.KindForbidden) {
		t.Errorf("an agency uses a kit: %v", err)
	}
	officer.Role = access.CommissionOfficer
	for _, parts := range [][]string{{"xyz"}, {report.KitOutline}} {
		err := o.d.Write(t.Context(), func(tx *db.Tx) error {
			_, err := report.UseKit(tx, officer, "quy", parts)
			return err
		})
		if !fault.Is(err, fault.KindInvalid) {
			t.Errorf("parts %v: %v", parts, err)
		}
	}
}
