package org_test

import (
	"fmt"

	"slices"
	"strings"
	"testing"

	"giaoban/internal/fault"
	"giaoban/org"
)

func TestTheLabourDepartmentIsSplitInFive(t *testing.T) {
	on(t, func(p *province) {
		p.agriculture()
		p.labour()
		for _, c := range []struct{ asked, before, after string }{
			{"trẻ em", "SLDTBXH", "SYT"},
			{"bảo trợ xã hội", "SLDTBXH", "SYT"},
			{"dạy nghề", "SLDTBXH", "SGDDT"},
			{"giảm nghèo", "SLDTBXH", "SNNMT"},
			{"cai nghiện", "SLDTBXH", "CAT"},
			{"người có công", "SLDTBXH", "SNV"},
			{"việc làm", "SLDTBXH", "SNV"},
			{"môi trường", "STNMT", "SNNMT"},
			{"nông nghiệp", "SNNPTNT", "SNNMT"},
			{"khám chữa bệnh", "SYT", "SYT"},
		} {
			if who := p.whoAnswers(c.asked, "2025-02-28"); !slices.Equal(who, []string{c.before}) {
				t.Errorf("ngày 28/02/2025, %s: %v, phải là %s", c.asked, who, c.before)
			}
			if who := p.whoAnswers(c.asked, "2025-03-01"); !slices.Equal(who, []string{c.after}) {
				t.Errorf("ngày 01/3/2025, %s: %v, phải là %s", c.asked, who, c.after)
			}
		}
		before, err := org.At(p.tx, admin, eve)
		p.ok(err)
		after, err := org.At(p.tx, admin, march)
		p.ok(err)
		if got := codesOf(before); !strings.Contains(got, "SLDTBXH") || !strings.Contains(got, "STNMT") || strings.Contains(got, "SNNMT") {
			t.Errorf("28/02/2025: %s", got)
		}
		if got := codesOf(after); strings.Contains(got, "SLDTBXH") || strings.Contains(got, "STNMT") || !strings.Contains(got, "SNNMT") {
			t.Errorf("01/3/2025: %s", got)
		}
	})
}

func TestSuccessorsAreToldFunctionByFunction(t *testing.T) {
	on(t, func(p *province) {
		p.agriculture()
		p.labour()
		parts, err := org.SuccessorsOf(p.tx, p.body["SLDTBXH"], march)
		p.ok(err)
		if len(parts) != 11 || !parts[10].Whole() || parts[10].To != p.body["SNV"] {
			t.Errorf("%+v", parts)
		}
		early, err := org.SuccessorsOf(p.tx, p.body["SLDTBXH"], eve)
		p.ok(err)
		if len(early) != 0 {
			t.Errorf("trước ngày sắp xếp đã có nơi kế thừa: %+v", early)
		}
		l, err := org.LineOf(p.tx, march)
		p.ok(err)
		if part, ok := l.Successor(p.body["SLDTBXH"], "tre-em"); !ok || part.To != p.body["SYT"] {
			t.Errorf("trẻ em: %+v", part)
		}
		if part, ok := l.Successor(p.body["SLDTBXH"], ""); !ok || part.To != p.body["SNV"] {
			t.Errorf("phần còn lại: %+v", part)
		}
		if _, ok := l.Successor(p.body["SYT"], "y-te"); ok {
			t.Error("Sở Y tế vẫn tự trả lời về y tế")
		}
	})
}

// A later change carries a chain on: labour went to SNV, and SNV's labour to another body afterwards.
func TestAChainOfChangesIsFollowedToItsEnd(t *testing.T) {
	on(t, func(p *province) {
		p.agriculture()
		p.labour()
		p.announce(org.NewChange{Kind: org.Moved, Day: day("2026-01-01"), Basis: "QĐ 1",
			Parts: []org.NewPart{{From: p.body["SYT"], To: p.body["SGDDT"], Function: "tre-em"}}})
		p.announce(org.NewChange{Kind: org.Merged, Day: day("2026-07-01"), Basis: "QĐ 2",
			Parts: []org.NewPart{{From: p.body["SGDDT"], To: p.body["SYT"]}}})
		l, err := org.LineOf(p.tx, day("2026-12-31"))
		p.ok(err)
		for function, to := range map[string]string{"tre-em": "SYT", "giao-duc-nghe-nghiep": "SYT", "bao-tro-xa-hoi": "SYT", "": "SNV"} {
			if part, _ := l.Successor(p.body["SLDTBXH"], function); part.To != p.body[to] {
				t.Errorf("%q: %+v, phải là %s", function, part, to)
			}
		}
		half, err := org.LineOf(p.tx, day("2026-02-01"))
		p.ok(err)
		if part, _ := half.Successor(p.body["SLDTBXH"], "tre-em"); part.To != p.body["SGDDT"] {
			t.Errorf("tháng 02/2026, trẻ em: %+v", part)
		}
		if who := p.whoAnswers("trẻ em", "2026-08-01"); !slices.Equal(who, []string{"SYT"}) {
			t.Errorf("tháng 8/2026: %v", who)
		}
	})
}

