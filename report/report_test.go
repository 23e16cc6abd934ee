package report_test

import (
	"sync"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/report"
)

func TestARegimeTellsEverythingItLacks(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		var r report.Regime
		o.write(t, func(tx *db.Tx) (err error) {
			r, err = report.CreateRegime(tx, o.officer, report.NewRegime{Code: "thieu"})
			return err
		})
		wrong := o.refused(t, fault.KindInvalid, func(tx *db.Tx) error {
			return report.Activate(tx, o.officer, r.ID, calendar.MustPeriod("2022-Q1"))
		})
		fields := map[string]bool{}
		for _, p := range wrong.Problems {
			fields[p.Field] = true
		}
		for _, f := range []string{"name", "content", "receiver", "channel", "kind", "cutoff", "working_days", "reporters", "outline"} {
			if !fields[f] {
				t.Errorf("không nói thiếu %s", f)
			}
		}
		o.refused(t, fault.KindForbidden, func(tx *db.Tx) error {
			_, err := report.CreateRegime(tx, o.leader(0), report.NewRegime{Code: "x"})
			return err
		})
	})
}

func TestAFormNeverChangesOnceActive(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		var first, second *report.Form
		o.write(t, func(tx *db.Tx) (err error) {
			r, err := report.FindRegime(tx, o.officer, "kg-quy")
			if err != nil {
				return err
			}
			if first, err = report.ActiveForm(tx, r.ID, calendar.MustPeriod("2022-Q1")); err != nil {
				return err
			}
			next := outline()
			next.Indicators = append(next.Indicators, report.Indicator{Code: "moi", Name: "Mới", Sector: "yte", Unit: "việc", Aggregation: report.Sum})
			f, err := report.SaveForm(tx, o.officer, r.ID, next, 0)
			if err != nil {
				return err
			}
			return report.ActivateForm(tx, o.officer, f.ID, calendar.MustPeriod("2022-Q3"))
		})
		o.read(t, func(tx *db.Tx) (err error) {
			second, err = report.ActiveForm(tx, first.Regime, calendar.MustPeriod("2022-Q4"))
			return err
		})
		if first.Number != 1 || second.Number != 2 || len(second.Indicators) != len(first.Indicators)+1 {
			t.Errorf("bản %d và %d", first.Number, second.Number)
		}
		o.refused(t, fault.KindInvalid, func(tx *db.Tx) error {
			other := outline()
			other.Indicators[0].Decimals = 2
			_, err := report.SaveForm(tx, o.officer, first.Regime, other, 0)
			return err
		})
	})
}

// Seed 0's quarter: cut-off 14/3, two working days later 16/3.
func TestTheFirstQuarterOf2022IsDueOnTheSixteenthOfMarch(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		p := o.open(t, "2022-Q1")
		if p.From != calendar.On(2021, 12, 15) || p.To != calendar.On(2022, 3, 14) || p.Due != calendar.On(2022, 3, 16) || p.DueReason == "" {
			t.Errorf("%s – %s, hạn %s: %s", p.From, p.To, p.Due, p.DueReason)
		}
		o.refused(t, fault.KindConflict, func(tx *db.Tx) error {
			_, err := report.Open(tx, o.officer, "kg-quy", p.Period)
			return err
		})
		o.read(t, func(tx *db.Tx) error {
			owed, err := report.Due(tx, o.focal(0), o.bodies[0].ID)
			if err != nil || len(owed) != 1 || owed[0].State() != report.StateMissing {
				t.Errorf("bàn làm việc: %v, %v", owed, err)
			}
			foreign, err := report.Due(tx, o.focal(1), o.bodies[0].ID)
			if err != nil || len(foreign) != 0 {
				t.Errorf("cơ quan khác thấy: %v, %v", foreign, err)
			}
			return nil
		})
	})
}

func TestABodyIsObligedWhenAssignedOnTheCutOff(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.write(t, func(tx *db.Tx) error {
			r, err := report.FindRegime(tx, o.officer, "kg-quy")
			if err != nil {
				return err
			}
			return report.Unassign(tx, o.officer, r.ID, o.bodies[2].ID, calendar.On(2022, 3, 13), "Thông báo 5")
		})
		p := o.open(t, "2022-Q1")
		o.read(t, func(tx *db.Tx) error {
			all, err := report.StandingIn(tx, o.officer, report.Owed, p.ID, 0, 0)
			if len(all) != 2 {
				t.Errorf("%d cơ quan phải báo cáo", len(all))
			}
			return err
		})
	})
}

