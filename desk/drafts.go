package desk

import (
	"fmt"
	"strings"

	"giaoban/internal/db"
	"giaoban/paper"
	"giaoban/task"
)

// paperItem is the line of a paper, with what it no longer says.
func paperItem(p paper.Paper) Item {
	i := Item{Room: "paper", Title: p.KindName() + ": " + p.Subject, To: to("paper", p.ID)}
	if p.Words != "" {
		i.Note = p.Words + "."
	}
	return i
}

// signatures are the drafts that were put forward to the leader's hand.
func (b *builder) signatures() error {
	return b.drafts(paper.WithSigner, func(p paper.Paper) {
		item := paperItem(p)
		item.Action, item.Awaited, item.Mine, item.asked = "Xem, ký", true, p.ToSign == b.by.Person, p.ToSign != ""
		item.Why = fmt.Sprintf("Dự thảo lần %d do %s trình, chờ ký.", p.DraftNo, p.Step.By)
		b.add(item)
	}, "chờ ký", b.add)
}

// writing are the drafts of papers for who writes them: those still to be put forward, and those that wait for the leader.
func (b *builder) writing() error {
	own := func(p paper.Paper) Item {
		item := paperItem(p)
		item.Mine, item.asked = p.ByActor == b.by.Key(), true
		return item
	}
	err := b.drafts(paper.WithDrafter, func(p paper.Paper) {
		item := own(p)
		item.Why, item.Action = fmt.Sprintf("Dự thảo lần %d đang soạn, chưa trình ký.", p.DraftNo), "Xem, trình ký"
		if p.SentBack() {
			item.Why, item.Note = fmt.Sprintf("%s trả lại lúc %s, chờ sửa và trình lại.", p.Step.By, p.Step.At), strings.TrimSpace(p.Step.Note+" "+item.Note)
			item.Action, item.Awaited = "Sửa, trình lại", true
		}
		b.add(item)
	}, "đang soạn", b.add)
	if err != nil {
		return err
	}
	return b.drafts(paper.WithSigner, func(p paper.Paper) {
		item := own(p)
		item.Why, item.Action = fmt.Sprintf("%s trình lúc %s, chờ ký hoặc trả lại.", p.Step.By, p.Step.At), "Xem"
		b.wait(item)
	}, "đã trình ký", b.wait)
}

// drafts gives each line of the unsigned papers that stand with somebody; what is more than a list holds is one line.
func (b *builder) drafts(way paper.Way, line func(paper.Paper), rest string, put func(Item)) error {
	drafts, next, err := paper.List(b.tx, b.by, paper.Filter{State: paper.Drafted, Way: way, Limit: 100})
	if err != nil {
		return err
	}
	for _, p := range drafts {
		if p.OriginKind != "consolidation" || p.Composed { // it has its own steps
			line(p)
		}
	}
	if next != "" {
		put(Item{Room: "paper", Title: "Còn dự thảo khác " + rest, Why: "Danh sách đầy đủ ở trang Văn bản.", Action: "Xem tất cả",
			To: Target{Kind: "paper", State: string(paper.Drafted)}})
	}
	return nil
}

// consequences is a quiet line for each paper after which tasks of the one before it wait to be confirmed.
func (b *builder) consequences() error {
	waiting, err := task.AllUnconfirmed(b.tx, b.by)
	if err != nil {
		return err
	}
	ids, tasks := make([]db.ID, len(waiting)), make(map[db.ID]int, len(waiting))
	for i, w := range waiting {
		ids[i], tasks[w.Paper] = w.Paper, w.Tasks
	}
	papers, err := paper.Among(b.tx, b.by, ids)
	for _, p := range papers {
		item := paperItem(p)
		item.Title, item.Action, item.To.Step = "Việc do văn bản cũ giao, sau "+p.Label(), "Xác nhận", "consequences"
		item.Why = fmt.Sprintf("%d nhiệm vụ chưa xác nhận giữ nguyên, đổi hạn hay thôi.", tasks[p.ID])
		b.add(item)
	}
	return err
}
