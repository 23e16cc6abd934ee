package goal_test

import (
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/goal"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/report"
	"giaoban/sample"
	"giaoban/sample/sampletest"
)

// congress is the sample in April 2022 with the resolution of a congress, which has no number, and its goals.
type congress struct {
	*testing.T
	*sample.Province
	tx       *db.Tx
	document directive.Directive
	goals    []directive.Goal
}

func congresses(t *testing.T, test func(c *congress)) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, "2022-04-04")
			dbtest.Begin(t, p.DB, func(tx *db.Tx) {
				c := &congress{T: t, Province: p, tx: tx}
				var err error
				c.document, err = directive.Record(tx, p.Officer, directive.New{Type: "Nghị quyết Đại hội", Term: "XVIII", Issuer: "Đại hội đại biểu Đảng bộ tỉnh",
					Subject: "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVIII", Date: calendar.On(2020, 10, 14), Goals: []directive.Goal{
						{Text: "Bác sĩ trên một vạn dân", Unit: "bác sĩ", Target: 80, Decimals: 1, Year: 2025},
						{Text: "Trẻ em dưới 5 tuổi suy dinh dưỡng thể nhẹ cân", Unit: "%", Target: 15, Year: 2025},
						{Text: "Tăng trưởng GRDP bình quân", Unit: "%", Target: 75, Decimals: 1, Year: 2025},
						{Text: "Đưa cấp độ dịch về cấp 1", Year: 2022}}})
				c.ok(err)
				c.goals, err = directive.Goals(tx, p.Officer, c.document.ID)
				c.ok(err)
				test(c)
			})
		})
	}
}

func (c *congress) ok(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

func (c *congress) refused(err error, kind fault.Kind, sentence string) {
	c.Helper()
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), sentence) {
		c.Errorf("got %v, want a fault of kind %d saying %q", err, kind, sentence)
	}
}

// stands asks where a goal stands: the word, and what the rule says among other things.
func (c *congress) stands(n int, word goal.Word, rule ...string) goal.Standing {
	c.Helper()
	s, err := goal.Find(c.tx, c.Officer, c.goals[n].ID)
	c.ok(err)
	if s.Word != word {
		c.Errorf("%s is said to be %q: %s", s.Goal.Text, s.Word.Name(), s.Rule)
	}
	for _, want := range rule {
		if !strings.Contains(s.Rule, want) {
			c.Errorf("%s: the rule says %q, not %q", s.Goal.Text, s.Rule, want)
		}
	}
	return s
}

func (c *congress) measure(n int, m goal.Measure) error {
	m.Goal = c.goals[n].ID
	return goal.SetMeasure(c.tx, c.Officer, m)
}

func (c *congress) enter(n int, value string, day calendar.Date) error {
	_, err := goal.Enter(c.tx, c.Officer, goal.Entry{Goal: c.goals[n].ID, Value: value, Day: day, Source: "Niên giám thống kê tỉnh"})
	return err
}

func TestAFigureOfNobodyInTheFieldIsEnteredWithItsSource(t *testing.T) {
	congresses(t, func(c *congress) {
		const grdp = 2
		c.stands(grdp, goal.Unknown, "Chưa chọn chỉ tiêu này đo bằng gì")
		c.refused(c.enter(grdp, "6", calendar.On(2021, 12, 31)), fault.KindConflict, "không đo bằng số ghi tay")
		m := goal.Measure{Kind: goal.ByHand, Direction: report.Higher, Base: "5", BaseYear: 2020, BaseSource: "Báo cáo chính trị Đại hội XVIII"}
		for sentence, change := range map[string]func(m *goal.Measure){
			"chiều tốt":            func(m *goal.Measure) { m.Direction = "" },
			"nguồn của mức đầu kỳ": func(m *goal.Measure) { m.BaseSource = "" },
			"trước năm phải đạt":   func(m *goal.Measure) { m.BaseYear = 2025 },
			"cần ghi mức đầu kỳ":   func(m *goal.Measure) { m.Base = "" },
			"không ghi dạng a/b":   func(m *goal.Measure) { m.Base = "5/6" },
			"đo bằng gì":           func(m *goal.Measure) { m.Kind = "khac" },
			"Cần từ 2 đến 20 mức":  func(m *goal.Measure) { m.Kind = goal.ByGrade },
			"Không có chế độ":      func(m *goal.Measure) { m.Kind, m.Regime = goal.ByIndicator, "khong-co" },
			"nên không so được":    func(m *goal.Measure) { m.Kind, m.Regime, m.Indicator = goal.ByIndicator, sample.Quarterly, "YT13" },
		} {
			wrong := m
			change(&wrong)
			c.refused(c.measure(grdp, wrong), fault.KindInvalid, sentence)
		}
		c.ok(c.measure(grdp, m))
		c.refused(c.measure(grdp, m), fault.KindStale, "vừa đổi cách đo")
		c.stands(grdp, goal.Unknown, "Chưa có số liệu nào")

		// A straight line from 5 % at the end of 2020 to 7,5 % at the end of 2025 is at 5,5 % a year later.
		c.ok(c.enter(grdp, "ước 5,49", calendar.On(2021, 12, 31)))
		s := c.stands(grdp, goal.Behind, "Đạt khi từ 7,5 % trở lên", "từ 5,5 % trở lên ngày 31/12/2021", "từ 5 % cuối năm 2020 đến 7,5 % cuối năm 2025")
		if p, _ := s.Latest(); p.Text != "5,49 %" || p.Of != "Niên giám thống kê tỉnh" || !s.Doubtful() || p.Doubt != "số ước" {
			c.Errorf("the newest figure is %+v", p)
		}
		c.refused(c.enter(grdp, "5,5", calendar.On(2021, 12, 31)), fault.KindConflict, "đã có số")
		c.refused(c.enter(grdp, "5,5", calendar.On(2022, 12, 31)), fault.KindInvalid, "")
		c.ok(goal.Drop(c.tx, c.Officer, c.goals[grdp].ID, s.Points[0].Entry, "Số cũ"))
		c.ok(c.enter(grdp, "5,5", calendar.On(2021, 12, 31)))
		if c.stands(grdp, goal.OnPath).Doubtful() {
			c.Error("a figure that is no estimate is doubtful")
		}
		c.ok(c.enter(grdp, "7,5", calendar.On(2022, 3, 31)))
		c.stands(grdp, goal.Met, "Đạt khi từ 7,5 % trở lên.")

		// What the office corrects in the document keeps what is measured.
		goals := append(c.goals[:0:0], c.goals...)
		goals[grdp].Text, goals[grdp].Target = "Tăng trưởng GRDP bình quân hằng năm", 80
		_, err := directive.Revise(c.tx, c.Officer, c.document.ID, c.document.Version, directive.New{Type: c.document.Type, Term: "XVIII", Issuer: c.document.Issuer,
			Subject: c.document.Subject, Date: c.document.Date, Goals: goals[1:]})
		c.ok(err)
		c.stands(grdp, goal.OnPath, "Đạt khi từ 8,0 % trở lên")
		_, err = goal.Find(c.tx, c.Officer, c.goals[0].ID)
		c.refused(err, fault.KindMissing, "vừa được sửa")

		by := c.AgencyOfficer(c.Body(sample.SYT))
		_, err = goal.Enter(c.tx, by, goal.Entry{Goal: c.goals[grdp].ID, Value: "9", Day: calendar.On(2022, 4, 1), Source: "x"})
		c.refused(err, fault.KindForbidden, "Vào sổ văn bản chỉ đạo")
		_, err = goal.All(c.tx, by)
		c.refused(err, fault.KindForbidden, "")
		if all, err := goal.All(c.tx, c.Leader); err != nil || len(all) != 1 {
			c.Errorf("the list of all goals has %d: %v", len(all), err)
		}
	})
}