func TestLateIsMarkedAtMidnightAndNeverBlocked(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		o.clock.Set(at("2022-03-16", "23:59:59.999900"))
		if r := o.submit(t, "2022-Q1", 0, words("")); r.Late {
			t.Errorf("23:59:59 ngày 16/3 còn đúng hạn: %s", r.At)
		}
		o.clock.Set(at("2022-03-16", "23:59:59.999999"))
		if r := o.submit(t, "2022-Q1", 1, words("")); !r.Late {
			t.Errorf("0 giờ ngày 17/3 là muộn: %s", r.At)
		}
		o.write(t, func(tx *db.Tx) error {
			return report.GrantExtension(tx, o.chief, o.obligation(t, "2022-Q1", 2).ID, calendar.On(2022, 3, 18), "Chờ số liệu của Bộ")
		})
		if s := o.obligation(t, "2022-Q1", 2).State(); s != report.StateExtended {
			t.Errorf("trạng thái %s", s)
		}
		o.clock.Set(at("2022-03-18", "20:00:00.000000"))
		if r := o.submit(t, "2022-Q1", 2, words("")); r.Late {
			t.Error("trong hạn gia hạn là đúng hạn")
		}
	})
}

func TestTheSameKeyGivesTheSameReceipt(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		in := report.Input{Values: map[string]*string{"kham": text("12")}, Key: "k-1"}
		var all sync.WaitGroup
		receipts := make([]report.Receipt, 20)
		for i := range receipts {
			all.Go(func() {
				if err := o.d.Write(t.Context(), func(tx *db.Tx) (err error) {
					receipts[i], err = o.tryit(tx, "2022-Q1", 0, in)
					return err
				}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for _, r := range receipts {
			if r != receipts[0] || r.Version != 1 || r.Journal.Size == 0 || r.Journal.Root == "" {
				t.Fatalf("%+v\n%+v", r, receipts[0])
			}
		}
		o.refused(t, fault.KindConflict, func(tx *db.Tx) error {
			in.Values = map[string]*string{"kham": text("13")}
			_, err := o.tryit(tx, "2022-Q1", 0, in)
			return err
		})
		if r := o.submit(t, "2022-Q1", 0, report.Input{Values: in.Values}); r.Version != 2 {
			t.Errorf("không có khóa thì là bản mới, được bản %d", r.Version)
		}
		if r := o.submit(t, "2022-Q1", 1, words("k-1")); r.Version != 1 || r.ID == receipts[0].ID {
			t.Error("cơ quan khác dùng cùng khóa là một báo cáo khác")
		}
		program := access.Actor{Token: "t1", Name: "Trục dữ liệu", Role: access.CommissionOfficer, Body: o.officer.Body, AnyBody: true}
		send := func(tx *db.Tx, org string) error {
			p, err := report.Prepare(tx, program, "kg-quy", calendar.MustPeriod("2022-Q1"), org, in)
			if err != nil {
				return err
			}
			_, err = report.Submit(tx, program, p)
			return err
		}
		o.write(t, func(tx *db.Tx) error { return send(tx, "SKHCN") })
		o.refused(t, fault.KindConflict, func(tx *db.Tx) error { return send(tx, "SYT") })
	})
}

func TestWhatAProgramSendsIsCheckedAllAtOnce(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		wrong := o.refused(t, fault.KindInvalid, func(tx *db.Tx) error {
			_, err := o.tryit(tx, "2022-Q1", 0, report.Input{
				Values:   map[string]*string{"la": text("1"), "ty_le": text("1"), "kham": text("1.5"), "bacsi": nil},
				Sections: []report.SectionText{{Section: "results", Sector: "khac", Paragraphs: []string{"a"}}}})
			return err
		})
		if len(wrong.Problems) != 4 {
			t.Errorf("%v", wrong.Problems)
		}
		o.refused(t, fault.KindInvalid, func(tx *db.Tx) error {
			_, err := o.tryit(tx, "2022-Q1", 0, report.Input{Values: map[string]*string{"kham": text("1"), "kham_nu": text("2")}})
			return err
		})
		o.refused(t, fault.KindConflict, func(tx *db.Tx) error {
			_, err := o.tryit(tx, "2022-Q2", 0, words(""))
			return err
		})
		o.refused(t, fault.KindForbidden, func(tx *db.Tx) error {
			_, err := report.Prepare(tx, o.leader(1), "kg-quy", calendar.MustPeriod("2022-Q1"), "SYT", words(""))
			return err
		})
		o.refused(t, fault.KindRefused, func(tx *db.Tx) error {
			_, err := o.tryit(tx, "2022-Q1", 0, report.Input{
				Sections: []report.SectionText{{Section: "results", Sector: "yte", Paragraphs: []string{"TỐI MẬT"}}}})
			return err
		})
	})
}

