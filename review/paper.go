package review

import (
	"fmt"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
)

// YearPlan is the commission's plan of a year's reviews as an official paper: a draft until the whole list is confirmed,
// then under the layout of the day on which the leader confirmed it.
func YearPlan(tx *db.Tx, by access.Actor, year int) (official.Document, error) {
	all, _, err := listOf(tx, by, year, access.ReadDirective)
	if err != nil {
		return official.Document{}, err
	}
	var held, dropped []Review
	day, confirmed := calendar.OfInstant(tx.Clock()), calendar.Date{}
	draft := 0
	for _, r := range all {
		switch s := r.State(); s {
		case Removed, Stopped:
			dropped = append(dropped, r)
			continue
		case Expected, Listed:
			draft = 1
		}
		if on := calendar.OfInstant(r.ConfirmedAt.Time()); r.ConfirmedAt != 0 && on.After(confirmed) {
			confirmed = on
		}
		held = append(held, r)
	}
	if draft == 0 && !confirmed.IsZero() {
		day = confirmed
	}
	names, err := org.Names(tx, day)
	if err != nil {
		return official.Document{}, err
	}
	d := official.Document{Kind: official.Plan, TypeName: "Kế hoạch", Subject: fmt.Sprintf("sơ kết, tổng kết việc thực hiện các văn bản của Đảng, Nhà nước\nvề lĩnh vực khoa giáo năm %d", year)}
	d.Body = planText(year, held, dropped, names)
	if d, err = paper.Unissued(tx, d, day); err != nil {
		return d, err
	}
	d.Date = official.DayOf(day.Year(), int(day.Month()), 0)
	d.Marks.Draft = draft
	if len(held) > 0 {
		d.Annexes = []official.Annex{{Title: fmt.Sprintf("Tiến độ các bước sơ kết, tổng kết năm %d", year), Landscape: true, Body: []official.Block{stepTable(held)}}}
	}
	d.Signers = []official.Signer{{Title: "Trưởng ban"}}
	d.Recipients = []string{"Thường trực cấp ủy (để báo cáo)", "Các cơ quan chủ trì, phối hợp", "Lãnh đạo Ban"}
	d.Filing = "Văn phòng Ban"
	return d, nil
}

func planText(year int, held, dropped []Review, names map[db.ID]org.Body) []official.Block {
	text := func(s string) official.Paragraph { return official.Paragraph{Runs: official.Text(s)} }
	head := func(s string) official.Heading { return official.Heading{Level: 1, Runs: official.Text(s)} }
	item := func(s string) official.NumberedItem { return official.NumberedItem{Level: 1, Runs: official.Text(s)} }
	body := []official.Block{
		head("Mục đích, yêu cầu"),
		item("Đánh giá đúng kết quả, hạn chế, nguyên nhân và bài học sau từng giai đoạn thực hiện; đề xuất nhiệm vụ, giải pháp cho thời gian tới."),
		item("Mỗi kỳ có một cơ quan chủ trì, có số liệu đầu kỳ và cuối kỳ, xong từng bước theo ngày đã định."),
		head("Nội dung"),
	}
	if len(held) == 0 {
		body = append(body, text(fmt.Sprintf("Năm %d không có văn bản nào đến kỳ sơ kết, tổng kết.", year)))
	} else {
		body = append(body, text(fmt.Sprintf("Năm %d có %d kỳ sơ kết, tổng kết, theo bảng dưới đây; tiến độ từng bước ở Phụ lục.", year, len(held))), listTable(held, dropped, names))
	}
	body = append(body, head("Tổ chức thực hiện"),
		item("Cơ quan chủ trì xây dựng kế hoạch, gửi đề cương, dự thảo báo cáo và tổ chức hội nghị theo tiến độ; cơ quan phối hợp gửi báo cáo theo đề cương đúng hạn."))
	expected := false
	for _, r := range held {
		expected = expected || r.Provisional() && r.Live()
	}
	if expected {
		body = append(body, item("Kỳ ghi “dự kiến” thực hiện khi có văn bản chỉ đạo của cấp trên; thời gian điều chỉnh theo văn bản đó."))
	}
	units := unitNames(held, names)
	if len(units) > 0 {
		return append(body, item(strings.Join(units, ", ")+" theo dõi, đôn đốc, thẩm định dự thảo và báo cáo Lãnh đạo Ban."))
	}
	return append(body, item("Đơn vị của Ban được phân công theo dõi, đôn đốc, thẩm định dự thảo và báo cáo Lãnh đạo Ban."))
}

func unitNames(held []Review, names map[db.ID]org.Body) (units []string) {
	seen := make(map[db.ID]bool)
	for _, r := range held {
		if r.Unit != "" && !seen[r.Unit] {
			seen[r.Unit], units = true, append(units, names[r.Unit].ShortName)
		}
	}
	return units
}

func listTable(held, dropped []Review, names map[db.ID]org.Body) official.Table {
	t := official.Table{Columns: []official.Column{{Title: "TT", Width: 8, Align: official.Center}, {Title: "Văn bản", Width: 42}, {Title: "Hình thức", Width: 16},
		{Title: "Chủ trì", Width: 18}, {Title: "Phối hợp", Width: 18}, {Title: "Hạn trình", Width: 18, Align: official.Center}}}
	for i, r := range held {
		what := r.Document()
		if r.Issuer != "" {
			what += " của " + r.Issuer
		}
		if r.Symbol != "" && r.Subject != "" {
			what += " " + r.Subject
		}
		kind := r.What()
		if r.Provisional() && r.Live() {
			kind += " (dự kiến)"
		}
		lead := "Chưa phân công"
		if r.Holder != "" {
			lead = names[r.Holder].Name
		}
		var with []string
		for _, c := range r.Cooperating {
			with = append(with, names[c.Body].Name)
		}
		last, _ := r.step(StepSubmitted)
		t.Rows = append(t.Rows, []official.Cell{official.C(fmt.Sprint(i + 1)), official.C(what), official.C(kind), official.C(lead),
			official.C(strings.Join(with, ", ")), official.C(last.Day.Vietnamese())})
	}
	for _, r := range dropped {
		reason := r.RemoveReason
		if _, why := r.Stop(); why != "" {
			reason = why
		}
		t.Notes = append(t.Notes, "Không tổ chức "+lower(r.Label())+": "+reason)
	}
	return t
}

func stepTable(held []Review) official.Table {
	t := official.Table{Columns: []official.Column{{Title: "TT", Width: 5, Align: official.Center}, {Title: "Văn bản", Width: 32}}}
	for _, s := range Steps {
		t.Columns = append(t.Columns, official.Column{Title: s.Short(), Width: 14, Align: official.Center})
	}
	for i, r := range held {
		row := []official.Cell{official.C(fmt.Sprint(i + 1)), official.C(r.What() + " " + r.Document())}
		for _, s := range r.Steps {
			when := s.Day.Vietnamese()
			if !s.DoneOn.IsZero() {
				when = "xong " + s.DoneOn.Vietnamese()
			}
			row = append(row, official.C(when))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
