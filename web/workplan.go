package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/workplan"
)

const workplanURL = "/ke-hoach-nam"

var workplanRoom = room{
	menu: entry{group: workGroup, name: "Kế hoạch năm", url: workplanURL, needs: needsBodies, key: "g m"},
	pages: []route{
		see("/ke-hoach-nam", (*site).thisYearsPlan, access.ReadWorkplan),
		see("/ke-hoach-nam/{year}", (*site).showWorkplan, access.ReadWorkplan).of("workplan-year").shows("workplan").titled("Kế hoạch năm"),
		see("/ke-hoach-nam/{year}/to-in", (*site).workplanSheet, access.ReadWorkplan).of("workplan-year").titled("Tờ in kế hoạch năm"),
		see("/ke-hoach-nam/{year}/thang/{month}", (*site).workplanMonth, access.ReadWorkplan).of("workplan-year").titled("Chương trình công tác tháng"),
		see("/ke-hoach-nam/{year}/tep/{file}", (*site).workplanFile, access.ReadWorkplan).of("workplan-year"),
		act("/ke-hoach-nam/{year}/dua-vao", (*site).drawWorkplan, access.KeepWorkplan).of("workplan-year").titled("Kế hoạch năm").
			says("Đã đưa việc vào kế hoạch năm.", "Kế hoạch năm", workplanURL),
		act("/ke-hoach-nam/{year}/them", (*site).addToWorkplan, access.KeepWorkplan).of("workplan-year").titled("Kế hoạch năm").
			says("Đã thêm việc vào kế hoạch năm.", "Kế hoạch năm", workplanURL),
		act("/ke-hoach-nam/{year}/ngay", (*site).addWorkplanDays, access.KeepWorkplan).of("workplan-year").titled("Kế hoạch năm").files(1).
			says("Đã ghi ngày kỷ niệm, chuyên đề.", "Kế hoạch năm", workplanURL),
		act("/ke-hoach-nam/{year}/bo-ngay", (*site).endWorkplanDay, access.KeepWorkplan).of("workplan-year").titled("Kế hoạch năm").
			says("Đã bỏ ngày ghi nhầm.", "Kế hoạch năm", workplanURL),
		act("/ke-hoach-nam/{year}/chuyen", (*site).carryWorkplan, access.KeepWorkplan).of("workplan-year").titled("Kế hoạch năm").
			says("Đã chuyển việc sang năm sau.", "Kế hoạch năm", workplanURL),
		act("/ke-hoach-nam/{year}/van-ban", (*site).draftWorkplan, access.KeepWorkplan).of("workplan-year").titled("Kế hoạch năm").
			says("Đã soạn thành văn bản. Tiếp theo: xem lại lời văn, trình ký.", "Kế hoạch năm", workplanURL),
		see("/viec-nam/{line}", (*site).showWorkplanLine, access.ReadWorkplan).of("workplan_line").shows("workplan_line"),
		act("/viec-nam/{line}/giao", (*site).giveWorkplanLine, access.KeepWorkplan).of("workplan_line").says("Đã giao thành nhiệm vụ.", "Nhiệm vụ", "/nhiem-vu"),
		act("/viec-nam/{line}/tinh-trang", (*site).sayWorkplanLine, access.KeepWorkplan).of("workplan_line").says("Đã ghi tình trạng.", "Kế hoạch năm", workplanURL),
		act("/viec-nam/{line}/bo", (*site).endWorkplanLine, access.KeepWorkplan).of("workplan_line").
			says("Đã đưa việc ra khỏi kế hoạch; lý do đã ghi vào nhật ký.", "Kế hoạch năm", workplanURL),
	},
}

// workplanPage is the plan of a year, line by line, with what may be drawn into it.
type workplanPage struct {
	Year    int
	Sectors []workplanSector
	Days    []workplan.Day
	Offered []workplanLine
	Papers  []workplanPaper
	Count   string
	Undone  []workplanLine // that may go into the next year
	MayKeep bool
	Fields  []directive.Sector
	Bodies  []org.Body
	With    []string // chosen in a refused form
	Kinds   []workplan.DayKind
	Months  []int
	Guides  bool
	Lineage string
	Typed   map[string]string
	Failed  string
}

type workplanSector struct {
	Name  string
	Lines []workplanLine
}

type workplanLine struct {
	workplan.Line
	LeadName string
	WithName []string
	Badge    badge
	Standing workplan.Standing
	Key      string
}

type workplanPaper struct {
	Role  workplan.Role
	Paper paper.Paper
	Badge badge
	File  string
}

