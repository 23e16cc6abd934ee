package web

import (
	"net/http"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/appraisal"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/level"
	"giaoban/library"
	"giaoban/org"
	"giaoban/review"
	"giaoban/task"
)

// reviewPage is one review with everything that may be done about it.
type reviewPage struct {
	reviewLine
	UnitName    string
	StepLines   []stepLine
	Parted      []outlinePart
	Story       []review.Fact
	Files       []library.Use
	ReplacedBy  []directive.Directive
	StoppedOn   calendar.Date
	OpenTasks   int // of a stopped review
	Lineage     string
	Below       []string // how the levels below stand, a sentence each
	MayBelow    bool     // look over all levels
	MayPlan     bool
	Planning    bool // it still may be changed
	Bodies      []reviewBody
	Units       []org.Body
	Tasks       []task.Task // that a step may be tied to
	Instruction []directive.Directive
	Typed       map[string]string // what stood in the form that was refused, by field id
	Failed      string
}

type stepLine struct {
	review.PlannedStep
	Badge    badge
	LeadName string
	URL      string // of the task, for who may open it
	Form     string
	Drafts   []originLink // of the step of appraisal: what was sent for it
	Submit   string       // where who prepares the review sends its draft
}

// outlinePart is a heading of the outline with the lines below it.
type outlinePart struct {
	Head   string
	Points []string
}

// partsOf puts the lines that begin with a dash below the heading before them.
func partsOf(headings []string) (all []outlinePart) {
	for _, line := range headings {
		point, below := strings.CutPrefix(line, "- ")
		if below && len(all) > 0 {
			last := &all[len(all)-1]
			last.Points = append(last.Points, point)
			continue
		}
		all = append(all, outlinePart{Head: line})
	}
	return all
}

// reviewBody is a body as the form of leads and cooperation offers it.
type reviewBody struct {
	org.Body
	Leads bool
	With  bool
	Part  string
}

func (s *site) showReview(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if year, ok := strings.CutSuffix(r.PathValue("review"), ".ics"); ok {
		return s.reviewCalendarFile(tx, by, year)
	}
	p, err := reviewOf(tx, by, db.ID(r.PathValue("review")))
	return Reply{Page: "review/show", Data: p}, err
}

func reviewOf(tx *db.Tx, by access.Actor, id db.ID) (*reviewPage, error) {
	one, err := review.Find(tx, by, id)
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
	p := &reviewPage{reviewLine: reviewLineOf(one, names, holidays, today), UnitName: names[one.Unit].ShortName, Typed: map[string]string{},
		MayPlan: by.Can(access.PlanReview, one.Body)}
	p.StoppedOn, _ = one.Stop()
	p.Parted = partsOf(one.Headings())
	p.Planning = p.MayPlan && one.Live()
	for _, step := range one.Steps {
		line := stepLine{PlannedStep: step, Badge: stepBadge(step, one, today), LeadName: names[step.Lead].ShortName, Form: "buoc-" + string(step.Step)}
		if step.Task != "" && step.Readable {
			line.URL = address("task", step.Task)
		}
		if step.Task != "" && step.Standing.Live {
			p.OpenTasks++
		}
		if step.Step == review.StepAppraisal {
			if err := line.appraised(tx, by, one); err != nil {
				return nil, err
			}
		}
		p.StepLines = append(p.StepLines, line)
	}
	if p.Story, err = review.Story(tx, by, id); err != nil {
		return nil, err
	}
	if p.Files, err = library.Attached(tx, by, "review", id); err != nil {
		return nil, err
	}
	if !one.ReplacedOn.IsZero() {
		if p.ReplacedBy, err = directive.ReplacedBy(tx, by, one.Directive); err != nil {
			return nil, err
		}
	}
	if err := p.below(tx, by, one); err != nil {
		return nil, err
	}
	if one.Facts > 0 && by.Can(access.ReadLineage, by.Body) {
		p.Lineage = lineageURL(one.Node())
	}
	if !p.Planning {
		return p, nil
	}
	return p, p.forms(tx, by, one, today)
}

