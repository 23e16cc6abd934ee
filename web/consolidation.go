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

var consolidationRoom = room{
	menu: entry{group: reportGroup, name: "Tổng hợp", url: "/tong-hop", key: "g t"},
	pages: []route{
		see("/tong-hop", (*site).consolidations, access.ReadConsolidation),
		see("/tong-hop/{regime}/{period}", (*site).showFigures, access.ReadConsolidation).named("opening/figures"),
		see("/tong-hop/{regime}/{period}/chi-tieu/{indicator}", (*site).showSources, access.ReadConsolidation).named("opening/indicator"),
		see("/chuoi-so-lieu/{regime}/{indicator}", (*site).showSeries, access.ReadConsolidation),
		see("/tong-hop/{regime}/{period}/loi-van", (*site).showText, access.ReadConsolidation),
		act("/tong-hop/{regime}/{period}/loi-van", (*site).beginText, access.DraftConsolidation).
			says("Đã lập dự thảo của Ban từ các báo cáo; mỗi đoạn giữ nơi nó đến.", "Số liệu của kỳ", "/tong-hop/{regime}/{period}"),
		act("/tong-hop/{regime}/{period}/doan", (*site).changeText, access.DraftConsolidation).
			says("Đã lưu thay đổi của dự thảo.", "Số liệu của kỳ", "/tong-hop/{regime}/{period}"),
		act("/tong-hop/{regime}/{period}/cap-nhat", (*site).refreshText, access.DraftConsolidation).
			says("Đã cập nhật dự thảo theo các báo cáo mới nhận; chỗ đã sửa tay giữ nguyên.", "Số liệu của kỳ", "/tong-hop/{regime}/{period}"),
		see("/tong-hop/{regime}/{period}/khung", (*site).showWording, access.DraftConsolidation).titled("Trích yếu, căn cứ, nơi nhận"),
		act("/tong-hop/{regime}/{period}/khung", (*site).changeWording, access.DraftConsolidation).
			says("Đã lưu phần đầu và phần cuối của báo cáo.", "Số liệu của kỳ", "/tong-hop/{regime}/{period}"),
		see("/tong-hop/{regime}/{period}/ky", (*site).confirmSigning, access.SignConsolidation).titled("Ký báo cáo tổng hợp"),
		act("/tong-hop/{regime}/{period}/ky", (*site).signConsolidation, access.SignConsolidation).
			says("Đã ký báo cáo. Tiếp theo: văn thư vào số và phát hành.", "Văn bản chờ xử lý", "/van-ban"),
		see("/tong-hop/{regime}/{period}/tai/{format}", (*site).downloadConsolidation, access.ReadConsolidation),
		see("/ho-so/consolidation/{id}", (*site).consolidationByID, access.ReadConsolidation).shows("consolidation"),
		see("/kien-nghi", (*site).proposals, access.ReadReport).titled("Kiến nghị").named("proposal/list"),
		see("/kien-nghi/{proposal}", (*site).showProposal, access.ReadReport).shows("proposal"),
		act("/kien-nghi/{proposal}", (*site).answerProposal, access.AnswerProposal).of("proposal").
			says("Đã trả lời kiến nghị; cơ quan kiến nghị thấy ngay.", "Kiến nghị còn chờ trả lời", "/kien-nghi"),
	},
}

// consolidationsPage is where one chooses what to add up; the newest is on top.
type consolidationsPage struct {
	Regimes []consolidationChoice
	Newest  *periodChoice
	Codes   []report.Regime
	Regime  string
	Period  string
	Open    int // proposals without an answer
}

type consolidationChoice struct {
	Regime  report.Regime
	Periods []periodChoice
	Longer  []calendar.Period // quarters, halves and years that the newest periods add up to
}

type periodChoice struct {
	Regime report.Regime
	Period calendar.Period
	Counts periodCounts
}

func (s *site) consolidations(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ReadConsolidation, by.Body); err != nil {
		return Reply{}, err
	}
	data := consolidationsPage{Regime: r.FormValue("regime"), Period: strings.TrimSpace(r.FormValue("period"))}
	var problem error
	if data.Regime != "" {
		period, err := calendar.ParsePeriod(data.Period)
		if err == nil {
			return Reply{To: "/tong-hop/" + data.Regime + "/" + period.String()}, nil
		}
		problem = fault.Invalid("period", "Kỳ “%s” không đúng cách viết; hãy viết như 2022-03, 2022-Q1, 2022-H1, 2022-9M hoặc 2022.", data.Period)
	}
	regimes, err := report.Regimes(tx, by)
	if err != nil {
		return Reply{}, err
	}
	slices.SortStableFunc(regimes, func(a, b report.Regime) int { return int(b.Kind) - int(a.Kind) })
	for _, regime := range regimes {
		if regime.ActivatedAt == 0 {
			continue
		}
		data.Codes = append(data.Codes, regime)
		one, err := consolidationChoices(tx, by, regime)
		if err != nil {
			return Reply{}, err
		}
		if data.Newest == nil && len(one.Periods) > 0 {
			data.Newest = &one.Periods[0]
		}
		data.Regimes = append(data.Regimes, one)
	}
	open, _, err := report.Proposals(tx, by, report.ProposalFilter{State: report.ProposalOpen, Limit: 500})
	if err != nil {
		return Reply{}, err
	}
	data.Open = len(open)
	return Reply{Page: "consolidation/list", Data: data}, problem
}

func consolidationChoices(tx *db.Tx, by access.Actor, regime report.Regime) (consolidationChoice, error) {
	one := consolidationChoice{Regime: regime}
	openings, err := newestOpenings(tx, by, regime.ID, 6)
	if err != nil || len(openings) == 0 {
		return one, err
	}
	var periods []calendar.Period
	for _, o := range openings {
		periods = append(periods, o.Period)
	}
	items, err := report.CompletenessOf(tx, by, regime.Code, periods)
	if err != nil {
		return one, err
	}
	for _, p := range periods {
		c := periodChoice{Regime: regime, Period: p}
		for _, item := range items {
			if item.Period == p {
				c.Counts.add(item)
			}
		}
		one.Periods = append(one.Periods, c)
	}
	one.Longer = longer(regime.Kind, periods)
	return one, nil
}

// longer lists the longer periods that some of these are part of, the newest first.
func longer(kind calendar.Kind, periods []calendar.Period) []calendar.Period {
	var all []calendar.Period
	for _, p := range periods {
		for _, k := range []calendar.Kind{calendar.Quarter, calendar.Half, calendar.NineMonths, calendar.Year} {
			if k <= kind {
				continue
			}
			l, ok := calendar.Calendar.PeriodOf(k, p.Last())
			if !ok || slices.Contains(all, l) {
				continue
			}
			if _, err := l.Parts(kind); err == nil {
				all = append(all, l)
			}
		}
	}
	slices.SortFunc(all, func(a, b calendar.Period) int { return b.Last().Compare(a.Last())*2 + int(a.Kind()) - int(b.Kind()) })
	return all
}

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
	Switch   readingSwitch
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

func (h *consolidationHead) take(c consolidation.Consolidation) {
	h.Stored, h.ID, h.Version, h.Paper, h.SignedAt, h.SignedBy = c.ID != "", c.ID, c.Version, c.Paper, c.SignedAt, c.SignedBy
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
		head.take(c)
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
