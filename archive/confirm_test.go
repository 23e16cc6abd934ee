package archive_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/archive"
	"giaoban/calendar"
	"giaoban/citation"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/lineage"
	"giaoban/org"
	"giaoban/task"
)

// sure takes everything that is sure in a file.
func (o *office) sure(prefix string) (taken, left int) {
	o.t.Helper()
	i, _ := o.file(prefix)
	o.write(func(tx *db.Tx) (err error) {
		taken, left, err = archive.AcceptSure(tx, o.officer, i.ID)
		return err
	})
	return taken, left
}

func of(fields []archive.Field, kind archive.FieldKind) (some []archive.Field) {
	for _, f := range fields {
		if f.Kind == kind {
			some = append(some, f)
		}
	}
	return some
}

func (o *office) register() (symbols []string) {
	o.t.Helper()
	o.read(func(tx *db.Tx) error {
		return tx.Select(&symbols, "select symbol || ' ' || coalesce(date, '') as s from directive order by symbol, date")
	})
	return symbols
}

func TestDocumentsCitedInManyFilesStandOnceInTheRegister(t *testing.T) {
	in(t, func(t *testing.T, o *office) {
		o.fed()
		for _, name := range []string{"giao-ban-quy-1", "giao-ban-9", "thong-bao", "tong-ket"} {
			if taken, _ := o.sure(name); taken == 0 {
				t.Fatalf("nothing of %s was sure", name)
			}
		}
		want := "20-NQ/TW 2017-10-25, 2551/QĐ-BGDĐT 2021-08-04, 33-NQ/TW 2014-06-09, 42-CT/TW 2010-04-16"
		if got := strings.Join(o.register(), ", "); got != want {
			t.Fatalf("the register holds %s", got)
		}
		// The page on the programme names two 20-NQ/TW: the dated one of 2012 is entered beside that of 2017; the bare one
		// waits for a person.
		_, left := o.sure("chuong-trinh")
		i, fields := o.file("chuong-trinh")
		cited := of(fields, archive.CitationField)
		if len(cited) != 2 || cited[1].Value.Date != "" || cited[1].State != archive.Pending || left < 2 {
			t.Fatalf("%d cited, %d left: %+v", len(cited), left, cited)
		}
		bare := cited[1]
		err := o.try(func(tx *db.Tx) error {
			_, err := archive.Accept(tx, o.officer, bare.ID, bare.Version, bare.Value, archive.Choice{})
			return err
		})
		if !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), "Hãy chọn đúng văn bản") {
			t.Fatalf("the bare one was taken: %v", err)
		}
		var health db.ID
		o.read(func(tx *db.Tx) error {
			m, err := archive.Meanings(tx, o.officer, i, fields)
			if c := m[bare.ID].Candidates; len(c) != 2 || m[bare.ID].Meant != "" {
				t.Errorf("candidates %+v", m[bare.ID])
			}
			for _, c := range m[bare.ID].Candidates {
				if c.Date == calendar.On(2017, 10, 25) {
					health = c.ID
				}
			}
			return err
		})
		o.write(func(tx *db.Tx) error {
			f, err := archive.Accept(tx, o.officer, bare.ID, bare.Version, bare.Value, archive.Choice{Directive: health})
			if f.State != archive.Accepted || f.MadeID != health {
				t.Errorf("%+v", f)
			}
			return err
		})
		if got := strings.Join(o.register(), ", "); got != "20-NQ/TW 2012-11-01, "+want {
			t.Errorf("the register holds %s", got)
		}
		o.read(func(tx *db.Tx) error {
			r, err := directive.ResolveIn(tx, o.officer, i.Node(), refs(bare))
			if err == nil && r[0].Decided != health {
				t.Errorf("the choice is not remembered: %+v", r[0])
			}
			return err
		})
	})
}

