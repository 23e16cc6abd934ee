package report_test

import (
	"errors"
	"testing"

	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/record"
	"giaoban/report"
)

// strengths gives the strength of each finding by key.
func strengths(found []report.Finding) map[string]report.Strength {
	m := map[string]report.Strength{}
	for _, f := range found {
		m[f.Key] = f.Strength
	}
	return m
}

func TestTheCheckSpeaksInThreeStrengths(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		var f *report.Form
		o.read(t, func(tx *db.Tx) error {
			r, err := report.FindRegime(tx, o.officer, "kg-quy")
			if err != nil {
				return err
			}
			f, err = report.ActiveForm(tx, r.ID, calendar.MustPeriod("2022-Q1"))
			return err
		})
		last := make([]report.Value, len(f.Indicators))
		last[0] = report.Value{Set: true, Figure: 100}
		found := strengths(report.Check(f, report.Draft{Values: map[string]string{
			"kham": "151", "kham_nu": "152", "bacsi": "1/2", "truong": "503/490", "sdd": "8.5", "ty_le": "97", "la": "1"},
			Sections: []report.SectionText{{Section: "causes", Sector: "yte", Paragraphs: []string{"x"}}}}, report.Before{Last: last}))
		for key, want := range map[string]report.Strength{
			"change:kham": report.Warning, "rule0:kham_nu": report.Error, "fraction:bacsi": report.Error, "fraction:truong": report.Error,
			"reading:sdd": report.Hint, "ratio:ty_le": report.Error, "unknown:la": report.Error, "section:causes/yte": report.Error,
			"text:results": report.Hint} {
			if found[key] != want {
				t.Errorf("%s: %q, cần %q", key, found[key], want)
			}
		}
		if n := report.Check(f, report.Draft{Values: map[string]string{"kham": "150"}}, report.Before{Last: last}); strengths(n)["change:kham"] != "" {
			t.Error("đúng 50% thì chưa cảnh báo")
		}
	})
}

// Domain examples: 490 of 503 schools, doctors 7,3 against 6,2, child malnutrition 20 % where lower is better.
func TestTheProvincesOwnFigures(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2021-Q1")
		o.open(t, "2021-Q4")
		o.open(t, "2022-Q1")
		for period, v := range map[string]string{"2021-Q1": "1776910", "2021-Q4": "1800000", "2022-Q1": "1915509"} {
			r := o.submit(t, period, 0, report.Input{Values: map[string]*string{"kham": text(v), "bacsi": text("11"), "sdd": text("20.00")}})
			o.accept(t, r.ID)
		}
		r := o.submit(t, "2022-Q1", 1, report.Input{Values: map[string]*string{"dat": text("490"), "truong": text("503")}, Estimates: []string{"dat"}})
		o.accept(t, r.ID)
		f := o.figures(t, "2022-Q1", report.Accepted)
		kham := figure(t, f, "kham")
		if *kham.Value != 1915509 || *kham.Previous != 1800000 || *kham.LastYear != 1776910 || kham.Met != nil {
			t.Errorf("%+v", kham)
		}
		if rate := figure(t, f, "ty_le"); *rate.Value != 974 || len(rate.Estimated) != 1 || rate.Lacking != 2 {
			t.Errorf("490/503 = 97,4%%: %+v", rate)
		}
		if m := figure(t, f, "bacsi").Met; m == nil || !*m {
			t.Error("11 bác sĩ đạt chỉ tiêu 10")
		}
		if m := figure(t, f, "sdd").Met; m == nil || !*m {
			t.Error("20% đạt chỉ tiêu không quá 20%")
		}
		year := o.figures(t, "2022", report.Accepted)
		if len(year.NotOpened) != 3 || figure(t, year, "kham").Met == nil || figure(t, year, "bacsi").Value != nil {
			t.Errorf("cả năm: %v", year.NotOpened)
		}
		half := o.figures(t, "2022-H1", report.Accepted)
		if v := figure(t, half, "kham"); v.Previous != nil || v.LastYear == nil {
			t.Errorf("6 tháng không có kỳ trước: %+v", v)
		}
		o.refused(t, fault.KindInvalid, func(tx *db.Tx) error {
			_, err := consolidation.AddUp(tx, o.officer, "kg-quy", calendar.MustPeriod("2022-03"), report.Accepted)
			return err
		})
		o.refused(t, fault.KindForbidden, func(tx *db.Tx) error {
			_, err := consolidation.AddUp(tx, o.leader(0), "kg-quy", calendar.MustPeriod("2022-Q1"), report.Accepted)
			return err
		})
	})
}

