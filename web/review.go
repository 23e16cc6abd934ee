package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/charge"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/review"
	"giaoban/task"
)

var reviewRoom = room{
	menu: entry{group: paperGroup, name: "Sơ kết, tổng kết", url: "/so-ket-tong-ket", needs: needsDirective, key: "g x"},
	pages: append(levelPages,
		see("/so-ket-tong-ket", (*site).reviewYear, access.ReadDirective).owing().named("review/list", "?nam={year}"),
		act("/so-ket-tong-ket/trinh", (*site).listReviews, access.PlanReview).
			says("Đã trình danh mục của năm; lãnh đạo duyệt trên trang này.", "Sơ kết, tổng kết", "/so-ket-tong-ket"),
		act("/so-ket-tong-ket/duyet", (*site).confirmReviews, access.ConfirmReviews).
			says("Đã duyệt danh mục. Tiếp theo: phân công từng cuộc.", "Sơ kết, tổng kết", "/so-ket-tong-ket"),
		see("/so-ket-tong-ket/quy-tac", (*site).reviewRules, access.ReadDirective).titled("Quy tắc sơ kết, tổng kết"),
		act("/so-ket-tong-ket/quy-tac", (*site).setReviewRule, access.PlanReview).
			says("Đã lưu quy tắc; những cuộc chưa ai bắt đầu được tính lại theo quy tắc này.", "Sơ kết, tổng kết", "/so-ket-tong-ket"),
		act("/so-ket-tong-ket/quy-tac/buoc", (*site).setStepRules, access.PlanReview).titled("Quy tắc sơ kết, tổng kết").
			says("Đã lưu số ngày của các bước.", "Sơ kết, tổng kết", "/so-ket-tong-ket"),
		see("/so-ket-tong-ket/{year}/ke-hoach.docx", (*site).reviewPlanFile, access.ReadDirective).of("review-year"),
		see("/so-ket-tong-ket/{year}/ke-hoach.pdf", (*site).reviewPlanFile, access.ReadDirective).of("review-year"),
		act("/so-ket-tong-ket/{year}/ke-hoach", (*site).draftReviewPlan, access.DraftPaper).of("review-year").
			says("Đã soạn kế hoạch của năm thành văn bản. Tiếp theo: xem lại lời văn, trình ký.", "Sơ kết, tổng kết", "/so-ket-tong-ket"),
		see("/so-ket-tong-ket/{review}", (*site).showReview, access.ReadTask).owing().shows("review").byPerson(charge.Review),
		act("/so-ket-tong-ket/{review}/phan-cong", (*site).planReview, access.PlanReview).of("review").
			says("Đã lưu phân công.", "Sơ kết, tổng kết", "/so-ket-tong-ket"),
		act("/so-ket-tong-ket/{review}/chi-dao", (*site).instructReview, access.PlanReview).of("review").
			says("Đã ghi văn bản chỉ đạo của cuộc này.", "Sơ kết, tổng kết", "/so-ket-tong-ket"),
		act("/so-ket-tong-ket/{review}/go-chi-dao", (*site).uninstructReview, access.PlanReview).of("review").
			says("Đã gỡ văn bản chỉ đạo; lý do đã ghi vào nhật ký.", "Sơ kết, tổng kết", "/so-ket-tong-ket"),
		act("/so-ket-tong-ket/{review}/buoc", (*site).editReviewStep, access.PlanReview).of("review").
			says("Đã lưu bước này.", "Sơ kết, tổng kết", "/so-ket-tong-ket"),
		act("/so-ket-tong-ket/{review}/de-cuong", (*site).outlineReview, access.PlanReview).of("review").
			says("Đã lưu đề cương.", "Sơ kết, tổng kết", "/so-ket-tong-ket"),
		act("/so-ket-tong-ket/{review}/dua-ra", (*site).removeReview, access.PlanReview).of("review").
			says("Đã đưa cuộc này ra khỏi danh mục; lý do đã ghi vào nhật ký.", "Sơ kết, tổng kết", "/so-ket-tong-ket"),
		act("/so-ket-tong-ket/{review}/dua-lai", (*site).restoreReview, access.PlanReview).of("review").
			says("Đã đưa cuộc này trở lại danh mục.", "Sơ kết, tổng kết", "/so-ket-tong-ket"),
		act("/so-ket-tong-ket/{review}/trinh-lai", (*site).relistReview, access.PlanReview).of("review").
			says("Đã trình lại để lãnh đạo duyệt.", "Sơ kết, tổng kết", "/so-ket-tong-ket"),
		act("/so-ket-tong-ket/{review}/dung", (*site).stopReview, access.PlanReview).of("review").
			says("Đã dừng cuộc này; lý do đã ghi vào nhật ký.", "Sơ kết, tổng kết", "/so-ket-tong-ket"),
		act("/so-ket-tong-ket/{review}/lam-tiep", (*site).resumeReview, access.PlanReview).of("review").
			says("Cuộc này được làm tiếp; lý do đã ghi vào nhật ký.", "Sơ kết, tổng kết", "/so-ket-tong-ket"),
		act("/so-ket-tong-ket/{review}/xong", (*site).finishReview, access.PlanReview).of("review").files(mostFiles).
			says("Đã ghi cuộc này hoàn thành.", "Sơ kết, tổng kết", "/so-ket-tong-ket"),
		act("/so-ket-tong-ket/{review}/mo-lai", (*site).reopenReview, access.PlanReview).of("review").
			says("Đã mở lại cuộc này; lý do đã ghi vào nhật ký.", "Sơ kết, tổng kết", "/so-ket-tong-ket"),
		see("/van-ban-chi-dao/{directive}/so-ket-tong-ket", (*site).reviewClauses, access.ReadDirective).of("reviewed"),
		act("/van-ban-chi-dao/{directive}/dieu-khoan", (*site).addClause, access.PlanReview).of("reviewed").
			says("Đã ghi điều khoản sơ kết, tổng kết của văn bản.", "Sơ kết, tổng kết", "/so-ket-tong-ket"),
		act("/van-ban-chi-dao/{directive}/bo-dieu-khoan", (*site).endClause, access.PlanReview).of("reviewed").
			says("Đã bỏ điều khoản; lý do đã ghi vào nhật ký.", "Sơ kết, tổng kết", "/so-ket-tong-ket"),
		act("/van-ban-chi-dao/{directive}/them-ky", (*site).addReview, access.PlanReview).of("reviewed").
			says("Đã thêm một kỳ sơ kết, tổng kết cho văn bản.", "Sơ kết, tổng kết", "/so-ket-tong-ket"),
	),
}

