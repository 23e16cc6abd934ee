package report

import (
	"giaoban/internal/decimal"
	"giaoban/official"
)

// Text writes a figure as it is printed, with the word for an estimate; "" for none.
func (v Value) Text(decimals int) string {
	if !v.Set {
		return ""
	}
	text := decimal.FormatVietnamese(v.Figure, decimals)
	if v.Over != nil {
		text += "/" + decimal.FormatVietnamese(*v.Over, decimals)
	}
	if v.Estimate {
		text = "ước " + text
	}
	return text
}

// Blocks are the words of the report under the outline of its form, as they are printed; name is the body's.
func (s Submission) Blocks(name string) []official.Block {
	var text []official.Block
	if s.Nil {
		text = append(text, official.Paragraph{Runs: official.Text("Trong kỳ, " + name + " không phát sinh nội dung phải báo cáo.")})
	}
	type place struct{ section, sector string }
	written, told := make(map[place][]string), make(map[string]bool)
	for _, one := range s.Sections {
		at := place{one.Section, one.Sector}
		written[at] = append(written[at], one.Paragraphs...)
		told[one.Sector] = told[one.Sector] || len(one.Paragraphs) > 0
	}
	sectors := 0 // one sector needs no name in every section
	for _, sector := range s.Form.Sectors {
		if told[sector.Code] {
			sectors++
		}
	}
	for _, section := range s.Form.Sections {
		headed := false
		for _, sector := range s.Form.Sectors {
			paragraphs := written[place{section.Code, sector.Code}]
			if len(paragraphs) == 0 {
				continue
			}
			if !headed {
				text = append(text, official.Heading{Level: 1, Runs: official.Text(s.Form.SectionTitle(section.Code))})
				headed = true
			}
			if sectors > 1 {
				text = append(text, official.Heading{Level: 2, Runs: official.Text(sector.Name)})
			}
			for _, p := range paragraphs {
				text = append(text, official.Paragraph{Runs: official.Text(p)})
			}
		}
	}
	return text
}

// FiguresTable is the table of figures of the version; false where it has none.
func (s Submission) FiguresTable() (official.Table, bool) {
	table := official.Table{Columns: []official.Column{{Title: "TT", Width: 6, Align: official.Center}, {Title: "Chỉ tiêu", Width: 54},
		{Title: "Đơn vị", Width: 18}, {Title: "Số liệu", Width: 22, Align: official.Right}}}
	n := 0
	for _, sector := range s.Form.Sectors {
		headed := false
		for i, in := range s.Form.Indicators {
			if in.Sector != sector.Code || i >= len(s.Values) || !s.Values[i].Set {
				continue
			}
			if !headed {
				table.Rows = append(table.Rows, []official.Cell{{Runs: []official.Run{{Text: sector.Name, Bold: true}}, ColSpan: 4, RowHead: true}})
				headed = true
			}
			n++
			table.Rows = append(table.Rows, []official.Cell{official.C(decimal.FormatVietnamese(int64(n), 0)), {Runs: official.Text(in.Name), RowHead: true},
				official.C(in.Unit), official.C(s.Values[i].Text(in.Decimals))})
		}
	}
	return table, n > 0
}
