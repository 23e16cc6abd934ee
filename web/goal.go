package web

import (
	"net/http"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/directive"
	"giaoban/goal"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/report"
)

// goalPages are the goals of documents: where all of them stand, and what one is measured by.
var goalPages = []route{
	see("/muc-tieu", (*site).goals, access.ReadConsolidation).titled("Mục tiêu, chỉ tiêu của văn bản"),
	see("/van-ban-chi-dao/{directive}/chi-tieu/{goal}", (*site).showGoal, access.ReadDirective).of("goal").titled("Chỉ tiêu của văn bản"),
	act("/van-ban-chi-dao/{directive}/chi-tieu/{goal}/do", (*site).measureGoal, access.RecordDirective).of("goal").titled("Chỉ tiêu của văn bản").
		says("Đã ghi chỉ tiêu này đo bằng gì.", "Mọi mục tiêu, chỉ tiêu", "/muc-tieu"),
	act("/van-ban-chi-dao/{directive}/chi-tieu/{goal}/so-lieu", (*site).enterGoal, access.RecordDirective).of("goal").titled("Chỉ tiêu của văn bản").
		says("Đã ghi số liệu của chỉ tiêu.", "Mọi mục tiêu, chỉ tiêu", "/muc-tieu"),
	act("/van-ban-chi-dao/{directive}/chi-tieu/{goal}/bo", (*site).dropGoal, access.RecordDirective).of("goal").titled("Chỉ tiêu của văn bản").
		says("Đã bỏ số liệu; lý do ở nhật ký.", "Mọi mục tiêu, chỉ tiêu", "/muc-tieu"),
}

var wordClass = map[goal.Word]string{goal.Met: "accepted", goal.OnPath: "on-time", goal.Behind: "late", goal.Unknown: "draft"}

// goalLineShown is a goal as a row of a list.
type goalLineShown struct {
	goal.Standing
	Badge badge
	URL   string
}

func goalShown(s goal.Standing) goalLineShown {
	return goalLineShown{s, badge{wordClass[s.Word], s.Word.Name()}, address("directive", s.Of.ID) + "/chi-tieu/" + string(s.Goal.ID)}
}

// SeesGoals says whether the visitor may open the list of goals.
func (v *view) SeesGoals() bool { return v.Actor.Can(access.ReadConsolidation, v.Actor.Body) }

// goalsPage is where all goals stand that are measured, by document.
type goalsPage struct {
	Documents []goalsOf
	Counts    []reviewCount
}

type goalsOf struct {
	directive.Directive
	Lines []goalLineShown
}

func (s *site) goals(tx *db.Tx, by access.Actor, _ *http.Request) (Reply, error) {
	if err := by.May(access.ReadConsolidation, by.Body); err != nil {
		return Reply{}, err
	}
	all, err := goal.All(tx, by)
	if err != nil {
		return Reply{}, err
	}
	var p goalsPage
	n := make(map[goal.Word]int)
	for _, one := range all {
		if last := len(p.Documents) - 1; last < 0 || p.Documents[last].ID != one.Of.ID {
			p.Documents = append(p.Documents, goalsOf{Directive: one.Of})
		}
		d := &p.Documents[len(p.Documents)-1]
		d.Lines = append(d.Lines, goalShown(one))
		n[one.Word]++
	}
	for _, w := range []goal.Word{goal.Behind, goal.OnPath, goal.Met, goal.Unknown} {
		if n[w] > 0 {
			p.Counts = append(p.Counts, reviewCount{badge{wordClass[w], w.Name()}, n[w]})
		}
	}
	return Reply{Page: "directive/goals", Data: p}, nil
}

// goalPage is one goal: where it stands, by which rule, and what it is measured by.
type goalPage struct {
	goalLineShown
	MayRecord bool
	ByHand    bool // figures are entered here
	InGrades  bool
	Measures  []option
	Better    []option
	Grades    string
	Aimed     string
	Base      string
	BaseYear  string
	Source    string
	Entry     goalEntryForm
	Values    []option // of grades
	Drop      string   // the reason, as typed
}

type goalEntryForm struct {
	Value, Day, Source string
	Estimated          bool
}

