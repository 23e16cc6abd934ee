package web

import (
	"fmt"
	"net/http"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/report"
)

// wordText is the field for a report that was written in Word.
const wordText = "toan-van"

// laidPage is what was laid under the headings, to be read before anything is kept.
type laidPage struct {
	Rest   string // what stands under no heading
	Left   int    // its paragraphs
	Asked  bool   // it was laid out just now
	Placed []laidPart
}

type laidPart struct {
	Field, Where string
	Paragraphs   int
}

// layOutText puts a pasted report under the headings of the form and shows the page as it would be; nothing is kept yet.
func (s *site) layOutText(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, f, err := formOf(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.DraftReport, o.Holder); err != nil {
		return Reply{}, err
	}
	d := readDraft(r, f)
	if d.Unplaced == "" {
		return s.sheetAgain(tx, by, r, o, d, report.SavedDraft{}, fault.Invalid(wordText, "Hãy dán lời văn của báo cáo vào ô này rồi bấm “Xếp vào đề cương”."))
	}
	sheet, err := report.Fill(tx, by, o.ID)
	if err != nil {
		return Reply{}, err
	}
	only := ""
	if mine := sectorsOf(f, d, sheet.Marks, sheet.Last); len(mine) == 1 {
		for only = range mine {
		}
	}
	laid := f.LayOut(d.Unplaced, only)
	d.Unplaced = strings.Join(laid.Rest, "\n")
	for _, part := range laid.Placed {
		d.Sections = withText(d.Sections, part)
	}
	data, err := sheetTyped(tx, by, r, o, d)
	if err != nil {
		return Reply{}, err
	}
	data.Laid.Asked = true
	for _, part := range laid.Placed {
		data.Laid.Placed = append(data.Laid.Placed, laidPart{Field: anchor(textName(part.Section, part.Sector)), Paragraphs: len(part.Paragraphs),
			Where: fmt.Sprintf("%s, %s", f.SectionTitle(part.Section), f.SectorName(part.Sector))})
	}
	return Reply{Page: "report/sheet", Data: data, Again: true}, nil
}
