package web

import (
	"net/http"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/library"
	"giaoban/report"
	"giaoban/succession"
)

// submitSheet saves what stands on the page and sends it: the agency's leader approves by sending the own words, the focal
// point attaches the signed original.
func (s *site) submitSheet(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, f, err := formOf(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	if again, err := s.sentBefore(tx, by, r, o); again.To != "" || err != nil {
		return again, err
	}
	d := readDraft(r, f)
	d.Confirm()
	receipt, theirs, err := s.submitTyped(tx, by, r, o, d)
	if err != nil {
		return s.sheetAgain(tx, by, r, o, d, theirs, err)
	}
	return Reply{To: receiptURL(receipt.ID)}, nil
}

func (s *site) submitTyped(tx *db.Tx, by access.Actor, r *http.Request, o report.Obligation, d report.Draft) (report.Receipt, report.SavedDraft, error) {
	saved, err := report.SaveDraft(tx, by, o, d, versionOf(r))
	if err != nil {
		return report.Receipt{}, saved, err
	}
	if r.PostFormValue("act") == "duyet" {
		if err := report.Approve(tx, by, o, saved.Version); err != nil {
			return report.Receipt{}, saved, err
		}
	}
	original, err := s.original(tx, by, r, o.Holder)
	if err != nil {
		return report.Receipt{}, saved, err
	}
	receipt, err := report.SubmitDraft(tx, by, o, saved.Version, original)
	if err != nil {
		return receipt, saved, err
	}
	return receipt, saved, s.attach(tx, by, r, o, receipt, original)
}

// sentBefore recognises the second press of one button: the page was shown before this person's newest version came in.
func (s *site) sentBefore(tx *db.Tx, by access.Actor, r *http.Request, o report.Obligation) (Reply, error) {
	shown := r.PostFormValue("latest")
	if shown == "" || o.Latest == "" || wholeNumber(shown) >= o.Version {
		return Reply{}, nil
	}
	newest, err := report.FindSubmission(tx, by, o.Latest)
	if err != nil || newest.ByActor != by.Key() || o.Drafted {
		return Reply{}, err
	}
	return Reply{To: receiptURL(newest.ID)}, nil
}

func receiptURL(submission db.ID) string { return "/bien-nhan/" + string(submission) }

// original reads what was typed about the signed paper and keeps its file; nothing when nothing was given.
func (s *site) original(tx *db.Tx, by access.Actor, r *http.Request, body db.ID) (report.Original, error) {
	if err := refusedUpload(r); err != nil {
		return report.Original{}, err
	}
	if !readPaperFields(r).Given() && len(s.uploads(r, "file")) == 0 {
		return report.Original{}, nil
	}
	o := report.Original{Number: r.PostFormValue("paper_number"), Signer: r.PostFormValue("signer")}
	var wrong fault.List
	o.Date = readDay(&wrong, r, "paper_date", "")
	if o.Number == "" {
		wrong.Add("paper_number", "Hãy ghi số văn bản đã ký.")
	}
	if o.Date.IsZero() && r.PostFormValue("paper_date") == "" {
		wrong.Add("paper_date", "Hãy ghi ngày văn bản đã ký.")
	}
	if o.Signer == "" {
		wrong.Add("signer", "Hãy ghi người ký.")
	}
	files := s.uploads(r, "file")
	switch len(files) {
	case 0:
		wrong.Add("file", "Hãy đính kèm tệp PDF của bản đã ký.")
	case 1:
	default:
		wrong.Add("file", "Mỗi báo cáo có một bản ký; các tệp khác đính vào ô Tệp kèm.")
	}
	if err := wrong.Err(); err != nil {
		return o, err
	}
	var err error
	o.File, err = storeUpload(tx, by, body, files[0])
	return o, err
}

// attach keeps the files that go with a version; the receipt names each with its size and hash.
func (s *site) attach(tx *db.Tx, by access.Actor, r *http.Request, o report.Obligation, receipt report.Receipt, original report.Original) error {
	if original.File != "" {
		if err := library.Attach(tx, by, original.File, "submission", receipt.ID, o.Body, "Bản ký"); err != nil {
			return err
		}
	}
	for _, upload := range s.uploads(r, "annex") {
		file, err := storeUpload(tx, by, o.Holder, upload)
		if err != nil {
			return err
		}
		if err := library.Attach(tx, by, file, "submission", receipt.ID, o.Body, "Tệp kèm"); err != nil {
			return err
		}
	}
	return nil
}

type nilPage struct {
	Obligation report.Obligation
	BodyName   string
	Latest     int64
	Reason     string
}

func (s *site) confirmNil(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, err := report.FindObligation(tx, by, db.ID(r.PathValue("obligation")))
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.SubmitReport, o.Holder); err != nil {
		return Reply{}, err
	}
	name, err := reporterName(tx, by, o, calendar.OfInstant(tx.Clock()))
	return Reply{Page: "report/nil", Data: nilPage{o, name, o.Version, ""}}, err
}