// rows are all rows of the tables that changes touch, written out; keyed by table and id.
func (p *province) rows() map[string]string {
	p.Helper()
	all := make(map[string]string)
	for table, columns := range map[string]string{
		"body":          "id || '|' || code || '|' || kind || '|' || sort || '|' || valid_from || '|' || coalesce(valid_to, '-')",
		"body_name":     "id || '|' || body || '|' || name || '|' || short_name || '|' || symbol || '|' || valid_from || '|' || coalesce(valid_to, '-') || '|' || basis",
		"body_parent":   "id || '|' || body || '|' || parent || '|' || valid_from || '|' || coalesce(valid_to, '-')",
		"body_kind":     "id || '|' || body || '|' || kind || '|' || valid_from || '|' || coalesce(valid_to, '-')",
		"body_function": "id || '|' || body || '|' || function || '|' || valid_from || '|' || coalesce(valid_to, '-') || '|' || basis",
		"body_sector":   "id || '|' || body || '|' || sector || '|' || valid_from || '|' || coalesce(valid_to, '-') || '|' || basis",
		"body_alias":    "id || '|' || body || '|' || alias || '|' || coalesce(valid_from, '-') || '|' || coalesce(valid_to, '-')",
	} {
		var lines []string
		p.ok(p.tx.Select(&lines, "select "+columns+" from "+table))
		for _, line := range lines {
			all[table+" "+line[:strings.Index(line, "|")]] = line
		}
	}
	return all
}

// reading is everything a person can read of bodies, on many days.
func (p *province) reading() string {
	p.Helper()
	var out strings.Builder
	for _, d := range []string{"2010-01-01", "2025-02-28", "2025-03-01", "2026-01-01", "2027-01-01"} {
		all, err := org.At(p.tx, admin, day(d))
		p.ok(err)
		fmt.Fprintln(&out, d, all)
		matching, err := org.Matcher(p.tx, admin)
		p.ok(err)
		for _, spelling := range []string{"Sở LĐ-TB&XH", "Sở Nông nghiệp và Môi trường", "Sở TN&MT", "Ban Tuyên giáo Tỉnh ủy", "BTGDVTU"} {
			code, ok := matching(spelling, day(d))
			fmt.Fprintln(&out, d, spelling, code, ok)
		}
		for _, f := range []string{"tre-em", "giam-ngheo", "moi-truong", "lao-dong", "ton-giao"} {
			fmt.Fprintln(&out, d, f, p.whoAnswers(f, d))
		}
	}
	bodies, err := org.At(p.tx, admin, day("2010-01-01"))
	p.ok(err)
	for _, b := range bodies {
		names, err := org.History(p.tx, admin, b.ID)
		p.ok(err)
		spellings, err := org.Spellings(p.tx, admin, b.ID)
		p.ok(err)
		functions, err := org.FunctionsOf(p.tx, admin, b.ID)
		p.ok(err)
		sectors, err := org.SectorsOf(p.tx, admin, b.ID)
		p.ok(err)
		successors, err := org.SuccessorsOf(p.tx, b.ID, day("2027-01-01"))
		p.ok(err)
		predecessors, err := org.PredecessorsOf(p.tx, b.ID, day("2027-01-01"))
		p.ok(err)
		fmt.Fprintln(&out, b.Code, names, spellings, functions, sectors, successors, predecessors)
	}
	return out.String()
}

