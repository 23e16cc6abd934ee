package level

import (
	"fmt"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fold"
	"giaoban/official"
	"giaoban/paper"
)

// Document is who held theirs as a paper: a sentence for each level, and the table with the proof of each body.
func Document(tx *db.Tx, by access.Actor, c Call) (official.Document, error) {
	if err := by.May(access.ReadConsolidation, c.Of.Receiver); err != nil {
		return official.Document{}, err
	}
	levels, err := Levels(tx, by, c)
	if err != nil {
		return official.Document{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	d := official.Document{Kind: official.Report, TypeName: "Báo cáo", Subject: "việc tổ chức " + fold.Uncapital(c.Name) + " ở các cấp",
		Signers: []official.Signer{{Title: "Trưởng ban"}}, Recipients: []string{"Lãnh đạo Ban"}, Filing: "Văn phòng Ban"}
	d.Body = []official.Block{official.Say("Tính đến ngày %s, việc tổ chức %s ở các cấp như sau:", today.Vietnamese(), fold.Uncapital(c.Name))}
	table := official.Table{Columns: []official.Column{{Title: "TT", Width: 7, Align: official.Center}, {Title: "Cơ quan", Width: 34},
		{Title: "Hội nghị", Width: 32}, {Title: "Báo cáo", Width: 36}}}
	n := 0
	for _, r := range levels {
		if said := r.Sentence(); said != "" {
			d.Body = append(d.Body, official.NumberedItem{Level: 1, Runs: official.Text(said)})
		}
		for _, l := range r.Lines {
			n++
			table.Rows = append(table.Rows, []official.Cell{official.C(fmt.Sprint(n)), official.C(l.Body.Name), official.C(l.HoldingLine()),
				official.C(l.ReportLine(c))})
		}
	}
	d.Body = append(d.Body, table)
	d, err = paper.Unissued(tx, d, today)
	d.Date, d.Marks.Draft = official.DayOf(today.Year(), int(today.Month()), 0), 1
	return d, err
}

// Sentence says in words how a level stands: "Sở: 5/7 cơ quan đã họp, 4/7 báo cáo đã nhận."
func (r Level) Sentence() string {
	if len(r.Lines) == 1 && r.Lines[0].Province() {
		return r.Name() + ": " + fold.Uncapital(r.Lines[0].HoldingLine())
	}
	return fmt.Sprintf("%s: %d/%d cơ quan đã họp, %d/%d báo cáo đã nhận", r.Name(), r.Held(), len(r.Lines), r.Reported(), len(r.Lines))
}

// HoldingLine says what was noted of the holding, and when it was noted in the body's stead.
func (l Line) HoldingLine() string {
	if l.Holding.ID == "" {
		return l.Outcome().Name()
	}
	line := l.Holding.Line()
	if l.Holding.MadeFor && !l.Province() {
		line += " (Ban ghi thay)"
	}
	return line
}

// ReportLine says where the report stands, with its paper.
func (l Line) ReportLine(c Call) string {
	if l.Province() {
		if c.Of.Issuer != "" {
			return "Do " + c.Of.Issuer + " ban hành"
		}
		return ""
	}
	said := []string{l.Obligation.State().Name()}
	if p := l.Signed; p.Number != "" {
		paper := "văn bản " + p.Number
		if !p.Date.IsZero() {
			paper += " ngày " + p.Date.Vietnamese()
		}
		if p.Signer != "" {
			paper += ", " + p.Signer + " ký"
		}
		said = append(said, paper)
	}
	return strings.Join(said, "; ")
}
