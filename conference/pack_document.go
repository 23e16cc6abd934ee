package conference

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fold"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
)

// PackDocument is the pack as a paper for the conference, "Tài liệu hội nghị", without number or signature: as it was
// shown, or as it stands now while it was not.
func PackDocument(tx *db.Tx, by access.Actor, id db.ID) (official.Document, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return official.Document{}, err
	}
	shown, frozen, err := Frozen(tx, by, id)
	if err != nil {
		return official.Document{}, err
	}
	pack := shown.Pack
	stamp := "Hồ sơ trình lúc " + shown.At.String()
	proof := "Mã băm SHA-256 của hồ sơ: " + shown.SHA256
	if !frozen {
		proof = ""
		if pack, err = Compose(tx, by, id); err != nil {
			return official.Document{}, err
		}
		stamp = "Bản ghép lúc " + tx.Now().String() + ", chưa trình; nội dung còn thay đổi"
	}
	o, err := officeOf(tx, b)
	if err != nil {
		return official.Document{}, err
	}
	day := b.HeldOn
	if day.IsZero() {
		day = calendar.OfInstant(tx.Clock())
	}
	d := official.Document{Kind: official.Report, TypeName: "Hồ sơ giao ban", Subject: b.spread(),
		Proof: proof, Issuer: o.body.Name, BodySymbol: o.body.Symbol, Place: o.body.Place, Marks: official.Marks{Conference: true}}
	if d.Profile, err = paper.LayoutFor(tx, official.Party, day); err != nil {
		return d, err
	}
	d.Date = official.DayOf(pack.On.Year(), int(pack.On.Month()), pack.On.Day())
	if d.Superior, err = org.Setting(tx, org.Superior); err != nil {
		return d, err
	}
	d.Issuer = paper.IssuerName(d.Issuer, d.Superior)
	if d.Marks.Banner, err = org.Setting(tx, org.Banner); err != nil {
		return d, err
	}
	d.Body = append(official.Listed(packBlocks(pack)), official.Paragraph{Runs: []official.Run{{Text: stamp + ".", Italic: true}}})
	return d, nil
}

