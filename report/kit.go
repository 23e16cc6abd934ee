package report

import (
	"bytes"
	"embed"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"giaoban/calendar"
	"giaoban/internal/fault"
)

// Kit is a bộ mẫu: a regime ready to be used, with its outline and indicators, as most commissions keep it. What it holds
// is only a beginning: once used it is the office's own regime and edited like any other.
type Kit struct {
	Code        string // the code the regime gets
	Name        string
	Content     string
	Kind        calendar.Kind
	Cutoff      calendar.Cutoff
	WorkingDays int
	FeedsFrom   []string // kits of shorter periods whose figures are shown instead of asked again; the first one in use counts
	Outline     Outline
	Conference  *Conference // the conference that looks back on its periods; nil for none
}

// Conference is what a kit says of the conference that looks back on its periods.
type Conference struct {
	Hour  string   `json:"hour"`
	Bring []string `json:"bring"` // papers to bring
	Who   string   `json:"who"`   // whom a body is asked to send
}

// KitPart is one of the pieces of a kit that an office may leave out.
type KitPart struct {
	Code, Name string
	Indicators []string // names of what is asked, of a sector
}

// The parts of a kit beside its sectors, which are parts too and go by their codes.
const (
	KitOutline   = "de-cuong"
	KitFeed      = "ky-ngan"
	KitReporters = "co-quan"
)

// Parts are what of a kit may be left out, in the order of the page.
func (k Kit) Parts() []KitPart {
	var words []string
	for _, s := range k.Outline.Sections {
		words = append(words, SectionName(s.Code))
	}
	parts := []KitPart{{KitOutline, "Đề cương lời văn", words}}
	for _, s := range k.Outline.Sectors {
		part := KitPart{Code: s.Code, Name: "Lĩnh vực " + s.Name}
		for _, in := range k.Outline.Indicators {
			if in.Sector == s.Code {
				part.Indicators = append(part.Indicators, in.Name)
			}
		}
		parts = append(parts, part)
	}
	if len(k.FeedsFrom) > 0 {
		parts = append(parts, KitPart{KitFeed, "Xem số liệu đã báo cáo ở kỳ ngắn hơn, không hỏi lại", nil})
	}
	return append(parts, KitPart{KitReporters, "Giao cho các cơ quan theo lĩnh vực, áp dụng từ kỳ này", nil})
}

//go:embed kit
var kitFiles embed.FS

var kits = sync.OnceValues(readKits)

// Kits lists the kits, of the shortest periods first.
func Kits() []Kit {
	all, err := kits()
	if err != nil {
		panic(err) // the files are part of the program; a test reads them
	}
	return all
}

// FindKit gives the kit with a code; "quy" will do for "kg-quy".
func FindKit(code string) (Kit, error) {
	for _, k := range Kits() {
		if code == k.Code || "kg-"+code == k.Code {
			return k, nil
		}
	}
	var known []string
	for _, k := range Kits() {
		known = append(known, strings.TrimPrefix(k.Code, "kg-"))
	}
	return Kit{}, fault.Invalid("kit", "Không có bộ mẫu “%s”. Các bộ mẫu: %s.", code, strings.Join(known, ", "))
}

func readKits() ([]Kit, error) {
	content, err := kitFiles.ReadFile("kit/kits.json")
	if err != nil {
		return nil, err
	}
	var file struct {
		Sectors []Sector `json:"sectors"`
		Rules   []Rule   `json:"rules"`
		Kits    []struct {
			Code        string          `json:"code"`
			Name        string          `json:"name"`
			Content     string          `json:"content"`
			Kind        calendar.Kind   `json:"kind"`
			Cutoff      calendar.Cutoff `json:"cutoff"`
			WorkingDays int             `json:"working_days"`
			FeedsFrom   []string        `json:"feeds_from"`
			Sections    []string        `json:"sections"`
			Conference  *Conference     `json:"conference"`
		} `json:"kits"`
	}
	if err := json.Unmarshal(content, &file); err != nil {
		return nil, fmt.Errorf("kit/kits.json: %w", err)
	}
	indicators, err := readKitIndicators()
	if err != nil {
		return nil, err
	}
	var all []Kit
	for _, k := range file.Kits {
		kit := Kit{Code: k.Code, Name: k.Name, Content: k.Content, Kind: k.Kind, Cutoff: k.Cutoff, WorkingDays: k.WorkingDays,
			FeedsFrom: k.FeedsFrom, Conference: k.Conference,
			Outline: Outline{Sectors: file.Sectors, Indicators: indicators[k.Code], AskFar: true}}
		for _, code := range k.Sections {
			kit.Outline.Sections = append(kit.Outline.Sections, Section{Code: code, Name: SectionName(code)})
		}
		kit.Outline.Rules = rulesWithin(file.Rules, kit.Outline.Indicators)
		if err := kit.Outline.check(); err != nil {
			return nil, fmt.Errorf("%s: %w", k.Code, err)
		}
		all = append(all, kit)
	}
	return all, nil
}

// readKitIndicators reads the one table of indicators and gives to each kit its own.
func readKitIndicators() (map[string][]Indicator, error) {
	content, err := kitFiles.ReadFile("kit/indicators.csv")
	if err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("kit/indicators.csv: %w", err)
	}
	of := make(map[string][]Indicator)
	for i, row := range rows[1:] {
		decimals, err := strconv.Atoi(row[4])
		if err != nil {
			return nil, fmt.Errorf("kit/indicators.csv, dòng %d: %w", i+2, err)
		}
		in := Indicator{Code: row[0], Name: row[1], Sector: row[2], Unit: row[3], Decimals: decimals, Aggregation: Aggregation(row[5]),
			Direction: Direction(row[6]), Numerator: row[7], Denominator: row[8], Fraction: Fraction(row[10])}
		if row[9] != "" {
			if in.Factor, err = strconv.ParseInt(row[9], 10, 64); err != nil {
				return nil, fmt.Errorf("kit/indicators.csv, dòng %d: %w", i+2, err)
			}
		}
		for _, kit := range strings.Fields(row[11]) {
			of["kg-"+kit] = append(of["kg-"+kit], in)
		}
	}
	return of, nil
}

// rulesWithin leaves the rules whose indicators are all there.
func rulesWithin(rules []Rule, indicators []Indicator) []Rule {
	there := make(map[string]bool, len(indicators))
	for _, in := range indicators {
		there[in.Code] = true
	}
	return slices.DeleteFunc(slices.Clone(rules), func(r Rule) bool {
		return !there[r.Total] || slices.ContainsFunc(r.Parts, func(part string) bool { return !there[part] })
	})
}

// KitSectors are the lĩnh vực that kits know.
func KitSectors() []Sector { return Kits()[0].Outline.Sectors }