func (s *site) showGoal(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ReadDirective, by.Body); err != nil {
		return Reply{}, err
	}
	one, err := goal.Find(tx, by, db.ID(r.PathValue("goal")))
	if err != nil {
		return Reply{}, err
	}
	if string(one.Of.ID) != r.PathValue("directive") {
		return Reply{}, fault.Missing("Văn bản này không có chỉ tiêu đó.")
	}
	m := one.Measure
	p := &goalPage{goalLineShown: goalShown(one), MayRecord: by.Can(access.RecordDirective, one.Of.Body), ByHand: m.Kind == goal.ByHand || m.Kind == goal.ByGrade,
		InGrades: m.Kind == goal.ByGrade, Grades: m.Grades, Aimed: m.Aim, Base: m.BaseText(), Source: m.BaseSource}
	if m.BaseYear != 0 {
		p.BaseYear = strconv.Itoa(m.BaseYear)
	}
	if !p.MayRecord {
		return Reply{Page: "directive/goal", Data: p}, nil
	}
	chosen, better := measureValue(m), m.Direction
	if r.PostForm.Has("kind") {
		chosen, better = r.PostFormValue("kind"), report.Direction(r.PostFormValue("direction"))
		p.Grades, p.Aimed, p.Base = r.PostFormValue("grades"), r.PostFormValue("aim"), r.PostFormValue("base")
		p.BaseYear, p.Source = r.PostFormValue("base_year"), r.PostFormValue("base_source")
	}
	p.Entry = goalEntryForm{r.PostFormValue("value"), r.PostFormValue("day"), r.PostFormValue("source"), r.PostFormValue("estimated") != ""}
	p.Drop = r.PostFormValue("drop_reason")
	p.Better = []option{{string(report.NoDirection), "Theo chỉ tiêu báo cáo", better != report.Higher && better != report.Lower},
		{string(report.Higher), "Càng cao càng tốt", better == report.Higher}, {string(report.Lower), "Càng thấp càng tốt", better == report.Lower}}
	if p.InGrades {
		for _, g := range m.Scale() {
			p.Values = append(p.Values, option{g, g, g == p.Entry.Value})
		}
	}
	return Reply{Page: "directive/goal", Data: p}, p.offer(tx, by, chosen)
}

// measureValue is a measure as a choice: hand, grade, or an indicator as “regime/code”.
func measureValue(m goal.Measure) string {
	if m.Kind == goal.ByIndicator {
		return m.Regime + "/" + m.Indicator
	}
	return string(m.Kind)
}

// offer lists what the goal may be measured by: the reported indicators in its own unit first.
func (p *goalPage) offer(tx *db.Tx, by access.Actor, chosen string) error {
	p.Measures = []option{{"", "Chưa chọn", chosen == ""}}
	regimes, err := report.Regimes(tx, by)
	if err != nil {
		return err
	}
	for _, regime := range regimes {
		if !regime.Active() || p.Goal.Unit == "" {
			continue
		}
		indicators, _, err := report.IndicatorsFor(tx, by, regime.Code, nil, "")
		if err != nil {
			return err
		}
		for _, in := range indicators {
			if value := regime.Code + "/" + in.Code; fold.Fold(in.Unit) == fold.Fold(p.Goal.Unit) {
				p.Measures = append(p.Measures, option{value, in.Name + " (" + regime.Name + ")", value == chosen})
			}
		}
	}
	p.Measures = append(p.Measures, option{string(goal.ByHand), "Số Ban ghi, có nguồn (không cơ quan nào của khối báo cáo)", chosen == string(goal.ByHand)},
		option{string(goal.ByGrade), "Mức xếp theo chữ, ví dụ cấp 2 → cấp 1", chosen == string(goal.ByGrade)})
	return nil
}

func (s *site) measureGoal(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	m := goal.Measure{Goal: db.ID(r.PathValue("goal")), Kind: goal.Kind(r.PostFormValue("kind")), Direction: report.Direction(r.PostFormValue("direction")),
		Grades: r.PostFormValue("grades"), Aim: r.PostFormValue("aim"), Base: r.PostFormValue("base"), BaseSource: r.PostFormValue("base_source")}
	if regime, code, ok := strings.Cut(r.PostFormValue("kind"), "/"); ok {
		m.Kind, m.Regime, m.Indicator = goal.ByIndicator, regime, code
	}
	m.Version, _ = strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	var wrong fault.List
	if text := strings.TrimSpace(r.PostFormValue("base_year")); text != "" {
		year, err := strconv.Atoi(text)
		if err != nil {
			wrong.Add("base_year", "Năm “%s” không đọc được; hãy ghi bốn chữ số như 2020.", short(text))
		}
		m.BaseYear = year
	}
	err := wrong.Err()
	if err == nil {
		err = goal.SetMeasure(tx, by, m)
	}
	return s.goalChanged(tx, by, r, err)
}

func (s *site) enterGoal(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	var wrong fault.List
	e := goal.Entry{Goal: db.ID(r.PathValue("goal")), Value: r.PostFormValue("value"), Day: readDay(&wrong, r, "day", ""), Source: r.PostFormValue("source"),
		Estimated: r.PostFormValue("estimated") != ""}
	err := wrong.Err()
	if err == nil {
		_, err = goal.Enter(tx, by, e)
	}
	return s.goalChanged(tx, by, r, err)
}

func (s *site) dropGoal(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.goalChanged(tx, by, r, goal.Drop(tx, by, db.ID(r.PathValue("goal")), db.ID(r.PostFormValue("entry")), r.PostFormValue("drop_reason")))
}

func (s *site) goalChanged(tx *db.Tx, by access.Actor, r *http.Request, err error) (Reply, error) {
	if err != nil {
		return withPage(err, func() (Reply, error) { return s.showGoal(tx, by, r) })
	}
	return Reply{To: address("directive", db.ID(r.PathValue("directive"))) + "/chi-tieu/" + r.PathValue("goal")}, nil
}
