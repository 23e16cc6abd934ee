package workplan_test

import (
	"slices"
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/programme"
	"giaoban/record"
	"giaoban/sample"
	"giaoban/sample/sampletest"
	"giaoban/task"
	"giaoban/workplan"
)

func on(t *testing.T, test func(t *testing.T, p *sample.Province)) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) { test(t, sampletest.Open(t, e, "")) })
	}
}

func write(t *testing.T, p *sample.Province, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := p.DB.Write(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// A year's plan draws its lines from reviews, programmes, regimes and conferences, once each, and tells how far each is by its source.
func TestTheYearsPlanIsDrawnFromWhatStandsElsewhere(t *testing.T) {
	on(t, func(t *testing.T, p *sample.Province) {
		write(t, p, func(tx *db.Tx) error {
			made, err := programme.Begin(tx, p.Officer, programme.New{Kind: programme.OfWork, Term: calendar.MustPeriod("2022..2025"), Parties: []db.ID{p.SYT.ID}, Imported: true,
				Lines: "Y tế\nTruyền thông phòng bệnh; chủ trì: SYT; sản phẩm: báo cáo; thời gian: hằng quý"})
			if err != nil {
				return err
			}
			offered, err := workplan.Offered(tx, p.Officer, 2022)
			if err != nil {
				return err
			}
			kinds := make(map[string]int)
			var keys []string
			for _, l := range offered {
				kinds[l.SourceKind]++
				keys = append(keys, l.Source().Key())
				if l.SourceKind == "programme_line" && (l.Months != "3 6 9 12" || l.Sector != "YT" || l.Lead != p.SYT.ID) {
					t.Errorf("%+v", l)
				}
			}
			for _, kind := range []string{"review", "programme_line", "regime", "briefing"} {
				if kinds[kind] == 0 {
					t.Errorf("nothing of kind %s among %v", kind, kinds)
				}
			}
			n, err := workplan.Draw(tx, p.Officer, 2022, keys)
			if n != len(offered) {
				t.Errorf("%d of %d", n, len(offered))
			}
			if err != nil {
				return err
			}
			again, err := workplan.Offered(tx, p.Officer, 2022)
			if len(again) != 0 {
				t.Errorf("offered again: %+v", again)
			}
			if err != nil {
				return err
			}
			standings, err := workplan.ProgressOf(tx, p.Officer, 2022)
			lines, _ := workplan.Lines(tx, p.Officer, 2022)
			for _, l := range lines {
				s := standings[l.ID]
				if !s.Derived || s.Words == "" {
					t.Errorf("%s: %+v", l.Words, s)
				}
				if l.SourceKind == "briefing" && strings.Contains(l.Words, "quý I năm 2022") && s.State != workplan.Done {
					t.Errorf("the briefing of the quarter is over: %+v", s)
				}
			}
			g, walkErr := record.Walk(tx, p.Officer, "programme", made[0].ID, 4)
			if walkErr != nil || !reaches(g.Descendants, "workplan_line") {
				t.Errorf("the programme does not lead to the plan: %+v %v", g.Descendants, walkErr)
			}
			return err
		})
	})
}

// What a ceremony signed with each of three bodies on one frame is one line of the plan, with all of them, and done when all have done it.
func TestACommonLineOfACeremonyIsOneLineOfThePlan(t *testing.T) {
	on(t, func(t *testing.T, p *sample.Province) {
		write(t, p, func(tx *db.Tx) error {
			made, err := programme.Begin(tx, p.Officer, programme.New{Kind: programme.OfWork, Term: calendar.MustPeriod("2022..2025"), Apart: true, Imported: true,
				Parties: []db.ID{p.SYT.ID, p.SGDDT.ID, p.STTTT.ID}, Conference: ceremonyOf(t, tx, p), Lines: "Trao đổi thông tin; thời gian: hằng quý"})
			if err != nil {
				return err
			}
			offered, err := workplan.Offered(tx, p.Officer, 2022)
			if err != nil {
				return err
			}
			var keys []string
			for _, l := range offered {
				if l.SourceKind == "programme_line" {
					keys = append(keys, l.Source().Key())
					if len(l.With) != 3 {
						t.Errorf("with %v", l.With)
					}
				}
			}
			if len(keys) != 1 {
				t.Fatalf("%d lines for one frame", len(keys))
			}
			if _, err := workplan.Draw(tx, p.Officer, 2022, keys); err != nil {
				return err
			}
			stands := func(want workplan.State, words string) error {
				lines, err := workplan.Lines(tx, p.Officer, 2022)
				if err != nil {
					return err
				}
				all, err := workplan.ProgressOf(tx, p.Officer, 2022)
				if s := all[lines[0].ID]; s.State != want || s.Words != words {
					t.Errorf("%+v, want %s, %s", s, want, words)
				}
				return err
			}
			if err := stands(workplan.NotBegun, "0/3 chương trình đã làm"); err != nil {
				return err
			}
			for i, one := range made {
				lines, err := programme.Lines(tx, p.Officer, one.ID)
				if err != nil {
					return err
				}
				if err := programme.SayOf(tx, p.Officer, lines[0].ID, 2022, programme.MarkDone, "Bản tin số 1", ""); err != nil {
					return err
				}
				if i == 0 {
					if err := stands(workplan.Going, "1/3 chương trình đã làm"); err != nil {
						return err
					}
				}
			}
			return stands(workplan.Done, "3/3 chương trình đã làm")
		})
	})
}

func ceremonyOf(t *testing.T, tx *db.Tx, p *sample.Province) db.ID {
	t.Helper()
	c, err := conference.Plan(tx, p.Officer, conference.New{Type: "programme_signing", Title: "Hội nghị ký kết chương trình phối hợp", HeldOn: calendar.On(2022, 3, 31)})
	if err != nil {
		t.Fatal(err)
	}
	return c.ID
}

func reaches(all []lineage.Branch, kind string) bool {
	return slices.ContainsFunc(all, func(b lineage.Branch) bool { return b.Node.Kind == kind || reaches(b.Branches, kind) })
}

// The office's own lines: months as people write them, a task that tells how far it is, a word with a proof, the way into next year.
func TestALineOfTheOfficesOwn(t *testing.T) {
	on(t, func(t *testing.T, p *sample.Province) {
		refused := func(words string, fn func(tx *db.Tx) error) {
			t.Helper()
			if err := p.DB.Write(t.Context(), fn); fault.Of(err) == nil || !strings.Contains(err.Error(), words) {
				t.Errorf("%v, not %q", err, words)
			}
		}
		refused("Tháng “13”", func(tx *db.Tx) error {
			_, err := workplan.Add(tx, p.Officer, 2022, workplan.Own{Words: "Việc", Months: "13"})
			return err
		})
		write(t, p, func(tx *db.Tx) error {
			_, err := workplan.Add(tx, p.Officer, 2022, workplan.Own{Words: "Tập huấn báo cáo viên\nBiên soạn tài liệu", Product: "Tài liệu", Months: "quý II", Lead: p.SYT.ID, With: []db.ID{p.SGDDT.ID}, Guides: true})
			return err
		})
		var lines []workplan.Line
		states := func() map[string]workplan.Standing {
			found := make(map[string]workplan.Standing)
			if err := p.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
				if lines, err = workplan.Lines(tx, p.Officer, 2022); err != nil {
					return err
				}
				all, err := workplan.ProgressOf(tx, p.Officer, 2022)
				for _, l := range lines {
					found[l.Words] = all[l.ID]
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return found
		}
		states()
		if len(lines) != 2 || lines[0].Months != "4 5 6" || len(lines[0].With) != 1 {
			t.Fatalf("%+v", lines)
		}
		first, second := lines[0], lines[1]
		var given task.Task
		write(t, p, func(tx *db.Tx) (err error) {
			given, err = workplan.Give(tx, p.Officer, first.ID, calendar.On(2022, 5, 31))
			return err
		})
		if s := states()[first.Words]; s.State != workplan.Going || s.Words != "0/1 nhiệm vụ xong" {
			t.Errorf("%+v", s)
		}
		refused("tính từ hồ sơ", func(tx *db.Tx) error { return workplan.Say(tx, p.Officer, first.ID, "done", "Xong") })
		refused("Cần ghi căn cứ", func(tx *db.Tx) error { return workplan.Say(tx, p.Officer, second.ID, "done", " ") })
		write(t, p, func(tx *db.Tx) error {
			if err := task.Complete(tx, p.AgencyOfficer(p.SYT), given.ID, task.Evidence{Note: "Đã tập huấn", Paper: "Báo cáo số 5/BC-SYT ngày 01/4/2022"}); err != nil {
				return err
			}
			return workplan.Say(tx, p.Officer, second.ID, "going", "Đã có đề cương")
		})
		if s := states(); s[first.Words].State != workplan.Done || s[second.Words].State != workplan.Going || s[second.Words].Derived {
			t.Errorf("%+v", s)
		}
		write(t, p, func(tx *db.Tx) error {
			n, err := workplan.Carry(tx, p.Officer, 2022, []db.ID{second.ID}, "Chờ kinh phí")
			if n != 1 {
				t.Errorf("%d carried", n)
			}
			next, _ := workplan.Lines(tx, p.Officer, 2023)
			if len(next) != 1 || next[0].Carried != second.ID || next[0].CarriedWhy != "Chờ kinh phí" {
				t.Errorf("%+v", next)
			}
			return err
		})
		refused("chưa chuyển", func(tx *db.Tx) error {
			_, err := workplan.Carry(tx, p.Officer, 2022, []db.ID{second.ID}, "Lần nữa")
			return err
		})
		// The guidance tells each agency its own; the month's programme holds what falls into it.
		write(t, p, func(tx *db.Tx) error {
			if _, err := workplan.AddDays(tx, p.Officer, 2022, workplan.Anniversary, "19/5: Kỷ niệm Ngày sinh Chủ tịch Hồ Chí Minh\ntháng 6: chuyên đề gia đình", ""); err != nil {
				return err
			}
			guidance, err := workplan.Document(tx, p.Officer, workplan.Guidance, 2022, 0)
			if err != nil {
				return err
			}
			words := wordsOf(guidance)
			for _, want := range []string{"Sở Y tế", "Sở Giáo dục và Đào tạo", "phối hợp với Sở Y tế", "Tập huấn báo cáo viên"} {
				if !strings.Contains(words, want) {
					t.Errorf("the guidance lacks %q: %s", want, words)
				}
			}
			may, err := workplan.Document(tx, p.Officer, workplan.MonthRun, 2022, 5)
			if err != nil {
				return err
			}
			if len(may.Body) < 4 {
				t.Errorf("%+v", may.Body)
			}
			p1, err := workplan.Draft(tx, p.Officer, workplan.Guidance, 2022, 0)
			if err != nil || p1.ID == "" {
				return err
			}
			_, err = workplan.Draft(tx, p.Officer, workplan.YearPlan, 2022, 0)
			return err
		})
		refused("chưa có ngày", func(tx *db.Tx) error {
			_, err := workplan.AddDays(tx, p.Officer, 2022, workplan.Topic, "Không có ngày", "")
			return err
		})
		refused("30/2/2022 không có", func(tx *db.Tx) error {
			_, err := workplan.AddDays(tx, p.Officer, 2022, workplan.Topic, "30/2: Thử", "")
			return err
		})
	})
}

func wordsOf(d official.Document) string {
	var all []string
	for _, b := range d.Body {
		all = append(all, official.PlainText(b))
	}
	return strings.Join(all, "\n")
}
