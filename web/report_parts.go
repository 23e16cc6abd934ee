package web

import (
	"fmt"
	"strings"

	"giaoban/internal/fault"
)

// The parts of a sheet, by their ids on the page; a heading of the outline is the part phan-CODE.
const (
	partArrival = "den"
	partFigures = "so-lieu"
	partMonthly = "thang"
	partSend    = "gui"
)

// onePage is how much a sheet may hold that is shown whole: a figure is a line of it, a text four.
const onePage = 16

// turn lays the contents of the sheet and opens it where something is wrong, or else where something is left.
func (p *sheetPage) turn(problem error) {
	size := 0
	for _, group := range p.Groups {
		size += len(group.Rows)
	}
	for _, section := range p.Sections {
		size += 4 * len(section.Items)
	}
	if size <= onePage || len(p.Sections) == 0 {
		return
	}
	p.Contents.Parts = p.parts()
	p.Contents.within(p.firstWrong(problem))
}

func (p *sheetPage) parts() []contentsPart {
	var parts []contentsPart
	if p.Paper {
		parts = append(parts, contentsPart{ID: partArrival, Title: "Văn bản đến", Done: p.Typed.ArrivalNumber != ""})
	}
	asks := p.asks()
	add := func(part contentsPart) {
		part.Asks = asks[part.ID].words()
		part.Done = part.Done && part.Asks == ""
		parts = append(parts, part)
	}
	add(p.figures())
	if len(p.Monthly) > 0 {
		add(contentsPart{ID: partMonthly, Title: "Số liệu tháng đã báo cáo", Done: true})
	}
	for _, section := range p.Sections {
		note, done := section.written()
		add(contentsPart{ID: section.ID(), Title: section.Title, Note: note, Done: done})
	}
	title := "Gửi báo cáo"
	if p.Paper {
		title = "Ghi nhận"
	}
	return append(parts, contentsPart{ID: partSend, Title: title})
}

// figures is the part of all figures; of several sectors each is listed under it.
func (p *sheetPage) figures() contentsPart {
	done, all := 0, 0
	part := contentsPart{ID: partFigures, Title: "Số liệu"}
	for _, group := range p.Groups {
		d, a := group.filled()
		done, all = done+d, all+a
		if len(p.Groups) > 1 && a > 0 {
			note := fmt.Sprintf("%d/%d số liệu", d, a)
			part.Under = append(part.Under, contentsPart{ID: group.ID(), Title: group.Sector, Note: note, Done: d == a})
		}
	}
	if part.Done = done == all; all > 0 {
		part.Note = fmt.Sprintf("%d/%d số liệu", done, all)
	}
	return part
}

// ID is the sector's place among the figures.
func (g gridGroup) ID() string { return anchor(partFigures + "-" + g.Code) }

// filled counts the cells that hold something, of those that are typed.
func (g gridGroup) filled() (done, all int) {
	for _, row := range g.Rows {
		if row.Computed {
			continue
		}
		all++
		if row.Typed != "" && row.Read == nil {
			done++
		}
	}
	return done, all
}

// written says how much text stands under a heading.
func (s sheetSection) written() (note string, done bool) {
	words, nothing := 0, false
	for _, item := range append(s.Items[:len(s.Items):len(s.Items)], s.Others...) {
		words += len(strings.Fields(item.Text))
		nothing = nothing || strings.HasPrefix(strings.ToLower(strings.TrimSpace(item.Text)), "không phát sinh")
	}
	switch {
	case words == 0:
		return "chưa viết", false
	case nothing && words <= len(strings.Fields("không phát sinh")):
		return "không phát sinh", true
	}
	return fmt.Sprintf("%s từ", wholeText(words)), true
}

// asked counts what is to be mended in one part.
type asked struct{ errors, warnings, comments int }

func (a asked) words() string {
	var told []string
	for _, one := range []struct {
		n    int
		what string
	}{{a.errors, "lỗi"}, {a.warnings, "cảnh báo"}, {a.comments, "nhận xét"}} {
		if one.n > 0 {
			told = append(told, fmt.Sprintf("%d %s", one.n, one.what))
		}
	}
	return strings.Join(told, ", ")
}

// asks finds what is to be mended in each part: problems, warnings without a reason, what the reader said.
func (p *sheetPage) asks() map[string]asked {
	all := make(map[string]asked)
	count := func(field string, more asked) {
		part := p.partOf(field)
		was := all[part]
		all[part] = asked{was.errors + more.errors, was.warnings + more.warnings, was.comments + more.comments}
	}
	for _, one := range p.Errors {
		count(one.Field, asked{errors: 1})
	}
	for _, one := range p.Warnings {
		if !one.Given() {
			count(one.Field, asked{warnings: 1})
		}
	}
	for _, one := range p.Returned {
		count(one.Field, asked{comments: 1})
	}
	for _, one := range p.Comments {
		count(one.Field, asked{comments: 1})
	}
	return all
}

// firstWrong is the first part that a refusal speaks of.
func (p *sheetPage) firstWrong(problem error) string {
	refused := fault.Of(problem)
	if refused == nil {
		return ""
	}
	wrong := make(map[string]bool)
	for _, one := range refused.Problems {
		wrong[p.partOf(one.Field)] = true
	}
	for _, part := range p.Contents.Parts {
		if wrong[part.ID] {
			return part.ID
		}
	}
	return ""
}

// partOf is the part in which a field stands; "" for one beside the parts.
func (p *sheetPage) partOf(field string) string {
	field = anchor(field)
	for _, one := range p.Warnings {
		if one.NoteID == field {
			field = one.Field
			break
		}
	}
	for _, section := range p.Sections {
		if strings.HasPrefix(field, anchor(textName(section.Code, ""))) {
			return section.ID()
		}
	}
	switch {
	case field == partFigures || strings.HasPrefix(field, "value-"):
		return partFigures
	case strings.HasPrefix(field, "arrival_"):
		return partArrival
	case field == "paper_number" || field == "paper_date" || field == "signer" || field == "file":
		if p.Paper {
			return partArrival
		}
		return partSend
	case field == "nil" || field == "no_mark" || field == "annex":
		return partSend
	}
	return ""
}
