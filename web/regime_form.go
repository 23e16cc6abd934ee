package web

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/report"
)

// formPage is the editor of a form: sectors, headings, indicators and rules, all pasteable from a spreadsheet.
type formPage struct {
	Regime     report.Regime
	Number     int
	Version    int64
	Sectors    string
	Sections   []sectionChoice
	Indicators []indicatorRow
	Rules      string
	Ways       []choice
	Directions []choice
	Fractions  []choice
	Bounds     []choice
	AskFar     bool
}

type choice struct{ Code, Name string }

type sectionChoice struct {
	Code, Name string // Name as typed, Usual as the office says it
	Usual      string
	On         bool
	Sectors    string
}

// indicatorRow is one indicator as it is typed: every cell is text, so that a whole table can be pasted.
type indicatorRow struct {
	N                                                          int
	Code, Name, Sector, Unit, Decimals, Way, Direction, Target string
	Fraction, Warn, Required, Ratio, Bound                     string
	Wrong                                                      string
}

// The words of the editor. A cell takes the office's word or the code.
var (
	ways       = []choice{{string(report.Sum), "cộng dồn"}, {string(report.Last), "lấy kỳ cuối"}, {string(report.Average), "bình quân"}, {string(report.Ratio), "tỷ lệ"}}
	directions = []choice{{string(report.Higher), "cao là tốt"}, {string(report.Lower), "thấp là tốt"}, {string(report.NoDirection), "theo dõi"}}
	fractions  = []choice{{string(report.NoFraction), "không"}, {string(report.ActualTarget), "thực hiện/chỉ tiêu"}, {string(report.PartTotal), "phần/tổng"}, {string(report.ThisLast), "kỳ này/kỳ trước"}}
	bounds     = []choice{{string(report.UsualBound), "thường"}, {string(report.AgainstPlan), "so với kế hoạch"}, {string(report.Growth), "tăng trưởng"}}
)

func wordOf(all []choice, code string) string {
	for _, c := range all {
		if c.Code == code {
			return c.Name
		}
	}
	return code
}

// codeOf reads a word with or without marks and capitals.
func codeOf(all []choice, text, missing string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return missing
	}
	for _, c := range all {
		if fold.Fold(c.Name) == fold.Fold(text) || c.Code == text {
			return c.Code
		}
	}
	return text
}

func wholeText(n int) string { return strconv.Itoa(n) }

// blankRows are offered below what is there; pasting a longer table needs no more than this at a time.
const blankRows = 10

// mostIndicatorRows bounds what one form may hold; a longer table is refused, not cut.
const mostIndicatorRows = 2000

func (s *site) editForm(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	regime, err := report.FindRegime(tx, by, r.PathValue("regime"))
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.ManageRegime, regime.Receiver); err != nil {
		return Reply{}, err
	}
	forms, err := report.Forms(tx, by, regime.ID)
	if err != nil {
		return Reply{}, err
	}
	data := formPage{Regime: regime, Number: 1, Ways: ways, Directions: directions, Fractions: fractions, Bounds: bounds}
	o := report.Outline{AskFar: true}
	if len(forms) > 0 {
		o = forms[0].Outline
		data.Number = forms[0].Number + 1
		if !forms[0].Active {
			data.Number, data.Version = forms[0].Number, forms[0].Version
		}
	} else {
		for _, code := range report.SectionCodes {
			o.Sections = append(o.Sections, report.Section{Code: code})
		}
	}
	data.show(o)
	return Reply{Page: "regime/form", Data: data}, nil
}

func (p *formPage) show(o report.Outline) {
	p.AskFar = o.AskFar
	var lines []string
	for _, s := range o.Sectors {
		lines = append(lines, s.Name)
	}
	p.Sectors = strings.Join(lines, "\n")
	for _, code := range report.SectionCodes {
		c := sectionChoice{Code: code, Usual: report.SectionName(code)}
		for _, s := range o.Sections {
			if s.Code == code {
				c.On, c.Name, c.Sectors = true, s.Name, sectorNames(o, s.Sectors)
			}
		}
		p.Sections = append(p.Sections, c)
	}
	called := operandsOf(o.Indicators)
	for _, in := range o.Indicators {
		row := indicatorRow{Code: in.Code, Name: in.Name, Sector: sectorNamed(o, in.Sector), Unit: in.Unit, Decimals: wholeText(in.Decimals),
			Way: wordOf(ways, string(in.Aggregation)), Direction: wordOf(directions, string(in.Direction)), Fraction: wordOf(fractions, string(in.Fraction)),
			Target: amountText(in.Target, in.Decimals), Bound: wordOf(bounds, string(in.Bound))}
		if in.Warn > 0 {
			row.Warn = wholeText(in.Warn)
		}
		if in.Required {
			row.Required = "x"
		}
		if in.Aggregation == report.Ratio {
			row.Ratio = called.ratio(in)
		}
		p.Indicators = append(p.Indicators, row)
	}
	p.blank()
	lines = nil
	for _, rule := range o.Rules {
		lines = append(lines, called.rule(rule))
	}
	p.Rules = strings.Join(lines, "\n")
}

