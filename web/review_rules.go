package web

import (
	"net/http"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/review"
)

// reviewRulesPage is the rules and durations, each with the sentence of what it makes.
type reviewRulesPage struct {
	Rules   []review.Rule
	Steps   []stepRuleLine
	Total   int // working days from the plan to the handing up
	Levels  []directive.Level
	Kinds   []review.Kind
	Typed   map[string]string
	MayPlan bool
	Failed  string
}

type stepRuleLine struct {
	review.StepRule
	Field string
	Typed string
}

func (s *site) reviewRules(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, err := reviewRulesOf(tx, by)
	return Reply{Page: "review/rules", Data: p}, err
}

func reviewRulesOf(tx *db.Tx, by access.Actor) (*reviewRulesPage, error) {
	p := &reviewRulesPage{Levels: directive.Levels, Kinds: review.Kinds, Typed: map[string]string{"applies": "co"}, MayPlan: by.Can(access.PlanReview, by.Body)}
	var err error
	if p.Rules, err = review.Rules(tx, by); err != nil {
		return nil, err
	}
	steps, err := review.StepRules(tx, by)
	for _, step := range steps {
		p.Steps = append(p.Steps, stepRuleLine{step, "days-" + string(step.Step), strconv.Itoa(step.Days)})
		p.Total += step.Days
	}
	return p, err
}

// rulesChanged answers a change of the rules.
func rulesChanged(tx *db.Tx, by access.Actor, r *http.Request, form string, err error) (Reply, error) {
	if err == nil {
		return Reply{To: "/so-ket-tong-ket/quy-tac"}, nil
	}
	if kind := fault.Of(err); kind == nil || kind.Kind == fault.KindForbidden {
		return Reply{}, err
	}
	p, again := reviewRulesOf(tx, by)
	if again != nil {
		return Reply{}, again
	}
	p.Failed, p.Typed = form, map[string]string{}
	for field, values := range r.PostForm {
		if len(values) > 0 && field != "form_token" {
			p.Typed[field] = values[0]
		}
	}
	for i := range p.Steps {
		if form == "buoc" {
			p.Steps[i].Typed = p.Typed[p.Steps[i].Field]
		}
	}
	return Reply{Page: "review/rules", Data: p}, err
}

func (s *site) setReviewRule(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	rule := review.Rule{Level: directive.Level(r.PostFormValue("level")), Type: r.PostFormValue("type"), Kind: review.Kind(r.PostFormValue("kind")),
		Ending: r.PostFormValue("ending"), Basis: r.PostFormValue("basis"), Applies: r.PostFormValue("applies") == "co"}
	rule.Years, _ = strconv.Atoi(strings.TrimSpace(r.PostFormValue("years"))) // what is no number is no term either: the room says so
	_, _, err := review.SetRule(tx, by, rule)
	return rulesChanged(tx, by, r, "quy-tac", err)
}

func (s *site) setStepRules(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	var rules []review.StepRule
	for _, step := range review.Steps {
		if step == review.StepSubmitted {
			continue
		}
		days, err := strconv.Atoi(strings.TrimSpace(r.PostFormValue("days-" + string(step))))
		if err != nil {
			days = -1
		}
		rules = append(rules, review.StepRule{Step: step, Days: days})
	}
	return rulesChanged(tx, by, r, "buoc", review.SetStepRules(tx, by, rules))
}

// reviewClausesPage is what one document says of its reviews, and those it has.
type reviewClausesPage struct {
	directive.Directive
	Block   reviewsBlock
	Clauses []review.Clause
	Rules   []review.Rule // those that would count without a clause
	Kinds   []review.Kind
	MayPlan bool
	Typed   map[string]string
	Failed  string
}

// reviewsBlock is the part of a document's page that tells of its reviews.
type reviewsBlock struct {
	URL     string // where clauses are typed and reviews are chosen
	Lines   []reviewLine
	Why     string // why there are none; "" when there are some
	Clauses []review.Clause
	MayPlan bool
}