func TestAQuarterShowsTheMonthsOfItsFeed(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		months := o.regime(t, "kg-thang", calendar.Month, calendar.Calendar, outline())
		o.write(t, func(tx *db.Tx) error {
			r, err := report.FindRegime(tx, o.officer, "kg-quy")
			if err != nil {
				return err
			}
			_, err = report.UpdateRegime(tx, o.officer, r.ID, r.Version, report.NewRegime{Code: r.Code, Name: r.Name, Content: r.Content,
				Receiver: r.Receiver, Kind: r.Kind, Cutoff: r.Cutoff, WorkingDays: r.WorkingDays, Channel: r.Channel, FeedsFrom: months.ID})
			if err != nil {
				return err
			}
			for _, m := range []string{"2022-01", "2022-02", "2022-03"} {
				if _, err := report.Open(tx, o.officer, "kg-thang", calendar.MustPeriod(m)); err != nil {
					return err
				}
			}
			for m, v := range map[string]string{"2022-01": "5", "2022-02": "7"} {
				p, err := report.Prepare(tx, o.leader(0), "kg-thang", calendar.MustPeriod(m), "SYT",
					report.Input{Values: map[string]*string{"kham": text(v), "bacsi": text(v)}})
				if err != nil {
					return err
				}
				if _, err := report.Submit(tx, o.leader(0), p); err != nil {
					return err
				}
			}
			return nil
		})
		o.open(t, "2022-Q1")
		o.read(t, func(tx *db.Tx) error {
			s, err := report.Fill(tx, o.focal(0), o.obligation(t, "2022-Q1", 0).ID)
			if err != nil {
				return err
			}
			if len(s.Monthly) == 0 || s.Monthly[0].Value.Figure != 12 || !s.Monthly[0].Months[1].Set || s.Monthly[0].Months[2].Set {
				t.Errorf("%+v", s.Monthly)
			}
			if s.Monthly[2].Value.Set {
				t.Errorf("tháng cuối chưa có thì không lấy tháng trước: %+v", s.Monthly[2])
			}
			return nil
		})
	})
}

func TestASignedPaperIsTheOriginal(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		ob := o.obligation(t, "2022-Q1", 0)
		var saved report.SavedDraft
		o.write(t, func(tx *db.Tx) (err error) {
			if _, err = tx.Exec(`
insert into file (id, body, name, kind, size, sha256, at, by_actor) values (?, ?, 'bc.pdf', 'application/pdf', 1, '', 1, '')`, "pdf", ob.Body); err != nil {
				return err
			}
			saved, err = report.SaveDraft(tx, o.focal(0), ob, report.Draft{Values: map[string]string{"kham": "1"}}, 0)
			return err
		})
		wrong := o.refused(t, fault.KindInvalid, func(tx *db.Tx) error {
			_, err := report.SubmitDraft(tx, o.focal(0), ob, saved.Version, report.Original{File: "pdf"})
			return err
		})
		if len(wrong.Problems) != 3 {
			t.Errorf("%v", wrong.Problems)
		}
		var r report.Receipt
		o.write(t, func(tx *db.Tx) (err error) {
			r, err = report.SubmitDraft(tx, o.focal(0), ob, saved.Version,
				report.Original{File: "pdf", Number: "12/BC-SYT", Date: calendar.On(2022, 1, 4), Signer: "Giám đốc"})
			return err
		})
		o.accept(t, r.ID)
		o.read(t, func(tx *db.Tx) error {
			s, err := report.FindSubmission(tx, o.officer, r.ID)
			if err != nil || s.Way != report.WaySigned || s.Original.Signer != "Giám đốc" {
				t.Errorf("%+v, %v", s, err)
			}
			g, err := record.Walk(tx, o.officer, "submission", r.ID, 3)
			if len(g.Ancestors) != 2 { // the obligation and the signed file
				t.Errorf("nguồn gốc: %+v", g.Ancestors)
			}
			return err
		})
		// A page left open since before the sending must not be taken for the next draft.
		o.refused(t, fault.KindStale, func(tx *db.Tx) error {
			_, err := report.SaveDraft(tx, o.focal(0), ob, report.Draft{}, saved.Version)
			return err
		})
	})
}

