package report_test

import (
	"errors"
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/report"
)

func TestVerifyNamesAnObligationThatIsNotWhatItsFactsSay(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		first := o.submit(t, "2022-Q1", 0, report.Input{Values: map[string]*string{"kham": text("100")}})
		o.accept(t, first.ID)
		o.verified(t)
		for planted, named := range map[string]string{
			"due = '2022-03-30'":          "hạn đang ghi 30/3/2022, theo sự kiện là 16/3/2022",
			"drafted = true":              "có bản nháp đang ghi có, theo sự kiện là không",
			"extended = true":             "được gia hạn đang ghi có",
			"returned = true":             "đề nghị bổ sung đang ghi có",
			"owed = true":                 "còn phải báo cáo đang ghi có",
			"latest = null":               "bản mới nhất đang ghi , theo sự kiện là " + string(first.ID),
			"latest_version = 2":          "số thứ tự bản mới nhất đang ghi 2, theo sự kiện là 1",
			"latest_at = latest_at + 1":   "lúc nhận bản mới nhất",
			"late = true":                 "gửi muộn đang ghi có",
			"nil_report = true":           "không phát sinh đang ghi có",
			"accepted = 'another'":        "bản được nhận đang ghi another",
			"owed = true, drafted = true": "có bản nháp đang ghi có, theo sự kiện là không; còn phải báo cáo",
		} {
			takenBack := errors.New("taken back")
			err := o.d.Write(t.Context(), func(tx *db.Tx) error {
				if _, err := tx.Exec("update obligation set "+planted+" where latest = ?", first.ID); err != nil {
					return err
				}
				found, err := report.Verify(tx)
				if err != nil {
					return err
				}
				told := false
				for _, d := range found {
					told = told || strings.HasPrefix(d.Sentence, "kg-quy, quý I năm 2022: nghĩa vụ của SYT: ") && strings.Contains(d.Sentence, named)
				}
				if !told {
					t.Errorf("%s: %+v", planted, found)
				}
				return takenBack
			})
			if !errors.Is(err, takenBack) {
				t.Fatal(err)
			}
		}
		o.verified(t)
	})
}

// lived is one act in the life of an obligation, on a day of March, and what its row says afterwards.
type lived struct {
	day     int
	act     func(tx *db.Tx, ob report.Obligation) error
	state   report.State
	due     int // of March
	owed    bool
	drafted bool
	counts  int64 // the version that counts; 0 for none
}

func TestEveryActLeavesTheRowAsItsFactsSay(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		day := func(d int) calendar.Date { return calendar.On(2022, 3, d) }
		returns := func(due calendar.Date) func(tx *db.Tx, ob report.Obligation) error {
			return func(tx *db.Tx, ob report.Obligation) error {
				return report.Return(tx, o.officer, ob.Latest, report.Returning{Reason: "Cần bổ sung số liệu", Due: due})
			}
		}
		waives := func(tx *db.Tx, ob report.Obligation) error {
			return report.Waive(tx, o.officer, ob.ID, "Không còn cần")
		}
		accepts := func(tx *db.Tx, ob report.Obligation) error { return report.Accept(tx, o.officer, ob.Latest) }
		submits := func(tx *db.Tx, ob report.Obligation) error {
			_, err := o.tryit(tx, "2022-Q1", 0, report.Input{Values: map[string]*string{"kham": text("5")}})
			return err
		}
		asks := func(until int) func(tx *db.Tx, ob report.Obligation) error {
			return func(tx *db.Tx, ob report.Obligation) error {
				_, err := report.AskExtension(tx, o.focal(0), ob.ID, day(until), "Chưa đủ số liệu")
				return err
			}
		}
		grants := func(until int) func(tx *db.Tx, ob report.Obligation) error {
			return func(tx *db.Tx, ob report.Obligation) error {
				asked, err := report.ExtensionsAsked(tx, o.officer)
				if err != nil {
					return err
				}
				return report.AnswerExtension(tx, o.officer, asked[0].ID, day(until), "")
			}
		}
		for n, step := range []lived{
			{1, func(tx *db.Tx, ob report.Obligation) error {
				_, err := report.SaveDraft(tx, o.focal(0), ob, report.Draft{Values: map[string]string{"kham": "1"}}, 0)
				return err
			}, report.StateDraft, 16, true, true, 0},
			{2, asks(21), report.StateDraft, 16, true, true, 0},
			{3, grants(21), report.StateExtended, 21, true, true, 0},
			{4, waives, report.StateExtended, 21, false, true, 0},
			{5, func(tx *db.Tx, ob report.Obligation) error {
				return report.GrantExtension(tx, o.officer, ob.ID, day(23), "Ban vẫn cần báo cáo này")
			}, report.StateExtended, 23, true, true, 0},
			{6, func(tx *db.Tx, ob report.Obligation) error { // what the body was typing stays
				_, err := report.EnterPaper(tx, o.clerk, ob, report.Draft{Values: map[string]string{"kham": "2"}}, report.Original{},
					report.Arrival{Number: "9", Date: day(6)})
				return err
			}, report.StateOnTime, 23, false, true, 0},
			{7, returns(day(25)), report.StateReturned, 25, true, true, 0},
			{8, func(tx *db.Tx, ob report.Obligation) error { // and goes when the body itself hands in
				_, err := report.Nil(tx, o.focal(0), ob, "Không phát sinh")
				return err
			}, report.StateNil, 25, false, false, 0},
			{9, accepts, report.StateNil, 25, false, false, 2},
			{10, returns(calendar.Date{}), report.StateReturned, 25, true, false, 0},
			{11, waives, report.StateReturned, 25, false, false, 0},
			{12, returns(day(22)), report.StateReturned, 22, true, false, 0},
			{13, asks(30), report.StateReturned, 22, true, false, 0},
			{14, submits, report.StateOnTime, 22, false, false, 0},
			{15, grants(30), report.StateOnTime, 30, false, false, 0}, // a day given for what has come asks for nothing more
			{16, accepts, report.StateAccepted, 30, false, false, 3},
			{17, submits, report.StateOnTime, 30, false, false, 3},
			{18, returns(calendar.Date{}), report.StateReturned, 30, true, false, 3},
			{19, submits, report.StateOnTime, 30, false, false, 3},
			{20, accepts, report.StateAccepted, 30, false, false, 5},
		} {
			o.clock.Set(dbtest.NewClock(day(step.day).String()).Now())
			ob := o.obligation(t, "2022-Q1", 0)
			o.write(t, func(tx *db.Tx) error { return step.act(tx, ob) })
			got := o.obligation(t, "2022-Q1", 0)
			counts := int64(0)
			for _, s := range o.history(t, got.ID) {
				if s.Accepted {
					counts = s.Version
				}
			}
			if got.State() != step.state || got.Due != day(step.due) || got.Owed != step.owed || got.Drafted != step.drafted || counts != step.counts {
				t.Fatalf("step %d: %s, due %s, owed %v, drafted %v, version %d counts; want %+v", n+1, got.State(), got.Due, got.Owed, got.Drafted, counts, step)
			}
			o.verified(t)
		}
	})
}

func (o *office) history(t *testing.T, obligation db.ID) (all []report.Submission) {
	t.Helper()
	o.read(t, func(tx *db.Tx) (err error) {
		all, err = report.History(tx, o.officer, obligation)
		return err
	})
	return all
}
