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

// unplaced is the text that stands under no heading, and its paragraphs.
type unplaced struct {
	Text string
	Left int
}

// layOutText puts a pasted report under the headings of the draft, or takes out what found no place there. A draft is nobody's
// but the writer's: it is kept, and read on the page.
func (s *site) layOutText(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, f, err := formOf(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.DraftReport, o.Holder); err != nil {
		return Reply{}, err
	}
	d := readDraft(r, f)
	said := "Đã bỏ phần chưa xếp."
	switch {
	case d.Unplaced == "":
		return s.sheetAgain(tx, by, r, o, d, report.SavedDraft{}, fault.Invalid(wordText, "Hãy dán lời văn của báo cáo vào ô này rồi bấm “Xếp vào đề cương”."))
	case r.PostFormValue("bo") != "":
		d.Unplaced = ""
	default:
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
		if len(laid.Placed) == 0 {
			return s.sheetAgain(tx, by, r, o, d, report.SavedDraft{}, fault.Invalid(wordText, "Chưa nhận ra tiêu đề nào của đề cương. Ghi tiêu đề như “I. Kết quả”, “II. Khó khăn” trên dòng riêng rồi xếp lại, hoặc chuyển từng đoạn bằng tay."))
		}
		var placed []string
		for _, part := range laid.Placed {
			d.Sections = withText(d.Sections, part)
			placed = append(placed, fmt.Sprintf("%s, %s (%d đoạn)", f.SectionTitle(part.Section), f.SectorName(part.Sector), len(part.Paragraphs)))
		}
		d.Unplaced = strings.Join(laid.Rest, "\n")
		said = "Đã xếp vào: " + strings.Join(placed, "; ") + "."
		if len(laid.Rest) > 0 {
			said += fmt.Sprintf(" %d đoạn chưa rõ chỗ còn ở ô Chưa xếp.", len(laid.Rest))
		}
		said += " Xin đọc lại."
	}
	saved, err := report.SaveDraft(tx, by, o, d, versionOf(r))
	if err != nil {
		return s.sheetAgain(tx, by, r, o, d, saved, err)
	}
	return Reply{To: "/bao-cao/" + string(o.ID) + "/soan#xep", Said: said}, nil
}
