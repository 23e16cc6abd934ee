package consolidation

import (
	"fmt"
	"strings"

	"giaoban/calendar"
	"giaoban/internal/fold"
	"giaoban/official"
	"giaoban/report"
)

// body follows the skeleton of the office's reports.
func (c Consolidation) body() []official.Block {
	opening := c.Wording.Opening
	if opening == "" {
		opening = c.opening()
	}
	b := []official.Block{words(opening)}
	if c.Once {
		return append(append(b, c.second()...), c.byOutline()...)
	}
	b = append(b, c.second()...)
	used := map[string]bool{report.SectionResults: true, report.SectionShortcomings: true, report.SectionDifficulties: true, report.SectionCauses: true,
		report.SectionNextTasks: true, report.SectionProposals: true}
	b = append(b, c.results()...)
	for _, s := range c.Outline { // headings an office added to the usual ones
		if !used[s.Code] {
			b = append(b, heading(1, s.Name))
			b = append(b, c.bySector(s.Code)...)
		}
	}
	b = append(b, c.limits()...)
	if c.has(report.SectionNextTasks) {
		title := "Nhiệm vụ trọng tâm"
		title = strings.TrimSpace(title + " " + c.Period.Ahead())
		b = append(append(b, heading(1, title)), c.numbered(report.SectionNextTasks, "Các cơ quan không nêu nhiệm vụ kỳ tới trong báo cáo.", false)...)
	}
	if c.has(report.SectionProposals) {
		b = append(append(b, heading(1, "Kiến nghị, đề xuất")), c.numbered(report.SectionProposals, "Các cơ quan không có kiến nghị.", true)...)
	}
	return b
}

// second is the paragraph behind the opening: who is missing, and where the figures stand.
func (c Consolidation) second() []official.Block {
	said := c.missingSentence()
	if len(c.Indicators) > 0 {
		said = strings.TrimSpace(said + " Số liệu chi tiết tại Phụ lục kèm theo.")
	}
	if said == "" {
		return nil
	}
	return []official.Block{words(said)}
}

// byOutline puts every heading in its place, with what stands under it: what is reported once has an outline of its own.
func (c Consolidation) byOutline() []official.Block {
	var b []official.Block
	for _, s := range c.Outline {
		b = append(b, heading(1, s.Name))
		if s.Code == report.SectionProposals {
			b = append(b, c.numbered(s.Code, "Các cơ quan không có kiến nghị.", true)...)
			continue
		}
		before := len(b)
		for _, sector := range c.sectors() {
			for _, p := range c.kept(s.Code, sector.Code) {
				b = append(b, c.paragraph(p, ""))
			}
			if figures := c.mainFigures(sector.Code); s.Code == report.SectionResults && figures != nil {
				b = append(b, *figures)
			}
		}
		if len(b) == before {
			b = append(b, words("Chưa có nội dung được tiếp nhận."))
		}
	}
	return b
}

func (c Consolidation) has(section string) bool {
	for _, s := range c.Outline {
		if s.Code == section {
			return true
		}
	}
	return false
}

func (c Consolidation) opening() string {
	if c.Once {
		return fmt.Sprintf("Trên cơ sở báo cáo của %02d cơ quan, địa phương, %s tổng hợp %s như sau:", c.Reporting, c.BodyName, c.Wording.Subject)
	}
	return fmt.Sprintf("Thực hiện chế độ “%s”, trên cơ sở báo cáo của %02d cơ quan, %s tổng hợp %s như sau:",
		c.RegimeName, c.Reporting, c.BodyName, c.Wording.Subject)
}

// missingSentence names every body whose report does not count, and every sub-period nobody was asked for, so that
// nobody takes a total for whole.
func (c Consolidation) missingSentence() string {
	var said []string
	if len(c.Missing) > 0 {
		names := make([]string, len(c.Missing))
		for i, m := range c.Missing {
			names[i] = c.missingName(m)
		}
		said = append(said, fmt.Sprintf("Đến thời điểm tổng hợp còn %02d cơ quan chưa có đủ báo cáo được tiếp nhận: %s.", len(c.Missing), strings.Join(names, "; ")))
	}
	if len(c.NotOpened) > 0 {
		said = append(said, "Chưa mở kỳ báo cáo: "+shortPeriods(c.NotOpened)+".")
	}
	if len(said) > 0 {
		said = append(said, "Các số tổng hợp dưới đây chưa gồm phần còn thiếu.")
	}
	return strings.Join(said, " ")
}

func (c Consolidation) missingName(m Missing) string {
	if len(m.Periods) == 1 && m.Periods[0] == c.Period {
		return c.name(m.Body)
	}
	return c.name(m.Body) + " (" + shortPeriods(m.Periods) + ")"
}

// shortPeriods says "tháng 02, tháng 3" or "quý I": the year is that of the report.
func shortPeriods(periods []calendar.Period) string {
	names := make([]string, len(periods))
	for i, p := range periods {
		names[i] = strings.TrimSuffix(p.Name(), fmt.Sprintf(" năm %d", p.Year()))
	}
	return strings.Join(names, ", ")
}

