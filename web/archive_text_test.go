package web

import (
	"strings"
	"testing"

	"giaoban/archive"
	"giaoban/internal/db"
)

func markedWords(paragraphs [][]markedPart, parts *[]markedPart) string {
	var out strings.Builder
	for _, p := range paragraphs {
		for _, part := range p {
			out.WriteString(part.Text)
			*parts = append(*parts, part)
		}
	}
	return out.String()
}

func TestNestedFieldsAreMarkedByTheNarrowest(t *testing.T) {
	i := archive.Import{ID: "a", Text: "menu\nThực hiện Chỉ thị 20-CT/TW năm nay.\nchân", MainFirst: 5, MainLast: 48}
	whole, inside := strings.Index(i.Text, "Thực"), strings.Index(i.Text, "Chỉ thị")
	fields := []archive.Field{
		{ID: "1", Kind: archive.ResultField, State: archive.Accepted, Span: archive.Span{Start: whole, End: i.MainLast}},
		{ID: "2", Kind: archive.CitationField, State: archive.Pending, Span: archive.Span{Start: inside, End: inside + len("Chỉ thị 20-CT/TW")}},
		{ID: "3", Kind: archive.AuthorField, State: archive.Skipped, Span: archive.Span{Start: 0, End: 4}},
	}
	m := markText(i, fields, "2")
	if len(m.Before) != 1 || m.Before[0][0].URL != "" || len(m.Main) != 1 || len(m.Main[0]) != 3 {
		t.Fatalf("%+v", m)
	}
	first, middle := m.Main[0][0], m.Main[0][1]
	if first.Class != "found taken" || middle.Class != "found here" || middle.Text != "Chỉ thị 20-CT/TW" || !strings.Contains(middle.URL, "phan=2#doan-2") {
		t.Errorf("%+v %+v", first, middle)
	}
}

// Whatever the places of the fields are, the text stands there whole and each place is marked once.
func FuzzMarkedText(f *testing.F) {
	f.Add("Ngày 01/4/2022\nHội nghị\n\nchân trang", 3, 20, 0, 4, 8, 30)
	f.Fuzz(func(t *testing.T, text string, mainFirst, mainLast, a, b, c, d int) {
		if mainFirst < 0 || mainFirst > mainLast || mainLast > len(text) {
			return
		}
		i := archive.Import{ID: "a", Text: text, MainFirst: mainFirst, MainLast: mainLast}
		var fields []archive.Field
		for n, span := range [][2]int{{a, b}, {c, d}} {
			if span[0] < 0 {
				return
			}
			fields = append(fields, archive.Field{ID: db.ID(rune('1' + n)), Kind: archive.ResultField, State: archive.Pending, Span: archive.Span{Start: span[0], End: span[1]}})
		}
		m := markText(i, fields, "1")
		var parts []markedPart
		if got := markedWords(m.Before, &parts) + markedWords(m.Main, &parts) + markedWords(m.Behind, &parts); got != strings.ReplaceAll(text, "\n", "") {
			t.Errorf("%q became %q", text, got)
		}
		seen := make(map[string]int)
		for _, p := range parts {
			for _, anchor := range p.Anchors {
				if seen[anchor]++; seen[anchor] > 1 {
					t.Errorf("%s stands twice", anchor)
				}
			}
		}
	})
}