// reviewYearPage is the list of one year.
type reviewYearPage struct {
	Year       int
	Sector     string
	Lead       string // code; "-" those without one
	Sectors    []directive.Sector
	Leads      []org.Body
	Items      []reviewLine
	Steps      []review.Step
	Counts     []reviewCount
	Legend     []badge         // the states of the steps shown
	Waiting    []review.Review // for the leader
	Unlisted   int             // lines that the officer has not laid before the leader
	Unassigned int
	Overdue    []reviewLine // of earlier years
	Older      int
	MayPlan    bool
	MayConfirm bool
	MayDraft   bool        // make the plan a paper
	Paper      paper.Paper // the plan, once it is one
	Badge      badge
	All        bool // the reader looks over all bodies
}

type reviewCount struct {
	Badge badge
	N     int
}

// reviewLine is a review as a row of a list.
type reviewLine struct {
	review.Review
	LeadName string
	With     []string // who cooperates
	Parts    []string // the same, each with its part
	Badges   []badge
	Marks    []stepMark
	Stopped  string // why it is not held
}

// stepMark is a step as a mark with its day.
type stepMark struct {
	Step review.Step
	Day  calendar.Date
	When string // without the year where it is the list's
	badge
}

func (s *site) reviewYear(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ReadDirective, by.Body); err != nil {
		return Reply{}, err
	}
	year := calendar.OfInstant(tx.Clock()).Year()
	if text := r.FormValue("nam"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			return Reply{}, fault.Invalid("nam", "Năm “%s” không đọc được; hãy ghi bốn chữ số như 2022.", short(text))
		}
		year = n
	}
	p, err := reviewYearOf(tx, by, year, r.FormValue("linh-vuc"), r.FormValue("chu-tri"))
	return Reply{Page: "review/year", Data: p}, err
}

