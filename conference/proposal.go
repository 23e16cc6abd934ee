package conference

import (
	"giaoban/report"
)

// proposals are the kiến nghị that nobody has answered, whatever their period: an answer stays owed until it is given.
func (c *composer) proposals() error {
	for cursor := ""; ; {
		page, next, err := report.Proposals(c.tx, c.by, report.ProposalFilter{State: report.ProposalOpen, Limit: 200, Cursor: cursor})
		if err != nil {
			return err
		}
		for _, p := range page {
			c.pack.Proposals = append(c.pack.Proposals, PackProposal{ID: string(p.ID), Code: p.BodyCode, Body: c.body(p.Body).Name,
				Words: p.Text, Period: p.Period.Name(), Due: p.Due, Late: p.Overdue(c.today)})
		}
		if next == "" {
			return nil
		}
		cursor = next
	}
}

// forwarded are the kiến nghị that wait for those above, whatever their period: each pack has them until they are answered.
func (c *composer) forwarded() error {
	for cursor := ""; ; {
		page, next, err := report.Proposals(c.tx, c.by, report.ProposalFilter{State: report.ProposalForwarded, Limit: 200, Cursor: cursor})
		if err != nil {
			return err
		}
		for _, p := range page {
			c.pack.Forwarded = append(c.pack.Forwarded, PackForwarded{ID: string(p.ID), Body: c.body(p.Body).Name, Words: p.Text,
				Period: p.Period.Name(), To: p.ForwardedTo, By: p.Means(), Since: p.Since(), Follower: p.FollowerName})
		}
		if next == "" {
			return nil
		}
		cursor = next
	}
}
