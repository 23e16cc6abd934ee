package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/report"
)

// paragraphPlace names a paragraph of a report for asking; 0 is the whole section.
func paragraphPlace(section, sector string, n int) string {
	return fmt.Sprintf("doan.%s.%s.%d", section, sector, n)
}

// askAddress is where one place of a version is asked for again: there the form stands open beside it.
func askAddress(submission db.ID, place string) string {
	return address("submission", submission) + "?cho=" + url.QueryEscape(place) + "#bo-sung"
}

// choices lists what may be asked for without being shown: the whole report, and whole sections of the sectors it speaks of.
// A paragraph or a figure is asked for where it stands; chosen is the one whose link was followed.
func (p *submissionPage) choices(chosen string) {
	f := p.Submission.Form
	spoken := make(map[string]bool)
	for i, in := range f.Indicators {
		if i < len(p.Submission.Values) && p.Submission.Values[i].Set {
			spoken[in.Sector] = true
		}
	}
	for _, s := range p.Submission.Sections {
		spoken[s.Sector] = true
	}
	p.Places = append(p.Places, part{Label: "Cả báo cáo"})
	for _, section := range f.Sections {
		for _, sector := range f.Sectors {
			if f.Asks(section.Code, sector.Code) && (spoken[sector.Code] || len(spoken) == 0) {
				p.Places = append(p.Places, part{Value: paragraphPlace(section.Code, sector.Code, 0),
					Label: placeName(f, section.Code, sector.Code, 0, "") + " (cả phần)"})
			}
		}
	}
	for i := range p.Places {
		p.Places[i].Selected = p.Places[i].Value == chosen
	}
	if p.shows(chosen) {
		p.Asking = chosen
	}
}

// shows reports whether a place is a paragraph or a figure of the page.
func (p *submissionPage) shows(place string) bool {
	for _, section := range p.Sections {
		for _, item := range section.Items {
			if slices.ContainsFunc(item.Paragraphs, func(one shownParagraph) bool { return one.N > 0 && one.Place == place }) {
				return true
			}
		}
	}
	for _, group := range p.Groups {
		if slices.ContainsFunc(group.Rows, func(row shownFigure) bool { return row.Place == place }) {
			return true
		}
	}
	return false
}

// readPlace turns a choice of the list back into the part it means.
func readPlace(r *report.Returning, value string) {
	if code, ok := strings.CutPrefix(value, "so."); ok {
		r.Indicator = code
		return
	}
	rest, ok := strings.CutPrefix(value, "doan.")
	if !ok {
		return
	}
	parts := strings.Split(rest, ".")
	if len(parts) < 3 {
		return
	}
	r.Section, r.Sector = parts[0], strings.Join(parts[1:len(parts)-1], ".")
	r.Paragraph = int(wholeNumber(parts[len(parts)-1]))
}

func (s *site) returnSubmission(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id := db.ID(r.PathValue("submission"))
	var wrong fault.List
	back := report.Returning{Reason: r.PostFormValue("reason"), Due: readDay(&wrong, r, "due", "Hãy chọn hạn bổ sung mới.")}
	readPlace(&back, r.PostFormValue("place"))
	err := wrong.Err()
	if err == nil {
		err = report.Return(tx, by, id, back)
	}
	if err != nil {
		data, again := s.submissionOf(tx, by, id, r.PostFormValue("place"))
		if again != nil {
			return Reply{}, err
		}
		data.Typed = returnFields{r.PostFormValue("reason"), r.PostFormValue("due")}
		return Reply{Page: "report/submission", Data: data}, err
	}
	return Reply{To: address("submission", id)}, nil
}

// acceptSubmission takes the version in and goes on to the next one that waits.
func (s *site) acceptSubmission(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id := db.ID(r.PathValue("submission"))
	sub, err := report.FindSubmission(tx, by, id)
	if err != nil {
		return Reply{}, err
	}
	if sub.Accepted {
		return Reply{To: address("submission", id)}, nil // pressed twice
	}
	around, err := queueAround(tx, by, sub)
	if err != nil {
		return Reply{}, err
	}
	if err := report.Accept(tx, by, id); err != nil {
		data, again := s.submissionOf(tx, by, id, "")
		if again != nil {
			return Reply{}, err
		}
		return Reply{Page: "report/submission", Data: data}, err
	}
	if r.PostFormValue("next") != "" && around.Next != "" {
		return Reply{To: address("submission", around.Next)}, nil
	}
	return Reply{To: address("submission", id)}, nil
}