var standingClass = map[workplan.State]string{workplan.Done: "accepted", workplan.Going: "on-time", workplan.NotBegun: "nil"}

func (s *site) thisYearsPlan(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, err := workplanOf(tx, by, r, calendar.OfInstant(tx.Clock()).Year(), "")
	return Reply{Page: "workplan/year", Data: p}, err
}

func (s *site) showWorkplan(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if year, month, ok := strings.Cut(r.PathValue("year"), "-"); ok { // the record that a month's paper was written for
		return Reply{To: workplanURL + "/" + year + "/thang/" + strings.TrimPrefix(month, "0")}, nil
	}
	year, err := workplanYear(r)
	if err != nil {
		return Reply{}, err
	}
	p, err := workplanOf(tx, by, r, year, "")
	return Reply{Page: "workplan/year", Data: p}, err
}

func workplanYear(r *http.Request) (int, error) {
	year, err := strconv.Atoi(r.PathValue("year"))
	if err != nil || year < 2000 || year > 2100 {
		return 0, fault.Missing("Không có kế hoạch của năm này.")
	}
	return year, nil
}

func workplanOf(tx *db.Tx, by access.Actor, r *http.Request, year int, form string) (*workplanPage, error) {
	lines, err := workplan.Lines(tx, by, year)
	if err != nil {
		return nil, err
	}
	p := &workplanPage{Year: year, MayKeep: by.Can(access.KeepWorkplan, by.Body), Fields: directive.AllSectors, Kinds: workplan.DayKinds, Typed: typedIn(r, form), Failed: form,
		Guides: form != "them" || r.PostFormValue("guides") != "", With: r.PostForm["body[]"]}
	for month := range 12 {
		p.Months = append(p.Months, month+1)
	}
	standings, err := workplan.ProgressOf(tx, by, year)
	if err != nil {
		return nil, err
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return nil, err
	}
	states := make(map[workplan.State]int)
	for _, l := range lines {
		row := workplanLineOf(l, names, standings[l.ID])
		states[row.Standing.State]++
		if row.Standing.State != workplan.Done {
			p.Undone = append(p.Undone, row)
		}
		if n := len(p.Sectors); n == 0 || p.Sectors[n-1].Name != l.SectorName() {
			p.Sectors = append(p.Sectors, workplanSector{Name: l.SectorName()})
		}
		last := &p.Sectors[len(p.Sectors)-1]
		last.Lines = append(last.Lines, row)
	}
	p.Count = fmt.Sprintf("%d việc: %d đã làm, %d đang làm, %d chưa làm", len(lines), states[workplan.Done], states[workplan.Going], states[workplan.NotBegun])
	if p.Days, err = workplan.Days(tx, by, year); err != nil {
		return nil, err
	}
	for _, role := range []workplan.Role{workplan.YearPlan, workplan.Guidance} {
		one, err := workplan.PaperOf(tx, by, role, year, 0)
		if err != nil {
			return nil, err
		}
		p.Papers = append(p.Papers, workplanPaper{role, one, paperBadge(one), map[workplan.Role]string{workplan.YearPlan: "ke-hoach", workplan.Guidance: "huong-dan"}[role]})
	}
	if by.Can(access.ReadLineage, by.Body) && len(lines) > 0 {
		p.Lineage = lineageURL(lines[0].Node())
	}
	if !p.MayKeep {
		return p, nil
	}
	bodies, err := org.At(tx, by, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return nil, err
	}
	p.Bodies = slices.DeleteFunc(bodies, func(b org.Body) bool { return b.Kind == org.Commission })
	offered, err := workplan.Offered(tx, by, year)
	for _, l := range offered {
		p.Offered = append(p.Offered, workplanLineOf(l, names, workplan.Standing{}))
	}
	return p, err
}

func workplanLineOf(l workplan.Line, names map[db.ID]org.Body, s workplan.Standing) workplanLine {
	row := workplanLine{Line: l, LeadName: names[l.Lead].ShortName, Standing: s, Badge: badge{standingClass[s.State], s.State.Name()}, Key: l.Source().Key()}
	for _, id := range l.With {
		row.WithName = append(row.WithName, names[id].ShortName)
	}
	return row
}

// From names where a line was drawn from.
func (l workplanLine) From() string {
	return map[string]string{"review": "sơ kết, tổng kết", "programme_line": "chương trình phối hợp", "regime": "chế độ báo cáo", "briefing": "hội nghị"}[l.SourceKind]
}