func TestUndoingIsExact(t *testing.T) {
	on(t, func(p *province) {
		rows, reading := p.rows(), p.reading()
		var done []org.Change
		done = append(done, p.agriculture(), p.labour())
		done = append(done, p.announce(org.NewChange{Kind: org.Merged, Day: day("2025-03-10"), Basis: "QĐ của Ban Thường vụ",
			Parts: []org.NewPart{{To: p.body["BTGTU"], Function: "dan-van"}},
			Names: []org.NewName{{Body: p.body["BTGTU"], Name: "Ban Tuyên giáo và Dân vận Tỉnh ủy", Symbol: "BTGDVTU"}}}))
		done = append(done, p.announce(org.NewChange{Kind: org.Reclassified, Day: day("2025-07-01"), Basis: "QĐ",
			Kinds: []org.NewKind{{Body: p.body["CAT"], Kind: org.PartyCommittee}}}))
		done = append(done, p.announce(org.NewChange{Kind: org.Dissolved, Day: day("2026-01-01"), Basis: "QĐ",
			Parts: []org.NewPart{{From: p.body["SNNMT"]}}}))
		if p.reading() == reading {
			t.Fatal("các lần sắp xếp không làm gì cả")
		}
		for _, c := range slices.Backward(done) {
			p.ok(org.Undo(p.tx, admin, c.ID, "Ghi nhầm tỉnh"))
		}
		after := p.rows()
		for key, row := range rows {
			if after[key] != row {
				t.Errorf("%s: %s, trước là %s", key, after[key], row)
			}
		}
		if len(after) <= len(rows) {
			t.Errorf("các dòng đã hoàn tác phải còn để xem lại: %d, trước %d", len(after), len(rows))
		}
		if again := p.reading(); again != reading {
			t.Errorf("đọc lại khác trước:\n%s\n---\n%s", again, reading)
		}
		// What was undone may be announced again, under the same codes.
		p.agriculture()
		p.labour()
		if who := p.whoAnswers("giảm nghèo", "2025-03-01"); !slices.Equal(who, []string{"SNNMT"}) {
			t.Errorf("ghi lại: %v", who)
		}
	})
}

func TestAChangeOnWhichALaterOneBuildsIsNotUndoneFirst(t *testing.T) {
	on(t, func(p *province) {
		merger, split := p.agriculture(), p.labour()
		err := org.Undo(p.tx, admin, merger.ID, "Nhầm")
		if !fault.Is(err, fault.KindConflict) || !strings.Contains(err.Error(), "Chia tách") || !strings.Contains(err.Error(), "01/3/2025") {
			t.Errorf("%v", err)
		}
		if err := org.Undo(p.tx, admin, split.ID, " "); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("hoàn tác không lý do: %v", err)
		}
		p.ok(org.Undo(p.tx, admin, split.ID, "Nhầm"))
		if err := org.Undo(p.tx, admin, split.ID, "Nhầm"); !fault.Is(err, fault.KindConflict) {
			t.Errorf("hoàn tác hai lần: %v", err)
		}
		p.ok(org.Undo(p.tx, admin, merger.ID, "Nhầm"))
	})
}

func TestSectorsGoWithTheLastFunction(t *testing.T) {
	on(t, func(p *province) {
		p.agriculture()
		p.labour()
		sectors := func(code, on string) []string {
			all, err := org.SectorsOf(p.tx, admin, p.body[code])
			p.ok(err)
			var held []string
			for _, s := range all {
				if s.On(day(on)) {
					held = append(held, s.Function)
				}
			}
			slices.Sort(held)
			return held
		}
		for _, c := range []struct {
			code, on string
			want     []string
		}{
			{"SLDTBXH", "2025-02-28", []string{"LD"}}, {"SLDTBXH", "2025-03-01", nil}, {"SYT", "2025-02-28", []string{"YT"}},
			{"SYT", "2025-03-01", []string{"LD", "YT"}}, {"SNV", "2025-03-01", []string{"LD", "NV"}}, {"SNNMT", "2025-03-01", []string{"LD", "MT"}},
		} {
			if got := sectors(c.code, c.on); !slices.Equal(got, c.want) {
				t.Errorf("%s ngày %s: %v, phải là %v", c.code, c.on, got, c.want)
			}
		}
	})
}

