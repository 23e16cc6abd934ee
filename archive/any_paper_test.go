package archive

import (
	"encoding/json"
	"strings"
	"testing"

	"giaoban/document"

	"pgregory.net/rapid"
)

// Whatever stands in a file with the head of a paper, in whatever order: each thing that is read stands where it says.
func TestOfAnyPaperEachThingStandsWhereItSays(t *testing.T) {
	words := rapid.SampledFrom([]string{"KẾT QUẢ", "Hạn chế", "I.", "II.", "1.", "1.1.", "a)", "-", "+", "Điều 3.", "Nơi nhận:", "PHỤ LỤC", "Phụ lục I", "Kính gửi:", "Căn cứ Luật;", "BÁO CÁO", "QUYẾT ĐỊNH:",
		"THÔNG BÁO", "Nhiệm vụ", "Nội dung:", "Chủ trì: Sở Y tế; thời hạn: 30/4/2022", "TT", "Nội dung", "Chủ trì", "Thời hạn", "30/4/2022", "12,5", "ước 3 [1]", "%", "-----", "*", "T/M BAN", "Nguyễn Văn Mẫu", "yêu cầu:",
		"kết luận như sau:", "Thành phần mời:", "Có mặt: đại diện Sở Y tế; Sở Nội vụ", "Thời gian: 14 giờ ngày 01/4/2022", "Tuy nhiên, còn một số hạn chế.", "đạt 45 trạm y tế;", "ủy", "Đ", "…", "“", "\n"})
	line := rapid.Custom(func(t *rapid.T) string {
		return strings.TrimSpace(strings.Join(rapid.SliceOfN(words, 1, 6).Draw(t, "words"), " "))
	})
	block := rapid.Custom(func(t *rapid.T) document.Block {
		kind := rapid.SampledFrom([]document.Kind{document.Paragraph, document.Paragraph, document.Heading, document.Item, document.Row, document.Note, document.Caption}).Draw(t, "kind")
		b := document.Block{Kind: kind, Text: line.Draw(t, "text"), Cells: []string{}}
		switch kind {
		case document.Heading:
			b.Level = rapid.IntRange(1, 4).Draw(t, "level")
		case document.Item:
			b.Number = rapid.SampledFrom([]string{"1.", "a)", "•", "I.", "2", ""}).Draw(t, "number")
		case document.Row:
			b.Cells = rapid.SliceOfN(rapid.OneOf(line, rapid.Just("")), 1, 5).Draw(t, "cells")
			b.Text, b.Place = strings.Join(b.Cells, "\t"), rapid.SampledFrom([]string{"bảng 1, hàng 1", "bảng 1, hàng 2"}).Draw(t, "place")
			b.Spans = rapid.SliceOfN(rapid.Just(document.Span{Column: 1, Columns: 2, Rows: 2}), 0, 1).Draw(t, "spans")
		}
		return b
	})
	rapid.Check(t, func(rt *rapid.T) {
		head := rapid.SampledFrom([]string{"BÁO CÁO", "THÔNG BÁO", "GIẤY MỜI", "BIÊN BẢN", "QUYẾT ĐỊNH", "Kính gửi: Sở Y tế"}).Draw(rt, "type")
		d := document.Document{}
		for _, text := range []string{"ĐẢNG CỘNG SẢN VIỆT NAM", "Số 12-BC/BTGTU", "Mẫu, ngày 05 tháng 4 năm 2022", head} {
			d.Blocks = append(d.Blocks, document.Block{Kind: document.Paragraph, Text: text, Cells: []string{}})
		}
		for _, b := range rapid.SliceOfN(block, 0, 25).Draw(rt, "blocks") {
			if strings.Trim(b.Text, "\t\n ") != "" {
				d.Blocks = append(d.Blocks, b)
			}
		}
		text, _, places := d.Laid()
		if tidy(text) != text {
			rt.Skip() // such a file is read by its words
		}
		m := modelOf(d, text, places)
		if m.paper == nil {
			rt.Fatalf("no paper:\n%s", text)
		}
		p := propose("a.docx", text, nil, m, nil)
		checkSpans(t, p)
		if _, err := json.Marshal(p); err != nil || t.Failed() {
			rt.Fatalf("%v\n%s", err, text)
		}
	})
}
