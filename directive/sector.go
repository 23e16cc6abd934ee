package directive

import (
	"slices"
	"strings"

	"giaoban/internal/fault"
	"giaoban/org"
)

// Sector is a lĩnh vực of the field.
type Sector = org.Sector

// AllSectors is how the field is divided.
var AllSectors = org.AllSectors

// Sectors are the codes of the sectors a document concerns, with a blank between: "YT LD". "" when none was named.
type Sectors string

// SectorsOf joins codes in the order of AllSectors; the same code twice counts once.
func SectorsOf(codes ...string) Sectors {
	var in []string
	for _, s := range AllSectors {
		if slices.Contains(codes, s.Code) {
			in = append(in, s.Code)
		}
	}
	for _, code := range codes { // an unknown one stays, to be named in the refusal
		if code = strings.TrimSpace(code); code != "" && !slices.Contains(in, code) {
			in = append(in, code)
		}
	}
	return Sectors(strings.Join(in, " "))
}

// Codes are the single codes.
func (s Sectors) Codes() []string { return strings.Fields(string(s)) }

// Has reports whether code is among them.
func (s Sectors) Has(code string) bool { return slices.Contains(s.Codes(), code) }

// Names are the sectors' names, in the order of the codes.
func (s Sectors) Names() []string {
	var names []string
	for _, code := range s.Codes() {
		names = append(names, SectorName(code))
	}
	return names
}

// SectorName is the name of a sector; the code itself when it is not one of AllSectors.
func SectorName(code string) string {
	for _, s := range AllSectors {
		if s.Code == code {
			return s.Name
		}
	}
	return code
}

func (s Sectors) check(wrong *fault.List) {
	for _, code := range s.Codes() {
		if !slices.ContainsFunc(AllSectors, func(known Sector) bool { return known.Code == code }) {
			wrong.Add("sectors", "Không có lĩnh vực mang mã “%s”; xin chọn trong danh sách lĩnh vực.", code)
		}
	}
}
