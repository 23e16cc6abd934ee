package report_test

import (
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/report"
)

// divided is the small province with each department asked only for its own field, SKHCN for both.
func divided(t *testing.T, e dbtest.Engine) *office {
	t.Helper()
	o := newOffice(t, e)
	o.write(t, func(tx *db.Tx) error {
		r, err := report.FindRegime(tx, o.officer, "kg-quy")
		if err != nil {
			return err
		}
		for i, scope := range []report.Scope{"yte", "gddt"} {
			if err := report.Unassign(tx, o.officer, r.ID, o.bodies[i].ID, calendar.On(2021, 12, 31), ""); err != nil {
				return err
			}
			if err := report.AssignScope(tx, o.officer, r.ID, []db.ID{o.bodies[i].ID}, scope, calendar.On(2022, 1, 1), ""); err != nil {
				return err
			}
		}
		return nil
	})
	o.open(t, "2022-Q1")
	return o
}

func TestADepartmentIsAskedOnlyForItsField(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			o := divided(t, e)
			o.read(t, func(tx *db.Tx) error {
				s, err := report.Fill(tx, o.focal(0), o.obligation(t, "2022-Q1", 0).ID)
				if err != nil {
					return err
				}
				if len(s.Form.Sectors) != 1 || s.Form.Sectors[0].Code != "yte" || s.Form.Asks(report.SectionResults, "gddt") || !s.Form.Asks(report.SectionResults, "yte") {
					t.Errorf("Sở Y tế is asked for %v", s.Form.Sectors)
				}
				return nil
			})
			fields := o.refused(t, fault.KindInvalid, func(tx *db.Tx) error {
				_, err := report.Prepare(tx, o.leader(0), "kg-quy", calendar.MustPeriod("2022-Q1"), "SYT",
					report.Input{Values: map[string]*string{"kham": text("10"), "truong": text("3")}})
				return err
			})
			if len(fields.Problems) != 1 || fields.Problems[0].Field != "value.truong" {
				t.Errorf("refused with %v", fields.Problems)
			}
		})
	}
}

func TestNobodyLacksWhatItIsNotAskedFor(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			o := divided(t, e)
			for i, values := range []map[string]*string{
				{"kham": text("10"), "bacsi": text("4")},
				{"truong": text("3")},
			} {
				var p report.Prepared
				o.read(t, func(tx *db.Tx) (err error) {
					p, err = report.Prepare(tx, o.leader(i), "kg-quy", calendar.MustPeriod("2022-Q1"), o.bodies[i].Code, report.Input{Values: values})
					return err
				})
				o.write(t, func(tx *db.Tx) error {
					receipt, err := report.Submit(tx, o.leader(i), p)
					if err != nil {
						return err
					}
					return report.Accept(tx, o.officer, receipt.ID)
				})
			}
			want := map[string]string{ // SKHCN, asked for everything, has not reported
				"kham": "lacking 1 also", "kham_nu": "lacking 2 also SYT", "bacsi": "lacking 1 also", "sdd": "lacking 2 also SYT",
				"truong": "lacking 1 also", "dat": "lacking 2 also SGDDT", "ty_le": "lacking 2 also SGDDT",
			}
			for _, include := range []report.Include{report.Accepted, report.Submitted} {
				o.read(t, func(tx *db.Tx) error {
					f, err := consolidation.AddUp(tx, o.officer, "kg-quy", calendar.MustPeriod("2022-Q1"), include)
					if err != nil {
						return err
					}
					for _, fig := range f.Figures {
						names := []string{"lacking", string(rune('0' + fig.Lacking)), "also"}
						for _, b := range fig.LackingAlso {
							names = append(names, b.Code)
						}
						if got := strings.Join(names, " "); got != want[fig.Indicator.Code] {
							t.Errorf("%s: %s, want %s", fig.Indicator.Code, got, want[fig.Indicator.Code])
						}
					}
					if len(f.Missing) != 1 || f.Missing[0].Body.Code != "SKHCN" {
						t.Errorf("missing %v", f.Missing)
					}
					return nil
				})
			}
		})
	}
}

func TestASectorThatTheFormDoesNotHaveIsRefused(t *testing.T) {
	o := newOffice(t, dbtest.Engines(t)[0])
	o.refused(t, fault.KindInvalid, func(tx *db.Tx) error {
		r, err := report.FindRegime(tx, o.officer, "kg-quy")
		if err != nil {
			return err
		}
		return report.AssignScope(tx, o.officer, r.ID, []db.ID{o.bodies[0].ID}, "yte bien", calendar.On(2023, 1, 1), "")
	})
}
