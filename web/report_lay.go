package web

import (
	"slices"
	"strings"

	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/report"
)

// lay puts texts, figures and findings where they are seen.
func (p *sheetPage) lay(d report.Draft, findings []report.Finding, marks []report.Mark, last *report.LastValue, cumulative []report.Value) {
	f := p.Form
	held := openFigures(d)
	p.Held = holdFigures(held)
	shown := d.WithRead()
	if p.Unplaced.Text = d.Unplaced; d.Unplaced != "" {
		p.Unplaced.Left = len(strings.Split(d.Unplaced, "\n"))
	}
	written := textsOf(d.Sections)
	mine := sectorsOf(f, shown, marks, last)
	known := len(mine) > 0
	before := make(map[string][]string)
	if last != nil {
		for _, s := range last.Sections {
			before[textName(s.Section, s.Sector)] = s.Paragraphs
		}
	}
	at := make(map[string][]shownFinding)
	for _, finding := range telling(f, shown, findings) {
		shown := shownFinding{Finding: finding, Field: partField(f, finding.Indicator, finding.Section, finding.Sector)}
		if finding.Key == report.KeyUnplaced {
			shown.Field = wordText
		}
		switch finding.Strength {
		case report.Error:
			shown.Cell = "doc." + finding.Indicator
			p.Errors = append(p.Errors, shown)
		case report.Warning:
			shown.askReason(d)
			p.Warnings = append(p.Warnings, shown)
		default:
			p.Hints = append(p.Hints, shown)
		}
		at[shown.Field] = append(at[shown.Field], shown)
	}
	marked := make(map[string][]shownMark)
	for _, m := range marks {
		shown := shownMark{Mark: m, Field: partField(f, m.Indicator, m.Section, m.Sector), Where: placeName(f, m.Section, m.Sector, m.Paragraph, m.Indicator)}
		p.Returned = append(p.Returned, shown)
		marked[shown.Field] = append(marked[shown.Field], shown)
	}
	said := make(map[string][]shownComment)
	if p.SentBack != nil {
		for _, c := range p.SentBack.Comments {
			shown := shownComment{c, partField(f, c.Indicator, c.Section, c.Sector), placeName(f, c.Section, c.Sector, c.Paragraph, c.Indicator)}
			p.Comments = append(p.Comments, shown)
			said[shown.Field] = append(said[shown.Field], shown)
		}
	}
	for _, section := range f.Sections {
		group := sheetSection{Code: section.Code, Title: f.SectionTitle(section.Code), Points: section.Points}
		for _, sector := range f.Sectors {
			if !f.Asks(section.Code, sector.Code) {
				continue
			}
			name := textName(section.Code, sector.Code)
			item := sheetText{ID: anchor(name), Name: name, Label: sector.Name, Text: written[name], Last: before[name], Marks: marked[anchor(name)],
				Said: said[anchor(name)], Findings: at[anchor(name)]}
			item.Rows = min(14, max(3, 2+strings.Count(item.Text, "\n")+len(item.Text)/110))
			if len(item.Marks)+len(item.Said) > 0 {
				item.Class = " has-error"
			}
			if known && !mine[sector.Code] && item.Text == "" && len(item.Marks)+len(item.Said) == 0 {
				group.Others = append(group.Others, item)
				continue
			}
			group.Items = append(group.Items, item)
		}
		p.Sections = append(p.Sections, group)
	}
	for _, sector := range f.Sectors {
		group := gridGroup{Code: sector.Code, Sector: sector.Name}
		for i, in := range f.Indicators {
			if in.Sector != sector.Code {
				continue
			}
			name := "value." + in.Code
			row := gridRow{Indicator: in, ID: anchor(name), Name: name, Typed: shown.Values[in.Code], Estimate: d.Estimates[in.Code], Read: readBeside(d, in.Code), Computed: in.Aggregation == report.Ratio,
				Pair: in.Fraction != report.NoFraction, How: howTyped(f, in), Findings: at[anchor(name)], Marks: marked[anchor(name)],
				Said: said[anchor(name)], Target: amountText(in.Target, in.Decimals)}
			if last != nil && i < len(last.Values) {
				row.Last = last.Values[i].Text(in.Decimals)
			}
			if i < len(cumulative) {
				row.Cumulative = cumulative[i].Text(in.Decimals)
			}
			row.weigh()
			if row.Read != nil {
				p.FromFile = append(p.FromFile, fromFileLine{Field: row.ID, Name: in.Name, readCell: *row.Read})
			}
			group.Rows = append(group.Rows, row)
		}
		switch {
		case len(group.Rows) == 0:
		case known && !mine[sector.Code]:
			p.Others = append(p.Others, group)
		default:
			p.Groups = append(p.Groups, group)
		}
	}
}

