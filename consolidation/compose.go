package consolidation

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fold"
	"giaoban/org"
	"giaoban/report"
)

// Compose makes what the program would propose for a regime and period from the reports that count, and stores nothing.
// The words are the agencies' own: paragraphs are put in the order of the outline, the sectors and the office's bodies;
// what one body repeats word for word in successive periods is said once, with all its origins.
func Compose(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period, include report.Include) (Consolidation, error) {
	figures, err := AddUp(tx, by, regimeCode, period, include)
	if err != nil {
		return Consolidation{}, err
	}
	paragraphs, err := Texts(tx, by, regimeCode, period, include)
	if err != nil {
		return Consolidation{}, err
	}
	commission, err := org.TheCommission(tx, period.Last())
	if err != nil {
		return Consolidation{}, err
	}
	c := Consolidation{Regime: figures.Regime.ID, RegimeCode: figures.Regime.Code, RegimeName: figures.Regime.Name, Period: period,
		Body: commission.ID, Include: include}
	c.of(figures.Regime)
	c.Wording = proposedWording(period)
	if c.Once {
		c.Wording.Subject = fold.Uncapital(c.RegimeName)
	}
	bodies, err := c.addUp(tx, figures)
	if err != nil {
		return Consolidation{}, err
	}
	c.arrange(paragraphs, bodies)
	return c, nil
}

// of takes over what the regime says of the report that is made of its reports.
func (c *Consolidation) of(r report.Regime) {
	c.Once, c.Issuer, c.Signer = r.Once, r.Issuer, r.Signer
}

// proposedWording is where the commission begins; it may change every word.
func proposedWording(period calendar.Period) Wording {
	next := period.Launches()
	name := period.Name()
	if next.Year() == period.Year() { // "quý I, nhiệm vụ trọng tâm quý II năm 2022"
		name = strings.TrimSuffix(name, fmt.Sprintf(" %d", period.Year()))
		if kind := period.Kind(); kind != calendar.Half && kind != calendar.NineMonths { // “6 tháng đầu năm”
			name = strings.TrimSuffix(name, " năm")
		}
	}
	w := Wording{Subject: "kết quả công tác khoa giáo " + name, Bases: []string{},
		Recipients: []string{"Thường trực Tỉnh ủy (để báo cáo)", "Lãnh đạo Ban", "Các cơ quan trong khối khoa giáo"}, Filing: "Văn phòng Ban"}
	if !next.IsZero() {
		w.Subject += ", nhiệm vụ trọng tâm " + period.Ahead()
	}
	return w
}

// addUp takes over the figures, and gives the bodies by code as they were called at the end of the period.
func (c *Consolidation) addUp(tx *db.Tx, f Figures) (map[string]org.Body, error) {
	byID, err := org.Names(tx, c.Period.Last())
	if err != nil {
		return nil, err
	}
	bodies := make(map[string]org.Body, len(byID))
	for _, b := range byID {
		bodies[b.Code] = b
	}
	c.BodyName = byID[c.Body].Name
	c.Names, c.Parts, c.NotOpened = make(map[string]string), f.Parts, f.NotOpened
	if f.Form != nil {
		c.Outline, c.Sectors = f.Form.Sections, f.Form.Sectors
		for i, s := range c.Outline {
			if s.Name == "" {
				c.Outline = slices.Clone(c.Outline)
				c.Outline[i].Name = report.SectionName(s.Code)
			}
		}
	}
	c.Indicators, c.Missing = make([]AnnexLine, 0, len(f.Figures)), make([]Missing, 0, len(f.Missing))
	for _, m := range f.Missing {
		c.Missing = append(c.Missing, Missing{m.Body.Code, m.Periods})
		c.Names[m.Body.Code] = bodies[m.Body.Code].Name
	}
	codes := func(orgs []report.Body) []string {
		out := make([]string, 0, len(orgs))
		for _, o := range orgs {
			out = append(out, o.Code)
			c.Names[o.Code] = bodies[o.Code].Name
		}
		return out
	}
	for _, one := range f.Figures {
		c.Indicators = append(c.Indicators, AnnexLine{Indicator: one.Indicator, Value: one.Value, Previous: one.Previous,
			LastYear: one.LastYear, Met: one.Met, Estimated: codes(one.Estimated), Lacking: one.Lacking, LackingAlso: codes(one.LackingAlso),
			Asked: codes(one.Asked)})
	}
	c.await(f)
	return bodies, c.unlike(tx)
}