func (s *site) submitNil(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, err := report.FindObligation(tx, by, db.ID(r.PathValue("obligation")))
	if err != nil {
		return Reply{}, err
	}
	if again, err := s.sentBefore(tx, by, r, o); again.To != "" || err != nil {
		return again, err
	}
	receipt, err := report.Nil(tx, by, o, r.PostFormValue("reason"))
	if err != nil {
		return Reply{Page: "report/nil", Data: nilPage{o, o.BodyCode, o.Version, r.PostFormValue("reason")}}, err
	}
	return Reply{To: receiptURL(receipt.ID)}, nil
}

func (s *site) askReportExtension(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id := db.ID(r.PathValue("obligation"))
	var wrong fault.List
	due := readDay(&wrong, r, "due", "Hãy chọn ngày xin gia hạn đến.")
	err := wrong.Err()
	if err == nil {
		_, err = report.AskExtension(tx, by, id, due, r.PostFormValue("reason"))
	}
	if err == nil {
		return Reply{To: "/bao-cao/" + string(id) + "#gia-han"}, nil
	}
	data, again := sheetOf(tx, by, id, nil)
	if again != nil {
		return Reply{}, err
	}
	data.Asked = extensionFields{r.PostFormValue("due"), r.PostFormValue("reason")}
	data.turn(nil)
	return Reply{Page: "report/sheet", Data: data}, err
}

// receiptPage is what a body keeps as proof.
type receiptPage struct {
	Receipt    report.Receipt
	Submission report.Submission
	RegimeName string
	BodyName   string
	Files      []library.Use
	Holder     string // who has it now
	Until      string // and until when
}

// Figures counts the cells that hold a figure.
func (p receiptPage) Figures() int {
	n := 0
	for _, v := range p.Submission.Values {
		if v.Set {
			n++
		}
	}
	return n
}

func (s *site) showReceipt(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id := db.ID(r.PathValue("submission"))
	receipt, err := report.ReceiptOf(tx, by, id)
	if err != nil {
		return Reply{}, err
	}
	data := receiptPage{Receipt: receipt}
	if data.Submission, err = report.FindSubmission(tx, by, id); err != nil {
		return Reply{}, err
	}
	regime, err := report.RegimeByID(tx, by, data.Submission.RegimeID)
	if err != nil {
		return Reply{}, err
	}
	data.RegimeName = regime.Name
	called, err := succession.AllNames(tx)
	if err != nil {
		return Reply{}, err
	}
	data.BodyName = called.On(data.Submission.Body.ID, calendar.OfInstant(data.Submission.At.Time())).Name
	if data.Files, err = library.Attached(tx, by, "submission", id); err != nil {
		return Reply{}, err
	}
	data.Holder, data.Until = holderOf(data.Submission, called.On(regime.Receiver, calendar.OfInstant(tx.Clock())).Name, data.BodyName)
	return Reply{Page: "report/receipt", Data: data}, nil
}

// holderOf says who has the report now and what happens next: no state is silent.
func holderOf(sub report.Submission, receiver, body string) (holder, until string) {
	switch {
	case !sub.Latest:
		return receiver, "Đã có bản mới hơn thay bản này; bản này được lưu nguyên."
	case sub.Returned():
		mark := sub.Returns[len(sub.Returns)-1]
		return body, "Đề nghị bổ sung trước hết ngày " + mark.Due.WithWeekday() + ": " + mark.Reason
	case sub.Accepted:
		return receiver, "Đã nhận; số liệu và lời văn được đưa vào báo cáo tổng hợp."
	}
	return receiver, "Chuyên viên xem, nhận hoặc đề nghị bổ sung. Kết quả hiện ngay trên trang này và trên Bàn làm việc."
}
