package paper_test

import (
	"slices"
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/paper"
)

func said(d official.Document) (out []string) {
	for _, p := range paper.WordsOf(d).Pieces {
		out = append(out, p.Text)
	}
	return out
}

// Two people edit the same draft: each keeps what only they changed, and where both changed the same place both words stand.
func TestTypedWordsNeverLieOverThoseOfAnother(t *testing.T) {
	from := official.Origin{Ref: "conclusion/1", Label: "Kết luận 1"}
	d := official.Document{Subject: "về việc thử", Filing: "VT", Recipients: []string{"Sở Y tế"}, Body: []official.Block{
		text("Mở đầu."), text("Đoạn hai."), official.Paragraph{Ask: "nội dung"}, official.Paragraph{Ask: "thời gian"},
		official.NumberedItem{Level: 1, Runs: official.Text("Giữ nhịp."), Origin: from},
		official.Table{Columns: []official.Column{{Title: "Nội dung"}, {Title: "Ghi chú"}},
			Rows: [][]official.Cell{{official.C("Một"), official.C("A")}, {official.C("Hai"), official.C("B")}}},
		text("Kết thúc."),
	}}
	theirs := paper.WordsOf(d)
	theirs.Subject, theirs.Filing = "về việc thử, bản khác", "VT, KG"
	theirs.Pieces[0].Text = "Thêm trước.\nMở đầu."
	theirs.Pieces[1].Text = "Đoạn hai của người khác."
	theirs.Pieces[2].Text = "Nội dung của người khác."
	theirs.Pieces[5].Cells[0][1], theirs.Pieces[5].Cells[1][0] = "A của người khác", "Hai của người khác"
	now := theirs.Into(d)

	mine := paper.WordsOf(d)
	mine.Subject, mine.Recipients = "về việc thử, bản đang gõ", []string{"Sở Y tế", "Sở Nội vụ"}
	mine.Pieces[1].Text = "Đoạn hai đang gõ."
	mine.Pieces[3].Text = "Thời gian đang gõ."
	mine.Pieces[4].Text = "Giữ nhịp hằng quý."
	mine.Pieces[5].Cells[0][1], mine.Pieces[5].Cells[1][1] = "A đang gõ", "B đang gõ"
	mine.Pieces = append(mine.Pieces, paper.Piece{Kind: paper.ParagraphPiece, Text: "Thêm cuối."})

	w := mine.Over(paper.WordsOf(now))
	if w.Subject != "về việc thử, bản đang gõ" || w.Theirs["subject"] != "về việc thử, bản khác" {
		t.Errorf("subject %q beside %q", w.Subject, w.Theirs["subject"])
	}
	if w.Filing != "VT, KG" || len(w.Recipients) != 2 || len(w.Theirs) != 1 {
		t.Errorf("what one changed: %q, %q, %v", w.Filing, w.Recipients, w.Theirs)
	}
	clashes := 0
	for _, p := range w.Pieces {
		if p.Clash {
			clashes++
		}
		if p.Kind == paper.TablePiece && (p.Cells[0][1] != "A đang gõ" || p.Theirs[2] != "A của người khác" || strings.Join(p.Theirs, "") != p.Theirs[2]) {
			t.Errorf("the table: %q beside %q", p.Cells, p.Theirs)
		}
	}
	got := w.Into(now)
	want := []string{"Thêm trước.", "Mở đầu.", "Đoạn hai của người khác.", "Đoạn hai đang gõ.", "Nội dung của người khác.", "Thời gian đang gõ.",
		"Giữ nhịp hằng quý.", "", "Kết thúc.", "Thêm cuối."}
	if clashes != 1 || !slices.Equal(said(got), want) {
		t.Errorf("%d clashes:\n%q, want\n%q", clashes, said(got), want)
	}
	for _, b := range got.Body {
		if item, ok := b.(official.NumberedItem); ok && item.Origin.Ref != from.Ref {
			t.Errorf("the origin went: %+v", item)
		}
		if table, ok := b.(official.Table); ok {
			if cells := table.Rows[1]; cells[0].Runs[0].Text != "Hai của người khác" || cells[1].Runs[0].Text != "B đang gõ" {
				t.Errorf("the second row: %+v", cells)
			}
		}
	}
	if again := paper.WordsOf(d).Over(paper.WordsOf(now)); !slices.Equal(said(again.Into(now)), said(now)) {
		t.Errorf("who changed nothing changed %q", said(again.Into(now)))
	}
}

// A standing text is a paragraph of its own, neither lost in a place that waits nor taken for somebody else's words.
func TestAStandingTextStandsByItself(t *testing.T) {
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		const standing = "Các cơ quan trao đổi với {cơ quan} khi có vướng mắc."
		_, err := paper.AddPhrase(tx, o.officer, paper.ThongBao, standing)
		check(t, err)
		for _, last := range []official.Block{official.Paragraph{Ask: "ai thực hiện"},
			official.Paragraph{Runs: official.Text("Kết luận cuối."), Origin: official.Origin{Ref: "conclusion/1", Label: "Kết luận 1"}}} {
			d := notice("thử")
			d.Body = append(d.Body, last)
			p, err := paper.Draft(tx, o.officer, paper.New{Body: o.commission.ID, Kind: paper.ThongBao, Content: d})
			check(t, err)
			w, err := paper.Insert(tx, o.officer, p, paper.WordsOf(d), []string{standing})
			check(t, err)
			got := w.Into(d)
			if len(got.Body) != 4 {
				t.Fatalf("%q", said(got))
			}
			put := got.Body[2].(official.Paragraph)
			if put.Runs[0].Text != "Các cơ quan trao đổi với Ban Tuyên giáo khi có vướng mắc." || put.Origin.Ref != "" || put.Ask != "" {
				t.Errorf("inserted: %+v", put)
			}
			if kept := got.Body[3].(official.Paragraph); official.Asked(kept) != official.Asked(last) || kept.Origin != last.(official.Paragraph).Origin {
				t.Errorf("the last paragraph is now %+v", kept)
			}
			offered, err := paper.Offered(tx, o.officer, p, paper.WordsOf(got))
			check(t, err)
			if slices.ContainsFunc(offered, func(one paper.Phrase) bool { return one.Words == standing }) {
				t.Error("a sentence that stands in the paper is offered")
			}
			twice, err := paper.Insert(tx, o.officer, p, paper.WordsOf(got), []string{standing})
			if check(t, err); len(twice.Pieces) != 4 {
				t.Errorf("said twice: %q", said(twice.Into(got)))
			}
			_, err = paper.Insert(tx, o.officer, p, w, []string{"Câu tự nghĩ ra."})
			refused(t, err, fault.KindInvalid, "không có trong danh sách")
		}
	})
}