// unlike marks the figures that do not compare with earlier periods, and keeps why.
func (c *Consolidation) unlike(tx *db.Tx) error {
	c.Breaks = []string{}
	previous, lastYear, err := Incomparable(tx, access.System("so kỳ"), c.RegimeCode, c.Period)
	if err != nil || len(previous)+len(lastYear) == 0 {
		return err
	}
	for i := range c.Indicators {
		one := &c.Indicators[i]
		var b Break
		if b, one.BrokeYear = lastYear[one.Sector]; one.BrokeYear && !slices.Contains(c.Breaks, b.Sentence) {
			c.Breaks = append(c.Breaks, b.Sentence)
		}
		if b, one.BrokePrev = previous[one.Sector]; one.BrokePrev && !slices.Contains(c.Breaks, b.Sentence) {
			c.Breaks = append(c.Breaks, b.Sentence)
		}
	}
	return nil
}

// await names for each figure the lacking bodies, those that have not reported at all included: every affected total of
// the report says who is not in it.
func (c *Consolidation) await(f Figures) {
	for i := range c.Indicators {
		one := &c.Indicators[i]
		one.Awaited = []string{}
		for _, m := range f.Missing {
			counts := one.Aggregation != report.Last || slices.Contains(m.Periods, f.Parts[len(f.Parts)-1])
			if counts && m.Scope.Has(one.Sector) {
				one.Awaited = append(one.Awaited, m.Body.Code)
			}
		}
		one.Awaited = append(one.Awaited, one.LackingAlso...)
	}
}

// arrange puts paragraphs under their headings.
func (c *Consolidation) arrange(all []Text, bodies map[string]org.Body) {
	sectionAt, sectorAt := ranksOf(c.Outline, func(s report.Section) string { return s.Code }), ranksOf(c.Sectors, func(s report.Sector) string { return s.Code })
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b Text) int {
		return cmp.Or(
			cmp.Compare(rankIn(sectionAt, a.Section), rankIn(sectionAt, b.Section)), strings.Compare(a.Section, b.Section),
			cmp.Compare(rankIn(sectorAt, a.Sector), rankIn(sectorAt, b.Sector)), strings.Compare(a.Sector, b.Sector),
			cmp.Compare(bodies[a.Body.Code].Sort, bodies[b.Body.Code].Sort), strings.Compare(a.Body.Code, b.Body.Code),
			a.Period.Compare(b.Period), cmp.Compare(a.N, b.N))
	})
	c.Groups = []Group{}
	reporting := make(map[string]bool)
	said := make(map[string]int) // body and folded text → place in the group
	for _, p := range all {
		if n := len(c.Groups); n == 0 || c.Groups[n-1].Section != p.Section || c.Groups[n-1].Sector != p.Sector {
			c.Groups = append(c.Groups, Group{Section: p.Section, Sector: p.Sector})
			clear(said)
		}
		g := &c.Groups[len(c.Groups)-1]
		reporting[p.Body.Code] = true
		c.Names[p.Body.Code] = bodies[p.Body.Code].Name
		origin := originOf(p)
		key := p.Body.Code + "\x00" + fold.Fold(p.Text)
		if at, ok := said[key]; ok {
			same := &g.Paragraphs[at]
			same.Origins = append(same.Origins, origin)
			same.Text = p.Text // the newest spelling
			continue
		}
		said[key] = len(g.Paragraphs)
		g.Paragraphs = append(g.Paragraphs, Paragraph{Text: p.Text, State: ParagraphKept, Origins: []Origin{origin}})
	}
	c.Reporting = len(reporting)
}

func originOf(p Text) Origin {
	return Origin{Body: p.Body.Code, Period: p.Period, Submission: p.Submission, Version: p.Version, Section: p.Section,
		Sector: p.Sector, N: p.N, Text: p.Text}
}

func ranksOf[T any](list []T, code func(T) string) map[string]int {
	at := make(map[string]int, len(list))
	for i, item := range list {
		at[code(item)] = i
	}
	return at
}

// rankIn puts what the list does not know behind it.
func rankIn(at map[string]int, code string) int {
	if n, ok := at[code]; ok {
		return n
	}
	return len(at)
}

type paragraphRow struct {
	ID       db.ID      `db:"id"`
	Section  string     `db:"section"`
	Sector   string     `db:"sector"`
	Rank     int64      `db:"rank"`
	Text     string     `db:"text"`
	State    string     `db:"state"`
	Reason   string     `db:"reason"`
	EditedAt db.Instant `db:"edited_at"`
	EditedBy string     `db:"edited_by"`
}