func TestWhatCannotBeIsRefused(t *testing.T) {
	on(t, func(p *province) {
		p.agriculture()
		p.labour()
		for name, n := range map[string]org.NewChange{
			"Xin chọn loại":               {Kind: "lạ", Day: march, Parts: []org.NewPart{{From: p.body["SYT"]}}},
			"Cần ngày":                    {Kind: org.Moved, Parts: []org.NewPart{{From: p.body["SYT"], To: p.body["SNV"], Function: "y-te"}}},
			"Cần ít nhất một dòng":        {Kind: org.Merged, Day: march},
			"đã kết thúc hoạt động":       {Kind: org.Dissolved, Day: day("2025-06-01"), Parts: []org.NewPart{{From: p.body["SLDTBXH"]}}},
			"không thể tiếp nhận":         {Kind: org.Moved, Day: march, Parts: []org.NewPart{{From: p.body["SYT"], To: p.body["STNMT"], Function: "y-te"}}},
			"chọn chức năng nào":          {Kind: org.Moved, Day: march, Parts: []org.NewPart{{From: p.body["SYT"], To: p.body["SNV"]}}},
			"không có chức năng":          {Kind: org.Moved, Day: march, Parts: []org.NewPart{{From: p.body["SYT"], To: p.body["SNV"], Function: "bay"}}},
			"chỉ có một nơi tiếp nhận":    {Kind: org.Split, Day: march, Parts: []org.NewPart{{From: p.body["SYT"], To: p.body["SNV"], Function: "y-te"}, {From: p.body["SYT"], To: p.body["CAT"], Function: "y-te"}}},
			"phần còn lại":                {Kind: org.Split, Day: march, Parts: []org.NewPart{{From: p.body["SYT"], To: p.body["SNV"]}, {From: p.body["SYT"], To: p.body["CAT"]}}},
			"chưa được khai báo":          {Kind: org.Merged, Day: march, Parts: []org.NewPart{{From: p.body["SYT"], ToCode: "SX"}}},
			"có cơ quan khác dùng":        {Kind: org.Created, Day: march, Creates: []org.New{{Code: "SYT", Name: "Sở Y tế", Kind: org.Department}}},
			"không có cơ quan này":        {Kind: org.Dissolved, Day: march, Parts: []org.NewPart{{From: "khong-co"}}},
			"cơ quan bàn giao hoặc":       {Kind: org.Dissolved, Day: march, Parts: []org.NewPart{{}}},
			"cần tên mới":                 {Kind: org.Renamed, Day: march, Parts: []org.NewPart{{From: p.body["SYT"], To: p.body["SYT"]}}},
			"cần loại mới":                {Kind: org.Reclassified, Day: march, Parts: []org.NewPart{{From: p.body["SYT"], To: p.body["SYT"]}}},
			"Hãy hoàn tác lần đó trước":   {Kind: org.Dissolved, Day: day("2024-01-01"), Parts: []org.NewPart{{From: p.body["SLDTBXH"]}}},
			"mới hoạt động từ":            {Kind: org.Dissolved, Day: march, Parts: []org.NewPart{{From: p.body["SNNMT"]}}},
			"đã có tên khác từ ngày":      {Kind: org.Renamed, Day: founded, Names: []org.NewName{{Body: p.body["SYT"], Name: "Sở Khác"}}},
			"Xin chọn loại cơ quan trong": {Kind: org.Reclassified, Day: march, Kinds: []org.NewKind{{Body: p.body["SYT"], Kind: "lạ"}}},
		} {
			if _, err := org.Announce(p.tx, admin, n); fault.Of(err) == nil || !strings.Contains(strings.ToLower(err.Error()), strings.ToLower(name)) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestAnUnknownReceiverStaysOpen(t *testing.T) {
	on(t, func(p *province) {
		p.announce(org.NewChange{Kind: org.Dissolved, Day: march, Basis: decree, Parts: []org.NewPart{{From: p.body["STNMT"]}}})
		parts, err := org.SuccessorsOf(p.tx, p.body["STNMT"], march)
		p.ok(err)
		if len(parts) != 1 || parts[0].To != "" {
			t.Errorf("%+v", parts)
		}
		if who := p.whoAnswers("moi-truong", "2025-03-01"); len(who) != 0 {
			t.Errorf("môi trường: %v", who)
		}
	})
}

func codesOf(bodies []org.Body) string {
	codes := make([]string, len(bodies))
	for i, b := range bodies {
		codes[i] = b.Code
	}
	return strings.Join(codes, " ")
}