// below says how the levels below stand, for who looks over them.
func (p *reviewPage) below(tx *db.Tx, by access.Actor, one review.Review) error {
	if p.MayBelow = by.Can(access.ReadConsolidation, by.Body); !p.MayBelow {
		return nil
	}
	c, err := level.Find(tx, by, one.ID)
	if fault.Is(err, fault.KindMissing) {
		p.MayBelow = p.MayPlan && one.State() == review.Confirmed
		return nil
	}
	if err != nil {
		return err
	}
	levels, err := level.Levels(tx, by, c)
	for _, l := range levels {
		p.Below = append(p.Below, l.Sentence())
	}
	return err
}

// forms fills in what the officer chooses from.
func (p *reviewPage) forms(tx *db.Tx, by access.Actor, one review.Review, today calendar.Date) error {
	bodies, err := org.At(tx, by, today)
	if err != nil {
		return err
	}
	part := make(map[db.ID]string)
	with := make(map[db.ID]bool)
	for _, c := range one.Cooperating {
		part[c.Body], with[c.Body] = c.Part, true
	}
	for _, b := range bodies {
		if b.Kind == org.Commission {
			continue
		}
		p.Bodies = append(p.Bodies, reviewBody{Body: b, Leads: b.ID == one.Lead, With: with[b.ID], Part: part[b.ID]})
		if b.Kind == org.OwnUnit {
			p.Units = append(p.Units, b)
			if one.Unit == "" && b.ID == by.Body {
				p.Typed["phan-cong-unit"] = string(b.ID) // a proposal: whoever plans it follows it
			}
		}
	}
	if one.Unit != "" {
		p.Typed["phan-cong-unit"] = string(one.Unit)
	}
	p.Tasks, err = openTasks(tx, by, one.Holder)
	return err
}

// reviewDo runs one change of a review. When it is refused, the page comes back with what was typed, the sentences at the
// fields of that form; rename gives a field of the room its name in the form.
func reviewDo(tx *db.Tx, by access.Actor, r *http.Request, form string, rename map[string]string, act func(id db.ID, version int64) error) (Reply, error) {
	id := db.ID(r.PathValue("review"))
	version, err := strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	if err != nil {
		version = -1
	}
	if err = act(id, version); err == nil {
		return Reply{To: "/so-ket-tong-ket/" + string(id)}, nil
	}
	problem := fault.Of(err)
	if problem == nil || problem.Kind == fault.KindMissing || problem.Kind == fault.KindForbidden {
		return Reply{}, err
	}
	p, again := reviewOf(tx, by, id)
	if again != nil {
		return Reply{}, again
	}
	p.Failed = form
	for field, values := range r.PostForm {
		if len(values) > 0 && field != "form_token" {
			p.Typed[form+"-"+field] = values[0]
		}
	}
	if form == "phan-cong" {
		p.retype(r)
	}
	for i := range problem.Problems {
		if to, ok := rename[problem.Problems[i].Field]; ok {
			problem.Problems[i].Field = to
		}
	}
	return Reply{Page: "review/show", Data: p}, underForm(form, problem)
}

// retype keeps the bodies that were chosen in a refused form.
func (p *reviewPage) retype(r *http.Request) {
	chosen := make(map[string]bool)
	for _, id := range r.PostForm["body[]"] {
		chosen[id] = true
	}
	for i := range p.Bodies {
		b := &p.Bodies[i]
		b.Leads, b.With, b.Part = string(b.ID) == r.PostFormValue("lead"), chosen[string(b.ID)], r.PostFormValue("part-"+string(b.ID))
	}
}

func (s *site) planReview(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return reviewDo(tx, by, r, "phan-cong", nil, func(id db.ID, version int64) error {
		plan := review.Assignment{Lead: db.ID(r.PostFormValue("lead")), Unit: db.ID(r.PostFormValue("unit"))}
		for _, body := range r.PostForm["body[]"] {
			plan.Cooperating = append(plan.Cooperating, review.Cooperation{Body: db.ID(body), Part: r.PostFormValue("part-" + body)})
		}
		return review.Assign(tx, by, id, version, plan)
	})
}

func (s *site) instructReview(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return reviewDo(tx, by, r, "chi-dao", nil, func(id db.ID, version int64) error {
		var wrong fault.List
		in := review.Instruction{Text: r.PostFormValue("instruction"), SubmitBy: readDay(&wrong, r, "submit_by", "")}
		if err := wrong.Err(); err != nil {
			return err
		}
		return review.Instruct(tx, by, id, version, in)
	})
}