func TestAFileTellsOfAPastConferenceAndItsNoticeJoinsIt(t *testing.T) {
	in(t, func(t *testing.T, o *office) {
		o.fed()
		o.sure("giao-ban-quy-1")
		o.sure("thong-bao")
		o.sure("tong-ket")
		o.read(func(tx *db.Tx) error {
			events, err := archive.Events(tx, o.officer, "")
			if err != nil {
				return err
			}
			var names []string
			for _, e := range events {
				names = append(names, e.Name())
			}
			if got := strings.Join(names, " | "); got != "Tổng kết năm 2020 | Hội nghị giao ban quý I năm 2019" {
				t.Fatal(got)
			}
			told, err := archive.FindEvent(tx, o.officer, events[1].ID)
			if err != nil {
				return err
			}
			if len(told.Sources) != 2 || told.When() != "Sáng 11/4/2019" || told.Launches.String() != "2019-Q2" ||
				!strings.Contains(told.Concluder, "Lương Thị Thu Ngân") || len(told.Of(archive.ShortcomeField)) != 2 {
				t.Errorf("%d sources, %s, %s, %s, %d shortcomings", len(told.Sources), told.When(), told.Launches, told.Concluder, len(told.Of(archive.ShortcomeField)))
			}
			g, err := lineage.Walk(tx, o.officer, "event", told.ID, 3)
			if err == nil && len(g.Ancestors) != 2 {
				t.Errorf("the conference comes from %d files", len(g.Ancestors))
			}
			return err
		})
	})
}

func TestASpellingIsLearnedAndKnownInTheNextFile(t *testing.T) {
	in(t, func(t *testing.T, o *office) {
		o.fed()
		_, fields := o.file("chuong-trinh")
		var unknown archive.Field
		for _, f := range of(fields, archive.BodyField) {
			if strings.HasPrefix(f.Value.Text, "Liên hiệp") {
				unknown = f
			}
		}
		if unknown.ID == "" {
			t.Fatal("the reader does not name the association")
		}
		if unknown.Value.Body != "" || unknown.Sure {
			t.Fatalf("%+v", unknown)
		}
		accept := func(code string) error {
			v := unknown.Value
			v.Body = code
			return o.try(func(tx *db.Tx) error {
				_, err := archive.Accept(tx, o.officer, unknown.ID, unknown.Version, v, archive.Choice{})
				return err
			})
		}
		if err := accept(""); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("taken without a body: %v", err)
		}
		if err := accept("LHHKHKT"); err != nil {
			t.Fatal(err)
		}
		o.read(func(tx *db.Tx) error {
			b, err := org.ByCode(tx, o.officer, "LHHKHKT", calendar.On(2024, 1, 15))
			if err != nil {
				return err
			}
			all, err := org.Spellings(tx, o.officer, b.ID)
			if err == nil && (len(all) != 1 || all[0].Alias != unknown.Value.Text || !strings.Contains(all[0].Basis, "Tư liệu")) {
				t.Errorf("spellings %+v", all)
			}
			return err
		})
	})
}

func TestAConclusionIsGuidanceUnlessAPersonMakesItATask(t *testing.T) {
	in(t, func(t *testing.T, o *office) {
		o.fed()
		i, fields := o.file("giao-ban-quy-1")
		o.sure("giao-ban-quy-1")
		o.read(func(tx *db.Tx) error {
			all, _, err := task.List(tx, o.officer, task.Filter{Day: calendar.On(2024, 1, 15)})
			if len(all) != 0 {
				t.Errorf("%d tasks came of accepting", len(all))
			}
			return err
		})
		conclusions := of(fields, archive.ConclusionField)
		if len(conclusions) < 3 {
			t.Fatalf("%d conclusions", len(conclusions))
		}
		var plan archive.Field
		for _, f := range conclusions {
			if strings.Contains(f.Value.Text, "phòng, chống dịch sởi") {
				plan = f
			}
		}
		o.write(func(tx *db.Tx) error { _, err := archive.Reopen(tx, o.officer, plan.ID, 1); return err })
		v := plan.Value
		v.Task = true
		assign := func(by access.Actor, v archive.Value) error {
			return o.try(func(tx *db.Tx) error {
				_, err := archive.Accept(tx, by, plan.ID, 2, v, archive.Choice{})
				return err
			})
		}
		if err := assign(o.officer, v); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("a task without lead, product and day: %v", err)
		}
		v.Lead, v.Product, v.Due = "SYT", "Kế hoạch đã ban hành", "30/4/2019"
		if err := assign(o.clerk, v); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("the clerk assigned a task: %v", err)
		}
		if err := assign(o.officer, v); err != nil {
			t.Fatal(err)
		}
		o.read(func(tx *db.Tx) error {
			all, _, err := task.List(tx, o.officer, task.Filter{Day: calendar.On(2024, 1, 15)})
			if err != nil {
				return err
			}
			if len(all) != 1 || all[0].Origin.Kind != "import" || all[0].Origin.ID != i.ID || all[0].Lead != o.soYTe {
				t.Errorf("%+v", all)
			}
			f, err := archive.FindField(tx, o.officer, plan.ID)
			if f.State != archive.Accepted || f.MadeKind != "task" {
				t.Errorf("%+v", f)
			}
			return err
		})
		if err := o.try(func(tx *db.Tx) error { _, err := archive.Reopen(tx, o.officer, plan.ID, 3); return err }); !fault.Is(err, fault.KindConflict) {
			t.Errorf("a field that became a task was taken back: %v", err)
		}
	})
}