func (p *formPage) blank() {
	for range blankRows {
		p.Indicators = append(p.Indicators, indicatorRow{})
	}
	for i := range p.Indicators {
		p.Indicators[i].N = i
	}
}

func (s *site) saveForm(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	regime, err := report.FindRegime(tx, by, r.PathValue("regime"))
	if err != nil {
		return Reply{}, err
	}
	data := formPage{Regime: regime, Number: int(wholeNumber(r.PostFormValue("number"))), Version: versionOf(r), Ways: ways, Directions: directions, Fractions: fractions,
		Bounds: bounds}
	coding, err := codingOf(tx, by, regime.ID)
	if err != nil {
		return Reply{}, err
	}
	outline, err := data.read(r, coding)
	if err == nil {
		if _, err = report.SaveForm(tx, by, regime.ID, outline, data.Version); err == nil {
			return Reply{To: "/che-do/" + regime.Code + "#bieu-mau"}, nil
		}
	}
	if mayNot := by.May(access.ManageRegime, regime.Receiver); mayNot != nil {
		return Reply{}, mayNot
	}
	data.place(err)
	return Reply{Page: "regime/form", Data: data}, anchored(err)
}

// read keeps what was typed in the page and gives the outline it means.
func (p *formPage) read(r *http.Request, c coding) (report.Outline, error) {
	var o report.Outline
	var wrong fault.List
	p.AskFar = r.PostFormValue("ask_far") != ""
	o.AskFar = p.AskFar
	p.Sectors = r.PostFormValue("sectors")
	for line := range strings.Lines(p.Sectors) {
		line = strings.TrimSpace(line)
		if line != "" {
			o.Sectors = append(o.Sectors, c.sector(line, o.Sectors))
		}
	}
	for _, code := range report.SectionCodes {
		chosen := sectionChoice{Code: code, Usual: report.SectionName(code), On: r.PostFormValue("section."+code) != "",
			Name: strings.TrimSpace(r.PostFormValue("section_name." + code)), Sectors: r.PostFormValue("section_sectors." + code)}
		p.Sections = append(p.Sections, chosen)
		if chosen.On {
			o.Sections = append(o.Sections, report.Section{Code: code, Name: chosen.Name, Sectors: sectorCodes(o.Sectors, chosen.Sectors)})
		}
	}
	var rows []int // of the indicators
	for i := 0; ; i++ {
		if _, there := r.PostForm[fmt.Sprintf("code.%d", i)]; !there {
			break
		}
		if i == mostIndicatorRows {
			wrong.Add("indicators", "Biểu mẫu nhận nhiều nhất %d dòng chỉ tiêu; xin tách làm hai biểu mẫu.", mostIndicatorRows)
			break
		}
		row := readIndicatorRow(r, i)
		if row.empty() {
			continue
		}
		row.N = len(p.Indicators)
		p.Indicators = append(p.Indicators, row)
		in := row.indicator(&wrong)
		if in.Sector = sectorCode(o.Sectors, in.Sector); in.Code == "" {
			in.Code = c.indicatorCode(in.Sector)
			p.Indicators[row.N].Code = in.Code
		}
		o.Indicators, rows = append(o.Indicators, in), append(rows, row.N)
	}
	p.blank()
	p.Rules = r.PostFormValue("rules")
	for line := range strings.Lines(p.Rules) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		rule := report.Rule{Kind: report.PartAtMostTotal}
		total, parts, ok := strings.Cut(line, ">=")
		if !ok {
			rule.Kind = report.PartsEqualTotal
			if total, parts, ok = strings.Cut(line, "="); !ok {
				wrong.Add("rules", "Ràng buộc “%s” viết theo dạng: Tổng = phần + phần, hoặc Tổng >= phần.", line)
				continue
			}
		}
		rule.Total = strings.TrimSpace(total)
		for part := range strings.SplitSeq(parts, "+") {
			rule.Parts = append(rule.Parts, strings.TrimSpace(part))
		}
		o.Rules = append(o.Rules, rule)
	}
	operandsOf(o.Indicators).resolve(&o, rows, &wrong)
	return o, wrong.Err()
}