// askReason lays out the question for a reason: the usual ones to tap, a line for another.
func (shown *shownFinding) askReason(d report.Draft) {
	shown.NoteName, shown.NoteID, shown.Note = "note."+shown.Key, anchor("note."+shown.Key), shown.Reason(d.Notes)
	shown.WhyName = "why." + shown.Key
	for _, text := range usualReasons {
		shown.Usual = append(shown.Usual, usualReason{text, text == shown.Note})
	}
	if slices.Contains(usualReasons, shown.Note) {
		shown.Note = "" // it is not said twice
	}
}

// telling leaves out hints that tell nothing new: how a number was read that is written as the office writes it, and
// what stands beside an error about the same cell.
func telling(f *report.Form, d report.Draft, findings []report.Finding) []report.Finding {
	wrong := make(map[string]bool)
	for _, finding := range findings {
		if finding.Strength == report.Error && finding.Indicator != "" {
			wrong[finding.Indicator] = true
		}
	}
	var kept []report.Finding
	for _, finding := range findings {
		if finding.Strength == report.Hint && finding.Indicator != "" {
			in, _ := f.Indicator(finding.Indicator)
			if wrong[in.Code] || strings.HasPrefix(finding.Key, "reading:") && usualSpelling(d.Values[in.Code], in.Decimals) {
				continue
			}
		}
		kept = append(kept, finding)
	}
	return kept
}

// usualSpelling reports whether a figure is written with points between thousands and a comma before decimals.
func usualSpelling(text string, decimals int) bool {
	typed, err := decimal.ParseVietnamese(text, decimals)
	if err != nil || typed.Over != nil {
		return false
	}
	if typed.Estimate {
		text = strings.TrimSpace(strings.TrimPrefix(strings.ToLower(text), "ước"))
	}
	return text == decimal.FormatVietnamese(typed.Value, decimals) || text == decimal.FormatTrimmed(typed.Value, decimals)
}

// sectorsOf finds the sectors a body reports on: those it has typed something for, now or last time, or is asked to mend.
func sectorsOf(f *report.Form, d report.Draft, marks []report.Mark, last *report.LastValue) map[string]bool {
	mine := make(map[string]bool)
	texts := d.Sections
	if last != nil {
		texts = append(texts[:len(texts):len(texts)], last.Sections...)
	}
	for _, s := range texts {
		mine[s.Sector] = true
	}
	for i, in := range f.Indicators {
		if d.Values[in.Code] != "" || last != nil && i < len(last.Values) && last.Values[i].Set {
			mine[in.Sector] = true
		}
	}
	for _, m := range marks {
		if in, ok := f.Indicator(m.Indicator); ok {
			mine[in.Sector] = true
		}
		mine[m.Sector] = true
	}
	return mine
}

// weigh gives the cell the look of its strongest finding.
func (row *gridRow) weigh() {
	rank := map[report.Strength]int{report.Hint: 1, report.Warning: 2, report.Error: 3}
	class := [...]string{"", " hint", " warn", " error"}
	most := 0
	var ids []string
	for i, f := range row.Findings {
		most = max(most, rank[f.Strength])
		row.Findings[i].Sentence = fold.Capital(strings.TrimPrefix(f.Sentence, row.Indicator.Name+": ")) // the row names it already
		row.Findings[i].ID = row.ID + "-" + string('a'+rune(i))
		ids = append(ids, row.Findings[i].ID)
	}
	if len(row.Marks) > 0 {
		most = max(most, 2)
		ids = append(ids, row.ID+"-tra")
	}
	if len(row.Said) > 0 {
		most = max(most, 2)
		ids = append(ids, row.ID+"-noi")
	}
	if row.Read != nil {
		most = max(most, 2)
		ids = append(ids, row.ID+"-tep")
	}
	row.Class, row.Described = class[most], strings.Join(ids, " ")
}

