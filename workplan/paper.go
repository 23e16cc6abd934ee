package workplan

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
)

// Role is which of a year's papers one is.
type Role string

// The plan of the year, the guidance to the agencies, the programme of a month.
const (
	YearPlan Role = "plan"
	Guidance Role = "guidance"
	MonthRun Role = "month"
)

// Name is the office's word.
func (r Role) Name() string {
	return map[Role]string{YearPlan: "Kế hoạch công tác năm", Guidance: "Hướng dẫn nhiệm vụ năm", MonthRun: "Chương trình công tác tháng"}[r]
}

// origin is what a paper is written for: 2022, or 2022-05 of a month's.
func origin(year, month int) paper.Origin {
	id := strconv.Itoa(year)
	if month > 0 {
		id = fmt.Sprintf("%d-%02d", year, month)
	}
	return paper.Origin{Kind: "workplan", ID: db.ID(id)}
}

var kinds = map[Role]paper.Kind{YearPlan: paper.KeHoach, Guidance: paper.HuongDan, MonthRun: paper.ChuongTrinh}

// PaperOf is a role's paper, or what replaced it; without ID while there is none.
func PaperOf(tx *db.Tx, by access.Actor, role Role, year, month int) (paper.Paper, error) {
	if err := by.May(access.ReadWorkplan, by.Body); err != nil {
		return paper.Paper{}, err
	}
	all, _, err := paper.List(tx, by, paper.Filter{Kind: kinds[role], Origin: origin(year, month)})
	for _, p := range all {
		if p, err = paper.Latest(tx, by, p); err != nil || p.State != paper.Withdrawn && !p.Revoked {
			return p, err
		}
	}
	return paper.Paper{}, err
}

// Document is what a role's paper says as things stand, in the layout of today.
func Document(tx *db.Tx, by access.Actor, role Role, year, month int) (official.Document, error) {
	d, _, _, err := compose(tx, by, role, year, month)
	if err != nil {
		return d, err
	}
	on := calendar.OfInstant(tx.Clock())
	d, err = paper.Unissued(tx, d, on)
	d.Date, d.Marks.Draft, d.Signers = official.DayOf(on.Year(), int(on.Month()), 0), 1, []official.Signer{{Title: "Trưởng ban"}}
	return d, err
}

// Draft makes a role's paper; the guidance goes to every body that it names.
func Draft(tx *db.Tx, by access.Actor, role Role, year, month int) (paper.Paper, error) {
	if err := by.May(access.DraftPaper, by.Body); err != nil {
		return paper.Paper{}, err
	}
	there, err := PaperOf(tx, by, role, year, month)
	if err != nil {
		return there, err
	}
	if there.ID != "" {
		return there, fault.Conflict("%s đã được soạn. Xin mở văn bản đó; muốn soạn lại thì rút bản cũ trước; bản đã phát hành thì thay thế ở trang của nó.", role.Name())
	}
	d, commission, lines, err := compose(tx, by, role, year, month)
	if err != nil {
		return there, err
	}
	var to []db.ID
	if role == Guidance {
		for _, l := range lines {
			for _, body := range append([]db.ID{l.Lead}, l.With...) {
				if body != "" && !slices.Contains(to, body) {
					to = append(to, body)
				}
			}
		}
	}
	p, err := paper.Draft(tx, by, paper.New{Body: commission.ID, Kind: kinds[role], Content: d, Origin: origin(year, month), To: to})
	if err != nil {
		return p, err
	}
	var edges []lineage.Edge
	for _, l := range lines {
		edges = append(edges, lineage.Edge{From: l.Node(), To: lineage.Node{Kind: "paper", ID: p.ID, Label: p.Label()}, Verb: "ghi trong"})
	}
	return p, lineage.LinkAll(tx, edges)
}

// Fits reports whether a line is done in a month: one of the whole year stands in none.
func (l Line) Fits(month int) bool { return l.Months.Has(month) }

