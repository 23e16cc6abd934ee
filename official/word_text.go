package official

import (
	"archive/zip"
	"encoding/xml"
	"strings"
)

// texts reads the paragraphs of a part: what is shown, without what a reviewer struck out. A text box stands inside a
// paragraph; its own paragraphs come before the one that holds it.
func (r *wordReader) texts(f *zip.File) []wordText {
	var out []wordText
	var stack []*openText
	type at struct{ table, row, cell int }
	var tables []at
	count, skipped := 0, 0
	section := &wordSection{headers: map[string]string{}}
	end := func() { // of a section
		r.out.sections = append(r.out.sections, *section)
		section = &wordSection{headers: map[string]string{}}
	}
	r.each(f, func(t xml.Token, open []string) {
		var top *openText
		if len(stack) > 0 {
			top = stack[len(stack)-1]
		}
		switch t := t.(type) {
		case xml.StartElement:
			name := t.Name.Local
			if skipped > 0 || notShown[name] {
				skipped++
				return
			}
			switch name {
			case "tbl":
				tables = append(tables, at{count, -1, -1})
				count++
			case "tr":
				if n := len(tables); n > 0 {
					tables[n-1].row, tables[n-1].cell = tables[n-1].row+1, -1
				}
			case "tc":
				if n := len(tables); n > 0 {
					tables[n-1].cell++
				}
			case "p":
				one := &openText{wordText: wordText{table: -1, section: len(r.out.sections), from: r.ended}, weights: map[string]int{}, looks: map[string]looks{}, direct: looks{}}
				if n := len(tables); n > 0 {
					one.table, one.row, one.cell = tables[n-1].table, tables[n-1].row, tables[n-1].cell
				}
				stack = append(stack, one)
			case "pgSz", "pgMar", "titlePg", "headerReference":
				section.read(t)
			default:
				if top != nil {
					top.start(r, t, open)
				}
			}
		case xml.CharData:
			if top != nil && skipped == 0 {
				top.write(r, string(t), open)
			}
		case xml.EndElement:
			if skipped > 0 {
				skipped--
				return
			}
			switch t.Name.Local {
			case "tbl":
				tables = tables[:max(len(tables)-1, 0)]
			case "sectPr":
				end()
			case "pPr":
				if top != nil && parent(open) == "p" {
					top.from = r.ended
				}
			case "p":
				if top != nil {
					top.to = r.began
					out = append(out, top.done(r))
					stack = stack[:len(stack)-1]
				}
			}
		}
	})
	return out
}

// notShown are the elements whose content stands on no page: what was struck out, what was before a change.
var notShown = map[string]bool{"Fallback": true, "del": true, "moveFrom": true, "pPrChange": true, "rPrChange": true, "sectPrChange": true}

// openText is a paragraph that is being read.
type openText struct {
	wordText
	style   string
	direct  looks // of the paragraph
	run     looks // of the stretch that is open
	text    strings.Builder
	weights map[string]int // letters by looks
	looks   map[string]looks
	kept    int
}

func (o *openText) start(r *wordReader, t xml.StartElement, open []string) {
	within := parent(open)
	switch name := t.Name.Local; name {
	case "pStyle":
		o.style = attribute(t, "val")
	case "r":
		o.run = looks{}
	case "rStyle":
		o.run = r.style(attribute(t, "val")).over(o.run)
	case "br", "cr":
		o.text.WriteByte('\n')
	case "tab":
		if within == "r" {
			o.text.WriteByte('\t')
		}
	case "noBreakHyphen":
		o.text.WriteByte('-')
	case "fldSimple":
		if strings.Contains(attribute(t, "instr"), "PAGE") {
			o.text.WriteString(pageField)
		}
	default:
		switch {
		case within == "pPr":
			r.property(o.direct, t, open)
		case within == "rPr" && len(open) > 2 && open[len(open)-3] == "r":
			r.property(o.run, t, open)
		}
	}
}

func (o *openText) write(r *wordReader, s string, open []string) {
	switch open[len(open)-1] {
	case "instrText":
		if strings.TrimSpace(s) == "PAGE" || strings.HasPrefix(strings.TrimSpace(s), "PAGE ") {
			o.text.WriteString(pageField)
		}
	case "t":
		if o.kept += len(s); o.kept > maxText {
			r.err = errTooLarge
			return
		}
		o.text.WriteString(strings.ReplaceAll(s, "\u00a0", " "))
		key := o.run["font"] + "|" + o.run["sz"] + "|" + o.run["b"] + "|" + o.run["i"] + "|" + o.run["u"] + "|" + o.run["caps"]
		o.weights[key] += len(strings.TrimSpace(s))
		o.looks[key] = o.run
	}
}

// done gives the paragraph with the looks of most of its letters.
func (o *openText) done(r *wordReader) wordText {
	style := o.style
	if style == "" {
		style = r.normal
	}
	best := ""
	for key, n := range o.weights {
		if most := o.weights[best]; n > most || n == most && key > best {
			best = key
		}
	}
	o.wordText.text = o.text.String()
	o.wordText.looks = r.defaults.over(r.style(style)).over(o.direct).over(o.looks[best])
	return o.wordText
}
