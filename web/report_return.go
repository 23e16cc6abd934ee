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

// choices lists every part that may be sent back, of the sectors the report speaks of; chosen is the one whose link was
// followed.
func (p *submissionPage) choices(chosen string) {
	f := p.Submission.Form
	p.Places = append(p.Places, part{Label: "Cả báo cáo"})
	spoken := make(map[string]bool)
	for i, in := range f.Indicators {
		if i < len(p.Submission.Values) && p.Submission.Values[i].Set {
			spoken[in.Sector] = true
		}
	}
	for _, s := range p.Submission.Sections {
		spoken[s.Sector] = true
		for i := range s.Paragraphs {
			p.Places = append(p.Places, part{Value: fmt.Sprintf("doan.%s.%s.%d", s.Section, s.Sector, i+1), Label: placeName(f, s.Section, s.Sector, i+1, "")})
		}
	}
	for _, in := range f.Indicators {
		if !spoken[in.Sector] && chosen != "so."+in.Code {
			continue
		}
		p.Places = append(p.Places, part{Value: "so." + in.Code, Label: placeName(f, "", "", 0, in.Code)})
	}
	for _, section := range f.Sections {
		for _, sector := range f.Sectors {
			if f.Asks(section.Code, sector.Code) && (spoken[sector.Code] || len(spoken) == 0) {
				p.Places = append(p.Places, part{Value: "doan." + section.Code + "." + sector.Code + ".0", Label: placeName(f, section.Code, sector.Code, 0, "") + " (cả phần)"})
			}
		}
	}
	for i := range p.Places {
		p.Places[i].Selected = p.Places[i].Value == chosen
	}
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
		data, again := submissionOf(tx, by, id, r.PostFormValue("place"))
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
		data, again := submissionOf(tx, by, id, "")
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
