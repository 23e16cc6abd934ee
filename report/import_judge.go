package report

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// held is what stood of one body's report when a file was judged; WriteImport finds it again or stops.
type held struct {
	Obligation db.ID         `db:"id"`
	Body       db.ID         `db:"body"`
	N          int32         `db:"n"`
	Due        calendar.Date `db:"due"`
	Version    int64         `db:"latest_version"`
	Latest     db.ID         `db:"latest"`
	Accepted   db.ID         `db:"accepted"`
	Returned   bool          `db:"returned"`
	Scope      Scope         `db:"sectors"`
	Figures    []byte        `db:"figures"` // of the newest version
	Counted    []byte        `db:"counted"` // of the accepted one
	Sections   string        `db:"sections_text"`
	Notes      string        `db:"notes"`
}

// judge holds every report of the file against what stands and asks the guard about what it would become.
func (im *Import) judge(tx *db.Tx) error {
	if im.judged {
		return nil
	}
	im.judged = true
	im.close()
	byPeriod, periods := im.byPeriod()
	for _, period := range periods {
		if err := im.judgePeriod(tx, period, byPeriod[period]); err != nil {
			return err
		}
	}
	slices.SortStableFunc(im.refused, func(a, b fault.Problem) int { return lineOf(a) - lineOf(b) })
	return nil
}

func lineOf(p fault.Problem) int {
	line, _ := strconv.Atoi(strings.TrimPrefix(p.Field, "line."))
	return line
}

func (im *Import) byPeriod() (map[calendar.Period][]*group, []calendar.Period) {
	groups := make(map[calendar.Period][]*group)
	for _, g := range im.order {
		groups[g.key.period] = append(groups[g.key.period], g)
	}
	return groups, slices.SortedFunc(maps.Keys(groups), calendar.Period.Compare)
}

func (im *Import) judgePeriod(tx *db.Tx, period calendar.Period, groups []*group) error {
	stands, opened, err := im.stands(tx, period, groups)
	if err != nil {
		return err
	}
	_, closes := im.Regime.Cutoff.Span(period)
	if !opened && !closes.Before(calendar.OfInstant(tx.Clock())) {
		for _, g := range groups {
			g.refuse(im, notOpened(period, im.Regime.Code).Error())
		}
		return nil
	}
	var last, year map[db.ID][]Value
	f := im.forms[period]
	if f.beside {
		previous, ago := earlier(period)
		if last, err = im.figures(tx, f, previous); err != nil {
			return err
		}
		if year, err = im.figures(tx, f, ago); err != nil {
			return err
		}
	}
	for _, g := range groups {
		was, asked := stands[g.org]
		switch {
		case !asked:
			g.refuse(im, notAsked(g.key.org, period, im.Regime.Code).Error())
		case was.Returned:
			g.refuse(im, fmt.Sprintf("%s của %s cho %s đang được đề nghị bổ sung; hãy chờ cơ quan gửi lại rồi nhập tệp.", VersionName(was.Version),
				g.key.org, period.Name()))
		default:
			g.was = was
			if err := g.judge(im, Before{last[g.org], year[g.org]}); err != nil {
				return err
			}
		}
	}
	return nil
}

// stands reads what stands of the bodies of a file in one period: of one not opened, what would be asked of them.
func (im *Import) stands(tx *db.Tx, period calendar.Period, groups []*group) (map[db.ID]held, bool, error) {
	found := make(map[db.ID]held, len(groups))
	var opening db.ID
	if err := tx.Get(&opening, "select coalesce((select id from opening where regime = ? and period = ?), '')", im.Regime.ID, period); err != nil {
		return nil, false, err
	}
	if opening == "" {
		_, closes := im.Regime.Cutoff.Span(period)
		asked, err := askedOn(tx, im.Regime.ID, im.forms[period], closes)
		for _, a := range asked {
			found[a.ID] = held{Body: a.ID, Scope: a.Scope}
		}
		return found, false, err
	}
	for part := range slices.Chunk(groups, 500) { // below every engine's limit of parameters
		bodies := make([]db.ID, len(part))
		for i, g := range part {
			bodies[i] = g.org
		}
		in, args := db.In(bodies)
		var rows []held
		if err := tx.Select(&rows, `
select o.id, o.body, o.n, o.due, o.latest_version, o.latest, o.accepted, o.returned, o.sectors, s.figures, a.figures as counted,
	coalesce(s.sections, '') as sections_text, coalesce(s.notes, '') as notes
from obligation o
left join submission s on s.id = o.latest
left join submission a on a.id = o.accepted
where o.opening = ? and o.body in `+in, append([]any{opening}, args...)...); err != nil {
			return nil, true, err
		}
		for _, row := range rows {
			found[row.Body] = row
		}
	}
	return found, true, nil
}

// figures gives what every body has for an earlier period: from the file itself, else what stands.
func (im *Import) figures(tx *db.Tx, f *Form, period calendar.Period) (map[db.ID][]Value, error) {
	found := make(map[db.ID][]Value)
	if period.IsZero() {
		return found, nil
	}
	var rows []struct {
		Body db.ID `db:"body"`
		ownReport
	}
	if err := tx.Select(&rows, `
select s.id, o.body, p.period, p.form, f.digest, s.figures, s.sections
from opening p
join regime_form f on f.id = p.form
join obligation o on o.opening = p.id
join submission s on s.id = case when not o.returned then o.latest else coalesce(o.accepted, o.latest) end
where p.regime = ? and p.period = ?`, im.Regime.ID, period); err != nil {
		return nil, err
	}
	for _, row := range rows {
		values, err := row.valuesFor(tx, f)
		if err != nil {
			return nil, err
		}
		found[row.Body] = values
	}
	for _, g := range im.order {
		if g.key.period != period || g.Refused > 0 {
			continue
		}
		typed, err := unpackValues(nil, g.packed)
		if err != nil {
			return nil, err
		}
		found[g.org] = aligned(g.form, g.form.all(typed), f)
	}
	return found, nil
}

