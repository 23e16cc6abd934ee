// Package consolidation makes tổng hợp: the figures and words of many reports, put together, written on by the commission
// and signed as one. It reads what report holds to count and changes nothing there.
package consolidation

import (
	"encoding/json"
	"errors"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/report"
)

// Consolidation is a báo cáo tổng hợp: the accepted paragraphs by outline and sector with their origins, and what the
// figures add up to. With an ID it is the commission's draft, or what was signed; without one it is what the program
// would propose.
type Consolidation struct {
	ID         db.ID           `json:"id,omitempty"`
	Regime     db.ID           `json:"regime"`
	RegimeCode string          `json:"regime_code"`
	RegimeName string          `json:"regime_name"`
	Once       bool            `json:"once,omitempty"`   // it is of what is reported one time only: its outline is the report's
	Issuer     string          `json:"issuer,omitempty"` // whose report it becomes, as its head says; "" the commission's own
	Signer     string          `json:"signer,omitempty"` // the post that signs there
	Period     calendar.Period `json:"period"`
	Body       db.ID           `json:"org"`      // the commission
	BodyName   string          `json:"org_name"` // as of the period's last day
	Include    report.Include  `json:"include"`
	Paper      db.ID           `json:"paper,omitempty"`
	Version    int64           `json:"version"`
	At         db.Instant      `json:"-"`
	By         string          `json:"-"`
	SignedAt   db.Instant      `json:"-"`
	SignedBy   string          `json:"-"`

	Wording    Wording          `json:"wording"`
	Outline    []report.Section `json:"outline"` // headings, in order
	Sectors    []report.Sector  `json:"sectors"` // in order
	Groups     []Group          `json:"groups"`
	Indicators []AnnexLine
	Missing    []Missing
	Parts      []calendar.Period // the sub-periods it is made of
	NotOpened  []calendar.Period // those of them in which nobody was asked
	Reporting  int               // bodies of which something counts
	Names      map[string]string // code → name of the body, as of the period's last day
	Breaks     []string          // why some figures are not compared with earlier periods: bodies have changed
	printing   *printing         // told of what the body prints; nil mostly
}

// Group is one heading for one sector, in the order of the outline.
type Group struct {
	Section    string
	Sector     string
	Paragraphs []Paragraph
}

// Kept are the paragraphs that go into the report.
func (g Group) Kept() []Paragraph { return g.of(ParagraphKept) }

// Dropped are those left out; they stay listed as “không đưa vào”.
func (g Group) Dropped() []Paragraph { return g.of(ParagraphDropped) }

func (g Group) of(state string) []Paragraph {
	var out []Paragraph
	for _, p := range g.Paragraphs {
		if p.State == state {
			out = append(out, p)
		}
	}
	return out
}

// States of a paragraph of a draft.
const (
	ParagraphKept    = "kept"
	ParagraphDropped = "dropped"
	paragraphMerged  = "merged" // its text went into another; its origins too
)

// Paragraph is a paragraph of the commission's report.
type Paragraph struct {
	ID       db.ID
	Text     string
	State    string
	Reason   string     // why it was left out
	EditedAt db.Instant `json:"-"`
	EditedBy string     // "" while it stands as the agency wrote it
	Origins  []Origin
}

// Own reports whether the commission wrote it itself.
func (p Paragraph) Own() bool { return len(p.Origins) == 0 }

// Origin is a paragraph of a report.
type Origin struct {
	Body       string // code of the body
	Period     calendar.Period
	Submission db.ID
	Version    int64
	Section    string
	Sector     string
	N          int    // place in the report's section, from 1
	Text       string // as the agency wrote it
	Superseded string // why it no longer counts; "" while it does
}

// AnnexLine is one line of the annex. Numbers are scaled by Decimals; nil: nothing to add up.
type AnnexLine struct {
	report.Indicator
	Value       *int64
	Previous    *int64
	LastYear    *int64
	Met         *bool
	BrokePrev   bool     // bodies changed since the period before: not compared with it
	BrokeYear   bool     // or since the same period a year before
	Estimated   []string // codes of bodies whose figure is an estimate
	Lacking     int      // bodies without an accepted figure
	LackingAlso []string // those of them that are not in Missing
	Asked       []string // those of LackingAlso whose figure was asked for again
	Awaited     []string // those of all lacking bodies whose field it is: what a printed total names
}

// Missing is a body that owes reports of some of the sub-periods.
type Missing struct {
	Body    string
	Periods []calendar.Period
}

// Wording is what the commission writes itself around the consolidated text.
type Wording struct {
	Subject    string   `json:"subject"`    // trích yếu
	Opening    string   `json:"opening"`    // first paragraph; "" for the one made by the program
	Bases      []string `json:"bases"`      // căn cứ
	Recipients []string `json:"recipients"` // nơi nhận
	Filing     string   `json:"filing"`     // lưu
}

