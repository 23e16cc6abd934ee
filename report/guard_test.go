package report_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/report"
)

// guarded is an outline with every rule a figure can break.
func guarded() report.Outline {
	o := report.Outline{AskFar: true,
		Sectors:  []report.Sector{{Code: "yte", Name: "Y tế"}, {Code: "gddt", Name: "Giáo dục và Đào tạo"}},
		Sections: []report.Section{{Code: report.SectionResults}},
		Rules:    []report.Rule{{Kind: report.PartAtMostTotal, Total: "kham", Parts: []string{"kham_nu"}}, {Kind: report.PartsEqualTotal, Total: "giuong", Parts: []string{"cong", "tu"}}},
	}
	for _, in := range []report.Indicator{
		{Code: "kham", Name: "Lượt khám bệnh", Unit: "lượt", Required: true}, {Code: "kham_nu", Name: "Lượt khám là nữ", Unit: "lượt"},
		{Code: "giuong", Name: "Giường bệnh", Unit: "giường"}, {Code: "cong", Name: "Giường công lập", Unit: "giường"}, {Code: "tu", Name: "Giường tư nhân", Unit: "giường"},
		{Code: "sdd", Name: "Trẻ suy dinh dưỡng", Unit: "%", Decimals: 3}, {Code: "ke_hoach", Name: "So với kế hoạch", Unit: "%", Decimals: 1, Bound: report.AgainstPlan},
		{Code: "tang", Name: "Tăng so với cùng kỳ", Unit: "%", Decimals: 1, Bound: report.Growth}, {Code: "tien", Name: "Chi khám chữa bệnh", Unit: "tỷ đồng", Decimals: 3},
		{Code: "tiem", Name: "Trẻ tiêm đủ", Unit: "trẻ"}, {Code: "tre", Name: "Trẻ dưới 1 tuổi", Unit: "trẻ"},
		{Code: "ty_tiem", Name: "Tỷ lệ tiêm đủ", Unit: "%", Decimals: 1, Aggregation: report.Ratio, Numerator: "tiem", Denominator: "tre", Factor: 100},
		{Code: "truong", Name: "Số trường", Unit: "trường", Sector: "gddt"},
	} {
		if in.Sector == "" {
			in.Sector = "yte"
		}
		if in.Aggregation == "" {
			in.Aggregation = report.Sum
		}
		o.Indicators = append(o.Indicators, in)
	}
	return o
}

// said is a report as a body means it: figures as programs write them, for every door to spell in its own way.
type said struct {
	body   int    // SYT reports health, SGDDT education, SKHCN nothing
	period string // "" for 2022-Q1
	values map[string]string
	notes  map[string]string
	text   bool
}

func (s said) quarter() calendar.Period {
	if s.period == "" {
		return calendar.MustPeriod("2022-Q1")
	}
	return calendar.MustPeriod(s.period)
}

// door hands a report in and says what stood in the way.
type door struct {
	name   string
	handIn func(o *office, tx *db.Tx, s said) error
}

func doors() []door {
	return []door{
		{"trang soạn", func(o *office, tx *db.Tx, s said) error {
			by := o.leader(s.body)
			ob, err := report.ObligationOf(tx, by, "guard", s.quarter(), o.bodies[s.body].ID)
			if err != nil {
				return err
			}
			saved, err := report.SaveDraft(tx, by, ob, s.typed(), 0)
			if err == nil {
				err = report.Approve(tx, by, ob, saved.Version)
			}
			if err == nil {
				_, err = report.SubmitDraft(tx, by, ob, saved.Version, report.Original{})
			}
			return err
		}},
		{"nhập thay", func(o *office, tx *db.Tx, s said) error {
			ob, err := report.ObligationOf(tx, o.clerk, "guard", s.quarter(), o.bodies[s.body].ID)
			if err != nil {
				return err
			}
			_, err = report.EnterPaper(tx, o.clerk, ob, s.typed(), report.Original{}, report.Arrival{Number: "12", Date: calendar.OfInstant(tx.Clock())})
			return err
		}},
		{"API", func(o *office, tx *db.Tx, s said) error {
			p, err := report.Prepare(tx, o.leader(s.body), "guard", s.quarter(), o.bodies[s.body].Code, s.input())
			if err == nil {
				_, err = report.Submit(tx, o.leader(s.body), p)
			}
			return err
		}},
		{"tệp", func(o *office, tx *db.Tx, s said) error {
			im, err := report.ReadImport(tx, o.officer, "guard", strings.NewReader(s.file(o)), "", nil)
			if err == nil {
				_, err = report.WriteImport(tx, o.officer, im, nil)
			}
			return err
		}},
	}
}