func compose(tx *db.Tx, by access.Actor, role Role, year, month int) (d official.Document, commission org.Body, lines []Line, err error) {
	if err = checkYear(year); err != nil {
		return d, commission, nil, err
	}
	if role.Name() == "" || role == MonthRun && (month < 1 || month > 12) {
		return d, commission, nil, fault.Missing("Không có văn bản này; xin mở từ trang kế hoạch năm.")
	}
	if lines, err = Lines(tx, by, year); err != nil {
		return d, commission, nil, err
	}
	days, err := Days(tx, by, year)
	if err != nil {
		return d, commission, nil, err
	}
	today := calendar.OfInstant(tx.Clock())
	if commission, err = org.TheCommission(tx, today); err != nil {
		return d, commission, nil, err
	}
	names, err := org.Names(tx, today)
	if err != nil {
		return d, commission, nil, err
	}
	switch role {
	case Guidance:
		lines = slices.DeleteFunc(lines, func(l Line) bool { return !l.Guides })
	case MonthRun:
		lines = slices.DeleteFunc(lines, func(l Line) bool { return !l.Fits(month) })
		days = slices.DeleteFunc(days, func(d Day) bool { return d.Month != month })
	}
	w := writer{year, month, lines, days, names, commission}
	switch role {
	case YearPlan:
		d = w.plan()
	case Guidance:
		d = w.guidance()
	case MonthRun:
		d = w.run()
	}
	d.Filing = "Văn phòng Ban"
	return d, commission, lines, nil
}

type writer struct {
	year, month int
	lines       []Line
	days        []Day
	names       map[db.ID]org.Body
	commission  org.Body
}

func head(s string) official.Heading { return official.Heading{Level: 1, Runs: official.Text(s)} }
func item(s string) official.NumberedItem {
	return official.NumberedItem{Level: 1, Runs: official.Text(s)}
}

func (w writer) lead(l Line) string {
	if l.Lead == "" {
		return w.commission.Name
	}
	return w.names[l.Lead].Name
}

func (w writer) with(l Line) string {
	var all []string
	for _, id := range l.With {
		all = append(all, w.names[id].Name)
	}
	return strings.Join(all, ", ")
}

func (w writer) when(l Line) string {
	if !l.Due.IsZero() {
		return "trước ngày " + l.Due.Vietnamese()
	}
	return l.Months.Said()
}

// table lists lines by sector on a sheet that lies across.
func (w writer) table() official.Table {
	t := official.Table{Columns: []official.Column{{Title: "TT", Width: 5, Align: official.Center}, {Title: "Công việc", Width: 48}, {Title: "Chủ trì", Width: 20}, {Title: "Phối hợp", Width: 24},
		{Title: "Sản phẩm", Width: 20}, {Title: "Thời gian", Width: 16}}}
	sector := "-"
	for i, l := range w.lines {
		if l.Sector != sector {
			sector = l.Sector
			t.Rows = append(t.Rows, []official.Cell{{Runs: []official.Run{{Text: sectorName(sector), Bold: true}}, ColSpan: 6}})
		}
		words := l.Words
		if l.CarriedWhy != "" {
			words += " (chuyển từ năm trước: " + l.CarriedWhy + ")"
		}
		t.Rows = append(t.Rows, []official.Cell{official.C(strconv.Itoa(i + 1)), official.C(words), official.C(w.lead(l)), official.C(w.with(l)), official.C(l.Product), official.C(w.when(l))})
	}
	return t
}

func (w writer) calendar() (out []official.Block) {
	if len(w.days) == 0 {
		return nil
	}
	t := official.Table{Columns: []official.Column{{Title: "Thời gian", Width: 14, Align: official.Center}, {Title: "Nội dung", Width: 62}, {Title: "Loại", Width: 24}}}
	for _, d := range w.days {
		kind := d.Kind.Name()
		if d.Outline != "" {
			kind += " (có đề cương gửi kèm)"
		}
		t.Rows = append(t.Rows, []official.Cell{official.C(d.When()), official.C(d.Words), official.C(kind)})
	}
	return []official.Block{t}
}