type draftRow struct {
	ID       db.ID           `db:"id"`
	Regime   db.ID           `db:"regime"`
	Name     string          `db:"regime_name"`
	Once     bool            `db:"once"`
	Period   calendar.Period `db:"period"`
	Body     db.ID           `db:"org"`
	Paper    db.ID           `db:"paper"`
	Wording  string          `db:"wording"`
	Version  int64           `db:"version"`
	At       db.Instant      `db:"at"`
	ByActor  string          `db:"by_actor"`
	By       string          `db:"by_name"`
	EndedAt  db.Instant      `db:"ended_at"`
	SignedAt db.Instant      `db:"signed_at"`
	SignedBy string          `db:"signed_by"`
}

const selectDraft = `
select c.id, c.regime, r.name as regime_name, r.once, c.period, c.org, c.paper, c.wording, c.version, c.at, c.by_actor, c.by_name, c.ended_at,
	s.at as signed_at, coalesce(s.by_name, '') as signed_by
from consolidation c
join regime r on r.id = c.regime
left join consolidation_signing s on s.consolidation = c.id
`

// Draft gives the commission's draft for a regime and a period that its periods add up to. The first time the
// draft is made from the paragraphs accepted by then; later calls give the same draft. After its paper was withdrawn a
// new draft begins.
func Draft(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period) (Consolidation, error) {
	regime, err := report.FindRegime(tx, by, regimeCode)
	if err != nil {
		return Consolidation{}, err
	}
	commission, err := org.TheCommission(tx, period.Last())
	if err != nil {
		return Consolidation{}, err
	}
	if err := by.May(access.DraftConsolidation, commission.ID); err != nil {
		return Consolidation{}, err
	}
	row, found, err := live(tx, regime.ID, period)
	if err != nil {
		return Consolidation{}, err
	}
	if found {
		p, err := paper.Find(tx, by, row.Paper)
		if err != nil {
			return Consolidation{}, err
		}
		if p.State != paper.Withdrawn {
			return read(tx, by, row)
		}
		if _, err := tx.Exec("update consolidation set ended_at = ? where id = ?", tx.Now(), row.ID); err != nil {
			return Consolidation{}, err
		}
	}
	c, err := Compose(tx, by, regimeCode, period, report.Accepted)
	if err != nil {
		return Consolidation{}, err
	}
	if err := c.begin(tx, by); err != nil {
		return Consolidation{}, err
	}
	_, err = journal.Write(tx, by, "drafted", c.subject(), journal.Details{"regime": regimeCode, "period": period.String()})
	return c, err
}

