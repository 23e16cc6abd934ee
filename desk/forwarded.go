package desk

import (
	"fmt"
	"slices"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/people"
	"giaoban/report"
)

// forwarded is one quiet line among what others have to do: the proposals that this one follows, or nobody who still
// serves, and that wait for those above. They are never late.
func (b *builder) forwarded() error {
	var waiting []report.Proposal
	for cursor := ""; ; {
		page, next, err := report.Proposals(b.tx, b.by, report.ProposalFilter{State: report.ProposalForwarded, Limit: 500, Cursor: cursor})
		if err != nil {
			return err
		}
		if waiting = append(waiting, page...); next == "" {
			break
		}
		cursor = next
	}
	if len(waiting) == 0 {
		return nil
	}
	serving, err := people.Office(b.tx, b.by, b.Day)
	if err != nil {
		return err
	}
	here := make(map[db.ID]bool)
	for _, s := range serving {
		here[s.Person] = true
	}
	var mine []report.Proposal
	alone := 0 // without anybody who follows them
	for _, p := range waiting {
		followed := here[p.Follower]
		if followed && p.Follower != b.by.Person || !followed && b.by.Role != access.CommissionOfficer {
			continue
		}
		mine = append(mine, p)
		if !followed {
			alone++
		}
	}
	if len(mine) == 0 {
		return nil
	}
	first := slices.MinFunc(mine, func(p, q report.Proposal) int { return p.Since().Compare(q.Since()) })
	i := Item{Room: "proposal", Title: fmt.Sprintf("%d kiến nghị đã chuyển, đang chờ ý kiến", len(mine)), Count: len(mine), Action: "Xem",
		Why: "Chờ lâu nhất: " + first.ForwardedTo + ", từ ngày " + first.Since().Vietnamese() + ".", To: Target{Kind: "proposal", State: string(report.ProposalForwarded)}}
	if alone > 0 {
		i.Note = fmt.Sprintf("%d kiến nghị chưa có người theo dõi.", alone)
	}
	b.wait(i)
	return nil
}

// askedAbove are the body's proposals that those above have now: never late, and gathered when they are many.
func (b *builder) askedAbove() error {
	waiting, next, err := report.Proposals(b.tx, b.by, report.ProposalFilter{State: report.ProposalForwarded, Body: b.by.Body, Limit: most})
	if err != nil {
		return err
	}
	for _, p := range waiting {
		b.wait(Item{Room: "proposal", Title: "Kiến nghị: " + brief(p.Text), Why: p.Standing(), Action: "Xem", To: to("proposal", p.ID)})
	}
	if next != "" {
		b.wait(Item{Room: "proposal", Title: "Còn kiến nghị khác đang chờ ý kiến", Why: "Danh sách đầy đủ ở trang riêng.", Action: "Xem tất cả",
			To: Target{Kind: "proposal", State: string(report.ProposalForwarded)}})
	}
	return nil
}

// news is for how many days an answer from above stands on the desk of the body that asked.
const news = 30

// answeredAbove is what those above answered to the body's proposals lately: to be read, nothing has to be done.
func (b *builder) answeredAbove() error {
	found, err := report.RepliedSince(b.tx, b.by, db.InstantOf(b.Day.AddDays(-news).StartOfDay()))
	for _, p := range found {
		b.Desk.Reading = append(b.Desk.Reading, Item{Room: "proposal", Title: "Kiến nghị: " + brief(p.Text), Why: p.Standing(), Action: "Xem", To: to("proposal", p.ID)})
	}
	return err
}