func (w writer) plan() official.Document {
	d := official.Document{Kind: official.Plan, TypeName: "Kế hoạch", Subject: fmt.Sprintf("công tác khoa giáo năm %d", w.year)}
	d.Body = []official.Block{head("Mục đích, yêu cầu"), official.Paragraph{Ask: "mục đích, yêu cầu"}, head("Nội dung"),
		official.Say("Năm %d có %d việc theo Phụ lục, mỗi việc có cơ quan chủ trì, sản phẩm, thời gian.", w.year, len(w.lines))}
	if len(w.lines) > 0 {
		d.Annexes = append(d.Annexes, official.Annex{Title: fmt.Sprintf("Công việc năm %d", w.year), Landscape: true, Body: []official.Block{w.table()}})
	}
	if c := w.calendar(); c != nil {
		d.Annexes = append(d.Annexes, official.Annex{Title: fmt.Sprintf("Ngày kỷ niệm, chuyên đề học tập năm %d", w.year), Body: c})
	}
	d.Body = append(d.Body, head("Tổ chức thực hiện"), item("Cơ quan, đơn vị chủ trì thực hiện đúng thời gian, báo cáo kết quả trong báo cáo định kỳ."),
		item("Việc chưa làm xong trong năm chuyển sang năm sau kèm lý do."))
	d.Recipients = []string{"Thường trực cấp ủy (để báo cáo)", "Các cơ quan trong khối Khoa giáo", "Lãnh đạo Ban"}
	return d
}

// guidance says what each agency has to do, agency by agency in the order of the khối.
func (w writer) guidance() official.Document {
	d := official.Document{Kind: official.Guideline, TypeName: "Hướng dẫn", Subject: fmt.Sprintf("thực hiện nhiệm vụ công tác khoa giáo năm %d", w.year)}
	d.Body = []official.Block{official.Paragraph{Ask: "căn cứ, mục đích hướng dẫn"}, head("Nhiệm vụ của từng cơ quan")}
	leads := make(map[db.ID][]Line)
	var order []db.ID
	for _, l := range w.lines {
		for _, body := range append([]db.ID{l.Lead}, l.With...) {
			if len(leads[body]) == 0 {
				order = append(order, body)
			}
			leads[body] = append(leads[body], l)
		}
	}
	slices.SortStableFunc(order, func(a, b db.ID) int { return w.names[a].Sort - w.names[b].Sort })
	for _, body := range order {
		if body == "" {
			continue // the commission's own are no guidance to others
		}
		d.Body = append(d.Body, official.Heading{Level: 2, Runs: official.Text(w.names[body].Name)})
		for _, l := range leads[body] {
			words := strings.TrimRight(l.Words, ". ")
			if l.Lead != body {
				words += " (phối hợp với " + w.lead(l) + ")"
			}
			if l.Product != "" {
				words += "; sản phẩm: " + l.Product
			}
			d.Body = append(d.Body, official.NumberedItem{Level: 2, Runs: official.Text(words + "; thời gian: " + w.when(l) + ".")})
		}
	}
	var all []string
	for _, l := range leads[""] {
		if len(l.With) == 0 {
			all = append(all, strings.TrimRight(l.Words, ". ")+", "+w.when(l))
		}
	}
	if len(all) > 0 {
		d.Body = append(d.Body, official.Heading{Level: 2, Runs: official.Text("Các cơ quan trong khối")})
		for _, one := range all {
			d.Body = append(d.Body, official.NumberedItem{Level: 2, Runs: official.Text(one + ".")})
		}
	}
	if c := w.calendar(); c != nil {
		d.Body = append(d.Body, head("Ngày kỷ niệm, chuyên đề học tập"))
		d.Body = append(d.Body, c...)
	}
	d.Body = append(d.Body, head("Tổ chức thực hiện"), item("Các cơ quan cụ thể hóa vào kế hoạch của mình, báo cáo kết quả trong báo cáo định kỳ gửi Ban."))
	d.Recipients = []string{"Các cơ quan trong khối Khoa giáo", "Lãnh đạo Ban"}
	return d
}

// run is the programme of one month.
func (w writer) run() official.Document {
	d := official.Document{Kind: official.Programme, TypeName: "Chương trình", Subject: fmt.Sprintf("công tác khoa giáo tháng %d năm %d", w.month, w.year)}
	d.Body = []official.Block{head("Công việc trong tháng")}
	if len(w.lines) == 0 {
		d.Body = append(d.Body, official.Say("Kế hoạch năm không có việc riêng của tháng này."))
	} else {
		d.Body = append(d.Body, w.table())
	}
	if c := w.calendar(); c != nil {
		d.Body = append(append(d.Body, head("Ngày kỷ niệm, chuyên đề học tập")), c...)
	}
	d.Recipients = []string{"Lãnh đạo Ban", "Các đơn vị thuộc Ban"}
	return d
}