// Chosen reports whether a body was chosen in a refused form.
func (p *workplanPage) Chosen(id db.ID) bool { return slices.Contains(p.With, string(id)) }

// workplanAct answers a change on the page of a year.
func (s *site) workplanAct(tx *db.Tx, by access.Actor, r *http.Request, form string, act func(year int) error) (Reply, error) {
	year, err := workplanYear(r)
	if err != nil {
		return Reply{}, err
	}
	if err = act(year); err == nil {
		return Reply{To: workplanURL + "/" + strconv.Itoa(year)}, nil
	}
	return withPage(underForm(form, err), func() (Reply, error) {
		p, err := workplanOf(tx, by, r, year, form)
		return Reply{Page: "workplan/year", Data: p}, err
	})
}

func (s *site) drawWorkplan(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.workplanAct(tx, by, r, "dua-vao", func(year int) error {
		_, err := workplan.Draw(tx, by, year, r.PostForm["line[]"])
		return err
	})
}

func (s *site) addToWorkplan(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.workplanAct(tx, by, r, "them", func(year int) error {
		var wrong fault.List
		o := workplan.Own{Sector: r.PostFormValue("sector"), Words: r.PostFormValue("words"), Product: r.PostFormValue("product"), Months: r.PostFormValue("months"),
			Due: readDay(&wrong, r, "due", ""), Lead: db.ID(r.PostFormValue("lead")), Guides: r.PostFormValue("guides") != ""}
		for _, id := range r.PostForm["body[]"] {
			if db.ID(id) != o.Lead {
				o.With = append(o.With, db.ID(id))
			}
		}
		if err := wrong.Err(); err != nil {
			return err
		}
		_, err := workplan.Add(tx, by, year, o)
		return err
	})
}

func (s *site) addWorkplanDays(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.workplanAct(tx, by, r, "ngay", func(year int) error {
		if err := by.May(access.KeepWorkplan, by.Body); err != nil {
			return err
		}
		if err := refusedUpload(r); err != nil {
			return err
		}
		var outline db.ID
		for _, u := range s.uploads(r, "file") {
			kept, err := storeUpload(tx, by, by.Body, u)
			if err != nil {
				return err
			}
			outline = kept
		}
		_, err := workplan.AddDays(tx, by, year, workplan.DayKind(r.PostFormValue("kind")), r.PostFormValue("days"), outline)
		return err
	})
}

func (s *site) endWorkplanDay(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.workplanAct(tx, by, r, "bo-ngay", func(year int) error { return workplan.EndDay(tx, by, year, db.ID(r.PostFormValue("day"))) })
}

func (s *site) carryWorkplan(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.workplanAct(tx, by, r, "chuyen", func(year int) error {
		var ids []db.ID
		for _, id := range r.PostForm["line[]"] {
			ids = append(ids, db.ID(id))
		}
		_, err := workplan.Carry(tx, by, year, ids, r.PostFormValue("reason"))
		return err
	})
}

func (s *site) draftWorkplan(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	var drafted paper.Paper
	reply, err := s.workplanAct(tx, by, r, "van-ban", func(year int) (err error) {
		month, _ := strconv.Atoi(r.PostFormValue("thang"))
		drafted, err = workplan.Draft(tx, by, workplan.Role(r.PostFormValue("role")), year, month)
		return err
	})
	if err == nil {
		reply.To = address("paper", drafted.ID)
	}
	return reply, err
}

// workplanFile is one of a year's papers as it stands now: "ke-hoach.docx", "huong-dan.pdf", "thang-5.docx".
func (s *site) workplanFile(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	year, err := workplanYear(r)
	if err != nil {
		return Reply{}, err
	}
	name, ending, _ := strings.Cut(r.PathValue("file"), ".")
	role, month := workplan.YearPlan, 0
	known := ending == "docx" || ending == "pdf"
	switch {
	case name == "ke-hoach":
	case name == "huong-dan":
		role = workplan.Guidance
	case strings.HasPrefix(name, "thang-"):
		role = workplan.MonthRun
		month, _ = strconv.Atoi(strings.TrimPrefix(name, "thang-"))
	default:
		known = false
	}
	if !known {
		return Reply{}, fault.Missing("Không có tệp này; xin mở từ trang kế hoạch năm.")
	}
	d, err := workplan.Document(tx, by, role, year, month)
	if err != nil {
		return Reply{}, err
	}
	file, err := paper.File(d, fmt.Sprintf("%s %d", strings.ReplaceAll(name, "-", " "), year), ending, official.HTMLOptions{})
	return downloaded(file), err
}
