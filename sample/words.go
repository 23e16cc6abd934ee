package sample

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"giaoban/calendar"
	"giaoban/report"
)

//go:embed text/*.txt
var textFiles embed.FS

// words are the texts of one field: by period or part of the year, then by section.
type words map[string]map[string][]string

// texts reads the files of text/: "[2022-Q1]" begins a period, "[m03]" a month of any year, "[pool]" what the quarters
// in between draw from; each line is "section: paragraph", # begins a remark.
var texts = sync.OnceValue(func() map[string]words {
	all := make(map[string]words)
	for _, s := range sectors {
		name := "text/" + strings.ToLower(s.Code) + ".txt"
		data, err := textFiles.ReadFile(name)
		if err != nil {
			panic("sample: " + err.Error())
		}
		w, part := make(words), ""
		for i, line := range strings.Split(string(data), "\n") {
			line = strings.TrimSpace(line)
			section, text, ok := strings.Cut(line, ": ")
			switch {
			case line == "" || line[0] == '#':
			case line[0] == '[':
				part = strings.Trim(line, "[]")
				w[part] = make(map[string][]string)
			case !ok || part == "":
				panic(fmt.Sprintf("sample: %s dòng %d", name, i+1))
			default:
				w[part][section] = append(w[part][section], text)
			}
		}
		all[s.Code] = w
	}
	return all
})

// told gives the text of a body's report of a period: its own words where the period has them, else lines of the pool
// in turn, so that no body says the same in two quarters in a row.
func told(b place, p calendar.Period, s sheet) []report.SectionText {
	w := texts()[b.sector]
	var out []report.SectionText
	add := func(section string, paragraphs ...string) {
		var filled []string
		for _, text := range paragraphs {
			filled = append(filled, fill(text, s, b, p))
		}
		if len(filled) > 0 {
			out = append(out, report.SectionText{Section: section, Sector: b.sector, Paragraphs: filled})
		}
	}
	turn := turnOf(b.Code, p)
	if p.Kind() == calendar.Month {
		add(report.SectionResults, w[fmt.Sprintf("m%02d", int(p.First().Month()))][report.SectionResults]...)
		if next := w["pool"][report.SectionNextTasks]; turn%3 == 0 {
			add(report.SectionNextTasks, next[turn%len(next)])
		}
		return out
	}
	own := w[p.String()]
	for _, section := range report.SectionCodes {
		said := own[section]
		if len(said) > 0 && b.named != "" { // the districts share a field, each has its own line
			said = said[turnOf(b.Code, calendar.Period{})%len(said):][:1]
		}
		if len(said) == 0 {
			pool := w["pool"][section]
			if len(pool) == 0 || (section == report.SectionProposals && (own[report.SectionDifficulties] != nil || turn%3 != 0)) {
				continue
			}
			said = []string{pool[turn%len(pool)]}
		}
		add(section, said...)
	}
	return out
}

// turnOf counts periods from the first, shifted for each body.
func turnOf(code string, p calendar.Period) int {
	shift := 0
	for i, b := range places() {
		if b.Code == code {
			shift = i
		}
	}
	switch p.Kind() {
	case calendar.Month:
		return monthsSince(p) + shift
	case calendar.Quarter:
		return monthsSince(p)/3 + shift
	}
	return shift
}

// fill puts figures and names into the words; a figure nobody has is a mistake of ours and stops the build.
func fill(text string, s sheet, b place, p calendar.Period) string {
	for {
		before, rest, ok := strings.Cut(text, "{")
		if !ok {
			return strings.ToUpper(text[:firstLetter(text)]) + text[firstLetter(text):]
		}
		name, after, _ := strings.Cut(rest, "}")
		value, known := s[name]
		switch name {
		case "KY_TOI":
			value, known = p.Next().Name(), true
		case "DIA_BAN":
			value, known = b.named, b.named != ""
		case "CO_QUAN":
			value, known = b.Name, true
		}
		if !known {
			panic(fmt.Sprintf("sample: %s %s nói đến %s", b.Code, p, name))
		}
		text = before + value + after
	}
}

// firstLetter is the length of the first letter.
func firstLetter(text string) int {
	for i := range text {
		if i > 0 {
			return i
		}
	}
	return len(text)
}
