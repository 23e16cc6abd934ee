package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/report"
)

const (
	wordText   = "toan-van"    // the field for a report that was written in Word
	reportFile = "tep-bao-cao" // and for the file itself
)

// unplaced is the text that stands under no heading, and its paragraphs.
type unplaced struct {
	Text string
	Left int
}

// layOutText puts a report from a file, or a pasted one, under the headings of the draft, or takes out what found no place there. A
// draft is nobody's but the writer's: it is kept, and read on the page.
func (s *site) layOutText(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, f, err := formOf(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.DraftReport, o.Holder); err != nil {
		return Reply{}, err
	}
	d := readDraft(r, f)
	d.Unconfirmed()
	sheet, err := report.Fill(tx, by, o.ID)
	if err != nil {
		return Reply{}, err
	}
	said, err := s.layInto(r, &d, f, onlySector(f, d, sheet.Marks, sheet.Last))
	if err != nil {
		return s.sheetAgain(tx, by, r, o, d, report.SavedDraft{}, err)
	}
	saved, err := report.SaveDraft(tx, by, o, d, versionOf(r))
	if err != nil {
		return s.sheetAgain(tx, by, r, o, d, saved, err)
	}
	return Reply{To: "/bao-cao/" + string(o.ID) + "/soan#xep", Said: said}, nil
}

// onlySector is the single sector that a body reports on, "" for none or several.
func onlySector(f *report.Form, d report.Draft, marks []report.Mark, last *report.LastValue) string {
	mine := sectorsOf(f, d, marks, last)
	if len(mine) != 1 {
		return ""
	}
	for only := range mine {
		return only
	}
	return ""
}

// laysOut reports whether the form was sent to put words into the outline.
func (s *site) laysOut(r *http.Request) bool {
	return r.PostFormValue("tep") != "" || r.PostFormValue("xep") != "" || r.PostFormValue("bo") != "" || len(s.uploads(r, reportFile)) > 0
}

// layInto does what the buttons by the whole text say, and tells what was done.
func (s *site) layInto(r *http.Request, d *report.Draft, f *report.Form, only string) (said string, err error) {
	switch {
	case r.PostFormValue("bo") != "":
		d.Unplaced = ""
		return "Đã bỏ phần chưa xếp.", nil
	case r.PostFormValue("tep") != "" || len(s.uploads(r, reportFile)) > 0:
		if err := refusedUpload(r); err != nil {
			return "", fieldOf(reportFile, err)
		}
		read := readReportOf(r)
		if read.err != nil {
			return "", fieldOf(reportFile, read.err)
		}
		return layDocument(d, f, only, read), nil
	case d.Unplaced == "":
		return "", fault.Invalid(wordText, "Hãy dán lời văn của báo cáo vào ô này rồi bấm “Xếp vào đề cương”.")
	}
	laid := f.LayOut(d.Unplaced, only)
	if len(laid.Placed) == 0 {
		return "", fault.Invalid(wordText, "Chưa nhận ra tiêu đề nào của đề cương. Ghi tiêu đề như “I. Kết quả”, “II. Khó khăn” trên dòng riêng rồi xếp lại, hoặc chuyển từng đoạn bằng tay.")
	}
	d.Unplaced = ""
	return placeLaid(d, f, laid) + " Xin đọc lại.", nil
}

// placeLaid adds what was laid to the draft, and tells where it stands.
func placeLaid(d *report.Draft, f *report.Form, laid report.Laid) string {
	var placed []string
	several := slices.ContainsFunc(laid.Placed, func(part report.SectionText) bool { return part.Sector != laid.Placed[0].Sector })
	for _, part := range laid.Placed {
		d.Sections = withText(d.Sections, part)
		where := f.SectionTitle(part.Section)
		if several {
			where += ", " + f.SectorName(part.Sector)
		}
		placed = append(placed, fmt.Sprintf("%s (%d đoạn)", where, len(part.Paragraphs)))
	}
	rest := strings.Join(laid.Rest, "\n")
	d.Unplaced = strings.TrimSpace(d.Unplaced + "\n" + rest)
	said := "Chưa nhận ra tiêu đề nào của đề cương."
	if len(placed) > 0 {
		said = "Đã xếp vào: " + strings.Join(placed, "; ") + "."
	}
	if n := len(laid.Frame); n > 0 {
		said += fmt.Sprintf(" Phần đầu và phần ký của văn bản (%d dòng) không đưa vào lời văn.", n)
	}
	if len(laid.Rest) > 0 {
		said += fmt.Sprintf(" %d đoạn chưa rõ chỗ còn ở ô Chưa xếp.", len(laid.Rest))
	}
	return said
}

// layDocument adds the words of a file to a draft and holds its figures beside the cells; what stands there word by word is not
// added again.
func layDocument(d *report.Draft, f *report.Form, only string, read readReport) string {
	laid := f.LayOutDocument(read.document, only)
	there := paragraphsBy(d.Sections)
	laid.Placed = slices.DeleteFunc(laid.Placed, func(part report.SectionText) bool {
		before := there[textName(part.Section, part.Sector)]
		return !slices.ContainsFunc(part.Paragraphs, func(p string) bool { return !slices.Contains(before, p) })
	})
	if strings.Contains("\n"+d.Unplaced+"\n", "\n"+strings.Join(laid.Rest, "\n")+"\n") {
		laid.Rest = nil
	}
	said := "Lời văn của tệp đã có trong bản nháp."
	if len(laid.Placed)+len(laid.Rest) > 0 {
		said = placeLaid(d, f, laid)
	}
	d.Read = read.figures
	d.Read = openFigures(*d).Read
	clear, torn := 0, 0
	for _, one := range d.Read {
		if _, ok := one.Clear(); ok {
			clear++
		} else {
			torn++
		}
	}
	switch {
	case len(d.Read) == 0:
		said += " Không thấy số liệu nào chắc là của chỉ tiêu trong biểu."
	case torn == 0:
		said += fmt.Sprintf(" %d số liệu đọc từ tệp chờ đối chiếu.", clear)
	default:
		said += fmt.Sprintf(" %d số liệu đọc từ tệp chờ đối chiếu, %d chỉ tiêu tệp nói chưa rõ.", clear, torn)
	}
	for i, problem := range read.document.Problems {
		if i == mostProblems {
			said += fmt.Sprintf(" Và %d lưu ý khác về tệp.", len(read.document.Problems)-i)
			break
		}
		said += " " + strings.TrimRight(problem, ".") + "."
	}
	return said
}

// mostProblems is how many remarks about a file the answer tells.
const mostProblems = 3
