package report_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/report"

	"github.com/xuri/excelize/v2"
)

// Each way in which a cell may be wrong, or not be what it looks like.
func TestWhatACellHoldsIsReadAsItsSenderSeesIt(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ob := booked(t, o)
		o.keep(t, ob, report.Draft{Values: map[string]string{"kham": "100", "giuong": "50", "cong": "30", "tu": "20"}, Sections: words("").Sections}, 0)
		content := o.book(t, o.focal(0), ob)
		at := places(t, content, "Số liệu")
		in := func(code, column string) string { return column + at[code][1:] }
		for _, c := range []struct {
			name  string
			cells map[string]any
			wrong string // "" for none
			code  string
			kept  string // what the draft has of it then
		}{
			{"a number", map[string]any{at["t01"]: 1234567}, "", "t01", "1234567"},
			{"what a computer keeps of a tenth", map[string]any{at["t02"]: 0.1 + 0.2}, "", "t02", "0,3"},
			{"an estimate", map[string]any{at["t01"]: 7, in("t01", "F"): "ước"}, "", "t01", "7"},
			{"another word for it", map[string]any{at["t01"]: 7, in("t01", "F"): "gần"}, "F" + at["t01"][1:], "t01", ""},
			{"as people write it", map[string]any{at["t01"]: "1.234"}, "", "t01", "1.234"},
			{"two readings", map[string]any{at["t02"]: "96.125"}, at["t02"], "t02", ""},
			{"nothing, in words", map[string]any{at["kham"]: "N/A"}, "", "kham", "100"},
			{"nothing at all", map[string]any{at["kham"]: nil}, "", "kham", "100"},
			{"the same, otherwise", map[string]any{at["kham"]: "100,0"}, "", "kham", "100"},
			{"true", map[string]any{at["t01"]: true}, at["t01"], "t01", ""},
			{"a formula nobody calculated", map[string]any{at["t01"]: "=1+1"}, at["t01"], "t01", ""},
			{"too large for a spreadsheet", map[string]any{at["t01"]: 1e60}, at["t01"], "t01", ""},
			{"a pair", map[string]any{at["xa"]: 6, in("xa", "E"): 8}, "", "xa", "6/8"},
			{"half a pair", map[string]any{in("xa", "E"): 8}, "E" + at["xa"][1:], "xa", ""},
			{"a part above its whole", map[string]any{at["xa"]: 9, in("xa", "E"): 8}, at["xa"], "xa", ""},
			{"a pair where there is none", map[string]any{at["t01"]: "6/8"}, at["t01"], "t01", ""},
			{"no figure of the form", map[string]any{in("t01", "A"): "la", at["t01"]: 7}, at["t01"], "la", ""},
			{"no code", map[string]any{in("t01", "A"): "", at["t01"]: 7}, at["t01"], "", ""},
			{"the same code twice", map[string]any{in("t01", "A"): "kham", at["t01"]: 7}, at["t01"], "kham", "100"},
			{"a computed one", map[string]any{at["ty_tiem"]: 7}, at["ty_tiem"], "ty_tiem", ""},
			{"parts that do not make the total", map[string]any{at["cong"]: 31}, at["giuong"], "cong", "31"},
			{"a wrong part does not make the total wrong", map[string]any{at["cong"]: -31}, at["cong"], "giuong", "50"},
			{"more than its total", map[string]any{at["kham_nu"]: 101}, at["kham_nu"], "kham_nu", ""},
		} {
			got := o.checked(t, ob, changed(t, content, "Số liệu", c.cells))
			var cells []string
			for _, w := range got.Wrong {
				if w.Problem == "" || w.Sheet != "Số liệu" {
					t.Errorf("%s: %+v", c.name, w)
				}
				cells = append(cells, w.Cell)
			}
			if strings.Join(cells, " ") != c.wrong || got.Draft.Values[c.code] != c.kept {
				t.Errorf("%s: wrong %v, not %q; kept %q, not %q\n%s", c.name, cells, c.wrong, got.Draft.Values[c.code], c.kept, problemsOf(got))
			}
			if c.name == "an estimate" && !got.Draft.Estimates["t01"] {
				t.Errorf("%s is none", c.name)
			}
			if c.code != "giuong" && got.Draft.Values["giuong"] != "50" { // a wrong cell leaves what stood
				t.Errorf("%s: %v", c.name, got.Draft.Values)
			}
		}
	})
}

