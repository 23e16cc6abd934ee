package desk

import (
	"fmt"

	"giaoban/directive"
)

// reading is what there is for a speaker: nothing waits for a speaker here, so the desk says what may be read and what is
// to be made known next.
func (b *builder) reading() error {
	rollouts, err := directive.Planned(b.tx, b.by, b.Day, most)
	if err != nil {
		return err
	}
	for _, r := range rollouts {
		d, err := directive.Find(b.tx, b.by, r.Directive)
		if err != nil {
			return err
		}
		b.Reading = append(b.Reading, Item{Room: "directive", Title: "Quán triệt " + d.Label(), Action: "Xem văn bản", To: to("directive", d.ID),
			Why: fmt.Sprintf("%s dự kiến tổ chức ngày %s.", b.short(r.Body), r.PlannedOn.Vietnamese())})
	}
	newest, _, err := directive.List(b.tx, b.by, directive.Filter{State: directive.InForce, Limit: most})
	if err != nil {
		return err
	}
	for _, d := range newest {
		b.Reading = append(b.Reading, Item{Room: "directive", Title: d.Label(), Why: "Trong sổ văn bản chỉ đạo, còn hiệu lực.", Note: d.Subject,
			Action: "Đọc", To: to("directive", d.ID)})
	}
	if len(newest) == 0 {
		b.Reading = append(b.Reading, Item{Room: "directive", Title: "Sổ văn bản chỉ đạo chưa có văn bản nào", Action: "Xem sổ", To: Target{Kind: "directive"},
			Why: "Khi Ban vào sổ văn bản, văn bản hiện ở đây để chuẩn bị bài nói."})
	}
	return nil
}
