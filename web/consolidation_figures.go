package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/report"
)

// figuresPage is what a period adds up to.
type figuresPage struct {
	Head      consolidationHead
	Figures   consolidation.Figures
	Groups    []totalGroup
	Missing   []missingLine
	NotOpened []string
	Previous  string
	LastYear  string
	Judged    int // indicators with a verdict
	Met       int
	Breaks    []string // why figures do not compare with earlier periods
	Since     sinceBox

	breakPrev, breakYear map[string]consolidation.Break // by sector
}

// consolidationHead is what the pages of one consolidation share.
type consolidationHead struct {
	Regime    report.Regime
	Period    calendar.Period
	Base      string // address of the consolidation
	Tab       string
	Preview   bool // with reports not yet accepted
	MayDraft  bool
	MaySign   bool
	Upward    *report.Upward // what is owed upward, which this report answers; nil for nothing
	UpwardDue calendar.Date
	Stored    bool // a draft was begun
	Version   int64
	ID        db.ID
	Paper     db.ID
	Now       []paper.Paper // the paper as it stands, with what later ones say of it
	SignedAt  db.Instant
	SignedBy  string
	Last      consolidation.Step      // what was done with the draft last
	Back      *consolidation.SentBack // what a leader said of it last; nil for nothing
	Consider  bool                    // the actor holds the post whose word the draft waits for
	Switch    readingSwitch
}

// Waits reports whether the draft was put forward and waits for the signature.
func (h consolidationHead) Waits() bool { return h.SignedAt == 0 && h.Last.Waits() }

// Forward reports whether the page offers to put the draft forward.
func (h consolidationHead) Forward() bool {
	return h.MayDraft && h.Stored && h.SignedAt == 0 && !h.Preview && !h.Last.Waits()
}

// Awaits reports whether the red button of the page is a step of the draft.
func (h consolidationHead) Awaits() bool {
	return h.Tab == "loi-van" && (h.MayBegin() || h.Forward() || h.Consider || h.MaySignNow())
}

// MayBegin reports whether the page offers to begin the draft.
func (h consolidationHead) MayBegin() bool { return h.MayDraft && !h.Stored && !h.Preview }

// MaySignNow reports whether nobody is to say a word before the actor signs.
func (h consolidationHead) MaySignNow() bool { return h.Waits() && h.MaySign && h.Last.Awaits() == "" }

// MayReturn reports whether the actor may send the draft back.
func (h consolidationHead) MayReturn() bool {
	return h.Waits() && !h.Preview && (h.MaySign || h.Consider)
}

type missingLine struct {
	Name, Code, Periods string
	URL                 string
}

type totalGroup struct {
	Sector string
	Rows   []totalRow
	code   string
}

// totalRow is one indicator with its comparisons, as shown.
type totalRow struct {
	Indicator report.Indicator
	URL       string
	Value     string
	Previous  string
	ByPrev    string // change in per cent
	LastYear  string
	ByYear    string
	Target    string
	Verdict   badge
	Estimated string
	Lacking   string
}

func headOf(tx *db.Tx, by access.Actor, r *http.Request, tab string) (consolidationHead, error) {
	regime, period, err := regimeAndPeriod(tx, by, r)
	if err != nil {
		return consolidationHead{}, err
	}
	if err := by.May(access.ReadConsolidation, regime.Receiver); err != nil {
		return consolidationHead{}, err
	}
	reading, err := readingOf(tx, r)
	if err != nil {
		return consolidationHead{}, err
	}
	head := consolidationHead{Switch: reading, Regime: regime, Period: period, Base: opened("figures", regime.Code, period), Tab: tab,
		Preview: r.FormValue("include") == string(report.Submitted), MayDraft: by.Can(access.DraftConsolidation, regime.Receiver),
		MaySign: by.Can(access.SignConsolidation, regime.Receiver)}
	return head, head.answers(tx)
}

// answers finds what is owed upward for the period, which this report answers.
func (h *consolidationHead) answers(tx *db.Tx) error {
	u, ok, err := report.UpwardOf(tx, h.Regime.ID)
	if err != nil || !ok {
		return err
	}
	holidays, err := org.Holidays(tx)
	h.Upward, h.UpwardDue = &u, u.DueOf(holidays, h.Period)
	return err
}

