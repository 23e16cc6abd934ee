package desk

import (
	"strconv"
	"strings"

	"giaoban/appraisal"
	"giaoban/calendar"
)

// appraisals are the drafts on which this side has something to do: to give its opinion, to appraise, to answer comments. They come
// with the day they are asked, before it is late.
func (b *builder) appraisals() error {
	waits, err := appraisal.Awaits(b.tx, b.by)
	if err != nil {
		return err
	}
	for _, w := range waits[:min(len(waits), most)] {
		why, action := draftWaits(w)
		b.add(Item{Room: "appraisal", Title: w.Label(), Due: w.Due, Why: why, Action: action, To: to("appraisal", w.ID), Note: b.short(w.Body) + " soạn thảo, trình " + w.AddresseeName + ".",
			Awaited: w.Step == appraisal.ToExamine || w.Step == appraisal.ToReview})
	}
	b.rest(min(len(waits), most), len(waits), 0, "appraisal", "việc góp ý, thẩm định dự thảo", "Xem tất cả", Target{Kind: "appraisal"}, calendar.Date{})
	return nil
}

// draftWaits says why a draft is on the desk, and what its link does.
func draftWaits(w appraisal.Awaited) (why, action string) {
	n := strconv.Itoa(w.Open)
	switch w.Step {
	case appraisal.ToReview:
		return "Được hỏi ý kiến, chưa trả lời.", "Góp ý"
	case appraisal.ToExamine:
		return "Chờ Ban thẩm định.", "Thẩm định"
	case appraisal.ToDispose:
		return n + " góp ý chờ tiếp thu, giải trình.", "Tiếp thu, giải trình"
	case appraisal.ToPlace:
		return n + " góp ý chưa rõ ở đoạn nào của bản mới.", "Chỉ chỗ"
	case appraisal.ToClose:
		return "Không còn góp ý nào chờ xử lý.", "Kết thúc"
	}
	return "Đang tạm dừng: " + strings.TrimSuffix(w.StopWhy, ".") + ".", "Tiếp tục"
}