func reviewYearOf(tx *db.Tx, by access.Actor, year int, sector, lead string) (*reviewYearPage, error) {
	all, err := review.DueIn(tx, by, year)
	if err != nil {
		return nil, err
	}
	today := calendar.OfInstant(tx.Clock())
	names, err := org.Names(tx, today)
	if err != nil {
		return nil, err
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return nil, err
	}
	p := &reviewYearPage{Year: year, Sector: sector, Lead: lead, Sectors: directive.AllSectors, Steps: review.Steps, All: by.Sees(access.ReadTask) == "",
		MayPlan: by.Can(access.PlanReview, by.Body), MayConfirm: by.Can(access.ConfirmReviews, by.Body)}
	p.MayDraft = p.MayPlan && by.Can(access.DraftPaper, by.Body)
	if p.Paper, err = review.PlanPaper(tx, by, year); err != nil {
		return nil, err
	}
	p.Badge = paperBadge(p.Paper)
	states := make(map[review.State]int)
	leads := make(map[db.ID]bool)
	for _, one := range all {
		state := one.State()
		states[state]++
		switch state {
		case review.Listed:
			p.Waiting = append(p.Waiting, one)
		case review.Expected:
			p.Unlisted++
		}
		if one.Holder == "" && (state == review.Expected || state == review.Listed) {
			p.Unassigned++
		}
		if one.Holder != "" && !leads[one.Holder] {
			leads[one.Holder] = true
			p.Leads = append(p.Leads, names[one.Holder])
		}
		if sector != "" && !one.Sectors.Has(sector) || lead == "-" && one.Holder != "" || lead != "" && lead != "-" && names[one.Holder].Code != lead {
			continue
		}
		line := reviewLineOf(one, names, holidays, today)
		for _, m := range line.Marks {
			if !slices.Contains(p.Legend, m.badge) {
				p.Legend = append(p.Legend, m.badge)
			}
		}
		p.Items = append(p.Items, line)
	}
	slices.SortFunc(p.Leads, func(a, b org.Body) int { return a.Sort - b.Sort })
	for _, state := range reviewStates {
		if states[state] > 0 {
			p.Counts = append(p.Counts, reviewCount{badge{reviewClass[state], state.Name()}, states[state]})
		}
	}
	before, err := calendar.MakeDate(year, 1, 1)
	if err != nil || before.After(today) {
		before = today
	}
	overdue, older, err := review.Overdue(tx, by, before)
	p.Older = older
	for _, one := range overdue {
		p.Overdue = append(p.Overdue, reviewLineOf(one, names, holidays, today))
	}
	return p, err
}

var reviewStates = []review.State{review.Expected, review.Listed, review.Confirmed, review.Done,
	review.Past, review.Stopped, review.Removed}

var reviewClass = map[review.State]string{
	review.Expected: "draft", review.Listed: "waiting", review.Confirmed: "on-time", review.Done: "accepted",
	review.Past: "nil", review.Stopped: "nil", review.Removed: "nil",
}

func reviewLineOf(r review.Review, names map[db.ID]org.Body, holidays calendar.Holidays, today calendar.Date) reviewLine {
	l := reviewLine{Review: r, LeadName: names[r.Holder].ShortName, Badges: reviewBadges(r, holidays, today)}
	for _, c := range r.Cooperating {
		l.With = append(l.With, names[c.Body].ShortName)
		part := names[c.Body].ShortName
		if c.Part != "" {
			part += ": " + c.Part
		}
		l.Parts = append(l.Parts, part)
	}
	if _, l.Stopped = r.Stop(); l.Stopped == "" {
		l.Stopped = r.RemoveReason
	}
	if !r.Live() && r.State() != review.Done || r.State() == review.Past {
		return l // nothing of it is planned
	}
	for _, step := range r.Steps {
		l.Marks = append(l.Marks, markOf(step, r, today))
	}
	return l
}

func reviewBadges(r review.Review, holidays calendar.Holidays, today calendar.Date) []badge {
	state := r.State()
	badges := []badge{{reviewClass[state], state.Name()}}
	if r.Late(today) {
		badges = append(badges, badge{"late", fold.Capital(calendar.Late(holidays.DaysLate(r.SubmitBy, today)))})
	}
	if r.Live() && r.Provisional() {
		badges = append(badges, badge{"estimate", "Dự kiến"})
	}
	if r.Holder == "" && r.Live() && state != review.Past {
		badges = append(badges, badge{"missing", "Chưa phân công"})
	}
	return badges
}

func markOf(s review.PlannedStep, r review.Review, today calendar.Date) stepMark {
	m := stepMark{Step: s.Step, Day: s.Day, When: s.Day.Vietnamese(), badge: stepBadge(s, r, today)}
	if !s.DoneOn.IsZero() {
		m.Day, m.When = s.DoneOn, s.DoneOn.Vietnamese()
	}
	if m.Day.Year() == r.Due.Year() {
		m.When = strings.TrimSuffix(m.When, fmt.Sprintf("/%d", m.Day.Year()))
	}
	return m
}

// stepBadge is where a step stands: its task's state, or what was noted without one.
func stepBadge(s review.PlannedStep, r review.Review, today calendar.Date) badge {
	switch {
	case !s.DoneOn.IsZero():
		return badge{"accepted", "Đã xong"}
	case s.Task != "":
		state := s.Standing.StateOn(today)
		return badge{taskClass[state], state.Name()}
	case r.State() == review.Done:
		return badge{"nil", "Không ghi"}
	case s.Day.Before(today):
		return badge{"late", "Quá hạn, chưa giao"}
	}
	return badge{"draft", "Chưa giao"}
}