func TestADayFixedByHandMovesOffTheWeekend(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.refused(t, fault.KindInvalid, func(tx *db.Tx) error {
			_, err := report.OpenUntil(tx, o.officer, "kg-quy", calendar.MustPeriod("2022-Q1"), calendar.On(2022, 3, 14))
			return err
		})
		o.write(t, func(tx *db.Tx) error {
			p, err := report.OpenUntil(tx, o.officer, "kg-quy", calendar.MustPeriod("2022-Q1"), calendar.On(2022, 3, 19))
			if p.Due != calendar.On(2022, 3, 21) {
				t.Errorf("thứ Bảy 19/3 chuyển sang %s", p.Due)
			}
			return err
		})
		o.write(t, func(tx *db.Tx) error { // a holiday the office enters moves later deadlines
			if err := org.AddHoliday(tx, o.officer, calendar.Day{Date: calendar.On(2022, 6, 15), Kind: calendar.Holiday, Name: "Lễ hội tỉnh", Source: "Thông báo số 45-TB/VPTU"}); err != nil {
				return err
			}
			p, err := report.Open(tx, o.officer, "kg-quy", calendar.MustPeriod("2022-Q2"))
			if p.Due != calendar.On(2022, 6, 17) {
				t.Errorf("hạn quý II %s: %s", p.Due, p.DueReason)
			}
			return err
		})
	})
}

// An extension that was granted is corrected and taken back with its reason; the day follows, and what was said stays.
func TestAnExtensionIsCorrectedAndTakenBack(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		ob := o.obligation(t, "2022-Q1", 0)
		first := ob.Due
		correct := func(due calendar.Date, reason string) func(tx *db.Tx) error {
			return func(tx *db.Tx) error { return report.CorrectExtension(tx, o.chief, ob.ID, due, reason) }
		}
		o.refused(t, fault.KindConflict, correct(calendar.On(2022, 3, 22), "Nhầm"))
		o.refused(t, fault.KindInvalid, func(tx *db.Tx) error {
			return report.GrantExtension(tx, o.chief, ob.ID, calendar.On(2022, 3, 19), "Chờ số liệu") // a Saturday
		})
		o.write(t, func(tx *db.Tx) error {
			return report.GrantExtension(tx, o.chief, ob.ID, calendar.On(2022, 3, 25), "Chờ số liệu")
		})
		o.refused(t, fault.KindInvalid, correct(calendar.On(2022, 3, 22), " "))
		o.refused(t, fault.KindInvalid, correct(calendar.On(2022, 3, 26), "Nhầm"))
		o.refused(t, fault.KindInvalid, correct(first, "Nhầm"))
		o.refused(t, fault.KindForbidden, func(tx *db.Tx) error {
			return report.CorrectExtension(tx, o.focal(0), ob.ID, calendar.On(2022, 3, 22), "Tự sửa")
		})
		o.write(t, correct(calendar.On(2022, 3, 22), "Ghi nhầm ngày"))
		if got := o.obligation(t, "2022-Q1", 0); got.Due != calendar.On(2022, 3, 22) || !got.Extended {
			t.Errorf("corrected: %s %t", got.Due, got.Extended)
		}
		o.write(t, correct(calendar.Date{}, "Số liệu đã đủ"))
		if got := o.obligation(t, "2022-Q1", 0); got.Due != first || got.Extended {
			t.Errorf("taken back: %s %t", got.Due, got.Extended)
		}
		o.write(t, func(tx *db.Tx) error {
			all, err := report.Extensions(tx, o.chief, ob.ID)
			if len(all) != 1 || len(all[0].Changes) != 2 || !all[0].Now().IsZero() || all[0].Due != calendar.On(2022, 3, 25) {
				t.Errorf("%+v", all)
			}
			found, verr := report.Verify(tx)
			if len(found) > 0 {
				t.Errorf("%+v", found)
			}
			return errors.Join(err, verr)
		})
		o.refused(t, fault.KindConflict, correct(calendar.On(2022, 3, 23), "Lại sửa"))
	})
}

func TestAnExtensionIsAskedAndAnswered(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		ob := o.obligation(t, "2022-Q1", 0)
		var e report.Extension
		o.write(t, func(tx *db.Tx) (err error) {
			e, err = report.AskExtension(tx, o.focal(0), ob.ID, calendar.On(2022, 3, 21), "Chờ số liệu")
			return err
		})
		o.refused(t, fault.KindForbidden, func(tx *db.Tx) error {
			return report.AnswerExtension(tx, o.focal(0), e.ID, calendar.On(2022, 3, 21), "")
		})
		o.write(t, func(tx *db.Tx) error {
			return report.AnswerExtension(tx, o.chief, e.ID, calendar.On(2022, 3, 18), "Đến hết 18/3")
		})
		ob = o.obligation(t, "2022-Q1", 0)
		if ob.Due != calendar.On(2022, 3, 18) || ob.FirstDue != calendar.On(2022, 3, 16) || ob.State() != report.StateExtended {
			t.Errorf("%+v", ob)
		}
		o.refused(t, fault.KindConflict, func(tx *db.Tx) error {
			return report.AnswerExtension(tx, o.chief, e.ID, calendar.On(2022, 3, 19), "")
		})
	})
}