func (s *site) uninstructReview(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return reviewDo(tx, by, r, "go-chi-dao", nil, func(id db.ID, version int64) error {
		return review.Uninstruct(tx, by, id, version, r.PostFormValue("reason"))
	})
}

// editReviewStep serves the buttons of a step's form.
func (s *site) editReviewStep(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	step := review.Step(r.PostFormValue("step"))
	return reviewDo(tx, by, r, "buoc-"+string(step), map[string]string{"reason": "note", "on": "day"}, func(id db.ID, version int64) error {
		var wrong fault.List
		day := readDay(&wrong, r, "day", "")
		if err := wrong.Err(); err != nil {
			return err
		}
		note := r.PostFormValue("note")
		switch r.PostFormValue("act") {
		case "dat-ngay":
			return review.MoveStep(tx, by, id, version, step, day, note)
		case "xong":
			return review.FinishStep(tx, by, id, version, step, day, note)
		case "gan":
			return review.TieTask(tx, by, id, version, step, db.ID(r.PostFormValue("task")))
		}
		return review.FreeStep(tx, by, id, version, step, note)
	})
}

func (s *site) outlineReview(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return reviewDo(tx, by, r, "de-cuong", nil, func(id db.ID, version int64) error {
		return review.SetOutline(tx, by, id, version, r.PostFormValue("outline"))
	})
}

func (s *site) removeReview(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return reviewDo(tx, by, r, "dua-ra", nil, func(id db.ID, version int64) error {
		return review.Remove(tx, by, id, version, r.PostFormValue("reason"))
	})
}

func (s *site) restoreReview(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return reviewDo(tx, by, r, "dua-lai", nil, func(id db.ID, version int64) error {
		return review.Restore(tx, by, id, version)
	})
}

func (s *site) relistReview(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return reviewDo(tx, by, r, "trinh-lai", nil, func(id db.ID, version int64) error {
		return review.Relist(tx, by, id, version, r.PostFormValue("reason"))
	})
}

func (s *site) stopReview(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return reviewDo(tx, by, r, "dung", nil, func(id db.ID, version int64) error {
		return review.Stop(tx, by, id, version, r.PostFormValue("reason"))
	})
}

func (s *site) resumeReview(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return reviewDo(tx, by, r, "lam-tiep", nil, func(id db.ID, version int64) error {
		return review.Resume(tx, by, id, version, r.PostFormValue("reason"))
	})
}

func (s *site) reopenReview(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return reviewDo(tx, by, r, "mo-lai", nil, func(id db.ID, version int64) error {
		return review.Reopen(tx, by, id, version, r.PostFormValue("reason"))
	})
}

func (s *site) finishReview(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return reviewDo(tx, by, r, "xong", nil, func(id db.ID, version int64) error {
		var wrong fault.List
		f := review.Result{Paper: r.PostFormValue("paper"), On: readDay(&wrong, r, "on", "")}
		if err := wrong.Err(); err != nil {
			return err
		}
		if err := refusedUpload(r); err != nil {
			return err
		}
		if by.Can(access.PlanReview, by.Body) { // whoever may not finish a review leaves no file
			for _, upload := range s.uploads(r, "file") {
				file, err := storeUpload(tx, by, by.Body, upload)
				if err != nil {
					return err
				}
				f.File = file
			}
		}
		return review.Finish(tx, by, id, version, f)
	})
}

// appraised leads from the step to what was appraised for it, and to where the draft is sent.
func (l *stepLine) appraised(tx *db.Tx, by access.Actor, of review.Review) error {
	if !by.Can(access.ReadAppraisal, by.Body) {
		return nil
	}
	all, err := appraisal.OfReview(tx, by, of.ID)
	for _, a := range all {
		l.Drafts = append(l.Drafts, originLink{address("appraisal", a.ID), a.Kind.Name() + ": " + lowered(a.State.Name())})
	}
	if of.Live() && !l.Over() && of.Holder == by.Body && by.Can(access.SubmitDraft, by.Body) && !by.OfCommission() {
		l.Submit = appraisalURL + "/moi?ky=" + string(of.ID)
	}
	return err
}
