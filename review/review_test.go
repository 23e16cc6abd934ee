package review_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/review"
)

// seeds are the documents whose reviews the five pages speak of.
func seeds() []directive.New {
	central := func(typ, symbol string, on calendar.Date, issuer, term, subject, sector string) directive.New {
		return directive.New{Type: typ, Symbol: symbol, Date: on, Issuer: issuer, Term: term, Subject: subject, Sectors: directive.Sectors(sector)}
	}
	return []directive.New{
		central("Nghị quyết", "36-NQ/TW", calendar.On(2014, 7, 1), "Bộ Chính trị", "XI", "về đẩy mạnh ứng dụng, phát triển công nghệ thông tin", "TT"),
		central("Chỉ thị", "37-CT/TW", calendar.On(2014, 6, 6), "Ban Bí thư", "XI", "về đào tạo nhân lực có tay nghề cao", "LD"),
		central("Chỉ thị", "38-CT/TW", calendar.On(2009, 9, 7), "Ban Bí thư", "X", "về đẩy mạnh công tác bảo hiểm y tế", "BH"),
		central("Chỉ thị", "20-CT/TW", calendar.On(2012, 11, 5), "Bộ Chính trị", "XI", "về việc tăng cường sự lãnh đạo của Đảng đối với công tác chăm sóc, giáo dục và bảo vệ trẻ em trong tình hình mới", "LD"),
		central("Chỉ thị", "19-CT/TW", calendar.On(2012, 11, 5), "Ban Bí thư", "XI", "về dạy nghề cho lao động nông thôn", "LD"),
		central("Nghị quyết", "20-NQ/TW", calendar.On(2012, 11, 1), "Ban Chấp hành Trung ương Đảng", "XI", "về phát triển khoa học và công nghệ", "KH"),
	}
}

func (o office) register(t *testing.T, d *db.DB, all ...directive.New) (ids []db.ID) {
	t.Helper()
	for _, n := range all {
		ids = append(ids, enter(t, d, o.officer, n).ID)
	}
	return ids
}

// names are a year's reviews as "36-NQ/TW sơ kết 5".
func reviewNames(all []review.Review) (names []string) {
	for _, r := range all {
		names = append(names, fmt.Sprintf("%s %s %d", r.Symbol, r.Kind, r.Years))
	}
	slices.Sort(names)
	return names
}

func inYear(t *testing.T, d *db.DB, by access.Actor, year int) (all []review.Review) {
	t.Helper()
	read(t, d, func(tx *db.Tx) (err error) { all, err = review.DueIn(tx, by, year); return err })
	return all
}

func theReview(t *testing.T, d *db.DB, by access.Actor, symbol string, years int) review.Review {
	t.Helper()
	var id db.ID
	read(t, d, func(tx *db.Tx) error {
		return tx.Get(&id, "select r.id from review r join directive d on d.id = r.directive where d.symbol = ? and r.years = ?", symbol, years)
	})
	var r review.Review
	read(t, d, func(tx *db.Tx) (err error) { r, err = review.Find(tx, by, id); return err })
	return r
}

// The four reviews that the pages of 2019 and 2022 tell of, and those that stand beside them, come by themselves.
func TestTheReviewsOfTheSeedsComeByThemselvesInTheRightYears(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock, o office) {
		o.register(t, d, seeds()...)
		for year, want := range map[int][]string{
			2019: {"36-NQ/TW sơ kết 5", "37-CT/TW sơ kết 5", "38-CT/TW tổng kết 10"},
			2022: {"19-CT/TW tổng kết 10", "20-CT/TW tổng kết 10", "20-NQ/TW tổng kết 10"},
			2017: {"19-CT/TW sơ kết 5", "20-CT/TW sơ kết 5", "20-NQ/TW sơ kết 5"},
			2024: {"36-NQ/TW tổng kết 10", "37-CT/TW tổng kết 10"},
			2013: nil, 2027: nil,
		} {
			if got := reviewNames(inYear(t, d, o.officer, year)); !slices.Equal(got, want) {
				t.Errorf("%d: %v, not %v", year, got, want)
			}
		}
		r := theReview(t, d, o.officer, "36-NQ/TW", 5)
		if r.Due != calendar.On(2019, 7, 1) || !r.Provisional() || r.Source != review.ByRule || r.State() != review.Past {
			t.Errorf("%+v", r)
		}
		if label := theReview(t, d, o.officer, "20-CT/TW", 10).Label(); label != "Tổng kết 10 năm thực hiện Chỉ thị số 20-CT/TW, ngày 05/11/2012" {
			t.Error(label)
		}
	})
}