// begin stores a composed consolidation as a draft with its paper.
func (c *Consolidation) begin(tx *db.Tx, by access.Actor) error {
	c.ID, c.Version, c.At, c.By = tx.NewID(), 1, tx.Now(), by.Name
	// The text stays here until it is signed; the paper only says that it is being written.
	p, err := paper.Draft(tx, by, paper.New{Body: c.Body, Kind: paper.BaoCao, Origin: paper.Origin{Kind: "consolidation", ID: c.ID},
		Content: official.Document{Subject: c.Wording.Subject}})
	if err != nil {
		return err
	}
	c.Paper = p.ID
	wording, err := json.Marshal(c.Wording)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`
insert into consolidation (id, regime, period, org, paper, wording, version, at, by_actor, by_name)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, c.ID, c.Regime, c.Period, c.Body, c.Paper, string(wording), c.Version, c.At, by.Key(), by.Name); err != nil {
		return err
	}
	var added []*placed
	for i := range c.Groups {
		g := &c.Groups[i]
		for j := range g.Paragraphs {
			added = append(added, &placed{&g.Paragraphs[j], g.Section, g.Sector, int64(j + 1)})
		}
	}
	if err := insertParagraphs(tx, c.ID, added); err != nil {
		return err
	}
	if err := c.link(tx); err != nil {
		return err
	}
	return lineage.Link(tx, c.Node(), lineage.Node{Kind: "paper", ID: p.ID, Label: p.Label()}, "ban hành")
}

// placed is a paragraph with the place it is to take.
type placed struct {
	*Paragraph
	section, sector string
	rank            int64
}

// insertParagraphs writes many rows in few statements.
func insertParagraphs(tx *db.Tx, consolidation db.ID, all []*placed) error {
	ids, err := org.Codes(tx)
	if err != nil {
		return err
	}
	paragraphs := insertion{tx: tx, into: "consolidation_paragraph (id, consolidation, section, sector, rank, text, state, reason, edited_at, edited_by)", columns: 10}
	origins := insertion{tx: tx, into: "consolidation_origin (paragraph, submission, section, sector, n, consolidation, body, period, version, text, superseded)", columns: 11}
	for _, p := range all {
		p.ID = tx.NewID()
		paragraphs.add(p.ID, consolidation, p.section, p.sector, p.rank, p.Text, p.State, p.Reason, p.EditedAt, p.EditedBy)
	}
	if err := paragraphs.flush(); err != nil {
		return err
	}
	for _, p := range all {
		for _, o := range p.Origins {
			origins.add(p.ID, o.Submission, o.Section, o.Sector, o.N, consolidation, ids[o.Body], o.Period, o.Version, o.Text, o.Superseded)
		}
	}
	return origins.flush()
}

// link notes that the draft came from every submission that counts in it.
func (c *Consolidation) link(tx *db.Tx) error {
	var edges []lineage.Edge
	seen := make(map[db.ID]bool)
	for _, g := range c.Groups {
		for _, p := range g.Paragraphs {
			for _, o := range p.Origins {
				if o.Superseded == "" && !seen[o.Submission] {
					seen[o.Submission] = true
					edges = append(edges, lineage.Edge{From: lineage.Node{Kind: "submission", ID: o.Submission,
						Label: "Báo cáo " + o.Period.Name() + " của " + c.name(o.Body) + ", " + report.VersionName(o.Version)},
						To: c.Node(), Verb: "tổng hợp"})
				}
			}
		}
	}
	return lineage.LinkAll(tx, edges)
}

// Node is the consolidated report in the graph of what came from what.
func (c Consolidation) Node() lineage.Node {
	what := c.Period.Name()
	if c.Once {
		what = fold.Uncapital(c.RegimeName)
	}
	return lineage.Node{Kind: "consolidation", ID: c.ID, Label: "Báo cáo tổng hợp " + what}
}

func (c *Consolidation) name(code string) string {
	if name := c.Names[code]; name != "" {
		return name
	}
	return code
}

func (c *Consolidation) subject() journal.Subject {
	return journal.Subject{Kind: "consolidation", ID: c.ID, Body: c.Body}
}

func live(tx *db.Tx, regime db.ID, period calendar.Period) (draftRow, bool, error) {
	var row draftRow
	err := tx.Get(&row, selectDraft+"where c.regime = ? and c.period = ? and c.ended_at is null", regime, period)
	if errors.Is(err, db.None) {
		return row, false, nil
	}
	return row, err == nil, err
}

// Find gives the commission's draft or signed report of a regime and period.
func Find(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period) (Consolidation, error) {
	if by.Sees(access.ReadConsolidation) != "" {
		return Consolidation{}, noDraft()
	}
	regime, err := report.FindRegime(tx, by, regimeCode)
	if err != nil {
		return Consolidation{}, err
	}
	row, found, err := live(tx, regime.ID, period)
	if err != nil {
		return Consolidation{}, err
	}
	if !found {
		return Consolidation{}, noDraft()
	}
	return read(tx, by, row)
}

// ByID is Find for a link; it also gives those whose paper was withdrawn.
func ByID(tx *db.Tx, by access.Actor, id db.ID) (Consolidation, error) {
	row, err := rowByID(tx, by, id)
	if err != nil {
		return Consolidation{}, err
	}
	return read(tx, by, row)
}

func rowByID(tx *db.Tx, by access.Actor, id db.ID) (draftRow, error) {
	found, err := among(tx, by, []db.ID{id})
	if err == nil && len(found) == 0 {
		err = noDraft()
	}
	if err != nil {
		return draftRow{}, err
	}
	return found[0], nil
}

func among(tx *db.Tx, by access.Actor, ids []db.ID) ([]draftRow, error) {
	if by.Sees(access.ReadConsolidation) != "" {
		return nil, nil
	}
	return db.Among[draftRow](tx, ids, selectDraft+"where c.id in ")
}

// Among gives those of some consolidations that the actor may read, without what stands in them.
func Among(tx *db.Tx, by access.Actor, ids []db.ID) ([]Consolidation, error) {
	rows, err := among(tx, by, ids)
	found := make([]Consolidation, len(rows))
	for i, row := range rows {
		found[i] = Consolidation{ID: row.ID, RegimeName: row.Name, Once: row.Once, Body: row.Body, Period: row.Period, Paper: row.Paper}
	}
	return found, err
}

func noDraft() error {
	return fault.Missing("Chưa có báo cáo tổng hợp cho kỳ này.")
}

// For is what a page, a command or a file shows for a regime and period: what was signed, else the
// commission's draft, else what the program would propose. A preview with reports not yet accepted is always composed
// anew and never stored.
func For(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period, include report.Include) (Consolidation, error) {
	if include == report.Submitted {
		return Compose(tx, by, regimeCode, period, include)
	}
	c, err := Find(tx, by, regimeCode, period)
	if fault.Is(err, fault.KindMissing) {
		return Compose(tx, by, regimeCode, period, report.Accepted)
	}
	return c, err
}
