package programme

import (
	"fmt"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/org"
)

// mostJoint is how many bodies stand in the head and under a joint paper; more sign on copies of their own.
const mostJoint = 4

// composer gathers what a paper of a programme says.
type composer struct {
	tx       *db.Tx
	by       access.Actor
	p        Programme
	year     int
	names    map[db.ID]org.Body
	parties  []Party
	lines    []Line
	table    Table
	evidence map[db.ID][]Evidence // by line
	old      []Evidence           // of no line
	used     []lineage.Node       // what the paper says something of
	document official.Document
}

func compose(tx *db.Tx, by access.Actor, id db.ID, role Role, year int) (*composer, error) {
	p, err := Find(tx, by, id)
	if err != nil {
		return nil, err
	}
	if role.Yearly() == (year == 0) {
		return nil, fault.Invalid("year", "Cần năm của kế hoạch, báo cáo đánh giá; bản chương trình, báo cáo tổng kết thì không.")
	}
	c := &composer{tx: tx, by: by, p: p, year: year, evidence: make(map[db.ID][]Evidence)}
	on := day(tx)
	if role == RoleProgramme {
		on = p.From
	}
	if c.names, err = org.Names(tx, on); err != nil {
		return nil, err
	}
	if c.parties, err = partiesOf(tx, id); err != nil {
		return nil, err
	}
	if c.lines, err = linesOf(tx, id); err != nil {
		return nil, err
	}
	write := map[Role]func() error{RoleProgramme: c.programme, RolePlan: c.plan, RoleAssessment: c.evaluation, RoleTerm: c.term}[role]
	if write == nil {
		return nil, fault.Invalid("role", "Không có loại văn bản này của chương trình.")
	}
	if role == RoleAssessment || role == RoleTerm {
		if c.table, err = ProgressOf(tx, by, id); err != nil {
			return nil, err
		}
		all, err := EvidenceOf(tx, by, id)
		if err != nil {
			return nil, err
		}
		for _, e := range all {
			switch {
			case e.Settled != "yes":
			case e.Line == "":
				c.old = append(c.old, e)
			default:
				c.evidence[e.Line] = append(c.evidence[e.Line], e)
			}
		}
	}
	if err := write(); err != nil {
		return nil, err
	}
	c.document.Recipients = []string{"Thường trực cấp ủy (để báo cáo)", "Các cơ quan tham gia", "Lãnh đạo Ban"}
	c.document.Filing = "Văn phòng Ban"
	return c, nil
}

func text(s string) official.Paragraph { return official.Paragraph{Runs: official.Text(s)} }
func head(level int, s string) official.Heading {
	return official.Heading{Level: level, Runs: official.Text(s)}
}
func item(s string) official.NumberedItem {
	return official.NumberedItem{Level: 1, Runs: official.Text(s)}
}

// under is a line below the heading of its sector.
func under(s string) official.NumberedItem {
	return official.NumberedItem{Level: 2, Runs: official.Text(s)}
}

// bySector gives the lines of each sector in the order of the field.
func bySector(lines []Line) (sectors []string, of map[string][]Line) {
	of = make(map[string][]Line)
	for _, l := range lines {
		if len(of[l.Sector]) == 0 {
			sectors = append(sectors, l.Sector)
		}
		of[l.Sector] = append(of[l.Sector], l)
	}
	return sectors, of
}

