package sample_test

import (
	"slices"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/org"
	"giaoban/report"
	"giaoban/sample"
	"giaoban/sample/sampletest"
	"giaoban/task"
)

// province runs a test on a copy of the sample, once per engine.
func province(t *testing.T, day string, test func(t *testing.T, tx *db.Tx, p *sample.Province)) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, day)
			dbtest.Begin(t, p.DB, func(tx *db.Tx) { test(t, tx, p) })
		})
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestEightQuartersAndTheirMonthsAreReported(t *testing.T) {
	province(t, "", func(t *testing.T, tx *db.Tx, p *sample.Province) {
		for regime, want := range map[string]int{sample.Quarterly: 8, sample.Monthly: 24} {
			r, err := report.FindRegime(tx, p.Officer, regime)
			ok(t, err)
			all, err := report.Openings(tx, p.Officer, r.ID)
			ok(t, err)
			if len(all) != want+1 { // the next period is open too
				t.Errorf("%s: %d kỳ", regime, len(all))
			}
		}
		var late, back, extended, none, nothing, paper int
		for _, row := range []struct {
			into  *int
			query string
		}{
			{&late, "select count(*) from submission where late"}, {&back, "select count(*) from report_return"},
			{&extended, "select count(*) from report_extension where due is not null"},
			{&none, "select count(*) from obligation o join opening p on p.id = o.opening where o.latest is null and p.due < '2022-03-01'"},
			{&nothing, "select count(*) from submission where nil_report"}, {&paper, "select count(*) from submission where way = 'paper'"},
		} {
			ok(t, tx.Get(row.into, row.query))
		}
		if late < 10 || late > 80 || back != 3 || extended != 1 || none != 1 || nothing != 1 || paper != 1 {
			t.Errorf("muộn %d, đề nghị bổ sung %d, gia hạn %d, thiếu %d, không phát sinh %d, nhập thay %d", late, back, extended, none, nothing, paper)
		}
	})
}

func TestTheFormsHaveFortyIndicatorsOfAllSectors(t *testing.T) {
	province(t, "", func(t *testing.T, tx *db.Tx, p *sample.Province) {
		kinds := map[report.Aggregation]int{}
		meanings := map[report.Fraction]int{}
		sectors := map[string]int{}
		targets, lower := 0, 0
		for _, code := range []string{sample.Monthly, sample.Quarterly} {
			r, err := report.FindRegime(tx, p.Officer, code)
			ok(t, err)
			f, err := report.ActiveForm(tx, r.ID, calendar.MustPeriod(map[string]string{sample.Monthly: "2022-03", sample.Quarterly: "2022-Q1"}[code]))
			ok(t, err)
			for _, i := range f.Indicators {
				kinds[i.Aggregation]++
				meanings[i.Fraction]++
				sectors[i.Sector]++
				if i.Target != nil {
					targets++
				}
				if i.Direction == report.Lower {
					lower++
				}
			}
		}
		if len(kinds) != 4 || meanings[report.PartTotal] == 0 || meanings[report.ActualTarget] == 0 || len(sectors) != 10 || targets < 10 || lower < 5 ||
			kinds[report.Sum]+kinds[report.Last]+kinds[report.Average]+kinds[report.Ratio] < 40 {
			t.Errorf("%v %v %v %d %d", kinds, meanings, sectors, targets, lower)
		}
	})
}

func TestNothingOfALaterDayHasHappened(t *testing.T) {
	province(t, "2022-03-16", func(t *testing.T, tx *db.Tx, p *sample.Province) {
		absent, err := report.Missing(tx, p.Officer, sample.Quarterly, sample.Quarter)
		ok(t, err)
		var who []string
		for _, a := range absent.Items {
			who = append(who, a.BodyCode)
		}
		if !slices.Equal(who, []string{sample.STNMT, sample.BTGDK}) {
			t.Errorf("chưa báo cáo: %v", who)
		}
		all, err := conference.List(tx, p.Officer)
		ok(t, err)
		if len(all) != 1 || all[0].Period.String() != "2021-Q4" {
			t.Errorf("hội nghị: %v", all)
		}
	})
}

func TestTheDistrictsEndWithJune2025(t *testing.T) {
	province(t, "", func(t *testing.T, tx *db.Tx, p *sample.Province) {
		count := func(day string) (n int) {
			d, err := calendar.ParseDate(day)
			ok(t, err)
			all, err := org.At(tx, p.Admin, d)
			ok(t, err)
			for _, b := range all {
				if b.Kind == org.LowerCommission {
					n++
				}
			}
			return n
		}
		if count("2025-06-30") != 3 || count("2025-07-01") != 0 {
			t.Errorf("%d, %d", count("2025-06-30"), count("2025-07-01"))
		}
	})
}

