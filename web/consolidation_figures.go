package web

import (
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

	breakPrev, breakYear map[string]consolidation.Break // by sector
}

// consolidationHead is what the pages of one consolidation share.
type consolidationHead struct {
	Regime   report.Regime
	Period   calendar.Period
	Base     string // address of the consolidation
	Tab      string
	Preview  bool // with reports not yet accepted
	MayDraft bool
	MaySign  bool
	Stored   bool // a draft was begun
	Version  int64
	ID       db.ID
	Paper    db.ID
	SignedAt db.Instant
	SignedBy string
	Last     consolidation.Step      // what was done with the draft last
	Back     *consolidation.SentBack // what a leader said of it last; nil for nothing
	Switch   readingSwitch
}

// Waits reports whether the draft was put forward and waits for the signature.
func (h consolidationHead) Waits() bool { return h.SignedAt == 0 && h.Last.Waits() }

// Forward reports whether the page offers to put the draft forward.
func (h consolidationHead) Forward() bool {
	return h.MayDraft && h.Stored && h.SignedAt == 0 && !h.Preview && !h.Last.Waits()
}

// Awaits reports whether the red button of the page is a step of the draft.
func (h consolidationHead) Awaits() bool {
	return h.Tab == "loi-van" && (h.Forward() || h.Waits() && h.MaySign)
}

type missingLine struct {
	Name, Code, Periods string
	URL                 string
}

type totalGroup struct {
	Sector string
	Rows   []totalRow
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
	return head, nil
}

func (h *consolidationHead) take(tx *db.Tx, by access.Actor, c consolidation.Consolidation) (err error) {
	h.Stored, h.ID, h.Version, h.Paper, h.SignedAt, h.SignedBy = c.ID != "", c.ID, c.Version, c.Paper, c.SignedAt, c.SignedBy
	if h.Stored {
		h.Last, h.Back, err = consolidation.LastStep(tx, by, c.ID)
	}
	return err
}

func (h consolidationHead) include() report.Include {
	if h.Preview {
		return report.Submitted
	}
	return report.Accepted
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
	if c, err := consolidation.Find(tx, by, head.Regime.Code, head.Period); err == nil {
		if err := head.take(tx, by, c); err != nil {
			return Reply{}, err
		}
	} else if fault.Of(err) == nil {
		return Reply{}, err
	}
	data := figuresPage{Head: head}
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
	data.lay(names)
	return Reply{Page: "consolidation/figures", Data: data}, nil
}

func (p *figuresPage) lay(names map[db.ID]org.Body) {
	h, f := p.Head, p.Figures
	year, ok := h.Period.LastYear()
	if ok {
		p.LastYear = columnPeriod(year)
	}
	if before, ok := h.Period.Previous(); ok && before != year { // of a year both are the same
		p.Previous = columnPeriod(before)
	}
	for _, q := range f.NotOpened {
		p.NotOpened = append(p.NotOpened, q.Name())
	}
	for _, m := range f.Missing {
		line := missingLine{Name: names[m.Body.ID].Name, Code: m.Body.Code}
		if len(m.Periods) < len(f.Parts) || len(f.Parts) > 1 {
			line.Periods = periodList(m.Periods)
		}
		if len(m.Periods) > 0 {
			line.URL = "/bao-cao/" + h.Regime.Code + "/" + m.Periods[0].String() + "/chua-nop#" + m.Body.Code
		}
		p.Missing = append(p.Missing, line)
	}
	bySector := make(map[string]int)
	for _, figure := range f.Figures {
		in := figure.Indicator
		i, ok := bySector[in.Sector]
		if !ok {
			i = len(p.Groups)
			bySector[in.Sector] = i
			name := in.Sector
			if f.Form != nil {
				name = f.Form.SectorName(in.Sector)
			}
			p.Groups = append(p.Groups, totalGroup{Sector: name})
		}
		row := totalRow{Indicator: in, URL: h.Base + "/chi-tieu/" + in.Code + h.Query(), Value: amountText(figure.Value, in.Decimals),
			Previous: amountText(figure.Previous, in.Decimals), LastYear: amountText(figure.LastYear, in.Decimals), Target: amountText(in.Target, in.Decimals),
			ByPrev: consolidation.ChangeText(figure.Indicator, figure.Value, figure.Previous), ByYear: consolidation.ChangeText(figure.Indicator, figure.Value, figure.LastYear), Estimated: shortNames(figure.Estimated, names)}
		row.Lacking = lackingText(figure, f, names)
		p.compare(&row, in.Sector)
		if figure.Met != nil {
			p.Judged++
			row.Verdict = badge{"missing", "Chưa đạt"}
			if *figure.Met {
				p.Met++
				row.Verdict = badge{"accepted", "Đạt"}
			}
		}
		p.Groups[i].Rows = append(p.Groups[i].Rows, row)
	}
}

// notCompared stands where a change of bodies lies between two figures.
const notCompared = "không so"

// compare leaves out what a change of bodies has made incomparable, and says why once.
func (p *figuresPage) compare(row *totalRow, sector string) {
	for _, c := range []struct {
		breaks map[string]consolidation.Break
		text   *string
	}{{p.breakPrev, &row.ByPrev}, {p.breakYear, &row.ByYear}} {
		b, ok := c.breaks[sector]
		if !ok {
			continue
		}
		*c.text = notCompared
		if !slices.Contains(p.Breaks, b.Sentence) {
			p.Breaks = append(p.Breaks, b.Sentence)
		}
	}
}

// lackingText names who is not in a total: bodies without a report in a sub-period that counts for it, and bodies that
// reported but left the cell empty.
func lackingText(f consolidation.Figure, all consolidation.Figures, names map[db.ID]org.Body) string {
	var silent []report.Body
	for _, m := range all.Missing {
		counts := f.Indicator.Aggregation != report.Last || slices.Contains(m.Periods, all.Parts[len(all.Parts)-1])
		if counts && m.Scope.Has(f.Indicator.Sector) {
			silent = append(silent, m.Body)
		}
	}
	var parts []string
	if len(silent) > 0 {
		parts = append(parts, "thiếu: "+shortNames(silent, names))
	}
	if len(f.LackingAlso) > 0 {
		parts = append(parts, "để trống: "+shortNames(f.LackingAlso, names))
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