func TestALeapDayEndsWithItsFebruary(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock, o office) {
		o.register(t, d, directive.New{Type: "Chỉ thị", Symbol: "51-CT/TW", Date: calendar.On(2016, 2, 29), Issuer: "Ban Bí thư"})
		if due := theReview(t, d, o.officer, "51-CT/TW", 5).Due; due != calendar.On(2021, 2, 28) {
			t.Error(due)
		}
	})
}

func TestADocumentWithoutADateHasNoReviewsAndSaysWhy(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock, o office) {
		made := enter(t, d, o.officer, directive.New{Type: "Chỉ thị", Symbol: "20-CT/TW", Issuer: "Bộ Chính trị"})
		read(t, d, func(tx *db.Tx) error {
			why, err := review.WhyNone(tx, o.officer, made)
			if !strings.Contains(why, "chưa ghi ngày ban hành") {
				t.Error(why)
			}
			return err
		})
		n := directive.New{Type: made.Type, Symbol: made.Symbol, Issuer: made.Issuer, Date: calendar.On(2012, 11, 5)}
		revise := func() {
			t.Helper()
			write(t, d, func(tx *db.Tx) (err error) {
				if made, err = directive.Revise(tx, o.officer, made.ID, made.Version, n); err != nil {
					return err
				}
				return review.Follow(tx, o.officer, made)
			})
		}
		revise()
		if got := reviewNames(inYear(t, d, o.officer, 2022)); len(got) != 1 {
			t.Errorf("after the date was entered: %v", got)
		}
		n.Date = calendar.On(2013, 11, 5) // it was mistyped
		revise()
		if before, now := inYear(t, d, o.officer, 2022), inYear(t, d, o.officer, 2023); len(before) != 0 || len(now) != 1 || now[0].SubmitBy != calendar.On(2023, 11, 5) {
			t.Errorf("%v, %v", before, now)
		}
	})
}

func TestPapersOfTheStateAreNotReviewedByTheRulesOfTheParty(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock, o office) {
		o.register(t, d, directive.New{Type: "Nghị quyết", Symbol: "43/2017/QH14", Date: calendar.On(2017, 6, 1), Issuer: "Quốc hội"},
			directive.New{Type: "Chỉ thị", Symbol: "09/CT-TTg", Date: calendar.On(2017, 6, 2), Issuer: "Thủ tướng Chính phủ"})
		if all := inYear(t, d, o.officer, 2022); len(all) != 0 {
			t.Errorf("%v", reviewNames(all))
		}
	})
}

