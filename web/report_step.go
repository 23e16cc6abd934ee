package web

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/report"
)

func draftURL(o report.Obligation) string { return "/bao-cao/" + string(o.ID) + "/doc" }

// putForward saves what stands on the sheet and gives it to the leader. What belongs to the other door, the signed paper
// and the files that go with it, is not taken here, and not lost.
func (s *site) putForward(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, f, err := formOf(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	d := readDraft(r, f)
	d.Confirm()
	saved := report.SavedDraft{}
	if readPaperFields(r).Given() || len(s.uploads(r, "file"))+len(s.uploads(r, "annex")) > 0 {
		err = fault.Invalid("paper_number", "Bản đã ký và tệp kèm đi theo cách gửi thứ hai. Bấm “Gửi kèm bản đã ký”, "+
			"hoặc bỏ trống các ô ấy rồi trình; tệp kèm đính khi gửi.")
	} else if saved, err = report.SaveDraft(tx, by, o, d, versionOf(r)); err == nil {
		err = report.PutForward(tx, by, o, saved.Version)
	}
	if err != nil {
		return s.sheetAgain(tx, by, r, o, d, saved, err)
	}
	return Reply{To: draftURL(o)}, nil
}

func (s *site) takeBackDraft(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, err := report.FindObligation(tx, by, db.ID(r.PathValue("obligation")))
	if err != nil {
		return Reply{}, err
	}
	if err := report.TakeBackDraft(tx, by, o); err != nil {
		return draftAgain(tx, by, r, o, err)
	}
	return Reply{To: "/bao-cao/" + string(o.ID) + "/soan"}, nil
}

// approveDraft says yes; by the red button the report goes out at once, by the other one the focal point sends it.
func (s *site) approveDraft(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, err := report.FindObligation(tx, by, db.ID(r.PathValue("obligation")))
	if err != nil {
		return Reply{}, err
	}
	if again, err := s.sentBefore(tx, by, r, o); again.To != "" || err != nil {
		return again, err
	}
	if len(commentsTyped(r)) > 0 || strings.TrimSpace(r.PostFormValue("note")) != "" {
		return draftAgain(tx, by, r, o, fault.Invalid("note", "Có nhận xét đã gõ. Bấm “Trả lại kèm nhận xét”, hoặc xóa nhận xét rồi duyệt."))
	}
	if err := report.Approve(tx, by, o, versionOf(r)); err != nil {
		return draftAgain(tx, by, r, o, err)
	}
	if r.PostFormValue("act") == "duyet" {
		return Reply{To: draftURL(o), Said: "Đã duyệt; đầu mối gửi báo cáo. Việc này hiện trên bàn làm việc của đầu mối."}, nil
	}
	return s.sendStanding(tx, by, r, o)
}

func (s *site) sendDraftBack(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, err := report.FindObligation(tx, by, db.ID(r.PathValue("obligation")))
	if err != nil {
		return Reply{}, err
	}
	if err := report.SendDraftBack(tx, by, o, versionOf(r), r.PostFormValue("note"), commentsTyped(r)); err != nil {
		return draftAgain(tx, by, r, o, err)
	}
	return Reply{To: draftURL(o)}, nil
}

// commentsTyped reads what was typed about paragraphs and figures; places without words are left out.
func commentsTyped(r *http.Request) []report.Comment {
	var all []report.Comment
	for _, name := range slices.Sorted(maps.Keys(r.PostForm)) {
		mark, ok := strings.CutPrefix(name, "nhan-xet.")
		words := strings.TrimSpace(r.PostForm.Get(name))
		if !ok || words == "" {
			continue
		}
		var at report.Returning
		readPlace(&at, mark)
		all = append(all, report.Comment{Section: at.Section, Sector: at.Sector, Paragraph: at.Paragraph, Indicator: at.Indicator, Words: words})
	}
	return all
}

// sendDraft sends what was put forward or approved as it stands; the text is not on the page that sends it.
func (s *site) sendDraft(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, err := report.FindObligation(tx, by, db.ID(r.PathValue("obligation")))
	if err != nil {
		return Reply{}, err
	}
	if again, err := s.sentBefore(tx, by, r, o); again.To != "" || err != nil {
		return again, err
	}
	return s.sendStanding(tx, by, r, o)
}

func (s *site) sendStanding(tx *db.Tx, by access.Actor, r *http.Request, o report.Obligation) (Reply, error) {
	original, err := s.original(tx, by, r, o.Holder)
	if err != nil {
		return draftAgain(tx, by, r, o, err)
	}
	receipt, err := report.SubmitDraft(tx, by, o, versionOf(r), original)
	if err != nil {
		return draftAgain(tx, by, r, o, err)
	}
	return Reply{To: receiptURL(receipt.ID)}, s.attach(tx, by, r, o, receipt, original)
}
