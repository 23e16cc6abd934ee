package conference_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/report"
	"giaoban/task"
)

// regime gives kg-quy two indicators, owed by both departments; the same quarter of the year before is reported.
func (o *office) regime(t *testing.T) {
	t.Helper()
	target := int64(950)
	o.write(t, func(tx *db.Tx) error {
		r, err := report.FindRegime(tx, setup, "kg-quy")
		if err != nil {
			return err
		}
		if _, err := report.SaveForm(tx, setup, r.ID, report.Outline{
			Sectors:  []report.Sector{{Code: "YT", Name: "Y tế"}},
			Sections: []report.Section{{Code: report.SectionResults, Name: "Kết quả"}, {Code: report.SectionProposals, Name: "Kiến nghị"}},
			Indicators: []report.Indicator{
				{Code: "TC", Name: "Trẻ được tiêm chủng", Sector: "YT", Unit: "%", Decimals: 1, Aggregation: report.Last, Direction: report.Higher, Target: &target},
				{Code: "KB", Name: "Lượt khám bệnh", Sector: "YT", Unit: "lượt", Aggregation: report.Sum, Direction: report.Higher}},
		}, 0); err != nil {
			return err
		}
		if err := report.Assign(tx, setup, r.ID, []db.ID{o.soYTe, o.soLD}, calendar.On(2020, 1, 1), ""); err != nil {
			return err
		}
		if err := report.Activate(tx, setup, r.ID, calendar.MustPeriod("2020-Q1")); err != nil {
			return err
		}
		for _, period := range []string{"2021-Q1", "2022-Q1"} {
			if _, err := report.Open(tx, setup, "kg-quy", calendar.MustPeriod(period)); err != nil {
				return err
			}
		}
		return nil
	})
	o.report(t, "SYT", "2021-Q1", map[string]string{"TC": "96", "KB": "1000"}, "")
	o.report(t, "SLDTBXH", "2021-Q1", map[string]string{"KB": "10"}, "")
}

// report hands in and accepts one report.
func (o *office) report(t *testing.T, code, period string, values map[string]string, proposal string) {
	t.Helper()
	o.write(t, func(tx *db.Tx) error {
		in := report.Input{Values: map[string]*string{}}
		for k, v := range values {
			in.Values[k] = &v
		}
		in.Sections = []report.SectionText{{Section: report.SectionResults, Sector: "YT", Paragraphs: []string{"Kết quả của " + code + "."}}}
		if proposal != "" {
			in.Sections = append(in.Sections, report.SectionText{Section: report.SectionProposals, Sector: "YT", Paragraphs: []string{proposal}})
		}
		prepared, err := report.Prepare(tx, setup, "kg-quy", calendar.MustPeriod(period), code, in)
		if err != nil {
			return err
		}
		receipt, err := report.Submit(tx, setup, prepared)
		if err != nil {
			return err
		}
		return report.Accept(tx, setup, receipt.ID)
	})
}

func TestThePackComposesItselfByStatedRules(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		o.regime(t)
		o.report(t, "SYT", "2022-Q1", map[string]string{"TC": "91", "KB": "850"}, "Đề nghị bổ sung vắc xin")
		o.read(t, func(tx *db.Tx) error {
			p, err := conference.Compose(tx, o.officer, o.id)
			if err != nil {
				return err
			}
			if p.Reports.Owed != 2 || p.Reports.Came != 1 || len(p.Reports.Missing) != 1 || p.Reports.Missing[0].Code != "SLDTBXH" || len(p.Reports.Late) != 1 {
				t.Errorf("reports %+v", p.Reports)
			}
			if len(p.Proposals) != 1 || p.Proposals[0].Words != "Đề nghị bổ sung vắc xin" {
				t.Errorf("proposals %+v", p.Proposals)
			}
			found := map[string]string{}
			for _, e := range p.Exceptions {
				found[e.Rule+" "+e.Code] = e.Words
			}
			if found["target TC"] != "đạt 91,0, chỉ tiêu 95,0 %" || !strings.HasPrefix(found["fall KB"], "giảm 15,8% so với cùng kỳ") || len(found) != 2 {
				t.Errorf("exceptions %q", found)
			}
			for _, r := range p.Rules {
				if want := map[string]int{"target": 1, "fall": 2, "lacking": 2, "missing": 2}[r.Key]; r.Of != want {
					t.Errorf("rule %s was applied to %d, want %d", r.Key, r.Of, want)
				}
			}
			if len(p.Report) != 2 || !strings.Contains(p.Report[0].Paragraphs[0].Words, "Kết quả của SYT") {
				t.Errorf("report %+v", p.Report)
			}
			doc, err := conference.PackDocument(tx, o.officer, o.id)
			if err != nil {
				return err
			}
			var out bytes.Buffer
			return official.WriteDocx(&out, doc)
		})
		// Drafts come undecided, with a date that is only proposed.
		o.write(t, func(tx *db.Tx) error {
			drafts, err := conference.Drafts(tx, o.officer, o.id)
			if err != nil {
				return err
			}
			keys := []string{drafts[0].Key(), drafts[0].Key()}
			for range 2 {
				if _, err := conference.TakeDrafts(tx, o.officer, o.id, keys); err != nil {
					return err
				}
			}
			all, err := conference.Conclusions(tx, o.officer, o.id)
			if len(all) != 1 || all[0].Kind != conference.Undecided || all[0].DueSpoken || all[0].Due.IsZero() || all[0].Lead != o.soLD {
				t.Errorf("taken %+v", all)
			}
			return err
		})
	})
}