// refuse notes every figure of the group as not taken; the sentence stands at its first line.
func (g *group) refuse(im *Import, sentence string) {
	for _, line := range g.lines {
		if line > 0 {
			g.Refused++
		}
	}
	im.refuse(int(g.first()), sentence)
}

// judge lays the file's figures over what stands, counts what that changes and asks the guard about the whole. What was
// wrong before the file came is not its fault.
func (g *group) judge(im *Import, before Before) error {
	f := g.form.For(g.was.Scope)
	fresh, err := unpackValues(nil, g.packed)
	if err != nil {
		return err
	}
	merged, stood := make([]Value, len(fresh)), claim{}
	if g.was.Figures != nil {
		g.Replaces, g.Waiting = g.was.Version, g.was.Latest != g.was.Accepted
		if merged, err = unpackValues(nil, g.was.Figures); err != nil {
			return err
		}
		if stood, err = g.stood(f, merged); err != nil {
			return err
		}
		stood.judge(f, before)
	}
	c := claim{notes: maps.Clone(stood.notes), sections: withSections(stood.sections, g.sections)}
	if c.notes == nil {
		c.notes = make(map[string]string)
	}
	changed := make([]string, 0, 8)
	for slot, now := range fresh {
		if !now.Set {
			continue
		}
		in := g.form.Indicators[g.form.typed[slot]]
		switch was := merged[slot]; {
		case !was.Set:
			g.New++
		case was.Figure == now.Figure && was.Estimate == now.Estimate && (now.Over == nil || was.Over != nil && *was.Over == *now.Over):
			g.Unchanged++
			continue
		default:
			g.Changed++
			g.Figures = append(g.Figures, FigureChange{in, was, now})
			if now.Over == nil { // the file says nothing of the whole
				now.Over = was.Over
			}
		}
		merged[slot] = now
		changed = append(changed, in.Code)
		c.explain(in.Code, g.notes[in.Code], im.reason)
	}
	if g.Replaces > 0 && len(changed) == 0 && !g.text {
		return nil
	}
	c.values = f.all(merged)
	c.judge(f, before)
	g.packed, g.sections, g.notes = packValues(merged), c.sections, c.notes
	g.told(im, &c, stood.found, changed)
	return nil
}

// stood is the report that stands as a claim of its own.
func (g *group) stood(f *Form, typed []Value) (c claim, err error) {
	c.values = f.all(typed)
	if c.sections, err = readSections(g.was.Sections); err != nil {
		return c, err
	}
	if g.was.Notes != "" {
		err = json.Unmarshal([]byte(g.was.Notes), &c.notes)
	}
	c.nothing = c.notes["nil"] != ""
	return c, err
}

// explain puts the file's reason in the place of what was said about the figure before.
func (c *claim) explain(code, note, general string) {
	maps.DeleteFunc(c.notes, func(key, _ string) bool { return strings.HasSuffix(key, ":"+code) })
	if note == "" {
		note = general
	}
	if note != "" {
		c.notes[noteOf(code)] = note
	}
	delete(c.notes, "nil")
}

// told notes what the guard found that was not there before: at the line of the figure, else at the first of the group.
func (g *group) told(im *Import, c *claim, before findings, changed []string) {
	unread := g.Refused > 0 // what could not be read is not missing
	refused := make(map[string]bool)
	for _, one := range c.found {
		known := func(old Finding) bool { return old.Key == one.Key && old.Sentence == one.Sentence }
		switch {
		case unread && (one.Key == "nil" || strings.HasPrefix(one.Key, "required:")), one.Strength == Hint,
			one.Strength == Warning && one.Reason(c.notes) != "", slices.ContainsFunc(before, known):
			continue
		}
		line := g.first()
		if slices.Contains(changed, one.Indicator) {
			line = g.lines[g.form.slotOf(one.Indicator)]
		}
		refused[one.Indicator] = true
		im.refuse(int(line), fmt.Sprintf("%s, %s: %s", g.key.org, g.key.period, one.Sentence))
	}
	g.Refused += len(refused)
	for _, code := range changed {
		if !refused[code] {
			continue
		}
		at := slices.IndexFunc(g.Figures, func(f FigureChange) bool { return f.Indicator.Code == code })
		if at < 0 {
			g.New--
			continue
		}
		g.Changed--
		g.Figures = slices.Delete(g.Figures, at, at+1)
	}
}

// first is the line of the file at which the group begins.
func (g *group) first() int32 {
	first := slices.Max(g.lines)
	for _, line := range g.lines {
		if line > 0 {
			first = min(first, line)
		}
	}
	return first
}

// withSections lays texts over those that stand; what is not given stays.
func withSections(stood, given []SectionText) []SectionText {
	all := slices.Clone(stood)
	for _, s := range given {
		at := slices.IndexFunc(all, func(old SectionText) bool { return old.Section == s.Section && old.Sector == s.Sector })
		if at < 0 {
			all = append(all, s)
		} else {
			all[at] = s
		}
	}
	return all
}