// A document that says itself when it is reviewed is reviewed then, and not by the rules.
func TestTheClauseOfADocumentWinsOverTheRules(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock, o office) {
		id := o.register(t, d, seeds()[3])[0]
		children := func() (years []int) {
			read(t, d, func(tx *db.Tx) error {
				all, err := review.Of(tx, o.officer, id)
				for _, r := range all {
					years = append(years, r.Years)
				}
				return err
			})
			return years
		}
		if got := children(); !slices.Equal(got, []int{5, 10}) {
			t.Fatal(got)
		}
		write(t, d, func(tx *db.Tx) error {
			return review.AddClause(tx, o.officer, id, review.Clause{Kind: review.Mid, Years: 3, Repeats: true, UntilYear: 2024, Words: "Ba năm một lần sơ kết việc thực hiện"})
		})
		if got := children(); !slices.Equal(got, []int{3, 6, 9, 12}) {
			t.Fatal(got)
		}
		write(t, d, func(tx *db.Tx) error {
			return review.AddClause(tx, o.officer, id, review.Clause{Kind: review.Final, Years: 12, Words: "Sau 12 năm tổng kết"})
		})
		if r := theReview(t, d, o.officer, "20-CT/TW", 12); r.Kind != review.Final || r.Source != review.ByClause || r.Basis != "Sau 12 năm tổng kết" {
			t.Errorf("%+v", r)
		}
		refused(t, d, fault.KindInvalid, "Cần chép lời của văn bản", func(tx *db.Tx) error {
			return review.AddClause(tx, o.officer, id, review.Clause{Kind: review.Mid, Years: 1, Repeats: true})
		})
		refused(t, d, fault.KindForbidden, "", func(tx *db.Tx) error {
			return review.AddClause(tx, o.doctor, id, review.Clause{Kind: review.Mid, Years: 1, Words: "Hằng năm"})
		})
		var clauses []review.Clause
		read(t, d, func(tx *db.Tx) (err error) { clauses, err = review.Clauses(tx, o.officer, id); return err })
		if len(clauses) != 2 || clauses[0].Sentence() != "Sơ kết 3 năm một lần, đến năm 2024" || clauses[1].Sentence() != "Tổng kết sau 12 năm" {
			t.Errorf("%v", clauses)
		}
		for _, c := range clauses {
			write(t, d, func(tx *db.Tx) error {
				return review.EndClause(tx, o.officer, c.ID, "Chép nhầm từ văn bản khác")
			})
		}
		if got := children(); !slices.Equal(got, []int{5, 10}) {
			t.Errorf("without a clause the rules do not count again: %v", got)
		}
	})
}

func TestARuleThatIsSwitchedTakesOnlyWhatNobodyWorkedOn(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock, o office) {
		o.register(t, d, seeds()...)
		worked := theReview(t, d, o.officer, "20-CT/TW", 10)
		write(t, d, func(tx *db.Tx) error {
			return review.Assign(tx, o.officer, worked.ID, worked.Version, review.Assignment{Lead: o.soLaoDong})
		})
		off := review.Rule{Level: directive.Central, Type: "Chỉ thị", Years: 10, Kind: review.Final, Ending: "TW", Basis: "Thử"}
		var went int
		write(t, d, func(tx *db.Tx) (err error) { _, went, err = review.SetRule(tx, o.officer, off); return err })
		if got := reviewNames(inYear(t, d, o.officer, 2022)); went != 3 || !slices.Equal(got, []string{"20-CT/TW tổng kết 10", "20-NQ/TW tổng kết 10"}) {
			t.Errorf("%d went; %v", went, got)
		}
		if r := theReview(t, d, o.officer, "20-CT/TW", 10); r.Asked {
			t.Error("nothing says that the rule does not ask for it any more")
		}
		off.Applies = true
		var came int
		write(t, d, func(tx *db.Tx) (err error) { came, _, err = review.SetRule(tx, o.officer, off); return err })
		if r := theReview(t, d, o.officer, "20-CT/TW", 10); came != 3 || !r.Asked || r.Lead != o.soLaoDong {
			t.Errorf("%d came back; %+v", came, r)
		}
		fifteen := review.Rule{Level: directive.Central, Type: "Chỉ thị", Years: 15, Kind: review.Final, Ending: "TW", Applies: true, Basis: "Ban yêu cầu"}
		write(t, d, func(tx *db.Tx) error { _, _, err := review.SetRule(tx, o.officer, fifteen); return err })
		if got := reviewNames(inYear(t, d, o.officer, 2027)); !slices.Equal(got, []string{"19-CT/TW tổng kết 15", "20-CT/TW tổng kết 15"}) {
			t.Errorf("%v", got)
		}
		refused(t, d, fault.KindForbidden, "", func(tx *db.Tx) error { _, _, err := review.SetRule(tx, o.clerk, off); return err })
	})
}

