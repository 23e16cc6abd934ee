package web

import (
	"net/http"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/level"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/report"
	"giaoban/review"
)

// levelPages are the levels of a review: who below holds it too. The last three are also for the bodies themselves.
var levelPages = []route{
	see("/so-ket-tong-ket/{review}/cac-cap", (*site).reviewLevels, access.ReadConsolidation).of("review").owing().titled("Sơ kết, tổng kết ở các cấp"),
	act("/so-ket-tong-ket/{review}/cac-cap", (*site).callLevels, access.PlanReview).of("review").titled("Sơ kết, tổng kết ở các cấp").
		says("Đã gửi đề cương; mỗi cơ quan thấy báo cáo phải gửi trên bàn làm việc từ bây giờ. Tiếp theo: soạn công văn gửi đề cương.", "Sơ kết, tổng kết", "/so-ket-tong-ket"),
	act("/so-ket-tong-ket/{review}/cac-cap/gui-them", (*site).callMoreLevels, access.PlanReview).of("called").titled("Sơ kết, tổng kết ở các cấp").
		says("Đã gửi đề cương cho các cơ quan vừa chọn.", "Sơ kết, tổng kết", "/so-ket-tong-ket"),
	see("/so-ket-tong-ket/{review}/cac-cap.docx", (*site).levelsFile, access.ReadConsolidation).of("called"),
	see("/so-ket-tong-ket/{review}/cac-cap.pdf", (*site).levelsFile, access.ReadConsolidation).of("called"),
	see("/so-ket-tong-ket/{review}/cac-cap/{body}", (*site).showHolding, access.ReadReport).of("called").titled("Việc tổ chức sơ kết, tổng kết"),
	act("/so-ket-tong-ket/{review}/cac-cap/{body}", (*site).noteHolding, access.NoteSitting).of("called").titled("Việc tổ chức sơ kết, tổng kết").
		says("Đã ghi việc tổ chức sơ kết, tổng kết.", "Báo cáo", "/bao-cao"),
	act("/so-ket-tong-ket/{review}/cac-cap/{body}/bo", (*site).dropHolding, access.NoteSitting).of("called").titled("Việc tổ chức sơ kết, tổng kết").
		says("Đã bỏ điều đã ghi; lý do ở nhật ký.", "Báo cáo", "/bao-cao"),
}

// levelsPage is who holds a review below the province: before the outline is sent the form for it, then who held theirs.
type levelsPage struct {
	Review   review.Review
	Parted   []outlinePart
	Call     level.Call // without a regime while the outline was not sent
	Levels   []levelShown
	Groups   []groupShown
	Letter   paper.Paper // the công văn with the outline
	Text     string      // where the province's report is put together
	Waits    string      // why the outline cannot be sent yet
	LeadName string      // who leads the review
	Stopped  bool        // the review is not held any more, and reports are owed all the same
	MayCall  bool
	MayDraft bool
	MayNote  bool

	Convenors []option
	Figures   []option
	Signer    string
	To, Due   string
	DueFrom   string // where the day that is proposed comes from
}

type levelShown struct {
	level.Level
	Shown []levelLine
}

type levelLine struct {
	level.Line
	Name    string
	Report  badge
	Holding badge
	Proof   string
	Note    string // where what became of it is noted
}

// groupShown is a kind of bodies with those that are chosen.
type groupShown struct {
	level.Group
	All    bool // the whole group is chosen
	Chosen map[db.ID]bool
}

// Some counts those chosen one by one.
func (g groupShown) Some() int { return len(g.Chosen) }

func (s *site) reviewLevels(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ReadConsolidation, by.Body); err != nil {
		return Reply{}, err
	}
	p, err := levelsOf(tx, by, r)
	return Reply{Page: "review/levels", Data: p}, err
}

