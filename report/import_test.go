package report_test

import (
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/record"
	"giaoban/report"
)

const columns = "org,period,indicator,value,estimate\n"

// accepted gives the figures, as text by code, and the whole of the version of a body that counts.
func (o *office) accepted(t *testing.T, period string, i int) (map[string]string, report.Submission) {
	t.Helper()
	values := make(map[string]string)
	var s report.Submission
	o.read(t, func(tx *db.Tx) (err error) {
		if s, err = report.FindSubmission(tx, o.officer, o.obligation(t, period, i).Accepted); err != nil {
			return err
		}
		for at, in := range s.Form.Indicators {
			if v := s.Values[at]; v.Set && in.Aggregation != report.Ratio {
				values[in.Code] = figureOf(v, in)
			}
		}
		return nil
	})
	return values, s
}

// One line of a file once took seven accepted figures and all text away.
func TestAFileAddsAndReplacesNothing(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		r := o.submit(t, "2022-Q1", 0, report.Input{
			Values: map[string]*string{"kham": text("1200"), "kham_nu": text("700"), "bacsi": text("861"), "sdd": text("19.50")}, Estimates: []string{"kham"},
			Sections: []report.SectionText{{Section: report.SectionResults, Sector: "yte", Paragraphs: []string{"Đã khám lưu động 12 xã."}}}})
		o.accept(t, r.ID)
		o.write(t, func(tx *db.Tx) error {
			_, err := report.ImportValues(tx, o.officer, "kg-quy", strings.NewReader(columns+"SYT,2022-Q1,bacsi,870,\n"), nil)
			return err
		})
		values, s := o.accepted(t, "2022-Q1", 0)
		if len(values) != 4 || values["kham"] != "1200~" || values["kham_nu"] != "700" || values["sdd"] != "19.50" || values["bacsi"] != "870" {
			t.Errorf("what stands now: %v", values)
		}
		if len(s.Sections) != 1 || s.Sections[0].Paragraphs[0] != "Đã khám lưu động 12 xã." {
			t.Errorf("the text: %v", s.Sections)
		}
		if s.Version != 2 || s.Way != report.WayImport {
			t.Errorf("version %d, %s", s.Version, s.Way)
		}
		o.verified(t)
	})
}

// What is accepted comes out in the columns in which a file comes in; brought back it changes nothing, and one figure changed
// in it changes that one.
func TestFiguresComeOutAsTheyGoIn(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		r := o.submit(t, "2022-Q1", 0, report.Input{
			Values: map[string]*string{"kham": text("1200"), "kham_nu": text("700"), "bacsi": text("861"), "sdd": text("19.50")}, Estimates: []string{"kham"}})
		o.accept(t, r.ID)
		var rows [][]string
		o.read(t, func(tx *db.Tx) (err error) {
			rows, err = report.ValuesOut(tx, o.officer, "kg-quy", calendar.MustPeriod("2022-Q1"))
			return err
		})
		var file strings.Builder
		for _, row := range rows[1:] {
			file.WriteString(strings.Join(row, ",") + "\n")
		}
		if !strings.Contains(file.String(), "SYT,2022-Q1,kham,1200,1,\n") || len(rows) != 5 {
			t.Errorf("came out:\n%s", file.String())
		}
		columns := strings.Join(rows[0], ",") + "\n"
		again := func(lines string) report.Preview {
			var p report.Preview
			o.read(t, func(tx *db.Tx) error {
				im, err := report.ReadImport(tx, o.officer, "kg-quy", strings.NewReader(columns+lines), "", nil)
				if err == nil {
					p = im.Preview()
				}
				return err
			})
			return p
		}
		if p := again(file.String()); p.Total.Unchanged != 4 || p.Total.New+p.Total.Changed+p.Total.Refused != 0 {
			t.Errorf("brought back as it was: %+v", p.Total)
		}
		if p := again(strings.ReplaceAll(file.String(), "2022-Q1", "\"\t2022-Q1\"")); p.Total.Unchanged != 4 {
			t.Errorf("guarded against becoming days: %+v", p.Total)
		}
		if p := again(strings.Replace(file.String(), "bacsi,861", "bacsi,870", 1)); p.Total.Changed != 1 || p.Total.Unchanged != 3 {
			t.Errorf("with one figure changed: %+v", p.Total)
		}
	})
}

// figureOf writes a figure as a file does, with "~" after an estimate.
func figureOf(v report.Value, in report.Indicator) string {
	text := decimal.Format(v.Figure, in.Decimals)
	if v.Estimate {
		text += "~"
	}
	return text
}

// preview reads a file and tells what it would do.
func (o *office) preview(t *testing.T, lines, reason string) report.Preview {
	t.Helper()
	var p report.Preview
	o.read(t, func(tx *db.Tx) error {
		im, err := report.ReadImport(tx, o.officer, "kg-quy", strings.NewReader(columns+lines), reason, nil)
		if err != nil {
			return err
		}
		p = im.Preview()
		return nil
	})
	return p
}