// What replaces a document, or the end of its validity, stops the later reviews only; taken back, they go on.
func TestASuccessorStopsTheLaterReviewsAndTheirReturnIsExact(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock, o office) {
		id := o.register(t, d, seeds()[0])[0] // 36-NQ/TW of 2014: 2019, 2024
		newer := enter(t, d, o.officer, directive.New{Type: "Nghị quyết", Symbol: "52-NQ/TW", Date: calendar.On(2019, 9, 27), Issuer: "Bộ Chính trị"})
		write(t, d, func(tx *db.Tx) error {
			return directive.Relate(tx, o.officer, directive.Replaces, newer.ID, id, calendar.Date{}, "Thay thế phần công nghệ thông tin")
		})
		if first, second := theReview(t, d, o.officer, "36-NQ/TW", 5), theReview(t, d, o.officer, "36-NQ/TW", 10); first.State() == review.Stopped || second.State() != review.Stopped {
			t.Fatalf("%s, %s", first.State(), second.State())
		} else if day, why := second.Stop(); day != calendar.On(2019, 9, 27) || !strings.Contains(why, "thay thế") {
			t.Errorf("%s %s", day, why)
		}
		read(t, d, func(tx *db.Tx) error {
			by, err := directive.ReplacedBy(tx, o.officer, id)
			if len(by) != 1 || by[0].Symbol != "52-NQ/TW" {
				t.Errorf("%v", by)
			}
			return err
		})
		stopped := theReview(t, d, o.officer, "36-NQ/TW", 10)
		refused(t, d, fault.KindConflict, "đã dừng", func(tx *db.Tx) error {
			return review.Assign(tx, o.officer, stopped.ID, stopped.Version, review.Assignment{Lead: o.soYTe})
		})
		write(t, d, func(tx *db.Tx) error {
			all, _, err := directive.Related(tx, o.officer, id)
			if err != nil {
				return err
			}
			return directive.EndRelation(tx, o.officer, all[0].ID, "Chỉ thay thế một phần")
		})
		if again := theReview(t, d, o.officer, "36-NQ/TW", 10); again.State() != review.Expected {
			t.Error(again.State())
		}
	})
}

func TestStepsArePlannedBackInWorkingDaysAndSayHow(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock, o office) {
		o.register(t, d, seeds()[3])
		r := theReview(t, d, o.officer, "20-CT/TW", 10)
		h := calendar.Default()
		// 05/11/2022 is a Saturday: handed up on Monday the 7th.
		want := calendar.On(2022, 11, 7)
		for i := len(r.Steps) - 1; i >= 0; i-- {
			s := r.Steps[i]
			if i < len(r.Steps)-1 {
				n := map[review.Step]int{"plan": 10, "outline": 30, "input": 15, "draft": 10, "appraisal": 10, "conference": 5}[s.Step]
				want = h.AddWorkingDays(want, -n)
				if back := h.AddWorkingDays(s.Day, n); back != r.Steps[i+1].Day {
					t.Errorf("%s: %d working days after %s is %s, not %s", s.Step, n, s.Day, back, r.Steps[i+1].Day)
				}
			}
			if s.Day != want {
				t.Errorf("%s: %s, not %s", s.Step, s.Day, want)
			}
		}
		if text := r.Steps[6].Explained; !strings.Contains(text, "05/11/2022 rơi vào ngày nghỉ (thứ Bảy)") {
			t.Error(text)
		}
		if text := r.Steps[1].Explained; !strings.Contains(text, "30 ngày làm việc đến bước “Nhận báo cáo của các cơ quan”") || !strings.Contains(text, "không tính") || !strings.Contains(text, "Quốc khánh") {
			t.Error(text)
		}
	})
}

