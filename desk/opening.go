package desk

import (
	"giaoban/report"
)

// firstPeriods are the regimes under which nothing was opened yet: until then nobody is asked for anything, and every other
// desk of the office is empty.
func (b *builder) firstPeriods() error {
	regimes, err := report.Regimes(b.tx, b.by)
	if err != nil {
		return err
	}
	if len(regimes) == 0 {
		b.add(Item{Room: "report", Title: "Chế độ báo cáo đầu tiên", Action: "Dùng bộ mẫu", To: Target{Kind: "kit"},
			Why: "Chưa có chế độ báo cáo nào nên chưa mở được kỳ."})
	}
	var opened []struct {
		Regime string `db:"regime"`
	}
	if err := b.tx.Select(&opened, "select distinct regime from opening"); err != nil {
		return err
	}
	begun := make(map[string]bool)
	for _, o := range opened {
		begun[o.Regime] = true
	}
	for _, r := range regimes {
		if r.EndedAt != 0 || begun[string(r.ID)] {
			continue
		}
		if r.ActivatedAt == 0 {
			b.add(Item{Room: "report", Title: r.Name, Why: "Chế độ chưa áp dụng; trang của chế độ nêu còn thiếu gì.", Action: "Xem chế độ",
				To: to("regime", r.ID)})
			continue
		}
		b.add(Item{Room: "report", Title: r.Name + " – " + r.Running(b.Day).Name(), Action: "Mở kỳ", To: Target{Kind: "regime", Step: "open", Regime: r.Code},
			Why: "Chưa mở kỳ nào. Mở kỳ thì mỗi cơ quan được giao thấy việc của mình trên bàn làm việc."})
	}
	return nil
}

// beginning says on an empty desk why nothing comes yet, while the office has opened no period.
func (b *builder) beginning() error {
	begun, err := b.tx.Exists("select 1 from opening")
	if err != nil || begun {
		return err
	}
	b.Beginning = "Ban chưa mở kỳ báo cáo nào; chuyên viên của Ban mở kỳ đầu tiên."
	if !b.by.OfCommission() {
		b.Beginning += " Khi đó báo cáo phải làm hiện ở đây, kèm hạn."
	}
	return nil
}
