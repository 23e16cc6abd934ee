package web

import (
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/lineage"
	"giaoban/org"
	"giaoban/report"
)

var regimeRoom = room{
	menu: entry{group: reportGroup, name: "Chế độ báo cáo", url: "/che-do", needs: needsBodies, key: "g c", when: keepsRegimes},
	pages: []route{
		see("/che-do", (*site).regimes, access.ReadRegime),
		see("/che-do/moi", (*site).newRegime, access.ManageRegime),
		act("/che-do/moi", (*site).createRegime, access.ManageRegime).
			says("Đã lập chế độ báo cáo. Tiếp theo: soạn biểu mẫu, giao cơ quan, rồi mở kỳ.", "Mọi chế độ báo cáo", "/che-do"),
		see("/che-do/ky-sap-mo", (*site).comingPeriods, access.ReadRegime).titled("Kỳ sắp mở"),
		act("/che-do/{regime}/sap-mo", (*site).decidePeriod, access.OpenPeriod).
			says("Đã ghi.", "Chế độ báo cáo", "/che-do"),
		act("/che-do/{regime}/{period}/cong-van", (*site).requestReports, access.DraftPaper).
			says("Đã soạn dự thảo công văn đề nghị báo cáo, kèm đề cương và biểu số liệu.", "Chế độ báo cáo", "/che-do/{regime}"),
		see("/che-do/{regime}", (*site).showRegime, access.ReadRegime),
		see("/ho-so/regime/{id}", (*site).regimeByID, access.ReadRegime).shows("regime"),
		see("/ho-so/assignment/{id}", (*site).regimeOfAssignment, access.ReadRegime).shows("assignment"),
		see("/che-do/{regime}/sua", (*site).editRegime, access.ManageRegime),
		act("/che-do/{regime}/sua", (*site).updateRegime, access.ManageRegime).
			says("Đã lưu thay đổi của chế độ báo cáo.", "Mọi chế độ báo cáo", "/che-do"),
		see("/che-do/{regime}/bieu-mau", (*site).editForm, access.ManageRegime),
		act("/che-do/{regime}/bieu-mau", (*site).saveForm, access.ManageRegime).
			says("Đã lưu biểu mẫu. Tiếp theo: kích hoạt để dùng từ một kỳ.", "Về chế độ báo cáo", "/che-do/{regime}"),
		act("/che-do/{regime}/giao", (*site).assignRegime, access.ManageRegime).
			says("Đã giao chế độ cho các cơ quan đã chọn.", "Mở kỳ báo cáo", "/che-do/{regime}/mo-ky"),
		act("/che-do/{regime}/thoi-giao", (*site).unassignRegime, access.ManageRegime).
			says("Đã ghi ngày cuối cơ quan còn phải báo cáo; kỳ trước đó giữ nguyên.", "Mọi chế độ báo cáo", "/che-do"),
		act("/che-do/{regime}/kich-hoat", (*site).activateRegime, access.ManageRegime).
			says("Đã kích hoạt biểu mẫu từ kỳ đã chọn.", "Mở kỳ báo cáo", "/che-do/{regime}/mo-ky"),
		act("/che-do/{regime}/dung", (*site).endRegime, access.ManageRegime).
			says("Đã dừng chế độ báo cáo; các kỳ đã mở giữ nguyên.", "Mọi chế độ báo cáo", "/che-do"),
		see("/che-do/{regime}/nhap-so-lieu", (*site).showImport, access.ImportValues),
		see("/che-do/{regime}/so-lieu/{period}", (*site).figuresOut, access.ImportValues).titled("Số liệu của kỳ"),
		act("/che-do/{regime}/nhap-so-lieu", (*site).importFigures, access.ImportValues).files(1).
			says("Đã nhập số liệu từ tệp.", "Mọi chế độ báo cáo", "/che-do"),
		see("/che-do/{regime}/mo-ky", (*site).previewOpening, access.OpenPeriod).named("regime/open"),
		act("/che-do/{regime}/mo-ky", (*site).openPeriod, access.OpenPeriod).
			says("Đã mở kỳ; các cơ quan thấy việc này trên bàn làm việc từ bây giờ.", "Soạn công văn đề nghị báo cáo", "/che-do/{regime}#ky-da-mo"),
	},
}

// keepsRegimes reports whether regimes are this person's work: the commission's, and the administrator's who sets them up.
func keepsRegimes(by access.Actor) bool {
	return by.OfCommission() || by.Can(access.ManageRegime, by.Body)
}

// regimesPage lists the chế độ báo cáo.
type regimesPage struct {
	Lines         []regimeLine
	MayManage     bool
	MayReadUpward bool // what the commission owes upward
}

