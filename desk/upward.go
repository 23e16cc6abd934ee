package desk

import (
	"fmt"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/deadline"
	"giaoban/internal/db"
	"giaoban/paper"
)

// owedUpward is what the commission itself owes upward and nobody noted the receipt of. What is on its way to the signature
// stands in the line of its draft, what is signed in those of its paper; so each thing is here once.
func (b *builder) owedUpward() error {
	owed, err := b.upwards()
	if err != nil {
		return err
	}
	underway, err := consolidation.AllUnderway(b.tx, b.by)
	if err != nil {
		return err
	}
	said := make(map[answer]bool)
	for _, u := range underway {
		said[answer{u.RegimeCode, u.Period}] = true
	}
	ahead := make(map[db.ID]bool) // of each only the next period is waited for
	for _, u := range owed {
		item := Item{Room: "upward", Title: u.Upward.Name + " – " + u.Period.Name(), Due: u.Due, Action: "Xem", To: Target{Kind: "upward"}}
		switch {
		case u.Answer.State == paper.Released:
			item.Why, item.Action = "Đã phát hành gửi "+u.Upward.Receiver+"; chưa ghi số, ngày nơi nhận cấp.", "Ghi số tiếp nhận"
			b.mineOrWaits(item, access.NumberPaper)
		case u.Signed(), said[answer{u.Regime.Code, u.Period}], b.by.Role == access.Clerk:
		case !u.Begins().After(b.Day):
			item.Why = fmt.Sprintf("Gửi %s; hạn của các cơ quan %s. Báo cáo tổng hợp chưa trình ký.", u.Upward.Receiver, u.Agencies.Vietnamese())
			item.Action, item.To = "Soạn báo cáo", Target{Kind: "opening", Step: "text", Regime: u.Regime.Code, Period: u.Period}
			if !u.Opened {
				item.Why = fmt.Sprintf("Gửi %s; kỳ chưa mở nên chưa cơ quan nào được hỏi.", u.Upward.Receiver)
				item.Action, item.To = "Mở kỳ", Target{Kind: "regime", Step: "open", Regime: u.Regime.Code}
			}
			if b.by.Role == access.CommissionLeader { // who is told of exceptions only
				if u.Late(b.Day) {
					item.Action, item.To = "Xem", Target{Kind: "upward"}
					b.add(item)
				}
				continue
			}
			b.mineOrWaits(item, access.DraftConsolidation)
		case b.by.Role == access.CommissionOfficer && !ahead[u.Upward.ID]:
			ahead[u.Upward.ID] = true
			item.Why = fmt.Sprintf("Gửi %s; soạn từ %s, khi các cơ quan đến hạn gửi.", u.Upward.Receiver, u.Begins().Vietnamese())
			b.wait(item)
		}
	}
	return nil
}

// answer is the period of a regime whose consolidated report answers what is owed upward.
type answer struct {
	regime string
	period calendar.Period
}

// upwards are the reports upward without a receipt, the earliest first.
func (b *builder) upwards() (owed []consolidation.UpwardReport, err error) {
	all, err := shared(b, "upward", func() ([]consolidation.UpwardReport, error) { return consolidation.OwedUpward(b.tx, b.by) })
	for _, u := range all {
		if u.Receipt.ID == "" {
			owed = append(owed, u)
		}
	}
	return owed, err
}

// mineOrWaits puts a line where it is done, or where it is waited for.
func (b *builder) mineOrWaits(i Item, act access.Act) {
	if b.by.Can(act, b.by.Body) {
		b.add(i)
		return
	}
	i.Action = "Xem"
	b.wait(i)
}

// deadlinesToMove is one line for the open deadlines that the calendar would move, for who may confirm or leave them.
func (b *builder) deadlinesToMove() error {
	open, err := shared(b, "deadline", func() ([]deadline.Proposal, error) { return deadline.Open(b.tx, b.by) })
	if err != nil || len(open) == 0 {
		return err
	}
	b.add(Item{Room: "deadline", Title: "Hạn phải dời vì lịch nghỉ đổi", Action: "Xem, xác nhận", To: Target{Kind: "deadline"}, Holds: len(open),
		Why: fmt.Sprintf("%d hạn đang mở, gần nhất %s; chưa hạn nào đổi cho đến khi dời hoặc để nguyên.", len(open), open[0].From.Vietnamese())})
	return nil
}