func TestTheShownPackNeverChangesAndTheAddendumTellsWhatDid(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		o.regime(t)
		var overdue task.Task
		o.write(t, func(tx *db.Tx) (err error) {
			overdue, err = task.Assign(tx, o.officer, task.New{Mode: task.Requested, Title: "Trả lời cử tri", Product: "Văn bản", Lead: o.soYTe, Due: calendar.On(2022, 3, 25)})
			return err
		})
		o.clock.Set(time.Date(2022, 3, 31, 15, 0, 0, 0, db.Vietnam))
		o.write(t, func(tx *db.Tx) error {
			return conference.NameDelegate(tx, o.officer, o.id, o.soYTe, conference.Delegate{Name: "Trần Bích Ngọc", Title: "Phó Giám đốc"})
		})
		var shown conference.ShownPack
		o.write(t, func(tx *db.Tx) (err error) { shown, err = conference.Show(tx, o.officer, o.id); return err })
		o.refused(t, fault.KindConflict, "không đổi nữa", func(tx *db.Tx) error { _, err := conference.Show(tx, o.officer, o.id); return err })
		addendum := func() (words string) {
			t.Helper()
			o.read(t, func(tx *db.Tx) error {
				kept, ok, err := conference.Frozen(tx, o.officer, o.id)
				if err != nil || !ok || kept.SHA256 != shown.SHA256 || len(kept.Overdue) != 1 || len(kept.Reports.Missing) != 2 || kept.Delegates[0].Name != "Trần Bích Ngọc" {
					t.Errorf("the frozen pack changed: %+v %v", kept, err)
				}
				changes, err := conference.Addendum(tx, o.officer, o.id)
				for _, c := range changes {
					words += c.Words + "\n"
				}
				return err
			})
			return words
		}
		if words := addendum(); words != "" {
			t.Errorf("at once the addendum says %q", words)
		}
		o.clock.Set(time.Date(2022, 4, 1, 13, 45, 0, 0, db.Vietnam))
		o.write(t, func(tx *db.Tx) error {
			return conference.NameDelegate(tx, o.officer, o.id, o.soYTe, conference.Delegate{Name: "Lê Văn Hải", Title: "Trưởng phòng", Reason: "đi công tác"})
		})
		o.report(t, "SLDTBXH", "2022-Q1", map[string]string{"KB": "9"}, "")
		o.write(t, func(tx *db.Tx) error {
			return task.Complete(tx, o.doctor, overdue.ID, task.Evidence{Note: "Đã trả lời", Paper: "12/SYT-VP"})
		})
		o.write(t, func(tx *db.Tx) error { return task.Accept(tx, o.leader, overdue.ID, "") })
		words := addendum()
		for _, want := range []string{"Lê Văn Hải, Trưởng phòng dự thay Trần Bích Ngọc. Lý do: đi công tác.", "Sở Lao động - Thương binh và Xã hội đã gửi lúc 13:45", "“Trả lời cử tri”"} {
			if !strings.Contains(words, want) {
				t.Errorf("the addendum %q does not say %q", words, want)
			}
		}
		// Once the conference is over the addendum stays as it stood at the end.
		o.concluded(t)
		o.write(t, func(tx *db.Tx) error { return conference.Close(tx, o.officer, o.id) })
		o.report(t, "SYT", "2022-Q1", map[string]string{"TC": "97", "KB": "999"}, "")
		if after := addendum(); after != words {
			t.Errorf("after the end the addendum changed to %q", after)
		}
	})
}

// What has its time yet is no conclusion to be drawn: reports are asked for once their day has passed.
func TestDraftedConclusionsAskForNothingBeforeItsDay(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		o.regime(t)
		asked := func(day string) (n int) {
			t.Helper()
			o.clock.Set(dbtest.NewClock(day).Now())
			o.read(t, func(tx *db.Tx) error {
				p, err := conference.Compose(tx, o.officer, o.id)
				for _, d := range p.Drafts {
					if d.OriginKind == "obligation" {
						n++
					}
				}
				return err
			})
			return n
		}
		if n := asked("2022-03-16"); n != 0 {
			t.Errorf("on the day itself %d reports are asked for", n)
		}
		if n := asked("2022-03-17"); n != 2 {
			t.Errorf("the day after %d reports are asked for, want 2", n)
		}
	})
}