// typed is the report as people write it; a figure with "'" before it stands as it is.
func (s said) typed() report.Draft {
	d := report.Draft{Values: map[string]string{}, Notes: map[string]string{}}
	for code, text := range s.values {
		d.Values[code] = strings.Replace(text, ".", ",", 1)
		if as, ok := strings.CutPrefix(text, "'"); ok {
			d.Values[code] = as
		}
	}
	for code, note := range s.notes {
		d.Notes["far:"+code] = note
	}
	if s.text {
		d.Sections = words("").Sections
	}
	return d
}

func (s said) input() report.Input {
	in := report.Input{Values: map[string]*string{}, Notes: s.notes}
	for code, t := range s.values {
		in.Values[code] = text(strings.TrimPrefix(t, "'"))
	}
	if s.text {
		in.Sections = words("").Sections
	}
	return in
}

func (s said) file(o *office) string {
	var b strings.Builder
	b.WriteString("org,period,indicator,value,estimate,note\n")
	for _, code := range slices.Sorted(maps.Keys(s.values)) {
		text := s.values[code]
		fmt.Fprintf(&b, "%s,%s,%s,%s,,%s\n", o.bodies[s.body].Code, s.quarter(), code, strings.TrimPrefix(text, "'"), s.notes[code])
	}
	if len(s.values) == 0 {
		fmt.Fprintf(&b, "%s,%s,kham_nu,,,\n", o.bodies[s.body].Code, s.quarter())
	}
	return b.String()
}

// rules are those of the guard, each with a report that breaks it and, where that is another matter, one that keeps it.
var rules = []struct {
	name   string
	breaks said
	keeps  said
	asked  bool // only where people type
}{
	{name: "kỳ đã mở", breaks: said{period: "2030-Q1", values: m{"kham": "100"}}, keeps: said{values: m{"kham": "100"}}},
	{name: "cơ quan phải báo cáo", breaks: said{body: 2, values: m{"kham": "100"}}},
	{name: "lĩnh vực của cơ quan", breaks: said{values: m{"kham": "100", "truong": "12"}}, keeps: said{body: 1, values: m{"truong": "12"}}},
	{name: "chỉ tiêu của biểu mẫu", breaks: said{values: m{"kham": "100", "la": "1"}}},
	{name: "chỉ tiêu tự tính", breaks: said{values: m{"kham": "100", "ty_tiem": "95"}}},
	{name: "số lượng không âm", breaks: said{values: m{"kham": "100", "giuong": "-5"}}},
	{name: "phần trăm từ 0 đến 100", breaks: said{values: m{"kham": "100", "sdd": "965"}}, keeps: said{values: m{"kham": "100", "sdd": "100"}}},
	{name: "phần trăm không âm", breaks: said{values: m{"kham": "100", "sdd": "-1"}}},
	{name: "so với kế hoạch không âm", breaks: said{values: m{"kham": "100", "ke_hoach": "-1"}}, keeps: said{values: m{"kham": "100", "ke_hoach": "120.5"}}},
	{name: "tăng trưởng được âm", keeps: said{values: m{"kham": "100", "tang": "-7.8"}}},
	{name: "số lẻ của chỉ tiêu", breaks: said{values: m{"kham": "100.5"}}, keeps: said{values: m{"kham": "100", "sdd": "9.5"}}},
	{name: "phần không lớn hơn tổng", breaks: said{values: m{"kham": "100", "kham_nu": "101"}}, keeps: said{values: m{"kham": "100", "kham_nu": "100"}}},
	{name: "500 của 100", breaks: said{values: m{"kham": "100", "tiem": "500", "tre": "100"}}, keeps: said{values: m{"kham": "100", "tiem": "95", "tre": "100"}}},
	{name: "các phần cộng thành tổng", breaks: said{values: m{"kham": "100", "giuong": "50", "cong": "30", "tu": "19"}}, keeps: said{values: m{"kham": "100", "giuong": "50", "cong": "30", "tu": "20"}}},
	{name: "chỉ tiêu bắt buộc", breaks: said{values: m{"kham_nu": "1"}}},
	{name: "cách xa cần lý do", breaks: said{values: m{"kham": "510"}}, keeps: said{values: m{"kham": "510"}, notes: m{"kham": "Khám lưu động toàn tỉnh."}}},
	{name: "gấp năm trở lên mới là xa", keeps: said{values: m{"kham": "499"}}},
	{name: "không gửi báo cáo trống", breaks: said{body: 1}, keeps: said{values: m{"kham": "0"}}},
	{name: "96.125 đọc hai cách", breaks: said{values: m{"kham": "100", "tien": "'96.125"}}, keeps: said{values: m{"kham": "100", "tien": "96.125"}}, asked: true},
}

