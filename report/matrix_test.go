package report_test

import (
	"fmt"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/report"
)

func TestAPaperIsJudgedByTheDayItArrived(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		o.clock.Set(at("2022-03-25", "08:00:00.000000"))
		for i, day := range []int{16, 17} {
			var r report.Receipt
			o.write(t, func(tx *db.Tx) (err error) {
				r, err = report.EnterPaper(tx, o.clerk, o.obligation(t, "2022-Q1", i), report.Draft{Values: map[string]string{"kham": "7"}},
					report.Original{Number: "12/BC-SYT"}, report.Arrival{Number: "45", Date: calendar.On(2022, 3, day)})
				return err
			})
			if r.Late != (day == 17) {
				t.Errorf("đến ngày %d: muộn = %v", day, r.Late)
			}
		}
		o.refused(t, fault.KindForbidden, func(tx *db.Tx) error {
			_, err := report.EnterPaper(tx, o.focal(0), o.obligation(t, "2022-Q1", 0), report.Draft{}, report.Original{}, report.Arrival{})
			return err
		})
	})
}

func TestNothingToReportTakesOneStep(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		var r report.Receipt
		o.write(t, func(tx *db.Tx) (err error) {
			r, err = report.Nil(tx, o.focal(0), o.obligation(t, "2022-Q1", 0), "Không phát sinh")
			return err
		})
		o.accept(t, r.ID)
		if s := o.obligation(t, "2022-Q1", 0).State(); s != report.StateNil {
			t.Errorf("trạng thái %s", s)
		}
		f := o.figures(t, "2022-Q1", report.Accepted)
		if len(f.Missing) != 2 || len(figure(t, f, "kham").LackingAlso) != 1 {
			t.Errorf("%v %+v", f.Missing, figure(t, f, "kham"))
		}
	})
}

func TestWhoHasNotReportedCanBePastedIntoAMessage(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		o.submit(t, "2022-Q1", 0, words(""))
		o.clock.Set(at("2022-03-18", "08:00:00.000000"))
		o.write(t, func(tx *db.Tx) error {
			return report.Remind(tx, o.clerk, o.obligation(t, "2022-Q1", 1).ID, "phone", "Gặp chị Hoa, hẹn chiều nay")
		})
		o.read(t, func(tx *db.Tx) error {
			a, err := report.Missing(tx, o.officer, "kg-quy", calendar.MustPeriod("2022-Q1"))
			if err != nil || len(a.Items) != 2 || a.Items[0].DaysLate != 2 || len(a.Items[0].Reminders) != 1 {
				t.Errorf("%+v, %v", a, err)
			}
			if !strings.Contains(a.Text, "Sở SGDDT: hạn 16/3/2022, chậm 2 ngày làm việc") {
				t.Error(a.Text)
			}
			return nil
		})
	})
}

func TestTheMatrixFollowsEveryChange(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		o.open(t, "2022-Q2")
		states := func(by access.Actor) string {
			var s strings.Builder
			o.read(t, func(tx *db.Tx) error {
				items, err := report.Completeness(tx, by, "kg-quy", 12)
				for _, item := range items {
					fmt.Fprintf(&s, "%s %s %s; ", item.Period, item.Body.Code, item.State)
				}
				return err
			})
			return s.String()
		}
		before := states(o.officer)
		if want := "2022-Q1 SYT missing; 2022-Q1 SGDDT missing; 2022-Q1 SKHCN missing; 2022-Q2 SYT missing; "; !strings.HasPrefix(before, want) {
			t.Error(before)
		}
		r := o.submit(t, "2022-Q1", 0, words(""))
		if s := states(o.officer); !strings.HasPrefix(s, "2022-Q1 SYT on_time; ") {
			t.Error(s)
		}
		o.accept(t, r.ID)
		if s := states(o.officer); !strings.HasPrefix(s, "2022-Q1 SYT accepted; ") {
			t.Error(s)
		}
		o.write(t, func(tx *db.Tx) error {
			_, err := report.SaveDraft(tx, o.focal(1), o.obligation(t, "2022-Q1", 1), report.Draft{}, 0)
			return err
		})
		if s := states(o.officer); !strings.HasPrefix(s, "2022-Q1 SYT accepted; 2022-Q1 SGDDT draft; ") {
			t.Error(s)
		}
		if s := states(o.focal(2)); s != "2022-Q1 SKHCN missing; 2022-Q2 SKHCN missing; " {
			t.Errorf("cơ quan chỉ thấy mình: %s", s)
		}
		o.read(t, func(tx *db.Tx) error {
			b, err := report.CompletenessJSON(tx, o.officer, "kg-quy", 1)
			if !strings.HasPrefix(string(b), `[{"org":"SYT","period":"2022-Q2","state":"missing","due":"2022-06-16","at":null},`) {
				t.Errorf("%s", b)
			}
			return err
		})
	})
}

func TestAnImportIsAllOrNothing(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		bad := "org,period,indicator,value,estimate\nSYT,2022-Q1,kham,10,\nSYT,2022-Q1,kham,11,\nLA,2022-Q1,kham,1,\nSYT,2022-13,kham,1,\nSYT,2022-Q1,ty_le,1,\nSYT,2022-Q1,sdd,\"1,5\",\n"
		wrong := o.refused(t, fault.KindInvalid, func(tx *db.Tx) error {
			_, err := report.ImportValues(tx, o.officer, "kg-quy", strings.NewReader(bad), nil)
			return err
		})
		var lines []string
		for _, p := range wrong.Problems {
			lines = append(lines, p.Field)
		}
		if s := strings.Join(lines, " "); s != "line.3 line.4 line.5 line.6 line.7" {
			t.Errorf("%s: %v", s, wrong.Problems)
		}
		good := "\ufefforg,period,indicator,value,estimate\r\nSYT,2021-Q4,kham,9,\r\nSYT,2022-Q1,kham,10,1\r\nSGDDT,2022-Q1,kham,20,\r\nSYT,2022-Q1,sdd,,\r\n"
		for _, want := range []report.ImportResult{{New: 3, Reports: 3, Openings: 1}, {Unchanged: 3}} { // the second time nothing is new
			o.write(t, func(tx *db.Tx) error {
				got, err := report.ImportValues(tx, o.officer, "kg-quy", strings.NewReader(good), nil)
				if got != want {
					t.Errorf("%+v", got)
				}
				return err
			})
		}
		f := o.figures(t, "2022-Q1", report.Accepted)
		fig := figure(t, f, "kham")
		if *fig.Value != 30 || *fig.Previous != 9 || len(fig.Estimated) != 1 || fig.Lacking != 1 {
			t.Errorf("%+v", fig)
		}
		o.verified(t)
	})
}