func TestADraftLosesNothingAndTellsWhoWasFaster(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		ob := o.obligation(t, "2022-Q1", 0)
		typed := report.Draft{Values: map[string]string{"kham": "1.915.5o9", "sdd": "ước 19,5"}}
		var mine report.SavedDraft
		o.write(t, func(tx *db.Tx) (err error) {
			mine, err = report.SaveDraft(tx, o.focal(0), ob, typed, 0)
			return err
		})
		var theirs report.SavedDraft
		o.refused(t, fault.KindStale, func(tx *db.Tx) (err error) {
			theirs, err = report.SaveDraft(tx, o.leader(0), ob, report.Draft{Values: map[string]string{"kham": "5"}}, 0)
			return err
		})
		if theirs.Values["kham"] != "1.915.5o9" || theirs.Version != mine.Version {
			t.Errorf("phải thấy bản của người kia: %+v", theirs)
		}
		if s := o.obligation(t, "2022-Q1", 0).State(); s != report.StateDraft {
			t.Errorf("trạng thái %s", s)
		}
		o.refused(t, fault.KindConflict, func(tx *db.Tx) error { // not approved
			_, err := report.SubmitDraft(tx, o.focal(0), ob, mine.Version, report.Original{})
			return err
		})
		o.refused(t, fault.KindConflict, func(tx *db.Tx) error { // not put forward
			_, err := report.SubmitDraft(tx, o.leader(0), ob, mine.Version, report.Original{})
			return err
		})
		o.refused(t, fault.KindInvalid, func(tx *db.Tx) error { // 1.915.5o9
			return report.PutForward(tx, o.focal(0), ob, mine.Version)
		})
		typed.Values["kham"] = "1.915.509"
		var r report.Receipt
		o.write(t, func(tx *db.Tx) (err error) {
			if mine, err = report.SaveDraft(tx, o.focal(0), ob, typed, mine.Version); err != nil {
				return err
			}
			if err := report.PutForward(tx, o.focal(0), ob, mine.Version); err != nil {
				return err
			}
			if err := report.Approve(tx, o.leader(0), ob, mine.Version); err != nil {
				return err
			}
			r, err = report.SubmitDraft(tx, o.focal(0), ob, mine.Version, report.Original{})
			return err
		})
		o.read(t, func(tx *db.Tx) error {
			s, err := report.FindSubmission(tx, o.focal(0), r.ID)
			if err != nil || s.Values[0].Figure != 1915509 || !s.Values[3].Estimate || s.Values[3].Figure != 1950 {
				t.Errorf("%+v, %v", s.Values, err)
			}
			if _, err := report.FindSubmission(tx, o.focal(1), r.ID); !fault.Is(err, fault.KindMissing) {
				t.Errorf("cơ quan khác đọc được: %v", err)
			}
			again, err := report.ReceiptOf(tx, o.focal(0), r.ID)
			if again != r {
				t.Errorf("%+v\n%+v", again, r)
			}
			return err
		})
	})
}

func TestAWarningAsksForAReason(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		o.open(t, "2022-Q2")
		o.submit(t, "2022-Q1", 0, report.Input{Values: map[string]*string{"kham": text("100")}})
		ob := o.obligation(t, "2022-Q2", 0)
		d := report.Draft{Values: map[string]string{"kham": "200"}}
		var saved report.SavedDraft
		o.write(t, func(tx *db.Tx) (err error) {
			saved, err = report.SaveDraft(tx, o.focal(0), ob, d, 0)
			return err
		})
		wrong := o.refused(t, fault.KindInvalid, func(tx *db.Tx) error {
			return report.PutForward(tx, o.focal(0), ob, saved.Version)
		})
		if len(wrong.Problems) != 1 || wrong.Problems[0].Field != "note.change:kham" {
			t.Fatalf("%v", wrong.Problems)
		}
		o.read(t, func(tx *db.Tx) error {
			s, err := report.Fill(tx, o.focal(0), ob.ID)
			if err != nil {
				return err
			}
			if s.Last == nil || s.Last.Values[0].Figure != 100 || s.Cumulative[0].Figure != 300 {
				t.Errorf("kỳ trước %+v, lũy kế %+v", s.Last, s.Cumulative)
			}
			return nil
		})
		d.Notes = map[string]string{"change:kham": "Thêm đợt khám lưu động"}
		o.write(t, func(tx *db.Tx) (err error) {
			if saved, err = report.SaveDraft(tx, o.focal(0), ob, d, saved.Version); err != nil {
				return err
			}
			if err := report.PutForward(tx, o.focal(0), ob, saved.Version); err != nil {
				return err
			}
			_, err = report.SubmitDraft(tx, o.leader(0), ob, saved.Version, report.Original{})
			return err
		})
	})
}