func TestWhoComesSecondIsToldWhatTheFirstDecided(t *testing.T) {
	in(t, func(t *testing.T, o *office) {
		o.fed()
		_, fields := o.file("tong-ket")
		day := of(fields, archive.HeldOnField)[0]
		v := day.Value
		v.Text = "15/01/2021"
		o.write(func(tx *db.Tx) error {
			f, err := archive.Accept(tx, o.officer, day.ID, 0, v, archive.Choice{})
			if f.State != archive.Corrected || f.Kept.Text != "2021-01-15" {
				t.Errorf("%+v", f)
			}
			return err
		})
		err := o.try(func(tx *db.Tx) error { _, err := archive.Skip(tx, o.clerk, day.ID, 0); return err })
		if !fault.Is(err, fault.KindStale) || !strings.Contains(err.Error(), "Tạ Thị Hoài Thương vừa sửa và nhận phần này: “15/01/2021”") {
			t.Errorf("%v", err)
		}
		i, _ := o.file("tong-ket")
		if i.HeldOn != calendar.On(2021, 1, 15) || i.State() != archive.Begun {
			t.Errorf("%s %s", i.HeldOn, i.State())
		}
	})
}

func TestWhatTheReaderMissedIsAddedWithItsPlace(t *testing.T) {
	in(t, func(t *testing.T, o *office) {
		o.fed()
		i, _ := o.file("chuong-trinh")
		o.write(func(tx *db.Tx) error {
			f, err := archive.Add(tx, o.officer, i.ID, archive.ResultField, archive.Value{Text: "tham gia phản biện 6 đề án"}, archive.Choice{})
			if f.State != archive.Accepted || i.Text[f.Start:f.End] != "tham gia phản biện 6 đề án" {
				t.Errorf("%+v", f)
			}
			if err != nil {
				return err
			}
			_, err = archive.Add(tx, o.officer, i.ID, archive.HeldOnField, archive.Value{Text: "20/10/2021"}, archive.Choice{})
			return err
		})
		err := o.try(func(tx *db.Tx) error {
			_, err := archive.Add(tx, o.officer, i.ID, archive.HeldOnField, archive.Value{Text: "21/10/2021"}, archive.Choice{})
			return err
		})
		if !fault.Is(err, fault.KindConflict) {
			t.Errorf("two days for one conference: %v", err)
		}
		err = o.try(func(tx *db.Tx) error {
			_, err := archive.Add(tx, o.officer, i.ID, archive.ResultField, archive.Value{Text: "TUYỆT MẬT\nnội dung"}, archive.Choice{})
			return err
		})
		if !fault.Is(err, fault.KindRefused) && err == nil {
			t.Error("a mark of secrecy was typed in")
		}
		o.write(func(tx *db.Tx) error {
			n, err := archive.SkipRest(tx, o.officer, i.ID)
			if n == 0 {
				t.Error("nothing was left to skip")
			}
			return err
		})
		if i, _ := o.file("chuong-trinh"); i.State() != archive.Settled || i.HeldOn != calendar.On(2021, 10, 20) {
			t.Errorf("%s %s", i.State(), i.HeldOn)
		}
	})
}

func TestFilesAreFoundByFoldedWordsYearAndState(t *testing.T) {
	in(t, func(t *testing.T, o *office) {
		o.fed()
		o.sure("tong-ket")
		for _, c := range []struct {
			f    archive.Filter
			want int
		}{
			{archive.Filter{}, 5}, {archive.Filter{Words: "dich soi"}, 2}, {archive.Filter{Words: "DỊCH SỞI truyền thông"}, 2}, {archive.Filter{Words: "hoangtuong"}, 0}, {archive.Filter{Words: "33-nq/tw"}, 2}, {archive.Filter{Words: "ich soi"}, 0},
			{archive.Filter{Year: "2019"}, 2}, {archive.Filter{Kind: archive.YearReview}, 1}, {archive.Filter{State: archive.Unseen}, 4}, {archive.Filter{Words: "tập huấn báo cáo viên năm 2018"}, 0},
		} {
			o.read(func(tx *db.Tx) error {
				all, _, err := archive.List(tx, o.officer, c.f)
				if len(all) != c.want {
					t.Errorf("%+v finds %d", c.f, len(all))
				}
				return err
			})
		}
		seen, after := 0, ""
		for range 4 {
			o.read(func(tx *db.Tx) error {
				all, next, err := archive.List(tx, o.officer, archive.Filter{Limit: 2, After: after})
				seen, after = seen+len(all), next
				return err
			})
			if after == "" {
				break
			}
		}
		if seen != 5 {
			t.Errorf("page by page there are %d files", seen)
		}
		o.read(func(tx *db.Tx) error {
			c, err := archive.Count(tx, o.officer)
			if c.Total() != 5 || c.Unseen != 4 || len(c.Years) != 2 {
				t.Errorf("%+v", c)
			}
			return err
		})
	})
}