// programme is the text that is signed.
func (c *composer) programme() error {
	d := official.Document{Kind: official.Programme, TypeName: "Chương trình", Subject: c.p.Subject}
	if c.p.Kind == Regulation {
		d.Kind, d.TypeName = official.Regulation, "Quy chế"
	}
	if len(c.parties) <= mostJoint {
		symbols := []string{c.names[c.p.Body].Symbol}
		for _, party := range c.parties[1:] {
			b := c.names[party.Body]
			d.Joint, symbols = append(d.Joint, b.Name), append(symbols, b.Symbol)
			title := party.Title
			if title == "" {
				title = "Thủ trưởng cơ quan"
			}
			d.Signers = append(d.Signers, official.Signer{Title: title})
		}
		d.BodySymbol = strings.Join(symbols, "-")
		d.Signers = append(d.Signers, official.Signer{Title: "Trưởng ban"})
	}
	for basis := range strings.SplitSeq(c.p.Bases, "\n") {
		if basis = strings.TrimRight(basis, ";. "); basis != "" {
			d.Bases = append(d.Bases, basis)
		}
	}
	d.Body = append(d.Body, head(1, "Mục đích, yêu cầu"))
	if c.p.Frame == "" {
		d.Body = append(d.Body, official.Paragraph{Ask: "mục đích, yêu cầu"})
	}
	for line := range strings.SplitSeq(c.p.Frame, "\n") {
		if line != "" {
			d.Body = append(d.Body, item(line))
		}
	}
	d.Body = append(d.Body, head(1, "Nội dung phối hợp"))
	sectors, of := bySector(c.lines)
	for _, s := range sectors {
		d.Body = append(d.Body, head(2, sectorName(s)))
		for _, l := range of[s] {
			if l.EndedAt == 0 || c.p.Signed > 0 {
				d.Body = append(d.Body, under(l.said(c.names)))
			}
		}
	}
	if len(c.lines) == 0 {
		d.Body = append(d.Body, official.Paragraph{Ask: "nội dung phối hợp theo lĩnh vực"})
	}
	duties, err := dutiesOf(c.tx, c.p.ID)
	if err != nil {
		return err
	}
	d.Body = append(d.Body, head(1, "Trách nhiệm và chế độ thông tin"))
	for _, one := range duties {
		who := "Các cơ quan"
		if one.ByCommission() {
			who = c.names[c.p.Body].Name
		}
		words := who + " " + fold.Uncapital(strings.TrimRight(one.Words, ". "))
		if one.Time != "" {
			words += ", " + one.Time
		}
		d.Body = append(d.Body, item(words+"."))
	}
	if len(duties) == 0 {
		d.Body = append(d.Body, item("Hằng năm các cơ quan đánh giá kết quả phối hợp trong báo cáo năm; Ban tổng hợp, thông báo lại."))
	}
	d.Body = append(d.Body, head(1, "Tổ chức thực hiện"), text(c.inForce()))
	c.document = d
	return nil
}

func (c *composer) inForce() string {
	if c.p.To.IsZero() {
		return fmt.Sprintf("%s này có hiệu lực từ ngày %s.", c.p.Kind.Name(), c.p.From.Vietnamese())
	}
	return fmt.Sprintf("%s này thực hiện từ ngày %s đến ngày %s; hết thời hạn, các bên tổng kết và thống nhất nội dung của giai đoạn sau.", c.p.Kind.Name(), c.p.From.Vietnamese(), c.p.To.Vietnamese())
}

func (c *composer) bodies(ids []db.ID) string {
	var all []string
	for _, id := range ids {
		all = append(all, c.names[id].Name)
	}
	return strings.Join(all, ", ")
}

func (c *composer) lead(l Line) string {
	if l.Lead == "" {
		return c.names[c.p.Body].Name
	}
	return c.names[l.Lead].Name
}

// plan is a year's plan: its table on pages that lie across.
func (c *composer) plan() error {
	planned, err := Plan(c.tx, c.by, c.p.ID, c.year)
	if err != nil {
		return err
	}
	d := official.Document{Kind: official.Plan, TypeName: "Kế hoạch", Subject: fmt.Sprintf("thực hiện %s\nnăm %d", fold.Uncapital(c.p.Label()), c.year)}
	t := official.Table{Columns: []official.Column{{Title: "TT", Width: 5, Align: official.Center}, {Title: "Nội dung", Width: 46}, {Title: "Chủ trì", Width: 20}, {Title: "Phối hợp", Width: 24},
		{Title: "Sản phẩm", Width: 20}, {Title: "Thời gian", Width: 16}}}
	n, left := 0, 0
	sector := "-"
	for _, l := range planned {
		if l.LeftOut {
			left++
			t.Notes = append(t.Notes, fmt.Sprintf("Không đưa vào kế hoạch năm %d: %s. Lý do: %s", c.year, strings.TrimRight(l.Words, ". "), l.Reason))
			continue
		}
		if l.Sector != sector {
			sector = l.Sector
			t.Rows = append(t.Rows, []official.Cell{{Runs: []official.Run{{Text: sectorName(sector), Bold: true}}, ColSpan: 6}})
		}
		n++
		when := l.When()
		if !l.On.IsZero() {
			when = "trước ngày " + l.On.Vietnamese()
		}
		t.Rows = append(t.Rows, []official.Cell{official.C(fmt.Sprint(n)), official.C(l.Words), official.C(c.lead(l.Line)), official.C(c.bodies(l.With)), official.C(l.Product), official.C(when)})
		c.used = append(c.used, l.Node())
	}
	d.Body = []official.Block{head(1, "Mục đích, yêu cầu"), item("Cụ thể hóa nội dung các bên đã ký thành việc của năm, có cơ quan chủ trì, sản phẩm và thời gian."), head(1, "Nội dung")}
	if n == 0 {
		d.Body = append(d.Body, text(fmt.Sprintf("Năm %d không có nội dung nào.", c.year)))
	} else {
		d.Body = append(d.Body, text(fmt.Sprintf("Năm %d thực hiện %d nội dung theo Phụ lục.", c.year, n)))
		d.Annexes = []official.Annex{{Title: fmt.Sprintf("Nội dung thực hiện năm %d", c.year), Landscape: true, Body: []official.Block{t}}}
	}
	d.Body = append(d.Body, head(1, "Tổ chức thực hiện"), item("Cơ quan chủ trì thực hiện và báo cáo kết quả trong báo cáo định kỳ; cơ quan phối hợp làm phần việc của mình đúng thời gian."))
	c.document = d
	return nil
}

