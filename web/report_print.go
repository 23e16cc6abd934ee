package web

import (
	"bytes"
	"net/http"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/official"
	"giaoban/org"
	"giaoban/report"
)

// printSubmission is the body's own report on paper: State bodies under Nghị định 30, Party bodies under the guidance of
// the day.
func (s *site) printSubmission(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	sub, err := report.FindSubmission(tx, by, db.ID(r.PathValue("submission")))
	if err != nil {
		return Reply{}, err
	}
	day := sub.Original.Date
	if day.IsZero() {
		day = calendar.OfInstant(sub.At.Time())
	}
	body, err := org.Find(tx, by, sub.Body.ID, day)
	if err != nil {
		return Reply{}, err
	}
	if body.Place, err = org.PlaceOf(tx, body, day); err != nil {
		return Reply{}, err
	}
	regime, err := report.RegimeByID(tx, by, sub.RegimeID)
	if err != nil {
		return Reply{}, err
	}
	commission, err := org.TheCommission(tx, day)
	if err != nil {
		return Reply{}, err
	}
	banner, err := org.Setting(tx, org.Banner)
	if err != nil {
		return Reply{}, err
	}
	d := paperOf(sub, regime, body, commission, day)
	d.Marks.Banner = banner
	var page bytes.Buffer
	if err := official.WriteHTML(&page, d, official.HTMLOptions{}); err != nil {
		return Reply{}, err
	}
	return Reply{Paper: page.String()}, nil
}

func paperOf(sub report.Submission, regime report.Regime, body, receiver org.Body, day calendar.Date) official.Document {
	family := official.State
	if body.Kind == org.PartyCommittee || body.Kind.Assigned() {
		family = official.Party
	}
	profile := official.ProfileFor(family, official.DayOf(day.Year(), int(day.Month()), day.Day()))
	var text []official.Block
	if sub.Nil {
		text = append(text, official.Paragraph{Runs: official.Text("Trong kỳ, " + body.Name + " không phát sinh nội dung phải báo cáo.")})
	}
	written := paragraphsBy(sub.Sections)
	for _, section := range sub.Form.Sections {
		headed := false
		for _, sector := range sub.Form.Sectors {
			paragraphs := written[textName(section.Code, sector.Code)]
			if len(paragraphs) == 0 {
				continue
			}
			if !headed {
				text = append(text, official.Heading{Level: 1, Runs: official.Text(sub.Form.SectionTitle(section.Code))})
				headed = true
			}
			text = append(text, official.Heading{Level: 2, Runs: official.Text(sector.Name)})
			for _, p := range paragraphs {
				text = append(text, official.Paragraph{Runs: official.Text(p)})
			}
		}
	}
	d := official.BaoCao(profile, regime.Name+", "+sub.Period.Name(), text...)
	d.Issuer, d.BodySymbol, d.Place = body.Name, body.Symbol, body.Place
	d.Date = official.DayOf(day.Year(), int(day.Month()), 0)
	if !sub.Original.Date.IsZero() {
		d.Date.D = day.Day()
	}
	if n, _, _ := strings.Cut(sub.Original.Number, "/"); n != "" {
		d.Number = int(wholeNumber(strings.TrimSpace(n)))
	}
	d.Recipients = []string{receiver.Name}
	d.Signers = []official.Signer{{Title: "Thủ trưởng cơ quan", Name: sub.Original.Signer}}
	if table, ok := annexOf(sub); ok {
		d.Annexes = append(d.Annexes, official.Annex{Title: "Số liệu " + sub.Period.Name(), Body: []official.Block{table}})
	}
	return d
}

// annexOf is the table of figures of one version.
func annexOf(sub report.Submission) (official.Table, bool) {
	table := official.Table{Columns: []official.Column{{Title: "TT", Width: 6, Align: official.Center}, {Title: "Chỉ tiêu", Width: 54},
		{Title: "Đơn vị", Width: 18}, {Title: "Số liệu", Width: 22, Align: official.Right}}}
	n := 0
	for _, sector := range sub.Form.Sectors {
		headed := false
		for i, in := range sub.Form.Indicators {
			if in.Sector != sector.Code || i >= len(sub.Values) || !sub.Values[i].Set {
				continue
			}
			if !headed {
				table.Rows = append(table.Rows, []official.Cell{{Runs: []official.Run{{Text: sector.Name, Bold: true}}, ColSpan: 4, RowHead: true}})
				headed = true
			}
			n++
			table.Rows = append(table.Rows, []official.Cell{official.C(decimal.FormatVietnamese(int64(n), 0)), {Runs: official.Text(in.Name), RowHead: true},
				official.C(in.Unit), official.C(figureText(sub.Values[i], in.Decimals))})
		}
	}
	return table, n > 0
}