func TestGradesAreOrderedWords(t *testing.T) {
	congresses(t, func(c *congress) {
		const epidemic = 3
		m := goal.Measure{Kind: goal.ByGrade, Grades: "cấp 4\ncấp 3\n cấp 2 \n\ncấp 1", Aim: "Cấp 1", Base: "cấp 3", BaseYear: 2021, BaseSource: "Quyết định công bố cấp độ dịch"}
		wrong := m
		wrong.Aim = "cấp 0"
		c.refused(c.measure(epidemic, wrong), fault.KindInvalid, "một trong các mức")
		c.ok(c.measure(epidemic, m))
		c.refused(c.enter(epidemic, "cấp 7", calendar.On(2022, 1, 15)), fault.KindInvalid, "cấp 4, cấp 3, cấp 2, cấp 1")
		c.ok(c.enter(epidemic, "cấp 3", calendar.On(2022, 1, 15)))
		c.stands(epidemic, goal.Behind, "Đạt khi ở “Cấp 1” hoặc tốt hơn", "tốt hơn mức đầu kỳ “cấp 3” (năm 2021)")
		c.ok(c.enter(epidemic, "CẤP 2", calendar.On(2022, 2, 15)))
		if s := c.stands(epidemic, goal.OnPath); s.Points[0].Text != "cấp 2" || s.Aim() != "Cấp 1" {
			c.Errorf("it stands at %q of %q", s.Points[0].Text, s.Aim())
		}
		c.ok(c.enter(epidemic, "cấp 1", calendar.On(2022, 3, 20)))
		c.stands(epidemic, goal.Met)
	})
}

func TestAnIndicatorThatIsReportedMeasuresAGoal(t *testing.T) {
	congresses(t, func(c *congress) {
		const doctors, weight = 0, 1
		c.ok(c.measure(weight, goal.Measure{Kind: goal.ByIndicator, Regime: sample.Quarterly, Indicator: "YT16", Base: "22", BaseYear: 2020, BaseSource: "Báo cáo chính trị"}))
		s := c.stands(weight, goal.OnPath, "Đạt khi từ 15 % trở xuống", "từ 20,32 % trở xuống ngày 14/3/2022")
		if s.Measure.Direction != report.Lower || s.Points[0].Of != sample.Quarter.Name() {
			c.Errorf("it is measured %s, newest of %s", s.Measure.Direction, s.Points[0].Of)
		}
		// The target alone, without a beginning, says only whether it is reached.
		c.ok(c.measure(doctors, goal.Measure{Kind: goal.ByIndicator, Regime: sample.Quarterly, Indicator: "YT13"}))
		s = c.stands(doctors, goal.Unknown, "Chưa ghi mức đầu kỳ")
		// Who does not read totals does not read them here.
		agency, err := goal.Find(c.tx, c.AgencyOfficer(c.Body(sample.SYT)), c.goals[weight].ID)
		if err != nil || len(agency.Points) != 0 || agency.Word != goal.Unknown || !strings.Contains(agency.Rule, "do Ban xem") {
			c.Errorf("an agency reads %+v %v", agency, err)
		}
	})
}
