package official

import (
	"slices"
	"strings"
	"testing"
)

// An office that chose 15 pt, 22 pt between lines and numbers of three digits is told where its paper keeps to the source only, for
// the day of the paper; who does not ask is told what the source says.
func TestAPaperIsHeldAgainstTheOfficesOwnValues(t *testing.T) {
	hd05, _ := ProfileByCode("HD05")
	d := partyReport(hd05)
	d.Date = DayOf(2026, 6, 5)
	chosen, _ := ProfileByCode("HD05")
	for key, value := range map[string]string{"Parts.ThanVan.Size": "15", "Parts.ThanVan.LineExact": "22", "Parts.TenLoai.Size": "15", "NumberPad": "3"} {
		var err error
		if chosen, err = chosen.With(key, value); err != nil {
			t.Fatal(err)
		}
	}
	var asked Day
	own := func(day Day) (Profile, error) { asked = day; return chosen, nil }
	said := func(file []byte, own LayoutOn) (all []string) {
		found, err := LintFile(t.Context(), "a.docx", file, hd05, own)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			all = append(all, f.Rule+": "+f.Sentence)
		}
		return all
	}
	plain, judged := said(fileOf(t, d), nil), strings.Join(said(fileOf(t, d), own), "\n")
	if strings.Contains(strings.Join(plain, "\n"), "gia-tri-co-quan") || len(plain) > 0 {
		t.Errorf("who did not ask is told %q", plain)
	}
	if asked != DayOf(2026, 6, 5) {
		t.Errorf("the layout of %v was asked for", asked)
	}
	for _, want := range []string{"Lời văn: cỡ chữ 14 pt; cơ quan đã chọn 15 pt", "Lời văn: dãn dòng 18 pt; cơ quan đã chọn 22 pt", "cỡ chữ 16 pt; cơ quan đã chọn 15 pt", "2 chữ số; cơ quan đã chọn 3 chữ số"} {
		if !strings.Contains(judged, want) {
			t.Errorf("missing %q in %s", want, judged)
		}
	}
	d.Profile = chosen
	if again := said(fileOf(t, d), own); len(again) > 0 {
		t.Errorf("a paper under the office's own values: %q", again)
	}
	nd30 := ProfileFor(State, DayOf(2022, 4, 5))
	wide, err := nd30.With("Page.Margins.Left", "35")
	if err != nil {
		t.Fatal(err)
	}
	found, err := LintFile(t.Context(), "a.docx", fileOf(t, stateReport()), nd30, func(Day) (Profile, error) { return wide, nil })
	if err != nil || !slices.ContainsFunc(found, func(f Finding) bool {
		return strings.Contains(f.Sentence, "Lề trái 30 mm; cơ quan đã chọn 35 mm")
	}) {
		t.Errorf("%v %v", found, err)
	}
}
