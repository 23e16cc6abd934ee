package consolidation

import (
	"cmp"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/org"
	"giaoban/report"
)

// Since is what happened after a report was signed, and what would be other if it were added up today. The signed report
// stays what it was.
type Since struct {
	Events  []Event
	Differs []ChangeSince
}

// Event is one thing that was done after the signing: to a report that it is made of, or to a body.
type Event struct {
	Kind     string // of the record, as in lineage: submission or change
	ID       db.ID
	Sentence string
	At       db.Instant
	By       string // "" for a change of bodies, which its own page tells
}

// ChangeSince is one thing that is other today than when the report was signed.
type ChangeSince struct {
	Body      string // code of the body; "" for a total
	Indicator string // code; "" for text
	Sentence  string
}

// ChangesSince compares a signed report with what counts today, and tells who did what since. A draft has none.
func (c Consolidation) ChangesSince(tx *db.Tx, by access.Actor) (Since, error) {
	if c.SignedAt == 0 {
		return Since{}, nil
	}
	r, parts, err := regimeAndParts(tx, by, c.RegimeCode, c.Period)
	if err != nil {
		return Since{}, err
	}
	judged, err := report.JudgedSince(tx, r, parts, c.SignedAt-1) // of the very moment of signing, too
	if err != nil {
		return Since{}, err
	}
	changes, err := c.reorganised(tx, by)
	if err != nil || len(judged) == 0 && len(changes) == 0 {
		return Since{}, err // nothing happened, so nothing is added up again
	}
	now, err := Compose(tx, by, c.RegimeCode, c.Period, report.Accepted)
	if err != nil {
		return Since{}, err
	}
	since := Since{Events: changes, Differs: append(c.changedFigures(now), c.changedText(now)...)}
	for _, j := range judged {
		if j.At > c.SignedAt {
			since.Events = append(since.Events, Event{"submission", j.Submission, now.judged(c, j), j.At, j.By})
		}
	}
	slices.SortStableFunc(since.Events, func(a, b Event) int { return cmp.Compare(a.At, b.At) })
	return since, nil
}

// judged says in words what the commission did with a version.
func (c Consolidation) judged(signed Consolidation, j report.Judged) string {
	of := signed.nameOr(c, j.Body.Code) + ", " + j.Period.Name() + ", " + report.VersionName(j.Version)
	if j.Accepted {
		return of + ": được nhận."
	}
	return of + ": đề nghị bổ sung. " + j.Reason
}

// reorganised are the changes of bodies of the report that were announced, or taken back, after it was signed.
func (c Consolidation) reorganised(tx *db.Tx, by access.Actor) ([]Event, error) {
	all, err := org.ChangedAfter(tx, by, c.SignedAt)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	ids, err := org.Codes(tx)
	if err != nil {
		return nil, err
	}
	named := make(map[db.ID]string, len(c.Names))
	for code, name := range c.Names {
		named[ids[code]] = name
	}
	var out []Event
	for _, change := range all {
		var bodies []string
		for _, p := range change.Parts {
			if name := named[p.From]; p.From != "" && name != "" && !slices.Contains(bodies, name) {
				bodies = append(bodies, name)
			}
		}
		if len(bodies) == 0 {
			continue
		}
		said := strings.Join(bodies, ", ") + ": " + change.Kind.Name() + " từ " + change.Day.Vietnamese() + ", " + change.Basis
		if change.AnnouncedAt > c.SignedAt {
			out = append(out, Event{Kind: "change", ID: change.ID, Sentence: said + ".", At: change.AnnouncedAt})
		}
		if change.UndoneAt > c.SignedAt {
			out = append(out, Event{Kind: "change", ID: change.ID, Sentence: said + ": đã hoàn tác.", At: change.UndoneAt})
		}
	}
	return out, nil
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