// shown are the paragraphs that tell what was done of a line in some years, each with its source; what several sources say in the
// same words stands once, with all of them.
func (c *composer) shown(l Line, years map[int]bool) (out []official.Block) {
	var order []string
	sources := make(map[string][]string)
	first := make(map[string]official.Origin)
	for _, e := range c.evidence[l.ID] {
		if years != nil && !years[e.Year()] {
			continue
		}
		words, source := e.Words, e.Label
		switch {
		case e.Kind == "task":
			words, source = e.Label, "nhiệm vụ, hạn "+e.Day.Vietnamese()
		case words == "":
			words, source = e.Label, "ngày "+e.Day.Vietnamese()
		}
		if e.How == Archive {
			source += ", nhập từ lưu trữ"
		}
		origin := official.Origin{Ref: "programme_line/" + string(l.ID), Label: source}
		if e.Kind != "" {
			origin.Ref = e.Kind + "/" + string(e.Record)
			c.used = append(c.used, e.Node())
		}
		words = strings.TrimRight(words, ". ")
		if sources[words] == nil {
			order, first[words] = append(order, words), origin
		}
		sources[words] = append(sources[words], source)
	}
	for _, words := range order {
		out = append(out, official.Paragraph{Origin: first[words], Runs: []official.Run{{Text: words + " "}, {Text: "(" + strings.Join(sources[words], "; ") + ").", Italic: true}}})
	}
	return out
}

// stateSaid is a line's state in one word, and what derives it.
func stateSaid(p Progress) string {
	said := p.State().Name()
	if !p.Derives() {
		if p.Mark != "" {
			return said + " (Ban xác nhận: " + p.Proof + ")"
		}
		return said
	}
	if p.Tasks > 0 {
		said += fmt.Sprintf(", %d/%d nhiệm vụ xong", p.Done, p.Tasks)
	}
	return said
}

// evaluation is the year's: line by line with sources, then the table of both ways.
func (c *composer) evaluation() error {
	d := official.Document{Kind: official.Report, TypeName: "Báo cáo", Subject: fmt.Sprintf("đánh giá kết quả thực hiện %s\nnăm %d", fold.Uncapital(c.p.Label()), c.year)}
	count := Counted(c.lines, func(l Line) Mark { return c.table.At(l.ID, c.year).State() })
	d.Body = append(d.Body, head(1, "Kết quả chung"), text(fmt.Sprintf("Năm %d, %s có %s.", c.year, fold.Uncapital(c.p.Label()), count.Said())), head(1, "Kết quả theo lĩnh vực"))
	only := map[int]bool{c.year: true}
	sectors, of := bySector(c.lines)
	for _, s := range sectors {
		d.Body = append(d.Body, head(2, sectorName(s)))
		for _, l := range of[s] {
			d.Body = append(d.Body, under(strings.TrimRight(l.Words, ". ")+": "+stateSaid(c.table.At(l.ID, c.year))+"."))
			d.Body = append(d.Body, c.shown(l, only)...)
		}
	}
	from, to := yearSpan(c.year)
	both, err := BothWays(c.tx, c.by, c.p.ID, from, to)
	if err != nil {
		return err
	}
	d.Body = append(d.Body, head(1, "Việc hai bên làm cho nhau"), c.bothTable(both))
	said, err := SelfAssessments(c.tx, c.by, c.p.ID, c.year)
	if err != nil {
		return err
	}
	if len(said) > 0 {
		d.Body = append(d.Body, head(1, "Các cơ quan tự đánh giá công tác phối hợp"))
	}
	for _, s := range said {
		d.Body = append(d.Body, official.Paragraph{Origin: official.Origin{Ref: "submission/" + string(s.Submission), Label: c.names[s.Body].Name},
			Runs: []official.Run{{Text: strings.TrimRight(s.Words, ". ") + " "}, {Text: "(" + c.names[s.Body].Name + ").", Italic: true}}})
	}
	d.Body = append(d.Body, head(1, "Hạn chế, nguyên nhân"), official.Paragraph{Ask: "hạn chế, nguyên nhân"}, head(1, "Nhiệm vụ năm sau"), official.Paragraph{Ask: "nhiệm vụ năm sau"})
	c.document = d
	return nil
}

