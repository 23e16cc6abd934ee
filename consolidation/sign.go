package consolidation

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/paper"
	"giaoban/report"
)

// Sign freezes the report that was put forward: words, origins and figures are kept as they are now, and its paper is signed
// with exactly that text. Acceptances and returns that come later do not alter it; ChangesSince lists them.
func Sign(tx *db.Tx, by access.Actor, id db.ID, version int64, s paper.Signature) (Consolidation, error) {
	e, err := editAs(tx, by, access.SignConsolidation, id, version)
	if err != nil {
		return Consolidation{}, err
	}
	if err := e.waits(); err != nil {
		return Consolidation{}, err
	}
	c, err := read(tx, by, e.row)
	if err != nil {
		return Consolidation{}, err
	}
	content := c.content()
	s.Content, s.Version = &content, 0
	if _, err := paper.Sign(tx, by, c.Paper, s); err != nil {
		return Consolidation{}, err
	}
	frozen, err := json.Marshal(c)
	if err != nil {
		return Consolidation{}, err
	}
	sum := sha256.Sum256(frozen)
	hash := hex.EncodeToString(sum[:])
	c.SignedAt, c.SignedBy = tx.Now(), by.Name
	if _, err := tx.Exec(`
insert into consolidation_signing (consolidation, at, by_actor, by_name, frozen, sha256) values (?, ?, ?, ?, ?, ?)`,
		c.ID, c.SignedAt, by.Key(), by.Name, string(frozen), hash); err != nil {
		return Consolidation{}, err
	}
	_, err = journal.Write(tx, by, "signed", c.subject(), journal.Details{"sha256": hash, "paper": string(c.Paper)})
	return c, err
}

// SignPaper refuses the paper of a consolidation alone: with the signature the figures are fixed too, which Sign does.
func SignPaper(_ *db.Tx, by access.Actor, p paper.Paper, _ paper.Signature) (paper.Paper, error) {
	if err := by.May(access.SignPaper, p.Body); err != nil {
		return p, err
	}
	return p, fault.Conflict("Báo cáo tổng hợp được ký ở trang Tổng hợp, nơi đang giữ nội dung.")
}

// ChangeSince is one thing that is other today than when the report was signed.
type ChangeSince struct {
	Body      string // code of the body; "" for a total
	Indicator string // code; "" for text
	Sentence  string
}

// ChangesSince compares a signed report with what counts today. A draft has none.
func ChangesSince(tx *db.Tx, by access.Actor, id db.ID) ([]ChangeSince, error) {
	c, err := ByID(tx, by, id)
	if err != nil || c.SignedAt == 0 {
		return nil, err
	}
	now, err := Compose(tx, by, c.RegimeCode, c.Period, report.Accepted)
	if err != nil {
		return nil, err
	}
	return append(c.changedFigures(now), c.changedText(now)...), nil
}

func (c Consolidation) changedFigures(now Consolidation) []ChangeSince {
	var out []ChangeSince
	owed := make(map[string][]calendar.Period)
	for _, m := range now.Missing {
		owed[m.Body] = m.Periods
	}
	for _, m := range c.Missing {
		came := slices.DeleteFunc(slices.Clone(m.Periods), func(p calendar.Period) bool { return slices.Contains(owed[m.Body], p) })
		if len(came) > 0 {
			out = append(out, ChangeSince{Body: m.Body, Sentence: c.name(m.Body) + " khi ký còn thiếu " + periodNames(came) + ", nay đã có báo cáo được nhận."})
		}
	}
	was := make(map[string]AnnexLine, len(c.Indicators))
	for _, f := range c.Indicators {
		was[f.Code] = f
	}
	for _, f := range now.Indicators {
		old, ok := was[f.Code]
		if !ok || !same(old.Value, f.Value) {
			out = append(out, ChangeSince{Indicator: f.Code, Sentence: f.Name + ": khi ký là " + written(old.Value, old.Decimals) + ", nay là " + written(f.Value, f.Decimals) + "."})
		}
	}
	return out
}

func (c Consolidation) changedText(now Consolidation) []ChangeSince {
	var out []ChangeSince
	signed, counts := c.origins(), now.origins()
	tell := func(of, against map[originKey]Origin, sentence string) {
		told := make(map[string]int)
		first := make(map[string]Origin)
		var order []string
		for key, o := range of {
			if _, ok := against[key]; ok {
				continue
			}
			report := o.Body + " " + o.Period.String()
			if told[report]++; told[report] == 1 {
				order = append(order, report)
				first[report] = o
			}
		}
		slices.Sort(order)
		for _, report := range order {
			o := first[report]
			out = append(out, ChangeSince{Body: o.Body, Sentence: now.nameOr(c, o.Body) + ", " + o.Period.Name() + ": " + decimal.FormatVietnamese(int64(told[report]), 0) + " đoạn " + sentence})
		}
	}
	tell(signed, counts, "đã ký không còn trong bản được nhận.")
	tell(counts, signed, "được nhận sau khi ký, không có trong báo cáo.")
	return out
}

func (c Consolidation) nameOr(other Consolidation, code string) string {
	if c.Names[code] != "" {
		return c.Names[code]
	}
	return other.name(code)
}

func (c Consolidation) origins() map[originKey]Origin {
	out := make(map[originKey]Origin)
	for _, g := range c.Groups {
		for _, p := range g.Paragraphs {
			for _, o := range p.Origins {
				if o.Superseded == "" {
					out[o.key()] = o
				}
			}
		}
	}
	return out
}

func same(a, b *int64) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

func written(v *int64, decimals int) string {
	if v == nil {
		return "chưa có số liệu"
	}
	return decimal.FormatVietnamese(*v, decimals)
}

func periodNames(periods []calendar.Period) string {
	names := make([]string, len(periods))
	for i, p := range periods {
		names[i] = p.Name()
	}
	return strings.Join(names, ", ")
}
