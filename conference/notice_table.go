package conference

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/official"
	"giaoban/task"
)

// proposedMark stands behind a date that nobody spoke.
const proposedMark = " (đề xuất)"

// proposedNote stands under a table of tasks in which dates nobody spoke are marked.
const proposedNote = "Thời hạn ghi “đề xuất” chưa được nêu tại hội nghị; chỉ thành hạn khi thông báo này được ký."

// taskBlocks are the tables of tasks: what is assigned first, then what is requested of bodies that the commission does
// not direct, then what is requested of several at once. The numbers run through all.
func taskBlocks(o office, tasks, requests []Conclusion) []official.Block {
	var out []official.Block
	n := 0
	for _, group := range []struct {
		mode    task.Mode
		caption string
	}{{task.Assigned, "Giao các đơn vị"}, {task.Requested, "Đề nghị các cơ quan, đơn vị"}} {
		table := official.Table{Caption: group.caption, Columns: []official.Column{
			{Title: "TT", Width: 0.9, Align: official.Center}, {Title: "Nội dung", Width: 4.55}, {Title: "Chủ trì", Width: 2.8},
			{Title: "Phối hợp", Width: 3.7}, {Title: "Sản phẩm", Width: 2.3}, {Title: "Thời hạn", Width: 2.35, Align: official.Center}}}
		for _, c := range tasks {
			if c.Mode != group.mode {
				continue
			}
			n++
			if c.Proposed() {
				table.Notes = []string{proposedNote}
			}
			table.Rows = append(table.Rows, []official.Cell{fixed(fmt.Sprint(n)), c.cell(), fixed(o.names[c.Lead].Name),
				fixed(o.cooperating(c)), fixed(c.Product), fixed(c.DueWords())})
		}
		if len(table.Rows) > 0 {
			out = append(out, table)
		}
	}
	table := official.Table{Caption: "Đề nghị nhiều cơ quan, đơn vị cùng thực hiện", Columns: []official.Column{
		{Title: "TT", Width: 0.9, Align: official.Center}, {Title: "Nội dung", Width: 5.25}, {Title: "Cơ quan thực hiện", Width: 4.6},
		{Title: "Sản phẩm", Width: 3.5}, {Title: "Thời hạn", Width: 2.35, Align: official.Center}}}
	for _, c := range requests {
		n++
		if c.Proposed() {
			table.Notes = []string{proposedNote}
		}
		who, product, due := o.asked(c)
		table.Rows = append(table.Rows, []official.Cell{fixed(fmt.Sprint(n)), c.cell(), fixed(who), fixed(product), fixed(due)})
	}
	if len(table.Rows) > 0 {
		out = append(out, table)
	}
	return out
}

// fixed is a cell that tells what a task will be: who, what, by when. It changes with the conclusion only, or paper and task
// would say two things.
func fixed(words string) official.Cell {
	c := official.C(words)
	c.Fixed = true
	return c
}

// cell are the words of a conclusion with the paper that gives it force.
func (c Conclusion) cell() official.Cell {
	words := strings.TrimRight(c.Words, ". ")
	if c.ForcePaper != "" {
		words += " (theo " + c.ForcePaper + ")"
	}
	content := official.C(sentence(words))
	content.Origin = conclusionOrigin(c)
	return content
}

// asked are the three last cells of a request: who, each with what only it has to bring and its own day; what all bring;
// and by when, the day said of all or the first and the last of the bodies' own.
func (o office) asked(c Conclusion) (who, product, due string) {
	var lines []string
	for _, k := range c.Cooperating {
		one := o.names[k.Body].Name
		if k.Part != "" {
			one += ": " + k.Part
		}
		if !k.Due.IsZero() && k.Due != c.Due {
			one += " (hạn " + k.Due.Vietnamese() + ")"
		}
		lines = append(lines, one)
	}
	if due = c.Due.Vietnamese(); due == "" {
		due = "Theo từng cơ quan"
	}
	if c.Proposed() {
		due += proposedMark
	}
	return strings.Join(lines, ";\n"), c.Product, due
}

// cooperating names who works with the lead, one a line, with its part and, where it has its own, its date.
func (o office) cooperating(c Conclusion) string {
	var with []string
	for _, k := range c.Cooperating {
		one := o.names[k.Body].Name
		if k.Part != "" {
			one += ": " + k.Part
		}
		if !k.Due.IsZero() && k.Due != c.Due {
			one += " (hạn " + k.Due.Vietnamese() + ")"
		}
		with = append(with, one)
	}
	return strings.Join(with, ";\n")
}

func conclusionOrigin(c Conclusion) official.Origin {
	return official.Origin{Ref: "conclusion/" + string(c.ID), Label: fmt.Sprintf("Kết luận %d", c.No)}
}

// settle takes the marks of proposed dates out of a notice: with the signature they become dates. All other words stay as
// whoever signs has seen them.
func settle(d *official.Document) {
	for i, block := range d.Body {
		t, ok := block.(official.Table)
		if !ok {
			continue
		}
		t.Notes = slices.DeleteFunc(slices.Clone(t.Notes), func(note string) bool { return note == proposedNote })
		for _, row := range t.Rows {
			for c := range row {
				for r := range row[c].Runs {
					row[c].Runs[r].Text = strings.TrimSuffix(row[c].Runs[r].Text, proposedMark)
				}
			}
		}
		d.Body[i] = t
	}
}