// results: one numbered heading for each sector, the paragraphs, then its main figures.
func (c Consolidation) results() []official.Block {
	if !c.has(report.SectionResults) && len(c.Indicators) == 0 {
		return nil
	}
	b := []official.Block{heading(1, "Kết quả thực hiện")}
	for _, sector := range c.sectors() {
		kept, figures := c.kept(report.SectionResults, sector.Code), c.mainFigures(sector.Code)
		if len(kept) == 0 && figures == nil {
			continue
		}
		b = append(b, heading(2, sector.Name))
		for _, p := range kept {
			b = append(b, c.paragraph(p, ""))
		}
		if figures != nil {
			b = append(b, *figures)
		}
	}
	if len(b) == 1 {
		b = append(b, words("Chưa có nội dung được tiếp nhận."))
	}
	return b
}

// limits are shortcomings, difficulties and causes in one part.
func (c Consolidation) limits() []official.Block {
	var parts []official.Block
	asked := false
	for _, code := range []string{report.SectionShortcomings, report.SectionDifficulties, report.SectionCauses} {
		if !c.has(code) {
			continue
		}
		asked = true
		if inner := c.bySector(code); len(inner) > 0 {
			parts = append(append(parts, heading(2, c.title(code))), inner...)
		}
	}
	if !asked {
		return nil
	}
	if len(parts) == 0 {
		parts = []official.Block{words("Các cơ quan không nêu hạn chế, khó khăn trong báo cáo.")}
	}
	return append([]official.Block{heading(1, "Hạn chế, khó khăn và nguyên nhân")}, parts...)
}

func (c Consolidation) title(code string) string {
	for _, s := range c.Outline {
		if s.Code == code {
			return s.Name
		}
	}
	return report.SectionName(code)
}

// bySector runs through the sectors; the first paragraph of each says what it is about: "Về y tế: …".
func (c Consolidation) bySector(section string) []official.Block {
	var b []official.Block
	for _, sector := range c.sectors() {
		for i, p := range c.kept(section, sector.Code) {
			lead := ""
			if i == 0 && sector.Code != "" {
				lead = "Về " + fold.Uncapital(sector.Name) + ": "
			}
			b = append(b, c.paragraph(p, lead))
		}
	}
	return b
}

// numbered lists tasks and proposals one by one; a proposal names the body that makes it.
func (c Consolidation) numbered(section, none string, named bool) []official.Block {
	var b []official.Block
	for _, sector := range c.sectors() {
		for _, p := range c.kept(section, sector.Code) {
			item := official.NumberedItem{Level: 1, Runs: official.Text(p.Text), Origin: c.origin(p)}
			tail := ""
			if names := c.bodiesOf(p); named && names != "" {
				tail = " (" + names + ")."
				item.Runs = []official.Run{{Text: strings.TrimRight(p.Text, " .;")}, {Text: tail, Italic: true}}
			}
			c.note(p, "", tail)
			b = append(b, item)
		}
	}
	if len(b) == 0 {
		return []official.Block{words(none)}
	}
	return b
}

// sectors are those of the form, and one without name for text that belongs to none.
func (c Consolidation) sectors() []report.Sector {
	out := append([]report.Sector(nil), c.Sectors...)
	known := ranksOf(c.Sectors, func(s report.Sector) string { return s.Code })
	for _, g := range c.Groups {
		if _, ok := known[g.Sector]; !ok {
			known[g.Sector] = len(out)
			name := g.Sector
			if name == "" {
				name = "Nội dung chung"
			}
			out = append(out, report.Sector{Code: g.Sector, Name: name})
		}
	}
	return out
}

func (c Consolidation) kept(section, sector string) []Paragraph {
	for _, g := range c.Groups {
		if g.Section == section && g.Sector == sector {
			return g.Kept()
		}
	}
	return nil
}

func (c Consolidation) paragraph(p Paragraph, lead string) official.Paragraph {
	c.note(p, lead, "")
	runs := official.Text(p.Text)
	if lead != "" {
		runs = []official.Run{{Text: lead, Italic: true}, {Text: p.Text}}
	}
	return official.Paragraph{Runs: runs, Origin: c.origin(p)}
}

// origin names the newest report of a paragraph for links, and all of them for the reader.
func (c Consolidation) origin(p Paragraph) official.Origin {
	if len(p.Origins) == 0 {
		return official.Origin{}
	}
	labels := make([]string, len(p.Origins))
	for i, o := range p.Origins {
		labels[i] = c.name(o.Body) + ", " + o.Period.Name() + ", " + report.VersionName(o.Version)
		if o.Superseded != "" {
			labels[i] += " (không còn tính)"
		}
	}
	o := p.Origins[len(p.Origins)-1]
	return official.Origin{Ref: fmt.Sprintf("submission/%s/%s/%s/%d", o.Submission, o.Section, o.Sector, o.N), Label: strings.Join(labels, "; ")}
}

func (c Consolidation) bodiesOf(p Paragraph) string {
	var names []string
	seen := make(map[string]bool)
	for _, o := range p.Origins {
		if !seen[o.Body] {
			seen[o.Body] = true
			names = append(names, c.name(o.Body))
		}
	}
	return strings.Join(names, ", ")
}

func heading(level int, title string) official.Heading {
	return official.Heading{Level: level, Runs: official.Text(title)}
}

func words(text string) official.Paragraph {
	return official.Paragraph{Runs: official.Text(text)}
}