// reviewsOf gives the block “directive-reviews” of a document's page.
func reviewsOf(tx *db.Tx, by access.Actor, d directive.Directive) (reviewsBlock, error) {
	b := reviewsBlock{URL: address("directive", d.ID) + "/so-ket-tong-ket", MayPlan: by.Can(access.PlanReview, d.Body)}
	all, err := review.Of(tx, by, d.ID)
	if err != nil {
		return b, err
	}
	names, today, err := namesToday(tx)
	if err != nil {
		return b, err
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return b, err
	}
	for _, one := range all {
		b.Lines = append(b.Lines, reviewLineOf(one, names, holidays, today))
	}
	if b.Clauses, err = review.Clauses(tx, by, d.ID); err != nil {
		return b, err
	}
	b.Why, err = review.WhyNone(tx, by, d)
	return b, err
}

func (s *site) reviewClauses(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, err := reviewClausesOf(tx, by, db.ID(r.PathValue("directive")))
	return Reply{Page: "review/clauses", Data: p}, err
}

func reviewClausesOf(tx *db.Tx, by access.Actor, id db.ID) (*reviewClausesPage, error) {
	d, err := directive.Find(tx, by, id)
	if err != nil {
		return nil, err
	}
	p := &reviewClausesPage{Directive: d, Kinds: review.Kinds, MayPlan: by.Can(access.PlanReview, d.Body), Typed: map[string]string{}}
	if p.Block, err = reviewsOf(tx, by, d); err != nil {
		return nil, err
	}
	p.Clauses = p.Block.Clauses
	rules, err := review.Rules(tx, by)
	for _, rule := range rules {
		if rule.Fits(d) {
			p.Rules = append(p.Rules, rule)
		}
	}
	return p, err
}

// clauseDo runs a change of what a document is due; form is the form it came from.
func clauseDo(tx *db.Tx, by access.Actor, r *http.Request, form string, act func(id db.ID) error) (Reply, error) {
	id := db.ID(r.PathValue("directive"))
	err := act(id)
	if err == nil {
		return Reply{To: "/van-ban-chi-dao/" + string(id) + "/so-ket-tong-ket"}, nil
	}
	if kind := fault.Of(err); kind == nil || kind.Kind == fault.KindMissing || kind.Kind == fault.KindForbidden {
		return Reply{}, err
	}
	p, again := reviewClausesOf(tx, by, id)
	if again != nil {
		return Reply{}, again
	}
	p.Failed = form
	for field, values := range r.PostForm {
		if len(values) > 0 && field != "form_token" {
			p.Typed[form+"-"+field] = values[0]
		}
	}
	return Reply{Page: "review/clauses", Data: p}, underForm(form, err)
}

func (s *site) addClause(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return clauseDo(tx, by, r, "dieu-khoan", func(id db.ID) error {
		c := review.Clause{Kind: review.Kind(r.PostFormValue("kind")), Repeats: r.PostFormValue("repeats") == "co", Words: r.PostFormValue("words")}
		c.Years, _ = strconv.Atoi(strings.TrimSpace(r.PostFormValue("years"))) // what is no number is no term either: the room says so
		if until := strings.TrimSpace(r.PostFormValue("until")); until != "" {
			var err error
			if c.UntilYear, err = strconv.Atoi(until); err != nil {
				c.UntilYear = -1
			}
		}
		return review.AddClause(tx, by, id, c)
	})
}

func (s *site) endClause(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	clause := db.ID(r.PostFormValue("clause"))
	return clauseDo(tx, by, r, "bo-"+string(clause), func(id db.ID) error {
		if _, err := directive.Find(tx, by, id); err != nil {
			return err
		}
		return review.EndClause(tx, by, clause, r.PostFormValue("reason"))
	})
}

func (s *site) addReview(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return clauseDo(tx, by, r, "them-ky", func(id db.ID) error {
		years, _ := strconv.Atoi(strings.TrimSpace(r.PostFormValue("years")))
		_, err := review.Choose(tx, by, id, review.Kind(r.PostFormValue("kind")), years, r.PostFormValue("reason"))
		return err
	})
}