func TestEveryRoleHasSomebody(t *testing.T) {
	province(t, "", func(t *testing.T, tx *db.Tx, p *sample.Province) {
		var roles []string
		ok(t, tx.Select(&roles, "select distinct p.role from post p join account a on a.person = p.person order by 1"))
		if len(roles) != len(access.Roles) {
			t.Errorf("%v", roles)
		}
		for _, b := range []org.Body{p.SKHCN, p.SGDDT, p.SYT, p.SVHTT, p.STNMT, p.SLDTBXH, p.STTTT, p.SNV, p.BHXH, p.BCSUBND, p.BTGNT, p.BTGNH, p.BTGDK} {
			if p.AgencyOfficer(b).Body != b.ID || p.AgencyLeader(b).Body != b.ID {
				t.Errorf("%s không có người", b.Code)
			}
		}
		if len(sample.Programme.Parties) != 9 {
			t.Errorf("%d bên", len(sample.Programme.Parties))
		}
	})
}

func TestSpellingsOfTheSeedFindTheirBody(t *testing.T) {
	province(t, "", func(t *testing.T, tx *db.Tx, p *sample.Province) {
		for spelling, code := range map[string]string{"Sở LĐ-TB&XH": sample.SLDTBXH, "Lao động thương binh và xã hội": sample.SLDTBXH,
			"sở y tế": sample.SYT, "Sở Văn hoá và Thể thao": sample.SVHTT, "BHXH tỉnh": sample.BHXH, "Ban Cán sự UBND tỉnh": sample.BCSUBND} {
			found, err := org.Matching(tx, p.Officer, spelling, sample.End)
			ok(t, err)
			if len(found) != 1 || found[0].Code != code {
				t.Errorf("%s: %v", spelling, found)
			}
		}
	})
}

func TestTheTasksOfTheBriefingAreOnTheDesksInTheRightTone(t *testing.T) {
	province(t, "", func(t *testing.T, tx *db.Tx, p *sample.Province) {
		b, err := conference.OfPeriod(tx, p.Officer, sample.Quarterly, sample.Quarter)
		ok(t, err)
		all, err := conference.Conclusions(tx, p.Officer, b.ID)
		ok(t, err)
		guidance, tasks := 0, 0
		for _, c := range all {
			switch c.Kind {
			case conference.Guidance:
				guidance++
			case conference.Task:
				tasks++
				if body := p.Body(codeOf(p, c.Lead)); c.Mode != task.ModeFor(body.Kind) {
					t.Errorf("kết luận %d: %s %s", c.No, c.Mode, body.Code)
				}
			}
		}
		if guidance <= tasks || tasks < 4 {
			t.Errorf("%d định hướng, %d nhiệm vụ", guidance, tasks)
		}
		due, err := task.OpenOf(tx, p.AgencyOfficer(p.SLDTBXH), p.SLDTBXH.ID, sample.End)
		ok(t, err)
		if len(due) != 2 {
			t.Errorf("Sở LĐTBXH có %d việc", len(due))
		}
		overdue, err := task.Overdue(tx, p.Officer, sample.End)
		ok(t, err)
		if len(overdue) != 1 || overdue[0].Lead != p.STTTT.ID {
			t.Errorf("quá hạn: %v", overdue)
		}
	})
}

func codeOf(p *sample.Province, id db.ID) string {
	for _, code := range append([]string{sample.PKG, sample.VPB, sample.SNV, sample.BHXH, sample.BTGNT, sample.BTGNH, sample.BTGDK}, sample.Programme.Parties...) {
		if p.Body(code).ID == id {
			return code
		}
	}
	return ""
}

func TestTheJournalAndTheTotalsOfTheProvinceHold(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, "")
			ok(t, p.DB.Read(t.Context(), func(tx *db.Tx) error {
				findings, _, err := journal.Verify(tx, nil, nil)
				for _, f := range findings {
					t.Error(f.Sentence)
				}
				if err != nil {
					return err
				}
				wrong, err := report.Verify(tx)
				for _, f := range wrong {
					t.Error(f.Sentence)
				}
				return err
			}))
		})
	}
}

// Every text is said once: of the paragraphs of one body in two years none may come again word for word in a row.
func TestNoBodyRepeatsItself(t *testing.T) {
	province(t, "", func(t *testing.T, tx *db.Tx, p *sample.Province) {
		said := map[string]string{}
		for _, q := range []string{"2020-Q2", "2020-Q3", "2020-Q4", "2021-Q1", "2021-Q2", "2021-Q3", "2021-Q4", "2022-Q1"} {
			all, err := consolidation.Texts(tx, p.Officer, sample.Quarterly, calendar.MustPeriod(q), report.Accepted)
			ok(t, err)
			now := map[string]string{}
			for _, one := range all {
				now[one.Body.Code+fold.Fold(one.Text)] = q
				if before, again := said[one.Body.Code+fold.Fold(one.Text)]; again {
					t.Errorf("%s nói lại ở %s lời của %s: %s", one.Body.Code, q, before, one.Text)
				}
				if strings.ContainsAny(one.Text, "{}") {
					t.Errorf("%s %s: %s", one.Body.Code, q, one.Text)
				}
			}
			said = now
		}
	})
}