type m = map[string]string

var errUndone = errors.New("undone")

// attempt hands a report in and takes it back again.
func (o *office) attempt(t *testing.T, d door, s said) error {
	t.Helper()
	var answer error
	err := o.d.Write(t.Context(), func(tx *db.Tx) error {
		answer = d.handIn(o, tx, s)
		return errUndone
	})
	if !errors.Is(err, errUndone) {
		t.Fatal(err)
	}
	if answer != nil && fault.Of(answer) == nil {
		t.Fatalf("%s: %v", d.name, answer)
	}
	return answer
}

// leaks tries every rule at a door and tells the cells in which it does not hold.
func (o *office) leaks(t *testing.T, d door) (cells []string, wrong []string) {
	typed := d.name == "trang soạn" || d.name == "nhập thay"
	for _, r := range rules {
		cell := "–"
		if r.breaks.values != nil || r.breaks.body > 0 {
			err := o.attempt(t, d, r.breaks)
			cell = "nhận"
			if err != nil {
				cell = fault.Of(err).Problems[0].Sentence
			}
			if (err == nil) != (r.asked && !typed) {
				wrong = append(wrong, fmt.Sprintf("%s, %s: %s", d.name, r.name, cell))
			}
		}
		if r.keeps.values != nil {
			if err := o.attempt(t, d, r.keeps); err != nil {
				wrong = append(wrong, fmt.Sprintf("%s, %s, phải nhận: %v", d.name, r.name, err))
			}
		}
		cells = append(cells, cell)
	}
	return cells, wrong
}

func guardedOffice(t *testing.T, o *office) {
	t.Helper()
	o.write(t, func(tx *db.Tx) error {
		r, err := report.CreateRegime(tx, o.officer, report.NewRegime{Code: "guard", Name: "Báo cáo có rào", Content: "Khoa giáo", Receiver: o.officer.Body,
			Kind: calendar.Quarter, Cutoff: calendar.ND09, WorkingDays: 2, Channel: "Qua chương trình"})
		if err != nil {
			return err
		}
		if _, err := report.SaveForm(tx, o.officer, r.ID, guarded(), 0); err != nil {
			return err
		}
		for i, sector := range []string{"yte", "gddt"} {
			if err := report.AssignScope(tx, o.officer, r.ID, []db.ID{o.bodies[i].ID}, report.ScopeOf(sector), calendar.On(2020, 1, 1), "Kế hoạch 1"); err != nil {
				return err
			}
		}
		if err := report.Activate(tx, o.officer, r.ID, calendar.MustPeriod("2020-Q1")); err != nil {
			return err
		}
		for _, past := range []said{{period: "2021-Q1", values: m{"kham": "90"}}, {period: "2021-Q4", values: m{"kham": "100"}}} {
			if err := doors()[3].handIn(o, tx, past); err != nil {
				return err
			}
		}
		_, err = report.Open(tx, o.officer, "guard", calendar.MustPeriod("2022-Q1"))
		return err
	})
}