func TestAStepMovedByHandDrawsTheEarlierOnesWithIt(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock, o office) {
		o.register(t, d, seeds()[3])
		r := theReview(t, d, o.officer, "20-CT/TW", 10)
		refused(t, d, fault.KindInvalid, "Cần ghi vì sao", func(tx *db.Tx) error {
			return review.MoveStep(tx, o.officer, r.ID, r.Version, review.StepDraft, calendar.On(2022, 8, 31), " ")
		})
		refused(t, d, fault.KindInvalid, "phải xong trước bước “Thẩm định dự thảo”", func(tx *db.Tx) error {
			return review.MoveStep(tx, o.officer, r.ID, r.Version, review.StepDraft, calendar.On(2022, 11, 30), "Thử")
		})
		write(t, d, func(tx *db.Tx) error {
			return review.MoveStep(tx, o.officer, r.ID, r.Version, review.StepDraft, calendar.On(2022, 8, 31), "Thường trực yêu cầu sớm")
		})
		moved := theReview(t, d, o.officer, "20-CT/TW", 10)
		if moved.Steps[3].Day != calendar.On(2022, 8, 31) || !strings.Contains(moved.Steps[3].Explained, "Thường trực yêu cầu sớm") ||
			moved.Steps[2].Day != calendar.Default().AddWorkingDays(calendar.On(2022, 8, 31), -15) || moved.Steps[4].Day != r.Steps[4].Day {
			t.Errorf("%+v", moved.Steps)
		}
		refused(t, d, fault.KindStale, "vừa có người sửa", func(tx *db.Tx) error {
			return review.MoveStep(tx, o.officer, r.ID, r.Version, review.StepPlan, calendar.On(2022, 5, 4), "Sớm")
		})
		refused(t, d, fault.KindInvalid, "không thể xong trước bước “Dự thảo báo cáo”", func(tx *db.Tx) error {
			return review.MoveStep(tx, o.officer, r.ID, moved.Version, review.StepAppraisal, calendar.On(2022, 8, 30), "Thử")
		})
		write(t, d, func(tx *db.Tx) error {
			return review.FreeStep(tx, o.officer, r.ID, moved.Version, review.StepDraft, "Thôi yêu cầu sớm")
		})
		if back := theReview(t, d, o.officer, "20-CT/TW", 10); back.Steps[3].Day != r.Steps[3].Day || back.Steps[0].Day != r.Steps[0].Day {
			t.Errorf("%+v", back.Steps)
		}
	})
}

func TestAnInstructionFromAboveEndsTheExpectation(t *testing.T) {
	reviewing(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock, o office) {
		o.register(t, d, seeds()[3])
		r := theReview(t, d, o.officer, "20-CT/TW", 10)
		refused(t, d, fault.KindInvalid, "Cần ghi văn bản chỉ đạo", func(tx *db.Tx) error {
			return review.Instruct(tx, o.officer, r.ID, r.Version, review.Instruction{})
		})
		write(t, d, func(tx *db.Tx) error {
			return review.Instruct(tx, o.officer, r.ID, r.Version, review.Instruction{Text: "Công văn số 512-CV/BTGTW, ngày 15/02/2022", SubmitBy: calendar.On(2022, 9, 30)})
		})
		tied := theReview(t, d, o.officer, "20-CT/TW", 10)
		if tied.Provisional() || tied.InstructedOn != calendar.On(2022, 4, 1) || tied.Steps[6].Day != calendar.On(2022, 9, 30) || tied.Due != r.Due {
			t.Errorf("%+v", tied)
		}
		write(t, d, func(tx *db.Tx) error {
			return review.Uninstruct(tx, o.officer, r.ID, tied.Version, "Gắn nhầm văn bản")
		})
		if back := theReview(t, d, o.officer, "20-CT/TW", 10); !back.Provisional() || back.SubmitBy != r.SubmitBy {
			t.Errorf("%+v", back)
		}
		paper := enter(t, d, o.officer, directive.New{Type: "Hướng dẫn", Symbol: "51-HD/BTGTW", Date: calendar.On(2022, 3, 10), Issuer: "Ban Tuyên giáo Trung ương"})
		back := theReview(t, d, o.officer, "20-CT/TW", 10)
		write(t, d, func(tx *db.Tx) error {
			return review.Instruct(tx, o.officer, r.ID, back.Version, review.Instruction{Directive: paper.ID})
		})
		tied = theReview(t, d, o.officer, "20-CT/TW", 10)
		if tied.Instruction != paper.Label() || tied.InstructionDirective != paper.ID {
			t.Errorf("%+v", tied)
		}
		write(t, d, func(tx *db.Tx) error { return review.Uninstruct(tx, o.officer, r.ID, tied.Version, "Ghi lại") })
		again := theReview(t, d, o.officer, "20-CT/TW", 10)
		write(t, d, func(tx *db.Tx) error { // what is typed is looked up in the register
			return review.Instruct(tx, o.officer, r.ID, again.Version, review.Instruction{Text: "theo Hướng dẫn số 51-HD/BTGTW, ngày 10/3/2022"})
		})
		if tied := theReview(t, d, o.officer, "20-CT/TW", 10); tied.InstructionDirective != paper.ID {
			t.Errorf("%+v", tied)
		}
	})
}