func (p *sheetPage) monthly(sheet report.Sheet) {
	for _, m := range sheet.Monthly {
		if !m.Value.Set && !slices.ContainsFunc(m.Months, func(v report.Value) bool { return v.Set }) {
			continue
		}
		if p.Months == nil {
			for _, period := range m.Periods {
				p.Months = append(p.Months, columnPeriod(period))
			}
		}
		row := monthlyRow{Name: m.Indicator.Name, Unit: m.Indicator.Unit, Total: m.Value.Text(m.Indicator.Decimals)}
		for _, v := range m.Months {
			row.Months = append(row.Months, v.Text(m.Indicator.Decimals))
		}
		sector := sheet.Form.SectorName(m.Indicator.Sector)
		if n := len(p.Monthly); n == 0 || p.Monthly[n-1].Sector != sector {
			p.Monthly = append(p.Monthly, monthlyGroup{Sector: sector})
		}
		group := &p.Monthly[len(p.Monthly)-1]
		group.Rows = append(group.Rows, row)
	}
}

// anchor makes an id of a field's name: letters, digits, dashes and underscores only.
func anchor(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, name)
}

// anchored makes the problems of a change lead to the ids of their fields.
func anchored(err error) error {
	if f := fault.Of(err); f != nil {
		for i := range f.Problems {
			f.Problems[i].Field = anchor(f.Problems[i].Field)
		}
	}
	return err
}

// textName names the field of one heading and sector.
func textName(section, sector string) string { return "sections." + section + "." + sector }

func textsOf(sections []report.SectionText) map[string]string {
	texts := make(map[string]string, len(sections))
	for _, s := range sections {
		texts[textName(s.Section, s.Sector)] = strings.Join(s.Paragraphs, "\n\n")
	}
	return texts
}

// partField is where on the page a finding or a mark belongs.
func partField(f *report.Form, indicator, section, sector string) string {
	switch {
	case indicator != "":
		return anchor("value." + indicator)
	case section != "" && sector != "":
		return anchor(textName(section, sector))
	case section != "":
		for _, s := range f.Sectors {
			if f.Asks(section, s.Code) {
				return anchor(textName(section, s.Code))
			}
		}
	}
	return "so-lieu"
}

// placeName says in words which part of a report is meant.
func placeName(f *report.Form, section, sector string, paragraph int, indicator string) string {
	if indicator != "" {
		if in, ok := f.Indicator(indicator); ok {
			return "Chỉ tiêu " + in.Name
		}
		return "Chỉ tiêu " + indicator
	}
	if section == "" {
		return "Cả báo cáo"
	}
	parts := []string{f.SectionTitle(section)}
	if sector != "" {
		parts = append(parts, f.SectorName(sector))
	}
	if paragraph > 0 {
		parts = append(parts, "đoạn "+decimal.FormatVietnamese(int64(paragraph), 0))
	}
	return strings.Join(parts, ", ")
}

// howTyped explains a cell before anything is typed into it.
func howTyped(f *report.Form, in report.Indicator) string {
	switch {
	case in.Aggregation == report.Ratio:
		a, _ := f.Indicator(in.Numerator)
		b, _ := f.Indicator(in.Denominator)
		return "Tự tính: " + a.Name + " / " + b.Name + " × " + decimal.FormatVietnamese(in.Factor, 0)
	case in.Fraction == report.ActualTarget:
		return "Nhận a/b: thực hiện/chỉ tiêu"
	case in.Fraction == report.PartTotal:
		return "Nhận a/b: phần/tổng"
	case in.Fraction == report.ThisLast:
		return "Nhận a/b: kỳ này/kỳ trước"
	}
	return ""
}