func yearURL(year int) string { return fmt.Sprintf("/so-ket-tong-ket?nam=%d", year) }

// yearOfForm reads the year that a form was sent for.
func yearOfForm(r *http.Request) (int, error) {
	year, err := strconv.Atoi(r.PostFormValue("nam"))
	if err != nil {
		return 0, fault.Invalid("nam", "Thiếu năm của danh mục; xin mở lại trang danh mục.")
	}
	return year, nil
}

// yearChanged answers a change of a whole list.
func yearChanged(tx *db.Tx, by access.Actor, year int, err error) (Reply, error) {
	if err == nil {
		return Reply{To: yearURL(year)}, nil
	}
	if kind := fault.Of(err); kind == nil || kind.Kind == fault.KindForbidden {
		return Reply{}, err
	}
	p, again := reviewYearOf(tx, by, year, "", "")
	if again != nil {
		return Reply{}, again
	}
	return Reply{Page: "review/year", Data: p}, err
}

func (s *site) listReviews(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	year, err := yearOfForm(r)
	if err == nil {
		_, err = review.ListYear(tx, by, year)
	}
	return yearChanged(tx, by, year, err)
}

func (s *site) confirmReviews(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	year, err := yearOfForm(r)
	if err == nil {
		var seen []review.Line
		for _, value := range r.PostForm["line[]"] {
			id, text, _ := strings.Cut(value, ":")
			version, _ := strconv.ParseInt(text, 10, 64) // an unreadable one is no version: the room refuses it
			seen = append(seen, review.Line{ID: db.ID(id), Version: version})
		}
		_, err = review.Confirm(tx, by, year, seen)
	}
	return yearChanged(tx, by, year, err)
}

// reviewCalendarFile is the list of a year for a calendar program.
func (s *site) reviewCalendarFile(tx *db.Tx, by access.Actor, text string) (Reply, error) {
	year, err := strconv.Atoi(text)
	if err != nil {
		return Reply{}, fault.Missing("Không có lịch này; xin mở từ trang danh mục của năm.")
	}
	all, err := review.DueIn(tx, by, year)
	if err != nil {
		return Reply{}, err
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return Reply{}, err
	}
	file := review.Calendar(fmt.Sprintf("Sơ kết, tổng kết năm %d", year), all, func(id db.ID) string { return names[id].ShortName })
	return Reply{Download: &Download{Name: fmt.Sprintf("so-ket-tong-ket-%d.ics", year), Type: "text/calendar; charset=utf-8", Body: file}}, nil
}

func (s *site) reviewPlanFile(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	year, err := strconv.Atoi(r.PathValue("year"))
	if err != nil {
		return Reply{}, fault.Missing("Không có kế hoạch này; xin mở từ trang danh mục của năm.")
	}
	d, err := review.YearPlan(tx, by, year)
	if err != nil {
		return Reply{}, err
	}
	file, err := paper.File(d, fmt.Sprintf("ke hoach so ket tong ket %d", year), endingOf(r), official.HTMLOptions{})
	return downloaded(file), err
}

func (s *site) draftReviewPlan(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	year, err := strconv.Atoi(r.PathValue("year"))
	if err != nil {
		return Reply{}, fault.Missing("Không có kế hoạch này; xin mở từ trang danh mục của năm.")
	}
	p, err := review.DraftPlan(tx, by, year, paper.Signature{})
	if err != nil {
		return withPage(err, func() (Reply, error) {
			page, err := reviewYearOf(tx, by, year, "", "")
			return Reply{Page: "review/year", Data: page}, err
		})
	}
	return Reply{To: "/van-ban/" + string(p.ID)}, nil
}

// openTasks are the tasks that a step may be tied to: those its lead has not finished.
func openTasks(tx *db.Tx, by access.Actor, lead db.ID) ([]task.Task, error) {
	if lead == "" {
		return nil, nil
	}
	var all []task.Task
	f := task.Filter{Lead: lead, State: task.StateUnfinished, Limit: 500}
	for {
		some, next, err := task.List(tx, by, f)
		if all = append(all, some...); err != nil || next == "" {
			return all, err
		}
		f.Cursor = next
	}
}

// namesToday is how every body is called today.
func namesToday(tx *db.Tx) (map[db.ID]org.Body, calendar.Date, error) {
	today := calendar.OfInstant(tx.Clock())
	names, err := org.Names(tx, today)
	return names, today, err
}
