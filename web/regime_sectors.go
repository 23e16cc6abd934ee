package web

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fold"
	"giaoban/org"
	"giaoban/report"
)

// coding gives codes to what is typed by name: those a name had before, those of the kits, else new ones.
type coding struct {
	sectors []report.Sector // known by name: of the regime's forms first
	taken   map[string]bool // codes of indicators that mean something already
}

// codingOf loads what the forms of a regime have called things.
func codingOf(tx *db.Tx, by access.Actor, regime db.ID) (coding, error) {
	c := coding{taken: make(map[string]bool)}
	forms, err := report.Forms(tx, by, regime)
	for _, f := range forms {
		c.sectors = append(c.sectors, f.Sectors...)
		for _, in := range f.Indicators {
			c.taken[in.Code] = true
		}
	}
	c.sectors = append(c.sectors, report.KitSectors()...)
	for _, k := range report.Kits() { // a kit that is used later keeps its codes
		for _, in := range k.Outline.Indicators {
			c.taken[in.Code] = true
		}
	}
	return c, err
}

// sector reads one line: a name, or "mã: tên" for who wants a code of their own.
func (c coding) sector(line string, sectors []report.Sector) report.Sector {
	if code, name, ok := strings.Cut(line, ":"); ok {
		return report.Sector{Code: strings.TrimSpace(code), Name: strings.TrimSpace(name)}
	}
	used := func(code string) bool {
		return slices.ContainsFunc(sectors, func(s report.Sector) bool { return s.Code == code })
	}
	for _, s := range c.sectors {
		if fold.SortKey(s.Name) == fold.SortKey(line) && !used(s.Code) {
			return report.Sector{Code: s.Code, Name: line}
		}
	}
	known := func(code string) bool {
		return used(code) || slices.ContainsFunc(c.sectors, func(s report.Sector) bool { return s.Code == code })
	}
	return report.Sector{Code: org.CodeFor(line, "", known), Name: line}
}

// sectorCode finds the sector of a form that a cell names, by name or code; what is none stays, to be told as wrong.
func sectorCode(sectors []report.Sector, typed string) string {
	said := fold.SortKey(typed)
	for _, s := range sectors {
		if s.Code == typed || fold.SortKey(s.Name) == said {
			return s.Code
		}
	}
	return typed
}

// sectorCodes reads a cell that names several: names stand between semicolons, codes between commas.
func sectorCodes(sectors []report.Sector, typed string) []string {
	var codes []string
	for part := range strings.SplitSeq(typed, ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		code := sectorCode(sectors, part)
		if code != part || !strings.Contains(part, ",") {
			codes = append(codes, code)
			continue
		}
		for one := range strings.SplitSeq(part, ",") {
			if one = strings.TrimSpace(one); one != "" {
				codes = append(codes, sectorCode(sectors, one))
			}
		}
	}
	return codes
}

// indicatorCode is the next free code of a sector: YT14 after YT13.
func (c coding) indicatorCode(sector string) string {
	for n := 1; ; n++ {
		if code := fmt.Sprintf("%s%02d", sector, n); !c.taken[code] {
			c.taken[code] = true
			return code
		}
	}
}

// sectorNames are the names of some sectors of an outline, as the editor shows them.
func sectorNames(o report.Outline, codes []string) string {
	var names []string
	for _, code := range codes {
		names = append(names, sectorNamed(o, code))
	}
	return strings.Join(names, "; ")
}

func sectorNamed(o report.Outline, code string) string {
	for _, s := range o.Sectors {
		if s.Code == code {
			return s.Name
		}
	}
	return code
}
