package web_test

import (
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/report"
	"giaoban/web/browser"
)

// A proposal as the commission and the body that asked meet it: open, forwarded, waiting, answered; none of those above is late.
func TestAForwardedProposalIsFoundAndDoesNotShout(t *testing.T) {
	t.Parallel()
	browser.Missing(t)
	l := watch(t, "2022-04-20 09:00")
	var open, waiting report.Proposal
	if err := l.house.DB.Read(t.Context(), func(tx *db.Tx) error {
		for state, into := range map[report.ProposalState]*report.Proposal{report.ProposalOpen: &open, report.ProposalForwarded: &waiting} {
			page, _, err := report.Proposals(tx, l.house.Officer, report.ProposalFilter{State: state, Limit: 1})
			if err != nil {
				return err
			}
			*into = page[0]
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	officer := l.sit(l.house.Officer)
	l.judge(officer, "ban-lam-viec")
	officer.Click(`a[href="/kien-nghi?trang-thai=forwarded"]`)
	officer.WaitFor("main", "từ ngày 01/4/2022")
	l.judge(officer, "danh-sach-cho-y-kien")
	officer.Open(l.url + "/kien-nghi/" + string(open.ID))
	l.judge(officer, "chua-tra-loi")
	officer.Open(l.url + "/kien-nghi/" + string(waiting.ID))
	l.judge(officer, "dang-cho-y-kien")
	if strings.Contains(officer.Text("main"), "uá hạn") || officer.Has("main .badge.late") {
		t.Error("those above are late")
	}
	officer.Fill("#reply_symbol", "12-CV/BCSĐUBND")
	officer.Fill("#reply_day", "19/4/2022")
	officer.Fill("#received", "20/4/2022")
	officer.Fill("#text", "Giao Sở Tài chính cân đối.")
	officer.Click(`form[action$="/y-kien"] button`)
	officer.WaitFor("[role=status]", "Đã ghi ý kiến")
	l.judge(officer, "da-co-y-kien")

	agency := l.sit(l.house.Actor(strings.ToLower(waiting.BodyCode)))
	l.judge(agency, "ban-lam-viec-co-quan")
	agency.Open(l.url + "/ban-bao-cao/" + string(waiting.Submission) + "#kien-nghi")
	agency.WaitFor("#kien-nghi", "đã có ý kiến")
	l.judge(agency, "bao-cao-cua-co-quan")
	agency.Open(l.url + "/bao-cao")
	agency.Click("quý II năm 2022")
	agency.WaitFor("#kien-nghi-truoc", "Giao Sở Tài chính cân đối.")
	l.judge(agency, "bao-cao-toi")
}