func (h *consolidationHead) take(tx *db.Tx, by access.Actor, c consolidation.Consolidation) (err error) {
	if c.Paper != "" {
		if h.Now, err = paper.Among(tx, by, []db.ID{c.Paper}); err != nil {
			return err
		}
	}
	h.Stored, h.ID, h.Version, h.Paper, h.SignedAt, h.SignedBy = c.ID != "", c.ID, c.Version, c.Paper, c.SignedAt, c.SignedBy
	if h.Stored {
		if h.Last, h.Back, err = consolidation.LastStep(tx, by, c.ID); err == nil && h.Waits() {
			h.Consider, err = h.Last.Considers(tx, by, c.Body)
		}
	}
	return err
}

func (h consolidationHead) include() report.Include {
	if h.Preview {
		return report.Submitted
	}
	return report.Accepted
}

// File is the query of the table of figures as a file.
func (h consolidationHead) File(kind string) string {
	return cmp.Or(strings.Replace(h.Query(), "?", "?"+fileField+"="+kind+"&", 1), "?"+fileField+"="+kind)
}

// Query carries the preview and the reading along from page to page.
func (h consolidationHead) Query() string {
	query := make(url.Values)
	if h.Preview {
		query.Set("include", "submitted")
	}
	if doc := h.Switch.Query(); doc != "" {
		query.Set("doc", doc)
	}
	if len(query) == 0 {
		return ""
	}
	return "?" + query.Encode()
}

func (s *site) showFigures(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := headOf(tx, by, r, "so-lieu")
	if err != nil {
		return Reply{}, err
	}
	c, err := consolidation.Find(tx, by, head.Regime.Code, head.Period)
	if err == nil {
		if err := head.take(tx, by, c); err != nil {
			return Reply{}, err
		}
	} else if fault.Of(err) == nil {
		return Reply{}, err
	}
	if head.Signed() {
		data := figuresPage{Head: head}
		data.laySigned(c)
		data.Since, err = head.since(tx, by, c)
		return Reply{Page: "consolidation/figures", Data: data, About: c.Node()}, err
	}
	reply, err := liveFigures(tx, by, head)
	if c.ID != "" {
		reply.About = c.Node()
	}
	return reply, err
}

// liveFigures adds up what counts now.
func liveFigures(tx *db.Tx, by access.Actor, head consolidationHead) (Reply, error) {
	data := figuresPage{Head: head}
	var err error
	if data.Figures, err = consolidation.AddUp(tx, by, head.Regime.Code, head.Period, head.include()); err != nil {
		return Reply{}, err
	}
	names, err := namesFor(tx, head)
	if err != nil {
		return Reply{}, err
	}
	if head.Switch.Now {
		if err := data.heirs(tx, by, names); err != nil {
			return Reply{}, err
		}
	}
	data.breakPrev, data.breakYear, err = consolidation.Incomparable(tx, by, head.Regime.Code, head.Period)
	if err != nil {
		return Reply{}, err
	}
	data.layLive(names)
	return Reply{Page: "consolidation/figures", Data: data}, nil
}

// columns names the periods that stand beside, and those that were never opened.
func (p *figuresPage) columns(notOpened []calendar.Period) {
	year, ok := p.Head.Period.LastYear()
	if ok {
		p.LastYear = columnPeriod(year)
	}
	if before, ok := p.Head.Period.Previous(); ok && before != year { // of a year both are the same
		p.Previous = columnPeriod(before)
	}
	for _, q := range notOpened {
		p.NotOpened = append(p.NotOpened, q.Name())
	}
}

// lacks names a body that has not everything in; parts is how many sub-periods there are.
func (p *figuresPage) lacks(name, code string, periods []calendar.Period, parts int) {
	line := missingLine{Name: name, Code: code}
	if len(periods) < parts || parts > 1 {
		line.Periods = periodList(periods)
	}
	if len(periods) > 0 {
		line.URL = "/bao-cao/" + p.Head.Regime.Code + "/" + periods[0].String() + "/chua-nop#" + code
	}
	p.Missing = append(p.Missing, line)
}

// put lays one line out under its sector; sectors come in the order of their first line.
func (p *figuresPage) put(f consolidation.AnnexLine, sectorName func(code string) string, estimated, lacking string) {
	in := f.Indicator
	if n := len(p.Groups); n == 0 || p.Groups[n-1].code != in.Sector {
		at := slices.IndexFunc(p.Groups, func(g totalGroup) bool { return g.code == in.Sector })
		if at >= 0 { // only earlier forms had it there
			p.Groups[at].Rows = append(p.Groups[at].Rows, p.row(f, estimated, lacking))
			return
		}
		p.Groups = append(p.Groups, totalGroup{Sector: sectorName(in.Sector), code: in.Sector})
	}
	g := &p.Groups[len(p.Groups)-1]
	g.Rows = append(g.Rows, p.row(f, estimated, lacking))
}