// Whatever door a figure takes, it meets the same guard: each rule is tried at each door. The table is written to
// testdata/guard.txt.
func TestEveryDoorHasTheSameGuard(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		guardedOffice(t, o)
		var table strings.Builder
		table.WriteString("Mỗi quy tắc với một báo cáo phạm quy tắc ấy, thử ở mỗi cửa. “nhận”: cửa ấy đọc số theo một cách duy nhất.\n")
		said := make(map[string][]string)
		for _, d := range doors() {
			cells, wrong := o.leaks(t, d)
			said[d.name] = cells
			for _, w := range wrong {
				t.Error(w)
			}
		}
		for n, r := range rules {
			fmt.Fprintf(&table, "\n%s\n", r.name)
			for _, d := range doors() {
				fmt.Fprintf(&table, "  %-11s %s\n", d.name, said[d.name][n])
			}
		}
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile("testdata/guard.txt", []byte(table.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, _ := os.ReadFile("testdata/guard.txt"); string(want) != table.String() {
			t.Errorf("testdata/guard.txt is not what the doors say; UPDATE=1 writes it\n%s", table.String())
		}
	})
}

// A door that does not ask the guard is reported at every rule that is the guard's.
func TestADoorWithoutAGuardIsReported(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		guardedOffice(t, o)
		_, wrong := o.leaks(t, door{"cửa sau", func(o *office, tx *db.Tx, s said) error {
			figures := make(map[string]int64)
			for code, text := range s.values {
				if in, ok := guardedIndicator(code); ok {
					figures[code], _ = decimal.Parse(strings.TrimPrefix(text, "'"), in.Decimals)
				}
			}
			return report.HandInUnjudged(tx, access.System("cửa sau"), "guard", s.quarter(), o.bodies[s.body].ID, figures)
		}})
		for _, rule := range []string{"lĩnh vực của cơ quan", "số lượng không âm", "phần trăm từ 0 đến 100", "phần không lớn hơn tổng", "500 của 100",
			"các phần cộng thành tổng", "chỉ tiêu bắt buộc", "cách xa cần lý do", "không gửi báo cáo trống"} {
			if !slices.ContainsFunc(wrong, func(w string) bool { return strings.HasPrefix(w, "cửa sau, "+rule) }) {
				t.Errorf("not reported: %s\n%s", rule, strings.Join(wrong, "\n"))
			}
		}
	})
}

func guardedIndicator(code string) (report.Indicator, bool) {
	o := guarded()
	at := slices.IndexFunc(o.Indicators, func(in report.Indicator) bool { return in.Code == code })
	if at < 0 {
		return report.Indicator{}, false
	}
	return o.Indicators[at], true
}

// A paper may say that nothing happened; then it says nothing else.
func TestAPaperMaySayThatNothingHappened(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		guardedOffice(t, o)
		enter := func(d report.Draft) error {
			return o.attempt(t, door{"nhập thay", func(o *office, tx *db.Tx, s said) error {
				ob, err := report.ObligationOf(tx, o.clerk, "guard", s.quarter(), o.bodies[0].ID)
				if err != nil {
					return err
				}
				r, err := report.EnterPaper(tx, o.clerk, ob, d, report.Original{}, report.Arrival{Number: "12", Date: calendar.OfInstant(tx.Clock())})
				if err != nil {
					return err
				}
				if got, err := report.FindSubmission(tx, o.officer, r.ID); err != nil || !got.Nil {
					t.Errorf("%+v, %v", got, err)
				}
				return nil
			}}, said{})
		}
		if err := enter(report.Draft{Nil: true}); err != nil {
			t.Error(err)
		}
		if err := enter(report.Draft{Nil: true, Values: m{"kham": "5"}}); err == nil || fault.Of(err).Problems[0].Field != "nil" {
			t.Error(err)
		}
	})
}