func (c *composer) bothTable(both []Both) official.Table {
	t := official.Table{Columns: []official.Column{{Title: "Cơ quan", Width: 30}, {Title: "Báo cáo đúng hạn", Width: 15, Align: official.Center}, {Title: "Nhiệm vụ hoàn thành", Width: 15, Align: official.Center},
		{Title: "Ban đã trả lời kiến nghị", Width: 15, Align: official.Center}, {Title: "Ban thẩm định đúng hạn", Width: 15, Align: official.Center}, {Title: "Ban chủ trì, cùng làm xong", Width: 15, Align: official.Center}},
		Notes: []string{"Thứ tự theo danh sách khối; số sau là số phải làm; ô trống là không có việc phát sinh."}}
	for _, b := range both {
		if b.Unasked {
			continue
		}
		t.Rows = append(t.Rows, []official.Cell{official.C(c.names[b.Body].Name), official.C(b.Reports.Said()), official.C(b.Tasks.Said()), official.C(b.Answers.Said()), official.C(b.Drafts.Said()), official.C(b.Joint.Said())})
	}
	return t
}

// term is the review of the whole term, sector by sector: what was done with its sources, what was never touched, what goes on.
func (c *composer) term() error {
	d := official.Document{Kind: official.Report, TypeName: "Báo cáo", Subject: "tổng kết " + fold.Uncapital(c.p.Label())}
	r := reviewOf(c.p, c.lines, c.table, c.old)
	d.Body = append(d.Body, head(1, "Kết quả chung"), text(fmt.Sprintf("%s có %d nội dung trên %d lĩnh vực: %d nội dung đã có kết quả, %d nội dung chưa thực hiện.",
		c.p.Label(), r.Lines, len(r.Sectors), r.Touched, r.Lines-r.Touched)), head(1, "Kết quả theo lĩnh vực"))
	for _, s := range r.Sectors {
		d.Body = append(d.Body, head(2, s.Name), text(s.Said()))
		for _, l := range s.Done {
			d.Body = append(d.Body, under(strings.TrimRight(l.Words, ". ")+": "+stateSaid(c.table.Over(l.ID))+"."))
			d.Body = append(d.Body, c.shown(l, nil)...)
		}
		for _, e := range s.Old {
			d.Body = append(d.Body, official.Paragraph{Runs: []official.Run{{Text: strings.TrimRight(e.Words, ". ") + " "}, {Text: "(" + e.Label + ", nhập từ lưu trữ).", Italic: true}}})
		}
		for _, l := range s.Untouched {
			d.Body = append(d.Body, under("Chưa thực hiện: "+strings.TrimRight(l.Words, ". ")+"."))
		}
	}
	d.Body = append(d.Body, head(1, "Hạn chế, nguyên nhân"), official.Paragraph{Ask: "hạn chế, nguyên nhân"}, head(1, "Nhiệm vụ giai đoạn tới"))
	next, err := RenewedBy(c.tx, c.by, c.p.ID)
	if err != nil {
		return err
	}
	ahead := []Line{}
	if len(next) > 0 {
		if ahead, err = linesOf(c.tx, next[0].ID); err != nil {
			return err
		}
		if !next[0].Term.IsZero() {
			d.Body = append(d.Body, text(fold.Capital(next[0].Term.Name())+" các bên tiếp tục phối hợp:"))
		}
	} else {
		for _, l := range c.lines {
			if l.Ahead == Continues {
				ahead = append(ahead, l)
			}
		}
	}
	if len(ahead) == 0 {
		d.Body = append(d.Body, official.Paragraph{Ask: "nhiệm vụ giai đoạn tới"})
	}
	for _, l := range ahead {
		d.Body = append(d.Body, item(strings.TrimRight(l.Words, ". ")+"."))
	}
	c.document = d
	return nil
}
