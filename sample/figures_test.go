package sample_test

import (
	"testing"

	"giaoban/document"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/report"
	"giaoban/sample"
)

// What is read of the words of the sample's reports is what the same report says in its figures: the words were written for people,
// not for the reader. How much is read is told, not asked.
func TestWhatIsReadOfAReportIsItsOwnFigure(t *testing.T) {
	province(t, "", func(t *testing.T, tx *db.Tx, p *sample.Province) {
		reports, read, wrong, torn := 0, 0, 0, 0
		for _, code := range []string{sample.Quarterly, sample.Monthly} {
			r, err := report.FindRegime(tx, p.Officer, code)
			ok(t, err)
			openings, err := report.Openings(tx, p.Officer, r.ID)
			ok(t, err)
			for _, o := range openings {
				all, err := report.Submissions(tx, p.Officer, code, o.Period)
				ok(t, err)
				for _, s := range all {
					reports++
					var d document.Document
					for _, text := range s.Sections {
						d.Blocks = append(d.Blocks, document.Block{Kind: document.Heading, Level: 1, Text: s.Form.SectionTitle(text.Section)})
						for _, paragraph := range text.Paragraphs {
							d.Blocks = append(d.Blocks, document.Block{Kind: document.Paragraph, Text: paragraph})
						}
					}
					for _, one := range s.Form.FiguresIn(d, s.Period) {
						said, clear := one.Clear()
						if !clear {
							torn++
							t.Logf("hai số: %s %s %s: %+v", s.Body.Code, s.Period, one.Indicator, one.Said)
							continue
						}
						read++
						in, _ := s.Form.Indicator(one.Indicator)
						typed, err := decimal.ParseVietnamese(said.Text, in.Decimals)
						reported := valueOf(s, one.Indicator)
						if err != nil || !reported.Set || reported.Figure != typed.Value {
							wrong++
							t.Errorf("%s %s: %s is read as %s, reported %+v: %q", s.Body.Code, s.Period, in.Name, said.Text, reported, said.Quote)
						}
					}
				}
			}
		}
		if read == 0 {
			t.Error("nothing is read")
		}
		t.Logf("%d báo cáo; đọc được %d số, sai %d, chưa rõ %d", reports, read, wrong, torn)
	})
}

func valueOf(s report.Submission, code string) report.Value {
	for i, in := range s.Form.Indicators {
		if in.Code == code {
			return s.Values[i]
		}
	}
	return report.Value{}
}