func levelsOf(tx *db.Tx, by access.Actor, r *http.Request) (*levelsPage, error) {
	one, err := review.Find(tx, by, db.ID(r.PathValue("review")))
	if err != nil {
		return nil, err
	}
	p := &levelsPage{Review: one, Parted: partsOf(one.Headings()), MayCall: by.Can(access.PlanReview, one.Body) && one.Live(),
		MayDraft: by.Can(access.DraftPaper, by.Body), MayNote: by.Can(access.NoteSitting, "")}
	if one.Holder != "" {
		lead, err := org.Find(tx, by, one.Holder, calendar.OfInstant(tx.Clock()))
		if err != nil {
			return nil, err
		}
		p.LeadName = lead.ShortName
	}
	p.Call, err = level.Find(tx, by, one.ID)
	called := err == nil
	if err != nil && !fault.Is(err, fault.KindMissing) {
		return nil, err
	}
	if called {
		if err := p.stand(tx, by); err != nil {
			return nil, err
		}
	} else if one.State() != review.Confirmed {
		p.Waits = "Danh mục chưa duyệt, hoặc cuộc này đã xong, đã dừng; duyệt xong thì gửi đề cương cho các cấp được."
		p.MayCall = false
	}
	if !p.MayCall {
		return p, nil
	}
	return p, p.forms(tx, by, r, called)
}

// stand fills in who held theirs.
func (p *levelsPage) stand(tx *db.Tx, by access.Actor) error {
	levels, err := level.Levels(tx, by, p.Call)
	if err != nil {
		return err
	}
	today := calendar.OfInstant(tx.Clock())
	for _, l := range levels {
		shown := levelShown{Level: l}
		for _, one := range l.Lines {
			shown.Shown = append(shown.Shown, p.line(one, today))
		}
		p.Levels = append(p.Levels, shown)
	}
	p.Stopped = !p.Review.Live() && p.Review.State() != review.Done
	p.Text = opened("text", p.Call.Of.Code, p.Call.Opening.Period)
	p.Letter, err = report.RequestOf(tx, by, p.Call.Opening.ID)
	return err
}

func (p *levelsPage) line(one level.Line, today calendar.Date) levelLine {
	shown := levelLine{Line: one, Name: one.Body.ShortName, Holding: outcomeBadge(one.Outcome(), today.After(p.Call.Opening.Due)),
		Note: holdingURL(p.Review.ID, one.Body.Code)}
	if one.Holding.ID != "" {
		shown.Proof = one.HoldingLine()
	}
	if !one.Province() {
		shown.Report = obligationBadge(one.Obligation, today)
	}
	return shown
}

func holdingURL(review db.ID, code string) string {
	return "/so-ket-tong-ket/" + string(review) + "/cac-cap/" + code
}

// forms fills in what the officer chooses from; who leads or cooperates in the review is chosen beforehand.
func (p *levelsPage) forms(tx *db.Tx, by access.Actor, r *http.Request, called bool) error {
	groups, err := level.Groups(tx, by, p.Call)
	if err != nil {
		return err
	}
	typed := r.Method == http.MethodPost
	for _, g := range groups {
		shown := groupShown{Group: g, Chosen: make(map[db.ID]bool), All: typed && slices.Contains(r.PostForm["group[]"], string(g.Kind))}
		for _, b := range g.Bodies {
			switch {
			case typed:
				shown.Chosen[b.ID] = slices.Contains(r.PostForm["body[]"], string(b.ID))
			case !called:
				shown.Chosen[b.ID] = b.ID == p.Review.Lead || slices.ContainsFunc(p.Review.Cooperating, func(c review.Cooperation) bool { return c.Body == b.ID })
			}
			if !shown.Chosen[b.ID] {
				delete(shown.Chosen, b.ID)
			}
		}
		p.Groups = append(p.Groups, shown)
	}
	if called {
		return nil
	}
	convenor, figures := level.ByCommission, ""
	if p.Review.Level == directive.Central {
		convenor = level.ByParty
	}
	for _, s := range p.Review.Steps {
		if s.Step == review.StepInput {
			p.Due, p.DueFrom = s.Day.Vietnamese(), s.Step.Name()
		}
	}
	if typed {
		convenor, figures = level.Convenor(r.PostFormValue("convenor")), r.PostFormValue("figures")
		p.Signer, p.To, p.Due, p.DueFrom = r.PostFormValue("signer"), r.PostFormValue("closes"), r.PostFormValue("due"), ""
	}
	for _, c := range level.Convenors {
		p.Convenors = append(p.Convenors, option{string(c), c.Name(), c == convenor})
	}
	return p.offerFigures(tx, by, figures)
}