func TestPeriodsAreReadAsPeopleTypeThem(t *testing.T) {
	for typed, want := range map[string]string{"quý I/2022": "2022-Q1", "Quý 4 năm 2019": "2019-Q4", "q2/2020": "2020-Q2", "9 tháng đầu năm 2023": "2023-9M",
		"9 tháng 2023": "2023-9M", "6 tháng cuối năm 2020": "2020-H2", "năm 2021": "2021", "2021": "2021", "tháng 3/2022": "2022-03", "3/2022": "2022-03",
		"giai đoạn 2017-2021": "2017..2021", "2022-q1": "2022-Q1"} {
		p, err := archive.ReadPeriod(typed)
		if err != nil || p.String() != want {
			t.Errorf("%q reads as %s (%v)", typed, p, err)
		}
	}
	for _, typed := range []string{"", "quý V/2022", "tháng 13/2022", "hôm qua", "2021-2017"} {
		if p, err := archive.ReadPeriod(typed); err == nil {
			t.Errorf("%q reads as %s", typed, p)
		}
	}
}

func refs(f archive.Field) []citation.Reference { return []citation.Reference{f.Value.Reference()} }

func TestAReviewThatAFileTellsOfIsNotedAtTheDocumentsOwn(t *testing.T) {
	in(t, func(t *testing.T, o *office) {
		o.fed()
		i, fields := o.file("giao-ban-quy-1")
		told := of(fields, archive.ReviewField)
		if len(told) != 2 {
			t.Fatalf("%d reviews", len(told))
		}
		err := o.try(func(tx *db.Tx) error {
			_, err := archive.Accept(tx, o.officer, told[0].ID, 0, told[0].Value, archive.Choice{})
			return err
		})
		if !fault.Is(err, fault.KindConflict) {
			t.Errorf("a review of a document that nobody has confirmed: %v", err)
		}
		o.sure("giao-ban-quy-1")
		o.read(func(tx *db.Tx) error {
			for _, f := range told {
				f, err := archive.FindField(tx, o.officer, f.ID)
				if err != nil {
					return err
				}
				if f.MadeKind != "review" || !strings.Contains(f.MadeLabel, f.Value.Symbol) {
					t.Errorf("%s led to %s %q", f.Value.Symbol, f.MadeKind, f.MadeLabel)
				}
				g, err := lineage.Walk(tx, o.officer, "review", f.MadeID, 2)
				if err != nil {
					return err
				}
				found := false
				for _, b := range g.Ancestors {
					found = found || b.Node.ID == i.ID
				}
				if !found {
					t.Errorf("the review of %s does not know the file", f.Value.Symbol)
				}
			}
			return nil
		})
	})
}

func TestFiguresAreReadAsOfficesTypeThem(t *testing.T) {
	for typed, want := range map[string]string{"4,9": "4.9", "1.915.509": "1915509", "100": "100", "ước 73,50": "73.5", "nhiều": "nhiều"} {
		if got := archive.TypedNumber(typed); got != want {
			t.Errorf("%q is taken as %q", typed, got)
		}
	}
	for plain, want := range map[string]string{"4.9": "4,9", "1915509": "1.915.509", "": "", "nhiều": "nhiều"} {
		if got := archive.NumberShown(plain); got != want {
			t.Errorf("%q is shown as %q", plain, got)
		}
	}
}

func FuzzTypedPeriodsAndNumbers(f *testing.F) {
	for _, s := range []string{"quý I/2022", "9 tháng 2023", "4,9", "tháng 13/2022", "–", "2017-2021"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if p, err := archive.ReadPeriod(s); err == nil {
			if again, err := archive.ReadPeriod(p.Name()); err != nil || again != p {
				t.Errorf("%q reads as %s, which reads as %s (%v)", s, p.Name(), again, err)
			}
		}
		archive.NumberShown(archive.TypedNumber(s))
	})
}