func (p *figuresPage) row(f consolidation.AnnexLine, estimated, lacking string) totalRow {
	in := f.Indicator
	row := totalRow{Indicator: in, URL: p.Head.Base + "/chi-tieu/" + in.Code + p.Head.Query(), Value: amountText(f.Value, in.Decimals),
		Previous: amountText(f.Previous, in.Decimals), LastYear: amountText(f.LastYear, in.Decimals), Target: amountText(in.Target, in.Decimals),
		ByPrev: consolidation.ChangeText(in, f.Value, f.Previous), ByYear: consolidation.ChangeText(in, f.Value, f.LastYear),
		Estimated: estimated, Lacking: lacking}
	if f.BrokePrev {
		row.ByPrev = notCompared
	}
	if f.BrokeYear {
		row.ByYear = notCompared
	}
	if f.Met != nil {
		p.Judged++
		row.Verdict = badge{"missing", "Chưa đạt"}
		if *f.Met {
			p.Met++
			row.Verdict = badge{"accepted", "Đạt"}
		}
	}
	return row
}

func (p *figuresPage) layLive(names map[db.ID]org.Body) {
	f := p.Figures
	p.columns(f.NotOpened)
	for _, m := range f.Missing {
		p.lacks(names[m.Body.ID].Name, m.Body.Code, m.Periods, len(f.Parts))
	}
	for _, figure := range f.Figures {
		line := consolidation.AnnexLine{Indicator: figure.Indicator, Value: figure.Value, Previous: figure.Previous, LastYear: figure.LastYear, Met: figure.Met}
		p.compare(&line)
		p.put(line, f.Form.SectorName, shortNames(figure.Estimated, names), lackingText(figure, f, names))
	}
}

// notCompared stands where a change of bodies lies between two figures.
const notCompared = "không so"

// compare marks what a change of bodies has made incomparable, and says why once.
func (p *figuresPage) compare(line *consolidation.AnnexLine) {
	for _, c := range []struct {
		breaks map[string]consolidation.Break
		broke  *bool
	}{{p.breakPrev, &line.BrokePrev}, {p.breakYear, &line.BrokeYear}} {
		b, ok := c.breaks[line.Sector]
		*c.broke = ok
		if ok && !slices.Contains(p.Breaks, b.Sentence) {
			p.Breaks = append(p.Breaks, b.Sentence)
		}
	}
}

// lackingText names who is not in a total: bodies without a report in a sub-period that counts for it, bodies that
// reported but left the cell empty, and those that were asked for it again.
func lackingText(f consolidation.Figure, all consolidation.Figures, names map[db.ID]org.Body) string {
	var silent []report.Body
	for _, m := range all.Missing {
		counts := f.Indicator.Aggregation != report.Last || slices.Contains(m.Periods, all.Parts[len(all.Parts)-1])
		if counts && m.Scope.Has(f.Indicator.Sector) {
			silent = append(silent, m.Body)
		}
	}
	empty := slices.DeleteFunc(slices.Clone(f.LackingAlso), func(o report.Body) bool { return slices.Contains(f.Asked, o) })
	return lackingWords(shortNames(silent, names), shortNames(empty, names), shortNames(f.Asked, names))
}

// lackingWords tells apart who has not reported, who left the figure empty and who was asked for it again.
func lackingWords(silent, empty, asked string) string {
	var parts []string
	for _, one := range []struct{ word, names string }{{"thiếu: ", silent}, {"để trống: ", empty}, {"chờ bổ sung: ", asked}} {
		if one.names != "" {
			parts = append(parts, one.word+one.names)
		}
	}
	return strings.Join(parts, "; ")
}

func shortNames(orgs []report.Body, names map[db.ID]org.Body) string {
	var all []string
	for _, o := range orgs {
		name := names[o.ID].ShortName
		if name == "" {
			name = o.Code
		}
		all = append(all, name)
	}
	return strings.Join(all, ", ")
}

func periodList(periods []calendar.Period) string {
	var all []string
	for _, p := range periods {
		all = append(all, p.Name())
	}
	return strings.Join(all, ", ")
}