// read gives the draft with its figures as they are now, or what was signed as it was then.
func read(tx *db.Tx, by access.Actor, row draftRow) (Consolidation, error) {
	if row.SignedAt != 0 {
		var frozen string
		if err := tx.Get(&frozen, "select frozen from consolidation_signing where consolidation = ?", row.ID); err != nil {
			return Consolidation{}, err
		}
		var c Consolidation
		if err := json.Unmarshal([]byte(frozen), &c); err != nil {
			return Consolidation{}, err
		}
		c.At, c.By, c.SignedAt, c.SignedBy = row.At, row.By, row.SignedAt, row.SignedBy
		if c.Breaks == nil { // signed before they were frozen with the rest
			return c, c.unlike(tx)
		}
		return c, nil
	}
	regime, err := report.RegimeByID(tx, by, row.Regime)
	if err != nil {
		return Consolidation{}, err
	}
	figures, err := AddUp(tx, by, regime.Code, row.Period, report.Accepted)
	if err != nil {
		return Consolidation{}, err
	}
	c := Consolidation{ID: row.ID, Regime: regime.ID, RegimeCode: regime.Code, RegimeName: regime.Name, Period: row.Period, Body: row.Body,
		Include: report.Accepted, Paper: row.Paper, Version: row.Version, At: row.At, By: row.By}
	c.of(regime)
	if err := json.Unmarshal([]byte(row.Wording), &c.Wording); err != nil {
		return Consolidation{}, err
	}
	bodies, err := c.addUp(tx, figures)
	if err != nil {
		return Consolidation{}, err
	}
	return c, c.readText(tx, bodies)
}

// readText reads the draft's paragraphs in two queries.
func (c *Consolidation) readText(tx *db.Tx, bodies map[string]org.Body) error {
	var rows []paragraphRow
	if err := tx.Select(&rows, `
select id, section, sector, rank, text, state, reason, edited_at, edited_by
from consolidation_paragraph
where consolidation = ? and state <> 'merged'
order by section, sector, rank, id`, c.ID); err != nil {
		return err
	}
	origins := make(map[db.ID][]Origin)
	reporting := make(map[string]bool)
	if err := tx.Each(func(row *sql.Rows) error {
		var paragraph db.ID
		var o Origin
		if err := row.Scan(&paragraph, &o.Submission, &o.Section, &o.Sector, &o.N, &o.Body, &o.Period, &o.Version, &o.Text, &o.Superseded); err != nil {
			return err
		}
		origins[paragraph] = append(origins[paragraph], o)
		if o.Superseded == "" {
			reporting[o.Body] = true
		}
		c.Names[o.Body] = bodies[o.Body].Name
		return nil
	}, `
select o.paragraph, o.submission, o.section, o.sector, o.n, b.code, o.period, o.version, o.text, o.superseded
from consolidation_origin o
join body b on b.id = o.body
where o.consolidation = ?`, c.ID); err != nil {
		return err
	}
	c.Reporting = len(reporting)
	for _, list := range origins {
		slices.SortFunc(list, func(a, b Origin) int {
			return cmp.Or(cmp.Compare(bodies[a.Body].Sort, bodies[b.Body].Sort), strings.Compare(a.Body, b.Body), a.Period.Compare(b.Period),
				cmp.Compare(a.Version, b.Version), strings.Compare(a.Section, b.Section), cmp.Compare(a.N, b.N))
		})
	}
	c.Groups = []Group{}
	for _, r := range rows {
		if n := len(c.Groups); n == 0 || c.Groups[n-1].Section != r.Section || c.Groups[n-1].Sector != r.Sector {
			c.Groups = append(c.Groups, Group{Section: r.Section, Sector: r.Sector})
		}
		g := &c.Groups[len(c.Groups)-1]
		g.Paragraphs = append(g.Paragraphs, Paragraph{ID: r.ID, Text: r.Text, State: r.State, Reason: r.Reason, EditedAt: r.EditedAt,
			EditedBy: r.EditedBy, Origins: origins[r.ID]})
	}
	sectionAt, sectorAt := ranksOf(c.Outline, func(s report.Section) string { return s.Code }), ranksOf(c.Sectors, func(s report.Sector) string { return s.Code })
	slices.SortStableFunc(c.Groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(rankIn(sectionAt, a.Section), rankIn(sectionAt, b.Section)),
			cmp.Compare(rankIn(sectorAt, a.Sector), rankIn(sectorAt, b.Sector)))
	})
	return nil
}

// insertion writes rows 50 at a time: few statements, and far below every engine's limit of parameters.
type insertion struct {
	tx      *db.Tx
	into    string
	columns int
	args    []any
	err     error
}

func (i *insertion) add(values ...any) {
	if i.args = append(i.args, values...); len(i.args) >= 50*i.columns && i.err == nil {
		i.err = i.flush()
	}
}

func (i *insertion) flush() error {
	if i.err != nil || len(i.args) == 0 {
		return i.err
	}
	one := "(?" + strings.Repeat(", ?", i.columns-1) + ")"
	_, err := i.tx.Exec("insert into "+i.into+"\nvalues "+one+strings.Repeat(", "+one, len(i.args)/i.columns-1), i.args...)
	i.args = i.args[:0]
	return err
}
