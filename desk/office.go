package desk

import (
	"fmt"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/paper"
	"giaoban/people"
	"giaoban/report"
)

// numbers are the papers that wait for the clerk: for their number and date, then for release.
func (b *builder) numbers() error {
	for _, step := range []struct {
		state       paper.State
		why, action string
	}{
		{paper.Signed, "Đã ký, chờ vào số và ngày.", "Vào số"},
		{paper.Numbered, "Đã vào số, chờ phát hành.", "Phát hành"},
	} {
		papers, next, err := paper.List(b.tx, b.by, paper.Filter{State: step.state, Limit: 100})
		if err != nil {
			return err
		}
		for _, p := range papers {
			item := paperItem(p)
			item.Why, item.Action, item.Note = step.why, step.action, strings.TrimSpace(p.Symbol+" "+item.Note)
			b.add(item)
		}
		if next != "" {
			b.add(Item{Room: "paper", Title: "Còn văn bản khác", Why: step.why, Action: "Xem tất cả", To: Target{Kind: "paper", State: string(step.state)}})
		}
	}
	return nil
}

// papersThatMayCome are the reports still awaited: some arrive on paper, and the clerk enters them.
func (b *builder) papersThatMayCome() error {
	rounds, err := b.rounds(report.Owed)
	if err != nil {
		return err
	}
	for _, r := range rounds {
		if r.Due.After(b.Day.AddDays(ahead)) {
			continue
		}
		b.wait(Item{Room: "report", Title: r.Name + " – " + r.Period.Name(), Due: r.Due, Action: "Nhập thay",
			Why: fmt.Sprintf("%d/%d cơ quan chưa gửi. Báo cáo đến bằng giấy thì vào số đến rồi nhập thay.", r.All, r.Bodies),
			To:  inRound(r, "missing"), Holds: r.All})
	}
	return nil
}

// accounts are those that cannot be used as they stand, and bodies that report without anybody who could sign in.
func (b *builder) accounts() error {
	all, err := people.Accounts(b.tx, b.by)
	if err != nil {
		return err
	}
	if err := b.by.May(access.ManageAccounts, b.by.Body); err != nil {
		return err
	}
	bare, idle := 0, 0
	served := make(map[string]bool)
	for _, a := range all {
		switch {
		case a.Disabled():
		case a.Role == "":
			idle++
		default:
			if !a.HasPhrase {
				bare++
			}
			served[string(a.Body)] = true
		}
	}
	if bare > 0 {
		b.add(Item{Room: "account", Title: "Tài khoản chưa có mật khẩu", Action: "Xem", To: Target{Kind: "account"}, Holds: len(all),
			Why: fmt.Sprintf("%d/%d tài khoản chưa đặt mật khẩu nên chưa tự đăng nhập được.", bare, len(all))})
	}
	if idle > 0 {
		b.add(Item{Room: "account", Title: "Tài khoản không còn chức vụ", Action: "Xem", To: Target{Kind: "account"}, Holds: len(all),
			Why: fmt.Sprintf("%d/%d tài khoản của người không giữ chức vụ nào hôm nay; nên khóa.", idle, len(all))})
	}
	return b.unserved(served)
}

// unserved are the bodies that have to report while nobody can sign in for them, by name as far as there is room.
func (b *builder) unserved(served map[string]bool) error {
	var reporting []string
	if err := b.tx.Select(&reporting, `
select a.body
from regime_assignment a
join body o on o.id = a.body
where a.valid_from <= ? and (a.valid_to is null or a.valid_to >= ?)
group by a.body, o.sort, o.code
order by o.sort, o.code`, b.Day, b.Day); err != nil {
		return err
	}
	var without []string
	for _, body := range reporting {
		if !served[body] {
			without = append(without, b.short(db.ID(body)))
		}
	}
	if len(without) == 0 {
		return nil
	}
	const named = 5
	who := strings.Join(without[:min(named, len(without))], ", ")
	if rest := len(without) - named; rest > 0 {
		who += fmt.Sprintf(" và %d cơ quan khác", rest)
	}
	b.add(Item{Room: "account", Title: "Cơ quan phải báo cáo chưa có tài khoản", Action: "Thêm tài khoản",
		Why: who + ": có chế độ báo cáo mà chưa ai đăng nhập được.", To: Target{Kind: "account"}})
	return nil
}
