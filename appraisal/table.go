package appraisal

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/people"
)

// Table is the author's report on what it made of the comments, with the table of all of them as an annex: bảng tổng hợp
// tiếp thu, giải trình. What is not disposed of says so.
func Table(tx *db.Tx, by access.Actor, id db.ID) (official.Document, error) {
	a, err := Find(tx, by, id)
	if err != nil {
		return official.Document{}, err
	}
	side, err := sideOf(tx, by)
	if err != nil {
		return official.Document{}, err
	}
	if side != a.Body && !by.OfCommission() && !a.Open() {
		return official.Document{}, fault.Conflict("Bảng tổng hợp chỉ đưa cho nơi góp ý khi bản này đã có kết quả hoặc đã kết thúc.")
	}
	comments, err := commentsOf(tx, a, a.N)
	if err != nil {
		return official.Document{}, err
	}
	comments = slices.DeleteFunc(comments, func(c Comment) bool { return !c.Signed })
	today := calendar.OfInstant(tx.Clock())
	names, err := org.Names(tx, today)
	if err != nil {
		return official.Document{}, err
	}
	d, err := a.letterhead(tx, names[a.Body], today)
	if err != nil {
		return d, err
	}
	var rounds []Reviewer
	if err := tx.Select(&rounds, reviewerColumns+"where r.appraisal = ?\norder by r.n, b.sort, b.code", a.ID); err != nil {
		return d, err
	}
	d.Body = official.Ended(d.Profile, a.tableText(names, rounds, comments))
	rows, err := a.tableRows(tx, names, comments)
	if err != nil {
		return d, err
	}
	if len(rows) > 0 {
		d.Annexes = []official.Annex{{Title: "Bảng tổng hợp tiếp thu, giải trình ý kiến", Landscape: true, Body: []official.Block{official.Table{
			Columns: []official.Column{{Title: "TT", Width: 5, Align: official.Center}, {Title: "Nội dung dự thảo", Width: 25}, {Title: "Ý kiến góp ý", Width: 30},
				{Title: "Cơ quan góp ý", Width: 14}, {Title: "Tiếp thu, giải trình", Width: 26}}, Rows: rows}}}}
	}
	return d, nil
}

// letterhead dresses the report as its author's paper of the day, without number.
func (a Appraisal) letterhead(tx *db.Tx, body org.Body, day calendar.Date) (d official.Document, err error) {
	family := official.State
	if body.Kind.OfParty() {
		family = official.Party
	}
	profile, err := paper.LayoutFor(tx, family, day)
	if err != nil {
		return d, err
	}
	d = official.BaoCao(profile, "tiếp thu, giải trình ý kiến đối với dự thảo "+a.What())
	d.BodySymbol, d.Date = body.Symbol, official.DayOf(day.Year(), int(day.Month()), 0)
	if d.Place, err = org.PlaceOf(tx, body, day); err != nil {
		return d, err
	}
	if d.Superior, err = paper.Superior(tx, body, day); err != nil {
		return d, err
	}
	d.Issuer = paper.IssuerName(body.Name, d.Superior)
	d.Signers = []official.Signer{{Title: "Thủ trưởng cơ quan"}}
	signers, err := people.Signers(tx, access.System("in bảng tổng hợp"), body.ID, day, profile)
	if err != nil {
		return d, err
	}
	if len(signers) > 0 {
		d.Signers = []official.Signer{signers[0].Block}
	}
	d.Recipients, d.Filing = []string{a.AddresseeName}, "VT"
	d.Marks.Banner, err = org.Setting(tx, org.Banner)
	return d, err
}

// tableText counts what was asked, what was answered, and what became of it, by rounds.
func (a Appraisal) tableText(names map[db.ID]org.Body, rounds []Reviewer, comments []Comment) (all []official.Block) {
	for n := 1; n <= a.N; n++ {
		asked, answered, agreed := 0, 0, 0
		var silent []string
		for _, r := range rounds {
			if r.N != n {
				continue
			}
			asked++
			switch {
			case r.SignedAt == 0:
				silent = append(silent, names[r.Body].Name)
			case r.Says == Agree:
				agreed++
				answered++
			default:
				answered++
			}
		}
		if asked == 0 {
			continue
		}
		text := fmt.Sprintf("Bản lần %d: gửi %02d cơ quan; %02d cơ quan trả lời, trong đó %02d nhất trí.", n, asked, answered, agreed)
		if len(silent) > 0 {
			text = strings.TrimSuffix(text, ".") + "; chưa trả lời: " + strings.Join(silent, "; ") + "."
		}
		all = append(all, official.Say("%s", text))
	}
	counts := make(map[DisposalKind]int)
	for _, c := range comments {
		counts[c.Disposal.Kind]++
	}
	text := fmt.Sprintf("Có %02d ý kiến cụ thể: tiếp thu %02d, tiếp thu một phần %02d, giải trình %02d", len(comments), counts[Accepted], counts[Partly], counts[Explained])
	if left := counts[""]; left > 0 {
		text += fmt.Sprintf("; còn %02d ý kiến chưa tiếp thu, giải trình", left)
	}
	all = append(all, official.Say("%s.", text))
	if !a.ResultOn.IsZero() && a.Kind == Formal {
		all = append(all, official.Say("Kết quả thẩm định ngày %s: %s.", a.ResultOn.Vietnamese(), fold.Uncapital(a.Says.Name())))
	}
	if a.Addressee == ToGovernment {
		all = append(all, official.Say("Việc lấy ý kiến này không thay cho thẩm định của cơ quan tư pháp theo quy định của pháp luật."))
	}
	return all
}

func (a Appraisal) tableRows(tx *db.Tx, names map[db.ID]org.Body, comments []Comment) (rows [][]official.Cell, err error) {
	frozen := make(map[int][]Paragraph)
	for n := 1; n <= a.N; n++ {
		if frozen[n], err = paragraphsOf(tx, a.ID, n); err != nil {
			return nil, err
		}
	}
	for i, c := range comments {
		about := "Toàn dự thảo"
		if at := keyAt(frozen[c.N], c.Paragraph); at >= 0 {
			about = short(frozen[c.N][at].Words())
		}
		if a.N > 1 {
			about = fmt.Sprintf("(Bản lần %d) %s", c.N, about)
		}
		rows = append(rows, []official.Cell{official.C(fmt.Sprint(i + 1)), official.C(about), official.C(c.Reads()), official.C(names[c.Body].Name), official.C(c.Disposal.Reads())})
	}
	return rows, nil
}

// Reads is a comment in one line: what it says, and the wording it proposes.
func (c Comment) Reads() string { c.Place = Place{}; return c.reads(nil) }

// Reads is what the author made of a comment, in a sentence.
func (d Disposal) Reads() string {
	if d.Kind == "" {
		return "Chưa tiếp thu, giải trình"
	}
	text := d.Kind.Name()
	if d.Wording != "" {
		text += ", nay viết: “" + strings.Join(strings.Fields(d.Wording), " ") + "”"
	}
	if d.Reason != "" {
		text += ": " + d.Reason
	}
	return strings.TrimSuffix(text, ".") + "."
}