func readIndicatorRow(r *http.Request, i int) indicatorRow {
	get := func(name string) string { return strings.TrimSpace(r.PostForm.Get(fmt.Sprintf("%s.%d", name, i))) }
	return indicatorRow{N: i, Code: get("code"), Name: get("name"), Sector: get("sector"), Unit: get("unit"), Decimals: get("decimals"),
		Way: get("way"), Direction: get("direction"), Target: get("target"), Fraction: get("fraction"), Warn: get("warn"),
		Required: get("required"), Ratio: get("ratio"), Bound: get("bound")}
}

func (row indicatorRow) empty() bool {
	row.N = 0
	return row == indicatorRow{}
}

func (row indicatorRow) indicator(wrong *fault.List) report.Indicator {
	at := func(name string) string { return fmt.Sprintf("%s.%d", name, row.N) }
	in := report.Indicator{Code: row.Code, Name: row.Name, Sector: row.Sector, Unit: row.Unit, Aggregation: report.Aggregation(codeOf(ways, row.Way, string(report.Sum))),
		Direction: report.Direction(codeOf(directions, row.Direction, string(report.NoDirection))),
		Fraction:  report.Fraction(codeOf(fractions, row.Fraction, string(report.NoFraction))), Required: row.Required != "",
		Bound: report.Bound(codeOf(bounds, row.Bound, string(report.UsualBound)))}
	if row.Decimals != "" {
		n, err := strconv.Atoi(row.Decimals)
		if err != nil || n < 0 || n > decimal.MaxDecimals {
			wrong.Add(at("decimals"), "Chỉ tiêu %s: số lẻ là một số từ 0 đến %d.", row.Code, decimal.MaxDecimals)
		} else {
			in.Decimals = n
		}
	}
	if row.Target != "" {
		if typed, err := decimal.ParseVietnamese(row.Target, in.Decimals); err != nil {
			wrong.Add(at("target"), "Chỉ tiêu %s, cột Chỉ tiêu năm: %s", row.Code, err.Error())
		} else {
			in.Target = &typed.Value
		}
	}
	if row.Warn != "" {
		n, err := strconv.Atoi(strings.TrimSuffix(row.Warn, "%"))
		if err != nil {
			wrong.Add(at("warn"), "Chỉ tiêu %s: ngưỡng cảnh báo là số phần trăm, ví dụ 30.", row.Code)
		}
		in.Warn = n
	}
	if in.Aggregation == report.Ratio {
		found := ratioForm().FindStringSubmatch(row.Ratio)
		if found == nil {
			wrong.Add(at("ratio"), "Chỉ tiêu %s là tỷ lệ: cột Công thức viết theo dạng tử / mẫu × 100, bằng tên hoặc mã chỉ tiêu.", cmp.Or(row.Name, row.Code))
			return in
		}
		n, err := strconv.ParseInt(strings.ReplaceAll(found[3], ".", ""), 10, 64)
		if err != nil {
			wrong.Add(at("ratio"), "Chỉ tiêu %s: hệ số “%s” không đọc được; hãy ghi 100 hoặc 1.000.", cmp.Or(row.Name, row.Code), found[3])
		}
		in.Numerator, in.Denominator, in.Factor = strings.TrimSpace(found[1]), strings.TrimSpace(found[2]), n
	}
	return in
}

// place puts what the room said about an indicator at its row.
func (p *formPage) place(err error) {
	f := fault.Of(err)
	if f == nil {
		return
	}
	for i, problem := range f.Problems {
		code, ok := strings.CutPrefix(problem.Field, "indicator.")
		if !ok {
			continue
		}
		for j := range p.Indicators {
			if p.Indicators[j].Code == code {
				p.Indicators[j].Wrong = problem.Sentence
				f.Problems[i].Field = fmt.Sprintf("code.%d", j)
			}
		}
	}
}
