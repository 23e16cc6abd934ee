package desk

import (
	"fmt"
	"strings"

	"giaoban/calendar"
	"giaoban/charge"
	"giaoban/internal/db"
	"giaoban/review"
)

// reviewsAhead is how many days before its next step a review comes on the desk.
const reviewsAhead = 90

// reviews are those whose next step comes within reviewsAhead days. Once the list is confirmed the steps are tasks on their
// own desks, and only the handing up stays here.
func (b *builder) reviews() error {
	all, err := shared(b, "review", func() ([]review.Review, error) { return review.Coming(b.tx, b.by, b.Day, reviewsAhead) })
	if err != nil {
		return err
	}
	shown := 0
	for _, r := range all {
		next, ok := r.NextStep()
		confirmed := r.State() == review.Confirmed
		if !ok || confirmed && r.SubmitBy.After(b.Day.AddDays(reviewsAhead)) {
			continue
		}
		if shown++; shown > most {
			continue
		}
		item := Item{Room: "review", Title: r.Label(), Due: next.Day, Action: "Xem", To: to("review", r.ID),
			Why: "Bước tới: " + strings.ToLower(next.Step.Name()[:1]) + next.Step.Name()[1:] + "."}
		switch r.State() {
		case review.Expected:
			item.Note, item.Action = "Chưa trình danh mục của năm.", "Chuẩn bị"
			if r.Holder == "" {
				item.Note = "Chưa phân công chủ trì; chưa trình danh mục của năm."
			}
		case review.Listed:
			item.Note = "Danh mục của năm chờ Lãnh đạo Ban duyệt."
		case review.Confirmed:
			item.Note = b.short(r.Holder) + " chủ trì; tiến độ ở từng nhiệm vụ."
		}
		if _, given := b.given[r.ID]; given || r.Holder == "" {
			b.add(b.hand(item, r.ID))
			continue
		}
		b.add(b.from(item, r.Holder, r.Sectors.Codes()...))
	}
	b.rest(min(shown, most), shown, 0, "review", "kỳ sơ kết, tổng kết sắp tới", "Xem danh mục", Target{Kind: "review", Period: calendar.YearOf(b.Day)}, calendar.Date{})
	return nil
}

// reviewsHanded are those that an agency gave to this person; their steps are tasks on the desk of all.
func (b *builder) reviewsHanded() error {
	var mine []db.ID
	for id, g := range b.given {
		if g.Kind == charge.Review && g.Person == b.by.Person {
			mine = append(mine, id)
		}
	}
	if len(mine) == 0 {
		return nil
	}
	all, err := review.Among(b.tx, b.by, mine)
	for _, r := range all {
		if !r.Live() {
			continue
		}
		b.add(b.hand(Item{Room: "review", Title: r.Label(), Due: r.SubmitBy, Action: "Xem", To: to("review", r.ID),
			Why: "Cơ quan giao đồng chí chuẩn bị; các bước thành nhiệm vụ khi danh mục đã duyệt."}, r.ID))
	}
	return err
}

// reviewsToConfirm are the lists that wait for the leader's word: one line a year.
func (b *builder) reviewsToConfirm() error {
	waiting, err := review.WaitingLists(b.tx, b.by)
	if err != nil {
		return err
	}
	for _, w := range waiting {
		b.add(Item{Room: "review", Title: fmt.Sprintf("Danh mục sơ kết, tổng kết năm %d", w.Year), Action: "Xem, duyệt",
			Why: fmt.Sprintf("%d kỳ chờ duyệt; duyệt rồi các bước mới thành nhiệm vụ.", w.Lines), To: Target{Kind: "review", Period: calendar.YearOf(calendar.On(w.Year, 1, 1))}})
	}
	return nil
}