func TestAFileIsSeenBeforeItIsEntered(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		r := o.submit(t, "2022-Q1", 0, report.Input{Values: map[string]*string{"kham": text("1200"), "bacsi": text("861")}})
		o.accept(t, r.ID)
		lines := "SYT,2022-Q1,bacsi,870,\nSYT,2022-Q1,kham,1200,\nSYT,2022-Q1,sdd,19.50,\nSYT,2021-Q4,kham,1100,\nSKHCN,2022-Q1,kham,5,\nSKHCN,2030-Q1,kham,5,\n"
		p := o.preview(t, lines, "")
		if len(p.Bodies) != 4 || len(p.Opens) != 1 || p.Opens[0].String() != "2021-Q4" || len(p.Refused) != 1 || p.Refused[0].Field != "line.7" {
			t.Fatalf("%+v", p)
		}
		b := p.Bodies[0]
		if b.New != 1 || b.Changed != 1 || b.Unchanged != 1 || b.Becomes() != "bản 2 thay bản 1 đã nhận" || b.Figures[0].Sentence() != "Số bác sĩ: 861 → 870" {
			t.Errorf("%+v: %s", b, b.Becomes())
		}
		// Nothing is half done: with one line refused nothing is written.
		o.refused(t, fault.KindInvalid, func(tx *db.Tx) error {
			_, err := report.ImportValues(tx, o.officer, "kg-quy", strings.NewReader(columns+lines), nil)
			return err
		})
		lines = strings.Replace(lines, "SKHCN,2030-Q1,kham,5,\n", "", 1)
		for _, want := range []report.ImportResult{{New: 3, Changed: 1, Unchanged: 1, Reports: 3, Replaced: 1, Openings: 1}, {Unchanged: 5}} {
			o.write(t, func(tx *db.Tx) error {
				got, err := report.ImportValues(tx, o.officer, "kg-quy", strings.NewReader(columns+lines), nil)
				if got != want {
					t.Errorf("%+v, want %+v", got, want)
				}
				return err
			})
		}
		if kham := figure(t, o.figures(t, "2022-Q1", report.Accepted), "bacsi"); *kham.Value != 870 {
			t.Errorf("the total: %d", *kham.Value)
		}
		// The new version leads back to the one it was made of.
		o.read(t, func(tx *db.Tx) error {
			g, err := record.Walk(tx, o.officer, "submission", o.obligation(t, "2022-Q1", 0).Accepted, 1)
			if err != nil || len(g.Ancestors) != 1 || g.Ancestors[0].Node.ID != r.ID {
				t.Errorf("origin: %+v, %v", g.Ancestors, err)
			}
			return nil
		})
		o.verified(t)
	})
}

// What a body sent after the file was looked at is not overwritten; what it was asked to mend waits for it.
func TestAFileDoesNotOverwriteWhatCameMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		file := strings.NewReader(columns + "SYT,2022-Q1,kham,900,\n")
		var im *report.Import
		o.read(t, func(tx *db.Tx) (err error) {
			im, err = report.ReadImport(tx, o.officer, "kg-quy", file, "", nil)
			return err
		})
		r := o.submit(t, "2022-Q1", 0, report.Input{Values: map[string]*string{"kham": text("1200"), "bacsi": text("861")}})
		o.refused(t, fault.KindStale, func(tx *db.Tx) error {
			_, err := report.WriteImport(tx, o.officer, im, nil)
			return err
		})
		if p := o.preview(t, "SYT,2022-Q1,kham,900,\n", ""); p.Bodies[0].Becomes() != "bản 2 thay bản 1 đang chờ nhận, được nhận luôn" {
			t.Errorf("%+v", p.Bodies)
		}
		o.write(t, func(tx *db.Tx) error {
			return report.Return(tx, o.officer, r.ID, report.Returning{Reason: "Xem lại"})
		})
		if p := o.preview(t, "SYT,2022-Q1,kham,900,\n", ""); len(p.Refused) != 1 || !strings.Contains(p.Refused[0].Sentence, "đang được đề nghị bổ sung") {
			t.Errorf("%+v", p.Refused)
		}
	})
}

// A total that would not fit names who sent the figure that is too large, whoever comes last.
func TestATotalThatOverflowsNamesTheSender(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		huge := o.submit(t, "2022-Q1", 0, report.Input{Values: map[string]*string{"kham": text("9223372036854775000")}})
		o.accept(t, huge.ID)
		usual := o.submit(t, "2022-Q1", 1, report.Input{Values: map[string]*string{"kham": text("1200")}})
		err := o.refused(t, fault.KindConflict, func(tx *db.Tx) error { return report.Accept(tx, o.officer, usual.ID) })
		if !strings.Contains(err.Error(), "báo cáo của Sở SGDDT") || !strings.Contains(err.Error(), "9.223.372.036.854.775.000, của Sở SYT") {
			t.Error(err)
		}
		err = o.refused(t, fault.KindConflict, func(tx *db.Tx) error {
			_, err := report.ImportValues(tx, o.officer, "kg-quy", strings.NewReader(columns+"SKHCN,2022-Q1,kham,900,\n"), nil)
			return err
		})
		if !strings.Contains(err.Error(), "của Sở SYT") {
			t.Error(err)
		}
	})
}
