package report

import (
	"fmt"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
)

// mostAddressed bodies are named in a letter; more are named together.
const mostAddressed = 20

// RequestOf is the công văn that asks for the reports of a period, as it stands; one without ID when none was drafted, or
// all were withdrawn.
func RequestOf(tx *db.Tx, by access.Actor, opening db.ID) (paper.Paper, error) {
	all, _, err := paper.List(tx, by, paper.Filter{Kind: paper.CongVan, Origin: paper.Origin{Kind: "opening", ID: opening}})
	for _, p := range all {
		if p.State != paper.Withdrawn {
			return p, err
		}
	}
	return paper.Paper{}, err
}

// Request drafts the công văn that asks for the reports of a period: what, from when to when, by when, how; the outline and
// the list of figures are its annexes, the bodies asked its readers once it is released.
func Request(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period) (paper.Paper, error) {
	r, err := FindRegime(tx, by, regimeCode)
	if err != nil {
		return paper.Paper{}, err
	}
	if err := by.May(access.DraftPaper, r.Receiver); err != nil {
		return paper.Paper{}, err
	}
	o, err := FindOpening(tx, by, regimeCode, period)
	if err != nil {
		return paper.Paper{}, err
	}
	already, err := RequestOf(tx, by, o.ID)
	if err != nil {
		return paper.Paper{}, err
	}
	if already.ID != "" {
		return paper.Paper{}, fault.Conflict("Kỳ này đã có công văn đề nghị báo cáo; hãy mở văn bản đó, hoặc rút rồi soạn lại.")
	}
	f, err := formByID(tx, o.Form)
	if err != nil {
		return paper.Paper{}, err
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return paper.Paper{}, err
	}
	var bodies []db.ID
	if err := tx.Select(&bodies, "select body from obligation where opening = ? order by n", o.ID); err != nil {
		return paper.Paper{}, err
	}
	var addressed []string
	for _, body := range bodies {
		addressed = append(addressed, names[body].Name)
	}
	if len(addressed) > mostAddressed {
		addressed = []string{fmt.Sprintf("%d cơ quan, đơn vị được giao báo cáo", len(bodies))}
	}
	p, err := paper.Draft(tx, by, paper.New{Body: r.Receiver, Kind: paper.CongVan, To: bodies, Origin: paper.Origin{Kind: "opening", ID: o.ID},
		Content: official.Document{Kind: official.Letter, Subject: "đề nghị báo cáo " + whatOf(r, o), Addressed: addressed,
			Body: requestText(r, o, names[r.Receiver].Name), Annexes: requestAnnexes(f), Recipients: []string{"Như trên", "Lãnh đạo Ban"}, Filing: "Văn phòng Ban"}})
	if err != nil {
		return p, err
	}
	_, err = journal.Write(tx, by, "requested", journal.Subject{Kind: "opening", ID: o.ID}, journal.Details{"period": period.String(), "paper": string(p.ID)})
	return p, err
}

func requestText(r Regime, o Opening, receiver string) []official.Block {
	begin := "Thực hiện chế độ " + fold.Uncapital(r.Name)
	if r.Basis != "" {
		begin = "Căn cứ " + r.Basis
	}
	body := []official.Block{official.Say("%s, %s đề nghị các cơ quan, đơn vị báo cáo %s như sau:", begin, receiver, whatOf(r, o))}
	for _, line := range []string{"Nội dung: " + strings.TrimSuffix(fold.Uncapital(r.Content), ".") + "; theo đề cương kèm công văn này.",
		fmt.Sprintf("Số liệu: từ ngày %s đến hết ngày %s.", o.From.Vietnamese(), o.To.Vietnamese()),
		fmt.Sprintf("Thời hạn: hết %s.", o.Due.WithWeekday()), "Cách gửi: " + strings.TrimSuffix(fold.Uncapital(r.Channel), ".") + "."} {
		body = append(body, official.NumberedItem{Level: 1, Runs: official.Text(line)})
	}
	return append(body, official.Say("Đề nghị các cơ quan, đơn vị gửi báo cáo đúng thời hạn để Ban tổng hợp."))
}

// whatOf names what is reported: the period, or the one thing that is reported once.
func whatOf(r Regime, o Opening) string {
	if r.Once {
		return fold.Uncapital(r.Name)
	}
	return o.Period.Name()
}

// requestAnnexes are the outline and the list of figures of a form.
func requestAnnexes(f *Form) []official.Annex {
	var outline []official.Block
	for _, s := range f.Sections {
		title := f.SectionTitle(s.Code)
		if len(s.Sectors) > 0 {
			var sectors []string
			for _, code := range s.Sectors {
				sectors = append(sectors, f.SectorName(code))
			}
			title += ": " + strings.Join(sectors, ", ")
		}
		outline = append(outline, official.NumberedItem{Level: 1, Runs: official.Text(title)})
		for _, point := range s.Points {
			outline = append(outline, official.NumberedItem{Level: 2, Runs: official.Text(point)})
		}
	}
	annexes := []official.Annex{{Title: "Đề cương báo cáo", Body: official.Listed(outline)}}
	if len(f.Indicators) == 0 {
		return annexes
	}
	t := official.Table{Columns: []official.Column{{Title: "TT", Width: 1}, {Title: "Chỉ tiêu", Width: 8}, {Title: "Đơn vị tính", Width: 3}}}
	for n, in := range f.Indicators {
		t.Rows = append(t.Rows, []official.Cell{official.C(fmt.Sprint(n + 1)), official.C(in.Name), official.C(in.Unit)})
	}
	return append(annexes, official.Annex{Title: "Biểu số liệu", Body: []official.Block{t}})
}