type regimeLine struct {
	Regime   report.Regime
	Badge    badge
	Bodies   int
	Newest   string
	Receiver string
}

func (s *site) regimes(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	all, err := report.Regimes(tx, by)
	if err != nil {
		return Reply{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	names, err := org.Names(tx, today)
	if err != nil {
		return Reply{}, err
	}
	data := regimesPage{MayManage: by.Can(access.ManageRegime, by.Body), MayReadUpward: by.Can(access.ReadConsolidation, by.Body)}
	for _, regime := range all {
		line := regimeLine{Regime: regime, Badge: regimeBadge(regime), Receiver: names[regime.Receiver].Name}
		assignments, err := report.Assignments(tx, by, regime.ID)
		if err != nil {
			return Reply{}, err
		}
		for _, a := range assignments {
			if !a.ValidFrom.After(today) && (a.ValidTo.IsZero() || !a.ValidTo.Before(today)) {
				line.Bodies++
			}
		}
		openings, err := newestOpenings(tx, by, regime.ID, 1)
		if err != nil {
			return Reply{}, err
		}
		if len(openings) > 0 {
			line.Newest = openings[0].Period.Name()
		}
		data.Lines = append(data.Lines, line)
	}
	return Reply{Page: "regime/list", Data: data}, nil
}

func regimeBadge(r report.Regime) badge {
	switch {
	case r.EndedAt != 0:
		return badge{"nil", "Đã dừng"}
	case r.ActivatedAt != 0:
		return badge{"accepted", "Đang áp dụng"}
	}
	return badge{"draft", "Chưa kích hoạt"}
}

// regimePage is one regime with everything that makes it up, and what it still lacks.
type regimePage struct {
	Regime        report.Regime
	Badge         badge
	Receiver      string
	FeedsFrom     string
	Example       exampleDeadline
	Lacking       []fault.Problem
	Forms         []formLine
	Shown         *report.Form // the newest version, in full
	Assignments   []assignmentLine
	Bodies        []org.Body // that may still be assigned
	Openings      []openedLine
	MayManage     bool
	MayOpen       bool
	MayImport     bool
	MayRead       bool              // its reports; who sets the office up need not
	Upward        *report.Upward    // what its consolidated report answers
	MayReadUpward bool              // the page of what the commission owes upward
	Periods       []calendar.Period // to choose the first period of a form from
	Draft         *report.Form      // the version not yet active
	Typed         assignFields
	Today         calendar.Date
}

// exampleDeadline shows on one period how its day is found.
type exampleDeadline struct {
	Period   calendar.Period
	From, To calendar.Date
	Deadline calendar.Deadline
}

type formLine struct {
	Form       *report.Form
	Badge      badge
	Indicators int
	Sections   int
}

type assignmentLine struct {
	report.Assignment
	Name  string
	Asked string // the sectors it reports, in words
	Ended bool
	Last  string   // the day typed for its end, in a form that was refused
	Moved []string // "Lao động… do Sở Nội vụ báo cáo từ 01/3/2025": what another body has taken over
}

type assignFields struct{ From, Basis string }

func (s *site) showRegime(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	regime, err := report.FindRegime(tx, by, r.PathValue("regime"))
	if err != nil {
		return Reply{}, err
	}
	data, err := regimeOf(tx, by, regime)
	return Reply{Page: "regime/show", Data: data, About: lineage.Node{Kind: "regime", ID: regime.ID}}, err
}

func regimeOf(tx *db.Tx, by access.Actor, regime report.Regime) (regimePage, error) {
	today := calendar.OfInstant(tx.Clock())
	data := regimePage{Regime: regime, Badge: regimeBadge(regime), Today: today, MayManage: by.Can(access.ManageRegime, regime.Receiver),
		MayOpen: by.Can(access.OpenPeriod, regime.Receiver), MayRead: by.Can(access.ReadReport, regime.Receiver), MayImport: by.Can(access.ImportValues, regime.Receiver) && regime.Active(), Typed: assignFields{From: today.String()}}
	names, err := org.Names(tx, today)
	if err != nil {
		return data, err
	}
	data.Receiver = names[regime.Receiver].Name
	if regime.FeedsFrom != "" {
		feed, err := report.RegimeByID(tx, by, regime.FeedsFrom)
		if err != nil {
			return data, err
		}
		data.FeedsFrom = feed.Name
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return data, err
	}
	data.Example = exampleOf(regime.Kind, regime.Cutoff, regime.WorkingDays, holidays, today)
	if u, ok, err := report.UpwardOf(tx, regime.ID); err != nil {
		return data, err
	} else if ok {
		data.Upward, data.MayReadUpward = &u, by.Can(access.ReadConsolidation, by.Body)
		if data.Example.Deadline, err = report.DeadlineOf(tx, regime, data.Example.Period); err != nil && fault.Of(err) == nil {
			return data, err
		}
	}
	if regime.ActivatedAt == 0 {
		if err := report.Ready(tx, by, regime.ID); err != nil {
			f := fault.Of(err)
			if f == nil {
				return data, err
			}
			data.Lacking = f.Problems
		}
	}
	if err := data.readForms(tx, by); err != nil {
		return data, err
	}
	if err := data.readAssignments(tx, by, names, today); err != nil {
		return data, err
	}
	openings, err := newestOpenings(tx, by, regime.ID, 12)
	if err != nil {
		return data, err
	}
	if data.Openings, err = openedLines(tx, by, regime, openings, today); err != nil {
		return data, err
	}
	if regime.Kind != 0 {
		data.Periods = periodsAround(regime.Kind, today)
	}
	return data, nil
}

func (p *regimePage) readForms(tx *db.Tx, by access.Actor) error {
	forms, err := report.Forms(tx, by, p.Regime.ID)
	if err != nil {
		return err
	}
	for i, f := range forms {
		line := formLine{Form: f, Badge: badge{"accepted", "Từ " + f.ValidFrom.Vietnamese()}, Indicators: len(f.Indicators), Sections: len(f.Sections)}
		if !f.Active {
			line.Badge = badge{"draft", "Chưa kích hoạt"}
			p.Draft = f
		}
		if i == 0 {
			p.Shown = f
		}
		p.Forms = append(p.Forms, line)
	}
	return nil
}

// sectorWords names the sectors of a scope as the form shown does.
func (p *regimePage) sectorWords(scope report.Scope) string {
	sectors := scope.Sectors()
	if len(sectors) == 0 {
		return "mọi lĩnh vực"
	}
	if p.Shown != nil {
		for i, code := range sectors {
			sectors[i] = p.Shown.SectorName(code)
		}
	}
	return strings.Join(sectors, ", ")
}

func (p *regimePage) readAssignments(tx *db.Tx, by access.Actor, names map[db.ID]org.Body, today calendar.Date) error {
	assignments, err := report.Assignments(tx, by, p.Regime.ID)
	if err != nil {
		return err
	}
	transfers, err := report.Transfers(tx, by, p.Regime.ID)
	if err != nil {
		return err
	}
	moved := make(map[db.ID][]string)
	for _, t := range transfers {
		moved[t.Assignment] = append(moved[t.Assignment], p.sectorWords(t.Scope)+" do "+names[t.Body].ShortName+" báo cáo từ "+t.From.Vietnamese())
	}
	assigned := make(map[db.ID]bool)
	for _, a := range assignments {
		line := assignmentLine{Assignment: a, Name: names[a.Body].Name, Ended: !a.ValidTo.IsZero() && a.ValidTo.Before(today), Asked: p.sectorWords(a.Scope),
			Moved: moved[a.ID]}
		p.Assignments = append(p.Assignments, line)
		if a.ValidTo.IsZero() {
			assigned[a.Body] = true
		}
	}
	if !p.MayManage {
		return nil
	}
	bodies, err := org.At(tx, by, today)
	if err != nil {
		return err
	}
	p.Bodies = slices.DeleteFunc(bodies, func(b org.Body) bool { return assigned[b.ID] || b.ID == p.Regime.Receiver })
	return nil
}

// exampleOf takes the period whose figures close next: the one an officer has in mind.
func exampleOf(kind calendar.Kind, cutoff calendar.Cutoff, workingDays int, holidays calendar.Holidays, today calendar.Date) exampleDeadline {
	if kind == 0 || cutoff == 0 || workingDays < 1 {
		return exampleDeadline{}
	}
	period := periodsAround(kind, today)[1]
	from, to := cutoff.Span(period)
	return exampleDeadline{period, from, to, calendar.Due(holidays, to, workingDays)}
}

// periodsAround lists periods of a kind from the one before today's on.
func periodsAround(kind calendar.Kind, today calendar.Date) []calendar.Period {
	p, ok := calendar.Calendar.PeriodOf(kind, today)
	if !ok { // the last quarter belongs to no nine months
		p, _ = calendar.Calendar.PeriodOf(kind, calendar.On(today.Year(), 1, 1))
	}
	if back, ok := p.Previous(); ok {
		p = back
	} else if back, ok := p.LastYear(); ok {
		if p = back; kind == calendar.Half {
			p = back.Next()
		}
	}
	var all []calendar.Period
	for range 5 {
		all = append(all, p)
		p = p.Next()
	}
	return all
}
