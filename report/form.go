package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
)

// Codes of the sections every outline may have; stable, proposals become answers owed.
const (
	SectionResults      = "results"
	SectionDifficulties = "difficulties"
	SectionShortcomings = "shortcomings"
	SectionCauses       = "causes"
	SectionNextTasks    = "next_tasks"
	SectionProposals    = "proposals"
)

// SectionCodes in the order of a report.
var SectionCodes = []string{SectionResults, SectionDifficulties, SectionShortcomings, SectionCauses, SectionNextTasks, SectionProposals}

// SectionName is the usual heading of a section.
func SectionName(code string) string {
	switch code {
	case SectionResults:
		return "Kết quả thực hiện"
	case SectionDifficulties:
		return "Khó khăn, vướng mắc"
	case SectionShortcomings:
		return "Hạn chế, tồn tại"
	case SectionCauses:
		return "Nguyên nhân"
	case SectionNextTasks:
		return "Nhiệm vụ trọng tâm kỳ tới"
	case SectionProposals:
		return "Kiến nghị, đề xuất"
	}
	return code
}

// PartCode calls the headings that an outline has beside the usual ones: part_1, part_2 …
func PartCode(n int) string { return partCode + strconv.Itoa(n) }

const partCode = "part_"

// Sector is a lĩnh vực of the form.
type Sector struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// FunctionsOf gives the functions of bodies that some sectors of a form hold.
func FunctionsOf(d *org.Descent, sectors ...Sector) []string {
	var codes []string
	for _, s := range sectors {
		codes = append(codes, d.FunctionsOf(s.Code, s.Name)...)
	}
	return codes
}

// Section is one heading of the outline; each is asked per sector, those of Sectors or all when empty.
type Section struct {
	Code    string   `json:"code"`
	Name    string   `json:"name"`
	Sectors []string `json:"sectors,omitempty"`
	Points  []string `json:"points,omitempty" doc:"Các ý phải viết dưới đề mục"` // what is to be said there
}

// known reports whether a heading is a usual one, or one of the outline's own, which needs its name.
func (s Section) known() bool {
	return SectionName(s.Code) != s.Code || strings.HasPrefix(s.Code, partCode) && s.Name != ""
}

// Indicator is one chỉ tiêu. Within a regime its code keeps its unit, decimals and aggregation for ever.
type Indicator struct {
	Code        string      `json:"code"`
	Name        string      `json:"name"`
	Sector      string      `json:"sector"`
	Unit        string      `json:"unit"`
	Decimals    int         `json:"decimals"`
	Aggregation Aggregation `json:"aggregation"`
	Numerator   string      `json:"numerator,omitempty"`   // of a ratio
	Denominator string      `json:"denominator,omitempty"` // of a ratio
	Factor      int64       `json:"factor,omitempty"`      // of a ratio: 100 for per cent, 10000 for "trên 1 vạn dân"
	Direction   Direction   `json:"direction"`
	Target      *int64      `json:"target,omitempty"` // of the year, scaled by Decimals; nil for none
	Fraction    Fraction    `json:"fraction"`
	Bound       Bound       `json:"bound,omitempty"`
	Required    bool        `json:"required,omitempty"` // an empty cell is an error
	Warn        int         `json:"warn,omitempty"`     // a change of more than this many per cent against last period asks for a reason; 0: none
}

// RuleKind is one way figures must fit each other.
type RuleKind string

const (
	PartsEqualTotal RuleKind = "parts_equal_total" // Σ parts = total
	PartAtMostTotal RuleKind = "part_at_most_total"
)

// Rule ties indicators together.
type Rule struct {
	Kind  RuleKind `json:"kind"`
	Total string   `json:"total"`
	Parts []string `json:"parts"`
}

// Outline is what an office writes down for a form: its sectors, headings, indicators and rules.
type Outline struct {
	Sectors    []Sector    `json:"sectors"`
	Sections   []Section   `json:"sections"`
	Indicators []Indicator `json:"indicators"`
	Rules      []Rule      `json:"rules,omitempty"`
	AskFar     bool        `json:"ask_far,omitempty"` // a figure far from those of earlier periods needs a reason
}

// Clone gives an outline of its own, to be changed.
func (o Outline) Clone() Outline {
	o.Sectors, o.Sections, o.Indicators, o.Rules = slices.Clone(o.Sectors), slices.Clone(o.Sections), slices.Clone(o.Indicators), slices.Clone(o.Rules)
	return o
}

// Form is one version of a regime's form. Once active it never changes; what changes is a new version from a later
// period on. A *Form is shared: read it, never write it.
type Form struct {
	ID        db.ID
	Regime    db.ID
	Number    int           // 1, 2, 3…
	ValidFrom calendar.Date // first day of the first period it serves, by the plain calendar
	Active    bool
	Version   int64 // for editing while a draft
	Outline

	scope   Scope // of the body this copy is for; "" for all
	digest  string
	index   map[string]int // code → place in Indicators
	slot    []int          // place in Indicators → place among the typed ones, -1 for a ratio
	typed   []int          // place among the typed ones → place in Indicators
	ratios  [][2]int       // for each ratio, in order: the places of its numbers among the typed ones
	section map[string]bool
	beside  bool // the guard needs the figures of earlier periods
}

// Indicator finds one by code.
func (f *Form) Indicator(code string) (Indicator, bool) {
	i, ok := f.index[code]
	if !ok {
		return Indicator{}, false
	}
	return f.Indicators[i], true
}

// Asks reports whether the outline has this section for this sector.
func (f *Form) Asks(section, sector string) bool {
	return f.section[section+"\x00"+sector] && f.scope.Has(sector)
}

// SectorName is the heading of a sector; its code when it has none.
func (f *Form) SectorName(code string) string {
	for _, s := range f.Sectors {
		if s.Code == code {
			return s.Name
		}
	}
	return code
}