func packBlocks(p Pack) []official.Block {
	var out []official.Block
	add := func(blocks ...official.Block) { out = append(out, blocks...) }
	table := func(columns []official.Column, rows [][]string) {
		t := official.Table{Columns: columns}
		for _, r := range rows {
			cells := make([]official.Cell, len(r))
			for i, text := range r {
				cells[i] = official.C(text)
			}
			t.Rows = append(t.Rows, cells)
		}
		add(t)
	}
	col := func(title string, width float64) official.Column { return official.Column{Title: title, Width: width} }

	add(title("Thời gian, thành phần"))
	if p.When != "" {
		add(official.Say("Thời gian: %s. Địa điểm: %s.", p.When, p.Place))
	}
	for _, c := range slices.Concat(p.Chairs, p.Guests) {
		add(dash("%s: đồng chí %s, %s", c.Role, c.Name, c.Title))
	}
	var rows [][]string
	for _, d := range p.Delegates {
		name := d.Name
		if name == "" {
			name = "chưa báo"
		} else if d.Substitute {
			name += " (dự thay)"
		}
		rows = append(rows, []string{d.Body, name, d.Title, d.Contribution})
	}
	if len(rows) > 0 {
		table([]official.Column{col("Cơ quan", 4), col("Người dự", 3), col("Chức vụ", 3), col("Tham luận", 4)}, rows)
	}

	add(title("Kết quả thực hiện kết luận hội nghị trước"))
	if p.Results.Last == "" {
		add(official.Say("Chưa có hội nghị trước đó trong chương trình."))
	} else {
		add(official.Say("%s: %d/%d nhiệm vụ đã hoàn thành.", p.Results.Last, p.Results.Done, len(p.Results.Tasks)))
		if len(p.Results.Tasks) > 0 {
			table(taskColumns(), taskRows(p.Results.Tasks))
		}
		for _, q := range p.Results.Requests {
			add(official.Say("%s", q.Said()))
			table(taskColumns(), taskRows(q.Sides))
		}
	}
	if len(p.Results.Shortcomings) > 0 {
		add(title("Hạn chế các hội nghị trước đã nêu"))
	}
	for _, s := range p.Results.Shortcomings {
		add(dash("%s", s.Said()))
	}
	add(title("Việc quá hạn"))
	if len(p.Overdue) == 0 {
		add(official.Say("Không có việc quá hạn đến ngày %s.", p.On.Vietnamese()))
	} else {
		table(taskColumns(), taskRows(p.Overdue))
	}

	add(title("Tình hình báo cáo"))
	if p.Regime == "" {
		add(official.Say("Hội nghị này không xem lại báo cáo của chế độ nào."))
	} else if !p.Reports.Opened {
		add(official.Say("Chưa mở kỳ báo cáo của chế độ %s.", p.Regime))
	} else {
		add(official.Say("%d/%d báo cáo đã gửi.", p.Reports.Came, p.Reports.Owed))
	}
	rows = nil
	for _, m := range p.Reports.Missing {
		state := "chưa gửi, quá hạn " + m.Said()
		if m.Waived != "" {
			state += "; không chờ nữa: " + m.Waived
		}
		rows = append(rows, []string{m.Body, m.Period, m.Due.Vietnamese(), state})
	}
	for _, l := range p.Reports.Late {
		rows = append(rows, []string{l.Body, l.Period, l.Due.Vietnamese(), fmt.Sprintf("gửi lúc %s, chậm %s", l.At, l.Said())})
	}
	if len(rows) > 0 {
		table([]official.Column{col("Cơ quan", 4), col("Kỳ", 3), col("Hạn", 2), col("Tình trạng", 5)}, rows)
	}

	add(title("Số liệu cần chú ý"))
	for _, r := range p.Rules {
		add(dash("%s: %d/%d chỉ tiêu", r.Words, r.Found, r.Of))
	}
	rows = nil
	for _, e := range p.Exceptions {
		value := e.Value
		if e.Estimate {
			value = "ước " + value
		}
		why := fold.Capital(e.Words)
		if len(e.Bodies) > 0 {
			why += ": " + strings.Join(e.Bodies, ", ")
		}
		rows = append(rows, []string{e.Name + " (" + e.Unit + ")", value, why})
	}
	if len(rows) > 0 {
		table([]official.Column{col("Chỉ tiêu", 5), {Title: "Kỳ này", Width: 2, Align: official.Right}, col("Vì sao nêu", 6)}, rows)
	}

	add(title("Kiến nghị chưa trả lời"))
	if len(p.Proposals) == 0 {
		add(official.Say("Không còn kiến nghị chưa trả lời."))
	}
	for _, x := range p.Proposals {
		add(dash("%s (%s): %s", x.Body, x.Period, sentence(x.Words)))
	}
	if len(p.Forwarded) > 0 {
		add(title("Kiến nghị đã chuyển, đang chờ ý kiến"))
	}
	for _, x := range p.Forwarded {
		add(dash("%s (%s): %s Đã chuyển %s, %s; đang chờ ý kiến, từ ngày %s.", x.Body, x.Period, sentence(x.Words), x.To, x.By, x.Since.Vietnamese()))
	}

	add(title("Báo cáo tổng hợp"), official.Say("%s.", strings.TrimSuffix(p.Source, ".")))
	for _, s := range p.Report {
		add(official.Heading{Level: 2, Runs: official.Text(s.Title)})
		for _, x := range s.Paragraphs {
			add(official.Paragraph{Runs: []official.Run{{Text: x.Words + " "}, {Text: "(" + x.From + ")", Italic: true}}})
		}
	}

	for _, s := range p.Papers {
		add(title(s.Title))
		for _, x := range s.Paragraphs {
			add(official.Say("%s", x.Words))
		}
	}

	add(title("Kịch bản điều hành"))
	for _, s := range p.Script {
		add(official.NumberedItem{Level: 1, Runs: []official.Run{{Text: s.What + ". ", Bold: true}, {Text: s.Words}}})
	}
	add(title("Dự thảo kết luận"))
	if len(p.Drafts) == 0 {
		add(official.Say("Không có dự thảo nào."))
	}
	for _, x := range p.Drafts {
		words := x.Words
		if x.Lead != "" {
			words += "; chủ trì: " + x.Lead
		}
		if !x.Due.IsZero() {
			words += "; hạn đề xuất " + x.Due.Vietnamese()
		}
		add(official.NumberedItem{Level: 1, Runs: []official.Run{{Text: words + ". "}, {Text: "(" + x.Why + ")", Italic: true}}})
	}
	return out
}

func taskColumns() []official.Column {
	return []official.Column{{Title: "Nhiệm vụ", Width: 6}, {Title: "Chủ trì", Width: 3}, {Title: "Hạn", Width: 2, Align: official.Center}, {Title: "Tình trạng", Width: 3}}
}

func taskRows(tasks []PackTask) [][]string {
	var rows [][]string
	for _, t := range tasks {
		state := t.State
		if t.Days > 0 {
			state = fmt.Sprintf("%s (%s)", state, t.Said())
		}
		rows = append(rows, []string{t.Title, t.Lead, t.Due.Vietnamese(), state})
	}
	return rows
}