func TestARestOfAReturnedReportStands(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		in := report.Input{Values: map[string]*string{"kham": text("100"), "sdd": text("20.50")}, Estimates: []string{"sdd"},
			Sections: []report.SectionText{{Section: "results", Sector: "yte", Paragraphs: []string{"Đoạn một.", "Đoạn hai."}}}}
		first := o.submit(t, "2022-Q1", 0, in)
		o.accept(t, first.ID)
		if v := figure(t, o.figures(t, "2022-Q1", report.Accepted), "kham").Value; v == nil || *v != 100 {
			t.Fatalf("%v", v)
		}
		o.write(t, func(tx *db.Tx) error {
			return report.Return(tx, o.officer, first.ID, report.Returning{Reason: "Đoạn hai chưa có số liệu so sánh", Section: "results",
				Sector: "yte", Paragraph: 2, Due: calendar.On(2022, 3, 21)})
		})
		if v := figure(t, o.figures(t, "2022-Q1", report.Accepted), "kham").Value; v == nil || *v != 100 {
			t.Errorf("đề nghị bổ sung một đoạn thì số vẫn được cộng: %v", v)
		}
		ob := o.obligation(t, "2022-Q1", 0)
		if ob.State() != report.StateReturned || ob.Due != calendar.On(2022, 3, 21) || !ob.Owed {
			t.Errorf("%+v", ob)
		}
		var sheet report.Sheet
		o.read(t, func(tx *db.Tx) (err error) {
			sheet, err = report.Fill(tx, o.focal(0), ob.ID)
			return err
		})
		if sheet.Source != "submission" || sheet.Draft.Values["sdd"] != "ước 20,5" || len(sheet.Marks) != 1 || sheet.Marks[0].Paragraph != 2 ||
			len(sheet.Draft.Sections) != 1 || len(sheet.Draft.Sections[0].Paragraphs) != 2 {
			t.Errorf("%+v", sheet)
		}
		o.clock.Set(at("2022-03-20", "08:00:00.000000"))
		in.Values["kham"] = text("110")
		second := o.submit(t, "2022-Q1", 0, in)
		if second.Version != 2 || second.Late {
			t.Errorf("%+v", second)
		}
		o.refused(t, fault.KindConflict, func(tx *db.Tx) error { return report.Accept(tx, o.officer, first.ID) })
		o.accept(t, second.ID)
		third := o.submit(t, "2022-Q1", 0, report.Input{Values: map[string]*string{"kham": text("120")}})
		if v := figure(t, o.figures(t, "2022-Q1", report.Accepted), "kham").Value; *v != 110 {
			t.Errorf("bản chưa nhận không được cộng: %d", *v)
		}
		if v := figure(t, o.figures(t, "2022-Q1", report.Submitted), "kham").Value; *v != 120 {
			t.Errorf("xem trước tính bản mới nhất: %d", *v)
		}
		o.accept(t, third.ID)
		f := o.figures(t, "2022-Q1", report.Accepted)
		if v := figure(t, f, "kham").Value; *v != 120 {
			t.Errorf("bản mới thay bản cũ: %d", *v)
		}
		if len(f.Missing) != 2 || figure(t, f, "sdd").Lacking != 3 || len(figure(t, f, "sdd").LackingAlso) != 1 {
			t.Errorf("thiếu %v, %+v", f.Missing, figure(t, f, "sdd"))
		}
		o.verified(t)
		o.read(t, func(tx *db.Tx) error {
			sources, err := consolidation.Sources(tx, o.officer, "kg-quy", calendar.MustPeriod("2022-Q1"), "kham")
			if err != nil || len(sources) != 1 || sources[0].Submission != third.ID || sources[0].Version != 3 {
				t.Errorf("%+v, %v", sources, err)
			}
			history, err := report.History(tx, o.focal(0), ob.ID)
			if len(history) != 3 {
				t.Errorf("%d bản", len(history))
			}
			return err
		})
	})
}