// SectionTitle is the heading this form gives a section.
func (f *Form) SectionTitle(code string) string {
	for _, s := range f.Sections {
		if s.Code == code && s.Name != "" {
			return s.Name
		}
	}
	return SectionName(code)
}

func (f *Form) prepare() {
	f.index = make(map[string]int, len(f.Indicators))
	f.slot = make([]int, len(f.Indicators))
	f.beside = f.AskFar
	for i, in := range f.Indicators {
		f.beside = f.beside || in.Warn > 0 || in.Fraction == ThisLast
		f.index[in.Code] = i
		f.slot[i] = -1
		if in.Aggregation != Ratio {
			f.slot[i] = len(f.typed)
			f.typed = append(f.typed, i)
		}
	}
	f.ratios = f.ratioParts()
	f.section = make(map[string]bool)
	for _, s := range f.Sections {
		sectors := s.Sectors
		if len(sectors) == 0 {
			for _, sector := range f.Sectors {
				sectors = append(sectors, sector.Code)
			}
		}
		for _, sector := range sectors {
			f.section[s.Code+"\x00"+sector] = true
		}
	}
}

// slotOf is the place of a typed indicator in packed values, -1 when the form has no such typed indicator.
func (f *Form) slotOf(code string) int {
	i, ok := f.index[code]
	if !ok {
		return -1
	}
	return f.slot[i]
}

// forms keeps every form met, by id and content: a form never changes once active, and the digest tells two databases
// of one process apart.
var forms sync.Map

type formRow struct {
	ID          db.ID         `db:"id"`
	Regime      db.ID         `db:"regime"`
	Number      int           `db:"number"`
	ValidFrom   calendar.Date `db:"valid_from"`
	ActivatedAt db.Instant    `db:"activated_at"`
	Version     int64         `db:"version"`
	Digest      string        `db:"digest"`
	Content     string        `db:"content"`
}

func (row formRow) form() (*Form, error) {
	f := &Form{ID: row.ID, Regime: row.Regime, Number: row.Number, ValidFrom: row.ValidFrom, Active: row.ActivatedAt != 0,
		Version: row.Version, digest: row.Digest}
	if err := json.Unmarshal([]byte(row.Content), &f.Outline); err != nil {
		return nil, fmt.Errorf("biểu mẫu %s: %w", row.ID, err)
	}
	f.prepare()
	return f, nil
}

func digestOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:16])
}

// cachedForm gives an active form; the database is asked only for one not met yet.
func cachedForm(tx *db.Tx, id db.ID, digest string) (*Form, error) {
	if f, ok := forms.Load(string(id) + digest); ok {
		return f.(*Form), nil
	}
	var row formRow
	if err := tx.Get(&row, `
select id, regime, number, valid_from, activated_at, version, digest, content
from regime_form
where id = ?`, id); err != nil {
		return nil, err
	}
	f, err := row.form()
	if err == nil && f.Active {
		forms.Store(string(id)+row.Digest, f)
	}
	return f, err
}

// FormByID gives one version of a form, active or still a draft.
func FormByID(tx *db.Tx, by access.Actor, id db.ID) (*Form, error) {
	if err := by.May(access.ReadRegime, by.Body); err != nil {
		return nil, err
	}
	var digest string
	err := tx.Get(&digest, "select digest from regime_form where id = ?", id)
	if errors.Is(err, db.None) {
		return nil, fault.Missing("Không có biểu mẫu này.")
	}
	if err != nil {
		return nil, err
	}
	return cachedForm(tx, id, digest)
}

// ActiveForm is the version that serves a period of a regime: the newest one active from that period or an earlier one.
func ActiveForm(tx *db.Tx, regime db.ID, period calendar.Period) (*Form, error) {
	var row struct {
		ID     db.ID  `db:"id"`
		Digest string `db:"digest"`
	}
	err := tx.Get(&row, `
select id, digest
from regime_form
where regime = ? and activated_at is not null and valid_from <= ?
order by valid_from desc, number desc
limit 1`, regime, period.First())
	if errors.Is(err, db.None) {
		return nil, fault.Conflict("Chế độ báo cáo chưa có biểu mẫu dùng cho %s; hãy kích hoạt một biểu mẫu từ kỳ đó.", period.Name())
	}
	if err != nil {
		return nil, err
	}
	return cachedForm(tx, row.ID, row.Digest)
}

// FormSectors gives the codes of the sectors that each of some forms asks for.
func FormSectors(tx *db.Tx, forms []db.ID) (map[db.ID][]string, error) {
	rows, err := db.Among[struct {
		ID     db.ID  `db:"id"`
		Digest string `db:"digest"`
	}](tx, forms, "select id, digest\nfrom regime_form\nwhere id in ")
	if err != nil {
		return nil, err
	}
	asked := make(map[db.ID][]string, len(rows))
	for _, row := range rows {
		f, err := cachedForm(tx, row.ID, row.Digest)
		if err != nil {
			return nil, err
		}
		for _, s := range f.Sectors {
			asked[row.ID] = append(asked[row.ID], s.Code)
		}
	}
	return asked, nil
}

// Forms lists the versions of a regime's form, the newest first.
func Forms(tx *db.Tx, by access.Actor, regime db.ID) ([]*Form, error) {
	if err := by.May(access.ReadRegime, by.Body); err != nil {
		return nil, err
	}
	var rows []formRow
	if err := tx.Select(&rows, `
select id, regime, number, valid_from, activated_at, version, digest, content
from regime_form
where regime = ?
order by number desc`, regime); err != nil {
		return nil, err
	}
	all := make([]*Form, 0, len(rows))
	for _, row := range rows {
		f, err := row.form()
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, nil
}