// Percentages are kept as parts of one by a spreadsheet that shows them as such, and days as numbers.
func TestAPercentageAndADayAreWhatTheCellShows(t *testing.T) {
	o := newOffice(t, firstEngine(t))
	ob := booked(t, o)
	content := o.book(t, o.focal(0), ob)
	at := places(t, content, "Số liệu")["sdd"]
	shown := func(format int, v any) report.BookCheck {
		f, err := excelize.OpenReader(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		style, err := f.NewStyle(&excelize.Style{NumFmt: format})
		if err == nil {
			err = f.SetCellStyle("Số liệu", at, at, style)
		}
		if err == nil {
			err = f.SetCellValue("Số liệu", at, v)
		}
		var out bytes.Buffer
		if err == nil {
			err = f.Write(&out)
		}
		if err != nil {
			t.Fatal(err)
		}
		return o.checked(t, ob, out.Bytes())
	}
	if c := shown(10, 0.29); c.Draft.Values["sdd"] != "29" || len(c.Wrong) != 0 {
		t.Errorf("29 %% is %q\n%s", c.Draft.Values["sdd"], problemsOf(c))
	}
	if c := shown(14, 44779); len(c.Wrong) != 1 || c.Wrong[0].Cell != at || !strings.Contains(c.Wrong[0].Problem, "ngày tháng") {
		t.Errorf("a day is %q\n%s", c.Draft.Values["sdd"], problemsOf(c))
	}
}

// Words replace those of their heading whole, or not at all.
func TestAHeadingOfWhichACellIsWrongKeepsItsWords(t *testing.T) {
	o := newOffice(t, firstEngine(t))
	ob := booked(t, o)
	o.keep(t, ob, report.Draft{Sections: words("").Sections, Notes: map[string]string{"far:kham": "Cũ."}, Values: map[string]string{"kham": "5"}}, 0)
	content := o.book(t, o.focal(0), ob)
	c := o.checked(t, ob, changed(t, content, "Lời văn", map[string]any{"D5": "Một.\nHai.", "D6": "Ba."}))
	if got := c.Draft.Sections[0].Paragraphs; fmt.Sprint(got) != "[Một. Hai. Ba.]" || len(c.Changed) != 1 || c.Good != 3 {
		t.Errorf("%v; %s", got, c.Sentence())
	}
	c = o.checked(t, ob, changed(t, content, "Lời văn", map[string]any{"D5": "Một.", "D6": "=1+1"}))
	if got := c.Draft.Sections[0].Paragraphs; fmt.Sprint(got) != "[Đã triển khai kế hoạch.]" || len(c.Wrong) != 2 || len(c.Changed) != 0 {
		t.Errorf("%v; %s\n%s", got, c.Sentence(), problemsOf(c))
	}
	c = o.checked(t, ob, changed(t, content, "Số liệu", map[string]any{"G6": "Mới."}))
	if fmt.Sprint(c.Draft.Notes) != "map[note:kham:Mới.]" || len(c.Changed) != 1 {
		t.Errorf("%v; %s", c.Draft.Notes, c.Sentence())
	}
}

// A book is for one report: another body's, another period's and what is none is refused; an older form's is mapped.
func TestABookOfAnotherReportIsRefused(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ob := booked(t, o)
		content := o.book(t, o.focal(0), ob)
		read, err := report.ReadBook(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		check := func(by access.Actor, of report.Obligation, b report.FilledBook) (c report.BookCheck, err error) {
			o.read(t, func(tx *db.Tx) error {
				c, err = report.CheckBook(tx, by, of, b)
				return nil
			})
			return c, err
		}
		other := o.owes(t, "dai", "2022-Q1", "SGDDT")
		if _, err := check(o.focal(1), other, read); !fault.Is(err, fault.KindConflict) || !strings.Contains(err.Error(), "là của SYT") {
			t.Errorf("another body: %v", err)
		}
		if _, err := check(o.focal(1), ob, read); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("another's hand: %v", err)
		}
		o.write(t, func(tx *db.Tx) error {
			_, err := report.Open(tx, o.officer, "dai", calendar.MustPeriod("2022-Q2"))
			return err
		})
		if _, err := check(o.focal(0), o.owes(t, "dai", "2022-Q2", "SYT"), read); !fault.Is(err, fault.KindConflict) || !strings.Contains(err.Error(), "quý I năm 2022") {
			t.Errorf("another period: %v", err)
		}
		older := read
		older.FormID, older.Form = "khac", "0"
		older.Cells = []report.BookCell{{Sheet: "Số liệu", Cell: "D6", Code: "kham", Text: "5"}, {Sheet: "Số liệu", Cell: "D7", Code: "cu", Text: "5"}}
		c, err := check(o.focal(0), ob, older)
		if err != nil || !strings.Contains(c.Note, "biểu mẫu số 0") || c.Good != 1 || len(c.Wrong) != 1 || c.Wrong[0].Cell != "D7" {
			t.Errorf("an older form: %v; %+v", err, c)
		}
		marked := older
		marked.Cells = []report.BookCell{{Sheet: "Lời văn", Cell: "D5", Section: report.SectionResults, Sector: "yte", Text: "TỐI MẬT"}}
		if _, err := check(o.focal(0), ob, marked); !fault.Is(err, fault.KindRefused) {
			t.Errorf("a mark of secrecy: %v", err)
		}
		var blank bytes.Buffer
		if err := excelize.NewFile().Write(&blank); err != nil {
			t.Fatal(err)
		}
		for name, content := range map[string][]byte{"another workbook": blank.Bytes(), "words": []byte("org,period"), "nothing": nil, "a torn one": content[:len(content)/2],
			"a large one": bytes.Repeat([]byte("PK\x03\x04"), report.MostBookBytes/4+1)} {
			if _, err := report.ReadBook(bytes.NewReader(content), int64(len(content))); fault.Of(err) == nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		o.write(t, func(tx *db.Tx) error {
			_, err := report.SaveDraft(tx, o.focal(0), ob, written(), 0)
			return err
		})
	})
}
