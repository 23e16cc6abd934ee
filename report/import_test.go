package report_test

import (
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/internal/decimal"
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

// figureOf writes a figure as a file does, with "~" after an estimate.
func figureOf(v report.Value, in report.Indicator) string {
	text := decimal.Format(v.Figure, in.Decimals)
	if v.Estimate {
		text += "~"
	}
	return text
}