// offerFigures offers the indicators of the review's field that are reported anyway, by regime.
func (p *levelsPage) offerFigures(tx *db.Tx, by access.Actor, chosen string) error {
	regimes, err := report.Regimes(tx, by)
	if err != nil {
		return err
	}
	p.Figures = []option{{"", "Không kèm biểu số liệu", chosen == ""}}
	for _, regime := range regimes {
		if !regime.Active() {
			continue
		}
		indicators, _, err := report.IndicatorsFor(tx, by, regime.Code, p.Review.Sectors.Codes(), "")
		if err != nil {
			return err
		}
		if len(indicators) > 0 {
			p.Figures = append(p.Figures, option{regime.Code, wholeText(len(indicators)) + " chỉ tiêu của " + fold.Uncapital(regime.Name), regime.Code == chosen})
		}
	}
	return nil
}

// chosenBodies are the bodies of the groups that were ticked, and those that were ticked one by one.
func chosenBodies(tx *db.Tx, by access.Actor, r *http.Request, c level.Call) (bodies []db.ID, err error) {
	groups, err := level.Groups(tx, by, c)
	for _, g := range groups {
		whole := slices.Contains(r.PostForm["group[]"], string(g.Kind))
		for _, b := range g.Bodies {
			if whole || slices.Contains(r.PostForm["body[]"], string(b.ID)) {
				bodies = append(bodies, b.ID)
			}
		}
	}
	return bodies, err
}

func (s *site) callLevels(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id := db.ID(r.PathValue("review"))
	var wrong fault.List
	n := level.New{Convenor: level.Convenor(r.PostFormValue("convenor")), Signer: r.PostFormValue("signer"), Figures: r.PostFormValue("figures"),
		To: readDay(&wrong, r, "closes", ""), Due: readDay(&wrong, r, "due", "")}
	err := wrong.Err()
	if err == nil {
		if n.Bodies, err = chosenBodies(tx, by, r, level.Call{}); err == nil {
			_, err = level.Ask(tx, by, id, n)
		}
	}
	return s.levelsChanged(tx, by, r, err)
}

func (s *site) callMoreLevels(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id := db.ID(r.PathValue("review"))
	c, err := level.Find(tx, by, id)
	if err == nil {
		var bodies []db.ID
		if bodies, err = chosenBodies(tx, by, r, c); err == nil {
			_, err = level.AskMore(tx, by, id, bodies)
		}
	}
	return s.levelsChanged(tx, by, r, err)
}

func (s *site) levelsChanged(tx *db.Tx, by access.Actor, r *http.Request, err error) (Reply, error) {
	if err != nil {
		return withPage(err, func() (Reply, error) { return s.reviewLevels(tx, by, r) })
	}
	return Reply{To: address("review", db.ID(r.PathValue("review"))) + "/cac-cap"}, nil
}

func (s *site) levelsFile(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	c, err := level.Find(tx, by, db.ID(r.PathValue("review")))
	if err != nil {
		return Reply{}, err
	}
	d, err := level.Document(tx, by, c)
	if err != nil {
		return Reply{}, err
	}
	file, err := paper.File(d, "cac cap "+c.Of.Code, endingOf(r), official.HTMLOptions{})
	return downloaded(file), err
}
